//! What customers are told of delays, through public commands. After each command the engine is written, read
//! again, and both go on. Cases of the laws by name are in `tests/law.json` as well (`law`).

use crate::api::door::apply;
use crate::api::json::parse;
use crate::codec;
use crate::engine::{Engine, EngineOptions};
use crate::estimate::civil::{day_of_iso_date, iso_date};
use crate::model::outcome::EventMode;
use crate::model::units::DAY_MS;
use serde_json::{Value as Json, json, to_value};

const NOON: u64 = DAY_MS / 2;

fn day(date: &str) -> u64 {
    u64::from(day_of_iso_date(date).unwrap()) * DAY_MS
}

struct Shop {
    engine: Engine,
    /// What the last command brought about.
    outcome: Json,
}

impl Shop {
    fn new() -> Shop {
        let mut shop = Shop { engine: Engine::new(EngineOptions::default()), outcome: Json::Null };
        shop.on("2026-01-01", json!({"type": "defineItem", "sku": "lamp"}));
        shop
    }

    /// A command at noon of a day, UTC.
    fn on(&mut self, date: &str, command: Json) -> &mut Shop {
        self.at(day(date) + NOON, command)
    }

    fn at(&mut self, now: u64, command: Json) -> &mut Shop {
        let mut again = codec::restore(&codec::snapshot(&self.engine)).unwrap();
        self.outcome = send(&mut self.engine, &command, now);
        assert_eq!(send(&mut again, &command, now), self.outcome, "{command}");
        assert_eq!(codec::digest(&again), codec::digest(&self.engine), "{command}");
        assert_eq!(again.next_wake_at(), self.engine.next_wake_at(), "{command}");
        self
    }

    fn tick(&mut self, date: &str) -> &mut Shop {
        self.on(date, json!({"type": "tick"}))
    }

    /// An order of one lamp, for which none is there, with these settings beside its regime.
    fn order(&mut self, date: &str, regime: &str, settings: Json) -> &mut Shop {
        let mut command = json!({
            "type": "placeOrder", "order": "A", "lines": [{"sku": "lamp", "quantity": 1}], "regime": regime,
        });
        command.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        self.on(date, command);
        assert_eq!(self.outcome["status"], "applied", "{}", self.outcome);
        self
    }

    fn supply(&mut self, date: &str, due: &str) -> &mut Shop {
        let command = json!({"type": "scheduleSupply", "supply": "S", "sku": "lamp", "quantity": 1, "due": day(due) + NOON});
        self.on(date, command)
    }

    fn slip(&mut self, date: &str, due: &str) -> &mut Shop {
        self.on(date, json!({"type": "rescheduleSupply", "supply": "S", "due": day(due) + NOON}))
    }

    fn send(&mut self, date: &str) -> &mut Shop {
        let notice = self.notice()["notice"].clone();
        self.on(date, json!({"type": "noticeSent", "notice": notice, "reason": "the supplier is late"}))
    }

    fn notices(&self) -> Json {
        to_value(self.engine.notices()).unwrap()
    }

    /// The only one.
    fn notice(&self) -> Json {
        let notices = self.notices();
        assert_eq!(notices.as_array().unwrap().len(), 1, "{notices}");
        let shown = to_value(self.engine.order("A", 0).unwrap()).unwrap();
        assert_eq!(shown["lines"][0]["notice"], notices[0]);
        notices[0].clone()
    }

    /// The notice, but for its ids.
    fn told(&self) -> Json {
        let mut notice = self.notice();
        for name in ["notice", "order", "line"] {
            notice.as_object_mut().unwrap().remove(name);
        }
        notice
    }

    /// The events of the last command: when, what, and until when.
    fn events(&self) -> Vec<(String, String, String)> {
        let instant = |value: &Json| {
            value.as_u64().map_or(String::new(), |at| {
                let hours = at % DAY_MS / 3_600_000;
                format!("{} {hours:02}", iso_date((at / DAY_MS) as u32))
            })
        };
        let events = self.outcome["events"].as_array().unwrap().iter();
        let shown = |event: &Json| {
            (instant(&event["at"]), event["type"].as_str().unwrap().into(), instant(&event["to"]))
        };
        events.map(shown).collect()
    }

    fn has(&self, at: &str, kind: &str) -> bool {
        self.events().iter().any(|event| event.0 == at && event.1 == kind)
    }

    fn reason(&self) -> &str {
        self.outcome["reason"].as_str().unwrap_or("")
    }

