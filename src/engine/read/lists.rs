//! Listings, by page.

use super::{OrderState, Page};
use crate::engine::Engine;
use crate::model::outcome::NONE;
use crate::model::settings::ItemSettings;
use crate::model::view::{QueueRow, SupplyView};
use alloc::vec::Vec;

impl Engine {
    /// What waits for an item, orders and holds, in the order in which it will be served: at one
    /// location, or location by location. Orders for later come after the others of their location.
    pub fn queue(&self, sku: &str, location: Option<&str>, page: Page) -> Vec<QueueRow<'_>> {
        let Some(item) = self.skus.find(sku) else { return Vec::new() };
        let sites: Vec<u32> = match location {
            None => self.sites_in_order(item).collect(),
            Some(name) => {
                let named = self.location_named(name).and_then(|location| self.site_at(item, location));
                named.into_iter().collect()
            }
        };
        let mut rows = Vec::new();
        let mut passed = page.offset;
        for site in sites {
            let waiting = u64::from(self.sites[site as usize].root.totals().waiting_parts);
            if passed >= waiting {
                passed -= waiting;
                continue;
            }
            self.queue_rows(site, core::mem::take(&mut passed), page.limit, &mut rows);
        }
        rows
    }

    /// Rows of one queue from the n-th on, until there are so many.
    fn queue_rows<'e>(&'e self, site: u32, from: u64, limit: u64, rows: &mut Vec<QueueRow<'e>>) {
        let record = &self.sites[site as usize];
        let location = self.locations.name(record.location);
        let root = &record.root;
        let mut next = self.forest.nth_waiting(root, from);
        let mut ahead = next.map_or(0, |part| self.forest.ahead(root, part));
        while let Some(part) = next
            && (rows.len() as u64) < limit
        {
            let quantity = self.forest.entry(part).waiting;
            let line = &self.lines[self.parts[part as usize].line as usize];
            let demand = self.demand_of_line(line);
            let hold = demand.is_hold().then(|| self.hold_ids.name(demand.hold));
            rows.push(QueueRow {
                order: (demand.order != NONE).then(|| self.order_ids.name(demand.order)),
                hold,
                line: self.line_names.name(line.name),
                location,
                quantity,
                ahead: if self.is_set_apart(part) { self.ahead_once_due(part) } else { ahead },
            });
            ahead += quantity;
            next = self.forest.next_waiting(root, part);
        }
    }

    /// The items and their settings, in the order in which they were defined.
    pub fn items(&self, page: Page) -> Vec<(&str, &ItemSettings)> {
        let (offset, limit) = page.bounds();
        let items = self.items.iter().zip(0..).skip(offset).take(limit);
        items.map(|(item, number)| (self.skus.name(number), &item.settings)).collect()
    }

    /// The orders, in the order in which they were placed; archived ones are left out.
    pub fn orders(&self, page: Page, state: Option<OrderState>) -> Vec<&str> {
        let (offset, limit) = page.bounds();
        let listed = |demand: u32| {
            let open = self.demands.get(demand as usize).map(|demand| demand.open_lines > 0);
            match state {
                None => open.is_some(),
                Some(OrderState::Open) => open == Some(true),
                Some(OrderState::Closed) => open == Some(false),
            }
        };
        let orders = self.orders.iter().zip(0..).filter(|(known, _)| listed(known.demand));
        orders.skip(offset).take(limit).map(|(_, number)| self.order_ids.name(number)).collect()
    }

    /// The supplies of an item, in the order in which they were scheduled; archived ones are left out.
    pub fn supplies(&self, sku: &str, page: Page) -> Vec<SupplyView<'_>> {
        let Some(item) = self.skus.find(sku) else { return Vec::new() };
        let (offset, limit) = page.bounds();
        let supplies = self.items[item as usize].supplies.iter().skip(offset).take(limit);
        let view = |&number: &u32| {
            let supply = &self.supplies[number as usize];
            SupplyView {
                supply: self.supply_ids.name(number),
                location: self.locations.name(self.sites[supply.site as usize].location),
                open: supply.open,
                received: supply.received,
                due: supply.due,
                supplier: (supply.supplier != NONE).then(|| self.supplier_ids.name(supply.supplier)),
                state: supply.state,
            }
        };
        supplies.map(view).collect()
    }
}
