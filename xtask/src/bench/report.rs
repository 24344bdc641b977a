//! What is printed, and what must hold.

use std::fmt::{self, Display, Write};

use super::SIZES;
use super::contestants::{Contestant, Operation};
use super::samples::Samples;
use crate::failure::Failure;

/// A quote's time at the largest size, to its time at the smallest.
const QUOTE_GROWTH: f64 = 2.0;

/// The same of every other operation: memory is slower than cache.
const GROWTH: f64 = 20.0;

/// Our growth to the bare rival's: the structure should be all that is left.
const RIVAL_GROWTH: f64 = 1.25;

/// The bulk door's time for an order to that of the rival which does the same.
const BULK: f64 = 1.0;

/// Time in wasm to native time.
const WASM: f64 = 2.0;

/// Milliseconds in which a slip of one supply moves 1,000 promises.
const SLIP_MS: f64 = 20.0;

/// A slip, so many lines waiting for so many supplies.
pub(crate) struct Slipped {
    pub(crate) lines: u32,
    pub(crate) supplies: u32,
    pub(crate) ms: f64,
}

impl Slipped {
    /// What must hold of it.
    pub(crate) fn bound(&self) -> Bound {
        let Slipped { lines, supplies, ms } = *self;
        let what = format!("slip of one of {supplies} supplies that may be late, {lines} lines, ms");
        Bound::new(what, ms, SLIP_MS)
    }
}

/// What a queue takes, in bytes.
pub(crate) struct Heap {
    pub(crate) lines: u32,
    pub(crate) native: u64,
    pub(crate) wasm: u64,
    pub(crate) snapshot: u64,
}

/// What must hold.
pub(crate) struct Bound {
    what: String,
    ratio: f64,
    most: f64,
}

impl Bound {
    pub(crate) fn new(what: String, ratio: f64, most: f64) -> Bound {
        Bound { what, ratio, most }
    }

    pub(crate) fn holds(&self) -> bool {
        self.ratio <= self.most
    }
}

impl Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.holds() { "holds" } else { "DOES NOT HOLD" };
        write!(f, "{:<66}{:>7.3}, at most {:>5.2}: {verdict}", self.what, self.ratio, self.most)
    }
}

/// Nanoseconds an operation, and how they grow.
pub(crate) fn times(samples: &Samples) -> Result<String, Failure> {
    let mut text = format!("{:<20}", "ns an operation");
    for lines in SIZES {
        let _ = write!(text, "{lines:>11}");
    }
    let _ = write!(text, "{:>10}", "growth");
    for operation in Operation::ALL {
        for contestant in Contestant::USUAL {
            let _ = write!(text, "\n{:<10}{:<10}", operation.name(), contestant.name());
            for lines in SIZES {
                let _ = write!(text, "{:>11.0}", samples.median(contestant, lines, operation)?);
            }
            let _ = write!(text, "{:>10.2}", growth(samples, contestant, operation)?);
        }
    }
    Ok(text)
}

/// Bytes a waiting line.
pub(crate) fn bytes(heaps: &[Heap]) -> String {
    let mut text = format!("\n{:<20}", "bytes a line");
    for heap in heaps {
        let _ = write!(text, "{:>11}", heap.lines);
    }
    type Figure = fn(&Heap) -> u64;
    let rows: [(&str, Figure); 3] = [
        ("native heap", |heap| heap.native),
        ("wasm memory", |heap| heap.wasm),
        ("snapshot", |heap| heap.snapshot),
    ];
    for (name, of) in rows {
        let _ = write!(text, "\n{name:<20}");
        for heap in heaps {
            let _ = write!(text, "{:>11.1}", of(heap) as f64 / f64::from(heap.lines));
        }
    }
    text.push('\n');
    text
}

/// Everything that must hold.
pub(crate) fn bounds(samples: &Samples) -> Result<Vec<Bound>, Failure> {
    let mut bounds = Vec::new();
    let mut add = |what: String, ratio: f64, most: f64| bounds.push(Bound::new(what, ratio, most));
    for contestant in [Contestant::Native, Contestant::Wasm] {
        for operation in Operation::ALL {
            let grown = growth(samples, contestant, operation)?;
            let what = format!("{} {}, growth", contestant.name(), operation.name());
            if operation == Operation::Quote {
                add(what, grown, QUOTE_GROWTH);
                continue;
            }
            let beside = grown / growth(samples, Contestant::Bare, operation)?;
            add(what.clone(), grown, GROWTH);
            add(format!("{what} to the bare rival's"), beside, RIVAL_GROWTH);
        }
    }
    for lines in SIZES {
        let beside = |contestant, other, operation| -> Result<f64, Failure> {
            Ok(samples.median(contestant, lines, operation)? / samples.median(other, lines, operation)?)
        };
        let bulk = beside(Contestant::Package, Contestant::Rival, Operation::Place)?;
        add(format!("placeAll to the rival's, {lines} lines"), bulk, BULK);
        for operation in Operation::ALL {
            let ratio = beside(Contestant::Wasm, Contestant::Native, operation)?;
            add(format!("wasm to native, {}, {lines} lines", operation.name()), ratio, WASM);
        }
    }
    Ok(bounds)
}

/// Prints the bounds, and fails when one does not hold.
pub(crate) fn hold(bounds: &[Bound]) -> Result<(), Failure> {
    for bound in bounds {
        println!("{bound}");
    }
    match bounds.iter().filter(|bound| !bound.holds()).count() {
        0 => Ok(()),
        broken => Err(Failure::new(
            format!("{broken} of {} bounds do not hold", bounds.len()),
            "see which above; if the machine was busy, run it again when it is not, and without --quick",
        )),
    }
}

fn growth(samples: &Samples, contestant: Contestant, operation: Operation) -> Result<f64, Failure> {
    let [smallest, .., largest] = SIZES;
    Ok(samples.median(contestant, largest, operation)? / samples.median(contestant, smallest, operation)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(of: impl Fn(Contestant, u32) -> f64) -> Samples {
        let mut samples = Samples::default();
        for contestant in Contestant::USUAL {
            for lines in SIZES {
                samples.add(contestant, lines, [of(contestant, lines); 4]);
            }
        }
        samples
    }

    fn broken(samples: &Samples) -> Vec<String> {
        let bounds = bounds(samples).unwrap();
        bounds.iter().filter(|bound| !bound.holds()).map(|bound| bound.what.clone()).collect()
    }

    #[test]
    fn equal_times_hold_every_bound() {
        assert_eq!(broken(&samples(|_, _| 100.0)), Vec::<String>::new());
    }

    #[test]
    fn each_bound_can_be_broken() {
        let slow_bulk = samples(|who, _| if who == Contestant::Package { 101.0 } else { 100.0 });
        assert_eq!(broken(&slow_bulk).len(), SIZES.len());
        let slow_wasm = samples(|who, _| if who == Contestant::Wasm { 201.0 } else { 100.0 });
        assert_eq!(broken(&slow_wasm).len(), SIZES.len() * Operation::ALL.len());
        let all_grow = samples(|_, lines| f64::from(lines).sqrt());
        assert_eq!(broken(&all_grow).len(), 8, "{:?}", broken(&all_grow));
        let we_grow =
            samples(|who, lines| if who == Contestant::Native && lines == 1_000_000 { 151.0 } else { 100.0 });
        assert_eq!(
            broken(&we_grow),
            [
                "native place, growth to the bare rival's",
                "native cancel, growth to the bare rival's",
                "native position, growth to the bare rival's"
            ]
        );
    }
}
