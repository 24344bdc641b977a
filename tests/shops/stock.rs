//! Commands of the shop's back door: suppliers, places, stock and supplies.

use super::{Shop, Supply, put};
use backorder::model::units::MAX_SAFE;
use serde_json::{Value, json};

impl Shop {
    pub(super) fn some_supplier(&mut self) -> Option<String> {
        if let Some(stranger) = self.stranger("supplier") {
            return Some(stranger);
        }
        let is_named = self.temper.suppliers > 0 && self.random.percent(50);
        is_named.then(|| format!("supplier {}", self.random.below(self.temper.suppliers)))
    }

    pub(super) fn supply(&mut self) -> Supply {
        let nothing = |id| Supply { id, sku: super::items::sku(0), place: None };
        match self.stranger("supply") {
            Some(stranger) => nothing(stranger),
            None => {
                let known = self.random.pick_recent(&self.supplies).cloned();
                known.unwrap_or_else(|| nothing("no such supply".to_string()))
            }
        }
    }

    pub(super) fn define_place(&mut self) -> Value {
        let place = self.random.below(self.temper.places + 1);
        json!({ "type": "defineLocation", "location": format!("place {place}") })
    }

    pub(super) fn define_supplier(&mut self) -> Value {
        let supplier = format!("supplier {}", self.random.below(self.temper.suppliers.max(1)));
        let mut supplier = json!({ "type": "defineSupplier", "supplier": supplier });
        if self.is_set() {
            supplier["lateness"] = json!([-2, 0, self.random.below(9)]);
        }
        supplier
    }

    pub(super) fn receive(&mut self) -> Value {
        let supply = self.random.percent(50).then(|| self.supply());
        let of_supply = supply.as_ref().map(|supply| (supply.sku.clone(), supply.place.clone()));
        let (sku, place) = of_supply.unwrap_or_else(|| (self.sku(), self.place()));
        let quantity = self.quantity().saturating_mul(3).min(MAX_SAFE);
        let mut received = json!({ "type": "receive", "sku": sku, "quantity": quantity });
        put(&mut received, "location", place);
        put(&mut received, "supply", supply.map(|supply| supply.id));
        received
    }

    pub(super) fn count(&mut self) -> Value {
        let on_hand = if self.random.percent(20) { 0 } else { self.quantity() };
        let mut counted = json!({ "type": "count", "sku": self.sku(), "onHand": on_hand });
        let place = self.place();
        put(&mut counted, "location", place);
        counted
    }

    pub(super) fn schedule_supply(&mut self) -> Value {
        let id = if self.random.percent(3) { self.supply().id } else { self.new_name("supply") };
        let (sku, place, due) = (self.sku(), self.place(), self.date());
        let quantity = self.quantity().saturating_mul(3).min(MAX_SAFE);
        let mut scheduled =
            json!({ "type": "scheduleSupply", "supply": id, "sku": sku, "quantity": quantity, "due": due });
        put(&mut scheduled, "location", place.clone());
        self.supplies.push(Supply { id, sku, place });
        let supplier = self.some_supplier();
        put(&mut scheduled, "supplier", supplier);
        scheduled
    }

    pub(super) fn reschedule_supply(&mut self) -> Value {
        let mut supply = json!({ "type": "rescheduleSupply", "supply": self.supply().id });
        let due = self.random.percent(80).then(|| self.date());
        put(&mut supply, "due", due);
        let quantity =
            self.random.percent(40).then(|| if self.random.percent(25) { 0 } else { self.quantity() });
        put(&mut supply, "quantity", quantity);
        supply
    }
}
