//! The doors that take outside bytes or objects, each as one function of bytes that panics where the door breaks its
//! word, and what bends valid inputs for it. `tests/fuzz.rs` goes through them everywhere, by the seed; `fuzz/` has
//! libFuzzer go through them where there is a nightly toolchain.
#![allow(dead_code, reason = "each who drives the doors uses its part of them")]

pub mod bytes;
pub mod columns;
pub mod decode;
pub mod json;
pub mod snapshot;
mod text;

use crate::shops::{self, Random, Step};
use backorder::api::door::apply_json;
use backorder::engine::{Engine, EngineOptions};

/// One way in.
pub struct Door {
    pub name: &'static str,
    /// Valid inputs.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Changes an input so that it is still nearly one.
    pub bend: fn(&mut Random, &mut Vec<u8>),
    /// Goes through it, and says whether anything was taken in.
    pub enter: fn(&[u8]) -> bool,
    /// The most bytes of heap for each byte of the input, beside those for none.
    pub heap_factor: usize,
}

/// All but the one of `cargo xtask replay`, which is not the library's.
pub const DOORS: &[Door] = &[snapshot::DOOR, json::DOOR, decode::DOOR, columns::DOOR];

/// No input is longer: what a door costs may grow with the input, but the time for it is shared.
pub const MOST_BYTES: usize = 1 << 15;

/// An engine that has been through so many commands of the shop of a seed.
pub fn engine_after(seed: u64, commands: usize) -> Engine {
    let mut steps = Vec::new();
    shops::shop(seed, commands, &mut steps);
    let mut engine = Engine::new(EngineOptions::default());
    for step in steps {
        if let Step::Apply { now, text, .. } = step {
            // What is no command is refused, and the shop goes on.
            let _ = apply_json(&mut engine, &text, now);
        }
    }
    engine
}

/// The commands of some shops, a call each.
pub fn calls(shops: std::ops::Range<u64>, commands: usize) -> Vec<String> {
    let mut steps = Vec::new();
    shops.for_each(|seed| shops::shop(seed, commands, &mut steps));
    let text = |step| match step {
        Step::Apply { text, .. } => Some(text),
        _ => None,
    };
    steps.into_iter().filter_map(text).collect()
}
