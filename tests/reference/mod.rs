//! The rules again, slowly: a second implementation of the shop that shares nothing with the engine
//! but the words of `backorder::model`. It keeps flat lists and finds every answer by looking
//! through all of them, so that each rule can be read here in one place and the engine, which is
//! clever, can be held to it. What a command or a supply would do it finds out on a copy.
#![allow(dead_code, unused_imports, reason = "each test file uses its part of the reference")]

mod amending;
mod by_formula;
mod care;
mod content;
mod curve;
mod dates;
mod days;
mod demand;
mod events;
mod expecting;
mod form;
mod items;
mod locations;
mod metrics;
mod moving;
mod notices;
mod playing;
mod promises;
mod queue;
pub mod quotes;
mod reads;
mod rebalance;
mod records;
mod regimes;
mod reorder;
mod serve;
mod shared;
mod shipping;
mod sourcing;
mod stock;

use backorder::model::command::{Body, Command, CommandKind, OrderLine};
use backorder::model::outcome::{Reason, Refused};
use backorder::model::units::{DAY_MS, Instant, KEYS_KEPT, MAX_LATE_DAYS, Quantity};
use days::Days;
use events::PlainEvent;
use expecting::Knowledge;
use locations::Locations;
use metrics::Tally;
use notices::ToBeTold;
pub use playing::Modes;
pub use quotes::PlacedLine;
use records::{Demand, Item, Place, Supply};
use regimes::Regime;
use shared::Shared;
use std::collections::{BTreeMap, BTreeSet};

/// What the reference says to a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Applied,
    Exists,
    Rejected(Refusal),
}

/// Why not, and which part of the command.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub reason: Reason,
    pub path: Option<String>,
}

/// A refusal that names the part.
pub fn refuse<T>(reason: Reason, path: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { reason, path: Some(path.into()) })
}

/// All that a command came to.
#[derive(Clone, Debug)]
pub struct Effects {
    pub verdict: Verdict,
    pub events: Vec<PlainEvent>,
    /// What a trimmed order could not have.
    pub refused: Vec<Refused>,
    /// Whose units a rebalance changed: order, line, before, after.
    pub changes: Vec<(String, String, Quantity, Quantity)>,
}

/// The whole state of a shop.
#[derive(Clone, Debug, Default)]
pub struct Shop {
    last_instant: Instant,
    /// How many commands took effect; the number of the latest is its sequence number.
    commands_applied: u64,
    events_made: u64,
    locations: Locations,
    /// What they say of their days.
    days: Shared<BTreeMap<String, Days>>,
    /// In the order in which they were defined.
    items: Vec<Shared<Item>>,
    suppliers: Shared<BTreeSet<String>>,
    /// What is known of them.
    known: Shared<Knowledge>,
    /// At which quantile dates are seen, so many draws in a thousand; if at none, at that of the item.
    of_draws: Option<u16>,
    /// By which priority dates are asked: better ones may overtake it.
    asked_by: Option<u8>,
    supplies: Vec<Shared<Supply>>,
    /// Orders and holds as they were made; a confirmed hold stays where it is and gets an order's id.
    demands: Vec<Shared<Demand>>,
    /// Every id that a command created, with that command's content.
    contents: Shared<BTreeMap<(&'static str, String), String>>,
    keys: Shared<Vec<UsedKey>>,
    tally: Tally,
    /// The order that ships whole whose promised day was the last to end, when, and the date it had then.
    ended_together: Option<(usize, Instant, Option<Instant>)>,
    /// Lines that were promised anew.
    repromised: Vec<(usize, usize)>,
    /// Those that were defined, by name.
    regimes: Shared<BTreeMap<String, Regime>>,
    notices_made: u64,
    to_be_told: ToBeTold,
    cause: Cause,
    log: Shared<Vec<PlainEvent>>,
    refused: Vec<Refused>,
    changes: Vec<(String, String, Quantity, Quantity)>,
}

#[derive(Clone, Debug)]
struct UsedKey {
    key: String,
    content: String,
    command: u64,
}

/// What brings about the events that are being made.
#[derive(Clone, Debug)]
struct Cause {
    command: CommandKind,
    supply: Option<String>,
}

impl Default for Cause {
    fn default() -> Self {
        Cause { command: CommandKind::Tick, supply: None }
    }
}

/// What a command had its hands on.
#[derive(Clone, Debug, Default)]
struct Touched {
    /// Where the queue may have changed, or supply and stock (`true`), in the order of the command.
    places: Vec<(Place, bool)>,
    /// Those of the places at which nothing came free: new demand has taken what it may.
    unserved: Vec<Place>,
    /// Lines whose dates may have changed by themselves: they were moved, or a setting of their kit was.
    lines: Vec<(usize, usize)>,
    /// Orders whose dates may have changed by their own settings.
    demands: Vec<usize>,
    /// Orders of which less is left: others of their lines may have a date now, and none has a later one.
    lessened: Vec<usize>,
}

impl Touched {
    /// Places whose queues may have changed.
    fn queues(places: impl IntoIterator<Item = Place>) -> Self {
        let mut touched = Touched::default();
        touched.add_queues(places);
        touched
    }

