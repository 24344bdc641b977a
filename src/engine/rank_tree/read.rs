//! What a tree is asked.

use super::inner::Inner;
use super::leaf::Want;
use super::totals::{Rest, slack_days};
use super::{Entry, Forest, NO_PROMISE, NONE, Needle, Rank, Root, Way};

impl Needle {
    #[inline]
    fn is_in(self, rest: &Rest) -> bool {
        match self {
            Needle::PromisedBefore(day) => rest.low.earliest_promise < day,
            Needle::Unpromised => rest.unpromised > 0,
            Needle::SlackBelow(days) => rest.low.least_slack_days < days,
            Needle::Short { days, day } => {
                rest.low.least_slack_days < days || rest.low.earliest_promise < day
            }
            Needle::PlacedBefore(instant) => rest.low.oldest_promised < instant,
        }
    }

    #[inline]
    fn is(self, want: Want) -> bool {
        let promised = want.promise_day != NO_PROMISE;
        let slack_below = |days: i32| promised && slack_days(want.placed_at, want.promise_day) < days;
        want.waiting > 0
            && match self {
                Needle::PromisedBefore(day) => want.promise_day < day,
                Needle::Unpromised => !promised,
                Needle::SlackBelow(days) => slack_below(days),
                Needle::Short { days, day } => want.promise_day < day || slack_below(days),
                Needle::PlacedBefore(instant) => promised && want.placed_at < instant,
            }
    }
}

/// Sums of `waiting` stay within 2^53 by the caller's checks, so they cannot wrap.
#[inline]
fn sum(waiting: &[u64]) -> u64 {
    waiting.iter().fold(0, |sum: u64, units| sum.wrapping_add(*units))
}

impl<const LEAF: usize, const INNER: usize> Forest<LEAF, INNER> {
    /// The entry of a part that is in.
    pub fn entry(&self, part: u32) -> Entry {
        let (leaf, slot) = self.place(part);
        self.leaves.get(leaf).entry(slot)
    }

    /// Whether a part is in any tree.
    pub fn contains(&self, part: u32) -> bool {
        self.home.get(part as usize).is_some_and(|&leaf| leaf != NONE)
    }

    /// The units that wait ahead of a part that is in.
    pub fn ahead(&self, root: &Root, part: u32) -> u64 {
        let (leaf, slot) = self.place(part);
        let mut ahead = sum(&self.leaves.get(leaf).waiting()[..slot]);
        let (mut node, mut parent) = (leaf, self.leaves.parent(leaf));
        while parent != NONE {
            let inner = &self.inners[parent as usize];
            ahead += sum(&inner.waiting[..inner.slot_of(node)]);
            (node, parent) = (parent, inner.parent);
        }
        debug_assert_eq!(node, root.node);
        ahead
    }

    /// The units that wait ahead of a rank, whether it is in or not.
    #[inline]
    pub fn ahead_of(&self, root: &Root, rank: Rank) -> u64 {
        if root.is_behind_all(rank) { root.summary.waiting } else { self.way_within(root, rank).ahead }
    }

    /// The way to a rank, whether it is in or not; `None` where it is behind all.
    #[inline]
    pub fn way_to(&self, root: &Root, rank: Rank) -> Option<Way> {
        (!root.is_behind_all(rank)).then(|| self.way_within(root, rank))
    }

    /// The way to a rank that is not behind all.
    pub(super) fn way_within(&self, root: &Root, rank: Rank) -> Way {
        let (mut node, mut ahead) = (root.node, 0);
        for _ in 0..root.height {
            let inner = &self.inners[node as usize];
            let slot = inner.slot_for(rank);
            ahead += sum(&inner.waiting[..slot]);
            node = inner.child[slot];
        }
        let leaf = self.leaves.get(node);
        let slot = leaf.slot_for(rank);
        ahead += sum(&leaf.waiting()[..slot]);
        Way { ahead, rank, last: root.last, leaf: node, slot: slot as u32, changes: self.changes }
    }

    /// Whether an entry has this rank.
    pub fn has_rank(&self, root: &Root, rank: Rank) -> bool {
        if root.is_behind_all(rank) {
            return false;
        }
        let way = self.way_within(root, rank);
        let (leaf, slot) = (self.leaves.get(way.leaf), way.slot as usize);
        slot < leaf.len() && leaf.rank(slot) == rank
    }

    /// The first entry that waits.
    pub fn first_waiting(&self, root: &Root) -> Option<u32> {
        self.nth_waiting(root, 0)
    }

