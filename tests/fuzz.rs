//! Every door that takes outside bytes or objects, gone through with inputs that were bent at random, by a seed and so
//! everywhere alike: no panic, an end within seconds, and no more heap than a small multiple of the input. What was
//! found once is kept in tests/fuzz/<door> and gone through first.
//!
//! `FUZZ_INPUTS=100000 cargo test --release --test fuzz` takes so many inputs a door.

mod fuzzing;
mod shops;

use fuzzing::{DOORS, driver};
use peak_alloc::PeakAlloc;
use std::path::Path;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The heap is everybody's, so the doors are gone through one after the other.
#[test]
fn no_input_is_a_panic_a_hang_or_a_flood() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    DOORS.iter().for_each(|door| driver::go_through(door, &kept, driver::inputs()));
}
