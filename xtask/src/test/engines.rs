//! The package's tests in each browser engine, and how many of them ran.

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::ExitCode;

use super::counts::Counts;
use super::row;
use super::suites::{node_tests, tests_in};
use crate::browsers::{Engine, Kind};
use crate::build;
use crate::failure::Failure;
use crate::progress::Steps;
use crate::stamp::Tree;
use crate::tools::Project;

const USAGE: &str = "usage: cargo xtask browsers [chromium] [firefox] [webkit]";

/// `cargo xtask browsers`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, Failure> {
    let asked = if args.is_empty() { Kind::ALL.to_vec() } else { kinds(args)? };
    let project = Project::find()?;
    let site = Ok(build::site(&project)?);
    let engines = Engines::find_or_install(&project, &asked, &mut Steps::new(asked.len()));
    let mut rows = Vec::new();
    let mut total = Counts::default();
    for kind in &asked {
        let started = std::time::Instant::now();
        let counts = engines.run(*kind, &project, &site)?;
        total = total.plus(counts);
        rows.push(row(kind.name(), counts, started.elapsed().as_secs_f64()));
    }
    println!("\n{}\n{}", rows.join("\n"), engines.line());
    Ok(if total.failed == 0 && total.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn kinds(args: &[String]) -> Result<Vec<Kind>, Failure> {
    let named = |arg: &String| Kind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(arg));
    let kinds: Option<Vec<Kind>> = args.iter().map(named).collect();
    kinds.ok_or_else(|| Failure::from(USAGE.to_string()))
}

/// The engines, or why they are not here, and what ran in them.
pub(super) struct Engines {
    found: Vec<(Kind, Result<Engine, Failure>)>,
    /// Names and versions, as the browsers say them.
    ran: RefCell<Vec<String>>,
}

impl Engines {
    pub(super) fn find_or_install(project: &Project, kinds: &[Kind], steps: &mut Steps) -> Engines {
        let found = kinds
            .iter()
            .map(|kind| (*kind, steps.step(kind.about(), |step| kind.find_or_install(project, step))));
        Engines { found: found.collect(), ran: RefCell::default() }
    }

    /// One that is not here is skipped, and it is said; but for Chromium, which other tests need as well.
    pub(super) fn run(
        &self,
        kind: Kind,
        project: &Project,
        site: &Result<PathBuf, Failure>,
    ) -> Result<Counts, Failure> {
        match self.get(kind) {
            Ok(engine) => self.run_in(&engine, project, site.clone()?),
            Err(failure) if kind == Kind::Chromium => Err(failure),
            Err(failure) => {
                println!("{} did not run: {}", kind.name(), failure.sentence());
                Ok(Counts { skipped: 1, ..Counts::default() })
            }
        }
    }

    pub(super) fn get(&self, kind: Kind) -> Result<Engine, Failure> {
        let found = self.found.iter().find(|(found, _)| *found == kind);
        found.map_or_else(|| Err(Failure::from(USAGE.to_string())), |(_, engine)| engine.clone())
    }

    fn run_in(&self, engine: &Engine, project: &Project, site: PathBuf) -> Result<Counts, Failure> {
        let files = tests_in(project, "www/test/package", Tree::all)?;
        let (printed, counts) = node_tests(project, &files, |command| {
            command.current_dir(&project.root).env("SITE_DIR", site).env("BROWSER_ENGINE", engine.told());
        })?;
        self.ran.borrow_mut().extend(engine_named_in(&printed));
        Ok(counts)
    }

    /// "browser engines: 2 of 3 (Chromium 156.0, Firefox 153.0); not here: WebKit".
    pub(super) fn line(&self) -> String {
        let ran = self.ran.borrow();
        let absent = self.found.iter().filter(|(_, engine)| engine.is_err());
        let absent: Vec<&str> = absent.map(|(kind, _)| kind.name()).collect();
        let absent =
            if absent.is_empty() { String::new() } else { format!("; not here: {}", absent.join(", ")) };
        let names = if ran.is_empty() { String::new() } else { format!(" ({})", ran.join(", ")) };
        format!("browser engines: {} of {}{names}{absent}", ran.len(), Kind::ALL.len())
    }
}

/// What www/test/package/blank.mjs says of the browser that it has opened.
fn engine_named_in(printed: &str) -> Option<String> {
    printed.lines().find_map(|line| line.trim().strip_prefix("engine: ")).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_what_ran_and_what_is_not_here() {
        let missing = |kind| (kind, Err(Failure::from("none".to_string())));
        let engines =
            Engines { found: vec![missing(Kind::Firefox), missing(Kind::WebKit)], ran: RefCell::default() };
        engines
            .ran
            .borrow_mut()
            .extend(engine_named_in("# a\n  engine: Chromium 156.0.1\nengine: Chromium 156.0.1\n"));
        assert_eq!(engines.line(), "browser engines: 1 of 3 (Chromium 156.0.1); not here: Firefox, WebKit");
        assert_eq!(engine_named_in("no engine: at all"), None);
    }

    #[test]
    fn engines_are_asked_for_by_name() {
        let kinds = |args: &[&str]| kinds(&args.iter().map(|arg| arg.to_string()).collect::<Vec<_>>());
        assert_eq!(kinds(&["webkit", "Chromium"]).ok(), Some(vec![Kind::WebKit, Kind::Chromium]));
        assert!(kinds(&["safari"]).is_err());
    }
}
