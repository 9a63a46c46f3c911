//! Rows as FlatGeobuf, in their order and without a spatial index: that would sort them.
//!
//! The features are written by the generated code of the crate, not by its writer: that one breaks
//! collections, leaves out heights where others have them (both end the reading of the file for GDAL), and
//! keeps an entry in memory for each feature.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::sync::{Arc, Mutex, PoisonError};

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::{
    ColumnArgs, ColumnType, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs, GeometryType, HeaderArgs,
};

use crate::Error;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::flatgeobuf::KINDS;
use crate::io::table::row::{Cell, Encode, Row};
use crate::io::table::row_source::{RowSink, Shapes, unhex};
use crate::io::table::wkb::{self, Tally};

/// The first bytes of a file: version 3.0.
const MAGIC_BYTES: &[u8; 8] = b"fgb\x03fgb\0";

/// Writes FlatGeobuf.
pub(crate) struct FlatGeobufSink<'a> {
    out: &'a mut (dyn Write + Send),
    /// The features: what stands before them counts them.
    features: BufWriter<File>,
    columns: Vec<Column>,
    has_z: bool,
    written: u64,
    gathered: Arc<Mutex<Gathered>>,
}

/// What the threads have met.
#[derive(Default)]
struct Gathered {
    tally: Tally,
    /// A row without a geometry.
    nulls: bool,
    fault: Option<Error>,
}

fn fail(e: std::io::Error) -> Error {
    Error::io("write a temporary file of the output", e)
}

impl<'a> FlatGeobufSink<'a> {
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        columns: &[Column],
        shapes: Shapes,
    ) -> Result<Self, Error> {
        if columns.len() > usize::from(u16::MAX) {
            return Err(Error::input("more columns than FlatGeobuf has room for: write another format"));
        }
        let features = BufWriter::with_capacity(1 << 16, tempfile::tempfile().map_err(fail)?);
        let (columns, has_z) = (columns.to_vec(), shapes.heights);
        Ok(FlatGeobufSink { out, features, columns, has_z, written: 0, gathered: Arc::default() })
    }

    fn header(&self, gathered: &Gathered) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|column| {
                let name = Some(builder.create_string(&column.name));
                let args = ColumnArgs { name, type_: column_type(column.kind), ..ColumnArgs::default() };
                flatgeobuf::Column::create(&mut builder, &args)
            })
            .collect();
        let columns = Some(builder.create_vector(&columns));
        let crs = CrsArgs {
            org: Some(builder.create_string("EPSG")),
            code: 4326,
            name: Some(builder.create_string("WGS 84")),
            ..CrsArgs::default()
        };
        let crs = Some(flatgeobuf::Crs::create(&mut builder, &crs));
        let kinds: Vec<&str> = gathered.tally.kinds.iter().map(|kind| kind.trim_end_matches(" Z")).collect();
        let same = kinds.first().filter(|first| kinds.iter().all(|kind| kind == *first));
        let geometry_type = match same {
            // What has no geometry is written as an empty Point.
            Some(kind) if !gathered.nulls || *kind == "Point" => {
                GeometryType(wkb::code(kind).try_into().unwrap_or(0))
            }
            _ => GeometryType::Unknown,
        };
        let envelope = gathered.tally.extent.map(|extent| builder.create_vector(&extent));
        let name = Some(builder.create_string("incidents"));
        let header = HeaderArgs {
            name,
            envelope,
            geometry_type,
            has_z: self.has_z,
            columns,
            features_count: self.written,
            index_node_size: 0,
            crs,
            ..HeaderArgs::default()
        };
        let header = flatgeobuf::Header::create(&mut builder, &header);
        builder.finish_size_prefixed(header, None);
        builder.finished_data().to_vec()
    }
}

fn column_type(kind: ColumnKind) -> ColumnType {
    let wanted = match kind {
        ColumnKind::Date => ColumnKind::DateTime,
        // A time of day is none.
        ColumnKind::Time => ColumnKind::Text,
        kind => kind,
    };
    KINDS.iter().find(|(_, kind)| *kind == wanted).map_or(ColumnType::String, |(kind, _)| *kind)
}

