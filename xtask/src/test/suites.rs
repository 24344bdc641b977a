//! The suites, each of which says how much of it passed.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use super::counts::{self, Counts};
use super::engines::Engines;
use crate::audit;
use crate::browsers::{Chromium, Kind};
use crate::build::toml_string;
use crate::digest;
use crate::failure::{Failure, OnPath};
use crate::packaging::{Part, Workshop};
use crate::stamp::Tree;
use crate::tools::{Project, WASM_TARGET, node, not_started};

/// What the suites stand on, or why it could not be had.
pub(super) struct Prepared {
    pub(super) toolchain: Result<(), Failure>,
    pub(super) tool: Result<PathBuf, Failure>,
    pub(super) browser: Result<Chromium, Failure>,
    pub(super) engines: Engines,
    pub(super) site: Result<PathBuf, Failure>,
    pub(super) workshop: Result<Workshop, Failure>,
}

type Suite = fn(&Project, &Prepared) -> Result<Counts, Failure>;

pub(super) const SUITES: &[(&str, Suite)] = &[
    ("formatting", |project, prepared| {
        prepared.toolchain.clone()?;
        let fuzz = check(project.cargo("fmt").args(["--manifest-path", "fuzz/Cargo.toml", "--check"]))?;
        Ok(check(project.cargo("fmt").args(["--all", "--check"]))?.plus(fuzz))
    }),
    ("clippy, host", |project, prepared| {
        prepared.toolchain.clone()?;
        let mut clippy = project.cargo("clippy");
        check(clippy.args(["--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]))
    }),
    ("clippy, wasm32", |project, prepared| {
        prepared.toolchain.clone()?;
        check(in_wasm(project, "clippy").args(["--", "-D", "warnings"]))
    }),
    ("rustdoc", |project, _| {
        let mut rustdoc = project.cargo("doc");
        rustdoc.args(["--package", "backorder", "--no-deps", "--features", "zones"]);
        check(rustdoc.env("RUSTDOCFLAGS", "-D warnings"))
    }),
    ("shipped crates", |project, _| {
        let faults = audit::faults(project)?;
        faults.iter().for_each(|fault| println!("{fault}"));
        Ok(if faults.is_empty() { Counts::PASSED } else { Counts::FAILED })
    }),
    ("Rust tests", |project, _| {
        let mut tests = project.cargo("test");
        rust(tests.args(["--workspace", "--features", "canary,zones", "--no-fail-fast"]))
    }),
    ("wasm tests, Node", |project, prepared| {
        rust(wasm_tests(project, prepared)?.env("WASM_BINDGEN_TEST_ONLY_NODE", "1"))
    }),
    ("wasm tests, Chromium", wasm_in_chromium),
    ("one digest everywhere", one_digest),
    ("type tests", |project, _| {
        let mut tsc = project.npm_tool("typescript/bin/tsc")?;
        check(tsc.args(["--noEmit", "--project", "pkg/test/types/tsconfig.json"]))
    }),
    ("JavaScript tests", |project, prepared| {
        let site = prepared.site.clone()?;
        let files = tests_in(project, "pkg/test", Tree::all)?;
        let place = |command: &mut Command| {
            command.current_dir(&project.root).env("SITE_DIR", site);
        };
        Ok(node_tests(project, &files, place)?.1)
    }),
    ("edge tests, workerd", in_workerd),
    ("packaging, quick part", quick_projects),
    ("package in Chromium", |project, prepared| {
        prepared.engines.run(Kind::Chromium, project, &prepared.site)
    }),
    ("package in Firefox", |project, prepared| prepared.engines.run(Kind::Firefox, project, &prepared.site)),
    ("package in WebKit", |project, prepared| prepared.engines.run(Kind::WebKit, project, &prepared.site)),
    ("page tests, Chromium", |project, prepared| {
        let (site, browser) = (prepared.site.clone()?, prepared.browser.clone()?.browser);
        let files = tests_in(project, "www/test", |path| Tree { path, without: &["package"] })?;
        let place = |command: &mut Command| {
            command.current_dir(&project.root).env("SITE_DIR", site).env("CHROMIUM", browser);
        };
        Ok(node_tests(project, &files, place)?.1)
    }),
];

/// A cargo command on the library and the tests that run inside wasm.
fn in_wasm(project: &Project, subcommand: &str) -> Command {
    let mut command = project.cargo(subcommand);
    command.args(["--package", "backorder", "--target", WASM_TARGET, "--lib"]);
    for test in &project.wasm_tests {
        command.args(["--test", test]);
    }
    command
}

fn wasm_tests(project: &Project, prepared: &Prepared) -> Result<Command, Failure> {
    prepared.toolchain.clone()?;
    let tool = prepared.tool.clone()?;
    let mut command = in_wasm(project, "test");
    let runner = format!("[{}, 'test-runner']", toml_string(&tool.to_string_lossy()));
    command.args(["--no-fail-fast", "--config", &format!("target.{WASM_TARGET}.runner={runner}")]);
    // The runner stops waiting after this many seconds; the tests are not timed.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(command)
}

fn wasm_in_chromium(project: &Project, prepared: &Prepared) -> Result<Counts, Failure> {
    let browser = prepared.browser.clone()?;
    let mut command = wasm_tests(project, prepared)?;
    // Another browser's driver, when one is set, would come first.
    for other in
        ["GECKODRIVER", "GECKODRIVER_REMOTE", "SAFARIDRIVER", "SAFARIDRIVER_REMOTE", "CHROMEDRIVER_REMOTE"]
    {
        command.env_remove(other);
    }
    command
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser.settings(project)?);
    rust(&mut command)
}

/// Each host that comes to the stored digest has passed. The others there are: `cargo xtask digest`.
fn one_digest(project: &Project, prepared: &Prepared) -> Result<Counts, Failure> {
    prepared.site.clone()?;
    let (passed, failed) = digest::usual(project, &prepared.engines.get(Kind::Chromium))?;
    Ok(Counts { passed, failed, skipped: 0 })
}

/// Runs what only passes or fails as a whole.
fn check(command: &mut Command) -> Result<Counts, Failure> {
    let status =
        command.status().map_err(|error| not_started(command, &error, "see that it is installed"))?;
    Ok(if status.success() { Counts::PASSED } else { Counts::FAILED })
}

fn rust(command: &mut Command) -> Result<Counts, Failure> {
    let (printed, status) = shown_and_kept(command)?;
    Ok(believed(counts::of_rust(&printed), status))
}

/// The files of tests in a directory of the project, of which `tree` says how much counts.
pub(super) fn tests_in(
    project: &Project,
    directory: &str,
    tree: impl FnOnce(PathBuf) -> Tree,
) -> Result<Vec<String>, Failure> {
    let files = tree(project.root.join(directory)).files()?;
    let names = files.iter().filter_map(|file| file.to_str()).filter(|file| file.ends_with(".test.mjs"));
    Ok(names.map(|file| format!("{directory}/{file}")).collect())
}

/// The package's Durable Object and the example that deploys it.
fn in_workerd(project: &Project, prepared: &Prepared) -> Result<Counts, Failure> {
    let workshop = prepared.workshop.as_ref().map_err(Failure::clone)?;
    let browser = prepared.browser.clone()?.browser;
    let (_, counts) = node_tests(project, &workshop.edge_tests()?, |command| {
        command.current_dir(&workshop.directory).env("CHROMIUM", browser);
    })?;
    Ok(counts)
}

/// The quick part of the matrix of projects, which counts its rows itself.
fn quick_projects(_: &Project, prepared: &Prepared) -> Result<Counts, Failure> {
    let workshop = prepared.workshop.as_ref().map_err(Failure::clone)?;
    println!("The quick part; all of it: cargo xtask packaging");
    let mut matrix = workshop.matrix(Part::Quick, &prepared.browser.clone()?)?;
    let (printed, status) = shown_and_kept(&mut matrix)?;
    Ok(believed(counts::of_matrix(&printed), status))
}

/// `place` says where the files are found, and what they need to know. Returns what they printed, too.
pub(super) fn node_tests(
    project: &Project,
    files: &[String],
    place: impl FnOnce(&mut Command),
) -> Result<(String, Counts), Failure> {
    if files.is_empty() {
        println!("there is no test");
        return Ok((String::new(), Counts::FAILED));
    }
    let tap = project.scratch()?.join("node-tests.tap");
    let mut command = node()?;
    command.args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"]);
    command.arg("--test-reporter=tap").arg(format!("--test-reporter-destination={}", tap.display()));
    place(command.args(files));
    let (printed, status) = shown_and_kept(&mut command)?;
    let tap = std::fs::read_to_string(&tap).on("read", &tap)?;
    for file in counts::tests_named_as_files(&tap, files) {
        println!("there is no test in {file}");
    }
    Ok((printed, believed(counts::of_node(&tap, files), status)))
}

/// A suite that ended badly without a failed test, or well without a test at all, has failed all the same.
fn believed(counts: Counts, status: ExitStatus) -> Counts {
    if counts.failed > 0 {
        counts
    } else if !status.success() {
        println!("it ended badly ({status}) though no test failed");
        counts.plus(Counts::FAILED)
    } else if counts.passed == 0 {
        println!("it ran no test");
        counts.plus(Counts::FAILED)
    } else {
        counts
    }
}

/// Runs a command, passing on what it prints, of which the standard output is returned too.
fn shown_and_kept(command: &mut Command) -> Result<(String, ExitStatus), Failure> {
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| not_started(command, &error, "see that it is installed"))?;
    let mut kept = String::new();
    if let Some(pipe) = child.stdout.take() {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            kept.push_str(&String::from_utf8_lossy(&line));
            // Nobody may be reading, which is no reason to stop testing.
            let _ = std::io::stdout().write_all(&line);
            line.clear();
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error, "run it again"))?;
    Ok((kept, status))
}
