//! When units will be there and may ship (rules §9), by the supply curve and a place in the queue.

use super::Engine;
use super::dispatch::leaves;
use super::outlook::Asker;
use super::rank_tree::Rank;
use super::store::{Demand, Item, Site};
use crate::estimate::calendar::DispatchCalendar;
use crate::model::command::Fulfilment;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::Sharing;
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use crate::model::view::Basis;

/// An instant at which dates are asked, and how sure they are to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    pub now: Instant,
    /// The quantile, so many draws in a thousand; [`PROMISED`] for that at which the item promises.
    pub of_draws: u16,
    /// The priority of who asks, as better ones may overtake it; 0 where nobody does.
    pub priority: u8,
    /// Where what is dated is to be; [`NONE`]: when it leaves is asked.
    pub destination: u32,
}

/// The quantile at which an item promises.
pub(crate) const PROMISED: u16 = 0;

impl At {
    /// As promises are dated.
    #[inline(always)]
    pub fn promised(now: Instant) -> At {
        At { now, of_draws: PROMISED, priority: 0, destination: NONE }
    }

    /// The same, asked by a priority.
    #[inline(always)]
    pub fn by(self, priority: u8) -> At {
        At { priority, ..self }
    }
}

/// The part of a line whose units come last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    pub site: u32,
    /// Units waiting ahead of it.
    pub ahead: Quantity,
    /// When its units leave, as far as they decide that.
    pub ships: ShipDate,
}

/// A ship date and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShipDate {
    pub date: Option<Instant>,
    pub basis: Basis,
    /// Past receipts that the date was learned from.
    pub evidence: u32,
    /// Which unit beyond all scheduled supply it rests on; 0 when on none.
    pub beyond: Quantity,
}

impl ShipDate {
    pub const NONE: ShipDate = ShipDate { date: None, basis: Basis::None, evidence: 0, beyond: 0 };

    pub fn new(date: Option<Instant>, basis: Basis) -> ShipDate {
        match date {
            Some(date) if date <= MAX_SAFE => ShipDate { date: Some(date), basis, evidence: 0, beyond: 0 },
            _ => ShipDate::NONE,
        }
    }

    /// What is on the shelf.
    pub fn at_once(now: Instant) -> ShipDate {
        ShipDate::new(Some(now), Basis::Stock)
    }

    /// Not before this; `None`: there is no telling when.
    pub fn not_before(self, earliest: Option<Instant>) -> ShipDate {
        match (self.date, earliest) {
            (Some(date), Some(earliest)) => match ShipDate::new(Some(date.max(earliest)), self.basis) {
                ShipDate::NONE => ShipDate::NONE,
                later => ShipDate { evidence: self.evidence, beyond: self.beyond, ..later },
            },
            _ => ShipDate::NONE,
        }
    }

    /// The later of two; no date is later than any.
    pub fn later(self, other: ShipDate) -> ShipDate {
        if other.is_later_than(self) { other } else { self }
    }

    /// Whether it is later than another; no date is later than any.
    pub fn is_later_than(self, other: ShipDate) -> bool {
        match (self.date, other.date) {
            (Some(mine), Some(theirs)) => mine > theirs,
            (None, theirs) => theirs.is_some(),
            (Some(_), None) => false,
        }
    }
}

impl Engine {
    /// The first instant at which the line may ship, its units apart.
    pub(crate) fn floor(&self, line: u32) -> Option<Instant> {
        let record = &self.lines[line as usize];
        let not_before = self.demand_of_line(record).not_before;
        self.items[record.item as usize].settings.release().map(|release| release.max(not_before))
    }

    /// The date of a line by itself, as reads show it.
    pub(crate) fn own_date(&self, line: u32, at: At) -> ShipDate {
        let record = &self.lines[line as usize];
        if record.open() == 0 {
            return ShipDate::NONE;
        }
        if self.has_days(at) {
            return self.date_by_place(line, at, Shelf::LeavesNow);
        }
        let served = if record.waiting == 0 {
            ShipDate::at_once(at.now)
        } else {
            self.last_tail(line, at).map_or(ShipDate::NONE, |tail| tail.ships)
        };
        served.not_before(self.floor(line))
    }

    /// The date of a line: its own, or where the order ships whole, the latest of its lines.
    pub(crate) fn line_date(&self, line: u32, at: At) -> ShipDate {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        match demand.fulfilment {
            Fulfilment::Order if record.open() > 0 => self.latest_of(demand, |line| self.own_date(line, at)),
            _ => self.own_date(line, at),
        }
    }

    /// The date that is held against the promise of a line. Of a line that has all its units it is
    /// the first instant at which it may ship at all: that it could have shipped before now moves
    /// by time alone, and time alone moves no promise (rules §10).
    pub(crate) fn date_to_hold(&self, line: u32, at: At) -> ShipDate {
        let demand = self.demand_of_line(&self.lines[line as usize]);
        match demand.fulfilment {
            Fulfilment::Order => self.latest_of(demand, |line| self.own_date_to_hold(line, at)),
            Fulfilment::Partial | Fulfilment::Line => self.own_date_to_hold(line, at),
        }
    }

