//! When a location sends what is ready (rules §9).

use super::zone::{LocalClock, midnight_ms};
use crate::model::calendar::{Calendar, Weekdays};
use crate::model::sort;
use crate::model::units::{Day, Instant, MAX_SAFE};
use alloc::vec::Vec;

/// A calendar made ready for questions, each of which costs a few binary searches.
///
/// Units that are there by the cut-off of a workday count from that day, others from the next workday;
/// they leave so many further workdays later as handling takes. A workday is a day of the week on which
/// the location sends, no holiday, and a date that its clock does not skip.
///
/// On that day they leave at the cut-off, if there is one. Without a cut-off they leave at any time of
/// it: at its first instant, or when they are ready if that is later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchCalendar {
    clock: LocalClock,
    workdays: Weekdays,
    /// Dates off that would be workdays by their day of the week, in order.
    closed: Vec<Closed>,
    cutoff_ms: Option<i64>,
    handling_days: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Closed {
    day: Day,
    /// How many days are open before it.
    open_before: u64,
}

/// From the Monday before 1970-01-01, from which weeks are counted, to that day.
const DAYS_SINCE_MONDAY: u64 = 3;

impl DispatchCalendar {
    /// The same calendar, with its holidays counted.
    pub fn new(calendar: &Calendar) -> DispatchCalendar {
        let clock = LocalClock::new(&calendar.zone);
        let mut days = clock.skipped_days();
        days.extend_from_slice(&calendar.holidays);
        sort::ascending(&mut days);
        days.dedup();
        let workdays = calendar.workdays;
        days.retain(|day| workdays.has(weekday(*day)));
        let closed = days.into_iter().zip(0..).map(|(day, closed_before)| {
            let open_before = workdays_before(workdays, day).saturating_sub(closed_before);
            Closed { day, open_before }
        });
        let cutoff_ms = calendar
            .cutoff_minutes
            .map(|minutes| i64::try_from(minutes.saturating_mul(60_000)).unwrap_or(i64::MAX));
        DispatchCalendar {
            closed: closed.collect(),
            clock,
            workdays,
            cutoff_ms,
            handling_days: calendar.handling_days,
        }
    }

    /// The days of the week on which it sends.
    pub fn workdays(&self) -> Weekdays {
        self.workdays
    }

    /// The minute of the local day up to which what is ready leaves on that day, if there is one.
    pub fn cutoff_minutes(&self) -> Option<u64> {
        self.cutoff_ms.map(|cutoff_ms| cutoff_ms.unsigned_abs() / 60_000)
    }

    /// Workdays between the day on which units are there and the one on which they leave.
    pub fn handling_days(&self) -> u64 {
        self.handling_days
    }

    /// The dates off from a day on that would be workdays by their day of the week, in order.
    pub fn days_off_from(&self, day: Day) -> impl Iterator<Item = Day> {
        let from = self.closed.partition_point(|closed| closed.day < day);
        self.closed.iter().skip(from).map(|closed| closed.day)
    }

    /// The clock by which its days are told.
    pub fn clock(&self) -> &LocalClock {
        &self.clock
    }

    /// The next dispatch of units that are there at `ready`. It is never before `ready`, nor before the
    /// dispatch of what is ready earlier; without handling days, what is ready at a dispatch leaves with it.
    /// `None` where no day of the week is a workday, or the dispatch is beyond 2^53 − 1.
    ///
    /// ```
    /// use backorder::estimate::calendar::DispatchCalendar;
    /// use backorder::model::calendar::{Calendar, Weekdays, Zone};
    ///
    /// let calendar = DispatchCalendar::new(&Calendar {
    ///     zone: Zone::default(),
    ///     workdays: Weekdays::of(&[1, 2, 3, 4, 5]),
    ///     holidays: vec![],
    ///     cutoff_minutes: Some(14 * 60),
    ///     handling_days: 0,
    /// });
    /// let hours = |hours: u64| hours * 3_600_000;
    /// // 1970-01-01 was a Thursday.
    /// assert_eq!(calendar.dispatch(hours(9)), Some(hours(14)));
    /// assert_eq!(calendar.dispatch(hours(15)), Some(hours(24 + 14)));
    /// assert_eq!(calendar.dispatch(hours(24 + 15)), Some(hours(4 * 24 + 14)));
    /// ```
    pub fn dispatch(&self, ready: Instant) -> Option<Instant> {
        let today = self.clock.day(ready);
        let in_time = self.cutoff(today).is_none_or(|cutoff| ready <= cutoff);
        let counts_from = if in_time { today } else { today.saturating_add(1) };
        let place = self.workdays_before(counts_from).saturating_add(self.handling_days);
        let day = self.workday(place)?;
        let leaves = self.cutoff(day).unwrap_or_else(|| self.clock.day_start(day).max(ready));
        (leaves <= MAX_SAFE).then_some(leaves)
    }

    /// The instant of a day's cut-off, if there is one. Where the clock skips from before it to the next
    /// day, the last instant of the day.
    fn cutoff(&self, day: Day) -> Option<Instant> {
        let local_ms = midnight_ms(day).saturating_add(self.cutoff_ms?);
        Some(self.clock.instant_of(local_ms).min(self.clock.day_end(day).saturating_sub(1)))
    }

    /// How many days before this one are workdays, those before 1970 included back to a Monday.
    fn workdays_before(&self, day: Day) -> u64 {
        let closed = self.closed.partition_point(|closed| closed.day < day) as u64;
        workdays_before(self.workdays, day).saturating_sub(closed)
    }

    /// The workday that so many workdays precede.
    fn workday(&self, preceding: u64) -> Option<Day> {
        let closed = self.closed.partition_point(|closed| closed.open_before <= preceding) as u64;
        let place = preceding.saturating_add(closed);
        let per_week = self.workdays.count();
        let weeks = place.checked_div(per_week)?;
        let number = self.workdays.numbers().nth((place % per_week) as usize)?;
        let days = weeks.saturating_mul(7).saturating_add(number - 1).saturating_sub(DAYS_SINCE_MONDAY);
        Day::try_from(days).ok()
    }
}

/// 1 Monday to 7 Sunday.
pub(crate) fn weekday(day: Day) -> u64 {
    (u64::from(day) + DAYS_SINCE_MONDAY) % 7 + 1
}

/// How many days before this one are such weekdays, counted from the Monday before 1970-01-01.
fn workdays_before(weekdays: Weekdays, day: Day) -> u64 {
    let days = u64::from(day) + DAYS_SINCE_MONDAY;
    let in_this_week = weekdays.numbers().filter(|&number| number < weekday(day)).count() as u64;
    days / 7 * weekdays.count() + in_this_week
}

#[cfg(test)]
mod tests;
