//! `holdStock`, `confirmHold`, `releaseHold`: an order with an end (rules §11).

use super::place::{Ids, Terms};
use super::store::Known;
use super::{Engine, refuse};
use crate::model::command::{OrderLine, ShippingSettings};
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Rejection};
use crate::model::units::Instant;
use crate::model::view::HoldState;
use alloc::format;

impl Engine {
    pub(crate) fn hold_stock(
        &mut self,
        hold: &str,
        lines: &[OrderLine],
        ends_at: Instant,
        priority: u8,
        content: u64,
    ) -> Result<(), Rejection> {
        let terms = Terms { placed_at: self.log.at, priority, shipping: ShippingSettings::default() };
        let mut plans = core::mem::take(&mut self.plans);
        self.plan_lines(lines, &terms, &mut plans)?;

        let hold = self.hold_ids.insert_new(hold);
        let demand = self.demands.len() as u32;
        self.holds.push(Known { content, demand });
        self.push_demand(Ids { order: NONE, hold, ends_at }, &terms, lines.len());
        self.hold_ends.add(ends_at, self.this_sequence(), demand);
        self.log.push(Event { hold, ..self.log.event(EventKind::HoldPlaced) });
        self.take_lines(demand, lines, &plans);
        self.plans = plans;
        Ok(())
    }

    pub(crate) fn confirm_hold(
        &mut self,
        hold: &str,
        order: &str,
        settings: &ShippingSettings,
        content: u64,
    ) -> Result<(), Rejection> {
        let demand = self.find_open_hold(hold)?;
        if let Some(latest) = settings.latest {
            self.check_promises_by(demand, latest)?;
        }

        let dates = self.dates_to_hold(demand);
        let order = self.order_ids.insert_new(order);
        self.orders.push(Known { content, demand });
        let record = &mut self.demands[demand as usize];
        record.order = order;
        record.hold_state = HoldState::Confirmed;
        record.fulfilment = settings.fulfilment;
        record.not_before = settings.not_before.unwrap_or(0);
        record.latest = settings.latest.unwrap_or(NEVER);
        let lines = record.lines();
        self.drop_hold_end();
        self.log.push(Event { order, ..self.log.event(EventKind::OrderPlaced) });
        self.tally.orders += 1;
        let mut at_once = true;
        for line in lines {
            let record = self.lines[line as usize];
            self.tally.lines += 1;
            self.tally.units = self.tally.units.saturating_add(record.quantity);
            self.tally.units_at_once = self.tally.units_at_once.saturating_add(record.allocated);
            self.tally.lines_at_once += u64::from(record.waiting == 0);
            at_once &= record.waiting == 0;
            // A hold's lines are never amended: each has one part, or stands outside the queue.
            if self.is_shelved(line) {
                self.shelf_confirmed(line);
            } else {
                let root = &mut self.items[record.item as usize].root;
                self.forest.update(root, record.first_part, |entry| entry.held = false);
            }
        }
        self.tally.orders_at_once += u64::from(at_once);
        // Units, rank and promise are unchanged; what the order settles beyond the hold may ask for
        // a later date.
        self.hold_what_became_later(demand, &dates);
        Ok(())
    }

    pub(crate) fn release_hold(&mut self, hold: &str) -> Result<(), Rejection> {
        let demand = self.find_open_hold(hold)?;
        self.end_hold(demand, EventKind::HoldReleased);
        Ok(())
    }

    /// A hold is gone, and what it had goes to the next.
    pub(crate) fn end_hold(&mut self, demand: u32, how: EventKind) {
        let record = &mut self.demands[demand as usize];
        record.hold_state = HoldState::Ended;
        let (hold, lines) = (record.hold, record.lines());
        self.drop_hold_end();
        self.log.push(Event { hold, ..self.log.event(how) });
        for line in lines.clone() {
            self.withdraw(line);
        }
        for line in lines {
            self.serve(self.lines[line as usize].item);
        }
    }

    /// A hold that was open has become something else.
    fn drop_hold_end(&mut self) {
        let demands = &self.demands;
        self.hold_ends.drop_one(|demand| demands[demand as usize].hold_state == HoldState::Open);
    }

    fn find_open_hold(&self, id: &str) -> Result<u32, Rejection> {
        let Some(number) = self.hold_ids.find(id) else {
            return Err(refuse(Reason::UnknownHold, "hold", format!("there is no hold \"{id}\"")));
        };
        let open = |&demand: &u32| self.demands[demand as usize].hold_state == HoldState::Open;
        self.demand_of_hold(self.hold_ids.name(number)).filter(open).ok_or_else(|| {
            let message = format!("hold \"{id}\" has ended: by time, release or confirmation");
            refuse(Reason::HoldExpired, "hold", message)
        })
    }

    /// Refuses a `latest` that lies before a promise that stands.
    pub(crate) fn check_promises_by(&self, demand: u32, latest: Instant) -> Result<(), Rejection> {
        let late = self.demands[demand as usize].lines().find_map(|line| {
            let record = &self.lines[line as usize];
            // No promise is later than any.
            (record.open() > 0 && record.promise > latest).then_some(record)
        });
        late.map_or(Ok(()), |line| {
            let name = self.line_names.name(line.name);
            let promised = if line.promise == NEVER {
                "has no date".into()
            } else {
                format!("is promised for {}", line.promise)
            };
            let message = format!("line \"{name}\" {promised}, and latest is {latest}");
            Err(refuse(Reason::TooLate, "latest", message))
        })
    }
}
