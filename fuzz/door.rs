//! One of the doors under libFuzzer, named by the environment variable DOOR. `cargo xtask fuzz` starts it.

#![no_main]

#[path = "../tests/fuzzing/mod.rs"]
mod fuzzing;
#[path = "../tests/fuzzing/order_lines.rs"]
mod order_lines;
#[expect(dead_code, reason = "only what reads the rows is a door")]
#[path = "../xtask/src/replay/rows/mod.rs"]
mod rows;
#[path = "../tests/shops/mod.rs"]
mod shops;

use fuzzing::{DOORS, Door, Random, bytes};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use rows::Book;
use std::path::Path;
use std::sync::LazyLock;

static DOOR: LazyLock<&Door> = LazyLock::new(|| {
    let name = std::env::var("DOOR").unwrap_or_default();
    let all = DOORS.iter().chain([&order_lines::DOOR]);
    let door = all.into_iter().find(|door| door.name == name);
    let door = door.unwrap_or_else(|| panic!("there is no door {name}"));
    if let Ok(corpus) = std::env::var("SEEDS") {
        write_seeds(door, Path::new(&corpus));
    }
    door
});

/// libFuzzer reads its corpus before it first asks for anything: the seeds are for the run after this one.
fn write_seeds(door: &Door, corpus: &Path) {
    for (number, seed) in (door.seeds)().iter().enumerate() {
        std::fs::write(corpus.join(format!("seed-{number}")), seed).expect("the corpus can be written");
    }
}

fuzz_target!(|bytes: &[u8]| {
    (DOOR.enter)(bytes);
});

// Half of the inputs are bent as the stable tests bend them, which know what they are.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(2) {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut bytes = data[..size].to_vec();
    (DOOR.bend)(&mut Random::new(seed.into()), &mut bytes);
    bytes.truncate(max_size);
    data[..bytes.len()].copy_from_slice(&bytes);
    bytes.len()
});
