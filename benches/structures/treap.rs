//! A treap whose nodes lie in one array, with the sum of each subtree. A part's node has its number.

use crate::{Arrival, Draws, Queue};
use backorder::engine::rank_tree::Rank;

const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Node {
    rank: Rank,
    waiting: u64,
    sum: u64,
    left: u32,
    right: u32,
    parent: u32,
    /// Above those with less.
    weight: u32,
}

pub struct Treap {
    nodes: Vec<Node>,
    root: u32,
    draws: Draws,
}

impl Default for Treap {
    fn default() -> Self {
        Treap { nodes: vec![], root: NONE, draws: Draws(5) }
    }
}

impl Treap {
    fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    fn sum(&self, node: u32) -> u64 {
        if node == NONE { 0 } else { self.node(node).sum }
    }

    fn set_left(&mut self, node: u32, left: u32) {
        self.nodes[node as usize].left = left;
        self.own(node, left);
    }

    fn set_right(&mut self, node: u32, right: u32) {
        self.nodes[node as usize].right = right;
        self.own(node, right);
    }

    /// After a child was changed.
    fn own(&mut self, node: u32, child: u32) {
        if child != NONE {
            self.nodes[child as usize].parent = node;
        }
        let Node { left, right, waiting, .. } = *self.node(node);
        self.nodes[node as usize].sum = self.sum(left) + waiting + self.sum(right);
    }

    /// Those before a rank, and the others.
    fn split(&mut self, node: u32, rank: Rank) -> (u32, u32) {
        if node == NONE {
            return (NONE, NONE);
        }
        if self.node(node).rank < rank {
            let (before, others) = self.split(self.node(node).right, rank);
            self.set_right(node, before);
            (node, others)
        } else {
            let (before, others) = self.split(self.node(node).left, rank);
            self.set_left(node, others);
            (before, node)
        }
    }

    fn merge(&mut self, left: u32, right: u32) -> u32 {
        if left == NONE {
            right
        } else if right == NONE {
            left
        } else if self.node(left).weight > self.node(right).weight {
            let below = self.merge(self.node(left).right, right);
            self.set_right(left, below);
            left
        } else {
            let below = self.merge(left, self.node(right).left);
            self.set_left(right, below);
            right
        }
    }

    /// Puts a node in below another, and gives what is on top then.
    fn put(&mut self, top: u32, new: u32) -> u32 {
        let rank = self.node(new).rank;
        if top == NONE || self.node(top).weight < self.node(new).weight {
            let (before, others) = self.split(top, rank);
            self.set_left(new, before);
            self.set_right(new, others);
            return new;
        }
        if self.node(top).rank < rank {
            let below = self.put(self.node(top).right, new);
            self.set_right(top, below);
        } else {
            let below = self.put(self.node(top).left, new);
            self.set_left(top, below);
        }
        top
    }

    fn take_out(&mut self, node: u32) {
        let Node { left, right, parent, waiting, .. } = *self.node(node);
        let below = self.merge(left, right);
        if below != NONE {
            self.nodes[below as usize].parent = parent;
        }
        if parent == NONE {
            self.root = below;
        } else if self.node(parent).left == node {
            self.nodes[parent as usize].left = below;
        } else {
            self.nodes[parent as usize].right = below;
        }
        let mut above = parent;
        while above != NONE {
            self.nodes[above as usize].sum -= waiting;
            above = self.node(above).parent;
        }
    }

    fn ahead(&self, part: u32) -> u64 {
        let mut node = part;
        let mut ahead = self.sum(self.node(node).left);
        loop {
            let parent = self.node(node).parent;
            if parent == NONE {
                return ahead;
            }
            let above = self.node(parent);
            if above.right == node {
                ahead += self.sum(above.left) + above.waiting;
            }
            node = parent;
        }
    }

    /// The part that the `x`-th unit goes to and the units ahead of it, added.
    fn find(&self, x: u64) -> u64 {
        let (mut node, mut ahead) = (self.root, 0);
        loop {
            let Node { left, right, waiting, .. } = *self.node(node);
            let before = ahead + self.sum(left);
            if x <= before {
                node = left;
            } else if x <= before + waiting {
                return u64::from(node) + before;
            } else {
                ahead = before + waiting;
                node = right;
            }
        }
    }
}

impl Queue for Treap {
    fn name(&self) -> String {
        "treap in an array".into()
    }

    fn insert(&mut self, arrivals: &[Arrival]) {
        for &Arrival { part, rank, waiting, .. } in arrivals {
            let weight = self.draws.next() as u32;
            let new = Node { rank, waiting, sum: waiting, left: NONE, right: NONE, parent: NONE, weight };
            if part as usize == self.nodes.len() {
                self.nodes.push(new);
            } else {
                self.nodes[part as usize] = new;
            }
            self.root = self.put(self.root, part);
            self.nodes[self.root as usize].parent = NONE;
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
            self.take_out(part);
        }
    }
}
