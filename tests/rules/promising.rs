//! §9 (and §2, §3.6, §5, §10): the two ways of promising, orders for later, production, whole lines.

use crate::table::play::story;

#[test]
fn s9_in_protect_mode_a_new_order_never_moves_a_promise_made() {
    story(
        "0d item pen promising=protect
            supply s pen 2 due 2d
            supply t pen 2 due 5d
            place a pen 1            | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 2d
            place b pen 2 prio=1     | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 5d
            place c pen 1            | ok: orderPlaced c, lineBackordered c/1 1, promiseMade c/1 2d
            queue pen                | a/1 1, c/1 1, b/1 2
            receive pen 3            | ok: stockReceived pen 3, lineAllocated a/1 1, lineReady a/1 1, lineAllocated c/1 1, lineReady c/1 1, lineAllocated b/1 1",
    );
}

#[test]
fn s9_what_is_promised_counts_from_its_date_on() {
    story(
        "0d item pen promising=protect
            receive pen 5
            supply s pen 5 due 4d
            place a pen 8 notBefore=4d | ok: orderPlaced a, lineAllocated a/1 5, lineBackordered a/1 3, promiseMade a/1 4d
            place b pen 2            | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 4d
            receive pen 1            | ok: stockReceived pen 1, lineAllocated a/1 1
            quote pen 1              | backorder, 1 wait, 4 ahead, ships 4d by supply",
    );
}

#[test]
fn s9_in_protect_mode_a_supply_that_slips_moves_promises_in_the_order_in_which_they_serve() {
    story(
        "0d item pen promising=protect
            supply s pen 2 due 2d
            supply t pen 2 due 5d
            place a pen 2
            place b pen 2 prio=1
            move s due 6d            | ok: supplyMoved s 2 2d>6d, promiseMoved a/1 2d>5d, promiseMoved b/1 5d>6d",
    );
}

#[test]
fn s9_a_promise_that_rests_on_a_supply_fixes_no_unit_beyond_it() {
    story(
        "0d item pen safety=3 lead=4 perDay=2 promising=protect
            place a pen 7, pen 45    | ok
        60d receive pen 30           # a/1 is promised for the day on which it is had
        90d supply s pen 8 due 96d
            place b pen 1            | ok: orderPlaced b, lineBackordered b/1 1, promiseMade b/1 96d
            count pen 0              | ok: stockCounted pen 0, lineDeallocated a/2 20, lineDeallocated a/1 7, promiseMoved a/1 60d>-
            order b                  | 1: 1 wait, promised 96d",
    );
}

#[test]
fn s9_nor_does_that_of_a_fair_share_whose_order_ships_whole() {
    story(
        "0d item pen lead=1 perDay=3 sharing=fairShare
            supply s pen 40 due 3d
            place a pen 37, pen 20 fulfilment=order | ok: orderPlaced a, lineBackordered a/1 37, promiseMade a/1 6d, lineBackordered a/2 20, promiseMade a/2 6d
            move s to 30             | ok: supplyMoved s 30 3d>3d, promiseMoved a/1 6d>9d, promiseMoved a/2 6d>9d",
    );
}

#[test]
fn s9_what_new_demand_leaves_to_others_waits_till_the_queue_is_served() {
    story(
        "0d item pen promising=protect protection=100:2
            receive pen 8
            supply s pen 4 due 3d1h
            place a pen 8 prio=101   | ok: orderPlaced a, lineAllocated a/1 6, lineBackordered a/1 2, promiseMade a/1 3d1h
            move s due 3d6h          | ok: supplyMoved s 4 3d1h>3d6h
            quote pen 2              | backorder, 2 wait, 2 ahead, ships 3d6h by supply  # a is promised for 3d1h
            place b pen 2            | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 3d6h
            supply t pen 1 due 9d    | ok: supplyScheduled t 1 9d
            receive pen 1            | ok: stockReceived pen 1, lineAllocated a/1 1, lineAllocated b/1 2, lineReady b/1 2",
    );
}

