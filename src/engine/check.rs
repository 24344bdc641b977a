//! What is wrong with a command by itself, whatever the state: `invalidCommand`, then
//! `limitExceeded` (rules §12). Shapes are checked where text or objects are decoded; this is what
//! a Rust caller can get wrong too.

use super::{names, refuse};
use crate::model::command::{Body, Command, OrderLine, ShipLine, ShippingSettings};
use crate::model::ids::IdMap;
use crate::model::outcome::{Reason, Rejection};
use crate::model::settings::{Backorders, ItemChange, Lifecycle};
use crate::model::units::{Instant, MAX_DAYS, MAX_ID_BYTES, MAX_LINES, MAX_SAFE, Quantity};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

/// Checks a command and its instant.
pub(crate) fn command(command: &Command, now: Instant) -> Result<(), Rejection> {
    let mut check = Check::default();
    check.instant("now", now)?;
    if let Some(key) = command.key {
        check.id("key", key)?;
    }
    check.body(&command.body, now)?;
    check.finish()
}

/// Checks the lines and settings of an order that is only quoted.
pub(crate) fn cart(lines: &[OrderLine], shipping: &ShippingSettings, now: Instant) -> Result<(), Rejection> {
    let mut check = Check::default();
    check.instant("now", now)?;
    check.lines(lines)?;
    check.shipping(shipping)?;
    check.finish()
}

/// Remembers the first limit that is exceeded, as anything invalid goes before it.
#[derive(Default)]
struct Check {
    limit: Option<Rejection>,
}

type Checked = Result<(), Rejection>;

impl Check {
    fn finish(self) -> Checked {
        self.limit.map_or(Ok(()), Err)
    }

    fn body(&mut self, body: &Body, now: Instant) -> Checked {
        match body {
            Body::DefineItem { sku, settings } => {
                self.id("sku", sku)?;
                self.item(settings)
            }
            Body::DefineSupplier { supplier, .. } => self.id("supplier", supplier),
            Body::Receive { sku, location, quantity, supply } => {
                self.id("sku", sku)?;
                self.optional_id("location", *location)?;
                self.optional_id("supply", *supply)?;
                self.some("quantity", *quantity)
            }
            Body::Count { sku, location, on_hand } => {
                self.id("sku", sku)?;
                self.optional_id("location", *location)?;
                self.number("onHand", *on_hand)
            }
            Body::ScheduleSupply { supply, sku, location, quantity, due, supplier } => {
                self.id("supply", supply)?;
                self.id("sku", sku)?;
                self.optional_id("location", *location)?;
                self.optional_id("supplier", *supplier)?;
                self.some("quantity", *quantity)?;
                self.instant("due", *due)
            }
            Body::RescheduleSupply { supply, due, quantity } => {
                self.id("supply", supply)?;
                self.instant("due", due.unwrap_or(0))?;
                self.number("quantity", quantity.unwrap_or(0))
            }
            Body::CancelSupply { supply } => self.id("supply", supply),
            Body::PlaceOrder { order, lines, settings } => {
                self.id("order", order)?;
                self.shipping(&settings.shipping)?;
                self.lines(lines)
            }
            Body::HoldStock { hold, lines, ttl_ms, .. } => {
                self.id("hold", hold)?;
                self.some("ttl", *ttl_ms)?;
                if now.saturating_add(*ttl_ms) > MAX_SAFE {
                    self.exceeded("ttl", "the hold would end after the last instant there is");
                }
                self.lines(lines)
            }
            Body::ConfirmHold { hold, order, settings } => {
                self.id("hold", hold)?;
                self.id("order", order)?;
                self.shipping(settings)
            }
            Body::ReleaseHold { hold } => self.id("hold", hold),
            Body::AmendLine { order, line, quantity } => {
                self.id("order", order)?;
                self.id("line", line)?;
                self.some("quantity", *quantity)
            }
            Body::AmendOrder { order, not_before, latest, .. } => {
                self.id("order", order)?;
                self.instant("notBefore", not_before.flatten().unwrap_or(0))?;
                self.instant("latest", latest.flatten().unwrap_or(0))
            }
            Body::Reprioritise { order, .. } => self.id("order", order),
            Body::CancelOrder { order, lines } => {
                self.id("order", order)?;
                lines.as_deref().map_or(Ok(()), |lines| self.line_names(lines))
            }
            Body::Ship { order, lines } => {
                self.id("order", order)?;
                lines.as_deref().map_or(Ok(()), |lines| self.shipped(lines))
            }
            Body::Return { order, line, quantity, location, .. } => {
                self.id("order", order)?;
                self.id("line", line)?;
                self.optional_id("location", *location)?;
                self.some("quantity", *quantity)
            }
            Body::Archive { before } => self.instant("before", *before),
            Body::Tick => Ok(()),
        }
    }

    fn item(&mut self, settings: &ItemChange) -> Checked {
        if let Some(Some(Backorders::Limit(limit))) = settings.backorders {
            self.number("backorders.limit", limit)?;
        }
        self.number("maxPerOrder", settings.max_per_order.flatten().unwrap_or(0))?;
        self.number("safetyStock", settings.safety_stock.flatten().unwrap_or(0))?;
        if let Some(Some(days)) = settings.ageing_days {
            self.some("ageingDays", days)?;
            self.days("ageingDays", days)?;
        }
        if let Some(Some(replenishment)) = &settings.replenishment {
            self.days("replenishment.leadTimeDays", replenishment.lead_time_days)?;
            self.optional_id("replenishment.supplier", replenishment.supplier.as_deref())?;
        }
        if let Some(Some(overdue)) = settings.overdue {
            self.days("overdue.offsetDays", overdue.offset_days)?;
            self.days("overdue.ignoreAfterDays", overdue.ignore_after_days.unwrap_or(0))?;
        }
        if let Some(Some(Lifecycle::Preorder { release_at })) = settings.lifecycle {
            self.instant("lifecycle.preorder.releaseAt", release_at.unwrap_or(0))?;
        }
        Ok(())
    }

