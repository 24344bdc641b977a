//! When locations send, and where orders go.

use super::super::bytes::Writer;
use super::Borne;
use crate::engine::Engine;
use crate::engine::dispatch::Dispatch;
use crate::model::calendar::{Calendar, Transit, Transition, Zone};
use crate::model::outcome::NONE;

/// Whether any location says when it sends, or how long that is under way.
pub(super) fn is_any(engine: &Engine) -> bool {
    engine.dispatches.iter().any(Dispatch::is_any)
}

/// Whether any order names a destination.
pub(super) fn is_any_destination(engine: &Engine) -> bool {
    engine.demands.iter().any(|demand| demand.destination != NONE)
}

/// Of each location, in the order of their numbers.
pub(super) fn dispatches(to: &mut Writer, engine: &Engine) {
    let none = Dispatch::default();
    for number in 0..engine.locations.len() {
        let dispatch = engine.dispatches.get(number).unwrap_or(&none);
        let given = dispatch.calendar.as_ref().map(|(calendar, _)| calendar);
        to.flags(&[given.is_some(), !dispatch.transit.is_empty()]);
        given.iter().for_each(|given| calendar(to, given));
        if !dispatch.transit.is_empty() {
            to.number(dispatch.transit.len() as u64);
            for Transit { ship_to, days } in &dispatch.transit {
                to.text(ship_to);
                to.number(*days);
            }
        }
    }
}

fn calendar(to: &mut Writer, calendar: &Calendar) {
    let name = match &calendar.zone {
        Zone::Changing { name, .. } => name.as_deref(),
        Zone::Fixed { .. } => None,
    };
    let changes = matches!(calendar.zone, Zone::Changing { .. });
    to.flags(&[changes, name.is_some(), calendar.cutoff_minutes.is_some()]);
    name.iter().for_each(|name| to.text(name));
    match &calendar.zone {
        Zone::Fixed { utc_offset_minutes } => to.signed(*utc_offset_minutes),
        Zone::Changing { transitions: all, .. } => transitions(to, all),
    }
    to.byte(calendar.workdays.numbers().map(|number| 1 << (number - 1)).sum());
    to.number(calendar.holidays.len() as u64);
    let mut before = 0;
    for holiday in &calendar.holidays {
        to.number(u64::from(holiday - before));
        before = *holiday;
    }
    calendar.cutoff_minutes.iter().for_each(|&minutes| to.number(minutes));
    to.number(calendar.handling_days);
}

/// The names, and which orders have which.
pub(super) fn destinations(to: &mut Writer, engine: &Engine) {
    let named = engine.demands.iter().zip(0..).filter(|(demand, _)| demand.destination != NONE);
    let names = Borne::by(named.clone().map(|(demand, _)| demand.destination), &engine.destinations);
    names.write(to, &engine.destinations);
    to.number(named.clone().count() as u64);
    let mut next = 0;
    for (demand, number) in named {
        to.number(number - next);
        to.number(u64::from(names.number(demand.destination)));
        next = number + 1;
    }
}

pub(super) fn transitions(to: &mut Writer, all: &[Transition]) {
    to.number(all.len() as u64);
    let mut before = 0;
    for Transition { from, utc_offset_minutes } in all {
        to.number(from - before);
        to.signed(*utc_offset_minutes);
        before = *from;
    }
}