#[test]
fn s2_protected_promises_serve_by_instant_promised_and_then_by_rank() {
    story(
        "0d item pen promising=protect
            place x pen 1
            supply s pen 3 due 2d    | ok: supplyScheduled s 3 2d, promiseMade x/1 2d
            place y pen 1 prio=50
            place z pen 1
            place w pen 1            | ok: orderPlaced w, lineBackordered w/1 1
            queue pen                | y/1 1, x/1 1, z/1 1, w/1 1
            rank w 1
            queue pen                | y/1 1, x/1 1, z/1 1, w/1 1
            rank z 1
            queue pen                | z/1 1, y/1 1, x/1 1, w/1 1",
    );
}

#[test]
fn s3_6_an_order_for_later_takes_nothing_yet_and_stands_ahead_of_nobody() {
    story(
        "0d item pen
            receive pen 2
            place later pen 2 allocateFrom=3d | ok: orderPlaced later, lineBackordered later/1 2, promiseMade later/1 3d
            stock pen                | 2 on hand, 2 free, 2 wait
            wake                     | 3d
            quote pen 1              | inStock, 1 now, ships 0d by stock
            place b pen 1            | ok: orderPlaced b, lineAllocated b/1 1, lineReady b/1 1, promiseMade b/1 0d, promiseMoved later/1 3d>-
            queue pen                | later/1 2
            item ink backorders=2
            place l ink 2 allocateFrom=3d
            place m ink 1            | backorderLimit lines[0].quantity
            item cap
            supply s cap 2 due 4d
            place late cap 2 allocateFrom=3d latest=4d-1 | tooLate lines[0]",
    );
}

#[test]
fn s3_6_at_its_date_it_ranks_by_the_instant_it_was_placed() {
    story(
        "0d item cap
            place l cap 2 allocateFrom=3d
         1d place m cap 2
            queue cap                | m/1 2, l/1 2
         3d tick                     | ok: nothing
            queue cap                | l/1 2, m/1 2
            receive cap 3            | ok: stockReceived cap 3, lineAllocated l/1 2, lineReady l/1 2, lineAllocated m/1 1, promiseMade l/1 3d
            place n cap 1 allocateFrom=2d
            queue cap                | m/1 1, n/1 1",
    );
}

#[test]
fn s3_6_its_date_is_what_the_queue_leaves_by_then() {
    story(
        "0d item pen
            supply s pen 3 due 2d
            supply t pen 2 due 5d
            place low pen 2 prio=200 | ok: orderPlaced low, lineBackordered low/1 2, promiseMade low/1 2d
            place after pen 2 allocateFrom=4d | ok: orderPlaced after, lineBackordered after/1 2, promiseMade after/1 5d
            cancel after
            place before pen 2 allocateFrom=1d | ok: orderPlaced before, lineBackordered before/1 2, promiseMade before/1 2d
         1d tick                     | ok: promiseMoved low/1 2d>5d @1d
            queue pen                | before/1 2, low/1 2",
    );
}

#[test]
fn s3_6_it_enters_before_what_comes_at_its_very_instant() {
    story(
        "0d item pen
            supply s pen 4 due 3d
            place low pen 3 prio=200 | ok: orderPlaced low, lineBackordered low/1 3, promiseMade low/1 3d
            place a pen 2 allocateFrom=3d | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 3d
            pegs a                   | 1: 2 from s 3d
         3d receive pen 4 from s     | ok: promiseMoved low/1 3d>- @3d, stockReceived s 4, lineAllocated a/1 2, lineReady a/1 2, lineAllocated low/1 2",
    );
}

#[test]
fn s3_6_it_takes_at_its_date_what_is_there() {
    story(
        "0d item pen
            receive pen 5
            place a pen 3 allocateFrom=2d
            place b pen 6 allocateFrom=2d prio=50
         2d tick                     | ok: lineAllocated a/1 3 @2d, lineReady a/1 3 @2d, lineAllocated b/1 2 @2d
            queue pen                | b/1 4
         3d ship a                   | ok: promiseBroken a/1 2d @3d, lineShipped a/1 3",
    );
}

