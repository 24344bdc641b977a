//! Inner nodes.

use super::totals::{Minima, Rest, Summary};
use super::{NONE, Rank};

/// An inner node: up to `N` children in rank order.
#[derive(Clone, Debug)]
pub(super) struct Inner<const N: usize> {
    pub parent: u32,
    pub len: u32,
    /// A lower bound of the ranks below the child; the first child's stands for minus infinity.
    pub bound: [Rank; N],
    pub child: [u32; N],
    pub waiting: [u64; N],
    pub rest: [Rest; N],
}

/// Moves `array[slot..len]` one up.
fn open_gap<T: Copy>(array: &mut [T], slot: usize, len: usize) {
    array.copy_within(slot..len, slot + 1);
}

/// Moves `array[slot + 1..len]` one down.
fn close_gap<T: Copy>(array: &mut [T], slot: usize, len: usize) {
    array.copy_within(slot + 1..len, slot);
}

/// Copies `from[point..point + count]` to `into[at..]`.
fn carry<T: Copy>(into: &mut [T], at: usize, from: &[T], point: usize, count: usize) {
    into[at..at + count].copy_from_slice(&from[point..point + count]);
}

impl<const N: usize> Inner<N> {
    pub const NEW: Self = Inner {
        parent: NONE,
        len: 0,
        bound: [Rank::FIRST; N],
        child: [NONE; N],
        waiting: [0; N],
        rest: [Rest::EMPTY; N],
    };

    #[inline]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// The slot of a child that is here.
    #[inline]
    pub fn slot_of(&self, child: u32) -> usize {
        let slot = self.child[..self.len()].iter().position(|&other| other == child);
        assert!(slot.is_some());
        slot.unwrap_or(0)
    }

    /// The slot of the child below which `rank` belongs. Searched with branches: who asks mostly asks for
    /// much the same places, so that they are foreseen and the search need not wait for each number.
    #[inline]
    pub fn slot_for(&self, rank: Rank) -> usize {
        let bounds = &self.bound[1..self.len()];
        let (mut low, mut high) = (0, bounds.len());
        while low < high {
            let middle = (low + high) / 2;
            if bounds[middle] <= rank {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    #[inline]
    pub fn summary_of(&self, slot: usize) -> Summary {
        Summary { waiting: self.waiting[slot], rest: self.rest[slot] }
    }

    #[inline]
    pub fn set_summary(&mut self, slot: usize, summary: Summary) {
        self.waiting[slot] = summary.waiting;
        self.rest[slot] = summary.rest;
    }

    pub fn insert(&mut self, slot: usize, bound: Rank, child: u32, summary: Summary) {
        let len = self.len();
        if slot < len {
            open_gap(&mut self.bound, slot, len);
            open_gap(&mut self.child, slot, len);
            open_gap(&mut self.waiting, slot, len);
            open_gap(&mut self.rest, slot, len);
        }
        self.bound[slot] = bound;
        self.child[slot] = child;
        self.set_summary(slot, summary);
        self.len += 1;
    }

    pub fn remove(&mut self, slot: usize) {
        let len = self.len();
        close_gap(&mut self.bound, slot, len);
        close_gap(&mut self.child, slot, len);
        close_gap(&mut self.waiting, slot, len);
        close_gap(&mut self.rest, slot, len);
        self.len -= 1;
    }

    /// Moves the children from `point` on to the end of `into`.
    pub fn move_tail(&mut self, point: usize, into: &mut Self) {
        let (at, count) = (into.len(), self.len() - point);
        carry(&mut into.bound, at, &self.bound, point, count);
        carry(&mut into.child, at, &self.child, point, count);
        carry(&mut into.waiting, at, &self.waiting, point, count);
        carry(&mut into.rest, at, &self.rest, point, count);
        into.len += count as u32;
        self.len = point as u32;
    }

    pub fn summary(&self) -> Summary {
        (0..self.len()).fold(Summary::EMPTY, |sum, slot| sum.and(self.summary_of(slot)))
    }

    pub fn minima(&self) -> Minima {
        self.rest[..self.len()].iter().fold(Minima::NONE, |low, rest| low.min(rest.low))
    }
}
