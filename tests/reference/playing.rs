//! When units come, found out by letting them come: on a copy of the shop the known supplies arrive,
//! one by one and when they are expected, and the allocator does what it does (rules §9).

use super::Shop;
use super::curve::Arrival;
use super::dates::{Dated, Seen};
use super::queue::EntryAt;
use super::records::{Place, Supply};
use super::shared::Shared;
use backorder::model::command::Fulfilment;
use backorder::model::settings::{Sharing, WholeLines};
use backorder::model::units::Instant;
use backorder::model::view::Basis;
use std::collections::BTreeMap;

/// When each entry that waits has all its units, if ever.
pub type Served = BTreeMap<EntryAt, Instant>;

/// Who among the orders for later plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Later {
    Nobody,
    One(usize),
    All,
}

/// A line that waits, and when it ships if the allocator gives it its units as supply comes; none
/// where known supply never does.
#[derive(Clone, Debug)]
pub struct Played {
    pub order: String,
    pub line: String,
    pub date: Option<Instant>,
    pub modes: Modes,
}

/// What a date depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Modes {
    pub keeps_promises: bool,
    pub protected: bool,
    pub kit: bool,
    pub several_places: bool,
}

/// What happens in a play.
enum Scene {
    Begins,
    Enters(usize),
    Arrives(Place, Arrival),
}

impl Shop {
    /// The copy on which a play takes place: supplies are due when they are expected.
    fn stage(&self, places: &[Place], later: Later, now: Instant) -> Shop {
        let mut stage = self.clone();
        for place in places {
            for supply in stage.supplies.iter_mut().filter(|supply| supply.place == *place) {
                supply.open = 0;
                supply.lateness = None;
            }
            for arrival in self.arrivals(place, now) {
                let (due, open) = (arrival.at, arrival.units);
                let arrives =
                    Supply { due, open, lateness: None, ..(*self.supplies[arrival.supply]).clone() };
                stage.supplies.push(arrives.into());
            }
        }
        for (index, demand) in stage.demands.iter_mut().enumerate() {
            let plays = later == Later::All || later == Later::One(index);
            if demand.later.is_some() && !plays {
                demand.lines.iter_mut().for_each(|line| line.parts.clear());
            }
        }
        stage
    }

    /// Who enters and what arrives at the places, in order of time. An order for later enters before
    /// what arrives at its instant.
    fn scenes(&self, places: &[Place], now: Instant) -> Vec<(Instant, Scene)> {
        let mut scenes = Vec::new();
        let laters = self.demands.iter().enumerate();
        scenes.extend(laters.filter_map(|(index, demand)| Some((demand.later?, Scene::Enters(index)))));
        scenes.sort_by_key(|(at, _)| *at);
        // A read may be dated later than the last command: who is to have entered by then enters at once.
        scenes.iter_mut().for_each(|(at, _)| *at = now.max(*at));
        let arrive = |place: &Place| {
            self.arrivals(place, now).into_iter().map(|arrival| (place.clone(), arrival)).collect::<Vec<_>>()
        };
        let arrivals = places.iter().flat_map(arrive);
        let mut arrivals: Vec<(Place, Arrival)> = arrivals.collect();
        arrivals.sort_by_key(|(_, arrival)| (arrival.at, arrival.due, arrival.supply));
        let arrives = |(place, arrival): (Place, Arrival)| (arrival.at, Scene::Arrives(place, arrival));
        scenes.extend(arrivals.into_iter().map(arrives));
        scenes.sort_by_key(|(at, _)| *at);
        scenes
    }

    /// Plays what happens at these places before an instant, and says who was served when.
    fn play(&self, places: &[Place], later: Later, (now, before): (Instant, Instant)) -> (Shop, Served) {
        let mut stage = self.stage(places, later, now);
        let mut served = Served::new();
        let mut skipping = self.skipping_places();
        skipping.retain(|place| places.contains(place));
        // Who has just come, and takes all or nothing, may be served by what is there.
        let begins = std::iter::once((now, Scene::Begins));
        let scenes = begins.chain(self.scenes(places, now));
        for (at, scene) in scenes.filter(|(at, _)| *at < before) {
            // As after a command, who waits where something happened is served before who skips.
            let touched = match scene {
                Scene::Begins => Vec::new(),
                Scene::Enters(demand) => {
                    stage.demands[demand].later = None;
                    let lines = 0..self.demands[demand].lines.len();
                    lines.flat_map(|line| self.places_of(demand, line)).collect()
                }
                Scene::Arrives(place, Arrival { units, .. }) => {
                    let comes = |supply: &&mut Shared<Supply>| {
                        supply.place == place && supply.due == at && supply.open == units
                    };
                    if let Some(supply) = stage.supplies.iter_mut().find(comes) {
                        supply.open = 0;
                    }
                    if let Some(stand) = stage.stand_mut(&place) {
                        stand.on_hand += units;
                    }
                    vec![place]
                }
            };
            for place in touched.iter().filter(|place| places.contains(place)) {
                stage.serve(place, at);
            }
            while skipping.iter().any(|place| !stage.serve(place, at).places.is_empty()) {}
            for entry in places.iter().flat_map(|place| stage.entries_at(place)) {
                if self.lacks(entry) > 0 && stage.lacks(entry) == 0 {
                    served.entry(entry).or_insert(at);
                }
            }
        }
        (stage, served)
    }

