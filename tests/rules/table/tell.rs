//! Answers as short text, the same for the engine and the reference.

use super::words::told;
use backorder::model::units::{DEFAULT_LOCATION, Quantity};
use backorder::model::view::{
    Availability, Estimate, EventView, HoldView, LineView, Peg, Position, QueueRow, Quote, Reorder,
    SupplyView,
};

/// The kinds whose units move at one place, which is then said.
const AT_A_PLACE: [&str; 10] = [
    "lineAllocated",
    "lineDeallocated",
    "lineBackordered",
    "lineShipped",
    "stockReceived",
    "stockCounted",
    "supplyScheduled",
    "supplyMoved",
    "supplyCancelled",
    "reorderDue",
];

/// `lineAllocated a/1 2`, `stockReceived pen@east 3`, `promiseMoved a/1 3d>5d`; what fell due by
/// itself has its instant: `@1d`.
pub fn event(event: &EventView) -> String {
    let who = event.order.or(event.hold).or(event.supply).or(event.sku).unwrap_or_default();
    let line = event.line.map_or_else(String::new, |line| format!("/{line}"));
    let place = event.location.filter(|_| AT_A_PLACE.contains(&event.kind)).map_or_else(String::new, place);
    let quantity = event.quantity.map_or_else(String::new, |quantity| format!(" {quantity}"));
    let item = event.sku.filter(|_| event.kind == "lineSubstituted");
    let item = item.map_or_else(String::new, |item| format!(" {item}"));
    let dates = match (event.from, event.to) {
        (Some(from), Some(to)) => format!(" {}>{}", told(from), told(to)),
        (None, Some(to)) => format!(" {}", told(to)),
        _ => String::new(),
    };
    let at =
        if event.cause.command == "tick" { format!(" @{}", told(Some(event.at))) } else { String::new() };
    format!("{} {who}{line}{place}{quantity}{item}{dates}{at}", event.kind)
}

/// `@east`; the place of a shop that has no other goes without saying.
fn place(location: &str) -> String {
    if location == DEFAULT_LOCATION { String::new() } else { format!("@{location}") }
}

/// `1: 2 set aside, 1 wait, promised 3d`; what is 0 is not said. By location where there is more
/// than the one that goes without saying: `[east 2 set aside] [west 1 wait]`.
pub fn line(line: &LineView) -> String {
    let mut words = counted(&[
        (line.allocated, "set aside"),
        (line.backordered, "wait"),
        (line.shipped, "shipped"),
        (line.cancelled, "cancelled"),
        (line.returned, "returned"),
        (line.ahead, "ahead"),
    ]);
    words.push(format!("promised {}", told(line.promised)));
    if line.ships.p80 != line.promised {
        words.push(format!("ships {}", told(line.ships.p80)));
    }
    let part = |(allocated, waiting, shipped)| {
        counted(&[(allocated, "set aside"), (waiting, "wait"), (shipped, "shipped")])
    };
    let parts = line.parts.iter().map(|at| (at.location, part((at.allocated, at.backordered, at.shipped))));
    format!("{}: {}{}", line.line, words.join(", "), by_place(parts.collect()))
}

/// `3d/5d/9d by supply, 20 receipts`: the dates at 50, 80 and 95 %, and what is behind them.
pub fn chances(estimate: &Estimate) -> String {
    let dates = [estimate.p50, estimate.p80, estimate.p95].map(told).join("/");
    format!("{dates} by {}, {} receipts", basis(estimate), estimate.evidence)
}

fn basis(estimate: &Estimate) -> String {
    format!("{:?}", estimate.basis).to_lowercase()
}

/// The same of every line.
pub fn deliveries(lines: &[LineView]) -> String {
    let one = |line: &LineView| format!("{}: {}", line.line, delivery(line.delivers));
    lines.iter().map(one).collect::<Vec<String>>().join("; ")
}

/// When something is delivered, where it was asked.
pub fn delivery(delivers: Option<Estimate>) -> String {
    delivers.map_or_else(|| "not asked".to_owned(), |delivers| told(delivers.p80))
}

pub fn dates(lines: &[LineView]) -> String {
    let one = |line: &LineView| format!("{}: {}", line.line, chances(&line.ships));
    lines.iter().map(one).collect::<Vec<String>>().join("; ")
}

/// Counts in words; what is 0 is not said.
fn counted(counts: &[(Quantity, &str)]) -> Vec<String> {
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{count} {what}")).collect()
}

