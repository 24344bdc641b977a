//! Text for `applyJson`.

use super::{CALENDARS, DELAYS, Door, Random, calls, engine_after, text, zones};
use backorder::api::door::apply_json;
use backorder::codec::{digest, restore, snapshot};
use backorder::engine::Engine;
use backorder::model::units::DAY_MS;
use serde_json::Value;
use std::cell::OnceCell;

pub const DOOR: Door = Door { name: "json", seeds, bend, enter, heap_factor: 100 };

thread_local! {
    /// Shops of every kind, each some way into its history.
    static ENGINES: OnceCell<Vec<Engine>> = const { OnceCell::new() };
}

fn seeds() -> Vec<Vec<u8>> {
    let more = CALENDARS.iter().chain(DELAYS).map(|text| text.to_string());
    calls(1..40, 60).into_iter().chain(more).map(String::into_bytes).collect()
}

fn bend(random: &mut Random, bytes: &mut Vec<u8>) {
    text::bend(random, bytes);
}

/// One of the engines.
pub fn engine(number: usize) -> Engine {
    ENGINES.with(|engines| {
        let engines = engines.get_or_init(|| (1..15).map(|seed| engine_after(seed, 60)).collect());
        engines[number % engines.len()].clone()
    })
}

/// What is text has as many outcomes as commands; what is none changes nothing. The state can be written and read.
fn enter(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else { return false };
    let mut engine = engine(bytes.len());
    let before = digest(&engine);
    let now = engine.last_instant();
    match apply_json(&mut engine, text, now, None) {
        Ok(answer) => {
            let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
            assert!(outcomes(&answer), "an answer without a status: {answer}");
        }
        Err(_) => {
            assert_eq!(digest(&engine), before, "what is no command changed something");
            return false;
        }
    }
    // The same again, later, where zones are known: known orders are known.
    let later = now.saturating_add(3 * DAY_MS).min((1 << 53) - 1);
    let _ = apply_json(&mut engine, text, later, Some(&zones));
    let again = restore(&snapshot(&engine)).expect("what the engine wrote it reads");
    assert_eq!(digest(&again), digest(&engine));
    digest(&engine) != before
}

fn outcomes(answer: &Value) -> bool {
    match answer {
        Value::Array(list) => list.iter().all(outcomes),
        one => one["status"].is_string(),
    }
}
