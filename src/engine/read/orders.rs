//! `order` and `hold`: demands as they stand, line by line.

use crate::engine::Engine;
use crate::engine::store::Demand;
use crate::model::outcome::NEVER;
use crate::model::units::{DEFAULT_LOCATION, Instant, Quantity};
use crate::model::view::{Estimate, HoldView, LinePart, LineView, OrderView, Peg};
use alloc::vec::Vec;

impl Engine {
    /// An order as it stands. `None`: there is no such order, or it is archived.
    pub fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>> {
        let demand = &self.demands[self.demand_of_order(id)? as usize];
        Some(OrderView {
            order: self.order_ids.name(demand.order),
            placed_at: demand.placed_at,
            priority: demand.priority,
            lines: demand.lines().map(|line| self.line_view(line, now)).collect(),
        })
    }

    /// What an order's first line has set aside, and its promise: all that the bulk door tells.
    pub fn first_line(&self, order: &str) -> Option<(Quantity, Option<Instant>)> {
        self.standing_of(self.demands.get(self.demand_of_order(order)? as usize)?)
    }

    /// The same of the order or hold that was placed last.
    pub fn newest_line(&self) -> Option<(Quantity, Option<Instant>)> {
        self.standing_of(self.demands.last()?)
    }

    fn standing_of(&self, demand: &Demand) -> Option<(Quantity, Option<Instant>)> {
        let line = self.lines.get(demand.first_line as usize)?;
        Some((line.allocated, (line.promise != NEVER).then_some(line.promise)))
    }

    /// A hold as it stands. `None`: there is no such hold, or it is archived.
    pub fn hold(&self, id: &str, now: Instant) -> Option<HoldView<'_>> {
        let demand = &self.demands[self.demand_of_hold(id)? as usize];
        Some(HoldView {
            hold: self.hold_ids.name(demand.hold),
            placed_at: demand.placed_at,
            ends_at: demand.ends_at,
            state: demand.hold_state,
            lines: demand.lines().map(|line| self.line_view(line, now)).collect(),
        })
    }

    pub(crate) fn line_view(&self, line: u32, now: Instant) -> LineView<'_> {
        let record = &self.lines[line as usize];
        let ships = self.line_date(line, now);
        LineView {
            line: self.line_names.name(record.name),
            sku: self.skus.name(record.item),
            quantity: record.quantity,
            allocated: record.allocated,
            backordered: record.waiting,
            shipped: record.shipped,
            cancelled: record.cancelled,
            returned: record.returned,
            parts: alloc::vec![LinePart {
                location: DEFAULT_LOCATION,
                allocated: record.allocated,
                backordered: record.waiting,
                shipped: record.shipped,
            }],
            ahead: self.waiting_tail(line).map_or(0, |tail| tail.ahead),
            promised: (record.promise != NEVER).then_some(record.promise),
            ships: Estimate::plain(ships.date, ships.basis),
            pegs: self.pegs(line, now),
        }
    }

    /// What will serve the waiting units of a line, in order.
    pub(crate) fn pegs(&self, line: u32, now: Instant) -> Vec<Peg<'_>> {
        let item = &self.items[self.lines[line as usize].item as usize];
        let (curve, debt) = (item.curve.at(now, item.settings.overdue), item.debt());
        let mut pegs: Vec<Peg> = Vec::new();
        for part in self.parts_of(line) {
            let entry = self.forest.entry(part);
            let mut unit = debt + self.forest.ahead(&item.root, part);
            let end = unit + entry.waiting;
            while unit < end {
                let piece = curve.piece(unit + 1);
                let upto = piece.map_or(end, |piece| piece.upto.min(end));
                let (supply, due) = match piece {
                    Some(piece) => {
                        let due = self.supplies[piece.supply as usize].due;
                        (Some(self.supply_ids.name(piece.supply)), Some(due))
                    }
                    None => (None, item.replenished(entry.placed_at).filter(|&date| date >= now)),
                };
                add_peg(&mut pegs, Peg { supply, quantity: upto - unit, due });
                unit = upto;
            }
        }
        pegs
    }
}

/// Two parts of a line may be served by the same supply; that is one peg.
fn add_peg<'e>(pegs: &mut Vec<Peg<'e>>, peg: Peg<'e>) {
    match pegs.last_mut() {
        Some(last) if last.supply == peg.supply && last.due == peg.due => last.quantity += peg.quantity,
        _ => pegs.push(peg),
    }
}
