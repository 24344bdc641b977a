Stories about what can be promised: tables of units available to promise, dates that are kept, production. An order for a
later period is one that takes nothing before it (allocateFrom), and protect mode keeps what it will need then.

== ATP-02
# from https://wizedu.com/questions/745726/complete-the-two-available-to-promise-tables (a)
# 30 there, 100, 200 and 150 in periods 1, 3 and 5, orders in all six. Free in these periods: 5, 11 more, 82 more.
0d  item pen promising=protect
    receive pen 30
    supply m1 pen 100 due 1d
    supply m3 pen 200 due 3d
    supply m5 pen 150 due 5d
    place o1 pen 75 allocateFrom=1d
    place o2 pen 50 allocateFrom=2d
    place o3 pen 116 allocateFrom=3d
    place o4 pen 73 allocateFrom=4d
    place o5 pen 45 allocateFrom=5d
    place o6 pen 23 allocateFrom=6d
    quote pen 5                     | inStock, 5 now, ships 0d by stock
    quote pen 6                     | limited, 5 now, 1 wait, 241 ahead, ships 3d by supply
    quote pen 16                    | limited, 5 now, 11 wait, 241 ahead, ships 3d by supply
    quote pen 17                    | limited, 5 now, 12 wait, 359 ahead, ships 5d by supply
    quote pen 98                    | limited, 5 now, 93 wait, 359 ahead, ships 5d by supply
    quote pen 99                    | limited, 5 now, 94 wait, 382 ahead, no date, none

== ATP-03
# from https://wizedu.com/questions/745726/complete-the-two-available-to-promise-tables (b)
# Period 3 is 10 short by itself, so of the 100 that period 1 has free only 90 are safe, until period 5 brings 102 more.
0d  item pen promising=protect
    receive pen 100
    supply m1 pen 200 due 1d
    supply m3 pen 200 due 3d
    supply m5 pen 200 due 5d
    place o1 pen 75 allocateFrom=1d
    place o2 pen 125 allocateFrom=2d
    place o3 pen 75 allocateFrom=3d
    place o4 pen 135 allocateFrom=4d
    place o5 pen 45 allocateFrom=5d
    place o6 pen 53 allocateFrom=6d
    order o4                        | 1: 135 wait, 275 ahead, promised 4d
    quote pen 90                    | inStock, 90 now, ships 0d by stock
    quote pen 91                    | limited, 90 now, 1 wait, 455 ahead, ships 5d by supply
    quote pen 192                   | limited, 90 now, 102 wait, 455 ahead, ships 5d by supply
    quote pen 193                   | limited, 90 now, 103 wait, 508 ahead, no date, none

== ATP-04
# from https://docs.oracle.com/cd/A60725_05/html/comnls/us/inv/atpcal02.htm (Oracle Inventory R11)
# Eight periods of supply and demand. Projected: 0, 2, 1, then 1 short, then 1, 4, 6 and 8. Here nobody is promised what
# is 1 short: the order of period 4 is promised for period 5, which leaves 1 free before; from period 6 on what can be had
# is what is projected.
0d  item pen promising=protect
    supply s1 pen 6 due 1d
    supply s2 pen 4 due 2d
    supply s3 pen 2 due 3d
    supply s4 pen 4 due 4d
    supply s5 pen 8 due 5d
    supply s6 pen 4 due 6d
    supply s7 pen 4 due 7d
    supply s8 pen 4 due 8d
    place o1 pen 6 allocateFrom=1d
    place o2 pen 2 allocateFrom=2d
    place o3 pen 3 allocateFrom=3d
    quote pen 1                     | backorder, 1 wait, 8 ahead, ships 2d by supply
    place o4 pen 6 allocateFrom=4d
    order o4                        | 1: 6 wait, 11 ahead, promised 5d
    place o5 pen 6 allocateFrom=5d
    place o6 pen 1 allocateFrom=6d
    place o7 pen 2 allocateFrom=7d
    place o8 pen 2 allocateFrom=8d
    quote pen 1                     | backorder, 1 wait, 8 ahead, ships 2d by supply
    quote pen 2                     | backorder, 2 wait, 24 ahead, ships 6d by supply
    quote pen 4                     | backorder, 4 wait, 24 ahead, ships 6d by supply
    quote pen 6                     | backorder, 6 wait, 26 ahead, ships 7d by supply
    quote pen 8                     | backorder, 8 wait, 28 ahead, ships 8d by supply
    quote pen 9                     | backorder, 9 wait, 28 ahead, no date, none

