//! Chromium and its driver.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Engine, Kind, apt_install, is_root, is_root_of_debian, named, on_path};
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
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Chromium {
    fn find() -> Option<Chromium> {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        Some(Chromium {
            browser: named("CHROMIUM").or_else(|| names.iter().find_map(|name| on_path(name)))?,
            driver: named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?,
        })
    }

    /// Finds them, or else installs Debian's packages when it is root of a Debian.
    pub(crate) fn find_or_install(step: &mut Step) -> Result<Chromium, Failure> {
        if let Some(found) = Chromium::find() {
            step.idle();
            return Ok(found);
        }
        if !is_root_of_debian() {
            return Err(Failure::new("Chromium or ChromeDriver is missing", REMEDY));
        }
        apt_install(step, &["chromium", "chromium-driver"], REMEDY)?;
        Chromium::found()
    }

    /// Once it was found or installed.
    pub(crate) fn found() -> Result<Chromium, Failure> {
        Chromium::find().ok_or_else(|| Failure::new("Chromium or ChromeDriver is not here", REMEDY))
    }

    pub(crate) fn engine(&self) -> Engine {
        Engine {
            kind: Kind::Chromium,
            driver: self.driver.clone(),
            capabilities: self.capabilities(),
            environment: Value::Null,
            screen: None,
        }
    }

    /// What the driver starts the browser with.
    fn capabilities(&self) -> Value {
        let mut flags = FLAGS.to_vec();
        if is_root() {
            // Chromium's sandbox refuses to be started by root.
            flags.push("--no-sandbox");
        }
        json!({ "goog:chromeOptions": { "binary": self.browser, "args": flags } })
    }

    /// Writes what the driver starts the browser with for who reads it from a file, and returns the file.
    pub(crate) fn settings(&self, project: &Project) -> Result<PathBuf, Failure> {
        let file = project.scratch()?.join("webdriver.json");
        std::fs::write(&file, self.capabilities().to_string()).on("write", &file)?;
        Ok(file)
    }
}
