//! §6: changing one's mind, and counting again.

use crate::table::play::story;

#[test]
fn s6_cancelled_units_go_to_the_next_and_shipped_ones_stay_shipped() {
    story(
        "0d item pen
            receive pen 3
            place a pen 5       | ok
            place b pen 3       | ok
            ship a 1 1          | ok
            cancel a            | ok: lineCancelled a/1 4, lineAllocated b/1 2
            order a             | 1: 1 shipped, 4 cancelled, promised -
            order b             | 1: 2 set aside, 1 wait, promised -
            cancel a            | alreadyCancelled order",
    );
}

#[test]
fn s6_lines_with_nothing_left_are_passed_over() {
    story(
        "0d item pen
            receive pen 1
            place a pen 1, pen 1, pen 1 | ok
            ship a                | ok
            cancel a 1            | alreadyShipped order
            cancel a 1, 2         | ok: lineCancelled a/2 1
            cancel a 1, 2         | alreadyCancelled order
            cancel a 1, 4         | unknownLine lines[1]
            cancel a 3, 3         | invalidCommand lines[1]
            cancel a              | ok: lineCancelled a/3 1
            cancel b              | unknownOrder order",
    );
}

#[test]
fn s6_a_smaller_line_gives_up_what_waits_first() {
    story(
        "0d item pen
            receive pen 3
            place a pen 5       | ok
            place b pen 2       | ok
            amend a 1 4         | ok
            order a             | 1: 3 set aside, 1 wait, promised -
            amend a 1 3         | ok: lineReady a/1 3, promiseMade a/1 0d
            amend a 1 2         | ok: lineDeallocated a/1 1, lineAllocated b/1 1
            ship a              | ok
            amend a 1 1         | alreadyShipped quantity
            amend a 1 2         | ok: nothing",
    );
}

#[test]
fn s8_a_smaller_line_of_a_fair_share_keeps_its_promise() {
    story(
        "0d item pen lead=11 sharing=fairShare
            place a pen 1            | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 11d
       12d12h amend a 1 2            | ok: promiseBroken a/1 11d @12d, promiseMoved a/1 11d>- @12d, lineBackordered a/1 1, promiseMade a/1 23d12h
            amend a 1 1              | ok: nothing
            order a                  | 1: 1 wait, promised 23d12h, ships -",
    );
}

#[test]
fn s6_a_line_raised_after_its_promised_day_is_promised_anew() {
    story(
        "0d   item pen
              receive pen 2
              place a pen 1       | ok: orderPlaced a, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 0d
              ship a              | ok: lineShipped a/1 1, promiseKept a/1 0d
         3d   amend a 1 3         | ok: lineAllocated a/1 1, lineBackordered a/1 1, promiseMoved a/1 0d>-
              wake                | never
              supply s pen 1 due 5d | ok: supplyScheduled s 1 5d, promiseMade a/1 5d
              wake                | 6d
         6d   tick                | ok: promiseBroken a/1 5d @6d, promiseMoved a/1 5d>6d @6d",
    );
}

#[test]
fn s6_added_units_are_new_demand_and_a_part_of_their_own() {
    story(
        "0d   item pen max=6
              place a pen 2       | ok
         0d1h place b pen 2       | ok
         0d2h amend a 1 5         | ok: lineBackordered a/1 3
              queue pen           | a/1 2, b/1 2, a/1 3
              order a             | 1: 5 wait, 4 ahead, promised -
              amend a 1 7         | maxPerOrder quantity
              receive pen 3       | ok
              queue pen           | b/1 1, a/1 3
              ship a              | ok: lineShipped a/1 2
              amend a 1 6         | ok
              amend a 1 7         | maxPerOrder quantity
              queue pen           | b/1 1, a/1 3, a/1 1
              amend a 1 4         | ok
              queue pen           | b/1 1, a/1 2",
    );
}

