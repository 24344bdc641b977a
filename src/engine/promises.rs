//! Promises: made, held against estimates, moved, kept and broken (rules §10).

use super::Engine;
use super::rank_tree::{NO_PROMISE, Needle, Rank};
use crate::model::command::Fulfilment;
use crate::model::outcome::{Event, EventKind, NEVER, NONE};
use crate::model::units::{DAY_MS, Day, Instant, Quantity, day_of, end_of_day};
use alloc::vec::Vec;

/// An item whose promises are to be looked at, and where in its queue dates may have become later:
/// for the units after `from`, up to `upto`, of those that wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Touched {
    item: u32,
    from: Quantity,
    upto: Quantity,
    /// Units that came between: a unit behind them is served by the next step of the supply curve
    /// only if it stands within so many of that step's beginning. `MAX`: the curve itself changed.
    shift: Quantity,
    /// Lines that have all their units are to be looked at too.
    all_lines: bool,
    /// Assumed supply was settled anew.
    assumed_anew: bool,
}

impl Touched {
    const ALL: Quantity = Quantity::MAX;

    fn new(item: u32, from: Quantity, upto: Quantity) -> Touched {
        Touched { item, from, upto, shift: Self::ALL, all_lines: false, assumed_anew: false }
    }
}

impl Engine {
    /// Dates of the units after `from`, up to `upto`, may have become later.
    pub(crate) fn touch(&mut self, item: u32, from: Quantity, upto: Quantity) {
        self.touch_with(Touched::new(item, from, upto));
    }

    /// Any date may have become later.
    pub(crate) fn touch_all(&mut self, item: u32) {
        self.touch(item, 0, Touched::ALL);
    }

    /// The units after `from` stand so much further back.
    pub(crate) fn touch_shifted(&mut self, item: u32, from: Quantity, shift: Quantity) {
        self.touch_with(Touched { shift, ..Touched::new(item, from, Touched::ALL) });
    }

    /// No date has become later, but one may have come to be.
    pub(crate) fn touch_better(&mut self, item: u32) {
        self.touch_with(Touched { shift: 0, ..Touched::new(item, Touched::ALL, 0) });
    }

    /// Any date may have changed, as assumed supply was settled anew.
    pub(crate) fn touch_assumed(&mut self, item: u32) {
        self.touch_with(Touched { assumed_anew: true, ..Touched::new(item, 0, Touched::ALL) });
    }

    /// Any date may have changed, also that of a line which has all its units.
    pub(crate) fn touch_ready_too(&mut self, item: u32) {
        let touched = Touched::new(item, 0, Touched::ALL);
        self.touch_with(Touched { all_lines: true, assumed_anew: true, ..touched });
    }

    fn touch_with(&mut self, touched: Touched) {
        match self.touched.iter_mut().rev().find(|other| other.item == touched.item) {
            Some(other) => {
                other.from = other.from.min(touched.from);
                other.upto = other.upto.max(touched.upto);
                other.shift = other.shift.saturating_add(touched.shift);
                other.all_lines |= touched.all_lines;
                other.assumed_anew |= touched.assumed_anew;
            }
            None => self.touched.push(touched),
        }
    }

    /// The end of a command, or of what fell due at an instant: estimates are held against the
    /// promises of the items that changed.
    pub(crate) fn finish(&mut self) {
        let mut touched = core::mem::take(&mut self.touched);
        for touched in &touched {
            self.review(touched);
        }
        touched.clear();
        self.touched = touched;
        self.newly_whole.clear();
    }

    /// Holds the estimates of an item's lines against their promises. Lines are found through the
    /// tree's sums and minima: none is visited whose promise stands.
    fn review(&mut self, touched: &Touched) {
        let unpromised = |line: &u32| {
            let record = &self.lines[*line as usize];
            record.item == touched.item && record.promise == NEVER
        };
        let mut changed: Vec<u32> = self.newly_whole.iter().copied().filter(unpromised).collect();
        if touched.all_lines {
            self.enqueue_all(touched.item);
            let root = &self.items[touched.item as usize].root;
            changed.extend(self.forest.parts(root).map(|part| self.parts[part as usize].line));
        } else {
            self.find_changed(touched, &mut changed);
        }
        if changed.is_empty() {
            return;
        }
        let mut changed: Vec<(Rank, u32)> =
            changed.into_iter().map(|line| (self.rank_of(line), line)).collect();
        changed.sort_unstable();
        changed.dedup();
        let mut whole_order = NONE;
        for (_, line) in changed {
            let record = &self.lines[line as usize];
            let demand = self.demand_of_line(record);
            if demand.fulfilment != Fulfilment::Order {
                let date = self.date_to_hold(line, self.log.at);
                self.hold_promise(line, date);
            } else if record.demand != whole_order {
                whole_order = record.demand;
                self.hold_whole_order(whole_order);
            }
        }
    }

