//! Dispatches against those found by walking from day to day, and tables of what a shop would say.

use super::DispatchCalendar;
use crate::estimate::civil::day_of_iso_date;
use crate::estimate::zone::tests::{MINUTE_MS, MINUTES, Minutes, Random, utc};
use crate::model::calendar::{Calendar, Transition, Weekdays, Zone};
use crate::model::units::{Day, Instant, MAX_SAFE};
use alloc::vec::Vec;

/// Finds dispatches by looking at one day after the other.
struct Slow<'c> {
    calendar: &'c Calendar,
    minutes: Minutes,
}

impl Slow<'_> {
    /// 1970-01-01 was a Thursday.
    fn is_workday(&self, day: Day) -> bool {
        let weekday = [4, 5, 6, 7, 1, 2, 3][day as usize % 7];
        let exists = self.start(day) < self.start(day + 1);
        self.calendar.workdays.has(weekday) && !self.calendar.holidays.contains(&day) && exists
    }

    fn start(&self, day: Day) -> Instant {
        if day == 0 { 0 } else { self.minutes.first(i64::from(day) * 1_440) * MINUTE_MS }
    }

    fn cutoff(&self, day: Day) -> Option<Instant> {
        let local = i64::from(day) * 1_440 + self.calendar.cutoff_minutes? as i64;
        Some((self.minutes.first(local) * MINUTE_MS).min(self.start(day + 1) - 1))
    }

    fn dispatch(&self, ready: Instant) -> Instant {
        let mut day = self.minutes.day(ready / MINUTE_MS);
        if self.cutoff(day).is_some_and(|cutoff| ready > cutoff) {
            day += 1;
        }
        let mut handling_left = self.calendar.handling_days;
        loop {
            if self.is_workday(day) {
                if handling_left == 0 {
                    return self.cutoff(day).unwrap_or_else(|| self.start(day).max(ready));
                }
                handling_left -= 1;
            }
            day += 1;
        }
    }
}

fn random_calendar(random: &mut Random) -> Calendar {
    let numbers: Vec<u64> = (1..=7).filter(|_| random.below(3) > 0).collect();
    let workdays = if numbers.is_empty() { Weekdays::ALL } else { Weekdays::of(&numbers) };
    let often = 2 + random.below(20);
    Calendar {
        zone: random.zone(),
        workdays,
        holidays: (0..25).filter(|_| random.below(often) == 0).collect(),
        cutoff_minutes: [None, Some(0), Some(1_439), Some(random.below(1_440))][random.below(4) as usize],
        handling_days: [0, 0, 1, 2, 3][random.below(5) as usize],
    }
}

#[test]
fn random_calendars_of_random_zones() {
    let mut random = Random(3);
    for _ in 0..150 {
        let calendar = random_calendar(&mut random);
        let fast = DispatchCalendar::new(&calendar);
        let slow = Slow { minutes: Minutes::of(&calendar.zone), calendar: &calendar };
        let mut last = 0;
        for step in 0..400 {
            let off = [0, 1, MINUTE_MS - 1][random.below(3) as usize];
            let ready = (step * 50 + random.below(50)) * MINUTE_MS + off;
            let dispatch = fast.dispatch(ready).unwrap();
            assert_eq!(dispatch, slow.dispatch(ready), "{ready} {calendar:?}");
            assert!(dispatch >= ready && dispatch >= last, "{ready} {calendar:?}");
            if calendar.handling_days == 0 {
                assert_eq!(fast.dispatch(dispatch), Some(dispatch), "{ready} {calendar:?}");
            }
            last = dispatch;
        }
    }
    assert_eq!(MINUTES, 86_400);
}

