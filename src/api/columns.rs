//! The bulk doors: one row of a column is one order of one line, or one quote.

use super::error::ApiError;
use super::fields::whole_number;
use crate::engine::{Engine, QuoteRequest};
use crate::model::command::{OrderLine, OrderSettings};
use crate::model::outcome::{Reason, Status};
use crate::model::units::{DEFAULT_PRIORITY, Instant, Quantity};
use alloc::string::ToString;
use alloc::vec::Vec;

/// The ids of a text that are so long each, in UTF-16 units. In a text that isn't well-formed, the
/// halves of two ids may have met in one character: neither is an id then, and both are empty.
pub fn ids<'t>(text: &'t str, lengths: &[u32]) -> Vec<&'t str> {
    let ascii = text.is_ascii();
    let (mut rest, mut halves) = (text, 0);
    let mut take = |&length: &u32| {
        let units = (length as usize).saturating_sub(halves);
        let (bytes, taken) = if ascii { (units, units) } else { bytes_of(rest, units) };
        let (id, after) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
        let whole = halves == 0 && taken == units;
        (rest, halves) = (after, taken.saturating_sub(units));
        if whole { id } else { "" }
    };
    lengths.iter().map(&mut take).collect()
}

/// The bytes of the characters that hold the first so many UTF-16 units, and their units.
fn bytes_of(text: &str, units: usize) -> (usize, usize) {
    let (mut bytes, mut taken) = (0, 0);
    let mut characters = text.chars();
    while taken < units
        && let Some(character) = characters.next()
    {
        bytes += character.len_utf8();
        taken += character.len_utf16();
    }
    (bytes, taken)
}

/// Ids by row. With codes, each id stands once and the codes say which row has it.
#[derive(Clone, Copy, Debug)]
pub struct IdColumn<'a> {
    /// The ids.
    pub values: &'a [&'a str],
    /// For each row the place of its id; `None`: one id a row.
    pub codes: Option<&'a [u32]>,
}

impl<'a> IdColumn<'a> {
    fn rows(&self) -> usize {
        self.codes.map_or(self.values.len(), <[u32]>::len)
    }

    fn check(&self) -> Result<(), ApiError> {
        let codes = self.codes.unwrap_or_default();
        match codes.iter().position(|code| *code as usize >= self.values.len()) {
            Some(row) => {
                let path = ["sku.codes[", &row.to_string(), "]"].concat();
                let most = self.values.len().to_string();
                let message = [&path, " is the place of none of the ", &most, " values"].concat();
                Err(ApiError::invalid(&path, message))
            }
            None => Ok(()),
        }
    }

    /// The id of a row; of a row that isn't there the empty text, which is no id.
    fn id(&self, row: usize) -> &'a str {
        let place = match self.codes {
            Some(codes) => codes.get(row).map_or(usize::MAX, |code| *code as usize),
            None => row,
        };
        self.values.get(place).copied().unwrap_or_default()
    }
}

/// Orders of one line each.
#[derive(Clone, Copy, Debug)]
pub struct OrderColumns<'a> {
    /// The orders' ids.
    pub orders: &'a [&'a str],
    /// The item of each.
    pub skus: IdColumn<'a>,
    /// The quantity of each.
    pub quantities: &'a [f64],
    /// The priority of each; `None`: the default.
    pub priorities: Option<&'a [u8]>,
}

/// What became of each order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacedColumns {
    /// 0 applied, 1 exists, 2 rejected.
    pub status: Vec<u8>,
    /// The reason's place in [`Reason::ALL`], or 255.
    pub reason: Vec<u8>,
    /// Units set aside.
    pub allocated: Vec<f64>,
    /// The promise, or NaN.
    pub promise: Vec<f64>,
}

/// No reason.
const NO_REASON: u8 = 255;