== ATP-05
# from https://docs.oracle.com/cd/A60725_05/html/comnls/us/inv/atpcal02.htm (Oracle Inventory R11)
# The same table, and 3 more wanted. 3 are free in period 6 at the earliest; once they are taken, 1 is left until period 7,
# which has 3, and period 8, which has 5.
0d  item pen promising=protect
    supply s1 pen 6 due 1d
    supply s2 pen 4 due 2d
    supply s3 pen 2 due 3d
    supply s4 pen 4 due 4d
    supply s5 pen 8 due 5d
    supply s6 pen 4 due 6d
    supply s7 pen 4 due 7d
    supply s8 pen 4 due 8d
    place o1 pen 6 allocateFrom=1d
    place o2 pen 2 allocateFrom=2d
    place o3 pen 3 allocateFrom=3d
    place o4 pen 6 allocateFrom=4d
    place o5 pen 6 allocateFrom=5d
    place o6 pen 1 allocateFrom=6d
    place o7 pen 2 allocateFrom=7d
    place o8 pen 2 allocateFrom=8d
    place new pen 3
    order new                       | 1: 3 wait, 24 ahead, promised 6d
    quote pen 1                     | backorder, 1 wait, 8 ahead, ships 2d by supply
    quote pen 2                     | backorder, 2 wait, 29 ahead, ships 7d by supply
    quote pen 3                     | backorder, 3 wait, 29 ahead, ships 7d by supply
    quote pen 5                     | backorder, 5 wait, 31 ahead, ships 8d by supply
    quote pen 6                     | backorder, 6 wait, 31 ahead, no date, none

== ATP-07
# from https://github.com/MicrosoftDocs/dynamics-365-unified-operations-public articles/supply-chain/sales-marketing/delivery-dates-available-promise-calculations.md
# Their today is 10d here. 200 are three days late and expected a day from now; 75 are wanted since yesterday; 100 come in
# ten days. So 125 can be had tomorrow, 225 in ten days, and 150 in ten days.
0d  item pen overdue=1/7
    supply late pen 200 due 7d
    supply next pen 100 due 20d
9d  place delayed pen 75
10d quote pen 125                   | backorder, 125 wait, 75 ahead, ships 11d by supply
    quote pen 126                   | backorder, 126 wait, 75 ahead, ships 20d by supply
    quote pen 150                   | backorder, 150 wait, 75 ahead, ships 20d by supply
    quote pen 225                   | backorder, 225 wait, 75 ahead, ships 20d by supply
    quote pen 226                   | backorder, 226 wait, 75 ahead, no date, none

== ATP-08
# from https://learn.microsoft.com/ja-jp/dynamics365/supply-chain/sales-marketing/delivery-dates-available-promise-calculations
# Promised for 20 July (19d). A larger quantity that can be had on the 25th moves the promise; that a smaller one could be
# had on the 15th does not.
0d  item pen
    supply s15 pen 60 due 14d
    supply s20 pen 40 due 19d
    supply s25 pen 50 due 24d
    place more pen 100
    order more                      | 1: 100 wait, promised 19d
    amend more 1 150                | ok: lineBackordered more/1 50, promiseMoved more/1 19d>24d
    item ink
    supply t15 ink 60 due 14d
    supply t20 ink 40 due 19d
    place less ink 100
    amend less 1 60                 | ok: nothing
    order less                      | 1: 60 wait, promised 19d, ships 14d

== ATP-IV-1
# from https://github.com/MicrosoftDocs/dynamics-365-unified-operations-public articles/supply-chain/inventory/inventory-visibility-available-to-promise.md
# 20 there, 3 wanted today: 17 on every day.
0d  item pen promising=protect
    receive pen 20
    place o pen 3
    quote pen 17                    | inStock, 17 now, ships 0d by stock
    quote pen 18                    | limited, 17 now, 1 wait, no date, none

== ATP-IV-3
# from https://github.com/MicrosoftDocs/dynamics-365-unified-operations-public articles/supply-chain/inventory/inventory-visibility-available-to-promise.md
# 15 are wanted in three days, between supplies of 10, 1 and 3. Until the fourth day 12 are safe, then 13, then 16.
0d  item pen promising=protect
    receive pen 20
    supply d2 pen 10 due 2d
    supply d4 pen 1 due 4d
    supply d5 pen 3 due 5d
    place a pen 3
    place b pen 15 allocateFrom=3d
    order b                         | 1: 15 wait, promised 3d
    quote pen 12                    | inStock, 12 now, ships 0d by stock
    quote pen 13                    | limited, 12 now, 1 wait, 15 ahead, ships 4d by supply
    quote pen 16                    | limited, 12 now, 4 wait, 15 ahead, ships 5d by supply
    quote pen 17                    | limited, 12 now, 5 wait, 15 ahead, no date, none

== ATP-IV-4
# from https://github.com/MicrosoftDocs/dynamics-365-unified-operations-public articles/supply-chain/inventory/inventory-visibility-available-to-promise.md
# The same once the 3 of today have shipped: nothing changes.
0d  item pen promising=protect
    receive pen 20
    supply d2 pen 10 due 2d
    supply d4 pen 1 due 4d
    supply d5 pen 3 due 5d
    place a pen 3
    place b pen 15 allocateFrom=3d
    ship a
    stock pen                       | 17 on hand, 17 free, 14 coming, 15 wait
    quote pen 12                    | inStock, 12 now, ships 0d by stock
    quote pen 13                    | limited, 12 now, 1 wait, 15 ahead, ships 4d by supply
    quote pen 16                    | limited, 12 now, 4 wait, 15 ahead, ships 5d by supply
    quote pen 17                    | limited, 12 now, 5 wait, 15 ahead, no date, none

