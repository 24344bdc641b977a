//! `ship` and `return`: units leave, and come back (rules §5, §6).

use super::{Engine, names, refuse};
use crate::model::command::{Fulfilment, ShipLine};
use crate::model::outcome::{Event, EventKind, Reason, Rejection};
use crate::model::units::Quantity;
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn ship(&mut self, order: &str, lines: Option<&[ShipLine]>) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let parcel = match lines {
            Some(lines) => self.asked_parcel(demand, lines)?,
            None => self.largest_parcel(demand)?,
        };
        for (line, quantity) in parcel {
            self.ship_line(line, quantity);
        }
        Ok(())
    }

    /// Exactly the units that are asked, or a refusal: `notAllocated` before `notReady`.
    fn asked_parcel(&self, demand: u32, lines: &[ShipLine]) -> Result<Vec<(u32, Quantity)>, Rejection> {
        let mut parcel = Vec::with_capacity(lines.len());
        for (place, asked) in lines.iter().enumerate() {
            let line = self.find_line(demand, asked.line, || format!("lines[{place}].line"))?;
            parcel.push((line, asked.quantity));
        }
        for (place, asked) in lines.iter().enumerate() {
            names::check_location(asked.location, || format!("lines[{place}].location"))?;
        }
        let may_leave = self.order_may_leave(demand);
        for (place, &(line, quantity)) in parcel.iter().enumerate() {
            let allocated = self.lines[line as usize].allocated;
            if quantity > allocated {
                let message = format!("{quantity} units are asked and {allocated} are set aside");
                return Err(refuse(Reason::NotAllocated, format!("lines[{place}].quantity"), message));
            }
        }
        for (place, &(line, quantity)) in parcel.iter().enumerate() {
            if !may_leave || !self.may_leave(line) || !self.may_ship(line, quantity) {
                let message = "these units are set aside, but may not ship yet: see fulfilment, minShipment, notBefore and release";
                return Err(refuse(Reason::NotReady, format!("lines[{place}].quantity"), message));
            }
        }
        Ok(parcel)
    }

    /// All that may ship.
    fn largest_parcel(&self, demand: u32) -> Result<Vec<(u32, Quantity)>, Rejection> {
        let lines = self.demands[demand as usize].lines();
        let may_leave = self.order_may_leave(demand);
        let parcel: Vec<(u32, Quantity)> = lines
            .clone()
            .filter(|&line| may_leave && self.may_leave(line))
            .map(|line| (line, self.largest_part(line)))
            .filter(|&(_, quantity)| quantity > 0)
            .collect();
        if !parcel.is_empty() {
            return Ok(parcel);
        }
        let set_aside = lines.map(|line| self.lines[line as usize].allocated).any(|units| units > 0);
        Err(if set_aside {
            let message = "units are set aside, but may not ship yet: see fulfilment, minShipment, notBefore and release";
            refuse(Reason::NotReady, "order", message)
        } else {
            refuse(Reason::NotAllocated, "order", "nothing is set aside for this order")
        })
    }

    /// Whether anything of an order may ship now: its instant has come, and where it ships whole,
    /// all of it may.
    fn order_may_leave(&self, demand: u32) -> bool {
        let record = &self.demands[demand as usize];
        let mut open = record.lines().filter(|&line| self.lines[line as usize].open() > 0);
        let whole = record.fulfilment != Fulfilment::Order
            || (record.waiting_lines == 0 && open.all(|line| self.is_released(line)));
        record.not_before <= self.log.at && whole
    }

    /// Whether anything of a line may ship now, as far as the line is concerned.
    fn may_leave(&self, line: u32) -> bool {
        let record = &self.lines[line as usize];
        let whole = self.demand_of_line(record).fulfilment == Fulfilment::Line;
        self.is_released(line) && (!whole || record.waiting == 0)
    }

    fn is_released(&self, line: u32) -> bool {
        let release = self.items[self.lines[line as usize].item as usize].release();
        release.is_some_and(|release| release <= self.log.at)
    }

    /// Whether so many units may ship by themselves: all that the line still has to ship, or a part
    /// that like what stays behind is worth a shipment. A line that is whole and must be ships in
    /// any parts.
    fn may_ship(&self, line: u32, quantity: Quantity) -> bool {
        let record = &self.lines[line as usize];
        let least = record.min_shipment;
        let stays = record.open() - quantity;
        self.demand_of_line(record).fulfilment != Fulfilment::Partial
            || stays == 0
            || (quantity >= least && stays >= least)
    }

    fn largest_part(&self, line: u32) -> Quantity {
        let record = &self.lines[line as usize];
        if self.may_ship(line, record.allocated) {
            return record.allocated;
        }
        // What stays behind must be worth a shipment too.
        let least = record.min_shipment;
        let most = record.allocated.min(record.open().saturating_sub(least));
        if most >= least { most } else { 0 }
    }

    fn ship_line(&mut self, line: u32, quantity: Quantity) {
        let had = self.deadline(line);
        let item = self.lines[line as usize].item as usize;
        self.items[item].on_hand -= quantity;
        let shelved = self.is_shelved(line);
        if shelved {
            self.take_from_shelf(line, quantity);
        }
        let mut left = if shelved { 0 } else { quantity };
        while left > 0 {
            let Some(part) = self.first_part_set_aside(line) else { break };
            let entry = self.forest.entry(part);
            let taken = left.min(entry.set_aside);
            left -= taken;
            if entry.waiting == 0 && taken == entry.set_aside {
                self.remove_part(line, part);
            } else {
                self.forest.update(&mut self.items[item].root, part, |entry| entry.set_aside -= taken);
            }
        }
        assert!(left == 0, "a line has all the units that are set aside for it");
        let record = &mut self.lines[line as usize];
        record.allocated -= quantity;
        record.shipped += quantity;
        let open = record.open();
        let event = self.line_event(EventKind::LineShipped, line);
        self.log.push(Event { quantity, ..event });
        if open == 0 {
            self.line_shipped_whole(line, self.log.at);
            self.close_line(line);
        }
        self.settle_deadline(line, had);
    }

    fn first_part_set_aside(&self, line: u32) -> Option<u32> {
        self.parts_of(line).find(|&part| self.forest.entry(part).set_aside > 0)
    }

    pub(crate) fn take_back(
        &mut self,
        order: &str,
        name: &str,
        quantity: Quantity,
        restock: bool,
        location: Option<&str>,
    ) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let line = self.find_line(demand, name, || "line".into())?;
        names::check_location(location, || "location".into())?;
        let record = self.lines[line as usize];
        let out = record.shipped - record.returned;
        if quantity > out {
            let message = format!("{quantity} units cannot come back: {out} are with the customer");
            return Err(refuse(Reason::NotShipped, "quantity", message));
        }
        if restock {
            self.check_on_hand(record.item, quantity, "quantity")?;
        }

        self.lines[line as usize].returned += quantity;
        let event = self.line_event(EventKind::LineReturned, line);
        self.log.push(Event { quantity, ..event });
        if restock {
            self.items[record.item as usize].on_hand += quantity;
            self.serve(record.item);
        }
        Ok(())
    }
}
