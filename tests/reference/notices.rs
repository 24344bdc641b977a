//! What customers are told of delays (rules §14, docs/LAW.md): when each line is looked at, what is told then, and
//! what is done with what they answer.

use super::care::{Care, End, Notice, shown, until};
use super::dates::Seen;
use super::days::Clock;
use super::events::About;
use super::records::Place;
use super::regimes::{DayNumber, Regime};
use super::{Refusal, Shop, Touched, refuse};
use backorder::estimate::civil::iso_date;
use backorder::model::command::{Answer, CommandKind, Fulfilment, NoticeSettings, Payment, Until};
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::units::Instant;
use backorder::model::view::{NoticeId, NoticeView};

impl Shop {
    fn care(&self, demand: usize, line: usize) -> Option<&Care> {
        self.line(demand, line).care.as_ref()
    }

    fn care_mut(&mut self, demand: usize, line: usize) -> Option<&mut Care> {
        self.demands[demand].lines[line].care.as_mut()
    }

    fn lines_with_care(&self) -> Vec<(usize, usize)> {
        let lines = |demand: usize| (0..self.demands[demand].lines.len()).map(move |line| (demand, line));
        let all = (0..self.demands.len()).flat_map(lines);
        all.filter(|&(demand, line)| self.care(demand, line).is_some()).collect()
    }

    /// A regime that is not defined, and a stated day that is over where the buyer is.
    pub(super) fn check_regime(
        &self,
        settings: Option<&NoticeSettings>,
        now: Instant,
    ) -> Result<(), Refusal> {
        let named = settings.and_then(|settings| Some((settings, settings.regime?)));
        let Some((settings, name)) = named.filter(|(_, name)| *name != "none") else { return Ok(()) };
        if Regime::named(&self.regimes, name).is_none() {
            return refuse(Reason::ConflictingSettings, "regime");
        }
        let today = Clock::of(&settings.buyer_zone.clone().unwrap_or_default()).day(now);
        if settings.stated_ship_by.is_some_and(|stated| i128::from(stated) < today) {
            return refuse(Reason::ConflictingSettings, "statedShipBy");
        }
        Ok(())
    }

    /// An order has come to be, which may name a regime.
    pub(super) fn follow(&mut self, order: &str, settings: Option<&NoticeSettings>, now: Instant) {
        let Ok(demand) = self.order_index(order) else { return };
        let regime = settings.and_then(|settings| Regime::named(&self.regimes, settings.regime?));
        let (Some(settings), Some(regime)) = (settings, regime) else { return };
        let zone = settings.buyer_zone.clone().unwrap_or_default();
        let today = Clock::of(&zone).day(now) as DayNumber;
        let on_credit = settings.payment == Payment::SellerCredit;
        let care = Care::new(regime, zone, on_credit, settings.stated_ship_by, today);
        for line in 0..self.demands[demand].lines.len() {
            self.demands[demand].lines[line].care = Some(care.clone());
            self.to_be_told.lines.push((demand, line));
        }
    }

    /// When a line is expected, by the calendar of its buyer.
    fn expected(&self, demand: usize, line: usize, at: Instant) -> Option<Until> {
        let care = self.care(demand, line)?;
        let day = |sent: Option<Instant>| match sent {
            None => Until::Indefinite,
            Some(sent) => until(care.today(self.counts_at(demand, line, sent))),
        };
        let (known, today) = (care.known(), until(care.today(at)));
        let promised = day(self.line(demand, line).promise.map(|promise| promise.date));
        let date = || day(Seen::of(self, at).date_to_hold(demand, line).date);
        // The day that the customer knows is over: today at the earliest, as it was said first.
        if known < today {
            let expected = if promised > known { promised } else { date() };
            let said = care.unsent.as_ref().and_then(|unsent| unsent.revised);
            return Some(expected.max(said.map_or(today, |said| said.min(today))));
        }
        // A date that is early enough withdraws a promise that is not. Whose order ships whole has none alone.
        let own = self.demands[demand].shipping.fulfilment != Fulfilment::Order;
        let eased = promised > known && own && date() <= known;
        Some(if eased { date() } else { promised })
    }

