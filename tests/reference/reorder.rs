//! More is to be ordered when little is there and on its way (rules §15).

use super::Shop;
use super::events::About;
use super::records::{Item, Place};
use backorder::model::outcome::EventKind;
use backorder::model::settings::{Reorder, ReorderPolicy};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::Reorder as ReorderView;

impl Shop {
    /// A new rule has said nothing yet, and counts where there is only one location; of a kit it never does.
    pub(super) fn reorder_anew(&mut self, sku: &str) {
        let only = self.only_location().map(str::to_owned);
        let ruled = self.settings(sku).reorder.is_some() && !self.is_kit(sku);
        if let Some(location) = only.filter(|_| ruled) {
            self.stand_mut(&Place::new(sku, &location));
        }
        for item in self.items.iter_mut().filter(|item| item.sku == sku) {
            item.stands.values_mut().for_each(|stand| stand.reorder_said = false);
        }
    }

    /// On hand, and on its way, less what waits.
    fn stock_position(&self, place: &Place) -> i128 {
        let has = i128::from(self.on_hand(place)) + i128::from(self.incoming_units(place));
        has - i128::from(self.waiting_units(place))
    }

    /// Where an item has a rule and ever had anything.
    fn ruled_places(&self) -> Vec<(Place, Reorder)> {
        let ruled = |item: &Item| item.settings.reorder.filter(|_| item.settings.components.is_empty());
        let items = self.items.iter().filter_map(|item| Some((item, ruled(item)?)));
        items.flat_map(|(item, rule)| item.places().into_iter().map(move |place| (place, rule))).collect()
    }

    /// Once for each time that the position comes to the point.
    pub(super) fn say_what_to_reorder(&mut self, at: Instant) {
        for (place, rule) in self.ruled_places() {
            let position = self.stock_position(&place);
            let due = quantity_due(&rule, position);
            let Some(stand) = self.stand_mut(&place) else { continue };
            if position > i128::from(rule.point) {
                stand.reorder_said = false;
            } else if due > 0 && !std::mem::replace(&mut stand.reorder_said, true) {
                let (sku, location) = (Some(place.sku), Some(place.location));
                let about = About { sku, location, quantity: Some(due), ..About::default() };
                self.tell(at, EventKind::ReorderDue, about);
            }
        }
    }

    /// What is due now. The reason is a sentence of the engine's own; here it is left empty.
    pub fn reorders(&self) -> Vec<ReorderView<'_>> {
        let mut reorders = Vec::new();
        for (place, rule) in self.ruled_places() {
            let position = self.stock_position(&place);
            let quantity = quantity_due(&rule, position);
            if let (true, Some(item), Some(location)) =
                (quantity > 0, self.item(&place.sku), self.location_of(&place.location))
            {
                let shortage_risk = if position < 0 { 1.0 } else { 0.0 };
                let (sku, reason) = (item.sku.as_str(), String::new());
                reorders.push(ReorderView { sku, location, quantity, reason, shortage_risk });
            }
        }
        reorders
    }

    /// The position and the point of each that is due, which a reason names.
    pub fn reorder_figures(&self) -> Vec<(i128, Quantity)> {
        let places = self.ruled_places().into_iter();
        let figures = places.map(|(place, rule)| (self.stock_position(&place), rule));
        let due = figures.filter(|(position, rule)| quantity_due(rule, *position) > 0);
        due.map(|(position, rule)| (position, rule.point)).collect()
    }
}

/// How much is due at a position; 0 above the point.
fn quantity_due(rule: &Reorder, position: i128) -> Quantity {
    let point = i128::from(rule.point);
    if position > point {
        return 0;
    }
    let wanted = match rule.policy {
        ReorderPolicy::ReorderQuantity => {
            let quantity = i128::from(rule.quantity.unwrap_or(1));
            ((point - position) / quantity + 1) * quantity
        }
        ReorderPolicy::OrderUpTo | ReorderPolicy::BaseStock => {
            (i128::from(rule.up_to.unwrap_or(0)) - position).max(0)
        }
    };
    if wanted == 0 {
        return 0;
    }
    let wanted = wanted.max(i128::from(rule.minimum.unwrap_or(0)));
    let multiple = i128::from(rule.multiple.unwrap_or(1).max(1));
    let rounded = (wanted + multiple - 1) / multiple * multiple;
    Quantity::try_from(rounded).unwrap_or(MAX_SAFE).min(MAX_SAFE)
}
