//! FlatGeobuf: types and order survive; a Point's position in the fewest digits that read back.
//! A row without a geometry is written as an empty Point.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};

use flatgeobuf::{
    ColumnType, FallibleStreamingIterator, FeatureIter, FgbCrs, FgbReader, FgbWriter, FgbWriterOptions,
    GeometryType, NotSeekable,
};
use geozero::geojson::GeoJsonWriter;
use geozero::wkb::Wkb;
use geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor};

use super::geometry;
use super::input::Counted;
use super::path::Path;
use super::table::{
    BadRow, Batch, Cell, Column, ColumnKind, Encode, Geometry, Row, RowSink, RowSource, Rows, Shapes, Target,
    write_properties,
};
use super::wkb::{self, Tally};
use crate::{Error, Place, Position};

/// The two lists of types, side by side.
const KINDS: [(ColumnType, ColumnKind); 15] = [
    (ColumnType::Byte, ColumnKind::Signed(8)),
    (ColumnType::UByte, ColumnKind::Unsigned(8)),
    (ColumnType::Bool, ColumnKind::Bool),
    (ColumnType::Short, ColumnKind::Signed(16)),
    (ColumnType::UShort, ColumnKind::Unsigned(16)),
    (ColumnType::Int, ColumnKind::Signed(32)),
    (ColumnType::UInt, ColumnKind::Unsigned(32)),
    (ColumnType::Long, ColumnKind::Signed(64)),
    (ColumnType::ULong, ColumnKind::Unsigned(64)),
    (ColumnType::Float, ColumnKind::Float(32)),
    (ColumnType::Double, ColumnKind::Float(64)),
    (ColumnType::String, ColumnKind::Text),
    (ColumnType::Json, ColumnKind::Json),
    (ColumnType::DateTime, ColumnKind::DateTime),
    (ColumnType::Binary, ColumnKind::Bytes),
];

fn damaged(fault: impl std::fmt::Display) -> Error {
    Error::input(format!("found damaged FlatGeobuf data ({fault}), expected a whole file: copy it again"))
}

impl<'a> Rows<'a> {
    /// Reads FlatGeobuf in batches. `name` stands for the file in messages.
    ///
    /// # Errors
    /// Where it is no FlatGeobuf, or in another coordinate reference system than WGS84.
    pub fn flatgeobuf(name: impl Into<String>, input: impl Read + 'a) -> Result<Self, Error> {
        let name = name.into();
        let (input, bytes_read) = Counted::new(input);
        let source = FgbSource::new(&name, Box::new(input)).map_err(|e| e.in_file(&name))?;
        Ok(Rows { name, source: Box::new(source), bytes_read })
    }
}

struct FgbSource<'a> {
    name: String,
    features: FeatureIter<Box<dyn Read + 'a>, NotSeekable>,
    columns: Vec<Column>,
    geometry_type: GeometryType,
    has_z: bool,
    number: u64,
    /// What of the header and of all features has no place elsewhere.
    left_out: Vec<String>,
}

impl<'a> FgbSource<'a> {
    fn new(name: &str, input: Box<dyn Read + 'a>) -> Result<Self, Error> {
        let reader = FgbReader::open(input).map_err(|e| match e {
            flatgeobuf::Error::MissingMagicBytes => {
                Error::input("found no FlatGeobuf, expected its first bytes")
            }
            flatgeobuf::Error::IO(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => {
                Error::io("read it", e)
            }
            e => damaged(e),
        })?;
        let header = reader.header();
        if let Some(crs) = header.crs()
            && crs.code() != 0
        {
            let org = crs.org().unwrap_or("EPSG");
            let degrees = (org.eq_ignore_ascii_case("EPSG") && crs.code() == 4326)
                || (org.eq_ignore_ascii_case("OGC") && crs.code() == 84);
            if !degrees {
                return Err(Error::input(format!(
                    "found the coordinate reference system {org}:{}, expected WGS84 longitude and latitude: \
                     reproject it (`ogr2ogr -t_srs OGC:CRS84 out.fgb in.fgb`)",
                    crs.code()
                )));
            }
        }
        let left_out = unplaced(&header);
        let (geometry_type, has_z) = (header.geometry_type(), header.has_z());
        let column = |column: flatgeobuf::Column<'_>| {
            let kind = KINDS.iter().find(|(kind, _)| *kind == column.type_());
            let (_, kind) = kind.ok_or_else(|| damaged(format!("a column of type {}", column.type_().0)))?;
            Ok(Column { name: column.name().to_owned(), kind: *kind })
        };
        let columns: Result<Vec<Column>, Error> = header.columns().iter().flatten().map(column).collect();
        let columns = columns?;
        let features = reader.select_all_seq().map_err(damaged)?;
        Ok(FgbSource { name: name.to_owned(), features, columns, geometry_type, has_z, number: 0, left_out })
    }

