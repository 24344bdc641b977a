//! Documents as JavaScript hands them over: numbers that JSON cannot say, names that come twice, depth and size at the
//! limits. The bytes are a document in a form of this file's own, which any bytes are.

use super::{CALENDARS, DELAYS, Door, bytes, calls, json, zones};
use backorder::api::door;
use backorder::api::value::{Parsed, Value, read};
use backorder::api::zones::resolved;
use backorder::codec::{digest, restore, snapshot};
use backorder::model::outcome::EventMode;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

pub const DOOR: Door = Door { name: "decode", seeds, bend: bytes::bend, enter, heap_factor: 100 };

/// Texts that one byte stands for: words of the contract, which may stand where they mean nothing, and ids.
pub const WORDS: &[&str] = &[
    "type",
    "key",
    "sku",
    "lines",
    "quantity",
    "order",
    "hold",
    "location",
    "locations",
    "priority",
    "latest",
    "notBefore",
    "allocateFrom",
    "fulfilment",
    "shortfall",
    "trim",
    "refuse",
    "sourcing",
    "earliest",
    "inOrder",
    "line",
    "minShipment",
    "unitPrice",
    "segment",
    "components",
    "substitutes",
    "protection",
    "units",
    "reorder",
    "policy",
    "rQ",
    "sS",
    "point",
    "upTo",
    "multiple",
    "minimum",
    "replenishment",
    "leadTimeDays",
    "supplier",
    "capacityPerDay",
    "batch",
    "ageingDays",
    "safetyStock",
    "maxPerOrder",
    "sharing",
    "fairShare",
    "promising",
    "protect",
    "wholeLines",
    "skip",
    "backorders",
    "limit",
    "deny",
    "lifecycle",
    "preorder",
    "releaseAt",
    "discontinued",
    "overdue",
    "offsetDays",
    "ignoreAfterDays",
    "incentives",
    "fromDelayDays",
    "offer",
    "defineItem",
    "defineLocation",
    "defineSupplier",
    "lateness",
    "receive",
    "supply",
    "count",
    "onHand",
    "scheduleSupply",
    "due",
    "rescheduleSupply",
    "cancelSupply",
    "placeOrder",
    "holdStock",
    "ttl",
    "confirmHold",
    "releaseHold",
    "amendLine",
    "amendOrder",
    "relocate",
    "from",
    "to",
    "reprioritise",
    "freeze",
    "frozen",
    "substitute",
    "cancelOrder",
    "ship",
    "return",
    "restock",
    "rebalance",
    "skus",
    "rules",
    "match",
    "orders",
    "strategy",
    "win",
    "lose",
    "redistribute",
    "archive",
    "before",
    "tick",
    "lamp",
    "set",
    "box",
    "rug 🧶",
    "default",
    "place 0",
    "place 1",
    "order 1",
    "order 2",
    "order 3",
    "hold 1",
    "supply 1",
    "1",
    "2",
    "offset",
    "state",
    "open",
    "id",
    "promiseQuantile",
    "payment",
    "card",
    "regime",
    "none",
    "calendar",
    "workdays",
    "holidays",
    "2024-02-29",
    "cutoff",
    "14:00",
    "handlingDays",
    "utcOffset",
    "timeZone",
    "Europe/Berlin",
    "transitions",
    "transitDays",
    "shipTo",
    "EU",
    "defineRegime",
    "base",
    "ftc",
    "eu",
    "uk",
    "settings",
    "periodDays",
    "delayDays",
    "counts",
    "delivery",
    "short",
    "long",
    "renewed",
    "consents",
    "cancels",
    "nothing",
    "lapses",
    "refundDays",
    "weekdays",
    "us",
    "statedShipBy",
    "buyerZone",
    "sellerCredit",
    "noticeSent",
    "notice",
    "N1",
    "N2",
    "offersCancel",
    "reason",
    "respond",
    "answer",
    "consent",
    "cancel",
    "until",
    "indefinite",
    "refunded",
    "late",
    "late 1",
    "late 2",
];

const NUMBERS: [f64; 12] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    -0.0,
    0.5,
    -1.0,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
    1.8e19,
    f64::MAX,
    f64::MIN_POSITIVE,
    1e8,
];

/// What the next byte says that follows.
const NULL: u8 = 0;
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const NUMBER: u8 = 3;
const ODD_NUMBER: u8 = 4;
const SMALL_NUMBER: u8 = 5;
const TEXT: u8 = 6;
const WORD: u8 = 7;
const LIST: u8 = 8;
const OBJECT: u8 = 9;
const KINDS: u8 = 10;

fn seeds() -> Vec<Vec<u8>> {
    let more = CALENDARS.iter().chain(DELAYS).map(|text| text.to_string());
    let texts = calls(1..40, 60).into_iter().chain(more);
    let documents = texts.filter_map(|text| serde_json::from_str(&text).ok());
    documents.map(|document: serde_json::Value| planted(&document)).collect()
}