    fn shipping(&mut self, settings: &ShippingSettings) -> Checked {
        self.instant("notBefore", settings.not_before.unwrap_or(0))?;
        self.instant("latest", settings.latest.unwrap_or(0))
    }

    fn lines(&mut self, lines: &[OrderLine]) -> Checked {
        self.count(lines.len())?;
        for (place, line) in lines.iter().enumerate() {
            let path = |field: &str| format!("lines[{place}].{field}");
            self.id_at(line.sku, || path("sku"))?;
            if let Some(name) = line.line {
                self.id_at(name, || path("line"))?;
            }
            for (index, location) in line.locations.iter().flatten().enumerate() {
                self.id_at(location, || path(&format!("locations[{index}]")))?;
            }
            if let Some(locations) = &line.locations {
                if locations.is_empty() {
                    return Err(invalid(path("locations"), "name at least one location, or leave this out"));
                }
                let names = locations.iter().map(|name| Cow::Borrowed(*name));
                no_name_twice(names, |index| path(&format!("locations[{index}]")))?;
            }
            self.some_at(line.quantity, || path("quantity"))?;
            self.number_at(line.min_shipment, || path("minShipment"))?;
            self.number_at(line.unit_price.unwrap_or(0), || path("unitPrice"))?;
        }
        if lines.iter().all(|line| line.line.is_none()) {
            return Ok(());
        }
        let names = lines.iter().enumerate().map(|(place, line)| match line.line {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(names::default_line(place).into()),
        });
        no_name_twice(names, |place| format!("lines[{place}].line"))
    }

    fn line_names(&mut self, names: &[&str]) -> Checked {
        self.count(names.len())?;
        for (place, name) in names.iter().enumerate() {
            self.id_at(name, || format!("lines[{place}]"))?;
        }
        no_name_twice(names.iter().map(|name| Cow::Borrowed(*name)), |place| format!("lines[{place}]"))
    }

    fn shipped(&mut self, lines: &[ShipLine]) -> Checked {
        self.count(lines.len())?;
        for (place, line) in lines.iter().enumerate() {
            self.id_at(line.line, || format!("lines[{place}].line"))?;
            self.some_at(line.quantity, || format!("lines[{place}].quantity"))?;
            if let Some(location) = line.location {
                self.id_at(location, || format!("lines[{place}].location"))?;
            }
        }
        no_name_twice(lines.iter().map(|line| Cow::Borrowed(line.line)), |place| {
            format!("lines[{place}].line")
        })
    }

    fn count(&mut self, lines: usize) -> Checked {
        if lines == 0 {
            return Err(invalid("lines", "name at least one line"));
        }
        if lines > MAX_LINES {
            self.exceeded("lines", format!("{lines} lines, of at most {MAX_LINES}; split the order"));
        }
        Ok(())
    }

    fn id(&mut self, path: &str, id: &str) -> Checked {
        self.id_at(id, || path.into())
    }

    fn optional_id(&mut self, path: &str, id: Option<&str>) -> Checked {
        id.map_or(Ok(()), |id| self.id(path, id))
    }

    fn id_at(&mut self, id: &str, path: impl Fn() -> String) -> Checked {
        if id.is_empty() {
            return Err(invalid(path(), "an id has at least one character"));
        }
        if id.len() > MAX_ID_BYTES {
            self.exceeded(path(), format!("an id of {} bytes, of at most {MAX_ID_BYTES}", id.len()));
        }
        // What was no text to begin with has become U+FFFD, and two such ids would be one.
        if !id.is_ascii() && id.contains('\u{FFFD}') {
            return Err(invalid(path(), "an id is well-formed text; this one holds a replacement character"));
        }
        Ok(())
    }

    fn instant(&self, path: &str, instant: Instant) -> Checked {
        self.number(path, instant)
    }

    fn number(&self, path: &str, number: u64) -> Checked {
        self.number_at(number, || path.into())
    }

    fn number_at(&self, number: u64, path: impl Fn() -> String) -> Checked {
        if number > MAX_SAFE {
            return Err(invalid(
                path(),
                format!("{number} is above {MAX_SAFE}, the largest number there is"),
            ));
        }
        Ok(())
    }

    /// A quantity that may not be 0.
    fn some(&self, path: &str, quantity: Quantity) -> Checked {
        self.some_at(quantity, || path.into())
    }

    fn some_at(&self, quantity: Quantity, path: impl Fn() -> String) -> Checked {
        if quantity == 0 {
            return Err(invalid(path(), "must be at least 1"));
        }
        self.number_at(quantity, path)
    }

    fn days(&mut self, path: &str, days: u64) -> Checked {
        if days > MAX_DAYS {
            self.exceeded(path, format!("{days} days, of at most {MAX_DAYS}"));
        }
        self.number(path, days)
    }

    fn exceeded(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.limit.get_or_insert_with(|| refuse(Reason::LimitExceeded, path, message));
    }
}

fn invalid(path: impl Into<String>, message: impl Into<String>) -> Rejection {
    refuse(Reason::InvalidCommand, path, message)
}

fn no_name_twice<'a>(names: impl Iterator<Item = Cow<'a, str>>, path: impl Fn(usize) -> String) -> Checked {
    let mut seen = IdMap::new(0);
    for (place, name) in names.enumerate() {
        if seen.intern(&name) as usize != place {
            return Err(invalid(path(place), format!("\"{name}\" is named twice")));
        }
    }
    Ok(())
}
