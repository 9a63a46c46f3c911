//! Geometries in a cell of a table of text: WKT, WKB in hexadecimal digits, GeoJSON.

use std::fmt::Write;

use wkt::Wkt;
use wkt::types::{Coord, LineString, Polygon};

use crate::io::geojson::geometry::MAX_DEPTH;
use crate::io::table::column::Column;
use crate::io::table::no_position::NoPosition;
use crate::io::table::row::{Geometry, Row};
use crate::io::table::wkb_read::{self, Read};
use crate::text::shown;
use crate::{Error, IncidentGeometry};

/// The usual names of such a column, in lower case.
const NAMES: [&str; 9] =
    ["geometry", "geom", "the_geom", "wkt", "wkt_geom", "wkb", "wkb_geometry", "shape", "geometry_geojson"];

/// The place of the column that holds geometries as text.
pub(crate) fn find(columns: &[Column]) -> Option<usize> {
    let is_usual = |column: &Column| NAMES.contains(&&*column.name.trim().to_lowercase());
    columns.iter().position(is_usual)
}

/// Takes the place of a row from a cell that holds a geometry as text; `name` is its column.
///
/// # Errors
/// Where it is no geometry, or out of range.
pub(crate) fn locate(row: &mut Row, column: usize, name: &str) -> Result<(), Error> {
    let cell = row.plain(row.cells[column]);
    if cell.trim().is_empty() {
        row.no_position = Some(NoPosition::NothingReported);
        return Ok(());
    }
    let mut text = String::new();
    let found = read(cell, &mut text);
    row.incident_geometry = found.map_err(|error| error.under(&format!("column `{name}`")))?;
    match row.incident_geometry {
        IncidentGeometry::None => row.no_position = Some(NoPosition::EmptyGeometry),
        _ => row.geometry = Geometry::Json(row.keep(&text)),
    }
    Ok(())
}

/// Reads a cell, which is not blank; its geometry is appended as GeoJSON where it has one.
///
/// # Errors
/// Where it is none of the three, in another coordinate reference system than WGS84, or out of range.
fn read(cell: &str, out: &mut String) -> Result<IncidentGeometry, Error> {
    let (cell, start) = (cell.trim(), out.len());
    if cell.starts_with('{') {
        crate::io::validate(cell)?;
        out.push_str(cell);
    } else if let Some(bytes) = hexadecimal(cell) {
        if let Some(system) = wkb_read::system(&bytes).filter(|system| !matches!(system, 0 | 4326)) {
            return Err(in_other_system(&system.to_string()));
        }
        if wkb_read::read_whole(&bytes, out)? == Read::Empty {
            return Ok(IncidentGeometry::None);
        }
    } else {
        let geometry = of_wkt(cell)?;
        if !write(geometry, out) {
            out.truncate(start);
            return Ok(IncidentGeometry::None);
        }
    }
    let text = &out[start..];
    crate::io::geojson::geometry::read_incident(text, text, &crate::io::file::path::Path::ROOT)
}

/// The bytes of hexadecimal digits, which begin with the order of WKB.
fn hexadecimal(cell: &str) -> Option<Vec<u8>> {
    if !(cell.starts_with("00") || cell.starts_with("01")) || cell.len() % 2 == 1 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = cell.as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()).collect()
}

fn of_wkt(cell: &str) -> Result<Wkt<f64>, Error> {
    // EWKT names its system.
    let (system, text) = match cell.split_once(';') {
        Some((head, text)) => {
            (head.trim().to_ascii_uppercase().strip_prefix("SRID=").map(str::to_owned), text)
        }
        None => (None, cell),
    };
    let text = if system.is_some() { text.trim() } else { cell };
    if let Some(system) = system.filter(|system| !matches!(system.trim(), "4326" | "0")) {
        return Err(in_other_system(&shown(&system)));
    }
    let refused = |why: &str| {
        Error::input(format!("`{}`, expected a geometry as WKT, WKB or GeoJSON ({why})", shown(cell)))
    };
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                // The reader of WKT leaves what follows.
                if depth == 0 && at + 1 < text.len() {
                    return Err(refused("text behind the geometry"));
                }
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Error::input(format!("a geometry nested deeper than {MAX_DEPTH} times")));
        }
    }
    text.parse().map_err(refused)
}

fn in_other_system(system: &str) -> Error {
    Error::input(format!("a geometry in EPSG:{system}, expected longitude and latitude"))
}

