//! Everyone in turn, round by round, so that what else the machine does falls on all alike.

use super::contestants::{Contestant, Field, Operation};
use super::samples::Samples;
use crate::failure::Failure;
use crate::progress::Step;

/// Rounds whose times are not kept: JavaScript is compiled as it runs, and caches have to fill.
const WARM_UP: u32 = 3;

/// Lines that wait while the compilers of JavaScript and wasm learn the work: a size of its own.
const WARM_UP_LINES: u32 = 2_000;
const WARM_UP_ROUNDS: u32 = 20;

/// Reads in one round.
const READS: u32 = 2_000;

/// Orders placed, and then as many cancelled, so many times in one round.
const BATCH: u32 = 100;
const BATCHES: u32 = 10;

/// In which order everyone plays: the first round in the first order, and so on, over and over.
pub(crate) type Turns<'a> = &'a [&'a [Contestant]];

/// The compilers of JavaScript and wasm see the work often enough to do their best at it.
pub(crate) fn warm_up(field: &mut Field, turns: Turns<'_>, step: &mut Step) -> Result<(), Failure> {
    field.fill(WARM_UP_LINES)?;
    measure(field, turns, WARM_UP_LINES, WARM_UP_ROUNDS, &mut Samples::default(), step)
}

/// Plays so many rounds on queues of so many lines, which are there already.
pub(crate) fn measure(
    field: &mut Field,
    turns: Turns<'_>,
    lines: u32,
    rounds: u32,
    samples: &mut Samples,
    step: &mut Step,
) -> Result<(), Failure> {
    let mut cancelled = 0;
    for (round, turn) in (0..WARM_UP + rounds).zip(turns.iter().cycle()) {
        step.say(format!("round {} of {}", round + 1, WARM_UP + rounds));
        if cancelled >= lines {
            // What is gone is remembered for ever. A queue of a thousand lines is not measured among a million ids.
            field.fill(lines)?;
            cancelled = 0;
        }
        for &contestant in *turn {
            let times = play(field, contestant)?;
            if round >= WARM_UP {
                samples.add(contestant, lines, times);
            }
        }
        cancelled += BATCH * BATCHES;
        field.agree()?;
    }
    Ok(())
}

/// One round of one contestant: nanoseconds of each operation.
fn play(field: &mut Field, contestant: Contestant) -> Result<[f64; 4], Failure> {
    let mut times = [0.0; 4];
    times[Operation::Quote as usize] = field.run(contestant, Operation::Quote, READS)? / f64::from(READS);
    times[Operation::Position as usize] =
        field.run(contestant, Operation::Position, READS)? / f64::from(READS);
    for _ in 0..BATCHES {
        for operation in [Operation::Place, Operation::Cancel] {
            let time = field.run(contestant, operation, BATCH)?;
            times[operation as usize] += time / f64::from(BATCH * BATCHES);
        }
    }
    Ok(times)
}
