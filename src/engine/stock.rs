//! `receive` and `count`: what stands on the shelf (rules §4, §6).

use super::{Engine, refuse};
use crate::model::outcome::{Event, EventKind, NONE, Reason, Rejection};
use crate::model::units::{MAX_SAFE, Quantity};
use alloc::format;

impl Engine {
    pub(crate) fn receive(
        &mut self,
        sku: &str,
        location: Option<&str>,
        quantity: Quantity,
        supply: Option<&str>,
    ) -> Result<(), Rejection> {
        let from = supply.map(|id| self.find_supply(id)).transpose()?;
        let item = self.find_item(sku, || "sku".into())?;
        let location = self.find_location(location, || "location".into())?;
        self.check_no_kit(item)?;
        if let (Some(supply), Some(id)) = (from, supply) {
            self.check_match(supply, id, item, location)?;
        }
        self.check_on_hand(item, quantity, "quantity")?;
        let received = from.map_or(0, |supply| self.supplies[supply as usize].received);
        if received + quantity > MAX_SAFE {
            let message = format!("more than {MAX_SAFE} units would have come of this supply");
            return Err(refuse(Reason::LimitExceeded, "quantity", message));
        }

        let site = self.stock_site(item, location);
        if let Some(supply) = from {
            self.log.because_of_supply(supply);
            self.learn_from_receipt(supply);
            self.take_from_supply(supply, quantity);
        }
        let supply = from.unwrap_or(NONE);
        self.log.push(Event { supply, quantity, ..self.site_event(EventKind::StockReceived, site) });
        #[cfg(feature = "canary")]
        let quantity = quantity - Quantity::from(self.does(super::Fault::LoseUnit));
        self.sites[site as usize].on_hand += quantity;
        self.touch_stock(site);
        self.serve(site);
        Ok(())
    }

    /// A receipt names the item and the location of its supply.
    fn check_match(&self, supply: u32, id: &str, item: u32, location: u32) -> Result<(), Rejection> {
        let due = &self.sites[self.supplies[supply as usize].site as usize];
        if due.item != item {
            let (due, sku) = (self.skus.name(due.item), self.skus.name(item));
            let message = format!("supply \"{id}\" brings \"{due}\", not \"{sku}\"");
            return Err(refuse(Reason::SupplyMismatch, "sku", message));
        }
        if due.location != location {
            let due = self.locations.name(due.location);
            let message = format!("supply \"{id}\" comes to \"{due}\"; receive it there");
            return Err(refuse(Reason::SupplyMismatch, "location", message));
        }
        Ok(())
    }

    pub(crate) fn count(
        &mut self,
        sku: &str,
        location: Option<&str>,
        on_hand: Quantity,
    ) -> Result<(), Rejection> {
        let item = self.find_item(sku, || "sku".into())?;
        let location = self.find_location(location, || "location".into())?;
        self.check_no_kit(item)?;
        let there = self.site_or_nothing(item, location).on_hand;
        self.check_on_hand(item, on_hand.saturating_sub(there), "onHand")?;

        let site = self.stock_site(item, location);
        let event = self.site_event(EventKind::StockCounted, site);
        self.log.push(Event { quantity: on_hand, ..event });
        let before = core::mem::replace(&mut self.sites[site as usize].on_hand, on_hand);
        if on_hand == before {
            self.note_position(site);
            return Ok(());
        }
        self.yield_units(site);
        self.serve(site);
        self.touch_all(site);
        Ok(())
    }
}
