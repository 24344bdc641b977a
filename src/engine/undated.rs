//! What a command can say of calendars and destinations, and no date follows yet, is refused: here, and
//! nowhere else.

use super::refuse;
use crate::model::command::Body;
use crate::model::outcome::{Reason, Rejection};
use alloc::format;

/// Refuses settings of a location, and a destination.
pub(crate) fn command(body: &Body) -> Result<(), Rejection> {
    let given = match body {
        Body::DefineLocation { calendar: Some(Some(_)), .. } => Some("calendar"),
        Body::DefineLocation { transit: Some(Some(transit)), .. } if !transit.is_empty() => {
            Some("transitDays")
        }
        Body::PlaceOrder { settings, .. } => return destination(settings.ship_to),
        Body::ConfirmHold { ship_to, .. } => return destination(*ship_to),
        Body::AmendOrder { ship_to, .. } => return destination(ship_to.flatten()),
        _ => None,
    };
    given.map_or(Ok(()), |path| Err(later(path)))
}

/// Refuses where an order, or what is quoted, shall go.
pub(crate) fn destination(ship_to: Option<&str>) -> Result<(), Rejection> {
    ship_to.map_or(Ok(()), |_| Err(later("shipTo")))
}

#[cold]
fn later(path: &str) -> Rejection {
    refuse(Reason::InvalidCommand, path, format!("{path} comes in a later release: leave it out"))
}
