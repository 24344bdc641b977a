# Suppliers that are told of and learned from, supplies that may be late, promises at other quantiles than usual.
engine suppliers seed=11 promiseQuantile=0.75 requireEvidence
0d keep {"type":"defineSupplier","supplier":"acme","lateness":[-2,0,0,1,4]}
0d keep {"type":"defineSupplier","supplier":"bolt"}
0d keep {"type":"defineItem","sku":"lamp"}
0d keep {"type":"defineItem","sku":"rug","promiseQuantile":0.95}
0d keep {"type":"defineItem","sku":"cup","promiseQuantile":0.8}
0d keep {"type":"scheduleSupply","supply":"PO-1","sku":"lamp","quantity":6,"due":259200000,"supplier":"acme"}
0d keep {"type":"scheduleSupply","supply":"PO-2","sku":"rug","quantity":4,"due":345600000,"supplier":"acme"}
0d keep {"type":"scheduleSupply","supply":"PO-3","sku":"lamp","quantity":5,"due":432000000,"supplier":"bolt"}
0d keep {"type":"scheduleSupply","supply":"PO-4","sku":"cup","quantity":3,"due":172800000}
0d keep {"type":"placeOrder","order":"O-1","lines":[{"sku":"lamp","quantity":8},{"sku":"rug","quantity":2}]}
1d keep {"type":"placeOrder","order":"O-2","lines":[{"sku":"rug","quantity":1},{"sku":"cup","quantity":2}],"fulfilment":"order"}
2d keep {"type":"receive","sku":"lamp","quantity":2,"supply":"PO-1"}
4d keep {"type":"receive","sku":"lamp","quantity":3,"supply":"PO-1"}
4d keep {"type":"receive","sku":"lamp","quantity":1,"supply":"PO-1"}
5d keep {"type":"receive","sku":"lamp","quantity":1,"supply":"PO-3"}
6d keep {"type":"scheduleSupply","supply":"PO-5","sku":"rug","quantity":9,"due":1036800000,"supplier":"bolt"}
6d keep {"type":"rescheduleSupply","supply":"PO-3","due":864000000}
7d keep {"type":"tick"}
7d drain 9
then
8d keep {"type":"receive","sku":"rug","quantity":4,"supply":"PO-2"}
8d keep {"type":"placeOrder","order":"O-3","lines":[{"sku":"rug","quantity":5}]}
9d keep {"type":"defineSupplier","supplier":"acme","lateness":[3,3]}
9d keep {"type":"defineItem","sku":"rug","promiseQuantile":null}
9d keep {"type":"cancelSupply","supply":"PO-4"}
12d keep {"type":"receive","sku":"lamp","quantity":4,"supply":"PO-3"}
13d keep {"type":"tick"}
