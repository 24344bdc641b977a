//! Goes through a door with kept inputs, valid ones and bent ones. Where it is used, PeakAlloc is the allocator, and
//! little else runs beside it.

use super::Random;
use super::door::Door;
use peak_alloc::PeakAlloc;
use std::path::Path;
use std::time::{Duration, Instant};

const HEAP: PeakAlloc = PeakAlloc;

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
    fn witnessed(&mut self, door: &Door, input: &[u8]) {
        let _witness = Witness { door: door.name, input };
        self.enter(door, input);
    }

    fn enter(&mut self, door: &Door, input: &[u8]) {
        let most = HEAP_AT_REST_BYTES + door.heap_factor * input.len();
        let begun = Instant::now();
        let (is_taken, mut heap) = counted(door, input);
        let time = begun.elapsed();
        // Where other tests run beside this one, they may have been at the heap too.
        for _ in 0..3 {
            if heap > most {
                heap = counted(door, input).1;
            }
        }
        self.inputs += 1;
        self.taken += u64::from(is_taken);
        self.slowest = self.slowest.max(time);
        self.heap_factor = self.heap_factor.max(heap.saturating_sub(HEAP_AT_REST_BYTES) / input.len().max(1));
        assert!(time < MOST_TIME, "{time:?} for {} bytes", input.len());
        assert!(heap <= most, "{heap} bytes of heap for {} bytes", input.len());
    }
}

/// Goes through once: whether it was taken in, and the heap that it took.
fn counted(door: &Door, input: &[u8]) -> (bool, usize) {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let is_taken = (door.enter)(input);
    (is_taken, HEAP.peak_usage().saturating_sub(before))
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

/// Goes through the door with so many bent inputs, after those of this directory of kept ones.
pub fn go_through(door: &Door, kept_inputs: &Path, inputs: u64) {
    let mut tally = Tally::default();
    let seeds = (door.seeds)();
    kept(&kept_inputs.join(door.name)).iter().chain(&seeds).for_each(|input| tally.witnessed(door, input));
    let mut random = Random::new(0xf0_22);
    for _ in 0..inputs {
        let mut input = random.pick(&seeds);
        (door.bend)(&mut random, &mut input);
        tally.witnessed(door, &input);
    }
    let Tally { inputs, taken, slowest, heap_factor } = tally;
    println!(
        "{}: {inputs} inputs, {taken} taken, {slowest:?} at most, {heap_factor} bytes a byte",
        door.name
    );
    assert!(taken > inputs / 50, "{}: hardly anything gets in: {taken} of {inputs}", door.name);
}

/// How many bent inputs a door gets.
pub fn inputs() -> u64 {
    std::env::var("FUZZ_INPUTS").ok().and_then(|inputs| inputs.parse().ok()).unwrap_or(5_000)
}

/// Inputs that were found once.
fn kept(directory: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    paths.filter_map(|path| std::fs::read(path).ok()).collect()
}
