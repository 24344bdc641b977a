//! Who stands in the queue of a place, in which order, and what is there for them (rules §1, §2).

use super::Shop;
use super::records::{Demand, Entry, Line, Part, Place};
use backorder::model::command::Fulfilment;
use backorder::model::settings::{Promising, WholeLines};
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};

/// A place in a queue: one entry of one part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryAt {
    pub demand: usize,
    pub line: usize,
    pub part: usize,
    pub entry: usize,
}

/// Smaller is served first: the promise where promises are kept, then priority (with ageing, the
/// instant that it is worth), the instant, the command, the line.
pub type Turn = (Instant, u64, Instant, u64, usize);

impl Shop {
    pub(super) fn line(&self, demand: usize, line: usize) -> &Line {
        &self.demands[demand].lines[line]
    }

    pub(super) fn part(&self, at: EntryAt) -> &Part {
        &self.line(at.demand, at.line).parts[at.part]
    }

    pub(super) fn entry(&self, at: EntryAt) -> &Entry {
        &self.part(at).entries[at.entry]
    }

    pub(super) fn entry_mut(&mut self, at: EntryAt) -> &mut Entry {
        &mut self.demands[at.demand].lines[at.line].parts[at.part].entries[at.entry]
    }

    pub(super) fn demand_of(&self, at: EntryAt) -> &Demand {
        &self.demands[at.demand]
    }

    pub(super) fn place_of(&self, at: EntryAt) -> Place {
        Place::new(&self.entry(at).sku, &self.part(at).location)
    }

    /// What it wants and has not got.
    pub(super) fn lacks(&self, at: EntryAt) -> Quantity {
        let entry = self.entry(at);
        self.part(at).wanted * entry.per - entry.allocated
    }

    /// Every line of the item, best priority and oldest first.
    pub(super) fn lines_of(&self, sku: &str) -> Vec<(usize, usize)> {
        let mut lines = Vec::new();
        for (demand, record) in self.demands.iter().enumerate() {
            let of_item = |(index, line): (usize, &Line)| (line.sku == sku).then_some((demand, index));
            lines.extend(record.lines.iter().enumerate().filter_map(of_item));
        }
        lines.sort_by_key(|&(demand, line)| {
            let record = &self.demands[demand];
            let newest = record.lines[line].parts.last().map(Part::rank);
            (record.priority, newest, line)
        });
        lines
    }

    /// The entries of a line: place by place as it came there, what it is made of, oldest part first.
    pub(super) fn entries_of(&self, demand: usize, line: usize) -> Vec<EntryAt> {
        let record = self.line(demand, line);
        let mut entries = Vec::new();
        for (part, record) in record.parts.iter().enumerate() {
            entries.extend((0..record.entries.len()).map(|entry| EntryAt { demand, line, part, entry }));
        }
        let place_of = |at: &EntryAt| {
            let here = |(known, _): &(String, Quantity)| *known == record.parts[at.part].location;
            record.shipped_from.iter().position(here)
        };
        entries.sort_by_key(|at| (place_of(at), at.entry, at.part));
        entries
    }

