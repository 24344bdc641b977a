//! What the laws say that is asked of no engine.

use super::data::{read, thrown, to_js};
use crate::api;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The answer to a question about a law.
#[wasm_bindgen]
pub fn law(question: JsValue) -> Result<JsValue, JsValue> {
    to_js(&api::law::law(&read(question)).map_err(thrown)?)
}
