//! Sheets of the worst items there may be: they have no more bytes than they may, and say what they do not know.

use super::{Known, Sheet, Stock, read};
use crate::workload::{Random, name};
use backorder::codec::{SHEET_BYTES, quote_sheet};
use backorder::engine::{Engine, EngineOptions, QuoteRequest};
use backorder::model::calendar::{Calendar, Transition, Weekdays, Zone};
use backorder::model::command::{Body, OrderLine, OrderSettings};
use backorder::model::outcome::{EventMode, Status};
use backorder::model::settings::{
    Incentive, ItemChange, Overdue, Overtaking, Promising, Protection, Quantile, Replenishment,
};
use backorder::model::units::{DAY_MS, Quantity};

const START: u64 = 1_700_000_000_000;

/// An engine, and the instant that it has come to.
struct Shop {
    engine: Engine,
    random: Random,
    now: u64,
    sku: String,
}

impl Shop {
    fn new(seed: u64, settings: ItemChange) -> Shop {
        Shop::with_calendar(seed, settings, None)
    }

    fn with_calendar(seed: u64, settings: ItemChange, calendar: Option<Calendar>) -> Shop {
        let engine = Engine::new(EngineOptions { seed, ..EngineOptions::default() });
        let sku = "é".repeat(64);
        let mut shop = Shop { engine, random: Random::new(seed), now: START, sku };
        let location = name(&"l".repeat(120), 0);
        shop.say(Body::DefineLocation { location, calendar: Some(calendar), transit: None });
        for supplier in 0..5 {
            let lateness = (0..40).map(|_| shop.random.below(30) as i64 - 4).collect();
            let supplier = name("supplier", supplier);
            shop.say(Body::DefineSupplier { supplier, lateness_days: Some(Some(lateness)) });
        }
        shop.say(Body::DefineItem { sku: shop.sku.clone().leak(), settings });
        shop
    }

    fn say(&mut self, body: Body<'static>) {
        let outcome = self.engine.apply(&body.into(), self.now, EventMode::Drop);
        assert!(matches!(outcome.status, Status::Applied), "{outcome:?}");
    }

    /// Supplies at odd times, of up to so many units each.
    fn schedule(&mut self, count: u64, most: Quantity, learned: bool, days: u64) {
        for number in 0..count {
            let (quantity, sku) = (self.random.between(1, most), self.sku.clone().leak());
            let due = self.now + self.random.below(days * DAY_MS);
            let supplier = learned.then(|| name("supplier", number % 5));
            let supply = name("supply", number);
            self.say(Body::ScheduleSupply { supply, sku, location: None, quantity, due, supplier });
        }
    }

    /// Orders of every priority, each at an instant of its own.
    fn order(&mut self, count: u64, most: Quantity) {
        self.order_at(&Vec::from_iter(0..=255), count, most);
    }

    fn order_at(&mut self, priorities: &[u8], count: u64, most: Quantity) {
        for _ in 0..count {
            self.now += 1 + self.random.below(9);
            let (quantity, sku) = (self.random.between(1, most), &*self.sku.clone().leak());
            let order = name("order", self.now);
            let priority = self.random.pick(priorities);
            let settings = OrderSettings { priority, ..OrderSettings::default() };
            self.say(Body::PlaceOrder { order, lines: vec![OrderLine::new(sku, quantity)].into(), settings });
        }
    }

    fn sheet(&self) -> Sheet {
        let bytes = quote_sheet(&self.engine, &self.sku, self.now, None);
        println!("{} bytes", bytes.len());
        assert!(bytes.len() <= SHEET_BYTES);
        read(&bytes)
    }

