Stories of frePPLe. 1 January is 0d, so that the 5th is 4d and the 10th 9d. A demand's due date is the day before which it
does not ship (notBefore), its greatest lateness the day after which it is of no use (latest).

== FRE-01
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order A
# Any day, any split: 10 on the day wished, 10 when they come.
0d  item pen
    receive pen 10
    supply s pen 10 due 9d
    place d pen 20 notBefore=4d
    order d                         | 1: 10 set aside, 10 wait, promised 9d
    ship d                          | notReady order
4d  ship d                          | ok: lineShipped d/1 10
9d  receive pen 10 from s
    ship d                          | ok: lineShipped d/1 10, promiseKept d/1 9d

== FRE-03
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order C
# Nothing smaller than the whole: 20 on the 10th.
0d  item pen
    receive pen 10
    supply s pen 10 due 9d
    place d pen 20 notBefore=4d min=20
4d  ship d                          | notReady order
9d  receive pen 10 from s
    ship d                          | ok: lineShipped d/1 20, promiseKept d/1 9d

== FRE-04
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order D
# The whole and not a day late: refused, all 20; trimming is for what can't be had, not for what comes too late.
0d  item pen
    receive pen 10
    supply s pen 10 due 9d
    place d pen 20 min=20 notBefore=4d latest=4d | tooLate lines[0]
    place d pen 20 min=20 notBefore=4d latest=4d shortfall=trim | tooLate lines[0]
    order d                         | unknown
    stock pen                       | 10 on hand, 10 free, 10 coming

== FRE-05
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order E
# Two days late at most: the 10 that would be later are not ordered, the 10 that are there ship on the day wished.
0d  item pen
    receive pen 10
    supply s pen 10 due 9d
    place d pen 20 notBefore=4d latest=6d | tooLate lines[0]
    quote pen 20                    | limited, 10 now, 10 wait, ships 9d by supply
    place d pen 10 notBefore=4d latest=6d | ok
4d  ship d                          | ok: lineShipped d/1 10, promiseKept d/1 4d
    stock pen                       | 10 coming

== FRE-06
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order F
# 15 of 20 may not ship alone where the 5 left are fewer than the 11 that are worth shipping: 20 on the 10th.
0d  item pen
    receive pen 15
    supply s pen 10 due 9d
    place d pen 20 min=11 notBefore=4d
4d  ship d                          | notReady order
    ship d 1 15                     | notReady lines[0].quantity
9d  receive pen 10 from s
    ship d                          | ok: lineShipped d/1 20, promiseKept d/1 9d
    stock pen                       | 5 on hand, 5 free

== FRE-08
# from frePPLe/frepple@f7cce22 test/demand_policy/demand_policy.xml order H
# Each line for itself, whatever its supplier takes: 14, 6 and 30 days.
0d  item a lead=14
    item b lead=6
    item c lead=30
    place h a 20, b 20, c 20
    order h                         | 1: 20 wait, promised 14d; 2: 20 wait, promised 6d; 3: 20 wait, promised 30d

== FRE-10
# from frePPLe/frepple@f7cce22 test/constraints_material_1/constraints_material_1.xml case 1
# 25 for three demands of 10: by priority 10, 10 and 5.
0d  item pen
    place p3 pen 10 prio=3 notBefore=11d
    place p2 pen 10 prio=2 notBefore=10d
    place p1 pen 10 prio=1 notBefore=9d
    receive pen 25                  | ok: stockReceived pen 25, lineAllocated p1/1 10, lineReady p1/1 10, lineAllocated p2/1 10, lineReady p2/1 10, lineAllocated p3/1 5, promiseMade p2/1 10d, promiseMade p1/1 9d
9d  ship p1                         | ok: lineShipped p1/1 10, promiseKept p1/1 9d
10d ship p2                         | ok: lineShipped p2/1 10, promiseKept p2/1 10d
11d ship p3                         | ok: lineShipped p3/1 5
    order p3                        | 1: 5 wait, 5 shipped, promised -

== FRE-11
# from frePPLe/frepple@f7cce22 test/constraints_material_1/constraints_material_1.xml case 2
# The last in priority is due first, and still gets what is left.
0d  item pen
    place p3 pen 10 prio=3 notBefore=4d
    place p2 pen 10 prio=2 notBefore=10d
    place p1 pen 10 prio=1 notBefore=9d
    receive pen 25
    order p3                        | 1: 5 set aside, 5 wait, promised -
