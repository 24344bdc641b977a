//! The allocation core of a shop: it takes orders without ever overselling, queues what is lacking,
//! and says when it ships.
//!
//! ```
//! use backorder::engine::{Engine, EngineOptions};
//! use backorder::model::command::{Body, OrderLine, OrderSettings};
//! use backorder::model::outcome::EventMode;
//! use backorder::model::settings::ItemChange;
//!
//! let mut shop = Engine::new(EngineOptions::default());
//! let (supply, sku, location, due) = ("PO-77", "lamp", None, 864_000_000);
//! let lines = [OrderLine::new("lamp", 5)];
//! for body in [
//!     Body::DefineItem { sku, settings: ItemChange::default() },
//!     Body::Receive { sku, location, quantity: 2, supply: None },
//!     Body::ScheduleSupply { supply, sku, location, quantity: 50, due, supplier: None },
//!     Body::PlaceOrder { order: "A-1", lines: lines[..].into(), settings: OrderSettings::default() },
//! ] {
//!     shop.apply(&body.into(), 0, EventMode::Return);
//! }
//! let order = shop.order("A-1", 0).unwrap();
//! assert_eq!((order.lines[0].allocated, order.lines[0].backordered), (2, 3));
//! assert_eq!(order.lines[0].promised, Some(due));
//! ```
//!
//! # Overview
//!
//! - [`Engine`](engine::Engine) is one shop. [`apply`](engine::Engine::apply) is the only way to change it: a
//!   [`Command`](model::command::Command) and an instant in, an [`Outcome`](model::outcome::Outcome) out. A command
//!   takes effect whole or not at all, and what a shop can expect to go wrong is a
//!   [`Status`](model::outcome::Status), never an error.
//! - [`Event`](model::outcome::Event)s say in full what a command did, and what fell due before it. They hold handles;
//!   [`event_view`](engine::Engine::event_view) puts the names to them.
//! - A *promise* is the date that a line was told. It stands until a later date is expected; then one event says the
//!   old date, the new one, and the supply that brought it about.
//! - Reads ([`quote`](engine::Engine::quote), [`order`](engine::Engine::order),
//!   [`position`](engine::Engine::position), [`queue`](engine::Engine::queue),
//!   [`explain`](engine::Engine::explain)) change nothing; [`what_if`](plan::what_if) plays commands on a copy.
//! - [`snapshot`](codec::snapshot) is the whole state as bytes, [`Journal`](api::Journal) an engine with a log of what
//!   came after, [`digest`](codec::digest) one line that is equal wherever the same commands were applied.
//!
//! | module | what is in it |
//! |---|---|
//! | [`model`] | ids, quantities, instants, settings, commands, outcomes, events, views |
//! | [`engine`] | the engine and its reads |
//! | [`plan`] | what commands would do |
//! | [`codec`] | snapshots, logs, digests, quote sheets |
//! | [`api`] | JSON in and out, and the journal |
//! | [`estimate`] | dates from supply: lateness learned from receipts, calendars, zones; usable by itself |
//! | [`notice`] | what laws ask to be told of a delay; usable by itself |
//! | [`policy`] | how scarce units are divided; usable by itself |
//!
//! # Conventions
//!
//! - An [`Instant`](model::units::Instant) is milliseconds since the Unix epoch. The engine reads no clock: `now` is an
//!   argument, and never goes back.
//! - A [`Quantity`](model::units::Quantity) is whole base units, at most 2^53 − 1, as JavaScript holds no more exactly.
//! - Ids are text of the caller's, 1 to 128 bytes. The id of an order is its idempotency key: sent again with the same
//!   content it is [`Exists`](model::outcome::Status::Exists), with other content refused.
//! - Priorities are 0 to 255, 0 is served first, 100 is the default.
//!
//! "The contract" is the JavaScript package's declarations (`pkg/types` in the repository), whose shapes [`api`] reads and
//! writes and whose words [`model`] takes over; "rules §" are the sections of what these shapes mean, by which
//! `tests/README.md` lists the tests.
//!
//! # What it does not do
//!
//! It has no clock, no randomness, no thread and no I/O, and calls no floating-point library, so that the same commands
//! give the same bytes on every platform. It does no payments, prices or shipping labels, forecasts no demand, and sends
//! no messages. It panics on nothing that comes from outside; an internal fault that it finds in itself ends in a panic
//! rather than in a wrong date.
//!
//! # Features
//!
//! - `zones`: time zones by name, from the database that the crate `jiff` brings. Off by default, and without effect in
//!   WebAssembly, where the host has one.
//! - `canary`: faults that can be put in on purpose, for the project's own tests.
//!
//! A guide with more examples: `docs/guides/rust.md` in the repository.

extern crate alloc;

pub mod api;
pub mod codec;
pub mod engine;
pub mod estimate;
pub mod model;
pub mod notice;
pub mod plan;
pub mod policy;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

/// The Rust of the documents is run with the examples of the crate.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../README.md")]
    struct Readme;

    #[doc = include_str!("../docs/guides/rust.md")]
    struct RustGuide;
}
