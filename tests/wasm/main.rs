//! The engine on every host: natively, in WebAssembly under Node and in a browser, with the same
//! digest on all three (rules §13); and in WebAssembly the door that JavaScript comes through.

#![allow(clippy::expect_used, reason = "a test that can't go on has failed")]

mod history;

use backorder::codec;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::{Body, OrderLine, OrderSettings};
use backorder::model::outcome::{EventMode, Reason, Status};
use backorder::model::settings::{ItemChange, Replenishment};
use backorder::model::view::Availability;

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as everywhere;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as everywhere;

fn shop() -> Engine {
    let mut engine = Engine::new(EngineOptions { id: "shop".into(), seed: 7, ..EngineOptions::default() });
    let replenishment = Some(Some(Replenishment { lead_time_days: 3, ..Replenishment::default() }));
    let settings = ItemChange { replenishment, ..ItemChange::default() };
    applied(&mut engine, Body::DefineItem { sku: "lamp", settings }, 0);
    engine
}

fn applied(engine: &mut Engine, body: Body, now: u64) -> Vec<&'static str> {
    let outcome = engine.apply(&body.into(), now, EventMode::Return);
    assert_eq!(outcome.status, Status::Applied);
    outcome.events.iter().map(|event| event.kind.name()).collect()
}

fn receive(quantity: u64) -> Body<'static> {
    Body::Receive { sku: "lamp", location: None, quantity, supply: None }
}

fn place<'a>(order: &'a str, lines: &'a [OrderLine<'a>]) -> Body<'a> {
    Body::PlaceOrder { order, lines: lines.into(), settings: OrderSettings::default() }
}

#[everywhere]
fn what_waits_is_served_when_it_comes() {
    let mut engine = shop();
    let placed = applied(&mut engine, place("A", &[OrderLine::new("lamp", 5)]), 1);
    assert_eq!(placed, ["orderPlaced", "lineBackordered", "promiseMade"]);
    let served = applied(&mut engine, receive(5), 2);
    assert_eq!(served, ["stockReceived", "lineAllocated", "lineReady"]);
    let position = engine.position("lamp", None).expect("it is known");
    assert_eq!((position.on_hand, position.allocated, position.backordered), (5, 5, 0));
}

#[everywhere]
fn the_state_is_the_same_to_the_bit() {
    let (engine, kinds) = history::after(220);
    assert_eq!(kinds.len(), 14, "some of every kind were applied: {kinds:?}");
    let snapshot = codec::snapshot(&engine);
    let restored = codec::restore(&snapshot).expect("it was just written");
    assert_eq!(codec::snapshot(&restored), snapshot);
    assert_eq!(codec::digest(&restored), DIGEST);
}

/// What `the_state_is_the_same_to_the_bit` ends in, on every host and in every release that reads
/// the snapshots of this one.
const DIGEST: &str = "3c3c873eb4472b5ba97748a6d65ec185";

/// The names that JavaScript gives to the numbers of the bulk doors are those of the core.
#[everywhere]
fn the_names_of_the_bulk_doors_are_the_cores() {
    let source = include_str!("../../pkg/src/names.ts");
    let names = |list: &str| -> Vec<&str> {
        let (_, after) = source.split_once(&format!("export const {list}")).expect("it is exported");
        let (_, after) = after.split_once('[').expect("it is a list");
        let (inside, _) = after.split_once(']').expect("it ends");
        inside.split('"').skip(1).step_by(2).collect()
    };
    assert_eq!(names("REASONS"), Reason::ALL.iter().map(|reason| reason.name()).collect::<Vec<_>>());
    assert_eq!(names("AVAILABILITIES"), Availability::NAMES);
}

#[cfg(target_arch = "wasm32")]
mod door {
    use backorder::wasm::{RawEngine, new_id};
    use js_sys::{Array, Function, JSON, JsString, Object, Reflect};
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn plain(json: &str) -> JsValue {
        JSON::parse(json).expect("it is JSON")
    }

    fn text(value: &JsValue) -> String {
        JSON::stringify(value).map(String::from).expect("it is plain")
    }

    /// Knows one zone.
    fn zones() -> Function {
        Function::new_with_args("name, now", "if (name === 'Here') return [{ from: now, utcOffset: 60 }]")
    }

