# Orders under laws about delay: regimes that were defined, notices of every kind in every state, and days of their buyers.
engine delays seed=6
0d keep {"type":"defineItem","sku":"lamp"}
0d keep {"type":"defineItem","sku":"rug"}
0d keep {"type":"receive","sku":"rug","quantity":3}
0d keep {"type":"scheduleSupply","supply":"PO-1","sku":"lamp","quantity":20,"due":1728000000}
0d keep {"type":"defineRegime","regime":"house","settings":{"periodDays":3,"lapses":true,"short":"nothing","vestingDayCounts":true,"refundDays":5,"weekdays":"123456","holidays":["1970-01-05","1970-01-09"]}}
0d keep {"type":"defineRegime","regime":"ours","base":"ftc","settings":{"billingCycleDays":31}}
0d keep {"type":"defineRegime","regime":"eu","settings":{"periodDays":14}}
0d keep {"type":"defineRegime","regime":"isles","base":"uk"}
0d keep {"type":"placeOrder","order":"A-1","lines":[{"sku":"lamp","quantity":1}]}
0d keep {"type":"placeOrder","order":"A-2","lines":[{"sku":"lamp","quantity":1}],"regime":"ftc","statedShipBy":"1970-01-03"}
0d keep {"type":"placeOrder","order":"A-3","lines":[{"sku":"lamp","quantity":1}],"regime":"ftc","statedShipBy":"1970-01-12","buyerZone":{"utcOffset":-300}}
0d keep {"type":"placeOrder","order":"A-4","lines":[{"sku":"lamp","quantity":1}],"regime":"ftc","statedShipBy":"1970-01-12","buyerZone":{"transitions":[{"from":0,"utcOffset":60},{"from":432000000,"utcOffset":120}]}}
0d keep {"type":"placeOrder","order":"A-5","lines":[{"sku":"lamp","quantity":2},{"sku":"rug","quantity":1}],"regime":"ours","statedShipBy":"1970-01-06","payment":"sellerCredit"}
0d keep {"type":"placeOrder","order":"A-6","lines":[{"sku":"lamp","quantity":1}],"regime":"eu"}
0d keep {"type":"placeOrder","order":"A-7","lines":[{"sku":"lamp","quantity":1}],"regime":"house"}
0d keep {"type":"placeOrder","order":"A-8","lines":[{"sku":"lamp","quantity":1}],"regime":"isles","statedShipBy":"1970-01-02"}
0d keep {"type":"placeOrder","order":"A-9","lines":[{"sku":"lamp","quantity":30}],"regime":"ftc","statedShipBy":"1970-01-06"}
0d12h keep {"type":"noticeSent","notice":"N2"}
0d12h keep {"type":"noticeSent","notice":"N3"}
0d12h keep {"type":"noticeSent","notice":"N4"}
1d keep {"type":"respond","order":"A-4","answer":"consent"}
1d keep {"type":"ship","order":"A-5"}
1d keep {"type":"cancelOrder","order":"A-5"}
1d keep {"type":"noticeSent","notice":"N8","reason":"nobody knows"}
1d keep {"type":"respond","order":"A-9","answer":"consent","until":"indefinite"}
3d keep {"type":"refunded","order":"A-2"}
3d keep {"type":"rescheduleSupply","supply":"PO-1","due":2592000000}
5d keep {"type":"tick"}
5d drain 40
then
6d keep {"type":"noticeSent","notice":"N10"}
6d keep {"type":"respond","order":"A-3","answer":"cancel"}
7d keep {"type":"refunded","order":"A-3"}
8d keep {"type":"defineRegime","regime":"house","settings":null}
20d keep {"type":"archive","before":1000000000}
40d keep {"type":"tick"}
