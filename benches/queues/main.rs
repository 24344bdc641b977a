//! One contestant of `cargo xtask bench`: the engine, natively or in wasm, doing what it is told.

mod workload;

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    native::serve()
}

/// The host calls what `wasm` exports.
#[cfg(target_arch = "wasm32")]
fn main() {}
