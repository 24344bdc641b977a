//! `cargo xtask bench`: queues of a thousand to a million waiting lines, beside two careful JavaScript queues.

mod contestants;
mod report;
mod samples;

use crate::failure::Failure;
use crate::tools::Project;
use contestants::{Contestant, Field, Heap, Operation};
use samples::Samples;

const USAGE: &str = "usage: cargo xtask bench [--quick]";

/// The lines that wait.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// Rounds whose times are not kept: JavaScript is compiled as it runs, and caches have to fill.
const WARM_UP: u32 = 3;

/// Lines that wait while the compilers of JavaScript and wasm learn the work: a size of its own.
const WARM_UP_LINES: u32 = 2_000;

/// Reads in one round.
const READS: u32 = 2_000;

/// Orders placed, and then as many cancelled, so many times in one round.
const BATCH: u32 = 100;
const BATCHES: u32 = 10;

/// Measures, prints, and fails when a bound does not hold.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let rounds = match args {
        [] => 41,
        [quick] if quick == "--quick" => 9,
        _ => return Err(Failure::from(USAGE.to_string())),
    };
    let project = Project::find()?;
    let stage = contestants::prepare(&project)?;
    let mut field = stage.enter()?;
    let mut samples = Samples::default();
    let mut heaps = Vec::new();
    warm_up(&mut field)?;
    for lines in SIZES {
        eprintln!("{lines} lines ...");
        heaps.push(measure(&mut field, lines, rounds, &mut samples)?);
    }
    drop(field);
    for (lines, heap) in SIZES.into_iter().zip(&mut heaps) {
        heap.native = stage.native_heap(lines)?;
    }
    println!("{}", report::times(&samples)?);
    println!("{}", report::bytes(&heaps));
    let bounds = report::bounds(&samples)?;
    for bound in &bounds {
        println!("{bound}");
    }
    match bounds.iter().filter(|bound| !bound.holds()).count() {
        0 => Ok(()),
        broken => Err(Failure::from(format!("{broken} of {} bounds do not hold", bounds.len()))),
    }
}

/// The compilers of JavaScript and wasm see the work often enough to do their best at it.
fn warm_up(field: &mut Field) -> Result<(), Failure> {
    let mut ignored = Samples::default();
    measure(field, WARM_UP_LINES, 20, &mut ignored).map(drop)
}

/// Every contestant in turn, round by round, so that what else the machine does falls on all alike.
fn measure(field: &mut Field, lines: u32, rounds: u32, samples: &mut Samples) -> Result<Heap, Failure> {
    let mut heap = Heap { lines, ..Heap::default() };
    for contestant in Contestant::ALL {
        let grown = field.build(contestant, lines)?;
        if contestant == Contestant::Wasm {
            heap.wasm = grown;
        }
    }
    heap.snapshot = field.snapshot()?;
    let mut cancelled = 0;
    for round in 0..WARM_UP + rounds {
        if cancelled >= lines {
            // What is gone is remembered for ever. A queue of a thousand lines is not measured among a million ids.
            Contestant::ALL.iter().try_for_each(|&contestant| field.build(contestant, lines).map(drop))?;
            cancelled = 0;
        }
        for contestant in Contestant::ALL {
            let times = play(field, contestant)?;
            if round >= WARM_UP {
                samples.add(contestant, lines, times);
            }
        }
        cancelled += BATCH * BATCHES;
        field.agree()?;
    }
    Ok(heap)
}

/// One round of one contestant: nanoseconds of each operation.
fn play(field: &mut Field, contestant: Contestant) -> Result<[f64; 4], Failure> {
    let mut times = [0.0; 4];
    times[Operation::Quote as usize] = field.run(contestant, Operation::Quote, READS)? / f64::from(READS);
    times[Operation::Position as usize] =
        field.run(contestant, Operation::Position, READS)? / f64::from(READS);
    for _ in 0..BATCHES {
        for operation in [Operation::Place, Operation::Cancel] {
            let time = field.run(contestant, operation, BATCH)?;
            times[operation as usize] += time / f64::from(BATCH * BATCHES);
        }
    }
    Ok(times)
}
