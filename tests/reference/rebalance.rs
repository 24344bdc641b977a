//! A shortage divided anew (rules §8).

use super::queue::EntryAt;
use super::records::Place;
use super::serve::Gifts;
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::command::{OrderMatch, RebalanceRule, Strategy};
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::units::{Instant, Quantity};

/// What a line has at a place and what it may get.
struct Claim {
    line: (usize, usize),
    /// In the order of the queue.
    entries: Vec<EntryAt>,
    strategy: Option<Strategy>,
    had: Quantity,
    asks: Quantity,
    has: Quantity,
}

impl Shop {
    pub(super) fn rebalance(
        &mut self,
        skus: Option<&[&str]>,
        rules: &[RebalanceRule],
        now: Instant,
    ) -> Result<Touched, Refusal> {
        for (index, rule) in rules.iter().enumerate() {
            for (at, order) in rule.matching.orders.iter().flatten().enumerate() {
                if self.order_index(order).is_err() {
                    return refuse(Reason::UnknownOrder, format!("rules[{index}].match.orders[{at}]"));
                }
            }
        }
        for (index, sku) in skus.iter().copied().flatten().enumerate() {
            self.known_item(sku, &format!("skus[{index}]"))?;
            if self.is_kit(sku) {
                return refuse(Reason::IsAKit, format!("skus[{index}]"));
            }
        }
        let skus: Vec<String> = match skus {
            Some(skus) => skus.iter().map(|&sku| sku.to_owned()).collect(),
            None => self.items.iter().map(|item| item.sku.clone()).filter(|sku| !self.is_kit(sku)).collect(),
        };
        let mut touched = Touched::default();
        for sku in skus {
            self.rebalance_item(&sku, rules, &mut touched, now);
        }
        Ok(touched)
    }

    fn rebalance_item(&mut self, sku: &str, rules: &[RebalanceRule], touched: &mut Touched, now: Instant) {
        let lines = self.lines_in_turn(sku);
        let before: Vec<Quantity> =
            lines.iter().map(|&(demand, line)| self.line(demand, line).allocated()).collect();
        let places = self.item(sku).map(|item| item.places()).unwrap_or_default();
        // Where nothing changed hands no units came free.
        let mut divided = places.clone();
        divided.retain(|place| self.divide_anew(place, rules, touched, now));
        touched.add_queues(divided.clone());
        for place in &divided {
            let gifts = self.serve(place, now);
            self.tell_gifts(&gifts, now);
            touched.add_queues(gifts.places);
        }
        for &line in &lines {
            let winner = matches!(
                self.strategy(line, sku, rules),
                Some(Strategy::Win | Strategy::Gain | Strategy::Redistribute)
            );
            if winner {
                self.move_to_stock(line, touched, now);
            }
        }
        for (&(demand, line), before) in lines.iter().zip(before) {
            let record = &self.demands[demand];
            let after = record.lines[line].allocated();
            if let Some(order) = record.order.clone().filter(|_| after != before) {
                self.changes.push((order, record.lines[line].id.clone(), before, after));
            }
        }
    }

    /// The lines that want an item, those of kits among them, by the best of their parts.
    fn lines_in_turn(&self, sku: &str) -> Vec<(usize, usize)> {
        let mut entries: Vec<EntryAt> = Vec::new();
        for place in self.item(sku).map(|item| item.places()).unwrap_or_default() {
            entries.extend(self.entries_at(&place));
        }
        entries.sort_by_cached_key(|&at| self.turn(at));
        let mut lines: Vec<(usize, usize)> = Vec::new();
        for at in entries {
            if !lines.contains(&(at.demand, at.line)) {
                lines.push((at.demand, at.line));
            }
        }
        lines
    }

    /// What may happen to a line: nothing but by its rank, if it is none of these orders', is a
    /// hold's, a frozen order's or a kit's.
    fn strategy(
        &self,
        (demand, line): (usize, usize),
        sku: &str,
        rules: &[RebalanceRule],
    ) -> Option<Strategy> {
        let record = &self.demands[demand];
        let order = record.order.as_deref()?;
        if record.frozen || record.later.is_some() || record.lines[line].sku != sku {
            return None;
        }
        let matches = |matching: &OrderMatch| {
            matching.orders.as_ref().is_none_or(|orders| orders.contains(&order))
                && matching.segment.is_none_or(|segment| record.segment.as_deref() == Some(segment))
                && matching.priority_from.is_none_or(|from| record.priority >= from)
                && matching.priority_to.is_none_or(|to| record.priority <= to)
        };
        rules.iter().find(|rule| matches(&rule.matching)).map(|rule| rule.strategy)
    }

