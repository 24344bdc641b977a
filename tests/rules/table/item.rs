//! The settings of an item, as a row gives them.

use super::words::{Words, instant, number, one_of};
use backorder::model::settings::{
    Backorders, Component, Incentive, ItemChange, Lifecycle, Overdue, Overtaking, Promising, Protection,
    Quantile, Reorder, ReorderPolicy, Replenishment, Sharing, WholeLines,
};

/// `none` puts a setting back to its default.
pub fn default_or<T>(read: impl Fn(&'static str) -> T) -> impl Fn(&'static str) -> Option<T> {
    move |text| (text != "none").then(|| read(text))
}

pub fn item_change(words: &Words) -> ItemChange {
    ItemChange {
        backorders: words.setting("backorders").map(default_or(|text| match text {
            "deny" => Backorders::Deny,
            "allow" => Backorders::Allow,
            limit => Backorders::Limit(number(limit)),
        })),
        max_per_order: words.setting("max").map(default_or(number)),
        safety_stock: words.setting("safety").map(default_or(number)),
        ageing_days: words.setting("ageing").map(default_or(number)),
        replenishment: words.setting("lead").map(default_or(|days| Replenishment {
            lead_time_days: number(days),
            supplier: words.setting("supplier").map(str::to_owned),
            batch: words.setting("batch").map(number),
            capacity_per_day: words.setting("perDay").map(number),
        })),
        overdue: words.setting("overdue").map(default_or(overdue)),
        lifecycle: words.setting("life").map(default_or(|text| match text {
            "active" => Lifecycle::Active,
            "discontinued" => Lifecycle::Discontinued,
            "preorder" => Lifecycle::Preorder { release_at: None },
            release => Lifecycle::Preorder { release_at: Some(instant(release)) },
        })),
        sharing: words.setting("sharing").map(default_or(|text| {
            one_of(text, &[("sequence", Sharing::Sequence), ("fairShare", Sharing::FairShare)])
        })),
        promising: words.setting("promising").map(default_or(|text| {
            one_of(text, &[("queue", Promising::Queue), ("protect", Promising::Protect)])
        })),
        overtaking: words.setting("overtaking").map(default_or(|text| {
            one_of(text, &[("ignore", Overtaking::Ignore), ("learn", Overtaking::Learn)])
        })),
        whole_lines: words.setting("wholeLines").map(default_or(|text| {
            one_of(text, &[("collect", WholeLines::Collect), ("skip", WholeLines::Skip)])
        })),
        promise_quantile: words.setting("quantile").map(default_or(|share| {
            let quantile = Quantile::new(number(share) as f64 / 1_000.0);
            assert!(quantile.is_some(), "{share:?} is no quantile in a thousand");
            quantile.unwrap_or_default()
        })),
        protection: words.setting("protection").map(default_or(|text| {
            pairs(text, |priority, units| Protection {
                priority: number(priority) as u8,
                units: number(units),
            })
        })),
        reorder: words.setting("reorder").map(default_or(|policy| reorder(policy, words))),
        components: words.setting("components").map(default_or(|text| {
            pairs(text, |sku, quantity| Component { sku: sku.to_owned(), quantity: number(quantity) })
        })),
        substitutes: words
            .setting("substitutes")
            .map(default_or(|text| text.split('/').map(str::to_owned).collect())),
        incentives: words.setting("incentives").map(default_or(|text| {
            pairs(text, |days, offer| Incentive { from_delay_days: number(days), offer: offer.to_owned() })
        })),
    }
}

/// `3/5`: three days from now at the earliest, and for nothing once five days late.
fn overdue(text: &str) -> Overdue {
    let (offset, ignore) = text.split_once('/').unwrap_or((text, ""));
    let ignore_after_days = (!ignore.is_empty()).then(|| number(ignore));
    Overdue { offset_days: number(offset), ignore_after_days }
}

/// `reorder=rQ point=5 quantity=10`
fn reorder(policy: &str, words: &Words) -> Reorder {
    Reorder {
        policy: one_of(
            policy,
            &[
                ("rQ", ReorderPolicy::ReorderQuantity),
                ("sS", ReorderPolicy::OrderUpTo),
                ("baseStock", ReorderPolicy::BaseStock),
            ],
        ),
        point: words.setting("point").map_or(0, number),
        quantity: words.setting("quantity").map(number),
        up_to: words.setting("upTo").map(number),
        minimum: words.setting("minimum").map(number),
        multiple: words.setting("multiple").map(number),
    }
}

/// `pen:2/ink:1`
fn pairs<T>(text: &'static str, read: impl Fn(&'static str, &'static str) -> T) -> Vec<T> {
    text.split('/').map(|pair| pair.split_once(':').unwrap_or((pair, "1"))).map(|(a, b)| read(a, b)).collect()
}