    /// The same of the line by itself.
    pub(crate) fn own_date_to_hold(&self, line: u32, at: At) -> ShipDate {
        let record = &self.lines[line as usize];
        if record.waiting > 0 || record.promise == NEVER {
            let has_days = record.promise != NEVER && self.has_days(at);
            let by_place = || self.date_by_place(line, at, Shelf::Left);
            return if has_days { by_place() } else { self.own_date(line, at) };
        }
        if self.has_days(at) {
            return self.date_by_place(line, at, Shelf::Left);
        }
        let floor = self.floor(line).map(|floor| if floor > at.now { floor } else { 0 });
        ShipDate::at_once(0).not_before(floor)
    }

    /// Whether dates differ by place beyond when units are there.
    #[inline(always)]
    fn has_days(&self, at: At) -> bool {
        !self.dispatches.is_empty() || at.destination != NONE
    }

    /// The date of a line of which each place has days of its own: the latest of what it has, and what it
    /// waits for, at each.
    fn date_by_place(&self, line: u32, at: At, shelf: Shelf) -> ShipDate {
        let Some(floor) = self.floor(line) else { return ShipDate::NONE };
        let record = &self.lines[line as usize];
        let mut last = Latest::default();
        let mut add = |location: u32, open: Quantity, tail: Option<Tail>| {
            if open == 0 && tail.is_none() {
                return;
            }
            let calendar = self.calendar_at(location);
            let there = match (&tail, shelf) {
                (Some(tail), _) => tail.ships,
                (None, Shelf::LeavesNow) => ShipDate::at_once(at.now).sent(calendar),
                (None, Shelf::Left) => ShipDate::at_once(0),
            };
            let ships = if floor > at.now { there.not_before(leaves(calendar, floor)) } else { there };
            last.add(self.delivered(location, ships, at.destination), there, tail.is_some());
        };
        if record.first_leg == NONE {
            add(self.home_of(line), record.open(), self.tail_at(line, record.site, at));
        }
        for leg in self.legs_of(line) {
            let leg = &self.legs[leg as usize];
            let location = self.sites[leg.site as usize].location;
            let sites = self.made_of(record.item).filter_map(|part| self.site_at(part.item, location));
            add(location, leg.allocated + leg.waiting, self.last_of(line, sites, at));
        }
        last.date()
    }

    pub(crate) fn latest_of(&self, demand: &Demand, date: impl Fn(u32) -> ShipDate) -> ShipDate {
        let open = demand.lines().filter(|&line| self.lines[line as usize].open() > 0);
        let mut latest: Option<ShipDate> = None;
        for date in open.map(date) {
            if date.date.is_none() {
                return ShipDate::NONE;
            }
            latest = Some(latest.map_or(date, |latest| latest.later(date)));
        }
        latest.unwrap_or(ShipDate::NONE)
    }

    /// The part of a line whose units come last: of each of its places (and components) the
    /// worst-ranked that waits, of those the one with the latest date.
    pub(crate) fn last_tail(&self, line: u32, at: At) -> Option<Tail> {
        let record = &self.lines[line as usize];
        if record.first_leg == NONE {
            return self.tail_at(line, record.site, at);
        }
        self.last_of(line, self.sites_of(line).into_iter(), at)
    }

    /// Of these sites of a line the part whose units come last; of equals that at the later.
    pub(crate) fn last_of(&self, line: u32, sites: impl Iterator<Item = u32>, at: At) -> Option<Tail> {
        let mut last: Option<Tail> = None;
        for site in sites {
            let tail = self.tail_at(line, site, at);
            let later = |tail: &Tail| last.is_none_or(|last| !last.ships.is_later_than(tail.ships));
            if let Some(tail) = tail.filter(later) {
                last = Some(tail);
            }
        }
        last
    }

    /// The worst-ranked part of a line that waits at a site.
    fn tail_at(&self, line: u32, site: u32, at: At) -> Option<Tail> {
        let part = self.last_waiting(line, site)?;
        let ahead = self.ahead_of_part(part);
        Some(Tail { site, ahead, ships: self.part_date(part, ahead, at) })
    }

    /// The worst-ranked part of a line that waits at a site.
    pub(crate) fn last_waiting(&self, line: u32, site: u32) -> Option<u32> {
        let here = self.parts_of(line).filter(|&part| self.parts[part as usize].site == site);
        here.filter(|&part| self.forest.entry(part).waiting > 0).last()
    }

    /// What a line waits for at a site.
    pub(crate) fn waits_of(&self, line: u32, site: &Site) -> Quantity {
        let own = |part: u32| {
            let at = &self.sites[self.parts[part as usize].site as usize];
            (at.item, at.location) == (site.item, site.location)
        };
        let parts = self.parts_of(line).filter(|&part| own(part));
        parts.map(|part| self.forest.entry(part).waiting).sum()
    }

