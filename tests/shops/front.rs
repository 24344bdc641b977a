//! Commands of the shop's front door: orders and carts, what becomes of them, and what leaves.

use super::{Cart, Shop, put};
use serde_json::{Value, json};

impl Shop {
    pub(super) fn order(&mut self) -> Cart {
        let stranger = self.stranger("order");
        known(stranger, self.random.pick_recent(&self.orders), "no such order")
    }

    pub(super) fn hold(&mut self) -> Cart {
        let stranger = self.stranger("hold");
        known(stranger, self.random.pick_recent(&self.holds), "no such hold")
    }

    fn line_of(&mut self, cart: &Cart) -> (String, u64) {
        let nobody = || ("no such line".to_string(), 1);
        if self.random.percent(self.temper.strangers) {
            return nobody();
        }
        self.random.pick_recent(&cart.lines).cloned().unwrap_or_else(nobody)
    }

    /// Lines, and how they will be known.
    fn lines(&mut self) -> (Vec<Value>, Vec<(String, u64)>) {
        let count = self.random.pick(&[1, 1, 1, 1, 2, 2, 3, 5]);
        let are_named = self.random.percent(20);
        (1..=count).map(|number| self.line(number, are_named)).unzip()
    }

    fn line(&mut self, number: u64, is_named: bool) -> (Value, (String, u64)) {
        let quantity = self.quantity();
        let mut line = json!({ "sku": self.sku(), "quantity": quantity });
        let name = if is_named { format!("line {number}") } else { number.to_string() };
        put(&mut line, "line", is_named.then(|| name.clone()));
        let places = (self.temper.places > 1 && self.random.percent(30)).then(|| self.places());
        put(&mut line, "locations", places);
        let least = self.is_set().then(|| self.random.below(4));
        put(&mut line, "minShipment", least);
        let price = self.is_set().then(|| self.random.below(9_999));
        put(&mut line, "unitPrice", price);
        (line, (name, quantity))
    }

    /// Some places, each once, best first.
    fn places(&mut self) -> Vec<String> {
        let mut places = vec![self.some_place()];
        let second = self.some_place();
        if self.random.percent(60) && second != places[0] {
            places.push(second);
        }
        places
    }

    fn shipping(&mut self, of: &mut Value) {
        if self.is_set() {
            of["fulfilment"] = json!(self.random.pick(&["partial", "line", "order"]));
        }
        for name in ["notBefore", "latest"] {
            let date = (self.is_set() && self.random.percent(40)).then(|| self.date());
            put(of, name, date);
        }
    }

    pub(super) fn place_order(&mut self) -> Value {
        let id = if self.random.percent(2) { self.order().id } else { self.new_name("order") };
        let (lines, known) = self.lines();
        let mut order = json!({ "type": "placeOrder", "order": id, "lines": lines });
        self.orders.push(Cart { id, lines: known });
        let priority = self.random.percent(60).then(|| self.priority());
        put(&mut order, "priority", priority);
        let segment = self.is_set().then(|| self.random.pick(&["gold", "silver"]));
        put(&mut order, "segment", segment);
        let sourcing = self.is_set().then(|| self.random.pick(&["fewestParts", "inOrder", "earliest"]));
        put(&mut order, "sourcing", sourcing);
        let later = (self.is_set() && self.random.percent(40)).then(|| self.date());
        put(&mut order, "allocateFrom", later);
        let shortfall = self.is_set().then(|| self.random.pick(&["refuse", "trim"]));
        put(&mut order, "shortfall", shortfall);
        self.shipping(&mut order);
        order
    }

    pub(super) fn hold_stock(&mut self) -> Value {
        let id = if self.random.percent(2) { self.hold().id } else { self.new_name("hold") };
        let (lines, known) = self.lines();
        let ttl = self.random.pick(&[1, 1_000, 900_000, 86_400_000, 259_200_000, 2_592_000_000_u64]);
        let mut hold = json!({ "type": "holdStock", "hold": id, "lines": lines, "ttl": ttl });
        self.holds.push(Cart { id, lines: known });
        let priority = self.is_set().then(|| self.priority());
        put(&mut hold, "priority", priority);
        hold
    }

