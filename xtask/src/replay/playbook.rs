//! The lines in a form that every player reads in no time: reading a csv is not what is compared.
//!
//! A little-endian file: the header's length in 8 bytes; a JSON header, padded to 8 bytes; then columns. With one value
//! a line: `at` and `quantity` as f64, `sku` as u32. With one value an order and one more: `first`, its first line, as
//! u32.

use super::options::Scenario;
use super::rows::Book;
use flate2::Crc;
use serde_json::json;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const DAY_MS: u64 = 86_400_000;

/// How long the sales are watched that the initial stock is made from.
const FIRST_WEEKS_MS: u64 = 28 * DAY_MS;

/// The contract's most lines of an order.
const MAX_LINES: usize = 1_000;

/// Half of 2^53: an item reorders in lots of twice its initial stock.
const MAX_INITIAL: u64 = 1 << 52;

/// Every item's initial stock, which is its reorder point too.
pub(crate) fn initial_stocks(book: &Book, scenario: &Scenario) -> Result<Vec<u64>, String> {
    let initial: Vec<u64> =
        book.first_units(FIRST_WEEKS_MS).into_iter().map(|units| scenario.initial_stock(units)).collect();
    match initial.iter().position(|&stock| stock >= MAX_INITIAL) {
        Some(sku) => Err(format!("the initial stock of {} is beyond 2^52", book.skus[sku])),
        None => Ok(initial),
    }
}

/// Lines that make one order: of one invoice and one instant, and naming no item twice, so that the reorder rule can
/// look at every item between two of its lines. Each order is told by its first line.
fn orders(book: &Book) -> Vec<usize> {
    let mut firsts: Vec<usize> = Vec::new();
    let mut last_order = vec![usize::MAX; book.skus.len()];
    for (number, line) in book.lines.iter().enumerate() {
        let named = &mut last_order[line.sku as usize];
        let goes_on = firsts.last().is_some_and(|&first| {
            let head = &book.lines[first];
            head.invoice == line.invoice
                && head.at_ms == line.at_ms
                && *named != firsts.len() - 1
                && number - first < MAX_LINES
        });
        if !goes_on {
            firsts.push(number);
        }
        *named = firsts.len() - 1;
    }
    firsts
}

/// Writes what the players read.
pub(crate) fn write(book: &Book, initial: &[u64], scenario: &Scenario, path: &Path) -> io::Result<()> {
    let mut firsts = orders(book);
    // An invoice may become several orders: the number tells them apart, and finds them again.
    let ids = firsts.iter().map(|&first| &book.invoices[book.lines[first].invoice as usize]);
    let ids: Vec<String> = ids.enumerate().map(|(number, invoice)| format!("{invoice}/{number}")).collect();
    firsts.push(book.lines.len());
    let mut header = serde_json::to_vec(&json!({
        "lines": book.lines.len(),
        "leadMs": scenario.lead_days * DAY_MS,
        "skus": book.skus,
        "initial": initial,
        "orders": ids,
    }))?;
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(&(header.len() as u64).to_le_bytes())?;
    file.write_all(&header)?;
    for line in &book.lines {
        file.write_all(&(line.at_ms as f64).to_le_bytes())?;
    }
    for line in &book.lines {
        file.write_all(&(line.quantity as f64).to_le_bytes())?;
    }
    for line in &book.lines {
        file.write_all(&line.sku.to_le_bytes())?;
    }
    for first in firsts {
        file.write_all(&u32::try_from(first).map_err(io::Error::other)?.to_le_bytes())?;
    }
    file.flush()
}

/// Tells these lines from any others: a CRC-32 of instant, item and quantity of each, as played.
pub(crate) fn fingerprint(book: &Book) -> String {
    let mut crc = Crc::new();
    for line in &book.lines {
        crc.update(&line.at_ms.to_le_bytes());
        crc.update(book.skus[line.sku as usize].as_bytes());
        crc.update(&line.quantity.to_le_bytes());
    }
    format!("{:08x}", crc.sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(rows: &str) -> Book {
        let header = "InvoiceNo,StockCode,Quantity,InvoiceDate\n";
        Book::read(format!("{header}{rows}").as_bytes()).unwrap()
    }

    #[test]
    fn an_order_is_of_one_invoice_and_instant_and_names_no_item_twice() {
        let book = book(
            "1,A,1,2010-12-01 08:26:00\n1,B,1,2010-12-01 08:26:00\n1,A,1,2010-12-01 08:26:00\n\
             1,C,1,2010-12-01 08:26:00\n2,C,1,2010-12-01 08:26:00\n2,B,1,2010-12-01 08:27:00\n\
             2,A,1,2010-12-01 08:27:00\n",
        );
        assert_eq!(orders(&book), [0, 2, 4, 5]);
    }

    #[test]
    fn an_order_has_a_thousand_lines_at_most() {
        let rows: String = (0..1_001).map(|item| format!("1,{item},1,2010-12-01 08:26:00\n")).collect();
        assert_eq!(orders(&book(&rows)), [0, 1_000]);
    }

    #[test]
    fn the_fingerprint_is_of_lines_as_played() {
        let one = book("1,A,1,2010-12-01 08:26:00\n1,B,2,2010-12-01 08:26:00\n");
        let other_invoice = book("1,A,1,2010-12-01 08:26:00\n2,B,2,2010-12-01 08:26:00\n");
        let other_quantity = book("1,A,1,2010-12-01 08:26:00\n1,B,3,2010-12-01 08:26:00\n");
        assert_eq!(fingerprint(&one), fingerprint(&other_invoice));
        assert_ne!(fingerprint(&one), fingerprint(&other_quantity));
    }

    #[test]
    fn what_is_beyond_any_shop_is_refused() {
        let book = book("1,A,9007199254740991,2010-12-01 08:26:00\n");
        assert!(initial_stocks(&book, &Scenario::default()).is_err());
        assert!(initial_stocks(&book, &Scenario { initial: (1, 3), ..Scenario::default() }).is_ok());
    }
}
