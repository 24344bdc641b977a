//! `substitute`: a line shall have another item, in the place of its own (rules §7 of what is offered
//! on a refusal): its rank, its locations and the order's other lines stay.

use super::dates::{At, ShipDate};
use super::parts::Begin;
use super::plans::{Ask, Earlier, Terms};
use super::rank_tree::Entry;
use super::store::{Component, Line, Part};
use super::{Engine, refuse};
use crate::model::command::Fulfilment;
use crate::model::outcome::{Event, EventKind, NONE, Reason, Rejection};
use crate::model::units::Quantity;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a line has and lacks at one of its places, by rank.
struct Standing {
    location: u32,
    entries: Vec<(Entry, Quantity)>,
}

impl Engine {
    pub(crate) fn substitute(&mut self, order: &str, name: &str, sku: &str) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let line = self.find_line(demand, name, || "line".into())?;
        let item = self.find_item(sku, || "sku".into())?;
        self.check_substitute(order, line, sku)?;
        // What the line has and lacks, rank by rank, is told by its queues.
        self.enqueue(line);
        let had = self.deadline(line);
        let (sites, standing) = (self.standing_sites(line), self.standing_of(line));
        let location = self.line_event(EventKind::LineSubstituted, line).location;
        // What it gives up goes to who waits for that, not to itself: it is out of reach meanwhile, and
        // what it waits for is in nobody's way.
        let stood = self.leave_queues(line);
        let checked = self.check_new_item(line, item, &standing);
        if checked.is_err() {
            self.stand_again(line, &stood);
        }
        let planned = checked?;

