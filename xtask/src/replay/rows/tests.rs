//! Rows as files have them, and as they should not.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const HEADER: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

fn read(rows: &str) -> Book {
    Book::read(format!("{HEADER}{rows}").as_bytes()).expect("the header is right")
}

fn fault(row: &str) -> Fault {
    let book = read(&format!("{row}\n1,A,x,1,2010-12-01 08:26:00,1,,UK\n"));
    assert_eq!((book.lines.len(), book.broken.len()), (1, 1), "{row}");
    assert_eq!(book.broken[0].row, 2, "{row}");
    book.broken[0].fault
}

#[test]
fn lines_are_sorted_by_instant_and_then_as_they_stand() {
    let book = read(
        "7,B,late,3,2010-12-02 00:00:00,1,,UK\n\
         5,A,\"a, \"\"quoted\"\"\nname\",1,2010-12-01 08:26:00,1,,UK\n\
         5,a,,2,2010-12-01 08:26:00,1,,UK\n\
         7,B,,4,2010-12-02 00:00:00,1,,UK\n",
    );
    assert_eq!(book.skus, ["B", "A", "a"]);
    assert_eq!(book.invoices, ["7", "5"]);
    let played: Vec<_> =
        book.lines.iter().map(|it| (it.at_ms, it.sku, it.quantity, it.invoice, it.row)).collect();
    assert_eq!(
        played,
        [
            (1_291_191_960_000, 1, 1, 1, 3),
            (1_291_191_960_000, 2, 2, 1, 5),
            (1_291_248_000_000, 0, 3, 0, 2),
            (1_291_248_000_000, 0, 4, 0, 6)
        ]
    );
    assert_eq!((book.rows, book.cancellations, book.broken), (4, 0, vec![]));
}

#[test]
fn cancellations_are_left_out_and_are_not_broken() {
    let book = read(
        "C1,A,x,-1,2010-12-01 08:26:00,1,,UK\nC2,A,x,5,2010-12-01 08:26:00,1,,UK\n\
         A1,A,x,5,2010-12-01 08:26:00,1,,UK\n",
    );
    assert_eq!((book.rows, book.cancellations, book.lines.len()), (3, 2, 1));
    assert!(book.broken.is_empty());
}

#[test]
fn what_cannot_be_read_is_reported_with_its_line() {
    for (row, expected) in [
        ("1,A,x,1.5,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
        ("1,A,x,+1,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
        ("1,A,x, 1,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
        ("1,A,x,1e3,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
        ("1,A,x,-,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
        ("1,A,x,9007199254740992,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
        ("1,A,x,-4,2010-12-01 08:26:00,1,,UK", Fault::Negative),
        ("1,A,x,0,2010-12-01 08:26:00,1,,UK", Fault::Zero),
        ("1,A,x,1,2010-13-01 08:26:00,1,,UK", Fault::Date),
        ("1,A,x,1,2011-02-29 08:26:00,1,,UK", Fault::Date),
        ("1,A,x,1,2010-12-01 24:00:00,1,,UK", Fault::Date),
        ("1,A,x,1,2010-12-01,1,,UK", Fault::Date),
        ("1,A,x,1,12/1/2010 8:26,1,,UK", Fault::Date),
        ("1,A,x,1,2010-12-01 08:26:00Z,1,,UK", Fault::Date),
        ("1,A,x,1,1969-12-31 23:59:59,1,,UK", Fault::Date),
        (",A,x,1,2010-12-01 08:26:00,1,,UK", Fault::Empty("InvoiceNo")),
        ("1,,x,1,2010-12-01 08:26:00,1,,UK", Fault::Empty("StockCode")),
        ("1,A,x,,2010-12-01 08:26:00,1,,UK", Fault::Empty("Quantity")),
        ("1,A,x,1,,1,,UK", Fault::Empty("InvoiceDate")),
        ("1,A\u{FFFD},x,1,2010-12-01 08:26:00,1,,UK", Fault::Encoding("StockCode")),
        ("1,A,x,1,2010-12-01 08:26:00,1,UK", Fault::Fields),
        ("1,A,x,y,1,2010-12-01 08:26:00,1,,UK", Fault::Fields),
        // A cancellation that cannot be read is no cancellation that can be counted.
        ("C1,A,x,-1.5,2010-12-01 08:26:00,1,,UK", Fault::Quantity),
    ] {
        assert_eq!(fault(row), expected, "{row}");
    }
    assert_eq!(
        fault(&format!("1,{},x,1,2010-12-01 08:26:00,1,,UK", "s".repeat(101))),
        Fault::TooLong("StockCode")
    );
}

#[test]
fn a_quote_that_is_never_closed_is_named() {
    let book = read("1,A,\"x,1,2010-12-01 08:26:00,1,,UK\n2,A,x,1,2010-12-01 08:26:00,1,,UK\n");
    assert_eq!(book.broken, [Broken { row: 2, fault: Fault::OpenQuote }]);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut file = HEADER.as_bytes().to_vec();
    file.extend_from_slice(b"1,A\xff,x,1,2010-12-01 08:26:00,1,,UK\n");
    let book = Book::read(&file[..]).expect("the header is right");
    assert_eq!(book.broken, [Broken { row: 2, fault: Fault::Encoding("StockCode") }]);
}

#[test]
fn a_file_without_the_columns_is_an_error() {
    let error = Book::read("InvoiceNo,StockCode,Quantity\n".as_bytes()).expect_err("no dates");
    assert!(error.contains("InvoiceDate"), "{error}");
    assert!(Book::read("".as_bytes()).is_err());
}

#[test]
fn the_first_weeks_end_before_their_last_instant() {
    let book = read(
        "1,A,x,1,2010-12-01 00:00:00,1,,UK\n2,A,x,2,2010-12-28 23:59:59,1,,UK\n\
         3,A,x,4,2010-12-29 00:00:00,1,,UK\n",
    );
    assert_eq!(book.first_units(28 * 86_400_000), [3]);
    let most = "1,A,x,9007199254740991,2010-12-01 00:00:00,1,,UK\n".repeat(2_049);
    assert_eq!(read(&most).first_units(1), [u64::MAX]);
}

#[test]
fn gzip_is_told_by_its_bytes() {
    let dir = std::env::temp_dir().join(format!("backorder-rows-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a place to write");
    let text = format!("{HEADER}1,A,x,1,2010-12-01 08:26:00,1,,UK\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).expect("to memory");
    let packed = packed.finish().expect("to memory");
    let broken_off = packed[..packed.len() - 12].to_vec();
    for (name, bytes, lines) in
        [("plain", text.into_bytes(), Some(1)), ("packed", packed, Some(1)), ("broken-off", broken_off, None)]
    {
        let path = dir.join(name);
        std::fs::write(&path, bytes).expect("a place to write");
        let book = open(&path, |file| file).map_err(|error| error.to_string()).and_then(Book::read);
        assert_eq!(book.ok().map(|book| book.lines.len()), lines, "{name}");
    }
    std::fs::remove_dir_all(&dir).expect("it was made above");
}
