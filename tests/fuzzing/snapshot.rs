//! Snapshots, with their length and checksum set right: nothing else would get past these.

use super::{Door, bytes, engine_after};
use backorder::api::door::apply_json;
use backorder::codec::{digest, restore, snapshot};
use backorder::engine::{Engine, Page, QuoteRequest};
use backorder::model::units::{DAY_MS, MAX_SAFE};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

pub const DOOR: Door = Door { name: "snapshot", seeds, bend: bytes::bend, enter, heap_factor: 100 };

/// Up to the checksum, and up to the state; and what follows the state.
const CHECKSUM_AT: usize = 8;
const TAIL_AT: usize = 16;
const STATE_AT: usize = 24;
const AFTER_BYTES: usize = 8;

fn seeds() -> Vec<Vec<u8>> {
    let sizes = [0, 12, 40, 120, 250];
    (1..60).map(|seed| snapshot(&engine_after(seed, sizes[seed as usize % sizes.len()]))).collect()
}

/// What is read goes on as any engine does, and can be read again.
fn enter(bytes: &[u8]) -> bool {
    let _ = restore(bytes);
    let Some(mended) = mended(bytes) else { return false };
    let Ok(engine) = restore(&mended) else { return false };
    assert_eq!(snapshot(&engine), mended, "what was read is written otherwise");
    look(&engine);
    go_on(engine);
    true
}

fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let state = bytes.len().checked_sub(STATE_AT + AFTER_BYTES)?;
    let mut mended = bytes.to_vec();
    mended[TAIL_AT..STATE_AT].copy_from_slice(&(state as u64).to_le_bytes());
    let checksum = xxh3_64(&mended[TAIL_AT..]).to_le_bytes();
    mended[CHECKSUM_AT..TAIL_AT].copy_from_slice(&checksum);
    Some(mended)
}

/// A few of everything.
const FEW: Page = Page { offset: 0, limit: 4 };

fn look(engine: &Engine) {
    let now = engine.last_instant();
    for (sku, _) in engine.items(FEW) {
        engine.position(sku, None);
        engine.queue(sku, None, FEW);
        engine.supplies(sku, FEW);
        engine.quote(&QuoteRequest { sku, quantity: 3, priority: 100, locations: None, ship_to: None }, now);
    }
    for order in engine.orders(FEW, None) {
        engine.order(order, now);
        engine.explain(order, "1", now);
    }
    engine.notices();
    engine.metrics(now);
    engine.reorders(now);
    engine.next_wake_at();
}

fn go_on(mut engine: Engine) {
    let now = engine.last_instant();
    let orders: Vec<String> = engine.orders(FEW, None).into_iter().map(String::from).collect();
    let skus: Vec<String> = engine.items(FEW).into_iter().map(|(sku, _)| sku.to_string()).collect();
    let mut commands = vec![json!({ "type": "tick" })];
    for notice in engine.notices() {
        commands.push(json!({ "type": "noticeSent", "notice": notice.notice, "reason": "late" }));
        let (order, until) = (notice.order, "indefinite");
        commands.push(json!({ "type": "respond", "order": order, "answer": "consent", "until": until }));
        commands.push(json!({ "type": "respond", "order": order, "line": notice.line, "answer": "cancel" }));
        commands.push(json!({ "type": "refunded", "order": order }));
    }
    for (number, sku) in skus.iter().enumerate() {
        let line = json!([{ "sku": sku, "quantity": 2 }]);
        commands.push(json!({ "type": "placeOrder", "order": format!("new {number}"), "lines": line }));
        commands.push(
            json!({ "type": "holdStock", "hold": format!("new {number}"), "ttl": 1_000, "lines": line }),
        );
        commands.push(json!({ "type": "receive", "sku": sku, "quantity": 3 }));
        commands.push(json!({ "type": "count", "sku": sku, "onHand": 1 }));
    }
    for order in &orders {
        commands.push(json!({ "type": "reprioritise", "order": order, "priority": 3 }));
        commands.push(json!({ "type": "amendLine", "order": order, "line": "1", "quantity": 9 }));
        commands.push(json!({ "type": "ship", "order": order }));
    }
    commands.push(json!({ "type": "rebalance", "rules": [{ "match": {}, "strategy": "redistribute" }] }));
    commands.extend(orders.iter().map(|order| json!({ "type": "cancelOrder", "order": order })));
    commands.push(json!({ "type": "archive", "before": MAX_SAFE }));
    let text = Value::from(commands).to_string();
    for now in [0, 3].map(|days| now.saturating_add(days * DAY_MS).min(MAX_SAFE)) {
        // All of it may be refused; none of it may fail.
        let _ = apply_json(&mut engine, &text, now, None);
    }
    let again = restore(&snapshot(&engine));
    assert!(again.is_ok_and(|again| digest(&again) == digest(&engine)), "what it became cannot be read");
}
