//! Promises: made, held against estimates, moved, kept and broken (rules §10).

use super::Engine;
use super::dates::{At, ShipDate};
use super::store::Part;
use crate::model::command::Fulfilment;
use crate::model::outcome::{Event, EventKind, NEVER, NONE};
use crate::model::sort;
use crate::model::units::Instant;
use alloc::vec::Vec;

impl Engine {
    /// The dates of an order's lines.
    pub(crate) fn dates_of(&self, demand: u32) -> Vec<ShipDate> {
        let (record, at) = (&self.demands[demand as usize], self.at());
        let lines = record.lines();
        match record.fulfilment {
            Fulfilment::Order => {
                let date = self.latest_of(record, |line| self.own_date(line, at));
                lines.map(|_| date).collect()
            }
            Fulfilment::Partial | Fulfilment::Line => lines.map(|line| self.line_date(line, at)).collect(),
        }
    }

    /// After a change of an order's own settings, or of the days of its places: the dates that it made later, or that it gave, are
    /// held against the promises. What time alone has done is not its doing.
    pub(crate) fn dates_of_amended(&mut self) -> Vec<(u32, ShipDate)> {
        let mut dates = Vec::new();
        for (demand, before) in core::mem::take(&mut self.amended) {
            let lines = self.demands[demand as usize].lines();
            for ((line, before), after) in lines.zip(before).zip(self.dates_of(demand)) {
                self.notice_line(line);
                let record = &self.lines[line as usize];
                let made_later = before.date.is_some() && after.is_later_than(before);
                // What is there and may never leave has no promise.
                let is_stuck = record.waiting == 0 && after.date.is_none();
                if (made_later || is_stuck) && record.open() > 0 {
                    dates.extend(self.taken_together(line).map(|line| (line, after)));
                } else if record.promise == NEVER {
                    dates.push((line, after));
                }
            }
        }
        dates
    }

    /// Makes, moves or leaves the promises of some lines, these being their estimates.
    pub(crate) fn hold_promises(&mut self, mut dates: Vec<(u32, ShipDate)>) {
        dates.retain(|&(line, ships)| !self.stands(line, ships));
        // A promise may be a place in a queue: what they rest on is fixed before any is made.
        for &(line, ships) in &dates {
            if ships.date.is_some() && self.lines[line as usize].waiting > 0 {
                self.fix_beyond(line);
            }
        }
        for (line, ships) in dates {
            match ships.date {
                _ if self.stands(line, ships) => {}
                Some(date) if self.lines[line as usize].promise == NEVER => self.make_promise(line, date),
                later => self.move_promise(line, later.unwrap_or(NEVER)),
            }
        }
    }

    /// Whether the promise of a line stays as it is, its estimate being `ships`.
    fn stands(&self, line: u32, ships: ShipDate) -> bool {
        let record = &self.lines[line as usize];
        // A day that has just ended is broken before it is moved.
        let ended = record.has_deadline() && self.end_of_local_day(line, record.promise) <= self.log.at;
        record.open() == 0
            || ended
            || match (record.promise, ships.date) {
                (NEVER, date) => date.is_none(),
                (promise, date) => date.is_some_and(|date| date < self.end_of_local_day(line, promise)),
            }
    }

    /// The same for all lines that share the line's date.
    pub(crate) fn hold_with_its_order(&mut self, line: u32, ships: ShipDate) {
        self.hold_promises(self.taken_together(line).map(|line| (line, ships)).collect());
    }

    /// A promise is to rest on assumed supply: which unit of it is fixed from now on (rules §9).
    fn fix_beyond(&mut self, line: u32) {
        let at = self.at();
        for site in self.sites_of(line) {
            let Some(part) = self.last_waiting(line, site) else { continue };
            let item = &self.items[self.sites[site as usize].item as usize];
            if self.parts[part as usize].beyond == 0 && item.settings.replenishment.is_some() {
                let ships = self.part_date(part, self.ahead_of_part(part), at);
                self.parts[part as usize].beyond = ships.beyond;
            }
        }
    }

    /// Nothing is fixed for a line that is promised nothing.
    pub(crate) fn forget_beyond(&mut self, line: u32) {
        let parts: Vec<u32> = self.parts_of(line).collect();
        parts.into_iter().for_each(|part| self.parts[part as usize].beyond = 0);
    }

    /// A promise for a line that has none.
    fn make_promise(&mut self, line: u32, date: Instant) {
        self.set_promise(line, date);
        self.tell_promise_made(line);
    }

