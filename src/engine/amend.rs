//! `amendLine`, `amendOrder`, `reprioritise`: changing one's mind (rules §6).

use super::place::{Ask, Terms};
use super::{Engine, refuse};
use crate::model::command::Fulfilment;
use crate::model::outcome::{Event, EventKind, NEVER, Reason, Rejection};
use crate::model::settings::Change;
use crate::model::units::{Instant, MAX_LINES, Quantity};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn amend_line(
        &mut self,
        order: &str,
        name: &str,
        quantity: Quantity,
    ) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let line = self.find_line(demand, name, || "line".into())?;
        let record = self.lines[line as usize];
        if record.cancelled > 0 {
            let message = format!("line \"{name}\" is cancelled; place a new order");
            return Err(refuse(Reason::AlreadyCancelled, "line", message));
        }
        if quantity < record.shipped {
            let message = format!("{} units have shipped; return them instead", record.shipped);
            return Err(refuse(Reason::AlreadyShipped, "quantity", message));
        }
        match quantity.checked_sub(record.quantity) {
            None => {
                self.enqueue(line);
                self.lower_line(line, record.quantity - quantity);
                Ok(())
            }
            Some(0) => Ok(()),
            Some(more) => self.raise_line(line, more),
        }
    }

    /// Gives up waiting units first, then set-aside ones, from the last in rank.
    fn lower_line(&mut self, line: u32, less: Quantity) {
        let had = self.deadline(line);
        let record = &self.lines[line as usize];
        let (demand, item) = (record.demand, record.item);
        let from_waiting = less.min(record.waiting);
        let from_set_aside = less - from_waiting;
        self.give_up(line, from_waiting, from_set_aside);
        self.uncount_waiting(line, from_waiting);
        let record = &mut self.lines[line as usize];
        record.allocated -= from_set_aside;
        record.quantity -= less;
        let (waits, open) = (record.waiting > 0, record.open() > 0);
        if from_set_aside > 0 {
            let event = self.line_event(EventKind::LineDeallocated, line);
            self.log.push(Event { quantity: from_set_aside, ..event });
        }
        if !waits && open && from_waiting > 0 {
            self.push_ready(line);
            self.now_whole(line);
        }
        self.settle_deadline(line, had);
        if !open {
            self.close_line(line);
        }
        self.serve(item);
        self.rest_may_be_whole(demand);
    }

    fn give_up(&mut self, line: u32, mut waiting: Quantity, mut set_aside: Quantity) {
        let root = self.lines[line as usize].item as usize;
        let mut parts: Vec<u32> = self.parts_of(line).collect();
        parts.reverse();
        for part in parts {
            let entry = self.forest.entry(part);
            let (less, fewer) = (waiting.min(entry.waiting), set_aside.min(entry.set_aside));
            waiting -= less;
            set_aside -= fewer;
            if less == entry.waiting && fewer == entry.set_aside {
                self.remove_part(line, part);
            } else if less + fewer > 0 {
                self.forest.update(&mut self.items[root].root, part, |entry| {
                    entry.waiting -= less;
                    entry.set_aside -= fewer;
                });
            }
        }
    }

    /// Added units are new demand, ranked as of now at the order's present priority.
    fn raise_line(&mut self, line: u32, more: Quantity) -> Result<(), Rejection> {
        let record = self.lines[line as usize];
        let demand = self.demands[record.demand as usize];
        let terms = Terms { placed_at: self.log.at, ..demand.terms() };
        let counted = demand.lines().map(|line| &self.lines[line as usize]);
        let counted = counted.filter(|line| line.item == record.item);
        let counted = counted.map(|line| line.quantity - line.cancelled).fold(0, u64::saturating_add);
        let ask = Ask { item: record.item, quantity: more, before: 0, counted };
        let plan = self.plan(&ask, &terms, self.this_sequence());
        let at = |field: &str| String::from(if field.is_empty() { "quantity" } else { &field[1..] });
        self.refuse_demand(&ask, &plan, terms.shipping.latest, &at)?;
        if self.parts_of(line).count() >= MAX_LINES {
            let message = format!("a line may be raised {MAX_LINES} times at the most; place another order");
            return Err(refuse(Reason::LimitExceeded, "quantity", message));
        }

        self.enqueue(line);
        if record.open() == 0 {
            self.reopen_line(line);
        }
        self.add_part(line, &plan, &terms);
        // The line is promised for its last part, which is the one just added.
        let date = match (self.date_to_hold(line, self.log.at), plan.ships.date) {
            (Some(rest), Some(added)) => Some(rest.max(added)),
            _ => None,
        };
        match demand.fulfilment {
            Fulfilment::Order => demand.lines().for_each(|line| self.hold_promise(line, date)),
            Fulfilment::Partial | Fulfilment::Line => self.hold_promise(line, date),
        }
        Ok(())
    }

    pub(crate) fn amend_order(
        &mut self,
        order: &str,
        fulfilment: Change<Fulfilment>,
        not_before: Change<Instant>,
        latest: Change<Instant>,
    ) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        if let Some(Some(latest)) = latest {
            self.check_promises_by(demand, latest)?;
        }

        let dates = self.dates_to_hold(demand);
        let record = &mut self.demands[demand as usize];
        if let Some(fulfilment) = fulfilment {
            record.fulfilment = fulfilment.unwrap_or_default();
        }
        if let Some(not_before) = not_before {
            record.not_before = not_before.unwrap_or(0);
        }
        if let Some(latest) = latest {
            record.latest = latest.unwrap_or(NEVER);
        }
        self.hold_what_became_later(demand, &dates);
        Ok(())
    }

    pub(crate) fn reprioritise(&mut self, order: &str, priority: u8) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let record = &mut self.demands[demand as usize];
        if record.priority == priority {
            return Ok(());
        }
        record.priority = priority;
        for line in record.lines() {
            let item = self.lines[line as usize].item;
            let parts: Vec<u32> = self.parts_of(line).collect();
            for part in parts {
                let placed_at = self.forest.entry(part).placed_at;
                self.rerank_part(part, self.items[item as usize].primary(priority, placed_at));
            }
            self.touch_all(item);
        }
        Ok(())
    }
}
