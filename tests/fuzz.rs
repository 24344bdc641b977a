//! Every door that takes outside bytes or objects, gone through with inputs that were bent at random, by a seed and so
//! everywhere alike: no panic, an end within seconds, and no more heap than a small multiple of the input. What was
//! found once is kept in tests/fuzz/<door> and gone through first.
//!
//! `FUZZ_INPUTS=100000 cargo test --release --test fuzz` takes so many inputs a door.

mod fuzzing;
mod shops;

use fuzzing::{DOORS, Door};
use peak_alloc::PeakAlloc;
use shops::Random;
use std::path::Path;
use std::time::{Duration, Instant};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What an input of no bytes may take: the engine that is there already, copied, and what it is looked at with.
const HEAP_AT_REST_BYTES: usize = 1 << 19;

/// On a busy machine, in a debug build.
const MOST_TIME: Duration = Duration::from_secs(20);

/// What inputs of a door came to.
#[derive(Default)]
struct Tally {
    inputs: u64,
    taken: u64,
    slowest: Duration,
    /// The most heap for a byte beyond what there is at rest.
    heap_factor: usize,
}

impl Tally {
    fn enter(&mut self, door: &Door, input: &[u8]) {
        HEAP.reset_peak_usage();
        let (before, begun) = (HEAP.current_usage(), Instant::now());
        self.taken += u64::from((door.enter)(input));
        let (time, heap) = (begun.elapsed(), HEAP.peak_usage() - before);
        self.inputs += 1;
        self.slowest = self.slowest.max(time);
        self.heap_factor = self.heap_factor.max(heap.saturating_sub(HEAP_AT_REST_BYTES) / input.len().max(1));
        assert!(time < MOST_TIME, "{time:?} for {} bytes", input.len());
        let most = HEAP_AT_REST_BYTES + door.heap_factor * input.len();
        assert!(heap <= most, "{heap} bytes of heap for {} bytes", input.len());
    }
}

/// Says which input it was, when it panics.
struct Witness<'i> {
    door: &'static str,
    input: &'i [u8],
}

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let path = std::env::temp_dir().join(["backorder-", self.door, ".input"].concat());
            let kept = std::fs::write(&path, self.input);
            println!("{}: the input is in {} ({kept:?})", self.door, path.display());
        }
    }
}

fn entered(tally: &mut Tally, door: &Door, input: &[u8]) {
    let _witness = Witness { door: door.name, input };
    tally.enter(door, input);
}

/// The heap is everybody's, so the doors are gone through one after the other.
#[test]
fn no_input_is_a_panic_a_hang_or_a_flood() {
    let inputs = std::env::var("FUZZ_INPUTS").map_or(3_000, |inputs| inputs.parse().expect("a number"));
    for door in DOORS {
        let mut tally = Tally::default();
        for input in kept(door.name) {
            entered(&mut tally, door, &input);
        }
        let seeds = (door.seeds)();
        for seed in &seeds {
            entered(&mut tally, door, seed);
        }
        let mut random = Random::new(0xf0_22);
        for _ in 0..inputs {
            let mut input = random.pick(&seeds);
            (door.bend)(&mut random, &mut input);
            entered(&mut tally, door, &input);
        }
        let Tally { inputs, taken, slowest, heap_factor } = tally;
        println!(
            "{}: {inputs} inputs, {taken} taken, {slowest:?} at most, {heap_factor} bytes a byte",
            door.name
        );
        assert!(taken > inputs / 50, "{}: hardly anything gets in: {taken} of {inputs}", door.name);
    }
}

/// Inputs that were found once.
fn kept(door: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(door);
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    paths.filter_map(|path| std::fs::read(path).ok()).collect()
}
