//! The settings of `defineRegime`: choices that the texts leave open, and regimes of the merchant's own.
//!
//! | key | value | default of "ftc" | of "eu" and "uk" |
//! |---|---|---|---|
//! | `counts` | "shipment" or "delivery": what must be done by the day | "shipment" | "delivery" |
//! | `periodDays` | days after the order, where no day is stated; 29 where day 30 is too late | 30 | 30 |
//! | `creditPeriodDays` | the same with seller's credit | 50 | 30 |
//! | `delayDays` | a first delay longer than this is a long one, and is answered within as many days | 30 | 30 |
//! | `short`, `long`, `renewed` | "consents", "cancels" or "nothing": what silence means on a first notice of a short delay, of a long or unknown one, and on later notices | "consents", "cancels", "cancels" | "nothing" |
//! | `lapses` | an order that reaches its day with no choice open is deemed cancelled | true | false |
//! | `needsChoice` | a notice that does not offer to cancel was not sent | true | false |
//! | `needsReason` | one of unknown length without a reason was not sent | true | false |
//! | `vestingDays` | days from the last day of an order to the right to a refund | 1 | 1 |
//! | `vestingDayCounts` | that day is the first of those within which to pay back, not the day after | false | false |
//! | `refundWorkdays`, `refundDays` | within how many working days, or days, to pay back; the one given last counts, 0 of either is no number | 7 working days | none |
//! | `billingCycleDays` | within how many days where the seller is the creditor; 0: as others | 0 | 0 |
//! | `weekdays` | working days as digits, 1 Monday to 7 Sunday | "12345" | "12345" |
//! | `holidays` | "us", or a list of days | "us" | none |
//!
//! Numbers of days go up to 366. A regime without a base counts shipment, and is otherwise as "eu".

use super::terms::{Counts, DELIVERY, FTC, Refund, Silence, Terms};
use super::workdays::{Holidays, MAX_WORKDAYS};
use crate::estimate::civil::day_of_iso_date;
use crate::model::calendar::Weekdays;
use crate::model::command::RegimeValue as Value;
use crate::model::sort;
use alloc::vec::Vec;

/// The regimes that there are.
pub const BASES: [&str; 3] = ["ftc", "eu", "uk"];

/// The most holidays that a regime may list.
pub const MAX_HOLIDAYS: usize = 1_000;

/// The terms that stand behind a name: those of "ftc", "eu" and "uk"; of no name, those of a regime of the
/// merchant's own.
pub fn base(name: Option<&str>) -> Option<Terms> {
    match name {
        None => Some(Terms { counts: Counts::Shipment, ..DELIVERY }),
        Some("ftc") => Some(FTC),
        Some("eu" | "uk") => Some(DELIVERY),
        Some(_) => None,
    }
}

impl Terms {
    /// Changes one setting; `None` where there is no such key, or this is no value of it.
    ///
    /// ```
    /// use backorder::model::command::RegimeValue as Value;
    /// use backorder::notice::terms::FTC;
    ///
    /// let mut terms = FTC;
    /// assert_eq!(terms.set("periodDays", &Value::Number(29)), Some(()));
    /// assert_eq!(terms.period_days, 29);
    /// assert_eq!(terms.set("periodDays", &Value::Text("29")), None);
    /// assert_eq!(terms.set("period", &Value::Number(29)), None);
    /// ```
    pub fn set(&mut self, key: &str, value: &Value) -> Option<()> {
        match (key, value) {
            ("counts", Value::Text("shipment")) => self.counts = Counts::Shipment,
            ("counts", Value::Text("delivery")) => self.counts = Counts::Delivery,
            ("periodDays", Value::Number(number)) => self.period_days = days(*number)?,
            ("creditPeriodDays", Value::Number(number)) => self.credit_period_days = days(*number)?,
            ("delayDays", Value::Number(number)) => self.delay_days = days(*number)?,
            ("short", Value::Text(text)) => self.short = silence(text)?,
            ("long", Value::Text(text)) => self.long = silence(text)?,
            ("renewed", Value::Text(text)) => self.renewed = silence(text)?,
            ("lapses", Value::Flag(flag)) => self.lapses = *flag,
            ("needsChoice", Value::Flag(flag)) => self.needs_choice = *flag,
            ("needsReason", Value::Flag(flag)) => self.needs_reason = *flag,
            ("vestingDays", Value::Number(number)) => self.vesting_days = days(*number)?,
            ("vestingDayCounts", Value::Flag(flag)) => self.vesting_day_counts = *flag,
            ("refundWorkdays", Value::Number(number)) => {
                self.refund = refund(*number, Refund::WithinWorkdays)?
            }
            ("refundDays", Value::Number(number)) => self.refund = refund(*number, Refund::WithinDays)?,
            ("billingCycleDays", Value::Number(number)) => {
                self.billing_cycle_days = days(*number).map(|days| (days > 0).then_some(days))?;
            }
            ("weekdays", Value::Text(text)) => self.workdays.weekdays = weekdays(text)?,
            ("holidays", Value::Text("us")) => self.workdays.holidays = Holidays::UsFederal,
            ("holidays", Value::Texts(dates)) if dates.len() <= MAX_HOLIDAYS => {
                let mut days = dates.iter().map(|date| day_of_iso_date(date)).collect::<Option<Vec<_>>>()?;
                sort::ascending(&mut days);
                days.dedup();
                self.workdays.holidays = Holidays::Listed(days);
            }
            _ => return None,
        }
        Some(())
    }
}

fn days(number: u64) -> Option<u32> {
    u32::try_from(number).ok().filter(|&days| days <= MAX_WORKDAYS)
}

fn refund(number: u64, within: fn(u32) -> Refund) -> Option<Refund> {
    Some(match days(number)? {
        0 => Refund::Unstated,
        days => within(days),
    })
}

fn silence(text: &str) -> Option<Silence> {
    match text {
        "consents" => Some(Silence::Consents),
        "cancels" => Some(Silence::Cancels),
        "nothing" => Some(Silence::Nothing),
        _ => None,
    }
}

fn weekdays(text: &str) -> Option<Weekdays> {
    let numbers: Vec<u64> = text
        .bytes()
        .map(|digit| (b'1'..=b'7').contains(&digit).then(|| u64::from(digit - b'0')))
        .collect::<Option<_>>()?;
    (!numbers.is_empty()).then(|| Weekdays::of(&numbers))
}
