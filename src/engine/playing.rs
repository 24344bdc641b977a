//! Dates by playing known supplies through the allocator, for items whose whole lines take nothing
//! before they can have all (rules §9): no formula holds for them.
//!
//! What is played is the queue of the item and of all that is tied to it by orders that ship whole.

use super::Engine;
use super::dates::{At, ShipDate};
use super::plans::hash;
use super::rank_tree::Rank;
use crate::model::command::Fulfilment;
use crate::model::outcome::NONE;
use crate::model::settings::Sharing;
use crate::model::sort;
use crate::model::units::{Instant, Quantity};
use crate::model::view::Basis;
use crate::policy::sharing;
use alloc::vec::Vec;
use hashbrown::HashTable;

/// New demand that is not in any queue yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newcomer {
    pub item: u32,
    pub location: u32,
    /// What it takes from stock before anything is played.
    pub take: Quantity,
    pub waiting: Quantity,
    pub rank: Rank,
    pub priority: u8,
    pub fulfilment: Fulfilment,
    /// Its place in the order.
    pub place: u32,
    /// The line that it is to be had together with; [`NONE`] for a new one.
    pub joins: u32,
    /// When it begins to take units; 0 for at once.
    pub from: Instant,
}

/// The number of the first newcomer's line; no line of the engine has it.
const NEW: u32 = u32::MAX - 100_000;

impl Newcomer {
    /// The number that its line has in the play.
    pub fn line(&self) -> u32 {
        if self.joins == NONE { Newcomer::new_line(self.place) } else { self.joins }
    }

    /// The number of a new line, by its place in the order.
    pub fn new_line(place: u32) -> u32 {
        NEW + place
    }
}

/// Who waits at a site.
#[derive(Clone, Copy, Debug)]
struct Waiter {
    line: u32,
    /// What is taken together has the same.
    group: Group,
    rank: Rank,
    waiting: Quantity,
    reserve: Quantity,
}

/// What must be had at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// Units go as they come.
    None,
    Line(u32),
    Order(u32),
}

/// A site as it is played.
struct Field {
    item: u32,
    location: u32,
    free: i64,
    skips: bool,
    shares: bool,
    waiters: Vec<Waiter>,
}

impl Field {
    fn place(&self) -> (u32, u32) {
        (self.item, self.location)
    }
}

fn hash_of((item, location): (u32, u32)) -> u64 {
    hash(item ^ location.rotate_left(16))
}

/// Units that arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrival {
    date: Instant,
    due: Instant,
    supply: u32,
    field: usize,
    units: Quantity,
}

impl Engine {
    /// When a line of the engine has all its units of an item at a location.
    pub(crate) fn played_date(&self, line: u32, place: (u32, u32), at: At) -> ShipDate {
        let mut play = Play::new(self, at);
        for site in self.sites_of(line) {
            play.add(self.sites[site as usize].item, self.sites[site as usize].location);
        }
        // The lines of an order for later come together.
        let demand = self.demand_of_line(&self.lines[line as usize]);
        let from = demand.allocate_from;
        for part in demand.lines().flat_map(|line| self.parts_of(line)) {
            let site = &self.sites[self.parts[part as usize].site as usize];
            if from > 0 && self.forest.entry(part).waiting > 0 {
                let field = play.add(site.item, site.location);
                let waiter = play.waiter(field, part);
                play.joins.push((from, field, waiter));
            }
        }
        play.run(|play| !play.waits(line, place))
    }

    /// When a line of newcomers has all its units of an item at a location, the others coming with it.
    pub(crate) fn played_newcomers(
        &self,
        newcomers: &[Newcomer],
        line: u32,
        place: (u32, u32),
        at: At,
    ) -> ShipDate {
        let mut play = Play::new(self, at);
        for newcomer in newcomers {
            play.enter(newcomer);
        }
        play.run(|play| !play.waits(line, place))
    }
}

struct Play<'e> {
    engine: &'e Engine,
    at: At,
    fields: Vec<Field>,
    /// The fields by item and location.
    known: HashTable<u32>,
    /// How many of the fields have their waiters.
    filled: usize,
    arrivals: Vec<Arrival>,
    /// Who begins to take units later, and when.
    joins: Vec<(Instant, usize, Waiter)>,
}

impl<'e> Play<'e> {
    fn new(engine: &'e Engine, at: At) -> Self {
        let (fields, known) = (Vec::new(), HashTable::new());
        // One curve is played for all who wait: nobody overtakes.
        Play { engine, at: at.by(0), fields, known, filled: 0, arrivals: Vec::new(), joins: Vec::new() }
    }

    /// The field of an item at a location, with all that is tied to it. Orders may tie item to item
    /// through a whole shop: what is still to be filled is a list, as a stack of calls would overflow.
    fn add(&mut self, item: u32, location: u32) -> usize {
        let index = self.open(item, location);
        self.fill_opened();
        index
    }

