//! Leaves: up to `MOST` entries in rank order, each field in a column of its own.
//!
//! The columns of a leaf are one block of words. A leaf that is a whole tree has a small block and changes
//! to a larger one as it grows, because most items have a few entries and there are a million items.
//! Blocks lie in slabs, so that to grow is to add a slab: nothing moves, and no memory is taken twice.

use super::totals::{Minima, Summary};
use super::{Entry, NONE, Rank};
use crate::model::units::{Day, Instant};
#[cfg(test)]
use alloc::vec;
use alloc::vec::Vec;

/// The columns of a block, each as long as the leaf has room for entries.
const TURN: usize = 0;
const PRIMARY: usize = 1;
const TIE: usize = 2;
const WAITING: usize = 3;
const SET_ASIDE: usize = 4;
const PLACED_AT: usize = 5;
/// The part in the low half, the promise day in the high one.
const PART: usize = 6;
const COLUMNS: usize = 7;

/// The entries that the smallest block has room for.
const LEAST: usize = 4;

/// The words of a slab: 256 KiB. A power of two, so that a block's start tells its slab.
const SLAB: usize = 1 << 15;

/// All leaves, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaves<const MOST: usize> {
    heads: Vec<Head>,
    slabs: Vec<Vec<u64>>,
    free: Vec<u32>,
    /// Where free blocks start; those with room for `LEAST << n` entries are the `n`-th.
    free_blocks: [Vec<u32>; 5],
}

/// What a leaf has beside its columns.
#[derive(Clone, Copy, Debug)]
struct Head {
    parent: u32,
    /// Where its block starts: the slab times [`SLAB`], and the place in it.
    start: u32,
    len: u8,
    room: u8,
    /// One past the slot of the entry that was put in last: where the next one goes if it follows it.
    run: u8,
    /// A bit for each slot: what is set aside belongs to a hold.
    held: u64,
}

/// A look at a leaf.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'f> {
    head: &'f Head,
    block: &'f [u64],
}

/// How much an entry waits for, since when and for when.
#[derive(Clone, Copy)]
pub(super) struct Want {
    pub waiting: u64,
    pub placed_at: Instant,
    pub promise_day: Day,
}

/// The lowest `count` bits.
fn lowest(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

fn pack(entry: &Entry) -> u64 {
    u64::from(entry.part) | u64::from(entry.promise_day) << 32
}

#[inline]
fn promise_day(word: u64) -> Day {
    (word >> 32) as Day
}

impl<'f> Leaf<'f> {
    #[inline]
    pub fn len(self) -> usize {
        self.head.len as usize
    }

    #[inline]
    fn column(self, column: usize) -> &'f [u64] {
        &self.block[column * self.head.room as usize..][..self.len()]
    }

    /// The units that each entry waits for.
    #[inline]
    pub fn waiting(self) -> &'f [u64] {
        self.column(WAITING)
    }

    #[inline]
    pub fn set_aside(self) -> &'f [u64] {
        self.column(SET_ASIDE)
    }

    #[inline]
    pub fn part(self, slot: usize) -> u32 {
        self.column(PART)[slot] as u32
    }

    #[inline]
    pub fn rank(self, slot: usize) -> Rank {
        Rank {
            turn: self.column(TURN)[slot],
            primary: self.column(PRIMARY)[slot],
            tie: self.column(TIE)[slot],
        }
    }

    #[inline]
    pub fn is_held(self, slot: usize) -> bool {
        self.head.held >> slot & 1 == 1
    }

    #[inline]
    pub fn entry(self, slot: usize) -> Entry {
        Entry {
            rank: self.rank(slot),
            part: self.part(slot),
            waiting: self.waiting()[slot],
            set_aside: self.set_aside()[slot],
            held: self.is_held(slot),
            placed_at: self.column(PLACED_AT)[slot],
            promise_day: promise_day(self.column(PART)[slot]),
        }
    }

    /// The slot of a part that is here.
    #[inline]
    pub fn slot_of(self, part: u32) -> usize {
        let slot = self.column(PART).iter().position(|&word| word as u32 == part);
        assert!(slot.is_some());
        slot.unwrap_or(0)
    }

    /// How many entries rank before `rank`.
    #[inline]
    pub fn slot_for(self, rank: Rank) -> usize {
        let (turns, primaries, ties) = (self.column(TURN), self.column(PRIMARY), self.column(TIE));
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            if (turns[middle], primaries[middle], ties[middle]) < (rank.turn, rank.primary, rank.tie) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    pub fn summary(self) -> Summary {
        (0..self.len()).fold(Summary::EMPTY, |sum, slot| sum.and(Summary::of(&self.entry(slot))))
    }

    pub fn minima(self) -> Minima {
        let waits = self.wants(0).filter(|want| want.waiting > 0);
        waits.fold(Minima::NONE, |low, want| low.min(Minima::of(want.placed_at, want.promise_day)))
    }

    /// What the entries from a slot on want.
    #[inline]
    pub fn wants(self, from: usize) -> impl Iterator<Item = Want> + use<'f> {
        let (waiting, placed_at, part) = (self.waiting(), self.column(PLACED_AT), self.column(PART));
        let rows = waiting[from..].iter().zip(&placed_at[from..]).zip(&part[from..]);
        rows.map(|((&waiting, &placed_at), &word)| Want {
            waiting,
            placed_at,
            promise_day: promise_day(word),
        })
    }
}

