//! Commands by which a shop helps itself in a shortage: units go elsewhere, become others, or are
//! divided anew.

use super::Workload;
use backorder::model::command::{Body, OrderMatch, RebalanceRule, Strategy};

impl Workload {
    pub(super) fn relocate(&mut self) -> Body<'static> {
        let order = self.order();
        let (line, all) = self.line_of(&order);
        let to = self.some_location();
        let from = self.random.percent(40).then(|| self.some_location());
        let quantity = match self.random.below(4) {
            0 => Some(all),
            1 => Some(self.random.between(1, 3)),
            _ => None,
        };
        // From where it goes to is a fault.
        self.spoilt |= from == Some(to);
        Body::Relocate { order: order.id, line, from, to, quantity }
    }

    pub(super) fn substitute(&mut self) -> Body<'static> {
        let order = self.order();
        let (line, _) = self.line_of(&order);
        Body::Substitute { order: order.id, line, sku: self.sku() }
    }

    pub(super) fn rebalance(&mut self) -> Body<'static> {
        let mut skus = self.random.percent(40).then(|| vec![self.sku(), self.sku()]);
        if let Some(skus) = &mut skus {
            skus.dedup();
        }
        let rules = (0..self.random.below(4)).map(|_| self.rule()).collect();
        Body::Rebalance { skus, rules }
    }

    fn rule(&mut self) -> RebalanceRule<'static> {
        use Strategy::{Fill, Gain, Lose, Redistribute, Win};
        let mut matching = OrderMatch::default();
        match self.random.below(5) {
            0 => matching.orders = Some(vec![self.order().id, self.order().id]),
            1 => matching.segment = self.segment(),
            2 => matching.priority_from = Some(self.priority()),
            3 => matching.priority_to = Some(self.priority()),
            _ => {}
        }
        RebalanceRule { matching, strategy: self.random.pick(&[Win, Gain, Redistribute, Fill, Lose]) }
    }
}
