//! The correction that a shop learns from what it foretold and what came.

use super::lateness::Lateness;
use super::survival::SAME;

/// The chances for which a correction is learned, between which it is drawn straight. 0 and 1 stay as they are.
pub const LEVELS: [f64; 21] = [
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95,
    0.975, 0.99,
];

/// How far one delivery moves a correction.
const STEP: f64 = 0.02;

/// How much of a correction each delivery takes back. A level rests where it is raised by four points for each three by
/// which it still misses: without this, a correction learned under one regime outlives it, as promises are judged a
/// month late (ARCHITECTURE.md has the figures).
const FORGOTTEN: f64 = 0.015;

/// What was foretold of a supply when its date was given, kept until it comes: the day at each of [`LEVELS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foretold {
    days: [i32; LEVELS.len()],
}

impl Foretold {
    /// Of an estimate before its correction. A date that is taken at its word foretells nothing.
    pub fn of(lateness: &Lateness) -> Option<Foretold> {
        let mut days = [0; LEVELS.len()];
        days.iter_mut().zip(&LEVELS).for_each(|(day, &p)| *day = lateness.quantile(p));
        (lateness.evidence() > 0).then_some(Foretold { days })
    }

    /// As it was written down.
    pub fn of_days(days: [i32; LEVELS.len()]) -> Foretold {
        Foretold { days }
    }

    /// The days, for writing them down.
    pub fn days(&self) -> &[i32; LEVELS.len()] {
        &self.days
    }

    /// Between which chances the supply came: where many are foretold for one day, its own chance is anywhere
    /// between those before that day and those by it.
    fn came_between(&self, lateness_days: i32) -> (f64, f64) {
        let before = self.days.partition_point(|&days| days < lateness_days);
        let by = self.days.partition_point(|&days| days <= lateness_days);
        let low = before.checked_sub(1).and_then(|last| LEVELS.get(last)).copied().unwrap_or(0.0);
        (low, LEVELS.get(by).copied().unwrap_or(1.0))
    }
}

/// The correction: for each of [`LEVELS`] how much higher, or lower, the uncorrected chance must be for as many to
/// come in time as that level says.
///
/// It is quantile tracking (Gibbs and Candès, NeurIPS 2021; Angelopoulos, Candès and Tibshirani, NeurIPS 2023) of
/// the chance that was foretold for the day on which each supply came: where it came later than a level's day, that
/// level is raised by `step × level`, else lowered by `step × (1 − level)`. It is judged by where the levels
/// stand when the supply comes, not where they stood when its date was given, so that the delay lets nothing swing.
///
/// ```
/// use backorder::estimate::calibration::{Calibration, Foretold};
/// use backorder::estimate::lateness::{Lateness, LatenessStep};
/// let steps = (0..=99).map(|days| LatenessStep { days, by: f64::from(days + 1) / 100.0 }).collect();
/// let raw = Lateness::of_steps(steps, 100);
/// let mut calibration = Calibration::default();
/// assert_eq!(calibration.corrected(&raw), raw);
/// let foretold = Foretold::of(&raw).unwrap();
/// (0..100).for_each(|_| calibration.judge(&foretold, 95));
/// assert!(calibration.corrected(&raw).quantile(0.8) > 90, "all came later than was foretold");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    offsets: [f64; LEVELS.len()],
}

impl Default for Calibration {
    fn default() -> Calibration {
        Calibration { offsets: [0.0; LEVELS.len()] }
    }
}

impl Calibration {
    /// As it was written down; `None` unless every offset is a number between −1 and 1.
    pub fn of_offsets(offsets: [f64; LEVELS.len()]) -> Option<Calibration> {
        offsets.iter().all(|offset| (-1.0..=1.0).contains(offset)).then_some(Calibration { offsets })
    }

    /// What is added to each level, for writing it down.
    pub fn offsets(&self) -> &[f64; LEVELS.len()] {
        &self.offsets
    }

    /// Learns from a supply that has come.
    pub fn judge(&mut self, foretold: &Foretold, lateness_days: i32) {
        let (low, high) = foretold.came_between(lateness_days);
        for (offset, &level) in self.offsets.iter_mut().zip(&LEVELS) {
            // How much of where it came lies above the level.
            let missed = 1.0 - bounded((level + *offset - low) / (high - low), 0.0, 1.0);
            let moved = *offset + STEP * (missed - (1.0 - level)) - FORGOTTEN * *offset;
            *offset = bounded(moved, -level, 1.0 - level);
        }
    }

    /// An estimate with its chances corrected; one that is taken at its word stays.
    pub fn corrected(&self, lateness: &Lateness) -> Lateness {
        if lateness.evidence() == 0 || self.offsets == [0.0; LEVELS.len()] {
            return lateness.clone();
        }
        let levels = self.raised();
        lateness.with_chances(|by| corrected_chance(&levels, by))
    }

    /// The uncorrected chances at which the levels stand, none below that of a smaller level.
    fn raised(&self) -> [f64; LEVELS.len()] {
        let mut raised = LEVELS;
        let mut least = 0.0;
        for (level, &offset) in raised.iter_mut().zip(&self.offsets) {
            *level = (*level + offset).max(least);
            least = *level;
        }
        raised
    }
}

