//! The engine and the slow reference say the same of many random histories: outcomes, events, books,
//! queues, orders, holds, supplies, quotes, metrics and the next wake, after every command.

mod agreement {
    pub mod compare;
    pub mod shrink;
}
mod reference;
mod workload;

use agreement::compare::first_difference;
use agreement::shrink::shrunk;

/// The story of a difference, if the history of this seed shows one.
fn difference(seed: u64, steps: usize) -> Option<String> {
    let history = workload::history(seed, steps);
    let difference = first_difference(&history)?;
    let (shorter, last) = shrunk(&history[..=difference.step], difference);
    let mut story = format!("seed {seed} differs; the shortest history found:\n");
    for step in &shorter {
        story.push_str(&format!("  {} {:?}\n", step.now, step.command));
    }
    Some(story + &last.told)
}

/// Plays histories with these seeds; the first difference is shrunk and told.
fn agree(mut seeds: std::ops::Range<u64>, steps: usize) {
    let told = seeds.find_map(|seed| difference(seed, steps));
    assert!(told.is_none(), "{}", told.unwrap_or_default());
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
