//! Firefox and its driver.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Engine, Kind, apt_install, is_root_of_debian, named, on_path};
use crate::failure::Failure;
use crate::progress::Step;
use crate::tools::{CargoTool, Project};

const REMEDY: &str = "install Firefox so that it is on the PATH (or name it in the environment variable FIREFOX), and \
    run the same command again";

const DRIVER: CargoTool = CargoTool { name: "geckodriver", version: "0.37.1" };

/// Finds the browser, or else installs Debian's package when it is root of a Debian; its driver is Cargo's to build.
pub(super) fn find_or_install(project: &Project, step: &mut Step) -> Result<Engine, Failure> {
    let browser = match browser() {
        Some(browser) => browser,
        None if is_root_of_debian() => {
            apt_install(step, &["firefox-esr"], REMEDY)?;
            browser().ok_or_else(|| Failure::new("Debian's package brought no Firefox", REMEDY))?
        }
        None => return Err(Failure::new("Firefox is missing", REMEDY)),
    };
    let driver = match named("GECKODRIVER").or_else(|| on_path("geckodriver")) {
        Some(driver) => driver,
        None => DRIVER.find_or_install(project, step)?,
    };
    let capabilities = json!({ "moz:firefoxOptions": { "binary": browser, "args": ["-headless"] } });
    Ok(Engine { kind: Kind::Firefox, driver, capabilities, environment: Value::Null, screen: None })
}

fn browser() -> Option<PathBuf> {
    named("FIREFOX").or_else(|| ["firefox", "firefox-esr"].iter().find_map(|name| on_path(name)))
}
