//! Geometries as well-known binary, and what is lost on the way.
//!
//! ISO WKB, little-endian, of two or three ordinates; a position without a height among others that have one
//! gets NaN.

use std::collections::BTreeSet;
#[cfg(any(feature = "geopackage", feature = "parquet"))]
use std::sync::{Mutex, PoisonError};

use crate::IncidentGeometry;
use crate::io::geojson::names::GEOMETRY_TYPES;
use crate::io::json::raw::{elements, members, unquote};
use crate::io::table::row::{Geometry, Row};
use crate::io::table::wkb_kinds::KINDS;

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
    match (row.geometry, &row.incident_geometry) {
        (Geometry::None, _) => return false,
        (Geometry::Point { .. }, IncidentGeometry::Point(position)) => {
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

/// Appends what `write` does of rows, each behind its length, which is `u32::MAX` where it returns `false`: what a thread
/// does by itself. [`parts`] takes them apart again.
#[cfg(any(feature = "geopackage", feature = "parquet"))]
pub(crate) fn write_framed(
    rows: &[Row],
    out: &mut Vec<u8>,
    mut write: impl FnMut(&Row, &mut Vec<u8>) -> bool,
) {
    for row in rows {
        let start = out.len();
        out.extend(u32::MAX.to_le_bytes());
        if write(row, out) {
            let length = u32::try_from(out.len() - start - 4).unwrap_or(u32::MAX - 1);
            out[start..start + 4].copy_from_slice(&length.to_le_bytes());
        }
    }
}

/// Geometries as the encoder of a sink.
#[cfg(feature = "parquet")]
pub(crate) fn encoder(tally: &std::sync::Arc<Mutex<Tally>>) -> crate::io::table::row::Encode {
    let tally = std::sync::Arc::clone(tally);
    Box::new(move |rows, out| {
        let mut own = Tally::default();
        write_framed(rows, out, |row, out| write(row, out, &mut own));
        gather(&tally, own);
    })
}

/// Takes in what a thread has gathered.
#[cfg(any(feature = "geopackage", feature = "parquet"))]
pub(crate) fn gather(tally: &Mutex<Tally>, own: Tally) {
    tally.lock().unwrap_or_else(PoisonError::into_inner).add(own);
}

/// What has been gathered by now.
#[cfg(any(feature = "geopackage", feature = "parquet"))]
pub(crate) fn gathered(tally: &Mutex<Tally>) -> Tally {
    tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What [`write_framed`] wrote.
#[cfg(any(feature = "geopackage", feature = "parquet"))]
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