#[test]
fn without_restrictions_nothing_changes() {
    let mut random = Random(5);
    for _ in 0..50 {
        let zone = random.zone();
        let open = Calendar {
            zone,
            workdays: Weekdays::ALL,
            holidays: Vec::new(),
            cutoff_minutes: None,
            handling_days: 0,
        };
        let calendar = DispatchCalendar::new(&open);
        for _ in 0..200 {
            let ready = random.below(MINUTES * MINUTE_MS);
            assert_eq!(calendar.dispatch(ready), Some(ready));
        }
    }
    let open = DispatchCalendar::new(&Calendar {
        zone: Zone::default(),
        workdays: Weekdays::ALL,
        holidays: Vec::new(),
        cutoff_minutes: None,
        handling_days: 0,
    });
    assert_eq!(open.dispatch(MAX_SAFE), Some(MAX_SAFE));
    assert_eq!(open.dispatch(MAX_SAFE + 1), None);
}

#[test]
fn where_there_is_no_dispatch() {
    let mut calendar = Calendar {
        zone: Zone::default(),
        workdays: Weekdays::default(),
        holidays: Vec::new(),
        cutoff_minutes: None,
        handling_days: 0,
    };
    assert_eq!(DispatchCalendar::new(&calendar).dispatch(0), None);
    calendar.workdays = Weekdays::ALL;
    for handling_days in [1 << 40, u64::MAX] {
        calendar.handling_days = handling_days;
        assert_eq!(DispatchCalendar::new(&calendar).dispatch(0), None);
    }
    // A year and more of nothing but holidays ends.
    calendar.handling_days = 0;
    calendar.holidays = (0..1_000).collect();
    assert_eq!(DispatchCalendar::new(&calendar).dispatch(0), Some(1_000 * 86_400_000));
}

/// Monday to Friday in Berlin, until 14:00, in the weeks of its two changes of 2024.
fn berlin(handling_days: u64, holidays: &[&str]) -> DispatchCalendar {
    let transitions = [(0, 60), (1_711_846_800_000, 120), (1_729_990_800_000, 60)];
    let transitions = transitions.map(|(from, utc_offset_minutes)| Transition { from, utc_offset_minutes });
    DispatchCalendar::new(&Calendar {
        zone: Zone::Changing { name: Some("Europe/Berlin".into()), transitions: transitions.into() },
        workdays: Weekdays::of(&[1, 2, 3, 4, 5]),
        holidays: holidays.iter().map(|date| day_of_iso_date(date).unwrap()).collect(),
        cutoff_minutes: Some(14 * 60),
        handling_days,
    })
}

#[test]
fn a_shop_in_berlin() {
    let easter = ["2024-03-29", "2024-04-01"];
    let rows: &[(u64, &[&str], &str, &str)] = &[
        // A Thursday, before, at and after the cut-off of 13:00 UTC.
        (0, &[], "2024-03-28 09:00", "2024-03-28 13:00"),
        (0, &[], "2024-03-28 13:00", "2024-03-28 13:00"),
        (0, &[], "2024-03-28 13:01", "2024-03-29 13:00"),
        // Over the weekend, at whose end the clock is put forward.
        (0, &[], "2024-03-29 13:01", "2024-04-01 12:00"),
        (0, &[], "2024-03-31 12:00", "2024-04-01 12:00"),
        (1, &[], "2024-03-29 09:00", "2024-04-01 12:00"),
        (1, &[], "2024-03-30 09:00", "2024-04-02 12:00"),
        // Good Friday and Easter Monday.
        (0, &easter, "2024-03-28 13:01", "2024-04-02 12:00"),
        (1, &easter, "2024-03-28 09:00", "2024-04-02 12:00"),
        (2, &easter, "2024-03-28 13:01", "2024-04-04 12:00"),
        // The weekend on which it is put back.
        (0, &[], "2024-10-25 12:00", "2024-10-25 12:00"),
        (0, &[], "2024-10-25 12:01", "2024-10-28 13:00"),
        (5, &[], "2024-10-25 12:01", "2024-11-04 13:00"),
    ];
    for (handling_days, holidays, ready, dispatch) in rows {
        let found = berlin(*handling_days, holidays).dispatch(utc(ready));
        assert_eq!(found, Some(utc(dispatch)), "{ready} after {handling_days} days");
    }
}

