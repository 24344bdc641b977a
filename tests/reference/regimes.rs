//! What a regime asks, by the table of settings in docs/LAW.md, and by when money must be back: day after day is
//! looked at, by its date as text.

use super::Refusal;
use super::form::Check;
use backorder::estimate::civil::{day_of_iso_date, iso_date};
use backorder::model::command::RegimeValue;
use backorder::model::outcome::Reason;
use backorder::model::settings::Change;
use std::collections::BTreeMap;

/// A day of somebody's calendar, counted from 1970-01-01.
pub type DayNumber = i64;

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(i64),
    Flag(bool),
    Word(String),
    Days(Vec<DayNumber>),
}

/// The regimes that there are without being defined.
const BASES: [&str; 3] = ["ftc", "eu", "uk"];
const SILENCES: [&str; 3] = ["consents", "cancels", "nothing"];
const MOST_DAYS: u64 = 366;
const MOST_HOLIDAYS: usize = 1_000;

/// The table: of "ftc", and of "eu" and "uk".
fn table() -> [(&'static str, Value, Value); 17] {
    use Value::{Days, Flag, Number};
    let word = |word: &str| Value::Word(word.to_owned());
    [
        ("counts", word("shipment"), word("delivery")),
        ("periodDays", Number(30), Number(30)),
        ("creditPeriodDays", Number(50), Number(30)),
        ("delayDays", Number(30), Number(30)),
        ("short", word("consents"), word("nothing")),
        ("long", word("cancels"), word("nothing")),
        ("renewed", word("cancels"), word("nothing")),
        ("lapses", Flag(true), Flag(false)),
        ("needsChoice", Flag(true), Flag(false)),
        ("needsReason", Flag(true), Flag(false)),
        ("vestingDays", Number(1), Number(1)),
        ("vestingDayCounts", Flag(false), Flag(false)),
        ("refundWorkdays", Number(7), Number(0)),
        ("refundDays", Number(0), Number(0)),
        ("billingCycleDays", Number(0), Number(0)),
        ("weekdays", word("12345"), word("12345")),
        ("holidays", word("us"), Days(Vec::new())),
    ]
}

/// A regime, by its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Regime {
    base: Option<String>,
    settings: BTreeMap<&'static str, Value>,
}

impl Regime {
    /// As the law's are, and for none a regime of the merchant's own: as "eu", but counting shipment.
    fn from_base(base: Option<&str>) -> Self {
        let column = |(key, ftc, other)| (key, if base == Some("ftc") { ftc } else { other });
        let mut settings: BTreeMap<_, _> = table().into_iter().map(column).collect();
        if base.is_none() {
            settings.insert("counts", Value::Word("shipment".to_owned()));
        }
        Regime { base: base.map(str::to_owned), settings }
    }

    /// What is not given stays; another base, or null, begins anew.
    pub fn defined(
        known: Option<&Regime>,
        name: &str,
        base: Option<&str>,
        change: &Change<Vec<(&str, RegimeValue)>>,
    ) -> Self {
        let own = Some(name).filter(|name| BASES.contains(name));
        let had = known.map_or(own, |known| known.base.as_deref());
        let base = base.or(had);
        let mut regime = match known.filter(|_| base == had && *change != Some(None)) {
            Some(known) => known.clone(),
            None => Regime::from_base(base),
        };
        for (key, value) in change.iter().flatten().flatten() {
            // Of the two ways of saying by when to pay back, that given last counts.
            if key.starts_with("refund") {
                regime.settings.insert("refundWorkdays", Value::Number(0));
                regime.settings.insert("refundDays", Value::Number(0));
            }
            if let Some((key, value)) = read(key, value) {
                regime.settings.insert(key, value);
            }
        }
        regime
    }

    /// One that an order may name.
    pub fn named(known: &BTreeMap<String, Regime>, name: &str) -> Option<Self> {
        let built_in = || BASES.contains(&name).then(|| Regime::from_base(Some(name)));
        known.get(name).cloned().or_else(built_in)
    }

    pub fn number(&self, key: &str) -> i64 {
        match self.settings[key] {
            Value::Number(number) => number,
            _ => 0,
        }
    }

    pub fn says(&self, key: &str, flag: bool) -> bool {
        self.settings[key] == Value::Flag(flag)
    }

    pub fn word(&self, key: &str) -> &str {
        match &self.settings[key] {
            Value::Word(word) => word,
            _ => "",
        }
    }

