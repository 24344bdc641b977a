//! What is wrong with a command by itself is refused alike where it is decoded and where it is checked.

use super::{LAMP, engine_after, outcome};
use serde_json::json;

/// A command, the reason it is refused for, and the path.
const REFUSED: &[(&str, &str, &str)] = &[
    // what is invalid goes before a limit, wherever either is
    (r#"{"type":"receive","sku":"<129>","quantity":1}"#, "limitExceeded", "sku"),
    (r#"{"type":"receive","sku":"<129>","quantity":0}"#, "invalidCommand", "quantity"),
    (r#"{"type":"receive","sku":"<129>","quantity":-1}"#, "invalidCommand", "quantity"),
    (r#"{"type":"receive","sku":"<129>","quantity":1,"x":1}"#, "invalidCommand", "x"),
    (r#"{"type":"placeOrder","order":"O","lines":[<1001>]}"#, "limitExceeded", "lines"),
    (
        r#"{"type":"placeOrder","order":"O","lines":[<1001>,{"sku":"lamp","quantity":0}]}"#,
        "invalidCommand",
        "lines[1001].quantity",
    ),
    (r#"{"type":"placeOrder","order":"O","lines":[<1001>],"priority":0.5}"#, "invalidCommand", "priority"),
    // what text can say and an id can't be
    (r#"{"type":"receive","sku":"","quantity":1}"#, "invalidCommand", "sku"),
    (r#"{"type":"receive","sku":"\ufffd","quantity":1}"#, "invalidCommand", "sku"),
    (r#"{"type":"receive","sku":"\ud800","quantity":1}"#, "invalidCommand", "sku"),
    (r#"{"type":"receive","sku":"lamp","quantity":1e999}"#, "invalidCommand", "quantity"),
    // numbers that a shape allows and a meaning doesn't
    (
        r#"{"type":"holdStock","hold":"H","lines":[{"sku":"lamp","quantity":1}],"ttl":0}"#,
        "invalidCommand",
        "ttl",
    ),
    (r#"{"type":"defineItem","sku":"lamp","ageingDays":0}"#, "invalidCommand", "ageingDays"),
    (r#"{"type":"defineItem","sku":"lamp","ageingDays":100000001}"#, "limitExceeded", "ageingDays"),
    (r#"{"type":"placeOrder","order":"O","lines":[]}"#, "invalidCommand", "lines"),
    (
        r#"{"type":"placeOrder","order":"O","lines":[{"sku":"lamp","quantity":1,"locations":[]}]}"#,
        "invalidCommand",
        "lines[0].locations",
    ),
    (r#"{"type":"receive","sku":"lamp","quantity":1,"location":"moon"}"#, "unknownLocation", "location"),
    // places
    (r#"{"type":"defineLocation","location":""}"#, "invalidCommand", "location"),
    (r#"{"type":"defineLocation","location":"<129>"}"#, "limitExceeded", "location"),
    (
        r#"{"type":"placeOrder","order":"O","lines":[{"sku":"lamp","quantity":1,"locations":["a","b","a"]}]}"#,
        "invalidCommand",
        "lines[0].locations[2]",
    ),
    (r#"{"type":"relocate","order":"O","line":"1","from":"a","to":"a"}"#, "invalidCommand", "to"),
    (r#"{"type":"relocate","order":"O","line":"1","to":"a","quantity":0}"#, "invalidCommand", "quantity"),
    (r#"{"type":"relocate","order":"O","line":"1","from":"","to":"a"}"#, "invalidCommand", "from"),
    (r#"{"type":"relocate","order":"O","line":"1","to":"<129>"}"#, "limitExceeded", "to"),
    // an order's settings
    (r#"{"type":"placeOrder","order":"O","segment":"","lines":[<1>]}"#, "invalidCommand", "segment"),
    (r#"{"type":"placeOrder","order":"O","segment":"<129>","lines":[<1>]}"#, "limitExceeded", "segment"),
    (r#"{"type":"confirmHold","hold":"H","order":"O","segment":"\ufffd"}"#, "invalidCommand", "segment"),
    (r#"{"type":"freeze","order":"","frozen":true}"#, "invalidCommand", "order"),
    (r#"{"type":"substitute","order":"O","line":"1","sku":""}"#, "invalidCommand", "sku"),
    // an item's settings
    (r#"{"type":"defineItem","sku":"lamp","protection":[<9 levels>]}"#, "limitExceeded", "protection"),
    (
        r#"{"type":"defineItem","sku":"lamp","protection":[{"priority":5,"units":1},{"priority":5,"units":2}]}"#,
        "invalidCommand",
        "protection[1].priority",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","protection":[{"priority":5,"units":1}],"ageingDays":1}"#,
        "invalidCommand",
        "protection",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","protection":[{"priority":5,"units":1}],"sharing":"fairShare"}"#,
        "invalidCommand",
        "protection",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","sharing":"fairShare","promising":"protect"}"#,
        "invalidCommand",
        "promising",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","sharing":"fairShare","wholeLines":"skip"}"#,
        "invalidCommand",
        "wholeLines",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","promising":"protect","wholeLines":"skip"}"#,
        "invalidCommand",
        "wholeLines",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","reorder":{"policy":"rQ","point":1}}"#,
        "invalidCommand",
        "reorder.quantity",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","reorder":{"policy":"rQ","point":1,"quantity":0}}"#,
        "invalidCommand",
        "reorder.quantity",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","reorder":{"policy":"sS","point":1,"quantity":1}}"#,
        "invalidCommand",
        "reorder.upTo",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","reorder":{"policy":"baseStock","point":1}}"#,
        "invalidCommand",
        "reorder.upTo",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","replenishment":{"leadTimeDays":1,"batch":0}}"#,
        "invalidCommand",
        "replenishment.batch",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","replenishment":{"leadTimeDays":1,"capacityPerDay":0}}"#,
        "invalidCommand",
        "replenishment.capacityPerDay",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","components":[{"sku":"a","quantity":1},{"sku":"b","quantity":0}]}"#,
        "invalidCommand",
        "components[1].quantity",
    ),
    (
        r#"{"type":"defineItem","sku":"lamp","components":[{"sku":"<129>","quantity":1}]}"#,
        "limitExceeded",
        "components[0].sku",
    ),
    (r#"{"type":"defineItem","sku":"lamp","components":[<1001>]}"#, "limitExceeded", "components"),
    (r#"{"type":"defineItem","sku":"lamp","substitutes":["a",""]}"#, "invalidCommand", "substitutes[1]"),
    (r#"{"type":"defineItem","sku":"lamp","substitutes":["a","b","a"]}"#, "invalidCommand", "substitutes[2]"),
    (
        r#"{"type":"defineItem","sku":"lamp","incentives":[{"fromDelayDays":100000001,"offer":""}]}"#,
        "limitExceeded",
        "incentives[0].fromDelayDays",
    ),
    // sharing anew
    (r#"{"type":"rebalance","skus":[],"rules":[]}"#, "invalidCommand", "skus"),
    (r#"{"type":"rebalance","skus":["lamp","lamp"],"rules":[]}"#, "invalidCommand", "skus[1]"),
    (
        r#"{"type":"rebalance","rules":[{"match":{"orders":["O",""]},"strategy":"win"}]}"#,
        "invalidCommand",
        "rules[0].match.orders[1]",
    ),
    (
        r#"{"type":"rebalance","rules":[{"match":{"segment":"<129>"},"strategy":"win"}]}"#,
        "limitExceeded",
        "rules[0].match.segment",
    ),
    (r#"{"type":"rebalance","rules":[<1001 rules>]}"#, "limitExceeded", "rules"),
];

fn written_out(json: &str) -> String {
    let line = r#"{"sku":"lamp","quantity":1}"#;
    let level = |priority| format!(r#"{{"priority":{priority},"units":1}}"#);
    let levels: Vec<String> = (0..9).map(level).collect();
    let (eight, nine) = (levels[..8].join(","), levels.join(","));
    json.replace("<129>", &"a".repeat(129))
        .replace("<1>", line)
        .replace("<1001>", &vec![line; 1_001].join(","))
        .replace("<8 levels>", &eight)
        .replace("<9 levels>", &nine)
        .replace("<1001 rules>", &vec![r#"{"match":{},"strategy":"win"}"#; 1_001].join(","))
}

#[test]
fn refusals_by_decoding_and_by_the_engine_are_one() {
    for (json, reason, path) in REFUSED {
        let json = written_out(json);
        let mut engine = engine_after(7, &[LAMP]);
        let outcome = outcome(&mut engine, &json, 9);
        assert_eq!((&outcome["reason"], &outcome["path"]), (&json!(reason), &json!(path)), "{json}");
        let advances = *reason == "unknownLocation" || *reason == "limitExceeded";
        assert_eq!(engine.last_instant(), if advances { 9 } else { 7 }, "{json}");
    }
}

/// Settings at the edge of what is refused.
const ACCEPTED: &[&str] = &[
    r#""protection":[<8 levels>]"#,
    r#""protection":[<8 levels>],"ageingDays":null,"sharing":"sequence","promising":"protect""#,
    r#""protection":[],"ageingDays":1,"sharing":"fairShare""#,
    r#""reorder":{"policy":"rQ","point":0,"quantity":1,"minimum":0,"multiple":0}"#,
    r#""reorder":{"policy":"baseStock","point":9,"upTo":0}"#,
    r#""replenishment":{"leadTimeDays":0,"batch":1,"capacityPerDay":1}"#,
    r#""incentives":[{"fromDelayDays":100000000,"offer":""}],"substitutes":["nobody knows it"]"#,
];

#[test]
fn what_is_just_right_is_accepted() {
    for settings in ACCEPTED {
        engine_after(1, &[&written_out(&format!(r#"{{"type":"defineItem","sku":"lamp",{settings}}}"#))]);
    }
}
