//! §5: what ships when.

use crate::table::play::story;

#[test]
fn s5_a_part_ships_when_it_and_what_stays_are_worth_it() {
    story(
        "0d item pen
            place a pen 10 min=4      | ok
            receive pen 3
            ship a                    | notReady order
            receive pen 2
            ship a 1 3                | notReady lines[0].quantity
            ship a                    | ok: lineShipped a/1 5
            receive pen 4
            ship a                    | notReady order
            receive pen 1
            ship a                    | ok: lineShipped a/1 5, promiseKept a/1 0d",
    );
}

#[test]
fn s5_the_largest_part_leaves_enough_behind() {
    story(
        "0d item pen
            place a pen 10 min=4      | ok
            receive pen 9
            ship a 1 9                | notReady lines[0].quantity
            ship a                    | ok: lineShipped a/1 6
            order a                   | 1: 3 set aside, 1 wait, 6 shipped, promised -",
    );
}

#[test]
fn s5_a_line_ships_whole_and_a_part_of_a_ready_line_may_be_named() {
    story(
        "0d item pen
            place a pen 3, pen 2 fulfilment=line | ok
            receive pen 2
            ship a                    | notReady order
            ship a 1 1                | notReady lines[0].quantity
            receive pen 1
            ship a 1 4                | notAllocated lines[0].quantity
            ship a 1 1                | ok: lineShipped a/1 1
            ship a                    | ok: lineShipped a/1 2, promiseKept a/1 0d
            ship a                    | notAllocated order",
    );
}

#[test]
fn s5_an_order_ships_when_all_its_lines_are_whole() {
    story(
        "0d item pen
            item ink
            receive pen 1
            place a pen 1, ink 1 fulfilment=order | ok
            ship a                    | notReady order
            ship a 1 1                | notReady lines[0].quantity
            receive ink 1
            ship a                    | ok: lineShipped a/1 1, promiseKept a/1 0d, lineShipped a/2 1, promiseKept a/2 0d",
    );
}

#[test]
fn s5_a_cancelled_line_no_longer_holds_up_its_order() {
    story(
        "0d item pen
            item ink
            receive pen 1
            place a pen 1, ink 1 fulfilment=order | ok
            cancel a 2                | ok: lineCancelled a/2 1, promiseMade a/1 0d
            ship a                    | ok",
    );
}

#[test]
fn s5_exactly_the_units_named_ship_or_nothing() {
    story(
        "0d item pen
            receive pen 3
            place a pen 2, pen 4      | ok
            ship a 1 2, 2 2           | notAllocated lines[1].quantity
            ship a 2 1, 1 3           | notAllocated lines[1].quantity
            ship a 1 2, 3 1           | unknownLine lines[1].line
            ship a 1 1 elsewhere, 3 1 | unknownLine lines[1].line
            ship a 1 1 elsewhere      | unknownLocation lines[0].location
            ship a 1 1, 1 1           | invalidCommand lines[1].line
            stock pen                 | 3 on hand, 3 set aside, 3 wait
            ship a 1 2, 2 1           | ok",
    );
}

#[test]
fn s5_not_allocated_comes_before_not_ready() {
    story(
        "0d item pen
            receive pen 3
            place a pen 4, pen 4 min=2 | ok
            ship a 1 1, 2 1            | notAllocated lines[1].quantity",
    );
}

#[test]
fn s5_nothing_ships_before_its_time() {
    story(
        "0d item pen
            item ink life=3d
            receive pen 1
            receive ink 2
            place a pen 1 notBefore=2d  | ok
            ship a                      | notReady order
         2d ship a                      | ok
            place b ink 1               | ok
            ship b                      | notReady order
         3d ship b                      | ok
            item ink life=preorder
            place c ink 1               | ok
            ship c                      | notReady order",
    );
}

#[test]
fn s5_a_return_is_at_most_what_is_out() {
    story(
        "0d item pen
            receive pen 3
            place a pen 3          | ok
            return a 1 1           | notShipped quantity
            ship a 1 2             | ok
            return a 1 3           | notShipped quantity
            return a 1 2 restock   | ok: lineReturned a/1 2
            return a 1 1           | notShipped quantity
            order a                | 1: 1 set aside, 2 shipped, 2 returned, promised 0d
            stock pen              | 3 on hand, 1 set aside, 2 free",
    );
}

#[test]
fn s5_what_takes_all_or_nothing_at_several_places() {
    story(
        "0d location east
            location north
            item pen wholeLines=skip
            place a pen@north 4 fulfilment=line
            relocate a 1 to east 2
            supply s pen@east 4 due 3d
            place b pen@east 1
            receive pen@north 4      | ok: stockReceived pen@north 4, promiseMade a/1 3d
            # What is taken in the north, a will not have in the east.
            quote pen 6              | limited, 4 now, 2 wait, 3 ahead, ships 3d by supply [north 4 now] [east 2 wait]
            place c pen 6            | ok: orderPlaced c, lineAllocated c/1@north 4, lineBackordered c/1@east 2, promiseMade c/1 3d, promiseMoved a/1 3d>-
            receive pen@north 2
            # A line is ready once, when it has what it takes at all its places.
            receive pen@east 3       | ok: stockReceived pen@east 3, lineAllocated a/1@north 2, lineAllocated a/1@east 2, lineReady a/1 4, lineAllocated b/1@east 1, lineReady b/1 1, promiseMade c/1 3d",
    );
}
