//! The settings of an item in a command.

use super::fields::*;
use super::value::Value;
use crate::model::settings::*;

pub(super) fn change(fields: &mut Fields) -> ItemChange {
    for (name, usual) in LATER_SETTINGS {
        fields.later_setting(name, usual);
    }
    ItemChange {
        backorders: fields.change("backorders", backorders),
        max_per_order: fields.change("maxPerOrder", quantity),
        safety_stock: fields.change("safetyStock", quantity),
        ageing_days: fields.change("ageingDays", days),
        replenishment: fields.change("replenishment", |at| object(at, replenishment)),
        overdue: fields.change("overdue", |at| object(at, overdue)),
        lifecycle: fields.change("lifecycle", lifecycle),
    }
}

/// Settings that come in a later release, and what the engine does until then.
pub(super) const LATER_SETTINGS: [(&str, Usual); 10] = [
    ("sharing", Usual::Word("sequence")),
    ("promising", Usual::Word("queue")),
    ("protection", Usual::Empty),
    ("overtaking", Usual::Word("ignore")),
    ("wholeLines", Usual::Word("collect")),
    ("promiseQuantile", Usual::Number(0.8, "0.8")),
    ("reorder", Usual::Nothing),
    ("components", Usual::Empty),
    ("substitutes", Usual::Empty),
    ("incentives", Usual::Empty),
];

fn backorders(at: &mut At) -> Backorders {
    if let Some(Value::Object(_)) = at.value {
        return Backorders::Limit(object(at, |fields| fields.need("limit", quantity)));
    }
    match word(at, &["allow", "deny"], " or { limit }") {
        0 => Backorders::Allow,
        _ => Backorders::Deny,
    }
}

fn overdue(fields: &mut Fields) -> Overdue {
    Overdue {
        offset_days: fields.need("offsetDays", days),
        ignore_after_days: fields.get("ignoreAfterDays", days),
    }
}

fn replenishment(fields: &mut Fields) -> Replenishment {
    fields.later("batch", Usual::Nothing);
    fields.later("capacityPerDay", Usual::Nothing);
    Replenishment {
        lead_time_days: fields.need("leadTimeDays", days),
        supplier: fields.get("supplier", id).map(Into::into),
    }
}

fn lifecycle(at: &mut At) -> Lifecycle {
    if let Some(Value::Object(_)) = at.value {
        let release_at = |fields: &mut Fields| fields.get("releaseAt", instant);
        let release_at = object(at, |fields| fields.need("preorder", |at| object(at, release_at)));
        return Lifecycle::Preorder { release_at };
    }
    match word(at, &["active", "discontinued"], " or { preorder }") {
        0 => Lifecycle::Active,
        _ => Lifecycle::Discontinued,
    }
}