    pub(crate) fn tell_promise_made(&mut self, line: u32) {
        let mut event = self.line_event(EventKind::PromiseMade, line);
        event.to = self.lines[line as usize].promise;
        self.log.push(event);
        self.tally.promises_made += 1;
    }

    fn move_promise(&mut self, line: u32, date: Instant) {
        let from = self.lines[line as usize].promise;
        let event = Event { from, to: date, ..self.line_event(EventKind::PromiseMoved, line) };
        self.log.push(event);
        self.tally.promises_moved += 1;
        self.set_promise(line, date);
    }

    fn set_promise(&mut self, line: u32, date: Instant) {
        self.promise_number += 1;
        let had = self.deadline(line);
        let record = &mut self.lines[line as usize];
        record.promise = date;
        record.broken = false;
        record.promise_number = self.promise_number;
        if record.first_promise == NEVER {
            record.first_promise = date;
        }
        self.tell_promise_day(line);
        if self.protected_items > 0 {
            self.rerank_line(line);
            self.repromised.push(line);
        }
        self.change_deadline(line, had, self.deadline(line));
        self.notice_line(line);
    }

    /// The queues in which a line stands are told on which day it is promised.
    pub(crate) fn tell_promise_day(&mut self, line: u32) {
        let mut part = self.lines[line as usize].first_part;
        while part != NONE {
            let Part { site, next, .. } = self.parts[part as usize];
            let day = self.promise_day(line, site);
            self.forest.update(&mut self.sites[site as usize].root, part, |entry| entry.promise_day = day);
            part = next;
        }
    }

    /// The end of the day that is still to be held against a line.
    pub(crate) fn deadline(&self, line: u32) -> Option<Instant> {
        let record = &self.lines[line as usize];
        record.has_deadline().then(|| self.end_of_local_day(line, record.promise))
    }

    /// After a change of a line: strikes out the deadline that it had, and enters the one it has now.
    fn change_deadline(&mut self, line: u32, had: Option<Instant>, has: Option<Instant>) {
        if let Some(end) = had {
            let lines = &self.lines;
            self.deadlines.drop_one(end, |row, number| {
                let record = &lines[row as usize];
                record.has_deadline() && record.promise_number == number
            });
        }
        if let Some(end) = has {
            self.deadlines.add(end, line, self.lines[line as usize].promise_number);
        }
    }

    /// After a change that may have closed a line, which had this deadline.
    pub(crate) fn settle_deadline(&mut self, line: u32, had: Option<Instant>) {
        let has = self.deadline(line);
        if had != has {
            self.change_deadline(line, had, has);
        }
    }

    /// The end of a promised day: what has not wholly shipped is broken, once per promise, and
    /// moves if it still waits for units.
    pub(crate) fn end_of_promised_day(&mut self, at: Instant) {
        // Lines of an order that ships whole share one date, and mostly stand next to each other.
        let mut shared = (NONE, ShipDate::NONE);
        let mut rows = self.deadlines.take_first();
        sort::by_key(&mut rows, |&(line, number)| (number, line));
        rows.dedup();
        for (line, number) in rows {
            let record = &mut self.lines[line as usize];
            if !record.has_deadline() || record.promise_number != number {
                continue;
            }
            record.broken = true;
            let (promise, demand, waiting) = (record.promise, record.demand, record.waiting);
            let event = Event { to: promise, ..self.line_event(EventKind::PromiseBroken, line) };
            self.log.push(event);
            self.tally.promises_broken += 1;
            let record = &self.demands[demand as usize];
            if record.fulfilment != Fulfilment::Order {
                if waiting > 0 {
                    let date = self.date_to_hold(line, At::promised(at));
                    self.hold_with_its_order(line, date);
                }
            } else if record.waiting_lines > 0 {
                if shared.0 != demand {
                    shared = (demand, self.date_to_hold(line, At::promised(at)));
                }
                self.hold_with_its_order(line, shared.1);
            }
        }
    }

    /// The last unit of a line has shipped.
    pub(crate) fn line_shipped_whole(&mut self, line: u32, at: Instant) {
        let record = &self.lines[line as usize];
        if record.first_promise == NEVER {
            return;
        }
        let kept = |promise: Instant| promise != NEVER && at < self.end_of_local_day(line, promise);
        let (in_time, first_in_time) = (kept(record.promise), kept(record.first_promise));
        if in_time && !record.broken {
            let event = Event { to: record.promise, ..self.line_event(EventKind::PromiseKept, line) };
            self.log.push(event);
        }
        self.tally.promised_lines_shipped += 1;
        self.tally.on_time_first += u64::from(first_in_time);
        self.tally.on_time_last += u64::from(in_time);
    }
}
