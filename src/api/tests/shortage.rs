//! What outcomes say of a shortage: units that were refused, what could be had instead, who won and
//! who lost.

use super::{LAMP, engine_after, outcome};
use crate::api::door::{apply_json, quote};
use crate::api::json::parse;
use crate::engine::Engine;
use serde_json::{Value as Json, json};

const DAY: u64 = 86_400_000;

/// Three lamps are here and two may wait; rugs come in three days, bulbs are here, of shades
/// nothing is known.
fn shop(lamp: &str) -> Engine {
    let lamp = format!(
        r#"{{"type":"defineItem","sku":"lamp","substitutes":["shade","rug","bulb","nothing"]{lamp}}}"#
    );
    engine_after(
        1,
        &[
            &lamp,
            r#"{"type":"defineItem","sku":"rug"}"#,
            r#"{"type":"defineItem","sku":"bulb"}"#,
            r#"{"type":"defineItem","sku":"shade"}"#,
            r#"{"type":"receive","sku":"lamp","quantity":3}"#,
            r#"{"type":"receive","sku":"bulb","quantity":9}"#,
            r#"{"type":"scheduleSupply","supply":"S","sku":"rug","quantity":9,"due":259200000}"#,
        ],
    )
}

/// Places an order of one lamp and then so many more, with settings.
fn order(quantity: u64, settings: &str) -> String {
    format!(
        r#"{{"type":"placeOrder","order":"O","lines":[{{"sku":"lamp","quantity":1}},{{"sku":"lamp","quantity":{quantity}}}]{settings}}}"#
    )
}

/// The reason of a refusal and the items that are offered in the place of its line.
fn offered(engine: &mut Engine, command: &str) -> (Json, Vec<String>) {
    let outcome = outcome(engine, command, DAY);
    assert_eq!(outcome["status"], "rejected", "{outcome}");
    let offers = outcome.get("alternatives").map(|offers| offers.as_array().unwrap().clone());
    let offers: Vec<String> =
        offers.iter().flatten().map(|offer| offer["sku"].as_str().unwrap().into()).collect();
    assert_eq!(outcome.get("alternatives").is_some(), !offers.is_empty(), "{outcome}");
    (outcome["reason"].clone(), offers)
}