    /// Places to which units came, or from which they went, or will.
    fn stock(places: impl IntoIterator<Item = Place>) -> Self {
        let places = places.into_iter().map(|place| (place, true)).collect();
        Touched { places, ..Touched::default() }
    }

    /// The same, nothing having come free there.
    fn unserved(mut self) -> Self {
        self.unserved = self.places.iter().map(|(place, _)| place.clone()).collect();
        self
    }

    fn add_queues(&mut self, places: impl IntoIterator<Item = Place>) {
        for place in places {
            if !self.places.iter().any(|(known, _)| *known == place) {
                self.places.push((place, false));
            }
        }
    }

    /// Whether the command was about this line, or its order.
    fn is_about(&self, demand: usize, line: usize) -> bool {
        let mut orders = self.demands.iter().chain(&self.lessened);
        self.lines.contains(&(demand, line)) || orders.any(|&order| order == demand)
    }
}

impl Shop {
    /// Does what the command says, or says why not; the events are what was due before it and its own.
    pub fn apply(&mut self, command: &Command, now: Instant) -> Effects {
        let verdict = self.judge(command, now);
        Effects {
            verdict,
            events: std::mem::take(&mut *self.log),
            refused: std::mem::take(&mut self.refused),
            changes: std::mem::take(&mut self.changes),
        }
    }

    /// The order of refusals that holds for every command (rules §3.1, §12).
    fn judge(&mut self, command: &Command, now: Instant) -> Verdict {
        if let Err(refusal) = form::well_formed(command) {
            return Verdict::Rejected(refusal);
        }
        let within_limits = form::within_limits(command, now);
        if within_limits.is_ok() && now < self.last_instant {
            return Verdict::Rejected(Refusal { reason: Reason::TimeWentBack, path: None });
        }
        let waited = |due: Instant| now.saturating_sub(due) > MAX_LATE_DAYS * DAY_MS;
        let slept_too_long = self.next_wake_at().is_some_and(waited);
        if within_limits.is_ok() && slept_too_long {
            let path = Some("now".to_owned());
            return Verdict::Rejected(Refusal { reason: Reason::LimitExceeded, path });
        }
        if now >= self.last_instant && !slept_too_long {
            self.pass_time(now);
        }
        if let Err(refusal) = within_limits {
            return Verdict::Rejected(refusal);
        }
        if let Some(verdict) = self.seen_before(command) {
            return verdict;
        }
        self.try_to(command, now)
    }

    /// Same id or key, same content: it exists. Other content: it is refused. The key comes first.
    fn seen_before(&self, command: &Command) -> Option<Verdict> {
        let content = content::of(&command.body);
        let verdict = |known: &str, path: &str| {
            if known == content {
                Verdict::Exists
            } else {
                let reason = Reason::ExistsWithDifferentContent;
                Verdict::Rejected(Refusal { reason, path: Some(path.to_owned()) })
            }
        };
        if let Some(used) = command.key.and_then(|key| self.used_key(key)) {
            return Some(verdict(&used.content, "key"));
        }
        let (space, id) = content::created_id(&command.body)?;
        let known = self.contents.get(&(space, id.to_owned()))?;
        Some(verdict(known, space))
    }

    fn used_key(&self, key: &str) -> Option<&UsedKey> {
        let kept = |used: &&UsedKey| used.key == key && self.commands_applied - used.command < KEYS_KEPT;
        self.keys.iter().rev().find(kept)
    }

    /// A command takes effect whole or not at all: it is carried out on a copy, which is kept or thrown away.
    fn try_to(&mut self, command: &Command, now: Instant) -> Verdict {
        let mut trial = self.clone();
        match trial.carry_out(command, now) {
            Ok(()) => {
                *self = trial;
                Verdict::Applied
            }
            Err(refusal) => {
                self.tally.count_refusal(&command.body, refusal.reason);
                Verdict::Rejected(refusal)
            }
        }
    }

    fn carry_out(&mut self, command: &Command, now: Instant) -> Result<(), Refusal> {
        let before = self.clone();
        self.commands_applied += 1;
        self.cause = Cause { command: command.body.kind(), supply: supply_of(&command.body) };
        let touched = self.perform(&command.body, now)?;
        self.remember(command);
        self.settle(&before, touched, now);
        Ok(())
    }

    /// What follows from every change, in this order: waiting lines are served, promises are looked
    /// at again, what is short is to be ordered, and what has nothing left is closed.
    fn settle(&mut self, before: &Shop, mut touched: Touched, at: Instant) {
        self.serve_all(&mut touched, at);
        self.review_promises(before, &touched, at);
        self.review_notices(at);
        self.say_what_to_reorder(at);
        self.note_closed(at);
    }

