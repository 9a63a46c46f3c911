//! The columns of a table.

#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
use crate::Error;

/// A column of a table.
///
/// ```
/// use patrol_corridor::io::{ColumnKind, PositionColumns, Rows};
/// let csv = "id;lon;lat\nINC-1;46.807759;40.068059\n";
/// let rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
/// let last = &rows.columns()[2];
/// assert_eq!((last.name.as_str(), last.kind), ("lat", ColumnKind::Text));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
}

impl Column {
    /// A column with this name, whose cells hold that.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        Column { name: name.into(), kind }
    }
}

/// What the cells of a column hold. Integers never pass through a float.
///
/// ```
/// use patrol_corridor::io::{ColumnKind, Rows};
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/karabakh-2020/incidents.geojson");
/// let file = std::fs::File::open(path).unwrap();
/// let rows = Rows::features("incidents.geojson", file)?;
/// let kind = |name| rows.columns().iter().find(|column| column.name == name).map(|column| column.kind);
/// assert_eq!((kind("killed"), kind("illustrative")), (Some(ColumnKind::Signed(64)), Some(ColumnKind::Bool)));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColumnKind {
    /// Text.
    Text,
    /// True or false.
    Bool,
    /// A signed integer of so many bits.
    Signed(u8),
    /// An unsigned integer of so many bits.
    Unsigned(u8),
    /// A floating-point number of so many bits.
    Float(u8),
    /// A date as ISO 8601 text.
    Date,
    /// A date and a time of day as ISO 8601 text, with a time zone or without.
    DateTime,
    /// A time of day as text.
    Time,
    /// JSON text.
    Json,
    /// Bytes, as hexadecimal text.
    Bytes,
}

impl Column {
    /// A cell's text as a value of the column's type.
    #[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
    pub(crate) fn read<T: std::str::FromStr>(&self, text: &str) -> Result<T, Error> {
        text.parse().map_err(|_| {
            let found = crate::text::shown(text);
            let message = format!("`{found}`, expected a value of the column's type {:?}", self.kind);
            Error::input(message).under(&format!("column `{}`", self.name))
        })
    }
}

/// The columns of times of day, for formats without that type.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
pub(crate) fn times_of_day(columns: &[Column]) -> impl Iterator<Item = String> + '_ {
    let times = columns.iter().filter(|column| column.kind == ColumnKind::Time);
    times.map(|column| format!("that `{}` holds times of day (text from now on)", column.name))
}
