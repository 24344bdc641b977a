//! When more is to be ordered, and how much (rules §15).

use crate::model::settings::{Reorder, ReorderPolicy};
use crate::model::units::{MAX_SAFE, Quantity};

/// How many units to order at this inventory position: on hand and incoming, less what waits.
///
/// `None` above the point, and where the policy asks for nothing: a minimum enlarges an order, it
/// makes none.
///
/// ```
/// use backorder::model::settings::{Reorder, ReorderPolicy};
/// use backorder::policy::reorder::due;
/// let rule = Reorder {
///     policy: ReorderPolicy::OrderUpTo,
///     point: 20,
///     quantity: None,
///     up_to: Some(20),
///     minimum: Some(50),
///     multiple: Some(3),
/// };
/// assert_eq!(due(&rule, 0), Some(51));
/// assert_eq!(due(&rule, 21), None);
/// ```
pub fn due(rule: &Reorder, position: i64) -> Option<Quantity> {
    let position = i128::from(position);
    if position > i128::from(rule.point) {
        return None;
    }
    let wanted = match rule.policy {
        ReorderPolicy::ReorderQuantity => {
            let quantity = i128::from(rule.quantity.filter(|&quantity| quantity > 0)?);
            // The position is at the point or below: the quotient is that of two positive numbers.
            ((i128::from(rule.point) - position) / quantity + 1) * quantity
        }
        ReorderPolicy::OrderUpTo | ReorderPolicy::BaseStock => i128::from(rule.up_to?) - position,
    };
    if wanted <= 0 {
        return None;
    }
    let wanted = Quantity::try_from(wanted).unwrap_or(MAX_SAFE).max(rule.minimum.unwrap_or(0));
    let rounded = match rule.multiple {
        Some(multiple) => wanted.checked_next_multiple_of(multiple).unwrap_or(wanted),
        None => wanted,
    };
    Some(rounded.min(MAX_SAFE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::numbers;
    use ReorderPolicy::{BaseStock, OrderUpTo, ReorderQuantity};

    fn rule(policy: ReorderPolicy, point: Quantity, amount: Quantity) -> Reorder {
        let (quantity, up_to) =
            if policy == ReorderQuantity { (Some(amount), None) } else { (None, Some(amount)) };
        Reorder { policy, point, quantity, up_to, minimum: None, multiple: None }
    }

    fn rounded(rule: Reorder, minimum: Quantity, multiple: Quantity) -> Reorder {
        Reorder { minimum: Some(minimum), multiple: Some(multiple), ..rule }
    }

    #[test]
    fn more_is_due_at_the_point_and_below() {
        let missing = Reorder { quantity: None, up_to: None, ..rule(ReorderQuantity, 10, 1) };
        let cases = [
            (rule(ReorderQuantity, 10, 25), 11, None),
            (rule(ReorderQuantity, 10, 25), 10, Some(25)),
            (rule(ReorderQuantity, 10, 25), -14, Some(25)),
            (rule(ReorderQuantity, 10, 25), -15, Some(50)),
            (rule(ReorderQuantity, 0, 1), 0, Some(1)),
            (rule(OrderUpTo, 10, 40), 11, None),
            (rule(OrderUpTo, 10, 40), 10, Some(30)),
            (rule(OrderUpTo, 10, 40), -5, Some(45)),
            (rule(BaseStock, 39, 40), 39, Some(1)),
            (rule(BaseStock, 40, 40), 40, None),
            (rule(OrderUpTo, 20, 10), 15, None),
            (rounded(rule(OrderUpTo, 20, 10), 50, 3), 15, None),
            (rounded(rule(OrderUpTo, 20, 20), 50, 3), 0, Some(51)),
            (rounded(rule(OrderUpTo, 20, 100), 50, 3), 0, Some(102)),
            (rounded(rule(OrderUpTo, 20, 99), 50, 3), 0, Some(99)),
            (rounded(rule(ReorderQuantity, 10, 25), 0, 10), 0, Some(30)),
            (rounded(rule(ReorderQuantity, 10, 25), 26, 0), 0, Some(26)),
            (missing, 0, None),
            (Reorder { policy: OrderUpTo, ..missing }, 0, None),
            (rule(ReorderQuantity, 10, 0), 0, None),
        ];
        for (rule, position, quantity) in cases {
            assert_eq!(due(&rule, position), quantity, "{rule:?} at {position}");
        }
    }

    #[test]
    fn no_order_is_larger_than_the_largest_quantity() {
        let far = -(MAX_SAFE as i64);
        assert_eq!(due(&rule(OrderUpTo, 0, MAX_SAFE), far), Some(MAX_SAFE));
        assert_eq!(due(&rule(ReorderQuantity, MAX_SAFE, MAX_SAFE), i64::MIN), Some(MAX_SAFE));
        assert_eq!(due(&rounded(rule(BaseStock, 0, 1), MAX_SAFE, 2), 0), Some(MAX_SAFE));
        assert_eq!(due(&rounded(rule(BaseStock, 0, 1), u64::MAX, u64::MAX - 1), 0), Some(MAX_SAFE));
    }

    /// The slow way: from nothing, unit by unit, until every condition of the rule holds.
    fn slow(rule: &Reorder, position: i64) -> Option<Quantity> {
        let (point, minimum) = (rule.point as i64, rule.minimum.unwrap_or(0));
        let wanted = match rule.policy {
            _ if position > point => 0,
            ReorderQuantity => {
                let multiples = (0..).map(|n| n * rule.quantity.expect("as made"));
                multiples.into_iter().find(|&ordered| position + ordered as i64 > point).expect("endless")
            }
            OrderUpTo | BaseStock => {
                let level = rule.up_to.expect("as made") as i64;
                (0..).find(|&ordered| position + ordered as i64 >= level).expect("endless")
            }
        };
        let fits = |&ordered: &Quantity| {
            ordered >= wanted
                && ordered >= minimum
                && rule.multiple.is_none_or(|multiple| ordered % multiple == 0)
        };
        if wanted == 0 { None } else { (0..).find(fits) }
    }

    #[test]
    fn quantities_are_those_of_the_slow_way() {
        let mut next = numbers(13);
        for _ in 0..3_000 {
            let policy = [ReorderQuantity, OrderUpTo, BaseStock][next(3) as usize];
            let mut rule = rule(policy, next(30), 1 + next(40));
            rule.minimum = [None, Some(next(30))][next(2) as usize];
            rule.multiple = [None, Some(1 + next(9))][next(2) as usize];
            let position = next(80) as i64 - 40;
            assert_eq!(due(&rule, position), slow(&rule, position), "{rule:?} at {position}");
        }
    }
}
