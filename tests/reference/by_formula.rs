//! The formulas of rules §9 beside the plays: where both say when somebody is served by what is
//! known to come, they must say the same.

use super::Shop;
use super::dates::Seen;
use super::playing::{Later, Served};
use super::queue::EntryAt;
use super::records::{Demand, Line, Place, Promise};
use super::sourcing::Ask;
use backorder::model::command::{OrderLine, OrderSettings};
use backorder::model::settings::{Sharing, WholeLines};
use backorder::model::units::{Instant, Quantity};

/// What the formula and the play say of the same units.
#[derive(Clone, Debug)]
pub struct TwoDates {
    pub of: String,
    pub by_formula: Option<Instant>,
    pub by_playing: Option<Instant>,
}

/// The same of units that would be asked for now; a play may find them a place among lines that are
/// late already, where the formula leaves it alone.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub dates: TwoDates,
    pub others_are_late: bool,
}

impl Shop {
    /// Everywhere that somebody waits and rank, or the promise, says who is served first: when the
    /// known supplies serve it.
    pub fn dates_of_waiting(&self, now: Instant) -> Vec<TwoDates> {
        let mut dates = Vec::new();
        for place in self.items.iter().flat_map(|item| item.places()) {
            let settings = self.settings(&place.sku);
            let entries = self.entries_at(&place);
            let any_later = entries.iter().any(|&at| self.is_for_later(at));
            let kept = self.keeps_promises(&place.sku);
            let in_turn = settings.sharing == Sharing::Sequence
                && settings.whole_lines == WholeLines::Collect
                && !(kept && (any_later || !settings.protection.is_empty()));
            if !in_turn {
                continue;
            }
            for at in entries.into_iter().filter(|&at| self.lacks(at) > 0) {
                let later = if self.is_for_later(at) { Later::One(at.demand) } else { Later::Nobody };
                let asked = self.asked_by(at);
                let by_playing = asked.play_at(&place, later, now).get(&at).copied();
                let of = format!("{at:?} at {place:?}");
                dates.push(TwoDates { of, by_formula: asked.by_formula(at, &place, now), by_playing });
            }
        }
        dates
    }

    /// The first `t` with `S(t) − r ≥ D + q`, not before an order for later is one for now.
    fn by_formula(&self, at: EntryAt, place: &Place, now: Instant) -> Option<Instant> {
        let needed = Seen::of(self, now).needed(at);
        let from = self.demand_of(at).later.unwrap_or(now);
        let arrivals = self.arrivals(place, now).into_iter().map(|arrival| arrival.at.max(from));
        std::iter::once(from).chain(arrivals).find(|&instant| self.supply_by(place, instant, now) >= needed)
    }

    /// Where promises are kept: when a new order of so many units could be promised, by the formula and
    /// by trying each instant at which something comes.
    pub fn date_of_newcomer(&self, place: &Place, quantity: Quantity, now: Instant) -> Option<Newcomer> {
        let entries = self.entries_at(place);
        let plain = self.keeps_promises(&place.sku)
            && self.settings(&place.sku).protection.is_empty()
            && entries.iter().all(|&at| !self.is_for_later(at));
        let (trial, at) = self.with_newcomer(place, quantity, now).filter(|_| plain)?;
        let promise_of = |at: EntryAt| self.line(at.demand, at.line).promise.map(|promise| promise.date);
        let before = self.play_at(place, Later::All, now);
        let is_late = |served: &Served, at: EntryAt| {
            let date = served.get(&at).copied().unwrap_or(Instant::MAX);
            promise_of(at).is_some_and(|promise| date > promise)
        };
        let waiting: Vec<EntryAt> = entries.into_iter().filter(|&at| self.lacks(at) > 0).collect();
        let fits = |promise: Instant| {
            let mut promised = trial.clone();
            promised.demands[at.demand].lines[0].promise = Some(Promise::provisional(promise));
            let after = promised.play_at(place, Later::All, now);
            let harmed = |&other: &EntryAt| {
                let (was, is) = (before.get(&other), after.get(&other));
                is_late(&after, other) && is != was
            };
            after.get(&at).is_some_and(|&served| served <= promise) && !waiting.iter().any(harmed)
        };
        let mut instants = trial.arrivals(place, now).into_iter().map(|arrival| arrival.at);
        let by_playing = instants.find(|&instant| fits(instant));
        let seen = Seen::with_new(&trial, (at.demand, 0), None, now);
        let by_formula = seen.entry_date(at).date.filter(|_| seen.entry_date(at).beyond.is_none());
        let of = format!("{quantity} new at {place:?}");
        let others_are_late = waiting.iter().any(|&other| is_late(&before, other));
        Some(Newcomer { dates: TwoDates { of, by_formula, by_playing }, others_are_late })
    }

    /// The shop with a new order that is not promised yet, and its entry if that waits.
    fn with_newcomer(&self, place: &Place, quantity: Quantity, now: Instant) -> Option<(Shop, EntryAt)> {
        let mut trial = self.clone();
        trial.commands_applied += 1;
        let sequence = trial.commands_applied;
        let mut demand = Demand::order("new", &OrderSettings::default(), now, sequence);
        let locations = Some(vec![place.location.as_str()]);
        let asked = OrderLine { locations, ..OrderLine::new(&place.sku, quantity) };
        demand.lines.push(Line::new(&asked, 0, quantity));
        trial.demands.push(demand.into());
        let demand = trial.demands.len() - 1;
        let ask = Ask { demand, line: 0, quantity, asked_at: (now, sequence), collects: false };
        let parts = trial.plan(&ask, now).parts;
        trial.demands[demand].lines[0].add_parts(parts);
        let at = EntryAt { demand, line: 0, part: 0, entry: 0 };
        (trial.lacks(at) > 0).then_some((trial, at))
    }

    /// Everywhere that there is or was anything.
    pub fn places(&self) -> Vec<Place> {
        self.items.iter().filter(|item| !self.is_kit(&item.sku)).flat_map(|item| item.places()).collect()
    }
}
