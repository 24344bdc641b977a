//! The queues of all items: a counted B+tree over arenas of plain integers.
//!
//! Every part of a line that has not shipped is one [`Entry`] in the tree of its item, in rank order. Each
//! node keeps sums and minima over the entries below it, so that "how much waits ahead of this one", "who
//! gets the x-th unit" and "who is promised before this day" are all a walk along one path.
//!
//! One [`Forest`] holds the nodes of all trees; a tree is a small [`Root`] record that its item keeps.

mod inner;
mod leaf;
mod read;
mod totals;
mod write;

#[cfg(test)]
mod check;
#[cfg(test)]
mod tests;

use crate::model::units::{Day, Instant};
use alloc::vec::Vec;
use inner::Inner;
use leaf::Leaves;
use totals::Summary;

/// No node, no leaf.
const NONE: u32 = u32::MAX;

/// The promise day of a part that has no promise.
pub const NO_PROMISE: Day = Day::MAX;

/// The place of a part in the queue, lowest first. No two parts of an item have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Decides. Where a promise is a place in the queue, the instant promised; else 0 for all that may
    /// be served, and for an order for later the instant from which it may.
    pub turn: u64,
    /// Decides between equals: the priority, or the instant that priority and age come to.
    pub primary: u64,
    /// Decides between those: the number of the command, then the place in the order.
    pub tie: u64,
}

impl Rank {
    /// Ahead of all others.
    pub const FIRST: Rank = Rank { turn: 0, primary: 0, tie: 0 };
}

/// A part of a line that has not shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the queue.
    pub rank: Rank,
    /// Its number, which no other entry of the forest has.
    pub part: u32,
    /// Units it still lacks.
    pub waiting: u64,
    /// Units set aside for it.
    pub set_aside: u64,
    /// Whether it is a hold's: then what is set aside is held, else allocated.
    pub held: bool,
    /// When it was asked for.
    pub placed_at: Instant,
    /// The day it is promised for, or [`NO_PROMISE`].
    pub promise_day: Day,
}

impl Entry {
    /// Units that it has or lacks.
    pub fn units(&self) -> u64 {
        self.waiting + self.set_aside
    }
}

/// Sums and minima over the entries of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Units that wait.
    pub waiting: u64,
    /// Units set aside for orders.
    pub allocated: u64,
    /// Units set aside for holds.
    pub held: u64,
    /// Entries that wait. All that follows is over these alone.
    pub waiting_parts: u32,
    /// Entries without a promise.
    pub unpromised: u32,
    /// The earliest day promised, [`NO_PROMISE`] if there is none.
    pub earliest_promise: Day,
    /// The fewest days from the day placed to the day promised, `i32::MAX` if nothing is promised.
    pub least_slack_days: i32,
    /// The earliest instant placed, `u64::MAX` if nothing waits.
    pub oldest: Instant,
    /// The earliest instant placed of an entry with a promise, `u64::MAX` if there is none.
    pub oldest_promised: Instant,
}

/// What [`Forest::find`] looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needle {
    /// An entry promised for a day before this one.
    PromisedBefore(Day),
    /// An entry without a promise.
    Unpromised,
    /// An entry promised fewer than so many days after it was placed.
    SlackBelow(i32),
    /// An entry for which either is true.
    Short {
        /// Promised fewer than so many days after it was placed.
        days: i32,
        /// Promised for a day before this one.
        day: Day,
    },
    /// An entry with a promise, placed before this instant.
    PlacedBefore(Instant),
}

/// The tree of one item. A copy is the same tree, good until either is changed.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// The topmost node, [`NONE`] when empty: a leaf at height 0, else an inner node.
    node: u32,
    height: u32,
    /// The last leaf, where most entries are put.
    last: u32,
    /// The rank of the last entry.
    last_rank: Rank,
    summary: Summary,
}

impl Default for Root {
    fn default() -> Self {
        Root { node: NONE, height: 0, last: NONE, last_rank: Rank::FIRST, summary: Summary::EMPTY }
    }
}

impl Root {
    /// Sums and minima over all entries.
    #[inline]
    pub fn totals(&self) -> Totals {
        self.summary.into()
    }

    /// Units that wait, over all entries.
    #[inline]
    pub fn waiting(&self) -> u64 {
        self.summary.waiting
    }

    /// Whether `rank` is behind every entry.
    #[inline]
    fn is_behind_all(&self, rank: Rank) -> bool {
        self.node == NONE || rank > self.last_rank
    }
}

/// Where a rank belongs in a tree, and how many units wait ahead of it there.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The units that wait ahead of the rank.
    pub ahead: u64,
    rank: Rank,
    /// The last leaf of the tree, which no other tree has.
    last: u32,
    leaf: u32,
    slot: u32,
    /// How often the forest had changed when the way was found; it leads nowhere afterwards.
    changes: u64,
}

/// The nodes of all trees, with up to `LEAF` entries to a leaf and `INNER` children to an inner node.
#[derive(Clone, Debug, Default)]
pub struct Forest<const LEAF: usize, const INNER: usize> {
    leaves: Leaves<LEAF>,
    inners: Vec<Inner<INNER>>,
    free_inners: Vec<u32>,
    /// The leaf of every part, [`NONE`] for those that are not in.
    home: Vec<u32>,
    /// How often an entry was put in, changed or taken out.
    changes: u64,
    /// Where the next entry is likely to be put.
    expected: Option<Way>,
}

/// The forest of the engine, with the fan-outs that measured best (`benches/structures`).
pub type RankForest = Forest<32, 32>;
