//! Commands of the shop's back door: items, suppliers, stock and supplies.

use super::Workload;
use super::names::{kept, name};
use backorder::model::command::Body;
use backorder::model::settings::{Backorders, Change, ItemChange, Lifecycle, Overdue, Replenishment};
use backorder::model::units::{DEFAULT_LOCATION, Instant, MAX_DAYS, MAX_SAFE};

impl Workload {
    pub(super) fn sku(&mut self) -> &'static str {
        if self.random.percent(self.temper.strangers) {
            return "no-such-item";
        }
        name("item", self.random.below(self.temper.items))
    }

    /// An item's definition: each setting now and then, back to its default now and then.
    pub(super) fn define_item(&mut self, number: u64) -> Body<'static> {
        let backorders = self.change(|workload| match workload.random.below(4) {
            0 => Backorders::Deny,
            1 => Backorders::Allow,
            _ => Backorders::Limit(workload.random.below(workload.temper.largest_quantity * 6)),
        });
        let max_per_order = self.change(|workload| workload.random.between(1, 12));
        let safety_stock = self.change(|workload| workload.random.below(6));
        let ageing_days = self.change(|workload| workload.days().max(1));
        let replenishment = self.change(|workload| Replenishment {
            lead_time_days: workload.days(),
            supplier: workload.supplier().map(str::to_owned),
        });
        let overdue = self.change(|workload| Overdue {
            offset_days: workload.days(),
            ignore_after_days: workload.random.percent(50).then(|| workload.days()),
        });
        let lifecycle = self.change(|workload| match workload.random.below(4) {
            0 => Lifecycle::Active,
            1 => Lifecycle::Discontinued,
            2 => Lifecycle::Preorder { release_at: None },
            _ => Lifecycle::Preorder { release_at: Some(workload.instant_near()) },
        });
        let settings = ItemChange {
            backorders,
            max_per_order,
            safety_stock,
            ageing_days,
            replenishment,
            overdue,
            lifecycle,
        };
        Body::DefineItem { sku: name("item", number), settings }
    }

    fn change<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> Change<T> {
        if !self.random.percent(self.temper.settings) {
            return None;
        }
        let set = self.random.percent(75);
        Some(set.then(|| draw(self)))
    }

    fn days(&mut self) -> u64 {
        if self.random.percent(self.temper.extremes) { MAX_DAYS } else { self.random.below(9) }
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

    fn supplier(&mut self) -> Option<&'static str> {
        if self.random.percent(self.temper.strangers) {
            return Some("no-such-supplier");
        }
        let known = self.temper.suppliers > 0 && self.random.percent(50);
        known.then(|| name("supplier", self.random.below(self.temper.suppliers)))
    }

    pub(super) fn location(&mut self) -> Option<&'static str> {
        if self.random.percent(self.temper.strangers) {
            return Some("elsewhere");
        }
        self.random.percent(10).then_some(DEFAULT_LOCATION)
    }

    pub(super) fn receive(&mut self) -> Body<'static> {
        let supply = self.random.percent(50).then(|| self.supply());
        let own_item = supply.filter(|_| !self.random.percent(self.temper.strangers));
        let sku = own_item.map_or_else(|| self.sku(), |(_, sku, _)| sku);
        Body::Receive {
            sku,
            location: self.location(),
            quantity: self.quantity(),
            supply: supply.map(|(supply, _, _)| supply),
        }
    }

    pub(super) fn count(&mut self) -> Body<'static> {
        let on_hand = match self.random.below(4) {
            0 => 0,
            _ => self.quantity(),
        };
        Body::Count { sku: self.sku(), location: self.location(), on_hand }
    }

    pub(super) fn schedule_supply(&mut self) -> Body<'static> {
        let (sku, due) = (self.sku(), self.instant_near());
        let supply = if self.random.percent(4) { self.supply().0 } else { self.new_name("supply") };
        self.supplies.push((supply, sku, due));
        Body::ScheduleSupply {
            supply,
            sku,
            location: self.location(),
            quantity: self.quantity(),
            due,
            supplier: self.supplier(),
        }
    }

    pub(super) fn supply(&mut self) -> (&'static str, &'static str, Instant) {
        if self.random.percent(self.temper.strangers) {
            return ("no-such-supply", "item-0", 0);
        }
        self.random.pick_recent(&self.supplies).copied().unwrap_or(("no-such-supply", "item-0", 0))
    }

    pub(super) fn reschedule_supply(&mut self) -> Body<'static> {
        let due = self.random.percent(70).then(|| self.instant_near());
        let quantity =
            self.random.percent(50).then(|| if self.random.percent(25) { 0 } else { self.quantity() });
        Body::RescheduleSupply { supply: self.supply().0, due, quantity }
    }

    /// An id of so many bytes.
    pub(super) fn long_name(&mut self) -> &'static str {
        kept("x".repeat(self.random.pick(&[127, 128, 129, 1_000])))
    }

    pub(super) fn too_large(&mut self) -> u64 {
        self.random.pick(&[MAX_SAFE + 1, u64::MAX])
    }
}