    /// When what is sent has done what the regime counts: the last of its places decides, and where it is not
    /// known how long it takes from there, that it was sent.
    fn counts_at(&self, demand: usize, line: usize, sent: Instant) -> Instant {
        let counts = self.care(demand, line).map_or("", |care| care.regime.word("counts"));
        let (Some(to), "delivery") = (&self.demands[demand].ship_to, counts) else { return sent };
        let parts = self.line(demand, line).parts.iter();
        let there = parts.map(|part| self.arrives(&part.location, to, sent).unwrap_or(sent));
        there.max().unwrap_or(sent)
    }

    fn look(&mut self, demand: usize, line: usize, at: Instant) -> bool {
        let (Some(expected), number) = (self.expected(demand, line, at), self.notices_made + 1) else {
            return false;
        };
        let another = self.care_mut(demand, line).is_some_and(|care| {
            let today = care.today(at);
            care.look(expected, today, number)
        });
        self.notices_made += u64::from(another);
        another
    }

    /// After a command, and after what fell due: each line that it changed, or that stands where it changed
    /// something, is looked at once. New demand makes no date better, by which a notice would be withdrawn.
    pub(super) fn review_notices(&mut self, at: Instant) {
        let ToBeTold { lines, places } = std::mem::take(&mut self.to_be_told);
        let new_demand = matches!(self.cause.command, CommandKind::PlaceOrder | CommandKind::HoldStock);
        for (demand, line) in self.lines_with_care() {
            let Some(care) = self.care(demand, line) else { continue };
            let (ended, today) = (care.ended, care.today(at));
            let closed = self.line(demand, line).is_closed();
            if closed && ended.is_none() {
                self.note_end(demand, line, today, at);
                continue;
            }
            if closed || ended == Some(End::Cancelled) {
                continue;
            }
            if ended == Some(End::Shipped) {
                // What was added to it is new.
                let anew = Care::new(care.regime.clone(), care.zone.clone(), care.on_credit, None, today);
                self.demands[demand].lines[line].care = Some(anew);
            } else if self.ends_at(demand, line).is_some_and(|ends| ends <= at) {
                // It is looked at when its day ends, which is now.
                continue;
            }
            let unsent = self.care(demand, line).is_some_and(|care| care.unsent.is_some());
            // The dates of an order that ships whole hang on all of its lines' places: its promises alone count.
            let own = self.demands[demand].shipping.fulfilment != Fulfilment::Order;
            let here = || self.places_of(demand, line).iter().any(|place| places.contains(place));
            let meant = ended.is_some() || lines.contains(&(demand, line));
            if (meant || own && !(new_demand && unsent) && here()) && self.look(demand, line, at) {
                self.tell_notice(EventKind::NoticeDue, demand, line, at);
            }
        }
    }

    /// Nothing is left of a line: it has shipped, or its seller has cancelled.
    fn note_end(&mut self, demand: usize, line: usize, today: DayNumber, at: Instant) {
        let cancelled = self.line(demand, line).cancelled > 0;
        let number = self.notices_made + 1;
        let Some(care) = self.care_mut(demand, line) else { return };
        if !cancelled {
            (care.ended, care.unsent, care.last) = (Some(End::Shipped), None, None);
            return;
        }
        care.end(Care::cancellation(today, number), today, today);
        if let Some(last) = &mut care.last {
            (last.due, last.state) = (last.refund_by.unwrap_or(today), "due");
        }
        self.notices_made = number;
        self.tell_notice(EventKind::NoticeDue, demand, line, at);
        self.tell_notice(EventKind::RefundDue, demand, line, at);
    }

