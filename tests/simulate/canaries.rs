//! Faults that are put into the engine on purpose: how many commands it takes the simulator to find each.

use crate::kind::{Kind, WITH_LAWS};
use crate::play::{Setting, play};
use backorder::engine::Fault;

/// Each fault is found within so many commands.
pub const BOUND: u64 = 2_500;

/// As long as those of a usual run.
const LENGTH: usize = 100;

/// A fault, and what it took to find it.
pub struct Canary {
    pub fault: Fault,
    /// None: it was not found within the bound.
    pub found: Option<Found>,
}

pub struct Found {
    pub commands: u64,
    pub seed: u64,
    /// What differed.
    pub by: String,
}

/// Lets every fault loose.
pub fn canaries() -> Vec<Canary> {
    Fault::ALL.into_iter().map(|fault| Canary { fault, found: hunted(fault) }).collect()
}

/// Plays seed after seed with the fault, up to the first difference.
fn hunted(fault: Fault) -> Option<Found> {
    let mut commands = 0;
    let by_law = matches!(fault, Fault::LateByLaw | Fault::ForgetRefund);
    for seed in if by_law { WITH_LAWS.. } else { 0.. } {
        let history = Kind::of_seed(seed).history(seed, LENGTH);
        let made = |mut engine: backorder::engine::Engine| {
            engine.sabotage(fault);
            engine
        };
        match play(Setting { seed, made: &made }, &history) {
            Ok(_) => commands += history.len() as u64,
            Err(difference) => {
                commands += difference.step as u64 + 1;
                let by = difference.told.lines().next().unwrap_or_default().to_owned();
                return (commands <= BOUND).then_some(Found { commands, seed, by });
            }
        }
        if commands > BOUND {
            break;
        }
    }
    None
}

/// The faults, how many commands each took, and the bound.
pub fn table(canaries: &[Canary]) -> String {
    let mut text = format!("{:<16} {:>8} {:>6} {:>13}  found by\n", "fault", "commands", "bound", "seed");
    for Canary { fault, found } in canaries {
        let fault = format!("{fault:?}");
        match found {
            Some(Found { commands, seed, by }) => {
                text.push_str(&format!("{fault:<16} {commands:>8} {BOUND:>6} {seed:>13}  {by}\n"));
            }
            None => text.push_str(&format!("{fault:<16} {:>8} {BOUND:>6}\n", "NOT FOUND")),
        }
    }
    text
}

/// Those that flew away.
pub fn missed(canaries: &[Canary]) -> Vec<String> {
    let missed = canaries.iter().filter(|canary| canary.found.is_none());
    missed.map(|canary| format!("{:?} was not found within {BOUND} commands", canary.fault)).collect()
}
