//! Random shops whose orders have regimes, held to what the laws ask by an account that reads commands, outcomes
//! and views alone.

use crate::api::door::apply;
use crate::api::json::parse;
use crate::codec;
use crate::engine::{Engine, EngineOptions};
use crate::estimate::civil::{day_of_iso_date, iso_date};
use crate::model::outcome::EventMode;
use crate::model::units::DAY_MS;
use serde_json::{Value as Json, json, to_value};
use std::collections::BTreeMap;

/// Numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// What a law knows of an order of one line, in days.
#[derive(Clone, Debug)]
struct Account {
    law: String,
    /// East of UTC, in minutes.
    offset: i64,
    /// The last day on which the order stands if nothing else happens; `None`: it stands for good.
    stands_until: Option<u64>,
    /// By when to ship without a delay.
    t: u64,
    ended_on: Option<u64>,
    refunded: bool,
}

struct World {
    dice: Dice,
    engine: Engine,
    now: u64,
    orders: BTreeMap<String, Account>,
    supplies: u64,
    told: u64,
    deemed: u64,
}

fn day(date: &Json) -> Option<u64> {
    date.as_str().and_then(day_of_iso_date).map(u64::from)
}

impl World {
    fn order(&mut self) -> String {
        format!("O{}", self.dice.below(self.orders.len() as u64 + 1))
    }

    fn command(&mut self) -> Json {
        let date = self.now / DAY_MS;
        let by = self.dice.below(50);
        let supply = format!("S{}", self.dice.below(self.supplies + 1));
        let order = self.order();
        let notices = to_value(self.engine.notices()).unwrap();
        let notices = notices.as_array().unwrap();
        match self.dice.below(16) {
            0..=2 => {
                let id = format!("O{}", self.orders.len());
                let mut command = json!({
                    "type": "placeOrder", "order": id, "lines": [{"sku": "lamp", "quantity": 1 + self.dice.below(3)}],
                    "regime": self.dice.pick(&["ftc", "ftc", "uk", "none"]),
                    "buyerZone": {"utcOffset": ([0, -300, 765][self.dice.below(3) as usize])},
                });
                if self.dice.below(2) == 0 {
                    command["statedShipBy"] = iso_date((date + by / 3) as u32).into();
                } else if self.dice.below(3) == 0 {
                    command["payment"] = "sellerCredit".into();
                }
                command
            }
            3 | 4 => {
                self.supplies += 1;
                json!({"type": "scheduleSupply", "supply": format!("S{}", self.supplies), "sku": "lamp",
                       "quantity": 1 + self.dice.below(6), "due": self.now + by * DAY_MS})
            }
            5 | 6 => json!({"type": "rescheduleSupply", "supply": supply, "due": self.now + by * DAY_MS}),
            7 => {
                json!({"type": "receive", "sku": "lamp", "quantity": 1 + self.dice.below(3), "supply": supply})
            }
            8 => json!({"type": "ship", "order": order}),
            9 => json!({"type": "cancelOrder", "order": order}),
            10 | 11 if !notices.is_empty() => {
                let notice = &notices[self.dice.below(notices.len() as u64) as usize];
                let mut command = json!({"type": "noticeSent", "notice": notice["notice"]});
                match self.dice.below(6) {
                    0 => command["offersCancel"] = false.into(),
                    1 => {}
                    _ => command["reason"] = "late".into(),
                }
                command
            }
            12 | 13 => {
                let mut command = json!({"type": "respond", "order": order, "answer": self.dice.pick(&["consent", "consent", "cancel"])});
                if command["answer"] == "consent" && self.dice.below(2) == 0 {
                    let until = iso_date((date + by) as u32);
                    command["until"] = if by < 10 { "indefinite".into() } else { until.into() };
                }
                command
            }
            14 => json!({"type": "refunded", "order": order}),
            _ => json!({"type": "tick"}),
        }
    }

