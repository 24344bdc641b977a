//! New demand, and what the engine would do with it, as plain records.

use super::dates::ShipDate;
use super::rank_tree::Way;
use crate::model::command::{OrderSettings, ShippingSettings, Sourcing};
use crate::model::outcome::{NEVER, NONE, Refused};
use crate::model::units::{Instant, Quantity};
use alloc::vec;
use alloc::vec::Vec;

/// What a demand settles about itself before its lines are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// When this is asked.
    pub now: Instant,
    /// When it was placed, by which it ranks.
    pub placed_at: Instant,
    pub priority: u8,
    pub sourcing: Sourcing,
    /// 0 where it takes units at once.
    pub allocate_from: Instant,
    pub shipping: ShippingSettings,
    /// Whether units may be taken of items that lines which ship whole skip: not where the whole can't
    /// be had.
    pub takes_skipped: bool,
}

impl Terms {
    #[inline(always)]
    pub fn new(now: Instant, priority: u8) -> Terms {
        Terms {
            now,
            placed_at: now,
            priority,
            sourcing: Sourcing::default(),
            allocate_from: 0,
            shipping: ShippingSettings::default(),
            takes_skipped: true,
        }
    }

    pub fn of_order(settings: &OrderSettings, now: Instant) -> Terms {
        let allocate_from = settings.allocate_from.filter(|&from| from > now).unwrap_or(0);
        Terms {
            sourcing: settings.sourcing,
            allocate_from,
            shipping: settings.shipping,
            ..Terms::new(now, settings.priority)
        }
    }
}

/// New demand on one item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask<'a> {
    pub item: u32,
    pub quantity: Quantity,
    /// Units that count towards `maxPerOrder` besides.
    pub counted: Quantity,
    /// The line that is to have these units besides; [`NONE`] for a new one.
    pub line: u32,
    /// Where it may ship from, in order.
    pub candidates: &'a [u32],
    /// The number of the command that it ranks by, and its place in the order.
    pub sequence: u64,
    pub place: u32,
}

impl<'a> Ask<'a> {
    /// All of a new line, ranked by a command's number and its place in the order.
    pub fn new(item: u32, quantity: Quantity, candidates: &'a [u32], (sequence, place): (u64, u32)) -> Self {
        Ask { item, quantity, counted: 0, line: NONE, candidates, sequence, place }
    }
}

/// What the engine would do with an [`Ask`].
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub item: u32,
    pub now: Quantity,
    pub waits: Quantity,
    /// Units waiting ahead.
    pub ahead: Quantity,
    pub ships: ShipDate,
    /// Which unit beyond all scheduled supply it rests on, where it waits in one queue.
    pub beyond: Quantity,
    /// The way to its place in the queue, where it waits in one and not behind all.
    pub(super) way: Option<Way>,
    /// The only place, where there is one.
    pub(super) location: u32,
    /// The places, where there are several.
    pub(super) spots: Vec<Spot>,
    /// What it wants of each queue, where those are several or another item's.
    pub(super) claims: Vec<Claim>,
}

/// What a line has at one of its places, in its own units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub location: u32,
    pub now: Quantity,
    pub waits: Quantity,
}

/// What a line wants of one queue, in units of the item that is queued for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub item: u32,
    pub location: u32,
    pub take: Quantity,
    pub waits: Quantity,
    /// When what waits is there, and behind how many units.
    pub ships: ShipDate,
    pub ahead: Quantity,
}

impl Plan {
    /// All of an ask waits, for ever.
    pub fn of_nothing(ask: &Ask, location: u32) -> Plan {
        Plan {
            item: ask.item,
            now: 0,
            waits: ask.quantity,
            ahead: 0,
            ships: ShipDate::NONE,
            beyond: 0,
            way: None,
            location,
            spots: Vec::new(),
            claims: Vec::new(),
        }
    }

    pub fn quantity(&self) -> Quantity {
        self.now + self.waits
    }

    /// Whether it has one place and one queue, its item's own.
    pub fn is_simple(&self) -> bool {
        self.claims.is_empty()
    }

    pub fn first_location(&self) -> u32 {
        self.spots.first().map_or(self.location, |spot| spot.location)
    }

