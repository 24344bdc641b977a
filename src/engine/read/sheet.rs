//! The content of a quote sheet: what the quotes of an item follow from, in few numbers.
//!
//! A quote asks the supply curve at a depth, and the depth is what waits ahead of a priority, which has 256
//! values at the most. So the queue is asked at the boundaries of its classes, each by one walk down its
//! tree, and never walked itself. Where promises are kept, what is ahead depends on the date too: then the
//! sheet holds which instants are promised, and what supply leaves beside them from each date on.

mod curves;
mod days;
mod places;

use crate::engine::plans::Terms;
use crate::engine::store::Item;
use crate::engine::{Engine, dispatch};
use crate::model::outcome::NEVER;
use crate::model::settings::{Backorders, ItemSettings, Sharing};
use crate::model::sheet::{Content, Dated, Had, Known, Sheet, Stock, Undatable, Undated};
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The most bytes of offers that a sheet takes with it.
const MOST_OFFERED_BYTES: usize = 1_000;

impl Engine {
    /// What the quotes of an item follow from, with at most so many steps of its supply curve; of an item at
    /// several locations one must be named.
    pub(crate) fn sheet<'e>(
        &'e self,
        sku: &'e str,
        location: Option<&str>,
        now: Instant,
        steps: Option<usize>,
    ) -> Sheet<'e> {
        let at = now.min(MAX_SAFE);
        let mut until = None;
        let content = self.sheet_content(sku, location, at, steps, &mut until);
        Sheet { sku, at, until: until.filter(|&until| until <= MAX_SAFE), content }
    }

    fn sheet_content<'e>(
        &'e self,
        sku: &str,
        location: Option<&str>,
        at: Instant,
        steps: Option<usize>,
        until: &mut Option<Instant>,
    ) -> Content<'e> {
        let Some(number) = self.skus.find(sku) else { return Content::UnknownItem };
        let named: Option<Vec<u32>> = location.map(|name| self.location_named(name).into_iter().collect());
        let locations = named.as_ref().unwrap_or(&self.live_locations);
        let only = match locations[..] {
            [] => return Content::UnknownLocation,
            [only] => Some(only),
            _ => None,
        };
        let item = &self.items[number as usize];
        let settings = &item.settings;
        let days = match steps {
            Some(_) => self.days_ahead(locations, at),
            None => Err(Undatable::Calendar),
        };
        let undatable = if days.is_err() {
            Err(Undatable::Calendar)
        } else if item.is_kit() {
            Err(Undatable::Kit)
        } else if item.skips_whole_lines() {
            Err(Undatable::WholeLines)
        } else {
            only.ok_or(Undatable::SeveralLocations)
        };
        let dated = undatable.and_then(|only| self.dated_stock(number, only, at, steps.unwrap_or(0), until));
        Content::Known(Box::new(Known {
            location: only.map(|only| self.locations.name(only)),
            most: self.most_on_order(number),
            max_per_order: settings.max_per_order,
            lifecycle: settings.lifecycle,
            incentives: settings.offers(),
            has_substitutes: !settings.substitutes.is_empty(),
            calendar: days.unwrap_or_default(),
            stock: match dated {
                Ok(dated) => Stock::Dated(dated),
                Err(why) => Stock::Undated(self.undated_stock(number, locations, at, why)),
            },
        }))
    }

    fn dated_stock(
        &self,
        number: u32,
        location: u32,
        at: Instant,
        steps: usize,
        until: &mut Option<Instant>,
    ) -> Result<Dated<'_>, Undatable> {
        let (item, site) = (&self.items[number as usize], self.site_or_nothing(number, location));
        let settings = &item.settings;
        let calendar = self.calendar_at(location);
        let overtaking = site.overtaking(settings)?;
        let (curves, own) = self.sheet_curves(site, settings, (calendar, &overtaking), at, steps, until)?;
        let turn = if settings.is_protected() { NEVER } else { 0 };
        let learned = site.expected.is_some();
        let promised = settings.is_protected().then(|| {
            let curve = curves.get(usize::from(own));
            let dates = curve.into_iter().flat_map(|curve| curve.steps.iter().map(|step| step.date));
            let leaves = [Some(at), settings.release().filter(|&release| release > at)].into_iter().flatten();
            let anchors = leaves.filter_map(|there| dispatch::leaves(calendar, there)).chain(dates);
            self.places(site, item, at, anchors, steps)
        });
        Ok(Dated {
            room: item.room(),
            denies: settings.backorders == Backorders::Deny,
            sharing: (settings.sharing == Sharing::FairShare).then(|| self.waits_now(site)),
            start: site.free(settings),
            reserves: settings.reserves(),
            overdue: settings.overdue_in(learned),
            replenishment: settings.replenishment.as_ref(),
            classes: self.classes_at(site, item, turn, at),
            promised,
            learned,
            own,
            overtaking,
            curves,
        })
    }

    fn undated_stock(&self, number: u32, locations: &[u32], at: Instant, why: Undatable) -> Undated {
        let item = &self.items[number as usize];
        let most_of_one = item.kit.iter().map(|part| part.per_kit).max().unwrap_or(1);
        let mut had: Vec<Had> = Vec::new();
        for priority in (0..=u8::MAX).filter(|&priority| self.takes_otherwise_from(number, priority)) {
            let terms = Terms::new(at, priority);
            let takes = locations.iter().map(|&location| self.takes_at(number, location, &terms));
            let now = takes.fold(0, Quantity::saturating_add).min(MAX_SAFE);
            let most = self.most_had(number, locations, now, &terms);
            if had.last().is_none_or(|last| (last.now, last.most) != (now, most)) {
                had.push(Had { priority, now, most });
            }
        }
        Undated { why, countable: MAX_SAFE / most_of_one, had }
    }

    /// Whether a priority may take otherwise than the one before it.
    fn takes_otherwise_from(&self, number: u32, priority: u8) -> bool {
        let Some(before) = priority.checked_sub(1) else { return true };
        self.made_of(number).any(|part| {
            let levels = &self.items[part.item as usize].settings.protection;
            levels.iter().any(|level| level.priority == before)
        })
    }

    /// The most that an order may have before it is refused for want of units; `None`: any number.
    fn most_had(&self, number: u32, locations: &[u32], now: Quantity, terms: &Terms) -> Option<Quantity> {
        let item = &self.items[number as usize];
        if !item.is_kit() {
            return item.room().map(|room| now.saturating_add(room));
        }
        let most = item.kit.iter().filter_map(|part| {
            let takes = locations.iter().map(|&location| self.takes_at(part.item, location, terms));
            let there = takes.fold(0, Quantity::saturating_add);
            let room = self.items[part.item as usize].room()?;
            Some(there.saturating_add(room) / part.per_kit)
        });
        most.min().map(|most| most.max(now))
    }

    /// How many more units of an item may be ordered for there to be numbers for what is on order.
    fn most_on_order(&self, number: u32) -> Quantity {
        let most = self.made_of(number).map(|part| {
            let wanted = self.items[part.item as usize].wanted;
            MAX_SAFE.saturating_sub(wanted) / part.per_kit
        });
        most.min().unwrap_or(0)
    }
}

