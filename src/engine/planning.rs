//! What the engine would do with new demand: where it would take units, what would wait, and when
//! that would ship. Placing, holding, adding units and quoting all ask this (rules §3.7). The small
//! functions that every quote passes through are inlined, here and in `dates` and `sites`: their calls
//! were a tenth of its time.

use super::Engine;
use super::dates::{Latest, ShipDate};
use super::dispatch::leaves;
use super::outlook::Asker;
use super::plans::{Ask, Claim, Earlier, Plan, Several, Spot, Terms};
use super::playing::Newcomer;
use super::rank_tree::{Rank, Way};
use super::store::{Component, Item, Site};
use crate::estimate::calendar::DispatchCalendar;
use crate::model::command::{Fulfilment, Sourcing};
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::{ItemSettings, Sharing};
use crate::model::units::{Instant, Quantity};
use crate::policy::{promise, sourcing};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

impl Engine {
    /// What would be done with an ask, were it not refused.
    #[inline]
    pub(crate) fn plan(&self, ask: &Ask, terms: &Terms, earlier: &Earlier) -> Plan {
        let item = &self.items[ask.item as usize];
        let planner = Planner { engine: self, item, ask, terms, earlier, spots: &[], made: None };
        match ask.candidates {
            // Units that there are no numbers for come from nowhere.
            [first, ..] if self.kit_beyond_numbers(ask) => Plan::of_nothing(ask, *first),
            [only] if planner.item.is_kit() => {
                let now = planner.takes(*only).min(ask.quantity);
                planner.at_one(*only, planner.whole_or_nothing(now))
            }
            [only] => {
                let queue = planner.queue(ask.item, *only);
                let now = planner.units_there(&queue).min(ask.quantity);
                planner.in_one(&queue, planner.whole_or_nothing(now))
            }
            _ => planner.over_several(),
        }
    }
}

impl Engine {
    /// Units of an item, whole kits if it is one, that may be taken at once at a location.
    pub(crate) fn takes_at(&self, item: u32, location: u32, terms: &Terms) -> Quantity {
        let ask = Ask::new(item, 0, &[], (0, 0));
        let (earlier, record) = (Earlier::default(), &self.items[item as usize]);
        let planner = Planner {
            engine: self,
            item: record,
            ask: &ask,
            terms,
            earlier: &earlier,
            spots: &[],
            made: None,
        };
        planner.takes(location)
    }

    /// When what a plan would place ships, or is delivered, by other terms: its places stand, its dates are
    /// found anew.
    pub(crate) fn dated(&self, ask: &Ask, plan: &Plan, terms: &Terms, earlier: &Earlier) -> ShipDate {
        let item = &self.items[plan.item as usize];
        let spots = plan.spots();
        let planner = Planner { engine: self, item, ask, terms, earlier, spots: &spots, made: Some(plan) };
        let mut last = Latest::default();
        for spot in spots.iter() {
            let there = planner.wait_at(spot, &mut Vec::new()).ships;
            last.add(planner.leaving(spot.location, there), there, spot.waits > 0);
        }
        last.date()
    }
}

impl Plan {
    /// Which unit beyond all scheduled supply it rests on at a place; 0 when on none.
    fn beyond_at(&self, item: u32, location: u32) -> Quantity {
        let Some(several) = &self.several else { return self.beyond };
        let mut claims = several.claims.iter();
        let claim = claims.find(|claim| (claim.item, claim.location) == (item, location));
        claim.map_or(0, |claim| claim.ships.beyond)
    }
}

/// Plans one ask.
#[derive(Clone, Copy)]
struct Planner<'p> {
    engine: &'p Engine,
    /// The item that is asked.
    item: &'p Item,
    ask: &'p Ask<'p>,
    terms: &'p Terms,
    earlier: &'p Earlier,
    /// What it takes at several places.
    spots: &'p [Spot],
    /// What was planned already, where that is dated again: which units its promise rests on is fixed.
    made: Option<&'p Plan>,
}

/// An item at a place, looked up once.
#[derive(Clone, Copy)]
struct Queue<'p> {
    item: u32,
    location: u32,
    settings: &'p ItemSettings,
    site: &'p Site,
    /// By which what is there leaves.
    calendar: Option<&'p DispatchCalendar>,
}

