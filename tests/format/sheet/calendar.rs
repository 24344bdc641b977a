//! When what is there leaves, day by day and instant by instant as the document says it.

use super::bits::Bits;
use super::{DAY, unfolded};

const MINUTE: u64 = 60_000;
const HOURS_18: u64 = 18 * 60 * MINUTE;
const MOST: u64 = (1 << 53) - 1;

#[derive(Debug)]
pub struct Calendar {
    /// Monday first.
    workdays: [bool; 7],
    cutoff: Option<u64>,
    handling: u64,
    days_off: Vec<u64>,
    offset: i64,
    /// Instants, and the minutes from UTC from then on.
    changes: Vec<(u64, i64)>,
}

impl Calendar {
    pub fn read(bits: &mut Bits) -> Calendar {
        let workdays = core::array::from_fn(|_| bits.low(1) == 1);
        let cutoff = bits.golomb(0).checked_sub(1);
        let handling = bits.golomb(0);
        let count = bits.golomb(0);
        assert!(count <= 366);
        let days_off = bits.ascending(count);
        let count = bits.golomb(0);
        assert!(count <= 100);
        let instants = bits.ascending(count);
        let offset = unfolded(bits.golomb(0));
        let changes = instants.into_iter().zip(bits.column(count).into_iter().map(unfolded)).collect();
        Calendar { workdays, cutoff, handling, days_off, offset, changes }
    }

    /// The least local time that is shown at an instant or later.
    fn local(&self, instant: u64) -> i64 {
        let before = self.changes.iter().rfind(|change| change.0 <= instant);
        let offset = before.map_or(self.offset, |change| change.1);
        let later = self.changes.iter().filter(|change| change.0 > instant);
        let shown = |(at, offset): (u64, i64)| at as i64 + offset * MINUTE as i64;
        later.copied().map(shown).fold(shown((instant, offset)), i64::min)
    }

    /// The first instant at which nothing before a local time is shown any more.
    fn instant_of(&self, local: u64) -> u64 {
        let (mut before, mut by) = (local.saturating_sub(2 * HOURS_18), local + 2 * HOURS_18);
        if self.local(before) >= local as i64 {
            return before;
        }
        while by - before > 1 {
            let middle = before + (by - before) / 2;
            if self.local(middle) < local as i64 { before = middle } else { by = middle }
        }
        by
    }

    pub fn day(&self, instant: u64) -> u64 {
        self.local(instant).max(0) as u64 / DAY
    }

    fn begins(&self, day: u64) -> u64 {
        if day == 0 { 0 } else { self.instant_of(day * DAY) }
    }

    fn cutoff_on(&self, day: u64) -> Option<u64> {
        let minutes = self.cutoff?;
        Some(self.instant_of(day * DAY + minutes * MINUTE).min(self.begins(day + 1) - 1))
    }

    fn is_workday(&self, day: u64) -> bool {
        self.workdays[(day as usize + 3) % 7] && !self.days_off.contains(&day)
    }

    pub fn dispatch(&self, ready: u64) -> Option<u64> {
        let mut day = self.day(ready);
        if self.cutoff_on(day).is_some_and(|cutoff| ready > cutoff) {
            day += 1;
        }
        let mut left = self.handling;
        while left > 0 || !self.is_workday(day) {
            left -= u64::from(self.is_workday(day));
            day += 1;
        }
        let leaves = self.cutoff_on(day).unwrap_or_else(|| self.begins(day).max(ready));
        (leaves <= MOST).then_some(leaves)
    }
}
