//! What no shop should send.

use super::Shop;
use backorder::model::units::MAX_SAFE;
use serde_json::{Value, json};

impl Shop {
    /// Text that holds no command.
    pub(super) fn no_command(&mut self) -> String {
        let texts = [
            "",
            " ",
            "null",
            "7",
            "\"tick\"",
            "[]",
            "[[]]",
            "[null]",
            "[{}, 3]",
            "{",
            "[{]",
            "{}",
            "[{}]",
            "{\"type\":\"tick\"",
            "{\"type\":\"tick\"},",
            "[{\"type\":\"tick\"},]",
            "{\"type\":\"tock\"}",
            "{\"type\":\"tick\",\"type\":\"tick\"}",
            "{\"type\":\"respond\"}",
            "nul\u{e9}",
            "[{\"type\":\"tick\"},{\"type\":\"placeOrder\",\"order\":[[[[[[[[[[1]]]]]]]]]]}]",
            "{\"type\":\"receive\",\"sku\":\"lamp\",\"quantity\":1e400}",
            "{\"type\":\"receive\",\"sku\":\"\\ud800\",\"quantity\":1}",
        ];
        self.random.pick(&texts).to_string()
    }

    /// Puts one thing wrong somewhere in a command.
    pub(super) fn spoil(&mut self, command: &mut Value) {
        let places = places(command);
        let place = self.random.pick(&places);
        let wrong = self.wrong();
        match self.random.below(4) {
            0 => command[self.new_name("field")] = wrong,
            1 => without(command, &place),
            _ => {
                if let Some(value) = command.pointer_mut(&place) {
                    *value = wrong;
                }
            }
        }
    }

    fn wrong(&mut self) -> Value {
        let values = [
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(-0.0),
            json!(1e300),
            json!(256),
            json!(MAX_SAFE),
            json!(MAX_SAFE + 1),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(""),
            json!("tick"),
            json!("\u{fffd}"),
            json!("x".repeat(128)),
            json!("ü".repeat(65)),
            json!([]),
            json!({}),
            json!([1, "lamp"]),
            json!({ "limit": -1 }),
            json!(["lamp", "lamp"]),
        ];
        self.random.pick(&values)
    }
}

/// The ways to every value below this one, which is an object that is not empty.
fn places(of: &Value) -> Vec<String> {
    let mut places = Vec::new();
    let mut below = |name: String, value: &Value| {
        let deeper = super::faults::places(value);
        places.extend(deeper.into_iter().map(|place| format!("/{name}{place}")));
        places.push(format!("/{name}"));
    };
    match of {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| below(name.clone(), value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(at, value)| below(at.to_string(), value)),
        _ => {}
    }
    places
}

/// Takes out what stands there, if it is a field.
fn without(command: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else { return };
    if let Some(Value::Object(fields)) = command.pointer_mut(parent) {
        fields.remove(name);
    }
}
