//! Documents that are hostile or merely odd.

use crate::api::decode::command;
use crate::api::json::parse;
use crate::api::value::{MAX_DEPTH, MAX_NODES, Value, read};
use crate::model::outcome::{Reason, Rejection};
use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

fn refused(json: &str) -> Rejection {
    parse(json).expect_err(json)
}

#[test]
fn values_of_every_kind() {
    let value = parse(
        r#" {"n":null,"t":true,"i":-3,"u":18446744073709551615,"f":0.5,"s":"a\nb","l":[1,[]],"o":{}} "#,
    );
    let fields = [
        ("n", Value::Null),
        ("t", Value::Bool(true)),
        ("i", Value::Number(-3.0)),
        ("u", Value::Number(18_446_744_073_709_551_616.0)),
        ("f", Value::Number(0.5)),
        ("s", Value::Text("a\nb".into())),
        ("l", Value::List(vec![Value::Number(1.0), Value::List(vec![])])),
        ("o", Value::Object(vec![])),
    ];
    assert_eq!(value, Ok(Value::Object(fields.map(|(name, value)| (name.into(), value)).into())));
}

#[test]
fn text_is_borrowed_where_it_can_be() {
    use std::borrow::Cow;
    let Ok(Value::Object(fields)) = parse(r#"{"type":"tick","\u006bey":"\u0061"}"#) else {
        panic!("an object")
    };
    let borrowed: Vec<bool> = fields
        .iter()
        .flat_map(|(name, value)| [Some(name), if let Value::Text(text) = value { Some(text) } else { None }])
        .map(|text| matches!(text, Some(Cow::Borrowed(_))))
        .collect();
    assert_eq!(borrowed, [true, true, false, false]);
}

#[test]
fn depth_has_a_limit() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(&nested(MAX_DEPTH as usize)).is_ok());
    let below = |levels| format!(r#"{{"type":"tick","key":{}}}"#, nested(levels));
    assert!(parse(&below(MAX_DEPTH as usize - 1)).is_ok());
    for levels in [MAX_DEPTH as usize, 1_000_000] {
        let rejection = refused(&below(levels));
        assert_eq!(rejection.reason, Reason::InvalidCommand);
        assert_eq!(rejection.path.as_deref(), Some("key[0][0][0][0][0][0][0]"));
        assert_eq!(rejection.message, "key[0][0][0][0][0][0][0] is nested deeper than anything here is");
    }
}

#[test]
fn the_number_of_values_has_a_limit() {
    let lines = |count: usize| {
        let lines = vec![r#"{"sku":"a","quantity":1}"#; count].join(",");
        format!(r#"{{"type":"placeOrder","order":"O","lines":[{lines}]}}"#)
    };
    // The object, its type, order and list: four. Then three for each line.
    let most = (MAX_NODES as usize - 4) / 3;
    let json = lines(most);
    let value = parse(&json).unwrap();
    assert!(command(&value).is_ok());
    for count in [most + 1, 1_000_000] {
        let rejection = refused(&lines(count));
        assert_eq!((rejection.reason, rejection.path.as_deref()), (Reason::LimitExceeded, Some("lines")));
        assert_eq!(rejection.message, format!("lines has too many values: {MAX_NODES} is the most"));
    }
}

#[test]
fn an_object_of_very_many_fields_is_refused_at_the_first_that_is_none() {
    let fields: Vec<String> = (0..100_000).map(|number| format!(r#""f{number}":1"#)).collect();
    let json = format!(r#"{{"type":"tick",{},"key":"k"}}"#, fields.join(","));
    let rejection = command(&parse(&json).unwrap()).unwrap_err();
    assert_eq!(rejection.path.as_deref(), Some("f0"));
}

#[test]
fn json_that_no_value_can_hold() {
    let cases = [
        (r#"{"type":"receive","sku":"a","quantity":1e999}"#, "quantity", "number out of range"),
        (r#"{"order":"O","lines":[{"sku":"\ud800"}]}"#, "lines[0].sku", "unexpected end of hex escape"),
        (
            r#"{"order":"O","lines":[{"sku":"\udc00"}]}"#,
            "lines[0].sku",
            "lone leading surrogate in hex escape",
        ),
    ];
    for (json, path, message) in cases {
        let rejection = refused(json);
        assert_eq!(
            (rejection.reason, rejection.path.as_deref()),
            (Reason::InvalidCommand, Some(path)),
            "{json}"
        );
        assert_eq!(rejection.message, format!("{path} can't be read: {message}"));
    }
    let rejection = refused(r#"{"\udc00":1}"#);
    assert_eq!((rejection.reason, rejection.path), (Reason::InvalidCommand, None));
}

/// A host's value that is no plain data, or more of them than there can be.
#[derive(Clone)]
enum Host {
    Function,
    Endless(u32),
    Text(&'static str),
    Object(Vec<(&'static str, Host)>),
}

impl<'de> IntoDeserializer<'de, Error> for Host {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Host {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Host::Function => Err(Error::custom("a function")),
            Host::Endless(0) => visitor.visit_unit(),
            Host::Endless(levels) => {
                visitor.visit_seq(SeqDeserializer::new(core::iter::repeat(Host::Endless(levels - 1))))
            }
            Host::Text(text) => StringDeserializer::new(text.into()).deserialize_any(visitor),
            Host::Object(fields) => visitor.visit_map(MapDeserializer::new(fields.into_iter())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn a_host_s_values_are_within_the_same_limits() {
    let key = |value| Host::Object(vec![("type", Host::Text("tick")), ("key", value)]);
    let rejection = read(key(Host::Function)).unwrap_err();
    assert_eq!((rejection.reason, rejection.path.as_deref()), (Reason::InvalidCommand, Some("key")));
    assert_eq!(rejection.message, "key can't be read: a function");

    let rejection = read(key(Host::Endless(1))).unwrap_err();
    assert_eq!((rejection.reason, rejection.path.as_deref()), (Reason::LimitExceeded, Some("key")));

    let rejection = read(key(Host::Endless(u32::MAX))).unwrap_err();
    assert_eq!(rejection.reason, Reason::InvalidCommand);
    assert!(rejection.message.ends_with("is nested deeper than anything here is"), "{}", rejection.message);
}
