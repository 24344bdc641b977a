//! What is decided about units: who shares a shortage and how, where they come from, when more is
//! due. Pure arithmetic over plain numbers, knowing no engine.

pub mod capacity;
pub mod promise;
pub mod rebalance;
pub mod reorder;
pub mod sharing;
pub mod sourcing;

/// Numbers for tests, the same in every run: each call gives one below its argument.
#[cfg(test)]
fn numbers(mut seed: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    }
}
