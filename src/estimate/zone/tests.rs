//! A clock against one that is read minute by minute, and tables of changes that there were.

use super::LocalClock;
use crate::estimate::civil::day_of_iso_date;
use crate::model::calendar::{Transition, Zone};
use crate::model::units::{DAY_MS, Day, Instant, MAX_SAFE, day_of, end_of_day};
use alloc::vec::Vec;

pub(in crate::estimate) const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 3_600_000;

pub(in crate::estimate) struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// Up to four changes in the first month, some of them wilder than there ever were.
    pub fn zone(&mut self) -> Zone {
        const OFFSETS: [i64; 14] = [0, 60, 120, -300, -240, 345, 630, 660, 765, 825, 840, -600, -720, -210];
        if self.below(5) == 0 {
            return Zone::Fixed { utc_offset_minutes: OFFSETS[self.below(14) as usize] };
        }
        let mut from = self.below(10) * HOUR_MS;
        let transitions = (0..=self.below(4)).map(|_| {
            let utc_offset_minutes = match self.below(4) {
                0 => self.below(2_161) as i64 - 1_080,
                _ => OFFSETS[self.below(14) as usize],
            };
            let transition = Transition { from, utc_offset_minutes };
            from += match self.below(3) {
                0 => (1 + self.below(300)) * MINUTE_MS,
                _ => self.below(15 * 24 * 2) * 30 * MINUTE_MS + MINUTE_MS,
            };
            transition
        });
        Zone::Changing { name: None, transitions: transitions.collect() }
    }
}

/// What a zone's clock shows in each minute of the first two months, and what it shows at the earliest
/// from that minute on.
pub(in crate::estimate) struct Minutes {
    pub settled: Vec<i64>,
}

pub(in crate::estimate) const MINUTES: u64 = 60 * 24 * 60;

impl Minutes {
    pub fn of(zone: &Zone) -> Minutes {
        let offset = |minute: u64| match zone {
            Zone::Fixed { utc_offset_minutes } => *utc_offset_minutes,
            Zone::Changing { transitions, .. } => {
                let begun = transitions.iter().rev().find(|transition| transition.from <= minute * MINUTE_MS);
                begun.unwrap_or(&transitions[0]).utc_offset_minutes
            }
        };
        let mut settled: Vec<i64> = (0..MINUTES).map(|minute| minute as i64 + offset(minute)).collect();
        for minute in (0..settled.len() - 1).rev() {
            settled[minute] = settled[minute].min(settled[minute + 1]);
        }
        Minutes { settled }
    }

    pub fn day(&self, minute: u64) -> Day {
        self.settled[minute as usize].max(0) as u32 / (24 * 60)
    }

    /// The first minute from which on the clock shows so many minutes or more.
    pub fn first(&self, local_minutes: i64) -> u64 {
        self.settled.iter().position(|&local| local >= local_minutes).unwrap() as u64
    }
}

#[test]
fn every_minute_of_random_zones() {
    let mut random = Random(7);
    for _ in 0..40 {
        let zone = random.zone();
        let (clock, minutes) = (LocalClock::new(&zone), Minutes::of(&zone));
        for minute in 0..MINUTES - 2 * 24 * 60 {
            let instant = minute * MINUTE_MS;
            assert_eq!(
                clock.local_ms(instant),
                minutes.settled[minute as usize] * 60_000,
                "{minute} {zone:?}"
            );
            assert_eq!(clock.day(instant), minutes.day(minute), "{minute} {zone:?}");
        }
        for day in 0..50 {
            let first = if day == 0 { 0 } else { minutes.first(i64::from(day) * 24 * 60) };
            assert_eq!(clock.day_start(day), first * MINUTE_MS, "{day} {zone:?}");
            assert_eq!(clock.day_end(day), clock.day_start(day + 1));
            let skipped = clock.skipped_days().contains(&day);
            assert_eq!(skipped, clock.day_start(day) == clock.day_end(day), "{day} {zone:?}");
        }
        for _ in 0..100 {
            let local = random.below(50 * 24 * 60) as i64;
            assert_eq!(
                clock.instant_of(local * 60_000),
                minutes.first(local) * MINUTE_MS,
                "{local} {zone:?}"
            );
            let (minute, days) = (random.below(30 * 24 * 60), random.below(10));
            let later = minutes.first(minutes.settled[minute as usize] + days as i64 * 24 * 60);
            let expected = if days == 0 { minute } else { later };
            assert_eq!(clock.add_days(minute * MINUTE_MS, days), expected * MINUTE_MS, "{minute} {zone:?}");
        }
    }
}

