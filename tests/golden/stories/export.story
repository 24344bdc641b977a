# Orders that name where they go, at places without days, of a shop that learns of its suppliers.
engine export seed=8
0d keep {"type":"defineSupplier","supplier":"acme","lateness":[0,1,1,2,6]}
0d keep {"type":"defineItem","sku":"cup"}
0d keep {"type":"scheduleSupply","supply":"PO-1","sku":"cup","quantity":6,"due":259200000,"supplier":"acme"}
0d keep {"type":"placeOrder","order":"O-1","lines":[{"sku":"cup","quantity":2}],"shipTo":"US"}
0d keep {"type":"placeOrder","order":"O-2","lines":[{"sku":"cup","quantity":2}]}
1d keep {"type":"placeOrder","order":"O-3","lines":[{"sku":"cup","quantity":1}],"shipTo":"EU"}
1d keep {"type":"placeOrder","order":"O-4","lines":[{"sku":"cup","quantity":1}],"shipTo":"US"}
then
2d keep {"type":"defineLocation","location":"default","transitDays":{"EU":3}}
4d keep {"type":"receive","sku":"cup","quantity":6,"supply":"PO-1"}
5d keep {"type":"ship","order":"O-1"}
