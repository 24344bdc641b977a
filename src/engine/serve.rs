//! Units change hands: to the waiting lines by rank or in shares (rules §4, §8), and back from them
//! when the shelf holds less than is set aside (§6).

use super::Engine;
use super::later::Later;
use super::store::Line;
use crate::model::command::Fulfilment;
use crate::model::outcome::{Event, EventKind, NEVER, NONE};
use crate::model::settings::{ItemSettings, Sharing, WholeLines};
use crate::model::sort;
use crate::model::units::Quantity;
use crate::policy::sharing;
use alloc::vec::Vec;

/// What a line gained or lost at a site of its item, in its own units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handed {
    pub line: u32,
    pub site: u32,
    pub units: Quantity,
}

impl Engine {
    /// Gives the site's free units to its waiting lines. One event for each line that changed, and
    /// one when it has all it waits for.
    pub(crate) fn serve(&mut self, site: u32) {
        self.touch_better(site);
        let record = &self.sites[site as usize];
        let settings = &self.items[record.item as usize].settings;
        if record.available(settings) == 0 || record.root.waiting() == 0 {
            return;
        }
        let mut served: Vec<Handed> = Vec::new();
        if settings.sharing == Sharing::FairShare {
            self.share_out(site, &mut served);
        } else if is_plain(settings) && record.later_parts == 0 {
            self.serve_by_rank(site, &mut served);
        } else {
            self.serve_who_may(site, &mut served);
        }
        let served = self.tell_served(served);
        if !self.skipping.is_empty() {
            self.serve_companions(&served);
        }
    }

    /// Says of each line what it gained where, and that it has all it waits for. The answer is one row for
    /// each line and place.
    pub(crate) fn tell_served(&mut self, served: Vec<Handed>) -> Vec<Handed> {
        let served = self.added_up(served);
        for (index, &Handed { line, site, units }) in served.iter().enumerate() {
            let event = self.line_event_at(EventKind::LineAllocated, line, site, units);
            self.log.push(event);
            // What a line takes whole it may have come to have at several places.
            let last = served.get(index + 1).is_none_or(|next| next.line != line);
            if last && self.lines[line as usize].waiting == 0 {
                self.push_ready(line);
            }
        }
        served
    }

    /// Serves sites, each once, in the order in which they first come.
    pub(crate) fn serve_all(&mut self, sites: Vec<u32>) {
        let firsts = sort::firsts(&sites, |site| *site);
        for (place, site) in sites.into_iter().enumerate() {
            if firsts[place] == place {
                self.serve(site);
            }
        }
    }

    /// The best rank that waits gets what it lacks, then the next. Where some priorities must leave
    /// units, those that rank behind the first that must may take none either.
    fn serve_by_rank(&mut self, site: u32, served: &mut Vec<Handed>) {
        loop {
            let record = &self.sites[site as usize];
            let settings = &self.items[record.item as usize].settings;
            let free = record.available(settings);
            if free == 0 {
                break;
            }
            let Some(part) = self.forest.first_waiting(&record.root) else { break };
            #[cfg(feature = "canary")]
            let second = self.forest.next_waiting(&record.root, part);
            #[cfg(feature = "canary")]
            let part = second.filter(|_| self.does(super::Fault::ServeOutOfOrder)).unwrap_or(part);
            let may_take = free.saturating_sub(settings.reserve(self.priority_of(part)));
            if may_take == 0 {
                break;
            }
            self.give_and_note(part, may_take, served);
        }
    }

    /// Every part that waits is looked at in turn; those that may take nothing now are passed over.
    fn serve_who_may(&mut self, site: u32, served: &mut Vec<Handed>) {
        let later = Later::of(self, site);
        let mut next = self.forest.first_waiting(&self.sites[site as usize].root);
        while let Some(part) = next {
            let record = &self.sites[site as usize];
            let settings = &self.items[record.item as usize].settings;
            let free = record.available(settings);
            if free == 0 {
                break;
            }
            if !self.comes_later(part) {
                let may_take = free.saturating_sub(settings.reserve(self.priority_of(part)));
                let may_take = may_take.min(self.spared(&later, site, self.forest.entry(part).rank));
                if self.skips(site) && self.ships_whole(part) {
                    self.give_whole(part, served);
                } else if may_take > 0 {
                    self.give_and_note(part, may_take, served);
                }
            }
            next = self.forest.next_waiting(&self.sites[site as usize].root, part);
        }
    }

    /// Arriving units in proportion to what each line lacks.
    fn share_out(&mut self, site: u32, served: &mut Vec<Handed>) {
        let record = &self.sites[site as usize];
        let mut parts: Vec<u32> = Vec::new();
        let mut next = self.forest.first_waiting(&record.root);
        while let Some(part) = next {
            next = self.forest.next_waiting(&record.root, part);
            if !self.comes_later(part) {
                parts.push(part);
            }
        }
        // What a line lacks is summed at the first of its parts; at the others that is nothing.
        let firsts = sort::firsts(&parts, |&part| self.parts[part as usize].line);
        let mut needs: Vec<Quantity> = alloc::vec![0; parts.len()];
        for (&part, &first) in parts.iter().zip(&firsts) {
            needs[first] += self.forest.entry(part).waiting;
        }
        let settings = &self.items[record.item as usize].settings;
        let mut shares = Vec::new();
        sharing::divide(record.available(settings), &needs, &mut shares);
        for (part, first) in parts.into_iter().zip(firsts) {
            let units = shares[first].min(self.forest.entry(part).waiting);
            if units > 0 {
                shares[first] -= units;
                self.give_and_note(part, units, served);
            }
        }
    }