    /// The next entry that waits, after a part that is in.
    pub fn next_waiting(&self, root: &Root, part: u32) -> Option<u32> {
        let (leaf, slot) = self.place(part);
        let waits_below = |inner: &Inner<INNER>, slot: usize| inner.waiting[slot] > 0;
        let waits = |want: Want| want.waiting > 0;
        self.seek(root, (leaf, slot + 1), 0, u64::MAX, waits_below, waits).map(|(part, _)| part)
    }

    /// The entry that waits and has `n` such before it.
    pub fn nth_waiting(&self, root: &Root, n: u64) -> Option<u32> {
        if n >= u64::from(root.summary.rest.waiting_parts) {
            return None;
        }
        let (mut node, mut n) = (root.node, n as u32);
        for _ in 0..root.height {
            let inner = &self.inners[node as usize];
            let mut slot = 0;
            while n >= inner.rest[slot].waiting_parts {
                n -= inner.rest[slot].waiting_parts;
                slot += 1;
            }
            node = inner.child[slot];
        }
        let leaf = self.leaves.get(node);
        let mut waiting = (0..leaf.len()).filter(|&slot| leaf.waiting()[slot] > 0);
        waiting.nth(n as usize).map(|slot| leaf.part(slot))
    }

    /// The entry that the `x`-th unit goes to, counted from 1, and the units that wait ahead of it.
    pub fn at_quantity(&self, root: &Root, x: u64) -> Option<(u32, u64)> {
        let (leaf, slot, ahead) = self.place_of_unit(root, x)?;
        Some((self.leaves.get(leaf).part(slot), ahead))
    }

    /// The last entry for which something is set aside, of those of holds or of orders.
    pub fn worst_set_aside(&self, root: &Root, held: bool) -> Option<u32> {
        let totals = &root.summary.rest;
        if (if held { totals.held } else { totals.allocated }) == 0 {
            return None;
        }
        let mut node = root.node;
        for _ in 0..root.height {
            let inner = &self.inners[node as usize];
            let mut below = inner.rest[..inner.len()].iter();
            let slot = below.rposition(|rest| (if held { rest.held } else { rest.allocated }) > 0)?;
            node = inner.child[slot];
        }
        let leaf = self.leaves.get(node);
        let matches = |&slot: &usize| leaf.set_aside()[slot] > 0 && leaf.is_held(slot) == held;
        (0..leaf.len()).rev().find(matches).map(|slot| leaf.part(slot))
    }

    /// The first entry that waits and matches, of those that do not have all they wait for once `after`
    /// units have gone to the queue and that have it once `upto` have, and the units that wait up to it, its
    /// own included.
    pub fn find(&self, root: &Root, after: u64, upto: u64, needle: Needle) -> Option<(u32, u64)> {
        if after >= upto || after >= root.summary.waiting || !needle.is_in(&root.summary.rest) {
            return None;
        }
        let (leaf, slot, ahead) = self.place_of_unit(root, after + 1)?;
        let below = |inner: &Inner<INNER>, slot: usize| needle.is_in(&inner.rest[slot]);
        let matches = |want: Want| needle.is(want);
        self.seek(root, (leaf, slot), ahead, upto, below, matches)
    }

