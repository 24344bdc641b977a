//! How late a supply is expected: a table of days and chances.

use super::survival::{SAME, Survival};
use alloc::vec;
use alloc::vec::Vec;

/// Days beyond the latest known, by the share up to which they are added where few receipts are behind a date: the
/// stated prior. Half of the supplies are taken to come as expected. The 14 and 56 days are what one in 20 and one in
/// 100 exceed of all deliveries to a scheduled date in the USAID SCMS delivery history (2006 to 2012; US
/// government open data); a week, for four in five, is half of the former.
pub const PRIOR: [LatenessStep; 4] = [
    LatenessStep { days: 0, by: 0.5 },
    LatenessStep { days: 7, by: 0.8 },
    LatenessStep { days: 14, by: 0.95 },
    LatenessStep { days: 56, by: 1.0 },
];

/// A day, and the chance of having come by its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatenessStep {
    /// Whole days after the date that was given, negative when early.
    pub days: i32,
    /// The chance, above that of the step before; 1 in the last.
    pub by: f64,
}

/// How late a supply is expected, in whole days after the date that was given for it.
///
/// ```
/// use backorder::estimate::lateness::{Lateness, LatenessStep};
/// let step = |days, by| LatenessStep { days, by };
/// let lateness = Lateness::of_steps(vec![step(-2, 0.5), step(3, 1.0)], 40);
/// assert_eq!((lateness.quantile(0.5), lateness.quantile(0.8)), (-2, 3));
/// assert_eq!(Lateness::at_its_word().quantile(0.95), 0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Lateness {
    /// In order of days and of chances; never empty.
    steps: Vec<LatenessStep>,
    evidence: u32,
}

impl Lateness {
    /// Of a supplier of whom nothing is known: the date that was given, with nothing behind it.
    pub fn at_its_word() -> Lateness {
        Lateness { steps: vec![LatenessStep { days: 0, by: 1.0 }], evidence: 0 }
    }

    /// From steps that ascend in days and in chances, which end at 1, and the receipts behind them. Without
    /// steps it is [`Lateness::at_its_word`].
    pub fn of_steps(steps: Vec<LatenessStep>, evidence: u32) -> Lateness {
        if steps.is_empty() { Lateness::at_its_word() } else { Lateness { steps, evidence } }
    }

    /// From what was seen. Where the last supplies seen are open, they are taken to come on the last day on which
    /// any was seen (Efron's convention for the tail): some day must be said, and later ones have no basis yet.
    pub fn of_survival(survival: &Survival, evidence: u32) -> Lateness {
        let mut steps = Vec::with_capacity(survival.steps().len() + 1);
        for step in survival.steps() {
            push(&mut steps, step.days, 1.0 - step.survival);
        }
        if let Some(days) = survival.last_days() {
            push(&mut steps, days, 1.0);
        }
        Lateness::of_steps(steps, evidence)
    }

    /// The table.
    pub fn steps(&self) -> &[LatenessStep] {
        &self.steps
    }

    /// How many receipts are behind it: the supplier's own that are still remembered. 0 when the date is taken at
    /// its word.
    pub fn evidence(&self) -> u32 {
        self.evidence
    }

    /// The first day by whose end it has come with chance `p`, above 0 and at most 1. With a number from a
    /// generator for `p` this draws a scenario.
    pub fn quantile(&self, p: f64) -> i32 {
        let index = self.steps.partition_point(|step| step.by < p - SAME);
        self.steps.get(index).or(self.steps.last()).map_or(0, |step| step.days)
    }

    /// The chance of having come by the end of a day.
    pub fn by(&self, days: i32) -> f64 {
        let passed = self.steps.partition_point(|step| step.days <= days);
        passed.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(0.0, |step| step.by)
    }

