//! A Fenwick tree for each priority, and one over the priorities.
//!
//! Slots are only ever appended: an entry cannot go before one that is there, so neither ageing nor
//! `reprioritise` can be done, and the slots of what has left stay until everything is numbered anew.

use crate::{Arrival, PRIORITIES, Queue};

/// Fenwick's tree, over slots counted from 1.
#[derive(Clone, Default)]
struct Sums(Vec<u64>);

/// The entries of one priority.
#[derive(Clone, Default)]
struct Lane {
    sums: Sums,
    /// The part of every slot.
    parts: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Place {
    slot: u32,
    priority: u8,
    waiting: u64,
}

pub struct Fenwicks {
    lanes: Vec<Lane>,
    of_lanes: Sums,
    /// Of every part.
    places: Vec<Place>,
}

impl Sums {
    fn append(&mut self, units: u64) {
        let slot = self.0.len() + 1;
        let first = slot & (slot - 1);
        let (mut sum, mut below) = (units, slot - 1);
        while below > first {
            sum += self.0[below - 1];
            below &= below - 1;
        }
        self.0.push(sum);
    }

    /// Adds modulo 2^64, so that a negative number can be added.
    fn add(&mut self, mut slot: usize, units: u64) {
        while slot <= self.0.len() {
            self.0[slot - 1] = self.0[slot - 1].wrapping_add(units);
            slot += slot & slot.wrapping_neg();
        }
    }

    fn before(&self, slot: usize) -> u64 {
        let (mut sum, mut below) = (0, slot - 1);
        while below > 0 {
            sum += self.0[below - 1];
            below &= below - 1;
        }
        sum
    }

    /// The slot that the `x`-th unit is in, and what is before it.
    fn find(&self, x: u64) -> (usize, u64) {
        let (mut slot, mut before) = (0, 0);
        let mut step = 1 << self.0.len().ilog2();
        while step > 0 {
            let next = slot + step;
            if next <= self.0.len() && before + self.0[next - 1] < x {
                slot = next;
                before += self.0[next - 1];
            }
            step /= 2;
        }
        (slot + 1, before)
    }
}

impl Default for Fenwicks {
    fn default() -> Self {
        let count = PRIORITIES as usize;
        Fenwicks { lanes: vec![Lane::default(); count], of_lanes: Sums(vec![0; count]), places: vec![] }
    }
}

impl Queue for Fenwicks {
    fn name(&self) -> String {
        "Fenwick tree for each priority".into()
    }

    fn takes_any_rank(&self) -> bool {
        false
    }

    fn insert(&mut self, arrivals: &[Arrival]) {
        for &Arrival { part, priority, waiting, .. } in arrivals {
            let lane = &mut self.lanes[priority as usize];
            lane.sums.append(waiting);
            lane.parts.push(part);
            if self.places.len() <= part as usize {
                self.places.resize(part as usize + 1, Place::default());
            }
            let slot = lane.parts.len() as u32;
            self.places[part as usize] = Place { slot, priority, waiting };
            self.of_lanes.add(priority as usize + 1, waiting);
        }
    }

    fn position(&self, parts: &[u32]) -> u64 {
        let position = |part: &u32| {
            let Place { slot, priority, .. } = self.places[*part as usize];
            let lane = &self.lanes[priority as usize];
            self.of_lanes.before(priority as usize + 1) + lane.sums.before(slot as usize)
        };
        parts.iter().map(position).sum()
    }

    fn at_quantity(&self, units: &[u64]) -> u64 {
        let find = |x: &u64| {
            let (number, before) = self.of_lanes.find(*x);
            let lane = &self.lanes[number - 1];
            let (slot, within) = lane.sums.find(*x - before);
            u64::from(lane.parts[slot - 1]) + before + within
        };
        units.iter().map(find).sum()
    }

    fn cancel(&mut self, parts: &[u32]) {
        for &part in parts {
            let Place { slot, priority, waiting } = self.places[part as usize];
            self.lanes[priority as usize].sums.add(slot as usize, waiting.wrapping_neg());
            self.of_lanes.add(priority as usize + 1, waiting.wrapping_neg());
        }
    }
}
