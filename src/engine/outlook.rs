//! What comes to a site, as it is seen at an instant: the supply curve, its dates learned or at their word, and
//! assumed supply beyond it (rules §9).

use super::dates::{At, PROMISED, ShipDate};
use super::dispatch::leaves;
use super::store::Site;
use crate::estimate::calendar::DispatchCalendar;
use crate::estimate::curve::{CurveAt, Piece};
use crate::estimate::expected::Expected;
use crate::estimate::lateness::Lateness;
use crate::model::settings::{ItemSettings, Lifecycle};
use crate::model::units::{DAY_MS, Instant, Quantity};
use crate::model::view::Basis;
use crate::policy::capacity;

/// Who beyond scheduled supply asks when assumed supply comes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker {
    pub placed_at: Instant,
    /// The unit that was fixed when the promise was made; 0 when none was.
    pub beyond: Quantity,
}

/// What comes to a site, as it is seen at an instant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlook<'e> {
    settings: &'e ItemSettings,
    expected: Option<&'e Expected>,
    pub curve: CurveAt<'e>,
    /// By which what is there leaves.
    calendar: Option<&'e DispatchCalendar>,
    /// Units there at once; below 0, a debt that receipts fill first.
    pub start: i64,
    now: Instant,
}

impl Outlook<'_> {
    /// The same, so many of the units that are there having been taken.
    #[inline(always)]
    pub fn without(self, taken: Quantity) -> Self {
        Outlook { start: self.start - taken as i64, ..self }
    }

    /// When the `depth`-th unit leaves: from the shelf, from what is scheduled, or by the assumed
    /// lead time of who asks.
    #[inline(always)]
    pub fn served(&self, depth: Quantity, asker: Asker) -> ShipDate {
        let Some(unit) = i64::try_from(depth).ok().and_then(|depth| depth.checked_sub(self.start)) else {
            return ShipDate::NONE;
        };
        if unit <= 0 {
            return ShipDate::at_once(self.now).sent(self.calendar);
        }
        match self.curve.piece(unit as Quantity) {
            Some(piece) => match self.expected {
                None => ShipDate::new(piece.date, Basis::Supply).sent(self.calendar),
                Some(expected) => learned(expected, piece).sent(self.calendar),
            },
            None => self.assumed(unit as Quantity - self.curve.total(), asker).sent(self.calendar),
        }
    }

    /// When what is there by then leaves.
    #[inline(always)]
    pub fn leaves(&self, ready: Instant) -> Option<Instant> {
        leaves(self.calendar, ready)
    }

    /// A date at which what supply brings leaves, whichever unit it is for.
    pub fn brought_by(&self, date: Instant) -> ShipDate {
        let ships = ShipDate::new(Some(date), Basis::Supply);
        let Some(expected) = self.expected else { return ships };
        let leaves_by = |at: Instant| self.leaves(at).is_some_and(|at| at <= date);
        let by_then = self.curve.pieces().filter(|piece| piece.date.is_some_and(leaves_by));
        by_then.last().map_or(ships, |piece| learned(expected, Piece { date: Some(date), ..piece }))
    }

    /// Whether the shelf and what is scheduled come to so many units.
    pub fn covers(&self, units: Quantity) -> bool {
        units <= self.start.saturating_add_unsigned(self.curve.total()).max(0) as Quantity
    }

    /// Units that are there at an instant, not before the one at which this is seen.
    pub fn arrived_by(&self, instant: Instant) -> i64 {
        self.start.saturating_add_unsigned(self.curve.arrived_by(instant))
    }

    /// Units that can have left by an instant.
    pub fn sent_by(&self, instant: Instant) -> i64 {
        if self.calendar.is_none() {
            return self.arrived_by(instant);
        }
        let leaves_by = |at: Instant| self.leaves(at).is_some_and(|at| at <= instant);
        let by_then = self.curve.pieces().take_while(|piece| piece.date.is_some_and(leaves_by));
        self.start.saturating_add_unsigned(by_then.last().map_or(0, |piece| piece.upto))
    }

    /// When assumed supply brings the `unit`-th unit beyond what is scheduled. The units before it
    /// come with that, so it does not come earlier.
    #[inline(always)]
    pub fn assumed(&self, unit: Quantity, asker: Asker) -> ShipDate {
        let beyond = if asker.beyond > 0 { asker.beyond } else { unit };
        match (self.settings.replenished(asker.placed_at, beyond), self.curve.last_date()) {
            (Some(date), Some(last)) if date >= self.now => {
                let ships = ShipDate::new(Some(date.max(last)), Basis::Replenishment);
                ShipDate { beyond: if ships.date.is_some() { beyond } else { 0 }, ..ships }
            }
            _ => ShipDate::NONE,
        }
    }
}

