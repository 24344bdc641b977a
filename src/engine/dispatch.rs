//! Calendars of locations: when what is there leaves, when it is delivered, and on which day that is
//! (rules §9, §10). As long as no location has one, nothing here is more than a look at an empty list.

use super::Engine;
use super::dates::ShipDate;
use super::rank_tree::NO_PROMISE;
use crate::estimate::calendar::DispatchCalendar;
use crate::model::calendar::{Calendar, Transit};
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::Change;
use crate::model::units::{DAY_MS, Day, Instant, day_of, end_of_day};
use alloc::vec::Vec;

/// When a location sends, and how long that is under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dispatch {
    /// As it was given, and made ready for questions.
    pub calendar: Option<(Calendar, DispatchCalendar)>,
    /// By destination, in the order of their names.
    pub transit: Vec<Transit>,
}

impl Dispatch {
    pub fn new(calendar: Option<Calendar>, transit: Vec<Transit>) -> Dispatch {
        let ready = |calendar: Calendar| {
            let dispatch = DispatchCalendar::new(&calendar);
            (calendar, dispatch)
        };
        Dispatch { calendar: calendar.map(ready), transit }
    }

    /// Whether it says anything.
    pub fn is_any(&self) -> bool {
        self.calendar.is_some() || !self.transit.is_empty()
    }
}

/// When what is there at an instant leaves; at once where there is no calendar.
#[inline(always)]
pub(crate) fn leaves(calendar: Option<&DispatchCalendar>, ready: Instant) -> Option<Instant> {
    match calendar {
        None => Some(ready),
        Some(calendar) => calendar.dispatch(ready),
    }
}

impl ShipDate {
    /// What is there by then, as it leaves.
    #[inline(always)]
    pub fn sent(self, calendar: Option<&DispatchCalendar>) -> ShipDate {
        match calendar {
            None => self,
            Some(calendar) => self.moved(|date| calendar.dispatch(date)),
        }
    }

    /// The same at the instant that follows from its own; `None`: there is no telling when.
    #[cold]
    fn moved(self, to: impl FnOnce(Instant) -> Option<Instant>) -> ShipDate {
        match ShipDate::new(self.date.and_then(to), self.basis) {
            ShipDate::NONE => ShipDate::NONE,
            moved => ShipDate { evidence: self.evidence, beyond: self.beyond, ..moved },
        }
    }
}

impl Engine {
    /// The calendar of a location that has one.
    #[inline(always)]
    pub(crate) fn calendar_at(&self, location: u32) -> Option<&DispatchCalendar> {
        let dispatch = self.dispatches.get(location as usize)?;
        dispatch.calendar.as_ref().map(|(_, calendar)| calendar)
    }

    /// The calendar of the location of a site.
    #[inline(always)]
    pub(crate) fn calendar_of_site(&self, site: u32) -> Option<&DispatchCalendar> {
        if self.dispatches.is_empty() { None } else { self.calendar_at(self.sites[site as usize].location) }
    }

    /// When what leaves a location by then is delivered; never, where it does not say how long it takes to
    /// that destination. [`NONE`]: when it leaves.
    pub(crate) fn delivered(&self, location: u32, ships: ShipDate, destination: u32) -> ShipDate {
        if destination == NONE {
            return ships;
        }
        let Some(dispatch) = self.dispatches.get(location as usize) else { return ShipDate::NONE };
        let name = self.destinations.name(destination);
        let Ok(place) = dispatch.transit.binary_search_by(|transit| transit.ship_to.as_str().cmp(name))
        else {
            return ShipDate::NONE;
        };
        let days = dispatch.transit[place].days;
        ships.moved(|date| {
            Some(match &dispatch.calendar {
                Some((_, calendar)) => calendar.clock().add_days(date, days),
                None => date.saturating_add(days.saturating_mul(DAY_MS)),
            })
        })
    }

    /// The local day at a location.
    pub(crate) fn local_day(&self, location: u32, instant: Instant) -> Day {
        self.calendar_at(location).map_or(day_of(instant), |calendar| calendar.clock().day(instant))
    }

    /// The location by whose days a line is promised.
    pub(crate) fn home_of(&self, line: u32) -> u32 {
        self.sites[self.lines[line as usize].site as usize].location
    }

