//! Chromium and its driver: found, or installed where that can be done without asking anybody.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::failure::{Failure, OnPath};
use crate::progress::Step;
use crate::tools::Project;

const REMEDY: &str = "install Chromium and the ChromeDriver of the same version so that both are on the PATH \
    (or name them in the environment variables CHROMIUM and CHROMEDRIVER), and run the same command again";

/// What keeps a browser that only tests from talking to anyone but the page under test.
const FLAGS: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

#[derive(Clone)]
pub(super) struct Browser {
    pub(super) chromium: PathBuf,
    pub(super) driver: PathBuf,
}

impl Browser {
    pub(super) fn find() -> Option<Browser> {
        let chromium = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        Some(Browser {
            chromium: named("CHROMIUM").or_else(|| chromium.iter().find_map(|name| on_path(name)))?,
            driver: named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?,
        })
    }

    /// Finds them, or else installs Debian's packages when it is root of a Debian.
    pub(super) fn find_or_install(step: &mut Step) -> Result<Browser, Failure> {
        if let Some(browser) = Browser::find() {
            step.idle();
            return Ok(browser);
        }
        if !is_root_of_debian() {
            return Err(Failure::new("Chromium or ChromeDriver is missing", REMEDY));
        }
        step.run(apt_get().arg("update"), REMEDY)?;
        step.run(apt_get().args(["install", "--yes", "chromium", "chromium-driver"]), REMEDY)?;
        Browser::find().ok_or_else(|| Failure::new("Debian's packages brought no Chromium", REMEDY))
    }

    /// Writes the settings that the driver starts the browser with, and returns their file.
    pub(super) fn settings(&self, project: &Project) -> Result<PathBuf, Failure> {
        let mut flags = FLAGS.to_vec();
        if is_root() {
            // Chromium's sandbox refuses to be started by root.
            flags.push("--no-sandbox");
        }
        let settings = json!({ "goog:chromeOptions": { "binary": self.chromium, "args": flags } });
        let file = project.scratch()?.join("webdriver.json");
        std::fs::write(&file, settings.to_string()).on("write", &file)?;
        Ok(file)
    }
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(&file)).find(|file| file.is_file())
}

fn is_root_of_debian() -> bool {
    is_root() && std::fs::read_to_string(Path::new("/etc/os-release")).is_ok_and(|text| is_debian(&text))
}

fn is_debian(os_release: &str) -> bool {
    os_release.lines().any(|line| line.trim() == "ID=debian")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_itself_is_debian() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\nVERSION_ID=\"12\"\n"));
        // Its chromium packages are empty ones that point to another store.
        assert!(!is_debian("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"));
    }
}
