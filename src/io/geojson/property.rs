//! The value of a property of a feature, or of a cell of a row: its text as it stands.

use std::borrow::Cow;

use crate::io::json::raw::{self, unquote};
use crate::io::table::row::{Cell, Row};

/// A value as it stands; only texts with escapes are copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    /// A number in the digits of JSON.
    Number(&'t str),
    Text(Cow<'t, str>),
    /// A list or an object as JSON text.
    Json(&'t str),
}

impl<'t> Value<'t> {
    /// Of JSON text whose grammar has been checked.
    pub fn of_json(text: &'t str) -> Self {
        match text {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text if raw::is_string(text) => Value::Text(unquote(text)),
            text if raw::is_number(text) => Value::Number(text),
            text => Value::Json(text),
        }
    }

    /// Of a cell; `None` where the row has none.
    pub fn of_cell(row: &'t Row, cell: Cell) -> Option<Self> {
        Some(match cell {
            Cell::Absent => return None,
            Cell::Null => Value::Null,
            Cell::Bool(is) => Value::Bool(is),
            Cell::Number(span) => Value::Number(row.text(span)),
            Cell::Text(span) => Value::Text(Cow::Borrowed(row.text(span))),
            Cell::Json(span) => Value::Json(row.text(span)),
        })
    }

    /// The plain text: nothing for null, lists and objects as they are written.
    pub fn plain(&self) -> &str {
        match self {
            Value::Null => "",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Number(text) | Value::Json(text) => text,
            Value::Text(text) => text,
        }
    }
}