/// Places orders of one line, row by row, each as `placeOrder` would. Events are kept.
pub fn place_all(engine: &mut Engine, rows: &OrderColumns, now: Instant) -> Result<PlacedColumns, ApiError> {
    let count = rows.orders.len();
    same_length(count, "sku", rows.skus.rows())?;
    same_length(count, "quantity", rows.quantities.len())?;
    same_length(count, "priority", rows.priorities.map_or(count, <[u8]>::len))?;
    rows.skus.check()?;
    let mut placed = PlacedColumns {
        status: Vec::with_capacity(count),
        reason: Vec::with_capacity(count),
        allocated: Vec::with_capacity(count),
        promise: Vec::with_capacity(count),
    };
    let mut settings = OrderSettings::default();
    for (row, (order, number)) in rows.orders.iter().zip(rows.quantities).enumerate() {
        settings.priority = priority(rows.priorities, row);
        let outcome = quantity(*number).map(|quantity| {
            let line = OrderLine::new(rows.skus.id(row), quantity);
            engine.place_line(order, &line, &settings, now)
        });
        let (status, reason) = match outcome {
            Some(Status::Applied) => (0, NO_REASON),
            Some(Status::Exists) => (1, NO_REASON),
            Some(Status::Rejected(rejection)) => (2, rejection.reason as u8),
            None => (2, Reason::InvalidCommand as u8),
        };
        let standing = match status {
            0 => engine.newest_line(),
            1 => engine.first_line(order),
            _ => None,
        };
        let (allocated, promise) = standing.unwrap_or((0, None));
        placed.status.push(status);
        placed.reason.push(reason);
        placed.allocated.push(allocated as f64);
        placed.promise.push(date(promise));
    }
    Ok(placed)
}

/// What a page asks of many items at once.
#[derive(Clone, Copy, Debug)]
pub struct QuoteColumns<'a> {
    /// The item of each row.
    pub skus: IdColumn<'a>,
    /// The quantity of each.
    pub quantities: &'a [f64],
    /// The priority of each; `None`: the default.
    pub priorities: Option<&'a [u8]>,
}

/// The answers, row by row. Dates are NaN where there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotedColumns {
    /// The place in [`Availability::NAMES`](crate::model::view::Availability::NAMES).
    pub availability: Vec<u8>,
    /// Units that are available at once.
    pub now: Vec<f64>,
    /// Units waiting ahead.
    pub ahead: Vec<f64>,
    /// The date that is as likely too late as too early.
    pub p50: Vec<f64>,
    /// The date than which four in five are not later.
    pub p80: Vec<f64>,
    /// The date than which nineteen in twenty are not later.
    pub p95: Vec<f64>,
    /// What placing would promise.
    pub promise: Vec<f64>,
}

/// Quotes each row as `quote` would.
pub fn quote_all(engine: &Engine, rows: &QuoteColumns, now: Instant) -> Result<QuotedColumns, ApiError> {
    let count = rows.skus.rows();
    same_length(count, "quantity", rows.quantities.len())?;
    same_length(count, "priority", rows.priorities.map_or(count, <[u8]>::len))?;
    rows.skus.check()?;
    let mut quoted = QuotedColumns {
        availability: Vec::with_capacity(count),
        now: Vec::with_capacity(count),
        ahead: Vec::with_capacity(count),
        p50: Vec::with_capacity(count),
        p80: Vec::with_capacity(count),
        p95: Vec::with_capacity(count),
        promise: Vec::with_capacity(count),
    };
    for (row, number) in rows.quantities.iter().enumerate() {
        let quantity = quantity(*number).filter(|quantity| *quantity > 0).ok_or_else(|| unasked(row))?;
        let priority = priority(rows.priorities, row);
        let request =
            QuoteRequest { sku: rows.skus.id(row), quantity, priority, locations: None, ship_to: None };
        let figures = engine.quote(&request, now);
        quoted.availability.push(figures.availability as u8);
        quoted.now.push(figures.now as f64);
        quoted.ahead.push(figures.ahead as f64);
        quoted.p50.push(date(figures.ships.p50));
        quoted.p80.push(date(figures.ships.p80));
        quoted.p95.push(date(figures.ships.p95));
        quoted.promise.push(date(figures.promise));
    }
    Ok(quoted)
}

fn unasked(row: usize) -> ApiError {
    let path = ["quantity[", &row.to_string(), "]"].concat();
    let message = [&path, " must be a whole number from 1 to 9007199254740991"].concat();
    ApiError::invalid(&path, message)
}

fn same_length(orders: usize, name: &str, rows: usize) -> Result<(), ApiError> {
    if rows == orders {
        return Ok(());
    }
    let lengths =
        [" must be as long as the first column, ", &orders.to_string(), ", not ", &rows.to_string()];
    Err(ApiError::invalid(name, [name, &lengths.concat()].concat()))
}

fn quantity(number: f64) -> Option<Quantity> {
    whole_number(number).and_then(|number| u64::try_from(number).ok())
}

fn priority(priorities: Option<&[u8]>, row: usize) -> u8 {
    priorities.and_then(|priorities| priorities.get(row).copied()).unwrap_or(DEFAULT_PRIORITY)
}

fn date(instant: Option<Instant>) -> f64 {
    instant.map_or(f64::NAN, |instant| instant as f64)
}
