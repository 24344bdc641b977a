//! What is printed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::figures::{self, Expected, Played};
use super::players::{Player, Runs};
use super::rows::{Book, Fault};
use crate::failure::Failure;

/// How many broken rows of a kind are named before the rest is only counted.
const NAMED: usize = 12;

/// The native engine takes at most so many times the floor's time for a line.
const FLOOR_RATIO: f64 = 10.0;

/// How many differences are printed.
const SHOWN: usize = 20;

/// What the file holds, and which of its rows are passed over.
pub(crate) fn rows(book: &Book, path: &Path) -> String {
    let mut text = format!(
        "{}: {}, of which {} of {}; left out: {}, {}",
        path.display(),
        counted(book.rows, "row"),
        counted(book.lines.len() as u64, "order line"),
        counted(book.skus.len() as u64, "item"),
        counted(book.cancellations, "cancellation"),
        counted(book.broken.len() as u64, "broken row"),
    );
    for (fault, lines) in by_fault(book) {
        let named: Vec<String> = lines.iter().take(NAMED).map(u64::to_string).collect();
        let more = if lines.len() > NAMED { ", …" } else { "" };
        let word = if lines.len() == 1 { "line" } else { "lines" };
        let rows = counted(lines.len() as u64, "row");
        let _ = write!(text, "\n  {rows}: {fault}; {word} {}{more}", named.join(", "));
    }
    text
}

/// Whether `rows` left line numbers out.
pub(crate) fn is_abridged(book: &Book) -> bool {
    by_fault(book).values().any(|lines| lines.len() > NAMED)
}

fn by_fault(book: &Book) -> BTreeMap<Fault, Vec<u64>> {
    let mut faults: BTreeMap<Fault, Vec<u64>> = BTreeMap::new();
    for broken in &book.broken {
        faults.entry(broken.fault).or_default().push(broken.row);
    }
    faults
}

/// The totals beside each other.
pub(crate) fn totals(native: &Played, wasm: &Played, book: &Book, expected: Option<&Expected>) -> String {
    let items = book.skus.len();
    let (native, wasm) = (native.totals(items), wasm.totals(items));
    let mut text = format!("{:<22}{:>18}{:>18}", "", "native", "wasm");
    if expected.is_some() {
        let _ = write!(text, "{:>18}", "expected");
    }
    for name in figures::TOTALS {
        let _ = write!(text, "\n{name:<22}{:>18}{:>18}", grouped(native[name]), grouped(wasm[name]));
        if let Some(expected) = expected {
            let wanted = expected.totals.get(name).copied().unwrap_or(0);
            let equal = native[name] == wanted && wasm[name] == wanted;
            let _ = write!(text, "{:>18}  {}", grouped(wanted), if equal { "equal" } else { "DIFFERS" });
        }
    }
    text
}

/// Where what was played is not what was expected, or not the same for all who played.
pub(crate) fn differences(
    played: &[(Player, &Played)],
    skus: &[String],
    expected: Option<&Expected>,
) -> Vec<String> {
    let mut differences = Vec::new();
    let mut add = |of: String, list: Vec<String>| {
        differences.extend(list.into_iter().map(|difference| format!("{of}, {difference}")));
    };
    let [(first, leader), others @ ..] = played else { return differences };
    for (player, played) in others {
        for (sku, name) in skus.iter().enumerate() {
            let wanted =
                leader.item(sku).into_iter().map(|(name, value)| (name.to_string(), value)).collect();
            let of = format!("{} beside {}, item {name}", player.name(), first.name());
            add(of, figures::differences(&played.item(sku), &wanted));
        }
        if played.digest.is_some() && played.digest != leader.digest {
            add(player.name().to_string(), vec![format!("the digest is not that of {}", first.name())]);
        }
    }
    if let Some(expected) = expected {
        add(first.name().to_string(), unexpected(leader, skus, expected));
    }
    differences
}

fn unexpected(played: &Played, skus: &[String], expected: &Expected) -> Vec<String> {
    let mut differences = figures::differences(&played.totals(skus.len()), &expected.totals);
    for (name, figures) in &expected.items {
        match skus.iter().position(|sku| sku == name) {
            Some(sku) => {
                let list = figures::differences(&played.item(sku), figures);
                differences.extend(list.into_iter().map(|difference| format!("item {name}, {difference}")));
            }
            None => differences.push(format!("item {name} was not played")),
        }
    }
    differences
}

/// In words, what was compared.
pub(crate) fn verdict(
    played: &[(Player, &Played)],
    book: &Book,
    expected: Option<&Expected>,
    differences: &[String],
) -> String {
    let mut text = String::new();
    if differences.is_empty() {
        let names: Vec<&str> = played.iter().map(|(player, _)| player.name()).collect();
        let items = counted(book.skus.len() as u64, "item");
        let _ = write!(text, "All {} figures of {items} are equal", figures::NAMES.len());
        let _ = writeln!(text, " ({}).", names.join(", "));
    }
    if let (true, Some(expected)) = (differences.is_empty(), expected) {
        let (totals, items) = (expected.totals.len(), expected.items.len());
        let _ = writeln!(text, "All {totals} totals and every figure of {items} items are as expected.");
        let _ = writeln!(text, "Lines: {}.", expected.attribution);
    }
    for (player, played) in played {
        if let Some(digest) = &played.digest {
            let _ = writeln!(text, "digest, {:<7}{digest}", player.name());
        }
    }
    text
}

