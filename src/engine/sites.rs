//! Locations, and items at them (rules §3.8, §7).

use super::store::Site;
use super::{Engine, refuse};
use crate::model::outcome::{NONE, Reason, Rejection};
use crate::model::settings::{ItemSettings, Promising, Sharing};
use crate::model::units::{DEFAULT_LOCATION, MAX_SAFE, Quantity};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The handle of the location that exists until locations are defined.
pub(crate) const DEFAULT: u32 = 0;

impl ItemSettings {
    /// Whether a promise is a place in the queue (rules §9). A fair share has no places.
    pub(crate) fn is_protected(&self) -> bool {
        self.promising == Promising::Protect && self.sharing == Sharing::Sequence
    }
}

impl Engine {
    /// A location that was defined, or the first of all; the answer is its number.
    pub(crate) fn define_location(&mut self, name: &str) -> u32 {
        let replaces = self.live_locations == [DEFAULT] && !self.default_used && !self.default_defined;
        if name == DEFAULT_LOCATION {
            self.default_defined = true;
        }
        let is_new = !self.has_location(name);
        let number = self.locations.intern(name);
        if replaces && number != DEFAULT {
            // Nothing has happened at the default location but definitions: they are for this one.
            self.live_locations.clear();
            self.sites.iter_mut().for_each(|site| site.location = number);
        }
        if is_new {
            let bytes = |other: &u32| self.locations.name(*other) < name;
            let place = self.live_locations.partition_point(bytes);
            self.live_locations.insert(place, number);
        }
        number
    }

    /// Whether an id names a location that there is.
    pub fn has_location(&self, location: &str) -> bool {
        self.location_named(location).is_some()
    }

    pub(crate) fn location_named(&self, name: &str) -> Option<u32> {
        self.locations.find(name).filter(|number| self.is_live(*number))
    }

    /// Whether a location is one of those there are: all but the default, which may have been replaced.
    pub(crate) fn is_live(&self, location: u32) -> bool {
        location != DEFAULT || self.live_locations.len() == self.locations.len()
    }

    /// The location that a command names, or the only one there is.
    pub(crate) fn find_location(
        &self,
        name: Option<&str>,
        path: impl Fn() -> String,
    ) -> Result<u32, Rejection> {
        let Some(name) = name else {
            return match self.live_locations[..] {
                [only] => Ok(only),
                _ => {
                    let message = "there are several locations; say which one";
                    Err(refuse(Reason::UnknownLocation, path(), message))
                }
            };
        };
        self.location_named(name).ok_or_else(|| {
            let message = format!("there is no location \"{name}\"; define it first");
            refuse(Reason::UnknownLocation, path(), message)
        })
    }

    /// An item at a location, if it has ever had anything there.
    #[inline(always)]
    pub(crate) fn site_at(&self, item: u32, location: u32) -> Option<u32> {
        let sites = &self.items[item as usize].sites;
        if let [only] = sites[..] {
            return (self.sites[only as usize].location == location).then_some(only);
        }
        let found = sites.binary_search_by_key(&location, |&site| self.sites[site as usize].location);
        found.ok().and_then(|place| sites.get(place).copied())
    }

    /// An item at a location; where it has never had anything, nothing.
    #[inline(always)]
    pub(crate) fn site_or_nothing(&self, item: u32, location: u32) -> &Site {
        self.site_at(item, location).map_or(&self.nothing, |site| &self.sites[site as usize])
    }

    /// An item at a location, where it is about to have something.
    pub(crate) fn site_for(&mut self, item: u32, location: u32) -> u32 {
        if let Some(site) = self.site_at(item, location) {
            return site;
        }
        let number = self.sites.len() as u32;
        self.sites.push(Site::new(item, location));
        self.learn_inflow(number);
        let sites = &mut self.items[item as usize].sites;
        let place = sites.partition_point(|&site| self.sites[site as usize].location < location);
        sites.insert(place, number);
        number
    }

    /// The site of a stock command: not a kit's, and used from now on.
    pub(crate) fn stock_site(&mut self, item: u32, location: u32) -> u32 {
        self.default_used |= location == DEFAULT;
        self.site_for(item, location)
    }

    pub(crate) fn check_no_kit(&self, item: u32) -> Result<(), Rejection> {
        if !self.items[item as usize].is_kit() {
            return Ok(());
        }
        let sku = self.skus.name(item);
        let message = format!("\"{sku}\" is a kit and has no stock of its own; name its components");
        Err(refuse(Reason::IsAKit, "sku", message))
    }

    /// The sites of an item, by the ids of their locations.
    pub(crate) fn sites_in_order<'e>(&'e self, item: u32) -> impl Iterator<Item = u32> + 'e {
        self.live_locations.iter().filter_map(move |&location| self.site_at(item, location))
    }

    /// Refuses units that would lift an item's stock above the largest number there is.
    pub(crate) fn check_on_hand(&self, item: u32, more: Quantity, path: &str) -> Result<(), Rejection> {
        let sites = self.items[item as usize].sites.iter();
        let on_hand = sites.map(|&site| self.sites[site as usize].on_hand);
        if on_hand.fold(more, u64::saturating_add) > MAX_SAFE {
            let message = format!("more than {MAX_SAFE} units would be on hand");
            return Err(refuse(Reason::LimitExceeded, path, message));
        }
        Ok(())
    }

    /// The locations that an order line names, each of which must exist.
    pub(crate) fn named_locations(
        &self,
        names: &[&str],
        path: impl Fn(usize) -> String,
    ) -> Result<Vec<u32>, Rejection> {
        let named = names.iter().enumerate();
        named.map(|(place, name)| self.find_location(Some(name), || path(place))).collect()
    }

    /// The sites at which a line may have a part: of its item, or of the components of a kit.
    pub(crate) fn sites_of(&self, line: u32) -> Vec<u32> {
        let record = &self.lines[line as usize];
        if record.first_leg == NONE {
            return alloc::vec![record.site];
        }
        let mut sites: Vec<u32> = Vec::new();
        for leg in self.legs_of(line) {
            let location = self.sites[self.legs[leg as usize].site as usize].location;
            sites.extend(self.made_of(record.item).filter_map(|part| self.site_at(part.item, location)));
        }
        sites
    }

    /// Those of them at which it has, or waits for, units: a line may have left a place wholly.
    pub(crate) fn standing_sites(&self, line: u32) -> Vec<u32> {
        let mut sites = self.sites_of(line);
        sites.retain(|&site| self.stands_at(line, site));
        sites
    }
}

/// Nothing of anything, anywhere.
pub(crate) fn nothing() -> Site {
    Site::new(NONE, NONE)
}
