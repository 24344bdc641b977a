//! Commands that no shop should send.

use super::Workload;
use backorder::model::command::{Body, OrderLine};
use backorder::model::settings::{Component, ItemChange, Protection, Reorder, ReorderPolicy, Replenishment};

impl Workload {
    /// Puts a fault into a command that has none, or leaves it as it is where there is no place for it.
    pub(super) fn spoil(&mut self, body: &mut Body<'static>) {
        if std::mem::replace(&mut self.spoilt, true) {
            return;
        }
        match self.random.below(3) {
            0 => self.spoil_number(body),
            1 => self.spoil_id(body),
            _ => self.spoil_list(body),
        }
    }

    fn spoil_number(&mut self, body: &mut Body<'static>) {
        let wrong = if self.random.percent(60) { 0 } else { self.too_large() };
        match body {
            Body::Receive { quantity, .. }
            | Body::ScheduleSupply { quantity, .. }
            | Body::AmendLine { quantity, .. }
            | Body::Return { quantity, .. }
            | Body::RescheduleSupply { quantity: Some(quantity), .. }
            | Body::Relocate { quantity: Some(quantity), .. }
            | Body::Count { on_hand: quantity, .. } => *quantity = wrong,
            Body::PlaceOrder { lines, .. } | Body::HoldStock { lines, .. } => {
                let index = self.random.below(lines.len() as u64) as usize;
                if let Some(line) = lines.to_mut().get_mut(index) {
                    line.quantity = wrong;
                }
            }
            Body::Ship { lines: Some(lines), .. } => {
                for line in lines {
                    line.quantity = wrong;
                }
            }
            Body::DefineItem { settings, .. } => self.spoil_setting(settings, wrong),
            _ => {}
        }
    }

    fn spoil_setting(&mut self, settings: &mut ItemChange, wrong: u64) {
        let level = |priority| Protection { priority, units: 1 };
        let component = Component { sku: "item-0".to_owned(), quantity: wrong };
        let replenishment = Replenishment { batch: Some(wrong), ..Replenishment::default() };
        let rule = Reorder {
            policy: ReorderPolicy::ReorderQuantity,
            point: 1,
            quantity: None,
            up_to: Some(3),
            minimum: None,
            multiple: None,
        };
        // Whatever else is given stays out of it: two settings that cannot stand together are a
        // fault of their own.
        *settings = match self.random.below(7) {
            0 => ItemChange { ageing_days: Some(Some(wrong)), ..ItemChange::default() },
            1 => ItemChange { protection: Some(Some(vec![level(7); 2])), ..ItemChange::default() },
            2 => ItemChange { protection: Some(Some((0..9).map(level).collect())), ..ItemChange::default() },
            3 => ItemChange { components: Some(Some(vec![component])), ..ItemChange::default() },
            4 => ItemChange { replenishment: Some(Some(replenishment)), ..ItemChange::default() },
            5 => ItemChange { reorder: Some(Some(rule)), ..ItemChange::default() },
            _ => {
                ItemChange { substitutes: Some(Some(vec!["item-0".to_owned(); 2])), ..ItemChange::default() }
            }
        };
    }

    fn spoil_id(&mut self, body: &mut Body<'static>) {
        let long = self.long_name();
        let wrong = self.random.pick(&["", "\u{fffd}", long, long]);
        match body {
            Body::DefineItem { sku: id, .. }
            | Body::DefineLocation { location: id, .. }
            | Body::DefineSupplier { supplier: id, .. }
            | Body::Receive { sku: id, .. }
            | Body::Count { sku: id, .. }
            | Body::ScheduleSupply { supply: id, .. }
            | Body::RescheduleSupply { supply: id, .. }
            | Body::CancelSupply { supply: id }
            | Body::PlaceOrder { order: id, .. }
            | Body::HoldStock { hold: id, .. }
            | Body::ConfirmHold { order: id, .. }
            | Body::ReleaseHold { hold: id }
            | Body::AmendLine { line: id, .. }
            | Body::AmendOrder { order: id, .. }
            | Body::Relocate { to: id, .. }
            | Body::Reprioritise { order: id, .. }
            | Body::Freeze { order: id, .. }
            | Body::Substitute { sku: id, .. }
            | Body::CancelOrder { order: id, .. }
            | Body::Ship { order: id, .. }
            | Body::Return { line: id, .. } => *id = wrong,
            Body::DefineRegime { regime: id, .. }
            | Body::NoticeSent { notice: id, .. }
            | Body::Respond { order: id, .. }
            | Body::Refunded { order: id, .. } => *id = wrong,
            Body::Rebalance { skus, .. } => *skus = Some(vec![wrong]),
            Body::Archive { .. } | Body::Tick => {}
        }
    }

    fn spoil_list(&mut self, body: &mut Body<'static>) {
        match body {
            Body::PlaceOrder { lines, .. } | Body::HoldStock { lines, .. } => {
                let lines = lines.to_mut();
                match self.random.below(5) {
                    0 => lines.clear(),
                    1 => lines.push(OrderLine { line: Some("1"), ..OrderLine::new("item-0", 1) }),
                    2 => lines.resize(1_001, OrderLine::new("item-0", 1)),
                    3 => lines.iter_mut().for_each(|line| line.locations = Some(Vec::new())),
                    _ => lines.iter_mut().for_each(|line| line.locations = Some(vec!["default"; 2])),
                }
            }
            Body::CancelOrder { lines: Some(lines), .. } => {
                if self.random.percent(50) {
                    lines.clear()
                } else {
                    lines.extend(lines.clone())
                }
            }
            Body::Ship { lines: Some(lines), .. } => {
                if self.random.percent(50) {
                    lines.clear()
                } else {
                    lines.extend(lines.clone())
                }
            }
            Body::Rebalance { skus, .. } => {
                let none = self.random.percent(50);
                *skus = Some(if none { Vec::new() } else { vec!["item-0"; 2] });
            }
            _ => {}
        }
    }
}
