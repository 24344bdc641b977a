//! What is sold: settings, kits, and what cannot stand together (rules §3.9, §7, §8).

use super::records::Item;
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::outcome::Reason;
use backorder::model::settings::{Change, ItemChange, ItemSettings, Promising, Sharing, WholeLines};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use std::sync::LazyLock;

impl Shop {
    pub(super) fn item(&self, sku: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.sku == sku).map(|item| &**item)
    }

    /// The settings of an item that is known; the defaults for one that is not.
    pub(super) fn settings(&self, sku: &str) -> &ItemSettings {
        static DEFAULTS: LazyLock<ItemSettings> = LazyLock::new(ItemSettings::default);
        self.item(sku).map_or(&DEFAULTS, |item| &item.settings)
    }

    pub(super) fn known_item(&self, sku: &str, path: &str) -> Result<(), Refusal> {
        if self.item(sku).is_none() { refuse(Reason::UnknownItem, path) } else { Ok(()) }
    }

    pub(super) fn is_kit(&self, sku: &str) -> bool {
        self.item(sku).is_some_and(|item| !item.settings.components.is_empty())
    }

    /// What one unit is made of in the end, in the order in which that is first named: of an item
    /// that is no kit, itself.
    pub fn made_of(&self, sku: &str) -> Vec<(String, Quantity)> {
        let exact = |(sku, units): (String, u128)| (sku, Quantity::try_from(units).unwrap_or(Quantity::MAX));
        self.flattened(sku).into_iter().map(exact).collect()
    }

    fn flattened(&self, sku: &str) -> Vec<(String, u128)> {
        if !self.is_kit(sku) {
            return vec![(sku.to_owned(), 1)];
        }
        let mut leaves: Vec<(String, u128)> = Vec::new();
        for component in &self.settings(sku).components {
            for (leaf, units) in self.flattened(&component.sku) {
                let units = units.saturating_mul(u128::from(component.quantity));
                match leaves.iter_mut().find(|(known, _)| *known == leaf) {
                    Some((_, sum)) => *sum = sum.saturating_add(units),
                    None => leaves.push((leaf, units)),
                }
            }
        }
        leaves
    }

    /// Whether the item is, or is somewhere made of, the other.
    fn contains(&self, sku: &str, other: &str) -> bool {
        let inside = &self.settings(sku).components;
        sku == other || inside.iter().any(|component| self.contains(&component.sku, other))
    }

    pub(super) fn define_item(
        &mut self,
        sku: &str,
        change: &ItemChange,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let before = self.clone();
        let supplier = change.replenishment.iter().flatten().find_map(|given| given.supplier.as_ref());
        if supplier.is_some_and(|supplier| !self.suppliers.contains(supplier)) {
            return refuse(Reason::UnknownSupplier, "replenishment.supplier");
        }
        for (index, component) in change.components.iter().flatten().flatten().enumerate() {
            let path = format!("components[{index}].sku");
            if self.contains(&component.sku, sku) {
                return refuse(Reason::CyclicComponents, path);
            }
            self.known_item(&component.sku, &path)?;
        }
        if self.item(sku).is_none() {
            let item = Item { sku: sku.to_owned(), settings: Default::default(), stands: Default::default() };
            self.items.push(item.into());
        }
        if let Some(item) = self.items.iter_mut().find(|item| item.sku == sku) {
            merge(&mut item.settings, change);
        }
        self.small_enough_kits()?;
        if let Some(path) = conflict(self.settings(sku)) {
            return refuse(Reason::ConflictingSettings, path);
        }
        self.components_may_change(&before, sku)?;
        if change.reorder.is_some() {
            self.reorder_anew(sku);
        }
        if before.settings(sku).overtaking != self.settings(sku).overtaking {
            self.learn_orders_anew(sku, now);
        }
        Ok(self.touched_by_settings(&before, sku))
    }

    fn small_enough_kits(&self) -> Result<(), Refusal> {
        let too_large = |item: &Item| {
            self.flattened(&item.sku).into_iter().any(|(_, units)| units > u128::from(MAX_SAFE))
        };
        if self.items.iter().any(|item| too_large(item)) {
            return refuse(Reason::LimitExceeded, "components");
        }
        Ok(())
    }

    /// A kit that somebody waits for stays what it is, and what stands somewhere becomes no kit.
    fn components_may_change(&self, before: &Shop, sku: &str) -> Result<(), Refusal> {
        let mut open_lines =
            self.demands.iter().flat_map(|demand| &demand.lines).filter(|line| line.left() > 0);
        let would_change = open_lines.any(|line| before.made_of(&line.sku) != self.made_of(&line.sku));
        let becomes_kit = self.is_kit(sku) && !before.is_kit(sku);
        let stands = self.item(sku).is_some_and(|item| item.stands.values().any(|stand| stand.on_hand > 0));
        let comes = self.supplies.iter().any(|supply| supply.place.sku == sku && supply.open > 0);
        if would_change || becomes_kit && (stands || comes) {
            return refuse(Reason::ConflictingSettings, "components");
        }
        Ok(())
    }

    /// Where dates may have changed: of a kit, only its release decides about them.
    fn touched_by_settings(&self, before: &Shop, sku: &str) -> Touched {
        let (was, is) = (before.settings(sku), self.settings(sku));
        let mut touched = Touched::default();
        if self.is_kit(sku) {
            if was.lifecycle != is.lifecycle {
                touched.lines = self.lines_of(sku);
            }
            return touched;
        }
        let shares_stand = was.safety_stock == is.safety_stock
            && was.sharing == is.sharing
            && was.promising == is.promising
            && was.protection == is.protection
            && was.whole_lines == is.whole_lines;
        let dates_stand = was.ageing_days == is.ageing_days
            && was.replenishment == is.replenishment
            && was.overdue == is.overdue
            && was.is_overtaken() == is.is_overtaken()
            && was.promise_quantile == is.promise_quantile
            && was.lifecycle == is.lifecycle;
        if shares_stand && dates_stand {
            return touched;
        }
        let touched = Touched::stock(self.item(sku).map(Item::places).unwrap_or_default());
        if shares_stand { touched.unserved() } else { touched }
    }
}

