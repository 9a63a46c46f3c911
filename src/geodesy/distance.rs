//! Geodesic distance and azimuth: a short-range series on ECEF chords, Karney's inverse beyond it.
//!
//! The series: with the chord `d` between two points of the ellipsoid, `c = |d|` and the mean normal
//! curvature `k` along it, the geodesic is as long as the circular arc over that chord,
//! `s = c (1 + (kc)^2/24 + 3 (kc)^4/640 + 5 (kc)^6/7168)`. `k` is 0.6 of the normals' change along the
//! chord and 0.4 of the section's curvature at its middle. The largest error against Karney is
//! 1.4e-6 m at 500 km (`tests/suite/oracles/geodesics.rs` sweeps it); it grows fast beyond, so Karney takes over.

use super::ecef::{SurfacePoint, Vec3, add_scaled, cross, dot, norm2, section_curvature, sub};
use super::ellipsoid::{compass, inverse, karney_distance_m};
use super::{Ellipsoid, Position};

/// The chord up to which the series serves distances.
pub(crate) const SERIES_CHORD_M: f64 = 500_000.0;

/// The chord up to which the normals' change alone tells the curvature: what the section adds is less
/// than 1e-9 m there.
const ENDS_CHORD_M: f64 = 20_000.0;

/// The chord up to which directions come from the normal section and a correction: off by 4e-10 rad at
/// most there, which moves a foot on a line by 0.1 mm.
pub(crate) const SECTION_CHORD_M: f64 = 220_000.0;

/// The length of the geodesic between two positions on WGS84, in metres.
///
/// Exact to 2 micrometres at every range: faster than [`inverse`](super::inverse) up to 500 km, and
/// the same beyond.
///
/// ```
/// use patrol_corridor::{Position, geodesy};
/// let suva = Position::from_lon_lat(178.4417, -18.1416)?;
/// let apia = Position::from_lon_lat(-171.7667, -13.8333)?;
/// assert!((geodesy::distance_m(suva, apia) - 1_151_071.95).abs() < 0.1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn distance_m(from: Position, to: Position) -> f64 {
    surface_distance_m(&SurfacePoint::new(from), &SurfacePoint::new(to))
}

/// As [`distance_m`], of points that are prepared.
#[inline]
pub(crate) fn surface_distance_m(p: &SurfacePoint, q: &SurfacePoint) -> f64 {
    let chord = sub(q.ecef, p.ecef);
    if norm2(chord) > SERIES_CHORD_M * SERIES_CHORD_M {
        return karney_distance_m(p.position, q.position);
    }
    series_m((p.ecef, p.normal), (q.ecef, q.normal))
}

/// The series, of two points of the ellipsoid with their normals; only within [`SERIES_CHORD_M`].
#[inline(always)]
pub(crate) fn series_m((p, p_normal): (Vec3, Vec3), (q, q_normal): (Vec3, Vec3)) -> f64 {
    let chord = sub(q, p);
    let c2 = norm2(chord);
    if c2 == 0.0 {
        return 0.0;
    }
    let ends = dot(sub(q_normal, p_normal), chord) / c2;
    let k = if c2 < ENDS_CHORD_M * ENDS_CHORD_M {
        ends
    } else {
        0.6 * ends + 0.4 * section_curvature(add_scaled(p, 0.5, chord), chord, c2)
    };
    let x = k * k * c2;
    c2.sqrt() * (1.0 + x * (1.0 / 24.0 + x * (3.0 / 640.0 + x * (5.0 / 7168.0))))
}

/// The direction in which the geodesic from `at` (with its normal) over `chord` sets out: a vector in the
/// tangent plane, about as long as the chord; only within [`SECTION_CHORD_M`].
///
/// The normal section turned by its small angle to the geodesic, Rapp 1991, Geometric Geodesy I,
/// section 4.2: `(eta^2/6) (s/N)^2 sin A (cos A - tan(lat) (s/N) / 4)` with `eta = e' cos(lat)`, and with
/// the next order of the first term, `1 + eta^2 cos^2 A`, found and checked by a fit to Karney.
/// All terms are written so that nothing is singular at a pole.
#[inline]
pub(crate) fn departure(normal: Vec3, chord: Vec3) -> Vec3 {
    const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();
    const EP2: f64 = E2 / (1.0 - E2);
    const A2: f64 = Ellipsoid::WGS84.semi_major_m * Ellipsoid::WGS84.semi_major_m;
    let flat = add_scaled(chord, -dot(chord, normal), normal);
    let [nx, ny, sin_lat] = normal;
    // 1 / N^2, and the parts of the chord to the east and to the north times cos(lat) / N
    let per_n2 = (1.0 - E2 * sin_lat * sin_lat) / A2;
    let s2 = norm2(flat) * per_n2;
    if s2 == 0.0 {
        return flat;
    }
    let per_n = per_n2.sqrt();
    let east = (nx * chord[1] - ny * chord[0]) * per_n;
    let north = ((nx * nx + ny * ny) * chord[2] - sin_lat * (nx * chord[0] + ny * chord[1])) * per_n;
    let bend = 1.0 + EP2 * north * north / s2;
    let turn = EP2 / 6.0 * bend * east * (north - 0.25 * sin_lat * s2);
    add_scaled(flat, turn, cross(normal, flat))
}

/// The azimuth at `from` of the geodesic to `to`, degrees clockwise from north, 0 <= x < 360: to
/// 3e-8 degrees, but for the 4 nm to which positions are known.
pub(crate) fn azimuth_deg(from: &SurfacePoint, to: &SurfacePoint) -> f64 {
    let chord = sub(to.ecef, from.ecef);
    if norm2(chord) > SECTION_CHORD_M * SECTION_CHORD_M {
        return inverse(from.position, to.position).azimuth1_deg;
    }
    let (east, north) = from.east_north();
    let flat = departure(from.normal, chord);
    compass(dot(flat, east).atan2(dot(flat, north)).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::ellipsoid::direct;

    /// The series against Karney, about the chord from which on the section counts as well.
    #[test]
    fn short_distances_are_exact() {
        for (length_m, most_m) in [(1.0, 5e-9), (1e3, 5e-9), (1e4, 5e-9), (19_990.0, 5e-9), (20_010.0, 5e-9)]
        {
            for lat in 0..=178 {
                for azimuth in 0..72 {
                    let from = Position::wrapped(33.0, 0.5 * f64::from(lat));
                    let to = direct(from, 5.0 * f64::from(azimuth), length_m).position;
                    let error_m = distance_m(from, to) - karney_distance_m(from, to);
                    assert!(error_m.abs() < most_m, "{from:?} {to:?} {length_m}: {error_m:e}");
                }
            }
        }
    }
}
