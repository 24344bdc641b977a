//! What a line asked for by one command at one of its places, of which it gives up whole units: those of
//! a kit stand in several queues.

use super::Engine;
use super::serve::Handed;
use super::store::{Component, Leg};
use crate::model::sort;
use crate::model::units::Quantity;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// So much of a line, in its own units.
pub(crate) struct Portion {
    /// The place, of the line's item.
    pub site: u32,
    /// The command that it ranks by.
    pub tie: u64,
    units: Quantity,
    /// Those that are set aside with all that they are made of.
    pub whole: Quantity,
    /// The parts in the queues, and how much of each makes a unit.
    pub parts: Vec<(u32, Quantity)>,
}

impl Portion {
    pub fn waiting(&self) -> Quantity {
        self.units - self.whole
    }

    /// Whether it has as many units of each of so many components as make its whole kits.
    pub fn is_even(&self, engine: &Engine, components: usize) -> bool {
        let even = |&(part, per_kit): &(u32, Quantity)| {
            engine.forest.entry(part).units() == self.units.saturating_mul(per_kit)
        };
        self.parts.len() == components && self.parts.iter().all(even)
    }
}

impl Engine {
    /// The portions of a line at some of its places, the worst rank first, those of one rank in the order
    /// of the places.
    pub(crate) fn portions(&self, line: u32, places: impl Iterator<Item = u32>) -> Vec<Portion> {
        let made_of: Vec<Component> = self.made_of(self.lines[line as usize].item).collect();
        let mut portions: Vec<Portion> = Vec::new();
        for site in places {
            let first = portions.len();
            let location = self.sites[site as usize].location;
            for (component, part) in self.parts_by_component(line, location) {
                let Component { per_kit, .. } = made_of[component];
                let entry = self.forest.entry(part);
                let (tie, whole) = (entry.rank.tie, entry.set_aside / per_kit);
                match portions[first..].iter_mut().find(|other| other.tie == tie) {
                    Some(other) => {
                        other.whole = other.whole.min(whole);
                        other.parts.push((part, per_kit));
                    }
                    None => {
                        let (units, parts) = (entry.units() / per_kit, vec![(part, per_kit)]);
                        portions.push(Portion { site, tie, units, whole, parts });
                    }
                }
            }
        }
        sort::by_key(&mut portions, |portion| Reverse(portion.tie));
        portions
    }

    /// Of a kit, what is set aside at a place may make more kits together than portion by portion, as a
    /// part that came there later has the better rank: it is that of the best-ranked parts then.
    pub(crate) fn gather(&mut self, line: u32, leg: u32) {
        let Leg { site, allocated, .. } = self.legs[leg as usize];
        let portions = self.portions(line, core::iter::once(site));
        if portions.iter().map(|portion| portion.whole).sum::<Quantity>() == allocated {
            return;
        }
        for place in 0..portions[0].parts.len() {
            let parts = portions.iter().rev().map(|portion| portion.parts[place].0);
            let mut left: Quantity = parts.clone().map(|part| self.forest.entry(part).set_aside).sum();
            for part in parts {
                self.change_part(part, |entry| {
                    let units = entry.units();
                    entry.set_aside = left.min(units);
                    entry.waiting = units - entry.set_aside;
                });
                left -= self.forest.entry(part).set_aside;
            }
        }
    }

    /// Takes units off a portion: of each part what waits first. What the line has is for the caller to
    /// say.
    pub(crate) fn lower_portion(&mut self, portion: &Portion, units: Quantity) {
        for &(part, per_kit) in &portion.parts {
            let waiting = self.forest.entry(part).waiting.min(units * per_kit);
            self.drop_units(part, waiting, units * per_kit - waiting);
        }
    }

    /// Takes so many units off a line of several places or of a kit, and says which of those that were
    /// set aside went where: what waits goes first, of one rank the smallest portion, of equals that at
    /// the later place.
    pub(crate) fn give_up_portions(&mut self, line: u32, less: Quantity) -> Vec<Handed> {
        let legs: Vec<u32> = self.legs_of(line).collect();
        let mut given_up: Vec<Handed> = Vec::new();
        let mut left = less;
        for set_aside in [false, true] {
            let had = |portion: &Portion| if set_aside { portion.whole } else { portion.waiting() };
            let mut portions =
                self.portions(line, legs.iter().rev().map(|&leg| self.legs[leg as usize].site));
            sort::by_key(&mut portions, |portion| (Reverse(portion.tie), had(portion)));
            for portion in portions {
                let units = left.min(had(&portion));
                left -= units;
                self.lower_portion(&portion, units);
                let site = portion.site;
                match given_up.iter_mut().find(|handed| handed.site == site) {
                    Some(handed) => handed.units += units,
                    None if set_aside && units > 0 => given_up.push(Handed { line, site, units }),
                    None => {}
                }
            }
        }
        legs.into_iter().for_each(|leg| self.recount_leg(line, leg));
        given_up
    }
}
