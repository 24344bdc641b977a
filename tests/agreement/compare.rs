//! Asks the engine and the reference the same questions.

use crate::reference::{Refusal, Shop, Verdict};
use crate::workload::Step;
use backorder::engine::{Engine, EngineOptions, OrderState, Page, QuoteRequest};
use backorder::model::command::Body;
use backorder::model::outcome::{EventMode, Status};
use backorder::model::units::{DEFAULT_LOCATION, Instant, MAX_SAFE, Quantity};
use backorder::model::view::{Estimate, EventView, OrderView, QueueRow};
use std::fmt::Debug;

/// Where the two first differ, and what each says.
pub struct Difference {
    pub step: usize,
    pub told: String,
}

/// Plays the history on both.
pub fn first_difference(history: &[Step]) -> Option<Difference> {
    let mut engine = Engine::new(EngineOptions::default());
    let mut shop = Shop::default();
    for (index, step) in history.iter().enumerate() {
        let told = step_both(&mut engine, &mut shop, step).and_then(|()| reads_agree(&engine, &shop, step));
        if let Err(told) = told {
            return Some(Difference { step: index, told });
        }
    }
    None
}

/// Equal, or what each says.
fn same<T: PartialEq + Debug>(what: &str, engine: T, reference: T) -> Result<(), String> {
    if engine == reference {
        return Ok(());
    }
    Err(format!("{what}\n     engine: {engine:?}\n  reference: {reference:?}"))
}

fn step_both(engine: &mut Engine, shop: &mut Shop, step: &Step) -> Result<(), String> {
    let promised = promised_by_quote(engine, shop, step)?;
    let outcome = engine.apply(&step.command, step.now, EventMode::Return);
    let (verdict, told) = shop.apply(&step.command, step.now);
    same("the outcome", verdict_of(&outcome.status), verdict.clone())?;
    let events: Vec<EventView> = outcome.events.iter().map(|event| engine.event_view(event)).collect();
    let expected: Vec<EventView> = told.iter().map(|event| event.view()).collect();
    for (event, expected) in events.iter().zip(&expected) {
        same("an event", event, expected)?;
    }
    same("the number of events", events.len(), expected.len())?;
    match (&step.command.body, promised) {
        (Body::PlaceOrder { order, .. }, Some(promised)) if verdict == Verdict::Applied => {
            let placed = engine.order(order, step.now).map(|order| placed_of(&order));
            same("what was quoted and what was placed", Some(promised), placed)
        }
        _ => Ok(()),
    }
}

fn verdict_of(status: &Status) -> Verdict {
    match status {
        Status::Applied => Verdict::Applied,
        Status::Exists => Verdict::Exists,
        Status::Rejected(rejection) => {
            Verdict::Rejected(Refusal { reason: rejection.reason, path: rejection.path.clone() })
        }
    }
}

type Placed = Vec<(Quantity, Quantity, Option<Instant>)>;

fn placed_of(order: &OrderView) -> Placed {
    order.lines.iter().map(|line| (line.allocated, line.ahead, line.promised)).collect()
}

/// Quotes the order that is about to be placed: with nothing due in between, it is placed as quoted (rules §3.7).
fn promised_by_quote(engine: &Engine, shop: &Shop, step: &Step) -> Result<Option<Placed>, String> {
    let Body::PlaceOrder { lines, settings, .. } = &step.command.body else { return Ok(None) };
    let due = shop.next_wake_at().is_some_and(|due| due <= step.now);
    if due || step.now < shop.last_instant() {
        return Ok(None);
    }
    let Ok(quote) = engine.quote_order(lines, settings, step.now) else { return Ok(None) };
    let quoted: Placed = quote.lines.iter().map(|line| (line.now, line.ahead, line.promise)).collect();
    let refused = quote.refused.map(|refusal| (refusal.reason, Some(refusal.path)));
    match shop.quote_order(lines, settings, step.now) {
        Ok(expected) => {
            same("the cart's refusal", refused, None)?;
            same("the cart's lines", &quoted, &expected)?;
            Ok(Some(quoted))
        }
        Err(refusal) => {
            same("the cart's refusal", refused, Some((refusal.reason.name(), refusal.path)))?;
            Ok(None)
        }
    }
}

fn reads_agree(engine: &Engine, shop: &Shop, step: &Step) -> Result<(), String> {
    let now = step.now;
    same("the last instant", engine.last_instant(), shop.last_instant())?;
    same("the next wake", engine.next_wake_at(), shop.next_wake_at())?;
    same("the items", engine.items(Page::default()), shop.items())?;
    for state in [None, Some(OrderState::Open), Some(OrderState::Closed)] {
        same("the orders", engine.orders(Page::default(), state), shop.orders(state))?;
    }
    for id in shop.orders(None) {
        same("an order", engine.order(id, now), shop.order(id, now))?;
    }
    for id in shop.holds() {
        same("a hold", engine.hold(id, now), shop.hold(id, now))?;
    }
    for (sku, _) in shop.items() {
        same("a position", engine.position(sku), shop.position(sku))?;
        let queue = shop.queue(sku);
        same("a queue", engine.queue(sku, Page::default()), queue.clone())?;
        let page: Vec<QueueRow> = queue.into_iter().skip(1).take(2).collect();
        same("a page of a queue", engine.queue(sku, Page { offset: 1, limit: 2 }), page)?;
        same("the supplies", engine.supplies(sku, Page::default()), shop.supplies(sku))?;
        quotes_agree(engine, shop, sku, now.max(shop.last_instant()))?;
    }
    same("the metrics", engine.metrics(now), shop.metrics(now))
}

fn quotes_agree(engine: &Engine, shop: &Shop, sku: &str, now: Instant) -> Result<(), String> {
    let available = shop.position(sku).map_or(0, |position| position.available);
    let waiting = shop.position(sku).map_or(0, |position| position.backordered);
    for priority in [0, 100, 255] {
        for quantity in [1, available, available + 1, waiting + 3] {
            if quantity == 0 || quantity > MAX_SAFE {
                continue;
            }
            let request = QuoteRequest { sku, quantity, priority, locations: None };
            let what = format!("a quote of {quantity} {sku} at {priority}");
            same(&what, engine.quote(&request, now), shop.quote(&request, now))?;
        }
    }
    for location in [DEFAULT_LOCATION, "elsewhere"] {
        let request = QuoteRequest { sku, quantity: 1, priority: 100, locations: Some(&[location]) };
        let figures = shop.quote(&request, now);
        same("a quote from a location", engine.quote(&request, now), figures)?;
        let view = engine.quote_view(&request, now);
        let of_figures = (figures.availability, figures.now, figures.ahead, figures.promise);
        same("a quote at length", (view.availability, view.now, view.ahead, view.promise), of_figures)?;
        same("its estimate", view.ships, Estimate::plain(figures.date, figures.basis))?;
    }
    Ok(())
}
