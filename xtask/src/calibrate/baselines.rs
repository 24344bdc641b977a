//! Plain ways of promising, to hold the learned one against.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::deliveries::Delivery;
use super::scores::{LEVELS, Method, Promise};

/// How many of the deliveries known last are looked at.
const LAST: usize = 300;

/// How far one delivery shifts the level.
const RATE: f64 = 0.01;

/// Between these the level is shifted.
const SHIFTED: (f64, f64) = (0.5, 0.999);

/// The quantile of all deliveries known, of the last 300 of them, and of these with a level that is shifted.
pub(crate) fn all(deliveries: &[Delivery], ahead_days: u32) -> [Method; 3] {
    let known = Known::of(deliveries);
    let plain = |last: usize| {
        let promise = |delivery: &Delivery| {
            let sorted = known.sorted(delivery.scheduled.saturating_sub(ahead_days), last);
            Promise { days: LEVELS.map(|level| nearest_rank(&sorted, level)), at_its_word: false }
        };
        deliveries.iter().map(promise).collect()
    };
    [
        Method { name: "all known", promises: plain(usize::MAX) },
        Method { name: "last 300 known", promises: plain(LAST) },
        Method { name: "level shifted", promises: shifted(deliveries, &known, ahead_days) },
    ]
}

/// The deliveries in the order in which they are known: by the day on which they came, then by lateness.
struct Known {
    came: Vec<(u32, i32)>,
}

impl Known {
    fn of(deliveries: &[Delivery]) -> Known {
        let mut came: Vec<_> = deliveries.iter().map(|it| (it.delivered, it.lateness_days())).collect();
        came.sort_unstable();
        Known { came }
    }

    /// How late those came that are known on a day, the last of them, in order.
    fn sorted(&self, today: u32, last: usize) -> Vec<i32> {
        let known = self.came.partition_point(|&(day, _)| day <= today);
        let mut lateness: Vec<i32> =
            self.came[known.saturating_sub(last)..known].iter().map(|&(_, days)| days).collect();
        lateness.sort_unstable();
        lateness
    }
}

/// The smallest of `sorted` that the share `p` of them does not exceed.
fn nearest_rank(sorted: &[i32], p: f64) -> Option<i32> {
    let rank = (p * sorted.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied()
}

/// The quantile of the last 300 at a level that moves with each delivery that comes: up by `rate × p` when it came
/// after the promised day, down by `rate × (1 − p)` when before, and half of each when on it (Gibbs and Candès,
/// NeurIPS 2021, with feedback as late as it is).
fn shifted(deliveries: &[Delivery], known: &Known, ahead_days: u32) -> Vec<Promise> {
    let mut levels = LEVELS;
    let mut open: BinaryHeap<Reverse<(u32, usize)>> = BinaryHeap::new();
    let mut promises: Vec<Promise> = Vec::with_capacity(deliveries.len());
    for (place, delivery) in deliveries.iter().enumerate() {
        let today = delivery.scheduled.saturating_sub(ahead_days);
        while let Some(&Reverse((came, earlier))) = open.peek()
            && came <= today
        {
            open.pop();
            let (Some(promise), Some(came)) = (promises.get(earlier), deliveries.get(earlier)) else {
                continue;
            };
            for ((level, p), day) in levels.iter_mut().zip(LEVELS).zip(promise.days) {
                let Some(day) = day else { continue };
                let missed = match came.lateness_days().cmp(&day) {
                    Ordering::Greater => 1.0,
                    Ordering::Equal => 0.5,
                    Ordering::Less => 0.0,
                };
                *level = (*level + RATE * (missed - (1.0 - p))).clamp(SHIFTED.0.min(p), SHIFTED.1);
            }
        }
        let sorted = known.sorted(today, LAST);
        promises.push(Promise { days: levels.map(|level| nearest_rank(&sorted, level)), at_its_word: false });
        open.push(Reverse((delivery.delivered, place)));
    }
    promises
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(lateness: &[i32]) -> Vec<Delivery> {
        let delivery = |(place, days): (usize, &i32)| {
            let scheduled = 1_000 + 10 * place as u32;
            Delivery { scheduled, delivered: (scheduled as i32 + days) as u32, year: 1972, groups: vec![] }
        };
        lateness.iter().enumerate().map(delivery).collect()
    }

    #[test]
    fn only_what_has_come_is_known() {
        let [all, last, _] = all(&history(&[1, 2, 3, 0, 0]), 15);
        let medians = |method: &Method| method.promises.iter().map(|it| it.days[0]).collect::<Vec<_>>();
        assert_eq!(medians(&all), [None, None, Some(1), Some(1), Some(2)]);
        assert_eq!(medians(&last), medians(&all));
    }

    #[test]
    fn the_nearest_rank_of_ten() {
        let ten: Vec<i32> = (1..=10).collect();
        assert_eq!(
            [0.5, 0.8, 0.9, 0.95].map(|p| nearest_rank(&ten, p)),
            [Some(5), Some(8), Some(9), Some(10)]
        );
        assert_eq!(nearest_rank(&[], 0.5), None);
    }

    #[test]
    fn a_level_that_is_missed_is_raised() {
        // Ever later: the plain quantile never has the next one.
        let rising: Vec<i32> = (0..400).collect();
        let [_, last, shifted] = all(&history(&rising), 30);
        let sum = |method: &Method| method.promises.iter().filter_map(|it| it.days[1]).sum::<i32>();
        assert!(sum(&shifted) > sum(&last));
    }
}
