//! Makes a history that shows a difference as short as leaving commands out can make it.

use super::compare::Difference;
use crate::workload::Step;

/// Leaves out halves of the history, then quarters, and so on down to single commands, from the end, as
/// long as some difference stays; `differs` plays a history and says where it differs.
pub fn shrunk(
    history: &[Step],
    difference: Difference,
    differs: impl Fn(&[Step]) -> Option<Difference>,
) -> (Vec<Step>, Difference) {
    let (mut shortest, mut last) = (history.to_vec(), difference);
    let mut left_out = shortest.len().div_ceil(2);
    loop {
        let length = shortest.len();
        let mut end = length;
        while end > 0 {
            let start = end.saturating_sub(left_out);
            let mut shorter = shortest.clone();
            shorter.drain(start..end);
            if let Some(difference) = differs(&shorter) {
                shorter.truncate(difference.step + 1);
                (shortest, last) = (shorter, difference);
            }
            end = start.min(shortest.len());
        }
        if left_out == 1 && shortest.len() == length {
            return (shortest, last);
        }
        left_out = left_out.div_ceil(2);
    }
}
