//! `explain`: why a line has the date it has, in sentences.
//!
//! What is said is found anew from the state; nothing is remembered of how it came about. Of a line
//! that waits in several parts or places the part is explained whose units come last, as that decides
//! the date. What it waits for there is in `queue`.

mod queue;
mod supplies;

use crate::engine::Engine;
use crate::engine::dates::At;
use crate::engine::dates::ShipDate;
use crate::engine::dispatch::leaves;
use crate::engine::plans::{Ask, Earlier, Terms};
use crate::engine::read::QuoteRequest;
use crate::engine::store::{Demand, Item, Line};
use crate::estimate::civil::iso_date;
use crate::model::command::{Fulfilment, Sourcing};
use crate::model::outcome::NEVER;
use crate::model::settings::{Lifecycle, WholeLines};
use crate::model::units::{Day, Instant, MAX_SAFE, Quantity};
use crate::model::view::LineView;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many of a list are named.
const NAMED: usize = 3;

impl Engine {
    /// Sentences that name the supply, the rule and who is ahead; none for a line that is not known.
    pub fn explain(&self, order: &str, line: &str, now: Instant) -> Vec<String> {
        let number = self.demand_of_order(order).and_then(|demand| self.line_of(demand, line));
        let Some(line) = number else { return Vec::new() };
        let (record, now) = (&self.lines[line as usize], now.min(MAX_SAFE));
        let (demand, view) = (self.demand_of_line(record), self.line_view(line, now));
        let expected = self.line_date(line, At::promised(now)).date;
        let subject = Subject { engine: self, line, record, demand, view, expected, now };

        let mut said = alloc::vec![subject.where_it_stands()];
        if record.open() > 0 {
            subject.why_there(&mut said);
            subject.what_it_waits_for(&mut said);
            subject.what_holds_it_back(&mut said);
            subject.what_is_offered(&mut said);
            said.push(subject.promised());
        }
        said
    }
}

/// The line that is explained.
struct Subject<'e> {
    engine: &'e Engine,
    line: u32,
    record: &'e Line,
    demand: &'e Demand,
    view: LineView<'e>,
    /// Its date at the quantile at which the item promises.
    expected: Option<Instant>,
    now: Instant,
}

impl<'e> Subject<'e> {
    /// The local day where the line is promised.
    fn day(&self, instant: Instant) -> Day {
        self.engine.local_day(self.engine.home_of(self.line), instant)
    }

    fn iso(&self, instant: Instant) -> String {
        iso_date(self.day(instant))
    }

