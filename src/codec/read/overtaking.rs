//! What was learned of better priorities that come, and of what is cancelled.

use super::super::bytes::{Read, Reader};
use super::quantity;
use crate::engine::Engine;
use crate::estimate::overtaking::{Flow, Inflow, Waited};
use crate::model::settings::Overtaking;
use crate::model::units::{Day, day_of};
use alloc::boxed::Box;
use alloc::vec::Vec;

pub(super) fn overtaking(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let today = day_of(engine.last_instant);
    for item in &mut engine.items {
        if item.settings.overtaking != Overtaking::Learn {
            continue;
        }
        item.learns_since = day(from, 0, today)?;
        for &site in &item.sites {
            let inflow = inflow(from, item.learns_since, today)?;
            engine.sites[site as usize].inflow = Some(Box::new(inflow));
        }
    }
    Ok(())
}

fn inflow(from: &mut Reader, since: Day, today: Day) -> Read<Inflow> {
    let mut classes: Vec<(u8, Flow)> = Vec::new();
    for _ in 0..from.number()? {
        let priority = from.byte()?;
        from.ensure(classes.last().is_none_or(|last| last.0 < priority), "classes that do not rise")?;
        let of_class = flow(from, since, today)?;
        from.ensure(of_class.today > 0, "a day of no units")?;
        classes.push((priority, of_class));
    }
    let cancelled = flow(from, since, today)?;
    let on_day = day(from, since, today)?;
    let waited = Waited { on_day, units: quantity(from)?, unit_days: sum(from)? };
    Ok(Inflow { since, classes, cancelled, waited })
}

fn flow(from: &mut Reader, since: Day, today: Day) -> Read<Flow> {
    let on_day = day(from, since, today)?;
    Ok(Flow { on_day, today: from.number()?, units: sum(from)?, squares: sum(from)? })
}

fn day(from: &mut Reader, first: Day, last: Day) -> Read<Day> {
    let day = from.at_most(u64::from(last), "a day that is to come")? as Day;
    from.ensure(day >= first, "a day before the first")?;
    Ok(day)
}

/// A sum that is weighed.
fn sum(from: &mut Reader) -> Read<f64> {
    let sum = f64::from_bits(from.fixed()?);
    from.ensure((0.0..f64::MAX).contains(&sum) && !sum.is_sign_negative(), "a sum that is none")?;
    Ok(sum)
}
