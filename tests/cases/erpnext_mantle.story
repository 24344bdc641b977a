Stories of ERPNext and Moqui Mantle. A lot of Mantle's is a location here.

== ERP-01
# from frappe/erpnext@02610fe erpnext/stock/doctype/stock_reservation_entry/test_stock_reservation_entry.py test_get_available_qty_to_reserve
# All 100 can be set aside, and 50 after 50 are.
0d  item pen
    receive pen 100
    stock pen                       | 100 on hand, 100 free
    place o pen 50
    stock pen                       | 100 on hand, 50 set aside, 50 free

== ERP-02
# from frappe/erpnext@02610fe erpnext/stock/doctype/stock_reservation_entry/test_stock_reservation_entry.py test_update_status
# The life of a line of 50: asked for, partly set aside, set aside, partly delivered, delivered; and another, cancelled.
0d  item pen
    receive pen 30
    quote pen 50                    | limited, 30 now, 20 wait, no date, none
    order o                         | unknown
    place o pen 50
    order o                         | 1: 30 set aside, 20 wait, promised -
    receive pen 20
    order o                         | 1: 50 set aside, promised 0d
    ship o 1 10
    order o                         | 1: 40 set aside, 10 shipped, promised 0d
    ship o 1 40
    order o                         | 1: 50 shipped, promised 0d, ships -
    cancel o                        | alreadyShipped order
    receive pen 50
    place p pen 50
    cancel p
    order p                         | 1: 50 cancelled, promised 0d, ships -
    stock pen                       | 50 on hand, 50 free

== ERP-03
# from frappe/erpnext@02610fe erpnext/stock/doctype/stock_reservation_entry/test_stock_reservation_entry.py test_update_reserved_qty_in_voucher
# 50 wanted, set aside in two goes of 30 and 20, which are lines here: 30, 50, then 20 without the first, 0 without both.
0d  item pen
    receive pen 30
    place o first pen 30, second pen 20
    stock pen                       | 30 on hand, 30 set aside, 20 wait
    receive pen 20
    stock pen                       | 50 on hand, 50 set aside
    cancel o first
    stock pen                       | 50 on hand, 20 set aside, 30 free
    cancel o second
    stock pen                       | 50 on hand, 50 free

== ERP-04
# from frappe/erpnext@02610fe erpnext/stock/doctype/stock_reservation_entry/test_stock_reservation_entry.py test_cant_consume_reserved_stock
# What is set aside for one cannot go out for another, until it is given up.
0d  item pen backorders=deny
    receive pen 50
    place o pen 50
    place p pen 50                  | outOfStock lines[0].quantity
    item ink
    receive ink 50
    place q ink 50
    place r ink 50
    ship r                          | notAllocated order
    cancel o
    place p pen 50                  | ok
    ship p                          | ok
    cancel q
    ship r                          | ok

== ERP-05
# from frappe/erpnext@02610fe erpnext/stock/doctype/stock_reservation_entry/test_stock_reservation_entry.py test_stock_reservation_against_sales_order
# 80 wanted of 10. A line that wants all or nothing takes nothing; one that gathers takes the 10. 110 more, and both are whole.
0d  item all wholeLines=skip
    item some
    receive all 10
    receive some 10
    place a all 80 fulfilment=line
    place b some 80
    stock all                       | 10 on hand, 10 free, 80 wait
    stock some                      | 10 on hand, 10 set aside, 70 wait
    receive all 110
    receive some 110
    stock all                       | 120 on hand, 80 set aside, 40 free
    stock some                      | 120 on hand, 80 set aside, 40 free

== ERP-06
# from frappe/erpnext@02610fe erpnext/stock/doctype/stock_reservation_entry/test_stock_reservation_entry.py test_stock_reservation_from_purchase_receipt
# 10 there, 30 wanted; 20 are bought for that order, and are set aside for it when they come, not for one placed meanwhile.
0d  item pen
    receive pen 10
    place o pen 30
    supply bought pen 20 due 6d
    pegs o                          | 1: 20 from bought 6d
1d  place later pen 5
6d  receive pen 20 from bought      | ok: stockReceived bought 20, lineAllocated o/1 20, lineReady o/1 30
    order later                     | 1: 5 wait, promised -

