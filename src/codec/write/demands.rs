//! Demands with their lines, the places and the parts of those.

use super::super::bytes::Writer;
use super::{Borne, site_in_item};
use crate::engine::Engine;
use crate::engine::store::{Demand, Line};
use crate::model::outcome::{NEVER, NONE};
use alloc::vec::Vec;

/// Demands in the order in which they were placed, so that instants and numbers are written as
/// steps from the one before.
pub(super) fn demands(to: &mut Writer, engine: &Engine, names: &Borne, segments: &Borne) {
    to.number(engine.demands.len() as u64);
    let (mut placed_at, mut sequence, mut promise_number) = (0, 0, 0);
    let mut named = engine.line_locations.iter().peekable();
    for record in &engine.demands {
        to.number(record.placed_at - placed_at);
        to.number(record.sequence - sequence);
        (placed_at, sequence) = (record.placed_at, record.sequence);
        demand(to, record, segments);
        let mut next_place = 0;
        for number in record.lines() {
            let locations = named.next_if(|(line, _)| *line == number);
            let locations = locations.map_or(&[][..], |(_, locations)| locations);
            let line = &engine.lines[number as usize];
            let head = Head { line, demand: record, name: names.number(line.name), next_place, locations };
            write_line(to, engine, &head, &mut promise_number);
            next_place = line.place + 1;
            parts(to, engine, number, record);
        }
    }
}

/// What most demands do not have is written only where it is said to be there.
fn demand(to: &mut Writer, demand: &Demand, segments: &Borne) {
    to.flags(&[
        demand.order != NONE,
        demand.hold != NONE,
        demand.closed_at != NEVER,
        demand.latest != NEVER,
        demand.not_before > 0,
        demand.allocate_from > 0,
        demand.segment != NONE,
        demand.frozen,
    ]);
    if demand.order != NONE {
        to.number(u64::from(demand.order));
    }
    if demand.hold != NONE {
        to.number(u64::from(demand.hold));
        to.byte(demand.hold_state as u8);
        to.number(demand.ends_at - demand.placed_at);
    }
    if demand.closed_at != NEVER {
        to.number(demand.closed_at - demand.placed_at);
    }
    if demand.latest != NEVER {
        to.number(demand.latest);
    }
    if demand.not_before > 0 {
        to.number(demand.not_before);
    }
    if demand.allocate_from > 0 {
        to.number(demand.allocate_from - demand.placed_at);
    }
    if demand.segment != NONE {
        to.number(u64::from(segments.number(demand.segment)));
    }
    to.byte(demand.priority);
    to.byte(demand.fulfilment as u8);
    to.byte(demand.sourcing as u8);
    to.number(u64::from(demand.line_count));
}

/// A line, and what is known of it elsewhere.
struct Head<'e> {
    line: &'e Line,
    demand: &'e Demand,
    name: u32,
    /// The place after that of the line before: it stands there unless lines were left out.
    next_place: u32,
    /// The locations that it named.
    locations: &'e [u32],
}

/// What most lines do not have is written only where it is said to be there.
fn write_line(to: &mut Writer, engine: &Engine, head: &Head, promise_number: &mut u64) {
    let Head { line, demand, name, next_place, locations } = *head;
    let promised = line.promise != NEVER;
    let first_differs = line.first_promise != line.promise;
    let ended = line.shipped > 0 || line.cancelled > 0 || line.returned > 0;
    let terms = line.min_shipment != 1 || line.unit_price != NEVER;
    let spread = line.first_leg != NONE;
    let site = if spread { 0 } else { site_in_item(engine, line.site) };
    let after_gap = line.place != next_place;
    let named = !locations.is_empty();
    to.flags(&[promised, first_differs, line.broken, ended, terms, site > 0, spread, after_gap, named]);
    to.number(u64::from(name));
    to.number(u64::from(line.item));
    if site > 0 {
        to.number(site);
    }
    if spread {
        legs(to, engine, line);
    }
    if after_gap {
        to.number(u64::from(line.place - next_place));
    }
    if named {
        to.number(locations.len() as u64);
        locations.iter().for_each(|&location| to.number(u64::from(location)));
    }
    if promised {
        to.signed(line.promise as i64 - demand.placed_at as i64);
    }
    if first_differs {
        to.optional(line.first_promise, NEVER);
    }
    to.signed(line.promise_number as i64 - *promise_number as i64);
    *promise_number = line.promise_number;
    if ended {
        if !spread {
            to.number(line.shipped);
        }
        to.number(line.cancelled);
        to.number(line.returned);
    }
    if terms {
        to.number(line.min_shipment);
        to.optional(line.unit_price, NEVER);
    }
}

/// The places of a line of several, in the order in which they came to be, and what shipped from
/// each, which together is what the line shipped.
fn legs(to: &mut Writer, engine: &Engine, line: &Line) {
    let first = (line.first_leg != NONE).then_some(line.first_leg);
    let next = |leg: &u32| Some(engine.legs[*leg as usize].next).filter(|&next| next != NONE);
    to.number(core::iter::successors(first, next).count() as u64);
    for leg in core::iter::successors(first, next) {
        let leg = &engine.legs[leg as usize];
        to.number(site_in_item(engine, leg.site));
        to.number(leg.shipped);
    }
}

fn parts(to: &mut Writer, engine: &Engine, line: u32, demand: &Demand) {
    if engine.is_shelved(line) {
        // It stands outside the queue, as the one part that it would be there.
        to.number(1);
        return part(to, [0, engine.lines[line as usize].allocated, 0, 0, 0]);
    }
    let spread = engine.lines[line as usize].first_leg != NONE;
    let queues = if spread { engine.sites_of(line) } else { Vec::new() };
    to.number(engine.parts_of(line).count() as u64);
    for number in engine.parts_of(line) {
        let (record, entry) = (&engine.parts[number as usize], engine.forest.entry(number));
        if spread {
            let queue = queues.iter().position(|&site| site == record.site);
            to.number(queue.unwrap_or(0) as u64);
        }
        let later = (entry.rank.tie >> 10) - demand.sequence;
        let placed_after = entry.placed_at - demand.placed_at;
        part(to, [entry.waiting, entry.set_aside, record.beyond, later, placed_after]);
    }
}

/// Units that wait and that are set aside, the unit beyond scheduled supply, and how much later than
/// its order it was asked for, by commands and by time. Each is 0 for most parts.
fn part(to: &mut Writer, numbers: [u64; 5]) {
    to.flags(&numbers.map(|number| number > 0));
    numbers.into_iter().filter(|&number| number > 0).for_each(|number| to.number(number));
}
