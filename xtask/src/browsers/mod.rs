//! Browsers and their drivers: found, or installed where that can be done without asking anybody.

mod chromium;
mod firefox;
mod webkit;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::progress::Step;
use crate::tools::Project;

pub(crate) use chromium::Chromium;

/// A browser engine that the package promises to run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Chromium,
    Firefox,
    WebKit,
}

impl Kind {
    pub(crate) const ALL: [Kind; 3] = [Kind::Chromium, Kind::Firefox, Kind::WebKit];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Kind::Chromium => "Chromium",
            Kind::Firefox => "Firefox",
            Kind::WebKit => "WebKit",
        }
    }

    /// What finding it is about.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Kind::Firefox => "Firefox (the first time its driver is built: some minutes)",
            Kind::Chromium | Kind::WebKit => self.name(),
        }
    }

    /// Finds the browser and its driver, or else installs them where that can be done without asking anybody.
    pub(crate) fn find_or_install(self, project: &Project, step: &mut Step) -> Result<Engine, Failure> {
        match self {
            Kind::Chromium => Chromium::find_or_install(step).map(|found| found.engine()),
            Kind::Firefox => firefox::find_or_install(project, step),
            Kind::WebKit => webkit::find_or_install(step),
        }
    }
}

/// A browser and its driver.
#[derive(Clone)]
pub(crate) struct Engine {
    kind: Kind,
    driver: PathBuf,
    /// What the driver starts the browser with.
    capabilities: Value,
    /// What both need in their environment.
    environment: Value,
    /// The X server of a browser that can't do without.
    screen: Option<PathBuf>,
}

impl Engine {
    /// For www/test/package/webdriver.mjs, as JSON.
    pub(crate) fn told(&self) -> String {
        let Engine { kind, driver, capabilities, environment, screen } = self;
        json!({
            "name": kind.name(), "driver": driver, "capabilities": capabilities, "environment": environment, "screen": screen,
        })
        .to_string()
    }
}

/// Installs Debian's packages; to be asked for by root of a Debian.
fn apt_install(step: &mut Step, packages: &[&str], remedy: &str) -> Result<(), Failure> {
    step.run(apt_get().arg("update"), remedy)?;
    step.run(apt_get().args(["install", "--yes"]).args(packages), remedy).map(drop)
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
