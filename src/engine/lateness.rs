//! What is learned of suppliers, and what it says of the supplies that are to come (rules §9).

use super::Engine;
use super::store::Supply;
use crate::estimate::calibration::Foretold;
use crate::estimate::expected::Expected;
use crate::estimate::history::KEPT;
use crate::estimate::lateness::Lateness;
use crate::estimate::scenarios::Coming;
use crate::model::outcome::NONE;
use crate::model::sort;
use crate::model::units::{Day, Instant, day_of};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Whose receipts are learned from together: a supplier's of one item, or with [`NONE`] all of them.
pub(crate) type Group = (u32, u32);

impl Engine {
    /// A supplier is told of: past receipts against their dates, in the place of those told before.
    pub(super) fn tell_lateness(&mut self, supplier: u32, days: Vec<i64>) {
        let (today, group) = (day_of(self.log.at), [(supplier, NONE)]);
        let record = &mut self.suppliers[supplier as usize];
        if record.lateness_days == days && (record.told_on.is_some() || days.is_empty()) {
            return;
        }
        let before = core::mem::replace(&mut record.lateness_days, days);
        if let Some(told_on) = record.told_on.replace(today) {
            self.learner.forget(&group, &in_days(&before), told_on);
        }
        self.learner.recall(&group, &in_days(&self.suppliers[supplier as usize].lateness_days), today);
    }

    /// A receipt against a supply that was open.
    pub(super) fn learn_from_receipt(&mut self, supply: u32) {
        let Supply { supplier, due, open, .. } = self.supplies[supply as usize];
        if supplier == NONE || open == 0 {
            return;
        }
        let today = day_of(self.log.at);
        // Both are days of an instant there is.
        let lateness_days = today as i32 - day_of(due) as i32;
        self.learner.judge(self.foretold.get(&supply), lateness_days);
        self.learner.learn(&self.groups_of(supply), lateness_days, today);
    }

    /// A date is given for a supply, or none any more: what was known of it then is kept until it comes.
    pub(super) fn foretell(&mut self, supply: u32, due_before: Instant) {
        let Supply { supplier, due, open, .. } = self.supplies[supply as usize];
        if supplier == NONE {
            return;
        }
        let place = |due: Instant| self.supplied.partition_point(|other| *other < (due, supply));
        let before = place(due_before);
        if self.supplied.get(before) == Some(&(due_before, supply)) {
            self.supplied.remove(before);
        }
        if open == 0 {
            self.foretold.remove(&supply);
            return;
        }
        let place = self.supplied.partition_point(|other| *other < (due, supply));
        self.supplied.insert(place, (due, supply));
        if due != due_before || !self.foretold.contains_key(&supply) {
            let today = day_of(self.log.at);
            let overdue = self.overdue_days(supply, today);
            let overdue = overdue.each_ref().map(Vec::as_slice);
            let lateness = self.learner.foretell(&self.groups_of(supply), &overdue, today);
            match Foretold::of(&lateness) {
                Some(foretold) => drop(self.foretold.insert(supply, foretold)),
                None => drop(self.foretold.remove(&supply)),
            }
        }
    }

    fn groups_of(&self, supply: u32) -> [Group; 2] {
        let Supply { site, supplier, .. } = self.supplies[supply as usize];
        [(supplier, self.sites[site as usize].item), (supplier, NONE)]
    }

    /// By how many days supplies are overdue: those of a supply's groups, and of the shop. Of very many the
    /// last are looked at, as of receipts.
    fn overdue_days(&self, supply: u32, today: Day) -> [Vec<u32>; 3] {
        let [own, _] = self.groups_of(supply);
        let late = self.supplied.partition_point(|&(due, _)| day_of(due) < today);
        let mut days = [const { Vec::new() }; 3];
        let first = late.saturating_sub(KEPT);
        for &(due, other) in self.supplied.get(first..late).unwrap_or_default() {
            let [group, (supplier, _)] = self.groups_of(other);
            let belongs = [group == own, supplier == own.0, true];
            for (days, _) in days.iter_mut().zip(belongs).filter(|(_, belongs)| *belongs) {
                days.push(today - day_of(due));
            }
        }
        days
    }

    /// How late a supply may be, by what is known now; `None` where it is taken at its word.
    fn lateness_of(&self, supply: u32) -> Option<Lateness> {
        if self.supplies[supply as usize].supplier == NONE {
            return None;
        }
        let today = day_of(self.log.at);
        let overdue = self.overdue_days(supply, today);
        let overdue = overdue.each_ref().map(Vec::as_slice);
        let lateness = self.learner.expected(&self.groups_of(supply), &overdue, today);
        (lateness.evidence() > 0).then_some(lateness)
    }

    /// After a change of a site's supplies: what is expected of each that is open, by what is known now. Says
    /// whether any may be late, or was before.
    pub(super) fn expect_anew(&mut self, site: u32) -> bool {
        if self.suppliers.is_empty() && self.sites[site as usize].expected.is_none() {
            return false;
        }
        let mut expected = Expected::default();
        for supply in self.sites[site as usize].curve.supplies() {
            expected.set(self.coming(supply, self.lateness_of(supply)));
        }
        let expected = (!expected.is_plain()).then(|| Box::new(expected));
        self.unsure_sites += u32::from(expected.is_some());
        let is_any = expected.is_some();
        let before = core::mem::replace(&mut self.sites[site as usize].expected, expected);
        self.unsure_sites -= u32::from(before.is_some());
        is_any || before.is_some()
    }

    /// What was expected of supplies when a snapshot was taken.
    pub(crate) fn expect_as_before(&mut self, mut lateness: BTreeMap<u32, Lateness>) {
        for site in 0..self.sites.len() {
            let mut expected = Expected::default();
            for supply in self.sites[site].curve.supplies() {
                expected.set(self.coming(supply, lateness.remove(&supply)));
            }
            if !expected.is_plain() {
                self.sites[site].expected = Some(Box::new(expected));
                self.unsure_sites += 1;
            }
        }
    }

    /// After a snapshot is read: the open supplies that have a supplier, by date.
    pub(crate) fn rebuild_supplied(&mut self) {
        let open = self.supplies.iter().zip(0..).filter(|(it, _)| it.open > 0 && it.supplier != NONE);
        self.supplied = open.map(|(it, supply)| (it.due, supply)).collect();
        sort::ascending(&mut self.supplied);
    }

    fn coming(&self, supply: u32, lateness: Option<Lateness>) -> Coming {
        let Supply { due, open, supplier, .. } = self.supplies[supply as usize];
        let seed = xxh3_64_with_seed(self.supply_ids.name(supply).as_bytes(), self.seed);
        // Without a history of its own a supplier says nothing where evidence is asked for.
        let counts = !self.require_evidence || supplier == NONE || lateness.is_some();
        Coming { due, open, supply, seed, lateness, counts }
    }
}

/// Days that a command gives are few enough to be counted so.
fn in_days(days: &[i64]) -> Vec<i32> {
    days.iter().map(|&days| i32::try_from(days).unwrap_or_default()).collect()
}
