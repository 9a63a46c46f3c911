//! Rows as Parquet: records of Parquet keep their columns as they are, others become GeoParquet.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Float32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    UInt64Array,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use geozero::geojson::GeoJson;
use geozero::{CoordDimensions, ToWkb};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::parquet::ParquetFrame;
use super::table::{Cell, Column, ColumnKind, Geometry, Row, RowSink};
use crate::{Error, Place};

/// Rows of a group: what is held in memory until it is written.
const GROUP: usize = 1 << 16;

/// Writes Parquet.
pub(crate) struct ParquetSink<'a> {
    writer: ArrowWriter<&'a mut (dyn Write + Send)>,
    schema: SchemaRef,
    /// The cells that become columns, by their place in the row.
    cells: Vec<(usize, ColumnKind)>,
    /// The columns of the records that go on, where rows have records.
    records: Option<Vec<usize>>,
}

fn fail(e: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::io("write the output", std::io::Error::other(e))
}

impl<'a> ParquetSink<'a> {
    /// `added` of the columns, the last ones, are new; `goes_on` tells of a column that was read.
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        columns: &[Column],
        added: usize,
        frame: Option<ParquetFrame>,
        goes_on: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Error> {
        let mut fields: Vec<Arc<Field>> = Vec::new();
        let (records, mut metadata, from) = match frame {
            Some(frame) => {
                let all = frame.schema.fields();
                let kept: Vec<usize> = (0..all.len()).filter(|&at| goes_on(all[at].name())).collect();
                fields.extend(kept.iter().map(|&at| Arc::clone(&all[at])));
                (Some(kept), frame.metadata, columns.len() - added)
            }
            None => (None, Vec::new(), 0),
        };
        // The writer says the types anew.
        metadata.retain(|pair| pair.key != "ARROW:schema");
        let new = columns.iter().map(|column| Field::new(&column.name, data_type(column.kind), true));
        fields.extend(new.skip(from).map(Arc::new));
        if records.is_none() {
            let free = |name: &&str| !columns.iter().any(|column| column.name == *name);
            let name = ["geometry", "geometry_wkb"].into_iter().find(free).ok_or_else(|| {
                Error::input("found columns `geometry` and `geometry_wkb`, expected a free name: rename one")
            })?;
            fields.push(Arc::new(Field::new(name, DataType::Binary, true)));
            let geo = format!(
                "{{\"version\":\"1.1.0\",\"primary_column\":\"{name}\",\"columns\":\
                 {{\"{name}\":{{\"encoding\":\"WKB\",\"geometry_types\":[]}}}}}}"
            );
            metadata.push(KeyValue::new("geo".to_owned(), geo));
        }
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .set_key_value_metadata(Some(metadata))
            .build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(fail)?;
        let cells = columns.iter().map(|column| column.kind).enumerate().skip(from).collect();
        Ok(ParquetSink { writer, schema, cells, records })
    }

    /// The records that the rows came from, without what was rejected between them.
    fn records(&self, rows: &[Row], kept: &[usize]) -> Result<Vec<ArrayRef>, Error> {
        let mut parts: Vec<RecordBatch> = Vec::new();
        let mut rest = rows;
        while let Some((batch, start)) = rest.first().and_then(|row| row.record.as_ref()) {
            let follows = |(at, row): &(usize, &Row)| {
                row.record.as_ref().is_some_and(|(b, place)| Arc::ptr_eq(b, batch) && *place == start + at)
            };
            let count = rest.iter().enumerate().take_while(follows).count();
            parts.push(batch.slice(*start, count));
            rest = &rest[count..];
        }
        let Some(first) = parts.first() else { return Ok(Vec::new()) };
        let whole = concat_batches(&first.schema(), &parts).map_err(fail)?;
        Ok(kept.iter().map(|&at| Arc::clone(whole.column(at))).collect())
    }
}

