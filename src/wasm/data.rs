//! Plain data in and out, through serde.

use crate::api::error::ApiError;
use crate::api::value::{self, Parsed};
use alloc::string::String;
use serde::Serialize;
use serde_wasm_bindgen::{Deserializer, Serializer};
use wasm_bindgen::JsValue;

/// Plain data from JavaScript, or why it can't be read.
pub(super) fn read(value: JsValue) -> Parsed<'static> {
    value::read(Deserializer::from(value))
}

/// The same for an argument that may be left out.
pub(super) fn given(value: JsValue) -> Option<Parsed<'static>> {
    (!value.is_undefined()).then(|| read(value))
}

/// A view for JavaScript: plain objects, and `null` where there is no date.
pub(super) fn to_js(view: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new().serialize_missing_as_null(true);
    view.serialize(&serializer).map_err(JsValue::from)
}

/// What the package makes a `BackorderError` of.
#[derive(Serialize)]
struct Thrown {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    message: String,
}

/// An error as a plain object.
pub(super) fn thrown(error: ApiError) -> JsValue {
    throw(error.code.name(), error.path, error.message)
}

/// The same from its parts.
pub(super) fn throw(code: &'static str, path: Option<String>, message: String) -> JsValue {
    to_js(&Thrown { code, path, message }).unwrap_or_else(|error| error)
}
