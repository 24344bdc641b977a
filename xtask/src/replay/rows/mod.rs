//! Reads the order lines of a csv file. A row that cannot be read is reported and passed over, never guessed.

use csv::ByteRecord;
use flate2::read::MultiGzDecoder;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// The columns that are read; the others are nobody's business here.
const COLUMNS: [&str; 4] = ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate"];

/// 2^53 − 1, the contract's largest quantity.
const MAX_QUANTITY: i64 = (1 << 53) - 1;

/// Room within the contract's 128 bytes of an id for a row number behind the invoice's.
const MAX_NAME_BYTES: usize = 100;

const DATE: &[BorrowedFormatItem<'_>] =
    format_description!(version = 2, "[year]-[month]-[day] [hour]:[minute]:[second]");

/// One line that a customer ordered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// When, in milliseconds since the Unix epoch.
    pub(crate) at_ms: u64,
    /// Which item, as an index into [`Book::skus`].
    pub(crate) sku: u32,
    /// How many units.
    pub(crate) quantity: u64,
    /// On which invoice, as an index into [`Book::invoices`].
    pub(crate) invoice: u32,
    /// Where the row begins in the file; the header is line 1.
    pub(crate) row: u64,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// The lines in the order in which they are played: by instant, then as they stand in the file.
    pub(crate) lines: Vec<Line>,
    /// Items in the order of their first line in the file.
    pub(crate) skus: Vec<String>,
    /// Invoices in the order of their first line in the file.
    pub(crate) invoices: Vec<String>,
    /// Rows below the header.
    pub(crate) rows: u64,
    /// Rows of invoices that begin with C, which the rules leave out.
    pub(crate) cancellations: u64,
    /// Rows that cannot be a line.
    pub(crate) broken: Vec<Broken>,
}

/// A row that was passed over.
#[derive(Debug, PartialEq)]
pub(crate) struct Broken {
    /// Where the row begins in the file.
    pub(crate) row: u64,
    /// What is wrong with it.
    pub(crate) fault: Fault,
}

/// What is wrong with a row, the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// More or fewer fields than the header has.
    Fields,
    /// The same, because a quotation mark opened in it is never closed.
    OpenQuote,
    /// Nothing in a column that is needed.
    Empty(&'static str),
    /// Bytes that are no text.
    Encoding(&'static str),
    /// More text than an id may have.
    TooLong(&'static str),
    /// Anything but a whole number.
    Quantity,
    /// A whole number that is no instant of the calendar since 1970.
    Date,
    /// Units that left, on an invoice that is no cancellation.
    Negative,
    /// No units at all.
    Zero,
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Fields => f.write_str("not as many fields as the header"),
            Fault::OpenQuote => f.write_str("a quotation mark that is not closed where the row ends"),
            Fault::Empty(column) => write!(f, "{column} is empty"),
            Fault::Encoding(column) => write!(f, "{column} is not UTF-8"),
            Fault::TooLong(column) => write!(f, "{column} is over {MAX_NAME_BYTES} bytes"),
            Fault::Quantity => f.write_str("Quantity is not a whole number up to 2^53 - 1"),
            Fault::Date => f.write_str("InvoiceDate is not a date as 2010-12-01 08:26:00"),
            Fault::Negative => f.write_str("Quantity is negative and the invoice is no cancellation"),
            Fault::Zero => f.write_str("Quantity is 0"),
        }
    }
}

/// Opens a file, plain or gzipped (told by its first bytes, not by its name), through `watch`, which
/// sees the file's own bytes go by.
pub(crate) fn open<R: Read + 'static>(
    path: &Path,
    watch: impl FnOnce(File) -> R,
) -> io::Result<Box<dyn Read>> {
    let mut file = watch(File::open(path)?);
    let mut magic = [0; 2];
    let mut read = 0;
    while read < magic.len() {
        match file.read(&mut magic[read..])? {
            0 => break,
            more => read += more,
        }
    }
    let whole = Cursor::new(magic).take(read as u64).chain(file);
    Ok(match magic {
        [0x1f, 0x8b] => Box::new(MultiGzDecoder::new(BufReader::new(whole))),
        _ => Box::new(whole),
    })
}

