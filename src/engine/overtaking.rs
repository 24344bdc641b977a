//! `overtaking: "learn"`: at which rate better priorities come to each queue of an item, and what waits is cancelled.

use super::Engine;
use super::plans::Plan;
use super::store::Site;
use crate::estimate::overtaking::Inflow;
use crate::model::settings::Overtaking;
use crate::model::units::{Day, Quantity, day_of};
use alloc::boxed::Box;
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64_with_seed;

impl Engine {
    /// Whether it learns was set anew: from today on, and what was known before is forgotten.
    pub(super) fn begin_to_learn(&mut self, item: u32) {
        let today = day_of(self.log.at);
        let record = &mut self.items[item as usize];
        record.learns_since = if record.settings.overtaking == Overtaking::Learn { today } else { 0 };
        let sites = record.sites.clone();
        sites.into_iter().for_each(|site| self.learn_inflow(site));
    }

    /// A queue of an item that may learn: nothing has come to it yet.
    pub(super) fn learn_inflow(&mut self, site: u32) {
        let item = &self.items[self.sites[site as usize].item as usize];
        let learns = item.settings.overtaking == Overtaking::Learn;
        let inflow = learns.then(|| {
            let mut inflow = Inflow::since(item.learns_since);
            inflow.see_waiting(0, day_of(self.log.at));
            Box::new(inflow)
        });
        self.sites[site as usize].inflow = inflow;
    }

    /// Whether better priorities are heeded was set anew: what is expected of supplies stays.
    pub(super) fn expect_overtaking(&mut self, item: u32) {
        for site in self.items[item as usize].sites.clone() {
            let expected = self.expected_at(site, &mut |supply| {
                let before = self.sites[site as usize].expected.as_ref();
                before.and_then(|expected| expected.lateness_of(supply)).cloned()
            });
            self.set_expected(site, expected);
        }
    }

    /// The seed of the draws of what overtakes at a site, where anything does: no supply's.
    pub(super) fn overtaking_seed(&self, site: u32) -> Option<u64> {
        let item = self.sites[site as usize].item;
        let overtaken = self.items[item as usize].settings.is_overtaken();
        overtaken.then(|| !xxh3_64_with_seed(self.skus.name(item).as_bytes(), self.seed))
    }

    /// An order is about to be placed, or to be made larger: what waits before it where it is to wait.
    pub(super) fn see_waiting(&mut self, plan: &Plan) {
        if self.learning_items == 0 {
            return;
        }
        let today = day_of(self.log.at);
        for claim in plan.claims().iter() {
            if let Some(site) = self.site_at(claim.item, claim.location) {
                self.sites[site as usize].see_waiting(today);
            }
        }
    }

    /// What a line waits for, by site, where cancellations are learned.
    pub(super) fn waits_by_site(&self, line: u32) -> Vec<(u32, Quantity)> {
        let mut waits: Vec<(u32, Quantity)> = Vec::new();
        if self.learning_items == 0 {
            return waits;
        }
        for part in self.parts_of(line) {
            let (site, units) = (self.parts[part as usize].site, self.forest.entry(part).waiting);
            match waits.iter_mut().find(|(other, _)| *other == site) {
                Some((_, sum)) => *sum = sum.saturating_add(units),
                None => waits.push((site, units)),
            }
        }
        waits
    }

    /// So much that waited at these sites was cancelled.
    pub(super) fn learn_cancelled(&mut self, waited: Vec<(u32, Quantity)>) {
        let today = day_of(self.log.at);
        for (site, units) in waited {
            let site = &mut self.sites[site as usize];
            if let Some(inflow) = &mut site.inflow
                && units > 0
            {
                inflow.cancel(units, today);
                if let Some(expected) = &mut site.expected {
                    expected.changed_on(today);
                }
            }
        }
    }

    /// An order was placed, or made larger: what it wants of each queue.
    pub(super) fn learn_from_plan(&mut self, plan: &Plan, priority: u8) {
        if self.learning_items == 0 {
            return;
        }
        for claim in plan.claims().iter() {
            if let Some(site) = self.site_at(claim.item, claim.location) {
                self.learn_ordered(site, priority, claim.take.saturating_add(claim.waits));
            }
        }
    }

    /// A hold has become an order: what one of its lines has, or waits for.
    pub(super) fn learn_from_line(&mut self, line: u32) {
        if self.learning_items == 0 {
            return;
        }
        let record = &self.lines[line as usize];
        let priority = self.demand_of_line(record).priority;
        if self.is_shelved(line) {
            let (site, units) = (record.site, record.allocated);
            self.sites[site as usize].see_waiting(day_of(self.log.at));
            return self.learn_ordered(site, priority, units);
        }
        let parts: Vec<(u32, Quantity)> = self
            .parts_of(line)
            .map(|part| {
                let entry = self.forest.entry(part);
                (self.parts[part as usize].site, entry.waiting.saturating_add(entry.set_aside))
            })
            .collect();
        for (site, units) in parts {
            self.sites[site as usize].see_waiting(day_of(self.log.at));
            self.learn_ordered(site, priority, units);
        }
    }

    fn learn_ordered(&mut self, site: u32, priority: u8, units: Quantity) {
        let today = day_of(self.log.at);
        let site = &mut self.sites[site as usize];
        if let Some(inflow) = &mut site.inflow
            && units > 0
        {
            inflow.learn(priority, units, today);
            if let Some(expected) = &mut site.expected {
                expected.changed_on(today);
            }
        }
    }
}

impl Site {
    /// Looks how much waits, where that is learned from.
    fn see_waiting(&mut self, today: Day) {
        if let Some(inflow) = &mut self.inflow {
            inflow.see_waiting(self.root.waiting(), today);
        }
    }
}
