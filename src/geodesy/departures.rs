//! Where the geodesics from one place lead: many of them, by steps on the surface.

use super::ecef::{SurfacePoint, Vec3, add_scaled, dot, position_of, sin_cos_deg};
use super::{Ellipsoid, Position, direct};

const A: f64 = Ellipsoid::WGS84.semi_major_m;
const B: f64 = Ellipsoid::WGS84.semi_minor_m();
const INVERSE_SQUARES: Vec3 = [1.0 / (A * A), 1.0 / (A * A), 1.0 / (B * B)];

/// The longest step: the method of Runge and Kutta of fourth order then errs by some 2e-8 m.
const STEP_M: f64 = 20_000.0;

/// Beyond it Karney's solution is as fast.
const FARTHEST_M: f64 = 500_000.0;

/// The geodesics from a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Departures {
    from: SurfacePoint,
    east: Vec3,
    north: Vec3,
}

impl Departures {
    pub fn new(from: Position) -> Self {
        let from = SurfacePoint::new(from);
        let (east, north) = from.east_north();
        Departures { from, east, north }
    }

    /// Where one of them is after so many metres: within a micrometre of [`direct`], by a third of its work.
    pub fn end(&self, azimuth_deg: f64, distance_m: f64) -> Position {
        match self.near(azimuth_deg, distance_m) {
            Some((at, _)) => position_of(at),
            None => direct(self.from.position, azimuth_deg, distance_m).position,
        }
    }

    /// Where it is and where it heads, in ECEF; `None` beyond 500 km.
    pub fn near(&self, azimuth_deg: f64, distance_m: f64) -> Option<(Vec3, Vec3)> {
        if distance_m.abs() > FARTHEST_M {
            return None;
        }
        let (sin, cos) = sin_cos_deg(azimuth_deg);
        let steps = (distance_m.abs() / STEP_M).ceil().max(1.0);
        let step_m = distance_m / steps;
        let mut at = self.from.ecef;
        let mut heading: Vec3 = std::array::from_fn(|i| sin * self.east[i] + cos * self.north[i]);
        for _ in 0..steps as u32 {
            (at, heading) = advanced(at, heading, step_m);
        }
        Some((at, heading))
    }
}

/// How the heading of a geodesic turns: along the normal, as much as the surface curves under it.
fn turn(at: Vec3, heading: Vec3) -> Vec3 {
    let normal: Vec3 = std::array::from_fn(|i| at[i] * INVERSE_SQUARES[i]);
    let bend: Vec3 = std::array::from_fn(|i| heading[i] * INVERSE_SQUARES[i]);
    let per_normal = -dot(heading, bend) / dot(normal, normal);
    normal.map(|part| per_normal * part)
}

fn advanced(at: Vec3, heading: Vec3, step_m: f64) -> (Vec3, Vec3) {
    let half_m = 0.5 * step_m;
    let first = turn(at, heading);
    let heading_2 = add_scaled(heading, half_m, first);
    let second = turn(add_scaled(at, half_m, heading), heading_2);
    let heading_3 = add_scaled(heading, half_m, second);
    let third = turn(add_scaled(at, half_m, heading_2), heading_3);
    let heading_4 = add_scaled(heading, step_m, third);
    let fourth = turn(add_scaled(at, step_m, heading_3), heading_4);
    let sixth_m = step_m / 6.0;
    let sum = |a: Vec3, b: Vec3, c: Vec3, d: Vec3| -> Vec3 {
        std::array::from_fn(|i| a[i] + 2.0 * (b[i] + c[i]) + d[i])
    };
    (
        add_scaled(at, sixth_m, sum(heading, heading_2, heading_3, heading_4)),
        add_scaled(heading, sixth_m, sum(first, second, third, fourth)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::ecef::{norm2, sub};

    #[test]
    fn ends_are_those_of_karney() {
        let mut rng = fastrand::Rng::with_seed(11);
        for i in 0..20_000 {
            let lat = match i % 4 {
                0 => 90.0 - 10.0_f64.powf(-6.0 * rng.f64()),
                1 => 1e-6 * rng.f64(),
                _ => 180.0 * rng.f64() - 90.0,
            };
            let from = Position::wrapped(360.0 * rng.f64(), lat);
            let (azimuth_deg, distance_m) = (720.0 * rng.f64() - 360.0, 10.0_f64.powf(5.7 * rng.f64()));
            let found = Departures::new(from).end(azimuth_deg, distance_m);
            let expected = direct(from, azimuth_deg, distance_m).position;
            let apart_m = norm2(sub(SurfacePoint::new(found).ecef, SurfacePoint::new(expected).ecef)).sqrt();
            let most_m = if distance_m <= STEP_M { 1e-7 } else { 1e-6 };
            assert!(apart_m <= most_m, "{from:?} {azimuth_deg} {distance_m}: {apart_m}");
        }
        let pole = Position::wrapped(30.0, 90.0);
        let (found, expected) = (Departures::new(pole).end(150.0, 1e5), direct(pole, 150.0, 1e5).position);
        assert!((found.lon_deg() - expected.lon_deg()).abs() < 1e-9, "{found:?} {expected:?}");
    }
}
