//! §7: locations, and what of §3, §4 and §6 speaks of them.

use crate::table::play::story;

#[test]
fn s3_8_the_first_location_takes_the_place_of_a_default_that_nothing_used() {
    story(
        "0d item pen
            location north
            receive pen 3            | ok: stockReceived pen@north 3
            stock pen@north          | 3 on hand, 3 free
            stock pen@default        | unknown
            location north           | ok: nothing",
    );
}

#[test]
fn s3_8_default_stays_beside_the_new_ones_if_it_was_used() {
    story(
        "0d item pen
            receive pen 3
            location north
            stock pen@default        | 3 on hand, 3 free
            receive pen@north 1
            stock pen                | 4 on hand, 4 free",
    );
}

#[test]
fn s3_8_an_order_uses_the_default_too() {
    story(
        "0d item pen
            place a pen 1
            location north
            order a                  | 1: 1 wait, promised -
            receive pen@default 1    | ok: stockReceived pen 1, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 0d",
    );
}

#[test]
fn s3_8_where_there_are_several_stock_commands_must_name_one() {
    story(
        "0d item pen
            location east
            location west
            receive pen 1            | unknownLocation location
            count pen 1              | unknownLocation location
            supply s pen 1 due 2d    | unknownLocation location
            receive pen@north 1      | unknownLocation location
            receive pen@east 2       | ok
            place a pen 2
            ship a
            return a 1 1 restock     | unknownLocation location
            return a 1 1 at=north    | unknownLocation location
            return a 1 1             | ok
            return a 1 1 restock at=west | ok: lineReturned a/1 1
            stock pen@west           | 1 on hand, 1 free",
    );
}

#[test]
fn s4_a_receipt_must_name_the_location_of_its_supply() {
    story(
        "0d item pen
            location east
            location west
            supply s pen@east 5 due 2d  | ok: supplyScheduled s@east 5 2d
            receive pen@west 1 from s   | supplyMismatch location
            receive pen@east 2 from s   | ok: stockReceived s@east 2
            supplies pen                | s@east 3 open, 2 received, due 2d, open",
    );
}

#[test]
fn s7_queues_are_per_item_and_location() {
    story(
        "0d item pen
            location east
            location west
            place a pen@east 2
            place b pen@west 2
            receive pen@west 1       | ok: stockReceived pen@west 1, lineAllocated b/1@west 1
            queue pen                | a/1@east 2, b/1@west 1
            queue pen@west           | b/1@west 1
            supply s pen@east 5 due 3d | ok: supplyScheduled s@east 5 3d, promiseMade a/1 3d
            stock pen@east           | 5 coming, 2 wait
            stock pen                | 1 on hand, 1 set aside, 5 coming, 3 wait",
    );
}

#[test]
fn s7_fewest_parts_is_one_location_that_has_everything_or_the_fewest_that_have_it_together() {
    story(
        "0d item pen
            location east
            location north
            location west
            receive pen@east 4
            receive pen@north 3
            receive pen@west 6
            quote pen 5              | inStock, 5 now, ships 0d by stock [west 5 now]
            place a pen 5
            order a                  | 1: 5 set aside, promised 0d [west 5 set aside]
            quote pen 6              | inStock, 6 now, ships 0d by stock [east 4 now] [north 2 now]
            place b pen 6            | ok: orderPlaced b, lineAllocated b/1@east 4, lineAllocated b/1@north 2, lineReady b/1 6, promiseMade b/1 0d
            order b                  | 1: 6 set aside, promised 0d [east 4 set aside] [north 2 set aside]",
    );
}

#[test]
fn s7_fewest_parts_splits_what_is_there_and_lets_the_rest_wait() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 1
            receive pen@west 2
            supply s pen@west 9 due 3d
            quote pen 5              | limited, 3 now, 2 wait, ships 3d by supply [west 2 now, 2 wait] [east 1 now]
            place a pen 5            | ok: orderPlaced a, lineAllocated a/1@west 2, lineAllocated a/1@east 1, lineBackordered a/1@west 2, promiseMade a/1 3d
            order a                  | 1: 3 set aside, 2 wait, promised 3d [west 2 set aside, 2 wait] [east 1 set aside]",
    );
}

