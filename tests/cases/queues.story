Stories about queues: who gets which supply, backorders served again, fair shares.

== PEG-01
# from https://www.ibm.com/docs/en/order-management-sw/10.0?topic=overview-matching-supply-demand
# 18 May is 0d, so that 30 May is 12d, 1 June 14d and 30 July 73d. First come: an order takes what is on hand. As near as
# may be: one that is for 1 June leaves that to others and has what comes by then, on 30 May.
0d  item pen
    receive pen 1
    supply may pen 1 due 12d
    supply july pen 1 due 73d
    place near pen 1 allocateFrom=14d
    order near                      | 1: 1 wait, promised 14d
    place first pen 1
    order first                     | 1: 1 set aside, promised 0d
12d receive pen 1 from may
    stock pen                       | 2 on hand, 1 set aside, 1 free, 1 coming, 1 wait
14d tick                            | ok: lineAllocated near/1 1 @14d, lineReady near/1 1 @14d
    ship near                       | ok: lineShipped near/1 1, promiseKept near/1 14d

== BOP-01
# from https://help.sap.com/doc/saphelp_470/4.7/en-US/dd/55ff72545a11d1a7020000e829fd11/content.htm
# Others have 140, this order 15 of its 20. When 5 become free they are its own, and nothing is left.
0d  item pen
    receive pen 155
    place others pen 140
    place o14943 pen 20
    order o14943                    | 1: 15 set aside, 5 wait, promised -
    receive pen 5                   | ok: stockReceived pen 5, lineAllocated o14943/1 5, lineReady o14943/1 20, promiseMade o14943/1 0d
    stock pen                       | 160 on hand, 160 set aside

== BOP-02
# from https://help.sap.com/doc/saphelp_fms10/1.0/en-US/7d/8d2a53a0e65513e10000000a4450e5/content.htm
# 9 October is 0d. The stock of 100 is one order's; the other, of 150, can count on the 100 that come on the 16th.
0d  item pen
    receive pen 100
    supply po pen 100 due 7d
    place o4712 pen 100
    quote pen 100                   | backorder, 100 wait, ships 7d by supply
    quote pen 150                   | backorder, 150 wait, no date, none
    place o4711 pen 150
    pegs o4711                      | 1: 100 from po 7d, 50 unknown

== BOP-03
# from https://answers.sap.com/questions/125078 (SAP aATP confirmation strategies)
# 100 are set aside, and the orders ask for 195. One wins all it asks for; one keeps what it has and gains; one has what is
# then left; one may only lose; one gives up what others need.
0d  item pen
    receive pen 100
    place w pen 30 segment=win
    place g pen 10 segment=gain
    place r pen 30 segment=share
    place f pen 20 segment=fill
    place l pen 10 segment=lose
    amend w 1 60
    amend g 1 20
    amend r 1 50
    amend f 1 25
    amend l 1 40
    stock pen                       | 100 on hand, 100 set aside, 95 wait
    rebalance win segment:win, gain segment:gain, redistribute segment:share, fill segment:fill, lose segment:lose | ok changed w/1 30>60, g/1 10>20, r/1 30>20, f/1 20>0, l/1 10>0: lineAllocated w/1 30, lineReady w/1 60, lineAllocated g/1 10, lineReady g/1 20, lineDeallocated r/1 10, lineDeallocated f/1 20, lineDeallocated l/1 10, promiseMade w/1 0d, promiseMade g/1 0d
    order w                         | 1: 60 set aside, promised 0d
    order g                         | 1: 20 set aside, promised 0d
    stock pen                       | 100 on hand, 100 set aside, 95 wait