    /// The units that wait ahead of a part: of an order for later in queue mode, those that rank
    /// before it once it may be served.
    pub(crate) fn ahead_of_part(&self, part: u32) -> Quantity {
        if self.is_set_apart(part) {
            return self.ahead_once_due(part);
        }
        self.forest.ahead(&self.sites[self.parts[part as usize].site as usize].root, part)
    }

    /// Whether a part is of an order for later and stands behind all others till then.
    pub(crate) fn is_set_apart(&self, part: u32) -> bool {
        let record = &self.parts[part as usize];
        let site = &self.sites[record.site as usize];
        site.later_parts > 0
            && !self.items[site.item as usize].settings.is_protected()
            && self.demand_of_line(&self.lines[record.line as usize]).allocate_from > 0
    }

    /// When the last of a part's waiting units leaves, so many waiting ahead of it.
    pub(crate) fn part_date(&self, part: u32, ahead: Quantity, at: At) -> ShipDate {
        let record = &self.parts[part as usize];
        let site = &self.sites[record.site as usize];
        let item = &self.items[site.item as usize];
        let settings = &item.settings;
        if item.skips_whole_lines() {
            let played = self.played_date(record.line, (site.item, site.location), at);
            return played.sent(self.calendar_at(site.location));
        }
        let entry = self.forest.entry(part);
        let asker = Asker { placed_at: entry.placed_at, beyond: record.beyond };
        let demand = self.demand_of_line(&self.lines[record.line as usize]);
        let calendar = self.calendar_at(site.location);
        let outlook = site.outlook(settings, calendar, at.by(demand.priority));
        if settings.sharing == Sharing::FairShare {
            let apart = self.is_set_apart(part);
            let own = if apart { self.siblings_here(part) } else { 0 };
            let served = outlook.served(self.waits_now(site) + own, asker);
            return if own > 0 { served.not_before(outlook.leaves(demand.allocate_from)) } else { served };
        }
        let (reserve, from) = (settings.reserve(demand.priority), demand.allocate_from);
        if self.is_set_apart(part) {
            let between = self.given_to_worse(site, &outlook, Rank { turn: 0, ..entry.rank }, from);
            let depth = ahead.saturating_add(between).saturating_add(entry.waiting).saturating_add(reserve);
            return outlook.served(depth, asker).not_before(outlook.leaves(from));
        }
        let served = outlook.served(ahead.saturating_add(entry.waiting).saturating_add(reserve), asker);
        if from > 0 { served.not_before(outlook.leaves(from)) } else { served }
    }

    /// What waits at a site and may be served, orders for later apart.
    pub(crate) fn waits_now(&self, site: &Site) -> Quantity {
        if site.later_parts == 0 || self.items[site.item as usize].settings.is_protected() {
            return site.root.waiting();
        }
        self.forest.ahead_of(&site.root, Rank { turn: 1, ..Rank::FIRST })
    }

    /// The parts of a line, those of one place and component in rank order.
    pub(crate) fn parts_of(&self, line: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.lines[line as usize].first_part;
        core::iter::successors((first != NONE).then_some(first), |&part| {
            let next = self.parts[part as usize].next;
            (next != NONE).then_some(next)
        })
    }
}

impl Item {
    /// A date at which units may leave, as the date at which they ship.
    #[inline(always)]
    pub fn shipped(
        &self,
        ships: ShipDate,
        not_before: Option<Instant>,
        calendar: Option<&DispatchCalendar>,
    ) -> ShipDate {
        let floor = self.settings.release().map(|release| release.max(not_before.unwrap_or(0)));
        ships.not_before(floor.and_then(|floor| if floor == 0 { Some(0) } else { leaves(calendar, floor) }))
    }
}

/// What is said of units that are set aside.
#[derive(Clone, Copy, Debug)]
enum Shelf {
    /// When they leave, being there now.
    LeavesNow,
    /// That they might have left: time alone moves no promise (rules §10).
    Left,
}

/// The latest of several dates, each of one place. Of equals that of units that are there later, and of
/// those the one that waits.
#[derive(Default)]
pub(crate) struct Latest(Option<(ShipDate, ShipDate)>);

impl Latest {
    /// Adds the date of a place, and the one that it would have but for what nothing may ship before.
    pub fn add(&mut self, date: ShipDate, there: ShipDate, waits: bool) -> bool {
        let decides = self.0.is_none_or(|last| {
            let later = (date.is_later_than(last.0), last.0.is_later_than(date));
            let there = (there.is_later_than(last.1), last.1.is_later_than(there));
            later.0 || !later.1 && (there.0 || !there.1 && waits)
        });
        if decides {
            self.0 = Some((date, there));
        }
        decides
    }

    pub fn date(&self) -> ShipDate {
        self.0.map_or(ShipDate::NONE, |(date, _)| date)
    }
}
