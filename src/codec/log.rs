//! A log of what came after a snapshot: records that follow each other in one growing file, of which
//! a crash can spoil no more than the last. `docs/FORMAT.md` says every byte.
//!
//! What a record says of a command is text that the `api` room writes and reads; here it is bytes.
//! Each checksum begins from the one before it, and the first from the digest of the state that the
//! log follows, so that a record of another log, another place or another snapshot is never taken
//! for one of this.

use super::SnapshotError;
use super::bytes::{Read, Reader, Writer};
use super::state;
use crate::engine::Engine;
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

const MAGIC: &[u8; 4] = b"BKOL";
const VERSION: u32 = 1;
/// Magic, version, digest and checksum.
const LOG_HEAD_BYTES: usize = 32;
/// Length, number and checksum.
const RECORD_HEAD_BYTES: usize = 24;
const CHECKSUM_BYTES: usize = 8;
/// In every record's checksum, so that no whole record ends in a zero.
const NEVER_ZERO: u64 = 1 << 63;

/// What a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'b> {
    /// A command was applied.
    Command {
        /// The command as JSON.
        text: &'b str,
        /// Its events were kept.
        kept: bool,
    },
    /// A command changed nothing, but time went on with it.
    Time {
        /// The units that it would have had, if it was refused for want of them.
        refused_units: Quantity,
        /// What fell due was kept.
        kept: bool,
    },
    /// Kept events were taken.
    Drained {
        /// How many, the oldest first.
        count: u64,
    },
}

/// One record of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'b> {
    /// Its number: 1, 2, 3 …
    pub sequence: u64,
    /// The byte of the log at which it begins.
    pub at: u64,
    /// The instant of the command.
    pub now: Instant,
    /// What it says.
    pub entry: Entry<'b>,
}

/// Why bytes are not a log that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogError {
    /// Altered, or otherwise not a log; where it was noticed.
    Corrupt {
        /// The byte at which the log is wrong: for a record, its first.
        at: u64,
        /// What was wrong there.
        what: &'static str,
    },
    /// Written by a release that this one does not know.
    Unsupported {
        /// The format's version.
        version: u32,
    },
    /// It follows a snapshot of another state.
    OtherSnapshot,
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            LogError::Corrupt { at, what } => {
                f.write_str(&["the log is damaged at byte ", &at.to_string(), ": ", what].concat())
            }
            LogError::Unsupported { version } => {
                let version = version.to_string();
                f.write_str(&["the log has format ", &version, ", which a later release reads"].concat())
            }
            LogError::OtherSnapshot => f.write_str("the log follows another snapshot"),
        }
    }
}

impl core::error::Error for LogError {}

/// Makes records. It owns no file: it appends bytes to what it is given, and whoever writes them
/// down says when they are safe.
///
/// ```
/// use backorder::codec::log::{Entry, LogReader, LogWriter};
/// use backorder::engine::{Engine, EngineOptions};
///
/// let engine = Engine::new(EngineOptions::default());
/// let mut log = Vec::new();
/// let mut writer = LogWriter::begin(&engine, &mut log);
/// let entry = Entry::Command { text: r#"{"type":"tick"}"#, kept: false };
/// writer.append(7, entry, &mut log);
///
/// let record = LogReader::open(&log, &engine).unwrap().next().unwrap().unwrap();
/// assert_eq!((record.sequence, record.now, record.entry), (1, 7, entry));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogWriter {
    /// The number of the last record.
    sequence: u64,
    /// The last checksum, from which the next begins.
    link: u64,
}

impl LogWriter {
    /// Begins a log that follows the engine's state as it is: appends its head, 32 bytes.
    pub fn begin(engine: &Engine, log: &mut Vec<u8>) -> LogWriter {
        let mut head = Writer(Vec::with_capacity(LOG_HEAD_BYTES));
        head.0.extend_from_slice(MAGIC);
        head.0.extend_from_slice(&VERSION.to_le_bytes());
        head.0.extend_from_slice(&digest_bytes(engine));
        let link = xxh3_64(&head.0);
        head.fixed(link);
        log.append(&mut head.0);
        LogWriter { sequence: 0, link }
    }