    /// The pool is what those who match have, and what is available; whether that changed anything.
    fn divide_anew(
        &mut self,
        place: &Place,
        rules: &[RebalanceRule],
        touched: &mut Touched,
        now: Instant,
    ) -> bool {
        let mut claims = self.claims(place, rules);
        let matched = claims.iter().filter(|claim| claim.strategy.is_some());
        let mut pool = self.available(place) + matched.map(|claim| claim.had).sum::<Quantity>();
        let steps = [
            (Some(Strategy::Gain), false),
            (Some(Strategy::Win), true),
            (Some(Strategy::Gain), true),
            (Some(Strategy::Redistribute), true),
            (Some(Strategy::Fill), false),
            (None, true),
            (Some(Strategy::Lose), false),
        ];
        for (strategy, all) in steps {
            for claim in claims.iter_mut().filter(|claim| claim.strategy == strategy) {
                let most = if all { claim.asks } else { claim.had };
                let reserve = match strategy {
                    Some(_) => 0,
                    None => self.reserve(&place.sku, self.demands[claim.line.0].priority),
                };
                let units = (most - claim.has).min(pool.saturating_sub(reserve));
                claim.has += units;
                pool -= units;
            }
        }
        claims.retain(|claim| claim.has != claim.had);
        for Claim { line: (demand, line), entries, had, has, .. } in &claims {
            let before = self.line(*demand, *line).allocated_at(&place.location);
            self.give_up_worst(entries, had.saturating_sub(*has));
            self.give_best(entries, has.saturating_sub(*had), now);
            let after = self.line(*demand, *line).allocated_at(&place.location);
            let line = (*demand, *line);
            if after < before {
                self.tell_units(now, EventKind::LineDeallocated, line, &place.location, before - after);
            }
            if after > before {
                self.tell_units(now, EventKind::LineAllocated, line, &place.location, after - before);
                self.tell_if_ready(now, line);
            }
        }
        if claims.iter().any(|claim| claim.has > claim.had) {
            self.serve_skipping(touched, now);
        }
        !claims.is_empty()
    }

    fn give_up_worst(&mut self, entries: &[EntryAt], mut units: Quantity) {
        for &at in entries.iter().rev() {
            let taken = self.entry(at).allocated.min(units);
            self.take_away(at, taken);
            units -= taken;
        }
    }

    fn give_best(&mut self, entries: &[EntryAt], mut units: Quantity, now: Instant) {
        let mut gifts = Gifts::default();
        for &at in entries {
            let given = self.lacks(at).min(units);
            self.give(at, given, now, &mut gifts);
            units -= given;
        }
    }

    fn claims(&self, place: &Place, rules: &[RebalanceRule]) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        for at in self.in_turn(place) {
            let had = self.entry(at).allocated;
            // Who takes all or nothing gains nothing here, but may when the others are served.
            let asks = if self.skips(at) { had } else { had + self.lacks(at) };
            let line = (at.demand, at.line);
            if self.is_for_later(at) {
                continue;
            }
            match claims.iter_mut().find(|claim| claim.line == line) {
                Some(claim) => {
                    claim.entries.push(at);
                    claim.had += had;
                    claim.asks += asks;
                }
                None => {
                    let strategy = self.strategy(line, &place.sku, rules);
                    claims.push(Claim { line, entries: vec![at], strategy, had, asks, has: 0 });
                }
            }
        }
        for claim in claims.iter_mut().filter(|claim| claim.strategy.is_none()) {
            claim.has = claim.had;
        }
        claims
    }

    /// What a line still waits for moves to where there is something for it, most first.
    fn move_to_stock(&mut self, (demand, line): (usize, usize), touched: &mut Touched, now: Instant) {
        loop {
            let record = self.line(demand, line);
            let skips = self.entries_of(demand, line).into_iter().any(|at| self.skips(at));
            if skips || record.waiting() == 0 {
                return;
            }
            let locations = record.locations.clone().unwrap_or_else(|| self.location_names());
            let waits = self.entries_of(demand, line).into_iter().rev().find(|&at| self.lacks(at) > 0);
            let Some(entry) = waits else { return };
            let stock = |location: &str| self.there_for(&Place::new(&record.sku, location), entry, now);
            let there = |location: &str| stock(location).min(record.waiting() - record.waiting_at(location));
            let useful: Vec<String> = locations.into_iter().filter(|at| there(at) > 0).collect();
            let Some(to) = useful.into_iter().max_by_key(|at| (stock(at), std::cmp::Reverse(at.clone())))
            else {
                return;
            };
            let units = there(&to);
            let sources = record.shipped_from.iter().map(|(at, _)| at.clone()).filter(|at| *at != to);
            let sources: Vec<String> = sources.collect();
            let moved = self.move_units((demand, line), &sources, &to, units, now);
            touched.add_queues(moved.places.into_iter().map(|(place, _)| place));
            touched.lines.extend(moved.lines);
        }
    }
}
