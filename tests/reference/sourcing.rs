//! Where the units of a line come from, and where what is lacking waits (rules §7).

use super::Shop;
use super::dates::{Dated, Seen, UNDATED};
use super::queue::{EntryAt, units};
use super::records::{Entry, Part, Place};
use backorder::model::command::{Fulfilment, Sourcing};
use backorder::model::settings::WholeLines;
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::Basis;

/// New units that a line asks for. The line stands in its demand, these units apart.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub demand: usize,
    pub line: usize,
    pub quantity: Quantity,
    /// When, and by which command: their rank.
    pub asked_at: (Instant, u64),
    /// What takes all or nothing is taken as if all could be had.
    pub collects: bool,
}

/// What would become of an [`Ask`].
#[derive(Clone, Debug)]
pub struct Plan {
    /// By location in the order in which units are taken; what waits is in one of them.
    pub parts: Vec<Part>,
    pub ahead: Quantity,
    /// When the last of the units ships.
    pub ships: Dated,
}

impl Plan {
    pub fn now(&self) -> Quantity {
        self.parts.iter().map(Part::whole).sum()
    }

    pub fn waits(&self) -> Quantity {
        self.parts.iter().map(|part| part.wanted).sum::<Quantity>() - self.now()
    }
}

impl Shop {
    /// Where the line may ship from, best first.
    fn candidates(&self, ask: &Ask) -> Vec<String> {
        let given = &self.line(ask.demand, ask.line).locations;
        given.clone().unwrap_or_else(|| self.location_names())
    }

    /// Units of an item that new units of this order may take at a place now.
    pub(super) fn new_may_take(
        &self,
        place: &Place,
        demand: usize,
        collects: bool,
        now: Instant,
    ) -> Quantity {
        let record = &self.demands[demand];
        let whole = record.shipping.fulfilment != Fulfilment::Partial;
        let skips = whole && self.settings(&place.sku).whole_lines == WholeLines::Skip;
        if record.later.is_some() || skips && !collects {
            return 0;
        }
        let mut left = self.free(place);
        if self.keeps_promises(&place.sku) {
            let promised = self.entries_at(place);
            // What leaves first may leave now; what leaves never is promised for no instant.
            let from = self.leaves(&place.location, now).unwrap_or(Instant::MAX - 1);
            let least = self.least_left(place, &promised, (from, Instant::MAX), now);
            left = left.min(least.unwrap_or(left));
        }
        units(left - i128::from(self.reserve(&place.sku, record.priority)))
    }

    /// The same of each of the things that the line is made of.
    fn may_take_at(&self, ask: &Ask, location: &str, now: Instant) -> Vec<Quantity> {
        let made_of = self.made_of(&self.line(ask.demand, ask.line).sku);
        let places = made_of.iter().map(|(sku, _)| Place::new(sku, location));
        places.map(|place| self.new_may_take(&place, ask.demand, ask.collects, now)).collect()
    }

    /// Whole units of the line that it may take at a location now.
    fn whole_at(&self, ask: &Ask, location: &str, now: Instant) -> Quantity {
        let made_of = self.made_of(&self.line(ask.demand, ask.line).sku);
        let there = self.may_take_at(ask, location, now).into_iter();
        there.zip(&made_of).map(|(units, (_, per))| units / per).min().unwrap_or(0)
    }

    /// A part that takes whole units at a location; if some of it waits there, of each component
    /// what can be had.
    fn part_at(&self, ask: &Ask, location: &str, (takes, waits): (Quantity, Quantity), now: Instant) -> Part {
        let there = self.may_take_at(ask, location, now);
        let made_of = self.made_of(&self.line(ask.demand, ask.line).sku).into_iter();
        let entry = |((sku, per), there): ((String, Quantity), Quantity)| {
            let allocated = if waits > 0 { there.min((takes + waits) * per) } else { takes * per };
            Entry { sku, per, allocated, beyond: None }
        };
        Part {
            placed_at: ask.asked_at.0,
            sequence: ask.asked_at.1,
            location: location.to_owned(),
            wanted: takes + waits,
            entries: made_of.zip(there).map(entry).collect(),
        }
    }

    /// Spreads the units over the candidates; what none has waits where it comes first.
    pub(super) fn plan(&self, ask: &Ask, now: Instant) -> Plan {
        let candidates = self.candidates(ask);
        let stock: Vec<Quantity> = candidates.iter().map(|at| self.whole_at(ask, at, now)).collect();
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        match self.demands[ask.demand].sourcing {
            // The largest stock has everything if any has, and otherwise is the one to begin with.
            Sourcing::FewestParts => order.sort_by_key(|&index| std::cmp::Reverse(stock[index])),
            Sourcing::InOrder => {}
            Sourcing::Earliest => {
                let all_at = |&index: &usize| {
                    let takes = stock[index].min(ask.quantity);
                    self.planned(ask, &candidates, &[(index, takes)], index, now)
                };
                return first_of(order.iter().map(all_at));
            }
        }
        let mut takes: Vec<(usize, Quantity)> = Vec::new();
        let mut left = ask.quantity;
        for index in order {
            let taken = stock[index].min(left);
            if taken > 0 {
                takes.push((index, taken));
                left -= taken;
            }
        }
        if left == 0 {
            return self.planned(ask, &candidates, &takes, takes[0].0, now).0;
        }
        let waits_at = (0..candidates.len()).map(|index| self.planned(ask, &candidates, &takes, index, now));
        first_of(waits_at)
    }