== BOP-04
# from https://help.sap.com/saphelp_crm70/helpdata/en/45/b78b5520a147f4e10000000a114a6b/content.htm
# 60 now, 30 on day 10, 30 on day 20; 100 wanted, by day 10 or by day 20. As they come: 60 and 30. In one delivery: 90 on
# day 10. Complete: nothing by day 10, 100 by day 20.
0d  item proposal
    item once
    item complete
    receive proposal 60
    receive once 60
    receive complete 60
    supply p10 proposal 30 due 10d
    supply p20 proposal 30 due 20d
    supply o10 once 30 due 10d
    supply o20 once 30 due 20d
    supply c10 complete 30 due 10d
    supply c20 complete 30 due 20d
    place a proposal 100 latest=10d | tooLate lines[0]
    place a proposal 90 latest=10d  | ok
    pegs a                          | 1: 30 from p10 10d
    place b once 90 latest=10d fulfilment=line | ok
    order b                         | 1: 60 set aside, 30 wait, promised 10d
    place c complete 100 latest=10d fulfilment=line | tooLate lines[0]
    place c complete 100 latest=20d fulfilment=line | ok
    order c                         | 1: 60 set aside, 40 wait, promised 20d
    ship a                          | ok: lineShipped a/1 60
    ship b                          | notReady order
    ship c                          | notReady order
10d receive proposal 30 from p10
    receive once 30 from o10
    receive complete 30 from c10
    ship a                          | ok: lineShipped a/1 30, promiseKept a/1 10d
    ship b                          | ok: lineShipped b/1 90, promiseKept b/1 10d
    ship c                          | notReady order
20d receive complete 30 from c20
    ship c                          | ok: lineShipped c/1 100, promiseKept c/1 20d

== FAIR-02
# from https://www.chemwatch.net/resource-center/fair-share-allocation/
# 80 for 50, 30 and 20: four fifths each.
0d  item pen sharing=fairShare
    place a pen 50
    place b pen 30
    place c pen 20
    receive pen 80                  | ok: stockReceived pen 80, lineAllocated a/1 40, lineAllocated b/1 24, lineAllocated c/1 16

== FAIR-03
# from the definition of rounding by largest remainder
# 10 for 7, 5 and 3: 4 2/3, 3 1/3 and 2; the odd one to the largest remainder.
0d  item pen sharing=fairShare
    place a pen 7
    place b pen 5
    place c pen 3
    receive pen 10                  | ok: stockReceived pen 10, lineAllocated a/1 5, lineAllocated b/1 3, lineAllocated c/1 2

== FAIR-04
# from https://engineering.stackexchange.com/questions/2602/how-to-fairly-distribute-items-when-there-is-more-demand-than-supply
# 58 pieces in packs of 2, which are the units here; nine claimants, one pack at least for each. The first claims 31 packs
# and has 18 of 29: its one, and 17 of the 20 left, of which it lacks 30 of 36.
0d  item pack sharing=fairShare
    place c1 pack 1
    place c2 pack 1
    place c3 pack 1
    place c4 pack 1
    place c5 pack 1
    place c6 pack 1
    place c7 pack 1
    place c8 pack 1
    place c9 pack 1
    receive pack 9
    stock pack                      | 9 on hand, 9 set aside
    amend c1 1 31
    amend c2 1 2
    amend c3 1 2
    amend c4 1 2
    amend c5 1 2
    amend c6 1 2
    amend c7 1 2
    stock pack                      | 9 on hand, 9 set aside, 36 wait
    receive pack 20
    order c1                        | 1: 18 set aside, 13 wait, promised -
    stock pack                      | 29 on hand, 29 set aside, 16 wait

