//! What goes out, in the contract's shape: outcomes, events, and the settings of items.

use crate::engine::Engine;
use crate::model::outcome::{Event, Outcome, Rejection, Status};
use crate::model::settings::*;
use crate::model::units::{Instant, Quantity};
use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// An outcome with names to its events.
#[derive(Clone, Debug)]
pub struct OutcomeView<'e> {
    engine: &'e Engine,
    outcome: Outcome,
}

impl<'e> OutcomeView<'e> {
    /// The outcome of a command that this engine was given.
    pub fn new(engine: &'e Engine, outcome: Outcome) -> Self {
        OutcomeView { engine, outcome }
    }
}

impl Serialize for OutcomeView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let events = Events { engine: self.engine, events: &self.outcome.events };
        match &self.outcome.status {
            Status::Applied => done(serializer, "applied", &events),
            Status::Exists => done(serializer, "exists", &events),
            Status::Rejected(rejection) => rejected(serializer, rejection, &events),
        }
    }
}

fn done<S: Serializer>(serializer: S, status: &'static str, events: &Events) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Outcome", 2)?;
    object.serialize_field("status", status)?;
    object.serialize_field("events", events)?;
    object.end()
}

fn rejected<S: Serializer>(serializer: S, rejection: &Rejection, events: &Events) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Outcome", 4 + usize::from(rejection.path.is_some()))?;
    object.serialize_field("status", "rejected")?;
    object.serialize_field("reason", rejection.reason.name())?;
    match &rejection.path {
        Some(path) => object.serialize_field("path", path)?,
        None => object.skip_field("path")?,
    }
    object.serialize_field("message", &rejection.message)?;
    object.serialize_field("events", events)?;
    object.end()
}

struct Events<'a> {
    engine: &'a Engine,
    events: &'a [Event],
}

impl Serialize for Events<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.events.iter().map(|event| self.engine.event_view(event)))
    }
}

/// Events that were kept, with their names.
#[derive(Clone, Debug)]
pub struct EventsView<'e> {
    engine: &'e Engine,
    events: Vec<Event>,
}

impl<'e> EventsView<'e> {
    /// The events that this engine made.
    pub fn new(engine: &'e Engine, events: Vec<Event>) -> Self {
        EventsView { engine, events }
    }
}

impl Serialize for EventsView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Events { engine: self.engine, events: &self.events }.serialize(serializer)
    }
}

/// An item with its settings.
#[derive(Clone, Debug)]
pub struct ItemRow<'e> {
    /// The item.
    pub sku: &'e str,
    /// Its settings.
    pub settings: &'e ItemSettings,
}

impl Serialize for ItemRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Item", 2)?;
        row.serialize_field("sku", self.sku)?;
        row.serialize_field("settings", &Settings::from(self.settings))?;
        row.end()
    }
}

/// The contract's `ItemSettings`, with what this release does where it lets nothing be chosen. A
/// setting whose default is that there is none is left out.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings<'e> {
    backorders: Choice<Limit>,
    sharing: &'static str,
    promising: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ageing_days: Option<u64>,
    protection: [(); 0],
    overtaking: &'static str,
    whole_lines: &'static str,
    promise_quantile: f64,
    overdue: OverdueView,
    #[serde(skip_serializing_if = "Option::is_none")]
    replenishment: Option<ReplenishmentView<'e>>,
    safety_stock: Quantity,
    components: [(); 0],
    substitutes: [(); 0],
    incentives: [(); 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    max_per_order: Option<Quantity>,
    lifecycle: Choice<Preorder>,
}

/// A word, or an object that says more.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Choice<T> {
    Word(&'static str),
    More(T),
}

#[derive(serde::Serialize)]
struct Limit {
    limit: Quantity,
}

#[derive(serde::Serialize)]
struct Preorder {
    preorder: Release,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Release {
    #[serde(skip_serializing_if = "Option::is_none")]
    release_at: Option<Instant>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct OverdueView {
    offset_days: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignore_after_days: Option<u64>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ReplenishmentView<'e> {
    lead_time_days: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<&'e str>,
}

impl<'e> From<&'e ItemSettings> for Settings<'e> {
    fn from(settings: &'e ItemSettings) -> Self {
        Settings {
            backorders: match settings.backorders {
                Backorders::Allow => Choice::Word("allow"),
                Backorders::Deny => Choice::Word("deny"),
                Backorders::Limit(limit) => Choice::More(Limit { limit }),
            },
            sharing: "sequence",
            promising: "queue",
            ageing_days: settings.ageing_days,
            protection: [],
            overtaking: "ignore",
            whole_lines: "collect",
            promise_quantile: 0.8,
            overdue: OverdueView {
                offset_days: settings.overdue.offset_days,
                ignore_after_days: settings.overdue.ignore_after_days,
            },
            replenishment: settings.replenishment.as_ref().map(|replenishment| ReplenishmentView {
                lead_time_days: replenishment.lead_time_days,
                supplier: replenishment.supplier.as_deref(),
            }),
            safety_stock: settings.safety_stock,
            components: [],
            substitutes: [],
            incentives: [],
            max_per_order: settings.max_per_order,
            lifecycle: match settings.lifecycle {
                Lifecycle::Active => Choice::Word("active"),
                Lifecycle::Preorder { release_at } => {
                    Choice::More(Preorder { preorder: Release { release_at } })
                }
                Lifecycle::Discontinued => Choice::Word("discontinued"),
            },
        }
    }
}
