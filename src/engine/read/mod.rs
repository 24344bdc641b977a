//! Reads: none of them changes anything. A read shows the state after the last command; its `now`
//! dates estimates and brings nothing about.

mod explain;
mod figures;
mod lists;
mod notices;
mod orders;
mod quotes;
mod sheet;

use super::Engine;
use super::store::Site;
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use crate::model::view::{Availability, Estimate, Position};

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
    /// Where it is to go; `None`: nothing is said of a delivery.
    pub ship_to: Option<&'a str>,
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
    pub ships: Estimate,
    /// What `placeOrder` would promise.
    pub promise: Option<Instant>,
    /// The only location that it is about, or [`NONE`](crate::model::outcome::NONE) where it is none
    /// or several.
    pub location: u32,
    /// Whether these figures are all there is to say: one location, no alternatives, no incentive.
    pub plain: bool,
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
    /// The books of an item, at a location or over all. `None`: there is no such item or location.
    ///
    /// A kit has no stock: what is available is what its components make, and what it has are its own
    /// lines.
    pub fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>> {
        let item = self.skus.find(sku)?;
        let Some(name) = location else {
            let mut places = self.live_locations.iter().map(|&location| self.position_at(item, location));
            let first = places.next().unwrap_or_else(|| self.empty_position(item, None));
            let sum = places.fold(first, |mut sum, place| {
                add(&mut sum, &place);
                sum
            });
            return Some(Position { location: None, ..sum });
        };
        self.location_named(name).map(|location| self.position_at(item, location))
    }

    fn empty_position(&self, item: u32, location: Option<u32>) -> Position<'_> {
        Position {
            sku: self.skus.name(item),
            location: location.map(|location| self.locations.name(location)),
            on_hand: 0,
            allocated: 0,
            held: 0,
            safety_stock: 0,
            available: 0,
            incoming: 0,
            backordered: 0,
            waiting_lines: 0,
        }
    }

    fn position_at(&self, item: u32, location: u32) -> Position<'_> {
        let (site, settings) = (self.site_or_nothing(item, location), &self.items[item as usize].settings);
        let (allocated, held) = (site.allocated(), site.held());
        let books = Position {
            allocated,
            held,
            backordered: site.waiting(),
            waiting_lines: site.waiting_lines,
            ..self.empty_position(item, Some(location))
        };
        if self.items[item as usize].is_kit() {
            let made = self.made_of(item).map(|part| {
                let settings = &self.items[part.item as usize].settings;
                self.site_or_nothing(part.item, location).available(settings) / part.per_kit
            });
            let available = made.min().unwrap_or(0);
            return Position { on_hand: available + allocated + held, available, ..books };
        }
        Position {
            on_hand: site.on_hand,
            safety_stock: settings.safety_stock,
            available: Site::available(site, settings),
            incoming: site.curve.total(),
            ..books
        }
    }
}

/// Adds books to a sum, which stays a number that there is.
fn add(sum: &mut Position, other: &Position) {
    let columns = [
        (&mut sum.on_hand, other.on_hand),
        (&mut sum.allocated, other.allocated),
        (&mut sum.held, other.held),
        (&mut sum.safety_stock, other.safety_stock),
        (&mut sum.available, other.available),
        (&mut sum.incoming, other.incoming),
        (&mut sum.backordered, other.backordered),
        (&mut sum.waiting_lines, other.waiting_lines),
    ];
    for (column, more) in columns {
        *column = column.saturating_add(more).min(MAX_SAFE);
    }
}
