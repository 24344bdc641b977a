//! What the shop answers when it is asked, in the contract's shapes.

use super::dates::{Dated, UNDATED};
use super::records::{Demand, Part};
use super::stock::known_location;
use super::{Refusal, Shop};
use backorder::engine::{OrderState, QuoteFigures, QuoteRequest};
use backorder::model::command::{OrderLine, OrderSettings};
use backorder::model::settings::{ItemSettings, Lifecycle};
use backorder::model::units::{DEFAULT_LOCATION, Instant, Quantity};
use backorder::model::view::{
    Availability, Basis, Estimate, HoldView, LinePart, LineView, OrderView, Peg, Position, QueueRow,
    SupplyView,
};

/// What placing a cart would do: for each line what it has at once, its units ahead and its promise.
pub type PlacedLines = Vec<(Quantity, Quantity, Option<Instant>)>;

impl Shop {
    pub fn last_instant(&self) -> Instant {
        self.last_instant
    }

    pub fn items(&self) -> Vec<(&str, &ItemSettings)> {
        self.items.iter().map(|item| (item.sku.as_str(), &item.settings)).collect()
    }

    pub fn orders(&self, state: Option<OrderState>) -> Vec<&str> {
        let fits = |demand: &&Demand| match state {
            None => true,
            Some(OrderState::Open) => !demand.is_closed(),
            Some(OrderState::Closed) => demand.is_closed(),
        };
        let mut orders: Vec<&Demand> = self.demands.iter().filter(|demand| demand.order.is_some()).collect();
        orders.retain(fits);
        orders.sort_by_key(|demand| demand.ordered_by);
        orders.into_iter().filter_map(|demand| demand.order.as_deref()).collect()
    }

