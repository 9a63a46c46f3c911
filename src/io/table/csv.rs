//! CSV and TSV with a header: every value stays the text that it is.

use std::io::{Read, Write};

use crate::Error;
use crate::error::ErrorKind;
use crate::io::crs::Reprojection;
use crate::io::file::gzip;
use crate::io::file::input::Counted;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::csv_form::{self, CsvOptions, Opened};
use crate::io::table::csv_tee::Tee;
use crate::io::table::places::Places;
use crate::io::table::position_columns::PositionColumns;
use crate::io::table::row::{Encode, Row};
use crate::io::table::row_source::{BadRow, Batch, RowSink, RowSource, Rows};

impl<'a> Rows<'a> {
    /// Reads CSV with a header row, in batches; gzip is recognised by its first bytes. `name` stands for
    /// the file in messages.
    ///
    /// Without columns of a position its rows can only be located by what they report otherwise, as by an `mgrs`.
    ///
    /// Without a delimiter it is found: a comma, a semicolon, a tab or `|`. [`csv_with`](Self::csv_with) says more.
    ///
    /// ```
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// let csv = "id|X|Y\nINC-1|46.807759|40.068059\n";
    /// let rows = Rows::csv("day.csv", csv.as_bytes(), None, &PositionColumns::default())?;
    /// assert_eq!(rows.columns()[0].name, "id");
    /// let error = Rows::csv("day.csv", "id,lon\n1,46.8\n".as_bytes(), None, &PositionColumns::default()).unwrap_err();
    /// assert!(error.to_string().contains("no column holds the latitude"), "{error}");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it can't be read, has no header, or one of the columns of the position is not found.
    pub fn csv(
        name: impl Into<String>,
        input: impl Read + 'a,
        delimiter: Option<u8>,
        position: &PositionColumns,
    ) -> Result<Self, Error> {
        Self::csv_with(name, input, position, &CsvOptions { delimiter, ..CsvOptions::default() })
    }

    /// As [`csv`](Self::csv), of a table in another encoding, with decimals behind a comma, or of larger rows.
    ///
    /// Cells stay as they are: a decimal comma is read as one, and written again. A geometry may stand in a column as WKT,
    /// WKB in hexadecimal digits, or GeoJSON. Rows of nothing but blanks are passed over.
    ///
    /// ```
    /// use patrol_corridor::io::{CsvOptions, PositionColumns, ReadLimits, Rows};
    /// let csv = format!("id,lon,lat,{}\n", "remarks ".repeat(100));
    /// let limits = ReadLimits::default().with_record_bytes(100);
    /// let options = CsvOptions::default().with_limits(limits);
    /// let rows = Rows::csv_with("day.csv", csv.as_bytes(), &PositionColumns::default(), &options);
    /// assert!(rows.unwrap_err().exceeded().is_some());
    /// ```
    ///
    /// # Errors
    /// As [`csv`](Self::csv), and where there is no such encoding.
    pub fn csv_with(
        name: impl Into<String>,
        input: impl Read + 'a,
        position: &PositionColumns,
        options: &CsvOptions,
    ) -> Result<Self, Error> {
        let name = name.into();
        let (input, bytes_read) = Counted::new(input);
        let source =
            CsvSource::new(&name, Box::new(input), position, options).map_err(|e| e.in_file(&name))?;
        Ok(Rows { name, source: Box::new(source), bytes_read })
    }
}

struct CsvSource<'a> {
    name: String,
    reader: csv::Reader<Tee<'a>>,
    record: csv::ByteRecord,
    columns: Vec<Column>,
    delimiter: u8,
    decimal_comma: bool,
    has_commas: bool,
    is_gzip: bool,
    lines_before: u64,
    encoding: Option<&'static str>,
    places: Option<Places>,
    no_position: Option<Error>,
    keeps_texts: bool,
    number: u64,
    blank_rows: u64,
}

