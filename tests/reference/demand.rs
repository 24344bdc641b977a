//! Orders and holds: placed, confirmed, released, amended and cancelled (rules §3, §6, §11).

use super::records::{Demand, Line, Part};
use super::stock::known_location;
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::command::{Fulfilment, OrderLine, ShippingSettings};
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::settings::{Backorders, Change, Lifecycle};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::HoldState;

impl Shop {
    pub(super) fn order_index(&self, id: &str) -> Result<usize, Refusal> {
        match self.demands.iter().position(|demand| demand.order.as_deref() == Some(id)) {
            Some(index) => Ok(index),
            None => refuse(Reason::UnknownOrder, "order"),
        }
    }

    pub(super) fn line_index(&self, demand: usize, id: &str, path: &str) -> Result<usize, Refusal> {
        match self.demands[demand].line_index(id) {
            Some(index) => Ok(index),
            None => refuse(Reason::UnknownLine, path),
        }
    }

    /// An id that is known though nothing bears it any more: that of something that was archived.
    fn was_archived(&self, space: &'static str, id: &str) -> bool {
        self.contents.contains_key(&(space, id.to_owned()))
    }

    /// The hold, if it still holds.
    fn open_hold(&self, id: &str) -> Result<usize, Refusal> {
        let is_it = |demand: &Demand| demand.hold.as_ref().is_some_and(|hold| hold.id == id);
        match self.demands.iter().position(is_it) {
            Some(index) if self.demands[index].is_open_hold() => Ok(index),
            Some(_) => refuse(Reason::HoldExpired, "hold"),
            None if self.was_archived("hold", id) => refuse(Reason::HoldExpired, "hold"),
            None => refuse(Reason::UnknownHold, "hold"),
        }
    }

    /// Line after line is checked and takes its units, so that demand adds up over the lines; a
    /// refusal undoes them all.
    pub(super) fn place(
        &mut self,
        demand: Demand,
        lines: &[OrderLine],
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let latest = demand.shipping.latest;
        let kind = if demand.order.is_some() { EventKind::OrderPlaced } else { EventKind::HoldPlaced };
        let index = self.demands.len();
        self.demands.push(demand);
        for (at, asked) in lines.iter().enumerate() {
            self.place_line(index, asked, at, now)?;
            if is_too_late(self.own_date(index, at, now).date, latest) {
                return refuse(Reason::TooLate, format!("lines[{at}]"));
            }
        }
        if kind == EventKind::OrderPlaced {
            self.tally.count_order(&self.demands[index].lines);
        }
        self.tell_demand(now, kind, index);
        let mut touched = Touched::default();
        for line in 0..lines.len() {
            self.tell_new_units(index, line, 0, now);
            self.promise(index, line, self.date_of(index, line, now).date, now);
            touched.add(&self.demands[index].lines[line].sku);
        }
        Ok(touched)
    }

    fn place_line(
        &mut self,
        demand: usize,
        asked: &OrderLine,
        index: usize,
        now: Instant,
    ) -> Result<(), Refusal> {
        let path = format!("lines[{index}]");
        if self.item(asked.sku).is_none() {
            return refuse(Reason::UnknownItem, format!("{path}.sku"));
        }
        for (at, location) in asked.locations.iter().flatten().enumerate() {
            known_location(Some(location), &format!("{path}.locations[{at}]"))?;
        }
        let path = format!("{path}.quantity");
        let part = self.new_part(demand, asked.sku, asked.quantity, &path, now)?;
        self.demands[demand].lines.push(Line::new(asked, index, part));
        Ok(())
    }

