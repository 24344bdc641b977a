//! Days as people write them.

use crate::model::units::Day;
use alloc::format;
use alloc::string::String;

/// A UTC day as `YYYY-MM-DD`.
///
/// The proleptic Gregorian calendar counted in years that begin on 1 March, so that a leap day is
/// the last of its year; 400 such years have 146,097 days.
///
/// ```
/// use backorder::estimate::civil::iso_date;
/// assert_eq!(iso_date(0), "1970-01-01");
/// assert_eq!(iso_date(19_782), "2024-02-29");
/// ```
pub fn iso_date(day: Day) -> String {
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    let days = u64::from(day) + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months from March have 153 days in every five.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let (month, next_year) =
        if month_from_march < 10 { (month_from_march + 3, 0) } else { (month_from_march - 9, 1) };
    let year = era * 400 + year_of_era + next_year;
    format!("{year:04}-{month:02}-{day_of_month:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        let lengths = |leap: bool| [31, 28 + u32::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut day = 0;
        for year in 1970..2420 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (month, length) in lengths(leap).into_iter().enumerate() {
                for date in 1..=length {
                    assert_eq!(iso_date(day), format!("{year:04}-{:02}-{date:02}", month + 1));
                    day += 1;
                }
            }
        }
    }
}
