//! What was learned of suppliers, what is expected of their supplies, and how sure promises are to be.

use super::super::bytes::{Read, Reader};
use super::settings::quantile;
use crate::engine::Engine;
use crate::estimate::spread::{Spread, Step, WHOLE};
use crate::model::outcome::NONE;
use alloc::vec::Vec;

pub(super) fn learned(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    [engine.require_evidence] = from.flags("options that are none")?;
    engine.promise_quantile = quantile(from)?;
    let mut spreads: Vec<(u32, Spread)> = Vec::new();
    for _ in 0..from.number()? {
        let supply = from.index(engine.supplies.len(), "a supply that is none")?;
        let record = &engine.supplies[supply as usize];
        from.ensure(record.open > 0 && record.supplier != NONE, "a supply that can't be late")?;
        spreads.push((supply, spread(from)?));
    }
    engine.expect_as_before(spreads);
    Ok(())
}

fn spread(from: &mut Reader) -> Read<Spread> {
    let evidence = from.at_most(u64::from(u32::MAX), "more receipts than there can be")? as u32;
    let mut steps = Vec::new();
    for _ in 0..from.number()? {
        let days = i32::try_from(from.signed()?).or_else(|_| from.corrupt("days that are none"))?;
        let upto = from.at_most(u64::from(WHOLE), "a share above the whole")? as u32;
        steps.push(Step { days, upto });
    }
    match Spread::from_steps(&steps, evidence) {
        Some(spread) => Ok(spread),
        None => from.corrupt("shares that do not rise"),
    }
}
