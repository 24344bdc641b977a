//! Simulated shops: the promised days cover as many deliveries, and as many orders, as they say.

#[path = "workload/random.rs"]
#[expect(dead_code, reason = "the shops' part of it")]
mod random;
#[path = "../examples/calibrate/replay.rs"]
mod replay;
#[path = "../examples/calibrate/shops.rs"]
mod shops;

use backorder::estimate::lateness::Lateness;
use random::Random;
use replay::{Delivery, promises};
use shops::{Coverage, KINDS, LEVELS, Told, played};

const DELIVERIES: u32 = 1_500;

/// Deliveries a day, of five suppliers with an item each.
const A_DAY: u32 = 2;

/// How a supplier's mean lateness, in days, changes over a history, whose length is 1.
type Drift = fn(f64) -> f64;

/// Each delivery is late by its supplier's mean, his drift, and the sum of three throws between 0 and 6 days.
fn history(seed: u64, drift: Drift) -> Vec<Delivery> {
    let mut random = Random::new(seed);
    let mut delivery = |place: u32| {
        let supplier = random.below(5) as u32;
        let noise: u64 = (0..3).map(|_| random.below(7)).sum();
        let mean = f64::from(supplier) * 2.0 - 4.0 + drift(f64::from(place) / f64::from(DELIVERIES));
        let scheduled = 1_000 + place / A_DAY;
        let delivered = scheduled.saturating_add_signed(mean as i32 + noise as i32 - 9);
        Delivery { scheduled, delivered, groups: vec![100 + supplier, supplier] }
    };
    (0..DELIVERIES).map(&mut delivery).collect()
}

/// The shares that came before a level's day and by it, after the first 30 %.
fn shares(deliveries: &[Delivery], promised: &[Lateness], level: f64) -> (f64, f64) {
    let judged = deliveries.len() * 3 / 10..;
    let (mut before, mut by, mut all) = (0, 0, 0);
    for (delivery, lateness) in deliveries[judged.clone()].iter().zip(&promised[judged]) {
        let (came, day) = (delivery.delivered as i32 - delivery.scheduled as i32, lateness.quantile(level));
        before += u32::from(came < day);
        by += u32::from(came <= day);
        all += 1;
    }
    (f64::from(before) / f64::from(all), f64::from(by) / f64::from(all))
}

#[test]
fn levels_cover_what_they_say_under_drift() {
    // Points by which a level may miss: chance alone moves a share of a thousand by 1.3 at P80. What comes in
    // the month and more after a jump was promised before it.
    let drifts: [(&str, Drift, f64); 4] = [
        ("steady", |_| 0.0, 0.03),
        ("ever later", |passed| 10.0 * passed, 0.03),
        ("a jump", |passed| if passed > 0.6 { 8.0 } else { 0.0 }, 0.05),
        ("ever earlier", |passed| -7.0 * passed, 0.03),
    ];
    for (name, drift, allowed) in drifts {
        let mut means = [(0.0, 0.0); 3];
        for seed in 1..=4 {
            let deliveries = history(seed, drift);
            let promised = promises(&deliveries, 30);
            for (mean, level) in means.iter_mut().zip([0.8, 0.9, 0.95]) {
                let (before, by) = shares(&deliveries, &promised, level);
                *mean = (mean.0 + before / 4.0, mean.1 + by / 4.0);
            }
        }
        for ((before, by), level) in means.into_iter().zip([0.8, 0.9, 0.95]) {
            let said = format!("{name}, P{}: {before:.3} to {by:.3}", 100.0 * level);
            assert!(before <= level + allowed && by >= level - allowed, "{said}");
        }
    }
}

#[test]
fn a_promise_rests_on_what_was_known_and_on_nothing_later() {
    let deliveries = history(7, |_| 0.0);
    let promised = promises(&deliveries, 30);
    // What comes later is changed beyond recognition.
    let cut = 700;
    let known = deliveries[cut].scheduled - 30;
    let mut other = history(7, |_| 0.0);
    for delivery in other.iter_mut().filter(|delivery| delivery.delivered > known) {
        delivery.delivered += 400;
    }
    assert_eq!(promises(&other, 30)[..=cut], promised[..=cut]);
    assert_eq!(promised[0].evidence(), 0, "nothing had come before the first");
    assert!(promised[cut].evidence() > 50);
}

/// Several supplies in series, better priorities that overtake, cancellations ahead, a supplier that gets worse: orders
/// of shops whose truth is known (`cargo xtask calibrate --simulated` plays more of them, for longer).
#[test]
fn dates_of_orders_cover_what_they_say_in_shops_whose_truth_is_known() {
    let mut all: Vec<Told> = Vec::new();
    for (number, kind) in KINDS.iter().enumerate() {
        for shop in 0..2 {
            let told = played(kind, 40 + 1_000 * number as u64 + shop, 420);
            all.extend(told.unwrap_or_else(|error| panic!("{}, shop {shop}: {error}", kind.name)));
        }
    }
    for (index, level) in LEVELS.into_iter().enumerate() {
        let coverage = Coverage::of(all.iter(), index);
        let said = format!("P{:.0}: {coverage:?}", 100.0 * level);
        // Ten shops have some 300 supplies that decide: chance alone moves a share by two points.
        assert!(coverage.off(level) <= 0.03 && coverage.undated < 0.1 && coverage.orders > 1_000, "{said}");
        // Who may be overtaken would be told too early a date without what is learned.
        let overtaken = all.iter().filter(|told| told.worse_class);
        assert!(Coverage::of(overtaken, index).off(level) <= 0.04, "{said}");
    }
}
