//! What happens in a shop of two places within a month, the same on every host: items that are shared
//! and promised in every way, and every command that may change who gets what, and where.

use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::{
    Body, Fulfilment, OrderLine, OrderMatch, OrderSettings, RebalanceRule, Shortfall, Sourcing, Strategy,
};
use backorder::model::outcome::{EventMode, Status};
use backorder::model::settings::{
    Component, Incentive, ItemChange, Promising, Protection, Reorder, ReorderPolicy, Replenishment, Sharing,
    WholeLines,
};
use backorder::model::units::{DAY_MS, Instant};
use std::collections::BTreeSet;

const PLACES: [&str; 2] = ["east", "west"];

/// The last is a kit of the first and the third.
const SKUS: [&str; 5] = ["lamp", "rug", "bulb", "vase", "set"];

/// How each item is shared and promised.
fn settings(sku: &str) -> ItemChange {
    let none = ItemChange::default();
    let replenishment =
        Replenishment { lead_time_days: 3, batch: Some(2), capacity_per_day: Some(7), ..Default::default() };
    match sku {
        "lamp" => ItemChange {
            replenishment: Some(Some(replenishment)),
            ageing_days: Some(Some(2)),
            substitutes: Some(Some(vec!["rug".into(), "vase".into()])),
            ..none
        },
        "rug" => ItemChange {
            sharing: Some(Some(Sharing::FairShare)),
            incentives: Some(Some(vec![Incentive { from_delay_days: 2, offer: "a card".into() }])),
            ..none
        },
        "bulb" => ItemChange {
            promising: Some(Some(Promising::Protect)),
            reorder: Some(Some(Reorder {
                policy: ReorderPolicy::OrderUpTo,
                point: 3,
                quantity: None,
                up_to: Some(12),
                minimum: Some(4),
                multiple: Some(5),
            })),
            ..none
        },
        "vase" => ItemChange {
            whole_lines: Some(Some(WholeLines::Skip)),
            protection: Some(Some(vec![Protection { priority: 50, units: 2 }])),
            ..none
        },
        _ => {
            let component = |sku: &str, quantity| Component { sku: sku.into(), quantity };
            ItemChange { components: Some(Some(vec![component("lamp", 1), component("bulb", 2)])), ..none }
        }
    }
}

/// An order of one line, whose settings are others in every round.
fn order<'a>(id: &'a str, round: usize, now: Instant) -> Body<'a> {
    let mut settings = OrderSettings {
        priority: [0, 50, 100][round % 3],
        segment: round.is_multiple_of(4).then_some("club"),
        sourcing: [Sourcing::FewestParts, Sourcing::InOrder, Sourcing::Earliest][round / 2 % 3],
        allocate_from: round.is_multiple_of(7).then_some(now + 2 * DAY_MS),
        shortfall: [Shortfall::Refuse, Shortfall::Trim][round % 2],
        ..OrderSettings::default()
    };
    settings.shipping.fulfilment = [Fulfilment::Partial, Fulfilment::Line][round / 5 % 2];
    let locations = [None, Some(vec!["west"]), Some(vec!["west", "east"])][round % 3].clone();
    let line = OrderLine { locations, ..OrderLine::new(SKUS[round % 5], 1 + round as u64 % 4) };
    Body::PlaceOrder { order: id, lines: vec![line].into(), settings }
}

/// What else happens in a round: to an earlier order, to what is on the shelf or on its way.
fn happening<'a>(id: &'a str, earlier: &'a str, round: usize, now: Instant) -> Body<'a> {
    let (sku, place) = (SKUS[round / 2 % 4], PLACES[round / 11 % 2]);
    let matching = OrderMatch { segment: Some("club"), ..OrderMatch::default() };
    match round % 11 {
        0 => Body::Relocate { order: earlier, line: "1", from: None, to: place, quantity: None },
        1 => Body::Freeze { order: earlier, frozen: !round.is_multiple_of(3) },
        2 => Body::Substitute { order: earlier, line: "1", sku: "rug" },
        3 => Body::Rebalance {
            skus: None,
            rules: vec![
                RebalanceRule { matching, strategy: Strategy::Win },
                RebalanceRule { matching: OrderMatch::default(), strategy: Strategy::Redistribute },
            ],
        },
        4 => Body::Ship { order: earlier, lines: None },
        5 => Body::Count { sku, location: Some(place), on_hand: round as u64 % 13 },
        6 => {
            let (quantity, due) = (5 + round as u64 % 9, now + 3 * DAY_MS);
            Body::ScheduleSupply { supply: id, sku, location: Some(place), quantity, due, supplier: None }
        }
        7 => {
            let lines = vec![OrderLine::new(sku, 2)].into();
            Body::HoldStock { hold: id, lines, ttl_ms: DAY_MS, priority: 100 }
        }
        8 => Body::AmendLine { order: earlier, line: "1", quantity: 6 },
        9 => Body::CancelOrder { order: earlier, lines: None },
        _ => {
            let quantity = 6 + round as u64 % 9;
            Body::Receive { sku, location: Some(place), quantity, supply: None }
        }
    }
}

/// The engine after so many rounds, and the kinds of commands that were applied in them.
pub fn after(rounds: usize) -> (Engine, BTreeSet<&'static str>) {
    let mut engine = Engine::new(EngineOptions { id: "shop".into(), seed: 7, ..EngineOptions::default() });
    let mut kinds = BTreeSet::new();
    let mut apply = |body: Body, now: Instant| {
        let kind = body.kind().name();
        if engine.apply(&body.into(), now, EventMode::Keep).status == Status::Applied {
            kinds.insert(kind);
        }
    };
    PLACES
        .iter()
        .for_each(|location| apply(Body::DefineLocation { location, calendar: None, transit: None }, 0));
    SKUS.iter().for_each(|sku| apply(Body::DefineItem { sku, settings: settings(sku) }, 0));
    for round in 0..rounds {
        let now = round as u64 * DAY_MS / 7;
        let (id, earlier) = (format!("order-{round}"), format!("order-{}", round * 4 / 5));
        apply(order(&id, round, now), now);
        apply(happening(&id, &earlier, round, now), now);
    }
    (engine, kinds)
}
