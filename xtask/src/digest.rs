//! `cargo xtask digest`: the same commands on every host there is must give the same answers and the same states, which
//! are the stored ones.

mod hosts;
mod stage;
mod stored;

use std::process::Command;

use serde::Deserialize;

use crate::browsers::{Engine, Kind};
use crate::failure::Failure;
use crate::progress::{Step, Steps};
use crate::tools::{Project, output_of};
use hosts::{ALL, Host, USUAL};
use stage::Stage;
use stored::Stored;

const USAGE: &str = "usage: cargo xtask digest [--accept]\n\
                     --accept: store what the engine gives natively, which CHANGELOG.md must then name";

/// What one host came to.
#[derive(Debug, Deserialize)]
struct Played {
    #[serde(default)]
    version: String,
    calls: u64,
    states: String,
    answers: String,
    /// Both digests after each shop.
    trail: Vec<String>,
    seconds: f64,
}

/// Plays everywhere, prints the table, and fails on a difference.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let project = Project::find()?;
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => everywhere(&project),
        ["--accept"] => accept(&project),
        _ => Err(Failure::from(USAGE.to_string())),
    }
}

fn everywhere(project: &Project) -> Result<(), Failure> {
    crate::build::package(project)?;
    let table = Table::played(project, ALL, |kind, step| kind.find_or_install(project, step))?;
    table.absent.iter().for_each(|absent| println!("Not here: {absent}"));
    match table.differences[..] {
        [] => Ok(()),
        _ => Err(Failure::new(table.differences.join("; "), REMEDY)),
    }
}

/// As a suite, on the hosts that every test run has: returns how many came to the stored digest, and how many did not.
pub(crate) fn usual(project: &Project, chromium: &Result<Engine, Failure>) -> Result<(u64, u64), Failure> {
    let table = Table::played(project, USUAL, |_, _| chromium.clone())?;
    let failed = table.differences.iter().chain(&table.absent);
    let failed = failed.inspect(|what| println!("{what}")).count();
    Ok((table.equal, failed as u64))
}

const REMEDY: &str = "if the engine was meant to change: cargo xtask digest --accept, with a line in CHANGELOG.md; if not, \
    find the command at which they part";

struct Table {
    stored: Stored,
    /// The compiler's version, which is that of the native hosts.
    rust: String,
    equal: u64,
    /// The trail of the first host that played.
    trail: Vec<String>,
    /// A sentence for each host that came to something else, or to nothing.
    differences: Vec<String>,
    /// A sentence for each host that is not here.
    absent: Vec<String>,
}

impl Table {
    /// Plays on each of the hosts, and prints a row for it.
    fn played(
        project: &Project,
        hosts: &[Host],
        engine: impl Fn(Kind, &mut Step) -> Result<Engine, Failure>,
    ) -> Result<Table, Failure> {
        let mut steps = Steps::new(hosts.len() + 1);
        let stored = Stored::read(project)?;
        let stage = steps.step("commands", |step| Stage::set(project, stored.commands, step))?;
        let mut table = Table::of(stored, &stage)?;
        let mut rows = vec![HEAD.to_string()];
        for host in hosts {
            match steps.step(host.name(), |step| host.command(&stage, step, &engine)) {
                Ok(command) => rows.extend(table.enter(*host, stage.play(command))),
                Err(failure) => table.absent.push(failure.sentence()),
            }
        }
        println!("{}", rows.join("\n"));
        Ok(table)
    }

    fn of(stored: Stored, stage: &Stage<'_>) -> Result<Table, Failure> {
        let rust = output_of(Command::new("rustc").arg("--version"), "install Rust by rustup.rs")?;
        let rust = rust.split(' ').nth(1).unwrap_or_default().to_string();
        let (trail, mut differences, absent) = Default::default();
        if stage.input != stored.input {
            differences =
                vec![format!("the commands are others than the stored digest is of ({})", stage.input)];
        }
        Ok(Table { stored, rust, equal: 0, trail, differences, absent })
    }

    /// Takes what a host came to, and returns its row.
    fn enter(&mut self, host: Host, played: Result<Played, Failure>) -> Option<String> {
        let played = match played {
            Ok(played) => played,
            Err(failure) => {
                self.differences.push(format!("{} did not play: {failure}", host.name()));
                return None;
            }
        };
        let is_equal = self.stored.is(&played);
        match is_equal {
            true => self.equal += 1,
            false => self.differences.push(difference(host, &played, &self.trail)),
        }
        let row = self.row(host, &played, is_equal);
        if self.trail.is_empty() {
            self.trail = played.trail;
        }
        Some(row)
    }

    fn row(&self, host: Host, played: &Played, is_equal: bool) -> String {
        let version = if played.version.is_empty() { &self.rust } else { &played.version };
        let (name, commands, seconds) = (host.name(), self.stored.commands, played.seconds);
        let (states, answers) = (&played.states, &played.answers);
        let equal = if is_equal { "yes" } else { "NO" };
        format!("{name:<16} {version:<16} {commands:>8} {seconds:>8.2}  {states} {answers}  {equal}")
    }
}

const HEAD: &str =
    "host             version          commands  seconds  digest of states and of answers    equal?";

/// Where a host parts from the first that played.
fn difference(host: Host, played: &Played, first: &[String]) -> String {
    let shop = played.trail.iter().zip(first).position(|(ours, theirs)| ours != theirs);
    match shop {
        Some(shop) => format!("{} is not as native, first in shop {shop}", host.name()),
        None => format!("{} is not as stored ({} calls)", host.name(), played.calls),
    }
}

/// Stores what both native builds agree on.
fn accept(project: &Project) -> Result<(), Failure> {
    let stored = Stored::read(project)?;
    let mut steps = Steps::new(3);
    let stage = steps.step("commands", |step| Stage::set(project, stored.commands, step))?;
    let mut played = Vec::new();
    for host in [Host::NativeDebug, Host::NativeRelease] {
        let none = |_: Kind, _: &mut Step| Err(Failure::from("no browser is needed".to_string()));
        let command = steps.step(host.name(), |step| host.command(&stage, step, none))?;
        played.push(stage.play(command)?);
    }
    let [debug, release] = &played[..] else { return Err(Failure::from("two builds play".to_string())) };
    let accepted = Stored::of(&stored, stage.input.clone(), debug);
    if !accepted.is(release) {
        return Err(Failure::from("the debug and the release build differ: nothing is stored".to_string()));
    }
    accepted.write(project)?;
    println!("stored: {} {}\nNow say in CHANGELOG.md what changed.", accepted.states, accepted.answers);
    Ok(())
}
