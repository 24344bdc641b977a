Stories of Saleor.

== SAL-01
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_allocate_stocks
# 50 of 100.
0d  item pen
    receive pen 100
    place o pen 50
    stock pen                       | 100 on hand, 50 set aside, 50 free

== SAL-02
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_allocate_stock_many_stocks_the_highest_stock_strategy
# 4 and 3, 5 wanted: all of the larger stock, then 1 of the smaller.
0d  location w1
    location w2
    item pen
    receive pen@w1 3
    receive pen@w2 4
    place o pen 5
    order o                         | 1: 5 set aside, promised 0d [w2 4 set aside] [w1 1 set aside]

== SAL-04
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_allocate_stocks_the_highest_stock_strategy_with_collection_point
# The buyer collects: nothing comes from anywhere but the collection point.
0d  location w1
    location w2
    location point
    item pen
    receive pen@w1 4
    receive pen@w2 3
    receive pen@point 5
    place o pen@point 5
    order o                         | 1: 5 set aside, promised 0d [point 5 set aside]
    place p pen@point 1
    order p                         | 1: 1 wait, promised - [point 1 wait]

== SAL-10
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_deallocate_stock
# Giving back 80 of 80, 50 of 80, 3 of 2 + 1. And 1 of 2 + 1, so that 1 + 1 stay: each share is a line of its own here, so
# that it can be said which one gives.
0d  location w1
    location w2
    item a
    receive a@w1 100
    place oa a@w1 80
    cancel oa
    stock a@w1                      | 100 on hand, 100 free
    item b
    receive b@w1 100
    place ob b@w1 80
    amend ob 1 30                   | ok: lineDeallocated ob/1@w1 50
    stock b@w1                      | 100 on hand, 30 set aside, 70 free
    item c
    receive c@w1 2
    receive c@w2 1
    place oc c 3
    order oc                        | 1: 3 set aside, promised 0d [w1 2 set aside] [w2 1 set aside]
    cancel oc
    stock c@w1                      | 2 on hand, 2 free
    stock c@w2                      | 1 on hand, 1 free
    place od c@w1 2, c@w2 1
    amend od 1 1
    stock c@w1                      | 2 on hand, 1 set aside, 1 free
    stock c@w2                      | 1 on hand, 1 set aside

== SAL-11
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_increase_stock_without_allocate, with_allocate, with_new_allocation
# 100 there and 80 set aside. 50 shipped ones come back: as stock; for the same line, which is made larger by them; and for
# a line that had nothing left.
0d  item a
    receive a 150
    place oa a 130
    ship oa 1 50
    stock a                         | 100 on hand, 80 set aside, 20 free
    return oa 1 50 restock
    stock a                         | 150 on hand, 80 set aside, 70 free
    amend oa 1 180                  | ok: lineAllocated oa/1 50, lineReady oa/1 130
    stock a                         | 150 on hand, 130 set aside, 20 free
    item b
    receive b 150
    place ob b 50
    ship ob
    stock b                         | 100 on hand, 100 free
    return ob 1 50 restock
    amend ob 1 100
    stock b                         | 150 on hand, 50 set aside, 100 free

== SAL-12
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_decrease_stock_many_allocations, _partially, _more_then_allocated
# 4 there, 2 set aside; 3 elsewhere, 1 set aside; one line. All 3 ship from the second; 2 ship from the first; 4 ship from
# the first, 1 more than the line had.
0d  location w1
    location w2
    item a
    receive a@w1 2
    receive a@w2 1
    place oa a 3
    receive a@w1 2
    receive a@w2 2
    relocate oa 1 from w1 to w2 2
    ship oa 1 3 w2                  | ok: lineShipped oa/1@w2 3, promiseKept oa/1 0d
    stock a@w1                      | 4 on hand, 4 free
    stock a@w2                      |
    item b
    receive b@w1 2
    receive b@w2 1
    place ob b 3
    receive b@w1 2
    receive b@w2 2
    ship ob 1 2 w1                  | ok: lineShipped ob/1@w1 2
    stock b@w1                      | 2 on hand, 2 free
    stock b@w2                      | 3 on hand, 1 set aside, 2 free
    item c
    receive c@w1 2
    receive c@w2 1
    place oc c 3
    receive c@w1 2
    receive c@w2 2
    amend oc 1 4
    relocate oc 1 from w2 to w1
    ship oc 1 4 w1                  | ok: lineShipped oc/1@w1 4, promiseKept oc/1 0d
    stock c@w1                      |
    stock c@w2                      | 3 on hand, 3 free

== SAL-14
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_deallocate_stock_when_quantity_less_than_zero
# 10 short already, 80 more wanted and given up again: still 10 short.
0d  item pen
    place other pen 10
    place o pen 80
    stock pen                       | 90 wait
    cancel o                        | ok: lineCancelled o/1 80
    stock pen                       | 10 wait

== SAL-15
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_management.py test_allocate_preorders
# 100 may be preordered: 50 can, and then 50 more, not 51; one more than the limit cannot. Of 5, 2 are in another's cart:
# 5 cannot be had then. In the buyer's own cart all 5 can.
0d  item p life=preorder backorders=100
    place a p 101                   | backorderLimit lines[0].quantity
    place a p 50                    | ok
    place b p 51                    | backorderLimit lines[0].quantity
    place b p 50                    | ok
    place c p 1                     | backorderLimit lines[0].quantity
    item q life=preorder backorders=5
    hold theirs q 2 ttl=0d1h
    place d q 5                     | backorderLimit lines[0].quantity
    release theirs
    hold own q 5 ttl=0d1h
    place d q 1                     | backorderLimit lines[0].quantity
    confirm own d                   | ok
    order d                         | 1: 5 wait, promised -

== SAL-18
# from saleor/saleor@723cd4e saleor/warehouse/tests/test_stock_reservations_management.py
# A cart of 5 where there are 3, and where there is nothing at all.
0d  item pen backorders=deny
    item ink backorders=deny
    receive pen 3
    hold h pen 5 ttl=0d1h           | outOfStock lines[0].quantity
    hold i ink 5 ttl=0d1h           | outOfStock lines[0].quantity
    stock pen                       | 3 on hand, 3 free
