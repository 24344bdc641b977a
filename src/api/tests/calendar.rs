//! Calendars, transit and destinations: what is read, what is refused, and what is written in a log.

use super::{LAMP, document, engine_after, outcome};
use crate::api::command_json;
use crate::api::decode::command;
use crate::api::door::{quote, quote_order};
use crate::api::json::parse;
use crate::model::calendar::{Calendar, Transit, Transition, Weekdays, Zone};
use crate::model::command::{Body, Command, OrderSettings, ShippingSettings};
use crate::model::outcome::Reason;
use serde_json::json;

fn calendar() -> Calendar {
    Calendar {
        zone: Zone::default(),
        workdays: Weekdays::of(&[1]),
        holidays: vec![],
        cutoff_minutes: None,
        handling_days: 0,
    }
}

fn transit(ship_to: &str, days: u64) -> Transit {
    Transit { ship_to: ship_to.into(), days }
}

fn transition(from: u64, utc_offset_minutes: i64) -> Transition {
    Transition { from, utc_offset_minutes }
}

/// The fields of a calendar beside `workdays: [1]`, and what they say.
fn calendars() -> Vec<(&'static str, Calendar)> {
    let changing = |name: Option<&str>, transitions: &[Transition]| Zone::Changing {
        name: name.map(Into::into),
        transitions: transitions.into(),
    };
    vec![
        ("", calendar()),
        (r#","utcOffset":-210"#, Calendar { zone: Zone::Fixed { utc_offset_minutes: -210 }, ..calendar() }),
        (
            r#","timeZone":"Asia/Kathmandu","transitions":[{"from":0,"utcOffset":345}]"#,
            Calendar { zone: changing(Some("Asia/Kathmandu"), &[transition(0, 345)]), ..calendar() },
        ),
        (
            r#","transitions":[{"from":5,"utcOffset":-60},{"utcOffset":0,"from":6}]"#,
            Calendar { zone: changing(None, &[transition(5, -60), transition(6, 0)]), ..calendar() },
        ),
        (
            r#","holidays":["2024-12-26","2024-02-29","2024-12-26"]"#,
            Calendar { holidays: vec![19_782, 20_083], ..calendar() },
        ),
        (r#","cutoff":"00:00""#, Calendar { cutoff_minutes: Some(0), ..calendar() }),
        (r#","cutoff":"23:59""#, Calendar { cutoff_minutes: Some(1_439), ..calendar() }),
        (r#","handlingDays":2"#, Calendar { handling_days: 2, ..calendar() }),
    ]
}

fn with_calendar(fields: &str) -> String {
    format!(r#"{{"type":"defineLocation","location":"east","calendar":{{"workdays":[1]{fields}}}}}"#)
}

/// It is read as this command, and so is what is written of that.
fn assert_says(json: &str, expected: &Command) {
    let written = command_json(expected);
    for json in [json, &written] {
        let value = document(json);
        // As text, since a command may not outlive the document that another is compared with.
        assert_eq!(
            format!("{:?}", command(&value).as_ref()),
            format!("{:?}", Ok::<_, ()>(expected)),
            "{json}"
        );
    }
}

#[test]
fn every_field_of_a_calendar_arrives_and_is_written_again() {
    for (fields, calendar) in calendars() {
        let json = with_calendar(fields);
        let expected =
            Body::DefineLocation { location: "east", calendar: Some(Some(calendar)), transit: None }.into();
        assert_says(&json, &expected);
    }
    let all = r#"{"type":"defineLocation","location":"east","calendar":{"timeZone":"Europe/Berlin","transitions":[{"from":0,"utcOffset":60}],"workdays":[1,2,7],"holidays":["2024-02-29"],"cutoff":"09:05","handlingDays":1},"transitDays":{"AT":3,"DE":1}}"#;
    assert_eq!(command_json(&command(&document(all)).unwrap()), all);
}

#[test]
fn the_days_of_a_week_are_a_set() {
    let value = document(r#"{"type":"defineLocation","location":"east","calendar":{"workdays":[7,1,2,7]}}"#);
    let Ok(Body::DefineLocation { calendar: Some(Some(calendar)), .. }) =
        command(&value).map(|command| command.body)
    else {
        panic!("it is a command");
    };
    assert_eq!(calendar.workdays, Weekdays::of(&[1, 2, 7]));
    assert_eq!(calendar.workdays.numbers().collect::<Vec<_>>(), [1, 2, 7]);
}

#[test]
fn transit_and_destinations_arrive_and_are_written_again() {
    let settings = || OrderSettings { ship_to: Some("EU"), ..OrderSettings::default() };
    let location = |calendar, transit| Body::DefineLocation { location: "east", calendar, transit };
    let cases = [
        (
            r#"{"type":"defineLocation","location":"east","transitDays":{"US":5,"EU":0,"AT":2}}"#,
            location(None, Some(Some(vec![transit("AT", 2), transit("EU", 0), transit("US", 5)]))),
        ),
        (
            r#"{"type":"defineLocation","location":"east","transitDays":{}}"#,
            location(None, Some(Some(vec![]))),
        ),
        (
            r#"{"type":"defineLocation","location":"east","calendar":null,"transitDays":null}"#,
            location(Some(None), Some(None)),
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[],"shipTo":"EU"}"#,
            Body::PlaceOrder { order: "O", lines: vec![].into(), settings: settings() },
        ),
        (
            r#"{"type":"confirmHold","hold":"H","order":"O","shipTo":"EU"}"#,
            Body::ConfirmHold {
                hold: "H",
                order: "O",
                segment: None,
                ship_to: Some("EU"),
                settings: ShippingSettings::default(),
                notices: None,
            },
        ),
        (
            r#"{"type":"amendOrder","order":"O","shipTo":"EU"}"#,
            Body::AmendOrder {
                order: "O",
                fulfilment: None,
                not_before: None,
                latest: None,
                ship_to: Some(Some("EU")),
            },
        ),
        (
            r#"{"type":"amendOrder","order":"O","shipTo":null}"#,
            Body::AmendOrder {
                order: "O",
                fulfilment: None,
                not_before: None,
                latest: None,
                ship_to: Some(None),
            },
        ),
    ];
    for (json, body) in cases {
        let expected = body.into();
        assert_says(json, &expected);
    }
}

/// Fields of a calendar beside `workdays: [1]`, the path below `calendar` that is refused, and the message.
const MISREAD: &[(&str, &str, &str)] = &[
    (r#","workdays":[2]"#, "workdays", " is given twice"),
    (r#","colour":1"#, "colour", " is no field here; there are"),
    (r#","time_zone":"UTC""#, "time_zone", " is no field here; did you mean timeZone?"),
    (
        r#","timeZone":"Europe/Berlin""#,
        "timeZone",
        " comes without its transitions: the npm package finds them, and so does resolve_zone of the Rust crate \
         (feature zones)",
    ),
    (r#","timeZone":5"#, "timeZone", " must be an id"),
    (r#","timeZone":null,"transitions":[]"#, "timeZone", " must be an id"),
    (
        r#","utcOffset":0,"timeZone":"UTC","transitions":[{"from":0,"utcOffset":0}]"#,
        "utcOffset",
        " says what timeZone and transitions say: leave out the one or the other",
    ),
    (r#","transitions":[{"from":0,"utcOffset":0}],"utcOffset":0"#, "utcOffset", " says what"),
    (r#","utcOffset":"+02:00""#, "utcOffset", " must be minutes east of UTC, a whole number, not \"+02:00\""),
    (r#","utcOffset":0.5"#, "utcOffset", " must be minutes"),
    (r#","transitions":{}"#, "transitions", " must be a list"),
    (r#","transitions":[[0,60]]"#, "transitions[0]", " must be an object"),
    (r#","transitions":[{"from":0}]"#, "transitions[0].utcOffset", " is missing"),
    (r#","transitions":[{"from":-1,"utcOffset":0}]"#, "transitions[0].from", " must be milliseconds"),
    (r#","transitions":[{"from":0,"utcOffset":0,"to":1}]"#, "transitions[0].to", " is no field"),
    (r#","holidays":"2024-12-25""#, "holidays", " must be a list"),
    (r#","holidays":["2024-12-25",20000]"#, "holidays[1]", " must be a date from 1970 to 9999, as"),
    (r#","holidays":["2023-02-29"]"#, "holidays[0]", ", not \"2023-02-29\""),
    (r#","holidays":["1969-12-31"]"#, "holidays[0]", " must be a date"),
    (r#","holidays":["2024-2-29"]"#, "holidays[0]", " must be a date"),
    (r#","cutoff":"24:00""#, "cutoff", " must be a time of the day, \"00:00\" to \"23:59\", not \"24:00\""),
    (r#","cutoff":"9:00""#, "cutoff", " must be a time"),
    (r#","cutoff":"09:60""#, "cutoff", " must be a time"),
    (r#","cutoff":"09-30""#, "cutoff", " must be a time"),
    (r#","cutoff":"+9:30""#, "cutoff", " must be a time"),
    (r#","cutoff":"09:30:00""#, "cutoff", " must be a time"),
    (r#","cutoff":570"#, "cutoff", ", not 570"),
    (r#","cutoff":null"#, "cutoff", ", not null"),
    (r#","handlingDays":-1"#, "handlingDays", " must be a whole number of days"),
    (r#","handlingDays":0.5"#, "handlingDays", " must be a whole number of days"),
];

#[test]
fn what_is_wrong_in_a_calendar_is_said_with_its_path() {
    let whole = [
        (r#"{"type":"defineLocation","location":"east","calendar":[1]}"#, "calendar", " must be an object"),
        (r#"{"type":"defineLocation","location":"east","calendar":{}}"#, "calendar.workdays", " is missing"),
        (
            r#"{"type":"defineLocation","location":"east","calendar":{"workdays":5}}"#,
            "calendar.workdays",
            " must be a list",
        ),
        (
            r#"{"type":"defineLocation","location":"east","calendar":{"workdays":[1,0]}}"#,
            "calendar.workdays[1]",
            " must be a day of the week, 1 Monday to 7 Sunday, not 0",
        ),
        (
            r#"{"type":"defineLocation","location":"east","calendar":{"workdays":[8]}}"#,
            "calendar.workdays[0]",
            ", not 8",
        ),
        (
            r#"{"type":"defineLocation","location":"east","calendar":{"workdays":["Monday"]}}"#,
            "calendar.workdays[0]",
            " must be a day of the week",
        ),
        (
            r#"{"type":"defineLocation","location":"east","transitDays":[]}"#,
            "transitDays",
            " must be an object",
        ),
        (
            r#"{"type":"defineLocation","location":"east","transitDays":{"EU":"2"}}"#,
            "transitDays.EU",
            " must be a whole number of days, not \"2\"",
        ),
        (
            r#"{"type":"defineLocation","location":"east","transitDays":{"EU":2,"US":5,"EU":2}}"#,
            "transitDays.EU",
            " is given twice",
        ),
        (r#"{"type":"placeOrder","order":"O","lines":[],"shipTo":5}"#, "shipTo", " must be an id"),
        (r#"{"type":"placeOrder","order":"O","lines":[],"shipTo":null}"#, "shipTo", " must be an id"),
    ];
    let whole = whole.map(|(json, path, message)| (json.to_owned(), path.to_owned(), message));
    let fields = MISREAD
        .iter()
        .map(|(fields, path, message)| (with_calendar(fields), format!("calendar.{path}"), *message));
    for (json, path, message) in whole.into_iter().chain(fields) {
        let rejection = command(&document(&json)).expect_err(&json);
        assert_eq!(
            (rejection.reason, rejection.path.as_ref()),
            (Reason::InvalidCommand, Some(&path)),
            "{json}"
        );
        let rest = rejection.message.strip_prefix(&path).expect(&json);
        let said = rest.starts_with(message) || (message.starts_with(',') && rest.ends_with(message));
        assert!(said, "{json}: {}", rejection.message);
    }
}

/// What can be read and is wrong all the same: a command, the reason, the path.
#[test]
fn limits_of_calendars_and_transit() {
    let repeated =
        |count: usize, text: fn(usize) -> String| (0..count).map(text).collect::<Vec<_>>().join(",");
    let days = |count| repeated(count, |day| format!("\"{:04}-01-01\"", 1970 + day));
    let changes = |count| repeated(count, |place| format!(r#"{{"from":{place},"utcOffset":0}}"#));
    let rates = |count| repeated(count, |place| format!(r#""zone {place}":1"#));
    let id = "x".repeat(129);
    let rows = [
        (with_calendar(r#","utcOffset":1081"#), "invalidCommand", "calendar.utcOffset"),
        (with_calendar(r#","utcOffset":-1081"#), "invalidCommand", "calendar.utcOffset"),
        (with_calendar(r#","transitions":[]"#), "invalidCommand", "calendar.transitions"),
        (
            with_calendar(r#","transitions":[{"from":0,"utcOffset":1081}]"#),
            "invalidCommand",
            "calendar.transitions[0].utcOffset",
        ),
        (
            with_calendar(r#","transitions":[{"from":7,"utcOffset":0},{"from":7,"utcOffset":1}]"#),
            "invalidCommand",
            "calendar.transitions[1].from",
        ),
        (
            with_calendar(&format!(r#","transitions":[{}]"#, changes(1_001))),
            "limitExceeded",
            "calendar.transitions",
        ),
        (with_calendar(&format!(r#","holidays":[{}]"#, days(1_001))), "limitExceeded", "calendar.holidays"),
        (with_calendar(r#","handlingDays":100000001"#), "limitExceeded", "calendar.handlingDays"),
        (
            with_calendar(&format!(r#","timeZone":"{id}","transitions":[{}]"#, changes(1))),
            "limitExceeded",
            "calendar.timeZone",
        ),
        (
            r#"{"type":"defineLocation","location":"east","calendar":{"workdays":[]}}"#.into(),
            "invalidCommand",
            "calendar.workdays",
        ),
        (
            format!(r#"{{"type":"defineLocation","location":"east","transitDays":{{{}}}}}"#, rates(1_001)),
            "limitExceeded",
            "transitDays",
        ),
        (
            format!(r#"{{"type":"defineLocation","location":"east","transitDays":{{"{id}":1}}}}"#),
            "limitExceeded",
            "transitDays",
        ),
        (
            r#"{"type":"defineLocation","location":"east","transitDays":{"":1}}"#.into(),
            "invalidCommand",
            "transitDays",
        ),
        (
            r#"{"type":"defineLocation","location":"east","transitDays":{"EU":100000001}}"#.into(),
            "limitExceeded",
            "transitDays.EU",
        ),
        (
            format!(
                r#"{{"type":"placeOrder","order":"O","lines":[{{"sku":"lamp","quantity":1}}],"shipTo":"{id}"}}"#
            ),
            "limitExceeded",
            "shipTo",
        ),
        (r#"{"type":"amendOrder","order":"O","shipTo":""}"#.into(), "invalidCommand", "shipTo"),
    ];
    let mut engine = engine_after(5, &[LAMP]);
    for (json, reason, path) in rows {
        let refused = outcome(&mut engine, &json, 5);
        assert_eq!(
            (&refused["reason"], &refused["path"]),
            (&json!(reason), &json!(path)),
            "{json}: {refused}"
        );
    }
    // At the limits they are let through.
    for fields in [
        r#","utcOffset":1080"#.to_owned(),
        r#","utcOffset":-1080"#.to_owned(),
        format!(r#","transitions":[{}]"#, changes(1_000)),
        format!(r#","holidays":[{}]"#, days(1_000)),
        r#","handlingDays":100000000"#.to_owned(),
    ] {
        let told = outcome(&mut engine, &with_calendar(&fields), 5);
        assert_eq!(told["status"], "applied", "{told}");
    }
}

#[test]
fn destinations_are_answered_by_every_door() {
    let mut engine = engine_after(5, &[LAMP, r#"{"type":"receive","sku":"lamp","quantity":9}"#]);
    let days = r#"{"type":"defineLocation","location":"default","transitDays":{"EU":1,"US":4},
        "calendar":{"workdays":[1,2,3,4,5],"cutoff":"12:00"}}"#;
    assert_eq!(outcome(&mut engine, days, 5)["status"], "applied");
    // 1970-01-01 was a Thursday.
    let (noon, day) = (12 * 3_600_000, 86_400_000);
    let at = |instant: u64| json!({"p50": instant, "p80": instant, "p95": instant, "basis": "stock", "evidence": 0});
    let never = json!({"p50": null, "p80": null, "p95": null, "basis": "none", "evidence": 0});
    let told = |engine: &_, ship_to: &str| {
        let request = format!(r#"{{"sku":"lamp","quantity":1{ship_to}}}"#);
        serde_json::to_value(quote(engine, &parse(&request), 5).unwrap()).unwrap()
    };
    assert_eq!(told(&engine, "")["ships"], at(noon));
    assert_eq!(told(&engine, "").get("delivers"), None);
    assert_eq!(told(&engine, r#","shipTo":"US""#)["delivers"], at(noon + 4 * day));
    assert_eq!(told(&engine, r#","shipTo":"moon""#)["delivers"], never);
    let cart = r#""lines":[{"sku":"lamp","quantity":1}],"shipTo":"EU""#;
    let document = format!("{{{cart}}}");
    let asked = parse(&document);
    let quoted = quote_order(&engine, &asked, 5).unwrap();
    assert_eq!(serde_json::to_value(&quoted.lines[0]).unwrap()["delivers"], at(noon + day));
    let order = format!(r#"{{"type":"placeOrder","order":"O",{cart}}}"#);
    assert_eq!(outcome(&mut engine, &order, 5)["status"], "applied");
    let hold = r#"{"type":"holdStock","hold":"H","ttl":99,"lines":[{"sku":"lamp","quantity":1}]}"#;
    assert_eq!(outcome(&mut engine, hold, 5)["status"], "applied");
    let confirm = r#"{"type":"confirmHold","hold":"H","order":"P","shipTo":"US"}"#;
    assert_eq!(outcome(&mut engine, confirm, 5)["status"], "applied");
    let line = |engine: &crate::engine::Engine, order: &str| {
        serde_json::to_value(&engine.order(order, 5).unwrap().lines[0]).unwrap()
    };
    assert_eq!(line(&engine, "O")["delivers"], at(noon + day));
    assert_eq!(line(&engine, "P")["delivers"], at(noon + 4 * day));
    for (ship_to, delivers) in [(r#""US""#, Some(at(noon + 4 * day))), ("null", None)] {
        let amend = format!(r#"{{"type":"amendOrder","order":"O","shipTo":{ship_to}}}"#);
        assert_eq!(outcome(&mut engine, &amend, 5)["status"], "applied");
        assert_eq!(line(&engine, "O").get("delivers"), delivers.as_ref(), "{ship_to}");
    }
    // What asks for nothing is given.
    for json in [
        r#"{"type":"defineLocation","location":"east","calendar":null,"transitDays":null}"#,
        r#"{"type":"defineLocation","location":"east","transitDays":{}}"#,
    ] {
        assert_eq!(outcome(&mut engine, json, 5)["status"], "applied", "{json}");
    }
}

#[test]
fn a_quote_s_destination_is_an_id() {
    let engine = engine_after(5, &[LAMP]);
    for wrong in ["5", "null", "\"\"", "\"\\ufffd\""] {
        let request = format!(r#"{{"sku":"lamp","quantity":1,"shipTo":{wrong}}}"#);
        let error = quote(&engine, &parse(&request), 5).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("shipTo"), "{wrong}");
        assert!(error.message.starts_with("shipTo must be an id"), "{}", error.message);
    }
}