    /// The end of the day on which an instant falls where a line is promised.
    pub(crate) fn end_of_local_day(&self, line: u32, instant: Instant) -> Instant {
        let calendar = if self.dispatches.is_empty() { None } else { self.calendar_at(self.home_of(line)) };
        match calendar {
            None => end_of_day(day_of(instant)),
            Some(calendar) => calendar.clock().day_end(calendar.clock().day(instant)),
        }
    }

    /// Whether an instant falls on a later day than another where a line of an order is promised.
    pub(crate) fn falls_on_later_day(&self, order: &str, line: &str, later: Instant, than: Instant) -> bool {
        let line = self.demand_of_order(order).and_then(|demand| self.line_of(demand, line));
        later >= line.map_or(end_of_day(day_of(than)), |line| self.end_of_local_day(line, than))
    }

    /// The day of a line's promise as the queue of a site keeps it. A date falls on a later day than the
    /// promise only where its day at the site is a later one, and where the line is promised by the
    /// days of the site, wherever that is so.
    pub(crate) fn promise_day(&self, line: u32, site: u32) -> Day {
        let promise = self.lines[line as usize].promise;
        if promise == NEVER {
            return NO_PROMISE;
        }
        if self.dispatches.is_empty() {
            return day_of(promise);
        }
        let end = self.end_of_local_day(line, promise);
        self.local_day(self.sites[site as usize].location, end).saturating_sub(1)
    }

    /// The number of a destination that an order names, or [`NONE`].
    pub(crate) fn destination(&mut self, name: Option<&str>) -> u32 {
        name.map_or(NONE, |name| self.destinations.intern(name))
    }

    /// A location gets other days, or says anew how long it takes to where.
    pub(crate) fn define_dispatch(
        &mut self,
        location: u32,
        calendar: &Change<Calendar>,
        transit: &Change<Vec<Transit>>,
    ) {
        let known = self.dispatches.get(location as usize);
        let transit = transit.as_ref().map(|given| given.as_deref().unwrap_or_default());
        let had = known.and_then(|known| known.calendar.as_ref()).map(|(calendar, _)| calendar);
        let anew = calendar.as_ref().filter(|given| given.as_ref() != had);
        if anew.is_none()
            && transit.is_none_or(|transit| transit == known.map_or(&[][..], |known| &known.transit))
        {
            return;
        }
        if self.dispatches.len() <= location as usize {
            self.dispatches.resize_with(location as usize + 1, Dispatch::default);
        }
        if let Some(transit) = transit {
            for Transit { ship_to, .. } in transit {
                self.destinations.intern(ship_to);
            }
            self.dispatches[location as usize].transit = transit.to_vec();
            if self.notices.is_some() {
                let at = (0..self.lines.len() as u32).filter(|&line| self.is_at(line, location));
                at.collect::<Vec<_>>().into_iter().for_each(|line| self.notice_line(line));
            }
        }
        if let Some(calendar) = anew {
            self.change_calendar(location, calendar.clone());
        }
    }

    /// Dates at a location follow its new calendar, and so does the end of each promised day. What the change
    /// makes later is held against the promises, and a day that is over by it is over at once.
    fn change_calendar(&mut self, location: u32, calendar: Option<Calendar>) {
        let sites =
            (0..self.sites.len() as u32).filter(|&site| self.sites[site as usize].location == location);
        let sites: Vec<u32> = sites.collect();
        let open = |demand: &u32| {
            let demand = &self.demands[*demand as usize];
            demand.open_lines > 0 && demand.lines().any(|line| self.is_at(line, location))
        };
        let demands: Vec<u32> = (0..self.demands.len() as u32).filter(open).collect();
        let before = demands.into_iter().map(|demand| (demand, self.dates_of(demand))).collect();
        let dispatch = &mut self.dispatches[location as usize];
        *dispatch = Dispatch::new(calendar, core::mem::take(&mut dispatch.transit));
        self.rebuild_deadlines();
        for line in 0..self.lines.len() as u32 {
            if self.is_at(line, location) {
                self.tell_promise_day(line);
            }
        }
        while self.deadlines.next().is_some_and(|end| end <= self.log.at) {
            self.end_of_promised_day(self.log.at);
        }
        self.amended = before;
        sites.into_iter().for_each(|site| self.touch_all(site));
    }

    /// Whether a line is promised by the days of a location, or has or waits for units there.
    fn is_at(&self, line: u32, location: u32) -> bool {
        let at = |site: u32| self.sites[site as usize].location == location;
        at(self.lines[line as usize].site) || self.legs_of(line).any(|leg| at(self.legs[leg as usize].site))
    }
}