    /// New demand takes what is available; what is lacking waits, if it may (rules §3.3, §3.4). A
    /// count may make all that is open wait, so all of it stays within what a number can tell.
    fn new_part(
        &self,
        demand: usize,
        sku: &str,
        quantity: Quantity,
        path: &str,
        now: Instant,
    ) -> Result<Part, Refusal> {
        let Some(item) = self.item(sku) else { return refuse(Reason::UnknownItem, path) };
        let wanted = self.demands[demand].units_wanted(sku) + u128::from(quantity);
        if item.settings.max_per_order.is_some_and(|most| wanted > u128::from(most)) {
            return refuse(Reason::MaxPerOrder, path);
        }
        let allocated = quantity.min(self.available(sku));
        let waiting = quantity - allocated;
        let all_waiting = u128::from(self.waiting_units(sku)) + u128::from(waiting);
        let all_open =
            u128::from(self.set_aside(sku)) + u128::from(self.waiting_units(sku)) + u128::from(quantity);
        let queues_nothing = item.settings.backorders == Backorders::Deny
            || item.settings.lifecycle == Lifecycle::Discontinued;
        if waiting > 0 && queues_nothing {
            return refuse(Reason::OutOfStock, path);
        }
        match item.settings.backorders {
            Backorders::Limit(most) if waiting > 0 && all_waiting > u128::from(most) => {
                refuse(Reason::BackorderLimit, path)
            }
            _ if all_open > u128::from(MAX_SAFE) => refuse(Reason::LimitExceeded, path),
            _ => Ok(Part { placed_at: now, sequence: self.commands_applied, allocated, waiting }),
        }
    }

    /// The events of one new part: what it has, and that the line is ready or what it lacks.
    fn tell_new_units(&mut self, demand: usize, line: usize, part: usize, now: Instant) {
        let Part { allocated, waiting, .. } = self.demands[demand].lines[line].parts[part];
        if allocated > 0 {
            self.tell_units(now, EventKind::LineAllocated, (demand, line), allocated);
        }
        if waiting > 0 {
            self.tell_units(now, EventKind::LineBackordered, (demand, line), waiting);
        }
        self.tell_if_ready(now, (demand, line));
    }

    /// The hold becomes an order: rank, units and promise stay (rules §11).
    pub(super) fn confirm(
        &mut self,
        hold: &str,
        order: &str,
        settings: &ShippingSettings,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.open_hold(hold)?;
        let lines = &self.demands[demand].lines;
        if lines.iter().any(|line| is_too_late(line.promise.map(|promise| promise.date), settings.latest)) {
            return refuse(Reason::TooLate, "latest");
        }
        let record = &mut self.demands[demand];
        record.order = Some(order.to_owned());
        record.shipping = *settings;
        record.ordered_by = self.commands_applied;
        if let Some(hold) = &mut record.hold {
            hold.state = HoldState::Confirmed;
            hold.closed_at = Some(now);
        }
        self.tally.count_order(&self.demands[demand].lines);
        self.tell_demand(now, EventKind::OrderPlaced, demand);
        Ok(Touched { demands: vec![demand], ..Touched::default() })
    }

    pub(super) fn release(&mut self, hold: &str, now: Instant) -> Result<Touched, Refusal> {
        let demand = self.open_hold(hold)?;
        Ok(self.end_hold(demand, EventKind::HoldReleased, now))
    }

    /// The line shall have this quantity, what has shipped included (rules §6).
    pub(super) fn amend_line(
        &mut self,
        order: &str,
        line: &str,
        quantity: Quantity,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let index = self.line_index(demand, line, "line")?;
        let record = &self.demands[demand].lines[index];
        if record.cancelled > 0 {
            return refuse(Reason::AlreadyCancelled, "line");
        }
        if quantity < record.shipped {
            return refuse(Reason::AlreadyShipped, "quantity");
        }
        match quantity.checked_sub(record.quantity) {
            Some(0) => Ok(Touched::default()),
            Some(added) => self.extend_line(demand, index, added, now),
            None => Ok(self.shrink_line(demand, index, quantity, now)),
        }
    }

    /// Added units are new demand, and a part of their own, ranked as of now.
    fn extend_line(
        &mut self,
        demand: usize,
        line: usize,
        added: Quantity,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let sku = self.demands[demand].lines[line].sku.clone();
        let part = self.new_part(demand, &sku, added, "quantity", now)?;
        let record = &mut self.demands[demand].lines[line];
        record.quantity += added;
        record.parts.push(part);
        let new_part = record.parts.len() - 1;
        if is_too_late(self.own_date(demand, line, now).date, self.demands[demand].shipping.latest) {
            return refuse(Reason::TooLate, "quantity");
        }
        self.tell_new_units(demand, line, new_part, now);
        self.hold_against_estimate(demand, line, true, now);
        Ok(Touched::item(&sku))
    }

