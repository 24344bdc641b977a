//! Local days and dispatches (rules §9), by walking: from stretch to stretch of a zone's clock, and from day
//! to day.

use super::records::{Line, Place};
use super::{Shop, Touched};
use backorder::model::calendar::{Calendar, Transit, Zone};
use backorder::model::settings::Change;
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE};

/// What a location says of its days.
#[derive(Clone, Debug, Default)]
pub struct Days {
    calendar: Option<Calendar>,
    transit: Vec<Transit>,
}

/// A zone's clock: since when it is how far from UTC, in milliseconds.
pub struct Clock(Vec<(i128, i128)>);

impl Clock {
    pub fn of(zone: &Zone) -> Self {
        let minutes = |minutes: i64| i128::from(minutes) * 60_000;
        Clock(match zone {
            Zone::Fixed { utc_offset_minutes } => vec![(0, minutes(*utc_offset_minutes))],
            Zone::Changing { transitions, .. } => {
                let changes = transitions.iter().enumerate();
                let from = |index: usize, from: Instant| if index == 0 { 0 } else { i128::from(from) };
                changes
                    .map(|(index, change)| (from(index, change.from), minutes(change.utc_offset_minutes)))
                    .collect()
            }
        })
    }

    /// The earliest that the clock shows from an instant on.
    fn shows(&self, instant: i128) -> i128 {
        let begun =
            self.0.iter().rev().find(|(from, _)| *from <= instant).map(|(_, offset)| instant + offset);
        let later = self.0.iter().filter(|(from, _)| *from > instant).map(|(from, offset)| from + offset);
        begun.into_iter().chain(later).min().unwrap_or(instant)
    }

    /// The first instant from which on the clock never shows less.
    fn first(&self, local: i128) -> i128 {
        let mut end = None;
        for &(from, offset) in self.0.iter().rev() {
            let reached = (local - offset).max(from);
            match end {
                Some(end) if reached >= end => return end,
                _ if reached > from => return reached,
                _ => end = Some(from),
            }
        }
        0
    }

    pub fn day(&self, instant: Instant) -> i128 {
        self.shows(i128::from(instant)).max(0) / i128::from(DAY_MS)
    }

    pub fn start(&self, day: i128) -> i128 {
        if day == 0 { 0 } else { self.first(day * i128::from(DAY_MS)) }
    }
}

/// When what is there leaves by a calendar.
fn dispatch(calendar: &Calendar, ready: Instant) -> Option<Instant> {
    let clock = Clock::of(&calendar.zone);
    // 1970-01-01 was a Thursday.
    let weekday = |day: i128| [4, 5, 6, 7, 1, 2, 3][(day % 7) as usize];
    let works = |day: i128| {
        let open = calendar.workdays.has(weekday(day)) && clock.start(day) < clock.start(day + 1);
        open && !calendar.holidays.iter().any(|&holiday| i128::from(holiday) == day)
    };
    let cutoff = |day: i128| {
        let minutes = i128::from(calendar.cutoff_minutes?);
        Some(clock.first(day * i128::from(DAY_MS) + minutes * 60_000).min(clock.start(day + 1) - 1))
    };
    let (ready, mut handling_left) = (i128::from(ready), calendar.handling_days);
    let mut day = clock.day(ready as Instant);
    if cutoff(day).is_some_and(|cutoff| ready > cutoff) {
        day += 1;
    }
    while clock.start(day) <= i128::from(MAX_SAFE) {
        if works(day) {
            if handling_left == 0 {
                let leaves = cutoff(day).unwrap_or_else(|| clock.start(day).max(ready));
                return Instant::try_from(leaves).ok().filter(|&leaves| leaves <= MAX_SAFE);
            }
            handling_left -= 1;
        }
        day += 1;
    }
    None
}

impl Line {
    /// The location by whose days it is promised: the first at which it ever had a part.
    fn home(&self) -> Option<&str> {
        self.shipped_from.first().map(|(location, _)| location.as_str())
    }
}

