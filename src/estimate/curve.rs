//! The supply curve of rules §9: what will have come by when.

use crate::model::settings::Overdue;
use crate::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
use alloc::vec::Vec;

/// The open supplies of one item, by date.
///
/// Dates that have passed are not in the past but due anew (rules §9), so that the curve depends on
/// the instant at which it is read: [`SupplyCurve::at`] gives that reading. Sums are kept, so that a
/// date is found by bisection.
#[derive(Clone, Debug, Default)]
pub struct SupplyCurve {
    steps: Vec<Step>,
    /// `sums[i]` is what the steps before `i` bring together, up to all of them. Empty as long as nothing was added.
    sums: Vec<Quantity>,
}

/// One open supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    due: Instant,
    supply: u32,
    open: Quantity,
}

/// A stretch of the curve: the units up to `upto`, of those still to come, are there at `date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The last of the units that this stretch brings, counted from the first that is to come.
    pub upto: Quantity,
    /// When they come; `None` where that is beyond the last instant that can be said.
    pub date: Option<Instant>,
    /// The supply that brings them.
    pub supply: u32,
}

impl SupplyCurve {
    /// All that is still to come, late or not.
    pub fn total(&self) -> Quantity {
        self.sum(self.steps.len())
    }

    /// The supplies that are open, by date.
    pub fn supplies(&self) -> impl Iterator<Item = u32> + '_ {
        self.steps.iter().map(|step| step.supply)
    }

    /// The supplies that are open, by date: what each has, and when.
    pub fn steps(&self) -> impl Iterator<Item = Piece> + '_ {
        let upto = self.sums.iter().skip(1);
        let steps = self.steps.iter().zip(upto);
        steps.map(|(step, &upto)| Piece { upto, date: Some(step.due), supply: step.supply })
    }

    /// Adds a supply. One with nothing open is not on the curve.
    pub fn insert(&mut self, supply: u32, due: Instant, open: Quantity) {
        if open == 0 {
            return;
        }
        let step = Step { due, supply, open };
        let index = self.steps.partition_point(|other| *other < step);
        self.steps.insert(index, step);
        self.recount(index);
    }

    /// Takes a supply off the curve, if it is there.
    pub fn remove(&mut self, supply: u32, due: Instant) {
        let index = self.steps.partition_point(|step| (step.due, step.supply) < (due, supply));
        if self.steps.get(index).is_some_and(|step| step.supply == supply && step.due == due) {
            self.steps.remove(index);
            self.recount(index);
        }
    }

    /// The curve as it stands at `now`. Natively inlined, so that what it gives stays in registers: written
    /// and read again it would cost a quote a tenth of its time. In wasm it gains less than its bytes cost.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn at(&self, now: Instant, overdue: Overdue) -> CurveAt<'_> {
        let oldest = match overdue.ignore_after_days {
            Some(days) => now.saturating_sub(days.saturating_mul(DAY_MS)),
            None => 0,
        };
        let comes_at = now.saturating_add(overdue.offset_days.saturating_mul(DAY_MS));
        // Mostly nothing is late.
        if self.steps.first().is_none_or(|step| step.due >= comes_at) {
            return CurveAt { curve: self, counted: 0, future: 0, after: 0, comes_at };
        }
        CurveAt {
            curve: self,
            counted: self.steps.partition_point(|step| step.due < oldest),
            future: self.steps.partition_point(|step| step.due < now),
            after: self.steps.partition_point(|step| step.due < comes_at),
            comes_at,
        }
    }

    fn recount(&mut self, from: usize) {
        let mut sum = self.sum(from);
        self.sums.truncate(from);
        self.sums.push(sum);
        for step in &self.steps[from..] {
            sum += step.open;
            self.sums.push(sum);
        }
    }

    /// What the steps before `index` bring.
    #[inline]
    fn sum(&self, index: usize) -> Quantity {
        self.sums.get(index).copied().unwrap_or(0)
    }
}

/// A supply curve at an instant. In order of arrival: what is due before overdue supply can come
/// (steps `future..after`), overdue supply that still counts (`counted..future`), the rest.
#[derive(Clone, Copy, Debug)]
pub struct CurveAt<'c> {
    curve: &'c SupplyCurve,
    counted: usize,
    future: usize,
    after: usize,
    comes_at: Instant,
}

