//! The words of a row, and instants as `3d9h`: so many days and hours after the story began.

use backorder::model::units::{DAY_MS, Instant};

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

/// A number; a story with a wrong one cannot be played.
pub fn number(text: &str) -> u64 {
    let parsed = text.parse();
    assert!(parsed.is_ok(), "{text:?} is no number");
    parsed.unwrap_or_default()
}

/// The words of a row, taken one by one; settings such as `prio=50` are asked for by name.
pub struct Words {
    plain: Vec<&'static str>,
    settings: Vec<(&'static str, &'static str)>,
    next: usize,
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
        Words { plain, settings, next: 0 }
    }

    pub fn word(&mut self) -> &'static str {
        self.maybe().unwrap_or_default()
    }

    pub fn maybe(&mut self) -> Option<&'static str> {
        self.next += 1;
        self.plain.get(self.next - 1).copied()
    }

    pub fn number(&mut self) -> u64 {
        number(self.word())
    }

    pub fn setting(&self, name: &str) -> Option<&'static str> {
        self.settings.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// Whether the word stands somewhere.
    pub fn has(&self, word: &str) -> bool {
        self.plain.contains(&word)
    }

    /// The word after this one.
    pub fn after(&self, word: &str) -> Option<&'static str> {
        let at = self.plain.iter().position(|known| *known == word)?;
        self.plain.get(at + 1).copied()
    }

    /// What is left, in groups between commas.
    pub fn groups(&mut self) -> Vec<Vec<&'static str>> {
        let rest = self.plain.get(self.next..).unwrap_or_default();
        self.next = self.plain.len();
        let groups = rest.split(|word| *word == ",").map(<[_]>::to_vec);
        groups.filter(|group| !group.is_empty()).collect()
    }
}
