//! Locations, items and what stands and is due where; then what kits come to.

use super::super::bytes::{Read, Reader};
use super::settings::settings;
use super::{id_of, instant, instant_or_never, quantity};
use crate::engine::Engine;
use crate::engine::sites::DEFAULT;
use crate::engine::store::{Item, Supplier, Supply};
use crate::model::outcome::NEVER;
use crate::model::settings::ItemSettings;
use crate::model::sort;
use crate::model::units::MAX_SAFE;
use crate::model::view::SupplyState;
use alloc::vec;
use alloc::vec::Vec;

const SUPPLY_STATES: [SupplyState; 3] = [SupplyState::Open, SupplyState::Closed, SupplyState::Cancelled];

pub(super) fn stock(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    suppliers(from, engine)?;
    for _ in 0..from.number()? {
        item(from, engine)?;
    }
    for number in 0..from.number()? {
        supply(from, engine, number as u32)?;
    }
    kits(from, engine)
}

pub(super) fn locations(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    [engine.default_used, engine.default_defined] = from.flags("a default location that cannot be")?;
    for _ in 0..from.number()? {
        id_of(from, &mut engine.locations)?;
    }
    // The first location that is defined takes the place of the default, unless that has a use.
    let kept = engine.default_used || engine.default_defined || engine.locations.len() == 1;
    let locations = &engine.locations;
    let mut live: Vec<u32> = (if kept { 0 } else { 1 }..locations.len() as u32).collect();
    sort::by_key(&mut live, |&location| locations.name(location));
    engine.live_locations = live;
    Ok(())
}

/// Whether there may be anything at a location: at the default there is nothing before it is used.
pub(super) fn is_in_use(engine: &Engine, location: u32) -> bool {
    location != DEFAULT || engine.default_used
}

fn suppliers(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    for _ in 0..from.number()? {
        id_of(from, &mut engine.supplier_ids)?;
        let mut lateness_days = Vec::new();
        for _ in 0..from.number()? {
            lateness_days.push(from.signed()?);
        }
        engine.suppliers.push(Supplier { lateness_days, told_on: None });
    }
    Ok(())
}

fn item(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let number = engine.items.len() as u32;
    let sku = id_of(from, &mut engine.skus)?;
    let settings = settings(from, sku, &engine.supplier_ids)?;
    engine.count_settings(number, &ItemSettings::default(), &settings);
    engine.items.push(Item { settings, ..Item::default() });
    let mut next = 0;
    for _ in 0..from.number()? {
        next = site(from, engine, number, next)?;
    }
    let on_hand = engine.check_on_hand(number, 0, "");
    from.ensure(on_hand.is_ok(), "more on hand than there can be")
}

/// A site of the item that was read last; the answer is the first location that the next may have.
fn site(from: &mut Reader, engine: &mut Engine, item: u32, next: u32) -> Read<u32> {
    let number = from.number()?;
    let location = u64::from(next) + (number >> 1);
    from.ensure(location < engine.locations.len() as u64, "a location that is none")?;
    let location = location as u32;
    from.ensure(engine.is_live(location), "a location that is none")?;
    let on_hand = quantity(from)?;
    from.ensure(on_hand == 0 || is_in_use(engine, location), "stock where there never was any")?;
    let site = engine.site_for(item, location);
    let record = &mut engine.sites[site as usize];
    record.on_hand = on_hand;
    record.reorder_said = number & 1 == 1;
    Ok(location + 1)
}

