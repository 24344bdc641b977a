//! Which contents are the same, of calendars, transit and destinations.

use super::digest;
use crate::model::calendar::{Calendar, Transit, Transition, Weekdays, Zone};
use crate::model::command::{Body, OrderLine, OrderSettings, ShippingSettings};
use crate::model::settings::Change;
use alloc::vec;
use alloc::vec::Vec;

fn of(body: &Body) -> u64 {
    digest(body, &mut Vec::new())
}

/// Each of these is another content than every other.
fn assert_all_differ(bodies: &[Body]) {
    for (place, body) in bodies.iter().enumerate() {
        for other in &bodies[..place] {
            assert_ne!(of(body), of(other), "{body:?} {other:?}");
        }
    }
}

fn location(calendar: Change<Calendar>, transit: Change<Vec<Transit>>) -> Body<'static> {
    Body::DefineLocation { location: "east", calendar, transit }
}

fn with_zone(zone: Zone) -> Body<'static> {
    let workdays = Weekdays::ALL;
    let calendar = Calendar { zone, workdays, holidays: vec![], cutoff_minutes: None, handling_days: 0 };
    location(Some(Some(calendar)), None)
}

fn changing(name: Option<&str>, from: u64, utc_offset_minutes: i64) -> Zone {
    Zone::Changing { name: name.map(Into::into), transitions: vec![Transition { from, utc_offset_minutes }] }
}

#[test]
fn every_field_tells_two_calendars_apart() {
    let plain = Calendar {
        zone: Zone::default(),
        workdays: Weekdays::of(&[1, 2]),
        holidays: vec![],
        cutoff_minutes: None,
        handling_days: 0,
    };
    let calendars = [
        plain.clone(),
        Calendar { zone: Zone::Fixed { utc_offset_minutes: -1 }, ..plain.clone() },
        Calendar { workdays: Weekdays::of(&[1, 3]), ..plain.clone() },
        Calendar { holidays: vec![0], ..plain.clone() },
        Calendar { holidays: vec![1], ..plain.clone() },
        Calendar { holidays: vec![0, 1], ..plain.clone() },
        Calendar { cutoff_minutes: Some(0), ..plain.clone() },
        Calendar { cutoff_minutes: Some(1), ..plain.clone() },
        Calendar { handling_days: 1, ..plain.clone() },
    ];
    let mut bodies: Vec<Body> =
        calendars.into_iter().map(|calendar| location(Some(Some(calendar)), None)).collect();
    bodies.extend([location(None, None), location(Some(None), None)]);
    assert_all_differ(&bodies);
}

#[test]
fn a_zone_s_name_stands_for_its_transitions() {
    let berlin = with_zone(changing(Some("Europe/Berlin"), 0, 60));
    assert_eq!(of(&berlin), of(&with_zone(changing(Some("Europe/Berlin"), 7, 120))));
    assert_all_differ(&[
        berlin,
        with_zone(changing(Some("Europe/Paris"), 0, 60)),
        with_zone(changing(None, 0, 60)),
        with_zone(changing(None, 0, 120)),
        with_zone(changing(None, 7, 60)),
        with_zone(Zone::Fixed { utc_offset_minutes: 60 }),
    ]);
}

#[test]
fn transit_times_differ_and_null_is_none_of_them() {
    let transit = |ship_to: &str, days| Some(Some(vec![Transit { ship_to: ship_to.into(), days }]));
    assert_eq!(of(&location(None, Some(None))), of(&location(None, Some(Some(vec![])))));
    assert_all_differ(&[
        location(None, None),
        location(None, Some(None)),
        location(Some(None), None),
        location(Some(None), Some(None)),
        location(None, transit("EU", 1)),
        location(None, transit("EU", 2)),
        location(None, transit("US", 1)),
    ]);
}

#[test]
fn a_destination_is_part_of_the_content() {
    let places = [None, Some(""), Some("EU"), Some("US")];
    let place = |ship_to| Body::PlaceOrder {
        order: "O",
        lines: vec![OrderLine::new("lamp", 1)].into(),
        settings: OrderSettings { ship_to, ..OrderSettings::default() },
    };
    let confirm = |ship_to| {
        let settings = ShippingSettings::default();
        Body::ConfirmHold { hold: "H", order: "O", segment: None, ship_to, settings, notices: None }
    };
    let amend =
        |ship_to| Body::AmendOrder { order: "O", fulfilment: None, not_before: None, latest: None, ship_to };
    assert_all_differ(&places.map(place));
    assert_all_differ(&places.map(confirm));
    assert_all_differ(&[None, Some(None), Some(Some("EU")), Some(Some("US"))].map(amend));
}
