//! Where the hosts play: the commands, the package and the scripts, put together in one directory.

use std::env::consts::EXE_EXTENSION;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Played;
use crate::build::{copy, empty, unless};
use crate::failure::{Failure, OnPath};
use crate::progress::Step;
use crate::stamp::{Stamp, Tree};
use crate::tools::{Project, line_of, node, not_started, npm, output_of};

const AGAIN: &str = "see what is said above, and run the same command again";
const ONLINE: &str = "see that this machine reaches npm's registry, and run the same command again";

pub(super) struct Stage<'p> {
    pub(super) project: &'p Project,
    /// Has the scripts of xtask/src/digest/hosts, and the package as one that is installed.
    pub(super) directory: PathBuf,
    pub(super) history: PathBuf,
    /// The digest of the commands.
    pub(super) input: String,
}

impl<'p> Stage<'p> {
    /// Writes so many commands, and copies the scripts and the package, which must be built.
    pub(super) fn set(project: &'p Project, commands: u64, step: &mut Step) -> Result<Stage<'p>, Failure> {
        let directory = project.scratch()?.join("hosts");
        let scripts = project.root.join("xtask/src/digest/hosts");
        copy(&Tree::all(scripts), &directory)?;
        copy_file(&project.root.join(".npmrc"), &directory.join(".npmrc"))?;
        let client = project.page().join("test/package/webdriver.mjs");
        copy_file(&client, &directory.join("webdriver.mjs"))?;
        let mut stage =
            Stage { project, history: directory.join("history.txt"), directory, input: String::new() };
        let program = stage.native(false, step)?;
        let mut write = Command::new(program);
        write.arg("write").arg(&stage.history).arg(commands.to_string());
        let written: Value = json(&output_of(&mut write, AGAIN)?)?;
        stage.input = written["input"].as_str().unwrap_or_default().to_string();
        stage.place_package()?;
        Ok(stage)
    }

    /// The native player. The release profile is that of the shipped wasm.
    pub(super) fn native(&self, is_release: bool, step: &mut Step) -> Result<PathBuf, Failure> {
        let mut build = self.project.cargo("build");
        build.args(["--package", "backorder", "--example", "digest"]);
        if is_release {
            build.arg("--release");
        }
        step.run(&mut build, AGAIN)?;
        let profile = if is_release { "release" } else { "debug" };
        Ok(self.project.target.join(profile).join("examples/digest").with_extension(EXE_EXTENSION))
    }

    /// The package where a bare name finds it. npm, when it installs, sweeps it away.
    fn place_package(&self) -> Result<(), Failure> {
        let (from, to) = (self.project.package(), self.directory.join("node_modules/backorder"));
        empty(&to, &[])?;
        copy_file(&from.join("package.json"), &to.join("package.json"))?;
        copy(&Tree::all(from.join("dist")), &to.join("dist"))
    }

    /// Installs the hosts that npm has, in exactly the versions of their package.json. There is no lock: it would name
    /// the builds for every system, and a registry that lacks one of another system would be no use for this one.
    pub(super) fn install(&self, step: &mut Step) -> Result<(), Failure> {
        let inputs = [Tree::all(self.directory.join("package.json"))];
        let installed = Tree::all(self.directory.join("node_modules/.package-lock.json"));
        let stamp = Stamp::new(self.project, "digest-hosts", &[], &inputs, vec![installed])?;
        unless(&stamp, step, |step| {
            let mut install = npm();
            install.args(["install", "--no-package-lock", "--ignore-scripts"]).current_dir(&self.directory);
            step.run(&mut install, ONLINE)?;
            // Bun's own script puts its program in place, and is the only one that is needed.
            step.run(node()?.arg("node_modules/bun/install.js").current_dir(&self.directory), ONLINE)?;
            self.place_package()
        })
    }

    /// Lets one play, in a process of its own.
    pub(super) fn play(&self, mut command: Command) -> Result<Played, Failure> {
        command.current_dir(&self.directory).stdin(Stdio::null());
        let output = command.output().map_err(|error| not_started(&command, &error, AGAIN))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let last = said.lines().last().filter(|_| output.status.success());
        let Some(last) = last else {
            let wrong = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::from(format!(
                "`{}` ({})\n{}",
                line_of(&command),
                output.status,
                wrong.trim()
            )));
        };
        json(last)
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

fn copy_file(from: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::copy(from, to).on("copy", from).map(drop)
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::from(format!("{error}: {text}")))
}
