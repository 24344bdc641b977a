//! What a shop keeps: items, supplies, and demand (orders and holds) with its lines and their parts.

use super::line_id;
use backorder::model::command::{OrderLine, OrderSettings, ShippingSettings};
use backorder::model::settings::ItemSettings;
use backorder::model::units::{Instant, Quantity, day_of, end_of_day};
use backorder::model::view::{HoldState, SupplyState};

#[derive(Clone, Debug)]
pub struct Item {
    pub sku: String,
    pub settings: ItemSettings,
    pub on_hand: Quantity,
}

#[derive(Clone, Debug)]
pub struct Supply {
    pub id: String,
    pub sku: String,
    pub open: Quantity,
    pub received: Quantity,
    pub due: Instant,
    pub supplier: Option<String>,
    pub state: SupplyState,
    pub closed_at: Option<Instant>,
}

/// An order, or a hold, or a hold that became an order.
#[derive(Clone, Debug)]
pub struct Demand {
    pub order: Option<String>,
    pub hold: Option<Hold>,
    pub placed_at: Instant,
    pub priority: u8,
    pub shipping: ShippingSettings,
    pub sequence: u64,
    /// The command that made it an order: that of a hold is the one that confirmed it.
    pub ordered_by: u64,
    pub lines: Vec<Line>,
    pub closed_at: Option<Instant>,
}

#[derive(Clone, Debug)]
pub struct Hold {
    pub id: String,
    pub ends_at: Instant,
    pub state: HoldState,
    pub closed_at: Option<Instant>,
}

/// `quantity = allocated + waiting + shipped + cancelled`; the first two stand in the parts.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    pub sku: String,
    pub quantity: Quantity,
    pub min_shipment: Quantity,
    pub unit_price: Option<Quantity>,
    /// As they were asked for, which is also their rank within the line.
    pub parts: Vec<Part>,
    pub shipped: Quantity,
    pub cancelled: Quantity,
    pub returned: Quantity,
    pub promise: Option<Promise>,
    pub record: LineRecord,
}

/// Units that were asked for together and have one rank.
#[derive(Clone, Debug)]
pub struct Part {
    pub placed_at: Instant,
    pub sequence: u64,
    pub allocated: Quantity,
    pub waiting: Quantity,
}

#[derive(Clone, Copy, Debug)]
pub struct Promise {
    pub date: Instant,
    /// The event that made it or moved it: promises are as old as these.
    pub made_by: u64,
    pub broken: bool,
}

/// What the metrics ask of a line's past.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineRecord {
    pub first_promise: Option<Instant>,
    pub last_promise: Option<Instant>,
}

impl Demand {
    pub fn order(id: &str, settings: &OrderSettings, now: Instant, sequence: u64) -> Self {
        Demand {
            order: Some(id.to_owned()),
            hold: None,
            placed_at: now,
            priority: settings.priority,
            shipping: settings.shipping,
            sequence,
            ordered_by: sequence,
            lines: Vec::new(),
            closed_at: None,
        }
    }

    pub fn hold(id: &str, ends_at: Instant, priority: u8, now: Instant, sequence: u64) -> Self {
        let hold = Hold { id: id.to_owned(), ends_at, state: HoldState::Open, closed_at: None };
        Demand {
            order: None,
            hold: Some(hold),
            placed_at: now,
            priority,
            shipping: ShippingSettings::default(),
            sequence,
            ordered_by: sequence,
            lines: Vec::new(),
            closed_at: None,
        }
    }

    /// Whether it is a cart still: what it has is held, not allocated.
    pub fn is_open_hold(&self) -> bool {
        self.hold.as_ref().is_some_and(|hold| hold.state == HoldState::Open)
    }

    pub fn is_closed(&self) -> bool {
        self.lines.iter().all(Line::is_closed)
    }

    pub fn line_index(&self, id: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.id == id)
    }

    /// Units of the item that are not cancelled, shipped ones included.
    pub fn units_wanted(&self, sku: &str) -> u128 {
        let of_item = self.lines.iter().filter(|line| line.sku == sku);
        of_item.map(|line| u128::from(line.quantity - line.cancelled)).sum()
    }
}

impl Line {
    pub fn new(asked: &OrderLine, index: usize, part: Part) -> Self {
        Line {
            id: line_id(asked, index),
            sku: asked.sku.to_owned(),
            quantity: asked.quantity,
            min_shipment: asked.min_shipment,
            unit_price: asked.unit_price,
            parts: vec![part],
            shipped: 0,
            cancelled: 0,
            returned: 0,
            promise: None,
            record: LineRecord::default(),
        }
    }

    pub fn allocated(&self) -> Quantity {
        self.parts.iter().map(|part| part.allocated).sum()
    }

    pub fn waiting(&self) -> Quantity {
        self.parts.iter().map(|part| part.waiting).sum()
    }

    /// What it still has to ship.
    pub fn left(&self) -> Quantity {
        self.allocated() + self.waiting()
    }

    pub fn is_closed(&self) -> bool {
        self.left() == 0
    }

    /// The instant at which its promise is broken if it has not shipped by then.
    pub fn deadline(&self) -> Option<Instant> {
        let promise = self.promise.filter(|promise| !promise.broken && !self.is_closed())?;
        Some(end_of_day(day_of(promise.date)))
    }

    /// Gives up all that has not shipped.
    pub fn give_up(&mut self) -> Quantity {
        let left = self.left();
        self.parts.clear();
        self.cancelled += left;
        left
    }
}
