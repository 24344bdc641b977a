//! The two who play: the engine, and the reference. They are told and asked the same.

use super::tell;
use crate::reference::{Shop, Verdict};
use backorder::engine::{Engine, Page, QuoteRequest};
use backorder::model::command::{Command, CommandKind};
use backorder::model::outcome::{EventMode, ShareChange, Status};
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::{HoldView, OrderView, Position, QueueRow, Quote, Reorder, SupplyView};

/// An answer, and the events that came with it.
pub struct Told {
    pub answer: String,
    pub events: Vec<String>,
}

pub trait Player {
    fn apply(&mut self, command: &Command, now: Instant) -> Told;
    fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>>;
    fn hold(&self, id: &str, now: Instant) -> Option<HoldView<'_>>;
    fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>>;
    fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>>;
    fn supplies(&self, sku: &str) -> Vec<SupplyView<'_>>;
    fn quote<'p>(&'p self, request: &QuoteRequest<'p, '_>, now: Instant) -> Quote<'p>;
    fn alternatives<'p>(
        &'p self,
        request: &QuoteRequest<'p, '_>,
        latest: Option<Instant>,
        now: Instant,
    ) -> Vec<Quote<'p>>;
    fn reorders(&self, now: Instant) -> Vec<Reorder<'_>>;
    fn next_wake_at(&self) -> Option<Instant>;
}

/// What a command that took effect answers, with the units refused or the shares changed.
fn applied(
    kind: CommandKind,
    refused: &[(String, Quantity)],
    changes: &[(String, Quantity, Quantity)],
) -> String {
    let refused: Vec<String> = refused.iter().map(|(line, quantity)| format!("{line} {quantity}")).collect();
    let changed: Vec<String> =
        changes.iter().map(|(line, before, after)| format!("{line} {before}>{after}")).collect();
    match kind {
        CommandKind::Rebalance if changed.is_empty() => "ok changed nothing".to_owned(),
        CommandKind::Rebalance => format!("ok changed {}", changed.join(", ")),
        _ if refused.is_empty() => "ok".to_owned(),
        _ => format!("ok refused {}", refused.join(", ")),
    }
}

fn rejected(reason: &str, path: Option<&str>) -> String {
    format!("{reason} {}", path.unwrap_or_default()).trim().to_owned()
}

impl Player for Engine {
    fn apply(&mut self, command: &Command, now: Instant) -> Told {
        let outcome = Engine::apply(self, command, now, EventMode::Return);
        let answer = match &outcome.status {
            Status::Applied => {
                let refused: Vec<_> =
                    outcome.refused.iter().map(|line| (line.line.clone(), line.quantity)).collect();
                let changes: Vec<_> = outcome.changes.iter().map(|change| named(self, change)).collect();
                applied(command.body.kind(), &refused, &changes)
            }
            Status::Exists => "exists".to_owned(),
            Status::Rejected(refusal) => rejected(refusal.reason.name(), refusal.path.as_deref()),
        };
        let events = outcome.events.iter().map(|event| tell::event(&self.event_view(event))).collect();
        Told { answer, events }
    }

    fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>> {
        Engine::order(self, id, now)
    }

    fn hold(&self, id: &str, now: Instant) -> Option<HoldView<'_>> {
        Engine::hold(self, id, now)
    }

    fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>> {
        Engine::position(self, sku, location)
    }

    fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>> {
        Engine::queue(self, sku, location, Page::default())
    }

    fn supplies(&self, sku: &str) -> Vec<SupplyView<'_>> {
        Engine::supplies(self, sku, Page::default())
    }

    fn quote<'p>(&'p self, request: &QuoteRequest<'p, '_>, now: Instant) -> Quote<'p> {
        self.quote_view(request, now)
    }

    fn alternatives<'p>(
        &'p self,
        request: &QuoteRequest<'p, '_>,
        latest: Option<Instant>,
        now: Instant,
    ) -> Vec<Quote<'p>> {
        Engine::alternatives(self, request, latest, now)
    }

    fn reorders(&self, now: Instant) -> Vec<Reorder<'_>> {
        Engine::reorders(self, now)
    }

    fn next_wake_at(&self) -> Option<Instant> {
        Engine::next_wake_at(self)
    }
}

/// A change by the names of its line.
fn named(engine: &Engine, change: &ShareChange) -> (String, Quantity, Quantity) {
    let (order, line) = engine.change_names(change);
    (format!("{order}/{line}"), change.before, change.after)
}

impl Player for Shop {
    fn apply(&mut self, command: &Command, now: Instant) -> Told {
        let effects = Shop::apply(self, command, now);
        let answer = match &effects.verdict {
            Verdict::Applied => {
                let refused: Vec<_> =
                    effects.refused.iter().map(|line| (line.line.clone(), line.quantity)).collect();
                let changes: Vec<_> = effects
                    .changes
                    .iter()
                    .map(|(order, line, before, after)| (format!("{order}/{line}"), *before, *after))
                    .collect();
                applied(command.body.kind(), &refused, &changes)
            }
            Verdict::Exists => "exists".to_owned(),
            Verdict::Rejected(refusal) => rejected(refusal.reason.name(), refusal.path.as_deref()),
        };
        let events = effects.events;
        Told { answer, events: events.iter().map(|event| tell::event(&event.view())).collect() }
    }

    fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>> {
        Shop::order(self, id, now)
    }

    fn hold(&self, id: &str, now: Instant) -> Option<HoldView<'_>> {
        Shop::hold(self, id, now)
    }

    fn position(&self, sku: &str, location: Option<&str>) -> Option<Position<'_>> {
        Shop::position(self, sku, location)
    }

    fn queue(&self, sku: &str, location: Option<&str>) -> Vec<QueueRow<'_>> {
        Shop::queue(self, sku, location)
    }

    fn supplies(&self, sku: &str) -> Vec<SupplyView<'_>> {
        Shop::supplies(self, sku)
    }

    fn quote<'p>(&'p self, request: &QuoteRequest<'p, '_>, now: Instant) -> Quote<'p> {
        Shop::quote(self, request, now)
    }

    fn alternatives<'p>(
        &'p self,
        request: &QuoteRequest<'p, '_>,
        latest: Option<Instant>,
        now: Instant,
    ) -> Vec<Quote<'p>> {
        Shop::alternatives(self, request, latest, now)
    }

    fn reorders(&self, _now: Instant) -> Vec<Reorder<'_>> {
        Shop::reorders(self)
    }

    fn next_wake_at(&self) -> Option<Instant> {
        Shop::next_wake_at(self)
    }
}
