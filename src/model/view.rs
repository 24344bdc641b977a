//! What reads answer: the contract's shapes, with names borrowed from the engine.

use super::units::{Instant, Quantity};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum Basis {
    /// On hand.
    Stock,
    /// Scheduled receipts.
    Supply,
    /// The assumed lead time.
    Replenishment,
    /// There is none, and no date.
    None,
}

/// When, and how sure. `None`: cannot be said honestly, so nothing is said. Of what is taken at its word
/// the three are equal, and no past receipts stand behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Estimate {
    /// As likely before as after.
    pub p50: Option<Instant>,
    /// Four in five are not later.
    pub p80: Option<Instant>,
    /// Nineteen in twenty are not later.
    pub p95: Option<Instant>,
    /// Where it comes from.
    pub basis: Basis,
    /// Past receipts that the spread was learned from.
    pub evidence: u64,
}

impl Estimate {
    /// The same date at every quantile.
    pub const fn plain(date: Option<Instant>, basis: Basis) -> Self {
        Estimate { p50: date, p80: date, p95: date, basis, evidence: 0 }
    }

    /// The later of two, quantile by quantile; no date is later than any.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        let later = |mine: Option<Instant>, theirs: Option<Instant>| Some(mine?.max(theirs?));
        let (p50, p80) = (later(self.p50, other.p50), later(self.p80, other.p80));
        let whose = if other.p80 > self.p80 || other.p80.is_none() { other } else { self };
        Estimate { p50, p80, p95: later(self.p95, other.p95), ..whose }
    }
}

/// What a page may say of an item, in the order that the bulk door numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum Availability {
    /// All of it is available now.
    InStock,
    /// Some of it is, not all.
    Limited,
    /// None of it is, and it may wait.
    Backorder,
    /// The item is not released yet.
    Preorder,
    /// None of it is, or it would be refused.
    OutOfStock,
    /// The item sells what is left, and has too little.
    Discontinued,
}

impl Availability {
    /// The contract's names, at the index of their number.
    pub const NAMES: [&str; 6] =
        ["inStock", "limited", "backorder", "preorder", "outOfStock", "discontinued"];
}

/// What `placeOrder` of one line at this instant would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote<'e> {
    /// The item.
    pub sku: &'e str,
    /// The units asked for.
    pub quantity: Quantity,
    /// What each location would give, the best first; more than one only where the line would be split.
    pub parts: Vec<QuotePart<'e>>,
    /// What a page may say.
    pub availability: Availability,
    /// Units that are available at once, also where the whole would be refused.
    pub now: Quantity,
    /// Units waiting ahead.
    pub ahead: Quantity,
    /// When the last unit leaves.
    pub ships: Estimate,
    /// Where a destination was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivers: Option<Estimate>,
    /// What `placeOrder` at this instant would promise.
    pub promise: Option<Instant>,
    /// What could be offered in its place; of an alternative, none.
    pub alternatives: Vec<Quote<'e>>,
    /// What to offer for the wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incentive: Option<&'e str>,
}

/// What one location would give of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct QuotePart<'e> {
    /// The location.
    pub location: &'e str,
    /// Units that it has for the line.
    pub now: Quantity,
    /// Units that would wait there.
    pub waits: Quantity,
}

/// What `placeOrder` of a whole cart would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CartQuote<'e> {
    /// Each line, in the order given.
    pub lines: Vec<Quote<'e>>,
    /// The latest promise of its lines; `None` where one has none.
    pub promise: Option<Instant>,
    /// Why the order would be refused, where it would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<CartRefusal>,
}

/// Why `placeOrder` of a cart would be refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CartRefusal {
    /// The reason's name.
    pub reason: &'static str,
    /// Which part, as `lines[2].sku`.
    pub path: String,
}

