//! What comes to a place, and what of it is promised (rules §9).

use super::Shop;
use super::queue::EntryAt;
use super::records::Place;
use backorder::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};

/// Some of the supply curve: so many units from this instant on.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    pub at: Instant,
    /// The date that puts it in its order among those that come at one instant.
    pub due: Instant,
    pub units: Quantity,
    pub supply: usize,
}

impl Shop {
    /// Open supplies in the order in which they come, overdue ones as `overdue` has it.
    pub(super) fn arrivals(&self, place: &Place, now: Instant) -> Vec<Arrival> {
        let Some(item) = self.item(&place.sku) else { return Vec::new() };
        let overdue = item.settings.overdue;
        if let Some(expected) = self.expected_arrivals(place, overdue, now) {
            return expected;
        }
        self.arrivals_at_their_word(place, now)
    }

    /// The same, all being taken at their word.
    pub(super) fn arrivals_at_their_word(&self, place: &Place, now: Instant) -> Vec<Arrival> {
        let Some(item) = self.item(&place.sku) else { return Vec::new() };
        let overdue = item.settings.overdue;
        let mut arrivals = Vec::new();
        for (index, supply) in self.supplies.iter().enumerate() {
            let late = now.saturating_sub(supply.due);
            let ignored = overdue.ignore_after_days.is_some_and(|days| late > days * DAY_MS);
            if supply.place == *place && supply.open > 0 && !ignored {
                let at = if late > 0 { now + overdue.offset_days * DAY_MS } else { supply.due };
                arrivals.push(Arrival { at, due: supply.due, units: supply.open, supply: index });
            }
        }
        arrivals.sort_by_key(|arrival| (arrival.at, arrival.due));
        arrivals
    }

    /// `S(t)`
    pub(super) fn supply_by(&self, place: &Place, instant: Instant, now: Instant) -> i128 {
        let arrived = self.arrivals(place, now).into_iter().filter(|arrival| arrival.at <= instant);
        self.free(place) + arrived.map(|arrival| i128::from(arrival.units)).sum::<i128>()
    }

    /// Units that can have left by an instant: what is there can whenever something does.
    fn sent_by(&self, place: &Place, instant: Instant, now: Instant) -> i128 {
        let leaves_by = |at: Instant| self.leaves(&place.location, at).is_some_and(|at| at <= instant);
        let sent = self.arrivals(place, now).into_iter().filter(|arrival| leaves_by(arrival.at));
        self.free(place) + sent.map(|arrival| i128::from(arrival.units)).sum::<i128>()
    }

    /// `S(∞)`
    pub(super) fn supply_in_all(&self, place: &Place, now: Instant) -> i128 {
        self.supply_by(place, Instant::MAX, now)
    }

    /// `C(u)`, of these entries: what they lack that are promised by then.
    pub(super) fn promised_by(&self, entries: &[EntryAt], instant: Instant) -> i128 {
        let promised = entries.iter().filter(|at| {
            let promise = self.line(at.demand, at.line).promise;
            promise.is_some_and(|promise| promise.date <= instant)
        });
        promised.map(|&at| i128::from(self.lacks(at))).sum()
    }

    /// The least that supply leaves beside the promises of these entries at any instant from one on,
    /// up to another: both change only when something can leave or is promised.
    pub(super) fn least_left(
        &self,
        place: &Place,
        entries: &[EntryAt],
        (from, before): (Instant, Instant),
        now: Instant,
    ) -> Option<i128> {
        let arrivals = self.arrivals(place, now).into_iter();
        let arrivals = arrivals.filter_map(|arrival| self.leaves(&place.location, arrival.at));
        let promises = entries.iter().filter_map(|at| self.line(at.demand, at.line).promise);
        let steps = arrivals.chain(promises.map(|promise| promise.date)).filter(|&step| step > from);
        let instants = std::iter::once(from).chain(steps).filter(|&instant| instant < before);
        let left = |instant| self.sent_by(place, instant, now) - self.promised_by(entries, instant);
        instants.map(left).min()
    }

    /// When the `x`-th unit beyond scheduled supply comes to who asked then; once that has passed,
    /// there is no basis for a date left.
    pub(super) fn replenished_at(
        &self,
        sku: &str,
        asked_at: Instant,
        x: Quantity,
        now: Instant,
    ) -> Option<Instant> {
        let replenishment = self.settings(sku).replenishment.as_ref()?;
        let days = u128::from(replenishment.lead_time_days)
            + match replenishment.capacity_per_day {
                Some(capacity) => {
                    let batch = u128::from(replenishment.batch.unwrap_or(1));
                    let made = u128::from(x.max(1)).div_ceil(batch) * batch;
                    made.div_ceil(u128::from(capacity)) - 1
                }
                None => 0,
            };
        let date = u128::from(asked_at) + days * u128::from(DAY_MS);
        let date = Instant::try_from(date).unwrap_or(Instant::MAX);
        (date >= now && date <= MAX_SAFE).then_some(date)
    }

    /// The same for the unit that an entry waits for: the one that was fixed when its promise was
    /// made, else this one. What is scheduled is needed too, so not before the last of it.
    pub(super) fn replenished_for(&self, at: EntryAt, x: i128, now: Instant) -> Option<(Instant, Quantity)> {
        let x = self.entry(at).beyond.unwrap_or(units_above(x));
        let place = self.place_of(at);
        let date = self.replenished_at(&place.sku, self.part(at).placed_at, x, now)?;
        let last = self.arrivals(&place, now).last().map_or(0, |arrival| arrival.at);
        (last <= MAX_SAFE).then_some((date.max(last), x))
    }
}

fn units_above(number: i128) -> Quantity {
    Quantity::try_from(number.max(1)).unwrap_or(Quantity::MAX)
}