    fn cancelled(&self) -> u64 {
        to_value(self.engine.order("A", 0).unwrap()).unwrap()["lines"][0]["cancelled"].as_u64().unwrap()
    }

    fn wakes(&self) -> String {
        iso_date((self.engine.next_wake_at().unwrap() / DAY_MS) as u32)
    }
}

fn send(engine: &mut Engine, command: &Json, now: u64) -> Json {
    let text = command.to_string();
    to_value(apply(engine, &parse(&text), now, EventMode::Return).unwrap()).unwrap()
}

#[test]
fn ftc_01() {
    let mut shop = Shop::new();
    shop.order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-04"}));
    assert_eq!(
        shop.told(),
        json!({"kind": "firstOption", "revised": "indefinite", "due": "2026-09-04", "silence": "cancels",
               "cancelsOn": "2026-10-04", "refundBy": null, "state": "due"})
    );
    assert_eq!(shop.wakes(), "2026-09-05");
    shop.tick("2026-09-10");
    assert!(shop.has("2026-09-05 00", "orderDeemedCancelled"), "{:?}", shop.events());
    assert!(shop.has("2026-09-05 00", "lineCancelled"));
    assert!(shop.events().contains(&("2026-09-05 00".into(), "refundDue".into(), "2026-09-17 00".into())));
    assert_eq!(
        shop.told(),
        json!({"kind": "firstOption", "revised": "indefinite", "due": "2026-09-04", "silence": "cancels",
               "cancelsOn": "2026-09-04", "refundBy": "2026-09-16", "state": "cancelled"})
    );
    assert_eq!(shop.cancelled(), 1);
}

/// FTC-04 with its notice sent.
fn ftc_04() -> Shop {
    let mut shop = Shop::new();
    shop.order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"})).send("2026-09-08");
    assert_eq!(shop.told()["state"], "sent");
    shop
}

#[test]
fn ftc_07() {
    let mut shop = ftc_04();
    shop.on("2026-09-09", json!({"type": "respond", "order": "A", "answer": "cancel"}));
    assert_eq!(
        (&shop.told()["state"], &shop.told()["refundBy"]),
        (&json!("cancelled"), &json!("2026-09-18"))
    );
    assert_eq!(shop.cancelled(), 1);
    shop.on("2026-09-10", json!({"type": "respond", "order": "A", "answer": "consent"}));
    assert_eq!(shop.reason(), "noticeClosed");
    shop.on("2026-09-18", json!({"type": "refunded", "order": "A"}));
    assert_eq!((&shop.outcome["status"], &shop.told()["state"]), (&json!("applied"), &json!("refunded")));
    shop.on("2026-09-18", json!({"type": "refunded", "order": "A"}));
    assert_eq!((shop.reason(), shop.engine.next_wake_at()), ("noticeClosed", None));
}

#[test]
fn days_are_the_buyers_where_the_clock_changes() {
    // New York puts its clock back on 1 November 2026, by which this order is to ship: midnight comes an hour later.
    let back = 1_793_512_800_000_u64;
    let zone = json!({"transitions": [{"from": 0, "utcOffset": -240}, {"from": back, "utcOffset": -300}]});
    let mut shop = Shop::new();
    shop.order("2026-10-02", "ftc", json!({"buyerZone": zone})).tick("2026-11-03");
    assert!(shop.has("2026-11-02 05", "orderDeemedCancelled"), "{:?}", shop.events());
}

#[test]
fn ftc_12_silence_on_a_renewed_option_cancels() {
    let mut shop = Shop::new();
    shop.supply("2026-08-01", "2026-08-18").order("2026-08-02", "ftc", json!({"statedShipBy": "2026-08-19"}));
    assert_eq!(shop.notices(), json!([]));
    shop.slip("2026-08-15", "2026-09-05");
    assert!(shop.events().contains(&("2026-08-15 12".into(), "noticeDue".into(), "2026-08-20 00".into())));
    assert_eq!((&shop.told()["silence"], &shop.told()["cancelsOn"]), (&json!("consent"), &Json::Null));
    shop.send("2026-08-16").slip("2026-09-02", "2026-09-25");
    assert_eq!(
        shop.told(),
        json!({"kind": "renewedOption", "revised": "2026-09-25", "due": "2026-09-05", "silence": "cancels",
               "cancelsOn": "2026-09-05", "refundBy": null, "state": "due"})
    );
    shop.send("2026-09-03").tick("2026-09-05");
    assert_eq!(shop.cancelled(), 0);
    shop.tick("2026-09-06");
    assert!(shop.has("2026-09-06 00", "orderDeemedCancelled"));
    assert_eq!(shop.told()["refundBy"], "2026-09-16");
}

