//! WebKit: the small browser that comes with WebKitGTK, its driver, and an X server, as it has no mode without a screen.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Engine, Kind, apt_install, is_root, is_root_of_debian, named, on_path};
use crate::failure::Failure;
use crate::progress::Step;

const REMEDY: &str = "install WebKitGTK's WebKitWebDriver and Xvfb so that both are on the PATH, and its MiniBrowser (or \
    name it in the environment variable MINIBROWSER), and run the same command again";

/// Finds them, or else installs Debian's packages when it is root of a Debian.
pub(super) fn find_or_install(step: &mut Step) -> Result<Engine, Failure> {
    if let Some(found) = find() {
        step.idle();
        return Ok(found);
    }
    if !is_root_of_debian() {
        return Err(Failure::new("WebKit, its driver or Xvfb is missing", REMEDY));
    }
    apt_install(step, &["webkit2gtk-driver", "xvfb"], REMEDY)?;
    find().ok_or_else(|| Failure::new("Debian's packages brought no WebKit", REMEDY))
}

fn find() -> Option<Engine> {
    let browser = named("MINIBROWSER").or_else(installed)?;
    // Its sandbox needs rights that containers do not give; of root it is not asked at all.
    let environment = match is_root() {
        true => json!({ "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1" }),
        false => Value::Null,
    };
    Some(Engine {
        kind: Kind::WebKit,
        driver: on_path("WebKitWebDriver")?,
        capabilities: json!({ "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] } }),
        environment,
        screen: Some(on_path("Xvfb")?),
    })
}

/// It is on no PATH: in the library's own directory, `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1`, say.
fn installed() -> Option<PathBuf> {
    let below = |directory: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let libraries = ["/usr/lib", "/usr/libexec"].map(Path::new);
    let nested = libraries
        .iter()
        .flat_map(|library| below(library))
        .flat_map(|path| [below(&path), vec![path]].concat());
    let is_webkit =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit"));
    let browsers = nested.filter(is_webkit).map(|path| path.join("MiniBrowser"));
    browsers.filter(|browser| browser.is_file()).max()
}
