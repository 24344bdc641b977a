//! Items, suppliers, supplies, and what stands on the shelf (rules §1, §3.9, §4, §6).

use super::records::{Item, Supply};
use super::{Refusal, Shop, Touched, events::About, refuse};
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::settings::{Change, ItemChange};
use backorder::model::units::{DEFAULT_LOCATION, Instant, MAX_SAFE, Quantity};
use backorder::model::view::SupplyState;

impl Shop {
    pub(super) fn item(&self, sku: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.sku == sku)
    }

    fn item_mut(&mut self, sku: &str) -> Result<&mut Item, Refusal> {
        match self.items.iter_mut().find(|item| item.sku == sku) {
            Some(item) => Ok(item),
            None => refuse(Reason::UnknownItem, "sku"),
        }
    }

    fn supply_index(&self, id: &str) -> Result<usize, Refusal> {
        match self.supplies.iter().position(|supply| supply.id == id) {
            Some(index) => Ok(index),
            None => refuse(Reason::UnknownSupply, "supply"),
        }
    }

    /// Units of the item set aside for orders and for carts together.
    pub(super) fn set_aside(&self, sku: &str) -> Quantity {
        self.lines_of(sku).map(|(demand, line)| self.demands[demand].lines[line].allocated()).sum()
    }

    pub(super) fn waiting_units(&self, sku: &str) -> Quantity {
        self.lines_of(sku).map(|(demand, line)| self.demands[demand].lines[line].waiting()).sum()
    }

    pub(super) fn incoming_units(&self, sku: &str) -> Quantity {
        self.supplies.iter().filter(|supply| supply.sku == sku).map(|supply| supply.open).sum()
    }

    /// Every line of the item, as its orders were made.
    pub(super) fn lines_of<'a>(&'a self, sku: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let lines = self.demands.iter().enumerate().flat_map(|(demand, record)| {
            record.lines.iter().enumerate().map(move |(index, line)| (demand, index, line))
        });
        lines.filter(move |(_, _, line)| line.sku == sku).map(|(demand, index, _)| (demand, index))
    }

    /// What the supply curve starts at: on hand less all that is spoken for, a debt when below 0 (rules §9).
    pub(super) fn free(&self, sku: &str) -> i128 {
        self.item(sku).map_or(0, |item| {
            let spoken_for = i128::from(self.set_aside(sku)) + i128::from(item.settings.safety_stock);
            i128::from(item.on_hand) - spoken_for
        })
    }

    /// `max(0, onHand − allocated − held − safetyStock)`.
    pub(super) fn available(&self, sku: &str) -> Quantity {
        Quantity::try_from(self.free(sku).max(0)).unwrap_or(MAX_SAFE)
    }

    pub(super) fn define_item(&mut self, sku: &str, change: &ItemChange) -> Result<Touched, Refusal> {
        let supplier = change.replenishment.iter().flatten().find_map(|given| given.supplier.as_ref());
        if supplier.is_some_and(|supplier| !self.suppliers.contains_key(supplier)) {
            return refuse(Reason::UnknownSupplier, "replenishment.supplier");
        }
        if self.item(sku).is_none() {
            self.items.push(Item { sku: sku.to_owned(), settings: Default::default(), on_hand: 0 });
        }
        let settings = &mut self.item_mut(sku)?.settings;
        let before = settings.clone();
        set(&mut settings.backorders, &change.backorders);
        set(&mut settings.max_per_order, &change.max_per_order.map(|given| given.map(Some)));
        set(&mut settings.safety_stock, &change.safety_stock);
        set(&mut settings.ageing_days, &change.ageing_days.map(|given| given.map(Some)));
        set(&mut settings.replenishment, &change.replenishment.clone().map(|given| given.map(Some)));
        set(&mut settings.overdue, &change.overdue);
        set(&mut settings.lifecycle, &change.lifecycle);
        let dates_stand = before.safety_stock == settings.safety_stock
            && before.ageing_days == settings.ageing_days
            && before.replenishment == settings.replenishment
            && before.overdue == settings.overdue
            && before.lifecycle == settings.lifecycle;
        Ok(if dates_stand { Touched::default() } else { Touched::item(sku) })
    }

    pub(super) fn define_supplier(&mut self, supplier: &str, lateness: Option<&Option<Vec<i64>>>) {
        let known = self.suppliers.entry(supplier.to_owned()).or_default();
        if let Some(given) = lateness {
            *known = given.clone().unwrap_or_default();
        }
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
        self.item_mut(sku)?;
        known_location(location, "location")?;
        if supply.is_some_and(|supply| self.supplies[supply].sku != sku) {
            return refuse(Reason::SupplyMismatch, "sku");
        }
        self.put_on_shelf(sku, quantity)?;
        if let Some(supply) = supply {
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
        let supply = supply.map(|supply| self.supplies[supply].id.clone());
        let about = About { quantity: Some(quantity), supply, ..about_stock(sku) };
        self.tell(now, EventKind::StockReceived, about);
        Ok(Touched::item(sku))
    }

    /// More stock, as long as the sum can be told exactly.
    pub(super) fn put_on_shelf(&mut self, sku: &str, quantity: Quantity) -> Result<(), Refusal> {
        let item = self.item_mut(sku)?;
        if u128::from(item.on_hand) + u128::from(quantity) > u128::from(MAX_SAFE) {
            return refuse(Reason::LimitExceeded, "quantity");
        }
        item.on_hand += quantity;
        Ok(())
    }

    /// A count below what is set aside: holds yield before orders, the worst rank first (rules §6).
    pub(super) fn count(
        &mut self,
        sku: &str,
        location: Option<&str>,
        on_hand: Quantity,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        self.item_mut(sku)?;
        known_location(location, "location")?;
        let known = std::mem::replace(&mut self.item_mut(sku)?.on_hand, on_hand);
        self.tell(now, EventKind::StockCounted, About { quantity: Some(on_hand), ..about_stock(sku) });
        let mut missing = self.set_aside(sku).saturating_sub(on_hand);
        let mut parts = self.parts_by_rank(sku);
        parts.reverse();
        parts.sort_by_key(|&(demand, _, _)| !self.demands[demand].is_open_hold());
        let mut yielded: Vec<((usize, usize), Quantity)> = Vec::new();
        for (demand, line, part) in parts {
            let part = &mut self.demands[demand].lines[line].parts[part];
            let given_back = part.allocated.min(missing);
            part.allocated -= given_back;
            part.waiting += given_back;
            missing -= given_back;
            add_to(&mut yielded, (demand, line), given_back);
        }
        for (line, quantity) in yielded {
            self.tell_units(now, EventKind::LineDeallocated, line, quantity);
        }
        Ok(if known == on_hand { Touched::default() } else { Touched::item(sku) })
    }

    pub(super) fn schedule(
        &mut self,
        id: &str,
        sku: &str,
        (quantity, due): (Quantity, Instant),
        (location, supplier): (Option<&str>, Option<&str>),
        now: Instant,
    ) -> Result<Touched, Refusal> {
        self.item_mut(sku)?;
        known_location(location, "location")?;
        if supplier.is_some_and(|supplier| !self.suppliers.contains_key(supplier)) {
            return refuse(Reason::UnknownSupplier, "supplier");
        }
        self.incoming_fits(sku, 0, quantity)?;
        self.supplies.push(Supply {
            id: id.to_owned(),
            sku: sku.to_owned(),
            open: quantity,
            received: 0,
            due,
            supplier: supplier.map(str::to_owned),
            state: SupplyState::Open,
            closed_at: None,
        });
        let about = About {
            supply: Some(id.to_owned()),
            quantity: Some(quantity),
            to: Some(Some(due)),
            ..about_stock(sku)
        };
        self.tell(now, EventKind::SupplyScheduled, about);
        Ok(Touched::item(sku))
    }

    pub(super) fn reschedule(
        &mut self,
        id: &str,
        due: Option<Instant>,
        quantity: Option<Quantity>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let index = self.supply_index(id)?;
        let Supply { sku, open, due: from, .. } = self.supplies[index].clone();
        if due.unwrap_or(from) == from && quantity.unwrap_or(open) == open {
            return Ok(Touched::default());
        }
        self.incoming_fits(&sku, open, quantity.unwrap_or(open))?;
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
        let about = About {
            supply: Some(id.to_owned()),
            quantity: Some(supply.open),
            from: Some(Some(from)),
            to: Some(Some(supply.due)),
            ..about_stock(&sku)
        };
        self.tell(now, EventKind::SupplyMoved, about);
        Ok(Touched::item(&sku))
    }

    pub(super) fn cancel_supply(&mut self, id: &str, now: Instant) -> Result<Touched, Refusal> {
        let index = self.supply_index(id)?;
        let supply = &mut self.supplies[index];
        if supply.state != SupplyState::Open {
            return Ok(Touched::default());
        }
        let (sku, open) = (supply.sku.clone(), supply.open);
        supply.open = 0;
        supply.state = SupplyState::Cancelled;
        let about = About { supply: Some(id.to_owned()), quantity: Some(open), ..about_stock(&sku) };
        self.tell(now, EventKind::SupplyCancelled, about);
        Ok(Touched::item(&sku))
    }

    fn incoming_fits(&self, sku: &str, open: Quantity, wanted: Quantity) -> Result<(), Refusal> {
        let incoming = u128::from(self.incoming_units(sku) - open) + u128::from(wanted);
        if incoming > u128::from(MAX_SAFE) { refuse(Reason::LimitExceeded, "quantity") } else { Ok(()) }
    }

    /// Free units go to the waiting parts by rank; one event per line that changed (rules §4).
    pub(super) fn serve(&mut self, sku: &str, at: Instant) {
        let mut served: Vec<((usize, usize), Quantity)> = Vec::new();
        for (demand, line, part) in self.parts_by_rank(sku) {
            let available = self.available(sku);
            let part = &mut self.demands[demand].lines[line].parts[part];
            let taken = part.waiting.min(available);
            part.waiting -= taken;
            part.allocated += taken;
            self.tally.count_wait(taken, part.placed_at, at);
            add_to(&mut served, (demand, line), taken);
        }
        for (line, quantity) in served {
            self.tell_units(at, EventKind::LineAllocated, line, quantity);
            self.tell_if_ready(at, line);
        }
    }

    /// A line that has all it waits for is ready.
    pub(super) fn tell_if_ready(&mut self, at: Instant, (demand, line): (usize, usize)) {
        let record = &self.demands[demand].lines[line];
        if record.waiting() == 0 && record.allocated() > 0 {
            self.tell_units(at, EventKind::LineReady, (demand, line), record.allocated());
        }
    }

    /// What has nothing left closes; what has again, opens.
    pub(super) fn note_closed(&mut self, at: Instant) {
        for demand in &mut self.demands {
            demand.closed_at = demand.is_closed().then(|| demand.closed_at.unwrap_or(at));
        }
        for supply in &mut self.supplies {
            let closed = supply.state != SupplyState::Open;
            supply.closed_at = closed.then(|| supply.closed_at.unwrap_or(at));
        }
    }

    /// Drops what closed before the instant; the ids stay known.
    pub(super) fn archive(&mut self, before: Instant) {
        let gone = |closed_at: Option<Instant>| closed_at.is_some_and(|closed_at| closed_at < before);
        self.supplies.retain(|supply| !gone(supply.closed_at));
        for demand in &mut self.demands {
            demand.order.take_if(|_| gone(demand.closed_at));
            demand.hold.take_if(|hold| gone(hold.closed_at));
        }
        self.demands.retain(|demand| demand.order.is_some() || demand.hold.is_some());
    }
}

fn about_stock(sku: &str) -> About {
    About { sku: Some(sku.to_owned()), stands: true, ..About::default() }
}

/// Adds up units by line, in the order in which the lines first come.
fn add_to(sums: &mut Vec<((usize, usize), Quantity)>, line: (usize, usize), quantity: Quantity) {
    match sums.iter_mut().find(|(known, _)| *known == line) {
        Some((_, sum)) => *sum += quantity,
        None if quantity > 0 => sums.push((line, quantity)),
        None => {}
    }
}

/// There is one location in this release.
pub fn known_location(location: Option<&str>, path: &str) -> Result<(), Refusal> {
    match location {
        Some(name) if name != DEFAULT_LOCATION => refuse(Reason::UnknownLocation, path),
        _ => Ok(()),
    }
}

/// A setting that is left out stays as it is; one given as `null` goes back to its default.
fn set<T: Clone + Default>(setting: &mut T, change: &Change<T>) {
    if let Some(given) = change {
        *setting = given.clone().unwrap_or_default();
    }
}