    pub(super) fn confirm_hold(&mut self) -> Value {
        let hold = self.hold();
        let order = self.new_name("order");
        let mut confirmed = json!({ "type": "confirmHold", "hold": hold.id, "order": order });
        // Most carts have ended by then, and what became of them is nobody's order.
        if self.random.percent(30) {
            self.orders.push(Cart { id: order, lines: hold.lines });
        }
        self.shipping(&mut confirmed);
        confirmed
    }

    pub(super) fn amend_line(&mut self) -> Value {
        let order = self.order();
        let (line, quantity) = self.line_of(&order);
        let quantity = match self.random.below(3) {
            0 => quantity.saturating_sub(1),
            1 => quantity.saturating_add(self.random.between(1, 4)),
            _ => self.quantity(),
        };
        json!({ "type": "amendLine", "order": order.id, "line": line, "quantity": quantity })
    }

    pub(super) fn amend_order(&mut self) -> Value {
        let mut order = json!({ "type": "amendOrder", "order": self.order().id });
        self.shipping(&mut order);
        for name in ["fulfilment", "notBefore", "latest"] {
            if self.random.percent(15) {
                order[name] = Value::Null;
            }
        }
        order
    }

    pub(super) fn cancel_order(&mut self) -> Value {
        let order = self.order();
        let lines = self.random.percent(40).then(|| vec![self.line_of(&order).0]);
        let mut cancel = json!({ "type": "cancelOrder", "order": order.id });
        put(&mut cancel, "lines", lines);
        cancel
    }

    pub(super) fn ship(&mut self) -> Value {
        let order = self.order();
        let mut parcel = json!({ "type": "ship", "order": order.id });
        if self.random.percent(40) {
            let (line, quantity) = self.line_of(&order);
            let quantity = if self.random.percent(50) { quantity } else { 1 };
            let mut shipped = json!({ "line": line, "quantity": quantity });
            let place = if self.random.percent(60) { None } else { self.place() };
            put(&mut shipped, "location", place);
            parcel["lines"] = json!([shipped]);
        }
        parcel
    }

    pub(super) fn take_back(&mut self) -> Value {
        let order = self.order();
        let (line, restock) = (self.line_of(&order).0, self.random.percent(60));
        let mut back =
            json!({ "type": "return", "order": order.id, "line": line, "quantity": 1, "restock": restock });
        let place = self.place();
        put(&mut back, "location", place);
        back
    }

    pub(super) fn relocate(&mut self) -> Value {
        let order = self.order();
        let (line, quantity) = self.line_of(&order);
        let mut moved =
            json!({ "type": "relocate", "order": order.id, "line": line, "to": self.some_place() });
        let from = self.random.percent(40).then(|| self.some_place());
        put(&mut moved, "from", from);
        let quantity = self.random.percent(50).then(|| self.random.between(1, quantity.max(1)));
        put(&mut moved, "quantity", quantity);
        moved
    }

    pub(super) fn substitute(&mut self) -> Value {
        let order = self.order();
        let line = self.line_of(&order).0;
        json!({ "type": "substitute", "order": order.id, "line": line, "sku": self.sku() })
    }

    pub(super) fn rebalance(&mut self) -> Value {
        let rules: Vec<Value> = (0..self.random.between(1, 3)).map(|_| self.rule()).collect();
        let mut rebalance = json!({ "type": "rebalance", "rules": rules });
        let skus = self.random.percent(40).then(|| vec![self.sku()]);
        put(&mut rebalance, "skus", skus);
        rebalance
    }

    fn rule(&mut self) -> Value {
        let matched = match self.random.below(5) {
            0 => json!({ "orders": [self.order().id, self.order().id] }),
            1 => json!({ "segment": "gold" }),
            2 => json!({ "priority": { "from": self.priority() } }),
            3 => json!({ "priority": { "from": 1, "to": self.priority() }, "segment": "silver" }),
            _ => json!({}),
        };
        let strategy = self.random.pick(&["win", "gain", "redistribute", "fill", "lose"]);
        json!({ "match": matched, "strategy": strategy })
    }
}

fn known(stranger: Option<String>, known: Option<&Cart>, nobody: &str) -> Cart {
    let other = |id| Cart { id, lines: Vec::new() };
    match stranger {
        Some(stranger) => other(stranger),
        None => known.cloned().unwrap_or_else(|| other(nobody.to_string())),
    }
}
