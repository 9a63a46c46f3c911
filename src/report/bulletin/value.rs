//! A property of whatever type, as far as a bulletin reads it.

use crate::io::{elements, members, unquote};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// As it is written, and as a double; infinite where none is so great.
    Number(String, f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Out of the text of a value whose grammar has been checked.
    pub fn read(text: &str) -> Self {
        Self::read_levels(text, LEVELS)
    }

    fn read_levels(text: &str, levels: u8) -> Self {
        let Some(below) = levels.checked_sub(1) else { return Value::Null };
        let read = |text| Self::read_levels(text, below);
        match text.as_bytes().first() {
            Some(b't' | b'f') => Value::Bool(text == "true"),
            Some(b'"') => Value::Text(unquote(text).into_owned()),
            Some(b'[') => Value::List(elements(text).map(read).collect()),
            Some(b'{') => Value::Object(
                members(text).map(|member| (member.key.into_owned(), read(member.value))).collect(),
            ),
            Some(b'-' | b'0'..=b'9') => Value::Number(text.to_owned(), text.parse().unwrap_or(f64::NAN)),
            _ => Value::Null,
        }
    }

    /// The member of an object; of one that stands twice the last.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.find(|key| key == name)
    }

    /// The last member of an object that has such a name.
    pub fn find(&self, is: impl Fn(&str) -> bool) -> Option<&Value> {
        let Value::Object(members) = self else { return None };
        members.iter().rev().find(|(key, _)| is(key)).map(|(_, value)| value)
    }

    /// A member that is a finite number.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Value::Number(_, number) => Some(*number).filter(|number| number.is_finite()),
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
        let number = match self.get(name)? {
            Value::Number(_, number) => *number,
            // Tools that know no empty whole number write `2.0`.
            Value::Text(text) => western(text.trim()).parse().ok()?,
            _ => return None,
        };
        // Whole and in range.
        (number >= 0.0 && number.fract() == 0.0 && number < 1e9).then_some(number as u64)
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

/// How deep values are read: what lies deeper is null, so that no text can exhaust the stack.
const LEVELS: u8 = 8;
