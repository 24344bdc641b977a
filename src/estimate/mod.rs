//! Dates from supply: pure, and knowing no engine.

pub mod civil;
pub mod curve;
pub mod expected;
pub mod scenarios;
pub mod spread;
