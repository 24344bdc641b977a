//! Supplies, and what stands on the shelf (rules §1, §4, §6).

use super::notices::ToBeTold;
use super::queue::EntryAt;
use super::records::{Place, Supply};
use super::{Refusal, Shop, Touched, events::About, refuse};
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::SupplyState;

impl Shop {
    fn supply_index(&self, id: &str) -> Result<usize, Refusal> {
        match self.supplies.iter().position(|supply| supply.id == id) {
            Some(index) => Ok(index),
            None => refuse(Reason::UnknownSupply, "supply"),
        }
    }

    /// The place that a stock command is about: of an item that has stock of its own.
    fn stock_place(&self, sku: &str, location: Option<&str>) -> Result<Place, Refusal> {
        self.known_item(sku, "sku")?;
        let location = self.find_location(location, "location")?;
        if self.is_kit(sku) { refuse(Reason::IsAKit, "sku") } else { Ok(Place::new(sku, &location)) }
    }

    pub(super) fn receive(
        &mut self,
        sku: &str,
        location: Option<&str>,
        quantity: Quantity,
        supply: Option<&str>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let supply = supply.map(|id| self.supply_index(id)).transpose()?;
        let place = self.stock_place(sku, location)?;
        if let Some(supply) = supply {
            let expected = &self.supplies[supply].place;
            if *expected != place {
                let path = if expected.sku != place.sku { "sku" } else { "location" };
                return refuse(Reason::SupplyMismatch, path);
            }
        }
        self.put_on_shelf(&place, quantity)?;
        if let Some(supply) = supply {
            self.learn_from_receipt(supply, now);
            let supply = &mut self.supplies[supply];
            if u128::from(supply.received) + u128::from(quantity) > u128::from(MAX_SAFE) {
                return refuse(Reason::LimitExceeded, "quantity");
            }
            supply.received += quantity;
            supply.open -= quantity.min(supply.open);
            if supply.open == 0 && supply.state == SupplyState::Open {
                supply.state = SupplyState::Closed;
            }
        }
        if let Some(supply) = supply {
            self.expect(supply, false, now);
        }
        let supply = supply.map(|supply| self.supplies[supply].id.clone());
        let about = About { quantity: Some(quantity), supply, ..about_stock(&place) };
        self.tell(now, EventKind::StockReceived, about);
        Ok(Touched::stock([place]))
    }

    /// More stock, as long as the sum can be told exactly.
    pub(super) fn put_on_shelf(&mut self, place: &Place, quantity: Quantity) -> Result<(), Refusal> {
        self.stock_fits(&place.sku, quantity, "quantity")?;
        self.use_place(place);
        if let Some(stand) = self.stand_mut(place) {
            stand.on_hand += quantity;
        }
        Ok(())
    }

    fn stock_fits(&self, sku: &str, more: Quantity, path: &str) -> Result<(), Refusal> {
        let on_hand = self.everywhere(sku).into_iter().map(|place| u128::from(self.on_hand(&place)));
        let all = on_hand.sum::<u128>() + u128::from(more);
        if all > u128::from(MAX_SAFE) { refuse(Reason::LimitExceeded, path) } else { Ok(()) }
    }

    /// A count below what is set aside: holds yield before orders, those that are not frozen before
    /// those that are, the last in the queue first (rules §6).
    pub(super) fn count(
        &mut self,
        sku: &str,
        location: Option<&str>,
        on_hand: Quantity,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let place = self.stock_place(sku, location)?;
        let known = self.on_hand(&place);
        self.stock_fits(sku, on_hand.saturating_sub(known), "onHand")?;
        self.use_place(&place);
        if let Some(stand) = self.stand_mut(&place) {
            stand.on_hand = on_hand;
        }
        self.tell(now, EventKind::StockCounted, About { quantity: Some(on_hand), ..about_stock(&place) });
        let mut missing = self.set_aside(&place).saturating_sub(on_hand);
        let mut entries = self.in_turn(&place);
        entries.reverse();
        entries.sort_by_key(|&at| {
            let demand = self.demand_of(at);
            (!demand.is_open_hold(), demand.frozen)
        });
        let mut yielded: Vec<((usize, usize), Quantity)> = Vec::new();
        for at in entries {
            let units = self.entry(at).allocated.min(missing);
            missing -= units;
            let whole = self.take_away(at, units);
            let line = (at.demand, at.line);
            match yielded.iter_mut().find(|(known, _)| *known == line) {
                Some((_, sum)) => *sum += whole,
                None if whole > 0 => yielded.push((line, whole)),
                None => {}
            }
        }
        for (line, whole) in yielded {
            self.tell_units(now, EventKind::LineDeallocated, line, &place.location, whole);
        }
        Ok(if known == on_hand { Touched::default() } else { Touched::stock([place]) })
    }

    /// An entry loses units that are set aside for it, and waits for them again. The answer is how
    /// many whole units its line has less there.
    pub(super) fn take_away(&mut self, at: EntryAt, units: Quantity) -> Quantity {
        let location = self.part(at).location.clone();
        let had = self.line(at.demand, at.line).allocated_at(&location);
        self.entry_mut(at).allocated -= units;
        had - self.line(at.demand, at.line).allocated_at(&location)
    }

