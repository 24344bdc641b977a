//! What was learned of suppliers, what is expected of their supplies, and how sure promises are to be.

use super::super::bytes::{Read, Reader};
use super::settings::quantile;
use crate::engine::Engine;
use crate::engine::lateness::Group;
use crate::estimate::calibration::{Calibration, Foretold, LEVELS};
use crate::estimate::history::{History, KEPT, Receipt};
use crate::estimate::lateness::{Lateness, LatenessStep};
use crate::estimate::learner::Learner;
use crate::model::outcome::NONE;
use crate::model::units::{MAX_DAYS, MAX_SAFE, day_of};
use alloc::vec::Vec;

pub(super) fn learned(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    [engine.require_evidence] = from.flags("options that are none")?;
    engine.promise_quantile = quantile(from)?;
    for supplier in &mut engine.suppliers {
        let day = from.at_most(u64::from(day_of(MAX_SAFE)) + 1, "a day that is none")?;
        supplier.told_on = day.checked_sub(1).map(|day| day as u32);
    }
    engine.learner = learner(from, engine)?;
    for _ in 0..from.number()? {
        let supply = open_supply(from, engine)?;
        let foretold = foretold(from)?;
        engine.foretold_before(supply, foretold);
    }
    let mut expected: Vec<(u32, Lateness)> = Vec::new();
    for _ in 0..from.number()? {
        let supply = open_supply(from, engine)?;
        from.ensure(expected.last().is_none_or(|last| last.0 < supply), "supplies that do not rise")?;
        expected.push((supply, lateness(from)?));
    }
    engine.expect_as_before(&expected);
    Ok(())
}

fn learner(from: &mut Reader, engine: &Engine) -> Read<Learner<Group>> {
    let shop = history(from)?;
    let mut groups: Vec<(Group, History)> = Vec::new();
    for _ in 0..from.number()? {
        let supplier = from.index(engine.suppliers.len(), "a supplier that is none")?;
        let item = from.optional_index(engine.items.len(), "an item that is none")?;
        let group = (supplier, item);
        from.ensure(groups.last().is_none_or(|last| last.0 < group), "groups that do not rise")?;
        groups.push((group, history(from)?));
    }
    let mut offsets = [0.0; LEVELS.len()];
    for offset in &mut offsets {
        *offset = f64::from_bits(from.fixed()?);
    }
    match Calibration::of_offsets(offsets) {
        Some(calibration) => Ok(Learner::of(groups, shop, calibration)),
        None => from.corrupt("a correction that is none"),
    }
}

fn history(from: &mut Reader) -> Read<History> {
    let count = from.at_most(KEPT as u64, "more receipts than are kept")?;
    let mut receipts = Vec::new();
    for _ in 0..count {
        let lateness_days = days(from)?;
        let day = from.at_most(u64::from(day_of(MAX_SAFE)) << 1 | 1, "a day that is none")?;
        receipts.push(Receipt { lateness_days, on_day: (day >> 1) as u32, first: day & 1 == 1 });
    }
    Ok(History::of(receipts))
}

fn foretold(from: &mut Reader) -> Read<Foretold> {
    let mut read = [0; LEVELS.len()];
    for day in &mut read {
        *day = days(from)?;
    }
    from.ensure(read.is_sorted(), "days that do not rise")?;
    Ok(Foretold::of_days(read))
}

fn lateness(from: &mut Reader) -> Read<Lateness> {
    let evidence = from.at_most(KEPT as u64, "more receipts than are kept")? as u32;
    let mut steps: Vec<LatenessStep> = Vec::new();
    for _ in 0..from.number()? {
        let step = LatenessStep { days: days(from)?, by: f64::from_bits(from.fixed()?) };
        let rises = steps.last().map_or(step.by > 0.0, |last| step.days > last.days && step.by > last.by);
        from.ensure(rises && step.by <= 1.0, "chances that do not rise")?;
        steps.push(step);
    }
    let whole = steps.last().is_some_and(|last| last.by == 1.0);
    from.ensure(whole && evidence > 0, "chances that do not rise to one")?;
    Ok(Lateness::of_steps(steps, evidence))
}

fn open_supply(from: &mut Reader, engine: &Engine) -> Read<u32> {
    let supply = from.index(engine.supplies.len(), "a supply that is none")?;
    let record = &engine.supplies[supply as usize];
    from.ensure(record.open > 0 && record.supplier != NONE, "a supply that can't be late")?;
    Ok(supply)
}

/// Days that may be negative.
fn days(from: &mut Reader) -> Read<i32> {
    // Two days that there are lie no further apart than this.
    let days = from.signed()?;
    from.ensure(days.unsigned_abs() <= 2 * MAX_DAYS, "days that are none")?;
    Ok(days as i32)
}
