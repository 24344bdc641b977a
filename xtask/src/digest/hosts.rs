//! The hosts, and how each is started.

use std::process::Command;

use super::stage::Stage;
use crate::browsers::{Engine, Kind};
use crate::failure::Failure;
use crate::progress::Step;
use crate::tools::{node, output_of};

/// Something that runs the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    NativeDebug,
    NativeRelease,
    Node,
    Browser(Kind),
    Deno,
    Bun,
    Workerd,
}

/// All that the project promises to run on.
pub(super) const ALL: &[Host] = &[
    Host::NativeDebug,
    Host::NativeRelease,
    Host::Node,
    Host::Browser(Kind::Chromium),
    Host::Browser(Kind::Firefox),
    Host::Browser(Kind::WebKit),
    Host::Deno,
    Host::Bun,
    Host::Workerd,
];

/// Those of every test run.
pub(super) const USUAL: &[Host] = &[Host::NativeDebug, Host::Node, Host::Browser(Kind::Chromium)];

impl Host {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Host::NativeDebug => "native, debug",
            Host::NativeRelease => "native, release",
            Host::Node => "wasm, Node",
            Host::Browser(Kind::Chromium) => "wasm, Chromium",
            Host::Browser(Kind::Firefox) => "wasm, Firefox",
            Host::Browser(Kind::WebKit) => "wasm, WebKit",
            Host::Deno => "wasm, Deno",
            Host::Bun => "wasm, Bun",
            Host::Workerd => "wasm, workerd",
        }
    }

    /// The command that plays the stage's commands there, once the host is found or installed.
    pub(super) fn command(
        self,
        stage: &Stage<'_>,
        step: &mut Step,
        engine: impl Fn(Kind, &mut Step) -> Result<Engine, Failure>,
    ) -> Result<Command, Failure> {
        let mut command = match self {
            Host::NativeDebug => native(stage, false, step)?,
            Host::NativeRelease => native(stage, true, step)?,
            Host::Node => script("files.mjs")?,
            Host::Browser(kind) => {
                let found = engine(kind, step)?;
                let mut command = script("browser.mjs")?;
                command.arg(found.told());
                command
            }
            Host::Deno => {
                let mut command = of_npm(stage, step, "deno")?;
                command.args(["run", "--allow-read", "files.mjs"]);
                command
            }
            Host::Bun => {
                let mut command = of_npm(stage, step, "bun")?;
                command.args(["run", "files.mjs"]);
                command
            }
            Host::Workerd => {
                stage.install(step)?;
                script("workerd.mjs")?
            }
        };
        command.arg(&stage.history);
        Ok(command)
    }
}

fn native(stage: &Stage<'_>, is_release: bool, step: &mut Step) -> Result<Command, Failure> {
    let mut command = Command::new(stage.native(is_release, step)?);
    command.arg("play");
    Ok(command)
}

/// A script in Node, by its name on the stage.
fn script(name: &str) -> Result<Command, Failure> {
    let mut command = node()?;
    command.arg(name);
    Ok(command)
}

/// A program that npm installs; it must start.
fn of_npm(stage: &Stage<'_>, step: &mut Step, name: &str) -> Result<Command, Failure> {
    stage.install(step)?;
    let program = stage.file("node_modules/.bin").join(name);
    let remedy =
        format!("install {name} by npm on a system that it has a build for, and run the same command again");
    output_of(Command::new(&program).arg("--version"), &remedy)?;
    Ok(Command::new(program))
}