impl<const MOST: usize> Leaves<MOST> {
    #[inline]
    pub fn get(&self, leaf: u32) -> Leaf<'_> {
        let head = &self.heads[leaf as usize];
        let start = head.start as usize;
        let block = &self.slabs[start / SLAB][start % SLAB..][..head.room as usize * COLUMNS];
        Leaf { head, block }
    }

    #[inline]
    pub fn parent(&self, leaf: u32) -> u32 {
        self.heads[leaf as usize].parent
    }

    #[inline]
    pub fn set_parent(&mut self, leaf: u32, parent: u32) {
        self.heads[leaf as usize].parent = parent;
    }

    /// One past the slot of the entry that was put in last.
    #[inline]
    pub fn run(&self, leaf: u32) -> usize {
        self.heads[leaf as usize].run as usize
    }

    /// Whether another entry needs a larger block first.
    #[inline]
    pub fn is_cramped(&self, leaf: u32) -> bool {
        let head = &self.heads[leaf as usize];
        head.len == head.room
    }

    /// A new leaf, with the smallest block or the largest.
    pub fn take(&mut self, small: bool) -> u32 {
        let room = if small { LEAST } else { MOST };
        let start = self.take_block(room);
        let head = Head { parent: NONE, start, len: 0, room: room as u8, run: 0, held: 0 };
        if let Some(leaf) = self.free.pop() {
            self.heads[leaf as usize] = head;
            return leaf;
        }
        self.heads.push(head);
        self.heads.len() as u32 - 1
    }

    pub fn free(&mut self, leaf: u32) {
        let Head { start, room, .. } = self.heads[leaf as usize];
        self.free_blocks[class(room as usize)].push(start);
        self.free.push(leaf);
    }

    /// Gives a leaf a block twice as large.
    pub fn enlarge(&mut self, leaf: u32) {
        let old = self.heads[leaf as usize];
        let room = old.room as usize * 2;
        assert!(room <= MOST);
        let new = Head { start: self.take_block(room), room: room as u8, ..old };
        self.copy((&old, 0), (&new, 0), old.len as usize);
        self.free_blocks[class(old.room as usize)].push(old.start);
        self.heads[leaf as usize] = new;
    }

    /// Puts in an entry; the leaf is not cramped.
    #[inline]
    pub fn insert(&mut self, leaf: u32, slot: usize, entry: &Entry) {
        let (head, block) = self.get_mut(leaf);
        let (len, room) = (head.len as usize, head.room as usize);
        let fields = [
            entry.rank.turn,
            entry.rank.primary,
            entry.rank.tie,
            entry.waiting,
            entry.set_aside,
            entry.placed_at,
            pack(entry),
        ];
        if slot < len {
            for column in 0..COLUMNS {
                block[column * room..][..=len].copy_within(slot..len, slot + 1);
            }
        }
        for (column, field) in fields.into_iter().enumerate() {
            block[column * room + slot] = field;
        }
        let below = lowest(slot);
        head.held = (head.held & !below) << 1 | head.held & below | u64::from(entry.held) << slot;
        head.len += 1;
        head.run = slot as u8 + 1;
    }

    /// Writes what may change of an entry.
    #[inline]
    pub fn rewrite(&mut self, leaf: u32, slot: usize, entry: &Entry) {
        let (head, block) = self.get_mut(leaf);
        let room = head.room as usize;
        block[WAITING * room + slot] = entry.waiting;
        block[SET_ASIDE * room + slot] = entry.set_aside;
        block[PART * room + slot] = pack(entry);
        head.held = head.held & !(1 << slot) | u64::from(entry.held) << slot;
    }

    #[inline]
    pub fn remove(&mut self, leaf: u32, slot: usize) {
        let (head, block) = self.get_mut(leaf);
        let (len, room) = (head.len as usize, head.room as usize);
        for column in 0..COLUMNS {
            block[column * room..][..len].copy_within(slot + 1..len, slot);
        }
        let below = lowest(slot);
        head.held = head.held >> 1 & !below | head.held & below;
        head.len -= 1;
        head.run -= u8::from(slot < head.run as usize);
    }

    /// Moves the entries from `point` on to the end of another leaf, which has room for them.
    pub fn move_tail(&mut self, from: u32, point: usize, into: u32) {
        let (mut source, mut target) = (self.heads[from as usize], self.heads[into as usize]);
        let (count, at) = (source.len as usize - point, target.len as usize);
        assert!(at + count <= target.room as usize);
        self.copy((&source, point), (&target, at), count);
        if count > 0 {
            target.held |= source.held >> point << at;
        }
        source.held &= lowest(point);
        source.len = point as u8;
        source.run = source.run.min(source.len);
        target.len += count as u8;
        self.heads[from as usize] = source;
        self.heads[into as usize] = target;
    }

    /// Bytes of memory taken.
    pub fn bytes(&self) -> usize {
        let free_blocks: usize = self.free_blocks.iter().map(Vec::capacity).sum();
        self.heads.capacity() * size_of::<Head>()
            + self.slabs.iter().map(Vec::capacity).sum::<usize>() * size_of::<u64>()
            + self.slabs.capacity() * size_of::<Vec<u64>>()
            + (self.free.capacity() + free_blocks) * size_of::<u32>()
    }

    fn take_block(&mut self, room: usize) -> u32 {
        if let Some(start) = self.free_blocks[class(room)].pop() {
            return start;
        }
        let words = room * COLUMNS;
        // The first slab grows from nothing, for an engine that stays small.
        if self.slabs.last().is_none_or(|slab| slab.len() + words > SLAB) {
            let whole = if self.slabs.is_empty() { 0 } else { SLAB };
            self.slabs.push(Vec::with_capacity(whole));
        }
        let number = self.slabs.len() - 1;
        let slab = &mut self.slabs[number];
        let start = slab.len();
        slab.resize(start + words, 0);
        (number * SLAB + start) as u32
    }

    /// Copies so many entries from a slot of one block to a slot of another.
    fn copy(&mut self, from: (&Head, usize), to: (&Head, usize), count: usize) {
        let place = |(head, slot): (&Head, usize), column| {
            let start = head.start as usize;
            (start / SLAB, start % SLAB + column * head.room as usize + slot)
        };
        let mut carried = [0; MOST];
        for column in 0..COLUMNS {
            let ((slab, source), (into, target)) = (place(from, column), place(to, column));
            carried[..count].copy_from_slice(&self.slabs[slab][source..][..count]);
            self.slabs[into][target..][..count].copy_from_slice(&carried[..count]);
        }
    }

    #[inline]
    fn get_mut(&mut self, leaf: u32) -> (&mut Head, &mut [u64]) {
        let head = &mut self.heads[leaf as usize];
        let start = head.start as usize;
        let block = &mut self.slabs[start / SLAB][start % SLAB..][..head.room as usize * COLUMNS];
        (head, block)
    }
}

