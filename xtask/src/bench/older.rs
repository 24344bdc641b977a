//! Another commit of this repository, to measure against.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, OnPath};
use crate::progress::Step;
use crate::tools::{Project, output_of};

/// A commit that there is.
pub(crate) struct Commit {
    /// Its whole name.
    pub(crate) hash: String,
}

impl Commit {
    /// By any name that git knows it by.
    pub(crate) fn named(project: &Project, name: &str) -> Result<Commit, Failure> {
        let mut command = git(project);
        command.args(["rev-parse", "--verify", &format!("{name}^{{commit}}")]);
        let remedy = "name a commit that `git log` shows, in a git checkout; a shallow clone may lack it, \
                      which `git fetch --unshallow` mends";
        let hash = output_of(&mut command, remedy)
            .map_err(|failure| failure.within(&format!("there is no commit `{name}` here")))?;
        Ok(Commit { hash: hash.trim().to_string() })
    }

    /// A copy of its sources with a build directory of its own, kept for the next run: cargo takes packages that are
    /// at the same place in their workspaces for the same, and would build both anew each time.
    pub(crate) fn sources(&self, project: &Project, step: &mut Step) -> Result<Project, Failure> {
        let home = project.scratch()?.join("against").join(&self.hash);
        let copy =
            Project { root: home.join("sources"), target: home.join("target"), wasm_tests: Vec::new() };
        if copy.root.is_dir() {
            step.idle();
        } else {
            self.copy(project, step, &home, &copy.root)?;
        }
        self.check(project, &copy)?;
        Ok(copy)
    }

    /// It is there as a whole or not at all. The index is one of its own: that of the checkout stays as it is.
    fn copy(&self, project: &Project, step: &mut Step, home: &Path, sources: &Path) -> Result<(), Failure> {
        if home.exists() {
            std::fs::remove_dir_all(home).on("remove", home)?;
        }
        let part = home.join("part");
        std::fs::create_dir_all(&part).on("make", &part)?;
        let index = home.join("index");
        let prefix = format!("--prefix={}/", part.display());
        for words in [&["read-tree", &self.hash][..], &["checkout-index", "--all", &prefix]] {
            let mut command = git(project);
            command.args(words).env("GIT_INDEX_FILE", &index);
            step.run(&mut command, "see what git says above; the clone must have all files of the commit")?;
        }
        std::fs::rename(&part, sources).on("rename", &part)
    }

    /// Whether it can be measured by what measures the present.
    fn check(&self, project: &Project, copy: &Project) -> Result<(), Failure> {
        const LATER: &str = "name a later commit";
        if !copy.root.join("benches/queues/main.rs").is_file() {
            return Err(Failure::new(format!("{} has no workload in benches/queues", self.hash), LATER));
        }
        let (old, new) = (locked(copy)?, locked(project)?);
        let [old, new] = [&old, &new].map(|lock| version(lock, "wasm-bindgen").unwrap_or("none"));
        if old != new {
            let what = format!("{} was made for wasm-bindgen {old}, this checkout for {new}", self.hash);
            return Err(Failure::new(what, LATER));
        }
        Ok(())
    }
}

fn git(project: &Project) -> Command {
    let mut command = Command::new("git");
    command.current_dir(&project.root);
    command
}

fn locked(project: &Project) -> Result<String, Failure> {
    let lock = project.root.join("Cargo.lock");
    std::fs::read_to_string(&lock).on("read", &lock)
}

/// The version of a package in a Cargo.lock.
fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version(lock, "serde"), None);
        assert_eq!(version("name = \"wasm-bindgen\"", "wasm-bindgen"), None);
    }
}
