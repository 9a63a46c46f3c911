//! Rows out of a format that the crate does not know.

use std::io::ErrorKind;
use std::sync::Arc;

use crate::Error;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::places::Places;
use crate::io::table::position_columns::PositionColumns;
use crate::io::table::row::{Row, write_properties};
use crate::io::table::row_source::{BadRow, Batch, RowSource, Rows};

/// A reader of a format that this crate does not know: a record an incident, its cells as text, read as those of
/// a CSV are.
///
/// ```
/// use std::io::{BufRead, Lines};
/// use patrol_corridor::annotate::{AnnotateOptions, Annotator, TableForm, TableRun, annotate_table};
/// use patrol_corridor::io::{PositionColumns, RecordReader, Rows};
/// # use patrol_corridor::{ObservationPost, PatrolIndex, Position};
///
/// /// Lines of `longitude|latitude|text`.
/// struct Piped<R>(Lines<R>);
///
/// impl<R: BufRead> RecordReader for Piped<R> {
///     fn columns(&self) -> Vec<String> {
///         ["lon", "lat", "text"].map(String::from).to_vec()
///     }
///
///     fn read(&mut self, record: &mut Vec<String>) -> std::io::Result<bool> {
///         let Some(line) = self.0.next().transpose()? else { return Ok(false) };
///         record.extend(line.split('|').map(String::from));
///         Ok(true)
///     }
/// }
///
/// let log = "46.807759|40.068059|heard\n46.81|40.07|seen\n".as_bytes();
/// let mut rows = Rows::records("day.pipe", Piped(log.lines()), &PositionColumns::default())?;
/// # let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Default::default())?;
/// let annotator = Annotator::new(&index, AnnotateOptions::default());
/// let mut csv = Vec::new();
/// annotate_table(&mut rows, &annotator, TableRun::new(TableForm::Csv(b',')), &mut csv)?;
/// assert!(String::from_utf8_lossy(&csv).contains("46.81,40.07,seen,"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub trait RecordReader {
    /// The names of the columns, which do not change; those of the position as in a CSV.
    fn columns(&self) -> Vec<String>;

    /// Appends the cells of the next record to `record`, which is empty, one a column; false at the end.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidData`] where this record can't be read and the next may: it is rejected as a row of a
    /// CSV would be. Any other kind ends the reading.
    fn read(&mut self, record: &mut Vec<String>) -> std::io::Result<bool>;
}

struct Records<R> {
    name: String,
    reader: R,
    columns: Vec<Column>,
    places: Places,
    no_position: Option<Error>,
    number: u64,
}

impl<'a> Rows<'a> {
    /// Reads what a reader of another format gives; `name` stands for the file in messages. [`RecordReader`] has a
    /// worked example.
    ///
    /// # Errors
    /// Where no columns of a position are found, or several, and something was named.
    pub fn records(
        name: impl Into<String>,
        reader: impl RecordReader + 'a,
        position: &PositionColumns,
    ) -> Result<Self, Error> {
        let name = name.into();
        let names = reader.columns().into_iter();
        let columns: Vec<Column> = names.map(|name| Column { name, kind: ColumnKind::Text }).collect();
        let (places, no_position) =
            Places::find(&columns, 0, position, None).map_err(|error| error.in_file(&name))?;
        let no_position = no_position.map(|error| error.in_file(&name));
        let source = Records { name: name.clone(), reader, columns, places, no_position, number: 0 };
        Ok(Rows { name, source: Box::new(source), bytes_read: Arc::default() })
    }
}

impl<R: RecordReader> Records<R> {
    fn row(&self, record: &[String]) -> Result<Row, Error> {
        if record.len() != self.columns.len() {
            let (found, expected) = (record.len(), self.columns.len());
            return Err(Error::input(format!("{found} fields, expected {expected}: one a column")));
        }
        let bytes: usize = record.iter().map(String::len).sum();
        let mut row = Row::with_capacity(bytes + 640, record.len() + 24);
        record.iter().for_each(|cell| row.push_text(cell));
        row.number = self.number;
        self.places.locate(&mut row, &self.columns)?;
        Ok(row)
    }

    fn bad_row(&self, record: &[String], error: Error) -> BadRow {
        let text = cells_as_json(record.iter().map(String::as_str), &self.columns);
        let error = error.in_feature(self.number).in_file(&self.name);
        BadRow { number: self.number, line: 0, error, text }
    }
}

/// The cells under the names of their columns, for whoever looks at a row that was rejected.
pub(crate) fn cells_as_json<'c>(cells: impl Iterator<Item = &'c str>, columns: &[Column]) -> String {
    let mut row = Row::with_capacity(640, columns.len());
    cells.take(columns.len()).for_each(|cell| row.push_text(cell));
    let mut text = String::from("{");
    write_properties(&row, &columns[..row.cells.len()], &mut text);
    text.push('}');
    text
}

impl<R: RecordReader> RowSource for Records<R> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn position_columns(&self) -> Option<Vec<(&'static str, usize)>> {
        Some(self.places.columns())
    }

    fn no_position(&mut self) -> Option<Error> {
        self.no_position.take()
    }

    fn read(&mut self, most: usize, _: usize) -> Result<Batch, Error> {
        let (mut batch, mut bytes, mut record) = (Batch::default(), 0, Vec::new());
        while batch.len() < most && bytes < most * 1024 {
            record.clear();
            let found = match self.reader.read(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    self.number += 1;
                    self.row(&record)
                }
                Err(fault) if fault.kind() == ErrorKind::InvalidData => {
                    self.number += 1;
                    Err(Error::input(format!("a record that can't be read: {fault}")))
                }
                Err(fault) => return Err(Error::io("read it", fault).in_file(&self.name)),
            };
            bytes += record.iter().map(String::len).sum::<usize>();
            match found {
                Ok(row) => batch.rows.push(row),
                Err(error) => batch.bad.push(self.bad_row(&record, error)),
            }
        }
        Ok(batch)
    }
}
