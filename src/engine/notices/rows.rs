//! What is kept of the lines that are followed: which line a notice is about, when something falls due, and which
//! lines are watched where.

use super::{Followed, Notices};
use crate::estimate::zone::LocalClock;
use crate::model::calendar::Zone;
use crate::model::outcome::NEVER;
use crate::model::sort;
use crate::model::units::{Instant, MAX_SAFE};
use crate::notice::course::{Course, Notice};
use crate::notice::terms::Terms;
use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

/// When something falls due for a line. Rows that no longer count stay behind, but never in front.
#[derive(Clone, Debug, Default)]
pub(super) struct Wakes(pub(super) BinaryHeap<Reverse<(Instant, u32)>>);

/// Rows that no longer count may pile up to so many before they are swept.
const SLACK: usize = 64;
/// So many rows of lines that are watched may stand apart from the others, in no order.
const MOST_APART: usize = 256;

impl Notices {
    pub(super) fn place(&self, line: u32) -> Result<usize, usize> {
        self.followed.binary_search_by_key(&line, |followed| followed.line)
    }

    /// The line that a notice is about, if it is still known.
    pub fn line_of(&self, number: u32) -> Option<u32> {
        let place = self.lines.binary_search_by_key(&number, |row| row.0).ok()?;
        self.lines.get(place).map(|row| row.1)
    }

    pub(super) fn next_number(&self) -> u32 {
        self.last_number.saturating_add(1)
    }

    /// A line's notice may have the next number now.
    pub(super) fn note_number(&mut self, line: u32, course: &Course) {
        let number = self.next_number();
        let has = |notice: Option<Notice>| notice.is_some_and(|notice| notice.number == number);
        if has(course.unsent) || has(course.standing) {
            self.last_number = number;
            self.lines.push((number, line));
        }
        if self.lines.len() > 4 * self.followed.len() + SLACK {
            self.rebuild_lines();
        }
    }

    /// The notices that are to be sent or were sent last, by number.
    pub(super) fn rebuild_lines(&mut self) {
        let own = |followed: &Followed| {
            let (line, Course { unsent, standing, .. }) = (followed.line, followed.course);
            unsent.into_iter().chain(standing).map(move |notice| (notice.number, line))
        };
        self.lines = self.followed.iter().flat_map(own).collect();
        sort::ascending(&mut self.lines);
    }

    /// When the first deadline falls.
    pub fn next(&self) -> Instant {
        self.first_wake().map_or(NEVER, |Reverse((at, _))| at)
    }

    /// The same, and for which line.
    pub(super) fn first_wake(&self) -> Option<Reverse<(Instant, u32)>> {
        self.wakes.0.peek().copied()
    }

    /// Enters when something falls due for a line, its last day being known; never before `now`.
    pub(super) fn set_wake(&mut self, place: usize, now: Instant) {
        let Some(followed) = self.followed.get(place) else { return };
        let wakes_at = self.wake_of(followed).max(now);
        let Some(followed) = self.followed.get_mut(place) else { return };
        if followed.wakes_at != wakes_at {
            followed.wakes_at = wakes_at;
            if wakes_at != NEVER {
                self.wakes.0.push(Reverse((wakes_at, followed.line)));
            }
            self.sweep();
        }
    }

    /// A fault: what falls due for a line comes a day later.
    #[cfg(feature = "canary")]
    pub(super) fn delay_wake(&mut self, place: usize) {
        let Some(followed) = self.followed.get_mut(place).filter(|row| row.wakes_at != NEVER) else { return };
        followed.wakes_at += crate::model::units::DAY_MS;
        self.wakes.0.push(Reverse((followed.wakes_at, followed.line)));
        self.sweep();
    }

    fn wake_of(&self, followed: &Followed) -> Instant {
        let (Some(terms), Some((_, clock))) =
            (self.terms.get(followed.terms as usize), self.clocks.get(followed.clock as usize))
        else {
            return NEVER;
        };
        let end = followed.course.next_day_end(terms).map_or(NEVER, |day| clock.day_end(day));
        if end > MAX_SAFE { NEVER } else { end }
    }

    fn sweep(&mut self) {
        let mut wakes = core::mem::take(&mut self.wakes);
        let counts = |at: Instant, line: u32| {
            self.place(line).is_ok_and(|place| self.followed.get(place).is_some_and(|row| row.wakes_at == at))
        };
        if wakes.0.len() > 2 * self.followed.len() + SLACK {
            wakes.0.retain(|&Reverse((at, line))| counts(at, line));
        }
        while wakes.0.peek().is_some_and(|&Reverse((at, line))| !counts(at, line)) {
            wakes.0.pop();
        }
        self.wakes = wakes;
    }

    pub(super) fn is_watched(&self, line: u32) -> bool {
        self.place(line).is_ok_and(|place| self.followed.get(place).is_some_and(|row| row.watched))
    }

    /// A line is watched at these sites, and `eased` or not.
    pub(super) fn watch(&mut self, line: u32, sites: &[u32], eased: bool) {
        for row in sites.iter().map(|&site| (site, line)) {
            if self.watched.binary_search(&row).is_err() && !self.newly_watched.contains(&row) {
                self.newly_watched.push(row);
            }
        }
        if self.newly_watched.len() > MOST_APART {
            let mut rows = core::mem::take(&mut self.watched);
            rows.append(&mut self.newly_watched);
            rows.retain(|row| self.is_watched(row.1));
            sort::ascending(&mut rows);
            self.watched = rows;
        }
        for row in sites.iter().map(|&site| (site, line)) {
            match (self.eased.binary_search(&row), eased) {
                (Err(place), true) => self.eased.insert(place, row),
                (Ok(place), false) => drop(self.eased.remove(place)),
                _ => {}
            }
        }
        if self.eased.len() > 2 * self.followed.len() + SLACK {
            let mut rows = core::mem::take(&mut self.eased);
            rows.retain(|row| self.is_watched(row.1));
            self.eased = rows;
        }
    }

    /// Those that are eased at a site.
    pub(super) fn eased_at(&self, site: u32) -> impl Iterator<Item = u32> {
        let from = self.eased.partition_point(|row| row.0 < site);
        let rows = self.eased.iter().skip(from).take_while(move |row| row.0 == site);
        rows.map(|row| row.1).filter(|&line| self.is_watched(line))
    }

    /// The index of what is equal, or of itself as a new one.
    pub(super) fn terms_like(&mut self, terms: Terms) -> u32 {
        let known = self.terms.iter().position(|other| *other == terms);
        known.unwrap_or_else(|| {
            self.terms.push(terms);
            self.terms.len() - 1
        }) as u32
    }

    /// A name does not count, nor since when the first distance holds: each order says another instant.
    pub(super) fn clock_of(&mut self, mut zone: Zone) -> u32 {
        if let Zone::Changing { name, transitions } = &mut zone {
            *name = None;
            transitions.iter_mut().take(1).for_each(|first| first.from = 0);
        }
        let known = self.clocks.iter().position(|(other, _)| *other == zone);
        known.unwrap_or_else(|| {
            let clock = LocalClock::new(&zone);
            self.clocks.push((zone, clock));
            self.clocks.len() - 1
        }) as u32
    }
}
