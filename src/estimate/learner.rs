//! Lateness learned from receipts, group by group, and corrected by what came of earlier estimates.

use super::calibration::{Calibration, Foretold};
use super::history::History;
use super::lateness::Lateness;
use crate::model::units::Day;
use alloc::vec::Vec;

/// How many shipments of its own a group needs to count for as much as the group above it (`n ÷ (n + 16)`, the
/// credibility of actuaries with a fixed constant). The shipments of a group follow each other's fate more than the
/// formula supposes, so the constant is large; 8 and 32 give nearly the same (ARCHITECTURE.md).
pub const SHIPMENTS_FOR_HALF: f64 = 16.0;

/// The supplies of a group that are overdue: by how many days each.
pub type Overdue<'o> = &'o [u32];

/// What a shop has learned of its suppliers' lateness.
///
/// Supplies are named by the groups that they belong to, from the most specific to the supplier, whose own history is
/// what an estimate rests on; the whole shop is above them all. What a lateness is held against is the date last given;
/// an estimate is what is known on the day on which it is made.
///
/// ```
/// use backorder::estimate::calibration::Foretold;
/// use backorder::estimate::learner::Learner;
/// let (item_of_acme, acme) = (7, 1);
/// let mut learner = Learner::default();
/// assert_eq!(learner.expected(&[item_of_acme, acme], &[], 100).evidence(), 0);
/// (0..30).for_each(|day| learner.learn(&[item_of_acme, acme], day as i32 % 3, day));
/// let raw = learner.foretell(&[item_of_acme, acme], &[&[], &[], &[]], 30);
/// assert_eq!((raw.quantile(0.5), raw.quantile(0.95), raw.evidence()), (1, 2, 30));
/// // Kept until the supply comes, four days late.
/// let foretold = Foretold::of(&raw);
/// learner.judge(foretold.as_ref(), 4);
/// learner.learn(&[item_of_acme, acme], 4, 41);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Learner<K> {
    /// By key.
    groups: Vec<(K, History)>,
    shop: History,
    calibration: Calibration,
}

impl<K> Default for Learner<K> {
    fn default() -> Learner<K> {
        Learner { groups: Vec::new(), shop: History::default(), calibration: Calibration::default() }
    }
}

impl<K: Ord + Clone> Learner<K> {
    /// A learner as it was written down, the groups in the order of their keys.
    pub fn of(groups: Vec<(K, History)>, shop: History, calibration: Calibration) -> Learner<K> {
        Learner { groups, shop, calibration }
    }

    /// The history of each group, in the order of their keys, and the shop's.
    pub fn histories(&self) -> (&[(K, History)], &History) {
        (&self.groups, &self.shop)
    }

    /// Whether there is any history, or was.
    pub fn has_learned(&self) -> bool {
        !self.groups.is_empty()
    }

    /// The correction.
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// Takes a receipt into the history of each of its groups and of the shop. O(log n) in the number of groups; for
    /// the first of a group those that come after it are moved.
    pub fn learn(&mut self, groups: &[K], lateness_days: i32, on_day: Day) {
        self.each(groups, &mut |history| history.learn(lateness_days, on_day));
    }

    /// Takes in what is told of a supplier's past, each receipt a shipment of its own.
    pub fn recall(&mut self, groups: &[K], lateness_days: &[i32], on_day: Day) {
        self.each(groups, &mut |history| lateness_days.iter().for_each(|&days| history.recall(days, on_day)));
    }

    /// Forgets what was told on a day, as far as it is still remembered.
    pub fn forget(&mut self, groups: &[K], lateness_days: &[i32], told_on: Day) {
        self.each(groups, &mut |history| {
            lateness_days.iter().for_each(|&days| history.forget(days, told_on))
        });
    }

    fn each(&mut self, groups: &[K], learn: &mut dyn FnMut(&mut History)) {
        for group in groups {
            let place = self.groups.partition_point(|(other, _)| other < group);
            if self.groups.get(place).is_none_or(|(other, _)| other != group) {
                self.groups.insert(place, (group.clone(), History::default()));
            }
            learn(&mut self.groups[place].1);
        }
        learn(&mut self.shop);
    }

    fn history(&self, group: &K) -> Option<&History> {
        let place = self.groups.partition_point(|(other, _)| other < group);
        self.groups.get(place).filter(|(other, _)| other == group).map(|(_, history)| history)
    }

    /// Learns a correction from a supply that has come, if anything was foretold of it.
    pub fn judge(&mut self, foretold: Option<&Foretold>, lateness_days: i32) {
        if let Some(foretold) = foretold {
            self.calibration.judge(foretold, lateness_days);
        }
    }

