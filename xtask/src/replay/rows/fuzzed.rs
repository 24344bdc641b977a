//! Files bent at random, as tests/fuzz.rs bends what the library takes.

use super::Book;
use door::{Door, MOST_BYTES};
use random::Random;
use std::path::Path;

#[path = "../../../../tests/fuzzing/bytes.rs"]
mod bytes;
#[path = "../../../../tests/fuzzing/door.rs"]
mod door;
#[path = "../../../../tests/fuzzing/driver.rs"]
mod driver;
#[path = "../../../../tests/fuzzing/order_lines.rs"]
mod order_lines;
#[expect(dead_code, reason = "the shops' part of it")]
#[path = "../../../../tests/workload/random.rs"]
mod random;

#[test]
fn no_file_is_a_panic_a_hang_or_a_flood() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fuzz");
    driver::go_through(&order_lines::DOOR, &kept, driver::inputs());
}
