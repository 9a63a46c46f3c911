//! Rigorous bounds between chords and geodesics, by which a search may discard.
//!
//! With the greatest and the least radius of curvature of the ellipsoid, R = a^2/b and r = b^2/a, a
//! geodesic of length s over a chord c has `2R asin(c / 2R) <= s <= 2r asin(c / 2r)`.

use super::Ellipsoid;

const A: f64 = Ellipsoid::WGS84.semi_major_m;
const B: f64 = Ellipsoid::WGS84.semi_minor_m();
const GREATEST_RADIUS_M: f64 = A * A / B;
const LEAST_RADIUS_M: f64 = B * B / A;

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

/// The longest chord under a geodesic that is at most `more_m` longer than one over `chord_m`.
pub(crate) fn chord_limit_beside_m(chord_m: f64, more_m: f64) -> f64 {
    let x = chord_m / (2.0 * LEAST_RADIUS_M);
    // Near by no sines: asin x <= x + 0.1668 x^3 for x <= 0.04, and no chord is longer than its geodesic.
    // At 500 km that is 130 m more than need be.
    if x <= 0.04 {
        return chord_m * (1.0 + 0.1668 * x * x) + more_m + SLACK_M;
    }
    if x >= 1.0 {
        return f64::INFINITY;
    }
    chord_limit_m(2.0 * LEAST_RADIUS_M * x.asin() + more_m + SLACK_M)
}

/// A chord that no geodesic of more than `distance_m` has: what is nearer by chord is nearer.
pub(crate) fn chord_within_m(distance_m: f64) -> f64 {
    let half_angle = (distance_m / (2.0 * LEAST_RADIUS_M)).min(std::f64::consts::FRAC_PI_2);
    2.0 * LEAST_RADIUS_M * half_angle.sin() - SLACK_M
}

/// The shortest geodesic over a chord of at least `chord_m`.
#[cfg(test)]
pub(crate) fn lower_bound_m(chord_m: f64) -> f64 {
    2.0 * GREATEST_RADIUS_M * (chord_m / (2.0 * GREATEST_RADIUS_M)).min(1.0).asin() - SLACK_M
}
