//! Rows as a sheet of an XLSX workbook: the values of CSV, numbers as numbers.
//!
//! Rows go to a temporary file, and the workbook to another, which is copied to the output: memory does not grow with them.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::Error;
use crate::io::table::column::Column;
use crate::io::table::row::{Cell, Row};
use crate::io::table::row_source::RowSink;
use crate::text::shown;

/// What a sheet holds besides its head.
const MOST_ROWS: u32 = 1_048_575;
const MOST_COLUMNS: usize = 16_384;
/// In a cell, in units of UTF-16.
const MOST_CHARACTERS: usize = 32_767;
/// What every number of 64 bits keeps.
const MOST_DIGITS: usize = 15;
/// Columns are as wide as their names, within these.
const WIDTHS: [usize; 2] = [10, 40];

/// Writes XLSX.
pub(crate) struct XlsxSink<'a> {
    out: &'a mut (dyn Write + Send),
    folder: PathBuf,
    workbook: Workbook,
    columns: Vec<Column>,
    /// The format of a number with so many decimals.
    decimals: Vec<Format>,
    rows: u32,
}

fn fail(e: XlsxError) -> Error {
    let error = match e {
        XlsxError::IoError(e) => e,
        e => std::io::Error::other(e),
    };
    Error::io("write a workbook", error)
}

fn fail_io(e: std::io::Error) -> Error {
    Error::io("write a temporary file of the output", e)
}

impl<'a> XlsxSink<'a> {
    /// `scratch` is the folder of temporary files.
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        columns: &[Column],
        scratch: Option<&Path>,
    ) -> Result<Self, Error> {
        if columns.len() > MOST_COLUMNS {
            return Err(Error::input(format!(
                "{} columns, expected no more than {MOST_COLUMNS} for XLSX: write CSV",
                columns.len()
            )));
        }
        let folder = scratch.map_or_else(std::env::temp_dir, Path::to_owned);
        let mut workbook = Workbook::new();
        workbook.set_tempdir(&folder).map_err(fail)?;
        // The time of the run would make two runs differ.
        let created = ExcelDateTime::from_ymd(1970, 1, 1).map_err(fail)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(fail)?;
        sheet.set_name("incidents").map_err(fail)?;
        sheet.set_freeze_panes(1, 0).map_err(fail)?;
        let head = Format::new().set_bold();
        for (at, column) in (0..).zip(columns) {
            check_length(&column.name, 1, &column.name)?;
            let width = column.name.chars().count() + 2;
            sheet.set_column_width(at, width.clamp(WIDTHS[0], WIDTHS[1]) as f64).map_err(fail)?;
            sheet.write_string_with_format(0, at, &column.name, &head).map_err(fail)?;
        }
        let format = |decimals: usize| {
            let zeros = "0".repeat(decimals);
            Format::new().set_num_format(if decimals == 0 { "0".to_owned() } else { format!("0.{zeros}") })
        };
        let decimals = (0..=MOST_DIGITS).map(format).collect();
        Ok(XlsxSink { out, folder, workbook, columns: columns.to_vec(), decimals, rows: 0 })
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

/// A number that XLSX keeps as it is written, and its decimals: no zeros at the front, no exponent, 15 digits at most.
fn number(text: &str) -> Option<(f64, usize)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    let is_fraction = fraction.is_none_or(are_digits);
    let fraction = fraction.unwrap_or_default();
    // A sign of nothing is lost.
    let is_minus_zero = text.starts_with('-') && digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let fits = whole.len() + fraction.len() <= MOST_DIGITS;
    let is_kept = is_whole && is_fraction && fits && !is_minus_zero;
    is_kept.then(|| text.parse().ok()).flatten().map(|number| (number, fraction.len()))
}

/// Puts a value into its place: numbers and truth values as such, all else as text.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    text: &str,
    decimals: &[Format],
) -> Result<(), Error> {
    match (cell, number(text)) {
        (Cell::Absent | Cell::Null, _) => return Ok(()),
        _ if text.is_empty() => return Ok(()),
        (Cell::Bool(is_true), _) => sheet.write_boolean(row, column, is_true),
        (_, Some((number, places))) => {
            sheet.write_number_with_format(row, column, number, &decimals[places.min(MOST_DIGITS)])
        }
        // A number of more digits, or with an exponent, as the text that it is.
        _ => sheet.write_string(row, column, text),
    }
    .map(drop)
    .map_err(fail)
}

impl RowSink for XlsxSink<'_> {
    fn write(&mut self, rows: &[Row], _: &[u8]) -> Result<(), Error> {
        let XlsxSink { workbook, columns, decimals, rows: written, .. } = self;
        let sheet = workbook.worksheet_from_index(0).map_err(fail)?;
        for row in rows {
            if *written == MOST_ROWS {
                return Err(Error::input(format!(
                    "more than {MOST_ROWS} rows, which is all that a sheet of XLSX has room for: write CSV, or fewer incidents"
                )));
            }
            *written += 1;
            for ((at, &cell), column) in (0..).zip(&row.cells).zip(columns.iter()) {
                let text = row.plain(cell);
                check_length(text, *written + 1, &column.name)?;
                put(sheet, (*written, at), cell, text, decimals)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let XlsxSink { out, folder, mut workbook, .. } = *self;
        let file = tempfile::tempfile_in(&folder).map_err(fail_io)?;
        workbook.save_to_writer(BufWriter::new(&file)).map_err(fail)?;
        let mut file: File = file;
        file.rewind().map_err(fail_io)?;
        std::io::copy(&mut file, out).map_err(|e| Error::io("write the output", e))?;
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_come_back() {
        for (text, value, decimals) in [
            ("0", 0.0, 0),
            ("-12", -12.0, 0),
            ("46.80", 46.8, 2),
            ("0.5", 0.5, 1),
            ("123456789012345", 123_456_789_012_345.0, 0),
        ] {
            assert_eq!(number(text), Some((value, decimals)), "{text}");
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
            assert_eq!(number(text), None, "{text}");
        }
    }
}
