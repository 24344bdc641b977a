//! What placing would give, found out by placing in a copy of the shop (rules §3.7).

use super::records::{Demand, Line};
use super::sourcing::{Ask, Plan};
use super::{Refusal, Shop};
use backorder::engine::QuoteRequest;
use backorder::model::command::{OrderLine, OrderSettings};
use backorder::model::settings::Lifecycle;
use backorder::model::units::{Instant, Quantity};
use backorder::model::view::{Availability, Basis, Estimate, Quote, QuotePart};

/// What placing a cart would do: for each line what it has at once, its units ahead, its promise,
/// and by location what it has and what waits.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLine {
    pub now: Quantity,
    pub ahead: Quantity,
    pub promise: Option<Instant>,
    pub parts: Vec<(String, Quantity, Quantity)>,
}

impl Shop {
    /// A quote with what could be offered in its place, and for the wait.
    pub fn quote<'s>(&'s self, request: &QuoteRequest<'s, '_>, now: Instant) -> Quote<'s> {
        let mut quote = self.quote_alone(request, now);
        if quote.availability != Availability::InStock && self.item(request.sku).is_some() {
            let mut alternatives = self.alternatives(request, None, now);
            if let Some(promise) = quote.promise {
                alternatives.retain(|other| other.promise.is_some_and(|other| other < promise));
            }
            quote.alternatives = alternatives;
        }
        quote
    }

    /// Direct substitutes that could be placed, those in stock first, then by promise, then as they
    /// are listed.
    pub fn alternatives<'s>(
        &'s self,
        request: &QuoteRequest<'s, '_>,
        latest: Option<Instant>,
        now: Instant,
    ) -> Vec<Quote<'s>> {
        let mut offers = Vec::new();
        let substitutes = self.item(request.sku).map(|item| &item.settings.substitutes);
        for sku in substitutes.into_iter().flatten().filter(|sku| *sku != request.sku) {
            let Some(item) = self.item(sku) else { continue };
            let quote = self.quote_alone(&QuoteRequest { sku: &item.sku, ..*request }, now);
            let placeable =
                !matches!(quote.availability, Availability::OutOfStock | Availability::Discontinued);
            let in_time = latest.is_none_or(|latest| quote.promise.is_some_and(|promise| promise <= latest));
            if item.settings.lifecycle != Lifecycle::Discontinued && placeable && in_time {
                offers.push(quote);
            }
        }
        offers.sort_by_key(|quote| {
            (quote.availability != Availability::InStock, quote.promise.unwrap_or(Instant::MAX))
        });
        offers
    }

    fn quote_alone<'s>(&'s self, request: &QuoteRequest<'s, '_>, now: Instant) -> Quote<'s> {
        let mut quote = nothing(request);
        let Some(item) = self.item(request.sku) else { return quote };
        let mut locations = request.locations.iter().flat_map(|given| given.iter());
        if locations.any(|location| !self.has_location(location)) {
            return quote;
        }
        let mut trial = self.clone();
        trial.commands_applied += 1;
        let settings = OrderSettings { priority: request.priority, ..OrderSettings::default() };
        let sequence = trial.commands_applied;
        let mut demand = Demand::order("quoted", &settings, now, sequence);
        let locations = request.locations.map(<[&str]>::to_vec);
        let asked = OrderLine { locations, ..OrderLine::new(request.sku, request.quantity) };
        demand.lines.push(Line::new(&asked, 0, 0));
        trial.demands.push(demand.into());
        let demand = trial.demands.len() - 1;
        let ask =
            Ask { demand, line: 0, quantity: request.quantity, asked_at: (now, sequence), collects: false };
        match trial.plan_or_refusal(&ask, now) {
            Ok(plan) => {
                quote.availability = availability(item.settings.lifecycle, &plan, now);
                quote.parts = self.quote_parts(&plan, true);
                (quote.now, quote.ahead) = (plan.now(), plan.ahead);
                quote.ships =
                    trial.estimate(plan.ships, |shop| shop.date_of_plan(&ask, &plan, None, now).date);
                quote.delivers = request.ship_to.map(|to| {
                    let delivers = |shop: &Shop| shop.date_of_plan(&ask, &plan, Some(to), now);
                    trial.estimate(delivers(&trial), |shop| delivers(shop).date)
                });
                quote.promise = plan.ships.date;
                let waits = plan.waits() > 0 || quote.availability == Availability::Preorder;
                let location = plan.parts.first().map(|part| part.location.as_str());
                quote.incentive = self.incentive(request.sku, quote.promise, location, now).filter(|_| waits);
            }
            Err(_) => {
                if item.settings.lifecycle == Lifecycle::Discontinued {
                    quote.availability = Availability::Discontinued;
                }
                if trial.is_countable(&ask) {
                    let plan = trial.plan(&ask, now);
                    quote.parts = self.quote_parts(&plan, false);
                    (quote.now, quote.ahead) = (plan.now(), plan.ahead);
                }
            }
        }
        quote
    }

    /// By location; of what is refused, only what is there.
    fn quote_parts(&self, plan: &Plan, waits: bool) -> Vec<QuotePart<'_>> {
        let mut parts = Vec::new();
        for part in &plan.parts {
            let (now, waits) = (part.whole(), if waits { part.wanted - part.whole() } else { 0 });
            if let Some(location) = self.location_of(&part.location).filter(|_| now + waits > 0) {
                parts.push(QuotePart { location, now, waits });
            }
        }
        parts
    }

    /// What is offered for a wait of so many days; for one without an end the most there is.
    fn incentive(
        &self,
        sku: &str,
        promise: Option<Instant>,
        location: Option<&str>,
        now: Instant,
    ) -> Option<&str> {
        let offers = &self.item(sku)?.settings.incentives;
        let days = promise.map(|promise| self.days_between(location, now, promise));
        let applies = offers.iter().filter(|offer| days.is_none_or(|days| offer.from_delay_days <= days));
        let best = applies.rev().max_by_key(|offer| offer.from_delay_days)?;
        Some(&best.offer)
    }

    /// What placing these lines would give, found by placing them in a copy of the shop.
    pub fn quote_order(
        &self,
        lines: &[OrderLine],
        settings: &OrderSettings,
        now: Instant,
    ) -> Result<Vec<PlacedLine>, Refusal> {
        let mut trial = self.clone();
        trial.commands_applied += 1;
        let demand = Demand::order("quoted", settings, now, trial.commands_applied);
        trial.demands.push(demand.into());
        let index = self.demands.len();
        let taken = trial.take_lines(index, lines, settings.shortfall, now)?;
        self.check_regime(settings.notices.as_deref(), now)?;
        let quoted = taken.into_iter().enumerate().map(|(line, taken)| {
            let record = &trial.demands[index].lines[line];
            let parts = record.parts.iter();
            let parts = parts.map(|part| (part.location.clone(), part.whole(), part.wanted - part.whole()));
            let promise = taken.ships.date;
            PlacedLine { now: record.allocated(), ahead: taken.ahead, promise, parts: parts.collect() }
        });
        Ok(quoted.collect())
    }
}

/// Nothing now and no date: an item that is not known.
fn nothing<'s>(request: &QuoteRequest<'s, '_>) -> Quote<'s> {
    Quote {
        sku: request.sku,
        quantity: request.quantity,
        parts: Vec::new(),
        availability: Availability::OutOfStock,
        now: 0,
        ahead: 0,
        ships: Estimate::plain(None, Basis::None),
        delivers: request.ship_to.map(|_| Estimate::plain(None, Basis::None)),
        promise: None,
        alternatives: Vec::new(),
        incentive: None,
    }
}

fn availability(lifecycle: Lifecycle, plan: &Plan, at: Instant) -> Availability {
    match lifecycle {
        Lifecycle::Preorder { release_at } if release_at.is_none_or(|release| at < release) => {
            Availability::Preorder
        }
        _ if plan.waits() == 0 => Availability::InStock,
        _ if plan.now() > 0 => Availability::Limited,
        _ => Availability::Backorder,
    }
}
