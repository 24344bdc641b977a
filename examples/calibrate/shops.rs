//! Simulated shops of which the truth is known: each order's dates are held against the day on which it could truly ship.
//!
//! A shop sells one item that is always sold out. It orders from its suppliers every few days what keeps what is on its
//! way ahead of what waits; each supplier is late by a distribution of his own, which the shop does not know. All of it
//! goes through the engine, day by day: receipts, orders, cancellations. Of each order the dates are kept that it was
//! told when it was placed, and the day on which its last unit was set aside.

use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::{Body, OrderLine, OrderSettings};
use backorder::model::outcome::{EventKind, EventMode, Outcome, Status};
use backorder::model::settings::{ItemChange, Overtaking, Quantile};
use backorder::model::units::{DAY_MS, Day, Instant, Quantity, day_of};

/// The quantiles that are held against the truth: an estimate shows three of them, and the item promises at the other.
pub const LEVELS: [f64; 4] = [0.5, 0.8, 0.9, 0.95];

/// What is to be simulated.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// In words.
    pub name: &'static str,
    /// In a hundred, the most orders of better priority; at the least half as many.
    better: u64,
    /// In ten thousand, the most waiting orders that are cancelled each day; at the least half as many.
    cancelled: u64,
    /// By how many days one of the suppliers is later from the middle on.
    worse: i64,
}

/// The kinds of shops: what each has, and all of it together.
pub const KINDS: [Kind; 5] = [
    Kind { name: "supplies in series", better: 0, cancelled: 0, worse: 0 },
    Kind { name: "better priorities overtake", better: 40, cancelled: 0, worse: 0 },
    Kind { name: "orders ahead are cancelled", better: 0, cancelled: 100, worse: 0 },
    Kind { name: "a supplier gets worse", better: 0, cancelled: 0, worse: 7 },
    Kind { name: "all of these", better: 40, cancelled: 100, worse: 7 },
];

/// An order that was placed: the days that it was told, at each of [`LEVELS`], and when it could ship.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// The days; `None` where there was no date.
    pub days: [Option<Day>; LEVELS.len()],
    /// The day on which its last unit was set aside.
    pub ready: Day,
    /// Whether better priorities may have overtaken it.
    pub worse_class: bool,
}

/// The share of orders that could ship before the day that a level said, and by it; and how many there were.
#[derive(Clone, Copy, Debug, Default)]
pub struct Coverage {
    pub before: f64,
    pub by: f64,
    pub undated: f64,
    pub orders: usize,
}

impl Coverage {
    /// Of some orders, at the level of this index. What has no date was told nothing, and is counted apart.
    pub fn of<'t>(told: impl Iterator<Item = &'t Told>, level: usize) -> Coverage {
        let mut coverage = Coverage::default();
        for one in told {
            coverage.orders += 1;
            match one.days[level] {
                None => coverage.undated += 1.0,
                Some(day) => {
                    coverage.before += f64::from(u8::from(one.ready < day));
                    coverage.by += f64::from(u8::from(one.ready <= day));
                }
            }
        }
        let orders = coverage.orders.max(1) as f64;
        let dated = f64::max(orders - coverage.undated, 1.0);
        coverage.before /= dated;
        coverage.by /= dated;
        coverage.undated /= orders;
        coverage
    }

    /// By how much a level misses its share: 0 where the share before its day is no more, and that by it no less.
    pub fn off(&self, level: f64) -> f64 {
        (self.before - level).max(level - self.by).max(0.0)
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Both ends included.
    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    /// So many times in ten thousand.
    fn chance(&mut self, of_ten_thousand: u64) -> bool {
        self.next() % 10_000 < of_ten_thousand
    }
}

/// A supplier as he truly is.
struct Supplier {
    name: String,
    /// Days from an order to the date that he gives.
    lead_days: u64,
    /// The least lateness, what two throws add to it at most each, and how often something goes wrong.
    least: i64,
    throw: u64,
    wrong: u64,
}

impl Supplier {
    fn drawn(random: &mut Random, number: usize) -> Supplier {
        Supplier {
            name: format!("supplier-{number}"),
            lead_days: random.between(60, 75),
            least: random.between(0, 5) as i64 - 3,
            throw: random.between(1, 5),
            wrong: random.between(300, 1_000),
        }
    }