fn by_place(parts: Vec<(&str, Vec<String>)>) -> String {
    if parts.iter().all(|(location, _)| *location == DEFAULT_LOCATION) {
        return String::new();
    }
    let part = |(location, words): &(&str, Vec<String>)| format!(" [{location} {}]", words.join(", "));
    parts.iter().filter(|(_, words)| !words.is_empty()).map(part).collect()
}

pub fn lines(lines: &[LineView]) -> String {
    lines.iter().map(line).collect::<Vec<String>>().join("; ")
}

/// `open, 1: 2 set aside, promised 0d`
pub fn cart(hold: &HoldView) -> String {
    let state = format!("{:?}", hold.state).to_lowercase();
    format!("{state}, {}", lines(&hold.lines))
}

/// `1: 5 from s 3d, 2 assumed 7d, 1 unknown`: what will serve the units that wait.
pub fn pegs(lines: &[LineView]) -> String {
    let peg = |peg: &Peg| match (peg.supply, peg.due) {
        (Some(supply), due) => format!("{} from {supply} {}", peg.quantity, told(due)),
        (None, Some(due)) => format!("{} assumed {}", peg.quantity, told(Some(due))),
        (None, None) => format!("{} unknown", peg.quantity),
    };
    let of_line = |line: &LineView| {
        format!("{}: {}", line.line, line.pegs.iter().map(peg).collect::<Vec<String>>().join(", "))
    };
    let waiting = lines.iter().filter(|line| !line.pegs.is_empty());
    waiting.map(of_line).collect::<Vec<String>>().join("; ")
}

/// `3 on hand, 2 set aside, 1 free`; what is 0 is not said.
pub fn position(position: &Position) -> String {
    let counts = [
        (position.on_hand, "on hand"),
        (position.allocated, "set aside"),
        (position.held, "held"),
        (position.available, "free"),
        (position.incoming, "coming"),
        (position.backordered, "wait"),
    ];
    counted(&counts).join(", ")
}

/// `a/1 2, b/1@east 3`: best rank first.
pub fn queue(rows: &[QueueRow]) -> String {
    let row = |row: &QueueRow| {
        let who = row.order.or(row.hold).unwrap_or_default();
        format!("{who}/{}{} {}", row.line, place(row.location), row.quantity)
    };
    rows.iter().map(row).collect::<Vec<String>>().join(", ")
}

pub fn supplies(supplies: &[SupplyView]) -> String {
    let one = |supply: &SupplyView| {
        let state = format!("{:?}", supply.state).to_lowercase();
        format!(
            "{}{} {} open, {} received, due {}, {state}",
            supply.supply,
            place(supply.location),
            supply.open,
            supply.received,
            told(Some(supply.due))
        )
    };
    supplies.iter().map(one).collect::<Vec<String>>().join("; ")
}

/// `limited, 1 now, 2 wait, 3 ahead, ships 5d by supply`, by location as a line is, then the offer
/// for the wait and what could be had instead: `, offer tea; or ink: inStock, 3 now, …`.
pub fn quote(quote: &Quote) -> String {
    let availability = Availability::NAMES[quote.availability as usize];
    let refused = matches!(quote.availability, Availability::OutOfStock | Availability::Discontinued);
    let waits = quote.parts.iter().map(|part| part.waits).sum();
    let mut words = vec![availability.to_owned()];
    words.extend(counted(&[(quote.now, "now"), (waits, "wait"), (quote.ahead, "ahead")]));
    let basis = basis(&quote.ships);
    words.push(match quote.ships.p80 {
        Some(_) => format!("ships {} by {basis}", told(quote.ships.p80)),
        None => format!("no date, {basis}"),
    });
    words.extend(quote.incentive.map(|offer| format!("offer {offer}")));
    let parts = quote.parts.iter().filter(|_| !refused);
    let parts = parts.map(|part| (part.location, counted(&[(part.now, "now"), (part.waits, "wait")])));
    let instead: Vec<String> = quote.alternatives.iter().map(alternative).collect();
    let instead = if instead.is_empty() { String::new() } else { format!("; or {}", instead.join("; or ")) };
    format!("{}{}{instead}", words.join(", "), by_place(parts.collect()))
}

fn alternative(alternative: &Quote) -> String {
    format!("{}: {}", alternative.sku, quote(alternative))
}

pub fn alternatives(alternatives: &[Quote]) -> String {
    alternatives.iter().map(alternative).collect::<Vec<String>>().join("; ")
}

/// `pen 10; ink@east 5`
pub fn reorders(reorders: &[Reorder]) -> String {
    let one = |reorder: &Reorder| format!("{}{} {}", reorder.sku, place(reorder.location), reorder.quantity);
    reorders.iter().map(one).collect::<Vec<String>>().join("; ")
}
