//! The rows of a table as features of a layer.

use std::collections::VecDeque;

use super::feature::{FeatureReader, ForeignFeature};
use crate::Error;
use crate::io::layer::shape::Shape;
use crate::io::table::column::Column;
use crate::io::table::no_position::NoPosition;
use crate::io::table::row::{Cell, Row};
use crate::io::table::row_source::{Batch, Rows};

/// So many rows are read at a time.
const ROWS: usize = 1_024;

/// Rows that are read as features; the first that can't be read ends it, as in a layer.
pub(super) struct RowFeatures<'a> {
    rows: Rows<'a>,
    read: VecDeque<Row>,
}

impl<'a> RowFeatures<'a> {
    pub fn new(rows: Rows<'a>) -> Self {
        RowFeatures { rows, read: VecDeque::new() }
    }
}

impl FeatureReader for RowFeatures<'_> {
    fn read(&mut self) -> Result<Option<ForeignFeature>, Error> {
        if self.read.is_empty() {
            if let Some(nowhere) = self.rows.source.no_position() {
                return Err(nowhere);
            }
            let Batch { rows, bad } = self.rows.source.read(ROWS, 1)?;
            if let Some(bad) = bad.into_iter().min_by_key(|bad| bad.number) {
                return Err(bad.error);
            }
            // Half of a position is a mistake, and no place that a layer leaves out.
            let half = rows.iter().find(|row| {
                matches!(row.no_position, Some(NoPosition::NoLongitude | NoPosition::NoLatitude))
            });
            if let Some(row) = half {
                let message = "a row with one of longitude and latitude, expected both: fill in the other";
                let error = Error::input(message).at_line(row.line).in_feature(row.number);
                return Err(error.in_file(&self.rows.name));
            }
            self.read.extend(rows);
        }
        let columns = self.rows.columns();
        Ok(self.read.pop_front().map(|row| feature(&row, columns)))
    }
}

fn feature(row: &Row, columns: &[Column]) -> ForeignFeature {
    let mut feature = ForeignFeature::at_line(row.line);
    for (column, &cell) in columns.iter().zip(&row.cells) {
        // A cell with nothing in it says nothing.
        if !row.plain(cell).is_empty() || matches!(cell, Cell::Json(_)) {
            let mut text = String::new();
            row.write_json(cell, &mut text);
            feature.push_json(&column.name, text);
        }
    }
    row.write_geometry(&mut feature.geometry);
    feature.shape = Shape::of_text(&feature.geometry);
    feature
}
