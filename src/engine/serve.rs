//! Units change hands: to the waiting lines by rank (rules §4), back from them when the shelf holds
//! less than is set aside (§6), and out of the queue when lines end.

use super::Engine;
use super::rank_tree::Rank;
use crate::model::outcome::{Event, EventKind, NEVER, NONE};
use crate::model::units::{Instant, Quantity, day_of, end_of_day};
use alloc::vec::Vec;

impl Engine {
    /// Gives the item's free units to its waiting lines, by rank. One event for each line that
    /// changed, and one when it has all it waits for.
    pub(crate) fn serve(&mut self, item: u32) {
        self.touch_better(item);
        let mut served: Vec<(u32, Quantity)> = Vec::new();
        loop {
            let record = &mut self.items[item as usize];
            let free = record.available();
            if free == 0 {
                break;
            }
            let Some(part) = self.forest.first_waiting(&record.root) else { break };
            let entry = self.forest.entry(part);
            let taken = free.min(entry.waiting);
            self.forest.update(&mut record.root, part, |entry| {
                entry.waiting -= taken;
                entry.set_aside += taken;
            });
            let line = self.parts[part as usize].line;
            self.lines[line as usize].allocated += taken;
            self.uncount_waiting(line, taken);
            self.count_wait(taken, entry.placed_at);
            if self.lines[line as usize].waiting == 0 {
                self.now_whole(line);
            }
            add_to(&mut served, line, taken, self.has_several_parts(line));
        }
        for (line, quantity) in served {
            let event = self.line_event(EventKind::LineAllocated, line);
            self.log.push(Event { quantity, ..event });
            if self.lines[line as usize].waiting == 0 {
                self.push_ready(line);
            }
        }
    }

    /// Takes set-aside units back until no more are set aside than stand on the shelf: holds yield
    /// before orders, the worst rank first.
    pub(crate) fn yield_units(&mut self, item: u32) {
        let record = &self.items[item as usize];
        if record.allocated() + record.held() > record.on_hand {
            self.enqueue_all(item);
        }
        let mut yielded: Vec<(u32, Quantity)> = Vec::new();
        loop {
            let record = &mut self.items[item as usize];
            let totals = record.root.totals();
            let excess = (totals.allocated + totals.held).saturating_sub(record.on_hand);
            if excess == 0 {
                break;
            }
            let held = totals.held > 0;
            let Some(part) = self.forest.worst_set_aside(&record.root, held) else { break };
            let taken = excess.min(self.forest.entry(part).set_aside);
            self.forest.update(&mut record.root, part, |entry| {
                entry.set_aside -= taken;
                entry.waiting += taken;
            });
            let line = self.parts[part as usize].line;
            self.lines[line as usize].allocated -= taken;
            self.count_waiting(line, taken);
            add_to(&mut yielded, line, taken, self.has_several_parts(line));
        }
        for (line, quantity) in yielded {
            let event = self.line_event(EventKind::LineDeallocated, line);
            self.log.push(Event { quantity, ..event });
        }
    }

    /// A line that may have been waiting has all its units now: it has a date, if nothing else is
    /// in the way, and gets a promise if it had none.
    pub(crate) fn now_whole(&mut self, line: u32) {
        if self.lines[line as usize].promise == NEVER {
            self.newly_whole.push(line);
        }
    }

    fn has_several_parts(&self, line: u32) -> bool {
        let record = &self.lines[line as usize];
        record.first_part != record.last_part
    }

    /// More of a line waits.
    pub(crate) fn count_waiting(&mut self, line: u32, quantity: Quantity) {
        let record = &mut self.lines[line as usize];
        if record.waiting == 0 {
            self.items[record.item as usize].waiting_lines += 1;
            self.demands[record.demand as usize].waiting_lines += 1;
        }
        record.waiting += quantity;
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
            self.items[record.item as usize].waiting_lines -= 1;
            self.demands[record.demand as usize].waiting_lines -= 1;
        }
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

    /// Takes a part out of the queue and off its line. What it had must be counted off already.
    pub(crate) fn remove_part(&mut self, line: u32, part: u32) {
        let record = &mut self.lines[line as usize];
        self.forest.remove(&mut self.items[record.item as usize].root, part);
        let next = self.parts[part as usize].next;
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

    /// Takes all that is left of a line out of the queue, and says how much that was.
    pub(crate) fn withdraw(&mut self, line: u32) -> Quantity {
        let had = self.deadline(line);
        let record = &self.lines[line as usize];
        let (left, waiting) = (record.open(), record.waiting);
        self.uncount_waiting(line, waiting);
        if self.is_shelved(line) {
            self.take_from_shelf(line, left);
        }
        let record = &mut self.lines[line as usize];
        record.allocated = 0;
        record.cancelled += left;
        while self.lines[line as usize].first_part != NONE {
            self.remove_part(line, self.lines[line as usize].first_part);
        }
        self.settle_deadline(line, had);
        self.close_line(line);
        left
    }

    /// Counts a line that has nothing left out of its demand.
    pub(crate) fn close_line(&mut self, line: u32) {
        let at = self.log.at;
        let demand = &mut self.demands[self.lines[line as usize].demand as usize];
        demand.open_lines -= 1;
        if demand.open_lines == 0 {
            demand.closed_at = at;
        }
    }

    /// Counts a line that has something again into its demand. A promised day that ended meanwhile
    /// was kept or missed when the line closed, and is not held against it any more.
    pub(crate) fn reopen_line(&mut self, line: u32) {
        let record = &mut self.lines[line as usize];
        record.broken |= record.promise != NEVER && end_of_day(day_of(record.promise)) <= self.log.at;
        let demand = &mut self.demands[record.demand as usize];
        demand.open_lines += 1;
        demand.closed_at = NEVER;
    }

    /// Moves a part to another rank.
    pub(crate) fn rerank_part(&mut self, part: u32, primary: u64) {
        let line = self.parts[part as usize].line;
        let root = &mut self.items[self.lines[line as usize].item as usize].root;
        let mut entry = self.forest.entry(part);
        entry.rank = Rank { primary, ..entry.rank };
        self.forest.remove(root, part);
        self.forest.insert(root, entry);
    }

    /// Re-ranks every part of an item after its ageing changed.
    pub(crate) fn rerank_item(&mut self, item: u32) {
        let root = &self.items[item as usize].root;
        let parts: Vec<u32> = self.forest.parts(root).collect();
        for part in parts {
            let line = &self.lines[self.parts[part as usize].line as usize];
            let priority = self.demand_of_line(line).priority;
            let placed_at = self.forest.entry(part).placed_at;
            self.rerank_part(part, self.items[item as usize].primary(priority, placed_at));
        }
    }
}

/// One row for each line, at the place where it first changed. Only a line with several parts can
/// come twice; for such a line the rows are searched.
fn add_to(changed: &mut Vec<(u32, Quantity)>, line: u32, quantity: Quantity, several_parts: bool) {
    let row = if several_parts { changed.iter_mut().find(|(other, _)| *other == line) } else { None };
    match row {
        Some((_, sum)) => *sum += quantity,
        None => changed.push((line, quantity)),
    }
}
