//! Rows between formats: what a table (CSV, FlatGeobuf, GeoPackage, Parquet, features taken apart) gives and takes.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::raw::{self, write_string};
use crate::{Error, FeatureId, Place, Position};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold. Integers never pass through a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
            let found = shown(text);
            let message = format!("found `{found}`, expected a value of the column's type {:?}", self.kind);
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

/// The bytes that hexadecimal text stands for.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        u8::from_str_radix(pair, 16).unwrap_or(0)
    };
    text.as_bytes().chunks(2).map(byte).collect()
}

/// A stretch of the row's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

/// A cell, whose text stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Not there: a feature without this property.
    Absent,
    Null,
    Bool(bool),
    /// A number in the digits of JSON.
    Number(Span),
    Text(Span),
    /// JSON text.
    Json(Span),
}

/// The geometry of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Geometry {
    None,
    /// Two numbers in the digits of JSON.
    Point {
        lon: Span,
        lat: Span,
    },
    /// A geometry's GeoJSON text.
    Json(Span),
}

/// A row: an incident with its cells, in the order of the columns.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    text: String,
    pub cells: Vec<Cell>,
    pub geometry: Geometry,
    pub place: Place,
    /// Why it can't be located, where that is known.
    pub warning: Option<Cow<'static, str>>,
    /// Its number, from 1, and the line on which it begins; 0 in a format without lines.
    pub number: u64,
    pub line: u64,
    /// The text as it stands, where that is kept.
    pub source: Option<Span>,
    /// The Arrow records that it came from, and its place in them.
    #[cfg(feature = "parquet")]
    pub record: Option<(std::sync::Arc<arrow_array::RecordBatch>, usize)>,
}

impl Row {
    pub fn with_capacity(bytes: usize, cells: usize) -> Self {
        Row {
            text: String::with_capacity(bytes),
            cells: Vec::with_capacity(cells),
            geometry: Geometry::None,
            place: Place::None,
            warning: None,
            number: 0,
            line: 0,
            source: None,
            #[cfg(feature = "parquet")]
            record: None,
        }
    }

    pub fn text(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// Keeps a text.
    pub fn keep(&mut self, text: &str) -> Span {
        self.keep_with(|out| out.push_str(text))
    }

    /// Keeps what `write` appends.
    pub fn keep_with(&mut self, write: impl FnOnce(&mut String)) -> Span {
        let start = self.text.len();
        write(&mut self.text);
        Span { start, end: self.text.len() }
    }

    pub fn push_text(&mut self, text: &str) {
        let span = self.keep(text);
        self.cells.push(Cell::Text(span));
    }

    /// The cell's plain text, as a table of texts has it: nothing for null.
    pub fn plain(&self, cell: Cell) -> &str {
        match cell {
            Cell::Absent | Cell::Null => "",
            Cell::Bool(true) => "true",
            Cell::Bool(false) => "false",
            Cell::Number(span) | Cell::Text(span) | Cell::Json(span) => self.text(span),
        }
    }

    /// Appends the cell as JSON.
    pub fn write_json(&self, cell: Cell, out: &mut String) {
        match cell {
            Cell::Absent | Cell::Null => out.push_str("null"),
            Cell::Text(span) => write_string(self.text(span), out),
            cell => out.push_str(self.plain(cell)),
        }
    }

    /// Appends the geometry as GeoJSON.
    pub fn write_geometry(&self, out: &mut String) {
        match self.geometry {
            Geometry::None => out.push_str("null"),
            Geometry::Json(span) => out.push_str(self.text(span)),
            Geometry::Point { lon, lat } => {
                out.push_str("{\"type\":\"Point\",\"coordinates\":[");
                out.push_str(self.text(lon));
                out.push(',');
                out.push_str(self.text(lat));
                out.push_str("]}");
            }
        }
    }

    /// Takes the place from two cells that hold longitude and latitude; `names` are their columns.
    ///
    /// # Errors
    /// Where one holds no number, or a number out of range.
    pub fn locate(&mut self, lon: usize, lat: usize, names: [&str; 2]) -> Result<(), Error> {
        let mut read = |at: usize, name: &str| -> Result<Option<(Span, f64)>, Error> {
            let found = self.plain(self.cells[at]).trim();
            if found.is_empty() {
                return Ok(None);
            }
            let wrong = || {
                let hint = match found {
                    _ if found.contains(',') => ": write a decimal point",
                    _ if found.contains(['°', 'N', 'S', 'E', 'W']) => {
                        ": south and west are negative, and degrees with minutes or letters stand in a column `dms`"
                    }
                    _ => "",
                };
                Error::input(format!("found `{}`, expected a number of degrees{hint}", shown(found)))
                    .under(&format!("column `{name}`"))
            };
            let is_decimal = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
            let degrees: f64 = if found.contains(|c| !is_decimal(c)) {
                return Err(wrong());
            } else {
                found.parse().map_err(|_| wrong())?
            };
            if !degrees.is_finite() {
                return Err(wrong());
            }
            let digits = json_number(found, degrees);
            Ok(Some((self.keep(&digits), degrees)))
        };
        let (lon_found, lat_found) = (read(lon, names[0])?, read(lat, names[1])?);
        match (lon_found, lat_found) {
            (Some((lon, lon_deg)), Some((lat, lat_deg))) => {
                let position = Position::from_lon_lat(lon_deg, lat_deg)
                    .map_err(|e| e.under(&format!("columns `{}`, `{}`", names[0], names[1])))?;
                self.place = Place::Point(position);
                self.geometry = Geometry::Point { lon, lat };
            }
            (None, None) => self.warning = Some("not located: longitude and latitude are empty".into()),
            (None, Some(_)) => self.warning = Some("not located: the longitude is empty".into()),
            (Some(_), None) => self.warning = Some("not located: the latitude is empty".into()),
        }
        Ok(())
    }
}

/// A found text for a message, not too long.
fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}

