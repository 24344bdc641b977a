//! Every check and test of the project, in one run that ends with the count.

mod counts;
mod engines;
mod suites;

use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::browsers::{Chromium, Kind};
use crate::build;
use crate::failure::Failure;
use crate::packaging::{Part, Workshop};
use crate::progress::{Step, Steps};
use crate::tools::{Project, output_of};
use counts::Counts;
use engines::Engines;
use suites::{Prepared, SUITES};

pub(crate) use engines::run as browsers;

/// `cargo xtask test`.
pub(crate) fn run(_args: &[String]) -> Result<ExitCode, Failure> {
    let project = Project::find()?;
    let prepared = prepare(&project);
    let mut rows = Vec::new();
    let mut total = Counts::default();
    for (name, suite) in SUITES {
        println!("\n=== {name} ===");
        let started = Instant::now();
        let counts = suite(&project, &prepared).unwrap_or_else(|failure| {
            println!("{failure}");
            Counts::FAILED
        });
        total = total.plus(counts);
        rows.push(row(name, counts, started.elapsed().as_secs_f64()));
    }
    println!("\n{}\n{}", rows.join("\n"), prepared.engines.line());
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Brings about what the suites stand on. What could not be had fails the suites that need it, and no others.
fn prepare(project: &Project) -> Prepared {
    let mut steps = Steps::new(3 + Kind::ALL.len());
    let site = build::site(project);
    let engines = Engines::find_or_install(project, &Kind::ALL, &mut steps);
    Prepared {
        toolchain: steps.step("Rust's wasm32 target, clippy and rustfmt", toolchain),
        tool: steps.step(build::WASM_TOOL, |step| build::wasm_tool(project, step)),
        browser: engines.get(Kind::Chromium).and_then(|_| Chromium::found()),
        engines,
        workshop: steps.step("what runs the packed package", |step| {
            site.as_ref().map_err(Failure::clone)?;
            Workshop::set(project, Part::Quick, step)
        }),
        site,
    }
}

/// Adds what a minimal toolchain lacks.
fn toolchain(step: &mut Step) -> Result<(), Failure> {
    build::rust_target(step)?;
    let remedy = "install Rust by rustup.rs, or your system's packages of clippy and rustfmt";
    let missing: Vec<&str> = ["clippy", "rustfmt"]
        .into_iter()
        .filter(|component| {
            let program = if *component == "clippy" { "cargo-clippy" } else { "rustfmt" };
            output_of(Command::new(program).arg("--version"), remedy).is_err()
        })
        .collect();
    if !missing.is_empty() {
        step.run(Command::new("rustup").args(["component", "add"]).args(missing), remedy)?;
    }
    Ok(())
}

fn row(name: &str, counts: Counts, seconds: f64) -> String {
    let skipped = if counts.skipped > 0 { format!(", {} skipped", counts.skipped) } else { String::new() };
    format!("{name:<24} {:>6} passed {:>4} failed {seconds:>7.1} s{skipped}", counts.passed, counts.failed)
}