        if self.items[item as usize].is_kit() || self.made_of_others(line) {
            self.spread_line(line);
        }
        self.become_item(line, item, &standing);
        let quantity = standing.iter().flat_map(|at| &at.entries).map(|(_, units)| units).sum();
        let event = self.line_event(EventKind::LineSubstituted, line);
        self.log.push(Event { quantity, location, ..event });
        self.queue_anew(line, &standing);
        for (begin, _) in stood {
            self.sites[begin.site as usize].on_hand += begin.set_aside;
        }
        self.settle_deadline(line, had);
        self.hold_with_its_order(line, self.date_of_substitute(line, planned));
        if !self.skipping.is_empty() {
            self.serve_skipped(line);
        }
        self.serve_all(sites);
        self.rest_may_be_whole(demand);
        Ok(())
    }

    /// The date that is held against the line's promise. Where promises are kept it is that of new
    /// demand, which moves none.
    fn date_of_substitute(&self, line: u32, planned: ShipDate) -> ShipDate {
        let (record, now) = (&self.lines[line as usize], self.log.at);
        let is_kept = |part: Component| self.items[part.item as usize].settings.is_protected();
        if !self.made_of(record.item).any(is_kept) {
            return self.line_date(line, At::promised(now));
        }
        let demand = self.demand_of_line(record);
        let own = |other: u32| if other == line { planned } else { self.own_date(other, At::promised(now)) };
        match demand.fulfilment {
            Fulfilment::Order => self.latest_of(demand, own),
            Fulfilment::Partial | Fulfilment::Line => planned,
        }
    }

    fn made_of_others(&self, line: u32) -> bool {
        self.items[self.lines[line as usize].item as usize].is_kit()
    }

    fn check_substitute(&self, order: &str, line: u32, sku: &str) -> Result<(), Rejection> {
        let record = &self.lines[line as usize];
        let old = self.skus.name(record.item);
        let substitutes = &self.items[record.item as usize].settings.substitutes;
        if old == sku || !substitutes.iter().any(|known| known == sku) {
            let message = format!("\"{sku}\" is no substitute for \"{old}\"; see the item's substitutes");
            return Err(refuse(Reason::NotASubstitute, "sku", message));
        }
        if record.open() == 0 {
            return Err(self.nothing_left(&[line], order, "line"));
        }
        if record.shipped > 0 {
            let message =
                format!("{} units have shipped; cancel the rest and place a new order", record.shipped);
            return Err(refuse(Reason::AlreadyShipped, "line", message));
        }
        Ok(())
    }

    /// Refuses what a new line of the item would be refused for; the answer is when it would ship. The
    /// line has left its queues.
    fn check_new_item(&self, line: u32, item: u32, standing: &[Standing]) -> Result<ShipDate, Rejection> {
        let record = &self.lines[line as usize];
        let demand = self.demands[record.demand as usize];
        let counted = self.units_in_order(record.demand, item);
        let mut earlier = Earlier::default();
        let mut latest = ShipDate::at_once(0);
        for Standing { location, entries } in standing {
            let quantity = entries.iter().map(|(_, units)| units).sum();
            // The part that comes last is the last to be there.
            let Some((last, _)) = entries.iter().rfind(|(_, units)| *units > 0) else { continue };
            let terms = Terms { now: self.log.at, placed_at: last.placed_at, ..demand.terms() };
            let candidates = [*location];
            let rank = (last.rank.tie >> 10, record.place);
            let ask = Ask { counted, line, ..Ask::new(item, quantity, &candidates, rank) };
            let plan = self.plan(&ask, &terms, &earlier);
            if let Some(reason) = self.refusal(&ask, &plan, &terms, &earlier) {
                let at = |_: &str| String::from("sku");
                return Err(self.rejection(reason, &ask, &plan, &terms, &earlier, &at));
            }
            earlier.add(&plan);
            latest = latest.later(plan.ships);
        }
        Ok(latest)
    }

    /// What a line has and lacks at each of its places, in its own units.
    fn standing_of(&self, line: u32) -> Vec<Standing> {
        let record = &self.lines[line as usize];
        let mut places: Vec<u32> = self.legs_of(line).map(|leg| self.legs[leg as usize].site).collect();
        if places.is_empty() {
            places.push(record.site);
        }
        let standing = places.into_iter().map(|site| {
            let location = self.sites[site as usize].location;
            Standing { location, entries: self.entries_at(line, location) }
        });
        standing.filter(|at| !at.entries.is_empty()).collect()
    }

    /// The parts of a line at a location, in whole units of the line. What of a kit does not come to
    /// whole kits part by part goes with the first.
    fn entries_at(&self, line: u32, location: u32) -> Vec<(Entry, Quantity)> {
        let record = &self.lines[line as usize];
        let Some(Component { item, per_kit }) = self.made_of(record.item).next() else { return Vec::new() };
        let Some(site) = self.site_at(item, location) else { return Vec::new() };
        let here = self.parts_of(line).filter(|&part| self.parts[part as usize].site == site);
        let entries: Vec<Entry> = here.map(|part| self.forest.entry(part)).collect();
        let wants = |entry: &Entry| entry.waiting + entry.set_aside;
        let all: Quantity = entries.iter().map(wants).sum();
        let whole: Vec<Quantity> = entries.iter().map(|entry| wants(entry) / per_kit).collect();
        let rest = all / per_kit - whole.iter().sum::<Quantity>();
        let firsts = core::iter::once(rest).chain(core::iter::repeat(0));
        entries.into_iter().zip(whole.into_iter().zip(firsts).map(|(whole, rest)| whole + rest)).collect()
    }

    /// Takes all of a line out of its queues, to be put into others, and what it has out of reach. The
    /// answer is what stood there.
    fn leave_queues(&mut self, line: u32) -> Vec<(Begin, Entry)> {
        let mut stood = Vec::new();
        while self.lines[line as usize].first_part != NONE {
            let part = self.lines[line as usize].first_part;
            let Part { site, beyond, .. } = self.parts[part as usize];
            let entry = self.forest.entry(part);
            let Entry { waiting, set_aside, .. } = entry;
            self.remove_part(part);
            self.sites[site as usize].on_hand -= set_aside;
            stood.push((Begin { site, waiting, set_aside, beyond }, entry));
        }
        self.recount_line(line);
        stood
    }

    /// Puts a line back into the queues that it left.
    fn stand_again(&mut self, line: u32, stood: &[(Begin, Entry)]) {
        for &(begin, entry) in stood {
            self.insert_part(line, begin, entry.rank, entry.placed_at);
            self.sites[begin.site as usize].on_hand += begin.set_aside;
        }
        self.recount_line(line);
    }

    /// Counts anew what a line has and waits for, by its parts.
    fn recount_line(&mut self, line: u32) {
        if self.lines[line as usize].first_leg == NONE {
            let entries = self.parts_of(line).map(|part| self.forest.entry(part));
            let sums = entries.map(|entry| (entry.waiting, entry.set_aside));
            let (waiting, allocated) = sums.fold((0, 0), |sums, own| (sums.0 + own.0, sums.1 + own.1));
            self.uncount_waiting(line, self.lines[line as usize].waiting);
            self.count_waiting(line, waiting);
            self.lines[line as usize].allocated = allocated;
            return;
        }
        let legs: Vec<u32> = self.legs_of(line).collect();
        legs.into_iter().for_each(|leg| self.recount_leg(line, leg));
    }

    /// The line is one of another item from now on, where it stood: a place that it had left wholly is
    /// none of its places any more.
    fn become_item(&mut self, line: u32, item: u32, standing: &[Standing]) {
        self.notice_line(line);
        let old = core::mem::replace(&mut self.lines[line as usize].item, item);
        self.items[old as usize].open_lines -= 1;
        self.items[item as usize].open_lines += 1;
        let sites = standing.iter().map(|at| self.stock_site(item, at.location));
        let sites: Vec<u32> = sites.collect();
        let legs: Vec<u32> = self.legs_of(line).take(sites.len()).collect();
        if let (Some(&home), last) = (sites.first(), legs.last()) {
            self.lines[line as usize].site = home;
            last.into_iter().for_each(|&last| self.legs[last as usize].next = NONE);
        }
        for (leg, site) in legs.into_iter().zip(sites) {
            self.legs[leg as usize].site = site;
        }
    }

    /// Puts a line into the queues of its new item, at the ranks it had, and takes what is there.
    fn queue_anew(&mut self, line: u32, standing: &[Standing]) {
        let record = self.lines[line as usize];
        let made_of: Vec<Component> = self.made_of(record.item).collect();
        for at in standing {
            for component in &made_of {
                let site = self.stock_site(component.item, at.location);
                for (entry, units) in at.entries.iter().filter(|(_, units)| *units > 0) {
                    let waiting = units * component.per_kit;
                    let rank = self.rank_like(line, site, entry);
                    let begin = Begin { site, waiting, set_aside: 0, beyond: 0 };
                    self.insert_part(line, begin, rank, entry.placed_at);
                }
                self.touch_queue(site);
            }
        }
        self.recount_line(line);
        self.take_anew(line);
        for at in standing {
            let site = self.stock_site(record.item, at.location);
            let Line { allocated, waiting, .. } = self.lines[line as usize];
            let here = self.leg_at(line, at.location).map(|leg| self.legs[leg as usize]);
            let (now, waits) = here.map_or((allocated, waiting), |leg| (leg.allocated, leg.waiting));
            self.tell_added(line, site, now, waits);
        }
        if self.lines[line as usize].waiting == 0 {
            self.push_ready(line);
        }
    }

    /// A line takes what is there: what collects its units first, then what takes all or nothing, if that
    /// is all that the line, or its order where that ships whole, still waits for.
    fn take_anew(&mut self, line: u32) {
        let parts: Vec<u32> = self.parts_of(line).collect();
        for &part in &parts {
            let site = self.parts[part as usize].site;
            if !(self.comes_later(part) || self.skips(site) && self.ships_whole(part)) {
                self.give(part, self.room_for(part, site).min(self.forest.entry(part).waiting));
            }
        }
        let together = self.taken_together(line).flat_map(|line| self.parts_of(line));
        let waiting: Vec<u32> = together.filter(|&part| self.forest.entry(part).waiting > 0).collect();
        if waiting.iter().all(|part| parts.contains(part) && !self.comes_later(*part))
            && self.can_have_all(&waiting)
        {
            for part in waiting {
                self.give(part, self.forest.entry(part).waiting);
            }
        }
    }
}