impl<'a> CsvSource<'a> {
    fn new(
        name: &str,
        input: Box<dyn Read + 'a>,
        position: &PositionColumns,
        options: &CsvOptions,
    ) -> Result<Self, Error> {
        let Opened { input, delimiter, decimal_comma, has_commas, is_gzip, lines_before, encoding } =
            csv_form::open(name, input, options)?;
        let tee = Tee::new(input, delimiter, options.limits);
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(tee);
        let record = csv::ByteRecord::new();
        let (name, columns) = (name.to_owned(), Vec::new());
        let mut source = CsvSource {
            name,
            reader,
            record,
            columns,
            delimiter,
            decimal_comma,
            has_commas,
            is_gzip,
            lines_before,
            encoding,
            places: None,
            no_position: None,
            keeps_texts: false,
            number: 0,
            blank_rows: 0,
        };
        if !source.next_record()? {
            return Err(Error::input("no header row, expected the names of the columns").at_line(1));
        }
        let (line, text) = source.stands();
        let (line, text) = (line, text.to_vec());
        for field in &source.record {
            let name = std::str::from_utf8(field).map_err(|_| not_utf8(line, "the header"))?;
            source.columns.push(Column { name: name.to_owned(), kind: ColumnKind::Text });
        }
        source.check_quotes(&text).map_err(|e| e.at_line(line))?;
        let (places, no_position) = Places::find(&source.columns, line, position, options.crs.as_ref())?;
        source.places = Some(places);
        source.no_position = no_position.map(|error| error.in_file(&source.name));
        Ok(source)
    }

    fn next_record(&mut self) -> Result<bool, Error> {
        let at = self.reader.position().clone();
        self.reader.get_mut().begin(at.byte() as usize);
        let found =
            self.reader.read_byte_record(&mut self.record).map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(fault) => {
                    let error = gzip::read_error(fault, self.is_gzip);
                    if error.is_io() {
                        error
                    } else {
                        error.at_line(at.line() + self.lines_before + self.reader.get_ref().empty_lines)
                    }
                }
                other => Error::input(format!("a record that can't be read: {other:?}")),
            })?;
        let fits = self.reader.get_ref().limits.record("the row", self.record.as_slice().len());
        fits.map_err(|error| error.at_line(self.stands().0))?;
        Ok(found)
    }

    /// The line on which the record begins, and its text as it stands.
    fn stands(&self) -> (u64, &[u8]) {
        let (start, line) = self.record.position().map_or((0, 1), |at| (at.byte(), at.line()));
        let text = self.reader.get_ref().slice(start as usize, self.reader.position().byte() as usize);
        // The reader leaves the end of a line (and empty lines) to the next record.
        let blank = text.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count();
        let lines = text[..blank].iter().filter(|&&byte| byte == b'\n').count() as u64;
        let text = &text[blank..];
        let end = text.iter().rposition(|&byte| byte != b'\n' && byte != b'\r').map_or(0, |at| at + 1);
        (line + self.lines_before + self.reader.get_ref().empty_lines + lines, &text[..end])
    }

    /// A quote that is never closed swallows the rest of the file.
    fn check_quotes(&self, text: &[u8]) -> Result<(), Error> {
        if text.iter().filter(|&&byte| byte == b'"').count() % 2 == 0 {
            return Ok(());
        }
        let last = self.record.iter().next_back().unwrap_or_default();
        let doubled = String::from_utf8_lossy(last).replace('"', "\"\"");
        let open = format!("\"{}", doubled.trim_end_matches(['\n', '\r']));
        drop(doubled);
        let text = String::from_utf8_lossy(text);
        let before = text.strip_suffix(&open);
        if before.is_some_and(|before| before.is_empty() || before.as_bytes().ends_with(&[self.delimiter])) {
            let message = "a quote that is never closed, expected another `\"` behind the value";
            return Err(Error::input(message));
        }
        Ok(())
    }

    fn row(&self) -> Result<Row, Error> {
        let record = &self.record;
        let (line, text) = self.stands();
        self.check_quotes(text)?;
        if record.len() != self.columns.len() {
            return Err(Error::input(format!(
                "{} fields, expected {} as in the header: is a value with a comma or a quote not quoted?",
                record.len(),
                self.columns.len()
            )));
        }
        let mut row = Row::with_capacity(record.as_slice().len() + 640, record.len() + 24);
        for (field, column) in record.iter().zip(&self.columns) {
            let text = std::str::from_utf8(field)
                .map_err(|_| not_utf8(line, &format!("column `{}`", column.name)))?;
            row.push_text(text);
        }
        (row.number, row.line) = (self.number, line);
        if self.keeps_texts {
            row.source = Some(row.keep(&String::from_utf8_lossy(text)));
        }
        row.decimal_comma = self.decimal_comma;
        if let Some(places) = &self.places {
            places.locate(&mut row, &self.columns)?;
        }
        Ok(row)
    }
}