    fn item(&self) -> &'e Item {
        &self.engine.items[self.record.item as usize]
    }

    /// Where something is; the only location that there is goes without saying.
    fn place(&self, word: &str, location: &str) -> String {
        if self.engine.live_locations.len() < 2 { String::new() } else { format!(" {word} \"{location}\"") }
    }

    fn where_it_stands(&self) -> String {
        let mut stands = Vec::new();
        let mut add = |units: Quantity, what: &str, place: String| {
            if units > 0 {
                stands.push(format!("{units} {what}{place}"));
            }
        };
        for part in &self.view.parts {
            add(part.shipped, "shipped", self.place("from", part.location));
            add(part.allocated, "set aside", self.place("at", part.location));
            add(part.backordered, "waiting", self.place("at", part.location));
        }
        add(self.view.cancelled, "cancelled", String::new());
        format!("Of {} of \"{}\": {}.", units(self.view.quantity), self.view.sku, stands.join(", "))
    }

    /// Why its units are, or wait, where they do.
    fn why_there(&self, said: &mut Vec<String>) {
        let engine = self.engine;
        if engine.live_locations.len() < 2 {
            return;
        }
        let candidates = engine.locations_of(self.line);
        said.push(match candidates {
            [only] => format!("It was asked for from \"{}\" alone.", engine.locations.name(*only)),
            _ => format!(
                "When it was asked for, locations were chosen by {}.",
                match self.demand.sourcing {
                    Sourcing::FewestParts =>
                        "\"fewestParts\": one that has all, else the fewest that have it together; what is lacking waits where its date is earliest",
                    Sourcing::InOrder =>
                        "\"inOrder\": what each has, in order; what is lacking waits where its date is earliest",
                    Sourcing::Earliest => "\"earliest\": the one with the earliest date for all of it",
                }
            ),
        });
        let named = |location: &str| candidates.iter().any(|&other| engine.locations.name(other) == location);
        let open = self.view.parts.iter().filter(|part| part.allocated + part.backordered > 0);
        if let Some(part) = open.into_iter().find(|part| !named(part.location)) {
            said.push(format!("It was relocated to \"{}\".", part.location));
        }
        said.extend(self.whether_earlier_elsewhere(candidates));
    }

    /// Whether another of its locations has an earlier date for what waits. Where that would have to be
    /// played, or a promise is a place, or it waits in several parts, nothing is said.
    fn whether_earlier_elsewhere(&self, candidates: &[u32]) -> Option<String> {
        let (engine, item, demand) = (self.engine, self.item(), self.demand);
        let tail = engine.last_tail(self.line, At::promised(self.now)).filter(|_| self.record.waiting > 0)?;
        let at = engine.sites[tail.site as usize].location;
        let terms = Terms { now: self.now, ..demand.terms() };
        let tie = item.rank(0, &terms, demand.sequence, self.record.place).tie;
        let plain = engine.made_of(self.record.item).all(|part| {
            let settings = &engine.items[part.item as usize].settings;
            settings.whole_lines == WholeLines::Collect && !settings.is_protected()
        });
        let entries = engine.parts_of(self.line).map(|part| (part, engine.forest.entry(part)));
        let mut waiting = entries.filter(|(_, entry)| entry.waiting > 0);
        let in_one = waiting.all(|(part, entry)| {
            let site = engine.parts[part as usize].site;
            engine.sites[site as usize].location == at && entry.rank.tie == tie
        });
        if !plain || !in_one || demand.allocate_from > 0 {
            return None;
        }
        let others = candidates.iter().filter(|&&other| other != at).map(|&other| {
            let (record, candidates) = (self.record, [other]);
            let rank = (demand.sequence, record.place);
            let ask = Ask::new(record.item, record.waiting, &candidates, rank);
            (other, engine.plan(&ask, &terms, &Earlier::default()).ships)
        });
        let (other, there) =
            others.reduce(|best, other| if best.1.is_later_than(other.1) { other } else { best })?;
        let here = item.shipped(tail.ships, Some(demand.not_before), engine.calendar_at(at));
        Some(match there.date {
            Some(date) if here.is_later_than(there) => format!(
                "What it lacks would come earlier to \"{}\", on {}, if it were relocated.",
                engine.locations.name(other),
                self.iso(date)
            ),
            _ => {
                let all = candidates.len() == engine.live_locations.len();
                let others = if all { "other location" } else { "other of its locations" };
                let here = engine.locations.name(at);
                format!("What it lacks waits at \"{here}\"; no {others} has an earlier date for it.")
            }
        })
    }

    fn what_holds_it_back(&self, said: &mut Vec<String>) {
        let demand = self.demand;
        match self.item().settings.lifecycle {
            Lifecycle::Preorder { release_at: Some(at) } if at > self.now => {
                said.push(format!("Nothing of it ships before its release on {}.", self.iso(at)));
            }
            Lifecycle::Preorder { release_at: None } => {
                said.push("Nothing of it ships before its release, which has no date.".into());
            }
            Lifecycle::Discontinued if self.record.waiting > 0 => said.push(format!(
                "\"{}\" is discontinued: what waits keeps its place, and no new order may wait.",
                self.view.sku
            )),
            Lifecycle::Preorder { .. } | Lifecycle::Active | Lifecycle::Discontinued => {}
        }
        if demand.not_before > self.now {
            said.push(format!("The order asks that nothing ships before {}.", self.iso(demand.not_before)));
        }
        let open = self.view.parts.iter().filter(|part| part.allocated + part.backordered > 0);
        said.extend(open.filter_map(|part| self.when_it_leaves(part.location)));
        if demand.fulfilment == Fulfilment::Order && demand.open_lines > 1 {
            said.push(self.latest_line());
        }
        if demand.latest != NEVER {
            let late = self.expected.is_none_or(|date| date > demand.latest);
            let late = if late { ", and it is not expected by then" } else { "" };
            said.push(format!("The buyer has no use for it after {}{late}.", self.iso(demand.latest)));
        }
        if demand.frozen {
            said.push(
                "The order is frozen: a rebalance takes nothing from it, and a count that finds too few takes from it last."
                    .into(),
            );
        }
    }

    /// When a location that has a calendar sends.
    fn when_it_leaves(&self, location: &str) -> Option<String> {
        const WEEKDAYS: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let dispatch = self.engine.dispatches.get(self.engine.location_named(location)? as usize)?;
        let (calendar, _) = dispatch.calendar.as_ref()?;
        let days = WEEKDAYS.iter().zip(1..).filter(|(_, number)| calendar.workdays.has(*number));
        let days: Vec<String> = days.map(|(day, _)| (*day).into()).collect();
        let by = calendar.cutoff_minutes.map_or_else(String::new, |minutes| {
            format!(", by the cut-off at {:02}:{:02}", minutes / 60, minutes % 60)
        });
        let after = match calendar.handling_days {
            0 => String::new(),
            days => format!(", after {} of handling", count(days, "workday")),
        };
        let but = match calendar.holidays.len() as u64 {
            0 => String::new(),
            days => format!(", but for {}", count(days, "holiday")),
        };
        let place = self.place("at", location);
        Some(format!("What is there{place} leaves on {}{by}{after}{but}.", listed(&days)))
    }

    /// Which line of an order that ships whole decides its date.
    fn latest_line(&self) -> String {
        let engine = self.engine;
        let open = self.demand.lines().filter(|&line| engine.lines[line as usize].open() > 0);
        let dates = core::iter::once(self.line)
            .chain(open)
            .map(|line| (line, engine.own_date(line, At::promised(self.now))));
        let latest =
            dates.reduce(|latest, other| if other.1.is_later_than(latest.1) { other } else { latest });
        let latest = latest.map_or(self.line, |(line, _)| line);
        let which = if latest == self.line {
            "this one".into()
        } else {
            let record = &engine.lines[latest as usize];
            format!("line \"{}\", \"{}\"", engine.line_names.name(record.name), engine.skus.name(record.item))
        };
        format!("The order ships whole: every line has the date of the latest, which is {which}.")
    }

    /// What could be had in its place, and for the wait.
    fn what_is_offered(&self, said: &mut Vec<String>) {
        // What has shipped in part is not substituted any more.
        if self.record.shipped == 0 {
            said.extend(self.earlier_alternative());
        }
        let (placed_at, promised) = (self.demand.placed_at, self.view.promised);
        let settings = &self.item().settings;
        let waits = self.record.waiting > 0 || settings.release().is_none_or(|release| release > self.now);
        if let Some(offer) =
            settings.incentive_for(self.day(placed_at), promised.map(|date| self.day(date))).filter(|_| waits)
        {
            let wait = match promised {
                Some(date) => format!("from {} to {}", self.iso(placed_at), self.iso(date)),
                None => "without a date".into(),
            };
            said.push(format!("For a wait {wait} the offer is \"{offer}\"."));
        }
    }

    /// The best of the item's substitutes that would ship earlier, on the order's own terms.
    fn earlier_alternative(&self) -> Option<String> {
        let (engine, demand) = (self.engine, self.demand);
        let candidates = engine.locations_of(self.line).iter();
        let locations: Vec<&str> = candidates.map(|&location| engine.locations.name(location)).collect();
        let (quantity, priority) = (self.record.open(), demand.priority);
        let request = QuoteRequest {
            sku: self.view.sku,
            quantity,
            priority,
            locations: Some(&locations),
            ship_to: None,
        };
        let own = engine.own_date(self.line, At::promised(self.now));
        let from = demand.not_before.max(demand.allocate_from);
        let mut others = engine.alternatives(&request, None, self.now).into_iter();
        let (sku, date) = others.find_map(|other| {
            let location = other.parts.first().and_then(|part| engine.location_named(part.location));
            let from = leaves(location.and_then(|location| engine.calendar_at(location)), from);
            let ships = ShipDate::new(other.promise, other.ships.basis).not_before(from);
            ships.date.filter(|_| own.is_later_than(ships)).map(|date| (other.sku, date))
        })?;
        Some(format!("{quantity} of \"{sku}\" in its place, ordered now, would ship on {}.", self.iso(date)))
    }

    fn promised(&self) -> String {
        let (promise, ships) = (self.view.promised, self.expected);
        let Some(promise) = promise else {
            return match ships {
                Some(ships) => format!("It has no promise; it is now expected on {}.", self.iso(ships)),
                None => "It has no promise: no date can be said honestly.".into(),
            };
        };
        let promised = if self.record.broken {
            format!("It was promised for {}, which was not kept", self.iso(promise))
        } else {
            format!("It is promised for {}", self.iso(promise))
        };
        match ships.map(|ships| (self.iso(ships), self.day(ships).cmp(&self.day(promise)))) {
            Some((_, Ordering::Equal)) => format!("{promised}, and that is still expected."),
            Some((ships, Ordering::Greater)) => format!("{promised}; it is now expected on {ships}."),
            Some((ships, Ordering::Less)) => format!(
                "{promised}; it is now expected on {ships}. A promise stands until a later day is expected."
            ),
            None => format!("{promised}; no date can be said now."),
        }
    }
}

/// `1 day`, `2 days`.
fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn units(units: Quantity) -> String {
    count(units, "unit")
}

/// `a, b and c`
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
