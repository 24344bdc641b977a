//! The simulator: draws shops and long histories of commands from seeds, and after each command holds the
//! engine to the slow reference, to the ledger of rules §1, and to what is recovered after a crash.
//!
//! As a test it makes a short run; `cargo xtask simulate` makes long ones.

#[path = "../agreement"]
mod agreement {
    pub mod compare;
    pub mod shrink;
    pub mod touched;
}
mod alphabet;
mod asked;
#[path = "../books"]
mod books {
    pub mod audit;
    pub mod shelf;
}
#[cfg(feature = "canary")]
mod canaries;
mod deadlines;
#[path = "../harness/mod.rs"]
mod harness;
mod kind;
mod play;
mod recovery;
#[path = "../reference/mod.rs"]
mod reference;
mod run;
mod tally;
#[path = "../workload/mod.rs"]
mod workload;
mod worlds;

use alphabet::World;
use asked::{Asked, asked};
use harness::Test;
use kind::{WITH_DAYS, WITH_LAWS};
use run::{Outcome, Plan, run};
use std::process::ExitCode;
use std::time::Instant;
use tally::Figures;
use worlds::{Explored, explore};

fn main() -> ExitCode {
    // What panics is told with its history.
    std::panic::set_hook(Box::new(|_| {}));
    let words: Vec<String> = std::env::args().skip(1).collect();
    let told = match asked(&words) {
        Some(Asked::Histories(plan)) => histories(&plan),
        Some(Asked::Worlds(length)) => small_worlds(length),
        Some(Asked::Canaries) => canaries(),
        None => return harness::run(tests()),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(story) => {
            println!("{story}");
            ExitCode::FAILURE
        }
    }
}

/// Says now and then how many commands were played, and at the end what came of them.
fn histories(plan: &Plan) -> Result<(), String> {
    let started = Instant::now();
    let Outcome { tally, stories } = run(plan, |commands| println!("progress {commands}"));
    let seconds = started.elapsed().as_secs_f64();
    let Figures { histories, commands, .. } = tally.total();
    let rate = commands as f64 / seconds;
    print!("{}", tally.table());
    println!(
        "{commands} commands from {histories} seeds agree; {seconds:.1} s, {rate:.0} a second; differences: {}",
        stories.len()
    );
    if stories.is_empty() { Ok(()) } else { Err(stories.join("\n")) }
}

/// Explores each world, and says how many histories it has.
fn small_worlds(length: usize) -> Result<(), String> {
    for world in World::ALL {
        let started = Instant::now();
        let Explored { histories, played } = explore(world, length)?;
        let seconds = started.elapsed().as_secs_f64();
        let name = format!("{world:?}");
        println!(
            "{name:<9} {histories} histories of up to {length}, {played} commands played in {seconds:.1} s"
        );
    }
    Ok(())
}

/// Lets the faults loose, and says how long each took.
#[cfg(feature = "canary")]
fn canaries() -> Result<(), String> {
    let canaries = canaries::canaries();
    print!("{}", canaries::table(&canaries));
    let missed = canaries::missed(&canaries);
    if missed.is_empty() { Ok(()) } else { Err(missed.join("\n")) }
}

#[cfg(not(feature = "canary"))]
fn canaries() -> Result<(), String> {
    Err("faults can only be put in with the feature canary".to_owned())
}

fn tests() -> Vec<Test> {
    let mut tests = vec![
        Test { name: "short_histories_agree", run: Box::new(short_histories) },
        Test { name: "small_worlds_agree", run: Box::new(|| small_worlds(5).err().into_iter().collect()) },
    ];
    if cfg!(feature = "canary") {
        tests.push(Test {
            name: "canaries_are_found",
            run: Box::new(|| canaries().err().into_iter().collect()),
        });
    }
    tests
}

/// Some histories of each kind of shop, in which every outcome and every event comes about.
fn short_histories() -> Vec<String> {
    let mut all = Outcome::default();
    for (first, seeds) in [(0, 510), (WITH_DAYS, 255), (WITH_LAWS, 255)] {
        let Outcome { tally, stories } = run(&Plan { seeds: first..first + seeds, length: 100 }, |_| {});
        all.tally.join(&tally);
        all.stories.extend(stories);
    }
    all.stories.extend(all.tally.missing());
    all.stories
}
