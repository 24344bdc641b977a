//! What a developer reads when a document is refused: where, what was given, what would be right.

use super::value::Value;
use crate::model::outcome::{Reason, Rejection};
use crate::model::units::MAX_SAFE;
use alloc::string::{String, ToString};

/// Where in a document a value stands, written out only when something is wrong there.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    /// The document itself, and what to call it.
    Root(&'static str),
    Field(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn write(&self, text: &mut String) {
        match *self {
            Path::Root(_) => {}
            Path::Field(parent, name) => {
                parent.write(text);
                push_field(text, name);
            }
            Path::Index(parent, index) => {
                parent.write(text);
                push_index(text, index);
            }
        }
    }

    fn noun(&self) -> &'static str {
        match *self {
            Path::Root(noun) => noun,
            Path::Field(parent, _) | Path::Index(parent, _) => parent.noun(),
        }
    }
}

/// One step of a path that outlives the document.
pub(super) enum Step {
    Field(String),
    Index(usize),
}

fn push_field(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    push_short(text, name);
}

fn push_index(text: &mut String, index: usize) {
    text.push('[');
    text.push_str(&index.to_string());
    text.push(']');
}

/// A rejection of what stands at the end of these steps.
pub(super) fn at_steps<'s>(reason: Reason, steps: impl Iterator<Item = &'s Step>, what: &str) -> Rejection {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Field(name) => push_field(&mut path, name),
            Step::Index(index) => push_index(&mut path, *index),
        }
    }
    rejection(reason, path, "this", what)
}

/// A calendar's zone that nobody here knows.
pub(super) fn unknown_zone(field: &str, name: &str) -> Rejection {
    let mut what = String::from(" ");
    push_quoted(&mut what, name);
    what.push_str(" is no time zone that is known here");
    let steps = [Step::Field(field.into()), Step::Field("timeZone".into())];
    at_steps(Reason::InvalidCommand, steps.iter(), &what)
}

fn rejection(reason: Reason, path: String, noun: &str, what: &str) -> Rejection {
    let subject = if path.is_empty() { noun } else { &path };
    let message = [subject, what].concat();
    Rejection { reason, path: (!path.is_empty()).then_some(path), message }
}

/// What would be right.
#[derive(Clone, Copy)]
pub(super) enum Expected<'a> {
    Phrase(&'a str),
    /// One of these words, or what the phrase after them says.
    Word(&'a [&'static str], &'a str),
}

