//! What promises are judged by.

use super::deliveries::Delivery;

/// The chances for which a day is promised.
pub(crate) const LEVELS: [f64; 4] = [0.5, 0.8, 0.9, 0.95];

/// What was promised of one delivery.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Promise {
    /// The day at each level, after the scheduled one; `None` where nothing was known.
    pub(crate) days: [Option<i32>; LEVELS.len()],
    /// Whether it is the supplier's date as it stands, for want of a history.
    pub(crate) at_its_word: bool,
}

/// A way of promising, and what it promised of every delivery.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) promises: Vec<Promise>,
}

/// How the promises at one level did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// The promises with a date.
    pub(crate) count: usize,
    /// The share of deliveries without a date.
    pub(crate) without: f64,
    /// The share that came before the promised day.
    pub(crate) before: f64,
    /// The share that came by it.
    pub(crate) by: f64,
    /// Mean pinball loss, in days: `p` for each day late, `1 − p` for each day early.
    pub(crate) pinball: f64,
    /// Mean days after the scheduled one that were promised.
    pub(crate) promised: f64,
}

impl Score {
    /// Of the deliveries and their promises, at the level with this index.
    pub(crate) fn of<'d>(of: impl Iterator<Item = (&'d Delivery, &'d Promise)>, level: usize) -> Score {
        let p = LEVELS.get(level).copied().unwrap_or_default();
        let (mut score, mut all) = (Score::default(), 0);
        for (delivery, promise) in of {
            all += 1;
            let Some(day) = promise.days.get(level).copied().flatten() else { continue };
            let came = delivery.lateness_days();
            score.count += 1;
            score.before += f64::from(came < day);
            score.by += f64::from(came <= day);
            score.pinball += pinball(p, came, day);
            score.promised += f64::from(day);
        }
        score.without = share((all - score.count) as f64, all);
        for sum in [&mut score.before, &mut score.by, &mut score.pinball, &mut score.promised] {
            *sum = share(*sum, score.count);
        }
        score
    }

    /// By how much it fails to cover its level: above 0 where too many come before the day or too few by it.
    pub(crate) fn excess(&self, level: usize) -> f64 {
        let p = LEVELS.get(level).copied().unwrap_or_default();
        (self.before - p).max(p - self.by)
    }
}

/// `p × (came − day)` when late, `(1 − p) × (day − came)` when early.
fn pinball(p: f64, came: i32, day: i32) -> f64 {
    let late = f64::from(came) - f64::from(day);
    if late >= 0.0 { p * late } else { (p - 1.0) * late }
}

fn share(sum: f64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { sum / count as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(level: usize, pairs: &[(i32, Option<i32>)]) -> Score {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|&(came, day)| {
                let delivered = (100 + came) as u32;
                let delivery = Delivery { scheduled: 100, delivered, year: 1970, groups: vec![] };
                (delivery, Promise { days: [day; LEVELS.len()], at_its_word: false })
            })
            .collect();
        Score::of(pairs.iter().map(|(delivery, promise)| (delivery, promise)), level)
    }

    /// Five promises at P80, worked by hand from the definitions of the on-time rate and of the loss.
    #[test]
    fn a_worked_example() {
        let score = judged(1, &[(4, Some(5)), (6, Some(5)), (7, Some(7)), (8, Some(10)), (3, Some(3))]);
        assert_eq!((score.by, score.before, score.promised), (0.8, 0.4, 6.0));
        assert!((score.pinball - 0.28).abs() < 1e-12, "{score:?}");
        assert!(score.excess(1).abs() < 1e-12);
    }

    /// The losses of sktime's example of `PinballLoss` (sktime 0.31), whose days are whole here as eighths.
    #[test]
    fn losses_of_a_published_example() {
        let came = [24, -4, 16, 56, 16];
        for (p, days, expected) in [
            (0.05, [10, 0, 8, 32, 5], 0.16625),
            (0.5, [20, 0, 16, 64, 10], 0.275),
            (0.95, [30, 0, 24, 96, 15], 0.09625),
        ] {
            let sum: f64 = came.iter().zip(days).map(|(&came, day)| pinball(p, came, day)).sum();
            assert!((sum / 40.0 - expected).abs() < 1e-12, "P{p}: {}", sum / 40.0);
        }
    }

    #[test]
    fn promises_without_a_date_are_counted_apart() {
        let score = judged(0, &[(1, None), (1, Some(1)), (2, Some(1)), (0, None)]);
        assert_eq!((score.count, score.without, score.by, score.before), (2, 0.5, 0.5, 0.0));
        assert_eq!(judged(0, &[]), Score::default());
    }
}
