//! Whether a tree is what it should be.

use super::totals::Summary;
use super::{Forest, NONE, Rank, Root};
use alloc::vec::Vec;

impl<const LEAF: usize, const INNER: usize> Forest<LEAF, INNER> {
    /// Asserts all that holds of a tree, and gives the number of its nodes.
    pub(super) fn check(&self, root: &Root) -> u32 {
        if root.node == NONE {
            assert_eq!(root.summary, Summary::EMPTY);
            return 0;
        }
        let mut ranks = Vec::new();
        let (summary, nodes) = self.check_node(root.node, root.height, NONE, &mut ranks);
        assert_eq!(summary, root.summary);
        assert!(ranks.is_sorted_by(|a, b| a < b));
        assert_eq!(ranks.last(), Some(&root.last_rank));
        assert_eq!(self.rightmost(root.node, root.height), root.last);
        assert!(root.height == 0 || self.inners[root.node as usize].len() > 1);
        nodes
    }

    /// Asserts that the trees have all nodes that are not free, and the home of every part.
    pub(super) fn check_all(&self, roots: &[Root]) {
        let nodes: u32 = roots.iter().map(|root| self.check(root)).sum();
        assert_eq!(nodes as usize + self.free_inners.len(), self.leaves.in_use() + self.inners.len());
        self.leaves.check();
        let parts: usize = roots.iter().map(|root| self.parts(root).count()).sum();
        assert_eq!(parts, self.home.iter().filter(|&&leaf| leaf != NONE).count());
    }

    /// The height of a tree, and how full its leaves are on average, in percent.
    pub(super) fn shape(&self, root: &Root) -> (u32, usize) {
        (root.height, self.parts(root).count() * 100 / (self.leaves.in_use() * LEAF).max(1))
    }

    fn check_node(&self, node: u32, height: u32, parent: u32, ranks: &mut Vec<Rank>) -> (Summary, u32) {
        if height == 0 {
            return (self.check_leaf(node, parent, ranks), 1);
        }
        let inner = &self.inners[node as usize];
        assert_eq!(inner.parent, parent);
        assert!((1..=INNER).contains(&inner.len()));
        let (mut sum, mut nodes) = (Summary::EMPTY, 1);
        for slot in 0..inner.len() {
            let (before, bound) = (ranks.len(), inner.bound[slot]);
            let (of_child, nodes_of_child) = self.check_node(inner.child[slot], height - 1, node, ranks);
            assert_eq!(of_child, inner.summary_of(slot));
            // All ranks together are seen to be in order, so two of them tell for all.
            assert!(slot == 0 || ranks[before - 1] < bound && bound <= ranks[before]);
            sum = sum.and(of_child);
            nodes += nodes_of_child;
        }
        (sum, nodes)
    }

    fn check_leaf(&self, node: u32, parent: u32, ranks: &mut Vec<Rank>) -> Summary {
        let leaf = self.leaves.get(node);
        leaf.check(parent, parent == NONE, LEAF);
        for slot in 0..leaf.len() {
            assert_eq!(self.home[leaf.part(slot) as usize], node);
            ranks.push(leaf.rank(slot));
        }
        leaf.summary()
    }
}