#[test]
fn s3_6_in_protect_mode_nobody_takes_what_it_will_need_by_then() {
    story(
        "0d item pen promising=protect
            receive pen 5
            place later pen 4 allocateFrom=3d | ok: orderPlaced later, lineBackordered later/1 4, promiseMade later/1 3d
            quote pen 1              | inStock, 1 now, ships 0d by stock
            quote pen 2              | limited, 1 now, 1 wait, 4 ahead, no date, none
            supply s pen 9 due 2d
            quote pen 10             | limited, 5 now, 5 wait, ships 2d by supply
            place a pen 5            | ok: orderPlaced a, lineAllocated a/1 5, lineReady a/1 5, promiseMade a/1 0d
            place b pen 5            | ok: orderPlaced b, lineBackordered b/1 5, promiseMade b/1 2d
            place c pen 1            | ok: orderPlaced c, lineBackordered c/1 1
         2d receive pen 9 from s     | ok: promiseBroken a/1 0d @1d, stockReceived s 9, lineAllocated b/1 5, lineReady b/1 5
         3d tick                     | ok: lineAllocated later/1 4 @3d, lineReady later/1 4 @3d, promiseBroken b/1 2d @3d",
    );
}

#[test]
fn s9_beyond_scheduled_supply_a_line_makes_so_many_a_day() {
    story(
        "0d item pen lead=4 perDay=10
            place a pen 25           | ok: orderPlaced a, lineBackordered a/1 25, promiseMade a/1 6d
            place b pen 5            | ok: orderPlaced b, lineBackordered b/1 5, promiseMade b/1 6d
            place c pen 1            | ok: orderPlaced c, lineBackordered c/1 1, promiseMade c/1 7d
         1d place d pen 1            | ok: orderPlaced d, lineBackordered d/1 1, promiseMade d/1 8d
            item ink lead=4 perDay=10 batch=12
            place e ink 1            | ok: orderPlaced e, lineBackordered e/1 1, promiseMade e/1 6d
            place f ink 11           | ok: orderPlaced f, lineBackordered f/1 11, promiseMade f/1 6d
            place g ink 1            | ok: orderPlaced g, lineBackordered g/1 1, promiseMade g/1 7d
            item cap lead=4 batch=12
            place h cap 99           | ok: orderPlaced h, lineBackordered h/1 99, promiseMade h/1 5d",
    );
}

#[test]
fn s9_the_depth_at_which_a_line_is_made_is_fixed_with_its_promise() {
    story(
        "0d item pen lead=4 perDay=10
            place a pen 25
            place b pen 6
            order b                  | 1: 6 wait, 25 ahead, promised 7d
            cancel a
            order b                  | 1: 6 wait, promised 7d
            place c pen 4
            order c                  | 1: 4 wait, 6 ahead, promised 4d",
    );
}

#[test]
fn s9_what_is_made_comes_after_what_is_scheduled() {
    story(
        "0d item pen lead=4 perDay=10
            supply s pen 15 due 9d
            place a pen 15
            order a                  | 1: 15 wait, promised 9d
            place b pen 11
            order b                  | 1: 11 wait, 15 ahead, promised 9d
            place c pen 50
            order c                  | 1: 50 wait, 26 ahead, promised 10d",
    );
}

#[test]
fn s5_skipping_takes_no_unit_before_the_line_can_have_all() {
    story(
        "0d item pen wholeLines=skip
            receive pen 3
            supply s pen 4 due 2d
            place a pen 6 fulfilment=line | ok: orderPlaced a, lineBackordered a/1 6, promiseMade a/1 2d
            stock pen                | 3 on hand, 3 free, 4 coming, 6 wait
            place b pen 1            | ok: orderPlaced b, lineAllocated b/1 1, lineReady b/1 1, promiseMade b/1 0d
         2d receive pen 4 from s     | ok: promiseBroken b/1 0d @1d, stockReceived s 4, lineAllocated a/1 6, lineReady a/1 6
            ship a                   | ok: lineShipped a/1 6, promiseKept a/1 2d",
    );
}

