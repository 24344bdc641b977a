//! The allocator: free units go to who waits (rules §4, §8).

use super::queue::{EntryAt, units};
use super::records::Place;
use super::{Shop, Touched};
use backorder::model::command::{CommandKind, Fulfilment};
use backorder::model::outcome::EventKind;
use backorder::model::settings::{Sharing, WholeLines};
use backorder::model::units::{Instant, Quantity};

/// Units of a line set aside at a location: whole ones, in kits where it is a kit's.
#[derive(Clone, Debug, Default)]
pub struct Gifts {
    /// By line and location, in the order in which they first came.
    given: Vec<((usize, usize), String, Quantity)>,
    /// Where something was set aside, also if no whole kit came of it.
    pub places: Vec<Place>,
}

impl Gifts {
    fn add(&mut self, line: (usize, usize), place: Place, whole: Quantity) {
        let same = |given: &&mut ((usize, usize), String, Quantity)| {
            (given.0, given.1.as_str()) == (line, place.location.as_str())
        };
        match self.given.iter_mut().find(same) {
            Some((_, _, sum)) => *sum += whole,
            None => self.given.push((line, place.location.clone(), whole)),
        }
        if !self.places.contains(&place) {
            self.places.push(place);
        }
    }
}

impl Shop {
    /// Serves the places that were touched, and then who takes all or nothing.
    pub(super) fn serve_all(&mut self, touched: &mut Touched, at: Instant) {
        for (place, _) in touched.places.clone() {
            if touched.unserved.contains(&place) && self.leaves_units(&place) {
                continue;
            }
            let gifts = self.serve(&place, at);
            self.tell_gifts(&gifts, at);
            touched.add_queues(gifts.places);
        }
        self.serve_skipping(touched, at);
    }

    /// As long as that changes anything, whoever takes all or nothing and can have all now.
    pub(super) fn serve_skipping(&mut self, touched: &mut Touched, at: Instant) {
        loop {
            let mut changed = Vec::new();
            for place in self.skipping_places() {
                let gifts = self.serve(&place, at);
                self.tell_gifts(&gifts, at);
                changed.extend(gifts.places);
            }
            if changed.is_empty() {
                break;
            }
            touched.add_queues(changed);
        }
    }

    /// New demand on an item that keeps promises takes what no promise will need, as its quote said.
    /// What it leaves is given when units next come free, or where orders for later may need less: not
    /// because an order or a cart has come.
    fn leaves_units(&self, place: &Place) -> bool {
        let has_come = matches!(self.cause.command, CommandKind::PlaceOrder | CommandKind::HoldStock);
        let waits_for_later = || self.entries_at(place).into_iter().any(|at| self.is_for_later(at));
        self.keeps_promises(&place.sku) && (has_come || !waits_for_later())
    }

    /// Where dates come from playing, and may hang on any queue that changed.
    pub(super) fn skipping_places(&self) -> Vec<Place> {
        let skipping = self.items.iter().filter(|item| item.settings.whole_lines == WholeLines::Skip);
        skipping.flat_map(|item| item.places()).collect()
    }

    /// One event per line and location that changed, in the order in which they were served; a line
    /// that has all it waits for is ready.
    pub(super) fn tell_gifts(&mut self, gifts: &Gifts, at: Instant) {
        let given: Vec<_> = gifts.given.iter().filter(|(.., whole)| *whole > 0).collect();
        for (index, (line, location, whole)) in given.iter().enumerate() {
            self.tell_units(at, EventKind::LineAllocated, *line, location, *whole);
            if given[index + 1..].iter().all(|(other, ..)| other != line) {
                self.tell_if_ready(at, *line);
            }
        }
    }

    /// A line that has all it waits for is ready.
    pub(super) fn tell_if_ready(&mut self, at: Instant, (demand, line): (usize, usize)) {
        let record = self.line(demand, line);
        if record.waiting() == 0 && record.allocated() > 0 {
            let (location, units) = (record.first_location().map(str::to_owned), record.allocated());
            self.tell_line(at, EventKind::LineReady, (demand, line), location, Some(units));
        }
    }

    /// What is available at the place goes to the entries that wait there.
    pub(super) fn serve(&mut self, place: &Place, at: Instant) -> Gifts {
        let mut gifts = Gifts::default();
        if self.free(place) <= 0 {
            return gifts;
        }
        if self.settings(&place.sku).sharing == Sharing::FairShare {
            self.share(place, at, &mut gifts);
            return gifts;
        }
        for entry in self.in_turn(place) {
            if self.lacks(entry) == 0 || self.is_for_later(entry) {
                continue;
            }
            if self.skips(entry) {
                self.give_all_or_nothing(entry, at, &mut gifts);
            } else {
                self.give(entry, self.may_take(entry, at), at, &mut gifts);
            }
        }
        gifts
    }

