//! The auditor: keeps a ledger of what came and went, and after every command checks that all
//! numbers add up (rules §1), location by location, and kits by what they are made of.

use super::shelf::{Booked, Effect, Shelf};
use crate::workload::Step;
use backorder::model::command::Body;
use backorder::model::settings::{ItemSettings, WholeLines};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::{LineView, Position};
use std::collections::{BTreeMap, BTreeSet};

/// What came and went of one item at one location since the engine began.
#[derive(Clone, Copy, Debug, Default)]
struct Account {
    received: i128,
    restocked: i128,
    counted: i128,
    shipped: i128,
}

impl Account {
    fn on_hand(self) -> i128 {
        self.received + self.restocked + self.counted - self.shipped
    }
}

/// Sums over the lines of one item at one location.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    allocated: Quantity,
    held: Quantity,
    backordered: Quantity,
    waiting_lines: u64,
}

type Place = (String, String);

/// The ledger, and what there ever was of carts and locations.
#[derive(Clone, Debug, Default)]
pub struct Auditor {
    accounts: BTreeMap<Place, Account>,
    holds: BTreeSet<&'static str>,
    locations: BTreeSet<String>,
    /// Whether any order was to take its units later.
    any_for_later: bool,
}

/// What there is, and the settings of each item.
pub type Items = BTreeMap<String, ItemSettings>;

/// The items of a shop as they are now.
pub fn items_of(shelf: &impl Shelf) -> Items {
    shelf.items().into_iter().collect()
}

impl Auditor {
    /// Enters what became of a command into the ledger; the items are those before it.
    pub fn book(&mut self, step: &Step, effect: Effect, events: &[Booked], items: &Items) {
        for event in events {
            self.book_event(event, &step.command.body, items);
        }
        if effect == Effect::Applied {
            self.book_command(&step.command.body, events, step.now);
        }
    }

    fn account(&mut self, sku: &str, location: &str) -> &mut Account {
        self.accounts.entry((sku.to_owned(), location.to_owned())).or_default()
    }

    /// Units leave and come back by events, which also tell what fell due before the command. A kit
    /// leaves and comes back as what it is made of.
    fn book_event(&mut self, event: &Booked, body: &Body, items: &Items) {
        self.locations.extend(event.location.clone());
        let (Some(sku), Some(location)) = (&event.sku, &event.location) else { return };
        for (leaf, per) in made_of(sku, items) {
            let units = i128::from(event.quantity) * i128::from(per);
            match (event.kind.as_str(), body) {
                ("lineShipped", _) => self.account(&leaf, location).shipped += units,
                ("lineReturned", Body::Return { restock: true, .. }) => {
                    self.account(&leaf, location).restocked += units;
                }
                _ => {}
            }
        }
    }

    /// Units come and are counted by commands: how many an event says is not believed, but where.
    fn book_command(&mut self, body: &Body<'static>, events: &[Booked], now: Instant) {
        let where_told = |kind: &str| {
            let told = events.iter().rev().find(|event| event.kind == kind);
            told.and_then(|event| event.location.clone()).unwrap_or_default()
        };
        match body {
            Body::Receive { sku, location, quantity, .. } => {
                let location = location.map_or_else(|| where_told("stockReceived"), str::to_owned);
                self.account(sku, &location).received += i128::from(*quantity);
            }
            Body::Count { sku, location, on_hand } => {
                let location = location.map_or_else(|| where_told("stockCounted"), str::to_owned);
                let account = self.account(sku, &location);
                account.counted += i128::from(*on_hand) - account.on_hand();
            }
            Body::HoldStock { hold, .. } => {
                self.holds.insert(hold);
            }
            Body::DefineLocation { location, .. } => {
                self.locations.insert((*location).to_owned());
            }
            Body::PlaceOrder { settings, .. } => {
                self.any_for_later |= settings.allocate_from.is_some_and(|from| from > now);
            }
            _ => {}
        }
    }

    /// Whether all that is on the shelf adds up, and to what the ledger says.
    pub fn check(&self, shelf: &impl Shelf, now: Instant) -> Result<(), String> {
        let items = items_of(shelf);
        let mut own: BTreeMap<Place, Sums> = BTreeMap::new();
        let mut open: BTreeMap<Place, u128> = BTreeMap::new();
        let mut in_kits: BTreeSet<String> = BTreeSet::new();
        let orders = shelf.orders();
        let ordered = orders.iter().flat_map(|order| shelf.order_lines(order, now)).map(|line| (line, false));
        let carts = self.holds.iter().flat_map(|hold| shelf.hold_lines(hold, now)).map(|line| (line, true));
        for (line, is_held) in ordered.chain(carts) {
            let made_of = made_of(line.sku, &items);
            let is_kit = made_of.iter().any(|(leaf, _)| leaf != line.sku);
            line_adds_up(&line, is_kit)?;
            for part in &line.parts {
                let sums = own.entry((line.sku.to_owned(), part.location.to_owned())).or_default();
                *(if is_held { &mut sums.held } else { &mut sums.allocated }) += part.allocated;
                sums.backordered += part.backordered;
                sums.waiting_lines += u64::from(part.backordered > 0);
                for (leaf, per) in &made_of {
                    let units = u128::from(part.allocated + part.backordered) * u128::from(*per);
                    *open.entry((leaf.clone(), part.location.to_owned())).or_default() += units;
                }
            }
            if is_kit && line.allocated + line.backordered > 0 {
                in_kits.extend(made_of.into_iter().map(|(leaf, _)| leaf));
            }
        }
        for (sku, settings) in &items {
            let Some(total) = shelf.position(sku, None) else {
                return Err(format!("{sku} is an item without a position"));
            };
            let mut sum = Position { location: None, ..nothing_of(&total) };
            for location in &self.locations {
                let Some(position) = shelf.position(sku, Some(location)) else { continue };
                let place = (sku.clone(), location.clone());
                add(&mut sum, &position);
                position_adds_up(&position)?;
                if settings.components.is_empty() {
                    let account = self.accounts.get(&place).copied().unwrap_or_default();
                    let on_hand = position.on_hand.into();
                    same("received + restocked ± counts − shipped", account.on_hand(), on_hand)?;
                    same("what supplies bring", shelf.incoming(sku, location), position.incoming)?;
                    let wanted = position.allocated + position.held + position.backordered;
                    let of_lines = open.get(&place).copied().unwrap_or_default();
                    same("what lines are made of", of_lines, wanted.into())?;
                    self.queue_adds_up(shelf, &position)?;
                    self.nothing_is_free_while_lines_wait(&position, settings)?;
                }
                if !in_kits.contains(sku) {
                    let of_lines = own.get(&place).copied().unwrap_or_default();
                    same("the sums over lines", of_lines, sums_of(&position))?;
                }
            }
            if !self.locations.is_empty() {
                same("the sums over locations", sum, total)?;
            }
            sums_can_be_told(&total)?;
        }
        Ok(())
    }