    /// Appends a record of what was done at `now`.
    pub fn append(&mut self, now: Instant, entry: Entry, log: &mut Vec<u8>) {
        let mut body = Writer::default();
        body.number(now);
        match entry {
            Entry::Command { text, kept } => {
                body.byte(u8::from(kept) << 2);
                body.0.extend_from_slice(text.as_bytes());
            }
            Entry::Time { refused_units, kept } => {
                body.byte(1 | u8::from(kept) << 2);
                body.number(refused_units);
            }
            Entry::Drained { count } => {
                body.byte(2);
                body.number(count);
            }
        }
        self.sequence += 1;
        let mut record = Writer(Vec::with_capacity(RECORD_HEAD_BYTES + body.0.len() + CHECKSUM_BYTES));
        record.fixed(body.0.len() as u64);
        record.fixed(self.sequence);
        record.fixed(xxh3_64_with_seed(&record.0, self.link));
        record.0.append(&mut body.0);
        self.link = checksum(&record.0, self.link);
        record.fixed(self.link);
        log.append(&mut record.0);
    }
}

/// The digest's bytes in the order of its digits.
fn digest_bytes(engine: &Engine) -> [u8; 16] {
    xxh3_128(&state(engine).1).to_be_bytes()
}

/// The checksum of a record, from its first byte to the last of its body.
fn checksum(record: &[u8], link: u64) -> u64 {
    xxh3_64_with_seed(record, link) | NEVER_ZERO
}

/// Reads a log record by record, without a copy of anything. It ends after the last whole record; what
/// is behind that is what a crash left of one ([`torn_bytes`](LogReader::torn_bytes)). After an error
/// it ends, too.
#[derive(Clone, Debug)]
pub struct LogReader<'b> {
    log: &'b [u8],
    /// Where the next record begins.
    at: usize,
    writer: LogWriter,
    ended: bool,
}

impl<'b> LogReader<'b> {
    /// Begins with the first record of a log that follows this engine's state.
    ///
    /// # Errors
    /// A head that is altered or not all there, of a version that this release does not know, or of a
    /// log that follows another state.
    pub fn open(log: &'b [u8], engine: &Engine) -> Result<LogReader<'b>, LogError> {
        let mut reader = Reader::new(log, 0);
        let head = head(&mut reader);
        let (version, digest, link) = reader.told(head).map_err(corrupt)?;
        if version != VERSION {
            return Err(LogError::Unsupported { version });
        }
        let intact = log.get(..LOG_HEAD_BYTES - CHECKSUM_BYTES).map(xxh3_64) == Some(link);
        reader.told(reader.ensure(intact, "the checksum of its head does not match")).map_err(corrupt)?;
        if digest != digest_bytes(engine) {
            return Err(LogError::OtherSnapshot);
        }
        let writer = LogWriter { sequence: 0, link };
        Ok(LogReader { log, at: LOG_HEAD_BYTES, writer, ended: false })
    }

    /// Goes on behind a record that was already read or written, with the bytes that follow it.
    ///
    /// ```
    /// use backorder::codec::log::{Entry, LogReader, LogWriter};
    /// use backorder::engine::{Engine, EngineOptions};
    ///
    /// let mut writer = LogWriter::begin(&Engine::new(EngineOptions::default()), &mut Vec::new());
    /// let (before, mut bytes) = (writer, Vec::new());
    /// writer.append(7, Entry::Drained { count: 2 }, &mut bytes);
    /// let record = LogReader::after(before, &bytes).next().unwrap().unwrap();
    /// assert_eq!(record.entry, Entry::Drained { count: 2 });
    /// assert!(LogReader::after(writer, &bytes).next().unwrap().is_err()); // It does not follow itself.
    /// ```
    pub fn after(writer: LogWriter, rest: &'b [u8]) -> LogReader<'b> {
        LogReader { log: rest, at: 0, writer, ended: false }
    }

    /// The bytes up to here: once it has ended without an error, those of the whole log but for a torn
    /// record. The file is cut here before anything is appended.
    pub fn whole_bytes(&self) -> u64 {
        self.at as u64
    }

    /// The bytes behind: once it has ended without an error, those of a torn record.
    pub fn torn_bytes(&self) -> u64 {
        self.log.len().saturating_sub(self.at) as u64
    }

    /// What appends the record after the last one read.
    pub fn writer(&self) -> LogWriter {
        self.writer
    }

    /// The next record; none at the end, or at a record that a crash left unfinished.
    fn read(&mut self) -> Result<Option<Record<'b>>, LogError> {
        let LogWriter { sequence, link } = self.writer;
        let rest = self.log.get(self.at..).unwrap_or_default();
        let Some(checked) = whole_record(rest, link).map_err(|what| self.corrupt(what))? else {
            return Ok(None);
        };
        let mut reader = Reader::new(checked, self.at);
        let read = record(&mut reader, sequence + 1);
        let (now, entry) = reader.told(read).map_err(corrupt)?;
        let read = Record { sequence: sequence + 1, at: self.at as u64, now, entry };
        self.writer = LogWriter { sequence: sequence + 1, link: checksum(checked, link) };
        self.at += checked.len() + CHECKSUM_BYTES;
        Ok(Some(read))
    }

    fn corrupt(&self, what: &'static str) -> LogError {
        LogError::Corrupt { at: self.at as u64, what }
    }
}

impl<'b> Iterator for LogReader<'b> {
    type Item = Result<Record<'b>, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended = !matches!(read, Ok(Some(_)));
        read.transpose()
    }
}

