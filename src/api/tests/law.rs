//! The cases of `tests/law.json`, which the package plays, too; and questions that are wrong.

use crate::api::door::apply;
use crate::api::json::parse;
use crate::api::law::law;
use crate::engine::{Engine, EngineOptions};
use crate::estimate::civil::{day_of_iso_date, iso_date};
use crate::model::outcome::EventMode;
use crate::model::units::DAY_MS;
use serde_json::{Value as Json, json, to_value};

#[test]
fn cases_of_the_laws() {
    let text = include_str!("../../../tests/law.json");
    let table: Json = serde_json::from_str(text).unwrap();
    let cases = table["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 10);
    for case in cases {
        let mut engine = Engine::new(EngineOptions::default());
        send(&mut engine, &json!({"type": "defineItem", "sku": "lamp"}), 0);
        for step in case["steps"].as_array().unwrap() {
            take(&mut engine, step, &format!("{}: {step}", case["id"]));
        }
    }
}

fn take(engine: &mut Engine, step: &Json, place: &str) {
    if let Some(question) = step.get("ask") {
        assert_eq!(ask(question), Ok(step["answer"].clone()), "{place}");
        return;
    }
    let day = day_of_iso_date(step["on"].as_str().unwrap()).unwrap();
    let command = step.get("command").cloned().unwrap_or(json!({"type": "tick"}));
    let outcome = send(engine, &command, u64::from(day) * DAY_MS + DAY_MS / 2);
    assert_eq!(outcome["status"], "applied", "{place}");
    let events = outcome["events"].as_array().unwrap().iter();
    let deemed = events.filter(|event| event["type"] == "orderDeemedCancelled");
    let deemed: Vec<_> = deemed.map(|event| hour(event["at"].as_u64().unwrap())).collect();
    let expected: Vec<_> = step.get("deemedCancelled").iter().map(|at| at.as_str().unwrap().into()).collect();
    assert_eq!(deemed, expected as Vec<String>, "{place}");
    for (name, value) in step["notice"].as_object().into_iter().flatten() {
        assert_eq!(to_value(engine.notices()).unwrap()[0][name], *value, "{place}");
    }
    if let Some(cancelled) = step.get("cancelled") {
        let order = to_value(engine.order("A", 0).unwrap()).unwrap();
        assert_eq!(order["lines"][0]["cancelled"], *cancelled, "{place}");
    }
    if let Some(wakes) = step.get("wakes") {
        assert_eq!(hour(engine.next_wake_at().unwrap()), *wakes, "{place}");
    }
}

fn send(engine: &mut Engine, command: &Json, now: u64) -> Json {
    let text = command.to_string();
    to_value(apply(engine, &parse(&text), now, EventMode::Return).unwrap()).unwrap()
}

fn hour(at: u64) -> String {
    format!("{} {:02}", iso_date((at / DAY_MS) as u32), at % DAY_MS / 3_600_000)
}

/// The answer, or the path at which the question is wrong.
fn ask(question: &Json) -> Result<Json, String> {
    let text = question.to_string();
    law(&parse(&text)).map(|answer| to_value(answer).unwrap()).map_err(|error| error.path.unwrap_or_default())
}

#[test]
fn how_long_shipping_takes_in_every_unit() {
    for (within, unit, more, expected) in [
        (48, "hours", json!({}), "2026-09-04"),
        (49, "hours", json!({}), "2026-09-05"),
        (0, "days", json!({}), "2026-09-02"),
        (2, "weeks", json!({}), "2026-09-16"),
        (5, "businessDays", json!({"holidays": []}), "2026-09-09"),
        (5, "businessDays", json!({"weekdays": "123456", "holidays": ["2026-09-03"]}), "2026-09-09"),
    ] {
        let mut question = json!({"type": "shipBy", "ordered": "2026-09-02", "within": within, "unit": unit});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(ask(&question), Ok(json!(expected)), "{question}");
    }
}

#[test]
fn a_question_that_is_wrong_is_refused_with_its_path() {
    let ship_by = |more: Json| {
        let mut question =
            json!({"type": "shipBy", "ordered": "2026-09-02", "within": 5, "unit": "businessDays"});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    for (question, path) in [
        (json!(7), ""),
        (json!({"type": "tick"}), "type"),
        (json!({"type": "shipBy", "ordered": "2026-09-02", "within": 5}), "unit"),
        (ship_by(json!({"ordered": "2026-02-30"})), "ordered"),
        (ship_by(json!({"within": 367})), "within"),
        (ship_by(json!({"within": -1})), "within"),
        (ship_by(json!({"unit": "months"})), "unit"),
        (ship_by(json!({"holidays": "uk"})), "holidays"),
        (ship_by(json!({"weekdays": 5})), "weekdays"),
        (ship_by(json!({"zone": "UTC"})), "zone"),
        (json!({"type": "ftcApplies", "goods": "plants"}), "goods"),
        (json!({"type": "ftcApplies", "remote": 1}), "remote"),
        (json!({"type": "remedy", "due": "2026-03-31"}), "today"),
        (json!({"type": "frenchRefund", "paid": "2026-03-31"}), "ended"),
    ] {
        assert_eq!(ask(&question), Err(path.into()), "{question}");
    }
}
