//! The records of an engine: arenas of plain integers that name each other by index.

use super::rank_tree::Root;
use crate::estimate::curve::SupplyCurve;
use crate::estimate::expected::Expected;
use crate::estimate::overtaking::Inflow;
use crate::model::command::{Fulfilment, Sourcing};
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::{ItemSettings, WholeLines};
use crate::model::units::{Day, Instant, Quantity};
use crate::model::view::{HoldState, SupplyState};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// An item: its settings, and where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    pub settings: ItemSettings,
    /// What a kit is made of in the end; empty for what is no kit.
    pub kit: Vec<Component>,
    /// The kits that it was ever named in as a component.
    pub used_in: Vec<u32>,
    /// Its sites, by the number of their location.
    pub sites: Vec<u32>,
    /// Every supply that was ever scheduled and is not archived, in that order.
    pub supplies: Vec<u32>,
    /// The day on which it began to learn at which rate better priorities overtake; 0 where it does not.
    pub learns_since: Day,
    /// Units that wait, over all sites, holds and orders for later included.
    pub waiting: Quantity,
    /// Units that wait or are set aside, over all sites. Of a kit none, as its components are.
    pub wanted: Quantity,
    /// Lines that have something allocated or waiting.
    pub open_lines: u64,
}

impl Item {
    /// Whether it is sold as one and allocated as its components.
    pub fn is_kit(&self) -> bool {
        !self.kit.is_empty()
    }

    /// Whether lines that ship whole take nothing of it before they can have all. Of a kit its
    /// components say.
    pub fn skips_whole_lines(&self) -> bool {
        self.settings.whole_lines == WholeLines::Skip && !self.is_kit()
    }
}

/// So many of an item to each kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Component {
    pub item: u32,
    pub per_kit: Quantity,
}

/// An item at a location: its shelf, its supplies and its queue. A kit's has only sums.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub item: u32,
    pub location: u32,
    /// What stands on the shelf. What of it is allocated or held is the sum over the queue.
    pub on_hand: Quantity,
    /// What is scheduled, at its word.
    pub curve: SupplyCurve,
    /// The same where some of it may be late, or early.
    pub expected: Option<Box<Expected>>,
    /// What was ordered here by priority, where that is learned.
    pub inflow: Option<Box<Inflow>>,
    /// The parts of lines that have not shipped, by rank.
    pub root: Root,
    /// The first of the lines that stand outside the queue, linked by `shelf_after`, or [`NONE`].
    pub first_shelved: u32,
    /// What they have: orders, and holds. Of a kit, what its lines have.
    pub shelved_allocated: Quantity,
    pub shelved_held: Quantity,
    /// Of a kit, what its lines wait for.
    pub kits_waiting: Quantity,
    /// Lines that wait for units; a line may wait in several parts.
    pub waiting_lines: u64,
    /// Parts of orders for later that wait here.
    pub later_parts: u32,
    /// When promises were last looked at: what was too late to count by then is known.
    pub seen_at: Instant,
    /// The reorder point was reached, and that was said.
    pub reorder_said: bool,
}

impl Site {
    /// Nothing yet of an item, at a location.
    pub fn new(item: u32, location: u32) -> Site {
        Site {
            item,
            location,
            on_hand: 0,
            curve: SupplyCurve::default(),
            expected: None,
            inflow: None,
            root: Root::default(),
            first_shelved: NONE,
            shelved_allocated: 0,
            shelved_held: 0,
            kits_waiting: 0,
            waiting_lines: 0,
            later_parts: 0,
            seen_at: 0,
            reorder_said: false,
        }
    }

    /// Units that wait here.
    pub fn waiting(&self) -> Quantity {
        self.root.waiting() + self.kits_waiting
    }
}

/// A supplier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Supplier {
    /// Past receipts against their dates, negative when early, as they were told.
    pub lateness_days: Vec<i64>,
    /// When they were; `None` where nothing was, or an earlier release was told.
    pub told_on: Option<Day>,
}

/// A scheduled supply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Supply {
    pub site: u32,
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
    /// How added units are spread over locations.
    pub sourcing: Sourcing,
    /// No rebalance takes its units away, and a count only after those of all others.
    pub frozen: bool,
    /// The customer's class, or [`NONE`].
    pub segment: u32,
    /// Where it goes, or [`NONE`].
    pub destination: u32,
    /// It takes no units before this; 0 when there is none, or it has come.
    pub allocate_from: Instant,
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
    /// Where it stands, the first place where it stands in several, of the item itself.
    pub site: u32,
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
    /// What it has at each of its places, in the order in which they came to be; [`NONE`] for a line
    /// of one place and no kit, of which the line itself says it.
    pub first_leg: u32,
    /// Its neighbours outside the queue, where it stands there.
    pub shelf_before: u32,
    pub shelf_after: u32,
}

impl Line {
    /// What has neither shipped nor been cancelled.
    pub fn open(&self) -> Quantity {
        self.allocated + self.waiting
    }

    /// Whether a promise stands whose day is still to be held against it.
    pub fn has_deadline(&self) -> bool {
        self.promise != NEVER && !self.broken && self.open() > 0
    }
}

/// What a line has at one of its places, in its own units: of a kit's line, in kits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    /// Of the line's item.
    pub site: u32,
    pub allocated: Quantity,
    pub waiting: Quantity,
    pub shipped: Quantity,
    /// The line's next place, or [`NONE`].
    pub next: u32,
}

/// A part of a line: what was asked for at one instant, at one place, of one component. Its quantities
/// and rank are in the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub line: u32,
    /// The line's next part, or the next free one, or [`NONE`].
    pub next: u32,
    /// Of the line's item, or of its component.
    pub site: u32,
    /// Which unit it is beyond all scheduled supply, once a promise rests on that; 0 before.
    pub beyond: Quantity,
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
