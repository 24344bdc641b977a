//! What a command says, with defaults filled in, as one text: two commands are the same when these are.

use super::line_id;
use backorder::model::calendar::{Calendar, Zone};
use backorder::model::command::{Body, NoticeSettings, OrderLine, OrderSettings};
use backorder::model::settings::{
    Backorders, Lifecycle, Overdue, Overtaking, Promising, Sharing, WholeLines,
};
use backorder::model::units::DEFAULT_LOCATION;

/// The id that a command creates, and the name of the field it stands in.
pub fn created_id<'a>(body: &Body<'a>) -> Option<(&'static str, &'a str)> {
    match body {
        Body::PlaceOrder { order, .. } | Body::ConfirmHold { order, .. } => Some(("order", order)),
        Body::HoldStock { hold, .. } => Some(("hold", hold)),
        Body::ScheduleSupply { supply, .. } => Some(("supply", supply)),
        _ => None,
    }
}

/// The content of a command, key apart.
pub fn of(body: &Body) -> String {
    match body {
        Body::PlaceOrder { order, lines, settings } => {
            let notices = settings.notices.as_deref().map(filled_notices);
            let settings = OrderSettings { notices: None, ..settings.clone() };
            format!("placeOrder {order:?} {:?} {settings:?} {notices:?}", filled_lines(lines))
        }
        Body::HoldStock { hold, lines, ttl_ms, priority } => {
            format!("holdStock {hold:?} {:?} {ttl_ms} {priority}", filled_lines(lines))
        }
        _ => format!("{:?}", filled(body.clone())),
    }
}

/// Of a zone that has a name it is the name that counts.
fn filled_notices<'a>(given: &NoticeSettings<'a>) -> NoticeSettings<'a> {
    let mut given = given.clone();
    if let Some(Zone::Changing { name: Some(_), transitions }) = &mut given.buyer_zone {
        transitions.clear();
    }
    given
}

fn filled_lines<'a>(lines: &[OrderLine<'a>]) -> Vec<(String, OrderLine<'a>)> {
    let fill = |(index, line): (usize, &OrderLine<'a>)| {
        (line_id(line, index), OrderLine { line: None, ..line.clone() })
    };
    lines.iter().enumerate().map(fill).collect()
}

/// A location that is left out is the only one there is, and `null` is the default by name.
fn filled(mut body: Body) -> Body {
    match &mut body {
        Body::Receive { location, .. }
        | Body::Count { location, .. }
        | Body::ScheduleSupply { location, .. }
        | Body::Return { location, .. } => {
            location.get_or_insert(DEFAULT_LOCATION);
        }
        Body::Ship { lines: Some(lines), .. } => {
            for line in lines {
                line.location.get_or_insert(DEFAULT_LOCATION);
            }
        }
        Body::ConfirmHold { notices: Some(notices), .. } => **notices = filled_notices(notices),
        Body::AmendOrder { fulfilment: Some(fulfilment), .. } => {
            fulfilment.get_or_insert_default();
        }
        Body::DefineLocation { calendar, transit, .. } => {
            fill_with(transit, Vec::new());
            // A name stands for the transitions that it had when the command came.
            if let Some(Some(Calendar { zone: Zone::Changing { name: Some(_), transitions }, .. })) = calendar
            {
                transitions.clear();
            }
        }
        Body::DefineSupplier { lateness_days: Some(lateness), .. } => {
            lateness.get_or_insert_default();
        }
        Body::DefineItem { settings, .. } => {
            fill_with(&mut settings.backorders, Backorders::default());
            fill_with(&mut settings.safety_stock, 0);
            fill_with(&mut settings.overdue, Overdue::default());
            fill_with(&mut settings.lifecycle, Lifecycle::default());
            fill_with(&mut settings.sharing, Sharing::default());
            fill_with(&mut settings.promising, Promising::default());
            fill_with(&mut settings.whole_lines, WholeLines::default());
            // Its default says nothing, as it always could be given.
            settings.overtaking = settings.overtaking.filter(|given| *given == Some(Overtaking::Learn));
            fill_with(&mut settings.protection, Vec::new());
            fill_with(&mut settings.components, Vec::new());
            fill_with(&mut settings.substitutes, Vec::new());
            fill_with(&mut settings.incentives, Vec::new());
        }
        Body::Rebalance { rules, .. } => {
            for rule in rules {
                rule.matching.priority_from.get_or_insert(u8::MIN);
                rule.matching.priority_to.get_or_insert(u8::MAX);
            }
        }
        _ => {}
    }
    body
}

fn fill_with<T>(setting: &mut Option<Option<T>>, default: T) {
    if let Some(given) = setting {
        given.get_or_insert(default);
    }
}
