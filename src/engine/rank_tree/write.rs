//! How a tree changes.

use super::inner::Inner;
use super::totals::{Change, Minima, Summary};
use super::{Entry, Forest, NONE, Rank, Root, Way};

impl Way {
    fn leads_to(&self, root: &Root, rank: Rank, changes: u64) -> bool {
        (self.changes, self.last, self.rank) == (changes, root.last, rank)
    }
}

/// The height of leaves.
const LEAVES: u32 = 0;

impl<const LEAF: usize, const INNER: usize> Forest<LEAF, INNER> {
    /// Puts in an entry whose rank no entry of the tree has and whose part is in no tree, and says how
    /// many units wait ahead of it.
    pub fn insert(&mut self, root: &mut Root, entry: Entry) -> u64 {
        const { assert!(4 <= LEAF && LEAF <= 64 && LEAF.is_power_of_two() && INNER >= 4) };
        debug_assert!(!self.contains(entry.part));
        let behind_all = root.is_behind_all(entry.rank);
        let (mut leaf, mut slot, ahead) = self.place_for(root, entry.rank, behind_all);
        if self.leaves.is_cramped(leaf) {
            if self.leaves.get(leaf).len() < LEAF {
                self.leaves.enlarge(leaf);
            } else {
                (leaf, slot) = self.split_leaf(root, leaf, slot, entry.rank);
            }
        }
        self.leaves.insert(leaf, slot, &entry);
        self.changes += 1;
        self.set_home(entry.part, leaf);
        if behind_all {
            root.last_rank = entry.rank;
        }
        self.replace(root, leaf, Summary::EMPTY, Summary::of(&entry));
        ahead
    }

    /// An entry is likely to be put in next where this leads, which is not looked for again then.
    pub fn expect(&mut self, way: Way) {
        self.expected = Some(way);
    }

    /// Takes out a part that is in.
    pub fn remove(&mut self, root: &mut Root, part: u32) {
        let (leaf, slot) = self.place(part);
        let entry = self.leaves.get(leaf).entry(slot);
        self.leaves.remove(leaf, slot);
        self.changes += 1;
        self.home[part as usize] = NONE;
        self.replace(root, leaf, Summary::of(&entry), Summary::EMPTY);
        if self.leaves.get(leaf).len() < LEAF / 4 {
            self.settle(root, leaf);
        }
        if entry.rank == root.last_rank && root.node != NONE {
            let last = self.leaves.get(root.last);
            root.last_rank = last.rank(last.len() - 1);
        }
    }

    /// Changes a part that is in, and gives what it was and is; not its rank, its number or when it was
    /// placed.
    pub fn update(&mut self, root: &mut Root, part: u32, change: impl FnOnce(&mut Entry)) -> (Entry, Entry) {
        let (leaf, slot) = self.place(part);
        let old = self.leaves.get(leaf).entry(slot);
        let mut new = old;
        change(&mut new);
        assert!(new.rank == old.rank && new.part == old.part && new.placed_at == old.placed_at);
        self.leaves.rewrite(leaf, slot, &new);
        self.changes += 1;
        self.replace(root, leaf, Summary::of(&old), Summary::of(&new));
        (old, new)
    }

    /// Takes out everything.
    pub fn clear(&mut self, root: &mut Root) {
        if root.node != NONE {
            self.free_all(root.node, root.height);
        }
        self.changes += 1;
        *root = Root::default();
    }

    /// The leaf and the slot that an entry belongs to, and the units that wait before them.
    fn place_for(&mut self, root: &mut Root, rank: Rank, behind_all: bool) -> (u32, usize, u64) {
        if root.node == NONE {
            root.node = self.leaves.take(true);
            root.last = root.node;
        }
        if behind_all {
            return (root.last, self.leaves.get(root.last).len(), root.summary.waiting);
        }
        let expected = self.expected.take().filter(|way| way.leads_to(root, rank, self.changes));
        let way = expected.unwrap_or_else(|| self.way_within(root, rank));
        (way.leaf, way.slot as usize, way.ahead)
    }

