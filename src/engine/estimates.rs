//! Estimates: dates at several quantiles (rules §9). What is taken at its word has one date at all.

use super::Engine;
use super::dates::{At, ShipDate};
use super::plans::{Ask, Earlier, Plan, Terms};
use crate::model::command::Fulfilment;
use crate::model::outcome::NONE;
use crate::model::units::Instant;
use crate::model::view::Estimate;

/// The quantiles that an estimate shows, as draws in a thousand.
pub(crate) const SHOWN: [u16; 3] = [500, 800, 950];

impl Engine {
    /// An estimate of which the date at the item's own quantile is known; `date` gives it at another.
    #[inline]
    fn estimate(&self, plain: bool, own: ShipDate, date: impl Fn(u16) -> ShipDate) -> Estimate {
        if plain {
            return Estimate::plain(own.date, own.basis);
        }
        let [p50, p80, p95] = SHOWN.map(|of_draws| date(of_draws).date);
        Estimate { p50, p80, p95, basis: own.basis, evidence: u64::from(own.evidence) }
    }

    /// The same of when it is delivered; `None` where its order names no destination.
    pub(crate) fn line_delivery(&self, line: u32, now: Instant) -> Option<Estimate> {
        let destination = self.demand_of_line(&self.lines[line as usize]).destination;
        (destination != NONE).then(|| self.line_estimate(line, now, destination))
    }

    /// The estimate of a line as it stands: when it ships, or is at a destination.
    pub(crate) fn line_estimate(&self, line: u32, now: Instant, destination: u32) -> Estimate {
        let record = &self.lines[line as usize];
        let demand = self.demand_of_line(record);
        let plain = match demand.fulfilment {
            Fulfilment::Order => demand.lines().all(|line| self.is_taken_at_its_word(line)),
            Fulfilment::Partial | Fulfilment::Line => self.is_taken_at_its_word(line),
        };
        let at = At { destination, ..At::promised(now) };
        let own = self.line_date(line, at);
        self.estimate(plain, own, |of_draws| self.line_date(line, At { of_draws, ..at }))
    }

    /// Whether all supply that a line may wait for is taken at its word. A line that is dated by playing
    /// may wait for what others wait for.
    fn is_taken_at_its_word(&self, line: u32) -> bool {
        let at_its_word = |site: u32| self.sites[site as usize].expected.is_none() && !self.skips(site);
        self.unsure_sites == 0 || self.sites_of(line).into_iter().all(at_its_word)
    }

    /// Whether all supply that a plan waits for is taken at its word.
    fn plans_at_its_word(&self, plan: &Plan) -> bool {
        let at_its_word = |item: u32, location: u32| {
            let unsure = self.site_or_nothing(item, location).expected.is_some();
            !unsure && !self.items[item as usize].skips_whole_lines()
        };
        match &plan.several {
            None => at_its_word(plan.item, plan.location),
            Some(several) => {
                let mut waiting = several.claims.iter().filter(|claim| claim.waits > 0);
                waiting.all(|claim| at_its_word(claim.item, claim.location))
            }
        }
    }

    /// The estimate of what a plan would place.
    #[inline]
    pub(crate) fn plan_estimate(&self, ask: &Ask, plan: &Plan, terms: &Terms, earlier: &Earlier) -> Estimate {
        let plain = self.plan_is_plain(plan);
        self.estimate(plain, plan.ships, |of_draws| {
            self.dated(ask, plan, &Terms { of_draws, ..*terms }, earlier)
        })
    }

    /// The same of when it would be delivered to a destination.
    pub(crate) fn plan_delivery(&self, ask: &Ask, plan: &Plan, terms: &Terms, earlier: &Earlier) -> Estimate {
        // Where it leaves one place its ship date says it, however that was found.
        let own = match plan.spots()[..] {
            [only] => self.delivered(only.location, plan.ships, terms.destination),
            _ => self.dated(ask, plan, terms, earlier),
        };
        self.estimate(self.plan_is_plain(plan), own, |of_draws| {
            self.dated(ask, plan, &Terms { of_draws, ..*terms }, earlier)
        })
    }

    #[inline]
    fn plan_is_plain(&self, plan: &Plan) -> bool {
        self.unsure_sites == 0 || plan.waits == 0 || self.plans_at_its_word(plan)
    }
}
