//! What customers are told of delays (rules §14): the courses of the lines that have a regime, fed with their
//! promises, and their deadlines. The rules themselves are in `notice`.
//!
//! A line is expected by its promise, or where the law counts delivery and it is known how long that takes, by when
//! what leaves then is there. As promises never move for the better, one that comes too late is held against the
//! line's date as long as no notice was sent: a better date withdraws the notice.

mod rows;

use super::Engine;
use super::dates::ShipDate;
use crate::estimate::zone::LocalClock;
use crate::model::calendar::Zone;
use crate::model::command::{Fulfilment, NoticeSettings, Payment, Until};
use crate::model::outcome::{Event, EventKind, NEVER};
use crate::model::sort;
use crate::model::units::{Day, Instant, MAX_SAFE};
use crate::notice::course::{Course, DayEnd, Notice, NoticeState, Phase};
use crate::notice::settings;
use crate::notice::terms::{Counts, Terms};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;
use rows::Wakes;

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

    /// The lines of a kit, which ship by its own release: they are watched where what it is made of stands.
    pub(crate) fn notice_kits(&mut self, site: u32) {
        if self.notices.is_some() && self.items[self.sites[site as usize].item as usize].is_kit() {
            self.all_lines_of(site).into_iter().for_each(|line| self.notice_line(line));
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
                // A line may have left the site.
                let eased = self.notices.iter().flat_map(|notices| notices.eased_at(site));
                lines.extend(eased.filter(|&line| self.sites_of(line).contains(&site)));
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
        // What is due now comes first, and looks at the line.
        if followed.wakes_at <= self.log.at && self.lines[line as usize].open() > 0 {
            return;
        }
        let Some((terms, _, today, number)) = self.followed_by(&followed) else { return };
        let record = &self.lines[line as usize];
        let course = &mut followed.course;
        if record.open() > 0 {
            if course.phase == Phase::Shipped {
                // The line was raised: what was added is new demand.
                *course = Course::new(terms, today, None, course.payment);
            }
            self.expect(&mut followed);
        } else if record.cancelled > 0 {
            course.cancel_by_seller(terms, today, number);
        } else {
            course.ship();
        }
        self.keep_course(place, followed);
    }

    /// What a line is followed by, the day at its buyer's, and the number that a notice of now has.
    pub(crate) fn followed_by(&self, followed: &Followed) -> Option<(&Terms, &LocalClock, Day, u32)> {
        let notices = self.notices.as_ref()?;
        let (_, clock) = notices.clocks.get(followed.clock as usize)?;
        let terms = notices.terms.get(followed.terms as usize)?;
        Some((terms, clock, clock.day(self.log.at), notices.next_number()))
    }

    /// Holds when a line that has not ended is expected against what its customer knows.
    pub(crate) fn expect(&self, followed: &mut Followed) {
        let Some((terms, clock, today, number)) = self.followed_by(followed) else { return };
        if followed.course.phase != Phase::Open {
            return;
        }
        let expected = self.expected(followed, terms, clock, Until::Day(today));
        followed.course.expect(terms, expected, today, number);
    }

    /// The course of a line has gone on: what follows from it is told and entered.
    pub(crate) fn keep_course(&mut self, place: usize, followed: Followed) {
        let (line, course, at) = (followed.line, followed.course, self.log.at);
        let watched = self.is_watched(&followed, at);
        let sites = if watched { self.sites_of(line) } else { Vec::new() };
        let Some(notices) = &mut self.notices else { return };
        let Some(known) = notices.followed.get_mut(place) else { return };
        let before = core::mem::replace(&mut known.course, course);
        known.watched = watched;
        notices.note_number(line, &course);
        notices.set_wake(place, at);
        #[cfg(feature = "canary")]
        if self.fault == Some(super::Fault::LateByLaw) {
            notices.delay_wake(place);
        }
        notices.watch(line, &sites, watched && course.unsent.is_none());
        let number = |notice: Option<Notice>| notice.map(|notice| (notice.number, notice.state));
        if let Some(notice) = to_send(&course)
            && number(Some(notice)) != number(to_send(&before))
        {
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

    fn tell_refund(&mut self, line: u32) {
        #[cfg(feature = "canary")]
        if self.does(super::Fault::ForgetRefund) {
            return;
        }
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
    /// that is not. Once the day that the customer knows is over it is expected today at the earliest, as when a
    /// notice first said so.
    fn expected(&self, followed: &Followed, terms: &Terms, clock: &LocalClock, today: Until) -> Until {
        let (line, course) = (followed.line, &followed.course);
        let until = |sent: Instant| self.counts_until(line, terms, clock, sent);
        let date = || until(self.date_to_hold(line, self.at()).date.unwrap_or(NEVER));
        let known = course.agreed.max(course.told);
        let promised = until(self.lines[line as usize].promise);
        if known < today {
            let told = course.unsent.and_then(|notice| notice.revised).unwrap_or(today);
            let expected = if promised > known { promised } else { date() };
            return expected.max(told.min(today));
        }
        if promised <= known || !self.has_own_date(line) {
            return promised;
        }
        Some(date()).filter(|date| *date <= known).unwrap_or(promised)
    }

    /// The buyer's day on which what is sent at an instant has done what is counted.
    fn counts_until(&self, line: u32, terms: &Terms, clock: &LocalClock, sent: Instant) -> Until {
        if sent == NEVER {
            return Until::Indefinite;
        }
        let mut done = sent;
        if terms.counts == Counts::Delivery && !self.dispatches.is_empty() {
            let destination = self.demand_of_line(&self.lines[line as usize]).destination;
            for site in self.standing_sites(line) {
                let location = self.sites[site as usize].location;
                let there = self.delivered(location, ShipDate::at_once(sent), destination);
                done = done.max(there.date.unwrap_or(sent));
            }
        }
        Until::Day(clock.day(done))
    }

    /// Where an order ships whole, its lines' dates hang on each other's queues: its promises alone are looked at.
    fn has_own_date(&self, line: u32) -> bool {
        self.demand_of_line(&self.lines[line as usize]).fulfilment != Fulfilment::Order
    }

    /// Whether another date of a line may make or withdraw a notice though its promise stands.
    fn is_watched(&self, followed: &Followed, now: Instant) -> bool {
        let course = &followed.course;
        let Some((terms, clock, ..)) = self.followed_by(followed) else { return false };
        let promise = self.lines[followed.line as usize].promise;
        let known = course.agreed.max(course.told);
        course.phase == Phase::Open
            && !course.must_be_answered()
            && self.has_own_date(followed.line)
            && (known < Until::Day(clock.day(now))
                || self.counts_until(followed.line, terms, clock, promise) > known)
    }

    /// What falls due at an instant, line by line.
    pub(crate) fn end_of_notice_day(&mut self) {
        let Some(Reverse((_, line))) = self.notices.as_ref().and_then(|notices| notices.first_wake()) else {
            return;
        };
        let Some((place, mut followed)) = self.followed(line) else { return };
        let Some((terms, _, today, number)) = self.followed_by(&followed) else { return };
        let Some(day) = followed.course.next_day_end(terms) else { return };
        let ended = followed.course.day_ended(terms, day, today, number);
        if let (DayEnd::DeemedCancelled, Some(notice)) = (ended, followed.course.notice()) {
            self.tell_notice(EventKind::OrderDeemedCancelled, line, notice, None);
        }
        self.expect(&mut followed);
        self.keep_course(place, followed);
        match ended {
            DayEnd::DeemedCancelled => self.cancel_lines(self.lines[line as usize].demand, &[line]),
            DayEnd::RefundOverdue => self.tell_refund(line),
            DayEnd::Missed | DayEnd::NoticeOverdue => {}
        }
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
        (notices.watched, notices.newly_watched, notices.eased) = (Vec::new(), Vec::new(), Vec::new());
        let mut place = 0;
        while let Some(followed) = self.notices.as_ref().and_then(|notices| notices.followed.get(place)) {
            let (line, unsent, watched) =
                (followed.line, followed.course.unsent.is_some(), self.is_watched(followed, now));
            let sites = if watched { self.sites_of(line) } else { Vec::new() };
            let Some(notices) = &mut self.notices else { return };
            (notices.followed[place].watched, notices.followed[place].wakes_at) = (watched, NEVER);
            notices.set_wake(place, now);
            notices.watch(line, &sites, watched && !unsent);
            place += 1;
        }
    }
}

/// The notice that is to be sent, late or not.
fn to_send(course: &Course) -> Option<Notice> {
    let late = |notice: &Notice| notice.state == NoticeState::Overdue && notice.refund_by.is_none();
    course.notice().filter(|notice| notice.state == NoticeState::Due || late(notice))
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
