//! An engine with its log: nothing changes it without a record of it, so that a snapshot and the log
//! that follows it are the engine again.

use super::{command_json, decode, json};
use crate::codec::log::{Entry, LogError, LogReader, LogWriter, Record};
use crate::codec::{self, SnapshotError};
use crate::engine::Engine;
use crate::model::command::Command;
use crate::model::outcome::{Event, EventMode, Outcome, Reason, Rejection, Status};
use crate::model::units::{Instant, Quantity};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// An engine that can be changed only together with its log.
///
/// ```
/// use backorder::api::Journal;
/// use backorder::codec;
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::Body;
/// use backorder::model::outcome::EventMode;
/// use backorder::model::settings::ItemChange;
///
/// let engine = Engine::new(EngineOptions::default());
/// let (snapshot, mut log) = (codec::snapshot(&engine), Vec::new());
/// let mut journal = Journal::begin(engine, &mut log);
/// let item = Body::DefineItem { sku: "lamp", settings: ItemChange::default() };
/// journal.apply(&item.into(), 0, EventMode::Return, &mut log);
/// let receive = Body::Receive { sku: "lamp", location: None, quantity: 2, supply: None }.into();
/// journal.apply(&receive, 0, EventMode::Return, &mut log);
///
/// log.truncate(log.len() - 1); // The last record was being written when the power went.
/// let recovered = Journal::recover(&snapshot, &log).unwrap();
/// assert_eq!((recovered.records, recovered.torn_bytes > 0), (1, true));
/// log.truncate(recovered.whole_bytes as usize);
/// let mut journal = recovered.journal;
/// journal.apply(&receive, 0, EventMode::Return, &mut log);
/// assert_eq!(Journal::recover(&snapshot, &log).unwrap().records, 2);
/// ```
#[derive(Debug)]
pub struct Journal {
    engine: Engine,
    writer: LogWriter,
}

/// What a snapshot and a log come to.
#[derive(Debug)]
pub struct Recovered {
    /// The engine after the last whole record, and what goes on with the log.
    pub journal: Journal,
    /// How many records there were.
    pub records: u64,
    /// The bytes of the log up to the end of the last whole record. The file must be cut here before
    /// anything is appended.
    pub whole_bytes: u64,
    /// The bytes behind, which a crash left of a record that nobody was told of.
    pub torn_bytes: u64,
}

/// Why there is no engine to be had of a snapshot and a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryError {
    /// It is the snapshot.
    Snapshot(SnapshotError),
    /// It is the log.
    Log(LogError),
}