    fn lateness_days(&self, random: &mut Random, worse: i64) -> i64 {
        let wrong = if random.chance(self.wrong) { random.between(5, 20) } else { 0 };
        let thrown = random.between(0, self.throw) + random.between(0, self.throw);
        self.least + (thrown + wrong) as i64 + worse
    }
}

/// A supply that is on its way, and when it will truly come.
struct Coming {
    id: String,
    quantity: Quantity,
    on_day: Day,
}

/// An order as it is known to the simulation, by its number.
struct Placed {
    id: String,
    told: [Option<Day>; LEVELS.len()],
    priority: u8,
    on_day: Day,
    ready: Option<Day>,
    cancelled: bool,
}

const SKU: &str = "lamp";
const USUAL: u8 = 100;
const BETTER: u8 = 20;
const FIRST_DAY: Day = 20_000;

/// The orders of every so many days are held against the truth: those of one day share most of their fate.
const LOOKED_AT_EVERY: Day = 4;

struct Play {
    engine: Engine,
    random: Random,
    placed: Vec<Placed>,
    coming: Vec<Coming>,
    /// Those of the placed orders that wait.
    waiting: Vec<usize>,
    supplies: u64,
}

/// Plays a shop of a kind for so many days, and says what became of the orders placed after the first 30 % of them and
/// before the last 120. The same seed is the same shop.
pub fn played(kind: &Kind, seed: u64, days: Day) -> Result<Vec<Told>, String> {
    let random = Random(seed);
    let engine = Engine::new(EngineOptions { seed, ..EngineOptions::default() });
    let mut play =
        Play { engine, random, placed: Vec::new(), coming: Vec::new(), waiting: Vec::new(), supplies: 0 };
    let suppliers: Vec<Supplier> = (0..3).map(|number| Supplier::drawn(&mut play.random, number)).collect();
    let a_day = play.random.between(20, 60);
    let review_days = play.random.between(5, 9);
    let better = play.random.between(kind.better / 2, kind.better) * 100;
    let cancelled = play.random.between(kind.cancelled / 2, kind.cancelled);
    play.begin(&suppliers)?;
    for day in 0..days {
        play.receive(FIRST_DAY + day)?;
        if u64::from(day).is_multiple_of(review_days) {
            let chosen = play.random.between(0, suppliers.len() as u64 - 1) as usize;
            let worse = if chosen == 0 && day > days / 2 { kind.worse } else { 0 };
            // In tenths of orders a day, of two and a half units on average.
            play.replenish(&suppliers[chosen], FIRST_DAY + day, a_day / 4, worse)?;
        }
        play.cancel(FIRST_DAY + day, cancelled)?;
        let mut hour = play.random.between(0, 40);
        while hour < 240 {
            let priority = if play.random.chance(better) { BETTER } else { USUAL };
            play.place(FIRST_DAY + day, hour, priority)?;
            hour += play.random.between(1, 4_800 / a_day);
        }
    }
    let (first, last) = (FIRST_DAY + days * 3 / 10, FIRST_DAY + days.saturating_sub(120));
    let judged = play.placed.iter().filter(|order| {
        let looked_at = order.on_day.is_multiple_of(LOOKED_AT_EVERY) && (first..last).contains(&order.on_day);
        looked_at && !order.cancelled
    });
    let told = |order: &Placed| {
        let ready = order.ready.unwrap_or(FIRST_DAY + days);
        Told { days: order.told, ready, worse_class: order.priority == USUAL }
    };
    Ok(judged.map(told).collect())
}

/// An instant of a day, in tenths of hours.
fn instant(day: Day, tenths: u64) -> Instant {
    u64::from(day) * DAY_MS + tenths * DAY_MS / 240
}

impl Play {
    fn apply(&mut self, body: Body, now: Instant) -> Result<Outcome, String> {
        let named = format!("{body:?}");
        let outcome = self.engine.apply(&body.into(), now, EventMode::Return);
        match outcome.status {
            Status::Applied => Ok(outcome),
            other => Err(format!("{named}: {other:?}")),
        }
    }

    fn begin(&mut self, suppliers: &[Supplier]) -> Result<(), String> {
        let now = instant(FIRST_DAY, 0);
        let settings = ItemChange {
            overtaking: Some(Some(Overtaking::Learn)),
            promise_quantile: Some(Quantile::new(LEVELS[2])),
            ..ItemChange::default()
        };
        self.apply(Body::DefineItem { sku: SKU, settings }, now)?;
        for supplier in suppliers {
            self.apply(Body::DefineSupplier { supplier: &supplier.name, lateness_days: None }, now)?;
        }
        Ok(())
    }

