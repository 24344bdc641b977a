//! The tree beside the slow, obvious implementation: a sorted list.

use super::*;
use crate::model::units::{DAY_MS, day_of};
use alloc::vec;

/// Steele, Lea and Flood's SplitMix64.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// Entries in rank order.
#[derive(Clone, Default)]
struct List(Vec<Entry>);

impl List {
    fn insert(&mut self, entry: Entry) {
        self.0.insert(self.0.partition_point(|other| other.rank < entry.rank), entry);
    }

    fn totals(&self) -> Totals {
        let set_aside = |held: bool| self.0.iter().filter(|e| e.held == held).map(|e| e.set_aside).sum();
        let waiting = || self.0.iter().filter(|e| e.waiting > 0);
        let promised = || waiting().filter(|e| e.promise_day != NO_PROMISE);
        let slack = |e: &Entry| e.promise_day as i32 - day_of(e.placed_at) as i32;
        Totals {
            waiting: self.0.iter().map(|e| e.waiting).sum(),
            allocated: set_aside(false),
            held: set_aside(true),
            waiting_parts: waiting().count() as u32,
            unpromised: (waiting().count() - promised().count()) as u32,
            earliest_promise: promised().map(|e| e.promise_day).min().unwrap_or(NO_PROMISE),
            least_slack_days: promised().map(slack).min().unwrap_or(i32::MAX),
            oldest: waiting().map(|e| e.placed_at).min().unwrap_or(u64::MAX),
            oldest_promised: promised().map(|e| e.placed_at).min().unwrap_or(u64::MAX),
        }
    }

    fn ahead_of(&self, rank: Rank) -> u64 {
        self.0.iter().filter(|e| e.rank < rank).map(|e| e.waiting).sum()
    }

    fn waiting_after(&self, slot: Option<usize>) -> Option<u32> {
        let from = slot.map_or(0, |slot| slot + 1);
        self.0[from..].iter().find(|e| e.waiting > 0).map(|e| e.part)
    }

    /// Of entries that wait: the part and what waits up to it, its own included.
    fn cumulative(&self) -> Vec<(Entry, u64)> {
        let mut sum = 0;
        let mut rows = Vec::new();
        for entry in &self.0 {
            sum += entry.waiting;
            if entry.waiting > 0 {
                rows.push((*entry, sum));
            }
        }
        rows
    }

    fn at_quantity(&self, x: u64) -> Option<(u32, u64)> {
        let rows = self.cumulative();
        rows.iter().find(|(_, sum)| x > 0 && *sum >= x).map(|(e, sum)| (e.part, sum - e.waiting))
    }

    fn worst_set_aside(&self, held: bool) -> Option<u32> {
        self.0.iter().rev().find(|e| e.set_aside > 0 && e.held == held).map(|e| e.part)
    }

    fn find(&self, after: u64, needle: Needle) -> Option<(u32, u64)> {
        let matches = |e: &Entry| match needle {
            Needle::PromisedBefore(day) => e.promise_day != NO_PROMISE && e.promise_day < day,
            Needle::Unpromised => e.promise_day == NO_PROMISE,
            Needle::SlackBelow(days) => {
                e.promise_day != NO_PROMISE && (e.promise_day as i32 - day_of(e.placed_at) as i32) < days
            }
            Needle::Short { days, day } => {
                let slack = i64::from(e.promise_day) - i64::from(day_of(e.placed_at));
                e.promise_day != NO_PROMISE && (slack < i64::from(days) || e.promise_day < day)
            }
            Needle::PlacedBefore(instant) => e.promise_day != NO_PROMISE && e.placed_at < instant,
        };
        let rows = self.cumulative();
        rows.iter().find(|(e, sum)| *sum > after && matches(e)).map(|(e, sum)| (e.part, *sum))
    }
}

/// A tree and a list that are to agree.
struct Pair<const LEAF: usize, const INNER: usize> {
    root: Root,
    list: List,
}

/// How random operations are spread.
#[derive(Clone, Copy)]
struct Mix {
    /// Ranks are drawn from so many; entries behind all others are one more than the last.
    ranks: u64,
    /// Of ten insertions, so many go behind all others.
    appends: u64,
    /// Of a hundred operations, so many remove.
    removals: u64,
    /// Of ten removals, so many take the first.
    from_front: u64,
}

