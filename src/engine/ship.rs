//! `ship` and `return`: units leave, and come back (rules §5, §6).

use super::store::Component;
use super::{Engine, refuse};
use crate::model::command::{Fulfilment, ShipLine};
use crate::model::outcome::{Event, EventKind, NONE, Reason, Rejection};
use crate::model::sort;
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
        for Sent { line, quantity, location } in parcel {
            self.ship_line(line, quantity, location);
        }
        Ok(())
    }

    /// Exactly the units that are asked, or a refusal: `notAllocated` before `notReady`.
    fn asked_parcel(&self, demand: u32, lines: &[ShipLine]) -> Result<Vec<Sent>, Rejection> {
        let mut parcel = Vec::with_capacity(lines.len());
        for (place, asked) in lines.iter().enumerate() {
            let line = self.find_line(demand, asked.line, || format!("lines[{place}].line"))?;
            parcel.push(Sent { line, quantity: asked.quantity, location: NONE });
        }
        for (place, (asked, sent)) in lines.iter().zip(&mut parcel).enumerate() {
            if let Some(name) = asked.location {
                sent.location = self.find_location(Some(name), || format!("lines[{place}].location"))?;
            }
        }
        let may_leave = self.order_may_leave(demand);
        for (place, sent) in parcel.iter().enumerate() {
            let (asked, allocated) = (sent.quantity, self.set_aside_at(sent.line, sent.location));
            if asked > allocated {
                let message = format!("{asked} units are asked and {allocated} are set aside");
                return Err(refuse(Reason::NotAllocated, format!("lines[{place}].quantity"), message));
            }
        }
        for (place, sent) in parcel.iter().enumerate() {
            if !may_leave || !self.may_leave(sent.line) || !self.may_ship(sent.line, sent.quantity) {
                return Err(refuse(Reason::NotReady, format!("lines[{place}].quantity"), NOT_READY));
            }
        }
        Ok(parcel)
    }

    /// What a line has at a location, or anywhere.
    fn set_aside_at(&self, line: u32, location: u32) -> Quantity {
        let record = &self.lines[line as usize];
        if location == NONE {
            return record.allocated;
        }
        if record.first_leg == NONE {
            let here = self.sites[record.site as usize].location == location;
            return if here { record.allocated } else { 0 };
        }
        self.leg_at(line, location).map_or(0, |leg| self.legs[leg as usize].allocated)
    }

    /// All that may ship. Most lines of an order that ships often have left, so those that have nothing
    /// are passed over before their items are looked up.
    fn largest_parcel(&self, demand: u32) -> Result<Vec<Sent>, Rejection> {
        let lines = self.demands[demand as usize].lines();
        let mut set_aside = lines.filter(|&line| self.lines[line as usize].allocated > 0).peekable();
        if set_aside.peek().is_none() {
            return Err(refuse(Reason::NotAllocated, "order", "nothing is set aside for this order"));
        }
        let may_leave = self.order_may_leave(demand);
        let parcel: Vec<Sent> = set_aside
            .filter(|&line| may_leave && self.may_leave(line))
            .map(|line| Sent { line, quantity: self.largest_part(line), location: NONE })
            .filter(|sent| sent.quantity > 0)
            .collect();
        match parcel.is_empty() {
            true => Err(refuse(Reason::NotReady, "order", NOT_READY)),
            false => Ok(parcel),
        }
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
        let release = self.items[self.lines[line as usize].item as usize].settings.release();
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

    /// Ships units of a line from a location, or from its places in their order.
    fn ship_line(&mut self, line: u32, quantity: Quantity, location: u32) {
        let had = self.deadline(line);
        let shipped = if self.is_shelved(line) {
            let site = self.lines[line as usize].site;
            self.leave_shelf(site, quantity);
            self.take_from_shelf(line, quantity);
            alloc::vec![(site, quantity)]
        } else {
            self.ship_portions(line, quantity, location)
        };
        if self.lines[line as usize].first_leg == NONE {
            self.lines[line as usize].allocated -= quantity;
        }
        self.lines[line as usize].shipped += quantity;
        for (site, units) in shipped {
            let event = self.line_event_at(EventKind::LineShipped, line, site, units);
            self.log.push(event);
        }
        if self.lines[line as usize].open() == 0 {
            self.line_shipped_whole(line, self.log.at);
            self.close_line(line);
        }
        self.settle_deadline(line, had);
    }

    /// Units of the best-ranked parts ship first, of one rank in the order of the places.
    fn ship_portions(&mut self, line: u32, quantity: Quantity, location: u32) -> Vec<(u32, Quantity)> {
        let mut legs: Vec<u32> = self.legs_of(line).collect();
        legs.retain(|&leg| {
            location == NONE || self.sites[self.legs[leg as usize].site as usize].location == location
        });
        legs.iter().for_each(|&leg| self.gather(line, leg));
        let only = legs.is_empty().then_some(self.lines[line as usize].site);
        let sites = legs.iter().map(|&leg| self.legs[leg as usize].site).chain(only);
        let mut portions = self.portions(line, sites);
        sort::by_key(&mut portions, |portion| portion.tie);
        let mut left = quantity;
        let mut shipped: Vec<(u32, Quantity)> = Vec::new();
        for portion in portions {
            let units = left.min(portion.whole);
            if units == 0 {
                continue;
            }
            left -= units;
            for (part, per_kit) in portion.parts {
                self.leave_shelf(self.parts[part as usize].site, units * per_kit);
                self.drop_units(part, 0, units * per_kit);
            }
            match shipped.iter_mut().find(|(site, _)| *site == portion.site) {
                Some((_, sum)) => *sum += units,
                None => shipped.push((portion.site, units)),
            }
        }
        assert!(left == 0, "a line has all the units that are set aside for it");
        for leg in legs {
            let site = self.legs[leg as usize].site;
            let here = shipped.iter().find(|(other, _)| *other == site);
            self.legs[leg as usize].shipped += here.map_or(0, |(_, units)| *units);
            self.recount_leg(line, leg);
        }
        shipped
    }

    fn leave_shelf(&mut self, site: u32, units: Quantity) {
        self.sites[site as usize].on_hand -= units;
        self.note_position(site);
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
        let location = match location {
            None if !restock => None,
            named => Some(self.find_location(named, || "location".into())?),
        };
        let record = self.lines[line as usize];
        let out = record.shipped - record.returned;
        if quantity > out {
            let message = format!("{quantity} units cannot come back: {out} are with the customer");
            return Err(refuse(Reason::NotShipped, "quantity", message));
        }
        let made_of: Vec<Component> = self.made_of(record.item).collect();
        if restock {
            for component in &made_of {
                let units = quantity.saturating_mul(component.per_kit);
                self.check_on_hand(component.item, units, "quantity")?;
            }
        }

        self.lines[line as usize].returned += quantity;
        let event = self.line_event(EventKind::LineReturned, line);
        let location = location.unwrap_or(event.location);
        self.log.push(Event { quantity, location, ..event });
        if restock {
            for component in made_of {
                let site = self.stock_site(component.item, location);
                self.sites[site as usize].on_hand += quantity * component.per_kit;
                self.touch_stock(site);
                self.serve(site);
            }
        }
        Ok(())
    }
}

/// Units of a line that ship, from a location or from wherever they are.
#[derive(Clone, Copy, Debug)]
struct Sent {
    line: u32,
    quantity: Quantity,
    location: u32,
}

const NOT_READY: &str =
    "these units are set aside, but may not ship yet: see fulfilment, minShipment, notBefore and release";