    /// What becomes of units that take so much here and there, if the rest waits at one candidate;
    /// and when that rest is there.
    fn planned(
        &self,
        ask: &Ask,
        candidates: &[String],
        takes: &[(usize, Quantity)],
        waits_at: usize,
        now: Instant,
    ) -> (Plan, Dates) {
        let rest = ask.quantity - takes.iter().map(|(_, taken)| taken).sum::<Quantity>();
        let mut spread: Vec<(usize, Quantity, Quantity)> = Vec::new();
        for &(index, taken) in takes.iter().filter(|(_, taken)| *taken > 0) {
            spread.push((index, taken, if index == waits_at { rest } else { 0 }));
        }
        if rest > 0 && spread.iter().all(|(index, ..)| *index != waits_at) {
            spread.push((waits_at, 0, rest));
        }
        let parts = spread
            .iter()
            .map(|&(index, taken, waits)| self.part_at(ask, &candidates[index], (taken, waits), now));
        self.dated(ask, parts.collect(), None, now)
    }

    /// The plan that consists of these parts, and when those of its units ship, and are there, by which
    /// places are chosen: those that wait, if any do.
    fn dated(
        &self,
        ask: &Ask,
        mut parts: Vec<Part>,
        destination: Option<&str>,
        now: Instant,
    ) -> (Plan, Dates) {
        let mut trial = self.clone();
        let (demand, line) = (ask.demand, ask.line);
        trial.demands[demand].lines[line].add_parts(parts.clone());
        let seen =
            Seen::with_new(&trial, (demand, line), Some(ask.asked_at), now).at_destination(destination);
        let sku = &self.line(demand, line).sku;
        let mut there = Dated::new(now, Basis::Stock);
        let mut last = None;
        let mut dates: Vec<(Dates, bool)> = Vec::new();
        for at in seen.tails(demand, line) {
            if trial.part(at).rank() != ask.asked_at {
                continue;
            }
            let dated = seen.entry_date(at);
            let (location, leaf) = (&trial.part(at).location, &trial.entry(at).sku);
            dates.push(((seen.leaving(location, dated, demand, sku), dated), true));
            let part = parts.iter_mut().find(|part| part.location == *location);
            let entry = part.and_then(|part| part.entries.iter_mut().find(|entry| entry.sku == *leaf));
            if let Some(entry) = entry {
                entry.beyond = dated.beyond;
            }
            if last.is_none() || !there.is_later_than(dated) {
                (there, last) = (dated, Some(at));
            }
        }
        for part in &parts {
            let mut tails = seen.tails(demand, line).into_iter().map(|at| trial.part(at));
            if !tails.any(|tail| tail.rank() == ask.asked_at && tail.location == part.location) {
                let leaves = self.leaves(&part.location, now);
                let there = leaves.map_or(UNDATED, |leaves| Dated::new(leaves, Basis::Stock));
                dates.push(((seen.leaving(&part.location, there, demand, sku), there), false));
            }
        }
        let waiting = dates.iter().filter(|(_, waits)| *waits).map(|(dates, _)| *dates);
        let chosen_by = last_of(waiting).or(last_of(dates.iter().map(|(dates, _)| *dates)));
        // Of equals the last that waits.
        dates.sort_by_key(|(_, waits)| *waits);
        let ships = last_of(dates.iter().map(|(dates, _)| *dates));
        let ahead = last.map_or(0, |at| {
            let own = seen.leaving(&trial.part(at).location, there, demand, sku);
            trial.ahead_of_new(at, own.date)
        });
        let ships = ships.map_or(UNDATED, |(ships, _)| ships);
        (Plan { parts, ahead, ships }, chosen_by.unwrap_or((UNDATED, UNDATED)))
    }

    /// When what is planned ships, or is at a destination.
    pub(super) fn date_of_plan(
        &self,
        ask: &Ask,
        plan: &Plan,
        destination: Option<&str>,
        now: Instant,
    ) -> Dated {
        self.dated(ask, plan.parts.clone(), destination, now).0.ships
    }

    /// Units ahead of an entry that is about to be promised for this.
    pub(super) fn ahead_of_new(&self, at: EntryAt, promise: Option<Instant>) -> Quantity {
        let turn = self.turn_if_promised(at, promise);
        let others = self.entries_at(&self.place_of(at)).into_iter();
        let before = others.filter(|&other| self.turn(other) < turn && self.counts_before(other, at));
        before.map(|other| self.lacks(other)).sum()
    }
}

/// When units ship, and when they leave but for what nothing may ship before.
type Dates = (Dated, Dated);

/// The latest, the last of equals.
fn last_of(dates: impl Iterator<Item = Dates>) -> Option<Dates> {
    dates.reduce(|last, next| if is_later(last, next) { last } else { next })
}

/// By when they ship, then by when they could have left.
fn is_later(one: Dates, other: Dates) -> bool {
    one.0.is_later_than(other.0) || !other.0.is_later_than(one.0) && one.1.is_later_than(other.1)
}

/// The first of those that ship earliest, and of those that are there earliest.
fn first_of(mut plans: impl Iterator<Item = (Plan, Dates)>) -> Plan {
    let (mut best, mut earliest) = match plans.next() {
        Some(first) => first,
        None => return Plan { parts: Vec::new(), ahead: 0, ships: UNDATED },
    };
    for (plan, there) in plans {
        if is_later(earliest, there) {
            (best, earliest) = (plan, there);
        }
    }
    best
}
