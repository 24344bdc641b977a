//! What random histories seldom reach: clocks that leap (rules §12), lines that come back. Snapshots
//! that lie (§13) are in `altered.rs`.

use backorder::codec;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::{Body, Fulfilment, OrderLine, OrderSettings, ShippingSettings};
use backorder::model::outcome::{EventKind, EventMode, Outcome, Reason, Status};
use backorder::model::settings::{Component, ItemChange, WholeLines};
use backorder::model::units::{DAY_MS, MAX_DAYS, MAX_SAFE};

fn apply(engine: &mut Engine, body: Body, now: u64) -> Outcome {
    engine.apply(&body.into(), now, EventMode::Return)
}

fn shop(stock: u64) -> Engine {
    let mut engine = Engine::new(EngineOptions::default());
    apply(&mut engine, Body::DefineItem { sku: "pen", settings: ItemChange::default() }, 0);
    if stock > 0 {
        apply(&mut engine, Body::Receive { sku: "pen", location: None, quantity: stock, supply: None }, 0);
    }
    engine
}

fn place(engine: &mut Engine, order: &str, quantity: u64, not_before: Option<u64>) {
    let lines = [OrderLine::new("pen", quantity)];
    let shipping = ShippingSettings { not_before, ..ShippingSettings::default() };
    let settings = OrderSettings { shipping, ..OrderSettings::default() };
    let outcome = apply(engine, Body::PlaceOrder { order, lines: lines.as_slice().into(), settings }, 0);
    assert_eq!(outcome.status, Status::Applied);
}

/// A clock in microseconds would play every day of the millennia between.
#[test]
fn a_clock_that_leaps_is_refused_and_time_stands_still() {
    let mut engine = shop(0);
    let supply =
        Body::ScheduleSupply { supply: "s", sku: "pen", location: None, quantity: 5, due: 9, supplier: None };
    apply(&mut engine, supply, 0);
    place(&mut engine, "a", 1, None);
    let before = codec::digest(&engine);
    let outcome = apply(&mut engine, Body::Tick, MAX_SAFE);
    assert!(matches!(outcome.status, Status::Rejected(refused) if refused.reason == Reason::LimitExceeded));
    assert_eq!((outcome.events.len(), codec::digest(&engine)), (0, before));
    assert_eq!(apply(&mut engine, Body::Tick, 9 * DAY_MS).status, Status::Applied);
}

/// A line that was closed and is raised keeps its promise, and its place among those of its day.
#[test]
fn promises_end_in_the_order_in_which_they_were_made_also_after_a_restore() {
    let mut engine = shop(10);
    place(&mut engine, "a", 1, Some(5 * DAY_MS));
    let at_once = Body::AmendOrder {
        order: "a",
        fulfilment: None,
        not_before: Some(None),
        latest: None,
        ship_to: None,
    };
    apply(&mut engine, at_once, 0);
    apply(&mut engine, Body::Ship { order: "a", lines: None }, 0);
    place(&mut engine, "b", 1, Some(5 * DAY_MS));
    apply(&mut engine, Body::AmendLine { order: "a", line: "1", quantity: 2 }, 0);
    let mut twin = codec::restore(&codec::snapshot(&engine)).unwrap();
    let broken = |engine: &mut Engine| -> Vec<u32> {
        let events = apply(engine, Body::Tick, 7 * DAY_MS).events;
        events.iter().filter(|it| it.kind == EventKind::PromiseBroken).map(|it| it.order).collect()
    };
    assert_eq!((broken(&mut engine), broken(&mut twin)), (vec![0, 1], vec![0, 1]));
}

/// What was kept before its day ended is not held against the line when it is raised later: nothing
/// falls due in the past, and the state can be read back.
#[test]
fn a_line_raised_after_its_promised_day_leaves_nothing_due_in_the_past() {
    let mut engine = shop(1);
    place(&mut engine, "a", 1, None);
    apply(&mut engine, Body::Ship { order: "a", lines: None }, 0);
    apply(&mut engine, Body::AmendLine { order: "a", line: "1", quantity: 2 }, 3 * DAY_MS);
    assert_eq!(engine.next_wake_at(), None);
    let mut twin = codec::restore(&codec::snapshot(&engine)).unwrap();
    let events = apply(&mut engine, Body::Tick, 4 * DAY_MS).events;
    assert!(events.is_empty());
    assert_eq!(apply(&mut twin, Body::Tick, 4 * DAY_MS).events, events);
}