4d  ship p3                         | ok: lineShipped p3/1 5
9d  ship p1                         | ok: lineShipped p1/1 10, promiseKept p1/1 9d
10d ship p2                         | ok: lineShipped p2/1 10, promiseKept p2/1 10d

== FRE-12
# from frePPLe/frepple@f7cce22 test/constraints_material_1/constraints_material_1.xml case 3
# 2 more on the 20th are for whom too little was left; 3 stay short.
0d  item pen
    supply late pen 2 due 19d
    place p3 pen 10 prio=3 notBefore=4d
    place p2 pen 10 prio=2 notBefore=10d
    place p1 pen 10 prio=1 notBefore=9d
    receive pen 25
4d  ship p3                         | ok: lineShipped p3/1 5
    pegs p3                         | 1: 2 from late 19d, 3 unknown
19d receive pen 2 from late
    ship p3                         | ok: lineShipped p3/1 2
    order p3                        | 1: 3 wait, 7 shipped, promised -

== FRE-13
# from frePPLe/frepple@f7cce22 test/constraints_material_1/constraints_material_1.xml case 4
# 10 now and 10 on the 20th. The second demand is for the 22nd and takes nothing before; yet nobody takes what it will need
# then. So the third gets the 2 that are free of each supply, and 6 are short.
0d  item pen promising=protect
    receive pen 10
    supply s pen 10 due 19d
    place p1 pen 8 prio=1 notBefore=9d
    place p2 pen 8 prio=2 allocateFrom=21d
    order p2                        | 1: 8 wait, promised 21d
    place p3 pen 10 prio=3 notBefore=4d
    order p3                        | 1: 2 set aside, 8 wait, 8 ahead, promised -
4d  ship p3                         | ok: lineShipped p3/1 2
9d  ship p1                         | ok: lineShipped p1/1 8, promiseKept p1/1 9d
19d receive pen 10 from s           | ok: stockReceived s 10, lineAllocated p3/1 2
    ship p3                         | ok: lineShipped p3/1 2
21d tick                            | ok: lineAllocated p2/1 8 @21d, lineReady p2/1 8 @21d
    ship p2                         | ok: lineShipped p2/1 8, promiseKept p2/1 21d
    order p3                        | 1: 6 wait, 4 shipped, promised -

== FRE-17
# from frePPLe/frepple@f7cce22 test/supplier/supplier.xml item B
# 10 there, 14 days from the supplier: 10 of the first 100 at once and 90 on the 15th. The second 100, for 1 February, are
# bought on the 18th and in time.
0d  item b lead=14
    receive b 10
    place one b 100
    order one                       | 1: 10 set aside, 90 wait, promised 14d
    pegs one                        | 1: 90 assumed 14d
    place two b 100 notBefore=31d latest=31d
    order two                       | 1: 100 wait, 90 ahead, promised 31d
    ship one                        | ok: lineShipped one/1 10
14d receive b 90
    ship one                        | ok: lineShipped one/1 90, promiseKept one/1 14d
17d supply bought b 100 due 31d
31d receive b 100 from bought
    ship two                        | ok: lineShipped two/1 100, promiseKept two/1 31d

== FRE-20
# from frePPLe/frepple@f7cce22 test/supplier/supplier.xml item E
# 21 days from the supplier and 4 to be safe: what is due before the 26th ships on the 26th, the others when due.
0d  item e lead=25
    place d10 e 100 notBefore=9d
    place d22 e 100 notBefore=21d
    place d26 e 100 notBefore=25d
    place d30 e 100 notBefore=29d
    place f10 e 100 notBefore=40d
    place f20 e 100 notBefore=50d
    order d10                       | 1: 100 wait, promised 25d
    order d22                       | 1: 100 wait, 100 ahead, promised 25d
    order d26                       | 1: 100 wait, 200 ahead, promised 25d
    order d30                       | 1: 100 wait, 300 ahead, promised 29d
    order f10                       | 1: 100 wait, 400 ahead, promised 40d
    order f20                       | 1: 100 wait, 500 ahead, promised 50d
    place d14 e 100 notBefore=13d latest=24d | tooLate lines[0]

