//! Tables and properties of what comes in and goes out.

mod columns;
mod commands;
mod door;
mod mutations;
mod reading;

use super::json::parse;
use super::value::Value;

/// A document from JSON that is known to be right.
fn document(json: &str) -> Value<'_> {
    parse(json).unwrap()
}