    fn row(&self) -> Result<Row, Error> {
        let feature = self.features.cur_feature();
        let mut row = Row::with_capacity(640, self.columns.len() + 24);
        row.cells.resize(self.columns.len(), Cell::Null);
        if feature.fbs_feature().columns().is_some_and(|columns| !columns.is_empty()) {
            let message = "found a feature with columns of its own, expected those of the file: convert it";
            return Err(Error::input(message));
        }
        if let Some(properties) = feature.fbs_feature().properties() {
            self.properties(properties.bytes(), &mut row).ok_or_else(|| damaged("a property is cut"))?;
        }
        let Some(geometry) = feature.geometry() else {
            row.warning = Some("not located: the geometry is null");
            return Ok(row);
        };
        let kind = match self.geometry_type {
            GeometryType::Unknown => geometry.type_(),
            known => known,
        };
        let xy = geometry.xy().filter(|xy| xy.len() >= 2);
        if xy.is_none() && geometry.parts().is_none() {
            row.warning = Some("not located: the geometry is empty");
            return Ok(row);
        }
        if let (GeometryType::Point, Some(xy)) = (kind, xy) {
            let (lon, lat) = (xy.get(0), xy.get(1));
            if lon.is_nan() && lat.is_nan() {
                row.warning = Some("not located: the geometry is empty");
                return Ok(row);
            }
            row.place = Place::Point(Position::from_lon_lat(lon, lat)?);
            let z = geometry.z().filter(|z| self.has_z && !z.is_empty()).map(|z| z.get(0));
            row.geometry = match z.filter(|z| z.is_finite()) {
                Some(z) => {
                    let text = format!("{{\"type\":\"Point\",\"coordinates\":[{lon},{lat},{z}]}}");
                    Geometry::Json(row.keep(&text))
                }
                None => {
                    let lon = row.keep(&lon.to_string());
                    Geometry::Point { lon, lat: row.keep(&lat.to_string()) }
                }
            };
            return Ok(row);
        }
        let mut text = Vec::new();
        let dims = if self.has_z { geozero::CoordDimensions::xyz() } else { geozero::CoordDimensions::xy() };
        feature.process_geom(&mut GeoJsonWriter::with_dims(&mut text, dims)).map_err(damaged)?;
        let text = String::from_utf8_lossy(&text).into_owned();
        row.place = geometry::read(&text, &text, &Path::ROOT)?;
        row.geometry = Geometry::Json(row.keep(&text));
        Ok(row)
    }

