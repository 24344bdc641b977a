//! Orders with regimes, and what is told and answered of their delays, in histories that have none. What the
//! histories draw otherwise stays as it is.

use super::days::zone;
use super::names::{kept, name};
use super::{Random, Step};
use backorder::estimate::civil::iso_date;
use backorder::model::command::{Answer, Body, Command, NoticeSettings, Payment, RegimeValue, Until};
use backorder::model::settings::Change;
use backorder::model::units::{DAY_MS, Instant, day_of};
use std::collections::BTreeMap;

/// An order that names a regime, or might have.
#[derive(Clone)]
struct Placed {
    order: &'static str,
    /// At about this instant its day is over.
    ends_at: Instant,
}

struct Laws {
    random: Random,
    /// Regimes that are defined, and may be named.
    regimes: Vec<&'static str>,
    /// What an order says, so that a message that comes twice says the same.
    settings: BTreeMap<&'static str, Option<Box<NoticeSettings<'static>>>>,
    orders: Vec<Placed>,
    /// So many lines have a regime.
    lines: u64,
    /// In a hundred, commands after which something is told, answered or defined.
    often: u64,
    faults: u64,
}

/// The same history where orders have regimes.
pub fn with_laws(seed: u64, history: Vec<Step>) -> Vec<Step> {
    let mut random = Random::new(seed ^ 0x1a35);
    let (often, faults) = (random.pick(&[30, 60, 100]), random.pick(&[0, 2, 10]));
    let mut laws = Laws {
        random,
        regimes: vec!["ftc", "ftc", "eu", "uk"],
        settings: BTreeMap::new(),
        orders: Vec::new(),
        lines: 0,
        often,
        faults,
    };
    let mut told: Vec<Step> = Vec::with_capacity(2 * history.len());
    for _ in 0..laws.random.pick(&[0, 1, 1, 3]) {
        if let Some(step) = history.first() {
            told.push(Step { now: step.now, command: laws.define_regime().into() });
        }
    }
    let mut before: Instant = 0;
    for mut step in history {
        while laws.random.percent(laws.often / 2) {
            let now = laws.instant(before, step.now);
            told.push(Step { now, command: laws.command(now) });
            before = before.max(now);
        }
        laws.settle(&mut step);
        before = before.max(step.now);
        told.push(step);
    }
    told
}

impl Laws {
    /// What an order says of notices.
    fn settle(&mut self, step: &mut Step) {
        let (order, lines, told) = match &mut step.command.body {
            Body::PlaceOrder { order, lines, settings } => {
                (*order, lines.len() as u64, &mut settings.notices)
            }
            Body::ConfirmHold { order, notices, .. } => (*order, 1, notices),
            _ => return,
        };
        if !self.settings.contains_key(order) {
            let settings = self.settings_at(step.now);
            self.settings.insert(order, settings);
        }
        *told = self.settings[order].clone();
        self.lines += if told.is_some() { lines.min(5) } else { 0 };
        let stated = told.as_ref().and_then(|told| told.stated_ship_by);
        let days = stated
            .map_or(30 * DAY_MS, |day| u64::from(day + 1) * DAY_MS - step.now.min(u64::from(day) * DAY_MS));
        self.orders.push(Placed { order, ends_at: step.now.saturating_add(days) });
    }

