//! Properties that hold others, as far as a bulletin reads them.

use crate::io::{self, elements, members, unquote};

/// A value that may hold others: whom to tell, and with whom something was settled.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Nothing,
    /// A text, or a number in its digits.
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl From<&io::Value<'_>> for Value {
    fn from(value: &io::Value<'_>) -> Self {
        match value {
            io::Value::Json(text) => Value::read(text),
            io::Value::Text(_) | io::Value::Number(_) => Value::Text(value.plain().to_owned()),
            io::Value::Null | io::Value::Bool(_) => Value::Nothing,
        }
    }
}

impl Value {
    /// Out of the text of a value whose grammar has been checked.
    pub fn read(text: &str) -> Self {
        Self::read_levels(text, LEVELS)
    }

    fn read_levels(text: &str, levels: u8) -> Self {
        let Some(below) = levels.checked_sub(1) else { return Value::Nothing };
        let read = |text| Self::read_levels(text, below);
        match text.as_bytes().first() {
            Some(b'"') => Value::Text(unquote(text).into_owned()),
            Some(b'[') => Value::List(elements(text).map(read).collect()),
            Some(b'{') => Value::Object(
                members(text).map(|member| (member.key.into_owned(), read(member.value))).collect(),
            ),
            Some(b'-' | b'0'..=b'9') => Value::Text(text.to_owned()),
            _ => Value::Nothing,
        }
    }

    /// The member of an object; if a name is repeated, the last one wins.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Object(members) = self else { return None };
        members.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A text or a number, trimmed and not blank.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            _ => None,
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

/// How deep values are read: what lies deeper is nothing, so that no text can exhaust the stack.
const LEVELS: u8 = 8;
