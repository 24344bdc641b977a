//! `cargo xtask audit`: what the shipped wasm is made of. Its crates are the recorded ones, each once and under a licence
//! that the project may pass on, and the engine's own code has nothing unsafe.

mod licence;
mod shipped;

use serde_json::Value;

use crate::failure::{Failure, OnPath};
use crate::stamp::Tree;
use crate::tools::{Project, WASM_TARGET, output_of};
use licence::is_allowed;
use shipped::{Shipped, crates};

const USAGE: &str = "usage: cargo xtask audit [--accept]\n\
                     --accept: record the crates as they are now";

/// Prints the tree, and fails on what should not be shipped.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let project = Project::find()?;
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            println!("{}\n{}", tree(&project)?, advisories(&project)?);
            let faults = faults(&project)?;
            faults.is_empty().then_some(()).ok_or_else(|| Failure::new(faults.join("\n"), REMEDY))
        }
        ["--accept"] => Shipped::read(&project)?.with(crates(&metadata(&project)?)?).write(&project),
        _ => Err(Failure::from(USAGE.to_string())),
    }
}

const REMEDY: &str = "choose another crate, or allow the licence in shipped.json; crates that are meant to be there are \
    recorded by cargo xtask audit --accept";

/// What is wrong, a sentence each.
pub(crate) fn faults(project: &Project) -> Result<Vec<String>, Failure> {
    let recorded = Shipped::read(project)?;
    let found = crates(&metadata(project)?)?;
    let mut faults = recorded.differences(&found);
    for (name, one) in &found {
        if !is_allowed(&one.licence, &recorded.licences) {
            faults.push(format!("{name} {} is under {}", one.version, one.licence));
        }
    }
    faults.extend(shipped::twice(&found));
    faults.extend(unsafe_lines(project)?);
    Ok(faults)
}

fn metadata(project: &Project) -> Result<Value, Failure> {
    let mut command = project.cargo("metadata");
    command.args(["--format-version", "1", "--filter-platform", WASM_TARGET]);
    let text = output_of(&mut command, "see what cargo says above")?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::from(format!("cargo metadata is not readable: {error}")))
}

/// What is compiled into the wasm. Macros and build scripts run on the machine that builds, and are left out.
fn tree(project: &Project) -> Result<String, Failure> {
    let mut command = project.cargo("tree");
    command.args(["--package", "backorder", "--target", WASM_TARGET, "--edges", "normal,no-proc-macro"]);
    let tree = output_of(&mut command, "see what cargo says above")?;
    // The first line says where this checkout is, which is nobody's business.
    Ok(tree.replace(&format!(" ({})", project.root.display()), ""))
}

/// The lint `unsafe_code` has it denied; this is for who would allow it somewhere.
fn unsafe_lines(project: &Project) -> Result<Vec<String>, Failure> {
    let sources = Tree::all(project.root.join("src"));
    let mut found = Vec::new();
    for file in sources.files()? {
        let path = sources.path.join(&file);
        let text = std::fs::read_to_string(&path).on("read", &path)?;
        let lines = text.lines().enumerate().filter(|(_, line)| line.contains("unsafe"));
        found.extend(
            lines.map(|(number, _)| format!("src/{}:{} is about unsafe code", file.display(), number + 1)),
        );
    }
    Ok(found)
}

/// Advisories are in a database that changes by the day and comes by the network, so they are no part of the test run.
fn advisories(project: &Project) -> Result<String, Failure> {
    if project.cargo("deny").arg("--version").output().is_ok_and(|output| !output.status.success()) {
        return Ok(NOT_LOOKED_AT.to_string());
    }
    let mut deny = project.cargo("deny");
    output_of(
        deny.args(["check", "--hide-inclusion-graph", "advisories"]),
        "see what cargo-deny says above",
    )?;
    Ok("Advisories: cargo-deny knows of none.".to_string())
}

const NOT_LOOKED_AT: &str = "Advisories: not looked at, as cargo-deny is not here: cargo install cargo-deny --version 0.20.2 --locked.";
