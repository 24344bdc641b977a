//! §9, §10: local days, dispatches and deliveries. 0d is a Friday.

use crate::table::play::story;

#[test]
fn s9_what_is_there_leaves_by_the_cut_off_of_a_workday() {
    story(
        "0d9h item pen
            location default days=1/2/3/4/5 cutoff=14:00
            receive pen 2
            quote pen 1          | inStock, 1 now, ships 0d14h by stock
            place a pen 1        | ok: orderPlaced a, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 0d14h
      0d14h quote pen 1          | inStock, 1 now, ships 0d14h by stock
    0d14h+1 quote pen 1          | inStock, 1 now, ships 3d14h by stock
      2d20h quote pen 1          | inStock, 1 now, ships 3d14h by stock",
    );
}

#[test]
fn s9_holidays_and_handling_count_workdays() {
    story(
        "0d9h item pen
            location default days=1/2/3/4/5 off=3/4 cutoff=14:00 handling=1
            receive pen 1
            quote pen 1          | inStock, 1 now, ships 5d14h by stock
            location default days=1/2/3/4/5/6/7 handling=1
            quote pen 1          | inStock, 1 now, ships 1d by stock
            location default days=- | ok
            quote pen 1          | inStock, 1 now, ships 0d9h by stock",
    );
}

#[test]
fn s9_a_supply_leaves_with_the_next_dispatch_and_its_date_is_promised_so() {
    story(
        "0d item pen
            location default days=1/3 cutoff=12:00
            supply s pen 2 due 3d13h
            place a pen 1        | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 5d12h
            order a              | 1: 1 wait, promised 5d12h
            pegs a               | 1: 1 from s 3d13h
            quote pen 2          | backorder, 2 wait, 1 ahead, no date, none",
    );
}

#[test]
fn s9_assumed_supply_leaves_with_the_next_dispatch_too() {
    story(
        "0d item pen lead=2
            location default days=1/2/3/4/5
            place a pen 1        | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 3d
         2d order a              | 1: 1 wait, promised 3d
         3d order a              | 1: 1 wait, promised 3d, ships -",
    );
}

#[test]
fn s9_what_may_not_ship_before_a_closed_day_ships_on_the_next() {
    story(
        "0d item pen
            location default days=1/2/3/4/5
            receive pen 9
            place a pen 1 notBefore=1d9h          | ok
            order a              | 1: 1 set aside, promised 3d
            place b pen 1 allocateFrom=2d         | ok
            order b              | 1: 1 wait, promised 3d
            item hat life=1d5h
            receive hat 1
            quote hat 1          | preorder, 1 now, ships 3d by stock
            place c pen 1 notBefore=1d9h latest=2d | tooLate lines[0]",
    );
}

#[test]
fn s9_days_follow_a_clock_that_is_put_forward_and_back() {
    story(
        "0d item pen
            location default days=1/2/3/4/5/6/7 cutoff=14:00 zone=+60/2d1h:+120/9d1h:+60
            receive pen 9
         1d quote pen 1          | inStock, 1 now, ships 1d13h by stock
      1d14h quote pen 1          | inStock, 1 now, ships 2d12h by stock
      8d13h quote pen 1          | inStock, 1 now, ships 9d13h by stock
            # Midnight is at 22:00 UTC in the stretch between.
         4d place a pen 1        | ok
            wake                 | 4d22h
      4d22h tick                 | ok: promiseBroken a/1 4d12h @4d22h",
    );
}

#[test]
fn s9_delivery_adds_local_days_by_destination() {
    story(
        "0d9h item pen
            location default days=1/2/3/4/5 cutoff=14:00 zone=+60/2d1h:+120 transit=EU:1/US:4
            receive pen 1
            supply s pen 5 due 4d
            arrives pen 1              | not asked
            arrives pen 1 shipTo=EU    | 1d13h
            arrives pen 1 shipTo=US    | 4d12h
            arrives pen 1 shipTo=moon  | -
            arrives pen 2 shipTo=US    | 8d12h
            arrives pen 9 shipTo=US    | -
            place a pen 2 shipTo=US    | ok
            deliveries a               | 1: 8d12h
            settle a shipTo=EU
            deliveries a               | 1: 5d12h
            settle a shipTo=none
            deliveries a               | 1: not asked
            location default transit=none
            arrives pen 1 shipTo=EU    | -",
    );
}

#[test]
fn s10_a_promise_holds_till_the_end_of_the_local_day_and_moves_to_a_later_one() {
    story(
        "0d item pen
            location default days=1/2/3/4/5/6/7 zone=-300
            supply s pen 1 due 3d20h
            place a pen 1        | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 3d20h
            # 3d20h and 4d4h are one day five hours behind UTC.
            move s due 4d4h      | ok: supplyMoved s 1 3d20h>4d4h
            move s due 4d5h      | ok: supplyMoved s 1 4d4h>4d5h, promiseMoved a/1 3d20h>4d5h
            wake                 | 5d5h
      5d4h  receive pen 1 from s | ok
      5d5h-1 ship a              | ok: lineShipped a/1 1, promiseKept a/1 4d5h",
    );
}

