//! Promises every delivery of a history on what was known then: `cargo xtask calibrate` prepares the deliveries, starts
//! this, and judges what it prints.
//!
//! `calibrate FILE AHEAD_DAYS LEVEL ...` with a line for each delivery in FILE: the day it was scheduled for, the day on
//! which it came, and its groups as numbers, the most specific first. It prints for each, in the same order, the
//! receipts behind the promise and its day at each level, after the scheduled one.
//!
//! `calibrate --simulated SEED SHOPS DAYS` plays so many shops of each kind whose truth is known instead (`shops`), and
//! prints how often their dates were right.

mod replay;
mod shops;

use backorder::model::units::Day;
use replay::{Delivery, promises};
use shops::{Coverage, KINDS, LEVELS, Told, played};
use std::error::Error;
use std::fmt::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("which file?")?;
    if file == "--simulated" {
        let mut number = || args.next().ok_or("a seed, and how many shops and days?");
        let (seed, shops, days) = (number()?.parse()?, number()?.parse()?, number()?.parse()?);
        print!("{}", simulated(seed, shops, days)?);
        return Ok(());
    }
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

/// How often the dates of simulated shops were right, by kind and in all.
fn simulated(seed: u64, shops: u64, days: Day) -> Result<String, Box<dyn Error>> {
    let mut text = format!(
        "{:<30}{:>6}{:>9}{:>10}{:>8}{:>11}{:>7}\n",
        "", "", "orders", "before %", "by %", "no date %", "off"
    );
    let mut all: Vec<Told> = Vec::new();
    for (kind, number) in KINDS.iter().zip(0_u64..) {
        let mut told: Vec<Told> = Vec::new();
        for shop in 0..shops {
            told.extend(played(kind, seed + number * 1_000_000 + shop, days)?);
        }
        add_rows(&mut text, kind.name, &told)?;
        all.extend(told);
    }
    add_rows(&mut text, "in all", &all)?;
    let overtaken: Vec<Told> = all.iter().copied().filter(|told| told.worse_class).collect();
    add_rows(&mut text, "of them who may be overtaken", &overtaken)?;
    Ok(text)
}

fn add_rows(text: &mut String, name: &str, told: &[Told]) -> Result<(), std::fmt::Error> {
    for (index, level) in LEVELS.into_iter().enumerate() {
        let coverage = Coverage::of(told.iter(), index);
        let (name, label) = (if index == 0 { name } else { "" }, format!("P{:.0}", 100.0 * level));
        let Coverage { before, by, undated, orders } = coverage;
        let [before, by, undated, off] =
            [before, by, undated, coverage.off(level)].map(|share| 100.0 * share);
        writeln!(text, "{name:<30}{label:>6}{orders:>9}{before:>10.1}{by:>8.1}{undated:>11.1}{off:>7.1}")?;
    }
    Ok(())
}