#[test]
fn uk_01() {
    let mut shop = Shop::new();
    shop.order("2026-03-01", "uk", json!({}));
    assert_eq!(
        shop.told(),
        json!({"kind": "newDate", "revised": "indefinite", "due": "2026-03-31", "silence": null,
               "cancelsOn": null, "refundBy": null, "state": "due"})
    );
    shop.tick("2026-06-01");
    assert!(shop.has("2026-04-01 00", "noticeDue"));
    assert_eq!((&shop.told()["state"], shop.cancelled()), (&json!("overdue"), 0));
}

#[test]
fn one_notice_for_a_wave_replaced_when_the_date_moves_and_withdrawn_by_a_better_one() {
    let mut shop = Shop::new();
    shop.supply("2026-09-01", "2026-09-09").order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"}));
    shop.slip("2026-09-02", "2026-09-15");
    let first = shop.notice()["notice"].clone();
    let due = |shop: &Shop| shop.events().iter().filter(|event| event.1 == "noticeDue").count();
    assert_eq!(due(&shop), 1);
    shop.tick("2026-09-03");
    assert_eq!((due(&shop), &shop.notice()["notice"]), (0, &first));
    shop.slip("2026-09-04", "2026-10-15");
    assert_eq!((due(&shop), &shop.told()["revised"]), (1, &json!("2026-10-15")));
    shop.on("2026-09-04", json!({"type": "noticeSent", "notice": first}));
    assert_eq!(shop.reason(), "noticeClosed");
    shop.slip("2026-09-05", "2026-09-10");
    assert_eq!(shop.notices(), json!([]));
    // The promise stands, as it never moves for the better; the date it is withdrawn by may be lost again.
    shop.slip("2026-09-06", "2026-09-11");
    assert_eq!(shop.told()["revised"], "2026-10-15");
    shop.on("2026-09-07", json!({"type": "receive", "sku": "lamp", "quantity": 1}));
    assert_eq!(shop.notices(), json!([]));
    shop.on("2026-09-08", json!({"type": "ship", "order": "A"})).tick("2026-12-01");
    assert_eq!((shop.events().len(), shop.cancelled()), (0, 0));
}

#[test]
fn what_withdrew_a_notice_may_be_lost_to_an_order_of_better_priority() {
    let mut shop = Shop::new();
    shop.supply("2026-09-01", "2026-09-09").order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"}));
    shop.slip("2026-09-02", "2026-09-15").slip("2026-09-03", "2026-09-10");
    shop.on("2026-09-03", json!({
        "type": "scheduleSupply", "supply": "S2", "sku": "lamp", "quantity": 1, "due": day("2026-09-14") + NOON,
    }));
    assert_eq!(shop.notices(), json!([]));
    let other = |sku: &str, order: &str| json!({"type": "placeOrder", "order": order, "lines": [{"sku": sku, "quantity": 1}], "priority": 1});
    shop.on("2026-09-04", json!({"type": "defineItem", "sku": "vase"}));
    shop.on("2026-09-04", other("vase", "B"));
    assert_eq!(shop.notices(), json!([]));
    // It ships by its promise still, which is later than was said.
    shop.on("2026-09-04", other("lamp", "C"));
    assert_eq!(shop.told()["revised"], "2026-09-15");
}

#[test]
fn sent_without_the_choice_or_without_a_reason_it_was_not_sent() {
    for lacks in [json!({"offersCancel": false, "reason": "late"}), json!({}), json!({"reason": " "})] {
        let mut shop = Shop::new();
        shop.order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"}));
        let mut command = json!({"type": "noticeSent", "notice": "N1"});
        command.as_object_mut().unwrap().extend(lacks.as_object().unwrap().clone());
        shop.on("2026-09-02", command);
        assert_eq!((&shop.outcome["status"], &shop.told()["state"]), (&json!("applied"), &json!("due")));
        shop.tick("2026-09-11");
        assert!(shop.has("2026-09-11 00", "orderDeemedCancelled"));
    }
}

