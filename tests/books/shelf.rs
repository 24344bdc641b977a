//! Whoever keeps the books of a shop: the engine, or the reference.

use crate::reference::Shop;
use backorder::engine::{Engine, Page};
use backorder::model::settings::ItemSettings;
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::{EventView, LineView, Position, QueueRow};

/// What of an event the ledger books.
#[derive(Clone, Debug, PartialEq)]
pub struct Booked {
    pub kind: String,
    pub sku: Option<String>,
    pub location: Option<String>,
    pub quantity: Quantity,
}

/// What became of a command, as far as books are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Applied,
    Nothing,
}

/// The public reads that the rules of §1 are about.
pub trait Shelf {
    fn items(&self) -> Vec<(String, ItemSettings)>;
    fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>>;
    fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>>;
    /// What supplies still bring to a location.
    fn incoming(&self, sku: &str, location: &str) -> Quantity;
    fn orders(&self) -> Vec<String>;
    fn order_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>>;
    /// The lines of a cart that still holds.
    fn hold_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>>;
}

/// An event as the ledger sees it.
pub fn booked(event: &EventView) -> Booked {
    Booked {
        kind: event.kind.to_owned(),
        sku: event.sku.map(str::to_owned),
        location: event.location.map(str::to_owned),
        quantity: event.quantity.unwrap_or(0),
    }
}

impl Shelf for Engine {
    fn items(&self) -> Vec<(String, ItemSettings)> {
        let items = Engine::items(self, Page::default()).into_iter();
        items.map(|(sku, settings)| (sku.to_owned(), settings.clone())).collect()
    }

    fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>> {
        Engine::position(self, sku, location)
    }

    fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>> {
        Engine::queue(self, sku, location, Page::default())
    }

    fn incoming(&self, sku: &str, location: &str) -> Quantity {
        let supplies = self.supplies(sku, Page::default()).into_iter();
        supplies.filter(|supply| supply.location == location).map(|supply| supply.open).sum()
    }

    fn orders(&self) -> Vec<String> {
        Engine::orders(self, Page::default(), None).into_iter().map(str::to_owned).collect()
    }

    fn order_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>> {
        self.order(id, now).map_or_else(Vec::new, |order| order.lines)
    }

    fn hold_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>> {
        let holds =
            |hold: &backorder::model::view::HoldView| hold.state == backorder::model::view::HoldState::Open;
        self.hold(id, now).filter(holds).map_or_else(Vec::new, |hold| hold.lines)
    }
}

impl Shelf for Shop {
    fn items(&self) -> Vec<(String, ItemSettings)> {
        let items = Shop::items(self).into_iter();
        items.map(|(sku, settings)| (sku.to_owned(), settings.clone())).collect()
    }

    fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>> {
        Shop::position(self, sku, location)
    }

    fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>> {
        Shop::queue(self, sku, location)
    }

    fn incoming(&self, sku: &str, location: &str) -> Quantity {
        let supplies = self.supplies(sku).into_iter();
        supplies.filter(|supply| supply.location == location).map(|supply| supply.open).sum()
    }

    fn orders(&self) -> Vec<String> {
        Shop::orders(self, None).into_iter().map(str::to_owned).collect()
    }

    fn order_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>> {
        self.order(id, now).map_or_else(Vec::new, |order| order.lines)
    }

    fn hold_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>> {
        let holds =
            |hold: &backorder::model::view::HoldView| hold.state == backorder::model::view::HoldState::Open;
        self.hold(id, now).filter(holds).map_or_else(Vec::new, |hold| hold.lines)
    }
}
