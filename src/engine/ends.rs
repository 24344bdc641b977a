//! Instants at which something falls due for a demand: the ends of holds (rules §11), and the instants
//! from which orders for later take units (§3.6).

use crate::model::units::Instant;
use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

/// Open holds by their end, then by the command that placed them.
///
/// A hold that ends early is only counted out: its row stays until it comes to the front or most
/// rows are such, so that the first row is always one that counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ends {
    live: usize,
    rows: BinaryHeap<Reverse<(Instant, u64, u32)>>,
}

/// Rows that no longer count may pile up to so many before they are swept.
const SLACK: usize = 64;

impl Ends {
    /// The first end, and the demand that ends.
    pub fn first(&self) -> Option<(Instant, u32)> {
        self.rows.peek().map(|&Reverse((at, _, demand))| (at, demand))
    }

    pub fn add(&mut self, at: Instant, sequence: u64, demand: u32) {
        self.live += 1;
        self.rows.push(Reverse((at, sequence, demand)));
    }

    /// An open hold is open no more. `open` tells of a demand whether it still is.
    pub fn drop_one(&mut self, open: impl Fn(u32) -> bool) {
        self.live -= 1;
        if self.rows.len() > 2 * self.live + SLACK {
            self.rows.retain(|&Reverse((_, _, demand))| open(demand));
        }
        while self.first().is_some_and(|(_, demand)| !open(demand)) {
            self.rows.pop();
        }
    }
}