== ATP-IV-5
# from https://github.com/MicrosoftDocs/dynamics-365-unified-operations-public articles/supply-chain/inventory/inventory-visibility-available-to-promise.md
# The same a day later: the days are the same days.
0d  item pen promising=protect
    receive pen 17
    supply d2 pen 10 due 2d
    supply d4 pen 1 due 4d
    supply d5 pen 3 due 5d
    place b pen 15 allocateFrom=3d
1d  quote pen 12                    | inStock, 12 now, ships 1d by stock
    quote pen 13                    | limited, 12 now, 1 wait, 15 ahead, ships 4d by supply
    quote pen 16                    | limited, 12 now, 4 wait, 15 ahead, ships 5d by supply
    quote pen 17                    | limited, 12 now, 5 wait, 15 ahead, no date, none

== CTP-01
# from https://github.com/MicrosoftDocs/dynamics365smb-docs business-central/sales-how-to-calculate-order-promising-dates.md
# 10 wanted, 6 there or on their way: only the other 4 are to be made.
0d  item pen lead=7
    receive pen 2
    supply s pen 4 due 3d
    place o pen 10
    pegs o                          | 1: 4 from s 3d, 4 assumed 7d
    order o                         | 1: 2 set aside, 8 wait, promised 7d

== CTP-02
# from https://learn.microsoft.com/en-us/dynamics365/supply-chain/master-planning/planning-optimization/calculate-delivery-dates-using-ctp
# One b and two c make an a. Of 10 a none is there; what 10 need is there on day 5, which a kit knows. The two days of
# assembly are added by whoever dates the supplies: then it is day 7.
0d  item b
    item c
    receive b 4
    receive c 20
    supply moreb b 10 due 5d
    supply morec c 10 due 8d
    item a components=b:1/c:2
    quote a 10                      | limited, 4 now, 6 wait, ships 5d by supply
    move moreb due 7d
    move morec due 10d
    quote a 10                      | limited, 4 now, 6 wait, ships 7d by supply
    place o a 10 notBefore=2d
    order o                         | 1: 4 set aside, 6 wait, promised 7d

== DOC-02
# from Microsoft Learn, Dynamics 365 delivery date control, update examples
# 20 July is 19d. What makes the date impossible moves the promise to the 25th; what would allow the 15th leaves it.
0d  item pen
    supply s pen 5 due 14d
    supply t pen 5 due 19d
    supply u pen 5 due 24d
    place up pen 10
    amend up 1 15                   | ok: lineBackordered up/1 5, promiseMoved up/1 19d>24d
    item ink
    supply v ink 5 due 14d
    supply w ink 5 due 19d
    place down ink 10
    amend down 1 5                  | ok: nothing
    order down                      | 1: 5 wait, promised 19d, ships 14d

== DOC-04
# from hotwax/oms-documentation user-manuals/pre-orders/pre-order-allocation.md
# Preorders hang on purchase orders, first in, first out. Where theirs waits for a button, a new date is a moved promise at
# once; of a cancelled purchase order the orders go on to the next one, or have no date.
0d  item pen life=1d
    supply po1 pen 2 due 10d
    supply po2 pen 2 due 20d
    place a pen 1
    place b pen 1
    place c pen 1
    pegs b                          | 1: 1 from po1 10d
    pegs c                          | 1: 1 from po2 20d
    move po1 due 12d                | ok: supplyMoved po1 2 10d>12d, promiseMoved a/1 10d>12d, promiseMoved b/1 10d>12d
    drop po1                        | ok: supplyCancelled po1 2, promiseMoved a/1 12d>20d, promiseMoved b/1 12d>20d, promiseMoved c/1 20d>-
    pegs b                          | 1: 1 from po2 20d
    pegs c                          | 1: 1 unknown
    supply po3 pen 1 due 30d        | ok: supplyScheduled po3 1 30d, promiseMade c/1 30d

== DATE-01
# from MicrosoftDocs/dynamics365smb-docs business-central/sales-how-to-calculate-order-promising-dates.md
# A day of handling out and three of shipping: what is there on day 2 ships on day 3 and is delivered on day 6. Backward, for
# a delivery on day 20 it is there on day 16 at the latest and ships on day 17.
0d  item pen
    location default days=1/2/3/4/5/6/7 handling=1 transit=home:3
    receive pen 1
2d  quote pen 1                     | inStock, 1 now, ships 3d by stock
    arrives pen 1 shipTo=home       | 6d
16d quote pen 1                     | inStock, 1 now, ships 17d by stock
    arrives pen 1 shipTo=home       | 20d
17d arrives pen 1 shipTo=home       | 21d
