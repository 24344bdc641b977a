//! What is read from sheets is what the engine says, in many random shops.

use super::quoting::Said;
use super::{Sheet, Stock, read};
use crate::workload::{self, Random};
use backorder::codec::{SHEET_BYTES, quote_sheet};
use backorder::engine::{Engine, EngineOptions, Page, QuoteRequest};
use backorder::model::command::{OrderLine, OrderSettings};
use backorder::model::outcome::EventMode;
use backorder::model::settings::ItemSettings;
use backorder::model::units::{DAY_MS, MAX_SAFE};
use backorder::model::view::{Availability, Basis, Quote};

/// How often a sheet said something, and how often nothing.
#[derive(Debug, Default)]
struct Tally {
    quotes: u64,
    dated: u64,
    undated: u64,
    behind_unknown: u64,
    learned: u64,
    kept: u64,
    later: u64,
    beyond: u64,
    by_days: u64,
    kept_by_days: u64,
    overtaken: u64,
}

fn basis(quote: &Quote) -> &'static str {
    match quote.ships.basis {
        Basis::Stock => "stock",
        Basis::Supply => "supply",
        Basis::Replenishment => "replenishment",
        Basis::None => "none",
    }
}

/// What the engine says of the same, in the sheet's words.
fn asked(engine: &Engine, request: &QuoteRequest, now: u64) -> Said {
    let quote = engine.quote_view(request, now);
    let settings = OrderSettings { priority: request.priority, ..OrderSettings::default() };
    let locations = request.locations.map(<[&str]>::to_vec);
    let line = OrderLine { locations, ..OrderLine::new(request.sku, request.quantity) };
    let cart = engine.quote_order(&[line], &settings, now).expect("it is a cart");
    let refused = cart.refused.map(|refused| match refused.reason {
        "unknownItem" | "unknownLocation" => "unknown",
        reason => reason,
    });
    let known = refused != Some("unknown");
    let ships = quote.ships;
    Said {
        availability: Availability::NAMES[quote.availability as usize],
        now: quote.now,
        waits: if known { quote.quantity - quote.now } else { 0 },
        refused,
        ahead: Some(quote.ahead),
        dates: Some(([ships.p50, ships.p80, ships.p95, quote.promise], basis(&quote), ships.evidence)),
        incentive: quote.incentive.map(str::to_owned),
    }
}

/// What a sheet leaves out is left out of what the engine says, too.
fn as_far_as(said: &Said, mut engine: Said, sheet: &Sheet) -> Said {
    let stock = sheet.known.as_ref().map(|known| &known.stock);
    if matches!(stock, Some(Stock::Undated { .. })) && said.refused == Some("short") {
        let short = ["outOfStock", "backorderLimit"].contains(&engine.refused.unwrap_or("none"));
        engine.refused = if short { Some("short") } else { engine.refused };
    }
    if said.ahead.is_none() {
        engine.ahead = None;
    }
    if said.dates.is_none() {
        (engine.dates, engine.incentive) = (None, None);
    }
    if sheet.known.as_ref().is_some_and(|known| known.incentives.is_none()) {
        engine.incentive = None;
    }
    engine
}