    /// The lines that wait and whose promise is to change.
    fn find_changed(&mut self, touched: &Touched, changed: &mut Vec<u32>) {
        let now = self.log.at;
        let item = &self.items[touched.item as usize];
        let totals = item.root.totals();
        if totals.waiting == 0 {
            return;
        }
        let (at, debt) = (item.curve.at(now, item.settings.overdue), item.debt());
        let covered = at.total().saturating_sub(debt);
        let (mut from, mut upto, mut shift) = (touched.from, touched.upto, touched.shift);
        // What time alone has changed: overdue supply comes later each day, and may come to count
        // for nothing.
        let ignored = at.ignored();
        if ignored != item.ignored_seen {
            (from, upto, shift) = (0, Touched::ALL, Touched::ALL);
        }
        let overdue = at.upto_overdue().saturating_sub(debt);
        if overdue > 0 {
            (from, upto, shift) = (0, upto.max(overdue), Touched::ALL);
        }
        let mut found = Found { forest: &self.forest, root: &item.root, parts: Vec::new() };

        let mut depth = from;
        while depth < upto.min(covered).min(totals.waiting) {
            let Some(piece) = at.piece(debt + depth + 1) else { break };
            let end = piece.upto - debt;
            let day = piece.date.map_or(NO_PROMISE, day_of);
            if totals.earliest_promise < day {
                found.collect(depth, end.min(depth.saturating_add(shift)), Needle::PromisedBefore(day));
            }
            depth = end;
        }
        if covered < totals.waiting {
            let beyond = covered.max(from);
            let upto = upto.min(beyond.saturating_add(shift));
            match &item.settings.replenishment {
                None if beyond < upto => {
                    found.collect(beyond, upto, Needle::PromisedBefore(NO_PROMISE));
                }
                None => {}
                Some(replenishment) => {
                    let lead_days = replenishment.lead_time_days;
                    if beyond < upto {
                        found.collect(beyond, upto, Needle::SlackBelow(lead_days as i32));
                    }
                    let last = at.last_date().map_or(NO_PROMISE, day_of);
                    if totals.earliest_promise < last {
                        let end = covered.saturating_add(shift);
                        found.collect(beyond, end, Needle::PromisedBefore(last));
                    }
                    let passed = now.saturating_sub(lead_days.saturating_mul(DAY_MS));
                    found.collect(covered, Quantity::MAX, Needle::PlacedBefore(passed));
                }
            }
        }
        if totals.unpromised > 0 && item.release().is_some() {
            // Beyond what is scheduled a date comes to be only when assumed supply is settled anew.
            let end = if touched.assumed_anew { Quantity::MAX } else { covered };
            found.collect(0, end, Needle::Unpromised);
        }

        for part in found.parts {
            let line = self.parts[part as usize].line;
            // A line that waits in several parts has the date of the last.
            if self.waiting_tail(line).is_some_and(|tail| tail.entry.part == part) {
                changed.push(line);
            }
        }
        self.items[touched.item as usize].ignored_seen = ignored;
    }

    /// Where a line stands: where its last part does.
    fn rank_of(&self, line: u32) -> Rank {
        let record = &self.lines[line as usize];
        if record.last_part != NONE {
            return self.forest.entry(record.last_part).rank;
        }
        let demand = self.demand_of_line(record);
        self.items[record.item as usize].rank(&demand.terms(), demand.sequence, record.place)
    }

    /// The dates that are held against the promises of an order's lines.
    pub(crate) fn dates_to_hold(&self, demand: u32) -> Vec<Option<Instant>> {
        let (record, now) = (&self.demands[demand as usize], self.log.at);
        let lines = record.lines();
        match record.fulfilment {
            Fulfilment::Order => {
                let date = self.date_to_hold(lines.start, now);
                lines.map(|_| date).collect()
            }
            Fulfilment::Partial | Fulfilment::Line => {
                lines.map(|line| self.date_to_hold(line, now)).collect()
            }
        }
    }

    /// After a change of an order's own settings: holds the dates that it made later, or that it
    /// gave, against the promises. What time alone has done is not its doing.
    pub(crate) fn hold_what_became_later(&mut self, demand: u32, before: &[Option<Instant>]) {
        let after = self.dates_to_hold(demand);
        let lines = self.demands[demand as usize].lines();
        for (line, (before, after)) in lines.zip(before.iter().zip(after)) {
            let later = before.is_some_and(|before| after.is_none_or(|after| after > before));
            if later || self.lines[line as usize].promise == NEVER {
                self.hold_promise(line, after);
            }
        }
    }

