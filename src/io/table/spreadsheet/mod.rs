//! Rows out of workbooks: XLSX of Excel and ODS of LibreOffice.

mod dates;
mod header;
mod ods;
mod package;
mod sheet;
mod texts;
mod workbook_sheet;
mod xlsx;
mod xml;

use std::collections::VecDeque;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use workbook_sheet::WorkbookSheet;

use crate::Error;
use crate::io::crs::Reprojection;
use crate::io::file::input::readable_again;
use crate::io::file::limits::ReadLimits;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::csv_form::CsvOptions;
use crate::io::table::places::Places;
use crate::io::table::position_columns::PositionColumns;
use crate::io::table::records::cells_as_json;
use crate::io::table::row::Row;
use crate::io::table::row_source::{BadRow, Batch, RowSource, Rows};
use ods::Ods;
use package::Package;
use sheet::{Listed, SheetReader, SheetRow};
use xlsx::Xlsx;

/// So many rows, of so many bytes, are looked at to find the header and the columns.
const ROWS_AHEAD: usize = 1_000;
const BYTES_AHEAD: usize = 4 << 20;

impl<'a> Rows<'a> {
    /// Reads a sheet of a workbook, XLSX or ODS, in batches: the sheet of that name, or the first visible one with anything
    /// in it. `name` stands for the file in messages. Of the options, `crs` and `limits` are used.
    ///
    /// The names of the columns are in the first row with two cells or more such that at least two thirds of the cells in the
    /// next 20 rows are below one of its cells; so titles above the table are passed over. [`sheet`](Self::sheet) says which
    /// sheet and which row were taken. A column without a name is `column_7`, and the second of one name is `note_2`. Positions
    /// are found as in a CSV ([`csv_with`](Self::csv_with)), and blank rows are counted as there.
    ///
    /// Cells become text: numbers have the fewest digits that name them (46.8), dates are `2026-11-20`, `06:10` or
    /// `2026-11-20T06:10:00`, formulas have the value that was stored with them, and errors stay `#N/A`.
    ///
    /// ```no_run
    /// use patrol_corridor::io::{CsvOptions, PositionColumns, Rows};
    /// let file = std::fs::File::open("log.xlsx").unwrap();
    /// let position = PositionColumns::default();
    /// let rows = Rows::workbook("log.xlsx", file, Some("November"), &position, &CsvOptions::default())?;
    /// let sheet = rows.sheet().expect("a workbook has one");
    /// println!("{}: the columns are named in row {}", sheet.name, sheet.header_row);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where it can't be read, is no workbook or has a password; where it has no such sheet, or nothing in its sheets; where a
    /// part of it unpacks to more than the limits permit; and as [`csv`](Self::csv) of the columns of the position.
    pub fn workbook(
        name: impl Into<String>,
        file: File,
        sheet: Option<&str>,
        position: &PositionColumns,
        options: &CsvOptions,
    ) -> Result<Self, Error> {
        let name = name.into();
        let bytes_read = Arc::default();
        let file = readable_again(&name, file)?;
        let source = WorkbookSource::open(&name, file, sheet, position, options, &bytes_read);
        Ok(Rows { source: Box::new(source.map_err(|e| e.in_file(&name))?), name, bytes_read })
    }

    /// The sheet that is read, of a workbook.
    ///
    /// ```
    /// use patrol_corridor::io::{PositionColumns, Rows};
    /// let rows = Rows::csv("day.csv", "id,lon,lat\n".as_bytes(), None, &PositionColumns::default())?;
    /// assert!(rows.sheet().is_none()); // no workbook
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn sheet(&self) -> Option<&WorkbookSheet> {
        self.source.sheet()
    }
}

/// A workbook of either format.
enum Workbook {
    Xlsx(Xlsx),
    Ods(Ods),
}

impl Workbook {
    fn open(package: &Package) -> Result<Self, Error> {
        match Ods::is_in(package) {
            true => Ods::open(package).map(Workbook::Ods),
            false => Xlsx::open(package).map(Workbook::Xlsx),
        }
    }

    fn sheets(&self) -> &[Listed] {
        match self {
            Workbook::Xlsx(xlsx) => &xlsx.sheets,
            Workbook::Ods(ods) => &ods.sheets,
        }
    }