/// The digits as they stand, where JSON can have them; else (`+1`, `.5`, `046`) those of the value.
fn json_number(text: &str, value: f64) -> String {
    match FeatureId::number(text) {
        Some(_) => text.to_owned(),
        None => format!("{value}"),
    }
}

/// A row that can't be used.
#[derive(Debug)]
pub(crate) struct BadRow {
    pub number: u64,
    pub line: u64,
    /// What is wrong; file, line and row are named.
    pub error: Error,
    /// The row as it stands.
    pub text: String,
}

/// Some rows, in order.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub rows: Vec<Row>,
    pub bad: Vec<BadRow>,
}

impl Batch {
    pub fn len(&self) -> usize {
        self.rows.len() + self.bad.len()
    }
}

/// What geometries a table has beside its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shapes {
    /// Points of two numbers.
    pub points: bool,
    /// Anything else.
    pub others: bool,
    /// Positions have heights.
    pub heights: bool,
}

/// Whatever rows are read from.
pub(crate) trait RowSource {
    /// The columns, without the geometry.
    fn columns(&self) -> &[Column];

    /// The geometries that have no columns of their own.
    fn shapes(&self) -> Shapes;

    /// False where positions stand in columns, and nowhere else.
    fn has_geometries(&self) -> bool {
        true
    }

    /// What is wrong where no columns of a position were found, told once.
    fn no_position(&mut self) -> Option<Error> {
        None
    }

    /// From now on rows keep the text as it stands, in formats that are text.
    fn keep_texts(&mut self) {}

    /// Where a value stands, for messages.
    fn shown_column(&self, name: &str) -> String {
        format!("column `{name}`")
    }

    /// What of the rows read so far has no place in such an output.
    fn left_out(&self, _: Target) -> Vec<String> {
        Vec::new()
    }

    /// What Parquet holds beside the rows.
    #[cfg(feature = "parquet")]
    fn parquet(&self) -> Option<super::ParquetFrame> {
        None
    }

    /// The next rows: about so many, read on so many threads where that is possible; none at the end.
    fn read(&mut self, most: usize, threads: usize) -> Result<Batch, Error>;
}

/// What rows go into, as far as it matters for what is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// Text, which has no types.
    Csv,
    /// GeoJSON.
    Features,
    /// Typed columns.
    #[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
    Typed,
    /// Typed columns and records of Parquet as they are.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What a thread can do by itself: the bytes of some rows.
