//! Histories of shops that use every rule by which scarce stock is shared: locations, kits in kits,
//! protection, fair shares, kept promises, orders for later, whole lines, capacity, substitutes,
//! re-ordering. A few items, so that they meet.

use super::{Random, Step, names::kept};
use backorder::model::command::{
    Body, Fulfilment, OrderLine, OrderMatch, OrderSettings, RebalanceRule, ShipLine, ShippingSettings,
    Shortfall, Sourcing, Strategy,
};
use backorder::model::settings::{
    Backorders, Component, Incentive, ItemChange, Lifecycle, Promising, Protection, Reorder, ReorderPolicy,
    Replenishment, Sharing, WholeLines,
};
use backorder::model::units::{DAY_MS, Instant, Quantity};
use std::borrow::Cow;

/// What has stock; kits come after.
const STOCKED: [&str; 6] = ["plain", "kept", "fair", "whole", "made", "guarded"];
/// What is ordered where everything is: `set`, a kit of something that is skipped, is left out.
const MOST: [&str; 7] = ["plain", "kept", "fair", "whole", "made", "guarded", "kit"];
const ALL: [&str; 8] = ["plain", "kept", "fair", "whole", "made", "guarded", "kit", "set"];
const LOCATIONS: [&str; 3] = ["east", "north", "west"];

/// The first so many steps of the history of this seed, after its definitions.
pub fn sharing_history(seed: u64, steps: usize) -> Vec<Step> {
    let mut shop = Shop::new(seed);
    shop.define();
    (0..steps).for_each(|step| shop.step(step));
    shop.given
}

struct Shop {
    random: Random,
    now: Instant,
    /// How many locations there are; none: the default alone.
    locations: usize,
    /// The items that this history is about.
    items: Vec<&'static str>,
    orders: Vec<&'static str>,
    holds: Vec<&'static str>,
    supplies: Vec<(&'static str, &'static str, Option<&'static str>)>,
    given: Vec<Step>,
    /// Whether promises of the protected item are kept.
    guarded_keeps: bool,
}

impl Shop {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let locations = random.pick(&[0, 0, 1, 2, 3]);
        let themes: [&[&str]; 7] = [
            &["plain"],
            &["plain", "kept", "kit"],
            &["guarded", "plain", "fair"],
            &["whole", "plain"],
            &["made", "kept"],
            &["fair", "guarded"],
            &MOST,
        ];
        let items = random.pick(&themes).to_vec();
        let (orders, holds, supplies, given) = Default::default();
        let (now, guarded_keeps) = (1_700_000_000_000, false);
        Shop { random, now, locations, items, orders, holds, supplies, given, guarded_keeps }
    }

    fn say(&mut self, body: Body<'static>) {
        self.given.push(Step { now: self.now, command: body.into() });
    }

    fn sometimes<T>(&mut self, percent: u64, value: T) -> Option<Option<T>> {
        self.random.percent(percent).then_some(Some(value))
    }

    fn replenishment(
        &mut self,
        percent: u64,
        capacity_per_day: Option<Quantity>,
    ) -> Option<Option<Replenishment>> {
        let lead_time_days = self.random.between(3, 12);
        let batch = capacity_per_day.filter(|_| self.random.percent(50)).map(|capacity| capacity + 1);
        self.sometimes(percent, Replenishment { lead_time_days, supplier: None, batch, capacity_per_day })
    }

    fn define(&mut self) {
        for location in LOCATIONS.into_iter().take(self.locations) {
            self.say(Body::DefineLocation { location, calendar: None, transit: None });
        }
        let capacity = self.random.between(1, 4);
        let reorder = Reorder {
            policy: self.random.pick(&[ReorderPolicy::ReorderQuantity, ReorderPolicy::OrderUpTo]),
            point: self.random.below(8),
            quantity: Some(5),
            up_to: Some(20),
            minimum: None,
            multiple: Some(3),
        };
        let incentives = vec![
            Incentive { from_delay_days: 0, offer: "a card".into() },
            Incentive { from_delay_days: 7, offer: "free shipping".into() },
        ];
        let plain = ItemChange {
            replenishment: self.replenishment(50, None),
            safety_stock: self.sometimes(30, 2),
            ageing_days: self.sometimes(20, 1),
            reorder: self.sometimes(50, reorder),
            incentives: self.sometimes(50, incentives),
            ..ItemChange::default()
        };
        let kept = ItemChange {
            promising: Some(Some(Promising::Protect)),
            replenishment: self.replenishment(50, None),
            ageing_days: self.sometimes(30, 2),
            ..ItemChange::default()
        };
        let fair = ItemChange {
            sharing: Some(Some(Sharing::FairShare)),
            replenishment: self.replenishment(50, None),
            ..ItemChange::default()
        };
        let whole = ItemChange { whole_lines: Some(Some(WholeLines::Skip)), ..ItemChange::default() };
        let made =
            ItemChange { replenishment: self.replenishment(100, Some(capacity)), ..ItemChange::default() };
        let level = |priority, units| Protection { priority, units };
        let guarded = ItemChange {
            promising: self.sometimes(40, Promising::Protect),
            protection: Some(Some(vec![level(50, 3), level(150, 5)])),
            backorders: self.sometimes(40, Backorders::Limit(20)),
            lifecycle: self.sometimes(20, Lifecycle::Preorder { release_at: Some(self.now + 4 * DAY_MS) }),
            substitutes: Some(Some(vec!["plain".into(), "fair".into(), "unknown".into()])),
            ..ItemChange::default()
        };
        self.guarded_keeps = guarded.promising.is_some();
        let of = |sku: &str, quantity| Component { sku: sku.into(), quantity };
        let kit = ItemChange {
            components: Some(Some(vec![of("plain", 2), of("kept", 1)])),
            ..ItemChange::default()
        };
        let set = ItemChange {
            components: Some(Some(vec![of("kit", 1), of("whole", 1), of("plain", 1)])),
            substitutes: Some(Some(vec!["kit".into(), "plain".into()])),
            ..ItemChange::default()
        };
        let changes = [plain, kept, fair, whole, made, guarded, kit, set];
        for (sku, settings) in ALL.into_iter().zip(changes) {
            self.say(Body::DefineItem { sku, settings });
        }
    }

