//! §10: promises.

use crate::table::play::story;

#[test]
fn s10_a_promise_moves_to_a_later_day_only() {
    story(
        "0d item pen
            supply s pen 2 due 3d6h
            place a pen 1        | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 3d6h
            place b pen 1        | ok: orderPlaced b, lineBackordered b/1 1, promiseMade b/1 3d6h
            move s due 3d23h     | ok: supplyMoved s 2 3d6h>3d23h
            move s due 1d        | ok: supplyMoved s 2 3d23h>1d
            order a              | 1: 1 wait, promised 3d6h, ships 1d
            move s due 4d        | ok: supplyMoved s 2 1d>4d, promiseMoved a/1 3d6h>4d, promiseMoved b/1 3d6h>4d
            move s to 1          | ok: supplyMoved s 1 4d>4d, promiseMoved b/1 4d>-
            supply t pen 1 due 9d | ok: supplyScheduled t 1 9d, promiseMade b/1 9d",
    );
}

#[test]
fn s10_a_better_priority_moves_the_promises_it_overtakes() {
    story(
        "0d item pen
            supply s pen 2 due 2d
            supply t pen 2 due 5d
            place a pen 1         | ok
            place b pen 1         | ok
            place c pen 2 prio=10 | ok: orderPlaced c, lineBackordered c/1 2, promiseMade c/1 2d, promiseMoved a/1 2d>5d, promiseMoved b/1 2d>5d
            rank a 1              | ok: promiseMoved c/1 2d>5d
            order a               | 1: 1 wait, promised 5d, ships 2d",
    );
}

#[test]
fn s10_who_is_pushed_beyond_a_supply_falls_behind_by_what_a_day_makes() {
    story(
        "0d item pen lead=6 perDay=2
            supply s pen 12 due 8d
            place a pen 10           | ok: orderPlaced a, lineBackordered a/1 10, promiseMade a/1 8d
            place b pen 2            | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 8d
            place c pen 4 prio=50    | ok: orderPlaced c, lineBackordered c/1 4, promiseMade c/1 8d
            place d pen 6 prio=50    | ok: orderPlaced d, lineBackordered d/1 6, promiseMade d/1 8d, promiseMoved a/1 8d>9d, promiseMoved b/1 8d>10d
            place e pen 2 prio=1     | ok: orderPlaced e, lineBackordered e/1 2, promiseMade e/1 8d",
    );
}

#[test]
fn s10_a_line_that_gets_its_units_and_loses_its_release_at_once_loses_its_promise() {
    story(
        "0d item pen safety=2 lead=2
            place a pen 1 notBefore=4d8h | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 4d8h
            receive pen 2            | ok: stockReceived pen 2
         3d item pen safety=none lead=none life=preorder | ok: lineAllocated a/1 1, lineReady a/1 1, promiseMoved a/1 4d8h>-",
    );
}

#[test]
fn s10_time_alone_moves_nothing_before_the_end_of_the_promised_day() {
    story(
        "0d item pen overdue=3
            item ink
            supply s pen 1 due 2d6h
            place a pen 1       | ok
            wake                | 3d
         2d12h order a          | 1: 1 wait, promised 2d6h, ships 5d12h
            receive ink 1       | ok: stockReceived ink 1
         3d-1 tick              | ok: nothing
         3d tick                | ok: promiseBroken a/1 2d6h @3d, promiseMoved a/1 2d6h>6d @3d
            wake                | 7d",
    );
}

#[test]
fn s10_after_a_change_of_an_item_all_that_waits_for_it_is_held_against_its_promise() {
    story(
        "0d item pen overdue=3
            supply s pen 1 due 2d6h
            place a pen 1         | ok
         2d12h place b pen 1      | ok: orderPlaced b, lineBackordered b/1 1, promiseMoved a/1 2d6h>5d12h
            rank b 100            | ok: nothing
         3d14h supply t pen 1 due 20d | ok: supplyScheduled t 1 20d, promiseMoved a/1 5d12h>6d14h, promiseMade b/1 20d",
    );
}

