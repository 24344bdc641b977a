//! Ids, quantities, time, settings, commands, events and views: the words that every module speaks.
//!
//! | what goes in | what comes out |
//! |---|---|
//! | [`command::Command`]: what is to be done, by a [`command::Body`] | [`outcome::Outcome`]: whether it was, and what happened |
//! | [`settings::ItemChange`], [`command::OrderSettings`]: how | [`outcome::Event`]: one thing that happened |
//! | [`units`]: instants, quantities, and the limits on both | [`view`]: what reads answer |

pub mod calendar;
pub mod command;
pub mod ids;
pub mod outcome;
pub mod settings;
pub mod sheet;
pub(crate) mod sort;
pub mod units;
pub mod view;
