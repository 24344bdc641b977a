//! A crash: all that is left of an engine is its last snapshot and the commands since.

use crate::play::Setting;
use crate::workload::{Random, Step};
use backorder::codec::{digest, restore, snapshot};
use backorder::engine::Engine;
use backorder::model::outcome::EventMode;

/// What is kept against a crash, and when one comes.
pub struct Safe<'a> {
    setting: Setting<'a>,
    random: Random,
    snapshot: Vec<u8>,
    since: Vec<Step>,
    /// How often an engine came back from it.
    pub recoveries: u64,
}

impl<'a> Safe<'a> {
    pub fn new(engine: &Engine, setting: Setting<'a>) -> Self {
        let (random, since) = (Random::new(!setting.seed), Vec::new());
        Safe { setting, random, snapshot: snapshot(engine), since, recoveries: 0 }
    }

    /// Keeps a command. Now and then a snapshot takes the place of those before it; now and then there is
    /// a crash, and what is recovered takes the place of the engine.
    pub fn keep(&mut self, engine: &mut Engine, step: &Step) -> Result<(), String> {
        self.since.push(step.clone());
        match self.random.below(50) {
            0 => self.take_snapshot(engine),
            1 => *engine = self.crash(engine)?,
            _ => {}
        }
        Ok(())
    }

    fn take_snapshot(&mut self, engine: &Engine) {
        self.snapshot = snapshot(engine);
        self.since.clear();
    }

    /// The engine that is recovered; it must be in the state of the one that is lost.
    pub fn crash(&mut self, lost: &Engine) -> Result<Engine, String> {
        let recovered = recovered(&self.snapshot, &self.since, self.setting)?;
        if digest(&recovered) != digest(lost) {
            return Err(format!(
                "what was recovered from a snapshot and {} commands is not in the state that was lost",
                self.since.len()
            ));
        }
        self.recoveries += 1;
        Ok(recovered)
    }
}

/// The engine of a snapshot, after the commands that came since.
fn recovered(snapshot: &[u8], since: &[Step], setting: Setting) -> Result<Engine, String> {
    let restored = restore(snapshot).map_err(|error| format!("a snapshot was refused: {error:?}"))?;
    let mut engine = (setting.made)(restored);
    for step in since {
        engine.apply(&step.command, step.now, EventMode::Return);
    }
    Ok(engine)
}
