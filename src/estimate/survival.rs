//! The product-limit estimate of how late supplies come, where some are still to come.

use crate::model::sort::by_key;
use alloc::vec::Vec;

/// Probabilities closer than this are the same: products and sums of shares are off by a few units in
/// their last place.
pub const SAME: f64 = 1e-9;

/// How late a supply came, or how late it is already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Days after the date that was given, negative when early.
    pub days: i32,
    /// What it counts for; above 0.
    pub weight: f64,
    /// Whether it has come. If not, it comes later than `days`, and nobody knows when (right-censored).
    pub closed: bool,
}

/// What happened on one day of lateness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurvivalStep {
    /// Days after the date that was given.
    pub days: i32,
    /// The weight of what came on that day or later, or was open on it.
    pub at_risk: f64,
    /// The weight of what came on that day.
    pub came: f64,
    /// The share that is expected to come later than that day.
    pub survival: f64,
}

/// The share of supplies that come later than a day: `S(t) = ∏ (1 − came ÷ at risk)` over the days up to `t`
/// (Kaplan and Meier, JASA 53, 1958), a supply that was open on a day being at risk on it.
///
/// ```
/// use backorder::estimate::survival::{Observation, Survival};
/// let seen = |days, closed| Observation { days, weight: 1.0, closed };
/// let survival = Survival::of([seen(0, true), seen(0, true), seen(2, false), seen(5, true)].into());
/// assert_eq!(survival.at(0), 0.5);
/// assert_eq!(survival.at(4), 0.5, "what is open on day 2 comes later");
/// assert_eq!((survival.quantile(0.5), survival.quantile(0.8)), (Some(0), Some(5)));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survival {
    steps: Vec<SurvivalStep>,
    /// The last day on which anything was seen, be it to come or to be open.
    last_days: Option<i32>,
}

impl Survival {
    /// The estimate from what was seen, in any order.
    pub fn of(mut seen: Vec<Observation>) -> Survival {
        by_key(&mut seen, |it| it.days);
        let mut steps: Vec<SurvivalStep> = Vec::new();
        let mut at_risk = 0.0;
        // From the last day back, as those at risk on a day are those seen from it on.
        for it in seen.iter().rev() {
            at_risk += it.weight;
            let came = if it.closed { it.weight } else { 0.0 };
            match steps.last_mut() {
                Some(step) if step.days == it.days => {
                    step.at_risk = at_risk;
                    step.came += came;
                }
                _ => steps.push(SurvivalStep { days: it.days, at_risk, came, survival: 1.0 }),
            }
        }
        steps.reverse();
        steps.retain(|step| step.came > 0.0);
        let mut survival = 1.0;
        for step in &mut steps {
            // On a day on which all come that are left, their weights cancel exactly or nearly so.
            let left = step.at_risk - step.came;
            survival *= if left <= step.at_risk * SAME { 0.0 } else { left / step.at_risk };
            step.survival = survival;
        }
        Survival { steps, last_days: seen.last().map(|it| it.days) }
    }

    /// The days on which anything came, in order.
    pub fn steps(&self) -> &[SurvivalStep] {
        &self.steps
    }

    /// The last day on which anything was seen, be it to come or to be open; none if nothing was.
    pub fn last_days(&self) -> Option<i32> {
        self.last_days
    }

    /// The share that comes later than `days`.
    pub fn at(&self, days: i32) -> f64 {
        let passed = self.steps.partition_point(|step| step.days <= days);
        passed.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(1.0, |step| step.survival)
    }

    /// The smallest day at which at most `1 − p` are still to come (rules §9); `None` where so many are open that
    /// no day is known.
    pub fn quantile(&self, p: f64) -> Option<i32> {
        let index = self.steps.partition_point(|step| step.survival > 1.0 - p + SAME);
        self.steps.get(index).map(|step| step.days)
    }

