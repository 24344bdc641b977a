//! Commands, from the contract's shape to the engine's. What shape, type and range can tell is told
//! here; what a command means, and every limit, is the engine's to judge.

use super::calendar::{calendar, transit};
use super::fields::*;
use super::item;
use super::message::Expected;
use super::notices::{answer, define_regime, notices, until};
use super::value::Value;
use crate::model::command::*;
use crate::model::outcome::Rejection;
use crate::model::units::DEFAULT_PRIORITY;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// The command that a document says, or why it says none.
pub fn command<'v>(value: &'v Value<'v>) -> Result<Command<'v>, Rejection> {
    decode("the command", value, |fields| {
        let key = fields.get("key", id);
        let body = match fields.need("type", kind) {
            Some(kind) => body(kind, fields),
            None => {
                fields.pass_over();
                Body::Tick
            }
        };
        Command { key, body }
    })
}

fn kind(at: &mut At) -> Option<CommandKind> {
    let Some(Value::Text(name)) = at.value else {
        at.wrong(Expected::Phrase("the name of a command, as \"placeOrder\""));
        return None;
    };
    let kind = CommandKind::ALL.into_iter().find(|kind| kind.name() == name);
    if kind.is_none() {
        at.no_command(name, &CommandKind::ALL.map(CommandKind::name));
    }
    kind
}

fn body<'v>(kind: CommandKind, fields: &mut Fields<'v, '_>) -> Body<'v> {
    match kind {
        CommandKind::DefineItem => {
            Body::DefineItem { sku: fields.need("sku", id), settings: item::change(fields) }
        }
        CommandKind::DefineLocation => Body::DefineLocation {
            calendar: fields.change("calendar", |at| object(at, calendar)),
            transit: fields.change("transitDays", transit),
            location: fields.need("location", id),
        },
        CommandKind::DefineSupplier => Body::DefineSupplier {
            supplier: fields.need("supplier", id),
            lateness_days: fields.change("lateness", |at| list(at, signed_days)),
        },
        CommandKind::Receive => Body::Receive {
            sku: fields.need("sku", id),
            location: fields.get("location", id),
            quantity: fields.need("quantity", quantity),
            supply: fields.get("supply", id),
        },
        CommandKind::Count => Body::Count {
            sku: fields.need("sku", id),
            location: fields.get("location", id),
            on_hand: fields.need("onHand", quantity),
        },
        CommandKind::ScheduleSupply => Body::ScheduleSupply {
            supply: fields.need("supply", id),
            sku: fields.need("sku", id),
            location: fields.get("location", id),
            quantity: fields.need("quantity", quantity),
            due: fields.need("due", instant),
            supplier: fields.get("supplier", id),
        },
        CommandKind::RescheduleSupply => Body::RescheduleSupply {
            supply: fields.need("supply", id),
            due: fields.get("due", instant),
            quantity: fields.get("quantity", quantity),
        },
        CommandKind::CancelSupply => Body::CancelSupply { supply: fields.need("supply", id) },
        CommandKind::PlaceOrder => {
            let order = fields.need("order", id);
            let (lines, settings) = cart(fields);
            Body::PlaceOrder { order, lines: Cow::Owned(lines), settings }
        }
        CommandKind::HoldStock => Body::HoldStock {
            hold: fields.need("hold", id),
            lines: Cow::Owned(fields.need("lines", lines)),
            ttl_ms: fields.need("ttl", milliseconds),
            priority: fields.get("priority", priority).unwrap_or(DEFAULT_PRIORITY),
        },
        CommandKind::ConfirmHold => Body::ConfirmHold {
            hold: fields.need("hold", id),
            order: fields.need("order", id),
            segment: fields.get("segment", id),
            ship_to: fields.get("shipTo", id),
            settings: shipping(fields),
            notices: notices(fields),
        },
        CommandKind::ReleaseHold => Body::ReleaseHold { hold: fields.need("hold", id) },
        CommandKind::AmendLine => Body::AmendLine {
            order: fields.need("order", id),
            line: fields.need("line", id),
            quantity: fields.need("quantity", quantity),
        },
        CommandKind::AmendOrder => Body::AmendOrder {
            ship_to: fields.change("shipTo", id),
            order: fields.need("order", id),
            fulfilment: fields.change("fulfilment", fulfilment),
            not_before: fields.change("notBefore", instant),
            latest: fields.change("latest", instant),
        },
        CommandKind::Relocate => Body::Relocate {
            order: fields.need("order", id),
            line: fields.need("line", id),
            from: fields.get("from", id),
            to: fields.need("to", id),
            quantity: fields.get("quantity", quantity),
        },
        CommandKind::Reprioritise => Body::Reprioritise {
            order: fields.need("order", id),
            priority: fields.need("priority", priority),
        },
        CommandKind::Freeze => {
            Body::Freeze { order: fields.need("order", id), frozen: fields.need("frozen", flag) }
        }
        CommandKind::Substitute => Body::Substitute {
            order: fields.need("order", id),
            line: fields.need("line", id),
            sku: fields.need("sku", id),
        },
        CommandKind::CancelOrder => {
            Body::CancelOrder { order: fields.need("order", id), lines: fields.get("lines", ids) }
        }
        CommandKind::Ship => Body::Ship {
            order: fields.need("order", id),
            lines: fields.get("lines", |at| list(at, |at| object(at, ship_line))),
        },
        CommandKind::Return => Body::Return {
            order: fields.need("order", id),
            line: fields.need("line", id),
            quantity: fields.need("quantity", quantity),
            restock: fields.need("restock", flag),
            location: fields.get("location", id),
        },
        CommandKind::Rebalance => Body::Rebalance {
            skus: fields.get("skus", ids),
            rules: fields.need("rules", |at| list(at, |at| object(at, rebalance_rule))),
        },
        CommandKind::Archive => Body::Archive { before: fields.need("before", instant) },
        CommandKind::Tick => Body::Tick,
        CommandKind::DefineRegime => define_regime(fields),
        CommandKind::NoticeSent => Body::NoticeSent {
            notice: fields.need("notice", id),
            offers_cancel: fields.get("offersCancel", flag).unwrap_or(true),
            reason: fields.get("reason", |at| text(at, "a text")),
        },
        CommandKind::Respond => Body::Respond {
            order: fields.need("order", id),
            line: fields.get("line", id),
            answer: fields.need("answer", answer),
            until: fields.get("until", until),
        },
        CommandKind::Refunded => {
            Body::Refunded { order: fields.need("order", id), line: fields.get("line", id) }
        }
    }
}

