//! `placeOrder`, and what it shares with holds, quotes and added units: first every line is
//! checked and planned, then all of it takes effect (rules §3).

use super::dates::ShipDate;
use super::rank_tree::{Entry, Rank};
use super::store::{Demand, Item, Known, Line, Part};
use super::{Engine, names, refuse};
use crate::model::command::{Fulfilment, OrderLine, OrderSettings, ShippingSettings};
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Rejection};
use crate::model::settings::{Backorders, Lifecycle};
use crate::model::units::{DAY_MS, Instant, MAX_SAFE, Quantity};
use crate::model::view::HoldState;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a demand settles about itself before its lines are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub placed_at: Instant,
    pub priority: u8,
    pub shipping: ShippingSettings,
}

/// New demand on one item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask {
    pub item: u32,
    pub quantity: Quantity,
    /// Units that earlier lines of the same order ask of the item.
    pub before: Quantity,
    /// Units that count towards `maxPerOrder` besides.
    pub counted: Quantity,
}

/// What the engine would do with an [`Ask`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub item: u32,
    pub now: Quantity,
    pub waits: Quantity,
    /// Units waiting ahead.
    pub ahead: Quantity,
    pub ships: ShipDate,
}

impl Engine {
    pub(crate) fn place_order(
        &mut self,
        order: &str,
        lines: &[OrderLine],
        settings: &OrderSettings,
        content: u64,
    ) -> Result<(), Rejection> {
        let terms =
            Terms { placed_at: self.log.at, priority: settings.priority, shipping: settings.shipping };
        let mut plans = core::mem::take(&mut self.plans);
        self.plan_lines(lines, &terms, &mut plans)?;

        let order = self.order_ids.insert_new(order);
        let demand = self.demands.len() as u32;
        self.orders.push(Known { content, demand });
        self.push_demand(Ids { order, hold: NONE, ends_at: NEVER }, &terms, lines.len());
        self.log.push(Event { order, ..self.log.event(EventKind::OrderPlaced) });
        let units: Quantity = lines.iter().map(|line| line.quantity).sum();
        let at_once: Quantity = plans.iter().map(|plan| plan.now).sum();
        self.tally.orders += 1;
        self.tally.lines += plans.len() as u64;
        self.tally.units = self.tally.units.saturating_add(units);
        self.tally.units_at_once = self.tally.units_at_once.saturating_add(at_once);
        self.tally.lines_at_once += plans.iter().filter(|plan| plan.waits == 0).count() as u64;
        self.tally.orders_at_once += u64::from(units == at_once);
        self.take_lines(demand, lines, &plans);
        self.plans = plans;
        Ok(())
    }

    /// Checks every line in order and plans it, or refuses the first that must be refused.
    pub(crate) fn plan_lines(
        &self,
        lines: &[OrderLine],
        terms: &Terms,
        plans: &mut Vec<Plan>,
    ) -> Result<(), Rejection> {
        let before = units_before(lines);
        plans.clear();
        for (place, line) in lines.iter().enumerate() {
            let at = |field: &str| format!("lines[{place}]{field}");
            let item = self.find_item(line.sku, || at(".sku"))?;
            for (index, location) in line.locations.iter().flatten().enumerate() {
                names::check_location(Some(location), || at(&format!(".locations[{index}]")))?;
            }
            let before = before.get(place).copied().unwrap_or(0);
            let ask = Ask { item, quantity: line.quantity, before, counted: 0 };
            let plan = self.plan(&ask, terms, self.this_sequence());
            self.refuse_demand(&ask, &plan, terms.shipping.latest, &at)?;
            plans.push(plan);
        }
        Ok(())
    }