== FRE-21
# from frePPLe/frepple@f7cce22 test/global_purchase/global_purchase.xml items A and B
# 10 here, 100 and 20 elsewhere, of which last 10 stay: what there is anywhere is used before anything is bought, in
# hundreds, which takes 60 days. Late is later than 1 December, and now is the best there is.
0d  location w1
    location w2
    location w4
    location w5
    item a lead=60 batch=100
    item b lead=60 batch=100
    receive a@w1 10
    receive a@w2 100
    receive a@w5 20
    place kept a@w5 10
    place a1 a@w1/w2/w5 40 sourcing=inOrder notBefore=212d
    place a2 a@w1/w2/w5 40 sourcing=inOrder notBefore=212d
    place a3 a@w1/w2/w5 40 sourcing=inOrder notBefore=212d
    place a4 a@w1/w2/w5 40 sourcing=inOrder notBefore=212d
    order a1                        | 1: 40 set aside, promised 212d [w1 10 set aside] [w2 30 set aside]
    order a2                        | 1: 40 set aside, promised 212d [w2 40 set aside]
    order a3                        | 1: 40 set aside, promised 212d [w2 30 set aside] [w5 10 set aside]
    order a4                        | 1: 40 wait, promised 212d [w1 40 wait]
    pegs a4                         | 1: 40 assumed 60d
    receive b@w2 100
    place b1 b@w4/w2 40 sourcing=inOrder
    order b1                        | 1: 40 set aside, promised 0d [w2 40 set aside]

== FRE-22
# from frePPLe/frepple@f7cce22 test/distribution_1/distribution_1.xml orders 1a, 1b, 3
# A transfer under way is a supply of the place it goes to. From the central stock to the first place it takes 10 + 3 days,
# through it from the supplier 7 + 10 + 3; the second place buys for itself, 7 + 3.
0d  location local1a
    location local2a
    item pen lead=20
    supply transfer pen@local1a 10 due 13d
    supply direct pen@local2a 100 due 10d
    place o1a pen@local1a 50
    place o1b pen@local1a 50
    place o3 pen@local2a 100
    pegs o1a                        | 1: 10 from transfer 13d, 40 assumed 20d
    pegs o1b                        | 1: 50 assumed 20d
    order o1a                       | 1: 50 wait, promised 20d [local1a 50 wait]
    order o1b                       | 1: 50 wait, 50 ahead, promised 20d [local1a 50 wait]
    order o3                        | 1: 100 wait, promised 10d [local2a 100 wait]

== FRE-25
# from frePPLe/frepple@f7cce22 test/constraints_leadtime_1/constraints_leadtime_1.xml orders 1 and 2
# 7 days to make and 1 to deliver: late for the 3rd, in time for the 11th.
0d  item pen lead=8
    place one pen 7 notBefore=2d
    place two pen 14 notBefore=10d latest=10d
    order one                       | 1: 7 wait, promised 8d
    order two                       | 1: 14 wait, 7 ahead, promised 10d

== FRE-26
# from frePPLe/frepple@f7cce22 test/safety_stock/safety_stock.xml end item 3 C
# 20 are missing; the supplier sells 50 at least, in threes: 51.
0d  item c reorder=baseStock point=19 upTo=20 minimum=50 multiple=3 | ok: reorderDue c 51
    reorders                        | c 51

== FRE-27
# from frePPLe/frepple@f7cce22 doc/examples/demand/demand-policies.rst
# 10 there, the rest after 7 days and 2 of shipping; 15 wanted for the 5th. 1: as they come. 2, 3: whole, late or not.
# 4: as they come, but not late, so that the item never waits and the rest is refused. 5, 6: whole and not late.
0d  item i1 lead=9
    item i2 lead=9
    item i3 lead=9
    item i4 backorders=deny
    item i5 lead=9
    item i6 lead=9
    receive i1 10
    receive i2 10
    receive i3 10
    receive i4 10
    receive i5 10
    receive i6 10
    place d1 i1 15 notBefore=4d
    place d2 i2 15 notBefore=4d min=15
    place d3 i3 15 notBefore=4d fulfilment=line
    place d4 i4 15 notBefore=4d latest=4d shortfall=trim | ok refused 1 5: orderPlaced d4, lineAllocated d4/1 10, lineReady d4/1 10, promiseMade d4/1 4d
    place d5 i5 15 notBefore=4d latest=4d min=15 | tooLate lines[0]
    place d6 i6 15 notBefore=4d latest=4d fulfilment=line | tooLate lines[0]
4d  ship d1                         | ok: lineShipped d1/1 10
    ship d2                         | notReady order
    ship d3                         | notReady order
    ship d4                         | ok: lineShipped d4/1 10, promiseKept d4/1 4d
9d  receive i1 5
    receive i2 5
    receive i3 5
    ship d1                         | ok: lineShipped d1/1 5, promiseKept d1/1 9d
    ship d2                         | ok: lineShipped d2/1 15, promiseKept d2/1 9d
    ship d3                         | ok: lineShipped d3/1 15, promiseKept d3/1 9d
