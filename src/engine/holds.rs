//! `holdStock`, `confirmHold`, `releaseHold`: an order with an end (rules §11).

use super::place::Ids;
use super::plans::Terms;
use super::store::Known;
use super::{Engine, New, refuse};
use crate::model::command::{OrderLine, ShippingSettings, Shortfall};
use crate::model::outcome::{Event, EventKind, NEVER, NONE, Reason, Rejection};
use crate::model::units::{Instant, Quantity};
use crate::model::view::HoldState;
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn hold_stock(
        &mut self,
        hold: &str,
        lines: &[OrderLine],
        ends_at: Instant,
        priority: u8,
        new: New,
    ) -> Result<(), Rejection> {
        let terms = Terms::new(self.log.at, priority);
        let plans = core::mem::take(&mut self.plans);
        let planned = self.plan_lines(lines, &terms, Shortfall::Refuse, plans)?;

        let hold = self.hold_ids.insert_new(hold, new.place);
        let demand = self.demands.len() as u32;
        self.holds.push(Known { content: new.content, demand });
        self.push_demand(
            Ids { order: NONE, hold, segment: NONE, destination: NONE, ends_at },
            &terms,
            lines.len(),
        );
        #[cfg(feature = "canary")]
        let ends_at = if self.does(super::Fault::ForgetExpiry) { NEVER } else { ends_at };
        self.hold_ends.add(ends_at, self.this_sequence(), demand);
        self.log.push(Event { hold, ..self.log.event(EventKind::HoldPlaced) });
        self.take_lines(demand, lines, planned);
        Ok(())
    }

    pub(crate) fn confirm_hold(
        &mut self,
        hold: &str,
        order: &str,
        (segment, ship_to): (Option<&str>, Option<&str>),
        settings: &ShippingSettings,
        new: New,
    ) -> Result<(), Rejection> {
        let demand = self.find_open_hold(hold)?;
        if let Some(latest) = settings.latest {
            self.check_promises_by(demand, latest)?;
        }

        let dates = self.dates_of(demand);
        let order = self.order_ids.insert_new(order, new.place);
        self.orders.push(Known { content: new.content, demand });
        let segment = segment.map_or(NONE, |segment| self.segments.intern(segment));
        let destination = self.destination(ship_to);
        let record = &mut self.demands[demand as usize];
        record.destination = destination;
        record.order = order;
        record.segment = segment;
        record.hold_state = HoldState::Confirmed;
        record.fulfilment = settings.fulfilment;
        record.not_before = settings.not_before.unwrap_or(0);
        record.latest = settings.latest.unwrap_or(NEVER);
        let lines = record.lines();
        self.drop_hold_end();
        self.log.push(Event { order, ..self.log.event(EventKind::OrderPlaced) });
        let had: Vec<(Quantity, Quantity)> = lines
            .clone()
            .map(|line| (self.lines[line as usize].quantity, self.lines[line as usize].allocated))
            .collect();
        self.count_order(had.into_iter());
        lines.for_each(|line| {
            self.no_longer_held(line);
            self.learn_from_line(line);
        });
        // Units, rank and promise are unchanged; what the order settles beyond the hold may ask for
        // a later date.
        self.amended.push((demand, dates));
        Ok(())
    }

    /// What a line of a hold has is an order's now.
    fn no_longer_held(&mut self, line: u32) {
        if self.is_shelved(line) {
            return self.shelf_confirmed(line);
        }
        let parts: Vec<u32> = self.parts_of(line).collect();
        for part in parts {
            let root = &mut self.sites[self.parts[part as usize].site as usize].root;
            self.forest.update(root, part, |entry| entry.held = false);
        }
        if self.items[self.lines[line as usize].item as usize].is_kit() {
            let legs: Vec<u32> = self.legs_of(line).collect();
            for leg in legs {
                let super::store::Leg { site, allocated, .. } = self.legs[leg as usize];
                self.sites[site as usize].shelved_held -= allocated;
                self.sites[site as usize].shelved_allocated += allocated;
            }
        }
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
        let mut freed: Vec<u32> = Vec::new();
        for line in lines {
            freed.extend(self.sites_of(line));
            self.withdraw(line);
        }
        self.serve_all(freed);
    }

    /// A hold that was open has become something else.
    fn drop_hold_end(&mut self) {
        let demands = &self.demands;
        self.hold_ends.drop_one(|demand| demands[demand as usize].hold_state == HoldState::Open);
    }

    pub(crate) fn find_open_hold(&self, id: &str) -> Result<u32, Rejection> {
        let Some(number) = self.hold_ids.find(id) else {
            return Err(refuse(Reason::UnknownHold, "hold", format!("there is no hold \"{id}\"")));
        };
        let open = |&demand: &u32| self.demands[demand as usize].hold_state == HoldState::Open;
        #[cfg(feature = "canary")]
        let open = |demand: &u32| {
            let confirmed = self.demands[*demand as usize].hold_state == HoldState::Confirmed;
            open(demand) || confirmed && self.does(super::Fault::ConfirmTwice)
        };
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