#[test]
fn a_line_refused_for_want_comes_with_what_could_be_had_instead() {
    let want = r#","backorders":"deny""#;
    let capped = r#","backorders":{"limit":2}"#;
    let few = r#","maxPerOrder":4"#;
    let cases = [
        (want, order(4, ""), "outOfStock", vec!["bulb", "rug", "shade"]),
        (capped, order(5, ""), "backorderLimit", vec!["bulb", "rug", "shade"]),
        (few, order(4, ""), "maxPerOrder", vec!["bulb", "rug", "shade"]),
        ("", order(4, r#","latest":345600000"#), "tooLate", vec!["bulb", "rug"]),
        // What would be too late itself is not offered, whatever the line was refused for.
        (want, order(4, r#","latest":259200000"#), "outOfStock", vec!["bulb", "rug"]),
        (want, order(4, r#","latest":259199999"#), "outOfStock", vec!["bulb"]),
        (few, order(10, r#","latest":259199999"#), "maxPerOrder", vec![]),
        (want, order(0, ""), "invalidCommand", vec![]),
        (want, order(4, r#","priority":256"#), "invalidCommand", vec![]),
    ];
    for (lamp, command, reason, offers) in cases {
        let expected: Vec<String> = offers.into_iter().map(String::from).collect();
        assert_eq!(offered(&mut shop(lamp), &command), (json!(reason), expected), "{lamp} {command}");
    }
    let hold = r#"{"type":"holdStock","hold":"H","ttl":1,"lines":[{"sku":"lamp","quantity":4}]}"#;
    assert_eq!(offered(&mut shop(want), hold).1, ["bulb", "rug", "shade"]);
    let nothing = r#"{"type":"placeOrder","order":"O","lines":[{"sku":"nothing","quantity":4}]}"#;
    assert_eq!(offered(&mut shop(want), nothing), (json!("unknownItem"), vec![]));
    let amend = r#"{"type":"amendLine","order":"O","line":"1","quantity":9}"#;
    assert_eq!(offered(&mut shop(want), amend), (json!("unknownOrder"), vec![]));
}

#[test]
fn an_alternative_is_the_quote_of_it_at_the_order_s_priority_and_places() {
    let mut engine = shop(r#","backorders":"deny""#);
    let behind = r#"{"type":"placeOrder","order":"P","lines":[{"sku":"bulb","quantity":7}],"priority":20}"#;
    assert_eq!(outcome(&mut engine, behind, DAY)["status"], "applied");
    let refused = outcome(&mut engine, &order(4, r#","priority":10"#), DAY);
    let asked = parse(r#"{"sku":"bulb","quantity":4,"priority":10}"#);
    let offers = refused["alternatives"].as_array().unwrap();
    let bulb = offers.iter().find(|offer| offer["sku"] == "bulb").unwrap();
    assert_eq!(*bulb, serde_json::to_value(quote(&engine, &asked, DAY).unwrap()).unwrap());
    assert_eq!((&bulb["now"], &bulb["availability"]), (&json!(2), &json!("limited")));
    // By text it is the same outcome.
    let by_text: Json =
        serde_json::from_str(&apply_json(&mut engine, &order(4, r#","priority":10"#), DAY, None).unwrap())
            .unwrap();
    assert_eq!(by_text, refused);
    let here =
        r#"{"type":"placeOrder","order":"O","lines":[{"sku":"lamp","quantity":4,"locations":["default"]}]}"#;
    let parts = &outcome(&mut engine, here, DAY)["alternatives"][0]["parts"];
    assert_eq!(parts[0]["location"], "default");
}

#[test]
fn what_was_trimmed_is_said_line_by_line() {
    let mut engine = shop(r#","backorders":{"limit":2}"#);
    let trimmed = outcome(&mut engine, &order(9, r#","shortfall":"trim""#), DAY);
    assert_eq!(
        (&trimmed["status"], &trimmed["refused"]),
        (&json!("applied"), &json!([{"line": "2", "quantity": 5}]))
    );
    assert_eq!(trimmed.get("changes"), None);
    let again = outcome(&mut engine, &order(9, r#","shortfall":"trim""#), DAY);
    assert_eq!(again, json!({"status": "exists", "events": []}));
    let whole =
        r#"{"type":"placeOrder","order":"P","lines":[{"sku":"bulb","quantity":2}],"shortfall":"trim"}"#;
    assert_eq!(outcome(&mut engine, whole, DAY).get("refused"), None);
}

#[test]
fn a_rebalance_says_what_it_changed_also_where_that_is_nothing() {
    let mut engine = engine_after(
        1,
        &[
            LAMP,
            r#"{"type":"receive","sku":"lamp","quantity":3}"#,
            r#"{"type":"placeOrder","order":"A","lines":[{"line":"x","sku":"lamp","quantity":3}]}"#,
            r#"{"type":"placeOrder","order":"B","lines":[{"line":"y","sku":"lamp","quantity":2}],"segment":"club"}"#,
        ],
    );
    let rebalance = r#"{"type":"rebalance","rules":[{"match":{"segment":"club"},"strategy":"win"},{"match":{},"strategy":"lose"}]}"#;
    let first = outcome(&mut engine, rebalance, DAY);
    assert_eq!(
        first["changes"],
        json!([{"order": "A", "line": "x", "before": 3, "after": 1}, {"order": "B", "line": "y", "before": 0, "after": 2}])
    );
    let second = outcome(&mut engine, rebalance, DAY);
    assert_eq!(second, json!({"status": "applied", "events": [], "changes": []}));
    let refused = outcome(&mut engine, r#"{"type":"rebalance","skus":["lmap"],"rules":[]}"#, DAY);
    assert_eq!((&refused["path"], refused.get("changes")), (&json!("skus[0]"), None));
}
