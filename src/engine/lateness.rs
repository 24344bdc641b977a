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
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Whose receipts are learned from together: a supplier's of one item, or with [`NONE`] all of them.
pub(crate) type Group = (u32, u32);

/// An open supply that has a supplier.
#[derive(Clone, Debug)]
pub(crate) struct Supplied {
    due: Instant,
    supply: u32,
    /// What was foretold of it when its date was given, if anything was.
    foretold: Option<Box<Foretold>>,
}

impl Supplied {
    fn key(&self) -> (Instant, u32) {
        (self.due, self.supply)
    }
}

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
        let supplied = self.supplied.get(self.place_of((due, supply)));
        self.learner.judge(supplied.and_then(|supplied| supplied.foretold.as_deref()), lateness_days);
        self.learner.learn(&self.groups_of(supply), lateness_days, today);
    }

    /// A date is given for a supply, or none any more: what was known of it then is kept until it comes.
    pub(super) fn foretell(&mut self, supply: u32, due_before: Instant) {
        let Supply { supplier, due, open, .. } = self.supplies[supply as usize];
        if supplier == NONE {
            return;
        }
        let before = self.place_of((due_before, supply));
        let is_known = self.supplied.get(before).is_some_and(|it| it.key() == (due_before, supply));
        let before = is_known.then(|| self.supplied.remove(before));
        if open == 0 {
            return;
        }
        let place = self.place_of((due, supply));
        let foretold = before.filter(|_| due == due_before).and_then(|before| before.foretold);
        let is_new = foretold.is_none();
        self.supplied.insert(place, Supplied { due, supply, foretold });
        if is_new {
            self.supplied[place].foretold = Foretold::of(&self.uncorrected(supply)).map(Box::new);
        }
    }

    /// Where an open supply that has a supplier stands, or would stand.
    fn place_of(&self, key: (Instant, u32)) -> usize {
        self.supplied.partition_point(|other| other.key() < key)
    }

    /// What was foretold of a supply, if it is open and anything was.
    pub(crate) fn foretold_of(&self, supply: u32) -> Option<&Foretold> {
        let key = (self.supplies[supply as usize].due, supply);
        let supplied = self.supplied.get(self.place_of(key)).filter(|supplied| supplied.key() == key);
        supplied?.foretold.as_deref()
    }

    /// What was foretold of an open supply when a snapshot was taken.
    pub(crate) fn foretold_before(&mut self, supply: u32, foretold: Foretold) {
        let place = self.place_of((self.supplies[supply as usize].due, supply));
        self.supplied[place].foretold = Some(Box::new(foretold));
    }

    fn groups_of(&self, supply: u32) -> [Group; 2] {
        let Supply { site, supplier, .. } = self.supplies[supply as usize];
        [(supplier, self.sites[site as usize].item), (supplier, NONE)]
    }

    /// By how many days supplies are overdue: those of a supply's groups, and of the shop. Of very many the
    /// last are looked at, as of receipts.
    fn overdue_days(&self, supply: u32, today: Day) -> [Vec<u32>; 3] {
        let [own, _] = self.groups_of(supply);
        let late = self.supplied.partition_point(|supplied| day_of(supplied.due) < today);
        let mut days = [const { Vec::new() }; 3];
        let first = late.saturating_sub(KEPT);
        for supplied in self.supplied.get(first..late).unwrap_or_default() {
            let [group, (supplier, _)] = self.groups_of(supplied.supply);
            let belongs = [group == own, supplier == own.0, true];
            for (days, _) in days.iter_mut().zip(belongs).filter(|(_, belongs)| *belongs) {
                days.push(today - day_of(supplied.due));
            }
        }
        days
    }

    /// How late a supply may be, by what is known now, before the correction.
    fn uncorrected(&self, supply: u32) -> Lateness {
        let today = day_of(self.log.at);
        let overdue = self.overdue_days(supply, today);
        self.learner.foretell(&self.groups_of(supply), &overdue.each_ref().map(Vec::as_slice), today)
    }

    /// How late a supply may be, by what is known now; `None` where it is taken at its word.
    fn lateness_of(&self, supply: u32) -> Option<Lateness> {
        if self.supplies[supply as usize].supplier == NONE {
            return None;
        }
        let lateness = self.learner.calibration().corrected(&self.uncorrected(supply));
        (lateness.evidence() > 0).then_some(lateness)
    }

    /// After a change of a site's supplies: what is expected of each that is open, by what is known now. Says
    /// whether any may be late, or was before.
    pub(super) fn expect_anew(&mut self, site: u32) -> bool {
        let was_any = self.sites[site as usize].expected.is_some();
        if self.suppliers.is_empty() && !was_any && self.learning_items == 0 {
            return false;
        }
        // What one supplier brings here is all as late.
        let mut known: Vec<(u32, Option<Lateness>)> = Vec::new();
        let expected = self.expected_at(site, &mut |supply| {
            let supplier = self.supplies[supply as usize].supplier;
            if let Some((_, lateness)) = known.iter().find(|(other, _)| *other == supplier) {
                return lateness.clone();
            }
            let lateness = self.lateness_of(supply);
            known.push((supplier, lateness.clone()));
            lateness
        });
        let is_any = expected.is_some();
        self.set_expected(site, expected);
        is_any || was_any
    }

    /// What was expected of supplies when a snapshot was taken, by number.
    pub(crate) fn expect_as_before(&mut self, lateness: &[(u32, Lateness)]) {
        let mut lateness_of = |supply: u32| {
            let place = lateness.binary_search_by_key(&supply, |(supply, _)| *supply).ok()?;
            lateness.get(place).map(|(_, lateness)| lateness.clone())
        };
        for site in 0..self.sites.len() as u32 {
            let expected = self.expected_at(site, &mut lateness_of);
            self.set_expected(site, expected);
        }
    }

    /// What is expected at a site by the lateness of each supply, if any may be late.
    pub(super) fn expected_at(
        &self,
        site: u32,
        lateness_of: &mut dyn FnMut(u32) -> Option<Lateness>,
    ) -> Option<Box<Expected>> {
        let mut supplies: Vec<u32> = self.sites[site as usize].curve.supplies().collect();
        sort::ascending(&mut supplies);
        let coming = supplies.iter().map(|&supply| self.coming(supply, lateness_of(supply)));
        let expected = Expected::of(coming.collect());
        match self.overtaking_seed(site) {
            Some(seed) if !supplies.is_empty() => Some(Box::new(expected.with_overtaking(seed))),
            _ => (!expected.is_plain()).then(|| Box::new(expected)),
        }
    }

    pub(super) fn set_expected(&mut self, site: u32, expected: Option<Box<Expected>>) {
        self.unsure_sites += u32::from(expected.is_some());
        let before = core::mem::replace(&mut self.sites[site as usize].expected, expected);
        self.unsure_sites -= u32::from(before.is_some());
    }

    /// After the supplies of a snapshot are read: those that are open and have a supplier, by date.
    pub(crate) fn rebuild_supplied(&mut self) {
        let open = self.supplies.iter().zip(0..).filter(|(it, _)| it.open > 0 && it.supplier != NONE);
        self.supplied = open.map(|(it, supply)| Supplied { due: it.due, supply, foretold: None }).collect();
        sort::by_key(&mut self.supplied, Supplied::key);
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
