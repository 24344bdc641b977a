//! Logs of commands, with their lengths, numbers and checksums set right: nothing else would get past these. The bytes
//! are the number of an engine, then records' bodies, each behind its length in two bytes.

use super::{Door, Random, bytes, calls, json, text};
use backorder::api::value::read;
use backorder::api::{Journal, decode};
use backorder::codec::{digest, restore, snapshot};
use backorder::engine::Engine;
use backorder::model::outcome::EventMode;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

pub const DOOR: Door = Door { name: "log", seeds, bend, enter, heap_factor: 100 };

const HEAD_BYTES: usize = 32;
const RECORD_HEAD_BYTES: usize = 24;
const CHECKSUM_BYTES: usize = 8;
/// In every record's checksum (docs/FORMAT.md).
const NEVER_ZERO: u64 = 1 << 63;

fn seeds() -> Vec<Vec<u8>> {
    (0..28).map(seed).collect()
}

/// What is applied of a shop's commands, from where its engine stands.
fn seed(number: u8) -> Vec<u8> {
    let engine = json::engine(number.into());
    let (mut now, mut log) = (engine.last_instant(), Vec::new());
    let mut journal = Journal::begin(engine, &mut log);
    let shop = u64::from(number % 14) + 1;
    for (place, call) in calls(shop..shop + 1, 90).iter().enumerate().skip(50) {
        let document = read(&mut serde_json::Deserializer::from_str(call));
        let Ok(Ok(command)) = document.as_ref().map(decode::command) else { continue };
        now = now.saturating_add(place as u64 * 100_000).min((1 << 53) - 1);
        let mode = if place % 4 == 0 { EventMode::Keep } else { EventMode::Drop };
        journal.apply(&command, now, mode, &mut log);
        if place % 8 == 0 {
            journal.drain_events(3, &mut log);
        }
    }
    let mut seed = vec![number];
    bodies(&log[HEAD_BYTES..]).into_iter().for_each(|body| push(&mut seed, body));
    seed
}

/// The bodies of whole records.
fn bodies(mut records: &[u8]) -> Vec<&[u8]> {
    let mut bodies = Vec::new();
    while let Some((length, _)) = records.split_first_chunk::<8>() {
        let end = RECORD_HEAD_BYTES + u64::from_le_bytes(*length) as usize;
        bodies.push(&records[RECORD_HEAD_BYTES..end]);
        records = &records[end + CHECKSUM_BYTES..];
    }
    bodies
}

/// Whole records are left out, come twice or change places; or one says something else.
fn bend(random: &mut Random, bytes: &mut Vec<u8>) {
    let Some((number, records)) = bytes.split_first().filter(|_| !random.percent(10)) else {
        return bytes::bend(random, bytes);
    };
    let mut bodies: Vec<Vec<u8>> = parted(records).map(<[u8]>::to_vec).collect();
    let number = if random.percent(3) { random.next() as u8 } else { *number };
    let count = bodies.len() as u64;
    let (at, other) = (random.below(count) as usize, random.below(count) as usize);
    match random.below(10) {
        _ if bodies.is_empty() => bodies.push(b"\x01\x00{\"type\":\"tick\"}".to_vec()),
        0 => drop(bodies.remove(at)),
        1 => bodies.insert(at, bodies[other].clone()),
        2 => bodies.swap(at, other),
        3 => bodies.truncate(at + 1),
        4 | 5 => bytes::bend(random, &mut bodies[at]),
        _ => {
            // The instant and the kind stay.
            let text = bodies[at].iter().position(|byte| *byte == b'{').unwrap_or(0);
            let mut command = bodies[at].split_off(text);
            text::bend(random, &mut command);
            bodies[at].append(&mut command);
        }
    }
    *bytes = vec![number];
    bodies.iter().for_each(|body| push(bytes, body));
}

fn push(records: &mut Vec<u8>, body: &[u8]) {
    let length = body.len().min(u16::MAX.into());
    records.extend_from_slice(&(length as u16).to_le_bytes());
    records.extend_from_slice(&body[..length]);
}

/// The bodies, each behind its length in two bytes.
fn parted(mut records: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = records.split_first_chunk::<2>()?;
        let (body, after) = rest.split_at(usize::from(u16::from_le_bytes(*length)).min(rest.len()));
        records = after;
        Some(body)
    })
}

/// A log of these bodies that follows the engine.
fn sealed(records: &[u8], engine: &Engine) -> Vec<u8> {
    let mut log = Vec::new();
    Journal::begin(engine.clone(), &mut log);
    let mut link = xxh3_64(&log[..HEAD_BYTES - CHECKSUM_BYTES]);
    for (sequence, body) in (1_u64..).zip(parted(records)) {
        let begin = log.len();
        log.extend_from_slice(&(body.len() as u64).to_le_bytes());
        log.extend_from_slice(&sequence.to_le_bytes());
        log.extend_from_slice(&xxh3_64_with_seed(&log[begin..], link).to_le_bytes());
        log.extend_from_slice(body);
        link = xxh3_64_with_seed(&log[begin..], link) | NEVER_ZERO;
        log.extend_from_slice(&link.to_le_bytes());
    }
    log
}

/// What is recovered is an engine as any, and of a log that breaks off as much of it.
fn enter(bytes: &[u8]) -> bool {
    let (number, records) = bytes.split_first().unwrap_or((&0, &[]));
    let engine = json::engine(usize::from(*number));
    let snapshot_bytes = snapshot(&engine);
    let _ = Journal::recover(&snapshot_bytes, bytes);
    let log = sealed(records, &engine);
    let Ok(whole) = Journal::recover(&snapshot_bytes, &log) else { return false };
    assert_eq!((whole.whole_bytes, whole.torn_bytes), (log.len() as u64, 0));
    let engine = whole.journal.into_engine();
    let again = restore(&snapshot(&engine));
    assert!(again.is_ok_and(|again| digest(&again) == digest(&engine)), "what was recovered cannot be read");
    let cut = HEAD_BYTES.max(log.len() * 2 / 3);
    let torn = Journal::recover(&snapshot_bytes, &log[..cut]);
    assert!(torn.is_ok_and(|torn| torn.whole_bytes + torn.torn_bytes == cut as u64), "a torn log is refused");
    whole.records > 0
}