    fn rows(&self, package: &Package, index: usize) -> Result<Box<dyn SheetReader>, Error> {
        Ok(match self {
            Workbook::Xlsx(xlsx) => Box::new(xlsx.sheet(package, index)?),
            Workbook::Ods(_) => Box::new(Ods::sheet(package, index)?),
        })
    }

    fn has_content(&self, package: &Package, index: usize) -> Result<bool, Error> {
        match self {
            Workbook::Xlsx(xlsx) => {
                let mut rows = xlsx.sheet(package, index)?;
                while let Some(row) = rows.next_row()? {
                    if !row.is_blank() {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Workbook::Ods(ods) => Ok(ods.filled[index]),
        }
    }

    /// The sheet of that name, or else the first visible one with content; with the others that have some.
    fn choose(&self, package: &Package, named: Option<&str>) -> Result<(usize, Vec<String>), Error> {
        let sheets = self.sheets();
        let quoted = |sheets: &mut dyn Iterator<Item = &Listed>| {
            sheets
                .take(30)
                .map(|sheet| format!("`{}`", crate::text::shown(&sheet.name)))
                .collect::<Vec<_>>()
                .join(", ")
        };
        if let Some(named) = named {
            let found = sheets.iter().position(|sheet| sheet.name == named);
            let found = found.or_else(|| {
                sheets
                    .iter()
                    .position(|sheet| sheet.name.trim().to_lowercase() == named.trim().to_lowercase())
            });
            let missing = || {
                let there = quoted(&mut sheets.iter());
                Error::argument(format!("there is no sheet `{named}`; the sheets are {there}"))
            };
            return Ok((found.ok_or_else(missing)?, Vec::new()));
        }
        let mut filled = Vec::new();
        for index in 0..sheets.len() {
            if self.has_content(package, index)? {
                filled.push(index);
            }
        }
        let first = filled.iter().find(|&&index| sheets[index].is_visible).or(filled.first());
        let Some(&first) = first else {
            let there = quoted(&mut sheets.iter());
            return Err(Error::input(format!("a workbook without anything in its sheets: {there}")));
        };
        let others = filled.iter().filter(|&&index| index != first && sheets[index].is_visible);
        Ok((first, others.map(|&index| sheets[index].name.clone()).collect()))
    }
}

struct WorkbookSource {
    name: String,
    rows: Box<dyn SheetReader>,
    /// What was read to find the header.
    ahead: VecDeque<SheetRow>,
    columns: Vec<Column>,
    /// Where they are in the sheet.
    at: Vec<u32>,
    places: Places,
    no_position: Option<Error>,
    sheet: WorkbookSheet,
    number: u64,
    /// The row of the sheet that was read last.
    last_row: u64,
    blank_rows: u64,
    /// What rows hold so far: many cells may refer to one text.
    text_bytes: u64,
    file_bytes: u64,
    limits: ReadLimits,
}

impl WorkbookSource {
    fn open(
        name: &str,
        file: File,
        sheet: Option<&str>,
        position: &PositionColumns,
        options: &CsvOptions,
        bytes_read: &Arc<AtomicU64>,
    ) -> Result<Self, Error> {
        let package = Package::open(file, options.limits, Arc::clone(bytes_read))?;
        let workbook = Workbook::open(&package)?;
        let (index, others) = workbook.choose(&package, sheet)?;
        bytes_read.store(0, Ordering::Relaxed);
        let mut rows = workbook.rows(&package, index)?;
        let (mut ahead, mut bytes) = (Vec::new(), 0);
        while ahead.len() < ROWS_AHEAD && bytes < BYTES_AHEAD {
            let Some(row) = rows.next_row()? else { break };
            if !row.is_blank() {
                bytes += row.text_bytes();
                ahead.push(row);
            }
        }
        let sheet_name = workbook.sheets()[index].name.clone();
        if ahead.is_empty() {
            let shown = crate::text::shown(&sheet_name);
            return Err(Error::input(format!("nothing in the sheet `{shown}`: name another one")));
        }
        ahead.drain(..header::find(&ahead));
        let header_row = ahead[0].number;
        let (at, columns): (Vec<u32>, Vec<Column>) = header::columns(&ahead)
            .into_iter()
            .map(|(at, name)| (at, Column { name, kind: ColumnKind::Text }))
            .unzip();
        let (places, no_position) = Places::find(&columns, header_row, position, options.crs.as_ref())?;
        let mut ahead = VecDeque::from(ahead);
        ahead.pop_front();
        Ok(WorkbookSource {
            name: name.to_owned(),
            rows,
            ahead,
            columns,
            at,
            places,
            no_position: no_position.map(|error| error.in_file(name)),
            sheet: WorkbookSheet { name: sheet_name, header_row, others },
            number: 0,
            last_row: header_row,
            blank_rows: 0,
            text_bytes: 0,
            file_bytes: package.file_bytes(),
            limits: options.limits,
        })
    }

    fn next_row(&mut self) -> Result<Option<SheetRow>, Error> {
        if let Some(row) = self.ahead.pop_front() {
            return Ok(Some(row));
        }
        while let Some(row) = self.rows.next_row()? {
            if !row.is_blank() {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// The cells of the columns, and what is in none of them.
    fn cells<'r>(&self, row: &'r SheetRow) -> (Vec<&'r str>, Option<u32>) {
        let mut cells = vec![""; self.at.len()];
        let mut stray = None;
        for (column, text) in &row.cells {
            match self.at.binary_search(column) {
                Ok(at) => cells[at] = text,
                Err(_) if text.trim().is_empty() => {}
                Err(_) => stray = stray.or(Some(*column)),
            }
        }
        (cells, stray)
    }

    fn row(&self, cells: &[&str], stray: Option<u32>) -> Result<Row, Error> {
        if let Some(stray) = stray {
            return Err(Error::input(format!(
                "a cell in column {}, which has no name in row {}: name the column, or empty the cell",
                letters(stray),
                self.sheet.header_row
            )));
        }
        let bytes: usize = cells.iter().map(|cell| cell.len()).sum();
        let mut row = Row::with_capacity(bytes + 640, cells.len() + 24);
        cells.iter().for_each(|cell| row.push_text(cell));
        (row.number, row.line) = (self.number, self.last_row);
        // Of cells that hold text; numbers have a point.
        row.decimal_comma = true;
        self.places.locate(&mut row, &self.columns)?;
        Ok(row)
    }
}

/// The letters of a column, as sheets show them.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl RowSource for WorkbookSource {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn position_columns(&self) -> Option<Vec<(&'static str, usize)>> {
        Some(self.places.columns())
    }

    fn reprojection(&self) -> Option<Reprojection> {
        self.places.reprojection()
    }

    fn no_position(&mut self) -> Option<Error> {
        self.no_position.take()
    }

    fn blank_rows(&self) -> u64 {
        self.blank_rows
    }

    fn sheet(&self) -> Option<&WorkbookSheet> {
        Some(&self.sheet)
    }

    fn read(&mut self, most: usize, _: usize) -> Result<Batch, Error> {
        let (mut batch, mut bytes) = (Batch::default(), 0);
        while batch.len() < most && bytes < most * 1024 {
            let Some(found) = self.next_row().map_err(|e| e.in_file(&self.name))? else { break };
            self.blank_rows += found.number.saturating_sub(self.last_row + 1);
            self.last_row = found.number;
            self.number += 1;
            let row_bytes = found.text_bytes();
            bytes += row_bytes;
            self.text_bytes += row_bytes as u64;
            self.limits
                .inflated("a workbook", self.file_bytes, self.text_bytes)
                .map_err(|e| e.at_line(found.number).in_file(&self.name))?;
            let (cells, stray) = self.cells(&found);
            match self.row(&cells, stray) {
                Ok(row) => batch.rows.push(row),
                Err(error) => {
                    let (number, line) = (self.number, found.number);
                    let text = cells_as_json(cells.iter().copied(), &self.columns);
                    let error = error.at_line(line).in_feature(number).in_file(&self.name);
                    batch.bad.push(BadRow { number, line, error, text });
                }
            }
        }
        Ok(batch)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        let shown = [0, 25, 26, 701, 702, 16_383].map(super::letters);
        assert_eq!(shown, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
