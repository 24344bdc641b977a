//! What is remembered of commands and events.

use super::super::bytes::{Read, Reader};
use super::{MAX_COUNTED, instant_or_never, quantity};
use crate::engine::{Engine, Key};
use crate::model::command::CommandKind;
use crate::model::outcome::{Event, EventKind};
use crate::model::units::{KEYS_KEPT, MAX_ID_BYTES};

pub(super) fn keys(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let mut last = 0;
    for _ in 0..from.at_most(KEYS_KEPT, "more keys than are kept")? {
        let sequence = from.at_most(engine.sequence, "a number of a command that is none")?;
        from.ensure(sequence > last && sequence + KEYS_KEPT > engine.sequence, "a key that is not kept")?;
        last = sequence;
        let content = from.fixed()?;
        let text = from.text()?;
        from.ensure(!text.is_empty() && text.len() <= MAX_ID_BYTES, "a key that is none")?;
        from.ensure(engine.keys.content(text).is_none(), "a key that comes twice")?;
        engine.keys.remember(Key { sequence, content, text: text.into() });
    }
    Ok(())
}

pub(super) fn tally(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    const WHAT: &str = "a figure that is none";
    let tally = &mut engine.tally;
    for count in [&mut tally.orders, &mut tally.lines] {
        *count = from.at_most(MAX_COUNTED, WHAT)?;
    }
    for sum in [&mut tally.units, &mut tally.units_at_once] {
        *sum = from.number()?;
    }
    for count in [
        &mut tally.lines_at_once,
        &mut tally.orders_at_once,
        &mut tally.promised_lines_shipped,
        &mut tally.on_time_first,
        &mut tally.on_time_last,
    ] {
        *count = from.at_most(MAX_COUNTED, WHAT)?;
    }
    tally.waited_units = from.number()?;
    tally.waited_unit_ms = u128::from(from.number()?) | u128::from(from.number()?) << 64;
    for count in [&mut tally.promises_made, &mut tally.promises_moved, &mut tally.promises_broken] {
        *count = from.at_most(MAX_COUNTED, WHAT)?;
    }
    Ok(())
}

pub(super) fn events(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    for _ in 0..from.number()? {
        let event = event(from, engine)?;
        engine.log.kept.push_back(event);
    }
    Ok(())
}

fn event(from: &mut Reader, engine: &Engine) -> Read<Event> {
    let seq = from.at_most(engine.log.seq, "a number of an event that is none")?;
    let follows = engine.log.kept.back().is_none_or(|last| last.seq < seq);
    from.ensure(follows, "events out of order")?;
    let at = from.at_most(engine.last_instant, "an event from the future")?;
    let kind = from.one_of(EventKind::ALL, "a kind of event that is none")?;
    let cause = from.one_of(&CommandKind::ALL, "a command that is none")?;
    const WHAT: &str = "an event about nothing that is known";
    let cause_supply = from.optional_index(engine.supplies.len(), WHAT)?;
    let order = from.optional_index(engine.orders.len(), WHAT)?;
    let hold = from.optional_index(engine.holds.len(), WHAT)?;
    let line = from.optional_index(engine.line_names.len(), WHAT)?;
    let item = from.optional_index(engine.items.len(), WHAT)?;
    let location = from.optional_index(engine.locations.len(), WHAT)?;
    let supply = from.optional_index(engine.supplies.len(), WHAT)?;
    let quantity = quantity(from)?;
    let (before, to) = (instant_or_never(from)?, instant_or_never(from)?);
    Ok(Event {
        seq,
        at,
        kind,
        cause,
        cause_supply,
        order,
        hold,
        line,
        item,
        location,
        supply,
        quantity,
        from: before,
        to,
    })
}
