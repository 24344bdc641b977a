//! How long a slip takes: one of some supplies that may be late comes later still, and every promise that
//! rests on it moves, whatever waits besides. `cargo xtask bench` runs it.
//!
//! `slip LINES SUPPLIES` prints the median of the milliseconds in which 1,000 promises move.

use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::{Body, OrderLine, OrderSettings};
use backorder::model::outcome::{EventKind, EventMode, Status};
use backorder::model::settings::ItemChange;
use backorder::model::units::{DAY_MS, Instant};
use std::error::Error;
use std::time::Instant as Clock;

const NOW: Instant = 20_000 * DAY_MS;
/// The lines behind the supply that slips.
const MOVED: u64 = 1_000;
const RUNS: u64 = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let (lines, supplies) = numbers.next().zip(numbers.next()).ok_or("how many lines, and supplies?")?;
    let mut engine = filled(lines, supplies)?;
    let last = format!("supply-{}", supplies - 1);
    let mut times = Vec::new();
    for run in 1..=RUNS {
        let due = Some(due(supplies - 1) + run * 7 * DAY_MS);
        let slip = Body::RescheduleSupply { supply: &last, due, quantity: None };
        let begin = Clock::now();
        let outcome = engine.apply(&slip.into(), NOW, EventMode::Return);
        times.push(begin.elapsed().as_secs_f64() * 1e3);
        let moved = outcome.events.iter().filter(|event| event.kind == EventKind::PromiseMoved).count();
        if moved as u64 != MOVED {
            return Err(format!("{moved} promises moved, not {MOVED}").into());
        }
    }
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).ok_or("nothing was timed")?;
    println!("{median:.3}");
    Ok(())
}

/// Orders of one unit each, which supplies of one supplier bring that has a history; the last brings those
/// of the last lines.
fn filled(lines: u64, supplies: u64) -> Result<Engine, Box<dyn Error>> {
    let mut engine = Engine::new(EngineOptions::default());
    let mut apply = |body: Body| match engine.apply(&body.into(), NOW, EventMode::Drop).status {
        Status::Applied => Ok(()),
        other => Err(format!("{other:?}")),
    };
    apply(Body::DefineItem { sku: "mug", settings: ItemChange::default() })?;
    let lateness_days = Some(Some((0..200).map(|receipt| receipt * 7_919 % 31 - 5).collect()));
    apply(Body::DefineSupplier { supplier: "acme", lateness_days })?;
    for number in 0..supplies {
        let each = (lines - MOVED) / (supplies - 1);
        let first = lines - MOVED - each * (supplies - 2);
        let quantity = match number {
            0 => first,
            number if number + 1 == supplies => MOVED,
            _ => each,
        };
        apply(Body::ScheduleSupply {
            supply: &format!("supply-{number}"),
            sku: "mug",
            location: None,
            quantity,
            due: due(number),
            supplier: Some("acme"),
        })?;
    }
    for number in 0..lines {
        let lines = [OrderLine::new("mug", 1)];
        let (order, settings) = (format!("order-{number}"), OrderSettings::default());
        apply(Body::PlaceOrder { order: &order, lines: lines.as_slice().into(), settings })?;
    }
    Ok(engine)
}

/// Far enough apart that no supply overtakes the last.
fn due(number: u64) -> Instant {
    NOW + (20 + 40 * number) * DAY_MS
}
