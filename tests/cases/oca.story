Stories of the Odoo Community Association's stock_available_to_promise_release. 2 September 2019 is 0d.

== OCA-02
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_ordered_available_to_promise_value_by_priority
# Five demands a day apart, and 20 to come. Whoever is given a better priority has them first; among equals the older.
# What is before a demand is what stands before it in the queue.
0d  item pen
    supply s pen 20 due 9d
    place d1 pen 5
1d  place d2 pen 3
2d  place d3 pen 20
3d  place d4 pen 20
4d  place d5 pen 15
    rank d4 50
    queue pen                       | d4/1 20, d1/1 5, d2/1 3, d3/1 20, d5/1 15
    pegs d4                         | 1: 20 from s 9d
    pegs d1                         | 1: 5 unknown
    rank d3 50
    queue pen                       | d3/1 20, d4/1 20, d1/1 5, d2/1 3, d5/1 15
    pegs d3                         | 1: 20 from s 9d
    pegs d4                         | 1: 20 unknown
    rank d3 100
    rank d4 100
    rank d5 50
    queue pen                       | d5/1 15, d1/1 5, d2/1 3, d3/1 20, d4/1 20
9d  receive pen 20 from s
    queue pen                       | d2/1 3, d3/1 20, d4/1 20

== OCA-03
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_ordered_available_to_promise_value_horizon1
# Demands beyond the horizon are orders for later and stand in nobody's way. p: D1 is far; q: D1 and D2; r: D1 to D3;
# s: as r, but D1 is released all the same.
0d  item p
    item q
    item r
    item s
    place d1p p 5 allocateFrom=8d
    place d1q q 5 allocateFrom=8d
    place d1r r 5 allocateFrom=8d
    place d1s s 5
1d  place d2p p 3
    place d2q q 3 allocateFrom=8d
    place d2r r 3 allocateFrom=8d
    place d2s s 3 allocateFrom=8d
    place d3p p 20
    place d3q q 20
    place d3r r 20 allocateFrom=8d
    place d3s s 20 allocateFrom=8d
    place d4p p 20
    place d4q q 20
    place d4r r 20
    place d4s s 20
    queue p                         | d2p/1 3, d3p/1 20, d4p/1 20, d1p/1 5
    receive p 20
    queue p                         | d3p/1 3, d4p/1 20, d1p/1 5
    receive q 20
    queue q                         | d4q/1 20, d1q/1 5, d2q/1 3
    receive r 20
    queue r                         | d1r/1 5, d2r/1 3, d3r/1 20
    queue s                         | d1s/1 5, d4s/1 20, d2s/1 3, d3s/1 20
    receive s 20
    queue s                         | d4s/1 5, d2s/1 3, d3s/1 20

== OCA-05
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_ordered_available_to_promise_value_consider_canceled_move
# A cancelled line is before nobody: of p1 there are 3 before the second order, of p2 none.
0d  item p1
    item p2
    place one p1 3, p2 5
    place two p1 5, p2 10
    cancel one 2
    queue p1                        | one/1 3, two/1 5
    queue p2                        | two/2 10
    receive p1 8                    | ok: stockReceived p1 8, lineAllocated one/1 3, lineReady one/1 3, lineAllocated two/1 5, lineReady two/1 5, promiseMade one/1 0d, promiseMade two/1 0d
    receive p2 15
    stock p2                        | 15 on hand, 10 set aside, 5 free

== OCA-06
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_release_ready_search_move_type_direct
# Ship as available: the first order has both its lines, the second the one that there is enough of.
0d  item p1
    item p2
    receive p1 5
    receive p2 10
    place one p1 5, p2 5
    place two p1 5, p2 5
    order one                       | 1: 5 set aside, promised 0d; 2: 5 set aside, promised 0d
    order two                       | 1: 5 wait, promised -; 2: 5 set aside, promised 0d
    ship two                        | ok: lineShipped two/2 5, promiseKept two/2 0d

== OCA-08
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_defer_creation_move_type_one
# All at once: 5 of 10 do not ship, 10 do.
0d  item pen
    receive pen 5
    place o pen 10 fulfilment=order
    ship o                          | notReady order
    count pen 10
    ship o                          | ok: lineShipped o/1 10, promiseKept o/1 0d