    /// Reads the properties into their cells; `None` where the bytes end too early.
    fn properties(&self, bytes: &[u8], row: &mut Row) -> Option<()> {
        let mut rest = bytes;
        // Some writers leave a byte behind the last one.
        while rest.len() > 1 {
            let at = usize::from(u16::from_le_bytes(take(&mut rest)?));
            let kind = self.columns.get(at)?.kind;
            let number = |row: &mut Row, text: String| Cell::Number(row.keep(&text));
            let float = |row: &mut Row, text: String, is_finite: bool| match row.keep(&text) {
                span if is_finite => Cell::Number(span),
                span => Cell::Text(span),
            };
            row.cells[at] = match kind {
                ColumnKind::Bool => Cell::Bool(take::<1>(&mut rest)? != [0]),
                ColumnKind::Signed(8) => number(row, i8::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Signed(16) => number(row, i16::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Signed(32) => number(row, i32::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Signed(_) => number(row, i64::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Unsigned(8) => number(row, u8::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Unsigned(16) => number(row, u16::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Unsigned(32) => number(row, u32::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Unsigned(_) => number(row, u64::from_le_bytes(take(&mut rest)?).to_string()),
                ColumnKind::Float(32) => {
                    let value = f32::from_le_bytes(take(&mut rest)?);
                    float(row, value.to_string(), value.is_finite())
                }
                ColumnKind::Float(_) => {
                    let value = f64::from_le_bytes(take(&mut rest)?);
                    float(row, value.to_string(), value.is_finite())
                }
                ColumnKind::Text
                | ColumnKind::Json
                | ColumnKind::Date
                | ColumnKind::DateTime
                | ColumnKind::Time
                | ColumnKind::Bytes => {
                    let length = u32::from_le_bytes(take(&mut rest)?) as usize;
                    let (value, behind) = rest.split_at_checked(length)?;
                    rest = behind;
                    match kind {
                        ColumnKind::Bytes => Cell::Text(row.keep_with(|out| {
                            value.iter().for_each(|byte| out.push_str(&format!("{byte:02x}")));
                        })),
                        ColumnKind::Json
                            if super::raw::validate(std::str::from_utf8(value).ok()?).is_ok() =>
                        {
                            Cell::Json(row.keep(std::str::from_utf8(value).ok()?))
                        }
                        _ => Cell::Text(row.keep(std::str::from_utf8(value).ok()?)),
                    }
                }
            };
        }
        Some(())
    }
}

/// What of a file only FlatGeobuf has, and what nobody else writes.
fn unplaced(header: &flatgeobuf::Header<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (there, what) in [
        (header.has_m(), "measures (M) of positions"),
        (header.has_t() || header.has_tm(), "times of positions"),
        (header.title().is_some_and(|text| !text.is_empty()), "the file's `title`"),
        (header.description().is_some_and(|text| !text.is_empty()), "the file's `description`"),
        (header.metadata().is_some_and(|text| !text.is_empty()), "the file's `metadata`"),
    ] {
        if there {
            found.push(what.to_owned());
        }
    }
    for column in header.columns().iter().flatten() {
        let texts = [column.title(), column.description(), column.metadata()];
        if texts.into_iter().flatten().any(|text| !text.is_empty()) {
            found.push(format!("the description of the column `{}`", column.name()));
        }
    }
    found
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, behind) = rest.split_first_chunk::<N>()?;
    *rest = behind;
    Some(*first)
}

impl RowSource for FgbSource<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn shapes(&self) -> Shapes {
        let points = matches!(self.geometry_type, GeometryType::Point | GeometryType::Unknown);
        let others = self.geometry_type != GeometryType::Point || self.has_z;
        Shapes { points, others, heights: self.has_z }
    }

    fn left_out(&self, _: Target) -> Vec<String> {
        self.left_out.clone()
    }

    fn read(&mut self, most: usize, _: usize) -> Result<Batch, Error> {
        let mut batch = Batch::default();
        while batch.len() < most {
            let next = self.features.next().map(|feature| feature.is_some());
            if !next.map_err(|e| damaged(e).in_feature(self.number + 1).in_file(&self.name))? {
                break;
            }
            self.number += 1;
            match self.row() {
                Ok(row) => batch.rows.push(row),
                Err(error) => {
                    let error = error.in_feature(self.number).in_file(&self.name);
                    let mut text = String::new();
                    let mut row = Row::with_capacity(640, self.columns.len());
                    row.cells.resize(self.columns.len(), Cell::Null);
                    if let Some(properties) = self.features.cur_feature().fbs_feature().properties() {
                        self.properties(properties.bytes(), &mut row);
                    }
                    write_properties(&row, &self.columns, &mut text);
                    let text = format!("{{{text}}}");
                    batch.bad.push(BadRow { number: self.number, line: 0, error, text });
                }
            }
        }
        Ok(batch)
    }
}

/// Writes FlatGeobuf in the order of the rows, without a spatial index: that would sort them.
pub(crate) struct FlatGeobufSink<'a> {
    out: &'a mut (dyn Write + Send),
    writer: FgbWriter<'a>,
    columns: Vec<Column>,
    tally: Arc<Mutex<Tally>>,
}

impl<'a> FlatGeobufSink<'a> {
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        columns: &[Column],
        shapes: Shapes,
    ) -> Result<Self, Error> {
        let kind = if shapes.others { GeometryType::Unknown } else { GeometryType::Point };
        let options = FgbWriterOptions {
            write_index: false,
            detect_type: false,
            promote_to_multi: false,
            has_z: shapes.heights,
            crs: FgbCrs { org: Some("EPSG"), code: 4326, name: Some("WGS 84"), ..FgbCrs::default() },
            ..FgbWriterOptions::default()
        };
        let mut writer = FgbWriter::create_with_options("incidents", kind, options)
            .map_err(|e| Error::io("write a temporary file", std::io::Error::other(e)))?;
        for column in columns {
            let wanted = match column.kind {
                ColumnKind::Date | ColumnKind::Time => ColumnKind::DateTime,
                kind => kind,
            };
            let found = KINDS.iter().find(|(_, kind)| *kind == wanted);
            let kind = found.map_or(ColumnType::String, |(kind, _)| *kind);
            writer.add_column(&column.name, kind, |_, _| {});
        }
        Ok(FlatGeobufSink { out, writer, columns: columns.to_vec(), tally: Arc::default() })
    }
}

/// The geometry of a row, for the writer.
struct Shape<'r>(Option<&'r [u8]>);

impl GeozeroGeometry for Shape<'_> {
    fn process_geom<P: GeomProcessor>(&self, processor: &mut P) -> geozero::error::Result<()> {
        match self.0 {
            // The writer knows no null geometry, and readers refuse one without coordinates.
            None => {
                processor.point_begin(0)?;
                processor.xy(f64::NAN, f64::NAN, 0)?;
                processor.point_end(0)
            }
            Some(bytes) => Wkb(bytes).process_geom(processor),
        }
    }
}

impl RowSink for FlatGeobufSink<'_> {
    fn encoder(&self) -> Encode {
        wkb::encoder(&self.tally)
    }

