//! Geometries as well-known binary and back, and what is lost on the way.
//!
//! ISO WKB, little-endian, of two or three ordinates is written; big-endian, measures and the flags of
//! EWKB are read too. Nesting is bounded in both directions.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::geometry::MAX_DEPTH;
use super::names::GEOMETRY_TYPES;
use super::raw::{elements, members, unquote};
use super::table::{Encode, Geometry, Row};
use crate::{Error, Place};

/// The types by their codes, which count from 1.
const KINDS: [&str; 7] =
    ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"];

const _: () = assert!(KINDS.len() == GEOMETRY_TYPES.len());

/// What the geometries that were written are, and what of them could not be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// A type each, with ` Z` where it has heights.
    pub kinds: BTreeSet<String>,
    /// West, south, east, north of all positions.
    pub extent: Option<[f64; 4]>,
    /// What has no place in WKB.
    pub lost: BTreeSet<String>,
}

impl Tally {
    /// Takes in what another thread has gathered.
    pub fn add(&mut self, other: Tally) {
        self.kinds.extend(other.kinds);
        self.lost.extend(other.lost);
        if let Some([west, south, east, north]) = other.extent {
            self.reach(west, south);
            self.reach(east, north);
        }
    }

    fn reach(&mut self, lon: f64, lat: f64) {
        let [west, south, east, north] = self.extent.get_or_insert([lon, lat, lon, lat]);
        (*west, *south) = (west.min(lon), south.min(lat));
        (*east, *north) = (east.max(lon), north.max(lat));
    }

    fn lose(&mut self, what: &str) {
        if !self.lost.contains(what) {
            self.lost.insert(what.to_owned());
        }
    }

    fn meet(&mut self, kind: &str, high: bool) {
        let kind = if high { format!("{kind} Z") } else { kind.to_owned() };
        self.kinds.insert(kind);
    }
}

/// Appends the geometry of a row; `false` where it has none.
pub(crate) fn write(row: &Row, out: &mut Vec<u8>, tally: &mut Tally) -> bool {
    match (row.geometry, &row.place) {
        (Geometry::None, _) => return false,
        (Geometry::Point { .. }, Place::Point(position)) => {
            let (lon, lat) = (position.lon_deg(), position.lat_deg());
            head(1, false, out);
            out.extend(lon.to_le_bytes());
            out.extend(lat.to_le_bytes());
            tally.reach(lon, lat);
            if !tally.kinds.contains("Point") {
                tally.meet("Point", false);
            }
        }
        _ => {
            let mut text = String::new();
            row.write_geometry(&mut text);
            let high = has_height(&text);
            if let Some(kind) = geometry(&text, high, out, tally) {
                tally.meet(KINDS[kind as usize - 1], high);
            }
        }
    }
    true
}

/// Appends rows' geometries, each behind its length, which is `u32::MAX` for none: what a thread does by
/// itself. [`parts`] takes them apart again.
fn write_all(rows: &[Row], out: &mut Vec<u8>, tally: &mut Tally) {
    for row in rows {
        let start = out.len();
        out.extend(u32::MAX.to_le_bytes());
        if write(row, out, tally) {
            let length = u32::try_from(out.len() - start - 4).unwrap_or(u32::MAX - 1);
            out[start..start + 4].copy_from_slice(&length.to_le_bytes());
        }
    }
}

/// [`write_all`] as the encoder of a sink.
pub(crate) fn encoder(tally: &Arc<Mutex<Tally>>) -> Encode {
    let tally = Arc::clone(tally);
    Box::new(move |rows, out| {
        let mut own = Tally::default();
        write_all(rows, out, &mut own);
        tally.lock().unwrap_or_else(PoisonError::into_inner).add(own);
    })
}

/// What has been gathered by now.
pub(crate) fn gathered(tally: &Mutex<Tally>) -> Tally {
    tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The geometries that [`write_all`] wrote.
pub(crate) fn parts(mut bytes: &[u8]) -> impl Iterator<Item = Option<&[u8]>> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length);
        if length == u32::MAX {
            bytes = rest;
            return Some(None);
        }
        let (part, rest) = rest.split_at_checked(length as usize)?;
        bytes = rest;
        Some(Some(part))
    })
}

