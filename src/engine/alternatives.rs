//! What to offer in the place of an item that can't be had, or not in time, and for the wait.

use super::Engine;
use super::read::QuoteRequest;
use crate::model::settings::ItemSettings;
use crate::model::sort;
use crate::model::units::{Day, Instant};
use crate::model::view::{Availability, Quote};
use alloc::vec::Vec;

impl Engine {
    /// What could be offered in the place of this, in stock first, then by date: the item's
    /// substitutes that can be had in this quantity, and by `latest` where that is given.
    pub fn alternatives<'e>(
        &'e self,
        request: &QuoteRequest<'e, '_>,
        latest: Option<Instant>,
        now: Instant,
    ) -> Vec<Quote<'e>> {
        let Some(item) = self.skus.find(request.sku) else { return Vec::new() };
        let substitutes = self.items[item as usize].settings.substitutes.iter();
        let others = substitutes.map(|sku| sku.as_str()).filter(|sku| *sku != request.sku);
        let quotes = others.filter(|sku| self.skus.find(sku).is_some());
        let quotes = quotes.map(|sku| self.quote_alone(&QuoteRequest { sku, ..*request }, now));
        let mut quotes: Vec<Quote> = quotes
            .filter(|quote| {
                let none = [Availability::OutOfStock, Availability::Discontinued];
                let in_time = latest.is_none_or(|latest| quote.promise.is_some_and(|date| date <= latest));
                in_time && !none.contains(&quote.availability) && !self.is_discontinued(quote.sku)
            })
            .collect();
        // No date is later than any; equals stay as listed.
        sort::by_key(&mut quotes, |quote| {
            (quote.availability != Availability::InStock, quote.promise.unwrap_or(Instant::MAX))
        });
        quotes
    }

    /// Of those the ones that come earlier than the item itself would.
    pub(crate) fn better_than<'e>(
        &'e self,
        quote: &Quote<'e>,
        request: &QuoteRequest<'e, '_>,
        now: Instant,
    ) -> Vec<Quote<'e>> {
        if quote.availability == Availability::InStock {
            return Vec::new();
        }
        let own = quote.promise.unwrap_or(Instant::MAX);
        let mut others = self.alternatives(request, None, now);
        others.retain(|other| quote.promise.is_none() || other.promise.is_some_and(|date| date < own));
        others
    }

    fn is_discontinued(&self, sku: &str) -> bool {
        let item = self.skus.find(sku).map(|item| &self.items[item as usize].settings.lifecycle);
        item == Some(&crate::model::settings::Lifecycle::Discontinued)
    }
}

impl ItemSettings {
    /// What is offered for waiting from one day until another; no day is the longest wait.
    pub(crate) fn incentive_for(&self, today: Day, promise: Option<Day>) -> Option<&str> {
        let days = promise.map(|day| u64::from(day.saturating_sub(today)));
        let applies = |from_days: u64| days.is_none_or(|days| from_days <= days);
        let applicable = self.incentives.iter().filter(|incentive| applies(incentive.from_delay_days));
        applicable
            .rev()
            .max_by_key(|incentive| incentive.from_delay_days)
            .map(|incentive| incentive.offer.as_str())
    }
}
