//! A document of a stranger's, read within limits before anything is made of it.

use super::message::{Step, at_steps};
use crate::model::outcome::{Reason, Rejection};
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How deep a command may nest. The contract's deepest place is 6 levels down, at a rebalance's
/// `rules[0].match.priority.from`.
pub const MAX_DEPTH: u32 = 8;

/// How many values one command may have in all: an order of the most lines has room for hundreds in each.
pub const MAX_NODES: u32 = 262_144;

/// A JSON or JavaScript value. Numbers are those of JavaScript, which hold every quantity exactly.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Back to the default.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Any number, `NaN` and the infinities included.
    Number(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// Values in order.
    List(Vec<Value<'a>>),
    /// Values by name, in the order given; a name may come twice until the object is decoded.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// A value, or why it could not be read. Either is handed on: a command that cannot be read is
/// refused like any other.
pub type Parsed<'a> = Result<Value<'a>, Rejection>;

/// Reads one command, request or settings object. The limits hold for each call.
pub fn read<'de, D: Deserializer<'de>>(source: D) -> Parsed<'de> {
    let mut reader =
        Reader { nodes_left: MAX_NODES, levels_left: MAX_DEPTH, overrun: None, trail: Vec::new() };
    reader.deserialize(source).map_err(|error| reader.rejection(&error.to_string()))
}

/// Which limit was met.
#[derive(Clone, Copy, PartialEq)]
enum Overrun {
    Depth,
    Nodes,
}

/// What is left of the limits, and after a failure the way to where it happened, innermost first.
struct Reader {
    nodes_left: u32,
    levels_left: u32,
    overrun: Option<Overrun>,
    trail: Vec<Step>,
}

impl Reader {
    fn overrun<E: Error>(&mut self, overrun: Overrun) -> E {
        self.overrun = Some(overrun);
        E::custom("")
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        match self.levels_left.checked_sub(1) {
            Some(left) => self.levels_left = left,
            None => return Err(self.overrun(Overrun::Depth)),
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.levels_left += 1;
    }

    /// Remembers one step of the way to a failure.
    fn via<T, E>(&mut self, result: Result<T, E>, step: impl FnOnce() -> Step) -> Result<T, E> {
        if result.is_err() {
            self.trail.push(step());
        }
        result
    }

    fn rejection(&self, error: &str) -> Rejection {
        let steps = self.trail.iter().rev();
        match self.overrun {
            Some(Overrun::Depth) => {
                at_steps(Reason::InvalidCommand, steps, " is nested deeper than anything here is")
            }
            // Past the limit nothing is looked at: only the outermost field can be named.
            Some(Overrun::Nodes) => {
                at_steps(Reason::LimitExceeded, steps.take(1), " has too many values: 262144 is the most")
            }
            None => {
                // The position is one in this command's text, and the path says it better.
                let what = error.split(" at line ").next().unwrap_or_default();
                let mut text = String::from(" can't be read: ");
                text.push_str(what);
                at_steps(Reason::InvalidCommand, steps, &text)
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Reader {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value<'de>, D::Error> {
        match self.nodes_left.checked_sub(1) {
            Some(left) => self.nodes_left = left,
            None => return Err(self.overrun(Overrun::Nodes)),
        }
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Reader {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("plain data")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }

    // An integer beyond 2^53 loses digits here, and is refused for its size all the same.
    fn visit_i64<E>(self, value: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value<'de>, E> {
        Ok(Value::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.into())))
    }

    fn visit_string<E>(self, value: String) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Value<'de>, A::Error> {
        self.enter()?;
        let mut list = Vec::new();
        loop {
            let next = source.next_element_seed(&mut *self);
            match self.via(next, || Step::Index(list.len()))? {
                Some(value) => list.push(value),
                None => break,
            }
        }
        self.leave();
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Value<'de>, A::Error> {
        self.enter()?;
        let mut fields = Vec::new();
        while let Some(name) = source.next_key_seed(Name)? {
            let next = source.next_value_seed(&mut *self);
            let value = self.via(next, || Step::Field((*name).into()))?;
            fields.push((name, value));
        }
        self.leave();
        Ok(Value::Object(fields))
    }
}

/// A field's name, borrowed where the text has it as it stands.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Cow<'de, str>, D::Error> {
        source.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.into()))
    }

    fn visit_string<E>(self, name: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name))
    }
}
