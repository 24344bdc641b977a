//! The auditor: keeps a ledger of what came and went, and after every command checks that all
//! numbers add up (rules §1).

use super::shelf::{Booked, Effect, Shelf};
use crate::workload::Step;
use backorder::model::command::Body;
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::{LineView, Position};
use std::collections::{BTreeMap, BTreeSet};

/// What came and went of one item since the engine began.
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

/// Sums over the lines of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    allocated: Quantity,
    held: Quantity,
    backordered: Quantity,
    waiting_lines: u64,
}

/// The ledger, and the carts that were ever made.
#[derive(Clone, Debug, Default)]
pub struct Auditor {
    accounts: BTreeMap<String, Account>,
    holds: BTreeSet<&'static str>,
}

impl Auditor {
    /// Plays one command and checks everything after it.
    pub fn play(&mut self, shelf: &mut impl Shelf, step: &Step) -> Result<Effect, String> {
        let (effect, events) = shelf.play(step);
        for event in &events {
            self.book_event(event, &step.command.body);
        }
        if effect == Effect::Applied {
            self.book_command(&step.command.body);
        }
        self.check(shelf, step.now)?;
        Ok(effect)
    }

    /// Units leave and come back by events, which also tell what fell due before the command.
    fn book_event(&mut self, event: &Booked, body: &Body) {
        let Some(sku) = &event.sku else { return };
        let account = self.accounts.entry(sku.clone()).or_default();
        match (event.kind.as_str(), body) {
            ("lineShipped", _) => account.shipped += i128::from(event.quantity),
            ("lineReturned", Body::Return { restock: true, .. }) => {
                account.restocked += i128::from(event.quantity);
            }
            _ => {}
        }
    }

    /// Units come and are counted by commands: what an event says of them is not believed.
    fn book_command(&mut self, body: &Body<'static>) {
        match body {
            Body::Receive { sku, quantity, .. } => {
                self.accounts.entry((*sku).to_owned()).or_default().received += i128::from(*quantity);
            }
            Body::Count { sku, on_hand, .. } => {
                let account = self.accounts.entry((*sku).to_owned()).or_default();
                account.counted += i128::from(*on_hand) - account.on_hand();
            }
            Body::HoldStock { hold, .. } => {
                self.holds.insert(hold);
            }
            _ => {}
        }
    }

    fn check(&self, shelf: &impl Shelf, now: Instant) -> Result<(), String> {
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        for order in shelf.orders() {
            for line in shelf.order_lines(&order, now) {
                line_adds_up(&line)?;
                let sums = sums.entry(line.sku.to_owned()).or_default();
                sums.allocated += line.allocated;
                add_waiting(sums, &line);
            }
        }
        for hold in &self.holds {
            for line in shelf.hold_lines(hold, now) {
                line_adds_up(&line)?;
                let sums = sums.entry(line.sku.to_owned()).or_default();
                sums.held += line.allocated;
                add_waiting(sums, &line);
            }
        }
        for sku in shelf.skus() {
            let Some(position) = shelf.position(&sku) else {
                return Err(format!("{sku} is an item without a position"));
            };
            let account = self.accounts.get(&sku).copied().unwrap_or_default();
            same("received + restocked ± counts − shipped", account.on_hand(), position.on_hand.into())?;
            position_adds_up(&position)?;
            same("the sums over lines", sums.get(&sku).copied().unwrap_or_default(), sums_of(&position))?;
            same("what supplies bring", shelf.incoming(&sku), position.incoming)?;
            queue_adds_up(shelf, &position)?;
        }
        Ok(())
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, not {expected:?}")) }
}

fn add_waiting(sums: &mut Sums, line: &LineView) {
    sums.backordered += line.backordered;
    sums.waiting_lines += u64::from(line.backordered > 0);
}

fn sums_of(position: &Position) -> Sums {
    Sums {
        allocated: position.allocated,
        held: position.held,
        backordered: position.backordered,
        waiting_lines: position.waiting_lines,
    }
}

fn line_adds_up(line: &LineView) -> Result<(), String> {
    let units = line.allocated + line.backordered + line.shipped + line.cancelled;
    same("allocated + backordered + shipped + cancelled", units, line.quantity)?;
    let of_parts = line.parts.iter().fold((0, 0, 0), |(allocated, backordered, shipped), part| {
        (allocated + part.allocated, backordered + part.backordered, shipped + part.shipped)
    });
    same("the sums over parts", of_parts, (line.allocated, line.backordered, line.shipped))?;
    same("pegs cover what waits", line.pegs.iter().map(|peg| peg.quantity).sum(), line.backordered)?;
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
    same("available", position.available, available.saturating_sub(position.safety_stock))?;
    if position.available > 0 && position.backordered > 0 {
        return Err(format!("units are free while lines wait: {position:?}"));
    }
    let Position { on_hand, incoming, backordered, .. } = *position;
    if [on_hand, incoming, backordered].into_iter().any(|sum| sum > MAX_SAFE) {
        return Err(format!("a sum that cannot be told exactly: {position:?}"));
    }
    Ok(())
}

/// The queue's rows are what waits, each behind the sum of those before it.
fn queue_adds_up(shelf: &impl Shelf, position: &Position) -> Result<(), String> {
    let mut ahead = 0;
    for row in shelf.queue(position.sku) {
        same("units ahead in the queue", row.ahead, ahead)?;
        ahead += row.quantity;
    }
    same("the sum of the queue", ahead, position.backordered)
}
