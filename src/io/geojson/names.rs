//! The names that GeoJSON gives a meaning (RFC 7946 sections 1.4 and 7.1).

use crate::Error;

/// The geometry types.
pub(crate) const GEOMETRY_TYPES: [&str; 7] =
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/// The types that a record of its own may have.
pub(crate) const RECORD_TYPES: [&str; 8] = [
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// The members that may stand only once in an object.
const MEMBERS: [&str; 9] =
    ["type", "features", "geometry", "properties", "coordinates", "geometries", "id", "bbox", "crs"];

/// The GeoJSON members that an object has had so far.
#[derive(Debug, Default)]
pub(crate) struct Seen(u16);

impl Seen {
    /// True where `key` is a GeoJSON member that the object has had before.
    #[inline]
    pub(crate) fn again(&mut self, key: &str) -> bool {
        let Some(place) = MEMBERS.iter().position(|&member| member == key) else { return false };
        let bit = 1 << place;
        let again = self.0 & bit != 0;
        self.0 |= bit;
        again
    }
}

/// A GeoJSON member that stands twice.
pub(crate) fn duplicate(key: &str) -> Error {
    Error::input(format!("`{key}` twice in one object, expected it once: remove one"))
}

/// A type that is none of `known`; a mere slip of case is told.
pub(crate) fn unknown_type(found: &str, known: &[&str], expected: &str) -> Error {
    match known.iter().find(|known| known.eq_ignore_ascii_case(found)) {
        Some(known) => Error::input(format!("the type `{found}`, expected `{known}`: case counts")),
        None => Error::input(format!("the type `{found}`, expected {expected}")),
    }
}