pub(crate) type Encode = Box<dyn Fn(&[Row], &mut Vec<u8>) + Send + Sync>;

/// Whatever rows are written to.
pub(crate) trait RowSink {
    /// What is done on the threads.
    fn encoder(&self) -> Encode {
        Box::new(|_, _| {})
    }

    /// Takes rows in order, with the bytes that the encoder gave for them.
    fn write(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error>;

    /// Writes what stands at the end; so many rows have been read. Gives what could not be written.
    fn finish(self: Box<Self>, read: u64) -> Result<Vec<String>, Error>;
}

/// An input as rows: the file's base name is for provenance, the other for messages.
pub struct Rows<'a> {
    pub(crate) name: String,
    pub(crate) source: Box<dyn RowSource + 'a>,
    pub(crate) bytes_read: Arc<AtomicU64>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("name", &self.name).field("columns", &self.columns()).finish()
    }
}

impl Rows<'_> {
    /// The columns, without a geometry.
    pub fn columns(&self) -> &[Column] {
        self.source.columns()
    }

    /// How many bytes of the input have been worked on (of a gzipped one: compressed ones), for whoever
    /// shows progress meanwhile.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes_read)
    }

    /// The base name of the file.
    pub(crate) fn file(&self) -> &str {
        std::path::Path::new(&self.name).file_name().and_then(|name| name.to_str()).unwrap_or(&self.name)
    }
}

/// The first name that stands more than once.
pub(crate) fn first_duplicate(columns: &[Column]) -> Option<&str> {
    let mut seen = std::collections::HashSet::new();
    columns.iter().map(|column| column.name.as_str()).find(|name| !seen.insert(*name))
}

/// Appends `"name":value` for each cell that is there; for the properties of a feature.
pub(crate) fn write_properties(row: &Row, columns: &[Column], out: &mut String) {
    let mut first = true;
    for (column, &cell) in columns.iter().zip(&row.cells) {
        if cell == Cell::Absent {
            continue;
        }
        if !std::mem::replace(&mut first, false) {
            out.push(',');
        }
        write_string(&column.name, out);
        out.push(':');
        row.write_json(cell, out);
    }
}

/// The cell that a JSON value stands for.
pub(crate) fn cell_of(value: Option<&str>, row: &mut Row) -> Cell {
    match value {
        None => Cell::Absent,
        Some("null") => Cell::Null,
        Some("true") => Cell::Bool(true),
        Some("false") => Cell::Bool(false),
        Some(text) if raw::is_string(text) => Cell::Text(row.keep(&raw::unquote(text))),
        Some(text) if raw::is_number(text) => Cell::Number(row.keep(text)),
        Some(text) => Cell::Json(row.keep(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(lon: &str, lat: &str) -> Result<(Row, String), Error> {
        let mut row = Row::with_capacity(0, 2);
        row.push_text(lon);
        row.push_text(lat);
        row.locate(0, 1, ["lon", "lat"])?;
        let mut geometry = String::new();
        row.write_geometry(&mut geometry);
        Ok((row, geometry))
    }

    #[test]
    fn digits_stay_where_json_can_have_them() {
        for (lon, lat, expected) in [
            ("46.50", " 39.6e0 ", "[46.50,39.6e0]"),
            ("+46.5", ".5", "[46.5,0.5]"),
            ("046.5", "-0", "[46.5,-0]"),
            ("5.", "1E1", "[5,1E1]"),
        ] {
            assert!(located(lon, lat).unwrap().1.contains(expected), "{lon} {lat}");
        }
    }

    #[test]
    fn what_is_no_number_is_told() {
        for (lon, lat, words) in [
            ("46,5", "39", "column `lon`: found `46,5`, expected a number of degrees: write a decimal point"),
            ("nan", "39", "found `nan`"),
            ("1", "inf", "column `lat`"),
            ("1e999", "0", "found `1e999`"),
            ("39", "146", "columns `lon`, `lat`: "),
        ] {
            let error = located(lon, lat).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        assert_eq!(located("", "1").unwrap().0.warning, Some("not located: the longitude is empty".into()));
    }
}
