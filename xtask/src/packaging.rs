//! The package as npm packs it, in projects of others' tools (`cargo xtask packaging`) and in workerd (`cargo xtask edge`).

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use crate::browsers::Chromium;
use crate::build::{copy, empty, unless};
use crate::failure::{Failure, OnPath};
use crate::progress::{Step, Steps};
use crate::stamp::{Stamp, Tree};
use crate::tools::{Project, node, not_started, npm};

const ONLINE: &str = "see that this machine reaches npm's registry, and run the same command again";
const AGAIN: &str = "see what is said above, and run the same command again";

const USAGE: &str = "usage: cargo xtask packaging [--quick] [PROJECT ...]\n\
                     --quick: what `cargo xtask test` runs of it; PROJECT: a row of its table, or the beginning of one";
const EDGE_USAGE: &str = "usage: cargo xtask edge [--kills N]\n\
                          --kills: how often workerd is killed under load; 5, where it is not said";

/// How many of the tools are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The `dependencies` of tests/packaging/package.json: for the tests in workerd, and the quick projects.
    Quick,
    /// Its `devDependencies`, too.
    Whole,
}

/// `cargo xtask packaging`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, Failure> {
    let (part, names) = asked(args).map_err(|error| Failure::from(format!("{error}\n{USAGE}")))?;
    let project = Project::find()?;
    crate::build::package(&project)?;
    let mut steps = Steps::new(2);
    let browser = steps.step("Chromium", Chromium::find_or_install)?;
    let workshop = steps.step("tools and tarball", |step| Workshop::set(&project, part, step))?;
    let mut matrix = workshop.matrix(part, &browser)?;
    ended(matrix.args(names))
}

/// `cargo xtask edge`.
pub(crate) fn edge(args: &[String]) -> Result<ExitCode, Failure> {
    let kills = kills(args, EDGE_USAGE)?;
    let project = Project::find()?;
    crate::build::package(&project)?;
    let mut steps = Steps::new(2);
    let browser = steps.step("Chromium", Chromium::find_or_install)?;
    let workshop = steps.step("tools and tarball", |step| Workshop::set(&project, Part::Quick, step))?;
    let mut tests = node()?;
    tests.args(["--test", "--test-reporter=spec"]).args(workshop.edge_tests()?);
    tests.current_dir(&workshop.directory).env("CHROMIUM", browser.browser).env("KILLS", kills.to_string());
    ended(&mut tests)
}

fn asked(args: &[String]) -> Result<(Part, Vec<String>), lexopt::Error> {
    use lexopt::prelude::*;
    let (mut part, mut names) = (Part::Whole, Vec::new());
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("quick") => part = Part::Quick,
            Value(name) => names.push(name.string()?),
            unknown => return Err(unknown.unexpected()),
        }
    }
    Ok((part, names))
}

/// The number of `--kills N`, 5 by default.
pub(crate) fn kills(args: &[String], usage: &str) -> Result<u32, Failure> {
    kills_asked(args).map_err(|error| Failure::from(format!("{error}\n{usage}")))
}

fn kills_asked(args: &[String]) -> Result<u32, lexopt::Error> {
    use lexopt::prelude::*;
    let mut kills = 5;
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("kills") => kills = parser.value()?.parse()?,
            unknown => return Err(unknown.unexpected()),
        }
    }
    Ok(kills)
}

