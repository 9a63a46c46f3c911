//! The shapes of a `.shp`, record after record.

use std::fs::File;
use std::io::{BufReader, Read};

use super::rings;
use super::vertex::{Vertex, push_vertex, push_vertices};
use crate::Error;
use crate::io::file::limits::ReadLimits;
use crate::io::layer::shape::Shape;
use crate::memory;

/// What a record holds.
pub(super) enum Content {
    /// Text of GeoJSON, empty for a null shape.
    Shape { shape: Shape, geometry: String, has_measures: bool },
    /// Surfaces in space, which GeoJSON does not have.
    Multipatch,
}

/// The records of a `.shp`.
pub(super) struct Shp {
    input: BufReader<File>,
    /// How much of the file has not been read.
    left: u64,
    limits: ReadLimits,
    record: Vec<u8>,
}

/// Below this a measure or a height is none.
const NO_DATA: f64 = -1e38;

fn damaged(found: &str) -> Error {
    Error::input(format!("{found}: the .shp is damaged or cut short; copy it again"))
}

impl Shp {
    pub fn open(file: File, limits: &ReadLimits) -> Result<Self, Error> {
        let fail = |e| Error::io("read it", e);
        let bytes = file.metadata().map_err(fail)?.len();
        let mut input = BufReader::with_capacity(1 << 16, file);
        let mut head = Vec::new();
        input.by_ref().take(100).read_to_end(&mut head).map_err(fail)?;
        if head.len() < 100 || head[..4] != 9994_u32.to_be_bytes() {
            return Err(Error::input("no Shapefile, expected the .shp of one"));
        }
        let claimed = u64::from(big(&head, 24)) * 2;
        if claimed > bytes {
            let message = format!("{claimed} bytes by its header and {bytes} in all");
            return Err(damaged(&message));
        }
        // Writers that were stopped leave no size; what is behind the records of others is none.
        let end = if claimed > 100 { claimed } else { bytes };
        Ok(Shp { input, left: end - 100, limits: *limits, record: Vec::new() })
    }

    /// The next record; none at the end.
    pub fn read(&mut self) -> Result<Option<Content>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        let fail = |e| Error::io("read it", e);
        let mut head = [0; 8];
        if self.left < 8 {
            return Err(damaged("a record of less than 8 bytes"));
        }
        self.input.read_exact(&mut head).map_err(fail)?;
        self.left -= 8;
        let bytes = u64::from(big(&head, 4)) * 2;
        if bytes > self.left {
            return Err(damaged(&format!("a record of {bytes} bytes, and {} are left", self.left)));
        }
        let length = usize::try_from(bytes).unwrap_or(usize::MAX);
        self.limits.record("the shape", length)?;
        self.record.clear();
        self.record.try_reserve(length).map_err(|_| memory::no_room())?;
        self.input.by_ref().take(bytes).read_to_end(&mut self.record).map_err(fail)?;
        self.left -= bytes;
        if self.record.len() < length {
            return Err(damaged("a record that ends too early"));
        }
        content(&self.record).map(Some)
    }
}

