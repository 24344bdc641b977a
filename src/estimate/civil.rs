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
    let (year, month, date) = date_of(day);
    format!("{year:04}-{month:02}-{date:02}")
}

/// Year, month and day of the month.
pub(crate) fn date_of(day: Day) -> (u64, u64, u64) {
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
    (era * 400 + year_of_era + next_year, month, day_of_month)
}

/// The inverse of [`date_of`] from 1970 on, for a month of 1 to 12. A day that the month does not have is
/// one of the next.
pub(crate) fn day_of_date(year: u64, month: u64, date: u64) -> Option<Day> {
    let (march_year, month_from_march) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let day_of_year = (153 * month_from_march + 2) / 5 + date - 1;
    let days = march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year;
    Day::try_from(days.checked_sub(719_468)?).ok()
}

/// The day of a date written `YYYY-MM-DD`, from 1970-01-01 to 9999-12-31; `None` for anything else, a date
/// that the calendar does not have included.
///
/// ```
/// use backorder::estimate::civil::day_of_iso_date;
/// assert_eq!(day_of_iso_date("2024-02-29"), Some(19_782));
/// assert_eq!(day_of_iso_date("2023-02-29"), None);
/// ```
pub fn day_of_iso_date(text: &str) -> Option<Day> {
    let digits = |from: usize, to: usize| {
        let digits = text.as_bytes().get(from..to)?;
        let number = digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit.wrapping_sub(b'0')));
        digits.iter().all(u8::is_ascii_digit).then_some(number)
    };
    let (year, month, date) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    if year < 1970 || !(1..=12).contains(&month) || date == 0 {
        return None;
    }
    // Written again it tells a real date from one that only looks like it.
    let day = day_of_date(year, month, date)?;
    (iso_date(day) == text).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_none() {
        for text in [
            "",
            "2024",
            "2024-1-01",
            "2024-01-1",
            "24-01-01",
            "2024-00-01",
            "2024-13-01",
            "2024-01-00",
            "2024-01-32",
            "2024-04-31",
            "2023-02-29",
            "1900-02-29",
            "1969-12-31",
            "10000-01-01",
            "2024/01/01",
            "2024-01-01 ",
            " 2024-01-01",
            "2024-01-01T00:00",
            "-024-01-01",
            "+024-01-01",
            "2024-01-0a",
            "2024-0１-01",
            "２０２４-01-01",
        ] {
            assert_eq!(day_of_iso_date(text), None, "{text}");
        }
    }

    #[test]
    fn days_follow_each_other() {
        let lengths = |leap: bool| [31, 28 + u32::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut day = 0;
        for year in 1970..2420 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (month, length) in lengths(leap).into_iter().enumerate() {
                for date in 1..=length {
                    let text = format!("{year:04}-{:02}-{date:02}", month + 1);
                    assert_eq!((iso_date(day), day_of_iso_date(&text)), (text, Some(day)));
                    day += 1;
                }
            }
        }
    }
}
