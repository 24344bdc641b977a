//! §9: dates.

use crate::table::play::story;

#[test]
fn s9_a_request_ships_when_supply_covers_those_ahead_and_itself() {
    story(
        "0d item pen
            receive pen 1
            supply late pen 3 due 6d
            supply soon pen 2 due 2d
            place a pen 3  | ok
            order a        | 1: 1 set aside, 2 wait, promised 2d
            place b pen 3  | ok
            order b        | 1: 3 wait, 2 ahead, promised 6d
            place c pen 1  | ok
            order c        | 1: 1 wait, 5 ahead, promised -",
    );
}

#[test]
fn s9_safety_stock_is_a_debt_that_receipts_fill_first() {
    story(
        "0d item pen safety=3
            receive pen 1
            supply s pen 2 due 2d
            supply t pen 2 due 4d
            quote pen 1  | backorder, 1 wait, ships 4d by supply
            quote pen 3  | backorder, 3 wait, no date, none",
    );
}

#[test]
fn s9_an_overdue_supply_is_not_in_the_past() {
    story(
        "0d item pen overdue=2/5
            supply s pen 1 due 3d
            quote pen 1          | backorder, 1 wait, ships 3d by supply
         3d quote pen 1          | backorder, 1 wait, ships 3d by supply
         4d quote pen 1          | backorder, 1 wait, ships 6d by supply
         8d quote pen 1          | backorder, 1 wait, ships 10d by supply
         8d+1 quote pen 1        | backorder, 1 wait, no date, none
            item ink
            supply t ink 1 due 3d
        99d quote ink 1          | backorder, 1 wait, ships 99d by supply",
    );
}

#[test]
fn s9_replenishment_comes_a_lead_time_after_the_order_and_then_no_more() {
    story(
        "0d item pen lead=4
            place a pen 2        | ok
            order a              | 1: 2 wait, promised 4d
         1d place b pen 1        | ok
            order b              | 1: 1 wait, 2 ahead, promised 5d
         4d order a              | 1: 2 wait, promised 4d
         4d+1 order a            | 1: 2 wait, promised 4d, ships -
            quote pen 1          | backorder, 1 wait, 3 ahead, ships 8d+1 by replenishment",
    );
}

#[test]
fn s9_what_needs_replenishment_needs_all_that_is_scheduled_too() {
    story(
        "0d item pen lead=4
            supply s pen 10 due 9d
            place a pen 10       | ok
            order a              | 1: 10 wait, promised 9d
            quote pen 1          | backorder, 1 wait, 10 ahead, ships 9d by replenishment
            supply t pen 1 due 12d
            quote pen 1          | backorder, 1 wait, 10 ahead, ships 12d by supply
            quote pen 2          | backorder, 2 wait, 10 ahead, ships 12d by replenishment",
    );
}

#[test]
fn s9_without_a_basis_no_date_is_invented() {
    story(
        "0d item pen
            quote pen 1          | backorder, 1 wait, no date, none
            place a pen 1        | ok: orderPlaced a, lineBackordered a/1 1",
    );
}

#[test]
fn s9_an_order_that_ships_whole_has_its_latest_date_on_every_line() {
    story(
        "0d item pen
            item ink
            receive pen 1
            supply s ink 1 due 3d
            place a pen 1, ink 1 fulfilment=order | ok: orderPlaced a, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 3d, lineBackordered a/2 1, promiseMade a/2 3d
            drop s     | ok: supplyCancelled s 1, promiseMoved a/1 3d>-, promiseMoved a/2 3d>-
            cancel a 1 | ok
            order a    | 1: 1 cancelled, promised -; 2: 1 wait, promised -
            receive ink 1
            order a    | 1: 1 cancelled, promised -; 2: 1 set aside, promised 0d",
    );
}

#[test]
fn s9_supply_that_time_had_made_count_for_nothing_moves_promises_when_its_date_moves() {
    story(
        "0d  item pen overdue=7/3
             supply s pen 9 due 12d
             place a pen 4    | ok: orderPlaced a, lineBackordered a/1 4, promiseMade a/1 12d
         13d tick             | ok: promiseBroken a/1 12d @13d, promiseMoved a/1 12d>20d @13d
         16d move s due 5d    | ok: supplyMoved s 9 12d>5d, promiseMoved a/1 20d>-",
    );
}
