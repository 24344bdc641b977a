//! `cargo xtask bench`: queues of a thousand to a million waiting lines, beside two careful JavaScript queues.

mod contestants;
mod programs;
mod report;
mod rounds;
mod samples;

use crate::build;
use crate::failure::Failure;
use crate::progress::Steps;
use crate::tools::Project;
use contestants::{Contestant, Field};
use programs::{HeapCounter, Workload};
use report::Heap;
use samples::Samples;

const USAGE: &str = "usage: cargo xtask bench [--quick]";

/// The lines that wait.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// Measures, prints, and fails when a bound does not hold.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let rounds = match args {
        [] => 41,
        [quick] if quick == "--quick" => 9,
        _ => return Err(Failure::from(USAGE.to_string())),
    };
    beside_javascript(&Project::find()?, rounds)
}

/// The engine beside JavaScript.
fn beside_javascript(project: &Project, rounds: u32) -> Result<(), Failure> {
    build::package(project)?;
    let mut steps = Steps::new(1 + Workload::STEPS);
    let counter = HeapCounter::build(project, &mut steps)?;
    let workload = Workload::build(project, project, "workload", &mut steps)?;
    let commands = Contestant::ALL.map(|contestant| {
        let command = match contestant {
            Contestant::Native => Ok(workload.native()),
            Contestant::Wasm => workload.wasm(),
            other => workload.script(other.name()),
        };
        Ok((contestant, command?))
    });
    let mut field = Field::start(commands.into_iter().collect::<Result<Vec<_>, Failure>>()?)?;
    let turns: rounds::Turns<'_> = &[&Contestant::ALL];
    let (mut samples, mut heaps) = (Samples::default(), Vec::new());
    let mut steps = Steps::new(1 + SIZES.len());
    steps.step("warm-up", |step| rounds::warm_up(&mut field, turns, step))?;
    for lines in SIZES {
        steps.step(&format!("{lines} lines"), |step| {
            let wasm = field.fill(lines)?;
            heaps.push(Heap { lines, native: 0, wasm, snapshot: field.snapshot()? });
            rounds::measure(&mut field, turns, lines, rounds, &mut samples, step)
        })?;
    }
    drop(field);
    for heap in &mut heaps {
        heap.native = counter.count(heap.lines)?;
    }
    println!("{}", report::times(&samples)?);
    println!("{}", report::bytes(&heaps));
    report::hold(&report::bounds(&samples)?)
}
