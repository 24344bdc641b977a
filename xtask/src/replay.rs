//! `cargo xtask replay`: a shop's real order lines, played through the engine natively and in wasm, and held against
//! what they are known to give.

mod figures;
mod options;
mod playbook;
mod players;
mod report;
pub(crate) mod rows;

use std::fs;
use std::path::Path;

use indicatif::ProgressBar;
use serde_json::{Value, json};

use crate::failure::{Failure, OnPath};
use crate::progress;
use crate::tools::Project;
use figures::{Expected, Played};
use options::{Options, Scenario};
use players::{Player, Runs};
use rows::Book;

/// How often each contestant plays when they are compared.
const ROUNDS: usize = 5;

/// Plays a file, prints the figures, and fails if they are not the expected ones or not the same everywhere.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let options = options::parse(args)?;
    let project = Project::find()?;
    let desk = project.target.join("replay");
    fs::create_dir_all(&desk).on("make", &desk)?;

    let book = read(&options.file)?;
    println!("{}", report::rows(&book, &options.file));
    keep_broken(&book, &desk)?;
    if book.lines.is_empty() {
        return Err(Failure::from("there is nothing to play".to_string()));
    }
    let expected = expected(&project, &book, &options.scenario)?;
    let initial = playbook::initial_stocks(&book, &options.scenario)?;
    let path = desk.join("playbook.bin");
    playbook::write(&book, &initial, &options.scenario, &path).on("write", &path)?;

    let runs = play(&project, &options, &path, &book)?;
    judge(&runs, &options, &book, expected.as_ref())
}

/// Prints what was played, and fails where it is not what it should be.
fn judge(runs: &Runs, options: &Options, book: &Book, expected: Option<&Expected>) -> Result<(), Failure> {
    let native = runs.median(Player::Native)?;
    let wasm = runs.median(Player::Wasm)?;
    let mut played = vec![(Player::Native, native), (Player::Wasm, wasm)];
    if runs.has(Player::Floor) {
        played.push((Player::Floor, runs.median(Player::Floor)?));
    }
    let differences = report::differences(&played, &book.skus, expected);
    println!("{}", report::totals(native, wasm, book, expected));
    println!("{}", report::verdict(&played, book, expected, &differences));
    println!("{}", report::speeds(runs, book)?);
    if let Some(path) = &options.json {
        let text = format!("{:#}\n", json(options, book, native));
        fs::write(path, text).on("write", path)?;
    }
    if !differences.is_empty() {
        return Err(report::failure(&differences));
    }
    // Other scenarios reorder and receive more, or less: the bound is for the published one.
    match report::floor_ratio(runs)? {
        Some(ratio) if expected.is_some() => report::hold(ratio),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<Book, Failure> {
    let length = fs::metadata(path).on("read", path)?.len();
    let bar = progress::bar(length, "reading");
    let watch = bar.clone();
    let input = rows::open(path, |file| watch.wrap_read(file)).on("read", path)?;
    let book = Book::read(input).map_err(|error| {
        Failure::new(format!("{} cannot be read: {error}", path.display()), options::USAGE)
    })?;
    bar.finish_and_clear();
    Ok(book)
}

/// Every row that was passed over, so that a long list can be looked up.
fn keep_broken(book: &Book, desk: &Path) -> Result<(), Failure> {
    let path = desk.join("broken.csv");
    let mut text = String::from("line,what\n");
    for broken in &book.broken {
        text.push_str(&format!("{},\"{}\"\n", broken.row, broken.fault));
    }
    fs::write(&path, text).on("write", &path)?;
    if report::is_abridged(book) {
        println!("  All of them, with their line numbers: {}", path.display());
    }
    Ok(())
}

/// What these lines are known to give, if they are the ones and the scenario is the one for which it is known.
fn expected(project: &Project, book: &Book, scenario: &Scenario) -> Result<Option<Expected>, Failure> {
    let path = project.root.join("benches/replay/expected.json");
    let text = fs::read_to_string(&path).on("read", &path)?;
    let expected: Expected =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    if expected.scenario != *scenario {
        println!("Another scenario than the published one: there are no expected figures.");
        return Ok(None);
    }
    if expected.fingerprint != playbook::fingerprint(book) {
        println!("Other lines than the published ones: there are no expected figures.");
        return Ok(None);
    }
    Ok(Some(expected))
}

fn play(project: &Project, options: &Options, path: &Path, book: &Book) -> Result<Runs, Failure> {
    let rounds = if options.compare { ROUNDS } else { 1 };
    let mut contestants = vec![Player::Native, Player::Wasm];
    if options.compare {
        contestants.push(Player::Floor);
    }
    let stage = players::prepare(project)?;
    let mut runs = Runs::default();
    for round in 1..=rounds {
        for &player in &contestants {
            let title = match rounds {
                1 => player.name().to_string(),
                _ => format!("{} {round}/{rounds}", player.name()),
            };
            let bar: ProgressBar = progress::bar(book.lines.len() as u64, &title);
            let played = stage.play(player, path, &bar)?;
            bar.finish_and_clear();
            played.check(book.skus.len()).map_err(|what| format!("{}: {what}", player.name()))?;
            runs.push(player, played);
        }
    }
    Ok(runs)
}

fn json(options: &Options, book: &Book, played: &Played) -> Value {
    let mut json = figures::to_json(played, &book.skus);
    let broken: Vec<_> =
        book.broken.iter().map(|it| json!({ "line": it.row, "what": it.fault.to_string() })).collect();
    json.insert("scenario".into(), json!(options.scenario));
    json.insert("source".into(), json!(options.file.file_name().map(|name| name.to_string_lossy())));
    json.insert("cancellations".into(), json!(book.cancellations));
    json.insert("broken".into(), json!(broken));
    json.insert("digest".into(), json!(played.digest));
    Value::Object(json)
}
