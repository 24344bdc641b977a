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
#[expect(missing_docs, reason = "the contract's names")]
pub enum Availability {
    InStock,
    Limited,
    Backorder,
    Preorder,
    OutOfStock,
    Discontinued,
}

impl Availability {
    /// The contract's names, at the index of their number.
    pub const NAMES: [&str; 6] =
        ["inStock", "limited", "backorder", "preorder", "outOfStock", "discontinued"];
}

/// What `placeOrder` of one line at this instant would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct Quote<'e> {
    pub sku: &'e str,
    pub quantity: Quantity,
    pub parts: Vec<QuotePart<'e>>,
    pub availability: Availability,
    pub now: Quantity,
    pub ahead: Quantity,
    pub ships: Estimate,
    /// Where a destination was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivers: Option<Estimate>,
    pub promise: Option<Instant>,
    /// What could be offered in its place; of an alternative, none.
    pub alternatives: Vec<Quote<'e>>,
    /// What to offer for the wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incentive: Option<&'e str>,
}

/// What one location would give of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct QuotePart<'e> {
    pub location: &'e str,
    pub now: Quantity,
    pub waits: Quantity,
}

/// What `placeOrder` of a whole cart would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct CartQuote<'e> {
    pub lines: Vec<Quote<'e>>,
    pub promise: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<CartRefusal>,
}

/// Why `placeOrder` of a cart would be refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct CartRefusal {
    pub reason: &'static str,
    pub path: String,
}

/// The books of one item, at one location or over all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct Position<'e> {
    pub sku: &'e str,
    pub location: Option<&'e str>,
    pub on_hand: Quantity,
    pub allocated: Quantity,
    pub held: Quantity,
    pub safety_stock: Quantity,
    pub available: Quantity,
    pub incoming: Quantity,
    pub backordered: Quantity,
    pub waiting_lines: u64,
}

/// One order as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct OrderView<'e> {
    pub order: &'e str,
    pub placed_at: Instant,
    pub priority: u8,
    pub lines: Vec<LineView<'e>>,
}

/// One hold as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct HoldView<'e> {
    pub hold: &'e str,
    pub placed_at: Instant,
    pub ends_at: Instant,
    pub state: HoldState,
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
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct LineView<'e> {
    pub line: &'e str,
    pub sku: &'e str,
    pub quantity: Quantity,
    pub allocated: Quantity,
    pub backordered: Quantity,
    pub shipped: Quantity,
    pub cancelled: Quantity,
    pub returned: Quantity,
    pub parts: Vec<LinePart<'e>>,
    pub ahead: Quantity,
    pub promised: Option<Instant>,
    pub ships: Estimate,
    /// Where its order names a destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivers: Option<Estimate>,
    pub pegs: Vec<Peg<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeView<'e>>,
}

/// What a customer is to be told of a line, or was told last (rules §14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct NoticeView<'e> {
    pub notice: NoticeId,
    pub order: &'e str,
    pub line: &'e str,
    pub kind: &'static str,
    /// A day, or "indefinite".
    pub revised: Option<String>,
    pub due: String,
    pub silence: Option<&'static str>,
    pub cancels_on: Option<String>,
    pub refund_by: Option<String>,
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
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct LinePart<'e> {
    pub location: &'e str,
    pub allocated: Quantity,
    pub backordered: Quantity,
    pub shipped: Quantity,
}

/// What will serve some of a line's waiting units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct Peg<'e> {
    pub supply: Option<&'e str>,
    pub quantity: Quantity,
    pub due: Option<Instant>,
}

/// One waiting part, in the order in which it will be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct QueueRow<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<&'e str>,
    pub line: &'e str,
    pub location: &'e str,
    pub quantity: Quantity,
    pub ahead: Quantity,
}

/// One supply as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct SupplyView<'e> {
    pub supply: &'e str,
    pub location: &'e str,
    pub open: Quantity,
    pub received: Quantity,
    pub due: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<&'e str>,
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
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct Reorder<'e> {
    pub sku: &'e str,
    pub location: &'e str,
    pub quantity: Quantity,
    pub reason: String,
    pub shortage_risk: f64,
}

/// What the merchant is judged by, since the engine began. Rates are `0 ..= 1`, `None` without a case.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct Metrics {
    pub orders: u64,
    pub lines: u64,
    pub units: Quantity,
    pub refused_units: Quantity,
    pub unit_fill_rate: Option<f64>,
    pub line_fill_rate: Option<f64>,
    pub order_fill_rate: Option<f64>,
    pub on_time_first: Option<f64>,
    pub on_time_last: Option<f64>,
    pub waiting_lines: u64,
    pub waiting_units: Quantity,
    pub waiting_value: Quantity,
    pub oldest_wait_days: Option<f64>,
    pub mean_wait_days: Option<f64>,
    pub promises_made: u64,
    pub promises_moved: u64,
    pub promises_broken: u64,
}

/// What some commands would do to one promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct PromiseChange {
    pub order: String,
    pub line: String,
    pub before: Option<Instant>,
    pub after: Option<Instant>,
    pub breach: bool,
}

/// An event with its names.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct EventView<'e> {
    pub seq: u64,
    pub at: Instant,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supply: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// `None`: the kind has no such field. `Some(None)`: there was no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Option<Instant>>,
    /// As `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Option<Instant>>,
    pub cause: Cause<'e>,
}

/// What brought an event about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are named and explained in the contract")]
pub struct Cause<'e> {
    pub command: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supply: Option<&'e str>,
}