    fn step(&mut self) {
        self.now += [0, DAY_MS / 3, DAY_MS, 5 * DAY_MS][self.dice.below(4) as usize];
        let command = self.command();
        let wakes = self.engine.next_wake_at();
        let before: BTreeMap<String, Json> = self.notices();
        let text = command.to_string();
        let outcome =
            to_value(apply(&mut self.engine, &parse(&text), self.now, EventMode::Return).unwrap()).unwrap();
        for event in outcome["events"].as_array().unwrap() {
            let at = event["at"].as_u64().unwrap();
            assert!(
                at == self.now || wakes.is_some_and(|wakes| wakes <= at && at < self.now),
                "{command} {event}"
            );
            self.hear(event);
        }
        if outcome["status"] == "applied" {
            self.heed(&command, &before);
        }
        self.audit();
        if self.dice.below(20) == 0 {
            self.engine = codec::restore(&codec::snapshot(&self.engine)).unwrap();
        }
    }

    fn notices(&self) -> BTreeMap<String, Json> {
        let notices = to_value(self.engine.notices()).unwrap();
        let named = |notice: &Json| (notice["order"].as_str().unwrap().to_string(), notice.clone());
        notices.as_array().unwrap().iter().map(named).collect()
    }

    fn today(&self, account: &Account, at: u64) -> u64 {
        (at as i64 + account.offset * 60_000) as u64 / DAY_MS
    }

    fn hear(&mut self, event: &Json) {
        let (kind, at) = (event["type"].as_str().unwrap(), event["at"].as_u64().unwrap());
        let Some(mut account) = event["order"].as_str().and_then(|order| self.orders.get(order)).cloned()
        else {
            return;
        };
        match kind {
            "noticeDue" => self.told += 1,
            "orderDeemedCancelled" => {
                self.deemed += 1;
                // At 00:00 of the day after the last, and never where the law does not say so.
                assert_eq!((at as i64 + account.offset * 60_000) % DAY_MS as i64, 0, "{event}");
                assert_eq!(Some(self.today(&account, at) - 1), account.stands_until, "{event} {account:?}");
                account.ended_on = Some(self.today(&account, at));
            }
            "lineCancelled" if account.ended_on.is_none() => {
                account.ended_on = Some(self.today(&account, at))
            }
            _ => return,
        }
        self.orders.insert(event["order"].as_str().unwrap().to_string(), account);
    }

    /// What a command that was applied means by the tables.
    fn heed(&mut self, command: &Json, before: &BTreeMap<String, Json>) {
        let kind = command["type"].as_str().unwrap();
        if kind == "placeOrder" {
            let offset = command["buyerZone"]["utcOffset"].as_i64().unwrap();
            let mut account = Account {
                law: command["regime"].as_str().unwrap().into(),
                offset,
                stands_until: None,
                t: 0,
                ended_on: None,
                refunded: false,
            };
            let period = if command["payment"] == "sellerCredit" { 50 } else { 30 };
            account.t = day(&command["statedShipBy"]).unwrap_or(self.today(&account, self.now) + period);
            if account.law == "ftc" {
                account.stands_until = Some(account.t);
            }
            self.orders.insert(command["order"].as_str().unwrap().into(), account);
            return;
        }
        let sent = before.values().find(|notice| notice["notice"] == command["notice"]);
        let order = command["order"].as_str().or(sent.and_then(|notice| notice["order"].as_str()));
        let Some(account) = order.and_then(|order| self.orders.get_mut(order)) else { return };
        let notice = order.and_then(|order| before.get(order)).cloned().unwrap_or_default();
        let ftc = account.law == "ftc";
        match kind {
            "noticeSent" if ftc && notice["kind"] != "cancellation" => {
                let reasoned = notice["revised"] != "indefinite" || command["reason"].is_string();
                if command["offersCancel"] == false || !reasoned {
                    return;
                }
                let revised = day(&notice["revised"]);
                account.stands_until = match notice["kind"].as_str() {
                    Some("firstOption") if revised.is_some_and(|revised| revised <= account.t + 30) => {
                        revised
                    }
                    Some("firstOption") => Some(account.t + 30),
                    _ => account.stands_until,
                };
            }
            "respond" if ftc && command["answer"] == "consent" => {
                let now = to_value(self.engine.order(order.unwrap(), self.now).unwrap()).unwrap();
                let standing = &now["lines"][0]["notice"];
                // What was agreed to is what the answer says, else what was asked; a short delay is agreed to anyway.
                account.stands_until = match command["until"].as_str() {
                    Some("indefinite") => None,
                    Some(until) => {
                        let until = Some(u64::from(day_of_iso_date(until).unwrap()));
                        until.max(account.stands_until.filter(|_| {
                            notice["silence"] == "consent"
                                || notice["kind"] == "renewedOption" && notice["state"] == "due"
                        }))
                    }
                    None if standing["state"] == "consented" => day(&standing["revised"]),
                    None => {
                        day(&notice["revised"]).filter(|_| notice["state"] == "sent").or(account.stands_until)
                    }
                };
            }
            "refunded" => account.refunded = true,
            _ => {}
        }
    }

