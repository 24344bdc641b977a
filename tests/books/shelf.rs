//! Whoever keeps the books of a shop: the engine, or the reference.

use crate::reference::{Shop, Verdict};
use crate::workload::Step;
use backorder::engine::{Engine, Page};
use backorder::model::outcome::{EventMode, Status};
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::{EventView, LineView, Position, QueueRow};

/// What of an event the ledger books.
#[derive(Clone, Debug, PartialEq)]
pub struct Booked {
    pub kind: String,
    pub sku: Option<String>,
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
    fn play(&mut self, step: &Step) -> (Effect, Vec<Booked>);
    fn skus(&self) -> Vec<String>;
    fn position(&self, sku: &str) -> Option<Position<'_>>;
    fn queue(&self, sku: &str) -> Vec<QueueRow<'_>>;
    /// What supplies still bring.
    fn incoming(&self, sku: &str) -> Quantity;
    fn orders(&self) -> Vec<String>;
    fn order_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>>;
    /// The lines of a cart that still holds.
    fn hold_lines(&self, id: &str, now: Instant) -> Vec<LineView<'_>>;
}

fn booked(event: &EventView) -> Booked {
    Booked {
        kind: event.kind.to_owned(),
        sku: event.sku.map(str::to_owned),
        quantity: event.quantity.unwrap_or(0),
    }
}

impl Shelf for Engine {
    fn play(&mut self, step: &Step) -> (Effect, Vec<Booked>) {
        let outcome = self.apply(&step.command, step.now, EventMode::Return);
        let effect = if outcome.status == Status::Applied { Effect::Applied } else { Effect::Nothing };
        (effect, outcome.events.iter().map(|event| booked(&self.event_view(event))).collect())
    }

    fn skus(&self) -> Vec<String> {
        self.items(Page::default()).into_iter().map(|(sku, _)| sku.to_owned()).collect()
    }

    fn position(&self, sku: &str) -> Option<Position<'_>> {
        Engine::position(self, sku)
    }

    fn queue(&self, sku: &str) -> Vec<QueueRow<'_>> {
        Engine::queue(self, sku, Page::default())
    }

    fn incoming(&self, sku: &str) -> Quantity {
        self.supplies(sku, Page::default()).iter().map(|supply| supply.open).sum()
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
    fn play(&mut self, step: &Step) -> (Effect, Vec<Booked>) {
        let (verdict, events) = self.apply(&step.command, step.now);
        let effect = if verdict == Verdict::Applied { Effect::Applied } else { Effect::Nothing };
        (effect, events.iter().map(|event| booked(&event.view())).collect())
    }

    fn skus(&self) -> Vec<String> {
        self.items().into_iter().map(|(sku, _)| sku.to_owned()).collect()
    }

    fn position(&self, sku: &str) -> Option<Position<'_>> {
        Shop::position(self, sku)
    }

    fn queue(&self, sku: &str) -> Vec<QueueRow<'_>> {
        Shop::queue(self, sku)
    }

    fn incoming(&self, sku: &str) -> Quantity {
        self.supplies(sku).iter().map(|supply| supply.open).sum()
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
