//! When a line ships (rules §9): the shop as it is seen at an instant.

use super::Shop;
use super::playing::{Later, Served};
use super::queue::EntryAt;
use super::records::Place;
use backorder::estimate::lateness::Lateness;
use backorder::model::command::Fulfilment;
use backorder::model::settings::{Lifecycle, Sharing, WholeLines};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::Basis;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A date and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    pub date: Option<Instant>,
    pub basis: Basis,
    /// Which unit beyond all scheduled supply it rests on, where it does.
    pub beyond: Option<Quantity>,
    /// Past receipts that it was learned from.
    pub evidence: u32,
}

/// There is no basis for a date.
pub const UNDATED: Dated = Dated { date: None, basis: Basis::None, beyond: None, evidence: 0 };

impl Dated {
    /// What is said of a date that can be said.
    pub fn new(date: Instant, basis: Basis) -> Self {
        if date > MAX_SAFE { UNDATED } else { Dated { date: Some(date), basis, beyond: None, evidence: 0 } }
    }

    /// No date is later than any.
    pub fn is_later_than(self, other: Dated) -> bool {
        match (self.date, other.date) {
            (Some(mine), Some(theirs)) => mine > theirs,
            (None, theirs) => theirs.is_some(),
            (Some(_), None) => false,
        }
    }
}

/// The shop at an instant. Each play is played once.
pub struct Seen<'s> {
    pub(super) shop: &'s Shop,
    pub(super) now: Instant,
    /// Units that are new: of a line, those that were asked for together, or all.
    new: Option<NewUnits>,
    /// Where lines are to be; if nowhere, when they ship is seen.
    destination: Option<String>,
    plays: RefCell<Plays>,
}

/// The order, the line, and when and by which command the units were asked for.
type NewUnits = (usize, usize, Option<(Instant, u64)>);

/// What playing came to, by what was played, and by which priority it was asked.
type Plays = BTreeMap<(Option<Place>, Later, Option<u8>), Rc<Served>>;

impl<'s> Seen<'s> {
    pub fn of(shop: &'s Shop, now: Instant) -> Self {
        Seen { shop, now, new: None, destination: None, plays: RefCell::default() }
    }

    /// Some units have just been asked for: where promises are kept they must not be in the way of
    /// one that was made.
    pub fn with_new(
        shop: &'s Shop,
        (demand, line): (usize, usize),
        asked_at: Option<(Instant, u64)>,
        now: Instant,
    ) -> Self {
        Seen { new: Some((demand, line, asked_at)), ..Seen::of(shop, now) }
    }

    /// The same of when lines are delivered.
    pub fn at_destination(self, destination: Option<&str>) -> Self {
        Seen { destination: destination.map(str::to_owned), ..self }
    }

    fn is_new(&self, at: EntryAt) -> bool {
        self.new.is_some_and(|(demand, line, asked_at)| {
            (at.demand, at.line) == (demand, line)
                && asked_at.is_none_or(|asked_at| self.shop.part(at).rank() == asked_at)
        })
    }

    fn played_at(&self, place: &Place, later: Later) -> Rc<Served> {
        let mut plays = self.plays.borrow_mut();
        let play = || Rc::new(self.shop.play_at(place, later, self.now));
        plays.entry((Some(place.clone()), later, self.shop.asked_by)).or_insert_with(play).clone()
    }

    fn played_everywhere(&self, later: Later) -> Rc<Served> {
        let mut plays = self.plays.borrow_mut();
        let play = || Rc::new(self.shop.play_everywhere(later, self.now));
        plays.entry((None, later, self.shop.asked_by)).or_insert_with(play).clone()
    }

