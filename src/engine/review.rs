//! Which promises a command may have changed: the lines whose dates may have become later, or come to
//! be, are found through the queue's sums and minima (rules §10).

use super::Engine;
use super::dates::{At, ShipDate};
use super::later::Class;
use super::outlook::{Asker, Outlook};
use super::rank_tree::{NO_PROMISE, Needle};
use super::store::{Demand, Line, Site};
use super::touched::Touched;
use crate::estimate::curve::CurveAt;
use crate::model::command::Fulfilment;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::{ItemSettings, Replenishment, Sharing};
use crate::model::sort;
use crate::model::units::{DAY_MS, Day, Instant, MAX_SAFE, MOST_LOOKS, Quantity};
use crate::model::view::Basis;
use crate::policy::capacity::{extra_days, last_of_the_day};
use alloc::vec::Vec;

impl Engine {
    /// The end of a command, or of what fell due at an instant: estimates are held against the
    /// promises of the sites that changed. Where promises are kept, one that is made or moved changes the
    /// queue again.
    pub(crate) fn finish(&mut self) {
        if !self.log.is_of_new_demand() {
            self.serve_what_is_spared();
        }
        for look in 0..MOST_LOOKS {
            for line in core::mem::take(&mut self.repromised) {
                self.touch_where_promises_rank(line);
            }
            if look > 0 && self.touched.is_empty() {
                break;
            }
            if !self.skipping.is_empty() {
                self.touch_who_skip();
            }
            let mut touched = core::mem::take(&mut self.touched);
            self.look_at_promises(&mut touched, look);
            touched.drain(..).for_each(|touched| {
                self.note_position(touched.site);
                self.notice_site(touched.site);
            });
            self.touched = touched;
        }
        self.repromised.clear();
        self.begun_kits.clear();
        self.review_notices();
        if self.reordered_items > 0 {
            self.say_what_to_reorder();
        }
    }

    /// All dates are found before any promise changes, since a promise may be a place in the queue.
    fn look_at_promises(&mut self, touched: &mut [Touched], look: u32) {
        let mut lines: Vec<u32> = Vec::new();
        for touched in touched {
            let expected = self.sites[touched.site as usize].expected.as_mut();
            touched.anew = !touched.only_new && expected.is_some_and(|expected| expected.see(self.log.at));
            self.review(touched, &mut lines);
            if touched.all_lines {
                self.notice_kits(touched.site);
            }
        }
        self.newly_whole.clear();
        let relocated = core::mem::take(&mut self.relocated);
        lines.extend(relocated.into_iter().filter(|&line| self.is_late_by_itself(line)));
        if look > 0 {
            // What the command has placed has the promise that was quoted, if any (rules §3.7).
            lines.retain(|&line| !self.is_new(self.demand_of_line(&self.lines[line as usize])));
        } else {
            lines.extend(self.quoted_without_a_date());
        }
        sort::ascending(&mut lines);
        lines.dedup();
        let mut dates = self.dates_of_amended();
        let mut whole_order = NONE;
        for line in lines {
            let Line { demand, promise, .. } = self.lines[line as usize];
            // The lines of an order that ships whole share one date.
            if demand == whole_order {
                continue;
            }
            let date = self.date_to_hold(line, self.at());
            // Who has no promise, and gets none, is no reason to move that of another.
            if date.date.is_some() || promise != NEVER {
                let together = self.taken_together(line);
                whole_order = if together.len() > 1 { demand } else { NONE };
                dates.extend(together.map(|line| (line, date)));
            }
        }
        // Whatever was touched, they are told as their orders were placed.
        sort::by_key(&mut dates, |&(line, _)| line);
        #[cfg(feature = "canary")]
        if dates.len() > 1 && self.does(super::Fault::SkipPromiseMove) {
            dates.pop();
        }
        self.hold_promises(dates);
    }

    /// Whether a demand came by this very command.
    fn is_new(&self, demand: &Demand) -> bool {
        demand.sequence == self.this_sequence()
    }

