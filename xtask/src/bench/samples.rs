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
        middle(self.rounds(contestant, lines, operation)?.to_vec())
            .ok_or_else(|| unmeasured(contestant, lines, operation))
    }

    /// The middling one of the ratios of one contestant to another, each taken within a round. What else the machine
    /// does falls on both of them there; the medians of each may be of different rounds.
    pub(crate) fn ratio(
        &self,
        contestant: Contestant,
        other: Contestant,
        lines: u32,
        operation: Operation,
    ) -> Result<f64, Failure> {
        let times = self.rounds(contestant, lines, operation)?.iter();
        let ratios = times.zip(self.rounds(other, lines, operation)?).map(|(time, beside)| time / beside);
        middle(ratios.collect()).ok_or_else(|| unmeasured(contestant, lines, operation))
    }

    fn rounds(&self, contestant: Contestant, lines: u32, operation: Operation) -> Result<&[f64], Failure> {
        let times = self.0.get(&(contestant, lines, operation));
        times.map(Vec::as_slice).ok_or_else(|| unmeasured(contestant, lines, operation))
    }
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

fn unmeasured(contestant: Contestant, lines: u32, operation: Operation) -> Failure {
    let (who, what) = (contestant.name(), operation.name());
    Failure::from(format!("{what} of {who} was not measured with {lines} lines"))
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

    #[test]
    fn ratios_are_taken_within_a_round() {
        let mut samples = Samples::default();
        for (old, new) in [(100.0, 130.0), (200.0, 220.0), (90.0, 90.0)] {
            samples.add(Contestant::OldNative, 10, [old; 4]);
            samples.add(Contestant::Native, 10, [new; 4]);
        }
        let ratio = |new, old| samples.ratio(new, old, 10, Operation::Place).ok();
        assert_eq!(ratio(Contestant::Native, Contestant::OldNative), Some(1.1));
        assert_eq!(ratio(Contestant::Wasm, Contestant::OldNative), None);
        assert_eq!(ratio(Contestant::Native, Contestant::OldWasm), None);
    }
}
