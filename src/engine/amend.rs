//! `amendLine`, `amendOrder`, `reprioritise`: changing one's mind (rules §6).

use super::dates::ShipDate;
use super::plans::{Ask, Earlier, Plan, Terms};
use super::rank_tree::Entry;
use super::serve::Handed;
use super::store::Component;
use super::{Engine, refuse};
use crate::model::command::Fulfilment;
use crate::model::outcome::{NEVER, NONE, Reason, Rejection};
use crate::model::settings::Change;
use crate::model::sort;
use crate::model::units::{Instant, MAX_LINES, Quantity};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

impl Engine {
    pub(crate) fn amend_line(
        &mut self,
        order: &str,
        name: &str,
        quantity: Quantity,
    ) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let line = self.find_line(demand, name, || "line".into())?;
        let record = self.lines[line as usize];
        if record.cancelled > 0 {
            let message = format!("line \"{name}\" is cancelled; place a new order");
            return Err(refuse(Reason::AlreadyCancelled, "line", message));
        }
        if quantity < record.shipped {
            let message = format!("{} units have shipped; return them instead", record.shipped);
            return Err(refuse(Reason::AlreadyShipped, "quantity", message));
        }
        match quantity.checked_sub(record.quantity) {
            None => {
                self.enqueue(line);
                self.lower_line(line, record.quantity - quantity);
                Ok(())
            }
            Some(0) => Ok(()),
            Some(more) => self.raise_line(line, more),
        }
    }

    /// Gives up waiting units first, then set-aside ones, from the last in rank, of places of one rank
    /// those with the smallest part first.
    fn lower_line(&mut self, line: u32, less: Quantity) {
        let had = self.deadline(line);
        let record = &self.lines[line as usize];
        let (demand, waited) = (record.demand, record.waiting);
        let sites = self.standing_sites(line);
        let given_up = self.give_up(line, less);
        let record = &mut self.lines[line as usize];
        record.quantity -= less;
        let (waits, open) = (record.waiting > 0, record.open() > 0);
        self.tell_lost(&given_up);
        if !waits && open && waited > 0 {
            self.push_ready(line);
        }
        self.now_whole(line);
        self.settle_deadline(line, had);
        if !open {
            self.close_line(line);
        }
        self.serve_all(sites);
        self.rest_may_be_whole(demand);
    }

    /// Takes so many units off a line, and says which of those that were set aside went where.
    fn give_up(&mut self, line: u32, less: Quantity) -> Vec<Handed> {
        if self.lines[line as usize].first_leg == NONE {
            return self.give_up_here(line, less);
        }
        if self.items[self.lines[line as usize].item as usize].is_kit() {
            return self.give_up_kits(line, less);
        }
        let mut given_up: Vec<Handed> = Vec::new();
        let mut left = less;
        for part in self.parts_to_lower(line, |entry| entry.waiting) {
            let units = left.min(self.forest.entry(part).waiting);
            left -= units;
            self.drop_units(part, units, 0);
        }
        for part in self.parts_to_lower(line, |entry| entry.set_aside) {
            let (site, units) = (self.parts[part as usize].site, left.min(self.forest.entry(part).set_aside));
            left -= units;
            self.drop_units(part, 0, units);
            hand(&mut given_up, Handed { line, site, units });
        }
        let legs: Vec<u32> = self.legs_of(line).collect();
        legs.into_iter().for_each(|leg| self.recount_leg(line, leg));
        given_up
    }

    /// The parts of a line of several places: the worst rank first, of one rank the smallest, of
    /// equals the one at the later place.
    fn parts_to_lower(&self, line: u32, size: impl Fn(&Entry) -> Quantity) -> Vec<u32> {
        let places: Vec<u32> = self.legs_of(line).map(|leg| self.legs[leg as usize].site).collect();
        let place = |part: u32| {
            let site = self.parts[part as usize].site;
            places.iter().position(|&place| place == site)
        };
        let mut parts: Vec<u32> = self.parts_of(line).collect();
        sort::by_key(&mut parts, |&part| {
            let entry = self.forest.entry(part);
            (Reverse((entry.rank.primary, entry.rank.tie)), size(&entry), Reverse(place(part)))
        });
        parts
    }

    /// The same for kits, whole ones.
    fn give_up_kits(&mut self, line: u32, less: Quantity) -> Vec<Handed> {
        let mut given_up: Vec<Handed> = Vec::new();
        let mut left = less;
        for part in self.kit_parts_to_lower(line, KitPart::waiting) {
            let kits = left.min(part.waiting());
            left -= kits;
            self.lower_kit_part(line, &part, kits);
        }
        for part in self.kit_parts_to_lower(line, |part| part.whole) {
            let kits = left.min(part.whole);
            left -= kits;
            self.lower_kit_part(line, &part, kits);
            hand(&mut given_up, Handed { line, site: self.legs[part.leg as usize].site, units: kits });
        }
        given_up
    }

    /// The parts of a kit's line, in the same order.
    fn kit_parts_to_lower(&self, line: u32, size: impl Fn(&KitPart) -> Quantity) -> Vec<KitPart> {
        let mut parts: Vec<KitPart> = self.legs_of(line).flat_map(|leg| self.kit_parts(line, leg)).collect();
        parts.reverse();
        sort::by_key(&mut parts, |part| (Reverse(part.tie), size(part)));
        parts
    }

    /// The parts of a kit's line at one of its places.
    fn kit_parts(&self, line: u32, leg: u32) -> Vec<KitPart> {
        let location = self.sites[self.legs[leg as usize].site as usize].location;
        let mut kit_parts: Vec<KitPart> = Vec::new();
        for Component { item, per_kit } in self.made_of(self.lines[line as usize].item) {
            for part in self.parts_of(line) {
                let site = &self.sites[self.parts[part as usize].site as usize];
                if (site.item, site.location) != (item, location) {
                    continue;
                }
                let entry = self.forest.entry(part);
                let (tie, whole) = (entry.rank.tie, entry.set_aside / per_kit);
                match kit_parts.iter_mut().find(|other| other.tie == tie) {
                    Some(other) => {
                        other.whole = other.whole.min(whole);
                        other.of.push((part, per_kit));
                    }
                    None => {
                        let (kits, of) = (entry.units() / per_kit, alloc::vec![(part, per_kit)]);
                        kit_parts.push(KitPart { leg, tie, kits, whole, of });
                    }
                }
            }
        }
        kit_parts
    }

    /// Takes kits off one part: of each component what waits first.
    fn lower_kit_part(&mut self, line: u32, part: &KitPart, kits: Quantity) {
        if kits == 0 {
            return;
        }
        for &(number, per_kit) in &part.of {
            let waiting = self.forest.entry(number).waiting.min(kits * per_kit);
            self.drop_units(number, waiting, kits * per_kit - waiting);
        }
        self.recount_leg(line, part.leg);
    }

    /// Takes units off a line's parts at a site: what waits first, the worst rank first.
    fn lower_at(&mut self, line: u32, site: u32, mut less: Quantity) {
        let here = |part: &u32| self.parts[*part as usize].site == site;
        let mut parts: Vec<u32> = self.parts_of(line).filter(here).collect();
        parts.reverse();
        for waiting in [true, false] {
            for &part in &parts {
                if less == 0 || !self.forest.contains(part) {
                    continue;
                }
                let entry = self.forest.entry(part);
                let units = less.min(if waiting { entry.waiting } else { entry.set_aside });
                less -= units;
                self.drop_units(part, if waiting { units } else { 0 }, if waiting { 0 } else { units });
            }
        }
    }

    /// The same for a line of one place.
    fn give_up_here(&mut self, line: u32, less: Quantity) -> Vec<Handed> {
        let record = &self.lines[line as usize];
        let site = record.site;
        let from_waiting = less.min(record.waiting);
        let units = less - from_waiting;
        self.lower_at(line, site, less);
        self.uncount_waiting(line, from_waiting);
        self.lines[line as usize].allocated -= units;
        if units > 0 { vec![Handed { line, site, units }] } else { Vec::new() }
    }

    /// Added units are new demand, ranked as of now at the order's present priority.
    fn raise_line(&mut self, line: u32, more: Quantity) -> Result<(), Rejection> {
        let record = self.lines[line as usize];
        let demand = self.demands[record.demand as usize];
        let terms = Terms { now: self.log.at, placed_at: self.log.at, ..demand.terms() };
        let ask = Ask {
            item: record.item,
            quantity: more,
            counted: self.units_in_order(record.demand, record.item),
            candidates: self.locations_of(line),
            sequence: self.this_sequence(),
            place: record.place,
            line,
        };
        let plan = self.plan(&ask, &terms, &Earlier::default());
        let at = |field: &str| String::from(if field.is_empty() { "quantity" } else { &field[1..] });
        self.refuse_demand(&ask, &plan, &terms, &at)?;
        let whole = self.rest_of(line, &plan).map_or(plan.ships, |rest| rest.later(plan.ships));
        self.check_latest(whole, terms.shipping.latest, || "quantity".into())?;
        // Parts are in the order of the commands that they rank by.
        let mut ranks: Vec<u64> = self.parts_of(line).map(|part| self.forest.entry(part).rank.tie).collect();
        ranks.dedup();
        if ranks.len() >= MAX_LINES {
            let message = format!("a line may be raised {MAX_LINES} times at the most; place another order");
            return Err(refuse(Reason::LimitExceeded, "quantity", message));
        }

        self.enqueue(line);
        if record.open() == 0 {
            self.reopen_line(line);
        }
        self.add_units(line, &plan, &terms);
        if self.protected_items > 0 {
            self.touch_where_promises_rank(line);
        }
        // The line is promised for its last part, which is the one just added.
        let rest = self.date_to_hold(line, self.log.at);
        let date = if rest.date.is_none() { rest } else { rest.later(plan.ships) };
        self.hold_with_its_order(line, date);
        if self.lines[line as usize].promise == NEVER {
            self.forget_beyond(line);
        }
        Ok(())
    }

    /// The date of what a line waits for elsewhere than more of it would.
    fn rest_of(&self, line: u32, more: &Plan) -> Option<ShipDate> {
        let spots = more.spots();
        let mut sites = self.sites_of(line);
        sites.retain(|&site| {
            let location = self.sites[site as usize].location;
            !spots.iter().any(|spot| spot.location == location)
        });
        let tail = self.last_of(line, sites.into_iter(), self.log.at)?;
        Some(tail.ships.not_before(self.floor(line)))
    }

    /// A promise is a place in every queue where promises are kept.
    pub(crate) fn touch_where_promises_rank(&mut self, line: u32) {
        for site in self.standing_sites(line) {
            let item = &self.items[self.sites[site as usize].item as usize];
            if item.settings.is_protected() {
                self.touch_queue(site);
            }
        }
    }

    pub(crate) fn amend_order(
        &mut self,
        order: &str,
        fulfilment: Change<Fulfilment>,
        not_before: Change<Instant>,
        latest: Change<Instant>,
    ) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        if let Some(Some(latest)) = latest {
            self.check_promises_by(demand, latest)?;
        }

        let dates = self.dates_of(demand);
        let record = &mut self.demands[demand as usize];
        if let Some(fulfilment) = fulfilment {
            record.fulfilment = fulfilment.unwrap_or_default();
        }
        if let Some(not_before) = not_before {
            record.not_before = not_before.unwrap_or(0);
        }
        if let Some(latest) = latest {
            record.latest = latest.unwrap_or(NEVER);
        }
        if fulfilment.is_some() && !self.skipping.is_empty() {
            // What need not come together any more may be had.
            self.demands[demand as usize].lines().for_each(|line| self.serve_skipped(line));
        }
        self.amended = Some((demand, dates));
        Ok(())
    }

    pub(crate) fn reprioritise(&mut self, order: &str, priority: u8) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        let record = &mut self.demands[demand as usize];
        if record.priority == priority {
            return Ok(());
        }
        record.priority = priority;
        let lines = record.lines();
        let mut sites: Vec<u32> = Vec::new();
        for line in lines {
            self.rerank_line(line);
            let waits = |site: &u32| self.last_waiting(line, *site).is_some();
            sites.extend(self.sites_of(line).into_iter().filter(waits));
        }
        sites.iter().for_each(|&site| self.touch_queue(site));
        // Another priority may take units that its old one had to leave.
        self.serve_all(sites);
        Ok(())
    }

    /// Nothing takes the order's units away while it is frozen, but a count that finds too few.
    pub(crate) fn freeze(&mut self, order: &str, frozen: bool) -> Result<(), Rejection> {
        let demand = self.find_order(order)?;
        self.demands[demand as usize].frozen = frozen;
        Ok(())
    }
}

/// What one command asked for of a kit at one place, in kits.
struct KitPart {
    leg: u32,
    /// The command that it ranks by.
    tie: u64,
    kits: Quantity,
    /// Those that have all their components.
    whole: Quantity,
    /// The parts of its components, and how many of each make a kit.
    of: Vec<(u32, Quantity)>,
}

impl KitPart {
    fn waiting(&self) -> Quantity {
        self.kits - self.whole
    }
}

/// Adds units to those of the same place.
fn hand(given_up: &mut Vec<Handed>, more: Handed) {
    match given_up.iter_mut().find(|handed| handed.site == more.site) {
        Some(handed) => handed.units += more.units,
        None if more.units > 0 => given_up.push(more),
        None => {}
    }
}
