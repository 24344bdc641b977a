//! Random histories of a shop: which commands, in what proportion, how many items and locations, by
//! which rules stock is shared, and how wild the numbers are depends on the seed, so that one seed is
//! all contention for three units and another all carts that end while others are confirmed. Half of
//! the seeds are plain shops: one location, and every item served by rank.
#![allow(dead_code, unused_imports, reason = "each test file uses its part of the workload")]

mod balance;
mod clock;
mod days;
mod demand;
mod faults;
mod item;
mod laws;
mod names;
mod random;
mod sharing;
mod supply;
mod theme;

use backorder::model::command::{Body, Command, CommandKind};
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
pub use days::with_days;
pub use laws::with_laws;
pub use names::name;
pub use random::Random;
pub use sharing::sharing_history;
pub use theme::{Theme, themed_history};

/// One command and the instant it is given at.
#[derive(Clone, Debug)]
pub struct Step {
    pub now: Instant,
    pub command: Command<'static>,
}

/// The first so many steps of the history of this seed.
pub fn history(seed: u64, steps: usize) -> Vec<Step> {
    let mut workload = Workload::in_shop_of(None, seed);
    (0..steps).map(|_| workload.step()).collect()
}

/// How wild a seed is.
#[derive(Clone, Debug)]
struct Temper {
    weights: [u64; PLAYED],
    items: u64,
    suppliers: u64,
    /// Besides the one that there is at first.
    locations: u64,
    largest_quantity: Quantity,
    /// In a hundred: numbers at their bounds, commands with a fault, messages that come twice, unknown ids.
    extremes: u64,
    faults: u64,
    repeats: u64,
    strangers: u64,
    keys: u64,
    /// In a hundred, for each setting of an item and of an order that is not the default.
    settings: u64,
    /// In a hundred, items that share stock by a rule of their own, and kits.
    sharing: u64,
    kits: u64,
    /// In a hundred, orders for later, and orders that may be trimmed.
    later: u64,
    trims: u64,
    longest_step_days: u64,
    /// Every item learns how fast better priorities come.
    learns: bool,
    /// In a hundred, commands that come from the past.
    backwards: u64,
}

/// What the workload remembers of an order or a cart.
#[derive(Clone, Debug)]
struct Placed {
    id: &'static str,
    lines: Vec<(&'static str, Quantity)>,
    /// When the cart ends, or the order for later begins to take units.
    ends_at: Instant,
}

/// What it remembers of a supply.
#[derive(Clone, Copy, Debug)]
struct Scheduled {
    id: &'static str,
    sku: &'static str,
    location: Option<&'static str>,
}

/// The generator, with what it has said so far. It never asks what came of it.
struct Workload {
    random: Random,
    temper: Temper,
    now: Instant,
    given: Vec<Step>,
    orders: Vec<Placed>,
    holds: Vec<Placed>,
    supplies: Vec<Scheduled>,
    names_given: u64,
    /// A command has one fault at most: which of two is named first is nobody's business.
    spoilt: bool,
}

impl Workload {
    fn in_shop_of(theme: Option<Theme>, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut temper = Temper::drawn(&mut random);
        theme.into_iter().for_each(|theme| temper.give_theme(theme));
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
        let locations = self.temper.suppliers + self.temper.locations;
        if steps < locations {
            return self.define_location(steps - self.temper.suppliers).into();
        }
        if steps < locations + self.temper.items {
            return self.define_item(steps - locations).into();
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
            CommandKind::DefineLocation => {
                let location = self.random.below(self.temper.locations + 1);
                self.define_location(location)
            }
            CommandKind::DefineSupplier => self.define_supplier(),
            CommandKind::Receive => self.receive(),
            CommandKind::Count => self.count(),
            CommandKind::ScheduleSupply => self.schedule_supply(),
            CommandKind::RescheduleSupply => self.reschedule_supply(),
            CommandKind::CancelSupply => Body::CancelSupply { supply: self.supply().id },
            CommandKind::PlaceOrder => self.place_order(),
            CommandKind::HoldStock => self.hold_stock(),
            CommandKind::ConfirmHold => self.confirm_hold(),
            CommandKind::ReleaseHold => Body::ReleaseHold { hold: self.hold().id },
            CommandKind::AmendLine => self.amend_line(),
            CommandKind::AmendOrder => self.amend_order(),
            CommandKind::Relocate => self.relocate(),
            CommandKind::Freeze => Body::Freeze { order: self.order().id, frozen: self.random.percent(70) },
            CommandKind::Substitute => self.substitute(),
            CommandKind::Rebalance => self.rebalance(),
            CommandKind::Reprioritise => {
                Body::Reprioritise { order: self.order().id, priority: self.priority() }
            }
            CommandKind::CancelOrder => self.cancel_order(),
            CommandKind::Ship => self.ship(),
            CommandKind::Return => self.take_back(),
            CommandKind::Archive => Body::Archive { before: self.instant_near() },
            CommandKind::Tick
            | CommandKind::DefineRegime
            | CommandKind::NoticeSent
            | CommandKind::Respond
            | CommandKind::Refunded => Body::Tick,
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

/// The commands that histories are made of: those up to `tick`. Those of regimes are added by [`with_laws`].
const PLAYED: usize = CommandKind::Tick as usize + 1;

impl Temper {
    fn drawn(random: &mut Random) -> Self {
        let mut weights = [0; PLAYED];
        for weight in &mut weights {
            *weight = random.pick(&[0, 1, 1, 3, 6]);
        }
        weights[CommandKind::PlaceOrder as usize] += 8;
        weights[CommandKind::Receive as usize] += 2;
        weights[CommandKind::Ship as usize] += 1;
        weights[CommandKind::ScheduleSupply as usize] += 1;
        weights[CommandKind::Archive as usize] = random.pick(&[0, 0, 1]);
        weights[CommandKind::DefineLocation as usize] = random.pick(&[0, 0, 0, 1]);
        let mut temper = Temper {
            weights,
            items: random.pick(&[1, 1, 2, 3, 5]),
            suppliers: random.below(3),
            locations: random.pick(&[0, 0, 1, 2, 2, 3]),
            largest_quantity: random.pick(&[2, 5, 5, 12, 40]),
            extremes: random.pick(&[0, 0, 0, 0, 0, 1, 5]),
            faults: random.pick(&[0, 0, 2, 10]),
            repeats: random.pick(&[0, 2, 2, 10]),
            strangers: random.pick(&[0, 1, 3, 8]),
            keys: random.pick(&[0, 5, 20]),
            settings: random.pick(&[0, 10, 25, 50]),
            sharing: random.pick(&[10, 30, 60, 90]),
            kits: random.pick(&[0, 0, 20, 50]),
            later: random.pick(&[0, 0, 10, 30]),
            trims: random.pick(&[0, 0, 15, 40]),
            longest_step_days: random.pick(&[1, 3, 3, 20, 400]),
            learns: false,
            backwards: 2,
        };
        if random.percent(50) {
            temper.plain();
        }
        temper
    }

    /// One location, no kits, and stock goes to who ranks first.
    fn plain(&mut self) {
        (self.locations, self.sharing, self.kits) = (0, 0, 0);
        (self.later, self.trims) = (0, 0);
        for kind in [
            CommandKind::DefineLocation,
            CommandKind::Relocate,
            CommandKind::Freeze,
            CommandKind::Substitute,
            CommandKind::Rebalance,
        ] {
            self.weights[kind as usize] = 0;
        }
    }
}
