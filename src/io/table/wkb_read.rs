//! Well-known binary as GeoJSON: ISO and EWKB, of either byte order; nesting is bounded.

use crate::Error;
use crate::io::geojson::geometry::MAX_DEPTH;
use crate::io::table::wkb_kinds::KINDS;

/// What WKB turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// A Point of no position.
    Empty,
    /// A geometry, whose text was appended; with measures, which GeoJSON does not have.
    Whole { measured: bool },
}

/// Appends a geometry as GeoJSON.
#[cfg(any(feature = "parquet", feature = "geopackage", all(test, feature = "flatgeobuf")))]
pub(crate) fn read(bytes: &[u8], out: &mut String) -> Result<Read, Error> {
    let mut reader = Reader { rest: bytes, measured: false };
    let start = out.len();
    if reader.geometry(None, 0, out)? {
        return Ok(Read::Whole { measured: reader.measured });
    }
    out.truncate(start);
    Ok(Read::Empty)
}

/// As [`read`], where nothing may follow.
#[cfg(feature = "tables")]
pub(crate) fn read_whole(bytes: &[u8], out: &mut String) -> Result<Read, Error> {
    let mut reader = Reader { rest: bytes, measured: false };
    let start = out.len();
    let is_whole = reader.geometry(None, 0, out)?;
    if !reader.rest.is_empty() {
        return Err(wrong("bytes behind the geometry"));
    }
    if is_whole {
        return Ok(Read::Whole { measured: reader.measured });
    }
    out.truncate(start);
    Ok(Read::Empty)
}

/// The system that EWKB names.
#[cfg(feature = "tables")]
pub(crate) fn system(bytes: &[u8]) -> Option<u32> {
    const WITH_SYSTEM: u32 = 0x2000_0000;
    let (order, rest) = bytes.split_first()?;
    let (kind, rest) = rest.split_first_chunk()?;
    let number =
        |four: [u8; 4]| if *order == 1 { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    (number(*kind) & WITH_SYSTEM != 0).then(|| rest.first_chunk().map(|four| number(*four))).flatten()
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
    Error::input(format!("{found}, expected a geometry in WKB"))
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

#[cfg(all(test, any(feature = "flatgeobuf", feature = "geopackage", feature = "parquet")))]
mod tests {
    use super::*;
    use crate::io::table::row::{Geometry, Row};
    use crate::io::table::wkb::{Tally, write};

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
