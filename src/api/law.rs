//! Questions that the laws about delay answer and no command asks, as an order has no field for them.

use super::calendar::day;
use super::error::ApiError;
use super::fields::*;
use super::message::Expected;
use super::notices::regime_value;
use super::request::argument;
use super::value::Parsed;
use crate::estimate::civil::iso_date;
use crate::notice::delivery::{Delivery, Remedy, french_refund_by, french_surcharge_percent, remedy};
use crate::notice::scope::{Goods, Sale, ftc_applies};
use crate::notice::stated::{Stated, ship_by};
use crate::notice::terms::FTC;
use crate::notice::workdays::MAX_WORKDAYS;
use alloc::string::String;
use serde::Serialize;

/// What a question is answered by, as the package's `law` gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum LawAnswer {
    /// Of `shipBy`: a date.
    Day(String),
    /// Of `ftcApplies`.
    Applies(bool),
    /// Of `remedy`: "none", "setPeriod", "await" or "end".
    Remedy(&'static str),
    /// Of `frenchRefund`.
    #[serde(rename_all = "camelCase")]
    Refund {
        /// The last day on which to pay back.
        refund_by: String,
        /// By how many per cent the sum rises where it was paid on the day that the question names.
        surcharge_percent: u32,
    },
}

/// The answer to a question: an object whose `type` is "shipBy", "ftcApplies", "remedy" or "frenchRefund". What else it
/// takes is in the package's declarations. What is wrong with it is an `INVALID_ARGUMENT`, with its path.
///
/// ```
/// use backorder::api::law::{LawAnswer, law};
/// use backorder::api::value::Value;
///
/// let text = |text: &'static str| Value::Text(text.into());
/// let fields = [("type", "frenchRefund"), ("ended", "2026-03-01"), ("paid", "2026-04-04")];
/// let question = Value::Object(fields.map(|(name, value)| (name.into(), text(value))).into());
/// let answer = LawAnswer::Refund { refund_by: "2026-03-15".into(), surcharge_percent: 10 };
/// assert_eq!(law(&Ok(question)), Ok(answer));
/// ```
pub fn law(question: &Parsed) -> Result<LawAnswer, ApiError> {
    const QUESTIONS: [&str; 4] = ["shipBy", "ftcApplies", "remedy", "frenchRefund"];
    argument("the question", question, |fields| match fields.need("type", |at| word(at, &QUESTIONS, "")) {
        0 => shipped_by(fields),
        1 => applies(fields),
        2 => what_may_be_done(fields),
        _ => french_refund(fields),
    })
}

fn shipped_by(fields: &mut Fields) -> LawAnswer {
    const UNITS: [&str; 4] = ["hours", "days", "businessDays", "weeks"];
    let ordered = fields.need("ordered", day);
    let within = fields.need("within", how_many);
    let stated = match fields.need("unit", |at| word(at, &UNITS, "")) {
        0 => Stated::Hours(within),
        1 => Stated::Days(within),
        2 => Stated::BusinessDays(within),
        _ => Stated::Weeks(within),
    };
    let mut terms = FTC;
    for setting in ["weekdays", "holidays"] {
        fields.get(setting, |at| {
            let value = regime_value(at);
            if terms.set(setting, &value).is_none() {
                at.wrong(Expected::Phrase("what the regime's setting of this name takes"));
            }
        });
    }
    LawAnswer::Day(iso_date(ship_by(ordered, stated, &terms.workdays)))
}

/// As many as working days are counted.
fn how_many(at: &mut At) -> u32 {
    const EXPECTED: &str = "a whole number from 0 to 366";
    let number = u32::try_from(whole(at, EXPECTED)).ok().filter(|&number| number <= MAX_WORKDAYS);
    number.unwrap_or_else(|| {
        at.wrong(Expected::Phrase(EXPECTED));
        0
    })
}

fn applies(fields: &mut Fields) -> LawAnswer {
    const GOODS: [&str; 5] = ["merchandise", "seedsOrPlants", "serial", "negativeOptionPlan", "service"];
    let goods = fields.get("goods", |at| word(at, &GOODS, "")).unwrap_or_default();
    let issue = fields.get("issue", |at| whole(at, "the number of an issue, from 1"));
    LawAnswer::Applies(ftc_applies(Sale {
        remote: fields.get("remote", flag).unwrap_or(true),
        goods: match goods {
            0 => Goods::Merchandise,
            1 => Goods::SeedsOrPlants,
            2 => Goods::Serial { issue: issue.map_or(1, |issue| u32::try_from(issue).unwrap_or(u32::MAX)) },
            3 => Goods::NegativeOptionPlan,
            _ => Goods::Service,
        },
        cash_on_delivery: fields.get("cashOnDelivery", flag).unwrap_or_default(),
    }))
}

fn what_may_be_done(fields: &mut Fields) -> LawAnswer {
    let delivery = Delivery {
        due: fields.need("due", day),
        refused_or_essential: fields.get("refusedOrEssential", flag).unwrap_or_default(),
        further_period: fields.get("furtherPeriod", day),
    };
    LawAnswer::Remedy(match remedy(delivery, fields.need("today", day)) {
        Remedy::None => "none",
        Remedy::SetPeriod => "setPeriod",
        Remedy::Await => "await",
        Remedy::End => "end",
    })
}

fn french_refund(fields: &mut Fields) -> LawAnswer {
    let due = french_refund_by(fields.need("ended", day));
    let days_late = fields.get("paid", day).map_or(0, |paid| paid.saturating_sub(due));
    LawAnswer::Refund { refund_by: iso_date(due), surcharge_percent: french_surcharge_percent(days_late) }
}
