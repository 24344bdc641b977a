//! Rank, the supply curve, and when a line ships (rules §2, §9).

use super::Shop;
use super::records::{Demand, Item};
use backorder::model::command::Fulfilment;
use backorder::model::settings::Lifecycle;
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
use backorder::model::view::Basis;

/// A part of a line of an order.
pub type PartAt = (usize, usize, usize);

/// A date and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    pub date: Option<Instant>,
    pub basis: Basis,
}

/// There is no basis for a date.
pub const UNDATED: Dated = Dated { date: None, basis: Basis::None };

/// Some of the supply curve: so many units from this instant on.
pub struct Arrival {
    pub at: Instant,
    pub units: Quantity,
    pub supply: usize,
}

impl Shop {
    /// Smaller is served first. With ageing a priority is worth so many days (rules §2).
    fn rank(&self, item: &Item, (demand, line, part): PartAt) -> (u64, u64, u64, usize) {
        let Demand { priority, lines, .. } = &self.demands[demand];
        let part = &lines[line].parts[part];
        match item.settings.ageing_days {
            Some(days) => {
                let aged = part.placed_at + u64::from(*priority) * days * DAY_MS;
                (aged, 0, part.sequence, line)
            }
            None => (u64::from(*priority), part.placed_at, part.sequence, line),
        }
    }

    /// Every part of every line of the item, best rank first.
    pub(super) fn parts_by_rank(&self, sku: &str) -> Vec<PartAt> {
        let Some(item) = self.item(sku) else { return Vec::new() };
        let mut parts: Vec<PartAt> = Vec::new();
        for (demand, line) in self.lines_of(sku) {
            let count = self.demands[demand].lines[line].parts.len();
            parts.extend((0..count).map(|part| (demand, line, part)));
        }
        parts.sort_by_key(|&part| self.rank(item, part));
        parts
    }

    pub(super) fn waiting_of(&self, (demand, line, part): PartAt) -> Quantity {
        self.demands[demand].lines[line].parts[part].waiting
    }

    /// What parts of better rank still lack.
    pub(super) fn ahead_of(&self, part: PartAt) -> Quantity {
        let parts = self.parts_by_rank(&self.demands[part.0].lines[part.1].sku);
        parts.iter().take_while(|&&other| other != part).map(|&other| self.waiting_of(other)).sum()
    }

    /// The last part of the line that waits: the one that its date is about.
    pub(super) fn last_waiting_part(&self, demand: usize, line: usize) -> Option<PartAt> {
        let parts = &self.demands[demand].lines[line].parts;
        let last = parts.iter().rposition(|part| part.waiting > 0)?;
        Some((demand, line, last))
    }

    /// Open supplies in the order in which they come, overdue ones as `overdue` has it.
    pub(super) fn arrivals(&self, sku: &str, now: Instant) -> Vec<Arrival> {
        let Some(item) = self.item(sku) else { return Vec::new() };
        let overdue = item.settings.overdue;
        let mut arrivals = Vec::new();
        for (index, supply) in self.supplies.iter().enumerate() {
            let late = now.saturating_sub(supply.due);
            let ignored = overdue.ignore_after_days.is_some_and(|days| late > days * DAY_MS);
            if supply.sku == sku && supply.open > 0 && !ignored {
                let at = if late > 0 { now + overdue.offset_days * DAY_MS } else { supply.due };
                arrivals.push(Arrival { at, units: supply.open, supply: index });
            }
        }
        arrivals.sort_by_key(|arrival| (arrival.at, self.supplies[arrival.supply].due));
        arrivals
    }

    /// When the supply curve first reaches so many units, and else when replenishment for what was
    /// asked for then would come: all that is scheduled is needed too, so not before the last of it.
    fn reached(&self, sku: &str, units: i128, asked_at: Instant, now: Instant) -> Dated {
        let mut sum = self.free(sku);
        let mut last_arrival = 0;
        for arrival in self.arrivals(sku, now) {
            sum += i128::from(arrival.units);
            last_arrival = arrival.at;
            if sum >= units {
                return Dated { date: Some(arrival.at), basis: Basis::Supply };
            }
        }
        match self.replenished_at(sku, asked_at, now) {
            Some(date) => Dated { date: Some(date.max(last_arrival)), basis: Basis::Replenishment },
            None => UNDATED,
        }
    }

    /// The assumed lead time counts from the instant placed, and once it has passed there is no basis left.
    pub(super) fn replenished_at(&self, sku: &str, asked_at: Instant, now: Instant) -> Option<Instant> {
        let replenishment = self.item(sku)?.settings.replenishment.as_ref()?;
        let date = asked_at + replenishment.lead_time_days * DAY_MS;
        (date >= now).then_some(date)
    }

    /// When the last units of this line ship, by itself.
    pub(super) fn own_date(&self, demand: usize, line: usize, now: Instant) -> Dated {
        let record = &self.demands[demand].lines[line];
        if record.is_closed() {
            return UNDATED;
        }
        let there = match self.last_waiting_part(demand, line) {
            Some(part) => {
                let units = i128::from(self.ahead_of(part)) + i128::from(self.waiting_of(part));
                self.reached(&record.sku, units, record.parts[part.2].placed_at, now)
            }
            None => Dated { date: Some(now), basis: Basis::Stock },
        };
        let not_before = self.demands[demand].shipping.not_before;
        self.not_earlier(there, not_before, &record.sku)
    }

    /// Units that are there wait for `notBefore` and for the release of a preorder.
    fn not_earlier(&self, there: Dated, not_before: Option<Instant>, sku: &str) -> Dated {
        let release = self.item(sku).map(|item| item.settings.lifecycle);
        let released_at = match release {
            Some(Lifecycle::Preorder { release_at: None }) => return UNDATED,
            Some(Lifecycle::Preorder { release_at: Some(at) }) => at,
            _ => 0,
        };
        let date = there.date.map(|date| date.max(not_before.unwrap_or(0)).max(released_at));
        match date {
            Some(date) if date <= MAX_SAFE => Dated { date: Some(date), basis: there.basis },
            _ => UNDATED,
        }
    }

    /// The lines whose dates this line shares: those of the whole order where the order ships whole.
    pub(super) fn companions(&self, demand: usize, line: usize) -> Vec<usize> {
        let record = &self.demands[demand];
        if record.shipping.fulfilment != Fulfilment::Order || record.lines[line].is_closed() {
            return vec![line];
        }
        (0..record.lines.len()).filter(|&other| !record.lines[other].is_closed()).collect()
    }

    /// When the last units of this line ship: the latest date of its companions, and none if one has none.
    pub(super) fn date_of(&self, demand: usize, line: usize, now: Instant) -> Dated {
        let companions = self.companions(demand, line);
        let dates: Vec<Dated> = companions.iter().map(|&other| self.own_date(demand, other, now)).collect();
        match dates.iter().map(|dated| dated.date).collect::<Option<Vec<Instant>>>() {
            Some(_) => dates.into_iter().rev().max_by_key(|dated| dated.date).unwrap_or(UNDATED),
            None => UNDATED,
        }
    }

    /// Whether any unit of this line, or of the order that ships whole, still waits.
    pub(super) fn waits(&self, demand: usize, line: usize) -> bool {
        let lines = &self.demands[demand].lines;
        self.companions(demand, line).iter().any(|&other| lines[other].waiting() > 0)
    }
}