#[test]
fn s6_added_units_are_refused_as_a_new_line_would_be() {
    story(
        "0d item pen backorders=deny
            receive pen 2
            place a pen 1             | ok
            amend a 1 3               | outOfStock quantity
            amend a 1 2               | ok: lineAllocated a/1 1, lineReady a/1 2
            item cap backorders=1
            place b cap 1             | ok
            amend b 1 2               | backorderLimit quantity
            item ink
            supply s ink 1 due 3d
            place c ink 1 latest=3d   | ok
            amend c 1 2               | tooLate quantity
            cancel c
            amend c 1 2               | alreadyCancelled line
            amend c 2 2               | unknownLine line
            amend c 1 0               | invalidCommand quantity",
    );
}

#[test]
fn s6_the_promise_of_a_line_is_that_of_its_last_part() {
    story(
        "0d item pen
            supply s pen 2 due 2d
            supply t pen 2 due 4d
            place a pen 2         | ok
            order a               | 1: 2 wait, promised 2d
            amend a 1 3           | ok: lineBackordered a/1 1, promiseMoved a/1 2d>4d
            amend a 1 2           | ok
            order a               | 1: 2 wait, promised 4d, ships 2d",
    );
}

#[test]
fn s6_reprioritise_re_ranks_what_has_not_shipped() {
    story(
        "0d   item pen
              place a pen 1         | ok
         0d1h place b pen 1         | ok
              rank b 10             | ok
              queue pen             | b/1 1, a/1 1
              rank a 10             | ok
              queue pen             | a/1 1, b/1 1
              rank c 10             | unknownOrder order",
    );
}

#[test]
fn s6_on_an_order_with_nothing_left_settings_change_and_serve_what_is_added() {
    story(
        "0d   item pen
              receive pen 1
              place a pen 1         | ok
              ship a                | ok
              rank a 10             | ok: nothing
              settle a notBefore=2d | ok: nothing
         0d1h place b pen 1         | ok
              amend a 1 2           | ok
              queue pen             | a/1 1, b/1 1
              receive pen 1
              ship a                | notReady order",
    );
}

#[test]
fn s6_a_count_takes_from_carts_then_from_the_worst_rank() {
    story(
        "0d   item pen
              receive pen 6
              place a pen 2            | ok
              hold h pen 1 ttl=9999999 prio=1 | ok
              hold i pen 1 ttl=9999999 | ok
         0d1h place b pen 2 prio=50    | ok
              count pen 4              | ok: stockCounted pen 4, lineDeallocated i/1 1, lineDeallocated h/1 1, promiseMoved h/1 0d>-, promiseMoved i/1 0d>-
              count pen 1              | ok: stockCounted pen 1, lineDeallocated a/1 2, lineDeallocated b/1 1, promiseMoved a/1 0d>-, promiseMoved b/1 0d1h>-
              queue pen                | h/1 1, b/1 1, a/1 2, i/1 1
              count pen 3              | ok: stockCounted pen 3, lineAllocated h/1 1, lineReady h/1 1, lineAllocated b/1 1, lineReady b/1 2, promiseMade h/1 0d1h, promiseMade b/1 0d1h",
    );
}

#[test]
fn s6_settings_of_an_order_change_until_it_has_shipped() {
    story(
        "0d item pen
            item ink
            receive pen 1
            place a pen 1, ink 1               | ok
            settle a notBefore=2d              | ok: promiseMoved a/1 0d>2d
            ship a                             | notReady order
            settle a notBefore=none fulfilment=order | ok: promiseMoved a/1 2d>-
            ship a                             | notReady order
            settle a fulfilment=none           | ok: promiseMade a/1 0d
            ship a                             | ok
            settle a latest=3d                 | tooLate latest
            supply s ink 1 due 3d              | ok
            settle a latest=3d-1               | tooLate latest
            settle a latest=3d                 | ok: nothing
            settle b                           | unknownOrder order",
    );
}

#[test]
fn s12_what_is_wanted_of_an_item_is_counted_once_whatever_becomes_of_it() {
    story(
        "0d item pen
            receive pen 9007199254740981 | ok
            place a pen 9007199254740981 | ok
            archive 0d                   | ok
            place b pen 10               | ok
            place c pen 1                | limitExceeded lines[0].quantity
            amend a 1 9007199254740980   | ok
            place c pen 1                | ok
            cancel a                     | ok
            place d pen 9007199254740980 | ok
            place e pen 1                | limitExceeded lines[0].quantity
            ship d                       | ok
            place e pen 1                | ok",
    );
}
