//! What a shop keeps: items, supplies, and demand (orders and holds) with its lines and their parts.

use super::care::Care;
use super::line_id;
use backorder::estimate::lateness::Lateness;
use backorder::model::command::{OrderLine, OrderSettings, ShippingSettings, Sourcing};
use backorder::model::settings::ItemSettings;
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::{HoldState, SupplyState};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct Item {
    pub sku: String,
    pub settings: ItemSettings,
    /// By location, wherever it has ever had anything.
    pub stands: BTreeMap<String, Stand>,
}

/// What an item has at a location. What of it is spoken for stands in the lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stand {
    pub on_hand: Quantity,
    /// Whether it was said that more should be ordered.
    pub reorder_said: bool,
}

/// An item at a location: a shelf, and the queue in front of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub sku: String,
    pub location: String,
}

impl Place {
    pub fn new(sku: &str, location: &str) -> Self {
        Place { sku: sku.to_owned(), location: location.to_owned() }
    }
}

#[derive(Clone, Debug)]
pub struct Supply {
    pub id: String,
    pub place: Place,
    pub open: Quantity,
    pub received: Quantity,
    pub due: Instant,
    pub supplier: Option<String>,
    pub state: SupplyState,
    pub closed_at: Option<Instant>,
    /// How late it may be, as it was known when a supply of the same place last changed.
    pub lateness: Option<Lateness>,
}

/// An order, or a hold, or a hold that became an order.
#[derive(Clone, Debug)]
pub struct Demand {
    pub order: Option<String>,
    pub hold: Option<Hold>,
    pub placed_at: Instant,
    pub priority: u8,
    pub segment: Option<String>,
    /// Where it goes, if it says so.
    pub ship_to: Option<String>,
    pub sourcing: Sourcing,
    /// An order for later: it takes no units before this, which is forgotten once it has come.
    pub later: Option<Instant>,
    pub frozen: bool,
    pub shipping: ShippingSettings,
    pub sequence: u64,
    /// The command that made it an order: that of a hold is the one that confirmed it.
    pub ordered_by: u64,
    pub lines: Vec<Line>,
    pub closed_at: Option<Instant>,
}

#[derive(Clone, Debug)]
pub struct Hold {
    pub id: String,
    pub ends_at: Instant,
    pub state: HoldState,
    pub closed_at: Option<Instant>,
}

/// `quantity = allocated + waiting + shipped + cancelled`; the first two stand in the parts.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    pub sku: String,
    pub quantity: Quantity,
    /// Where it may ship from, if it says so.
    pub locations: Option<Vec<String>>,
    pub min_shipment: Quantity,
    pub unit_price: Option<Quantity>,
    /// In rank order, those of one rank in the order of their places; none is empty.
    pub parts: Vec<Part>,
    /// Every location at which it ever had a part, in the order in which they came, with what was
    /// shipped from there.
    pub shipped_from: Vec<(String, Quantity)>,
    pub cancelled: Quantity,
    pub returned: Quantity,
    pub promise: Option<Promise>,
    pub record: LineRecord,
    /// What its customer is told of delays, where its order has a regime.
    pub care: Option<Care>,
}

/// Units that were asked for together, have one rank, and come from one location.
#[derive(Clone, Debug)]
pub struct Part {
    pub placed_at: Instant,
    pub sequence: u64,
    pub location: String,
    /// Units that have not shipped, in kits where the line's item is a kit.
    pub wanted: Quantity,
    /// What it is made of: the item itself, or the components of the kit.
    pub entries: Vec<Entry>,
}

/// A place in the queue of one item at the part's location.
#[derive(Clone, Debug)]
pub struct Entry {
    pub sku: String,
    /// Units of the item in one unit of the line.
    pub per: Quantity,
    pub allocated: Quantity,
    /// Which unit beyond all scheduled supply it is, since a promise rested on that.
    pub beyond: Option<Quantity>,
}