    fn location(&mut self) -> Option<&'static str> {
        (self.locations > 0).then(|| LOCATIONS[self.random.below(self.locations as u64) as usize])
    }

    fn of(&mut self, ids: &[&'static str]) -> &'static str {
        if ids.is_empty() { "nobody" } else { self.random.pick(ids) }
    }

    fn order(&mut self) -> &'static str {
        let orders = self.orders.clone();
        self.of(&orders)
    }

    fn line(&mut self) -> &'static str {
        self.random.pick(&["1", "1", "2", "3"])
    }

    fn lines(&mut self) -> Cow<'static, [OrderLine<'static>]> {
        let count = self.random.between(1, 3);
        let mut skipped = 0;
        let lines = (0..count).map(|_| {
            let mut sku = self.random.pick(&self.items);
            skipped += u64::from(sku == "whole");
            // Nor are several lines of what is skipped in one order.
            if sku == "whole" && skipped > 1 {
                sku = "plain";
            }
            let mut line = OrderLine::new(sku, self.random.between(1, 8));
            if self.locations > 1 && self.random.percent(30) {
                let first = self.random.below(self.locations as u64) as usize;
                let second = (first + 1) % self.locations;
                line.locations = Some(vec![LOCATIONS[first], LOCATIONS[second]]);
            }
            line
        });
        Cow::Owned(lines.collect())
    }

    fn shipping(&mut self) -> ShippingSettings {
        use Fulfilment::{Line, Order, Partial};
        // Whole orders of items that are skipped are not in these histories.
        let whole = if self.items.contains(&"whole") { Line } else { Order };
        ShippingSettings {
            fulfilment: self.random.pick(&[Partial, Partial, Line, whole]),
            not_before: self.soon(10, 5),
            latest: self.soon(10, 20),
        }
    }

    fn soon(&mut self, percent: u64, days: u64) -> Option<Instant> {
        let instant = self.now + self.random.below(days * DAY_MS);
        self.random.percent(percent).then_some(instant)
    }

    fn settings(&mut self) -> OrderSettings<'static> {
        let segment = self.random.percent(30).then_some("regulars");
        OrderSettings {
            priority: self.random.pick(&[10, 100, 100, 200]),
            segment,
            sourcing: self.random.pick(&[Sourcing::FewestParts, Sourcing::InOrder, Sourcing::Earliest]),
            allocate_from: self.soon(20, 6),
            shortfall: self.random.pick(&[Shortfall::Refuse, Shortfall::Refuse, Shortfall::Trim]),
            ship_to: None,
            shipping: self.shipping(),
            notices: None,
        }
    }

    fn step(&mut self, step: usize) {
        if self.random.percent(30) {
            self.now += self.random.below(3 * DAY_MS);
        }
        let id = kept(format!("id-{step}"));
        let body = match self.random.below(100) {
            0..=34 => self.demand(id),
            35..=66 => self.stock(id),
            67..=89 => self.change(),
            _ => self.balance(),
        };
        self.say(body);
    }

    fn demand(&mut self, id: &'static str) -> Body<'static> {
        match self.random.below(10) {
            0 => {
                self.holds.push(id);
                let ttl_ms = self.random.between(1, 10 * DAY_MS);
                Body::HoldStock { hold: id, lines: self.lines(), ttl_ms, priority: 100 }
            }
            1 => {
                let holds = self.holds.clone();
                self.orders.push(id);
                Body::ConfirmHold {
                    hold: self.of(&holds),
                    order: id,
                    segment: None,
                    ship_to: None,
                    settings: self.shipping(),
                    notices: None,
                }
            }
            _ => {
                self.orders.push(id);
                let (lines, mut settings) = (self.lines(), self.settings());
                // Nor are orders for later of what is shared or skipped, or protected where promises are kept.
                let apart = |sku| matches!(sku, "fair" | "whole") || sku == "guarded" && self.guarded_keeps;
                if lines.iter().any(|line| apart(line.sku)) {
                    settings.allocate_from = None;
                }
                Body::PlaceOrder { order: id, lines, settings }
            }
        }
    }

    fn stock(&mut self, id: &'static str) -> Body<'static> {
        let (sku, location) = (self.random.pick(&STOCKED), self.location());
        let sku = if self.items.contains(&sku) || self.random.percent(40) { sku } else { "plain" };
        let quantity = self.random.between(1, 12);
        let due = self.now + self.random.below(10 * DAY_MS);
        if self.supplies.is_empty() || self.random.percent(60) {
            return match self.random.below(10) {
                0..=4 => Body::Receive { sku, location, quantity, supply: None },
                5 => Body::Count { sku, location, on_hand: quantity - 1 },
                _ => {
                    self.supplies.push((id, sku, location));
                    Body::ScheduleSupply { supply: id, sku, location, quantity, due, supplier: None }
                }
            };
        }
        let supplies = self.supplies.clone();
        let (supply, sku, location) = self.random.pick(&supplies);
        match self.random.below(10) {
            0..=4 => Body::Receive { sku, location, quantity, supply: Some(supply) },
            5 => Body::CancelSupply { supply },
            _ => {
                let quantity = self.random.percent(50).then_some(quantity - 1);
                Body::RescheduleSupply { supply, due: Some(due), quantity }
            }
        }
    }

    fn change(&mut self) -> Body<'static> {
        let (order, line, quantity) = (self.order(), self.line(), self.random.between(1, 6));
        match self.random.below(24) {
            0..=4 => Body::AmendLine { order, line, quantity },
            5 => {
                let ShippingSettings { fulfilment, not_before, .. } = self.shipping();
                let not_before = not_before.map(Some);
                Body::AmendOrder {
                    order,
                    fulfilment: Some(Some(fulfilment)),
                    not_before,
                    latest: None,
                    ship_to: None,
                }
            }
            6 | 7 => Body::Reprioritise { order, priority: self.random.pick(&[10, 100, 200]) },
            8 => Body::Freeze { order, frozen: self.random.percent(70) },
            9 | 10 => Body::Substitute { order, line, sku: self.random.pick(&["plain", "fair", "kit"]) },
            11..=13 => {
                let lines = self.random.percent(50).then(|| vec![line]);
                Body::CancelOrder { order, lines }
            }
            14..=18 => {
                let location = self.location().filter(|_| self.random.percent(50));
                let lines = vec![ShipLine { line, quantity, location }];
                Body::Ship { order, lines: self.random.percent(50).then_some(lines) }
            }
            19 => {
                let (restock, location) = (self.random.percent(50), self.location());
                Body::Return { order, line, quantity: 1, restock, location }
            }
            _ => match self.location() {
                Some(to) => {
                    let from = self.location().filter(|from| *from != to);
                    let quantity = self.random.percent(50).then_some(quantity);
                    Body::Relocate { order, line, from, to, quantity }
                }
                None => Body::Tick,
            },
        }
    }

    fn balance(&mut self) -> Body<'static> {
        match self.random.below(10) {
            0..=3 => {
                let rule = |matching, strategy| RebalanceRule { matching, strategy };
                let all = OrderMatch::default();
                let regulars = OrderMatch { segment: Some("regulars"), ..OrderMatch::default() };
                let late = OrderMatch { priority_from: Some(150), ..OrderMatch::default() };
                let rest = self.random.pick(&[Strategy::Redistribute, Strategy::Fill, Strategy::Gain]);
                let rules = vec![rule(regulars, Strategy::Win), rule(late, Strategy::Lose), rule(all, rest)];
                let few = self.random.percent(30);
                let skus = if few {
                    vec!["plain", "kept"]
                } else {
                    vec!["made", "guarded", "fair", "kept", "plain"]
                };
                Body::Rebalance { skus: Some(skus), rules }
            }
            4 => {
                let sku = self.random.pick(&STOCKED);
                let safety_stock = Some(Some(self.random.below(4)));
                Body::DefineItem { sku, settings: ItemChange { safety_stock, ..ItemChange::default() } }
            }
            5 => Body::Archive { before: self.now.saturating_sub(5 * DAY_MS) },
            6 => {
                let holds = self.holds.clone();
                Body::ReleaseHold { hold: self.of(&holds) }
            }
            _ => Body::Tick,
        }
    }
}
