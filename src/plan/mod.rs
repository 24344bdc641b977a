//! Simulation: what would happen, played through the engine itself.

use crate::engine::Engine;
use crate::model::command::Command;
use crate::model::ids::IdMap;
use crate::model::outcome::{EventKind, EventMode, NEVER, NONE};
use crate::model::units::Instant;
use crate::model::view::PromiseChange;
use alloc::format;
use alloc::vec::Vec;

/// What these commands would do to the promises of orders, without doing it: one row for each line
/// whose promise would change, in the order in which the first change would come.
///
/// The commands are played on a copy of the engine, so that the answer is what would happen, and
/// the engine stays as it is. A command that would be refused changes no promise.
///
/// ```
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::{Body, OrderLine, OrderSettings};
/// use backorder::model::outcome::EventMode;
/// use backorder::model::settings::ItemChange;
/// use backorder::model::units::DAY_MS;
/// use backorder::plan::what_if;
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let (supply, sku, location, due) = ("PO-77", "lamp", None, 10 * DAY_MS);
/// let lines = [OrderLine::new("lamp", 1)];
/// for body in [
///     Body::DefineItem { sku, settings: ItemChange::default() },
///     Body::ScheduleSupply { supply, sku, location, quantity: 5, due, supplier: None },
///     Body::PlaceOrder { order: "A", lines: lines[..].into(), settings: OrderSettings::default() },
/// ] {
///     engine.apply(&body.into(), 0, EventMode::Drop);
/// }
/// let gone = what_if(&engine, &[Body::CancelSupply { supply }.into()], 0);
/// assert_eq!((gone[0].before, gone[0].after, gone[0].breach), (Some(due), None, true));
/// assert!(what_if(&engine, &[Body::Tick.into()], 0).is_empty());
/// ```
pub fn what_if(engine: &Engine, commands: &[Command], now: Instant) -> Vec<PromiseChange> {
    let mut copy = engine.clone();
    let mut rows: Vec<PromiseChange> = Vec::new();
    let mut lines = IdMap::new(0);
    for command in commands {
        let outcome = copy.apply(command, now, EventMode::Return);
        let promises = outcome.events.iter().filter(|event| {
            event.order != NONE && matches!(event.kind, EventKind::PromiseMade | EventKind::PromiseMoved)
        });
        for event in promises {
            let view = copy.event_view(event);
            let (order, line) = (view.order.unwrap_or_default(), view.line.unwrap_or_default());
            let row = lines.intern(&format!("{} {order}{line}", order.len())) as usize;
            match rows.get_mut(row) {
                Some(row) => row.after = date(event.to),
                None => rows.push(PromiseChange {
                    order: order.into(),
                    line: line.into(),
                    before: date(event.from),
                    after: date(event.to),
                    breach: false,
                }),
            }
        }
    }
    rows.retain(|row| row.before != row.after);
    for row in &mut rows {
        row.breach = row.before.is_some_and(|before| {
            row.after.is_none_or(|after| copy.falls_on_later_day(&row.order, &row.line, after, before))
        });
    }
    rows
}

fn date(instant: Instant) -> Option<Instant> {
    (instant != NEVER).then_some(instant)
}
