//! What becomes of an order after it was placed (rules §6).

use super::dates::{Dated, Seen};
use super::demand::is_too_late;
use super::records::{Part, Place};
use super::sourcing::Ask;
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::command::Fulfilment;
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::settings::{Change, WholeLines};
use backorder::model::units::{Instant, Quantity};

/// One phase of giving units up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Waiting,
    Allocated,
}

/// Which of a line's parts gives up units first, of those that have one rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    Smallest,
    Listed,
}

impl Shop {
    /// The line shall have this quantity, what has shipped included.
    pub(super) fn amend_line(
        &mut self,
        order: &str,
        line: &str,
        quantity: Quantity,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let index = self.line_index(demand, line, "line")?;
        let record = self.line(demand, index);
        if record.cancelled > 0 {
            return refuse(Reason::AlreadyCancelled, "line");
        }
        if quantity < record.shipped() {
            return refuse(Reason::AlreadyShipped, "quantity");
        }
        match quantity.checked_sub(record.quantity) {
            Some(0) => Ok(Touched::default()),
            Some(added) => self.extend_line(demand, index, added, now),
            None => Ok(self.shrink_line(demand, index, record.quantity - quantity, now)),
        }
    }

    /// Added units are new demand, and parts of their own, ranked as of now.
    fn extend_line(
        &mut self,
        demand: usize,
        line: usize,
        quantity: Quantity,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let asked_at = (now, self.commands_applied);
        let mut ask = Ask { demand, line, quantity, asked_at, collects: false };
        let waits = self.shipped_together(demand, line).into_iter().any(|at| self.lacks(at) > 0);
        if !waits && self.demands[demand].shipping.fulfilment == Fulfilment::Order {
            let whole = self.plan_or_refusal(&Ask { collects: true, ..ask }, now);
            ask.collects = whole.is_ok_and(|plan| plan.waits() == 0);
        }
        let plan = self.plan_or_refusal(&ask, now)?;
        // Where promises are kept, more of a line without one stands behind them with the rest.
        let record = self.line(demand, line);
        let kept = self.made_of(&record.sku).iter().any(|(leaf, _)| self.keeps_promises(leaf));
        let behind = kept && record.waiting() > 0 && record.promise.is_none();
        let before = self.clone();
        let record = &mut self.demands[demand].lines[line];
        record.quantity += quantity;
        record.add_parts(plan.parts.clone());
        self.learn_from_parts(demand, &plan.parts, &before, now);
        let seen = Seen::of(self, now);
        let seen = match behind {
            true => seen,
            false => Seen::with_new(self, (demand, line), Some(asked_at), now),
        };
        let (own, together) = (seen.date_but_for_shelf(demand, line), seen.date_to_hold(demand, line));
        // What it takes at once leaves by the days of its places.
        let takes = plan.parts.iter().filter(|part| part.whole() > 0);
        let (own, together) = takes.fold((own, together), |(own, together), part| {
            let leaves = seen.leaving_shelf(demand, line, &part.location);
            let later = |dated: Dated| {
                if leaves.is_later_than(dated) && dated.date.is_some() { leaves } else { dated }
            };
            (later(own), later(together))
        });
        if is_too_late(own.date, self.demands[demand].shipping.latest) {
            return refuse(Reason::TooLate, "quantity");
        }
        self.use_places_of(demand, line);
        let places = self.places_of(demand, line);
        self.tell_new_units(demand, line, &plan.parts, now);
        self.hold_against(demand, line, true, together.date, now);
        self.forget_unpromised(demand, line);
        // The places of the new units come first; and a promise is a place in every queue where promises
        // are kept.
        let of_part = |part: &Part| {
            let location = part.location.clone();
            let skus: Vec<String> = part.entries.iter().map(|entry| entry.sku.clone()).collect();
            skus.into_iter().map(move |sku| Place { sku, location: location.clone() })
        };
        let ranked = places.into_iter().filter(|place| self.keeps_promises(&place.sku));
        let changed: Vec<Place> = plan.parts.iter().flat_map(of_part).chain(ranked).collect();
        Ok(Touched::queues(changed).unserved())
    }

    /// Waiting units go first, then allocated ones.
    fn shrink_line(&mut self, demand: usize, line: usize, less: Quantity, now: Instant) -> Touched {
        let places = self.places_of(demand, line);
        let waited = self.line(demand, line).waiting() > 0;
        self.demands[demand].lines[line].quantity -= less;
        let freed = self.want_less(demand, line, less, (First::Smallest, &|_| true));
        for (location, units) in freed {
            self.tell_units(now, EventKind::LineDeallocated, (demand, line), &location, units);
        }
        if waited {
            self.tell_if_ready(now, (demand, line));
        }
        Touched { lessened: vec![demand], ..Touched::queues(places) }
    }

