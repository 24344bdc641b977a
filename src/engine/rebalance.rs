//! `rebalance`: a shortage is divided anew among the orders that match (rules §8).

use super::Engine;
use super::rank_tree::Rank;
use super::relocate::Move;
use super::serve::Handed;
use crate::model::command::{OrderMatch, RebalanceRule, Strategy};
use crate::model::outcome::{NONE, Rejection, ShareChange};
use crate::model::sort;
use crate::model::units::Quantity;
use crate::policy::rebalance::{Claim, redistribute};
use alloc::format;
use alloc::vec::Vec;

/// A rule with its names found.
struct Rule {
    /// In order.
    orders: Option<Vec<u32>>,
    /// [`NONE`] for a segment that no order has.
    segment: Option<u32>,
    priority_from: u8,
    priority_to: u8,
    strategy: Strategy,
}

impl Engine {
    pub(crate) fn rebalance(
        &mut self,
        skus: Option<&[&str]>,
        rules: &[RebalanceRule],
    ) -> Result<Vec<ShareChange>, Rejection> {
        let rules = rules.iter().enumerate().map(|(place, rule)| self.find_rule(place, rule));
        let rules: Vec<Rule> = rules.collect::<Result<_, _>>()?;
        let items = self.items_to_balance(skus)?;
        let mut changes = Vec::new();
        for item in items {
            let before = self.holdings(item);
            let mut sites: Vec<u32> = self.sites_in_order(item).collect();
            sites.retain(|&site| self.balance_site(site, &rules));
            self.serve_all(sites);
            self.move_to_stock(item, &rules);
            changes.extend(self.changes_since(&before));
        }
        Ok(changes)
    }

    fn items_to_balance(&self, skus: Option<&[&str]>) -> Result<Vec<u32>, Rejection> {
        let Some(skus) = skus else {
            let no_kit = |item: &u32| !self.items[*item as usize].is_kit();
            return Ok((0..self.items.len() as u32).filter(no_kit).collect());
        };
        let mut items = Vec::with_capacity(skus.len());
        for (place, sku) in skus.iter().enumerate() {
            let path = || format!("skus[{place}]");
            let item = self.find_item(sku, path)?;
            self.check_no_kit(item).map_err(|rejection| Rejection { path: Some(path()), ..rejection })?;
            items.push(item);
        }
        Ok(items)
    }

    fn find_rule(&self, place: usize, rule: &RebalanceRule) -> Result<Rule, Rejection> {
        let OrderMatch { orders, segment, priority_from, priority_to } = &rule.matching;
        let find = |(index, id): (usize, &&str)| {
            self.find_order(id).map_err(|rejection| Rejection {
                path: Some(format!("rules[{place}].match.orders[{index}]")),
                ..rejection
            })
        };
        let orders = orders.as_ref().map(|ids| ids.iter().enumerate().map(find).collect());
        let mut orders: Option<Vec<u32>> = orders.transpose()?;
        orders.iter_mut().for_each(|orders| sort::ascending(orders));
        Ok(Rule {
            orders,
            segment: segment.map(|name| self.segments.find(name).unwrap_or(NONE)),
            priority_from: priority_from.unwrap_or(0),
            priority_to: priority_to.unwrap_or(u8::MAX),
            strategy: rule.strategy,
        })
    }

    /// What may be done to the units of a line: the first rule that matches says. Holds, frozen
    /// orders, orders for later and kits are left alone.
    fn strategy_for(&self, line: u32, item: u32, rules: &[Rule]) -> Option<Strategy> {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        if demand.is_hold() || demand.frozen || demand.allocate_from > 0 || record.item != item {
            return None;
        }
        let matches = |rule: &&Rule| {
            rule.orders.as_ref().is_none_or(|orders| orders.binary_search(&record.demand).is_ok())
                && rule.segment.is_none_or(|segment| segment == demand.segment && segment != NONE)
                && (rule.priority_from..=rule.priority_to).contains(&demand.priority)
        };
        rules.iter().find(matches).map(|rule| rule.strategy)
    }

    /// Divides what the matching lines have at a site, and what is available there; says whether
    /// anything changed hands.
    fn balance_site(&mut self, site: u32, rules: &[Rule]) -> bool {
        self.enqueue_all(site);
        let item = self.sites[site as usize].item;
        let lines = self.lines_at(site);
        let claims: Vec<Claim> = lines
            .iter()
            .map(|&line| {
                let (had, lacks) = self.had_at(line, site);
                let strategy = self.strategy_for(line, item, rules);
                let demand = self.demand_of_line(&self.lines[line as usize]);
                let takes_none = demand.allocate_from > 0
                    || (self.skips(site) && demand.fulfilment != crate::model::command::Fulfilment::Partial);
                let asks = if takes_none { had } else { had + lacks };
                let reserve = self.items[item as usize].settings.reserve(demand.priority);
                Claim { strategy, had, asks, reserve }
            })
            .collect();
        let available = self.sites[site as usize].available(&self.items[item as usize].settings);
        let shares = redistribute(&claims, available);
        if claims.iter().zip(&shares).all(|(claim, share)| claim.had == *share) {
            return false;
        }
        for ((&line, claim), &share) in lines.iter().zip(&claims).zip(&shares) {
            self.take_back_units(line, site, claim.had.saturating_sub(share));
        }
        let mut gained = Vec::new();
        for ((line, claim), share) in lines.into_iter().zip(claims).zip(shares) {
            if share < claim.had {
                self.tell_lost(&[Handed { line, site, units: claim.had - share }]);
            } else if share > claim.had {
                gained.push(self.hand_over(line, site, share - claim.had));
            }
        }
        // Not before all have their shares: what is not handed over yet is not there for others.
        if !self.skipping.is_empty() {
            self.serve_companions(&gained);
        }
        self.touch_queue(site);
        true
    }

