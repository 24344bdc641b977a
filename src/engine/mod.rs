//! The engine: commands in, events out.
//!
//! [`Engine::apply`] is the only way to change it. Every command is one function that first checks,
//! in the order in which the rules name refusals, and then takes effect without being able to fail.
//! Reads are in `read`; none of them changes anything.

mod alternatives;
mod amend;
mod answers;
mod archive;
mod bulk;
#[cfg(feature = "canary")]
mod canary;
mod cancel;
pub(crate) mod check;
mod commands;
mod content;
mod dates;
mod deadlines;
pub(crate) mod define;
pub(crate) mod dispatch;
mod ends;
mod estimates;
mod holds;
mod keys;
mod kits;
pub(crate) mod lateness;
mod later;
mod lines;
mod log;
mod names;
pub(crate) mod notices;
pub(crate) mod outlook;
pub(crate) mod overtaking;
pub(crate) mod parts;
mod place;
mod planning;
mod plans;
mod playing;
mod portions;
mod promises;
pub mod rank_tree;
mod read;
mod rebalance;
mod relocate;
mod reorder;
mod review;
mod serve;
mod shelf;
mod ship;
pub(crate) mod sites;
mod stock;
pub(crate) mod store;
mod substitute;
mod supply;
mod time;
mod touched;
mod whole;

#[cfg(feature = "canary")]
pub use canary::Fault;
pub use read::{OrderState, Page, QuoteFigures, QuoteRequest};

use crate::estimate::learner::Learner;
use crate::model::command::{Body, Command, CommandKind};
use crate::model::ids::{IdMap, Vacancy};
use crate::model::outcome::{
    Event, EventMode, NONE, Outcome, Reason, Refused, Rejection, ShareChange, Status,
};
use crate::model::settings::Quantile;
use crate::model::units::{DAY_MS, DEFAULT_LOCATION, Instant, MAX_LATE_DAYS, MAX_SAFE, Quantity};
use alloc::borrow::Cow;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use deadlines::Deadlines;
use dispatch::Dispatch;
use ends::Ends;
pub(crate) use keys::Key;
use keys::KeyRing;
use log::Log;
use rank_tree::RankForest;
use store::{Demand, Item, Known, Leg, Line, Part, Site, Supplier, Supply, Tally};

/// How an engine begins.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EngineOptions {
    /// The engine's own id. With an event's `seq` it names the event once and for all.
    pub id: String,
    /// Spreads its hashes, and orders the draws by which supplies are dated. Part of the state (rules §13).
    pub seed: u64,
    /// At which quantile items promise that say nothing of it.
    pub promise_quantile: Quantile,
    /// No date from a supplier without a history of its own.
    pub require_evidence: bool,
}

