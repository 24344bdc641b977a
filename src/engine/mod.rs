//! The engine: commands in, events out.
//!
//! [`Engine::apply`] is the only way to change it. Every command is one function that first checks,
//! in the order in which the rules name refusals, and then takes effect without being able to fail.
//! Reads are in `read`; none of them changes anything.

mod amend;
mod cancel;
mod check;
mod content;
mod dates;
mod deadlines;
mod define;
mod ends;
mod holds;
mod keys;
mod log;
mod names;
mod place;
mod promises;
pub mod rank_tree;
mod read;
mod serve;
mod shelf;
mod ship;
mod stock;
pub(crate) mod store;
mod supply;
mod time;

pub use read::{OrderState, Page, QuoteFigures, QuoteRequest};

use crate::model::command::{Body, Command, CommandKind};
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, EventMode, NONE, Outcome, Reason, Rejection, Status};
use crate::model::units::{DAY_MS, Instant, MAX_LATE_DAYS, MAX_SAFE, Quantity};
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use deadlines::Deadlines;
use ends::HoldEnds;
pub(crate) use keys::Key;
use keys::KeyRing;
use log::Log;
use rank_tree::RankForest;
use store::{Demand, Item, Known, Line, Part, Supplier, Supply, Tally};

/// How an engine begins.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EngineOptions {
    /// With an event's `seq`, names the event once and for all.
    pub id: String,
    /// Part of the state (rules §13).
    pub seed: u64,
}

/// The allocation core of one shop.
///
/// ```
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::{Body, OrderLine, OrderSettings};
/// use backorder::model::outcome::EventMode;
/// use backorder::model::settings::ItemChange;
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let mut apply = |body: Body| engine.apply(&body.into(), 0, EventMode::Return);
/// apply(Body::DefineItem { sku: "lamp", settings: ItemChange::default() });
/// apply(Body::Receive { sku: "lamp", location: None, quantity: 2, supply: None });
/// let lines = [OrderLine::new("lamp", 5)];
/// apply(Body::PlaceOrder { order: "A", lines: lines.as_slice().into(), settings: OrderSettings::default() });
///
/// let position = engine.position("lamp").unwrap();
/// assert_eq!((position.allocated, position.backordered), (2, 3));
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) id: String,
    pub(crate) seed: u64,
    pub(crate) last_instant: Instant,
    /// How many commands were applied; the number of the last.
    pub(crate) sequence: u64,
    /// How many promises were made or moved.
    pub(crate) promise_number: u64,
    pub(crate) log: Log,
    pub(crate) skus: IdMap,
    pub(crate) items: Vec<Item>,
    pub(crate) supplier_ids: IdMap,
    pub(crate) suppliers: Vec<Supplier>,
    pub(crate) supply_ids: IdMap,
    pub(crate) supplies: Vec<Supply>,
    pub(crate) order_ids: IdMap,
    pub(crate) orders: Vec<Known>,
    pub(crate) hold_ids: IdMap,
    pub(crate) holds: Vec<Known>,
    pub(crate) line_names: IdMap,
    pub(crate) demands: Vec<Demand>,
    pub(crate) lines: Vec<Line>,
    pub(crate) parts: Vec<Part>,
    /// The first of the free parts, chained by `next`.
    free_part: u32,
    pub(crate) forest: RankForest,
    pub(crate) hold_ends: HoldEnds,
    pub(crate) deadlines: Deadlines,
    pub(crate) keys: KeyRing,
    pub(crate) tally: Tally,
    /// Units of refused orders: the sales that were lost. Outside the digest, as a refusal changes
    /// nothing but time (rules §1).
    pub(crate) refused_units: Quantity,
    /// Items whose promises must be looked at before the command ends.
    touched: Vec<promises::Touched>,
    /// Lines without a promise that have come to have all their units.
    newly_whole: Vec<u32>,
    /// Reused for the plans of an order's lines.
    plans: Vec<place::Plan>,
    /// Reused for the bytes of a command's content.
    scratch: Vec<u8>,
    #[cfg(feature = "canary")]
    fault: Option<Fault>,
}

/// A fault put in on purpose, to see that the tests find it.
#[cfg(feature = "canary")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The next receipt loses one unit.
    LoseUnit,
}

