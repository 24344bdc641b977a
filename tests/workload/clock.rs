//! When commands come: often at once, sometimes at the very instant at which something falls due,
//! now and then days later, and once in a while too early.

use super::Workload;
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, day_of, end_of_day};

impl Workload {
    /// The instant of the next command. The clock goes on from the latest, whatever was refused.
    pub(super) fn next_instant(&mut self) -> Instant {
        if self.now > 0 && self.random.percent(self.temper.backwards) {
            return self.now - self.random.between(1, self.now.min(DAY_MS));
        }
        let midnight = end_of_day(day_of(self.now));
        let next = match self.random.below(20) {
            0..7 => self.now,
            7..11 => self.now + self.random.between(1, 5_000),
            11..14 => self.now + self.random.between(1, 8 * 3_600_000),
            14 => midnight,
            15 => midnight - 1,
            16 => self.end_of_something(),
            17 => self.end_of_something().saturating_sub(1),
            18 => self.now + self.random.between(1, 3) * DAY_MS,
            _ => self.now + self.random.between(1, self.temper.longest_step_days * DAY_MS),
        };
        self.now = next.clamp(self.now, MAX_SAFE);
        self.now
    }

    /// Of a cart, or of the time that an order for later takes nothing.
    fn end_of_something(&mut self) -> Instant {
        let known = if self.random.percent(50) { &self.holds } else { &self.orders };
        self.random.pick_recent(known).map_or(self.now, |placed| placed.ends_at)
    }

    /// A date of the kind that a shop gives: days ahead, sometimes past, sometimes midnight.
    pub(super) fn instant_near(&mut self) -> Instant {
        if self.random.percent(self.temper.extremes) {
            return self.random.pick(&[0, 1, MAX_SAFE, MAX_SAFE - 1, MAX_SAFE - DAY_MS]);
        }
        let ahead = self.now + self.random.below(12 * DAY_MS);
        let instant = match self.random.below(10) {
            0 => self.now.saturating_sub(self.random.below(20 * DAY_MS)),
            1 => self.now,
            2 => end_of_day(day_of(ahead)),
            3 => end_of_day(day_of(ahead)) - 1,
            _ => ahead,
        };
        instant.min(MAX_SAFE)
    }
}
