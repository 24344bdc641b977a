//! When units will be there though each supply may be late (rules §9): the same thousand draws of every
//! supply's lateness are played, and a unit is dated by the share of them in which it is there.
//!
//! In one draw supplies arrive each at its own date, and `S(t)` units are there by `t`. The unit at depth
//! `x` is there by `t` in the draws with `S(t) ≥ x`, so that at the quantile `p` its date is the first `t`
//! at which that holds in `p` of them: the units dated by `t` are the `⌈1000 p⌉`-th largest of all `S(t)`.
//! One pass through time gives the whole table.
//!
//! The draws of a supply are the numbers 1 to 1,000 in an order of its own, so that its own quantiles are
//! exact, and any two supplies are drawn independently. The order follows from a seed and never from what
//! else is to come: when one supply slips, the draws of the others stand.
//!
//! Where units of better priority are still to come, `A(t)` of them by `t` in a draw, they are served first, and where
//! units ahead are cancelled, fewer are needed: the unit at depth `x` is there by `t` where `S(u) − A(u)` reaches it at
//! some `u` up to `t` ([`Front::reaches`]). Both are drawn as supplies are, from the smallest of a thousand to the
//! largest in an order of its own.

use super::lateness::Lateness;
use super::overtaking::{Front, Rate, Within, deviate};
use super::survival::SAME;
use crate::model::settings::Overdue;
use crate::model::sort;
use crate::model::units::{DAY_MS, Instant, Quantity, day_of};
use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

/// How many draws are played.
pub const DRAWS: u16 = 1_000;

/// A supply that is still to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    /// The date that was given last.
    pub due: Instant,
    /// What is still to come of it.
    pub open: Quantity,
    /// Its number, handed back with what it brings.
    pub supply: u32,
    /// From which the order of its draws follows.
    pub seed: u64,
    /// How late it may be; `None` where it is taken at its word.
    pub lateness: Option<Lateness>,
    /// Whether it is counted on at all.
    pub counts: bool,
}

/// A step of the table: so many more units are dated so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// When they are there.
    pub date: Instant,
    /// How many they are.
    pub units: Quantity,
    /// A supply that may come at that date.
    pub supply: u32,
}

/// The units of better priority that are still to come, and those ahead that are cancelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overtakers {
    /// How fast.
    pub rate: Rate,
    /// From which the order of the draws follows.
    pub seed: u64,
}

/// What arrives at one date, and in which of the draws.
struct Arrival<'d> {
    date: Instant,
    open: Quantity,
    supply: u32,
    draws: &'d [u16],
}

/// The dates of the units to come, as they are seen at the instant `as_of`, at the quantile `of_draws` in
/// a thousand, 1 to 1,000. What comes in fewer of the draws has no date.
///
/// A supply that is overdue is drawn from what remains, given that it is so many days late already;
/// it comes `overdue.offset_days` from `as_of` at the earliest. With `overtaking`, `as_of` is the beginning of the day
/// on which this is asked.
///
/// ```
/// use backorder::estimate::scenarios::{Coming, dated};
/// use backorder::estimate::lateness::{Lateness, LatenessStep};
/// // 20 units that come on day 5 in eight cases of ten, else on day 9; all but one are asked for.
/// let day = 86_400_000;
/// let steps = vec![LatenessStep { days: 0, by: 0.8 }, LatenessStep { days: 4, by: 1.0 }];
/// let lateness = Some(Lateness::of_steps(steps, 10));
/// let coming = [Coming { due: 5 * day, open: 20, supply: 0, seed: 1, lateness, counts: true }];
/// let date = |of_draws| dated(&coming, 0, Default::default(), of_draws, None)[0].date / day;
/// assert_eq!((date(500), date(800), date(950)), (5, 5, 9));
/// ```
pub fn dated(
    coming: &[Coming],
    as_of: Instant,
    overdue: Overdue,
    of_draws: u16,
    overtaking: Option<Overtakers>,
) -> Vec<Dated> {
    let orders: Vec<Vec<u16>> = coming.iter().map(order_of_draws).collect();
    let mut arrivals: Vec<Arrival> = Vec::new();
    for (coming, order) in coming.iter().zip(&orders) {
        add_arrivals(coming, order, as_of, overdue, &mut arrivals);
    }
    sort::by_key(&mut arrivals, |arrival| arrival.date);
    let mut table: Vec<Dated> = Vec::new();
    let mut there = There::new(of_draws, overtaking.map(|overtaking| overtaking.seed));
    for (index, arrival) in arrivals.iter().enumerate() {
        let taken = overtaking.map(|overtaking| overtaking.rate.upto(arrival.date, as_of));
        there.add(arrival, taken);
        let last_of_its_date = arrivals.get(index + 1).is_none_or(|next| next.date != arrival.date);
        let more = if last_of_its_date { there.take_more() } else { 0 };
        if more > 0 {
            table.push(Dated { date: arrival.date, units: more, supply: arrival.supply });
        }
    }
    table
}

