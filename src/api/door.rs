//! What the package's door calls: arguments of any shape in, the contract's shapes out.

pub use super::columns::*;
pub use super::json::apply_json;
pub use super::request::{count, engine_options, instant, orders_page, page, queue_page};
pub use crate::codec::quote_sheet;

use super::decode;
use super::encode::{EventsView, ItemRow, OutcomeView};
use super::error::ApiError;
use super::request;
use super::value::{Parsed, Value};
use crate::engine::{Engine, Page, QuoteRequest};
use crate::model::command::{Body, Command};
use crate::model::outcome::{EventMode, Reason, Rejection, Status};
use crate::model::units::Instant;
use crate::model::view::{CartQuote, PromiseChange, Quote};
use crate::plan;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Applies one command. What it holds is never an error, only that it is no object.
pub fn apply<'e>(
    engine: &'e mut Engine,
    command: &'e Parsed<'e>,
    now: Instant,
    mode: EventMode,
) -> Result<OutcomeView<'e>, ApiError> {
    wants_object(is_object(command), None)?;
    Ok(outcome(engine, command, now, mode))
}

/// What becomes of a command, also of one that can't be read.
pub(super) fn outcome<'e>(
    engine: &'e mut Engine,
    command: &'e Parsed<'e>,
    now: Instant,
    mode: EventMode,
) -> OutcomeView<'e> {
    let command = match decoded(command) {
        Ok(command) => command,
        Err(rejection) => {
            let outcome = engine.refuse(rejection, now, mode);
            return OutcomeView::new(engine, outcome, false, Vec::new());
        }
    };
    let outcome = engine.apply(&command, now, mode);
    let alternatives = match &outcome.status {
        Status::Rejected(rejection) => alternatives(engine, &command.body, rejection, now),
        _ => Vec::new(),
    };
    OutcomeView::new(engine, outcome, matches!(command.body, Body::Rebalance { .. }), alternatives)
}

/// What could be offered in the place of a line that was refused for want of units or time. What
/// would then be too late itself is not offered.
fn alternatives<'e>(
    engine: &'e Engine,
    body: &Body<'e>,
    rejection: &Rejection,
    now: Instant,
) -> Vec<Quote<'e>> {
    let (lines, priority, latest, ship_to) = match body {
        Body::PlaceOrder { lines, settings, .. } => {
            (lines, settings.priority, settings.shipping.latest, settings.ship_to)
        }
        Body::HoldStock { lines, priority, .. } => (lines, *priority, None, None),
        _ => return Vec::new(),
    };
    if !WANTING.contains(&rejection.reason) {
        return Vec::new();
    }
    let Some(line) = line_at(rejection.path.as_deref()).and_then(|place| lines.get(place)) else {
        return Vec::new();
    };
    let (sku, quantity, locations) = (line.sku, line.quantity, line.locations.as_deref());
    engine.alternatives(&QuoteRequest { sku, quantity, priority, locations, ship_to }, latest, now)
}

/// The reasons for which another item may do.
const WANTING: [Reason; 4] =
    [Reason::OutOfStock, Reason::BackorderLimit, Reason::MaxPerOrder, Reason::TooLate];

/// The place of the line that a path leads into, as in `lines[2].sku`.
fn line_at(path: Option<&str>) -> Option<usize> {
    path?.strip_prefix("lines[")?.split_once(']')?.0.parse().ok()
}

fn decoded<'v>(command: &'v Parsed<'v>) -> Result<Command<'v>, Rejection> {
    decode::command(command.as_ref().map_err(Clone::clone)?)
}

/// At most so many of the kept events, the oldest first, which stay.
pub fn kept_events(engine: &Engine, max: u64) -> EventsView<'_> {
    EventsView::new(engine, engine.kept_events(max))
}

/// Takes at most so many of the kept events, the oldest first.
pub fn drain_events(engine: &mut Engine, max: u64) -> EventsView<'_> {
    let events = engine.drain_events(max);
    EventsView::new(engine, events)
}

/// The items with their settings.
pub fn items(engine: &Engine, page: Page) -> Vec<ItemRow<'_>> {
    engine.items(page).into_iter().map(|(sku, settings)| ItemRow { sku, settings }).collect()
}

/// What `placeOrder` of one line would do.
pub fn quote<'e>(engine: &'e Engine, request: &'e Parsed<'e>, now: Instant) -> Result<Quote<'e>, ApiError> {
    let asked = request::quote(request)?;
    let locations = asked.locations.as_deref();
    let request = QuoteRequest {
        sku: asked.sku,
        quantity: asked.quantity,
        priority: asked.priority,
        locations,
        ship_to: asked.ship_to,
    };
    Ok(engine.quote_view(&request, now))
}

/// What `placeOrder` of a whole cart would do.
pub fn quote_order<'e>(
    engine: &'e Engine,
    order: &'e Parsed<'e>,
    now: Instant,
) -> Result<CartQuote<'e>, ApiError> {
    let (lines, settings) = request::order(order)?;
    Ok(engine.quote_order(&lines, &settings, now)?)
}

/// What commands would do to the promises. There is no outcome to refuse one in, so one that is no
/// command is an error.
pub fn what_if(engine: &Engine, commands: &[Parsed], now: Instant) -> Result<Vec<PromiseChange>, ApiError> {
    let mut decoded_commands = Vec::with_capacity(commands.len());
    for (index, command) in commands.iter().enumerate() {
        let command = decoded(command).map_err(|rejection| inside(index, rejection))?;
        decoded_commands.push(command);
    }
    Ok(plan::what_if(engine, &decoded_commands, now))
}

fn inside(index: usize, rejection: Rejection) -> ApiError {
    let place = place(Some(index));
    let message = [&place, ": ", &rejection.message].concat();
    let path = match rejection.path {
        Some(path) => [&place, ".", &path].concat(),
        None => place,
    };
    ApiError::invalid(&path, message)
}

/// A read failure that names no field is one of the command itself.
fn is_object(command: &Parsed) -> bool {
    match command {
        Ok(value) => matches!(value, Value::Object(_)),
        Err(rejection) => rejection.path.is_some(),
    }
}

/// What is no object is no command at all; `index`: its place among several.
pub(super) fn wants_object(is_object: bool, index: Option<usize>) -> Result<(), ApiError> {
    if is_object {
        return Ok(());
    }
    let place = place(index);
    Err(ApiError::invalid(&place, [&place, " must be an object with a type"].concat()))
}

fn place(index: Option<usize>) -> String {
    match index {
        Some(index) => ["commands[", &index.to_string(), "]"].concat(),
        None => "command".into(),
    }
}
