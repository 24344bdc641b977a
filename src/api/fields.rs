//! Readers over a document that note what is wrong and go on, so that a decoder reads from top to
//! bottom without a branch: what it makes of a wrong document is thrown away.

use super::message::{Expected, Path, Problem, Report};
use super::value::Value;
use crate::model::outcome::Rejection;
use crate::model::settings::{Change, Quantile};
use crate::model::sort;
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// Decodes a whole document.
pub(super) fn decode<'v, T>(
    noun: &'static str,
    value: &'v Value<'v>,
    read: impl FnOnce(&mut Fields<'v, '_>) -> T,
) -> Result<T, Rejection> {
    let mut report = Report::default();
    let decoded = object(&mut At { value: Some(value), path: &Path::Root(noun), report: &mut report }, read);
    report.finish(decoded)
}

/// A value, or the lack of one, at its place.
pub(super) struct At<'v, 'p> {
    pub(super) value: Option<&'v Value<'v>>,
    path: &'p Path<'p>,
    report: &'p mut Report,
}

impl At<'_, '_> {
    pub(super) fn wrong(&mut self, expected: Expected) {
        let problem = match self.value {
            Some(given) => Problem::Wrong(expected, given),
            None => Problem::Missing(expected),
        };
        self.report.note(self.path, &problem);
    }

    /// Says what is wrong beside the value itself.
    pub(super) fn say(&mut self, what: &'static str) {
        self.report.note(self.path, &Problem::Said(what));
    }

    /// Refuses a word that names no command.
    pub(super) fn no_command(&mut self, word: &str, names: &[&'static str]) {
        self.report.note(self.path, &Problem::NoCommand(word, names));
    }
}

/// An object's fields, and which of them were read.
pub(super) struct Fields<'v, 'p> {
    entries: &'v [(Cow<'v, str>, Value<'v>)],
    path: &'p Path<'p>,
    report: &'p mut Report,
    /// One bit for each of the first 64 entries. No object of the contract has so many fields.
    read: u64,
    /// The names asked for, which are the names there are.
    names: [&'static str; MOST_FIELDS],
    asked: usize,
}

/// More than any object of the contract has.
const MOST_FIELDS: usize = 24;

impl<'v> Fields<'v, '_> {
    /// The fields of an object; what is none has none.
    fn of<'a>(at: &'a mut At<'v, '_>) -> Fields<'v, 'a> {
        let entries: &'v [_] = match at.value {
            Some(Value::Object(entries)) => entries,
            _ => {
                at.wrong(Expected::Phrase("an object"));
                &[]
            }
        };
        Fields { entries, path: at.path, report: at.report, read: 0, names: [""; MOST_FIELDS], asked: 0 }
    }

    /// A field that may be left out.
    pub(super) fn get<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut At<'v, '_>) -> T,
    ) -> Option<T> {
        let value = self.take(name);
        value.map(|value| self.at(name, Some(value), read))
    }

    /// A field that must be there.
    pub(super) fn need<T>(&mut self, name: &'static str, read: impl FnOnce(&mut At<'v, '_>) -> T) -> T {
        let value = self.take(name);
        self.at(name, value, read)
    }

    /// A setting that may be left out, or given as null to go back to its default.
    pub(super) fn change<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut At<'v, '_>) -> T,
    ) -> Change<T> {
        self.get(name, |at| match at.value {
            Some(Value::Null) => None,
            _ => Some(read(at)),
        })
    }

    /// Leaves the rest unread, where it cannot be known what it should be.
    pub(super) fn pass_over(&mut self) {
        self.entries = &[];
    }

    // Not inlined, as what is shipped would have it once for every field there is.
    #[inline(never)]
    fn take(&mut self, name: &'static str) -> Option<&'v Value<'v>> {
        debug_assert!(self.asked < MOST_FIELDS, "{name} is one field too many");
        if let Some(place) = self.names.get_mut(self.asked) {
            *place = name;
            self.asked += 1;
        }
        let index = self.entries.iter().position(|(key, _)| key == name)?;
        self.read |= bit(index);
        self.entries.get(index).map(|(_, value)| value)
    }

    fn at<T>(
        &mut self,
        name: &'static str,
        value: Option<&'v Value<'v>>,
        read: impl FnOnce(&mut At<'v, '_>) -> T,
    ) -> T {
        read(&mut At { value, path: &Path::Field(self.path, name), report: self.report })
    }

    /// Refuses what was not read: a field that is none, or a second one of the same name.
    fn finish(&mut self) {
        let unread = self.entries.iter().enumerate().find(|(index, _)| self.read & bit(*index) == 0);
        let Some((_, (name, _))) = unread else { return };
        let names = self.names.get(..self.asked).unwrap_or_default();
        let problem = match names.contains(&name.as_ref()) {
            true => Problem::Twice,
            false => Problem::Unknown(name, names),
        };
        self.report.note(&Path::Field(self.path, name), &problem);
    }
}

/// Of more than 64 entries some are no fields, and the first of those is among the first 64.
fn bit(index: usize) -> u64 {
    if index < 64 { 1 << index } else { 0 }
}

