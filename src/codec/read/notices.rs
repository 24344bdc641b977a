//! What customers are told of delays.

use super::super::bytes::{Read, Reader};
use crate::engine::Engine;
use crate::engine::notices::{Followed, Notices, PAYMENTS, Regime};
use crate::estimate::zone::LocalClock;
use crate::model::calendar::{MAX_UTC_OFFSET_MINUTES, Transition, Weekdays, Zone};
use crate::model::outcome::{NEVER, NONE};
use crate::model::units::{Day, MAX_ID_BYTES, MAX_LISTED, MAX_SAFE};
use crate::notice::course::{Course, Notice, NoticeKind, NoticeState, Phase, Until};
use crate::notice::settings::{BASES, MAX_HOLIDAYS};
use crate::notice::terms::{Counts, Refund, Silence, Terms};
use crate::notice::workdays::{Holidays, MAX_WORKDAYS, Workdays};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

const SILENCES: [Silence; 3] = [Silence::Consents, Silence::Cancels, Silence::Nothing];
const PHASES: [Phase; 3] = [Phase::Open, Phase::Shipped, Phase::Cancelled];
const KINDS: [NoticeKind; 4] =
    [NoticeKind::FirstOption, NoticeKind::RenewedOption, NoticeKind::Cancellation, NoticeKind::NewDate];
const STATES: [NoticeState; 6] = [
    NoticeState::Due,
    NoticeState::Sent,
    NoticeState::Consented,
    NoticeState::Cancelled,
    NoticeState::Refunded,
    NoticeState::Overdue,
];

pub(super) fn notices(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    const NUMBER: &str = "a number of a notice that is none";
    let mut read = Notices::default();
    read.last_number = from.at_most(u64::from(u32::MAX) / 2, NUMBER)? as u32;
    for _ in 0..from.number()? {
        let name: String = from.text()?.into();
        let rises = read.regimes.last().is_none_or(|last| last.name < name);
        let is_name = !name.is_empty() && name.len() <= MAX_ID_BYTES && name != "none";
        from.ensure(rises && is_name, "a regime that is none")?;
        let base = from.at_most(BASES.len() as u64, "a regime that is none")?;
        let base = base.checked_sub(1).and_then(|base| BASES.get(base as usize));
        read.regimes.push(Regime { name, base: base.map(|&base| base.into()), terms: terms(from)? });
    }
    for _ in 0..from.number()? {
        read.terms.push(terms(from)?);
    }
    for _ in 0..from.number()? {
        let zone = zone(from)?;
        let clock = LocalClock::new(&zone);
        read.clocks.push((zone, clock));
    }
    let mut next = 0;
    for _ in 0..from.number()? {
        let line = from.step(next, engine.lines.len() as u64, "a line that is none")?;
        let demand = engine.lines.get(line as usize).map_or(NONE, |record| record.demand);
        let is_order = engine.demands.get(demand as usize).is_some_and(|demand| demand.order != NONE);
        from.ensure(is_order, "a line that is none")?;
        let terms = from.index(read.terms.len(), "a regime that is none")?;
        let clock = from.index(read.clocks.len(), "a clock that is none")?;
        let course = course(from, read.last_number)?;
        read.followed.push(Followed {
            line: line as u32,
            terms,
            clock,
            course,
            wakes_at: NEVER,
            watched: false,
        });
        next = line + 1;
    }
    engine.notices = Some(Box::new(read));
    Ok(())
}

