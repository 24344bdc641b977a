//! Plays commands on whoever keeps the books, under the auditor's eyes.

use super::audit::{Auditor, items_of};
use super::shelf::{Booked, Effect, Shelf, booked};
use crate::reference::{Effects, Shop, Verdict};
use crate::workload::Step;
use backorder::engine::Engine;
use backorder::model::outcome::{EventMode, Status};

/// Who takes commands.
pub trait Player: Shelf {
    fn play(&mut self, step: &Step) -> (Effect, Vec<Booked>);
}

impl Player for Engine {
    fn play(&mut self, step: &Step) -> (Effect, Vec<Booked>) {
        let outcome = self.apply(&step.command, step.now, EventMode::Return);
        let effect = if outcome.status == Status::Applied { Effect::Applied } else { Effect::Nothing };
        (effect, outcome.events.iter().map(|event| booked(&self.event_view(event))).collect())
    }
}

impl Player for Shop {
    fn play(&mut self, step: &Step) -> (Effect, Vec<Booked>) {
        let Effects { verdict, events, .. } = self.apply(&step.command, step.now);
        let effect = if verdict == Verdict::Applied { Effect::Applied } else { Effect::Nothing };
        (effect, events.iter().map(|event| booked(&event.view())).collect())
    }
}

/// Plays a history; what is wrong is told with the step it came with.
pub fn audited(player: &mut impl Player, history: &[Step]) -> Result<(), String> {
    let mut auditor = Auditor::default();
    for (index, step) in history.iter().enumerate() {
        let items = items_of(player);
        let (effect, events) = player.play(step);
        auditor.book(step, effect, &events, &items);
        let checked = auditor.check(player, step.now);
        checked.map_err(|wrong| format!("step {index}, {} {:?}: {wrong}", step.now, step.command))?;
    }
    Ok(())
}