    /// What truly comes on a day.
    fn receive(&mut self, day: Day) -> Result<(), String> {
        let (today, later): (Vec<Coming>, Vec<Coming>) =
            std::mem::take(&mut self.coming).into_iter().partition(|coming| coming.on_day <= day);
        self.coming = later;
        for Coming { id, quantity, .. } in today {
            let body = Body::Receive { sku: SKU, location: None, quantity, supply: Some(&id) };
            let outcome = self.apply(body, instant(day, 0))?;
            self.note_ready(&outcome, day)?;
        }
        Ok(())
    }

    /// What is on its way is to be ahead of what waits by what comes in within 45 days.
    fn replenish(
        &mut self,
        supplier: &Supplier,
        day: Day,
        units_a_day: u64,
        worse: i64,
    ) -> Result<(), String> {
        let Some(position) = self.engine.position(SKU, None) else { return Ok(()) };
        let wanted = position.backordered + 45 * units_a_day;
        let quantity = wanted.saturating_sub(position.incoming);
        if quantity == 0 {
            return Ok(());
        }
        self.supplies += 1;
        let id = format!("supply-{}", self.supplies);
        let due = day + supplier.lead_days as Day;
        let on_day = due.saturating_add_signed(supplier.lateness_days(&mut self.random, worse) as i32);
        let (now, due) = (instant(day, 0), instant(due, 0));
        let supplier = Some(supplier.name.as_str());
        self.apply(
            Body::ScheduleSupply { supply: &id, sku: SKU, location: None, quantity, due, supplier },
            now,
        )?;
        self.coming.push(Coming { id, quantity, on_day });
        Ok(())
    }

    /// Some who wait have had enough.
    fn cancel(&mut self, day: Day, of_ten_thousand: u64) -> Result<(), String> {
        for order in self.waiting.clone() {
            if self.placed[order].ready.is_none() && self.random.chance(of_ten_thousand) {
                let id = self.placed[order].id.clone();
                self.placed[order].cancelled = true;
                self.waiting.retain(|&other| other != order);
                let outcome = self.apply(Body::CancelOrder { order: &id, lines: None }, instant(day, 0))?;
                self.note_ready(&outcome, day)?;
            }
        }
        Ok(())
    }

    fn place(&mut self, day: Day, tenths: u64, priority: u8) -> Result<(), String> {
        let (number, now) = (self.placed.len(), instant(day, tenths));
        let (id, units) = (format!("order-{number}"), self.random.between(1, 4));
        let lines = [OrderLine::new(SKU, units)];
        let settings = OrderSettings { priority, ..OrderSettings::default() };
        self.placed.push(Placed {
            id: id.clone(),
            told: [None; LEVELS.len()],
            priority,
            on_day: day,
            ready: None,
            cancelled: false,
        });
        self.waiting.push(number);
        let body = Body::PlaceOrder { order: &id, lines: lines.as_slice().into(), settings };
        let outcome = self.apply(body, now)?;
        self.note_ready(&outcome, day)?;
        if !day.is_multiple_of(LOOKED_AT_EVERY) {
            return Ok(());
        }
        let order = self.engine.order(&id, now).ok_or("an order that was placed is not known")?;
        let line = order.lines.first().ok_or("an order without a line")?;
        let dates = [line.ships.p50, line.ships.p80, line.promised, line.ships.p95];
        self.placed[number].told = dates.map(|date| date.map(day_of));
        Ok(())
    }

    /// Who has all units by now ships.
    fn note_ready(&mut self, outcome: &Outcome, day: Day) -> Result<(), String> {
        let ready = outcome.events.iter().filter(|event| event.kind == EventKind::LineReady);
        for order in ready.map(|event| event.order as usize) {
            // Orders are numbered as they were placed.
            let placed = &mut self.placed[order];
            placed.ready = Some(day);
            let id = placed.id.clone();
            self.waiting.retain(|&other| other != order);
            self.apply(Body::Ship { order: &id, lines: None }, self.engine.last_instant())?;
        }
        Ok(())
    }
}