impl Engine {
    /// An engine that knows nothing yet.
    pub fn new(options: EngineOptions) -> Engine {
        let seed = options.seed;
        Engine {
            id: options.id,
            seed,
            last_instant: 0,
            sequence: 0,
            promise_number: 0,
            log: Log::new(0, VecDeque::new()),
            skus: IdMap::new(seed),
            items: Vec::new(),
            supplier_ids: IdMap::new(seed),
            suppliers: Vec::new(),
            supply_ids: IdMap::new(seed),
            supplies: Vec::new(),
            order_ids: IdMap::new(seed),
            orders: Vec::new(),
            hold_ids: IdMap::new(seed),
            holds: Vec::new(),
            line_names: IdMap::new(seed),
            demands: Vec::new(),
            lines: Vec::new(),
            parts: Vec::new(),
            free_part: NONE,
            forest: RankForest::default(),
            hold_ends: HoldEnds::default(),
            deadlines: Deadlines::default(),
            keys: KeyRing::new(seed),
            tally: Tally::default(),
            refused_units: 0,
            touched: Vec::new(),
            newly_whole: Vec::new(),
            plans: Vec::new(),
            scratch: Vec::new(),
            #[cfg(feature = "canary")]
            fault: None,
        }
    }

    /// Applies a command at an instant; the only way to change an engine.
    ///
    /// What falls due by `now` happens first, each at its own instant. The command then takes
    /// effect whole or is refused by name and changes nothing but time. The order of refusals is
    /// that of rules §3: `invalidCommand`, `limitExceeded`, `timeWentBack`, `exists` or
    /// `existsWithDifferentContent`, unknown ids, then the command's own.
    pub fn apply(&mut self, command: &Command, now: Instant, mode: EventMode) -> Outcome {
        if let Err(rejection) = self.admit(command, now) {
            return self.refuse(rejection, now, mode);
        }
        self.log.begin(mode);
        self.advance(now);
        let status = self.dispatch(command, now);
        Outcome { status, events: self.log.take() }
    }

    /// The outcome of what was refused before its content was looked at, here or where it was read.
    /// What exceeds a limit is a command all the same, so time goes on; what is invalid, or comes
    /// from the past, does not even do that (rules §1).
    pub fn refuse(&mut self, rejection: Rejection, now: Instant, mode: EventMode) -> Outcome {
        self.log.begin(mode);
        let passes = self.last_instant <= now && now <= MAX_SAFE && !self.slept_too_long(now);
        if rejection.reason == Reason::LimitExceeded && passes {
            self.advance(now);
        }
        Outcome { status: Status::Rejected(rejection), events: self.log.take() }
    }

    /// Takes kept events, oldest first.
    pub fn drain_events(&mut self, max: u64) -> Vec<Event> {
        let kept = &mut self.log.kept;
        let count = usize::try_from(max).unwrap_or(usize::MAX).min(kept.len());
        kept.drain(..count).collect()
    }

    /// The instant of the last command that was not refused for its content or its time.
    pub fn last_instant(&self) -> Instant {
        self.last_instant
    }

    /// Puts in a fault on purpose.
    #[cfg(feature = "canary")]
    pub fn sabotage(&mut self, fault: Fault) {
        self.fault = Some(fault);
    }

    fn admit(&self, command: &Command, now: Instant) -> Result<(), Rejection> {
        check::command(command, now)?;
        if now < self.last_instant {
            let message = alloc::format!(
                "now is {now}, but the last command was at {}; use lastInstant() where a clock runs behind",
                self.last_instant
            );
            return Err(Rejection { reason: Reason::TimeWentBack, path: None, message });
        }
        if self.slept_too_long(now) {
            let message = alloc::format!(
                "something fell due more than {MAX_LATE_DAYS} days before now; is now in milliseconds?"
            );
            return Err(refuse(Reason::LimitExceeded, "now", message));
        }
        Ok(())
    }

    /// Whether so much time has passed that bringing about each day of it is no single command.
    fn slept_too_long(&self, now: Instant) -> bool {
        self.next_wake_at().is_some_and(|due| now.saturating_sub(due) > MAX_LATE_DAYS * DAY_MS)
    }

    fn dispatch(&mut self, command: &Command, now: Instant) -> Status {
        let kind = command.body.kind();
        let content = self.content_of(command);
        match self.seen_before(command, content) {
            Some(Ok(())) => return Status::Exists,
            Some(Err(rejection)) => return Status::Rejected(rejection),
            None => {}
        }
        self.log.because(now, kind, NONE);
        if let Err(rejection) = self.execute(&command.body, content, now) {
            self.count_refused(&command.body, rejection.reason);
            return Status::Rejected(rejection);
        }
        self.sequence += 1;
        self.keys.forget_before(self.sequence);
        if let Some(text) = command.key {
            self.keys.remember(Key { sequence: self.sequence, content, text: text.into() });
        }
        self.finish();
        Status::Applied
    }

