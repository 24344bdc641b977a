//! A command as JSON text in the contract's shape, for a log: what `decode` makes a command of.

use crate::estimate::civil::iso_date;
use crate::model::calendar::{Calendar, Transit, Zone};
use crate::model::command::*;
use crate::model::settings::{Change, ItemChange};
use crate::model::units::DEFAULT_PRIORITY;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// A command as JSON text, without what is at its default. Reading it gives the same command, if it is
/// one that an engine applies: numbers above 2^53 − 1 are refused wherever they are read.
///
/// ```
/// use backorder::api::command_json;
/// use backorder::model::command::Body;
///
/// let count = Body::Count { sku: "lamp", location: None, on_hand: 3 };
/// assert_eq!(command_json(&count.into()), r#"{"type":"count","sku":"lamp","onHand":3}"#);
/// ```
pub fn command_json(command: &Command) -> String {
    let mut fields = Fields(String::from("{"));
    fields.set("type", command.body.kind().name());
    fields.given("key", &command.key);
    body(&mut fields, &command.body);
    fields.0.push('}');
    fields.0
}

/// The text of an object, as far as it is written.
struct Fields(String);

impl Fields {
    fn name(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.value(name);
        self.0.push(':');
    }

    /// Numbers, text, and what is made of them: none of it can fail to be JSON.
    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        self.0.push_str(&serde_json::to_string(value).unwrap_or_default());
    }

    fn set(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.name(name);
        self.value(value);
    }

    fn given(&mut self, name: &str, value: &Option<impl Serialize>) {
        value.iter().for_each(|value| self.set(name, value));
    }

    /// Only what is not the usual.
    fn unless<T: Serialize + PartialEq>(&mut self, usual: &T, name: &str, value: &T) {
        if value != usual {
            self.set(name, value);
        }
    }

    fn object(&mut self, write: impl FnOnce(&mut Fields)) {
        self.0.push('{');
        write(self);
        self.0.push('}');
    }

    /// An object, or null to go back to the default.
    fn change<T>(&mut self, name: &str, change: &Change<T>, write: impl FnOnce(&mut Fields, &T)) {
        let Some(value) = change else { return };
        self.name(name);
        match value {
            Some(value) => self.object(|fields| write(fields, value)),
            None => self.value(&()),
        }
    }

    fn objects<T>(&mut self, name: &str, list: &[T], write: impl Fn(&mut Fields, &T)) {
        self.name(name);
        self.0.push('[');
        for (place, value) in list.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.object(|fields| write(fields, value));
        }
        self.0.push(']');
    }
}

fn body(to: &mut Fields, body: &Body) {
    match body {
        Body::DefineItem { sku, settings } => {
            to.set("sku", sku);
            item(to, settings);
        }
        Body::DefineLocation { location, calendar: days, transit } => {
            to.set("location", location);
            to.change("calendar", days, calendar);
            to.change("transitDays", transit, |to, transit| {
                transit.iter().for_each(|Transit { ship_to, days }| to.set(ship_to, days));
            });
        }
        Body::DefineSupplier { supplier, lateness_days } => {
            to.set("supplier", supplier);
            to.given("lateness", lateness_days);
        }
        Body::Receive { sku, location, quantity, supply } => {
            to.set("sku", sku);
            to.given("location", location);
            to.set("quantity", quantity);
            to.given("supply", supply);
        }
        Body::Count { sku, location, on_hand } => {
            to.set("sku", sku);
            to.given("location", location);
            to.set("onHand", on_hand);
        }
        Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
            to.set("supply", supply);
            to.set("sku", sku);
            to.given("location", location);
            to.set("quantity", quantity);
            to.set("due", due);
            to.given("supplier", supplier);
        }
        Body::RescheduleSupply { supply, due, quantity } => {
            to.set("supply", supply);
            to.given("due", due);
            to.given("quantity", quantity);
        }
        Body::CancelSupply { supply } => to.set("supply", supply),
        Body::PlaceOrder { order, lines, settings } => {
            to.set("order", order);
            to.objects("lines", lines, order_line);
            order_settings(to, settings);
        }
        Body::HoldStock { hold, lines, ttl_ms, priority } => {
            to.set("hold", hold);
            to.objects("lines", lines, order_line);
            to.set("ttl", ttl_ms);
            to.unless(&DEFAULT_PRIORITY, "priority", priority);
        }
        Body::ConfirmHold { hold, order, segment, ship_to, settings, notices: told } => {
            to.set("hold", hold);
            to.set("order", order);
            to.given("segment", segment);
            to.given("shipTo", ship_to);
            shipping(to, settings);
            told.iter().for_each(|told| notices(to, told));
        }
        Body::ReleaseHold { hold } => to.set("hold", hold),
        Body::DefineRegime { regime, base, settings } => {
            to.set("regime", regime);
            to.given("base", base);
            to.change("settings", settings, |to, settings| {
                settings.iter().for_each(|(key, value)| regime_value(to, key, value));
            });
        }
        Body::NoticeSent { notice, offers_cancel, reason } => {
            to.set("notice", notice);
            to.unless(&true, "offersCancel", offers_cancel);
            to.given("reason", reason);
        }
        Body::Archive { before } => to.set("before", before),
        Body::Rebalance { skus, rules } => {
            to.given("skus", skus);
            to.objects("rules", rules, rebalance_rule);
        }
        Body::Tick => {}
        _ => of_an_order(to, body),
    }
}