#[test]
fn sent_too_late_it_is_refused() {
    let mut shop = Shop::new();
    shop.order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"}));
    shop.at(day("2026-09-11"), json!({"type": "noticeSent", "notice": "N1", "reason": "late"}));
    assert_eq!(shop.reason(), "noticeClosed");
    assert_eq!(shop.cancelled(), 1);
    let mut shop = Shop::new();
    shop.order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"}));
    shop.at(day("2026-09-11") - 1, json!({"type": "noticeSent", "notice": "N1", "reason": "late"}));
    assert_eq!(shop.outcome["status"], "applied");
}

#[test]
fn consent_to_an_unknown_length_leaves_a_right_to_cancel() {
    let mut shop = ftc_04();
    shop.on(
        "2026-10-01",
        json!({"type": "respond", "order": "A", "answer": "consent", "until": "indefinite"}),
    );
    assert_eq!((&shop.told()["state"], shop.engine.next_wake_at()), (&json!("consented"), None));
    shop.supply("2026-11-01", "2027-02-01").tick("2027-01-31");
    assert_eq!((&shop.told()["state"], shop.cancelled()), (&json!("consented"), 0));
    shop.on("2027-01-31", json!({"type": "respond", "order": "A", "line": "1", "answer": "cancel"}));
    assert_eq!((&shop.told()["state"], shop.cancelled()), (&json!("cancelled"), 1));
}

#[test]
fn a_refund_that_is_late_is_said_again() {
    let mut shop = ftc_04();
    shop.on("2026-09-09", json!({"type": "respond", "order": "A", "answer": "cancel"})).tick("2026-10-01");
    assert!(shop.has("2026-09-19 00", "refundDue"), "{:?}", shop.events());
    assert_eq!(shop.told()["state"], "overdue");
    // What is still to be paid back is not archived.
    shop.on("2026-10-02", json!({"type": "archive", "before": day("2026-10-02")}));
    assert_eq!(shop.told()["state"], "overdue");
    shop.on("2026-10-02", json!({"type": "refunded", "order": "A", "line": "1"}));
    shop.on("2026-10-03", json!({"type": "archive", "before": day("2026-10-03")}));
    assert_eq!(shop.notices(), json!([]));
}

#[test]
fn the_seller_cancels() {
    let mut shop = Shop::new();
    shop.order("2026-09-01", "ftc", json!({"statedShipBy": "2026-09-10"}));
    shop.on("2026-09-04", json!({"type": "cancelOrder", "order": "A"}));
    assert!(shop.has("2026-09-04 12", "noticeDue") && shop.has("2026-09-04 12", "refundDue"));
    assert_eq!(
        shop.told(),
        json!({"kind": "cancellation", "revised": null, "due": "2026-09-16", "silence": null,
               "cancelsOn": "2026-09-04", "refundBy": "2026-09-16", "state": "due"})
    );
    shop.send("2026-09-05");
    assert_eq!(shop.told()["state"], "sent");
}

#[test]
fn a_hold_that_is_confirmed_has_a_regime_from_then_on() {
    let mut shop = Shop::new();
    let lines = json!([{"sku": "lamp", "quantity": 1}]);
    shop.on("2026-09-01", json!({"type": "holdStock", "hold": "H", "lines": lines, "ttl": 9 * DAY_MS}));
    let order =
        json!({"type": "confirmHold", "hold": "H", "order": "A", "regime": "ftc", "payment": "sellerCredit"});
    shop.on("2026-09-02", order);
    assert_eq!(shop.told()["due"], "2026-10-22");
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let mut shop = Shop::new();
    let mut refused = |command: Json| {
        shop.on("2026-09-01", command);
        (shop.reason().to_string(), shop.outcome["path"].as_str().unwrap_or("").to_string())
    };
    let order = |settings: Json| {
        let mut command =
            json!({"type": "placeOrder", "order": "B", "lines": [{"sku": "lamp", "quantity": 1}]});
        command.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        command
    };
    let pair = |reason: &str, path: &str| (reason.to_string(), path.to_string());
    assert_eq!(refused(json!({"type": "noticeSent", "notice": "N1"})), pair("unknownNotice", "notice"));
    assert_eq!(
        refused(json!({"type": "respond", "order": "B", "answer": "cancel"})),
        pair("unknownOrder", "order")
    );
    assert_eq!(refused(order(json!({"regime": "mine"}))), pair("conflictingSettings", "regime"));
    assert_eq!(refused(order(json!({"statedShipBy": "2026-02-30"}))), pair("invalidCommand", "statedShipBy"));
    assert_eq!(
        refused(order(json!({"buyerZone": {"utcOffset": 1081}}))),
        pair("invalidCommand", "buyerZone.utcOffset")
    );
    assert_eq!(refused(order(json!({"payment": "cash"}))), pair("invalidCommand", "payment"));
    let late = json!({"regime": "ftc", "statedShipBy": "2026-08-31"});
    assert_eq!(refused(order(late)), pair("conflictingSettings", "statedShipBy"));
    assert_eq!(refused(order(json!({}))), pair("", ""));
    let respond = |more: Json| {
        let mut command = json!({"type": "respond", "order": "B", "answer": "cancel"});
        command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        command
    };
    assert_eq!(refused(respond(json!({"line": "9"}))), pair("unknownLine", "line"));
    assert_eq!(refused(respond(json!({}))), pair("nothingDue", "order"));
    assert_eq!(refused(respond(json!({"line": "1"}))), pair("nothingDue", "line"));
    assert_eq!(refused(respond(json!({"until": "indefinite"}))), pair("invalidCommand", "until"));
    assert_eq!(refused(json!({"type": "refunded", "order": "B"})), pair("nothingDue", "order"));
    let define =
        |name: &str, settings: Json| json!({"type": "defineRegime", "regime": name, "settings": settings});
    assert_eq!(refused(define("none", json!({}))), pair("invalidCommand", "regime"));
    assert_eq!(refused(define("mine", json!({"days": 3}))), pair("invalidCommand", "settings.days"));
    assert_eq!(refused(define("mine", json!({"lapses": 1}))), pair("invalidCommand", "settings.lapses"));
    let days: Vec<String> = (0..1_001).map(iso_date).collect();
    assert_eq!(
        refused(define("mine", json!({"holidays": days}))),
        pair("limitExceeded", "settings.holidays")
    );
}

