//! Golden snapshots, cut and altered everywhere, with a checksum that is right again: each is refused
//! with a place, or is the canonical form of an engine that goes on. None is a panic, and none takes
//! more memory than a small multiple of its bytes.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

use backorder::api::{decode, value};
use backorder::codec::{SnapshotError, restore, snapshot};
use backorder::engine::{Engine, EngineOptions, Page};
use backorder::model::command::{Body, Command, OrderLine, OrderSettings};
use backorder::model::outcome::{EventMode, Status};
use backorder::model::settings::{Component, ItemChange};
use backorder::model::units::{DAY_MS, MAX_SAFE};
use peak_alloc::PeakAlloc;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use xxhash_rust::xxh3::xxh3_64;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Tests that count memory do so one after the other.
static COUNTING: Mutex<()> = Mutex::new(());

/// What reading may take: so many bytes for each, and so many besides.
const MOST_BYTES_PER_BYTE: usize = 32;
const MOST_BYTES_BESIDES: usize = 16_384;

/// Up to the state.
const HEAD_BYTES: usize = 24;

/// The golden snapshots, each in the folder of its version; the first is of an engine that was told nothing.
const GOLDEN: [&str; 5] =
    ["v2/empty", "v2/corner-shop", "v2/department-store", "v3/department-store", "v3/suppliers"];

fn golden(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    fs::read(folder.join(name).with_extension("bin")).expect("it is there")
}

/// Sets a snapshot's length and checksum right.
fn mended(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = (bytes.len() - HEAD_BYTES - 8) as u64;
    bytes[16..24].copy_from_slice(&length.to_le_bytes());
    let checksum = xxh3_64(&bytes[16..]).to_le_bytes();
    bytes[8..16].copy_from_slice(&checksum);
    bytes
}

/// Reads it; whether it was refused, what it took is little.
fn read(bytes: &[u8]) -> Result<Engine, SnapshotError> {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let read = restore(bytes);
    let taken = ALLOCATOR.peak_usage().saturating_sub(before);
    let most = bytes.len() * MOST_BYTES_PER_BYTE + MOST_BYTES_BESIDES;
    assert!(taken <= most, "{taken} bytes of memory for {}", bytes.len());
    read
}

/// The answer is whether it could be read.
fn refused_or_canonical(bytes: &[u8], what: &dyn Fn() -> String) -> bool {
    match read(bytes) {
        Ok(engine) => {
            assert!(snapshot(&engine) == bytes, "{}: read, but not in canonical form", what());
            go_on(engine);
            true
        }
        Err(SnapshotError::Corrupt { at, what: wrong }) => {
            assert!(at <= bytes.len() as u64 && !wrong.is_empty(), "{}", what());
            false
        }
        Err(SnapshotError::Unsupported { .. }) => false,
    }
}

/// All that may bring out what is wrong with a state: time, shelves found empty, orders given up.
fn go_on(mut engine: Engine) {
    let ids = |ids: Vec<&str>| -> Vec<String> { ids.into_iter().map(str::to_string).collect() };
    let all = Page { offset: 0, limit: u64::MAX };
    let skus = ids(engine.items(all).into_iter().map(|(sku, _)| sku).collect());
    let orders = ids(engine.orders(all, None));
    let mut now = engine.last_instant();
    let mut apply = |body: Body, days: u64| {
        now = now.saturating_add(days * DAY_MS).min(MAX_SAFE);
        engine.apply(&body.into(), now, EventMode::Drop);
    };
    for sku in &skus {
        let lines = [OrderLine::new(sku, 2)];
        let order = ["altered ", sku].concat();
        apply(
            Body::PlaceOrder { order: &order, lines: (&lines).into(), settings: OrderSettings::default() },
            0,
        );
        apply(Body::HoldStock { hold: &order, lines: (&lines).into(), ttl_ms: DAY_MS, priority: 0 }, 0);
        apply(Body::Count { sku, location: None, on_hand: 0 }, 0);
        apply(Body::Receive { sku, location: None, quantity: 3, supply: None }, 0);
    }
    apply(Body::Tick, 3);
    ["cart-1", "cart-2"].into_iter().for_each(|hold| apply(Body::ReleaseHold { hold }, 0));
    for order in &orders {
        apply(Body::AmendLine { order, line: "1", quantity: 7 }, 0);
        apply(Body::Reprioritise { order, priority: 1 }, 0);
    }
    orders.iter().for_each(|order| apply(Body::Ship { order, lines: None }, 0));
    orders.iter().for_each(|order| apply(Body::CancelOrder { order, lines: None }, 1));
    restore(&snapshot(&engine)).expect("what an engine writes can be read");
}

#[test]
fn every_golden_snapshot_cut_anywhere_is_refused() {
    let _counting = COUNTING.lock();
    for name in GOLDEN {
        let bytes = golden(name);
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "{name} cut at {end}");
            if end >= HEAD_BYTES + 8 {
                let cut = mended(bytes[..end].to_vec());
                let what = || format!("{name} cut at {end} and mended");
                assert!(!refused_or_canonical(&cut, &what), "{}", what());
            }
        }
        assert!(read(&[&bytes[..], &[0]].concat()).is_err(), "{name} and a byte");
    }
}

