//! Plays many histories, each from one seed, on all cores.

use crate::agreement::shrink::shrunk;
use crate::kind::Kind;
use crate::play::{Setting, play};
use crate::tally::{Figures, Tally};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// After so many differences no history is begun any more.
const MOST_DIFFERENCES: usize = 20;

/// Which histories, and how long each is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub seeds: Range<u64>,
    pub length: usize,
}

/// What came of them.
#[derive(Default)]
pub struct Outcome {
    /// The figures of those in which there is no difference.
    pub tally: Tally,
    /// The story of each difference.
    pub stories: Vec<String>,
}

/// Plays them all. `progress` hears how many commands were played, each time that a history is over.
pub fn run(plan: &Plan, progress: impl Fn(u64) + Sync) -> Outcome {
    let next = AtomicU64::new(plan.seeds.start);
    let played = AtomicU64::new(0);
    let outcome = Mutex::new(Outcome::default());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= plan.seeds.end || locked(&outcome).stories.len() >= MOST_DIFFERENCES {
                return;
            }
            let kind = Kind::of_seed(seed);
            match played_seed(kind, seed, plan.length) {
                Ok(figures) => locked(&outcome).tally.add(kind, &figures),
                Err(story) => locked(&outcome).stories.push(story),
            }
            let length = plan.length as u64;
            progress(played.fetch_add(length, Ordering::Relaxed) + length);
        }
    };
    on_all_cores(work);
    outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Does the work in as many threads as there are cores.
pub fn on_all_cores(work: impl Fn() + Sync) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(&work);
        }
    });
}

/// The value; what panics is caught before it could leave one half done.
pub fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Plays the history of a seed; a difference is shrunk and told.
fn played_seed(kind: Kind, seed: u64, length: usize) -> Result<Figures, String> {
    let history = kind.history(seed, length);
    let setting = Setting::sound(seed);
    play(setting, &history).map_err(|difference| {
        let differs = |shorter: &[_]| play(setting, shorter).err();
        let (shorter, last) = shrunk(&history[..=difference.step], difference, differs);
        let mut story = format!("seed {seed} ({}) differs; the shortest history found:\n", kind.name());
        for step in &shorter {
            story.push_str(&format!("  {} {:?}\n", step.now, step.command));
        }
        story
            + &format!(
                "{}\nagain: cargo xtask simulate --seed {seed} --seeds 1 --commands {length}\n",
                last.told
            )
    })
}
