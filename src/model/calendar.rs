//! Where a location's days begin and end, and on which of them it sends.

use super::units::{Day, Instant};
use alloc::string::String;
use alloc::vec::Vec;

/// The local time of a place, as a distance from UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Always the same distance.
    Fixed {
        /// Minutes east of UTC, negative to the west.
        utc_offset_minutes: i64,
    },
    /// A distance that changes at known instants. After the last of them it stays, and the first holds
    /// before it, too.
    Changing {
        /// The IANA name, which stands for the transitions where contents are compared (rules §12):
        /// at another time the same name is resolved into others.
        name: Option<String>,
        /// In order of their instants; at least one.
        transitions: Vec<Transition>,
    },
}

impl Default for Zone {
    fn default() -> Self {
        Zone::Fixed { utc_offset_minutes: 0 }
    }
}

/// A change of a zone's distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The first instant at which it holds.
    pub from: Instant,
    /// Minutes east of UTC, negative to the west.
    pub utc_offset_minutes: i64,
}

/// The most minutes that a zone may be from UTC, either way: 18 hours, as in Java's `ZoneOffset`. Since
/// 1970 none was further than 14.
pub const MAX_UTC_OFFSET_MINUTES: u64 = 1_080;

/// Days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Weekdays(u8);

impl Weekdays {
    /// All seven.
    pub const ALL: Weekdays = Weekdays(0b111_1111);

    /// Those of these numbers, 1 Monday to 7 Sunday; other numbers are none.
    ///
    /// ```
    /// use backorder::model::calendar::Weekdays;
    /// let workdays = Weekdays::of(&[1, 2, 3, 4, 5]);
    /// assert_eq!((workdays.count(), workdays.has(5), workdays.has(6)), (5, true, false));
    /// ```
    pub const fn of(numbers: &[u64]) -> Weekdays {
        let (mut days, mut place) = (0, 0);
        while place < numbers.len() {
            if matches!(numbers[place], 1..=7) {
                days |= 1 << (numbers[place] - 1);
            }
            place += 1;
        }
        Weekdays(days)
    }

    /// Whether this day is one of them, 1 Monday to 7 Sunday.
    pub const fn has(self, number: u64) -> bool {
        number >= 1 && number <= 7 && self.0 >> (number - 1) & 1 == 1
    }

    /// How many they are.
    pub const fn count(self) -> u64 {
        self.0.count_ones() as u64
    }

    /// Their numbers, Monday first.
    pub fn numbers(self) -> impl Iterator<Item = u64> {
        (1..=7).filter(move |&number| self.has(number))
    }
}

/// On which days, and by which time of the day, a location sends (rules §9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Whose local time the days are counted in.
    pub zone: Zone,
    /// On which days of the week it sends.
    pub workdays: Weekdays,
    /// Days on which it does not, in order, each once.
    pub holidays: Vec<Day>,
    /// Minutes after local midnight; what is ready later leaves on the next workday. `None`: the day's end.
    pub cutoff_minutes: Option<u64>,
    /// Workdays between the day on which units are there and the one on which they leave.
    pub handling_days: u64,
}

/// How long a parcel is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transit {
    /// A destination zone, which is what an order's `shipTo` names.
    pub ship_to: String,
    /// Local days from dispatch to delivery.
    pub days: u64,
}
