//! The crate `augmented-rbtree`: a red-black tree that keeps what it is told to of each subtree. Its nodes are
//! allocated one by one and found by their key, so the key of each part is kept beside it.

use crate::{Arrival, Queue};
use augmented_rbtree::{Augment, AugmentedRBTree, TreeLocation};
use backorder::engine::rank_tree::Rank;

/// What waits, and the part.
type Value = (u64, u32);

struct Sum;

impl Augment<Rank, Value> for Sum {
    type Stats = u64;

    fn compute(
        _: &Rank,
        value: &Value,
        left: Option<(&Rank, &Value, &u64)>,
        right: Option<(&Rank, &Value, &u64)>,
    ) -> u64 {
        value.0 + left.map_or(0, |(_, _, sum)| *sum) + right.map_or(0, |(_, _, sum)| *sum)
    }
}

pub struct RedBlack {
    tree: AugmentedRBTree<Rank, Value, Sum>,
    /// Of every part.
    ranks: Vec<Rank>,
}

impl Default for RedBlack {
    fn default() -> Self {
        RedBlack { tree: AugmentedRBTree::new(), ranks: vec![] }
    }
}

impl RedBlack {
    fn ahead(&self, part: u32) -> u64 {
        let mut rank = self.ranks[part as usize];
        let mut cursor = self.tree.nav_cursor(TreeLocation::At(&rank));
        let mut ahead = cursor.peek_left().map_or(0, |(_, _, sum)| *sum);
        while let Some((above, value, _)) = cursor.parent() {
            if *above < rank {
                ahead += value.0 + cursor.peek_left().map_or(0, |(_, _, sum)| *sum);
            }
            rank = *above;
        }
        ahead
    }

    /// The part that the `x`-th unit goes to and the units ahead of it, added.
    fn find(&self, x: u64) -> u64 {
        let mut cursor = self.tree.nav_cursor(TreeLocation::Root);
        let mut ahead = 0;
        while let Some((_, (waiting, part), _)) = cursor.get() {
            let before = ahead + cursor.peek_left().map_or(0, |(_, _, sum)| *sum);
            if x <= before {
                cursor.left();
            } else if x <= before + waiting {
                return u64::from(*part) + before;
            } else {
                ahead = before + waiting;
                cursor.right();
            }
        }
        ahead
    }
}

impl Queue for RedBlack {
    fn name(&self) -> String {
        "augmented-rbtree 0.3.0".into()
    }

    fn insert(&mut self, arrivals: &[Arrival]) {
        for &Arrival { part, rank, waiting, .. } in arrivals {
            if part as usize == self.ranks.len() {
                self.ranks.push(rank);
            } else {
                self.ranks[part as usize] = rank;
            }
            self.tree.insert(rank, (waiting, part));
        }
    }

    fn position(&self, parts: &[u32]) -> u64 {
        parts.iter().map(|&part| self.ahead(part)).sum()
    }

    fn at_quantity(&self, units: &[u64]) -> u64 {
        units.iter().map(|&x| self.find(x)).sum()
    }

    fn cancel(&mut self, parts: &[u32]) {
        for &part in parts {
            self.tree.remove(&self.ranks[part as usize]);
        }
    }
}