/// The largest level whose uncorrected chance is at most `by`, between levels drawn straight.
fn corrected_chance(raised: &[f64; LEVELS.len()], by: f64) -> f64 {
    let above = raised.partition_point(|&level| level <= by + SAME);
    let knot = |place: usize| (LEVELS.get(place).copied(), raised.get(place).copied());
    let (level, stands) = match above.checked_sub(1).map(knot) {
        Some((Some(level), Some(stands))) => (level, stands),
        _ => (0.0, 0.0),
    };
    let (next_level, next_stands) = match knot(above) {
        (Some(level), Some(stands)) => (level, stands),
        _ => (1.0, 1.0),
    };
    if next_stands - stands <= SAME {
        return level;
    }
    level + (next_level - level) * bounded((by - stands) / (next_stands - stands), 0.0, 1.0)
}

/// A number within bounds. The standard library's `clamp` panics with a message that has its bounds in it: the
/// formatting of numbers would be 17 KB of the wasm, not compressed, for a panic that there cannot be.
fn bounded(number: f64, least: f64, most: f64) -> f64 {
    if number < least {
        least
    } else if number > most {
        most
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::dice::Dice;
    use crate::estimate::lateness::LatenessStep;
    use alloc::vec::Vec;

    /// The same chance for each day from 0 on.
    fn even(days: i32) -> Lateness {
        let step = |day: i32| LatenessStep { days: day, by: f64::from(day + 1) / f64::from(days) };
        Lateness::of_steps((0..days).map(step).collect(), 50)
    }

    #[test]
    fn where_it_came_is_between_the_levels_of_its_day() {
        let mut days = [0; LEVELS.len()];
        days[..4].fill(-5);
        days[19..].fill(8);
        let foretold = Foretold::of_days(days);
        for (came, between) in [
            (-6, (0.0, 0.05)),
            (-5, (0.0, 0.25)),
            (-1, (0.2, 0.25)),
            (0, (0.2, 0.975)),
            (8, (0.95, 1.0)),
            (9, (0.99, 1.0)),
        ] {
            assert_eq!(foretold.came_between(came), between, "{came} days");
        }
    }

    #[test]
    fn what_is_foretold_rightly_is_left_alone() {
        let (raw, mut dice) = (even(1_000), Dice::new(9));
        let foretold = Foretold::of(&raw).expect("it has evidence");
        let mut calibration = Calibration::default();
        for _ in 0..5_000 {
            calibration.judge(&foretold, dice.below(1_000) as i32);
        }
        // Each of many draws moves a level by up to two hundredths; they cancel but for a few of these.
        assert!(calibration.offsets().iter().all(|offset| offset.abs() < 0.12), "{calibration:?}");
    }

    #[test]
    fn what_comes_later_than_foretold_raises_every_level() {
        let (raw, mut dice) = (even(100), Dice::new(2));
        let foretold = Foretold::of(&raw).expect("it has evidence");
        let mut calibration = Calibration::default();
        for _ in 0..1_000 {
            calibration.judge(&foretold, 30 + dice.below(70) as i32);
        }
        let corrected = calibration.corrected(&raw);
        for percent in 5..100 {
            let p = f64::from(percent) / 100.0;
            assert!(corrected.quantile(p) >= raw.quantile(p), "P{percent} of {corrected:?}");
        }
        assert!(corrected.quantile(0.5) >= 55, "{corrected:?}");
    }

    /// The slow way: the uncorrected chance of a level, drawn straight between the levels it stands between, read
    /// from the uncorrected table.
    #[test]
    fn corrected_tables_are_the_uncorrected_ones_read_at_raised_levels() {
        let mut dice = Dice::new(21);
        for _ in 0..300 {
            let offsets =
                LEVELS.map(|level| (dice.below(400) as f64 / 1_000.0 - 0.2).clamp(-level, 1.0 - level));
            let calibration = Calibration::of_offsets(offsets).expect("they are within bounds");
            let raw = even(1 + dice.below(60) as i32);
            let (raised, corrected) = (calibration.raised(), calibration.corrected(&raw));
            let chances: Vec<f64> = corrected.steps().iter().map(|step| step.by).collect();
            assert!(chances.is_sorted() && chances.last() == Some(&1.0), "{chances:?}");
            for (level, stands) in LEVELS.into_iter().zip(raised) {
                // At a level that stands exactly on a chance of the table the last bit decides.
                let ambiguous = raw.steps().iter().any(|step| (step.by - stands).abs() < 1e-7);
                if !ambiguous && stands > 0.0 {
                    assert_eq!(
                        corrected.quantile(level),
                        raw.quantile(stands),
                        "{level} of {raised:?}, {raw:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_date_at_its_word_foretells_and_corrects_nothing() {
        let word = Lateness::at_its_word();
        assert_eq!(Foretold::of(&word), None);
        let mut calibration = Calibration::default();
        calibration.judge(&Foretold::of_days([0; LEVELS.len()]), 5);
        assert_eq!(calibration.corrected(&word), word);
    }

    #[test]
    fn only_offsets_within_bounds_are_read() {
        for wrong in [f64::NAN, f64::INFINITY, 1.5, -2.0] {
            let mut offsets = [0.0; LEVELS.len()];
            offsets[3] = wrong;
            assert_eq!(Calibration::of_offsets(offsets), None);
        }
        let mut calibration = Calibration::default();
        (0..10_000).for_each(|_| calibration.judge(&Foretold::of_days([0; LEVELS.len()]), 5));
        assert_eq!(Calibration::of_offsets(*calibration.offsets()), Some(calibration));
    }
}
