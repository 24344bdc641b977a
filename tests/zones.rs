//! Time zones by name: the list that is stored, which the package is held to as well, and a calendar that
//! names one, through the door for JSON.

#![cfg(feature = "zones")]

use backorder::api::door::apply_json;
use backorder::api::zones::bundled;
use backorder::engine::{Engine, EngineOptions};
use backorder::estimate::tzdb::resolve_zone;
use serde_json::Value;

#[test]
fn zones_resolve_to_what_is_stored() {
    let stored: Value = serde_json::from_str(include_str!("zones.json")).unwrap();
    let rows = stored["zones"].as_array().unwrap();
    assert!(rows.len() >= 20);
    for row in rows {
        let (name, now) = (row["timeZone"].as_str().unwrap(), row["now"].as_u64().unwrap());
        let expected = row["transitions"].as_array().unwrap().iter();
        let expected = expected.map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_i64().unwrap()));
        let found = resolve_zone(name, now).unwrap();
        let found = found.iter().map(|transition| (transition.from, transition.utc_offset_minutes));
        assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{name} at {now}");
    }
    for name in stored["unknown"].as_array().unwrap() {
        assert_eq!(resolve_zone(name.as_str().unwrap(), 0), None, "{name}");
    }
}

#[test]
fn any_instant_is_a_beginning() {
    for now in [0, 1, 253_399_622_400_000, (1 << 53) - 1, u64::MAX] {
        let transitions = resolve_zone("America/New_York", now).unwrap();
        assert_eq!(transitions[0].from, now);
        assert!(transitions.is_sorted_by(|one, next| one.from < next.from), "{transitions:?}");
    }
}

/// What a calendar is refused for shows how far it came: one whose zone was found is refused as a calendar.
#[test]
fn a_calendar_s_zone_is_found_at_the_door() {
    let location = |zone: &str| {
        let calendar = format!(r#"{{"workdays":[1],{zone}}}"#);
        format!(r#"{{"type":"defineLocation","location":"east","calendar":{calendar}}}"#)
    };
    let mut engine = Engine::new(EngineOptions::default());
    let mut answered = |zone: &str| {
        let answer = apply_json(&mut engine, &location(zone), 5, Some(&bundled)).unwrap();
        let outcome: Value = serde_json::from_str(&answer).unwrap();
        let text = |name: &str| outcome[name].as_str().unwrap_or_default().to_owned();
        (text("status"), text("path"), text("message"))
    };
    assert_eq!(answered(r#""timeZone":"Europe/Berlin""#).0, "applied");
    let unknown = "calendar.timeZone \"Europe/Belin\" is no time zone that is known here";
    let (status, path, message) = answered(r#""timeZone":"Europe/Belin""#);
    assert_eq!([status.as_str(), &path, &message], ["rejected", "calendar.timeZone", unknown]);
    // Given transitions stay, whatever the name.
    assert_eq!(
        answered(r#""timeZone":"Europe/Belin","transitions":[{"from":0,"utcOffset":60}]"#).0,
        "applied"
    );
    assert_eq!(answered(r#""timeZone":"Europe/Berlin","transitions":[]"#).1, "calendar.transitions");
}