    /// The lines of the order or hold that came last which are without a promise, as they were quoted. Where
    /// promises are kept, those that it moved may have left it what they rested on.
    fn quoted_without_a_date(&self) -> Vec<u32> {
        let came_before = |demand: &&Demand| !self.is_new(demand);
        let Some(demand) = self.demands.last().filter(came_before) else { return Vec::new() };
        let is_open = |line: &u32| {
            let record = &self.lines[*line as usize];
            record.promise == NEVER && record.open() > 0
        };
        let lines: Vec<u32> = demand.lines().filter(is_open).collect();
        let keeps_promises = |site: u32| {
            let item = self.sites[site as usize].item;
            self.items[item as usize].settings.is_protected()
        };
        let is_kept = |line: &u32| self.sites_of(*line).into_iter().any(keeps_promises);
        if lines.iter().any(is_kept) { lines } else { Vec::new() }
    }

    /// An order for later may need less, or need it later, than before: others may have the rest. New
    /// demand makes none need less, and has what its quote said.
    fn serve_what_is_spared(&mut self) {
        for place in 0..self.touched.len() {
            let Touched { site, only_new, .. } = self.touched[place];
            let record = &self.sites[site as usize];
            let kept = self.items[record.item as usize].settings.is_protected();
            if kept && record.later_parts > 0 && !only_new {
                self.serve(site);
            }
        }
    }

    /// Whether a line's own units come too late for its promise, or there is none.
    pub(crate) fn is_late_by_itself(&self, line: u32) -> bool {
        self.is_late(line, self.own_date_to_hold(line, self.at()))
    }

    /// Dates that come from playing may hang on any queue that changed. A kit has none of its own, and
    /// where nobody waits there is no date.
    fn touch_who_skip(&mut self) {
        let is_kit = |touched: &Touched| self.items[self.sites[touched.site as usize].item as usize].is_kit();
        if self.touched.iter().all(is_kit) {
            return;
        }
        let items = self.skipping.iter().filter(|&&item| self.items[item as usize].skips_whole_lines());
        let sites = items.flat_map(|&item| self.sites_in_order(item));
        let sites: Vec<u32> = sites.filter(|&site| self.sites[site as usize].root.waiting() > 0).collect();
        sites.into_iter().for_each(|site| self.touch_all(site));
    }

    /// Finds the lines of a site whose estimates are to be held against their promises, through the
    /// tree's sums and minima: few are visited whose promise stands.
    fn review(&mut self, touched: &Touched, changed: &mut Vec<u32>) {
        self.find_newly_whole(touched, changed);
        if touched.only_new {
            return;
        }
        if touched.all_lines {
            let mut lines = self.all_lines_of(touched.site);
            let item = self.sites[touched.site as usize].item;
            let of_kit = self.items[item as usize].is_kit();
            lines.retain(|&line| {
                let record = &self.lines[line as usize];
                let unpromised = record.waiting > 0 && record.promise == NEVER;
                // A kit ships by its own release; its component says when units are there.
                if record.item != item || (unpromised && !of_kit) {
                    let part = self.last_waiting(line, touched.site);
                    return part.is_some_and(|part| self.falls_behind(line, part));
                }
                self.is_late_by_itself(line)
            });
            changed.extend(lines);
        } else {
            self.find_changed(touched, changed);
        }
        self.sites[touched.site as usize].seen_at = self.log.at;
    }

    /// The lines of a site that have come to have all their units, and have no promise that stands.
    fn find_newly_whole(&self, touched: &Touched, changed: &mut Vec<u32>) {
        let item = self.sites[touched.site as usize].item;
        // A share that others leave moves no promise (rules §8).
        let moves = touched.supply || self.items[item as usize].settings.sharing != Sharing::FairShare;
        let found = |line: &u32| {
            let record = &self.lines[*line as usize];
            let looked_at = record.promise == NEVER || moves;
            looked_at && record.open() > 0 && self.stands_at(*line, touched.site)
        };
        changed.extend(self.newly_whole.iter().copied().filter(found));
    }

    /// Whether a line has, or waits for, units at a site.
    pub(crate) fn stands_at(&self, line: u32, site: u32) -> bool {
        let record = &self.lines[line as usize];
        match record.first_leg {
            NONE => record.site == site,
            _ => self.parts_of(line).any(|part| self.parts[part as usize].site == site),
        }
    }