#[derive(Clone, Copy, Debug)]
pub struct Promise {
    pub date: Instant,
    /// The event that made it or moved it: promises are as old as these.
    pub made_by: u64,
    pub broken: bool,
}

/// What the metrics ask of a line's past.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineRecord {
    pub first_promise: Option<Instant>,
    pub last_promise: Option<Instant>,
}

impl Demand {
    pub fn order(id: &str, settings: &OrderSettings, now: Instant, sequence: u64) -> Self {
        Demand {
            order: Some(id.to_owned()),
            hold: None,
            placed_at: now,
            priority: settings.priority,
            segment: settings.segment.map(str::to_owned),
            ship_to: settings.ship_to.map(str::to_owned),
            sourcing: settings.sourcing,
            later: settings.allocate_from.filter(|&from| from > now),
            frozen: false,
            shipping: settings.shipping,
            sequence,
            ordered_by: sequence,
            lines: Vec::new(),
            closed_at: None,
        }
    }

    pub fn hold(id: &str, ends_at: Instant, priority: u8, now: Instant, sequence: u64) -> Self {
        let settings = OrderSettings { priority, ..OrderSettings::default() };
        let hold = Hold { id: id.to_owned(), ends_at, state: HoldState::Open, closed_at: None };
        Demand { order: None, hold: Some(hold), ..Demand::order(id, &settings, now, sequence) }
    }

    /// Whether it is a cart still: what it has is held, not allocated.
    pub fn is_open_hold(&self) -> bool {
        self.hold.as_ref().is_some_and(|hold| hold.state == HoldState::Open)
    }

    pub fn is_closed(&self) -> bool {
        self.lines.iter().all(Line::is_closed)
    }

    pub fn line_index(&self, id: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.id == id)
    }

    /// Units of the item that are not cancelled, shipped ones included.
    pub fn units_wanted(&self, sku: &str) -> u128 {
        let of_item = self.lines.iter().filter(|line| line.sku == sku);
        of_item.map(|line| u128::from(line.quantity - line.cancelled)).sum()
    }
}

impl Line {
    pub fn new(asked: &OrderLine, index: usize, quantity: Quantity) -> Self {
        let locations = asked.locations.as_ref();
        Line {
            id: line_id(asked, index),
            sku: asked.sku.to_owned(),
            quantity,
            locations: locations.map(|given| given.iter().map(|&name| name.to_owned()).collect()),
            min_shipment: asked.min_shipment,
            unit_price: asked.unit_price,
            parts: Vec::new(),
            shipped_from: Vec::new(),
            cancelled: 0,
            returned: 0,
            promise: None,
            record: LineRecord::default(),
            care: None,
        }
    }

    /// Adds parts: those that have the rank and the location of one that is there become one with it.
    pub fn add_parts(&mut self, parts: Vec<Part>) {
        for part in parts {
            if !self.shipped_from.iter().any(|(known, _)| *known == part.location) {
                self.shipped_from.push((part.location.clone(), 0));
            }
            let same = |known: &&mut Part| known.rank() == part.rank() && known.location == part.location;
            match self.parts.iter_mut().find(same) {
                Some(known) => known.join(&part),
                None => self.parts.push(part),
            }
        }
        self.tidy();
    }

    /// Keeps the parts in order, and drops those that have nothing left.
    pub fn tidy(&mut self) {
        self.parts.retain(|part| part.wanted > 0);
        let places: Vec<String> = self.shipped_from.iter().map(|(location, _)| location.clone()).collect();
        let place_of = |part: &Part| places.iter().position(|location| *location == part.location);
        self.parts.sort_by_key(|part| (part.rank(), place_of(part)));
    }

    /// Whole units set aside at a location.
    pub fn allocated_at(&self, location: &str) -> Quantity {
        let here = || self.parts.iter().filter(|part| part.location == location);
        let Some(first) = here().next() else { return 0 };
        let of_entry = |index: usize| {
            let units: Quantity = here().map(|part| part.entries[index].allocated).sum();
            units / first.entries[index].per
        };
        (0..first.entries.len()).map(of_entry).min().unwrap_or(0)
    }

