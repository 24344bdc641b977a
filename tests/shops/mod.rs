//! Shops as JSON text: the commands that every host plays for the digest (`cargo xtask digest`), and that the fuzzer
//! bends. The stored digest stands on every draw made here: whatever is changed in this directory changes it.
//!
//! This generator is apart from `tests/workload`, whose commands are the engine's own: these come as a merchant's
//! system sends them, through the door for JSON, wrong ones included.
#![allow(dead_code, reason = "each test file uses its part of the shops")]

mod faults;
mod front;
mod items;
#[path = "../workload/random.rs"]
mod random;
mod stock;

use backorder::model::units::{DAY_MS, MAX_SAFE};
pub use random::Random;
use serde_json::{Value, json};

/// One thing that a host does.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Begins an engine of this id and seed, and forgets the one before.
    Open { id: String, seed: u64 },
    /// Applies this JSON text, of so many commands.
    Apply { now: u64, text: String, commands: usize },
    /// Takes a snapshot, and goes on with what is restored from it.
    Restore,
}

/// How many commands the shops have: one with long queues, then fourteen with all the rest.
const LONG_COMMANDS: usize = 3_000;
const SHORT_COMMANDS: usize = 500;
const SHOPS_IN_ROUND: u64 = 15;

/// The first shops, of so many commands in all.
pub fn shops(commands: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut left = commands;
    for seed in 0.. {
        if left == 0 {
            break;
        }
        let most = if seed % SHOPS_IN_ROUND == 0 { LONG_COMMANDS } else { SHORT_COMMANDS };
        shop(seed, most.min(left), &mut steps);
        left -= most.min(left);
    }
    steps
}

/// The shop of this seed, with so many commands.
pub fn shop(seed: u64, commands: usize, steps: &mut Vec<Step>) {
    let mut shop = Shop::new(seed);
    steps.push(Step::Open { id: format!("shop {seed}"), seed: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) });
    let mut left = commands;
    while left > 0 {
        let step = shop.step(left);
        if let Step::Apply { commands, .. } = step {
            left -= commands;
        }
        steps.push(step);
    }
}

/// An order or a cart, as the shop remembers it. It never asks what came of it.
#[derive(Clone)]
struct Cart {
    id: String,
    lines: Vec<(String, u64)>,
}

/// A supply, with its item and its place.
#[derive(Clone)]
struct Supply {
    id: String,
    sku: String,
    place: Option<String>,
}

/// How wild a shop is, in a hundred where nothing else is said.
struct Temper {
    /// For each of the kinds of [`Shop::command`].
    weights: Vec<u64>,
    items: u64,
    places: u64,
    suppliers: u64,
    largest_quantity: u64,
    /// Numbers at their bounds.
    extremes: u64,
    /// Commands that no shop should send.
    faults: u64,
    /// Ids that nobody knows.
    strangers: u64,
    /// Messages that come again, and keys to know them by.
    repeats: u64,
    keys: u64,
    /// Settings of items and orders that are not the default.
    settings: u64,
    /// Whether items may skip whole lines: a rule for short queues (ARCHITECTURE.md, "What walks a queue").
    skips: bool,
}

struct Shop {
    random: Random,
    temper: Temper,
    now: u64,
    /// What is defined first, in order, the last one first.
    opening: Vec<Value>,
    orders: Vec<Cart>,
    holds: Vec<Cart>,
    supplies: Vec<Supply>,
    given: Vec<Value>,
    names: u64,
}

impl Shop {
    fn new(seed: u64) -> Shop {
        let mut random = Random::new(seed ^ 0x5eed_0f5b_0b05_0000);
        let is_long = seed.is_multiple_of(SHOPS_IN_ROUND);
        let temper = Temper::drawn(&mut random, is_long);
        let now = match random.below(8) {
            0 => 0,
            1 if temper.extremes > 0 => MAX_SAFE - random.below(30 * DAY_MS),
            _ => 1_700_000_000_000,
        };
        let (opening, orders, holds, supplies, given) = Default::default();
        let mut shop = Shop { random, temper, now, opening, orders, holds, supplies, given, names: 0 };
        shop.opening = shop.definitions();
        shop
    }

