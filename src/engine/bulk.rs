//! Many orders at one instant, without a command and an outcome for each.

use super::{Engine, check, content};
use crate::model::command::{CommandKind, OrderLine, OrderSettings};
use crate::model::outcome::{EventMode, Status};
use crate::model::units::Instant;

impl Engine {
    /// Places an order of one line, as `placeOrder` does, and keeps its events.
    pub fn place_line(
        &mut self,
        order: &str,
        line: &OrderLine,
        settings: &OrderSettings,
        now: Instant,
    ) -> Status {
        let lines = core::slice::from_ref(line);
        if let Err(rejection) = self.admit(check::order(order, lines, settings, now), now) {
            return self.refuse(rejection, now, EventMode::Keep).status;
        }
        self.log.begin(EventMode::Keep);
        self.advance(now);
        let content = content::of_order(order, lines, settings, &mut self.scratch);
        let id = self.order_id(order);
        self.perform(CommandKind::PlaceOrder, None, content, id, now, |engine, new| {
            engine.place_order(order, lines, settings, new).map(drop)
        })
    }
}