/// The books of one item, at one location or over all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Position<'e> {
    /// The item.
    pub sku: &'e str,
    /// The location; `None`: the sums over all.
    pub location: Option<&'e str>,
    /// Units that stand there.
    pub on_hand: Quantity,
    /// Units of these set aside for orders.
    pub allocated: Quantity,
    /// Units of these set aside for holds.
    pub held: Quantity,
    /// Units below which nothing is sold.
    pub safety_stock: Quantity,
    /// `on_hand − allocated − held − safety_stock`, never below 0.
    pub available: Quantity,
    /// Units of open supplies.
    pub incoming: Quantity,
    /// Units that wait.
    pub backordered: Quantity,
    /// Lines that wait.
    pub waiting_lines: u64,
}

/// One order as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderView<'e> {
    /// Its id.
    pub order: &'e str,
    /// When it was placed.
    pub placed_at: Instant,
    /// 0 is served first.
    pub priority: u8,
    /// Its lines, in the order given.
    pub lines: Vec<LineView<'e>>,
}

/// One hold as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HoldView<'e> {
    /// Its id.
    pub hold: &'e str,
    /// When it was placed.
    pub placed_at: Instant,
    /// When it ends by itself.
    pub ends_at: Instant,
    /// What has become of it.
    pub state: HoldState,
    /// Its lines, in the order given.
    pub lines: Vec<LineView<'e>>,
}

/// What has become of a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum HoldState {
    /// It holds.
    Open,
    /// It became an order.
    Confirmed,
    /// It ran out or was released.
    Ended,
}

/// One line as it stands. `quantity = allocated + backordered + shipped + cancelled`, always.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineView<'e> {
    /// Its name, unique in its order.
    pub line: &'e str,
    /// The item.
    pub sku: &'e str,
    /// Units in all.
    pub quantity: Quantity,
    /// Units set aside.
    pub allocated: Quantity,
    /// Units that wait.
    pub backordered: Quantity,
    /// Units that left.
    pub shipped: Quantity,
    /// Units given up.
    pub cancelled: Quantity,
    /// Units that came back, of those that left.
    pub returned: Quantity,
    /// The same by location, the best first; one entry unless the line was split.
    pub parts: Vec<LinePart<'e>>,
    /// Units waiting ahead.
    pub ahead: Quantity,
    /// The date that was promised and stands.
    pub promised: Option<Instant>,
    /// When the last unit leaves.
    pub ships: Estimate,
    /// Where its order names a destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivers: Option<Estimate>,
    /// What will serve the waiting units, in order.
    pub pegs: Vec<Peg<'e>>,
    /// What its customer is to be told, or was told last; `None` without a regime.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeView<'e>>,
}

/// What a customer is to be told of a line, or was told last (rules §14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView<'e> {
    /// Its id.
    pub notice: NoticeId,
    /// The order.
    pub order: &'e str,
    /// The line.
    pub line: &'e str,
    /// `firstOption`, `renewedOption`, `cancellation` or `newDate`.
    pub kind: &'static str,
    /// A day, or "indefinite".
    pub revised: Option<String>,
    /// The last day on which sending it still complies.
    pub due: String,
    /// What silence means: `consent` or `cancels`; `None`: nothing.
    pub silence: Option<&'static str>,
    /// The last day on which the order stands, where silence cancels or it has ended.
    pub cancels_on: Option<String>,
    /// The last day on which to pay back.
    pub refund_by: Option<String>,
    /// `due`, `sent`, `consented`, `cancelled`, `refunded` or `overdue`.
    pub state: &'static str,
}

/// A notice, by its number: the id "N1" is that of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeId(pub u64);

impl Serialize for NoticeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&alloc::format!("N{}", self.0))
    }
}

/// What one location has of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LinePart<'e> {
    /// The location.
    pub location: &'e str,
    /// Units set aside there.
    pub allocated: Quantity,
    /// Units that wait there.
    pub backordered: Quantity,
    /// Units that left there.
    pub shipped: Quantity,
}

/// What will serve some of a line's waiting units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Peg<'e> {
    /// The supply; `None`: assumed replenishment, or nothing known.
    pub supply: Option<&'e str>,
    /// Units.
    pub quantity: Quantity,
    /// The supply's own date, or that of the assumed; `None`: nothing known.
    pub due: Option<Instant>,
}

