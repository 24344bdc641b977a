//! When locations send, and where orders go.

use super::super::bytes::{Read, Reader};
use crate::engine::dispatch::Dispatch;
use crate::engine::{Engine, check};
use crate::model::calendar::{Calendar, Transit, Transition, Weekdays, Zone};
use crate::model::command::Body;
use crate::model::outcome::NONE;
use crate::model::units::{Day, MAX_ID_BYTES, MAX_SAFE};
use alloc::vec::Vec;

pub(super) fn dispatches(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    for location in 0..engine.locations.len() as u32 {
        let [has_calendar, has_transit] = from.flags("flags of a location that are none")?;
        let given = if has_calendar { Some(calendar(from)?) } else { None };
        let mut transit: Vec<Transit> = Vec::new();
        for _ in 0..if has_transit { from.number()? } else { 0 } {
            transit.push(Transit { ship_to: from.text()?.into(), days: from.number()? });
        }
        from.ensure(given.is_none() && !has_transit || engine.is_live(location), "a location that is none")?;
        // What no command could have said was never written.
        let defined = Body::DefineLocation {
            location: engine.locations.name(location),
            calendar: Some(given.clone()),
            transit: Some(Some(transit.clone())),
        };
        from.ensure(check::command(&defined.into(), 0).is_ok(), "a calendar that is none")?;
        for Transit { ship_to, .. } in &transit {
            engine.destinations.intern(ship_to);
        }
        engine.dispatches.push(Dispatch::new(given, transit));
    }
    Ok(())
}

fn calendar(from: &mut Reader) -> Read<Calendar> {
    let [changes, is_named, has_cutoff] = from.flags("flags of a calendar that are none")?;
    let name = if is_named { Some(from.text()?.into()) } else { None };
    let zone = if changes {
        let mut transitions: Vec<Transition> = Vec::new();
        let mut at = 0;
        for _ in 0..from.number()? {
            at = from.step(at, MAX_SAFE, "an instant that is none")?;
            transitions.push(Transition { from: at, utc_offset_minutes: from.signed()? });
        }
        Zone::Changing { name, transitions }
    } else {
        Zone::Fixed { utc_offset_minutes: from.signed()? }
    };
    let days = from.byte()?;
    let numbers: Vec<u64> = (1..=7).filter(|number| days >> (number - 1) & 1 == 1).collect();
    let mut holidays: Vec<Day> = Vec::new();
    let mut day = 0;
    for _ in 0..from.number()? {
        day = from.step(day, u64::from(Day::MAX), "a day that is none")?;
        holidays.push(day as Day);
    }
    let cutoff_minutes = if has_cutoff { Some(from.number()?) } else { None };
    let (workdays, handling_days) = (Weekdays::of(&numbers), from.number()?);
    Ok(Calendar { zone, workdays, holidays, cutoff_minutes, handling_days })
}

pub(super) fn destinations(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let mut names: Vec<u32> = Vec::new();
    for _ in 0..from.number()? {
        let name = from.text()?;
        from.ensure(!name.is_empty() && name.len() <= MAX_ID_BYTES, "an id that is none")?;
        names.push(engine.destinations.intern(name));
    }
    let mut next = 0;
    for _ in 0..from.number()? {
        let number = from.step(next, engine.demands.len() as u64, "a demand that is none")?;
        let name = from.index(names.len(), "a destination that is none")?;
        match engine.demands.get_mut(number as usize) {
            Some(demand) if demand.order != NONE => demand.destination = names[name as usize],
            _ => return from.corrupt("a demand that is none"),
        }
        next = number + 1;
    }
    Ok(())
}
