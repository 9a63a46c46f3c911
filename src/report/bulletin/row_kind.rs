//! What kind of row a table has.

use serde::Serialize;

/// What a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RowKind {
    /// Incidents of the key.
    Value,
    /// Those without one: in no corridor, of no type, ...
    None,
    /// Those in a region that leaves the key open; of posts and routes their persons alone.
    Undecided,
    /// Those without a location.
    NotLocated,
}

impl RowKind {
    pub fn as_str(self) -> &'static str {
        match self {
            RowKind::Value => "value",
            RowKind::None => "none",
            RowKind::Undecided => "undecided",
            RowKind::NotLocated => "not_located",
        }
    }
}
