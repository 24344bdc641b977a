//! An item's settings. They are read as the command that would set them, and checked as that is.

use super::super::bytes::{Read, Reader};
use crate::engine::{check, define};
use crate::model::command::Body;
use crate::model::ids::IdMap;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::*;
use crate::model::units::MAX_SAFE;
use alloc::vec::Vec;

const POLICIES: [ReorderPolicy; 3] =
    [ReorderPolicy::ReorderQuantity, ReorderPolicy::OrderUpTo, ReorderPolicy::BaseStock];

/// The settings of an item. What it is made of is not looked up.
pub(super) fn settings(from: &mut Reader, sku: &str, suppliers: &IdMap) -> Read<ItemSettings> {
    let command = Body::DefineItem { sku, settings: change(from, suppliers)? }.into();
    from.ensure(check::command(&command, 0).is_ok(), "settings that no command sets")?;
    let mut settings = ItemSettings::default();
    if let Body::DefineItem { settings: change, .. } = &command.body {
        define::merge(&mut settings, change);
    }
    Ok(settings)
}

/// The settings that are not at their default.
fn change(from: &mut Reader, suppliers: &IdMap) -> Read<ItemChange> {
    let [
        backorders,
        max_per_order,
        safety_stock,
        ageing_days,
        replenishment,
        overdue,
        lifecycle,
        fair_share,
        protect,
        skip,
        protection,
        reorder,
        components,
        substitutes,
        incentives,
        promise_quantile,
        learn,
    ] = from.flags("settings that are none")?;
    Ok(ItemChange {
        backorders: given(backorders, || read_backorders(from))?,
        max_per_order: given(max_per_order, || from.number())?,
        safety_stock: given(safety_stock, || from.number())?,
        ageing_days: given(ageing_days, || from.number())?,
        replenishment: given(replenishment, || read_replenishment(from, suppliers))?,
        overdue: given(overdue, || {
            Ok(Overdue { offset_days: from.number()?, ignore_after_days: optional(from)? })
        })?,
        lifecycle: given(lifecycle, || read_lifecycle(from))?,
        sharing: given(fair_share, || Ok(Sharing::FairShare))?,
        promising: given(protect, || Ok(Promising::Protect))?,
        overtaking: given(learn, || Ok(Overtaking::Learn))?,
        whole_lines: given(skip, || Ok(WholeLines::Skip))?,
        protection: given(protection, || {
            list(from, |from| Ok(Protection { priority: from.byte()?, units: from.number()? }))
        })?,
        reorder: given(reorder, || read_reorder(from))?,
        components: given(components, || {
            list(from, |from| Ok(Component { sku: from.text()?.into(), quantity: from.number()? }))
        })?,
        substitutes: given(substitutes, || list(from, |from| Ok(from.text()?.into())))?,
        incentives: given(incentives, || {
            list(from, |from| Ok(Incentive { from_delay_days: from.number()?, offer: from.text()?.into() }))
        })?,
        promise_quantile: given(promise_quantile, || quantile(from))?,
    })
}

/// A setting, where the snapshot says that it is there.
fn given<T>(there: bool, read: impl FnOnce() -> Read<T>) -> Read<Change<T>> {
    if there { Ok(Some(Some(read()?))) } else { Ok(None) }
}

fn list<T>(from: &mut Reader, read: impl Fn(&mut Reader) -> Read<T>) -> Read<Vec<T>> {
    let mut list = Vec::new();
    for _ in 0..from.number()? {
        list.push(read(from)?);
    }
    Ok(list)
}

fn optional(from: &mut Reader) -> Read<Option<u64>> {
    let number = from.optional(MAX_SAFE, NEVER, "a number that is none")?;
    Ok((number != NEVER).then_some(number))
}

/// A quantile by the bits of its number.
pub(super) fn quantile(from: &mut Reader) -> Read<Quantile> {
    match Quantile::new(f64::from_bits(from.fixed()?)) {
        Some(quantile) => Ok(quantile),
        None => from.corrupt("a quantile that is none"),
    }
}

fn read_backorders(from: &mut Reader) -> Read<Backorders> {
    Ok(optional(from)?.map_or(Backorders::Deny, Backorders::Limit))
}

fn read_replenishment(from: &mut Reader, suppliers: &IdMap) -> Read<Replenishment> {
    let lead_time_days = from.number()?;
    let supplier = from.optional_index(suppliers.len(), "a supplier that is none")?;
    let supplier = (supplier != NONE).then(|| suppliers.name(supplier).into());
    Ok(Replenishment { lead_time_days, supplier, batch: optional(from)?, capacity_per_day: optional(from)? })
}

fn read_lifecycle(from: &mut Reader) -> Read<Lifecycle> {
    match from.byte()? {
        0 => Ok(Lifecycle::Discontinued),
        1 => Ok(Lifecycle::Preorder { release_at: optional(from)? }),
        _ => from.corrupt("a lifecycle that is none"),
    }
}

fn read_reorder(from: &mut Reader) -> Read<Reorder> {
    Ok(Reorder {
        policy: from.one_of(&POLICIES, "a way to reorder that is none")?,
        point: from.number()?,
        quantity: optional(from)?,
        up_to: optional(from)?,
        minimum: optional(from)?,
        multiple: optional(from)?,
    })
}
