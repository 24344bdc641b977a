//! §9: dates by what suppliers' receipts taught. A hundred receipts are told where the days of a date are
//! those of the history alone; few are widened by the stated prior of `backorder::estimate::lateness`.

use crate::table::play::story;
use backorder::engine::{Engine, EngineOptions, QuoteRequest};
use backorder::model::command::{Body, Command, OrderLine, OrderSettings};
use backorder::model::outcome::EventMode;
use backorder::model::settings::{ItemChange, Quantile};
use backorder::model::units::DAY_MS;

#[test]
fn s9_without_a_history_a_supplier_is_taken_at_his_word() {
    story(
        "0d supplier acme
            supplier told late=0x50/2x30/6x20
            item pen
            supply s pen 5 due 3d supplier=acme
            place a pen 2      | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 3d
            dates a            | 1: 3d/3d/3d by supply, 0 receipts
            chances pen 3      | 3d/3d/3d by supply, 0 receipts
         5d chances pen 3      | 5d/5d/5d by supply, 0 receipts",
    );
}

#[test]
fn s9_a_told_history_gives_three_dates() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen
            receive pen 1
            supply s pen 5 due 10d supplier=acme
            chances pen 1      | 0d/0d/0d by stock, 0 receipts
            chances pen 2      | 10d/12d/16d by supply, 100 receipts
            quote pen 2        | limited, 1 now, 1 wait, ships 12d by supply
            place a pen 4      | ok: orderPlaced a, lineAllocated a/1 1, lineBackordered a/1 3, promiseMade a/1 12d
            dates a            | 1: 10d/12d/16d by supply, 100 receipts
            chances pen 2      | 10d/12d/16d by supply, 100 receipts
            chances pen 3      | -/-/- by none, 0 receipts
            pegs a             | 1: 3 from s 10d",
    );
}

#[test]
fn s9_early_receipts_count_as_late_ones_do() {
    story(
        "0d supplier acme late=-4x50/-1x30/3x20
            item pen
            supply s pen 5 due 10d supplier=acme
            chances pen 2      | 6d/9d/13d by supply, 100 receipts
            supply t pen 5 due 2d supplier=acme
            chances pen 2      | 0d/1d/5d by supply, 100 receipts",
    );
}

#[test]
fn s9_few_receipts_are_widened_by_the_stated_prior() {
    story(
        "0d supplier acme late=1/1/1
            item pen
            supply s pen 5 due 10d supplier=acme
            chances pen 2      | 11d/18d/25d by supply, 3 receipts  # a week, and two
            supplier acme late=1x4
            move s due 10d
            supply t pen 1 due 10d supplier=acme
            chances pen 2      | 11d/11d/25d by supply, 4 receipts  # four are enough for 80 %
            supplier acme late=1x19
            supply u pen 1 due 10d supplier=acme
            chances pen 2      | 11d/11d/11d by supply, 19 receipts # nineteen for 95 %",
    );
}

#[test]
fn s9_a_receipt_teaches_the_supplies_to_come() {
    story(
        "0d supplier acme
            item pen
            item ink
            supply s pen 5 due 2d supplier=acme
         3d receive pen 5 from s
            supply t pen 5 due 10d supplier=acme
            chances pen 6      | 11d/18d/25d by supply, 1 receipts
            supply u ink 5 due 10d supplier=acme
            chances ink 1      | 11d/18d/25d by supply, 1 receipts  # one of his is of him
            supplier other
            supply v ink 5 due 8d supplier=other
            chances ink 1      | 8d/8d/8d by supply, 0 receipts     # and not of another",
    );
    story(
        "0d supplier acme
            item pen
            supply s pen 5 due 5d supplier=acme
         3d receive pen 2 from s
            chances pen 3      | 3d/10d/17d by supply, 1 receipts   # of the rest, too
            move s due 7d
            supply t pen 5 due 10d supplier=acme
         7d receive pen 3 from s
            chances pen 6      | 10d/17d/24d by supply, 2 receipts  # the later of two counts more",
    );
}

