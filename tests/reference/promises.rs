//! Promises are made, held against estimates, moved, kept and broken; carts end and orders for later
//! enter (rules §3.6, §10, §11, §12).

use super::dates::Seen;
use super::queue::EntryAt;
use super::records::{Place, Promise};
use super::{Cause, Shop, Touched, events::About};
use backorder::model::command::{CommandKind, Fulfilment};
use backorder::model::outcome::EventKind;
use backorder::model::settings::Sharing;
use backorder::model::units::{Instant, MAX_LINES, MAX_SAFE, MOST_LOOKS};
use backorder::model::view::{Basis, HoldState};
use std::collections::{BTreeMap, BTreeSet};

/// What falls due by time.
#[derive(Clone, Copy, Debug)]
enum Due {
    HoldEnds { demand: usize },
    OrderEnters { demand: usize },
    PromisedDayEnds { demand: usize, line: usize },
    NoticeDayEnds { demand: usize, line: usize },
}

/// A line whose estimate is to be held against its promise.
#[derive(Clone, Copy, Debug)]
struct Look {
    demand: usize,
    line: usize,
    movable: bool,
    date: Option<Instant>,
}

impl Shop {
    /// Brings about, each at its own instant, what falls due by `now`.
    pub(super) fn pass_time(&mut self, now: Instant) {
        while let Some((at, due)) = self.next_due().filter(|(at, _)| *at <= now) {
            self.cause = Cause::default();
            match due {
                Due::HoldEnds { demand } => {
                    let before = self.clone();
                    let touched = self.end_hold(demand, EventKind::HoldExpired, at);
                    self.settle(&before, touched, at);
                }
                Due::OrderEnters { demand } => {
                    let before = self.clone();
                    self.demands[demand].later = None;
                    let mut touched = Touched::default();
                    for line in 0..self.demands[demand].lines.len() {
                        touched.add_queues(self.places_of(demand, line));
                    }
                    self.settle(&before, touched, at);
                }
                Due::PromisedDayEnds { demand, line } => {
                    self.break_promise(demand, line, at);
                    let is_last = |(next, due)| next > at || !matches!(due, Due::PromisedDayEnds { .. });
                    if self.next_due().is_none_or(is_last) {
                        self.review_promises(&self.clone(), &Touched::default(), at);
                        self.review_notices(at);
                    }
                }
                Due::NoticeDayEnds { demand, line } => {
                    let before = self.clone();
                    let touched = self.notice_day_ends(demand, line, at);
                    self.settle(&before, touched, at);
                }
            }
        }
        self.last_instant = now;
    }

    /// At the same instant holds first, in the order made, then orders for later, then deadlines in
    /// the order promised, then what notices ask for, line by line.
    fn next_due(&self) -> Option<(Instant, Due)> {
        let mut due: Vec<((Instant, u8, u64), Due)> = Vec::new();
        for (demand, record) in self.demands.iter().enumerate() {
            if let Some(hold) = record.hold.as_ref().filter(|hold| hold.state == HoldState::Open) {
                due.push(((hold.ends_at, 0, record.sequence), Due::HoldEnds { demand }));
            }
            if let Some(from) = record.later.filter(|_| !record.is_closed()) {
                due.push(((from, 1, record.sequence), Due::OrderEnters { demand }));
            }
            for (index, line) in record.lines.iter().enumerate() {
                if let (Some(deadline), Some(promise)) = (self.deadline(demand, index), line.promise) {
                    let ends = Due::PromisedDayEnds { demand, line: index };
                    due.push(((deadline, 2, promise.made_by), ends));
                }
                if let Some(ends) = self.ends_at(demand, index) {
                    let place = (demand * MAX_LINES + index) as u64;
                    due.push(((ends, 3, place), Due::NoticeDayEnds { demand, line: index }));
                }
            }
        }
        due.into_iter().min_by_key(|(order, _)| *order).map(|((at, _, _), due)| (at, due))
    }

    /// The earliest instant at which a tick would bring about an event.
    pub fn next_wake_at(&self) -> Option<Instant> {
        self.next_due().map(|(at, _)| at).filter(|at| *at <= MAX_SAFE)
    }

