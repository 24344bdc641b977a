//! `cancelOrder` and `archive`: the ends of orders (rules §6).

use super::deadlines::Deadlines;
use super::ends::HoldEnds;
use super::{Engine, refuse};
use crate::model::command::Fulfilment;
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, EventKind, NONE, Reason, Rejection};
use crate::model::units::{Instant, day_of};
use crate::model::view::{HoldState, SupplyState};
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn cancel_order(&mut self, id: &str, names: Option<&[&str]>) -> Result<(), Rejection> {
        let demand = self.find_order(id)?;
        let lines: Vec<u32> = match names {
            None => self.demands[demand as usize].lines().collect(),
            Some(names) => {
                let found = names.iter().enumerate();
                let found =
                    found.map(|(place, name)| self.find_line(demand, name, || format!("lines[{place}]")));
                found.collect::<Result<_, _>>()?
            }
        };
        if lines.iter().all(|&line| self.lines[line as usize].open() == 0) {
            return Err(self.nothing_left(&lines, id));
        }

        let mut freed: Vec<u32> = Vec::new();
        for line in lines {
            if self.lines[line as usize].open() == 0 {
                continue;
            }
            freed.push(self.lines[line as usize].item);
            let quantity = self.withdraw(line);
            let event = self.line_event(EventKind::LineCancelled, line);
            self.log.push(Event { quantity, ..event });
        }
        for item in freed {
            self.serve(item);
        }
        self.rest_may_be_whole(demand);
        Ok(())
    }

    fn nothing_left(&self, lines: &[u32], id: &str) -> Rejection {
        if lines.iter().any(|&line| self.lines[line as usize].cancelled > 0) {
            return refuse(Reason::AlreadyCancelled, "order", format!("order \"{id}\" is cancelled already"));
        }
        refuse(Reason::AlreadyShipped, "order", format!("order \"{id}\" has shipped; it can be returned"))
    }

    /// Where an order ships whole, its date was that of its latest line, which may be gone.
    pub(crate) fn rest_may_be_whole(&mut self, demand: u32) {
        let record = &self.demands[demand as usize];
        if record.fulfilment == Fulfilment::Order {
            for line in record.lines() {
                self.now_whole(line);
                self.touch_better(self.lines[line as usize].item);
            }
        }
    }

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
        let (mut demands, mut lines) = (Vec::new(), Vec::new());
        for mut demand in core::mem::take(&mut self.demands) {
            let number = demands.len() as u32;
            let stays = demand.open_lines > 0 || demand.closed_at >= before;
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
        self.relink_shelves();
        self.hold_ends = HoldEnds::default();
        for (demand, number) in self.demands.iter().zip(0..) {
            if demand.hold != NONE && demand.hold_state == HoldState::Open {
                self.hold_ends.add(demand.ends_at, demand.sequence, number);
            }
        }
    }

    /// Links the lines that stand outside the queue anew, after they were renumbered.
    fn relink_shelves(&mut self) {
        for item in &mut self.items {
            (item.first_shelved, item.shelved_allocated, item.shelved_held) = (NONE, 0, 0);
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
        due.sort_unstable();
        self.deadlines = Deadlines::default();
        for (number, line) in due {
            self.deadlines.add(day_of(self.lines[line as usize].promise), line, number);
        }
    }
}