/// Each draw's number, in the order in which the supply's lateness grows.
fn order_of_draws(coming: &Coming) -> Vec<u16> {
    if coming.lateness.is_none() {
        return (0..DRAWS).collect();
    }
    order_of(coming.seed)
}

/// The numbers of the draws in an order that follows from a seed.
fn order_of(seed: u64) -> Vec<u16> {
    let mut order: Vec<u16> = (0..DRAWS).collect();
    let mut state = seed;
    for place in (1..order.len()).rev() {
        let other = (u128::from(next(&mut state)) * (place as u128 + 1)) >> 64;
        order.swap(place, other as usize);
    }
    order
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// When a supply arrives, date by date, and in which draws.
fn add_arrivals<'d>(
    coming: &Coming,
    order: &'d [u16],
    as_of: Instant,
    overdue: Overdue,
    arrivals: &mut Vec<Arrival<'d>>,
) {
    let Coming { due, open, supply, .. } = *coming;
    let late = as_of.saturating_sub(due);
    if !coming.counts || overdue.ignore_after_days.is_some_and(|days| late > days.saturating_mul(DAY_MS)) {
        return;
    }
    let earliest =
        if late > 0 { as_of.saturating_add(overdue.offset_days.saturating_mul(DAY_MS)) } else { 0 };
    let days_late = day_of(as_of).saturating_sub(day_of(due));
    let remaining = match (&coming.lateness, days_late) {
        (None, _) => return arrivals.push(Arrival { date: due.max(earliest), open, supply, draws: order }),
        (Some(lateness), 0) => Cow::Borrowed(lateness),
        (Some(lateness), late) => Cow::Owned(lateness.given_late(late.min(i32::MAX as u32) as i32)),
    };
    let mut from = 0;
    for step in remaining.steps() {
        // Draw number n, from 1, is one that has come when n in a thousand have.
        let upto = ((step.by + SAME) * f64::from(DRAWS)) as usize;
        let date = due.saturating_add_signed(i64::from(step.days) * DAY_MS as i64).max(earliest);
        if let Some(draws) = order.get(from..upto).filter(|draws| !draws.is_empty()) {
            arrivals.push(Arrival { date, open, supply, draws });
        }
        from = from.max(upto);
    }
}

/// What is there in each draw.
struct There {
    /// The deepest unit that has been served.
    units: Vec<Quantity>,
    /// How that follows from what has arrived, where better priorities come or orders are cancelled; else empty.
    fronts: Vec<Front>,
    /// Of how many draws the units are counted.
    of_draws: usize,
    /// The units that are there in so many draws, and the draws in which more are.
    dated: Quantity,
    with_more: usize,
    most: Quantity,
}

impl There {
    fn new(of_draws: u16, overtaking: Option<u64>) -> There {
        let of_draws = usize::from(of_draws.clamp(1, DRAWS));
        let fronts = overtaking.map_or(Vec::new(), fronts);
        There { units: vec![0; usize::from(DRAWS)], fronts, of_draws, dated: 0, with_more: 0, most: 0 }
    }