    /// What not to answer means.
    pub fn silence(&self, key: &str) -> &'static str {
        SILENCES.into_iter().find(|silence| self.word(key) == *silence).unwrap_or_default()
    }

    /// The last day on which to pay back for a right that vested on a day.
    pub fn refund_by(&self, vested: DayNumber, on_credit: bool) -> Option<DayNumber> {
        // The day of 1970-01-01 never counts, as there is none before it.
        let begins = if self.says("vestingDayCounts", true) { vested.max(1) } else { vested + 1 };
        let cycle = self.number("billingCycleDays");
        let (workdays, days) = (self.number("refundWorkdays"), self.number("refundDays"));
        match () {
            () if on_credit && cycle > 0 => Some(begins + cycle - 1),
            () if workdays > 0 => {
                let works = (begins..).filter(|&day| self.is_working_day(day));
                works.take(workdays as usize).last()
            }
            () if days > 0 => Some(begins + days - 1),
            () => None,
        }
    }

    fn is_working_day(&self, day: DayNumber) -> bool {
        let digit = char::from(b'0' + weekday(day) as u8);
        let off = match &self.settings["holidays"] {
            Value::Days(days) => days.contains(&day),
            _ => is_off_in_the_us(day),
        };
        self.word("weekdays").contains(digit) && !off
    }
}

/// 1 Monday to 7 Sunday; 1970-01-01 was a Thursday.
fn weekday(day: DayNumber) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

/// 5 U.S.C. 6103: a holiday on a Saturday is off on Friday, one on a Sunday on Monday.
fn is_off_in_the_us(day: DayNumber) -> bool {
    match weekday(day) {
        1 => is_us_holiday(day) || is_us_holiday(day - 1),
        5 => is_us_holiday(day) || is_us_holiday(day + 1),
        2..=4 => is_us_holiday(day),
        _ => false,
    }
}

fn is_us_holiday(day: DayNumber) -> bool {
    let date = iso_date(day as u32);
    let (rest, day_of_month) = date.rsplit_once('-').unwrap_or_default();
    let (year, month) = rest.rsplit_once('-').unwrap_or_default();
    let (year, of_month): (u64, u64) =
        (year.parse().unwrap_or_default(), day_of_month.parse().unwrap_or_default());
    match (month, of_month) {
        ("01", 1) | ("07", 4) | ("11", 11) | ("12", 25) => true,
        ("06", 19) => year >= 2021,
        ("01", 15..=21) => year >= 1986 && weekday(day) == 1,
        ("02", 15..=21) | ("05", 25..=31) | ("09", 1..=7) | ("10", 8..=14) => weekday(day) == 1,
        ("11", 22..=28) => weekday(day) == 4,
        _ => false,
    }
}

/// A setting, if it is one.
fn read(key: &str, value: &RegimeValue) -> Option<(&'static str, Value)> {
    let (key, like, _) = table().into_iter().find(|(known, ..)| *known == key)?;
    let value = match (value, &like) {
        (RegimeValue::Number(number), Value::Number(_)) if *number <= MOST_DAYS => {
            Value::Number(*number as i64)
        }
        (RegimeValue::Flag(flag), Value::Flag(_)) => Value::Flag(*flag),
        (RegimeValue::Text(word), Value::Word(_)) => {
            let digits = !word.is_empty() && word.chars().all(|digit| ('1'..='7').contains(&digit));
            let known = match key {
                "counts" => ["shipment", "delivery"].contains(word),
                "holidays" => *word == "us",
                "weekdays" => digits,
                _ => SILENCES.contains(word),
            };
            Value::Word(known.then(|| (*word).to_owned())?)
        }
        (RegimeValue::Texts(days), _) if key == "holidays" => {
            let days = days.iter().map(|day| day_of_iso_date(day).map(DayNumber::from));
            Value::Days(days.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some((key, value))
}

impl Check {
    pub(super) fn regime(
        &self,
        name: &str,
        base: Option<&str>,
        change: &Change<Vec<(&str, RegimeValue)>>,
    ) -> Result<(), Refusal> {
        self.id(name, "regime")?;
        self.fault_if(name == "none", Reason::InvalidCommand, "regime")?;
        let other = base.is_some_and(|base| !BASES.contains(&base));
        self.fault_if(other, Reason::InvalidCommand, "base")?;
        for (key, value) in change.iter().flatten().flatten() {
            let path = format!("settings.{key}");
            let many = matches!(value, RegimeValue::Texts(days) if days.len() > MOST_HOLIDAYS);
            self.fault_if(many, Reason::LimitExceeded, &path)?;
            let none = !many && read(key, value).is_none();
            self.fault_if(none, Reason::InvalidCommand, &path)?;
        }
        Ok(())
    }
}
