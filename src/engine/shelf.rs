//! Lines that got all their units when they were placed, which most do.
//!
//! They wait for nothing, so they need no place in the queue: they are only linked to each other,
//! site by site, and summed. What asks for their rank (a count that finds too little, another
//! release date, added units) first puts them into the queue as one part, where they then stay.
//! Only lines of one place, and not of kits, stand here.

use super::Engine;
use super::parts::Begin;
use super::store::Site;
use crate::model::outcome::NONE;
use crate::model::units::Quantity;

impl Site {
    /// Units set aside for orders.
    pub fn allocated(&self) -> Quantity {
        self.root.totals().allocated + self.shelved_allocated
    }

    /// Units set aside for holds.
    pub fn held(&self) -> Quantity {
        self.root.totals().held + self.shelved_held
    }

    /// What lines outside the queue have, holds or orders.
    pub fn shelved_sum(&mut self, held: bool) -> &mut Quantity {
        if held { &mut self.shelved_held } else { &mut self.shelved_allocated }
    }
}

impl Engine {
    /// Whether a line stands outside the queue.
    pub(crate) fn is_shelved(&self, line: u32) -> bool {
        let record = &self.lines[line as usize];
        record.first_part == NONE && record.allocated > 0
    }

    /// Links a line that has no part, and counts what it has.
    pub(crate) fn shelve(&mut self, line: u32) {
        let record = &mut self.lines[line as usize];
        let site = &mut self.sites[record.site as usize];
        let held = self.demands[record.demand as usize].is_hold();
        *site.shelved_sum(held) += record.allocated;
        self.items[site.item as usize].wanted += record.allocated;
        (record.shelf_before, record.shelf_after) = (NONE, site.first_shelved);
        let after = core::mem::replace(&mut site.first_shelved, line);
        if let Some(after) = self.lines.get_mut(after as usize) {
            after.shelf_before = line;
        }
    }

    /// Counts off units that a shelved line gives up; with none left it is linked no more.
    pub(crate) fn take_from_shelf(&mut self, line: u32, quantity: Quantity) {
        let record = self.lines[line as usize];
        let site = &mut self.sites[record.site as usize];
        *site.shelved_sum(self.demands[record.demand as usize].is_hold()) -= quantity;
        self.items[site.item as usize].wanted -= quantity;
        if quantity < record.allocated {
            return;
        }
        let (before, after) = (record.shelf_before, record.shelf_after);
        match self.lines.get_mut(before as usize) {
            Some(before) => before.shelf_after = after,
            None => site.first_shelved = after,
        }
        if let Some(after) = self.lines.get_mut(after as usize) {
            after.shelf_before = before;
        }
    }

    /// What a hold had is an order's now.
    pub(crate) fn shelf_confirmed(&mut self, line: u32) {
        let record = &self.lines[line as usize];
        let site = &mut self.sites[record.site as usize];
        site.shelved_held -= record.allocated;
        site.shelved_allocated += record.allocated;
    }

    /// Puts a shelved line into the queue, at the rank that it has had all along.
    pub(crate) fn enqueue(&mut self, line: u32) {
        if !self.is_shelved(line) {
            return;
        }
        let record = self.lines[line as usize];
        self.take_from_shelf(line, record.allocated);
        let demand = self.demands[record.demand as usize];
        let begin = Begin { site: record.site, waiting: 0, set_aside: record.allocated, beyond: 0 };
        self.enter_part(line, begin, &demand.terms(), demand.sequence);
    }

    /// Puts all shelved lines of a site into its queue.
    pub(crate) fn enqueue_all(&mut self, site: u32) {
        while self.sites[site as usize].first_shelved != NONE {
            self.enqueue(self.sites[site as usize].first_shelved);
        }
    }
}
