use super::day;
use crate::estimate::civil::iso_date;
use crate::notice::delivery::{Delivery, Remedy, remedy};
use crate::notice::stated::{Stated, ship_by};
use crate::notice::workdays::{US_WORKDAYS, is_us_federal_holiday};

/// The days on which federal offices are closed, as the US Office of Personnel Management lists them.
const CLOSED: [&str; 34] = [
    "2026-01-01",
    "2026-01-19",
    "2026-02-16",
    "2026-05-25",
    "2026-06-19",
    "2026-07-03",
    "2026-09-07",
    "2026-10-12",
    "2026-11-11",
    "2026-11-26",
    "2026-12-25",
    "2027-01-01",
    "2027-01-18",
    "2027-02-15",
    "2027-05-31",
    "2027-06-18",
    "2027-07-05",
    "2027-09-06",
    "2027-10-11",
    "2027-11-11",
    "2027-11-25",
    "2027-12-24",
    "2027-12-31",
    "2028-01-17",
    "2028-02-21",
    "2028-05-29",
    "2028-06-19",
    "2028-07-04",
    "2028-09-04",
    "2028-10-09",
    "2028-11-10",
    "2028-11-23",
    "2028-12-25",
    "2029-01-01",
];

#[test]
fn federal_holidays_of_three_years() {
    let found: Vec<String> = (day("2026-01-01")..=day("2029-01-01"))
        .filter(|&day| is_us_federal_holiday(day))
        .map(iso_date)
        .collect();
    assert_eq!(found, CLOSED);
    assert!(!is_us_federal_holiday(day("2020-06-19")) && is_us_federal_holiday(day("2021-06-18")));
}

#[test]
fn working_days_against_counting_on_fingers() {
    // 1970-01-01 was a Thursday.
    let off = |day: u32| (day + 3) % 7 >= 5 || CLOSED.contains(&iso_date(day).as_str());
    for from in day("2026-01-01")..day("2028-06-01") {
        let mut working = (from + 1..).filter(|&day| !off(day));
        for n in 1..=12 {
            assert_eq!(US_WORKDAYS.nth_after(from, n), working.next().unwrap(), "{} {n}", iso_date(from));
        }
    }
    assert_eq!(US_WORKDAYS.nth_after(7, 0), 7);
    assert_eq!(US_WORKDAYS.nth_after(u32::MAX, 7), u32::MAX);
}

#[test]
fn what_words_state() {
    let by = |stated| iso_date(ship_by(day("2026-09-02"), stated, &US_WORKDAYS));
    assert_eq!(by(Stated::Days(5)), "2026-09-07");
    assert_eq!(by(Stated::Weeks(2)), "2026-09-16");
    assert_eq!(
        [24, 25, 48].map(|hours| by(Stated::Hours(hours))),
        ["2026-09-03", "2026-09-04", "2026-09-04"]
    );
}

#[test]
fn what_a_consumer_may_do() {
    let late = Delivery { due: 100, refused_or_essential: false, further_period: Some(110) };
    let essential = Delivery { refused_or_essential: true, ..late };
    let unset = Delivery { further_period: None, ..late };
    for (delivery, today, may) in [
        (late, 100, Remedy::None),
        (late, 101, Remedy::Await),
        (late, 110, Remedy::Await),
        (late, 111, Remedy::End),
        (essential, 100, Remedy::None),
        (essential, 101, Remedy::End),
        (unset, 101, Remedy::SetPeriod),
        (unset, 500, Remedy::SetPeriod),
    ] {
        assert_eq!(remedy(delivery, today), may, "{delivery:?} {today}");
    }
}
