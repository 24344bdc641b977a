//! Asks the engine and the reference the same questions.

use crate::reference::{Effects, PlacedLine, Refusal, Shop, Verdict};
use crate::workload::Step;
use backorder::engine::{Engine, OrderState, Page, QuoteRequest};
use backorder::model::command::{Body, CommandKind, Shortfall};
use backorder::model::outcome::{Event, EventKind, EventMode, NEVER, NONE, Outcome, ShareChange, Status};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::{EventView, OrderView, QueueRow};
use std::fmt::Debug;

/// Where the two first differ, and what each says.
pub struct Difference {
    pub step: usize,
    pub told: String,
}

/// Equal, or what each says.
pub fn same<T: PartialEq + Debug>(what: &str, engine: T, reference: T) -> Result<(), String> {
    if engine == reference {
        return Ok(());
    }
    Err(format!("{what}\n     engine: {engine:?}\n  reference: {reference:?}"))
}

/// Gives both the command; they say the same of what came of it.
pub fn step_both(engine: &mut Engine, shop: &mut Shop, step: &Step) -> Result<Effects, String> {
    let promised = promised_by_quote(engine, shop, step)?;
    let outcome = engine.apply(&step.command, step.now, EventMode::Return);
    let effects = shop.apply(&step.command, step.now);
    same("the outcome", verdict_of(&outcome.status), effects.verdict.clone())?;
    let events: Vec<EventView> = outcome.events.iter().map(|event| engine.event_view(event)).collect();
    let expected: Vec<EventView> = effects.events.iter().map(|event| event.view()).collect();
    for (event, expected) in events.iter().zip(&expected) {
        same("an event", event, expected)?;
    }
    let both = events.len().min(expected.len());
    same("the events after that", &events[both..], &expected[both..])?;
    same("what an order was trimmed by", &outcome.refused, &effects.refused)?;
    same("whose units changed", &changes_of(engine, &outcome), &effects.changes)?;
    if let (Body::PlaceOrder { order, .. }, Some(promised)) = (&step.command.body, promised)
        && effects.verdict == Verdict::Applied
    {
        let placed = engine.order(order, step.now).map(|order| placed_of(&order));
        let promised: Vec<_> = promised.into_iter().map(|line| (line.now, line.promise)).collect();
        same("what was quoted and what was placed", Some(promised), placed)?;
    }
    Ok(effects)
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

/// The changes of a rebalance by name; the engine says names of an event.
fn changes_of(engine: &Engine, outcome: &Outcome) -> Vec<(String, String, Quantity, Quantity)> {
    let named = |change: &ShareChange| {
        let event = Event {
            seq: 0,
            at: 0,
            kind: EventKind::LineAllocated,
            cause: CommandKind::Rebalance,
            cause_supply: NONE,
            order: change.order,
            hold: NONE,
            line: change.line,
            item: NONE,
            location: NONE,
            supply: NONE,
            quantity: 0,
            from: NEVER,
            to: NEVER,
        };
        let view = engine.event_view(&event);
        let name = |name: Option<&str>| name.unwrap_or_default().to_owned();
        (name(view.order), name(view.line), change.before, change.after)
    };
    outcome.changes.iter().map(named).collect()
}

fn placed_of(order: &OrderView) -> Vec<(Quantity, Option<Instant>)> {
    order.lines.iter().map(|line| (line.allocated, line.promised)).collect()
}

/// Quotes the order that is about to be placed: with nothing due in between, it is placed as quoted
/// (rules §3.7). Of an order that may be trimmed only the promise and the refusal are compared.
fn promised_by_quote(engine: &Engine, shop: &Shop, step: &Step) -> Result<Option<Vec<PlacedLine>>, String> {
    let Body::PlaceOrder { lines, settings, .. } = &step.command.body else { return Ok(None) };
    let due = shop.next_wake_at().is_some_and(|due| due <= step.now);
    if due || step.now < shop.last_instant() {
        return Ok(None);
    }
    let Ok(quote) = engine.quote_order(lines, settings, step.now) else { return Ok(None) };
    let quoted = quote.lines.iter().map(|line| PlacedLine {
        now: line.now,
        ahead: line.ahead,
        promise: line.promise,
        parts: line.parts.iter().map(|part| (part.location.to_owned(), part.now, part.waits)).collect(),
    });
    let quoted: Vec<PlacedLine> = quoted.collect();
    let refused = quote.refused.map(|refusal| (refusal.reason, Some(refusal.path)));
    match shop.quote_order(lines, settings, step.now) {
        Ok(expected) => {
            same("the cart's refusal", refused, None)?;
            let latest = expected.iter().map(|line| line.promise).collect::<Option<Vec<Instant>>>();
            same("the cart's promise", quote.promise, latest.and_then(|dates| dates.into_iter().max()))?;
            if settings.shortfall == Shortfall::Trim {
                return Ok(None);
            }
            same("the cart's lines", &quoted, &expected)?;
            Ok(Some(quoted))
        }
        Err(refusal) => {
            same("the cart's refusal", refused, Some((refusal.reason.name(), refusal.path)))?;
            Ok(None)
        }
    }
}

/// They answer the same to whatever can be asked.
pub fn reads_agree(engine: &Engine, shop: &Shop, step: &Step) -> Result<(), String> {
    let now = step.now;
    same("the last instant", engine.last_instant(), shop.last_instant())?;
    same("the next wake", engine.next_wake_at(), shop.next_wake_at())?;
    same("the notices", engine.notices(), shop.notices())?;
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
        books_agree(engine, shop, sku)?;
        quotes_agree(engine, shop, sku, now.max(shop.last_instant()))?;
    }
    reorders_agree(engine, shop, now)?;
    same("the metrics", engine.metrics(now), shop.metrics(now))
}