/// The allocation core of one shop: its items, stock, supplies, orders and holds, the queues in which lines wait, and
/// the dates that they were promised.
///
/// [`apply`](Engine::apply) changes it; everything else reads. A copy (`clone`) goes its own way. It holds no
/// thread, file or clock, so it is kept by whoever owns it: by [snapshots](crate::codec::snapshot) and a
/// [journal](crate::api::Journal).
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
/// let position = engine.position("lamp", None).unwrap();
/// assert_eq!((position.allocated, position.backordered), (2, 3));
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) id: String,
    pub(crate) seed: u64,
    pub(crate) promise_quantile: Quantile,
    pub(crate) require_evidence: bool,
    pub(crate) last_instant: Instant,
    /// How many commands were applied; the number of the last.
    pub(crate) sequence: u64,
    /// How many promises were made or moved.
    pub(crate) promise_number: u64,
    pub(crate) log: Log,
    pub(crate) skus: IdMap,
    pub(crate) items: Vec<Item>,
    /// Every location there ever was; the first is the default.
    pub(crate) locations: IdMap,
    /// Those there are, by their ids.
    pub(crate) live_locations: Vec<u32>,
    /// Something happened at the default location.
    pub(crate) default_used: bool,
    /// The default location was defined by name.
    pub(crate) default_defined: bool,
    /// When locations send, by their numbers; empty as long as none says anything of it.
    pub(crate) dispatches: Vec<Dispatch>,
    /// Where orders go, and what is delivered.
    pub(crate) destinations: IdMap,
    pub(crate) sites: Vec<Site>,
    /// How many of them expect supply that may be late.
    unsure_sites: u32,
    /// What an item has where it has never had anything.
    nothing: Site,
    pub(crate) segments: IdMap,
    pub(crate) supplier_ids: IdMap,
    pub(crate) suppliers: Vec<Supplier>,
    /// What was learned of them.
    pub(crate) learner: Learner<lateness::Group>,
    /// The open supplies that have a supplier, by date.
    supplied: Vec<lateness::Supplied>,
    pub(crate) supply_ids: IdMap,
    pub(crate) supplies: Vec<Supply>,
    pub(crate) order_ids: IdMap,
    pub(crate) orders: Vec<Known>,
    pub(crate) hold_ids: IdMap,
    pub(crate) holds: Vec<Known>,
    pub(crate) line_names: IdMap,
    pub(crate) demands: Vec<Demand>,
    pub(crate) lines: Vec<Line>,
    /// The locations that a line named, by line.
    pub(crate) line_locations: Vec<(u32, Vec<u32>)>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) parts: Vec<Part>,
    /// The first of the free parts, chained by `next`.
    free_part: u32,
    pub(crate) forest: RankForest,
    pub(crate) hold_ends: Ends,
    /// When orders for later begin to take units.
    pub(crate) releases: Ends,
    pub(crate) deadlines: Deadlines,
    pub(crate) keys: KeyRing,
    pub(crate) tally: Tally,
    /// Lines that lack units, and the units that they lack.
    pub(crate) waiting_lines: u64,
    pub(crate) waiting_units: u128,
    /// The items whose settings skip whole lines, by number.
    pub(crate) skipping: Vec<u32>,
    /// How many items keep promises, and how many are reordered by rule.
    pub(crate) protected_items: u32,
    pub(crate) reordered_items: u32,
    /// How many learn at which rate better priorities overtake.
    learning_items: u32,
    /// Units of refused orders, and those by which orders were trimmed: the sales that were lost.
    /// Outside the digest, as a refusal changes nothing but time (rules §1).
    pub(crate) refused_units: Quantity,
    /// Sites whose promises must be looked at before the command ends.
    touched: Vec<touched::Touched>,
    /// Sites whose inventory position may have changed.
    position_changed: Vec<u32>,
    /// Lines that have come to have all their units, and have no promise that stands.
    newly_whole: Vec<u32>,
    /// Lines of kits that were given units of which no whole kit came.
    begun_kits: Vec<u32>,
    /// Lines that were moved to another place, which are looked at whatever became of its queue.
    relocated: Vec<u32>,
    /// Lines that were promised anew, where a promise may be a place in a queue.
    repromised: Vec<u32>,
    /// What customers are told, where any order has a regime.
    pub(crate) notices: notices::Kept,
    /// The orders whose own settings changed, or the days of their places, and the dates that their lines had.
    amended: Vec<(u32, Vec<dates::ShipDate>)>,
    /// Reused for the plans of a command's lines.
    plans: Vec<(usize, plans::Plan)>,
    /// Reused for the bytes of a command's content.
    scratch: Vec<u8>,
    #[cfg(feature = "canary")]
    fault: Option<Fault>,
}