/// When what waits at a place leaves, as far as its units decide that, and behind how much.
#[derive(Clone, Copy)]
struct Wait {
    ships: ShipDate,
    ahead: Quantity,
    /// The way to its place in the queue, where it is known.
    way: Option<Way>,
}

impl<'p> Planner<'p> {
    #[inline(always)]
    fn queue(&self, item: u32, location: u32) -> Queue<'p> {
        let engine = self.engine;
        let settings = &engine.items[item as usize].settings;
        let (site, calendar) = (engine.site_or_nothing(item, location), engine.calendar_at(location));
        Queue { item, location, settings, site, calendar }
    }

    /// What may be taken at once at a place, or nothing where it must be all.
    #[inline(always)]
    fn whole_or_nothing(&self, now: Quantity) -> Quantity {
        let skips = |item: u32| self.engine.items[item as usize].skips_whole_lines();
        let ships_whole = self.terms.shipping.fulfilment != Fulfilment::Partial;
        let lacks = ships_whole && (now < self.ask.quantity || self.lacks());
        if lacks && self.engine.made_of(self.ask.item).any(|part| skips(part.item)) { 0 } else { now }
    }

    /// Whether units wait already that these are to be had together with.
    #[inline(always)]
    fn lacks(&self) -> bool {
        let waits = |line: u32| self.engine.lines[line as usize].waiting > 0;
        self.ask.line != NONE && self.engine.taken_together(self.ask.line).any(waits)
    }

    /// All at one place.
    fn at_one(&self, location: u32, now: Quantity) -> Plan {
        if self.item.is_kit() {
            let waits = self.ask.quantity - now;
            return self.finish(vec![Spot { location, now, waits }], location);
        }
        self.in_one(&self.queue(self.ask.item, location), now)
    }

    /// All in one queue, the item's own.
    #[inline(always)]
    fn in_one(&self, queue: &Queue, now: Quantity) -> Plan {
        let waits = self.ask.quantity - now;
        let wait = match waits {
            0 => self.at_once(queue.calendar),
            _ => self.arrival(queue, now, waits),
        };
        let ships = self.item.shipped(wait.ships, self.terms.shipping.not_before, queue.calendar);
        Plan {
            item: queue.item,
            now,
            waits,
            ahead: wait.ahead,
            ships,
            beyond: wait.ships.beyond,
            way: wait.way,
            location: queue.location,
            several: None,
        }
    }

    /// What is on the shelf of a place.
    #[inline(always)]
    fn at_once(&self, calendar: Option<&DispatchCalendar>) -> Wait {
        Wait { ships: ShipDate::at_once(self.terms.now).sent(calendar), ahead: 0, way: None }
    }

    /// When what is there leaves a place, or is delivered from there.
    fn leaving(&self, location: u32, there: ShipDate) -> ShipDate {
        let calendar = self.engine.calendar_at(location);
        let ships = self.item.shipped(there, self.terms.shipping.not_before, calendar);
        self.engine.delivered(location, ships, self.terms.destination)
    }

    /// Over the candidates, as the order asks; what is lacking waits at one of them.
    fn over_several(&self) -> Plan {
        let quantity = self.ask.quantity;
        let candidates = self.ask.candidates;
        if self.terms.sourcing == Sourcing::Earliest {
            let whole = |location: u32| {
                let now = self.whole_or_nothing(self.takes(location).min(quantity));
                Spot { location, now, waits: quantity - now }
            };
            let spots = candidates.iter().map(|&location| whole(location));
            let Some(spot) = self.earliest(spots) else { return self.at_one(super::sites::DEFAULT, 0) };
            return self.at_one(spot.location, spot.now);
        }
        let available: Vec<Quantity> = candidates.iter().map(|&location| self.takes(location)).collect();
        let takes = sourcing::spread(self.terms.sourcing, quantity, &available);
        let spot = |take: &sourcing::Take| {
            candidates.get(take.candidate).map(|&location| Spot { location, now: take.units, waits: 0 })
        };
        let mut spots: Vec<Spot> = takes.iter().filter_map(spot).collect();
        let now = self.whole_or_nothing(spots.iter().map(|spot| spot.now).sum());
        if now == 0 {
            spots.clear();
        }
        if now < quantity {
            let taken = |location: u32| {
                spots.iter().find(|spot| spot.location == location).map_or(0, |spot| spot.now)
            };
            let waiting = candidates.iter().map(|&location| Spot {
                location,
                now: taken(location),
                waits: quantity - now,
            });
            let planner = Planner { spots: &spots, ..*self };
            let Some(waiting) = planner.earliest(waiting) else {
                return self.at_one(super::sites::DEFAULT, 0);
            };
            match spots.iter_mut().find(|spot| spot.location == waiting.location) {
                Some(spot) => spot.waits = waiting.waits,
                None => spots.push(waiting),
            }
        }
        match spots[..] {
            [only] => self.at_one(only.location, only.now),
            _ => self.finish(spots, super::sites::DEFAULT),
        }
    }

    /// The first of those with the earliest date for what waits there.
    fn earliest(&self, spots: impl Iterator<Item = Spot>) -> Option<Spot> {
        let mut best: Option<(Spot, ShipDate, ShipDate)> = None;
        for spot in spots {
            let there = self.wait_at(&spot, &mut Vec::new()).ships;
            let ships = self.leaving(spot.location, there);
            // Of places from which it ships at one time that where it is there first.
            let earlier = |(_, least, first): (Spot, ShipDate, ShipDate)| {
                least.is_later_than(ships) || !ships.is_later_than(least) && first.is_later_than(there)
            };
            if best.is_none_or(earlier) {
                best = Some((spot, ships, there));
            }
        }
        best.map(|(spot, ..)| spot)
    }

    /// The plan of what is had and waits at these places.
    fn finish(&self, spots: Vec<Spot>, location: u32) -> Plan {
        let mut claims = Vec::new();
        let mut last = self.at_once(None);
        let mut latest = Latest::default();
        let planner = Planner { spots: &spots, ..*self };
        for spot in &spots {
            let wait = planner.wait_at(spot, &mut claims);
            latest.add(planner.leaving(spot.location, wait.ships), wait.ships, spot.waits > 0);
            if spot.waits > 0 && !last.ships.is_later_than(wait.ships) {
                last = wait;
            }
        }
        Plan {
            item: self.ask.item,
            now: spots.iter().map(|spot| spot.now).sum(),
            waits: spots.iter().map(|spot| spot.waits).sum(),
            ahead: last.ahead,
            ships: latest.date(),
            beyond: last.ships.beyond,
            way: None,
            location,
            several: Some(Box::new(Several { spots, claims })),
        }
    }

    /// Units of the item, whole kits if it is one, that may be taken at once at a location.
    fn takes(&self, location: u32) -> Quantity {
        let made_of = self.engine.made_of(self.ask.item);
        let kits = made_of.map(|part| self.units_there(&self.queue(part.item, location)) / part.per_kit);
        kits.min().unwrap_or(0)
    }

    /// Units that may be taken at once from a queue's shelf.
    #[inline(always)]
    fn units_there(&self, queue: &Queue) -> Quantity {
        let &Queue { item, location, settings, site, .. } = queue;
        let skips = || self.engine.items[item as usize].skips_whole_lines();
        if self.terms.allocate_from > 0 || (!self.terms.takes_skipped && skips()) {
            return 0;
        }
        let mut free = site.free(settings) - self.earlier.taken(item, location) as i64;
        if settings.is_protected() && free > 0 {
            free = free.min(self.kept(queue, 0, 0).least_from_now);
        }
        free.saturating_sub_unsigned(settings.reserve(self.terms.priority)).max(0) as Quantity
    }

    /// When what waits at a place leaves: the latest of what the item is made of. Adds what is
    /// wanted of each queue.
    fn wait_at(&self, spot: &Spot, claims: &mut Vec<Claim>) -> Wait {
        let at_once = self.at_once(self.engine.calendar_at(spot.location));
        let mut last = at_once;
        for Component { item, per_kit } in self.engine.made_of(self.ask.item) {
            let queue = self.queue(item, spot.location);
            let wanted = spot.now.saturating_add(spot.waits).saturating_mul(per_kit);
            let take = if item == self.ask.item {
                spot.now
            } else if self.waits_for_all(item, spot) {
                0
            } else {
                self.units_there(&queue).min(wanted)
            };
            let waits = wanted - take;
            let mut wait = at_once;
            if waits > 0 {
                wait = self.arrival(&queue, take, waits);
                if !last.ships.is_later_than(wait.ships) {
                    last = wait;
                }
            }
            let Wait { ships, ahead, .. } = wait;
            claims.push(Claim { item, location: spot.location, take, waits, ships, ahead });
        }
        last
    }

    /// Whether a component takes nothing for a kit that can't be had in full.
    fn waits_for_all(&self, item: u32, spot: &Spot) -> bool {
        self.engine.items[item as usize].skips_whole_lines()
            && (spot.waits > 0 || self.lacks())
            && self.terms.shipping.fulfilment != Fulfilment::Partial
    }

    /// When `waits` more units are there, `take` being taken now.
    #[inline(always)]
    fn arrival(&self, queue: &Queue, take: Quantity, waits: Quantity) -> Wait {
        let engine = self.engine;
        let &Queue { item, location, settings, site, calendar } = queue;
        if settings.is_protected() && !engine.items[item as usize].skips_whole_lines() {
            return self.kept_arrival(queue, take, waits);
        }
        let rank = self.rank(item, 0);
        let before = self.earlier.waits(item, location).saturating_add(self.set_apart(site));
        let way = engine.forest.way_to(&site.root, rank);
        let standing = way.map_or(site.root.waiting(), |way| way.ahead);
        let ahead = standing.saturating_add(before);
        if engine.items[item as usize].skips_whole_lines() {
            return Wait { ships: self.played(queue, take, waits).sent(calendar), ahead, way };
        }
        let Terms { placed_at, priority, allocate_from, .. } = *self.terms;
        let taken = self.earlier.taken(item, location).saturating_add(take);
        let outlook = site.outlook(settings, calendar, self.terms.at()).without(taken);
        let depth = if settings.sharing == Sharing::FairShare {
            engine.waits_now(site).saturating_add(before)
        } else if allocate_from > 0 {
            ahead.saturating_add(engine.given_to_worse(site, &outlook, rank, allocate_from))
        } else {
            ahead
        };
        let reserve = settings.reserve(priority);
        let asker = Asker { placed_at, beyond: self.made.map_or(0, |made| made.beyond_at(item, location)) };
        let ships = outlook.served(depth.saturating_add(waits).saturating_add(reserve), asker);
        let ships = if allocate_from > 0 { ships.not_before(outlook.leaves(allocate_from)) } else { ships };
        Wait { ships, ahead, way }
    }

    /// What the order of these units waits for at a site, where it stands behind all others till its
    /// instant.
    #[inline(always)]
    fn set_apart(&self, site: &Site) -> Quantity {
        let stands_apart = self.ask.line != NONE && self.terms.allocate_from > 0;
        if stands_apart { self.waits_with_it(site) } else { 0 }
    }

    fn waits_with_it(&self, site: &Site) -> Quantity {
        let lines = self.engine.demand_of_line(&self.engine.lines[self.ask.line as usize]).lines();
        lines.map(|line| self.engine.waits_of(line, site)).sum()
    }

    #[inline(always)]
    fn rank(&self, item: u32, turn: u64) -> Rank {
        let item = &self.engine.items[item as usize];
        item.rank(turn, self.terms, self.ask.sequence, self.ask.place)
    }

    /// What supply leaves beside the promises made, `take` being taken now (rules §9).
    fn kept(&self, queue: &Queue, take: Quantity, units: Quantity) -> promise::Outlook {
        let engine = self.engine;
        let &Queue { item, location, settings, site, calendar } = queue;
        let taken = self.earlier.taken(item, location).saturating_add(take);
        let outlook = site.outlook(settings, calendar, self.terms.at()).without(taken);
        let mut before = 0;
        let steps = outlook.curve.pieces().filter_map(|piece| {
            let units = piece.upto - core::mem::replace(&mut before, piece.upto);
            piece.date.and_then(|date| outlook.leaves(date)).map(|date| (date, units))
        });
        let promised_by = |instant: Instant| {
            let rank = Rank { turn: instant + 1, ..Rank::FIRST };
            let standing = engine.forest.ahead_of(&site.root, rank);
            standing.saturating_add(self.earlier.promised_by(item, location, instant))
        };
        let in_all = promised_by(NEVER - 1);
        promise::earliest(self.first_dispatch(calendar), outlook.start, steps, promised_by, in_all, units)
    }

    /// When what is there now leaves.
    fn first_dispatch(&self, calendar: Option<&DispatchCalendar>) -> Instant {
        leaves(calendar, self.terms.now).unwrap_or(NEVER)
    }

    /// When more units are there without a promise moving.
    fn kept_arrival(&self, queue: &Queue, take: Quantity, waits: Quantity) -> Wait {
        let engine = self.engine;
        let &Queue { item, location, settings, site, calendar } = queue;
        let Terms { placed_at, priority, allocate_from, .. } = *self.terms;
        // More of a line without a promise: that is to be for all that it waits for.
        let unpromised = match engine.lines.get(self.ask.line as usize) {
            Some(line) if line.promise == NEVER => engine.waits_of(self.ask.line, site),
            _ => 0,
        };
        let added = waits.saturating_add(settings.reserve(priority));
        let units = added.saturating_add(unpromised);
        let taken = self.earlier.taken(item, location).saturating_add(take);
        let outlook = site.outlook(settings, calendar, self.terms.at()).without(taken);
        let ships = match self.kept(queue, take, units).date {
            // What is overdue may come now, too.
            Some(date) if date == self.first_dispatch(calendar) && outlook.start >= units as i64 => {
                ShipDate::at_once(date)
            }
            Some(date) => outlook.brought_by(date),
            None => {
                // Lines without a promise are served after all others, by rank.
                let standing = engine.forest.ahead_of(&site.root, self.rank(item, NEVER));
                let wanted =
                    standing.saturating_add(self.earlier.waits(item, location)).saturating_add(added);
                let supply = outlook.start.saturating_add_unsigned(outlook.curve.total());
                let beyond = (wanted as i64).saturating_sub(supply).max(1) as Quantity;
                let fixed = self.made.map_or(0, |made| made.beyond_at(item, location));
                outlook.assumed(beyond, Asker { placed_at, beyond: fixed }).sent(calendar)
            }
        };
        let ships = if allocate_from > 0 { ships.not_before(outlook.leaves(allocate_from)) } else { ships };
        let promise = self.item.shipped(ships, self.terms.shipping.not_before, calendar);
        let promise = promise.date.unwrap_or(NEVER);
        let standing = engine.forest.ahead_of(&site.root, self.rank(item, promise));
        let earlier = if promise == NEVER {
            self.earlier.waits(item, location)
        } else {
            self.earlier.promised_by(item, location, promise)
        };
        Wait { ships, ahead: standing.saturating_add(earlier), way: None }
    }

    /// The date of a line by itself, by playing.
    fn played(&self, queue: &Queue, take: Quantity, waiting: Quantity) -> ShipDate {
        let engine = self.engine;
        let &Queue { item, location, .. } = queue;
        let newcomer = Newcomer {
            item,
            location,
            take: take.saturating_add(self.earlier.taken(item, location)),
            waiting,
            rank: self.rank(item, 0),
            priority: self.terms.priority,
            fulfilment: self.terms.shipping.fulfilment,
            place: self.ask.place,
            joins: self.ask.line,
            from: self.terms.allocate_from,
        };
        // What it takes elsewhere may be what others there waited for.
        let elsewhere = self.spots.iter().filter(|spot| spot.location != location && spot.now > 0);
        let taken = elsewhere.flat_map(|spot| {
            engine.made_of(self.ask.item).map(move |Component { item, per_kit }| {
                let take = self.earlier.taken(item, spot.location).saturating_add(spot.now * per_kit);
                Newcomer { item, location: spot.location, take, waiting: 0, ..newcomer }
            })
        });
        let newcomers: Vec<Newcomer> = core::iter::once(newcomer).chain(taken).collect();
        engine.played_newcomers(&newcomers, newcomer.line(), (item, location), self.terms.at())
    }
}
