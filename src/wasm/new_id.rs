//! Time-ordered random ids: the only randomness there is, and no part of any engine.

use super::data::throw;
use crate::api::error::ApiCode;
use alloc::string::String;
use core::cell::Cell;
use uuid::{Builder, Uuid};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The bits of an id below its millisecond and version: 12, then those below the variant.
const TAIL_BITS: u64 = (1 << 62) - 1;

/// A fresh tail begins in the lower half, so that counting up from it never overflows.
const FRESH_BITS: u64 = TAIL_BITS >> 1;

thread_local! {
    /// The last id's millisecond, its 12 bits, and its tail.
    static LAST: Cell<Option<(u64, u16, u64)>> = const { Cell::new(None) };
}

/// A UUIDv7 that sorts after every one made here before, also within a millisecond and when the
/// clock has gone back.
#[wasm_bindgen(js_name = newId)]
pub fn new_id(now: f64) -> Result<String, JsValue> {
    let now = now as u64;
    let (ms, head, tail) = match LAST.get() {
        Some((last, head, tail)) if now <= last => (last, head, tail + 1),
        _ => {
            let mut random = [0; 10];
            getrandom::fill(&mut random).map_err(|_| no_randomness())?;
            let [a, b, tail @ ..] = random;
            (now, u16::from_be_bytes([a, b]), u64::from_be_bytes(tail) & FRESH_BITS)
        }
    };
    LAST.set(Some((ms, head, tail)));
    let mut bytes = [0; 10];
    bytes[..2].copy_from_slice(&head.to_be_bytes());
    bytes[2..].copy_from_slice(&tail.to_be_bytes());
    let id = Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid();
    Ok(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).into())
}

fn no_randomness() -> JsValue {
    let message = "newId needs crypto.getRandomValues, which this host doesn't have";
    throw(ApiCode::InvalidArgument.name(), None, message.into())
}
