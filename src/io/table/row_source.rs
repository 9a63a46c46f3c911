//! Rows between formats: what a table (CSV, FlatGeobuf, GeoPackage, Parquet, features taken apart) gives and takes.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::Error;
use crate::io::crs::Reprojection;
use crate::io::table::column::Column;
use crate::io::table::row::{Encode, Row};

/// The bytes that hexadecimal text stands for.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet"))]
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).unwrap_or_default();
        u8::from_str_radix(pair, 16).unwrap_or(0)
    };
    text.as_bytes().chunks(2).map(byte).collect()
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
    fn shapes(&self) -> Shapes {
        Shapes::default()
    }

    /// The columns of the position, each with the name of what it holds, where rows have it there and nowhere else.
    fn position_columns(&self) -> Option<Vec<(&'static str, usize)>> {
        None
    }

    /// False where positions stand in columns, and nowhere else.
    fn has_geometries(&self) -> bool {
        self.position_columns().is_none()
    }

    /// What is wrong where no columns of a position were found, told once.
    fn no_position(&mut self) -> Option<Error> {
        None
    }

    /// From now on rows keep the text as it stands, in formats that are text.
    fn keep_texts(&mut self) {}

    /// The separator of a table of text.
    fn separator(&self) -> Option<u8> {
        None
    }

    /// The separator of what is made of a table of text whose numbers have commas.
    fn separator_out(&self) -> Option<u8> {
        None
    }

    /// Rows of nothing but blanks that were passed over so far.
    fn blank_rows(&self) -> u64 {
        0
    }

    /// The encoding that the text was read in, where that is not UTF-8.
    fn encoding(&self) -> Option<&'static str> {
        None
    }

    /// How positions came to WGS84, where they were in another system.
    fn reprojection(&self) -> Option<Reprojection> {
        None
    }

    /// Where a value stands, for messages.
    fn shown_column(&self, name: &str) -> String {
        format!("column `{name}`")
    }

    /// What of the rows read so far has no place in such an output.
    fn left_out(&self, _: Target) -> Vec<String> {
        Vec::new()
    }

    /// The sheet of a workbook.
    #[cfg(feature = "spreadsheets")]
    fn sheet(&self) -> Option<&crate::io::table::spreadsheet::WorkbookSheet> {
        None
    }

    /// What Parquet holds beside the rows.
    #[cfg(feature = "parquet")]
    fn parquet(&self) -> Option<crate::io::table::parquet_frame::ParquetFrame> {
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
    #[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "gpx", feature = "kml"))]
    Typed,
    /// Typed columns and records of Parquet as they are.
    #[cfg(feature = "parquet")]
    Parquet,
}

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
///
/// ```
/// use patrol_corridor::io::{PositionColumns, Rows};
/// let csv = "id;lon;lat\nINC-1;46.807759;40.068059\n";
/// let rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
/// assert_eq!(rows.columns().len(), 3); // the semicolon was found
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
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
    ///
    /// ```
    /// # use patrol_corridor::io::{PositionColumns, Rows};
    /// # let csv = "id;lon;lat\nINC-1;46.807759;40.068059\n";
    /// # let rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// let names: Vec<&str> = rows.columns().iter().map(|column| column.name.as_str()).collect();
    /// assert_eq!(names, ["id", "lon", "lat"]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        self.source.columns()
    }

    /// How many bytes of the input have been worked on (of a gzipped one: compressed ones), for whoever
    /// shows progress meanwhile.
    ///
    /// ```
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// use std::sync::atomic::Ordering;
    /// let csv = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// // So short a text is read with its header.
    /// assert_eq!(rows.bytes_read().load(Ordering::Relaxed), csv.len() as u64);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes_read)
    }

    /// The encoding that the text was read in, where that is not UTF-8.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// let text: Vec<u8> = "id,lon,lat\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    /// let rows = Rows::csv("day.csv", &text[..], None, &PositionColumns::default()).unwrap();
    /// assert_eq!(rows.encoding(), Some("UTF-16LE"));
    /// # }
    /// ```
    #[must_use]
    pub fn encoding(&self) -> Option<&'static str> {
        self.source.encoding()
    }

    /// The separator of a table of text.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// let rows = Rows::csv("day.csv", "id;lon;lat\n".as_bytes(), None, &PositionColumns::default()).unwrap();
    /// assert_eq!(rows.separator(), Some(';'));
    /// # }
    /// ```
    #[must_use]
    pub fn separator(&self) -> Option<char> {
        self.source.separator().map(char::from)
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
