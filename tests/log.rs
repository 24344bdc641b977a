//! A log and the snapshot that it follows are the engine again: after any history, and cut anywhere.
//! What was altered is refused, at its place.

#![allow(clippy::expect_used, reason = "a test that can't go on has failed")]

mod workload;

use backorder::api::{Journal, Recovered, RecoveryError, command_json, decode, value};
use backorder::codec::log::{Entry, LogError, LogReader, LogWriter};
use backorder::codec::{digest, restore, snapshot};
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::Body;
use backorder::model::outcome::{EventMode, Status};
use workload::{Random, Step, history, sharing_history};

/// The head of a log.
const HEAD_BYTES: usize = 32;

/// A snapshot in the middle of a history, the log of the rest, and what it went through.
struct Told {
    snapshot: Vec<u8>,
    log: Vec<u8>,
    /// Where each record ends and the digest there; the first is the log's head.
    ends: Vec<(usize, String)>,
    journal: Journal,
}

/// Plays a history, its first third before the snapshot; now and then kept events are taken.
fn told(seed: u64, history: &[Step]) -> Told {
    let mut random = Random::new(seed);
    let mut engine = Engine::new(EngineOptions { id: "shop".into(), seed, ..EngineOptions::default() });
    let (before, after) = history.split_at(history.len() / 3);
    for step in before {
        engine.apply(&step.command, step.now, EventMode::Keep);
    }
    let (snapshot, mut log) = (snapshot(&engine), Vec::new());
    let mut journal = Journal::begin(engine, &mut log);
    let mut ends = vec![(log.len(), digest(journal.engine()))];
    let mut note = |log: &Vec<u8>, engine: &Engine| {
        let last = ends.last_mut().expect("the head is the first");
        match log.len() == last.0 {
            true => assert_eq!(last.1, digest(engine), "what leaves no record changes nothing"),
            false => ends.push((log.len(), digest(engine))),
        }
    };
    for step in after {
        let mode = random.pick(&[EventMode::Keep, EventMode::Return, EventMode::Drop]);
        journal.apply(&step.command, step.now, mode, &mut log);
        note(&log, journal.engine());
        if random.percent(10) {
            journal.drain_events(random.below(5), &mut log);
            note(&log, journal.engine());
        }
    }
    Told { snapshot, log, ends, journal }
}

fn recovered(told: &Told, log: &[u8]) -> Recovered {
    Journal::recover(&told.snapshot, log).expect("it is whole but for its end")
}

/// The figures that a refusal leaves are in the snapshot, too.
#[test]
fn snapshot_and_log_are_the_engine_again() {
    let (mut records, mut quiet) = (0, 0);
    for seed in 0..300 {
        for history in [history(seed, 120), sharing_history(seed, 120)] {
            let told = told(seed, &history);
            let again = recovered(&told, &told.log);
            assert_eq!((again.whole_bytes, again.torn_bytes), (told.log.len() as u64, 0));
            assert_eq!(again.records as usize, told.ends.len() - 1);
            assert_eq!(snapshot(again.journal.engine()), snapshot(told.journal.engine()), "seed {seed}");
            let mut reader = LogReader::open(&told.log, &restore(&told.snapshot).unwrap()).unwrap();
            records += again.records;
            quiet += reader.by_ref().filter(|it| matches!(it.unwrap().entry, Entry::Time { .. })).count();
        }
    }
    assert!(records > 20_000 && quiet > 1_000, "{records} records, {quiet} of them of time alone");
}

/// Every command that is applied is read back from its text as it was.
#[test]
fn a_command_is_its_text() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..400 {
        let mut engine = Engine::new(EngineOptions::default());
        for step in [history(seed, 100), sharing_history(seed, 100)].concat() {
            if engine.apply(&step.command, step.now, EventMode::Drop).status != Status::Applied {
                continue;
            }
            let text = command_json(&step.command);
            let parsed = value::read(&mut serde_json::Deserializer::from_str(&text)).unwrap();
            let read = decode::command(&parsed).expect("it is a command");
            assert_eq!(format!("{read:?}"), format!("{:?}", step.command), "{text}");
            seen.insert(step.command.body.kind());
        }
    }
    assert_eq!(seen.len(), 24, "{seen:?}");
}

/// Wherever the log is cut, all whole records count and no other; and the log goes on from there.
#[test]
fn a_log_cut_anywhere_ends_with_its_last_whole_record() {
    for seed in 0..12 {
        let told = told(seed, &history(seed, 60));
        for cut in HEAD_BYTES..=told.log.len() {
            let again = recovered(&told, &told.log[..cut]);
            let whole = told.ends.iter().rposition(|(end, _)| *end <= cut).unwrap();
            let (end, expected) = &told.ends[whole];
            assert_eq!((again.records as usize, again.whole_bytes as usize), (whole, *end), "cut at {cut}");
            assert_eq!(again.torn_bytes as usize, cut - end);
            assert_eq!(digest(again.journal.engine()), *expected, "cut at {cut}");
        }
    }
}

