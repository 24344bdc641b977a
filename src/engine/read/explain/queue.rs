//! What a line waits for, behind whom, and what brings it.

use super::supplies::share;
use super::{NAMED, Subject, count, listed, units};
use crate::engine::dates::At;
use crate::engine::outlook::{Asker, Outlook};
use crate::engine::rank_tree::{Entry, Rank};
use crate::engine::store::Site;
use crate::estimate::curve::Piece;
use crate::estimate::overtaking::Inflow;
use crate::model::command::Fulfilment;
use crate::model::settings::{ItemSettings, Sharing};
use crate::model::units::{Instant, Quantity};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The part of a line whose units come last, in its queue.
pub(super) struct Wait<'e> {
    part: u32,
    entry: Entry,
    pub site: &'e Site,
    pub settings: &'e ItemSettings,
    pub outlook: Outlook<'e>,
    /// Units that wait ahead of it.
    ahead: Quantity,
    /// When its units are there.
    date: Option<Instant>,
    /// Of an order for later that stands behind all others till then.
    set_apart: bool,
}

/// Stretches of supply: the units after `first` up to `end`, counted from the first that is to come,
/// and whose they are.
struct Stretch {
    first: i64,
    end: i64,
    whose: String,
}

impl<'e> Subject<'e> {
    pub(super) fn what_it_waits_for(&self, said: &mut Vec<String>) {
        let Some(wait) = self.wait() else { return };
        let demand = self.demand;
        if self.item().is_kit() {
            said.push(self.what_the_kit_lacks(&wait));
        }
        if demand.allocate_from > 0 {
            let then = match wait.settings.sharing {
                _ if !wait.set_apart => ", though it keeps the place of its promise",
                Sharing::Sequence => ", and then ranks by the instant at which it was placed",
                Sharing::FairShare => "",
            };
            said.push(format!(
                "It is for later: it takes nothing before {}{then}.",
                self.iso(demand.allocate_from)
            ));
        }
        match wait.settings.sharing {
            Sharing::FairShare => said.push(self.shared(&wait)),
            Sharing::Sequence => {
                said.push(self.who_is_ahead(&wait));
                said.push(self.served_by(&wait));
            }
        }
        let levels = wait.settings.protection.iter().filter(|level| level.priority < demand.priority);
        if let Some(level) = levels.max_by_key(|level| level.units).filter(|level| level.units > 0) {
            said.push(format!(
                "Priorities above {} must leave {} of \"{}\" available.",
                level.priority,
                units(level.units),
                self.sku(&wait)
            ));
        }
        if self.engine.skips(self.engine.parts[wait.part as usize].site) {
            self.taken_whole(&wait, said);
        } else {
            self.brought(&wait, said);
        }
    }