/// Of blocks with room for so many entries.
fn class(room: usize) -> usize {
    (room / LEAST).ilog2() as usize
}

#[cfg(test)]
impl<const MOST: usize> Leaves<MOST> {
    /// Asserts that every leaf that is in use and every free block has words of its own, and nothing else has.
    pub fn check(&self) {
        let free = |leaf: usize| self.free.contains(&(leaf as u32));
        let used = (0..self.heads.len()).filter(|&leaf| !free(leaf)).map(|leaf| &self.heads[leaf]);
        let mut blocks: Vec<(u32, u32)> = used.map(|head| (head.start, head.room.into())).collect();
        for (class, starts) in self.free_blocks.iter().enumerate() {
            blocks.extend(starts.iter().map(|&start| (start, (LEAST << class) as u32)));
        }
        blocks.sort_unstable();
        let mut used = vec![0; self.slabs.len()];
        for (start, room) in blocks {
            let slab = start as usize / SLAB;
            assert_eq!(start as usize % SLAB, used[slab]);
            used[slab] += room as usize * COLUMNS;
        }
        assert!(self.slabs.iter().map(Vec::len).eq(used));
    }

    pub fn in_use(&self) -> usize {
        self.heads.len() - self.free.len()
    }
}

impl Leaf<'_> {
    #[cfg(test)]
    pub fn check(self, parent: u32, whole_tree: bool, most: usize) {
        assert_eq!(self.head.parent, parent);
        assert!(1 <= self.len() && self.len() <= self.head.room as usize);
        assert!(whole_tree || self.head.room as usize == most);
        assert_eq!(self.head.held & !lowest(self.len()), 0);
        assert!(self.head.run <= self.head.len);
    }
}
