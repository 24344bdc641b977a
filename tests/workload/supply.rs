//! Commands of the shop's back door: suppliers, locations, stock and supplies.

use super::names::{kept, name};
use super::{Scheduled, Workload};
use backorder::model::command::Body;
use backorder::model::units::{DEFAULT_LOCATION, MAX_DAYS, MAX_SAFE};

impl Workload {
    pub(super) fn sku(&mut self) -> &'static str {
        if self.random.percent(self.temper.strangers) {
            return "no-such-item";
        }
        name("item", self.random.below(self.temper.items))
    }

    pub(super) fn days(&mut self) -> u64 {
        if self.random.percent(self.temper.extremes) { MAX_DAYS } else { self.random.below(9) }
    }

    pub(super) fn define_location(&mut self, number: u64) -> Body<'static> {
        if self.random.percent(5) {
            return Body::DefineLocation { location: DEFAULT_LOCATION, calendar: None, transit: None };
        }
        Body::DefineLocation { location: name("location", number), calendar: None, transit: None }
    }

    pub(super) fn define_supplier(&mut self) -> Body<'static> {
        let number = self.random.below(self.temper.suppliers.max(1));
        let lateness_days = match self.random.below(3) {
            0 => None,
            1 => Some(None),
            _ => Some(Some(vec![-2, 0, self.random.below(9) as i64])),
        };
        Body::DefineSupplier { supplier: name("supplier", number), lateness_days }
    }

    pub(super) fn supplier(&mut self) -> Option<&'static str> {
        if self.random.percent(self.temper.strangers) {
            return Some("no-such-supplier");
        }
        let known = self.temper.suppliers > 0 && self.random.percent(50);
        known.then(|| name("supplier", self.random.below(self.temper.suppliers)))
    }

    /// One of the locations that there may be.
    pub(super) fn some_location(&mut self) -> &'static str {
        if self.random.percent(self.temper.strangers) {
            return "elsewhere";
        }
        if self.temper.locations == 0 || self.random.percent(5) {
            return DEFAULT_LOCATION;
        }
        name("location", self.random.below(self.temper.locations))
    }

    /// Where there is one location it is mostly left out.
    pub(super) fn location(&mut self) -> Option<&'static str> {
        let named = match self.temper.locations {
            0 => 10 + self.temper.strangers,
            1 => 40,
            _ => 90,
        };
        self.random.percent(named).then(|| self.some_location())
    }

    pub(super) fn receive(&mut self) -> Body<'static> {
        let supply = self.random.percent(50).then(|| self.supply());
        let own = supply.filter(|_| !self.random.percent(self.temper.strangers));
        let (sku, location) = match own {
            Some(Scheduled { sku, location, .. }) => (sku, location),
            None => (self.sku(), self.location()),
        };
        Body::Receive { sku, location, quantity: self.quantity(), supply: supply.map(|supply| supply.id) }
    }

    pub(super) fn count(&mut self) -> Body<'static> {
        let on_hand = match self.random.below(4) {
            0 => 0,
            _ => self.quantity(),
        };
        Body::Count { sku: self.sku(), location: self.location(), on_hand }
    }

    pub(super) fn schedule_supply(&mut self) -> Body<'static> {
        let (sku, due, location) = (self.sku(), self.instant_near(), self.location());
        let supply = if self.random.percent(4) { self.supply().id } else { self.new_name("supply") };
        self.supplies.push(Scheduled { id: supply, sku, location });
        let (quantity, supplier) = (self.quantity(), self.supplier());
        Body::ScheduleSupply { supply, sku, location, quantity, due, supplier }
    }

    pub(super) fn supply(&mut self) -> Scheduled {
        let nothing = Scheduled { id: "no-such-supply", sku: "item-0", location: None };
        if self.random.percent(self.temper.strangers) {
            return nothing;
        }
        self.random.pick_recent(&self.supplies).copied().unwrap_or(nothing)
    }

    pub(super) fn reschedule_supply(&mut self) -> Body<'static> {
        let due = self.random.percent(70).then(|| self.instant_near());
        let quantity =
            self.random.percent(50).then(|| if self.random.percent(25) { 0 } else { self.quantity() });
        Body::RescheduleSupply { supply: self.supply().id, due, quantity }
    }

    /// An id of so many bytes.
    pub(super) fn long_name(&mut self) -> &'static str {
        kept("x".repeat(self.random.pick(&[127, 128, 129, 1_000])))
    }

    pub(super) fn too_large(&mut self) -> u64 {
        self.random.pick(&[MAX_SAFE + 1, u64::MAX])
    }
}
