//! `relocate`: units of a line, or what it waits for, go to another location (rules §7).

use super::later::Later;
use super::parts::Begin;
use super::portions::Portion;
use super::rank_tree::{Entry, Rank};
use super::serve::Handed;
use super::store::{Component, Leg, Line};
use super::{Engine, refuse};
use crate::model::outcome::{NONE, Reason, Rejection};
use crate::model::units::Quantity;
use alloc::format;
use alloc::vec::Vec;

/// What is moved from one place of a line to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    pub line: u32,
    /// Of the line's item.
    pub from: u32,
    pub to: u32,
    pub waiting: Quantity,
    pub allocated: Quantity,
}

impl Engine {
    pub(crate) fn relocate(
        &mut self,
        order: &str,
        name: &str,
        from: Option<&str>,
        to: &str,
        quantity: Option<Quantity>,
    ) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let line = self.find_line(demand, name, || "line".into())?;
        let from = from.map(|name| self.find_location(Some(name), || "from".into())).transpose()?;
        let to = self.find_location(Some(to), || "to".into())?;
        let record = self.lines[line as usize];
        if record.open() == 0 {
            return Err(self.nothing_left(&[line], order, "line"));
        }
        let places = self.places_but(line, from, to);
        let there: Quantity = places.iter().map(|leg| leg.allocated + leg.waiting).sum();
        let asked = quantity.unwrap_or(there);
        if asked > there || there == 0 {
            let message = format!("{asked} units are to be moved, and {there} are there");
            return Err(refuse(Reason::NotAllocated, "quantity", message));
        }

