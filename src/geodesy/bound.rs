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
#[inline]
pub(crate) fn chord_limit_beside_m(chord_m: f64, more_m: f64) -> f64 {
    const PER_DIAMETER: f64 = 0.5 / LEAST_RADIUS_M;
    let x = chord_m * PER_DIAMETER;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Position;
    use crate::geodesy::ecef::{SurfacePoint, norm2, sub};
    use crate::geodesy::ellipsoid::{direct, inverse, karney_distance_m};

    /// Chords and geodesics of all lengths, directions and latitudes.
    fn pairs() -> impl Iterator<Item = (f64, f64)> {
        (0..=45).flat_map(|i| (0..24).map(move |j| (2.0 * f64::from(i), 15.0 * f64::from(j)))).flat_map(
            |(lat_deg, azimuth_deg)| {
                [1e-3, 1.0, 1e3, 1e5, 4e5, 6e5, 2e6, 5e6, 1e7, 1.5e7, 1.99e7, 2.0e7].map(|length_m| {
                    let from = Position::wrapped(10.0, lat_deg);
                    let to = direct(from, azimuth_deg, length_m).position;
                    let chord2 = norm2(sub(SurfacePoint::new(from).ecef, SurfacePoint::new(to).ecef));
                    (chord2.sqrt(), karney_distance_m(from, to))
                })
            },
        )
    }

    #[test]
    fn limits_hold() {
        for (chord_m, distance_m) in pairs() {
            assert!(chord_m <= chord_limit_m(distance_m), "{chord_m} {distance_m}");
            assert!(chord_within_m(distance_m) <= chord_m, "{chord_m} {distance_m}");
            // Another of a shorter geodesic can't have a longer chord than this.
            let limit_m = chord_limit_beside_m(chord_m, 0.0);
            assert!(chord_limit_m(distance_m) <= limit_m + 2.0 * SLACK_M, "{chord_m} {distance_m} {limit_m}");
        }
    }

    /// The bound is one: everywhere, along meridians and the equator, and near the antipode.
    #[test]
    fn no_chord_is_longer_than_its_limit() {
        let mut rng = fastrand::Rng::with_seed(7);
        for i in 0..60_000 {
            let (lon, lat) = (rng.f64() * 360.0 - 180.0, rng.f64() * 180.0 - 90.0);
            let (lon2, lat2) = match i % 3 {
                0 => (rng.f64() * 360.0 - 180.0, rng.f64() * 180.0 - 90.0),
                1 => (
                    lon + (rng.f64() - 0.5) * 10.0_f64.powf(-6.0 * rng.f64()),
                    lat * (1.0 - 1e-4 * rng.f64()),
                ),
                _ => (lon + 180.0 + (rng.f64() - 0.5), -lat * (1.0 - 1e-2 * rng.f64())),
            };
            let (p, q) = (Position::wrapped(lon, lat), Position::wrapped(lon2, lat2));
            let chord_m = norm2(sub(SurfacePoint::new(p).ecef, SurfacePoint::new(q).ecef)).sqrt();
            let distance_m = inverse(p, q).distance_m;
            assert!(chord_m <= chord_limit_m(distance_m), "{p:?} {q:?}: {chord_m} over {distance_m}");
            // And it is worth something: 0.3 % at most is given away within a quarter of the way around.
            assert!(distance_m > 1e7 || chord_limit_m(distance_m) < chord_m * 1.003 + 2e-6, "{p:?} {q:?}");
        }
    }
}