    /// All lines of a site that have not shipped; of a kit, those that want its components there.
    pub(crate) fn all_lines_of(&mut self, site: u32) -> Vec<u32> {
        self.enqueue_all(site);
        let item = self.sites[site as usize].item;
        let own = |part: u32| self.parts[part as usize].line;
        if !self.items[item as usize].is_kit() {
            return self.forest.parts(&self.sites[site as usize].root).map(own).collect();
        }
        let location = self.sites[site as usize].location;
        let first = self.made_of(item).find_map(|part| self.site_at(part.item, location));
        let Some(first) = first else { return Vec::new() };
        let lines = self.forest.parts(&self.sites[first as usize].root).map(own);
        lines.filter(|&line| self.lines[line as usize].item == item).collect()
    }

    /// The lines that wait and whose promise is to change.
    fn find_changed(&self, touched: &Touched, changed: &mut Vec<u32>) {
        let now = self.log.at;
        let site = &self.sites[touched.site as usize];
        let totals = site.root.totals();
        if totals.waiting == 0 {
            return;
        }
        let settings = &self.items[site.item as usize].settings;
        let outlook = site.outlook(settings, self.calendar_at(site.location), At::promised(now));
        let mut found = Found { forest: &self.forest, root: &site.root, parts: Vec::new() };
        if self.skips(touched.site) || self.has_no_order(site) {
            found.all();
        } else if settings.sharing == Sharing::FairShare {
            if touched.supply {
                let asker = Asker { placed_at: now, beyond: 0 };
                let date = outlook.served(self.waits_now(site), asker);
                match date.basis {
                    Basis::Supply | Basis::Stock => found.look_for(self.day_at(site, date.date)),
                    // Assumed supply comes to each by the instant it was placed.
                    Basis::Replenishment | Basis::None => found.all(),
                }
                // Orders for later stand behind all others; each has a date of its own.
                found.range(self.waits_now(site), Touched::ALL);
            } else if settings.replenishment.is_some() || outlook.covers(self.waits_now(site)) {
                found.collect(0, Quantity::MAX, Needle::Unpromised);
            }
        } else {
            self.search(touched, site, &outlook, &mut found);
        }
        for part in found.parts {
            let line = self.parts[part as usize].line;
            // A line that waits in several parts has the date of the last.
            if self.last_waiting(line, touched.site) == Some(part) && self.falls_behind(line, part) {
                changed.push(line);
            }
        }
    }

    /// Whether a line's units that this queue is to bring come too late for its promise. A line that
    /// wants units of several queues, or ships with others, is looked at where that is so.
    fn falls_behind(&self, line: u32, part: u32) -> bool {
        let record = &self.lines[line as usize];
        let alone = record.first_leg == NONE && self.demand_of_line(record).fulfilment != Fulfilment::Order;
        alone || {
            let ships = self.part_date(part, self.ahead_of_part(part), self.at());
            self.is_late(line, ships)
        }
    }

    /// Whether a date is too late for a line's promise, or there is none.
    fn is_late(&self, line: u32, ships: ShipDate) -> bool {
        let promise = self.lines[line as usize].promise;
        promise == NEVER || ships.date.is_none_or(|date| date >= self.end_of_local_day(line, promise))
    }

    /// The day of a date at a site; no date is later than any.
    fn day_at(&self, site: &Site, date: Option<Instant>) -> Day {
        date.map_or(NO_PROMISE, |date| self.local_day(site.location, date))
    }

    /// Whether who must leave units stands among those that need not, so that no stretch of the queue
    /// has one date.
    fn has_no_order(&self, site: &Site) -> bool {
        let settings = &self.items[site.item as usize].settings;
        settings.is_protected() && !settings.protection.is_empty()
    }

