//! Commands that are right, with what they say, and commands that are wrong, with what is answered.

use super::document;
use crate::api::decode::command;
use crate::model::command::*;
use crate::model::outcome::Reason;
use crate::model::settings::*;

#[test]
fn every_field_arrives() {
    let line = |line, sku, quantity| OrderLine { line, ..OrderLine::new(sku, quantity) };
    let cases: Vec<(&str, Body)> = vec![
        (r#"{"type":"tick"}"#, Body::Tick),
        (
            r#"{"type":"receive","sku":"a","location":"default","quantity":9007199254740991,"supply":"S"}"#,
            Body::Receive { sku: "a", location: Some("default"), quantity: (1 << 53) - 1, supply: Some("S") },
        ),
        (r#"{"onHand":0,"sku":"a","type":"count"}"#, Body::Count { sku: "a", location: None, on_hand: 0 }),
        (
            r#"{"type":"scheduleSupply","supply":"S","sku":"a","location":"default","quantity":1e3,"due":5.0,"supplier":"V"}"#,
            Body::ScheduleSupply {
                supply: "S",
                sku: "a",
                location: Some("default"),
                quantity: 1_000,
                due: 5,
                supplier: Some("V"),
            },
        ),
        (
            r#"{"type":"rescheduleSupply","supply":"S","due":7,"quantity":0}"#,
            Body::RescheduleSupply { supply: "S", due: Some(7), quantity: Some(0) },
        ),
        (
            r#"{"type":"rescheduleSupply","supply":"S"}"#,
            Body::RescheduleSupply { supply: "S", due: None, quantity: None },
        ),
        (r#"{"type":"cancelSupply","supply":"S"}"#, Body::CancelSupply { supply: "S" }),
        (
            r#"{"type":"defineSupplier","supplier":"V","lateness":[-3,0,14]}"#,
            Body::DefineSupplier { supplier: "V", lateness_days: Some(Some(vec![-3, 0, 14])) },
        ),
        (
            r#"{"type":"defineSupplier","supplier":"V","lateness":null}"#,
            Body::DefineSupplier { supplier: "V", lateness_days: Some(None) },
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[{"sku":"a","quantity":2},
                {"line":"x","sku":"b","quantity":3,"locations":["default"],"minShipment":2,"unitPrice":995}],
                "priority":0,"fulfilment":"order","notBefore":1,"latest":2}"#,
            Body::PlaceOrder {
                order: "O",
                lines: vec![
                    line(None, "a", 2),
                    OrderLine {
                        locations: Some(vec!["default"]),
                        min_shipment: 2,
                        unit_price: Some(995),
                        ..line(Some("x"), "b", 3)
                    },
                ]
                .into(),
                settings: OrderSettings {
                    priority: 0,
                    shipping: ShippingSettings {
                        fulfilment: Fulfilment::Order,
                        not_before: Some(1),
                        latest: Some(2),
                    },
                },
            },
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[],"sourcing":"fewestParts","shortfall":"refuse","regime":"none","payment":"card"}"#,
            Body::PlaceOrder { order: "O", lines: vec![].into(), settings: OrderSettings::default() },
        ),
        (
            r#"{"type":"holdStock","hold":"H","lines":[{"sku":"a","quantity":1}],"ttl":900000,"priority":255}"#,
            Body::HoldStock {
                hold: "H",
                lines: vec![line(None, "a", 1)].into(),
                ttl_ms: 900_000,
                priority: 255,
            },
        ),
        (
            r#"{"type":"confirmHold","hold":"H","order":"O","fulfilment":"line"}"#,
            Body::ConfirmHold {
                hold: "H",
                order: "O",
                settings: ShippingSettings { fulfilment: Fulfilment::Line, ..ShippingSettings::default() },
            },
        ),
        (r#"{"type":"releaseHold","hold":"H"}"#, Body::ReleaseHold { hold: "H" }),
        (
            r#"{"type":"amendLine","order":"O","line":"1","quantity":4}"#,
            Body::AmendLine { order: "O", line: "1", quantity: 4 },
        ),
        (
            r#"{"type":"amendOrder","order":"O","fulfilment":null,"latest":8,"shipTo":null}"#,
            Body::AmendOrder { order: "O", fulfilment: Some(None), not_before: None, latest: Some(Some(8)) },
        ),
        (
            r#"{"type":"reprioritise","order":"O","priority":7}"#,
            Body::Reprioritise { order: "O", priority: 7 },
        ),
        (r#"{"type":"cancelOrder","order":"O"}"#, Body::CancelOrder { order: "O", lines: None }),
        (
            r#"{"type":"cancelOrder","order":"O","lines":["1","2"]}"#,
            Body::CancelOrder { order: "O", lines: Some(vec!["1", "2"]) },
        ),
        (r#"{"type":"ship","order":"O"}"#, Body::Ship { order: "O", lines: None }),
        (
            r#"{"type":"ship","order":"O","lines":[{"line":"1","quantity":1,"location":"default"}]}"#,
            Body::Ship {
                order: "O",
                lines: Some(vec![ShipLine { line: "1", quantity: 1, location: Some("default") }]),
            },
        ),
        (
            r#"{"type":"return","order":"O","line":"1","quantity":1,"restock":true,"location":"default"}"#,
            Body::Return { order: "O", line: "1", quantity: 1, restock: true, location: Some("default") },
        ),
        (r#"{"type":"archive","before":0}"#, Body::Archive { before: 0 }),
    ];
    let documents: Vec<_> = cases.iter().map(|(json, _)| document(json)).collect();
    for ((json, body), value) in cases.into_iter().zip(&documents) {
        assert_eq!(command(value), Ok(body.into()), "{json}");
    }
}

#[test]
fn settings_of_an_item() {
    let none = ItemChange::default();
    let cases = [
        ("", none.clone()),
        (
            r#","backorders":"allow""#,
            ItemChange { backorders: Some(Some(Backorders::Allow)), ..none.clone() },
        ),
        (r#","backorders":"deny""#, ItemChange { backorders: Some(Some(Backorders::Deny)), ..none.clone() }),
        (
            r#","backorders":{"limit":0}"#,
            ItemChange { backorders: Some(Some(Backorders::Limit(0))), ..none.clone() },
        ),
        (
            r#","backorders":null,"maxPerOrder":null"#,
            ItemChange { backorders: Some(None), max_per_order: Some(None), ..none.clone() },
        ),
        (
            r#","maxPerOrder":3,"safetyStock":4,"ageingDays":5"#,
            ItemChange {
                max_per_order: Some(Some(3)),
                safety_stock: Some(Some(4)),
                ageing_days: Some(Some(5)),
                ..none.clone()
            },
        ),
        (
            r#","replenishment":{"leadTimeDays":6,"supplier":"V"}"#,
            ItemChange {
                replenishment: Some(Some(Replenishment { lead_time_days: 6, supplier: Some("V".into()) })),
                ..none.clone()
            },
        ),
        (
            r#","overdue":{"offsetDays":7,"ignoreAfterDays":8}"#,
            ItemChange {
                overdue: Some(Some(Overdue { offset_days: 7, ignore_after_days: Some(8) })),
                ..none.clone()
            },
        ),
        (
            r#","lifecycle":{"preorder":{"releaseAt":9}}"#,
            ItemChange { lifecycle: Some(Some(Lifecycle::Preorder { release_at: Some(9) })), ..none.clone() },
        ),
        (
            r#","lifecycle":{"preorder":{}}"#,
            ItemChange { lifecycle: Some(Some(Lifecycle::Preorder { release_at: None })), ..none.clone() },
        ),
        (
            r#","lifecycle":"discontinued""#,
            ItemChange { lifecycle: Some(Some(Lifecycle::Discontinued)), ..none.clone() },
        ),
        (r#","lifecycle":"active""#, ItemChange { lifecycle: Some(Some(Lifecycle::Active)), ..none.clone() }),
        (
            r#","sharing":"sequence","promising":"queue","protection":[],"overtaking":"ignore","wholeLines":"collect",
                "promiseQuantile":0.8,"reorder":null,"components":[],"substitutes":[],"incentives":[]"#,
            none.clone(),
        ),
        (
            r#","sharing":null,"promising":null,"protection":null,"overtaking":null,"wholeLines":null,
                "promiseQuantile":null,"components":null,"substitutes":null,"incentives":null"#,
            none,
        ),
    ];
    for (fields, settings) in cases {
        let json = format!(r#"{{"type":"defineItem","key":"k","sku":"a"{fields}}}"#);
        let expected = Command { key: Some("k"), body: Body::DefineItem { sku: "a", settings } };
        let value = document(&json);
        assert_eq!(command(&value), Ok(expected), "{json}");
    }
}

/// A command, the path that is refused, and the message after it.
const REFUSED: &[(&str, &str, &str)] = &[
    // the command itself
    (r#"{}"#, "type", " is missing: it must be the name of a command, as \"placeOrder\""),
    (r#"{"type":5}"#, "type", " must be the name of a command, as \"placeOrder\", not 5"),
    (r#"{"type":"placeorder"}"#, "type", " \"placeorder\" is no command; did you mean placeOrder?"),
    (
        r#"{"type":"sell","sku":1}"#,
        "type",
        " \"sell\" is no command; there are defineItem, defineSupplier, receive,",
    ),
    (r#"{"type":"relocate"}"#, "type", " \"relocate\" comes in a later release"),
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
    // later releases
    (
        r#"{"type":"defineItem","sku":"a","sharing":"fairShare"}"#,
        "sharing",
        " other than sequence comes in a later release",
    ),
    (
        r#"{"type":"defineItem","sku":"a","promiseQuantile":0.5}"#,
        "promiseQuantile",
        " other than 0.8 comes in a later release",
    ),
    (
        r#"{"type":"defineItem","sku":"a","components":[{"sku":"b","quantity":1}]}"#,
        "components",
        " other than [] comes in a later release",
    ),
    (
        r#"{"type":"defineItem","sku":"a","reorder":{"policy":"rQ","point":1}}"#,
        "reorder",
        " comes in a later release: leave it out",
    ),
    (
        r#"{"type":"defineItem","sku":"a","replenishment":{"leadTimeDays":1,"batch":6}}"#,
        "replenishment.batch",
        " comes in a later release: leave it out",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"allocateFrom":5}"#,
        "allocateFrom",
        " comes in a later release",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"shortfall":"trim"}"#,
        "shortfall",
        " other than refuse comes in a later release",
    ),
    (
        r#"{"type":"placeOrder","order":"O","lines":[],"regime":"ftc"}"#,
        "regime",
        " other than none comes in a later release",
    ),
    (r#"{"type":"amendOrder","order":"O","shipTo":"EU"}"#, "shipTo", " comes in a later release"),
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
