//! The two kinds of node, and what is done within one.

use super::totals::{Minima, Rest, Summary, slack_days};
use super::{Entry, NO_PROMISE, NONE, Rank};
use crate::model::units::{Day, Instant};

/// A leaf: up to `N` entries in rank order, an array for each field.
#[derive(Clone, Debug)]
pub(super) struct Leaf<const N: usize> {
    pub parent: u32,
    pub len: u32,
    /// One past the slot of the entry that was put in last: where the next one goes if it follows it.
    pub run: u32,
    /// A bit for each slot: what is set aside belongs to a hold.
    pub held: u64,
    pub rank: [Rank; N],
    pub part: [u32; N],
    pub waiting: [u64; N],
    pub set_aside: [u64; N],
    pub placed_at: [Instant; N],
    pub promise_day: [Day; N],
}

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

/// The lowest `count` bits, which is at most 64.
fn lowest(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

impl<const N: usize> Leaf<N> {
    pub const NEW: Self = Leaf {
        parent: NONE,
        len: 0,
        run: 0,
        held: 0,
        rank: [Rank { primary: 0, tie: 0 }; N],
        part: [NONE; N],
        waiting: [0; N],
        set_aside: [0; N],
        placed_at: [0; N],
        promise_day: [NO_PROMISE; N],
    };

    #[inline]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// The slot of a part that is here.
    #[inline]
    pub fn slot_of(&self, part: u32) -> usize {
        let slot = self.part[..self.len()].iter().position(|&other| other == part);
        assert!(slot.is_some());
        slot.unwrap_or(0)
    }

    /// How many entries rank before `rank`.
    #[inline]
    pub fn slot_for(&self, rank: Rank) -> usize {
        self.rank[..self.len()].partition_point(|&other| other < rank)
    }

    #[inline]
    pub fn is_held(&self, slot: usize) -> bool {
        self.held >> slot & 1 == 1
    }

    #[inline]
    pub fn entry(&self, slot: usize) -> Entry {
        Entry {
            rank: self.rank[slot],
            part: self.part[slot],
            waiting: self.waiting[slot],
            set_aside: self.set_aside[slot],
            held: self.is_held(slot),
            placed_at: self.placed_at[slot],
            promise_day: self.promise_day[slot],
        }
    }

    /// Writes what may change of an entry.
    #[inline]
    pub fn rewrite(&mut self, slot: usize, entry: &Entry) {
        self.waiting[slot] = entry.waiting;
        self.set_aside[slot] = entry.set_aside;
        self.promise_day[slot] = entry.promise_day;
        self.held = self.held & !(1 << slot) | u64::from(entry.held) << slot;
    }

    pub fn insert(&mut self, slot: usize, entry: &Entry) {
        let len = self.len();
        if slot < len {
            open_gap(&mut self.rank, slot, len);
            open_gap(&mut self.part, slot, len);
            open_gap(&mut self.waiting, slot, len);
            open_gap(&mut self.set_aside, slot, len);
            open_gap(&mut self.placed_at, slot, len);
            open_gap(&mut self.promise_day, slot, len);
            let below = lowest(slot);
            self.held = (self.held & !below) << 1 | self.held & below;
        }
        self.rank[slot] = entry.rank;
        self.part[slot] = entry.part;
        self.placed_at[slot] = entry.placed_at;
        self.rewrite(slot, entry);
        self.len += 1;
        self.run = slot as u32 + 1;
    }

    pub fn remove(&mut self, slot: usize) {
        let len = self.len();
        close_gap(&mut self.rank, slot, len);
        close_gap(&mut self.part, slot, len);
        close_gap(&mut self.waiting, slot, len);
        close_gap(&mut self.set_aside, slot, len);
        close_gap(&mut self.placed_at, slot, len);
        close_gap(&mut self.promise_day, slot, len);
        let below = lowest(slot);
        self.held = self.held >> 1 & !below | self.held & below;
        self.len -= 1;
        self.run -= u32::from(slot < self.run as usize);
    }

    /// Moves the entries from `point` on to the end of `into`.
    pub fn move_tail(&mut self, point: usize, into: &mut Self) {
        let (at, count) = (into.len(), self.len() - point);
        carry(&mut into.rank, at, &self.rank, point, count);
        carry(&mut into.part, at, &self.part, point, count);
        carry(&mut into.waiting, at, &self.waiting, point, count);
        carry(&mut into.set_aside, at, &self.set_aside, point, count);
        carry(&mut into.placed_at, at, &self.placed_at, point, count);
        carry(&mut into.promise_day, at, &self.promise_day, point, count);
        if count > 0 {
            into.held |= self.held >> point << at;
        }
        self.held &= lowest(point);
        into.len += count as u32;
        self.len = point as u32;
    }

    pub fn summary(&self) -> Summary {
        (0..self.len()).fold(Summary::EMPTY, |sum, slot| sum.and(Summary::of(&self.entry(slot))))
    }

    pub fn minima(&self) -> Minima {
        let mut low = Minima::NONE;
        for slot in 0..self.len() {
            if self.waiting[slot] > 0 {
                low = low.min(Minima::of(self.placed_at[slot], self.promise_day[slot]));
            }
        }
        low
    }

    #[inline]
    pub fn slack_days(&self, slot: usize) -> i32 {
        slack_days(self.placed_at[slot], self.promise_day[slot])
    }
}

impl<const N: usize> Inner<N> {
    pub const NEW: Self = Inner {
        parent: NONE,
        len: 0,
        bound: [Rank { primary: 0, tie: 0 }; N],
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

    /// The slot of the child below which `rank` belongs.
    #[inline]
    pub fn slot_for(&self, rank: Rank) -> usize {
        self.bound[1..self.len()].partition_point(|&bound| bound <= rank)
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
