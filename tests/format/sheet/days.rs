//! Sheets of a place with days of its own, on both sides of all that its dates may turn at.

use super::{Known, Sheet, Stock, read};
use backorder::codec::quote_sheet;
use backorder::engine::{Engine, EngineOptions, QuoteRequest};
use backorder::model::calendar::{Calendar, Transition, Weekdays, Zone};
use backorder::model::command::{Body, OrderLine, OrderSettings};
use backorder::model::outcome::{EventMode, Status};
use backorder::model::settings::{Incentive, ItemChange, Lifecycle, Promising, Replenishment};
use backorder::model::units::{DAY_MS, DEFAULT_LOCATION, Day, Instant};

const HOUR: u64 = 3_600_000;
/// Sunday, 27 October 2024, 01:00 UTC: Berlin puts its clock back from 03:00 to 02:00.
const BACK: Instant = 1_729_990_800_000;
/// Sunday, 30 March 2025, 01:00 UTC: and forward from 02:00 to 03:00.
const FORWARD: Instant = 1_743_296_400_000;

fn berlin() -> Zone {
    let change = |(from, hours): (u64, i64)| Transition { from, utc_offset_minutes: hours * 60 };
    Zone::Changing { name: None, transitions: [(0, 2), (BACK, 1), (FORWARD, 2)].map(change).to_vec() }
}

fn calendar(workdays: &[u64], cutoff_hours: Option<u64>, handling_days: u64) -> Calendar {
    Calendar {
        zone: berlin(),
        workdays: Weekdays::of(workdays),
        holidays: vec![(BACK / DAY_MS) as Day + 2, (FORWARD / DAY_MS) as Day + 1],
        cutoff_minutes: cutoff_hours.map(|hours| hours * 60),
        handling_days,
    }
}

fn shop(calendar: Calendar, settings: ItemChange, now: Instant) -> Engine {
    let mut engine = Engine::new(EngineOptions::default());
    let mut say = |body: Body<'static>| {
        let outcome = engine.apply(&body.into(), now, EventMode::Drop);
        assert!(matches!(outcome.status, Status::Applied), "{outcome:?}");
    };
    let (location, sku) = (DEFAULT_LOCATION, "lamp");
    say(Body::DefineLocation { location, calendar: Some(Some(calendar)), transit: None });
    say(Body::DefineItem { sku, settings });
    say(Body::Receive { sku, location: None, quantity: 4, supply: None });
    for (supply, hours) in [("PO-1", 5), ("PO-2", 31), ("PO-3", 24 * 6)] {
        let due = now + hours * HOUR;
        say(Body::ScheduleSupply { supply, sku, location: None, quantity: 3, due, supplier: None });
    }
    let lines = vec![OrderLine::new(sku, 6)].into();
    say(Body::PlaceOrder { order: "O-1", lines, settings: OrderSettings::default() });
    engine
}

/// Each quantity at each priority is what the engine says, at an instant for which the sheet holds.
fn compare(engine: &Engine, sheet: &Sheet, at: Instant) {
    if sheet.until.is_some_and(|until| at >= until) {
        return;
    }
    for (quantity, priority) in (1..14).flat_map(|quantity| [(quantity, 100), (quantity, 10)]) {
        let said = sheet.quote(quantity, priority, at);
        let request = QuoteRequest { sku: "lamp", quantity, priority, locations: None, ship_to: None };
        let quote = engine.quote_view(&request, at);
        let ships = quote.ships;
        let (dates, _, _) = said.dates.expect("it is dated");
        let case = format!("{quantity} at {priority}, asked at {at}, of {}", sheet.at);
        assert_eq!(dates, [ships.p50, ships.p80, ships.p95, quote.promise], "{case}");
        assert_eq!((said.now, said.ahead), (quote.now, Some(quote.ahead)), "{case}");
        assert_eq!(said.incentive.as_deref(), quote.incentive, "{case}");
    }
}

