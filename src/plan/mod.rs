//! Simulation: what would happen, played through the engine itself.

use crate::engine::Engine;
use crate::model::command::Command;
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, EventKind, EventMode, NEVER, NONE};
use crate::model::units::{Instant, day_of};
use crate::model::view::PromiseChange;
use alloc::format;
use alloc::vec::Vec;

/// What these commands would do to the promises of orders, without doing it: one row for each line
/// whose promise would change, in the order in which the first change would come.
///
/// The commands are played on a copy of the engine, so that the answer is what would happen, and
/// the engine stays as it is. A command that would be refused changes no promise.
pub fn what_if(engine: &Engine, commands: &[Command], now: Instant) -> Vec<PromiseChange> {
    let mut copy = engine.clone();
    let mut rows: Vec<(Event, Instant)> = Vec::new();
    let mut lines = IdMap::new(0);
    for command in commands {
        for event in copy.apply(command, now, EventMode::Return).events {
            let promise = matches!(event.kind, EventKind::PromiseMade | EventKind::PromiseMoved);
            if !promise || event.order == NONE {
                continue;
            }
            let line = lines.intern(&format!("{} {}", event.order, event.line)) as usize;
            match rows.get_mut(line) {
                Some(row) => row.1 = event.to,
                None => rows.push((event, event.to)),
            }
        }
    }
    let changed = rows.into_iter().filter(|(first, after)| first.from != *after);
    changed.map(|(first, after)| change(&copy, &first, after)).collect()
}

fn change(engine: &Engine, first: &Event, after: Instant) -> PromiseChange {
    let view = engine.event_view(first);
    let date = |instant: Instant| (instant != NEVER).then_some(instant);
    let before = first.from;
    PromiseChange {
        order: view.order.unwrap_or_default().into(),
        line: view.line.unwrap_or_default().into(),
        before: date(before),
        after: date(after),
        breach: before != NEVER && (after == NEVER || day_of(after) > day_of(before)),
    }
}