    /// Holds the estimate of an order that ships whole against the promises of all its lines: every
    /// one carries the latest date.
    fn hold_whole_order(&mut self, demand: u32) {
        let lines = self.demands[demand as usize].lines();
        let date = self.date_to_hold(lines.start, self.log.at);
        lines.for_each(|line| self.hold_promise(line, date));
    }

    /// Makes, moves or leaves the promise of a line, its estimate being `date`.
    pub(crate) fn hold_promise(&mut self, line: u32, date: Option<Instant>) {
        let record = &self.lines[line as usize];
        // A day that has just ended is broken before it is moved.
        let ended = record.has_deadline() && end_of_day(day_of(record.promise)) <= self.log.at;
        if record.open() == 0 || ended {
            return;
        }
        match (record.promise, date) {
            (NEVER, Some(date)) => self.make_promise(line, date),
            (NEVER, None) => {}
            (promise, Some(date)) if day_of(date) <= day_of(promise) => {}
            (_, later) => self.move_promise(line, later.unwrap_or(NEVER)),
        }
    }

    /// A promise for a line that has none.
    fn make_promise(&mut self, line: u32, date: Instant) {
        self.set_promise(line, date);
        self.tell_promise_made(line);
    }

    pub(crate) fn tell_promise_made(&mut self, line: u32) {
        let to = self.lines[line as usize].promise;
        let event = Event { to, ..self.line_event(EventKind::PromiseMade, line) };
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
        let day = record.promise_day();
        let (first, item) = (record.first_part, record.item as usize);
        let mut part = first;
        while part != NONE {
            self.forest.update(&mut self.items[item].root, part, |entry| entry.promise_day = day);
            part = self.parts[part as usize].next;
        }
        self.renew_deadline(line, had);
    }

    /// The day that is still to be held against a line.
    pub(crate) fn deadline(&self, line: u32) -> Option<Day> {
        let record = &self.lines[line as usize];
        record.has_deadline().then(|| day_of(record.promise))
    }

    /// After a change of a line that had this deadline: enters the one it has now.
    pub(crate) fn renew_deadline(&mut self, line: u32, had: Option<Day>) {
        let (has, number) = (self.deadline(line), self.lines[line as usize].promise_number);
        if let Some(day) = had {
            let lines = &self.lines;
            self.deadlines.drop_one(day, |row, number| {
                let record = &lines[row as usize];
                record.has_deadline() && record.promise_number == number
            });
        }
        if let Some(day) = has {
            self.deadlines.add(day, line, number);
        }
    }

    /// After a change that may have closed a line, which had this deadline.
    pub(crate) fn settle_deadline(&mut self, line: u32, had: Option<Day>) {
        if had != self.deadline(line) {
            self.renew_deadline(line, had);
        }
    }

    /// The end of a promised day: what has not wholly shipped is broken, once per promise, and
    /// moves if it still waits for units.
    pub(crate) fn end_of_promised_day(&mut self, at: Instant) {
        // Lines of an order that ships whole share one date, and mostly stand next to each other.
        let mut shared = (NONE, None);
        let mut rows = self.deadlines.take_first();
        rows.sort_unstable_by_key(|&(line, number)| (number, line));
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
                    let date = self.date_to_hold(line, at);
                    self.hold_promise(line, date);
                }
            } else if record.waiting_lines > 0 {
                if shared.0 != demand {
                    shared = (demand, self.date_to_hold(line, at));
                }
                self.hold_promise(line, shared.1);
            }
        }
    }

    /// The last unit of a line has shipped.
    pub(crate) fn line_shipped_whole(&mut self, line: u32, at: Instant) {
        let record = &self.lines[line as usize];
        if record.first_promise == NEVER {
            return;
        }
        let kept = |promise: Instant| promise != NEVER && at < end_of_day(day_of(promise));
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

/// Parts found in the queue, with their depth, which is their order.
struct Found<'e> {
    forest: &'e super::rank_tree::RankForest,
    root: &'e super::rank_tree::Root,
    parts: Vec<u32>,
}

impl Found<'_> {
    /// Every match after a depth, up to one.
    fn collect(&mut self, after: Quantity, upto: Quantity, needle: Needle) {
        let mut after = after;
        while let Some((part, depth)) = self.forest.find(self.root, after, upto, needle) {
            self.parts.push(part);
            after = depth;
        }
    }
}