/// What `placeOrder` and `quoteOrder` share.
pub(super) fn cart<'v>(fields: &mut Fields<'v, '_>) -> (Vec<OrderLine<'v>>, OrderSettings<'v>) {
    let lines = fields.need("lines", lines);
    let settings = OrderSettings {
        priority: fields.get("priority", priority).unwrap_or(DEFAULT_PRIORITY),
        segment: fields.get("segment", id),
        sourcing: fields.get("sourcing", sourcing).unwrap_or_default(),
        allocate_from: fields.get("allocateFrom", instant),
        shortfall: fields.get("shortfall", shortfall).unwrap_or_default(),
        ship_to: fields.get("shipTo", id),
        shipping: shipping(fields),
        notices: notices(fields),
    };
    (lines, settings)
}

fn shipping(fields: &mut Fields) -> ShippingSettings {
    ShippingSettings {
        fulfilment: fields.get("fulfilment", fulfilment).unwrap_or_default(),
        not_before: fields.get("notBefore", instant),
        latest: fields.get("latest", instant),
    }
}

fn sourcing(at: &mut At) -> Sourcing {
    match word(at, &["fewestParts", "inOrder", "earliest"], "") {
        0 => Sourcing::FewestParts,
        1 => Sourcing::InOrder,
        _ => Sourcing::Earliest,
    }
}

fn shortfall(at: &mut At) -> Shortfall {
    match word(at, &["refuse", "trim"], "") {
        0 => Shortfall::Refuse,
        _ => Shortfall::Trim,
    }
}

fn fulfilment(at: &mut At) -> Fulfilment {
    match word(at, &["partial", "line", "order"], "") {
        0 => Fulfilment::Partial,
        1 => Fulfilment::Line,
        _ => Fulfilment::Order,
    }
}

fn lines<'v>(at: &mut At<'v, '_>) -> Vec<OrderLine<'v>> {
    list(at, |at| object(at, order_line))
}

fn order_line<'v>(fields: &mut Fields<'v, '_>) -> OrderLine<'v> {
    OrderLine {
        line: fields.get("line", id),
        sku: fields.need("sku", id),
        quantity: fields.need("quantity", quantity),
        locations: fields.get("locations", ids),
        min_shipment: fields.get("minShipment", quantity).unwrap_or(1),
        unit_price: fields.get("unitPrice", quantity),
    }
}

fn ship_line<'v>(fields: &mut Fields<'v, '_>) -> ShipLine<'v> {
    ShipLine {
        line: fields.need("line", id),
        quantity: fields.need("quantity", quantity),
        location: fields.get("location", id),
    }
}

fn rebalance_rule<'v>(fields: &mut Fields<'v, '_>) -> RebalanceRule<'v> {
    RebalanceRule {
        matching: fields.need("match", |at| object(at, order_match)),
        strategy: fields.need("strategy", strategy),
    }
}

fn order_match<'v>(fields: &mut Fields<'v, '_>) -> OrderMatch<'v> {
    let range = |fields: &mut Fields| (fields.get("from", priority), fields.get("to", priority));
    let (priority_from, priority_to) = fields.get("priority", |at| object(at, range)).unwrap_or_default();
    OrderMatch {
        orders: fields.get("orders", ids),
        segment: fields.get("segment", id),
        priority_from,
        priority_to,
    }
}

fn strategy(at: &mut At) -> Strategy {
    match word(at, &["win", "gain", "redistribute", "fill", "lose"], "") {
        0 => Strategy::Win,
        1 => Strategy::Gain,
        2 => Strategy::Redistribute,
        3 => Strategy::Fill,
        _ => Strategy::Lose,
    }
}