    fn audit(&mut self) {
        let notices = self.notices();
        let ids: Vec<String> = self.orders.keys().cloned().collect();
        for id in ids {
            let view = to_value(self.engine.order(&id, self.now).unwrap()).unwrap();
            let line = &view["lines"][0];
            let open = line["allocated"].as_u64().unwrap() + line["backordered"].as_u64().unwrap();
            let account = self.orders[&id].clone();
            let today = self.today(&account, self.now);
            if account.law == "none" {
                assert_eq!(line.get("notice"), None);
                continue;
            }
            if open > 0 && account.law == "ftc" {
                assert!(
                    account.stands_until.is_none_or(|until| today <= until),
                    "{id} is kept past its day: {account:?} {line}"
                );
            }
            let cancelled = line["cancelled"].as_u64().unwrap();
            if cancelled > 0 && account.law == "ftc" {
                let ended = account.ended_on.unwrap();
                let by = day(&notices[&id]["refundBy"]).unwrap();
                // Seven working days are nine days at least, and with a holiday or two not more than thirteen.
                assert!(
                    (ended + 9..=ended + 13).contains(&by),
                    "{id} is to be paid back by {}",
                    notices[&id]
                );
                let state = notices[&id]["state"].as_str().unwrap();
                assert_eq!(state == "refunded", account.refunded, "{id} {state}");
                assert!(account.refunded || today <= by || state == "overdue", "{id} {state}");
            }
            if cancelled == 0 && open > 0 && account.law == "uk" {
                let notice = notices.get(&id);
                assert!(
                    notice.is_none_or(|notice| notice["silence"].is_null() && notice["cancelsOn"].is_null())
                );
            }
        }
        // What is due is in the next wake: nothing overdue is left behind.
        assert!(self.engine.next_wake_at().is_none_or(|wakes| wakes >= self.now));
    }
}

#[test]
fn no_order_is_kept_past_its_day_and_no_refund_is_due_later() {
    let (mut told, mut deemed) = (0, 0);
    for seed in 0..60 {
        let mut world = World {
            dice: Dice(seed),
            engine: Engine::new(EngineOptions::default()),
            now: u64::from(day_of_iso_date("2026-01-01").unwrap()) * DAY_MS,
            orders: BTreeMap::new(),
            supplies: 0,
            told: 0,
            deemed: 0,
        };
        let define = r#"{"type":"defineItem","sku":"lamp"}"#;
        apply(&mut world.engine, &parse(define), world.now, EventMode::Drop).unwrap();
        for _ in 0..150 {
            world.step();
        }
        (told, deemed) = (told + world.told, deemed + world.deemed);
    }
    assert!(told > 300 && deemed > 100, "{told} notices, {deemed} orders deemed cancelled");
}
