//! Locations with calendars and transit times, and orders with destinations, in histories that have none. What
//! the histories draw otherwise stays as it is.

use super::{Random, Step};
use backorder::model::calendar::{Calendar, Transit, Transition, Weekdays, Zone};
use backorder::model::command::Body;
use backorder::model::units::{DAY_MS, DEFAULT_LOCATION, Day, Instant, MAX_SAFE, day_of};

/// The same history where locations have days of their own.
pub fn with_days(seed: u64, history: Vec<Step>) -> Vec<Step> {
    let mut random = Random::new(seed ^ 0x5eed_da75);
    let mut locations: Vec<&'static str> = vec![DEFAULT_LOCATION];
    // A first location with days takes the place of the default, unless that has days already.
    let first = random.percent(50) || !history.iter().any(defines_location);
    let often = random.pick(&[0, 2, 8]);
    let mut dated: Vec<Step> = Vec::with_capacity(history.len());
    if let Some(step) = history.first().filter(|_| first) {
        dated.push(Step {
            command: definition(&mut random, DEFAULT_LOCATION, step.now).into(),
            ..step.clone()
        });
    }
    for mut step in history {
        if random.percent(often) {
            let location = random.pick(&locations);
            let command = definition(&mut random, location, step.now).into();
            dated.push(Step { now: step.now, command });
        }
        if let Body::DefineLocation { location, .. } = step.command.body {
            // A message that comes twice says the same.
            let mut random = Random::new(seed ^ of_text(location) ^ u64::from(step.command.key.is_some()));
            if random.percent(70) {
                step.command.body = definition(&mut random, location, 1_700_000_000_000);
            }
            locations.push(location);
        }
        name_destination(&mut step.command.body);
        dated.push(step);
    }
    dated
}

fn defines_location(step: &Step) -> bool {
    matches!(step.command.body, Body::DefineLocation { .. })
}

fn definition(random: &mut Random, location: &'static str, now: Instant) -> Body<'static> {
    let calendar = match random.below(8) {
        0 => None,
        1 => Some(None),
        _ => Some(Some(calendar(random, now))),
    };
    let transit = match random.below(4) {
        0 => None,
        1 => Some(None),
        _ => Some(Some(transit(random))),
    };
    Body::DefineLocation { location, calendar, transit }
}

fn calendar(random: &mut Random, now: Instant) -> Calendar {
    let numbers: Vec<u64> = (1..=7).filter(|_| random.percent(70)).collect();
    let (today, often) = (day_of(now), random.pick(&[0, 0, 20, 60]));
    let holidays = (0..25).filter(|_| random.percent(often)).map(|day: Day| today.saturating_add(day));
    Calendar {
        holidays: holidays.collect(),
        zone: zone(random, now),
        workdays: if numbers.is_empty() { Weekdays::ALL } else { Weekdays::of(&numbers) },
        cutoff_minutes: random.pick(&[None, None, Some(0), Some(14 * 60), Some(1_439)]),
        handling_days: random.pick(&[0, 0, 0, 1, 3]),
    }
}

/// A fixed distance, or a clock that is changed about now: by an hour, or by a day.
pub(super) fn zone(random: &mut Random, now: Instant) -> Zone {
    const OFFSETS: [i64; 8] = [0, 0, 60, -300, 345, 840, -720, -1_080];
    let first = random.pick(&OFFSETS);
    if random.percent(50) {
        return Zone::Fixed { utc_offset_minutes: first };
    }
    let mut transitions = vec![Transition { from: 0, utc_offset_minutes: first }];
    let mut from = now.saturating_sub(random.below(20 * DAY_MS));
    for _ in 0..random.between(1, 3) {
        from = from.saturating_add(1 + random.below(20 * DAY_MS)).min(MAX_SAFE);
        let utc_offset_minutes = match random.below(4) {
            0 => random.pick(&OFFSETS),
            1 => (first + 60).min(1_080),
            _ => first,
        };
        if transitions.last().is_none_or(|last| last.from < from) {
            transitions.push(Transition { from, utc_offset_minutes });
        }
    }
    Zone::Changing { name: random.percent(20).then(|| "Europe/Somewhere".into()), transitions }
}

fn transit(random: &mut Random) -> Vec<Transit> {
    let mut all = Vec::new();
    for ship_to in ["EU", "US"] {
        if random.percent(70) {
            all.push(Transit { ship_to: ship_to.into(), days: random.below(6) });
        }
    }
    all
}

/// By the order's name, so that a message that comes twice says the same.
fn name_destination(body: &mut Body<'static>) {
    let of = |order: &str| [None, Some("EU"), Some("US"), Some("nowhere")][of_text(order) as usize % 4];
    match body {
        Body::PlaceOrder { order, settings, .. } => settings.ship_to = of(order),
        Body::ConfirmHold { order, ship_to, .. } => *ship_to = of(order),
        Body::AmendOrder { order, ship_to, latest, .. } if latest.is_none() => {
            *ship_to = Some(of(order.trim_start_matches("id-")));
        }
        _ => {}
    }
}

fn of_text(text: &str) -> u64 {
    text.bytes().fold(7, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte))
}
