//! `cargo xtask fuzz`: libFuzzer at the doors that take outside bytes, with a nightly toolchain.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, OnPath};
use crate::progress::{Step, Steps};
use crate::tools::{CargoTool, Project, not_started, output_of};

const USAGE: &str = "usage: cargo xtask fuzz [--minutes N] [DOOR ...]\n\
                     DOOR: snapshot, json, decode, columns, log or csv; without any, all of them";

/// As tests/fuzzing and fuzz/door.rs name them.
const DOORS: [&str; 6] = ["snapshot", "json", "decode", "columns", "log", "csv"];

const CARGO_FUZZ: CargoTool = CargoTool { name: "cargo-fuzz", version: "0.13.2" };

const NO_NIGHTLY: &str = "libFuzzer needs a nightly toolchain: rustup toolchain install nightly. Without it the same doors are \
    gone through by cargo test --release --test fuzz, as many inputs as FUZZ_INPUTS says";

/// No input is longer: see MOST_BYTES in tests/fuzzing/door.rs.
const MOST_BYTES: u32 = 1 << 15;

/// An input that takes longer is a finding.
const MOST_SECONDS: u32 = 10;

/// Of all that the engine, the fuzzer and the sanitizer need; an input that needs more is a finding.
const MOST_MEGABYTES: u32 = 2_048;

/// Fuzzes, and fails where anything was found.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::read(args).map_err(|error| Failure::from(format!("{error}\n{USAGE}")))?;
    let project = Project::find()?;
    let mut steps = Steps::new(2);
    let fuzzer = steps.step("nightly toolchain and cargo-fuzz", |step| Fuzzer::find(&project, step))?;
    steps.step("doors with libFuzzer", |step| fuzzer.build(step))?;
    let mut rows = vec!["door       minutes  executions  inputs kept  found".to_string()];
    let mut found = Vec::new();
    for door in &options.doors {
        let fuzzed = fuzzer.fuzz(door, options.minutes)?;
        rows.push(fuzzed.row(door, options.minutes));
        found.extend(fuzzed.findings);
    }
    println!("{}", rows.join("\n"));
    match found[..] {
        [] => Ok(()),
        _ => Err(Failure::new(
            format!("found: {}", found.join(", ")),
            "mend what it shows, and keep the input in tests/fuzz",
        )),
    }
}

#[derive(Debug, PartialEq)]
struct Options {
    minutes: u32,
    doors: Vec<String>,
}

impl Options {
    fn read(args: &[String]) -> Result<Options, lexopt::Error> {
        use lexopt::prelude::*;
        let mut options = Options { minutes: 10, doors: Vec::new() };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next()? {
            match arg {
                Long("minutes") => options.minutes = parser.value()?.parse_with(minutes)?,
                Value(door) if DOORS.iter().any(|known| door == *known) => options.doors.push(door.string()?),
                other => return Err(other.unexpected()),
            }
        }
        if options.doors.is_empty() {
            options.doors = DOORS.map(str::to_string).to_vec();
        }
        Ok(options)
    }
}

fn minutes(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|minutes| (1..=10_000).contains(minutes)).ok_or("1 to 10000 minutes".to_string())
}

/// What a run at one door came to.
#[derive(Debug, Default, PartialEq)]
struct Fuzzed {
    executions: u64,
    kept: u64,
    findings: Vec<String>,
}

impl Fuzzed {
    /// From libFuzzer's last words: `stat::number_of_executed_units: 4711`, `stat::new_units_added: 17`.
    fn read(printed: &str, findings: Vec<String>) -> Fuzzed {
        let stat = |name: &str| {
            let line = printed.lines().rev().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name));
            line.and_then(|rest| rest.trim_start_matches(':').trim().parse().ok()).unwrap_or(0)
        };
        Fuzzed { executions: stat("number_of_executed_units"), kept: stat("new_units_added"), findings }
    }

    fn row(&self, door: &str, minutes: u32) -> String {
        format!("{door:<10} {minutes:>7} {:>11} {:>12}  {}", self.executions, self.kept, self.findings.len())
    }
}

struct Fuzzer<'p> {
    project: &'p Project,
    cargo_fuzz: PathBuf,
    /// The corpora and what was found.
    directory: PathBuf,
}