#[test]
fn s9_what_is_re_scheduled_is_held_against_the_date_last_given() {
    story(
        "0d supplier acme
            item pen
            supply s pen 5 due 2d supplier=acme
         1d move s due 9d
         8d receive pen 5 from s
            supply t pen 5 due 20d supplier=acme
            chances pen 6      | 19d/26d/33d by supply, 1 receipts",
    );
}

#[test]
fn s9_a_supply_without_a_supplier_teaches_nothing_and_learns_nothing() {
    story(
        "0d supplier acme late=2x100
            item pen
            supply s pen 5 due 3d
            chances pen 1      | 3d/3d/3d by supply, 0 receipts
         9d receive pen 5 from s
            supply t pen 5 due 10d supplier=acme
            supply u pen 5 due 20d
            chances pen 6      | 12d/12d/12d by supply, 100 receipts
            chances pen 11     | 20d/20d/20d by supply, 0 receipts",
    );
}

#[test]
fn s9_what_is_told_anew_replaces_what_was_told() {
    story(
        "0d supplier acme late=3x100
            item pen
            supply s pen 5 due 10d supplier=acme
            chances pen 1      | 13d/13d/13d by supply, 100 receipts
            supplier acme late=1x50
            chances pen 1      | 13d/13d/13d by supply, 100 receipts  # till its supply changes
            supply t pen 1 due 30d
            chances pen 1      | 11d/11d/11d by supply, 50 receipts
            supplier acme
            supply u pen 1 due 31d
            chances pen 1      | 11d/11d/11d by supply, 50 receipts
            supplier acme late=none
            supply v pen 1 due 32d
            chances pen 1      | 10d/10d/10d by supply, 0 receipts",
    );
}

#[test]
fn s9_an_overdue_supply_is_judged_by_what_remains_and_once_a_day() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen
            supply s pen 5 due 3d9h supplier=acme
         3d chances pen 1      | 3d9h/5d9h/9d9h by supply, 100 receipts
       3d23h chances pen 1     | 3d23h/5d9h/9d9h by supply, 100 receipts  # not overdue that day
         4d chances pen 1      | 5d9h/9d9h/9d9h by supply, 100 receipts   # 3 of 5 that were not there came on day 2
       4d23h chances pen 1     | 5d9h/9d9h/9d9h by supply, 100 receipts
         6d chances pen 1      | 9d9h/9d9h/9d9h by supply, 100 receipts   # and all the rest on day 6",
    );
}

#[test]
fn s9_overdue_supplies_come_offset_days_from_today_and_not_for_ever() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen overdue=3/4
            supply s pen 5 due 3d supplier=acme
         3d chances pen 1      | 3d/5d/9d by supply, 100 receipts
         4d chances pen 1      | 7d/9d/9d by supply, 100 receipts     # from day 4, not 5
         6d chances pen 1      | 9d/9d/9d by supply, 100 receipts
         7d chances pen 1      | 10d/10d/10d by supply, 100 receipts
         8d chances pen 1      | -/-/- by none, 0 receipts",
    );
}

#[test]
fn s9_two_that_are_needed_come_later_than_either_and_two_of_which_one_suffices_earlier() {
    // Each comes on any of ten days after its date; alone, 80 % of the time by the eighth (UNC-05).
    story(
        "0d supplier acme late=1x10/2x10/3x10/4x10/5x10/6x10/7x10/8x10/9x10/10x10
            item pen
            supply s pen 10 due 0d supplier=acme
            quote pen 10       | backorder, 10 wait, ships 8d by supply
            supply t pen 10 due 0d supplier=acme
            quote pen 10       | backorder, 10 wait, ships 6d by supply
            quote pen 20       | backorder, 20 wait, ships 9d by supply
            place a pen 10     | ok: orderPlaced a, lineBackordered a/1 10, promiseMade a/1 6d
            place b pen 10     | ok: orderPlaced b, lineBackordered b/1 10, promiseMade b/1 9d",
    );
}