    /// When all that an entry lacks leaves.
    pub fn entry_date(&self, at: EntryAt) -> Dated {
        let place = self.shop.place_of(at);
        let settings = self.shop.settings(&place.sku);
        if settings.is_overtaken() && self.shop.asked_by.is_none() {
            let shop = self.shop.asked_by(at);
            let plays = self.plays.take().into();
            let seen = Seen {
                shop: &shop,
                now: self.now,
                new: self.new,
                destination: self.destination.clone(),
                plays,
            };
            let dated = seen.entry_date(at);
            self.plays.replace(seen.plays.take());
            return dated;
        }
        let formula = settings.whole_lines == WholeLines::Collect && settings.sharing != Sharing::FairShare;
        if formula && self.shop.keeps_promises(&place.sku) && self.is_new(at) {
            return self.unharming_date(at, &place);
        }
        self.sent(&place.location, self.there_at(at))
    }

    /// What is there by then, as it leaves a location.
    fn sent(&self, location: &str, there: Dated) -> Dated {
        moved(there, |date| self.shop.leaves(location, date))
    }

    /// When all that an entry lacks is there.
    fn there_at(&self, at: EntryAt) -> Dated {
        let place = self.shop.place_of(at);
        let settings = self.shop.settings(&place.sku);
        if settings.whole_lines == WholeLines::Skip {
            return self.played_date(at);
        }
        let entries = self.shop.entries_at(&place);
        if settings.sharing == Sharing::FairShare {
            let counts = entries.into_iter().filter(|&other| self.shop.counts_before(other, at));
            return self.reached(at, counts.map(|other| i128::from(self.shop.lacks(other))).sum());
        }
        if !self.shop.keeps_promises(&place.sku) {
            return self.queued_date(at, &place);
        }
        let plain = settings.protection.is_empty() && entries.iter().all(|&at| !self.shop.is_for_later(at));
        match self.played_at(&place, Later::All).get(&at) {
            Some(&date) if plain => {
                self.with_evidence(Dated::new(date, Basis::Supply), &place, self.needed(at))
            }
            _ => self.reached(at, self.needed(at)),
        }
    }

    /// Queue mode: what the allocator does if supply comes as expected, and beyond that replenishment.
    fn queued_date(&self, at: EntryAt, place: &Place) -> Dated {
        if self.shop.is_for_later(at) {
            return self.reached(at, self.needed(at));
        }
        match self.played_at(place, Later::Nobody).get(&at) {
            Some(&date) => self.with_evidence(Dated::new(date, Basis::Supply), place, self.needed(at)),
            None => self.replenished(at, self.needed(at)),
        }
    }

    /// Where lines are skipped that can't be whole there is no formula, and no replenishment: who
    /// waits has the date at which the allocator serves it.
    fn played_date(&self, at: EntryAt) -> Dated {
        let later = if self.shop.is_for_later(at) { Later::One(at.demand) } else { Later::Nobody };
        match self.played_everywhere(later).get(&at) {
            Some(&date) if date == self.now && self.is_in_stock(at, later) => Dated::new(date, Basis::Stock),
            Some(&date) => Dated::new(date, Basis::Supply),
            None => UNDATED,
        }
    }

    /// Whether an entry is served now without any supply.
    fn is_in_stock(&self, at: EntryAt, later: Later) -> bool {
        let mut shop = self.shop.clone();
        shop.supplies.clear();
        shop.play_everywhere(later, self.now).get(&at) == Some(&self.now)
    }

    /// How high the supply curve must be for an entry to be served: all that goes before it, what it
    /// lacks, and what it must leave. An order for later comes behind what others are given till then.
    pub fn needed(&self, at: EntryAt) -> i128 {
        self.begins_at(at) + i128::from(self.shop.lacks(at))
    }

    /// How high the supply curve is where it begins to serve an entry.
    pub fn begins_at(&self, at: EntryAt) -> i128 {
        let sku = &self.shop.entry(at).sku;
        let between = match self.shop.demand_of(at).later {
            _ if self.shop.keeps_promises(sku) => 0,
            // Pegs alone ask: what those who skip are given first is known by playing only.
            _ if self.shop.settings(sku).whole_lines == WholeLines::Skip => 0,
            // Whoever shares comes before it.
            Some(_) if self.shop.settings(sku).sharing == Sharing::FairShare => self.shop.waiting_behind(at),
            Some(from) => self.shop.asked_by(at).given_behind(at, from, self.now),
            None => 0,
        };
        let reserve = self.shop.reserve(sku, self.shop.demand_of(at).priority);
        i128::from(self.shop.ahead_of(at)) + between + i128::from(reserve)
    }