fn supply(from: &mut Reader, engine: &mut Engine, number: u32) -> Read<()> {
    id_of(from, &mut engine.supply_ids)?;
    let item = from.index(engine.items.len(), "an item that is none")?;
    let record = &mut engine.items[item as usize];
    let place = from.index(record.sites.len(), "a supply to nowhere")?;
    let site = record.sites[place as usize];
    let supplier = from.optional_index(engine.suppliers.len(), "a supplier that is none")?;
    let due = instant(from)?;
    let open = quantity(from)?;
    let received = quantity(from)?;
    let byte = from.byte()?;
    let archived = byte & 4 != 0;
    let Some(&state) = SUPPLY_STATES.get(usize::from(byte & !4)) else {
        return from.corrupt("a state of a supply that is none");
    };
    let closed_at = instant_or_never(from)?;
    let content = from.fixed()?;
    let is_open = state == SupplyState::Open;
    from.ensure(is_open == (open > 0) && is_open == (closed_at == NEVER), "a supply half closed")?;
    from.ensure(!(is_open && archived), "an open supply in the archive")?;
    from.ensure(is_in_use(engine, engine.sites[site as usize].location), "a supply to nowhere")?;

    let record = &mut engine.items[item as usize];
    let incoming = record.sites.iter().map(|&site| engine.sites[site as usize].curve.total());
    from.ensure(incoming.fold(open, u64::saturating_add) <= MAX_SAFE, "more on its way than there can be")?;
    engine.sites[site as usize].curve.insert(number, due, open);
    if !archived {
        record.supplies.push(number);
    }
    engine.supplies.push(Supply { site, supplier, due, open, received, state, closed_at, content, archived });
    Ok(())
}

/// What kits come to: each after those that it is made of, so that none is built twice.
fn kits(from: &Reader, engine: &mut Engine) -> Read<()> {
    // Of each kit, how many kits it is made of that are not built; and by those, the kits made of them.
    let mut unbuilt = vec![0_u32; engine.items.len()];
    let mut uses: Vec<(u32, u32)> = Vec::new();
    let mut kits = 0;
    for (item, kit) in engine.items.iter().zip(0..) {
        for component in &item.settings.components {
            let Some(part) = engine.skus.find(&component.sku) else {
                return from.corrupt("a kit of what is unknown");
            };
            if !engine.items[part as usize].settings.components.is_empty() {
                unbuilt[kit as usize] += 1;
                uses.push((part, kit));
            }
        }
        kits += usize::from(!item.settings.components.is_empty());
    }
    sort::ascending(&mut uses);
    let is_ready = |kit: &u32| {
        unbuilt[*kit as usize] == 0 && !engine.items[*kit as usize].settings.components.is_empty()
    };
    let mut ready: Vec<u32> = (0..engine.items.len() as u32).filter(is_ready).collect();
    while let Some(kit) = ready.pop() {
        build(from, engine, kit)?;
        kits -= 1;
        let first = uses.partition_point(|(part, _)| *part < kit);
        for (_, above) in uses[first..].iter().take_while(|(part, _)| *part == kit) {
            unbuilt[*above as usize] -= 1;
            if unbuilt[*above as usize] == 0 {
                ready.push(*above);
            }
        }
    }
    from.ensure(kits == 0, "a kit that is made of itself")
}

fn build(from: &Reader, engine: &mut Engine, kit: u32) -> Read<()> {
    let components = &engine.items[kit as usize].settings.components;
    let Ok(makeup) = engine.plan_kit(engine.skus.name(kit), Some(kit), components) else {
        return from.corrupt("a kit of more units than there can be");
    };
    from.ensure(engine.check_makeup_may_change(&makeup).is_ok(), "a kit with stock of its own")?;
    engine.follow_makeup(kit, makeup);
    Ok(())
}

/// No more is set aside than stands on the shelf, and what lines want together is a number that there
/// is.
pub(super) fn check_shelves(from: &Reader, engine: &Engine) -> Read<()> {
    for item in &engine.items {
        let covered = item.sites.iter().all(|&site| {
            let site = &engine.sites[site as usize];
            item.is_kit() || site.allocated() + site.held() <= site.on_hand
        });
        from.ensure(covered, "more set aside than stands on the shelf")?;
        from.ensure(item.wanted <= MAX_SAFE, "more units than there can be")?;
    }
    Ok(())
}
