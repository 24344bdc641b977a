//! What an item may be told to do. Settings of the contract that this release does not follow yet
//! are refused where commands are decoded, so that none is ignored in silence.

use super::units::{Instant, Quantity};

/// Whether, and how far, units may be sold that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Backorders {
    /// Queue without bound.
    #[default]
    Allow,
    /// Never queue.
    Deny,
    /// At most so many units waiting.
    Limit(Quantity),
}

/// What to expect of a supply that is past its date (rules §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Overdue {
    /// It comes this many days from now at the earliest.
    pub offset_days: u64,
    /// It no longer counts once it is later than this. `None`: it always counts.
    pub ignore_after_days: Option<u64>,
}

/// Supply assumed once everything scheduled is spoken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replenishment {
    /// From the instant an order is placed to the arrival of its units.
    pub lead_time_days: u64,
    /// Who supplies it; must be defined.
    pub supplier: Option<String>,
}

/// Where an item is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lifecycle {
    /// Sold as usual.
    #[default]
    Active,
    /// Nothing ships before `release_at`; without it no date can be said.
    Preorder {
        /// The release, when it is known.
        release_at: Option<Instant>,
    },
    /// Sells what is left, queues nothing.
    Discontinued,
}

/// A setting in a command: `None` leaves it, `Some(None)` puts it back to its default.
pub type Change<T> = Option<Option<T>>;

/// The settings that a `defineItem` gives.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ItemChange {
    /// See [`Backorders`].
    pub backorders: Change<Backorders>,
    /// Most units of the item that one order may have that are not cancelled.
    pub max_per_order: Change<Quantity>,
    /// Units at the bottom of the stock that are not for sale.
    pub safety_stock: Change<Quantity>,
    /// A waiting line moves up one priority for each so many days (rules §2).
    pub ageing_days: Change<u64>,
    /// See [`Replenishment`].
    pub replenishment: Change<Replenishment>,
    /// See [`Overdue`].
    pub overdue: Change<Overdue>,
    /// See [`Lifecycle`].
    pub lifecycle: Change<Lifecycle>,
}

/// An item's settings with the defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ItemSettings {
    /// See [`Backorders`].
    pub backorders: Backorders,
    /// `None`: no bound.
    pub max_per_order: Option<Quantity>,
    /// Units that are not for sale.
    pub safety_stock: Quantity,
    /// `None`: age never overtakes priority.
    pub ageing_days: Option<u64>,
    /// `None`: no date is invented beyond scheduled supply.
    pub replenishment: Option<Replenishment>,
    /// See [`Overdue`].
    pub overdue: Overdue,
    /// See [`Lifecycle`].
    pub lifecycle: Lifecycle,
}