    /// Holds the sheet to the engine at many depths; what it does not say is counted.
    fn compare(&mut self, sheet: &Sheet, most: Quantity) -> (u64, u64) {
        let (mut dated, mut unsaid) = (0, 0);
        // Days are counted slowly here.
        let has_calendar = sheet.known.as_ref().is_some_and(|known| known.calendar.is_some());
        for _ in 0..if has_calendar { 100 } else { 1_000 } {
            let size = self.random.below(63);
            let (quantity, priority) =
                (self.random.between(1, most.min(1 << size)), self.random.below(256) as u8);
            let said = sheet.quote(quantity, priority, self.now);
            let request = QuoteRequest { sku: &self.sku, quantity, priority, locations: None, ship_to: None };
            let quote = self.engine.quote_view(&request, self.now);
            assert_eq!(said.now, quote.now);
            if let Some(ahead) = said.ahead {
                assert_eq!(ahead, quote.ahead, "{quantity} at {priority}");
            }
            unsaid += u64::from(said.ahead.is_none());
            if let Some((dates, _, receipts)) = said.dates {
                let ships = quote.ships;
                assert_eq!(
                    dates,
                    [ships.p50, ships.p80, ships.p95, quote.promise],
                    "{quantity} at {priority}"
                );
                assert_eq!(receipts, ships.evidence);
                dated += u64::from(dates[3].is_some());
            }
        }
        (dated, unsaid)
    }
}

fn steps_of(sheet: &Sheet) -> Vec<usize> {
    match &sheet.known {
        Some(Known { stock: Stock::Dated(dated), .. }) => {
            dated.curves.iter().map(|curve| curve.steps.len()).collect()
        }
        _ => Vec::new(),
    }
}

/// Everything that makes a sheet long, and promises at a quantile of their own.
fn long(promising: Promising, offer_bytes: usize) -> ItemChange {
    let levels = (0..8).map(|level| Protection { priority: level * 30, units: (u64::from(level) + 1) << 40 });
    let offer = "ö".repeat(offer_bytes / 2);
    ItemChange {
        promising: Some(Some(promising)),
        promise_quantile: Quantile::new(0.9).map(Some),
        protection: Some(Some(levels.collect())),
        incentives: Some(Some(vec![Incentive { from_delay_days: 9, offer }])),
        overdue: Some(Some(Overdue { offset_days: 3, ignore_after_days: None })),
        max_per_order: Some(Some((1 << 53) - 1)),
        replenishment: Some(Some(Replenishment {
            lead_time_days: 4_000,
            supplier: None,
            batch: Some(1 << 40),
            capacity_per_day: Some((1 << 41) + 1),
        })),
        ..ItemChange::default()
    }
}

#[test]
fn two_hundred_dates_of_four_curves_and_every_priority_fit() {
    for most in [1, 1_000, 1_000_000] {
        let mut settings = long(Promising::Queue, 0);
        settings.protection = None;
        let mut shop = Shop::new(most, settings);
        shop.schedule(260, most, true, 900);
        shop.order(150, most.div_ceil(4));
        let sheet = shop.sheet();
        let steps = steps_of(&sheet);
        assert!(steps.len() == 4 && steps.iter().all(|&count| count == 200), "{most}: {steps:?}");
        let (dated, _) = shop.compare(&sheet, most * 60);
        assert!(dated > 50, "{dated}");
    }
}

/// About as many days off and changes of the clock as a sheet takes, at odd times; some changes skip a day, which is off.
fn longest_calendar(random: &mut Random) -> Calendar {
    let mut odd = |count, from: u64, apart: u64| -> Vec<u64> {
        let step = |at: &mut u64, _| {
            *at += 1 + random.below(apart);
            Some(*at)
        };
        (0..count).scan(from, step).collect()
    };
    let holidays = odd(330, START / DAY_MS, 10_000).into_iter().map(|day| day as u32).collect();
    let mut offsets = [-1_080, 1_079, 3, -2].into_iter().cycle();
    let mut change = |from| Transition { from, utc_offset_minutes: offsets.next().unwrap_or(0) };
    let transitions = [0].into_iter().chain(odd(100, START, 1 << 46)).map(&mut change).collect();
    Calendar {
        zone: Zone::Changing { name: None, transitions },
        workdays: Weekdays::ALL,
        holidays,
        cutoff_minutes: Some(1_439),
        handling_days: 3,
    }
}

