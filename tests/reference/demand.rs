//! Orders and holds come to be (rules §3, §11).

use super::dates::{Dated, Seen, latest};
use super::records::{Demand, Line, Part, Promise};
use super::sourcing::{Ask, Plan};
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::command::{Fulfilment, OrderLine, ShippingSettings, Shortfall};
use backorder::model::outcome::{EventKind, Reason, Refused};
use backorder::model::settings::{Backorders, Lifecycle, WholeLines};
use backorder::model::units::{Instant, MAX_SAFE, Quantity};
use backorder::model::view::HoldState;

/// A line that has come to stand in its demand: when it ships, and how many wait ahead of it.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Which of the lines that were asked for.
    asked: usize,
    pub ships: Dated,
    pub ahead: Quantity,
}

impl Shop {
    pub(super) fn order_index(&self, id: &str) -> Result<usize, Refusal> {
        match self.demands.iter().position(|demand| demand.order.as_deref() == Some(id)) {
            Some(index) => Ok(index),
            None => refuse(Reason::UnknownOrder, "order"),
        }
    }

    pub(super) fn line_index(&self, demand: usize, id: &str, path: &str) -> Result<usize, Refusal> {
        match self.demands[demand].line_index(id) {
            Some(index) => Ok(index),
            None => refuse(Reason::UnknownLine, path),
        }
    }

    /// An id that is known though nothing bears it any more: that of something that was archived.
    fn was_archived(&self, space: &'static str, id: &str) -> bool {
        self.contents.contains_key(&(space, id.to_owned()))
    }

    /// The hold, if it still holds.
    pub(super) fn open_hold(&self, id: &str) -> Result<usize, Refusal> {
        let is_it = |demand: &Demand| demand.hold.as_ref().is_some_and(|hold| hold.id == id);
        match self.demands.iter().position(|demand| is_it(demand)) {
            Some(index) if self.demands[index].is_open_hold() => Ok(index),
            Some(_) => refuse(Reason::HoldExpired, "hold"),
            None if self.was_archived("hold", id) => refuse(Reason::HoldExpired, "hold"),
            None => refuse(Reason::UnknownHold, "hold"),
        }
    }

    /// Line after line is checked and takes its units, so that demand adds up over the lines; a
    /// refusal undoes them all.
    pub(super) fn place(
        &mut self,
        demand: Demand,
        lines: &[OrderLine],
        shortfall: Shortfall,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let kind = if demand.order.is_some() { EventKind::OrderPlaced } else { EventKind::HoldPlaced };
        let (index, before) = (self.demands.len(), self.clone());
        self.demands.push(demand.into());
        let taken = self.take_lines(index, lines, shortfall, now)?;
        if kind == EventKind::OrderPlaced {
            self.tally.count_order(&self.demands[index].lines);
        }
        self.tally.count_trimmed(&self.refused);
        self.tell_demand(now, kind, index);
        if kind == EventKind::OrderPlaced {
            self.learn_from_order(index, &before, now);
        }
        let mut touched = Touched::default();
        for (line, Taken { ships, .. }) in taken.into_iter().enumerate() {
            let parts = self.line(index, line).parts.clone();
            self.tell_new_units(index, line, &parts, now);
            // Which unit beyond scheduled supply this rests on, if on any, is planned.
            self.say_promise(index, line, ships.date, now);
            self.forget_unpromised(index, line);
            touched.add_queues(self.places_of(index, line));
        }
        Ok(touched.unserved())
    }