/// A date that supply which may be late brings.
#[cold]
fn learned(expected: &Expected, piece: Piece) -> ShipDate {
    match ShipDate::new(piece.date, Basis::Supply) {
        ShipDate::NONE => ShipDate::NONE,
        ships => {
            ShipDate { evidence: expected.lateness_of(piece.supply).map_or(0, Lateness::evidence), ..ships }
        }
    }
}

impl ItemSettings {
    /// The first instant at which any unit may ship; `None` for a preorder without a date.
    pub(crate) fn release(&self) -> Option<Instant> {
        match self.lifecycle {
            Lifecycle::Preorder { release_at } => release_at,
            Lifecycle::Active | Lifecycle::Discontinued => Some(0),
        }
    }

    /// When assumed supply brings the `beyond`-th unit to who placed at `placed_at`, passed or not.
    pub(crate) fn replenished(&self, placed_at: Instant, beyond: Quantity) -> Option<Instant> {
        let assumed = self.replenishment.as_ref()?;
        let batches = capacity::extra_days(beyond, assumed.batch, assumed.capacity_per_day);
        let days = assumed.lead_time_days.saturating_add(batches);
        Some(placed_at.saturating_add(days.saturating_mul(DAY_MS)))
    }

    /// Units that must remain available when a line of this priority takes some (rules §8).
    pub(crate) fn reserve(&self, priority: u8) -> Quantity {
        let levels = self.protection.iter().filter(|level| level.priority < priority);
        levels.map(|level| level.units).max().unwrap_or(0)
    }
}

impl Site {
    /// Sellable units not set aside; below 0 when the buffer is not full.
    #[inline(always)]
    pub fn free(&self, settings: &ItemSettings) -> i64 {
        let set_aside = self.allocated() + self.held();
        // All three are at most 2^53.
        self.on_hand as i64 - set_aside as i64 - settings.safety_stock as i64
    }

    /// Units that a new line may take at once.
    pub fn available(&self, settings: &ItemSettings) -> Quantity {
        self.free(settings).max(0) as Quantity
    }

    /// What comes here, as it is seen at an instant.
    #[inline(always)]
    pub fn outlook<'e>(
        &'e self,
        settings: &'e ItemSettings,
        calendar: Option<&'e DispatchCalendar>,
        at: At,
    ) -> Outlook<'e> {
        let (now, curve) = (at.now, self.curve_at(settings, at));
        let expected = self.expected.as_deref();
        Outlook { settings, expected, curve, calendar, start: self.free(settings), now }
    }

    /// Inlined where [`SupplyCurve::at`](crate::estimate::curve::SupplyCurve::at) is.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn curve_at<'e>(&'e self, settings: &ItemSettings, at: At) -> CurveAt<'e> {
        match &self.expected {
            None => self.curve.at(at.now, settings.overdue),
            Some(expected) => self.table(expected, settings, at),
        }
    }

    /// The same, all supply being taken at its word.
    pub fn at_its_word<'e>(&'e self, settings: &'e ItemSettings, now: Instant) -> Outlook<'e> {
        let curve = self.curve.at(now, settings.overdue);
        Outlook { settings, expected: None, curve, calendar: None, start: self.free(settings), now }
    }

    /// The dates of what may be late.
    #[cold]
    fn table<'e>(&self, expected: &'e Expected, settings: &ItemSettings, at: At) -> CurveAt<'e> {
        let promised = at.of_draws == PROMISED;
        let of_draws = if promised { settings.promise_quantile.per_mille() } else { at.of_draws };
        let overtaken = self.inflow.as_deref().map(|inflow| (inflow, at.priority));
        expected.at(at.now, settings.overdue, of_draws, overtaken)
    }
}
