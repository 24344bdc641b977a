//! What the shop answers when it is asked, in the contract's shapes.

use super::Shop;
use super::curve::Arrival;
use super::dates::{Dated, Seen};
use super::queue::{EntryAt, units};
use super::records::{Demand, Place};
use backorder::engine::OrderState;
use backorder::model::settings::{ItemSettings, WholeLines};
use backorder::model::units::Instant;
use backorder::model::view::{
    Estimate, HoldView, LinePart, LineView, OrderView, Peg, Position, QueueRow, SupplyView,
};
use std::collections::BTreeSet;

impl Shop {
    pub fn last_instant(&self) -> Instant {
        self.last_instant
    }

    pub fn items(&self) -> Vec<(&str, &ItemSettings)> {
        self.items.iter().map(|item| (item.sku.as_str(), &item.settings)).collect()
    }

    pub fn orders(&self, state: Option<OrderState>) -> Vec<&str> {
        let fits = |demand: &&Demand| match state {
            None => true,
            Some(OrderState::Open) => !demand.is_closed(),
            Some(OrderState::Closed) => demand.is_closed(),
        };
        let orders = self.demands.iter().map(|demand| &**demand);
        let mut orders: Vec<&Demand> = orders.filter(|demand| demand.order.is_some()).collect();
        orders.retain(fits);
        orders.sort_by_key(|demand| demand.ordered_by);
        orders.into_iter().filter_map(|demand| demand.order.as_deref()).collect()
    }

    pub fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>> {
        let index = self.order_index(id).ok()?;
        let record = &self.demands[index];
        Some(OrderView {
            order: record.order.as_deref()?,
            placed_at: record.placed_at,
            priority: record.priority,
            lines: self
                .line_views(&Seen::of(self, now), index)
                .into_iter()
                .enumerate()
                .map(|(line, view)| LineView { notice: self.notice_view(index, line), ..view })
                .collect(),
        })
    }