#[test]
fn s9_units_are_dated_through_the_queue() {
    // As in UNC-06, 20 come on day 5 or 9, and 30 on day 12 or 20. A supplier's own history counts for 100 in
    // 116, that of the shop for the rest: 88 % of the former come on day 5, 62 % of the latter on day 12.
    story(
        "0d supplier acme late=0x90/4x10
            supplier other late=0x60/8x40
            item pen
            receive pen 10
            supply s pen 20 due 5d supplier=acme
            supply t pen 30 due 12d supplier=other
            chances pen 10     | 0d/0d/0d by stock, 0 receipts
            chances pen 15     | 5d/5d/9d by supply, 100 receipts
            chances pen 35     | 12d/20d/20d by supply, 100 receipts
            chances pen 61     | -/-/- by none, 0 receipts",
    );
}

#[test]
fn s10_an_item_promises_at_its_own_quantile() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen quantile=500
            item ink quantile=950
            supply s pen 5 due 10d supplier=acme
            supply t ink 5 due 10d supplier=acme
            place a pen 1      | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 10d
            place b ink 1      | ok: orderPlaced b, lineBackordered b/1 1, promiseMade b/1 16d
            dates a            | 1: 10d/12d/16d by supply, 100 receipts
            dates b            | 1: 10d/12d/16d by supply, 100 receipts
            item pen quantile=none | ok: promiseMoved a/1 10d>12d
            item ink quantile=none | ok: nothing
            item ink quantile=950  | ok: nothing",
    );
}

#[test]
fn s10_a_promise_moves_when_what_is_expected_at_its_quantile_does() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen
            supply s pen 5 due 10d supplier=acme
            place a pen 1      | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 12d
            move s due 11d     | ok: supplyMoved s 5 10d>11d, promiseMoved a/1 12d>13d
            move s due 9d      | ok: supplyMoved s 5 11d>9d
            dates a            | 1: 9d/11d/15d by supply, 100 receipts
        13d tick               | ok
        14d tick               | ok: promiseBroken a/1 13d @14d, promiseMoved a/1 13d>15d @14d",
    );
}

#[test]
fn s10_promises_in_protect_mode_keep_theirs() {
    story(
        "0d supplier acme late=0x50/2x40/6x10
            item pen promising=protect
            supply s pen 5 due 10d supplier=acme
            supply t pen 5 due 20d supplier=acme
            place a pen 4 prio=50  | ok: orderPlaced a, lineBackordered a/1 4, promiseMade a/1 12d
            place b pen 2 prio=200 | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 22d
            place c pen 1 prio=200 | ok: orderPlaced c, lineBackordered c/1 1, promiseMade c/1 12d
            chances pen 1          | 22d/22d/26d by supply, 100 receipts  # both must have come: 50 % of 99 % are too few",
    );
}

#[test]
fn s8_shared_supply_is_dated_at_the_quantile() {
    story(
        "0d supplier acme late=0x50/2x40/6x10
            item pen sharing=fairShare
            supply s pen 5 due 10d supplier=acme
            supply t pen 5 due 30d supplier=acme
            place a pen 3      | ok: orderPlaced a, lineBackordered a/1 3, promiseMade a/1 12d
            place b pen 3      | ok: orderPlaced b, lineBackordered b/1 3, promiseMade b/1 32d
            dates a            | 1: 32d/32d/36d by supply, 100 receipts  # the last of six needs both",
    );
}

#[test]
fn s7_kits_are_there_when_the_latest_of_their_parts_is() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            supplier other late=0x90/20x10
            item cup
            item tea
            item box components=cup:1/tea:2
            supply s cup 5 due 10d supplier=acme
            supply t tea 5 due 11d supplier=other
            chances box 2      | 11d/12d/31d by supply, 100 receipts
            place a box 2      | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 12d
            dates a            | 1: 11d/12d/31d by supply, 100 receipts",
    );
}

#[test]
fn s9_an_order_that_ships_whole_has_the_latest_dates_of_its_lines() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen
            item ink
            receive ink 5
            supply s pen 5 due 10d supplier=acme
            place a pen 1, ink 1 fulfilment=order
            dates a            | 1: 10d/12d/16d by supply, 100 receipts; 2: 10d/12d/16d by supply, 100 receipts
            place b pen 1, ink 1
            dates b            | 1: 10d/12d/16d by supply, 100 receipts; 2: 0d/0d/0d by stock, 0 receipts",
    );
}

