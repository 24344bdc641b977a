//! Dates from supply: pure, and knowing no engine.

pub mod calendar;
pub mod calibration;
pub mod civil;
pub mod curve;
#[cfg(test)]
mod dice;
pub mod expected;
pub mod history;
pub mod lateness;
pub mod learner;
pub mod overtaking;
pub mod scenarios;
pub mod survival;
#[cfg(all(feature = "zones", not(target_arch = "wasm32")))]
pub mod tzdb;
pub mod zone;
