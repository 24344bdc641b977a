//! What the customer of one line was told and answered, in order; what holds now is found by going through all
//! of it.

use super::days::Clock;
use super::regimes::{DayNumber, Regime};
use backorder::estimate::civil::iso_date;
use backorder::model::calendar::Zone;
use backorder::model::command::Until;
use backorder::model::outcome::Reason;
use backorder::model::units::{Instant, MAX_SAFE};

/// A line that a regime is about.
#[derive(Clone, Debug)]
pub struct Care {
    pub regime: Regime,
    pub zone: Zone,
    pub on_credit: bool,
    /// The last day on which it complies without a delay.
    pub complies_until: DayNumber,
    pub happened: Vec<Fact>,
    /// The notice that is to be sent.
    pub unsent: Option<Notice>,
    /// The one that was sent last, or that the line ended with.
    pub last: Option<Notice>,
    pub ended: Option<End>,
}

/// What the customer was told, or said.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
    /// Of this day; and not to answer is to agree to it, or not.
    Told {
        of: Until,
        silence_agrees: bool,
    },
    Agreed {
        to: Until,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Shipped,
    Cancelled,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub number: u64,
    pub kind: &'static str,
    pub revised: Option<Until>,
    pub due: DayNumber,
    pub silence: &'static str,
    pub cancels_on: Option<DayNumber>,
    pub refund_by: Option<DayNumber>,
    pub state: &'static str,
}

pub(super) fn until(day: DayNumber) -> Until {
    Until::Day(day as u32)
}

pub(super) fn shown(day: DayNumber) -> String {
    iso_date(day as u32)
}

impl Care {
    pub(super) fn new(
        regime: Regime,
        zone: Zone,
        on_credit: bool,
        stated: Option<u32>,
        today: DayNumber,
    ) -> Self {
        let period = if on_credit { "creditPeriodDays" } else { "periodDays" };
        let complies_until = stated.map_or(today + regime.number(period), DayNumber::from);
        let (happened, unsent, last, ended) = Default::default();
        Care { regime, zone, on_credit, complies_until, happened, unsent, last, ended }
    }

    pub(super) fn clock(&self) -> Clock {
        Clock::of(&self.zone)
    }

    pub(super) fn today(&self, at: Instant) -> DayNumber {
        self.clock().day(at) as DayNumber
    }

    pub(super) fn end_of(&self, day: DayNumber) -> Option<Instant> {
        let end = Instant::try_from(self.clock().start(i128::from(day) + 1)).ok();
        end.filter(|&end| end <= MAX_SAFE)
    }

    /// What was agreed to, by order, by answers, or by silence.
    pub(super) fn agreed(&self) -> Until {
        let agreed = self.happened.iter().filter_map(|fact| match *fact {
            Fact::Told { of, silence_agrees } => silence_agrees.then_some(of),
            Fact::Agreed { to } => Some(to),
        });
        agreed.fold(until(self.complies_until), Until::max)
    }

    /// The day that the customer heard last, or had a say in.
    pub(super) fn told(&self) -> Until {
        match self.happened.last() {
            None => until(self.complies_until),
            Some(Fact::Told { of, .. }) => *of,
            Some(Fact::Agreed { .. }) => self.agreed(),
        }
    }

    pub(super) fn known(&self) -> Until {
        self.agreed().max(self.told())
    }

