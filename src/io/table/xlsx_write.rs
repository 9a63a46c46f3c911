//! Rows as a sheet of an XLSX workbook (ECMA-376): the values of CSV, numbers as numbers.
//!
//! The archive is written from front to back: no seeking, no temporary file, and memory for one batch of rows.

use std::io::Write;

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::Error;
use crate::io::table::column::Column;
use crate::io::table::row::{Cell, Row};
use crate::io::table::row_source::RowSink;
use crate::io::table::xlsx_parts::{
    MOST_DECIMALS, PARTS, SHEET, push_reference, push_text, style_of, styles,
};
use crate::text::shown;

/// What a sheet holds besides its head.
const MOST_ROWS: u32 = 1_048_575;
const MOST_COLUMNS: usize = 16_384;
/// In a cell, in units of UTF-16.
const MOST_CHARACTERS: usize = 32_767;
/// Columns are as wide as their names, within these.
const WIDTHS: [usize; 2] = [10, 40];
/// A larger sheet would need an archive that not every spreadsheet opens.
const MOST_BYTES: u64 = u32::MAX as u64;

/// Writes XLSX.
pub(crate) struct XlsxSink<'a> {
    archive: Box<ZipWriter<StreamWriter<&'a mut (dyn Write + Send)>>>,
    columns: Vec<Column>,
    rows: u32,
    bytes: u64,
}

fn fail(e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::io("write the output", std::io::Error::other(e))
}

impl<'a> XlsxSink<'a> {
    pub(crate) fn new(out: &'a mut (dyn Write + Send), columns: &[Column]) -> Result<Self, Error> {
        if columns.len() > MOST_COLUMNS {
            return Err(Error::input(format!(
                "{} columns, expected no more than {MOST_COLUMNS} for XLSX: write CSV",
                columns.len()
            )));
        }
        let mut archive = Box::new(ZipWriter::new_stream(out));
        let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
        let styles = styles();
        for (name, text) in PARTS.into_iter().chain([("xl/styles.xml", &*styles)]) {
            archive.start_file(name, options).map_err(fail)?;
            archive.write_all(text.as_bytes()).map_err(fail)?;
        }
        archive.start_file(SHEET, options).map_err(fail)?;
        let mut sink = XlsxSink { archive, columns: columns.to_vec(), rows: 0, bytes: 0 };
        let mut head = Vec::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews>\
             <sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
             activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews>",
        );
        if !columns.is_empty() {
            head.extend_from_slice(b"<cols>");
            for (at, column) in (1..).zip(columns) {
                let width = (column.name.chars().count() + 2).clamp(WIDTHS[0], WIDTHS[1]);
                let col = format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
                head.extend_from_slice(col.as_bytes());
            }
            head.extend_from_slice(b"</cols>");
        }
        head.extend_from_slice(b"<sheetData><row r=\"1\">");
        for (at, column) in columns.iter().enumerate() {
            check_length(&column.name, 1, &column.name)?;
            begin_cell(at, 1, &mut head);
            head.extend_from_slice(b" s=\"1\"");
            push_inline(&column.name, &mut head);
        }
        head.extend_from_slice(b"</row>");
        sink.put(&head)?;
        Ok(sink)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(Error::input("more than 4 GiB for one sheet of XLSX: write CSV, or fewer incidents"));
        }
        self.archive.write_all(bytes).map_err(fail)
    }
}

/// Refuses what a cell can't hold; `row` counts the head.
fn check_length(text: &str, row: u32, column: &str) -> Result<(), Error> {
    if text.len() <= MOST_CHARACTERS {
        return Ok(());
    }
    match text.encode_utf16().count() {
        count if count > MOST_CHARACTERS => Err(Error::input(format!(
            "{count} characters in row {row} of the sheet, column `{}`, expected no more than {MOST_CHARACTERS} in a cell \
             of XLSX: write CSV",
            shown(column)
        ))),
        _ => Ok(()),
    }
}