    /// All parts, in rank order.
    pub fn parts(&self, root: &Root) -> impl Iterator<Item = u32> + use<'_, LEAF, INNER> {
        let mut leaf = if root.node == NONE { NONE } else { self.leftmost(root.node, root.height) };
        let mut slot = 0;
        core::iter::from_fn(move || {
            if leaf != NONE && slot == self.leaves.get(leaf).len() {
                (leaf, slot) = (self.next_leaf(leaf), 0);
            }
            if leaf == NONE {
                return None;
            }
            slot += 1;
            Some(self.leaves.get(leaf).part(slot - 1))
        })
    }

    /// Bytes of memory that the forest has taken.
    pub fn bytes(&self) -> usize {
        self.leaves.bytes()
            + self.inners.capacity() * size_of::<Inner<INNER>>()
            + (self.free_inners.capacity() + self.home.capacity()) * size_of::<u32>()
    }

    /// The leaf and the slot of a part that is in.
    #[inline]
    pub(super) fn place(&self, part: u32) -> (u32, usize) {
        let leaf = self.home[part as usize];
        (leaf, self.leaves.get(leaf).slot_of(part))
    }

    /// The leaf and the slot that the `x`-th unit goes to, and the units that wait before it.
    fn place_of_unit(&self, root: &Root, x: u64) -> Option<(u32, usize, u64)> {
        if x == 0 || x > root.summary.waiting {
            return None;
        }
        let (mut node, mut ahead) = (root.node, 0);
        for _ in 0..root.height {
            let inner = &self.inners[node as usize];
            let slot = pass(&inner.waiting, x, &mut ahead);
            node = inner.child[slot];
        }
        let slot = pass(self.leaves.get(node).waiting(), x, &mut ahead);
        Some((node, slot, ahead))
    }

    /// The first entry from `from` on, in rank order, that matches, and the units that wait up to it, its
    /// own included: `upto` at most. `ahead` is what waits before `from`; `below` tells whether an entry below
    /// a child matches.
    fn seek(
        &self,
        root: &Root,
        from: (u32, usize),
        mut ahead: u64,
        upto: u64,
        below: impl Fn(&Inner<INNER>, usize) -> bool,
        matches: impl Fn(Want) -> bool,
    ) -> Option<(u32, u64)> {
        let (mut node, mut slot) = from;
        let mut parent = self.leaves.parent(node);
        if let Some(found) = self.seek_in_leaf(node, slot, &mut ahead, upto, &matches) {
            return Some(found);
        }
        for height in 0..root.height {
            if ahead >= upto {
                return None;
            }
            let inner = &self.inners[parent as usize];
            slot = inner.slot_of(node) + 1;
            if let Some(child) = seek_in_inner(inner, slot, &mut ahead, upto, &below) {
                return self.seek_down(child, height, ahead, upto, below, matches);
            }
            (node, parent) = (parent, inner.parent);
        }
        None
    }

    /// The same, below a node that is known to have such an entry.
    fn seek_down(
        &self,
        mut node: u32,
        height: u32,
        mut ahead: u64,
        upto: u64,
        below: impl Fn(&Inner<INNER>, usize) -> bool,
        matches: impl Fn(Want) -> bool,
    ) -> Option<(u32, u64)> {
        for _ in 0..height {
            node = seek_in_inner(&self.inners[node as usize], 0, &mut ahead, upto, &below)?;
        }
        self.seek_in_leaf(node, 0, &mut ahead, upto, &matches)
    }

    fn seek_in_leaf(
        &self,
        leaf: u32,
        from: usize,
        ahead: &mut u64,
        upto: u64,
        matches: &impl Fn(Want) -> bool,
    ) -> Option<(u32, u64)> {
        let leaf = self.leaves.get(leaf);
        for (slot, want) in (from..).zip(leaf.wants(from)) {
            *ahead += want.waiting;
            if *ahead > upto {
                return None;
            }
            if matches(want) {
                return Some((leaf.part(slot), *ahead));
            }
        }
        None
    }

    pub(super) fn leftmost(&self, mut node: u32, height: u32) -> u32 {
        for _ in 0..height {
            node = self.inners[node as usize].child[0];
        }
        node
    }

    pub(super) fn rightmost(&self, mut node: u32, height: u32) -> u32 {
        for _ in 0..height {
            let inner = &self.inners[node as usize];
            node = inner.child[inner.len() - 1];
        }
        node
    }

    /// The leaf after this one, [`NONE`] after the last.
    fn next_leaf(&self, leaf: u32) -> u32 {
        let (mut node, mut parent) = (leaf, self.leaves.parent(leaf));
        let mut height = 0;
        while parent != NONE {
            let inner = &self.inners[parent as usize];
            let slot = inner.slot_of(node) + 1;
            if slot < inner.len() {
                return self.leftmost(inner.child[slot], height);
            }
            (node, parent) = (parent, inner.parent);
            height += 1;
        }
        NONE
    }
}

/// The first child from `from` on below which an entry matches, less than `upto` waiting before it; adds to
/// `ahead` what waits before it.
fn seek_in_inner<const N: usize>(
    inner: &Inner<N>,
    from: usize,
    ahead: &mut u64,
    upto: u64,
    below: &impl Fn(&Inner<N>, usize) -> bool,
) -> Option<u32> {
    for slot in from..inner.len() {
        if *ahead >= upto {
            return None;
        }
        if below(inner, slot) {
            return Some(inner.child[slot]);
        }
        *ahead += inner.waiting[slot];
    }
    None
}

/// The first slot up to which at least `x` wait, `ahead` waiting before the node; adds to `ahead` what waits
/// before the slot. The node is known to have it.
#[inline]
fn pass(waiting: &[u64], x: u64, ahead: &mut u64) -> usize {
    let mut slot = 0;
    while *ahead + waiting[slot] < x {
        *ahead += waiting[slot];
        slot += 1;
    }
    slot
}