/// Appends a geometry as GeoJSON; false where it has no position.
fn write(geometry: Wkt<f64>, out: &mut String) -> bool {
    let begin = |kind: &str, out: &mut String| {
        let _ = write!(out, "{{\"type\":\"{kind}\",\"coordinates\":");
    };
    let has_any = match geometry {
        Wkt::Point(point) => {
            begin("Point", out);
            let coord = point.into_inner().0;
            coord.iter().for_each(|coord| write_coord(coord, out));
            coord.is_some()
        }
        Wkt::LineString(line) => {
            begin("LineString", out);
            write_line(line, out)
        }
        Wkt::Polygon(polygon) => {
            begin("Polygon", out);
            write_polygon(polygon, out)
        }
        Wkt::MultiPoint(points) => {
            begin("MultiPoint", out);
            let points = points.into_inner().0.into_iter().filter_map(|point| point.into_inner().0);
            write_list(points, out, |coord, out| {
                write_coord(&coord, out);
                true
            })
        }
        Wkt::MultiLineString(lines) => {
            begin("MultiLineString", out);
            write_list(lines.into_inner().0, out, write_line)
        }
        Wkt::MultiPolygon(polygons) => {
            begin("MultiPolygon", out);
            write_list(polygons.into_inner().0, out, write_polygon)
        }
        Wkt::GeometryCollection(geometries) => {
            out.push_str("{\"type\":\"GeometryCollection\",\"geometries\":");
            write_list(geometries.into_inner().0, out, write)
        }
    };
    out.push('}');
    has_any
}

/// Appends an array; true where one of its items has a position.
fn write_list<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut String,
    write: impl Fn(T, &mut String) -> bool,
) -> bool {
    let mut has_any = false;
    out.push('[');
    for (n, item) in items.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        has_any |= write(item, out);
    }
    out.push(']');
    has_any
}

fn write_line(line: LineString<f64>, out: &mut String) -> bool {
    write_list(line.into_inner().0, out, |coord, out| {
        write_coord(&coord, out);
        true
    })
}

fn write_polygon(polygon: Polygon<f64>, out: &mut String) -> bool {
    write_list(polygon.into_inner().0, out, write_line)
}

/// Longitude, latitude and, if the coordinate has one, the height. GeoJSON has no measures.
fn write_coord(coord: &Coord<f64>, out: &mut String) {
    let _ = match coord.z {
        Some(z) => write!(out, "[{},{},{z}]", coord.x, coord.y),
        None => write!(out, "[{},{}]", coord.x, coord.y),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ways_to_write_a_geometry() {
        for (cell, expected) in [
            ("POINT (38.71 -3.035)", r#"{"type":"Point","coordinates":[38.71,-3.035]}"#),
            ("SRID=4326;POINT(38.71 -3.035)", r#"{"type":"Point","coordinates":[38.71,-3.035]}"#),
            ("point z (1 2 3)", r#"{"type":"Point","coordinates":[1,2,3]}"#),
            ("MULTIPOINT ((1 2), (3 4))", r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#),
            ("LINESTRING (1 2, 3 4)", r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
            (
                "POLYGON ((0 0, 1 0, 1 1, 0 0))",
                r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
            ),
            (
                "GEOMETRYCOLLECTION (POINT (1 2))",
                r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
            ),
            ("0101000000000000000000F03F0000000000000040", r#"{"type":"Point","coordinates":[1,2]}"#),
            (r#"{"type":"Point","coordinates":[1.0,2]}"#, r#"{"type":"Point","coordinates":[1.0,2]}"#),
            ("POINT EMPTY", ""),
            ("MULTIPOINT EMPTY", ""),
        ] {
            let mut text = String::new();
            let geometry = read(cell, &mut text).unwrap_or_else(|error| panic!("{cell}: {error}"));
            assert_eq!(text, expected, "{cell}");
            assert_eq!(expected.is_empty(), matches!(geometry, IncidentGeometry::None), "{cell}");
        }
    }

    #[test]
    fn what_is_no_geometry_is_refused() {
        let deep = "GEOMETRYCOLLECTION(".repeat(200_000);
        for (cell, word) in [
            ("near the bridge", "expected a geometry"),
            ("POINT (38.71)", "expected a geometry"),
            ("SRID=32637;POINT (1 2)", "EPSG:32637"),
            ("EPSG:3857;POINT(1 2)", "expected a geometry"),
            ("POINT(38.1 48.2) POINT(38.2 48.2)", "text behind the geometry"),
            ("POINT(38.1 48.2);POINT(38.2 48.2)", "expected a geometry"),
            ("0101000020bc100000cdcccccccc0c43409a99999999194840", "EPSG:4284"),
            ("0101000000000000000000F03F000000000000004000", "bytes behind"),
            ("POINT (38.71 -93)", "out of range"),
            ("010100000000000000", "expected a geometry"),
            ("{\"type\":\"Point\"", "JSON"),
            (&deep, "nested deeper"),
        ] {
            let error = read(cell, &mut String::new()).unwrap_err().to_string();
            assert!(error.contains(word), "{cell:.40}: {error}");
        }
    }
}
