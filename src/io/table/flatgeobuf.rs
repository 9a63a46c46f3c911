//! FlatGeobuf: types and order survive; a Point's position in the fewest digits that read back.
//! A row without a geometry is written as an empty Point.

use std::io::Read;

use flatgeobuf::{ColumnType, Feature, GeometryType, size_prefixed_root_as_feature};

use crate::io::file::input::Counted;
use crate::io::file::limits::ReadLimits;
use crate::io::file::path::Path;
use crate::io::geojson::geometry;
use crate::io::table::column::{Column, ColumnKind};
use crate::io::table::flatgeobuf_frame::Pieces;
use crate::io::table::flatgeobuf_frame::damaged;
use crate::io::table::no_position::NoPosition;
use crate::io::table::row::{Cell, Geometry, Row, write_properties};
use crate::io::table::row_source::{BadRow, Batch, RowSource, Rows, Shapes, Target};
use crate::io::table::wkb;
use crate::{Error, IncidentGeometry, Position};

/// The two lists of types, side by side.
pub(crate) const KINDS: [(ColumnType, ColumnKind); 15] = [
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

impl<'a> Rows<'a> {
    /// Reads FlatGeobuf in batches. `name` stands for the file in messages.
    ///
    /// # Errors
    /// Where it is no FlatGeobuf, or in another coordinate reference system than WGS84.
    pub fn flatgeobuf(name: impl Into<String>, input: impl Read + 'a) -> Result<Self, Error> {
        Self::flatgeobuf_within(name, input, &ReadLimits::default())
    }

    /// As [`flatgeobuf`](Self::flatgeobuf), of a file whose features may be as large as `limits` say.
    ///
    /// # Errors
    /// As [`flatgeobuf`](Self::flatgeobuf).
    pub fn flatgeobuf_within(
        name: impl Into<String>,
        input: impl Read + 'a,
        limits: &ReadLimits,
    ) -> Result<Self, Error> {
        let name = name.into();
        let (input, bytes_read) = Counted::new(input);
        let source = FgbSource::new(&name, Box::new(input), limits).map_err(|e| e.in_file(&name))?;
        Ok(Rows { name, source: Box::new(source), bytes_read })
    }
}

struct FgbSource<'a> {
    name: String,
    pieces: Pieces<Box<dyn Read + 'a>>,
    columns: Vec<Column>,
    geometry_type: GeometryType,
    has_z: bool,
    number: u64,
    /// What of the header and of all features has no place elsewhere.
    left_out: Vec<String>,
}

