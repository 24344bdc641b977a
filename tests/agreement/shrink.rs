//! Makes a history that shows a difference as short as leaving out single commands can make it.

use super::compare::{Difference, first_difference};
use crate::workload::Step;

/// Leaves out command after command, from the end, as long as some difference stays.
pub fn shrunk(history: &[Step], difference: Difference) -> (Vec<Step>, Difference) {
    let (mut shortest, mut last) = (history.to_vec(), difference);
    loop {
        let length = shortest.len();
        for index in (0..length).rev() {
            if index >= shortest.len() {
                continue;
            }
            let mut shorter = shortest.clone();
            shorter.remove(index);
            if let Some(difference) = first_difference(&shorter) {
                shorter.truncate(difference.step + 1);
                (shortest, last) = (shorter, difference);
            }
        }
        if shortest.len() == length {
            return (shortest, last);
        }
    }
}