#[test]
fn cut_offs_that_the_clock_passes_twice_or_skips() {
    let at = |cutoff_minutes| {
        let mut calendar = Calendar {
            zone: Zone::Fixed { utc_offset_minutes: 0 },
            workdays: Weekdays::ALL,
            holidays: Vec::new(),
            cutoff_minutes: Some(cutoff_minutes),
            handling_days: 0,
        };
        let transitions = [(0, 60), (1_711_846_800_000, 120), (1_729_990_800_000, 60)];
        let transitions =
            transitions.map(|(from, utc_offset_minutes)| Transition { from, utc_offset_minutes });
        calendar.zone = Zone::Changing { name: None, transitions: transitions.into() };
        DispatchCalendar::new(&calendar)
    };
    let half_past_two = at(2 * 60 + 30);
    // There is no 02:30 on 31 March: the clock goes from 02:00 to 03:00 at 01:00 UTC.
    assert_eq!(half_past_two.dispatch(utc("2024-03-31 00:00")), Some(utc("2024-03-31 01:00")));
    assert_eq!(half_past_two.dispatch(utc("2024-03-31 01:01")), Some(utc("2024-04-01 00:30")));
    // On 27 October it is 02:30 at 00:30 and at 01:30 UTC.
    assert_eq!(half_past_two.dispatch(utc("2024-10-27 00:00")), Some(utc("2024-10-27 01:30")));
    assert_eq!(half_past_two.dispatch(utc("2024-10-27 01:00")), Some(utc("2024-10-27 01:30")));
    assert_eq!(half_past_two.dispatch(utc("2024-10-27 01:31")), Some(utc("2024-10-28 01:30")));
}

/// Samoa had no 30 December 2011: nothing left on it, and it was no day of handling.
#[test]
fn a_date_that_never_was() {
    let apia = |cutoff_minutes, handling_days, holidays: &[&str]| {
        let transitions = [(0, -600), (1_325_239_200_000, 840)];
        let transitions =
            transitions.map(|(from, utc_offset_minutes)| Transition { from, utc_offset_minutes });
        DispatchCalendar::new(&Calendar {
            zone: Zone::Changing { name: None, transitions: transitions.into() },
            workdays: Weekdays::ALL,
            holidays: holidays.iter().map(|date| day_of_iso_date(date).unwrap()).collect(),
            cutoff_minutes,
            handling_days,
        })
    };
    let thursday = utc("2011-12-29 20:00");
    assert_eq!(apia(None, 1, &[]).dispatch(thursday), Some(utc("2011-12-30 10:00")));
    assert_eq!(apia(Some(480), 0, &[]).dispatch(thursday), Some(utc("2011-12-30 18:00")));
    assert_eq!(apia(Some(480), 1, &[]).dispatch(thursday), Some(utc("2011-12-31 18:00")));
    // That it was a holiday, too, makes no difference.
    assert_eq!(apia(Some(480), 1, &["2011-12-30"]).dispatch(thursday), Some(utc("2011-12-31 18:00")));
}

/// A day of handling before shipment and three of shipping, from 2 March 2026; the source is Microsoft's
/// documentation of Business Central, "Calculate order promising dates".
#[test]
fn handling_then_shipping() {
    let calendar = DispatchCalendar::new(&Calendar {
        zone: Zone::default(),
        workdays: Weekdays::ALL,
        holidays: Vec::new(),
        cutoff_minutes: None,
        handling_days: 1,
    });
    let ships = calendar.dispatch(utc("2026-03-02 09:00")).unwrap();
    assert_eq!(ships, utc("2026-03-03 00:00"));
    assert_eq!(calendar.clock().add_days(ships, 3), utc("2026-03-06 00:00"));
}
