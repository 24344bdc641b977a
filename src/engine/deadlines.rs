//! Promised days that are still to be held against their lines (rules §10).

use crate::model::units::Instant;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// The lines whose promised day ends, by the instant of that: a day ends at several where places have days
/// of their own.
///
/// A line that ships, is cancelled or gets another date is only counted out: its row stays behind,
/// and whoever takes the rows sees which still stand. A line that is raised after it had shipped is
/// entered again, so that it may stand twice. A day whose count falls to nothing is dropped
/// with its rows, so that the first day is always one on which something is due.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deadlines {
    /// By instant; there are as many as days that were promised.
    days: VecDeque<Bucket>,
}

#[derive(Clone, Debug)]
struct Bucket {
    end: Instant,
    live: usize,
    /// Line and promise number, in the order in which they were entered.
    rows: Vec<(u32, u64)>,
}

/// Rows that no longer count may pile up to so many before a bucket is swept.
const SLACK: usize = 64;

impl Deadlines {
    /// When the first deadline falls.
    pub fn next(&self) -> Option<Instant> {
        self.days.front().map(|bucket| bucket.end)
    }

    pub fn add(&mut self, end: Instant, line: u32, promise_number: u64) {
        let index = self.days.partition_point(|bucket| bucket.end < end);
        if self.days.get(index).is_none_or(|bucket| bucket.end != end) {
            self.days.insert(index, Bucket { end, live: 0, rows: Vec::new() });
        }
        let bucket = &mut self.days[index];
        bucket.live += 1;
        bucket.rows.push((line, promise_number));
    }

    /// A deadline at this instant no longer counts. `stands` tells of a row whether it still does.
    pub fn drop_one(&mut self, end: Instant, stands: impl Fn(u32, u64) -> bool) {
        let index = self.days.partition_point(|bucket| bucket.end < end);
        let Some(bucket) = self.days.get_mut(index).filter(|bucket| bucket.end == end) else { return };
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
