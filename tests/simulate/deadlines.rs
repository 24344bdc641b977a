//! A ledger of what laws ask, kept from commands, events and the list of notices alone: no line is kept unshipped
//! past a day without its event, and no refund is due later than the rule says. It follows orders of regimes as
//! they are without being defined anew.

use crate::workload::Step;
use backorder::engine::{Engine, Page};
use backorder::estimate::civil::day_of_iso_date;
use backorder::estimate::zone::LocalClock;
use backorder::model::command::{Answer, Body, NoticeSettings, Payment, Until};
use backorder::model::units::{Day, Instant};
use backorder::model::view::{EventView, NoticeView};
use std::collections::{BTreeMap, BTreeSet};

/// Later days are not read from the list's dates: 9000-01-01.
const LAST_READ: Day = 2_567_681;

/// An order and a line.
type Name = (String, String);

/// What is known of a line.
#[derive(Clone, Debug)]
struct Account {
    is_ftc: bool,
    clock: LocalClock,
    /// By when it complies without a delay.
    complies_until: i64,
    /// The day that its customer was told of last.
    told: Option<i64>,
    /// The latest on which it may stand unshipped, after all that was told and answered; none: for good.
    latest: Option<i64>,
    /// When it was cancelled, by the buyer's days.
    ended: Option<i64>,
    refund_told: bool,
    refunded: bool,
}

/// How often each thing was held against the rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// Lines that were seen unshipped, at a day by which they had to have something.
    pub standing: u64,
    pub refunds: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Deadlines {
    accounts: BTreeMap<Name, Account>,
    /// Regimes that are no longer the law's own.
    defined: BTreeSet<String>,
    /// What was to be sent, as of the last look.
    before: BTreeMap<Name, Seen>,
    /// The notices that an event named.
    named: BTreeSet<u64>,
    pub held: Held,
}

/// A notice, without the engine that showed it.
#[derive(Clone, Debug)]
struct Seen {
    number: u64,
    kind: &'static str,
    revised: Option<String>,
    refund_by: Option<i64>,
    state: &'static str,
}

fn day(date: &str) -> Option<i64> {
    day_of_iso_date(date).map(i64::from)
}

impl Seen {
    fn of(notice: &NoticeView) -> (Name, Seen) {
        let seen = Seen {
            number: notice.notice.0,
            kind: notice.kind,
            revised: notice.revised.clone(),
            refund_by: notice.refund_by.as_deref().and_then(day),
            state: notice.state,
        };
        ((notice.order.to_owned(), notice.line.to_owned()), seen)
    }

    fn revised_day(&self) -> Option<i64> {
        self.revised.as_deref().and_then(day)
    }
}

impl Account {
    fn today(&self, at: Instant) -> i64 {
        self.clock.day(at).into()
    }
}

impl Deadlines {
    /// Enters a command and what came of it, and looks at every line.
    pub fn book(
        &mut self,
        step: &Step,
        applied: bool,
        events: &[EventView],
        engine: &Engine,
    ) -> Result<(), String> {
        for event in events {
            self.hear(event)?;
        }
        let after = engine.notices().iter().map(Seen::of).collect();
        let before = std::mem::replace(&mut self.before, after);
        if applied {
            self.heed(step, &before, engine);
        }
        self.check(engine.last_instant(), engine)
    }

    fn hear(&mut self, event: &EventView) -> Result<(), String> {
        if let ("noticeDue", Some(notice)) = (event.kind, event.notice) {
            self.named.insert(notice.0);
        }
        let (Some(order), Some(line)) = (event.order, event.line) else { return Ok(()) };
        let Some(account) = self.accounts.get_mut(&(order.to_owned(), line.to_owned())) else {
            return Ok(());
        };
        let today = account.today(event.at);
        match event.kind {
            "orderDeemedCancelled" => {
                // With the first instant of a day, not before its own day is over, and not by the other laws.
                let begins = account.clock.day_start(today as u32) == event.at;
                if !begins || today <= account.complies_until || !account.is_ftc {
                    return Err(format!("deemed cancelled out of its time: {event:?} {account:?}"));
                }
                account.ended = Some(today);
            }
            "lineCancelled" => drop(account.ended.get_or_insert(today)),
            "refundDue" => {
                account.refund_told = true;
                account.ended.get_or_insert(today);
            }
            _ => {}
        }
        Ok(())
    }

