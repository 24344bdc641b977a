Stories of Magento's inventory. Its quantities have decimals: they are told here in tenths (MAG-04: hundredths) of a piece.

== MAG-01
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/Stock/GetProductSalableQtyTest.php
# 5.5 and 3 in the two sources that sell; the third does not, so no line names it. 5 are reserved, 1.5 of them given back.
0d  location eu1
    location eu2
    location eu3
    item sku1 backorders=deny
    receive sku1@eu1 55
    receive sku1@eu2 30
    receive sku1@eu3 100
    quote sku1@eu1/eu2 85           | inStock, 85 now, ships 0d by stock [eu1 55 now] [eu2 30 now]
    quote sku1@eu1/eu2 86           | outOfStock, 85 now, no date, none
    place o sku1@eu1/eu2 50
    amend o 1 35
    quote sku1@eu1/eu2 50           | inStock, 50 now, ships 0d by stock [eu2 30 now] [eu1 20 now]
    quote sku1@eu1/eu2 51           | outOfStock, 50 now, no date, none

== MAG-02
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/IsProductSalableForRequestedQty/IsSalableWithReservationsConditionTest.php testProductIsSalableWithMinQty
# 8.5 there, the lowest 5 not for sale: 3 can be had, 4 cannot.
0d  item sku1 backorders=deny safety=50
    receive sku1 85
    quote sku1 30                   | inStock, 30 now, ships 0d by stock
    quote sku1 40                   | outOfStock, 35 now, no date, none

== MAG-03
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/IsProductSalableForRequestedQty/IsSalableWithReservationsConditionTest.php testProductIsOutOfStockIfReservationsArePresent
# All 8.5 are reserved: not even 1 can be had.
0d  item sku1 backorders=deny
    receive sku1 85
    place o sku1 85
    quote sku1 10                   | outOfStock, no date, none
    place p sku1 10                 | outOfStock lines[0].quantity

== MAG-04
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/IsProductSalableForRequestedQty/IsSalableWithReservationsConditionTest.php testProductIsSalableWithMinQtyAndReservationArePresent
# 8.5 there, 1 may wait, 9.33 are wanted already: there is room for 0.17 and no more.
0d  item sku1 backorders=100
    receive sku1 850
    place o sku1 933
    stock sku1                      | 850 on hand, 850 set aside, 83 wait
    place p sku1 18                 | backorderLimit lines[0].quantity
    place p sku1 17                 | ok
    stock sku1                      | 850 on hand, 850 set aside, 100 wait

== MAG-08
# from magento/inventory@e9d6e33 InventorySourceSelectionApi/Test/Integration/GetDefaultSortedSourcesResultTest.php #1
# In the order given: 5.5 from the first, the remaining 1.5 of 7 from the second.
0d  location eu1
    location eu2
    location eu3
    item sku1
    receive sku1@eu1 55
    receive sku1@eu2 30
    place o sku1@eu1/eu2/eu3 70 sourcing=inOrder
    order o                         | 1: 70 set aside, promised 0d [eu1 55 set aside] [eu2 15 set aside]

== MAG-09
# from magento/inventory@e9d6e33 InventorySourceSelectionApi/Test/Integration/GetDefaultSortedSourcesResultTest.php #2
# 15 wanted of 8.5: the whole cannot be had, and what can be is said.
0d  location eu1
    location eu2
    location eu3
    item sku1 backorders=deny
    receive sku1@eu1 55
    receive sku1@eu2 30
    place o sku1@eu1/eu2/eu3 150 sourcing=inOrder | outOfStock lines[0].quantity
    place o sku1@eu1/eu2/eu3 150 sourcing=inOrder shortfall=trim | ok refused 1 65: orderPlaced o, lineAllocated o/1@eu1 55, lineAllocated o/1@eu2 30, lineReady o/1 85, promiseMade o/1 0d
    order o                         | 1: 85 set aside, promised 0d [eu1 55 set aside] [eu2 30 set aside]

