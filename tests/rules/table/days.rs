//! The days of a location: `days=1/2/3/4/5 off=20/21 cutoff=14:00 handling=1 zone=+60`, where the clock is
//! changed `zone=+60/12d1h:+120`; `days=-` for none. `transit=EU:2/US:5`.

use super::words::{Words, instant, number};
use backorder::model::calendar::{Calendar, Transit, Transition, Weekdays, Zone};
use backorder::model::settings::Change;
use backorder::model::units::{DAY_MS, Day};

pub fn calendar(words: &Words) -> Change<Calendar> {
    let listed = |name: &str| {
        let given = words.setting(name).unwrap_or_default().split('/');
        given.filter(|text| !text.is_empty()).map(number).collect::<Vec<u64>>()
    };
    let (off, cutoff) = (listed("off"), words.setting("cutoff"));
    let (handling, zone_of) = (words.setting("handling"), words.setting("zone"));
    let days = words.setting("days")?;
    if days == "-" {
        return Some(None);
    }
    // The first day of a story is the day of instant 0d.
    let first = instant("0d") / DAY_MS;
    Some(Some(Calendar {
        zone: zone_of.map_or(Zone::default(), zone),
        workdays: Weekdays::of(&listed("days")),
        holidays: off.into_iter().map(|day| (first + day) as Day).collect(),
        cutoff_minutes: cutoff.map(minutes),
        handling_days: handling.map_or(0, number),
    }))
}

fn minutes(text: &str) -> u64 {
    let (hours, minutes) = text.split_once(':').unwrap_or((text, "0"));
    number(hours) * 60 + number(minutes)
}

fn zone(text: &str) -> Zone {
    let offset = |text: &str| match text.strip_prefix('-') {
        Some(minutes) => -(number(minutes) as i64),
        None => number(text.trim_start_matches('+')) as i64,
    };
    let change = |text: &str| match text.split_once(':') {
        Some((from, minutes)) => Transition { from: instant(from), utc_offset_minutes: offset(minutes) },
        None => Transition { from: 0, utc_offset_minutes: offset(text) },
    };
    match text.split_once('/') {
        None => Zone::Fixed { utc_offset_minutes: offset(text) },
        Some(_) => Zone::Changing { name: None, transitions: text.split('/').map(change).collect() },
    }
}

pub fn transit(text: &str) -> Vec<Transit> {
    let one = |text: &str| {
        let (ship_to, days) = text.split_once(':').unwrap_or((text, "0"));
        Transit { ship_to: ship_to.to_owned(), days: number(days) }
    };
    text.split('/').map(one).collect()
}
