//! Plays many histories, each from one seed, on all cores.

use crate::agreement::compare::Difference;
use crate::agreement::shrink::shrunk;
use crate::kind::Kind;
use crate::play::{Setting, play};
use crate::tally::{Figures, Tally};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

/// Which histories, and how long each is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub seeds: Range<u64>,
    pub length: usize,
}

/// Plays them all, or up to the first difference, of which the story is told. `progress` hears how many
/// commands were played, each time that a history is over.
pub fn run(plan: &Plan, progress: impl Fn(u64) + Sync) -> Result<Tally, String> {
    let (next, played, stopped) = (AtomicU64::new(plan.seeds.start), AtomicU64::new(0), AtomicBool::new(false));
    let (tally, story) = (Mutex::new(Tally::default()), Mutex::new(None));
    let work = || {
        let mut own = Tally::default();
        while !stopped.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= plan.seeds.end {
                break;
            }
            match played_seed(seed, plan.length) {
                Ok((kind, figures)) => {
                    own.add(kind, &figures);
                    progress(played.fetch_add(figures.commands, Ordering::Relaxed) + figures.commands);
                }
                Err(told) => {
                    stopped.store(true, Ordering::Relaxed);
                    story.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(told);
                }
            }
        }
        tally.lock().unwrap_or_else(PoisonError::into_inner).join(&own);
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    match story.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(told) => Err(told),
        None => Ok(tally.into_inner().unwrap_or_else(PoisonError::into_inner)),
    }
}

fn played_seed(seed: u64, length: usize) -> Result<(Kind, Figures), String> {
    let kind = Kind::of_seed(seed);
    let history = kind.history(seed, length);
    let setting = Setting::sound(seed);
    let figures = play(setting, &history).map_err(|difference| {
        let (shorter, last) = shrunk(&history[..=difference.step], difference, |shorter| play(setting, shorter).err());
        let mut story = format!("seed {seed} ({}) differs; the shortest history found:\n", kind.name());
        for step in &shorter {
            story.push_str(&format!("  {} {:?}\n", step.now, step.command));
        }
        let Difference { told, .. } = last;
        format!("{story}{told}\nagain: cargo xtask simulate --seed {seed} --seeds 1 --commands {length}")
    })?;
    Ok((kind, figures))
}
