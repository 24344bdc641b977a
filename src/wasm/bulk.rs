//! The bulk doors: columns in, columns out. Ids come as one text, so that a row costs no call.

use super::RawEngine;
use super::data::thrown;
use crate::api::door::{self, IdColumn, OrderColumns, QuoteColumns, ids};
use alloc::vec::Vec;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Columns end to end, to cross in one piece.
fn packed(bytes: &[&[u8]], numbers: &[&[f64]]) -> Vec<f64> {
    let rows = numbers.first().map_or(0, |column| column.len());
    let mut all = Vec::with_capacity(rows * (bytes.len() + numbers.len()));
    bytes.iter().for_each(|column| all.extend(column.iter().map(|&byte| f64::from(byte))));
    numbers.iter().for_each(|column| all.extend_from_slice(column));
    all
}

#[wasm_bindgen]
impl RawEngine {
    /// One-line orders: status, reason, allocated and promise of each, column after column.
    #[wasm_bindgen(js_name = placeAll)]
    #[expect(clippy::too_many_arguments, reason = "what crosses is text and arrays, not structures")]
    pub fn place_all(
        &mut self,
        orders: &str,
        order_lengths: &[u32],
        skus: &str,
        sku_lengths: &[u32],
        codes: Option<Vec<u32>>,
        quantities: &[f64],
        priorities: Option<Vec<u8>>,
        now: f64,
    ) -> Result<Vec<f64>, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let rows = OrderColumns {
            orders: &ids(orders, order_lengths),
            skus: IdColumn { values: &ids(skus, sku_lengths), codes: codes.as_deref() },
            quantities,
            priorities: priorities.as_deref(),
        };
        let placed = door::place_all(&mut self.engine, &rows, now).map_err(thrown)?;
        Ok(packed(&[&placed.status, &placed.reason], &[&placed.allocated, &placed.promise]))
    }

    /// Quotes: availability, now, ahead, the three dates and the promise of each, column after column.
    #[wasm_bindgen(js_name = quoteAll)]
    pub fn quote_all(
        &self,
        skus: &str,
        sku_lengths: &[u32],
        codes: Option<Vec<u32>>,
        quantities: &[f64],
        priorities: Option<Vec<u8>>,
        now: f64,
    ) -> Result<Vec<f64>, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let rows = QuoteColumns {
            skus: IdColumn { values: &ids(skus, sku_lengths), codes: codes.as_deref() },
            quantities,
            priorities: priorities.as_deref(),
        };
        let quoted = door::quote_all(&self.engine, &rows, now).map_err(thrown)?;
        let numbers = [&quoted.now, &quoted.ahead, &quoted.p50, &quoted.p80, &quoted.p95, &quoted.promise];
        Ok(packed(&[&quoted.availability], &numbers.map(Vec::as_slice)))
    }
}
