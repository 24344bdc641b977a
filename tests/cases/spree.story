Stories of Spree.

== SPR-02
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock_level_spec.rb
# 7 and 4 wait, 5 come: 5 are set aside in all, and all for the first.
0d  item pen
    place a pen 7
    place b pen 4
    receive pen 5                   | ok: stockReceived pen 5, lineAllocated a/1 5
    stock pen                       | 5 on hand, 5 set aside, 6 wait
    queue pen                       | a/1 2, b/1 4

== SPR-03
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock_level_spec.rb #release_allocated_count
# Of 5 that are given up only 2 were set aside, and only these come back.
0d  item pen
    receive pen 2
    place a pen 5
    stock pen                       | 2 on hand, 2 set aside, 3 wait
    cancel a                        | ok: lineCancelled a/1 5
    stock pen                       | 2 on hand, 2 free

== SPR-04
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock_level_spec.rb
# Four writers give up the same 5 units: the units come back once.
0d  item pen
    receive pen 5
    place a pen 5
    cancel a key=writer-1           | ok: lineCancelled a/1 5
    cancel a key=writer-1           | exists: nothing
    cancel a key=writer-2           | alreadyCancelled order
    cancel a key=writer-3           | alreadyCancelled order
    stock pen                       | 5 on hand, 5 free

== SPR-05
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock_level_spec.rb #available_count, #in_stock?
# What is for sale is what stands on the shelf less what is set aside.
0d  item pen
    receive pen 10
    place a pen 4
    stock pen                       | 10 on hand, 4 set aside, 6 free
    item ink backorders=deny
    receive ink 2
    place b ink 2
    quote ink 1                     | outOfStock, no date, none

== SPR-06
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock/quantifier_spec.rb
# A cart lessens what is for sale until it ends; a cart for more than there is leaves 0, not less.
0d   item pen
     receive pen 10
     hold h pen 4 ttl=0d1h
     stock pen                      | 10 on hand, 4 held, 6 free
0d1h tick                           | ok: holdExpired h @0d1h
     stock pen                      | 10 on hand, 10 free
     item ink
     receive ink 2
     hold i ink 5 ttl=0d1h
     stock ink                      | 2 on hand, 2 held, 3 wait
     quote ink 1                    | backorder, 1 wait, 3 ahead, no date, none

== SPR-07
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock/quantifier_spec.rb
# A buyer's own cart of 4 is not in the way of all 10; another's cart of 2 is.
0d  item pen backorders=deny
    receive pen 10
    hold mine pen 4 ttl=0d1h
    quote pen 7                     | outOfStock, 6 now, no date, none
    confirm mine a                  | ok
    amend a 1 10                    | ok: lineAllocated a/1 6, lineReady a/1 10
    item ink backorders=deny
    receive ink 10
    hold own ink 4 ttl=0d1h
    hold theirs ink 2 ttl=0d1h
    confirm own b                   | ok
    amend b 1 9                     | outOfStock quantity
    amend b 1 8                     | ok: lineAllocated b/1 4, lineReady b/1 8
    stock ink                       | 10 on hand, 8 set aside, 2 held

== SPR-10
# from spree/spree@cee28a2 spree/core/spec/services/spree/stock_reservations/reserve_spec.rb
# A cart of which one line cannot be had is no cart: nothing of it is held.
0d  item pen backorders=deny
    item ink backorders=deny
    receive pen 1
    receive ink 5
    hold h ink 1, pen 3 ttl=0d1h    | outOfStock lines[1].quantity
    cart h                          | unknown
    stock pen                       | 1 on hand, 1 free
    stock ink                       | 5 on hand, 5 free

== SPR-14
# from spree/spree@cee28a2 spree/core/spec/jobs/spree/stock_reservations/expire_job_spec.rb
# Two carts have ended, one has five more minutes.
0d        item pen
          receive pen 10
          hold a pen 1 ttl=3300000
          hold b pen 1 ttl=3600000
          hold c pen 1 ttl=3900000
0d1h      tick                      | ok: holdExpired a @0d+3300000, holdExpired b @0d1h
          cart c                    | open, 1: 1 set aside, promised 0d, ships 0d1h
          stock pen                 | 10 on hand, 1 held, 9 free
          wake                      | 0d1h+300000

== SPR-18
# from spree/spree@cee28a2 spree/core/spec/models/spree/product_preorder_spec.rb
# Nothing there, 3 may wait: 3 is taken, 4 is not.
0d  item pen backorders=3
    quote pen 3                     | backorder, 3 wait, no date, none
    quote pen 4                     | outOfStock, no date, none
    place a pen 4                   | backorderLimit lines[0].quantity
    place a pen 3                   | ok

== SPR-19
# from spree/spree@cee28a2 spree/core/spec/models/spree/product_preorder_spec.rb StockLocation#fill_status
# 2 there, 5 wanted. As a preorder with 5 to wait at most, 3 wait; as an item that never waits, 3 are refused.
0d  item pen life=preorder backorders=5
    receive pen 2
    place a pen 5                   | ok: orderPlaced a, lineAllocated a/1 2, lineBackordered a/1 3
    item ink backorders=deny
    receive ink 2
    place b ink 5 shortfall=trim    | ok refused 1 3: orderPlaced b, lineAllocated b/1 2, lineReady b/1 2, promiseMade b/1 0d
    order b                         | 1: 2 set aside, promised 0d

