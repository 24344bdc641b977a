//! The harness of tests that are not written as functions. It understands what `cargo test` passes on: names,
//! `--list`, `--exact` and `--skip`.

use std::panic::catch_unwind;
use std::process::ExitCode;

/// A test by name: what is wrong, nothing if all is well.
pub struct Test {
    pub name: &'static str,
    pub run: Box<dyn Fn() -> Vec<String> + std::panic::RefUnwindSafe>,
}

/// Runs those that the command line asks for.
pub fn run(all: Vec<Test>) -> ExitCode {
    let asked = Asked::new(std::env::args().skip(1));
    let tests: Vec<Test> = all.into_iter().filter(|test| asked.wants(test.name)).collect();
    if asked.list {
        tests.iter().for_each(|test| println!("{}: test", test.name));
        println!("\n{} tests, 0 benchmarks", tests.len());
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", tests.len());
    let failed = tests.iter().filter(|test| !passes(test)).count();
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {verdict}. {} passed; {failed} failed\n", tests.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn passes(test: &Test) -> bool {
    let wrong = catch_unwind(&test.run).unwrap_or_else(|_| vec!["it panicked".to_owned()]);
    println!("test {} ... {}", test.name, if wrong.is_empty() { "ok" } else { "FAILED" });
    wrong.iter().for_each(|row| println!("  {row}"));
    wrong.is_empty()
}

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    names: Vec<String>,
    skipped: Vec<String>,
    exact: bool,
    list: bool,
}

impl Asked {
    fn new(mut words: impl Iterator<Item = String>) -> Self {
        let mut asked = Asked::default();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--exact" => asked.exact = true,
                "--list" => asked.list = true,
                "--skip" => asked.skipped.extend(words.next()),
                // Options of the usual harness that change nothing here.
                "--color" | "--format" | "--logfile" | "--test-threads" | "-Z" => drop(words.next()),
                option if option.starts_with('-') => {}
                _ => asked.names.push(word),
            }
        }
        asked
    }

    fn wants(&self, name: &str) -> bool {
        let named = |asked: &String| if self.exact { asked == name } else { name.contains(asked.as_str()) };
        (self.names.is_empty() || self.names.iter().any(named)) && !self.skipped.iter().any(named)
    }
}
