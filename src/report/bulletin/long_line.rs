//! A line of the long table.

use super::figures::Head;

const COLUMNS: [&str; 19] = [
    "section",
    "key",
    "count",
    "killed",
    "wounded",
    "row",
    "detail",
    "time",
    "type",
    "status",
    "corridor",
    "route_id",
    "route_chainage_m",
    "route_distance_m",
    "route_side",
    "post_id",
    "post_distance_m",
    "post_bearing_deg",
    "possible",
];

/// A row by its columns; those that are not named are empty.
#[derive(Default)]
pub(super) struct Line([String; COLUMNS.len()]);

impl Line {
    pub fn of(section: &str, key: impl ToString) -> Self {
        Line::default().with("section", section).with("key", key)
    }

    pub fn with(mut self, column: &str, value: impl ToString) -> Self {
        if let Some(place) = COLUMNS.iter().position(|name| *name == column) {
            self.0[place] = value.to_string();
        }
        self
    }

    pub fn maybe(self, column: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(column, value),
            None => self,
        }
    }

    /// What is known of the incident itself.
    pub fn with_head(self, head: &Head) -> Self {
        self.with("count", 1)
            .maybe("killed", head.killed)
            .maybe("wounded", head.wounded)
            .with("time", &head.time)
            .maybe("type", head.kind.as_ref())
            .maybe("status", head.status.as_ref())
    }

    /// Its cells as CSV has them.
    pub fn text(&self) -> String {
        self.0.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")
    }

    /// The names of the columns.
    pub fn names() -> String {
        COLUMNS.join(",")
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
