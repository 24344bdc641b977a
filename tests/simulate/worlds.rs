//! All small worlds: every history of up to so many commands that an alphabet of sixteen can spell, about one
//! item of each kind. Histories share what they begin with: it is played once, and copied where they part.

use crate::agreement::compare::step_both;
use crate::agreement::touched::Touched;
use crate::alphabet::{LETTERS, World, letter};
use crate::reference::{Shop, Verdict};
use crate::run::{locked, on_all_cores};
use crate::workload::Step;
use backorder::codec::digest;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::units::{DAY_MS, Instant};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// When a world begins.
const BEGINNING: Instant = 1_700_000_000_000;

/// How many histories there are, and how many commands had to be played for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explored {
    pub histories: u64,
    pub played: u64,
}

/// An engine and its reference, where some histories part.
#[derive(Clone)]
struct Fork {
    engine: Engine,
    shop: Shop,
    now: Instant,
    /// The letters so far.
    spelt: Vec<usize>,
}

/// Plays all of the world's histories, or up to the first difference, of which the story is told.
pub fn explore(world: World, length: usize) -> Result<Explored, String> {
    let (next, played, story) = (AtomicUsize::new(0), AtomicU64::new(0), Mutex::new(None));
    // The first letter parts the work: a copy of a reference stays in the thread in which it was made.
    on_all_cores(|| {
        loop {
            let first = next.fetch_add(1, Ordering::Relaxed);
            if first >= LETTERS || locked(&story).is_some() {
                return;
            }
            match Fork::beginning(world).and_then(|fork| fork.go_on(first, length)) {
                Ok(commands) => drop(played.fetch_add(commands, Ordering::Relaxed)),
                Err(told) => drop(locked(&story).get_or_insert(told)),
            }
        }
    });
    match story.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(told) => Err(format!("{world:?}: {told}")),
        None => {
            let histories = (1..=length as u32).map(|letters| (LETTERS as u64).pow(letters)).sum();
            Ok(Explored { histories, played: played.into_inner() })
        }
    }
}

impl Fork {
    fn beginning(world: World) -> Result<Fork, String> {
        let (engine, shop) = (Engine::new(EngineOptions::default()), Shop::default());
        let mut fork = Fork { engine, shop, now: BEGINNING, spelt: Vec::new() };
        for command in world.definitions() {
            step_both(&mut fork.engine, &mut fork.shop, &Step { now: fork.now, command })?;
        }
        Ok(fork)
    }

    /// Plays a letter on a copy, and all that may follow; the answer is how many commands that took.
    fn go_on(&self, number: usize, length: usize) -> Result<u64, String> {
        let mut fork = self.clone();
        fork.spelt.push(number);
        let letter = letter(number, self.now);
        fork.now += letter.days * DAY_MS;
        let step = Step { now: fork.now, command: letter.command };
        let played = catch_unwind(AssertUnwindSafe(|| fork.play(&step)));
        let verdict = match played {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(told)) => return Err(fork.story(&told)),
            Err(_) => return Err(fork.story("it panicked")),
        };
        // What follows a command that changed nothing follows as well where it was not given.
        if verdict != Verdict::Applied {
            let stands = digest(&fork.engine) == digest(&self.engine);
            return if stands { Ok(1) } else { Err(fork.story("a refused command changed something")) };
        }
        if length == 1 {
            return Ok(1);
        }
        (0..LETTERS).try_fold(1, |played, next| Ok(played + fork.go_on(next, length - 1)?))
    }

    /// After each command everything is compared that the world has.
    fn play(&mut self, step: &Step) -> Result<Verdict, String> {
        let effects = step_both(&mut self.engine, &mut self.shop, step)?;
        Touched::everything(&self.shop).agree(&self.engine, &self.shop, step.now)?;
        Ok(effects.verdict)
    }

    fn story(&self, told: &str) -> String {
        let mut story = String::from("a small world differs:\n");
        let mut now = BEGINNING;
        for &number in &self.spelt {
            let letter = letter(number, now);
            now += letter.days * DAY_MS;
            story.push_str(&format!("  {now} {:?}\n", letter.command));
        }
        story + told
    }
}