/// The code of a type by its name.
#[cfg(feature = "flatgeobuf")]
pub(crate) fn code(name: &str) -> u32 {
    KINDS.iter().position(|kind| *kind == name).map_or(0, |at| at as u32 + 1)
}

/// The name of a type by its code.
#[cfg(feature = "flatgeobuf")]
pub(crate) fn name(code: u32) -> Option<&'static str> {
    KINDS.get((code as usize).checked_sub(1)?).copied()
}

/// The member that holds the positions or parts of a type.
#[cfg(feature = "flatgeobuf")]
pub(crate) fn member(name: &str) -> &'static str {
    if name == "GeometryCollection" { "geometries" } else { "coordinates" }
}

fn head(kind: u32, high: bool, out: &mut Vec<u8>) {
    out.push(1);
    out.extend((kind + if high { 1000 } else { 0 }).to_le_bytes());
}

/// The type's code, and the member that holds its positions or parts.
fn inside(text: &str) -> Option<(u32, &str)> {
    let (mut kind, mut coordinates, mut geometries) = (None, None, None);
    for member in members(text) {
        match &*member.key {
            "type" => kind = KINDS.iter().position(|name| *name == unquote(member.value)),
            "coordinates" => coordinates = Some(member.value),
            "geometries" => geometries = Some(member.value),
            _ => {}
        }
    }
    let kind = kind? as u32 + 1;
    Some((kind, if kind == 7 { geometries? } else { coordinates? }))
}

/// How deep the positions of a type lie in arrays.
fn depth(kind: u32) -> usize {
    match kind {
        1 => 0,
        2 | 4 => 1,
        3 | 5 => 2,
        _ => 3,
    }
}

fn has_height(text: &str) -> bool {
    fn positions(text: &str, depth: usize) -> bool {
        match depth {
            0 => elements(text).nth(2).is_some(),
            _ => elements(text).any(|text| positions(text, depth - 1)),
        }
    }
    match inside(text) {
        Some((7, parts)) => elements(parts).any(has_height),
        Some((kind, coordinates)) => positions(coordinates, depth(kind)),
        None => false,
    }
}

/// Appends a geometry that has been read before, and so is a valid one; gives its type.
fn geometry(text: &str, high: bool, out: &mut Vec<u8>, tally: &mut Tally) -> Option<u32> {
    let (kind, value) = inside(text)?;
    let own = if kind == 7 { "geometries" } else { "coordinates" };
    for member in members(text).filter(|member| member.key != "type" && member.key != own) {
        // An accepted `crs` is the one that is written.
        if member.key != "crs" {
            tally.lose(&format!("`{}` of geometries", member.key));
        }
    }
    head(kind, high, out);
    match kind {
        7 => list(value, out, &mut |part, out| {
            geometry(part, high, out, tally);
        }),
        kind => body(kind, value, high, out, tally),
    }
    Some(kind)
}

fn body(kind: u32, text: &str, high: bool, out: &mut Vec<u8>, tally: &mut Tally) {
    match kind {
        1 => position(text, high, out, tally),
        2 => list(text, out, &mut |text, out| position(text, high, out, tally)),
        3 => list(text, out, &mut |ring, out| body(2, ring, high, out, tally)),
        several => list(text, out, &mut |part, out| {
            head(several - 3, high, out);
            body(several - 3, part, high, out, tally);
        }),
    }
}

fn list(text: &str, out: &mut Vec<u8>, each: &mut dyn FnMut(&str, &mut Vec<u8>)) {
    let at = out.len();
    out.extend([0; 4]);
    let mut count = 0_u32;
    for element in elements(text) {
        each(element, out);
        count += 1;
    }
    out[at..at + 4].copy_from_slice(&count.to_le_bytes());
}

fn position(text: &str, high: bool, out: &mut Vec<u8>, tally: &mut Tally) {
    let mut numbers = elements(text);
    let mut next = || numbers.next().and_then(|text| text.parse::<f64>().ok());
    let (lon, lat) = (next().unwrap_or(f64::NAN), next().unwrap_or(f64::NAN));
    out.extend(lon.to_le_bytes());
    out.extend(lat.to_le_bytes());
    tally.reach(lon, lat);
    if high {
        // What has no height among others that have one.
        out.extend(next().unwrap_or(f64::NAN).to_le_bytes());
    }
    if next().is_some() {
        tally.lose("ordinates behind the third");
    }
}

