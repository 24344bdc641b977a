//! What the command line asks for.

use std::path::PathBuf;

/// How to call it, shown with every mistake.
pub(crate) const USAGE: &str = "usage: cargo xtask calibrate --simulated [--seed 1] [--shops 10] [--days 700]\n\
     or: cargo xtask calibrate FILE [--scheduled COLUMN] [--delivered COLUMN] \
     [--group vendor,country,mode] [--where COLUMN=VALUE] [--ahead 30] [--skip 30] [--svg OUT]\n\
     FILE: csv or csv.gz with a line for each delivery, days as 2010-12-01; --group: the supplier first, then what \
     makes a supply more specific; --ahead: days before the scheduled one on which each is promised; --skip: the first \
     deliveries, in per cent, that are not judged";

/// What is asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Asked {
    /// A history of deliveries.
    History(Options),
    /// So many shops of each kind, from a seed, for so many days.
    Simulated { seed: u32, shops: u32, days: u32 },
}

/// What to replay.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) file: PathBuf,
    /// The column of the day that was given.
    pub(crate) scheduled: String,
    /// The column of the day on which it came.
    pub(crate) delivered: String,
    /// The columns to learn by, the most general first.
    pub(crate) groups: Vec<String>,
    /// Only rows with this value in this column.
    pub(crate) only: Option<(String, String)>,
    pub(crate) ahead_days: u32,
    pub(crate) skip_percent: usize,
    pub(crate) svg: Option<PathBuf>,
}

/// Reads the arguments; a mistake is answered with the usage.
pub(crate) fn parse(args: &[String]) -> Result<Asked, String> {
    read(args).map_err(|error| format!("{error}\n{USAGE}"))
}

fn read(args: &[String]) -> Result<Asked, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut scheduled, mut delivered) = ("scheduled".to_string(), "delivered".to_string());
    let mut groups = names("vendor,country,mode")?;
    let (mut file, mut only, mut svg, mut ahead_days, mut skip_percent) = (None, None, None, 30, 30);
    let (mut simulated, mut seed, mut shops, mut days) = (false, 1, 10, 700);
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("scheduled") => scheduled = parser.value()?.string()?,
            Long("delivered") => delivered = parser.value()?.string()?,
            Long("group") => groups = parser.value()?.parse_with(names)?,
            Long("where") => only = Some(parser.value()?.parse_with(condition)?),
            Long("ahead") => ahead_days = parser.value()?.parse_with(|text| within(text, 3_650))?,
            Long("skip") => skip_percent = parser.value()?.parse_with(|text| within(text, 99))? as usize,
            Long("svg") => svg = Some(PathBuf::from(parser.value()?)),
            Long("simulated") => simulated = true,
            Long("seed") => seed = parser.value()?.parse()?,
            Long("shops") => shops = parser.value()?.parse_with(|text| within(text, 100_000))?,
            Long("days") => days = parser.value()?.parse_with(|text| within(text, 10_000))?,
            Value(value) if file.is_none() => file = Some(PathBuf::from(value)),
            other => return Err(other.unexpected()),
        }
    }
    if simulated && file.is_none() {
        return Ok(Asked::Simulated { seed, shops, days });
    }
    let file = file.ok_or("FILE is missing")?;
    Ok(Asked::History(Options { file, scheduled, delivered, groups, only, ahead_days, skip_percent, svg }))
}

fn names(text: &str) -> Result<Vec<String>, String> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_string()).collect();
    if names.iter().any(String::is_empty) {
        return Err("names of columns with commas between them are wanted".to_string());
    }
    Ok(names)
}

fn condition(text: &str) -> Result<(String, String), String> {
    let (column, value) = text.split_once('=').ok_or("COLUMN=VALUE is wanted")?;
    Ok((column.to_string(), value.to_string()))
}

fn within(text: &str, most: u32) -> Result<u32, String> {
    match text.parse() {
        Ok(number) if number <= most => Ok(number),
        _ => Err(format!("a whole number up to {most} is wanted")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<Asked, String> {
        parse(&words.iter().map(|word| word.to_string()).collect::<Vec<_>>())
    }

    fn parsed(words: &[&str]) -> Result<Options, String> {
        match asked(words)? {
            Asked::History(options) => Ok(options),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn shops_are_simulated_without_a_file() {
        let simulated = asked(&["--simulated", "--seed", "7", "--shops", "2"]);
        assert_eq!(simulated, Ok(Asked::Simulated { seed: 7, shops: 2, days: 700 }));
    }

    #[test]
    fn a_file_is_enough() {
        let options = parsed(&["a.csv"]).expect("it is");
        assert_eq!((options.ahead_days, options.skip_percent), (30, 30));
        assert_eq!(options.groups, ["vendor", "country", "mode"]);
    }

    #[test]
    fn columns_and_rows_are_chosen() {
        let options =
            parsed(&["a.csv", "--where", "via=From RDC", "--group", "a, b", "--skip", "0"]).expect("fine");
        assert_eq!(options.only, Some(("via".to_string(), "From RDC".to_string())));
        assert_eq!((options.groups, options.skip_percent), (vec!["a".to_string(), "b".to_string()], 0));
    }

    #[test]
    fn mistakes_are_refused() {
        for words in
            [&[][..], &["a", "b"], &["a", "--where", "x"], &["a", "--skip", "100"], &["a", "--group", ","]]
        {
            assert!(parsed(words).expect_err("a mistake").contains("usage"), "{words:?}");
        }
    }
}