#[test]
fn s7_in_order_takes_what_each_has_and_never_more_than_the_remaining_quantity() {
    story(
        "0d item pen
            location east
            location west
            receive pen@west 10
            receive pen@east 15
            place a pen@west/east 13 sourcing=inOrder
            order a                  | 1: 13 set aside, promised 0d [west 10 set aside] [east 3 set aside]",
    );
}

#[test]
fn s7_earliest_is_the_single_location_with_the_earliest_date_for_the_whole_line() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 3
            supply e pen@east 9 due 4d
            supply w pen@west 9 due 2d
            place a pen 5 sourcing=earliest
            order a                  | 1: 5 wait, promised 2d [west 5 wait]
            place b pen 3 sourcing=earliest
            order b                  | 1: 3 set aside, promised 0d [east 3 set aside]",
    );
}

#[test]
fn s7_among_the_chosen_the_largest_stock_comes_first() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 3
            receive pen@west 4
            place a pen 5
            order a                  | 1: 5 set aside, promised 0d [west 4 set aside] [east 1 set aside]",
    );
}

#[test]
fn s7_in_every_mode_what_is_lacking_waits_where_its_date_is_earliest() {
    story(
        "0d item pen
            item ink
            location east
            location north
            location west
            supply e pen@east 9 due 4d
            supply n pen@north 9 due 2d
            receive pen@east 1
            receive pen@west 1
            place a pen@east/west/north 5 sourcing=inOrder
            order a                  | 1: 2 set aside, 3 wait, promised 2d [east 1 set aside] [west 1 set aside] [north 3 wait]
            place b pen 5
            order b                  | 1: 5 wait, 3 ahead, promised 2d [north 5 wait]
            place c pen 5
            order c                  | 1: 5 wait, promised 4d [east 5 wait]",
    );
}

#[test]
fn s7_ties_go_by_the_order_given_and_then_by_the_bytes_of_the_id() {
    story(
        "0d item pen
            location a
            location Z
            receive pen@a 2
            receive pen@Z 2
            quote pen 1              | inStock, 1 now, ships 0d by stock [Z 1 now]
            quote pen@a/Z 1          | inStock, 1 now, ships 0d by stock [a 1 now]
            quote pen 3              | inStock, 3 now, ships 0d by stock [Z 2 now] [a 1 now]
            quote pen@a/Z 5          | limited, 4 now, 1 wait, no date, none [a 2 now, 1 wait] [Z 2 now]
            quote pen 5              | limited, 4 now, 1 wait, no date, none [Z 2 now, 1 wait] [a 2 now]",
    );
}

#[test]
fn s7_safety_stock_holds_at_each_location_and_the_cap_over_all() {
    story(
        "0d item pen safety=1 backorders=3
            location east
            location west
            receive pen@east 3
            receive pen@west 3
            stock pen@east           | 3 on hand, 2 free
            stock pen                | 6 on hand, 4 free
            place a pen@east 4
            place b pen@west 4       | backorderLimit lines[0].quantity
            place b pen@west 3       | ok
            stock pen                | 6 on hand, 4 set aside, 3 wait",
    );
}

#[test]
fn s7_demand_adds_up_over_the_lines_of_one_order_at_each_location() {
    story(
        "0d item pen backorders=deny
            location east
            location west
            receive pen@east 3
            receive pen@west 2
            place a pen 3, pen 2, pen 1 | outOfStock lines[2].quantity
            place a pen 2, pen 2, pen 1 | ok
            order a                  | 1: 2 set aside, promised 0d [east 2 set aside]; 2: 2 set aside, promised 0d [west 2 set aside]; 3: 1 set aside, promised 0d [east 1 set aside]",
    );
}

#[test]
fn s7_a_line_of_several_places_has_the_latest_of_their_dates() {
    story(
        "0d item pen
            location east
            location west
            place x pen@east 2
            place y pen@west 1
            supply e pen@east 9 due 2d
            supply w pen@west 9 due 5d
            place a pen 2
            order a                  | 1: 2 wait, 2 ahead, promised 2d [east 2 wait]
            relocate a 1 from east to west 1 | ok: lineBackordered a/1@west 1, promiseMoved a/1 2d>5d
            order a                  | 1: 2 wait, 1 ahead, promised 5d [east 1 wait] [west 1 wait]",
    );
}

