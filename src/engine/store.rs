//! The records of an engine: arenas of plain integers that name each other by index.

use super::rank_tree::{NO_PROMISE, Root};
use crate::estimate::curve::SupplyCurve;
use crate::model::command::Fulfilment;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::ItemSettings;
use crate::model::units::{Day, Instant, Quantity, day_of};
use crate::model::view::{HoldState, SupplyState};
use alloc::vec::Vec;

/// An item: its settings, its shelf, its supplies and its queue.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub settings: ItemSettings,
    /// What stands on the shelf. What of it is allocated or held is the sum over the queue.
    pub on_hand: Quantity,
    pub curve: SupplyCurve,
    /// The parts of lines that have not shipped, by rank.
    pub root: Root,
    /// The first of the lines that stand outside the queue, linked by `shelf_after`, or [`NONE`].
    pub first_shelved: u32,
    /// What they have: orders, and holds.
    pub shelved_allocated: Quantity,
    pub shelved_held: Quantity,
    /// Lines that wait for units; a line may wait in several parts.
    pub waiting_lines: u64,
    /// Every supply that was ever scheduled and is not archived, in that order.
    pub supplies: Vec<u32>,
    /// What was too late to count when promises were last looked at.
    pub ignored_seen: Quantity,
}

impl Item {
    pub fn new(settings: ItemSettings, on_hand: Quantity) -> Item {
        Item {
            settings,
            on_hand,
            curve: SupplyCurve::default(),
            root: Root::default(),
            first_shelved: NONE,
            shelved_allocated: 0,
            shelved_held: 0,
            waiting_lines: 0,
            supplies: Vec::new(),
            ignored_seen: 0,
        }
    }

    /// Sellable units not set aside; below 0 when the buffer is not full.
    pub fn free(&self) -> i64 {
        let set_aside = self.allocated() + self.held();
        // All three are at most 2^53.
        self.on_hand as i64 - set_aside as i64 - self.settings.safety_stock as i64
    }

    /// Units that a new line may take at once.
    pub fn available(&self) -> Quantity {
        self.free().max(0) as Quantity
    }

    /// Units that receipts fill before they serve the first waiting line (rules §9).
    pub fn debt(&self) -> Quantity {
        (-self.free()).max(0) as Quantity
    }
}

/// A supplier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Supplier {
    /// Past receipts against their dates, negative when early. Nothing learns from them yet.
    pub lateness_days: Vec<i64>,
}

/// A scheduled supply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Supply {
    pub item: u32,
    pub supplier: u32,
    pub due: Instant,
    pub open: Quantity,
    pub received: Quantity,
    pub state: SupplyState,
    /// [`NEVER`] while open.
    pub closed_at: Instant,
    /// Of the command that scheduled it.
    pub content: u64,
    pub archived: bool,
}

/// What is known of the id of an order or a hold: for good, also when its demand is archived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Of the command that made it.
    pub content: u64,
    /// [`NONE`] once archived.
    pub demand: u32,
}

/// An order or a hold: a demand on stock. A confirmed hold is the order that it became.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demand {
    /// The order's id, or [`NONE`].
    pub order: u32,
    /// The hold's id, or [`NONE`].
    pub hold: u32,
    pub hold_state: HoldState,
    pub ends_at: Instant,
    pub placed_at: Instant,
    /// Of the command that placed it; the tie-breaker of rank.
    pub sequence: u64,
    pub priority: u8,
    pub fulfilment: Fulfilment,
    /// 0 when there is none.
    pub not_before: Instant,
    /// [`NEVER`] when there is none.
    pub latest: Instant,
    pub first_line: u32,
    pub line_count: u32,
    /// Lines with something allocated or waiting.
    pub open_lines: u32,
    /// Lines that lack units.
    pub waiting_lines: u32,
    /// [`NEVER`] while a line is open.
    pub closed_at: Instant,
}

impl Demand {
    /// Whether its units are held, not allocated.
    pub fn is_hold(&self) -> bool {
        self.order == NONE
    }

    /// The indices of its lines.
    pub fn lines(&self) -> core::ops::Range<u32> {
        self.first_line..self.first_line + self.line_count
    }
}

/// One line of a demand. `quantity = allocated + waiting + shipped + cancelled`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub demand: u32,
    /// The line's id.
    pub name: u32,
    pub item: u32,
    /// Its place in the order, from 0.
    pub place: u32,
    pub quantity: Quantity,
    pub allocated: Quantity,
    pub waiting: Quantity,
    pub shipped: Quantity,
    pub cancelled: Quantity,
    pub returned: Quantity,
    pub min_shipment: Quantity,
    /// [`NEVER`] when there is none.
    pub unit_price: Quantity,
    /// The promise that stands, or [`NEVER`].
    pub promise: Instant,
    /// The first promise that was made, or [`NEVER`].
    pub first_promise: Instant,
    /// Counts promises over the engine's life: the order in which deadlines fall at one instant.
    pub promise_number: u64,
    /// The promise that stands is no longer held against the line: it was broken, or the line was closed
    /// when its day ended.
    pub broken: bool,
    /// The parts, in rank order; [`NONE`] when all has shipped or is cancelled, or the line stands
    /// outside the queue.
    pub first_part: u32,
    pub last_part: u32,
    /// Its neighbours outside the queue, where it stands there.
    pub shelf_before: u32,
    pub shelf_after: u32,
}

impl Line {
    /// What has neither shipped nor been cancelled.
    pub fn open(&self) -> Quantity {
        self.allocated + self.waiting
    }

    /// The day of the promise that stands, as the tree keeps it.
    pub fn promise_day(&self) -> Day {
        if self.promise == NEVER { NO_PROMISE } else { day_of(self.promise) }
    }

    /// Whether a promise stands whose day is still to be held against it.
    pub fn has_deadline(&self) -> bool {
        self.promise != NEVER && !self.broken && self.open() > 0
    }
}

/// A part of a line: what was asked for at one instant. Its quantities and rank are in the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub line: u32,
    /// The line's next part, or the next free one, or [`NONE`].
    pub next: u32,
}

/// Running sums behind [`crate::model::view::Metrics`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub orders: u64,
    pub lines: u64,
    pub units: u64,
    /// Filled from stock at once: units, whole lines, whole orders.
    pub units_at_once: u64,
    pub lines_at_once: u64,
    pub orders_at_once: u64,
    /// Lines wholly shipped that had a promise, and how many of them in time.
    pub promised_lines_shipped: u64,
    pub on_time_first: u64,
    pub on_time_last: u64,
    /// Units served from the queue, and the milliseconds that each waited, summed.
    pub waited_units: u64,
    pub waited_unit_ms: u128,
    /// The price of what waits.
    pub waiting_value: u128,
    pub promises_made: u64,
    pub promises_moved: u64,
    pub promises_broken: u64,
}
