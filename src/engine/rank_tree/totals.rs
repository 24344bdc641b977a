//! What a node keeps of the entries below it.

use super::{Entry, NO_PROMISE, Totals};
use crate::model::units::{Day, Instant, day_of};

/// Sums and minima over some entries. `waiting` stands apart because sums of it are what is read most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    pub waiting: u64,
    pub rest: Rest,
}

/// All of a summary but `waiting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    pub allocated: u64,
    pub held: u64,
    pub waiting_parts: u32,
    pub unpromised: u32,
    pub low: Minima,
}

/// The minima, over entries that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Minima {
    pub earliest_promise: Day,
    pub least_slack_days: i32,
    pub oldest: Instant,
    pub oldest_promised: Instant,
}

impl Minima {
    pub const NONE: Minima = Minima {
        earliest_promise: NO_PROMISE,
        least_slack_days: i32::MAX,
        oldest: Instant::MAX,
        oldest_promised: Instant::MAX,
    };

    /// Those of one entry that waits.
    #[inline]
    pub fn of(placed_at: Instant, promise_day: Day) -> Minima {
        let promised = promise_day != NO_PROMISE;
        Minima {
            earliest_promise: promise_day,
            least_slack_days: if promised { slack_days(placed_at, promise_day) } else { i32::MAX },
            oldest: placed_at,
            oldest_promised: if promised { placed_at } else { Instant::MAX },
        }
    }

    #[inline]
    pub fn min(self, other: Minima) -> Minima {
        Minima {
            earliest_promise: self.earliest_promise.min(other.earliest_promise),
            least_slack_days: self.least_slack_days.min(other.least_slack_days),
            oldest: self.oldest.min(other.oldest),
            oldest_promised: self.oldest_promised.min(other.oldest_promised),
        }
    }

    /// The minima after one of the values below was replaced; `None` when only a look at all of them can
    /// tell, because the one that went away was the minimum.
    #[inline]
    pub fn replacing(self, old: Minima, new: Minima) -> Option<Minima> {
        Some(Minima {
            earliest_promise: replacing(self.earliest_promise, old.earliest_promise, new.earliest_promise)?,
            least_slack_days: replacing(self.least_slack_days, old.least_slack_days, new.least_slack_days)?,
            oldest: replacing(self.oldest, old.oldest, new.oldest)?,
            oldest_promised: replacing(self.oldest_promised, old.oldest_promised, new.oldest_promised)?,
        })
    }
}

#[inline]
fn replacing<T: Ord>(least: T, old: T, new: T) -> Option<T> {
    if new <= least {
        Some(new)
    } else if old > least {
        Some(least)
    } else {
        None
    }
}

/// Days from the day an entry was placed to the day promised. Days are below 2^27.
#[inline]
pub(super) fn slack_days(placed_at: Instant, promise_day: Day) -> i32 {
    promise_day as i32 - day_of(placed_at) as i32
}

impl Rest {
    pub const EMPTY: Rest =
        Rest { allocated: 0, held: 0, waiting_parts: 0, unpromised: 0, low: Minima::NONE };
}

impl Summary {
    pub const EMPTY: Summary = Summary { waiting: 0, rest: Rest::EMPTY };

    /// Of one entry.
    #[inline]
    pub fn of(entry: &Entry) -> Summary {
        let waits = entry.waiting > 0;
        Summary {
            waiting: entry.waiting,
            rest: Rest {
                allocated: if entry.held { 0 } else { entry.set_aside },
                held: if entry.held { entry.set_aside } else { 0 },
                waiting_parts: u32::from(waits),
                unpromised: u32::from(waits && entry.promise_day == NO_PROMISE),
                low: if waits { Minima::of(entry.placed_at, entry.promise_day) } else { Minima::NONE },
            },
        }
    }

    /// Of the entries of both.
    #[inline]
    pub fn and(self, other: Summary) -> Summary {
        let (a, b) = (self.rest, other.rest);
        Summary {
            waiting: self.waiting + other.waiting,
            rest: Rest {
                allocated: a.allocated + b.allocated,
                held: a.held + b.held,
                waiting_parts: a.waiting_parts + b.waiting_parts,
                unpromised: a.unpromised + b.unpromised,
                low: a.low.min(b.low),
            },
        }
    }
}

/// By how much the sums change when one summary takes the place of another, modulo 2^64 and 2^32: a sum
/// that stays in range comes out right whatever the sign.
#[derive(Clone, Copy)]
pub(super) struct Change {
    waiting: u64,
    allocated: u64,
    held: u64,
    waiting_parts: u32,
    unpromised: u32,
}

impl Change {
    #[inline]
    pub fn between(old: &Summary, new: &Summary) -> Change {
        Change {
            waiting: new.waiting.wrapping_sub(old.waiting),
            allocated: new.rest.allocated.wrapping_sub(old.rest.allocated),
            held: new.rest.held.wrapping_sub(old.rest.held),
            waiting_parts: new.rest.waiting_parts.wrapping_sub(old.rest.waiting_parts),
            unpromised: new.rest.unpromised.wrapping_sub(old.rest.unpromised),
        }
    }

    /// Changes the sums; the minima stay.
    #[inline]
    pub fn apply(&self, waiting: &mut u64, rest: &mut Rest) {
        *waiting = waiting.wrapping_add(self.waiting);
        rest.allocated = rest.allocated.wrapping_add(self.allocated);
        rest.held = rest.held.wrapping_add(self.held);
        rest.waiting_parts = rest.waiting_parts.wrapping_add(self.waiting_parts);
        rest.unpromised = rest.unpromised.wrapping_add(self.unpromised);
    }
}

impl From<Summary> for Totals {
    #[inline]
    fn from(summary: Summary) -> Totals {
        let Rest { allocated, held, waiting_parts, unpromised, low } = summary.rest;
        Totals {
            waiting: summary.waiting,
            allocated,
            held,
            waiting_parts,
            unpromised,
            earliest_promise: low.earliest_promise,
            least_slack_days: low.least_slack_days,
            oldest: low.oldest,
            oldest_promised: low.oldest_promised,
        }
    }
}
