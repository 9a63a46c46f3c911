//! Parquet and GeoParquet as rows; what they hold besides is kept for writing Parquet again.

use crate::io::table::parquet_frame::ParquetFrame;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use serde_json::Value;

use crate::Error;
use crate::io::file::input::readable_again;
use crate::io::file::limits::ReadLimits;
use crate::io::file::path::Path;
use crate::io::geojson::geometry;
use crate::io::table::column::Column;
use crate::io::table::no_position::NoPosition;
use crate::io::table::parquet_cells::{cell, kind, shown};
use crate::io::table::parquet_limits::{batch_rows, check_metadata, damaged, guarded};
use crate::io::table::position_columns::PositionColumns;
use crate::io::table::row::{Geometry, Row, write_properties};
use crate::io::table::row_source::{BadRow, Batch, RowSource, Rows, Shapes, Target};
use crate::io::table::wkb_read::{self, Read};
use crate::memory::room;

impl Rows<'_> {
    /// Reads Parquet in batches: GeoParquet (geometries as WKB) by its metadata, else by columns of
    /// longitude and latitude. `name` stands for the file in messages. It is read from its end: a pipe is
    /// copied to a temporary file first (as [`spooled`](crate::io::spooled) does for other readers).
    ///
    /// # Errors
    /// Where it is no Parquet, in another coordinate reference system than WGS84, or has no position.
    pub fn parquet(name: impl Into<String>, file: File, position: &PositionColumns) -> Result<Self, Error> {
        Self::parquet_within(name, file, position, &ReadLimits::default())
    }

    /// Reads Parquet whose pages may unpack to what `limits` say.
    ///
    /// # Errors
    /// As [`parquet`](Self::parquet).
    pub fn parquet_within(
        name: impl Into<String>,
        file: File,
        position: &PositionColumns,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        let name = name.into();
        let source = readable_again(&name, file)
            .and_then(|file| ParquetSource::new(&name, file, position, limits))
            .map_err(|e| e.in_file(&name))?;
        let bytes_read = Arc::clone(&source.bytes_read);
        Ok(Rows { name, source: Box::new(source), bytes_read })
    }
}

/// Where the position of a row stands.
enum Where {
    /// The field of the geometry.
    Wkb(usize),
    /// The columns of longitude and latitude.
    Columns([usize; 2]),
    /// In no columns, and what is wrong about that, until it is told.
    Nowhere(Option<Error>),
}

struct ParquetSource {
    name: String,
    batches: ParquetRecordBatchReader,
    frame: ParquetFrame,
    columns: Vec<Column>,
    position: Where,
    only_points: bool,
    heights: bool,
    number: u64,
    bytes_read: Arc<AtomicU64>,
    /// Bytes and rows of the whole file.
    size: (u64, u64),
    limits: ReadLimits,
    /// How much text the rows had so far.
    text_bytes: u64,
    /// Some geometries had measures.
    measured: bool,
    /// A batch that has not been given whole, and how much of it has.
    rest: Option<(Arc<RecordBatch>, usize)>,
}

