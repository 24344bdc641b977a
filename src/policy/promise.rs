//! What may still be promised when promises are kept (rules §9, protect mode).

use crate::model::units::{Instant, Quantity};

/// What supply leaves beside the promises made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// From when on the units asked for are never needed for a promise; `None`: never, as far as
    /// supply is known.
    pub date: Option<Instant>,
    /// The least that is left at any time from now on; below 0 where promises exceed supply.
    pub least_from_now: i64,
}

/// The earliest instant `t`, from `now` on, with `min over u ≥ t of (S(u) − C(u)) ≥ units`.
///
/// `start` is what is there now, a debt if below 0; `steps` are the instants at which more comes, in
/// order of time, and how much; those up to `now` count as there. `promised_by(u)` is `C(u)`, the
/// units still lacking that are promised at `u` or before; `promised_in_all` is its last value.
///
/// Between two steps `C` only grows, so that what is left is least just before the next step: one
/// look at `C` for each step tells all, and the earliest instant is `now` or that of a step.
///
/// ```
/// use backorder::policy::promise::earliest;
/// // 20 units are there, 10 come at 200; 15 are promised at 300.
/// let promised_by = |instant| if instant < 300 { 0 } else { 15 };
/// let outlook = |units| earliest(100, 20, [(200, 10)], promised_by, 15, units);
/// assert_eq!(outlook(15).date, Some(100));
/// assert_eq!(outlook(16).date, None);
/// assert_eq!(outlook(1).least_from_now, 15);
/// ```
pub fn earliest(
    now: Instant,
    start: i64,
    steps: impl IntoIterator<Item = (Instant, Quantity)>,
    promised_by: impl Fn(Instant) -> Quantity,
    promised_in_all: Quantity,
    units: Quantity,
) -> Outlook {
    let mut supply = start;
    let mut from = now;
    let mut outlook = Outlook { date: None, least_from_now: i64::MAX };
    for (instant, comes) in steps {
        if instant > from {
            outlook.extend(from, supply.saturating_sub_unsigned(promised_by(instant - 1)), units);
            from = instant;
        }
        supply = supply.saturating_add_unsigned(comes);
    }
    outlook.extend(from, supply.saturating_sub_unsigned(promised_in_all), units);
    outlook
}