impl Shop {
    fn calendar(&self, location: &str) -> Option<&Calendar> {
        self.days.get(location)?.calendar.as_ref()
    }

    /// When what is there leaves a location.
    pub(super) fn leaves(&self, location: &str, ready: Instant) -> Option<Instant> {
        match self.calendar(location) {
            Some(calendar) => dispatch(calendar, ready),
            None => Some(ready),
        }
    }

    /// When what leaves a location is at a destination.
    pub(super) fn arrives(&self, location: &str, destination: &str, leaves: Instant) -> Option<Instant> {
        let days = self.days.get(location)?;
        let transit = days.transit.iter().find(|transit| transit.ship_to == destination)?;
        let (more, at) = (i128::from(transit.days) * i128::from(DAY_MS), i128::from(leaves));
        let arrives = match &days.calendar {
            Some(calendar) if transit.days > 0 => {
                let clock = Clock::of(&calendar.zone);
                clock.first(clock.shows(at) + more)
            }
            _ => at + more,
        };
        Instant::try_from(arrives).ok().filter(|&arrives| arrives <= MAX_SAFE)
    }

    /// The end of the local day of an instant.
    fn end_of_day_at(&self, location: Option<&str>, instant: Instant) -> Instant {
        let clock = match location.and_then(|location| self.calendar(location)) {
            Some(calendar) => Clock::of(&calendar.zone),
            None => Clock::of(&Zone::default()),
        };
        Instant::try_from(clock.start(clock.day(instant) + 1)).unwrap_or(Instant::MAX)
    }

    /// Local days between two instants, none where the second is the earlier.
    pub(super) fn days_between(&self, location: Option<&str>, from: Instant, to: Instant) -> u64 {
        let clock = match location.and_then(|location| self.calendar(location)) {
            Some(calendar) => Clock::of(&calendar.zone),
            None => Clock::of(&Zone::default()),
        };
        u64::try_from(clock.day(to) - clock.day(from)).unwrap_or(0)
    }

    /// The end of the day on which an instant falls where a line is promised.
    pub(super) fn end_of_local_day(&self, demand: usize, line: usize, instant: Instant) -> Instant {
        self.end_of_day_at(self.line(demand, line).home(), instant)
    }

    /// The instant at which a line's promise is broken if it has not shipped by then.
    pub(super) fn deadline(&self, demand: usize, line: usize) -> Option<Instant> {
        let record = self.line(demand, line);
        let promise = record.promise.filter(|promise| !promise.broken && !record.is_closed())?;
        Some(self.end_of_local_day(demand, line, promise.date))
    }

    /// A location says of its days what is given.
    pub(super) fn set_days(
        &mut self,
        location: &str,
        calendar: &Change<Calendar>,
        transit: &Change<Vec<Transit>>,
        now: Instant,
    ) -> Touched {
        let is_here = |line: &Line| line.shipped_from.iter().any(|(known, _)| known == location);
        if let Some(transit) = transit {
            let transit = transit.clone().unwrap_or_default();
            if self.days.get(location).map_or(!transit.is_empty(), |days| days.transit != transit) {
                for (demand, record) in self.demands.iter().enumerate() {
                    let here = record.lines.iter().enumerate().filter(|(_, line)| is_here(line));
                    self.to_be_told.lines.extend(here.map(|(line, _)| (demand, line)));
                }
            }
            self.days.entry(location.to_owned()).or_default().transit = transit;
        }
        let days = self.days.entry(location.to_owned()).or_default();
        let Some(calendar) = calendar.as_ref().filter(|given| **given != days.calendar) else {
            return Touched::default();
        };
        days.calendar = calendar.clone();
        // A day that is over by the new calendar is over at once.
        self.end_promised_days(now);
        let places = self.items.iter().flat_map(|item| item.places());
        let places: Vec<Place> = places.filter(|place| place.location == location).collect();
        let demands =
            (0..self.demands.len()).filter(|&demand| self.demands[demand].lines.iter().any(is_here));
        Touched { demands: demands.collect(), ..Touched::stock(places).unserved() }
    }
}
