//! What can be said of a command by looking at it alone: whether it is one, and whether it is within the limits.

use super::items::{conflict, merge};
use super::{Refusal, line_id, refuse};
use backorder::model::calendar::{Calendar, MAX_UTC_OFFSET_MINUTES, Transit, Zone};
use backorder::model::command::{
    Answer, Body, Command, NoticeSettings, OrderLine, OrderMatch, RebalanceRule, ShipLine, ShippingSettings,
};
use backorder::model::outcome::Reason;
use backorder::model::settings::{
    Backorders, Component, Incentive, ItemChange, ItemSettings, Lifecycle, Protection, Reorder,
    ReorderPolicy, Replenishment,
};
use backorder::model::units::{
    Instant, MAX_DAYS, MAX_ID_BYTES, MAX_LINES, MAX_LISTED, MAX_PROTECTION_LEVELS, MAX_SAFE, Quantity,
};

type Judgement = Result<(), Refusal>;

/// `invalidCommand` depends on the command alone, never on the state (rules §1).
pub fn well_formed(command: &Command) -> Judgement {
    let check = Check { wanted: Reason::InvalidCommand };
    check.command(command)
}

/// 1,000 lines, 128 bytes an id, 2^53 − 1 units, 100,000,000 days (rules §12).
pub fn within_limits(command: &Command, now: Instant) -> Judgement {
    let check = Check { wanted: Reason::LimitExceeded };
    check.command(command)?;
    match command.body {
        Body::HoldStock { ttl_ms, .. } if now + ttl_ms > MAX_SAFE => refuse(Reason::LimitExceeded, "ttl"),
        _ => Ok(()),
    }
}

/// Goes through the fields in the contract's order and stops at the first with a fault of the wanted kind.
pub struct Check {
    wanted: Reason,
}

impl Check {
    fn zone(&self, zone: &Zone, path: &str) -> Judgement {
        let offset = |minutes: i64, path: &str| {
            let far = minutes.unsigned_abs() > MAX_UTC_OFFSET_MINUTES;
            self.fault_if(far, Reason::InvalidCommand, path)
        };
        match zone {
            Zone::Fixed { utc_offset_minutes } => offset(*utc_offset_minutes, &format!("{path}.utcOffset")),
            Zone::Changing { name, transitions } => {
                let list = format!("{path}.transitions");
                self.optional_id(name.as_deref(), &format!("{path}.timeZone"))?;
                self.fault_if(transitions.is_empty(), Reason::InvalidCommand, &list)?;
                self.fault_if(transitions.len() > MAX_LISTED, Reason::LimitExceeded, &list)?;
                for (index, change) in transitions.iter().enumerate() {
                    self.instant(Some(change.from), &format!("{list}[{index}].from"))?;
                    offset(change.utc_offset_minutes, &format!("{list}[{index}].utcOffset"))?;
                }
                for (index, pair) in transitions.windows(2).enumerate() {
                    let path = format!("{list}[{}].from", index + 1);
                    self.fault_if(pair[0].from >= pair[1].from, Reason::InvalidCommand, &path)?;
                }
                Ok(())
            }
        }
    }

    fn notices(&self, settings: Option<&NoticeSettings>) -> Judgement {
        let Some(settings) = settings else { return Ok(()) };
        self.optional_id(settings.regime, "regime")?;
        settings.buyer_zone.iter().try_for_each(|zone| self.zone(zone, "buyerZone"))
    }

    fn calendar(&self, calendar: &Calendar) -> Judgement {
        self.zone(&calendar.zone, "calendar")?;
        let no_day = calendar.workdays.count() == 0;
        self.fault_if(no_day, Reason::InvalidCommand, "calendar.workdays")?;
        let many = calendar.holidays.len() > MAX_LISTED;
        self.fault_if(many, Reason::LimitExceeded, "calendar.holidays")?;
        let in_order = calendar.holidays.windows(2).all(|pair| pair[0] < pair[1]);
        self.fault_if(!in_order, Reason::InvalidCommand, "calendar.holidays")?;
        let no_time = calendar.cutoff_minutes.is_some_and(|minutes| minutes >= 24 * 60);
        self.fault_if(no_time, Reason::InvalidCommand, "calendar.cutoff")?;
        self.limit(calendar.handling_days, MAX_DAYS, "calendar.handlingDays")
    }