impl Outlook {
    /// Goes on with the stretch that begins at `from`, in which at least `left` units are left.
    fn extend(&mut self, from: Instant, left: i64, units: Quantity) {
        self.least_from_now = self.least_from_now.min(left);
        self.date = if Quantity::try_from(left).is_ok_and(|left| left >= units) {
            self.date.or(Some(from))
        } else {
            None
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::numbers;
    use alloc::vec::Vec;
    use core::cell::Cell;

    /// Amounts by instant.
    type Dated = Vec<(Instant, Quantity)>;

    fn upto(dated: &[(Instant, Quantity)], instant: Instant) -> Quantity {
        dated.iter().filter(|&&(at, _)| at <= instant).map(|&(_, units)| units).sum()
    }

    fn outlook(now: Instant, start: i64, steps: &Dated, promises: &Dated, units: Quantity) -> Outlook {
        let promised_by = |instant| upto(promises, instant);
        earliest(now, start, steps.iter().copied(), promised_by, upto(promises, Instant::MAX), units)
    }

    /// The least that is left from each of the instants on.
    fn row(instants: core::ops::Range<Instant>, start: i64, steps: &Dated, promises: &Dated) -> Vec<i64> {
        instants.map(|now| outlook(now, start, steps, promises, 1).least_from_now).collect()
    }

    #[test]
    fn only_what_no_later_promise_needs_is_available() {
        // ATP-03: 225 are there in the first period, and 90 may be sold.
        let steps = Dated::from([(1, 200), (3, 200), (5, 200)]);
        let orders = Dated::from([(1, 75), (2, 125), (3, 75), (4, 135), (5, 45), (6, 53)]);
        assert_eq!(row(1..7, 100, &steps, &orders), [90, 90, 90, 90, 192, 192]);
        for (units, date) in [(1, Some(1)), (90, Some(1)), (91, Some(5)), (192, Some(5)), (193, None)] {
            assert_eq!(outlook(1, 100, &steps, &orders, units).date, date, "{units}");
        }
    }

    #[test]
    fn what_may_be_promised_rises_as_supply_comes() {
        // ATP-IV-3.
        let steps = Dated::from([(2, 10), (4, 1), (5, 3)]);
        let demand = Dated::from([(0, 3), (3, 15)]);
        assert_eq!(row(0..7, 20, &steps, &demand), [12, 12, 12, 12, 13, 16, 16]);
        for (units, date) in [(12, Some(0)), (13, Some(4)), (14, Some(5)), (16, Some(5)), (17, None)] {
            assert_eq!(outlook(0, 20, &steps, &demand, units).date, date, "{units}");
        }
    }

    #[test]
    fn late_supply_and_late_demand_count_from_their_new_day() {
        // ATP-07: 200 late and 75 promised, both expected on day 1; 100 more on day 10.
        let steps = Dated::from([(1, 200), (10, 100)]);
        let demand = Dated::from([(1, 75)]);
        assert_eq!(row(0..2, 0, &steps, &demand), [0, 125]);
        assert_eq!(row(10..11, 0, &steps, &demand), [225]);
        assert_eq!(outlook(0, 0, &steps, &demand, 150).date, Some(10));
    }

    #[test]
    fn the_edges_of_time_and_of_numbers_are_within() {
        let none = Dated::new();
        assert_eq!(outlook(7, 5, &none, &none, 5), Outlook { date: Some(7), least_from_now: 5 });
        assert_eq!(outlook(7, 5, &none, &none, 6), Outlook { date: None, least_from_now: 5 });
        assert_eq!(outlook(7, -5, &none, &none, 0), Outlook { date: None, least_from_now: -5 });
        let steps = Dated::from([(0, 4), (7, 1)]);
        assert_eq!(outlook(7, 0, &steps, &none, 5), Outlook { date: Some(7), least_from_now: 5 });
        let steps = Dated::from([(Instant::MAX, 9)]);
        assert_eq!(outlook(0, 0, &steps, &none, 9), Outlook { date: Some(Instant::MAX), least_from_now: 0 });
        let steps = Dated::from([(1, u64::MAX)]);
        let promises = Dated::from([(0, u64::MAX)]);
        assert_eq!(outlook(0, i64::MIN, &steps, &promises, 1).date, None);
    }

    /// The slow way: every instant, and from each every later one.
    fn slow(now: Instant, start: i64, steps: &Dated, promises: &Dated, units: Quantity) -> Outlook {
        let horizon = 30;
        let left = |instant| start + upto(steps, instant) as i64 - upto(promises, instant) as i64;
        let least = |from: Instant| (from..horizon).map(left).min().expect("a horizon ahead");
        let date = (now..horizon).find(|&from| least(from) >= units as i64);
        Outlook { date, least_from_now: least(now) }
    }

    #[test]
    fn dates_are_those_of_walking_every_instant() {
        let mut next = numbers(17);
        for _ in 0..5_000 {
            let mut steps: Dated = (0..next(6)).map(|_| (next(25), next(6))).collect();
            steps.sort_unstable();
            let promises: Dated = (0..next(6)).map(|_| (next(28), next(6))).collect();
            let (now, start, units) = (next(20), next(14) as i64 - 4, 1 + next(8));
            assert_eq!(
                outlook(now, start, &steps, &promises, units),
                slow(now, start, &steps, &promises, units),
                "{units} at {now}: {start} and {steps:?} against {promises:?}"
            );
        }
    }

    #[test]
    fn promises_are_looked_at_once_a_step() {
        let looks = Cell::new(0);
        let promised_by = |_| {
            looks.set(looks.get() + 1);
            0
        };
        let steps = [(3, 1), (5, 1), (8, 1), (8, 1), (9, 1)];
        assert_eq!(earliest(4, 0, steps, promised_by, 0, 3).date, Some(8));
        assert_eq!(looks.get(), 3);
    }
}
