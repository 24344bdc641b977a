//! `archive`: what closed is dropped, and what stays moves together.

use super::Engine;
use super::deadlines::Deadlines;
use super::ends::Ends;
use super::store::Leg;
use crate::model::ids::IdMap;
use crate::model::outcome::NONE;
use crate::model::sort;
use crate::model::units::Instant;
use crate::model::view::{HoldState, SupplyState};
use alloc::vec::Vec;

impl Engine {
    /// Drops what closed before an instant; the ids stay known.
    pub(crate) fn archive(&mut self, before: Instant) {
        for supply in &mut self.supplies {
            supply.archived |= supply.state != SupplyState::Open && supply.closed_at < before;
        }
        for item in &mut self.items {
            item.supplies.retain(|&supply| !self.supplies[supply as usize].archived);
        }
        self.drop_demands(before);
        self.drop_line_names();
        self.rebuild_deadlines();
    }

    /// Names of lines are kept only as long as a line or an event bears them.
    fn drop_line_names(&mut self) {
        let old = core::mem::replace(&mut self.line_names, IdMap::new(self.seed));
        let lines = self.lines.iter_mut().map(|line| &mut line.name);
        let events = self.log.all_mut().map(|event| &mut event.line);
        for name in lines.chain(events).filter(|name| **name != NONE) {
            *name = self.line_names.intern(old.name(*name));
        }
    }

    /// Moves the demands that stay, and their lines, to the front.
    fn drop_demands(&mut self, before: Instant) {
        let (mut demands, mut lines, mut legs) = (Vec::new(), Vec::new(), Vec::new());
        let mut moved: Vec<(u32, u32)> = Vec::new();
        let mut named = core::mem::take(&mut self.line_locations).into_iter().peekable();
        for mut demand in core::mem::take(&mut self.demands) {
            let number = demands.len() as u32;
            let closed = demand.open_lines == 0 && demand.closed_at < before;
            let stays = !closed || self.owes_refund(demand.lines());
            for (id, known) in [(demand.order, &mut self.orders), (demand.hold, &mut self.holds)] {
                if let Some(known) = known.get_mut(id as usize) {
                    known.demand = if stays { number } else { NONE };
                }
            }
            if !stays {
                continue;
            }
            let first_line = lines.len() as u32;
            for old in demand.lines() {
                let mut line = self.lines[old as usize];
                line.demand = number;
                if self.notices.is_some() {
                    moved.push((old, lines.len() as u32));
                }
                while named.next_if(|(line, _)| *line < old).is_some() {}
                if let Some((_, locations)) = named.next_if(|(line, _)| *line == old) {
                    self.line_locations.push((lines.len() as u32, locations));
                }
                line.first_leg = self.move_legs(line.first_leg, &mut legs);
                let mut part = line.first_part;
                while part != NONE {
                    let record = &mut self.parts[part as usize];
                    record.line = lines.len() as u32;
                    part = record.next;
                }
                lines.push(line);
            }
            demand.first_line = first_line;
            demands.push(demand);
        }
        self.demands = demands;
        self.lines = lines;
        self.legs = legs;
        self.relink_shelves();
        self.rebuild_ends();
        self.move_followed(&moved);
    }

    /// Moves the places of a line that stays; the answer is where they begin now.
    fn move_legs(&self, first: u32, legs: &mut Vec<Leg>) -> u32 {
        let start = legs.len() as u32;
        let mut leg = first;
        while leg != NONE {
            let record = self.legs[leg as usize];
            leg = record.next;
            let next = if leg == NONE { NONE } else { legs.len() as u32 + 1 };
            legs.push(Leg { next, ..record });
        }
        if first == NONE { NONE } else { start }
    }

    /// Enters the ends of holds and the instants of orders for later anew.
    pub(crate) fn rebuild_ends(&mut self) {
        (self.hold_ends, self.releases) = (Ends::default(), Ends::default());
        for (demand, number) in self.demands.iter().zip(0..) {
            if demand.hold != NONE && demand.hold_state == HoldState::Open {
                self.hold_ends.add(demand.ends_at, demand.sequence, number);
            }
            if demand.allocate_from > 0 && demand.open_lines > 0 {
                self.releases.add(demand.allocate_from, demand.sequence, number);
            }
        }
    }

    /// Links the lines that stand outside the queue anew, after they were renumbered.
    fn relink_shelves(&mut self) {
        for site in self.sites.iter_mut().filter(|site| site.first_shelved != NONE) {
            self.items[site.item as usize].wanted -= site.shelved_allocated + site.shelved_held;
            (site.first_shelved, site.shelved_allocated, site.shelved_held) = (NONE, 0, 0);
        }
        for line in 0..self.lines.len() as u32 {
            if self.is_shelved(line) {
                self.shelve(line);
            }
        }
    }

    /// Enters the deadlines of all lines anew, in the order in which the promises were made.
    pub(crate) fn rebuild_deadlines(&mut self) {
        let due = self.lines.iter().zip(0..).filter(|(line, _)| line.has_deadline());
        let mut due: Vec<(u64, u32)> = due.map(|(line, number)| (line.promise_number, number)).collect();
        sort::ascending(&mut due);
        self.deadlines = Deadlines::default();
        for (number, line) in due {
            let end = self.end_of_local_day(line, self.lines[line as usize].promise);
            self.deadlines.add(end, line, number);
        }
    }
}