    fn wait(&self) -> Option<Wait<'e>> {
        let engine = self.engine;
        let tail = engine.last_tail(self.line, At::promised(self.now)).filter(|_| self.record.waiting > 0)?;
        let part = engine.last_waiting(self.line, tail.site)?;
        let site = &engine.sites[tail.site as usize];
        let settings = &engine.items[site.item as usize].settings;
        Some(Wait {
            part,
            entry: engine.forest.entry(part),
            site,
            settings,
            outlook: site.outlook(settings, None, At::promised(self.now).by(self.demand.priority)),
            ahead: tail.ahead,
            date: tail.ships.date,
            set_apart: engine.is_set_apart(part),
        })
    }

    /// What is queued for: the line's item, or a component of it.
    fn sku(&self, wait: &Wait) -> &'e str {
        self.engine.skus.name(wait.site.item)
    }

    fn at(&self, wait: &Wait) -> String {
        self.place("at", self.engine.locations.name(wait.site.location))
    }

    fn what_the_kit_lacks(&self, wait: &Wait) -> String {
        let engine = self.engine;
        let lacks = |item: u32| -> Quantity {
            let own = engine.parts_of(self.line);
            let own =
                own.filter(|&part| engine.sites[engine.parts[part as usize].site as usize].item == item);
            own.map(|part| engine.forest.entry(part).waiting).sum()
        };
        let short = engine.made_of(self.record.item).map(|part| (part.item, lacks(part.item)));
        let short: Vec<(u32, Quantity)> = short.filter(|(_, lacks)| *lacks > 0).collect();
        let named = short.iter().take(NAMED);
        let mut names: Vec<String> =
            named.map(|(item, lacks)| format!("{lacks} of \"{}\"", engine.skus.name(*item))).collect();
        if short.len() > NAMED {
            names.push(count((short.len() - NAMED) as u64, "other"));
        }
        let last = match short.len() {
            1 => String::new(),
            _ => format!(", and \"{}\" comes last", self.sku(wait)),
        };
        let kits = count(self.record.allocated, "whole kit");
        format!("The components set aside make {kits}; it lacks {}{last}.", listed(&names))
    }

    /// Who waits ahead, from the nearest on.
    fn who_is_ahead(&self, wait: &Wait) -> String {
        if wait.ahead == 0 {
            return format!("Nothing waits ahead of {}{}.", self.what(wait), self.at(wait));
        }
        let (engine, root) = (self.engine, &wait.site.root);
        let turn = if wait.set_apart { 0 } else { wait.entry.rank.turn };
        let mut left = engine.forest.ahead_of(root, Rank { turn, ..wait.entry.rank });
        // Before an order for later the rest of it comes, once it may.
        let mut rows: Vec<(u32, Quantity)> = Vec::new();
        if left < wait.ahead {
            rows.push((self.record.demand, wait.ahead - left));
        }
        while let Some((part, before)) = engine.forest.at_quantity(root, left) {
            let demand = engine.lines[engine.parts[part as usize].line as usize].demand;
            let named = rows.len();
            match rows.last_mut() {
                Some((last, units)) if *last == demand => *units += left - before,
                _ if named == NAMED => break,
                _ => rows.push((demand, left - before)),
            }
            left = before;
        }
        let named = |&(number, units): &(u32, Quantity)| {
            let demand = &engine.demands[number as usize];
            if number == self.record.demand {
                format!("{units} of its own order")
            } else if demand.is_hold() {
                format!("{units} of hold \"{}\"", engine.hold_ids.name(demand.hold))
            } else {
                format!("{units} of order \"{}\"", engine.order_ids.name(demand.order))
            }
        };
        let mut names: Vec<String> = rows.iter().map(named).collect();
        if left > 0 {
            names.push(format!("{left} more"));
        }
        let wait_s = if wait.ahead == 1 { "waits" } else { "wait" };
        format!(
            "{} {wait_s} ahead of {}{}, from the nearest on: {}.",
            units(wait.ahead),
            self.what(wait),
            self.at(wait),
            listed(&names)
        )
    }

    /// What of the line is explained, where it is not all that waits.
    fn what(&self, wait: &Wait) -> String {
        match wait.entry.waiting {
            units if self.item().is_kit() => format!("its {units} of \"{}\"", self.sku(wait)),
            units if units < self.record.waiting => format!("its last {units}"),
            _ => "it".into(),
        }
    }

    /// The rule by which the queue is served.
    fn served_by(&self, wait: &Wait) -> String {
        let promises = match wait.settings.is_protected() {
            false => "",
            true if self.view.promised.is_some() => {
                "as promised, since a promise made is a place kept, then "
            }
            true => "as promised, those without a promise last, since a promise made is a place kept, then ",
        };
        let rank = match wait.settings.ageing_days {
            Some(days) => format!("one step earlier for each {} of waiting", count(days, "day")),
            None => "then first placed, first served".into(),
        };
        let priority = self.demand.priority;
        format!("The queue is served {promises}by priority, {rank}; its priority is {priority}.")
    }

    /// Units that are shared out, its own among them.
    fn sharing(&self, wait: &Wait) -> Quantity {
        let own = if wait.set_apart { wait.entry.waiting } else { 0 };
        self.engine.waits_now(wait.site) + own
    }

    fn shared(&self, wait: &Wait) -> String {
        let (sku, all) = (self.sku(wait), units(self.sharing(wait)));
        format!(
            "What comes of \"{sku}\"{} is shared among all that wait, in proportion to what each lacks; its date is the safe one, when the last of {all} is there.",
            self.at(wait)
        )
    }

    /// It takes all it waits for at once, or nothing.
    fn taken_whole(&self, wait: &Wait, said: &mut Vec<String>) {
        let who = match self.demand.fulfilment {
            Fulfilment::Partial => None,
            Fulfilment::Line => Some("it"),
            Fulfilment::Order => Some("its order"),
        };
        if let Some(who) = who {
            said.push(format!(
                "It takes nothing before {who} can have all that is lacking at once; others may be served before."
            ));
        }
        self.known_of_supplies(wait, wait.date, said);
        said.push(match wait.date {
            Some(date) => {
                format!("Playing the known supplies through the queue serves it on {}.", self.iso(date))
            }
            None => "Playing the known supplies through the queue never serves it.".into(),
        });
    }

    /// The supplies that bring its units, and what no supply brings.
    fn brought(&self, wait: &Wait, said: &mut Vec<String>) {
        let (start, curve) = (wait.outlook.start, &wait.outlook.curve);
        let between = self.between(wait);
        if between > 0 {
            let (given, from) = (units(between), self.iso(self.demand.allocate_from));
            said.push(format!(
                "Lines that rank behind it will have been given {given} by {from}, if supply comes as expected."
            ));
        }
        if start < 0 {
            said.push(format!("The safety stock lacks {} and is filled first.", units(start.unsigned_abs())));
        }
        let Stretch { first, end, whose } = self.stretch(wait, between);
        if first < 0 {
            said.push(format!("What is available now covers {} of {whose}.", end.min(0) - first));
        }
        let overtaken = |inflow: &Inflow| inflow.better_than(self.demand.priority).is_some();
        if wait.settings.is_overtaken() && wait.site.inflow.as_deref().is_some_and(overtaken) {
            said.push(
                "Orders of better priority that are still to come are counted in, by how many came before."
                    .into(),
            );
        }
        let uncounted = self.uncounted(wait, said);
        let (mut unit, end) = (first.max(0) as Quantity, end.max(0) as Quantity);
        let last = curve.piece(end.min(curve.total())).filter(|_| unit < end);
        self.known_of_supplies(wait, last.and_then(|piece| piece.date), said);
        while let Some(piece) = curve.piece(unit + 1).filter(|_| unit < end) {
            let upto = piece.upto.min(end);
            said.push(match wait.site.expected {
                None => self.brought_by(&piece, upto - unit, &whose),
                Some(_) => self.there_by(wait, &piece, upto - unit, &whose),
            });
            unit = upto;
        }
        if unit < end {
            let of = format!("{} of {whose}", end - unit);
            said.push(self.not_scheduled(wait, end - curve.total(), uncounted > 0, &of));
        }
    }

    /// Units that an order for later sees others given before its day.
    fn between(&self, wait: &Wait) -> Quantity {
        if !wait.set_apart || wait.settings.sharing == Sharing::FairShare {
            return 0;
        }
        let (rank, from) = (Rank { turn: 0, ..wait.entry.rank }, self.demand.allocate_from);
        self.engine.given_to_worse(wait.site, &wait.outlook, rank, from)
    }

    /// The supply that a part waits for: behind what is ahead, and what it must leave.
    fn stretch(&self, wait: &Wait, between: Quantity) -> Stretch {
        let start = wait.outlook.start;
        if wait.settings.sharing == Sharing::FairShare {
            let all = self.sharing(wait);
            return Stretch { first: -start, end: all as i64 - start, whose: format!("the {all}") };
        }
        let reserve = wait.settings.reserve(self.demand.priority);
        let first = wait.ahead.saturating_add(reserve).saturating_add(between) as i64 - start;
        let whose =
            if self.item().is_kit() { format!("its \"{}\"", self.sku(wait)) } else { "its units".into() };
        Stretch { first, end: first.saturating_add_unsigned(wait.entry.waiting), whose }
    }

    fn brought_by(&self, piece: &Piece, units: Quantity, whose: &str) -> String {
        let engine = self.engine;
        let (supply, due) =
            (engine.supply_ids.name(piece.supply), engine.supplies[piece.supply as usize].due);
        let late = match piece.date {
            Some(date) if due < self.now => {
                format!("is late and expected on {} at the earliest; it ", self.iso(date))
            }
            _ => String::new(),
        };
        let given = self.whose_date(piece.supply);
        format!("Supply \"{supply}\", due on {}{given}, {late}brings {units} of {whose}.", self.iso(due))
    }

    /// What is assumed of units that no scheduled supply brings, the last being the `unit`-th of them.
    fn not_scheduled(&self, wait: &Wait, unit: Quantity, other: bool, of: &str) -> String {
        let (placed_at, fixed) = (wait.entry.placed_at, self.engine.parts[wait.part as usize].beyond);
        let ships = wait.outlook.assumed(unit, Asker { placed_at, beyond: fixed });
        let unit = if fixed > 0 { fixed } else { unit };
        let own = wait.settings.replenished(placed_at, unit);
        let why = match (&wait.settings.replenishment, ships.date) {
            (Some(assumed), Some(date)) => {
                let batch = assumed.batch.map_or_else(String::new, |batch| format!(" in batches of {batch}"));
                let capacity = assumed.capacity_per_day.map_or_else(String::new, |units| {
                    format!(
                        ", the last counting as unit {unit} beyond what is scheduled, at {units} a day{batch}"
                    )
                });
                // The units before it come with the supply that is scheduled.
                let with = if own < Some(date) { " with the last supply scheduled" } else { "" };
                let (lead, placed_at, date) =
                    (count(assumed.lead_time_days, "day"), self.iso(placed_at), self.iso(date));
                format!(
                    ": the assumed lead time of {lead} from {placed_at} brings them on {date}{with}{capacity}"
                )
            }
            _ => match own.filter(|&own| own < self.now) {
                Some(own) => format!(", and the supply assumed instead was due on {}", self.iso(own)),
                None => ", and nothing says when they come".into(),
            },
        };
        let other = if other { "other " } else { "" };
        format!("No {other}scheduled supply covers {of}{why}.")
    }

    /// By when units are there that may come late, at the quantile at which the item promises.
    fn there_by(&self, wait: &Wait, piece: &Piece, units: Quantity, whose: &str) -> String {
        let chance = share(wait.settings.promise_quantile.per_mille());
        match piece.date {
            Some(date) => {
                format!("By {}, with a chance of {chance}, {units} of {whose} are there.", self.iso(date))
            }
            None => format!("When {units} of {whose} are there, with a chance of {chance}, cannot be said."),
        }
    }
}
