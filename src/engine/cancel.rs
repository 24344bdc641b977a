//! `cancelOrder`: the end of an order (rules §6).

use super::{Engine, refuse};
use crate::model::command::Fulfilment;
use crate::model::outcome::{Event, EventKind, Reason, Rejection};
use alloc::format;
use alloc::vec::Vec;

impl Engine {
    pub(crate) fn cancel_order(&mut self, id: &str, names: Option<&[&str]>) -> Result<(), Rejection> {
        let demand = self.find_order(id)?;
        let lines: Vec<u32> = match names {
            None => self.demands[demand as usize].lines().collect(),
            Some(names) => {
                let found = names.iter().enumerate();
                let found =
                    found.map(|(place, name)| self.find_line(demand, name, || format!("lines[{place}]")));
                found.collect::<Result<_, _>>()?
            }
        };
        if lines.iter().all(|&line| self.lines[line as usize].open() == 0) {
            return Err(self.nothing_left(&lines, id, "order"));
        }
        self.cancel_lines(demand, &lines);
        Ok(())
    }

    /// What these lines of an order have not shipped is cancelled, and goes to the next.
    pub(crate) fn cancel_lines(&mut self, demand: u32, lines: &[u32]) {
        let mut freed: Vec<u32> = Vec::new();
        for &line in lines {
            if self.lines[line as usize].open() == 0 {
                continue;
            }
            freed.extend(self.standing_sites(line));
            let event = self.line_event(EventKind::LineCancelled, line);
            let waited = self.waits_by_site(line);
            let quantity = self.withdraw(line);
            self.learn_cancelled(waited);
            self.log.push(Event { quantity, ..event });
        }
        self.serve_all(freed);
        self.rest_may_be_whole(demand);
    }

    pub(crate) fn nothing_left(&self, lines: &[u32], id: &str, path: &str) -> Rejection {
        if lines.iter().any(|&line| self.lines[line as usize].cancelled > 0) {
            return refuse(Reason::AlreadyCancelled, path, format!("order \"{id}\" is cancelled already"));
        }
        refuse(Reason::AlreadyShipped, path, format!("order \"{id}\" has shipped; it can be returned"))
    }

    /// Where an order ships whole, its date was that of its latest line, which may be gone.
    pub(crate) fn rest_may_be_whole(&mut self, demand: u32) {
        let record = &self.demands[demand as usize];
        if record.fulfilment == Fulfilment::Order {
            for line in record.lines() {
                self.now_whole(line);
                self.sites_of(line).into_iter().for_each(|site| self.touch_new(site));
            }
            if !self.skipping.is_empty() {
                self.serve_skipped(self.demands[demand as usize].first_line);
            }
        }
    }
}
