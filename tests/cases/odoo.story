Stories of Odoo.

== ODO-02
# from odoo/odoo@0066958 addons/stock/tests/test_report.py test_report_forecast_2_replenishments_order
# 6 come, 3 are wanted: 3 of the 6 are spoken for, 3 are free for whoever comes next.
0d  item pen
    supply s pen 6 due 5d
    place a pen 3
    pegs a                          | 1: 3 from s 5d
    quote pen 3                     | backorder, 3 wait, 3 ahead, ships 5d by supply
    quote pen 4                     | backorder, 4 wait, 3 ahead, no date, none

== ODO-03
# from odoo/odoo@0066958 addons/stock/tests/test_report.py test_report_forecast_3_sort_by_date
# Their today is 30d here. Seven deliveries of 5, made in the order D1 to D7 and wished for different days: served by that
# day, which is their priority here, and shipped on it at the earliest. D5 and D1 are late; D2, D4 and D6 get nothing.
0d  item pen
    supply r1 pen 5 due 60d
    supply r2 pen 5 due 0d
    supply r3 pen 10 due 29d23h
    place d1 pen 5 prio=4 notBefore=30d
    place d2 pen 5 prio=5 notBefore=30d1h
    place d3 pen 5 prio=3 notBefore=29d23h
    place d4 pen 5 prio=6 notBefore=31d
    place d5 pen 5 prio=2 notBefore=29d
    place d6 pen 5 prio=7 notBefore=60d
    place d7 pen 5 prio=1 notBefore=0d
    queue pen                       | d7/1 5, d5/1 5, d3/1 5, d1/1 5, d2/1 5, d4/1 5, d6/1 5
    pegs d7                         | 1: 5 from r2 0d
    pegs d5                         | 1: 5 from r3 29d23h
    pegs d3                         | 1: 5 from r3 29d23h
    pegs d1                         | 1: 5 from r1 60d
    pegs d2                         | 1: 5 unknown
    order d7                        | 1: 5 wait, promised 0d
    order d5                        | 1: 5 wait, 5 ahead, promised 29d, ships 29d23h
    order d3                        | 1: 5 wait, 10 ahead, promised 29d23h
    order d1                        | 1: 5 wait, 15 ahead, promised 60d
    order d2                        | 1: 5 wait, 20 ahead, promised -
    order d4                        | 1: 5 wait, 25 ahead, promised -
    order d6                        | 1: 5 wait, 30 ahead, promised -

== ODO-06
# from odoo/odoo@0066958 addons/stock/tests/test_report.py test_report_forecast_9_delivery_to_receipt_link_over_received
# 300 were bought where 100 were wanted: the other 200 are for the second order, at the same date.
0d  item pen
    supply s pen 300 due 4d
    place one pen 100
    place two pen 200
    pegs one                        | 1: 100 from s 4d
    pegs two                        | 1: 200 from s 4d
    order one                       | 1: 100 wait, promised 4d
    order two                       | 1: 200 wait, 100 ahead, promised 4d

== ODO-09
# from odoo/odoo@0066958 addons/stock/tests/test_report.py test_report_forecast_13_availability_from_sublocations
# What stands on a shelf of its own counts as the shop's: 3 can be had, 7 are free.
0d  location shop
    location shop-shelf
    item pen
    receive pen@shop-shelf 10
    place o pen 3
    order o                         | 1: 3 set aside, promised 0d [shop-shelf 3 set aside]
    stock pen                       | 10 on hand, 3 set aside, 7 free

== ODO-13
# from odoo/odoo@0058bbd addons/stock/tests/test_proc_rule.py test_reordering_rule_2
# Up to 5 whenever there is none: 12 wanted make 17 to order, and 5 of the other item, wanted later, make 10.
# The rules are told once when they come to be, for nothing is there; what to order is asked for.
0d  item a lead=9 reorder=sS point=0 upTo=5 | ok: reorderDue a 5
    item b lead=9 reorder=sS point=0 upTo=5 | ok: reorderDue b 5
    place o a 12
    reorders                        | a 17; b 5
    place added b 5
    reorders                        | a 17; b 10

== ODO-14
# from odoo/odoo@0058bbd addons/stock/tests/test_proc_rule.py test_propagate_deadline_move
# A delivery hangs on a transfer to it. The transfer comes 6 days earlier, and so does the delivery; when it is done, the
# dates stay. (Only the estimate: a promise never moves for the better.)
0d  item pen
    supply transfer pen 5 due 10d
    place o pen 5
    order o                         | 1: 5 wait, promised 10d
    move transfer due 4d            | ok: supplyMoved transfer 5 10d>4d
    order o                         | 1: 5 wait, promised 10d, ships 4d
4d  receive pen 5 from transfer     | ok: stockReceived transfer 5, lineAllocated o/1 5, lineReady o/1 5
    order o                         | 1: 5 set aside, promised 10d, ships 4d

== ODO-15
# from odoo/odoo addons/sale_stock/tests/test_sale_order_dates.py
# Lines that take 5, 10 and 15 days: as they come, the first after 5; all at once, after 15.
0d  item five lead=5
    item ten lead=10
    item fifteen lead=15
    place asap five 1, ten 1, fifteen 1
    order asap                      | 1: 1 wait, promised 5d; 2: 1 wait, promised 10d; 3: 1 wait, promised 15d
    place once five 1, ten 1, fifteen 1 fulfilment=order
    order once                      | 1: 1 wait, 1 ahead, promised 15d; 2: 1 wait, 1 ahead, promised 15d; 3: 1 wait, 1 ahead, promised 15d
