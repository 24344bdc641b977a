//! Promised days that are still to be held against their lines (rules §10).

use crate::model::units::{Day, Instant, end_of_day};
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// The lines whose promise ends on a day, by day.
///
/// A line that ships, is cancelled or gets another date is only counted out: its row stays behind,
/// and whoever takes the rows sees which still stand. A line that is raised after it had shipped is
/// entered again, so that it may stand twice. A day whose count falls to nothing is dropped
/// with its rows, so that the first day is always one on which something is due.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deadlines {
    /// By day; there are as many as days that were promised.
    days: VecDeque<Bucket>,
}

#[derive(Clone, Debug)]
struct Bucket {
    day: Day,
    live: usize,
    /// Line and promise number, in the order in which they were entered.
    rows: Vec<(u32, u64)>,
}

/// Rows that no longer count may pile up to so many before a bucket is swept.
const SLACK: usize = 64;

impl Deadlines {
    /// When the first deadline falls.
    pub fn next(&self) -> Option<Instant> {
        self.days.front().map(|bucket| end_of_day(bucket.day))
    }

    pub fn add(&mut self, day: Day, line: u32, promise_number: u64) {
        let index = self.days.partition_point(|bucket| bucket.day < day);
        if self.days.get(index).is_none_or(|bucket| bucket.day != day) {
            self.days.insert(index, Bucket { day, live: 0, rows: Vec::new() });
        }
        let bucket = &mut self.days[index];
        bucket.live += 1;
        bucket.rows.push((line, promise_number));
    }

    /// A deadline on this day no longer counts. `stands` tells of a row whether it still does.
    pub fn drop_one(&mut self, day: Day, stands: impl Fn(u32, u64) -> bool) {
        let index = self.days.partition_point(|bucket| bucket.day < day);
        let Some(bucket) = self.days.get_mut(index).filter(|bucket| bucket.day == day) else { return };
        bucket.live -= 1;
        if bucket.live == 0 {
            self.days.remove(index);
        } else if bucket.rows.len() > 2 * bucket.live + SLACK {
            bucket.rows.retain(|&(line, number)| stands(line, number));
        }
    }

    /// Takes out the rows of the first day. Which of them still stand is for the caller to see.
    pub fn take_first(&mut self) -> Vec<(u32, u64)> {
        self.days.pop_front().map(|bucket| bucket.rows).unwrap_or_default()
    }
}