    /// How late a supply of these groups is expected, before the correction. `overdue` is what is overdue of each
    /// group and, last, of the shop; what is left out is taken to be empty. Without a receipt of the supplier's own,
    /// the last of the groups, his date is taken at its word.
    ///
    /// Each group's own estimate counts for `n ÷ (n + 16)` of `n` recent shipments, the group above it for the rest.
    /// O(n log n) in the receipts that are kept of these groups.
    pub fn foretell(&self, groups: &[K], overdue: &[Overdue<'_>], today: Day) -> Lateness {
        let supplier = groups.last().map_or(Some(&self.shop), |group| self.history(group));
        let evidence = supplier.map_or(0, History::closed);
        if evidence == 0 {
            return Lateness::at_its_word();
        }
        let overdue = |place: usize| overdue.get(place).copied().unwrap_or_default();
        let survival = self.shop.survival(overdue(groups.len()), today);
        let mut lateness = Lateness::of_survival(&survival, evidence);
        for (place, group) in groups.iter().enumerate().rev() {
            let Some(history) = self.history(group) else { continue };
            let own = Lateness::of_survival(&history.survival(overdue(place), today), evidence);
            let shipments = history.shipments(today);
            lateness = own.mixed(shipments / (shipments + SHIPMENTS_FOR_HALF), &lateness);
        }
        lateness.widened(self.shop.closed())
    }

    /// How late a supply of these groups is expected, corrected: [`Learner::foretell`], then
    /// [`Calibration::corrected`].
    pub fn expected(&self, groups: &[K], overdue: &[Overdue<'_>], today: Day) -> Lateness {
        self.calibration.corrected(&self.foretell(groups, overdue, today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::dice::Dice;
    use crate::estimate::history::weight;
    use alloc::collections::BTreeMap;

    const ACME: [u32; 2] = [11, 1];
    const OTHER: [u32; 2] = [22, 2];

    #[test]
    fn without_a_receipt_of_his_own_a_supplier_is_taken_at_his_word() {
        let mut learner = Learner::default();
        assert_eq!(learner.expected(&ACME, &[], 9), Lateness::at_its_word());
        (0..40).for_each(|day| learner.learn(&OTHER, 5, day));
        assert_eq!(learner.expected(&ACME, &[&[3], &[3], &[3]], 40), Lateness::at_its_word());
        learner.learn(&[12, 1], 5, 40);
        assert_eq!(learner.expected(&ACME, &[], 40).evidence(), 1, "of another item of his");
    }

    #[test]
    fn a_short_history_leans_on_the_shop_and_a_long_one_on_itself() {
        let mut learner = Learner::default();
        (0..100).for_each(|day| learner.learn(&OTHER, 10, day));
        learner.learn(&ACME, 0, 100);
        let by = |learner: &Learner<u32>| learner.foretell(&ACME, &[], 100).by(0);
        // One shipment is one of 17 in the item's history and in the supplier's, and of the shop's all but a few.
        let shop = 1.0 / (0..100).fold(1.0, |sum, day| sum + weight(100 - day));
        let supplier = 1.0 / 17.0 + 16.0 / 17.0 * shop;
        assert!((by(&learner) - (1.0 / 17.0 + 16.0 / 17.0 * supplier)).abs() < 1e-9);
        (0..63).for_each(|_| learner.recall(&ACME, &[0], 100));
        assert!(by(&learner) > 0.95, "{}", by(&learner));
    }

    #[test]
    fn few_receipts_in_all_the_shop_are_widened() {
        let mut learner = Learner::default();
        learner.recall(&ACME, &[0, 0, 0], 1);
        let read =
            |learner: &Learner<u32>| [0.5, 0.8, 0.95].map(|p| learner.expected(&ACME, &[], 1).quantile(p));
        assert_eq!(read(&learner), [0, 7, 14]);
        learner.recall(&OTHER, &[0; 16], 1);
        assert_eq!(read(&learner), [0, 0, 0], "nineteen are known at one level");
    }

    #[test]
    fn overdue_supplies_count_at_every_level() {
        let mut learner = Learner::default();
        learner.recall(&ACME, &[0; 8], 1);
        learner.recall(&ACME, &[9; 2], 1);
        let open = [4; 5];
        let plain = learner.foretell(&ACME, &[], 1).quantile(0.75);
        let censored = learner.foretell(&ACME, &[&open, &open, &open], 1).quantile(0.75);
        assert_eq!((plain, censored), (0, 9));
    }

    #[test]
    fn groups_are_kept_by_key_whatever_the_order_in_which_they_come() {
        let (mut dice, mut learner, mut slow) = (Dice::new(8), Learner::default(), BTreeMap::new());
        for day in 0..500 {
            let group = dice.below(60) as u32;
            learner.learn(&[group], day as i32, day);
            slow.entry(group).or_insert_with(Vec::new).push(day as i32);
        }
        let days = |history: &History| history.receipts().iter().map(|it| it.lateness_days).collect();
        let (groups, shop) = learner.histories();
        let groups: Vec<(u32, Vec<i32>)> = groups.iter().map(|(group, it)| (*group, days(it))).collect();
        assert_eq!(groups, slow.into_iter().collect::<Vec<_>>());
        assert_eq!(shop.closed(), 500);
    }

    #[test]
    fn it_is_written_down_and_read_again() {
        let mut learner = Learner::default();
        (0..9).for_each(|day| learner.learn(&ACME, day as i32, day));
        let foretold = Foretold::of(&learner.foretell(&ACME, &[], 9));
        learner.judge(foretold.as_ref(), 30);
        let (groups, shop) = learner.histories();
        assert_eq!(Learner::of(groups.to_vec(), shop.clone(), learner.calibration().clone()), learner);
    }
}
