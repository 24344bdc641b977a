# One place that nobody gave a name: stock, carts, promises that moved and that were broken, the archive.
engine corner shop seed=18446744073709551615
0d keep {"type":"defineItem","sku":"lamp","replenishment":{"leadTimeDays":5}}
0d drop {"type":"defineItem","sku":"rug","safetyStock":1,"ageingDays":2,"maxPerOrder":40}
0d keep {"type":"defineItem","sku":"old lamp","lifecycle":"discontinued","substitutes":["lamp"]}
0d keep {"type":"receive","sku":"lamp","quantity":9}
0d keep {"type":"receive","sku":"rug","quantity":3}
0d keep {"type":"scheduleSupply","supply":"PO-1","sku":"rug","quantity":20,"due":259200000}
0d keep {"type":"placeOrder","order":"A-1","lines":[{"sku":"lamp","quantity":2},{"sku":"rug","quantity":4}]}
0d1h keep {"type":"placeOrder","order":"A-2","lines":[{"line":"first","sku":"rug","quantity":5,"minShipment":2,"unitPrice":1999}],"priority":7}
0d2h keep {"type":"holdStock","hold":"cart-1","lines":[{"sku":"lamp","quantity":3}],"ttl":172800000,"priority":3}
0d2h keep {"type":"holdStock","hold":"cart-2","lines":[{"sku":"lamp","quantity":1}],"ttl":3600000}
0d2h keep {"type":"holdStock","hold":"cart-3","lines":[{"sku":"rug","quantity":2}],"ttl":7200000}
0d3h keep {"type":"confirmHold","hold":"cart-3","order":"A-3","latest":864000000}
0d5h keep {"type":"tick"}
1d keep {"type":"rescheduleSupply","supply":"PO-1","due":518400000}
1d keep {"type":"placeOrder","order":"A-4","lines":[{"sku":"lamp","quantity":1}]}
1d keep {"type":"ship","order":"A-4"}
1d keep {"type":"return","order":"A-4","line":"1","quantity":1,"restock":false}
1d keep {"type":"cancelOrder","order":"A-2","lines":["first"]}
1d1h keep {"type":"archive","before":90000000}
1d1h keep {"type":"placeOrder","order":"A-5","lines":[{"sku":"rug","quantity":2}],"key":"checkout 5"}
1d2h drain 12
then
1d3h keep {"type":"placeOrder","order":"A-5","lines":[{"sku":"rug","quantity":2}],"key":"checkout 5"}
6d keep {"type":"receive","sku":"rug","quantity":20,"supply":"PO-1"}
6d keep {"type":"ship","order":"A-1"}
7d keep {"type":"count","sku":"rug","onHand":2}
9d keep {"type":"tick"}
9d1h drop {"type":"receive","sku":"lamp","quantity":1}
