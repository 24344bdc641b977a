//! What leaves the shop, and what comes back (rules §5, §6).

use super::records::Line;
use super::stock::known_location;
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::command::{Fulfilment, ShipLine};
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::settings::Lifecycle;
use backorder::model::units::{Instant, Quantity};

impl Shop {
    /// Exactly the units named, or all that may ship.
    pub(super) fn ship(
        &mut self,
        order: &str,
        lines: Option<&[ShipLine]>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let leaving = match lines {
            Some(lines) => self.named_units(demand, lines, now)?,
            None => self.all_that_may_ship(demand, now)?,
        };
        for (line, quantity) in leaving {
            self.ship_line(demand, line, quantity, now);
        }
        Ok(Touched::default())
    }

    fn named_units(
        &self,
        demand: usize,
        named: &[ShipLine],
        now: Instant,
    ) -> Result<Vec<(usize, Quantity)>, Refusal> {
        let mut leaving = Vec::new();
        for (at, line) in named.iter().enumerate() {
            let index = self.line_index(demand, line.line, &format!("lines[{at}].line"))?;
            leaving.push((index, line.quantity));
        }
        for (at, line) in named.iter().enumerate() {
            known_location(line.location, &format!("lines[{at}].location"))?;
        }
        for (at, &(line, quantity)) in leaving.iter().enumerate() {
            if quantity > self.demands[demand].lines[line].allocated() {
                return refuse(Reason::NotAllocated, format!("lines[{at}].quantity"));
            }
        }
        for (at, &(line, quantity)) in leaving.iter().enumerate() {
            if !self.may_ship(demand, line, quantity, now) {
                return refuse(Reason::NotReady, format!("lines[{at}].quantity"));
            }
        }
        Ok(leaving)
    }

    fn all_that_may_ship(&self, demand: usize, now: Instant) -> Result<Vec<(usize, Quantity)>, Refusal> {
        let lines = &self.demands[demand].lines;
        let mut leaving = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let quantity = largest_part(line);
            if quantity > 0 && self.may_ship(demand, index, quantity, now) {
                leaving.push((index, quantity));
            }
        }
        if leaving.is_empty() {
            let set_aside = lines.iter().any(|line| line.allocated() > 0);
            let reason = if set_aside { Reason::NotReady } else { Reason::NotAllocated };
            return refuse(reason, "order");
        }
        Ok(leaving)
    }

    /// Whether so many of the units set aside may leave now.
    fn may_ship(&self, demand: usize, line: usize, quantity: Quantity, now: Instant) -> bool {
        let record = &self.demands[demand];
        if record.shipping.not_before.is_some_and(|not_before| now < not_before) {
            return false;
        }
        match record.shipping.fulfilment {
            Fulfilment::Partial => {
                self.is_released(&record.lines[line], now) && is_worth_shipping(&record.lines[line], quantity)
            }
            Fulfilment::Line => {
                self.is_released(&record.lines[line], now) && record.lines[line].waiting() == 0
            }
            Fulfilment::Order => {
                let mut open = record.lines.iter().filter(|line| !line.is_closed());
                open.all(|line| self.is_released(line, now) && line.waiting() == 0)
            }
        }
    }

    fn is_released(&self, line: &Line, now: Instant) -> bool {
        match self.item(&line.sku).map(|item| item.settings.lifecycle) {
            Some(Lifecycle::Preorder { release_at }) => release_at.is_some_and(|at| now >= at),
            _ => true,
        }
    }

    /// Units leave from the best-ranked part first, which is the oldest.
    fn ship_line(&mut self, demand: usize, line: usize, quantity: Quantity, now: Instant) {
        let record = &mut self.demands[demand].lines[line];
        let mut left = quantity;
        for part in &mut record.parts {
            let taken = part.allocated.min(left);
            part.allocated -= taken;
            left -= taken;
        }
        record.shipped += quantity;
        let all_gone = record.is_closed();
        let kept = all_gone && record.promise.is_some_and(|promise| !promise.broken);
        if all_gone {
            self.tally.count_shipped(record, now);
        }
        let sku = record.sku.clone();
        if let Some(item) = self.items.iter_mut().find(|item| item.sku == sku) {
            item.on_hand -= quantity;
        }
        self.tell_units(now, EventKind::LineShipped, (demand, line), quantity);
        if kept {
            self.tell_promise(now, EventKind::PromiseKept, demand, line);
        }
    }

    /// At most what was shipped and has not come back.
    pub(super) fn take_back(
        &mut self,
        order: &str,
        line: &str,
        (quantity, restock): (Quantity, bool),
        location: Option<&str>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let index = self.line_index(demand, line, "line")?;
        known_location(location, "location")?;
        let record = &mut self.demands[demand].lines[index];
        if quantity > record.shipped - record.returned {
            return refuse(Reason::NotShipped, "quantity");
        }
        record.returned += quantity;
        let sku = record.sku.clone();
        if restock {
            self.put_on_shelf(&sku, quantity)?;
        }
        self.tell_units(now, EventKind::LineReturned, (demand, index), quantity);
        Ok(if restock { Touched::item(&sku) } else { Touched::default() })
    }
}

/// A part is worth shipping when it is all that is left, or when both it and what stays behind are
/// large enough.
fn is_worth_shipping(line: &Line, quantity: Quantity) -> bool {
    let stays = line.left() - quantity;
    stays == 0 || (quantity >= line.min_shipment && stays >= line.min_shipment)
}

/// The largest part of what is set aside that may be worth shipping.
fn largest_part(line: &Line) -> Quantity {
    let all = line.allocated();
    if line.waiting() == 0 { all } else { all.min(line.left().saturating_sub(line.min_shipment)) }
}
