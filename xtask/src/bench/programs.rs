//! The programs that the contestants are, built.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::build::{self, WASM_OPT};
use crate::failure::{Failure, OnPath};
use crate::progress::{Step, Steps};
use crate::tools::{self, Project, WASM_TARGET};

pub(crate) const AGAIN: &str = "see what is said above, and run the same command again";

/// The workload of a checkout.
pub(crate) struct Workload {
    native: PathBuf,
    glue: PathBuf,
    script: PathBuf,
}

impl Workload {
    /// The steps that building takes.
    pub(crate) const STEPS: usize = 3;

    /// Builds the workload of `sources` natively and for wasm, with the tools of `project`. Their titles name it `of`.
    pub(crate) fn build(
        project: &Project,
        sources: &Project,
        of: &str,
        steps: &mut Steps,
    ) -> Result<Workload, Failure> {
        let native = steps.step(&format!("{of}, native"), |step| built(sources, step, "queues", &[]))?;
        let target = ["--target", WASM_TARGET];
        let module = steps.step(&format!("{of}, wasm"), |step| built(sources, step, "queues", &target))?;
        let glue =
            steps.step(&format!("{of}, glue and wasm-opt"), |step| bound(project, sources, step, &module))?;
        Ok(Workload { native, glue, script: sources.root.join("benches/queues/contestants.mjs") })
    }

    /// The engine as a Rust library.
    pub(crate) fn native(&self) -> Command {
        Command::new(&self.native)
    }

    /// The same Rust in wasm, under Node.
    pub(crate) fn wasm(&self) -> Result<Command, Failure> {
        let mut command = self.script("wasm")?;
        command.arg(&self.glue);
        Ok(command)
    }

    /// A contestant that is JavaScript.
    pub(crate) fn script(&self, name: &str) -> Result<Command, Failure> {
        let mut command = tools::node()?;
        command.arg(&self.script).arg(name);
        Ok(command)
    }
}

/// The program that counts bytes of heap.
pub(crate) struct HeapCounter(PathBuf);

impl HeapCounter {
    /// Builds it, in one step.
    pub(crate) fn build(project: &Project, steps: &mut Steps) -> Result<HeapCounter, Failure> {
        steps.step("heap counter", |step| built(project, step, "memory", &[])).map(HeapCounter)
    }

    /// Bytes of the engine's heap for so many waiting lines.
    pub(crate) fn count(&self, lines: u32) -> Result<u64, Failure> {
        let said = tools::output_of(Command::new(&self.0).arg(lines.to_string()), AGAIN)?;
        said.trim().parse().map_err(|_| Failure::from(format!("the heap counter said {said:?}")))
    }
}

/// The program that times a slip of a supply.
pub(crate) struct Slip(PathBuf);

impl Slip {
    /// Builds it, in one step.
    pub(crate) fn build(project: &Project, steps: &mut Steps) -> Result<Slip, Failure> {
        steps.step("slip of a supply", |step| built(project, step, "slip", &[])).map(Slip)
    }

    /// The milliseconds that it takes, so many lines waiting for so many supplies.
    pub(crate) fn time(&self, lines: u32, supplies: u32) -> Result<f64, Failure> {
        let arguments = [lines, supplies].map(|number| number.to_string());
        let said = tools::output_of(Command::new(&self.0).args(arguments), AGAIN)?;
        said.trim().parse().map_err(|_| Failure::from(format!("the slip said {said:?}")))
    }
}

fn built(sources: &Project, step: &mut Step, name: &str, more: &[&str]) -> Result<PathBuf, Failure> {
    let mut command = sources.cargo("build");
    command.arg("--target-dir").arg(&sources.target);
    command.args(["--release", "--package", "backorder", "--bench", name]).args(more);
    build::artifact(step, &mut command, AGAIN, |message| {
        if message["target"]["name"] != name {
            return None;
        }
        let files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
        message["executable"].as_str().or_else(|| files.into_iter().find(|file| file.ends_with(".wasm")))
    })
}

/// The module is optimised as the package's is.
fn bound(project: &Project, sources: &Project, step: &mut Step, module: &Path) -> Result<PathBuf, Failure> {
    let desk = sources.scratch()?.join("bench");
    std::fs::create_dir_all(&desk).on("make", &desk)?;
    // Without it Node guesses what the glue is, and says so each time.
    let kind = desk.join("package.json");
    std::fs::write(&kind, "{ \"type\": \"module\" }\n").on("write", &kind)?;
    let named = desk.join("queues.wasm");
    std::fs::copy(module, &named).on("copy", module)?;
    let tool = build::wasm_tool(project, step)?;
    step.run(Command::new(tool).arg("bindgen").arg(&named).arg(&desk), AGAIN)?;
    let bound = desk.join("queues_bg.wasm");
    let mut optimise = project.npm_tool("binaryen/bin/wasm-opt")?;
    step.run(optimise.args(WASM_OPT).arg(&bound).arg("-o").arg(&bound), AGAIN)?;
    Ok(desk.join("queues.js"))
}