impl<'a> FgbSource<'a> {
    fn new(name: &str, input: Box<dyn Read + 'a>, limits: &ReadLimits) -> Result<Self, Error> {
        let pieces = Pieces::open(input, limits)?;
        let header = pieces.header()?;
        if let Some(crs) = header.crs()
            && crs.code() != 0
        {
            let org = crs.org().unwrap_or("EPSG");
            let degrees = (org.eq_ignore_ascii_case("EPSG") && crs.code() == 4326)
                || (org.eq_ignore_ascii_case("OGC") && crs.code() == 84);
            if !degrees {
                return Err(Error::input(format!(
                    "the coordinate reference system {org}:{}, expected WGS84 longitude and latitude: \
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
        Ok(FgbSource { name: name.to_owned(), pieces, columns, geometry_type, has_z, number: 0, left_out })
    }

    fn row(&self, feature: &Feature<'_>) -> Result<Row, Error> {
        let mut row = Row::with_capacity(640, self.columns.len() + 24);
        row.cells.resize(self.columns.len(), Cell::Null);
        if feature.columns().is_some_and(|columns| !columns.is_empty()) {
            let message = "a feature with columns of its own, expected those of the file: convert it";
            return Err(Error::input(message));
        }
        if let Some(properties) = feature.properties() {
            self.properties(properties.bytes(), &mut row).ok_or_else(|| damaged("a property is cut"))?;
        }
        let Some(geometry) = feature.geometry() else {
            row.no_position = Some(NoPosition::NullGeometry);
            return Ok(row);
        };
        let kind = match self.geometry_type {
            GeometryType::Unknown => geometry.type_(),
            known => known,
        };
        let xy = geometry.xy().filter(|xy| xy.len() >= 2);
        if xy.is_none() && geometry.parts().is_none() {
            row.no_position = Some(NoPosition::EmptyGeometry);
            return Ok(row);
        }
        if let (GeometryType::Point, Some(xy)) = (kind, xy) {
            let (lon, lat) = (xy.get(0), xy.get(1));
            if lon.is_nan() && lat.is_nan() {
                row.no_position = Some(NoPosition::EmptyGeometry);
                return Ok(row);
            }
            row.incident_geometry = IncidentGeometry::Point(Position::from_lon_lat(lon, lat)?);
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
        let mut text = String::new();
        write_geometry(&geometry, kind, self.has_z, 0, &mut text)?;
        row.incident_geometry = geometry::read(&text, &text, &Path::ROOT)?;
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
                            if crate::io::json::raw::validate(std::str::from_utf8(value).ok()?).is_ok() =>
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

/// Appends a geometry as GeoJSON.
fn write_geometry(
    geometry: &flatgeobuf::Geometry<'_>,
    kind: GeometryType,
    has_z: bool,
    depth: usize,
    out: &mut String,
) -> Result<(), Error> {
    let Some(name) = wkb::name(u32::from(kind.0)) else {
        return Err(damaged(format!("a geometry of type {}", kind.0)));
    };
    if depth > geometry::MAX_DEPTH {
        return Err(damaged("collections in collections, too deep"));
    }
    out.push_str(&format!("{{\"type\":\"{name}\",\"{}\":", wkb::member(name)));
    let xy = geometry.xy();
    let count = xy.map_or(0, |xy| xy.len() / 2);
    let z = geometry.z().filter(|z| has_z && z.len() == count);
    let position = |at: usize, out: &mut String| -> Result<(), Error> {
        let number = |at: usize| xy.filter(|xy| at < xy.len()).map_or(f64::NAN, |xy| xy.get(at));
        let (lon, lat) = (number(2 * at), number(2 * at + 1));
        let height = z.filter(|z| at < z.len()).map(|z| z.get(at)).filter(|height| !height.is_nan());
        if !lon.is_finite() || !lat.is_finite() || height.is_some_and(f64::is_infinite) {
            return Err(damaged("a position that is not finite"));
        }
        out.push_str(&format!("[{lon},{lat}"));
        if let Some(height) = height {
            out.push_str(&format!(",{height}"));
        }
        out.push(']');
        Ok(())
    };
    let positions =
        |places: std::ops::Range<usize>, out: &mut String| list(places, out, |at, out| position(at, out));
    // Where the lists of positions begin and end; one that is alone needs no end.
    let ends = geometry.ends().filter(|ends| !ends.is_empty());
    let lists = |out: &mut String| {
        let number = ends.map_or(usize::from(count > 0), |ends| ends.len());
        let end = |at: usize| ends.map_or(count, |ends| ends.get(at) as usize);
        list(0..number, out, |at, out| {
            let start = if at == 0 { 0 } else { end(at - 1) };
            if end(at) < start || end(at) > count {
                return Err(damaged("a part that ends behind the positions"));
            }
            positions(start..end(at), out)
        })
    };
    match kind {
        GeometryType::Point => position(0, out)?,
        GeometryType::LineString | GeometryType::MultiPoint => positions(0..count, out)?,
        GeometryType::Polygon | GeometryType::MultiLineString => lists(out)?,
        GeometryType::MultiPolygon => {
            let parts = geometry.parts().map_or(0, |parts| parts.len());
            list(0..parts, out, |at, out| {
                let part = geometry.parts().map(|parts| parts.get(at)).ok_or_else(|| damaged("no parts"))?;
                // Of the polygon only its rings are wanted.
                let mut text = String::new();
                write_geometry(&part, GeometryType::Polygon, has_z, depth + 1, &mut text)?;
                let rings = text.find(":[").and_then(|at| text.get(at + 1..text.len() - 1));
                out.push_str(rings.unwrap_or("[]"));
                Ok(())
            })?;
        }
        _ => {
            let parts = geometry.parts().map_or(0, |parts| parts.len());
            list(0..parts, out, |at, out| {
                let part = geometry.parts().map(|parts| parts.get(at)).ok_or_else(|| damaged("no parts"))?;
                write_geometry(&part, part.type_(), has_z, depth + 1, out)
            })?;
        }
    }
    out.push('}');
    Ok(())
}

/// Appends a list in brackets.
fn list(
    places: std::ops::Range<usize>,
    out: &mut String,
    mut each: impl FnMut(usize, &mut String) -> Result<(), Error>,
) -> Result<(), Error> {
    out.push('[');
    for (number, at) in places.enumerate() {
        if number > 0 {
            out.push(',');
        }
        each(at, out)?;
    }
    out.push(']');
    Ok(())
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
        let mut bytes = Vec::new();
        let mut held = 0;
        // Rows of much text are read fewer at a time.
        while batch.len() < most && held < most * 1024 {
            let blame = |error: Error| error.in_feature(self.number + 1).in_file(&self.name);
            if !self.pieces.next(&mut bytes).map_err(blame)? {
                break;
            }
            let feature = size_prefixed_root_as_feature(&bytes).map_err(|e| blame(damaged(e)))?;
            self.number += 1;
            held += bytes.len();
            match self.row(&feature) {
                Ok(mut row) => {
                    row.number = self.number;
                    batch.rows.push(row);
                }
                Err(error) => {
                    let error = error.in_feature(self.number).in_file(&self.name);
                    let mut text = String::new();
                    let mut row = Row::with_capacity(640, self.columns.len());
                    row.cells.resize(self.columns.len(), Cell::Null);
                    if let Some(properties) = feature.properties() {
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
