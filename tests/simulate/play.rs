//! Plays one history on the engine and on the reference, under the eyes of the ledger.

use crate::agreement::compare::{Difference, reads_agree, step_both};
use crate::agreement::touched::touched_agree;
use crate::books::audit::{Auditor, Items, items_of};
use crate::books::shelf::{Booked, Effect, booked};
use crate::deadlines::Deadlines;
use crate::recovery::Safe;
use crate::reference::{Effects, Shop, Verdict};
use crate::tally::{Figures, outcome_name};
use crate::workload::Step;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::CommandKind;
use backorder::model::view::EventView;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// After so many commands, and at the end, everything is compared that can be asked; after each, what it
/// can have changed.
const ALL_EVERY: usize = 25;

/// What stays the same while a history is made shorter.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub seed: u64,
    /// What is done to each engine that comes to be: that of a canary gets a fault.
    pub made: &'a (dyn Fn(Engine) -> Engine + Sync),
}

impl Setting<'_> {
    /// Engines are left as they are.
    pub fn sound(seed: u64) -> Self {
        Setting { seed, made: &|engine| engine }
    }
}

/// What came of a history in which there is no difference; and where the first one is.
pub fn play(setting: Setting, history: &[Step]) -> Result<Figures, Difference> {
    let step = Cell::new(0);
    let played = catch_unwind(AssertUnwindSafe(|| Game::new(setting).play(history, &step)));
    let told = match played {
        Ok(Ok(figures)) => return Ok(figures),
        Ok(Err(told)) => told,
        Err(panic) => format!("it panicked: {}", message_of(&*panic)),
    };
    Err(Difference { step: step.get(), told })
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// All who take part.
struct Game<'a> {
    engine: Engine,
    shop: Shop,
    ledger: Auditor,
    deadlines: Deadlines,
    safe: Safe<'a>,
    figures: Figures,
}

impl<'a> Game<'a> {
    fn new(setting: Setting<'a>) -> Self {
        let engine = (setting.made)(Engine::new(EngineOptions::default()));
        let safe = Safe::new(&engine, setting);
        let (shop, ledger, deadlines, figures) = Default::default();
        Game { engine, shop, ledger, deadlines, safe, figures }
    }

    fn play(mut self, history: &[Step], at: &Cell<usize>) -> Result<Figures, String> {
        for (index, step) in history.iter().enumerate() {
            at.set(index);
            self.step(step)?;
            if index % ALL_EVERY == ALL_EVERY - 1 || index + 1 == history.len() {
                reads_agree(&self.engine, &self.shop, step)?;
                self.ledger.check(&self.engine, step.now)?;
            }
        }
        self.safe.crash(&self.engine)?;
        self.figures.recoveries = self.safe.recoveries;
        self.figures.histories = 1;
        self.figures.held = self.deadlines.held;
        Ok(self.figures)
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        let items = self.items_before(step);
        let effects = step_both(&mut self.engine, &mut self.shop, step)?;
        self.book(step, &effects, &items);
        let events: Vec<EventView> = effects.events.iter().map(|event| event.view()).collect();
        self.deadlines.book(step, effects.verdict == Verdict::Applied, &events, &self.engine)?;
        touched_agree(&self.engine, &self.shop, step, &effects)?;
        self.safe.keep(&mut self.engine, step)?;
        self.figures.commands += 1;
        *self.figures.outcomes.entry(outcome_name(&effects.verdict)).or_default() += 1;
        for event in &effects.events {
            *self.figures.events.entry(event.kind.name()).or_default() += 1;
        }
        Ok(())
    }

    /// What the ledger must know of the items: what those that leave or come back are made of.
    fn items_before(&self, step: &Step) -> Items {
        let moves = matches!(step.command.body.kind(), CommandKind::Ship | CommandKind::Return);
        if moves { items_of(&self.engine) } else { Items::new() }
    }

    fn book(&mut self, step: &Step, effects: &Effects, items: &Items) {
        let applied = effects.verdict == Verdict::Applied;
        let effect = if applied { Effect::Applied } else { Effect::Nothing };
        let events: Vec<Booked> = effects.events.iter().map(|event| booked(&event.view())).collect();
        self.ledger.book(step, effect, &events, items);
    }
}
