//! What goes out, in the contract's shape: outcomes, events, and the settings of items.

use crate::engine::Engine;
use crate::model::outcome::{Event, Outcome, Refused, Rejection, ShareChange, Status};
use crate::model::settings::{
    Backorders, Component, Incentive, ItemSettings, Lifecycle, Overdue, Overtaking, Promising, Protection,
    Quantile, Reorder, Replenishment, Sharing, WholeLines,
};
use crate::model::units::Quantity;
use crate::model::view::Quote;
use alloc::string::String;
use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// An outcome with names to its events and changes, and what could be offered in the place of a
/// refused line.
#[derive(Clone, Debug)]
pub struct OutcomeView<'e> {
    engine: &'e Engine,
    outcome: Outcome,
    /// Whether it is that of a rebalance, which says what it changed even if that is nothing.
    rebalanced: bool,
    alternatives: Vec<Quote<'e>>,
}

impl<'e> OutcomeView<'e> {
    /// The outcome of a command that this engine was given.
    pub fn new(engine: &'e Engine, outcome: Outcome, rebalanced: bool, alternatives: Vec<Quote<'e>>) -> Self {
        OutcomeView { engine, outcome, rebalanced, alternatives }
    }

    fn changes(&self) -> Option<Vec<Change<'_>>> {
        let named = |change: &ShareChange| {
            let (order, line) = self.engine.change_names(change);
            Change { order, line, before: change.before, after: change.after }
        };
        self.rebalanced.then(|| self.outcome.changes.iter().map(named).collect())
    }
}

impl Serialize for OutcomeView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let events = Events { engine: self.engine, events: &self.outcome.events };
        let status = match &self.outcome.status {
            Status::Applied => "applied",
            Status::Exists => "exists",
            Status::Rejected(rejection) => {
                let Rejection { reason, path, message } = rejection;
                let (reason, path, alternatives) = (reason.name(), path.as_deref(), &*self.alternatives);
                let refusal = Refusal { status: "rejected", reason, path, message, alternatives, events };
                return refusal.serialize(serializer);
            }
        };
        Done { status, events, refused: &self.outcome.refused, changes: self.changes() }.serialize(serializer)
    }
}

#[derive(serde::Serialize)]
struct Done<'a> {
    status: &'static str,
    events: Events<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    refused: &'a [Refused],
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Change<'a>>>,
}

#[derive(serde::Serialize)]
struct Refusal<'a> {
    status: &'static str,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    alternatives: &'a [Quote<'a>],
    events: Events<'a>,
}

/// What a line won or lost by a rebalance.
#[derive(serde::Serialize)]
struct Change<'e> {
    order: &'e str,
    line: &'e str,
    before: Quantity,
    after: Quantity,
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
    backorders: Backorders,
    sharing: Sharing,
    promising: Promising,
    #[serde(skip_serializing_if = "Option::is_none")]
    ageing_days: Option<u64>,
    protection: &'e [Protection],
    overtaking: Overtaking,
    whole_lines: WholeLines,
    promise_quantile: Quantile,
    overdue: Overdue,
    #[serde(skip_serializing_if = "Option::is_none")]
    replenishment: Option<&'e Replenishment>,
    safety_stock: Quantity,
    #[serde(skip_serializing_if = "Option::is_none")]
    reorder: Option<Reorder>,
    components: &'e [Component],
    substitutes: &'e [String],
    incentives: &'e [Incentive],
    #[serde(skip_serializing_if = "Option::is_none")]
    max_per_order: Option<Quantity>,
    lifecycle: Lifecycle,
}

impl<'e> From<&'e ItemSettings> for Settings<'e> {
    fn from(settings: &'e ItemSettings) -> Self {
        Settings {
            backorders: settings.backorders,
            sharing: settings.sharing,
            promising: settings.promising,
            ageing_days: settings.ageing_days,
            protection: &settings.protection,
            overtaking: settings.overtaking,
            whole_lines: settings.whole_lines,
            promise_quantile: settings.promise_quantile,
            overdue: settings.overdue,
            replenishment: settings.replenishment.as_ref(),
            safety_stock: settings.safety_stock,
            reorder: settings.reorder,
            components: &settings.components,
            substitutes: &settings.substitutes,
            incentives: &settings.incentives,
            max_per_order: settings.max_per_order,
            lifecycle: settings.lifecycle,
        }
    }
}
