//! What falls due between two commands (rules §12).

use super::Engine;
use crate::model::command::CommandKind;
use crate::model::outcome::{EventKind, NEVER, NONE};
use crate::model::units::{Instant, MAX_SAFE};

impl Engine {
    /// The earliest instant at which a `tick` would bring about an event, or an order for later
    /// begins to take units.
    ///
    /// ```
    /// use backorder::engine::{Engine, EngineOptions};
    /// use backorder::model::command::{Body, OrderLine};
    /// use backorder::model::outcome::EventMode;
    /// use backorder::model::settings::ItemChange;
    ///
    /// let mut engine = Engine::new(EngineOptions::default());
    /// let lines = [OrderLine::new("lamp", 1)];
    /// let hold = Body::HoldStock { hold: "cart", lines: lines[..].into(), ttl_ms: 60_000, priority: 100 };
    /// for body in [Body::DefineItem { sku: "lamp", settings: ItemChange::default() }, hold] {
    ///     engine.apply(&body.into(), 1_000, EventMode::Drop);
    /// }
    /// assert_eq!(engine.next_wake_at(), Some(61_000));
    /// engine.apply(&Body::Tick.into(), 61_000, EventMode::Drop);
    /// assert_eq!(engine.next_wake_at(), None);
    /// ```
    pub fn next_wake_at(&self) -> Option<Instant> {
        let at = |end: Option<(Instant, u32)>| end.map_or(NEVER, |(at, _)| at);
        // A day that ends after the last instant there is wakes nobody.
        let deadline = self.deadlines.next().filter(|&at| at <= MAX_SAFE).unwrap_or(NEVER);
        let notice = self.notices.as_ref().map_or(NEVER, |notices| notices.next());
        let first = at(self.hold_ends.first()).min(at(self.releases.first())).min(deadline).min(notice);
        (first != NEVER).then_some(first)
    }

    /// Brings about what is due by `now`, each at its own instant; at one instant holds go first,
    /// then orders for later, then promised days, then what notices ask for, each in the order in which they were made.
    pub(crate) fn advance(&mut self, now: Instant) {
        while let Some(at) = self.next_wake_at()
            && at <= now
        {
            self.log.because(at, CommandKind::Tick, NONE);
            match (self.hold_ends.first(), self.releases.first()) {
                (Some((end, demand)), _) if end == at => self.end_hold(demand, EventKind::HoldExpired),
                (_, Some((from, demand))) if from == at => self.release_order(demand),
                _ if self.deadlines.next() == Some(at) => self.end_of_promised_day(at),
                _ => self.end_of_notice_day(),
            }
            self.finish();
        }
        self.last_instant = now;
    }
}
