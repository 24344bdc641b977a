//! A row that does something, as a command.

use super::days::{calendar, transit};
use super::item::{default_or, item_change};
use super::words::{Words, instant, number, one_of, placed, placed_once, span};
use backorder::model::command::{
    Body, Command, Fulfilment, OrderLine, OrderMatch, OrderSettings, RebalanceRule, ShipLine,
    ShippingSettings, Shortfall, Sourcing, Strategy,
};
use backorder::model::units::DEFAULT_PRIORITY;
use std::borrow::Cow;

/// The command of a row; none when the row asks something.
pub fn command(text: &'static str) -> Option<Command<'static>> {
    let mut words = Words::of(text);
    let body = match words.word() {
        "item" => Body::DefineItem { sku: words.word(), settings: item_change(&words) },
        "supplier" => Body::DefineSupplier {
            supplier: words.word(),
            lateness_days: words.setting("late").map(default_or(days_late)),
        },
        "location" => Body::DefineLocation {
            location: words.word(),
            calendar: calendar(&words),
            transit: words.setting("transit").map(default_or(transit)),
        },
        "receive" => {
            let (sku, location) = placed_once(words.word());
            Body::Receive { sku, location, quantity: words.number(), supply: words.after("from") }
        }
        "count" => {
            let (sku, location) = placed_once(words.word());
            Body::Count { sku, location, on_hand: words.number() }
        }
        "supply" => {
            let supply = words.word();
            let (sku, location) = placed_once(words.word());
            Body::ScheduleSupply {
                supply,
                sku,
                location,
                quantity: words.number(),
                due: words.after("due").map_or(0, instant),
                supplier: words.setting("supplier"),
            }
        }
        "move" => Body::RescheduleSupply {
            supply: words.word(),
            due: words.after("due").map(instant),
            quantity: words.after("to").map(number),
        },
        "drop" => Body::CancelSupply { supply: words.word() },
        "place" => Body::PlaceOrder {
            order: words.word(),
            lines: order_lines(&mut words),
            settings: order_settings(&words),
        },
        "hold" => Body::HoldStock {
            hold: words.word(),
            lines: order_lines(&mut words),
            ttl_ms: words.setting("ttl").map_or(0, span),
            priority: priority(&words),
        },
        "confirm" => Body::ConfirmHold {
            hold: words.word(),
            order: words.word(),
            segment: words.setting("segment"),
            ship_to: words.setting("shipTo"),
            settings: shipping(&words),
            notices: None,
        },
        "release" => Body::ReleaseHold { hold: words.word() },
        "amend" => Body::AmendLine { order: words.word(), line: words.word(), quantity: words.number() },
        "settle" => Body::AmendOrder {
            order: words.word(),
            fulfilment: words.setting("fulfilment").map(default_or(fulfilment)),
            not_before: words.setting("notBefore").map(default_or(instant)),
            latest: words.setting("latest").map(default_or(instant)),
            ship_to: words.setting("shipTo").map(default_or(|text| text)),
        },
        "relocate" => Body::Relocate {
            order: words.word(),
            line: words.word(),
            from: words.after("from"),
            to: words.after("to").unwrap_or_default(),
            quantity: words.nth_after("to", 2).map(number),
        },
        "rank" => Body::Reprioritise { order: words.word(), priority: words.number() as u8 },
        "freeze" => Body::Freeze { order: words.word(), frozen: true },
        "thaw" => Body::Freeze { order: words.word(), frozen: false },
        "substitute" => Body::Substitute { order: words.word(), line: words.word(), sku: words.word() },
        "cancel" => Body::CancelOrder { order: words.word(), lines: listed(&mut words, |line| line[0]) },
        "ship" => Body::Ship { order: words.word(), lines: listed(&mut words, ship_line) },
        "return" => Body::Return {
            order: words.word(),
            line: words.word(),
            quantity: words.number(),
            restock: words.has("restock"),
            location: words.setting("at"),
        },
        "rebalance" => Body::Rebalance {
            skus: words.setting("skus").map(|skus| skus.split('/').collect()),
            rules: words.groups().iter().map(|group| rebalance_rule(group)).collect(),
        },
        "archive" => Body::Archive { before: instant(words.word()) },
        "tick" => Body::Tick,
        _ => return None,
    };
    let key = words.setting("key");
    words.assert_all_read();
    Some(Command { key, body })
}

/// `-2/0x10/5`: two days early, ten times on the day, five days late.
fn days_late(text: &str) -> Vec<i64> {
    let told = |days: &str| {
        let (days, times) = days.split_once('x').unwrap_or((days, "1"));
        let (early, days) = days.strip_prefix('-').map_or((1, days), |days| (-1, days));
        vec![early * number(days) as i64; number(times) as usize]
    };
    text.split('/').flat_map(told).collect()
}

fn priority(words: &Words) -> u8 {
    words.setting("prio").map_or(DEFAULT_PRIORITY, |text| number(text) as u8)
}

fn order_settings(words: &Words) -> OrderSettings<'static> {
    OrderSettings {
        priority: priority(words),
        segment: words.setting("segment"),
        sourcing: words.setting("sourcing").map_or(Sourcing::FewestParts, sourcing),
        allocate_from: words.setting("allocateFrom").map(instant),
        shortfall: words.setting("shortfall").map_or(Shortfall::Refuse, |text| {
            one_of(text, &[("trim", Shortfall::Trim), ("refuse", Shortfall::Refuse)])
        }),
        ship_to: words.setting("shipTo"),
        shipping: shipping(words),
        notices: None,
    }
}

