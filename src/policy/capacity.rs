//! What a supplier can make in a day (rules §9).

use crate::model::units::Quantity;

/// The days that the `x`-th unit beyond scheduled supply takes on top of the lead time.
///
/// What is made is a whole number of batches; the first day's work comes at the lead time, the next
/// day's a day later. Without a capacity any amount comes at once.
///
/// ```
/// use backorder::policy::capacity::extra_days;
/// assert_eq!(extra_days(20, None, Some(20)), 0);
/// assert_eq!(extra_days(21, None, Some(20)), 1);
/// assert_eq!(extra_days(21, Some(50), Some(20)), 2);
/// ```
pub fn extra_days(x: Quantity, batch: Option<Quantity>, capacity_per_day: Option<Quantity>) -> u64 {
    let Some(capacity) = capacity_per_day else { return 0 };
    let x = x.max(1);
    let made = batch.and_then(|batch| x.checked_next_multiple_of(batch)).unwrap_or(x);
    made.div_ceil(capacity.max(1)) - 1
}

/// The last unit that takes as many days as the `x`-th.
///
/// ```
/// use backorder::policy::capacity::last_of_the_day;
/// assert_eq!(last_of_the_day(21, None, Some(20)), 40);
/// assert_eq!(last_of_the_day(21, Some(30), Some(20)), 30);
/// ```
pub fn last_of_the_day(x: Quantity, batch: Option<Quantity>, capacity_per_day: Option<Quantity>) -> Quantity {
    let Some(capacity) = capacity_per_day else { return Quantity::MAX };
    let days = extra_days(x, batch, capacity_per_day).saturating_add(1);
    let made = capacity.max(1).saturating_mul(days);
    made - made % batch.unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::MAX_SAFE;

    #[test]
    fn capacity_delays_what_a_day_cannot_make() {
        let cases = [
            (1, None, None, 0),
            (MAX_SAFE, Some(7), None, 0),
            (0, None, Some(5), 0),
            (0, Some(12), Some(5), 2),
            (1, None, Some(5), 0),
            (5, None, Some(5), 0),
            (6, None, Some(5), 1),
            (10, None, Some(5), 1),
            (11, None, Some(5), 2),
            (11, Some(11), Some(5), 2),
            (11, Some(16), Some(5), 3),
            (17, Some(16), Some(5), 6),
            (3, Some(0), Some(0), 2),
            (MAX_SAFE, Some(MAX_SAFE), Some(1), MAX_SAFE - 1),
            (u64::MAX, Some(2), Some(1), u64::MAX - 1),
        ];
        for (x, batch, capacity, days) in cases {
            assert_eq!(extra_days(x, batch, capacity), days, "{x} by {batch:?} at {capacity:?}");
        }
    }

    #[test]
    fn days_are_those_of_working_them_off() {
        for (batch, capacity) in (1..9).flat_map(|batch| (1..9).map(move |capacity| (batch, capacity))) {
            for x in 1..40 {
                // Batches are begun until the unit is in one; then days pass until all is made.
                let made = (0..).map(|batches| batches * batch).find(|&made| made >= x).expect("endless");
                let days = (1..).find(|&days| days * capacity >= made).expect("endless");
                assert_eq!(extra_days(x, Some(batch), Some(capacity)), days - 1);
                let same_day = |x: &u64| extra_days(*x, Some(batch), Some(capacity)) == days - 1;
                let last = (x..).take_while(same_day).last();
                assert_eq!(Some(last_of_the_day(x, Some(batch), Some(capacity))), last);
            }
        }
    }
}
