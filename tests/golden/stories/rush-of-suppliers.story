# The same where suppliers are learned from, too.
engine rush of suppliers seed=29
0d keep {"type":"defineSupplier","supplier":"acme","lateness":[-1,0,0,0,1,3]}
0d keep {"type":"defineItem","sku":"lamp","overtaking":"learn"}
0d keep {"type":"scheduleSupply","supply":"PO-1","sku":"lamp","quantity":9,"due":1036800000,"supplier":"acme"}
0d keep {"type":"scheduleSupply","supply":"PO-2","sku":"lamp","quantity":9,"due":1296000000,"supplier":"acme"}
1d keep {"type":"placeOrder","order":"V-1","lines":[{"sku":"lamp","quantity":2}],"priority":20}
2d keep {"type":"placeOrder","order":"V-2","lines":[{"sku":"lamp","quantity":1}],"priority":20}
3d keep {"type":"placeOrder","order":"V-3","lines":[{"sku":"lamp","quantity":2}],"priority":100}
4d keep {"type":"placeOrder","order":"V-4","lines":[{"sku":"lamp","quantity":1}],"priority":20}
5d keep {"type":"placeOrder","order":"V-5","lines":[{"sku":"lamp","quantity":2}],"priority":20}
6d keep {"type":"placeOrder","order":"V-6","lines":[{"sku":"lamp","quantity":1}],"priority":100}
6d keep {"type":"cancelOrder","order":"V-3"}
then
7d keep {"type":"placeOrder","order":"U-7","lines":[{"sku":"lamp","quantity":2}]}
12d keep {"type":"receive","sku":"lamp","quantity":9,"supply":"PO-1"}
14d keep {"type":"tick"}