    /// Of a supply that is `days` late already: what remains, after that day (rules §9). Later than anything
    /// known, the stated prior begins at that day; without evidence it is that day itself, and the caller says
    /// what he takes overdue supply for.
    pub fn given_late(&self, days: i32) -> Lateness {
        if self.evidence == 0 {
            return Lateness { steps: vec![LatenessStep { days, by: 1.0 }], evidence: 0 };
        }
        let (passed, mut steps) = (self.by(days), Vec::new());
        if passed >= 1.0 - SAME {
            for step in PRIOR {
                push(&mut steps, days.saturating_add(step.days.max(1)), step.by);
            }
        } else {
            for step in self.steps.iter().filter(|step| step.days > days) {
                push(&mut steps, step.days, (step.by - passed) / (1.0 - passed));
            }
        }
        Lateness::of_steps(steps, self.evidence)
    }

    /// This one with chance `share`, `other` with the rest. The evidence stays.
    pub(super) fn mixed(&self, share: f64, other: &Lateness) -> Lateness {
        let (mut steps, mut own, mut others) = (Vec::new(), 0, 0);
        let (mut own_by, mut other_by) = (0.0, 0.0);
        loop {
            let next = match (self.steps.get(own), other.steps.get(others)) {
                (Some(one), Some(two)) => one.days.min(two.days),
                (Some(one), None) | (None, Some(one)) => one.days,
                (None, None) => break,
            };
            if let Some(step) = self.steps.get(own).filter(|step| step.days == next) {
                (own, own_by) = (own + 1, step.by);
            }
            if let Some(step) = other.steps.get(others).filter(|step| step.days == next) {
                (others, other_by) = (others + 1, step.by);
            }
            push(&mut steps, next, share * own_by + (1.0 - share) * other_by);
        }
        Lateness::of_steps(steps, self.evidence)
    }

    /// Widened by the stated prior where `closed` receipts are too few for a quantile. One more delivery is beyond
    /// the largest of `n` with chance `1 ÷ (n + 1)` (split conformal prediction; Vovk, Gammerman and Shafer 2005):
    /// the quantiles above `n ÷ (n + 1)` cannot be had from the receipts alone, which is P80 for fewer than
    /// 4 of them and P95 for fewer than 19. To these the prior's days are added.
    pub(super) fn widened(&self, closed: u32) -> Lateness {
        let known = f64::from(closed) / (f64::from(closed) + 1.0);
        let (mut steps, mut own, mut prior, mut known_passed) = (Vec::new(), 0, 0, false);
        while let (Some(step), Some(more)) = (self.steps.get(own), PRIOR.get(prior)) {
            // The stretch of chances that ends here has one day in both tables, and is known or is not.
            let mut by = step.by.min(more.by);
            if !known_passed {
                by = by.min(known);
            }
            let added = if by > known + SAME { more.days } else { 0 };
            push(&mut steps, step.days.saturating_add(added), by);
            known_passed |= by >= known - SAME;
            own += usize::from(step.by <= by + SAME);
            prior += usize::from(more.by <= by + SAME);
        }
        if let Some(last) = steps.last_mut() {
            last.by = 1.0;
        }
        Lateness::of_steps(steps, self.evidence)
    }

    /// The same days with other chances, which a growing function gives from those that are here.
    pub(super) fn with_chances(&self, chance: impl Fn(f64) -> f64) -> Lateness {
        let (mut steps, last) = (Vec::with_capacity(self.steps.len()), self.steps.len().saturating_sub(1));
        for (place, step) in self.steps.iter().enumerate() {
            push(&mut steps, step.days, if place == last { 1.0 } else { chance(step.by) });
        }
        Lateness::of_steps(steps, self.evidence)
    }
}

