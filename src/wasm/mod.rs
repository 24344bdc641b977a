//! The package's door: the only room that knows `JsValue`.
//!
//! Everything that crosses is one of four things: plain data (through serde), text, plain numbers, or
//! columns of them. The TypeScript in front of it has made plain data plain, checked that a number is
//! a number, and turns what is thrown here into a `BackorderError`.

mod bulk;
mod data;
mod log;
mod new_id;
mod reads;

pub use new_id::new_id;

use crate::api::door;
use crate::api::value::{Parsed, Value};
use crate::api::zones::resolved;
use crate::codec;
use crate::engine::Engine;
use crate::model::outcome::EventMode;
use crate::model::units::Instant;
use crate::model::units::MAX_SAFE;
use alloc::string::String;
use alloc::vec::Vec;
use data::{given, thrown, to_js};
use js_sys::Function;
use log::Log;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// One engine, held by JavaScript.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawEngine {
    engine: Engine,
    /// Finds the transitions of a zone, by its name and the instant of the command.
    zones: Function,
    /// What writes its log, if it has one.
    log: Option<Log>,
}

#[wasm_bindgen]
impl RawEngine {
    /// An engine that knows nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, seed: u64, zones: Function) -> Result<RawEngine, JsValue> {
        let options = door::engine_options(given(options).as_ref(), seed).map_err(thrown)?;
        Ok(RawEngine { engine: Engine::new(options), zones, log: None })
    }

    /// The engine that a snapshot is of.
    pub fn restore(snapshot: &[u8], zones: Function) -> Result<RawEngine, JsValue> {
        let engine = codec::restore(snapshot).map_err(|error| thrown(error.into()))?;
        Ok(RawEngine { engine, zones, log: None })
    }

    /// Everything, as bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        codec::snapshot(&self.engine)
    }

    /// The digest of the same.
    pub fn digest(&self) -> String {
        codec::digest(&self.engine)
    }

    /// One command. `mode`: 0 events are in the outcome, 1 kept, 2 not made.
    pub fn apply(&mut self, command: JsValue, now: f64, mode: u8) -> Result<JsValue, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let mode = match mode {
            0 => EventMode::Return,
            1 => EventMode::Keep,
            _ => EventMode::Drop,
        };
        let command = self.command(command, now);
        to_js(&door::apply(&mut self.engine, &command, now, mode).map_err(thrown)?)
    }

    /// Commands and outcomes as JSON text.
    #[wasm_bindgen(js_name = applyJson)]
    pub fn apply_json(&mut self, commands: &str, now: f64) -> Result<String, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let zones = &self.zones;
        door::apply_json(&mut self.engine, commands, now, Some(&|name, now| found(zones, name, now)))
            .map_err(thrown)
    }

    /// Kept events, the first so many, which stay.
    #[wasm_bindgen(js_name = keptEvents)]
    pub fn kept_events(&self, max: f64) -> Result<JsValue, JsValue> {
        let max = door::count(max, "max").map_err(thrown)?;
        to_js(&door::kept_events(&self.engine, max))
    }

    /// Takes kept events, all or the first so many.
    #[wasm_bindgen(js_name = drainEvents)]
    pub fn drain_events(&mut self, max: Option<f64>) -> Result<JsValue, JsValue> {
        let max = max.map_or(Ok(MAX_SAFE), |max| door::count(max, "max")).map_err(thrown)?;
        to_js(&door::drain_events(&mut self.engine, max))
    }
}

impl RawEngine {
    /// A command as it came, with the transitions of the zone that it names.
    fn command(&self, command: JsValue, now: Instant) -> Parsed<'static> {
        resolved(data::read(command), now, &|name, now| found(&self.zones, name, now))
    }
}

/// The transitions of a zone, as the package finds them.
fn found(zones: &Function, name: &str, now: Instant) -> Option<Value<'static>> {
    let transitions = zones.call2(&JsValue::NULL, &name.into(), &(now as f64).into()).ok()?;
    if transitions.is_undefined() { None } else { data::read(transitions).ok() }
}
