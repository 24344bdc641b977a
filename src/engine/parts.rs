//! Parts of lines in their queues, and the sums of lines and places that follow from them.
//!
//! A line of one place has its units in one queue, and says itself what it has. A line of several
//! places has a [`Leg`] for each; a kit's line has a part in the queue of every component, and has as
//! many whole kits as the scarcest of them makes.

use super::Engine;
use super::plans::Terms;
use super::rank_tree::{Entry, Rank};
use super::store::{Component, Item, Leg, Line, Part};
use crate::model::outcome::{NEVER, NONE};
use crate::model::sort;
use crate::model::units::{DAY_MS, Instant, Quantity};
use alloc::vec::Vec;

impl Item {
    /// Rank by rules §2: priority, then the number of the command, which is also the order of
    /// instants, then the place in the order. With ageing, the instant moved by the priority's days.
    /// What stands before all that is the turn.
    pub fn rank(&self, turn: u64, terms: &Terms, sequence: u64, place: u32) -> Rank {
        let primary = self.primary(terms.priority, terms.placed_at);
        Rank { turn, primary, tie: sequence << 10 | u64::from(place) }
    }

    /// The part of a rank that settings decide.
    pub fn primary(&self, priority: u8, placed_at: Instant) -> u64 {
        match self.settings.ageing_days {
            // At most 2^53 + 255 × 10^8 × 86,400,000 < 2^63.
            Some(days) => placed_at + u64::from(priority) * days * DAY_MS,
            None => u64::from(priority),
        }
    }

    /// The turn of who has this promise and takes units from this instant on: where promises are
    /// kept the promise; else now, or behind all others until its instant.
    pub fn turn(&self, promise: Instant, allocate_from: Instant) -> u64 {
        if self.settings.is_protected() { promise } else { allocate_from }
    }
}

/// Units that a part begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begin {
    pub site: u32,
    pub waiting: Quantity,
    pub set_aside: Quantity,
    pub beyond: Quantity,
}