    /// The places at which a line has something or waits, in that order.
    pub(super) fn places_of(&self, demand: usize, line: usize) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for at in self.entries_of(demand, line) {
            let place = self.place_of(at);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// Every entry at a place, as its orders were made.
    pub(super) fn entries_at(&self, place: &Place) -> Vec<EntryAt> {
        let mut entries = Vec::new();
        for (demand, record) in self.demands.iter().enumerate() {
            for (line, record) in record.lines.iter().enumerate() {
                for (part, record) in record.parts.iter().enumerate() {
                    if record.location == place.location {
                        let here = record.entries.iter().position(|entry| entry.sku == place.sku);
                        entries.extend(here.map(|entry| EntryAt { demand, line, part, entry }));
                    }
                }
            }
        }
        entries
    }

    /// Whether promises are places in this item's queue (rules §2).
    pub(super) fn keeps_promises(&self, sku: &str) -> bool {
        self.item(sku).is_some_and(|item| item.settings.promising == Promising::Protect)
    }

    /// When it is served, promised as its line is.
    pub(super) fn turn(&self, at: EntryAt) -> Turn {
        let promise = self.line(at.demand, at.line).promise.map(|promise| promise.date);
        self.turn_if_promised(at, promise)
    }

    /// When it would be served, were its line promised for this; none is last.
    pub(super) fn turn_if_promised(&self, at: EntryAt, promise: Option<Instant>) -> Turn {
        let sku = &self.entry(at).sku;
        let promised = if self.keeps_promises(sku) { promise.unwrap_or(Instant::MAX) } else { 0 };
        let priority = u64::from(self.demand_of(at).priority);
        let Part { placed_at, sequence, .. } = *self.part(at);
        match self.item(sku).and_then(|item| item.settings.ageing_days) {
            // With ageing a priority is worth so many days (rules §2).
            Some(days) => (promised, placed_at + priority * days * DAY_MS, 0, sequence, at.line),
            None => (promised, priority, placed_at, sequence, at.line),
        }
    }

    /// Every entry at a place in the order in which they are served, orders for later among them.
    pub(super) fn in_turn(&self, place: &Place) -> Vec<EntryAt> {
        let mut entries = self.entries_at(place);
        entries.sort_by_cached_key(|&at| self.turn(at));
        entries
    }

    /// Whether it takes nothing yet (rules §3.6).
    pub(super) fn is_for_later(&self, at: EntryAt) -> bool {
        self.demand_of(at).later.is_some()
    }

    /// Whether an entry is in the way of another: in queue mode an order for later is in nobody's
    /// way, but that of its own other units.
    pub(super) fn counts_before(&self, other: EntryAt, at: EntryAt) -> bool {
        let apart = self.is_for_later(other) && other.demand != at.demand;
        self.keeps_promises(&self.entry(at).sku) || !apart
    }

    /// Units that entries served before it still lack.
    pub(super) fn ahead_of(&self, at: EntryAt) -> Quantity {
        let turn = self.turn(at);
        let others = self.entries_at(&self.place_of(at)).into_iter();
        let before = others.filter(|&other| self.turn(other) < turn && self.counts_before(other, at));
        before.map(|other| self.lacks(other)).sum()
    }

    /// Units that must remain available when a line of this priority takes some (rules §8).
    pub(super) fn reserve(&self, sku: &str, priority: u8) -> Quantity {
        let settings = self.settings(sku);
        let levels = settings.protection.iter().filter(|level| level.priority < priority);
        levels.map(|level| level.units).max().unwrap_or(0)
    }

    /// Whether it takes nothing before it can have all (`wholeLines: "skip"`).
    pub(super) fn skips(&self, at: EntryAt) -> bool {
        let whole = self.demand_of(at).shipping.fulfilment != Fulfilment::Partial;
        whole && self.settings(&self.entry(at).sku).whole_lines == WholeLines::Skip
    }

    pub(super) fn on_hand(&self, place: &Place) -> Quantity {
        let stand = self.item(&place.sku).and_then(|item| item.stands.get(&place.location));
        stand.map_or(0, |stand| stand.on_hand)
    }

    /// Units set aside for orders and for carts together.
    pub(super) fn set_aside(&self, place: &Place) -> Quantity {
        self.entries_at(place).into_iter().map(|at| self.entry(at).allocated).sum()
    }

    pub(super) fn waiting_units(&self, place: &Place) -> Quantity {
        self.entries_at(place).into_iter().map(|at| self.lacks(at)).sum()
    }

    pub(super) fn incoming_units(&self, place: &Place) -> Quantity {
        self.supplies.iter().filter(|supply| supply.place == *place).map(|supply| supply.open).sum()
    }

    /// The item everywhere.
    pub(super) fn everywhere(&self, sku: &str) -> Vec<Place> {
        self.location_names().iter().map(|location| Place::new(sku, location)).collect()
    }

    /// What the supply curve starts at: on hand less all that is spoken for, a debt when below 0 (rules §9).
    pub(super) fn free(&self, place: &Place) -> i128 {
        let safety_stock = self.item(&place.sku).map_or(0, |item| item.settings.safety_stock);
        let spoken_for = i128::from(self.set_aside(place)) + i128::from(safety_stock);
        i128::from(self.on_hand(place)) - spoken_for
    }

    /// `max(0, onHand − allocated − held − safetyStock)`.
    pub(super) fn available(&self, place: &Place) -> Quantity {
        units(self.free(place))
    }
}

/// As many units as that, none when it is below 0.
pub fn units(number: i128) -> Quantity {
    Quantity::try_from(number.max(0)).unwrap_or(MAX_SAFE)
}
