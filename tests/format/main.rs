//! Readers of snapshots and logs that were written from `docs/FORMAT.md` alone: they share nothing with
//! `src/codec`, consume every byte of the golden files, and come to what is known of them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod log;
mod sheet;
mod snapshot;
mod walker;
#[path = "../workload/mod.rs"]
mod workload;

use snapshot::{Figures, Snapshot};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The golden files, each in the folder of its version.
const GOLDEN: [&str; 10] = [
    "v2/empty",
    "v2/corner-shop",
    "v2/department-store",
    "v3/department-store",
    "v3/suppliers",
    "v4/rush",
    "v4/rush-of-suppliers",
    "v4/calendars",
    "v4/export",
    "v4/delays",
];

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn read(name: &str) -> Snapshot {
    snapshot::read(&fs::read(golden(name)).expect("it is there"))
}

fn fact(name: &str, of: &str) -> String {
    let facts = fs::read_to_string(golden(name)).expect("it is there");
    let line = facts.lines().find_map(|line| line.strip_prefix(&format!("{of} ")));
    line.expect("it is told").to_string()
}

#[test]
fn the_document_is_enough_to_read_every_golden_snapshot() {
    for name in GOLDEN {
        let snapshot = read(&format!("{name}.bin"));
        assert_eq!(snapshot.digest, fact(&format!("{name}.facts"), "digest"), "{name}");
        assert!(name.starts_with(&format!("v{}/", snapshot.version)), "{name}");
    }
}

#[test]
fn what_is_read_is_what_happened() {
    let empty = read("v2/empty.bin");
    assert_eq!((empty.id.as_str(), empty.seed, empty.figures), ("", 0, Figures::default()));
    let corner = read("v2/corner-shop.bin");
    assert_eq!((corner.id.as_str(), corner.seed, corner.at), ("corner shop", u64::MAX, 90_000_000));
    let store = read("v2/department-store.bin");
    assert_eq!((store.id.as_str(), store.seed, store.at), ("department store", 7, 432_000_000));
    // What the engine said beside them: units by item, summed; and what it never says, by hand.
    let corner_figures = Figures {
        on_hand: 11,
        coming: 20,
        set_aside: 7,
        waiting: 6,
        orders: 5,
        promises: [8, 3, 2],
        refused_units: 0,
        events: 31,
    };
    assert_eq!(corner.figures, corner_figures);
    let store_figures = Figures {
        on_hand: 27,
        coming: 52,
        set_aside: 15,
        waiting: 63,
        orders: 13,
        promises: [17, 4, 5],
        refused_units: 3,
        events: 60,
    };
    assert_eq!(store.figures, store_figures);
}

/// Between them the golden files have everything that a snapshot may have.
#[test]
fn the_golden_files_use_every_part_of_the_format() {
    let mut seen = BTreeSet::new();
    GOLDEN.iter().for_each(|name| seen.append(&mut read(&format!("{name}.bin")).seen));
    let missing: Vec<&str> = snapshot::ALL.split(", ").filter(|part| !seen.contains(part)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_document_is_enough_to_read_every_golden_log() {
    for name in GOLDEN {
        let bytes = fs::read(golden(&format!("{name}.log"))).expect("it is there");
        let log = log::read(&bytes);
        assert_eq!(log.digest, fact(&format!("{name}.facts"), "digest"), "{name}");
        let (_, story) = name.split_once('/').expect("it is in a folder");
        let story = format!("stories/{story}.story");
        let story = fs::read_to_string(golden(&story)).expect("it is there");
        let (_, then) = story.split_once("\nthen\n").expect("it goes on");
        assert_eq!(log.records, then.lines().count(), "{name}");
    }
}
