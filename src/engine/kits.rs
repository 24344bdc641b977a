//! Kits: sold as one, allocated as their components (rules §7).

use super::store::Component;
use super::{Engine, refuse};
use crate::model::outcome::{Reason, Rejection};
use crate::model::settings;
use crate::model::units::{MAX_LISTED, MAX_SAFE, Quantity};
use alloc::format;
use alloc::vec::Vec;

/// What an item and the kits that it is in will be made of.
pub(crate) struct Makeup {
    /// The item's own components, down to what is no kit.
    own: Vec<Component>,
    above: Vec<(u32, Vec<Component>)>,
    /// The item, where it is known already.
    item: Option<u32>,
}

impl Engine {
    /// What an item and the kits above it will be made of, once its components are these.
    pub(crate) fn plan_kit(
        &self,
        sku: &str,
        item: Option<u32>,
        components: &[settings::Component],
    ) -> Result<Makeup, Rejection> {
        let above = item.map_or(Vec::new(), |item| self.kits_above(item));
        let mut direct: Vec<Component> = Vec::with_capacity(components.len());
        for (index, component) in components.iter().enumerate() {
            let path = || format!("components[{index}].sku");
            let number =
                if component.sku == sku { None } else { Some(self.find_item(&component.sku, path)?) };
            match number.filter(|number| !above.contains(number)) {
                Some(item) => direct.push(Component { item, per_kit: component.quantity }),
                None => {
                    let message = format!("\"{}\" would be made of itself", component.sku);
                    return Err(refuse(Reason::CyclicComponents, path(), message));
                }
            }
        }
        let mut makeup = Makeup { own: self.flatten(&direct, None)?, above: Vec::new(), item };
        for kit in above.into_iter().filter(|kit| Some(*kit) != item) {
            let flat = self.flatten(&self.direct_components(kit), Some(&makeup))?;
            makeup.above.push((kit, flat));
        }
        Ok(makeup)
    }

    /// Refuses to make open lines of a kit, or stock of an item, into something else.
    pub(crate) fn check_makeup_may_change(&self, makeup: &Makeup) -> Result<(), Rejection> {
        let own = makeup.item.map(|item| (item, &makeup.own));
        let all = own.into_iter().chain(makeup.above.iter().map(|(kit, flat)| (*kit, flat)));
        for (kit, flat) in all {
            if *flat != self.items[kit as usize].kit {
                self.check_kit_may_change(kit, flat.is_empty())?;
            }
        }
        Ok(())
    }

    /// Items are made of other things from now on.
    pub(crate) fn follow_makeup(&mut self, item: u32, makeup: Makeup) {
        for component in self.direct_components(item) {
            let used_in = &mut self.items[component.item as usize].used_in;
            if let Err(place) = used_in.binary_search(&item) {
                used_in.insert(place, item);
            }
        }
        self.items[item as usize].kit = makeup.own;
        for (kit, flat) in makeup.above {
            self.items[kit as usize].kit = flat;
        }
    }

    /// The item and every kit that it is in, each before those that it is in.
    fn kits_above(&self, item: u32) -> Vec<u32> {
        let mut done: Vec<u32> = Vec::new();
        let mut open = alloc::vec![(item, 0)];
        while let Some((kit, next)) = open.pop() {
            let parents = &self.items[kit as usize].used_in;
            match parents.get(next) {
                Some(&parent) => {
                    open.push((kit, next + 1));
                    let seen = done.contains(&parent) || open.iter().any(|(other, _)| *other == parent);
                    if !seen && self.is_direct(parent, kit) {
                        open.push((parent, 0));
                    }
                }
                None => done.push(kit),
            }
        }
        done.reverse();
        done
    }

    /// Whether a kit still has a component: `used_in` remembers those that it had once, too.
    fn is_direct(&self, kit: u32, component: u32) -> bool {
        self.direct_components(kit).iter().any(|part| part.item == component)
    }

    fn direct_components(&self, kit: u32) -> Vec<Component> {
        let named = self.items[kit as usize].settings.components.iter();
        let found = named.filter_map(|component| {
            let item = self.skus.find(&component.sku)?;
            Some(Component { item, per_kit: component.quantity })
        });
        found.collect()
    }

    /// Components down to what is no kit, in order of first appearance, added up.
    fn flatten(&self, direct: &[Component], planned: Option<&Makeup>) -> Result<Vec<Component>, Rejection> {
        let mut flat: Vec<Component> = Vec::new();
        for component in direct {
            let parts = match planned {
                Some(makeup) if makeup.item == Some(component.item) => &makeup.own,
                Some(makeup) => {
                    let found = makeup.above.iter().find(|(kit, _)| *kit == component.item);
                    found.map_or(&self.items[component.item as usize].kit, |(_, flat)| flat)
                }
                None => &self.items[component.item as usize].kit,
            };
            let itself = [Component { item: component.item, per_kit: 1 }];
            for part in if parts.is_empty() { &itself } else { &parts[..] } {
                let units = part.per_kit.saturating_mul(component.per_kit);
                add(&mut flat, part.item, units)?;
            }
        }
        Ok(flat)
    }

    fn check_kit_may_change(&self, kit: u32, ends: bool) -> Result<(), Rejection> {
        let item = &self.items[kit as usize];
        let sku = self.skus.name(kit);
        let refused = |why: &str| {
            let message = format!("\"{sku}\" {why}, so that what it is made of can't change");
            Err(refuse(Reason::ConflictingSettings, "components", message))
        };
        if item.open_lines > 0 {
            return refused("has open lines");
        }
        let has_stock = item.sites.iter().any(|&site| {
            let site = &self.sites[site as usize];
            site.on_hand > 0 || site.curve.total() > 0 || site.waiting() > 0
        });
        if !ends && has_stock {
            return refused("has stock or supplies of its own");
        }
        Ok(())
    }
}

fn add(flat: &mut Vec<Component>, item: u32, units: Quantity) -> Result<(), Rejection> {
    let is_full = flat.len() >= MAX_LISTED;
    let sum = match flat.iter_mut().find(|part| part.item == item) {
        Some(part) => {
            part.per_kit = part.per_kit.saturating_add(units);
            part.per_kit
        }
        None if is_full => {
            let message = format!("a kit would be made of more than {MAX_LISTED} items in all");
            return Err(refuse(Reason::LimitExceeded, "components", message));
        }
        None => {
            flat.push(Component { item, per_kit: units });
            units
        }
    };
    if sum > MAX_SAFE {
        let message = format!("a kit would take more than {MAX_SAFE} units of one item");
        return Err(refuse(Reason::LimitExceeded, "components", message));
    }
    Ok(())
}
