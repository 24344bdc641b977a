//! `defineItem` and `defineSupplier`: sent again, they change the settings that they give (§3.9).

use super::store::{Item, Supplier};
use super::{Engine, check, refuse};
use crate::model::outcome::{Reason, Rejection};
use crate::model::settings::{Change, ItemChange, ItemSettings, Overtaking, WholeLines};
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn define_item(&mut self, sku: &str, change: &ItemChange) -> Result<(), Rejection> {
        let supplier = change.replenishment.iter().flatten().find_map(|given| given.supplier.as_deref());
        if let Some(name) = supplier {
            self.find_supplier(name, "replenishment.supplier")?;
        }
        let known = self.skus.find(sku);
        let mut settings = match known {
            Some(item) => self.items[item as usize].settings.clone(),
            None => ItemSettings::default(),
        };
        merge(&mut settings, change);
        if known.is_none() && change.promise_quantile.is_none() || change.promise_quantile == Some(None) {
            settings.promise_quantile = self.promise_quantile;
        }
        let components = change.components.as_ref().map(|given| given.as_deref().unwrap_or_default());
        let makeup = components.map(|components| self.plan_kit(sku, known, components)).transpose()?;
        if let Some((path, message)) = check::conflict(&settings) {
            return Err(refuse(Reason::ConflictingSettings, path, message));
        }
        if let Some(makeup) = &makeup {
            self.check_makeup_may_change(makeup)?;
        }

        let item = known.unwrap_or_else(|| self.new_item(sku));
        let before = core::mem::replace(&mut self.items[item as usize].settings, settings);
        if let Some(makeup) = makeup {
            self.follow_makeup(item, makeup);
        }
        self.follow_new_settings(item, &before, change.reorder.is_some());
        Ok(())
    }

    fn new_item(&mut self, sku: &str) -> u32 {
        let item = self.skus.insert_new(sku, None);
        self.items.push(Item::default());
        item
    }

    /// Lower safety stock or protection serves the queue, new ageing or another way of promising
    /// re-ranks it, another release date holds for every line; "deny" and "discontinued" leave what
    /// waits.
    fn follow_new_settings(&mut self, item: u32, before: &ItemSettings, reorder_given: bool) {
        let after = self.items[item as usize].settings.clone();
        self.count_settings(item, before, &after);
        if reorder_given {
            self.start_reordering(item);
        }
        if after.components != before.components {
            // A rule counts again for what is no kit any more.
            let sites = &self.items[item as usize].sites;
            self.position_changed.extend_from_slice(sites);
        }
        let ranks = after.ageing_days != before.ageing_days
            || after.promising != before.promising
            || after.sharing != before.sharing;
        let stock = after.safety_stock != before.safety_stock
            || after.protection != before.protection
            || after.whole_lines != before.whole_lines
            || after.promising != before.promising
            || after.sharing != before.sharing;
        let overtaken = after.is_overtaken() != before.is_overtaken();
        // Dates beyond what is scheduled hang on its last, too.
        let dates = overtaken
            || after.replenishment != before.replenishment
            || after.overdue != before.overdue
            || after.promise_quantile != before.promise_quantile;
        if after.overtaking != before.overtaking {
            self.begin_to_learn(item);
        }
        if overtaken {
            self.expect_overtaking(item);
        }
        let sites: Vec<u32> = self.sites_in_order(item).collect();
        for site in sites {
            if ranks {
                self.rerank_site(site);
            }
            if stock {
                self.serve(site);
            }
            if ranks || stock {
                self.touch_all(site);
            }
            if dates {
                self.touch_assumed(site);
            }
            if after.lifecycle != before.lifecycle {
                self.touch_ready_too(site);
            }
        }
    }

    /// Keeps account of the items with settings that other items' commands must heed.
    pub(crate) fn count_settings(&mut self, item: u32, before: &ItemSettings, after: &ItemSettings) {
        match (self.skipping.binary_search(&item), after.whole_lines) {
            (Err(place), WholeLines::Skip) => self.skipping.insert(place, item),
            (Ok(place), WholeLines::Collect) => drop(self.skipping.remove(place)),
            _ => {}
        }
        let counts = |settings: &ItemSettings| {
            [settings.is_protected(), settings.reorder.is_some(), settings.overtaking == Overtaking::Learn]
        };
        let (before, after) = (counts(before), counts(after));
        let counters = [&mut self.protected_items, &mut self.reordered_items, &mut self.learning_items];
        for ((counter, before), after) in counters.into_iter().zip(before).zip(after) {
            *counter = *counter - u32::from(before) + u32::from(after);
        }
    }

    pub(crate) fn define_supplier(&mut self, supplier: &str, lateness_days: &Change<Vec<i64>>) {
        let number = self.supplier_ids.intern(supplier) as usize;
        if number == self.suppliers.len() {
            self.suppliers.push(Supplier::default());
        }
        if let Some(days) = lateness_days {
            self.tell_lateness(number as u32, days.clone().unwrap_or_default());
        }
    }

    pub(crate) fn find_supplier(&self, name: &str, path: &str) -> Result<u32, Rejection> {
        self.supplier_ids.find(name).ok_or_else(|| {
            refuse(Reason::UnknownSupplier, path, format!("there is no supplier \"{name}\"; define it first"))
        })
    }
}

/// Puts the settings that are given in the place of those there were.
pub(crate) fn merge(settings: &mut ItemSettings, change: &ItemChange) {
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
    set(&mut settings.promise_quantile, &change.promise_quantile);
    set(&mut settings.sharing, &change.sharing);
    set(&mut settings.promising, &change.promising);
    set(&mut settings.protection, &change.protection);
    set(&mut settings.overtaking, &change.overtaking);
    set(&mut settings.whole_lines, &change.whole_lines);
    set_optional(&mut settings.reorder, &change.reorder);
    set(&mut settings.components, &change.components);
    set(&mut settings.substitutes, &change.substitutes);
    set(&mut settings.incentives, &change.incentives);
}
