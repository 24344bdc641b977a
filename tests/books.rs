//! Numbers that always add up: rules §1 hold after every command of random histories, refused
//! commands change nothing, and a snapshot goes on as the engine does that it was taken of.

mod books {
    pub mod audit;
    pub mod player;
    pub mod shelf;
}
mod reference;
mod workload;

use backorder::codec::{digest, restore, snapshot};
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::Body;
use backorder::model::outcome::EventMode;
use books::player::{Player, audited};
use books::shelf::Effect;
use reference::Shop;
use workload::{history, sharing_history};

fn engine() -> Engine {
    Engine::new(EngineOptions::default())
}

#[test]
fn the_engine_adds_up() {
    for seed in 0..300 {
        let told = audited(&mut engine(), &history(seed, 150));
        assert_eq!(told, Ok(()), "seed {seed}");
    }
}

#[test]
fn the_reference_adds_up() {
    for seed in 0..30 {
        let told = audited(&mut Shop::default(), &history(seed, 100));
        assert_eq!(told, Ok(()), "seed {seed}");
    }
}

/// What is due by its instant having come about, a refused command changes nothing.
#[test]
fn refused_commands_change_nothing() {
    let mut refused = 0;
    let both = |seed| [(seed, history(seed, 120)), (seed, sharing_history(seed, 120))];
    for (seed, history) in (100..1_100).flat_map(both) {
        let mut engine = engine();
        for step in history {
            engine.apply(&Body::Tick.into(), step.now, EventMode::Drop);
            let before = digest(&engine);
            let (effect, events) = engine.play(&step);
            if effect == Effect::Nothing {
                assert_eq!(events.len(), 0, "seed {seed}: {step:?}");
                assert_eq!(digest(&engine), before, "seed {seed}: {step:?}");
                refused += 1;
            }
        }
    }
    assert!(refused > 50_000, "only {refused} commands were refused");
}

/// Every so often the engine's snapshot is restored, and the twin goes the same way from there on.
#[test]
fn snapshots_go_on_as_the_engine_does() {
    for seed in 200..230 {
        let mut engine = engine();
        let mut twin = engine.clone();
        for (index, step) in history(seed, 150).into_iter().enumerate() {
            let outcome = engine.apply(&step.command, step.now, EventMode::Return);
            let of_twin = twin.apply(&step.command, step.now, EventMode::Return);
            assert_eq!(of_twin, outcome, "seed {seed}: {step:?}");
            assert_eq!(digest(&twin), digest(&engine), "seed {seed}: {step:?}");
            if index % 20 == 19 {
                let restored = restore(&snapshot(&engine));
                assert!(restored.is_ok(), "seed {seed}, step {index}: {:?}", restored.err());
                let Ok(restored) = restored else { continue };
                assert_eq!(digest(&restored), digest(&engine), "seed {seed}, step {index}");
                twin = restored;
            }
        }
    }
}

/// The check that finds nothing above finds one unit lost on purpose.
#[cfg(feature = "canary")]
#[test]
fn a_lost_unit_is_found() {
    let history = history(0, 150);
    let mut engine = engine();
    assert_eq!(audited(&mut engine.clone(), &history), Ok(()));
    engine.sabotage(backorder::engine::Fault::LoseUnit);
    let told = audited(&mut engine, &history);
    assert!(told.is_err_and(|wrong| wrong.contains("received + restocked")));
}
