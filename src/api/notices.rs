//! Regimes, what an order says of notices, and answers to them, in a command.

use super::calendar::{day, zone};
use super::fields::*;
use super::message::Expected;
use super::value::Value;
use crate::model::command::{Answer, Body, NoticeSettings, Payment, RegimeValue, Until};
use crate::notice::settings::BASES;
use alloc::boxed::Box;

/// What an order says of notices, unless it says what holds anyway.
pub(super) fn notices<'v>(fields: &mut Fields<'v, '_>) -> Option<Box<NoticeSettings<'v>>> {
    let settings = NoticeSettings {
        regime: fields.get("regime", id).filter(|&regime| regime != "none"),
        stated_ship_by: fields.get("statedShipBy", day),
        buyer_zone: fields.get("buyerZone", |at| object(at, zone)),
        payment: fields.get("payment", payment).unwrap_or_default(),
    };
    (settings != NoticeSettings::default()).then(|| Box::new(settings))
}

fn payment(at: &mut At) -> Payment {
    match word(at, &["card", "sellerCredit"], "") {
        0 => Payment::Card,
        _ => Payment::SellerCredit,
    }
}

pub(super) fn define_regime<'v>(fields: &mut Fields<'v, '_>) -> Body<'v> {
    Body::DefineRegime {
        regime: fields.need("regime", id),
        base: fields.get("base", |at| BASES[word(at, &BASES, "")]),
        settings: fields.change("settings", |at| map(at, |key, at| (key, regime_value(at)))),
    }
}

pub(super) fn regime_value<'v>(at: &mut At<'v, '_>) -> RegimeValue<'v> {
    match at.value {
        Some(Value::Number(_)) => RegimeValue::Number(days(at)),
        Some(Value::Bool(flag)) => RegimeValue::Flag(*flag),
        Some(Value::Text(text)) => RegimeValue::Text(text),
        Some(Value::List(_)) => RegimeValue::Texts(list(at, |at| text(at, "a text"))),
        _ => {
            at.wrong(Expected::Phrase("a number, true or false, a text, or a list of texts"));
            RegimeValue::Flag(false)
        }
    }
}

pub(super) fn answer(at: &mut At) -> Answer {
    match word(at, &["consent", "cancel"], "") {
        0 => Answer::Consent,
        _ => Answer::Cancel,
    }
}

pub(super) fn until(at: &mut At) -> Until {
    match at.value {
        Some(Value::Text(text)) if text == "indefinite" => Until::Indefinite,
        _ => Until::Day(day(at)),
    }
}
