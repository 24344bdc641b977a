//! Events as plain values, and how the shop makes them.

use super::{Cause, Shop};
use backorder::model::outcome::EventKind;
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::{Cause as CauseView, EventView, NoticeId};

/// An event that owns its names.
#[derive(Clone, Debug)]
pub struct PlainEvent {
    pub seq: u64,
    pub at: Instant,
    pub kind: EventKind,
    pub about: About,
    cause: Cause,
}

/// What an event speaks of; each kind fills in its own fields.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub order: Option<String>,
    pub hold: Option<String>,
    pub line: Option<String>,
    pub sku: Option<String>,
    pub location: Option<String>,
    pub supply: Option<String>,
    pub notice: Option<u64>,
    pub quantity: Option<Quantity>,
    pub from: Option<Option<Instant>>,
    pub to: Option<Option<Instant>>,
}

impl PlainEvent {
    /// The event in the contract's shape.
    pub fn view(&self) -> EventView<'_> {
        EventView {
            seq: self.seq,
            at: self.at,
            kind: self.kind.name(),
            order: self.about.order.as_deref(),
            line: self.about.line.as_deref(),
            hold: self.about.hold.as_deref(),
            sku: self.about.sku.as_deref(),
            location: self.about.location.as_deref(),
            supply: self.about.supply.as_deref(),
            notice: self.about.notice.map(NoticeId),
            quantity: self.about.quantity,
            from: self.about.from,
            to: self.about.to,
            cause: CauseView { command: self.cause.command.name(), supply: self.cause.supply.as_deref() },
        }
    }
}

impl Shop {
    /// Makes an event, and says its number.
    pub(super) fn tell(&mut self, at: Instant, kind: EventKind, about: About) -> u64 {
        self.events_made += 1;
        self.tally.count_event(kind);
        let event = PlainEvent { seq: self.events_made, at, kind, about, cause: self.cause.clone() };
        self.log.push(event);
        self.events_made
    }

    /// An event of a whole order or hold.
    pub(super) fn tell_demand(&mut self, at: Instant, kind: EventKind, demand: usize) {
        let about = self.about_demand(demand);
        self.tell(at, kind, about);
    }

    /// An event of so many units of a line at a location.
    pub(super) fn tell_units(
        &mut self,
        at: Instant,
        kind: EventKind,
        line: (usize, usize),
        location: &str,
        quantity: Quantity,
    ) {
        self.tell_line(at, kind, line, Some(location.to_owned()), Some(quantity));
    }

    /// An event of a line; the location is where its units are, or the first of its places.
    pub(super) fn tell_line(
        &mut self,
        at: Instant,
        kind: EventKind,
        (demand, line): (usize, usize),
        location: Option<String>,
        quantity: Option<Quantity>,
    ) {
        let about = About { location, quantity, ..self.about_line(demand, line) };
        self.tell(at, kind, about);
    }

    pub(super) fn about_line(&self, demand: usize, line: usize) -> About {
        let record = self.line(demand, line);
        About {
            line: Some(record.id.clone()),
            sku: Some(record.sku.clone()),
            location: record.first_location().map(str::to_owned),
            ..self.about_demand(demand)
        }
    }

    fn about_demand(&self, demand: usize) -> About {
        let record = &self.demands[demand];
        let hold = record.hold.as_ref().filter(|_| record.order.is_none());
        About { order: record.order.clone(), hold: hold.map(|hold| hold.id.clone()), ..About::default() }
    }
}