/// One waiting part, in the order in which it will be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct QueueRow<'e> {
    /// The order, unless it is a hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<&'e str>,
    /// The hold, unless it is an order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<&'e str>,
    /// The line.
    pub line: &'e str,
    /// Where it waits.
    pub location: &'e str,
    /// Units that wait.
    pub quantity: Quantity,
    /// Units waiting ahead, at that location.
    pub ahead: Quantity,
}

/// One supply as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SupplyView<'e> {
    /// Its id.
    pub supply: &'e str,
    /// Where it comes to.
    pub location: &'e str,
    /// Units still to come.
    pub open: Quantity,
    /// Units that came.
    pub received: Quantity,
    /// When, as last told.
    pub due: Instant,
    /// Who supplies it, where that was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<&'e str>,
    /// What has become of it.
    pub state: SupplyState,
}

/// What has become of a supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum SupplyState {
    /// Some of it is still to come.
    Open,
    /// It came, or the rest was given up.
    Closed,
    /// It was cancelled.
    Cancelled,
}

/// What should be ordered of an item for a location.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reorder<'e> {
    /// The item.
    pub sku: &'e str,
    /// The location.
    pub location: &'e str,
    /// Units to order.
    pub quantity: Quantity,
    /// Why, in a sentence.
    pub reason: String,
    /// 1 where more waits than is there and on its way, else 0: demand is not learned.
    pub shortage_risk: f64,
}

/// What the merchant is judged by, since the engine began. Rates are `0 ..= 1`, `None` without a case.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Metrics {
    /// Orders taken.
    pub orders: u64,
    /// Lines of these.
    pub lines: u64,
    /// Units of these.
    pub units: Quantity,
    /// Units refused, and those by which orders were trimmed.
    pub refused_units: Quantity,
    /// Units that were set aside at once.
    pub unit_fill_rate: Option<f64>,
    /// Lines of which all was.
    pub line_fill_rate: Option<f64>,
    /// Orders of which all was.
    pub order_fill_rate: Option<f64>,
    /// Shipped on or before the day first promised.
    pub on_time_first: Option<f64>,
    /// Shipped on or before the day promised last.
    pub on_time_last: Option<f64>,
    /// Lines that wait now.
    pub waiting_lines: u64,
    /// Units that wait now.
    pub waiting_units: Quantity,
    /// What these are worth, by `unit_price`.
    pub waiting_value: Quantity,
    /// How long the oldest has waited.
    pub oldest_wait_days: Option<f64>,
    /// How long a waiting unit has waited on average.
    pub mean_wait_days: Option<f64>,
    /// Promises made.
    pub promises_made: u64,
    /// Promises moved.
    pub promises_moved: u64,
    /// Promised days that ended before the line had shipped.
    pub promises_broken: u64,
}

/// What some commands would do to one promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PromiseChange {
    /// The order.
    pub order: String,
    /// The line.
    pub line: String,
    /// The promise that stands.
    pub before: Option<Instant>,
    /// The promise that it would have; `None`: none.
    pub after: Option<Instant>,
    /// Whether that is of a later day than the promise that stands, or none.
    pub breach: bool,
}

/// An event with its names.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EventView<'e> {
    /// 1, 2, 3 … over the engine's life.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// The kind's name.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The order that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<&'e str>,
    /// The line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<&'e str>,
    /// The hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<&'e str>,
    /// The item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<&'e str>,
    /// The location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<&'e str>,
    /// The supply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supply: Option<&'e str>,
    /// The notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeId>,
    /// Units, of the kinds that have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// `None`: the kind has no such field. `Some(None)`: there was no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Option<Instant>>,
    /// As `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Option<Instant>>,
    /// What brought it about.
    pub cause: Cause<'e>,
}

/// What brought an event about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cause<'e> {
    /// The command's name.
    pub command: &'static str,
    /// The supply, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supply: Option<&'e str>,
}
