//! `placeOrder`, and what it shares with holds and added units: the plans of all lines take effect
//! (rules §3). How they are planned is in `planning`.

use super::dates::PROMISED;
use super::parts::Begin;
use super::plans::{Plan, Planned, Spot, Terms};
use super::store::{Demand, Known, Leg, Line};
use super::{Engine, New, names};
use crate::model::command::{Fulfilment, OrderLine, OrderSettings, ShippingSettings};
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Refused, Rejection};
use crate::model::units::{Instant, Quantity};
use crate::model::view::HoldState;
use alloc::vec::Vec;

/// The ids of a new demand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    pub order: u32,
    pub hold: u32,
    pub segment: u32,
    pub destination: u32,
    pub ends_at: Instant,
}

impl Engine {
    pub(crate) fn place_order(
        &mut self,
        order: &str,
        lines: &[OrderLine],
        settings: &OrderSettings,
        new: New,
    ) -> Result<Vec<Refused>, Rejection> {
        let terms = Terms::of_order(settings, self.log.at);
        let plans = core::mem::take(&mut self.plans);
        let planned = self.plan_lines(lines, &terms, settings.shortfall, plans);
        let planned = planned.inspect_err(|rejection| self.count_refused(lines, rejection.reason))?;
        self.check_regime(settings.notices.as_deref(), self.log.at)?;

        let order = self.order_ids.insert_new(order, new.place);
        let demand = self.demands.len() as u32;
        self.orders.push(Known { content: new.content, demand });
        let segment = settings.segment.map_or(NONE, |segment| self.segments.intern(segment));
        let destination = self.destination(settings.ship_to);
        let ids = Ids { order, hold: NONE, segment, destination, ends_at: NEVER };
        self.push_demand(ids, &terms, planned.plans.len());
        self.log.push(Event { order, ..self.log.event(EventKind::OrderPlaced) });
        self.count_order(planned.plans.iter().map(|(_, plan)| (plan.quantity(), plan.now)));
        if terms.allocate_from > 0 {
            self.releases.add(terms.allocate_from, self.this_sequence(), demand);
        }
        planned.plans.iter().for_each(|(_, plan)| self.see_waiting(plan));
        let refused = self.take_lines(demand, lines, planned);
        self.follow_order(demand, settings.notices.as_deref());
        if !self.skipping.is_empty() && self.demands[demand as usize].waiting_lines > 0 {
            // What was trimmed may be little enough to be had whole.
            self.serve_skipped(self.demands[demand as usize].first_line);
        }
        let trimmed = refused.iter().map(|line| line.quantity);
        self.refused_units = trimmed.fold(self.refused_units, Quantity::saturating_add);
        Ok(refused)
    }

    /// Counts the demand of a refused order; nothing else is told of it.
    fn count_refused(&mut self, lines: &[OrderLine], reason: Reason) {
        let lost = [Reason::OutOfStock, Reason::BackorderLimit, Reason::MaxPerOrder, Reason::TooLate];
        if lost.contains(&reason) {
            let units = lines.iter().map(|line| line.quantity).fold(0, Quantity::saturating_add);
            self.refused_units = self.refused_units.saturating_add(units);
        }
    }

    /// Counts an order, each of its lines by its units and those that it has at once.
    pub(crate) fn count_order(&mut self, lines: impl Iterator<Item = (Quantity, Quantity)>) {
        let mut at_once = true;
        for (units, now) in lines {
            self.tally.lines += 1;
            self.tally.units = self.tally.units.saturating_add(units);
            self.tally.units_at_once = self.tally.units_at_once.saturating_add(now);
            self.tally.lines_at_once += u64::from(units == now);
            at_once &= units == now;
        }
        self.tally.orders += 1;
        self.tally.orders_at_once += u64::from(at_once);
    }