    /// From when on it may take units: an order for later not before its own instant. That may have passed
    /// though it has not entered yet, where a read is dated later than the last command.
    fn from(&self, at: EntryAt) -> Instant {
        self.shop.demand_of(at).later.map_or(self.now, |later| later.max(self.now))
    }

    /// The first instant at which the supply curve reaches this, or that of replenishment; for an
    /// order for later not before its own.
    fn reached(&self, at: EntryAt, units: i128) -> Dated {
        let place = self.shop.place_of(at);
        let from = self.from(at);
        if self.shop.free(&place) >= units {
            return Dated::new(from, Basis::Stock);
        }
        let arrivals = self.shop.arrivals(&place, self.now).into_iter();
        let mut instants = arrivals.map(|arrival| arrival.at.max(from));
        match instants.find(|&instant| self.shop.supply_by(&place, instant, self.now) >= units) {
            Some(date) => self.with_evidence(Dated::new(date, Basis::Supply), &place, units),
            None => self.replenished(at, units),
        }
    }

    /// What was learned of the supply that reaches this.
    fn with_evidence(&self, dated: Dated, place: &Place, units: i128) -> Dated {
        let mut there = self.shop.free(place);
        let reaches = self.shop.arrivals(place, self.now).into_iter().find(|arrival| {
            there += i128::from(arrival.units);
            there >= units
        });
        let lateness = reaches.and_then(|arrival| self.shop.supplies[arrival.supply].lateness.as_ref());
        if dated.date.is_none() {
            return dated;
        }
        Dated { evidence: lateness.map_or(0, Lateness::evidence), ..dated }
    }

    /// Protect mode, for units that are new: the first dispatch from which supply always leaves what
    /// they need beside the promises made.
    fn unharming_date(&self, at: EntryAt, place: &Place) -> Dated {
        let leaves = |at: Instant| self.shop.leaves(&place.location, at);
        let Some(from) = leaves(self.from(at)) else { return UNDATED };
        let entries = self.shop.in_turn(place);
        let (mine, others): (Vec<EntryAt>, Vec<EntryAt>) =
            entries.into_iter().partition(|&other| self.is_new(other) || self.goes_with(other, at));
        let before = mine.into_iter().filter(|&other| self.shop.turn(other) <= self.shop.turn(at));
        let lacks: i128 = before.map(|other| i128::from(self.shop.lacks(other))).sum();
        let reserve = self.shop.reserve(&place.sku, self.shop.demand_of(at).priority);
        let wanted = lacks + i128::from(reserve);
        let arrivals = self.shop.arrivals(place, self.now).into_iter();
        let arrivals = arrivals.filter_map(|arrival| leaves(arrival.at));
        let mut instants = std::iter::once(from).chain(arrivals.filter(|&instant| instant > from));
        let leaves_enough = |&instant: &Instant| {
            let left = self.shop.least_left(place, &others, (instant, Instant::MAX), self.now);
            left.is_some_and(|left| left >= wanted)
        };
        if let Some(date) = instants.find(leaves_enough) {
            let there = self.shop.free(place) >= wanted && date == from;
            let dated = Dated::new(date, if there { Basis::Stock } else { Basis::Supply });
            let mut come = self.shop.arrivals(place, self.now).into_iter();
            let last = come
                .rfind(|arrival| leaves(arrival.at).is_some_and(|at| at <= date) && !there)
                .map(|arrival| arrival.supply);
            let lateness = last.and_then(|supply| self.shop.supplies[supply].lateness.as_ref());
            return Dated { evidence: lateness.map_or(0, Lateness::evidence), ..dated };
        }
        let is_promised = |at: &&EntryAt| self.shop.line(at.demand, at.line).promise.is_some();
        let first = others.iter().filter(|other| !is_promised(other));
        let first = first.filter(|&&other| self.rank(other) < self.rank(at));
        let unpromised: i128 = first.map(|&other| i128::from(self.shop.lacks(other))).sum();
        let promised = self.shop.promised_by(&others, Instant::MAX);
        self.sent(&place.location, self.replenished(at, promised + unpromised + wanted))
    }

