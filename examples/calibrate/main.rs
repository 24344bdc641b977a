//! Promises every delivery of a history on what was known then: `cargo xtask calibrate` prepares the deliveries, starts
//! this, and judges what it prints.
//!
//! `calibrate FILE AHEAD_DAYS LEVEL ...` with a line for each delivery in FILE: the day it was scheduled for, the day on
//! which it came, and its groups as numbers, the most specific first. It prints for each, in the same order, the
//! receipts behind the promise and its day at each level, after the scheduled one.

mod replay;

use backorder::model::units::Day;
use replay::{Delivery, promises};
use std::error::Error;
use std::fmt::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("which file?")?;
    let ahead_days: Day = args.next().ok_or("how many days ahead?")?.parse()?;
    let levels = args.map(|level| level.parse()).collect::<Result<Vec<f64>, _>>()?;
    let text = std::fs::read_to_string(file)?;
    let deliveries = text.lines().map(delivery).collect::<Result<Vec<_>, _>>()?;
    let mut printed = String::new();
    for lateness in promises(&deliveries, ahead_days) {
        write!(printed, "{}", lateness.evidence())?;
        for &level in &levels {
            write!(printed, " {}", lateness.quantile(level))?;
        }
        printed.push('\n');
    }
    print!("{printed}");
    Ok(())
}

fn delivery(line: &str) -> Result<Delivery, Box<dyn Error>> {
    let mut words = line.split(' ');
    let mut number = || words.next().ok_or("a line is too short");
    let (scheduled, delivered) = (number()?.parse()?, number()?.parse()?);
    let groups = words.map(str::parse).collect::<Result<_, _>>()?;
    Ok(Delivery { scheduled, delivered, groups })
}