    fn fill_opened(&mut self) {
        while self.filled < self.fields.len() {
            self.fill(self.filled);
            self.filled += 1;
        }
    }

    /// The field of an item at a location, if it is known.
    fn field_at(&self, item: u32, location: u32) -> Option<usize> {
        let place = (item, location);
        let is_it = |&index: &u32| self.fields[index as usize].place() == place;
        self.known.find(hash_of(place), is_it).map(|&index| index as usize)
    }

    /// The same; one that is not known begins without its waiters.
    fn open(&mut self, item: u32, location: u32) -> usize {
        if let Some(index) = self.field_at(item, location) {
            return index;
        }
        let (engine, index) = (self.engine, self.fields.len());
        let site = engine.site_or_nothing(item, location);
        let settings = &engine.items[item as usize].settings;
        // When units are there is what is played.
        let outlook = site.outlook(settings, None, self.at);
        let mut before = 0;
        for piece in outlook.curve.pieces() {
            if let Some(date) = piece.date {
                let due = engine.supplies[piece.supply as usize].due;
                let units = piece.upto - before;
                self.arrivals.push(Arrival { date, due, supply: piece.supply, field: index, units });
            }
            before = piece.upto;
        }
        self.fields.push(Field {
            item,
            location,
            free: outlook.start,
            skips: engine.items[item as usize].skips_whole_lines(),
            shares: settings.sharing == Sharing::FairShare,
            waiters: Vec::new(),
        });
        let fields = &self.fields;
        let hash_at = |&index: &u32| hash_of(fields[index as usize].place());
        self.known.insert_unique(hash_of((item, location)), index as u32, hash_at);
        index
    }

    /// Enters who waits in a field, and opens the fields of all that is tied to it.
    fn fill(&mut self, index: usize) {
        let (engine, (item, location)) = (self.engine, self.fields[index].place());
        let site = engine.site_or_nothing(item, location);
        let mut next = engine.forest.first_waiting(&site.root);
        while let Some(part) = next {
            next = engine.forest.next_waiting(&site.root, part);
            if engine.comes_later(part) {
                continue;
            }
            let waiter = self.waiter(index, part);
            self.fields[index].waiters.push(waiter);
            if waiter.group != Group::None {
                self.open_companions(waiter.line);
            }
        }
    }

    /// Opens the fields of all that a line takes units together with.
    fn open_companions(&mut self, line: u32) {
        let engine = self.engine;
        let parts = engine.taken_together(line).flat_map(|line| engine.parts_of(line));
        for other in parts.filter(|&other| engine.forest.entry(other).waiting > 0) {
            let site = &engine.sites[engine.parts[other as usize].site as usize];
            self.open(site.item, site.location);
        }
    }

    fn waiter(&self, field: usize, part: u32) -> Waiter {
        let engine = self.engine;
        let (entry, line) = (engine.forest.entry(part), engine.parts[part as usize].line);
        let record = &engine.lines[line as usize];
        let demand = engine.demand_of_line(record);
        let group = match demand.fulfilment {
            Fulfilment::Partial => Group::None,
            Fulfilment::Line => Group::Line(line),
            Fulfilment::Order => Group::Order(record.demand),
        };
        let item = &engine.items[self.fields[field].item as usize];
        let reserve = item.settings.reserve(demand.priority);
        let rank = Rank { turn: item.turn(record.promise, 0), ..entry.rank };
        Waiter { line, group, rank, waiting: entry.waiting, reserve }
    }

    fn enter(&mut self, new: &Newcomer) {
        let field = self.add(new.item, new.location);
        self.fields[field].free -= new.take as i64;
        if new.waiting == 0 {
            return;
        }
        let line = new.line();
        let demand = self.engine.lines.get(new.joins as usize).map_or(NEW, |line| line.demand);
        let group = match new.fulfilment {
            Fulfilment::Partial => Group::None,
            Fulfilment::Line => Group::Line(line),
            Fulfilment::Order => Group::Order(demand),
        };
        if new.joins != NONE {
            self.open_companions(line);
            self.fill_opened();
        }
        let reserve = self.engine.items[new.item as usize].settings.reserve(new.priority);
        let waiter = Waiter { line, group, rank: new.rank, waiting: new.waiting, reserve };
        self.joins.push((new.from, field, waiter));
    }

    /// Whether a line still waits for an item at a location, or has not come there yet.
    fn waits(&self, line: u32, at: (u32, u32)) -> bool {
        let Some(field) = self.field_at(at.0, at.1) else { return false };
        let mut waiters = self.fields[field].waiters.iter();
        waiters.any(|waiter| waiter.line == line && waiter.waiting > 0)
            || self.joins.iter().any(|(_, other, waiter)| (*other, waiter.line) == (field, line))
    }

