//! The content of a command as bytes, so that a second one under the same id or key can be told
//! from the first (rules §12). Defaults are filled in and the order of fields is fixed; the key
//! itself is no content. Digests are kept for good: what a command has come to say since the first of
//! them is written last, and only where it is given, so that an older one stays what it was.

use crate::model::calendar::{Calendar, Zone};
use crate::model::command::{
    Body, CommandKind, NoticeSettings, OrderLine, OrderSettings, RebalanceRule, RegimeValue,
    ShippingSettings, Until,
};
use crate::model::settings::{Backorders, Change, ItemChange, Lifecycle, Overtaking, Reorder};
use crate::model::units::DEFAULT_LOCATION;
use alloc::vec::Vec;
use xxhash_rust::xxh3::xxh3_64;

/// A digest of the content. `scratch` is only there to be reused.
pub(crate) fn digest(body: &Body, scratch: &mut Vec<u8>) -> u64 {
    let mut bytes = Bytes { buffer: scratch, end: 0 };
    bytes.number(body.kind() as u64);
    write(&mut bytes, body);
    bytes.digest()
}

/// The digest of an order that is to be placed.
pub(crate) fn of_order(
    order: &str,
    list: &[OrderLine],
    settings: &OrderSettings,
    scratch: &mut Vec<u8>,
) -> u64 {
    let mut bytes = Bytes { buffer: scratch, end: 0 };
    bytes.number(CommandKind::PlaceOrder as u64);
    placement(&mut bytes, order, list, settings);
    bytes.digest()
}

