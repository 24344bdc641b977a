//! The state read back: what `write` wrote, each number checked before it is believed.

mod demands;
mod dispatch;
mod learned;
mod log;
mod notices;
mod overtaking;
mod settings;
mod stock;

use super::bytes::{Read, Reader};
use super::{LEARNED, NAMED, Sections};
use crate::engine::store::Known;
use crate::engine::{Engine, EngineOptions};
use crate::model::ids::IdMap;
use crate::model::outcome::{NEVER, NONE};
use crate::model::units::{MAX_ID_BYTES, MAX_SAFE};
use alloc::vec::Vec;

/// What is counted one by one is never near this, so that an engine that is read can go on counting
/// and be written again.
const MAX_COUNTED: u64 = MAX_SAFE / 2;

pub(super) fn state(from: &mut Reader, version: u32) -> Read<Engine> {
    let mut sections = Sections { learned: version == LEARNED, ..Sections::default() };
    if version == NAMED {
        let [learned, dispatches, destinations, overtaking, notices] =
            from.flags("sections that are none")?;
        sections = Sections { learned, dispatches, destinations, overtaking, notices };
    }
    let id = from.text()?.into();
    let seed = from.fixed()?;
    let mut engine = Engine::new(EngineOptions { id, seed, ..EngineOptions::default() });
    engine.last_instant = from.at_most(MAX_SAFE, "an instant that is none")?;
    engine.sequence = from.at_most(MAX_COUNTED, "a number of a command that is none")?;
    engine.promise_number = from.at_most(MAX_COUNTED, "a number of a promise that is none")?;
    engine.log.seq = from.at_most(MAX_COUNTED, "a number of an event that is none")?;
    stock::locations(from, &mut engine)?;
    if sections.dispatches {
        dispatch::dispatches(from, &mut engine)?;
    }
    stock::stock(from, &mut engine)?;
    ids(from, &mut engine.line_names)?;
    ids(from, &mut engine.segments)?;
    engine.orders = known(from, &mut engine.order_ids)?;
    engine.holds = known(from, &mut engine.hold_ids)?;
    demands::demands(from, &mut engine)?;
    stock::check_shelves(from, &engine)?;
    log::keys(from, &mut engine)?;
    log::tally(from, &mut engine)?;
    log::events(from, &mut engine)?;
    engine.rebuild_supplied();
    if sections.learned {
        learned::learned(from, &mut engine)?;
    }
    if sections.destinations {
        dispatch::destinations(from, &mut engine)?;
    }
    if sections.overtaking {
        overtaking::overtaking(from, &mut engine)?;
    }
    if sections.overtaking && !sections.learned {
        engine.expect_as_before(&[]);
    }
    if sections.notices {
        notices::notices(from, &mut engine)?;
    }
    from.ensure(from.is_done(), "bytes follow the state")?;
    engine.rebuild_ends();
    engine.rebuild_deadlines();
    engine.rebuild_notices();
    Ok(engine)
}

/// An id that was not read before.
fn id_of<'b>(from: &mut Reader<'b>, ids: &mut IdMap) -> Read<&'b str> {
    let text = from.text()?;
    from.ensure(!text.is_empty() && text.len() <= MAX_ID_BYTES, "an id that is none")?;
    let number = ids.len() as u32;
    from.ensure(ids.intern(text) == number, "an id that comes twice")?;
    Ok(text)
}

fn ids(from: &mut Reader, ids: &mut IdMap) -> Read<()> {
    for _ in 0..from.number()? {
        id_of(from, ids)?;
    }
    Ok(())
}

fn known(from: &mut Reader, ids: &mut IdMap) -> Read<Vec<Known>> {
    let mut known = Vec::new();
    for _ in 0..from.number()? {
        id_of(from, ids)?;
        known.push(Known { content: from.fixed()?, demand: NONE });
    }
    Ok(known)
}

fn quantity(from: &mut Reader) -> Read<u64> {
    from.at_most(MAX_SAFE, "a quantity that is none")
}

fn instant(from: &mut Reader) -> Read<u64> {
    from.at_most(MAX_SAFE, "an instant that is none")
}

fn instant_or_never(from: &mut Reader) -> Read<u64> {
    from.optional(MAX_SAFE, NEVER, "an instant that is none")
}