fn not_utf8(line: u64, place: &str) -> Error {
    Error::input("bytes that are not UTF-8: name the encoding of the file, or convert it")
        .of_kind(ErrorKind::Encoding)
        .at_line(line)
        .under(place)
}

impl RowSource for CsvSource<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn position_columns(&self) -> Option<Vec<(&'static str, usize)>> {
        self.places.as_ref().map(Places::columns)
    }

    fn reprojection(&self) -> Option<Reprojection> {
        self.places.as_ref()?.reprojection()
    }

    fn no_position(&mut self) -> Option<Error> {
        self.no_position.take()
    }

    fn keep_texts(&mut self) {
        self.keeps_texts = true;
    }

    fn separator(&self) -> Option<u8> {
        Some(self.delimiter)
    }

    fn separator_out(&self) -> Option<u8> {
        // Between tabs a `.csv` would be none.
        self.has_commas.then_some(if self.delimiter == b'|' { b'|' } else { b';' })
    }

    fn blank_rows(&self) -> u64 {
        self.blank_rows
    }

    fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    fn read(&mut self, most: usize, _: usize) -> Result<Batch, Error> {
        let mut batch = Batch::default();
        let mut bytes = 0;
        while batch.len() < most && bytes < most * 1024 {
            if !self.next_record().map_err(|e| e.in_file(&self.name))? {
                break;
            }
            if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                self.blank_rows += 1;
                continue;
            }
            self.number += 1;
            bytes += self.record.as_slice().len();
            match self.row() {
                Ok(row) => batch.rows.push(row),
                Err(error) => {
                    let (line, text) = self.stands();
                    let text = String::from_utf8_lossy(text).into_owned();
                    let error = error.at_line(line).in_feature(self.number).in_file(&self.name);
                    batch.bad.push(BadRow { number: self.number, line, error, text });
                }
            }
        }
        Ok(batch)
    }
}

/// Writes CSV: a header, then a line a row; a value is quoted where it must be.
pub(crate) struct CsvSink<'a> {
    out: &'a mut (dyn Write + Send),
    delimiter: u8,
}

impl<'a> CsvSink<'a> {
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        delimiter: u8,
        columns: &[Column],
    ) -> Result<Self, Error> {
        let mut header = Vec::new();
        write_record(columns.iter().map(|column| column.name.as_str()), delimiter, &mut header);
        let sink = CsvSink { out, delimiter };
        sink.out.write_all(&header).map_err(fail)?;
        Ok(sink)
    }
}

impl RowSink for CsvSink<'_> {
    fn encoder(&self) -> Encode {
        let delimiter = self.delimiter;
        Box::new(move |rows, out| {
            for row in rows {
                write_record(row.cells.iter().map(|&cell| row.plain(cell)), delimiter, out);
            }
        })
    }

    fn write(&mut self, _: &[Row], encoded: &[u8]) -> Result<(), Error> {
        self.out.write_all(encoded).map_err(fail)
    }

    fn finish(self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
}

fn fail(e: std::io::Error) -> Error {
    Error::io("write the output", e)
}

fn write_record<'f>(fields: impl Iterator<Item = &'f str>, delimiter: u8, out: &mut Vec<u8>) {
    let start = out.len();
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        let special = |&byte: &u8| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        if field.as_bytes().iter().any(special) {
            out.push(b'"');
            for byte in field.bytes() {
                if byte == b'"' {
                    out.push(b'"');
                }
                out.push(byte);
            }
            out.push(b'"');
        } else {
            out.extend_from_slice(field.as_bytes());
        }
    }
    if out.len() == start {
        // A lone empty value would be an empty line, which readers skip.
        out.extend_from_slice(b"\"\"");
    }
    out.push(b'\n');
}