    /// When the next day ends that something of a line ends with; it may be over already.
    pub(super) fn ends_at(&self, demand: usize, line: usize) -> Option<Instant> {
        let care = self.care(demand, line)?;
        Some(care.end_of(care.next_day()?)?.max(self.last_instant))
    }

    /// A day ends, and with it what the customer had to decide, or the seller to do.
    pub(super) fn notice_day_ends(&mut self, demand: usize, line: usize, at: Instant) -> Touched {
        let number = self.notices_made + 1;
        let Some(care) = self.care_mut(demand, line) else { return Touched::default() };
        let (Some(day), open) = (care.next_day(), care.ended.is_none()) else { return Touched::default() };
        if open && care.stands_until() == Some(day) {
            let vested = day + care.regime.number("vestingDays");
            let told = care.unsent.clone().or(care.last.clone());
            let none = told.is_none();
            care.end(told.unwrap_or(Care::cancellation(day, number)), day, vested);
            self.notices_made += u64::from(none);
            self.tell_notice(EventKind::OrderDeemedCancelled, demand, line, at);
            self.tell_notice(EventKind::RefundDue, demand, line, at);
            return self.end_lines(demand, vec![line], at);
        }
        if open {
            let late = care.unsent.as_mut().map(|unsent| unsent.state = "overdue").is_some();
            let another = self.look(demand, line, at);
            let is_any = self.care(demand, line).is_some_and(|care| care.unsent.is_some());
            if is_any && (late || another) {
                self.tell_notice(EventKind::NoticeDue, demand, line, at);
            }
        } else if let Some(last) = &mut care.last {
            last.state = "overdue";
            let refund = last.refund_by == Some(day);
            let kind = if refund { EventKind::RefundDue } else { EventKind::NoticeDue };
            self.tell_notice(kind, demand, line, at);
        }
        Touched::default()
    }

    /// An event about a line's notice, until the end of the day by which something is to be done.
    fn tell_notice(&mut self, kind: EventKind, demand: usize, line: usize, at: Instant) {
        let Some(care) = self.care(demand, line) else { return };
        let Some(notice) = care.unsent.as_ref().or(care.last.as_ref()) else { return };
        let to = match kind {
            EventKind::NoticeDue => Some(care.end_of(notice.due)),
            EventKind::RefundDue => Some(notice.refund_by.and_then(|day| care.end_of(day))),
            _ => None,
        };
        let about = About { notice: Some(notice.number), to, ..self.about_line(demand, line) };
        self.tell(at, kind, about);
    }

    pub(super) fn notice_sent(
        &mut self,
        id: &str,
        (choice, reason): (bool, bool),
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let number = (1..=self.notices_made).find(|number| format!("N{number}") == id);
        let Some(number) = number else { return refuse(Reason::UnknownNotice, "notice") };
        for (demand, line) in self.lines_with_care() {
            let Some(care) = self.care_mut(demand, line) else { continue };
            if care.unsent.as_ref().is_some_and(|unsent| unsent.number == number) {
                if care.sent(choice, reason) && self.look(demand, line, now) {
                    self.tell_notice(EventKind::NoticeDue, demand, line, now);
                }
                return Ok(Touched::default());
            }
            let due = |last: &&mut Notice| last.number == number && last.state == "due";
            if let Some(last) = care.last.as_mut().filter(due) {
                last.state = "sent";
                return Ok(Touched::default());
            }
        }
        refuse(Reason::NoticeClosed, "notice")
    }