/// The instants at which the days of a fortnight turn, each with the ones beside it.
fn turns(about: Instant, cutoff_hours: u64) -> Vec<Instant> {
    let midnight = about - about % DAY_MS - 5 * DAY_MS;
    let of_a_day = [0, 22, 23, cutoff_hours.saturating_sub(2), cutoff_hours.saturating_sub(1)];
    let hours = (0..14).flat_map(|day| of_a_day.map(|hour| midnight + day * DAY_MS + hour * HOUR));
    hours.chain([about, about - HOUR, about + HOUR]).flat_map(|at| [at - 1, at, at + 1]).collect()
}

#[test]
fn before_and_after_a_cutoff_and_a_change_of_the_clock_it_is_what_the_engine_says() {
    let of_items = [Promising::Queue, Promising::Protect].map(|promising| ItemChange {
        promising: Some(Some(promising)),
        incentives: Some(Some(vec![Incentive { from_delay_days: 3, offer: "a card".into() }])),
        replenishment: Some(Some(Replenishment { lead_time_days: 9, ..Replenishment::default() })),
        ..ItemChange::default()
    });
    let every_day = [1, 2, 3, 4, 5, 6, 7];
    let calendars = [(&every_day[..5], Some(14), 0), (&every_day, Some(2), 0), (&every_day, None, 0)];
    for (workdays, cutoff, handling) in calendars.into_iter().chain([(&every_day[..4], Some(3), 2)]) {
        for (about, item) in
            [BACK, FORWARD].into_iter().flat_map(|about| of_items.iter().map(move |item| (about, item)))
        {
            let begins = about - 6 * DAY_MS;
            let engine = shop(calendar(workdays, cutoff, handling), item.clone(), begins);
            let turns = turns(about, cutoff.unwrap_or(0));
            for (place, &made) in turns.iter().enumerate() {
                let sheet = read(&quote_sheet(&engine, "lamp", made, None));
                compare(&engine, &sheet, made);
                // Of what is far ahead some will do.
                turns[place..].iter().step_by(7).for_each(|&at| compare(&engine, &sheet, at.max(made)));
            }
        }
    }
}

#[test]
fn a_preorder_leaves_at_the_first_dispatch_after_its_release() {
    let releases = [BACK - 1, BACK, BACK + 37 * HOUR];
    for release_at in releases {
        let lifecycle = Some(Some(Lifecycle::Preorder { release_at: Some(release_at) }));
        let settings = ItemChange { lifecycle, ..ItemChange::default() };
        let engine = shop(calendar(&[1, 2, 3, 4, 5], Some(14), 1), settings, BACK - 6 * DAY_MS);
        for made in turns(BACK, 14) {
            compare(&engine, &read(&quote_sheet(&engine, "lamp", made, None)), made);
        }
    }
}

#[test]
fn a_calendar_too_long_for_a_sheet_gives_no_date_and_is_named() {
    let now = BACK - 6 * DAY_MS;
    let why = |days_off: Day, changes: u64| {
        let from = (now / DAY_MS) as Day + 1;
        let change =
            |number| Transition { from: now + number * DAY_MS, utc_offset_minutes: number as i64 % 3 };
        let long = Calendar {
            // What was off before the sheet is made takes no room in it.
            holidays: (from - 300..from + days_off).filter(|&day| day != from - 1).collect(),
            zone: Zone::Changing { name: None, transitions: (0..=changes).map(change).collect() },
            ..calendar(&[1, 2, 3, 4, 5, 6, 7], Some(0), 0)
        };
        let engine = shop(long, ItemChange::default(), now);
        let sheet = read(&quote_sheet(&engine, "lamp", now, None));
        match sheet.known {
            Some(Known { stock: Stock::Undated { why, .. }, calendar: None, .. }) => Some(why),
            _ => {
                compare(&engine, &sheet, now + HOUR);
                None
            }
        }
    };
    assert_eq!((why(366, 99), why(367, 0)), (None, Some(4)));
    assert_eq!((why(0, 99), why(0, 101)), (None, Some(4)));
}
