//! When units will be there and may ship (rules §9), by the supply curve and a place in the queue.

use super::Engine;
use super::rank_tree::Entry;
use super::store::{Demand, Item};
use crate::model::command::Fulfilment;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::Lifecycle;
use crate::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
use crate::model::view::Basis;

/// The last part of a line that waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    pub entry: Entry,
    /// Units waiting ahead of it.
    pub ahead: Quantity,
}

/// A ship date and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShipDate {
    pub date: Option<Instant>,
    pub basis: Basis,
}

impl ShipDate {
    const NONE: ShipDate = ShipDate { date: None, basis: Basis::None };

    fn new(date: Option<Instant>, basis: Basis) -> ShipDate {
        match date {
            Some(date) if date <= MAX_SAFE => ShipDate { date: Some(date), basis },
            _ => ShipDate::NONE,
        }
    }

    /// Not before this; `None`: there is no telling when.
    pub fn not_before(self, earliest: Option<Instant>) -> ShipDate {
        match (self.date, earliest) {
            (Some(date), Some(earliest)) => ShipDate::new(Some(date.max(earliest)), self.basis),
            _ => ShipDate::NONE,
        }
    }

    /// The later of two; no date is later than any.
    pub fn later(self, other: ShipDate) -> ShipDate {
        match (self.date, other.date) {
            (Some(mine), Some(theirs)) if theirs > mine => other,
            (Some(_), Some(_)) | (None, _) => self,
            (Some(_), None) => other,
        }
    }
}

impl Item {
    /// The first instant at which any unit may ship; `None` for a preorder without a date.
    pub fn release(&self) -> Option<Instant> {
        match self.settings.lifecycle {
            Lifecycle::Preorder { release_at } => release_at,
            Lifecycle::Active | Lifecycle::Discontinued => Some(0),
        }
    }

    /// When the `depth`-th unit of those that wait is served: from stock still free, from what is
    /// scheduled, or by the assumed lead time of who placed at `placed_at`.
    pub fn served(&self, depth: Quantity, placed_at: Instant, now: Instant) -> ShipDate {
        let free = self.free();
        if depth as i64 <= free {
            return ShipDate::new(Some(now), Basis::Stock);
        }
        let unit = (depth as i64 - free) as Quantity;
        let curve = self.curve.at(now, self.settings.overdue);
        if let Some(piece) = curve.piece(unit) {
            return ShipDate::new(piece.date, Basis::Supply);
        }
        match (self.replenished(placed_at), curve.last_date()) {
            // The units before it come with what is scheduled, so it is not served before that.
            (Some(date), Some(last)) if date >= now => {
                ShipDate::new(Some(date.max(last)), Basis::Replenishment)
            }
            _ => ShipDate::NONE,
        }
    }

    /// When assumed supply comes for who placed at `placed_at`, passed or not.
    pub fn replenished(&self, placed_at: Instant) -> Option<Instant> {
        let replenishment = self.settings.replenishment.as_ref()?;
        Some(placed_at.saturating_add(replenishment.lead_time_days.saturating_mul(DAY_MS)))
    }
}

impl Engine {
    /// The first instant at which the line may ship, its units apart.
    fn floor(&self, line: u32) -> Option<Instant> {
        let record = &self.lines[line as usize];
        let not_before = self.demand_of_line(record).not_before;
        self.items[record.item as usize].release().map(|release| release.max(not_before))
    }

    /// The date of a line by itself, as reads show it.
    pub(crate) fn own_date(&self, line: u32, now: Instant) -> ShipDate {
        let record = &self.lines[line as usize];
        if record.open() == 0 {
            return ShipDate::NONE;
        }
        let served = if record.waiting == 0 {
            ShipDate::new(Some(now), Basis::Stock)
        } else {
            self.waiting_date(line, now)
        };
        served.not_before(self.floor(line))
    }

    /// The date of a line: its own, or where the order ships whole, the latest of its lines.
    pub(crate) fn line_date(&self, line: u32, now: Instant) -> ShipDate {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        match demand.fulfilment {
            Fulfilment::Order if record.open() > 0 => self.latest_of(demand, |line| self.own_date(line, now)),
            _ => self.own_date(line, now),
        }
    }

    /// The date that is held against the promise of a line. Of a line that has all its units it is
    /// the first instant at which it may ship at all: that it could have shipped before now moves
    /// by time alone, and time alone moves no promise (rules §10).
    pub(crate) fn date_to_hold(&self, line: u32, now: Instant) -> Option<Instant> {
        let own = |line: u32| {
            let record = &self.lines[line as usize];
            if record.waiting > 0 || record.promise == NEVER {
                return self.own_date(line, now);
            }
            let floor = self.floor(line).map(|floor| if floor > now { floor } else { 0 });
            ShipDate { date: Some(0), basis: Basis::Stock }.not_before(floor)
        };
        let demand = self.demand_of_line(&self.lines[line as usize]);
        match demand.fulfilment {
            Fulfilment::Order => self.latest_of(demand, own).date,
            Fulfilment::Partial | Fulfilment::Line => own(line).date,
        }
    }

    fn latest_of(&self, demand: &Demand, date: impl Fn(u32) -> ShipDate) -> ShipDate {
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

    /// When the last waiting unit of a line is served.
    fn waiting_date(&self, line: u32, now: Instant) -> ShipDate {
        let Some(tail) = self.waiting_tail(line) else { return ShipDate::NONE };
        let item = &self.items[self.lines[line as usize].item as usize];
        item.served(tail.ahead + tail.entry.waiting, tail.entry.placed_at, now)
    }

    /// The worst-ranked part of a line that waits, and the units ahead of it.
    pub(crate) fn waiting_tail(&self, line: u32) -> Option<Tail> {
        let root = &self.items[self.lines[line as usize].item as usize].root;
        let waiting =
            self.parts_of(line).map(|part| self.forest.entry(part)).filter(|entry| entry.waiting > 0);
        waiting.last().map(|entry| Tail { entry, ahead: self.forest.ahead(root, entry.part) })
    }

    /// The parts of a line, in rank order.
    pub(crate) fn parts_of(&self, line: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.lines[line as usize].first_part;
        core::iter::successors((first != NONE).then_some(first), |&part| {
            let next = self.parts[part as usize].next;
            (next != NONE).then_some(next)
        })
    }
}