    /// Where what is set aside for several parts makes more kits together than part by part, it is that
    /// of the best of them.
    pub fn gather(&mut self, location: &str) {
        let all = self.allocated_at(location);
        let mut here: Vec<&mut Part> =
            self.parts.iter_mut().filter(|part| part.location == location).collect();
        if here.iter().map(|part| part.whole()).sum::<Quantity>() == all {
            return;
        }
        for index in 0..here[0].entries.len() {
            let mut left: Quantity = here.iter().map(|part| part.entries[index].allocated).sum();
            for part in &mut here {
                let most = part.wanted * part.entries[index].per;
                part.entries[index].allocated = left.min(most);
                left -= part.entries[index].allocated;
            }
        }
    }

    /// Units that have not shipped from a location and are not set aside there.
    pub fn waiting_at(&self, location: &str) -> Quantity {
        self.left_at(location) - self.allocated_at(location)
    }

    pub fn left_at(&self, location: &str) -> Quantity {
        self.parts.iter().filter(|part| part.location == location).map(|part| part.wanted).sum()
    }

    pub fn allocated(&self) -> Quantity {
        self.shipped_from.iter().map(|(location, _)| self.allocated_at(location)).sum()
    }

    pub fn waiting(&self) -> Quantity {
        self.left() - self.allocated()
    }

    pub fn shipped(&self) -> Quantity {
        self.shipped_from.iter().map(|(_, shipped)| shipped).sum()
    }

    /// What it still has to ship.
    pub fn left(&self) -> Quantity {
        self.parts.iter().map(|part| part.wanted).sum()
    }

    pub fn is_closed(&self) -> bool {
        self.parts.is_empty()
    }

    /// The locations at which it has or had something, in the order in which they came, and what it
    /// has there, waits for there and shipped from there; the first of all where it has nothing.
    pub fn by_location(&self) -> Vec<(&str, Quantity, Quantity, Quantity)> {
        let all = self.shipped_from.iter();
        let mut all: Vec<(&str, Quantity, Quantity, Quantity)> = all
            .map(|(at, shipped)| (at.as_str(), self.allocated_at(at), self.waiting_at(at), *shipped))
            .collect();
        let has_any = |&(_, allocated, waits, shipped): &(&str, Quantity, Quantity, Quantity)| {
            allocated + waits + shipped > 0
        };
        if all.iter().any(has_any) {
            all.retain(has_any);
        } else {
            all.truncate(1);
        }
        all
    }

    /// The location that stands for the whole line.
    pub fn first_location(&self) -> Option<&str> {
        self.by_location().first().map(|(location, ..)| *location)
    }

    /// Gives up all that has not shipped.
    pub fn give_up(&mut self) -> Quantity {
        let left = self.left();
        self.parts.clear();
        self.cancelled += left;
        left
    }
}

impl Promise {
    /// One that is not told yet.
    pub fn provisional(date: Instant) -> Self {
        Promise { date, made_by: 0, broken: false }
    }
}

impl Part {
    /// What decides between parts of one line: when they were asked for.
    pub fn rank(&self) -> (Instant, u64) {
        (self.placed_at, self.sequence)
    }

    /// Whole units that are set aside.
    pub fn whole(&self) -> Quantity {
        self.entries.iter().map(|entry| entry.allocated / entry.per).min().unwrap_or(0)
    }

    fn join(&mut self, other: &Part) {
        self.wanted += other.wanted;
        for (entry, more) in self.entries.iter_mut().zip(&other.entries) {
            entry.allocated += more.allocated;
        }
    }

    /// It shall want so many units less; what is set aside beyond the rest is free.
    pub fn want_less(&mut self, less: Quantity) {
        self.wanted -= less;
        for entry in &mut self.entries {
            entry.allocated = entry.allocated.min(self.wanted * entry.per);
        }
    }
}