fn sourcing(text: &str) -> Sourcing {
    one_of(
        text,
        &[
            ("fewestParts", Sourcing::FewestParts),
            ("inOrder", Sourcing::InOrder),
            ("earliest", Sourcing::Earliest),
        ],
    )
}

fn shipping(words: &Words) -> ShippingSettings {
    ShippingSettings {
        fulfilment: words.setting("fulfilment").map_or(Fulfilment::Partial, fulfilment),
        not_before: words.setting("notBefore").map(instant),
        latest: words.setting("latest").map(instant),
    }
}

fn fulfilment(text: &str) -> Fulfilment {
    one_of(
        text,
        &[("partial", Fulfilment::Partial), ("line", Fulfilment::Line), ("order", Fulfilment::Order)],
    )
}

/// `pen 2, ink@east/west 1`, each with its name in front of it where there are three: `x pen 2`.
fn order_lines(words: &mut Words) -> Cow<'static, [OrderLine<'static>]> {
    let min_shipment = words.setting("min").map_or(1, number);
    let line = |group: Vec<&'static str>| {
        let (line, sku, quantity) = match group[..] {
            [line, sku, quantity] => (Some(line), sku, quantity),
            [sku, quantity] => (None, sku, quantity),
            _ => (None, "", "0"),
        };
        let (sku, locations) = placed(sku);
        OrderLine { line, min_shipment, locations, ..OrderLine::new(sku, number(quantity)) }
    };
    Cow::Owned(words.groups().into_iter().map(line).collect())
}

/// `win segment:gold prio:10-50 orders:a/b`; a rule without conditions matches all.
fn rebalance_rule(group: &[&'static str]) -> RebalanceRule<'static> {
    let condition = |name: &str| {
        let known = group.iter().filter_map(|word| word.split_once(':')).find(|(known, _)| *known == name);
        known.map(|(_, value)| value)
    };
    let bound = |text: &str| (!text.is_empty()).then(|| number(text) as u8);
    let (from, to) = condition("prio").and_then(|range| range.split_once('-')).unwrap_or_default();
    RebalanceRule {
        strategy: one_of(
            group[0],
            &[
                ("win", Strategy::Win),
                ("gain", Strategy::Gain),
                ("redistribute", Strategy::Redistribute),
                ("fill", Strategy::Fill),
                ("lose", Strategy::Lose),
            ],
        ),
        matching: OrderMatch {
            orders: condition("orders").map(|orders| orders.split('/').collect()),
            segment: condition("segment"),
            priority_from: bound(from),
            priority_to: bound(to),
        },
    }
}

fn ship_line(group: &[&'static str]) -> ShipLine<'static> {
    ShipLine { line: group[0], quantity: number(group[1]), location: group.get(2).copied() }
}

/// What follows, or nothing for all.
fn listed<T>(words: &mut Words, read: impl Fn(&[&'static str]) -> T) -> Option<Vec<T>> {
    let groups = words.groups();
    (!groups.is_empty()).then(|| groups.iter().map(|group| read(group)).collect())
}
