//! The heap that a queue takes: `cargo xtask bench` divides by its lines.
//!
//! `memory LINES` prints the bytes.

#[expect(dead_code, reason = "nothing is timed here")]
#[path = "queues/workload.rs"]
mod workload;

use peak_alloc::PeakAlloc;
use std::error::Error;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() -> Result<(), Box<dyn Error>> {
    let lines: u32 = std::env::args().nth(1).ok_or("how many lines?")?.parse()?;
    let mut workload = workload::Workload::new(lines);
    let before = HEAP.current_usage();
    workload.fill(lines);
    println!("{}", HEAP.current_usage() - before);
    Ok(())
}
