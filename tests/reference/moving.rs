//! Units go to another location, or become others (`relocate`, `substitute`).

use super::amending::First;
use super::dates::Seen;
use super::demand::is_too_late;
use super::records::{Entry, Part, Place};
use super::serve::Gifts;
use super::{Refusal, Shop, Touched, refuse};
use backorder::model::command::Fulfilment;
use backorder::model::outcome::{EventKind, Reason};
use backorder::model::units::{Instant, Quantity};

impl Shop {
    pub(super) fn relocate(
        &mut self,
        order: &str,
        line: &str,
        (from, to): (Option<&str>, &str),
        quantity: Option<Quantity>,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let index = self.line_index(demand, line, "line")?;
        if let Some(from) = from {
            self.find_location(Some(from), "from")?;
        }
        self.find_location(Some(to), "to")?;
        let record = self.line(demand, index);
        if record.is_closed() {
            let cancelled = record.cancelled > 0;
            let reason = if cancelled { Reason::AlreadyCancelled } else { Reason::AlreadyShipped };
            return refuse(reason, "line");
        }
        let sources = match from {
            Some(from) => vec![from.to_owned()],
            None => record.shipped_from.iter().map(|(at, _)| at.clone()).filter(|at| at != to).collect(),
        };
        let open: Quantity = sources.iter().map(|from| record.left_at(from)).sum();
        let quantity = quantity.unwrap_or(open);
        if quantity == 0 || quantity > open {
            return refuse(Reason::NotAllocated, "quantity");
        }
        Ok(self.move_units((demand, index), &sources, to, quantity, now))
    }

    /// Units of a line go to another location, where they have the rank that they had: waiting ones
    /// first. What is set aside of them stays behind, and others are taken there.
    pub(super) fn move_units(
        &mut self,
        (demand, line): (usize, usize),
        sources: &[String],
        to: &str,
        quantity: Quantity,
        now: Instant,
    ) -> Touched {
        let mut left = self.places_of(demand, line);
        left.retain(|place| sources.contains(&place.location));
        let before = self.line(demand, line).parts.clone();
        let waited = self.line(demand, line).waiting_at(to);
        let leaves = |location: &str| sources.iter().any(|from| from == location);
        let mut freed = self.want_less(demand, line, quantity, (First::Listed, &leaves));
        freed.sort_by_key(|(location, _)| left.iter().position(|place| place.location == *location));
        for (location, units) in freed {
            self.tell_units(now, EventKind::LineDeallocated, (demand, line), &location, units);
        }
        let after = &self.line(demand, line).parts;
        let wanted = |parts: &[Part], at: &str| -> Quantity {
            parts.iter().filter(|part| part.location == at).map(|part| part.wanted).sum()
        };
        left.retain(|place| wanted(after, &place.location) < wanted(&before, &place.location));
        let moved = before.iter().map(|part| {
            let same = |other: &&Part| other.rank() == part.rank() && other.location == part.location;
            let stays = after.iter().find(same).map_or(0, |part| part.wanted);
            let entries = part.entries.iter();
            let entries =
                entries.map(|entry| Entry { allocated: 0, beyond: None, ..entry.clone() }).collect();
            Part { location: to.to_owned(), wanted: part.wanted - stays, entries, ..part.clone() }
        });
        let moved: Vec<Part> = moved.filter(|part| part.wanted > 0).collect();
        self.demands[demand].lines[line].add_parts(moved);
        let mut touched = Touched::queues(self.take_there(demand, line, to, now)).unserved();
        touched.add_queues(left);
        let waits = self.line(demand, line).waiting_at(to).saturating_sub(waited);
        if waits > 0 {
            self.tell_units(now, EventKind::LineBackordered, (demand, line), to, waits);
        }
        touched.lines.push((demand, line));
        touched
    }

    /// A line takes what is there for it at a location, and says so.
    fn take_there(&mut self, demand: usize, line: usize, location: &str, now: Instant) -> Vec<Place> {
        let mut entries = self.entries_of(demand, line);
        entries.retain(|&at| self.part(at).location == location);
        self.use_places_of(demand, line);
        let mut gifts = Gifts::default();
        let mut places = Vec::new();
        for at in entries {
            places.push(self.place_of(at));
            if self.is_for_later(at) || self.lacks(at) == 0 {
                continue;
            }
            if self.skips(at) {
                self.give_all_or_nothing(at, now, &mut gifts);
            } else {
                self.give(at, self.may_take(at, now), now, &mut gifts);
            }
        }
        self.tell_gifts(&gifts, now);
        places.extend(gifts.places);
        places
    }

