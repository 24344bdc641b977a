//! Which function has which command.

use super::{Engine, New, Told, supply};
use crate::model::command::Body;
use crate::model::outcome::Rejection;
use crate::model::units::Instant;

impl Engine {
    pub(super) fn execute(
        &mut self,
        body: &Body,
        new: New,
        now: Instant,
        told: &mut Told,
    ) -> Result<(), Rejection> {
        match body {
            Body::DefineLocation { location, calendar, transit } => {
                let location = self.define_location(location);
                self.define_dispatch(location, calendar, transit);
                Ok(())
            }
            Body::DefineItem { sku, settings } => self.define_item(sku, settings),
            Body::DefineSupplier { supplier, lateness_days } => {
                self.define_supplier(supplier, lateness_days);
                Ok(())
            }
            Body::Receive { sku, location, quantity, supply } => {
                self.receive(sku, *location, *quantity, *supply)
            }
            Body::Count { sku, location, on_hand } => self.count(sku, *location, *on_hand),
            Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
                let scheduled = supply::Scheduled { quantity: *quantity, due: *due, new };
                self.schedule_supply(supply, sku, *location, *supplier, scheduled)
            }
            Body::RescheduleSupply { supply, due, quantity } => {
                self.reschedule_supply(supply, *due, *quantity)
            }
            Body::CancelSupply { supply } => self.cancel_supply(supply),
            Body::PlaceOrder { order, lines, settings } => {
                told.refused = self.place_order(order, lines, settings, new)?;
                Ok(())
            }
            Body::HoldStock { hold, lines, ttl_ms, priority } => {
                self.hold_stock(hold, lines, now + ttl_ms, *priority, new)
            }
            Body::ConfirmHold { hold, order, segment, ship_to, settings, notices } => {
                let demand = self.find_open_hold(hold)?;
                self.check_regime(notices.as_deref(), now)?;
                self.confirm_hold(hold, order, (*segment, *ship_to), settings, new)?;
                self.follow_order(demand, notices.as_deref());
                Ok(())
            }
            Body::ReleaseHold { hold } => self.release_hold(hold),
            Body::AmendLine { order, line, quantity } => self.amend_line(order, line, *quantity),
            Body::AmendOrder { order, fulfilment, not_before, latest, ship_to } => {
                self.amend_order(order, *fulfilment, (*not_before, *latest), *ship_to)
            }
            Body::Relocate { order, line, from, to, quantity } => {
                self.relocate(order, line, *from, to, *quantity)
            }
            Body::Reprioritise { order, priority } => self.reprioritise(order, *priority),
            Body::Freeze { order, frozen } => self.freeze(order, *frozen),
            Body::Substitute { order, line, sku } => self.substitute(order, line, sku),
            Body::CancelOrder { order, lines } => self.cancel_order(order, lines.as_deref()),
            Body::Ship { order, lines } => self.ship(order, lines.as_deref()),
            Body::Return { order, line, quantity, restock, location } => {
                self.take_back(order, line, *quantity, *restock, *location)
            }
            Body::Rebalance { skus, rules } => {
                told.changes = self.rebalance(skus.as_deref(), rules)?;
                Ok(())
            }
            Body::DefineRegime { regime, base, settings } => {
                self.define_regime(regime, *base, settings);
                Ok(())
            }
            Body::NoticeSent { notice, offers_cancel, reason } => self.notice_sent(
                notice,
                *offers_cancel,
                reason.is_some_and(|reason| !reason.trim().is_empty()),
            ),
            Body::Respond { order, line, answer, until } => self.respond(order, *line, *answer, *until),
            Body::Refunded { order, line } => self.refunded(order, *line),
            Body::Archive { before } => {
                self.archive(*before);
                Ok(())
            }
            Body::Tick => Ok(()),
        }
    }
}
