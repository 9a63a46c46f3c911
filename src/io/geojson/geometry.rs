//! A geometry's raw text into a [`IncidentGeometry`]: types, nesting, numbers and ranges are checked on the way.
//!
//! One reader serves two masters: the layers stop at the first problem, `check` wants them all.

use crate::io::crs;
use crate::io::file::path::Path;
use crate::io::geojson::names;
use crate::io::json::raw::{self, BLANK, elements, kind_of, members, unquote};
use crate::{Error, IncidentGeometry, Position, Region};

/// How deep GeometryCollections may stand in each other.
pub(crate) const MAX_DEPTH: usize = 100;

/// Reads a geometry object or `null`. The byte of an error counts from the start of `base`, which
/// `text` is a slice of.
pub(crate) fn read(text: &str, base: &str, path: &Path<'_>) -> Result<IncidentGeometry, Error> {
    read_by(Reader::new(base, false), text, path)
}

/// Reads the geometry of an incident: one whose coordinates are `[]` is no geometry.
pub(crate) fn read_incident(text: &str, base: &str, path: &Path<'_>) -> Result<IncidentGeometry, Error> {
    read_by(Reader { allows_empty: true, ..Reader::new(base, false) }, text, path)
}

fn read_by(mut reader: Reader<'_>, text: &str, path: &Path<'_>) -> Result<IncidentGeometry, Error> {
    match reader.place(text, path, 0) {
        Some(place) if reader.problems.is_empty() => Ok(place),
        _ => Err(reader.problems.into_iter().next().unwrap_or_else(|| Error::input("unreadable geometry"))),
    }
}

fn is_empty_array(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start_matches(BLANK).starts_with(']'))
}