#[test]
fn a_millisecond_tells_two_days_apart() {
    let mut random = Random(11);
    for _ in 0..200 {
        let clock = LocalClock::new(&random.zone());
        for day in 0..60 {
            let (start, end) = (clock.day_start(day), clock.day_end(day));
            if start < end {
                assert_eq!((clock.day(start), clock.day(end - 1)), (day, day));
                assert!(clock.day(end) > day && (day == 0 || clock.day(start - 1) < day));
            }
        }
    }
}

#[test]
fn utc_is_what_it_is_everywhere_else() {
    let clock = LocalClock::utc();
    for instant in [0, 1, DAY_MS - 1, DAY_MS, 1_700_000_000_000, MAX_SAFE] {
        assert_eq!(clock.day(instant), day_of(instant));
        assert_eq!(clock.day_end(clock.day(instant)), end_of_day(day_of(instant)));
        assert_eq!(clock.add_days(instant, 3), instant + 3 * DAY_MS);
    }
}

#[test]
fn no_argument_is_a_panic() {
    let wild = [
        Transition { from: u64::MAX, utc_offset_minutes: i64::MIN },
        Transition { from: 5, utc_offset_minutes: i64::MAX },
        Transition { from: u64::MAX, utc_offset_minutes: 0 },
    ];
    for transitions in [wild.to_vec(), wild[1..].to_vec(), Vec::new()] {
        let clock = LocalClock::new(&Zone::Changing { name: None, transitions });
        for instant in [0, 5, MAX_SAFE, u64::MAX] {
            clock.day(instant);
            clock.add_days(instant, u64::MAX);
            clock.instant_of(instant as i64);
            clock.day_end(instant as u32);
        }
        assert!(clock.skipped_days().len() <= 6);
    }
}

