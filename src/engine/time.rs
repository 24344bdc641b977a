//! What falls due between two commands (rules §12).

use super::Engine;
use crate::model::command::CommandKind;
use crate::model::outcome::{EventKind, NONE};
use crate::model::units::{Instant, MAX_SAFE};

impl Engine {
    /// The earliest instant at which a `tick` would bring about an event.
    pub fn next_wake_at(&self) -> Option<Instant> {
        let holds = self.hold_ends.first().map(|(at, _)| at);
        // A day that ends after the last instant there is wakes nobody.
        let deadline = self.deadlines.next().filter(|&at| at <= MAX_SAFE);
        match (holds, deadline) {
            (Some(hold), Some(deadline)) => Some(hold.min(deadline)),
            (hold, deadline) => hold.or(deadline),
        }
    }

    /// Brings about what is due by `now`, each at its own instant; at one instant holds go first,
    /// then deadlines, both in the order in which they were made.
    pub(crate) fn advance(&mut self, now: Instant) {
        while let Some(at) = self.next_wake_at()
            && at <= now
        {
            self.log.because(at, CommandKind::Tick, NONE);
            match self.hold_ends.first() {
                Some((end, demand)) if end == at => self.end_hold(demand, EventKind::HoldExpired),
                _ => self.end_of_promised_day(at),
            }
            self.finish();
        }
        self.last_instant = now;
    }
}
