//! Bends JSON text token by token, so that what comes out is mostly JSON still.

use super::decode::WORDS;
use super::{MOST_BYTES, Random, bytes};
use std::ops::Range;

/// What stands where a value may stand, and is seldom meant.
const ODD: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "1.5",
    "1e3",
    "1e400",
    "-1e-400",
    "255",
    "256",
    "9007199254740991",
    "9007199254740992",
    "18446744073709551615",
    "-9223372036854775808",
    "123456789012345678901234567890",
    "100000000",
    "100000001",
    "null",
    "true",
    "false",
    "\"\"",
    "\" \"",
    "\"\\ud83e\\uddf6\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"\u{fffd}\"",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "[null]",
    "{\"limit\":0}",
    "{\"preorder\":{}}",
    "{\"from\":0,\"to\":255}",
];

/// One to four changes; bytes as such are bent now and then.
pub fn bend(random: &mut Random, bytes: &mut Vec<u8>) {
    if random.percent(10) {
        return bytes::bend(random, bytes);
    }
    for _ in 0..random.between(1, 4) {
        let Ok(text) = str::from_utf8(bytes) else { return bytes::bend(random, bytes) };
        let tokens = tokens(text);
        let Some((from, with)) = changed(random, text, &tokens) else { return };
        bytes.splice(from, with.into_bytes());
    }
    bytes.truncate(MOST_BYTES);
}

/// Which part of the text becomes which other.
fn changed(random: &mut Random, text: &str, tokens: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    let place = random.below(tokens.len() as u64) as usize;
    let at = tokens.get(place)?.clone();
    let values = |range: &Range<usize>| !matches!(&text[range.clone()], "," | ":" | "}" | "]" | "{" | "[");
    let value =
        tokens.iter().filter(|token| values(token)).nth(random.below(tokens.len() as u64) as usize / 2);
    let value = value.cloned().unwrap_or(at.clone());
    Some(match random.below(10) {
        0..3 => (value, random.pick(ODD).to_string()),
        3 | 4 => (value, format!("\"{}\"", random.pick(WORDS))),
        5 => (value, bytes::number(random).to_string()),
        // Another value of the same text.
        6 => {
            let other = tokens.iter().filter(|token| values(token)).nth(place / 2).cloned()?;
            (value, text[other].to_string())
        }
        7 => (at, String::new()),
        8 => {
            let end = tokens.get(place + random.below(12) as usize).unwrap_or(&at).end;
            let part = &text[at.start..end];
            let times = random.pick(&[2, 2, 3, 70]);
            (at.start..end, vec![part; times].join(random.pick(&["", ","])))
        }
        _ => {
            let depth = random.pick(&[1, 3, 9, 200]);
            (value.clone(), ["[".repeat(depth), text[value].to_string(), "]".repeat(depth)].concat())
        }
    })
}

/// Where each token of the text stands, whether it is JSON or not.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let mut end = start + first.len_utf8();
        let is_word = |next: char| next.is_alphanumeric() || matches!(next, '-' | '+' | '.');
        if first == '"' {
            let mut is_escaped = false;
            for (at, next) in rest.by_ref() {
                end = at + next.len_utf8();
                if next == '"' && !is_escaped {
                    break;
                }
                is_escaped = next == '\\' && !is_escaped;
            }
        } else if is_word(first) {
            while let Some((at, next)) = rest.next_if(|(_, next)| is_word(*next)) {
                end = at + next.len_utf8();
            }
        }
        tokens.push(start..end);
    }
    tokens
}
