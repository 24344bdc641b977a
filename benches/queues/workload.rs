//! The work that is measured: a queue of so many waiting orders of one item, and what a busy shop does with it.
//! `benches/queues/contestants.mjs` draws the same from the same numbers, so that all contestants do the same work and
//! come to the same sums.

use backorder::codec;
use backorder::engine::{Engine, EngineOptions, QuoteRequest};
use backorder::model::command::{Body, Command, OrderLine, OrderSettings};
use backorder::model::outcome::{Event, EventKind, EventMode};
use backorder::model::settings::{ItemChange, Replenishment};
use backorder::model::units::{DAY_MS, Instant, Quantity};
use std::borrow::Cow;

const SKU: &str = "mug";

/// As shops have them: most orders come with the default, a few are served before, some after.
const PRIORITIES: [u8; 10] = [50, 100, 100, 100, 100, 100, 100, 100, 150, 200];

/// Receipts on their way, a week apart, which together cover four in five of the waiting units.
const SUPPLIES: u64 = 8;

/// What supply is assumed to take beyond those.
const LEAD_TIME_DAYS: u64 = 70;

/// 2026-01-01 00:00:00 UTC.
const NOW: Instant = 1_767_225_600_000;

/// What is done, and timed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// What a page asks before there is an order.
    Quote,
    /// A new order at the end of its priority.
    Place,
    /// One of the waiting orders, any of them, goes.
    Cancel,
    /// Where one of the waiting orders, any of them, stands.
    Position,
}

impl Operation {
    /// By the name that the harness has for it.
    pub fn named(name: &str) -> Option<Operation> {
        match name {
            "quote" => Some(Operation::Quote),
            "place" => Some(Operation::Place),
            "cancel" => Some(Operation::Cancel),
            "position" => Some(Operation::Position),
            _ => None,
        }
    }
}

/// Mulberry32: the same numbers in JavaScript.
struct Random(u32);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let mut mixed = (self.0 ^ self.0 >> 15).wrapping_mul(self.0 | 1);
        mixed ^= mixed.wrapping_add((mixed ^ mixed >> 7).wrapping_mul(mixed | 61));
        ((u64::from(mixed ^ mixed >> 14) * u64::from(bound)) >> 32) as u32
    }
}

/// One thing to do, drawn before the clock starts.
struct Draw {
    order: String,
    quantity: Quantity,
    priority: u8,
}

/// A queue, and what will be done with it next.
pub struct Workload {
    engine: Engine,
    random: Random,
    /// The numbers of the orders that wait.
    waiting: Vec<u32>,
    /// The number of the next order.
    next: u32,
    operation: Operation,
    draws: Vec<Draw>,
    /// Promises that the last run moved.
    moved: u32,
}

impl Workload {
    /// No order yet, and room for so many.
    pub fn new(lines: u32) -> Workload {
        let mut workload = Workload {
            engine: Engine::new(EngineOptions::default()),
            random: Random(lines),
            waiting: Vec::with_capacity(lines as usize + 1_000),
            next: 0,
            operation: Operation::Quote,
            draws: Vec::with_capacity(10_000),
            moved: 0,
        };
        let replenishment = Replenishment { lead_time_days: LEAD_TIME_DAYS, ..Replenishment::default() };
        let settings = ItemChange { replenishment: Some(Some(replenishment)), ..ItemChange::default() };
        workload.apply(Body::DefineItem { sku: SKU, settings });
        for number in 1..=SUPPLIES {
            workload.apply(Body::ScheduleSupply {
                supply: &format!("supply-{number}"),
                sku: SKU,
                location: None,
                quantity: u64::from(lines) / 2,
                due: NOW + number * 7 * DAY_MS,
                supplier: None,
            });
        }
        workload
    }

    /// Places so many orders.
    pub fn fill(&mut self, lines: u32) {
        for _ in 0..lines {
            self.prepare(Operation::Place, 1);
            self.run();
        }
    }

    /// Draws what is done next.
    pub fn prepare(&mut self, operation: Operation, count: u32) {
        self.operation = operation;
        self.draws.clear();
        for _ in 0..count {
            let number = match operation {
                Operation::Quote => 0,
                Operation::Place => self.newcomer(),
                Operation::Cancel => {
                    let place = self.random.below(self.waiting.len() as u32);
                    self.waiting.swap_remove(place as usize)
                }
                Operation::Position => {
                    let place = self.random.below(self.waiting.len() as u32);
                    self.waiting[place as usize]
                }
            };
            let quantity = 1 + u64::from(self.random.below(9));
            let priority = PRIORITIES[self.random.below(PRIORITIES.len() as u32) as usize];
            self.draws.push(Draw { order: format!("ord-{number:06}"), quantity, priority });
        }
    }

    /// Does what was drawn, and returns a sum over the answers.
    pub fn run(&mut self) -> f64 {
        let draws = std::mem::take(&mut self.draws);
        self.moved = 0;
        let sum = match self.operation {
            Operation::Quote => draws.iter().map(|draw| self.quote(draw)).sum(),
            Operation::Place => draws.iter().map(|draw| self.place(draw)).sum(),
            Operation::Cancel => draws.iter().map(|draw| self.cancel(draw)).sum(),
            Operation::Position => draws.iter().map(|draw| self.position(draw)).sum(),
        };
        self.draws = draws;
        sum
    }

    /// How many promises the last run moved.
    pub fn moved(&self) -> u32 {
        self.moved
    }

    /// The bytes of a snapshot.
    pub fn snapshot_bytes(&self) -> usize {
        codec::snapshot(&self.engine).len()
    }

    fn newcomer(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        self.waiting.push(number);
        number
    }

    fn quote(&self, draw: &Draw) -> f64 {
        let request = QuoteRequest {
            sku: SKU,
            quantity: draw.quantity,
            priority: draw.priority,
            locations: None,
            ship_to: None,
        };
        let quote = self.engine.quote(&request, NOW);
        quote.ahead as f64 + weeks(quote.promise)
    }

    fn place(&mut self, draw: &Draw) -> f64 {
        let lines = [OrderLine::new(SKU, draw.quantity)];
        let settings = OrderSettings { priority: draw.priority, ..OrderSettings::default() };
        let order = &draw.order;
        let events = self.apply(Body::PlaceOrder { order, lines: Cow::Borrowed(&lines), settings });
        let mut promise = None;
        for event in &events {
            match event.kind {
                EventKind::PromiseMade => promise = Some(event.to),
                EventKind::PromiseMoved => self.moved += 1,
                _ => {}
            }
        }
        weeks(promise)
    }

    fn cancel(&mut self, draw: &Draw) -> f64 {
        let events = self.apply(Body::CancelOrder { order: &draw.order, lines: None });
        f64::from(u8::from(!events.is_empty()))
    }

    fn position(&self, draw: &Draw) -> f64 {
        match self.engine.order(&draw.order, NOW) {
            Some(order) => order.lines.iter().map(|line| line.ahead as f64 + weeks(line.ships.p50)).sum(),
            None => f64::NAN,
        }
    }

    fn apply(&mut self, body: Body<'_>) -> Vec<Event> {
        self.engine.apply(&Command::from(body), NOW, EventMode::Return).events
    }
}

fn weeks(date: Option<Instant>) -> f64 {
    date.map_or(0.0, |date| ((date - NOW) / (7 * DAY_MS)) as f64)
}