    /// Of a supply that is `days` late already: `S(t) ÷ S(days)` after that day. `None` where nothing is known to
    /// come as late as that.
    pub fn given_late(&self, days: i32) -> Option<Survival> {
        let base = self.at(days);
        let later = self.steps.iter().filter(|step| step.days > days && base > SAME);
        let steps: Vec<_> =
            later.map(|step| SurvivalStep { survival: step.survival / base, ..*step }).collect();
        (!steps.is_empty()).then_some(Survival { steps, last_days: self.last_days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::dice::Dice;

    /// Times after surgery of Bewick, Cheek and Ball, Statistics review 12, Critical Care 8 (2004) 389, table 2.
    fn published() -> Survival {
        let seen = [(1, 1), (1, 1), (4, 1), (5, 1), (6, 0), (9, 1), (9, 0), (22, 1)];
        Survival::of(seen.map(|(days, died)| Observation { days, weight: 1.0, closed: died == 1 }).to_vec())
    }

    #[test]
    fn a_published_table_is_had_to_its_last_digit() {
        let expected = [
            (1, 8.0, 2.0, 0.75),
            (4, 6.0, 1.0, 0.625),
            (5, 5.0, 1.0, 0.5),
            (9, 3.0, 1.0, 1.0 / 3.0),
            (22, 1.0, 1.0, 0.0),
        ];
        let survival = published();
        assert_eq!(survival.steps().len(), expected.len());
        for (step, (days, at_risk, came, share)) in survival.steps().iter().zip(expected) {
            assert_eq!((step.days, step.at_risk, step.came), (days, at_risk, came));
            assert!((step.survival - share).abs() < 1e-12, "{step:?}");
        }
    }

    #[test]
    fn quantiles_of_the_published_table() {
        let survival = published();
        assert_eq!((survival.quantile(0.5), survival.quantile(0.8)), (Some(5), Some(22)));
        let late = survival.given_late(5).expect("some came later");
        assert!((late.at(9) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(late.at(22), 0.0);
        assert_eq!([0.3, 0.5, 0.8].map(|p| late.quantile(p)), [Some(9), Some(22), Some(22)]);
        assert_eq!(survival.given_late(22), None, "nothing came later than that");
    }

    #[test]
    fn without_open_supplies_it_is_the_nearest_rank() {
        let mut dice = Dice::new(3);
        for _ in 0..500 {
            let mut days: Vec<i32> = (0..1 + dice.below(30)).map(|_| dice.below(12) as i32 - 5).collect();
            let seen = days.iter().map(|&days| Observation { days, weight: 1.0, closed: true }).collect();
            let survival = Survival::of(seen);
            days.sort_unstable();
            for percent in 1..100 {
                let rank = (percent * days.len()).div_ceil(100);
                assert_eq!(survival.quantile(percent as f64 / 100.0), Some(days[rank - 1]), "{days:?}");
            }
        }
    }

    #[test]
    fn with_none_left_to_come_there_is_no_quantile_beyond() {
        let seen = |days, closed| Observation { days, weight: 2.0, closed };
        let survival = Survival::of([seen(1, true), seen(7, false)].into());
        assert_eq!((survival.quantile(0.5), survival.quantile(0.6)), (Some(1), None));
        assert_eq!(survival.last_days(), Some(7));
        assert_eq!(Survival::of(Vec::new()), Survival::default());
    }

    /// The slow way (Efron, Proc. 5th Berkeley Symp. 4, 1967): each open supply hands its weight on to all that
    /// were seen later, in proportion to what they have by then.
    fn redistributed(seen: &[Observation]) -> Vec<(i32, f64)> {
        let mut seen = seen.to_vec();
        seen.sort_by_key(|it| (it.days, !it.closed));
        let total: f64 = seen.iter().map(|it| it.weight).sum();
        for place in 0..seen.len() {
            if seen[place].closed {
                continue;
            }
            let (given, later) = (seen[place].weight, place + 1);
            let heirs: f64 = seen[later..].iter().map(|it| it.weight).sum();
            if heirs > 0.0 {
                seen[place].weight = 0.0;
                seen[later..].iter_mut().for_each(|it| it.weight += given * it.weight / heirs);
            }
        }
        let days: Vec<i32> = seen.iter().filter(|it| it.closed).map(|it| it.days).collect();
        let came_by = |day: i32| {
            seen.iter().filter(|it| it.closed && it.days <= day).map(|it| it.weight).sum::<f64>() / total
        };
        days.into_iter().map(|day| (day, 1.0 - came_by(day))).collect()
    }

    #[test]
    fn the_product_limit_is_what_handing_weights_on_gives() {
        let mut dice = Dice::new(11);
        for _ in 0..2_000 {
            let seen: Vec<_> = (0..1 + dice.below(12))
                .map(|_| Observation {
                    days: dice.below(9) as i32 - 3,
                    weight: (1 + dice.below(8)) as f64 / 8.0,
                    closed: dice.below(3) > 0,
                })
                .collect();
            let survival = Survival::of(seen.clone());
            for (days, share) in redistributed(&seen) {
                assert!((survival.at(days) - share).abs() < 1e-9, "day {days} of {seen:?}: {survival:?}");
            }
        }
    }
}
