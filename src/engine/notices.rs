//! What customers are told of delays (rules §14): the courses of the lines that have a regime, fed with their
//! promises, and their deadlines. The rules themselves are in `notice`.
//!
//! A line is expected by its promise. As promises never move for the better, one that comes too late is held
//! against the line's date as long as no notice was sent: a better date withdraws the notice.

use super::Engine;
use crate::estimate::zone::LocalClock;
use crate::model::calendar::Zone;
use crate::model::command::{Fulfilment, NoticeSettings, Payment, Until};
use crate::model::outcome::{Event, EventKind, NEVER};
use crate::model::sort;
use crate::model::units::{Day, Instant, MAX_SAFE};
use crate::notice::course::{Course, DayEnd, Notice, NoticeState, Phase};
use crate::notice::settings;
use crate::notice::terms::Terms;
use alloc::boxed::Box;
use alloc::collections::BinaryHeap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// All of it; an engine in which no order has a regime has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notices {
    /// The number of the last notice.
    pub last_number: u32,
    /// Regimes that were defined, by name.
    pub regimes: Vec<Regime>,
    /// The terms that lines are followed by: a line keeps those under which it was ordered.
    pub terms: Vec<Terms>,
    /// The clocks of their buyers.
    pub clocks: Vec<(Zone, LocalClock)>,
    /// The lines, in their order.
    pub followed: Vec<Followed>,
    /// Which line a notice is about, by its number; of those that are closed, too, till they are swept.
    lines: Vec<(u32, u32)>,
    wakes: Wakes,
    /// The lines that are watched, by site, in order, and the newest beside them in none.
    watched: Vec<(u32, u32)>,
    newly_watched: Vec<(u32, u32)>,
    /// Of these, by site and in order, those whose date is not too late now: later it may be. Rows of lines that
    /// are watched no more stay behind till they are swept.
    eased: Vec<(u32, u32)>,
    /// Lines that this command may have changed, and sites.
    changed: Vec<u32>,
    touched: Vec<u32>,
}

/// A regime that was defined.
#[derive(Clone, Debug)]
pub(crate) struct Regime {
    pub name: String,
    /// What it is made from: "ftc", "eu" or "uk", or nothing.
    pub base: Option<String>,
    pub terms: Terms,
}

/// A line with a regime.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Followed {
    pub line: u32,
    /// Index into the terms, and into the clocks.
    pub terms: u32,
    pub clock: u32,
    pub course: Course,
    /// The instant at which something falls due, or [`NEVER`].
    pub wakes_at: Instant,
    /// Its promise is too late, and it may yet have a better date.
    pub watched: bool,
}

/// When something falls due for a line. Rows that no longer count stay behind, but never in front.
#[derive(Clone, Debug, Default)]
struct Wakes(BinaryHeap<Reverse<(Instant, u32)>>);

/// Rows that no longer count may pile up to so many before they are swept.
const SLACK: usize = 64;
/// So many rows of lines that are watched may stand apart from the others, in no order.
const MOST_APART: usize = 256;

impl Notices {
    fn place(&self, line: u32) -> Result<usize, usize> {
        self.followed.binary_search_by_key(&line, |followed| followed.line)
    }

    /// The line that a notice is about, if it is still known.
    pub fn line_of(&self, number: u32) -> Option<u32> {
        let place = self.lines.binary_search_by_key(&number, |row| row.0).ok()?;
        self.lines.get(place).map(|row| row.1)
    }

    fn next_number(&self) -> u32 {
        self.last_number.saturating_add(1)
    }