/// Runs what says itself how it went.
pub(crate) fn ended(command: &mut Command) -> Result<ExitCode, Failure> {
    command.stdin(Stdio::null());
    let status = command.status().map_err(|error| not_started(command, &error, AGAIN))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Where the tools, the tarball and the projects are put together.
pub(crate) struct Workshop {
    pub(crate) directory: PathBuf,
}

impl Workshop {
    /// The package must be built.
    pub(crate) fn set(project: &Project, part: Part, step: &mut Step) -> Result<Workshop, Failure> {
        let workshop = Workshop { directory: project.scratch()?.join("packaging") };
        workshop.copy_sources(project)?;
        workshop.install_tools(project, part, step)?;
        workshop.pack(project, step)?;
        workshop.install_package("edge", step)?;
        Ok(workshop)
    }

    fn copy_sources(&self, project: &Project) -> Result<(), Failure> {
        let sources = Tree { path: project.root.join("tests/packaging"), without: &["node_modules"] };
        for made in ["documents", "edge", "projects"] {
            empty(&self.directory.join(made), &["node_modules"])?;
        }
        copy(&sources, &self.directory)?;
        let example =
            Tree { path: project.root.join("examples/checkout-worker"), without: &["node_modules"] };
        copy(&example, &self.directory.join("edge/checkout-worker"))?;
        copy(&Tree::all(project.root.join("docs/guides")), &self.directory.join("documents/docs/guides"))?;
        let settings = project.root.join(".npmrc");
        std::fs::copy(&settings, self.directory.join(".npmrc")).on("copy", &settings).map(drop)
    }

    fn install_tools(&self, project: &Project, part: Part, step: &mut Step) -> Result<(), Failure> {
        let inputs = ["package.json", "package-lock.json"].map(|name| Tree::all(self.directory.join(name)));
        let installed = Tree::all(self.directory.join("node_modules/.package-lock.json"));
        let stamp = |name| Stamp::new(project, name, &[], &inputs, vec![installed.clone()]);
        let (quick, whole) = (stamp("packaging-quick")?, stamp("packaging-whole")?);
        if part == Part::Quick && whole.holds()? {
            step.idle();
            return Ok(());
        }
        unless(if part == Part::Quick { &quick } else { &whole }, step, |step| {
            // Not `npm ci`: it wants the lock to name the builds for every system, of which a registry may lack some.
            let mut install = npm();
            install.args(["install", "--ignore-scripts"]).current_dir(&self.directory);
            if part == Part::Quick {
                install.arg("--omit=dev");
            }
            step.run(&mut install, ONLINE)?;
            if part == Part::Whole {
                // Bun's own script puts its program in place, and is the only one that is needed.
                let mut bun = node()?;
                step.run(bun.arg("node_modules/bun/install.js").current_dir(&self.directory), ONLINE)?;
            }
            Ok(())
        })
    }

    /// The tarball as it would be published.
    fn pack(&self, project: &Project, step: &mut Step) -> Result<(), Failure> {
        let mut pack = npm();
        pack.args(["pack", "--silent", "--pack-destination"]).arg(&self.directory);
        let name = step.run(pack.current_dir(project.package()), AGAIN)?;
        let (made, wanted) = (self.directory.join(name.trim()), self.tarball());
        std::fs::rename(&made, &wanted).on("rename", &made)
    }

    fn tarball(&self) -> PathBuf {
        self.directory.join("backorder.tgz")
    }

    /// Installs the tarball into a directory that has a package.json.
    fn install_package(&self, directory: &str, step: &mut Step) -> Result<(), Failure> {
        let directory = self.directory.join(directory);
        empty(&directory.join("node_modules/backorder"), &[])?;
        let mut install = npm();
        install.args(["install", "--no-save", "--no-package-lock", "--offline"]).arg(self.tarball());
        step.run(install.current_dir(directory), AGAIN).map(drop)
    }

    /// The tests that run in workerd.
    pub(crate) fn edge_tests(&self) -> Result<Vec<String>, Failure> {
        let tests = Tree { path: self.directory.join("edge"), without: &["node_modules"] }.files()?;
        let names = tests.iter().filter_map(|file| file.to_str()).filter(|file| file.ends_with(".test.mjs"));
        Ok(names.map(|file| format!("edge/{file}")).collect())
    }

    /// What runs the projects and prints a row for each; its last line is the count.
    pub(crate) fn matrix(&self, part: Part, browser: &Chromium) -> Result<Command, Failure> {
        let mut command = node()?;
        command.arg("matrix.mjs").env("CHROMIUM", &browser.browser).current_dir(&self.directory);
        if part == Part::Quick {
            command.arg("--quick");
        }
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_string).collect()
    }

    #[test]
    fn arguments_are_read() {
        assert_eq!(asked(&words("")).unwrap(), (Part::Whole, words("")));
        assert_eq!(asked(&words("--quick vite Deno")).unwrap(), (Part::Quick, words("vite Deno")));
        assert!(asked(&words("--kills 5")).is_err());
        assert_eq!(kills_asked(&words("")).unwrap(), 5);
        assert_eq!(kills_asked(&words("--kills 50")).unwrap(), 50);
        for wrong in ["--kills", "--kills many", "50"] {
            assert!(kills_asked(&words(wrong)).is_err(), "{wrong}");
        }
    }
}
