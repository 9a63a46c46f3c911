//! The tangent plane at a place: what lies there is nearly as far apart as on the ellipsoid, by a proven bound.
//!
//! Points fall onto the plane along its normal, so that curves stay cubics. In the plane two points are never farther apart
//! than on the ellipsoid. Nor are they much nearer: their chord rises by no more than the steepest tangent within
//! reach, and the geodesic is no longer than an arc over that chord on the smallest sphere that the ellipsoid is
//! curved as (see [`bound`](crate::geodesy::bound)).

use super::items::Item;
use crate::geodesy::Ellipsoid;
use crate::geodesy::ecef::{SurfacePoint, Vec3, dot, norm2, sub};

/// What is farther from its origin is not put into a plane.
const MOST_M: f64 = 500_000.0;

const LEAST_RADIUS_M: f64 =
    Ellipsoid::WGS84.semi_minor_m() * Ellipsoid::WGS84.semi_minor_m() / Ellipsoid::WGS84.semi_major_m;

/// Metres to the east and to the north.
pub(super) type Vec2 = [f64; 2];

#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    origin: Vec3,
    east: Vec3,
    north: Vec3,
}

/// A post, or a piece of a route, as a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flat {
    start: Vec2,
    along: Vec2,
    per_length2: f64,
    /// The piece is no farther from the segment.
    pub slack_m: f64,
}

impl Plane {
    pub fn new(at: &SurfacePoint) -> Self {
        let (east, north) = at.east_north();
        Plane { origin: at.ecef, east, north }
    }

    fn turned(&self, v: Vec3) -> Vec2 {
        [dot(v, self.east), dot(v, self.north)]
    }

    /// Items as they lie in the plane, and the part by which distances between anything that is no farther from the origin
    /// than they or `farthest_m` are longer on the ellipsoid at most; `None` where something is too far.
    pub fn flat<'i>(
        &self,
        items: impl Iterator<Item = &'i Item<'i>>,
        farthest_m: f64,
    ) -> Option<(Vec<Flat>, f64)> {
        let (mut flats, mut reach_m) = (Vec::new(), farthest_m);
        for item in items {
            let (flat, ends_m) = self.flat_of(item);
            reach_m = reach_m.max(ends_m);
            // What lies on the other side of the Earth seems near.
            if reach_m > MOST_M || norm2(sub(item.middle.ecef, self.origin)) > 4.0 * MOST_M * MOST_M {
                return None;
            }
            flats.push(flat);
        }
        // The tangents add half of this, the arc a sixth; what the terms of higher order add is less than the rest.
        let longer = 0.75 * (reach_m / LEAST_RADIUS_M).powi(2);
        (reach_m <= MOST_M).then_some((flats, longer))
    }

    fn flat_of(&self, item: &Item<'_>) -> (Flat, f64) {
        let Some(piece) = item.piece else {
            let start = self.turned(sub(item.middle.ecef, self.origin));
            let flat = Flat { start, along: [0.0; 2], per_length2: 0.0, slack_m: 1e-5 };
            return (flat, length(start));
        };
        let (start, end) = piece.curve.ends();
        let (bow, twist) = piece.curve.bends();
        let (start, along) = (self.turned(sub(start, self.origin)), self.turned(sub(end, start)));
        let slack_m = 0.25 * (length(self.turned(bow)) + 0.5 * length(self.turned(twist))) + 1e-5;
        let length2 = along[0] * along[0] + along[1] * along[1];
        let per_length2 = if length2 > 0.0 { 1.0 / length2 } else { 0.0 };
        let ends_m = length(start).max(length([start[0] + along[0], start[1] + along[1]])) + slack_m;
        (Flat { start, along, per_length2, slack_m }, ends_m)
    }
}

pub(super) fn length([x, y]: Vec2) -> f64 {
    (x * x + y * y).sqrt()
}

impl Flat {
    /// From a place to the segment.
    #[inline]
    pub fn distance_m(&self, q: Vec2) -> f64 {
        let (x, y) = (q[0] - self.start[0], q[1] - self.start[1]);
        let t = ((x * self.along[0] + y * self.along[1]) * self.per_length2).clamp(0.0, 1.0);
        length([x - t * self.along[0], y - t * self.along[1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{Position, direct, distance_m};

    #[test]
    fn distances_are_within_their_bound() {
        let mut rng = fastrand::Rng::with_seed(11);
        let mut worst = 0.0_f64;
        for _ in 0..40_000 {
            let origin = Position::wrapped(360.0 * rng.f64() - 180.0, 180.0 * rng.f64() - 90.0);
            let reach_m = MOST_M * 10.0_f64.powf(-4.0 * rng.f64());
            let plane = Plane::new(&SurfacePoint::new(origin));
            let mut point = || direct(origin, 360.0 * rng.f64(), reach_m * rng.f64().sqrt()).position;
            let (a, b) = (point(), point());
            let [p, q] = [a, b].map(|at| plane.turned(sub(SurfacePoint::new(at).ecef, plane.origin)));
            let in_plane_m = length([p[0] - q[0], p[1] - q[1]]);
            let longer = 0.75 * (length(p).max(length(q)) / LEAST_RADIUS_M).powi(2);
            let found_m = distance_m(a, b);
            assert!(in_plane_m <= found_m + 1e-6, "{a:?} {b:?}");
            assert!(found_m <= in_plane_m * (1.0 + longer) + 1e-6, "{a:?} {b:?}: {found_m} {in_plane_m}");
            worst = worst.max((found_m / in_plane_m - 1.0) / longer);
        }
        // It has room, and is worth something.
        assert!(worst > 0.3 && worst < 0.95, "{worst}");
    }
}
