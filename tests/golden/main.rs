//! Snapshots and logs of every version there was, kept as files and read forever: byte for byte what
//! they were, and the engines go on. What an altered one of them may do is in `tests/altered.rs`.
//!
//! Each is a story in `stories/`, written by the release whose format was new then. To add one, put
//! a story there and run `cargo test --test golden -- --ignored`, which writes what is not there yet
//! and changes nothing that is. A snapshot is in the folder of the version that it has: the first that
//! can say its state.
//!
//! What an engine that was read goes on to, by its log, is what this release's rules make of the same
//! commands. Where they change, and CHANGELOG.md says so, the file `.after` is removed and written anew;
//! the snapshots and the logs never.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod story;

use backorder::api::Journal;
use backorder::codec::{digest, restore, snapshot};
use backorder::engine::{Engine, Page};
use std::fs;
use std::path::{Path, PathBuf};
use story::Story;

/// The newest version that this release writes.
const VERSION: u32 = 4;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// What is in a folder of golden files and ends like this, by name.
fn named(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let mut found: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    found.sort();
    found
}

/// The folders of all versions that were released or will be.
fn versions() -> Vec<PathBuf> {
    (2..=VERSION).map(|version| folder().join(format!("v{version}"))).collect()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("it can be read")
}

fn story_of(golden: &Path) -> Story {
    let name = golden.file_stem().expect("it has a name");
    Story::read(&text(&folder().join("stories").join(name).with_extension("story")))
}

/// What a golden file is held to besides its bytes.
fn facts(engine: &Engine) -> String {
    let mut facts = format!("digest {}\nat {}\n", digest(engine), engine.last_instant());
    let all = Page { offset: 0, limit: u64::MAX };
    for (sku, _) in engine.items(all) {
        let it = engine.position(sku, None).expect("it is known");
        facts += &format!(
            "{sku}: {} on hand, {} allocated, {} held, {} coming, {} waited for by {} lines\n",
            it.on_hand, it.allocated, it.held, it.incoming, it.backordered, it.waiting_lines
        );
    }
    let (orders, metrics) = (engine.orders(all, None).len(), engine.metrics(engine.last_instant()));
    let kept = engine.kept_events(u64::MAX).len();
    facts += &format!(
        "{orders} orders; promises: {} made, {} moved, {} broken; {} units refused; {kept} events kept\n",
        metrics.promises_made, metrics.promises_moved, metrics.promises_broken, metrics.refused_units
    );
    facts
}

/// The log of what a story goes on with, and the engine after it.
fn continued(engine: Engine, story: &Story) -> (Vec<u8>, Engine) {
    let mut log = Vec::new();
    let mut journal = Journal::begin(engine, &mut log);
    story.then.iter().for_each(|step| step.play(&mut journal, &mut log));
    (log, journal.into_engine())
}

#[test]
fn every_golden_snapshot_is_read_and_written_again_as_it_is() {
    for version in versions() {
        let goldens = named(&version, "bin");
        assert!(goldens.len() >= 2, "they are there");
        for path in goldens {
            let bytes = fs::read(&path).expect("it can be read");
            let engine = restore(&bytes).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            assert_eq!(facts(&engine), text(&path.with_extension("facts")), "{path:?}");
            assert!(snapshot(&engine) == bytes, "{path:?}");
            assert!(version.ends_with(format!("v{}", bytes[4])), "{path:?}");
        }
    }
}

/// Its log says so, and what it says is played again by every release.
#[test]
fn every_golden_engine_goes_on_and_every_golden_log_is_played() {
    for path in versions().iter().flat_map(|version| named(version, "log")) {
        let (bytes, log) = (fs::read(path.with_extension("bin")), fs::read(&path).expect("it can be read"));
        let bytes = bytes.expect("it can be read");
        let told = Journal::recover(&bytes, &log).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!((told.records as usize, told.torn_bytes), (story_of(&path).then.len(), 0), "{path:?}");
        let engine = told.journal.into_engine();
        assert_eq!(facts(&engine), text(&path.with_extension("after")), "{path:?}");
        let (again, twin) = continued(restore(&bytes).expect("it was just read"), &story_of(&path));
        assert_eq!((again, digest(&twin)), (log, digest(&engine)), "{path:?}");
    }
}

/// Writes the golden files that stories have not yet in the format of this release.
#[test]
#[ignore = "writes the files that are not there yet"]
fn write_golden_files() {
    for path in named(&folder().join("stories"), "story") {
        let story = Story::read(&text(&path));
        let (name, engine) = (path.file_stem().expect("it has a name"), story.engine());
        let version = folder().join(format!("v{}", snapshot(&engine)[4]));
        write_new(&version.join(name).with_extension("bin"), &snapshot(&engine));
        // The same story may have been told in earlier versions.
        for golden in versions().iter().map(|version| version.join(name).with_extension("bin")) {
            let Ok(bytes) = fs::read(&golden) else { continue };
            let engine = restore(&bytes).expect("it can be read");
            write_new(&golden.with_extension("facts"), facts(&engine).as_bytes());
            let (log, after) = continued(engine, &story);
            write_new(&golden.with_extension("log"), &log);
            write_new(&golden.with_extension("after"), facts(&after).as_bytes());
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) {
    if path.exists() {
        println!("{path:?} is there, and stays as it is");
        return;
    }
    fs::write(path, bytes).expect("it can be written");
}