/// What the bytes of snapshots and logs have in common is read, and refused, alike.
fn corrupt(error: SnapshotError) -> LogError {
    match error {
        SnapshotError::Corrupt { at, what } => LogError::Corrupt { at, what },
        SnapshotError::Unsupported { version } => LogError::Unsupported { version },
    }
}

/// The version, the digest of the state that it follows, and the head's checksum.
fn head(from: &mut Reader) -> Read<(u32, [u8; 16], u64)> {
    let magic = from.take(4)?;
    from.ensure(magic == MAGIC, "does not begin with BKOL")?;
    let version = from.take(4)?.try_into().map_or(0, u32::from_le_bytes);
    let digest = from.take(16)?.try_into().unwrap_or_default();
    Ok((version, digest, from.fixed()?))
}

/// The bytes of the record at the front of these but for its checksum, if it is all there. It is torn
/// if the bytes end before it does, or hold nothing but zeros from some byte of it on: what a crash
/// leaves of a record that was being appended. Anything else that is no record was altered.
fn whole_record(rest: &[u8], link: u64) -> Result<Option<&[u8]>, &'static str> {
    let ends_before = |bytes: usize| rest.iter().skip(bytes.saturating_sub(1)).all(|&byte| byte == 0);
    let Some(body_bytes) = checked_length(rest, link) else {
        let torn = ends_before(RECORD_HEAD_BYTES);
        return if torn { Ok(None) } else { Err("the checksum of a record's head does not match") };
    };
    let bytes = body_bytes.saturating_add(RECORD_HEAD_BYTES + CHECKSUM_BYTES);
    let Some(whole) = rest.get(..bytes) else { return Ok(None) };
    let (checked, found) = whole.split_at(bytes - CHECKSUM_BYTES);
    if checksum(checked, link).to_le_bytes() == found {
        return Ok(Some(checked));
    }
    if ends_before(bytes) { Ok(None) } else { Err("the checksum of a record does not match") }
}

/// The length of a record's body, if its head is there and unaltered: a length that is wrong must not
/// make a damaged record look like a torn one.
fn checked_length(rest: &[u8], link: u64) -> Option<usize> {
    let head = rest.get(..RECORD_HEAD_BYTES)?;
    let (said, check) = head.split_at(RECORD_HEAD_BYTES - CHECKSUM_BYTES);
    let length = Reader::new(head, 0).fixed().ok()?;
    let intact = xxh3_64_with_seed(said, link).to_le_bytes() == check;
    intact.then(|| usize::try_from(length).unwrap_or(usize::MAX))
}

/// What a record says whose checksums match: its head, and to the end its body.
fn record<'b>(from: &mut Reader<'b>, sequence: u64) -> Read<(Instant, Entry<'b>)> {
    from.fixed()?;
    let found = from.fixed()?;
    from.ensure(found == sequence, "a record out of its place")?;
    from.fixed()?;
    let now = from.at_most(MAX_SAFE, "an instant that is none")?;
    let kind = from.byte()?;
    let kept = kind & 4 != 0;
    let entry = match kind & !4 {
        0 => Entry::Command { text: from.rest()?, kept },
        1 => Entry::Time { refused_units: from.number()?, kept },
        2 if !kept => Entry::Drained { count: from.number()? },
        _ => return from.corrupt("a kind of record that is none"),
    };
    from.ensure(from.is_done(), "bytes follow a record's end")?;
    Ok((now, entry))
}