    /// The line shall have another item: each part keeps its place and its rank.
    pub(super) fn substitute(
        &mut self,
        order: &str,
        line: &str,
        sku: &str,
        now: Instant,
    ) -> Result<Touched, Refusal> {
        let demand = self.order_index(order)?;
        let index = self.line_index(demand, line, "line")?;
        self.known_item(sku, "sku")?;
        let record = self.line(demand, index);
        if record.sku == sku || !self.settings(&record.sku).substitutes.iter().any(|known| known == sku) {
            return refuse(Reason::NotASubstitute, "sku");
        }
        if record.cancelled > 0 {
            return refuse(Reason::AlreadyCancelled, "line");
        }
        if record.shipped() > 0 {
            return refuse(Reason::AlreadyShipped, "line");
        }
        let mut without = self.clone();
        without.demands[demand].lines[index].parts.clear();
        if !without.has_numbers_for(sku, record.quantity) {
            return refuse(Reason::LimitExceeded, "sku");
        }
        let wanted = self.demands[demand].units_wanted(sku) + u128::from(record.quantity);
        if self.settings(sku).max_per_order.is_some_and(|most| wanted > u128::from(most)) {
            return refuse(Reason::MaxPerOrder, "sku");
        }

        // What it gives up goes to who waits for that, not to itself: it is put away meanwhile.
        let old_places = self.places_of(demand, index);
        let given_up = self.put_away(demand, index);
        let mut whole = self.clone();
        whole.take_substitute(demand, index, sku, true, now);
        let together = whole.shipped_together(demand, index);
        if together.into_iter().all(|at| whole.lacks(at) == 0) {
            *self = whole;
        } else {
            self.take_substitute(demand, index, sku, false, now);
        }
        let lacking = |leaf: &str| {
            let entries = self.entries_of(demand, index).into_iter();
            entries.filter(|&at| self.entry(at).sku == leaf).map(|at| self.lacks(at)).sum()
        };
        let mut without = self.clone();
        without.demands[demand].lines[index].parts.clear();
        let may_wait = without.may_wait(sku, &lacking);
        may_wait.map_err(|refusal| Refusal { path: Some("sku".to_owned()), ..refusal })?;
        let (own, mut together) = self.date_with_new((demand, index), None, now);
        if is_too_late(own.date, self.demands[demand].shipping.latest) {
            return refuse(Reason::TooLate, "sku");
        }
        for (place, units) in given_up {
            if let Some(stand) = self.stand_mut(&place) {
                stand.on_hand += units;
            }
        }
        // What it gave up goes to who is ahead of it, and may still come to itself: so it is dated, but
        // where promises are kept as new demand is.
        let mut settled = self.clone();
        for place in &old_places {
            settled.serve(place, now);
        }
        if !self.made_of(sku).iter().any(|(leaf, _)| self.keeps_promises(leaf)) {
            together = settled.date_with_new((demand, index), None, now).1;
        }
        for part in self.line(demand, index).parts.clone() {
            self.tally.count_wait(part.whole(), part.placed_at, now);
        }
        self.tell_substituted(demand, index, now);
        self.hold_against(demand, index, true, together.date, now);
        self.forget_unpromised(demand, index);
        let mut touched = Touched::queues(self.places_of(demand, index)).unserved();
        touched.unserved.retain(|place| !old_places.contains(place));
        touched.add_queues(old_places);
        Ok(touched)
    }

    /// Takes from the shelves what is set aside for a line, and says what that is.
    fn put_away(&mut self, demand: usize, line: usize) -> Vec<(Place, Quantity)> {
        let entries = self.entries_of(demand, line).into_iter();
        let set_aside: Vec<_> = entries.map(|at| (self.place_of(at), self.entry(at).allocated)).collect();
        for (place, units) in &set_aside {
            if let Some(stand) = self.stand_mut(place) {
                stand.on_hand -= units;
            }
        }
        for part in &mut self.demands[demand].lines[line].parts {
            part.entries.iter_mut().for_each(|entry| entry.allocated = 0);
        }
        set_aside
    }

    /// The parts of a line, one after the other, take what there is of the new item.
    fn take_substitute(&mut self, demand: usize, line: usize, sku: &str, collects: bool, now: Instant) {
        let made_of = self.made_of(sku);
        let record = &mut self.demands[demand].lines[line];
        record.sku = sku.to_owned();
        let parts = std::mem::take(&mut record.parts);
        // What it had left wholly before is none of the other item's places.
        record.shipped_from.retain(|(at, _)| parts.iter().any(|part| part.location == *at));
        // A line that ships by itself or with its order alone decides whether it takes all or nothing.
        let partial = self.demands[demand].shipping.fulfilment == Fulfilment::Partial;
        for part in parts {
            let entry = |(leaf, per): &(String, Quantity)| {
                let place = Place::new(leaf, &part.location);
                let there = self.new_may_take(&place, demand, collects || partial, now);
                let allocated = there.min(part.wanted * per);
                Entry { sku: leaf.clone(), per: *per, allocated, beyond: None }
            };
            let entries = made_of.iter().map(entry).collect();
            self.demands[demand].lines[line].add_parts(vec![Part { entries, ..part }]);
        }
        self.use_places_of(demand, line);
    }

    fn tell_substituted(&mut self, demand: usize, line: usize, now: Instant) {
        let record = self.line(demand, line);
        let (location, quantity) = (record.first_location().map(str::to_owned), record.quantity);
        let by_location = record.by_location().into_iter();
        let by_location: Vec<_> =
            by_location.map(|(at, allocated, waits, _)| (at.to_owned(), allocated, waits)).collect();
        self.tell_line(now, EventKind::LineSubstituted, (demand, line), location, Some(quantity));
        // Place by place: what it takes there, and what waits there.
        for (location, allocated, waits) in &by_location {
            for (kind, units) in
                [(EventKind::LineAllocated, *allocated), (EventKind::LineBackordered, *waits)]
            {
                if units > 0 {
                    self.tell_units(now, kind, (demand, line), location, units);
                }
            }
        }
        self.tell_if_ready(now, (demand, line));
    }
}