    /// The promised days that are over, though nothing has told so yet: by another calendar.
    pub(super) fn end_promised_days(&mut self, at: Instant) {
        while let Some((_, Due::PromisedDayEnds { demand, line })) =
            self.next_due().filter(|(end, _)| *end <= at)
        {
            self.break_promise(demand, line, at);
        }
    }

    /// A line that has not wholly shipped by the end of the promised day is broken, once; if
    /// something still waits, the promise moves in the same instant.
    fn break_promise(&mut self, demand: usize, line: usize, at: Instant) {
        if let Some(promise) = &mut self.demands[demand].lines[line].promise {
            promise.broken = true;
        }
        self.tell_promise(at, EventKind::PromiseBroken, demand, line);
        if self.waits(demand, line) {
            let date = self.date_at_end_of_day(demand, line, at);
            self.hold_against(demand, line, true, date, at);
        }
    }

    /// The lines of an order that ships whole, whose promised day ends together, share one date.
    fn date_at_end_of_day(&mut self, demand: usize, line: usize, at: Instant) -> Option<Instant> {
        let whole = self.demands[demand].shipping.fulfilment == Fulfilment::Order;
        match self.ended_together {
            Some((order, instant, date)) if whole && (order, instant) == (demand, at) => date,
            _ => {
                let date = Seen::of(self, at).date_to_hold(demand, line).date;
                if whole {
                    self.ended_together = Some((demand, at, date));
                }
                date
            }
        }
    }

    /// Promises are looked at after a change. Where they are kept, one that is made or moved changes the queue
    /// again.
    pub(super) fn review_promises(&mut self, before: &Shop, touched: &Touched, at: Instant) {
        let mut touched = touched.clone();
        for look in 0..MOST_LOOKS {
            let repromised = std::mem::take(&mut self.repromised);
            let places = repromised.into_iter().flat_map(|(demand, line)| self.places_of(demand, line));
            touched.add_queues(places.filter(|place| self.keeps_promises(&place.sku)).collect::<Vec<_>>());
            if !touched.places.is_empty() {
                touched.add_queues(self.skipping_places());
            }
            self.to_be_told.places.extend(touched.places.iter().map(|(place, _)| place.clone()));
            self.to_be_told.lines.extend(self.lines_in(&touched.demands));
            self.to_be_told.lines.extend(&touched.lines);
            self.look_at_promises(before, &touched, look > 0, at);
            touched = Touched::default();
            if self.repromised.is_empty() {
                break;
            }
        }
        self.repromised.clear();
    }

    fn lines_in(&self, demands: &[usize]) -> Vec<(usize, usize)> {
        let lines = |&demand: &usize| (0..self.demands[demand].lines.len()).map(move |line| (demand, line));
        demands.iter().flat_map(lines).collect()
    }