    pub fn order(&self, id: &str, now: Instant) -> Option<OrderView<'_>> {
        let index = self.order_index(id).ok()?;
        let record = &self.demands[index];
        Some(OrderView {
            order: record.order.as_deref()?,
            placed_at: record.placed_at,
            priority: record.priority,
            lines: self.line_views(index, now),
        })
    }

    pub fn hold(&self, id: &str, now: Instant) -> Option<HoldView<'_>> {
        let is_it = |demand: &Demand| demand.hold.as_ref().is_some_and(|hold| hold.id == id);
        let index = self.demands.iter().position(is_it)?;
        let record = &self.demands[index];
        let hold = record.hold.as_ref()?;
        Some(HoldView {
            hold: &hold.id,
            placed_at: record.placed_at,
            ends_at: hold.ends_at,
            state: hold.state,
            lines: self.line_views(index, now),
        })
    }

    pub fn holds(&self) -> Vec<&str> {
        self.demands.iter().filter_map(|demand| demand.hold.as_ref()).map(|hold| hold.id.as_str()).collect()
    }

    fn line_views(&self, demand: usize, now: Instant) -> Vec<LineView<'_>> {
        (0..self.demands[demand].lines.len()).map(|line| self.line_view(demand, line, now)).collect()
    }

    fn line_view(&self, demand: usize, line: usize, now: Instant) -> LineView<'_> {
        let record = &self.demands[demand].lines[line];
        let (allocated, backordered, shipped) = (record.allocated(), record.waiting(), record.shipped);
        let Dated { date, basis } =
            if record.is_closed() { UNDATED } else { self.date_of(demand, line, now) };
        LineView {
            line: &record.id,
            sku: &record.sku,
            quantity: record.quantity,
            allocated,
            backordered,
            shipped,
            cancelled: record.cancelled,
            returned: record.returned,
            parts: vec![LinePart { location: DEFAULT_LOCATION, allocated, backordered, shipped }],
            ahead: self.last_waiting_part(demand, line).map_or(0, |part| self.ahead_of(part)),
            promised: record.promise.map(|promise| promise.date),
            ships: Estimate::plain(date, basis),
            pegs: self.pegs(demand, line, now),
        }
    }

    /// What will serve the waiting units: the supplies one after the other, a debt first, then each
    /// part in rank order; then what replenishment is assumed for, and what nothing is known of.
    fn pegs(&self, demand: usize, line: usize, now: Instant) -> Vec<Peg<'_>> {
        let record = &self.demands[demand].lines[line];
        let mut pegs: Vec<Peg<'_>> = Vec::new();
        for (index, part) in record.parts.iter().enumerate().filter(|(_, part)| part.waiting > 0) {
            let from = i128::from(self.ahead_of((demand, line, index)));
            let to = from + i128::from(part.waiting);
            let mut pegged = 0;
            let mut reached = self.free(&record.sku);
            for arrival in self.arrivals(&record.sku, now) {
                let (begins, ends) = (reached, reached + i128::from(arrival.units));
                let quantity = Quantity::try_from((ends.min(to) - begins.max(from)).max(0)).unwrap_or(0);
                let supply = &self.supplies[arrival.supply];
                add_peg(&mut pegs, Peg { supply: Some(&supply.id), quantity, due: Some(supply.due) });
                pegged += quantity;
                reached = ends;
            }
            let due = self.replenished_at(&record.sku, part.placed_at, now);
            add_peg(&mut pegs, Peg { supply: None, quantity: part.waiting - pegged, due });
        }
        pegs
    }

    pub fn position(&self, sku: &str) -> Option<Position<'_>> {
        let item = self.item(sku)?;
        let set_aside = |held: bool| {
            let lines = self.lines_of(sku).filter(|&(demand, _)| self.demands[demand].is_open_hold() == held);
            lines.map(|(demand, line)| self.demands[demand].lines[line].allocated()).sum()
        };
        let waiting_lines =
            self.lines_of(sku).filter(|&(demand, line)| self.demands[demand].lines[line].waiting() > 0);
        Some(Position {
            sku: &item.sku,
            location: None,
            on_hand: item.on_hand,
            allocated: set_aside(false),
            held: set_aside(true),
            safety_stock: item.settings.safety_stock,
            available: self.available(sku),
            incoming: self.incoming_units(sku),
            backordered: self.waiting_units(sku),
            waiting_lines: waiting_lines.count() as u64,
        })
    }

    pub fn queue(&self, sku: &str) -> Vec<QueueRow<'_>> {
        let mut ahead = 0;
        let mut rows = Vec::new();
        for part in self.parts_by_rank(sku) {
            let quantity = self.waiting_of(part);
            let record = &self.demands[part.0];
            let hold = record.hold.as_ref().filter(|_| record.order.is_none());
            if quantity > 0 {
                rows.push(QueueRow {
                    order: record.order.as_deref(),
                    hold: hold.map(|hold| hold.id.as_str()),
                    line: &record.lines[part.1].id,
                    location: DEFAULT_LOCATION,
                    quantity,
                    ahead,
                });
            }
            ahead += quantity;
        }
        rows
    }

    pub fn supplies(&self, sku: &str) -> Vec<SupplyView<'_>> {
        let of_item = self.supplies.iter().filter(|supply| supply.sku == sku);
        let view = of_item.map(|supply| SupplyView {
            supply: &supply.id,
            location: DEFAULT_LOCATION,
            open: supply.open,
            received: supply.received,
            due: supply.due,
            supplier: supply.supplier.as_deref(),
            state: supply.state,
        });
        view.collect()
    }

    /// What placing one line would give, found by placing it in a copy of the shop (rules §3.7).
    pub fn quote(&self, request: &QuoteRequest, now: Instant) -> QuoteFigures {
        let Some(item) = self.item(request.sku) else { return nothing() };
        let mut locations = request.locations.iter().flat_map(|given| given.iter());
        if locations.any(|location| known_location(Some(location), "locations").is_err()) {
            return nothing();
        }
        let ahead = self.ahead_of_new(request, now);
        let line = OrderLine::new(request.sku, request.quantity);
        let settings = OrderSettings { priority: request.priority, ..OrderSettings::default() };
        let mut trial = self.clone();
        trial.commands_applied += 1;
        let demand = Demand::order("quoted", &settings, now, trial.commands_applied);
        if trial.place(demand, &[line], now).is_err() {
            let availability = match item.settings.lifecycle {
                Lifecycle::Discontinued => Availability::Discontinued,
                _ => Availability::OutOfStock,
            };
            let now = request.quantity.min(self.available(request.sku));
            return QuoteFigures { availability, now, ahead, ..nothing() };
        }
        let demand = self.demands.len();
        let Part { allocated, waiting, .. } = trial.demands[demand].lines[0].parts[0];
        let Dated { date, basis } = trial.date_of(demand, 0, now);
        QuoteFigures {
            availability: availability(item.settings.lifecycle, allocated, waiting, now),
            now: allocated,
            waits: waiting,
            ahead,
            date,
            basis,
            promise: trial.demands[demand].lines[0].promise.map(|promise| promise.date),
        }
    }

    /// Units waiting ahead of an order of this priority that would be placed now.
    fn ahead_of_new(&self, request: &QuoteRequest, now: Instant) -> Quantity {
        let mut trial = self.clone();
        let sequence = self.commands_applied + 1;
        let settings = OrderSettings { priority: request.priority, ..OrderSettings::default() };
        let mut demand = Demand::order("quoted", &settings, now, sequence);
        let part = Part { placed_at: now, sequence, allocated: 0, waiting: 0 };
        let asked = OrderLine::new(request.sku, request.quantity);
        demand.lines.push(super::records::Line::new(&asked, 0, part));
        trial.demands.push(demand);
        trial.ahead_of((self.demands.len(), 0, 0))
    }

    /// What placing these lines would give, found by placing them in a copy of the shop.
    pub fn quote_order(
        &self,
        lines: &[OrderLine],
        settings: &OrderSettings,
        now: Instant,
    ) -> Result<PlacedLines, Refusal> {
        let mut trial = self.clone();
        trial.commands_applied += 1;
        let demand = Demand::order("quoted", settings, now, trial.commands_applied);
        trial.place(demand, lines, now)?;
        let views = trial.line_views(self.demands.len(), now);
        Ok(views.iter().map(|line| (line.allocated, line.ahead, line.promised)).collect())
    }
}

/// Nothing now and no date: an item that is not known.
fn nothing() -> QuoteFigures {
    QuoteFigures {
        availability: Availability::OutOfStock,
        now: 0,
        waits: 0,
        ahead: 0,
        date: None,
        basis: Basis::None,
        promise: None,
    }
}

fn availability(lifecycle: Lifecycle, now: Quantity, waits: Quantity, at: Instant) -> Availability {
    match lifecycle {
        Lifecycle::Preorder { release_at } if release_at.is_none_or(|release| at < release) => {
            Availability::Preorder
        }
        _ if waits == 0 => Availability::InStock,
        _ if now > 0 => Availability::Limited,
        _ => Availability::Backorder,
    }
}

/// Neighbours of the same supply and date are one.
fn add_peg<'a>(pegs: &mut Vec<Peg<'a>>, peg: Peg<'a>) {
    match pegs.last_mut() {
        _ if peg.quantity == 0 => {}
        Some(last) if (last.supply, last.due) == (peg.supply, peg.due) => last.quantity += peg.quantity,
        _ => pegs.push(peg),
    }
}
