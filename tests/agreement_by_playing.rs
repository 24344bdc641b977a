//! The formulas of rules §9 say when units come; so does the reference's allocator, when the known
//! supplies are played through it. After every command of random histories both say the same, of who
//! waits and of who might come.

mod reference;
mod workload;

use reference::Shop;
use workload::{Step, history, sharing_history};

/// Plays a history, and counts how many dates were compared that there are.
fn compared(history: &[Step]) -> Result<u64, String> {
    let mut shop = Shop::default();
    let mut compared = 0;
    for (index, step) in history.iter().enumerate() {
        shop.apply(&step.command, step.now);
        let now = shop.last_instant();
        for dates in shop.dates_of_waiting(now) {
            compared += u64::from(dates.by_playing.is_some());
            if dates.by_formula != dates.by_playing {
                return Err(format!("step {index} {step:?}: {dates:?}"));
            }
        }
        for place in shop.places() {
            for quantity in [1, 4] {
                let Some(newcomer) = shop.date_of_newcomer(&place, quantity, now) else { continue };
                let (formula, play) = (newcomer.dates.by_formula, newcomer.dates.by_playing);
                compared += u64::from(play.is_some());
                // The formula leaves what supply brings to promises that are late already, also where
                // a play finds that it is too little for them and would not be missed.
                let play_is_sooner = formula.is_none() || play.is_some() && play <= formula;
                if formula != play && !(newcomer.others_are_late && play_is_sooner) {
                    return Err(format!("step {index} {step:?}: {newcomer:?}"));
                }
            }
        }
    }
    Ok(compared)
}

#[test]
fn formulas_say_what_playing_shows() {
    let mut all = 0;
    for seed in 0..600 {
        let histories = [history(seed, 40), sharing_history(seed, 40)];
        for told in histories.iter().map(|history| compared(history)) {
            assert!(told.is_ok(), "seed {seed}: {}", told.err().unwrap_or_default());
            all += told.unwrap_or_default();
        }
    }
    assert!(all > 20_000, "only {all} dates were compared");
}