fn draw_entry(draws: &mut Draws, part: u32, rank: Rank) -> Entry {
    let mut entry = Entry {
        rank,
        part,
        waiting: 0,
        set_aside: 0,
        held: draws.one_in(4),
        placed_at: draws.below(1_000) * DAY_MS / 7,
        promise_day: NO_PROMISE,
    };
    redraw(draws, &mut entry);
    entry
}

fn redraw(draws: &mut Draws, entry: &mut Entry) {
    entry.waiting = if draws.one_in(3) { 0 } else { draws.below(50) };
    entry.set_aside = if draws.one_in(2) { 0 } else { draws.below(50) };
    entry.held ^= draws.one_in(5);
    entry.promise_day = if draws.one_in(4) { NO_PROMISE } else { draws.below(300) as Day };
}

impl<const LEAF: usize, const INNER: usize> Pair<LEAF, INNER> {
    fn new() -> Self {
        Pair { root: Root::default(), list: List::default() }
    }

    fn step(&mut self, forest: &mut Forest<LEAF, INNER>, draws: &mut Draws, parts: &mut Parts, mix: Mix) {
        let kind = draws.below(100);
        let len = self.list.0.len() as u64;
        if len > 0 && kind < mix.removals {
            let slot = if draws.below(10) < mix.from_front { 0 } else { draws.below(len) };
            let part = self.list.0.remove(slot as usize).part;
            forest.remove(&mut self.root, part);
            parts.free.push(part);
        } else if len > 0 && kind >= 80 {
            let slot = draws.below(len) as usize;
            let mut entry = self.list.0[slot];
            redraw(draws, &mut entry);
            self.list.0[slot] = entry;
            forest.update(&mut self.root, entry.part, |changed| *changed = entry);
        } else {
            let Some(rank) = self.draw_rank(draws, mix) else { return };
            let entry = draw_entry(draws, parts.take(), rank);
            self.list.insert(entry);
            if let Some(way) = forest.way_to(&self.root, rank).filter(|_| draws.below(2) == 0) {
                forest.expect(way);
            }
            let ahead = forest.insert(&mut self.root, entry);
            assert_eq!(ahead, forest.ahead(&self.root, entry.part));
        }
    }

    fn draw_rank(&self, draws: &mut Draws, mix: Mix) -> Option<Rank> {
        if draws.below(10) < mix.appends {
            let last = self.list.0.last().map_or(Rank { turn: 0, primary: 0, tie: 0 }, |last| last.rank);
            return Some(Rank { tie: last.tie + 1, ..last });
        }
        let rank =
            Rank { turn: draws.below(2), primary: draws.below(mix.ranks), tie: draws.below(mix.ranks) };
        self.list.0.binary_search_by_key(&rank, |entry| entry.rank).is_err().then_some(rank)
    }

    /// Every read, of random places.
    fn compare(&self, forest: &Forest<LEAF, INNER>, draws: &mut Draws, mix: Mix) {
        let (root, list) = (&self.root, &self.list);
        let totals = list.totals();
        assert_eq!(root.totals(), totals);
        assert!(forest.parts(root).eq(list.0.iter().map(|entry| entry.part)));
        assert_eq!(forest.first_waiting(root), list.waiting_after(None));
        for held in [false, true] {
            assert_eq!(forest.worst_set_aside(root, held), list.worst_set_aside(held));
        }
        for _ in 0..4 {
            let rank = Rank {
                turn: draws.below(3),
                primary: draws.below(mix.ranks + 1),
                tie: draws.below(mix.ranks + 9),
            };
            assert_eq!(forest.ahead_of(root, rank), list.ahead_of(rank));
            assert_eq!(forest.has_rank(root, rank), list.0.iter().any(|entry| entry.rank == rank));
            let n = draws.below(u64::from(totals.waiting_parts) + 2);
            let nth = list.cumulative().get(n as usize).map(|(entry, _)| entry.part);
            assert_eq!(forest.nth_waiting(root, n), nth);
            let x = draws.below(totals.waiting + 3);
            assert_eq!(forest.at_quantity(root, x), list.at_quantity(x));
            let needles = [
                Needle::PromisedBefore(draws.below(310) as Day),
                Needle::PromisedBefore(totals.earliest_promise.saturating_add(1)),
                Needle::Unpromised,
                Needle::SlackBelow(draws.below(700) as i32 - 350),
                Needle::Short { days: draws.below(700) as i32 - 350, day: draws.below(310) as Day },
                Needle::PlacedBefore(draws.below(1_001) * DAY_MS / 7),
            ];
            for needle in needles {
                let expected = list.find(x, needle);
                assert_eq!(forest.find(root, x, u64::MAX, needle), expected, "{needle:?} after {x}");
                for upto in [x, x + 1, x + 7] {
                    let near = expected.filter(|(_, depth)| *depth <= upto);
                    assert_eq!(forest.find(root, x, upto, needle), near, "{needle:?} after {x}, upto {upto}");
                }
            }
            if !list.0.is_empty() {
                let slot = draws.below(list.0.len() as u64) as usize;
                let entry = list.0[slot];
                assert_eq!(forest.entry(entry.part), entry);
                assert!(forest.has_rank(root, entry.rank));
                assert_eq!(forest.ahead(root, entry.part), list.ahead_of(entry.rank));
                assert_eq!(forest.ahead_of(root, entry.rank), list.ahead_of(entry.rank));
                assert_eq!(forest.next_waiting(root, entry.part), list.waiting_after(Some(slot)));
            }
        }
    }
}

