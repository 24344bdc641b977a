//! The names of time zones in a command, put into transitions before it is decoded: the core knows no
//! zones, so that a log replays the same where others are known.

use super::message::unknown_zone;
use super::value::{Parsed, Value};
use crate::model::units::Instant;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// A list as the contract's `transitions`, for a zone's name and the instant of the command; `None` for
/// what names no zone.
pub type Zones<'z> = &'z dyn Fn(&str, Instant) -> Option<Value<'static>>;

/// The command with the transitions of the zone that its calendar, or its buyer's zone, names. Given transitions stay, and so
/// does what is no such command.
///
/// A name that is none is refused as `invalidCommand`, with its path.
///
/// ```
/// use backorder::api::value::Value;
/// use backorder::api::zones::resolved;
///
/// let text = |text: &'static str| Value::Text(text.into());
/// let calendar = Value::Object(vec![("timeZone".into(), text("Mars/Olympus"))]);
/// let command = Value::Object(vec![("type".into(), text("defineLocation")), ("calendar".into(), calendar)]);
/// let refused = resolved(Ok(command), 0, &|_, _| None).unwrap_err();
/// assert_eq!(refused.path.as_deref(), Some("calendar.timeZone"));
/// ```
pub fn resolved<'v>(command: Parsed<'v>, now: Instant, zones: Zones) -> Parsed<'v> {
    let mut command = command?;
    let Some((place, zone)) = zone(&mut command) else { return Ok(command) };
    if let (Some(Value::Text(name)), None) = (field(zone, "timeZone"), field(zone, "transitions")) {
        let transitions = zones(name, now).ok_or_else(|| unknown_zone(place, name))?;
        zone.push(("transitions".into(), transitions));
    }
    Ok(command)
}

type Entries<'v> = Vec<(Cow<'v, str>, Value<'v>)>;

/// The calendar that a `defineLocation` gives, or the buyer's zone that an order does, with its field's name.
fn zone<'c, 'v>(command: &'c mut Value<'v>) -> Option<(&'static str, &'c mut Entries<'v>)> {
    let Value::Object(entries) = command else { return None };
    let Some(Value::Text(kind)) = field(entries, "type") else { return None };
    let place = match kind.as_ref() {
        "defineLocation" => "calendar",
        "placeOrder" | "confirmHold" => "buyerZone",
        _ => return None,
    };
    let (_, zone) = entries.iter_mut().find(|(name, _)| name == place)?;
    match zone {
        Value::Object(entries) => Some((place, entries)),
        _ => None,
    }
}

fn field<'c, 'v>(entries: &'c Entries<'v>, name: &str) -> Option<&'c Value<'v>> {
    entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The zones of the IANA database that the crate `jiff` brings, as
/// [`resolve_zone`](crate::estimate::tzdb::resolve_zone) finds them.
#[cfg(all(feature = "zones", not(target_arch = "wasm32")))]
pub fn bundled(name: &str, now: Instant) -> Option<Value<'static>> {
    let transitions = crate::estimate::tzdb::resolve_zone(name, now)?;
    let object = |transition: crate::model::calendar::Transition| {
        let offset = transition.utc_offset_minutes as f64;
        let fields = [("from", transition.from as f64), ("utcOffset", offset)];
        Value::Object(fields.map(|(name, number)| (name.into(), Value::Number(number))).into())
    };
    Some(Value::List(transitions.into_iter().map(object).collect()))
}
