//! Stretches of routes as features and in tables.

use patrol_corridor::model::cut_at_antimeridian;
use patrol_corridor::{Error, PatrolArea, Place, io};
use serde::Serialize;

/// To 0.1 mm, as in an annotation.
pub fn rounded_m(metres: f64) -> f64 {
    (metres * 1e4).round() / 1e4
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
pub fn stretch_feature(
    area: &PatrolArea,
    route: usize,
    (from_m, to_m): (f64, f64),
    properties: &impl Serialize,
) -> Result<String, Error> {
    let mut lines = area.route_stretch(route, from_m, to_m);
    if lines.is_empty() {
        // A route without length is a place, and has one stretch.
        lines = area.routes()[route].parts().to_vec();
    }
    let lines = lines.iter().flat_map(|line| cut_at_antimeridian(line, area.edges())).collect();
    io::feature_text(&Place::Lines(lines), None, properties)
}

/// A length for a reader.
pub fn length_text(metres: f64) -> String {
    if metres < 1_000.0 { format!("{metres:.1} m") } else { format!("{:.3} km", metres / 1000.0) }
}

/// A place along a route for a reader.
pub fn km_text(metres: f64) -> String {
    format!("km {:.3}", metres / 1000.0)
}

/// A share for a reader; `-` of nothing.
pub fn share_text(part: f64, whole: f64) -> String {
    if whole > 0.0 { format!("{:.1} %", 100.0 * part / whole) } else { "-".to_owned() }
}