    fn settings_at(&mut self, now: Instant) -> Option<Box<NoticeSettings<'static>>> {
        let regime = match self.random.below(20) {
            0 | 1 => None,
            2 if self.faults > 0 => Some("unheard-of"),
            _ => Some(self.random.pick(&self.regimes)),
        };
        let buyer_zone = self.random.percent(50).then(|| zone(&mut self.random, now));
        let stated = u64::from(day_of(now)) + self.random.pick(&[0, 1, 1, 2, 3, 5, 9, 40]);
        let stated = if self.random.percent(self.faults) { stated.saturating_sub(5) } else { stated };
        let settings = NoticeSettings {
            regime,
            stated_ship_by: self.random.percent(70).then_some(stated as u32),
            buyer_zone,
            payment: if self.random.percent(25) { Payment::SellerCredit } else { Payment::Card },
        };
        (settings != NoticeSettings::default()).then(|| Box::new(settings))
    }

    /// Between two commands; often when some order's day is over, or just before that.
    fn instant(&mut self, from: Instant, until: Instant) -> Instant {
        let zone = self.random.pick(&[0, 0, 60, -300, 345, 840, -720, -1_080]) * 60_000;
        let ends = self.random.pick_recent(&self.orders).map_or(from, |placed| placed.ends_at);
        let midnight = (ends - ends % DAY_MS).saturating_add_signed(-zone);
        let drawn = match self.random.below(6) {
            0 => midnight,
            1 => midnight.saturating_sub(1),
            2 => until,
            3 => from.saturating_add(self.random.below(3) * DAY_MS),
            _ => from,
        };
        drawn.clamp(from, until.max(from))
    }

    fn command(&mut self, now: Instant) -> Command<'static> {
        let body = match self.random.below(20) {
            0 => self.define_regime(),
            1..=9 => self.notice_sent(),
            10..=15 => self.respond(now),
            16 | 17 => Body::Refunded { order: self.order(), line: self.line() },
            _ => Body::Tick,
        };
        let key = self.random.percent(5).then(|| name("key", self.random.below(400)));
        Command { key, body }
    }

    fn order(&mut self) -> &'static str {
        if self.random.percent(self.faults) {
            return self.random.pick(&["no-such-order", ""]);
        }
        self.random.pick_recent(&self.orders).map_or("no-such-order", |placed| placed.order)
    }

    fn line(&mut self) -> Option<&'static str> {
        match self.random.below(8) {
            0 => Some("1"),
            1 => Some("2"),
            2 => Some(name("line", 0)),
            _ => None,
        }
    }

    /// Numbers are guessed: about as many notices as lines there are.
    fn notice_sent(&mut self) -> Body<'static> {
        let most = if self.random.percent(80) { self.lines } else { self.lines * 2 + 1 };
        let number = most.saturating_sub(self.random.below(most.min(8)));
        let notice = match self.random.percent(self.faults) {
            true => self.random.pick(&["", "N", "N01", "n1", "N4294967296"]),
            false => name_of_notice(number),
        };
        Body::NoticeSent {
            notice,
            offers_cancel: self.random.percent(85),
            reason: self.random.pick(&[
                None,
                Some(" "),
                Some("late"),
                Some("late"),
                Some("late"),
                Some("late"),
            ]),
        }
    }

    fn respond(&mut self, now: Instant) -> Body<'static> {
        let answer = if self.random.percent(25) { Answer::Cancel } else { Answer::Consent };
        let day = day_of(now).saturating_add(self.random.below(45) as u32).saturating_sub(2);
        let until = match self.random.below(6) {
            0 => Some(Until::Indefinite),
            1 | 2 => Some(Until::Day(day)),
            _ => None,
        };
        let both = answer == Answer::Consent || self.random.percent(self.faults);
        let (order, line) = (self.order(), self.line());
        Body::Respond { order, line, answer, until: until.filter(|_| both) }
    }

    /// The law's own with other choices, or one of the merchant's.
    fn define_regime(&mut self) -> Body<'static> {
        let regime = self.random.pick(&["house", "house", "own", "own", "ftc", "eu"]);
        self.regimes.push(regime);
        let base = self.random.pick(&[None, None, Some("ftc"), Some("eu"), Some("uk")]);
        let settings = self.regime_settings();
        if self.random.percent(self.faults) {
            let regime = self.random.pick(&["none", "", regime]);
            return Body::DefineRegime { regime, base: Some("us"), settings };
        }
        Body::DefineRegime { regime, base, settings }
    }

    fn regime_settings(&mut self) -> Change<Vec<(&'static str, RegimeValue<'static>)>> {
        use RegimeValue::{Flag, Number, Text, Texts};
        match self.random.below(10) {
            0 => return None,
            1 => return Some(None),
            _ => {}
        }
        let mut settings = Vec::new();
        let keys = [
            "periodDays",
            "creditPeriodDays",
            "delayDays",
            "vestingDays",
            "billingCycleDays",
            "refundDays",
            "refundWorkdays",
        ];
        for key in keys {
            if self.random.percent(40) {
                settings.push((key, Number(self.random.pick(&[0, 1, 2, 5, 7, 30]))));
            }
        }
        for key in ["lapses", "needsChoice", "needsReason", "vestingDayCounts"] {
            if self.random.percent(30) {
                settings.push((key, Flag(self.random.percent(50))));
            }
        }
        for key in ["short", "long", "renewed"] {
            if self.random.percent(40) {
                settings.push((key, Text(self.random.pick(&["consents", "cancels", "nothing"]))));
            }
        }
        if self.random.percent(50) {
            settings.push(("counts", Text(self.random.pick(&["shipment", "delivery"]))));
        }
        if self.random.percent(30) {
            settings.push(("weekdays", Text(self.random.pick(&["12345", "7", "1234567", "611"]))));
        }
        if self.random.percent(30) {
            let days = (19_675..19_690).filter(|_| self.random.percent(50)).map(|day| kept(iso_date(day)));
            settings.push(("holidays", Texts(days.collect())));
        } else if self.random.percent(30) {
            settings.push(("holidays", Text("us")));
        }
        if self.random.percent(self.faults) {
            let wrong = [
                ("days", Number(3)),
                ("periodDays", Number(367)),
                ("lapses", Number(1)),
                ("short", Text("no")),
                ("weekdays", Text("")),
                ("weekdays", Text("8")),
                ("holidays", Texts(vec!["2026-02-30"])),
                ("holidays", Texts(vec!["2026-02-03"; 1_001])),
                ("counts", Flag(true)),
            ];
            settings.push(self.random.pick(&wrong));
        }
        Some(Some(settings))
    }
}

fn name_of_notice(number: u64) -> &'static str {
    kept(format!("N{number}"))
}