#[test]
fn s10_also_where_the_change_is_elsewhere_on_the_curve() {
    story(
        "0d     item pen overdue=3
                supply s pen 2 due 0d1h
                supply t pen 5 due 0d14h
         0d13h  place a pen 2             | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 0d14h
         2d     move s due 6d4h           | ok: promiseBroken a/1 0d14h @1d, promiseMoved a/1 0d14h>4d @1d, supplyMoved s 2 0d1h>6d4h, promiseMoved a/1 4d>5d
         4d6h   move t to 4 due 7d        | ok: supplyMoved t 4 0d14h>7d, promiseMoved a/1 5d>6d4h",
    );
}

#[test]
fn s10_what_changes_no_supply_stock_or_queue_moves_no_promise() {
    story(
        "0d item pen overdue=3
            supply s pen 3 due 2d6h
            place a pen 1               | ok
            hold h pen 1 ttl=999999999  | ok
         2d12h rank a 100               | ok: nothing
            settle a fulfilment=partial | ok: nothing
            settle a latest=9d          | ok: nothing
            item pen max=9 overdue=3    | ok: nothing
            confirm h b                 | ok: orderPlaced b
            move s to 3                 | ok: nothing
            count pen 0                 | ok: stockCounted pen 0
            rank a 99                   | ok: promiseMoved a/1 2d6h>5d12h, promiseMoved b/1 2d6h>5d12h",
    );
}

#[test]
fn s10_a_broken_promise_is_broken_once() {
    story(
        "0d item pen
            receive pen 1
            place a pen 1    | ok
         1d tick             | ok: promiseBroken a/1 0d @1d
            wake             | never
         2d tick             | ok: nothing
            ship a           | ok: lineShipped a/1 1",
    );
}

#[test]
fn s10_a_line_that_has_all_its_units_is_not_moved_by_time() {
    story(
        "0d item pen
            receive pen 2
            place a pen 1              | ok
            place b pen 1              | ok
         1d+1 settle a latest=none     | ok: promiseBroken a/1 0d @1d, promiseBroken b/1 0d @1d
            settle a notBefore=0d      | ok: nothing
            item pen life=1d           | ok: nothing
            order a                    | 1: 1 set aside, promised 0d, ships 1d+1
            settle a notBefore=3d      | ok: promiseMoved a/1 0d>3d
            item pen life=4d           | ok: promiseMoved a/1 3d>4d, promiseMoved b/1 0d>4d",
    );
}

#[test]
fn s10_what_is_left_of_an_order_that_ships_whole_is_promised_where_it_stands() {
    story(
        "0d item pen
            place a pen 1, pen 2 fulfilment=order | ok
            place b pen 1        | ok
            receive pen 2        | ok: stockReceived pen 2, lineAllocated a/1 1, lineReady a/1 1, lineAllocated a/2 1
            cancel a 2           | ok: lineCancelled a/2 2, lineAllocated b/1 1, lineReady b/1 1, promiseMade a/1 0d, promiseMade b/1 0d",
    );
}

#[test]
fn s10_a_relocated_line_is_promised_at_the_first_of_the_places_touched_where_it_stands() {
    story(
        "0d location east
            location west
            item pen sharing=fairShare
            supply s pen@east 2 due 3d
            receive pen@west 2
            place b pen@east 3   | ok
            place a pen@east 1 prio=50 | ok: orderPlaced a, lineBackordered a/1@east 1
            relocate b 1 from east to west 2 | ok: lineAllocated b/1@west 2, promiseMade b/1 3d, promiseMade a/1 3d",
    );
}

#[test]
fn s10_kept_is_by_the_end_of_the_promised_day() {
    story(
        "0d item pen
            receive pen 2
            place a pen 1    | ok
            place b pen 1    | ok
         1d-1 ship a         | ok: lineShipped a/1 1, promiseKept a/1 0d
         1d ship b           | ok: promiseBroken b/1 0d @1d, lineShipped b/1 1",
    );
}

