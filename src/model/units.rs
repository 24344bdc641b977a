//! Quantities, instants, days and the limits on them.

/// Whole base units, `0 ..= MAX_SAFE`.
pub type Quantity = u64;

/// Milliseconds since the Unix epoch, UTC, `0 ..= MAX_SAFE`. The engine never reads a clock.
pub type Instant = u64;

/// Days since the Unix epoch, UTC.
pub type Day = u32;

/// 2^53 − 1: the largest whole number that JavaScript holds exactly. Every quantity, every sum of
/// quantities and every instant stays within it.
pub const MAX_SAFE: u64 = (1 << 53) - 1;

/// Milliseconds in a UTC day.
pub const DAY_MS: u64 = 86_400_000;

/// The most lines that one order or hold may have.
pub const MAX_LINES: usize = 1_000;

/// The most components, substitutes or incentives that an item may have, and rules a rebalance.
pub const MAX_LISTED: usize = 1_000;

/// The most levels of protection that an item may have.
pub const MAX_PROTECTION_LEVELS: usize = 8;

/// The most bytes of UTF-8 that an id may have.
pub const MAX_ID_BYTES: usize = 128;

/// The most days that a setting counted in days may have: the span of ECMAScript's time values.
pub const MAX_DAYS: u64 = 100_000_000;

/// The most days that what falls due may lie before a command: each day on which a promise ends
/// late is brought about by itself.
pub const MAX_LATE_DAYS: u64 = 3_660;

/// How often the promises that one command touches are looked at, at the most: those that it changes are
/// places in queues where promises are kept, and may change others.
pub const MOST_LOOKS: u32 = 8;

/// How many of the last commands a `key` is kept for (rules §12).
pub const KEYS_KEPT: u64 = 100_000;

/// The priority of an order that names none.
pub const DEFAULT_PRIORITY: u8 = 100;

/// The one location that exists until locations are defined (rules §3).
pub const DEFAULT_LOCATION: &str = "default";

/// The UTC day on which an instant falls.
///
/// ```
/// use backorder::model::units::day_of;
/// assert_eq!(day_of(86_399_999), 0);
/// assert_eq!(day_of(86_400_000), 1);
/// ```
pub const fn day_of(instant: Instant) -> Day {
    (instant / DAY_MS) as Day
}

/// The first instant after a UTC day, which is the first of the next.
pub const fn end_of_day(day: Day) -> Instant {
    (day as u64 + 1) * DAY_MS
}
