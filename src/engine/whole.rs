//! Lines and orders that take nothing before they can have all (`wholeLines: "skip"`, rules §5).

use super::Engine;
use super::serve::Handed;
use crate::model::command::Fulfilment;
use crate::model::units::Quantity;
use alloc::vec::Vec;

impl Engine {
    /// Whether lines that ship whole take nothing here before they can have all.
    pub(crate) fn skips(&self, site: u32) -> bool {
        self.items[self.sites[site as usize].item as usize].skips_whole_lines()
    }

    /// The lines that ship, and may take units, together with this one: its order's where that ships whole.
    pub(crate) fn taken_together(&self, line: u32) -> core::ops::Range<u32> {
        let demand = self.demand_of_line(&self.lines[line as usize]);
        match demand.fulfilment {
            Fulfilment::Order => demand.lines(),
            Fulfilment::Partial | Fulfilment::Line => line..line + 1,
        }
    }

    /// Gives a part, and whatever is to be taken with it, all that they wait for, if that can be.
    pub(crate) fn give_whole(&mut self, part: u32, served: &mut Vec<Handed>) {
        let lines = self.taken_together(self.parts[part as usize].line);
        let parts: Vec<u32> = lines.flat_map(|line| self.parts_of(line)).collect();
        let parts: Vec<u32> = parts.into_iter().filter(|&part| self.forest.entry(part).waiting > 0).collect();
        if self.can_have_all(&parts) {
            for part in parts {
                self.give_and_note(part, Quantity::MAX, served);
            }
        }
    }

    /// Whether each of these parts can have all it waits for, all at once. What collects its units
    /// as they come has those that there are.
    pub(crate) fn can_have_all(&self, parts: &[u32]) -> bool {
        let mut needs: Vec<(u32, Quantity)> = Vec::new();
        for &part in parts {
            let site = self.parts[part as usize].site;
            let waiting = self.forest.entry(part).waiting;
            match needs.iter_mut().find(|(other, _)| *other == site) {
                Some((_, sum)) => *sum += waiting,
                None => needs.push((site, waiting)),
            }
        }
        needs.into_iter().all(|(site, units)| {
            let record = &self.sites[site as usize];
            let settings = &self.items[record.item as usize].settings;
            let first = parts.iter().find(|&&part| self.parts[part as usize].site == site);
            let reserve = first.map_or(0, |&part| settings.reserve(self.priority_of(part)));
            self.skips(site) && record.available(settings) >= units.saturating_add(reserve)
        })
    }

    /// After some lines were given units: those that wait for others of their order, which may have
    /// been the last, are looked at.
    pub(crate) fn serve_companions(&mut self, served: &[Handed]) {
        let begun = core::mem::take(&mut self.begun_kits);
        for line in served.iter().map(|row| row.line).chain(begun) {
            let demand = self.demand_of_line(&self.lines[line as usize]);
            if demand.fulfilment != Fulfilment::Partial && demand.waiting_lines > 0 {
                self.serve_skipped(line);
            }
        }
    }

    /// Looks again at what a line, or its order, waits for at sites where it takes all or nothing.
    pub(crate) fn serve_skipped(&mut self, line: u32) {
        let mut sites: Vec<u32> = Vec::new();
        for part in self.taken_together(line).flat_map(|line| self.parts_of(line)) {
            let site = self.parts[part as usize].site;
            if self.forest.entry(part).waiting > 0 && self.skips(site) && !sites.contains(&site) {
                sites.push(site);
            }
        }
        sites.into_iter().for_each(|site| self.serve(site));
    }
}