    fn remember(&mut self, command: &Command) {
        let content = content::of(&command.body);
        if let Some(key) = command.key {
            self.keys.push(UsedKey {
                key: key.to_owned(),
                content: content.clone(),
                command: self.commands_applied,
            });
        }
        if let Some((space, id)) = content::created_id(&command.body) {
            self.contents.insert((space, id.to_owned()), content);
        }
    }

    fn perform(&mut self, body: &Body, now: Instant) -> Result<Touched, Refusal> {
        match body {
            Body::DefineItem { sku, settings } => self.define_item(sku, settings, now),
            Body::DefineLocation { location, calendar, transit } => {
                self.define_location(location);
                Ok(self.set_days(location, calendar, transit, now))
            }
            Body::DefineSupplier { supplier, lateness_days } => {
                self.define_supplier(supplier, lateness_days.as_ref(), now);
                Ok(Touched::default())
            }
            Body::Receive { sku, location, quantity, supply } => {
                self.receive(sku, *location, *quantity, *supply, now)
            }
            Body::Count { sku, location, on_hand } => self.count(sku, *location, *on_hand, now),
            Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
                self.schedule(supply, sku, (*quantity, *due), (*location, *supplier), now)
            }
            Body::RescheduleSupply { supply, due, quantity } => self.reschedule(supply, *due, *quantity, now),
            Body::CancelSupply { supply } => self.cancel_supply(supply, now),
            Body::PlaceOrder { order, lines, settings } => {
                let demand = Demand::order(order, settings, now, self.commands_applied);
                let touched = self.place(demand, lines, settings.shortfall, now)?;
                self.check_regime(settings.notices.as_deref(), now)?;
                self.follow(order, settings.notices.as_deref(), now);
                Ok(touched)
            }
            Body::HoldStock { hold, lines, ttl_ms, priority } => {
                let demand = Demand::hold(hold, now + ttl_ms, *priority, now, self.commands_applied);
                self.place(demand, lines, Default::default(), now)
            }
            Body::ConfirmHold { hold, order, segment, ship_to, settings, notices } => {
                self.open_hold(hold)?;
                self.check_regime(notices.as_deref(), now)?;
                let touched = self.confirm(hold, order, (*segment, *ship_to), settings, now)?;
                self.follow(order, notices.as_deref(), now);
                Ok(touched)
            }
            Body::ReleaseHold { hold } => self.release(hold, now),
            Body::AmendLine { order, line, quantity } => self.amend_line(order, line, *quantity, now),
            Body::AmendOrder { order, fulfilment, not_before, latest, ship_to } => {
                self.amend_order(order, *fulfilment, (*not_before, *latest), *ship_to)
            }
            Body::Relocate { order, line, from, to, quantity } => {
                self.relocate(order, line, (*from, to), *quantity, now)
            }
            Body::Reprioritise { order, priority } => self.reprioritise(order, *priority),
            Body::Freeze { order, frozen } => self.freeze(order, *frozen),
            Body::Substitute { order, line, sku } => self.substitute(order, line, sku, now),
            Body::CancelOrder { order, lines } => self.cancel(order, lines.as_deref(), now),
            Body::Ship { order, lines } => self.ship(order, lines.as_deref(), now),
            Body::Return { order, line, quantity, restock, location } => {
                self.take_back(order, line, (*quantity, *restock), *location, now)
            }
            Body::Rebalance { skus, rules } => self.rebalance(skus.as_deref(), rules, now),
            Body::Archive { before } => {
                self.archive(*before);
                Ok(Touched::default())
            }
            Body::DefineRegime { regime, base, settings } => {
                let defined = Regime::defined(self.regimes.get(*regime), regime, *base, settings);
                self.regimes.insert((*regime).to_owned(), defined);
                Ok(Touched::default())
            }
            Body::NoticeSent { notice, offers_cancel, reason } => {
                let gives_reason = reason.is_some_and(|reason| !reason.trim().is_empty());
                self.notice_sent(notice, (*offers_cancel, gives_reason), now)
            }
            Body::Respond { order, line, answer, until } => {
                self.respond((order, *line), *answer, *until, now)
            }
            Body::Refunded { order, line } => self.refunded(order, *line),
            Body::Tick => Ok(Touched::default()),
        }
    }
}

/// The supply that a command is about is part of the cause of what it brings about.
fn supply_of(body: &Body) -> Option<String> {
    match body {
        Body::Receive { supply, .. } => supply.map(str::to_owned),
        Body::ScheduleSupply { supply, .. }
        | Body::RescheduleSupply { supply, .. }
        | Body::CancelSupply { supply } => Some((*supply).to_owned()),
        _ => None,
    }
}

/// A line's id: the one given, or its place in the order.
pub fn line_id(line: &OrderLine, index: usize) -> String {
    line.line.map_or_else(|| (index + 1).to_string(), str::to_owned)
}

/// The units that the lines ask for together.
fn units_of(lines: &[OrderLine]) -> Quantity {
    lines.iter().map(|line| line.quantity).sum()
}
