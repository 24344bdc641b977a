//! The content of a command as bytes, so that a second one under the same id or key can be told
//! from the first (rules §12). Defaults are filled in and the order of fields is fixed; the key
//! itself is no content.

use crate::model::command::{Body, OrderLine, ShippingSettings};
use crate::model::settings::{Backorders, ItemChange, Lifecycle};
use crate::model::units::DEFAULT_LOCATION;
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64;

/// A digest of the content. `scratch` is only there to be reused.
pub(crate) fn digest(body: &Body, scratch: &mut Vec<u8>) -> u64 {
    scratch.clear();
    let mut bytes = Bytes(scratch);
    bytes.number(body.kind() as u64);
    write(&mut bytes, body);
    xxh3_64(scratch)
}

fn write(to: &mut Bytes, body: &Body) {
    match body {
        Body::DefineItem { sku, settings } => {
            to.text(sku);
            item(to, settings);
        }
        Body::DefineSupplier { supplier, lateness_days } => {
            to.text(supplier);
            to.optional(lateness_days.as_ref(), |to, days| {
                to.list(days.as_deref().unwrap_or_default(), |to, day| to.number(*day as u64));
            });
        }
        Body::Receive { sku, location, quantity, supply } => {
            to.text(sku);
            to.location(*location);
            to.number(*quantity);
            to.optional(*supply, |to, supply| to.text(supply));
        }
        Body::Count { sku, location, on_hand } => {
            to.text(sku);
            to.location(*location);
            to.number(*on_hand);
        }
        Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
            to.text(supply);
            to.text(sku);
            to.location(*location);
            to.number(*quantity);
            to.number(*due);
            to.optional(*supplier, |to, supplier| to.text(supplier));
        }
        Body::RescheduleSupply { supply, due, quantity } => {
            to.text(supply);
            to.optional(*due, Bytes::number);
            to.optional(*quantity, Bytes::number);
        }
        Body::CancelSupply { supply } => to.text(supply),
        Body::PlaceOrder { order, lines: list, settings } => {
            to.text(order);
            to.number(u64::from(settings.priority));
            shipping(to, &settings.shipping);
            lines(to, list);
        }
        Body::HoldStock { hold, lines: list, ttl_ms, priority } => {
            to.text(hold);
            to.number(*ttl_ms);
            to.number(u64::from(*priority));
            lines(to, list);
        }
        Body::ConfirmHold { hold, order, settings } => {
            to.text(hold);
            to.text(order);
            shipping(to, settings);
        }
        Body::ReleaseHold { hold } => to.text(hold),
        Body::AmendLine { order, line, quantity } => {
            to.text(order);
            to.text(line);
            to.number(*quantity);
        }
        Body::AmendOrder { order, fulfilment, not_before, latest } => {
            to.text(order);
            to.optional(*fulfilment, |to, value| to.number(value.unwrap_or_default() as u64));
            to.optional(*not_before, |to, value| to.optional(value, Bytes::number));
            to.optional(*latest, |to, value| to.optional(value, Bytes::number));
        }
        Body::Reprioritise { order, priority } => {
            to.text(order);
            to.number(u64::from(*priority));
        }
        Body::CancelOrder { order, lines } => {
            to.text(order);
            to.optional(lines.as_deref(), |to, lines| to.list(lines, |to, line| to.text(line)));
        }
        Body::Ship { order, lines } => {
            to.text(order);
            to.optional(lines.as_deref(), |to, lines| {
                to.list(lines, |to, line| {
                    to.text(line.line);
                    to.number(line.quantity);
                    to.location(line.location);
                });
            });
        }
        Body::Return { order, line, quantity, restock, location } => {
            to.text(order);
            to.text(line);
            to.number(*quantity);
            to.number(u64::from(*restock));
            to.location(*location);
        }
        Body::Archive { before } => to.number(*before),
        Body::Tick => {}
    }
}

fn lines(to: &mut Bytes, lines: &[OrderLine]) {
    to.number(lines.len() as u64);
    for (place, line) in lines.iter().enumerate() {
        match line.line {
            Some(name) => to.text(name),
            None => to.text(&super::names::default_line(place)),
        }
        to.text(line.sku);
        to.number(line.quantity);
        to.number(line.min_shipment);
        to.optional(line.unit_price, Bytes::number);
        to.optional(line.locations.as_deref(), |to, names| to.list(names, |to, name| to.text(name)));
    }
}

fn shipping(to: &mut Bytes, settings: &ShippingSettings) {
    to.number(settings.fulfilment as u64);
    to.optional(settings.not_before, Bytes::number);
    to.optional(settings.latest, Bytes::number);
}

fn item(to: &mut Bytes, settings: &ItemChange) {
    to.optional(settings.backorders, |to, value| match value.unwrap_or_default() {
        Backorders::Allow => to.number(0),
        Backorders::Deny => to.number(1),
        Backorders::Limit(limit) => {
            to.number(2);
            to.number(limit);
        }
    });
    to.optional(settings.max_per_order, |to, value| to.optional(value, Bytes::number));
    to.optional(settings.safety_stock, |to, value| to.number(value.unwrap_or_default()));
    to.optional(settings.ageing_days, |to, value| to.optional(value, Bytes::number));
    to.optional(settings.replenishment.as_ref(), |to, value| {
        to.optional(value.as_ref(), |to, value| {
            to.number(value.lead_time_days);
            to.optional(value.supplier.as_deref(), |to, supplier| to.text(supplier));
        });
    });
    to.optional(settings.overdue, |to, value| {
        let overdue = value.unwrap_or_default();
        to.number(overdue.offset_days);
        to.optional(overdue.ignore_after_days, Bytes::number);
    });
    to.optional(settings.lifecycle, |to, value| match value.unwrap_or_default() {
        Lifecycle::Active => to.number(0),
        Lifecycle::Preorder { release_at } => {
            to.number(1);
            to.optional(release_at, Bytes::number);
        }
        Lifecycle::Discontinued => to.number(2),
    });
}

/// Fields one after the other; each says its own length or is of fixed length, so that no two
/// contents have the same bytes.
struct Bytes<'b>(&'b mut Vec<u8>);

impl Bytes<'_> {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn location(&mut self, location: Option<&str>) {
        self.text(location.unwrap_or(DEFAULT_LOCATION));
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn list<T>(&mut self, list: &[T], write: impl Fn(&mut Self, &T)) {
        self.number(list.len() as u64);
        for value in list {
            write(self, value);
        }
    }
}