#[test]
fn whatever_is_scheduled_a_sheet_has_no_more_bytes_than_it_may() {
    for (seed, promising) in (0..4).flat_map(|seed| [(seed, Promising::Queue), (seed, Promising::Protect)]) {
        let calendar = (seed >= 2).then(|| longest_calendar(&mut Random::new(seed)));
        let offers = if seed % 2 == 0 { 990 } else { 4_000 };
        let mut shop = Shop::with_calendar(seed, long(promising, offers), calendar);
        shop.schedule(220 + 30 * seed, 1 << (12 * seed + 5), seed != 1, 900);
        shop.order(500, 1 << 40);
        let sheet = shop.sheet();
        let incentives = sheet.known.as_ref().and_then(|known| known.incentives.as_ref());
        assert_eq!(incentives.is_some(), seed % 2 == 0);
        let has_calendar = sheet.known.as_ref().is_some_and(|known| known.calendar.is_some());
        assert_eq!(has_calendar, seed >= 2);
        let steps = steps_of(&sheet);
        assert!(steps.iter().all(|&count| count >= 20), "{steps:?}");
        shop.compare(&sheet, 1 << 50);
    }
}

#[test]
fn seven_priorities_that_overtake_others_fit_and_more_are_named() {
    for (overtaking, is_dated) in [(7, true), (8, false)] {
        let settings = ItemChange {
            overtaking: Some(Some(Overtaking::Learn)),
            promise_quantile: Quantile::new(0.9).map(Some),
            ..long(Promising::Queue, 990)
        };
        let mut shop = Shop::with_calendar(5, settings, Some(longest_calendar(&mut Random::new(5))));
        shop.schedule(90, 1 << 20, true, 900);
        // The worst priority of all overtakes nobody.
        let priorities: Vec<u8> = (1..=overtaking).map(|class| class * 20).chain([255]).collect();
        for _ in 0..8 {
            let placed = shop.now;
            shop.order_at(&priorities, 12, 1 << 12);
            shop.now = placed + DAY_MS;
        }
        let sheet = shop.sheet();
        let Some(Known { stock, .. }) = &sheet.known else { panic!("the item is known") };
        match stock {
            Stock::Dated(dated) => {
                assert!(is_dated && dated.overtaking.len() == 7, "{:?}", dated.overtaking);
                assert!(dated.curves.len() == 32 && steps_of(&sheet).iter().all(|&count| count >= 10));
                let differ = dated.curves.chunks(4).filter(|class| class[1].steps != dated.curves[1].steps);
                assert!(differ.count() >= 6, "who is overtaken waits longer");
            }
            Stock::Undated { why, .. } => assert!(!is_dated && *why == 5, "{why}"),
        }
        if is_dated {
            shop.compare(&sheet, 1 << 30);
        }
    }
}

#[test]
fn beyond_two_hundred_dates_there_is_none_and_it_is_said() {
    let mut shop = Shop::new(1, ItemChange::default());
    for number in 0..230 {
        let (sku, supply) = (shop.sku.clone().leak(), name("supply", number));
        let due = START + (number + 1) * DAY_MS;
        shop.say(Body::ScheduleSupply { supply, sku, location: None, quantity: 1, due, supplier: None });
    }
    let sheet = shop.sheet();
    assert_eq!(steps_of(&sheet), [200]);
    assert_eq!(sheet.quote(200, 100, START).dates.map(|said| said.0[3]), Some(Some(START + 200 * DAY_MS)));
    assert_eq!(sheet.quote(201, 100, START).dates, None);
    assert_eq!(sheet.quote(201, 100, START).ahead, Some(0));
}

#[test]
fn of_many_promises_those_at_the_dates_of_supply_are_told() {
    let settings = ItemChange {
        promising: Some(Some(Promising::Protect)),
        replenishment: Some(Some(Replenishment { lead_time_days: 400, ..Replenishment::default() })),
        ..ItemChange::default()
    };
    let mut shop = Shop::new(3, settings);
    shop.schedule(20, 40, false, 100);
    shop.order_at(&[50, 100, 200], 2_000, 3);
    shop.now += 1;
    let sheet = shop.sheet();
    let Some(Known { stock: Stock::Dated(dated), .. }) = &sheet.known else { panic!("it can be dated") };
    let places = dated.places.as_ref().expect("promises are kept");
    assert!(places.len() <= 600 && places.iter().any(|place| place.spread), "{}", places.len());
    // Most new demand is promised after all others, of whom all is known.
    let (dated, unsaid) = shop.compare(&sheet, 100_000);
    assert!(dated > 900 && unsaid == 0, "{dated}, {unsaid}");
}