#[test]
fn s7_ships_from_where_it_is_set_aside() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 4
            receive pen@west 1
            place a pen 5
            ship a 1 2 west          | notAllocated lines[0].quantity
            ship a 1 1 west          | ok: lineShipped a/1@west 1
            stock pen@west           |
            ship a                   | ok: lineShipped a/1@east 4, promiseKept a/1 0d
            order a                  | 1: 5 shipped, promised 0d, ships - [east 4 shipped] [west 1 shipped]",
    );
}

#[test]
fn s6_relocated_units_wait_first_and_keep_their_rank() {
    story(
        "0d   item pen
              location east
              location west
              receive pen@east 2
              place a pen@east 4
         0d1h place b pen@west 3
              relocate a 1 to west 3 | ok: lineDeallocated a/1@east 1, lineBackordered a/1@west 3
              queue pen@west         | a/1@west 3, b/1@west 3
              order a                | 1: 1 set aside, 3 wait, promised - [east 1 set aside] [west 3 wait]
              receive pen@west 4     | ok: stockReceived pen@west 4, lineAllocated a/1@west 3, lineReady a/1 4, lineAllocated b/1@west 1, promiseMade a/1 0d1h",
    );
}

#[test]
fn s6_of_several_places_the_worst_rank_is_relocated_first() {
    story(
        "0d location a
            location b
            location c
            item pen
            supply s pen@b 3 due 10d
            place y pen 3            | ok: orderPlaced y, lineBackordered y/1@b 3, promiseMade y/1 10d
            amend y 1 5              | ok: lineBackordered y/1@a 2, promiseMoved y/1 10d>-
            relocate y 1 to c 1      | ok: lineBackordered y/1@c 1
            order y                  | 1: 5 wait, promised - [b 3 wait] [a 1 wait] [c 1 wait]
            receive pen@c 2
            rebalance gain           | ok changed y/1 1>2: lineAllocated y/1@c 1, promiseMade y/1 10d
            order y                  | 1: 2 set aside, 3 wait, promised 10d [b 3 wait] [c 2 set aside]",
    );
}

#[test]
fn s6_a_relocated_line_tells_place_by_place_what_it_gives_up() {
    story(
        "0d location east
            location north
            location west
            item pen
            receive pen@east 4
            receive pen@west 3
            place a pen 5 sourcing=inOrder
            amend a 1 7              | ok: lineAllocated a/1@west 2, lineReady a/1 7
            relocate a 1 to north    | ok: lineDeallocated a/1@east 4, lineDeallocated a/1@west 3, lineBackordered a/1@north 7, promiseMoved a/1 0d>-",
    );
}

#[test]
fn s6_of_a_kit_in_several_places_the_worst_rank_is_relocated_first() {
    story(
        "0d location east
            location north
            location west
            item pen
            item set components=pen:2
            receive pen@east 4
            receive pen@west 4
            place a set 2 sourcing=inOrder
            amend a 1 4
            relocate a 1 to north 3  | ok: lineDeallocated a/1@east 1, lineDeallocated a/1@west 2, lineBackordered a/1@north 3, promiseMoved a/1 0d>-
            order a                  | 1: 1 set aside, 3 wait, 2 ahead, promised - [east 1 set aside] [north 3 wait]
            queue pen@north          | a/1@north 2, a/1@north 4",
    );
}

#[test]
fn s6_what_a_relocated_line_leaves_goes_to_the_next_in_rank() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 2
            receive pen@west 1
            place a pen@east 2
            place b pen@east 2
            relocate a 1 from east to west 2
            order a                  | 1: 1 set aside, 1 wait, promised - [west 1 set aside, 1 wait]
            order b                  | 1: 2 set aside, promised 0d [east 2 set aside]",
    );
}

#[test]
fn s6_a_place_that_a_line_left_wholly_is_none_of_its_places_any_more() {
    story(
        "0d location east
            location west
            item pen overdue=3
            supply s pen@east 1 due 2d6h
            place a pen@east 1       | ok: orderPlaced a, lineBackordered a/1@east 1, promiseMade a/1 2d6h
            place b pen@east 5
            place c pen@east 5
            relocate b 1 to west
            relocate c 1 to west
         2d12h cancel b              | ok: lineCancelled b/1 5
            amend c 1 3              | ok: nothing
            place d pen@east 1       | ok: orderPlaced d, lineBackordered d/1@east 1, promiseMoved a/1 2d6h>5d12h",
    );
}