fn big(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn content(record: &[u8]) -> Result<Content, Error> {
    let mut cursor = Cursor { rest: record };
    let kind = cursor.integer()?;
    let (flat, has_height, may_have_measures) = match kind {
        0 => return Ok(Content::Shape { shape: Shape::None, geometry: String::new(), has_measures: false }),
        31 => return Ok(Content::Multipatch),
        1 | 3 | 5 | 8 => (kind, false, false),
        11 | 13 | 15 | 18 => (kind - 10, true, true),
        21 | 23 | 25 | 28 => (kind - 20, false, true),
        kind => return Err(damaged(&format!("a shape of the type {kind}"))),
    };
    if flat == 1 {
        let place = [cursor.number()?, cursor.number()?];
        let height = if has_height { Some(cursor.number()?) } else { None };
        let has_measures = may_have_measures && cursor.number().is_ok_and(is_data);
        // Points without a place have none of both.
        if place.iter().all(|ordinate| ordinate.is_nan()) {
            return Ok(Content::Shape { shape: Shape::None, geometry: String::new(), has_measures });
        }
        let mut geometry = String::from("{\"type\":\"Point\",\"coordinates\":");
        push_vertex(&checked((place, height))?, &mut geometry);
        geometry.push('}');
        return Ok(Content::Shape { shape: Shape::Point, geometry, has_measures });
    }
    cursor.take(32)?;
    let part_count = if flat == 8 { 0 } else { cursor.count(4)? };
    let count = cursor.count(16)?;
    let starts = (0..part_count).map(|_| cursor.count(0)).collect::<Result<Vec<usize>, Error>>()?;
    let mut vertices: Vec<Vertex> = Vec::new();
    let places = cursor.take(count.saturating_mul(16))?;
    vertices.try_reserve_exact(count).map_err(|_| memory::no_room())?;
    for place in places.chunks_exact(16) {
        let mut place = Cursor { rest: place };
        vertices.push(([place.number()?, place.number()?], None));
    }
    if has_height {
        cursor.take(16)?;
        for vertex in &mut vertices {
            vertex.1 = Some(cursor.number()?);
        }
    }
    // Measures may be left out; so may what is between their least and largest and them.
    let has_measures = may_have_measures
        && cursor.take(16).is_ok()
        && (0..count).any(|_| cursor.number().is_ok_and(is_data));
    let vertices = vertices.into_iter().map(checked).collect::<Result<Vec<Vertex>, Error>>()?;
    let (shape, geometry) = match flat {
        8 => (Shape::Point, multipoint(&vertices)),
        _ => {
            let parts = parts(&starts, &vertices)?;
            if flat == 3 { (Shape::Line, lines(&parts)) } else { (Shape::Area, rings::polygons(&parts)?) }
        }
    };
    let shape = if geometry.is_empty() { Shape::None } else { shape };
    Ok(Content::Shape { shape, geometry, has_measures })
}

fn is_data(number: f64) -> bool {
    number.is_finite() && number > NO_DATA
}

/// A position whose numbers JSON can have; a height that is none is left out.
fn checked((place, height): Vertex) -> Result<Vertex, Error> {
    if place.iter().all(|ordinate| ordinate.is_finite()) {
        return Ok((place, height.filter(|&height| is_data(height))));
    }
    let message = format!(
        "the position {}, {}, expected finite numbers: repair the shape or take it out",
        place[0], place[1]
    );
    Err(Error::input(message))
}

/// The parts of a shape by where each begins.
fn parts<'v>(starts: &[usize], vertices: &'v [Vertex]) -> Result<Vec<&'v [Vertex]>, Error> {
    let ends = starts.iter().skip(1).copied().chain([vertices.len()]);
    let wrong = || damaged("parts that are not one behind the other");
    let parts = starts.iter().zip(ends).map(|(&start, end)| vertices.get(start..end).ok_or_else(wrong));
    let parts = parts.collect::<Result<Vec<_>, Error>>()?;
    Ok(parts.into_iter().filter(|part| !part.is_empty()).collect())
}

fn multipoint(vertices: &[Vertex]) -> String {
    if vertices.is_empty() {
        return String::new();
    }
    let mut out = String::from("{\"type\":\"MultiPoint\",\"coordinates\":");
    push_vertices(vertices, false, &mut out);
    out + "}"
}

fn lines(parts: &[&[Vertex]]) -> String {
    let mut out = match parts.len() {
        0 => return String::new(),
        1 => String::from("{\"type\":\"LineString\",\"coordinates\":"),
        _ => String::from("{\"type\":\"MultiLineString\",\"coordinates\":["),
    };
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_vertices(part, false, &mut out);
    }
    out + if parts.len() == 1 { "}" } else { "]}" }
}

/// The numbers of a record, in the order of Intel.
struct Cursor<'r> {
    rest: &'r [u8],
}

impl<'r> Cursor<'r> {
    fn take(&mut self, count: usize) -> Result<&'r [u8], Error> {
        let (taken, rest) =
            self.rest.split_at_checked(count).ok_or_else(|| damaged("a shape that ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn integer(&mut self) -> Result<i32, Error> {
        let bytes = self.take(4)?;
        Ok(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn number(&mut self) -> Result<f64, Error> {
        let bytes = self.take(8)?;
        bytes.try_into().map(f64::from_le_bytes).map_err(|_| damaged("a number that ends too early"))
    }

    /// A count of things of so many bytes each, no more than the rest of the record can hold.
    fn count(&mut self, bytes_each: usize) -> Result<usize, Error> {
        let count = self.integer()?;
        let fits = usize::try_from(count)
            .ok()
            .filter(|count| count.checked_mul(bytes_each).is_some_and(|bytes| bytes <= self.rest.len()));
        fits.ok_or_else(|| damaged(&format!("a count of {count} in a shape that has not so many")))
    }
}