/// What changes an order that there is.
fn of_an_order(to: &mut Fields, body: &Body) {
    match body {
        Body::AmendLine { order, line, quantity } => {
            to.set("order", order);
            to.set("line", line);
            to.set("quantity", quantity);
        }
        Body::AmendOrder { order, fulfilment, not_before, latest, ship_to } => {
            to.set("order", order);
            to.given("fulfilment", &fulfilment.map(|change| change.map(fulfilment_name)));
            to.given("notBefore", not_before);
            to.given("latest", latest);
            to.given("shipTo", ship_to);
        }
        Body::Relocate { order, line, from, to: place, quantity } => {
            to.set("order", order);
            to.set("line", line);
            to.given("from", from);
            to.set("to", place);
            to.given("quantity", quantity);
        }
        Body::Reprioritise { order, priority } => {
            to.set("order", order);
            to.set("priority", priority);
        }
        Body::Freeze { order, frozen } => {
            to.set("order", order);
            to.set("frozen", frozen);
        }
        Body::Substitute { order, line, sku } => {
            to.set("order", order);
            to.set("line", line);
            to.set("sku", sku);
        }
        Body::CancelOrder { order, lines } => {
            to.set("order", order);
            to.given("lines", lines);
        }
        Body::Ship { order, lines } => {
            to.set("order", order);
            lines.iter().for_each(|lines| to.objects("lines", lines, ship_line));
        }
        Body::Return { order, line, quantity, restock, location } => {
            to.set("order", order);
            to.set("line", line);
            to.set("quantity", quantity);
            to.set("restock", restock);
            to.given("location", location);
        }
        Body::Respond { order, line, answer, until } => {
            to.set("order", order);
            to.given("line", line);
            to.set("answer", if *answer == Answer::Consent { "consent" } else { "cancel" });
            to.given(
                "until",
                &until.map(|until| match until {
                    Until::Day(day) => iso_date(day),
                    Until::Indefinite => String::from("indefinite"),
                }),
            );
        }
        Body::Refunded { order, line } => {
            to.set("order", order);
            to.given("line", line);
        }
        _ => {}
    }
}

/// `null` puts a setting back to its default.
fn item(to: &mut Fields, settings: &ItemChange) {
    fn change(to: &mut Fields, name: &str, change: &Change<impl Serialize>) {
        to.given(name, change);
    }
    change(to, "backorders", &settings.backorders);
    change(to, "maxPerOrder", &settings.max_per_order);
    change(to, "safetyStock", &settings.safety_stock);
    change(to, "ageingDays", &settings.ageing_days);
    change(to, "replenishment", &settings.replenishment);
    change(to, "overdue", &settings.overdue);
    change(to, "lifecycle", &settings.lifecycle);
    change(to, "promiseQuantile", &settings.promise_quantile);
    change(to, "sharing", &settings.sharing);
    change(to, "promising", &settings.promising);
    change(to, "protection", &settings.protection);
    change(to, "overtaking", &settings.overtaking);
    change(to, "wholeLines", &settings.whole_lines);
    change(to, "reorder", &settings.reorder);
    change(to, "components", &settings.components);
    change(to, "substitutes", &settings.substitutes);
    change(to, "incentives", &settings.incentives);
}