impl CurveAt<'_> {
    /// All that is to come and counts.
    pub fn total(&self) -> Quantity {
        self.curve.total() - self.ignored()
    }

    /// What is so late that it counts for nothing.
    pub fn ignored(&self) -> Quantity {
        self.curve.sum(self.counted)
    }

    /// The units up to which overdue supply changes dates as time passes; 0 when none is overdue.
    pub fn upto_overdue(&self) -> Quantity {
        if self.counted == self.future { 0 } else { self.before_overdue() + self.overdue() }
    }

    /// Whether what is overdue, or comes to be, is expected beyond the last instant that can be said.
    pub fn overdue_never_comes(&self) -> bool {
        self.comes_at > MAX_SAFE
    }

    /// The supply that brings the `unit`-th unit of those still to come, from 1, and when.
    ///
    /// ```
    /// use backorder::estimate::curve::SupplyCurve;
    /// let mut curve = SupplyCurve::default();
    /// curve.insert(0, 1_000, 5);
    /// curve.insert(1, 2_000, 5);
    /// let at = curve.at(1_500, Default::default());
    /// assert_eq!(at.piece(5).map(|piece| piece.date), Some(Some(1_500)), "overdue: now at the earliest");
    /// assert_eq!(at.piece(6).map(|piece| piece.date), Some(Some(2_000)));
    /// assert_eq!(at.piece(11), None);
    /// ```
    pub fn piece(&self, unit: Quantity) -> Option<Piece> {
        let early = self.before_overdue();
        let (base, range, late) = if unit <= early {
            (self.curve.sum(self.future), self.future..self.after, false)
        } else if unit <= early + self.overdue() {
            (self.curve.sum(self.counted).wrapping_sub(early), self.counted..self.future, true)
        } else {
            (self.ignored(), self.after..self.curve.steps.len(), false)
        };
        // What has come by the end of each step; wrapping, as the base of the overdue stretch may lie
        // below zero.
        let ends = self.curve.sums.get(range.start + 1..range.end + 1)?;
        let index = ends.partition_point(|end| end.wrapping_sub(base) < unit);
        let (end, step) = (ends.get(index)?, self.curve.steps.get(range.start + index)?);
        let date = if late { self.comes_at } else { step.due };
        let upto = end.wrapping_sub(base);
        Some(Piece { upto, date: (date <= MAX_SAFE).then_some(date), supply: step.supply })
    }

    /// When the last of the units that count has come; 0 when there are none, and `None` where that
    /// is beyond the last instant that can be said.
    pub fn last_date(&self) -> Option<Instant> {
        match (self.total(), self.curve.steps.last()) {
            (0, _) => Some(0),
            (_, Some(step)) if self.after < self.curve.steps.len() => {
                (step.due <= MAX_SAFE).then_some(step.due)
            }
            (last, _) => self.piece(last).and_then(|piece| piece.date),
        }
    }

    /// The units that have come by an instant, which is not before the one at which this is read.
    pub fn arrived_by(&self, instant: Instant) -> Quantity {
        let index = self.curve.steps.partition_point(|step| step.due <= instant).max(self.future);
        let late = if self.comes_at <= instant { self.overdue() } else { 0 };
        self.curve.sum(index) - self.curve.sum(self.future) + late
    }

    /// The steps in order of arrival. What comes beyond the last instant that can be said has no date.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        let mut upto = 0;
        core::iter::from_fn(move || {
            let piece = self.piece(upto + 1)?;
            upto = piece.upto;
            Some(piece)
        })
    }

    /// The units that come before a supply with this date does.
    pub fn before(&self, due: Instant) -> Quantity {
        let index = self.curve.steps.partition_point(|step| step.due < due);
        self.arrived(index)
    }

    /// The units that have come once a supply with this date has.
    pub fn through(&self, due: Instant) -> Quantity {
        let index = self.curve.steps.partition_point(|step| step.due <= due);
        if index <= self.future { self.upto_overdue() } else { self.arrived(index) }
    }

    /// The units that come before the step at `index`.
    fn arrived(&self, index: usize) -> Quantity {
        if index < self.future {
            self.before_overdue()
        } else if index < self.after {
            self.curve.sum(index) - self.curve.sum(self.future)
        } else {
            self.curve.sum(index) - self.ignored()
        }
    }

    /// The units due before overdue supply can come.
    fn before_overdue(&self) -> Quantity {
        self.curve.sum(self.after) - self.curve.sum(self.future)
    }

    fn overdue(&self) -> Quantity {
        self.curve.sum(self.future) - self.curve.sum(self.counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slow way: every step with its date at `now`, sorted, walked unit by unit.
    fn slow(steps: &[(u32, Instant, Quantity)], now: Instant, overdue: Overdue) -> Vec<Instant> {
        let mut dated: Vec<(Instant, Quantity)> = Vec::new();
        for &(_, due, open) in steps {
            let late = now.saturating_sub(due);
            let counts = overdue.ignore_after_days.is_none_or(|days| late <= days * DAY_MS);
            if counts {
                let date = if due < now { now + overdue.offset_days * DAY_MS } else { due };
                dated.push((date, open));
            }
        }
        dated.sort_unstable();
        dated.iter().flat_map(|&(date, open)| (0..open).map(move |_| date)).collect()
    }

    #[test]
    fn every_unit_has_the_date_that_walking_gives() {
        let mut random = 7_u64;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        for _ in 0..2_000 {
            let mut steps: Vec<(u32, Instant, Quantity)> = Vec::new();
            let mut curve = SupplyCurve::default();
            for supply in 0..next(8) as u32 {
                let (due, open) = (next(12) * DAY_MS / 2, 1 + next(4));
                steps.push((supply, due, open));
                curve.insert(supply, due, open);
            }
            if next(3) == 0 && !steps.is_empty() {
                let (supply, due, _) = steps.remove(next(steps.len() as u64) as usize);
                curve.remove(supply, due);
            }
            let ignore = [None, Some(0), Some(1), Some(3)][next(4) as usize];
            let overdue = Overdue { offset_days: next(4), ignore_after_days: ignore };
            let now = next(14) * DAY_MS / 2;
            let (at, dates) = (curve.at(now, overdue), slow(&steps, now, overdue));
            assert_eq!(at.total(), dates.len() as u64);
            assert_eq!(at.last_date(), Some(dates.last().copied().unwrap_or(0)));
            for (index, &date) in dates.iter().enumerate() {
                let piece = at.piece(index as u64 + 1).expect("a unit that comes has a date");
                assert_eq!(piece.date, Some(date), "unit {} of {steps:?} at {now}", index + 1);
                assert!(piece.upto > index as u64);
                let last = dates[piece.upto as usize - 1];
                assert_eq!(last, date, "a piece has one date");
            }
            assert_eq!(at.piece(dates.len() as u64 + 1), None);
            assert_eq!(at.pieces().last().map_or(0, |last| last.upto), dates.len() as u64);
            let instant = now + next(8) * DAY_MS / 2;
            let come = dates.iter().filter(|&&date| date <= instant).count() as u64;
            assert_eq!(at.arrived_by(instant), come, "{steps:?} at {now}, by {instant}");
        }
    }
}
