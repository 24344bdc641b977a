# Locations with days of their own, transit by destination, and orders that name one.
engine calendars seed=5
0d keep {"type":"defineLocation","location":"east","calendar":{"workdays":[1,2,3,4,5],"holidays":["1970-01-09","1970-12-25"],"cutoff":"14:00","handlingDays":1,"timeZone":"Europe/Berlin","transitions":[{"from":0,"utcOffset":60},{"from":1036800000,"utcOffset":120}]},"transitDays":{"EU":2,"US":6}}
0d keep {"type":"defineLocation","location":"west","calendar":{"workdays":[1,3],"utcOffset":-300}}
0d keep {"type":"defineLocation","location":"hub","calendar":{"workdays":[1,2,3,4,5,6,7],"transitions":[{"from":0,"utcOffset":0}]},"transitDays":{"EU":1}}
0d keep {"type":"defineLocation","location":"plain"}
0d keep {"type":"defineItem","sku":"lamp"}
0d keep {"type":"defineItem","sku":"rug","promising":"protect"}
0d keep {"type":"receive","sku":"lamp","location":"east","quantity":4}
0d keep {"type":"receive","sku":"lamp","location":"west","quantity":2}
0d keep {"type":"scheduleSupply","supply":"PO-1","sku":"rug","location":"west","quantity":5,"due":432000000}
0d keep {"type":"placeOrder","order":"O-1","lines":[{"sku":"lamp","quantity":1}],"shipTo":"EU"}
1d keep {"type":"placeOrder","order":"O-2","lines":[{"sku":"lamp","quantity":5},{"sku":"rug","quantity":2}],"shipTo":"moon","fulfilment":"order"}
1d keep {"type":"placeOrder","order":"O-3","lines":[{"sku":"rug","quantity":1}]}
1d keep {"type":"holdStock","hold":"H-1","lines":[{"sku":"rug","quantity":1}],"ttl":86400000}
1d keep {"type":"confirmHold","hold":"H-1","order":"O-4","shipTo":"EU"}
2d keep {"type":"ship","order":"O-1"}
4d drain 12
then
5d keep {"type":"receive","sku":"rug","location":"west","quantity":5,"supply":"PO-1"}
5d keep {"type":"defineLocation","location":"west","calendar":{"workdays":[5],"utcOffset":-300},"transitDays":{"moon":9}}
6d keep {"type":"amendOrder","order":"O-3","shipTo":"moon"}
8d keep {"type":"defineLocation","location":"hub","calendar":null,"transitDays":null}
12d keep {"type":"tick"}
