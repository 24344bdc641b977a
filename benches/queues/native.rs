//! Takes orders on standard input, a line each, and answers with a line:
//!
//! - `build LINES`: a new queue of so many waiting lines. Answer: `0 0 0`.
//! - `snapshot 0`: of the queue. Answer: 0, the bytes it takes, and 0.
//! - `OPERATION COUNT`: so many of it. Answer: nanoseconds, a sum over what the engine answered, and
//!   how many promises it moved.
//!
//! `cargo xtask bench --against` also listens to the workload of older commits, some of which leave out the last
//! number.

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;

use crate::workload::{Operation, Workload};

pub fn serve() -> Result<(), Box<dyn Error>> {
    let mut workload = Workload::new(0);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (word, count) = line.split_once(' ').ok_or("two words are wanted")?;
        let count: u32 = count.parse()?;
        let (elapsed, sum, moved) = match (word, Operation::named(word)) {
            (_, Some(operation)) => timed(&mut workload, operation, count),
            ("build", _) => {
                workload = Workload::new(count);
                workload.fill(count);
                (0, 0.0, 0)
            }
            ("snapshot", _) => (0, workload.snapshot_bytes() as f64, 0),
            _ => return Err(format!("there is no {word}").into()),
        };
        writeln!(std::io::stdout(), "{elapsed} {sum} {moved}")?;
    }
    Ok(())
}

fn timed(workload: &mut Workload, operation: Operation, count: u32) -> (u128, f64, u32) {
    workload.prepare(operation, count);
    let start = Instant::now();
    let sum = workload.run();
    (start.elapsed().as_nanos(), sum, workload.moved())
}
