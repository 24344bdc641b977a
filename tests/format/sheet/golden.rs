//! Sheets of every version, kept as files, and what they say: written again byte for byte, and read alike.

use super::quoting::Said;
use super::read;
use backorder::codec::{quote_sheet, restore};
use serde_json::Value;
use std::fs;

fn file(name: &str) -> Vec<u8> {
    fs::read(super::super::golden(name)).expect("it is there")
}

/// What is said, in the package's shape, as far as both have it.
fn shown(said: &Said) -> [Value; 8] {
    let (dates, basis, receipts) = said.dates.unwrap_or(([None; 4], "none", 0));
    let promise = if said.refused.is_some() { None } else { dates[3] };
    let numbers = [dates[0], dates[1], dates[2], promise, said.ahead].map(Value::from);
    let [p50, p80, p95, promise, ahead] = numbers;
    let ships = Value::from(vec![p50, p80, p95, promise]);
    [
        said.availability.into(),
        said.now.into(),
        ahead,
        ships,
        basis.into(),
        receipts.into(),
        said.incentive.clone().into(),
        said.dates.is_some().into(),
    ]
}

#[test]
fn golden_sheets_are_written_again_and_say_what_they_said() {
    let list: Value = serde_json::from_slice(&file("sheets/said.json")).expect("it is JSON");
    let sheets = list.as_array().expect("it is a list");
    assert!(sheets.len() >= 10);
    for sheet in sheets {
        let text = |field: &str| sheet[field].as_str();
        let name = text("file").expect("it has a name");
        let bytes = file(&format!("sheets/{name}"));
        let snapshot = file(&format!("{}.bin", text("snapshot").expect("it is of one")));
        let engine = restore(&snapshot).expect("it can be read");
        let (sku, now) =
            (text("sku").expect("it is of an item"), sheet["now"].as_u64().expect("it is of then"));
        assert_eq!(quote_sheet(&engine, sku, now, text("location")), bytes, "{name}");
        let read = read(&bytes);
        for it in sheet["said"].as_array().expect("it says something") {
            let number = |field: &str| it[field].as_u64().expect("it is a number");
            let said = read.quote(number("quantity"), number("priority") as u8, now);
            let (quote, ships) = (&it["quote"], &it["quote"]["ships"]);
            let dates = ["p50", "p80", "p95"].map(|name| ships[name].clone());
            let dates = dates.into_iter().chain([quote["promise"].clone()]).collect::<Vec<Value>>();
            let is_dated = quote["state"] == "current";
            let expected = [
                quote["availability"].clone(),
                quote["now"].clone(),
                quote["ahead"].clone(),
                dates.into(),
                ships["basis"].clone(),
                ships["evidence"].clone(),
                quote["incentive"].clone(),
                is_dated.into(),
            ];
            let mut shown = shown(&said);
            // Refused is refused, dated or not.
            if said.refused.is_some() {
                shown[7] = is_dated.into();
            }
            assert_eq!(shown, expected, "{name}: {it}");
        }
    }
}
