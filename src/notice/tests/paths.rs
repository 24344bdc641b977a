//! Every path of six steps, against the oracle.

use super::day;
use super::oracle::{Answer, Law, Oracle, Row};
use crate::notice::course::{Course, DayEnd, News, Notice, NoticeKind, NoticeState, Phase, Refusal, Until};
use crate::notice::terms::{DELIVERY, FTC, Payment, Silence, Terms};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// So many days after T; `None` is unknown.
    Expect(Option<i64>),
    Send {
        choice: bool,
        reason: bool,
    },
    /// The outer `None`: as long as the notice says.
    Consent(Option<Option<i64>>),
    BuyerCancels,
    SellerCancels,
    Ship,
    Refunded,
    /// The last day before the next deadline's end comes.
    LastDay,
    /// That day ends.
    DayEnds,
}

/// A dozen or more at each place of a path.
const STEPS: [Step; 20] = [
    Step::Expect(Some(0)),
    Step::Expect(Some(1)),
    Step::Expect(Some(30)),
    Step::Expect(Some(31)),
    Step::Expect(Some(60)),
    Step::Expect(None),
    Step::Send { choice: true, reason: true },
    Step::Send { choice: false, reason: true },
    Step::Send { choice: true, reason: false },
    Step::Consent(None),
    Step::Consent(Some(Some(0))),
    Step::Consent(Some(Some(20))),
    Step::Consent(Some(Some(45))),
    Step::Consent(Some(None)),
    Step::BuyerCancels,
    Step::SellerCancels,
    Step::Ship,
    Step::Refunded,
    Step::LastDay,
    Step::DayEnds,
];

#[derive(Clone, Debug)]
struct State {
    course: Course,
    oracle: Oracle,
    today: i64,
}

fn until(date: Option<i64>) -> Until {
    date.map_or(Until::Indefinite, |day| Until::Day(day as u32))
}

fn date(until: Until) -> Option<i64> {
    match until {
        Until::Day(day) => Some(i64::from(day)),
        Until::Indefinite => None,
    }
}

fn row(notice: Notice) -> Row {
    Row {
        number: notice.number,
        kind: match notice.kind {
            NoticeKind::FirstOption => "firstOption",
            NoticeKind::RenewedOption => "renewedOption",
            NoticeKind::Cancellation => "cancellation",
            NoticeKind::NewDate => "newDate",
        },
        revised: notice.revised.map(date),
        due: i64::from(notice.due),
        silence: match notice.silence {
            Silence::Consents => "consents",
            Silence::Cancels => "cancels",
            Silence::Nothing => "nothing",
        },
        cancels_on: notice.cancels_on.map(i64::from),
        refund_by: notice.refund_by.map(i64::from),
        state: match notice.state {
            NoticeState::Due => "due",
            NoticeState::Sent => "sent",
            NoticeState::Consented => "consented",
            NoticeState::Cancelled => "cancelled",
            NoticeState::Refunded => "refunded",
            NoticeState::Overdue => "overdue",
        },
    }
}

fn news(news: News) -> &'static str {
    match news {
        News::Same => "same",
        News::Due => "due",
        News::Withdrawn => "withdrawn",
    }
}

fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoticeClosed => "noticeClosed",
        Refusal::NothingDue => "nothingDue",
    }
}

