//! The engine's own.

use crate::{Arrival, Queue};
use backorder::engine::rank_tree::{Entry, Forest, Root};
use backorder::model::units::day_of;

#[derive(Default)]
pub struct RankTree<const LEAF: usize, const INNER: usize> {
    forest: Forest<LEAF, INNER>,
    root: Root,
}

impl<const LEAF: usize, const INNER: usize> Queue for RankTree<LEAF, INNER> {
    fn name(&self) -> String {
        format!("rank tree, {LEAF} entries to a leaf, {INNER} children to a node")
    }

    fn insert(&mut self, arrivals: &[Arrival]) {
        for &Arrival { part, rank, waiting, .. } in arrivals {
            // One arrival a second, promised for some day of the two months after.
            let placed_at = 1_750_000_000_000 + (rank.tie >> 32) * 1_000;
            let promise_day = day_of(placed_at) + (rank.tie >> 32) as u32 % 60;
            let entry = Entry { rank, part, waiting, set_aside: 0, held: false, placed_at, promise_day };
            self.forest.insert(&mut self.root, entry);
        }
    }

    fn position(&self, parts: &[u32]) -> u64 {
        parts.iter().map(|&part| self.forest.ahead(&self.root, part)).sum()
    }

    fn at_quantity(&self, units: &[u64]) -> u64 {
        let found = units.iter().filter_map(|&x| self.forest.at_quantity(&self.root, x));
        found.map(|(part, ahead)| u64::from(part) + ahead).sum()
    }

    fn cancel(&mut self, parts: &[u32]) {
        for &part in parts {
            self.forest.remove(&mut self.root, part);
        }
    }
}