pub(super) fn object<'v, T>(at: &mut At<'v, '_>, read: impl FnOnce(&mut Fields<'v, '_>) -> T) -> T {
    let mut fields = Fields::of(at);
    let decoded = read(&mut fields);
    fields.finish();
    decoded
}

pub(super) fn list<'v, T>(at: &mut At<'v, '_>, mut read: impl FnMut(&mut At<'v, '_>) -> T) -> Vec<T> {
    let Some(Value::List(values)) = at.value else {
        at.wrong(Expected::Phrase("a list"));
        return Vec::new();
    };
    let read_one = |(index, value)| {
        read(&mut At { value: Some(value), path: &Path::Index(at.path, index), report: at.report })
    };
    values.iter().enumerate().map(read_one).collect()
}

/// An object whose names are the caller's own: in order of their bytes, each once.
pub(super) fn map<'v, T>(at: &mut At<'v, '_>, mut read: impl FnMut(&'v str, &mut At<'v, '_>) -> T) -> Vec<T> {
    let Some(Value::Object(entries)) = at.value else {
        at.wrong(Expected::Phrase("an object"));
        return Vec::new();
    };
    let mut sorted: Vec<_> = entries.iter().collect();
    sort::by_key(&mut sorted, |(name, _)| name);
    for (one, next) in sorted.iter().zip(sorted.iter().skip(1)) {
        if one.0 == next.0 {
            at.report.note(&Path::Field(at.path, &next.0), &Problem::Twice);
        }
    }
    let read_one = |(name, value): &'v (Cow<'v, str>, Value<'v>)| {
        read(name, &mut At { value: Some(value), path: &Path::Field(at.path, name), report: at.report })
    };
    sorted.into_iter().map(read_one).collect()
}

pub(super) fn id<'v>(at: &mut At<'v, '_>) -> &'v str {
    text(at, "an id, a text of 1 to 128 bytes")
}

pub(super) fn ids<'v>(at: &mut At<'v, '_>) -> Vec<&'v str> {
    list(at, id)
}

pub(super) fn text<'v>(at: &mut At<'v, '_>, expected: &str) -> &'v str {
    match at.value {
        Some(Value::Text(text)) => text,
        _ => {
            at.wrong(Expected::Phrase(expected));
            ""
        }
    }
}

pub(super) fn flag(at: &mut At) -> bool {
    match at.value {
        Some(Value::Bool(flag)) => *flag,
        _ => {
            at.wrong(Expected::Phrase("true or false"));
            false
        }
    }
}

pub(super) fn quantity(at: &mut At) -> Quantity {
    whole(at, "a whole number from 0 to 9007199254740991")
}

pub(super) fn instant(at: &mut At) -> Instant {
    whole(at, "milliseconds since 1970, a whole number from 0 to 9007199254740991")
}

pub(super) fn days(at: &mut At) -> u64 {
    whole(at, "a whole number of days")
}

pub(super) fn milliseconds(at: &mut At) -> u64 {
    whole(at, "a whole number of milliseconds")
}

/// Minutes that may be negative.
pub(super) fn utc_offset(at: &mut At) -> i64 {
    signed(at, "minutes east of UTC, a whole number").unwrap_or_default()
}

/// Days that may be negative.
pub(super) fn signed_days(at: &mut At) -> i64 {
    signed(at, "a whole number of days, negative when early").unwrap_or_default()
}

pub(super) fn priority(at: &mut At) -> u8 {
    const EXPECTED: &str = "a whole number from 0 to 255";
    let number = signed(at, EXPECTED).unwrap_or_default();
    u8::try_from(number).unwrap_or_else(|_| {
        at.wrong(Expected::Phrase(EXPECTED));
        0
    })
}

pub(super) fn whole(at: &mut At, expected: &str) -> u64 {
    let number = signed(at, expected).unwrap_or_default();
    u64::try_from(number).unwrap_or_else(|_| {
        at.wrong(Expected::Phrase(expected));
        0
    })
}

fn signed(at: &mut At, expected: &str) -> Option<i64> {
    let number = match at.value {
        Some(Value::Number(number)) => whole_number(*number),
        _ => None,
    };
    if number.is_none() {
        at.wrong(Expected::Phrase(expected));
    }
    number
}

/// A share, above 0 and below 1.
pub(super) fn quantile(at: &mut At) -> Quantile {
    let quantile = match at.value {
        Some(Value::Number(share)) => Quantile::new(*share),
        _ => None,
    };
    quantile.unwrap_or_else(|| {
        at.wrong(Expected::Phrase("a number above 0 and below 1"));
        Quantile::default()
    })
}

/// A number as a whole one, if it is one that JavaScript holds exactly.
pub(super) fn whole_number(number: f64) -> Option<i64> {
    // A cast saturates, and makes 0 of what is not a number: neither comes back equal.
    let whole = number as i64;
    (whole.unsigned_abs() <= MAX_SAFE && whole as f64 == number).then_some(whole)
}

/// The place of a word among these; `or` says what else would be right.
pub(super) fn word(at: &mut At, words: &[&'static str], or: &str) -> usize {
    let place = match at.value {
        Some(Value::Text(text)) => words.iter().position(|word| word == text),
        _ => None,
    };
    if place.is_none() {
        at.wrong(Expected::Word(words, or));
    }
    place.unwrap_or_default()
}