    /// The open lines at each place touched, and those of the orders touched, for which
    /// nothing but their own settings can have become later. All dates are looked at before any promise is
    /// made or moved, as a promise may be a place in the queue. Then they are made and moved in the order
    /// in which the orders were placed, line by line.
    fn look_at_promises(&mut self, before: &Shop, touched: &Touched, again: bool, at: Instant) {
        let (was, is) = (Seen::of(before, at), Seen::of(self, at));
        let mut looks = Vec::new();
        // What the command has placed has the promise that was quoted, if any (rules §3.7).
        let is_new = |demand: usize| {
            let by_time = self.cause.command == CommandKind::Tick;
            again && !by_time && self.demands[demand].sequence == self.commands_applied
        };
        let mut look = |demand: usize, line: usize, movable: bool| {
            if !is_new(demand) && !self.line(demand, line).is_closed() {
                let date = is.date_to_hold(demand, line).date;
                looks.push(Look { demand, line, movable, date });
            }
        };
        for (place, supply_changed) in &touched.places {
            // A fair share is less for each that comes: that alone moves no promise (rules §8).
            let fair_share = self.settings(&place.sku).sharing == Sharing::FairShare;
            for (demand, line) in self.lines_at(place) {
                let waits = |shop: &Shop| shop.waits_at(place, demand, line);
                // Without a promise though it had a date; one that the command itself took is made again.
                let had_date = was.was_open(demand, line)
                    && was.own_date(demand, line).date.is_some()
                    && before.line(demand, line).promise.is_none();
                let waits_elsewhere = self.line(demand, line).waiting() > 0 || had_date;
                let none_here = !waits(self) && !waits(before) && !self.is_kit(&place.sku);
                let later = self.falls_behind_at(before, &is, place, (demand, line))
                    || self.itself_made_later(&was, &is, demand, line);
                // What the command itself was about, too: it may have come to have a date.
                let meant = touched.is_about(demand, line) && self.line(demand, line).promise.is_none();
                if later || meant || !(waits_elsewhere && none_here) {
                    look(demand, line, later && (*supply_changed || !fair_share));
                }
            }
        }
        for &(demand, line) in &touched.lines {
            let later =
                self.falls_behind(&is, demand, line) || self.itself_made_later(&was, &is, demand, line);
            look(demand, line, later);
        }
        for &demand in &touched.demands {
            for line in 0..self.demands[demand].lines.len() {
                look(demand, line, false);
            }
        }
        for &demand in &touched.lessened {
            (0..self.demands[demand].lines.len()).for_each(|line| look(demand, line, false));
        }
        if !again {
            for (demand, line) in self.quoted_without_a_date() {
                look(demand, line, false);
            }
        }
        // What an order's own settings, or the days of its places, have made later is held as it is read.
        for &demand in &touched.demands {
            for line in 0..self.demands[demand].lines.len() {
                if !self.line(demand, line).is_closed() && self.made_later(&was, &is, demand, line) {
                    let date = is.date_of(demand, line).date;
                    looks.push(Look { demand, line, movable: true, date });
                }
            }
        }
        let mut held: BTreeMap<(usize, usize), Look> = BTreeMap::new();
        for look in looks {
            for other in self.companions(look.demand, look.line) {
                let own = Look { line: other, movable: false, ..look };
                let known = held.entry((look.demand, other)).or_insert(own);
                // The latest of those that may move it.
                let later = look.date.is_none_or(|date| known.date.is_some_and(|known| date > known));
                if look.movable && (later || !known.movable) {
                    known.date = look.date;
                }
                known.movable |= look.movable;
            }
        }
        self.hold_all(held.into_values(), at);
    }

    /// The lines without a promise of the demand that came last, by a command before this: where promises are kept,
    /// those that it moved may have left it a date.
    fn quoted_without_a_date(&self) -> Vec<(usize, usize)> {
        let by_time = self.cause.command == CommandKind::Tick;
        let Some((demand, record)) = self.demands.iter().enumerate().next_back() else { return Vec::new() };
        if !by_time && record.sequence == self.commands_applied {
            return Vec::new();
        }
        let unpromised =
            |line: &usize| record.lines[*line].promise.is_none() && !record.lines[*line].is_closed();
        let lines: Vec<(usize, usize)> =
            (0..record.lines.len()).filter(unpromised).map(|line| (demand, line)).collect();
        let keeps = |place: Place| self.keeps_promises(&place.sku);
        let is_kept = lines.iter().any(|&(demand, line)| self.places_of(demand, line).into_iter().any(keeps));
        if is_kept { lines } else { Vec::new() }
    }

    /// The lines that have something at the place, or wait there.
    fn lines_at(&self, place: &Place) -> BTreeSet<(usize, usize)> {
        self.entries_at(place).into_iter().map(|at| (at.demand, at.line)).collect()
    }

    /// A line that waits, and by itself ships on a later day than it was promised for. Where the
    /// order ships whole, one such line is enough to look at them all.
    fn falls_behind(&self, is: &Seen, demand: usize, line: usize) -> bool {
        let record = self.line(demand, line);
        let falls_behind = |promise: Promise| {
            self.is_too_late_for(demand, line, is.own_date_to_hold(demand, line).date, promise)
        };
        record.waiting() > 0 && record.promise.is_some_and(falls_behind)
    }

