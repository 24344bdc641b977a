//! Answers as short text, the same for the engine and the reference.

use super::words::told;
use backorder::engine::QuoteFigures;
use backorder::model::units::Quantity;
use backorder::model::view::{Availability, EventView, LineView, Position, QueueRow, SupplyView};

/// `lineAllocated a/1 2`, `promiseMoved a/1 3d>5d`; what fell due by itself has its instant: `@1d`.
pub fn event(event: &EventView) -> String {
    let who = event.order.or(event.hold).or(event.supply).or(event.sku).unwrap_or_default();
    let line = event.line.map_or_else(String::new, |line| format!("/{line}"));
    let quantity = event.quantity.map_or_else(String::new, |quantity| format!(" {quantity}"));
    let dates = match (event.from, event.to) {
        (Some(from), Some(to)) => format!(" {}>{}", told(from), told(to)),
        (None, Some(to)) => format!(" {}", told(to)),
        _ => String::new(),
    };
    let at =
        if event.cause.command == "tick" { format!(" @{}", told(Some(event.at))) } else { String::new() };
    format!("{} {who}{line}{quantity}{dates}{at}", event.kind)
}

/// `1: 2 set aside, 1 waits, promised 3d`; what is 0 is not said.
pub fn line(line: &LineView) -> String {
    let counts = [
        (line.allocated, "set aside"),
        (line.backordered, "wait"),
        (line.shipped, "shipped"),
        (line.cancelled, "cancelled"),
        (line.returned, "returned"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let mut words: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    if line.ahead > 0 {
        words.push(format!("{} ahead", line.ahead));
    }
    words.push(format!("promised {}", told(line.promised)));
    if line.ships.p80 != line.promised {
        words.push(format!("ships {}", told(line.ships.p80)));
    }
    format!("{}: {}", line.line, words.join(", "))
}

pub fn lines(lines: &[LineView]) -> String {
    lines.iter().map(line).collect::<Vec<String>>().join("; ")
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
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<String>>().join(", ")
}

/// `a/1 2, b/1 3`: best rank first.
pub fn queue(rows: &[QueueRow]) -> String {
    let row = |row: &QueueRow| {
        format!("{}/{} {}", row.order.or(row.hold).unwrap_or_default(), row.line, row.quantity)
    };
    rows.iter().map(row).collect::<Vec<String>>().join(", ")
}

pub fn supplies(supplies: &[SupplyView]) -> String {
    let one = |supply: &SupplyView| {
        let state = format!("{:?}", supply.state).to_lowercase();
        format!(
            "{} {} open, {} received, due {}, {state}",
            supply.supply,
            supply.open,
            supply.received,
            told(Some(supply.due))
        )
    };
    supplies.iter().map(one).collect::<Vec<String>>().join("; ")
}

/// `limited, 1 now, 2 wait, 3 ahead, ships 5d by supply`.
pub fn quote(figures: &QuoteFigures) -> String {
    let availability = Availability::NAMES[figures.availability as usize];
    let counts: [(Quantity, &str); 3] =
        [(figures.now, "now"), (figures.waits, "wait"), (figures.ahead, "ahead")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let mut words = vec![availability.to_owned()];
    words.extend(counts.map(|(count, what)| format!("{count} {what}")));
    let basis = format!("{:?}", figures.basis).to_lowercase();
    words.push(match figures.date {
        Some(_) => format!("ships {} by {basis}", told(figures.date)),
        None => format!("no date, {basis}"),
    });
    words.join(", ")
}
