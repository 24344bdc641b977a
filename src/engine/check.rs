//! What is wrong with a command by itself, whatever the state: `invalidCommand`, then
//! `limitExceeded` (rules §12). Shapes are checked where text or objects are decoded; this is what
//! a Rust caller can get wrong too.

mod calendar;
mod notices;

use super::{names, refuse};
use crate::model::command::{
    Body, Command, OrderLine, OrderSettings, RebalanceRule, ShipLine, ShippingSettings,
};
use crate::model::ids::IdMap;
use crate::model::outcome::{Reason, Rejection};
use crate::model::settings::*;
use crate::model::units::{
    Instant, MAX_DAYS, MAX_ID_BYTES, MAX_LINES, MAX_LISTED, MAX_PROTECTION_LEVELS, MAX_SAFE, Quantity,
};
use Path::{Field, Item, Name};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Checks a command and its instant.
pub(crate) fn command(command: &Command, now: Instant) -> Result<(), Rejection> {
    let mut check = Check::default();
    check.instant(&Name("now"), now);
    check.optional_id(&Name("key"), command.key);
    check.body(&command.body, now);
    check.finish()
}

/// Checks an order that is to be placed.
pub(crate) fn order(
    order: &str,
    lines: &[OrderLine],
    settings: &OrderSettings,
    now: Instant,
) -> Result<(), Rejection> {
    let mut check = Check::default();
    check.instant(&Name("now"), now);
    check.placement(order, lines, settings);
    check.finish()
}

/// Checks the lines and settings of an order that is only quoted.
pub(crate) fn cart(lines: &[OrderLine], settings: &OrderSettings, now: Instant) -> Result<(), Rejection> {
    let mut check = Check::default();
    check.instant(&Name("now"), now);
    check.lines(lines);
    check.order(settings);
    check.finish()
}

/// Where a value stands, written out only when something is wrong there.
enum Path<'p> {
    Name(&'p str),
    Item(&'p Path<'p>, usize),
    Field(&'p Path<'p>, &'p str),
}

impl Path<'_> {
    fn text(&self) -> String {
        match *self {
            Name(name) => name.into(),
            Item(list, place) => format!("{}[{place}]", list.text()),
            Field(object, name) => format!("{}.{name}", object.text()),
        }
    }
}

const LINES: Path = Name("lines");

/// Notes what is wrong and goes on, so that a command is checked from top to bottom without a branch. The first
/// that is invalid counts; if none is, the first limit that is exceeded.
#[derive(Default)]
struct Check {
    invalid: Option<Rejection>,
    limit: Option<Rejection>,
}

impl Check {
    fn finish(self) -> Result<(), Rejection> {
        self.invalid.or(self.limit).map_or(Ok(()), Err)
    }

