//! Cases by name, and every path against an oracle.

mod cases;
mod days;
mod oracle;
mod paths;

use super::course::{Course, Notice, Until};
use super::terms::{Payment, Terms};
use crate::estimate::civil::{day_of_iso_date, iso_date};
use crate::model::units::Day;

fn day(date: &str) -> Day {
    day_of_iso_date(date).unwrap()
}

/// A course with its terms, played by dates.
struct Played {
    terms: Terms,
    course: Course,
    number: u32,
}

impl Played {
    fn new(terms: Terms, ordered: &str, stated: Option<&str>) -> Played {
        let course = Course::new(&terms, day(ordered), stated.map(day), Payment::Card);
        Played { terms, course, number: 0 }
    }

    /// All that falls due before this date.
    fn on(&mut self, date: &str) -> &mut Played {
        while let Some(ends) = self.course.next_day_end(&self.terms).filter(|&ends| ends < day(date)) {
            self.number += 1;
            self.course.day_ended(&self.terms, ends, ends + 1, self.number);
        }
        self
    }

    fn expect(&mut self, on: &str, date: &str) -> &mut Played {
        self.on(on).number += 1;
        self.course.expect(&self.terms, until(date), day(on), self.number);
        self
    }

    fn send(&mut self, on: &str, choice: bool, reason: bool) -> bool {
        let number = self.on(on).notice().number;
        self.course.sent(&self.terms, number, choice, reason).unwrap()
    }

    fn consent(&mut self, on: &str, to: Option<&str>) -> &mut Played {
        self.on(on).number += 1;
        self.course.consent(&self.terms, to.map(until), day(on), self.number).unwrap();
        self
    }

    fn cancel(&mut self, on: &str) -> &mut Played {
        self.on(on);
        self.course.cancel_by_buyer(&self.terms, day(on)).unwrap();
        self
    }

    fn notice(&self) -> Notice {
        self.course.notice().unwrap()
    }

    /// The day on which it was deemed cancelled, and the last on which to pay back.
    fn ended(&self) -> Option<(String, String)> {
        let notice = self.course.notice()?;
        let vests = notice.refund_by.and(notice.cancels_on)? + 1;
        Some((iso_date(vests), iso_date(notice.refund_by?)))
    }
}

fn until(date: &str) -> Until {
    day_of_iso_date(date).map_or(Until::Indefinite, Until::Day)
}
