//! Commands that are wrong, with what is answered.

use super::document;
use crate::api::decode::command;
use crate::model::outcome::Reason;

/// A command, the path that is refused, and the message after it.
const REFUSED: &[(&str, &str, &str)] = &[
    // the command itself
    (r#"{}"#, "type", " is missing: it must be the name of a command, as \"placeOrder\""),
    (r#"{"type":5}"#, "type", " must be the name of a command, as \"placeOrder\", not 5"),
    (r#"{"type":"placeorder"}"#, "type", " \"placeorder\" is no command; did you mean placeOrder?"),
    (
        r#"{"type":"sell","sku":1}"#,
        "type",
        " \"sell\" is no command; there are defineItem, defineLocation, defineSupplier, receive,",
    ),
    (r#"{"type":"respond"}"#, "order", " is missing: it must be an id"),
    (r#"{"type":"tick","key":7}"#, "key", " must be an id, a text of 1 to 128 bytes, not 7"),
    (r#"{"type":"tick","key":null}"#, "key", " must be an id, a text of 1 to 128 bytes, not null"),
    // fields that are none, are missing, or come twice
    (r#"{"type":"receive","sku":"a","quantiy":5}"#, "quantiy", " is no field here; did you mean quantity?"),
    (r#"{"type":"receive","SKU":"a","quantity":5}"#, "SKU", " is no field here; did you mean sku?"),
    (r#"{"type":"tick","colour":"red"}"#, "colour", " is no field here; there are key, type"),
    (
        r#"{"type":"receive","sku":"a"}"#,
        "quantity",
        " is missing: it must be a whole number from 0 to 9007199254740991",
    ),
    (r#"{"type":"receive","sku":"a","quantity":1,"sku":"a"}"#, "sku", " is given twice"),
    (r#"{"type":"placeOrder","order":"O"}"#, "lines", " is missing: it must be a list"),
    // what is wrong goes before what is missing, and the first before the second
    (r#"{"type":"receive","location":7}"#, "location", " must be an id"),
    (r#"{"type":"receive","sku":1,"quantity":"1"}"#, "sku", " must be an id"),
    // numbers
    (
        r#"{"type":"receive","sku":"a","quantity":-1}"#,
        "quantity",
        " must be a whole number from 0 to 9007199254740991, not -1",
    ),
    (r#"{"type":"receive","sku":"a","quantity":1.5}"#, "quantity", ", not 1.5"),
    (r#"{"type":"receive","sku":"a","quantity":1.1}"#, "quantity", ", not 1.1"),
    (r#"{"type":"receive","sku":"a","quantity":-0.0625}"#, "quantity", ", not -0.0625"),
    (r#"{"type":"receive","sku":"a","quantity":1e-9}"#, "quantity", ", not 0.000001"),
    (
        r#"{"type":"receive","sku":"a","quantity":9007199254740992}"#,
        "quantity",
        ", not a number beyond 9007199254740991",
    ),
    (
        r#"{"type":"receive","sku":"a","quantity":18446744073709551616}"#,
        "quantity",
        ", not a number beyond 9007199254740991",
    ),
    (
        r#"{"type":"receive","sku":"a","quantity":-1e300}"#,
        "quantity",
        ", not a number beyond 9007199254740991",
    ),
    (r#"{"type":"receive","sku":"a","quantity":"5"}"#, "quantity", ", not \"5\""),
    (r#"{"type":"receive","sku":"a","quantity":true}"#, "quantity", ", not true"),
    (r#"{"type":"receive","sku":"a","quantity":null}"#, "quantity", ", not null"),
    (r#"{"type":"receive","sku":"a","quantity":[5]}"#, "quantity", ", not a list"),
    (r#"{"type":"receive","sku":"a","quantity":{}}"#, "quantity", ", not an object"),
    (
        r#"{"type":"archive","before":"2024-01-01"}"#,
        "before",
        " must be milliseconds since 1970, a whole number from 0 to 9007199254740991, not \"2024-01-01\"",
    ),
    (
        r#"{"type":"reprioritise","order":"O","priority":256}"#,
        "priority",
        " must be a whole number from 0 to 255, not 256",
    ),
    (
        r#"{"type":"reprioritise","order":"O","priority":-1}"#,
        "priority",
        " must be a whole number from 0 to 255, not -1",
    ),
    (
        r#"{"type":"defineSupplier","supplier":"V","lateness":[0,0.5]}"#,
        "lateness[1]",
        " must be a whole number of days, negative when early, not 0.5",
    ),
    // lines
    (r#"{"type":"placeOrder","order":"O","lines":{}}"#, "lines", " must be a list, not an object"),
    (r#"{"type":"placeOrder","order":"O","lines":["a"]}"#, "lines[0]", " must be an object, not \"a\""),
    (
        r#"{"type":"placeOrder","order":"O","lines":[{"sku":"a","quantity":1},{"sku":"a","quantity":0.5}]}"#,
        "lines[1].quantity",
        ", not 0.5",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[{"sku":"a","quantity":1,"locations":["b",5]}]}"#,
        "lines[0].locations[1]",
        " must be an id",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[{"sku":"a","qty":1,"quantity":1}]}"#,
        "lines[0].qty",
        " is no field here; there are line, sku, quantity, locations, minShipment, unitPrice",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"latest":null}"#,
        "latest",
        " must be milliseconds since 1970",
    ),
    (
        r#"{"type":"cancelOrder","order":"O","lines":[{"line":"1"}]}"#,
        "lines[0]",
        " must be an id, a text of 1 to 128 bytes, not an object",
    ),
    (r#"{"type":"ship","order":"O","lines":[{"line":"1"}]}"#, "lines[0].quantity", " is missing"),
    // words
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"fulfilment":"whole"}"#,
        "fulfilment",
        " must be \"partial\", \"line\" or \"order\", not \"whole\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","backorders":"no"}"#,
        "backorders",
        " must be \"allow\", \"deny\" or { limit }, not \"no\"",
    ),
    (r#"{"type":"defineItem","sku":"a","backorders":false}"#, "backorders", ", not false"),
    (r#"{"type":"defineItem","sku":"a","backorders":{}}"#, "backorders.limit", " is missing"),
    (
        r#"{"type":"defineItem","sku":"a","lifecycle":"preorder"}"#,
        "lifecycle",
        " must be \"active\", \"discontinued\" or { preorder }, not \"preorder\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","lifecycle":{"preorder":{"releaseAt":"soon"}}}"#,
        "lifecycle.preorder.releaseAt",
        ", not \"soon\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","lifecycle":{"preorder":null}}"#,
        "lifecycle.preorder",
        " must be an object, not null",
    ),
    (
        r#"{"type":"defineItem","sku":"a","overdue":{"ignoreAfterDays":1}}"#,
        "overdue.offsetDays",
        " is missing",
    ),
    (
        r#"{"type":"return","order":"O","line":"1","quantity":1,"restock":"yes"}"#,
        "restock",
        " must be true or false, not \"yes\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","sharing":"fair"}"#,
        "sharing",
        " must be \"sequence\" or \"fairShare\", not \"fair\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","promising":"fifo"}"#,
        "promising",
        " must be \"queue\" or \"protect\", not \"fifo\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","wholeLines":true}"#,
        "wholeLines",
        " must be \"collect\" or \"skip\", not true",
    ),
    (
        r#"{"type":"defineItem","sku":"a","reorder":{"policy":"min","point":1}}"#,
        "reorder.policy",
        " must be \"rQ\", \"sS\" or \"baseStock\", not \"min\"",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"sourcing":"nearest"}"#,
        "sourcing",
        " must be \"fewestParts\", \"inOrder\" or \"earliest\", not \"nearest\"",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"shortfall":"cut"}"#,
        "shortfall",
        " must be \"refuse\" or \"trim\", not \"cut\"",
    ),
    (
        r#"{"type":"rebalance","rules":[{"match":{},"strategy":"keep"}]}"#,
        "rules[0].strategy",
        " must be \"win\", \"gain\", \"redistribute\", \"fill\" or \"lose\", not \"keep\"",
    ),
    // what is new in lists and objects
    (r#"{"type":"rebalance"}"#, "rules", " is missing: it must be a list"),
    (r#"{"type":"rebalance","rules":{}}"#, "rules", " must be a list, not an object"),
    (r#"{"type":"rebalance","rules":[{"strategy":"win"}]}"#, "rules[0].match", " is missing"),
    (
        r#"{"type":"rebalance","rules":[{"match":{"priority":{"from":256}},"strategy":"win"}]}"#,
        "rules[0].match.priority.from",
        " must be a whole number from 0 to 255, not 256",
    ),
    (
        r#"{"type":"rebalance","rules":[{"match":{"orders":"O"},"strategy":"win"}]}"#,
        "rules[0].match.orders",
        " must be a list, not \"O\"",
    ),
    (r#"{"type":"rebalance","rules":[],"skus":"a"}"#, "skus", " must be a list, not \"a\""),
    (r#"{"type":"freeze","order":"O","frozen":1}"#, "frozen", " must be true or false, not 1"),
    (r#"{"type":"relocate","order":"O","line":"1"}"#, "to", " is missing: it must be an id"),
    (
        r#"{"type":"defineItem","sku":"a","protection":{"priority":1,"units":1}}"#,
        "protection",
        " must be a list, not an object",
    ),
    (
        r#"{"type":"defineItem","sku":"a","components":[{"sku":"b"}]}"#,
        "components[0].quantity",
        " is missing",
    ),
    (
        r#"{"type":"defineItem","sku":"a","components":{"b":1}}"#,
        "components",
        " must be a list, not an object",
    ),
    (
        r#"{"type":"defineItem","sku":"a","substitutes":["b",{"sku":"c"}]}"#,
        "substitutes[1]",
        " must be an id",
    ),
    (
        r#"{"type":"defineItem","sku":"a","incentives":[{"fromDelayDays":3,"offer":null}]}"#,
        "incentives[0].offer",
        " must be text, not null",
    ),
    (
        r#"{"type":"defineItem","sku":"a","replenishment":{"leadTimeDays":1,"batch":0.5}}"#,
        "replenishment.batch",
        ", not 0.5",
    ),
    (r#"{"type":"defineLocation"}"#, "location", " is missing: it must be an id"),
    // later releases
    (
        r#"{"type":"defineItem","sku":"a","overtaking":"guess"}"#,
        "overtaking",
        " must be \"ignore\" or \"learn\", not \"guess\"",
    ),
    (
        r#"{"type":"defineItem","sku":"a","promiseQuantile":1}"#,
        "promiseQuantile",
        " must be a number above 0 and below 1",
    ),
    // notices
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"statedShipBy":"2024-02-30"}"#,
        "statedShipBy",
        " must be a date from 1970 to 9999",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"buyerZone":{"timeZone":"Mars"}}"#,
        "buyerZone.timeZone",
        " comes without its transitions",
    ),
    (r#"{"type":"defineRegime","regime":"mine","base":"us"}"#, "base", " must be \"ftc\", \"eu\" or \"uk\""),
    (
        r#"{"type":"defineRegime","regime":"mine","settings":{"holidays":[1]}}"#,
        "settings.holidays[0]",
        " must be a text",
    ),
    (
        r#"{"type":"respond","order":"O","answer":"consent","until":"never"}"#,
        "until",
        " must be a date from 1970 to 9999",
    ),
    // a hold's settings are settled when it is placed
    (r#"{"type":"confirmHold","hold":"H","order":"O","priority":1}"#, "priority", " is no field here"),
];

#[test]
fn what_is_wrong_is_said_with_its_path() {
    for (json, path, message) in REFUSED {
        let rejection = command(&document(json)).expect_err(json);
        assert_eq!(rejection.reason, Reason::InvalidCommand, "{json}");
        assert_eq!(rejection.path.as_deref(), Some(*path), "{json}");
        let rest = rejection.message.strip_prefix(path).expect(json);
        assert!(
            rest.starts_with(message) || (message.starts_with(',') && rest.ends_with(message)),
            "{json}: {}",
            rejection.message
        );
    }
}

#[test]
fn a_stranger_s_text_is_shortened() {
    let long = "ä".repeat(5_000);
    for json in [
        format!(r#"{{"type":"{long}"}}"#),
        format!(r#"{{"type":"tick","{long}":1}}"#),
        format!(r#"{{"type":"archive","before":"{long}"}}"#),
    ] {
        let rejection = command(&document(&json)).unwrap_err();
        let path = rejection.path.unwrap();
        assert!(rejection.message.contains("ää…"), "{}", rejection.message);
        assert!(rejection.message.len() < 500 && path.len() < 100, "{path}: {}", rejection.message);
    }
}

#[test]
fn what_is_no_object_is_no_command() {
    for json in ["null", "5", "\"tick\"", "[]", "true"] {
        let rejection = command(&document(json)).unwrap_err();
        assert_eq!((rejection.reason, rejection.path), (Reason::InvalidCommand, None));
        assert!(
            rejection.message.starts_with("the command must be an object, not "),
            "{}",
            rejection.message
        );
    }
}