    /// The queue's rows are what waits, each behind the sum of those before it, but for orders for
    /// later, which are in nobody's way.
    fn queue_adds_up(&self, shelf: &impl Shelf, position: &Position) -> Result<(), String> {
        let mut ahead = 0;
        for row in shelf.queue(position.sku, position.location) {
            if !self.any_for_later {
                same("units ahead in the queue", row.ahead, ahead)?;
            }
            ahead += row.quantity;
        }
        same("the sum of the queue", ahead, position.backordered)
    }

    /// Unless it must be left to better priorities, to who takes all or nothing, or for later.
    fn nothing_is_free_while_lines_wait(
        &self,
        position: &Position,
        settings: &ItemSettings,
    ) -> Result<(), String> {
        let may_be =
            self.any_for_later || !settings.protection.is_empty() || settings.whole_lines == WholeLines::Skip;
        if position.available > 0 && position.backordered > 0 && !may_be {
            return Err(format!("units are free while lines wait: {position:?}"));
        }
        Ok(())
    }
}

/// What one unit of an item is made of in the end.
fn made_of(sku: &str, items: &Items) -> Vec<(String, Quantity)> {
    let components = items.get(sku).map(|settings| settings.components.as_slice()).unwrap_or_default();
    if components.is_empty() {
        return vec![(sku.to_owned(), 1)];
    }
    let mut leaves: BTreeMap<String, Quantity> = BTreeMap::new();
    for component in components {
        for (leaf, per) in made_of(&component.sku, items) {
            *leaves.entry(leaf).or_default() += per * component.quantity;
        }
    }
    leaves.into_iter().collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, not {expected:?}")) }
}

fn sums_of(position: &Position) -> Sums {
    Sums {
        allocated: position.allocated,
        held: position.held,
        backordered: position.backordered,
        waiting_lines: position.waiting_lines,
    }
}

fn nothing_of<'p>(position: &Position<'p>) -> Position<'p> {
    Position {
        on_hand: 0,
        allocated: 0,
        held: 0,
        safety_stock: 0,
        available: 0,
        incoming: 0,
        backordered: 0,
        waiting_lines: 0,
        ..*position
    }
}

fn add(sum: &mut Position, position: &Position) {
    sum.on_hand += position.on_hand;
    sum.allocated += position.allocated;
    sum.held += position.held;
    sum.safety_stock += position.safety_stock;
    sum.available += position.available;
    sum.incoming += position.incoming;
    sum.backordered += position.backordered;
    sum.waiting_lines += position.waiting_lines;
}

fn line_adds_up(line: &LineView, is_kit: bool) -> Result<(), String> {
    let units = line.allocated + line.backordered + line.shipped + line.cancelled;
    same("allocated + backordered + shipped + cancelled", units, line.quantity)?;
    let of_parts = line.parts.iter().fold((0, 0, 0), |(allocated, backordered, shipped), part| {
        (allocated + part.allocated, backordered + part.backordered, shipped + part.shipped)
    });
    same("the sums over parts", of_parts, (line.allocated, line.backordered, line.shipped))?;
    // Of a kit they are units of the component that comes last.
    if !is_kit {
        same("pegs cover what waits", line.pegs.iter().map(|peg| peg.quantity).sum(), line.backordered)?;
    }
    if line.returned > line.shipped {
        return Err(format!("more came back than was shipped: {line:?}"));
    }
    Ok(())
}

fn position_adds_up(position: &Position) -> Result<(), String> {
    let set_aside = position.allocated + position.held;
    if set_aside > position.on_hand {
        return Err(format!("more is set aside than stands there: {position:?}"));
    }
    let available = position.on_hand - set_aside;
    same("available", position.available, available.saturating_sub(position.safety_stock))
}

fn sums_can_be_told(position: &Position) -> Result<(), String> {
    let Position { on_hand, incoming, backordered, .. } = *position;
    if [on_hand, incoming, backordered].into_iter().any(|sum| sum > MAX_SAFE) {
        return Err(format!("a sum that cannot be told exactly: {position:?}"));
    }
    Ok(())
}