/// Takes a step on both, and says what each answered; `None` where it is no step, as nothing is to come.
fn take(state: &mut State, step: Step, terms: &Terms, t: i64, number: u32) -> Option<(Answer, Answer)> {
    let State { course, oracle, today } = state;
    let now = *today as u32;
    let dated = |days: Option<i64>| days.map(|days| t + days);
    let (theirs, ours) = match step {
        Step::Expect(days) => (
            Ok(news(course.expect(terms, until(dated(days)), now, number))),
            oracle.expect(dated(days), *today, number),
        ),
        Step::Send { choice, reason } => {
            let number = oracle.shown().map_or(0, |row| row.number);
            let sent = course.sent(terms, number, choice, reason);
            let sent = sent.map(|counts| if counts { "sent" } else { "void" }).map_err(refusal);
            (sent, oracle.send(number, choice, reason))
        }
        Step::Consent(to) => {
            let to = to.map(dated);
            let answer = course.consent(terms, to.map(until), now, number);
            (answer.map(news).map_err(refusal), oracle.consent(to, *today, number))
        }
        Step::BuyerCancels => {
            let answer = course.cancel_by_buyer(terms, now).map(|()| "cancelled").map_err(refusal);
            (answer, oracle.buyer_cancels(*today))
        }
        Step::SellerCancels => {
            (Ok(news(course.cancel_by_seller(terms, now, number))), oracle.seller_cancels(*today, number))
        }
        Step::Ship => (Ok(news(course.ship())), oracle.ship()),
        Step::Refunded => (course.refunded().map(|()| "refunded").map_err(refusal), oracle.refunded()),
        Step::LastDay => {
            *today = (*today).max(oracle.deadline()?);
            return None;
        }
        Step::DayEnds => {
            let day = oracle.deadline()?;
            *today = (*today).max(day + 1);
            let ended = match course.day_ended(terms, day as u32, *today as u32, number) {
                DayEnd::DeemedCancelled => "deemedCancelled",
                DayEnd::NoticeOverdue => "noticeOverdue",
                DayEnd::RefundOverdue => "refundOverdue",
                DayEnd::Missed => "missed",
            };
            (Ok(ended), oracle.day_ends(day, *today, number))
        }
    };
    Some((theirs, ours))
}

/// What holds whatever the tables say.
fn sane(state: &State, terms: &Terms) {
    let (course, notice) = (&state.course, state.course.notice());
    let unsent = course.unsent.is_some();
    assert!(!unsent || course.phase == Phase::Open, "no notice is to be sent of what has ended");
    if terms.lapses && course.phase == Phase::Open && course.agreed != Until::Indefinite {
        assert!(course.next_day_end(terms).is_some(), "an order that has not ended has a deadline");
    }
    if let (Phase::Cancelled, true) = (course.phase, terms.lapses) {
        assert!(notice.is_some_and(|notice| notice.refund_by.is_some()), "what has ended is to be paid back");
    }
}

/// Plays every path of so many steps, and says how many there were. Paths that have come to the same are
/// followed once.
fn every_path(law: Law, terms: &Terms, depth: u32) -> u64 {
    let t = i64::from(day("2026-09-10"));
    let course = Course::new(terms, day("2026-08-11"), None, Payment::Card);
    let start = State { course, oracle: Oracle::new(law, t), today: t - 30 };
    let mut front = BTreeMap::from([(String::new(), (start, 1_u64, Vec::<Step>::new()))]);
    for number in 1..=depth {
        let mut next = BTreeMap::new();
        for (state, paths, way) in front.into_values() {
            for step in STEPS {
                let mut state = state.clone();
                let mut way = way.clone();
                way.push(step);
                if let Some((theirs, ours)) = take(&mut state, step, terms, t, number) {
                    assert_eq!(theirs, ours, "{law:?} {way:?}");
                }
                assert_eq!(state.course.notice().map(row), state.oracle.shown(), "{law:?} {way:?}");
                let next_day_end = state.course.next_day_end(terms).map(i64::from);
                assert_eq!(next_day_end, state.oracle.deadline(), "{law:?} {way:?}");
                sane(&state, terms);
                let reached = next.entry(format!("{state:?}")).or_insert((state, 0, way));
                reached.1 += paths;
            }
        }
        front = next;
    }
    front.values().map(|(_, paths, _)| paths).sum()
}

#[test]
fn every_path_of_six_steps_is_as_the_tables_say() {
    let paths = (STEPS.len() as u64).pow(6);
    assert_eq!(every_path(Law::Ftc, &FTC, 6), paths);
    assert_eq!(every_path(Law::Delivery, &DELIVERY, 6), paths);
}
