//! Dates from supply: pure, and knowing no engine.

pub mod calendar;
pub mod civil;
pub mod curve;
#[cfg(all(feature = "zones", not(target_arch = "wasm32")))]
pub mod tzdb;
pub mod zone;