    /// Does with the line that is named, or with all of the order with which it can be done, what `step` does.
    /// The answer is the order, and with which of its lines it was done.
    fn with_lines(
        &mut self,
        order: &str,
        named: Option<&str>,
        step: impl Fn(&mut Care) -> Result<(), Reason>,
    ) -> Result<(usize, Vec<usize>), Refusal> {
        let demand = self.order_index(order)?;
        let lines = match named {
            Some(name) => vec![self.line_index(demand, name, "line")?],
            None => (0..self.demands[demand].lines.len()).collect(),
        };
        let (mut done, mut closed) = (Vec::new(), false);
        for line in lines {
            match self.care_mut(demand, line).map(&step) {
                Some(Ok(())) => done.push(line),
                Some(Err(reason)) => closed |= reason == Reason::NoticeClosed,
                None => {}
            }
        }
        if done.is_empty() {
            let reason = if closed { Reason::NoticeClosed } else { Reason::NothingDue };
            return refuse(reason, if named.is_some() { "line" } else { "order" });
        }
        Ok((demand, done))
    }

    pub(super) fn respond(
        &mut self,
        (order, line): (&str, Option<&str>),
        answer: Answer,
        to: Option<Until>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        if answer == Answer::Consent {
            let consent = |care: &mut Care| care.consent(to, care.today(now));
            let (demand, lines) = self.with_lines(order, line, consent)?;
            for line in lines {
                if self.look(demand, line, now) {
                    self.tell_notice(EventKind::NoticeDue, demand, line, now);
                }
            }
            return Ok(Touched::default());
        }
        let cancel = |care: &mut Care| {
            if care.ended.is_some() {
                return Err(Reason::NoticeClosed);
            }
            let last = care.last.clone().ok_or(Reason::NothingDue)?;
            let today = care.today(now);
            care.end(last, today, today);
            Ok(())
        };
        let (demand, lines) = self.with_lines(order, line, cancel)?;
        for &line in &lines {
            self.tell_notice(EventKind::RefundDue, demand, line, now);
        }
        Ok(self.end_lines(demand, lines, now))
    }

    pub(super) fn refunded(&mut self, order: &str, line: Option<&str>) -> Result<Touched, Refusal> {
        let refund = |care: &mut Care| match &mut care.last {
            Some(last) if care.ended == Some(End::Cancelled) => {
                if last.state == "refunded" {
                    return Err(Reason::NoticeClosed);
                }
                last.state = "refunded";
                Ok(())
            }
            _ => Err(Reason::NothingDue),
        };
        self.with_lines(order, line, refund).map(|_| Touched::default())
    }

    /// Whether anything of an order is still to be paid back.
    pub(super) fn owes_refund(&self, demand: usize) -> bool {
        self.demands[demand].lines.iter().filter_map(|line| line.care.as_ref()).any(|care| {
            let paid = care.last.as_ref().is_some_and(|last| last.state == "refunded");
            care.ended == Some(End::Cancelled) && !paid
        })
    }

    /// What customers are to be told, or were told last, line by line.
    pub fn notices(&self) -> Vec<NoticeView<'_>> {
        let lines = self.lines_with_care().into_iter();
        lines.filter_map(|(demand, line)| self.notice_view(demand, line)).collect()
    }

    pub(super) fn notice_view(&self, demand: usize, line: usize) -> Option<NoticeView<'_>> {
        let care = self.care(demand, line)?;
        let notice = care.unsent.as_ref().or(care.last.as_ref())?;
        Some(NoticeView {
            notice: NoticeId(notice.number),
            order: self.demands[demand].order.as_deref()?,
            line: &self.line(demand, line).id,
            kind: notice.kind,
            revised: notice.revised.map(|of| match of {
                Until::Day(day) => iso_date(day),
                Until::Indefinite => "indefinite".to_owned(),
            }),
            due: shown(notice.due),
            silence: match notice.silence {
                "consents" => Some("consent"),
                "cancels" => Some("cancels"),
                _ => None,
            },
            cancels_on: notice.cancels_on.map(shown),
            refund_by: notice.refund_by.map(shown),
            state: notice.state,
        })
    }
}

/// What a command gives cause to look at.
#[derive(Clone, Debug, Default)]
pub struct ToBeTold {
    /// Lines that it changed.
    pub lines: Vec<(usize, usize)>,
    /// Where it changed something.
    pub places: Vec<Place>,
}