/// Reads geometries and gathers what is wrong with them.
pub(crate) struct Reader<'b> {
    base: &'b str,
    /// Go on behind a problem, and leave duplicated members and `crs` to the caller.
    thorough: bool,
    /// Takes `[]` for the coordinates of what has none, as RFC 7946 section 3.1 allows.
    allows_empty: bool,
    /// Coordinates are degrees on WGS84 (not so under a foreign `crs` that the caller tolerates).
    pub degrees: bool,
    /// What is wrong.
    pub problems: Vec<Error>,
    /// What is doubtful; gathered by a thorough reader only.
    pub warnings: Vec<Error>,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(base: &'b str, thorough: bool) -> Self {
        Reader {
            base,
            thorough,
            allows_empty: false,
            degrees: true,
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Notes a problem; `None` so that it can stand in for a value.
    #[cold]
    fn problem<T>(&mut self, at: &str, path: &Path<'_>, error: Error) -> Option<T> {
        self.problems.push(error.under(&path.to_string()).at_byte(raw::offset_in(self.base, at) as u64));
        None
    }

    #[cold]
    fn found<T>(&mut self, at: &str, path: &Path<'_>, expected: &str) -> Option<T> {
        self.problem(at, path, Error::input(format!("{}, expected {expected}", kind_of(at))))
    }

    /// The place that a geometry or `null` stands for; `None` where a problem was noted.
    pub(crate) fn place(&mut self, text: &str, path: &Path<'_>, depth: usize) -> Option<IncidentGeometry> {
        if text == "null" && depth == 0 {
            return Some(IncidentGeometry::None);
        }
        if !text.starts_with('{') {
            let expected = if depth == 0 { "a geometry object or null" } else { "a geometry object" };
            return self.found(text, path, expected);
        }
        let (mut kind, mut coordinates, mut geometries) = (None, None, None);
        let mut seen = names::Seen::default();
        for member in members(text) {
            if !self.thorough {
                if seen.again(&member.key) {
                    let error = names::duplicate(&member.key);
                    return self.problem(member.key_text, path, error);
                }
                if member.key == "crs"
                    && let Err(error) = crs::check(member.value)
                {
                    return self.problem(member.value, &path.key("crs"), error);
                }
            }
            match &*member.key {
                "type" => kind = Some(member.value),
                "coordinates" => coordinates = Some(member.value),
                "geometries" => geometries = Some(member.value),
                _ => {}
            }
        }
        let Some(kind_text) = kind else {
            let error = Error::input("a geometry without `type`, expected one of the seven geometry types");
            return self.problem(text, path, error);
        };
        if !raw::is_string(kind_text) {
            return self.found(kind_text, &path.key("type"), "a geometry type, a string");
        }
        let kind = unquote(kind_text);
        if kind == "GeometryCollection" {
            return self.collection(text, geometries, path, depth);
        }
        if !names::GEOMETRY_TYPES.contains(&&*kind) {
            let error = names::unknown_type(&kind, &names::GEOMETRY_TYPES, "a geometry type");
            return self.problem(kind_text, &path.key("type"), error);
        }
        let Some(coordinates) = coordinates else {
            let error = Error::input(format!("a {kind} without `coordinates`, expected an array"));
            return self.problem(text, path, error);
        };
        let path = &path.key("coordinates");
        match &*kind {
            "Point" | "LineString" if self.allows_empty && is_empty_array(coordinates) => {
                // Within a collection it is a part like any other.
                Some(if depth == 0 {
                    IncidentGeometry::None
                } else {
                    IncidentGeometry::MultiPoint(Vec::new())
                })
            }
            "Point" => self.position(coordinates, path).map(IncidentGeometry::Point),
            "MultiPoint" => self.list(coordinates, path, Self::position).map(IncidentGeometry::MultiPoint),
            "LineString" => self.line(coordinates, path).map(|line| IncidentGeometry::Lines(vec![line])),
            "MultiLineString" => self.list(coordinates, path, Self::line).map(IncidentGeometry::Lines),
            "Polygon" => {
                let rings = self.list(coordinates, path, Self::ring)?;
                self.region(coordinates, path, vec![rings])
            }
            _ => {
                let polygons =
                    self.list(coordinates, path, |reader, text, path| reader.list(text, path, Self::ring))?;
                self.region(coordinates, path, polygons)
            }
        }
    }

    fn collection(
        &mut self,
        text: &str,
        geometries: Option<&str>,
        path: &Path<'_>,
        depth: usize,
    ) -> Option<IncidentGeometry> {
        let Some(geometries) = geometries else {
            let error = Error::input("a GeometryCollection without `geometries`, expected an array");
            return self.problem(text, path, error);
        };
        let path = path.key("geometries");
        if depth >= MAX_DEPTH {
            let error = Error::input(format!(
                "GeometryCollections nested more than {MAX_DEPTH} deep, expected fewer: flatten them"
            ));
            return self.problem(geometries, &path, error);
        }
        self.list(geometries, &path, |reader, text, path| reader.place(text, path, depth + 1))
            .map(IncidentGeometry::Collection)
    }

    /// The items of an array. A thorough reader reads on behind a bad one, and then has no list.
    fn list<T>(
        &mut self,
        text: &str,
        path: &Path<'_>,
        mut item: impl FnMut(&mut Self, &str, &Path<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        if !text.starts_with('[') {
            return self.found(text, path, "an array");
        }
        let mut items = Vec::new();
        let mut whole = true;
        for (i, element) in elements(text).enumerate() {
            match item(self, element, &path.index(i)) {
                Some(item) => items.push(item),
                None if self.thorough => whole = false,
                None => return None,
            }
        }
        whole.then_some(items)
    }

    fn line(&mut self, text: &str, path: &Path<'_>) -> Option<Vec<Position>> {
        let line = self.list(text, path, Self::position)?;
        if line.len() < 2 {
            let error = format!("a line of {} position(s), expected at least 2", line.len());
            return self.problem(text, path, Error::input(error));
        }
        Some(line)
    }

    fn ring(&mut self, text: &str, path: &Path<'_>) -> Option<Vec<Position>> {
        let ring = self.list(text, path, Self::position)?;
        let error = if ring.len() < 4 {
            format!("a ring of {} position(s), expected at least 4", ring.len())
        } else if ring.first() != ring.last() {
            "a ring that is not closed, expected its last position to be its first".into()
        } else {
            // Heights are not read: a layer is the same without them.
            if self.thorough && !is_closed_in_height(text) {
                let error = "the last position of the ring has another height than the first; RFC 7946 (section 3.1.6) asks \
                             for identical values. Make them equal";
                self.problem::<()>(text, path, Error::input(error));
            }
            return Some(ring);
        };
        self.problem(text, path, Error::input(error))
    }

    fn region(
        &mut self,
        text: &str,
        path: &Path<'_>,
        polygons: Vec<Vec<Vec<Position>>>,
    ) -> Option<IncidentGeometry> {
        match Region::from_polygons(polygons) {
            Ok(region) => Some(IncidentGeometry::Region(region)),
            Err(error) => self.problem(text, path, error),
        }
    }

    /// Two or more numbers; heights and what follows them play no part, but must be numbers.
    #[inline]
    pub(crate) fn position(&mut self, text: &str, path: &Path<'_>) -> Option<Position> {
        if !text.starts_with('[') {
            return self.found(text, path, "a position, [longitude, latitude]");
        }
        let mut lon_lat = [0.0; 2];
        let mut count = 0;
        for element in elements(text) {
            if !raw::is_number(element) {
                return self.found(element, &path.index(count), "a number");
            }
            // Rust's own parser rounds correctly; what is too large for a double becomes infinite.
            let number = match element.parse::<f64>() {
                Ok(number) if number.is_finite() => number,
                _ => {
                    let error = Error::input(format!("{element}, expected a number that a double holds"));
                    return self.problem(element, &path.index(count), error);
                }
            };
            if let Some(slot) = lon_lat.get_mut(count) {
                *slot = number;
            }
            count += 1;
        }
        if count < 2 {
            let error = format!("a position of {count} number(s), expected longitude and latitude");
            return self.problem(text, path, Error::input(error));
        }
        if count > 3 && self.thorough {
            let error = Error::input(format!(
                "a position of {count} numbers, expected 2 or 3 (RFC 7946 section 3.1.1): \
                 those behind the height are ignored"
            ));
            let at = raw::offset_in(self.base, text) as u64;
            self.warnings.push(error.under(&path.to_string()).at_byte(at));
        }
        if !self.degrees {
            return Some(Position::wrapped(lon_lat[0], lon_lat[1]));
        }
        match Position::from_lon_lat(lon_lat[0], lon_lat[1]) {
            Ok(position) => {
                if self.thorough && (position.lon_deg(), position.lat_deg()) != (lon_lat[0], lon_lat[1]) {
                    let (lon, lat) = (position.lon_deg(), position.lat_deg());
                    let message = format!(
                        "a position beyond the range by less than 1e-9 degrees, read as {lon}, {lat}"
                    );
                    let at = raw::offset_in(self.base, text) as u64;
                    self.warnings.push(Error::input(message).under(&path.to_string()).at_byte(at));
                }
                Some(position)
            }
            Err(error) => self.problem(text, path, error),
        }
    }
}

/// Returns `true` if the last position of a ring has the values of its first one behind longitude and latitude, too.
fn is_closed_in_height(ring: &str) -> bool {
    let values = |position: Option<&str>| -> Vec<f64> {
        let values = position.into_iter().flat_map(elements).skip(2);
        values.filter_map(|value| value.parse().ok()).collect()
    };
    values(elements(ring).next()) == values(elements(ring).last())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        read(text, text, &Path::ROOT.key("geometry")).unwrap_err().to_string()
    }

    #[test]
    fn numbers_are_rounded_correctly() {
        // georust/geojson issue 208: a reader without correct rounding is off by one bit here.
        let text = r#"{"type":"Point","coordinates":[51.24817837550540_4,0.1]}"#.replace('_', "");
        let Ok(IncidentGeometry::Point(position)) = read(&text, &text, &Path::ROOT) else { panic!("{text}") };
        assert_eq!(position.lon_deg().to_bits(), 51.248178375505404_f64.to_bits());
    }

    #[test]
    fn a_problem_names_its_path() {
        assert_eq!(
            fault(r#"{"type":"Point","coordinates":["46.1","39.8"]}"#),
            "geometry.coordinates[0], byte 31: a string, expected a number"
        );
        assert!(
            fault(r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#)
                .starts_with("geometry.coordinates[0], byte 33: a ring that is not closed")
        );
        assert!(fault(r#"{"type":"LineString","coordinates":[[46.8,39],[46,140.2]]}"#).contains(
            "geometry.coordinates[1], byte 46: latitude 140.2 is out of range: are the coordinates"
        ));
        assert!(fault(r#"{"type":"Point","coordinates":[1e999,0]}"#).contains("1e999"));
        assert!(fault(r#"{"type":"point","coordinates":[1,0]}"#).contains("expected `Point`"));
        assert!(fault(r#"{"type":"Point","coordinates":[1,0],"type":"Point"}"#).contains("twice"));
    }

    #[test]
    fn collections_have_a_bottom() {
        let nested = |depth: usize| {
            format!(
                "{}{{\"type\":\"Point\",\"coordinates\":[1,2]}}{}",
                "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(depth),
                "]}".repeat(depth)
            )
        };
        let text = nested(MAX_DEPTH);
        assert!(read(&text, &text, &Path::ROOT).is_ok());
        assert!(fault(&nested(MAX_DEPTH + 1)).contains("nested more than 100 deep"));
        assert!(fault(&nested(5000)).contains("nested more than 100 deep"));
        let deep =
            format!("{{\"type\":\"Polygon\",\"coordinates\":{}{}}}", "[".repeat(9999), "]".repeat(9999));
        assert!(fault(&deep).contains("an array, expected a number"));
    }
}
