//! Stretches of routes as features and in tables.

use patrol_corridor::model::cut_at_antimeridian;
use patrol_corridor::number::{fixed, rounded};
use patrol_corridor::{Error, IncidentGeometry, PatrolIndex, io};
use serde::Serialize;

/// To 0.1 mm, as in an annotation.
pub fn rounded_m(metres: f64) -> f64 {
    rounded(metres, 4)
}

/// Where a stretch lies, for serde.
#[derive(Serialize)]
pub struct Along {
    from_m: f64,
    to_m: f64,
    length_m: f64,
}

impl Along {
    /// Of ends in metres along the route.
    pub fn new(from_m: f64, to_m: f64) -> Self {
        let (from_m, to_m) = (rounded_m(from_m), rounded_m(to_m));
        Along { from_m, to_m, length_m: rounded_m(to_m - from_m) }
    }
}

/// The feature of a stretch, cut at 180 degrees (RFC 7946 section 3.1.9).
pub fn interval_feature(
    index: &PatrolIndex,
    route: usize,
    (from_m, to_m): (f64, f64),
    properties: &impl Serialize,
) -> Result<String, Error> {
    let mut lines = index.route_interval(route, from_m, to_m);
    if lines.is_empty() {
        // A route without length is a place, and has one stretch.
        lines = index.routes()[route].parts().to_vec();
    }
    let lines = lines.iter().flat_map(|line| cut_at_antimeridian(line, index.edges())).collect();
    io::feature_text(&IncidentGeometry::Lines(lines), None, properties)
}

/// A length for a reader.
pub fn length_text(metres: f64) -> String {
    if metres < 1_000.0 { fixed(metres, 1) + " m" } else { fixed(metres / 1000.0, 3) + " km" }
}

/// An area for a reader.
pub fn area_text(km2: f64) -> String {
    fixed(km2, 3) + " km2"
}

/// To a square metre.
pub fn rounded_km2(km2: f64) -> f64 {
    rounded(km2, 6)
}

/// A place along a route for a reader.
pub fn km_text(metres: f64) -> String {
    format!("km {}", fixed(metres / 1000.0, 3))
}

/// A share for a reader; `-` of nothing.
pub fn share_text(part: f64, whole: f64) -> String {
    if whole > 0.0 { fixed(100.0 * part / whole, 1) + " %" } else { "-".to_owned() }
}

/// A number of incidents for a reader: whole, or with a decimal where some count by their shares.
pub fn count_text(count: f64) -> String {
    if (count - count.round()).abs() < 1e-9 { fixed(count, 0) } else { fixed(count, 1) }
}

/// A number of incidents as JSON: whole, or with decimals where some count by their shares.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Count {
    Whole(u64),
    Shares(f64),
}

impl Count {
    pub fn new(count: f64) -> Self {
        let count = rounded(count, 4);
        if count.fract() == 0.0 { Count::Whole(count as u64) } else { Count::Shares(count) }
    }
}
