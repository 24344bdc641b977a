//! The lines in a form that every player reads in no time: reading a csv is not what is compared.
//!
//! A little-endian file: the header's length in 8 bytes; a JSON header, padded to 8 bytes; then columns with one
//! value a line: `at` and `quantity` as f64, `sku`, `invoice` and `row` as u32.

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

/// Writes what the players read.
pub(crate) fn write(book: &Book, initial: &[u64], scenario: &Scenario, path: &Path) -> io::Result<()> {
    let mut header = serde_json::to_vec(&json!({
        "lines": book.lines.len(),
        "leadMs": scenario.lead_days * DAY_MS,
        "skus": book.skus,
        "initial": initial,
        "invoices": book.invoices,
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
    for line in &book.lines {
        file.write_all(&line.invoice.to_le_bytes())?;
    }
    for line in &book.lines {
        let row = u32::try_from(line.row).map_err(io::Error::other)?;
        file.write_all(&row.to_le_bytes())?;
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
