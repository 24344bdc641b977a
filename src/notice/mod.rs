//! What a customer must be told of a delay, by when, and what silence means (rules §14).
//!
//! Pure, in civil days of the buyer's calendar, and knowing no engine. A [`terms::Terms`] says as data what a
//! regime asks; a [`course::Course`] is the one state machine that it drives, for each line of an order. What
//! the contract has no field for stands beside it: [`stated`], [`scope`] and [`delivery`].
//!
//! The texts that the built-in regimes follow are named in [`terms`]. None of this is legal advice.

pub mod course;
pub mod delivery;
pub mod scope;
pub mod settings;
pub mod stated;
pub mod terms;
pub mod workdays;

#[cfg(test)]
mod tests;