    /// Searches the stretches of the queue that may have become later, by the dates they have now.
    fn search(&self, touched: &Touched, site: &Site, outlook: &Outlook, found: &mut Found) {
        let settings = &self.items[site.item as usize].settings;
        let curve = &outlook.curve;
        let (mut from, mut upto, mut shift) = (touched.from, touched.upto, touched.shift);
        // What time alone has changed: overdue supply comes later each day, and may come to count
        // for nothing.
        let drifts = curve.upto_overdue() > 0;
        let seen = || site.curve.at(site.seen_at, settings.overdue).ignored();
        let missed = site.expected.is_none() && curve.ignored() != seen();
        if missed || drifts || touched.anew {
            (from, upto, shift) = (0, Touched::ALL, Touched::ALL);
        }
        let (alike, protected);
        let classes: &[Class] = if settings.protection.is_empty() && !settings.is_overtaken() {
            alike = [Class { reserve: 0, best: 0, upto: self.waits_now(site) }];
            &alike
        } else {
            protected = self.classes(site);
            &protected
        };
        let mut begin = 0;
        for class in classes {
            // The unit at a depth comes with the unit of supply that lies so much further on.
            let debt = class.reserve as i64 - outlook.start;
            let stretch = Stretch {
                from: from.max(begin),
                end: class.upto.min(upto),
                whole_end: class.upto,
                shift,
                debt,
            };
            let seen;
            let outlook = if settings.is_overtaken() {
                let calendar = self.calendar_at(site.location);
                seen = site.outlook(settings, calendar, At::promised(self.log.at).by(class.best));
                &seen
            } else {
                outlook
            };
            self.search_class(touched, site, outlook, stretch, begin, found);
            begin = class.upto;
        }
        // Orders for later stand behind all others; each has a date of its own.
        found.range(begin, Touched::ALL);
    }

    fn search_class(
        &self,
        touched: &Touched,
        site: &Site,
        outlook: &Outlook,
        stretch: Stretch,
        begin: Quantity,
        found: &mut Found,
    ) {
        let settings = &self.items[site.item as usize].settings;
        let (curve, totals, now) = (&outlook.curve, site.root.totals(), self.log.at);
        let Stretch { from, end, whole_end, shift, debt } = stretch;
        let unit = |depth: Quantity| (depth as i64 + debt + 1).max(1) as Quantity;
        let depth_of = |unit: Quantity| (unit as i64 - debt).max(0) as Quantity;
        let covered = depth_of(curve.total()).min(whole_end);
        if self.calendar_at(site.location).is_some() {
            // What is there, and waits, may have missed a dispatch.
            let day = self.day_at(site, outlook.leaves(now));
            found.collect(begin, depth_of(0).min(whole_end), Needle::PromisedBefore(day));
        }
        let mut depth = from;
        while depth < end.min(covered) {
            let Some(piece) = curve.piece(unit(depth)) else { break };
            let upto = depth_of(piece.upto).min(whole_end);
            #[cfg(feature = "canary")]
            let upto = upto.saturating_sub(Quantity::from(self.does(super::Fault::CutSupplyOneOff)));
            let day = self.day_at(site, piece.date.and_then(|date| outlook.leaves(date)));
            if totals.earliest_promise < day {
                found.collect(depth, upto.min(depth.saturating_add(shift)), Needle::PromisedBefore(day));
            }
            depth = upto.max(depth + 1);
        }
        let covered = covered.max(begin);
        if covered < whole_end {
            let beyond = covered.max(from);
            let upto = end.min(beyond.saturating_add(shift));
            match &settings.replenishment {
                None if beyond < upto => {
                    found.collect(beyond, upto, Needle::PromisedBefore(NO_PROMISE));
                }
                None => {}
                Some(replenishment) => {
                    let lead_days = replenishment.lead_time_days;
                    let last = self.day_at(site, curve.last_date().and_then(|date| outlook.leaves(date)));
                    let last_upto = covered.saturating_add(shift).min(whole_end);
                    let lead = lead_days.saturating_mul(DAY_MS);
                    let may_never_come = now.saturating_add(lead) > MAX_SAFE;
                    let made = replenishment.capacity_per_day.is_some() || may_never_come;
                    if self.calendar_at(site.location).is_some() {
                        // How long what is there waits to leave hangs on its day.
                        found.range(beyond, last_upto.max(if made { end } else { upto }));
                    } else if made {
                        // Each has the day of its own unit, which is a later one for whoever stands
                        // behind, or, of those placed too late for one, none.
                        found.range(beyond, upto);
                        let first = (curve.total() as i64).saturating_sub(debt);
                        found.made_too_late(upto, end, first, replenishment);
                        found.collect(beyond, last_upto, Needle::PromisedBefore(last));
                    } else if upto == last_upto {
                        found.collect(beyond, upto, Needle::Short { days: lead_days as i32, day: last });
                    } else {
                        found.collect(beyond, upto, Needle::SlackBelow(lead_days as i32));
                        found.collect(beyond, last_upto, Needle::PromisedBefore(last));
                    }
                    found.collect(covered, whole_end, Needle::PlacedBefore(now.saturating_sub(lead)));
                }
            }
        }
        // A preorder without a date has none for its own lines; those of kits ship by the kit's release.
        let dated = settings.release().is_some() || !self.items[site.item as usize].used_in.is_empty();
        if totals.unpromised > 0 && dated {
            let anew = touched.assumed_anew || touched.anew || dates_come_to_be_beyond(settings, curve);
            found.collect(begin, if anew { whole_end } else { covered }, Needle::Unpromised);
        }
    }
}