/// Adds a step. On the day of the step before, or where its chance is the same, it becomes part of that step.
fn push(steps: &mut Vec<LatenessStep>, days: i32, by: f64) {
    let by = by.min(1.0);
    match steps.last_mut() {
        Some(last) if last.days == days || by <= last.by + SAME => last.by = last.by.max(by),
        _ if by > SAME => steps.push(LatenessStep { days, by }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::dice::Dice;
    use crate::estimate::survival::Observation;

    fn equal(days: &[i32]) -> Lateness {
        let seen = days.iter().map(|&days| Observation { days, weight: 1.0, closed: true }).collect();
        Lateness::of_survival(&Survival::of(seen), days.len() as u32)
    }

    #[test]
    fn tables_are_read_by_chance_and_by_day() {
        let lateness = equal(&[-3, 0, 0, 0, 8]);
        let read = [0.1, 0.2, 0.21, 0.8, 0.81, 1.0].map(|p| lateness.quantile(p));
        assert_eq!(read, [-3, -3, 0, 0, 8, 8]);
        for (days, by) in [(-4, 0.0), (-3, 0.2), (7, 0.8), (8, 1.0)] {
            assert!((lateness.by(days) - by).abs() < 1e-12, "day {days}");
        }
        assert_eq!(lateness.evidence(), 5);
    }

    #[test]
    fn at_its_word_every_quantile_is_the_date() {
        let word = Lateness::at_its_word();
        assert_eq!([0.01, 0.5, 0.99, 1.0].map(|p| word.quantile(p)), [0; 4]);
        assert_eq!((word.evidence(), word.given_late(9).quantile(0.5)), (0, 9));
    }

    #[test]
    fn what_stays_open_is_taken_to_come_on_the_last_day_seen() {
        let seen = |days, closed| Observation { days, weight: 1.0, closed };
        let survival = Survival::of([seen(1, true), seen(4, false)].into());
        let lateness = Lateness::of_survival(&survival, 1);
        assert_eq!((lateness.quantile(0.5), lateness.quantile(0.9)), (1, 4));
    }

    #[test]
    fn what_is_late_already_is_judged_by_what_remains() {
        let lateness = equal(&[0, 0, 0, 2, 6, 6, 9, 30]);
        let late = lateness.given_late(2);
        assert_eq!([0.5, 0.75, 0.76].map(|p| late.quantile(p)), [6, 9, 30]);
        // Later than anything known: the prior, from the next day on.
        assert_eq!([0.5, 0.8, 0.95, 0.99].map(|p| lateness.given_late(30).quantile(p)), [31, 37, 44, 86]);
    }

    /// The slow way: every thousandth read from both tables.
    #[test]
    fn mixtures_are_what_drawing_from_both_gives() {
        let mut dice = Dice::new(5);
        for _ in 0..200 {
            let mut draw =
                || -> Vec<i32> { (0..1 + dice.below(6)).map(|_| dice.below(9) as i32 - 4).collect() };
            let (one, two) = (equal(&draw()), equal(&draw()));
            let mixed = one.mixed(0.25, &two);
            for days in -5..6 {
                let expected = 0.25 * one.by(days) + 0.75 * two.by(days);
                assert!((mixed.by(days) - expected).abs() < 1e-8, "{one:?} {two:?} {mixed:?}");
            }
        }
    }

    #[test]
    fn few_receipts_are_widened_where_they_say_nothing() {
        for closed in 1..120_u32 {
            let days: Vec<i32> = (0..closed as i32).collect();
            let (plain, widened) = (equal(&days), equal(&days).widened(closed));
            for percent in 1..100_u32 {
                let p = f64::from(percent) / 100.0;
                let prior = PRIOR.iter().find(|step| step.by >= p - SAME).map_or(0, |step| step.days);
                // The rank ⌈(n + 1) p⌉ of one-sided split conformal prediction is beyond the largest of n.
                let beyond = (closed + 1) * percent > closed * 100;
                let expected = plain.quantile(p) + if beyond { prior } else { 0 };
                assert_eq!(widened.quantile(p), expected, "P{percent} of {closed}: {widened:?}");
            }
        }
    }

    #[test]
    fn four_receipts_are_enough_for_p80_and_nineteen_for_p95() {
        for (p, enough) in [(0.8, 4), (0.95, 19), (0.99, 99)] {
            let on_time = |count: u32| equal(&vec![0; count as usize]).widened(count).quantile(p);
            assert!(on_time(enough - 1) > 0, "P{p} of {}", enough - 1);
            assert_eq!(on_time(enough), 0, "P{p} of {enough}");
        }
    }
}
