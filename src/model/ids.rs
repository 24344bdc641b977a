//! Ids, kept once. Callers choose ids as text; inside, each is a dense number in the order in which
//! it was first seen, so that everything else is arrays of integers.

use alloc::string::String;
use alloc::vec::Vec;
use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A set of ids, each with a number: the first is 0, the next 1.
///
/// The text stands end to end in one buffer; the table finds a number by its text. The table is
/// never iterated, so its order is nobody's business (rules §13), and its hash is seeded, so that
/// ids chosen by strangers cannot be made to collide without knowing the seed.
#[derive(Clone, Debug)]
pub struct IdMap {
    seed: u64,
    text: String,
    /// Where each id ends in `text`; it begins where the one before ends.
    ends: Vec<u64>,
    table: HashTable<Slot>,
    /// What was interned last: names of lines are mostly the same again.
    last: u32,
}

/// An id's number, and its hash, so that the table grows and tells most ids apart without reading
/// the text.
#[derive(Clone, Copy, Debug)]
struct Slot {
    number: u32,
    hash: u32,
}

/// Where an id goes that is not in a set.
#[derive(Clone, Copy, Debug)]
pub struct Vacancy {
    hash: u32,
}

impl IdMap {
    /// An empty set. The seed only spreads the hashes; no answer depends on it.
    pub fn new(seed: u64) -> Self {
        IdMap { seed, text: String::new(), ends: Vec::new(), table: HashTable::new(), last: 0 }
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of an id, if it is known.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.find_hashed(id, self.hash(id))
    }

    /// The number of an id, which is added if it is new.
    pub fn intern(&mut self, id: &str) -> u32 {
        if self.is_empty() || self.name(self.last) != id {
            let hash = self.hash(id);
            self.last = self.find_hashed(id, hash).unwrap_or_else(|| self.push(id, hash));
        }
        self.last
    }

    /// The text of an id. A number that was never given out has the empty text.
    pub fn name(&self, number: u32) -> &str {
        let Some(&end) = self.ends.get(number as usize) else { return "" };
        let start = if number == 0 { 0 } else { self.ends[number as usize - 1] };
        &self.text[start as usize..end as usize]
    }

    /// The number of an id; if it is new, the place that is free for it.
    pub fn look_up(&self, id: &str) -> Result<u32, Vacancy> {
        let hash = self.hash(id);
        self.find_hashed(id, hash).ok_or(Vacancy { hash })
    }

    /// Adds an id that is known to be new, which spares looking for it once more.
    pub fn insert_new(&mut self, id: &str, place: Option<Vacancy>) -> u32 {
        let hash = place.map_or_else(|| self.hash(id), |place| place.hash);
        self.push(id, hash)
    }

    fn push(&mut self, id: &str, hash: u32) -> u32 {
        let number = self.ends.len() as u32;
        self.text.push_str(id);
        self.ends.push(self.text.len() as u64);
        self.table.insert_unique(spread(hash), Slot { number, hash }, |slot| spread(slot.hash));
        number
    }

    fn find_hashed(&self, id: &str, hash: u32) -> Option<u32> {
        let same = |slot: &Slot| slot.hash == hash && self.name(slot.number) == id;
        self.table.find(spread(hash), same).map(|slot| slot.number)
    }

    fn hash(&self, id: &str) -> u32 {
        (xxh3_64_with_seed(id.as_bytes(), self.seed) >> 32) as u32
    }
}

/// The table takes its bucket from the low bits and its tag from the top seven.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dense_and_names_come_back() {
        let mut ids = IdMap::new(7);
        assert_eq!(ids.intern("a"), 0);
        assert_eq!(ids.intern("été"), 1);
        assert_eq!(ids.intern("a"), 0);
        assert_eq!((ids.name(0), ids.name(1), ids.name(2)), ("a", "été", ""));
        assert_eq!((ids.find("été"), ids.find("b")), (Some(1), None));
        for number in 2..5_000 {
            assert_eq!(ids.intern(&alloc::format!("id-{number}")), number);
            assert_eq!((ids.intern(&alloc::format!("id-{number}")), ids.intern("a")), (number, 0));
        }
        let place = ids.look_up("new").err();
        assert_eq!((ids.look_up("a").ok(), ids.insert_new("new", place)), (Some(0), 5_000));
        assert_eq!(ids.insert_new("newer", None), 5_001);
        assert_eq!((ids.intern("a"), ids.intern("new"), ids.intern("newer")), (0, 5_000, 5_001));
        assert_eq!(ids.find("id-4999"), Some(4_999));
    }
}