    /// When those who wait at a place are served.
    pub(super) fn play_at(&self, place: &Place, later: Later, now: Instant) -> Served {
        self.play(std::slice::from_ref(place), later, (now, Instant::MAX)).1
    }

    /// When everybody is served, of whatever item: who takes all or nothing depends on more than one.
    pub(super) fn play_everywhere(&self, later: Later, now: Instant) -> Served {
        let places: Vec<Place> = self.items.iter().flat_map(|item| item.places()).collect();
        self.play(&places, later, (now, Instant::MAX)).1
    }

    /// Units that those who rank behind an entry will have been given before an instant.
    pub(super) fn given_behind(&self, entry: EntryAt, before: Instant, now: Instant) -> i128 {
        let place = self.place_of(entry);
        let (stage, _) = self.play(std::slice::from_ref(&place), Later::Nobody, (now, before));
        let given = |other: EntryAt| i128::from(self.lacks(other)) - i128::from(stage.lacks(other));
        self.behind(entry).into_iter().map(given).sum()
    }

    /// Units that those who rank behind an entry wait for.
    pub(super) fn waiting_behind(&self, entry: EntryAt) -> i128 {
        self.behind(entry).into_iter().map(|other| i128::from(self.lacks(other))).sum()
    }

    /// Those who wait now and rank behind an entry.
    fn behind(&self, entry: EntryAt) -> Vec<EntryAt> {
        let mut entries = self.entries_at(&self.place_of(entry));
        entries.retain(|&other| !self.is_for_later(other) && self.turn(other) > self.turn(entry));
        entries
    }

    /// Every waiting line of an order that has a date of its own, found by playing alone: none that
    /// rests on replenishment. Fair shares, lines that are skipped and orders for later have dates by
    /// other rules; where promises are kept, so have all that stand with orders for later or with
    /// levels of protection.
    pub fn played_lines(&self, now: Instant) -> Vec<Played> {
        let seen = Seen::of(self, now);
        let mut played = Vec::new();
        for (demand, record) in self.demands.iter().enumerate() {
            let Some(order) = record.order.as_ref().filter(|_| record.later.is_none()) else { continue };
            if record.shipping.fulfilment == Fulfilment::Order {
                continue;
            }
            for (line, record) in record.lines.iter().enumerate() {
                let tails = seen.tails(demand, line);
                let by_playing = tails.iter().all(|&at| self.is_dated_by_playing(&self.place_of(at)));
                if !tails.is_empty() && by_playing {
                    let there = self.served_by(&tails, now);
                    let sku = |&at: &EntryAt| self.settings(&self.entry(at).sku);
                    if there.is_none() && tails.iter().any(|at| sku(at).replenishment.is_some()) {
                        continue;
                    }
                    let ships = there.map(|date| Dated::new(date, Basis::Supply));
                    let first = &self.part(tails[0]).location;
                    let ships =
                        ships.and_then(|there| seen.not_earlier(first, there, demand, &record.sku).date);
                    let (order, line) = (order.clone(), record.id.clone());
                    played.push(Played { order, line, date: ships, modes: self.modes(&tails, &record.sku) });
                }
            }
        }
        played
    }

    /// When the last of these entries has all its units.
    fn served_by(&self, entries: &[EntryAt], now: Instant) -> Option<Instant> {
        let date = |&at: &EntryAt| {
            self.asked_by(at).play_at(&self.place_of(at), Later::Nobody, now).get(&at).copied()
        };
        let dates: Option<Vec<Instant>> = entries.iter().map(date).collect();
        dates?.into_iter().max()
    }

    fn is_dated_by_playing(&self, place: &Place) -> bool {
        let settings = self.settings(&place.sku);
        let by_rank = settings.sharing == Sharing::Sequence && settings.whole_lines == WholeLines::Collect;
        let mut entries = self.entries_at(place).into_iter();
        let plain = settings.protection.is_empty() && entries.all(|at| !self.is_for_later(at));
        by_rank && (plain || !self.keeps_promises(&place.sku))
    }

    fn modes(&self, entries: &[EntryAt], sku: &str) -> Modes {
        let skus = || entries.iter().map(|&at| &self.entry(at).sku);
        Modes {
            keeps_promises: skus().any(|sku| self.keeps_promises(sku)),
            protected: skus().any(|sku| !self.settings(sku).protection.is_empty()),
            kit: self.is_kit(sku),
            several_places: entries
                .iter()
                .any(|&at| self.part(at).location != self.part(entries[0]).location),
        }
    }
}