    /// The places, in the order in which they were chosen.
    pub fn spots(&self) -> Vec<Spot> {
        if self.spots.is_empty() {
            return vec![Spot { location: self.location, now: self.now, waits: self.waits }];
        }
        self.spots.clone()
    }

    /// What it wants of each queue.
    pub fn claims(&self) -> Vec<Claim> {
        if self.claims.is_empty() {
            let &Plan { item, location, now, waits, ahead, .. } = self;
            let ships = ShipDate { beyond: self.beyond, ..self.ships };
            return vec![Claim { item, location, take: now, waits, ships, ahead }];
        }
        self.claims.clone()
    }
}

/// The plans of an order's lines, each with the line's place, and what it was trimmed by.
#[derive(Debug)]
pub(crate) struct Planned {
    pub plans: Vec<(usize, Plan)>,
    pub refused: Vec<Refused>,
}

impl Planned {
    /// Whether all that is taken is there.
    pub fn has_all(&self) -> bool {
        self.plans.iter().all(|(_, plan)| plan.waits == 0)
    }

    /// The latest date of all lines.
    pub fn latest(&self) -> Option<ShipDate> {
        self.plans.iter().map(|(_, plan)| plan.ships).reduce(ShipDate::later)
    }
}

/// What earlier lines of the same order would do, as far as later ones must know. What is known of
/// an item is found without looking through the rest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Earlier {
    /// By item.
    claims: Vec<EarlierClaim>,
    /// What the lines ask by name, by item.
    asked: Vec<(u32, Quantity)>,
}

/// What an earlier line would want of a queue.
#[derive(Clone, Copy, Debug)]
struct EarlierClaim {
    item: u32,
    location: u32,
    take: Quantity,
    waits: Quantity,
    promise: Instant,
}

impl Earlier {
    pub fn add(&mut self, plan: &Plan) {
        let promise = plan.ships.date.unwrap_or(NEVER);
        if plan.is_simple() {
            let &Plan { item, location, now, waits, .. } = plan;
            self.claim(EarlierClaim { item, location, take: now, waits, promise });
        }
        for &Claim { item, location, take, waits, .. } in &plan.claims {
            self.claim(EarlierClaim { item, location, take, waits, promise });
        }
        let place = self.asked.partition_point(|(item, _)| *item <= plan.item);
        self.asked.insert(place, (plan.item, plan.quantity()));
    }

    fn claim(&mut self, claim: EarlierClaim) {
        let place = self.claims.partition_point(|other| other.item <= claim.item);
        self.claims.insert(place, claim);
    }

    fn of(&self, item: u32) -> impl Iterator<Item = &EarlierClaim> {
        let first = self.claims.partition_point(|claim| claim.item < item);
        self.claims.iter().skip(first).take_while(move |claim| claim.item == item)
    }

    fn at(&self, item: u32, location: u32) -> impl Iterator<Item = &EarlierClaim> {
        self.of(item).filter(move |claim| claim.location == location)
    }

    pub fn taken(&self, item: u32, location: u32) -> Quantity {
        self.at(item, location).map(|claim| claim.take).fold(0, u64::saturating_add)
    }

    pub fn waits(&self, item: u32, location: u32) -> Quantity {
        self.at(item, location).map(|claim| claim.waits).fold(0, u64::saturating_add)
    }

    /// What waits of it and is promised by an instant.
    pub fn promised_by(&self, item: u32, location: u32, instant: Instant) -> Quantity {
        let due = self.at(item, location).filter(|claim| claim.promise <= instant);
        due.map(|claim| claim.waits).fold(0, u64::saturating_add)
    }

    /// What would wait for an item, at all its places.
    pub fn waits_for(&self, item: u32) -> Quantity {
        self.of(item).map(|claim| claim.waits).fold(0, u64::saturating_add)
    }

    /// What would be wanted of an item, waiting or not.
    pub fn wants_of(&self, item: u32) -> Quantity {
        self.of(item).map(|claim| claim.take.saturating_add(claim.waits)).fold(0, u64::saturating_add)
    }

    /// What the lines ask of an item by name.
    pub fn asked(&self, item: u32) -> Quantity {
        let first = self.asked.partition_point(|(other, _)| *other < item);
        let own = self.asked.iter().skip(first).take_while(|(other, _)| *other == item);
        own.map(|(_, quantity)| *quantity).fold(0, u64::saturating_add)
    }
}
