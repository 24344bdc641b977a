//! Idempotency keys of the last commands (rules §12).

use crate::model::units::KEYS_KEPT;
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The keys of the last [`KEYS_KEPT`] commands, found by their text, forgotten by their age.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyRing {
    seed: u64,
    /// How many keys were forgotten: the number of the first that is kept.
    forgotten: u64,
    kept: VecDeque<Key>,
    /// Numbers of keys; the key of number `n` is `kept[n - forgotten]`.
    table: HashTable<u64>,
}

/// A key and what it was used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The number of the command.
    pub sequence: u64,
    /// The command's content.
    pub content: u64,
    pub text: Box<str>,
}

impl KeyRing {
    pub fn new(seed: u64) -> Self {
        KeyRing { seed, ..KeyRing::default() }
    }

    /// The content of the command that used this key.
    pub fn content(&self, text: &str) -> Option<u64> {
        let kept = |number: &u64| self.key(*number);
        let number = self.table.find(self.hash(text), |n| kept(n).is_some_and(|key| &*key.text == text))?;
        kept(number).map(|key| key.content)
    }

    /// The keys that are kept, oldest first.
    pub fn kept(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.kept.iter()
    }

    /// Remembers a key that is not kept yet.
    pub fn remember(&mut self, key: Key) {
        let hash = self.hash(&key.text);
        let number = self.forgotten + self.kept.len() as u64;
        self.kept.push_back(key);
        let (seed, forgotten, kept) = (self.seed, self.forgotten, &self.kept);
        self.table.insert_unique(hash, number, |&other| {
            let key = kept.get((other - forgotten) as usize);
            key.map_or(0, |key| xxh3_64_with_seed(key.text.as_bytes(), seed))
        });
    }

    /// Forgets the keys of commands that are no longer among the last, `sequence` being the last.
    pub fn forget_before(&mut self, sequence: u64) {
        while let Some(oldest) = self.kept.front()
            && oldest.sequence + KEYS_KEPT <= sequence
        {
            let hash = self.hash(&oldest.text);
            if let Ok(found) = self.table.find_entry(hash, |&number| number == self.forgotten) {
                found.remove();
            }
            self.kept.pop_front();
            self.forgotten += 1;
        }
    }

    fn key(&self, number: u64) -> Option<&Key> {
        self.kept.get((number - self.forgotten) as usize)
    }

    fn hash(&self, text: &str) -> u64 {
        xxh3_64_with_seed(text.as_bytes(), self.seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn keys_are_kept_for_the_last_commands_only() {
        let mut ring = KeyRing::new(1);
        for sequence in 1..=KEYS_KEPT + 10 {
            ring.forget_before(sequence);
            let text = format!("key {sequence}").into();
            ring.remember(Key { sequence, content: sequence * 2, text });
        }
        assert_eq!(ring.kept().len() as u64, KEYS_KEPT);
        assert_eq!(ring.content("key 10"), None);
        assert_eq!(ring.content("key 11"), Some(22));
        assert_eq!(ring.content(&format!("key {}", KEYS_KEPT + 10)), Some(2 * KEYS_KEPT + 20));
    }
}
