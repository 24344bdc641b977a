//! The one state machine, which a line's [`Terms`] drive.
//!
//! A course knows three days: the last on which the line complies (T in the rules), the one that the customer
//! has agreed to, and the one that the customer was told last. When the line is expected after the two of
//! these, a notice is due; while a choice that silence cancels is open, none is. The decision tables A and B
//! that it follows are restated, flat, in its tests.

use super::terms::{Payment, Silence, Terms};
pub use crate::model::command::Until;
use crate::model::units::Day;

/// What a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NoticeKind {
    /// The first offer to wait or cancel.
    FirstOption,
    /// Any later one.
    RenewedOption,
    /// The order has ended without the customer's doing.
    Cancellation,
    /// A later day, which leaves the customer's rights as they are.
    NewDate,
}

/// What has become of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NoticeState {
    /// It is to be sent.
    Due,
    /// It was sent as it must be.
    Sent,
    /// The customer agreed.
    Consented,
    /// The order has ended, and is to be paid back.
    Cancelled,
    /// It was paid back.
    Refunded,
    /// It was not sent by its day, or the refund was not.
    Overdue,
}

/// A notice, or what stands in for one where an order ended without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which one it is: chosen by the caller.
    pub number: u32,
    /// What it is.
    pub kind: NoticeKind,
    /// Until when the line is delayed; of a notice that was answered, what was agreed to. `None` of a cancellation.
    pub revised: Option<Until>,
    /// The last day on which sending it complies.
    pub due: Day,
    /// What not answering means.
    pub silence: Silence,
    /// Where silence cancels, or the order has ended: the last day on which the order stands.
    pub cancels_on: Option<Day>,
    /// Once the order has ended: the last day on which to pay back, where one is set.
    pub refund_by: Option<Day>,
    /// What has become of it.
    pub state: NoticeState,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// It has not wholly shipped.
    Open,
    /// It has.
    Shipped,
    /// It will not.
    Cancelled,
}

/// One line's way through its regime. The same [`Terms`] go into every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// The last day on which it complies without a delay.
    pub complies_until: Day,
    /// What the customer has agreed to, by order, answer or silence.
    pub agreed: Until,
    /// What the customer was told last.
    pub told: Until,
    /// When the line is expected.
    pub expected: Until,
    /// Whether the periods are those of seller's credit.
    pub payment: Payment,
    /// Where the line stands.
    pub phase: Phase,
    /// The notice that was sent last, or that the line ended with.
    pub standing: Option<Notice>,
    /// The notice that is to be sent.
    pub unsent: Option<Notice>,
}

/// What a step has done to the notice that is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    Same,
    /// There is another, with the number that was given.
    Due,
    /// There is none any more.
    Withdrawn,
}

/// Why a step is not taken. The course is then as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The notice was sent, replaced or withdrawn, or the line has ended.
    NoticeClosed,
    /// There is nothing to answer or to pay back.
    NothingDue,
}

/// What the end of a day has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayEnd {
    /// The line is deemed cancelled.
    DeemedCancelled,
    /// The notice that is to be sent is late.
    NoticeOverdue,
    /// The refund is late.
    RefundOverdue,
    /// The day that the customer knew is over, and there is another to tell.
    Missed,
}

impl Course {
    /// A line that was ordered, or whose order was complete, on this day.
    pub fn new(terms: &Terms, ordered: Day, stated: Option<Day>, payment: Payment) -> Course {
        let day = terms.complies_until(ordered, stated, payment);
        Course {
            complies_until: day,
            agreed: Until::Day(day),
            told: Until::Day(day),
            expected: Until::Day(day),
            payment,
            phase: Phase::Open,
            standing: None,
            unsent: None,
        }
    }

    /// The line is now expected then. A notice that this makes due has this number.
    pub fn expect(&mut self, terms: &Terms, expected: Until, today: Day, number: u32) -> News {
        self.expected = expected;
        self.review(terms, today, number)
    }