== OCA-09
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_defer_creation_backorder
# 7 of 20 ship and 13 wait; with no stock nothing more happens; with 30 the 13 are set aside.
0d  item pen
    receive pen 7
    place o pen 20
    order o                         | 1: 7 set aside, 13 wait, promised -
    ship o                          | ok: lineShipped o/1 7
    ship o                          | notAllocated order
    count pen 30                    | ok: stockCounted pen 30, lineAllocated o/1 13, lineReady o/1 13, promiseMade o/1 0d
    order o                         | 1: 13 set aside, 7 shipped, promised 0d

== OCA-13
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_release_policy
# An order that ships whole may be let go in part, and what is left ship whole again.
0d  item p1
    item p2
    receive p1 10
    place o p1 10, p2 10 fulfilment=order
    ship o                          | notReady order
    settle o fulfilment=partial
    ship o                          | ok: lineShipped o/1 10, promiseKept o/1 0d
    settle o fulfilment=order
    receive p2 4
    ship o                          | notReady order
    receive p2 6
    ship o                          | ok: lineShipped o/2 10, promiseKept o/2 0d

== OCA-14
# from OCA/stock-logistics-reservation@7ffdf15 sale_stock_available_to_promise_release/tests/test_sale_line_availability_status.py TestSaleLineAvailablilityStatus
# What a shopper who wants 100 is told: all there; half there; to come at a known time; nothing known; made to order.
0d  item full
    item partial
    item restock
    item none
    item made lead=5
    receive full 100
    receive partial 50
    supply s restock 100 due 2d12h
    quote full 100                  | inStock, 100 now, ships 0d by stock
    quote partial 100               | limited, 50 now, 50 wait, no date, none
    quote restock 100               | backorder, 100 wait, ships 2d12h by supply
    quote none 100                  | backorder, 100 wait, no date, none
    quote made 100                  | backorder, 100 wait, ships 5d by replenishment

== OCA-15
# from OCA/stock-logistics-reservation@7ffdf15 sale_stock_available_to_promise_release/tests/test_sale_ok_expected_date.py TestSaleOkExpectedDate
# A wished date is credible where all is there; not where there is nothing. Without stock and without a wish there is no date.
0d  item pen
    item ink
    receive pen 100
    place a pen 100 latest=5d       | ok
    order a                         | 1: 100 set aside, promised 0d
    place b ink 100 latest=5d       | tooLate lines[0]
    place c ink 100                 | ok
    order c                         | 1: 100 wait, promised -

== OCA-16
# from OCA/stock-logistics-reservation@7ffdf15 stock_move_auto_assign/tests/test_auto_assign.py TestStockMoveAutoAssign
# What serves the queue: 100 put in stock, a receipt for two places, a cancellation of units that were set aside. What
# serves nobody: a cancellation of units that wait, a receipt just large enough for the order it was bought for, a delivery.
0d  location shelf1
    location shelf2
    item pen
    place one pen@shelf1 10
    place two pen@shelf1 10
    count pen@shelf1 100            | ok: stockCounted pen@shelf1 100, lineAllocated one/1@shelf1 10, lineReady one/1 10, lineAllocated two/1@shelf1 10, lineReady two/1 10, promiseMade one/1 0d, promiseMade two/1 0d
    item ink
    place three ink@shelf1 40
    place four ink@shelf2 60
    receive ink@shelf1 40           | ok: stockReceived ink@shelf1 40, lineAllocated three/1@shelf1 40, lineReady three/1 40, promiseMade three/1 0d
    receive ink@shelf2 60           | ok: stockReceived ink@shelf2 60, lineAllocated four/1@shelf2 60, lineReady four/1 60, promiseMade four/1 0d
    place five ink@shelf1 5
    place six ink@shelf1 5
    cancel three                    | ok: lineCancelled three/1 40, lineAllocated five/1@shelf1 5, lineReady five/1 5, lineAllocated six/1@shelf1 5, lineReady six/1 5, promiseMade five/1 0d, promiseMade six/1 0d
    place seven ink@shelf2 5
    place eight ink@shelf2 5
    cancel eight                    | ok: lineCancelled eight/1 5
    place nine ink@shelf2 9
    supply s ink@shelf2 5 due 1d    | ok: supplyScheduled s@shelf2 5 1d, promiseMade seven/1 1d
    receive ink@shelf2 5 from s     | ok: stockReceived s@shelf2 5, lineAllocated seven/1@shelf2 5, lineReady seven/1 5
    ship four                       | ok: lineShipped four/1@shelf2 60, promiseKept four/1 0d
    order nine                      | 1: 9 wait, promised - [shelf2 9 wait]
