//! The words of a row, and instants as `3d9h`: so many days and hours after the story began.

use backorder::model::units::{DAY_MS, Instant};
use std::cell::RefCell;

/// Midnight, UTC, of the day on which every story begins.
pub const BEGIN: Instant = 20_000 * DAY_MS;

const HOUR_MS: u64 = 3_600_000;

/// `3d`, `3d9h`, or either with milliseconds more or less: `3d-1`, `3d9h+1`.
pub fn instant(text: &str) -> Instant {
    let (text, less, more) = match (text.split_once('-'), text.split_once('+')) {
        (Some((text, less)), _) => (text, number(less), 0),
        (_, Some((text, more))) => (text, 0, number(more)),
        _ => (text, 0, 0),
    };
    let (days, hours) = text.split_once('d').unwrap_or((text, ""));
    let hours = hours.strip_suffix('h').map_or(0, number);
    BEGIN + number(days) * DAY_MS + hours * HOUR_MS + more - less
}

/// The other way round; none is `-`.
pub fn told(instant: Option<Instant>) -> String {
    let Some(instant) = instant else { return "-".to_owned() };
    let since = instant.saturating_sub(BEGIN);
    let (days, hours, rest) = (since / DAY_MS, since % DAY_MS / HOUR_MS, since % HOUR_MS);
    let hours = if hours > 0 { format!("{hours}h") } else { String::new() };
    let rest = if rest > 0 { format!("+{rest}") } else { String::new() };
    format!("{days}d{hours}{rest}")
}

/// So many milliseconds: `3600000`, or as long as from the beginning to that instant, `0d1h`.
pub fn span(text: &str) -> u64 {
    if text.contains('d') { instant(text) - BEGIN } else { number(text) }
}

/// A number; a story with a wrong one cannot be played.
pub fn number(text: &str) -> u64 {
    let parsed = text.parse();
    assert!(parsed.is_ok(), "{text:?} is no number");
    parsed.unwrap_or_default()
}

/// `pen@east/west`: what it is, and where.
pub fn placed(word: &'static str) -> (&'static str, Option<Vec<&'static str>>) {
    match word.split_once('@') {
        Some((what, places)) => (what, Some(places.split('/').collect())),
        None => (word, None),
    }
}

/// `pen@east`: what it is, and the one place where.
pub fn placed_once(word: &'static str) -> (&'static str, Option<&'static str>) {
    match word.split_once('@') {
        Some((what, place)) => (what, Some(place)),
        None => (word, None),
    }
}

/// What the word stands for; a story with an unknown one cannot be played.
pub fn one_of<T: Copy>(word: &str, choices: &[(&str, T)]) -> T {
    let known = choices.iter().find(|(name, _)| *name == word);
    assert!(known.is_some(), "{word:?} is not known here");
    known.unwrap_or(&choices[0]).1
}

/// The words of a row, taken one by one; settings such as `prio=50` are asked for by name.
/// Each must be read by somebody: a row with a word that nobody knows cannot be played.
pub struct Words {
    plain: Vec<&'static str>,
    settings: Vec<(&'static str, &'static str)>,
    next: usize,
    plain_read: RefCell<Vec<usize>>,
    settings_read: RefCell<Vec<String>>,
}

impl Words {
    pub fn of(text: &'static str) -> Self {
        let words = text.split_whitespace().flat_map(|word| {
            // A comma stands for itself, so that lists can be told apart.
            let comma = word.ends_with(',').then_some(",");
            [Some(word.trim_end_matches(',')), comma].into_iter().flatten()
        });
        let (settings, plain) = words.partition::<Vec<&str>, _>(|word| word.contains('='));
        let settings = settings.iter().filter_map(|word| word.split_once('=')).collect();
        let (plain_read, settings_read) = Default::default();
        Words { plain, settings, next: 0, plain_read, settings_read }
    }

    pub fn word(&mut self) -> &'static str {
        self.next += 1;
        self.at(self.next - 1).unwrap_or_default()
    }

    fn at(&self, index: usize) -> Option<&'static str> {
        self.plain_read.borrow_mut().push(index);
        self.plain.get(index).copied()
    }

    pub fn number(&mut self) -> u64 {
        number(self.word())
    }

    pub fn setting(&self, name: &str) -> Option<&'static str> {
        self.settings_read.borrow_mut().push(name.to_owned());
        self.settings.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// Whether the word stands somewhere.
    pub fn has(&self, word: &str) -> bool {
        self.nth_after(word, 0).is_some()
    }

    /// The word after this one.
    pub fn after(&self, word: &str) -> Option<&'static str> {
        self.nth_after(word, 0)?;
        self.nth_after(word, 1)
    }

    /// The word that stands so many after this one.
    pub fn nth_after(&self, word: &str, nth: usize) -> Option<&'static str> {
        let at = self.plain.iter().position(|known| *known == word)?;
        self.at(at + nth)
    }

    /// What is left, in groups between commas.
    pub fn groups(&mut self) -> Vec<Vec<&'static str>> {
        let first = self.next.min(self.plain.len());
        self.next = self.plain.len();
        self.plain_read.borrow_mut().extend(first..self.next);
        let groups = self.plain[first..].split(|word| *word == ",").map(<[_]>::to_vec);
        groups.filter(|group| !group.is_empty()).collect()
    }

    /// Every word of the row was read.
    pub fn assert_all_read(&self) {
        let read = self.plain_read.borrow();
        let unread = self.plain.iter().enumerate().find(|(index, _)| !read.contains(index));
        assert!(unread.is_none(), "{:?} is not known in {:?}", unread, self.plain);
        let read = self.settings_read.borrow();
        let unread = self.settings.iter().find(|(name, _)| !read.iter().any(|known| known == name));
        assert!(unread.is_none(), "{:?} is not known in {:?}", unread, self.plain);
    }
}
