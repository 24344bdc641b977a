//! What is expected of the supplies that are to come to one place, where any of them may be late.

use super::curve::{CurveAt, SupplyCurve};
use super::lateness::Lateness;
use super::overtaking::Inflow;
use super::scenarios::{Coming, Overtakers, dated};
use crate::model::settings::Overdue;
use crate::model::units::{DAY_MS, Day, Instant, day_of};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::OnceCell;

/// What comes to a queue, and the priority by which dates are asked; none where nobody overtakes.
pub type Overtaken<'o> = Option<(&'o Inflow, u8)>;

/// The supplies that are to come to one place, and the tables of dates that follow from them, each made
/// when it is first asked for.
#[derive(Debug)]
pub struct Expected {
    /// By number.
    coming: Vec<Coming>,
    /// The date of the first of them.
    first_due: Instant,
    /// The seed of the draws of better priorities still to come, where they are learned.
    overtaking: Option<u64>,
    tables: Tables,
    /// For which day dates were last held against promises, if they were.
    seen: Option<Instant>,
}

/// The tables are made again where they are asked for.
impl Clone for Expected {
    fn clone(&self) -> Expected {
        let again = Expected::of(self.coming.clone());
        Expected { seen: self.seen, overtaking: self.overtaking, ..again }
    }
}

/// However many days it was read for: a list that drops itself would call as deep as it is long.
impl Drop for Tables {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut table) = next {
            next = table.next.0.take();
        }
    }
}

/// The first of the tables that were made.
#[derive(Debug, Default)]
struct Tables(OnceCell<Box<Table>>);

/// One table, and the next one that was made.
#[derive(Debug)]
struct Table {
    key: Key,
    curve: SupplyCurve,
    next: Tables,
}

/// What a table is made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    as_of: Instant,
    overdue: Overdue,
    of_draws: u16,
    /// The worst class of better priority that is still to come.
    class: Option<u8>,
}

impl Expected {
    /// What is expected of supplies, each with something open, in the order of their numbers.
    pub fn of(coming: Vec<Coming>) -> Expected {
        let first_due = coming.iter().map(|coming| coming.due).min().unwrap_or(Instant::MAX);
        Expected { coming, first_due, overtaking: None, tables: Tables::default(), seen: None }
    }

    /// The same where better priorities may overtake, by draws of this seed.
    pub fn with_overtaking(self, seed: u64) -> Expected {
        Expected { overtaking: Some(seed), ..self }
    }

    /// The supplies, by number.
    pub fn coming(&self) -> &[Coming] {
        &self.coming
    }

    /// How late a supply may be; `None` where it is taken at its word, or is not to come.
    pub fn lateness_of(&self, supply: u32) -> Option<&Lateness> {
        let place = self.coming.binary_search_by_key(&supply, |coming| coming.supply).ok();
        self.coming.get(place?).and_then(|coming| coming.lateness.as_ref())
    }

    /// Whether all are taken at their word, so that nothing but their dates is to be known.
    pub fn is_plain(&self) -> bool {
        self.coming.iter().all(|coming| coming.lateness.is_none() && coming.counts)
    }