    fn transit(&self, transit: &[Transit]) -> Judgement {
        self.fault_if(transit.len() > MAX_LISTED, Reason::LimitExceeded, "transitDays")?;
        for Transit { ship_to, days } in transit {
            self.id(ship_to, "transitDays")?;
            self.limit(*days, MAX_DAYS, &format!("transitDays.{ship_to}"))?;
        }
        let in_order = transit.windows(2).all(|pair| pair[0].ship_to < pair[1].ship_to);
        self.fault_if(!in_order, Reason::InvalidCommand, "transitDays")
    }

    fn command(&self, command: &Command) -> Judgement {
        self.optional_id(command.key, "key")?;
        match &command.body {
            Body::DefineItem { sku, settings } => {
                self.id(sku, "sku")?;
                self.item_settings(settings)
            }
            Body::DefineLocation { location, calendar, transit } => {
                self.id(location, "location")?;
                calendar.iter().flatten().try_for_each(|calendar| self.calendar(calendar))?;
                transit.iter().flatten().try_for_each(|transit| self.transit(transit))
            }
            Body::DefineSupplier { supplier, lateness_days } => {
                self.id(supplier, "supplier")?;
                let given = lateness_days.iter().flatten().flatten();
                for (index, days) in given.enumerate() {
                    self.limit(days.unsigned_abs(), MAX_DAYS, &format!("lateness[{index}]"))?;
                }
                Ok(())
            }
            Body::Receive { sku, location, quantity, supply } => {
                self.id(sku, "sku")?;
                self.optional_id(*location, "location")?;
                self.quantity(*quantity, "quantity")?;
                self.optional_id(*supply, "supply")
            }
            Body::Count { sku, location, on_hand } => {
                self.id(sku, "sku")?;
                self.optional_id(*location, "location")?;
                self.limit(*on_hand, MAX_SAFE, "onHand")
            }
            Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
                self.id(supply, "supply")?;
                self.id(sku, "sku")?;
                self.optional_id(*location, "location")?;
                self.quantity(*quantity, "quantity")?;
                self.instant(Some(*due), "due")?;
                self.optional_id(*supplier, "supplier")
            }
            Body::RescheduleSupply { supply, due, quantity } => {
                self.id(supply, "supply")?;
                self.instant(*due, "due")?;
                self.limit(quantity.unwrap_or(0), MAX_SAFE, "quantity")
            }
            Body::CancelSupply { supply } => self.id(supply, "supply"),
            Body::PlaceOrder { order, lines, settings } => {
                self.id(order, "order")?;
                self.order_lines(lines)?;
                self.optional_id(settings.segment, "segment")?;
                self.optional_id(settings.ship_to, "shipTo")?;
                self.instant(settings.allocate_from, "allocateFrom")?;
                self.notices(settings.notices.as_deref())?;
                self.shipping(&settings.shipping)
            }
            Body::HoldStock { hold, lines, ttl_ms, .. } => {
                self.id(hold, "hold")?;
                self.order_lines(lines)?;
                self.quantity(*ttl_ms, "ttl")
            }
            Body::ConfirmHold { hold, order, segment, ship_to, settings, notices } => {
                self.id(hold, "hold")?;
                self.id(order, "order")?;
                self.optional_id(*segment, "segment")?;
                self.optional_id(*ship_to, "shipTo")?;
                self.notices(notices.as_deref())?;
                self.shipping(settings)
            }
            Body::ReleaseHold { hold } => self.id(hold, "hold"),
            Body::AmendLine { order, line, quantity } => {
                self.id(order, "order")?;
                self.id(line, "line")?;
                self.quantity(*quantity, "quantity")
            }
            Body::AmendOrder { order, not_before, latest, ship_to, .. } => {
                self.id(order, "order")?;
                self.optional_id(ship_to.flatten(), "shipTo")?;
                self.instant(not_before.flatten(), "notBefore")?;
                self.instant(latest.flatten(), "latest")
            }
            Body::Relocate { order, line, from, to, quantity } => {
                self.id(order, "order")?;
                self.id(line, "line")?;
                self.optional_id(*from, "from")?;
                self.id(to, "to")?;
                self.fault_if(*from == Some(to), Reason::InvalidCommand, "to")?;
                self.quantity(quantity.unwrap_or(1), "quantity")
            }
            Body::Reprioritise { order, .. } | Body::Freeze { order, .. } => self.id(order, "order"),
            Body::Substitute { order, line, sku } => {
                self.id(order, "order")?;
                self.id(line, "line")?;
                self.id(sku, "sku")
            }
            Body::CancelOrder { order, lines } => {
                self.id(order, "order")?;
                lines.as_ref().map_or(Ok(()), |lines| self.names(lines, "lines"))
            }
            Body::Ship { order, lines } => {
                self.id(order, "order")?;
                lines.as_ref().map_or(Ok(()), |lines| self.ship_lines(lines))
            }
            Body::Return { order, line, quantity, location, .. } => {
                self.id(order, "order")?;
                self.id(line, "line")?;
                self.quantity(*quantity, "quantity")?;
                self.optional_id(*location, "location")
            }
            Body::Rebalance { skus, rules } => {
                skus.as_ref().map_or(Ok(()), |skus| self.names(skus, "skus"))?;
                self.rules(rules)
            }
            Body::Archive { before } => self.instant(Some(*before), "before"),
            Body::DefineRegime { regime, base, settings } => self.regime(regime, *base, settings),
            Body::NoticeSent { notice, .. } => self.id(notice, "notice"),
            Body::Respond { order, line, answer, until } => {
                self.id(order, "order")?;
                self.optional_id(*line, "line")?;
                let waits = *answer == Answer::Cancel && until.is_some();
                self.fault_if(waits, Reason::InvalidCommand, "until")
            }
            Body::Refunded { order, line } => {
                self.id(order, "order")?;
                self.optional_id(*line, "line")
            }
            Body::Tick => Ok(()),
        }
    }

    fn item_settings(&self, settings: &ItemChange) -> Judgement {
        if let Some(Some(Backorders::Limit(units))) = settings.backorders {
            self.limit(units, MAX_SAFE, "backorders.limit")?;
        }
        if let Some(Some(days)) = settings.ageing_days {
            self.no_zero(days, "ageingDays")?;
            self.limit(days, MAX_DAYS, "ageingDays")?;
        }
        if let Some(Some(overdue)) = &settings.overdue {
            self.limit(overdue.offset_days, MAX_DAYS, "overdue.offsetDays")?;
            self.limit(overdue.ignore_after_days.unwrap_or(0), MAX_DAYS, "overdue.ignoreAfterDays")?;
        }
        if let Some(Some(replenishment)) = &settings.replenishment {
            self.replenishment(replenishment)?;
        }
        self.limit(settings.safety_stock.flatten().unwrap_or(0), MAX_SAFE, "safetyStock")?;
        self.limit(settings.max_per_order.flatten().unwrap_or(0), MAX_SAFE, "maxPerOrder")?;
        if let Some(Some(Lifecycle::Preorder { release_at })) = settings.lifecycle {
            self.instant(release_at, "lifecycle.preorder.releaseAt")?;
        }
        self.protection(settings.protection.iter().flatten().flatten().copied())?;
        if let Some(Some(rule)) = &settings.reorder {
            self.reorder(rule)?;
        }
        self.components(settings.components.iter().flatten().flatten())?;
        let substitutes: Vec<&str> =
            settings.substitutes.iter().flatten().flatten().map(String::as_str).collect();
        if !substitutes.is_empty() {
            self.listed(&substitutes, "substitutes", MAX_LISTED)?;
        }
        self.incentives(settings.incentives.iter().flatten().flatten())?;
        let mut together = ItemSettings::default();
        merge(&mut together, settings);
        match conflict(&together) {
            Some(path) => self.fault_if(true, Reason::InvalidCommand, path),
            None => Ok(()),
        }
    }

    fn replenishment(&self, given: &Replenishment) -> Judgement {
        self.limit(given.lead_time_days, MAX_DAYS, "replenishment.leadTimeDays")?;
        self.optional_id(given.supplier.as_deref(), "replenishment.supplier")?;
        self.quantity(given.batch.unwrap_or(1), "replenishment.batch")?;
        self.quantity(given.capacity_per_day.unwrap_or(1), "replenishment.capacityPerDay")
    }

    fn protection(&self, levels: impl Iterator<Item = Protection>) -> Judgement {
        let levels: Vec<Protection> = levels.collect();
        self.fault_if(levels.len() > MAX_PROTECTION_LEVELS, Reason::LimitExceeded, "protection")?;
        for (index, level) in levels.iter().enumerate() {
            self.limit(level.units, MAX_SAFE, &format!("protection[{index}].units"))?;
            let taken = levels[..index].iter().any(|other| other.priority == level.priority);
            self.fault_if(taken, Reason::InvalidCommand, &format!("protection[{index}].priority"))?;
        }
        Ok(())
    }

    /// Each policy needs the figure that it orders by.
    fn reorder(&self, rule: &Reorder) -> Judgement {
        let by_quantity = rule.policy == ReorderPolicy::ReorderQuantity;
        self.limit(rule.point, MAX_SAFE, "reorder.point")?;
        self.quantity(rule.quantity.unwrap_or(if by_quantity { 0 } else { 1 }), "reorder.quantity")?;
        let lacks_level = !by_quantity && rule.up_to.is_none();
        self.fault_if(lacks_level, Reason::InvalidCommand, "reorder.upTo")?;
        self.limit(rule.up_to.unwrap_or(0), MAX_SAFE, "reorder.upTo")?;
        self.limit(rule.minimum.unwrap_or(0), MAX_SAFE, "reorder.minimum")?;
        self.limit(rule.multiple.unwrap_or(0), MAX_SAFE, "reorder.multiple")
    }

    fn components<'c>(&self, components: impl Iterator<Item = &'c Component>) -> Judgement {
        for (index, component) in components.enumerate() {
            self.fault_if(index >= MAX_LISTED, Reason::LimitExceeded, "components")?;
            self.id(&component.sku, &format!("components[{index}].sku"))?;
            self.quantity(component.quantity, &format!("components[{index}].quantity"))?;
        }
        Ok(())
    }

    fn incentives<'i>(&self, incentives: impl Iterator<Item = &'i Incentive>) -> Judgement {
        for (index, incentive) in incentives.enumerate() {
            self.fault_if(index >= MAX_LISTED, Reason::LimitExceeded, "incentives")?;
            self.limit(incentive.from_delay_days, MAX_DAYS, &format!("incentives[{index}].fromDelayDays"))?;
        }
        Ok(())
    }

    fn rules(&self, rules: &[RebalanceRule]) -> Judgement {
        self.fault_if(rules.len() > MAX_LISTED, Reason::LimitExceeded, "rules")?;
        for (index, rule) in rules.iter().enumerate() {
            let path = format!("rules[{index}].match");
            let OrderMatch { orders, segment, .. } = &rule.matching;
            for (at, order) in orders.iter().flatten().enumerate() {
                self.id(order, &format!("{path}.orders[{at}]"))?;
            }
            self.optional_id(*segment, &format!("{path}.segment"))?;
        }
        Ok(())
    }

    fn order_lines(&self, lines: &[OrderLine]) -> Judgement {
        self.list_length(lines.len(), "lines")?;
        for (index, line) in lines.iter().enumerate() {
            let path = format!("lines[{index}]");
            self.optional_id(line.line, &format!("{path}.line"))?;
            let id = line_id(line, index);
            let taken = lines[..index].iter().enumerate().any(|(at, other)| line_id(other, at) == id);
            self.fault_if(taken, Reason::InvalidCommand, &format!("{path}.line"))?;
            self.id(line.sku, &format!("{path}.sku"))?;
            self.quantity(line.quantity, &format!("{path}.quantity"))?;
            if let Some(locations) = &line.locations {
                self.names(locations, &format!("{path}.locations"))?;
            }
            self.limit(line.min_shipment, MAX_SAFE, &format!("{path}.minShipment"))?;
            self.limit(line.unit_price.unwrap_or(0), MAX_SAFE, &format!("{path}.unitPrice"))?;
        }
        Ok(())
    }

    fn ship_lines(&self, lines: &[ShipLine]) -> Judgement {
        self.list_length(lines.len(), "lines")?;
        for (index, line) in lines.iter().enumerate() {
            let path = format!("lines[{index}]");
            self.id(line.line, &format!("{path}.line"))?;
            let taken = lines[..index].iter().any(|other| other.line == line.line);
            self.fault_if(taken, Reason::InvalidCommand, &format!("{path}.line"))?;
            self.quantity(line.quantity, &format!("{path}.quantity"))?;
            self.optional_id(line.location, &format!("{path}.location"))?;
        }
        Ok(())
    }

    fn names(&self, names: &[&str], path: &str) -> Judgement {
        self.listed(names, path, MAX_LINES)
    }

    /// Some names, each once.
    fn listed(&self, names: &[&str], path: &str, most: usize) -> Judgement {
        self.fault_if(names.is_empty(), Reason::InvalidCommand, path)?;
        self.fault_if(names.len() > most, Reason::LimitExceeded, path)?;
        for (index, name) in names.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.id(name, &path)?;
            self.fault_if(names[..index].contains(name), Reason::InvalidCommand, &path)?;
        }
        Ok(())
    }

    fn shipping(&self, shipping: &ShippingSettings) -> Judgement {
        self.instant(shipping.not_before, "notBefore")?;
        self.instant(shipping.latest, "latest")
    }

    fn list_length(&self, length: usize, path: &str) -> Judgement {
        self.fault_if(length == 0, Reason::InvalidCommand, path)?;
        self.fault_if(length > MAX_LINES, Reason::LimitExceeded, path)
    }

    fn optional_id(&self, id: Option<&str>, path: &str) -> Judgement {
        id.map_or(Ok(()), |id| self.id(id, path))
    }

    pub(super) fn id(&self, id: &str, path: &str) -> Judgement {
        let unreadable = id.is_empty() || id.contains('\u{fffd}');
        self.fault_if(unreadable, Reason::InvalidCommand, path)?;
        self.fault_if(id.len() > MAX_ID_BYTES, Reason::LimitExceeded, path)
    }

    fn quantity(&self, quantity: Quantity, path: &str) -> Judgement {
        self.no_zero(quantity, path)?;
        self.limit(quantity, MAX_SAFE, path)
    }

    fn no_zero(&self, number: u64, path: &str) -> Judgement {
        self.fault_if(number == 0, Reason::InvalidCommand, path)
    }

    fn instant(&self, instant: Option<Instant>, path: &str) -> Judgement {
        self.limit(instant.unwrap_or(0), MAX_SAFE, path)
    }

    /// What is no safe integer is no number at all; a number may have a limit of its own.
    fn limit(&self, number: u64, most: u64, path: &str) -> Judgement {
        self.fault_if(number > MAX_SAFE, Reason::InvalidCommand, path)?;
        self.fault_if(number > most, Reason::LimitExceeded, path)
    }

    pub(super) fn fault_if(&self, fault: bool, reason: Reason, path: &str) -> Judgement {
        if fault && reason == self.wanted { refuse(reason, path) } else { Ok(()) }
    }
}