    /// Adds what arrives, and what comes and goes until then.
    fn add(&mut self, arrival: &Arrival, taken: Option<Within>) {
        for &draw in arrival.draws {
            let Some(units) = self.units.get_mut(usize::from(draw)) else { continue };
            let before = *units;
            *units = match (self.fronts.get_mut(usize::from(draw)), &taken) {
                (Some(front), Some(taken)) => before.max(front.reaches(arrival.open, taken)),
                _ => before.saturating_add(arrival.open),
            };
            self.with_more += usize::from(before <= self.dated && *units > self.dated);
            self.most = self.most.max(*units);
        }
    }

    /// How many more units are there in so many draws than when this was last asked: between what was and what
    /// is there in any draw, by strides that double, and then by bisection.
    fn take_more(&mut self) -> Quantity {
        if self.with_more < self.of_draws {
            return 0;
        }
        let (mut least, mut most) = (self.dated, self.most);
        let reached = |depth: Quantity| self.units.iter().filter(|&&units| units >= depth).count();
        // Mostly it is little more than before.
        let mut stride = 1;
        while least < most {
            let next = least.saturating_add(stride).min(most);
            if reached(next) >= self.of_draws {
                (least, stride) = (next, stride.saturating_mul(2));
            } else {
                most = next - 1;
                break;
            }
        }
        while least < most {
            let middle = least + (most - least).div_ceil(2);
            if reached(middle) >= self.of_draws { least = middle } else { most = middle - 1 }
        }
        self.with_more = self.units.iter().filter(|&&units| units > least).count();
        least - core::mem::replace(&mut self.dated, least)
    }
}

