//! §11: carts.

use crate::table::play::story;

#[test]
fn s11_a_hold_takes_units_a_place_and_a_promise() {
    story(
        "0d item pen
            receive pen 2
            supply s pen 5 due 3d
            hold h pen 4 ttl=3600000 | ok: holdPlaced h, lineAllocated h/1 2, lineBackordered h/1 2, promiseMade h/1 3d
            stock pen                | 2 on hand, 2 held, 5 coming, 2 wait
            place a pen 1            | ok
            order a                  | 1: 1 wait, 2 ahead, promised 3d
            cart h                   | open, 1: 2 set aside, 2 wait, promised 3d
            wake                     | 0d1h",
    );
}

#[test]
fn s11_a_confirmed_hold_is_the_order_with_rank_units_and_promise() {
    story(
        "0d item pen
            receive pen 1
            supply s pen 5 due 3d
            hold h pen 2 ttl=3600000   | ok
         0d1h-1 place a pen 1          | ok
            confirm h b                | ok: orderPlaced b
            queue pen                  | b/1 1, a/1 1
            order b                    | 1: 1 set aside, 1 wait, promised 3d
            stock pen                  | 1 on hand, 1 set aside, 5 coming, 2 wait
            cart h                     | confirmed, 1: 1 set aside, 1 wait, promised 3d
            confirm h c                | holdExpired hold
            release h                  | holdExpired hold
         0d1h tick                     | ok: nothing",
    );
}

#[test]
fn s11_at_its_end_that_instant_included_a_hold_is_gone() {
    story(
        "0d item pen
            hold h pen 1 ttl=3600000 | ok
         0d1h confirm h a            | holdExpired hold: holdExpired h @0d1h
            cart h                   | ended, 1: 1 cancelled, promised -
            release i                | unknownHold hold
            queue pen                |",
    );
}

#[test]
fn s11_a_released_hold_serves_the_queue() {
    story(
        "0d item pen
            receive pen 1
            hold h pen 1 ttl=3600000 | ok
            place a pen 1            | ok
            release h                | ok: holdReleased h, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 0d",
    );
}

#[test]
fn s11_a_latest_before_the_promise_is_too_late() {
    story(
        "0d item pen
            supply s pen 1 due 3d
            hold h pen 1 ttl=3600000 | ok
            hold i pen 1 ttl=3600000 | ok
            confirm h a latest=3d-1  | tooLate latest
            confirm h a latest=3d    | ok
            confirm i b latest=9d    | tooLate latest",
    );
}

#[test]
fn s11_a_buyers_own_hold_does_not_stand_in_the_way() {
    story(
        "0d item pen max=1 backorders=deny
            receive pen 1
            hold h pen 1 ttl=3600000 | ok
            place a pen 1            | outOfStock lines[0].quantity
            confirm h a              | ok
            order a                  | 1: 1 set aside, promised 0d",
    );
}

#[test]
fn s11_a_time_of_its_own_moves_the_promise_of_a_confirmed_hold() {
    story(
        "0d item pen
            receive pen 1
            hold h pen 1 ttl=3600000  | ok
            confirm h a notBefore=2d  | ok: orderPlaced a, promiseMoved a/1 0d>2d",
    );
}

#[test]
fn s11_a_confirmed_hold_is_kept_as_long_as_its_order() {
    story(
        "0d item pen
            receive pen 1
            hold h pen 1 ttl=3600000  | ok
            confirm h a               | ok
         1d archive 1d                | ok
            confirm h b               | holdExpired hold
            cart h                    | confirmed, 1: 1 set aside, promised 0d, ships 1d",
    );
}
