//! How late a supply may be: a distribution over whole days.

use alloc::vec::Vec;

/// The share that is all of them.
pub const WHOLE: u32 = 1_000_000_000;

/// How late a supply comes, in whole days, negative when early.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    steps: Vec<Step>,
    evidence: u32,
}

/// Up to so many days late come so many in [`WHOLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Days late.
    pub days: i32,
    /// The share that has come by then.
    pub upto: u32,
}

/// What remains of a spread, given that a supply has not come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining<'s> {
    /// The days on which it may still come.
    pub steps: &'s [Step],
    /// The share that would have come before.
    pub before: u32,
    /// The share that remains, what never comes included.
    pub share: u32,
}

impl Spread {
    /// A spread by days late and the share, 0 to 1, that has come by then, both rising; learned from so
    /// many receipts. What does not rise is left out; a share that stays below 1 leaves what never comes.
    ///
    /// ```
    /// use backorder::estimate::spread::Spread;
    /// let spread = Spread::of(&[(-1, 0.25), (0, 0.75), (6, 1.0)], 4);
    /// assert_eq!((spread.quantile(250), spread.quantile(251), spread.quantile(900)), (Some(-1), Some(0), Some(6)));
    /// assert_eq!(spread.evidence(), 4);
    /// ```
    pub fn of(steps: &[(i32, f64)], evidence: u32) -> Spread {
        let mut spread = Spread { steps: Vec::with_capacity(steps.len()), evidence };
        for &(days, share) in steps {
            // A cast from a floating-point number stays within the integers.
            spread.push(Step { days, upto: (share * f64::from(WHOLE) + 0.5) as u32 });
        }
        spread
    }

    /// A spread by its own steps; `None` where they do not rise.
    pub fn from_steps(steps: &[Step], evidence: u32) -> Option<Spread> {
        let mut spread = Spread { steps: Vec::with_capacity(steps.len()), evidence };
        steps.iter().all(|&step| spread.push(step)).then_some(spread)
    }

    /// Adds a step that is later and comes to more; says whether it is.
    fn push(&mut self, step: Step) -> bool {
        let step = Step { upto: step.upto.min(WHOLE), ..step };
        let rises =
            self.steps.last().map_or(step.upto > 0, |last| step.days > last.days && step.upto > last.upto);
        if rises {
            self.steps.push(step);
        }
        rises
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many past receipts it was learned from.
    pub fn evidence(&self) -> u32 {
        self.evidence
    }

    /// The first day by which so many in a thousand have come.
    pub fn quantile(&self, per_mille: u16) -> Option<i32> {
        let wanted = u64::from(per_mille) * u64::from(WHOLE) / 1_000;
        let index = self.steps.partition_point(|step| u64::from(step.upto) < wanted);
        self.steps.get(index).map(|step| step.days)
    }

    /// What remains of it, given that it is so many days late already; all of it on the very day and before.
    pub fn remaining(&self, days_late: u32) -> Remaining<'_> {
        let gone = |step: &Step| days_late > 0 && i64::from(step.days) <= i64::from(days_late);
        let index = self.steps.partition_point(gone);
        let (past, steps) = self.steps.split_at(index);
        let before = past.last().map_or(0, |step| step.upto);
        let share = if steps.is_empty() { 0 } else { WHOLE - before };
        Remaining { steps, before, share }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn an_overdue_supply_is_judged_by_what_remains() {
        // UNC-01 and UNC-02: Bewick et al. 2004, table 2.
        let spread = Spread::of(&[(1, 0.25), (4, 0.375), (5, 0.5), (9, 2.0 / 3.0), (22, 1.0)], 6);
        assert_eq!([500, 800].map(|level| spread.quantile(level)), [Some(5), Some(22)]);
        let remaining = spread.remaining(5);
        let shares: Vec<(i32, u32)> = remaining.steps.iter().map(|step| (step.days, step.upto)).collect();
        assert_eq!(shares, vec![(9, 666_666_667), (22, WHOLE)]);
        assert_eq!((remaining.before, remaining.share), (500_000_000, 500_000_000));
        assert_eq!(spread.remaining(22).share, 0);
        assert_eq!(spread.remaining(0).before, 0);
    }

    #[test]
    fn steps_rise() {
        let rising = [Step { days: 0, upto: 5 }, Step { days: 2, upto: WHOLE }];
        assert_eq!(Spread::from_steps(&rising, 1).map(|spread| spread.steps().len()), Some(2));
        assert_eq!(Spread::from_steps(&[rising[1], rising[0]], 1), None);
        assert_eq!(Spread::from_steps(&[rising[0], rising[0]], 1), None);
    }
}