    /// The lines come to stand in their demand, with what they take and what waits. The answer is
    /// when each ships: where the order ships whole, when the last does.
    pub(super) fn take_lines(
        &mut self,
        demand: usize,
        lines: &[OrderLine],
        shortfall: Shortfall,
        now: Instant,
    ) -> Result<Vec<Taken>, Refusal> {
        let whole_order = self.demands[demand].shipping.fulfilment == Fulfilment::Order;
        let mut taken = None;
        if whole_order {
            // Who takes all or nothing: first as if the whole order could be had.
            let mut trial = self.clone();
            let lines = trial.take_each_line(demand, lines, shortfall, true, now).ok();
            if trial.demands[demand].lines.iter().all(|line| line.waiting() == 0) {
                taken = lines.inspect(|_| *self = trial);
            }
        }
        let mut taken = match taken {
            Some(taken) => taken,
            None => self.take_each_line(demand, lines, shortfall, false, now)?,
        };
        for line in &mut self.demands[demand].lines {
            line.promise = None;
        }
        self.date_together(demand, &mut taken, now)?;
        if whole_order {
            let ships = latest(&taken.iter().map(|line| line.ships).collect::<Vec<Dated>>());
            taken.iter_mut().for_each(|line| line.ships = ships);
        }
        Ok(taken)
    }

    /// Lines of items that skip are dated by playing all of the order: each may wait for another. So none
    /// of its lines is too late before all are there.
    fn date_together(&self, demand: usize, taken: &mut [Taken], now: Instant) -> Result<(), Refusal> {
        for (line, taken) in taken.iter_mut().enumerate() {
            let mut waiting = self.entries_of(demand, line).into_iter().filter(|&at| self.lacks(at) > 0);
            if waiting.any(|at| self.settings(&self.entry(at).sku).whole_lines == WholeLines::Skip) {
                taken.ships = self.date_with_new((demand, line), None, now).0;
            }
            if is_too_late(taken.ships.date, self.demands[demand].shipping.latest) {
                return refuse(Reason::TooLate, format!("lines[{}]", taken.asked));
            }
        }
        Ok(())
    }

    fn is_dated_together(&self, lines: &[OrderLine]) -> bool {
        let skips = |leaf: &str| self.settings(leaf).whole_lines == WholeLines::Skip;
        lines.iter().any(|line| self.made_of(line.sku).iter().any(|(leaf, _)| skips(leaf)))
    }

    fn take_each_line(
        &mut self,
        demand: usize,
        lines: &[OrderLine],
        shortfall: Shortfall,
        collects: bool,
        now: Instant,
    ) -> Result<Vec<Taken>, Refusal> {
        let mut taken = Vec::new();
        let mut first_shortfall = None;
        for (at, asked) in lines.iter().enumerate() {
            let path = format!("lines[{at}]");
            self.known_item(asked.sku, &format!("{path}.sku"))?;
            for (index, location) in asked.locations.iter().flatten().enumerate() {
                self.find_location(Some(location), &format!("{path}.locations[{index}]"))?;
            }
            let line = self.demands[demand].lines.len();
            self.demands[demand].lines.push(Line::new(asked, at, 0));
            let asked_at = (now, self.commands_applied);
            let mut ask = Ask { demand, line, quantity: asked.quantity, asked_at, collects };
            let mut planned = self.plan_or_refusal(&ask, now);
            if let (Err(refusal), Shortfall::Trim) = (&planned, shortfall)
                && is_shortfall(refusal)
            {
                first_shortfall = first_shortfall.or(Some(at_quantity(refusal, &path)));
                ask.quantity = self.trimmed(&ask, now);
                let quantity = asked.quantity - ask.quantity;
                self.refused.push(Refused { line: self.line(demand, line).id.clone(), quantity });
                if ask.quantity == 0 {
                    self.demands[demand].lines.pop();
                    continue;
                }
                planned = self.plan_or_refusal(&ask, now);
            }
            let plan = planned.map_err(|refusal| at_quantity(&refusal, &path))?;
            let late = is_too_late(plan.ships.date, self.demands[demand].shipping.latest);
            if late && !self.is_dated_together(lines) {
                return refuse(Reason::TooLate, path);
            }
            let record = &mut self.demands[demand].lines[line];
            record.quantity = ask.quantity;
            record.add_parts(plan.parts);
            // Till the whole order is taken: those of its lines that come after count this one in.
            record.promise = plan.ships.date.map(Promise::provisional);
            self.use_places_of(demand, line);
            taken.push(Taken { asked: at, ships: plan.ships, ahead: plan.ahead });
        }
        match first_shortfall {
            Some(refusal) if taken.is_empty() => Err(refusal),
            _ => Ok(taken),
        }
    }

