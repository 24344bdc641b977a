//! Plays a table, row by row, on the engine and on the reference.
#![allow(dead_code, reason = "each test file uses its part")]

use super::commands::command;
use super::players::{Player, Told};
use super::tell;
use super::words::{Words, instant, number, placed, placed_once, told};
use crate::reference::Shop;
use backorder::engine::{Engine, EngineOptions, QuoteRequest};
use backorder::model::units::{DEFAULT_PRIORITY, Instant};

/// One row: when, what, and the answer that the rules give.
struct Row {
    now: Instant,
    text: &'static str,
    expected: &'static str,
}

/// Plays the table, and tells every row whose answer is another.
pub fn story(table: &'static str) {
    let wrong = wrong_rows(table);
    assert!(wrong.is_empty(), "rows with another answer:\n{}", wrong.join("\n"));
}

/// Every row whose answer is another, with that answer.
pub fn wrong_rows(table: &'static str) -> Vec<String> {
    let mut engine = Engine::new(EngineOptions::default());
    let mut shop = Shop::default();
    let mut wrong = Vec::new();
    for row in rows(table) {
        let players: [(&str, &mut dyn Player); 2] = [("engine", &mut engine), ("reference", &mut shop)];
        let found = players.map(|(who, player)| (who, found(player, &row)));
        let others = found.iter().filter(|(_, found)| found != row.expected);
        let others: String = others.map(|(who, found)| format!("\n    {who}: {found}")).collect();
        if !others.is_empty() {
            wrong.push(format!("{} | {}{others}", row.text, row.expected));
        }
    }
    wrong
}

/// The answer, with its events if the row has something to say of them.
fn found(player: &mut dyn Player, row: &Row) -> String {
    let Told { answer, events } = answer_of(player, row);
    match row.expected.split_once(": ") {
        Some((_, "nothing")) if events.is_empty() => format!("{answer}: nothing"),
        Some(_) if !events.is_empty() => format!("{answer}: {}", events.join(", ")),
        _ => answer,
    }
}

/// Reads every row, and plays none.
pub fn read(table: &'static str) {
    for row in rows(table) {
        if command(row.text).is_none() {
            answer_of(&mut Shop::default(), &row);
        }
    }
}

/// `3d9h  place a pen 2  | ok`; a row without an instant is at that of the row before. What is
/// behind a `#` is for the reader.
fn rows(table: &'static str) -> Vec<Row> {
    let mut now = instant("0d");
    let mut rows = Vec::new();
    for line in table.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if line.is_empty() {
            continue;
        }
        let (text, expected) = line.split_once('|').unwrap_or((line, "ok"));
        let mut text = text.trim();
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            let (at, rest) = text.split_once(' ').unwrap_or((text, ""));
            (now, text) = (instant(at), rest.trim());
        }
        rows.push(Row { now, text, expected: expected.trim() });
    }
    rows
}

fn answer_of(player: &mut dyn Player, row: &Row) -> Told {
    match command(row.text) {
        Some(command) => player.apply(&command, row.now),
        None => {
            let answer = ask(player, row.text, row.now).unwrap_or_else(|| "unknown".to_owned());
            Told { answer, events: Vec::new() }
        }
    }
}

/// The answer to a question; none where what it asks for is unknown.
fn ask(player: &dyn Player, text: &'static str, now: Instant) -> Option<String> {
    let mut words = Words::of(text);
    let answer = match words.word() {
        "order" => player.order(words.word(), now).map(|order| tell::lines(&order.lines)),
        "dates" => player.order(words.word(), now).map(|order| tell::dates(&order.lines)),
        "cart" => player.hold(words.word(), now).map(|hold| tell::cart(&hold)),
        "pegs" => player.order(words.word(), now).map(|order| tell::pegs(&order.lines)),
        "stock" => {
            let (sku, location) = placed_once(words.word());
            player.position(sku, location).map(|position| tell::position(&position))
        }
        "queue" => {
            let (sku, location) = placed_once(words.word());
            Some(tell::queue(&player.queue(sku, location)))
        }
        "supplies" => Some(tell::supplies(&player.supplies(words.word()))),
        "quote" => Some(with_request(&mut words, |request| tell::quote(&player.quote(request, now)))),
        "arrives" => {
            Some(with_request(&mut words, |request| tell::delivery(player.quote(request, now).delivers)))
        }
        "deliveries" => player.order(words.word(), now).map(|order| tell::deliveries(&order.lines)),
        "chances" => {
            Some(with_request(&mut words, |request| tell::chances(&player.quote(request, now).ships)))
        }
        "instead" => {
            let latest = words.setting("latest").map(instant);
            Some(with_request(&mut words, |request| {
                tell::alternatives(&player.alternatives(request, latest, now))
            }))
        }
        "reorders" => Some(tell::reorders(&player.reorders(now))),
        "wake" => Some(player.next_wake_at().map_or_else(|| "never".to_owned(), |at| told(Some(at)))),
        other => {
            assert!(other.is_empty(), "{text:?} is no row");
            None
        }
    };
    words.assert_all_read();
    answer
}

fn with_request<T>(words: &mut Words, answer: impl Fn(&QuoteRequest<'static, '_>) -> T) -> T {
    let priority = words.setting("prio").map_or(DEFAULT_PRIORITY, |text| number(text) as u8);
    let (sku, locations) = placed(words.word());
    let (quantity, ship_to) = (words.number(), words.setting("shipTo"));
    answer(&QuoteRequest { sku, quantity, priority, locations: locations.as_deref(), ship_to })
}
