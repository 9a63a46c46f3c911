//! How far a line of curve pieces is from a place, at least and at most.

use super::cell::{CONVEX_M, DistanceBounds};
use crate::Position;
use crate::geodesy::curve::Curve;
use crate::geodesy::ecef::SurfacePoint;
use crate::geodesy::far::FarPoint;

/// The greatest distance is sought to this.
const EXACT_M: f64 = 1e-3;

/// From so far off the series for long distances is asked.
const SERIES_FROM_M: f64 = 500_000.0;

/// The distances from a position to the nearest and the farthest point of some pieces: the first exact to 0.1 mm, the
/// second never too small, and where no point is farther than 9,000 km by no more than 1 mm too great.
pub(super) fn distance_bounds<'c>(
    curves: impl Iterator<Item = &'c Curve>,
    position: Position,
) -> DistanceBounds {
    let q = SurfacePoint::new(position);
    let far = FarPoint::new(&q);
    let mut bounds = DistanceBounds { min_m: f64::INFINITY, max_m: 0.0 };
    for curve in curves {
        bounds.min_m = bounds.min_m.min(curve.closest(&q, bounds.min_m).distance_m);
        // By a series first: Karney is asked for the few pieces that can be the farthest.
        let start_m = far.bounds_to(curve.ends().0, || curve.position(0.0)).high_m;
        if start_m > SERIES_FROM_M && start_m + 2.0 * (curve.length_m() + curve.capsule().2) <= bounds.max_m {
            continue;
        }
        let ends_m = [0.0, 1.0].map(|t| curve.distance_m(t, &q));
        bounds.max_m = bounds.max_m.max(greatest_m(curve, &q, (0.0, 1.0), ends_m, bounds.max_m));
    }
    bounds
}

/// The smallest distance alone: first of the curve that can be nearest of all, so that few others need to be measured.
pub(super) fn least_m<'c>(curves: impl Iterator<Item = &'c Curve> + Clone, q: &SurfacePoint) -> f64 {
    let far = FarPoint::new(q);
    let lows: Vec<f64> = curves.clone().map(|curve| curve.low_m(q, &far)).collect();
    let first = curves.clone().zip(&lows).min_by(|a, b| a.1.total_cmp(b.1));
    let first_m = first.map_or(f64::INFINITY, |(curve, _)| curve.closest(q, f64::INFINITY).distance_m);
    curves.zip(&lows).fold(first_m, |least_m, (curve, &low_m)| match low_m < least_m {
        true => least_m.min(curve.closest(q, least_m).distance_m),
        false => least_m,
    })
}

/// An upper bound of the distance from `q` to a part of a piece, by those to its ends; where it is greater than
/// `known_m` by no more than 1 mm.
///
/// Along a geodesic the distance has its maximum at an end, and the part is at most twice as far from the one between
/// its ends as from the chord; both shrink with the square of the length.
fn greatest_m(curve: &Curve, q: &SurfacePoint, (t0, t1): (f64, f64), ends_m: [f64; 2], known_m: f64) -> f64 {
    let length = t1 - t0;
    let farthest_m = ends_m[0].max(ends_m[1]);
    let is_convex = farthest_m + curve.length_m() < CONVEX_M;
    let more_m = match is_convex {
        true => 2.0 * curve.capsule().2 * length * length,
        false => 0.51 * curve.length_m() * length,
    };
    if more_m <= EXACT_M || farthest_m + more_m <= known_m || !is_convex {
        return farthest_m + more_m;
    }
    let t = 0.5 * (t0 + t1);
    let middle_m = curve.distance_m(t, q);
    let known_m = known_m.max(farthest_m);
    let first_m = greatest_m(curve, q, (t0, t), [ends_m[0], middle_m], known_m);
    first_m.max(greatest_m(curve, q, (t, t1), [middle_m, ends_m[1]], known_m.max(first_m)))
}
