//! Shops that have one trouble more than others: what the general histories draw, and then more of it.

use super::{Step, Temper, Workload};
use backorder::model::command::CommandKind;

/// What a shop has much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// One item, a few units, and everybody wants them.
    Contention,
    ManyItems,
    /// Orders, and little else.
    Flood,
    Cancellations,
    /// Suppliers that slip, bring less, or call off.
    Slips,
    /// Carts that end while others are confirmed.
    Carts,
    /// Counts that find less than there should be.
    Counts,
    Kits,
    Rebalances,
    /// What is there leaves, and some of it comes back.
    Shipping,
    /// Numbers and instants at their bounds, and commands with a fault.
    Bounds,
    /// Messages that come twice, under the same id or key, with the same content or other.
    Repeats,
    /// Clocks that go back, stand and leap.
    Clocks,
    /// Every item learns how fast better priorities come. None of the simulator's, whose shops draw it as a rule of
    /// sharing.
    Overtaking,
}

impl Theme {
    pub const ALL: [Theme; 13] = [
        Theme::Contention,
        Theme::ManyItems,
        Theme::Flood,
        Theme::Cancellations,
        Theme::Slips,
        Theme::Carts,
        Theme::Counts,
        Theme::Kits,
        Theme::Rebalances,
        Theme::Shipping,
        Theme::Bounds,
        Theme::Repeats,
        Theme::Clocks,
    ];
}

/// The first so many steps of the history of this seed in such a shop.
pub fn themed_history(theme: Theme, seed: u64, steps: usize) -> Vec<Step> {
    let mut workload = Workload::in_shop_of(Some(theme), seed);
    (0..steps).map(|_| workload.step()).collect()
}

impl Temper {
    /// Draws nothing, so that a seed's shop is the same in all that its theme does not say.
    pub(super) fn give_theme(&mut self, theme: Theme) {
        use CommandKind::{
            AmendLine, CancelOrder, CancelSupply, ConfirmHold, Count, HoldStock, PlaceOrder, Rebalance,
            Receive, ReleaseHold, Relocate, RescheduleSupply, Return, ScheduleSupply, Ship, Tick,
        };
        match theme {
            Theme::Contention => {
                (self.items, self.largest_quantity) = (1, 3);
                self.weigh(&[(PlaceOrder, 20), (Receive, 6), (HoldStock, 6), (AmendLine, 4)]);
            }
            Theme::ManyItems => self.items = 12,
            Theme::Flood => self.weigh(&[(PlaceOrder, 60), (HoldStock, 10)]),
            Theme::Cancellations => self.weigh(&[(CancelOrder, 20), (AmendLine, 8), (Receive, 4)]),
            Theme::Slips => {
                self.weigh(&[(ScheduleSupply, 12), (RescheduleSupply, 20), (CancelSupply, 4)]);
                self.suppliers = self.suppliers.max(1);
            }
            Theme::Carts => self.weigh(&[(HoldStock, 20), (ConfirmHold, 10), (ReleaseHold, 4), (Tick, 4)]),
            Theme::Counts => self.weigh(&[(Count, 16), (Receive, 4), (HoldStock, 4)]),
            Theme::Kits => (self.kits, self.items, self.sharing) = (70, 4, self.sharing.max(10)),
            Theme::Rebalances => {
                self.weigh(&[(Rebalance, 12), (Relocate, 8), (Receive, 4)]);
                (self.locations, self.sharing) = (self.locations.max(2), self.sharing.max(60));
            }
            Theme::Shipping => self.weigh(&[(Ship, 20), (Return, 8), (Receive, 16), (PlaceOrder, 10)]),
            Theme::Bounds => (self.extremes, self.faults) = (12, 10),
            Theme::Repeats => (self.repeats, self.keys) = (25, 30),
            Theme::Clocks => (self.backwards, self.longest_step_days) = (20, 400),
            Theme::Overtaking => {
                self.weigh(&[(PlaceOrder, 40), (ScheduleSupply, 12), (CancelOrder, 4), (Receive, 4)]);
                (self.learns, self.longest_step_days) = (true, 3);
                (self.items, self.largest_quantity) = (self.items.min(2), 5);
            }
        }
    }

    fn weigh(&mut self, more: &[(CommandKind, u64)]) {
        for &(kind, weight) in more {
            self.weights[kind as usize] += weight;
        }
    }
}
