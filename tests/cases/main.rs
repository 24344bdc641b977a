//! What other systems' tests and documents say should happen, as stories played on the engine and on
//! the reference: one test for each case, named by its id. The stories are in the `.story` files, in
//! the format that `../README.md` explains; `index` lists every case there is.
//!
//! The tests are made of the stories, so they have a harness of their own.

mod catalogue;
#[path = "../harness/mod.rs"]
mod harness;
#[path = "../reference/mod.rs"]
mod reference;
#[path = "../rules/table"]
mod table {
    pub mod commands;
    pub mod days;
    pub mod item;
    pub mod play;
    pub mod players;
    pub mod tell;
    pub mod words;
}

use catalogue::{Story, stories};
use harness::Test;
use std::process::ExitCode;

fn main() -> ExitCode {
    harness::run(all_tests())
}

fn all_tests() -> Vec<Test> {
    let told = stories();
    let of_catalogue = catalogue::CHECKS.iter().map(|&(name, check)| Test { name, run: Box::new(check) });
    let of_story =
        |story: Story| Test { name: story.id, run: Box::new(move || table::play::wrong_rows(story.table)) };
    of_catalogue.chain(told.into_iter().map(of_story)).collect()
}
