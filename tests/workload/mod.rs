//! Random histories of a shop: which commands, in what proportion, how many items and how wild the
//! numbers are depends on the seed, so that one seed is all contention for three units and another
//! all carts that end while others are confirmed.
#![allow(dead_code, reason = "each test file uses its part of the workload")]

mod clock;
mod demand;
mod faults;
mod names;
mod random;
mod supply;

use backorder::model::command::{Body, Command, CommandKind};
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
pub use names::name;
pub use random::Random;

/// One command and the instant it is given at.
#[derive(Clone, Debug)]
pub struct Step {
    pub now: Instant,
    pub command: Command<'static>,
}

/// The first so many steps of the history of this seed.
pub fn history(seed: u64, steps: usize) -> Vec<Step> {
    let mut workload = Workload::new(seed);
    (0..steps).map(|_| workload.step()).collect()
}

/// How wild a seed is.
#[derive(Clone, Debug)]
struct Temper {
    weights: [u64; CommandKind::ALL.len()],
    items: u64,
    suppliers: u64,
    largest_quantity: Quantity,
    /// In a hundred: numbers at their bounds, commands with a fault, messages that come twice, unknown ids.
    extremes: u64,
    faults: u64,
    repeats: u64,
    strangers: u64,
    keys: u64,
    /// In a hundred, for each setting of an item and of an order that is not the default.
    settings: u64,
    longest_step_days: u64,
}

/// What the workload remembers of an order or a cart.
#[derive(Clone, Debug)]
struct Placed {
    id: &'static str,
    lines: Vec<(&'static str, Quantity)>,
    ends_at: Instant,
}

/// The generator, with what it has said so far. It never asks what came of it.
struct Workload {
    random: Random,
    temper: Temper,
    now: Instant,
    given: Vec<Step>,
    orders: Vec<Placed>,
    holds: Vec<Placed>,
    supplies: Vec<(&'static str, &'static str, Instant)>,
    names_given: u64,
    /// A command has one fault at most: which of two is named first is nobody's business.
    spoilt: bool,
}

impl Workload {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let temper = Temper::drawn(&mut random);
        let starts = [0, 1, 1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_000];
        let mut now = random.pick(&starts);
        if temper.extremes > 2 && random.percent(40) {
            now = MAX_SAFE - random.below(40 * DAY_MS);
        }
        let (given, orders, holds, supplies) = Default::default();
        let (names_given, spoilt) = (0, false);
        Workload { random, temper, now, given, orders, holds, supplies, names_given, spoilt }
    }

    fn step(&mut self) -> Step {
        let now = self.next_instant();
        self.spoilt = false;
        let mut command = self.next_command();
        if self.random.percent(self.temper.faults) {
            self.spoil(&mut command.body);
        }
        let step = Step { now, command };
        if !self.spoilt {
            self.given.push(step.clone());
        }
        step
    }

    /// The first commands define what the others are about; some come twice.
    fn next_command(&mut self) -> Command<'static> {
        let steps = self.given.len() as u64;
        if steps < self.temper.suppliers {
            return self.define_supplier().into();
        }
        if steps < self.temper.suppliers + self.temper.items {
            return self.define_item(steps - self.temper.suppliers).into();
        }
        if self.random.percent(self.temper.repeats) {
            return self.repeat();
        }
        let key = self.random.percent(self.temper.keys).then(|| name("key", self.random.below(400)));
        Command { key, body: self.body() }
    }

    fn body(&mut self) -> Body<'static> {
        match CommandKind::ALL[self.random.weighted(&self.temper.weights)] {
            CommandKind::DefineItem => {
                let item = self.random.below(self.temper.items);
                self.define_item(item)
            }
            CommandKind::DefineSupplier => self.define_supplier(),
            CommandKind::Receive => self.receive(),
            CommandKind::Count => self.count(),
            CommandKind::ScheduleSupply => self.schedule_supply(),
            CommandKind::RescheduleSupply => self.reschedule_supply(),
            CommandKind::CancelSupply => Body::CancelSupply { supply: self.supply().0 },
            CommandKind::PlaceOrder => self.place_order(),
            CommandKind::HoldStock => self.hold_stock(),
            CommandKind::ConfirmHold => self.confirm_hold(),
            CommandKind::ReleaseHold => Body::ReleaseHold { hold: self.hold().id },
            CommandKind::AmendLine => self.amend_line(),
            CommandKind::AmendOrder => self.amend_order(),
            CommandKind::Reprioritise => {
                Body::Reprioritise { order: self.order().id, priority: self.priority() }
            }
            CommandKind::CancelOrder => self.cancel_order(),
            CommandKind::Ship => self.ship(),
            CommandKind::Return => self.take_back(),
            CommandKind::Archive => Body::Archive { before: self.instant_near() },
            CommandKind::Tick => Body::Tick,
        }
    }

    /// A name that was not given before.
    fn new_name(&mut self, kind: &str) -> &'static str {
        self.names_given += 1;
        name(kind, self.names_given)
    }

    fn quantity(&mut self) -> Quantity {
        if self.random.percent(self.temper.extremes) {
            return self.random.pick(&[MAX_SAFE, MAX_SAFE - 1, MAX_SAFE / 2, 1 << 32, MAX_SAFE - 7]);
        }
        let most = self.temper.largest_quantity;
        if self.random.percent(15) { self.random.between(1, most * 4) } else { self.random.between(1, most) }
    }
}

impl Temper {
    fn drawn(random: &mut Random) -> Self {
        let mut weights = [0; CommandKind::ALL.len()];
        for weight in &mut weights {
            *weight = random.pick(&[0, 1, 1, 3, 6]);
        }
        weights[CommandKind::PlaceOrder as usize] += 8;
        weights[CommandKind::Receive as usize] += 2;
        weights[CommandKind::Ship as usize] += 1;
        weights[CommandKind::ScheduleSupply as usize] += 1;
        weights[CommandKind::Archive as usize] = random.pick(&[0, 0, 1]);
        Temper {
            weights,
            items: random.pick(&[1, 1, 2, 3, 5]),
            suppliers: random.below(3),
            largest_quantity: random.pick(&[2, 5, 5, 12, 40]),
            extremes: random.pick(&[0, 0, 0, 0, 0, 1, 5]),
            faults: random.pick(&[0, 0, 2, 10]),
            repeats: random.pick(&[0, 2, 2, 10]),
            strangers: random.pick(&[0, 1, 3, 8]),
            keys: random.pick(&[0, 5, 20]),
            settings: random.pick(&[0, 10, 25, 50]),
            longest_step_days: random.pick(&[1, 3, 3, 20, 400]),
        }
    }
}
