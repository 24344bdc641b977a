//! Fair share (rules §8): a shortage divided in proportion to what each lacks.

use crate::model::sort;
use crate::model::units::Quantity;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Divides `units` among `needs`, given in rank order, into `shares`, whose content is replaced.
///
/// Each gets the whole part of its proportion; the units that rounding leaves go to the largest
/// remainders, ties by rank. No share is above its need, and what is shared is the lesser of the
/// units and the needs together.
///
/// ```
/// use backorder::policy::sharing::divide;
/// let mut shares = Vec::new();
/// divide(10, &[7, 5, 3], &mut shares);
/// assert_eq!(shares, [5, 3, 2]);
/// ```
pub fn divide(units: Quantity, needs: &[Quantity], shares: &mut Vec<Quantity>) {
    shares.clear();
    let total: u128 = needs.iter().copied().map(u128::from).sum();
    if u128::from(units) >= total {
        shares.extend_from_slice(needs);
        return;
    }
    let mut left = units;
    let mut remainders = Vec::with_capacity(needs.len());
    for (rank, &need) in needs.iter().enumerate() {
        // A 64-bit number times another fits in 128 bits; and as there are fewer units than
        // needs, the quotient is below the need and leaves room for one unit more.
        let portion = u128::from(units) * u128::from(need);
        let whole = (portion / total) as Quantity;
        shares.push(whole);
        left -= whole;
        remainders.push((Reverse(portion % total), rank));
    }
    sort::ascending(&mut remainders);
    // `left` is the sum of the remainders divided by the total, each being less than that: fewer
    // units than there are remainders above 0.
    for &(_, rank) in remainders.iter().take(left as usize) {
        shares[rank] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::MAX_SAFE;
    use crate::policy::numbers;
    use alloc::vec;

    fn divided(units: Quantity, needs: &[Quantity]) -> Vec<Quantity> {
        let mut shares = vec![99];
        divide(units, needs, &mut shares);
        shares
    }

    /// The slow way: whole parts counted up unit by unit, then one unit at a time to whoever is
    /// furthest below its proportion.
    fn slow(units: Quantity, needs: &[Quantity]) -> Vec<Quantity> {
        let total: Quantity = needs.iter().sum();
        let units = units.min(total);
        let mut shares: Vec<Quantity> = Vec::new();
        for &need in needs {
            let mut share = 0;
            while need > 0 && (share + 1) * total <= units * need {
                share += 1;
            }
            shares.push(share);
        }
        for _ in shares.iter().sum()..units {
            let mut furthest = 0;
            let behind = |i: usize| (units * needs[i]) as i64 - (shares[i] * total) as i64;
            for i in 1..needs.len() {
                if behind(i) > behind(furthest) {
                    furthest = i;
                }
            }
            shares[furthest] += 1;
        }
        shares
    }

    #[test]
    fn a_shortage_is_shared_in_proportion() {
        let cases: [(Quantity, &[Quantity], &[Quantity]); 11] = [
            (80, &[50, 30, 20], &[40, 24, 16]),
            (10, &[7, 5, 3], &[5, 3, 2]),
            (0, &[4, 4], &[0, 0]),
            (1, &[4, 4], &[1, 0]),
            (3, &[2, 2], &[2, 1]),
            (1, &[1, 3], &[0, 1]),
            (5, &[0, 9, 0], &[0, 5, 0]),
            (100, &[50, 30, 20], &[50, 30, 20]),
            (101, &[50, 30, 20], &[50, 30, 20]),
            (7, &[], &[]),
            (7, &[0, 0], &[0, 0]),
        ];
        for (units, needs, shares) in cases {
            assert_eq!(divided(units, needs), shares, "{units} over {needs:?}");
        }
    }

    #[test]
    fn the_largest_numbers_are_divided_exactly() {
        let needs = [MAX_SAFE; 3];
        assert_eq!(
            divided(MAX_SAFE, &needs),
            [3_002_399_751_580_331, 3_002_399_751_580_330, 3_002_399_751_580_330]
        );
        let shares = divided(u64::MAX - 1, &[u64::MAX, 0, u64::MAX]);
        assert_eq!(shares, [u64::MAX / 2, 0, u64::MAX / 2]);
    }

    #[test]
    fn shares_are_those_of_the_slow_way() {
        let mut next = numbers(3);
        for _ in 0..3_000 {
            let needs: Vec<Quantity> = (0..1 + next(6)).map(|_| next(9)).collect();
            let units = next(40);
            let shares = divided(units, &needs);
            assert_eq!(shares, slow(units, &needs), "{units} over {needs:?}");
            assert_eq!(shares.iter().sum::<u64>(), units.min(needs.iter().sum()));
            assert!(shares.iter().zip(&needs).all(|(share, need)| share <= need));
        }
    }
}
