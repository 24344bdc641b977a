//! Local days of a zone across the changes of its clock.
//!
//! A clock that is put back shows some local times twice. Here a local time is reached when the clock
//! never shows an earlier one again, so that of two it is the second, and one that the clock skips is
//! reached when it does. So local time never goes back, and every day has one beginning, which is the
//! end of the day before. A date that is skipped is a day that ends as it begins.

use crate::model::calendar::{MAX_UTC_OFFSET_MINUTES, Transition, Zone};
use crate::model::units::{DAY_MS, Day, Instant};
use alloc::vec;
use alloc::vec::Vec;

const MINUTE_MS: i64 = 60_000;

/// A zone's clock. Local times are in milliseconds since local 1970-01-01 00:00.
///
/// Days before 1970-01-01 are none: what a zone west of UTC still has of one at the first instant is
/// part of the first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalClock {
    /// At least one; the first begins at instant 0.
    stretches: Vec<Stretch>,
}

/// A stretch of time with one distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    from: Instant,
    offset_ms: i64,
    /// The earliest local time that the clock shows in this stretch or a later one.
    least_local_ms: i64,
}

impl LocalClock {
    /// The clock of UTC.
    pub fn utc() -> LocalClock {
        LocalClock::new(&Zone::default())
    }

    /// The clock of a zone whose transitions are in order. Further from UTC than a zone may be is as far as
    /// it may.
    pub fn new(zone: &Zone) -> LocalClock {
        let mut stretches = match zone {
            Zone::Fixed { utc_offset_minutes } => vec![stretch(0, *utc_offset_minutes)],
            Zone::Changing { transitions, .. } => transitions
                .iter()
                .map(|Transition { from, utc_offset_minutes }| stretch(*from, *utc_offset_minutes))
                .collect(),
        };
        match stretches.first_mut() {
            Some(first) => first.from = 0,
            None => stretches.push(stretch(0, 0)),
        }
        let mut least = i64::MAX;
        for stretch in stretches.iter_mut().rev() {
            least = least.min(stretch.local_ms(stretch.from));
            stretch.least_local_ms = least;
        }
        LocalClock { stretches }
    }

    /// The earliest local time that the clock shows at this instant or later.
    pub fn local_ms(&self, instant: Instant) -> i64 {
        let after = self.stretches.partition_point(|stretch| stretch.from <= instant);
        let later = self.stretches.get(after).map_or(i64::MAX, |stretch| stretch.least_local_ms);
        let shown =
            self.stretches.get(after.saturating_sub(1)).map_or(0, |stretch| stretch.local_ms(instant));
        shown.min(later)
    }

    /// The first instant from which on the clock shows this local time or a later one. It may lie beyond
    /// 2^53 − 1.
    pub fn instant_of(&self, local_ms: i64) -> Instant {
        let after = self.stretches.partition_point(|stretch| stretch.least_local_ms < local_ms);
        let next = self.stretches.get(after).map_or(Instant::MAX, |stretch| stretch.from);
        let Some(stretch) = after.checked_sub(1).and_then(|place| self.stretches.get(place)) else {
            return 0;
        };
        Instant::try_from(local_ms.saturating_sub(stretch.offset_ms)).unwrap_or(0).min(next)
    }

    /// The local day on which an instant falls.
    ///
    /// ```
    /// use backorder::estimate::zone::LocalClock;
    /// use backorder::model::calendar::Zone;
    ///
    /// let chatham = LocalClock::new(&Zone::Fixed { utc_offset_minutes: 12 * 60 + 45 });
    /// let midnight = (11 * 60 + 15) * 60_000; // 11:15 UTC
    /// assert_eq!((chatham.day(midnight - 1), chatham.day(midnight)), (0, 1));
    /// assert_eq!(chatham.day_start(1), midnight);
    /// ```
    pub fn day(&self, instant: Instant) -> Day {
        let days = self.local_ms(instant).max(0).unsigned_abs() / DAY_MS;
        Day::try_from(days).unwrap_or(Day::MAX)
    }