#[test]
fn s9_the_date_of_a_line_that_is_skipped_is_what_playing_the_supplies_gives() {
    story(
        "0d item pen wholeLines=skip lead=5
            receive pen 3
            supply s pen 4 due 2d
            place a pen 6 fulfilment=line | ok: orderPlaced a, lineBackordered a/1 6, promiseMade a/1 2d
            place b pen 9 fulfilment=line | ok: orderPlaced b, lineBackordered b/1 9
            place c pen 3            | ok: orderPlaced c, lineAllocated c/1 3, lineReady c/1 3, promiseMade c/1 0d, promiseMoved a/1 2d>-
            supply t pen 2 due 4d    | ok: supplyScheduled t 2 4d, promiseMade a/1 4d",
    );
}

#[test]
fn s9_who_waits_for_what_skips_is_looked_at_whatever_stock_is_taken() {
    story(
        "0d      item pen wholeLines=skip overdue=4/30
                 item ink
                 receive ink 5
                 place a pen 1
                 supply s pen 1 due 1d
         1d12h   place b ink 1   | ok: orderPlaced b, lineAllocated b/1 1, lineReady b/1 1, promiseMade b/1 1d12h, promiseMoved a/1 1d>5d12h",
    );
}

#[test]
fn s9_a_kit_with_a_component_that_skips_is_dated_as_its_other_components_are_served() {
    story(
        "0d item cap wholeLines=skip
            item pen
            item set components=pen:3/cap:1
            receive cap 6
            place a set 5        | ok
            place b set 1 fulfilment=line
            supply s pen 7 due 1d
            order b              | 1: 1 wait, promised -
            pegs b               | 1: 1 unknown",
    );
}

#[test]
fn s10_more_of_a_line_is_promised_first_and_who_stood_there_after_it() {
    story(
        "0d      location east
                 location west
                 item pen promising=protect overdue=4/30
                 supply s pen@east 9 due 1d
                 supply t pen@west 9 due 1d6h
                 place x pen@east 1
                 place y pen@west 1
                 place a pen@west/east 1
                 move t due 0d20h
                 amend a 1 2     | ok
                 order a         | 1: 2 wait, 1 ahead, promised 1d [east 1 wait] [west 1 wait]
         1d12h   amend a 1 3     | ok: lineBackordered a/1@west 1, promiseMoved a/1 1d>5d12h, promiseMoved x/1 1d>5d12h, promiseMoved y/1 1d6h>5d12h",
    );
}

#[test]
fn s9_more_of_a_kit_without_a_promise_stands_behind_with_the_rest() {
    story(
        "0d item ink promising=protect
            item set components=ink:1
            place p ink 9
            place a set 2
            supply s ink 5 due 1d | ok: supplyScheduled s 5 1d
            amend a 1 3           | ok: lineBackordered a/1 1",
    );
}

#[test]
fn s5_what_collects_is_served_before_what_waits_for_it_to_be_whole() {
    story(
        "0d item pen wholeLines=skip
            item ink
            receive pen 3
            receive ink 2
            place a pen 3, ink 2 fulfilment=order allocateFrom=1d
         1d tick | ok: lineAllocated a/2 2 @1d, lineReady a/2 2 @1d, lineAllocated a/1 3 @1d, lineReady a/1 3 @1d",
    );
}

#[test]
fn s5_an_order_that_ships_whole_is_skipped_as_a_whole() {
    story(
        "0d item pen wholeLines=skip
            item ink wholeLines=skip
            receive pen 2
            place a pen 2, ink 1 fulfilment=order
            order a                  | 1: 2 wait, promised -; 2: 1 wait, promised -
            place b pen 1
            receive ink 1
            stock ink                | 1 on hand, 1 free, 1 wait
            receive pen 1
            order a                  | 1: 2 set aside, promised 0d; 2: 1 set aside, promised 0d",
    );
}

