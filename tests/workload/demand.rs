//! Commands of the shop's front door: orders and carts, what becomes of them, and what leaves.

use super::names::name;
use super::{Placed, Step, Workload};
use backorder::model::command::{
    Body, Command, Fulfilment, OrderLine, OrderSettings, ShipLine, ShippingSettings, Shortfall, Sourcing,
};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use std::borrow::Cow;

impl Workload {
    pub(super) fn order(&mut self) -> Placed {
        known_or_stranger(&mut self.random, self.temper.strangers, &self.orders, "no-such-order")
    }

    pub(super) fn hold(&mut self) -> Placed {
        known_or_stranger(&mut self.random, self.temper.strangers, &self.holds, "no-such-hold")
    }

    pub(super) fn priority(&mut self) -> u8 {
        if self.random.percent(60) { 100 } else { self.random.pick(&[0, 1, 50, 99, 101, 255]) }
    }

    pub(super) fn line_of(&mut self, placed: &Placed) -> (&'static str, Quantity) {
        if self.random.percent(self.temper.strangers) {
            return ("no-such-line", 1);
        }
        self.random.pick_recent(&placed.lines).copied().unwrap_or(("1", 1))
    }

    fn order_line(&mut self) -> OrderLine<'static> {
        let mut line = OrderLine::new(self.sku(), self.quantity());
        if self.random.percent(self.temper.settings) {
            line.min_shipment = self.random.below(4);
        }
        if self.random.percent(self.temper.settings) {
            line.unit_price = Some(self.random.below(5_000));
        }
        let named = if self.temper.locations > 0 { 25 } else { self.temper.strangers };
        if self.random.percent(named) {
            line.locations = Some(self.some_locations());
        }
        line
    }

    /// Some locations, each once, best first.
    fn some_locations(&mut self) -> Vec<&'static str> {
        let mut locations = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let location = self.some_location();
            if !locations.contains(&location) {
                locations.push(location);
            }
        }
        locations
    }

    fn order_lines(&mut self) -> Vec<OrderLine<'static>> {
        let count = self.random.pick(&[1, 1, 1, 1, 2, 2, 3, 4]);
        let mut lines: Vec<OrderLine<'static>> = (0..count).map(|_| self.order_line()).collect();
        if self.random.percent(20) {
            for (index, line) in lines.iter_mut().enumerate() {
                line.line = Some(name("line", index as u64));
            }
        }
        lines
    }

    fn remember(&self, id: &'static str, lines: &[OrderLine<'static>], ends_at: Instant) -> Placed {
        let id_of = |(index, line): (usize, &OrderLine<'static>)| {
            let id = line.line.unwrap_or_else(|| super::names::kept((index + 1).to_string()));
            (id, line.quantity)
        };
        let lines = lines.iter().enumerate().map(id_of).collect();
        Placed { id, lines, ends_at }
    }

    fn shipping(&mut self) -> ShippingSettings {
        let percent = self.temper.settings;
        ShippingSettings {
            fulfilment: self.fulfilment(),
            not_before: self.random.percent(percent / 2).then(|| self.instant_near()),
            latest: self.random.percent(percent / 2).then(|| self.instant_near()),
        }
    }

    fn fulfilment(&mut self) -> Fulfilment {
        if self.random.percent(50) {
            return Fulfilment::Partial;
        }
        self.random.pick(&[Fulfilment::Partial, Fulfilment::Line, Fulfilment::Order])
    }

    /// A new order; now and then one with an id that another has.
    pub(super) fn place_order(&mut self) -> Body<'static> {
        let lines = self.order_lines();
        let order = if self.random.percent(2) { self.order().id } else { self.new_name("order") };
        let settings = OrderSettings {
            priority: self.priority(),
            segment: self.segment(),
            sourcing: self.sourcing(),
            allocate_from: self.random.percent(self.temper.later).then(|| self.instant_near()),
            shortfall: if self.random.percent(self.temper.trims) {
                Shortfall::Trim
            } else {
                Shortfall::Refuse
            },
            ship_to: None,
            shipping: self.shipping(),
            notices: None,
        };
        self.orders.push(self.remember(order, &lines, settings.allocate_from.unwrap_or(self.now)));
        Body::PlaceOrder { order, lines: Cow::Owned(lines), settings }
    }

    pub(super) fn hold_stock(&mut self) -> Body<'static> {
        let lines = self.order_lines();
        let hold = if self.random.percent(2) { self.hold().id } else { self.new_name("hold") };
        let ttl_ms = self.random.pick(&[1, 1_000, 900_000, 900_000, 86_400_000, 259_200_000]);
        self.holds.push(self.remember(hold, &lines, self.now.saturating_add(ttl_ms)));
        Body::HoldStock { hold, lines: Cow::Owned(lines), ttl_ms, priority: self.priority() }
    }

    pub(super) fn confirm_hold(&mut self) -> Body<'static> {
        let hold = self.hold();
        let order = if self.random.percent(2) { self.order().id } else { self.new_name("order") };
        self.orders.push(Placed { id: order, ..hold.clone() });
        Body::ConfirmHold {
            hold: hold.id,
            order,
            segment: self.segment(),
            ship_to: None,
            settings: self.shipping(),
            notices: None,
        }
    }

    /// A customer class, where orders are shared by more than their rank.
    pub(super) fn segment(&mut self) -> Option<&'static str> {
        self.random.percent(self.temper.sharing / 2).then(|| self.random.pick(&["gold", "silver"]))
    }

    fn sourcing(&mut self) -> Sourcing {
        if self.temper.locations == 0 {
            return Sourcing::FewestParts;
        }
        self.random.pick(&[Sourcing::FewestParts, Sourcing::InOrder, Sourcing::Earliest])
    }

    pub(super) fn amend_line(&mut self) -> Body<'static> {
        let order = self.order();
        let (line, quantity) = self.line_of(&order);
        let wanted = match self.random.below(4) {
            0 => quantity.saturating_sub(1),
            1 => quantity.saturating_add(self.random.between(1, 4)),
            _ => self.quantity(),
        };
        Body::AmendLine { order: order.id, line, quantity: wanted.clamp(1, MAX_SAFE) }
    }

    pub(super) fn amend_order(&mut self) -> Body<'static> {
        let fulfilment = match self.random.below(3) {
            0 => None,
            1 => Some(None),
            _ => Some(Some(self.fulfilment())),
        };
        let mut date = || match self.random.below(4) {
            0 | 1 => None,
            2 => Some(None),
            _ => Some(Some(self.instant_near())),
        };
        let (not_before, latest) = (date(), date());
        Body::AmendOrder { order: self.order().id, fulfilment, not_before, latest, ship_to: None }
    }

    /// Some of the order's lines, each once.
    fn some_lines(&mut self, placed: &Placed) -> Vec<(&'static str, Quantity)> {
        let mut chosen: Vec<(&'static str, Quantity)> = Vec::new();
        for _ in 0..self.random.between(1, 2) {
            let line = self.line_of(placed);
            if chosen.iter().all(|(id, _)| *id != line.0) {
                chosen.push(line);
            }
        }
        chosen
    }

    pub(super) fn cancel_order(&mut self) -> Body<'static> {
        let order = self.order();
        let some = self.random.percent(40).then(|| self.some_lines(&order));
        let lines = some.map(|lines| lines.into_iter().map(|(line, _)| line).collect());
        Body::CancelOrder { order: order.id, lines }
    }

    pub(super) fn ship(&mut self) -> Body<'static> {
        let order = self.order();
        let named = self.random.percent(40).then(|| self.some_lines(&order));
        let lines = named.map(|lines| {
            let ship_line = |(line, quantity): (&'static str, Quantity)| ShipLine {
                line,
                quantity: if self.random.percent(50) { quantity } else { self.random.between(1, 3) },
                location: if self.random.percent(60) { None } else { self.location() },
            };
            lines.into_iter().map(ship_line).collect()
        });
        Body::Ship { order: order.id, lines }
    }

    pub(super) fn take_back(&mut self) -> Body<'static> {
        let order = self.order();
        let (line, quantity) = self.line_of(&order);
        let quantity = if self.random.percent(30) { quantity } else { self.random.between(1, 2) };
        let restock = self.random.percent(60);
        Body::Return { order: order.id, line, quantity, restock, location: self.location() }
    }

    /// A message that comes again, sometimes under another key or with other content.
    pub(super) fn repeat(&mut self) -> Command<'static> {
        let Some(Step { mut command, .. }) = self.random.pick_recent(&self.given).cloned() else {
            return Body::Tick.into();
        };
        match self.random.below(6) {
            0 => command.key = None,
            1 => command.key = Some(name("key", self.random.below(400))),
            2 => self.spoil(&mut command.body),
            3 => command.body = self.body(),
            _ => {}
        }
        command
    }
}

fn known_or_stranger(
    random: &mut super::Random,
    strangers: u64,
    known: &[Placed],
    stranger: &'static str,
) -> Placed {
    let nobody = || Placed { id: stranger, lines: Vec::new(), ends_at: 0 };
    if random.percent(strangers) {
        return nobody();
    }
    random.pick_recent(known).cloned().unwrap_or_else(nobody)
}