    /// The notice was sent. Whether it was one: without the choice to cancel, or without a reason where the
    /// length is unknown, it is as good as not sent where the terms ask for these.
    pub fn sent(
        &mut self,
        terms: &Terms,
        number: u32,
        offers_choice: bool,
        gives_reason: bool,
    ) -> Result<bool, Refusal> {
        if let Some(cancellation) = self.standing.as_mut().filter(|notice| notice.number == number)
            && cancellation.kind == NoticeKind::Cancellation
            && cancellation.state == NoticeState::Due
        {
            cancellation.state = NoticeState::Sent;
            return Ok(true);
        }
        let unsent = self.unsent.filter(|notice| notice.number == number);
        let mut notice = unsent.ok_or(Refusal::NoticeClosed)?;
        let revised = notice.revised.unwrap_or(self.agreed);
        let lacks_choice = terms.needs_choice && !offers_choice;
        let lacks_reason = terms.needs_reason && revised == Until::Indefinite && !gives_reason;
        if lacks_choice || lacks_reason {
            return Ok(false);
        }
        notice.state = NoticeState::Sent;
        (self.standing, self.unsent) = (Some(notice), None);
        self.told = revised;
        if notice.silence == Silence::Consents {
            self.agreed = self.agreed.max(revised);
        }
        Ok(true)
    }

    /// The customer agrees to wait until then, or as long as the last notice says. What was agreed to stays:
    /// a day that is not later adds nothing.
    pub fn consent(
        &mut self,
        terms: &Terms,
        until: Option<Until>,
        today: Day,
        number: u32,
    ) -> Result<News, Refusal> {
        if self.phase != Phase::Open {
            return Err(Refusal::NoticeClosed);
        }
        let mut notice = self.standing.ok_or(Refusal::NothingDue)?;
        let answered = notice.state == NoticeState::Consented;
        let until = match (until, notice.revised) {
            (Some(until), _) => until,
            (None, Some(revised)) if !answered => revised,
            _ => return Err(Refusal::NothingDue),
        };
        // To what silence would agree to, the customer may say yes all the same.
        let silence_agrees = notice.silence == Silence::Consents && !answered;
        let has_agreed = if silence_agrees { Until::Day(self.complies_until) } else { self.agreed };
        if until <= has_agreed || until < Until::Day(today) {
            return Err(Refusal::NothingDue);
        }
        self.agreed = self.agreed.max(until);
        self.told = self.agreed;
        notice.revised = Some(self.agreed);
        notice.cancels_on = None;
        notice.state = NoticeState::Consented;
        self.standing = Some(notice);
        // A notice that is to be sent had the day that was agreed to before.
        let had = self.unsent.take().is_some();
        match self.review(terms, today, number) {
            News::Same if had => Ok(News::Withdrawn),
            news => Ok(news),
        }
    }

    /// The customer cancels, which is possible from the first notice that was sent until the line has shipped.
    pub fn cancel_by_buyer(&mut self, terms: &Terms, today: Day) -> Result<(), Refusal> {
        if self.phase != Phase::Open {
            return Err(Refusal::NoticeClosed);
        }
        let notice = self.standing.ok_or(Refusal::NothingDue)?;
        self.end(terms, notice, today, today);
        Ok(())
    }

    /// The seller will not ship, of which a notice with this number is due.
    pub fn cancel_by_seller(&mut self, terms: &Terms, today: Day, number: u32) -> News {
        if self.phase != Phase::Open {
            return News::Same;
        }
        self.end(terms, cancellation(today, number), today, today);
        if let Some(notice) = &mut self.standing {
            notice.due = notice.refund_by.unwrap_or(today);
            notice.state = NoticeState::Due;
        }
        News::Due
    }

    /// The last unit has shipped.
    pub fn ship(&mut self) -> News {
        if self.phase != Phase::Open {
            return News::Same;
        }
        self.phase = Phase::Shipped;
        self.standing = None;
        if self.unsent.take().is_some() { News::Withdrawn } else { News::Same }
    }

    /// What was paid for it has been paid back.
    pub fn refunded(&mut self) -> Result<(), Refusal> {
        match &mut self.standing {
            Some(notice) if self.phase == Phase::Cancelled => {
                if notice.state == NoticeState::Refunded {
                    return Err(Refusal::NoticeClosed);
                }
                notice.state = NoticeState::Refunded;
                Ok(())
            }
            _ => Err(Refusal::NothingDue),
        }
    }

    /// The earliest day whose end brings something about, if nothing else happens.
    pub fn next_day_end(&self, terms: &Terms) -> Option<Day> {
        if self.phase == Phase::Open {
            let due = match (self.unsent, self.agreed.max(self.told)) {
                (Some(notice), _) => (notice.state == NoticeState::Due).then_some(notice.due),
                (None, Until::Day(known)) if !self.must_be_answered() => Some(known),
                _ => None,
            };
            return earlier(self.lapses_on(terms), due);
        }
        let unpaid = |notice: &Notice| !matches!(notice.state, NoticeState::Refunded | NoticeState::Overdue);
        let notice = self.standing.filter(unpaid)?;
        let unsent = (notice.state == NoticeState::Due).then_some(notice.due);
        earlier(notice.refund_by, unsent)
    }