#[test]
fn s11_a_hold_holds_future_supply_and_the_cap() {
    story(
        "0d   item pen backorders=5
              supply s pen 4 due 3d
              hold h pen 4 ttl=0d1h      | ok: holdPlaced h, lineBackordered h/1 4, promiseMade h/1 3d
              place a pen 1              | ok: orderPlaced a, lineBackordered a/1 1
              place b pen 1              | backorderLimit lines[0].quantity
         0d1h tick                       | ok: holdExpired h @0d1h, promiseMade a/1 3d @0d1h
              place b pen 4              | ok",
    );
}

#[test]
fn s5_what_is_moved_or_substituted_takes_all_or_nothing_too() {
    story(
        "0d location east
            location west
            item pen wholeLines=skip
            item ink
            receive pen@west 1
            place a pen@east 1, ink@east 1 fulfilment=order
            relocate a 1 to west     | ok: lineBackordered a/1@west 1
            order a                  | 1: 1 wait, promised - [west 1 wait]; 2: 1 wait, promised - [east 1 wait]
            receive pen@west 3       | ok: stockReceived pen@west 3
            place b pen@east 7 fulfilment=line
            relocate b 1 to west 2   | ok: lineBackordered b/1@west 2
            rebalance skus=pen win   | ok changed nothing
            order b                  | 1: 7 wait, 1 ahead, promised - [east 5 wait] [west 2 wait]",
    );
    story(
        "0d item cap substitutes=pen
            item pen wholeLines=skip
            item ink
            receive pen 1
            place a cap 1, ink 1 fulfilment=order
            substitute a 1 pen       | ok: lineSubstituted a/1 1 pen, lineBackordered a/1 1
            place b pen 1            | ok: orderPlaced b, lineAllocated b/1 1, lineReady b/1 1, promiseMade b/1 0d",
    );
}

#[test]
fn s9_a_promise_that_rests_on_scheduled_supply_fixes_no_unit_of_the_assumed() {
    story(
        "0d item pen promising=protect lead=1 perDay=1
            item ink
            place a pen 10, ink 1 fulfilment=order | ok: orderPlaced a, lineBackordered a/1 10, lineBackordered a/2 1
            supply s pen 2 due 3d    | ok
            place b pen 2            | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 3d
            drop s                   | ok: supplyCancelled s 2
            order b                  | 1: 2 wait, promised 3d, ships 2d",
    );
}

#[test]
fn s10_more_of_a_kit_without_a_promise_stands_behind_them_with_the_rest() {
    story(
        "0d item pen promising=protect
            item set components=pen:4
            receive pen 17
            place a pen 1, set 4, set 2 allocateFrom=5d fulfilment=order | ok: orderPlaced a, lineBackordered a/1 1, lineBackordered a/2 4, lineBackordered a/3 2
            amend a 3 4              | ok: lineBackordered a/3 2",
    );
}

#[test]
fn s9_a_whole_order_that_no_known_supply_fills_is_dated_by_none_of_its_lines_alone() {
    story(
        "0d item pen wholeLines=skip
            item ink lead=8
            supply s pen 8 due 4d
            place a pen 2, ink 2 fulfilment=order | ok: orderPlaced a, lineBackordered a/1 2, lineBackordered a/2 2
            supply t ink 2 due 6d    | ok: supplyScheduled t 2 6d, promiseMade a/1 6d, promiseMade a/2 6d",
    );
}

/// Where promises are kept each is a place in the queue, and who stands there is looked at again.
#[test]
fn s10_a_promise_that_is_lost_gives_others_a_date_in_the_same_command() {
    story(
        "0d item pen promising=protect
            supply s pen 5 due 9d
            place a pen 4 prio=200 | ok: orderPlaced a, lineBackordered a/1 4, promiseMade a/1 9d
            place b pen 3          | ok: orderPlaced b, lineBackordered b/1 3
            move s to 3            | ok: supplyMoved s 3 9d>9d, promiseMoved a/1 9d>-, promiseMade b/1 9d",
    );
}