/// The settings that are given take the place of those there are.
pub fn merge(settings: &mut ItemSettings, change: &ItemChange) {
    set(&mut settings.backorders, &change.backorders);
    set(&mut settings.max_per_order, &change.max_per_order.map(|given| given.map(Some)));
    set(&mut settings.safety_stock, &change.safety_stock);
    set(&mut settings.ageing_days, &change.ageing_days.map(|given| given.map(Some)));
    set(&mut settings.replenishment, &change.replenishment.clone().map(|given| given.map(Some)));
    set(&mut settings.overdue, &change.overdue);
    set(&mut settings.lifecycle, &change.lifecycle);
    set(&mut settings.promise_quantile, &change.promise_quantile);
    set(&mut settings.sharing, &change.sharing);
    set(&mut settings.promising, &change.promising);
    set(&mut settings.overtaking, &change.overtaking);
    set(&mut settings.protection, &change.protection);
    set(&mut settings.whole_lines, &change.whole_lines);
    set(&mut settings.reorder, &change.reorder.map(|given| given.map(Some)));
    set(&mut settings.components, &change.components);
    set(&mut settings.substitutes, &change.substitutes);
    set(&mut settings.incentives, &change.incentives);
}

/// A setting that is left out stays as it is; one given as `null` goes back to its default.
fn set<T: Clone + Default>(setting: &mut T, change: &Change<T>) {
    if let Some(given) = change {
        *setting = given.clone().unwrap_or_default();
    }
}

/// The setting that cannot stand beside the others (rules §8).
pub fn conflict(settings: &ItemSettings) -> Option<&'static str> {
    let protects = !settings.protection.is_empty();
    let fair_share = settings.sharing == Sharing::FairShare;
    let protect = settings.promising == Promising::Protect;
    let skip = settings.whole_lines == WholeLines::Skip;
    match () {
        () if protects && (fair_share || settings.ageing_days.is_some()) => Some("protection"),
        () if fair_share && protect => Some("promising"),
        () if skip && (fair_share || protect) => Some("wholeLines"),
        () => None,
    }
}