impl RowSink for FlatGeobufSink<'_> {
    fn encoder(&self) -> Encode {
        let (columns, has_z) = (self.columns.clone(), self.has_z);
        let gathered = Arc::clone(&self.gathered);
        Box::new(move |rows, out| {
            let (mut tally, mut nulls, mut fault) = (Tally::default(), false, None);
            let (mut builder, mut geometry, mut properties) =
                (FlatBufferBuilder::new(), Vec::new(), Vec::new());
            for row in rows {
                geometry.clear();
                properties.clear();
                let shape = if wkb::write(row, &mut geometry, &mut tally) {
                    Shape { rest: &geometry, has_z }.write(&mut builder)
                } else {
                    nulls = true;
                    empty_point(&mut builder, has_z)
                };
                if let Err(error) = put_all(row, &columns, &mut properties) {
                    fault.get_or_insert(error);
                }
                let args = FeatureArgs {
                    geometry: Some(shape),
                    properties: Some(builder.create_vector(&properties)),
                    ..FeatureArgs::default()
                };
                let feature = Feature::create(&mut builder, &args);
                builder.finish_size_prefixed(feature, None);
                out.extend_from_slice(builder.finished_data());
                builder.reset();
            }
            let mut all = gathered.lock().unwrap_or_else(PoisonError::into_inner);
            all.tally.add(tally);
            all.nulls |= nulls;
            all.fault = all.fault.take().or(fault);
        })
    }

    fn write(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        if let Some(fault) = self.gathered.lock().unwrap_or_else(PoisonError::into_inner).fault.take() {
            return Err(fault);
        }
        self.written += rows.len() as u64;
        self.features.write_all(encoded).map_err(fail)
    }

    fn finish(self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        let header = self.header(&gathered);
        let FlatGeobufSink { out, features, columns, .. } = *self;
        let mut features = features.into_inner().map_err(|e| fail(e.into_error()))?;
        features.rewind().map_err(fail)?;
        let to = |e| Error::io("write the output", e);
        out.write_all(MAGIC_BYTES).map_err(to)?;
        out.write_all(&header).map_err(to)?;
        std::io::copy(&mut features, out).map_err(to)?;
        Ok(crate::io::table::column::times_of_day(&columns).chain(gathered.tally.lost).collect())
    }
}

type Written<'b> = WIPOffset<Geometry<'b>>;

/// Readers refuse a feature without coordinates.
fn empty_point<'b>(builder: &mut FlatBufferBuilder<'b>, has_z: bool) -> Written<'b> {
    let xy = Some(builder.create_vector(&[f64::NAN; 2]));
    let z = has_z.then(|| builder.create_vector(&[f64::NAN]));
    Geometry::create(builder, &GeometryArgs { xy, z, type_: GeometryType::Point, ..GeometryArgs::default() })
}

/// A geometry in the WKB that we write, to be written as FlatGeobuf has it.
struct Shape<'w> {
    rest: &'w [u8],
    /// Each position has a height in the file: what has none gets NaN.
    has_z: bool,
}

/// Positions side by side, as FlatGeobuf keeps them.
#[derive(Default)]
struct Flat {
    xy: Vec<f64>,
    z: Vec<f64>,
    ends: Vec<u32>,
}