/// What a file system leaves of an append that it never finished: the file is as long as it would be,
/// or longer, and from some byte on all zeros.
#[test]
fn a_last_record_of_zeros_is_torn() {
    let told = told(3, &history(3, 60));
    let (end, expected) = &told.ends[told.ends.len() - 2];
    for written in *end..told.log.len() {
        for length in [told.log.len(), told.log.len() + 4_096] {
            let mut log = told.log[..written].to_vec();
            log.resize(length, 0);
            let again = recovered(&told, &log);
            assert_eq!(
                (again.whole_bytes as usize, digest(again.journal.engine())),
                (*end, expected.clone())
            );
        }
    }
    let mut padded = told.log.clone();
    padded.resize(padded.len() + 100, 0);
    assert_eq!(
        (recovered(&told, &padded).records as usize, recovered(&told, &padded).torn_bytes),
        (told.ends.len() - 1, 100)
    );
}

/// One alteration alone can't be told from a tear: that of the last byte of all to zero.
#[test]
fn a_log_altered_anywhere_is_refused_at_its_record() {
    let told = told(5, &history(5, 60));
    for at in 0..told.log.len() {
        let flips: Vec<u8> =
            if at < 400 || told.log.len() - at < 400 { (1..=255).collect() } else { vec![1, 16, 128] };
        for flip in flips {
            let mut log = told.log.clone();
            log[at] ^= flip;
            if at + 1 == log.len() && log[at] == 0 {
                assert_eq!(recovered(&told, &log).records as usize, told.ends.len() - 2);
                continue;
            }
            let error = Journal::recover(&told.snapshot, &log).map(|it| it.records).unwrap_err();
            let RecoveryError::Log(error) = error else { panic!("{error}") };
            let begins = told.ends.iter().rev().map(|(end, _)| *end).find(|end| *end <= at);
            match (error, begins) {
                (LogError::Corrupt { at: told, .. }, Some(begins)) => {
                    assert_eq!(told as usize, begins, "byte {at}")
                }
                (LogError::Corrupt { at: told, .. }, None) => {
                    assert!(told as usize <= HEAD_BYTES, "byte {at}")
                }
                (LogError::Unsupported { .. }, None) => assert!((4..8).contains(&at)),
                other => panic!("byte {at}: {other:?}"),
            }
        }
    }
}

/// Records that are whole in themselves are refused where they don't belong.
#[test]
fn records_out_of_their_place_are_refused() {
    let told = told(7, &history(7, 60));
    let record = |number: usize| &told.log[told.ends[number - 1].0..told.ends[number].0];
    let head = &told.log[..HEAD_BYTES];
    let cases = [
        [head, record(2)].concat(),
        [head, record(1), record(1)].concat(),
        [head, record(1), record(3)].concat(),
        [head, record(1), &[7; 40]].concat(),
    ];
    for log in &cases {
        let error = Journal::recover(&told.snapshot, log).map(|it| it.records).unwrap_err();
        let at = if log.len() == HEAD_BYTES + record(2).len() { told.ends[0].0 } else { told.ends[1].0 };
        let what = "the checksum of a record's head does not match";
        assert_eq!(error, RecoveryError::Log(LogError::Corrupt { at: at as u64, what }));
    }
    let other = snapshot(told.journal.engine());
    let of_another = Journal::recover(&other, &told.log).map(|it| it.records);
    assert_eq!(of_another.unwrap_err(), RecoveryError::Log(LogError::OtherSnapshot));
    for cut in 0..HEAD_BYTES {
        let error = Journal::recover(&told.snapshot, &told.log[..cut]).map(|it| it.records).unwrap_err();
        assert!(
            matches!(error, RecoveryError::Log(LogError::Corrupt { what: "ends too early", .. })),
            "{cut}"
        );
    }
}

/// After a crash the log goes on where it was cut, and is again the log of one history.
#[test]
fn a_log_goes_on_after_a_crash() {
    for seed in 0..20 {
        let history = history(seed, 90);
        let whole = told(seed, &history[..60]);
        let mut log = whole.log[..whole.log.len() - 1].to_vec();
        let Recovered { mut journal, whole_bytes, .. } = recovered(&whole, &log);
        log.truncate(whole_bytes as usize);
        for step in &history[60..] {
            journal.apply(&step.command, step.now, EventMode::Keep, &mut log);
        }
        let again = recovered(&whole, &log);
        assert_eq!(snapshot(again.journal.engine()), snapshot(journal.engine()), "seed {seed}");
    }
}

/// What another release may have written, or somebody who can make checksums: refused at its record.
#[test]
fn records_that_say_nothing_are_refused() {
    let engine = Engine::new(EngineOptions::default());
    let of_text = |text: &str| {
        let mut log = Vec::new();
        let mut writer = LogWriter::begin(&engine, &mut log);
        writer.append(0, Entry::Command { text: r#"{"type":"tick"}"#, kept: false }, &mut log);
        let at = log.len() as u64;
        writer.append(0, Entry::Command { text, kept: false }, &mut log);
        (at, Journal::recover(&snapshot(&engine), &log).map(|it| it.records))
    };
    assert_eq!(of_text(r#"{"type":"tick"}"#).1.unwrap(), 2);
    let unknown = command_json(&Body::ReleaseHold { hold: "h" }.into());
    for (text, what) in [
        ("", "text that is no command"),
        ("{", "text that is no command"),
        ("[]", "text that is no command"),
        (r#"{"type":"fly"}"#, "text that is no command"),
        (&unknown, "a command that is not applied here"),
    ] {
        let (at, told) = of_text(text);
        assert_eq!(told.unwrap_err(), RecoveryError::Log(LogError::Corrupt { at, what }), "{text}");
    }
}
