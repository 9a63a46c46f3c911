//! The types of geometries in well-known binary.

/// The types by their codes, which count from 1.
pub(crate) const KINDS: [&str; 7] =
    ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"];