impl Engine {
    /// What an item is made of: itself, unless it is a kit.
    pub(crate) fn made_of(&self, item: u32) -> impl Iterator<Item = Component> + '_ {
        let kit = &self.items[item as usize].kit;
        let itself = kit.is_empty().then_some(Component { item, per_kit: 1 });
        kit.iter().copied().chain(itself)
    }

    /// Puts a new part of a line into the queue of a site, and says what waits ahead of it there.
    pub(crate) fn enter_part(
        &mut self,
        line: u32,
        begin: Begin,
        terms: &Terms,
        sequence: u64,
    ) -> (u32, Quantity) {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        let item = &self.items[self.sites[begin.site as usize].item as usize];
        let turn = item.turn(record.promise, demand.allocate_from);
        let rank = item.rank(turn, terms, sequence, record.place);
        // Nothing is fixed for a line that is promised nothing.
        let beyond = if record.promise == NEVER { 0 } else { begin.beyond };
        self.insert_part(line, Begin { beyond, ..begin }, rank, terms.placed_at)
    }

    /// Puts a new part of a line into the queue of a site, at a rank, and says what waits ahead of it.
    pub(crate) fn insert_part(
        &mut self,
        line: u32,
        begin: Begin,
        rank: Rank,
        placed_at: Instant,
    ) -> (u32, Quantity) {
        let Begin { site, waiting, set_aside, beyond } = begin;
        let waited = waiting > 0 && self.waits_at(line, site);
        let part = self.new_part(line, site, beyond, rank.tie);
        let record = &self.lines[line as usize];
        let promise_day = self.promise_day(line, site);
        let demand = &self.demands[record.demand as usize];
        let (held, later) = (demand.is_hold(), demand.allocate_from > 0);
        let entry = Entry { rank, part, waiting, set_aside, held, placed_at, promise_day };
        let record = &mut self.sites[site as usize];
        record.later_parts += u32::from(later);
        record.waiting_lines += u64::from(waiting > 0 && !waited);
        let item = &mut self.items[record.item as usize];
        item.waiting += waiting;
        item.wanted += waiting + set_aside;
        let ahead = self.forest.insert(&mut record.root, entry);
        (part, ahead)
    }

    /// Whether a line waits at a site.
    pub(crate) fn waits_at(&self, line: u32, site: u32) -> bool {
        let here = |part: &u32| self.parts[*part as usize].site == site;
        self.parts_of(line).filter(here).any(|part| self.forest.entry(part).waiting > 0)
    }

    /// A part has other units now; the answer is what it had. What its line has, and has at the place,
    /// is for the caller to say.
    pub(crate) fn change_part(&mut self, part: u32, change: impl FnOnce(&mut Entry)) -> Entry {
        let Part { line, site, .. } = self.parts[part as usize];
        let record = &mut self.sites[site as usize];
        let (before, after) = self.forest.update(&mut record.root, part, change);
        let item = &mut self.items[record.item as usize];
        item.waiting = item.waiting - before.waiting + after.waiting;
        item.wanted = item.wanted - before.units() + after.units();
        if (before.waiting > 0) != (after.waiting > 0) && !self.others_wait(line, part, site) {
            let lines = &mut self.sites[site as usize].waiting_lines;
            if after.waiting > 0 { *lines += 1 } else { *lines -= 1 }
        }
        before
    }

    fn others_wait(&self, line: u32, part: u32, site: u32) -> bool {
        let record = &self.lines[line as usize];
        if record.first_part == record.last_part {
            return false;
        }
        let others =
            self.parts_of(line).filter(|&other| other != part && self.parts[other as usize].site == site);
        others.into_iter().any(|other| self.forest.entry(other).waiting > 0)
    }

    /// A part gets units that it waits for. The answer is by how many units its line has more at the
    /// place: in kits, where it is a kit's.
    pub(crate) fn give(&mut self, part: u32, units: Quantity) -> Quantity {
        let before = self.change_part(part, |entry| {
            entry.waiting -= units;
            entry.set_aside += units;
        });
        let Part { line, site, .. } = self.parts[part as usize];
        let gained = self.follow(line, site, units, 0);
        self.count_wait(gained, before.placed_at);
        gained
    }

    /// A part loses units that are set aside for it, and waits for them again. The answer is by how
    /// many units its line has less at the place.
    pub(crate) fn take_away(&mut self, part: u32, units: Quantity) -> Quantity {
        self.change_part(part, |entry| {
            entry.waiting += units;
            entry.set_aside -= units;
        });
        let Part { line, site, .. } = self.parts[part as usize];
        self.follow(line, site, 0, units)
    }

    /// A part waits for more. What its line has is for the caller to say.
    pub(crate) fn wait_more(&mut self, part: u32, units: Quantity) {
        self.change_part(part, |entry| entry.waiting += units);
    }

    /// A part gives units up for good. What its line has is for the caller to say.
    pub(crate) fn drop_units(&mut self, part: u32, waiting: Quantity, set_aside: Quantity) {
        if waiting + set_aside == 0 {
            return;
        }
        let before = self.change_part(part, |entry| {
            entry.waiting -= waiting;
            entry.set_aside -= set_aside;
        });
        if before.units() == waiting + set_aside {
            self.remove_part(part);
        }
    }

    /// After `gained` units of a part were set aside, or `lost` no longer are: what the line has
    /// follows. The answer is by how many units that changed at the place.
    fn follow(&mut self, line: u32, site: u32, gained: Quantity, lost: Quantity) -> Quantity {
        let record = &mut self.lines[line as usize];
        if record.first_leg == NONE {
            record.allocated = record.allocated + gained - lost;
            self.uncount_waiting(line, gained);
            self.count_waiting(line, lost);
            return gained + lost;
        }
        let Some(leg) = self.leg_at(line, self.sites[site as usize].location) else { return 0 };
        let before = self.legs[leg as usize].allocated;
        self.recount_leg(line, leg);
        self.legs[leg as usize].allocated.abs_diff(before)
    }

    /// Counts anew what a line has at a place, by its parts there.
    pub(crate) fn recount_leg(&mut self, line: u32, leg: u32) {
        let record = self.lines[line as usize];
        let before = self.legs[leg as usize];
        let location = self.sites[before.site as usize].location;
        // Of each component what it has, and what it has or waits for.
        let mut sums: Vec<(Quantity, Quantity)> = self.made_of(record.item).map(|_| (0, 0)).collect();
        for (component, part) in self.parts_by_component(line, location) {
            let entry = self.forest.entry(part);
            sums[component].0 += entry.set_aside;
            sums[component].1 += entry.units();
        }
        let whole = |units: fn(&(Quantity, Quantity)) -> Quantity| {
            let made_of = self.made_of(record.item).zip(&sums);
            made_of.map(|(component, sums)| units(sums) / component.per_kit).min().unwrap_or(0)
        };
        let (allocated, open) = (whole(|sums| sums.0), whole(|sums| sums.1));
        let waiting = open - allocated;
        let leg = &mut self.legs[leg as usize];
        (leg.allocated, leg.waiting) = (allocated, waiting);
        if self.items[record.item as usize].is_kit() {
            self.count_kits(line, before, allocated, waiting);
        }
        let line_record = &mut self.lines[line as usize];
        line_record.allocated = line_record.allocated - before.allocated + allocated;
        self.count_waiting(line, waiting.saturating_sub(before.waiting));
        self.uncount_waiting(line, before.waiting.saturating_sub(waiting));
    }

    /// The parts of a line at a location, each with the place of its component among those that the item
    /// is made of, in that order. Looked through once, as there may be very many.
    pub(crate) fn parts_by_component(&self, line: u32, location: u32) -> Vec<(usize, u32)> {
        let made_of = self.made_of(self.lines[line as usize].item);
        let mut places: Vec<(u32, usize)> = made_of.map(|component| component.item).zip(0..).collect();
        sort::ascending(&mut places);
        let component = |part: u32| {
            let at = &self.sites[self.parts[part as usize].site as usize];
            let found = places.binary_search_by_key(&at.item, |(item, _)| *item).ok()?;
            (at.location == location).then_some((places[found].1, part))
        };
        let mut found: Vec<(usize, u32)> = self.parts_of(line).filter_map(component).collect();
        sort::by_key(&mut found, |(place, _)| *place);
        found
    }

    /// The sums of a kit, of which nothing stands in a queue.
    fn count_kits(&mut self, line: u32, before: Leg, allocated: Quantity, waiting: Quantity) {
        let held = self.demand_of_line(&self.lines[line as usize]).is_hold();
        let site = &mut self.sites[before.site as usize];
        let sum = site.shelved_sum(held);
        *sum = *sum - before.allocated + allocated;
        site.kits_waiting = site.kits_waiting - before.waiting + waiting;
        match (before.waiting > 0, waiting > 0) {
            (false, true) => site.waiting_lines += 1,
            (true, false) => site.waiting_lines -= 1,
            _ => {}
        }
    }

    /// A line of one place is to have more: what it has there is said by a leg from now on.
    pub(crate) fn spread_line(&mut self, line: u32) {
        let Line { site, allocated, waiting, shipped, first_leg, .. } = self.lines[line as usize];
        if first_leg == NONE {
            self.push_leg(line, Leg { site, allocated, waiting, shipped, next: NONE });
        }
    }

    /// The place of a line at a location, where it has one.
    pub(crate) fn leg_at(&self, line: u32, location: u32) -> Option<u32> {
        let at = |&leg: &u32| self.sites[self.legs[leg as usize].site as usize].location == location;
        self.legs_of(line).find(at)
    }

    /// The place of a line at a site of its item, which begins if there is none.
    pub(crate) fn leg_for(&mut self, line: u32, site: u32) -> u32 {
        let location = self.sites[site as usize].location;
        if let Some(leg) = self.leg_at(line, location) {
            return leg;
        }
        self.push_leg(line, Leg { site, allocated: 0, waiting: 0, shipped: 0, next: NONE })
    }

    fn push_leg(&mut self, line: u32, leg: Leg) -> u32 {
        let number = self.legs.len() as u32;
        let last = self.legs_of(line).last();
        self.legs.push(leg);
        match last {
            Some(last) => self.legs[last as usize].next = number,
            None => self.lines[line as usize].first_leg = number,
        }
        number
    }

    /// The places of a line of several, in the order in which they came to be.
    pub(crate) fn legs_of(&self, line: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.lines[line as usize].first_leg;
        core::iter::successors((first != NONE).then_some(first), |&leg| {
            let next = self.legs[leg as usize].next;
            (next != NONE).then_some(next)
        })
    }

    /// More of a line waits.
    pub(crate) fn count_waiting(&mut self, line: u32, quantity: Quantity) {
        if quantity == 0 {
            return;
        }
        let record = &mut self.lines[line as usize];
        if record.waiting == 0 {
            self.waiting_lines += 1;
            self.demands[record.demand as usize].waiting_lines += 1;
        }
        record.waiting += quantity;
        self.waiting_units += u128::from(quantity);
        if record.unit_price != NEVER {
            let value = u128::from(quantity) * u128::from(record.unit_price);
            self.tally.waiting_value = self.tally.waiting_value.saturating_add(value);
        }
    }

    /// Less of a line waits.
    pub(crate) fn uncount_waiting(&mut self, line: u32, quantity: Quantity) {
        if quantity == 0 {
            return;
        }
        let record = &mut self.lines[line as usize];
        record.waiting -= quantity;
        if record.waiting == 0 {
            self.waiting_lines -= 1;
            self.demands[record.demand as usize].waiting_lines -= 1;
        }
        self.waiting_units -= u128::from(quantity);
        if record.unit_price != NEVER {
            let value = u128::from(quantity) * u128::from(record.unit_price);
            self.tally.waiting_value = self.tally.waiting_value.saturating_sub(value);
        }
    }

    fn count_wait(&mut self, quantity: Quantity, placed_at: Instant) {
        let waited_ms = u128::from(quantity) * u128::from(self.log.at - placed_at);
        self.tally.waited_units = self.tally.waited_units.saturating_add(quantity);
        self.tally.waited_unit_ms = self.tally.waited_unit_ms.saturating_add(waited_ms);
    }

    /// A new part of a line, behind those of its rank or a better one.
    fn new_part(&mut self, line: u32, site: u32, beyond: Quantity, tie: u64) -> u32 {
        let before = self.parts_of(line).take_while(|&part| self.forest.entry(part).rank.tie <= tie).last();
        let part = Part { line, next: NONE, site, beyond };
        let number = match self.free_part {
            NONE => {
                self.parts.push(part);
                self.parts.len() as u32 - 1
            }
            free => {
                self.free_part = self.parts[free as usize].next;
                self.parts[free as usize] = part;
                free
            }
        };
        let record = &mut self.lines[line as usize];
        let next = match before {
            Some(before) => &mut self.parts[before as usize].next,
            None => &mut record.first_part,
        };
        let next = core::mem::replace(next, number);
        self.parts[number as usize].next = next;
        if next == NONE {
            record.last_part = number;
        }
        number
    }

    /// Takes a part out of the queue and off its line. It waits for nothing any more, or its whole
    /// line goes.
    pub(crate) fn remove_part(&mut self, part: u32) {
        let Part { line, site, next, .. } = self.parts[part as usize];
        let entry = self.forest.entry(part);
        if entry.waiting > 0 {
            self.change_part(part, |entry| entry.waiting = 0);
        }
        let record = &self.lines[line as usize];
        let later = self.demands[record.demand as usize].allocate_from > 0;
        let at = &mut self.sites[site as usize];
        at.later_parts -= u32::from(later);
        self.items[at.item as usize].wanted -= entry.set_aside;
        self.forest.remove(&mut at.root, part);
        let record = &mut self.lines[line as usize];
        if record.first_part == part {
            record.first_part = next;
            if next == NONE {
                record.last_part = NONE;
            }
        } else {
            let mut before = record.first_part;
            while self.parts[before as usize].next != part {
                before = self.parts[before as usize].next;
            }
            self.parts[before as usize].next = next;
            if record.last_part == part {
                record.last_part = before;
            }
        }
        self.parts[part as usize].next = self.free_part;
        self.free_part = part;
    }

    /// Takes all that is left of a line out of its queues, and says how much that was.
    pub(crate) fn withdraw(&mut self, line: u32) -> Quantity {
        let had = self.deadline(line);
        let left = self.lines[line as usize].open();
        if self.is_shelved(line) {
            self.take_from_shelf(line, left);
        }
        while self.lines[line as usize].first_part != NONE {
            self.remove_part(self.lines[line as usize].first_part);
        }
        if self.lines[line as usize].first_leg == NONE {
            self.uncount_waiting(line, self.lines[line as usize].waiting);
            self.lines[line as usize].allocated = 0;
        } else {
            let legs: Vec<u32> = self.legs_of(line).collect();
            legs.into_iter().for_each(|leg| self.recount_leg(line, leg));
        }
        self.lines[line as usize].cancelled += left;
        self.settle_deadline(line, had);
        self.close_line(line);
        left
    }

    /// Counts a line that has nothing left out of its demand.
    pub(crate) fn close_line(&mut self, line: u32) {
        self.notice_line(line);
        let at = self.log.at;
        let record = &self.lines[line as usize];
        self.items[record.item as usize].open_lines -= 1;
        let demand = &mut self.demands[record.demand as usize];
        demand.open_lines -= 1;
        if demand.open_lines == 0 {
            demand.closed_at = at;
            if demand.allocate_from > 0 {
                self.drop_release();
            }
        }
    }

    /// Counts a line that has something again into its demand. A promised day that ended meanwhile
    /// was kept or missed when the line closed, and is not held against it any more.
    pub(crate) fn reopen_line(&mut self, line: u32) {
        self.notice_line(line);
        let promise = self.lines[line as usize].promise;
        let ended = promise != NEVER && self.end_of_local_day(line, promise) <= self.log.at;
        let record = &mut self.lines[line as usize];
        record.broken |= ended;
        self.items[record.item as usize].open_lines += 1;
        let demand = &mut self.demands[record.demand as usize];
        demand.open_lines += 1;
        demand.closed_at = NEVER;
    }

    /// Moves a part to another rank.
    pub(crate) fn rerank_part(&mut self, part: u32, rank: Rank) {
        let root = &mut self.sites[self.parts[part as usize].site as usize].root;
        let mut entry = self.forest.entry(part);
        if entry.rank == rank {
            return;
        }
        entry.rank = rank;
        self.forest.remove(root, part);
        self.forest.insert(root, entry);
    }

    /// The rank that a part has by the present settings of its item and its order.
    pub(crate) fn rank_of_part(&self, part: u32) -> Rank {
        let record = &self.parts[part as usize];
        let line = &self.lines[record.line as usize];
        let demand = self.demand_of_line(line);
        let item = &self.items[self.sites[record.site as usize].item as usize];
        let entry = self.forest.entry(part);
        Rank {
            turn: item.turn(line.promise, demand.allocate_from),
            primary: item.primary(demand.priority, entry.placed_at),
            tie: entry.rank.tie,
        }
    }

    /// Moves every part of a line to the rank that it has now.
    pub(crate) fn rerank_line(&mut self, line: u32) {
        let mut part = self.lines[line as usize].first_part;
        while part != NONE {
            let rank = self.rank_of_part(part);
            self.rerank_part(part, rank);
            part = self.parts[part as usize].next;
        }
    }

    /// Re-ranks every part of a site after the item's settings changed.
    pub(crate) fn rerank_site(&mut self, site: u32) {
        let root = &self.sites[site as usize].root;
        let parts: Vec<u32> = self.forest.parts(root).collect();
        for part in parts {
            let rank = self.rank_of_part(part);
            self.rerank_part(part, rank);
        }
    }
}
