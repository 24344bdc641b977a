//! Commands that are right, with what they say.

use super::document;
use crate::api::decode::command;
use crate::model::command::*;
use crate::model::settings::*;

fn rule(matching: OrderMatch, strategy: Strategy) -> RebalanceRule {
    RebalanceRule { matching, strategy }
}

#[test]
fn every_field_arrives() {
    let line = |line, sku, quantity| OrderLine { line, ..OrderLine::new(sku, quantity) };
    let cases: Vec<(&str, Body)> = vec![
        (r#"{"type":"tick"}"#, Body::Tick),
        (
            r#"{"type":"receive","sku":"a","location":"default","quantity":9007199254740991,"supply":"S"}"#,
            Body::Receive { sku: "a", location: Some("default"), quantity: (1 << 53) - 1, supply: Some("S") },
        ),
        (r#"{"onHand":0,"sku":"a","type":"count"}"#, Body::Count { sku: "a", location: None, on_hand: 0 }),
        (
            r#"{"type":"scheduleSupply","supply":"S","sku":"a","location":"default","quantity":1e3,"due":5.0,"supplier":"V"}"#,
            Body::ScheduleSupply {
                supply: "S",
                sku: "a",
                location: Some("default"),
                quantity: 1_000,
                due: 5,
                supplier: Some("V"),
            },
        ),
        (
            r#"{"type":"rescheduleSupply","supply":"S","due":7,"quantity":0}"#,
            Body::RescheduleSupply { supply: "S", due: Some(7), quantity: Some(0) },
        ),
        (
            r#"{"type":"rescheduleSupply","supply":"S"}"#,
            Body::RescheduleSupply { supply: "S", due: None, quantity: None },
        ),
        (r#"{"type":"cancelSupply","supply":"S"}"#, Body::CancelSupply { supply: "S" }),
        (
            r#"{"type":"defineSupplier","supplier":"V","lateness":[-3,0,14]}"#,
            Body::DefineSupplier { supplier: "V", lateness_days: Some(Some(vec![-3, 0, 14])) },
        ),
        (
            r#"{"type":"defineSupplier","supplier":"V","lateness":null}"#,
            Body::DefineSupplier { supplier: "V", lateness_days: Some(None) },
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[{"sku":"a","quantity":2},
                {"line":"x","sku":"b","quantity":3,"locations":["default"],"minShipment":2,"unitPrice":995}],
                "priority":0,"fulfilment":"order","notBefore":1,"latest":2}"#,
            Body::PlaceOrder {
                order: "O",
                lines: vec![
                    line(None, "a", 2),
                    OrderLine {
                        locations: Some(vec!["default"]),
                        min_shipment: 2,
                        unit_price: Some(995),
                        ..line(Some("x"), "b", 3)
                    },
                ]
                .into(),
                settings: OrderSettings {
                    priority: 0,
                    shipping: ShippingSettings {
                        fulfilment: Fulfilment::Order,
                        not_before: Some(1),
                        latest: Some(2),
                    },
                    ..OrderSettings::default()
                },
            },
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[],"sourcing":"fewestParts","shortfall":"refuse","regime":"none","payment":"card"}"#,
            Body::PlaceOrder { order: "O", lines: vec![].into(), settings: OrderSettings::default() },
        ),
        (
            r#"{"type":"holdStock","hold":"H","lines":[{"sku":"a","quantity":1}],"ttl":900000,"priority":255}"#,
            Body::HoldStock {
                hold: "H",
                lines: vec![line(None, "a", 1)].into(),
                ttl_ms: 900_000,
                priority: 255,
            },
        ),
        (
            r#"{"type":"confirmHold","hold":"H","order":"O","fulfilment":"line"}"#,
            Body::ConfirmHold {
                hold: "H",
                order: "O",
                segment: None,
                ship_to: None,
                notices: None,
                settings: ShippingSettings { fulfilment: Fulfilment::Line, ..ShippingSettings::default() },
            },
        ),
        (r#"{"type":"releaseHold","hold":"H"}"#, Body::ReleaseHold { hold: "H" }),
        (
            r#"{"type":"amendLine","order":"O","line":"1","quantity":4}"#,
            Body::AmendLine { order: "O", line: "1", quantity: 4 },
        ),
        (
            r#"{"type":"amendOrder","order":"O","fulfilment":null,"latest":8,"shipTo":null}"#,
            Body::AmendOrder {
                order: "O",
                fulfilment: Some(None),
                not_before: None,
                latest: Some(Some(8)),
                ship_to: Some(None),
            },
        ),
        (
            r#"{"type":"reprioritise","order":"O","priority":7}"#,
            Body::Reprioritise { order: "O", priority: 7 },
        ),
        (r#"{"type":"cancelOrder","order":"O"}"#, Body::CancelOrder { order: "O", lines: None }),
        (
            r#"{"type":"cancelOrder","order":"O","lines":["1","2"]}"#,
            Body::CancelOrder { order: "O", lines: Some(vec!["1", "2"]) },
        ),
        (r#"{"type":"ship","order":"O"}"#, Body::Ship { order: "O", lines: None }),
        (
            r#"{"type":"ship","order":"O","lines":[{"line":"1","quantity":1,"location":"default"}]}"#,
            Body::Ship {
                order: "O",
                lines: Some(vec![ShipLine { line: "1", quantity: 1, location: Some("default") }]),
            },
        ),
        (
            r#"{"type":"return","order":"O","line":"1","quantity":1,"restock":true,"location":"default"}"#,
            Body::Return { order: "O", line: "1", quantity: 1, restock: true, location: Some("default") },
        ),
        (r#"{"type":"archive","before":0}"#, Body::Archive { before: 0 }),
        (
            r#"{"type":"defineLocation","location":"east","calendar":null,"transitDays":null}"#,
            Body::DefineLocation { location: "east", calendar: Some(None), transit: Some(None) },
        ),
        (
            r#"{"type":"relocate","order":"O","line":"1","to":"west"}"#,
            Body::Relocate { order: "O", line: "1", from: None, to: "west", quantity: None },
        ),
        (
            r#"{"type":"relocate","order":"O","line":"1","from":"east","to":"west","quantity":3}"#,
            Body::Relocate { order: "O", line: "1", from: Some("east"), to: "west", quantity: Some(3) },
        ),
        (r#"{"type":"freeze","order":"O","frozen":true}"#, Body::Freeze { order: "O", frozen: true }),
        (
            r#"{"type":"substitute","order":"O","line":"1","sku":"b"}"#,
            Body::Substitute { order: "O", line: "1", sku: "b" },
        ),
        (
            r#"{"type":"rebalance","rules":[{"match":{},"strategy":"redistribute"}]}"#,
            Body::Rebalance { skus: None, rules: vec![rule(OrderMatch::default(), Strategy::Redistribute)] },
        ),
        (
            r#"{"type":"rebalance","skus":["a","b"],"rules":[
                {"match":{"orders":["O","P"]},"strategy":"win"},{"match":{"segment":"trade"},"strategy":"gain"},
                {"match":{"priority":{"from":3,"to":9}},"strategy":"fill"},
                {"match":{"priority":{"to":9}},"strategy":"lose"},{"match":{"priority":{}},"strategy":"lose"}]}"#,
            Body::Rebalance {
                skus: Some(vec!["a", "b"]),
                rules: vec![
                    rule(OrderMatch { orders: Some(vec!["O", "P"]), ..OrderMatch::default() }, Strategy::Win),
                    rule(OrderMatch { segment: Some("trade"), ..OrderMatch::default() }, Strategy::Gain),
                    rule(
                        OrderMatch { priority_from: Some(3), priority_to: Some(9), ..OrderMatch::default() },
                        Strategy::Fill,
                    ),
                    rule(OrderMatch { priority_to: Some(9), ..OrderMatch::default() }, Strategy::Lose),
                    rule(OrderMatch::default(), Strategy::Lose),
                ],
            },
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[],"segment":"trade","sourcing":"inOrder","allocateFrom":5,
                "shortfall":"trim"}"#,
            Body::PlaceOrder {
                order: "O",
                lines: vec![].into(),
                settings: OrderSettings {
                    segment: Some("trade"),
                    sourcing: Sourcing::InOrder,
                    allocate_from: Some(5),
                    shortfall: Shortfall::Trim,
                    ..OrderSettings::default()
                },
            },
        ),
        (
            r#"{"type":"placeOrder","order":"O","lines":[],"sourcing":"earliest"}"#,
            Body::PlaceOrder {
                order: "O",
                lines: vec![].into(),
                settings: OrderSettings { sourcing: Sourcing::Earliest, ..OrderSettings::default() },
            },
        ),
        (
            r#"{"type":"confirmHold","hold":"H","order":"O","segment":"trade"}"#,
            Body::ConfirmHold {
                hold: "H",
                order: "O",
                segment: Some("trade"),
                ship_to: None,
                settings: ShippingSettings::default(),
                notices: None,
            },
        ),
    ];
    let documents: Vec<_> = cases.iter().map(|(json, _)| document(json)).collect();
    for ((json, body), value) in cases.into_iter().zip(&documents) {
        assert_eq!(command(value), Ok(body.into()), "{json}");
    }
}

/// A rule for a point of 5 that says nothing else yet.
fn reorder(policy: ReorderPolicy) -> Reorder {
    Reorder { policy, point: 5, quantity: None, up_to: None, minimum: None, multiple: None }
}

#[test]
fn settings_of_an_item() {
    let none = ItemChange::default();
    let cases = [
        ("", none.clone()),
        (
            r#","backorders":"allow""#,
            ItemChange { backorders: Some(Some(Backorders::Allow)), ..none.clone() },
        ),
        (r#","backorders":"deny""#, ItemChange { backorders: Some(Some(Backorders::Deny)), ..none.clone() }),
        (
            r#","backorders":{"limit":0}"#,
            ItemChange { backorders: Some(Some(Backorders::Limit(0))), ..none.clone() },
        ),
        (
            r#","backorders":null,"maxPerOrder":null"#,
            ItemChange { backorders: Some(None), max_per_order: Some(None), ..none.clone() },
        ),
        (
            r#","maxPerOrder":3,"safetyStock":4,"ageingDays":5"#,
            ItemChange {
                max_per_order: Some(Some(3)),
                safety_stock: Some(Some(4)),
                ageing_days: Some(Some(5)),
                ..none.clone()
            },
        ),
        (
            r#","replenishment":{"leadTimeDays":6,"supplier":"V"}"#,
            ItemChange {
                replenishment: Some(Some(Replenishment {
                    lead_time_days: 6,
                    supplier: Some("V".into()),
                    ..Replenishment::default()
                })),
                ..none.clone()
            },
        ),
        (
            r#","overdue":{"offsetDays":7,"ignoreAfterDays":8}"#,
            ItemChange {
                overdue: Some(Some(Overdue { offset_days: 7, ignore_after_days: Some(8) })),
                ..none.clone()
            },
        ),
        (
            r#","lifecycle":{"preorder":{"releaseAt":9}}"#,
            ItemChange { lifecycle: Some(Some(Lifecycle::Preorder { release_at: Some(9) })), ..none.clone() },
        ),
        (
            r#","lifecycle":{"preorder":{}}"#,
            ItemChange { lifecycle: Some(Some(Lifecycle::Preorder { release_at: None })), ..none.clone() },
        ),
        (
            r#","lifecycle":"discontinued""#,
            ItemChange { lifecycle: Some(Some(Lifecycle::Discontinued)), ..none.clone() },
        ),
        (r#","lifecycle":"active""#, ItemChange { lifecycle: Some(Some(Lifecycle::Active)), ..none.clone() }),
        (
            r#","sharing":"sequence","promising":"queue","protection":[],"overtaking":"ignore","wholeLines":"collect",
                "promiseQuantile":0.5,"reorder":null,"components":[],"substitutes":[],"incentives":[]"#,
            ItemChange {
                sharing: Some(Some(Sharing::Sequence)),
                promising: Some(Some(Promising::Queue)),
                overtaking: Some(Some(Overtaking::Ignore)),
                protection: Some(Some(vec![])),
                whole_lines: Some(Some(WholeLines::Collect)),
                promise_quantile: Some(Quantile::new(0.5)),
                reorder: Some(None),
                components: Some(Some(vec![])),
                substitutes: Some(Some(vec![])),
                incentives: Some(Some(vec![])),
                ..none.clone()
            },
        ),
        (
            r#","sharing":null,"promising":null,"protection":null,"overtaking":null,"wholeLines":null,
                "promiseQuantile":null,"components":null,"substitutes":null,"incentives":null"#,
            ItemChange {
                sharing: Some(None),
                promising: Some(None),
                overtaking: Some(None),
                protection: Some(None),
                whole_lines: Some(None),
                promise_quantile: Some(None),
                components: Some(None),
                substitutes: Some(None),
                incentives: Some(None),
                ..none.clone()
            },
        ),
        (
            r#","sharing":"fairShare","promising":"protect","wholeLines":"skip",
                "protection":[{"priority":50,"units":3},{"priority":0,"units":0}]"#,
            ItemChange {
                sharing: Some(Some(Sharing::FairShare)),
                promising: Some(Some(Promising::Protect)),
                whole_lines: Some(Some(WholeLines::Skip)),
                protection: Some(Some(vec![
                    Protection { priority: 50, units: 3 },
                    Protection { priority: 0, units: 0 },
                ])),
                ..none.clone()
            },
        ),
        (
            r#","replenishment":{"leadTimeDays":6,"batch":12,"capacityPerDay":40}"#,
            ItemChange {
                replenishment: Some(Some(Replenishment {
                    lead_time_days: 6,
                    supplier: None,
                    batch: Some(12),
                    capacity_per_day: Some(40),
                })),
                ..none.clone()
            },
        ),
        (
            r#","reorder":{"policy":"rQ","point":5,"quantity":6}"#,
            ItemChange {
                reorder: Some(Some(Reorder { quantity: Some(6), ..reorder(ReorderPolicy::ReorderQuantity) })),
                ..none.clone()
            },
        ),
        (
            r#","reorder":{"policy":"sS","point":5,"upTo":9,"minimum":2,"multiple":3}"#,
            ItemChange {
                reorder: Some(Some(Reorder {
                    up_to: Some(9),
                    minimum: Some(2),
                    multiple: Some(3),
                    ..reorder(ReorderPolicy::OrderUpTo)
                })),
                ..none.clone()
            },
        ),
        (
            r#","reorder":{"policy":"baseStock","point":5,"upTo":9}"#,
            ItemChange {
                reorder: Some(Some(Reorder { up_to: Some(9), ..reorder(ReorderPolicy::BaseStock) })),
                ..none.clone()
            },
        ),
        (
            r#","components":[{"sku":"b","quantity":2}],"substitutes":["c","d"],
                "incentives":[{"fromDelayDays":7,"offer":"free shipping"},{"fromDelayDays":0,"offer":""}]"#,
            ItemChange {
                components: Some(Some(vec![Component { sku: "b".into(), quantity: 2 }])),
                substitutes: Some(Some(vec!["c".into(), "d".into()])),
                incentives: Some(Some(vec![
                    Incentive { from_delay_days: 7, offer: "free shipping".into() },
                    Incentive { from_delay_days: 0, offer: "".into() },
                ])),
                ..none
            },
        ),
    ];
    for (fields, settings) in cases {
        let json = format!(r#"{{"type":"defineItem","key":"k","sku":"a"{fields}}}"#);
        let expected = Command { key: Some("k"), body: Body::DefineItem { sku: "a", settings } };
        let value = document(&json);
        assert_eq!(command(&value), Ok(expected), "{json}");
    }
}
