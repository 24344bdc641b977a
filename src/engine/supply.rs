//! `scheduleSupply`, `rescheduleSupply`, `cancelSupply`: what is on its way (rules §4).

use super::store::Supply;
use super::{Engine, names, refuse};
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Rejection};
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use crate::model::view::SupplyState;
use alloc::format;

/// What a new supply is to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheduled {
    pub quantity: Quantity,
    pub due: Instant,
    /// Of the command.
    pub content: u64,
}

impl Engine {
    pub(crate) fn schedule_supply(
        &mut self,
        id: &str,
        sku: &str,
        location: Option<&str>,
        supplier: Option<&str>,
        scheduled: Scheduled,
    ) -> Result<(), Rejection> {
        let item = self.find_item(sku, || "sku".into())?;
        names::check_location(location, || "location".into())?;
        let supplier = supplier.map(|name| self.find_supplier(name, "supplier")).transpose()?;
        let Scheduled { quantity, due, content } = scheduled;
        self.check_incoming(item, quantity)?;

        let supply = self.supply_ids.intern(id);
        self.supplies.push(Supply {
            item,
            supplier: supplier.unwrap_or(NONE),
            due,
            open: 0,
            received: 0,
            state: SupplyState::Closed,
            closed_at: NEVER,
            content,
            archived: false,
        });
        self.items[item as usize].supplies.push(supply);
        self.log.because_of_supply(supply);
        let event = self.log.event(EventKind::SupplyScheduled);
        self.log.push(Event { item, supply, quantity, to: due, ..event });
        self.set_supply(supply, due, quantity);
        Ok(())
    }

    pub(crate) fn reschedule_supply(
        &mut self,
        id: &str,
        due: Option<Instant>,
        quantity: Option<Quantity>,
    ) -> Result<(), Rejection> {
        let supply = self.find_supply(id)?;
        let before = self.supplies[supply as usize];
        let (due, open) = (due.unwrap_or(before.due), quantity.unwrap_or(before.open));
        self.check_incoming(before.item, open.saturating_sub(before.open))?;

        if due == before.due && open == before.open {
            return Ok(());
        }
        self.log.because_of_supply(supply);
        let event = self.log.event(EventKind::SupplyMoved);
        let (item, from) = (before.item, before.due);
        self.log.push(Event { item, supply, quantity: open, from, to: due, ..event });
        self.set_supply(supply, due, open);
        Ok(())
    }

    pub(crate) fn cancel_supply(&mut self, id: &str) -> Result<(), Rejection> {
        let supply = self.find_supply(id)?;
        let Supply { item, due, open, state, .. } = self.supplies[supply as usize];
        if state != SupplyState::Open {
            return Ok(());
        }
        self.log.because_of_supply(supply);
        let event = self.log.event(EventKind::SupplyCancelled);
        self.log.push(Event { item, supply, quantity: open, ..event });
        self.set_supply(supply, due, 0);
        self.supplies[supply as usize].state = SupplyState::Cancelled;
        Ok(())
    }

    /// A receipt against a supply: so much less is to come, and never below 0.
    pub(crate) fn take_from_supply(&mut self, supply: u32, quantity: Quantity) {
        let record = &mut self.supplies[supply as usize];
        record.received = record.received.saturating_add(quantity).min(MAX_SAFE);
        let (due, open) = (record.due, record.open.saturating_sub(quantity));
        self.set_supply(supply, due, open);
    }

    /// A supply's date and what is still to come of it; the promises that this may move are noted.
    fn set_supply(&mut self, supply: u32, due: Instant, open: Quantity) {
        let at = self.log.at;
        let record = &mut self.supplies[supply as usize];
        let (item_number, due_before, open_before) = (record.item, record.due, record.open);
        record.due = due;
        record.open = open;
        if open > 0 {
            record.state = SupplyState::Open;
            record.closed_at = NEVER;
        } else if record.state == SupplyState::Open {
            record.state = SupplyState::Closed;
            record.closed_at = at;
        } else if record.closed_at == NEVER {
            record.closed_at = at;
        }

        let item = &mut self.items[item_number as usize];
        let (debt, overdue) = (item.debt(), item.settings.overdue);
        // Overdue supply comes later each day: what it brings has moved since it was last looked at.
        let before = item.curve.at(at, overdue);
        let drifted = before.upto_overdue();
        let from = if drifted > 0 { 0 } else { before.before(due_before) };
        item.curve.remove(supply, due_before);
        item.curve.insert(supply, due, open);
        let upto = match open.cmp(&open_before) {
            core::cmp::Ordering::Equal => item.curve.at(at, overdue).through(due).max(drifted),
            // More or less of it moves every unit behind.
            _ => Quantity::MAX,
        };
        self.touch(item_number, from.saturating_sub(debt), upto.saturating_sub(debt));
    }

    /// Refuses more to come than the largest number there is.
    fn check_incoming(&self, item: u32, more: Quantity) -> Result<(), Rejection> {
        if self.items[item as usize].curve.total().saturating_add(more) > MAX_SAFE {
            let message = format!("more than {MAX_SAFE} units would be on their way");
            return Err(refuse(Reason::LimitExceeded, "quantity", message));
        }
        Ok(())
    }
}
