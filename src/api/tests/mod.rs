//! Tables and properties of what comes in and goes out.

mod alone;
mod calendar;
mod columns;
mod commands;
mod door;
mod mutations;
mod notices;
mod reading;
mod refused;
mod shortage;

use super::door::apply;
use super::encode::OutcomeView;
use super::json::parse;
use super::value::Value;
use crate::engine::{Engine, EngineOptions};
use crate::model::outcome::EventMode;
use serde_json::Value as Json;

const LAMP: &str = r#"{"type":"defineItem","sku":"lamp"}"#;

/// A document from JSON that is known to be right.
fn document(json: &str) -> Value<'_> {
    parse(json).unwrap()
}

fn engine() -> Engine {
    Engine::new(EngineOptions::default())
}

/// An engine after these commands, each of which is applied.
fn engine_after(now: u64, commands: &[&str]) -> Engine {
    let mut engine = engine();
    for command in commands {
        let value = parse(command);
        let outcome = apply(&mut engine, &value, now, EventMode::Drop).unwrap();
        assert_eq!(shown(&outcome)["status"], "applied", "{command}");
    }
    engine
}

/// The outcome of a command, as it goes out.
fn outcome(engine: &mut Engine, command: &str, now: u64) -> Json {
    shown(&apply(engine, &parse(command), now, EventMode::Return).unwrap())
}

fn shown(outcome: &OutcomeView) -> Json {
    serde_json::to_value(outcome).unwrap()
}
