//! How far on the ground a step in longitude and latitude leads.

use super::Ellipsoid;

/// As [`planar_velocity`], by the sine and cosine of the latitude.
#[inline]
pub(crate) fn velocity_at((sin_lat, cos_lat): (f64, f64), dlon: f64, dlat: f64) -> (f64, f64) {
    const A: f64 = Ellipsoid::WGS84.semi_major_m;
    const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();
    let w2 = 1.0 - E2 * sin_lat * sin_lat;
    let n = A / w2.sqrt();
    (n * cos_lat * dlon.to_radians(), n * (1.0 - E2) / w2 * dlat.to_radians())
}
