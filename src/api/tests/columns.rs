//! The bulk doors do what one call a row would do.

use crate::api::door::*;
use crate::api::error::ApiError;
use crate::api::json::parse;
use crate::codec;
use crate::engine::{Engine, EngineOptions};
use crate::model::outcome::{EventMode, Reason};
use crate::model::view::Availability;
use serde_json::{Value as Json, json};

const DAY: u64 = 86_400_000;
const SKUS: [&str; 4] = ["lamp", "rug", "vase", "unknown"];

/// Lamps are scarce, rugs come in two days, and vases are not queued for.
fn shop() -> Engine {
    let mut engine = Engine::new(EngineOptions::default());
    let commands = r#"[{"type":"defineItem","sku":"lamp","maxPerOrder":4},{"type":"defineItem","sku":"rug"},
        {"type":"defineItem","sku":"vase","backorders":"deny"},
        {"type":"receive","sku":"lamp","quantity":20},{"type":"receive","sku":"vase","quantity":20},
        {"type":"scheduleSupply","supply":"S","sku":"rug","quantity":30,"due":172800000},
        {"type":"holdStock","hold":"H","ttl":1000,"lines":[{"sku":"lamp","quantity":4}]}]"#;
    assert!(!apply_json(&mut engine, commands, 0, None).unwrap().contains("rejected"));
    engine
}

fn error<T: std::fmt::Debug>(result: Result<T, ApiError>) -> (String, String) {
    let error = result.unwrap_err();
    (error.path.unwrap(), error.message)
}

/// What the columns say of a row, as the outcome and the order say it.
fn placed_one_by_one(
    engine: &mut Engine,
    order: &str,
    sku: &str,
    quantity: f64,
    priority: u8,
) -> (u8, u8, f64, f64) {
    // JSON can't say NaN; what it says of any other number that is no quantity is the same.
    let quantity = if quantity.is_nan() { json!(1.5) } else { json!(quantity) };
    let command = json!({"type": "placeOrder", "order": order, "priority": priority, "lines": [{"sku": sku, "quantity": quantity}]});
    let text = command.to_string();
    let command = parse(&text);
    let outcome = apply(engine, &command, DAY, EventMode::Keep).unwrap();
    let outcome = serde_json::to_value(&outcome).unwrap();
    let line = match engine.order(order, DAY) {
        Some(view) if outcome["status"] != "rejected" => serde_json::to_value(&view.lines[0]).unwrap(),
        _ => Json::Null,
    };
    let reason = Reason::ALL.iter().position(|reason| outcome["reason"] == reason.name());
    (
        ["applied", "exists", "rejected"].iter().position(|status| outcome["status"] == *status).unwrap()
            as u8,
        reason.map_or(255, |reason| reason as u8),
        line["allocated"].as_f64().unwrap_or(0.0),
        line["promised"].as_f64().unwrap_or(f64::NAN),
    )
}

#[test]
fn rows_are_orders_of_one_line() {
    let quantities = [1.0, 2.0, 3.0, 5.0, 0.0, -1.0, 1.5, f64::NAN, 9_007_199_254_740_992.0];
    let long = "x".repeat(129);
    let orders: Vec<String> = (0..400)
        .map(|row| match row % 40 {
            7 => String::new(),
            17 => "\u{FFFD}".into(),
            27 => long.clone(),
            37 => format!("O{}", row - 1),
            _ => format!("O{row}"),
        })
        .collect();
    let mut codes: Vec<u32> = (0..400).map(|row| row * row / 3 % 4).collect();
    let mut amounts: Vec<f64> =
        (0..400).map(|row| quantities[row * 7 % if row % 5 == 0 { 9 } else { 4 }]).collect();
    // Each repeated order once with the same content and once with other.
    for (row, same) in [(37, true), (77, false), (117, true)] {
        (codes[row - 1], amounts[row - 1]) = (1, 1.0);
        (codes[row], amounts[row]) = (1, if same { 1.0 } else { 2.0 });
    }
    let mut priorities: Vec<u8> = (0..400).map(|row| (row * 13 % 256) as u8 / 37 * 37).collect();
    for row in [37, 77, 117] {
        priorities[row] = priorities[row - 1];
    }
    let ids: Vec<&str> = orders.iter().map(String::as_str).collect();
    for priorities in [None, Some(priorities.as_slice())] {
        let (mut bulk, mut single) = (shop(), shop());
        let skus = IdColumn { values: &SKUS, codes: Some(&codes) };
        let rows = OrderColumns { orders: &ids, skus, quantities: &amounts, priorities };
        let placed = place_all(&mut bulk, &rows, DAY).unwrap();
        let mut seen = [0; 3];
        for row in 0..400 {
            let priority = priorities.map_or(100, |priorities| priorities[row]);
            let sku = SKUS[codes[row] as usize];
            let expected = placed_one_by_one(&mut single, ids[row], sku, amounts[row], priority);
            let got = (placed.status[row], placed.reason[row], placed.allocated[row], placed.promise[row]);
            assert_eq!(format!("{got:?}"), format!("{expected:?}"), "row {row}");
            seen[got.0 as usize] += 1;
        }
        assert!(seen[0] > 50 && seen[1] > 0 && seen[2] > 50, "{seen:?}");
        assert_eq!(codec::digest(&bulk), codec::digest(&single));
        assert_eq!(codec::snapshot(&bulk), codec::snapshot(&single));
        let events = |engine: &mut Engine| serde_json::to_string(&drain_events(engine, u64::MAX)).unwrap();
        assert_eq!(events(&mut bulk), events(&mut single));
    }
}

