//! The calendar of a sheet: what dispatches follow from, from its instant on.

use crate::engine::Engine;
use crate::model::sheet::{DaysAhead, Undatable};
use crate::model::units::Instant;
use alloc::vec::Vec;

/// The most dates off ahead that a sheet takes with it: more than anybody lists.
const MOST_DAYS_OFF: usize = 366;

/// The most changes of the clock: a zone has two a year, or four, and is looked up for ten.
const MOST_CHANGES: usize = 100;

impl Engine {
    /// The calendar by which units leave, if they leave by any.
    pub(super) fn days_ahead(&self, locations: &[u32], at: Instant) -> Result<Option<DaysAhead>, Undatable> {
        let Some(calendar) = locations.iter().find_map(|&location| self.calendar_at(location)) else {
            return Ok(None);
        };
        let clock = calendar.clock();
        let days_off: Vec<_> = calendar.days_off_from(clock.day(at)).take(MOST_DAYS_OFF + 1).collect();
        let (utc_offset_minutes, changes) = clock.changes_from(at);
        let changes: Vec<_> = changes.take(MOST_CHANGES + 1).collect();
        if locations.len() > 1 || days_off.len() > MOST_DAYS_OFF || changes.len() > MOST_CHANGES {
            return Err(Undatable::Calendar);
        }
        Ok(Some(DaysAhead {
            workdays: calendar.workdays(),
            cutoff_minutes: calendar.cutoff_minutes(),
            handling_days: calendar.handling_days(),
            days_off,
            utc_offset_minutes,
            changes,
        }))
    }
}