#[test]
fn s9_each_location_has_its_own_supplies() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            location east
            location west
            item pen
            supply s pen@east 5 due 10d supplier=acme
            supply t pen@west 5 due 11d
            chances pen@east 1      | 10d/12d/16d by supply, 100 receipts
            chances pen@west 1      | 11d/11d/11d by supply, 0 receipts
            quote pen@east/west 1   | backorder, 1 wait, ships 11d by supply [west 1 wait]",
    );
}

#[test]
fn s9_beyond_what_may_be_late_replenishment_counts() {
    story(
        "0d supplier acme late=0x50/2x30/6x20
            item pen lead=14
            supply s pen 5 due 10d supplier=acme
            chances pen 5           | 10d/12d/16d by supply, 100 receipts
            chances pen 6           | 14d/14d/16d by replenishment, 0 receipts",
    );
}

/// An engine with an item and a supply of a supplier without a history, due on day 3.
fn engine(options: EngineOptions) -> Engine {
    let mut engine = Engine::new(options);
    let mut apply = |body: Body<'static>| {
        engine.apply(&Command::from(body), 0, EventMode::Drop);
    };
    apply(Body::DefineSupplier { supplier: "acme", lateness_days: None });
    apply(Body::DefineItem { sku: "pen", settings: ItemChange::default() });
    let (sku, quantity, due) = ("pen", 5, 3 * DAY_MS);
    let supply =
        |supply, supplier| Body::ScheduleSupply { supply, sku, location: None, quantity, due, supplier };
    apply(supply("s", Some("acme")));
    engine
}

fn first_unit() -> QuoteRequest<'static, 'static> {
    QuoteRequest { sku: "pen", quantity: 1, priority: 100, locations: None, ship_to: None }
}

#[test]
fn s9_where_evidence_is_asked_for_there_is_no_date_without_a_history() {
    let mut engine = engine(EngineOptions { require_evidence: true, ..EngineOptions::default() });
    let ships = |engine: &Engine| engine.quote(&first_unit(), 0).ships;
    assert_eq!((ships(&engine).p50, ships(&engine).p95), (None, None));
    let lines = [OrderLine::new("pen", 1)];
    let place =
        Body::PlaceOrder { order: "a", lines: lines.as_slice().into(), settings: OrderSettings::default() };
    engine.apply(&place.into(), 0, EventMode::Drop);
    assert_eq!(engine.order("a", 0).map(|order| order.lines[0].promised), Some(None));
    // Of a supply without a supplier the date is nobody's to doubt.
    let due = 20 * DAY_MS;
    let own =
        Body::ScheduleSupply { supply: "t", sku: "pen", location: None, quantity: 5, due, supplier: None };
    engine.apply(&own.into(), 0, EventMode::Drop);
    assert_eq!((ships(&engine).p80, ships(&engine).evidence), (Some(20 * DAY_MS), 0));
    // A history of his own, and he is counted on.
    let receive = Body::Receive { sku: "pen", location: None, quantity: 1, supply: Some("s") };
    engine.apply(&receive.into(), 3 * DAY_MS, EventMode::Drop);
    let ships = engine.quote(&first_unit(), 3 * DAY_MS).ships;
    assert_eq!((ships.p50, ships.p80, ships.evidence), (Some(3 * DAY_MS), Some(10 * DAY_MS), 1));
}

