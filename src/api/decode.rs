//! Commands, from the contract's shape to the engine's. What shape, type and range can tell is told
//! here; what a command means, and every limit, is the engine's to judge.

use super::fields::*;
use super::item;
use super::message::Expected;
use super::value::Value;
use crate::model::command::*;
use crate::model::outcome::Rejection;
use crate::model::units::DEFAULT_PRIORITY;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// Commands of the contract that come in a later release.
const LATER_COMMANDS: [&str; 9] = [
    "defineLocation",
    "defineRegime",
    "relocate",
    "freeze",
    "substitute",
    "noticeSent",
    "respond",
    "refunded",
    "rebalance",
];

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
        at.no_command(name, &CommandKind::ALL.map(CommandKind::name), &LATER_COMMANDS);
    }
    kind
}

fn body<'v>(kind: CommandKind, fields: &mut Fields<'v, '_>) -> Body<'v> {
    match kind {
        CommandKind::DefineItem => {
            Body::DefineItem { sku: fields.need("sku", id), settings: item::change(fields) }
        }
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
            settings: shipping(fields),
        },
        CommandKind::ReleaseHold => Body::ReleaseHold { hold: fields.need("hold", id) },
        CommandKind::AmendLine => Body::AmendLine {
            order: fields.need("order", id),
            line: fields.need("line", id),
            quantity: fields.need("quantity", quantity),
        },
        CommandKind::AmendOrder => {
            fields.later_setting("shipTo", Usual::Nothing);
            Body::AmendOrder {
                order: fields.need("order", id),
                fulfilment: fields.change("fulfilment", fulfilment),
                not_before: fields.change("notBefore", instant),
                latest: fields.change("latest", instant),
            }
        }
        CommandKind::Reprioritise => Body::Reprioritise {
            order: fields.need("order", id),
            priority: fields.need("priority", priority),
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
        CommandKind::Archive => Body::Archive { before: fields.need("before", instant) },
        CommandKind::Tick => Body::Tick,
    }
}

/// What `placeOrder` and `quoteOrder` share.
pub(super) fn cart<'v>(fields: &mut Fields<'v, '_>) -> (Vec<OrderLine<'v>>, OrderSettings) {
    fields.later("allocateFrom", Usual::Nothing);
    fields.later("shortfall", Usual::Word("refuse"));
    fields.later("sourcing", Usual::Word("fewestParts"));
    let lines = fields.need("lines", lines);
    let priority = fields.get("priority", priority).unwrap_or(DEFAULT_PRIORITY);
    (lines, OrderSettings { priority, shipping: shipping(fields) })
}

fn shipping(fields: &mut Fields) -> ShippingSettings {
    fields.later("segment", Usual::Nothing);
    fields.later("shipTo", Usual::Nothing);
    fields.later("statedShipBy", Usual::Nothing);
    fields.later("regime", Usual::Word("none"));
    fields.later("buyerZone", Usual::Nothing);
    fields.later("payment", Usual::Word("card"));
    ShippingSettings {
        fulfilment: fields.get("fulfilment", fulfilment).unwrap_or_default(),
        not_before: fields.get("notBefore", instant),
        latest: fields.get("latest", instant),
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