        self.enqueue(line);
        self.spread_line(line);
        let to = self.stock_site(record.item, to);
        self.carry_out(self.moves(line, &places, to, asked));
        Ok(())
    }

    /// What leaves these places of a line: what waits first, the worst rank first.
    pub(crate) fn moves(&self, line: u32, places: &[Leg], to: u32, units: Quantity) -> Vec<Move> {
        let step = |leg: &Leg| Move { line, from: leg.site, to, waiting: 0, allocated: 0 };
        let mut moves: Vec<Move> = places.iter().map(step).collect();
        let portions = self.portions(line, places.iter().map(|leg| leg.site));
        let place = |portion: &Portion| places.iter().position(|leg| leg.site == portion.site).unwrap_or(0);
        let mut left = units;
        for portion in &portions {
            let waiting = left.min(portion.waiting());
            moves[place(portion)].waiting += waiting;
            left -= waiting;
        }
        for portion in &portions {
            let whole = left.min(portion.whole);
            moves[place(portion)].allocated += whole;
            left -= whole;
        }
        moves
    }

    /// The places of a line from which units may be moved to a location.
    pub(crate) fn places_but(&self, line: u32, from: Option<u32>, to: u32) -> Vec<Leg> {
        let record = self.lines[line as usize];
        let Line { site, allocated, waiting, shipped, .. } = record;
        let mut places: Vec<Leg> = self.legs_of(line).map(|leg| self.legs[leg as usize]).collect();
        if record.first_leg == NONE {
            places.push(Leg { site, allocated, waiting, shipped, next: NONE });
        }
        let location = |leg: &Leg| self.sites[leg.site as usize].location;
        places.retain(|leg| location(leg) != to && from.is_none_or(|from| location(leg) == from));
        places
    }

    /// Moves units of lines of several places: what they had is free, what they lack waits at the new
    /// place at the rank it had.
    pub(crate) fn carry_out(&mut self, moves: Vec<Move>) {
        let mut freed: Vec<u32> = Vec::new();
        let mut came: Vec<(u32, u32, Leg)> = Vec::new();
        for step in moves.into_iter().filter(|step| step.waiting + step.allocated > 0) {
            let had = self.deadline(step.line);
            let leg = self.leg_for(step.line, step.to);
            if !came.iter().any(|&(line, known, _)| (line, known) == (step.line, leg)) {
                came.push((step.line, leg, self.legs[leg as usize]));
            }
            if step.allocated > 0 {
                self.tell_lost(&[Handed { line: step.line, site: step.from, units: step.allocated }]);
            }
            freed.extend(self.move_units(&step));
            self.settle_deadline(step.line, had);
        }
        for &(line, leg, before) in &came {
            let served = self.take_what_is_there(line, leg);
            self.tell_served(served);
            let Leg { site, waiting, .. } = self.legs[leg as usize];
            self.tell_added(line, site, 0, waiting.saturating_sub(before.waiting));
            self.now_whole(line);
            self.relocated.push(line);
            self.notice_line(line);
        }
        if !self.skipping.is_empty() {
            came.into_iter().for_each(|(line, ..)| self.serve_skipped(line));
        }
        self.serve_all(freed);
    }

    /// Takes the units off the portions at the old place and puts them in at the new, all waiting. The
    /// answer is the sites that they left.
    fn move_units(&mut self, step: &Move) -> Vec<u32> {
        let to = self.sites[step.to as usize].location;
        let mut left: Vec<u32> = Vec::new();
        let (mut waiting, mut allocated) = (step.waiting, step.allocated);
        for portion in self.portions(step.line, core::iter::once(step.from)) {
            let units = waiting.min(portion.waiting()) + allocated.min(portion.whole);
            waiting -= waiting.min(portion.waiting());
            allocated -= allocated.min(portion.whole);
            if units == 0 {
                continue;
            }
            let stands = |&(part, per_kit): &(u32, Quantity)| {
                (self.forest.entry(part), self.parts[part as usize].site, per_kit)
            };
            let stood: Vec<(Entry, u32, Quantity)> = portion.parts.iter().map(stands).collect();
            self.lower_portion(&portion, units);
            for (entry, old, per_kit) in stood {
                let new = self.stock_site(self.sites[old as usize].item, to);
                self.put_in(step.line, new, &entry, units * per_kit);
                self.touch_better(old);
                left.push(old);
            }
        }
        for site in [step.from, step.to] {
            let location = self.sites[site as usize].location;
            if let Some(leg) = self.leg_at(step.line, location) {
                self.recount_leg(step.line, leg);
            }
        }
        left
    }

    /// Puts units that wait into the queue of a site at a rank: into the part that stands there, if
    /// the line has it.
    fn put_in(&mut self, line: u32, site: u32, like: &Entry, units: Quantity) {
        let same = |part: &u32| {
            self.parts[*part as usize].site == site && self.forest.entry(*part).rank.tie == like.rank.tie
        };
        let known = self.parts_of(line).find(same);
        match known {
            Some(part) => self.wait_more(part, units),
            None => {
                let begin = Begin { site, waiting: units, set_aside: 0, beyond: 0 };
                let rank = self.rank_like(line, site, like);
                self.insert_part(line, begin, rank, like.placed_at);
            }
        }
        self.touch_queue(site);
    }

    /// The rank of an entry in the queue of another site.
    pub(crate) fn rank_like(&self, line: u32, site: u32, like: &Entry) -> Rank {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        let item = &self.items[self.sites[site as usize].item as usize];
        Rank {
            turn: item.turn(record.promise, demand.allocate_from),
            primary: item.primary(demand.priority, like.placed_at),
            tie: like.rank.tie,
        }
    }

    /// A line that came to a place takes what is available there, and what is taken with that.
    pub(crate) fn take_what_is_there(&mut self, line: u32, leg: u32) -> Vec<Handed> {
        let location = self.sites[self.legs[leg as usize].site as usize].location;
        let made_of: Vec<Component> = self.made_of(self.lines[line as usize].item).collect();
        let mut served = Vec::new();
        for component in made_of {
            let Some(site) = self.site_at(component.item, location) else { continue };
            self.take_at(line, site, &mut served);
        }
        served
    }

    /// The parts of a line at a site take what is available there, the best rank first.
    pub(crate) fn take_at(&mut self, line: u32, site: u32, served: &mut Vec<Handed>) {
        let here = |part: &u32| self.parts[*part as usize].site == site;
        let parts: Vec<u32> = self.parts_of(line).filter(here).collect();
        for part in parts {
            if self.forest.entry(part).waiting == 0 || self.comes_later(part) {
                continue;
            }
            if self.skips(site) && self.ships_whole(part) {
                self.give_whole(part, served);
            } else {
                self.give_and_note(part, self.room_for(part, site), served);
            }
            self.touch_queue(site);
        }
    }

    /// Units of a site that a part of the same item may have, there or come from elsewhere.
    pub(crate) fn room_for(&self, part: u32, site: u32) -> Quantity {
        let record = &self.sites[site as usize];
        let settings = &self.items[record.item as usize].settings;
        let free = record.available(settings).saturating_sub(settings.reserve(self.priority_of(part)));
        if free == 0 {
            return 0;
        }
        free.min(self.spared(&Later::of(self, site), site, self.forest.entry(part).rank))
    }
}