    fn body(&mut self, body: &Body, now: Instant) {
        match body {
            Body::DefineItem { sku, settings } => {
                self.id(&Name("sku"), sku);
                self.item(settings)
            }
            Body::DefineLocation { location, calendar, transit } => {
                self.id(&Name("location"), location);
                calendar.iter().flatten().for_each(|calendar| self.calendar(calendar));
                transit.iter().flatten().for_each(|transit| self.transit(transit));
            }
            Body::DefineSupplier { supplier, lateness_days } => {
                self.id(&Name("supplier"), supplier);
                for (place, days) in lateness_days.iter().flatten().flatten().enumerate() {
                    self.days(&Item(&Name("lateness"), place), days.unsigned_abs());
                }
            }
            Body::Receive { sku, location, quantity, supply } => {
                self.id(&Name("sku"), sku);
                self.optional_id(&Name("location"), *location);
                self.optional_id(&Name("supply"), *supply);
                self.some(&Name("quantity"), *quantity)
            }
            Body::Count { sku, location, on_hand } => {
                self.id(&Name("sku"), sku);
                self.optional_id(&Name("location"), *location);
                self.number(&Name("onHand"), *on_hand)
            }
            Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
                self.id(&Name("supply"), supply);
                self.id(&Name("sku"), sku);
                self.optional_id(&Name("location"), *location);
                self.optional_id(&Name("supplier"), *supplier);
                self.some(&Name("quantity"), *quantity);
                self.instant(&Name("due"), *due)
            }
            Body::RescheduleSupply { supply, due, quantity } => {
                self.id(&Name("supply"), supply);
                self.instant(&Name("due"), due.unwrap_or(0));
                self.number(&Name("quantity"), quantity.unwrap_or(0))
            }
            Body::CancelSupply { supply } => self.id(&Name("supply"), supply),
            Body::PlaceOrder { order, lines, settings } => self.placement(order, lines, settings),
            Body::HoldStock { hold, lines, ttl_ms, .. } => {
                self.id(&Name("hold"), hold);
                self.some(&Name("ttl"), *ttl_ms);
                self.lines(lines);
                if now.saturating_add(*ttl_ms) > MAX_SAFE {
                    self.exceeded(&Name("ttl"), "the hold would end after the last instant there is");
                }
            }
            Body::ConfirmHold { hold, order, segment, ship_to, settings, notices } => {
                self.id(&Name("hold"), hold);
                self.id(&Name("order"), order);
                self.optional_id(&Name("segment"), *segment);
                self.optional_id(&Name("shipTo"), *ship_to);
                self.notices(notices.as_deref());
                self.shipping(settings)
            }
            Body::ReleaseHold { hold } => self.id(&Name("hold"), hold),
            Body::AmendLine { order, line, quantity } => {
                self.id(&Name("order"), order);
                self.id(&Name("line"), line);
                self.some(&Name("quantity"), *quantity)
            }
            Body::AmendOrder { order, not_before, latest, ship_to, .. } => {
                self.id(&Name("order"), order);
                self.optional_id(&Name("shipTo"), ship_to.flatten());
                self.instant(&Name("notBefore"), not_before.flatten().unwrap_or(0));
                self.instant(&Name("latest"), latest.flatten().unwrap_or(0))
            }
            Body::Relocate { order, line, from, to, quantity } => {
                self.id(&Name("order"), order);
                self.id(&Name("line"), line);
                self.optional_id(&Name("from"), *from);
                self.id(&Name("to"), to);
                self.some(&Name("quantity"), quantity.unwrap_or(1));
                if *from == Some(to) {
                    self.invalid(&Name("to"), "the units are there already; name another location");
                }
            }
            Body::Reprioritise { order, .. } | Body::Freeze { order, .. } => self.id(&Name("order"), order),
            Body::Substitute { order, line, sku } => {
                self.id(&Name("order"), order);
                self.id(&Name("line"), line);
                self.id(&Name("sku"), sku)
            }
            Body::CancelOrder { order, lines } => {
                self.id(&Name("order"), order);
                lines.iter().for_each(|lines| self.line_names(lines));
            }
            Body::Ship { order, lines } => {
                self.id(&Name("order"), order);
                lines.iter().for_each(|lines| self.shipped(lines));
            }
            Body::Return { order, line, quantity, location, .. } => {
                self.id(&Name("order"), order);
                self.id(&Name("line"), line);
                self.optional_id(&Name("location"), *location);
                self.some(&Name("quantity"), *quantity)
            }
            Body::Rebalance { skus, rules } => {
                skus.iter().for_each(|skus| self.some_ids(&Name("skus"), skus));
                self.rules(rules)
            }
            Body::DefineRegime { .. }
            | Body::NoticeSent { .. }
            | Body::Respond { .. }
            | Body::Refunded { .. } => self.about_notices(body),
            Body::Archive { before } => self.instant(&Name("before"), *before),
            Body::Tick => {}
        }
    }

    fn item(&mut self, settings: &ItemChange) {
        if let Some(Some(Backorders::Limit(limit))) = settings.backorders {
            self.number(&Name("backorders.limit"), limit);
        }
        self.number(&Name("maxPerOrder"), settings.max_per_order.flatten().unwrap_or(0));
        self.number(&Name("safetyStock"), settings.safety_stock.flatten().unwrap_or(0));
        if let Some(Some(days)) = settings.ageing_days {
            self.some(&Name("ageingDays"), days);
            self.days(&Name("ageingDays"), days);
        }
        if let Some(Some(replenishment)) = &settings.replenishment {
            self.days(&Name("replenishment.leadTimeDays"), replenishment.lead_time_days);
            self.optional_id(&Name("replenishment.supplier"), replenishment.supplier.as_deref());
            self.some(&Name("replenishment.batch"), replenishment.batch.unwrap_or(1));
            self.some(&Name("replenishment.capacityPerDay"), replenishment.capacity_per_day.unwrap_or(1));
        }
        if let Some(Some(overdue)) = settings.overdue {
            self.days(&Name("overdue.offsetDays"), overdue.offset_days);
            self.days(&Name("overdue.ignoreAfterDays"), overdue.ignore_after_days.unwrap_or(0));
        }
        if let Some(Some(Lifecycle::Preorder { release_at })) = settings.lifecycle {
            self.instant(&Name("lifecycle.preorder.releaseAt"), release_at.unwrap_or(0));
        }
        if let Some(Some(levels)) = &settings.protection {
            self.protection(levels);
        }
        if let Some(Some(rule)) = &settings.reorder {
            self.reorder(rule);
        }
        self.related(settings);
        let mut together = ItemSettings::default();
        super::define::merge(&mut together, settings);
        if let Some((path, message)) = conflict(&together) {
            self.invalid(&Name(path), message);
        }
    }

    fn protection(&mut self, levels: &[Protection]) {
        self.at_most("protection", levels.len(), MAX_PROTECTION_LEVELS);
        let mut seen = [false; 256];
        for (place, level) in levels.iter().enumerate() {
            let path = Item(&Name("protection"), place);
            self.number(&Field(&path, "units"), level.units);
            if core::mem::replace(&mut seen[usize::from(level.priority)], true) {
                self.invalid(&Field(&path, "priority"), "this priority has a level already");
            }
        }
    }

    fn reorder(&mut self, rule: &Reorder) {
        self.number(&Name("reorder.point"), rule.point);
        let multiples = rule.policy == ReorderPolicy::ReorderQuantity;
        self.some(&Name("reorder.quantity"), rule.quantity.unwrap_or(u64::from(!multiples)));
        if rule.up_to.is_none() && !multiples {
            self.invalid(&Name("reorder.upTo"), "is missing: this policy orders up to it");
        }
        self.number(&Name("reorder.upTo"), rule.up_to.unwrap_or(0));
        self.number(&Name("reorder.minimum"), rule.minimum.unwrap_or(0));
        self.number(&Name("reorder.multiple"), rule.multiple.unwrap_or(0));
    }

    /// What an item is made of, what may stand in for it, and what is offered for the wait.
    fn related(&mut self, settings: &ItemChange) {
        let components = settings.components.iter().flatten().flatten();
        let substitutes = settings.substitutes.iter().flatten().flatten();
        let incentives = settings.incentives.iter().flatten().flatten();
        self.at_most("components", components.clone().count(), MAX_LISTED);
        for (place, component) in components.enumerate() {
            let path = Item(&Name("components"), place);
            self.id(&Field(&path, "sku"), &component.sku);
            self.some(&Field(&path, "quantity"), component.quantity);
        }
        let substitutes: Vec<&str> = substitutes.map(String::as_str).collect();
        self.at_most("substitutes", substitutes.len(), MAX_LISTED);
        self.distinct_ids(&Name("substitutes"), &substitutes);
        self.at_most("incentives", incentives.clone().count(), MAX_LISTED);
        for (place, incentive) in incentives.enumerate() {
            let path = Item(&Name("incentives"), place);
            self.days(&Field(&path, "fromDelayDays"), incentive.from_delay_days);
        }
    }

    fn placement(&mut self, order: &str, lines: &[OrderLine], settings: &OrderSettings) {
        self.id(&Name("order"), order);
        self.order(settings);
        self.lines(lines);
    }

    fn order(&mut self, settings: &OrderSettings) {
        self.optional_id(&Name("segment"), settings.segment);
        self.optional_id(&Name("shipTo"), settings.ship_to);
        self.instant(&Name("allocateFrom"), settings.allocate_from.unwrap_or(0));
        self.notices(settings.notices.as_deref());
        self.shipping(&settings.shipping);
    }

    fn shipping(&mut self, settings: &ShippingSettings) {
        self.instant(&Name("notBefore"), settings.not_before.unwrap_or(0));
        self.instant(&Name("latest"), settings.latest.unwrap_or(0));
    }

    fn lines(&mut self, lines: &[OrderLine]) {
        self.count(lines.len());
        for (place, line) in lines.iter().enumerate() {
            let path = Item(&LINES, place);
            self.id(&Field(&path, "sku"), line.sku);
            self.optional_id(&Field(&path, "line"), line.line);
            if let Some(locations) = &line.locations {
                self.some_ids(&Field(&path, "locations"), locations);
            }
            self.some(&Field(&path, "quantity"), line.quantity);
            self.number(&Field(&path, "minShipment"), line.min_shipment);
            self.number(&Field(&path, "unitPrice"), line.unit_price.unwrap_or(0));
        }
        if lines.iter().any(|line| line.line.is_some()) {
            let mut seen = IdMap::new(0);
            for (place, line) in lines.iter().enumerate() {
                let path = Item(&LINES, place);
                match line.line {
                    Some(name) => self.another(&mut seen, &Field(&path, "line"), name),
                    None => self.another(&mut seen, &Field(&path, "line"), &names::default_line(place)),
                }
            }
        }
    }

    fn line_names(&mut self, names: &[&str]) {
        self.count(names.len());
        self.some_ids(&LINES, names);
    }

    fn rules(&mut self, rules: &[RebalanceRule]) {
        self.at_most("rules", rules.len(), MAX_LISTED);
        for (place, rule) in rules.iter().enumerate() {
            let path = Item(&Name("rules"), place);
            let path = Field(&path, "match");
            for (index, order) in rule.matching.orders.iter().flatten().enumerate() {
                self.id(&Item(&Field(&path, "orders"), index), order);
            }
            self.optional_id(&Field(&path, "segment"), rule.matching.segment);
        }
    }

    /// A list of ids that is left out where it would be empty.
    fn some_ids(&mut self, path: &Path, ids: &[&str]) {
        if ids.is_empty() {
            self.invalid(path, "name at least one, or leave this out");
        }
        self.distinct_ids(path, ids);
    }

    fn distinct_ids(&mut self, path: &Path, ids: &[&str]) {
        for (place, id) in ids.iter().enumerate() {
            self.id(&Item(path, place), id);
        }
        let mut seen = IdMap::new(0);
        for (place, id) in ids.iter().enumerate() {
            self.another(&mut seen, &Item(path, place), id);
        }
    }

    fn shipped(&mut self, lines: &[ShipLine]) {
        self.count(lines.len());
        for (place, line) in lines.iter().enumerate() {
            let path = Item(&LINES, place);
            self.id(&Field(&path, "line"), line.line);
            self.some(&Field(&path, "quantity"), line.quantity);
            self.optional_id(&Field(&path, "location"), line.location);
        }
        let mut seen = IdMap::new(0);
        for (place, line) in lines.iter().enumerate() {
            self.another(&mut seen, &Field(&Item(&LINES, place), "line"), line.line);
        }
    }

    fn count(&mut self, lines: usize) {
        if lines == 0 {
            self.invalid(&LINES, "name at least one line");
        }
        self.at_most("lines", lines, MAX_LINES);
    }

    fn at_most(&mut self, path: &str, count: usize, most: usize) {
        if count > most {
            self.exceeded(&Name(path), &format!("{count} {path}, of at most {most}"));
        }
    }

    fn optional_id(&mut self, path: &Path, id: Option<&str>) {
        if let Some(id) = id {
            self.id(path, id);
        }
    }

    fn id(&mut self, path: &Path, id: &str) {
        if id.is_empty() {
            self.invalid(path, "an id has at least one character");
        }
        if id.len() > MAX_ID_BYTES {
            self.exceeded(path, &format!("an id of {} bytes, of at most {MAX_ID_BYTES}", id.len()));
        }
        // What was no text to begin with has become U+FFFD, and two such ids would be one.
        if !id.is_ascii() && id.contains('\u{FFFD}') {
            self.invalid(path, "an id is well-formed text; this one holds a replacement character");
        }
    }

    /// One more of some names, none of which may come twice.
    fn another(&mut self, seen: &mut IdMap, path: &Path, name: &str) {
        let known = seen.len();
        if seen.intern(name) as usize != known {
            self.invalid(path, &format!("\"{name}\" is named twice"));
        }
    }

    fn instant(&mut self, path: &Path, instant: Instant) {
        self.number(path, instant);
    }

    fn number(&mut self, path: &Path, number: u64) {
        if number > MAX_SAFE {
            self.invalid(path, &format!("{number} is above {MAX_SAFE}, the largest number there is"));
        }
    }

    /// A quantity that may not be 0.
    fn some(&mut self, path: &Path, quantity: Quantity) {
        if quantity == 0 {
            self.invalid(path, "must be at least 1");
        }
        self.number(path, quantity);
    }

    fn days(&mut self, path: &Path, days: u64) {
        if days > MAX_DAYS {
            self.exceeded(path, &format!("{days} days, of at most {MAX_DAYS}"));
        }
        self.number(path, days);
    }

    #[cold]
    fn invalid(&mut self, path: &Path, message: &str) {
        self.invalid.get_or_insert_with(|| refuse(Reason::InvalidCommand, path.text(), message));
    }

    #[cold]
    fn exceeded(&mut self, path: &Path, message: &str) {
        self.limit.get_or_insert_with(|| refuse(Reason::LimitExceeded, path.text(), message));
    }
}

/// The setting that cannot stand beside the item's others, and why (rules §8).
pub(crate) fn conflict(settings: &ItemSettings) -> Option<(&'static str, &'static str)> {
    let fair_share = settings.sharing == Sharing::FairShare;
    let protect = settings.promising == Promising::Protect;
    let skip = settings.whole_lines == WholeLines::Skip;
    if !settings.protection.is_empty() && (fair_share || settings.ageing_days.is_some()) {
        return Some(("protection", "there is no protection together with ageing or fair share"));
    }
    if fair_share && protect {
        return Some(("promising", "promises cannot be protected while shares are fair"));
    }
    if skip && (fair_share || protect) {
        return Some(("wholeLines", "none can be skipped while shares are fair or promises protected"));
    }
    None
}