/// An item's positions, queues and supplies.
pub fn books_agree(engine: &Engine, shop: &Shop, sku: &str) -> Result<(), String> {
    let locations = shop.location_names();
    let known = locations.iter().map(|name| Some(name.as_str()));
    for location in known.chain([None, Some("elsewhere")]) {
        same("a position", engine.position(sku, location), shop.position(sku, location))?;
        let queue = shop.queue(sku, location);
        same("a queue", engine.queue(sku, location, Page::default()), queue.clone())?;
        let page: Vec<QueueRow> = queue.into_iter().skip(1).take(2).collect();
        let asked = engine.queue(sku, location, Page { offset: 1, limit: 2 });
        same("a page of a queue", asked, page)?;
    }
    same("the supplies", engine.supplies(sku, Page::default()), shop.supplies(sku))
}

/// The engine's reason is a sentence of its own; it names the position and the point.
fn reorders_agree(engine: &Engine, shop: &Shop, now: Instant) -> Result<(), String> {
    let mut told = engine.reorders(now);
    for (reorder, (position, point)) in told.iter_mut().zip(shop.reorder_figures()) {
        let reason = std::mem::take(&mut reorder.reason);
        if !reason.contains(&position.to_string()) || !reason.contains(&point.to_string()) {
            return Err(format!("a reason that does not name {position} and {point}: {reason:?}"));
        }
    }
    same("what to reorder", told, shop.reorders())
}

fn quotes_agree(engine: &Engine, shop: &Shop, sku: &str, now: Instant) -> Result<(), String> {
    let available = shop.position(sku, None).map_or(0, |position| position.available);
    let waiting = shop.position(sku, None).map_or(0, |position| position.backordered);
    for priority in [0, 100, 255] {
        for quantity in [1, available, available + 1, waiting + 3] {
            if quantity > 0 && quantity <= MAX_SAFE {
                let request = QuoteRequest { sku, quantity, priority, locations: None, ship_to: None };
                quote_agrees(engine, shop, &request, now)?;
            }
        }
    }
    let known = shop.location_names();
    for location in known.iter().map(String::as_str).chain(["elsewhere"]) {
        let locations = [location];
        let request = QuoteRequest {
            sku,
            quantity: 1,
            priority: 100,
            locations: Some(&locations),
            ship_to: Some("EU"),
        };
        quote_agrees(engine, shop, &request, now)?;
    }
    let reversed: Vec<&str> = known.iter().rev().map(String::as_str).collect();
    let request = QuoteRequest {
        sku,
        quantity: available + 2,
        priority: 100,
        locations: Some(&reversed),
        ship_to: Some("US"),
    };
    if available + 2 <= MAX_SAFE {
        quote_agrees(engine, shop, &request, now)?;
    }
    for latest in [None, Some(now), Some(now + 3 * 86_400_000)] {
        let request = QuoteRequest { sku, quantity: 2, priority: 100, locations: None, ship_to: None };
        let told = engine.alternatives(&request, latest, now);
        same("what could be offered instead", told, shop.alternatives(&request, latest, now))?;
    }
    Ok(())
}

fn quote_agrees<'a>(
    engine: &'a Engine,
    shop: &'a Shop,
    request: &QuoteRequest<'a, '_>,
    now: Instant,
) -> Result<(), String> {
    let view = engine.quote_view(request, now);
    same(&format!("the quote for {request:?}"), &view, &shop.quote(request, now))?;
    let figures = engine.quote(request, now);
    let short = (figures.availability, figures.now, figures.ahead, figures.promise);
    same("a quote in figures", short, (view.availability, view.now, view.ahead, view.promise))?;
    same("its estimate", (figures.ships.p80, figures.ships.basis), (view.ships.p80, view.ships.basis))
}