/// Compares a sheet with the engine, at quantities around everything that may matter, and at instants up to
/// which it holds.
fn compare(
    engine: &Engine,
    (sku, settings): (&str, &ItemSettings),
    location: Option<&str>,
    now: u64,
    random: &mut Random,
    tally: &mut Tally,
) {
    let bytes = quote_sheet(engine, sku, now, location);
    assert!(bytes.len() <= SHEET_BYTES);
    let sheet = read(&bytes);
    assert_eq!((sheet.at, sheet.sku.as_str()), (now, sku));
    if let Some(known) = &sheet.known {
        assert_eq!(known.substitutes, !settings.substitutes.is_empty());
        assert!(known.location.is_some() || matches!(known.stock, Stock::Undated { why: 0..=2 | 4 | 5, .. }));
        assert!(location.is_none_or(|location| known.location.as_deref() == Some(location)));
    }
    let locations: Option<Vec<&str>> = location.map(|location| vec![location]);
    for _ in 0..30 {
        let quantity = match random.below(12) {
            0 => random.pick(&[MAX_SAFE, MAX_SAFE / 2, MAX_SAFE / 3, 1 << 32]),
            1 | 2 => random.between(1, 2_000),
            _ => random.between(1, 60),
        };
        let priority = if random.percent(60) {
            random.pick(&[0, 1, 50, 51, 99, 100, 101, 150, 255])
        } else {
            random.below(256) as u8
        };
        let later = match random.below(4) {
            0 => random.below(20 * DAY_MS),
            1 => random.below(DAY_MS),
            _ => 0,
        };
        let mut at = (now + later).min(MAX_SAFE);
        let stock = sheet.known.as_ref().map(|known| &known.stock);
        let is_of_then = settings.ageing_days.is_some() || matches!(stock, Some(Stock::Undated { .. }));
        if is_of_then || sheet.until.is_some_and(|until| at >= until) {
            at = now;
        }
        let request =
            QuoteRequest { sku, quantity, priority, locations: locations.as_deref(), ship_to: None };
        let said = sheet.quote(quantity, priority, at);
        let expected = as_far_as(&said, asked(engine, &request, at), &sheet);
        assert_eq!(
            said, expected,
            "{quantity} of {sku} at {location:?}, priority {priority}, {at}: {sheet:?}"
        );
        tally.quotes += 1;
        tally.later += u64::from(at > now);
        let by_days = sheet.known.as_ref().is_some_and(|known| known.calendar.is_some());
        tally.by_days += u64::from(by_days && said.dates.is_some_and(|dates| dates.0[3].is_some()));
        tally.dated += u64::from(said.waits > 0 && said.dates.is_some_and(|dates| dates.0[3].is_some()));
        tally.undated += u64::from(said.dates.is_none());
        tally.beyond += u64::from(said.dates.is_some_and(|dates| dates.1 == "replenishment"));
        if let Some(Stock::Dated(dated)) = sheet.known.as_ref().map(|known| &known.stock) {
            assert!(said.dates.is_some(), "so few dates are all there");
            tally.behind_unknown += u64::from(said.ahead.is_none());
            tally.learned += u64::from(dated.learned && said.waits > 0);
            let kept = dated.places.is_some() && said.waits > 0;
            tally.kept += u64::from(kept);
            tally.kept_by_days += u64::from(kept && by_days);
            tally.overtaken += u64::from(said.waits > 0 && dated.overtaking.iter().any(|&it| it < priority));
        }
    }
}

/// Plays a history, and compares the sheets of all its items now and then.
fn play(options: EngineOptions, steps: Vec<workload::Step>, seed: u64, tally: &mut Tally) {
    let mut engine = Engine::new(options);
    let mut random = Random::new(seed);
    for (index, step) in steps.iter().enumerate() {
        engine.apply(&step.command, step.now, EventMode::Drop);
        if index % 9 != 8 {
            continue;
        }
        let now = engine.last_instant() + random.below(3) * random.below(2 * DAY_MS);
        let now = now.min(MAX_SAFE);
        for (sku, settings) in engine.items(Page::default()) {
            let location =
                random.pick(&[None, Some("default"), Some("location-0"), Some("east"), Some("nowhere")]);
            compare(&engine, (sku, settings), location, now, &mut random, tally);
            compare(&engine, (sku, settings), None, now, &mut random, tally);
        }
        let nothing = ItemSettings::default();
        compare(&engine, ("no-such-item", &nothing), None, now, &mut random, tally);
    }
}

#[test]
fn sheets_of_random_shops_say_what_the_engine_says() {
    let mut tally = Tally::default();
    for seed in 0..100 {
        let require_evidence = seed % 5 == 4;
        let options = || EngineOptions { seed, require_evidence, ..EngineOptions::default() };
        play(options(), workload::history(seed, 60), seed, &mut tally);
        play(options(), workload::sharing_history(seed, 50), seed, &mut tally);
        play(options(), workload::themed_history(workload::Theme::Slips, seed, 60), seed, &mut tally);
        play(options(), workload::themed_history(workload::Theme::Overtaking, seed, 60), seed, &mut tally);
        for (add, history) in [(0, workload::history(seed, 60)), (1_000, workload::sharing_history(seed, 50))]
        {
            let seed = seed + add;
            play(options(), workload::with_days(seed, history), seed, &mut tally);
        }
    }
    let Tally { quotes, dated, undated, behind_unknown, learned, kept, later, beyond, .. } = tally;
    assert!(quotes > 50_000 && dated > 5_000 && undated > 1_000 && later > 10_000, "{tally:?}");
    assert!(learned > 1_000 && kept > 1_000 && beyond > 1_000, "{tally:?}");
    assert!(tally.by_days > 10_000 && tally.kept_by_days > 1_000 && tally.overtaken > 1_000, "{tally:?}");
    assert_eq!(behind_unknown, 0, "so few promises are all there");
}
