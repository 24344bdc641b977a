//! What is remembered of the receipts of one group: a supplier's, his of one item, or the shop's.

use super::survival::{Observation, Survival};
use crate::model::units::Day;
use alloc::vec::Vec;

/// How many receipts are remembered of a group: the memory and the time that one takes are bounded by it.
pub const KEPT: usize = 512;

/// After so many days a receipt counts for half. These processes drift: of a history without this, a P95 covers
/// 88 % of the deliveries after it (see ARCHITECTURE.md, which says what other values give).
pub const HALVING_DAYS: u32 = 90;

/// No receipt counts for less than one of this age, so that a history never fades to nothing.
const OLDEST_DAYS: u32 = 40 * HALVING_DAYS;

/// `2^(−1/90)`, its square, and so on: no platform's `powf` is asked.
const FADED: [f64; 12] = {
    let mut powers = [0.992_327_946_262_943_5; 12];
    let mut place = 1;
    while place < powers.len() {
        powers[place] = powers[place - 1] * powers[place - 1];
        place += 1;
    }
    powers
};

/// What something counts for after so many days: `2^(−days ÷ 90)`.
#[inline(never)]
pub fn weight(age_days: u32) -> f64 {
    let days = age_days.min(OLDEST_DAYS);
    let bits = FADED.iter().enumerate().filter(|(bit, _)| days >> bit & 1 == 1);
    bits.fold(1.0, |weight, (_, faded)| weight * faded)
}

/// One receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Whole days after the date last given, negative when early.
    pub lateness_days: i32,
    /// When it came.
    pub on_day: Day,
    /// Whether it is the first of a shipment: what comes on one day came together.
    pub first: bool,
}

/// The last [`KEPT`] receipts of a group, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    receipts: Vec<Receipt>,
}

impl History {
    /// A history as it was written down: receipts in the order in which they came, of which the last are kept.
    pub fn of(mut receipts: Vec<Receipt>) -> History {
        receipts.drain(..receipts.len().saturating_sub(KEPT));
        History { receipts }
    }

    /// Takes a receipt in. O([`KEPT`]).
    pub fn learn(&mut self, lateness_days: i32, on_day: Day) {
        let first = self.receipts.last().is_none_or(|last| last.on_day != on_day);
        self.push(Receipt { lateness_days, on_day, first });
    }

    /// Takes in what is told of the past, each receipt a shipment of its own, as if it had come on the day on which it
    /// is told.
    pub fn recall(&mut self, lateness_days: i32, on_day: Day) {
        self.push(Receipt { lateness_days, on_day, first: true });
    }

    /// Forgets one receipt that was told on that day, if it is still remembered.
    pub fn forget(&mut self, lateness_days: i32, told_on: Day) {
        let told = Receipt { lateness_days, on_day: told_on, first: true };
        if let Some(place) = self.receipts.iter().position(|receipt| *receipt == told) {
            self.receipts.remove(place);
        }
    }

    fn push(&mut self, receipt: Receipt) {
        if self.receipts.len() == KEPT {
            self.receipts.remove(0);
        }
        self.receipts.push(receipt);
    }

    /// What is remembered, the oldest first.
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }

    /// How many receipts are remembered.
    pub fn closed(&self) -> u32 {
        // At most `KEPT`.
        self.receipts.len() as u32
    }

    /// How many shipments they came in, those of old counting less. The receipts of one shipment have one fate:
    /// ten that come together say as much of a supplier as one.
    pub fn shipments(&self, today: Day) -> f64 {
        let first = self.receipts.iter().filter(|receipt| receipt.first);
        first.map(|receipt| weight(today.saturating_sub(receipt.on_day))).sum()
    }

    /// How late they came, recent ones counting more, and with them the supplies that are still to come and overdue
    /// by so many days. O(n log n) in what is remembered and what is overdue.
    pub fn survival(&self, overdue_days: &[u32], today: Day) -> Survival {
        let mut seen = Vec::with_capacity(self.receipts.len() + overdue_days.len());
        seen.extend(self.receipts.iter().map(|receipt| Observation {
            days: receipt.lateness_days,
            weight: weight(today.saturating_sub(receipt.on_day)),
            closed: true,
        }));
        // What was due long ago says as little of today as what came then.
        seen.extend(overdue_days.iter().map(|&days| Observation {
            days: i32::try_from(days).unwrap_or(i32::MAX),
            weight: weight(days),
            closed: false,
        }));
        Survival::of(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_halves_every_ninety_days() {
        for (days, expected) in [(0, 1.0), (90, 0.5), (180, 0.25), (900, 1.0 / 1024.0)] {
            assert!((weight(days) / expected - 1.0).abs() < 1e-12, "{days} days");
        }
        for days in 0..OLDEST_DAYS {
            let slow = (0..days).fold(1.0, |weight, _| weight * FADED[0]);
            assert!((weight(days) / slow - 1.0).abs() < 1e-11, "{days} days");
            assert!(weight(days + 1) < weight(days), "{days} days");
        }
        assert_eq!(weight(u32::MAX), weight(OLDEST_DAYS));
    }

    #[test]
    fn what_comes_on_one_day_is_one_shipment() {
        let mut history = History::default();
        [(3, 10), (3, 10), (0, 11), (1, 101)].into_iter().for_each(|(late, day)| history.learn(late, day));
        let expected = weight(91) + weight(90) + 1.0;
        assert_eq!((history.closed(), history.shipments(101)), (4, expected));
        let mut told = History::default();
        [0, 0, 5].into_iter().for_each(|late| told.recall(late, 7));
        assert_eq!((told.closed(), told.shipments(7)), (3, 3.0));
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut history = History::default();
        (0..KEPT as i32 + 5).for_each(|late| history.learn(late, late as Day));
        assert_eq!(history.receipts().len(), KEPT);
        assert_eq!(history.receipts().first().map(|receipt| receipt.lateness_days), Some(5));
        assert_eq!(History::of(history.receipts().to_vec()), history);
    }

    #[test]
    fn recent_receipts_and_open_supplies_count_as_they_should() {
        let mut history = History::default();
        history.learn(0, 10);
        history.learn(4, 100);
        // Ninety days later the first counts for half of the second.
        assert!((history.survival(&[], 100).at(0) - 2.0 / 3.0).abs() < 1e-12);
        // A supply that is two days overdue is later than the first.
        let open = history.survival(&[2], 100);
        let expected = 1.0 - 0.5 / (1.5 + weight(2));
        assert!((open.at(0) - expected).abs() < 1e-12);
        assert_eq!(open.at(4), 0.0);
    }
}