    /// What a command that was applied means.
    fn heed(&mut self, step: &Step, before: &BTreeMap<Name, Seen>, engine: &Engine) {
        match &step.command.body {
            Body::DefineRegime { regime, .. } => {
                self.defined.insert((*regime).to_owned());
            }
            Body::PlaceOrder { order, settings, .. } => {
                self.open(order, settings.notices.as_deref(), step.now, engine);
            }
            Body::ConfirmHold { order, notices, .. } => {
                self.open(order, notices.as_deref(), step.now, engine);
            }
            Body::NoticeSent { notice, offers_cancel, reason } => {
                // One that has come due since, and was sent at once, is in the list of now.
                let mut known = before.iter().chain(&self.before);
                let sent = known.find(|(_, seen)| format!("N{}", seen.number) == *notice);
                let Some((name, seen)) = sent else { return };
                let Some(account) = self.accounts.get_mut(name) else { return };
                let reasoned = reason.is_some_and(|reason| !reason.trim().is_empty());
                let counts = !account.is_ftc || *offers_cancel && (reasoned || seen.revised_day().is_some());
                if counts && seen.revised.is_some() {
                    account.hear_of(seen);
                }
            }
            Body::Respond { order, line, answer: Answer::Consent, until } => {
                let meant = |name: &Name| name.0 == *order && line.is_none_or(|line| line == name.1);
                for (_, account) in self.accounts.iter_mut().filter(|(name, _)| meant(name)) {
                    let to = match until {
                        Some(Until::Day(day)) => Some(i64::from(*day)),
                        Some(Until::Indefinite) => None,
                        None => account.told,
                    };
                    account.latest = account.latest.and_then(|latest| Some(latest.max(to?)));
                }
            }
            // What was added to a line that had shipped begins anew.
            Body::AmendLine { order, line, .. } => {
                self.accounts.remove(&((*order).to_owned(), (*line).to_owned()));
            }
            Body::Refunded { order, line } => {
                for (name, account) in &mut self.accounts {
                    let meant = name.0 == *order && line.is_none_or(|line| line == name.1);
                    account.refunded |= meant && account.ended.is_some();
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, order: &str, settings: Option<&NoticeSettings>, now: Instant, engine: &Engine) {
        let regime = settings.and_then(|settings| Some((settings, settings.regime?)));
        let Some((settings, regime)) = regime.filter(|(_, regime)| !self.defined.contains(*regime)) else {
            return;
        };
        let clock = settings.buyer_zone.as_ref().map_or_else(LocalClock::utc, LocalClock::new);
        if clock.day(now) > LAST_READ {
            return;
        }
        let is_ftc = regime == "ftc";
        let period = if is_ftc && settings.payment == Payment::SellerCredit { 50 } else { 30 };
        let stated = settings.stated_ship_by.map(i64::from);
        let complies_until = stated.unwrap_or(i64::from(clock.day(now)) + period);
        let account = Account {
            is_ftc,
            clock,
            complies_until,
            told: Some(complies_until),
            latest: Some(complies_until),
            ended: None,
            refund_told: false,
            refunded: false,
        };
        for line in engine.order(order, now).into_iter().flat_map(|order| order.lines) {
            self.accounts.insert((order.to_owned(), line.line.to_owned()), account.clone());
        }
    }

    fn check(&mut self, now: Instant, engine: &Engine) -> Result<(), String> {
        let known: BTreeSet<&str> = engine.orders(Page::default(), None).into_iter().collect();
        self.accounts.retain(|(order, _), _| known.contains(order.as_str()));
        let Deadlines { accounts, before, named, held, .. } = self;
        for (name, account) in accounts {
            let notice = before.get(name);
            let wrong = |what: &str| Err(format!("{what}: {name:?} {account:?} {notice:?}"));
            let to_send = notice
                .filter(|notice| matches!(notice.state, "due" | "overdue") && notice.refund_by.is_none());
            if to_send.is_some_and(|notice| !named.contains(&notice.number)) {
                return wrong("no event named the notice");
            }
            let today = account.today(now);
            match account.ended {
                None => account.standing(name, notice, today, now, engine, held).or_else(wrong)?,
                Some(_) => account.refund(notice, today, held).or_else(wrong)?,
            }
        }
        Ok(())
    }
}

impl Account {
    /// A notice that counts was sent. After a first one of a short delay it may stand as long as that, of a longer
    /// one the thirty days in which it is to be answered.
    fn hear_of(&mut self, notice: &Seen) {
        self.told = notice.revised_day();
        let grace = self.complies_until + 30;
        let until = match (self.is_ftc, notice.kind) {
            (true, "firstOption") => self.told.map_or(grace, |told| told.min(grace)),
            (true, _) => return,
            (false, _) => self.told.unwrap_or(i64::MAX),
        };
        self.latest = self.latest.map(|latest| latest.max(until));
    }

    /// A line that has not ended: it is over by now, or its day has not come, or there is a notice to send.
    fn standing(
        &self,
        name: &Name,
        notice: Option<&Seen>,
        today: i64,
        now: Instant,
        engine: &Engine,
        held: &mut Held,
    ) -> Result<(), &'static str> {
        if self.latest.is_none_or(|latest| today <= latest) {
            return Ok(());
        }
        held.standing += 1;
        let order = engine.order(&name.0, now);
        let line = order.iter().flat_map(|order| &order.lines).find(|line| line.line == name.1);
        let open = line.is_some_and(|line| line.allocated + line.backordered > 0);
        let to_send = notice.is_some_and(|notice| matches!(notice.state, "due" | "overdue"));
        match open {
            true if self.is_ftc => Err("kept unshipped past its day"),
            true if !to_send => {
                Err("kept unshipped past the day that its customer knows, with nothing to tell")
            }
            _ => Ok(()),
        }
    }

    /// A line that was cancelled: paid back, or to be paid back by the day that the rule says.
    fn refund(&self, notice: Option<&Seen>, today: i64, held: &mut Held) -> Result<(), &'static str> {
        let (Some(ended), Some(notice)) = (self.ended, notice) else {
            return Err("cancelled, and nothing is said of it");
        };
        held.refunds += 1;
        if !self.refund_told {
            return Err("cancelled, and no event says to pay back");
        }
        // Seven working days are nine days at least, and with holidays not more than thirteen.
        let by = notice.refund_by;
        let in_time = by.is_some_and(|by| (ended + 9..=ended + 13).contains(&by));
        match self.is_ftc {
            true if !in_time => Err("to be paid back on another day than the rule says"),
            false if by.is_some() => Err("to be paid back by a day that no rule says"),
            _ if self.refunded != (notice.state == "refunded") => {
                Err("paid back, or not, and the list says otherwise")
            }
            _ if !self.refunded && by.is_some_and(|by| today > by) && notice.state != "overdue" => {
                Err("not paid back in time, and the list does not say so")
            }
            _ => Ok(()),
        }
    }
}
