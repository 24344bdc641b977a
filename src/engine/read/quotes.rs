//! `quote` and `quoteOrder`: what placing would do, by the code that places (rules §3.7).

use super::{QuoteFigures, QuoteRequest};
use crate::engine::plans::{Ask, Earlier, Plan, Terms};
use crate::engine::{Engine, check};
use crate::model::command::{Fulfilment, OrderLine, OrderSettings};
use crate::model::outcome::{NONE, Rejection};
use crate::model::settings::Lifecycle;
use crate::model::units::{Instant, MAX_SAFE};
use crate::model::view::{Availability, Basis, CartQuote, CartRefusal, Estimate, Quote, QuotePart};
use alloc::string::String;
use alloc::vec::Vec;

/// There is no telling when.
const NO_DATE: Estimate = Estimate::plain(None, Basis::None);

impl QuoteFigures {
    /// What is said of an item or a location that is not known.
    const UNKNOWN: QuoteFigures = QuoteFigures {
        availability: Availability::OutOfStock,
        now: 0,
        waits: 0,
        ahead: 0,
        ships: Estimate::plain(None, Basis::None),
        promise: None,
        location: NONE,
        plain: true,
    };
}

impl Engine {
    /// What placing one line at this instant would do, in plain numbers. The time it takes does not
    /// depend on how many lines wait, unless the item skips whole lines: then the date is played.
    ///
    /// ```
    /// use backorder::engine::{Engine, EngineOptions, QuoteRequest};
    /// use backorder::model::command::Body;
    /// use backorder::model::outcome::EventMode;
    /// use backorder::model::settings::ItemChange;
    /// use backorder::model::units::{DAY_MS, DEFAULT_PRIORITY};
    /// use backorder::model::view::{Availability, Basis};
    ///
    /// let mut engine = Engine::new(EngineOptions::default());
    /// let (supply, sku, location, due) = ("PO-77", "lamp", None, 10 * DAY_MS);
    /// for body in [
    ///     Body::DefineItem { sku, settings: ItemChange::default() },
    ///     Body::Receive { sku, location, quantity: 2, supply: None },
    ///     Body::ScheduleSupply { supply, sku, location, quantity: 50, due, supplier: None },
    /// ] {
    ///     engine.apply(&body.into(), 0, EventMode::Drop);
    /// }
    /// let ask = |quantity| {
    ///     let request = QuoteRequest { sku, quantity, priority: DEFAULT_PRIORITY, locations: None, ship_to: None };
    ///     engine.quote(&request, 0)
    /// };
    /// assert_eq!((ask(2).availability, ask(2).promise), (Availability::InStock, Some(0)));
    /// let some = ask(5);
    /// assert_eq!((some.availability, some.now, some.waits), (Availability::Limited, 2, 3));
    /// assert_eq!((some.promise, some.ships.basis), (Some(due), Basis::Supply));
    /// // Beyond what is scheduled there is no date.
    /// assert_eq!((ask(53).promise, ask(53).ships.basis), (None, Basis::None));
    /// ```
    pub fn quote(&self, request: &QuoteRequest, now: Instant) -> QuoteFigures {
        self.quoted(request, now.min(MAX_SAFE), &mut None)
            .map_or(QuoteFigures::UNKNOWN, |(figures, _)| figures)
    }

    /// The figures and the plan behind them, and when it would be delivered where that is asked; `None`
    /// where the item or a location is not known.
    fn quoted(
        &self,
        request: &QuoteRequest,
        now: Instant,
        delivers: &mut Option<Estimate>,
    ) -> Option<(QuoteFigures, Plan)> {
        let item = self.skus.find(request.sku)?;
        let named: Vec<u32> = match request.locations {
            None => Vec::new(),
            Some(names) => {
                names.iter().map(|name| self.location_named(name)).collect::<Option<Vec<u32>>>()?
            }
        };
        let candidates = if request.locations.is_some() { &named } else { &self.live_locations };
        if candidates.is_empty() {
            return None;
        }
        let (quantity, sequence) = (request.quantity, self.this_sequence());
        let ask = Ask::new(item, quantity, candidates, (sequence, 0));
        let (terms, earlier) = (Terms::new(now, request.priority), Earlier::default());
        let plan = self.plan(&ask, &terms, &earlier);
        let figures = self.figures(&ask, &plan, &terms, &earlier);
        if let Some(ship_to) = request.ship_to {
            *delivers = Some(self.delivery(&ask, &plan, &terms, &earlier, (ship_to, figures.availability)));
        }
        Some((figures, plan))
    }

