//! Plays a table, row by row, on the engine and on the reference.

use super::commands::command;
use super::tell;
use super::words::{Words, instant, number, told};
use crate::reference::{Shop, Verdict};
use backorder::engine::{Engine, EngineOptions, Page, QuoteRequest};
use backorder::model::command::Command;
use backorder::model::outcome::{EventMode, Status};
use backorder::model::units::{DEFAULT_PRIORITY, Instant};
use backorder::model::view::HoldState;

/// One row: when, what, and the answer that the rules give.
struct Row {
    now: Instant,
    text: &'static str,
    expected: &'static str,
}

/// Plays the table, and tells every row whose answer is another.
pub fn story(table: &'static str) {
    let mut engine = Engine::new(EngineOptions::default());
    let mut shop = Shop::default();
    let mut wrong = Vec::new();
    for row in rows(table) {
        let answers = match command(row.text) {
            Some(command) => {
                [told_by_engine(&mut engine, &command, row.now), told_by_shop(&mut shop, &command, row.now)]
            }
            None => [ask_engine(&engine, row.text, row.now), ask_shop(&shop, row.text, row.now)],
        };
        for (who, (answer, events)) in ["engine", "reference"].into_iter().zip(answers) {
            let found = match row.expected.split_once(": ") {
                Some((_, "nothing")) if events.is_empty() => format!("{answer}: nothing"),
                Some(_) if !events.is_empty() => format!("{answer}: {}", events.join(", ")),
                _ => answer,
            };
            if found != row.expected {
                wrong.push(format!("{} | {}\n  {who}: {found}", row.text, row.expected));
            }
        }
    }
    assert!(wrong.is_empty(), "rows with another answer:\n{}", wrong.join("\n"));
}

/// `3d9h  place a pen 2  | ok`; a row without an instant is at that of the row before.
fn rows(table: &'static str) -> Vec<Row> {
    let mut now = instant("0d");
    let mut rows = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
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

type Answer = (String, Vec<String>);

fn told_by_engine(engine: &mut Engine, command: &Command, now: Instant) -> Answer {
    let outcome = engine.apply(command, now, EventMode::Return);
    let answer = match &outcome.status {
        Status::Applied => "ok".to_owned(),
        Status::Exists => "exists".to_owned(),
        Status::Rejected(refusal) => {
            format!("{} {}", refusal.reason.name(), refusal.path.as_deref().unwrap_or_default())
        }
    };
    let events = outcome.events.iter().map(|event| tell::event(&engine.event_view(event))).collect();
    (answer.trim().to_owned(), events)
}

fn told_by_shop(shop: &mut Shop, command: &Command, now: Instant) -> Answer {
    let (verdict, events) = shop.apply(command, now);
    let answer = match &verdict {
        Verdict::Applied => "ok".to_owned(),
        Verdict::Exists => "exists".to_owned(),
        Verdict::Rejected(refusal) => {
            format!("{} {}", refusal.reason.name(), refusal.path.as_deref().unwrap_or_default())
        }
    };
    (answer.trim().to_owned(), events.iter().map(|event| tell::event(&event.view())).collect())
}

fn ask_engine(engine: &Engine, text: &'static str, now: Instant) -> Answer {
    let mut words = Words::of(text);
    let answer = match words.word() {
        "order" => engine.order(words.word(), now).map(|order| tell::lines(&order.lines)),
        "cart" => engine.hold(words.word(), now).map(|hold| cart(hold.state, tell::lines(&hold.lines))),
        "stock" => engine.position(words.word()).map(|position| tell::position(&position)),
        "queue" => Some(tell::queue(&engine.queue(words.word(), Page::default()))),
        "supplies" => Some(tell::supplies(&engine.supplies(words.word(), Page::default()))),
        "quote" => Some(tell::quote(&engine.quote(&request(&mut words), now))),
        "wake" => Some(engine.next_wake_at().map_or_else(|| "never".to_owned(), |at| told(Some(at)))),
        _ => Some(format!("{text:?} is no row")),
    };
    (answer.unwrap_or_else(|| "unknown".to_owned()), Vec::new())
}

fn ask_shop(shop: &Shop, text: &'static str, now: Instant) -> Answer {
    let mut words = Words::of(text);
    let answer = match words.word() {
        "order" => shop.order(words.word(), now).map(|order| tell::lines(&order.lines)),
        "cart" => shop.hold(words.word(), now).map(|hold| cart(hold.state, tell::lines(&hold.lines))),
        "stock" => shop.position(words.word()).map(|position| tell::position(&position)),
        "queue" => Some(tell::queue(&shop.queue(words.word()))),
        "supplies" => Some(tell::supplies(&shop.supplies(words.word()))),
        "quote" => Some(tell::quote(&shop.quote(&request(&mut words), now))),
        "wake" => Some(shop.next_wake_at().map_or_else(|| "never".to_owned(), |at| told(Some(at)))),
        _ => Some(format!("{text:?} is no row")),
    };
    (answer.unwrap_or_else(|| "unknown".to_owned()), Vec::new())
}

fn cart(state: HoldState, lines: String) -> String {
    format!("{}, {lines}", format!("{state:?}").to_lowercase())
}

fn request(words: &mut Words) -> QuoteRequest<'static, 'static> {
    let priority = words.setting("prio").map_or(DEFAULT_PRIORITY, |text| number(text) as u8);
    QuoteRequest { sku: words.word(), quantity: words.number(), priority, locations: None }
}
