//! `quote` and `quoteOrder`: what placing would do, by the code that places (rules §3.7).

use super::{QuoteFigures, QuoteRequest};
use crate::engine::dates::ShipDate;
use crate::engine::place::{Ask, Plan, Terms};
use crate::engine::{Engine, check};
use crate::model::command::{Fulfilment, OrderLine, OrderSettings, ShippingSettings};
use crate::model::outcome::Rejection;
use crate::model::settings::Lifecycle;
use crate::model::units::{DEFAULT_LOCATION, Instant, MAX_SAFE, Quantity};
use crate::model::view::{Availability, Basis, CartQuote, CartRefusal, Estimate, Quote, QuotePart};
use alloc::string::String;
use alloc::vec::Vec;

impl QuoteFigures {
    /// What is said of an item or a location that is not known.
    const UNKNOWN: QuoteFigures = QuoteFigures {
        availability: Availability::OutOfStock,
        now: 0,
        waits: 0,
        ahead: 0,
        date: None,
        basis: Basis::None,
        promise: None,
    };
}

impl Engine {
    /// What placing one line at this instant would do, in plain numbers. The time it takes does not
    /// depend on how many lines wait.
    pub fn quote(&self, request: &QuoteRequest, now: Instant) -> QuoteFigures {
        let now = now.min(MAX_SAFE);
        let known = |location: &&str| self.has_location(location);
        let Some(item) = self.skus.find(request.sku) else { return QuoteFigures::UNKNOWN };
        if !request.locations.is_none_or(|locations| locations.iter().all(known)) {
            return QuoteFigures::UNKNOWN;
        }
        let terms =
            Terms { placed_at: now, priority: request.priority, shipping: ShippingSettings::default() };
        let ask = Ask { item, quantity: request.quantity, before: 0, counted: 0 };
        let plan = self.plan(&ask, &terms, self.this_sequence());
        self.figures(&ask, &plan, now)
    }

    /// A quote in the contract's shape.
    pub fn quote_view<'e>(&'e self, request: &QuoteRequest<'e, '_>, now: Instant) -> Quote<'e> {
        quote_view(request.sku, request.quantity, self.quote(request, now))
    }

    /// What placing a whole cart would do.
    ///
    /// # Errors
    /// The rejection that `placeOrder` would give for a cart that is no command at all.
    pub fn quote_order<'e>(
        &'e self,
        lines: &[OrderLine<'e>],
        settings: &OrderSettings,
        now: Instant,
    ) -> Result<CartQuote<'e>, Rejection> {
        check::cart(lines, &settings.shipping, now)?;
        let terms = Terms { placed_at: now, priority: settings.priority, shipping: settings.shipping };
        let refused = self.plan_lines(lines, &terms, &mut Vec::new()).err();
        let mut figures = self.cart_figures(lines, &terms);
        let dates = figures.iter().map(|quote| ShipDate { date: quote.promise, basis: quote.basis });
        let latest = dates.reduce(ShipDate::later).filter(|_| refused.is_none());
        if let (Some(latest), Fulfilment::Order) = (latest, settings.shipping.fulfilment) {
            for quote in &mut figures {
                (quote.date, quote.basis, quote.promise) = (latest.date, latest.basis, latest.date);
            }
        }
        let quotes = lines.iter().zip(figures);
        Ok(CartQuote {
            lines: quotes.map(|(line, figures)| quote_view(line.sku, line.quantity, figures)).collect(),
            promise: latest.and_then(|latest| latest.date),
            refused: refused.map(|rejection| CartRefusal {
                reason: rejection.reason.name(),
                path: rejection.path.map_or_else(String::new, String::from),
            }),
        })
    }

    fn cart_figures(&self, lines: &[OrderLine], terms: &Terms) -> Vec<QuoteFigures> {
        let before = crate::engine::place::units_before(lines);
        let quote = |(place, line): (usize, &OrderLine)| {
            let located = line.locations.iter().flatten().all(|location| self.has_location(location));
            let Some(item) = self.skus.find(line.sku).filter(|_| located) else {
                return QuoteFigures::UNKNOWN;
            };
            let before = before.get(place).copied().unwrap_or(0);
            let ask = Ask { item, quantity: line.quantity, before, counted: 0 };
            self.figures(&ask, &self.plan(&ask, terms, self.this_sequence()), terms.placed_at)
        };
        lines.iter().enumerate().map(quote).collect()
    }

    fn figures(&self, ask: &Ask, plan: &Plan, placed_at: Instant) -> QuoteFigures {
        let lifecycle = self.items[ask.item as usize].settings.lifecycle;
        let (now, ahead) = (plan.now, plan.ahead);
        if self.refusal(ask, plan, None).is_some() {
            let availability = match lifecycle {
                Lifecycle::Discontinued => Availability::Discontinued,
                _ => Availability::OutOfStock,
            };
            return QuoteFigures { availability, now, ahead, ..QuoteFigures::UNKNOWN };
        }
        let availability = match lifecycle {
            Lifecycle::Preorder { release_at } if release_at.is_none_or(|at| at > placed_at) => {
                Availability::Preorder
            }
            _ if plan.waits == 0 => Availability::InStock,
            _ if now > 0 => Availability::Limited,
            _ => Availability::Backorder,
        };
        let ShipDate { date, basis } = plan.ships;
        QuoteFigures { availability, now, waits: plan.waits, ahead, date, basis, promise: date }
    }
}

fn quote_view<'e>(sku: &'e str, quantity: Quantity, figures: QuoteFigures) -> Quote<'e> {
    let part = QuotePart { location: DEFAULT_LOCATION, now: figures.now, waits: figures.waits };
    let parts = if part.now + part.waits > 0 { alloc::vec![part] } else { Vec::new() };
    Quote {
        sku,
        quantity,
        parts,
        availability: figures.availability,
        now: figures.now,
        ahead: figures.ahead,
        ships: Estimate::plain(figures.date, figures.basis),
        promise: figures.promise,
        alternatives: Vec::new(),
    }
}
