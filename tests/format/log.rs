//! A log, by the section of the document on it.

use super::walker::Walker;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

pub struct Log {
    pub digest: String,
    pub records: usize,
}

pub fn read(log: &[u8]) -> Log {
    let mut from = Walker(log);
    assert_eq!(from.bytes(4), b"BKOL");
    assert_eq!(from.u32(), 1);
    let digest = from.bytes(16).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut link = from.u64();
    assert_eq!(link, xxh3_64(&log[..24]));
    let (mut records, mut last) = (0, 0);
    while !from.0.is_empty() {
        let record = from.0;
        let length = from.u64() as usize;
        records += 1;
        assert_eq!(from.u64(), records as u64);
        assert_eq!(from.u64(), xxh3_64_with_seed(&record[..16], link));
        let now = body(Walker(from.bytes(length)));
        assert!(last <= now);
        last = now;
        link = xxh3_64_with_seed(&record[..24 + length], link) | 1 << 63;
        assert_eq!(from.u64(), link);
    }
    Log { digest, records }
}

/// The answer is its instant.
fn body(mut from: Walker) -> u64 {
    let now = from.safe();
    match from.byte() {
        0 | 4 => {
            let command: serde_json::Value = serde_json::from_slice(from.0).expect("it is JSON");
            assert!(command["type"].is_string());
            return now;
        }
        1 | 2 | 5 => from.number(),
        other => panic!("{other} is no kind of record"),
    };
    assert!(from.0.is_empty());
    now
}