    /// Takes the change of one entry of a leaf, which is made, from the leaf up to the root.
    fn replace(&mut self, root: &mut Root, leaf: u32, old: Summary, new: Summary) {
        let change = Change::between(&old, &new);
        let (mut old, mut new) = (old.rest.low, new.rest.low);
        let (mut node, mut parent) = (leaf, self.leaves.parent(leaf));
        let mut height = LEAVES;
        while parent != NONE {
            let slot = self.inners[parent as usize].slot_of(node);
            let before = self.inners[parent as usize].rest[slot].low;
            let after = before.replacing(old, new).unwrap_or_else(|| self.minima(node, height));
            let inner = &mut self.inners[parent as usize];
            change.apply(&mut inner.waiting[slot], &mut inner.rest[slot]);
            inner.rest[slot].low = after;
            (old, new) = (before, after);
            (node, parent) = (parent, inner.parent);
            height += 1;
        }
        let totals = &mut root.summary;
        change.apply(&mut totals.waiting, &mut totals.rest);
        totals.rest.low = totals.rest.low.replacing(old, new).unwrap_or_else(|| self.minima(node, height));
    }

    /// Makes room for an entry at `slot` of a full leaf, and tells where it goes then.
    fn split_leaf(&mut self, root: &mut Root, leaf: u32, slot: usize, rank: Rank) -> (u32, usize) {
        // Entries that come in rank order, at the end or between others, leave full leaves behind.
        let in_order = slot == LEAF || slot == self.leaves.run(leaf);
        let point = if in_order { slot } else { LEAF / 2 };
        let right = self.leaves.take(false);
        let bound = if point == LEAF { rank } else { self.leaves.get(leaf).rank(point) };
        self.move_entries(leaf, point, right);
        self.link(root, LEAVES, leaf, right, bound);
        if root.last == leaf {
            root.last = right;
        }
        if slot <= point && slot < LEAF { (leaf, slot) } else { (right, slot - point) }
    }

    /// Makes `right`, split off from `left`, the child after it.
    fn link(&mut self, root: &mut Root, height: u32, left: u32, right: u32, bound: Rank) {
        let parent = self.parent(left, height);
        if parent == NONE {
            return self.grow(root, height, left, right, bound);
        }
        let (left_sum, right_sum) = (self.summary(left, height), self.summary(right, height));
        let inner = &mut self.inners[parent as usize];
        let slot = inner.slot_of(left);
        inner.set_summary(slot, left_sum);
        if inner.len() < INNER {
            inner.insert(slot + 1, bound, right, right_sum);
            return self.set_parent(right, height, parent);
        }
        let point = if slot + 1 == INNER { INNER } else { INNER / 2 };
        let mut tail = Inner::NEW;
        inner.move_tail(point, &mut tail);
        let tail_node = self.new_inner();
        if slot < point && point < INNER {
            self.inners[parent as usize].insert(slot + 1, bound, right, right_sum);
            self.set_parent(right, height, parent);
        } else {
            tail.insert(slot + 1 - point, bound, right, right_sum);
        }
        for &child in &tail.child[..tail.len()] {
            self.set_parent(child, height, tail_node);
        }
        let tail_bound = tail.bound[0];
        self.inners[tail_node as usize] = tail;
        self.link(root, height + 1, parent, tail_node, tail_bound);
    }

    /// Puts a new topmost node above two.
    fn grow(&mut self, root: &mut Root, height: u32, left: u32, right: u32, bound: Rank) {
        let top = self.new_inner();
        let (left_sum, right_sum) = (self.summary(left, height), self.summary(right, height));
        // The first child's bound is never looked at.
        self.inners[top as usize].insert(0, bound, left, left_sum);
        self.inners[top as usize].insert(1, bound, right, right_sum);
        self.set_parent(left, height, top);
        self.set_parent(right, height, top);
        root.node = top;
        root.height = height + 1;
    }

    /// Frees or merges a leaf that has become nearly empty, then whatever of its ancestors becomes so.
    fn settle(&mut self, root: &mut Root, leaf: u32) {
        let (mut node, mut height) = (leaf, LEAVES);
        while height < root.height {
            let parent = self.parent(node, height);
            let slot = self.inners[parent as usize].slot_of(node);
            if self.len(node, height) == 0 {
                self.inners[parent as usize].remove(slot);
                self.free(node, height);
            } else if self.len(node, height) >= capacity::<LEAF, INNER>(height) / 4
                || !self.merge(parent, slot, height) && (slot == 0 || !self.merge(parent, slot - 1, height))
            {
                break;
            }
            (node, height) = (parent, height + 1);
        }
        self.shrink(root);
        root.last = if root.node == NONE { NONE } else { self.rightmost(root.node, root.height) };
    }