impl Shape<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        // Our own WKB is whole.
        let Some((first, rest)) = self.rest.split_first_chunk::<N>() else { return [0; N] };
        self.rest = rest;
        *first
    }

    fn count(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    /// The type, and whether positions have heights.
    fn head(&mut self) -> (u32, bool) {
        self.take::<1>();
        let code = self.count();
        (code % 1000, code > 1000)
    }

    fn position(&mut self, high: bool, flat: &mut Flat) {
        flat.xy.extend([f64::from_le_bytes(self.take()), f64::from_le_bytes(self.take())]);
        let height = if high { f64::from_le_bytes(self.take()) } else { f64::NAN };
        if self.has_z {
            flat.z.push(height);
        }
    }

    fn positions(&mut self, high: bool, flat: &mut Flat) {
        for _ in 0..self.count() {
            self.position(high, flat);
        }
    }

    /// Lists of positions, each with its end.
    fn lists(&mut self, high: bool, with_heads: bool, flat: &mut Flat) {
        for _ in 0..self.count() {
            if with_heads {
                self.head();
            }
            self.positions(high, flat);
            flat.ends.push((flat.xy.len() / 2) as u32);
        }
    }

    fn write<'b>(&mut self, builder: &mut FlatBufferBuilder<'b>) -> Written<'b> {
        let (kind, high) = self.head();
        let mut flat = Flat::default();
        let mut parts = None;
        match kind {
            1 => self.position(high, &mut flat),
            2 => self.positions(high, &mut flat),
            3 => self.lists(high, false, &mut flat),
            4 => {
                for _ in 0..self.count() {
                    self.head();
                    self.position(high, &mut flat);
                }
            }
            5 => self.lists(high, true, &mut flat),
            _ => {
                let written: Vec<_> = (0..self.count()).map(|_| self.write(builder)).collect();
                parts = Some(builder.create_vector(&written));
            }
        }
        let of_parts = parts.is_some();
        let xy = (!of_parts).then(|| builder.create_vector(&flat.xy));
        let z = (!of_parts && self.has_z).then(|| builder.create_vector(&flat.z));
        // The one ring of a polygon ends where the positions end; GDAL wants the end of a line that is alone.
        let ends = (kind == 5 || flat.ends.len() > 1).then(|| builder.create_vector(&flat.ends));
        let type_ = GeometryType(kind as u8);
        Geometry::create(builder, &GeometryArgs { xy, z, ends, parts, type_, ..GeometryArgs::default() })
    }
}

/// Appends the cells that hold something, each in the type of its column behind the column's number.
fn put_all(row: &Row, columns: &[Column], out: &mut Vec<u8>) -> Result<(), Error> {
    for (at, (column, &cell)) in columns.iter().zip(&row.cells).enumerate() {
        if matches!(cell, Cell::Absent | Cell::Null) {
            continue;
        }
        out.extend((at as u16).to_le_bytes());
        let text = row.plain(cell);
        match column.kind {
            ColumnKind::Bool => out.push(u8::from(column.read::<bool>(text)?)),
            ColumnKind::Signed(8) => out.extend(column.read::<i8>(text)?.to_le_bytes()),
            ColumnKind::Signed(16) => out.extend(column.read::<i16>(text)?.to_le_bytes()),
            ColumnKind::Signed(32) => out.extend(column.read::<i32>(text)?.to_le_bytes()),
            ColumnKind::Signed(_) => out.extend(column.read::<i64>(text)?.to_le_bytes()),
            ColumnKind::Unsigned(8) => out.extend(column.read::<u8>(text)?.to_le_bytes()),
            ColumnKind::Unsigned(16) => out.extend(column.read::<u16>(text)?.to_le_bytes()),
            ColumnKind::Unsigned(32) => out.extend(column.read::<u32>(text)?.to_le_bytes()),
            ColumnKind::Unsigned(_) => out.extend(column.read::<u64>(text)?.to_le_bytes()),
            ColumnKind::Float(32) => out.extend(column.read::<f32>(text)?.to_le_bytes()),
            ColumnKind::Float(_) => out.extend(column.read::<f64>(text)?.to_le_bytes()),
            ColumnKind::Bytes => put_bytes(&unhex(text), out)?,
            ColumnKind::Text
            | ColumnKind::Json
            | ColumnKind::Date
            | ColumnKind::DateTime
            | ColumnKind::Time => put_bytes(text.as_bytes(), out)?,
        }
    }
    Ok(())
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
    let length = u32::try_from(bytes.len())
        .map_err(|_| Error::input("a value of more than 4 GiB, expected a shorter one"))?;
    out.extend(length.to_le_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}