/// Part numbers, those that were freed first.
#[derive(Default)]
struct Parts {
    next: u32,
    free: Vec<u32>,
}

impl Parts {
    fn take(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        })
    }
}

/// Plays random operations on three trees of one forest and gives the greatest height seen.
fn play<const LEAF: usize, const INNER: usize>(seed: u64, steps: u64, compared_every: u64, mix: Mix) -> u32 {
    let (mut forest, mut draws) = (Forest::<LEAF, INNER>::default(), Draws(seed));
    let mut pairs = [Pair::new(), Pair::new(), Pair::new()];
    let mut parts = Parts::default();
    let mut height = 0;
    for step in 0..steps {
        // The first tree gets most.
        let which = draws.below(8).saturating_sub(5) as usize;
        pairs[which].step(&mut forest, &mut draws, &mut parts, mix);
        if step % compared_every == 0 {
            pairs[which].compare(&forest, &mut draws, mix);
            forest.check_all(&pairs.each_ref().map(|pair| pair.root));
        }
        height = height.max(pairs[0].root.height);
    }
    drain(&mut forest, &mut draws, &mut pairs, mix);
    height
}

/// Empties the trees: one from anywhere, one from the front, one at once.
fn drain<const LEAF: usize, const INNER: usize>(
    forest: &mut Forest<LEAF, INNER>,
    draws: &mut Draws,
    pairs: &mut [Pair<LEAF, INNER>; 3],
    mix: Mix,
) {
    for (which, pair) in pairs.iter_mut().enumerate().take(2) {
        while !pair.list.0.is_empty() {
            let slot = if which == 0 { draws.below(pair.list.0.len() as u64) as usize } else { 0 };
            let part = pair.list.0.remove(slot).part;
            forest.remove(&mut pair.root, part);
            if draws.one_in(40) {
                pair.compare(forest, draws, mix);
                forest.check(&pair.root);
            }
        }
        pair.compare(forest, draws, mix);
    }
    let cleared: Vec<u32> = forest.parts(&pairs[2].root).collect();
    forest.clear(&mut pairs[2].root);
    assert!(cleared.iter().all(|part| !forest.contains(*part)));
    forest.check_all(&pairs.each_ref().map(|pair| pair.root));
    assert_eq!(forest.leaves.in_use(), 0);
}

const BALANCED: Mix = Mix { ranks: 400, appends: 2, removals: 20, from_front: 2 };
const QUEUE: Mix = Mix { ranks: 400, appends: 9, removals: 30, from_front: 8 };
const GROWING: Mix = Mix { ranks: 1 << 32, appends: 1, removals: 3, from_front: 1 };
const SHRINKING: Mix = Mix { ranks: 60, appends: 3, removals: 42, from_front: 4 };

#[test]
fn agrees_with_a_list_in_small_trees() {
    for seed in 0..40 {
        play::<4, 4>(seed, 300, 1, SHRINKING);
        play::<8, 4>(seed + 1_000, 300, 1, BALANCED);
        play::<8, 8>(seed + 2_000, 300, 1, SHRINKING);
    }
}

#[test]
fn agrees_with_a_list_in_deep_trees() {
    for (seed, mix) in [(1, BALANCED), (2, QUEUE)] {
        let height = play::<4, 4>(seed, 6_000, 11, mix);
        assert!(height >= 5, "{height}");
    }
    assert!(play::<4, 7>(3, 6_000, 11, BALANCED) >= 3);
    play::<4, 4>(4, 20_000, 11, SHRINKING);
}