    /// What would be done with an ask whose units rank by `sequence`, were it not refused.
    pub(crate) fn plan(&self, ask: &Ask, terms: &Terms, sequence: u64) -> Plan {
        let item = &self.items[ask.item as usize];
        let available = item.available();
        let now = ask.quantity.min(available.saturating_sub(ask.before));
        let waits = ask.quantity - now;
        let now_at = terms.placed_at;
        if waits == 0 {
            let ships = ShipDate { date: Some(now_at), basis: crate::model::view::Basis::Stock };
            return Plan { item: ask.item, now, waits, ahead: 0, ships: item.shipped(ships, terms) };
        }
        let rank = item.rank(terms, sequence, 0);
        let ahead = self.forest.ahead_of(&item.root, rank) + ask.before.saturating_sub(available);
        // What the order itself takes from stock is no longer free for those of its units that wait.
        let depth = ahead.saturating_add(waits).saturating_add(available);
        let ships = if depth > MAX_SAFE {
            ShipDate { date: None, basis: crate::model::view::Basis::None }
        } else {
            item.served(depth, terms.placed_at, now_at)
        };
        Plan { item: ask.item, now, waits, ahead, ships: item.shipped(ships, terms) }
    }

    /// Refuses new demand, at the part of the command that `at` names.
    pub(crate) fn refuse_demand(
        &self,
        ask: &Ask,
        plan: &Plan,
        latest: Option<Instant>,
        at: &dyn Fn(&str) -> String,
    ) -> Result<(), Rejection> {
        let Some(reason) = self.refusal(ask, plan, latest) else { return Ok(()) };
        let path = if reason == Reason::TooLate { "" } else { ".quantity" };
        Err(refuse(reason, at(path), self.refusal_message(reason, ask, plan, latest)))
    }

    /// Why new demand is refused, if it is: by the item's settings, then by `latest`, then by the
    /// numbers there are.
    pub(crate) fn refusal(&self, ask: &Ask, plan: &Plan, latest: Option<Instant>) -> Option<Reason> {
        let item = &self.items[ask.item as usize];
        let settings = &item.settings;
        let asked = ask.quantity.saturating_add(ask.before).saturating_add(ask.counted);
        if settings.max_per_order.is_some_and(|most| asked > most) {
            return Some(Reason::MaxPerOrder);
        }
        if plan.waits > 0 {
            if settings.lifecycle == Lifecycle::Discontinued || settings.backorders == Backorders::Deny {
                return Some(Reason::OutOfStock);
            }
            if let Backorders::Limit(limit) = settings.backorders
                && self.would_wait(ask, plan) > limit
            {
                return Some(Reason::BackorderLimit);
            }
        }
        if latest.is_some_and(|latest| plan.ships.date.is_none_or(|date| date > latest)) {
            return Some(Reason::TooLate);
        }
        let open = item.root.totals().waiting + item.allocated() + item.held();
        let most = open.saturating_add(ask.before).saturating_add(ask.quantity);
        (most > MAX_SAFE).then_some(Reason::LimitExceeded)
    }

    /// Units of the item that would wait, those of the ask included.
    fn would_wait(&self, ask: &Ask, plan: &Plan) -> Quantity {
        let item = &self.items[ask.item as usize];
        let earlier = ask.before.saturating_sub(item.available());
        item.root.totals().waiting.saturating_add(earlier).saturating_add(plan.waits)
    }

    fn refusal_message(&self, reason: Reason, ask: &Ask, plan: &Plan, latest: Option<Instant>) -> String {
        let item = &self.items[ask.item as usize];
        let (sku, settings) = (self.skus.name(ask.item), &item.settings);
        match (reason, settings.max_per_order, settings.backorders, latest) {
            (Reason::MaxPerOrder, Some(most), ..) => {
                let asked = ask.quantity.saturating_add(ask.before).saturating_add(ask.counted);
                format!("an order may have at most {most} of \"{sku}\"; this one would have {asked}")
            }
            (Reason::OutOfStock, ..) => {
                let left = item.available().saturating_sub(ask.before);
                let why = match settings.lifecycle {
                    Lifecycle::Discontinued => "is discontinued",
                    _ => "takes no backorders",
                };
                format!("{left} of \"{sku}\" are available, {} are asked, and it {why}", ask.quantity)
            }
            (Reason::BackorderLimit, _, Backorders::Limit(limit), _) => {
                let would = self.would_wait(ask, plan);
                format!("{would} units of \"{sku}\" would wait, and at most {limit} may")
            }
            (Reason::TooLate, _, _, Some(latest)) => match plan.ships.date {
                Some(date) => format!("the earliest date that can be promised is {date}; latest is {latest}"),
                None => format!("no date can be promised; latest is {latest}"),
            },
            _ => format!("more than {MAX_SAFE} units of \"{sku}\" would be on order"),
        }
    }