    pub fn hold(&self, id: &str, now: Instant) -> Option<HoldView<'_>> {
        let is_it = |demand: &Demand| demand.hold.as_ref().is_some_and(|hold| hold.id == id);
        let index = self.demands.iter().position(|demand| is_it(demand))?;
        let record = &self.demands[index];
        let hold = record.hold.as_ref()?;
        Some(HoldView {
            hold: &hold.id,
            placed_at: record.placed_at,
            ends_at: hold.ends_at,
            state: hold.state,
            lines: self.line_views(&Seen::of(self, now), index),
        })
    }

    /// The items of an order's lines, without what its lines are otherwise; none of an unknown order.
    pub fn skus_of_order(&self, id: &str) -> Vec<String> {
        self.skus_of(|demand| demand.order.as_deref() == Some(id))
    }

    /// The same of a cart.
    pub fn skus_of_hold(&self, id: &str) -> Vec<String> {
        self.skus_of(|demand| demand.hold.as_ref().is_some_and(|hold| hold.id == id))
    }

    fn skus_of(&self, is_it: impl Fn(&Demand) -> bool) -> Vec<String> {
        let demand = self.demands.iter().find(|demand| is_it(demand));
        demand.iter().flat_map(|demand| &demand.lines).map(|line| line.sku.clone()).collect()
    }

    pub fn holds(&self) -> Vec<&str> {
        self.demands.iter().filter_map(|demand| demand.hold.as_ref()).map(|hold| hold.id.as_str()).collect()
    }

    fn line_views(&self, seen: &Seen, demand: usize) -> Vec<LineView<'_>> {
        (0..self.demands[demand].lines.len()).map(|line| self.line_view(seen, demand, line)).collect()
    }

    fn line_view(&self, seen: &Seen, demand: usize, line: usize) -> LineView<'_> {
        let record = self.line(demand, line);
        let dated = if record.is_closed() { super::dates::UNDATED } else { seen.date_of(demand, line) };
        let parts = record.by_location().into_iter().map(|(location, allocated, backordered, shipped)| {
            LinePart { location, allocated, backordered, shipped }
        });
        LineView {
            line: &record.id,
            sku: &record.sku,
            quantity: record.quantity,
            allocated: record.allocated(),
            backordered: record.waiting(),
            shipped: record.shipped(),
            cancelled: record.cancelled,
            returned: record.returned,
            parts: parts.collect(),
            ahead: seen.last_entry(demand, line).map_or(0, |(at, _)| self.ahead_of(at)),
            promised: record.promise.map(|promise| promise.date),
            ships: self.estimate(dated, |shop| shop.date_at(demand, line, None, seen.now).date),
            delivers: self.demands[demand].ship_to.as_deref().map(|to| {
                let delivers = |shop: &Shop| shop.date_at(demand, line, Some(to), seen.now);
                self.estimate(delivers(self), |shop| delivers(shop).date)
            }),
            pegs: self.pegs(seen, demand, line),
            notice: None,
        }
    }

    fn date_at(&self, demand: usize, line: usize, destination: Option<&str>, now: Instant) -> Dated {
        if self.line(demand, line).is_closed() {
            return super::dates::UNDATED;
        }
        Seen::of(self, now).at_destination(destination).date_of(demand, line)
    }

    /// The dates at the quantiles that are shown.
    pub(super) fn estimate(&self, dated: Dated, date: impl Fn(&Shop) -> Option<Instant>) -> Estimate {
        let overtaken = self.items.iter().any(|item| item.settings.is_overtaken());
        if self.supplies.iter().all(|supply| supply.lateness.is_none()) && !overtaken {
            return Estimate::plain(dated.date, dated.basis);
        }
        let [p50, p80, p95] = [500, 800, 950].map(|of_draws| date(&self.at_quantile(of_draws)));
        Estimate { p50, p80, p95, basis: dated.basis, evidence: u64::from(dated.evidence) }
    }

    /// What will serve the waiting units, place by place: of a kit those of the component that comes
    /// last there.
    fn pegs(&self, seen: &Seen, demand: usize, line: usize) -> Vec<Peg<'_>> {
        let mut lasts: Vec<EntryAt> = Vec::new();
        for tail in seen.tails(demand, line) {
            let here = |at: &EntryAt| self.part(*at).location == self.part(tail).location;
            match lasts.iter_mut().find(|at| here(at)) {
                Some(last) if seen.entry_date(*last).is_later_than(seen.entry_date(tail)) => {}
                Some(last) => *last = tail,
                None => lasts.push(tail),
            }
        }
        let mut pegs: Vec<Peg<'_>> = Vec::new();
        for last in lasts {
            for at in self.entries_of(demand, line) {
                if self.place_of(at) == self.place_of(last) && self.lacks(at) > 0 {
                    self.peg(seen, at, &mut pegs);
                }
            }
        }
        pegs
    }

    /// What is on the shelf and is not taken yet; the supplies one after the other, a debt first, then
    /// each part in rank order; then what replenishment is assumed for, and what nothing is known of.
    fn peg<'s>(&'s self, seen: &Seen, at: EntryAt, pegs: &mut Vec<Peg<'s>>) {
        let place = self.place_of(at);
        let lacks = self.lacks(at);
        let from = seen.begins_at(at);
        let to = from + i128::from(lacks);
        let mut reached = self.free(&place);
        let mut pegged = units(reached.min(to) - from);
        add_peg(pegs, Peg { supply: None, quantity: pegged, due: self.demand_of(at).later });
        for Arrival { units: more, supply, .. } in self.arrivals_at_their_word(&place, seen.now) {
            let (begins, ends) = (reached, reached + i128::from(more));
            let quantity = units(ends.min(to) - begins.max(from));
            let supply = &self.supplies[supply];
            add_peg(pegs, Peg { supply: Some(&supply.id), quantity, due: Some(supply.due) });
            pegged += quantity;
            reached = ends;
        }
        let due = match self.settings(&place.sku).whole_lines {
            WholeLines::Skip => None,
            WholeLines::Collect => {
                let beyond = to - reached;
                let x = self.entry(at).beyond.unwrap_or(units(beyond));
                self.replenished_at(&place.sku, self.part(at).placed_at, x, seen.now)
            }
        };
        add_peg(pegs, Peg { supply: None, quantity: lacks - pegged, due });
    }

    /// The books of an item at a location, or their sums over all.
    pub fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>> {
        let item = self.item(sku)?;
        let places = match location {
            Some(location) => vec![Place::new(sku, self.location_of(location)?)],
            None => self.everywhere(sku),
        };
        let location = location.and_then(|location| self.location_of(location));
        let mut sums = Position { sku: &item.sku, location, ..NOTHING };
        for place in places {
            let is_kit = self.is_kit(sku);
            let has = if is_kit { self.kit_position(&place) } else { self.item_position(&place) };
            sums.on_hand += has.on_hand;
            sums.allocated += has.allocated;
            sums.held += has.held;
            sums.safety_stock += has.safety_stock;
            sums.available += has.available;
            sums.incoming += has.incoming;
            sums.backordered += has.backordered;
            sums.waiting_lines += has.waiting_lines;
        }
        Some(sums)
    }

    fn item_position(&self, place: &Place) -> Position<'static> {
        let entries = self.entries_at(place);
        let set_aside = |held: bool| {
            let of_kind = entries.iter().filter(|&&at| self.demand_of(at).is_open_hold() == held);
            of_kind.map(|&at| self.entry(at).allocated).sum()
        };
        let waiting = entries.iter().filter(|&&at| self.lacks(at) > 0);
        let waiting_lines: BTreeSet<(usize, usize)> = waiting.map(|at| (at.demand, at.line)).collect();
        Position {
            sku: "",
            location: None,
            on_hand: self.on_hand(place),
            allocated: set_aside(false),
            held: set_aside(true),
            safety_stock: self.settings(&place.sku).safety_stock,
            available: self.available(place),
            incoming: self.incoming_units(place),
            backordered: self.waiting_units(place),
            waiting_lines: waiting_lines.len() as u64,
        }
    }

    /// A kit has no stock: it has what its components make, and what its own lines have.
    fn kit_position(&self, place: &Place) -> Position<'static> {
        let makes = self
            .made_of(&place.sku)
            .into_iter()
            .map(|(leaf, per)| self.available(&Place::new(&leaf, &place.location)) / per);
        let available = makes.min().unwrap_or(0);
        let mut sums = Position { available, ..NOTHING };
        for (demand, line) in self.lines_of(&place.sku) {
            let record = self.line(demand, line);
            let (allocated, waits) =
                (record.allocated_at(&place.location), record.waiting_at(&place.location));
            let is_held = self.demands[demand].is_open_hold();
            *(if is_held { &mut sums.held } else { &mut sums.allocated }) += allocated;
            sums.backordered += waits;
            sums.waiting_lines += u64::from(waits > 0);
        }
        sums.on_hand = sums.available + sums.allocated + sums.held;
        sums
    }

    /// What waits, location by location, each in its own order; in queue mode orders for later come
    /// after the others, the earliest first.
    pub fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>> {
        let Some(item) = self.item(sku) else { return Vec::new() };
        let mut rows = Vec::new();
        for name in self.location_names() {
            let Some(here) = self.location_of(&name).filter(|_| location.is_none_or(|at| at == name)) else {
                continue;
            };
            let mut entries = self.in_turn(&Place::new(&item.sku, here));
            if !self.keeps_promises(sku) {
                entries.sort_by_key(|&at| self.demand_of(at).later.unwrap_or(0));
            }
            for at in entries.into_iter().filter(|&at| self.lacks(at) > 0) {
                let record = self.demand_of(at);
                let hold = record.hold.as_ref().filter(|_| record.order.is_none());
                rows.push(QueueRow {
                    order: record.order.as_deref(),
                    hold: hold.map(|hold| hold.id.as_str()),
                    line: &record.lines[at.line].id,
                    location: here,
                    quantity: self.lacks(at),
                    ahead: self.ahead_of(at),
                });
            }
        }
        rows
    }

    pub fn supplies(&self, sku: &str) -> Vec<SupplyView<'_>> {
        let of_item = self.supplies.iter().filter(|supply| supply.place.sku == sku);
        let view = of_item.map(|supply| SupplyView {
            supply: &supply.id,
            location: &supply.place.location,
            open: supply.open,
            received: supply.received,
            due: supply.due,
            supplier: supply.supplier.as_deref(),
            state: supply.state,
        });
        view.collect()
    }
}

const NOTHING: Position<'static> = Position {
    sku: "",
    location: None,
    on_hand: 0,
    allocated: 0,
    held: 0,
    safety_stock: 0,
    available: 0,
    incoming: 0,
    backordered: 0,
    waiting_lines: 0,
};

/// Neighbours of the same supply and date are one.
fn add_peg<'a>(pegs: &mut Vec<Peg<'a>>, peg: Peg<'a>) {
    match pegs.last_mut() {
        _ if peg.quantity == 0 => {}
        Some(last) if (last.supply, last.due) == (peg.supply, peg.due) => last.quantity += peg.quantity,
        _ => pegs.push(peg),
    }
}