/// What WKB turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// A Point of no position.
    Empty,
    /// A geometry, whose text was appended; with measures, which GeoJSON does not have.
    Whole { measured: bool },
}

/// Appends a geometry as GeoJSON.
pub(crate) fn read(bytes: &[u8], out: &mut String) -> Result<Read, Error> {
    let mut reader = Reader { rest: bytes, measured: false };
    let start = out.len();
    if reader.geometry(None, 0, out)? {
        return Ok(Read::Whole { measured: reader.measured });
    }
    out.truncate(start);
    Ok(Read::Empty)
}

struct Reader<'b> {
    rest: &'b [u8],
    measured: bool,
}

/// How the numbers of a geometry stand.
#[derive(Clone, Copy)]
struct Layout {
    little: bool,
    high: bool,
    measured: bool,
}

fn wrong(found: &str) -> Error {
    Error::input(format!("found {found}, expected a geometry in WKB"))
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (first, rest) =
            self.rest.split_first_chunk::<N>().ok_or_else(|| wrong("a geometry that ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    fn count(&mut self, little: bool) -> Result<u32, Error> {
        let bytes = self.take()?;
        Ok(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn number(&mut self, little: bool) -> Result<f64, Error> {
        let bytes = self.take()?;
        Ok(if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// The type and what its numbers look like; a part of a `Multi...` must be of the type `expected`.
    fn head(&mut self, expected: Option<u32>) -> Result<(u32, Layout), Error> {
        let little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            [other] => return Err(wrong(&format!("the byte order {other}"))),
        };
        let code = self.count(little)?;
        let (flags, code) = (code >> 29, code & 0x1FFF_FFFF);
        if flags & 1 != 0 {
            // The spatial reference system of EWKB: what the file says of it counts.
            self.take::<4>()?;
        }
        let (dims, kind) = (code / 1000, code % 1000);
        if dims > 3 || !(1..=7).contains(&kind) || expected.is_some_and(|expected| kind != expected) {
            return Err(wrong(&format!("the geometry type {code}")));
        }
        let high = flags & 4 != 0 || dims & 1 != 0;
        let measured = flags & 2 != 0 || dims & 2 != 0;
        self.measured |= measured;
        Ok((kind, Layout { little, high, measured }))
    }

    /// Appends a geometry; `false` where it is a Point without a position.
    fn geometry(&mut self, expected: Option<u32>, depth: usize, out: &mut String) -> Result<bool, Error> {
        let (kind, layout) = self.head(expected)?;
        if depth > MAX_DEPTH {
            return Err(wrong("collections in collections, too deep"));
        }
        out.push_str("{\"type\":\"");
        out.push_str(KINDS[kind as usize - 1]);
        out.push_str(if kind == 7 { "\",\"geometries\":" } else { "\",\"coordinates\":" });
        let mut whole = true;
        match kind {
            7 => self.list(layout, out, &mut |reader, out| match reader.geometry(None, depth + 1, out)? {
                true => Ok(()),
                false => Err(wrong("an empty Point in a collection")),
            })?,
            1 => whole = self.position(layout, out)?,
            kind => self.body(kind, layout, out)?,
        }
        out.push('}');
        Ok(whole)
    }

    fn body(&mut self, kind: u32, layout: Layout, out: &mut String) -> Result<(), Error> {
        match kind {
            1 => match self.position(layout, out)? {
                true => Ok(()),
                false => Err(wrong("an empty Point in a geometry")),
            },
            2 => self.list(layout, out, &mut |reader, out| reader.body(1, layout, out)),
            3 => self.list(layout, out, &mut |reader, out| reader.body(2, layout, out)),
            several => self.list(layout, out, &mut |reader, out| {
                let (kind, layout) = reader.head(Some(several - 3))?;
                reader.body(kind, layout, out)
            }),
        }
    }

    fn list(
        &mut self,
        layout: Layout,
        out: &mut String,
        each: &mut dyn FnMut(&mut Self, &mut String) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let count = self.count(layout.little)?;
        out.push('[');
        for at in 0..count {
            if at > 0 {
                out.push(',');
            }
            each(self, out)?;
        }
        out.push(']');
        Ok(())
    }

    /// Appends a position; `false` where it is none.
    fn position(&mut self, layout: Layout, out: &mut String) -> Result<bool, Error> {
        let (lon, lat) = (self.number(layout.little)?, self.number(layout.little)?);
        let height = if layout.high { Some(self.number(layout.little)?) } else { None };
        if layout.measured {
            self.number(layout.little)?;
        }
        if lon.is_nan() && lat.is_nan() {
            return Ok(false);
        }
        if !lon.is_finite() || !lat.is_finite() || height.is_some_and(f64::is_infinite) {
            return Err(wrong("a position that is not finite"));
        }
        out.push_str(&format!("[{lon},{lat}"));
        if let Some(height) = height.filter(|height| !height.is_nan()) {
            out.push_str(&format!(",{height}"));
        }
        out.push(']');
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there(text: &str) -> (Vec<u8>, Tally) {
        let mut row = Row::with_capacity(0, 0);
        row.geometry = Geometry::Json(row.keep(text));
        let (mut bytes, mut tally) = (Vec::new(), Tally::default());
        assert!(write(&row, &mut bytes, &mut tally));
        (bytes, tally)
    }

    fn back(bytes: &[u8]) -> Result<String, Error> {
        let mut out = String::new();
        read(bytes, &mut out).map(|_| out)
    }

    #[test]
    fn every_type_comes_back() {
        for text in [
            r#"{"type":"Point","coordinates":[1.5,2]}"#,
            r#"{"type":"Point","coordinates":[1,2,3.25]}"#,
            r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],[]]}"#,
            r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#,
            r#"{"type":"MultiPoint","coordinates":[]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[1,2,3],[3,4,5]],[]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]},{"type":"Point","coordinates":[1,2]}]}"#,
        ] {
            let (bytes, tally) = there(text);
            assert_eq!(back(&bytes).unwrap(), text);
            assert!(tally.lost.is_empty());
            for cut in 0..bytes.len() {
                assert!(back(&bytes[..cut]).is_err(), "{text} {cut}");
            }
        }
    }

    #[test]
    fn what_is_lost_is_gathered() {
        let text = r#"{"type":"GeometryCollection","bbox":[1,2,3,4],"geometries":[
            {"type":"LineString","x":1,"coordinates":[[1,2,3,4],[3,4]]}]}"#;
        let (bytes, tally) = there(text);
        assert_eq!(tally.lost.len(), 3, "{:?}", tally.lost);
        assert_eq!(tally.extent, Some([1.0, 2.0, 3.0, 4.0]));
        assert_eq!(tally.kinds.into_iter().collect::<Vec<_>>(), ["GeometryCollection Z"]);
        assert!(back(&bytes).unwrap().contains("[[1,2,3],[3,4]]"));
    }

    #[test]
    fn other_spellings_are_read_and_depth_is_bounded() {
        let be = |code: u32, numbers: &[f64]| {
            let mut bytes = vec![0];
            bytes.extend(code.to_be_bytes());
            numbers.iter().for_each(|number| bytes.extend(number.to_be_bytes()));
            bytes
        };
        let point = |ordinates: &str| format!("{{\"type\":\"Point\",\"coordinates\":[{ordinates}]}}");
        assert_eq!(back(&be(3001, &[1.0, 2.0, 3.0, 4.0])).unwrap(), point("1,2,3"));
        assert_eq!(back(&be(0x4000_0001, &[1.0, 2.0, 4.0])).unwrap(), point("1,2"));
        assert_eq!(back(&be(0x8000_0001, &[1.0, 2.0, f64::NAN])).unwrap(), point("1,2"));
        let mut out = String::new();
        let empty = read(&be(1001, &[f64::NAN; 3]), &mut out).unwrap();
        assert_eq!((empty, &*out), (Read::Empty, ""));
        assert!(back(&be(1, &[f64::INFINITY, 1.0])).is_err());
        let mut deep = [0, 0, 0, 0, 7, 0, 0, 0, 1].repeat(100_000);
        deep.extend([0, 0, 0, 0, 7, 0, 0, 0, 0]);
        assert!(back(&deep).unwrap_err().to_string().contains("too deep"));
    }
}