    /// What there must be before anything can be sold.
    fn definitions(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for supplier in 0..self.temper.suppliers {
            all.push(json!({ "type": "defineSupplier", "supplier": format!("supplier {supplier}") }));
        }
        for place in 0..self.temper.places {
            all.push(json!({ "type": "defineLocation", "location": format!("place {place}") }));
        }
        // First as they are, then as they shall be: settings that exclude each other are refused.
        all.extend(
            (0..self.temper.items).map(|item| json!({ "type": "defineItem", "sku": items::sku(item) })),
        );
        all.extend((0..self.temper.items).map(|item| self.define_item(item)));
        all.reverse();
        all
    }

    /// The next call, of at most so many commands.
    fn step(&mut self, most: usize) -> Step {
        if self.random.below(200) == 0 {
            return Step::Restore;
        }
        let now = self.next_instant();
        if self.random.below(1_000) < self.temper.faults {
            return Step::Apply { now, text: self.no_command(), commands: 1 };
        }
        let commands = if self.random.percent(8) { self.random.between(2, 5) as usize } else { 1 };
        let commands = commands.min(most);
        if commands == 1 && self.random.percent(95) {
            return Step::Apply { now, text: self.next_command().to_string(), commands };
        }
        let list: Vec<Value> = (0..commands).map(|_| self.next_command()).collect();
        Step::Apply { now, text: Value::from(list).to_string(), commands }
    }

    fn next_command(&mut self) -> Value {
        if let Some(definition) = self.opening.pop() {
            return definition;
        }
        if self.random.percent(self.temper.repeats)
            && let Some(again) = self.random.pick_recent(&self.given).cloned()
        {
            return again;
        }
        let mut command = self.command();
        if self.random.percent(self.temper.keys) {
            command["key"] = json!(format!("key {}", self.random.below(500)));
        }
        if self.random.percent(self.temper.faults) {
            self.spoil(&mut command);
        }
        self.given.push(command.clone());
        command
    }

    /// One of all the commands there are. An order is of the first kind.
    fn command(&mut self) -> Value {
        match self.random.weighted(&self.temper.weights) {
            0 => self.place_order(),
            1 => self.receive(),
            2 => self.schedule_supply(),
            3 => self.ship(),
            4 => self.hold_stock(),
            5 => self.confirm_hold(),
            6 => json!({ "type": "releaseHold", "hold": self.hold().id }),
            7 => self.cancel_order(),
            8 => self.amend_line(),
            9 => self.amend_order(),
            10 => json!({ "type": "reprioritise", "order": self.order().id, "priority": self.priority() }),
            11 => self.reschedule_supply(),
            12 => json!({ "type": "cancelSupply", "supply": self.supply().id }),
            13 => self.count(),
            14 => self.take_back(),
            15 => self.relocate(),
            16 => self.rebalance(),
            17 => self.substitute(),
            18 => json!({ "type": "freeze", "order": self.order().id, "frozen": self.random.percent(60) }),
            19 => {
                let item = self.random.below(self.temper.items);
                self.define_item(item)
            }
            20 => self.define_place(),
            21 => self.define_supplier(),
            22 => {
                json!({ "type": "archive", "before": self.now.saturating_sub(self.random.below(20 * DAY_MS)) })
            }
            _ => json!({ "type": "tick" }),
        }
    }

    /// Time goes on, mostly by little; some messages are late, and some clocks leap or count in microseconds.
    fn next_instant(&mut self) -> u64 {
        match self.random.below(1_000) {
            0..8 => return self.now.saturating_sub(self.random.between(1, DAY_MS)),
            // Accepted where nothing falls due until then, and then every clock that is right is late.
            8 if self.temper.extremes > 0 => return self.now.saturating_mul(1_000).min(MAX_SAFE),
            _ => {}
        }
        let later = match self.random.below(20) {
            0..9 => 0,
            9..15 => self.random.below(60_000),
            15..18 => self.random.below(8 * 3_600_000),
            18 => DAY_MS - self.now % DAY_MS,
            _ => self.random.below(3 * DAY_MS),
        };
        self.now = self.now.saturating_add(later).min(MAX_SAFE);
        self.now
    }