    /// As much of what it lacks as there is for it.
    pub(super) fn may_take(&self, entry: EntryAt, at: Instant) -> Quantity {
        self.lacks(entry).min(self.there_for(&self.place_of(entry), entry, at))
    }

    /// What is there for units of a line: not what its priority must leave, nor what an order for
    /// later, promised or placed before it, will need by then.
    pub(super) fn there_for(&self, place: &Place, entry: EntryAt, at: Instant) -> Quantity {
        let mut most =
            self.free(place) - i128::from(self.reserve(&place.sku, self.demand_of(entry).priority));
        if self.keeps_promises(&place.sku) {
            let promised = |entry: EntryAt| self.line(entry.demand, entry.line).promise;
            let by = |entry: EntryAt| promised(entry).map_or(Instant::MAX, |promise| promise.date);
            let mut later = self.entries_at(place);
            later.retain(|&other| {
                let before = by(other) < by(entry) || self.part(other).rank() < self.part(entry).rank();
                self.is_for_later(other) && before
            });
            let always = (at, Instant::MAX);
            most = self.least_left(place, &later, always, at).map_or(most, |left| left.min(most));
        }
        units(most)
    }

    /// Sets units aside; the time that whole ones waited is counted.
    pub(super) fn give(&mut self, entry: EntryAt, units: Quantity, at: Instant, gifts: &mut Gifts) {
        if units == 0 {
            return;
        }
        let place = self.place_of(entry);
        let had = self.line(entry.demand, entry.line).allocated_at(&place.location);
        self.entry_mut(entry).allocated += units;
        let whole = self.line(entry.demand, entry.line).allocated_at(&place.location) - had;
        self.tally.count_wait(whole, self.part(entry).placed_at, at);
        gifts.add((entry.demand, entry.line), place, whole);
    }

    /// All that the line lacks, or the whole order where that ships whole: at once, line by line and part by
    /// part as they rank, or nothing.
    pub(super) fn give_all_or_nothing(&mut self, entry: EntryAt, at: Instant, gifts: &mut Gifts) {
        let (mut trial, mut given) = (self.clone(), gifts.clone());
        let mut together = self.shipped_together(entry.demand, entry.line);
        together.sort_by_key(|at| (at.line, at.part, at.entry));
        for other in together {
            let lacks = trial.lacks(other);
            // What collects its units takes them in its turn.
            let collects = lacks > 0 && !self.skips(other);
            if collects || trial.may_take(other, at) < lacks {
                return;
            }
            trial.give(other, lacks, at, &mut given);
        }
        (*self, *gifts) = (trial, given);
    }

    /// The entries that must be whole for this line to ship.
    pub(super) fn shipped_together(&self, demand: usize, line: usize) -> Vec<EntryAt> {
        let record = &self.demands[demand];
        let lines = match record.shipping.fulfilment {
            Fulfilment::Order => 0..record.lines.len(),
            Fulfilment::Partial | Fulfilment::Line => line..line + 1,
        };
        lines.flat_map(|line| self.entries_of(demand, line)).collect()
    }

    /// In proportion to what each line lacks, whole units, by the largest remainders, ties by rank
    /// (rules §8). A line's share goes to its best part first.
    fn share(&mut self, place: &Place, at: Instant, gifts: &mut Gifts) {
        let mut entries = self.in_turn(place);
        entries.retain(|&entry| self.lacks(entry) > 0 && !self.is_for_later(entry));
        let mut lines: Vec<((usize, usize), u128)> = Vec::new();
        for &entry in &entries {
            let lacks = u128::from(self.lacks(entry));
            match lines.iter_mut().find(|(line, _)| *line == (entry.demand, entry.line)) {
                Some((_, sum)) => *sum += lacks,
                None => lines.push(((entry.demand, entry.line), lacks)),
            }
        }
        let lacking: u128 = lines.iter().map(|(_, lacks)| lacks).sum();
        let shared = lacking.min(u128::from(self.available(place)));
        let mut by_remainder: Vec<usize> = (0..lines.len()).collect();
        by_remainder.sort_by_key(|&index| std::cmp::Reverse(shared * lines[index].1 % lacking.max(1)));
        let whole = |index: usize| shared * lines[index].1 / lacking.max(1);
        let left = shared - (0..lines.len()).map(whole).sum::<u128>();
        for (index, (line, _)) in lines.iter().enumerate() {
            let rounded_up = by_remainder.iter().take(left as usize).any(|&other| other == index);
            let mut share = (whole(index) + u128::from(rounded_up)) as Quantity;
            for &entry in entries.iter().filter(|entry| (entry.demand, entry.line) == *line) {
                let units = share.min(self.lacks(entry));
                self.give(entry, units, at, gifts);
                share -= units;
            }
        }
    }
}
