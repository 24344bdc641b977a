//! The figures of a replay: of every item, and their totals.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::options::Scenario;

/// The figures of one item, by the names that the expected file has for them.
pub(crate) const NAMES: [&str; 18] = [
    "I0",
    "lines",
    "units",
    "units_immediate",
    "lines_full_immediate",
    "orders",
    "units_ordered",
    "receipts",
    "lines_partial",
    "bo_units_created",
    "max_queue",
    "bo_units_filled",
    "bo_unit_seconds",
    "bo_lines_cleared",
    "end_on_hand",
    "end_on_order",
    "end_backlog_units",
    "end_backlog_lines",
];

/// The totals, in the order of the expected file.
pub(crate) const TOTALS: [&str; 18] = [
    "lines",
    "units",
    "units_immediate",
    "lines_full_immediate",
    "orders",
    "units_ordered",
    "receipts",
    "end_on_hand",
    "end_on_order",
    "end_backlog_units",
    "end_backlog_lines",
    "max_queue",
    "lines_partial",
    "bo_units_created",
    "bo_units_filled",
    "bo_unit_seconds",
    "bo_lines_cleared",
    "skus",
];

/// What a player hands back.
#[derive(Debug, Deserialize)]
pub(crate) struct Played {
    /// How long it played.
    pub(crate) seconds: f64,
    /// The digest of the engine's state at the end, where there is an engine.
    pub(crate) digest: Option<String>,
    /// Every figure, with one value an item.
    pub(crate) figures: BTreeMap<String, Vec<u64>>,
}

/// Figures by name.
pub(crate) type Figures = BTreeMap<&'static str, u64>;

impl Played {
    /// Refuses an answer that lacks a figure or an item.
    pub(crate) fn check(&self, items: usize) -> Result<(), String> {
        for name in NAMES {
            match self.figures.get(name) {
                None => return Err(format!("no figure {name}")),
                Some(column) if column.len() != items => {
                    return Err(format!("{name} of {} items", column.len()));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Whether this is the same but for the time it took.
    pub(crate) fn same_as(&self, other: &Played) -> bool {
        self.digest == other.digest && self.figures == other.figures
    }

    /// The figures of one item.
    pub(crate) fn item(&self, sku: usize) -> Figures {
        NAMES.into_iter().map(|name| (name, self.figures[name][sku])).collect()
    }

    /// The figures of all items together: the longest of their queues, and the sum of everything else.
    pub(crate) fn totals(&self, items: usize) -> Figures {
        let mut totals = Figures::from([("skus", items as u64)]);
        for name in NAMES.into_iter().filter(|&name| name != "I0") {
            let column = self.figures[name].iter().copied();
            totals.insert(name, if name == "max_queue" { column.max().unwrap_or(0) } else { column.sum() });
        }
        totals
    }
}

/// The totals and every item's figures, as `--json` writes them.
pub(crate) fn to_json(played: &Played, skus: &[String]) -> Map<String, Value> {
    let totals = played.totals(skus.len());
    let rate = |part: &str, whole: &str| match totals[whole] {
        0 => None,
        whole => Some(totals[part] as f64 / whole as f64),
    };
    let per_sku: Map<String, Value> =
        skus.iter().enumerate().map(|(number, sku)| (sku.clone(), json!(played.item(number)))).collect();
    let mut json = Map::new();
    json.insert("totals".into(), json!(totals));
    json.insert("fill_rate_units".into(), json!(rate("units_immediate", "units")));
    json.insert("line_fill".into(), json!(rate("lines_full_immediate", "lines")));
    let wait_days = rate("bo_unit_seconds", "bo_units_filled").map(|seconds| seconds / 86_400.0);
    json.insert("mean_wait_days_of_filled_bo".into(), json!(wait_days));
    json.insert("per_sku".into(), Value::Object(per_sku));
    json
}

/// What the published scenario is known to give.
#[derive(Debug, Deserialize)]
pub(crate) struct Expected {
    /// Whose lines they are, for the report.
    pub(crate) attribution: String,
    /// For which stock and lead time.
    pub(crate) scenario: Scenario,
    /// Which lines they are.
    pub(crate) fingerprint: String,
    /// All items together.
    pub(crate) totals: BTreeMap<String, u64>,
    /// Some items.
    pub(crate) items: BTreeMap<String, BTreeMap<String, u64>>,
}

/// The figures that differ, as `name: found, expected n`. A figure that is not named on one side is 0 there.
pub(crate) fn differences(found: &Figures, expected: &BTreeMap<String, u64>) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, &value) in found {
        let wanted = expected.get(*name).copied().unwrap_or(0);
        if value != wanted {
            differences.push(format!("{name}: {value}, expected {wanted}"));
        }
    }
    for name in expected.keys().filter(|name| !found.contains_key(name.as_str())) {
        differences.push(format!("{name}: not played, expected {}", expected[name]));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn played(of: impl Fn(usize) -> [u64; 2]) -> Played {
        let figures =
            NAMES.iter().enumerate().map(|(place, name)| (name.to_string(), of(place).to_vec())).collect();
        Played { seconds: 1.0, digest: None, figures }
    }

    #[test]
    fn totals_are_sums_and_the_longest_queue() {
        let totals = played(|place| [place as u64, 100]).totals(2);
        assert_eq!(totals["skus"], 2);
        assert_eq!(totals["units"], 102);
        assert_eq!(totals["max_queue"], 100);
        assert!(!totals.contains_key("I0"));
    }

    #[test]
    fn every_difference_is_named() {
        let found = played(|_| [4, 0]).item(0);
        let mut expected: BTreeMap<String, u64> = NAMES.iter().map(|name| (name.to_string(), 4)).collect();
        assert!(differences(&found, &expected).is_empty());
        expected.insert("units".into(), 5);
        expected.remove("receipts");
        expected.insert("returns".into(), 0);
        assert_eq!(
            differences(&found, &expected),
            ["receipts: 4, expected 0", "units: 4, expected 5", "returns: not played, expected 0"]
        );
    }

    #[test]
    fn an_answer_that_lacks_something_is_refused() {
        let mut answer = played(|_| [1, 1]);
        assert_eq!(answer.check(2), Ok(()));
        assert!(answer.check(3).is_err());
        answer.figures.remove("receipts");
        assert!(answer.check(2).is_err());
    }
}