    /// A line's notice may have the next number now.
    fn note_number(&mut self, line: u32, course: &Course) {
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
    fn rebuild_lines(&mut self) {
        let own = |followed: &Followed| {
            let (line, Course { unsent, standing, .. }) = (followed.line, followed.course);
            unsent.into_iter().chain(standing).map(move |notice| (notice.number, line))
        };
        self.lines = self.followed.iter().flat_map(own).collect();
        sort::ascending(&mut self.lines);
    }

    /// When the first deadline falls.
    pub fn next(&self) -> Instant {
        self.wakes.0.peek().map_or(NEVER, |&Reverse((at, _))| at)
    }

    /// Enters when something falls due for a line, its last day being known; never before `now`.
    fn set_wake(&mut self, place: usize, now: Instant) {
        let Some(followed) = self.followed.get(place) else { return };
        let wakes_at = self.wake_of(followed).max(now);
        self.enter_wake(place, wakes_at);
    }

    fn enter_wake(&mut self, place: usize, wakes_at: Instant) {
        let Some(followed) = self.followed.get_mut(place) else { return };
        if followed.wakes_at != wakes_at {
            followed.wakes_at = wakes_at;
            if wakes_at != NEVER {
                self.wakes.0.push(Reverse((wakes_at, followed.line)));
            }
            self.sweep();
        }
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

    fn is_watched(&self, line: u32) -> bool {
        self.place(line).is_ok_and(|place| self.followed.get(place).is_some_and(|row| row.watched))
    }

    /// A line is watched at these sites, and `eased` or not.
    fn watch(&mut self, line: u32, sites: &[u32], eased: bool) {
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
    fn eased_at(&self, site: u32) -> impl Iterator<Item = u32> {
        let from = self.eased.partition_point(|row| row.0 < site);
        let rows = self.eased.iter().skip(from).take_while(move |row| row.0 == site);
        rows.map(|row| row.1).filter(|&line| self.is_watched(line))
    }

    /// The index of what is equal, or of itself as a new one.
    fn terms_like(&mut self, terms: Terms) -> u32 {
        let known = self.terms.iter().position(|other| *other == terms);
        known.unwrap_or_else(|| {
            self.terms.push(terms);
            self.terms.len() - 1
        }) as u32
    }

    /// A name does not count, nor since when the first distance holds: each order says another instant.
    fn clock_of(&mut self, mut zone: Zone) -> u32 {
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

impl Engine {
    /// The terms of a regime, which is none of its own where it is "none".
    pub(crate) fn terms_named(&self, name: &str) -> Option<Terms> {
        let defined = self.notices.iter().flat_map(|notices| &notices.regimes);
        let defined = defined.filter(|regime| regime.name == name).map(|regime| &regime.terms).next();
        defined.cloned().or_else(|| settings::base(Some(name)))
    }

    /// The lines of an order are followed from now on, if it has a regime.
    pub(crate) fn follow_order(&mut self, demand: u32, settings: Option<&NoticeSettings>) {
        let Some((settings, terms)) =
            settings.and_then(|settings| Some((settings, self.terms_named(settings.regime?)?)))
        else {
            return;
        };
        let (lines, now) = (self.demands[demand as usize].lines(), self.log.at);
        let notices = self.notices.get_or_insert_default();
        let clock = notices.clock_of(settings.buyer_zone.clone().unwrap_or_default());
        let today = notices.clocks[clock as usize].1.day(now);
        let course = Course::new(&terms, today, settings.stated_ship_by, settings.payment);
        let terms = notices.terms_like(terms);
        for line in lines {
            let Err(place) = notices.place(line) else { continue };
            notices
                .followed
                .insert(place, Followed { line, terms, clock, course, wakes_at: NEVER, watched: false });
            notices.changed.push(line);
        }
    }

    /// A line's promise or its units changed.
    pub(crate) fn notice_line(&mut self, line: u32) {
        if let Some(notices) = &mut self.notices
            && notices.place(line).is_ok()
        {
            notices.changed.push(line);
        }
    }

    /// Dates at a site may have changed.
    pub(crate) fn notice_site(&mut self, site: u32) {
        if let Some(notices) = &mut self.notices {
            notices.touched.push(site);
        }
    }

    /// The end of a command, or of what fell due: each line that it may have changed is held against what its
    /// customer was told. However often its promise moved, this is done once.
    pub(crate) fn review_notices(&mut self) {
        let new_demand = self.log.is_of_new_demand();
        let Some(notices) = &mut self.notices else { return };
        let mut lines = core::mem::take(&mut notices.changed);
        let mut touched = core::mem::take(&mut notices.touched);
        sort::ascending(&mut touched);
        touched.dedup();
        // New demand makes no date better, by which a notice would be withdrawn.
        for site in touched {
            if new_demand {
                lines.extend(self.notices.iter().flat_map(|notices| notices.eased_at(site)));
            } else {
                lines.extend(self.watched_at(site));
            }
        }
        sort::ascending(&mut lines);
        lines.dedup();
        for line in lines {
            self.review_notice(line);
        }
    }

    fn watched_at(&self, site: u32) -> Vec<u32> {
        let Some(notices) = &self.notices else { return Vec::new() };
        let from = notices.watched.partition_point(|row| row.0 < site);
        let rows = notices.watched.iter().skip(from).take_while(|row| row.0 == site);
        let rows = rows.chain(notices.newly_watched.iter().filter(|row| row.0 == site));
        // Rows stay behind when a line is watched no more, or stands elsewhere.
        rows.map(|row| row.1).filter(|&line| notices.is_watched(line) && self.stands_at(line, site)).collect()
    }

    fn review_notice(&mut self, line: u32) {
        let Some((place, mut followed)) = self.followed(line) else { return };
        // What is due now comes first, and with it the answer.
        if followed.wakes_at <= self.log.at && self.lines[line as usize].open() > 0 {
            return;
        }
        let Some(notices) = &self.notices else { return };
        let (terms, clock) =
            (&notices.terms[followed.terms as usize], &notices.clocks[followed.clock as usize].1);
        let (today, number) = (clock.day(self.log.at), notices.next_number());
        let record = &self.lines[line as usize];
        let course = &mut followed.course;
        if record.open() == 0 {
            if record.cancelled > 0 {
                course.cancel_by_seller(terms, today, number);
            } else {
                course.ship();
            }
        } else {
            if course.phase == Phase::Shipped {
                // The line was raised: what was added is new demand.
                *course = Course::new(terms, today, None, course.payment);
            }
            let expected = self.expected(line, course, clock);
            course.expect(terms, expected, today, number);
        }
        self.keep_course(place, followed);
    }

    /// The course of a line has gone on: what follows from it is told and entered.
    pub(crate) fn keep_course(&mut self, place: usize, followed: Followed) {
        let (line, course, at) = (followed.line, followed.course, self.log.at);
        let watched = self.is_watched(&followed);
        let sites = if watched { self.sites_of(line) } else { Vec::new() };
        let Some(notices) = &mut self.notices else { return };
        let Some(known) = notices.followed.get_mut(place) else { return };
        let before = core::mem::replace(&mut known.course, course);
        known.watched = watched;
        notices.note_number(line, &course);
        notices.set_wake(place, at);
        notices.watch(line, &sites, watched && course.unsent.is_none());
        let is_due = |course: &Course| course.notice().filter(|notice| notice.state == NoticeState::Due);
        let number = |course: &Course| is_due(course).map(|notice| notice.number);
        if let Some(notice) = is_due(&course).filter(|_| number(&course) != number(&before)) {
            self.tell_notice(EventKind::NoticeDue, line, notice, Some(notice.due));
        }
        if course.phase == Phase::Cancelled && before.phase == Phase::Open {
            self.tell_refund(line);
        }
    }

    /// An event about a notice, with the end of its day.
    fn tell_notice(&mut self, kind: EventKind, line: u32, notice: Notice, day: Option<Day>) {
        let end = day.and_then(|day| Some(self.buyers_clock(line)?.day_end(day)));
        let to = end.filter(|&end| end <= MAX_SAFE).unwrap_or(NEVER);
        let event = Event { quantity: u64::from(notice.number), to, ..self.line_event(kind, line) };
        self.log.push(event);
    }

    pub(crate) fn tell_refund(&mut self, line: u32) {
        if let Some(notice) = self.followed(line).and_then(|(_, followed)| followed.course.standing) {
            self.tell_notice(EventKind::RefundDue, line, notice, notice.refund_by);
        }
    }

    fn buyers_clock(&self, line: u32) -> Option<&LocalClock> {
        let (_, followed) = self.followed(line)?;
        let (_, clock) = self.notices.as_ref()?.clocks.get(followed.clock as usize)?;
        Some(clock)
    }

    /// A line that is followed, and its place among them.
    pub(crate) fn followed(&self, line: u32) -> Option<(usize, Followed)> {
        let notices = self.notices.as_ref()?;
        let place = notices.place(line).ok()?;
        Some((place, *notices.followed.get(place)?))
    }

    /// When a line is expected: by its promise; where that is later than the customer knows, by its date, if
    /// that is not.
    fn expected(&self, line: u32, course: &Course, clock: &LocalClock) -> Until {
        let until = |instant: Instant| match instant {
            NEVER => Until::Indefinite,
            instant => Until::Day(clock.day(instant)),
        };
        let known = course.agreed.max(course.told);
        let promised = until(self.lines[line as usize].promise);
        if promised <= known || !self.has_own_date(line) {
            return promised;
        }
        let date = until(self.date_to_hold(line, self.at()).date.unwrap_or(NEVER));
        if date <= known { date } else { promised }
    }

    /// Where an order ships whole, its lines' dates hang on each other's queues: its promises alone are looked at.
    fn has_own_date(&self, line: u32) -> bool {
        self.demand_of_line(&self.lines[line as usize]).fulfilment != Fulfilment::Order
    }

    /// Whether another date of a line may make or withdraw a notice though its promise stands.
    fn is_watched(&self, followed: &Followed) -> bool {
        let course = &followed.course;
        let Some(notices) = &self.notices else { return false };
        let Some((_, clock)) = notices.clocks.get(followed.clock as usize) else { return false };
        let promise = self.lines[followed.line as usize].promise;
        let promised = if promise == NEVER { Until::Indefinite } else { Until::Day(clock.day(promise)) };
        course.phase == Phase::Open
            && !course.must_be_answered()
            && promised > course.agreed.max(course.told)
            && self.has_own_date(followed.line)
    }

    /// What falls due at an instant, line by line.
    pub(crate) fn end_of_notice_day(&mut self, at: Instant) {
        let Some(notices) = &mut self.notices else { return };
        let Some(Reverse((_, line))) = notices.wakes.0.peek().copied() else { return };
        let Some((place, mut followed)) = self.followed(line) else { return };
        let Some(notices) = &self.notices else { return };
        let (terms, number) = (&notices.terms[followed.terms as usize], notices.next_number());
        let Some(day) = followed.course.next_day_end(terms) else { return };
        let ended = followed.course.day_ended(terms, day, number);
        let notice = followed.course.notice();
        if let (Some(DayEnd::DeemedCancelled), Some(notice)) = (ended, notice) {
            self.tell_notice(EventKind::OrderDeemedCancelled, line, notice, None);
        }
        self.keep_course(place, followed);
        match (ended, notice) {
            (Some(DayEnd::DeemedCancelled), _) => self.end_line(line),
            (Some(DayEnd::NoticeOverdue), Some(notice)) => {
                self.tell_notice(EventKind::NoticeDue, line, notice, Some(notice.due));
            }
            (Some(DayEnd::RefundOverdue), _) => self.tell_refund(line),
            _ => {}
        }
        debug_assert!(self.notices.as_ref().is_none_or(|notices| notices.next() >= at));
    }

    /// What of a line has not shipped is cancelled.
    pub(crate) fn end_line(&mut self, line: u32) {
        if self.lines[line as usize].open() == 0 {
            return;
        }
        let (freed, demand) = (self.standing_sites(line), self.lines[line as usize].demand);
        let event = self.line_event(EventKind::LineCancelled, line);
        let quantity = self.withdraw(line);
        self.log.push(Event { quantity, ..event });
        self.serve_all(freed);
        self.rest_may_be_whole(demand);
    }

    /// Whether an order is still to be paid back, and so is not to be archived.
    pub(crate) fn owes_refund(&self, lines: core::ops::Range<u32>) -> bool {
        let owes = |line: u32| {
            self.followed(line).is_some_and(|(_, followed)| {
                let paid =
                    followed.course.standing.is_none_or(|notice| notice.state == NoticeState::Refunded);
                followed.course.phase == Phase::Cancelled && !paid
            })
        };
        self.notices.is_some() && lines.into_iter().any(owes)
    }

    /// Lines were renumbered: `moved` says each that stays, and what it is now, in order.
    pub(crate) fn move_followed(&mut self, moved: &[(u32, u32)]) {
        let Some(notices) = &mut self.notices else { return };
        notices.followed.retain_mut(|followed| {
            let place = moved.binary_search_by_key(&followed.line, |row| row.0);
            place.ok().and_then(|place| moved.get(place)).inspect(|row| followed.line = row.1).is_some()
        });
        self.rebuild_notices();
    }

    /// Builds anew what follows from the courses.
    pub(crate) fn rebuild_notices(&mut self) {
        let now = self.last_instant;
        let Some(notices) = &mut self.notices else { return };
        notices.rebuild_lines();
        notices.wakes = Wakes::default();
        for place in 0..notices.followed.len() {
            notices.followed[place].wakes_at = NEVER;
            notices.set_wake(place, now);
        }
        (notices.watched, notices.newly_watched, notices.eased) = (Vec::new(), Vec::new(), Vec::new());
        for place in 0..notices.followed.len() {
            let Some(followed) = self.notices.as_ref().and_then(|notices| notices.followed.get(place)) else {
                return;
            };
            let (line, unsent, watched) =
                (followed.line, followed.course.unsent.is_some(), self.is_watched(followed));
            let sites = if watched { self.sites_of(line) } else { Vec::new() };
            let Some(notices) = &mut self.notices else { return };
            notices.followed[place].watched = watched;
            notices.watch(line, &sites, watched && !unsent);
        }
    }
}

/// A notice's number as an id.
pub(crate) fn notice_id(number: u32) -> String {
    alloc::format!("N{number}")
}

/// The number of an id; `None` where it is that of no notice.
pub(crate) fn number_of(id: &str) -> Option<u32> {
    let number: u32 = id.strip_prefix('N')?.parse().ok()?;
    (notice_id(number) == id).then_some(number)
}

/// The payments, at the index of their number.
pub(crate) const PAYMENTS: [Payment; 2] = [Payment::Card, Payment::SellerCredit];

/// Kept apart, as most engines have none.
pub(crate) type Kept = Option<Box<Notices>>;