/// Plays random operations on one tree that becomes long and short by turns.
fn play_in_waves<const LEAF: usize, const INNER: usize>(seed: u64) {
    let (mut forest, mut draws) = (Forest::<LEAF, INNER>::default(), Draws(seed));
    let (mut pair, mut parts) = (Pair::new(), Parts::default());
    for phase in 0..8 {
        let removals = if phase % 2 == 0 { 5 } else { 70 };
        let mix = Mix { ranks: 40, appends: 1, removals, from_front: 1 };
        for step in 0..1_200 {
            pair.step(&mut forest, &mut draws, &mut parts, mix);
            if step % 7 == 0 {
                pair.compare(&forest, &mut draws, mix);
                forest.check_all(&[pair.root]);
            }
        }
    }
}

#[test]
fn agrees_with_a_list_while_it_grows_and_shrinks() {
    for seed in 0..4 {
        play_in_waves::<8, 8>(seed);
        play_in_waves::<4, 16>(seed + 100);
    }
}

#[test]
fn agrees_with_a_list_at_the_fan_out_of_the_engine() {
    for (seed, mix) in [(1, BALANCED), (2, QUEUE), (3, SHRINKING)] {
        play::<32, 32>(seed, 6_000, 17, mix);
        play::<64, 64>(seed, 6_000, 17, mix);
    }
    assert!(play::<32, 32>(4, 60_000, 2_003, GROWING) >= 3);
}

fn entry(part: u32, rank: Rank) -> Entry {
    Entry { rank, part, waiting: 1, set_aside: 0, held: false, placed_at: u64::from(part), promise_day: 9 }
}

#[test]
fn entries_in_rank_order_fill_leaves_wherever_they_go() {
    let (mut forest, mut root) = (RankForest::default(), Root::default());
    let mut part = 0;
    // Priorities one after the other: the second and the last come between what is there.
    for (primary, count) in [(200, 7), (100, 5_000), (50, 5), (150, 5_000)] {
        for n in 0..count {
            forest.insert(&mut root, entry(part, Rank { turn: 0, primary, tie: n }));
            part += 1;
        }
    }
    let (_, fullness) = forest.shape(&root);
    assert!(fullness >= 97, "{fullness}");
    forest.check_all(&[root]);
}

#[test]
fn entries_in_any_order_leave_leaves_half_full_at_least() {
    let (mut forest, mut root, mut draws) = (RankForest::default(), Root::default(), Draws(5));
    for part in 0..20_000 {
        forest.insert(
            &mut root,
            entry(part, Rank { turn: 0, primary: draws.below(1 << 40), tie: u64::from(part) }),
        );
    }
    let (_, fullness) = forest.shape(&root);
    assert!(fullness >= 50, "{fullness}");
    forest.check_all(&[root]);
}

#[test]
fn leaves_that_are_nearly_empty_are_merged() {
    let (mut forest, mut root, mut draws) = (RankForest::default(), Root::default(), Draws(6));
    for part in 0..20_000 {
        forest.insert(&mut root, entry(part, Rank { turn: 0, primary: u64::from(part), tie: 0 }));
    }
    for part in 0..20_000 {
        if !draws.one_in(20) {
            forest.remove(&mut root, part);
        }
    }
    let (height, fullness) = forest.shape(&root);
    assert!(fullness >= 25, "{fullness}");
    assert_eq!(height, 2);
    forest.check_all(&[root]);
}

#[test]
fn short_queues_take_little_memory() {
    let mut forest = RankForest::default();
    let mut roots = vec![Root::default(); 50_000];
    for (part, root) in (0..).zip(&mut roots) {
        forest.insert(root, entry(part, Rank { turn: 0, primary: 0, tie: 0 }));
    }
    // A block for four entries, its head, the leaf of the part, and what the arrays have in reserve.
    let bytes = forest.bytes() / roots.len();
    assert!(bytes < 300, "{bytes}");
}

#[test]
fn a_queue_that_moves_on_takes_no_more_memory() {
    let (mut forest, mut root) = (RankForest::default(), Root::default());
    let mut bytes = vec![];
    for n in 0..100_000u32 {
        forest.insert(&mut root, entry(n % 2_000, Rank { turn: 0, primary: 0, tie: u64::from(n) }));
        if n >= 1_000 {
            forest.remove(&mut root, (n - 1_000) % 2_000);
        }
        if n % 5_000 == 4_999 {
            bytes.push(forest.bytes());
        }
    }
    assert_eq!(bytes.first(), bytes.last());
    forest.check_all(&[root]);
}
