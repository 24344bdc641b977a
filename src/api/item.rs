//! The settings of an item in a command.

use super::fields::*;
use super::value::Value;
use crate::model::settings::*;
use alloc::string::String;

pub(super) fn change(fields: &mut Fields) -> ItemChange {
    for (name, usual) in LATER_SETTINGS {
        fields.later_setting(name, usual);
    }
    ItemChange {
        backorders: fields.change("backorders", backorders),
        sharing: fields.change("sharing", sharing),
        promising: fields.change("promising", promising),
        ageing_days: fields.change("ageingDays", days),
        protection: fields.change("protection", |at| list(at, |at| object(at, protection))),
        whole_lines: fields.change("wholeLines", whole_lines),
        overdue: fields.change("overdue", |at| object(at, overdue)),
        replenishment: fields.change("replenishment", |at| object(at, replenishment)),
        safety_stock: fields.change("safetyStock", quantity),
        reorder: fields.change("reorder", |at| object(at, reorder)),
        components: fields.change("components", |at| list(at, |at| object(at, component))),
        substitutes: fields.change("substitutes", |at| list(at, owned_id)),
        incentives: fields.change("incentives", |at| list(at, |at| object(at, incentive))),
        max_per_order: fields.change("maxPerOrder", quantity),
        lifecycle: fields.change("lifecycle", lifecycle),
        promise_quantile: fields.change("promiseQuantile", quantile),
    }
}

/// Settings that come in a later release, and what the engine does until then.
pub(super) const LATER_SETTINGS: [(&str, &str); 1] = [("overtaking", "ignore")];

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
    Replenishment {
        lead_time_days: fields.need("leadTimeDays", days),
        supplier: fields.get("supplier", owned_id),
        batch: fields.get("batch", quantity),
        capacity_per_day: fields.get("capacityPerDay", quantity),
    }
}

fn sharing(at: &mut At) -> Sharing {
    match word(at, &["sequence", "fairShare"], "") {
        0 => Sharing::Sequence,
        _ => Sharing::FairShare,
    }
}

fn promising(at: &mut At) -> Promising {
    match word(at, &["queue", "protect"], "") {
        0 => Promising::Queue,
        _ => Promising::Protect,
    }
}

fn whole_lines(at: &mut At) -> WholeLines {
    match word(at, &["collect", "skip"], "") {
        0 => WholeLines::Collect,
        _ => WholeLines::Skip,
    }
}

fn protection(fields: &mut Fields) -> Protection {
    Protection { priority: fields.need("priority", priority), units: fields.need("units", quantity) }
}

fn reorder(fields: &mut Fields) -> Reorder {
    Reorder {
        policy: fields.need("policy", reorder_policy),
        point: fields.need("point", quantity),
        quantity: fields.get("quantity", quantity),
        up_to: fields.get("upTo", quantity),
        minimum: fields.get("minimum", quantity),
        multiple: fields.get("multiple", quantity),
    }
}

fn reorder_policy(at: &mut At) -> ReorderPolicy {
    match word(at, &["rQ", "sS", "baseStock"], "") {
        0 => ReorderPolicy::ReorderQuantity,
        1 => ReorderPolicy::OrderUpTo,
        _ => ReorderPolicy::BaseStock,
    }
}

fn component(fields: &mut Fields) -> Component {
    Component { sku: fields.need("sku", owned_id), quantity: fields.need("quantity", quantity) }
}

fn incentive(fields: &mut Fields) -> Incentive {
    Incentive {
        from_delay_days: fields.need("fromDelayDays", days),
        offer: fields.need("offer", |at| text(at, "text").into()),
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

fn owned_id(at: &mut At) -> String {
    id(at).into()
}