#[test]
fn s6_relocate_is_refused_for_what_is_not_open_there() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 3
            place a pen@east 3
            relocate b 1 to west               | unknownOrder order
            relocate a 2 to west               | unknownLine line
            relocate a 1 from north to west    | unknownLocation from
            relocate a 1 to north              | unknownLocation to
            relocate a 1 from west to west     | invalidCommand to
            relocate a 1 from east to west 4   | notAllocated quantity
            relocate a 1 from west to east 1   | notAllocated quantity
            relocate a 1 to west 0             | invalidCommand quantity
            ship a 1 1
            relocate a 1 to west               | ok: lineDeallocated a/1@east 2, lineBackordered a/1@west 2, promiseMoved a/1 0d>-
            order a                            | 1: 2 wait, 1 shipped, promised - [east 1 shipped] [west 2 wait]",
    );
}

#[test]
fn s6_a_smaller_line_gives_up_what_waits_and_then_its_smallest_part() {
    story(
        "0d item pen
            location east
            location west
            receive pen@east 4
            receive pen@west 2
            place a pen 8
            order a                  | 1: 6 set aside, 2 wait, promised - [east 4 set aside, 2 wait] [west 2 set aside]
            amend a 1 6              | ok: lineReady a/1 6, promiseMade a/1 0d
            amend a 1 5              | ok: lineDeallocated a/1@west 1
            amend a 1 3              | ok: lineDeallocated a/1@west 1, lineDeallocated a/1@east 1
            order a                  | 1: 3 set aside, promised 0d [east 3 set aside]",
    );
}

#[test]
fn s6_a_count_takes_from_unfrozen_orders_before_frozen_ones() {
    story(
        "0d item pen
            receive pen 5
            place a pen 1
            place b pen 1 prio=50
            place c pen 1
            freeze c                 | ok: nothing
            hold h pen 1 ttl=0d1h
            count pen 1              | ok: stockCounted pen 1, lineDeallocated h/1 1, lineDeallocated a/1 1, lineDeallocated b/1 1, promiseMoved a/1 0d>-, promiseMoved b/1 0d>-, promiseMoved h/1 0d>-
            count pen 0              | ok: stockCounted pen 0, lineDeallocated c/1 1, promiseMoved c/1 0d>-
            count pen 4
            thaw c
            count pen 3              | ok: stockCounted pen 3, lineDeallocated h/1 1, promiseMoved h/1 0d>-
            count pen 2              | ok: stockCounted pen 2, lineDeallocated c/1 1, promiseMoved c/1 0d>-
            freeze x                 | unknownOrder order
            ship a
            freeze a                 | ok: nothing",
    );
}

#[test]
fn s6_what_ships_of_several_places_is_what_ranks_best_at_any() {
    story(
        "0d item pen
            location east
            location west
            place a pen@east 8
            relocate a 1 to west 3
            amend a 1 10             | ok: lineBackordered a/1@east 2
            receive pen@east 7       | ok: stockReceived pen@east 7, lineAllocated a/1@east 7
            receive pen@west 3       | ok: stockReceived pen@west 3, lineAllocated a/1@west 3, lineReady a/1 10, promiseMade a/1 0d
            ship a 1 8               | ok: lineShipped a/1@east 5, lineShipped a/1@west 3
            order a                  | 1: 2 set aside, 8 shipped, promised 0d [east 2 set aside, 5 shipped] [west 3 shipped]",
    );
}

#[test]
fn s3_an_order_for_later_takes_units_where_its_lines_first_stood() {
    story(
        "0d location east
            location west
            item pen
            place a pen@east 7 allocateFrom=3d
            relocate a 1 to west
            receive pen@east 3
            receive pen@west 4
            relocate a 1 to east 3
         3d tick | ok: lineAllocated a/1@east 3 @3d, lineAllocated a/1@west 4 @3d, lineReady a/1 7 @3d",
    );
}

#[test]
fn s3_an_order_for_later_takes_nothing_first_where_its_line_is_cancelled() {
    story(
        "0d item pen
            item ink
            receive pen 9
            receive ink 5
            place a pen 4, ink 5, pen 5 allocateFrom=3d
            cancel a 1
         3d tick | ok: lineAllocated a/2 5 @3d, lineReady a/2 5 @3d, lineAllocated a/3 5 @3d, lineReady a/3 5 @3d",
    );
}
