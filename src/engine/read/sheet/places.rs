//! The queue of a sheet: what waits ahead, by priority and, where promises are kept, by date.

use crate::engine::Engine;
use crate::engine::rank_tree::Rank;
use crate::engine::store::{Item, Site};
use crate::model::outcome::NEVER;
use crate::model::sheet::{Class, Place};
use crate::model::sort;
use crate::model::units::{DAY_MS, Instant, Quantity};
use alloc::vec::Vec;

/// Ahead of no new demand of its turn.
const BEHIND_ALL: u16 = 256;

impl Item {
    /// The best priority of new demand that stands behind a rank of its turn.
    fn class(&self, primary: u64, at: Instant) -> u16 {
        let class = match self.settings.ageing_days {
            Some(days) => primary.saturating_sub(at).div_ceil(days.saturating_mul(DAY_MS).max(1)),
            None => primary,
        };
        class.min(u64::from(BEHIND_ALL)) as u16
    }

    /// The last rank that new demand of a priority stands behind.
    fn last_of_class(&self, turn: u64, class: u16, at: Instant) -> Rank {
        match u8::try_from(class) {
            Ok(priority) => Rank { turn, primary: self.primary(priority, at), tie: u64::MAX },
            Err(_) => Rank { turn, primary: u64::MAX, tie: u64::MAX },
        }
    }
}

impl Engine {
    /// What waits at one turn, by the priority of new demand that it is ahead of.
    pub(super) fn classes_at(&self, site: &Site, item: &Item, turn: u64, at: Instant) -> Vec<Class> {
        let mut before = self.forest.ahead_of(&site.root, Rank { turn, ..Rank::FIRST });
        let mut classes = Vec::new();
        while let Some(place) = self.place_after(site, item, before, at) {
            let Ok(priority) = u8::try_from(place.priority) else { break };
            if place.promise != turn {
                break;
            }
            classes.push(Class { priority, units: place.units });
            before += place.units;
        }
        classes
    }

    /// What is promised: each instant by itself, or where they are too many those at which something
    /// leaves, and the others together.
    pub(super) fn places(
        &self,
        site: &Site,
        item: &Item,
        at: Instant,
        anchors: impl Iterator<Item = Instant>,
        steps: usize,
    ) -> Vec<Place> {
        let upto = self.forest.ahead_of(&site.root, Rank { turn: NEVER, ..Rank::FIRST });
        let most = 2 * steps;
        let mut places = Vec::new();
        if !self.add_places(site, item, at, &mut places, upto, most) {
            places.clear();
            let mut anchors: Vec<Instant> = anchors.collect();
            sort::ascending(&mut anchors);
            for anchor in anchors {
                let until = self.forest.ahead_of(&site.root, Rank { turn: anchor, ..Rank::FIRST });
                let through = self.forest.ahead_of(&site.root, Rank { turn: anchor + 1, ..Rank::FIRST });
                self.add_spread(site, item, at, &mut places, until);
                if !self.add_places(site, item, at, &mut places, through, most) {
                    break;
                }
            }
            self.add_spread(site, item, at, &mut places, upto);
        }
        places
    }

    /// Adds the places of the units up to so many; `false`: there are more places than may be.
    fn add_places(
        &self,
        site: &Site,
        item: &Item,
        at: Instant,
        places: &mut Vec<Place>,
        upto: Quantity,
        most: usize,
    ) -> bool {
        let mut before = places.iter().map(|place| place.units).sum();
        while before < upto {
            if places.len() >= most {
                return false;
            }
            let Some(place) = self.place_after(site, item, before, at) else { break };
            before += place.units;
            places.push(place);
        }
        true
    }

    /// Adds the units up to so many as one place.
    fn add_spread(&self, site: &Site, item: &Item, at: Instant, places: &mut Vec<Place>, upto: Quantity) {
        let before: Quantity = places.iter().map(|place| place.units).sum();
        let Some(rank) = (before < upto).then(|| self.rank_of_unit(site, upto)).flatten() else { return };
        let priority = item.class(rank.primary, at);
        places.push(Place { promise: rank.turn, priority, units: upto - before, spread: true });
    }

    /// The place of the unit after so many, with all that stand there.
    fn place_after(&self, site: &Site, item: &Item, before: Quantity, at: Instant) -> Option<Place> {
        let rank = self.rank_of_unit(site, before + 1)?;
        let priority = item.class(rank.primary, at);
        let upto = self.forest.ahead_of(&site.root, item.last_of_class(rank.turn, priority, at));
        let units = upto.saturating_sub(before);
        (units > 0).then_some(Place { promise: rank.turn, priority, units, spread: false })
    }

    fn rank_of_unit(&self, site: &Site, unit: Quantity) -> Option<Rank> {
        let (part, _) = self.forest.at_quantity(&site.root, unit)?;
        Some(self.forest.entry(part).rank)
    }
}