    /// Brings about, today, what the end of this day does, which is that of [`Course::next_day_end`]. What a line
    /// ends with that was never told of anything has this number, and so has a notice that this makes due.
    pub fn day_ended(&mut self, terms: &Terms, day: Day, today: Day, number: u32) -> DayEnd {
        if self.phase == Phase::Open && self.lapses_on(terms) == Some(day) {
            let notice = self.unsent.or(self.standing).unwrap_or(cancellation(day, number));
            self.end(terms, notice, day, day.saturating_add(terms.vesting_days));
            return DayEnd::DeemedCancelled;
        }
        let notice = if self.phase == Phase::Open { &mut self.unsent } else { &mut self.standing };
        if let Some(notice) = notice {
            notice.state = NoticeState::Overdue;
            let refund = notice.refund_by == Some(day);
            return if refund { DayEnd::RefundOverdue } else { DayEnd::NoticeOverdue };
        }
        self.expect(terms, self.expected.max(Until::Day(today)), today, number);
        DayEnd::Missed
    }

    /// What there is to show: the notice that is to be sent, else the last.
    pub fn notice(&self) -> Option<Notice> {
        self.unsent.or(self.standing)
    }

    /// Whether the customer has a choice that silence makes by ending the order.
    pub fn must_be_answered(&self) -> bool {
        self.standing
            .is_some_and(|notice| notice.state == NoticeState::Sent && notice.silence == Silence::Cancels)
    }

    /// The last day on which the line stands if nothing else happens.
    fn lapses_on(&self, terms: &Terms) -> Option<Day> {
        if self.must_be_answered() {
            return self.standing?.cancels_on;
        }
        match self.agreed {
            Until::Day(day) if terms.lapses => Some(day),
            _ => None,
        }
    }

    /// Makes, replaces or withdraws the notice that is to be sent.
    fn review(&mut self, terms: &Terms, today: Day, number: u32) -> News {
        let late = self.expected > self.agreed.max(self.told);
        if self.phase != Phase::Open || self.must_be_answered() || !late {
            return if self.unsent.take().is_some() { News::Withdrawn } else { News::Same };
        }
        if self.unsent.is_some_and(|notice| notice.revised == Some(self.expected)) {
            return News::Same;
        }
        let mut notice = self.draft(terms, today, number);
        if let Some(replaced) = self.unsent {
            (notice.due, notice.state) = (replaced.due, replaced.state);
        }
        self.unsent = Some(notice);
        News::Due
    }

    fn draft(&self, terms: &Terms, today: Day, number: u32) -> Notice {
        let first = self.standing.is_none();
        let answer_by = self.complies_until.saturating_add(terms.delay_days);
        let agreed = match self.agreed {
            Until::Day(day) => day,
            Until::Indefinite => today,
        };
        let (silence, cancels_on) = if !first {
            (terms.renewed, agreed)
        } else if self.expected <= Until::Day(answer_by) {
            (terms.short, answer_by)
        } else {
            (terms.long, answer_by)
        };
        // Where the customer was told of a later day than was agreed to, and this has passed, it is the one
        // to be told before.
        let told = match self.told {
            Until::Day(day) => day.max(today),
            Until::Indefinite => today,
        };
        let kind = match (terms.offers_options(), first) {
            (false, _) => NoticeKind::NewDate,
            (true, true) => NoticeKind::FirstOption,
            (true, false) => NoticeKind::RenewedOption,
        };
        Notice {
            number,
            kind,
            revised: Some(self.expected),
            due: if agreed >= today { agreed } else { told },
            silence,
            cancels_on: (silence == Silence::Cancels).then_some(cancels_on),
            refund_by: None,
            state: NoticeState::Due,
        }
    }

    /// The line ends: it stood until one day, and the right to a refund vested on another.
    fn end(&mut self, terms: &Terms, mut notice: Notice, stood_until: Day, vested: Day) {
        notice.cancels_on = Some(stood_until);
        notice.refund_by = terms.refund_by(vested, self.payment);
        notice.state = NoticeState::Cancelled;
        self.phase = Phase::Cancelled;
        (self.standing, self.unsent) = (Some(notice), None);
    }
}

fn cancellation(day: Day, number: u32) -> Notice {
    Notice {
        number,
        kind: NoticeKind::Cancellation,
        revised: None,
        due: day,
        silence: Silence::Nothing,
        cancels_on: None,
        refund_by: None,
        state: NoticeState::Cancelled,
    }
}

fn earlier(one: Option<Day>, other: Option<Day>) -> Option<Day> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