#[test]
fn s10_items_promise_at_the_quantile_of_the_engine_unless_they_have_their_own() {
    let promise_quantile = Quantile::new(0.5).unwrap_or_default();
    let mut engine = engine(EngineOptions { promise_quantile, ..EngineOptions::default() });
    let lateness_days = Some(Some([vec![0; 50], vec![2; 30], vec![6; 20]].concat()));
    engine.apply(&Body::DefineSupplier { supplier: "acme", lateness_days }.into(), 0, EventMode::Drop);
    let due = Some(4 * DAY_MS);
    engine.apply(&Body::RescheduleSupply { supply: "s", due, quantity: None }.into(), 0, EventMode::Drop);
    let promised = |engine: &Engine| engine.quote(&first_unit(), 0).promise.map(|at| at / DAY_MS);
    assert_eq!(promised(&engine), Some(4));
    let settings = ItemChange { promise_quantile: Some(Quantile::new(0.95)), ..ItemChange::default() };
    engine.apply(&Body::DefineItem { sku: "pen", settings }.into(), 0, EventMode::Drop);
    assert_eq!(promised(&engine), Some(10));
    let settings = ItemChange { promise_quantile: Some(None), ..ItemChange::default() };
    engine.apply(&Body::DefineItem { sku: "pen", settings }.into(), 0, EventMode::Drop);
    assert_eq!(promised(&engine), Some(4));
}

/// Ten days on which two units of better priority were ordered each, which takes the last that is there.
const TEN_DAYS: &str = "0d item pen overtaking=learn
            receive pen 20
            place v0 pen 2 prio=20
         1d place v1 pen 2 prio=20
         2d place v2 pen 2 prio=20
         3d place v3 pen 2 prio=20
         4d place v4 pen 2 prio=20
         5d place v5 pen 2 prio=20
         6d place v6 pen 2 prio=20
         7d place v7 pen 2 prio=20
         8d place v8 pen 2 prio=20
         9d place v9 pen 2 prio=20
        10d supply s pen 14 due 15d
            supply t pen 30 due 20d";

#[test]
fn s9_better_priorities_to_come_push_later_classes_back_where_they_are_learned() {
    // Some nine come in five days: they leave 3 of 14 as often as not, and not in four cases of five.
    story(
        format!(
            "{TEN_DAYS}
            chances pen 3          | 15d/20d/20d by supply, 0 receipts
            chances pen 3 prio=20  | 15d/15d/15d by supply, 0 receipts  # nobody is better
            place a pen 3          | ok: orderPlaced a, lineBackordered a/1 3, promiseMade a/1 20d
            dates a                | 1: 15d/20d/20d by supply, 0 receipts
        11d place v10 pen 2 prio=20 | ok: orderPlaced v10, lineBackordered v10/1 2, promiseMade v10/1 15d
            item pen overtaking=none | ok
            chances pen 3          | 15d/15d/15d by supply, 0 receipts
            item pen overtaking=learn | ok
            chances pen 3          | 15d/15d/15d by supply, 0 receipts  # what was known is forgotten"
        )
        .leak(),
    );
}

#[test]
fn s9_nobody_overtakes_where_promises_are_kept_or_all_share_or_age_counts() {
    for setting in ["promising=protect", "sharing=fairShare", "ageing=3"] {
        story(
            format!(
                "{TEN_DAYS}
            item pen {setting}     | ok
            chances pen 3          | 15d/15d/15d by supply, 0 receipts"
            )
            .leak(),
        );
    }
}

#[test]
fn s9_carts_are_counted_when_they_become_orders_and_cancellations_draw_dates_in() {
    let mut rows = String::from("0d item pen overtaking=learn\n");
    for day in 0..10 {
        rows += &format!(
            "{day}d hold h{day} pen 2 ttl=1d
                confirm h{day} v{day}\n"
        );
    }
    // Twenty wait, and from now on four of them go.
    rows += "10d supply s pen 30 due 40d
                chances pen 9          | 40d/40d/40d by supply, 0 receipts
                chances pen 12         | -/-/- by none, 0 receipts
                cancel v3
                cancel v8
             11d chances pen 14        | 40d/40d/40d by supply, 0 receipts
                chances pen 30         | 40d/-/- by none, 0 receipts";
    story(rows.leak());
}

#[test]
fn s9_the_unit_of_assumed_supply_is_one_at_every_chance() {
    story(
        "3d  item pen lead=8 perDay=1 overtaking=learn
         8d  place a pen 3 prio=1
         10d place b pen 4 prio=0
         11d supply s pen 8 due 11d12h
             quote pen 10 | backorder, 10 wait, 7 ahead, ships 27d by replenishment",
    );
}