    /// The lines that stand at a site, in the order of their best parts.
    fn lines_at(&self, site: u32) -> Vec<u32> {
        let parts = self.forest.parts(&self.sites[site as usize].root);
        each_once(parts.map(|part| self.parts[part as usize].line).collect())
    }

    fn parts_at(&self, line: u32, site: u32) -> Vec<u32> {
        self.parts_of(line).filter(|&part| self.parts[part as usize].site == site).collect()
    }

    /// What a line has at a site, and what it lacks there.
    fn had_at(&self, line: u32, site: u32) -> (Quantity, Quantity) {
        let entries = self.parts_at(line, site).into_iter().map(|part| self.forest.entry(part));
        entries.fold((0, 0), |sums, entry| (sums.0 + entry.set_aside, sums.1 + entry.waiting))
    }

    /// Takes set-aside units of a line at a site back, from its worst part first.
    fn take_back_units(&mut self, line: u32, site: u32, units: Quantity) {
        let mut left = units;
        for part in self.parts_at(line, site).into_iter().rev() {
            let taken = left.min(self.forest.entry(part).set_aside);
            if taken > 0 {
                left -= taken;
                self.take_away(part, taken);
            }
        }
    }

    /// Gives a line units at a site, its best part first, and says so.
    fn hand_over(&mut self, line: u32, site: u32, units: Quantity) -> Handed {
        let mut left = units;
        let mut handed = Vec::new();
        for part in self.parts_at(line, site) {
            let given = left.min(self.forest.entry(part).waiting);
            if given > 0 {
                left -= given;
                self.give_and_note(part, given, &mut handed);
            }
        }
        self.tell_served(handed);
        Handed { line, site, units }
    }

    /// Matching lines that still wait and may ship from where units are available are moved there.
    fn move_to_stock(&mut self, item: u32, rules: &[Rule]) {
        let mut waiting: Vec<(Rank, u32)> = Vec::new();
        for site in self.sites_in_order(item) {
            for line in self.lines_at(site) {
                let strategy = self.strategy_for(line, item, rules);
                let gains = !matches!(strategy, None | Some(Strategy::Fill | Strategy::Lose));
                let best = self.parts_at(line, site).into_iter().next().filter(|_| gains);
                waiting.extend(best.map(|part| (self.forest.entry(part).rank, line)));
            }
        }
        sort::ascending(&mut waiting);
        for (_, line) in waiting {
            while let Some(moves) = self.moves_to_stock(line) {
                self.spread_line(line);
                self.carry_out(moves);
            }
        }
    }

    /// What a line waits for elsewhere goes to where most is available for it.
    fn moves_to_stock(&self, line: u32) -> Option<Vec<Move>> {
        // Who takes all or nothing takes no part of what is moved.
        let skips = |part: u32| self.skips(self.parts[part as usize].site) && self.ships_whole(part);
        if self.parts_of(line).any(skips) {
            return None;
        }
        let record = &self.lines[line as usize];
        let part = self.parts_of(line).filter(|&part| self.forest.entry(part).waiting > 0).last()?;
        let useful = self.locations_in_order(line).into_iter().filter_map(|location| {
            let to = self.site_at(record.item, location)?;
            let room = self.room_for(part, to);
            let units = room.min(record.waiting - self.had_at(line, to).1);
            (units > 0).then_some((to, room, units))
        });
        let (to, _, units) = useful.reduce(|best, other| if other.1 > best.1 { other } else { best })?;
        let places = self.places_but(line, None, self.sites[to as usize].location);
        Some(self.moves(line, &places, to, units))
    }

    /// Where a line may ship from, by the ids of the locations.
    fn locations_in_order(&self, line: u32) -> Vec<u32> {
        let own = self.locations_of(line);
        self.live_locations.iter().copied().filter(|location| own.contains(location)).collect()
    }

    /// What the lines of an item have, in rank order.
    fn holdings(&mut self, item: u32) -> Vec<(u32, Quantity)> {
        let sites: Vec<u32> = self.sites_in_order(item).collect();
        let mut lines: Vec<(Rank, u32)> = Vec::new();
        for site in sites {
            self.enqueue_all(site);
            for line in self.lines_at(site) {
                if let Some(&part) = self.parts_at(line, site).first() {
                    lines.push((self.forest.entry(part).rank, line));
                }
            }
        }
        sort::ascending(&mut lines);
        let lines = each_once(lines.into_iter().map(|(_, line)| line).collect());
        lines.into_iter().map(|line| (line, self.lines[line as usize].allocated)).collect()
    }

    fn changes_since(&self, before: &[(u32, Quantity)]) -> Vec<ShareChange> {
        let changed = before.iter().filter(|(line, had)| self.lines[*line as usize].allocated != *had);
        let changes = changed.map(|&(line, before)| {
            let record = &self.lines[line as usize];
            let order = self.demand_of_line(record).order;
            ShareChange { order, line: record.name, before, after: record.allocated }
        });
        changes.filter(|change| change.order != NONE).collect()
    }
}

/// Lines in the order in which they first come.
fn each_once(lines: Vec<u32>) -> Vec<u32> {
    let firsts = sort::firsts(&lines, |line| *line);
    let first = |(place, line): (usize, u32)| (firsts[place] == place).then_some(line);
    lines.into_iter().enumerate().filter_map(first).collect()
}
