//! What is learned of suppliers, and what it says of the supplies that are to come (rules §9).

use super::Engine;
use super::store::Supply;
use crate::estimate::expected::Expected;
use crate::estimate::scenarios::Coming;
use crate::estimate::spread::Spread;
use crate::model::outcome::NONE;
use crate::model::sort;
use alloc::boxed::Box;
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64_with_seed;

impl Engine {
    /// What was expected of supplies when a snapshot was taken.
    pub(crate) fn expect_as_before(&mut self, spreads: Vec<(u32, Spread)>) {
        for (supply, spread) in spreads {
            let site = self.supplies[supply as usize].site;
            if self.sites[site as usize].expected.is_none() {
                let expected = self.expected_at(site, |_| None);
                self.sites[site as usize].expected = Some(Box::new(expected));
                self.unsure_sites += 1;
            }
            let coming = self.coming(supply, Some(spread));
            if let Some(expected) = &mut self.sites[site as usize].expected {
                expected.set(coming);
            }
        }
    }

    /// After a change of a site's supplies: what is expected of each that is open, by what is known now.
    pub(super) fn expect_anew(&mut self, site: u32) {
        let expected = self.expected_at(site, |supply| self.spread_of(supply));
        let expected = (!expected.is_plain()).then(|| Box::new(expected));
        self.unsure_sites += u32::from(expected.is_some());
        let before = core::mem::replace(&mut self.sites[site as usize].expected, expected);
        self.unsure_sites -= u32::from(before.is_some());
    }

    /// The open supplies of a site, each with what is expected of it.
    fn expected_at(&self, site: u32, spread: impl Fn(u32) -> Option<Spread>) -> Expected {
        let mut expected = Expected::default();
        for supply in self.sites[site as usize].curve.supplies() {
            expected.set(self.coming(supply, spread(supply)));
        }
        expected
    }

    /// Whether any supply of a site is not taken at its word.
    pub(super) fn may_be_late(&self, site: u32) -> bool {
        let known = !self.suppliers.is_empty();
        known && self.sites[site as usize].curve.supplies().any(|supply| self.spread_of(supply).is_some())
    }

    fn coming(&self, supply: u32, spread: Option<Spread>) -> Coming {
        let Supply { due, open, .. } = self.supplies[supply as usize];
        let seed = xxh3_64_with_seed(self.supply_ids.name(supply).as_bytes(), self.seed);
        Coming { due, open, supply, seed, spread }
    }

    /// How late a supply may be; `None` where it is taken at its word.
    fn spread_of(&self, supply: u32) -> Option<Spread> {
        let record = &self.supplies[supply as usize];
        if record.supplier == NONE {
            return None;
        }
        let mut days = self.suppliers[record.supplier as usize].lateness_days.clone();
        sort::ascending(&mut days);
        let count = days.len() as u32;
        let mut steps: Vec<(i32, f64)> = Vec::new();
        for (day, upto) in days.into_iter().zip(1..) {
            let (day, share) = (day as i32, f64::from(upto) / f64::from(count));
            match steps.last_mut() {
                Some(last) if last.0 == day => last.1 = share,
                _ => steps.push((day, share)),
            }
        }
        (count > 0).then(|| Spread::of(&steps, count))
    }
}