    /// Whether a promise that is made for one entry would be the other's too.
    fn goes_with(&self, other: EntryAt, at: EntryAt) -> bool {
        let same = (other.demand, other.line) == (at.demand, at.line);
        same && self.shop.line(at.demand, at.line).promise.is_none()
    }

    /// The turn that it would have if nothing were promised.
    fn rank(&self, at: EntryAt) -> super::queue::Turn {
        self.shop.turn_if_promised(at, None)
    }

    fn replenished(&self, at: EntryAt, units: i128) -> Dated {
        let place = self.shop.place_of(at);
        let beyond = units - self.shop.supply_in_all(&place, self.now);
        match self.shop.replenished_for(at, beyond, self.now) {
            Some((date, x)) => {
                Dated { beyond: Some(x), ..Dated::new(date.max(self.from(at)), Basis::Replenishment) }
            }
            None => UNDATED,
        }
    }

    /// The entry of a line whose units come last: of each place and component the worst-ranked that
    /// waits, of those the one with the latest date, of equals the last.
    pub fn last_entry(&self, demand: usize, line: usize) -> Option<(EntryAt, Dated)> {
        let mut last: Option<(EntryAt, Dated)> = None;
        for at in self.tails(demand, line) {
            let dated = self.entry_date(at);
            if last.is_none_or(|(_, latest)| !latest.is_later_than(dated)) {
                last = Some((at, dated));
            }
        }
        last
    }

    /// Of each place and component of a line, in their order, the worst-ranked entry that waits.
    pub fn tails(&self, demand: usize, line: usize) -> Vec<EntryAt> {
        let mut tails: Vec<EntryAt> = Vec::new();
        for at in self.shop.entries_of(demand, line) {
            if self.shop.lacks(at) > 0 {
                tails.retain(|&tail| self.shop.place_of(tail) != self.shop.place_of(at));
                tails.push(at);
            }
        }
        tails
    }

    /// When the last units of this line ship, by itself.
    pub fn own_date(&self, demand: usize, line: usize) -> Dated {
        let record = self.shop.line(demand, line);
        if record.is_closed() {
            return UNDATED;
        }
        self.by_place(demand, line, true)
    }

    /// The date that is held against its promise: where it has one, what is set aside might have left
    /// already, as far as its order and its item let it.
    pub fn own_date_to_hold(&self, demand: usize, line: usize) -> Dated {
        let record = self.shop.line(demand, line);
        if record.is_closed() {
            return UNDATED;
        }
        self.by_place(demand, line, record.promise.is_none())
    }

    /// The same of what waits alone.
    pub fn date_but_for_shelf(&self, demand: usize, line: usize) -> Dated {
        self.by_place(demand, line, false)
    }

    /// The latest of the dates of its places: of what waits there, or of what is there, `leaving` now or
    /// at any time. Of equals that of units that come later, and of those the last that waits.
    fn by_place(&self, demand: usize, line: usize, leaving: bool) -> Dated {
        let record = self.shop.line(demand, line);
        let mut last: Option<(Dated, Dated)> = None;
        let mut add = |location: &str, there: Dated, waits: bool| {
            let date = self.leaving(location, there, demand, &record.sku);
            let before = |last: (Dated, Dated)| {
                let same = !last.0.is_later_than(date) && !date.is_later_than(last.0);
                let same_there = !last.1.is_later_than(there) && !there.is_later_than(last.1);
                date.is_later_than(last.0) || same && (there.is_later_than(last.1) || same_there && waits)
            };
            if last.is_none_or(before) {
                last = Some((date, there));
            }
        };
        let tails = self.tails(demand, line);
        for &at in &tails {
            add(&self.shop.part(at).location, self.entry_date(at), true);
        }
        for (location, _) in &record.shipped_from {
            let waits = tails.iter().any(|&at| self.shop.part(at).location == *location);
            if record.left_at(location) > 0 && !waits {
                let now = self.sent(location, Dated::new(self.now, Basis::Stock));
                add(location, if leaving { now } else { Dated::new(0, Basis::Stock) }, false);
            }
        }
        last.map_or(UNDATED, |(date, _)| date)
    }

