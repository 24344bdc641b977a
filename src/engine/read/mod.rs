//! Reads: none of them changes anything. A read shows the state after the last command; its `now`
//! dates estimates and brings nothing about.

mod explain;
mod figures;
mod lists;
mod orders;
mod quotes;

use super::Engine;
use crate::model::units::{DEFAULT_LOCATION, Instant, Quantity};
use crate::model::view::{Availability, Basis, Position};

/// What a quote is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteRequest<'a, 'l> {
    /// The item.
    pub sku: &'a str,
    /// How many.
    pub quantity: Quantity,
    /// At which priority.
    pub priority: u8,
    /// Where it may ship from; `None`: anywhere.
    pub locations: Option<&'l [&'a str]>,
}

/// A quote in plain numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteFigures {
    /// What a page may say.
    pub availability: Availability,
    /// Units of the quantity that are available at once.
    pub now: Quantity,
    /// Units that would wait.
    pub waits: Quantity,
    /// Units waiting ahead.
    pub ahead: Quantity,
    /// The estimate.
    pub date: Option<Instant>,
    /// Where the estimate comes from.
    pub basis: Basis,
    /// What `placeOrder` would promise.
    pub promise: Option<Instant>,
}

/// Which rows of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Rows passed over.
    pub offset: u64,
    /// Rows at the most.
    pub limit: u64,
}

impl Page {
    /// The page as bounds of iteration.
    fn bounds(self) -> (usize, usize) {
        let bound = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        (bound(self.offset), bound(self.limit))
    }
}

impl Default for Page {
    fn default() -> Self {
        Page { offset: 0, limit: u64::MAX }
    }
}

/// Whether anything of an order is still to ship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderState {
    /// Something is.
    Open,
    /// Nothing is.
    Closed,
}

impl Engine {
    /// The books of an item, over all locations. `None`: there is no such item.
    pub fn position(&self, sku: &str) -> Option<Position<'_>> {
        let number = self.skus.find(sku)?;
        let item = &self.items[number as usize];
        let totals = item.root.totals();
        Some(Position {
            sku: self.skus.name(number),
            location: None,
            on_hand: item.on_hand,
            allocated: item.allocated(),
            held: item.held(),
            safety_stock: item.settings.safety_stock,
            available: item.available(),
            incoming: item.curve.total(),
            backordered: totals.waiting,
            waiting_lines: item.waiting_lines,
        })
    }

    /// Whether an id names a location that there is.
    pub fn has_location(&self, location: &str) -> bool {
        location == DEFAULT_LOCATION
    }
}
