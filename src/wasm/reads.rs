//! Reads. The hot ones answer in plain numbers, of which the package makes the object.

use super::RawEngine;
use super::data::{given, read, thrown, to_js};
use crate::api::door;
use crate::api::value::Parsed;
use crate::engine::QuoteRequest;
use crate::model::units::{Instant, Quantity};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A date as a number: NaN where there is none.
pub(super) fn date(date: Option<Instant>) -> f64 {
    date.map_or(f64::NAN, |date| date as f64)
}

#[wasm_bindgen]
impl RawEngine {
    /// A quote of a request that is plainly right: availability, now, waits, ahead, date, basis, promise
    /// and location. Empty where there is more to say than that.
    #[wasm_bindgen(js_name = quoteFigures)]
    pub fn quote_figures(
        &self,
        sku: &str,
        quantity: f64,
        priority: u8,
        now: f64,
    ) -> Result<Vec<f64>, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let quantity = quantity as Quantity;
        let request = QuoteRequest { sku, quantity, priority, locations: None, ship_to: None };
        let figures = self.engine.quote(&request, now);
        if !figures.plain {
            return Ok(Vec::new());
        }
        Ok([
            f64::from(figures.availability as u8),
            figures.now as f64,
            figures.waits as f64,
            figures.ahead as f64,
            date(figures.ships.p80),
            f64::from(figures.ships.basis as u8),
            date(figures.promise),
            f64::from(figures.location),
        ]
        .into())
    }

    /// The name of a location that figures were about. It never has another.
    #[wasm_bindgen(js_name = locationName)]
    pub fn location_name(&self, location: u32) -> String {
        self.engine.location_name(location).into()
    }

    /// A quote of any request.
    pub fn quote(&self, request: JsValue, now: f64) -> Result<JsValue, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let request = read(request);
        to_js(&door::quote(&self.engine, &request, now).map_err(thrown)?)
    }

    /// From which a page quotes an item by itself.
    #[wasm_bindgen(js_name = quoteSheet)]
    pub fn quote_sheet(&self, sku: &str, now: f64, location: Option<String>) -> Result<Vec<u8>, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        Ok(door::quote_sheet(&self.engine, sku, now, location.as_deref()))
    }

    /// A quote of a whole cart.
    #[wasm_bindgen(js_name = quoteOrder)]
    pub fn quote_order(&self, order: JsValue, now: f64) -> Result<JsValue, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        to_js(&door::quote_order(&self.engine, &read(order), now).map_err(thrown)?)
    }

    /// The books of one item, at a location or over all, in the order of the contract's fields; empty
    /// if either is not known.
    pub fn position(&self, sku: &str, location: Option<String>) -> Vec<f64> {
        let Some(position) = self.engine.position(sku, location.as_deref()) else { return Vec::new() };
        [
            position.on_hand as f64,
            position.allocated as f64,
            position.held as f64,
            position.safety_stock as f64,
            position.available as f64,
            position.incoming as f64,
            position.backordered as f64,
            position.waiting_lines as f64,
        ]
        .into()
    }

    /// One order, if it is known.
    pub fn order(&self, id: &str, now: f64) -> Result<JsValue, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        self.engine.order(id, now).map_or(Ok(JsValue::UNDEFINED), |order| to_js(&order))
    }

    /// One hold, if it is known.
    pub fn hold(&self, id: &str, now: f64) -> Result<JsValue, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        self.engine.hold(id, now).map_or(Ok(JsValue::UNDEFINED), |hold| to_js(&hold))
    }

    /// Items and their settings.
    pub fn items(&self, page: JsValue) -> Result<JsValue, JsValue> {
        let page = door::page(given(page).as_ref()).map_err(thrown)?;
        to_js(&door::items(&self.engine, page))
    }

    /// The ids of orders.
    pub fn orders(&self, page: JsValue) -> Result<JsValue, JsValue> {
        let (page, state) = door::orders_page(given(page).as_ref()).map_err(thrown)?;
        to_js(&self.engine.orders(page, state))
    }

    /// The supplies of an item.
    pub fn supplies(&self, sku: &str, page: JsValue) -> Result<JsValue, JsValue> {
        let page = door::page(given(page).as_ref()).map_err(thrown)?;
        to_js(&self.engine.supplies(sku, page))
    }

    /// What waits for an item.
    pub fn queue(&self, sku: &str, page: JsValue) -> Result<JsValue, JsValue> {
        let (page, location) = door::queue_page(given(page).as_ref()).map_err(thrown)?;
        to_js(&self.engine.queue(sku, location.as_deref(), page))
    }

    /// What customers are to be told.
    pub fn notices(&self) -> Result<JsValue, JsValue> {
        to_js(&self.engine.notices())
    }

    /// What should be ordered.
    pub fn reorders(&self, now: f64) -> Result<JsValue, JsValue> {
        to_js(&self.engine.reorders(door::instant(now).map_err(thrown)?))
    }

    /// What the merchant is judged by.
    pub fn metrics(&self, now: f64) -> Result<JsValue, JsValue> {
        to_js(&self.engine.metrics(door::instant(now).map_err(thrown)?))
    }

    /// Why a line has the date it has.
    pub fn explain(&self, order: &str, line: &str, now: f64) -> Result<Vec<String>, JsValue> {
        Ok(self.engine.explain(order, line, door::instant(now).map_err(thrown)?))
    }

    /// What these commands would do to the promises.
    #[wasm_bindgen(js_name = whatIf)]
    pub fn what_if(&self, commands: Vec<JsValue>, now: f64) -> Result<JsValue, JsValue> {
        let now = door::instant(now).map_err(thrown)?;
        let commands: Vec<Parsed> = commands.into_iter().map(|command| self.command(command, now)).collect();
        to_js(&door::what_if(&self.engine, &commands, now).map_err(thrown)?)
    }

    /// The last command's instant.
    #[wasm_bindgen(js_name = lastInstant)]
    pub fn last_instant(&self) -> f64 {
        self.engine.last_instant() as f64
    }

    /// The instant at which a tick would bring something about, or NaN.
    #[wasm_bindgen(js_name = nextWakeAt)]
    pub fn next_wake_at(&self) -> f64 {
        date(self.engine.next_wake_at())
    }
}
