//! §4: stock arrives, and supplies live.

use crate::table::play::story;

#[test]
fn s4_whatever_frees_units_serves_the_queue_by_rank() {
    story(
        "0d item pen
            place a pen 2              | ok
            place b pen 2              | ok
            place c pen 9              | ok
            receive pen 1              | ok: stockReceived pen 1, lineAllocated a/1 1
            receive pen 2              | ok: stockReceived pen 2, lineAllocated a/1 1, lineReady a/1 2, lineAllocated b/1 1, promiseMade a/1 0d
            cancel a                   | ok: lineCancelled a/1 2, lineAllocated b/1 1, lineReady b/1 2, lineAllocated c/1 1, promiseMade b/1 0d
            count pen 5                | ok: stockCounted pen 5, lineAllocated c/1 2
            ship b                     | ok: lineShipped b/1 2, promiseKept b/1 0d
            return b 1 1 restock       | ok: lineReturned b/1 1, lineAllocated c/1 1
            return b 1 1               | ok: lineReturned b/1 1
            stock pen                  | 4 on hand, 4 set aside, 5 wait",
    );
}

#[test]
fn s4_a_cart_that_ends_gives_up_its_units() {
    story(
        "0d   item pen
              receive pen 2
              hold h pen 2 ttl=3600000 | ok
              place a pen 1            | ok
         0d1h tick                     | ok: holdExpired h @0d1h, lineAllocated a/1 1 @0d1h, lineReady a/1 1 @0d1h, promiseMade a/1 0d1h @0d1h
              stock pen                | 2 on hand, 1 set aside, 1 free",
    );
}

#[test]
fn s4_a_receipt_lowers_what_its_supply_still_brings() {
    story(
        "0d item pen
            item ink
            supply s pen 5 due 2d       | ok: supplyScheduled s 5 2d
            receive ink 1 from s        | supplyMismatch sku
            receive pen 1 from t        | unknownSupply supply
            receive pen 2 from s        | ok
            supplies pen                | s 3 open, 2 received, due 2d, open
            receive pen 4 from s        | ok
            supplies pen                | s 0 open, 6 received, due 2d, closed
            receive pen 1 from s        | ok
            supplies pen                | s 0 open, 7 received, due 2d, closed
            stock pen                   | 7 on hand, 7 free",
    );
}

#[test]
fn s4_rescheduling_says_what_is_still_to_come_and_reopens() {
    story(
        "0d item pen
            supply s pen 5 due 2d
            move s                 | ok: nothing
            move s due 4d          | ok: supplyMoved s 5 2d>4d
            move s to 0            | ok
            supplies pen           | s 0 open, 0 received, due 4d, closed
            move s to 3 due 6d     | ok
            supplies pen           | s 3 open, 0 received, due 6d, open
            drop s                 | ok: supplyCancelled s 3
            drop s                 | ok: nothing
            receive pen 2 from s   | ok
            supplies pen           | s 0 open, 2 received, due 6d, cancelled
            move s to 1            | ok
            supplies pen           | s 1 open, 2 received, due 6d, open
            move t                 | unknownSupply supply",
    );
}

#[test]
fn s4_a_closed_supply_has_nothing_to_cancel() {
    story(
        "0d item pen
            supply s pen 1 due 2d
            receive pen 1 from s
            drop s                 | ok: nothing
            supplies pen           | s 0 open, 1 received, due 2d, closed",
    );
}