    /// The number that the command now being executed has if it is applied.
    fn this_sequence(&self) -> u64 {
        self.sequence + 1
    }

    /// The command's content, where it is compared with another's.
    fn content_of(&mut self, command: &Command) -> u64 {
        let named = matches!(
            command.body.kind(),
            CommandKind::PlaceOrder
                | CommandKind::HoldStock
                | CommandKind::ConfirmHold
                | CommandKind::ScheduleSupply
        );
        if named || command.key.is_some() { content::digest(&command.body, &mut self.scratch) } else { 0 }
    }

    /// Whether the command's key, or the id that it creates, was used before (rules §12).
    fn seen_before(&self, command: &Command, content: u64) -> Option<Result<(), Rejection>> {
        let (known, path) = match command.key.and_then(|key| self.keys.content(key)) {
            Some(known) => (known, "key"),
            None => match &command.body {
                Body::PlaceOrder { order, .. } | Body::ConfirmHold { order, .. } => {
                    (self.orders.get(self.order_ids.find(order)? as usize)?.content, "order")
                }
                Body::HoldStock { hold, .. } => {
                    (self.holds.get(self.hold_ids.find(hold)? as usize)?.content, "hold")
                }
                Body::ScheduleSupply { supply, .. } => {
                    (self.supplies.get(self.supply_ids.find(supply)? as usize)?.content, "supply")
                }
                _ => return None,
            },
        };
        if known == content {
            return Some(Ok(()));
        }
        let message = alloc::format!("this {path} was used before with other content; choose a new one");
        Some(Err(refuse(Reason::ExistsWithDifferentContent, path, message)))
    }

    fn execute(&mut self, body: &Body, content: u64, now: Instant) -> Result<(), Rejection> {
        match body {
            Body::DefineItem { sku, settings } => self.define_item(sku, settings),
            Body::DefineSupplier { supplier, lateness_days } => {
                self.define_supplier(supplier, lateness_days);
                Ok(())
            }
            Body::Receive { sku, location, quantity, supply } => {
                self.receive(sku, *location, *quantity, *supply)
            }
            Body::Count { sku, location, on_hand } => self.count(sku, *location, *on_hand),
            Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
                let scheduled = supply::Scheduled { quantity: *quantity, due: *due, content };
                self.schedule_supply(supply, sku, *location, *supplier, scheduled)
            }
            Body::RescheduleSupply { supply, due, quantity } => {
                self.reschedule_supply(supply, *due, *quantity)
            }
            Body::CancelSupply { supply } => self.cancel_supply(supply),
            Body::PlaceOrder { order, lines, settings } => self.place_order(order, lines, settings, content),
            Body::HoldStock { hold, lines, ttl_ms, priority } => {
                self.hold_stock(hold, lines, now + ttl_ms, *priority, content)
            }
            Body::ConfirmHold { hold, order, settings } => self.confirm_hold(hold, order, settings, content),
            Body::ReleaseHold { hold } => self.release_hold(hold),
            Body::AmendLine { order, line, quantity } => self.amend_line(order, line, *quantity),
            Body::AmendOrder { order, fulfilment, not_before, latest } => {
                self.amend_order(order, *fulfilment, *not_before, *latest)
            }
            Body::Reprioritise { order, priority } => self.reprioritise(order, *priority),
            Body::CancelOrder { order, lines } => self.cancel_order(order, lines.as_deref()),
            Body::Ship { order, lines } => self.ship(order, lines.as_deref()),
            Body::Return { order, line, quantity, restock, location } => {
                self.take_back(order, line, *quantity, *restock, *location)
            }
            Body::Archive { before } => {
                self.archive(*before);
                Ok(())
            }
            Body::Tick => Ok(()),
        }
    }

    /// Counts the demand of a refused order; nothing else is told of it.
    fn count_refused(&mut self, body: &Body, reason: Reason) {
        let lost = [Reason::OutOfStock, Reason::BackorderLimit, Reason::MaxPerOrder, Reason::TooLate];
        if let (Body::PlaceOrder { lines, .. }, true) = (body, lost.contains(&reason)) {
            let units = lines.iter().map(|line| line.quantity).fold(0, u64::saturating_add);
            self.refused_units = self.refused_units.saturating_add(units);
        }
    }
}

/// A refusal that points at a part of the command.
fn refuse(reason: Reason, path: impl Into<String>, message: impl Into<String>) -> Rejection {
    Rejection { reason, path: Some(path.into()), message: message.into() }
}
