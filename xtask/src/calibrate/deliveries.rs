//! Reads the deliveries of a csv file. A row that cannot be read is counted and passed over, never guessed.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use csv::StringRecord;
use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::{date, format_description};

use super::options::{Options, USAGE};
use crate::failure::Failure;

const DAY: &[BorrowedFormatItem<'_>] = format_description!(version = 2, "[year]-[month]-[day]");

/// One delivery; days are counted from 1970-01-01.
#[derive(Debug, PartialEq)]
pub(crate) struct Delivery {
    pub(crate) scheduled: u32,
    pub(crate) delivered: u32,
    /// The year for which it was scheduled.
    pub(crate) year: i32,
    /// What it belongs to, the most specific first: indices into [`Deliveries::names`].
    pub(crate) groups: Vec<u32>,
}

impl Delivery {
    /// Days after the scheduled one.
    pub(crate) fn lateness_days(&self) -> i32 {
        self.delivered as i32 - self.scheduled as i32
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    /// In order of the scheduled day, then as they stand in the file.
    pub(crate) deliveries: Vec<Delivery>,
    /// The groups' names, with the values of their columns.
    pub(crate) names: Vec<String>,
    /// Rows that were asked for and cannot be a delivery: where each begins.
    pub(crate) broken: Vec<u64>,
}

impl Deliveries {
    /// Reads a whole file.
    pub(crate) fn read(input: impl Read, options: &Options) -> Result<Deliveries, Failure> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
        let unreadable = |error: csv::Error| {
            Failure::new(format!("{} cannot be read: {error}", options.file.display()), USAGE)
        };
        let header = reader.headers().map_err(unreadable)?.clone();
        let column = |name: &str| find(&header, name);
        let (scheduled, delivered) = (column(&options.scheduled)?, column(&options.delivered)?);
        let groups = options.groups.iter().map(|name| column(name)).collect::<Result<Vec<_>, _>>()?;
        let only = match &options.only {
            Some((name, value)) => Some((column(name)?, value)),
            None => None,
        };
        let mut book = Deliveries::default();
        let mut numbers = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(unreadable)?;
            if only.is_some_and(|(column, value)| record.get(column) != Some(value)) {
                continue;
            }
            let days = (day(record.get(scheduled)), day(record.get(delivered)));
            let ((Some(scheduled), Some(delivered)), true) = (days, record.len() == header.len()) else {
                book.broken.push(record.position().map_or(0, csv::Position::line));
                continue;
            };
            let groups = book.groups(&record, &groups, &mut numbers);
            let (year, scheduled, delivered) = (scheduled.year(), count(scheduled), count(delivered));
            book.deliveries.push(Delivery { scheduled, delivered, year, groups });
        }
        if book.deliveries.is_empty() {
            return Err(Failure::new("no row is a delivery", USAGE));
        }
        book.deliveries.sort_by_key(|delivery| delivery.scheduled);
        Ok(book)
    }

    /// The deliveries that are judged.
    pub(crate) fn judged(&self, skip_percent: usize) -> Range<usize> {
        self.deliveries.len() * skip_percent / 100..self.deliveries.len()
    }

    /// The groups of a row: its columns' values, of which the more specific groups have more.
    fn groups(
        &mut self,
        record: &StringRecord,
        columns: &[usize],
        numbers: &mut BTreeMap<String, u32>,
    ) -> Vec<u32> {
        let values: Vec<&str> = columns.iter().filter_map(|&column| record.get(column)).collect();
        (1..=values.len())
            .rev()
            .map(|count| {
                let name = values[..count].join(" / ");
                // Two groups may have one text: the number of columns and the lengths of their values tell them apart.
                let lengths: Vec<usize> = values[..count].iter().map(|value| value.len()).collect();
                *numbers.entry(format!("{lengths:?} {name}")).or_insert_with(|| {
                    self.names.push(name);
                    self.names.len() as u32 - 1
                })
            })
            .collect()
    }
}

fn find(header: &StringRecord, name: &str) -> Result<usize, Failure> {
    header.iter().position(|field| field == name).ok_or_else(|| {
        let there = header.iter().collect::<Vec<_>>().join(", ");
        Failure::new(
            format!("the file has no column {name}"),
            format!("name one of its columns with --scheduled, --delivered, --group or --where: {there}"),
        )
    })
}

/// A day since 1970.
fn day(text: Option<&str>) -> Option<Date> {
    Date::parse(text?, DAY).ok().filter(|&day| day >= date!(1970 - 01 - 01))
}

fn count(day: Date) -> u32 {
    // Not before 1970, and within the calendar of four digits.
    (day - date!(1970 - 01 - 01)).whole_days() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::options;

    fn read(text: &str, words: &[&str]) -> Result<Deliveries, Failure> {
        let args: Vec<String> = ["f.csv"].iter().chain(words).map(|word| word.to_string()).collect();
        let Ok(options::Asked::History(options)) = options::parse(&args) else { panic!("they are right") };
        Deliveries::read(text.as_bytes(), &options)
    }

    #[test]
    fn rows_are_sorted_by_the_scheduled_day_and_grouped() {
        let text = "who,scheduled,delivered,how\n\"A, b\",1970-01-12,1970-01-10,Air\nC,1970-01-02,1970-01-05,Air\n\
                    C,1970-01-02,,Air\nC,1970-02-30,1970-01-02,Sea\nD,1970-01-02,1970-01-02,Sea,x\n";
        let book = read(text, &["--group", "who,how"]).expect("it has deliveries");
        let lateness: Vec<i32> = book.deliveries.iter().map(Delivery::lateness_days).collect();
        assert_eq!((lateness, book.broken), (vec![3, -2], vec![4, 5, 6]));
        assert_eq!(book.names, ["A, b / Air", "A, b", "C / Air", "C"]);
        assert_eq!(book.deliveries[0].groups, [2, 3]);
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_do() {
        let text = "vendor,country,mode,due,delivered\nA,B,C,1970-01-12,1970-01-10\n";
        let said = read(text, &[]).expect_err("no such column").to_string();
        assert!(
            said.contains("no column scheduled") && said.contains("--scheduled") && said.contains("due"),
            "{said}"
        );
        assert!(read(text, &["--scheduled", "due"]).is_ok());
        assert!(read(text, &["--scheduled", "due", "--where", "mode=Air"]).is_err(), "nothing is left");
    }
}
