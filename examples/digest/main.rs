//! The commands of `cargo xtask digest`: writes them for every host, and plays them natively.
//!
//! `digest write FILE COMMANDS` or `digest play FILE`

mod player;
#[path = "../../tests/shops/mod.rs"]
mod shops;

use player::{Digest, Player};
use serde_json::json;
use shops::Step;
use std::error::Error;
use std::fmt::Write;
use std::time::Instant;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", file, commands] => write(file, commands.parse()?),
        ["play", file] => play(file),
        _ => Err("digest write FILE COMMANDS, or digest play FILE".into()),
    }
}

/// A line for each step: `shop SEED ID`, `restore`, or an instant and JSON text.
fn write(file: &str, commands: usize) -> Result<(), Failure> {
    let mut text = String::new();
    for step in shops::shops(commands) {
        match step {
            Step::Open { id, seed } => writeln!(text, "shop {seed} {id}")?,
            Step::Restore => writeln!(text, "restore")?,
            Step::Apply { now, text: command, .. } => writeln!(text, "{now} {command}")?,
        }
    }
    let mut digest = Digest::default();
    digest.feed(text.as_bytes());
    std::fs::write(file, text)?;
    println!("{}", json!({ "input": digest.text() }));
    Ok(())
}

fn play(file: &str) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file)?;
    let begun = Instant::now();
    let mut player = Player::default();
    text.lines().try_for_each(|line| player.line(line))?;
    let played = player.end();
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({ "calls": played.calls, "states": played.states, "answers": played.answers, "trail": played.trail,
            "seconds": seconds })
    );
    Ok(())
}
