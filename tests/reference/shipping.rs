//! What leaves the shop, and what comes back (rules §5, §6).

use super::records::{Line, Place};
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
        for (line, quantity, location) in leaving {
            self.ship_line(demand, line, quantity, location, now);
        }
        Ok(Touched::default())
    }

    fn named_units<'a>(
        &self,
        demand: usize,
        named: &[ShipLine<'a>],
        now: Instant,
    ) -> Result<Vec<Leaving<'a>>, Refusal> {
        let mut leaving = Vec::new();
        for (at, line) in named.iter().enumerate() {
            let index = self.line_index(demand, line.line, &format!("lines[{at}].line"))?;
            leaving.push((index, line.quantity, line.location));
        }
        for (at, line) in named.iter().enumerate() {
            if let Some(location) = line.location {
                self.find_location(Some(location), &format!("lines[{at}].location"))?;
            }
        }
        for (at, &(line, quantity, location)) in leaving.iter().enumerate() {
            let record = self.line(demand, line);
            let set_aside =
                location.map_or_else(|| record.allocated(), |location| record.allocated_at(location));
            if quantity > set_aside {
                return refuse(Reason::NotAllocated, format!("lines[{at}].quantity"));
            }
        }
        for (at, &(line, quantity, _)) in leaving.iter().enumerate() {
            if !self.may_ship(demand, line, quantity, now) {
                return refuse(Reason::NotReady, format!("lines[{at}].quantity"));
            }
        }
        Ok(leaving)
    }

    fn all_that_may_ship<'a>(&self, demand: usize, now: Instant) -> Result<Vec<Leaving<'a>>, Refusal> {
        let lines = &self.demands[demand].lines;
        let mut leaving = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let quantity = largest_part(line);
            if quantity > 0 && self.may_ship(demand, index, quantity, now) {
                leaving.push((index, quantity, None));
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

    /// Units leave from the best-ranked part first, which is the oldest; one event for each place.
    fn ship_line(
        &mut self,
        demand: usize,
        line: usize,
        quantity: Quantity,
        location: Option<&str>,
        now: Instant,
    ) {
        let mut left = quantity;
        let mut shipped: Vec<(String, Quantity)> = Vec::new();
        let made_of = self.made_of(&self.line(demand, line).sku);
        for (at, _) in self.line(demand, line).shipped_from.clone() {
            self.demands[demand].lines[line].gather(&at);
        }
        for part in &mut self.demands[demand].lines[line].parts {
            if location.is_some_and(|location| part.location != location) {
                continue;
            }
            let taken = part.whole().min(left);
            left -= taken;
            part.wanted -= taken;
            for entry in &mut part.entries {
                entry.allocated -= taken * entry.per;
            }
            match shipped.iter_mut().find(|(known, _)| *known == part.location) {
                Some((_, sum)) => *sum += taken,
                None if taken > 0 => shipped.push((part.location.clone(), taken)),
                None => {}
            }
        }
        for (location, units) in shipped {
            let record = &mut self.demands[demand].lines[line];
            record
                .shipped_from
                .iter_mut()
                .filter(|(at, _)| *at == location)
                .for_each(|(_, sum)| *sum += units);
            for (leaf, per) in &made_of {
                if let Some(stand) = self.stand_mut(&Place::new(leaf, &location)) {
                    stand.on_hand -= units * per;
                }
            }
            self.tell_units(now, EventKind::LineShipped, (demand, line), &location, units);
        }
        let record = &mut self.demands[demand].lines[line];
        record.tidy();
        if record.is_closed() {
            let kept = record.promise.is_some_and(|promise| !promise.broken);
            let ends = |promised: Instant| self.end_of_local_day(demand, line, promised);
            let promises = self.demands[demand].lines[line].record;
            let ends = (promises.first_promise.map(ends), promises.last_promise.map(ends));
            self.tally.count_shipped(ends, now);
            if kept {
                self.tell_promise(now, EventKind::PromiseKept, demand, line);
            }
        }
    }

    /// At most what was shipped and has not come back. A kit comes back as what it is made of.
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
        let location = match location {
            None if !restock => self.line(demand, index).first_location().map(str::to_owned),
            _ => Some(self.find_location(location, "location")?),
        };
        let record = &mut self.demands[demand].lines[index];
        if quantity > record.shipped() - record.returned {
            return refuse(Reason::NotShipped, "quantity");
        }
        record.returned += quantity;
        let sku = record.sku.clone();
        let mut places = Vec::new();
        if let (true, Some(location)) = (restock, &location) {
            for (leaf, per) in self.made_of(&sku) {
                let place = Place::new(&leaf, location);
                self.put_on_shelf(&place, quantity.saturating_mul(per))?;
                places.push(place);
            }
        }
        self.tell_line(now, EventKind::LineReturned, (demand, index), location, Some(quantity));
        Ok(Touched::stock(places))
    }
}

/// So many units of a line, from one location or from anywhere.
type Leaving<'a> = (usize, Quantity, Option<&'a str>);

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
