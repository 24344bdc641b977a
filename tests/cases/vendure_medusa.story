Stories of Vendure and Medusa.

== VEN-05
# from vendure-ecommerce/vendure@1633446 packages/core/e2e/stock-control.e2e-spec.ts
# 8 ordered of 3. The whole cannot ship; a part can, and the rest once a count has found it.
0d  item pen
    receive pen 3
    place o pen 8
    ship o 1 8                      | notAllocated lines[0].quantity
    ship o 1 3                      | ok: lineShipped o/1 3
    order o                         | 1: 5 wait, 3 shipped, promised -
    count pen 10                    | ok: stockCounted pen 10, lineAllocated o/1 5, lineReady o/1 5, promiseMade o/1 0d
    ship o                          | ok: lineShipped o/1 5, promiseKept o/1 0d
    stock pen                       | 5 on hand, 5 free

== VEN-13
# from vendure-ecommerce/vendure@1633446 packages/core/e2e/stock-control.e2e-spec.ts issue 1738
# One piece in two carts that hold nothing: who pays first has it, the other is stopped.
0d  item pen backorders=deny
    receive pen 1
    quote pen 1                     | inStock, 1 now, ships 0d by stock
    quote pen 1                     | inStock, 1 now, ships 0d by stock
    place a pen 1                   | ok
    place b pen 1                   | outOfStock lines[0].quantity
    stock pen                       | 1 on hand, 1 set aside

== VEN-14
# from vendure-ecommerce/vendure@1633446 packages/core/e2e/stock-control.e2e-spec.ts
# Two lines of one item in an order: each has its own unit.
0d  item pen
    receive pen 3
    place o red pen 1, blue pen 1
    stock pen                       | 3 on hand, 2 set aside, 1 free
    ship o                          | ok: lineShipped o/red 1, promiseKept o/red 0d, lineShipped o/blue 1, promiseKept o/blue 0d
    stock pen                       | 1 on hand, 1 free

== VEN-15
# from vendure-ecommerce/vendure@1633446 packages/core/e2e/stock-control-multi-location.e2e-spec.ts
# 100 and 120 in two places; 2 of one item from the first, 2 of another from the second, of which 1 is cancelled; all ships,
# and all comes back.
0d  location l1
    location l2
    item t1
    item t2
    receive t1@l1 100
    receive t1@l2 120
    receive t2@l1 100
    receive t2@l2 120
    stock t1                        | 220 on hand, 220 free
    stock t1@l1                     | 100 on hand, 100 free
    stock t1@l2                     | 120 on hand, 120 free
    place o t1@l1 2, t2@l2 2
    stock t1@l1                     | 100 on hand, 2 set aside, 98 free
    stock t2@l2                     | 120 on hand, 2 set aside, 118 free
    amend o 2 1                     | ok: lineDeallocated o/2@l2 1
    stock t2@l2                     | 120 on hand, 1 set aside, 119 free
    ship o                          | ok: lineShipped o/1@l1 2, promiseKept o/1 0d, lineShipped o/2@l2 1, promiseKept o/2 0d
    stock t1@l1                     | 98 on hand, 98 free
    stock t2@l2                     | 119 on hand, 119 free
    return o 1 2 restock at=l1
    return o 2 1 restock at=l2
    stock t1@l1                     | 100 on hand, 100 free
    stock t2@l2                     | 120 on hand, 120 free

== MED-02
# from medusajs/medusa@59e6747 packages/modules/inventory/integration-tests/__tests__/inventory-module-service.spec.ts
# Nothing is reserved at a place that there is not, nor where the item has no stock.
0d  location here
    location there
    item pen backorders=deny
    receive pen@here 5
    place o pen@nowhere 1           | unknownLocation lines[0].locations[0]
    place o pen@there 1             | outOfStock lines[0].quantity
    stock pen@nowhere               | unknown
    stock pen                       | 5 on hand, 5 free

== MED-04
# from medusajs/medusa@59e6747 packages/modules/inventory/integration-tests/__tests__/inventory-module-service.spec.ts
# Theirs counts a reservation's own 3 of 10 against it and refuses to make it 10. All 10 fit; an eleventh does not.
0d  item pen backorders=deny
    receive pen 10
    place o pen 3
    amend o 1 10                    | ok: lineAllocated o/1 7, lineReady o/1 10
    amend o 1 11                    | outOfStock quantity
    stock pen                       | 10 on hand, 10 set aside

== MED-05
# from medusajs/medusa@59e6747 packages/modules/inventory/integration-tests/__tests__/inventory-module-service.spec.ts deleteReservationItemsByLineItem
# Theirs lets three of 2 on a stock of 2 pass in one call. Here the second is refused, and so is the whole; with 6 in
# stock, those of two lines are given up and those of the third stay.
0d  item pen backorders=deny
    receive pen 2
    place o l1 pen 2, l2 pen 2, m pen 2 | outOfStock lines[1].quantity
    stock pen                       | 2 on hand, 2 free
    receive pen 4
    place o l1 pen 2, l2 pen 2, m pen 2 | ok
    cancel o l1, l2                 | ok: lineCancelled o/l1 2, lineCancelled o/l2 2
    stock pen                       | 6 on hand, 2 set aside, 4 free

== MED-08
# from medusajs/medusa@59e6747 packages/modules/inventory/integration-tests/__tests__/inventory-module-service.spec.ts
# What is set aside follows from orders; no command that speaks of stock sets it.
0d  item pen
    count pen 2                     | ok: stockCounted pen 2
    stock pen                       | 2 on hand, 2 free
    place o pen 1
    count pen 1000                  | ok: stockCounted pen 1000
    stock pen                       | 1000 on hand, 1 set aside, 999 free
