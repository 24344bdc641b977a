//! What the command line asks for.

use std::ffi::OsString;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How to call it, shown with every mistake.
pub(crate) const USAGE: &str = "usage: cargo xtask replay FILE [--initial 3/2] [--least 120] [--lead-days 14] \
                         [--json OUT] [--compare]\n\
                         FILE: the order lines of UCI Online Retail (https://archive.ics.uci.edu/dataset/352) \
                         as csv or csv.gz, dates as 2010-12-01 08:26:00";

/// The largest number that an option takes: far beyond any shop, far below where a sum overflows.
const MAX_OPTION: u64 = 1_000_000_000;

/// What to play, and what to do with the figures.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    /// The order lines.
    pub(crate) file: PathBuf,
    /// The stock and the lead time.
    pub(crate) scenario: Scenario,
    /// Where to write the figures.
    pub(crate) json: Option<PathBuf>,
    /// Play in plain JavaScript as well.
    pub(crate) compare: bool,
}

/// How much stock an item begins with, and how long a reorder takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scenario {
    /// Initial stock to the units sold in the first 28 days, as a fraction.
    #[serde(with = "text")]
    pub(crate) initial: (u64, u64),
    /// The least initial stock.
    pub(crate) least: u64,
    /// Days from a reorder to its receipt.
    pub(crate) lead_days: u64,
}

impl Default for Scenario {
    fn default() -> Self {
        Scenario { initial: (3, 2), least: 120, lead_days: 14 }
    }
}

impl Scenario {
    /// `I0 = max(least, floor(initial × units))`.
    pub(crate) fn initial_stock(&self, first_units: u64) -> u64 {
        let (numerator, denominator) = self.initial;
        let share = u128::from(first_units) * u128::from(numerator) / u128::from(denominator);
        u64::try_from(share).unwrap_or(u64::MAX).max(self.least)
    }
}

/// A fraction as it is written on the command line.
mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(of: &(u64, u64), serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}/{}", of.0, of.1))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(u64, u64), D::Error> {
        super::fraction(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Reads the arguments; a mistake is answered with the usage.
pub(crate) fn parse(args: &[String]) -> Result<Options, String> {
    read(args).map_err(|error| format!("{error}\n{USAGE}"))
}

fn read(args: &[String]) -> Result<Options, lexopt::Error> {
    use lexopt::prelude::*;
    let mut scenario = Scenario::default();
    let (mut file, mut json, mut compare) = (None, None, false);
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("initial") => scenario.initial = parser.value()?.parse_with(fraction)?,
            // Reorders come in lots of twice the initial stock, which must not be nothing.
            Long("least") => scenario.least = parser.value()?.parse_with(|text| within(text, 1))?,
            Long("lead-days") => scenario.lead_days = parser.value()?.parse_with(|text| within(text, 0))?,
            Long("json") => json = Some(path(parser.value()?)),
            Long("compare") => compare = true,
            Value(value) if file.is_none() => file = Some(path(value)),
            other => return Err(other.unexpected()),
        }
    }
    let file = file.ok_or("FILE is missing")?;
    Ok(Options { file, scenario, json, compare })
}

fn path(value: OsString) -> PathBuf {
    PathBuf::from(value)
}

fn within(text: &str, least: u64) -> Result<u64, String> {
    match text.parse::<u64>() {
        Ok(number) if (least..=MAX_OPTION).contains(&number) => Ok(number),
        _ => Err(format!("a whole number from {least} to {MAX_OPTION} is wanted")),
    }
}

fn fraction(text: &str) -> Result<(u64, u64), String> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    Ok((within(numerator, 0)?, within(denominator, 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(String::from).collect()
    }

    #[test]
    fn defaults_are_the_published_scenario() {
        let options = parse(&words("lines.csv")).expect("a file is enough");
        assert_eq!(options.scenario, Scenario { initial: (3, 2), least: 120, lead_days: 14 });
        assert_eq!((options.json, options.compare), (None, false));
    }

    #[test]
    fn every_option_is_read() {
        let line = "--initial 1/3 lines.csv.gz --least 5 --lead-days 0 --json out.json --compare";
        let options = parse(&words(line)).expect("all are known");
        assert_eq!(options.scenario, Scenario { initial: (1, 3), least: 5, lead_days: 0 });
        assert_eq!(options.json, Some(PathBuf::from("out.json")));
        assert!(options.compare);
        assert_eq!(parse(&words("lines.csv --initial 2")).map(|it| it.scenario.initial), Ok((2, 1)));
    }

    #[test]
    fn mistakes_are_refused_with_the_usage() {
        for line in [
            "",
            "a.csv b.csv",
            "a.csv --initial 1.5",
            "a.csv --initial 3/0",
            "a.csv --initial -1/2",
            "a.csv --least 0",
            "a.csv --least 1e3",
            "a.csv --lead-days -1",
            "a.csv --lead-days",
            "a.csv --fast",
        ] {
            let message = parse(&words(line)).expect_err(line);
            assert!(message.contains("usage: "), "{line}: {message}");
        }
    }

    #[test]
    fn initial_stock_rounds_down_and_has_a_floor() {
        let scenario = Scenario::default();
        assert_eq!(scenario.initial_stock(0), 120);
        assert_eq!(scenario.initial_stock(81), 121);
        assert_eq!(scenario.initial_stock(237), 355);
    }
}