#[test]
fn s11_a_hold_is_promised_the_dispatch_and_keeps_it() {
    story(
        "0d15h item pen
            location default days=1/2/3/4/5 cutoff=14:00 transit=EU:2
            receive pen 1
            hold h pen 1 ttl=0d1h     | ok: holdPlaced h, lineAllocated h/1 1, lineReady h/1 1, promiseMade h/1 3d14h
            confirm h a shipTo=EU notBefore=3d15h | ok: orderPlaced a, promiseMoved a/1 3d14h>4d14h
            deliveries a              | 1: 6d14h",
    );
}

#[test]
fn s9_where_promises_are_kept_a_newcomer_is_promised_a_dispatch_that_moves_none() {
    story(
        "0d item pen promising=protect
            location default days=1/3/5 cutoff=12:00
            supply s pen 2 due 2d
            supply t pen 2 due 4d
            place a pen 2             | ok
            order a                   | 1: 2 wait, promised 3d12h
            place b pen 1 prio=1      | ok
            order b                   | 1: 1 wait, 2 ahead, promised 5d12h
            place c pen 2             | ok
            order c                   | 1: 2 wait, 3 ahead, promised -",
    );
}

#[test]
fn s9_an_order_over_two_places_has_the_latest_of_their_dispatches() {
    story(
        "0d9h item pen
            item ink
            location east days=1/2/3/4/5 cutoff=14:00 zone=+60
            location west days=3 cutoff=09:00 zone=-300 transit=EU:1
            receive pen@east 1
            receive ink@west 1
            place a pen 1, ink 1 fulfilment=order shipTo=EU | ok
            order a                   | 1: 1 set aside, promised 5d14h [east 1 set aside]; 2: 1 set aside, promised 5d14h [west 1 set aside]
            deliveries a              | 1: -; 2: -
            location east transit=EU:4
            deliveries a              | 1: 6d14h; 2: 6d14h
            # Told by the days of the first place of each line.
            wake                      | 5d23h",
    );
}

#[test]
fn s9_a_line_of_two_places_leaves_when_the_last_place_sends() {
    story(
        "0d9h item pen
            location east days=1/2/3/4/5 cutoff=14:00
            location west days=3
            receive pen@east 2
            receive pen@west 1
            place a pen 3             | ok
            order a                   | 1: 3 set aside, promised 5d [east 2 set aside] [west 1 set aside]
            place b pen@east/west 1 sourcing=earliest | ok
            order b                   | 1: 1 wait, promised - [east 1 wait]
            receive pen@east 2
            quote pen 1               | inStock, 1 now, ships 0d14h by stock [east 1 now]",
    );
}

#[test]
fn s9_the_earliest_place_is_the_one_that_sends_first() {
    story(
        "0d9h item pen
            location east days=1
            location west days=5
            receive pen@east 9
            receive pen@west 1
            place a pen 1 sourcing=earliest | ok
            order a                   | 1: 1 set aside, promised 0d9h [west 1 set aside]",
    );
}

#[test]
fn s10_dates_follow_another_calendar_and_promises_are_looked_at_again() {
    story(
        "0d9h item pen
            location default days=1/2/3/4/5
            receive pen 1
            supply s pen 1 due 3d
            place a pen 1             | ok
            place b pen 1             | ok
            order b                   | 1: 1 wait, promised 3d
            location default days=2/4   | ok: promiseMoved a/1 0d9h>4d, promiseMoved b/1 3d>4d
            location default days=2/4   | ok: nothing
            location default days=1/2/3/4/5/6/7 | ok: nothing
            order a                   | 1: 1 set aside, promised 4d, ships 0d9h
            order b                   | 1: 1 wait, promised 4d, ships 3d
            wake                      | 5d
            location default days=1/2/3/4/5/6/7 zone=+60 | ok: nothing
            wake                      | 4d23h",
    );
}

#[test]
fn s10_a_day_that_is_over_by_another_calendar_is_over_at_once() {
    story(
        "0d item pen
            location default
            receive pen 1
            place a pen 1             | ok
      0d23h location default days=1/2/3/4/5/6/7 zone=+120 | ok: promiseBroken a/1 0d
            wake                      | never",
    );
}

#[test]
fn s10_time_alone_moves_no_promise_of_what_is_set_aside() {
    story(
        "0d9h item pen
            location default days=1/2/3/4/5/6/7 cutoff=14:00
            receive pen 1
            place a pen 1             | ok
      0d15h order a                   | 1: 1 set aside, promised 0d14h, ships 1d14h
            supply s pen 1 due 9d     | ok: supplyScheduled s 1 9d
            receive pen 4             | ok: stockReceived pen 4
        1d  tick                      | ok: promiseBroken a/1 0d14h @1d",
    );
}