fn data_type(kind: ColumnKind) -> DataType {
    match kind {
        ColumnKind::Bool => DataType::Boolean,
        ColumnKind::Signed(_) => DataType::Int64,
        ColumnKind::Unsigned(_) => DataType::UInt64,
        ColumnKind::Float(32) => DataType::Float32,
        ColumnKind::Float(_) => DataType::Float64,
        ColumnKind::Text | ColumnKind::Json | ColumnKind::Time => DataType::Utf8,
        ColumnKind::Bytes => DataType::Binary,
    }
}

/// A column of cells.
fn array(rows: &[Row], at: usize, kind: ColumnKind) -> ArrayRef {
    let texts = || {
        rows.iter().map(|row| match row.cells[at] {
            Cell::Absent | Cell::Null => None,
            cell => Some(row.plain(cell)),
        })
    };
    fn parsed<'t, T: std::str::FromStr + 't>(
        texts: impl Iterator<Item = Option<&'t str>> + 't,
    ) -> impl Iterator<Item = Option<T>> + 't {
        texts.map(|text| text.and_then(|text| text.parse().ok()))
    }
    match kind {
        ColumnKind::Bool => Arc::new(parsed::<bool>(texts()).collect::<BooleanArray>()),
        ColumnKind::Signed(_) => Arc::new(parsed::<i64>(texts()).collect::<Int64Array>()),
        ColumnKind::Unsigned(_) => Arc::new(parsed::<u64>(texts()).collect::<UInt64Array>()),
        ColumnKind::Float(32) => Arc::new(parsed::<f32>(texts()).collect::<Float32Array>()),
        ColumnKind::Float(_) => Arc::new(parsed::<f64>(texts()).collect::<Float64Array>()),
        ColumnKind::Text | ColumnKind::Json | ColumnKind::Time => Arc::new(texts().collect::<StringArray>()),
        ColumnKind::Bytes => {
            let byte = |pair: &[u8]| {
                let pair = std::str::from_utf8(pair).unwrap_or_default();
                u8::from_str_radix(pair, 16).unwrap_or(0)
            };
            let bytes =
                texts().map(|text| text.map(|t| t.as_bytes().chunks(2).map(byte).collect::<Vec<u8>>()));
            Arc::new(bytes.collect::<BinaryArray>())
        }
    }
}

fn wkb(row: &Row) -> Result<Option<Vec<u8>>, Error> {
    match (row.geometry, &row.place) {
        (Geometry::None, _) => Ok(None),
        (Geometry::Point { .. }, Place::Point(position)) => {
            let mut bytes = vec![1, 1, 0, 0, 0];
            bytes.extend(position.lon_deg().to_le_bytes());
            bytes.extend(position.lat_deg().to_le_bytes());
            Ok(Some(bytes))
        }
        _ => {
            let mut text = String::new();
            row.write_geometry(&mut text);
            let first = text.split(']').next().and_then(|text| text.rsplit('[').next());
            let has_z = first.is_some_and(|position| position.split(',').count() > 2);
            let dims = if has_z { CoordDimensions::xyz() } else { CoordDimensions::xy() };
            GeoJson(&text).to_wkb(dims).map(Some).map_err(fail)
        }
    }
}

impl RowSink for ParquetSink<'_> {
    fn write(&mut self, rows: &[Row], _: &[u8]) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut arrays = match &self.records {
            Some(kept) => self.records(rows, kept)?,
            None => Vec::new(),
        };
        arrays.extend(self.cells.iter().map(|&(at, kind)| array(rows, at, kind)));
        if self.records.is_none() {
            let shapes: Vec<_> = rows.iter().map(wkb).collect::<Result<_, Error>>()?;
            arrays.push(Arc::new(shapes.into_iter().collect::<BinaryArray>()));
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(fail)?;
        self.writer.write(&batch).map_err(fail)
    }

    fn finish(self: Box<Self>, _: u64) -> Result<(), Error> {
        self.writer.close().map(|_| ()).map_err(fail)
    }
}