    fn write(&mut self, rows: &[Row], encoded: &[u8]) -> Result<(), Error> {
        let fail = |e: geozero::error::GeozeroError| Error::io("write the output", std::io::Error::other(e));
        for (row, geometry) in rows.iter().zip(wkb::parts(encoded)) {
            let mut done = Ok(());
            let columns = &self.columns;
            let added = self.writer.add_feature_geom(Shape(geometry), |feature| {
                for (at, (column, &cell)) in columns.iter().zip(&row.cells).enumerate() {
                    if !matches!(cell, Cell::Absent | Cell::Null) && done.is_ok() {
                        done = put(feature, at, column, row.plain(cell));
                    }
                }
            });
            added.map_err(fail)?;
            done?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: u64) -> Result<Vec<String>, Error> {
        let tally = wkb::gathered(&self.tally);
        self.writer.write(self.out).map_err(|e| match e {
            flatgeobuf::Error::IO(e) => Error::io("write the output", e),
            e => Error::io("write the output", std::io::Error::other(e)),
        })?;
        Ok(tally.lost.into_iter().collect())
    }
}

/// Writes a value in the type of its column.
fn put(out: &mut impl PropertyProcessor, at: usize, column: &Column, text: &str) -> Result<(), Error> {
    let bytes;
    let value = match column.kind {
        ColumnKind::Bool => ColumnValue::Bool(column.read(text)?),
        ColumnKind::Signed(8) => ColumnValue::Byte(column.read(text)?),
        ColumnKind::Signed(16) => ColumnValue::Short(column.read(text)?),
        ColumnKind::Signed(32) => ColumnValue::Int(column.read(text)?),
        ColumnKind::Signed(_) => ColumnValue::Long(column.read(text)?),
        ColumnKind::Unsigned(8) => ColumnValue::UByte(column.read(text)?),
        ColumnKind::Unsigned(16) => ColumnValue::UShort(column.read(text)?),
        ColumnKind::Unsigned(32) => ColumnValue::UInt(column.read(text)?),
        ColumnKind::Unsigned(_) => ColumnValue::ULong(column.read(text)?),
        ColumnKind::Float(32) => ColumnValue::Float(column.read(text)?),
        ColumnKind::Float(_) => ColumnValue::Double(column.read(text)?),
        ColumnKind::Text => ColumnValue::String(text),
        ColumnKind::Json => ColumnValue::Json(text),
        ColumnKind::Date | ColumnKind::DateTime | ColumnKind::Time => ColumnValue::DateTime(text),
        ColumnKind::Bytes => {
            bytes = super::table::unhex(text);
            ColumnValue::Binary(&bytes)
        }
    };
    out.property(at, &column.name, &value)
        .map(|_| ())
        .map_err(|e| Error::io("write the output", std::io::Error::other(e)))
}
