//! Time zones by name, from the IANA database that the crate `jiff` brings. Never part of the wasm, where
//! the host's `Intl` says the same.

use crate::model::calendar::Transition;
use crate::model::units::{DAY_MS, Instant};
use alloc::vec;
use alloc::vec::Vec;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// How far ahead changes are looked for: ten years.
pub const DAYS_AHEAD: u64 = 3_653;

/// Names that the database has, or `jiff`, and `Intl` has not.
const NO_ZONES: [&str; 2] = ["Etc/Unknown", "Factory"];

/// The last instant that is looked at: 9999-12-01.
const LAST: Instant = 253_399_622_400_000;

/// What a zone's distance from UTC is at `now`, and each change of it in the ten years that follow. `None`
/// for what names no zone.
///
/// Distances are in whole minutes; those in seconds, which no zone has had since 1972, are rounded down.
/// Changes that are undone within a week may be left out by `Intl`, and there have been none.
///
/// ```
/// use backorder::estimate::tzdb::resolve_zone;
///
/// let now = 1_704_067_200_000; // 2024-01-01 UTC
/// let transitions = resolve_zone("Europe/Berlin", now).unwrap();
/// assert_eq!((transitions[0].from, transitions[0].utc_offset_minutes), (now, 60));
/// assert_eq!((transitions[1].from, transitions[1].utc_offset_minutes), (1_711_846_800_000, 120));
/// assert_eq!(resolve_zone("Europe/Belin", now), None);
/// ```
pub fn resolve_zone(name: &str, now: Instant) -> Option<Vec<Transition>> {
    let no_zone = NO_ZONES.iter().any(|other| name.eq_ignore_ascii_case(other));
    if no_zone || !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let zone = TimeZoneDatabase::bundled().get(name).ok()?;
    let start = timestamp(now.min(LAST))?;
    let end = timestamp((now.min(LAST) + DAYS_AHEAD * DAY_MS).min(LAST))?;
    let mut transitions = vec![Transition { from: now, utc_offset_minutes: offset(&zone, start) }];
    for change in zone.following(start).take_while(|change| change.timestamp() <= end) {
        let utc_offset_minutes = offset(&zone, change.timestamp());
        let from = Instant::try_from(change.timestamp().as_millisecond()).ok()?;
        if transitions.last().is_some_and(|last| last.utc_offset_minutes != utc_offset_minutes) {
            transitions.push(Transition { from, utc_offset_minutes });
        }
    }
    Some(transitions)
}

fn timestamp(instant: Instant) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(instant).ok()?).ok()
}

fn offset(zone: &TimeZone, at: Timestamp) -> i64 {
    i64::from(zone.to_offset(at).seconds()).div_euclid(60)
}