/// Of each draw its deviates: those of a thousand even shares, in two orders.
fn fronts(seed: u64) -> Vec<Front> {
    let shares = |seed: u64| {
        let mut deviates = vec![0.0; usize::from(DRAWS)];
        for (draw, place) in order_of(seed).into_iter().zip(0_u16..) {
            if let Some(of_draw) = deviates.get_mut(usize::from(draw)) {
                *of_draw = deviate((f64::from(place) + 0.5) / f64::from(DRAWS));
            }
        }
        deviates
    };
    let both = shares(seed).into_iter().zip(shares(seed.rotate_left(32)));
    both.map(|(come_by, gone_by)| Front::of(come_by, gone_by)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::dice::Dice;
    use crate::estimate::lateness::LatenessStep;

    fn coming(supply: u32, due: Instant, open: Quantity, lateness: Option<Lateness>) -> Coming {
        Coming { due, open, supply, seed: u64::from(supply) + 7, lateness, counts: true }
    }

    fn table(steps: &[(i32, f64)]) -> Lateness {
        Lateness::of_steps(steps.iter().map(|&(days, by)| LatenessStep { days, by }).collect(), 10)
    }

    /// The date of the unit at a depth.
    fn date_of(table: &[Dated], depth: Quantity) -> Option<Instant> {
        let mut there = 0;
        table
            .iter()
            .find(|step| {
                there += step.units;
                there >= depth
            })
            .map(|step| step.date)
    }

    /// The slow way: each draw by itself, its supplies in order of arrival, the unit at a depth in each
    /// draw, and the date by which that is there in so many of them.
    fn slow(
        coming: &[Coming],
        as_of: Instant,
        overdue: Overdue,
        of_draws: u16,
        depth: Quantity,
    ) -> Option<Instant> {
        let dates = (0..DRAWS).map(|draw| {
            let mut arrivals: Vec<(Instant, Quantity)> = Vec::new();
            for one in coming {
                let late = as_of.saturating_sub(one.due);
                if overdue.ignore_after_days.is_some_and(|days| late > days * DAY_MS) {
                    continue;
                }
                let days_late = (as_of / DAY_MS).saturating_sub(one.due / DAY_MS) as i64;
                let earliest = if late > 0 { as_of + overdue.offset_days * DAY_MS } else { 0 };
                let place = order_of_draws(one).iter().position(|&other| other == draw).unwrap_or(0);
                let may_come = one.lateness.as_ref().map(|lateness| match days_late {
                    0 => lateness.clone(),
                    late => lateness.given_late(late as i32),
                });
                let days = may_come.map_or(0, |lateness| lateness.quantile((place + 1) as f64 / 1_000.0));
                let date = (one.due as i64 + i64::from(days) * DAY_MS as i64).max(0) as u64;
                arrivals.push((date.max(earliest), one.open));
            }
            arrivals.sort_unstable();
            let mut there = 0;
            arrivals
                .iter()
                .find(|(_, open)| {
                    there += open;
                    there >= depth
                })
                .map_or(Instant::MAX, |&(date, _)| date)
        });
        let mut dates: Vec<Instant> = dates.collect();
        dates.sort_unstable();
        dates.get(usize::from(of_draws) - 1).copied().filter(|&date| date != Instant::MAX)
    }

    #[test]
    fn two_receipts_that_may_each_come_on_any_of_ten_days() {
        // UNC-05: both are needed on day 9 at 80 %, either suffices on day 6; moving together, day 8.
        let uniform: Vec<(i32, f64)> = (1..=10).map(|day| (day, f64::from(day) / 10.0)).collect();
        for seed in 0..200 {
            let one = |supply: u32| Coming { seed, ..coming(supply, 0, 10, Some(table(&uniform))) };
            let two = [one(0), Coming { seed: seed + 1_000, ..one(1) }];
            let table = dated(&two, 0, Overdue::default(), 800, None);
            assert_eq!(date_of(&table, 10), Some(6 * DAY_MS), "either, seed {seed}");
            assert_eq!(date_of(&table, 20), Some(9 * DAY_MS), "both, seed {seed}");
            assert_eq!(date_of(&dated(&two[..1], 0, Overdue::default(), 800, None), 10), Some(8 * DAY_MS));
        }
    }

    #[test]
    fn through_the_queue_by_enumeration() {
        // UNC-06: 10 units are there; 20 come on day 5 or 9, 30 on day 12 or 20.
        let receipts = [
            coming(0, 5 * DAY_MS, 20, Some(table(&[(0, 0.8), (4, 1.0)]))),
            coming(1, 12 * DAY_MS, 30, Some(table(&[(0, 0.6), (8, 1.0)]))),
        ];
        let days = |wanted: Quantity| {
            [500, 800, 950].map(|of_draws| {
                date_of(&dated(&receipts, 0, Overdue::default(), of_draws, None), wanted - 10)
                    .map(|date| date / DAY_MS)
            })
        };
        assert_eq!(days(15), [Some(5), Some(5), Some(9)]);
        assert_eq!(days(35), [Some(12), Some(20), Some(20)]);
        assert_eq!(days(61), [None; 3]);
    }

    #[test]
    fn the_table_is_what_playing_each_draw_gives() {
        let mut dice = Dice::new(11);
        let mut below = |bound: u64| dice.below(bound);
        for _ in 0..60 {
            let supplies: Vec<Coming> = (0..below(5))
                .map(|supply| {
                    let (mut days, mut by, mut steps) = (below(6) as i32 - 4, 0.0, Vec::new());
                    while by < 1.0 {
                        by = f64::min(by + (1 + below(400)) as f64 / 1_000.0, 1.0);
                        steps.push((days, by));
                        days += 1 + below(3) as i32;
                    }
                    let lateness = (below(4) > 0).then(|| table(&steps));
                    coming(supply as u32, below(9) * DAY_MS / 2 + 20 * DAY_MS, 1 + below(4), lateness)
                })
                .collect();
            let overdue = Overdue {
                offset_days: below(3),
                ignore_after_days: [None, Some(1), Some(4)][below(3) as usize],
            };
            let as_of = (18 + below(10)) * DAY_MS;
            let of_draws = [1, 500, 800, 950, 1_000][below(5) as usize];
            let steps = dated(&supplies, as_of, overdue, of_draws, None);
            assert!(steps.is_sorted_by(|one, other| one.date < other.date));
            for depth in 1..=supplies.iter().map(|one| one.open).sum::<u64>() + 1 {
                let expected = slow(&supplies, as_of, overdue, of_draws, depth);
                assert_eq!(date_of(&steps, depth), expected, "unit {depth} of {supplies:?} at {as_of}");
            }
        }
    }

    #[test]
    fn when_one_supply_slips_the_draws_of_the_others_stand() {
        let lateness = table(&[(0, 0.5), (3, 1.0)]);
        let stays = coming(1, 10 * DAY_MS, 1, Some(lateness.clone()));
        let alone = order_of_draws(&stays);
        assert_ne!(alone, order_of_draws(&coming(2, 10 * DAY_MS, 1, Some(lateness))));
        assert_eq!(alone, order_of_draws(&Coming { due: 99, open: 7, ..stays }));
    }

    /// The slow way: each draw by itself, its arrivals one after the other.
    #[test]
    fn with_overtakers_the_table_is_what_playing_each_draw_gives() {
        let mut dice = Dice::new(12);
        for round in 0..30 {
            let supplies: Vec<Coming> = (0..1 + dice.below(5))
                .map(|supply| {
                    let steps = [(0, 0.5), (1 + dice.below(3) as i32, 0.875), (9, 1.0)];
                    let lateness = (dice.below(4) > 0).then(|| table(&steps));
                    coming(supply as u32, (20 + dice.below(30)) * DAY_MS, 5 + dice.below(20), lateness)
                })
                .collect();
            let rate = Rate {
                per_day: dice.below(30) as f64 / 10.0,
                spread: 3.0,
                off: 0.01,
                cancelled: dice.below(3) as f64 / 100.0,
                lot: 2.0,
                cancelled_off: 0.01,
            };
            let (as_of, seed) = (15 * DAY_MS, 77 + round);
            let of_draws = [500, 800, 950][dice.below(3) as usize];
            let steps =
                dated(&supplies, as_of, Overdue::default(), of_draws, Some(Overtakers { rate, seed }));
            let orders: Vec<Vec<u16>> = supplies.iter().map(order_of_draws).collect();
            let fronts = fronts(seed);
            let reached = |draw: u16, by: Instant| {
                let mut arrivals: Vec<(Instant, usize)> = Vec::new();
                for (place, one) in supplies.iter().enumerate() {
                    let rank = orders[place].iter().position(|&other| other == draw).unwrap_or(0) + 1;
                    let days = one.lateness.as_ref().map_or(0, |it| it.quantile(rank as f64 / 1_000.0));
                    arrivals.push((one.due + days as u64 * DAY_MS, place));
                }
                arrivals.sort_unstable();
                let (mut front, mut deepest) = (fronts[usize::from(draw)], 0);
                for (date, place) in arrivals.into_iter().filter(|(date, _)| *date <= by) {
                    deepest = deepest.max(front.reaches(supplies[place].open, &rate.upto(date, as_of)));
                }
                deepest
            };
            let mut there = 0;
            for step in &steps {
                there += step.units;
                let enough = (0..DRAWS).filter(|&draw| reached(draw, step.date) >= there).count();
                let more = (0..DRAWS).filter(|&draw| reached(draw, step.date) > there).count();
                assert!(
                    enough >= usize::from(of_draws) && more < usize::from(of_draws),
                    "{step:?} of {steps:?}"
                );
                let before = (0..DRAWS).filter(|&draw| reached(draw, step.date - 1) >= there).count();
                assert!(before < usize::from(of_draws), "{step:?} of {steps:?}");
            }
        }
    }
}
