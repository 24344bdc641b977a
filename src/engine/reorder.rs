//! Re-ordering by rule (rules §15).

use super::Engine;
use crate::model::outcome::{Event, EventKind};
use crate::model::settings::{Reorder as Rule, ReorderPolicy};
use crate::model::sort;
use crate::model::units::{Instant, Quantity};
use crate::model::view::Reorder;
use crate::policy::reorder;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// What should be ordered now, item by item, location by location.
    pub fn reorders(&self, _now: Instant) -> Vec<Reorder<'_>> {
        let mut rows = Vec::new();
        for (item, number) in self.items.iter().zip(0..) {
            let Some(rule) = item.settings.reorder.filter(|_| !item.is_kit()) else { continue };
            for site in self.sites_in_order(number) {
                let position = self.inventory_position(site);
                if let Some(quantity) = reorder::due(&rule, position) {
                    rows.push(Reorder {
                        sku: self.skus.name(number),
                        location: self.locations.name(self.sites[site as usize].location),
                        quantity,
                        reason: reason(&rule, position),
                        shortage_risk: if position < 0 { 1.0 } else { 0.0 },
                    });
                }
            }
        }
        rows
    }

    /// On hand and on its way, without what waits.
    fn inventory_position(&self, site: u32) -> i64 {
        let site = &self.sites[site as usize];
        // Each is at most 2^53.
        site.on_hand as i64 + site.curve.total() as i64 - site.waiting() as i64
    }

    /// An item has a new rule, or none: every crossing is said anew.
    pub(crate) fn start_reordering(&mut self, item: u32) {
        let record = &self.items[item as usize];
        let ruled = record.settings.reorder.is_some() && !record.is_kit();
        if let ([only], true) = (&self.live_locations[..], ruled) {
            self.site_for(item, *only);
        }
        for place in 0..self.items[item as usize].sites.len() {
            let site = self.items[item as usize].sites[place];
            self.sites[site as usize].reorder_said = false;
            self.position_changed.push(site);
        }
    }

    /// A site's inventory position may have changed.
    pub(crate) fn note_position(&mut self, site: u32) {
        if self.reordered_items > 0 {
            self.position_changed.push(site);
        }
    }

    /// Says once for each crossing that it is time to order.
    pub(crate) fn say_what_to_reorder(&mut self) {
        let mut sites = core::mem::take(&mut self.position_changed);
        sort::by_key(&mut sites, |site| self.order_of(*site));
        sites.dedup();
        for site in sites.drain(..) {
            let item = &self.items[self.sites[site as usize].item as usize];
            let Some(rule) = item.settings.reorder.filter(|_| !item.is_kit()) else { continue };
            let position = self.inventory_position(site);
            let said = &mut self.sites[site as usize].reorder_said;
            *said &= position <= rule.point as i64;
            if let (Some(quantity), false) = (reorder::due(&rule, position), *said) {
                *said = true;
                let event = self.site_event(EventKind::ReorderDue, site);
                self.log.push(Event { quantity, ..event });
            }
        }
        self.position_changed = sites;
    }

    fn order_of(&self, site: u32) -> (u32, &str) {
        let site = &self.sites[site as usize];
        (site.item, self.locations.name(site.location))
    }
}

fn reason(rule: &Rule, position: i64) -> String {
    let Rule { point, quantity, up_to, .. } = *rule;
    let amount = |amount: Option<Quantity>| amount.unwrap_or(0);
    let policy = match rule.policy {
        ReorderPolicy::ReorderQuantity => format!("orders come in multiples of {}", amount(quantity)),
        ReorderPolicy::OrderUpTo | ReorderPolicy::BaseStock => {
            format!("an order fills up to {}", amount(up_to))
        }
    };
    format!(
        "On hand and on its way, less what waits, is {position}, at or below the point of {point}; {policy}."
    )
}
