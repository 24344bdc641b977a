//! The contract's shapes in plain Rust: what comes in decoded, what goes out encoded.
//!
//! A document is read into a [`value::Value`] within limits, then decoded strictly into a command:
//! what is no field, no whole number or no known word is refused with its path, never coerced.

mod calendar;
pub mod columns;
mod command_json;
pub mod decode;
pub mod door;
pub mod encode;
pub mod error;
mod fields;
mod item;
mod journal;
mod json;
pub mod law;
mod message;
mod notices;
mod request;
#[cfg(test)]
mod tests;
pub mod value;
pub mod zones;

pub use command_json::command_json;
pub use journal::{Journal, Mark, Recovered, RecoveryError, play};
