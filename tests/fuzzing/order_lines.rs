//! The order lines of `cargo xtask replay`: csv, plain or gzipped. Who includes this has the `Book` that reads them.

use super::{Book, Door, Random, bytes};

pub const DOOR: Door = Door { name: "csv", seeds, bend, enter, heap_factor: 100 };

const HEADER: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

const FIELDS: &[&str] = &[
    "",
    "1",
    "C536379",
    "-1",
    "0",
    "9007199254740991",
    "9007199254740992",
    "18446744073709551616",
    "1e3",
    " 6",
    "2010-12-01 08:26:00",
    "2011-02-29 00:00:00",
    "0000-01-01 00:00:00",
    "9999-12-31 23:59:59",
    "1969-12-31 23:59:59",
    "2010-12-01 24:00:00",
    "2010-12-01",
    "\"",
    "\"\"",
    "\"a,b\"",
    "\"a\nb\"",
    "ü",
    "\u{fffd}",
    "InvoiceNo",
    "\n",
    "\r\n",
];

fn seeds() -> Vec<Vec<u8>> {
    let rows = |count: usize| {
        let row = |row| {
            format!(
                "{},{},\"a, b\",{},2010-12-{:02} 08:26:00,1.5,17850,UK\n",
                536_365 + row / 3,
                row % 7,
                row + 1,
                row % 28 + 1
            )
        };
        [HEADER.to_string(), (0..count).map(row).collect()].concat().into_bytes()
    };
    [0, 1, 5, 40, 200].map(rows).to_vec()
}

/// Fields, rows and columns are left out, come twice, or hold something else.
fn bend(random: &mut Random, bytes: &mut Vec<u8>) {
    let Ok(text) = str::from_utf8(bytes) else { return bytes::bend(random, bytes) };
    if random.percent(30) {
        return bytes::bend(random, bytes);
    }
    let mut rows: Vec<Vec<String>> =
        text.split('\n').map(|row| row.split(',').map(String::from).collect()).collect();
    for _ in 0..random.between(1, 4) {
        // The header is row 0, and seldom another.
        let least = u64::from(!random.percent(5));
        let at = random.between(least, rows.len() as u64).min(rows.len() as u64 - 1) as usize;
        let field = random.below(rows[at].len() as u64) as usize;
        match random.below(8) {
            0 => rows.insert(at, rows[at].clone()),
            1 => rows[at].truncate(field),
            2 => rows[at].push(random.pick(FIELDS).to_string()),
            3 => {
                let other = random.below(8) as usize;
                if let Some(value) = rows[at].get(other).cloned() {
                    rows[at][field] = value;
                }
            }
            _ => {
                if let Some(value) = rows[at].get_mut(field) {
                    *value = random.pick(FIELDS).to_string();
                }
            }
        }
    }
    let rows: Vec<String> = rows.into_iter().map(|row| row.join(",")).collect();
    *bytes = rows.join("\n").into_bytes();
}

/// Every row is a line, a cancellation or broken, and what an item begins with can be counted.
fn enter(bytes: &[u8]) -> bool {
    let Ok(book) = Book::read(bytes) else { return false };
    let told = book.lines.len() as u64 + book.cancellations + book.broken.len() as u64;
    assert_eq!(told, book.rows);
    assert_eq!(book.first_units(28 * 86_400_000).len(), book.skus.len());
    !book.lines.is_empty()
}
