//! `defineRegime`, `noticeSent`, `respond` and `refunded` (rules §14).

use super::notices::{Regime, number_of};
use super::{Engine, refuse};
use crate::estimate::zone::LocalClock;
use crate::model::command::{Answer, NoticeSettings, RegimeValue, Until};
use crate::model::outcome::{Reason, Rejection};
use crate::model::settings::Change;
use crate::model::units::{Day, Instant};
use crate::notice::course::{Course, Refusal};
use crate::notice::settings;
use crate::notice::terms::Terms;
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    /// Refuses a regime that is not defined, and a stated day that is over where the buyer is.
    pub(crate) fn check_regime(
        &self,
        settings: Option<&NoticeSettings>,
        now: Instant,
    ) -> Result<(), Rejection> {
        let named = settings.and_then(|settings| Some((settings, settings.regime?)));
        let Some((settings, name)) = named.filter(|(_, name)| *name != "none") else { return Ok(()) };
        if self.terms_named(name).is_none() {
            let message = format!("there is no regime \"{name}\"; define it first");
            return Err(refuse(Reason::ConflictingSettings, "regime", message));
        }
        let clock = settings.buyer_zone.as_ref().map_or_else(LocalClock::utc, LocalClock::new);
        if settings.stated_ship_by.is_some_and(|day| day < clock.day(now)) {
            let message = "this day is over where the buyer is; state one that can be kept";
            return Err(refuse(Reason::ConflictingSettings, "statedShipBy", message));
        }
        Ok(())
    }

    pub(crate) fn define_regime(
        &mut self,
        name: &str,
        base: Option<&str>,
        change: &Change<Vec<(&str, RegimeValue)>>,
    ) {
        let notices = self.notices.get_or_insert_default();
        let place = notices.regimes.binary_search_by(|regime| regime.name.as_str().cmp(name));
        let known = place.ok().and_then(|place| notices.regimes.get(place));
        let own = settings::base(Some(name)).map(|_| name);
        let known_base = known.map_or(own, |regime| regime.base.as_deref());
        let base = base.or(known_base);
        // Another base, or null, begins anew.
        let same = base == known_base && *change != Some(None);
        let kept = known.filter(|_| same).map(|regime| regime.terms.clone());
        let mut terms = kept.or_else(|| settings::base(base)).unwrap_or(crate::notice::terms::DELIVERY);
        for (key, value) in change.iter().flatten().flatten() {
            terms.set(key, value);
        }
        let regime = Regime { name: name.into(), base: base.map(Into::into), terms };
        match place {
            Ok(place) => notices.regimes[place] = regime,
            Err(place) => notices.regimes.insert(place, regime),
        }
    }

    pub(crate) fn notice_sent(&mut self, id: &str, choice: bool, reason: bool) -> Result<(), Rejection> {
        let last = self.notices.as_ref().map_or(0, |notices| notices.last_number);
        let Some(number) = number_of(id).filter(|number| (1..=last).contains(number)) else {
            return Err(refuse(Reason::UnknownNotice, "notice", format!("there is no notice \"{id}\"")));
        };
        let line = self.notices.as_ref().and_then(|notices| notices.line_of(number));
        let Some((place, mut followed)) = line.and_then(|line| self.followed(line)) else {
            return Err(refused(Refusal::NoticeClosed, "notice"));
        };
        let sent = match self.followed_by(&followed) {
            Some((terms, ..)) => followed.course.sent(terms, number, choice, reason),
            None => Err(Refusal::NoticeClosed),
        };
        if sent.map_err(|refusal| refused(refusal, "notice"))? {
            // The day that it told of may be over.
            self.expect(&mut followed);
        }
        self.keep_course(place, followed);
        Ok(())
    }

    pub(crate) fn respond(
        &mut self,
        order: &str,
        line: Option<&str>,
        answer: Answer,
        until: Option<Until>,
    ) -> Result<(), Rejection> {
        let step = move |course: &mut Course, terms: &Terms, today: Day, number: u32| match answer {
            Answer::Consent => course.consent(terms, until, today, number).map(drop),
            Answer::Cancel => course.cancel_by_buyer(terms, today),
        };
        let (demand, lines) = self.take_step(order, line, &step)?;
        if answer == Answer::Cancel {
            self.cancel_lines(demand, &lines);
        }
        Ok(())
    }

    pub(crate) fn refunded(&mut self, order: &str, line: Option<&str>) -> Result<(), Rejection> {
        self.take_step(order, line, &|course, _, _, _| course.refunded()).map(drop)
    }

    /// Takes a step with a line of an order, or with every line with which it can be taken. Where that is none,
    /// a notice that is closed is the reason, if there is one. The answer is the order and those lines.
    fn take_step(
        &mut self,
        order: &str,
        name: Option<&str>,
        step: &Step,
    ) -> Result<(u32, Vec<u32>), Rejection> {
        let demand = self.find_order(order)?;
        let lines: Vec<u32> = match name {
            Some(name) => alloc::vec![self.find_line(demand, name, || "line".into())?],
            None => self.demands[demand as usize].lines().collect(),
        };
        let (mut taken, mut closed) = (Vec::new(), false);
        for line in lines {
            let Some((place, mut followed)) = self.followed(line) else { continue };
            let Some((terms, _, today, number)) = self.followed_by(&followed) else { continue };
            match step(&mut followed.course, terms, today, number) {
                Ok(()) => {
                    // What was agreed to may be late enough for when the line is expected.
                    self.expect(&mut followed);
                    self.keep_course(place, followed);
                    taken.push(line);
                }
                Err(refusal) => closed |= refusal == Refusal::NoticeClosed,
            }
        }
        if taken.is_empty() {
            let refusal = if closed { Refusal::NoticeClosed } else { Refusal::NothingDue };
            return Err(refused(refusal, if name.is_some() { "line" } else { "order" }));
        }
        Ok((demand, taken))
    }
}

/// What is done with a line's course, by its terms, today at its buyer's; a notice that this makes due has the number.
type Step = dyn Fn(&mut Course, &Terms, Day, u32) -> Result<(), Refusal>;

fn refused(refusal: Refusal, path: &str) -> Rejection {
    match refusal {
        Refusal::NoticeClosed => refuse(
            Reason::NoticeClosed,
            path,
            "this notice was sent, answered or replaced, or what it is about has ended",
        ),
        Refusal::NothingDue => {
            refuse(Reason::NothingDue, path, "no notice asks for this answer, and nothing is to be paid back")
        }
    }
}
