//! `explain`: why a line has the date it has, in sentences.

use crate::engine::Engine;
use crate::engine::store::{Demand, Line};
use crate::estimate::civil::iso_date;
use crate::model::command::Fulfilment;
use crate::model::outcome::NEVER;
use crate::model::settings::Lifecycle;
use crate::model::units::{Instant, day_of};
use crate::model::view::{LineView, Peg};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// Sentences that name the supply, the rule and who is ahead; none for a line that is not known.
    pub fn explain(&self, order: &str, line: &str, now: Instant) -> Vec<String> {
        let number = self.demand_of_order(order).and_then(|demand| self.line_of(demand, line));
        let Some(number) = number else { return Vec::new() };
        let record = &self.lines[number as usize];
        let demand = self.demand_of_line(record);
        let view = self.line_view(number, now);

        let mut sentences = alloc::vec![where_it_stands(&view)];
        if record.open() == 0 {
            return sentences;
        }
        if view.backordered > 0 {
            sentences.push(self.place_in_queue(number, demand, &view));
            sentences.extend(view.pegs.iter().map(|peg| self.served_by(record, peg, now)));
        }
        sentences.extend(self.what_holds_it_back(record, demand));
        sentences.push(promised(&view));
        sentences
    }

    fn place_in_queue(&self, line: u32, demand: &Demand, view: &LineView) -> String {
        let rule = match self.items[self.lines[line as usize].item as usize].settings.ageing_days {
            Some(days) => format!("by priority, one step earlier for each {days} days of waiting"),
            None => "by priority, then first placed, first served".into(),
        };
        let (priority, units) = (demand.priority, view.backordered);
        match view.ahead {
            0 => format!(
                "Its {units} waiting units are first in line: the queue is served {rule}, and its priority is {priority}."
            ),
            ahead => format!(
                "{ahead} units wait ahead of the last of its {units}: the queue is served {rule}, and its priority is {priority}."
            ),
        }
    }

    fn served_by(&self, line: &Line, peg: &Peg, now: Instant) -> String {
        let units = peg.quantity;
        match (peg.supply, peg.due) {
            (Some(supply), Some(due)) if due < now => {
                let item = &self.items[line.item as usize];
                let days = item.settings.overdue.offset_days;
                format!(
                    "{units} of them come with supply \"{supply}\", which was due on {} and is late: it is expected {days} days from now at the earliest.",
                    iso_date(day_of(due))
                )
            }
            (Some(supply), Some(due)) => {
                format!("{units} of them come with supply \"{supply}\", due on {}.", iso_date(day_of(due)))
            }
            (None, Some(due)) => format!(
                "{units} of them are beyond all scheduled supply; the assumed lead time brings them on {}.",
                iso_date(day_of(due))
            ),
            _ => format!("{units} of them are beyond all scheduled supply, and nothing says when they come."),
        }
    }

    fn what_holds_it_back(&self, line: &Line, demand: &Demand) -> Vec<String> {
        let mut sentences = Vec::new();
        match self.items[line.item as usize].settings.lifecycle {
            Lifecycle::Preorder { release_at: Some(at) } => {
                sentences
                    .push(format!("Nothing of it ships before its release on {}.", iso_date(day_of(at))));
            }
            Lifecycle::Preorder { release_at: None } => {
                sentences.push("Nothing of it ships before its release, which has no date.".into());
            }
            Lifecycle::Active | Lifecycle::Discontinued => {}
        }
        if demand.not_before > 0 {
            let day = iso_date(day_of(demand.not_before));
            sentences.push(format!("The order asks that nothing ships before {day}."));
        }
        if demand.fulfilment == Fulfilment::Order && demand.line_count > 1 {
            sentences.push("The order ships whole, so that every line has the date of the latest.".into());
        }
        if demand.latest != NEVER && (line.promise == NEVER || line.promise > demand.latest) {
            let day = iso_date(day_of(demand.latest));
            sentences.push(format!("The buyer has no use for it after {day}, which can no longer be met."));
        }
        sentences
    }
}

fn where_it_stands(view: &LineView) -> String {
    let parts = [
        (view.shipped, "shipped"),
        (view.allocated, "set aside"),
        (view.backordered, "waiting"),
        (view.cancelled, "cancelled"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(units, _)| *units > 0).map(|(units, what)| format!("{units} {what}")).collect();
    format!("Of {} units of \"{}\": {}.", view.quantity, view.sku, parts.join(", "))
}

fn promised(view: &LineView) -> String {
    match (view.promised, view.ships.p80) {
        (Some(promised), Some(ships)) if day_of(ships) == day_of(promised) => {
            format!("It is promised for {}, and that is still expected.", iso_date(day_of(promised)))
        }
        (Some(promised), Some(ships)) => format!(
            "It is promised for {}; it is now expected on {}. A promise stands until a later day is expected.",
            iso_date(day_of(promised)),
            iso_date(day_of(ships))
        ),
        (Some(promised), None) => {
            format!("It was promised for {}, and no date can be said now.", iso_date(day_of(promised)))
        }
        (None, _) => "It has no promise: no date could be said honestly.".into(),
    }
}
