//! Holds fast dates to slow ones (rules §9): the engine finds a date by a formula, the reference's
//! allocator by letting every supply come when it is expected.

use crate::reference::{Modes, Shop};
use crate::workload::Step;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::outcome::EventMode;

/// At how many states something was compared, how many dates, and how many of which kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared {
    pub states: u64,
    pub dates: u64,
    pub kept_promises: u64,
    pub protected: u64,
    pub in_kits: u64,
    pub at_several: u64,
}

impl Compared {
    fn count(&mut self, modes: Modes) {
        self.dates += 1;
        self.kept_promises += u64::from(modes.keeps_promises);
        self.protected += u64::from(modes.protected);
        self.in_kits += u64::from(modes.kit);
        self.at_several += u64::from(modes.several_places);
    }
}

/// Plays the history on both and compares the date of every line that waits after every command.
pub fn compare_dates(history: &[Step], compared: &mut Compared) -> Result<(), String> {
    let mut engine = Engine::new(EngineOptions::default());
    let mut shop = Shop::default();
    for step in history {
        engine.apply(&step.command, step.now, EventMode::Drop);
        shop.apply(&step.command, step.now);
        let played = shop.played_lines(step.now);
        compared.states += u64::from(!played.is_empty());
        for line in played {
            let view = engine.order(&line.order, step.now);
            let known = view.iter().flat_map(|order| &order.lines).find(|known| known.line == line.line);
            let Some(ships) = known.map(|known| known.ships) else {
                return Err(format!("{:?}: the engine does not know {line:?}", step.command));
            };
            if ships.p80 != line.date {
                return Err(format!("{} {:?}\n  {ships:?}, but played: {line:?}", step.now, step.command));
            }
            compared.count(line.modes);
        }
    }
    Ok(())
}
