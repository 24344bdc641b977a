//! Which location gives what (rules §7).

use crate::model::command::Sourcing;
use crate::model::sort;
use crate::model::units::Quantity;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// What one location gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Take {
    /// Its place among the candidates.
    pub candidate: usize,
    /// How many units, at least 1.
    pub units: Quantity,
}

/// Spreads `quantity` over candidates that have `available` units each, in the order in which they
/// are taken. What they do not have together is left to wait.
///
/// For the fewest parts it is enough to begin with the largest stock: if one location has
/// everything, the largest has; if not, no choice of as many locations holds more.
/// [`Sourcing::Earliest`] chooses one location by its date before anything is taken: its candidates
/// are that one, and it gives what it has.
///
/// ```
/// use backorder::model::command::Sourcing;
/// use backorder::policy::sourcing::spread;
/// let takes = spread(Sourcing::FewestParts, 5, &[3, 4]);
/// let takes: Vec<_> = takes.iter().map(|take| (take.candidate, take.units)).collect();
/// assert_eq!(takes, [(1, 4), (0, 1)]);
/// ```
pub fn spread(sourcing: Sourcing, quantity: Quantity, available: &[Quantity]) -> Vec<Take> {
    let mut stocks: Vec<(usize, Quantity)> = available.iter().copied().enumerate().collect();
    if sourcing == Sourcing::FewestParts {
        sort::by_key(&mut stocks, |&(_, available)| Reverse(available));
    }
    let mut left = quantity;
    let mut takes = Vec::new();
    for (candidate, available) in stocks {
        let units = available.min(left);
        if units > 0 {
            takes.push(Take { candidate, units });
            left -= units;
        }
    }
    takes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::numbers;

    /// A candidate and the units that it gives.
    type Given = (usize, Quantity);

    fn taken(sourcing: Sourcing, quantity: Quantity, available: &[Quantity]) -> Vec<Given> {
        spread(sourcing, quantity, available).into_iter().map(|take| (take.candidate, take.units)).collect()
    }

    #[test]
    fn units_come_from_where_the_order_says() {
        use Sourcing::{Earliest, FewestParts, InOrder};
        let cases: [(Sourcing, Quantity, &[Quantity], &[Given]); 12] = [
            (FewestParts, 5, &[4, 3], &[(0, 4), (1, 1)]),
            (FewestParts, 5, &[3, 4], &[(1, 4), (0, 1)]),
            (FewestParts, 5, &[3, 3, 3], &[(0, 3), (1, 2)]),
            (FewestParts, 5, &[5, 6, 9, 9], &[(2, 5)]),
            (FewestParts, 9, &[1, 0, 3], &[(2, 3), (0, 1)]),
            (InOrder, 13, &[10, 15], &[(0, 10), (1, 3)]),
            (InOrder, 10, &[10, 15], &[(0, 10)]),
            (InOrder, 5, &[0, 1, 9], &[(1, 1), (2, 4)]),
            (InOrder, 5, &[0, 0], &[]),
            (InOrder, 5, &[], &[]),
            (Earliest, 5, &[3], &[(0, 3)]),
            (Earliest, 5, &[0], &[]),
        ];
        for (sourcing, quantity, available, takes) in cases {
            assert_eq!(
                taken(sourcing, quantity, available),
                takes,
                "{sourcing:?} {quantity} of {available:?}"
            );
        }
    }

    /// The slow way: of all sets of locations that have the most that can be had of the quantity,
    /// the smallest; of those the one with most units, then the first in order.
    fn fewest(quantity: Quantity, available: &[Quantity]) -> Vec<usize> {
        let stock = |set: u32| -> Quantity {
            (0..available.len()).filter(|i| set >> i & 1 == 1).map(|i| available[i]).sum()
        };
        let all = (1 << available.len()) - 1;
        let wanted = quantity.min(stock(all));
        let members =
            |set: u32| -> Vec<usize> { (0..available.len()).filter(|i| set >> i & 1 == 1).collect() };
        let best = (0..=all)
            .filter(|&set| stock(set) >= wanted)
            .min_by_key(|&set| (set.count_ones(), Reverse(stock(set)), members(set)))
            .expect("all locations together");
        let mut best = members(best);
        best.sort_by_key(|&i| Reverse(available[i]));
        best
    }

    #[test]
    fn no_choice_of_locations_has_fewer_parts() {
        let mut next = numbers(5);
        for _ in 0..3_000 {
            let available: Vec<Quantity> = (0..1 + next(6)).map(|_| next(7)).collect();
            let quantity = 1 + next(25);
            let takes = spread(Sourcing::FewestParts, quantity, &available);
            let chosen: Vec<usize> = takes.iter().map(|take| take.candidate).collect();
            assert_eq!(chosen, fewest(quantity, &available), "{quantity} of {available:?}");
        }
    }

    #[test]
    fn what_is_taken_is_there_and_is_all_that_can_be_had() {
        let mut next = numbers(6);
        for round in 0..3_000 {
            let sourcing = [Sourcing::FewestParts, Sourcing::InOrder, Sourcing::Earliest][round % 3];
            let available: Vec<Quantity> = (0..next(6)).map(|_| next(7)).collect();
            let quantity = 1 + next(25);
            let takes = spread(sourcing, quantity, &available);
            let sum: Quantity = takes.iter().map(|take| take.units).sum();
            assert_eq!(sum, quantity.min(available.iter().sum()));
            assert!(takes.iter().all(|take| take.units <= available[take.candidate]));
            // Each place but the last gives all it has.
            assert!(takes.iter().rev().skip(1).all(|take| take.units == available[take.candidate]));
        }
    }
}
