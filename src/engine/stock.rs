//! `receive` and `count`: what stands on the shelf (rules §4, §6).

use super::{Engine, names, refuse};
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
        names::check_location(location, || "location".into())?;
        if let (Some(supply), Some(id)) = (from, supply)
            && self.supplies[supply as usize].item != item
        {
            let due = self.skus.name(self.supplies[supply as usize].item);
            let message = format!("supply \"{id}\" brings \"{due}\", not \"{sku}\"");
            return Err(refuse(Reason::SupplyMismatch, "sku", message));
        }
        self.check_on_hand(item, quantity, "quantity")?;

        if let Some(supply) = from {
            self.log.because_of_supply(supply);
            self.take_from_supply(supply, quantity);
        }
        let supply = from.unwrap_or(NONE);
        self.log.push(Event { item, supply, quantity, ..self.log.event(EventKind::StockReceived) });
        self.items[item as usize].on_hand += self.received(quantity);
        self.serve(item);
        Ok(())
    }

    pub(crate) fn count(
        &mut self,
        sku: &str,
        location: Option<&str>,
        on_hand: Quantity,
    ) -> Result<(), Rejection> {
        let item = self.find_item(sku, || "sku".into())?;
        names::check_location(location, || "location".into())?;

        let event = self.log.event(EventKind::StockCounted);
        self.log.push(Event { item, quantity: on_hand, ..event });
        let before = core::mem::replace(&mut self.items[item as usize].on_hand, on_hand);
        if on_hand == before {
            return Ok(());
        }
        self.yield_units(item);
        self.serve(item);
        self.touch_all(item);
        Ok(())
    }

    /// Refuses units that would lift the stock above the largest number there is.
    pub(crate) fn check_on_hand(&self, item: u32, more: Quantity, path: &str) -> Result<(), Rejection> {
        if self.items[item as usize].on_hand + more > MAX_SAFE {
            let message = format!("more than {MAX_SAFE} units would be on hand");
            return Err(refuse(Reason::LimitExceeded, path, message));
        }
        Ok(())
    }

    #[cfg(not(feature = "canary"))]
    fn received(&mut self, quantity: Quantity) -> Quantity {
        quantity
    }

    /// All of a receipt, or one unit less where a fault was put in.
    #[cfg(feature = "canary")]
    fn received(&mut self, quantity: Quantity) -> Quantity {
        match self.fault.take() {
            Some(super::Fault::LoseUnit) => quantity - 1,
            None => quantity,
        }
    }
}