#[test]
fn orders_keep_the_terms_under_which_they_were_placed() {
    let mut shop = Shop::new();
    shop.on("2026-08-01", json!({"type": "defineRegime", "regime": "ftc", "settings": {"periodDays": 10}}));
    shop.order("2026-08-01", "ftc", json!({}));
    shop.on("2026-08-02", json!({"type": "defineRegime", "regime": "ftc", "settings": null}));
    assert_eq!(shop.told()["due"], "2026-08-11");
    let order = json!({"type": "placeOrder", "order": "B", "lines": [{"sku": "lamp", "quantity": 1}], "regime": "ftc"});
    shop.on("2026-08-02", order);
    assert_eq!(shop.notices()[1]["due"], "2026-09-01");
    shop.on("2026-08-02", json!({"type": "defineRegime", "regime": "ftc", "settings": {"refundDays": 3}}));
    shop.on("2026-08-02", json!({"type": "cancelOrder", "order": "B"}));
    assert_eq!(shop.notices()[1]["refundBy"], "2026-08-11");
}

#[test]
fn a_line_that_left_a_site_is_not_looked_at_there() {
    let mut shop = Shop::new();
    let supply = |supply: &str, sku: &str, due: &str| json!({"type": "scheduleSupply", "supply": supply, "sku": sku, "quantity": 10, "due": day(due)});
    let moved = |due: &str| json!({"type": "rescheduleSupply", "supply": "P", "due": day(due)});
    let overdue = json!({"offsetDays": 10});
    shop.on("2026-01-01", json!({"type": "defineItem", "sku": "torch", "overdue": overdue}));
    shop.on(
        "2026-01-01",
        json!({"type": "defineItem", "sku": "lamp", "overdue": overdue, "substitutes": ["torch"]}),
    );
    shop.on("2026-01-01", json!({"type": "defineRegime", "regime": "own"}));
    shop.on("2026-01-01", supply("P", "lamp", "2026-01-06"));
    shop.order("2026-01-01", "own", json!({"statedShipBy": "2026-01-21"}));
    // Told that it is late, and taken back: its date is looked at when others come.
    shop.on("2026-01-02", moved("2026-01-31"));
    shop.on("2026-01-02", moved("2026-01-06"));
    shop.on("2026-01-02", supply("T", "torch", "2026-01-16"));
    shop.on("2026-01-03", json!({"type": "substitute", "order": "A", "line": "1", "sku": "torch"}));
    assert_eq!(shop.outcome["status"], "applied", "{}", shop.outcome);
    shop.on(
        "2026-01-19",
        json!({"type": "placeOrder", "order": "B", "lines": [{"sku": "lamp", "quantity": 1}]}),
    );
    assert_eq!(shop.outcome["status"], "applied", "{}", shop.outcome);
}