impl fmt::Display for RecoveryError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            RecoveryError::Snapshot(error) => error.fmt(f),
            RecoveryError::Log(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for RecoveryError {}

/// Where an engine stands, as far as its log is concerned: the instant, the events made, the units refused.
///
/// ```
/// use backorder::api::Mark;
/// use backorder::codec::log::Entry;
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::Body;
/// use backorder::model::outcome::EventMode;
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let before = Mark::of(&engine);
/// assert_eq!(before.time(&engine, false), None);
/// engine.apply(&Body::ReleaseHold { hold: "nobody's" }.into(), 7, EventMode::Drop); // It is refused, but time went on.
/// assert_eq!(before.time(&engine, false), Some(Entry::Time { refused_units: 0, kept: false }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(Instant, u64, Quantity);

impl Mark {
    /// Where this engine stands.
    pub fn of(engine: &Engine) -> Mark {
        Mark(engine.last_instant(), engine.log.seq, engine.refused_units)
    }

    /// What a log says of a command that was not applied, if it changed anything since it stood there.
    pub fn time<'b>(self, engine: &Engine, kept: bool) -> Option<Entry<'b>> {
        let refused_units = engine.refused_units - self.2;
        (Mark::of(engine) != self).then_some(Entry::Time { refused_units, kept })
    }
}

/// Plays all that a log still says, and counts it. After an error the engine stands where the log was
/// last right.
///
/// ```
/// use backorder::api::play;
/// use backorder::codec::log::{Entry, LogReader, LogWriter};
/// use backorder::engine::{Engine, EngineOptions};
///
/// let (mut engine, mut log) = (Engine::new(EngineOptions::default()), Vec::new());
/// let tick = Entry::Command { text: r#"{"type":"tick"}"#, kept: false };
/// LogWriter::begin(&engine, &mut log).append(7, tick, &mut log);
/// let mut reader = LogReader::open(&log, &engine).unwrap();
/// assert_eq!((play(&mut engine, &mut reader), engine.last_instant()), (Ok(1), 7));
/// ```
///
/// # Errors
/// As [`Journal::recover`] has them of a log.
pub fn play(engine: &mut Engine, reader: &mut LogReader) -> Result<u64, LogError> {
    let mut records = 0;
    for record in reader {
        record.and_then(|record| play_record(engine, &record))?;
        records += 1;
    }
    Ok(records)
}

impl Journal {
    /// Begins a log that follows the engine as it is, and puts its head into `log`. A snapshot of the
    /// same engine belongs to it.
    pub fn begin(engine: Engine, log: &mut Vec<u8>) -> Journal {
        let writer = LogWriter::begin(&engine, log);
        Journal { engine, writer }
    }

    /// The engine after the last whole record of the log that follows this snapshot.
    ///
    /// # Errors
    /// A snapshot that [`codec::restore`] refuses; a log that is not that snapshot's, or that was
    /// altered anywhere but in a last record that a crash left unfinished; a command that this release
    /// does not apply, though the one that wrote it did.
    pub fn recover(snapshot: &[u8], log: &[u8]) -> Result<Recovered, RecoveryError> {
        let mut engine = codec::restore(snapshot).map_err(RecoveryError::Snapshot)?;
        let mut reader = LogReader::open(log, &engine).map_err(RecoveryError::Log)?;
        let records = play(&mut engine, &mut reader).map_err(RecoveryError::Log)?;
        let journal = Journal { engine, writer: reader.writer() };
        let (whole_bytes, torn_bytes) = (reader.whole_bytes(), reader.torn_bytes());
        Ok(Recovered { journal, records, whole_bytes, torn_bytes })
    }

    /// The engine, for all that does not change it.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The engine without its log.
    pub fn into_engine(self) -> Engine {
        self.engine
    }

    /// Applies a command, and appends its record to `log`: nothing, where nothing changed. Nobody may
    /// hear of the outcome before these bytes are safe; if they can't be made safe, the engine is
    /// recovered from what is.
    pub fn apply(&mut self, command: &Command, now: Instant, mode: EventMode, log: &mut Vec<u8>) -> Outcome {
        let before = Mark::of(&self.engine);
        let outcome = self.engine.apply(command, now, mode);
        let kept = mode == EventMode::Keep;
        if outcome.status == Status::Applied {
            let text = command_json(command);
            self.writer.append(now, Entry::Command { text: &text, kept }, log);
        } else if let Some(time) = before.time(&self.engine, kept) {
            self.writer.append(now, time, log);
        }
        outcome
    }

    /// Takes at most so many of the kept events, oldest first, and appends the record of it to `log`.
    pub fn drain_events(&mut self, max: u64, log: &mut Vec<u8>) -> Vec<Event> {
        let events = self.engine.drain_events(max);
        if !events.is_empty() {
            let count = events.len() as u64;
            self.writer.append(self.engine.last_instant(), Entry::Drained { count }, log);
        }
        events
    }
}

/// Does again what a record says was done.
fn play_record(engine: &mut Engine, record: &Record) -> Result<(), LogError> {
    let wrong = |what| Err(LogError::Corrupt { at: record.at, what });
    let mode = |kept| if kept { EventMode::Keep } else { EventMode::Drop };
    match record.entry {
        Entry::Command { text, kept } => {
            let parsed = json::parse(text);
            let command = parsed.as_ref().map_err(Clone::clone).and_then(decode::command);
            let Ok(command) = command else { return wrong("text that is no command") };
            let outcome = engine.apply(&command, record.now, mode(kept));
            if outcome.status != Status::Applied {
                return wrong("a command that is not applied here");
            }
        }
        Entry::Time { refused_units, kept } => {
            let reason = Reason::LimitExceeded;
            engine.refuse(Rejection { reason, path: None, message: String::new() }, record.now, mode(kept));
            engine.refused_units = engine.refused_units.saturating_add(refused_units);
        }
        Entry::Drained { count } => drop(engine.drain_events(count)),
    }
    Ok(())
}