    /// Some parts of a line shall want so many units less: waiting units first, then allocated ones,
    /// the worst rank first. The answer is what was set aside and no longer is, by location in the
    /// order in which it was given up.
    pub(super) fn want_less(
        &mut self,
        demand: usize,
        line: usize,
        less: Quantity,
        (first, may): (First, &dyn Fn(&str) -> bool),
    ) -> Vec<(String, Quantity)> {
        let record = &mut self.demands[demand].lines[line];
        let mut left = less;
        let mut freed: Vec<(String, Quantity)> = Vec::new();
        for phase in [Phase::Waiting, Phase::Allocated] {
            let units_of = |part: &Part| match phase {
                Phase::Waiting => part.wanted - part.whole(),
                Phase::Allocated => part.whole(),
            };
            let mut order: Vec<usize> = (0..record.parts.len()).collect();
            order.retain(|&index| may(&record.parts[index].location));
            if first == First::Smallest {
                // Of equals, what came to be last.
                order.reverse();
                order.sort_by_key(|&index| units_of(&record.parts[index]));
            }
            order.sort_by_key(|&index| std::cmp::Reverse(record.parts[index].rank()));
            for index in order {
                let part = &mut record.parts[index];
                let taken = units_of(part).min(left);
                part.want_less(taken);
                left -= taken;
                if phase == Phase::Allocated && taken > 0 {
                    match freed.iter_mut().find(|(location, _)| *location == part.location) {
                        Some((_, sum)) => *sum += taken,
                        None => freed.push((part.location.clone(), taken)),
                    }
                }
            }
        }
        record.tidy();
        freed
    }

    /// Other settings for what has not shipped. A `latest` before a promise that stands is too late.
    pub(super) fn amend_order(
        &mut self,
        order: &str,
        fulfilment: Change<Fulfilment>,
        (not_before, latest): (Change<Instant>, Change<Instant>),
        ship_to: Change<&str>,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        if let Some(given) = ship_to {
            self.demands[demand].ship_to = given.map(str::to_owned);
        }
        let shipping = &mut self.demands[demand].shipping;
        if let Some(given) = fulfilment {
            shipping.fulfilment = given.unwrap_or_default();
        }
        if let Some(given) = not_before {
            shipping.not_before = given;
        }
        if let Some(given) = latest {
            shipping.latest = given;
        }
        if let Some(Some(given)) = latest {
            let lines = &self.demands[demand].lines;
            let mut open = lines.iter().filter(|line| !line.is_closed());
            if open.any(|line| is_too_late(line.promise.map(|promise| promise.date), Some(given))) {
                return refuse(Reason::TooLate, "latest");
            }
        }
        let mut touched = Touched { demands: vec![demand], ..Touched::default() };
        if fulfilment.is_some() {
            // What need not come together any more may be had.
            for line in 0..self.demands[demand].lines.len() {
                let entries = self.entries_of(demand, line).into_iter().filter(|&at| self.lacks(at) > 0);
                let places = entries.map(|at| self.place_of(at));
                let skips = |place: &Place| self.settings(&place.sku).whole_lines == WholeLines::Skip;
                touched.add_queues(places.filter(skips));
            }
        }
        Ok(touched)
    }

    /// Re-ranks all that has not shipped; the instant placed stays.
    pub(super) fn reprioritise(&mut self, order: &str, priority: u8) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let mut touched = Touched::default();
        if self.demands[demand].priority != priority {
            self.demands[demand].priority = priority;
            for line in 0..self.demands[demand].lines.len() {
                let entries = self.entries_of(demand, line);
                let waiting = entries.into_iter().filter(|&at| self.lacks(at) > 0);
                touched.add_queues(waiting.map(|at| self.place_of(at)));
            }
        }
        Ok(touched)
    }

    /// Nothing takes a frozen order's units away, but a count after all others have yielded.
    pub(super) fn freeze(&mut self, order: &str, frozen: bool) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        self.demands[demand].frozen = frozen;
        Ok(Touched::default())
    }

    /// What is shipped stays shipped; lines with nothing left are passed over.
    pub(super) fn cancel(
        &mut self,
        order: &str,
        lines: Option<&[&str]>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let chosen = match lines {
            None => (0..self.demands[demand].lines.len()).collect(),
            Some(ids) => ids
                .iter()
                .enumerate()
                .map(|(at, id)| self.line_index(demand, id, &format!("lines[{at}]")))
                .collect::<Result<Vec<usize>, Refusal>>()?,
        };
        let records = &self.demands[demand].lines;
        if chosen.iter().all(|&line| records[line].is_closed()) {
            let cancelled = chosen.iter().any(|&line| records[line].cancelled > 0);
            let reason = if cancelled { Reason::AlreadyCancelled } else { Reason::AlreadyShipped };
            return refuse(reason, "order");
        }
        Ok(self.end_lines(demand, chosen, now))
    }

    /// What these lines have not shipped is cancelled.
    pub(super) fn end_lines(&mut self, demand: usize, lines: Vec<usize>, now: Instant) -> Touched {
        let mut touched = Touched { lessened: vec![demand], ..Touched::default() };
        for line in lines {
            let places = self.places_of(demand, line);
            let location = self.line(demand, line).first_location().map(str::to_owned);
            self.learn_cancelled(demand, line, now);
            let given_up = self.demands[demand].lines[line].give_up();
            if given_up > 0 {
                self.tell_line(now, EventKind::LineCancelled, (demand, line), location, Some(given_up));
                touched.add_queues(places);
            }
        }
        touched
    }
}