impl Item {
    /// How many more units may wait; `None`: any number.
    fn room(&self) -> Option<Quantity> {
        match self.settings.backorders {
            Backorders::Allow => None,
            Backorders::Deny => Some(0),
            Backorders::Limit(limit) => Some(limit.saturating_sub(self.waiting)),
        }
    }
}

impl ItemSettings {
    /// The longest wait first, each once as it is offered; `None` where that is too much text.
    fn offers(&self) -> Option<Vec<(u64, &str)>> {
        let mut offers: Vec<(u64, &str)> = Vec::new();
        for incentive in &self.incentives {
            let days = incentive.from_delay_days;
            if let Err(place) = offers.binary_search_by(|(other, _)| days.cmp(other)) {
                offers.insert(place, (days, incentive.offer.as_str()));
            }
        }
        let bytes: usize = offers.iter().map(|(_, offer)| offer.len() + 8).sum();
        (bytes <= MOST_OFFERED_BYTES).then_some(offers)
    }

    /// What must remain, for priorities above each of some.
    fn reserves(&self) -> Vec<(u8, Quantity)> {
        let mut reserves: Vec<(u8, Quantity)> = Vec::new();
        for priority in 0..u8::MAX {
            let units = self.reserve(priority + 1);
            if units > reserves.last().map_or(0, |last| last.1) {
                reserves.push((priority, units));
            }
        }
        reserves
    }
}