impl<'p> Fuzzer<'p> {
    fn find(project: &'p Project, step: &mut Step) -> Result<Fuzzer<'p>, Failure> {
        output_of(Command::new("cargo").args(["+nightly", "--version"]), NO_NIGHTLY)?;
        let cargo_fuzz = CARGO_FUZZ.find_or_install(project, step)?;
        Ok(Fuzzer { project, cargo_fuzz, directory: project.scratch()?.join("fuzz") })
    }

    fn build(&self, step: &mut Step) -> Result<(), Failure> {
        step.run(&mut self.cargo_fuzz("build"), "see what the compiler says above").map(drop)
    }

    /// A command of cargo-fuzz for the one program that has all doors.
    fn cargo_fuzz(&self, subcommand: &str) -> Command {
        let mut command = Command::new("cargo");
        let tools = self.cargo_fuzz.parent().unwrap_or(Path::new("")).to_path_buf();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(tools).chain(std::env::split_paths(&path));
        if let Ok(paths) = std::env::join_paths(paths) {
            command.env("PATH", paths);
        }
        // The cargo that runs this tool has named itself and its toolchain to whom it starts.
        command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
        command.env("CARGO_TARGET_DIR", self.project.target.join("fuzzing"));
        command.args(["+nightly", "fuzz", subcommand, "--fuzz-dir"]).arg(self.project.root.join("fuzz"));
        command.arg("door").current_dir(&self.project.root);
        command
    }

    /// Goes on from what earlier runs kept. The first input that fails ends the run.
    fn fuzz(&self, door: &str, minutes: u32) -> Result<Fuzzed, Failure> {
        let (corpus, found) = (self.directory.join(door), self.found(door));
        for directory in [&corpus, &found] {
            std::fs::create_dir_all(directory).on("make", directory)?;
        }
        let mut begin = self.libfuzzer(door, "-runs=1");
        begin.env("SEEDS", &corpus);
        let begun = self.listen(door, begin)?;
        if !begun.findings.is_empty() {
            return Ok(begun);
        }
        self.listen(door, self.libfuzzer(door, &format!("-max_total_time={}", minutes * 60)))
    }

    /// Where inputs are put that fail.
    fn found(&self, door: &str) -> PathBuf {
        self.directory.join([door, "-found"].concat())
    }

    fn libfuzzer(&self, door: &str, limit: &str) -> Command {
        let mut command = self.cargo_fuzz("run");
        command.arg(self.directory.join(door)).args(["--", limit]).env("DOOR", door);
        command.arg(format!("-artifact_prefix={}/", self.found(door).display()));
        command.args([format!("-max_len={MOST_BYTES}"), format!("-timeout={MOST_SECONDS}")]);
        command.args([format!("-rss_limit_mb={MOST_MEGABYTES}"), "-print_final_stats=1".to_string()]);
        command
    }

    /// Runs libFuzzer to its end. It ends badly where it found something; where there is nothing to show, that is a
    /// failure of its own.
    fn listen(&self, door: &str, mut command: Command) -> Result<Fuzzed, Failure> {
        let before = files(&self.found(door))?;
        let log = self.directory.join([door, ".log"].concat());
        let file = std::fs::File::create(&log).on("write", &log)?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file);
        eprintln!("{door}: what libFuzzer says is in {}", log.display());
        let status = command.status().map_err(|error| not_started(&command, &error, NO_NIGHTLY))?;
        let printed = std::fs::read(&log).on("read", &log)?;
        let findings: Vec<String> =
            files(&self.found(door))?.into_iter().filter(|file| !before.contains(file)).collect();
        if !status.success() && findings.is_empty() {
            return Err(Failure::new(
                format!("{door}: libFuzzer ended badly ({status})"),
                "see what it says",
            ));
        }
        Ok(Fuzzed::read(&String::from_utf8_lossy(&printed), findings))
    }
}

fn files(directory: &Path) -> Result<Vec<String>, Failure> {
    let entries = std::fs::read_dir(directory).on("list", directory)?;
    let names = entries.filter_map(|entry| entry.ok()?.path().to_str().map(str::to_string));
    Ok(names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, lexopt::Error> {
        Options::read(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn doors_and_minutes_are_read_and_nothing_else() {
        assert_eq!(read("").map(|it| (it.minutes, it.doors.len())).ok(), Some((10, DOORS.len())));
        let two = Options { minutes: 3, doors: vec!["log".to_string(), "csv".to_string()] };
        assert_eq!(read("log --minutes 3 csv").ok(), Some(two));
        for line in ["window", "--minutes 0", "--minutes x", "--hours 1"] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_last_words_of_libfuzzer_are_read() {
        let printed = "#2 INITED cov: 3\nDone 4711 runs in 2 second(s)\nstat::number_of_executed_units: 4711\n\
            stat::average_exec_per_sec:     2355\nstat::new_units_added:          17\n";
        let expected = Fuzzed { executions: 4_711, kept: 17, findings: Vec::new() };
        assert_eq!(Fuzzed::read(printed, Vec::new()), expected);
    }
}
