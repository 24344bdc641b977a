//! Those who play: the engine natively, the npm package in Node, and the floor in plain JavaScript.

use std::collections::BTreeMap;
use std::env::consts::EXE_EXTENSION;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use indicatif::ProgressBar;

use super::figures::Played;
use crate::build;
use crate::failure::Failure;
use crate::progress::{Steps, advance};
use crate::tools::{self, Project};

/// One way of playing the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Player {
    /// The engine as a Rust library.
    Native,
    /// The npm package in Node.
    Wasm,
    /// Plain JavaScript without ids, events, positions, ranks and dates.
    Floor,
}

impl Player {
    /// As the tables have it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Player::Native => "native",
            Player::Wasm => "wasm",
            Player::Floor => "floor",
        }
    }
}

/// What each contestant handed back, round by round.
#[derive(Default)]
pub(crate) struct Runs(BTreeMap<Player, Vec<Played>>);

impl Runs {
    pub(crate) fn push(&mut self, player: Player, played: Played) {
        let runs = self.0.entry(player).or_default();
        runs.push(played);
        runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    }

    /// The run that took the middling time; who plays plays the same every time.
    pub(crate) fn median(&self, player: Player) -> Result<&Played, Failure> {
        let runs = self.0.get(&player).map_or(&[][..], Vec::as_slice);
        match runs.get(runs.len() / 2) {
            Some(played) if runs.iter().all(|other| other.same_as(played)) => Ok(played),
            Some(_) => {
                Err(Failure::from(format!("{} played differently from one time to another", player.name())))
            }
            None => Err(Failure::from(format!("{} did not play", player.name()))),
        }
    }

    /// Whether the floor was measured too.
    pub(crate) fn has(&self, player: Player) -> bool {
        self.0.contains_key(&player)
    }
}

/// Everything that playing needs, built.
pub(crate) struct Stage {
    native: PathBuf,
    scripts: PathBuf,
}

/// Builds the native player and the npm package.
pub(crate) fn prepare(project: &Project) -> Result<Stage, Failure> {
    Steps::new(1).step("native player", |step| {
        let mut command = project.cargo("build");
        step.run(command.args(["--release", "--example", "replay"]), "see what the compiler says above")
    })?;
    build::package(project)?;
    let native = project.target.join("release/examples/replay").with_extension(EXE_EXTENSION);
    Ok(Stage { native, scripts: project.root.join("benches/replay") })
}

impl Stage {
    /// Lets one play, in a process of its own.
    pub(crate) fn play(&self, player: Player, playbook: &Path, bar: &ProgressBar) -> Result<Played, Failure> {
        let mut command = match player {
            Player::Native => Command::new(&self.native),
            Player::Wasm => self.script("replay.mjs")?,
            Player::Floor => self.script("floor.mjs")?,
        };
        command.arg(playbook);
        listen(command, bar).map_err(|failure| failure.within(player.name()))
    }

    fn script(&self, name: &str) -> Result<Command, Failure> {
        let mut command = tools::node()?;
        command.arg(self.scripts.join(name));
        Ok(command)
    }
}

/// A player says `progress LINES` as it goes, and `result JSON` at the end.
fn listen(mut command: Command, bar: &ProgressBar) -> Result<Played, Failure> {
    const REMEDY: &str = "see what it printed above";
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| tools::not_started(&command, &error, REMEDY))?;
    let mut result = None;
    for line in child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines()) {
        let line = line.map_err(|error| error.to_string())?;
        match line.split_once(' ') {
            Some(("progress", played)) => advance(bar, played.parse().unwrap_or(0)),
            Some(("result", json)) => {
                result = Some(serde_json::from_str(json).map_err(|error| error.to_string())?)
            }
            _ => eprintln!("{line}"),
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    match result {
        Some(played) if status.success() => Ok(played),
        _ => Err(Failure::new(format!("stopped before the end ({status})"), REMEDY)),
    }
}