    /// A date that a shop gives: days ahead, sometimes midnight, sometimes past.
    fn date(&mut self) -> u64 {
        if self.random.percent(self.temper.extremes) {
            return self.random.pick(&[0, 1, MAX_SAFE, MAX_SAFE - DAY_MS]);
        }
        let ahead = self.now.saturating_add(self.random.below(12 * DAY_MS));
        match self.random.below(8) {
            0 => self.now.saturating_sub(self.random.below(9 * DAY_MS)),
            1 => self.now,
            2 => ahead - ahead % DAY_MS,
            _ => ahead,
        }
        .min(MAX_SAFE)
    }

    fn quantity(&mut self) -> u64 {
        if self.random.percent(self.temper.extremes) {
            return self.random.pick(&[MAX_SAFE, MAX_SAFE - 1, MAX_SAFE / 2, 1 << 32, 1 << 31]);
        }
        let most = self.temper.largest_quantity;
        if self.random.percent(10) { self.random.between(1, most * 5) } else { self.random.between(1, most) }
    }

    fn days(&mut self) -> u64 {
        if self.random.percent(self.temper.extremes) { 100_000_000 } else { self.random.below(10) }
    }

    fn priority(&mut self) -> u64 {
        if self.random.percent(50) { 100 } else { self.random.pick(&[0, 1, 50, 99, 101, 255]) }
    }

    fn is_set(&mut self) -> bool {
        self.random.percent(self.temper.settings)
    }

    fn new_name(&mut self, kind: &str) -> String {
        self.names += 1;
        format!("{kind} {}", self.names)
    }

    fn stranger(&mut self, kind: &str) -> Option<String> {
        self.random.percent(self.temper.strangers).then(|| format!("no such {kind}"))
    }

    fn sku(&mut self) -> String {
        self.stranger("item").unwrap_or_else(|| items::sku(self.random.below(self.temper.items)))
    }

    fn some_place(&mut self) -> String {
        if let Some(stranger) = self.stranger("place") {
            return stranger;
        }
        match self.temper.places {
            0 => "default".to_string(),
            places => format!("place {}", self.random.below(places)),
        }
    }

    /// Mostly left out where there is but one.
    fn place(&mut self) -> Option<String> {
        let named = if self.temper.places > 1 { 97 } else { 10 };
        self.random.percent(named).then(|| self.some_place())
    }
}

impl Temper {
    fn drawn(random: &mut Random, is_long: bool) -> Temper {
        let mut weights = vec![40, 24, 8, 24];
        weights.extend((4..23).map(|_| random.pick(&[0, 1, 2, 4, 8])));
        weights.push(1);
        // Definitions and archives are seldom.
        for weight in &mut weights[19..23] {
            *weight = random.below(3);
        }
        if is_long {
            // Orders come faster than units; nothing that looks at all who wait comes often.
            weights[0] = 300;
            weights[16] = random.below(2);
            weights[19] = 0;
        }
        Temper {
            weights,
            items: random.pick(&[1, 2, 3, 5, 8]),
            places: random.pick(&[0, 0, 0, 1, 2, 3]),
            suppliers: random.below(3),
            largest_quantity: random.pick(&[1, 3, 6, 20]),
            extremes: if is_long { 0 } else { random.pick(&[0, 0, 0, 1, 4]) },
            faults: random.pick(&[0, 1, 3, 10]),
            strangers: random.pick(&[0, 0, 1, 3]),
            repeats: random.pick(&[0, 1, 3, 8]),
            keys: random.pick(&[0, 5, 30]),
            settings: random.pick(&[5, 15, 30, 50]),
            skips: !is_long && random.percent(30),
        }
    }
}

/// Sets a field where there is a value for it.
fn put(object: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object[name] = value.into();
    }
}
