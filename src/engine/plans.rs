//! New demand, and what the engine would do with it, as plain records.

use super::dates::{At, PROMISED, ShipDate};
use super::rank_tree::Way;
use crate::model::command::{OrderSettings, ShippingSettings, Sourcing};
use crate::model::outcome::{NEVER, NONE, Refused};
use crate::model::units::{Instant, Quantity};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// What a demand settles about itself before its lines are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// When this is asked.
    pub now: Instant,
    /// How sure its dates are to be.
    pub of_draws: u16,
    /// Where what is dated is to be; [`NONE`]: when it leaves is asked.
    pub destination: u32,
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
            of_draws: PROMISED,
            destination: NONE,
            placed_at: now,
            priority,
            sourcing: Sourcing::default(),
            allocate_from: 0,
            shipping: ShippingSettings::default(),
            takes_skipped: true,
        }
    }

    /// What its dates are asked by.
    #[inline(always)]
    pub fn at(&self) -> At {
        At { now: self.now, of_draws: self.of_draws, priority: self.priority, destination: NONE }
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
    /// Its places and queues, where they are not just one of each; apart, as most plans have none.
    pub(super) several: Option<Box<Several>>,
}

/// The places and the queues of a plan.
#[derive(Clone, Debug)]
pub(super) struct Several {
    /// The places, in the order in which they were chosen.
    pub spots: Vec<Spot>,
    /// What it wants of each queue, of its item or of its components.
    pub claims: Vec<Claim>,
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
            several: None,
        }
    }

    pub fn quantity(&self) -> Quantity {
        self.now + self.waits
    }

    /// Whether it has one place and one queue, its item's own.
    pub fn is_simple(&self) -> bool {
        self.several.is_none()
    }

    pub fn first_location(&self) -> u32 {
        let first = self.several.as_ref().and_then(|several| several.spots.first());
        first.map_or(self.location, |spot| spot.location)
    }

    /// The places, in the order in which they were chosen.
    pub fn spots(&self) -> Cow<'_, [Spot]> {
        let &Plan { location, now, waits, .. } = self;
        match &self.several {
            None => Cow::Owned(vec![Spot { location, now, waits }]),
            Some(several) => Cow::Borrowed(&several.spots),
        }
    }

    /// What it wants of each queue.
    pub fn claims(&self) -> Cow<'_, [Claim]> {
        match &self.several {
            None => Cow::Owned(vec![self.claim()]),
            Some(several) => Cow::Borrowed(&several.claims),
        }
    }

    /// What it wants of its only queue.
    fn claim(&self) -> Claim {
        let &Plan { item, location, now, waits, ahead, .. } = self;
        Claim {
            item,
            location,
            take: now,
            waits,
            ships: ShipDate { beyond: self.beyond, ..self.ships },
            ahead,
        }
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
    claims: Vec<EarlierClaim>,
    /// The last claim on each item.
    last: HashTable<u32>,
    /// A bit for some of the items: where it is off there is no claim, which is most of the time.
    seen: u64,
}

/// What an earlier line would want of a queue, or asks by name.
#[derive(Clone, Copy, Debug)]
struct EarlierClaim {
    item: u32,
    /// [`NONE`] where a kit is asked: its components are wanted.
    location: u32,
    take: Quantity,
    waits: Quantity,
    promise: Instant,
    asked: Quantity,
    /// The claim on the same item before this one, or [`NONE`].
    before: u32,
}

/// Handles are dense; the multiplier is that of Fibonacci hashing, 2^64 by the golden ratio.
pub(super) fn hash(item: u32) -> u64 {
    u64::from(item).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The bit of an item among 64.
fn bit(item: u32) -> u64 {
    1 << (hash(item) >> 58)
}

impl Earlier {
    /// With room for the lines of an order.
    pub fn with_room(lines: usize) -> Earlier {
        match lines {
            0 | 1 => Earlier::default(),
            _ => {
                Earlier { claims: Vec::with_capacity(lines), last: HashTable::with_capacity(lines), seen: 0 }
            }
        }
    }

    pub fn add(&mut self, plan: &Plan) {
        let &Plan { item, location, now, waits, .. } = plan;
        let (promise, asked) = (plan.ships.date.unwrap_or(NEVER), plan.quantity());
        let Some(several) = &plan.several else {
            return self.claim(EarlierClaim {
                item,
                location,
                take: now,
                waits,
                promise,
                asked,
                before: NONE,
            });
        };
        let named = EarlierClaim { item, location: NONE, take: 0, waits: 0, promise, asked, before: NONE };
        self.claim(named);
        for &Claim { item, location, take, waits, .. } in &several.claims {
            self.claim(EarlierClaim { item, location, take, waits, asked: 0, ..named });
        }
    }

    fn claim(&mut self, claim: EarlierClaim) {
        let (number, claims) = (self.claims.len() as u32, &self.claims);
        let item_of = |&claim: &u32| claims.get(claim as usize).map_or(NONE, |claim| claim.item);
        let same = |other: &u32| item_of(other) == claim.item;
        let entry = self.last.entry(hash(claim.item), same, |other| hash(item_of(other)));
        let before = match entry {
            Entry::Occupied(mut last) => core::mem::replace(last.get_mut(), number),
            Entry::Vacant(none) => {
                none.insert(number);
                NONE
            }
        };
        self.claims.push(EarlierClaim { before, ..claim });
        self.seen |= bit(claim.item);
    }

    /// The claims on an item, the last first.
    #[inline]
    fn of(&self, item: u32) -> impl Iterator<Item = &EarlierClaim> {
        let last = if self.seen & bit(item) == 0 { None } else { self.last_of(item) };
        core::iter::successors(last, |claim| self.claims.get(claim.before as usize))
    }

    fn last_of(&self, item: u32) -> Option<&EarlierClaim> {
        let claim = |number: &u32| self.claims.get(*number as usize);
        let same = |number: &u32| claim(number).is_some_and(|claim| claim.item == item);
        self.last.find(hash(item), same).and_then(claim)
    }

    fn at(&self, item: u32, location: u32) -> impl Iterator<Item = &EarlierClaim> {
        self.of(item).filter(move |claim| claim.location == location)
    }

    #[inline(always)]
    pub fn taken(&self, item: u32, location: u32) -> Quantity {
        self.at(item, location).map(|claim| claim.take).fold(0, u64::saturating_add)
    }

    #[inline]
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
    #[inline]
    pub fn wants_of(&self, item: u32) -> Quantity {
        self.of(item).map(|claim| claim.take.saturating_add(claim.waits)).fold(0, u64::saturating_add)
    }

    /// What the lines ask of an item by name.
    #[inline]
    pub fn asked(&self, item: u32) -> Quantity {
        self.of(item).map(|claim| claim.asked).fold(0, u64::saturating_add)
    }
}