/// Lines a second of each who played.
pub(crate) fn speeds(runs: &Runs, book: &Book) -> Result<String, Failure> {
    let lines = book.lines.len() as f64;
    let mut text = String::from("               lines/s    ns/line");
    for player in [Player::Native, Player::Wasm, Player::Floor].into_iter().filter(|&player| runs.has(player))
    {
        let seconds = runs.median(player)?.seconds;
        let _ = write!(
            text,
            "\n{:<8}{:>14}{:>11}",
            player.name(),
            grouped((lines / seconds) as u64),
            grouped((seconds * 1e9 / lines) as u64)
        );
    }
    if let Some(ratio) = floor_ratio(runs)? {
        let _ = write!(text, "\nnatively {ratio:.1} times the floor's time");
    }
    Ok(text)
}

/// The native engine's time to the floor's, if that was measured.
pub(crate) fn floor_ratio(runs: &Runs) -> Result<Option<f64>, Failure> {
    if !runs.has(Player::Floor) {
        return Ok(None);
    }
    Ok(Some(runs.median(Player::Native)?.seconds / runs.median(Player::Floor)?.seconds))
}

/// Says whether the engine is near enough to the floor, and fails when it is not.
pub(crate) fn hold(ratio: f64) -> Result<(), Failure> {
    if ratio > FLOOR_RATIO {
        return Err(Failure::from(format!(
            "that is {ratio:.1} times the floor's time, of at most {FLOOR_RATIO}"
        )));
    }
    println!("At most {FLOOR_RATIO}: holds.");
    Ok(())
}

/// The first differences.
pub(crate) fn failure(differences: &[String]) -> Failure {
    let shown = differences.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n  ");
    Failure::from(format!("{} differences:\n  {shown}", differences.len()))
}

/// So many of them, in words.
fn counted(number: u64, of: &str) -> String {
    format!("{} {of}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// 1234567 as 1,234,567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::rows::Broken;
    use super::*;

    fn played(units: u64, digest: &str) -> Played {
        let figures = figures::NAMES.iter().map(|name| (name.to_string(), vec![units])).collect();
        Played { seconds: 1.0, digest: Some(digest.to_string()), figures }
    }

    fn expected(units: u64) -> Expected {
        let item: BTreeMap<String, u64> =
            figures::NAMES.iter().map(|name| (name.to_string(), units)).collect();
        let mut totals = item.clone();
        totals.remove("I0");
        totals.insert("skus".into(), 1);
        let items = BTreeMap::from([("A".to_string(), item)]);
        Expected {
            attribution: String::new(),
            scenario: Default::default(),
            fingerprint: String::new(),
            totals,
            items,
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1_000, 5_660_981].map(grouped), ["0", "999", "1,000", "5,660,981"]);
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let skus = ["A".to_string()];
        let found = |native: &Played, wasm: &Played, expected: Option<&Expected>| {
            differences(&[(Player::Native, native), (Player::Wasm, wasm)], &skus, expected)
        };
        let three = played(3, "d");
        assert_eq!(found(&three, &three, Some(&expected(3))), Vec::<String>::new());
        assert_eq!(found(&three, &played(3, "e"), None), ["wasm, the digest is not that of native"]);
        assert_eq!(found(&three, &Played { digest: None, ..played(3, "d") }, None), Vec::<String>::new());
        assert_eq!(found(&three, &played(4, "d"), None).len(), figures::NAMES.len());
        let wrong = found(&played(4, "d"), &played(4, "d"), Some(&expected(3)));
        assert_eq!(wrong.len(), figures::NAMES.len() + figures::TOTALS.len() - 1);
        let mut more = expected(3);
        more.items.insert("B".into(), BTreeMap::new());
        assert_eq!(found(&three, &three, Some(&more)), ["native, item B was not played"]);
    }

    #[test]
    fn broken_rows_are_named_by_line() {
        let mut book = Book { rows: 20, ..Book::default() };
        book.broken = (2..20).map(|row| Broken { row, fault: Fault::Zero }).collect();
        book.broken.push(Broken { row: 20, fault: Fault::Empty("Quantity") });
        let text = rows(&book, Path::new("a.csv"));
        assert!(
            text.contains("18 rows: Quantity is 0; lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …"),
            "{text}"
        );
        assert!(text.contains("1 row: Quantity is empty; line 20"), "{text}");
        assert!(is_abridged(&book));
    }

    #[test]
    fn medians_are_of_equal_plays() {
        let mut runs = Runs::default();
        for seconds in [9.0, 1.0, 2.0] {
            runs.push(Player::Native, Played { seconds, ..played(3, "d") });
        }
        assert_eq!(runs.median(Player::Native).map(|run| run.seconds).ok(), Some(2.0));
        assert!(runs.median(Player::Wasm).is_err());
        runs.push(Player::Native, played(4, "d"));
        assert!(runs.median(Player::Native).is_err());
    }
}