    /// Those whose instant has come join the queue; what there is goes to them by rank.
    fn join(&mut self, by: Instant) {
        let (come, later) = core::mem::take(&mut self.joins).into_iter().partition(|(from, ..)| *from <= by);
        self.joins = later;
        let come: Vec<(Instant, usize, Waiter)> = come;
        for (_, field, waiter) in &come {
            let waiters = &mut self.fields[*field].waiters;
            let place = waiters.partition_point(|other| other.rank < waiter.rank);
            waiters.insert(place, *waiter);
        }
        for (_, field, _) in come {
            self.serve(field);
        }
    }

    /// Plays until something has come about, and says when that is.
    fn run(&mut self, done: impl Fn(&Play) -> bool) -> ShipDate {
        self.join(self.at.now);
        (0..self.fields.len()).for_each(|field| self.serve(field));
        if done(self) {
            return ShipDate::at_once(self.at.now);
        }
        let mut arrivals = core::mem::take(&mut self.arrivals);
        sort::ascending(&mut arrivals);
        for arrival in arrivals {
            if let Some(date) = self.play_joins(arrival.date, &done) {
                return ShipDate::new(Some(date), Basis::Supply);
            }
            let free = &mut self.fields[arrival.field].free;
            *free = free.saturating_add_unsigned(arrival.units);
            self.serve(arrival.field);
            if done(self) {
                return ShipDate::new(Some(arrival.date), Basis::Supply);
            }
        }
        match self.play_joins(Instant::MAX, &done) {
            Some(date) => ShipDate::new(Some(date), Basis::Supply),
            None => ShipDate::NONE,
        }
    }

    /// Lets those join whose instant comes by then, one after the other; the answer is when what is
    /// waited for came about, if it did.
    fn play_joins(&mut self, by: Instant, done: &impl Fn(&Play) -> bool) -> Option<Instant> {
        while let Some(next) = self.joins.iter().map(|(from, ..)| *from).min().filter(|&from| from <= by) {
            self.join(next);
            if done(self) {
                return Some(next);
            }
        }
        None
    }

    /// Gives what is free in a field, as the engine would.
    fn serve(&mut self, field: usize) {
        let mut served: Vec<Group> = Vec::new();
        if self.fields[field].shares {
            self.share_out(field, &mut served);
        } else {
            for index in 0..self.fields[field].waiters.len() {
                let (record, waiter) = (&self.fields[field], self.fields[field].waiters[index]);
                let may_take = record.free - waiter.reserve as i64;
                if waiter.waiting == 0 || may_take <= 0 {
                    continue;
                }
                if record.skips && waiter.group != Group::None {
                    self.give_whole(waiter.group);
                } else {
                    let units = waiter.waiting.min(may_take as Quantity);
                    self.take(field, index, units);
                }
                if self.fields[field].waiters[index].waiting < waiter.waiting {
                    served.push(waiter.group);
                }
            }
        }
        for group in served.into_iter().filter(|group| *group != Group::None) {
            self.serve_companions(group);
        }
    }

    fn take(&mut self, field: usize, index: usize, units: Quantity) {
        let record = &mut self.fields[field];
        record.free -= units as i64;
        record.waiters[index].waiting -= units;
    }

    fn share_out(&mut self, field: usize, served: &mut Vec<Group>) {
        let record = &self.fields[field];
        let needs: Vec<Quantity> = record.waiters.iter().map(|waiter| waiter.waiting).collect();
        let mut shares = Vec::new();
        sharing::divide(record.free.max(0) as Quantity, &needs, &mut shares);
        for (index, units) in shares.into_iter().enumerate().filter(|(_, units)| *units > 0) {
            served.push(self.fields[field].waiters[index].group);
            self.take(field, index, units);
        }
    }

    /// Everyone of a group gets all, if all can have it at once.
    fn give_whole(&mut self, group: Group) {
        let mut members: Vec<(usize, usize)> = Vec::new();
        for (number, field) in self.fields.iter().enumerate() {
            let waits = |waiter: &Waiter| waiter.group == group && waiter.waiting > 0;
            let own = field.waiters.iter().enumerate().filter(|(_, waiter)| waits(waiter));
            let before = members.len();
            members.extend(own.map(|(index, _)| (number, index)));
            let own = &members[before..];
            let needs = own.iter().map(|&(_, index)| field.waiters[index].waiting);
            let reserve = own.first().map_or(0, |&(_, index)| field.waiters[index].reserve);
            let needs = needs.fold(reserve, Quantity::saturating_add);
            if !own.is_empty() && (!field.skips || field.free < needs as i64) {
                return;
            }
        }
        for (field, index) in members {
            self.take(field, index, self.fields[field].waiters[index].waiting);
        }
    }

    /// Looks again where others of a group wait for all or nothing.
    fn serve_companions(&mut self, group: Group) {
        let waits = |field: &Field| {
            field.skips && field.waiters.iter().any(|waiter| waiter.group == group && waiter.waiting > 0)
        };
        let fields: Vec<usize> = (0..self.fields.len()).filter(|&field| waits(&self.fields[field])).collect();
        fields.into_iter().for_each(|field| self.serve(field));
    }
}