    /// What would become of the units, or why they are refused; `latest` apart.
    pub(super) fn plan_or_refusal(&self, ask: &Ask, now: Instant) -> Result<Plan, Refusal> {
        let sku = &self.line(ask.demand, ask.line).sku;
        let wanted = self.demands[ask.demand].units_wanted(sku) + u128::from(ask.quantity);
        if !self.is_countable(ask) || !self.has_numbers_for(sku, ask.quantity) {
            return refuse(Reason::LimitExceeded, "quantity");
        }
        if self.settings(sku).max_per_order.is_some_and(|most| wanted > u128::from(most)) {
            return refuse(Reason::MaxPerOrder, "quantity");
        }
        let plan = self.plan_whole_or_not(ask, now);
        let lacking = |sku: &str| {
            let entries =
                plan.parts.iter().flat_map(|part| part.entries.iter().map(move |entry| (part, entry)));
            let of_item = entries.filter(|(_, entry)| entry.sku == sku);
            of_item.map(|(part, entry)| part.wanted * entry.per - entry.allocated).sum()
        };
        self.may_wait(sku, &lacking).map(|()| plan)
    }

    /// A line that ships whole takes all or nothing, where its item says so.
    pub(super) fn plan_whole_or_not(&self, ask: &Ask, now: Instant) -> Plan {
        let together = self.shipped_together(ask.demand, ask.line);
        let alone = together.into_iter().all(|at| self.lacks(at) == 0);
        if alone && self.demands[ask.demand].shipping.fulfilment == Fulfilment::Line {
            let plan = self.plan(&Ask { collects: true, ..*ask }, now);
            if plan.waits() == 0 {
                return plan;
            }
        }
        self.plan(ask, now)
    }

    /// Whether every number of units stays within what a number can tell.
    pub(super) fn is_countable(&self, ask: &Ask) -> bool {
        let made_of = self.made_of(&self.line(ask.demand, ask.line).sku).into_iter();
        made_of
            .map(|(_, per)| u128::from(per) * u128::from(ask.quantity))
            .all(|units| units <= u128::from(MAX_SAFE))
    }

    /// Whether what is open of an item, and of all it is made of, stays within what a number can tell
    /// with so many more. A count may make all of it wait.
    pub(super) fn has_numbers_for(&self, sku: &str, quantity: Quantity) -> bool {
        self.made_of(sku).into_iter().all(|(leaf, per)| {
            let places = self.everywhere(&leaf).into_iter();
            let open = places.map(|place| self.waiting_units(&place) + self.set_aside(&place));
            let open: u128 = open.map(u128::from).sum();
            open + u128::from(per) * u128::from(quantity) <= u128::from(MAX_SAFE)
        })
    }