    /// Enters a demand without its lines; the next lines that are pushed are its own.
    pub(crate) fn push_demand(&mut self, ids: Ids, terms: &Terms, line_count: usize) {
        self.demands.push(Demand {
            order: ids.order,
            hold: ids.hold,
            hold_state: HoldState::Open,
            ends_at: ids.ends_at,
            placed_at: terms.placed_at,
            sequence: self.this_sequence(),
            priority: terms.priority,
            fulfilment: terms.shipping.fulfilment,
            sourcing: terms.sourcing,
            frozen: false,
            segment: ids.segment,
            destination: ids.destination,
            allocate_from: terms.allocate_from,
            not_before: terms.shipping.not_before.unwrap_or(0),
            latest: terms.shipping.latest.unwrap_or(NEVER),
            first_line: self.lines.len() as u32,
            line_count: line_count as u32,
            open_lines: line_count as u32,
            waiting_lines: 0,
            closed_at: NEVER,
        });
    }

    /// The planned lines take effect: units are set aside, the rest waits, promises are made.
    pub(crate) fn take_lines(&mut self, demand: u32, lines: &[OrderLine], planned: Planned) -> Vec<Refused> {
        let terms = self.demands[demand as usize].terms();
        let whole = terms.shipping.fulfilment == Fulfilment::Order;
        let latest = planned.latest();
        let Planned { mut plans, refused } = planned;
        for (place, plan) in &plans {
            let Some(line) = lines.get(*place) else { continue };
            let ships = if whole { latest.unwrap_or(plan.ships) } else { plan.ships };
            let number = self.push_line(demand, *place, line, plan, ships.date.unwrap_or(NEVER));
            if plan.is_simple() && plan.waits == 0 {
                self.take_whole_line(number, plan.now);
            } else {
                self.add_units(number, plan, &terms);
            }
            if !self.demands[demand as usize].is_hold() {
                self.learn_from_plan(plan, terms.priority);
            }
            if self.lines[number as usize].promise != NEVER {
                self.tell_promise_made(number);
            }
        }
        plans.clear();
        self.plans = plans;
        refused
    }

    fn push_line(
        &mut self,
        demand: u32,
        place: usize,
        line: &OrderLine,
        plan: &Plan,
        promise: Instant,
    ) -> u32 {
        let name = match line.line {
            Some(name) => self.line_names.intern(name),
            None => self.line_names.intern(&names::default_line(place)),
        };
        let number = self.lines.len() as u32;
        if let Some(locations) = &line.locations {
            let named = locations.iter().filter_map(|name| self.location_named(name)).collect();
            self.line_locations.push((number, named));
        }
        let site = self.stock_site(plan.item, plan.first_location());
        self.items[plan.item as usize].open_lines += 1;
        self.promise_number += u64::from(promise != NEVER);
        self.lines.push(Line {
            demand,
            name,
            item: plan.item,
            site,
            place: place as u32,
            quantity: 0,
            allocated: 0,
            waiting: 0,
            shipped: 0,
            cancelled: 0,
            returned: 0,
            min_shipment: line.min_shipment,
            unit_price: line.unit_price.unwrap_or(NEVER),
            promise,
            first_promise: promise,
            promise_number: if promise == NEVER { 0 } else { self.promise_number },
            broken: false,
            first_part: NONE,
            last_part: NONE,
            first_leg: NONE,
            shelf_before: NONE,
            shelf_after: NONE,
        });
        number
    }

    /// A new line of one place gets all its units from stock.
    fn take_whole_line(&mut self, line: u32, quantity: Quantity) {
        let record = &mut self.lines[line as usize];
        record.quantity = quantity;
        record.allocated = quantity;
        let site = record.site;
        self.stock_went(site);
        self.shelve(line);
        let event = self.line_event_at(EventKind::LineAllocated, line, site, quantity);
        self.log.push(event);
        self.push_ready(line);
        self.settle_deadline(line, None);
    }

    /// Units were taken from stock though some wait, who must leave them or want them all at once:
    /// their dates may be later. Who waits for what skips is looked at whatever changed: its dates come from
    /// playing, and may hang on any stock.
    fn stock_went(&mut self, site: u32) {
        if self.sites[site as usize].root.waiting() > 0 || !self.skipping.is_empty() {
            self.touch_queue(site);
        }
    }

