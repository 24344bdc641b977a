//! The outbox, killed again and again (`cargo xtask outbox`). `cargo xtask test` runs the same test with five kills.

use std::process::ExitCode;

use crate::failure::Failure;
use crate::packaging::{ended, kills};
use crate::tools::{Project, node};

const USAGE: &str = "usage: cargo xtask outbox [--kills N]\n\
                     --kills: how often the process that delivers is killed; 5, where it is not said";

/// `cargo xtask outbox`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, Failure> {
    let kills = kills(args, USAGE)?;
    let project = Project::find()?;
    crate::build::package(&project)?;
    let mut test = node()?;
    test.args(["--test", "--test-reporter=spec", "pkg/test/outbox/kill.test.mjs"]);
    test.current_dir(&project.root).env("KILLS", kills.to_string());
    ended(&mut test)
}