#[test]
fn one_value_a_row_or_one_code_a_row() {
    let amounts = [1.0, 2.0];
    let orders = ["A", "B"];
    let plain = IdColumn { values: &["rug", "lamp"], codes: None };
    let coded = IdColumn { values: &["lamp", "rug"], codes: Some(&[1, 0]) };
    let place = |skus| {
        let rows = OrderColumns { orders: &orders, skus, quantities: &amounts, priorities: None };
        place_all(&mut shop(), &rows, 5).unwrap()
    };
    let expected = PlacedColumns {
        status: vec![0, 0],
        reason: vec![255, 255],
        allocated: vec![0.0, 2.0],
        promise: vec![(2 * DAY) as f64, 5.0],
    };
    assert_eq!(place(plain), expected);
    assert_eq!(place(coded), expected);
}

#[test]
fn columns_that_do_not_fit_are_an_error_and_nothing_is_placed() {
    let orders = ["A", "B"];
    let good = OrderColumns {
        orders: &orders,
        skus: IdColumn { values: &SKUS, codes: Some(&[0, 1]) },
        quantities: &[1.0, 1.0],
        priorities: None,
    };
    let short = IdColumn { values: &SKUS, codes: Some(&[0]) };
    let plain = IdColumn { values: &SKUS, codes: None };
    let beyond = IdColumn { values: &SKUS, codes: Some(&[0, 4]) };
    let cases = [
        (OrderColumns { skus: short, ..good }, "sku", "sku must be as long as the first column, 2, not 1"),
        (OrderColumns { skus: plain, ..good }, "sku", "sku must be as long as the first column, 2, not 4"),
        (
            OrderColumns { quantities: &[1.0; 3], ..good },
            "quantity",
            "quantity must be as long as the first column, 2, not 3",
        ),
        (
            OrderColumns { priorities: Some(&[]), ..good },
            "priority",
            "priority must be as long as the first column, 2, not 0",
        ),
        (
            OrderColumns { skus: beyond, ..good },
            "sku.codes[1]",
            "sku.codes[1] is the place of none of the 4 values",
        ),
    ];
    for (rows, path, message) in cases {
        let mut engine = shop();
        let digest = codec::digest(&engine);
        assert_eq!(error(place_all(&mut engine, &rows, 5)), (path.into(), message.into()));
        assert_eq!(codec::digest(&engine), digest);
    }
    let none = OrderColumns {
        orders: &[],
        skus: IdColumn { values: &[], codes: None },
        quantities: &[],
        priorities: None,
    };
    assert_eq!(place_all(&mut shop(), &none, 5), Ok(PlacedColumns::default()));
}

#[test]
fn rows_are_quotes() {
    let engine = shop();
    let codes: Vec<u32> = (0..200).map(|row| row % 4).collect();
    let amounts: Vec<f64> = (0..200).map(|row| f64::from(row % 23 + 1)).collect();
    let priorities: Vec<u8> = (0..200).collect();
    for priorities in [None, Some(priorities.as_slice())] {
        let skus = IdColumn { values: &SKUS, codes: Some(&codes) };
        let rows = QuoteColumns { skus, quantities: &amounts, priorities };
        let quoted = quote_all(&engine, &rows, DAY).unwrap();
        for row in 0..200 {
            let priority = priorities.map_or(100, |priorities| priorities[row]);
            let request = json!({"sku": SKUS[row % 4], "quantity": amounts[row], "priority": priority});
            let request = request.to_string();
            let request = parse(&request);
            let expected = quote(&engine, &request, DAY).map(|quote| serde_json::to_value(quote).unwrap());
            let date = |date: f64| if date.is_nan() { Json::Null } else { json!(date as u64) };
            let got = json!({
                "availability": Availability::NAMES[quoted.availability[row] as usize],
                "now": quoted.now[row] as u64, "ahead": quoted.ahead[row] as u64, "promise": date(quoted.promise[row]),
                "p50": date(quoted.p50[row]), "p80": date(quoted.p80[row]), "p95": date(quoted.p95[row]),
            });
            let mut expected = expected.unwrap();
            for quantile in ["p50", "p80", "p95"] {
                expected[quantile] = expected["ships"][quantile].clone();
            }
            for (name, value) in got.as_object().unwrap() {
                assert_eq!(value, &expected[name], "row {row}, {name}");
            }
        }
    }
}

#[test]
fn a_row_that_asks_for_nothing_is_an_error() {
    let skus = IdColumn { values: &["lamp", "rug"], codes: None };
    for amount in [0.0, -1.0, 1.5, f64::NAN] {
        let rows = QuoteColumns { skus, quantities: &[1.0, amount], priorities: None };
        let expected = "quantity[1] must be a whole number from 1 to 9007199254740991";
        assert_eq!(error(quote_all(&shop(), &rows, 5)), ("quantity[1]".into(), expected.into()));
    }
    let rows = QuoteColumns { skus, quantities: &[1.0], priorities: None };
    assert_eq!(error(quote_all(&shop(), &rows, 5)).0, "quantity");
}