    /// Enters a demand without its lines; the next lines that are pushed are its own.
    pub(crate) fn push_demand(&mut self, ids: Ids, terms: &Terms, line_count: usize) {
        self.demands.push(Demand {
            order: ids.order,
            hold: ids.hold,
            hold_state: HoldState::Open,
            ends_at: ids.ends_at,
            placed_at: terms.placed_at,
            sequence: self.this_sequence(),
            priority: terms.priority,
            fulfilment: terms.shipping.fulfilment,
            not_before: terms.shipping.not_before.unwrap_or(0),
            latest: terms.shipping.latest.unwrap_or(NEVER),
            first_line: self.lines.len() as u32,
            line_count: line_count as u32,
            open_lines: line_count as u32,
            waiting_lines: 0,
            closed_at: NEVER,
        });
    }

    /// The planned lines take effect: units are set aside, the rest waits, promises are made.
    pub(crate) fn take_lines(&mut self, demand: u32, lines: &[OrderLine], plans: &[Plan]) {
        let whole = self.demands[demand as usize].fulfilment == Fulfilment::Order;
        let latest = plans.iter().map(|plan| plan.ships).reduce(ShipDate::later);
        for (place, (line, plan)) in lines.iter().zip(plans).enumerate() {
            let name = match line.line {
                Some(name) => self.line_names.intern(name),
                None => self.line_names.intern(&names::default_line(place)),
            };
            let number = self.lines.len() as u32;
            let ships = if whole { latest.unwrap_or(plan.ships) } else { plan.ships };
            let promise = ships.date.unwrap_or(NEVER);
            self.promise_number += u64::from(promise != NEVER);
            self.lines.push(Line {
                demand,
                name,
                item: plan.item,
                place: place as u32,
                quantity: 0,
                allocated: 0,
                waiting: 0,
                shipped: 0,
                cancelled: 0,
                returned: 0,
                min_shipment: line.min_shipment,
                unit_price: line.unit_price.unwrap_or(NEVER),
                promise,
                first_promise: promise,
                promise_number: if promise == NEVER { 0 } else { self.promise_number },
                broken: false,
                first_part: NONE,
                last_part: NONE,
                shelf_before: NONE,
                shelf_after: NONE,
            });
            if plan.waits == 0 {
                self.take_whole_line(number, plan.now);
            } else {
                let terms = self.demands[demand as usize].terms();
                self.add_part(number, plan, &terms);
            }
            if promise != NEVER {
                self.tell_promise_made(number);
            }
        }
    }

    /// A new line gets all its units from stock.
    fn take_whole_line(&mut self, line: u32, quantity: Quantity) {
        let record = &mut self.lines[line as usize];
        record.quantity = quantity;
        record.allocated = quantity;
        self.shelve(line);
        let event = self.line_event(EventKind::LineAllocated, line);
        self.log.push(Event { quantity, ..event });
        self.push_ready(line);
        self.settle_deadline(line, None);
    }