    /// Adds planned units to a line, as parts of their own that rank by this command.
    pub(crate) fn add_units(&mut self, line: u32, plan: &Plan, terms: &Terms) {
        let had = self.deadline(line);
        self.lines[line as usize].quantity += plan.now + plan.waits;
        let simple = plan.is_simple() && self.lines[line as usize].first_leg == NONE;
        let home = self.sites[self.lines[line as usize].site as usize].location;
        if simple && plan.first_location() == home {
            let site = self.lines[line as usize].site;
            if let Some(way) = plan.way {
                self.forest.expect(way);
            }
            let claim = Begin { site, waiting: plan.waits, set_aside: plan.now, beyond: plan.beyond };
            self.enter_claim(line, claim, terms);
            self.lines[line as usize].allocated += plan.now;
            self.count_waiting(line, plan.waits);
            self.tell_added(line, site, plan.now, plan.waits);
        } else {
            self.spread_claims(line, plan, terms);
        }
        if self.lines[line as usize].waiting == 0 {
            self.push_ready(line);
        }
        self.settle_deadline(line, had);
    }

    /// The parts of a line of several places, or of a kit.
    fn spread_claims(&mut self, line: u32, plan: &Plan, terms: &Terms) {
        if self.lines[line as usize].open() > 0 || self.lines[line as usize].shipped > 0 {
            self.spread_line(line);
        }
        let claims = plan.claims();
        for claim in claims.iter() {
            let site = self.stock_site(claim.item, claim.location);
            let begin =
                Begin { site, waiting: claim.waits, set_aside: claim.take, beyond: claim.ships.beyond };
            if begin.waiting + begin.set_aside > 0 {
                self.enter_claim(line, begin, terms);
            }
        }
        let mut added = Vec::new();
        for &Spot { location, .. } in plan.spots().iter() {
            let site = self.stock_site(plan.item, location);
            let leg = self.leg_for(line, site);
            let before = self.legs[leg as usize];
            self.recount_leg(line, leg);
            let Leg { allocated, waiting, .. } = self.legs[leg as usize];
            added.push((site, allocated - before.allocated, waiting - before.waiting));
        }
        for &(site, now, _) in &added {
            self.tell_added(line, site, now, 0);
        }
        for (site, _, waits) in added {
            self.tell_added(line, site, 0, waits);
        }
    }

    /// A part enters the queue, and whoever ranks behind is served that much later.
    fn enter_claim(&mut self, line: u32, begin: Begin, terms: &Terms) {
        if begin.set_aside > 0 {
            self.stock_went(begin.site);
        }
        let (part, ahead) = self.enter_part(line, begin, terms, self.this_sequence());
        if begin.waiting > 0 {
            if self.is_set_apart(part) {
                self.touch_better(begin.site);
            } else {
                self.touch_shifted(begin.site, ahead.saturating_add(begin.waiting), begin.waiting);
            }
        }
    }

    pub(crate) fn tell_added(&mut self, line: u32, site: u32, now: Quantity, waits: Quantity) {
        for (kind, units) in [(EventKind::LineAllocated, now), (EventKind::LineBackordered, waits)] {
            if units > 0 {
                let event = self.line_event_at(kind, line, site, units);
                self.log.push(event);
            }
        }
    }

    /// The units of an order's lines of an item that are not cancelled.
    pub(crate) fn units_in_order(&self, demand: u32, item: u32) -> Quantity {
        let lines = self.demands[demand as usize].lines().map(|line| &self.lines[line as usize]);
        let own = lines.filter(|line| line.item == item);
        own.map(|line| line.quantity - line.cancelled).fold(0, u64::saturating_add)
    }

    /// Where a line may ship from: the locations that it named, or all.
    pub(crate) fn locations_of(&self, line: u32) -> &[u32] {
        let found = self.line_locations.binary_search_by_key(&line, |(line, _)| *line);
        match found.ok().and_then(|place| self.line_locations.get(place)) {
            Some((_, locations)) => locations,
            None => &self.live_locations,
        }
    }
}

impl Demand {
    /// What the demand settled, as if it were placed now.
    pub fn terms(&self) -> Terms {
        let shipping = ShippingSettings {
            fulfilment: self.fulfilment,
            not_before: (self.not_before > 0).then_some(self.not_before),
            latest: (self.latest != NEVER).then_some(self.latest),
        };
        Terms {
            now: self.placed_at,
            of_draws: PROMISED,
            destination: NONE,
            placed_at: self.placed_at,
            priority: self.priority,
            sourcing: self.sourcing,
            allocate_from: self.allocate_from,
            shipping,
            takes_skipped: true,
        }
    }
}