/// A zone's changes around a date, as minutes of offset and UTC instants in seconds; a local date; and its
/// first and last minute in UTC, of the form "03-31 22:00". All from the IANA tz database (2025b).
type Row = (&'static str, &'static [(u64, i64)], &'static str, &'static str, &'static str, u64);

const CHANGES: &[Row] = &[
    // Days of 23 and 25 hours.
    (
        "Europe/Berlin",
        &[(0, 60), (1_711_846_800, 120)],
        "2024-03-30",
        "2024-03-29 23:00",
        "2024-03-30 23:00",
        1_440,
    ),
    (
        "Europe/Berlin",
        &[(0, 60), (1_711_846_800, 120)],
        "2024-03-31",
        "2024-03-30 23:00",
        "2024-03-31 22:00",
        1_380,
    ),
    (
        "Europe/Berlin",
        &[(0, 120), (1_729_990_800, 60)],
        "2024-10-27",
        "2024-10-26 22:00",
        "2024-10-27 23:00",
        1_500,
    ),
    (
        "America/New_York",
        &[(0, -300), (1_710_054_000, -240)],
        "2024-03-10",
        "2024-03-10 05:00",
        "2024-03-11 04:00",
        1_380,
    ),
    (
        "America/New_York",
        &[(0, -240), (1_730_613_600, -300)],
        "2024-11-03",
        "2024-11-03 04:00",
        "2024-11-04 05:00",
        1_500,
    ),
    // A shift of half an hour.
    (
        "Australia/Lord_Howe",
        &[(0, 660), (1_712_415_600, 630)],
        "2024-04-07",
        "2024-04-06 13:00",
        "2024-04-07 13:30",
        1_470,
    ),
    (
        "Australia/Lord_Howe",
        &[(0, 630), (1_728_142_200, 660)],
        "2024-10-06",
        "2024-10-05 13:30",
        "2024-10-06 13:00",
        1_410,
    ),
    // Quarters of an hour, with a change, without one, and one a quarter long.
    (
        "Pacific/Chatham",
        &[(0, 825), (1_712_412_000, 765)],
        "2024-04-07",
        "2024-04-06 10:15",
        "2024-04-07 11:15",
        1_500,
    ),
    ("Asia/Kathmandu", &[(0, 345)], "2024-04-07", "2024-04-06 18:15", "2024-04-07 18:15", 1_440),
    (
        "Asia/Kathmandu",
        &[(0, 330), (504_901_800, 345)],
        "1986-01-01",
        "1985-12-31 18:30",
        "1986-01-01 18:15",
        1_425,
    ),
    // Midnights that do not exist.
    (
        "America/Havana",
        &[(0, -300), (1_710_046_800, -240)],
        "2024-03-10",
        "2024-03-10 05:00",
        "2024-03-11 04:00",
        1_380,
    ),
    (
        "America/Sao_Paulo",
        &[(0, -180), (1_508_036_400, -120)],
        "2017-10-15",
        "2017-10-15 03:00",
        "2017-10-16 02:00",
        1_380,
    ),
    (
        "Africa/Cairo",
        &[(0, 120), (1_714_082_400, 180)],
        "2024-04-26",
        "2024-04-25 22:00",
        "2024-04-26 21:00",
        1_380,
    ),
    // One that comes twice, at 04:00 and 05:00 UTC: the day begins with the first, as none of the day before follows.
    (
        "America/Havana",
        &[(0, -240), (1_730_610_000, -300)],
        "2024-11-03",
        "2024-11-03 04:00",
        "2024-11-04 05:00",
        1_500,
    ),
    // The day before comes back for its last hour: at midnight, or at a minute past it.
    (
        "America/Sao_Paulo",
        &[(0, -120), (1_518_919_200, -180)],
        "2018-02-17",
        "2018-02-17 02:00",
        "2018-02-18 03:00",
        1_500,
    ),
    (
        "America/St_Johns",
        &[(0, -150), (1_289_097_060, -210)],
        "2010-11-06",
        "2010-11-06 02:30",
        "2010-11-07 03:30",
        1_500,
    ),
    (
        "America/St_Johns",
        &[(0, -150), (1_289_097_060, -210)],
        "2010-11-07",
        "2010-11-07 03:30",
        "2010-11-08 03:30",
        1_440,
    ),
    // A date that was skipped, and its neighbours.
    (
        "Pacific/Apia",
        &[(0, -600), (1_325_239_200, 840)],
        "2011-12-29",
        "2011-12-29 10:00",
        "2011-12-30 10:00",
        1_440,
    ),
    (
        "Pacific/Apia",
        &[(0, -600), (1_325_239_200, 840)],
        "2011-12-30",
        "2011-12-30 10:00",
        "2011-12-30 10:00",
        0,
    ),
    (
        "Pacific/Apia",
        &[(0, -600), (1_325_239_200, 840)],
        "2011-12-31",
        "2011-12-30 10:00",
        "2011-12-31 10:00",
        1_440,
    ),
    (
        "Pacific/Kwajalein",
        &[(0, -720), (745_934_400, 720)],
        "1993-08-21",
        "1993-08-21 12:00",
        "1993-08-21 12:00",
        0,
    ),
];

#[test]
fn days_around_changes_of_the_clock() {
    for (name, changes, date, first, end, minutes) in CHANGES {
        let transitions = changes
            .iter()
            .map(|&(second, utc_offset_minutes)| Transition { from: second * 1_000, utc_offset_minutes });
        let clock = LocalClock::new(&Zone::Changing { name: None, transitions: transitions.collect() });
        let day = day_of_iso_date(date).unwrap();
        assert_eq!((clock.day_start(day), clock.day_end(day)), (utc(first), utc(end)), "{name} {date}");
        assert_eq!(utc(end) - utc(first), minutes * MINUTE_MS, "{name} {date}");
        assert_eq!(clock.skipped_days().contains(&day), *minutes == 0, "{name} {date}");
    }
}

/// The instant of a UTC time "YYYY-MM-DD HH:MM".
pub(in crate::estimate) fn utc(text: &str) -> Instant {
    let (date, time) = text.split_once(' ').unwrap();
    let (hours, minutes) = time.split_once(':').unwrap();
    let (hours, minutes): (u64, u64) = (hours.parse().unwrap(), minutes.parse().unwrap());
    u64::from(day_of_iso_date(date).unwrap()) * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS
}
