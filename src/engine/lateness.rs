//! What is learned of suppliers, and what it says of the supplies that are to come (rules §9).

use super::Engine;
use super::store::Supply;
use crate::estimate::expected::Expected;
use crate::estimate::scenarios::Coming;
use crate::estimate::spread::Spread;
use crate::model::outcome::NONE;
use crate::model::sort;
use crate::model::units::Instant;
use alloc::boxed::Box;
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64_with_seed;

impl Engine {
    /// After a change of a site's supplies: what is expected of each that is open, by what is known now.
    pub(super) fn expect_anew(&mut self, site: u32) {
        let item = self.sites[site as usize].item;
        let open = |&supply: &u32| {
            let record = &self.supplies[supply as usize];
            record.site == site && record.open > 0
        };
        let supplies: Vec<u32> = self.items[item as usize].supplies.iter().copied().filter(open).collect();
        let mut expected = Expected::default();
        supplies.into_iter().for_each(|supply| expected.set(self.coming(supply)));
        let expected = (!expected.is_plain()).then(|| Box::new(expected));
        self.unsure_sites += u32::from(expected.is_some());
        let before = core::mem::replace(&mut self.sites[site as usize].expected, expected);
        self.unsure_sites -= u32::from(before.is_some());
    }

    /// Whether a supply is not taken at its word.
    pub(super) fn may_be_late(&self, supply: u32) -> bool {
        self.supplies[supply as usize].open > 0 && self.spread_of(supply).is_some()
    }

    /// A supply's date or what is to come of it changed at a site where some may be late: any unit may be
    /// dated anew.
    pub(super) fn set_unsure_supply(&mut self, supply: u32, due_before: Instant) {
        let Supply { site, due, open, .. } = self.supplies[supply as usize];
        let curve = &mut self.sites[site as usize].curve;
        curve.remove(supply, due_before);
        curve.insert(supply, due, open);
        self.expect_anew(site);
        self.touch_all(site);
    }

    fn coming(&self, supply: u32) -> Coming {
        let Supply { due, open, .. } = self.supplies[supply as usize];
        let seed = xxh3_64_with_seed(self.supply_ids.name(supply).as_bytes(), self.seed);
        Coming { due, open, supply, seed, spread: self.spread_of(supply) }
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