    fn shop() -> RawEngine {
        let mut engine = RawEngine::new(JsValue::UNDEFINED, 7, zones()).expect("no options are fine");
        let outcome = engine.apply(plain(r#"{"type":"defineItem","sku":"lamp"}"#), 0.0, 0);
        assert_eq!(text(&outcome.expect("it is a command")), r#"{"status":"applied","events":[]}"#);
        engine
    }

    #[wasm_bindgen_test]
    fn outcomes_and_views_are_plain_objects_with_null_for_no_date() {
        let mut engine = shop();
        let order = r#"{"type":"placeOrder","order":"A","lines":[{"sku":"lamp","quantity":2}]}"#;
        let outcome = engine.apply(plain(order), 1.0, 0).expect("it is a command");
        let events: Array = Reflect::get(&outcome, &"events".into()).expect("an outcome has events").into();
        let constructor = Object::get_prototype_of(&events.get(0)).constructor();
        assert_eq!(String::from(constructor.name()), "Object");

        let view = engine.order("A", 1.0).expect("1 is an instant");
        assert!(text(&view).contains(r#""promised":null"#), "{}", text(&view));
        assert!(engine.order("B", 1.0).expect("1 is an instant").is_undefined());
    }

    #[wasm_bindgen_test]
    fn what_is_refused_is_thrown_as_a_plain_object() {
        let thrown = shop().apply(plain(r#"{"type":"tick"}"#), 0.5, 0).expect_err("no instant");
        assert!(text(&thrown).starts_with(r#"{"code":"INVALID_ARGUMENT","path":"now","message":"#));
        let thrown = RawEngine::restore(&[1, 2, 3], zones()).expect_err("no snapshot");
        assert!(text(&thrown).starts_with(r#"{"code":"CORRUPT_SNAPSHOT","message":"#));
    }

    #[wasm_bindgen_test]
    fn a_zone_s_transitions_are_asked_for() {
        let command = |zone: &str| {
            let calendar = format!(r#"{{"workdays":[1],"timeZone":"{zone}"}}"#);
            format!(r#"{{"type":"defineLocation","location":"east","calendar":{calendar}}}"#)
        };
        let (here, there) = (command("Here"), command("There"));
        let mut engine = shop();
        let mut status_of = |json: &str| {
            let outcome = engine.apply(plain(json), 5.0, 0).expect("it is a command");
            let status = text(&Reflect::get(&outcome, &"status".into()).expect("an outcome has a status"));
            assert!(engine.apply_json(json, 5.0).expect("it is JSON").contains(&status));
            status
        };
        assert_eq!([status_of(&here), status_of(&there)], [r#""applied""#, r#""rejected""#]);
    }

    #[wasm_bindgen_test]
    fn figures_are_all_there_is_to_say_or_none() {
        let mut engine = shop();
        let mut apply = |json: &str| engine.apply(plain(json), 0.0, 2).expect("it is a command");
        apply(r#"{"type":"defineLocation","location":"east"}"#);
        apply(r#"{"type":"receive","sku":"lamp","quantity":3}"#);
        apply(r#"{"type":"defineItem","sku":"rug","substitutes":["lamp"]}"#);
        let figures = engine.quote_figures("lamp", 2.0, 100, 0.0).expect("0 is an instant");
        assert_eq!(figures[..3], [0.0, 2.0, 0.0]);
        assert_eq!(engine.location_name(figures[7] as u32), "east");
        assert!(engine.quote_figures("rug", 2.0, 100, 0.0).expect("0 is an instant").is_empty());
    }

    #[wasm_bindgen_test]
    fn ids_cross_whole_in_one_text() {
        let ids = ["a", "", "é", "👍", "a\0b", "日本"];
        let lengths = ids.map(|id| JsString::from(id).length());
        let mut engine = shop();
        let quantities = [1.0; 6];
        let placed = engine
            .place_all(&ids.concat(), &lengths, "lamp", &[4], Some(vec![0; 6]), &quantities, None, 1.0)
            .expect("the columns fit");
        assert_eq!(placed[..6], [0.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
        let orders = engine.orders(JsValue::UNDEFINED).expect("no page is fine");
        assert_eq!(text(&orders), r#"["a","é","👍","a\u0000b","日本"]"#);
    }

    #[wasm_bindgen_test]
    fn random_ids_are_in_order() {
        let ids: Vec<String> =
            (0..1_000).map(|_| new_id(js_sys::Date::now()).expect("there is crypto")).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'7'));
    }
}