/// A kit of kits may not be made of more items than one kit may list (rules §7, §12).
#[test]
fn a_kit_of_kits_has_no_more_components_than_a_kit_may_list() {
    let mut engine = shop(0);
    let mut define = |sku: &str, parts: &[String]| {
        let component = |sku: &String| Component { sku: sku.clone(), quantity: 1 };
        let components = Some(Some(parts.iter().map(component).collect()));
        let settings = ItemChange { components, ..ItemChange::default() };
        apply(&mut engine, Body::DefineItem { sku, settings }, 0).status
    };
    let halves = ["left", "right"].map(|half| {
        let parts: Vec<String> = (0..501).map(|place| format!("{half} {place}")).collect();
        parts.iter().for_each(|part| assert_eq!(define(part, &[]), Status::Applied));
        assert_eq!(define(half, &parts), Status::Applied);
        half.to_string()
    });
    let Status::Rejected(refused) = define("whole", &halves) else { panic!("it was defined") };
    assert_eq!((refused.reason, refused.path.as_deref()), (Reason::LimitExceeded, Some("components")));
}

/// A line of a kit is raised as often as any other, however much the kit is made of (rules §12).
#[test]
fn a_kit_of_many_parts_may_be_raised() {
    let mut engine = shop(0);
    let parts: Vec<String> = (0..1_000).map(|place| format!("part {place}")).collect();
    for part in &parts {
        apply(&mut engine, Body::DefineItem { sku: part, settings: ItemChange::default() }, 0);
    }
    let component = |sku: &String| Component { sku: sku.clone(), quantity: 1 };
    let components = Some(Some(parts.iter().map(component).collect()));
    let settings = ItemChange { components, ..ItemChange::default() };
    apply(&mut engine, Body::DefineItem { sku: "kit", settings }, 0);
    let lines = [OrderLine::new("kit", 1)];
    let order =
        Body::PlaceOrder { order: "a", lines: lines.as_slice().into(), settings: OrderSettings::default() };
    apply(&mut engine, order, 0);
    let raised = apply(&mut engine, Body::AmendLine { order: "a", line: "1", quantity: 2 }, 0);
    assert_eq!(raised.status, Status::Applied);
}

/// Orders that ship whole tie item to item through a whole shop; one that is skipped is dated by playing all of them.
#[test]
fn a_shop_whose_orders_tie_all_its_items_is_played_on_a_small_stack() {
    let play = || {
        const ITEMS: usize = 10_000;
        let mut engine = shop(0);
        let skus: Vec<String> = (0..ITEMS).map(|item| format!("item {item}")).collect();
        for sku in &skus {
            apply(&mut engine, Body::DefineItem { sku, settings: ItemChange::default() }, 0);
        }
        let shipping = ShippingSettings { fulfilment: Fulfilment::Order, ..ShippingSettings::default() };
        let settings = OrderSettings { shipping, ..OrderSettings::default() };
        for (pair, order) in skus.windows(2).zip(&skus) {
            let lines: Vec<OrderLine> = pair.iter().map(|sku| OrderLine::new(sku, 1)).collect();
            let placed = Body::PlaceOrder { order, lines: lines.into(), settings: settings.clone() };
            assert_eq!(apply(&mut engine, placed, 0).status, Status::Applied);
        }
        let skips = ItemChange { whole_lines: Some(Some(WholeLines::Skip)), ..ItemChange::default() };
        let skipped = Body::DefineItem { sku: &skus[0], settings: skips };
        assert_eq!(apply(&mut engine, skipped, 0).status, Status::Applied);
        let first = engine.order(&skus[0], 0).expect("it was placed");
        assert!(first.lines.iter().all(|line| line.backordered == 1 && line.promised.is_none()));
    };
    let small = std::thread::Builder::new().stack_size(512 * 1024).spawn(play).expect("a thread starts");
    small.join().expect("the stack was enough");
}

/// Days that no snapshot could hold, or that would be taken for others.
#[test]
fn lateness_beyond_all_days_is_refused_and_the_largest_can_be_written_down() {
    let most = MAX_DAYS as i64;
    for (days, refused) in [
        (vec![most, -most, 0], None),
        (vec![0, most + 1], Some("lateness[1]")),
        (vec![-most - 1], Some("lateness[0]")),
        (vec![0, 0, 3 * most], Some("lateness[2]")),
    ] {
        let mut engine = shop(0);
        let told = Body::DefineSupplier { supplier: "acme", lateness_days: Some(Some(days)) };
        let path = match apply(&mut engine, told, 0).status {
            Status::Rejected(refusal) if refusal.reason == Reason::LimitExceeded => refusal.path,
            status => {
                assert_eq!(status, Status::Applied);
                None
            }
        };
        let (sku, supplier) = ("pen", Some("acme"));
        let supply = Body::ScheduleSupply { supply: "s", sku, location: None, quantity: 5, due: 9, supplier };
        apply(&mut engine, supply, 0);
        let written = codec::snapshot(&engine);
        let again = codec::restore(&written).map(|engine| codec::snapshot(&engine));
        assert_eq!((path.as_deref(), again), (refused, Ok(written)));
    }
}