/// Without the checksum nothing altered is read; with it, only what is a state.
#[test]
fn every_golden_snapshot_altered_anywhere_is_refused_or_canonical() {
    let _counting = COUNTING.lock();
    let (mut refused, mut canonical) = (0, 0);
    for name in GOLDEN {
        let bytes = golden(name);
        for at in 0..bytes.len() {
            for flip in [1, 2, 3, 4, 7, 8, 16, 32, 64, 127, 128, 255] {
                let mut altered = bytes.clone();
                altered[at] ^= flip;
                let what = || format!("{name}: byte {at} ^ {flip}");
                assert!(!refused_or_canonical(&altered, &what), "{}", what());
                let was_read = at >= HEAD_BYTES && refused_or_canonical(&mended(altered), &what);
                canonical += u32::from(was_read);
                refused += u32::from(!was_read);
            }
        }
    }
    assert!(refused > 10_000 && canonical > 1_000, "{refused} refused, {canonical} read");
}

/// A number of any size in any place: a count, above all.
#[test]
fn a_golden_snapshot_with_a_large_number_anywhere_is_no_panic() {
    let _counting = COUNTING.lock();
    let large: [&[u8]; 4] = [
        &[0xff, 0xff, 0x03],
        &[0xff, 0xff, 0xff, 0xff, 0x0f],
        &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
        &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ];
    for name in GOLDEN {
        let bytes = golden(name);
        for at in HEAD_BYTES..bytes.len() - 8 {
            for number in large {
                let altered = mended([&bytes[..at], number, &bytes[at + 1..]].concat());
                refused_or_canonical(&altered, &|| format!("{name}: {number:?} at {at}"));
            }
        }
    }
}

/// Bytes that are left out, and bytes that come twice.
#[test]
fn a_golden_snapshot_with_a_gap_or_a_repeat_is_no_panic() {
    let _counting = COUNTING.lock();
    for name in GOLDEN.into_iter().skip(1) {
        let bytes = golden(name);
        let end = bytes.len() - 8;
        for at in HEAD_BYTES..end {
            for length in [1, 2, 9, 40] {
                let after = (at + length).min(end);
                let gap = mended([&bytes[..at], &bytes[after..]].concat());
                refused_or_canonical(&gap, &|| format!("{name}: {length} left out at {at}"));
                let repeat = mended([&bytes[..after], &bytes[at..]].concat());
                refused_or_canonical(&repeat, &|| format!("{name}: {length} twice at {at}"));
            }
        }
    }
}

/// Of every command that is read back from text, the text may be large, and what is made of it is not.
#[test]
fn a_command_takes_memory_as_its_text_does() {
    let _counting = COUNTING.lock();
    let lines = vec![r#"{"sku":"lamp","quantity":1}"#; 1_000].join(",");
    let text = format!(r#"{{"type":"placeOrder","order":"A","lines":[{lines}]}}"#);
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let parsed = value::read(&mut serde_json::Deserializer::from_str(&text));
    let command: Command = decode::command(parsed.as_ref().expect("it is JSON")).expect("it is a command");
    assert!(matches!(command.body, Body::PlaceOrder { .. }));
    let taken = ALLOCATOR.peak_usage() - before;
    assert!(taken <= text.len() * MOST_BYTES_PER_BYTE, "{taken} bytes of memory for {}", text.len());
}

fn apply(engine: &mut Engine, body: Body) {
    let status = engine.apply(&body.into(), 0, EventMode::Drop).status;
    assert_eq!(status, Status::Applied);
}

fn define(engine: &mut Engine, sku: &str, components: Vec<Component>) {
    let components = (!components.is_empty()).then_some(Some(components));
    apply(engine, Body::DefineItem { sku, settings: ItemChange { components, ..ItemChange::default() } });
}

/// How many times its bytes a snapshot takes to read.
fn times(engine: &Engine) -> usize {
    let bytes = snapshot(engine);
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let twin = restore(&bytes).expect("it was just written");
    let taken = ALLOCATOR.peak_usage() - before;
    drop(twin);
    taken / bytes.len()
}

/// What is smallest in bytes and largest in memory, as SECURITY.md says it.
#[test]
fn a_large_snapshot_takes_memory_as_its_bytes_do() {
    let _counting = COUNTING.lock();
    let mut engine = Engine::new(EngineOptions::default());
    define(&mut engine, "a", Vec::new());
    let lines = vec![OrderLine::new("a", 1); 1_000];
    for order in 0..30 {
        let (order, lines) = (order.to_string(), (&lines).into());
        apply(&mut engine, Body::PlaceOrder { order: &order, lines, settings: OrderSettings::default() });
    }
    let of_lines = times(&engine);
    assert!(of_lines <= 50, "lines: {of_lines} times");

    let mut engine = Engine::new(EngineOptions::default());
    (0..20_000).for_each(|item| define(&mut engine, &item.to_string(), Vec::new()));
    let of_items = times(&engine);
    assert!(of_items <= 200, "items: {of_items} times");

    // A kit of the most items, and kits of that kit.
    let mut engine = Engine::new(EngineOptions::default());
    let component = |item: u32| Component { sku: item.to_string(), quantity: 1 };
    (0..1_000).for_each(|item| define(&mut engine, &item.to_string(), Vec::new()));
    define(&mut engine, "1000", (0..1_000).map(component).collect());
    (1_001..3_000_u32).for_each(|kit| define(&mut engine, &kit.to_string(), vec![component(kit - 1)]));
    let of_kits = times(&engine);
    assert!(of_kits <= 1_000, "kits: {of_kits} times");
}
