//! The commands whose digest every host must come to (`cargo xtask digest`) are worth it: they have all there is.

mod shops;

use backorder::api::door::apply_json;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::CommandKind;
use backorder::model::outcome::{EventKind, Reason};
use serde_json::Value;
use shops::Step;
use std::collections::BTreeMap;

/// How often each thing came about.
#[derive(Default)]
struct Census(BTreeMap<String, u64>);

impl Census {
    fn see(&mut self, what: &str) {
        *self.0.entry(what.to_string()).or_default() += 1;
    }

    fn of(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or(0)
    }

    /// What a call asked for, beside what came of it; neither is a list where the call was of one command.
    fn call(&mut self, asked: &Value, answered: &Value) {
        if let (Value::Array(asked), Value::Array(answered)) = (asked, answered) {
            return asked.iter().zip(answered).for_each(|(asked, answered)| self.call(asked, answered));
        }
        let status = answered["status"].as_str().unwrap_or("none");
        match status {
            "rejected" => self.see(answered["reason"].as_str().unwrap_or("none")),
            _ => self.see(asked["type"].as_str().unwrap_or("none")),
        }
        self.see(status);
        for event in answered["events"].as_array().into_iter().flatten() {
            self.see(event["type"].as_str().unwrap_or("none"));
        }
    }
}

fn census(commands: usize) -> Census {
    let mut census = Census::default();
    let mut engine = Engine::new(EngineOptions::default());
    for step in shops::shops(commands) {
        match step {
            Step::Open { id, seed } => {
                engine = Engine::new(EngineOptions { id, seed, ..EngineOptions::default() })
            }
            Step::Restore => census.see("restore"),
            Step::Apply { now, text, .. } => match apply_json(&mut engine, &text, now, None) {
                Ok(answer) => {
                    // A text that escapes half a character is JSON, but none that can be kept.
                    let [asked, answered] =
                        [&text, &answer].map(|text| serde_json::from_str(text).unwrap_or_default());
                    census.call(&asked, &answered);
                }
                Err(_) => census.see("no command"),
            },
        }
    }
    census
}

#[test]
fn the_shops_have_every_command_reason_and_event() {
    let census = census(100_000);
    // Of notices, which src/api/tests has.
    let later = ["unknownNotice", "noticeClosed", "nothingDue"];
    // Those of notices stand last.
    for kind in CommandKind::ALL.into_iter().filter(|kind| *kind <= CommandKind::Tick) {
        assert!(census.of(kind.name()) >= 20, "{} was done {} times", kind.name(), census.of(kind.name()));
    }
    for reason in Reason::ALL.iter().map(|reason| reason.name()).filter(|name| !later.contains(name)) {
        assert!(census.of(reason) >= 5, "refused for {reason}: {} times", census.of(reason));
    }
    for event in EventKind::ALL.iter().filter(|event| **event < EventKind::NoticeDue) {
        let event = event.name();
        assert!(census.of(event) >= 5, "{event} came about {} times", census.of(event));
    }
    assert!(census.of("applied") > 50_000 && census.of("exists") > 500 && census.of("no command") > 20);
}