== MAG-11
# from magento/inventory@e9d6e33 InventorySourceSelectionApi/Test/Integration/GetDefaultSortedSourcesResultTest.php #4
# Another order of the sources, another split: 3 from the second, 2 from the first. Of the other item there is nothing.
0d  location eu1
    location eu2
    location eu3
    item sku1 backorders=deny
    item sku2 backorders=deny
    receive sku1@eu1 55
    receive sku1@eu2 30
    place o sku1@eu3/eu2/eu1 50, sku2@eu3/eu2/eu1 30 sourcing=inOrder | outOfStock lines[1].quantity
    place o sku1@eu3/eu2/eu1 50, sku2@eu3/eu2/eu1 30 sourcing=inOrder shortfall=trim | ok refused 2 30: orderPlaced o, lineAllocated o/1@eu2 30, lineAllocated o/1@eu1 20, lineReady o/1 50, promiseMade o/1 0d
    order o                         | 1: 50 set aside, promised 0d [eu2 30 set aside] [eu1 20 set aside]

== MAG-12
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/Order/PlaceOrderOnNotDefaultStockTest.php
# 5 there. 2.2 without a wait; 6.2 of an item that never waits; 6.5 of one that may; 6.5 of one whose stock nobody keeps,
# which is one that is there at once.
0d  item a backorders=deny
    item b backorders=deny
    item c
    item d lead=0
    receive a 50
    receive b 50
    receive c 50
    receive d 50
    place oa a 22                   | ok: orderPlaced oa, lineAllocated oa/1 22, lineReady oa/1 22, promiseMade oa/1 0d
    place ob b 62                   | outOfStock lines[0].quantity
    place oc c 65                   | ok: orderPlaced oc, lineAllocated oc/1 50, lineBackordered oc/1 15
    place od d 65                   | ok: orderPlaced od, lineAllocated od/1 50, lineBackordered od/1 15, promiseMade od/1 0d

== MAG-13
# from magento/inventory@e9d6e33 InventoryShipping/Test/Integration/SourceDeductionForBundleProductsOnDefaultStockTest.php
# Kits set their components aside when ordered, and take them off the shelf when they ship. In their test the pieces ship
# apart, 2 of each: so the same pieces again, as lines.
0d  item sku1
    item sku2
    item sku3
    receive sku1 10
    receive sku2 20
    receive sku3 30
    item bundle1 components=sku1:3/sku3:4
    item bundle2 components=sku2:5/sku3:6
    place kits bundle1 2, bundle2 3
    stock sku1                      | 10 on hand, 6 set aside, 4 free
    stock sku2                      | 20 on hand, 15 set aside, 5 free
    stock sku3                      | 30 on hand, 26 set aside, 4 free
    cancel kits
    place apart sku1 6, sku3 8, sku2 15, sku3 18
    ship apart 1 2, 2 2
    stock sku1                      | 8 on hand, 4 set aside, 4 free
    stock sku3                      | 28 on hand, 24 set aside, 4 free
    cancel apart
    receive sku1 2
    receive sku3 2
    place again bundle1 2, bundle2 3
    ship again 1 1                  | ok: lineShipped again/1 1
    stock sku1                      | 7 on hand, 3 set aside, 4 free
    stock sku3                      | 26 on hand, 22 set aside, 4 free

== MAG-15
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/Order/CreditMemoUpdateReservationsTest.php
# What comes back is booked once, however often the same message is sent.
0d  item pen
    receive pen 4
    place o pen 4
    ship o
    return o 1 4 restock key=memo   | ok: lineReturned o/1 4
    return o 1 4 restock key=memo   | exists: nothing
    return o 1 4 restock            | notShipped quantity
    stock pen                       | 4 on hand, 4 free

== MAG-16
# from magento/inventory@e9d6e33 InventorySales/Test/Integration/CatalogInventory/CancelOrderItemObserverTest.php
# What is for sale after a cancellation is what was for sale before the order.
0d  item pen
    receive pen 9
    stock pen                       | 9 on hand, 9 free
    place o pen 4
    stock pen                       | 9 on hand, 4 set aside, 5 free
    cancel o 1                      | ok: lineCancelled o/1 4
    stock pen                       | 9 on hand, 9 free

== MAG-18
# from magento/inventory@e9d6e33 InventoryAdminUi/Test/Mftf/Test/ValidateAfterPlacingAnOrderWithZeroStatusAsOrderedPartialAndBackOrderedAccordinglyTest.xml AC-2803
# 1 ordered of nothing: the line says that it is backordered.
0d  item pen
    place o pen 1                   | ok: orderPlaced o, lineBackordered o/1 1
    order o                         | 1: 1 wait, promised -
