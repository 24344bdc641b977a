//! What a command can have changed: whatever it or its events name, the items of those orders with what
//! they are made of and what is made of them, and everybody who waits for such an item.

use super::compare::{books_agree, same};
use crate::reference::{Effects, Shop};
use crate::workload::Step;
use backorder::engine::Engine;
use backorder::model::command::Body;
use backorder::model::units::Instant;
use std::collections::BTreeSet;

/// Names of orders, carts and items.
#[derive(Default)]
pub struct Touched {
    orders: BTreeSet<String>,
    holds: BTreeSet<String>,
    skus: BTreeSet<String>,
}

/// Both say the same of all that the command can have changed.
pub fn touched_agree(engine: &Engine, shop: &Shop, step: &Step, effects: &Effects) -> Result<(), String> {
    let mut touched = match &step.command.body {
        Body::DefineLocation { calendar: Some(_), .. } => Touched::everything(shop),
        _ => Touched::default(),
    };
    touched.add_named(&step.command.body);
    touched.add_told(effects);
    touched.add_items(shop);
    touched.add_waiting(shop);
    touched.agree(engine, shop, step.now)
}

impl Touched {
    /// All that there is.
    pub fn everything(shop: &Shop) -> Touched {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Touched {
            orders: owned(shop.orders(None)),
            holds: owned(shop.holds()),
            skus: shop.items().into_iter().map(|(sku, _)| sku.to_owned()).collect(),
        }
    }

    /// Both say the same of these, and of the time.
    pub fn agree(&self, engine: &Engine, shop: &Shop, now: Instant) -> Result<(), String> {
        same("the last instant", engine.last_instant(), shop.last_instant())?;
        same("the next wake", engine.next_wake_at(), shop.next_wake_at())?;
        same("the notices", engine.notices(), shop.notices())?;
        self.skus.iter().try_for_each(|sku| books_agree(engine, shop, sku))?;
        for id in &self.orders {
            same("an order", engine.order(id, now), shop.order(id, now))?;
        }
        for id in &self.holds {
            same("a hold", engine.hold(id, now), shop.hold(id, now))?;
        }
        Ok(())
    }

    fn add_named(&mut self, body: &Body) {
        match body {
            Body::DefineItem { sku, .. } | Body::Receive { sku, .. } | Body::Count { sku, .. } => {
                self.skus.insert((*sku).to_owned());
            }
            Body::ScheduleSupply { sku, .. } => {
                self.skus.insert((*sku).to_owned());
            }
            Body::PlaceOrder { order, .. }
            | Body::AmendLine { order, .. }
            | Body::AmendOrder { order, .. }
            | Body::Relocate { order, .. }
            | Body::Reprioritise { order, .. }
            | Body::Freeze { order, .. }
            | Body::Substitute { order, .. }
            | Body::CancelOrder { order, .. }
            | Body::Ship { order, .. }
            | Body::Return { order, .. } => {
                self.orders.insert((*order).to_owned());
            }
            Body::HoldStock { hold, .. } | Body::ReleaseHold { hold } => {
                self.holds.insert((*hold).to_owned());
            }
            Body::ConfirmHold { hold, order, .. } => {
                self.holds.insert((*hold).to_owned());
                self.orders.insert((*order).to_owned());
            }
            // What these change is told by their events.
            Body::RescheduleSupply { .. } | Body::CancelSupply { .. } | Body::Rebalance { .. } => {}
            Body::DefineLocation { .. } | Body::DefineSupplier { .. } => {}
            Body::Respond { order, .. } | Body::Refunded { order, .. } => {
                self.orders.insert((*order).to_owned());
            }
            // What is to be told is compared after each command.
            Body::DefineRegime { .. } | Body::NoticeSent { .. } => {}
            Body::Archive { .. } | Body::Tick => {}
        }
    }

    fn add_told(&mut self, effects: &Effects) {
        for event in &effects.events {
            let view = event.view();
            self.orders.extend(view.order.map(str::to_owned));
            self.holds.extend(view.hold.map(str::to_owned));
            self.skus.extend(view.sku.map(str::to_owned));
        }
    }

    /// The items of the orders and carts, what they are made of, and what is made of that.
    fn add_items(&mut self, shop: &Shop) {
        self.skus.extend(self.orders.iter().flat_map(|id| shop.skus_of_order(id)));
        self.skus.extend(self.holds.iter().flat_map(|id| shop.skus_of_hold(id)));
        let leaves: BTreeSet<String> = self.skus.iter().flat_map(|sku| leaves_of(shop, sku)).collect();
        for (sku, _) in shop.items() {
            if leaves_of(shop, sku).any(|leaf| leaves.contains(&leaf)) {
                self.skus.insert(sku.to_owned());
            }
        }
    }

    fn add_waiting(&mut self, shop: &Shop) {
        for row in self.skus.iter().flat_map(|sku| shop.queue(sku, None)) {
            self.orders.extend(row.order.map(str::to_owned));
            self.holds.extend(row.hold.map(str::to_owned));
        }
    }
}

fn leaves_of(shop: &Shop, sku: &str) -> impl Iterator<Item = String> {
    shop.made_of(sku).into_iter().map(|(leaf, _)| leaf)
}