== MAN-01
# from moqui/mantle-usl@6b6ce35 src/test/groovy/OrderToCashBasicFlow.groovy
# One item there, one not, and one in an old and a new lot: 7 wait, and the old lot gives its 5 before the new one gives any.
0d  location old
    location new
    item p1
    item p2
    item p3
    receive p1@old 1
    receive p3@old 5
    receive p3@new 100
    place o p1@old/new 1, p2@old/new 7, p3@old/new 5 sourcing=inOrder
    order o                         | 1: 1 set aside, promised 0d [old 1 set aside]; 2: 7 wait, promised - [old 7 wait]; 3: 5 set aside, promised 0d [old 5 set aside]
    stock p2                        | 7 wait
    stock p3@old                    | 5 on hand, 5 set aside
    stock p3@new                    | 100 on hand, 100 free

== MAN-02
# from moqui/mantle-usl@6b6ce35 src/test/groovy/OrderToCashBasicFlow.groovy
# After every step what stands on the shelf less what is free is what is set aside. A shipment that is undone is a return,
# and the order asks for the units again: 10 set aside as before.
0d  item pen
    receive pen 100
    place o pen 10
    stock pen                       | 100 on hand, 10 set aside, 90 free
    ship o
    stock pen                       | 90 on hand, 90 free
    return o 1 10 restock
    stock pen                       | 100 on hand, 100 free
    amend o 1 20                    | ok: lineAllocated o/1 10, lineReady o/1 10
    stock pen                       | 100 on hand, 10 set aside, 90 free
    ship o 1 4
    stock pen                       | 96 on hand, 6 set aside, 90 free
    return o 1 4 restock
    amend o 1 24
    stock pen                       | 100 on hand, 10 set aside, 90 free

== MAN-03
# from moqui/mantle-usl@6b6ce35 src/test/groovy/OrderToCashBasicFlow.groovy
# 4 of 5 shipped; and 5 of 7 shipped of an item that the books did not know, which are found first. The rest is cancelled.
0d  item p2
    item p3
    receive p3 5
    place o p2 7, p3 5
    ship o 2 4
    count p2 5                      | ok: stockCounted p2 5, lineAllocated o/1 5
    ship o 1 5
    cancel o                        | ok: lineCancelled o/1 2, lineCancelled o/2 1
    order o                         | 1: 5 shipped, 2 cancelled, promised -; 2: 4 shipped, 1 cancelled, promised 0d, ships -
    stock p3                        | 1 on hand, 1 free
    stock p2                        |

== MAN-04
# from moqui/mantle-usl@6b6ce35 src/test/groovy/AssetReservationMultipleThreads.groovy
# Five writers order 60 of each of two items, every other one the other way round; one writer takes them one by one.
0d  item p1
    item p2
    place a p1 60, p2 60
    place b p2 60, p1 60
    place c p1 60, p2 60
    place d p2 60, p1 60
    place e p1 60, p2 60
    stock p1                        | 300 wait
    stock p2                        | 300 wait
    queue p1                        | a/1 60, b/2 60, c/1 60, d/2 60, e/1 60

== MAN-05
# from moqui/mantle-usl@6b6ce35 src/test/groovy/OrderProcureToPayBasicFlow.groovy
# 300 wanted, 100 of them set aside from an old lot. Of 400 that come 200 are for those who wait, and 200 are free.
0d  location old
    location new
    item p
    receive p@old 100
    supply po p@new 400 due 5d
    place a p 60
    place b p 60
    place c p 60
    place d p 60
    place e p 60
    order b                         | 1: 40 set aside, 20 wait, promised 5d [old 40 set aside] [new 20 wait]
    stock p@new                     | 400 coming, 200 wait
5d  receive p@new 400 from po
    stock p@new                     | 400 on hand, 200 set aside, 200 free

== MAN-06
# from moqui/mantle-usl@6b6ce35 src/test/groovy/OrderProcureToPayBasicFlow.groovy
# A lot that is all set aside loses 10; another lot has them. A rebalance takes the order there, and nobody waits. 10 that
# are found under a new lot are free.
0d  location lot1
    location lot2
    item pen
    receive pen@lot1 20
    place o pen 20
    receive pen@lot2 30
    count pen@lot1 10               | ok: stockCounted pen@lot1 10, lineDeallocated o/1@lot1 10, promiseMoved o/1 0d>-
    rebalance redistribute          | ok changed o/1 10>20: lineAllocated o/1@lot2 10, lineReady o/1 20, promiseMade o/1 0d
    order o                         | 1: 20 set aside, promised 0d [lot1 10 set aside] [lot2 10 set aside]
    stock pen@lot2                  | 30 on hand, 10 set aside, 20 free
    location lot3
    receive pen@lot3 10
    stock pen@lot3                  | 10 on hand, 10 free