    pub(super) fn schedule(
        &mut self,
        id: &str,
        sku: &str,
        (quantity, due): (Quantity, Instant),
        (location, supplier): (Option<&str>, Option<&str>),
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let place = self.stock_place(sku, location)?;
        if supplier.is_some_and(|supplier| !self.suppliers.contains(supplier)) {
            return refuse(Reason::UnknownSupplier, "supplier");
        }
        self.incoming_fits(sku, 0, quantity)?;
        self.use_place(&place);
        let record = Supply {
            id: id.to_owned(),
            place: place.clone(),
            open: quantity,
            received: 0,
            due,
            supplier: supplier.map(str::to_owned),
            state: SupplyState::Open,
            closed_at: None,
            lateness: None,
        };
        self.supplies.push(record.into());
        self.expect(self.supplies.len() - 1, true, now);
        let about = About {
            supply: Some(id.to_owned()),
            quantity: Some(quantity),
            to: Some(Some(due)),
            ..about_stock(&place)
        };
        self.tell(now, EventKind::SupplyScheduled, about);
        Ok(Touched::stock([place]).unserved())
    }

    pub(super) fn reschedule(
        &mut self,
        id: &str,
        due: Option<Instant>,
        quantity: Option<Quantity>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let index = self.supply_index(id)?;
        let Supply { place, open, due: from, .. } = (*self.supplies[index]).clone();
        if due.unwrap_or(from) == from && quantity.unwrap_or(open) == open {
            return Ok(Touched::default());
        }
        self.incoming_fits(&place.sku, open, quantity.unwrap_or(open))?;
        // An item of which nothing was on its way may have become a kit since.
        if self.is_kit(&place.sku) {
            return refuse(Reason::IsAKit, "sku");
        }
        let supply = &mut self.supplies[index];
        supply.due = due.unwrap_or(from);
        if let Some(quantity) = quantity {
            supply.open = quantity;
            supply.state = match supply.state {
                _ if quantity > 0 => SupplyState::Open,
                SupplyState::Open => SupplyState::Closed,
                closed => closed,
            };
        }
        let supply = supply.clone();
        self.expect(index, supply.due != from, now);
        let about = About {
            supply: Some(id.to_owned()),
            quantity: Some(supply.open),
            from: Some(Some(from)),
            to: Some(Some(supply.due)),
            ..about_stock(&place)
        };
        self.tell(now, EventKind::SupplyMoved, about);
        Ok(Touched::stock([place]).unserved())
    }

    pub(super) fn cancel_supply(&mut self, id: &str, now: Instant) -> Result<Touched, Refusal> {
        let index = self.supply_index(id)?;
        let supply = &mut self.supplies[index];
        if supply.state != SupplyState::Open {
            return Ok(Touched::default());
        }
        let (place, open) = (supply.place.clone(), supply.open);
        supply.open = 0;
        supply.state = SupplyState::Cancelled;
        self.expect(index, false, now);
        let about = About { supply: Some(id.to_owned()), quantity: Some(open), ..about_stock(&place) };
        self.tell(now, EventKind::SupplyCancelled, about);
        Ok(Touched::stock([place]).unserved())
    }

    fn incoming_fits(&self, sku: &str, open: Quantity, wanted: Quantity) -> Result<(), Refusal> {
        let coming = self.everywhere(sku).into_iter().map(|place| u128::from(self.incoming_units(&place)));
        let all = coming.sum::<u128>() - u128::from(open) + u128::from(wanted);
        if all > u128::from(MAX_SAFE) { refuse(Reason::LimitExceeded, "quantity") } else { Ok(()) }
    }

    /// What has nothing left closes; what has again, opens.
    pub(super) fn note_closed(&mut self, at: Instant) {
        for demand in &mut self.demands {
            let closed_at = demand.is_closed().then(|| demand.closed_at.unwrap_or(at));
            if demand.closed_at != closed_at {
                demand.closed_at = closed_at;
            }
        }
        for supply in &mut self.supplies {
            let closed = supply.state != SupplyState::Open;
            let closed_at = closed.then(|| supply.closed_at.unwrap_or(at));
            if supply.closed_at != closed_at {
                supply.closed_at = closed_at;
            }
        }
    }

    /// Drops what closed before the instant; the ids stay known. A hold that became an order stays with it.
    pub(super) fn archive(&mut self, before: Instant) {
        let gone = |closed_at: Option<Instant>| closed_at.is_some_and(|closed_at| closed_at < before);
        self.supplies.retain(|supply| !gone(supply.closed_at));
        let owes: Vec<bool> = (0..self.demands.len()).map(|demand| self.owes_refund(demand)).collect();
        for (demand, owes) in self.demands.iter_mut().zip(owes) {
            let closed_at = demand.closed_at.filter(|_| !owes);
            demand.order.take_if(|_| gone(closed_at));
            let is_order = demand.order.is_some();
            demand.hold.take_if(|hold| !is_order && gone(hold.closed_at));
        }
        // Whom it kept has another number now.
        self.to_be_told = ToBeTold::default();
        self.demands.retain(|demand| demand.order.is_some() || demand.hold.is_some());
    }
}

fn about_stock(place: &Place) -> About {
    About { sku: Some(place.sku.clone()), location: Some(place.location.clone()), ..About::default() }
}
