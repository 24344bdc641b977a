//! The allocation core of a shop: it takes orders without ever overselling, queues what is lacking,
//! and says when it ships.

extern crate alloc;

pub mod api;
pub mod codec;
pub mod engine;
pub mod estimate;
pub mod model;
pub mod notice;
pub mod plan;
pub mod policy;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
