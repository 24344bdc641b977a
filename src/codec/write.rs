//! The state, section by section. Counts go before lists, and records name each other by index.

use super::bytes::Writer;
use crate::engine::Engine;
use crate::engine::store::{Demand, Known, Line};
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, NEVER, NONE};
use crate::model::settings::{Backorders, ItemSettings, Lifecycle};
use alloc::vec;
use alloc::vec::Vec;

pub(super) fn state(to: &mut Writer, engine: &Engine) {
    to.text(&engine.id);
    to.fixed(engine.seed);
    for number in [engine.last_instant, engine.sequence, engine.promise_number, engine.log.seq] {
        to.number(number);
    }
    suppliers(to, engine);
    items(to, engine);
    supplies(to, engine);
    let names = Names::of(engine);
    to.number(names.borne.len() as u64);
    names.borne.iter().for_each(|&name| to.text(engine.line_names.name(name)));
    known(to, &engine.order_ids, &engine.orders);
    known(to, &engine.hold_ids, &engine.holds);
    demands(to, engine, &names);
    keys(to, engine);
    tally(to, engine);
    to.number(engine.log.kept.len() as u64);
    for kept in &engine.log.kept {
        event(to, kept, &names);
    }
}

fn suppliers(to: &mut Writer, engine: &Engine) {
    to.number(engine.suppliers.len() as u64);
    for (supplier, number) in engine.suppliers.iter().zip(0..) {
        to.text(engine.supplier_ids.name(number));
        to.number(supplier.lateness_days.len() as u64);
        supplier.lateness_days.iter().for_each(|&days| to.signed(days));
    }
}

fn items(to: &mut Writer, engine: &Engine) {
    to.number(engine.items.len() as u64);
    for (item, number) in engine.items.iter().zip(0..) {
        to.text(engine.skus.name(number));
        settings(to, &item.settings, &engine.supplier_ids);
        to.number(item.on_hand);
    }
}

fn settings(to: &mut Writer, settings: &ItemSettings, suppliers: &IdMap) {
    match settings.backorders {
        Backorders::Allow => to.byte(0),
        Backorders::Deny => to.byte(1),
        Backorders::Limit(limit) => {
            to.byte(2);
            to.number(limit);
        }
    }
    to.optional(settings.max_per_order.unwrap_or(NEVER), NEVER);
    to.number(settings.safety_stock);
    to.optional(settings.ageing_days.unwrap_or(NEVER), NEVER);
    match &settings.replenishment {
        None => to.byte(0),
        Some(replenishment) => {
            to.byte(1);
            to.number(replenishment.lead_time_days);
            let supplier = replenishment.supplier.as_deref().and_then(|name| suppliers.find(name));
            to.optional(u64::from(supplier.unwrap_or(NONE)), u64::from(NONE));
        }
    }
    to.number(settings.overdue.offset_days);
    to.optional(settings.overdue.ignore_after_days.unwrap_or(NEVER), NEVER);
    match settings.lifecycle {
        Lifecycle::Active => to.byte(0),
        Lifecycle::Preorder { release_at } => {
            to.byte(1);
            to.optional(release_at.unwrap_or(NEVER), NEVER);
        }
        Lifecycle::Discontinued => to.byte(2),
    }
}

fn supplies(to: &mut Writer, engine: &Engine) {
    to.number(engine.supplies.len() as u64);
    for (supply, number) in engine.supplies.iter().zip(0..) {
        to.text(engine.supply_ids.name(number));
        to.number(u64::from(supply.item));
        to.optional(u64::from(supply.supplier), u64::from(NONE));
        to.number(supply.due);
        to.number(supply.open);
        to.number(supply.received);
        to.byte(supply.state as u8 | u8::from(supply.archived) << 2);
        to.optional(supply.closed_at, NEVER);
        to.fixed(supply.content);
    }
}

/// The names that lines or kept events bear, numbered anew in the order in which they come: what
/// was named once and is gone leaves no trace.
struct Names {
    borne: Vec<u32>,
    /// The new number of each old one, or [`NONE`].
    number_of: Vec<u32>,
}

impl Names {
    fn of(engine: &Engine) -> Names {
        let mut names = Names { borne: Vec::new(), number_of: vec![NONE; engine.line_names.len()] };
        let lines = engine.lines.iter().map(|line| line.name);
        for name in lines.chain(engine.log.kept.iter().map(|event| event.line)) {
            if let Some(number) = names.number_of.get_mut(name as usize)
                && *number == NONE
            {
                *number = names.borne.len() as u32;
                names.borne.push(name);
            }
        }
        names
    }

    fn number(&self, name: u32) -> u32 {
        self.number_of.get(name as usize).copied().unwrap_or(NONE)
    }
}

