//! Events as they are made.

use crate::model::command::CommandKind;
use crate::model::outcome::{Event, EventKind, EventMode, NEVER, NONE};
use crate::model::units::Instant;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// Where events go, and what they say of their cause.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    /// The number of the last event made.
    pub seq: u64,
    /// Kept events that were not drained.
    pub kept: VecDeque<Event>,
    pub at: Instant,
    cause: CommandKind,
    cause_supply: u32,
    mode: EventMode,
    returned: Vec<Event>,
}

impl Log {
    pub fn new(seq: u64, kept: VecDeque<Event>) -> Self {
        Log {
            seq,
            kept,
            at: 0,
            cause: CommandKind::Tick,
            cause_supply: NONE,
            mode: EventMode::Return,
            returned: Vec::new(),
        }
    }

    pub fn begin(&mut self, mode: EventMode) {
        self.mode = mode;
    }

    /// What follows happens at `at` because of `cause`.
    pub fn because(&mut self, at: Instant, cause: CommandKind, supply: u32) {
        self.at = at;
        self.cause = cause;
        self.cause_supply = supply;
    }

    /// Whether an order or a hold has come.
    pub fn is_of_new_demand(&self) -> bool {
        matches!(self.cause, CommandKind::PlaceOrder | CommandKind::HoldStock)
    }

    /// What follows in this command happens because of this supply.
    pub fn because_of_supply(&mut self, supply: u32) {
        self.cause_supply = supply;
    }

    /// Every event that has not left yet.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Event> {
        self.kept.iter_mut().chain(&mut self.returned)
    }

    pub fn take(&mut self) -> Vec<Event> {
        core::mem::take(&mut self.returned)
    }

    /// An event of this kind, now, that names nothing yet.
    pub fn event(&self, kind: EventKind) -> Event {
        Event {
            seq: 0,
            at: self.at,
            kind,
            cause: self.cause,
            cause_supply: self.cause_supply,
            order: NONE,
            hold: NONE,
            line: NONE,
            item: NONE,
            location: NONE,
            supply: NONE,
            quantity: 0,
            from: NEVER,
            to: NEVER,
        }
    }

    pub fn push(&mut self, mut event: Event) {
        self.seq += 1;
        event.seq = self.seq;
        match self.mode {
            EventMode::Return => self.returned.push(event),
            EventMode::Keep => self.kept.push_back(event),
            EventMode::Drop => {}
        }
    }
}
