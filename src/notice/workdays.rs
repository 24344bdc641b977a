//! Working days: days of the week without holidays.

use crate::estimate::calendar::weekday;
use crate::estimate::civil::{date_of, day_of_date};
use crate::model::calendar::Weekdays;
use crate::model::units::Day;
use alloc::vec::Vec;

/// Which days count as working days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workdays {
    /// Days of the week.
    pub weekdays: Weekdays,
    /// Days off among them.
    pub holidays: Holidays,
}

/// Which days are off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holidays {
    /// The legal public holidays of 5 U.S.C. 6103(a). One on a Saturday is off on the Friday before
    /// (6103(b)), one on a Sunday on the Monday after (Executive Order 11582).
    UsFederal,
    /// These.
    Listed(Vec<Day>),
}

/// Monday to Friday without the US federal holidays.
pub const US_WORKDAYS: Workdays = Workdays { weekdays: MONDAY_TO_FRIDAY, holidays: Holidays::UsFederal };

/// Monday to Friday.
pub const MONDAY_TO_FRIDAY: Weekdays = Weekdays::of(&[1, 2, 3, 4, 5]);

/// The most working days that are counted.
pub const MAX_WORKDAYS: u32 = 366;

impl Workdays {
    /// Whether this day is one.
    pub fn has(&self, day: Day) -> bool {
        self.weekdays.has(weekday(day))
            && match &self.holidays {
                Holidays::UsFederal => !is_us_federal_holiday(day),
                Holidays::Listed(days) => !days.contains(&day),
            }
    }

    /// The n-th working day after this one, at most the [`MAX_WORKDAYS`]th; the day itself for 0. Where ten
    /// years have fewer of them, their last day.
    ///
    /// ```
    /// use backorder::estimate::civil::{day_of_iso_date, iso_date};
    /// use backorder::notice::workdays::US_WORKDAYS;
    ///
    /// // Labor Day is 7 September 2026.
    /// let saturday = day_of_iso_date("2026-09-05").unwrap();
    /// assert_eq!(iso_date(US_WORKDAYS.nth_after(saturday, 7)), "2026-09-16");
    /// ```
    pub fn nth_after(&self, day: Day, n: u32) -> Day {
        let mut left = n.min(MAX_WORKDAYS);
        let (mut day, end) = (day, day.saturating_add(3_660));
        while left > 0 && day < end {
            day = day.saturating_add(1);
            left -= u32::from(self.has(day));
        }
        day
    }
}

/// A holiday's rule, and the first year in which it is one.
struct Holiday {
    since: u64,
    month: u64,
    falls: Falls,
}

/// When in its month a holiday falls. Weekdays are 1 Monday to 7 Sunday.
enum Falls {
    On(u64),
    Nth { weekday: u64, n: u64 },
    Last { weekday: u64 },
}

/// 5 U.S.C. 6103(a) as it stands since 2021; days that came to be holidays since 1986 from their first year on.
const US_FEDERAL: [Holiday; 11] = [
    Holiday { since: 1970, month: 1, falls: Falls::On(1) },
    Holiday { since: 1986, month: 1, falls: Falls::Nth { weekday: 1, n: 3 } },
    Holiday { since: 1970, month: 2, falls: Falls::Nth { weekday: 1, n: 3 } },
    Holiday { since: 1970, month: 5, falls: Falls::Last { weekday: 1 } },
    Holiday { since: 2021, month: 6, falls: Falls::On(19) },
    Holiday { since: 1970, month: 7, falls: Falls::On(4) },
    Holiday { since: 1970, month: 9, falls: Falls::Nth { weekday: 1, n: 1 } },
    Holiday { since: 1970, month: 10, falls: Falls::Nth { weekday: 1, n: 2 } },
    Holiday { since: 1970, month: 11, falls: Falls::On(11) },
    Holiday { since: 1970, month: 11, falls: Falls::Nth { weekday: 4, n: 4 } },
    Holiday { since: 1970, month: 12, falls: Falls::On(25) },
];

/// Whether federal offices are closed for a holiday on this day.
///
/// ```
/// use backorder::estimate::civil::day_of_iso_date;
/// use backorder::notice::workdays::is_us_federal_holiday;
///
/// let off = |date: &str| is_us_federal_holiday(day_of_iso_date(date).unwrap());
/// assert!(off("2026-10-12") && off("2026-11-26") && !off("2026-11-27"));
/// // 4 July 2026 is a Saturday.
/// assert!(off("2026-07-03"));
/// ```
pub fn is_us_federal_holiday(day: Day) -> bool {
    let (year, _, _) = date_of(day);
    // New Year's Day may be off on the last day of the year before.
    US_FEDERAL.iter().any(|holiday| {
        [year, year + 1].iter().any(|&year| year >= holiday.since && holiday.day_off(year) == Some(day))
    })
}

impl Holiday {
    fn day_off(&self, year: u64) -> Option<Day> {
        let first = day_of_date(year, self.month, 1)?;
        let nth = |wanted: u64, n: u64| (wanted + 7 - weekday(first)) % 7 + 7 * (n - 1);
        let days_on = match self.falls {
            Falls::On(date) => date - 1,
            Falls::Nth { weekday, n } => nth(weekday, n),
            // The only one of its kind is in May, which has 31 days.
            Falls::Last { weekday } => {
                let fifth = nth(weekday, 5);
                if fifth < 31 { fifth } else { fifth - 7 }
            }
        };
        let day = first.checked_add(u32::try_from(days_on).ok()?)?;
        match weekday(day) {
            6 => day.checked_sub(1),
            7 => day.checked_add(1),
            _ => Some(day),
        }
    }
}