    /// A part gets what it lacks of so many units.
    pub(crate) fn give_and_note(&mut self, part: u32, most: Quantity, served: &mut Vec<Handed>) {
        let record = self.parts[part as usize];
        let units = most.min(self.forest.entry(part).waiting);
        let gained = self.give(part, units);
        if self.forest.entry(part).waiting == 0 {
            self.waits_no_more(record.line);
        }
        if gained == 0 && !self.skipping.is_empty() {
            self.begun_kits.push(record.line);
        }
        self.note(served, record.line, record.site, gained);
    }

    /// One more row, at the place of the line.
    fn note(&self, rows: &mut Vec<Handed>, line: u32, site: u32, units: Quantity) {
        if units == 0 {
            return;
        }
        let record = &self.lines[line as usize];
        let mut site = site;
        if record.first_leg != NONE {
            let leg = self.leg_at(line, self.sites[site as usize].location);
            site = leg.map_or(site, |leg| self.legs[leg as usize].site);
        }
        rows.push(Handed { line, site, units });
    }

    /// One row for each line and place, where it first changed.
    fn added_up(&self, mut rows: Vec<Handed>) -> Vec<Handed> {
        if rows.len() < 2 {
            return rows;
        }
        let firsts = sort::firsts(&rows, |row| (row.line, row.site));
        for (place, first) in firsts.into_iter().enumerate().filter(|(place, first)| place != first) {
            rows[first].units += core::mem::take(&mut rows[place].units);
        }
        rows.retain(|row| row.units > 0);
        rows
    }

    /// Takes set-aside units back until no more are set aside than stand on the shelf: holds yield
    /// before orders, frozen orders last, the worst rank first.
    pub(crate) fn yield_units(&mut self, site: u32) {
        let record = &self.sites[site as usize];
        if record.allocated() + record.held() > record.on_hand {
            self.enqueue_all(site);
        }
        let mut yielded: Vec<Handed> = Vec::new();
        let mut unfrozen = None;
        loop {
            let record = &self.sites[site as usize];
            let totals = record.root.totals();
            let excess = (totals.allocated + totals.held).saturating_sub(record.on_hand);
            if excess == 0 {
                break;
            }
            let Some(part) = self.next_to_yield(site, &mut unfrozen) else { break };
            let taken = excess.min(self.forest.entry(part).set_aside);
            let lost = self.take_away(part, taken);
            self.note(&mut yielded, self.parts[part as usize].line, site, lost);
        }
        let yielded = self.added_up(yielded);
        self.tell_lost(&yielded);
    }

    /// `unfrozen` is what of unfrozen orders may still yield, once a frozen one has come to its turn.
    fn next_to_yield(&self, site: u32, unfrozen: &mut Option<Vec<u32>>) -> Option<u32> {
        let root = &self.sites[site as usize].root;
        if root.totals().held > 0 {
            return self.forest.worst_set_aside(root, true);
        }
        let worst = self.forest.worst_set_aside(root, false);
        if !worst.is_some_and(|part| self.is_frozen(part)) {
            return worst;
        }
        let has = |part: &u32| self.forest.entry(*part).set_aside > 0;
        let yields = |part: &u32| has(part) && !self.is_frozen(*part);
        let unfrozen = unfrozen.get_or_insert_with(|| self.forest.parts(root).filter(yields).collect());
        while unfrozen.last().is_some_and(|part| !has(part)) {
            unfrozen.pop();
        }
        unfrozen.last().copied().or(worst)
    }

    /// Says of each line what it lost.
    pub(crate) fn tell_lost(&mut self, lost: &[Handed]) {
        for &Handed { line, site, units } in lost {
            let event = self.line_event_at(EventKind::LineDeallocated, line, site, units);
            self.log.push(event);
        }
    }

    /// A line may have all its units now, or those of its last component without a date: it has a
    /// date, if nothing else is in the way, and gets a promise if it had none.
    pub(crate) fn now_whole(&mut self, line: u32) {
        if self.lines[line as usize].promise == NEVER {
            self.newly_whole.push(line);
        }
    }

    /// The same of a line that waited. A promise that it has may not stand: what it got may have to wait
    /// longer than that.
    pub(crate) fn waits_no_more(&mut self, line: u32) {
        let Line { promise, waiting, .. } = self.lines[line as usize];
        if promise == NEVER || waiting == 0 && self.is_late_by_itself(line) {
            self.newly_whole.push(line);
        }
    }

    pub(crate) fn push_ready(&mut self, line: u32) {
        let quantity = self.lines[line as usize].allocated;
        let event = self.line_event(EventKind::LineReady, line);
        self.log.push(Event { quantity, ..event });
    }

    pub(crate) fn priority_of(&self, part: u32) -> u8 {
        self.demand_of_part(part).priority
    }

    fn is_frozen(&self, part: u32) -> bool {
        self.demand_of_part(part).frozen
    }

    /// Whether a part is of an order that takes no units yet.
    pub(crate) fn comes_later(&self, part: u32) -> bool {
        self.demand_of_part(part).allocate_from > 0
    }

    pub(crate) fn ships_whole(&self, part: u32) -> bool {
        self.demand_of_part(part).fulfilment != Fulfilment::Partial
    }

    fn demand_of_part(&self, part: u32) -> &super::store::Demand {
        self.demand_of_line(&self.lines[self.parts[part as usize].line as usize])
    }
}

/// Whether the best rank that waits is always the one to be served, and may take all there is but
/// what its priority must leave.
fn is_plain(settings: &ItemSettings) -> bool {
    let in_order = settings.protection.is_empty() || !settings.is_protected();
    settings.whole_lines == WholeLines::Collect && in_order
}
