//! The engine and the slow reference say the same of many random histories: outcomes, events, books,
//! queues, orders, holds, supplies, quotes, metrics and the next wake, after every command.

mod agreement {
    pub mod compare;
    pub mod playing;
    pub mod shrink;
}
mod reference;
mod workload;

use agreement::compare::{Difference, reads_agree, step_both};
use agreement::playing::{Compared, compare_dates};
use agreement::shrink::shrunk;
use backorder::engine::{Engine, EngineOptions};
use reference::Shop;
use workload::{Step, Theme, themed_history};

/// Plays the history on both.
fn first_difference(history: &[Step]) -> Option<Difference> {
    let mut engine = Engine::new(EngineOptions::default());
    let mut shop = Shop::default();
    for (index, step) in history.iter().enumerate() {
        let told = step_both(&mut engine, &mut shop, step).and_then(|_| reads_agree(&engine, &shop, step));
        if let Err(told) = told {
            return Some(Difference { step: index, told });
        }
    }
    None
}

/// The story of a difference, if the history of this seed shows one.
fn difference(seed: u64, history: Vec<Step>) -> Option<String> {
    let difference = first_difference(&history)?;
    let (shorter, last) = shrunk(&history[..=difference.step], difference, first_difference);
    let mut story = format!("seed {seed} differs; the shortest history found:\n");
    for step in &shorter {
        story.push_str(&format!("  {} {:?}\n", step.now, step.command));
    }
    Some(story + &last.told)
}

/// Plays histories with these seeds; the first difference is shrunk and told.
fn agree(mut seeds: std::ops::Range<u64>, steps: usize) {
    let told = seeds.find_map(|seed| difference(seed, workload::history(seed, steps)));
    assert!(told.is_none(), "{}", told.unwrap_or_default());
}

/// As many histories as `HISTORIES` says.
fn histories(usually: u64) -> u64 {
    let asked = std::env::var("HISTORIES").ok().and_then(|count| count.parse().ok());
    asked.unwrap_or(usually)
}

/// Every rule by which stock is shared, in histories of 50 commands. `HISTORIES=2000` plays that many,
/// which is 10^5 states at which all dates, quotes and queues are equal.
#[test]
fn sharing_histories_agree() {
    let told = (0..histories(300)).find_map(|seed| difference(seed, workload::sharing_history(seed, 50)));
    assert!(told.is_none(), "{}", told.unwrap_or_default());
}

/// Where better priorities to come push dates back, and cancellations draw them in.
#[test]
fn overtaking_histories_agree() {
    let history = |seed| themed_history(Theme::Overtaking, seed, 60);
    let told = (0..histories(300)).find_map(|seed| difference(seed, history(seed)));
    assert!(told.is_none(), "{}", told.unwrap_or_default());
}

/// Rules §9: a fast date is when the allocator serves the line if supply comes as expected.
#[test]
fn fast_dates_are_what_playing_gives() {
    let mut compared = Compared::default();
    for seed in 0..histories(300) {
        let told = compare_dates(&workload::sharing_history(seed, 50), &mut compared);
        assert_eq!(told, Ok(()), "seed {seed}");
    }
    println!("{compared:?}");
    let Compared { states, dates, kept_promises, protected, in_kits, at_several } = compared;
    let kinds = [states, dates, kept_promises, protected, in_kits, at_several];
    assert!(kinds.iter().all(|&count| count > 0), "a kind was never compared: {compared:?}");
}

#[test]
fn short_histories_agree() {
    agree(0..600, 40);
}

#[test]
fn middling_histories_agree() {
    agree(10_000..10_060, 150);
}

#[test]
fn long_histories_agree() {
    agree(20_000..20_004, 500);
}