    /// Whether a line, if there is one, waits for units at a place.
    fn waits_at(&self, place: &Place, demand: usize, line: usize) -> bool {
        let is_there = self.demands.get(demand).is_some_and(|record| line < record.lines.len());
        let waits = |at: EntryAt| self.lacks(at) > 0 && self.place_of(at) == *place;
        is_there && self.entries_of(demand, line).into_iter().any(waits)
    }

    /// The same by what of the line waits at one place: what another place brings is looked at when
    /// that changes. The sku of a kit is no place of its own.
    fn falls_behind_at(
        &self,
        before: &Shop,
        is: &Seen,
        place: &Place,
        (demand, line): (usize, usize),
    ) -> bool {
        let record = self.line(demand, line);
        let lifecycle = |shop: &Shop| shop.settings(&record.sku).lifecycle;
        if self.is_kit(&place.sku) || lifecycle(before) != lifecycle(self) {
            return self.falls_behind(is, demand, line);
        }
        let tails = is.tails(demand, line).into_iter().filter(|&at| self.place_of(at) == *place);
        let dates = tails.map(|at| is.entry_date(at).date);
        let falls_behind = |promise: Promise| {
            dates.into_iter().any(|date| self.is_too_late_for(demand, line, date, promise))
        };
        record.promise.is_some_and(falls_behind)
    }

    /// The same of the line's own date, whatever the rest of its order does. Without a date its promise can't
    /// stand, whenever that was lost. One that waited is held against its promise still: what it got may not
    /// ship in time. So is each line of an item whose lifecycle is another.
    fn itself_made_later(&self, was: &Seen, is: &Seen, demand: usize, line: usize) -> bool {
        let record = self.line(demand, line);
        if record.waiting() > 0 || !was.was_open(demand, line) {
            return false;
        }
        let date = is.own_date_to_hold(demand, line).date;
        let later_than = |other: Instant| date.is_none_or(|date| date > other);
        let lifecycle = |shop: &Shop| shop.settings(&record.sku).lifecycle;
        let waited = was.shop.line(demand, line).waiting() > 0;
        let looked_at = waited || lifecycle(was.shop) != lifecycle(self);
        let too_late =
            |promise: Promise| later_than(is.now) && self.is_too_late_for(demand, line, date, promise);
        date.is_none()
            || was.own_date_to_hold(demand, line).date.is_some_and(later_than)
            || looked_at && record.promise.is_some_and(too_late)
    }

    /// A line that has all its units ships now, and that moves by time alone: only a change that
    /// makes its date later than it was moves its promise, or one after which it may never leave.
    fn made_later(&self, was: &Seen, is: &Seen, demand: usize, line: usize) -> bool {
        was.was_open(demand, line) && {
            let (was, is) = (was.date_of(demand, line).date, is.date_of(demand, line).date);
            let is_stuck = is.is_none() && self.line(demand, line).waiting() == 0;
            is_stuck || was.is_some_and(|was| is.is_none_or(|is| is > was))
        }
    }

    /// Holds a date against the promises of all lines that share it.
    pub(super) fn hold_against(
        &mut self,
        demand: usize,
        line: usize,
        movable: bool,
        date: Option<Instant>,
        at: Instant,
    ) {
        let lines = self.companions(demand, line).into_iter();
        self.hold_all(lines.map(|line| Look { demand, line, movable, date }), at);
    }

    /// Whether a date falls on a later day than a line was promised for; no date is later than any.
    fn is_too_late_for(&self, demand: usize, line: usize, date: Option<Instant>, promise: Promise) -> bool {
        date.is_none_or(|date| date >= self.end_of_local_day(demand, line, promise.date))
    }

    /// Makes and moves promises. A promise may be a place in a queue: which units of assumed supply they
    /// rest on is fixed before any is made.
    fn hold_all(&mut self, looks: impl Iterator<Item = Look>, at: Instant) {
        let looks: Vec<Look> = looks.filter(|look| self.changes(look, at)).collect();
        for look in looks.iter().filter(|look| look.date.is_some()) {
            self.fix_beyond(look.demand, look.line, at);
        }
        for Look { demand, line, date, .. } in looks {
            self.say_promise(demand, line, date, at);
        }
    }

