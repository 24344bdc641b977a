//! The door with an engine behind it.

use super::{LAMP, document, engine, engine_after, outcome, shown};
use crate::api::door::*;
use crate::api::error::{ApiCode, ApiError};
use crate::api::json::parse;
use crate::api::value::Value;
use crate::engine::{EngineOptions, OrderState, Page};
use crate::model::outcome::EventMode;
use crate::model::settings::Quantile;
use serde_json::{Value as Json, json};

const DAY: u64 = 86_400_000;

fn error<T>(result: Result<T, ApiError>) -> (String, String) {
    let Err(error) = result else { panic!("it was taken") };
    assert_eq!(error.code, ApiCode::InvalidArgument);
    (error.path.unwrap_or_default(), error.message)
}

#[test]
fn outcomes_have_the_contract_s_shape() {
    let mut engine = engine_after(1, &[LAMP]);
    let mut apply = |command: &str| outcome(&mut engine, command, DAY);
    assert_eq!(apply(LAMP), json!({"status": "applied", "events": []}));
    assert_eq!(
        apply(r#"{"type":"scheduleSupply","supply":"S","sku":"lamp","quantity":5,"due":259200000}"#)["events"],
        json!([{"seq": 1, "at": DAY, "type": "supplyScheduled", "sku": "lamp", "location": "default", "supply": "S",
            "quantity": 5, "to": 3 * DAY, "cause": {"command": "scheduleSupply", "supply": "S"}}])
    );
    let placed = apply(r#"{"type":"placeOrder","order":"O","lines":[{"sku":"lamp","quantity":2}]}"#);
    assert_eq!(placed["status"], "applied");
    let types: Vec<_> = placed["events"].as_array().unwrap().iter().map(|event| &event["type"]).collect();
    assert_eq!(types, ["orderPlaced", "lineBackordered", "promiseMade"]);
    assert_eq!(
        placed["events"][2],
        json!({"seq": 4, "at": DAY, "type": "promiseMade", "order": "O", "line": "1", "sku": "lamp",
            "location": "default", "to": 3 * DAY, "cause": {"command": "placeOrder"}})
    );
    let again = apply(
        r#"{"lines":[{"line":"1","quantity":2,"sku":"lamp"}],"priority":100,"type":"placeOrder","order":"O"}"#,
    );
    assert_eq!(again, json!({"status": "exists", "events": []}));
    let lost = apply(r#"{"type":"cancelSupply","supply":"S"}"#);
    let moved =
        lost["events"].as_array().unwrap().iter().find(|event| event["type"] == "promiseMoved").unwrap();
    assert_eq!((&moved["from"], &moved["to"]), (&json!(3 * DAY), &json!(null)));
    assert!(moved.as_object().unwrap().contains_key("to"));
    let mut refused = apply(
        r#"{"type":"placeOrder","order":"P","lines":[{"sku":"lamp","quantity":1},{"sku":"lmap","quantity":1}]}"#,
    );
    assert!(!refused["message"].take().as_str().unwrap().is_empty());
    assert_eq!(
        refused,
        json!({"status": "rejected", "reason": "unknownItem", "path": "lines[1].sku", "message": null, "events": []})
    );
}

#[test]
fn what_is_no_object_is_an_error_and_nothing_is_applied() {
    let objects = [parse(LAMP), Ok(Value::Null), parse(LAMP)];
    let mut engine = engine();
    let at_second = ("commands[1]".into(), "commands[1] must be an object with a type".into());
    let single = ("command".into(), "command must be an object with a type".into());
    assert_eq!(error(apply(&mut engine, &objects[1], 5, EventMode::Return)), single);
    assert_eq!(error(what_if(&engine, &objects, 5)).0, "commands[1]");
    for text in ["[{\"type\":\"tick\"},null]", "[{\"type\":\"tick\"}, [] ]", "[{\"type\":\"tick\"},\"{\"]"] {
        assert_eq!(error(apply_json(&mut engine, text, 5, None)), at_second, "{text}");
    }
    for text in ["null", " 5 ", "\"tick\"", "true"] {
        assert_eq!(error(apply_json(&mut engine, text, 5, None)), single, "{text}");
    }
    for text in [
        "",
        " ",
        "{",
        "[{\"type\":\"tick\"}",
        "[{\"type\":\"tick\"},]",
        "[,]",
        "{}{}",
        "[] []",
        "{'type':1}",
        "[{]}",
        "\u{FEFF}[]",
    ] {
        let (path, message) = error(apply_json(&mut engine, text, 5, None));
        assert_eq!(path, "commands");
        assert!(
            message.starts_with("commands is not JSON: ") && message.contains(" at line 1 column "),
            "{message}"
        );
    }
    assert_eq!(engine.last_instant(), 0);
}

#[test]
fn json_in_the_form_it_came() {
    let mut engine = engine_after(1, &[LAMP]);
    assert_eq!(apply_json(&mut engine, " [ ] ", 5, None), Ok("[]".into()));
    let applied = r#"{"status":"applied","events":[]}"#;
    assert_eq!(apply_json(&mut engine, "\n{\"type\":\"tick\"}\n", 5, None), Ok(applied.into()));
    assert_eq!(apply_json(&mut engine, "[{\"type\":\"tick\"}]", 5, None), Ok(format!("[{applied}]")));
    // A command that can't be read spoils neither the one before nor the one after.
    let text = r#"[{"type":"tick"}, {"type":"tick","key":"\ud800"} ,{"type":"tick","key":[[[[[[[[]]]]]]]]},{"type":"tick"}]"#;
    let outcomes: Json = serde_json::from_str(&apply_json(&mut engine, text, 5, None).unwrap()).unwrap();
    let statuses: Vec<_> = outcomes.as_array().unwrap().iter().map(|outcome| &outcome["status"]).collect();
    assert_eq!(statuses, ["applied", "rejected", "rejected", "applied"]);
}

#[test]
fn json_and_objects_do_the_same() {
    let commands = [
        r#"{ "type": "receive", "sku": "lamp", "quantity": 2 }"#,
        r#"{"type":"defineItem","sku":"a,]}\\\"[{"}"#,
        r#"{"type":"placeOrder","order":"O \\","lines":[{"sku":"lamp","quantity":1},{"sku":"a,]}\\\"[{","quantity":3}]}"#,
        r#"{"type":"receive","sku":"lamp","quantity":1.5}"#,
        r#"{"type":"holdStock","hold":"\"","ttl":60000,"lines":[{"sku":"lamp","quantity":1}]}"#,
    ];
    let (mut by_text, mut by_object) = (engine_after(1, &[LAMP]), engine_after(1, &[LAMP]));
    let text = format!("\t[{}\n]\r\n", commands.join(" ,\n"));
    let outcomes: Json = serde_json::from_str(&apply_json(&mut by_text, &text, DAY, None).unwrap()).unwrap();
    let expected: Vec<Json> = commands.iter().map(|command| outcome(&mut by_object, command, DAY)).collect();
    assert_eq!(outcomes, json!(expected));
    let statuses = expected.iter().map(|outcome| outcome["status"] == "applied");
    assert_eq!(statuses.collect::<Vec<_>>(), [true, true, true, false, true]);
}

#[test]
fn events_are_returned_kept_or_dropped() {
    let mut engine = engine_after(1, &[LAMP]);
    for (mode, quantity) in [(EventMode::Keep, 1), (EventMode::Drop, 2), (EventMode::Keep, 3)] {
        let command = format!(r#"{{"type":"receive","sku":"lamp","quantity":{quantity}}}"#);
        let outcome = shown(&apply(&mut engine, &parse(&command), 5, mode).unwrap());
        assert_eq!(outcome, json!({"status": "applied", "events": []}));
    }
    let kept = |max| serde_json::to_value(kept_events(&engine, max)).unwrap();
    let seqs = |events: &Json| {
        events.as_array().unwrap().iter().map(|event| event["seq"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((seqs(&kept(1)), seqs(&kept(9))), (vec![json!(1)], vec![json!(1), json!(3)]));
    let all = kept(u64::MAX);
    let mut drained = |max| serde_json::to_value(drain_events(&mut engine, max)).unwrap();
    let first = drained(1);
    assert_eq!((first.as_array().unwrap().len(), &first[0]["quantity"]), (1, &json!(1)));
    let second = drained(9);
    assert_eq!((second.as_array().unwrap().len(), &second[0]["seq"]), (1, &json!(3)));
    assert_eq!(json!([first[0], second[0]]), all);
    assert_eq!(drained(9), json!([]));
    assert_eq!(serde_json::to_value(kept_events(&engine, 9)).unwrap(), json!([]));
}

#[test]
fn instants_and_counts() {
    assert_eq!(instant(0.0), Ok(0));
    assert_eq!(instant(9_007_199_254_740_991.0), Ok((1 << 53) - 1));
    for now in [-1.0, 0.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 9_007_199_254_740_992.0] {
        let (path, message) = error(instant(now));
        assert_eq!(path, "now");
        assert!(message.starts_with("now must be milliseconds since 1970"), "{message}");
    }
    assert_eq!(count(3.0, "max"), Ok(3));
    assert_eq!(error(count(-3.0, "max")), ("max".into(), "max must be a whole number, 0 or more".into()));
}

#[test]
fn options_of_an_engine() {
    let options = |json| engine_options(Some(&parse(json)), 7);
    let usual = EngineOptions { seed: 7, ..EngineOptions::default() };
    assert_eq!(engine_options(None, 7), Ok(usual.clone()));
    let named = options(r#"{"id":"shop","promiseQuantile":0.8,"requireEvidence":false}"#);
    assert_eq!(named, Ok(EngineOptions { id: "shop".into(), ..usual.clone() }));
    let careful = options(r#"{"promiseQuantile":0.95,"requireEvidence":true}"#);
    let promise_quantile = Quantile::new(0.95).unwrap_or_default();
    assert_eq!(careful, Ok(EngineOptions { promise_quantile, require_evidence: true, ..usual }));
    for none in [
        r#"{"promiseQuantile":0}"#,
        r#"{"promiseQuantile":1}"#,
        r#"{"promiseQuantile":-0.5}"#,
        r#"{"promiseQuantile":null}"#,
        r#"{"promiseQuantile":"0.8"}"#,
    ] {
        let (path, message) = error(options(none));
        assert_eq!(path, "promiseQuantile");
        assert!(message.contains("must be a number above 0 and below 1"), "{message}");
    }
    assert_eq!(error(options(r#"{"id":5}"#)).0, "id");
    assert_eq!(error(options(r#"{"id":""}"#)).0, "id");
    assert_eq!(error(options("{\"id\":\"\u{FFFD}\"}")).0, "id");
    assert_eq!(
        error(options(r#"{"seed":1}"#)).1,
        "seed is no field here; there are id, promiseQuantile, requireEvidence"
    );
    assert_eq!(error(options("5")).1, "the options must be an object, not 5");
}

#[test]
fn pages() {
    let all = Page::default();
    assert_eq!(page(None), Ok(all));
    assert_eq!(page(Some(&parse(r#"{"offset":2,"limit":3}"#))), Ok(Page { offset: 2, limit: 3 }));
    assert_eq!(error(page(Some(&parse(r#"{"limit":-1}"#)))).0, "limit");
    assert_eq!(orders_page(Some(&parse(r#"{"state":"open"}"#))), Ok((all, Some(OrderState::Open))));
    assert_eq!(orders_page(Some(&parse(r#"{"state":"closed"}"#))), Ok((all, Some(OrderState::Closed))));
    assert_eq!(orders_page(None), Ok((all, None)));
    assert_eq!(error(orders_page(Some(&parse(r#"{"state":"new"}"#)))).0, "state");
    assert_eq!(queue_page(None), Ok((all, None)));
    assert_eq!(
        queue_page(Some(&parse(r#"{"location":"east","offset":1}"#))),
        Ok((Page { offset: 1, ..all }, Some("east".into())))
    );
    assert_eq!(error(queue_page(Some(&parse(r#"{"location":5}"#)))).0, "location");
}

#[test]
fn quotes() {
    let engine = engine_after(
        DAY,
        &[
            LAMP,
            r#"{"type":"receive","sku":"lamp","quantity":3}"#,
            r#"{"type":"scheduleSupply","supply":"S","sku":"lamp","quantity":5,"due":259200000}"#,
        ],
    );
    let ask = |json| {
        let request = parse(json);
        quote(&engine, &request, DAY).map(|quote| serde_json::to_value(quote).unwrap())
    };
    let estimate = json!({"p50": 3 * DAY, "p80": 3 * DAY, "p95": 3 * DAY, "basis": "supply", "evidence": 0});
    let expected = json!({
        "sku": "lamp", "quantity": 4, "parts": [{"location": "default", "now": 3, "waits": 1}],
        "availability": "limited", "now": 3, "ahead": 0, "ships": estimate, "promise": 3 * DAY, "alternatives": [],
    });
    assert_eq!(
        ask(r#"{"sku":"lamp","quantity":4,"priority":5,"locations":["default"]}"#),
        Ok(expected.clone())
    );
    assert_eq!(
        ask(r#"{"sku":"lamp","quantity":4,"locations":["moon"]}"#).unwrap()["availability"],
        "outOfStock"
    );
    assert_eq!(ask(r#"{"sku":"lmap","quantity":4}"#).unwrap()["availability"], "outOfStock");
    for (json, path) in [
        (r#"{"sku":"lamp"}"#, "quantity"),
        (r#"{"sku":"lamp","quantity":0}"#, "quantity"),
        (r#"{"sku":"lamp","quantity":1.5}"#, "quantity"),
        (r#"{"sku":7,"quantity":1}"#, "sku"),
        (r#"{"sku":"lamp","quantity":1,"shipTo":5}"#, "shipTo"),
        (r#"{"sku":"lamp","quantity":1,"prio":1}"#, "prio"),
        (r#"{"sku":"lamp","quantity":1,"locations":[]}"#, "locations"),
        (r#"{"sku":"lamp","quantity":1,"locations":["default","moon","default"]}"#, "locations"),
        (r#"{"sku":"lamp","quantity":1,"locations":["default",null]}"#, "locations[1]"),
        ("5", ""),
    ] {
        assert_eq!(error(ask(json)).0, path, "{json}");
    }

    let order = parse(r#"{"lines":[{"sku":"lamp","quantity":4}],"priority":5}"#);
    let cart = serde_json::to_value(quote_order(&engine, &order, DAY).unwrap()).unwrap();
    assert_eq!(cart, json!({"lines": [expected], "promise": 3 * DAY}));
    let order = parse(r#"{"lines":[{"sku":"lmap","quantity":4}]}"#);
    let cart = serde_json::to_value(quote_order(&engine, &order, DAY).unwrap()).unwrap();
    assert_eq!(cart["refused"], json!({"reason": "unknownItem", "path": "lines[0].sku"}));
    for (json, path) in [
        (r#"{"lines":[{"sku":"lamp","quantity":0}]}"#, "lines[0].quantity"),
        (r#"{"lines":[{"sku":"lamp","quantity":-1}]}"#, "lines[0].quantity"),
        (r#"{"lines":[],"order":"O"}"#, "order"),
        (r#"{}"#, "lines"),
    ] {
        assert_eq!(error(quote_order(&engine, &parse(json), DAY)).0, path, "{json}");
    }
}

#[test]
fn what_if_names_the_command_that_is_none() {
    let place = r#"{"type":"placeOrder","order":"O","lines":[{"sku":"lamp","quantity":1}]}"#;
    let engine = engine_after(DAY, &[LAMP, place]);
    let come = parse(r#"{"type":"scheduleSupply","supply":"S","sku":"lamp","quantity":5,"due":259200000}"#);
    let changes = serde_json::to_value(what_if(&engine, std::slice::from_ref(&come), DAY).unwrap()).unwrap();
    assert_eq!(
        changes,
        json!([{"order": "O", "line": "1", "before": null, "after": 3 * DAY, "breach": false}])
    );
    let wrong = parse(r#"{"type":"placeOrder","order":"P","lines":[{"sku":"lamp","quantity":0.5}]}"#);
    let (path, message) = error(what_if(&engine, &[come, wrong], DAY));
    assert_eq!(path, "commands[1].lines[0].quantity");
    assert!(message.starts_with("commands[1]: lines[0].quantity must be "), "{message}");
}

#[test]
fn settings_come_back_as_they_may_be_given() {
    let define = |fields: &str| format!(r#"{{"type":"defineItem","sku":"lamp"{fields}}}"#);
    let full = r#","backorders":{"limit":5},"maxPerOrder":4,"safetyStock":3,"ageingDays":2,
        "replenishment":{"leadTimeDays":1,"supplier":"V"},"overdue":{"offsetDays":6,"ignoreAfterDays":7},
        "lifecycle":{"preorder":{"releaseAt":8}},"reorder":{"policy":"rQ","point":9,"quantity":10},
        "substitutes":["shade","bulb"],
        "incentives":[{"fromDelayDays":11,"offer":"a card"},{"fromDelayDays":0,"offer":""}]"#;
    let supplier = r#"{"type":"defineSupplier","supplier":"V"}"#;
    for fields in [
        "",
        full,
        r#","backorders":"deny","lifecycle":"discontinued""#,
        r#","lifecycle":{"preorder":{}},"replenishment":{"leadTimeDays":0}"#,
        r#","sharing":"fairShare","replenishment":{"leadTimeDays":0,"batch":12,"capacityPerDay":13}"#,
        r#","promising":"protect","protection":[{"priority":14,"units":15},{"priority":0,"units":0}]"#,
        r#","wholeLines":"skip","reorder":{"policy":"sS","point":0,"upTo":16,"minimum":17,"multiple":18}"#,
        r#","reorder":{"policy":"baseStock","point":19,"upTo":20}"#,
    ] {
        let engine = engine_after(1, &[supplier, &define(fields)]);
        let rows = serde_json::to_value(items(&engine, Page::default())).unwrap();
        assert_eq!(rows[0]["sku"], "lamp");
        // Given to an engine in which everything else was set, they say all there is to say.
        let mut again = rows[0]["settings"].clone();
        again["type"] = "defineItem".into();
        again["sku"] = "lamp".into();
        for absent in ["ageingDays", "replenishment", "maxPerOrder", "reorder"] {
            let object = again.as_object_mut().unwrap();
            object.entry(absent).or_insert(Json::Null);
        }
        let other = engine_after(1, &[supplier, &define(full), &again.to_string()]);
        assert_eq!(serde_json::to_value(items(&other, Page::default())).unwrap(), rows);
    }
    let engine = engine_after(1, &[LAMP]);
    let defaults = json!({
        "backorders": "allow", "sharing": "sequence", "promising": "queue", "protection": [], "overtaking": "ignore",
        "wholeLines": "collect", "promiseQuantile": 0.8, "overdue": {"offsetDays": 0}, "safetyStock": 0,
        "components": [], "substitutes": [], "incentives": [], "lifecycle": "active",
    });
    assert_eq!(serde_json::to_value(items(&engine, Page::default())).unwrap()[0]["settings"], defaults);
}

#[test]
fn errors_say_what_they_are() {
    use crate::codec::SnapshotError;
    let invalid = ApiError::invalid("now", "now is wrong".into());
    assert_eq!((invalid.code.name(), invalid.to_string()), ("INVALID_ARGUMENT", "now is wrong".into()));
    let corrupt = ApiError::from(SnapshotError::Corrupt { at: 12, what: "the checksum differs" });
    assert_eq!(corrupt.code.name(), "CORRUPT_SNAPSHOT");
    assert_eq!(corrupt.message, "the snapshot is damaged at byte 12: the checksum differs");
    let newer = ApiError::from(SnapshotError::Unsupported { version: 9 });
    assert_eq!((newer.code.name(), newer.path), ("UNSUPPORTED_SNAPSHOT", None));
    assert_eq!(document("1"), Value::Number(1.0));
}