    /// Waiting units go first, then allocated ones, the last in rank first.
    fn shrink_line(&mut self, demand: usize, line: usize, quantity: Quantity, now: Instant) -> Touched {
        let record = &mut self.demands[demand].lines[line];
        let given_up = record.quantity - quantity;
        record.quantity = quantity;
        let waited = record.waiting() > 0;
        let mut left = given_up;
        for part in record.parts.iter_mut().rev() {
            let taken = part.waiting.min(left);
            part.waiting -= taken;
            left -= taken;
        }
        let freed = left;
        for part in record.parts.iter_mut().rev() {
            let taken = part.allocated.min(left);
            part.allocated -= taken;
            left -= taken;
        }
        let sku = record.sku.clone();
        if freed > 0 {
            self.tell_units(now, EventKind::LineDeallocated, (demand, line), freed);
        }
        if waited {
            self.tell_if_ready(now, (demand, line));
        }
        Touched { demands: vec![demand], ..Touched::item(&sku) }
    }

    /// Other settings for what has not shipped. A `latest` before a promise that stands is too late.
    pub(super) fn amend_order(
        &mut self,
        order: &str,
        fulfilment: Change<Fulfilment>,
        not_before: Change<Instant>,
        latest: Change<Instant>,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let shipping = &mut self.demands[demand].shipping;
        if let Some(given) = fulfilment {
            shipping.fulfilment = given.unwrap_or_default();
        }
        if let Some(given) = not_before {
            shipping.not_before = given;
        }
        if let Some(given) = latest {
            shipping.latest = given;
        }
        if let Some(Some(given)) = latest {
            let lines = &self.demands[demand].lines;
            let mut open = lines.iter().filter(|line| !line.is_closed());
            if open.any(|line| is_too_late(line.promise.map(|promise| promise.date), Some(given))) {
                return refuse(Reason::TooLate, "latest");
            }
        }
        Ok(Touched { demands: vec![demand], ..Touched::default() })
    }

    /// Re-ranks all that has not shipped; the instant placed stays.
    pub(super) fn reprioritise(&mut self, order: &str, priority: u8) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let record = &mut self.demands[demand];
        let mut touched = Touched::default();
        if record.priority != priority {
            record.priority = priority;
            for line in record.lines.iter().filter(|line| line.waiting() > 0) {
                touched.add(&line.sku);
            }
        }
        Ok(touched)
    }

    /// What is shipped stays shipped; lines with nothing left are passed over (rules §6).
    pub(super) fn cancel(
        &mut self,
        order: &str,
        lines: Option<&[&str]>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let chosen = match lines {
            None => (0..self.demands[demand].lines.len()).collect(),
            Some(ids) => ids
                .iter()
                .enumerate()
                .map(|(at, id)| self.line_index(demand, id, &format!("lines[{at}]")))
                .collect::<Result<Vec<usize>, Refusal>>()?,
        };
        let records = &self.demands[demand].lines;
        if chosen.iter().all(|&line| records[line].is_closed()) {
            let cancelled = chosen.iter().any(|&line| records[line].cancelled > 0);
            let reason = if cancelled { Reason::AlreadyCancelled } else { Reason::AlreadyShipped };
            return refuse(reason, "order");
        }
        let mut touched = Touched { demands: vec![demand], ..Touched::default() };
        for line in chosen {
            let given_up = self.demands[demand].lines[line].give_up();
            if given_up > 0 {
                self.tell_units(now, EventKind::LineCancelled, (demand, line), given_up);
                touched.add(&self.demands[demand].lines[line].sku);
            }
        }
        Ok(touched)
    }
}

/// No date is too late as soon as there is a latest; a date at `latest` is not (rules §3.4).
fn is_too_late(date: Option<Instant>, latest: Option<Instant>) -> bool {
    latest.is_some_and(|latest| date.is_none_or(|date| date > latest))
}