    /// Who has no promise gets one if there is a date; who has one for an earlier day than the date
    /// gets the later one, or none. Lines whose promised day ends at this very instant break first.
    fn changes(&self, look: &Look, at: Instant) -> bool {
        let record = self.line(look.demand, look.line);
        let deadline = self.deadline(look.demand, look.line);
        let ends = matches!(self.cause.command, CommandKind::Tick | CommandKind::DefineLocation);
        let breaks_first = ends && deadline.is_some_and(|deadline| deadline <= at);
        match record.promise {
            None => look.date.is_some(),
            Some(promise) => {
                let too_late = self.is_too_late_for(look.demand, look.line, look.date, promise);
                look.movable && !breaks_first && too_late
            }
        }
    }

    /// The promise is this from now on. Without one, and without a date, there is nothing to say.
    pub(super) fn say_promise(&mut self, demand: usize, line: usize, date: Option<Instant>, at: Instant) {
        let from = self.line(demand, line).promise.map(|promise| promise.date);
        let kind = match (from, date) {
            (None, None) => return,
            (None, Some(_)) => EventKind::PromiseMade,
            (Some(_), _) => EventKind::PromiseMoved,
        };
        let about =
            About { from: from.is_some().then_some(from), to: Some(date), ..self.about_line(demand, line) };
        let made_by = self.tell(at, kind, about);
        self.repromised.push((demand, line));
        self.to_be_told.lines.push((demand, line));
        let record = &mut self.demands[demand].lines[line];
        record.promise = date.map(|date| Promise { made_by, ..Promise::provisional(date) });
        record.record.first_promise = record.record.first_promise.or(date);
        record.record.last_promise = date;
    }

    /// A promise that rests on assumed supply fixes which unit beyond what is scheduled it is
    /// about, the first time it does (rules §9).
    fn fix_beyond(&mut self, demand: usize, line: usize, at: Instant) {
        let seen = Seen::of(self, at);
        let dated = seen.tails(demand, line).into_iter().map(|at| (at, seen.entry_date(at)));
        let assumed = dated.filter(|(_, dated)| dated.basis == Basis::Replenishment);
        for (at, dated) in assumed.collect::<Vec<_>>() {
            let entry = self.entry_mut(at);
            entry.beyond = entry.beyond.or(dated.beyond);
        }
    }

    /// Without a promise nothing was fixed.
    pub(super) fn forget_unpromised(&mut self, demand: usize, line: usize) {
        if self.line(demand, line).promise.is_none() {
            self.forget_beyond(demand, line);
        }
    }

    /// Nothing is fixed any more.
    pub(super) fn forget_beyond(&mut self, demand: usize, line: usize) {
        let parts = &mut self.demands[demand].lines[line].parts;
        parts.iter_mut().flat_map(|part| &mut part.entries).for_each(|entry| entry.beyond = None);
    }

    /// What became of the promise that stands.
    pub(super) fn tell_promise(&mut self, at: Instant, kind: EventKind, demand: usize, line: usize) {
        let promise = self.line(demand, line).promise;
        let about = About { to: Some(promise.map(|promise| promise.date)), ..self.about_line(demand, line) };
        self.tell(at, kind, about);
    }

    /// A cart is gone, however it ended: it gives up its units and its places.
    pub(super) fn end_hold(&mut self, demand: usize, kind: EventKind, at: Instant) -> Touched {
        let mut touched = Touched::default();
        for line in 0..self.demands[demand].lines.len() {
            touched.add_queues(self.places_of(demand, line));
        }
        let record = &mut self.demands[demand];
        if let Some(hold) = &mut record.hold {
            hold.state = HoldState::Ended;
            hold.closed_at = Some(at);
        }
        for line in &mut record.lines {
            line.give_up();
        }
        self.tell_demand(at, kind, demand);
        touched
    }
}

impl Seen<'_> {
    /// Whether the line was there, and had something left.
    fn was_open(&self, demand: usize, line: usize) -> bool {
        let known = self.shop.demands.get(demand).and_then(|record| record.lines.get(line));
        known.is_some_and(|known| !known.is_closed())
    }
}
