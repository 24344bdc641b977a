//! `cargo xtask bench`: queues of a thousand to a million waiting lines, beside two careful JavaScript queues, or
//! beside those of another commit.

mod comparison;
mod contestants;
mod older;
mod programs;
mod report;
mod rounds;
mod samples;

use crate::build;
use crate::failure::Failure;
use crate::progress::Steps;
use crate::tools::Project;
use contestants::{Contestant, Field};
use programs::{HeapCounter, Slip, Workload};
use report::{Heap, Slipped};
use samples::Samples;

const USAGE: &str = "usage: cargo xtask bench [--against COMMIT] [--quick]\n\
                     COMMIT: measure that commit's engine and this checkout's side by side; fails when a quote or a \
                     placement takes more than a tenth longer";

/// The lines that wait.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// The lines that wait when a supply slips, and the supplies that are to come.
const SLIPS: [(u32, u32); 4] = [(10_000, 8), (1_000_000, 8), (10_000, 64), (1_000_000, 64)];

/// Measures, prints, and fails when a bound does not hold.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::read(args).map_err(|error| Failure::from(format!("{error}\n{USAGE}")))?;
    let project = Project::find()?;
    match (options.against, options.quick) {
        (None, quick) => beside_javascript(&project, if quick { 9 } else { 41 }),
        // A tenth is close to what a busy machine adds and takes away: more rounds.
        (Some(commit), quick) => comparison::run(&project, &commit, if quick { 41 } else { 201 }),
    }
}

#[derive(Debug, Default, PartialEq)]
struct Options {
    /// Another commit, by any name that git knows it by.
    against: Option<String>,
    /// Fewer rounds.
    quick: bool,
}

impl Options {
    fn read(args: &[String]) -> Result<Options, lexopt::Error> {
        use lexopt::prelude::*;
        let mut options = Options::default();
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next()? {
            match arg {
                Long("against") => options.against = Some(parser.value()?.string()?),
                Long("quick") => options.quick = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }
}

/// The engine beside JavaScript.
fn beside_javascript(project: &Project, rounds: u32) -> Result<(), Failure> {
    build::package(project)?;
    let mut steps = Steps::new(2 + Workload::STEPS);
    let counter = HeapCounter::build(project, &mut steps)?;
    let slip = Slip::build(project, &mut steps)?;
    let workload = Workload::build(project, project, "workload", &mut steps)?;
    let commands = Contestant::USUAL.map(|contestant| {
        let command = match contestant {
            Contestant::Native => Ok(workload.native()),
            Contestant::Wasm => workload.wasm(),
            other => workload.script(other.name()),
        };
        Ok((contestant, command?))
    });
    let mut field = Field::start(commands.into_iter().collect::<Result<Vec<_>, Failure>>()?)?;
    let turns: rounds::Turns<'_> = &[&Contestant::USUAL];
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
    let mut bounds = report::bounds(&samples)?;
    for (lines, supplies) in SLIPS {
        bounds.push(Slipped { lines, supplies, ms: slip.time(lines, supplies)? }.bound());
    }
    report::hold(&bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, lexopt::Error> {
        Options::read(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn every_option_is_read_and_nothing_else() {
        assert_eq!(read("").ok(), Some(Options::default()));
        assert_eq!(read("--quick").ok(), Some(Options { against: None, quick: true }));
        let both = Some(Options { against: Some("v0.1".to_string()), quick: true });
        assert_eq!(read("--quick --against v0.1").ok(), both);
        assert_eq!(read("--against=v0.1 --quick").ok(), both);
        for line in ["--against", "v0.1", "--fast", "--quick=1"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