    /// Adds units to a line as a part of their own, ranked by this command.
    pub(crate) fn add_part(&mut self, line: u32, plan: &Plan, terms: &Terms) {
        let part = self.new_part(line);
        let held = self.demand_of_line(&self.lines[line as usize]).is_hold();
        let had = self.deadline(line);
        let sequence = self.this_sequence();
        let record = &mut self.lines[line as usize];
        record.quantity += plan.now + plan.waits;
        record.allocated += plan.now;
        let (place, promise_day) = (record.place, record.promise_day());
        let item = &mut self.items[plan.item as usize];
        let entry = Entry {
            rank: item.rank(terms, sequence, place),
            part,
            waiting: plan.waits,
            set_aside: plan.now,
            held,
            placed_at: terms.placed_at,
            promise_day,
        };
        self.forest.insert(&mut item.root, entry);
        if plan.now > 0 {
            let event = self.line_event(EventKind::LineAllocated, line);
            self.log.push(Event { quantity: plan.now, ..event });
        }
        if plan.waits > 0 {
            self.count_waiting(line, plan.waits);
            let event = self.line_event(EventKind::LineBackordered, line);
            self.log.push(Event { quantity: plan.waits, ..event });
            // Whoever ranks behind is served that much later.
            self.touch_shifted(plan.item, plan.ahead.saturating_add(plan.waits), plan.waits);
        } else if self.lines[line as usize].waiting == 0 {
            self.push_ready(line);
        }
        self.settle_deadline(line, had);
    }

    pub(crate) fn push_ready(&mut self, line: u32) {
        let quantity = self.lines[line as usize].allocated;
        let event = self.line_event(EventKind::LineReady, line);
        self.log.push(Event { quantity, ..event });
    }

    pub(crate) fn new_part(&mut self, line: u32) -> u32 {
        let part = Part { line, next: NONE };
        let number = match self.free_part {
            NONE => {
                self.parts.push(part);
                self.parts.len() as u32 - 1
            }
            free => {
                self.free_part = self.parts[free as usize].next;
                self.parts[free as usize] = part;
                free
            }
        };
        let record = &mut self.lines[line as usize];
        match record.last_part {
            NONE => record.first_part = number,
            last => self.parts[last as usize].next = number,
        }
        record.last_part = number;
        number
    }
}

/// The ids of a new demand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    pub order: u32,
    pub hold: u32,
    pub ends_at: Instant,
}

impl Demand {
    /// What the demand settled, as if it were placed now.
    pub fn terms(&self) -> Terms {
        let shipping = ShippingSettings {
            fulfilment: self.fulfilment,
            not_before: (self.not_before > 0).then_some(self.not_before),
            latest: (self.latest != NEVER).then_some(self.latest),
        };
        Terms { placed_at: self.placed_at, priority: self.priority, shipping }
    }
}

impl Item {
    /// Rank by rules §2: priority, then the number of the command, which is also the order of
    /// instants, then the place in the order. With ageing, the instant moved by the priority's days.
    pub fn rank(&self, terms: &Terms, sequence: u64, place: u32) -> Rank {
        Rank {
            primary: self.primary(terms.priority, terms.placed_at),
            tie: sequence << 10 | u64::from(place),
        }
    }

    /// The part of a rank that settings decide.
    pub fn primary(&self, priority: u8, placed_at: Instant) -> u64 {
        match self.settings.ageing_days {
            // At most 2^53 + 255 × 10^8 × 86,400,000 < 2^63.
            Some(days) => placed_at + u64::from(priority) * days * DAY_MS,
            None => u64::from(priority),
        }
    }

    /// A date at which units are there, as the date at which they may ship.
    fn shipped(&self, ships: ShipDate, terms: &Terms) -> ShipDate {
        let not_before = terms.shipping.not_before.unwrap_or(0);
        ships.not_before(self.release().map(|release| release.max(not_before)))
    }
}

/// What earlier lines of the order ask of each line's item; empty for a single line.
pub(crate) fn units_before(lines: &[OrderLine]) -> Vec<Quantity> {
    if lines.len() < 2 {
        return Vec::new();
    }
    let mut skus = IdMap::new(0);
    let mut asked: Vec<Quantity> = Vec::new();
    let mut before = Vec::with_capacity(lines.len());
    for line in lines {
        let sku = skus.intern(line.sku) as usize;
        asked.resize(skus.len(), 0);
        before.push(asked[sku]);
        asked[sku] = asked[sku].saturating_add(line.quantity);
    }
    before
}
