//! What the merchant is judged by.

use super::records::Line;
use super::{Shop, units_of};
use backorder::model::command::Body;
use backorder::model::outcome::{EventKind, Reason, Refused};
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
use backorder::model::view::Metrics;

/// Counts that no record keeps.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    refused_units: Quantity,
    promises_made: u64,
    promises_moved: u64,
    promises_broken: u64,
    orders: Filled,
    lines: Filled,
    units: Filled,
    on_time_first: Filled,
    on_time_last: Filled,
    waited: Waited,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default)]
struct Filled {
    all: u64,
    filled: u64,
}

/// Units that waited and were set aside, and for how long together.
#[derive(Clone, Copy, Debug, Default)]
struct Waited {
    units: u128,
    unit_ms: u128,
}

impl Filled {
    fn add(&mut self, all: u64, filled: u64) {
        self.all += all;
        self.filled += filled;
    }

    fn rate(self) -> Option<f64> {
        (self.all > 0).then(|| self.filled as f64 / self.all as f64)
    }
}

impl Tally {
    /// Demand that was refused for what it asked, not for how it asked.
    pub fn count_refusal(&mut self, body: &Body, reason: Reason) {
        let demand_was_refused = matches!(
            reason,
            Reason::OutOfStock | Reason::BackorderLimit | Reason::MaxPerOrder | Reason::TooLate
        );
        if let Body::PlaceOrder { lines, .. } = body
            && demand_was_refused
        {
            self.refused_units += units_of(lines);
        }
    }

    /// What an order was trimmed by.
    pub fn count_trimmed(&mut self, refused: &[Refused]) {
        self.refused_units += refused.iter().map(|line| line.quantity).sum::<Quantity>();
    }

    pub fn count_event(&mut self, kind: EventKind) {
        match kind {
            EventKind::PromiseMade => self.promises_made += 1,
            EventKind::PromiseMoved => self.promises_moved += 1,
            EventKind::PromiseBroken => self.promises_broken += 1,
            _ => {}
        }
    }

    /// An order came to be, of these lines; what they have by then is filled at once.
    pub fn count_order(&mut self, lines: &[Line]) {
        let whole = |line: &&Line| line.allocated() == line.quantity;
        self.orders.add(1, u64::from(lines.iter().all(|line| whole(&line))));
        self.lines.add(lines.len() as u64, lines.iter().filter(whole).count() as u64);
        let units = lines.iter().map(|line| line.quantity).sum();
        self.units.add(units, lines.iter().map(Line::allocated).sum());
    }

    /// Units of a part that was placed then are set aside now.
    pub fn count_wait(&mut self, units: Quantity, placed_at: Instant, now: Instant) {
        self.waited.units += u128::from(units);
        self.waited.unit_ms += u128::from(units) * u128::from(now.saturating_sub(placed_at));
    }

    /// The last units of a line shipped: was that by the end of the day first promised, and last?
    /// These are the ends of those days.
    pub fn count_shipped(&mut self, (first, last): (Option<Instant>, Option<Instant>), now: Instant) {
        if let Some(end) = first {
            self.on_time_first.add(1, u64::from(now < end));
            self.on_time_last.add(1, last.map_or(0, |end| u64::from(now < end)));
        }
    }
}

/// A sum as large as a figure may be.
fn safe(sum: u128) -> Quantity {
    Quantity::try_from(sum).unwrap_or(MAX_SAFE).min(MAX_SAFE)
}

fn value(line: &Line) -> u128 {
    u128::from(line.waiting()) * u128::from(line.unit_price.unwrap_or(0))
}

impl Shop {
    pub fn metrics(&self, now: Instant) -> Metrics {
        let tally = &self.tally;
        let lines = || self.demands.iter().flat_map(|demand| &demand.lines);
        let waiting = || lines().filter(|line| line.waiting() > 0);
        let parts = lines().flat_map(|line| &line.parts).filter(|part| part.whole() < part.wanted);
        let oldest = parts.map(|part| part.placed_at).min();
        let Waited { units, unit_ms } = tally.waited;
        Metrics {
            orders: tally.orders.all,
            lines: tally.lines.all,
            units: tally.units.all.min(MAX_SAFE),
            refused_units: tally.refused_units.min(MAX_SAFE),
            unit_fill_rate: tally.units.rate(),
            line_fill_rate: tally.lines.rate(),
            order_fill_rate: tally.orders.rate(),
            on_time_first: tally.on_time_first.rate(),
            on_time_last: tally.on_time_last.rate(),
            waiting_lines: waiting().count() as u64,
            waiting_units: safe(waiting().map(|line| u128::from(line.waiting())).sum()),
            waiting_value: safe(waiting().map(value).sum()),
            oldest_wait_days: oldest.map(|oldest| now.saturating_sub(oldest) as f64 / DAY_MS as f64),
            mean_wait_days: (units > 0).then(|| unit_ms as f64 / (units * u128::from(DAY_MS)) as f64),
            promises_made: tally.promises_made,
            promises_moved: tally.promises_moved,
            promises_broken: tally.promises_broken,
        }
    }
}
