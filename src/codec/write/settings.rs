//! An item's settings: those that are not at their default.

use super::super::bytes::Writer;
use crate::model::ids::IdMap;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::{Backorders, ItemSettings, Lifecycle, Reorder, Replenishment};

pub(super) fn settings(to: &mut Writer, settings: &ItemSettings, suppliers: &IdMap) {
    let plain = ItemSettings::default();
    to.flags(&[
        settings.backorders != plain.backorders,
        settings.max_per_order != plain.max_per_order,
        settings.safety_stock != plain.safety_stock,
        settings.ageing_days != plain.ageing_days,
        settings.replenishment != plain.replenishment,
        settings.overdue != plain.overdue,
        settings.lifecycle != plain.lifecycle,
        settings.sharing != plain.sharing,
        settings.promising != plain.promising,
        settings.whole_lines != plain.whole_lines,
        settings.protection != plain.protection,
        settings.reorder != plain.reorder,
        settings.components != plain.components,
        settings.substitutes != plain.substitutes,
        settings.incentives != plain.incentives,
        settings.promise_quantile != plain.promise_quantile,
        settings.overtaking != plain.overtaking,
    ]);
    match settings.backorders {
        Backorders::Allow => {}
        Backorders::Deny => to.optional(NEVER, NEVER),
        Backorders::Limit(limit) => to.optional(limit, NEVER),
    }
    settings.max_per_order.iter().for_each(|&most| to.number(most));
    if settings.safety_stock != plain.safety_stock {
        to.number(settings.safety_stock);
    }
    settings.ageing_days.iter().for_each(|&days| to.number(days));
    settings.replenishment.iter().for_each(|assumed| replenishment(to, assumed, suppliers));
    if settings.overdue != plain.overdue {
        to.number(settings.overdue.offset_days);
        quantity(to, settings.overdue.ignore_after_days);
    }
    match settings.lifecycle {
        Lifecycle::Active => {}
        Lifecycle::Discontinued => to.byte(0),
        Lifecycle::Preorder { release_at } => {
            to.byte(1);
            quantity(to, release_at);
        }
    }
    list(to, &settings.protection, |to, level| {
        to.byte(level.priority);
        to.number(level.units);
    });
    settings.reorder.iter().for_each(|rule| reorder(to, rule));
    list(to, &settings.components, |to, component| {
        to.text(&component.sku);
        to.number(component.quantity);
    });
    list(to, &settings.substitutes, |to, sku| to.text(sku));
    list(to, &settings.incentives, |to, incentive| {
        to.number(incentive.from_delay_days);
        to.text(&incentive.offer);
    });
    if settings.promise_quantile != plain.promise_quantile {
        to.fixed(settings.promise_quantile.share().to_bits());
    }
}

fn replenishment(to: &mut Writer, assumed: &Replenishment, suppliers: &IdMap) {
    to.number(assumed.lead_time_days);
    let supplier = assumed.supplier.as_deref().and_then(|name| suppliers.find(name));
    to.optional(u64::from(supplier.unwrap_or(NONE)), u64::from(NONE));
    quantity(to, assumed.batch);
    quantity(to, assumed.capacity_per_day);
}

fn reorder(to: &mut Writer, rule: &Reorder) {
    to.byte(rule.policy as u8);
    to.number(rule.point);
    for amount in [rule.quantity, rule.up_to, rule.minimum, rule.multiple] {
        quantity(to, amount);
    }
}

fn quantity(to: &mut Writer, quantity: Option<u64>) {
    to.optional(quantity.unwrap_or(NEVER), NEVER);
}

/// A list that is written only where it is not empty.
fn list<T>(to: &mut Writer, list: &[T], write: impl Fn(&mut Writer, &T)) {
    if !list.is_empty() {
        to.number(list.len() as u64);
        list.iter().for_each(|value| write(to, value));
    }
}
