//! JSON text in, JSON text out, for a request body that is JSON already.

use super::door::{outcome, wants_object};
use super::error::ApiError;
use super::value::{Parsed, read};
use super::zones::{Zones, resolved};
use crate::engine::Engine;
use crate::model::outcome::EventMode;
use crate::model::units::Instant;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::de::IgnoredAny;

/// Applies a list of commands, or one, and answers with as many outcomes, in the same form.
///
/// Only text that isn't JSON, or holds something else than objects, is an error, and then nothing
/// was applied. Each command is read, applied and forgotten before the next. `zones`: where a calendar
/// may name a zone without its transitions.
pub fn apply_json(
    engine: &mut Engine,
    text: &str,
    now: Instant,
    zones: Option<Zones>,
) -> Result<String, ApiError> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(ApiError::invalid("commands", ["commands is not JSON: ", &error.to_string()].concat()));
    }
    let text = text.trim_ascii();
    let Some(list) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        wants_object(text.starts_with('{'), None)?;
        return apply_one(engine, text, now, zones);
    };
    let commands = split(list);
    for (index, command) in commands.iter().enumerate() {
        wants_object(command.starts_with('{'), Some(index))?;
    }
    let mut outcomes = String::from("[");
    for (index, command) in commands.into_iter().enumerate() {
        if index > 0 {
            outcomes.push(',');
        }
        outcomes.push_str(&apply_one(engine, command, now, zones)?);
    }
    outcomes.push(']');
    Ok(outcomes)
}

fn apply_one(
    engine: &mut Engine,
    text: &str,
    now: Instant,
    zones: Option<Zones>,
) -> Result<String, ApiError> {
    let parsed = parse(text);
    let command = match zones {
        Some(zones) => resolved(parsed, now, zones),
        None => parsed,
    };
    serde_json::to_string(&outcome(engine, &command, now, EventMode::Return))
        .map_err(|error| ApiError::invalid("commands", error.to_string()))
}

/// Reads one value's text.
pub(super) fn parse(text: &str) -> Parsed<'_> {
    read(&mut serde_json::Deserializer::from_str(text))
}

/// The values of a list's text, which is known to be JSON, without what surrounds them. Cut before
/// they are read, so that what one command holds cannot spoil the reading of the next.
fn split(list: &str) -> Vec<&str> {
    let (mut depth, mut in_text, mut escaped, mut start) = (0u32, false, false, 0);
    let mut values = Vec::new();
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                values.extend(list.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    values.extend(list.get(start..).filter(|rest| !rest.trim_ascii().is_empty()));
    values.into_iter().map(str::trim_ascii).collect()
}