fn planted(value: &serde_json::Value) -> Vec<u8> {
    use serde_json::Value as Json;
    match value {
        Json::Null => vec![NULL],
        Json::Bool(flag) => vec![if *flag { TRUE } else { FALSE }],
        Json::Number(number) => match number.as_u64().and_then(|number| u8::try_from(number).ok()) {
            Some(small) => vec![SMALL_NUMBER, small],
            None => [&[NUMBER][..], &number.as_f64().unwrap_or(0.0).to_le_bytes()].concat(),
        },
        Json::String(text) => planted_text(text),
        Json::Array(list) => {
            let values = list.iter().map(planted);
            [counted(LIST, list.len()), values.collect::<Vec<_>>().concat()].concat()
        }
        Json::Object(fields) => {
            let fields_bytes =
                fields.iter().map(|(name, value)| [planted_text(name), planted(value)].concat());
            [counted(OBJECT, fields.len()), fields_bytes.collect::<Vec<_>>().concat()].concat()
        }
    }
}

fn planted_text(text: &str) -> Vec<u8> {
    match WORDS.iter().position(|word| *word == text) {
        Some(place) => vec![WORD, place as u8],
        None => [counted(TEXT, text.len()), text.as_bytes().to_vec()].concat(),
    }
}

fn counted(kind: u8, count: usize) -> Vec<u8> {
    let [low, high] = (count as u16).to_le_bytes();
    vec![kind, low, high]
}

/// A document grown of bytes.
enum Grown {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Grown>),
    Object(Vec<(String, Grown)>),
}

/// Deeper nothing grows: what is nested beyond the engine's limit is refused at its first level, and this grows on the
/// stack.
const DEPTH: u32 = 24;

struct Soil<'b>(std::slice::Iter<'b, u8>);

impl Soil<'_> {
    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    /// Never of more than there are bytes for.
    fn count(&mut self) -> usize {
        usize::from(u16::from_le_bytes([self.byte(), self.byte()])).min(self.0.len())
    }

    fn text(&mut self) -> String {
        match self.byte() % KINDS {
            TEXT => {
                let bytes: Vec<u8> = (0..self.count()).map(|_| self.byte()).collect();
                String::from_utf8_lossy(&bytes).into_owned()
            }
            _ => WORDS[usize::from(self.byte()) % WORDS.len()].to_string(),
        }
    }

    fn grow(&mut self, depth: u32) -> Grown {
        if depth == DEPTH {
            return Grown::Null;
        }
        match self.byte() % KINDS {
            NULL => Grown::Null,
            TRUE => Grown::Bool(true),
            FALSE => Grown::Bool(false),
            NUMBER => Grown::Number(f64::from_le_bytes(std::array::from_fn(|_| self.byte()))),
            ODD_NUMBER => Grown::Number(NUMBERS[usize::from(self.byte()) % NUMBERS.len()]),
            SMALL_NUMBER => Grown::Number(f64::from(self.byte())),
            TEXT => {
                let bytes: Vec<u8> = (0..self.count()).map(|_| self.byte()).collect();
                Grown::Text(String::from_utf8_lossy(&bytes).into_owned())
            }
            WORD => Grown::Text(WORDS[usize::from(self.byte()) % WORDS.len()].to_string()),
            LIST => Grown::List((0..self.count()).map(|_| self.grow(depth + 1)).collect()),
            _ => Grown::Object((0..self.count()).map(|_| (self.text(), self.grow(depth + 1))).collect()),
        }
    }
}

/// As the wasm room reads a value of JavaScript's.
impl<'de> Deserializer<'de> for &Grown {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Grown::Null => visitor.visit_unit(),
            Grown::Bool(flag) => visitor.visit_bool(*flag),
            Grown::Number(number) => visitor.visit_f64(*number),
            Grown::Text(text) => visitor.visit_string(text.clone()),
            Grown::List(list) => visitor.visit_seq(SeqDeserializer::new(list.iter())),
            Grown::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| (name.as_str(), value));
                visitor.visit_map(MapDeserializer::new(fields))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for &Grown {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Whatever it is, it is a command or refused, and a request or an error.
fn enter(bytes: &[u8]) -> bool {
    let mut soil = Soil(bytes.iter());
    let mut engine = json::engine(bytes.len());
    let (before, now) = (digest(&engine), engine.last_instant());
    for _ in 0..4 {
        let grown = soil.grow(0);
        let document: Parsed<'_> = resolved(read(&grown), now, &zones);
        ask(&engine, &document, now);
        if door::apply(&mut engine, &document, now, EventMode::Return).is_err() {
            let is_object = matches!(document, Ok(Value::Object(_)));
            assert!(!is_object, "an object is a command, or refused as one");
        }
        if soil.0.len() == 0 {
            break;
        }
    }
    let again = restore(&snapshot(&engine)).expect("what the engine wrote it reads");
    assert_eq!(digest(&again), digest(&engine));
    digest(&engine) != before
}

/// The same document where another is asked for.
fn ask(engine: &backorder::engine::Engine, document: &Parsed<'_>, now: u64) {
    let before = digest(engine);
    let _ = door::quote(engine, document, now);
    let _ = door::quote_order(engine, document, now);
    let _ = door::page(Some(document));
    let _ = door::orders_page(Some(document));
    let _ = door::queue_page(Some(document));
    let _ = door::engine_options(Some(document), 7);
    let _ = door::what_if(engine, std::slice::from_ref(document), now);
    assert_eq!(digest(engine), before, "a question changed something");
}
