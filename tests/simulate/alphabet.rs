//! What can happen in a small world: sixteen commands about one item, two orders, a cart and a supply.

use backorder::model::command::{Body, Command, Fulfilment, OrderLine, OrderSettings, ShippingSettings};
use backorder::model::settings::{ItemChange, Promising, Replenishment, Sharing};
use backorder::model::units::{DAY_MS, Instant};

pub const LETTERS: usize = 16;

const ITEM: &str = "pen";

/// By which rule the item is shared and promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// By rank.
    Queue,
    /// By the promise made.
    Promises,
    /// In fair shares.
    Shares,
}

impl World {
    pub const ALL: [World; 3] = [World::Queue, World::Promises, World::Shares];

    /// The item, which comes by assumed lead time beyond what is scheduled.
    pub fn definitions(self) -> Vec<Command<'static>> {
        let replenishment = Replenishment { lead_time_days: 3, ..Replenishment::default() };
        let mut settings = ItemChange { replenishment: Some(Some(replenishment)), ..ItemChange::default() };
        match self {
            World::Queue => {}
            World::Promises => settings.promising = Some(Some(Promising::Protect)),
            World::Shares => settings.sharing = Some(Some(Sharing::FairShare)),
        }
        vec![Body::DefineItem { sku: ITEM, settings }.into()]
    }
}

/// One command, and how many days pass before it.
pub struct Letter {
    pub command: Command<'static>,
    pub days: u64,
}

/// The letter of this number, given so late.
pub fn letter(number: usize, now: Instant) -> Letter {
    let place = |order, quantity, priority, fulfilment| {
        let shipping = ShippingSettings { fulfilment, ..ShippingSettings::default() };
        let lines = vec![OrderLine::new(ITEM, quantity)].into();
        Body::PlaceOrder {
            order,
            lines,
            settings: OrderSettings { priority, shipping, ..OrderSettings::default() },
        }
    };
    let receive = |supply| Body::Receive { sku: ITEM, location: None, quantity: 2, supply };
    let body = match number {
        0 => receive(None),
        1 => receive(Some("s")),
        2 => Body::Count { sku: ITEM, location: None, on_hand: 1 },
        3 => {
            let due = now + 2 * DAY_MS;
            Body::ScheduleSupply { supply: "s", sku: ITEM, location: None, quantity: 3, due, supplier: None }
        }
        4 => Body::RescheduleSupply { supply: "s", due: Some(now + 4 * DAY_MS), quantity: Some(2) },
        5 => Body::CancelSupply { supply: "s" },
        6 => place("a", 2, 100, Fulfilment::Partial),
        7 => place("b", 3, 50, Fulfilment::Line),
        8 => {
            let lines = vec![OrderLine::new(ITEM, 2)].into();
            Body::HoldStock { hold: "h", lines, ttl_ms: DAY_MS, priority: 100 }
        }
        9 => Body::ConfirmHold {
            hold: "h",
            order: "c",
            segment: None,
            ship_to: None,
            settings: ShippingSettings::default(),
            notices: None,
        },
        10 => Body::AmendLine { order: "a", line: "1", quantity: 4 },
        11 => Body::AmendLine { order: "b", line: "1", quantity: 1 },
        12 => Body::CancelOrder { order: "a", lines: None },
        13 => Body::Ship { order: "a", lines: None },
        14 => {
            let safety_stock = Some(Some(1));
            Body::DefineItem { sku: ITEM, settings: ItemChange { safety_stock, ..ItemChange::default() } }
        }
        _ => return Letter { command: Body::Tick.into(), days: 1 },
    };
    Letter { command: body.into(), days: 0 }
}
