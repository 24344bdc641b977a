//! Promises are made, held against estimates, moved, kept and broken; carts end (rules §10, §11, §12).

use super::records::Promise;
use super::{Cause, Shop, Touched, events::About};
use backorder::model::command::CommandKind;
use backorder::model::outcome::EventKind;
use backorder::model::units::{Instant, MAX_SAFE, day_of};
use backorder::model::view::HoldState;

/// What falls due by time.
#[derive(Clone, Copy, Debug)]
enum Due {
    HoldEnds { demand: usize },
    PromisedDayEnds { demand: usize, line: usize },
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
                    self.settle(&before, &touched, at);
                }
                Due::PromisedDayEnds { demand, line } => self.break_promise(demand, line, at),
            }
        }
        self.last_instant = now;
    }

    /// At the same instant holds first, in the order made, then deadlines in the order promised.
    fn next_due(&self) -> Option<(Instant, Due)> {
        let mut due: Vec<((Instant, u8, u64), Due)> = Vec::new();
        for (demand, record) in self.demands.iter().enumerate() {
            if let Some(hold) = record.hold.as_ref().filter(|hold| hold.state == HoldState::Open) {
                due.push(((hold.ends_at, 0, record.sequence), Due::HoldEnds { demand }));
            }
            for (index, line) in record.lines.iter().enumerate() {
                if let (Some(deadline), Some(promise)) = (line.deadline(), line.promise) {
                    let ends = Due::PromisedDayEnds { demand, line: index };
                    due.push(((deadline, 1, promise.made_by), ends));
                }
            }
        }
        due.into_iter().min_by_key(|(order, _)| *order).map(|((at, _, _), due)| (at, due))
    }

    /// The earliest instant at which a tick would bring about an event.
    pub fn next_wake_at(&self) -> Option<Instant> {
        self.next_due().map(|(at, _)| at).filter(|at| *at <= MAX_SAFE)
    }

    /// A line that has not wholly shipped by the end of the promised day is broken, once; if
    /// something still waits, the promise moves in the same instant.
    fn break_promise(&mut self, demand: usize, line: usize, at: Instant) {
        if let Some(promise) = &mut self.demands[demand].lines[line].promise {
            promise.broken = true;
        }
        self.tell_promise(at, EventKind::PromiseBroken, demand, line);
        if self.waits(demand, line) {
            self.hold_against_estimate(demand, line, true, at);
        }
    }

    /// After a change: the open lines of each item touched, in rank order, then those of the orders
    /// touched, for which nothing but their own settings can have become later.
    pub(super) fn review_promises(&mut self, before: &Shop, touched: &Touched, at: Instant) {
        for sku in &touched.skus {
            for (demand, line) in self.lines_by_rank(sku) {
                let movable =
                    self.falls_behind(demand, line, at) || self.itself_made_later(before, demand, line, at);
                self.hold_against_estimate(demand, line, movable, at);
            }
        }
        for &demand in &touched.demands {
            for line in 0..self.demands[demand].lines.len() {
                let movable = self.made_later(before, demand, line, at);
                self.hold_against_estimate(demand, line, movable, at);
            }
        }
    }

    /// A line stands where the last of its parts stands that has units: its promise is that part's.
    fn lines_by_rank(&self, sku: &str) -> Vec<(usize, usize)> {
        let mut parts = self.parts_by_rank(sku);
        parts.retain(|&(demand, line, part)| {
            let parts = &self.demands[demand].lines[line].parts;
            parts.iter().rposition(|part| part.allocated + part.waiting > 0) == Some(part)
        });
        parts.into_iter().map(|(demand, line, _)| (demand, line)).collect()
    }

    /// A line that waits, and by itself ships on a later day than it was promised for. Where the
    /// order ships whole, one such line is enough to look at them all.
    fn falls_behind(&self, demand: usize, line: usize, at: Instant) -> bool {
        let record = &self.demands[demand].lines[line];
        let date = self.own_date(demand, line, at).date;
        record.waiting() > 0 && record.promise.is_some_and(|promise| falls_on_later_day(date, promise.date))
    }

    /// The same of the line's own date, whatever the rest of its order does.
    fn itself_made_later(&self, before: &Shop, demand: usize, line: usize, at: Instant) -> bool {
        let known = before.demands.get(demand).and_then(|record| record.lines.get(line));
        known.is_some_and(|known| {
            let (was, is) = (before.own_date(demand, line, at).date, self.own_date(demand, line, at).date);
            let has_all = self.demands[demand].lines[line].waiting() == 0;
            has_all && !known.is_closed() && was.is_some_and(|was| is.is_none_or(|is| is > was))
        })
    }

    /// A line that has all its units ships now, and that moves by time alone: only a change that
    /// makes its date later than it was moves its promise.
    fn made_later(&self, before: &Shop, demand: usize, line: usize, at: Instant) -> bool {
        let known = before.demands.get(demand).and_then(|record| record.lines.get(line));
        known.is_some_and(|known| {
            let (was, is) = (before.date_of(demand, line, at).date, self.date_of(demand, line, at).date);
            !known.is_closed() && was.is_some_and(|was| is.is_none_or(|is| is > was))
        })
    }

    /// Who has no promise gets one if there is a date; who has one for an earlier day than the date
    /// gets the later one, or none. Lines whose promised day ends at this very instant break first.
    pub(super) fn hold_against_estimate(&mut self, demand: usize, line: usize, movable: bool, at: Instant) {
        if self.demands[demand].lines[line].is_closed() {
            return;
        }
        let date = self.date_of(demand, line, at).date;
        for other in self.companions(demand, line) {
            let record = &self.demands[demand].lines[other];
            let by_time = self.cause.command == CommandKind::Tick;
            let breaks_first = by_time && record.deadline().is_some_and(|deadline| deadline <= at);
            match record.promise {
                None => self.promise(demand, other, date, at),
                Some(promise) if movable && !breaks_first && falls_on_later_day(date, promise.date) => {
                    self.promise(demand, other, date, at);
                }
                Some(_) => {}
            }
        }
    }

    /// Makes or moves a promise. Without one, and without a date, there is nothing to say.
    pub(super) fn promise(&mut self, demand: usize, line: usize, date: Option<Instant>, at: Instant) {
        let from = self.demands[demand].lines[line].promise.map(|promise| promise.date);
        let kind = match (from, date) {
            (None, None) => return,
            (None, Some(_)) => EventKind::PromiseMade,
            (Some(_), _) => EventKind::PromiseMoved,
        };
        let about =
            About { from: from.is_some().then_some(from), to: Some(date), ..self.about_line(demand, line) };
        let made_by = self.tell(at, kind, about);
        let record = &mut self.demands[demand].lines[line];
        record.promise = date.map(|date| Promise { date, made_by, broken: false });
        record.record.first_promise = record.record.first_promise.or(date);
        record.record.last_promise = date;
    }

    /// What became of the promise that stands.
    pub(super) fn tell_promise(&mut self, at: Instant, kind: EventKind, demand: usize, line: usize) {
        let promise = self.demands[demand].lines[line].promise;
        let about = About { to: Some(promise.map(|promise| promise.date)), ..self.about_line(demand, line) };
        self.tell(at, kind, about);
    }

    /// A cart is gone, however it ended: it gives up its units and its places.
    pub(super) fn end_hold(&mut self, demand: usize, kind: EventKind, at: Instant) -> Touched {
        let mut touched = Touched::default();
        let record = &mut self.demands[demand];
        if let Some(hold) = &mut record.hold {
            hold.state = HoldState::Ended;
            hold.closed_at = Some(at);
        }
        for line in &mut record.lines {
            touched.add(&line.sku);
            line.give_up();
        }
        self.tell_demand(at, kind, demand);
        touched
    }
}

/// No date is later than any.
fn falls_on_later_day(date: Option<Instant>, promised: Instant) -> bool {
    date.is_none_or(|date| day_of(date) > day_of(promised))
}
