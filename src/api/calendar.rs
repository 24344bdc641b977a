//! A location's calendar and transit in a command.

use super::fields::*;
use super::message::Expected;
use crate::estimate::civil::day_of_iso_date;
use crate::model::calendar::{Calendar, Transit, Transition, Weekdays, Zone};
use crate::model::sort;
use crate::model::units::Day;
use alloc::vec::Vec;

pub(super) fn calendar(fields: &mut Fields) -> Calendar {
    Calendar {
        zone: zone(fields),
        workdays: Weekdays::of(&fields.need("workdays", |at| list(at, weekday))),
        holidays: fields.get("holidays", holidays).unwrap_or_default(),
        cutoff_minutes: fields.get("cutoff", time_of_day),
        handling_days: fields.get("handlingDays", days).unwrap_or_default(),
    }
}

pub(super) fn transit(at: &mut At) -> Vec<Transit> {
    map(at, |ship_to, at| Transit { ship_to: ship_to.into(), days: days(at) })
}

/// `{ utcOffset?, timeZone?, transitions? }`: a distance, or those that it changes between.
pub(super) fn zone(fields: &mut Fields) -> Zone {
    let transitions = fields.get("transitions", |at| list(at, |at| object(at, transition)));
    let name = fields.get("timeZone", |at| {
        let name = id(at);
        if transitions.is_none() {
            at.say(UNRESOLVED);
        }
        name.into()
    });
    let several = name.is_some() || transitions.is_some();
    let utc_offset_minutes = fields.get("utcOffset", |at| {
        if several {
            at.say(" says what timeZone and transitions say: leave out the one or the other");
        }
        utc_offset(at)
    });
    match transitions {
        Some(transitions) => Zone::Changing { name, transitions },
        None => Zone::Fixed { utc_offset_minutes: utc_offset_minutes.unwrap_or_default() },
    }
}

/// The core knows no zones, as a log must replay the same where others are known.
const UNRESOLVED: &str = " comes without its transitions: the npm package finds them, and so does resolve_zone of the Rust crate \
     (feature zones)";

fn transition(fields: &mut Fields) -> Transition {
    Transition {
        from: fields.need("from", instant),
        utc_offset_minutes: fields.need("utcOffset", utc_offset),
    }
}

fn weekday(at: &mut At) -> u64 {
    const EXPECTED: &str = "a day of the week, 1 Monday to 7 Sunday";
    let number = whole(at, EXPECTED);
    if !(1..=7).contains(&number) {
        at.wrong(Expected::Phrase(EXPECTED));
    }
    number
}

/// Days in order, each once.
fn holidays(at: &mut At) -> Vec<Day> {
    let mut days = list(at, day);
    sort::ascending(&mut days);
    days.dedup();
    days
}

pub(super) fn day(at: &mut At) -> Day {
    const EXPECTED: &str = "a date from 1970 to 9999, as \"2024-02-29\"";
    day_of_iso_date(text(at, EXPECTED)).unwrap_or_else(|| {
        at.wrong(Expected::Phrase(EXPECTED));
        0
    })
}

fn time_of_day(at: &mut At) -> u64 {
    const EXPECTED: &str = "a time of the day, \"00:00\" to \"23:59\"";
    minutes(text(at, EXPECTED)).unwrap_or_else(|| {
        at.wrong(Expected::Phrase(EXPECTED));
        0
    })
}

/// The minutes of a time "HH:MM".
fn minutes(text: &str) -> Option<u64> {
    let [h, o, b':', m, i] = *text.as_bytes() else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    let (hours, minutes) = (digit(h)? * 10 + digit(o)?, digit(m)? * 10 + digit(i)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}
