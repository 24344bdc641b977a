//! Names that live as long as the tests, each text kept once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

static NAMES: Mutex<BTreeMap<String, &'static str>> = Mutex::new(BTreeMap::new());

/// `kind-number`, numbered from 0.
pub fn name(kind: &str, number: u64) -> &'static str {
    kept(format!("{kind}-{number}"))
}

/// The same text, for as long as the tests run.
pub fn kept(text: String) -> &'static str {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    names.entry(text.clone()).or_insert_with(|| Box::leak(text.into_boxed_str()))
}
