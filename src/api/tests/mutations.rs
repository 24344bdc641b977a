//! Every place in every command, spoiled in every way: the answer names exactly that place.

use super::document;
use crate::api::decode::command;
use crate::api::value::Value;
use crate::model::outcome::{Reason, Rejection};
use alloc::borrow::Cow;

/// Commands that together have every field this release takes, each with those it cannot be without.
const FULL: &[(&str, &str)] = &[
    (
        r#"{"key":"k","type":"defineItem","sku":"a","backorders":{"limit":5},"maxPerOrder":1,"safetyStock":1,
            "ageingDays":1,
            "replenishment":{"leadTimeDays":1,"supplier":"V","batch":1,"capacityPerDay":1},
            "overdue":{"offsetDays":1,"ignoreAfterDays":1},"lifecycle":{"preorder":{"releaseAt":1}},
            "sharing":"fairShare","promising":"protect","protection":[{"priority":1,"units":1},{"priority":2,"units":2}],
            "wholeLines":"skip","components":[{"sku":"b","quantity":1},{"sku":"c","quantity":2}],
            "reorder":{"policy":"sS","point":1,"quantity":1,"upTo":1,"minimum":1,"multiple":1},
            "substitutes":["b","c"],"incentives":[{"fromDelayDays":1,"offer":"o"},{"fromDelayDays":2,"offer":"p"}],
            "overtaking":"learn","promiseQuantile":0.8}"#,
        "type sku backorders.limit replenishment.leadTimeDays overdue.offsetDays lifecycle.preorder \
         protection[0].priority protection[0].units protection[1].priority protection[1].units \
         components[0].sku components[0].quantity components[1].sku components[1].quantity \
         reorder.policy reorder.point incentives[0].fromDelayDays incentives[0].offer \
         incentives[1].fromDelayDays incentives[1].offer",
    ),
    (
        r#"{"key":"k","type":"defineLocation","location":"east","calendar":{
            "transitions":[{"from":0,"utcOffset":60},{"from":1,"utcOffset":-60}],"workdays":[1,7],
            "holidays":["2024-02-29","2024-12-25"],"cutoff":"14:00","handlingDays":1},"transitDays":{"EU":1,"US":2}}"#,
        "type location calendar.transitions[0].from calendar.transitions[0].utcOffset \
         calendar.transitions[1].from calendar.transitions[1].utcOffset calendar.workdays",
    ),
    (
        r#"{"key":"k","type":"defineLocation","location":"east","calendar":{"utcOffset":-60,"workdays":[1]}}"#,
        "type location calendar.workdays",
    ),
    (r#"{"key":"k","type":"defineSupplier","supplier":"V","lateness":[1,-1]}"#, "type supplier"),
    (
        r#"{"key":"k","type":"receive","sku":"a","location":"default","quantity":1,"supply":"S"}"#,
        "type sku quantity",
    ),
    (r#"{"key":"k","type":"count","sku":"a","location":"default","onHand":1}"#, "type sku onHand"),
    (
        r#"{"key":"k","type":"scheduleSupply","supply":"S","sku":"a","location":"default","quantity":1,"due":1,
            "supplier":"V"}"#,
        "type supply sku quantity due",
    ),
    (r#"{"key":"k","type":"rescheduleSupply","supply":"S","due":1,"quantity":1}"#, "type supply"),
    (r#"{"key":"k","type":"cancelSupply","supply":"S"}"#, "type supply"),
    (
        r#"{"key":"k","type":"placeOrder","order":"O","priority":1,"fulfilment":"line","notBefore":1,"latest":1,
            "segment":"trade","sourcing":"earliest","allocateFrom":1,"shortfall":"trim","regime":"none","shipTo":"EU",
            "payment":"card","lines":[{"line":"1","sku":"a","quantity":1,"locations":["east","west"],"minShipment":1,"unitPrice":1},
            {"sku":"b","quantity":2}]}"#,
        "type order lines lines[0].sku lines[0].quantity lines[1].sku lines[1].quantity",
    ),
    (
        r#"{"key":"k","type":"holdStock","hold":"H","lines":[{"line":"1","sku":"a","quantity":1}],"ttl":1,
            "priority":1}"#,
        "type hold lines lines[0].sku lines[0].quantity ttl",
    ),
    (
        r#"{"key":"k","type":"confirmHold","hold":"H","order":"O","fulfilment":"order","notBefore":1,"latest":1,
            "segment":"trade","regime":"none","shipTo":"EU"}"#,
        "type hold order",
    ),
    (r#"{"key":"k","type":"releaseHold","hold":"H"}"#, "type hold"),
    (r#"{"key":"k","type":"amendLine","order":"O","line":"1","quantity":1}"#, "type order line quantity"),
    (
        r#"{"key":"k","type":"amendOrder","order":"O","fulfilment":"partial","notBefore":1,"latest":1,"shipTo":"EU"}"#,
        "type order",
    ),
    (
        r#"{"key":"k","type":"relocate","order":"O","line":"1","from":"east","to":"west","quantity":1}"#,
        "type order line to",
    ),
    (r#"{"key":"k","type":"freeze","order":"O","frozen":true}"#, "type order frozen"),
    (r#"{"key":"k","type":"substitute","order":"O","line":"1","sku":"b"}"#, "type order line sku"),
    (
        r#"{"key":"k","type":"rebalance","skus":["a","b"],"rules":[
            {"match":{"orders":["O","P"],"segment":"trade","priority":{"from":1,"to":2}},"strategy":"win"},
            {"match":{},"strategy":"lose"}]}"#,
        "type rules rules[0].match rules[0].strategy rules[1].match rules[1].strategy",
    ),
    (r#"{"key":"k","type":"reprioritise","order":"O","priority":1}"#, "type order priority"),
    (r#"{"key":"k","type":"cancelOrder","order":"O","lines":["1","2"]}"#, "type order"),
    (
        r#"{"key":"k","type":"ship","order":"O","lines":[{"line":"1","quantity":1,"location":"default"}]}"#,
        "type order lines[0].line lines[0].quantity",
    ),
    (
        r#"{"key":"k","type":"return","order":"O","line":"1","quantity":1,"restock":false,"location":"default"}"#,
        "type order line quantity restock",
    ),
    (r#"{"key":"k","type":"archive","before":1}"#, "type before"),
    (r#"{"key":"k","type":"tick"}"#, "type"),
];

/// Settings that null puts back to their defaults.
const NULLABLE: [&str; 24] = [
    "backorders",
    "sharing",
    "promising",
    "protection",
    "wholeLines",
    "overtaking",
    "reorder",
    "components",
    "substitutes",
    "incentives",
    "maxPerOrder",
    "safetyStock",
    "ageingDays",
    "replenishment",
    "overdue",
    "lifecycle",
    "promiseQuantile",
    "lateness",
    "fulfilment",
    "notBefore",
    "latest",
    "calendar",
    "transitDays",
    "shipTo",
];

/// A copy of a document with one place changed.
type Changed<'c> = &'c dyn Fn(&mut dyn FnMut(&mut Value<'static>)) -> Value<'static>;

/// Calls `visit` with the path of every value below this one, and with a way to change a copy there.
fn everywhere(root: &Value<'static>, visit: &mut dyn FnMut(&str, Changed)) {
    let mut paths = Vec::new();
    collect(root, String::new(), &mut Vec::new(), &mut paths);
    for (path, steps) in paths {
        visit(&path, &|change| {
            let mut copy = root.clone();
            change(steps.iter().fold(&mut copy, |value, step| child(value, *step)));
            copy
        });
    }
}

fn collect(value: &Value, path: String, steps: &mut Vec<usize>, paths: &mut Vec<(String, Vec<usize>)>) {
    let children: Vec<(String, &Value)> = match value {
        Value::List(list) => {
            list.iter().enumerate().map(|(at, value)| (format!("{path}[{at}]"), value)).collect()
        }
        Value::Object(fields) => {
            let dot = if path.is_empty() { "" } else { "." };
            fields.iter().map(|(name, value)| (format!("{path}{dot}{name}"), value)).collect()
        }
        _ => Vec::new(),
    };
    for (place, (path, value)) in children.into_iter().enumerate() {
        steps.push(place);
        paths.push((path.clone(), steps.clone()));
        collect(value, path, steps, paths);
        steps.pop();
    }
}

fn child<'v>(value: &'v mut Value<'static>, step: usize) -> &'v mut Value<'static> {
    match value {
        Value::List(list) => &mut list[step],
        Value::Object(fields) => &mut fields[step].1,
        _ => unreachable!("only lists and objects have children"),
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn full() -> impl Iterator<Item = Value<'static>> {
    FULL.iter().map(|(json, _)| document(json))
}

fn assert_refused_at(value: &Value, path: &str) -> Rejection {
    let rejection = command(value).expect_err(path);
    assert_eq!(
        (rejection.reason, rejection.path.as_deref()),
        (Reason::InvalidCommand, Some(path)),
        "{value:?}"
    );
    rejection
}

#[test]
fn unspoiled_they_are_commands() {
    for value in full() {
        assert!(command(&value).is_ok(), "{value:?}: {:?}", command(&value));
    }
}

#[test]
fn no_place_takes_what_is_never_right() {
    let wrong =
        [Value::Number(-1.5), Value::Number(f64::NAN), Value::Number(f64::INFINITY), Value::Number(1e16)];
    let mut places = 0;
    for value in full() {
        everywhere(&value, &mut |path, changed| {
            for wrong in &wrong {
                assert_refused_at(&changed(&mut |place| *place = wrong.clone()), path);
                places += 1;
            }
        });
    }
    assert!(places > 400, "{places}");
}

#[test]
fn null_is_for_settings_alone() {
    for value in full() {
        everywhere(&value, &mut |path, changed| {
            let spoiled = changed(&mut |place| *place = Value::Null);
            // A placed order's settings are given or left out: there is nothing to go back to.
            let settings = matches!(
                command(&value).unwrap().body.kind().name(),
                "defineItem" | "defineLocation" | "defineSupplier" | "amendOrder"
            );
            if settings && NULLABLE.contains(&path) {
                assert!(command(&spoiled).is_ok(), "{path}: {:?}", command(&spoiled));
            } else {
                assert_refused_at(&spoiled, path);
            }
        });
    }
}

#[test]
fn a_field_that_is_none_is_refused_in_every_object() {
    for value in full() {
        let mut spoil_below = |path: &str, changed: Changed| {
            let mut is_object = false;
            let spoiled = changed(&mut |place| {
                if let Value::Object(fields) = place {
                    fields.insert(0, ("zzz".into(), Value::Null));
                    is_object = true;
                }
            });
            if is_object {
                let dot = if path.is_empty() { "" } else { "." };
                let rejection = assert_refused_at(&spoiled, &format!("{path}{dot}zzz"));
                // The names of transit times are the shop's own, so there it is the value that is wrong.
                let wrong = if path == "transitDays" { "must be a whole" } else { "is no field here" };
                assert!(rejection.message.contains(wrong), "{}", rejection.message);
            }
        };
        everywhere(&value, &mut spoil_below);
        spoil_below("", &|change| {
            let mut copy = value.clone();
            change(&mut copy);
            copy
        });
    }
}

#[test]
fn a_field_that_comes_twice_is_refused_in_every_object() {
    for value in full() {
        for_each_field(&value, &mut |path, spoil| {
            let spoiled = spoil(&|fields, place| fields.push(fields[place].clone()));
            let rejection = assert_refused_at(&spoiled, path);
            assert!(rejection.message.ends_with("is given twice"), "{}", rejection.message);
        });
    }
}

#[test]
fn a_field_that_is_missing_is_named_or_not_needed() {
    for (json, needed) in FULL {
        let mut missed = Vec::new();
        for_each_field(&document(json), &mut |path, spoil| {
            let spoiled = spoil(&|fields, place| {
                fields.remove(place);
            });
            if command(&spoiled).is_err() {
                let rejection = assert_refused_at(&spoiled, path);
                assert!(rejection.message.contains(" is missing: it must be "), "{}", rejection.message);
                missed.push(path.to_owned());
            }
        });
        assert_eq!(missed.join(" "), *needed, "{json}");
    }
}

type Entries = Vec<(Cow<'static, str>, Value<'static>)>;

/// A copy of a document with one object's fields changed; the number is the place of the field.
type Spoil<'s> = &'s dyn Fn(&dyn Fn(&mut Entries, usize)) -> Value<'static>;

/// Calls `visit` with the path of every field, and with a way to spoil the object that has it.
fn for_each_field(root: &Value<'static>, visit: &mut dyn FnMut(&str, Spoil)) {
    let mut paths = Vec::new();
    collect(root, String::new(), &mut Vec::new(), &mut paths);
    for (path, steps) in paths {
        if path.ends_with(']') {
            continue;
        }
        visit(&path, &|spoil| {
            let mut copy = root.clone();
            let (place, way) = steps.split_last().unwrap();
            let parent = way.iter().fold(&mut copy, |value, step| child(value, *step));
            let Value::Object(fields) = parent else { unreachable!("a field's parent is an object") };
            spoil(fields, *place);
            copy
        });
    }
}

/// Documents made of the contract's words at random: whatever they are, the answer is a value, and
/// it names a place whose parent is there.
#[test]
fn no_document_is_a_panic() {
    let words: Vec<Value> = full().collect();
    let mut names: Vec<String> = vec!["zzz".into(), "__proto__".into(), String::new()];
    for value in &words {
        for_each_field(value, &mut |path, _| names.push(last_name(path).into()));
    }
    let mut random = Random(42);
    let (mut right, mut wrong) = (0, 0);
    for _ in 0..20_000 {
        let mut value = words[random.below(words.len())].clone();
        for _ in 0..random.below(4) {
            let mut paths = Vec::new();
            collect(&value, String::new(), &mut Vec::new(), &mut paths);
            if paths.is_empty() {
                break;
            }
            let (_, steps) = &paths[random.below(paths.len())];
            let place = steps.iter().fold(&mut value, |value, step| child(value, *step));
            *place = random.value(&names, 3);
        }
        match command(&value) {
            Ok(_) => right += 1,
            Err(rejection) => {
                wrong += 1;
                let path = rejection.path.unwrap();
                assert_eq!(rejection.reason, Reason::InvalidCommand);
                assert!(rejection.message.starts_with(&path), "{path}: {}", rejection.message);
                let mut paths = Vec::new();
                collect(&value, String::new(), &mut Vec::new(), &mut paths);
                let parent = path.rsplit_once(['.', '[']).map_or("", |(parent, _)| parent);
                assert!(
                    parent.is_empty() || paths.iter().any(|(path, _)| path == parent),
                    "{path} in {value:?}"
                );
            }
        }
    }
    assert!(right > 2_000 && wrong > 2_000, "{right} right, {wrong} wrong");
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn value(&mut self, names: &[String], depth: usize) -> Value<'static> {
        const NUMBERS: [f64; 9] =
            [0.0, -0.0, 1.0, -1.0, 0.5, 255.0, 256.0, 9_007_199_254_740_991.0, f64::NAN];
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 | 3 => Value::Number(NUMBERS[self.below(NUMBERS.len())]),
            4 => Value::Text(["", "a", "1", "default", "allow", "line", "\u{FFFD}"][self.below(7)].into()),
            5 => Value::List((0..self.below(4)).map(|_| self.value(names, depth - 1)).collect()),
            _ => {
                let field = |random: &mut Self| {
                    let name = names[random.below(names.len())].clone();
                    (Cow::Owned(name), random.value(names, depth - 1))
                };
                Value::Object((0..self.below(5)).map(|_| field(self)).collect())
            }
        }
    }
}