== Q-01
# from the definition: a line ships at the first instant by which supply covers all that is before it and itself
# 10 there, 20 on day 5, 30 on day 12. Four in the queue, what serves each, and when a fifth would be.
0d  item pen
    receive pen 10
    supply r5 pen 20 due 5d
    supply r12 pen 30 due 12d
    place a pen 8
    place b pen 7
    place c pen 20
    place d pen 15
    order a                         | 1: 8 set aside, promised 0d
    order b                         | 1: 2 set aside, 5 wait, promised 5d
    order c                         | 1: 20 wait, 5 ahead, promised 12d
    order d                         | 1: 15 wait, 25 ahead, promised 12d
    pegs b                          | 1: 5 from r5 5d
    pegs c                          | 1: 15 from r5 5d, 5 from r12 12d
    pegs d                          | 1: 15 from r12 12d
    quote pen 5                     | backorder, 5 wait, 40 ahead, ships 12d by supply
    quote pen 10                    | backorder, 10 wait, 40 ahead, ships 12d by supply
    quote pen 11                    | backorder, 11 wait, 40 ahead, no date, none

== Q-02
# from the definition: a line ships at the first instant by which supply covers all that is before it and itself
# The same, with the 10 of today not in yet, so that nothing is set aside. Who comes in ahead of all moves the first, who
# waits for the next receipt now, and the last, who has no date any more; the two between keep theirs.
0d  item pen
    supply r0 pen 10 due 0d
    supply r5 pen 20 due 5d
    supply r12 pen 30 due 12d
    place a pen 8
    place b pen 7
    place c pen 20
    place d pen 15
    order a                         | 1: 8 wait, promised 0d
    place vip pen 12 prio=1         | ok: orderPlaced vip, lineBackordered vip/1 12, promiseMade vip/1 5d, promiseMoved a/1 0d>5d, promiseMoved d/1 12d>-
    order a                         | 1: 8 wait, 12 ahead, promised 5d
    order b                         | 1: 7 wait, 20 ahead, promised 5d
    order c                         | 1: 20 wait, 27 ahead, promised 12d
    order d                         | 1: 15 wait, 47 ahead, promised -

== Q-07
# from the definition of a strict queue, and of one in which who cannot be served whole lets others pass
# 10 there, 12 on day 7; the first wants 12 or none. Gathering, all ship on day 7. Letting others pass, they ship now, and
# the first is no later for it.
0d  item strict
    item skip wholeLines=skip
    receive strict 10
    receive skip 10
    supply s7 strict 12 due 7d
    supply k7 skip 12 due 7d
    place a strict 12 fulfilment=line
    place b strict 5
    place c strict 5
    order a                         | 1: 10 set aside, 2 wait, promised 7d
    order b                         | 1: 5 wait, 2 ahead, promised 7d
    order c                         | 1: 5 wait, 7 ahead, promised 7d
    place d skip 12 fulfilment=line
    place e skip 5
    place f skip 5
    order d                         | 1: 12 wait, promised 7d
    order e                         | 1: 5 set aside, promised 0d
    order f                         | 1: 5 set aside, promised 0d
7d  receive skip 12 from k7         | ok: promiseBroken e/1 0d @1d, promiseBroken f/1 0d @1d, stockReceived k7 12, lineAllocated d/1 12, lineReady d/1 12

== Q-08
# from the definition: the most lines, or the first
# 10 there for lines of 8, 3, 3 and 4, each whole. The first that fit take one line and 8 units. The most lines are three,
# and 10 units: who wants that says so, in a rebalance.
0d  item pen
    receive pen 10
    place a pen 8 fulfilment=line
    place b pen 3 fulfilment=line
    place c pen 3 fulfilment=line
    place d pen 4 fulfilment=line
    order a                         | 1: 8 set aside, promised 0d
    order b                         | 1: 2 set aside, 1 wait, promised -
    rebalance win orders:b/c/d, lose orders:a | ok changed a/1 8>0, b/1 2>3, c/1 0>3, d/1 0>4: lineDeallocated a/1 8, lineAllocated b/1 1, lineReady b/1 3, lineAllocated c/1 3, lineReady c/1 3, lineAllocated d/1 4, lineReady d/1 4, promiseMoved a/1 0d>-, promiseMade b/1 0d, promiseMade c/1 0d, promiseMade d/1 0d
    stock pen                       | 10 on hand, 10 set aside, 8 wait