/// Whether a date may come to be beyond what is scheduled though assumed supply is what it was: where a
/// unit further on is made later than one whose day has passed, or where all had to wait for overdue
/// supply that comes beyond the last instant there is, and that is gone.
fn dates_come_to_be_beyond(settings: &ItemSettings, curve: &CurveAt) -> bool {
    let made = settings.replenishment.as_ref().is_some_and(|made| made.capacity_per_day.is_some());
    made || curve.overdue_never_comes()
}

/// A stretch of the queue, by the units that wait before its ends.
#[derive(Clone, Copy)]
struct Stretch {
    /// What is to be looked at.
    from: Quantity,
    end: Quantity,
    /// Where those that must leave the same end.
    whole_end: Quantity,
    shift: Quantity,
    /// How much further on the unit of supply lies that serves a depth.
    debt: i64,
}

/// Parts found in the queue, with their depth, which is their order.
struct Found<'e> {
    forest: &'e super::rank_tree::RankForest,
    root: &'e super::rank_tree::Root,
    parts: Vec<u32>,
}

impl Found<'_> {
    /// Every match after a depth, up to one.
    fn collect(&mut self, after: Quantity, upto: Quantity, needle: Needle) {
        let mut after = after;
        while let Some((part, depth)) = self.forest.find(self.root, after, upto, needle) {
            self.parts.push(part);
            after = depth;
        }
    }

    /// Every part that waits for units after a depth, up to one.
    fn range(&mut self, after: Quantity, upto: Quantity) {
        let mut next = self.forest.at_quantity(self.root, after.saturating_add(1)).map(|(part, _)| part);
        let mut depth = next.map_or(upto, |part| self.forest.ahead(self.root, part));
        while let Some(part) = next
            && depth < upto
        {
            self.parts.push(part);
            depth += self.forest.entry(part).waiting;
            next = self.forest.next_waiting(self.root, part);
        }
    }

    /// Every part that ends after a depth, up to one, and is promised for an earlier day than that on
    /// which its last unit is made, units being made from the depth `first` on: day by day of making.
    fn made_too_late(&mut self, after: Quantity, upto: Quantity, first: i64, made: &Replenishment) {
        let Replenishment { lead_time_days, batch, capacity_per_day, .. } = *made;
        let mut after = after;
        while after < upto
            && let Some((part, ahead)) = self.forest.at_quantity(self.root, after.saturating_add(1))
        {
            let depth = ahead + self.forest.entry(part).waiting;
            let x = (depth as i64).saturating_sub(first).max(1) as Quantity;
            let days = lead_time_days.saturating_add(extra_days(x, batch, capacity_per_day));
            let end = last_of_the_day(x, batch, capacity_per_day)
                .saturating_add_signed(first)
                .clamp(depth, upto.max(depth));
            self.collect(after, end, Needle::SlackBelow(days.min(i32::MAX as u64) as i32));
            after = end;
        }
    }

    /// Every part promised before a day, and those without a promise.
    fn look_for(&mut self, day: Day) {
        self.collect(0, Quantity::MAX, Needle::PromisedBefore(day));
        self.collect(0, Quantity::MAX, Needle::Unpromised);
    }

    /// Every part that waits.
    fn all(&mut self) {
        let mut next = self.forest.first_waiting(self.root);
        while let Some(part) = next {
            self.parts.push(part);
            next = self.forest.next_waiting(self.root, part);
        }
    }
}
