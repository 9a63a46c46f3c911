//! Rigorous bounds between chords and geodesics, by which a search may discard.
//!
//! With the greatest and the least radius of curvature of the ellipsoid, R = a^2/b and r = b^2/a, a
//! geodesic of length s over a chord c has `2R asin(c / 2R) <= s <= 2r asin(c / 2r)`.

use super::Ellipsoid;

const A: f64 = Ellipsoid::WGS84.semi_major_m;
const B: f64 = Ellipsoid::WGS84.semi_minor_m();
const GREATEST_RADIUS_M: f64 = A * A / B;

/// What rounding may cost, in metres; everything that bounds gives this much away.
pub(crate) const SLACK_M: f64 = 1e-6;

/// The longest chord under a geodesic of at most `distance_m`: what is farther by chord is farther.
pub(crate) fn chord_limit_m(distance_m: f64) -> f64 {
    let half_angle = (distance_m + SLACK_M) / (2.0 * GREATEST_RADIUS_M);
    if half_angle >= std::f64::consts::FRAC_PI_2 {
        return f64::INFINITY;
    }
    2.0 * GREATEST_RADIUS_M * half_angle.sin() + SLACK_M
}

/// The shortest geodesic over a chord of at least `chord_m`.
#[cfg(test)]
pub(crate) fn lower_bound_m(chord_m: f64) -> f64 {
    2.0 * GREATEST_RADIUS_M * (chord_m / (2.0 * GREATEST_RADIUS_M)).min(1.0).asin() - SLACK_M
}