#[test]
fn s10_holds_end_before_promised_days_do_and_yet_what_is_broken_is_broken() {
    story(
        "0d item pen lead=0
            hold h pen 1 ttl=86400000  | ok: holdPlaced h, lineBackordered h/1 1, promiseMade h/1 0d
            place a pen 1              | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 0d
            place b pen 1              | ok: orderPlaced b, lineBackordered b/1 1, promiseMade b/1 0d
         1d tick                       | ok: holdExpired h @1d, promiseBroken a/1 0d @1d, promiseMoved a/1 0d>- @1d, promiseBroken b/1 0d @1d, promiseMoved b/1 0d>- @1d",
    );
}

#[test]
fn s10_an_order_that_ships_whole_is_broken_and_moved_line_by_line() {
    story(
        "0d item pen
            item ink
            receive pen 1
            supply s ink 1 due 0d6h
            place a pen 1, ink 1 fulfilment=order | ok
         1d tick | ok: promiseBroken a/1 0d6h @1d, promiseMoved a/1 0d6h>1d @1d, promiseBroken a/2 0d6h @1d, promiseMoved a/2 0d6h>1d @1d",
    );
}

#[test]
fn s10_a_line_gets_a_promise_with_the_first_command_that_gives_it_a_date() {
    story(
        "0d item pen
            place a pen 1      | ok: orderPlaced a, lineBackordered a/1 1
            place b pen 1      | ok: orderPlaced b, lineBackordered b/1 1
            supply s pen 1 due 2d | ok: supplyScheduled s 1 2d, promiseMade a/1 2d
            item pen lead=7    | ok: promiseMade b/1 7d
            receive pen 1 from s | ok: stockReceived s 1, lineAllocated a/1 1, lineReady a/1 1",
    );
}

#[test]
fn s10_promises_are_told_as_their_orders_were_placed_line_by_line() {
    story(
        "0d item pen lead=9
            place a x pen 4, y pen 5 | ok
            amend a x 5              | ok
            queue pen                | a/x 4, a/y 5, a/x 1
            item pen lead=none       | ok: promiseMoved a/x 9d>-, promiseMoved a/y 9d>-
            receive pen 10           | ok: stockReceived pen 10, lineAllocated a/x 5, lineReady a/x 5, lineAllocated a/y 5, lineReady a/y 5, promiseMade a/x 0d, promiseMade a/y 0d
            count pen 0              | ok: stockCounted pen 0, lineDeallocated a/x 5, lineDeallocated a/y 5, promiseMoved a/x 0d>-, promiseMoved a/y 0d>-",
    );
}

#[test]
fn s10_who_is_served_first_is_not_promised_first() {
    story(
        "0d item pen
            place a pen 1
            place b pen 1 prio=50
            receive pen 2 | ok: stockReceived pen 2, lineAllocated b/1 1, lineReady b/1 1, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 0d, promiseMade b/1 0d",
    );
}

#[test]
fn s10_which_unit_is_assumed_is_fixed_before_any_promise_becomes_a_place() {
    story(
        "0d item pen ageing=1
            place a pen 1 prio=255
         2d place b pen 2
            queue pen     | b/1 2, a/1 1
            item pen lead=4 perDay=1 promising=protect | ok: promiseMade a/1 6d, promiseMade b/1 7d
            queue pen     | a/1 1, b/1 2
            order b       | 1: 2 wait, 1 ahead, promised 7d
            place c pen 1 | ok: orderPlaced c, lineBackordered c/1 1, promiseMade c/1 9d",
    );
}

#[test]
fn s10_overdue_supply_that_counted_again_may_be_lost_again() {
    story(
        "5d  item pen overdue=0/3
             supply s pen 1 due 1d
             supply t pen 1 due 30d
             place a pen 1                | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 30d
             place b pen 1                | ok: orderPlaced b, lineBackordered b/1 1
             item pen overdue=0/9 life=5d | ok: promiseMade b/1 30d
         11d place c pen 1                | ok: orderPlaced c, lineBackordered c/1 1, promiseMoved b/1 30d>-",
    );
}

