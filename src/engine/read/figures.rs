//! `metrics`: what the merchant is judged by.

use crate::engine::Engine;
use crate::model::units::{DAY_MS, Instant, MAX_SAFE};
use crate::model::view::Metrics;

impl Engine {
    /// The figures since the engine began; waits in days as of `now`.
    ///
    /// Fill rates are first-pass: the share of units, whole lines and whole orders that were set
    /// aside when the order was placed (a hold's when it was confirmed). On-time rates are shares of
    /// the lines with a promise that have wholly shipped.
    pub fn metrics(&self, now: Instant) -> Metrics {
        let tally = &self.tally;
        let oldest = self.sites.iter().map(|site| site.root.totals().oldest).min().unwrap_or(u64::MAX);
        let waited_days = ratio(tally.waited_unit_ms, u128::from(tally.waited_units) * u128::from(DAY_MS));
        let rate = |part: u64, of: u64| ratio(u128::from(part), u128::from(of));
        Metrics {
            orders: tally.orders,
            lines: tally.lines,
            units: tally.units.min(MAX_SAFE),
            refused_units: self.refused_units.min(MAX_SAFE),
            unit_fill_rate: rate(tally.units_at_once, tally.units),
            line_fill_rate: rate(tally.lines_at_once, tally.lines),
            order_fill_rate: rate(tally.orders_at_once, tally.orders),
            on_time_first: rate(tally.on_time_first, tally.promised_lines_shipped),
            on_time_last: rate(tally.on_time_last, tally.promised_lines_shipped),
            waiting_lines: self.waiting_lines,
            waiting_units: u64::try_from(self.waiting_units).unwrap_or(MAX_SAFE).min(MAX_SAFE),
            waiting_value: u64::try_from(tally.waiting_value).unwrap_or(MAX_SAFE).min(MAX_SAFE),
            oldest_wait_days: (oldest != u64::MAX).then(|| now.saturating_sub(oldest) as f64 / DAY_MS as f64),
            mean_wait_days: waited_days,
            promises_made: tally.promises_made,
            promises_moved: tally.promises_moved,
            promises_broken: tally.promises_broken,
        }
    }
}

/// A share, or `None` without a case. Whole numbers become floats here and nowhere else.
fn ratio(part: u128, of: u128) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}
