//! Items: each setting now and then, and back to its default now and then.

use super::{Shop, put};
use serde_json::{Value, json};

/// The items, whose ids are of one to four bytes a character.
pub(super) fn sku(number: u64) -> String {
    const NAMES: [&str; 8] = ["lamp", "Stühle", "花瓶", "set", "rug 🧶", "bulb", "box", "crate"];
    NAMES[number as usize % NAMES.len()].to_string()
}

/// What can be set, one kind at a time.
const KINDS: u64 = 15;
const SUBSTITUTES: u64 = 13;

impl Shop {
    pub(super) fn define_item(&mut self, number: u64) -> Value {
        let mut item = json!({ "type": "defineItem", "sku": sku(number) });
        for kind in 0..KINDS {
            // Few items have substitutes, and few lines would be given one.
            let percent = if kind == SUBSTITUTES { 60 } else { self.temper.settings };
            if self.random.percent(percent) {
                let (name, value) = self.setting(kind, number);
                // Back to the default, one time in five.
                item[name] = if self.random.percent(20) { Value::Null } else { value };
            }
        }
        item
    }

    fn setting(&mut self, kind: u64, number: u64) -> (&'static str, Value) {
        match kind {
            0 => ("backorders", self.backorders()),
            1 => ("maxPerOrder", json!(self.random.between(1, 30))),
            2 => ("safetyStock", json!(self.random.below(5))),
            3 => ("ageingDays", json!(self.days().max(1))),
            4 => ("replenishment", self.replenishment()),
            5 => ("overdue", self.overdue()),
            6 => ("lifecycle", self.lifecycle()),
            7 => ("sharing", json!(self.random.pick(&["sequence", "fairShare"]))),
            8 => ("promising", json!(self.random.pick(&["queue", "protect"]))),
            9 => ("protection", self.protection()),
            10 => {
                let skips = self.temper.skips && self.random.percent(70);
                ("wholeLines", json!(if skips { "skip" } else { "collect" }))
            }
            11 => ("reorder", self.reorder()),
            12 => ("components", self.components(number)),
            SUBSTITUTES => ("substitutes", self.substitutes(number)),
            _ => ("incentives", self.incentives()),
        }
    }

    fn backorders(&mut self) -> Value {
        match self.random.below(4) {
            0 => json!("deny"),
            1 => json!("allow"),
            _ => json!({ "limit": self.random.below(60) }),
        }
    }

    fn replenishment(&mut self) -> Value {
        let mut replenishment = json!({ "leadTimeDays": self.days() });
        let supplier = self.some_supplier();
        put(&mut replenishment, "supplier", supplier);
        let batch = self.random.percent(40).then(|| self.random.between(1, 6));
        put(&mut replenishment, "batch", batch);
        // A line whose promise no stretch of the queue has: a rule for queues of hundreds.
        let capacity = self.random.percent(20).then(|| self.random.between(1, 9));
        put(&mut replenishment, "capacityPerDay", capacity);
        replenishment
    }

    fn overdue(&mut self) -> Value {
        let mut overdue = json!({ "offsetDays": self.days() });
        let ignored = self.random.percent(50).then(|| self.days());
        put(&mut overdue, "ignoreAfterDays", ignored);
        overdue
    }

    fn lifecycle(&mut self) -> Value {
        match self.random.below(6) {
            0 => json!("discontinued"),
            1 => json!({ "preorder": {} }),
            2 => json!({ "preorder": { "releaseAt": self.date() } }),
            _ => json!("active"),
        }
    }

    fn protection(&mut self) -> Value {
        let levels = self.random.below(4);
        let level = |level| json!({ "priority": level * 60 + 20, "units": self.random.below(6) });
        (0..levels).map(level).collect()
    }

    fn reorder(&mut self) -> Value {
        let policy = self.random.pick(&["rQ", "sS", "baseStock"]);
        let mut reorder = json!({ "policy": policy, "point": self.random.below(8) });
        let name = if policy == "rQ" { "quantity" } else { "upTo" };
        reorder[name] = json!(self.random.between(8, 40));
        let multiple = self.random.percent(40).then(|| self.random.between(1, 6));
        put(&mut reorder, "multiple", multiple);
        let minimum = self.random.percent(30).then(|| self.random.below(10));
        put(&mut reorder, "minimum", minimum);
        reorder
    }

    /// Of items with lower numbers, so that most are kits and few are cycles.
    fn components(&mut self, number: u64) -> Value {
        let most = if self.random.percent(5) { self.temper.items } else { number };
        let mut skus: Vec<String> = (0..self.random.below(4)).map(|_| sku(self.random.below(most))).collect();
        skus.sort();
        skus.dedup();
        skus.into_iter().map(|sku| json!({ "sku": sku, "quantity": self.random.between(1, 3) })).collect()
    }

    fn substitutes(&mut self, number: u64) -> Value {
        let all = (0..self.temper.items).filter(|other| *other != number);
        all.filter(|_| self.random.percent(50)).map(sku).collect()
    }

    fn incentives(&mut self) -> Value {
        let offers = self.random.below(3);
        let offer =
            |offer| json!({ "fromDelayDays": offer * 4, "offer": format!("{}% — « less »", offer * 5 + 5) });
        (0..offers).map(offer).collect()
    }
}
