//! Ids, quantities, time, settings, commands, events and views: the words that every room speaks.

pub mod calendar;
pub mod command;
pub mod ids;
pub mod outcome;
pub mod settings;
pub mod sheet;
pub(crate) mod sort;
pub mod units;
pub mod view;
