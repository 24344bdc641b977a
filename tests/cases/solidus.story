Stories of Solidus. A negative count there is units that wait here; a shipment is what a line has at one place.

== SOL-04
# from solidusio/solidus@1f5bf5c core/spec/models/spree/stock_item_spec.rb
# A count that finds units serves the queue as a receipt does: 2 short and 3 found is 1 free.
0d  item pen
    place u1 pen 1
    place u2 pen 1
    stock pen                       | 2 wait
    count pen 3                     | ok: stockCounted pen 3, lineAllocated u1/1 1, lineReady u1/1 1, lineAllocated u2/1 1, lineReady u2/1 1, promiseMade u1/1 0d, promiseMade u2/1 0d
    stock pen                       | 3 on hand, 2 set aside, 1 free

== SOL-05
# from solidusio/solidus@1f5bf5c core/spec/models/spree/stock_item_spec.rb
# Two writers add 5 each to the 10 that both have read. A command says what came, not what there is now, so both count.
0d  item pen
    receive pen 10
    receive pen 5 key=writer-a      | ok
    receive pen 5 key=writer-b      | ok
    stock pen                       | 20 on hand, 20 free
    receive pen 5 key=writer-b      | exists: nothing
    stock pen                       | 20 on hand, 20 free

== SOL-07
# from solidusio/solidus@1f5bf5c core/spec/models/spree/stock/allocator/on_hand_first_spec.rb
# One place has all of both lines; the other gives nothing.
0d  location d
    location s
    item a backorders=deny
    item b backorders=deny
    receive a@d 100
    receive b@d 100
    place o a@d/s 30, b@d/s 5 sourcing=inOrder | ok: orderPlaced o, lineAllocated o/1@d 30, lineReady o/1 30, promiseMade o/1 0d, lineAllocated o/2@d 5, lineReady o/2 5, promiseMade o/2 0d
    stock a@d                       | 100 on hand, 30 set aside, 70 free
    stock a@s                       |
    stock b@s                       |

== SOL-09
# from solidusio/solidus@1f5bf5c core/spec/models/spree/stock/allocator/on_hand_first_spec.rb
# Backorders are taken at the second place, which is where more comes: the rest of the line waits there.
0d  location d
    location s
    item a
    item b
    receive a@d 10
    receive b@d 10
    receive a@s 2
    supply more a@s 10 due 5d
    place o a@d/s 15, b@d/s 5 sourcing=inOrder | ok: orderPlaced o, lineAllocated o/1@d 10, lineAllocated o/1@s 2, lineBackordered o/1@s 3, promiseMade o/1 5d, lineAllocated o/2@d 5, lineReady o/2 5, promiseMade o/2 0d
    order o                         | 1: 12 set aside, 3 wait, promised 5d [d 10 set aside] [s 2 set aside, 3 wait]; 2: 5 set aside, promised 0d [d 5 set aside]

== SOL-11
# from solidusio/solidus@1f5bf5c core/spec/models/spree/stock/simple_coordinator_spec.rb
# Two places of three are enough: two parcels.
0d  location l1
    location l2
    location l3
    item pen
    receive pen@l1 3
    receive pen@l2 3
    receive pen@l3 3
    place o pen 5
    order o                         | 1: 5 set aside, promised 0d [l1 3 set aside] [l2 2 set aside]
    stock pen@l3                    | 3 on hand, 3 free

== SOL-15
# from solidusio/solidus@1f5bf5c core/spec/models/spree/order_inventory_spec.rb
# A line larger than the stock: what is there is set aside, the rest waits.
0d  item pen
    receive pen 3
    place o pen 5                   | ok: orderPlaced o, lineAllocated o/1 3, lineBackordered o/1 2
    order o                         | 1: 3 set aside, 2 wait, promised -

== SOL-17
# from solidusio/solidus@1f5bf5c core/spec/models/spree/order_inventory_spec.rb
# An order made smaller gives back what it had. One that was never placed is a quote here: it had nothing.
0d  item pen
    receive pen 10
    place done pen 3
    amend done 1 2                  | ok: lineDeallocated done/1 1
    stock pen                       | 10 on hand, 2 set aside, 8 free
    quote pen 3                     | inStock, 3 now, ships 0d by stock
    quote pen 2                     | inStock, 2 now, ships 0d by stock
    stock pen                       | 10 on hand, 2 set aside, 8 free

