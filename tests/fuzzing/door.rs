//! What a door is.

use super::Random;

/// One way in.
pub struct Door {
    pub name: &'static str,
    /// Valid inputs.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Changes an input so that it is still nearly one.
    pub bend: fn(&mut Random, &mut Vec<u8>),
    /// Goes through it, and says whether anything was taken in.
    pub enter: fn(&[u8]) -> bool,
    /// The most bytes of heap for each byte of the input, beside those for none.
    pub heap_factor: usize,
}

/// No input is longer: what a door costs may grow with the input, but the time for it is shared.
pub const MOST_BYTES: usize = 1 << 15;
