//! What incidents say of themselves that reports count: their type, their status, their casualties.

use crate::io;

/// A status that has a meaning.
pub(super) struct Status {
    pub name: &'static str,
    /// Something is still to be done about the incident.
    pub is_open: bool,
}

const fn open(name: &'static str) -> Status {
    Status { name, is_open: true }
}

const fn done(name: &'static str) -> Status {
    Status { name, is_open: false }
}

/// The statuses that have a meaning, in the order in which an incident has them.
pub(super) const STATUSES: [Status; 9] = [
    open("new"),
    open("open"),
    open("active"),
    open("ongoing"),
    open("pending"),
    done("settled"),
    done("resolved"),
    done("closed"),
    done("done"),
];

impl Status {
    /// The one that a text names, in upper or lower case.
    pub fn of(text: &str) -> Option<&'static Status> {
        STATUSES.iter().find(|known| known.name.eq_ignore_ascii_case(text))
    }
}

/// What one incident says; if a name is repeated, the last one wins.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub kind: Option<String>,
    pub status: Option<String>,
    pub killed: Persons,
    pub wounded: Persons,
}

/// A property that counts persons.
#[derive(Debug, Default)]
pub(super) struct Persons {
    pub count: Option<u32>,
    /// What it says where that is no number of persons.
    pub unread: Option<String>,
}

impl Facts {
    /// Takes a property under the name that it is read as; `false` of all but those above.
    pub fn add(&mut self, name: &str, value: &io::Value<'_>) -> bool {
        match name {
            "type" => self.kind = text(value),
            "status" => self.status = text(value),
            "killed" => self.killed = persons(value),
            "wounded" => self.wounded = persons(value),
            _ => return false,
        }
        true
    }
}

fn persons(value: &io::Value<'_>) -> Persons {
    let count = count(value);
    Persons { count, unread: count.is_none().then(|| shown(value)).filter(|text| !text.is_empty()) }
}

/// Returns a text or a number, trimmed; `None` where that is blank or anything else.
pub(super) fn text(value: &io::Value<'_>) -> Option<String> {
    match value {
        io::Value::Text(_) | io::Value::Number(_) => Some(shown(value)).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// Returns what a property that counts persons says: a whole number from 0 to a thousand million, of a table as text.
fn count(value: &io::Value<'_>) -> Option<u32> {
    let number: f64 = match value {
        io::Value::Number(digits) => digits.parse().ok()?,
        // Tools that know no empty whole number write `2.0`.
        io::Value::Text(text) => western(text.trim()).parse().ok()?,
        _ => return None,
    };
    // Whole and in range.
    (number >= 0.0 && number.fract() == 0.0 && number < 1e9).then_some(number as u32)
}

/// Returns what a property says, trimmed; null says nothing.
pub(super) fn shown(value: &io::Value<'_>) -> String {
    value.plain().trim().to_owned()
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
