//! Dates from supply: pure, and knowing no engine.

pub mod calibration;
pub mod civil;
pub mod curve;
#[cfg(test)]
mod dice;
pub mod history;
pub mod lateness;
pub mod learner;
pub mod survival;