    /// What a line has on the shelf of a location, as it leaves now.
    pub fn leaving_shelf(&self, demand: usize, line: usize, location: &str) -> Dated {
        let now = self.sent(location, Dated::new(self.now, Basis::Stock));
        self.leaving(location, now, demand, &self.shop.line(demand, line).sku)
    }

    /// What may leave a location by then, as it does, or as it is delivered.
    pub fn leaving(&self, location: &str, there: Dated, demand: usize, sku: &str) -> Dated {
        let ships = self.not_earlier(location, there, demand, sku);
        match &self.destination {
            Some(destination) => moved(ships, |date| self.shop.arrives(location, destination, date)),
            None => ships,
        }
    }

    /// Units that are there wait for `notBefore` and for the release of a preorder.
    pub fn not_earlier(&self, location: &str, there: Dated, demand: usize, sku: &str) -> Dated {
        let not_before = self.shop.demands[demand].shipping.not_before.unwrap_or(0);
        let released_at = match self.shop.settings(sku).lifecycle {
            Lifecycle::Preorder { release_at: None } => return UNDATED,
            Lifecycle::Preorder { release_at: Some(at) } => at,
            Lifecycle::Active | Lifecycle::Discontinued => 0,
        };
        let floor = not_before.max(released_at);
        let floor = if floor > self.now { self.shop.leaves(location, floor) } else { Some(0) };
        moved(there, |date| floor.map(|floor| floor.max(date)))
    }

    /// When the last units of this line, or of its order that ships whole, are held to leave.
    pub fn date_to_hold(&self, demand: usize, line: usize) -> Dated {
        let companions = self.shop.companions(demand, line);
        let dates: Vec<Dated> =
            companions.iter().map(|&other| self.own_date_to_hold(demand, other)).collect();
        latest(&dates)
    }

    /// When the last units of this line ship: the latest date of its companions, and none if one has none.
    pub fn date_of(&self, demand: usize, line: usize) -> Dated {
        let companions = self.shop.companions(demand, line);
        let dates: Vec<Dated> = companions.iter().map(|&other| self.own_date(demand, other)).collect();
        latest(&dates)
    }
}

/// The same at another instant, if at any.
fn moved(dated: Dated, to: impl FnOnce(Instant) -> Option<Instant>) -> Dated {
    match dated.date.and_then(to).filter(|&date| date <= MAX_SAFE) {
        Some(date) => Dated { date: Some(date), ..dated },
        None => UNDATED,
    }
}

/// The latest of some dates, the first of equals; none if one has none.
pub fn latest(dates: &[Dated]) -> Dated {
    match dates.iter().map(|dated| dated.date).collect::<Option<Vec<Instant>>>() {
        Some(_) => dates.iter().rev().max_by_key(|dated| dated.date).copied().unwrap_or(UNDATED),
        None => UNDATED,
    }
}

impl Shop {
    /// The lines whose dates this line shares: those of the whole order where the order ships whole.
    pub(super) fn companions(&self, demand: usize, line: usize) -> Vec<usize> {
        let record = &self.demands[demand];
        if record.shipping.fulfilment != Fulfilment::Order || record.lines[line].is_closed() {
            return vec![line];
        }
        (0..record.lines.len()).filter(|&other| !record.lines[other].is_closed()).collect()
    }

    /// Whether any unit of this line, or of the order that ships whole, still waits.
    pub(super) fn waits(&self, demand: usize, line: usize) -> bool {
        let lines = &self.demands[demand].lines;
        self.companions(demand, line).iter().any(|&other| lines[other].waiting() > 0)
    }
}
