//! Rows as Parquet: records of Parquet keep their columns as they are, others become GeoParquet.

use std::io::Write;
use std::sync::{Arc, Mutex};

use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Float32Array, Float64Array, Int8Array, Int16Array,
    Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use crate::Error;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::parquet_frame::ParquetFrame;
use crate::io::table::row::{Cell, Encode, Row};
use crate::io::table::row_source::{RowSink, unhex};
use crate::io::table::wkb::{self, Tally};

/// Rows of a group: what is held in memory until it is written.
const GROUP: usize = 1 << 16;

/// Writes Parquet.
pub(crate) struct ParquetSink<'a> {
    writer: ArrowWriter<&'a mut (dyn Write + Send)>,
    schema: SchemaRef,
    /// The cells that become columns, by their place in the row.
    cells: Vec<(usize, Column)>,
    /// The name of the column of geometries, where that is ours.
    geometry: Option<&'static str>,
    tally: Arc<Mutex<Tally>>,
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
        let mut geometry = None;
        if records.is_none() {
            let free = |name: &&str| !columns.iter().any(|column| column.name == *name);
            let name = ["geometry", "geometry_wkb"].into_iter().find(free).ok_or_else(|| {
                Error::input("columns `geometry` and `geometry_wkb`, expected a free name: rename one")
            })?;
            fields.push(Arc::new(Field::new(name, DataType::Binary, true)));
            geometry = Some(name);
        }
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .set_key_value_metadata(Some(metadata))
            .build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(fail)?;
        let cells = columns.iter().cloned().enumerate().skip(from).collect();
        Ok(ParquetSink { writer, schema, cells, geometry, tally: Arc::default(), records })
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
        ColumnKind::Signed(8) => DataType::Int8,
        ColumnKind::Signed(16) => DataType::Int16,
        ColumnKind::Signed(32) => DataType::Int32,
        ColumnKind::Signed(_) => DataType::Int64,
        ColumnKind::Unsigned(8) => DataType::UInt8,
        ColumnKind::Unsigned(16) => DataType::UInt16,
        ColumnKind::Unsigned(32) => DataType::UInt32,
        ColumnKind::Unsigned(_) => DataType::UInt64,
        ColumnKind::Float(32) => DataType::Float32,
        ColumnKind::Float(_) => DataType::Float64,
        ColumnKind::Text | ColumnKind::Json | ColumnKind::Date | ColumnKind::DateTime | ColumnKind::Time => {
            DataType::Utf8
        }
        ColumnKind::Bytes => DataType::Binary,
    }
}

/// The texts of a column's cells.
fn texts(rows: &[Row], at: usize) -> impl Iterator<Item = Option<&str>> {
    rows.iter().map(move |row| match row.cells[at] {
        Cell::Absent | Cell::Null => None,
        cell => Some(row.plain(cell)),
    })
}

/// A column of cells of one type.
fn parsed<T, A>(rows: &[Row], at: usize, column: &Column) -> Result<ArrayRef, Error>
where
    T: std::str::FromStr,
    A: FromIterator<Option<T>> + Array + 'static,
{
    let values = texts(rows, at).map(|text| text.map(|text| column.read(text)).transpose());
    Ok(Arc::new(values.collect::<Result<A, Error>>()?))
}

/// A column of cells.
fn array(rows: &[Row], at: usize, column: &Column) -> Result<ArrayRef, Error> {
    let read = match column.kind {
        ColumnKind::Bool => parsed::<bool, BooleanArray>,
        ColumnKind::Signed(8) => parsed::<i8, Int8Array>,
        ColumnKind::Signed(16) => parsed::<i16, Int16Array>,
        ColumnKind::Signed(32) => parsed::<i32, Int32Array>,
        ColumnKind::Signed(_) => parsed::<i64, Int64Array>,
        ColumnKind::Unsigned(8) => parsed::<u8, UInt8Array>,
        ColumnKind::Unsigned(16) => parsed::<u16, UInt16Array>,
        ColumnKind::Unsigned(32) => parsed::<u32, UInt32Array>,
        ColumnKind::Unsigned(_) => parsed::<u64, UInt64Array>,
        ColumnKind::Float(32) => parsed::<f32, Float32Array>,
        ColumnKind::Float(_) => parsed::<f64, Float64Array>,
        ColumnKind::Bytes => {
            let bytes = texts(rows, at).map(|text| text.map(unhex));
            return Ok(Arc::new(bytes.collect::<BinaryArray>()));
        }
        ColumnKind::Text | ColumnKind::Json | ColumnKind::Date | ColumnKind::DateTime | ColumnKind::Time => {
            return Ok(Arc::new(texts(rows, at).collect::<StringArray>()));
        }
    };
    read(rows, at, column)
}

/// The metadata `geo`: GeoParquet 1.1.0.
fn geo(name: &str, tally: &Tally) -> String {
    let kinds: Vec<String> = tally.kinds.iter().map(|kind| format!("\"{kind}\"")).collect();
    let bbox = match tally.extent {
        Some([west, south, east, north]) => format!(",\"bbox\":[{west},{south},{east},{north}]"),
        None => String::new(),
    };
    format!(
        "{{\"version\":\"1.1.0\",\"primary_column\":\"{name}\",\"columns\":\
         {{\"{name}\":{{\"encoding\":\"WKB\",\"geometry_types\":[{}]{bbox}}}}}}}",
        kinds.join(",")
    )
}

impl RowSink for ParquetSink<'_> {
    fn encoder(&self) -> Encode {
        match self.geometry {
            Some(_) => wkb::encoder(&self.tally),
            None => Box::new(|_, _| {}),
        }
    }

    fn write(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut arrays = match &self.records {
            Some(kept) => self.records(rows, kept)?,
            None => Vec::new(),
        };
        for (at, column) in &self.cells {
            arrays.push(array(rows, *at, column)?);
        }
        if self.geometry.is_some() {
            arrays.push(Arc::new(wkb::parts(encoded).collect::<BinaryArray>()));
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(fail)?;
        self.writer.write(&batch).map_err(fail)
    }

    fn finish(mut self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let tally = wkb::gathered(&self.tally);
        let mut lost = Vec::new();
        if let Some(name) = self.geometry {
            self.writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), geo(name, &tally)));
            lost.extend(tally.lost);
        }
        for (_, column) in &self.cells {
            if matches!(column.kind, ColumnKind::Date | ColumnKind::DateTime | ColumnKind::Time) {
                lost.push(format!("that `{}` holds times (text from now on)", column.name));
            }
        }
        self.writer.close().map_err(fail)?;
        Ok(lost)
    }
}
