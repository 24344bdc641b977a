//! The day that a seller's words state: what a page says, as `statedShipBy`.

use super::workdays::Workdays;
use crate::model::units::Day;

/// How long shipping takes, in a seller's words. Of a range, as in "3 to 5 days", it is the upper bound; "48
/// hours, most of the time" is 48 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// So many days after the order.
    Days(u32),
    /// So many business days after it.
    BusinessDays(u32),
    /// So many weeks after it.
    Weeks(u32),
    /// So many hours after it, which is as many begun days.
    Hours(u32),
}

/// The last day on which an order complies with what was stated. Business days are the regime's working days.
///
/// ```
/// use backorder::estimate::civil::{day_of_iso_date, iso_date};
/// use backorder::notice::stated::{Stated, ship_by};
/// use backorder::notice::workdays::US_WORKDAYS;
///
/// // Labor Day is 7 September 2026.
/// let ordered = day_of_iso_date("2026-09-02").unwrap();
/// assert_eq!(iso_date(ship_by(ordered, Stated::BusinessDays(5), &US_WORKDAYS)), "2026-09-10");
/// ```
pub fn ship_by(ordered: Day, stated: Stated, workdays: &Workdays) -> Day {
    match stated {
        Stated::Days(days) => ordered.saturating_add(days),
        Stated::BusinessDays(days) => workdays.nth_after(ordered, days),
        Stated::Weeks(weeks) => ordered.saturating_add(weeks.saturating_mul(7)),
        Stated::Hours(hours) => ordered.saturating_add(hours.div_ceil(24)),
    }
}
