//! From ids to records and back.

use super::dates::At;
use super::store::{Demand, Leg, Line};
use super::{Engine, refuse};
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Rejection, ShareChange};
use crate::model::units::{Instant, Quantity};
use crate::model::view::{Cause, EventView, NoticeId};
use alloc::format;
use alloc::string::String;

/// The id of a line that was given none: its place in the order, from "1".
pub(crate) fn default_line(place: usize) -> LineNumber {
    let mut number = LineNumber { digits: [0; 20], first: 20 };
    let mut rest = place + 1;
    while rest > 0 {
        number.first -= 1;
        number.digits[number.first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    number
}

/// A number as text, without an allocation.
pub(crate) struct LineNumber {
    digits: [u8; 20],
    first: usize,
}

impl core::ops::Deref for LineNumber {
    type Target = str;

    fn deref(&self) -> &str {
        core::str::from_utf8(&self.digits[self.first..]).unwrap_or_default()
    }
}

impl From<LineNumber> for String {
    fn from(number: LineNumber) -> String {
        String::from(&*number)
    }
}

impl Engine {
    pub(crate) fn find_item(&self, sku: &str, path: impl Fn() -> String) -> Result<u32, Rejection> {
        self.skus.find(sku).ok_or_else(|| {
            refuse(Reason::UnknownItem, path(), format!("there is no item \"{sku}\"; define it first"))
        })
    }

    pub(crate) fn find_supply(&self, id: &str) -> Result<u32, Rejection> {
        let known = self.supply_ids.find(id).filter(|&supply| !self.supplies[supply as usize].archived);
        known.ok_or_else(|| {
            refuse(Reason::UnknownSupply, "supply", format!("there is no supply \"{id}\"; schedule it first"))
        })
    }

    pub(crate) fn find_order(&self, id: &str) -> Result<u32, Rejection> {
        self.demand_of_order(id)
            .ok_or_else(|| refuse(Reason::UnknownOrder, "order", format!("there is no order \"{id}\"")))
    }

    pub(crate) fn demand_of_order(&self, id: &str) -> Option<u32> {
        let known = self.orders.get(self.order_ids.find(id)? as usize)?;
        (known.demand != NONE).then_some(known.demand)
    }

    pub(crate) fn demand_of_hold(&self, id: &str) -> Option<u32> {
        let known = self.holds.get(self.hold_ids.find(id)? as usize)?;
        (known.demand != NONE).then_some(known.demand)
    }

    pub(crate) fn find_line(
        &self,
        demand: u32,
        id: &str,
        path: impl Fn() -> String,
    ) -> Result<u32, Rejection> {
        self.line_of(demand, id).ok_or_else(|| {
            let order = self.order_ids.name(self.demands[demand as usize].order);
            refuse(Reason::UnknownLine, path(), format!("order \"{order}\" has no line \"{id}\""))
        })
    }

    pub(crate) fn line_of(&self, demand: u32, id: &str) -> Option<u32> {
        let name = self.line_names.find(id)?;
        self.demands[demand as usize].lines().find(|&line| self.lines[line as usize].name == name)
    }

    /// As promises are dated, now.
    pub(crate) fn at(&self) -> At {
        At::promised(self.log.at)
    }

    pub(crate) fn demand_of_line(&self, line: &Line) -> &Demand {
        &self.demands[line.demand as usize]
    }

    /// An event about a line, at its first place.
    pub(crate) fn line_event(&self, kind: EventKind, line: u32) -> Event {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        let hold = if demand.is_hold() { demand.hold } else { NONE };
        let mut event = self.log.event(kind);
        (event.order, event.hold) = (demand.order, hold);
        (event.line, event.item) = (record.name, record.item);
        event.location = self.sites[self.first_place(line) as usize].location;
        event
    }

    /// The first place at which a line has anything.
    pub(crate) fn first_place(&self, line: u32) -> u32 {
        let record = &self.lines[line as usize];
        if record.first_leg == NONE {
            return record.site;
        }
        let legs = self.legs_of(line).map(|leg| self.legs[leg as usize]);
        let something = |leg: &Leg| leg.allocated + leg.waiting + leg.shipped > 0;
        legs.filter(something).map(|leg| leg.site).next().unwrap_or(record.site)
    }

    /// An event about so many units of a line at a location.
    pub(crate) fn line_event_at(&self, kind: EventKind, line: u32, site: u32, quantity: Quantity) -> Event {
        let mut event = self.line_event(kind, line);
        event.location = self.sites[site as usize].location;
        event.quantity = quantity;
        event
    }

    /// An event about a site.
    pub(crate) fn site_event(&self, kind: EventKind, site: u32) -> Event {
        let record = &self.sites[site as usize];
        Event { item: record.item, location: record.location, ..self.log.event(kind) }
    }

    /// The names of the order and the line that a rebalance changed.
    pub fn change_names(&self, change: &ShareChange) -> (&str, &str) {
        (self.order_ids.name(change.order), self.line_names.name(change.line))
    }

    /// An event with its names, as the contract shows it.
    pub fn event_view(&self, event: &Event) -> EventView<'_> {
        let (quantity, from, to) = shown(event.kind);
        let date = |instant: Instant| (instant != NEVER).then_some(instant);
        EventView {
            seq: event.seq,
            at: event.at,
            kind: event.kind.name(),
            order: (event.order != NONE).then(|| self.order_ids.name(event.order)),
            line: (event.line != NONE).then(|| self.line_names.name(event.line)),
            hold: (event.hold != NONE).then(|| self.hold_ids.name(event.hold)),
            sku: (event.item != NONE).then(|| self.skus.name(event.item)),
            location: (event.location != NONE).then(|| self.locations.name(event.location)),
            supply: (event.supply != NONE).then(|| self.supply_ids.name(event.supply)),
            quantity: quantity.then_some(event.quantity),
            from: from.then(|| date(event.from)),
            to: to.then(|| date(event.to)),
            notice: is_about_notice(event.kind).then_some(NoticeId(event.quantity)),
            cause: Cause {
                command: event.cause.name(),
                supply: (event.cause_supply != NONE).then(|| self.supply_ids.name(event.cause_supply)),
            },
        }
    }
}

/// Whether a kind of event names a notice, of which its quantity is the number.
fn is_about_notice(kind: EventKind) -> bool {
    matches!(kind, EventKind::NoticeDue | EventKind::OrderDeemedCancelled | EventKind::RefundDue)
}

/// Whether a kind of event has a quantity, a date before and a date after.
fn shown(kind: EventKind) -> (bool, bool, bool) {
    match kind {
        EventKind::LineAllocated
        | EventKind::LineDeallocated
        | EventKind::LineBackordered
        | EventKind::LineReady
        | EventKind::LineShipped
        | EventKind::LineCancelled
        | EventKind::LineReturned
        | EventKind::LineSubstituted
        | EventKind::ReorderDue
        | EventKind::StockReceived
        | EventKind::StockCounted
        | EventKind::SupplyCancelled => (true, false, false),
        EventKind::PromiseMade | EventKind::PromiseKept | EventKind::PromiseBroken => (false, false, true),
        EventKind::PromiseMoved => (false, true, true),
        EventKind::SupplyScheduled => (true, false, true),
        EventKind::SupplyMoved => (true, true, true),
        EventKind::NoticeDue | EventKind::RefundDue => (false, false, true),
        EventKind::OrderDeemedCancelled => (false, false, false),
        EventKind::OrderPlaced | EventKind::HoldPlaced | EventKind::HoldExpired | EventKind::HoldReleased => {
            (false, false, false)
        }
    }
}
