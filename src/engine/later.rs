//! Orders for later (rules §3.6): they take no units before their instant, and then rank by the
//! instant they were placed.
//!
//! In queue mode they stand behind all others till then. Where promises are kept they stand at the
//! place of their promise and are passed over in serving; what they will need by then nobody gets who
//! is promised later or was placed later.

use super::Engine;
use super::outlook::Outlook;
use super::rank_tree::{Entry, Rank};
use super::store::Site;
use crate::model::outcome::NEVER;
use crate::model::sort;
use crate::model::units::{Instant, Quantity};
use alloc::vec::Vec;

/// What orders for later that have a promise will need of a site where promises are kept: their ranks
/// there, of which the turn is the instant promised, and units, in order.
#[derive(Debug)]
pub(crate) struct Later(Vec<(Rank, Quantity)>);

impl Later {
    pub fn of(engine: &Engine, site: u32) -> Later {
        let record = &engine.sites[site as usize];
        let mut needs = Vec::new();
        if record.later_parts == 0 || !engine.items[record.item as usize].settings.is_protected() {
            return Later(needs);
        }
        let mut next = engine.forest.first_waiting(&record.root);
        while let Some(part) = next {
            let entry = engine.forest.entry(part);
            if engine.comes_later(part) && entry.rank.turn != NEVER {
                needs.push((entry.rank, entry.waiting));
            }
            next = engine.forest.next_waiting(&record.root, part);
        }
        Later(needs)
    }
}

impl Engine {
    /// The units that who ranks so may take without an order for later that is promised before it, or
    /// was placed before it, going short at its instant.
    pub(crate) fn spared(&self, later: &Later, site: u32, own: Rank) -> Quantity {
        let record = &self.sites[site as usize];
        let settings = &self.items[record.item as usize].settings;
        let outlook = record.outlook(settings, self.calendar_at(record.location), self.at());
        let mut needed: i64 = 0;
        let mut least = i64::MAX;
        for (rank, units) in later.0.iter().filter(|(rank, _)| rank.turn < own.turn || rank.tie < own.tie) {
            needed += *units as i64;
            least = least.min(outlook.sent_by(rank.turn) - needed);
        }
        least.max(0) as Quantity
    }

    /// Units that the lines ranked behind `rank` will have been given before an instant in queue mode, if
    /// supply comes as expected. Who enters then is there when what comes at that very instant comes.
    pub(crate) fn given_to_worse(
        &self,
        site: &Site,
        outlook: &Outlook,
        rank: Rank,
        before: Instant,
    ) -> Quantity {
        let there = outlook.arrived_by(before.saturating_sub(1));
        let mut depth = self.forest.ahead_of(&site.root, rank);
        let mut given: Quantity = 0;
        for class in self.classes(site) {
            // Whoever stands behind must leave as much or more: the unit at a depth is given if as
            // many are there beyond what its class must leave.
            let may_have = there.saturating_sub_unsigned(class.reserve).max(0) as Quantity;
            given += class.upto.min(may_have).saturating_sub(depth);
            depth = depth.max(class.upto);
        }
        given
    }

    /// The stretches of a queue whose lines must leave the same and are overtaken by the same, in queue mode:
    /// without ageing, priority decides first.
    pub(crate) fn classes(&self, site: &Site) -> Vec<Class> {
        let Some(item) = self.items.get(site.item as usize) else { return Vec::new() };
        let settings = &item.settings;
        let mut bounds: Vec<u8> = settings.protection.iter().map(|level| level.priority).collect();
        let inflow = site.inflow.as_ref().filter(|_| settings.is_overtaken());
        bounds.extend(inflow.iter().flat_map(|inflow| &inflow.classes).map(|(class, _)| *class));
        sort::ascending(&mut bounds);
        bounds.dedup();
        let mut classes = Vec::with_capacity(bounds.len() + 1);
        let (mut reserve, mut best) = (0, 0);
        for bound in bounds {
            let rank = Rank { turn: 0, primary: u64::from(bound) + 1, tie: 0 };
            classes.push(Class { reserve, best, upto: self.forest.ahead_of(&site.root, rank) });
            best = bound.saturating_add(1);
            reserve = settings.reserve(best);
        }
        classes.push(Class { reserve, best, upto: self.waits_now(site) });
        classes
    }

    /// What waits ahead of a part that is set apart once its instant has come: who ranks before it,
    /// and the rest of its own order that does.
    pub(crate) fn ahead_once_due(&self, part: u32) -> Quantity {
        let rank = Rank { turn: 0, ..self.forest.entry(part).rank };
        let root = &self.sites[self.parts[part as usize].site as usize].root;
        self.siblings_ahead(part) + self.forest.ahead_of(root, rank)
    }

    /// What the rest of an order for later waits for ahead of one of its parts.
    pub(crate) fn siblings_ahead(&self, part: u32) -> Quantity {
        let own = self.forest.entry(part).rank;
        self.siblings(part).filter(|entry| entry.rank < own).map(|entry| entry.waiting).sum()
    }

    /// What an order has in the queue in which one of its parts stands, that part included.
    fn siblings(&self, part: u32) -> impl Iterator<Item = Entry> + '_ {
        let record = self.parts[part as usize];
        let demand = self.demand_of_line(&self.lines[record.line as usize]);
        // An order that is being placed has not all its lines yet.
        let lines = demand.lines().take_while(|&line| (line as usize) < self.lines.len());
        let siblings = lines.flat_map(|line| self.parts_of(line));
        let here = siblings.filter(move |&other| self.parts[other as usize].site == record.site);
        here.map(|other| self.forest.entry(other))
    }

    /// What an order for later waits for in all at the site of one of its parts.
    pub(crate) fn siblings_here(&self, part: u32) -> Quantity {
        self.siblings(part).map(|entry| entry.waiting).sum()
    }

    /// The instant of an order for later has come: it ranks by the instant it was placed, and takes
    /// what there is.
    pub(crate) fn release_order(&mut self, demand: u32) {
        let lines = self.demands[demand as usize].lines();
        let parts: Vec<u32> = lines.clone().flat_map(|line| self.parts_of(line)).collect();
        for part in parts {
            self.sites[self.parts[part as usize].site as usize].later_parts -= 1;
        }
        self.demands[demand as usize].allocate_from = 0;
        self.drop_release();
        lines.clone().for_each(|line| self.rerank_line(line));
        let open = lines.filter(|&line| self.lines[line as usize].open() > 0);
        let sites: Vec<u32> = open.flat_map(|line| self.standing_sites(line)).collect();
        sites.iter().for_each(|&site| self.touch_queue(site));
        self.serve_all(sites);
    }

    /// An order for later has come, or is gone.
    pub(crate) fn drop_release(&mut self) {
        let demands = &self.demands;
        self.releases.drop_one(|demand| {
            let demand = &demands[demand as usize];
            demand.allocate_from > 0 && demand.open_lines > 0
        });
    }
}

/// A stretch of a queue whose lines must leave so many units, and are overtaken by the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class {
    pub reserve: Quantity,
    /// The best priority in it.
    pub best: u8,
    /// The depth at which it ends.
    pub upto: Quantity,
}