    /// Whether so many more units may wait of all that new demand of an item is made of (rules §3.3,
    /// §3.4).
    pub(super) fn may_wait(&self, sku: &str, lacking: &dyn Fn(&str) -> Quantity) -> Result<(), Refusal> {
        let made_of = self.made_of(sku);
        let any_lacks = made_of.iter().any(|(leaf, _)| lacking(leaf) > 0);
        if any_lacks && self.settings(sku).lifecycle == Lifecycle::Discontinued {
            return refuse(Reason::OutOfStock, "quantity");
        }
        for (leaf, _) in made_of {
            let lacks = lacking(&leaf);
            let places = self.everywhere(&leaf);
            let waiting: u128 = places.iter().map(|place| u128::from(self.waiting_units(place))).sum();
            match self.settings(&leaf).backorders {
                Backorders::Deny if lacks > 0 => return refuse(Reason::OutOfStock, "quantity"),
                Backorders::Limit(most) if lacks > 0 && waiting + u128::from(lacks) > u128::from(most) => {
                    return refuse(Reason::BackorderLimit, "quantity");
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The most of the units that would not be refused for being short, found by halving.
    fn trimmed(&self, ask: &Ask, now: Instant) -> Quantity {
        let (mut fits, mut refused) = (0, ask.quantity);
        while refused - fits > 1 {
            let quantity = fits + (refused - fits) / 2;
            match self.plan_or_refusal(&Ask { quantity, ..*ask }, now) {
                Err(refusal) if is_shortfall(&refusal) => refused = quantity,
                _ => fits = quantity,
            }
        }
        fits
    }

    /// The events of new units: what is set aside and what waits, place by place as they were taken,
    /// and that the line is ready.
    pub(super) fn tell_new_units(&mut self, demand: usize, line: usize, parts: &[Part], now: Instant) {
        for part in parts.iter().filter(|part| part.whole() > 0) {
            let kind = EventKind::LineAllocated;
            self.tell_units(now, kind, (demand, line), &part.location, part.whole());
        }
        for part in parts.iter().filter(|part| part.wanted > part.whole()) {
            let (kind, waits) = (EventKind::LineBackordered, part.wanted - part.whole());
            self.tell_units(now, kind, (demand, line), &part.location, waits);
        }
        self.tell_if_ready(now, (demand, line));
    }

    /// The hold becomes an order: rank, units and promise stay (rules §11).
    pub(super) fn confirm(
        &mut self,
        hold: &str,
        order: &str,
        (segment, ship_to): (Option<&str>, Option<&str>),
        settings: &ShippingSettings,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.open_hold(hold)?;
        let lines = &self.demands[demand].lines;
        if lines.iter().any(|line| is_too_late(line.promise.map(|promise| promise.date), settings.latest)) {
            return refuse(Reason::TooLate, "latest");
        }
        let ordered_by = self.commands_applied;
        let record = &mut self.demands[demand];
        record.order = Some(order.to_owned());
        record.segment = segment.map(str::to_owned);
        record.ship_to = ship_to.map(str::to_owned);
        record.shipping = *settings;
        record.ordered_by = ordered_by;
        if let Some(hold) = &mut record.hold {
            hold.state = HoldState::Confirmed;
            hold.closed_at = Some(now);
        }
        self.tally.count_order(&self.demands[demand].lines);
        self.tell_demand(now, EventKind::OrderPlaced, demand);
        self.learn_from_order(demand, &self.clone(), now);
        Ok(Touched { demands: vec![demand], ..Touched::default() })
    }

    pub(super) fn release(&mut self, hold: &str, now: Instant) -> Result<Touched, Refusal> {
        let demand = self.open_hold(hold)?;
        Ok(self.end_hold(demand, EventKind::HoldReleased, now))
    }

    /// When a line ships that has new units, and where its order ships whole, the whole of it.
    pub(super) fn date_with_new(
        &self,
        (demand, line): (usize, usize),
        asked_at: Option<(Instant, u64)>,
        now: Instant,
    ) -> (Dated, Dated) {
        let seen = Seen::with_new(self, (demand, line), asked_at, now);
        (seen.own_date(demand, line), seen.date_of(demand, line))
    }
}

/// Too few units, and not too late or too many for one order: what an order may be trimmed by.
fn is_shortfall(refusal: &Refusal) -> bool {
    matches!(refusal.reason, Reason::OutOfStock | Reason::BackorderLimit)
}

fn at_quantity(refusal: &Refusal, path: &str) -> Refusal {
    let field = refusal.path.as_deref().unwrap_or_default();
    Refusal { reason: refusal.reason, path: Some(format!("{path}.{field}")) }
}

/// No date is too late as soon as there is a latest; a date at `latest` is not (rules §3.4).
pub fn is_too_late(date: Option<Instant>, latest: Option<Instant>) -> bool {
    latest.is_some_and(|latest| date.is_none_or(|date| date > latest))
}
