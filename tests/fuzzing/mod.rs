//! The doors that take outside bytes or objects, each as one function of bytes that panics where the door breaks its
//! word, and what bends valid inputs for it. `tests/fuzz.rs` goes through them everywhere, by the seed; `fuzz/` has
//! libFuzzer go through them where there is a nightly toolchain.
#![allow(dead_code, reason = "each who drives the doors uses its part of them")]
#![allow(clippy::expect_used, reason = "a test that can't go on has failed")]

pub mod bytes;
pub mod columns;
pub mod decode;
mod door;
#[cfg(test)]
pub mod driver;
pub mod json;
pub mod log;
pub mod snapshot;
mod text;

pub use crate::shops::Random;
use crate::shops::{self, Step};
use backorder::api::door::apply_json;
use backorder::api::value::Value;
use backorder::engine::{Engine, EngineOptions};
pub use door::{Door, MOST_BYTES};

/// All but the one of `cargo xtask replay`, which is not the library's.
pub const DOORS: &[Door] = &[snapshot::DOOR, json::DOOR, decode::DOOR, columns::DOOR, log::DOOR];

/// An engine that has been through so many commands of the shop of a seed.
pub fn engine_after(seed: u64, commands: usize) -> Engine {
    let mut steps = Vec::new();
    shops::shop(seed, commands, &mut steps);
    let mut engine = Engine::new(EngineOptions::default());
    for step in steps {
        if let Step::Apply { now, text, .. } = step {
            // What is no command is refused, and the shop goes on.
            let _ = apply_json(&mut engine, &text, now, None);
        }
    }
    // Some shops have calendars, some orders under laws about delay.
    let (now, some) = (engine.last_instant(), |of: u64| seed.is_multiple_of(of));
    let more = CALENDARS.iter().filter(|_| some(3)).chain(DELAYS.iter().filter(|_| some(4)));
    more.for_each(|text| drop(apply_json(&mut engine, text, now, Some(&zones))));
    engine
}

/// What shops say of delays: the shops of the digest name no regimes.
pub const DELAYS: &[&str] = &[
    r#"{"type":"defineRegime","regime":"house","base":"ftc","settings":{"periodDays":3,"delayDays":5,"short":"nothing",
        "renewed":"consents","lapses":false,"refundDays":2,"weekdays":"127","holidays":["2024-02-29","1970-01-02"]}}"#,
    r#"{"type":"defineRegime","regime":"eu","settings":{"counts":"delivery","billingCycleDays":31}}"#,
    r#"[{"type":"defineItem","sku":"late"},
        {"type":"placeOrder","order":"late 1","lines":[{"sku":"late","quantity":2},{"sku":"late","quantity":1}],
        "regime":"ftc","payment":"sellerCredit","buyerZone":{"timeZone":"Europe/Berlin","transitions":[{"from":0,"utcOffset":60}]}},
        {"type":"placeOrder","order":"late 2","lines":[{"sku":"late","quantity":1}],"regime":"house"},
        {"type":"placeOrder","order":"late 3","lines":[{"sku":"late","quantity":1}],"regime":"eu","shipTo":"EU"},
        {"type":"placeOrder","order":"late 4","lines":[{"sku":"late","quantity":1}],"regime":"uk"}]"#,
    r#"[{"type":"noticeSent","notice":"N1","reason":"late"},{"type":"noticeSent","notice":"N3","offersCancel":false},
        {"type":"respond","order":"late 1","line":"1","answer":"consent","until":"indefinite"},
        {"type":"noticeSent","notice":"N4","reason":"late"},{"type":"respond","order":"late 3","answer":"cancel"},
        {"type":"cancelOrder","order":"late 2"},{"type":"refunded","order":"late 2"}]"#,
];

/// What no shop says yet, since no date follows it.
pub const CALENDARS: &[&str] = &[
    r#"{"type":"defineLocation","location":"place 0","calendar":{"timeZone":"Europe/Berlin","workdays":[1,2,3],
        "holidays":["2024-02-29","1970-01-02"],"cutoff":"14:00","handlingDays":1},"transitDays":{"EU":2,"US":9}}"#,
    r#"[{"type":"defineLocation","location":"place 1","calendar":{"timeZone":"Europe/Berlin","workdays":[7],
        "transitions":[{"from":0,"utcOffset":60},{"from":1711846800000,"utcOffset":-1080}]}},
        {"type":"amendOrder","order":"order 1","shipTo":"EU"}]"#,
    r#"{"type":"defineLocation","location":"place 1","calendar":{"utcOffset":-210,"workdays":[1]},"transitDays":{}}"#,
];

/// A host that knows one zone.
pub fn zones(name: &str, now: u64) -> Option<Value<'static>> {
    let transition = [("from", now as f64), ("utcOffset", 60.0)];
    let transition = transition.map(|(name, number)| (name.into(), Value::Number(number)));
    (name == "Europe/Berlin").then(|| Value::List(vec![Value::Object(transition.into())]))
}

/// The commands of some shops, a call each.
pub fn calls(shops: std::ops::Range<u64>, commands: usize) -> Vec<String> {
    let mut steps = Vec::new();
    shops.for_each(|seed| shops::shop(seed, commands, &mut steps));
    let text = |step| match step {
        Step::Apply { text, .. } => Some(text),
        _ => None,
    };
    steps.into_iter().filter_map(text).collect()
}
