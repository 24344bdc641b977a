//! The state, section by section. Counts go before lists, and records name each other by index.

mod demands;
mod dispatch;
mod learned;
mod notices;
mod overtaking;
mod settings;

use super::Sections;
use super::bytes::Writer;
use crate::engine::Engine;
use crate::engine::store::Known;
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, NEVER, NONE};
use alloc::vec;
use alloc::vec::Vec;

/// Writes the state, and says which sections it has that not every state has.
pub(super) fn state(to: &mut Writer, engine: &Engine) -> Sections {
    let sections = Sections {
        learned: learned::is_any(engine),
        dispatches: dispatch::is_any(engine),
        destinations: dispatch::is_any_destination(engine),
        overtaking: overtaking::is_any(engine),
        notices: engine.notices.is_some(),
    };
    if sections.are_named() {
        let Sections { learned, dispatches, destinations, overtaking, notices } = sections;
        to.flags(&[learned, dispatches, destinations, overtaking, notices]);
    }
    to.text(&engine.id);
    to.fixed(engine.seed);
    for number in [engine.last_instant, engine.sequence, engine.promise_number, engine.log.seq] {
        to.number(number);
    }
    locations(to, engine);
    if sections.dispatches {
        dispatch::dispatches(to, engine);
    }
    suppliers(to, engine);
    items(to, engine);
    supplies(to, engine);
    let lines = engine.lines.iter().map(|line| line.name);
    let names = lines.chain(engine.log.kept.iter().map(|event| event.line));
    let names = Borne::by(names, &engine.line_names);
    names.write(to, &engine.line_names);
    let segments = engine.demands.iter().map(|demand| demand.segment);
    let segments = Borne::by(segments, &engine.segments);
    segments.write(to, &engine.segments);
    known(to, &engine.order_ids, &engine.orders);
    known(to, &engine.hold_ids, &engine.holds);
    demands::demands(to, engine, &names, &segments);
    keys(to, engine);
    tally(to, engine);
    to.number(engine.log.kept.len() as u64);
    for kept in &engine.log.kept {
        event(to, kept, &names);
    }
    if sections.learned {
        learned::learned(to, engine);
    }
    if sections.destinations {
        dispatch::destinations(to, engine);
    }
    if sections.overtaking {
        overtaking::overtaking(to, engine);
    }
    engine.notices.iter().for_each(|told| notices::notices(to, told));
    sections
}

/// The default location is always the first. Whether it is still one follows from whether it was
/// used or defined, and from whether there is another.
fn locations(to: &mut Writer, engine: &Engine) {
    to.flags(&[engine.default_used, engine.default_defined]);
    let defined = 1..engine.locations.len() as u32;
    to.number(defined.len() as u64);
    defined.for_each(|location| to.text(engine.locations.name(location)));
}

fn suppliers(to: &mut Writer, engine: &Engine) {
    to.number(engine.suppliers.len() as u64);
    for (supplier, number) in engine.suppliers.iter().zip(0..) {
        to.text(engine.supplier_ids.name(number));
        to.number(supplier.lateness_days.len() as u64);
        supplier.lateness_days.iter().for_each(|&days| to.signed(days));
    }
}

/// Items, each with its sites by the number of their location, which is written as the step from
/// the one before.
fn items(to: &mut Writer, engine: &Engine) {
    to.number(engine.items.len() as u64);
    for (item, number) in engine.items.iter().zip(0..) {
        to.text(engine.skus.name(number));
        settings::settings(to, &item.settings, &engine.supplier_ids);
        to.number(item.sites.len() as u64);
        let mut next = 0;
        for &site in &item.sites {
            let site = &engine.sites[site as usize];
            to.number(u64::from(site.location - next) << 1 | u64::from(site.reorder_said));
            to.number(site.on_hand);
            next = site.location + 1;
        }
    }
}

/// The place of a site among those of its item.
fn site_in_item(engine: &Engine, site: u32) -> u64 {
    let item = &engine.items[engine.sites[site as usize].item as usize];
    item.sites.iter().position(|&other| other == site).unwrap_or(0) as u64
}

fn supplies(to: &mut Writer, engine: &Engine) {
    to.number(engine.supplies.len() as u64);
    for (supply, number) in engine.supplies.iter().zip(0..) {
        to.text(engine.supply_ids.name(number));
        to.number(u64::from(engine.sites[supply.site as usize].item));
        to.number(site_in_item(engine, supply.site));
        to.optional(u64::from(supply.supplier), u64::from(NONE));
        to.number(supply.due);
        to.number(supply.open);
        to.number(supply.received);
        to.byte(supply.state as u8 | u8::from(supply.archived) << 2);
        to.optional(supply.closed_at, NEVER);
        to.fixed(supply.content);
    }
}

/// The ids that something still bears, numbered anew in the order in which they come: what was named
/// once and is gone leaves no trace.
struct Borne {
    ids: Vec<u32>,
    /// The new number of each old one, or [`NONE`].
    number_of: Vec<u32>,
}

impl Borne {
    fn by(bearers: impl Iterator<Item = u32>, ids: &IdMap) -> Borne {
        let mut borne = Borne { ids: Vec::new(), number_of: vec![NONE; ids.len()] };
        for id in bearers {
            if let Some(number) = borne.number_of.get_mut(id as usize)
                && *number == NONE
            {
                *number = borne.ids.len() as u32;
                borne.ids.push(id);
            }
        }
        borne
    }

    fn write(&self, to: &mut Writer, ids: &IdMap) {
        to.number(self.ids.len() as u64);
        self.ids.iter().for_each(|&id| to.text(ids.name(id)));
    }

    fn number(&self, id: u32) -> u32 {
        self.number_of.get(id as usize).copied().unwrap_or(NONE)
    }
}

fn known(to: &mut Writer, ids: &IdMap, known: &[Known]) {
    to.number(known.len() as u64);
    for (known, number) in known.iter().zip(0..) {
        to.text(ids.name(number));
        to.fixed(known.content);
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

fn event(to: &mut Writer, event: &Event, names: &Borne) {
    let line = names.number(event.line);
    to.number(event.seq);
    to.number(event.at);
    to.byte(event.kind as u8);
    to.byte(event.cause as u8);
    let Event { cause_supply, order, hold, item, location, supply, .. } = *event;
    for handle in [cause_supply, order, hold, line, item, location, supply] {
        to.optional(u64::from(handle), u64::from(NONE));
    }
    to.number(event.quantity);
    to.optional(event.from, NEVER);
    to.optional(event.to, NEVER);
}
