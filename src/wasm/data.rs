//! Plain data in and out, through serde.

use crate::api::error::ApiError;
use crate::api::value::{self, Parsed};
use alloc::string::String;
use js_sys::{Array, Object};
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::{Serialize, forward_to_deserialize_any};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// Plain data from JavaScript, or why it can't be read.
pub(super) fn read(value: JsValue) -> Parsed<'static> {
    value::read(Host(value))
}

/// A value of JavaScript's. What is read here is a copy that the TypeScript made, of plain data alone,
/// so this looks for no more than that, which spares kilobytes.
struct Host(JsValue);

impl<'de> Deserializer<'de> for Host {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Host(value) = self;
        if value.is_null() {
            visitor.visit_unit()
        } else if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(number) = value.as_f64() {
            visitor.visit_f64(number)
        } else if let Some(flag) = value.as_bool() {
            visitor.visit_bool(flag)
        } else if let Some(list) = value.dyn_ref::<Array>() {
            visitor.visit_seq(SeqDeserializer::new(list.iter().map(Host)))
        } else if value.is_object() {
            let entries = Object::entries(value.unchecked_ref());
            visitor.visit_map(MapDeserializer::new(entries.iter().map(|entry| named(entry.unchecked_ref()))))
        } else {
            Err(Error::custom("it is no plain data"))
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Host {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// An object's name and value, which come as a pair.
fn named(entry: &Array) -> (String, Host) {
    (entry.get(0).as_string().unwrap_or_default(), Host(entry.get(1)))
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
