//! Arguments that are no commands: what a read asks for, and options.

use super::decode::cart;
use super::error::ApiError;
use super::fields::*;
use super::message::Expected;
use super::value::{Parsed, Value};
use crate::engine::{EngineOptions, OrderState, Page};
use crate::model::command::{OrderLine, OrderSettings};
use crate::model::ids::IdMap;
use crate::model::units::{DEFAULT_PRIORITY, Instant, MAX_ID_BYTES, Quantity};
use alloc::string::String;
use alloc::vec::Vec;

/// What a quote is asked for, its lists still its own.
pub(super) struct QuoteAsked<'v> {
    pub(super) sku: &'v str,
    pub(super) quantity: Quantity,
    pub(super) priority: u8,
    pub(super) locations: Option<Vec<&'v str>>,
    pub(super) ship_to: Option<&'v str>,
}

pub(super) fn quote<'v>(request: &'v Parsed<'v>) -> Result<QuoteAsked<'v>, ApiError> {
    argument("the request", request, |fields| QuoteAsked {
        sku: fields.need("sku", id),
        quantity: fields.need("quantity", asked),
        priority: fields.get("priority", priority).unwrap_or(DEFAULT_PRIORITY),
        locations: fields.get("locations", locations),
        ship_to: fields.get("shipTo", argument_id),
    })
}

pub(super) fn order<'v>(order: &'v Parsed<'v>) -> Result<(Vec<OrderLine<'v>>, OrderSettings<'v>), ApiError> {
    argument("the order", order, cart)
}

/// Which `now` a call is made at.
pub fn instant(now: f64) -> Result<Instant, ApiError> {
    whole(now, "now", " must be milliseconds since 1970, a whole number from 0 to 9007199254740991")
}

/// How many of something, as `drainEvents` takes it.
pub fn count(number: f64, path: &str) -> Result<u64, ApiError> {
    whole(number, path, " must be a whole number, 0 or more")
}

fn whole(number: f64, path: &str, expected: &str) -> Result<u64, ApiError> {
    match whole_number(number).map(u64::try_from) {
        Some(Ok(whole)) => Ok(whole),
        _ => Err(ApiError::invalid(path, [path, expected].concat())),
    }
}

/// How an engine begins: `{ id?, promiseQuantile?, requireEvidence? }`; the seed, which may be a big
/// number, comes by itself.
pub fn engine_options(options: Option<&Parsed>, seed: u64) -> Result<EngineOptions, ApiError> {
    optional("the options", options, |fields| EngineOptions {
        id: fields.get("id", engine_id).unwrap_or_default(),
        seed,
        promise_quantile: fields.get("promiseQuantile", quantile).unwrap_or_default(),
        require_evidence: fields.get("requireEvidence", flag).unwrap_or_default(),
    })
}

fn engine_id(at: &mut At) -> String {
    argument_id(at).into()
}

/// An id where no command is checked after it is read.
fn argument_id<'v>(at: &mut At<'v, '_>) -> &'v str {
    let text = id(at);
    if text.is_empty() || text.len() > MAX_ID_BYTES || text.contains('\u{FFFD}') {
        at.wrong(Expected::Phrase("an id, well-formed text of 1 to 128 bytes"));
    }
    text
}

/// Which rows of a listing: `{ offset?, limit? }`.
pub fn page(page: Option<&Parsed>) -> Result<Page, ApiError> {
    optional("the page", page, rows)
}

/// Which orders: `{ offset?, limit?, state? }`.
pub fn orders_page(page: Option<&Parsed>) -> Result<(Page, Option<OrderState>), ApiError> {
    optional("the page", page, |fields| (rows(fields), fields.get("state", state)))
}

fn state(at: &mut At) -> OrderState {
    match word(at, &["open", "closed"], "") {
        0 => OrderState::Open,
        _ => OrderState::Closed,
    }
}

/// Which part of a queue, and of which location's: `{ offset?, limit?, location? }`.
pub fn queue_page(page: Option<&Parsed>) -> Result<(Page, Option<String>), ApiError> {
    optional("the page", page, |fields| (rows(fields), fields.get("location", id).map(String::from)))
}

fn rows(fields: &mut Fields) -> Page {
    let all = Page::default();
    Page {
        offset: fields.get("offset", quantity).unwrap_or(all.offset),
        limit: fields.get("limit", quantity).unwrap_or(all.limit),
    }
}

/// Where a quoted line may ship from, by the same rules as an ordered one.
fn locations<'v>(at: &mut At<'v, '_>) -> Vec<&'v str> {
    let ids = ids(at);
    let mut seen = IdMap::new(0);
    let distinct = ids.iter().enumerate().all(|(place, id)| seen.intern(id) as usize == place);
    if ids.is_empty() || !distinct {
        at.wrong(Expected::Phrase("a list of at least one location, each named once"));
    }
    ids
}

/// A quantity that is asked for, and so not 0.
fn asked(at: &mut At) -> Quantity {
    let quantity = quantity(at);
    if quantity == 0 {
        at.wrong(Expected::Phrase("a whole number from 1 to 9007199254740991"));
    }
    quantity
}

pub(super) fn argument<'v, T>(
    noun: &'static str,
    parsed: &'v Parsed<'v>,
    read: impl FnOnce(&mut Fields<'v, '_>) -> T,
) -> Result<T, ApiError> {
    let value = parsed.as_ref().map_err(Clone::clone)?;
    Ok(decode(noun, value, read)?)
}

/// An argument that may be left out, which is the same as an empty object.
fn optional<T>(
    noun: &'static str,
    parsed: Option<&Parsed>,
    read: impl FnOnce(&mut Fields) -> T,
) -> Result<T, ApiError> {
    let empty = Ok(Value::Object(Vec::new()));
    argument(noun, parsed.unwrap_or(&empty), |fields| read(fields))
}