fn calendar(to: &mut Fields, calendar: &Calendar) {
    zone(to, &calendar.zone);
    to.set("workdays", &calendar.workdays.numbers().collect::<Vec<u64>>());
    if !calendar.holidays.is_empty() {
        to.set("holidays", &calendar.holidays.iter().map(|&day| iso_date(day)).collect::<Vec<String>>());
    }
    to.given(
        "cutoff",
        &calendar.cutoff_minutes.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)),
    );
    to.unless(&0, "handlingDays", &calendar.handling_days);
}

fn zone(to: &mut Fields, zone: &Zone) {
    match zone {
        Zone::Fixed { utc_offset_minutes } => to.unless(&0, "utcOffset", utc_offset_minutes),
        Zone::Changing { name, transitions } => {
            to.given("timeZone", name);
            to.objects("transitions", transitions, |to, transition| {
                to.set("from", &transition.from);
                to.set("utcOffset", &transition.utc_offset_minutes);
            });
        }
    }
}

fn notices(to: &mut Fields, settings: &NoticeSettings) {
    to.given("regime", &settings.regime);
    to.given("statedShipBy", &settings.stated_ship_by.map(iso_date));
    if let Some(buyer_zone) = &settings.buyer_zone {
        to.name("buyerZone");
        to.object(|to| zone(to, buyer_zone));
    }
    if settings.payment == Payment::SellerCredit {
        to.set("payment", "sellerCredit");
    }
}

fn regime_value(to: &mut Fields, key: &str, value: &RegimeValue) {
    match value {
        RegimeValue::Number(number) => to.set(key, number),
        RegimeValue::Flag(flag) => to.set(key, flag),
        RegimeValue::Text(text) => to.set(key, text),
        RegimeValue::Texts(texts) => to.set(key, texts),
    }
}

fn order_line(to: &mut Fields, line: &OrderLine) {
    to.given("line", &line.line);
    to.set("sku", line.sku);
    to.set("quantity", &line.quantity);
    to.given("locations", &line.locations);
    to.unless(&1, "minShipment", &line.min_shipment);
    to.given("unitPrice", &line.unit_price);
}

fn order_settings(to: &mut Fields, settings: &OrderSettings) {
    to.unless(&DEFAULT_PRIORITY, "priority", &settings.priority);
    to.given("segment", &settings.segment);
    let sourcing = match settings.sourcing {
        Sourcing::FewestParts => "fewestParts",
        Sourcing::InOrder => "inOrder",
        Sourcing::Earliest => "earliest",
    };
    to.unless(&"fewestParts", "sourcing", &sourcing);
    to.given("allocateFrom", &settings.allocate_from);
    if settings.shortfall == Shortfall::Trim {
        to.set("shortfall", "trim");
    }
    to.given("shipTo", &settings.ship_to);
    shipping(to, &settings.shipping);
    settings.notices.iter().for_each(|told| notices(to, told));
}

fn shipping(to: &mut Fields, settings: &ShippingSettings) {
    to.unless(&"partial", "fulfilment", &fulfilment_name(settings.fulfilment));
    to.given("notBefore", &settings.not_before);
    to.given("latest", &settings.latest);
}

fn fulfilment_name(fulfilment: Fulfilment) -> &'static str {
    match fulfilment {
        Fulfilment::Partial => "partial",
        Fulfilment::Line => "line",
        Fulfilment::Order => "order",
    }
}

fn ship_line(to: &mut Fields, line: &ShipLine) {
    to.set("line", line.line);
    to.set("quantity", &line.quantity);
    to.given("location", &line.location);
}

fn rebalance_rule(to: &mut Fields, rule: &RebalanceRule) {
    let OrderMatch { orders, segment, priority_from, priority_to } = &rule.matching;
    to.name("match");
    to.object(|to| {
        to.given("orders", orders);
        to.given("segment", segment);
        if priority_from.is_some() || priority_to.is_some() {
            to.name("priority");
            to.object(|to| {
                to.given("from", priority_from);
                to.given("to", priority_to);
            });
        }
    });
    let strategy = match rule.strategy {
        Strategy::Win => "win",
        Strategy::Gain => "gain",
        Strategy::Redistribute => "redistribute",
        Strategy::Fill => "fill",
        Strategy::Lose => "lose",
    };
    to.set("strategy", strategy);
}
