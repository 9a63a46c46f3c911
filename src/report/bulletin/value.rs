//! A property of whatever type, as far as a bulletin reads it.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// As text, and as a double.
    Number(String, f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The member of an object; of one that stands twice the last.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Object(members) = self else { return None };
        members.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A member that is a finite number.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Value::Number(_, number) => Some(*number),
            _ => None,
        }
    }

    /// A member that is a text or a number, not blank.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_text()
    }

    /// A text or a number, trimmed and not blank.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Value::Text(text) | Value::Number(text, _) => {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }

    /// What a member that counts persons says: a whole number from 0 to a thousand million, of a table as text. `None` where it
    /// says nothing.
    pub fn count(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Value::Number(_, number) if *number >= 0.0 && number.fract() == 0.0 && *number < 1e9 => {
                // Whole and in range.
                Some(*number as u64)
            }
            Value::Text(text) => western(text.trim()).parse().ok().filter(|count| *count < 1_000_000_000),
            _ => None,
        }
    }

    /// What it says, to be shown: a text as it is, null as nothing, lists and objects in the manner of JSON.
    pub fn shown(&self) -> String {
        let quoted = |value: &Value| match value {
            Value::Text(text) => format!("\"{text}\""),
            Value::Null => "null".to_owned(),
            other => other.shown(),
        };
        match self {
            Value::Null => String::new(),
            Value::Bool(is) => is.to_string(),
            Value::Number(text, _) | Value::Text(text) => text.trim().to_owned(),
            Value::List(items) => format!("[{}]", items.iter().map(quoted).collect::<Vec<_>>().join(", ")),
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| format!("\"{key}\": {}", quoted(value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The items of a list, or else the value alone.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            one => std::slice::from_ref(one),
        }
    }
}

/// Arabic and Persian digits as those of ASCII.
fn western(text: &str) -> String {
    let digit = |c: char| match c {
        '\u{0660}'..='\u{0669}' => char::from_digit(u32::from(c) - 0x0660, 10).unwrap_or(c),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(u32::from(c) - 0x06F0, 10).unwrap_or(c),
        c => c,
    };
    text.chars().map(digit).collect()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Levels(LEVELS).deserialize(deserializer)
    }
}

/// How deep values are read: what lies deeper is null, so that no text can exhaust the stack.
const LEVELS: u8 = 8;

/// So many levels are still to be read.
#[derive(Clone, Copy)]
struct Levels(u8);

impl<'de> DeserializeSeed<'de> for Levels {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.0 {
            0 => IgnoredAny::deserialize(deserializer).map(|IgnoredAny| Value::Null),
            levels => deserializer.deserialize_any(Levels(levels - 1)),
        }
    }
}

impl<'de> Visitor<'de> for Levels {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Value, E> {
        Ok(Value::Bool(bool))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string(), number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string(), number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string(), number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = members.next_key()? {
            object.push((key, members.next_value_seed(self)?));
        }
        Ok(Value::Object(object))
    }
}
