//! The engine's log, in pieces: the package hands what is written to whatever keeps it.

use super::RawEngine;
use super::data::thrown;
use crate::api::door;
use crate::api::{Mark, play};
use crate::codec::log::{Entry, LogReader, LogWriter};
use crate::engine::Engine;
use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// What writes an engine's log, and where the engine stood at its end.
#[derive(Debug)]
pub(super) struct Log {
    writer: LogWriter,
    end: Mark,
}

impl Log {
    fn new(writer: LogWriter, engine: &Engine) -> Log {
        Log { writer, end: Mark::of(engine) }
    }
}

#[wasm_bindgen]
impl RawEngine {
    /// Begins a log that follows the engine as it is; its head.
    #[wasm_bindgen(js_name = beginLog)]
    pub fn begin_log(&mut self) -> Vec<u8> {
        let mut head = Vec::new();
        self.log = Some(Log::new(LogWriter::begin(&self.engine, &mut head), &self.engine));
        head
    }

    /// Plays a log that follows the engine as it is, or the records behind those played and made before,
    /// and goes on with it: the bytes up to the end of the last whole record, and how many there were.
    #[wasm_bindgen(js_name = playLog)]
    pub fn play_log(&mut self, log: &[u8]) -> Result<Vec<f64>, JsValue> {
        let reader = match &self.log {
            Some(begun) => Ok(LogReader::after(begun.writer, log)),
            None => LogReader::open(log, &self.engine),
        };
        let (records, reader) = reader
            .and_then(|mut reader| Ok((play(&mut self.engine, &mut reader)?, reader)))
            .map_err(|error| thrown(error.into()))?;
        self.log = Some(Log::new(reader.writer(), &self.engine));
        Ok([reader.whole_bytes() as f64, records as f64].into())
    }

    /// The record of what was done since the last: a command that was applied, as JSON, events that were
    /// taken, or else what time brought about; no bytes, where nothing changed.
    #[wasm_bindgen(js_name = writeLog)]
    pub fn write_log(
        &mut self,
        now: f64,
        applied: Option<String>,
        drained: f64,
        kept: bool,
    ) -> Result<Vec<u8>, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let mut record = Vec::new();
        let Some(log) = &mut self.log else { return Ok(record) };
        let entry = match applied.as_deref() {
            Some(text) => Some(Entry::Command { text, kept }),
            _ if drained > 0.0 => Some(Entry::Drained { count: drained as u64 }),
            _ => log.end.time(&self.engine, kept),
        };
        if let Some(entry) = entry {
            log.writer.append(now, entry, &mut record);
            log.end = Mark::of(&self.engine);
        }
        Ok(record)
    }
}
