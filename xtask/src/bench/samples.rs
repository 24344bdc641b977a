//! Times, and what they come to.

use std::collections::BTreeMap;

use super::contestants::{Contestant, Operation};
use crate::failure::Failure;

/// Nanoseconds an operation, round by round.
#[derive(Default)]
pub(crate) struct Samples(BTreeMap<(Contestant, u32, Operation), Vec<f64>>);

impl Samples {
    /// One round of one contestant, by operation.
    pub(crate) fn add(&mut self, contestant: Contestant, lines: u32, times: [f64; 4]) {
        for operation in Operation::ALL {
            self.0.entry((contestant, lines, operation)).or_default().push(times[operation as usize]);
        }
    }

    /// The middling round.
    pub(crate) fn median(
        &self,
        contestant: Contestant,
        lines: u32,
        operation: Operation,
    ) -> Result<f64, Failure> {
        let mut times = self.0.get(&(contestant, lines, operation)).cloned().unwrap_or_default();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().ok_or_else(|| {
            let (who, what) = (contestant.name(), operation.name());
            Failure::from(format!("{what} of {who} was not measured with {lines} lines"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middling_round_counts() {
        let mut samples = Samples::default();
        for time in [9.0, 1.0, 3.0] {
            samples.add(Contestant::Native, 10, [time, 2.0 * time, 0.0, 0.0]);
        }
        let median = |operation| samples.median(Contestant::Native, 10, operation).ok();
        assert_eq!((median(Operation::Quote), median(Operation::Place)), (Some(3.0), Some(6.0)));
        assert!(samples.median(Contestant::Rival, 10, Operation::Quote).is_err());
    }
}