    /// A quote in the contract's shape.
    pub fn quote_view<'e>(&'e self, request: &QuoteRequest<'e, '_>, now: Instant) -> Quote<'e> {
        let mut quote = self.quote_alone(request, now);
        quote.alternatives = self.better_than(&quote, request, now);
        quote
    }

    /// A quote without what could be offered instead.
    pub(crate) fn quote_alone<'e>(&'e self, request: &QuoteRequest<'e, '_>, now: Instant) -> Quote<'e> {
        let now = now.min(MAX_SAFE);
        let mut delivers = request.ship_to.map(|_| NO_DATE);
        let quoted = self.quoted(request, now, &mut delivers);
        let quote = self.view_of(request, quoted.as_ref().map(|(figures, plan)| (*figures, plan)), now);
        Quote { delivers, ..quote }
    }

    /// What placing a whole cart would do.
    ///
    /// # Errors
    /// The rejection that `placeOrder` would give for a cart that is no command at all.
    pub fn quote_order<'e>(
        &'e self,
        lines: &[OrderLine<'e>],
        settings: &OrderSettings<'e>,
        now: Instant,
    ) -> Result<CartQuote<'e>, Rejection> {
        check::cart(lines, settings, now)?;
        let terms = Terms::of_order(settings, now);
        let planned = self.plan_lines(lines, &terms, settings.shortfall, Vec::new());
        let regime = self.check_regime(settings.notices.as_deref(), now);
        let planned = planned.and_then(|planned| regime.map(|()| planned));
        let mut earlier = Earlier::with_room(lines.len());
        let mut quotes = Vec::with_capacity(lines.len());
        for (place, line) in lines.iter().enumerate() {
            let own = planned.as_ref().ok().and_then(|planned| {
                planned.plans.iter().find(|(other, _)| *other == place).map(|(_, plan)| plan)
            });
            quotes.push(self.cart_quote((line, place), settings.ship_to, &terms, own, &mut earlier));
        }
        let latest = planned.as_ref().ok().and_then(|planned| planned.latest());
        let whole = quotes.iter().map(|quote| quote.ships).reduce(Estimate::later);
        let delivers = quotes.iter().filter_map(|quote| quote.delivers).reduce(Estimate::later);
        if let (Some(latest), Some(whole), Fulfilment::Order) = (latest, whole, settings.shipping.fulfilment)
        {
            for quote in &mut quotes {
                quote.ships = Estimate { basis: latest.basis, ..whole };
                quote.delivers = delivers;
                quote.promise = latest.date;
            }
        }
        Ok(CartQuote {
            lines: quotes,
            promise: latest.and_then(|latest| latest.date),
            refused: planned.err().map(|rejection| CartRefusal {
                reason: rejection.reason.name(),
                path: rejection.path.map_or_else(String::new, String::from),
            }),
        })
    }

    /// The quote of a cart's line, by its plan where the cart would be placed.
    fn cart_quote<'e>(
        &'e self,
        (line, place): (&OrderLine<'e>, usize),
        ship_to: Option<&'e str>,
        terms: &Terms,
        planned: Option<&Plan>,
        earlier: &mut Earlier,
    ) -> Quote<'e> {
        let names = line.locations.as_deref();
        let request = QuoteRequest {
            sku: line.sku,
            quantity: planned.map_or(line.quantity, Plan::quantity),
            priority: terms.priority,
            locations: names,
            ship_to,
        };
        let delivers = ship_to.map(|_| NO_DATE);
        let named = names.unwrap_or_default().iter().map(|name| self.location_named(name));
        let named: Option<Vec<u32>> = named.collect();
        let (Some(item), Some(named)) = (self.skus.find(line.sku), named) else {
            return Quote { delivers, ..self.view_of(&request, None, terms.now) };
        };
        let candidates = if names.is_some() { &named } else { &self.live_locations };
        let (quantity, sequence) = (request.quantity, self.this_sequence());
        let ask = Ask::new(item, quantity, candidates, (sequence, place as u32));
        let plan = planned.cloned().unwrap_or_else(|| self.plan(&ask, terms, earlier));
        let figures = self.figures(&ask, &plan, terms, earlier);
        let delivers = ship_to
            .map(|ship_to| self.delivery(&ask, &plan, terms, earlier, (ship_to, figures.availability)));
        earlier.add(&plan);
        let mut quote = self.view_of(&request, Some((figures, &plan)), terms.now);
        quote.delivers = delivers;
        quote.alternatives = self.better_than(&quote, &request, terms.now);
        quote
    }

    #[inline]
    fn figures(&self, ask: &Ask, plan: &Plan, terms: &Terms, earlier: &Earlier) -> QuoteFigures {
        let settings = &self.items[ask.item as usize].settings;
        let lifecycle = settings.lifecycle;
        let location = if plan.is_simple() { plan.first_location() } else { NONE };
        let plain = plan.is_simple() && settings.substitutes.is_empty() && settings.incentives.is_empty();
        let known = QuoteFigures { location, plain, ..QuoteFigures::UNKNOWN };
        let (now, ahead) = (plan.now, plan.ahead);
        if self.refusal_at_any_date(ask, plan, earlier).is_some() {
            let availability = match lifecycle {
                Lifecycle::Discontinued => Availability::Discontinued,
                _ => Availability::OutOfStock,
            };
            return QuoteFigures { availability, now, ahead, ..known };
        }
        let availability = match lifecycle {
            Lifecycle::Preorder { release_at } if release_at.is_none_or(|at| at > terms.now) => {
                Availability::Preorder
            }
            _ if plan.waits == 0 => Availability::InStock,
            _ if now > 0 => Availability::Limited,
            _ => Availability::Backorder,
        };
        let (ships, promise) = (self.plan_estimate(ask, plan, terms, earlier), plan.ships.date);
        let one_date = ships.p50 == promise && ships.p95 == promise;
        let plain = known.plain && one_date && ships.evidence == 0;
        QuoteFigures { availability, now, waits: plan.waits, ahead, ships, promise, plain, ..known }
    }

    /// When what a plan would place is delivered; never what would be refused, or goes where nobody said
    /// how long that takes.
    fn delivery(
        &self,
        ask: &Ask,
        plan: &Plan,
        terms: &Terms,
        earlier: &Earlier,
        (ship_to, availability): (&str, Availability),
    ) -> Estimate {
        match self.destinations.find(ship_to) {
            Some(destination) if !is_refused(availability) => {
                self.plan_delivery(ask, plan, &Terms { destination, ..*terms }, earlier)
            }
            _ => NO_DATE,
        }
    }

    fn view_of<'e>(
        &'e self,
        request: &QuoteRequest<'e, '_>,
        quoted: Option<(QuoteFigures, &Plan)>,
        now: Instant,
    ) -> Quote<'e> {
        let figures = quoted.map_or(QuoteFigures::UNKNOWN, |(figures, _)| figures);
        let refused = is_refused(figures.availability);
        let mut parts = Vec::new();
        let mut incentive = None;
        if let Some((_, plan)) = quoted {
            let spots = plan.spots();
            let spots = spots.iter().filter(|spot| spot.now > 0 || (spot.waits > 0 && !refused));
            parts.extend(spots.map(|spot| QuotePart {
                location: self.locations.name(spot.location),
                now: spot.now,
                waits: if refused { 0 } else { spot.waits },
            }));
            if !refused && (figures.waits > 0 || figures.availability == Availability::Preorder) {
                let settings = &self.items[plan.item as usize].settings;
                let day = |instant: Instant| self.local_day(plan.first_location(), instant);
                incentive = settings.incentive_for(day(now), figures.promise.map(day));
            }
        }
        Quote {
            sku: request.sku,
            quantity: request.quantity,
            parts,
            availability: figures.availability,
            now: figures.now,
            ahead: figures.ahead,
            ships: figures.ships,
            delivers: None,
            promise: figures.promise,
            alternatives: Vec::new(),
            incentive,
        }
    }

    /// The name of a location that figures were about.
    pub fn location_name(&self, location: u32) -> &str {
        self.locations.name(location)
    }
}

/// Whether placing would refuse it.
fn is_refused(availability: Availability) -> bool {
    matches!(availability, Availability::OutOfStock | Availability::Discontinued)
}
