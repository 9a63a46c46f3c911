//! Bounds of long distances in a few steps, so that a search seldom needs Karney; never for answers.
//!
//! Thomas's series (1970, Spheroidal geodesics, reference systems, and local geometry), of second order in
//! the flattening, on the auxiliary sphere, where a point of the ellipsoid is its ECEF by the axes: but for
//! an arc sine without trigonometry. Near antipodes, where it fails, Karney's distance itself is the bound.

use super::distance::departure;
use super::ecef::{SurfacePoint, Vec3, norm2, sub};
use super::ellipsoid::karney_distance_m;
use super::{Ellipsoid, Position};

/// A distance from below and from above, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub low_m: f64,
    pub high_m: f64,
}

/// A position from which distances are bounded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FarPoint {
    position: Position,
    /// On the auxiliary sphere.
    unit: Vec3,
}

impl FarPoint {
    pub fn new(q: &SurfacePoint) -> Self {
        FarPoint { position: q.position, unit: on_sphere(q.ecef) }
    }

    /// The distance to a point that lies on the ellipsoid but for some micrometres; `position` is where.
    #[inline]
    pub fn bounds_to(&self, ecef: Vec3, position: impl FnOnce() -> Position) -> Bounds {
        // Within 500 km of the antipode.
        const NEAR_ANTIPODE: f64 = 0.0016;
        let unit = on_sphere(ecef);
        let sin2_half = 0.25 * norm2(sub(self.unit, unit));
        let cos2_half = 1.0 - sin2_half;
        let (distance_m, error_m) = if cos2_half > NEAR_ANTIPODE {
            // Three times what the test below finds at most, at any distance.
            let error_m = 0.04 + 0.4 * sin2_half * sin2_half / cos2_half;
            (thomas_m(self.unit[2], unit[2], sin2_half, cos2_half), error_m)
        } else {
            (karney_distance_m(self.position, position()), 1e-4)
        };
        Bounds { low_m: distance_m - error_m, high_m: distance_m + error_m }
    }
}

/// How far [`direction_nearly`] tells directions.
pub(crate) const DIRECTED_M: f64 = 14_000_000.0;

/// The unit direction at `here` of the geodesic to a point of the ellipsoid at about `distance_m`, in the tangent
/// plane, and how long the difference from the true one is at most; only within [`DIRECTED_M`].
///
/// The normal section turned as for short distances ([`departure`]), which far away is off as the fourth power.
#[inline]
pub(crate) fn direction_nearly(here: &SurfacePoint, to: Vec3, distance_m: f64) -> (Vec3, f64) {
    let towards = departure(here.normal, sub(to, here.ecef));
    let length = norm2(towards).sqrt();
    if length == 0.0 {
        return (towards, 0.0);
    }
    // Three times what the test below finds at most.
    let off = 1e-8 + 4.2e-7 * (1e-6 * distance_m).powi(4);
    (towards.map(|x| x / length), off)
}

#[inline]
fn on_sphere([x, y, z]: Vec3) -> Vec3 {
    const PER_A: f64 = 1.0 / Ellipsoid::WGS84.semi_major_m;
    const PER_B: f64 = 1.0 / Ellipsoid::WGS84.semi_minor_m();
    [x * PER_A, y * PER_A, z * PER_B]
}

/// By the sines of the reduced latitudes and the squared sine and cosine of half the arc between.
#[inline]
fn thomas_m(sin1: f64, sin2: f64, sin2_half: f64, cos2_half: f64) -> f64 {
    const A: f64 = Ellipsoid::WGS84.semi_major_m;
    const F: f64 = Ellipsoid::WGS84.flattening;
    let (sum, difference) = (sin1 + sin2, sin1 - sin2);
    let (u, v) = (0.5 * sum * sum / cos2_half, 0.5 * difference * difference / sin2_half);
    let (x, y) = (u + v, u - v);
    let sine = 2.0 * (sin2_half * cos2_half).sqrt();
    let t = 2.0 * sin2_half.sqrt().asin() / sine;
    let (d, e) = (4.0 * t * t, 2.0 * (cos2_half - sin2_half));
    let (a, b) = (d * e, 2.0 * d);
    let first = 0.25 * F * (t * x - y);
    let second = F * F / 64.0 * (x * (a + (t - 0.5 * (a - e)) * x) - y * (b + e * y) + d * x * y);
    A * sine * (t - first + second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::ecef::add_scaled;
    use crate::geodesy::ellipsoid::{direct, inverse};

    /// The error in parts of what is allowed: at all lengths from 400 km up, latitudes and azimuths.
    #[test]
    fn bounds_hold_and_have_room() {
        let mut worst: (f64, f64) = (0.0, 0.0);
        let lengths =
            (4..=195).map(|i| 1e5 * f64::from(i)).chain((0..30).map(|i| 1.95e7 + 1.6e4 * f64::from(i)));
        for (round, length_m) in lengths.enumerate() {
            for lat in 0..=36 {
                for azimuth in 0..36 {
                    // Not the same ones at each length.
                    let shift = 0.618 * round as f64 % 1.0;
                    let from = Position::wrapped(33.0, (2.5 * (f64::from(lat) + shift)).min(90.0));
                    let to = direct(from, 5.0 * (f64::from(azimuth) + shift), length_m).position;
                    let found = FarPoint::new(&SurfacePoint::new(from));
                    let Bounds { low_m, high_m } = found.bounds_to(SurfacePoint::new(to).ecef, || to);
                    let (middle_m, room_m) = (0.5 * (low_m + high_m), 0.5 * (high_m - low_m));
                    let part = (middle_m - karney_distance_m(from, to)).abs() / room_m;
                    worst = if part > worst.0 { (part, length_m) } else { worst };
                }
            }
        }
        assert!(worst.0 < 0.33, "{worst:?}");
    }

    /// As above, of directions: from 100 km up.
    #[test]
    fn directions_hold_and_have_room() {
        let mut worst: (f64, f64) = (0.0, 0.0);
        for round in 1..=140 {
            let length_m = 1e5 * f64::from(round);
            for lat in 0..=36 {
                for azimuth in 0..36 {
                    let shift = 0.618 * f64::from(round) % 1.0;
                    let from = Position::wrapped(33.0, (2.5 * (f64::from(lat) + shift)).min(90.0));
                    let path = direct(from, 5.0 * (f64::from(azimuth) + shift), length_m);
                    let [here, to] = [from, path.position].map(SurfacePoint::new);
                    let (east, north) = here.east_north();
                    let (sin, cos) = inverse(from, path.position).azimuth1_deg.to_radians().sin_cos();
                    let truth = add_scaled(east.map(|e| e * sin), cos, north);
                    let (found, off) = direction_nearly(&here, to.ecef, length_m);
                    let part = norm2(sub(found, truth)).sqrt() / off;
                    worst = if part > worst.0 { (part, length_m) } else { worst };
                }
            }
        }
        assert!(worst.0 < 0.36, "{worst:?}");
    }
}
