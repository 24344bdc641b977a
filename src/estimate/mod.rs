//! Dates from supply: pure, and knowing no engine.

pub mod calendar;
pub mod civil;
pub mod curve;
pub mod zone;
