//! All lines of new demand: each is checked and planned in order, or refused (rules §3).

use super::dates::{Latest, ShipDate};
use super::plans::{Ask, Earlier, Plan, Planned, Terms};
use super::playing::Newcomer;
use super::{Engine, names, refuse};
use crate::model::command::{Fulfilment, OrderLine, ShippingSettings, Shortfall};
use crate::model::outcome::{NEVER, NONE, Reason, Refused, Rejection};
use crate::model::settings::{Backorders, Lifecycle};
use crate::model::units::{Instant, MAX_SAFE, Quantity};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// Checks every line in order and plans it, or refuses the first that must be refused. An order
    /// that ships whole is planned as if it could be had; if that can't be, again without the units
    /// of items that skip it then. `plans` is empty, and there to be filled.
    pub(crate) fn plan_lines(
        &self,
        lines: &[OrderLine],
        terms: &Terms,
        shortfall: Shortfall,
        plans: Vec<(usize, Plan)>,
    ) -> Result<Planned, Rejection> {
        if self.skipping.is_empty() || !self.want_what_skips(lines) {
            return self.plan_each(lines, terms, shortfall, plans);
        }
        // When each of them ships is known when all are planned, and not too late before.
        let undated = Terms { shipping: ShippingSettings { latest: None, ..terms.shipping }, ..*terms };
        let first = self.plan_each(lines, &undated, shortfall, plans);
        let whole_order = terms.shipping.fulfilment == Fulfilment::Order;
        let can_be_had = first.as_ref().is_ok_and(Planned::has_all);
        let mut planned = match first {
            Ok(planned) if !whole_order || can_be_had => planned,
            Err(refusal) if !whole_order => return Err(refusal),
            _ => self.plan_each(lines, &Terms { takes_skipped: false, ..undated }, shortfall, Vec::new())?,
        };
        self.date_together(terms, &mut planned)?;
        Ok(planned)
    }

    /// Whether any of these lines is for an item that skips whole lines, or for a kit of one.
    fn want_what_skips(&self, lines: &[OrderLine]) -> bool {
        let mut items = lines.iter().filter_map(|line| self.skus.find(line.sku));
        items.any(|item| self.made_of(item).any(|part| self.items[part.item as usize].skips_whole_lines()))
    }

    fn plan_each(
        &self,
        lines: &[OrderLine],
        terms: &Terms,
        shortfall: Shortfall,
        plans: Vec<(usize, Plan)>,
    ) -> Result<Planned, Rejection> {
        let mut planned = Planned { plans, refused: Vec::new() };
        let mut earlier = Earlier::with_room(lines.len());
        let mut first_refusal = None;
        for (place, line) in lines.iter().enumerate() {
            let at = |field: &str| format!("lines[{place}]{field}");
            let item = self.find_item(line.sku, || at(".sku"))?;
            let named = match &line.locations {
                Some(names) => self.named_locations(names, |index| at(&format!(".locations[{index}]")))?,
                None => Vec::new(),
            };
            let candidates = if line.locations.is_some() { &named } else { &self.live_locations };
            let quantity = line.quantity;
            let mut ask = Ask::new(item, quantity, candidates, (self.this_sequence(), place as u32));
            let mut plan = self.plan(&ask, terms, &earlier);
            let mut refusal = self.refusal(&ask, &plan, terms, &earlier);
            if let (Shortfall::Trim, Some(reason @ (Reason::OutOfStock | Reason::BackorderLimit))) =
                (shortfall, refusal)
            {
                let had = self.most_that_can_be_had(&ask, terms, &earlier);
                let name = line.line.map_or_else(|| names::default_line(place).into(), String::from);
                planned.refused.push(Refused { line: name, quantity: quantity - had });
                if had == 0 {
                    first_refusal
                        .get_or_insert_with(|| self.rejection(reason, &ask, &plan, terms, &earlier, &at));
                    continue;
                }
                ask.quantity = had;
                plan = self.plan(&ask, terms, &earlier);
                refusal = self.refusal(&ask, &plan, terms, &earlier);
            }
            if let Some(reason) = refusal {
                return Err(self.rejection(reason, &ask, &plan, terms, &earlier, &at));
            }
            if lines.len() > 1 {
                earlier.add(&plan);
            }
            planned.plans.push((place, plan));
        }
        match first_refusal {
            Some(rejection) if planned.plans.is_empty() => Err(rejection),
            _ => Ok(planned),
        }
    }

    /// The most units of an ask, below what was asked, that would not be refused for want of them.
    fn most_that_can_be_had(&self, ask: &Ask, terms: &Terms, earlier: &Earlier) -> Quantity {
        let (mut had, mut refused) = (0, ask.quantity);
        while refused - had > 1 {
            let ask = Ask { quantity: had + (refused - had) / 2, ..*ask };
            let plan = self.plan(&ask, terms, earlier);
            match self.refusal(&ask, &plan, terms, earlier) {
                Some(Reason::OutOfStock | Reason::BackorderLimit) => refused = ask.quantity,
                _ => had = ask.quantity,
            }
        }
        had
    }

    /// The dates of lines of items that skip whole lines are those of playing the order's lines
    /// together.
    fn date_together(&self, terms: &Terms, planned: &mut Planned) -> Result<(), Rejection> {
        let skips = |item: u32| self.items[item as usize].skips_whole_lines();
        let mut newcomers: Vec<Newcomer> = Vec::new();
        for (place, plan) in &planned.plans {
            for claim in plan.claims().iter() {
                let item = &self.items[claim.item as usize];
                let turn = item.turn(NEVER, 0);
                newcomers.push(Newcomer {
                    item: claim.item,
                    location: claim.location,
                    take: claim.take,
                    waiting: claim.waits,
                    rank: item.rank(turn, terms, self.this_sequence(), *place as u32),
                    priority: terms.priority,
                    fulfilment: terms.shipping.fulfilment,
                    place: *place as u32,
                    joins: NONE,
                    from: terms.allocate_from,
                });
            }
        }
        for (place, plan) in &mut planned.plans {
            let item = &self.items[plan.item as usize];
            let (mut last, mut last_waiting, mut ahead) = (Latest::default(), Latest::default(), 0);
            for claim in plan.claims().iter() {
                let calendar = self.calendar_at(claim.location);
                let there = if claim.waits == 0 {
                    ShipDate::at_once(terms.now).sent(calendar)
                } else if skips(claim.item) {
                    let line = Newcomer::new_line(*place as u32);
                    let at = (claim.item, claim.location);
                    self.played_newcomers(&newcomers, line, at, terms.at()).sent(calendar)
                } else {
                    claim.ships
                };
                let ships = item.shipped(there, terms.shipping.not_before, calendar);
                last.add(ships, there, claim.waits > 0);
                if claim.waits > 0 && last_waiting.add(there, there, true) {
                    ahead = claim.ahead;
                }
            }
            if plan.waits > 0 {
                (plan.ships, plan.ahead) = (last.date(), ahead);
            }
            self.check_latest(plan.ships, terms.shipping.latest, || format!("lines[{place}]"))?;
        }
        Ok(())
    }

    pub(crate) fn check_latest(
        &self,
        ships: ShipDate,
        latest: Option<Instant>,
        path: impl Fn() -> String,
    ) -> Result<(), Rejection> {
        if latest.is_some_and(|latest| ships.date.is_none_or(|date| date > latest)) {
            return Err(refuse(Reason::TooLate, path(), too_late(ships, latest)));
        }
        Ok(())
    }

    /// Refuses new demand, at the part of the command that `at` names.
    pub(crate) fn refuse_demand(
        &self,
        ask: &Ask,
        plan: &Plan,
        terms: &Terms,
        at: &dyn Fn(&str) -> String,
    ) -> Result<(), Rejection> {
        let earlier = Earlier::default();
        match self.refusal(ask, plan, terms, &earlier) {
            Some(reason) => Err(self.rejection(reason, ask, plan, terms, &earlier, at)),
            None => Ok(()),
        }
    }

    /// Why new demand is refused, if it is: by [`Engine::refusal_at_any_date`], then by `latest`.
    pub(crate) fn refusal(&self, ask: &Ask, plan: &Plan, terms: &Terms, earlier: &Earlier) -> Option<Reason> {
        let latest = terms.shipping.latest;
        let late = latest.is_some_and(|latest| plan.ships.date.is_none_or(|date| date > latest));
        self.refusal_at_any_date(ask, plan, earlier).or(late.then_some(Reason::TooLate))
    }

    /// Why new demand is refused whenever it would ship: by the numbers there are, then by the item's
    /// settings (rules §3.1).
    #[inline]
    pub(crate) fn refusal_at_any_date(&self, ask: &Ask, plan: &Plan, earlier: &Earlier) -> Option<Reason> {
        let settings = &self.items[ask.item as usize].settings;
        let asked = self.asked(ask, earlier);
        if self.beyond_numbers(ask, earlier) {
            return Some(Reason::LimitExceeded);
        }
        if settings.max_per_order.is_some_and(|most| asked > most) {
            return Some(Reason::MaxPerOrder);
        }
        if plan.waits == 0 {
            return None;
        }
        if settings.lifecycle == Lifecycle::Discontinued {
            return Some(Reason::OutOfStock);
        }
        self.short_of(plan, earlier).map(|(reason, _)| reason)
    }

    /// Whether so many kits would want more of a component than there are numbers for.
    #[inline(always)]
    pub(crate) fn kit_beyond_numbers(&self, ask: &Ask) -> bool {
        let kit = &self.items[ask.item as usize].kit;
        kit.iter().any(|part| ask.quantity.saturating_mul(part.per_kit) > MAX_SAFE)
    }

    fn asked(&self, ask: &Ask, earlier: &Earlier) -> Quantity {
        ask.quantity.saturating_add(earlier.asked(ask.item)).saturating_add(ask.counted)
    }

    /// The first item of a plan that may not be waited for, or not for so much, and why.
    #[inline]
    fn short_of(&self, plan: &Plan, earlier: &Earlier) -> Option<(Reason, u32)> {
        let refused = |item: u32, waits: Quantity| match self.items[item as usize].settings.backorders {
            Backorders::Deny if waits > 0 => Some((Reason::OutOfStock, item)),
            Backorders::Limit(limit) if waits > 0 && self.would_wait(item, waits, earlier) > limit => {
                Some((Reason::BackorderLimit, item))
            }
            _ => None,
        };
        if plan.is_simple() {
            return refused(plan.item, plan.waits);
        }
        let claims = plan.claims();
        let waits = |item: u32| {
            let own = claims.iter().filter(|claim| claim.item == item);
            own.map(|claim| claim.waits).fold(0, Quantity::saturating_add)
        };
        self.made_of(plan.item).find_map(|part| refused(part.item, waits(part.item)))
    }

    /// Units of the item that would wait.
    fn would_wait(&self, item: u32, waits: Quantity, earlier: &Earlier) -> Quantity {
        let waiting = self.items[item as usize].waiting;
        waiting.saturating_add(earlier.waits_for(item)).saturating_add(waits)
    }

    /// Whether more would be on order than there are numbers for.
    #[inline]
    fn beyond_numbers(&self, ask: &Ask, earlier: &Earlier) -> bool {
        let beyond = |item: u32, wanted: Quantity| {
            let before = self.items[item as usize].wanted.saturating_add(earlier.wants_of(item));
            before.saturating_add(wanted) > MAX_SAFE
        };
        let kit = &self.items[ask.item as usize].kit;
        match kit.is_empty() {
            true => beyond(ask.item, ask.quantity),
            false => kit.iter().any(|part| beyond(part.item, ask.quantity.saturating_mul(part.per_kit))),
        }
    }

    pub(crate) fn rejection(
        &self,
        reason: Reason,
        ask: &Ask,
        plan: &Plan,
        terms: &Terms,
        earlier: &Earlier,
        at: &dyn Fn(&str) -> String,
    ) -> Rejection {
        let path = if reason == Reason::TooLate { "" } else { ".quantity" };
        let sku = self.skus.name(ask.item);
        let settings = &self.items[ask.item as usize].settings;
        let message = match reason {
            Reason::MaxPerOrder => {
                let (most, asked) = (settings.max_per_order.unwrap_or(0), self.asked(ask, earlier));
                format!("an order may have at most {most} of \"{sku}\"; this one would have {asked}")
            }
            Reason::OutOfStock | Reason::BackorderLimit => self.shortage(ask, plan, earlier),
            Reason::TooLate => too_late(plan.ships, terms.shipping.latest),
            _ => format!("more than {MAX_SAFE} units of \"{sku}\" would be on order"),
        };
        refuse(reason, at(path), message)
    }

    /// What is lacking, by name.
    fn shortage(&self, ask: &Ask, plan: &Plan, earlier: &Earlier) -> String {
        let (sku, now) = (self.skus.name(ask.item), plan.now);
        let Some((reason, short)) = self.short_of(plan, earlier) else {
            let asked = ask.quantity;
            return format!("{now} of \"{sku}\" are available, {asked} are asked, and it is discontinued");
        };
        let name = self.skus.name(short);
        let for_kit = if short == ask.item { String::new() } else { format!(", of which \"{sku}\" is made") };
        match (reason, self.items[short as usize].settings.backorders) {
            (Reason::BackorderLimit, Backorders::Limit(limit)) => {
                let own = plan.claims();
                let own = own.iter().filter(|claim| claim.item == short);
                let waits = own.map(|claim| claim.waits).fold(0, Quantity::saturating_add);
                let would = self.would_wait(short, waits, earlier);
                format!("{would} units of \"{name}\"{for_kit} would wait, and at most {limit} may")
            }
            _ => {
                let asked = ask.quantity;
                format!(
                    "{now} of \"{sku}\" are available, {asked} are asked, and \"{name}\"{for_kit} takes no backorders"
                )
            }
        }
    }
}

fn too_late(ships: ShipDate, latest: Option<Instant>) -> String {
    let latest = latest.unwrap_or(MAX_SAFE);
    match ships.date {
        Some(date) => format!("the earliest date that can be promised is {date}; latest is {latest}"),
        None => format!("no date can be promised; latest is {latest}"),
    }
}