impl Engine {
    /// An engine that knows nothing yet.
    pub fn new(options: EngineOptions) -> Engine {
        let seed = options.seed;
        let mut locations = IdMap::new(seed);
        locations.intern(DEFAULT_LOCATION);
        Engine {
            id: options.id,
            seed,
            promise_quantile: options.promise_quantile,
            require_evidence: options.require_evidence,
            last_instant: 0,
            sequence: 0,
            promise_number: 0,
            log: Log::new(0, VecDeque::new()),
            skus: IdMap::new(seed),
            items: Vec::new(),
            locations,
            live_locations: alloc::vec![sites::DEFAULT],
            default_used: false,
            default_defined: false,
            dispatches: Vec::new(),
            destinations: IdMap::new(seed),
            sites: Vec::new(),
            unsure_sites: 0,
            nothing: sites::nothing(),
            segments: IdMap::new(seed),
            supplier_ids: IdMap::new(seed),
            suppliers: Vec::new(),
            learner: Learner::default(),
            supplied: Vec::new(),
            supply_ids: IdMap::new(seed),
            supplies: Vec::new(),
            order_ids: IdMap::new(seed),
            orders: Vec::new(),
            hold_ids: IdMap::new(seed),
            holds: Vec::new(),
            line_names: IdMap::new(seed),
            demands: Vec::new(),
            lines: Vec::new(),
            line_locations: Vec::new(),
            legs: Vec::new(),
            parts: Vec::new(),
            free_part: NONE,
            forest: RankForest::default(),
            hold_ends: Ends::default(),
            releases: Ends::default(),
            deadlines: Deadlines::default(),
            keys: KeyRing::new(seed),
            tally: Tally::default(),
            waiting_lines: 0,
            waiting_units: 0,
            skipping: Vec::new(),
            protected_items: 0,
            reordered_items: 0,
            learning_items: 0,
            refused_units: 0,
            touched: Vec::new(),
            position_changed: Vec::new(),
            newly_whole: Vec::new(),
            begun_kits: Vec::new(),
            relocated: Vec::new(),
            repromised: Vec::new(),
            notices: None,
            amended: Vec::new(),
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
        if let Err(rejection) = self.admit(check::command(command, now), now) {
            return self.refuse(rejection, now, mode);
        }
        self.log.begin(mode);
        self.advance(now);
        let mut told = Told::default();
        let status = self.dispatch(command, now, &mut told);
        Outcome { status, events: self.log.take(), refused: told.refused, changes: told.changes }
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
        let Told { refused, changes } = Told::default();
        Outcome { status: Status::Rejected(rejection), events: self.log.take(), refused, changes }
    }

    /// Kept events, oldest first, which stay.
    pub fn kept_events(&self, max: u64) -> Vec<Event> {
        self.log.kept.iter().take(usize::try_from(max).unwrap_or(usize::MAX)).copied().collect()
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

    /// Lets a command through that is right in itself, unless its time is wrong.
    fn admit(&self, checked: Result<(), Rejection>, now: Instant) -> Result<(), Rejection> {
        checked?;
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

    fn dispatch(&mut self, command: &Command, now: Instant, told: &mut Told) -> Status {
        let content = self.content_of(command);
        let id = self.id_of(&command.body);
        self.perform(command.body.kind(), command.key, content, id, now, |engine, new| {
            engine.execute(&command.body, new, now, told)
        })
    }

    /// Executes what was admitted, unless its key or the id that it creates was used before (rules §12).
    fn perform(
        &mut self,
        kind: CommandKind,
        key: Option<&str>,
        content: u64,
        id: Id,
        now: Instant,
        execute: impl FnOnce(&mut Engine, New) -> Result<(), Rejection>,
    ) -> Status {
        let used =
            key.and_then(|key| self.keys.content(key)).map(|content| Id::Used { content, path: "key" });
        let place = match used.unwrap_or(id) {
            Id::Free(place) => place,
            Id::Used { content: known, .. } if known == content => return Status::Exists,
            Id::Used { path, .. } => {
                let message =
                    alloc::format!("this {path} was used before with other content; choose a new one");
                return Status::Rejected(refuse(Reason::ExistsWithDifferentContent, path, message));
            }
        };
        self.log.because(now, kind, NONE);
        if let Err(rejection) = execute(self, New { content, place }) {
            return Status::Rejected(rejection);
        }
        self.finish();
        self.sequence += 1;
        self.keys.forget_before(self.sequence);
        if let Some(text) = key {
            self.keys.remember(Key { sequence: self.sequence, content, text: text.into() });
        }
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

    /// What is known of the id that a command creates.
    fn id_of(&self, body: &Body) -> Id {
        match body {
            Body::PlaceOrder { order, .. } | Body::ConfirmHold { order, .. } => self.order_id(order),
            Body::HoldStock { hold, .. } => {
                Id::of(self.hold_ids.look_up(hold), "hold", |hold| self.holds[hold].content)
            }
            Body::ScheduleSupply { supply, .. } => {
                Id::of(self.supply_ids.look_up(supply), "supply", |supply| self.supplies[supply].content)
            }
            _ => Id::Free(None),
        }
    }

    fn order_id(&self, order: &str) -> Id {
        Id::of(self.order_ids.look_up(order), "order", |order| self.orders[order].content)
    }
}

/// What is known of the id that a command creates.
enum Id {
    /// Nothing; where it goes, if there is one.
    Free(Option<Vacancy>),
    /// It was used with this content.
    Used { content: u64, path: &'static str },
}

impl Id {
    fn of(found: Result<u32, Vacancy>, path: &'static str, content: impl FnOnce(usize) -> u64) -> Id {
        match found {
            Ok(number) => Id::Used { content: content(number as usize), path },
            Err(place) => Id::Free(Some(place)),
        }
    }
}

/// A command that was not seen before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New {
    /// Where it is compared with another's; else 0.
    pub content: u64,
    /// Where the id goes that it creates.
    pub place: Option<Vacancy>,
}

/// What an outcome says beside its events.
#[derive(Default)]
struct Told {
    refused: Vec<Refused>,
    changes: Vec<ShareChange>,
}

/// A refusal that points at a part of the command.
fn refuse<'t>(reason: Reason, path: impl Into<Cow<'t, str>>, message: impl Into<Cow<'t, str>>) -> Rejection {
    refused(reason, path.into(), message.into())
}

// Not inlined, as what is shipped would copy two texts at every refusal there is.
#[inline(never)]
#[cold]
fn refused(reason: Reason, path: Cow<str>, message: Cow<str>) -> Rejection {
    Rejection { reason, path: Some(path.into_owned()), message: message.into_owned() }
}
