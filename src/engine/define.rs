//! `defineItem` and `defineSupplier`: sent again, they change the settings that they give (§3.9).

use super::store::{Item, Supplier};
use super::{Engine, refuse};
use crate::model::outcome::{Reason, Rejection};
use crate::model::settings::{Change, ItemChange, ItemSettings};
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn define_item(&mut self, sku: &str, change: &ItemChange) -> Result<(), Rejection> {
        let supplier = change.replenishment.iter().flatten().find_map(|given| given.supplier.as_deref());
        if let Some(name) = supplier {
            self.find_supplier(name, "replenishment.supplier")?;
        }
        let item = self.skus.intern(sku);
        if item as usize == self.items.len() {
            self.items.push(Item::new(ItemSettings::default(), 0));
        }
        let settings = &mut self.items[item as usize].settings;
        let before = settings.clone();
        merge(settings, change);
        let after = settings.clone();
        self.follow_new_settings(item, &before, &after);
        Ok(())
    }

    /// Lower safety stock serves the queue, new ageing re-ranks it, another release date holds for
    /// every line; "deny" and "discontinued" leave what waits.
    fn follow_new_settings(&mut self, item: u32, before: &ItemSettings, after: &ItemSettings) {
        if after.ageing_days != before.ageing_days {
            self.rerank_item(item);
        }
        if after.safety_stock != before.safety_stock {
            self.serve(item);
            self.touch_all(item);
        }
        if after.ageing_days != before.ageing_days || after.overdue != before.overdue {
            self.touch_all(item);
        }
        if after.replenishment != before.replenishment {
            self.touch_assumed(item);
        }
        if after.lifecycle != before.lifecycle {
            self.touch_ready_too(item);
        }
    }

    pub(crate) fn define_supplier(&mut self, supplier: &str, lateness_days: &Change<Vec<i64>>) {
        let number = self.supplier_ids.intern(supplier) as usize;
        if number == self.suppliers.len() {
            self.suppliers.push(Supplier::default());
        }
        if let Some(days) = lateness_days {
            self.suppliers[number].lateness_days = days.clone().unwrap_or_default();
        }
    }

    pub(crate) fn find_supplier(&self, name: &str, path: &str) -> Result<u32, Rejection> {
        self.supplier_ids.find(name).ok_or_else(|| {
            refuse(Reason::UnknownSupplier, path, format!("there is no supplier \"{name}\"; define it first"))
        })
    }
}

fn merge(settings: &mut ItemSettings, change: &ItemChange) {
    fn set<T: Clone + Default>(to: &mut T, change: &Change<T>) {
        if let Some(value) = change {
            *to = value.clone().unwrap_or_default();
        }
    }
    fn set_optional<T: Clone>(to: &mut Option<T>, change: &Change<T>) {
        if let Some(value) = change {
            *to = value.clone();
        }
    }
    set(&mut settings.backorders, &change.backorders);
    set_optional(&mut settings.max_per_order, &change.max_per_order);
    set(&mut settings.safety_stock, &change.safety_stock);
    set_optional(&mut settings.ageing_days, &change.ageing_days);
    set_optional(&mut settings.replenishment, &change.replenishment);
    set(&mut settings.overdue, &change.overdue);
    set(&mut settings.lifecycle, &change.lifecycle);
}
