//! `cargo xtask bench --against COMMIT`: whether quotes and placements became slower.

use std::fmt::Write;

use super::SIZES;
use super::contestants::{Contestant, Field, Operation};
use super::older::Commit;
use super::programs::Workload;
use super::report::{self, Bound};
use super::rounds::{self, Turns};
use super::samples::Samples;
use crate::build;
use crate::failure::Failure;
use crate::progress::Steps;
use crate::tools::Project;

/// The new time to the old.
const SLOWER: f64 = 1.1;

/// What must not become slower. The others are printed.
const HELD: [Operation; 2] = [Operation::Quote, Operation::Place];

/// Where it is measured: old and new.
const HOSTS: [(Contestant, Contestant); 2] =
    [(Contestant::OldNative, Contestant::Native), (Contestant::OldWasm, Contestant::Wasm)];

/// Whoever comes second finds other caches than the first: the two take it in turns.
const TURNS: Turns<'static> = &[
    &[Contestant::OldNative, Contestant::Native, Contestant::OldWasm, Contestant::Wasm],
    &[Contestant::Native, Contestant::OldNative, Contestant::Wasm, Contestant::OldWasm],
];

/// Measures, prints, and fails when something became slower.
pub(crate) fn run(project: &Project, commit: &str, rounds: u32) -> Result<(), Failure> {
    let commit = Commit::named(project, commit)?;
    println!("old: {}\nnew: the checkout as it stands", commit.hash);
    let mut field = enter(project, &commit)?;
    let mut samples = Samples::default();
    let mut steps = Steps::new(1 + SIZES.len());
    steps.step("warm-up", |step| rounds::warm_up(&mut field, TURNS, step))?;
    for lines in SIZES {
        steps.step(&format!("{lines} lines"), |step| {
            field.fill(lines)?;
            rounds::measure(&mut field, TURNS, lines, rounds, &mut samples, step)
        })?;
    }
    println!("{}", table(&samples)?);
    println!(
        "\nnew / old is the median of {rounds} ratios, one of each round, not the ratio of the medians.\n"
    );
    report::hold(&bounds(&samples)?)
}

/// Builds both in the same way, and starts them.
fn enter(project: &Project, commit: &Commit) -> Result<Field, Failure> {
    let mut steps = Steps::new(4 + 2 * Workload::STEPS);
    steps.step("Rust's wasm32 target", build::rust_target)?;
    steps.step("development tools from npm", |step| build::dev_tools(project, step))?;
    steps.step(build::WASM_TOOL, |step| build::wasm_tool(project, step))?;
    let sources = steps.step("old sources", |step| commit.sources(project, step))?;
    let old = Workload::build(project, &sources, "old workload", &mut steps)?;
    let new = Workload::build(project, project, "new workload", &mut steps)?;
    Field::start([
        (Contestant::OldNative, old.native()),
        (Contestant::Native, new.native()),
        (Contestant::OldWasm, old.wasm()?),
        (Contestant::Wasm, new.wasm()?),
    ])
}

/// Nanoseconds an operation, and the ratios.
fn table(samples: &Samples) -> Result<String, Failure> {
    let mut text = format!("{:<24}", "ns an operation");
    for lines in SIZES {
        let _ = write!(text, "{lines:>11}");
    }
    for operation in Operation::ALL {
        for (old, new) in HOSTS {
            for (age, contestant) in [("old", old), ("new", new)] {
                let _ = write!(text, "\n{:<10}{:<7}{age:<7}", operation.name(), new.name());
                for lines in SIZES {
                    let _ = write!(text, "{:>11.0}", samples.median(contestant, lines, operation)?);
                }
            }
            let _ = write!(text, "\n{:<17}{:<7}", "", "new / old");
            for lines in SIZES {
                let _ = write!(text, "{:>11.3}", samples.ratio(new, old, lines, operation)?);
            }
        }
    }
    Ok(text)
}

/// Everything that must hold.
fn bounds(samples: &Samples) -> Result<Vec<Bound>, Failure> {
    let mut bounds = Vec::new();
    for (old, new) in HOSTS {
        for operation in HELD {
            for lines in SIZES {
                let what = format!("{} {}, {lines} lines, new / old", new.name(), operation.name());
                bounds.push(Bound::new(what, samples.ratio(new, old, lines, operation)?, SLOWER));
            }
        }
    }
    Ok(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One round in which everything takes 100 ns, but for what is said.
    fn samples(slow: Contestant, operation: Operation, time: f64) -> Samples {
        let mut samples = Samples::default();
        for contestant in TURNS[0] {
            for lines in SIZES {
                let mut times = [100.0; 4];
                if *contestant == slow {
                    times[operation as usize] = time;
                }
                samples.add(*contestant, lines, times);
            }
        }
        samples
    }

    fn broken(samples: &Samples) -> usize {
        bounds(samples).unwrap().iter().filter(|bound| !bound.holds()).count()
    }

    #[test]
    fn a_tenth_slower_holds_and_more_does_not() {
        for (old, new) in HOSTS {
            for operation in HELD {
                assert_eq!(broken(&samples(new, operation, 110.0)), 0);
                assert_eq!(broken(&samples(new, operation, 110.1)), SIZES.len());
                assert_eq!(broken(&samples(new, operation, 10.0)), 0, "faster is no fault");
                assert_eq!(broken(&samples(old, operation, 90.0)), SIZES.len());
            }
        }
        assert_eq!(bounds(&samples(Contestant::Wasm, Operation::Quote, 1.0)).unwrap().len(), 16);
    }

    #[test]
    fn other_operations_are_told_and_not_held() {
        for operation in [Operation::Cancel, Operation::Position] {
            let samples = samples(Contestant::Wasm, operation, 900.0);
            assert_eq!(broken(&samples), 0);
            assert_eq!(table(&samples).unwrap().matches("9.000").count(), SIZES.len());
        }
    }

    #[test]
    fn what_was_not_measured_is_no_success() {
        assert!(bounds(&Samples::default()).is_err());
    }

    #[test]
    fn old_and_new_take_turns_at_being_first() {
        for (old, new) in HOSTS {
            let first = |turn: &[Contestant]| turn.iter().copied().find(|it| [old, new].contains(it));
            assert_eq!(TURNS.iter().map(|turn| first(turn)).collect::<Vec<_>>(), [Some(old), Some(new)]);
        }
    }
}
