//! `scheduleSupply`, `rescheduleSupply`, `cancelSupply`: what is on its way (rules §4).

use super::store::Supply;
use super::{Engine, New, refuse};
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Rejection};
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use crate::model::view::SupplyState;
use alloc::format;

/// What a new supply is to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheduled {
    pub quantity: Quantity,
    pub due: Instant,
    pub new: New,
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
        let location = self.find_location(location, || "location".into())?;
        self.check_no_kit(item)?;
        let supplier = supplier.map(|name| self.find_supplier(name, "supplier")).transpose()?;
        let Scheduled { quantity, due, new } = scheduled;
        self.check_incoming(item, quantity)?;

        let site = self.stock_site(item, location);
        let supply = self.supply_ids.insert_new(id, new.place);
        self.supplies.push(Supply {
            site,
            supplier: supplier.unwrap_or(NONE),
            due,
            open: 0,
            received: 0,
            state: SupplyState::Closed,
            closed_at: NEVER,
            content: new.content,
            archived: false,
        });
        self.items[item as usize].supplies.push(supply);
        self.log.because_of_supply(supply);
        let event = self.site_event(EventKind::SupplyScheduled, site);
        self.log.push(Event { supply, quantity, to: due, ..event });
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
        self.check_incoming(self.sites[before.site as usize].item, open.saturating_sub(before.open))?;

        if due == before.due && open == before.open {
            return Ok(());
        }
        self.check_no_kit(self.sites[before.site as usize].item)?;
        self.log.because_of_supply(supply);
        let event = self.site_event(EventKind::SupplyMoved, before.site);
        self.log.push(Event { supply, quantity: open, from: before.due, to: due, ..event });
        self.set_supply(supply, due, open);
        Ok(())
    }

    pub(crate) fn cancel_supply(&mut self, id: &str) -> Result<(), Rejection> {
        let supply = self.find_supply(id)?;
        let Supply { site, due, open, state, .. } = self.supplies[supply as usize];
        if state != SupplyState::Open {
            return Ok(());
        }
        self.log.because_of_supply(supply);
        let event = self.site_event(EventKind::SupplyCancelled, site);
        self.log.push(Event { supply, quantity: open, ..event });
        self.set_supply(supply, due, 0);
        self.supplies[supply as usize].state = SupplyState::Cancelled;
        Ok(())
    }

    /// A receipt against a supply: so much less is to come, and never below 0.
    pub(crate) fn take_from_supply(&mut self, supply: u32, quantity: Quantity) {
        let record = &mut self.supplies[supply as usize];
        record.received += quantity;
        let (due, open) = (record.due, record.open.saturating_sub(quantity));
        self.set_supply(supply, due, open);
    }

    /// A supply's date and what is still to come of it; the promises that this may move are noted.
    fn set_supply(&mut self, supply: u32, due: Instant, open: Quantity) {
        let at = self.log.at;
        let record = &mut self.supplies[supply as usize];
        let (site_number, due_before, open_before) = (record.site, record.due, record.open);
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

        let site = &mut self.sites[site_number as usize];
        let settings = &self.items[site.item as usize].settings;
        let overdue = settings.overdue;
        // With protection, those who must leave more are served by units further on.
        let debt = (-site.free(settings)).max(0) as Quantity;
        let most_left = settings.protection.iter().map(|level| level.units).max().unwrap_or(0);
        let free = site.free(settings).max(0) as Quantity;
        // Overdue supply comes later each day, and then counts for nothing: what it brings has moved since it
        // was last looked at.
        let before = site.curve.at(at, overdue);
        let (drifted, ignored) = (before.upto_overdue(), before.ignored());
        let missed = ignored != site.curve.at(site.seen_at, overdue).ignored();
        let from = if drifted > 0 || missed { 0 } else { before.before(due_before) };
        site.curve.remove(supply, due_before);
        site.curve.insert(supply, due, open);
        let after = site.curve.at(at, overdue);
        let upto = if open == open_before && after.ignored() == ignored && !missed {
            after.through(due).max(drifted)
        } else {
            // More or less of it, or that it no longer counts, moves every unit behind.
            Quantity::MAX
        };
        self.foretell(supply, due_before);
        if self.expect_anew(site_number) {
            // Assumed supply comes with the last of it, which may have been beyond the last instant there is.
            return self.touch_assumed(site_number);
        }
        let from = from.saturating_sub(debt.saturating_add(most_left));
        self.touch(site_number, from, upto.saturating_add(free).saturating_sub(debt));
    }

    /// Refuses more to come than the largest number there is.
    fn check_incoming(&self, item: u32, more: Quantity) -> Result<(), Rejection> {
        let sites = self.items[item as usize].sites.iter();
        let incoming = sites.map(|&site| self.sites[site as usize].curve.total());
        if incoming.fold(more, u64::saturating_add) > MAX_SAFE {
            let message = format!("more than {MAX_SAFE} units would be on their way");
            return Err(refuse(Reason::LimitExceeded, "quantity", message));
        }
        Ok(())
    }
}