== SPR-20
# from spree/spree@cee28a2 spree/core/spec/models/spree/product_preorder_spec.rb Spree::Variant#preorder?
# A preorder without a date, one with a date to come, one whose date is past; one with a cap of 5; an archived item,
# of which an order may have none.
0d  item open life=preorder
    item soon life=30d
    item past life=1d
    item capped life=60d backorders=5
    item archived max=0
    receive archived 5
2d  quote open 1                    | preorder, 1 wait, no date, none
    quote soon 1                    | preorder, 1 wait, no date, none
    quote past 1                    | backorder, 1 wait, no date, none
    quote capped 5                  | preorder, 5 wait, no date, none
    quote capped 6                  | outOfStock, no date, none
    place a archived 1              | maxPerOrder lines[0].quantity
    quote archived 1                | outOfStock, 1 now, no date, none

== SPR-21
# from spree/spree@cee28a2 spree/core/spec/models/spree/product_preorder_spec.rb #preorder_ships_at
# What ships together ships on the later of its days: in three months, not in one.
0d  item v1 life=30d
    item v2 life=90d
    receive v1 2
    receive v2 2
    place whole v1 1, v2 1 fulfilment=order
    order whole                     | 1: 1 set aside, promised 90d; 2: 1 set aside, promised 90d
    place apart v1 1, v2 1
    order apart                     | 1: 1 set aside, promised 30d; 2: 1 set aside, promised 90d

== SPR-24
# from spree/spree@cee28a2 spree/core/spec/models/spree/stock_movement_spec.rb
# Nothing ships from an empty shelf, and there is no force: a unit that went out all the same was there, and is received first.
0d  item pen
    place a pen 1
    ship a                          | notAllocated order
    ship a 1 1                      | notAllocated lines[0].quantity
    stock pen                       | 1 wait
    receive pen 1
    ship a                          | ok: lineShipped a/1 1, promiseKept a/1 0d
    stock pen                       |

== SPR-25
# from spree/spree@cee28a2 spree/core/spec/models/spree/order_routing/strategy/parity_spec.rb
# 2 here and 10 there, 5 wanted: all are set aside, none waits, and one parcel is enough.
0d  location l1
    location l2
    item pen
    receive pen@l1 2
    receive pen@l2 10
    place o pen@l1/l2 5
    order o                         | 1: 5 set aside, promised 0d [l2 5 set aside]

== SPR-26
# from spree/spree@cee28a2 spree/core/spec/models/spree/order_routing/strategy/parity_spec.rb
# 5 and 5, 8 wanted: both places give, none waits.
0d  location l1
    location l2
    item pen
    receive pen@l1 5
    receive pen@l2 5
    place o pen 8
    order o                         | 1: 8 set aside, promised 0d [l1 5 set aside] [l2 3 set aside]

== SPR-27
# from spree/spree@cee28a2 spree/core/spec/models/spree/order_routing/strategy/parity_spec.rb
# 2 and 3, 10 wanted: 5 set aside, 5 wait, in one place.
0d  location l1
    location l2
    item pen
    receive pen@l1 2
    receive pen@l2 3
    place o pen 10
    order o                         | 1: 5 set aside, 5 wait, promised - [l2 3 set aside] [l1 2 set aside, 5 wait]

== SPR-28
# from spree/spree@cee28a2 spree/core/spec/models/spree/order_routing/strategy/parity_spec.rb
# 10 of a in one place, 1 of b there and 10 elsewhere; 2 of a and 4 of b wanted: 6 set aside, none waits.
0d  location l1
    location l2
    item a
    item b
    receive a@l1 10
    receive b@l1 1
    receive b@l2 10
    place o a 2, b 4
    order o                         | 1: 2 set aside, promised 0d [l1 2 set aside]; 2: 4 set aside, promised 0d [l2 4 set aside]

== SPR-29
# from spree/spree@cee28a2 spree/core/spec/models/spree/order_routing/strategy/parity_spec.rb
# Nothing anywhere: 2 wait, in one place.
0d  location l1
    location l2
    item pen
    place o pen 2                   | ok: orderPlaced o, lineBackordered o/1@l1 2
    order o                         | 1: 2 wait, promised - [l1 2 wait]

== SPR-30
# from spree/spree@cee28a2 spree/core/spec/models/spree/order_routing/strategy/parity_spec.rb
# Theirs plans 1 + 3 pieces for an order of 3. 1 there, more comes to the other place: 1 is set aside and 2 wait.
0d  location l1
    location l2
    item pen
    receive pen@l1 1
    supply more pen@l2 9 due 4d
    place o pen 3                   | ok: orderPlaced o, lineAllocated o/1@l1 1, lineBackordered o/1@l2 2, promiseMade o/1 4d
    order o                         | 1: 1 set aside, 2 wait, promised 4d [l1 1 set aside] [l2 2 wait]
    stock pen                       | 1 on hand, 1 set aside, 9 coming, 2 wait