/// The last instant there is lies in the ninth hour of the last of these days.
#[test]
fn s10_assumed_supply_that_comes_beyond_the_last_instant_is_no_basis_for_a_promise() {
    story(
        "104229986d9h item pen lead=5
            place a pen 3            | ok: orderPlaced a, lineBackordered a/1 3
            supply s pen 3 due 104229991d1h | ok: supplyScheduled s 3 104229991d1h, promiseMade a/1 104229991d1h
            place b pen 1 prio=50    | ok: orderPlaced b, lineBackordered b/1 1, promiseMade b/1 104229991d1h, promiseMoved a/1 104229991d1h>-",
    );
}

#[test]
fn s10_a_date_comes_to_be_where_overdue_supply_that_never_came_is_gone() {
    story(
        "104229970d item pen lead=6 overdue=100000000/6
            supply s pen 5 due 104229970d
         104229971d place a pen 4    | ok: orderPlaced a, lineBackordered a/1 4
         104229976d1h place b pen 2  | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 104229982d1h, promiseMade a/1 104229977d
            item ink lead=1 overdue=100000000
            supply t ink 2 due 104229970d
            place c ink 6            | ok: orderPlaced c, lineBackordered c/1 6
            receive ink 2 from t     | ok: stockReceived t 2, lineAllocated c/1 2, promiseMade c/1 104229977d1h",
    );
}

#[test]
fn s10_a_line_that_got_its_units_after_its_date_had_passed_loses_its_promise_with_the_release() {
    story(
        "0d item pen safety=1 lead=1
            receive pen 1
            place a pen 1            | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 1d
         1d1h item pen safety=0 life=preorder | ok: lineAllocated a/1 1, lineReady a/1 1, promiseMoved a/1 1d>-",
    );
}

#[test]
fn s10_without_a_release_a_line_is_told_where_it_first_stands() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 3
            supply s pen@west 5 due 3d
            place a pen@east/west 5 sourcing=inOrder | ok: orderPlaced a, lineAllocated a/1@east 3, lineBackordered a/1@west 2, promiseMade a/1 3d
            receive pen@east 1
            place b pen@east 1       | ok: orderPlaced b, lineAllocated b/1@east 1, lineReady b/1 1, promiseMade b/1 0d
            item pen life=preorder   | ok: promiseMoved a/1 3d>-, promiseMoved b/1 0d>-",
    );
}

#[test]
fn s10_where_lines_are_skipped_an_order_that_takes_stock_has_them_all_looked_at() {
    story(
        "0d item pen
            item box wholeLines=skip overdue=3
            receive pen 1
            supply s box 1 due 2d6h
            place a box 1            | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 2d6h
         2d12h place b pen 1         | ok: orderPlaced b, lineAllocated b/1 1, lineReady b/1 1, promiseMade b/1 2d12h, promiseMoved a/1 2d6h>5d12h",
    );
}

#[test]
fn s10_a_supply_that_comes_to_be_ignored_is_missed_also_when_another_that_was_is_cancelled() {
    story(
        "0d   item pen overdue=0/0
              supply s pen 1 due 2d
              supply t pen 1 due 4d
              supply u pen 1 due 6d
              place a pen 1
        3d    place b pen 1
              order a                | 1: 1 wait, promised 4d
        4d5h  drop s                 | ok: supplyCancelled s 1, promiseMoved a/1 4d>6d, promiseMoved b/1 6d>-",
    );
}

#[test]
fn s10_supply_that_is_moved_to_a_day_too_long_ago_is_lost_at_once() {
    story(
        "0d item pen overdue=1/2
            supply s pen 2 due 9d
            place a pen 2        | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 9d
         5d move s due 1d        | ok: supplyMoved s 2 9d>1d, promiseMoved a/1 9d>-",
    );
}

#[test]
fn s10_a_line_that_has_all_and_is_made_smaller_is_held_against_nothing() {
    story(
        "0d item pen
            receive pen 4
            place a pen 4
         2d settle a notBefore=5d | ok: promiseBroken a/1 0d @1d, promiseMoved a/1 0d>5d
         6d settle a notBefore=9d | ok: promiseBroken a/1 5d @6d, promiseMoved a/1 5d>9d
            amend a 1 1           | ok: lineDeallocated a/1 3",
    );
}
