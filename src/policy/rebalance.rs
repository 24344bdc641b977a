//! Units given anew to orders that had them (rules §8).

use crate::model::command::Strategy;
use crate::model::units::Quantity;
use alloc::vec::Vec;

/// A line with a part in a rebalance, or one that waits beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What may happen to it. `None`: no rule matches it, it keeps what it had and may gain.
    pub strategy: Option<Strategy>,
    /// The units that it has set aside.
    pub had: Quantity,
    /// All the units that it wants, those that it had among them.
    pub asks: Quantity,
    /// The units that must remain in the pool when an unmatched line takes (`protection`).
    pub reserve: Quantity,
}

/// How far a step lifts the holdings of its lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum UpTo {
    Had,
    Asks,
}

/// Who is given units, in which order; within a step the rank decides.
const STEPS: [(Option<Strategy>, UpTo); 7] = [
    (Some(Strategy::Gain), UpTo::Had),
    (Some(Strategy::Win), UpTo::Asks),
    (Some(Strategy::Gain), UpTo::Asks),
    (Some(Strategy::Redistribute), UpTo::Asks),
    (Some(Strategy::Fill), UpTo::Had),
    (None, UpTo::Asks),
    (Some(Strategy::Lose), UpTo::Had),
];

/// What each of the claims, in rank order, holds afterwards.
///
/// The pool is what the matching lines had together with the `available` units; what nobody takes
/// of it becomes available.
///
/// ```
/// use backorder::model::command::Strategy;
/// use backorder::policy::rebalance::{Claim, redistribute};
/// let claim = |strategy, had, asks| Claim { strategy: Some(strategy), had, asks, reserve: 0 };
/// let claims = [claim(Strategy::Lose, 10, 40), claim(Strategy::Win, 30, 60)];
/// assert_eq!(redistribute(&claims, 25), [5, 60]);
/// ```
pub fn redistribute(claims: &[Claim], available: Quantity) -> Vec<Quantity> {
    let mut pool = available;
    let mut holdings = Vec::with_capacity(claims.len());
    for claim in claims {
        if claim.strategy.is_some() {
            pool = pool.saturating_add(claim.had);
            holdings.push(0);
        } else {
            holdings.push(claim.had);
        }
    }
    for (strategy, up_to) in STEPS {
        let lines = claims.iter().zip(&mut holdings).filter(|(claim, _)| claim.strategy == strategy);
        for (claim, holding) in lines {
            let limit = if up_to == UpTo::Had { claim.had } else { claim.asks };
            let reserve = if strategy.is_none() { claim.reserve } else { 0 };
            let given = limit.saturating_sub(*holding).min(pool.saturating_sub(reserve));
            *holding += given;
            pool -= given;
        }
    }
    holdings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::numbers;
    use Strategy::{Fill, Gain, Lose, Redistribute, Win};

    fn claim(strategy: impl Into<Option<Strategy>>, asks: Quantity, had: Quantity) -> Claim {
        Claim { strategy: strategy.into(), had, asks, reserve: 0 }
    }

    fn unmatched(asks: Quantity, had: Quantity, reserve: Quantity) -> Claim {
        Claim { strategy: None, had, asks, reserve }
    }

    #[test]
    fn units_go_by_strategy_then_rank() {
        let cases: [(&str, &[Claim], Quantity, &[Quantity]); 12] = [
            (
                "BOP-03",
                &[
                    claim(Win, 60, 30),
                    claim(Gain, 20, 10),
                    claim(Redistribute, 50, 30),
                    claim(Fill, 25, 20),
                    claim(Lose, 40, 10),
                ],
                0,
                &[60, 20, 20, 0, 0],
            ),
            (
                "the same whatever the rank",
                &[
                    claim(Lose, 40, 10),
                    claim(Fill, 25, 20),
                    claim(Redistribute, 50, 30),
                    claim(Gain, 20, 10),
                    claim(Win, 60, 30),
                ],
                0,
                &[0, 0, 20, 20, 60],
            ),
            ("gain keeps what it had before win takes", &[claim(Win, 9, 0), claim(Gain, 9, 4)], 2, &[2, 4]),
            ("rank within a step", &[claim(Win, 5, 0), claim(Win, 5, 5)], 2, &[5, 2]),
            ("fill never gains", &[claim(Fill, 9, 2)], 5, &[2]),
            ("lose keeps what nobody needs", &[claim(Lose, 9, 4), claim(Win, 3, 1)], 0, &[2, 3]),
            ("unmatched lines gain before lose keeps", &[claim(Lose, 4, 4), unmatched(7, 3, 0)], 0, &[0, 7]),
            ("unmatched lines lose nothing", &[unmatched(4, 4, 0), claim(Win, 9, 0)], 1, &[4, 1]),
            ("what must remain", &[unmatched(9, 1, 3), claim(Redistribute, 4, 2)], 6, &[2, 4]),
            (
                "what must remain is for others",
                &[unmatched(9, 0, 3), unmatched(9, 0, 1), claim(Lose, 5, 5)],
                0,
                &[2, 2, 1],
            ),
            ("fewer than must remain", &[unmatched(9, 0, 3)], 2, &[0]),
            ("nobody", &[], 5, &[]),
        ];
        for (name, claims, available, holdings) in cases {
            assert_eq!(redistribute(claims, available), holdings, "{name}");
        }
    }

    /// The slow way: unit by unit, each to the first that may have it by the letter of rules §8.
    fn slow(claims: &[Claim], available: Quantity) -> Vec<Quantity> {
        let matched = |claim: &&Claim| claim.strategy.is_some();
        let mut pool = available + claims.iter().filter(matched).map(|claim| claim.had).sum::<Quantity>();
        let mut holds: Vec<Quantity> =
            claims.iter().map(|claim| if claim.strategy.is_some() { 0 } else { claim.had }).collect();
        while pool > 0 {
            let may = |step: usize, i: usize| {
                let (claim, holds) = (claims[i], holds[i]);
                match (step, claim.strategy) {
                    (1, Some(Gain)) => holds < claim.had,
                    (2, Some(Win)) => holds < claim.asks,
                    (3, Some(Gain)) => holds < claim.asks,
                    (4, Some(Redistribute)) => holds < claim.asks,
                    (5, Some(Fill)) => holds < claim.had,
                    (6, None) => holds < claim.asks && pool > claim.reserve,
                    (7, Some(Lose)) => holds < claim.had,
                    _ => false,
                }
            };
            let turns = (1..=7).flat_map(|step| (0..claims.len()).map(move |i| (step, i)));
            let Some((_, i)) = turns.into_iter().find(|&(step, i)| may(step, i)) else { break };
            holds[i] += 1;
            pool -= 1;
        }
        holds
    }

    #[test]
    fn holdings_are_those_of_the_slow_way_and_within_the_pool() {
        let mut next = numbers(11);
        let strategies = [Some(Win), Some(Gain), Some(Redistribute), Some(Fill), Some(Lose), None];
        for _ in 0..3_000 {
            let mut claims = Vec::new();
            for _ in 0..next(7) {
                let (strategy, asks) = (strategies[next(6) as usize], next(9));
                claims.push(Claim { strategy, asks, had: next(asks + 1), reserve: next(4) });
            }
            let available = next(12);
            let holdings = redistribute(&claims, available);
            assert_eq!(holdings, slow(&claims, available), "{claims:?} and {available}");

            let had: Quantity = claims.iter().map(|claim| claim.had).sum();
            assert!(holdings.iter().sum::<Quantity>() <= had + available);
            let sum = |strategy, of: fn(&Claim) -> Quantity| -> Quantity {
                claims.iter().filter(|claim| claim.strategy == Some(strategy)).map(of).sum()
            };
            let unmatched: Quantity = claims.iter().filter(|c| c.strategy.is_none()).map(|c| c.had).sum();
            let wins_fit = sum(Gain, |c| c.had) + sum(Win, |c| c.asks) <= had - unmatched + available;
            for (claim, &holding) in claims.iter().zip(&holdings) {
                assert!(holding <= claim.asks);
                match claim.strategy {
                    Some(Gain) | None => assert!(holding >= claim.had),
                    Some(Win) if wins_fit => assert_eq!(holding, claim.asks),
                    Some(Fill | Lose) => assert!(holding <= claim.had),
                    _ => {}
                }
            }
        }
    }
}
