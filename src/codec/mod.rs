//! Snapshots: everything an engine knows, as bytes that another can go on from; and in [`log`] what
//! came after. `docs/FORMAT.md` says every byte of both. And quote sheets, which `docs/SHEET.md` says.
//!
//! A snapshot is, in this order:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `BKOR` |
//! | 4 | the version of the format, little-endian: the first that can say this state; 2 to 4 |
//! | 8 | xxHash3-64 of all that follows, little-endian |
//! | 8 | the length of the state, little-endian |
//! | … | the state, as [`write`] writes it |
//! | 8 | units refused or trimmed, which are no part of the state (rules §1), little-endian |
//!
//! Only what cannot be derived is written: queues, sums, deadlines, supply curves and what kits come
//! to are built again. A rank follows from the order, its promise and the item's settings; what a
//! line has at its places from its parts. Reading is strict and atomic: each number is checked before
//! it is believed, and what would not be written again byte for byte is refused.
//!
//! Version 1, of engines that knew one location, was never released.

mod bits;
mod bytes;
pub mod log;
mod read;
mod sheet;
mod write;

use crate::engine::Engine;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use bytes::{Read, Reader, Writer};
use core::fmt;
pub use sheet::{SHEET_BYTES, quote_sheet};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

const MAGIC: &[u8; 4] = b"BKOR";
/// The first version, that of a state in which something was learned of suppliers, or may be, and that of one
/// which names its sections.
const PLAIN: u32 = 2;
const LEARNED: u32 = 3;
const NAMED: u32 = 4;
/// Up to the state.
const HEAD_BYTES: usize = 24;

/// Why bytes are not a snapshot that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// Truncated, altered, or otherwise not a snapshot; where it was noticed.
    Corrupt {
        /// The byte at which reading stopped.
        at: u64,
        /// What was wrong there.
        what: &'static str,
    },
    /// Written by a release that this one does not know.
    Unsupported {
        /// The format's version.
        version: u32,
    },
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&match self {
            SnapshotError::Corrupt { at, what } => {
                ["the snapshot is damaged at byte ", &at.to_string(), ": ", what].concat()
            }
            SnapshotError::Unsupported { version } => {
                ["the snapshot has format ", &version.to_string(), ", which a later release reads"].concat()
            }
        })
    }
}

impl core::error::Error for SnapshotError {}

/// Everything, in a versioned and checksummed format.
///
/// ```
/// use backorder::codec;
/// use backorder::engine::{Engine, EngineOptions};
///
/// let engine = Engine::new(EngineOptions { id: "shop".into(), seed: 7, ..EngineOptions::default() });
/// let again = codec::restore(&codec::snapshot(&engine)).unwrap();
/// assert_eq!(codec::digest(&again), codec::digest(&engine));
/// ```
pub fn snapshot(engine: &Engine) -> Vec<u8> {
    // A state may be large: it is written once, behind a head that is filled in when the rest is known.
    let mut out = Writer(vec![0; HEAD_BYTES]);
    let version = write_state(&mut out, engine);
    let state_bytes = (out.0.len() - HEAD_BYTES) as u64;
    out.fixed(engine.refused_units);
    let mut out = out.0;
    out[16..HEAD_BYTES].copy_from_slice(&state_bytes.to_le_bytes());
    let checksum = xxh3_64(&out[16..]);
    out[..4].copy_from_slice(MAGIC);
    out[4..8].copy_from_slice(&version.to_le_bytes());
    out[8..16].copy_from_slice(&checksum.to_le_bytes());
    out
}

/// A digest of the state: 32 hexadecimal digits, equal on every platform after the same commands.
pub fn digest(engine: &Engine) -> String {
    format!("{:032x}", xxh3_128(&state(engine).1))
}

/// An engine that goes on from a snapshot.
///
/// # Errors
/// What is truncated, altered, newer than this release knows, or otherwise not its own is refused
/// whole.
pub fn restore(snapshot: &[u8]) -> Result<Engine, SnapshotError> {
    let mut reader = Reader::new(snapshot, 0);
    let version = version(&mut reader);
    let version = reader.told(version)?;
    if !(PLAIN..=NAMED).contains(&version) {
        return Err(SnapshotError::Unsupported { version });
    }
    let content = content(&mut reader, snapshot);
    let (bytes, refused_units) = reader.told(content)?;
    let mut from = Reader::new(bytes, HEAD_BYTES);
    let read = read::state(&mut from, version);
    let mut engine = from.told(read)?;
    engine.refused_units = refused_units;
    // Whatever was read in another form than this release writes is not its own.
    let (own_version, own) = state(&engine);
    let canonical = own_version == version && own == bytes;
    reader.told(reader.ensure(canonical, "is not in canonical form"))?;
    Ok(engine)
}

fn version(from: &mut Reader) -> Read<u32> {
    let magic = from.take(4)?;
    from.ensure(magic == MAGIC, "does not begin with BKOR")?;
    Ok(from.take(4)?.try_into().map_or(0, u32::from_le_bytes))
}

/// The state's bytes, and what stands outside of it.
fn content<'b>(from: &mut Reader<'b>, snapshot: &[u8]) -> Read<(&'b [u8], u64)> {
    let checksum = from.fixed()?;
    let tail = snapshot.get(16..).unwrap_or_default();
    from.ensure(xxh3_64(tail) == checksum, "the checksum does not match")?;
    let length = usize::try_from(from.fixed()?).unwrap_or(usize::MAX);
    let bytes = from.take(length)?;
    let refused_units = from.fixed()?;
    from.ensure(from.is_done(), "bytes follow the end")?;
    Ok((bytes, refused_units))
}

/// The state, in the first version that can say it.
fn state(engine: &Engine) -> (u32, Vec<u8>) {
    let mut writer = Writer::default();
    let version = write_state(&mut writer, engine);
    (version, writer.0)
}

fn write_state(to: &mut Writer, engine: &Engine) -> u32 {
    match write::state(to, engine) {
        sections if sections.are_named() => NAMED,
        Sections { learned: true, .. } => LEARNED,
        _ => PLAIN,
    }
}

/// The sections that not every state has.
#[derive(Clone, Copy, Debug, Default)]
struct Sections {
    learned: bool,
    /// When locations send.
    dispatches: bool,
    /// Where orders go.
    destinations: bool,
    /// How fast orders came and were cancelled.
    overtaking: bool,
    /// What customers are told of delays.
    notices: bool,
}

impl Sections {
    /// Whether a state says which of them it has: not where an earlier version can say it.
    fn are_named(self) -> bool {
        self.dispatches || self.destinations || self.overtaking || self.notices
    }
}