#[test]
fn s10_a_promise_that_is_made_may_move_another_in_the_same_command() {
    story(
        "0d item pen promising=protect lead=7
            item ink
            item set components=pen:1/ink:1
            place a set 5
         2d supply s pen 6 due 8d
            place b pen 5         | ok: orderPlaced b, lineBackordered b/1 5, promiseMade b/1 8d
            supply t ink 5 due 6d | ok: supplyScheduled t 5 6d, promiseMade a/1 8d, promiseMoved b/1 8d>9d",
    );
}

/// Another promise is lost by it, which leaves what it waits for: that is for the next command to say.
#[test]
fn s3_7_what_was_quoted_without_a_date_is_placed_without_a_promise() {
    story(
        "0d     item pen promising=protect protection=50:3/150:5
                supply s pen 9 due 2d
                place a pen 1, pen 3 prio=200
         2d12h  receive pen 4 from s
                quote pen 3          | limited, 1 now, 2 wait, 4 ahead, no date, none
                place b pen 3        | ok: orderPlaced b, lineAllocated b/1 1, lineBackordered b/1 2, promiseMoved a/2 2d>-
                receive pen 1 from s | ok: stockReceived s 1, lineAllocated b/1 1, promiseMade b/1 2d12h",
    );
}

#[test]
fn s10_settings_of_a_kit_look_at_nobody_who_skips() {
    story(
        "0d    item pen wholeLines=skip overdue=4/30
               item ink
               item set
               supply s pen 5 due 1d
               place a pen 2                      | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 1d
               place b set 1
               cancel b
         1d12h item set ageing=8 components=ink:1 | ok: nothing
               receive ink 1                      | ok: stockReceived ink 1, promiseMoved a/1 1d>5d12h",
    );
}

#[test]
fn s5_a_line_that_skips_is_relocated_to_where_all_of_it_is() {
    story(
        "0d item pen wholeLines=skip
            location east
            location west
            receive pen@west 6
            place a pen@east 1 fulfilment=line
            amend a 1 6
            relocate a 1 from east to west 1
            order a                  | 1: 6 wait, promised - [east 5 wait] [west 1 wait]
            relocate a 1 to west     | ok: lineAllocated a/1@west 6, lineReady a/1 6, promiseMade a/1 0d
            receive pen@west 4
            place b pen@east 1 fulfilment=line
            amend b 1 4
            relocate b 1 to west     | ok: lineAllocated b/1@west 4, lineReady b/1 4, promiseMade b/1 0d",
    );
}

#[test]
fn s5_a_substituted_line_of_several_parts_takes_all_or_nothing() {
    story(
        "0d item cap substitutes=pen
            item pen wholeLines=skip
            receive pen 3
            place a cap 1 fulfilment=line
            amend a 1 3
            substitute a 1 pen       | ok: lineSubstituted a/1 3 pen, lineAllocated a/1 3, lineReady a/1 3, promiseMade a/1 0d",
    );
}

#[test]
fn s9_an_order_for_later_of_what_skips_enters_at_once_where_a_read_is_dated_after_its_instant() {
    story(
        "0d item pen wholeLines=skip
            item ink
            receive pen 7
            place a ink 2, pen 7 allocateFrom=3d
         5d order a                  | 1: 2 wait, promised -; 2: 7 wait, promised 3d, ships 5d",
    );
}

#[test]
fn s9_where_what_skips_is_played_beside_kept_promises_newcomers_come_behind_these() {
    story(
        "0d item pen promising=protect
            item cap wholeLines=skip
            supply s pen 5 due 2d
            supply t cap 5 due 3d
            supply u pen 5 due 4d
            place a cap 5, pen 5     | ok: orderPlaced a, lineBackordered a/1 5, promiseMade a/1 3d, lineBackordered a/2 5, promiseMade a/2 2d
            place b cap 5, pen 3 prio=0 fulfilment=order | ok: orderPlaced b, lineBackordered b/1 5, lineBackordered b/2 3
            order a                  | 1: 5 wait, 5 ahead, promised 3d; 2: 5 wait, promised 2d",
    );
}