/// What is wrong with a value.
pub(super) enum Problem<'a> {
    /// Not given at all.
    Missing(Expected<'a>),
    /// Given, and something else.
    Wrong(Expected<'a>, &'a Value<'a>),
    /// A field that is none; these are.
    Unknown(&'a str, &'a [&'static str]),
    /// A field that was given before.
    Twice,
    /// What does not go with its neighbours.
    Said(&'static str),
    /// A word that names no command; these do.
    NoCommand(&'a str, &'a [&'static str]),
}

impl Problem<'_> {
    /// That a field is missing is said only where nothing else is wrong: that another is misspelt says more.
    fn weight(&self) -> u8 {
        match self {
            Problem::Missing(_) => 1,
            _ => 2,
        }
    }

    fn describe(&self) -> String {
        let mut text = String::new();
        match self {
            Problem::Missing(expected) => {
                text.push_str(" is missing: it must be ");
                push_expected(&mut text, expected);
            }
            Problem::Wrong(expected, given) => {
                text.push_str(" must be ");
                push_expected(&mut text, expected);
                text.push_str(", not ");
                push_value(&mut text, given);
            }
            Problem::Unknown(word, names) => {
                text.push_str(" is no field here; ");
                push_names(&mut text, word, names);
            }
            Problem::NoCommand(word, names) => {
                text.push(' ');
                push_quoted(&mut text, word);
                text.push_str(" is no command; ");
                push_names(&mut text, word, names);
            }
            Problem::Twice => text.push_str(" is given twice"),
            Problem::Said(what) => text.push_str(what),
        }
        text
    }
}

/// The first of the gravest problems of a document, if there is any.
#[derive(Default)]
pub(super) struct Report {
    weight: u8,
    rejection: Option<Rejection>,
}

impl Report {
    #[cold]
    pub(super) fn note(&mut self, path: &Path, problem: &Problem) {
        if problem.weight() <= self.weight {
            return;
        }
        let mut at = String::new();
        path.write(&mut at);
        self.weight = problem.weight();
        self.rejection = Some(rejection(Reason::InvalidCommand, at, path.noun(), &problem.describe()));
    }

    /// What was decoded, if nothing was wrong with it.
    pub(super) fn finish<T>(self, decoded: T) -> Result<T, Rejection> {
        match self.rejection {
            Some(rejection) => Err(rejection),
            None => Ok(decoded),
        }
    }
}

fn push_expected(text: &mut String, expected: &Expected) {
    match *expected {
        Expected::Phrase(phrase) => text.push_str(phrase),
        Expected::Word(words, or) => {
            for (index, word) in words.iter().enumerate() {
                let last = index + 1 == words.len() && or.is_empty();
                text.push_str(match index {
                    0 => "",
                    _ if last => " or ",
                    _ => ", ",
                });
                push_quoted(text, word);
            }
            text.push_str(or);
        }
    }
}

/// The name that was meant, or all there are.
fn push_names(text: &mut String, word: &str, names: &[&'static str]) {
    match nearest(word, names) {
        Some(name) => {
            text.push_str("did you mean ");
            text.push_str(name);
            text.push('?');
        }
        None => {
            text.push_str("there are ");
            text.push_str(&names.join(", "));
        }
    }
}

fn push_value(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => push_number(text, *number),
        Value::Text(word) => push_quoted(text, word),
        Value::List(_) => text.push_str("a list"),
        Value::Object(_) => text.push_str("an object"),
    }
}

fn push_quoted(text: &mut String, word: &str) {
    text.push('"');
    push_short(text, word);
    text.push('"');
}

/// As much of a stranger's text as a sentence bears.
fn push_short(text: &mut String, word: &str) {
    const MOST_CHARS: usize = 40;
    let mut chars = word.chars();
    text.extend(chars.by_ref().take(MOST_CHARS));
    if chars.next().is_some() {
        text.push('…');
    }
}

/// The number to six places. The standard library's formatting of floats would add kilobytes to
/// what a phone loads, for numbers that are only ever shown because they are wrong.
fn push_number(text: &mut String, number: f64) {
    const MILLIONTHS: u64 = 1_000_000;
    let size = number.abs();
    if number.is_nan() {
        return text.push_str("NaN");
    }
    if size > MAX_SAFE as f64 && size.is_finite() {
        return text.push_str("a number beyond 9007199254740991");
    }
    if number < 0.0 {
        text.push('-');
    }
    if size.is_infinite() {
        return text.push_str("Infinity");
    }
    let whole = size as u64;
    text.push_str(&whole.to_string());
    let fraction = size - whole as f64;
    if fraction > 0.0 {
        let millionths = ((fraction * MILLIONTHS as f64) as u64).clamp(1, MILLIONTHS - 1);
        let digits = (MILLIONTHS + millionths).to_string();
        text.push('.');
        text.push_str(digits.get(1..).unwrap_or_default().trim_end_matches('0'));
    }
}

/// The known name that a word was most likely meant to be.
fn nearest(word: &str, names: &[&'static str]) -> Option<&'static str> {
    let (distance, name) =
        names.iter().map(|name| (edits(word, name), *name)).min_by_key(|(edits, _)| *edits)?;
    (distance * 3 <= word.len().max(name.len())).then_some(name)
}

/// How many letters to put in, take out or change to make one word the other, case aside.
fn edits(word: &str, name: &str) -> usize {
    const LONGEST: usize = 32;
    if word.len() > LONGEST || name.len() > LONGEST {
        return usize::MAX / 4;
    }
    let mut row: [usize; LONGEST] = core::array::from_fn(|index| index + 1);
    let mut edits = name.len();
    for (index, letter) in word.bytes().enumerate() {
        let (mut diagonal, mut left) = (index, index + 1);
        for (above, other) in row.iter_mut().zip(name.bytes()) {
            let changed = diagonal + usize::from(!letter.eq_ignore_ascii_case(&other));
            diagonal = *above;
            left = changed.min(left + 1).min(*above + 1);
            *above = left;
        }
        edits = left;
    }
    edits
}