    /// A choice is open that silence makes by ending the order.
    pub(super) fn must_be_answered(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.state == "sent" && last.silence == "cancels")
    }

    /// The last day on which the line stands if nobody does anything.
    pub(super) fn stands_until(&self) -> Option<DayNumber> {
        match self.agreed() {
            _ if self.must_be_answered() => self.last.as_ref()?.cancels_on,
            Until::Day(day) if self.regime.says("lapses", true) => Some(day.into()),
            _ => None,
        }
    }

    /// The next day whose end does something.
    pub(super) fn next_day(&self) -> Option<DayNumber> {
        let is_due = |notice: &&Notice| notice.state == "due";
        match (self.ended, &self.unsent, self.known()) {
            (Some(_), ..) => {
                let last = self.last.as_ref().filter(|last| !matches!(last.state, "refunded" | "overdue"))?;
                let due = Some(last).filter(is_due).map(|last| last.due);
                last.refund_by.into_iter().chain(due).min()
            }
            (None, Some(unsent), _) => {
                let due = Some(unsent).filter(is_due).map(|unsent| unsent.due);
                self.stands_until().into_iter().chain(due).min()
            }
            (None, None, Until::Day(known)) if !self.must_be_answered() => {
                self.stands_until().into_iter().chain([known.into()]).min()
            }
            _ => self.stands_until(),
        }
    }

    pub(super) fn cancellation(day: DayNumber, number: u64) -> Notice {
        let (kind, silence, state) = ("cancellation", "nothing", "cancelled");
        Notice { number, kind, revised: None, due: day, silence, cancels_on: None, refund_by: None, state }
    }

    pub(super) fn end(&mut self, notice: Notice, stood_until: DayNumber, vested: DayNumber) {
        let refund_by = self.regime.refund_by(vested, self.on_credit);
        self.last = Some(Notice { cancels_on: Some(stood_until), refund_by, state: "cancelled", ..notice });
        (self.unsent, self.ended) = (None, Some(End::Cancelled));
    }

    /// Holds when the line is expected against what its customer knows. The answer is whether there is
    /// another notice to send.
    pub(super) fn look(&mut self, expected: Until, today: DayNumber, number: u64) -> bool {
        if self.must_be_answered() || expected <= self.known() {
            self.unsent = None;
            return false;
        }
        if self.unsent.as_ref().is_some_and(|unsent| unsent.revised == Some(expected)) {
            return false;
        }
        let first = self.last.is_none();
        let answer_by = self.complies_until + self.regime.number("delayDays");
        let silence = self.regime.silence(match first {
            true if expected <= until(answer_by) => "short",
            true => "long",
            false => "renewed",
        });
        let offers = ["short", "long", "renewed"].into_iter().any(|key| self.regime.word(key) != "nothing");
        let day = |of: Until| match of {
            Until::Day(day) => DayNumber::from(day),
            Until::Indefinite => today,
        };
        let (agreed, told) = (day(self.agreed()), day(self.told()));
        let due = if agreed >= today { agreed } else { told.max(today) };
        let (due, state) = self.unsent.as_ref().map_or((due, "due"), |unsent| (unsent.due, unsent.state));
        self.unsent = Some(Notice {
            number,
            kind: match first {
                _ if !offers => "newDate",
                true => "firstOption",
                false => "renewedOption",
            },
            revised: Some(expected),
            due,
            silence,
            cancels_on: (silence == "cancels").then_some(if first { answer_by } else { agreed }),
            refund_by: None,
            state,
        });
        true
    }

    /// It was sent, if it was one.
    pub(super) fn sent(&mut self, offers_choice: bool, gives_reason: bool) -> bool {
        let of = self.unsent.as_ref().and_then(|unsent| unsent.revised).unwrap_or(Until::Indefinite);
        let lacks_choice = self.regime.says("needsChoice", true) && !offers_choice;
        let lacks_reason = self.regime.says("needsReason", true) && of == Until::Indefinite && !gives_reason;
        if lacks_choice || lacks_reason {
            return false;
        }
        let unsent = self.unsent.take();
        let silence_agrees = unsent.as_ref().is_some_and(|unsent| unsent.silence == "consents");
        self.happened.push(Fact::Told { of, silence_agrees });
        self.last = unsent.map(|unsent| Notice { state: "sent", ..unsent });
        true
    }

    /// The customer agrees to wait.
    pub(super) fn consent(&mut self, to: Option<Until>, today: DayNumber) -> Result<(), Reason> {
        if self.ended.is_some() {
            return Err(Reason::NoticeClosed);
        }
        let last = self.last.clone().ok_or(Reason::NothingDue)?;
        let answered = last.state == "consented";
        let asked = last.revised.filter(|_| !answered);
        let to = to.or(asked).ok_or(Reason::NothingDue)?;
        // To what silence would agree to, one may say yes all the same.
        let unsaid = !answered && last.silence == "consents";
        let had = if unsaid { until(self.complies_until) } else { self.agreed() };
        if to <= had || to < until(today) {
            return Err(Reason::NothingDue);
        }
        self.happened.push(Fact::Agreed { to });
        let revised = Some(self.agreed());
        self.last = Some(Notice { revised, cancels_on: None, state: "consented", ..last });
        // What was to be sent had the day that was agreed to before.
        self.unsent = None;
        Ok(())
    }
}
