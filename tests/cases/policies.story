Where the peers chose and we chose otherwise, or alike; why is in docs/POLICIES.md.

== SOL-06
# from solidusio/solidus@1f5bf5c core/spec/models/spree/stock_item_spec.rb
# Switching the queue off while 3 wait is accepted; they go on waiting, nobody joins them.
0d  item pen
    place o pen 3
    item pen backorders=deny        | ok: nothing
    queue pen                       | o/1 3
    place p pen 1                   | outOfStock lines[0].quantity
    receive pen 3                   | ok: stockReceived pen 3, lineAllocated o/1 3, lineReady o/1 3, promiseMade o/1 0d

== SPR-13
# from spree/spree@cee28a2 spree/core/spec/services/spree/stock_reservations/reserve_spec.rb
# A cart of an item that may be queued for holds its place, and its share of the cap.
0d  item pen backorders=3
    hold h pen 2 ttl=0d1h           | ok: holdPlaced h, lineBackordered h/1 2
    place a pen 2                   | backorderLimit lines[0].quantity
    place a pen 1                   | ok
    queue pen                       | h/1 2, a/1 1
    item untracked lead=0
    hold i untracked 2 ttl=0d1h     | ok: holdPlaced i, lineBackordered i/1 2, promiseMade i/1 0d

== SPR-16
# from spree/spree@cee28a2 spree/core/spec/models/spree/product_preorder_spec.rb
# A preorder without a cap takes 10000; one whose item is never queued for takes none, for a preorder is a backorder.
0d  item pen life=preorder
    quote pen 10000                 | preorder, 10000 wait, no date, none
    item ink life=preorder backorders=deny
    quote ink 1                     | outOfStock, no date, none

== MAG-05
# from magento/inventory@e9d6e33 InventoryCatalog/Test/Integration/NegativeMinQtyPlaceOrderTest.php testIsProductOutOfStockAfterPlacingAnOrder
# In tenths. 8.5 there and never queued for: 13 cannot be had. With 4.5 to wait at most 13 can, 14 cannot, and after an
# order of 13 nothing more. Without a cap anything can. A buffer of 10 is no cap and opens nothing: it keeps stock back.
0d  item sku1 backorders=deny
    receive sku1 85
    quote sku1 130                  | outOfStock, 85 now, no date, none
    item sku1 backorders=45
    quote sku1 130                  | limited, 85 now, 45 wait, no date, none
    quote sku1 140                  | outOfStock, 85 now, no date, none
    place o sku1 130
    quote sku1 10                   | outOfStock, 45 ahead, no date, none
    item sku1 backorders=allow
    quote sku1 10                   | backorder, 10 wait, 45 ahead, no date, none
    item sku1 safety=100
    quote sku1 1000                 | backorder, 1000 wait, 45 ahead, no date, none

== MAG-07
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/IsProductSalableForRequestedQty/BackorderConditionTest.php
# 15 short and queued for without a bound: one more can be had, from either place.
0d  location s20
    location s30
    item sku2
    place o sku2@s20 15
    quote sku2@s20 1                | backorder, 1 wait, 15 ahead, no date, none [s20 1 wait]
    quote sku2@s30 1                | backorder, 1 wait, no date, none [s30 1 wait]

== VEN-06
# from vendure-ecommerce/vendure@1633446 packages/core/e2e/stock-control.e2e-spec.ts
# A count says what is there, and is believed also where it makes more wait than the cap allows; new demand is refused for it.
0d  item pen backorders=20
    receive pen 21
    place a pen 21
    place b pen 10
    count pen 0                     | ok: stockCounted pen 0, lineDeallocated a/1 21, promiseMoved a/1 0d>-
    stock pen                       | 31 wait
    place c pen 1                   | backorderLimit lines[0].quantity

== VEN-09
# from vendure-ecommerce/vendure@1633446 packages/core/e2e/stock-control.e2e-spec.ts issue 1273
# The stock of a cart vanishes: the cart stays, is told, and waits in its place. A larger one cannot be had.
0d  item pen backorders=deny
    receive pen 10
    hold h pen 1 ttl=0d1h
    count pen 0                     | ok: stockCounted pen 0, lineDeallocated h/1 1, promiseMoved h/1 0d>-
    hold i pen 2 ttl=0d1h           | outOfStock lines[0].quantity
    cart h                          | open, 1: 1 wait, promised -
    receive pen 1                   | ok: stockReceived pen 1, lineAllocated h/1 1, lineReady h/1 1, promiseMade h/1 0d

== MED-09
# from medusajs/medusa@59e6747 packages/modules/inventory/integration-tests/__tests__/inventory-module-service.spec.ts
# What is coming is kept apart from what is there: it makes a date, and nothing available.
0d  item pen
    receive pen 2
    supply s pen 4 due 3d
    stock pen                       | 2 on hand, 2 free, 4 coming
    quote pen 3                     | limited, 2 now, 1 wait, ships 3d by supply
    item pen backorders=deny
    quote pen 3                     | outOfStock, 2 now, no date, none

== OCA-11
# from OCA/stock-logistics-reservation@7ffdf15 stock_available_to_promise_release/tests/test_reservation.py test_defer_creation_no_backorder_partial_available
# 7 of 20: one line of one order, which says what is set aside and what waits. There is no second document.
0d  item pen
    receive pen 7
    place o pen 20
    order o                         | 1: 7 set aside, 13 wait, promised -
    ship o
    order o                         | 1: 13 wait, 7 shipped, promised -

== ODO-08
# from odoo/odoo@0066958 addons/stock/tests/test_report.py test_report_forecast_11_non_reserved_order
# Four deliveries of 3, and 6 to come tomorrow. A better priority counts from the day on which its order is allocated, and
# then before all; the others go by age, also the one that nobody reserved by hand.
0d  item pen
    place manual pen 3
10d place bydate pen 3 allocateFrom=9d
    place urgent pen 3 prio=50 allocateFrom=11d
    place atconfirm pen 3
    supply s pen 6 due 11d
    queue pen                       | manual/1 3, bydate/1 3, atconfirm/1 3, urgent/1 3
11d receive pen 6 from s
    order urgent                    | 1: 3 set aside, promised 11d
    order manual                    | 1: 3 set aside, promised 11d
    queue pen                       | bydate/1 3, atconfirm/1 3

== FRE-07
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order G
# 20 wanted in shipments of 30 at least: 20 ship, when they are whole. Nobody is sent more than they ordered.
0d  item pen
    receive pen 15
    supply s pen 50 due 9d
    place d pen 20 min=30
    ship d                          | notReady order
9d  receive pen 50 from s
    ship d                          | ok: lineShipped d/1 20, promiseKept d/1 9d
    stock pen                       | 45 on hand, 45 free
