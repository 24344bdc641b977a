//! `amendLine`, `amendOrder`, `reprioritise`: changing one's mind (rules §6).

use super::dates::ShipDate;
use super::dispatch::leaves;
use super::plans::{Ask, Earlier, Plan, Terms};
use super::serve::Handed;
use super::{Engine, refuse};
use crate::model::command::Fulfilment;
use crate::model::outcome::{NEVER, NONE, Reason, Rejection};
use crate::model::settings::Change;
use crate::model::units::{Instant, MAX_LINES, Quantity};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

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
        if waited > 0 {
            self.waits_no_more(line);
        } else {
            self.now_whole(line);
        }
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
        self.give_up_portions(line, less)
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
        self.see_waiting(&plan);
        self.add_units(line, &plan, &terms);
        self.notice_line(line);
        self.learn_from_plan(&plan, terms.priority);
        if self.protected_items > 0 {
            self.touch_where_promises_rank(line);
        }
        // The line is promised for its last part, which is the one just added.
        let rest = self.date_to_hold(line, self.at());
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
        let floor = self.floor(line);
        let dates = sites.into_iter().filter_map(|site| {
            let tail = self.last_of(line, core::iter::once(site), self.at())?;
            let floor = floor.and_then(|floor| leaves(self.calendar_of_site(site), floor));
            Some(tail.ships.not_before(floor))
        });
        dates.reduce(ShipDate::later)
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
        (not_before, latest): (Change<Instant>, Change<Instant>),
        ship_to: Change<&str>,
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
        if let Some(ship_to) = ship_to {
            self.demands[demand as usize].destination = self.destination(ship_to);
        }
        if fulfilment.is_some() && !self.skipping.is_empty() {
            // What need not come together any more may be had.
            self.demands[demand as usize].lines().for_each(|line| self.serve_skipped(line));
        }
        self.amended.push((demand, dates));
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