impl ParquetSource {
    fn new(name: &str, file: File, position: &PositionColumns, limits: &ReadLimits) -> Result<Self, Error> {
        let bytes = file.metadata().map_or(0, |found| found.len());
        let open = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new().with_skip_arrow_metadata(true));
        check_metadata(open.map_err(damaged)?.metadata(), bytes, limits)?;
        let batch_rows = batch_rows(&file, limits)?;
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))?.map_err(damaged)?;
        let rows = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
        let schema = builder.schema().clone();
        let metadata = builder.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
        let geo = metadata.iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_deref());
        let (mut wkb, mut only_points, mut heights) = (None, false, true);
        if let Some(geo) = geo {
            let geo: Value = serde_json::from_str(geo)
                .map_err(|e| Error::input(format!("metadata `geo` that is not JSON ({e})")))?;
            let primary = geo["primary_column"].as_str().unwrap_or("geometry");
            let about = &geo["columns"][primary];
            check_geometry(about)?;
            let types = about["geometry_types"].as_array();
            only_points = types.is_some_and(|types| types[..] == ["Point"]);
            // Where the types are not told, heights may be there.
            let high = |kind: &Value| kind.as_str().is_none_or(|kind| kind.ends_with(" Z"));
            heights = types.is_none_or(|types| types.is_empty() || types.iter().any(high));
            let at = schema.index_of(primary).map_err(|_| {
                Error::input(format!("no column `{primary}`, expected the geometry there, as `geo` says"))
            })?;
            wkb = Some(at);
        }
        let fields = schema.fields().iter().enumerate().filter(|(at, _)| Some(*at) != wkb);
        let columns: Vec<Column> = fields
            .map(|(_, field)| Column { name: field.name().clone(), kind: kind(field.data_type()) })
            .collect();
        let position = match wkb {
            Some(at) => Where::Wkb(at),
            None => match position.find_or_nowhere(&columns)? {
                Ok(found) => Where::Columns(found),
                Err(error) => Where::Nowhere(Some(error.in_file(name))),
            },
        };
        let batches = guarded(|| builder.with_batch_size(batch_rows).build())?.map_err(damaged)?;
        let frame = ParquetFrame { schema, metadata };
        let name = name.to_owned();
        Ok(ParquetSource {
            name,
            batches,
            frame,
            columns,
            position,
            only_points,
            heights: wkb.is_some() && heights,
            number: 0,
            bytes_read: Arc::default(),
            size: (bytes, rows),
            limits: *limits,
            text_bytes: 0,
            measured: false,
            rest: None,
        })
    }

    /// Takes rows of a batch, from one of its places on, until `out` has `most` or much text; gives the place behind
    /// them.
    fn take(
        &mut self,
        batch: &Arc<RecordBatch>,
        from: usize,
        most: usize,
        out: &mut Batch,
    ) -> Result<usize, Error> {
        let wkb = match self.position {
            Where::Wkb(at) => Some(at),
            Where::Columns(_) | Where::Nowhere(_) => None,
        };
        let options = FormatOptions::default();
        let arrays = batch.columns().iter().enumerate().filter(|(at, _)| Some(*at) != wkb);
        let arrays: Vec<ArrayRef> = arrays.map(|(_, array)| shown(array)).collect();
        let arrays: Vec<(&dyn Array, Option<ArrayFormatter<'_>>)> =
            arrays.iter().map(|array| (&**array, ArrayFormatter::try_new(&**array, &options).ok())).collect();
        let mut bytes = 0;
        for at in from..batch.num_rows() {
            if out.len() >= most || bytes >= most * 1024 {
                self.text_bytes += bytes as u64;
                return Ok(at);
            }
            self.number += 1;
            let mut row = Row::with_capacity(1024, self.columns.len() + 24);
            for ((array, formatter), column) in arrays.iter().zip(&self.columns) {
                let cell = cell(*array, formatter.as_ref(), at, column.kind, &mut row).map_err(damaged)?;
                row.cells.push(cell);
            }
            self.limits.record("the row", row.text_bytes()).map_err(|e| e.in_feature(self.number))?;
            row.record = Some((Arc::clone(batch), at));
            row.number = self.number;
            match self.locate(&mut row, batch, at) {
                Ok(measured) => {
                    self.measured |= measured;
                    bytes += row.text_bytes();
                    out.rows.push(row);
                }
                Err(error) => {
                    let error = error.in_feature(self.number).in_file(&self.name);
                    let mut text = String::from("{");
                    write_properties(&row, &self.columns, &mut text);
                    text.push('}');
                    bytes += text.len();
                    out.bad.push(BadRow { number: self.number, line: 0, error, text });
                }
            }
        }
        self.text_bytes += bytes as u64;
        Ok(batch.num_rows())
    }

    /// Reads the position of a row; true where it has measures.
    fn locate(&self, row: &mut Row, batch: &RecordBatch, at: usize) -> Result<bool, Error> {
        let field = match self.position {
            Where::Columns([lon, lat]) => {
                row.locate(lon, lat, [&self.columns[lon].name, &self.columns[lat].name])?;
                return Ok(false);
            }
            Where::Nowhere(_) => {
                row.no_position = Some(NoPosition::NothingReported);
                return Ok(false);
            }
            Where::Wkb(field) => field,
        };
        let array = batch.column(field);
        if array.is_null(at) {
            row.no_position = Some(NoPosition::NullGeometry);
            return Ok(false);
        }
        let bytes: &[u8] = match array.data_type() {
            DataType::Binary => array.as_binary::<i32>().value(at),
            DataType::LargeBinary => array.as_binary::<i64>().value(at),
            DataType::BinaryView => array.as_binary_view().value(at),
            other => {
                return Err(Error::input(format!("a geometry column of type {other}, expected WKB")));
            }
        };
        if let Some([lon, lat]) = point(bytes) {
            if lon.is_nan() && lat.is_nan() {
                row.no_position = Some(NoPosition::EmptyGeometry);
                return Ok(false);
            }
            row.incident_geometry = crate::IncidentGeometry::Point(crate::Position::from_lon_lat(lon, lat)?);
            let lon = row.keep(&lon.to_string());
            row.geometry = Geometry::Point { lon, lat: row.keep(&lat.to_string()) };
            return Ok(false);
        }
        let mut text = String::new();
        let measured = match wkb_read::read(bytes, &mut text)? {
            Read::Whole { measured } => measured,
            Read::Empty => {
                row.no_position = Some(NoPosition::EmptyGeometry);
                return Ok(false);
            }
        };
        row.incident_geometry = geometry::read(&text, &text, &Path::ROOT)?;
        row.geometry = Geometry::Json(row.keep(&text));
        Ok(measured)
    }
}

