//! `cargo xtask simulate`: the simulator of tests/simulate, in a release build and on all cores.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

use crate::failure::Failure;
use crate::progress::{Step, Steps, advance, bar};
use crate::tools::{Project, not_started};

const USAGE: &str = "usage: cargo xtask simulate [--seed N] [--commands M] [--seeds K] | --worlds LENGTH | --canaries\n\
                     M commands in K histories, each from a seed of its own from N on; every history of up to LENGTH \
                     commands in a small world; or the faults that are put in on purpose";

/// Commands in a history where nothing else is asked: the reference slows down as a shop grows.
const USUAL_LENGTH: u64 = 100;
const USUAL_COMMANDS: u64 = 100_000;

/// Builds the simulator, and runs it. It fails where the simulator finds a difference.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, Failure> {
    let asked = Asked::read(args).map_err(|error| Failure::from(format!("{error}\n{USAGE}")))?;
    let project = Project::find()?;
    let program = Steps::new(1).step("simulator", |step| build(&project, step, asked == Asked::Canaries))?;
    play(Command::new(program).args(asked.words()).current_dir(&project.root), asked.commands())
}

#[derive(Debug, PartialEq)]
enum Asked {
    Histories { first_seed: u64, seeds: u64, length: u64 },
    Worlds { length: u64 },
    Canaries,
}

impl Asked {
    fn read(args: &[String]) -> Result<Asked, lexopt::Error> {
        use lexopt::prelude::*;
        let (mut seed, mut commands, mut seeds, mut other) = (None, None, None, None);
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next()? {
            match arg {
                Long("seed") => seed = Some(parser.value()?.parse()?),
                Long("commands") => commands = Some(parser.value()?.parse_with(from_one)?),
                Long("seeds") => seeds = Some(parser.value()?.parse_with(from_one)?),
                Long("worlds") => {
                    other = Some(Asked::Worlds { length: parser.value()?.parse_with(from_one)? });
                }
                Long("canaries") => other = Some(Asked::Canaries),
                unknown => return Err(unknown.unexpected()),
            }
        }
        if let Some(other) = other {
            let alone = (seed, commands, seeds) == (None, None, None);
            return if alone { Ok(other) } else { Err("that takes no seeds and no commands".into()) };
        }
        let all = commands.unwrap_or_else(|| seeds.map_or(USUAL_COMMANDS, |seeds| seeds * USUAL_LENGTH));
        let seeds = seeds.unwrap_or(all.div_ceil(USUAL_LENGTH));
        Ok(Asked::Histories { first_seed: seed.unwrap_or(1), seeds, length: all.div_ceil(seeds) })
    }

    /// As the simulator is told.
    fn words(&self) -> Vec<String> {
        match self {
            Asked::Histories { first_seed, seeds, length } => {
                vec!["histories".into(), first_seed.to_string(), seeds.to_string(), length.to_string()]
            }
            Asked::Worlds { length } => vec!["worlds".into(), length.to_string()],
            Asked::Canaries => vec!["canaries".into()],
        }
    }

    /// How far it is to the end, where that is known.
    fn commands(&self) -> u64 {
        match self {
            Asked::Histories { seeds, length, .. } => seeds * length,
            Asked::Worlds { .. } | Asked::Canaries => 0,
        }
    }
}

fn from_one(text: &str) -> Result<u64, String> {
    match text.parse::<u64>() {
        Ok(number) if (1..=1_000_000_000_000).contains(&number) => Ok(number),
        _ => Err("a whole number from 1 on is wanted".to_string()),
    }
}

/// The test target, optimised; faults are in it only where they are asked for.
fn build(project: &Project, step: &mut Step, with_faults: bool) -> Result<PathBuf, Failure> {
    let mut command = project.cargo("test");
    command.args([
        "--release",
        "--test",
        "simulate",
        "--no-run",
        "--message-format",
        "json-render-diagnostics",
    ]);
    if with_faults {
        command.args(["--features", "canary"]);
    }
    let printed = step.run(&mut command, "see what the compiler says above")?;
    let messages = printed.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter(|message| message["target"]["name"] == "simulate");
    let program = programs.find_map(|message| message["executable"].as_str().map(PathBuf::from));
    program.ok_or_else(|| Failure::from("cargo names no simulator among what it built".to_string()))
}

/// The simulator says `progress COMMANDS` as it goes; the rest of what it says is for the reader.
fn play(command: &mut Command, commands: u64) -> Result<ExitCode, Failure> {
    const REMEDY: &str = "see what it printed above";
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| not_started(command, &error, REMEDY))?;
    let bar = bar(commands, "simulating");
    for line in child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines()) {
        let line = line.map_err(|error| error.to_string())?;
        match line.strip_prefix("progress ") {
            Some(played) => advance(&bar, played.parse().unwrap_or(0)),
            None => bar.suspend(|| println!("{line}")),
        }
    }
    bar.finish_and_clear();
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, String> {
        let words: Vec<String> = line.split_whitespace().map(String::from).collect();
        Asked::read(&words).map_err(|error| error.to_string())
    }

    fn histories(first_seed: u64, seeds: u64, length: u64) -> Result<Asked, String> {
        Ok(Asked::Histories { first_seed, seeds, length })
    }

    #[test]
    fn commands_are_spread_over_seeds() {
        assert_eq!(asked(""), histories(1, 1_000, 100));
        assert_eq!(asked("--seed 7 --commands 10000000"), histories(7, 100_000, 100));
        assert_eq!(asked("--commands 1001 --seeds 4"), histories(1, 4, 251));
        assert_eq!(asked("--seed 0 --seeds 3"), histories(0, 3, 100));
    }

    #[test]
    fn worlds_and_canaries_stand_alone() {
        assert_eq!(asked("--worlds 6"), Ok(Asked::Worlds { length: 6 }));
        assert_eq!(asked("--canaries"), Ok(Asked::Canaries));
    }

    #[test]
    fn mistakes_are_refused() {
        for line in ["--commands 0", "--seeds many", "--worlds", "--worlds 3 --seed 1", "--fast", "12"] {
            assert!(asked(line).is_err(), "{line}");
        }
    }
}
