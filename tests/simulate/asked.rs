//! What `cargo xtask simulate` asks for.

use crate::run::Plan;

/// One way of looking for faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// `histories FIRST-SEED SEEDS LENGTH`
    Histories(Plan),
    /// `worlds LENGTH`: every history of up to so many commands in a small world.
    Worlds(usize),
    /// `canaries`: faults that were put in on purpose.
    Canaries,
}

/// None where `cargo test` asks.
pub fn asked(words: &[String]) -> Option<Asked> {
    let number = |word: &String| word.parse::<u64>().ok();
    let length = |word: &String| word.parse::<usize>().ok();
    match words {
        [what, first, seeds, commands] if what == "histories" => {
            let (first, seeds) = (number(first)?, number(seeds)?);
            Some(Asked::Histories(Plan { seeds: first..first + seeds, length: length(commands)? }))
        }
        [what, commands] if what == "worlds" => Some(Asked::Worlds(length(commands)?)),
        [what] if what == "canaries" => Some(Asked::Canaries),
        _ => None,
    }
}