fn known(to: &mut Writer, ids: &IdMap, known: &[Known]) {
    to.number(known.len() as u64);
    for (known, number) in known.iter().zip(0..) {
        to.text(ids.name(number));
        to.fixed(known.content);
    }
}

/// Demands in the order in which they were placed, so that instants and numbers are written as
/// steps from the one before.
fn demands(to: &mut Writer, engine: &Engine, names: &Names) {
    to.number(engine.demands.len() as u64);
    let (mut placed_at, mut sequence, mut promise_number) = (0, 0, 0);
    for record in &engine.demands {
        to.number(record.placed_at - placed_at);
        to.number(record.sequence - sequence);
        (placed_at, sequence) = (record.placed_at, record.sequence);
        demand(to, record);
        for line in record.lines() {
            let line = &engine.lines[line as usize];
            write_line(to, line, record, names.number(line.name), &mut promise_number);
            parts(to, engine, line, record);
        }
    }
}

fn demand(to: &mut Writer, demand: &Demand) {
    to.optional(u64::from(demand.order), u64::from(NONE));
    to.optional(u64::from(demand.hold), u64::from(NONE));
    if demand.hold != NONE {
        to.byte(demand.hold_state as u8);
        to.number(demand.ends_at - demand.placed_at);
    }
    to.byte(demand.priority);
    to.byte(demand.fulfilment as u8);
    to.number(demand.not_before);
    to.optional(demand.latest, NEVER);
    to.optional(demand.closed_at, NEVER);
    to.number(u64::from(demand.line_count));
}

/// What most lines do not have goes behind a byte that says which of it there is.
fn write_line(to: &mut Writer, line: &Line, demand: &Demand, name: u32, promise_number: &mut u64) {
    let promised = line.promise != NEVER;
    let first_differs = line.first_promise != line.promise;
    let ended = line.shipped > 0 || line.cancelled > 0 || line.returned > 0;
    let terms = line.min_shipment != 1 || line.unit_price != NEVER;
    let flags = [promised, first_differs, line.broken, ended, terms];
    to.byte(flags.iter().zip(0..).map(|(&flag, bit)| u8::from(flag) << bit).sum());
    to.number(u64::from(name));
    to.number(u64::from(line.item));
    if promised {
        to.signed(line.promise as i64 - demand.placed_at as i64);
    }
    if first_differs {
        to.optional(line.first_promise, NEVER);
    }
    to.signed(line.promise_number as i64 - *promise_number as i64);
    *promise_number = line.promise_number;
    if ended {
        to.number(line.shipped);
        to.number(line.cancelled);
        to.number(line.returned);
    }
    if terms {
        to.number(line.min_shipment);
        to.optional(line.unit_price, NEVER);
    }
}

fn parts(to: &mut Writer, engine: &Engine, line: &Line, demand: &Demand) {
    if line.first_part == NONE && line.allocated > 0 {
        // It stands outside the queue, as the one part that it would be there.
        [1, 0, line.allocated, 0, 0].into_iter().for_each(|number| to.number(number));
        return;
    }
    let mut count = 0;
    let mut part = line.first_part;
    while part != NONE {
        count += 1;
        part = engine.parts[part as usize].next;
    }
    to.number(count);
    let mut part = line.first_part;
    while part != NONE {
        let entry = engine.forest.entry(part);
        to.number(entry.waiting);
        to.number(entry.set_aside);
        to.number(entry.placed_at - demand.placed_at);
        to.number((entry.rank.tie >> 10) - demand.sequence);
        part = engine.parts[part as usize].next;
    }
}

fn keys(to: &mut Writer, engine: &Engine) {
    to.number(engine.keys.kept().len() as u64);
    for key in engine.keys.kept() {
        to.number(key.sequence);
        to.fixed(key.content);
        to.text(&key.text);
    }
}

fn tally(to: &mut Writer, engine: &Engine) {
    let tally = &engine.tally;
    for number in [
        tally.orders,
        tally.lines,
        tally.units,
        tally.units_at_once,
        tally.lines_at_once,
        tally.orders_at_once,
        tally.promised_lines_shipped,
        tally.on_time_first,
        tally.on_time_last,
        tally.waited_units,
        tally.waited_unit_ms as u64,
        (tally.waited_unit_ms >> 64) as u64,
        tally.promises_made,
        tally.promises_moved,
        tally.promises_broken,
    ] {
        to.number(number);
    }
}

fn event(to: &mut Writer, event: &Event, names: &Names) {
    let line = names.number(event.line);
    to.number(event.seq);
    to.number(event.at);
    to.byte(event.kind as u8);
    to.byte(event.cause as u8);
    for handle in [event.cause_supply, event.order, event.hold, line, event.item, event.supply] {
        to.optional(u64::from(handle), u64::from(NONE));
    }
    to.number(event.quantity);
    to.optional(event.from, NEVER);
    to.optional(event.to, NEVER);
}
