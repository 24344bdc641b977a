//! The bulk doors: columns of numbers, ids in one text.

use super::{Door, Random, bytes, json};
use backorder::api::door::{IdColumn, OrderColumns, QuoteColumns, ids, place_all, quote_all};
use backorder::codec::{digest, restore, snapshot};

pub const DOOR: Door = Door { name: "columns", seeds, bend: bytes::bend, enter, heap_factor: 100 };

/// What the bytes say, one after the other; what they end before is 0.
struct Cut<'b>(std::slice::Iter<'b, u8>);

impl Cut<'_> {
    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    fn number(&mut self) -> f64 {
        match self.byte() {
            0 => f64::from_le_bytes(std::array::from_fn(|_| self.byte())),
            1 => f64::NAN,
            2 => f64::INFINITY,
            3 => -0.0,
            4 => 9_007_199_254_740_991.0,
            5 => 9_007_199_254_740_992.0,
            6 => 0.5,
            byte => f64::from(byte) - 7.0,
        }
    }

    fn column<T>(&mut self, rows: usize, take: impl Fn(&mut Self) -> T) -> Vec<T> {
        // A column may be one too short or too long.
        let rows = match self.byte() {
            254 => rows + 1,
            255 => rows.saturating_sub(1),
            _ => rows,
        };
        (0..rows).map(|_| take(self)).collect()
    }
}

/// Known items and orders, characters of one to four bytes, what a lone half becomes, and what is no id.
const IDS: [&str; 12] = [
    "lamp",
    "lamp",
    "Stühle",
    "花瓶",
    "set",
    "rug 🧶",
    "order 1",
    "order 2",
    "",
    "a\u{fffd}",
    "🧶",
    "no such item",
];

/// A column of ids as it crosses: one text, and the length of each in UTF-16 units, which may be a lie.
#[derive(Default)]
struct IdText {
    text: String,
    lengths: Vec<u32>,
}

impl IdText {
    fn push(&mut self, id: &str, lie: u8) {
        self.text.push_str(id);
        let units = id.encode_utf16().count() as u32;
        self.lengths.push(match lie {
            250 => units + 1,
            251 => units.saturating_sub(1),
            252 => 0,
            253 => u32::MAX,
            254 => u32::MAX / 2,
            _ => units,
        });
    }

    fn ids(&self) -> Vec<&str> {
        ids(&self.text, &self.lengths)
    }
}

/// Mostly orders that are not known yet.
fn order_ids(cut: &mut Cut<'_>, rows: usize) -> IdText {
    let mut column = IdText::default();
    for row in cut.column(rows, Cut::byte).into_iter().enumerate() {
        match row {
            (_, pick @ 0..40) => column.push(IDS[usize::from(pick) % IDS.len()], 0),
            (number, lie) => column.push(&format!("new {number}"), lie),
        }
    }
    column
}

fn item_ids(cut: &mut Cut<'_>, rows: usize) -> IdText {
    let mut column = IdText::default();
    for pick in cut.column(rows, Cut::byte) {
        column.push(IDS[usize::from(pick) % IDS.len()], pick);
    }
    column
}

fn seeds() -> Vec<Vec<u8>> {
    let mut random = Random::new(7);
    let bytes = |random: &mut Random| (0..random.between(4, 400)).map(|_| random.below(90) as u8).collect();
    (0..200).map(|_| bytes(&mut random)).collect()
}

/// As many answers as rows, or an error that changed nothing.
fn enter(bytes: &[u8]) -> bool {
    let mut cut = Cut(bytes.iter());
    let rows = usize::from(cut.byte()) % 80;
    let order_ids = order_ids(&mut cut, rows);
    let has_codes = cut.byte() % 2 == 1;
    let item_ids = item_ids(&mut cut, if has_codes { 12 } else { rows });
    let codes = has_codes.then(|| cut.column(rows, |cut| u32::from(cut.byte()) % 13));
    let quantities = cut.column(rows, Cut::number);
    let priorities = (cut.byte() % 2 == 1).then(|| cut.column(rows, Cut::byte));
    let (orders, values) = (order_ids.ids(), item_ids.ids());
    let skus = IdColumn { values: &values, codes: codes.as_deref() };
    let (quantities, priorities) = (&quantities[..], priorities.as_deref());

    let mut engine = json::engine(bytes.len());
    let (before, now) = (digest(&engine), engine.last_instant());
    let quoted = quote_all(&engine, &QuoteColumns { skus, quantities, priorities }, now);
    if let Ok(quoted) = quoted {
        assert_eq!(quoted.availability.len(), quantities.len());
    }
    assert_eq!(digest(&engine), before, "a quote changed something");
    match place_all(&mut engine, &OrderColumns { orders: &orders, skus, quantities, priorities }, now) {
        Ok(placed) => assert_eq!(placed.status.len(), orders.len()),
        Err(_) => assert_eq!(digest(&engine), before, "columns that do not fit changed something"),
    }
    let again = restore(&snapshot(&engine)).expect("what the engine wrote it reads");
    assert_eq!(digest(&again), digest(&engine));
    digest(&engine) != before
}