/// The plainest WKB: a Point of two numbers.
fn point(bytes: &[u8]) -> Option<[f64; 2]> {
    let (head, rest) = bytes.split_first_chunk::<5>()?;
    let (x, y) = (rest.get(..8)?.try_into().ok()?, rest.get(8..)?.try_into().ok()?);
    match head {
        [1, 1, 0, 0, 0] => Some([f64::from_le_bytes(x), f64::from_le_bytes(y)]),
        [0, 0, 0, 0, 1] => Some([f64::from_be_bytes(x), f64::from_be_bytes(y)]),
        _ => None,
    }
}

/// The geometry must be WKB in longitude and latitude on WGS84.
fn check_geometry(about: &Value) -> Result<(), Error> {
    let encoding = about["encoding"].as_str().unwrap_or("WKB");
    if encoding != "WKB" {
        return Err(Error::input(format!("geometries encoded as `{encoding}`, expected WKB: write them so")));
    }
    let Some(crs) = about.get("crs") else { return Ok(()) };
    let (authority, code) = (&crs["id"]["authority"], &crs["id"]["code"]);
    if (authority == "OGC" && code == "CRS84") || (authority == "EPSG" && (code == 4326 || code == "4326")) {
        return Ok(());
    }
    let named = crs["name"].as_str().map_or("of no name".to_owned(), |name| format!("`{name}`"));
    let code = if code.is_null() { String::new() } else { format!(" ({authority}:{code})").replace('"', "") };
    Err(Error::input(format!(
        "the coordinate reference system {named}{code}, expected WGS84 longitude and latitude: \
         reproject it (in GeoPandas: `to_crs(\"OGC:CRS84\")`)"
    )))
}

impl RowSource for ParquetSource {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn no_position(&mut self) -> Option<Error> {
        match &mut self.position {
            Where::Nowhere(error) => error.take(),
            _ => None,
        }
    }

    fn has_geometries(&self) -> bool {
        matches!(self.position, Where::Wkb(_))
    }

    fn shapes(&self) -> Shapes {
        let points = self.has_geometries();
        Shapes { points, others: points && !self.only_points, heights: self.heights }
    }

    fn parquet(&self) -> Option<ParquetFrame> {
        Some(self.frame.clone())
    }

    fn left_out(&self, target: Target) -> Vec<String> {
        if target == Target::Parquet {
            return Vec::new();
        }
        let known = ["geo", "ARROW:schema"];
        let pairs = self.frame.metadata.iter().filter(|pair| !known.contains(&pair.key.as_str()));
        let mut found: Vec<String> =
            pairs.map(|pair| format!("the file's metadata `{}`", pair.key)).collect();
        if self.measured {
            found.push("measures (M) of positions".to_owned());
        }
        found
    }

    fn read(&mut self, most: usize, _: usize) -> Result<Batch, Error> {
        let mut out = Batch::default();
        while out.len() < most {
            let blame = |error: Error| error.in_file(&self.name);
            let (batch, from) = match self.rest.take() {
                Some(rest) => rest,
                None => match guarded(|| self.batches.next()).map_err(|e| e.in_file(&self.name))? {
                    Some(batch) => {
                        let batch = batch.map_err(|e| damaged(e).in_file(&self.name))?;
                        // Its reader may keep one more, and a row of it is copied.
                        room(2 * batch.get_array_memory_size()).map_err(blame)?;
                        (Arc::new(batch), 0)
                    }
                    None => break,
                },
            };
            self.limits.inflated("Parquet data", self.size.0, self.text_bytes).map_err(blame)?;
            let to = self.take(&batch, from, most, &mut out).map_err(|e| e.in_file(&self.name))?;
            if to < batch.num_rows() {
                self.rest = Some((batch, to));
                break;
            }
        }
        let (bytes, rows) = self.size;
        let share = self.number as f64 / rows.max(1) as f64;
        self.bytes_read.store((bytes as f64 * share) as u64, Ordering::Relaxed);
        Ok(out)
    }
}