    /// The first instant of a local day; of a date that is skipped, the instant at which it is.
    pub fn day_start(&self, day: Day) -> Instant {
        if day == 0 { 0 } else { self.instant_of(midnight_ms(day)) }
    }

    /// The first instant after a local day, which is the first of the next.
    pub fn day_end(&self, day: Day) -> Instant {
        self.day_start(day.saturating_add(1))
    }

    /// The instant so many local days later at the same local time; at once, where they are none.
    ///
    /// ```
    /// use backorder::estimate::zone::LocalClock;
    /// use backorder::model::calendar::{Transition, Zone};
    ///
    /// // Berlin puts its clock forward at 01:00 UTC on 31 March 2024.
    /// let winter = Transition { from: 0, utc_offset_minutes: 60 };
    /// let summer = Transition { from: 1_711_846_800_000, utc_offset_minutes: 120 };
    /// let zone = Zone::Changing { name: None, transitions: vec![winter, summer] };
    /// let noon_before = 1_711_796_400_000;
    /// assert_eq!(LocalClock::new(&zone).add_days(noon_before, 1), noon_before + 23 * 3_600_000);
    /// ```
    pub fn add_days(&self, instant: Instant, days: u64) -> Instant {
        if days == 0 {
            return instant;
        }
        let added = i64::try_from(days.saturating_mul(DAY_MS)).unwrap_or(i64::MAX);
        self.instant_of(self.local_ms(instant).saturating_add(added))
    }

    /// What the clock is by from just before an instant on: how far from UTC it is then, in minutes, and each
    /// change that follows, with the distance from then on. A clock of these alone shows from that instant on what
    /// this one does; what is shown twice is known by the stretch before it, so that a change at the very instant
    /// is still one that follows.
    pub fn changes_from(&self, instant: Instant) -> (i64, impl Iterator<Item = Transition>) {
        let before = self.stretches.partition_point(|stretch| stretch.from < instant);
        let minutes = |stretch: &Stretch| stretch.offset_ms / MINUTE_MS;
        let first = self.stretches.get(before.saturating_sub(1)).map_or(0, minutes);
        let change =
            move |stretch: &Stretch| Transition { from: stretch.from, utc_offset_minutes: minutes(stretch) };
        (first, self.stretches.iter().skip(usize::max(before, 1)).map(change))
    }

    /// Dates that the clock skips whole, in order.
    pub fn skipped_days(&self) -> Vec<Day> {
        let mut skipped = Vec::new();
        for (before, after) in self.stretches.iter().zip(self.stretches.iter().skip(1)) {
            let first = before.local_ms(after.from).max(0).unsigned_abs().div_ceil(DAY_MS);
            let end = after.local_ms(after.from).max(0).unsigned_abs() / DAY_MS;
            let days = (first..end).filter_map(|day| Day::try_from(day).ok());
            skipped.extend(
                days.filter(|&day| (self.day_start(day), self.day_end(day)) == (after.from, after.from)),
            );
        }
        skipped
    }
}

/// Local midnight at the beginning of a day.
pub(crate) fn midnight_ms(day: Day) -> i64 {
    i64::from(day) * DAY_MS as i64
}

fn stretch(from: Instant, utc_offset_minutes: i64) -> Stretch {
    let most = MAX_UTC_OFFSET_MINUTES as i64;
    Stretch { from, offset_ms: utc_offset_minutes.clamp(-most, most) * MINUTE_MS, least_local_ms: 0 }
}

impl Stretch {
    fn local_ms(&self, instant: Instant) -> i64 {
        i64::try_from(instant).unwrap_or(i64::MAX).saturating_add(self.offset_ms)
    }
}

#[cfg(test)]
pub(in crate::estimate) mod tests;
