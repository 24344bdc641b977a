//! `order` and `hold`: demands as they stand, line by line.

use crate::engine::Engine;
use crate::engine::dates::At;
use crate::engine::outlook::Outlook;
use crate::engine::rank_tree::Rank;
use crate::engine::store::Demand;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::Sharing;
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use crate::model::view::{HoldView, LinePart, LineView, OrderView, Peg};
use alloc::vec::Vec;

impl Engine {
    /// An order as it stands. `None`: there is no such order, or it is archived.
    pub fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>> {
        let demand = &self.demands[self.demand_of_order(id)? as usize];
        Some(OrderView {
            order: self.order_ids.name(demand.order),
            placed_at: demand.placed_at,
            priority: demand.priority,
            lines: demand
                .lines()
                .map(|line| LineView { notice: self.notice_view(line), ..self.line_view(line, now) })
                .collect(),
        })
    }

    /// What an order's first line has set aside, and its promise: all that the bulk door tells.
    pub fn first_line(&self, order: &str) -> Option<(Quantity, Option<Instant>)> {
        self.first_line_of(self.demands.get(self.demand_of_order(order)? as usize)?)
    }

    /// The same of the order or hold that was placed last.
    pub fn newest_line(&self) -> Option<(Quantity, Option<Instant>)> {
        self.first_line_of(self.demands.last()?)
    }

    fn first_line_of(&self, demand: &Demand) -> Option<(Quantity, Option<Instant>)> {
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
        LineView {
            line: self.line_names.name(record.name),
            sku: self.skus.name(record.item),
            quantity: record.quantity,
            allocated: record.allocated,
            backordered: record.waiting,
            shipped: record.shipped,
            cancelled: record.cancelled,
            returned: record.returned,
            parts: self.line_parts(line),
            ahead: self.last_tail(line, At::promised(now)).map_or(0, |tail| tail.ahead),
            promised: (record.promise != NEVER).then_some(record.promise),
            ships: self.line_estimate(line, now, NONE),
            delivers: self.line_delivery(line, now),
            pegs: self.pegs(line, now),
            notice: None,
        }
    }

    /// What a line has at each of its places; those with nothing are left out, unless it is the only
    /// one.
    fn line_parts(&self, line: u32) -> Vec<LinePart<'_>> {
        let record = &self.lines[line as usize];
        let part = |site: u32, allocated: Quantity, backordered: Quantity, shipped: Quantity| {
            let location = self.locations.name(self.sites[site as usize].location);
            LinePart { location, allocated, backordered, shipped }
        };
        if record.first_leg == NONE {
            return alloc::vec![part(record.site, record.allocated, record.waiting, record.shipped)];
        }
        let legs = self.legs_of(line).map(|leg| self.legs[leg as usize]);
        let mut parts: Vec<LinePart> =
            legs.map(|leg| part(leg.site, leg.allocated, leg.waiting, leg.shipped)).collect();
        let first = parts.first().copied();
        parts.retain(|part| part.allocated + part.backordered + part.shipped > 0);
        if parts.is_empty() {
            parts.extend(first);
        }
        parts
    }

    /// What will serve the waiting units of a line, place by place, in order; at a place of a kit's line
    /// what serves the component whose units come last there.
    pub(crate) fn pegs(&self, line: u32, now: Instant) -> Vec<Peg<'_>> {
        let mut pegs: Vec<Peg> = Vec::new();
        let record = &self.lines[line as usize];
        if record.first_leg == NONE {
            self.add_pegs(line, record.site, now, &mut pegs);
        }
        for leg in self.legs_of(line) {
            let location = self.sites[self.legs[leg as usize].site as usize].location;
            let sites = self.made_of(record.item).filter_map(|part| self.site_at(part.item, location));
            if let Some(tail) = self.last_of(line, sites, At::promised(now)) {
                self.add_pegs(line, tail.site, now, &mut pegs);
            }
        }
        pegs
    }

    fn add_pegs<'e>(&'e self, line: u32, at: u32, now: Instant, pegs: &mut Vec<Peg<'e>>) {
        let site = &self.sites[at as usize];
        let settings = &self.items[site.item as usize].settings;
        let demand = self.demand_of_line(&self.lines[line as usize]);
        let expected = site.outlook(settings, None, At::promised(now).by(demand.priority));
        let outlook = site.at_its_word(settings, now);
        let debt = settings.reserve(demand.priority) as i64 - outlook.start;
        for part in self.parts_of(line).filter(|&part| self.parts[part as usize].site == at) {
            let entry = self.forest.entry(part);
            let between = self.between(part, &expected);
            let first = self.ahead_of_part(part).saturating_add(between) as i64 + debt;
            let mut unit = first.max(0) as Quantity;
            if first < 0 && entry.waiting > 0 {
                // What is there already waits for the instant of an order for later.
                let quantity = first.unsigned_abs().min(entry.waiting);
                let due = (demand.allocate_from > 0).then_some(demand.allocate_from);
                add_peg(pegs, Peg { supply: None, quantity, due });
            }
            let end = first.saturating_add_unsigned(entry.waiting).max(0) as Quantity;
            while unit < end {
                let piece = outlook.curve.piece(unit + 1);
                let upto = piece.map_or(end, |piece| piece.upto.min(end));
                let (supply, due) = match piece {
                    Some(piece) => {
                        let due = self.supplies[piece.supply as usize].due;
                        (Some(self.supply_ids.name(piece.supply)), Some(due))
                    }
                    None if self.skips(at) => (None, None),
                    None => {
                        let beyond = end.saturating_sub(outlook.curve.total());
                        let fixed = self.parts[part as usize].beyond;
                        let date =
                            settings.replenished(entry.placed_at, if fixed > 0 { fixed } else { beyond });
                        (None, date.filter(|&date| date >= now && date <= MAX_SAFE))
                    }
                };
                add_peg(pegs, Peg { supply, quantity: upto - unit, due });
                unit = upto;
            }
        }
    }

    /// Units that others are given before an order for later comes to its turn.
    fn between(&self, part: u32, outlook: &Outlook) -> Quantity {
        let record = &self.parts[part as usize];
        if !self.is_set_apart(part) || self.skips(record.site) {
            return 0;
        }
        let from = self.demand_of_line(&self.lines[record.line as usize]).allocate_from;
        let rank = Rank { turn: 0, ..self.forest.entry(part).rank };
        let site = &self.sites[record.site as usize];
        if self.items[site.item as usize].settings.sharing == Sharing::FairShare {
            // Whoever shares comes before it.
            return self.waits_now(site).saturating_sub(self.forest.ahead_of(&site.root, rank));
        }
        self.given_to_worse(site, outlook, rank, from)
    }
}

/// Two parts of a line may be served by the same supply; that is one peg.
fn add_peg<'e>(pegs: &mut Vec<Peg<'e>>, peg: Peg<'e>) {
    match pegs.last_mut() {
        Some(last) if last.supply == peg.supply && last.due == peg.due => last.quantity += peg.quantity,
        _ => pegs.push(peg),
    }
}
