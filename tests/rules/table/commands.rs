//! A row that does something, as a command.

use super::words::{Words, instant, number};
use backorder::model::command::{
    Body, Command, Fulfilment, OrderLine, OrderSettings, ShipLine, ShippingSettings,
};
use backorder::model::settings::{Backorders, ItemChange, Lifecycle, Overdue, Replenishment};
use backorder::model::units::DEFAULT_PRIORITY;
use std::borrow::Cow;

/// The command of a row; none when the row asks something.
pub fn command(text: &'static str) -> Option<Command<'static>> {
    let mut words = Words::of(text);
    let body = match words.word() {
        "item" => Body::DefineItem { sku: words.word(), settings: item_change(&words) },
        "supplier" => Body::DefineSupplier { supplier: words.word(), lateness_days: None },
        "receive" => Body::Receive {
            sku: words.word(),
            quantity: words.number(),
            location: words.setting("at"),
            supply: words.after("from"),
        },
        "count" => Body::Count { sku: words.word(), on_hand: words.number(), location: words.setting("at") },
        "supply" => Body::ScheduleSupply {
            supply: words.word(),
            sku: words.word(),
            quantity: words.number(),
            due: words.after("due").map_or(0, instant),
            location: words.setting("at"),
            supplier: words.setting("supplier"),
        },
        "move" => Body::RescheduleSupply {
            supply: words.word(),
            due: words.after("due").map(instant),
            quantity: words.after("to").map(number),
        },
        "drop" => Body::CancelSupply { supply: words.word() },
        "place" => {
            let settings = OrderSettings { priority: priority(&words), shipping: shipping(&words) };
            Body::PlaceOrder { order: words.word(), lines: order_lines(&mut words), settings }
        }
        "hold" => {
            let ttl_ms = words.setting("ttl").map_or(0, number);
            let priority = priority(&words);
            Body::HoldStock { hold: words.word(), lines: order_lines(&mut words), ttl_ms, priority }
        }
        "confirm" => {
            Body::ConfirmHold { hold: words.word(), order: words.word(), settings: shipping(&words) }
        }
        "release" => Body::ReleaseHold { hold: words.word() },
        "amend" => Body::AmendLine { order: words.word(), line: words.word(), quantity: words.number() },
        "settle" => Body::AmendOrder {
            order: words.word(),
            fulfilment: words.setting("fulfilment").map(|_| Some(fulfilment(&words))),
            not_before: words.setting("notBefore").map(default_or(instant)),
            latest: words.setting("latest").map(default_or(instant)),
        },
        "rank" => Body::Reprioritise { order: words.word(), priority: words.number() as u8 },
        "cancel" => Body::CancelOrder { order: words.word(), lines: listed(&mut words, |line| line[0]) },
        "ship" => Body::Ship { order: words.word(), lines: listed(&mut words, ship_line) },
        "return" => Body::Return {
            order: words.word(),
            line: words.word(),
            quantity: words.number(),
            restock: words.has("restock"),
            location: words.setting("at"),
        },
        "archive" => Body::Archive { before: instant(words.word()) },
        "tick" => Body::Tick,
        _ => return None,
    };
    Some(Command { key: words.setting("key"), body })
}

/// `none` puts a setting back to its default.
fn default_or<T>(read: impl Fn(&'static str) -> T) -> impl Fn(&'static str) -> Option<T> {
    move |text| (text != "none").then(|| read(text))
}

fn item_change(words: &Words) -> ItemChange {
    ItemChange {
        backorders: words.setting("backorders").map(default_or(|text| match text {
            "deny" => Backorders::Deny,
            "allow" => Backorders::Allow,
            limit => Backorders::Limit(number(limit)),
        })),
        max_per_order: words.setting("max").map(default_or(number)),
        safety_stock: words.setting("safety").map(default_or(number)),
        ageing_days: words.setting("ageing").map(default_or(number)),
        replenishment: words.setting("lead").map(default_or(|days| Replenishment {
            lead_time_days: number(days),
            supplier: words.setting("supplier").map(str::to_owned),
        })),
        overdue: words.setting("overdue").map(default_or(|text| {
            let (offset, ignore) = text.split_once('/').unwrap_or((text, ""));
            let ignore_after_days = (!ignore.is_empty()).then(|| number(ignore));
            Overdue { offset_days: number(offset), ignore_after_days }
        })),
        lifecycle: words.setting("life").map(default_or(|text| match text {
            "active" => Lifecycle::Active,
            "discontinued" => Lifecycle::Discontinued,
            "preorder" => Lifecycle::Preorder { release_at: None },
            release => Lifecycle::Preorder { release_at: Some(instant(release)) },
        })),
    }
}

fn priority(words: &Words) -> u8 {
    words.setting("prio").map_or(DEFAULT_PRIORITY, |text| number(text) as u8)
}

fn shipping(words: &Words) -> ShippingSettings {
    ShippingSettings {
        fulfilment: fulfilment(words),
        not_before: words.setting("notBefore").map(instant),
        latest: words.setting("latest").map(instant),
    }
}

fn fulfilment(words: &Words) -> Fulfilment {
    match words.setting("fulfilment") {
        Some("line") => Fulfilment::Line,
        Some("order") => Fulfilment::Order,
        _ => Fulfilment::Partial,
    }
}

/// `pen 2, ink 1`, each with its name in front of it where there are three: `x pen 2`.
fn order_lines(words: &mut Words) -> Cow<'static, [OrderLine<'static>]> {
    let min_shipment = words.setting("min").map_or(1, number);
    let locations = words.setting("at").map(|given| given.split('/').collect::<Vec<_>>());
    let line = |group: Vec<&'static str>| {
        let (line, sku, quantity) = match group[..] {
            [line, sku, quantity] => (Some(line), sku, quantity),
            [sku, quantity] => (None, sku, quantity),
            _ => (None, "", "0"),
        };
        let locations = locations.clone();
        OrderLine { line, min_shipment, locations, ..OrderLine::new(sku, number(quantity)) }
    };
    Cow::Owned(words.groups().into_iter().map(line).collect())
}

fn ship_line(group: &[&'static str]) -> ShipLine<'static> {
    ShipLine { line: group[0], quantity: number(group[1]), location: group.get(2).copied() }
}

/// What follows, or nothing for all.
fn listed<T>(words: &mut Words, read: impl Fn(&[&'static str]) -> T) -> Option<Vec<T>> {
    let groups = words.groups();
    (!groups.is_empty()).then(|| groups.iter().map(|group| read(group)).collect())
}