fn terms(from: &mut Reader) -> Read<Terms> {
    let [delivery, lapses, needs_choice, needs_reason, vesting_day_counts, listed] =
        from.flags("a regime that is none")?;
    let mut numbers = [0; 4];
    for number in &mut numbers {
        *number = days(from)?;
    }
    let [period_days, credit_period_days, delay_days, vesting_days] = numbers;
    let mut silences = [Silence::Nothing; 3];
    for silence in &mut silences {
        *silence = from.one_of(&SILENCES, "a meaning of silence that is none")?;
    }
    let [short, long, renewed] = silences;
    let refund = match (from.byte()?, days(from)?) {
        (0, 0) => Refund::Unstated,
        (1, days) => Refund::WithinWorkdays(days),
        (2, days) => Refund::WithinDays(days),
        _ => return from.corrupt("a refund that is none"),
    };
    let billing = days(from)?;
    let bits = from.byte()?;
    let numbers: Vec<u64> = (1..=7).filter(|number| bits >> (number - 1) & 1 == 1).collect();
    let count = from.at_most(MAX_HOLIDAYS as u64, "more holidays than there may be")?;
    from.ensure(!numbers.is_empty() && (listed || count == 0), "a regime that is none")?;
    let (mut holidays, mut day): (Vec<Day>, u64) = (Vec::new(), 0);
    for _ in 0..count {
        day = from.step(day, u64::from(Day::MAX), "a day that is none")?;
        holidays.push(day as Day);
    }
    let holidays = if listed { Holidays::Listed(holidays) } else { Holidays::UsFederal };
    Ok(Terms {
        counts: if delivery { Counts::Delivery } else { Counts::Shipment },
        period_days,
        credit_period_days,
        delay_days,
        short,
        long,
        renewed,
        lapses,
        needs_choice,
        needs_reason,
        vesting_days,
        refund,
        billing_cycle_days: (billing > 0).then_some(billing),
        vesting_day_counts,
        workdays: Workdays { weekdays: Weekdays::of(&numbers), holidays },
    })
}

fn days(from: &mut Reader) -> Read<u32> {
    from.at_most(u64::from(MAX_WORKDAYS), "more days than there may be").map(|days| days as u32)
}

fn zone(from: &mut Reader) -> Read<Zone> {
    let count = from.at_most(MAX_LISTED as u64, "more transitions than there may be")?;
    let offset = |from: &mut Reader| {
        let minutes = from.signed()?;
        from.ensure(minutes.unsigned_abs() <= MAX_UTC_OFFSET_MINUTES, "an offset that is none")?;
        Ok(minutes)
    };
    if count == 0 {
        return Ok(Zone::Fixed { utc_offset_minutes: offset(from)? });
    }
    let (mut transitions, mut at) = (Vec::new(), 0);
    for _ in 0..count {
        let before = at;
        at = from.step(at, MAX_SAFE, "an instant that is none")?;
        from.ensure(transitions.is_empty() || at > before, "transitions that do not rise")?;
        transitions.push(Transition { from: at, utc_offset_minutes: offset(from)? });
    }
    Ok(Zone::Changing { name: None, transitions })
}

fn course(from: &mut Reader, last_number: u32) -> Read<Course> {
    let [has_standing, has_unsent] = from.flags("a notice that is none")?;
    let payment = from.one_of(&PAYMENTS, "a payment that is none")?;
    let phase = from.one_of(&PHASES, "a phase that is none")?;
    let complies_until = day(from)?;
    let (agreed, told, expected) = (until(from)?, until(from)?, until(from)?);
    let standing = if has_standing { Some(notice(from, last_number)?) } else { None };
    let unsent = if has_unsent { Some(notice(from, last_number)?) } else { None };
    from.ensure(unsent.is_none() || phase == Phase::Open, "a notice of what has ended")?;
    Ok(Course { complies_until, agreed, told, expected, payment, phase, standing, unsent })
}

fn day(from: &mut Reader) -> Read<Day> {
    from.at_most(u64::from(Day::MAX), "a day that is none").map(|day| day as Day)
}

fn optional_day(from: &mut Reader) -> Read<Option<Day>> {
    let day = from.at_most(u64::from(Day::MAX) + 1, "a day that is none")?;
    Ok(day.checked_sub(1).map(|day| day as Day))
}

fn until(from: &mut Reader) -> Read<Until> {
    Ok(optional_day(from)?.map_or(Until::Indefinite, Until::Day))
}

fn notice(from: &mut Reader, last_number: u32) -> Read<Notice> {
    let number = from.at_most(u64::from(last_number), "a number of a notice that is none")? as u32;
    let kind = from.one_of(&KINDS, "a kind of notice that is none")?;
    let silence = from.one_of(&SILENCES, "a meaning of silence that is none")?;
    let state = from.one_of(&STATES, "a state of a notice that is none")?;
    let [is_revised] = from.flags("a notice that is none")?;
    let revised = if is_revised { Some(until(from)?) } else { None };
    let due = day(from)?;
    Ok(Notice {
        number,
        kind,
        revised,
        due,
        silence,
        cancels_on: optional_day(from)?,
        refund_by: optional_day(from)?,
        state,
    })
}