    /// Takes away topmost nodes that have one child, or nothing.
    fn shrink(&mut self, root: &mut Root) {
        while root.height > LEAVES && self.inners[root.node as usize].len() == 1 {
            let child = self.inners[root.node as usize].child[0];
            self.free(root.node, root.height);
            root.node = child;
            root.height -= 1;
            self.set_parent(child, root.height, NONE);
        }
        if self.len(root.node, root.height) == 0 {
            self.free(root.node, root.height);
            *root = Root::default();
        }
    }

    /// Merges the child at `slot` and the next, if there is one and there is room to spare.
    fn merge(&mut self, parent: u32, slot: usize, height: u32) -> bool {
        let above = &self.inners[parent as usize];
        if slot + 1 >= above.len() {
            return false;
        }
        let (left, right, bound) = (above.child[slot], above.child[slot + 1], above.bound[slot + 1]);
        let together = self.len(left, height) + self.len(right, height);
        if together > capacity::<LEAF, INNER>(height) * 3 / 4 {
            return false;
        }
        if height == LEAVES {
            self.move_entries(right, 0, left);
        } else {
            let mut tail = core::mem::replace(&mut self.inners[right as usize], Inner::NEW);
            tail.bound[0] = bound;
            for &child in &tail.child[..tail.len()] {
                self.set_parent(child, height - 1, left);
            }
            tail.move_tail(0, &mut self.inners[left as usize]);
        }
        let above = &mut self.inners[parent as usize];
        above.set_summary(slot, above.summary_of(slot).and(above.summary_of(slot + 1)));
        above.remove(slot + 1);
        self.free(right, height);
        true
    }

    fn free_all(&mut self, node: u32, height: u32) {
        for slot in 0..self.len(node, height) {
            if height == LEAVES {
                let part = self.leaves.get(node).part(slot);
                self.home[part as usize] = NONE;
            } else {
                self.free_all(self.inners[node as usize].child[slot], height - 1);
            }
        }
        self.free(node, height);
    }

    /// Moves the entries from `point` on to the end of another leaf.
    fn move_entries(&mut self, from: u32, point: usize, into: u32) {
        let source = self.leaves.get(from);
        for slot in point..source.len() {
            self.home[source.part(slot) as usize] = into;
        }
        self.leaves.move_tail(from, point, into);
    }

    fn new_inner(&mut self) -> u32 {
        if let Some(inner) = self.free_inners.pop() {
            self.inners[inner as usize] = Inner::NEW;
            return inner;
        }
        self.inners.push(Inner::NEW);
        self.inners.len() as u32 - 1
    }

    fn free(&mut self, node: u32, height: u32) {
        if height == LEAVES { self.leaves.free(node) } else { self.free_inners.push(node) }
    }

    fn set_home(&mut self, part: u32, leaf: u32) {
        let part = part as usize;
        if part >= self.home.len() {
            self.home.resize(part + 1, NONE);
        }
        self.home[part] = leaf;
    }

    fn parent(&self, node: u32, height: u32) -> u32 {
        if height == LEAVES { self.leaves.parent(node) } else { self.inners[node as usize].parent }
    }

    fn set_parent(&mut self, node: u32, height: u32, parent: u32) {
        if height == LEAVES {
            self.leaves.set_parent(node, parent);
        } else {
            self.inners[node as usize].parent = parent;
        }
    }

    fn len(&self, node: u32, height: u32) -> usize {
        if height == LEAVES { self.leaves.get(node).len() } else { self.inners[node as usize].len() }
    }

    fn summary(&self, node: u32, height: u32) -> Summary {
        if height == LEAVES { self.leaves.get(node).summary() } else { self.inners[node as usize].summary() }
    }

    fn minima(&self, node: u32, height: u32) -> Minima {
        if height == LEAVES { self.leaves.get(node).minima() } else { self.inners[node as usize].minima() }
    }
}

const fn capacity<const LEAF: usize, const INNER: usize>(height: u32) -> usize {
    if height == LEAVES { LEAF } else { INNER }
}