== SOL-18
# from solidusio/solidus@1f5bf5c core/spec/models/spree/inventory_unit_spec.rb
# Of four units one stands in the queue: not the one that is set aside, nor that of another item, nor one only asked about.
0d  location l
    item v
    item w
    receive v 1
    place has v 1
    place waits v 1
    place other w 1
    quote v 1                       | backorder, 1 wait, 1 ahead, no date, none [l 1 wait]
    queue v@l                       | waits/1@l 1

== SOL-19
# from solidusio/solidus@1f5bf5c core/spec/models/spree/shipment_spec.rb
# Cancelling a unit that waits makes no stock: the other order's unit still waits.
0d  item pen
    place one pen 1
    place two pen 1
    cancel one                      | ok: lineCancelled one/1 1
    order two                       | 1: 1 wait, promised -
    stock pen                       | 1 wait

== SOL-21
# from solidusio/solidus@1f5bf5c core/spec/models/spree/fulfilment_changer_spec.rb
# 7 of the 10 that a has set aside go to b, which has 5: 5 are set aside there and 2 wait.
0d  location a
    location b
    item pen
    receive pen@a 10
    receive pen@b 5
    place o pen@a 10
    stock pen@a                     | 10 on hand, 10 set aside
    relocate o 1 from a to b 7      | ok: lineDeallocated o/1@a 7, lineAllocated o/1@b 5, lineBackordered o/1@b 2, promiseMoved o/1 0d>-
    order o                         | 1: 8 set aside, 2 wait, promised - [a 3 set aside] [b 5 set aside, 2 wait]
    stock pen@a                     | 10 on hand, 3 set aside, 7 free
    stock pen@b                     | 5 on hand, 5 set aside, 2 wait

== SOL-22
# from solidusio/solidus@1f5bf5c core/spec/models/spree/fulfilment_changer_spec.rb
# b is 1 short already: all 7 wait there, behind the one.
0d  location a
    location b
    item pen
    receive pen@a 10
    place other pen@b 1
    place o pen@a 10
    relocate o 1 from a to b 7      | ok: lineDeallocated o/1@a 7, lineBackordered o/1@b 7, promiseMoved o/1 0d>-
    order o                         | 1: 3 set aside, 7 wait, 1 ahead, promised - [a 3 set aside] [b 7 wait]
    stock pen@a                     | 10 on hand, 3 set aside, 7 free
    stock pen@b                     | 8 wait

== SOL-23
# from solidusio/solidus@1f5bf5c core/spec/models/spree/fulfilment_changer_spec.rb
# 4 set aside and 6 waiting at a (6 short). Of the 7 that leave, the 6 that wait go first; so a has 1 free, and b is 2 short.
0d  location a
    location b
    item pen
    receive pen@a 4
    place o pen@a 10
    receive pen@b 5
    relocate o 1 from a to b 7      | ok: lineDeallocated o/1@a 1, lineAllocated o/1@b 5, lineBackordered o/1@b 2
    order o                         | 1: 8 set aside, 2 wait, promised - [a 3 set aside] [b 5 set aside, 2 wait]
    stock pen@a                     | 4 on hand, 3 set aside, 1 free
    stock pen@b                     | 5 on hand, 5 set aside, 2 wait

== SOL-26
# from solidusio/solidus@1f5bf5c core/spec/models/spree/fulfilment_changer_spec.rb
# A second parcel from the same place is a shipment of a part. It never makes a unit that waits into one that is there:
# that takes a unit (b). a: one short. c: both set aside, another order one short. d: both set aside, none left.
0d  item a
    receive a 1
    place oa a 2
    ship oa 1 2                     | notAllocated lines[0].quantity
    relocate oa 1 from default to default 1 | invalidCommand to
    ship oa 1 1                     | ok: lineShipped oa/1 1
    order oa                        | 1: 1 wait, 1 shipped, promised -
    item b
    receive b 1
    place ob b 2
    receive b 2                     | ok: stockReceived b 2, lineAllocated ob/1 1, lineReady ob/1 2, promiseMade ob/1 0d
    ship ob 1 1
    order ob                        | 1: 1 set aside, 1 shipped, promised 0d
    stock b                         | 2 on hand, 1 set aside, 1 free
    item c
    receive c 2
    place oc c 2
    place other c 1
    ship oc 1 1
    order oc                        | 1: 1 set aside, 1 shipped, promised 0d
    order other                     | 1: 1 wait, promised -
    item d
    receive d 2
    place od d 2
    ship od 1 1
    order od                        | 1: 1 set aside, 1 shipped, promised 0d
    stock d                         | 1 on hand, 1 set aside