    /// The dates of the units to come at a quantile, so many draws in a thousand, as they are seen on the
    /// day of `now` by a priority: the table is made once a day as long as a supply is overdue or better
    /// priorities may overtake, else once.
    pub fn at(&self, now: Instant, overdue: Overdue, of_draws: u16, overtaken: Overtaken) -> CurveAt<'_> {
        // What no longer counts is not in the table.
        self.curve(now, overdue, of_draws, overtaken).at(now, Overdue { ignore_after_days: None, ..overdue })
    }

    /// The first instant from which dates may be seen otherwise than they are at `now`.
    pub fn seen_alike_until(&self, now: Instant) -> Instant {
        let seen_on = if self.overtaking.is_some() { now } else { now.max(self.first_due) };
        (seen_on - seen_on % DAY_MS).saturating_add(DAY_MS)
    }

    /// The same as a curve, which holds for the day of `now`.
    pub fn curve(&self, now: Instant, overdue: Overdue, of_draws: u16, overtaken: Overtaken) -> &SupplyCurve {
        let overtaken = overtaken.filter(|_| self.overtaking.is_some());
        let class = overtaken.and_then(|(inflow, priority)| inflow.better_than(priority));
        let key = Key { as_of: self.as_of(now), overdue, of_draws, class };
        let mut at = &self.tables;
        loop {
            let table = at.0.get_or_init(|| Box::new(self.table(key, overtaken)));
            if table.key == key {
                return &table.curve;
            }
            at = &table.next;
        }
    }

    /// The beginning of the day of `now` where a supply is overdue by then, or better priorities come day by
    /// day; else 0, as all days are alike.
    fn as_of(&self, now: Instant) -> Instant {
        let today = now - now % DAY_MS;
        if self.overtaking.is_some() || self.first_due < today { today } else { 0 }
    }

    /// Units were ordered or cancelled on a day: tables that were read for later ones do not know of them.
    pub fn changed_on(&mut self, day: Day) {
        let mut table = self.tables.0.get();
        while let Some(made) = table {
            if day_of(made.key.as_of) > day {
                self.tables = Tables::default();
                return;
            }
            table = made.next.0.get();
        }
    }

    /// Dates are held against promises now: whether they may have changed by time alone since that was last
    /// done. Tables for days that have passed are dropped.
    pub fn see(&mut self, now: Instant) -> bool {
        let as_of = self.as_of(now);
        let changed = self.seen.replace(as_of) != Some(as_of);
        if changed {
            self.tables = Tables::default();
        }
        changed
    }

    fn table(&self, key: Key, overtaken: Overtaken) -> Table {
        let Key { as_of, overdue, of_draws, class } = key;
        let rate = overtaken.map(|(inflow, _)| inflow.rate(class, day_of(as_of)));
        let overtaking = rate.filter(|rate| !rate.is_nothing()).zip(self.overtaking);
        let overtaking = overtaking.map(|(rate, seed)| Overtakers { rate, seed });
        let mut curve = SupplyCurve::default();
        for step in dated(&self.coming, as_of, overdue, of_draws, overtaking) {
            curve.insert(step.supply, step.date, step.units);
        }
        Table { key, curve, next: Tables::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::lateness::LatenessStep;
    use alloc::vec;

    fn coming(supply: u32, open: u64) -> Coming {
        let step = |days, by| LatenessStep { days, by };
        let lateness = Some(Lateness::of_steps(vec![step(0, 0.5), step(2, 0.9), step(30, 1.0)], 10));
        Coming { due: 10 * DAY_MS, open, supply, seed: 3, lateness, counts: true }
    }

    fn dates(expected: &Expected, day: u64, of_draws: u16) -> Vec<(u64, u64)> {
        let now = day * DAY_MS + 5;
        expected
            .at(now, Overdue::default(), of_draws, None)
            .pieces()
            .map(|piece| (piece.upto, piece.date.unwrap_or(0) / DAY_MS))
            .collect()
    }

    #[test]
    fn it_may_have_been_read_for_any_number_of_days() {
        let mut expected = Expected::of(vec![coming(4, 7)]);
        for day in 0..1_000_000 {
            let key = Key { as_of: day, overdue: Overdue::default(), of_draws: 500, class: None };
            let next = core::mem::take(&mut expected.tables);
            let table = Table { key, curve: SupplyCurve::default(), next };
            expected.tables = Tables(OnceCell::from(Box::new(table)));
        }
        drop(expected);
    }

    #[test]
    fn tables_are_made_once_and_hold_for_what_they_are_asked_for() {
        assert!(Expected::of(Vec::new()).is_plain());
        let expected = Expected::of(vec![coming(4, 7)]);
        assert!(!expected.is_plain());
        for _ in 0..2 {
            assert_eq!(dates(&expected, 0, 500), [(7, 10)]);
            assert_eq!(dates(&expected, 0, 800), [(7, 12)]);
            assert_eq!(dates(&expected, 0, 950), [(7, 40)]);
            assert_eq!(dates(&expected, 11, 800), [(7, 12)], "one in five of what remains comes later");
            assert_eq!(dates(&expected, 12, 500), [(7, 40)], "given that it is two days late already");
            assert_eq!(dates(&expected, 50, 800), [(7, 57)], "later than anything that was seen: the prior");
        }
        let first = expected.curve(0, Overdue::default(), 500, None) as *const SupplyCurve;
        let again = expected.curve(9 * DAY_MS, Overdue::default(), 500, None) as *const SupplyCurve;
        assert_eq!(first, again, "as long as nothing is overdue, one table serves every day");
        let later = Coming { due: 20 * DAY_MS, ..coming(4, 3) };
        assert_eq!(dates(&Expected::of(vec![later]), 12, 500), [(3, 20)]);
    }
}
