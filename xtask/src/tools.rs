//! The programs that the tasks drive, and where the project's things are.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::{Failure, OnPath};
use crate::progress::Step;

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The checkout and its build directory.
pub(crate) struct Project {
    /// The root of the repository.
    pub(crate) root: PathBuf,
    /// Cargo's target directory, wherever its settings put it.
    pub(crate) target: PathBuf,
    /// The integration tests that run inside wasm: those whose sources are in tests/wasm.
    pub(crate) wasm_tests: Vec<String>,
}

impl Project {
    pub(crate) fn find() -> Result<Project, Failure> {
        // Cargo names the directory of this package when it runs it; the fallback serves a run by hand.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().unwrap_or(&package).to_path_buf();
        let metadata = output_of(
            cargo().args(["metadata", "--format-version", "1", "--no-deps"]).current_dir(&root),
            "run it through rustup's cargo, from a whole checkout",
        )?;
        let metadata: Value = serde_json::from_str(&metadata)
            .map_err(|error| Failure::from(format!("cargo metadata is not readable: {error}")))?;
        let target = metadata["target_directory"]
            .as_str()
            .ok_or_else(|| Failure::from("cargo metadata names no target directory".to_string()))?;
        Ok(Project { target: PathBuf::from(target), wasm_tests: wasm_tests(&metadata, &root), root })
    }

    /// The npm package.
    pub(crate) fn package(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The page's sources.
    pub(crate) fn page(&self) -> PathBuf {
        self.root.join("www")
    }

    /// The page as it is served.
    pub(crate) fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// A directory for what this tool keeps between runs.
    pub(crate) fn scratch(&self) -> Result<PathBuf, Failure> {
        let scratch = self.target.join("xtask");
        std::fs::create_dir_all(&scratch).on("make", &scratch)?;
        Ok(scratch)
    }

    /// A cargo command in the root, with the lock file as it stands.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = cargo();
        command.arg(subcommand).current_dir(&self.root);
        // Formatting alone reads no lock file, and refuses to be told about it.
        if subcommand != "fmt" {
            command.arg("--locked");
        }
        command
    }

    /// A command of one of the development tools that npm installed.
    pub(crate) fn npm_tool(&self, script: &str) -> Result<Command, Failure> {
        let mut command = node()?;
        command.arg(self.root.join("node_modules").join(script)).current_dir(&self.root);
        Ok(command)
    }
}

/// A program that Cargo builds from its registry, in exactly this version.
pub(crate) struct CargoTool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

impl CargoTool {
    /// The program, which is built the first time and kept with what else this tool keeps.
    pub(crate) fn find_or_install(&self, project: &Project, step: &mut Step) -> Result<PathBuf, Failure> {
        let root = project.scratch()?.join("tools").join([self.name, "-", self.version].concat());
        let program = root.join("bin").join(self.name).with_extension(std::env::consts::EXE_EXTENSION);
        if !program.is_file() {
            let mut install = project.cargo("install");
            install.args([self.name, "--version", self.version, "--root"]).arg(&root);
            step.run(&mut install, "see that this machine reaches its package registry, and run it again")?;
        }
        Ok(program)
    }
}

fn wasm_tests(metadata: &Value, root: &Path) -> Vec<String> {
    let directory = root.join("tests").join("wasm");
    let targets = metadata["packages"].as_array().into_iter().flatten();
    targets
        .flat_map(|package| package["targets"].as_array().into_iter().flatten())
        .filter(|target| target["kind"][0] == "test")
        .filter(|target| {
            target["src_path"].as_str().is_some_and(|path| Path::new(path).starts_with(&directory))
        })
        .filter_map(|target| target["name"].as_str().map(str::to_string))
        .collect()
}

/// Cargo, the same that runs this tool.
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Node, when it is there and young enough.
pub(crate) fn node() -> Result<Command, Failure> {
    const REMEDY: &str = "install Node 20 or later, with npm (nodejs.org or your system's packages)";
    let version = output_of(Command::new("node").arg("--version"), REMEDY)?;
    match major(&version) {
        Some(major) if major >= 20 => Ok(Command::new("node")),
        _ => Err(Failure::new(format!("Node is {}, which is too old", version.trim()), REMEDY)),
    }
}

pub(crate) fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// What a short command prints, or why there is nothing.
pub(crate) fn output_of(command: &mut Command, remedy: &str) -> Result<String, Failure> {
    let output = command.output().map_err(|error| not_started(command, &error, remedy))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!("`{}` failed: {}", line_of(command), said.trim()), remedy))
    }
}

pub(crate) fn not_started(command: &Command, error: &std::io::Error, remedy: &str) -> Failure {
    Failure::new(format!("`{}` did not start: {error}", command.get_program().display()), remedy)
}

/// A command as a person would type it.
pub(crate) fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn majors_are_read_from_nodes_version() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v100.0.0-nightly"), Some(100));
        assert_eq!(major("node"), None);
    }

    #[test]
    fn only_tests_under_tests_wasm_run_in_wasm() {
        let metadata = serde_json::json!({ "packages": [{ "targets": [
            { "kind": ["lib"], "name": "backorder", "src_path": "/r/src/lib.rs" },
            { "kind": ["test"], "name": "books", "src_path": "/r/tests/books.rs" },
            { "kind": ["test"], "name": "wasm", "src_path": "/r/tests/wasm/main.rs" },
        ] }] });
        assert_eq!(wasm_tests(&metadata, Path::new("/r")), ["wasm"]);
    }
}