impl Book {
    /// Reads a whole file. Only a file that is no csv at all, or breaks off, is an error.
    pub(crate) fn read(input: impl Read) -> Result<Book, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
        let header = reader.byte_headers().map_err(|error| error.to_string())?.clone();
        let columns = Columns::find(&header)?;
        let mut shelves = Shelves::default();
        let mut book = Book::default();
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(|error| error.to_string())? {
            let row = record.position().map_or(0, csv::Position::line);
            let spans = reader.position().line().saturating_sub(row);
            book.rows += 1;
            match columns.take(&record, spans) {
                Ok(Row::Line(fields)) => book.lines.push(shelves.shelve(row, &fields)),
                Ok(Row::Cancellation) => book.cancellations += 1,
                Err(fault) => book.broken.push(Broken { row, fault }),
            }
        }
        book.lines.sort_by_key(|line| line.at_ms);
        book.skus = shelves.skus.names;
        book.invoices = shelves.invoices.names;
        Ok(book)
    }

    /// Units of each item ordered within so long after the first line, or the most that there are numbers for.
    pub(crate) fn first_units(&self, within_ms: u64) -> Vec<u64> {
        let mut units: Vec<u64> = vec![0; self.skus.len()];
        let end = self.lines.first().map_or(0, |line| line.at_ms + within_ms);
        for line in self.lines.iter().take_while(|line| line.at_ms < end) {
            let sum = &mut units[line.sku as usize];
            *sum = sum.saturating_add(line.quantity);
        }
        units
    }
}

/// Where the columns stand.
struct Columns {
    at: [usize; 4],
    fields: usize,
}

enum Row<'r> {
    Line(Fields<'r>),
    Cancellation,
}

struct Fields<'r> {
    invoice: &'r str,
    sku: &'r str,
    quantity: u64,
    at_ms: u64,
}

impl Columns {
    fn find(header: &ByteRecord) -> Result<Columns, String> {
        let mut at = [0; 4];
        for (place, name) in at.iter_mut().zip(COLUMNS) {
            *place = header
                .iter()
                .position(|field| field == name.as_bytes())
                .ok_or_else(|| format!("the header has no column {name}"))?;
        }
        Ok(Columns { at, fields: header.len() })
    }

    fn take<'r>(&self, record: &'r ByteRecord, spans: u64) -> Result<Row<'r>, Fault> {
        if record.len() != self.fields {
            return Err(if spans > 1 { Fault::OpenQuote } else { Fault::Fields });
        }
        let invoice = self.text(record, 0)?;
        let sku = self.text(record, 1)?;
        let quantity = self.text(record, 2)?;
        let date = self.text(record, 3)?;
        for (column, name) in [invoice, sku].into_iter().enumerate() {
            if name.len() > MAX_NAME_BYTES {
                return Err(Fault::TooLong(COLUMNS[column]));
            }
        }
        let quantity = whole_number(quantity).ok_or(Fault::Quantity)?;
        let at_ms = instant_ms(date).ok_or(Fault::Date)?;
        if invoice.starts_with('C') {
            return Ok(Row::Cancellation);
        }
        match u64::try_from(quantity) {
            Ok(0) => Err(Fault::Zero),
            Ok(quantity) => Ok(Row::Line(Fields { invoice, sku, quantity, at_ms })),
            Err(_) => Err(Fault::Negative),
        }
    }

    fn text<'r>(&self, record: &'r ByteRecord, column: usize) -> Result<&'r str, Fault> {
        let bytes = record.get(self.at[column]).unwrap_or_default();
        if bytes.is_empty() {
            return Err(Fault::Empty(COLUMNS[column]));
        }
        // The replacement character is what some other program left of bytes that it could not read.
        match str::from_utf8(bytes) {
            Ok(text) if !text.contains('\u{FFFD}') => Ok(text),
            _ => Err(Fault::Encoding(COLUMNS[column])),
        }
    }
}

fn whole_number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number: &i64| number.abs() <= MAX_QUANTITY)
}

fn instant_ms(text: &str) -> Option<u64> {
    let seconds = PrimitiveDateTime::parse(text, DATE).ok()?.assume_utc().unix_timestamp();
    u64::try_from(seconds).ok().map(|seconds| seconds * 1_000)
}

/// Names, each with a number.
#[derive(Default)]
struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

#[derive(Default)]
struct Shelves {
    skus: Names,
    invoices: Names,
}

impl Shelves {
    fn shelve(&mut self, row: u64, fields: &Fields<'_>) -> Line {
        Line {
            at_ms: fields.at_ms,
            sku: self.skus.number(fields.sku),
            quantity: fields.quantity,
            invoice: self.invoices.number(fields.invoice),
            row,
        }
    }
}

#[cfg(test)]
mod fuzzed;
#[cfg(test)]
mod tests;
