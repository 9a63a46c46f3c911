//! The nearest point of a piece from far away, by Karney's geodesics.

use std::cell::Cell;

use super::{Closest, Curve, root};
use crate::geodesy::distance::SERIES_CHORD_M;
use crate::geodesy::ecef::{SurfacePoint, add_scaled, dot, norm2, sub};
use crate::geodesy::ellipsoid::{inverse, karney_distance_m};
use crate::geodesy::far::{Bounds, FarPoint};

impl Curve {
    /// The least distance that the piece may have by those of its ends.
    #[inline]
    pub fn lowest_m(&self, from: Bounds, to: Bounds) -> f64 {
        lowest(from.low_m, to.low_m, self.greatest_bend_m(from.low_m))
    }

    /// No point of it is nearer than this, by a bound that costs little.
    pub fn low_m(&self, q: &SurfacePoint, far: &FarPoint) -> f64 {
        let (start, end) = self.ends();
        // No geodesic is shorter than its chord.
        let by_chord_m = norm2(sub(start, q.ecef)).sqrt() - self.length_m - 1e-3;
        if by_chord_m <= SERIES_CHORD_M {
            return by_chord_m;
        }
        self.lowest_m(far.bounds_to(start, || self.position(0.0)), far.bounds_to(end, || self.position(1.0)))
    }

    /// At most the second derivative by `t` of the distance from a position that is at least `far_m`, some
    /// hundreds of kilometres, away from the start.
    ///
    /// On a surface that bends like a ball, distances grow less than on the plane: by 1/r along a straight
    /// line across, and by the bend of the line itself.
    #[inline]
    fn greatest_bend_m(&self, far_m: f64) -> f64 {
        // Of bow and twist: at most their sum, and more than either.
        let bend = self.curvature * self.chord2;
        let speed = self.chord2.sqrt() + bend;
        1.001 * speed * speed / (far_m - self.length_m).max(1.0) + bend
    }

    /// The nearest point by Karney's geodesics. Along a curve the distance is convex up to a quarter of
    /// the way around the Earth and concave beyond, so that on a piece the signs of its slope at the ends
    /// tell whether there is a minimum between them. Where bounds tell as much, Karney is not asked.
    pub(super) fn closest_far(&self, q: &SurfacePoint, limit_m: f64) -> Closest {
        let (far, (start, end)) = (FarPoint::new(q), self.ends());
        let from = far.bounds_to(start, || self.position(0.0));
        let to = far.bounds_to(end, || self.position(1.0));
        if self.lowest_m(from, to) > limit_m {
            return Closest { t: 0.0, distance_m: from.high_m };
        }
        let half = 0.5 * self.greatest_bend_m(from.low_m);
        for (t, grows) in [(0.0, to.low_m - from.high_m), (1.0, from.low_m - to.high_m)] {
            // Faster than the curve can bend back.
            if grows > half {
                return Closest { t, distance_m: karney_distance_m(self.position(t), q.position) };
            }
        }
        let probe = |t: f64| -> (f64, f64) {
            let here = self.surface(t);
            let path = inverse(here.position, q.position);
            let (east, north) = here.east_north();
            let (sin, cos) = path.azimuth1_deg.to_radians().sin_cos();
            let direction = add_scaled(east.map(|e| e * sin), cos, north);
            (path.distance_m, -dot(self.tangent(t, &here), direction))
        };
        let (d0, mut s0) = probe(0.0);
        let mut best = Closest { t: 0.0, distance_m: d0 };
        // Where the curve itself turns within the piece (a planar edge close to a pole), look closer.
        let steps = if self.curvature * self.length_m > 0.05 { 16 } else { 1 };
        let mut t0 = 0.0;
        for i in 1..=steps {
            let t1 = f64::from(i) / f64::from(steps);
            let (d1, s1) = probe(t1);
            let mut consider = |t: f64, distance_m: f64| {
                if distance_m < best.distance_m {
                    best = Closest { t, distance_m };
                }
            };
            consider(t1, d1);
            if s0 < 0.0 && s1 > 0.0 {
                let found = Cell::new((0.0, 0.0));
                let slope = |t: f64| {
                    let (distance_m, slope) = probe(t);
                    found.set((t, distance_m));
                    slope
                };
                // The last that it tries is what it gives.
                root(&slope, (t0, s0), (t1, s1), 1e-7 / self.length_m);
                consider(found.get().0, found.get().1);
            }
            (t0, s0) = (t1, s1);
        }
        best
    }
}

/// The least that a function may be which is at least `from` at 0 and `to` at 1 and whose second derivative
/// is `bend` at most.
#[inline]
fn lowest(from: f64, to: f64, bend: f64) -> f64 {
    let (half, grows) = (0.5 * bend, to - from);
    if grows.abs() >= half {
        return from.min(to);
    }
    from - (half - grows) * (half - grows) / (4.0 * half)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By a parabola through the ends, whose least value is known.
    #[test]
    fn nothing_is_below_the_lowest() {
        for (from, to, bend) in
            [(1.0, 1.0, 8.0), (1.0, 1.5, 8.0), (1.0, -1.0, 3.0), (2.0, 9.0, 3.0), (5.0, 5.0, 0.0)]
        {
            let at = |t: f64| from + t * (to - from) - 0.5 * bend * t * (1.0 - t);
            let least = (0..=1_000).map(|i| at(f64::from(i) / 1_000.0)).fold(f64::INFINITY, f64::min);
            let found = lowest(from, to, bend);
            assert!(found <= least && found > least - 1e-5, "{from} {to} {bend}: {found} {least}");
        }
    }
}
