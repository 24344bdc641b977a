//! What customers are told of delays: regimes, the terms and clocks that lines are followed by, and how far
//! each has come.

use super::super::bytes::Writer;
use super::dispatch;
use crate::engine::notices::{Followed, Notices};
use crate::model::calendar::Zone;
use crate::model::units::Day;
use crate::notice::course::{Course, Notice, Until};
use crate::notice::settings::BASES;
use crate::notice::terms::{Counts, Refund, Terms};
use crate::notice::workdays::Holidays;

pub(super) fn notices(to: &mut Writer, notices: &Notices) {
    to.number(u64::from(notices.last_number));
    to.number(notices.regimes.len() as u64);
    for regime in &notices.regimes {
        to.text(&regime.name);
        let base = BASES.iter().position(|name| regime.base.as_deref() == Some(name));
        to.number(base.map_or(0, |base| base as u64 + 1));
        terms(to, &regime.terms);
    }
    to.number(notices.terms.len() as u64);
    notices.terms.iter().for_each(|known| terms(to, known));
    to.number(notices.clocks.len() as u64);
    notices.clocks.iter().for_each(|(known, _)| zone(to, known));
    to.number(notices.followed.len() as u64);
    let mut next = 0;
    for followed in &notices.followed {
        let Followed { line, terms, clock, course: own, .. } = *followed;
        to.number(u64::from(line - next));
        to.number(u64::from(terms));
        to.number(u64::from(clock));
        course(to, &own);
        next = line + 1;
    }
}

fn terms(to: &mut Writer, terms: &Terms) {
    let (listed, holidays): (bool, &[Day]) = match &terms.workdays.holidays {
        Holidays::UsFederal => (false, &[]),
        Holidays::Listed(days) => (true, days),
    };
    to.flags(&[
        terms.counts == Counts::Delivery,
        terms.lapses,
        terms.needs_choice,
        terms.needs_reason,
        terms.vesting_day_counts,
        listed,
    ]);
    for days in [terms.period_days, terms.credit_period_days, terms.delay_days, terms.vesting_days] {
        to.number(u64::from(days));
    }
    [terms.short, terms.long, terms.renewed].iter().for_each(|silence| to.byte(*silence as u8));
    let (kind, days) = match terms.refund {
        Refund::Unstated => (0, 0),
        Refund::WithinWorkdays(days) => (1, days),
        Refund::WithinDays(days) => (2, days),
    };
    to.byte(kind);
    to.number(u64::from(days));
    to.number(u64::from(terms.billing_cycle_days.unwrap_or(0)));
    to.byte(terms.workdays.weekdays.numbers().map(|number| 1 << (number - 1)).sum());
    to.number(holidays.len() as u64);
    let mut before = 0;
    for day in holidays {
        to.number(u64::from(day - before));
        before = *day;
    }
}

/// A distance from UTC is one that never changes.
fn zone(to: &mut Writer, zone: &Zone) {
    match zone {
        Zone::Fixed { utc_offset_minutes } => {
            to.number(0);
            to.signed(*utc_offset_minutes);
        }
        Zone::Changing { transitions, .. } => dispatch::transitions(to, transitions),
    }
}

fn course(to: &mut Writer, course: &Course) {
    to.flags(&[course.standing.is_some(), course.unsent.is_some()]);
    to.byte(course.payment as u8);
    to.byte(course.phase as u8);
    to.number(u64::from(course.complies_until));
    [course.agreed, course.told, course.expected].iter().for_each(|&day| until(to, day));
    course.standing.iter().chain(&course.unsent).for_each(|told| notice(to, told));
}

fn until(to: &mut Writer, until: Until) {
    optional_day(
        to,
        match until {
            Until::Day(day) => Some(day),
            Until::Indefinite => None,
        },
    );
}

fn optional_day(to: &mut Writer, day: Option<Day>) {
    to.number(day.map_or(0, |day| u64::from(day) + 1));
}

fn notice(to: &mut Writer, notice: &Notice) {
    to.number(u64::from(notice.number));
    to.byte(notice.kind as u8);
    to.byte(notice.silence as u8);
    to.byte(notice.state as u8);
    to.flags(&[notice.revised.is_some()]);
    notice.revised.iter().for_each(|&revised| until(to, revised));
    to.number(u64::from(notice.due));
    optional_day(to, notice.cancels_on);
    optional_day(to, notice.refund_by);
}
