//! Where stock stands (rules §3.8, §7).

use super::records::{Item, Place, Stand};
use super::{Refusal, Shop, refuse};
use backorder::model::outcome::Reason;
use backorder::model::units::DEFAULT_LOCATION;
use std::collections::BTreeSet;

/// The locations there are, by the bytes of their ids.
#[derive(Clone, Debug)]
pub struct Locations {
    names: BTreeSet<String>,
    any_defined: bool,
    default_used: bool,
}

impl Default for Locations {
    fn default() -> Self {
        let names = BTreeSet::from([DEFAULT_LOCATION.to_owned()]);
        Locations { names, any_defined: false, default_used: false }
    }
}

impl Shop {
    /// The first that is defined takes the place of the default one, if that was never used.
    pub(super) fn define_location(&mut self, name: &str) {
        if !self.locations.any_defined && !self.locations.default_used {
            self.locations.names.clear();
            for item in &mut self.items {
                if let Some(stand) = item.stands.remove(DEFAULT_LOCATION) {
                    item.stands.insert(name.to_owned(), stand);
                }
            }
        }
        self.locations.any_defined = true;
        self.locations.names.insert(name.to_owned());
    }

    pub fn location_names(&self) -> Vec<String> {
        self.locations.names.iter().cloned().collect()
    }

    pub(super) fn has_location(&self, name: &str) -> bool {
        self.locations.names.contains(name)
    }

    /// The only location there is, if there is only one.
    pub(super) fn only_location(&self) -> Option<&str> {
        let mut names = self.locations.names.iter();
        names.next().filter(|_| names.next().is_none()).map(String::as_str)
    }

    /// The location that a command names, or means by naming none.
    pub(super) fn find_location(&self, name: Option<&str>, path: &str) -> Result<String, Refusal> {
        match name.or(self.only_location()) {
            Some(name) if self.has_location(name) => Ok(name.to_owned()),
            _ => refuse(Reason::UnknownLocation, path),
        }
    }

    /// The same place again, as the shop's own name for it.
    pub(super) fn location_of(&self, name: &str) -> Option<&str> {
        self.locations.names.get(name).map(String::as_str)
    }

    /// Something of the item is, or waits, at the place from now on.
    pub(super) fn use_place(&mut self, place: &Place) {
        self.locations.default_used |= place.location == DEFAULT_LOCATION;
        self.stand_mut(place);
    }

    /// Units of a line are, or wait, at its places from now on: what they are taken from, and the item of
    /// the line itself, also where that is a kit.
    pub(super) fn use_places_of(&mut self, demand: usize, line: usize) {
        for place in self.places_of(demand, line).into_iter().chain(self.own_places_of(demand, line)) {
            self.use_place(&place);
        }
    }

    /// The places of a line as its item's, also where that is a kit.
    fn own_places_of(&self, demand: usize, line: usize) -> Vec<Place> {
        let record = self.line(demand, line);
        record.parts.iter().map(|part| Place::new(&record.sku, &part.location)).collect()
    }

    /// What the item has at the place; it begins with nothing.
    pub(super) fn stand_mut(&mut self, place: &Place) -> Option<&mut Stand> {
        let item = self.items.iter_mut().find(|item| item.sku == place.sku)?;
        Some(item.stands.entry(place.location.clone()).or_default())
    }
}

impl Item {
    /// Where it has ever had anything, by the bytes of the locations' ids.
    pub fn places(&self) -> Vec<Place> {
        self.stands.keys().map(|location| Place::new(&self.sku, location)).collect()
    }
}