fn write(to: &mut Bytes, body: &Body) {
    match body {
        Body::DefineItem { sku, settings } => {
            to.text(sku);
            item(to, settings);
        }
        Body::DefineLocation { location, calendar, transit } => {
            to.text(location);
            if calendar.is_some() || transit.is_some() {
                to.optional(calendar.as_ref(), |to, value| to.optional(value.as_ref(), days));
                to.setting(transit, |to, transit| {
                    to.text(&transit.ship_to);
                    to.number(transit.days);
                });
            }
        }
        Body::DefineSupplier { supplier, lateness_days } => {
            to.text(supplier);
            to.setting(lateness_days, |to, day| to.number(*day as u64));
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
        Body::PlaceOrder { order, lines, settings } => placement(to, order, lines, settings),
        Body::HoldStock { hold, lines: list, ttl_ms, priority } => {
            to.text(hold);
            to.number(*ttl_ms);
            to.number(u64::from(*priority));
            lines(to, list);
        }
        Body::ConfirmHold { hold, order, segment, ship_to, settings, notices: told } => {
            to.text(hold);
            to.text(order);
            to.optional(*segment, |to, segment| to.text(segment));
            shipping(to, settings);
            ship_to.iter().for_each(|ship_to| to.text(ship_to));
            told.iter().for_each(|told| notices(to, told));
        }
        Body::ReleaseHold { hold } => to.text(hold),
        Body::AmendLine { order, line, quantity } => {
            to.text(order);
            to.text(line);
            to.number(*quantity);
        }
        Body::AmendOrder { order, fulfilment, not_before, latest, ship_to } => {
            to.text(order);
            to.optional(*fulfilment, |to, value| to.number(value.unwrap_or_default() as u64));
            to.optional(*not_before, |to, value| to.optional(value, Bytes::number));
            to.optional(*latest, |to, value| to.optional(value, Bytes::number));
            if let Some(ship_to) = *ship_to {
                to.optional(ship_to, |to, ship_to| to.text(ship_to));
            }
        }
        Body::Relocate { order, line, from, to: target, quantity } => {
            to.text(order);
            to.text(line);
            to.optional(*from, |to, from| to.text(from));
            to.text(target);
            to.optional(*quantity, Bytes::number);
        }
        Body::Reprioritise { order, priority } => {
            to.text(order);
            to.number(u64::from(*priority));
        }
        Body::Freeze { order, frozen } => {
            to.text(order);
            to.number(u64::from(*frozen));
        }
        Body::Substitute { order, line, sku } => {
            to.text(order);
            to.text(line);
            to.text(sku);
        }
        Body::CancelOrder { order, lines } => {
            to.text(order);
            to.optional(lines.as_deref(), Bytes::texts);
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
        Body::Rebalance { skus, rules } => {
            to.optional(skus.as_deref(), Bytes::texts);
            to.list(rules, rebalance_rule);
        }
        Body::DefineRegime { regime, base, settings } => {
            to.text(regime);
            to.optional(*base, |to, base| to.text(base));
            to.setting(settings, |to, (key, value)| {
                to.text(key);
                regime_value(to, value);
            });
            to.number(u64::from(*settings == Some(None)));
        }
        Body::NoticeSent { notice, offers_cancel, reason } => {
            to.text(notice);
            to.number(u64::from(*offers_cancel));
            to.optional(*reason, |to, reason| to.text(reason));
        }
        Body::Respond { order, line, answer, until } => {
            to.text(order);
            to.optional(*line, |to, line| to.text(line));
            to.number(*answer as u64);
            to.optional(*until, |to, until| match until {
                Until::Day(day) => to.number(u64::from(day)),
                Until::Indefinite => to.number(u64::MAX),
            });
        }
        Body::Refunded { order, line } => {
            to.text(order);
            to.optional(*line, |to, line| to.text(line));
        }
        Body::Archive { before } => to.number(*before),
        Body::Tick => {}
    }
}

fn placement(to: &mut Bytes, order: &str, list: &[OrderLine], settings: &OrderSettings) {
    to.text(order);
    order_settings(to, settings);
    lines(to, list);
    settings.ship_to.iter().for_each(|ship_to| to.text(ship_to));
    settings.notices.iter().for_each(|told| notices(to, told));
}

/// Begins as no destination does, whose length it would be.
fn notices(to: &mut Bytes, settings: &NoticeSettings) {
    to.number(u64::MAX);
    to.optional(settings.regime, |to, regime| to.text(regime));
    to.optional(settings.stated_ship_by, |to, day| to.number(u64::from(day)));
    to.optional(settings.buyer_zone.as_ref(), zone);
    to.number(settings.payment as u64);
}

fn regime_value(to: &mut Bytes, value: &RegimeValue) {
    match value {
        RegimeValue::Number(number) => {
            to.number(0);
            to.number(*number);
        }
        RegimeValue::Flag(flag) => {
            to.number(1);
            to.number(u64::from(*flag));
        }
        RegimeValue::Text(text) => {
            to.number(2);
            to.text(text);
        }
        RegimeValue::Texts(texts) => {
            to.number(3);
            to.texts(texts);
        }
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
        to.optional(line.locations.as_deref(), Bytes::texts);
    }
}

fn order_settings(to: &mut Bytes, settings: &OrderSettings) {
    to.number(u64::from(settings.priority));
    to.optional(settings.segment, |to, segment| to.text(segment));
    to.number(settings.sourcing as u64);
    to.optional(settings.allocate_from, Bytes::number);
    to.number(settings.shortfall as u64);
    shipping(to, &settings.shipping);
}

fn rebalance_rule(to: &mut Bytes, rule: &RebalanceRule) {
    to.optional(rule.matching.orders.as_deref(), Bytes::texts);
    to.optional(rule.matching.segment, |to, segment| to.text(segment));
    to.number(u64::from(rule.matching.priority_from.unwrap_or(u8::MIN)));
    to.number(u64::from(rule.matching.priority_to.unwrap_or(u8::MAX)));
    to.number(rule.strategy as u64);
}

fn shipping(to: &mut Bytes, settings: &ShippingSettings) {
    to.number(settings.fulfilment as u64);
    to.optional(settings.not_before, Bytes::number);
    to.optional(settings.latest, Bytes::number);
}

fn days(to: &mut Bytes, calendar: &Calendar) {
    zone(to, &calendar.zone);
    to.number(calendar.workdays.numbers().fold(0, |days, number| days * 8 + number));
    to.list(&calendar.holidays, |to, day| to.number(u64::from(*day)));
    to.optional(calendar.cutoff_minutes, Bytes::number);
    to.number(calendar.handling_days);
}

/// A name stands for its transitions: a message that comes a second time has been resolved anew.
fn zone(to: &mut Bytes, zone: &Zone) {
    match zone {
        Zone::Fixed { utc_offset_minutes } => {
            to.number(0);
            to.number(*utc_offset_minutes as u64);
        }
        Zone::Changing { name: Some(name), .. } => {
            to.number(1);
            to.text(name);
        }
        Zone::Changing { name: None, transitions } => {
            to.number(2);
            to.list(transitions, |to, transition| {
                to.number(transition.from);
                to.number(transition.utc_offset_minutes as u64);
            });
        }
    }
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
            to.optional(value.batch, Bytes::number);
            to.optional(value.capacity_per_day, Bytes::number);
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
    to.optional(settings.promise_quantile, |to, value| {
        to.number(value.unwrap_or_default().share().to_bits())
    });
    to.optional(settings.sharing, |to, value| to.number(value.unwrap_or_default() as u64));
    to.optional(settings.promising, |to, value| to.number(value.unwrap_or_default() as u64));
    to.optional(settings.whole_lines, |to, value| to.number(value.unwrap_or_default() as u64));
    to.setting(&settings.protection, |to, level| {
        to.number(u64::from(level.priority));
        to.number(level.units);
    });
    to.optional(settings.reorder, |to, value| to.optional(value, reorder));
    to.setting(&settings.components, |to, component| {
        to.text(&component.sku);
        to.number(component.quantity);
    });
    to.setting(&settings.substitutes, |to, sku| to.text(sku));
    to.setting(&settings.incentives, |to, incentive| {
        to.number(incentive.from_delay_days);
        to.text(&incentive.offer);
    });
    // Before it could be learned, the default could be given and said nothing.
    if settings.overtaking == Some(Some(Overtaking::Learn)) {
        to.number(Overtaking::Learn as u64);
    }
}

fn reorder(to: &mut Bytes, rule: Reorder) {
    to.number(rule.policy as u64);
    to.number(rule.point);
    for quantity in [rule.quantity, rule.up_to, rule.minimum, rule.multiple] {
        to.optional(quantity, Bytes::number);
    }
}

/// Fields one after the other; each says its own length or is of fixed length, so that no two
/// contents have the same bytes.
struct Bytes<'b> {
    /// Longer than what is written, so that to write a number is to store it.
    buffer: &'b mut Vec<u8>,
    /// Where what is written ends.
    end: usize,
}

// The two are not inlined, as what is shipped would have them once for every field there is.
impl Bytes<'_> {
    #[inline(never)]
    fn number(&mut self, number: u64) {
        self.room(8).copy_from_slice(&number.to_le_bytes());
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.room(text.len()).copy_from_slice(text.as_bytes());
    }

    /// The next so many bytes.
    #[inline]
    fn room(&mut self, length: usize) -> &mut [u8] {
        let (start, end) = (self.end, self.end + length);
        if end > self.buffer.len() {
            self.grow(2 * end);
        }
        self.end = end;
        &mut self.buffer[start..end]
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, length: usize) {
        self.buffer.resize(length, 0);
    }

    fn digest(self) -> u64 {
        xxh3_64(&self.buffer[..self.end])
    }

    /// A setting that is a list, by default an empty one.
    fn setting<T>(&mut self, list: &Change<Vec<T>>, write: impl Fn(&mut Self, &T)) {
        self.optional(list.as_ref(), |to, list| to.list(list.as_deref().unwrap_or_default(), write));
    }

    fn texts(&mut self, texts: &[&str]) {
        self.list(texts, |to, text| to.text(text));
    }

    fn location(&mut self, location: Option<&str>) {
        self.text(location.unwrap_or(DEFAULT_LOCATION));
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.room(1)[0] = u8::from(value.is_some());
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

#[cfg(test)]
mod tests;