/// The decimals of a number that XLSX keeps as it is written: no zeros at the front, no exponent, 15 digits at most.
fn decimals(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    let is_fraction = fraction.is_none_or(are_digits);
    let fraction = fraction.unwrap_or_default();
    // A sign of nothing is lost.
    let is_minus_zero = text.starts_with('-') && digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let fits = whole.len() + fraction.len() <= MOST_DECIMALS;
    let is_kept = is_whole && is_fraction && fits && !is_minus_zero;
    is_kept.then_some(fraction.len())
}

/// The start of a cell, up to its attributes.
fn begin_cell(column: usize, row: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<c r=\"");
    push_reference(column, row, out);
    out.push(b'"');
}

/// A text in its cell.
fn push_inline(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    push_text(text, out);
    out.extend_from_slice(b"</t></is></c>");
}

/// A cell: numbers and truth values as such, all else as text.
fn push_cell(column: usize, row: u32, cell: Cell, text: &str, out: &mut Vec<u8>) {
    if text.is_empty() {
        return;
    }
    begin_cell(column, row, out);
    match (cell, decimals(text)) {
        (Cell::Bool(is_true), _) => {
            out.extend_from_slice(if is_true { b" t=\"b\"><v>1</v></c>" } else { b" t=\"b\"><v>0</v></c>" });
        }
        (_, Some(decimals)) => {
            let number = format!(" s=\"{}\"><v>{text}</v></c>", style_of(decimals));
            out.extend_from_slice(number.as_bytes());
        }
        _ => push_inline(text, out),
    }
}

impl RowSink for XlsxSink<'_> {
    fn write(&mut self, rows: &[Row], _: &[u8]) -> Result<(), Error> {
        let mut text = Vec::new();
        for row in rows {
            if self.rows == MOST_ROWS {
                return Err(Error::input(format!(
                    "more than {MOST_ROWS} rows, which is all that a sheet of XLSX has room for: write CSV, or fewer incidents"
                )));
            }
            self.rows += 1;
            // The head is the first.
            let number = self.rows + 1;
            text.clear();
            text.extend_from_slice(format!("<row r=\"{number}\">").as_bytes());
            for (at, (&cell, column)) in row.cells.iter().zip(&self.columns).enumerate() {
                let value = row.plain(cell);
                check_length(value, number, &column.name)?;
                push_cell(at, number, cell, value, &mut text);
            }
            text.extend_from_slice(b"</row>");
            self.put(&text)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        self.put(b"</sheetData></worksheet>")?;
        self.archive.finish().map_err(fail)?;
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_come_back() {
        for (text, count) in [("0", 0), ("-12", 0), ("46.80", 2), ("0.5", 1), ("123456789012345", 0)] {
            assert_eq!(decimals(text), Some(count), "{text}");
        }
        for text in [
            "",
            "007",
            "-0",
            "-0.00",
            "+1",
            "1.",
            ".5",
            "1e3",
            "1234567890123456",
            "00.5",
            "1 000",
            "NaN",
            "46,8",
            "٣",
            "-",
        ] {
            assert_eq!(decimals(text), None, "{text}");
        }
    }

    #[test]
    fn a_full_sheet_says_so() {
        let column = Column { name: "n".to_owned(), kind: crate::io::ColumnKind::Text };
        let mut out = Vec::new();
        let mut sink = XlsxSink::new(&mut out, &[column]).unwrap();
        sink.rows = MOST_ROWS - 1;
        let row = || [Row::with_capacity(0, 0)];
        sink.write(&row(), &[]).unwrap();
        let error = sink.write(&row(), &[]).unwrap_err().to_string();
        assert!(error.contains("more than 1048575 rows") && error.contains("write CSV"), "{error}");
        sink.bytes = MOST_BYTES;
        assert!(sink.put(b"a").unwrap_err().to_string().contains("4 GiB"));
    }
}
