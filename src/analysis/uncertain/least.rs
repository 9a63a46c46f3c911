//! The smallest distance between a route and a region: along the route, by what the region's shape tells of its points.

use std::collections::{BTreeMap, BinaryHeap};

use super::items::{Item, MOST_CURVED, lows};
use super::whole::Whole;
use crate::analysis::ranked::Ranked;
use crate::geodesy::curve::Curve;
use crate::region::{Measured, Near};

/// After so many parts a bound is left as it is.
pub(super) const MOST_PARTS: usize = 2_000;

/// Within so much of a route its nearest point is settled in the end.
const SETTLED_M: f64 = 1e-3;

/// What a distance may be off.
const SLACK_M: f64 = 1e-3;

/// Of all parts of the route that come near, to within `exact_m`, the best one's own to a millimetre. `to_centre_m` is the
/// distance from the route to the centre of the region's circle.
pub(super) fn least_m(pieces: &[Item<'_>], whole: &Whole<'_>, to_centre_m: f64, exact_m: f64) -> f64 {
    let Whole { measured, circle, q, .. } = whole;
    // By the circle alone first: what is far off is not asked of the shape.
    let away = |(i, low_m): (usize, f64)| {
        let away_m = low_m - circle.radius_m;
        // No point of the region is farther than the circle reaches.
        (away_m <= to_centre_m + circle.radius_m).then_some(Ranked { bound: -away_m, item: (i, Part::Whole) })
    };
    let mut heap: BinaryHeap<Ranked<(usize, Part)>> =
        lows(pieces.iter(), q).into_iter().enumerate().filter_map(away).collect();
    let (mut best_m, mut count) = (f64::INFINITY, 0);
    while let Some(Ranked { bound, item: (i, part) }) = heap.pop() {
        let low_m = -bound;
        count += 1;
        if best_m - low_m <= exact_m || count > MOST_PARTS || best_m == 0.0 {
            heap.push(Ranked { bound, item: (i, part) });
            break;
        }
        let Some(piece) = pieces[i].piece else { continue };
        let mut at = |t: f64| {
            let near = measured.near(&piece.curve.surface(t));
            best_m = best_m.min(near.distance_m);
            At { t, along_m: piece.curve.along_m(t), near }
        };
        let mut push = |floor_m: f64, part| {
            heap.push(Ranked { bound: -floor_m.max(low_m), item: (i, part) });
        };
        let halves = match part {
            Part::Whole => {
                let middle = at(0.5);
                push(middle.near.distance_m - 0.51 * piece.curve.length_m() - SLACK_M, Part::Middle(middle));
                continue;
            }
            Part::Middle(middle) => Span { ends: [at(0.0), at(1.0)], beyond: [None; 2] }.halves(middle),
            Part::Span(span) => {
                let [start, end] = span.ends.map(|end| end.t);
                span.halves(at(0.5 * (start + end)))
            }
        };
        for half in halves {
            push(half.floor_m(&piece.curve), Part::Span(half));
        }
    }
    // What is open still lies around the nearest point, or few that are nearly as near.
    let mut open: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
    for Ranked { bound, item: (i, part) } in heap {
        if -bound < best_m {
            open.entry(i).or_default().push(part);
        }
    }
    for (i, parts) in open {
        if let (true, Some(piece)) = (best_m > 0.0, pieces[i].piece) {
            best_m = best_m.min(least_about_m(&piece.curve, around_nearest(&parts), measured));
        }
    }
    best_m.max(0.0)
}

/// Of the points of a piece that were looked at the nearest, between those beside it.
fn around_nearest(parts: &[Part]) -> [f64; 3] {
    let ends = parts.iter().filter_map(|part| match part {
        Part::Span(span) => Some(span.ends),
        Part::Whole | Part::Middle(_) => None,
    });
    let nearest = ends.clone().flatten().min_by(|a, b| a.near.distance_m.total_cmp(&b.near.distance_m));
    let Some(At { t, .. }) = nearest else { return [0.0, 0.5, 1.0] };
    let beside = ends.filter(|ends| ends.iter().any(|end| end.t == t)).flatten().map(|end| end.t);
    beside.fold([t; 3], |[low, t, high], end| [low.min(end), t, high.max(end)])
}

/// What of a piece is looked at.
enum Part {
    Whole,
    /// The whole of it, with its middle.
    Middle(At),
    Span(Span),
}

/// A point of a piece.
#[derive(Clone, Copy)]
struct At {
    t: f64,
    along_m: f64,
    near: Near,
}

/// A part of a piece, and the next points beyond it that were looked at.
#[derive(Clone, Copy)]
struct Span {
    ends: [At; 2],
    beyond: [Option<At>; 2],
}

impl Span {
    fn halves(&self, middle: At) -> [Span; 2] {
        let ([start, end], [before, after]) = (self.ends, self.beyond);
        [
            Span { ends: [start, middle], beyond: [before, Some(end)] },
            Span { ends: [middle, end], beyond: [Some(start), after] },
        ]
    }

    /// No point of it is nearer to the region.
    ///
    /// In the plane the distance to a convex region is a convex function along a straight line: it lies above the lines
    /// through two points before, and through two points behind. On the ellipsoid its second derivative is no less than
    /// that of the distance to a geodesic on the sphere that is curved most (Hessian comparison; Cheeger and Ebin 1975,
    /// Comparison Theorems in Riemannian Geometry, chapter 1), and the line's own curvature adds to that.
    fn floor_m(&self, curve: &Curve) -> f64 {
        let [start, end] = &self.ends;
        let length_m = end.along_m - start.along_m;
        let by_pace_m = 0.5 * (start.near.distance_m + end.near.distance_m - 1.01 * length_m) - SLACK_M;
        let slope = |from: &At, to: &At| {
            (to.near.distance_m - from.near.distance_m) / (to.along_m - from.along_m).max(1e-9)
        };
        let from_start = self.beyond[0].filter(|_| start.near.is_convex).map(|before| slope(&before, start));
        let from_end = self.beyond[1].filter(|_| end.near.is_convex).map(|after| slope(end, &after));
        let lowest_m = match (from_start, from_end) {
            (None, None) => return by_pace_m,
            (Some(slope), None) => start.near.distance_m + (slope * length_m).min(0.0),
            (None, Some(slope)) => end.near.distance_m - (slope * length_m).max(0.0),
            (Some(rising), Some(falling)) => {
                let at_start = start.near.distance_m.max(end.near.distance_m - falling * length_m);
                let at_end = end.near.distance_m.max(start.near.distance_m + rising * length_m);
                // Where both lines meet, if they do so on the way.
                let gap_m = end.near.distance_m - falling * length_m - start.near.distance_m;
                let meets_m = gap_m / (rising - falling);
                let between = match (0.0..length_m).contains(&meets_m) {
                    true => start.near.distance_m + rising * meets_m,
                    false => f64::INFINITY,
                };
                at_start.min(at_end).min(between)
            }
        };
        let [before, after] = &self.beyond;
        let width_m = after.as_ref().unwrap_or(end).along_m - before.as_ref().unwrap_or(start).along_m;
        let farthest_m = start.near.distance_m.max(end.near.distance_m) + width_m;
        let angle = MOST_CURVED * farthest_m;
        let bend = if angle < 1.5 { curve.curvature() + MOST_CURVED * angle.tan() } else { f64::INFINITY };
        by_pace_m.max(lowest_m - 0.5 * bend * width_m * width_m - SLACK_M)
    }
}

/// The smallest distance to a part of a piece around its nearest point: by parabolas through three points, and where they
/// lead nowhere by the golden section (Brent 1973, Algorithms for Minimization without Derivatives, chapter 5).
fn least_about_m(curve: &Curve, [start, first, end]: [f64; 3], measured: &Measured<'_>) -> f64 {
    const GOLDEN: f64 = 0.381_966_011_250_105;
    let distance_m = |t: f64| measured.near(&curve.surface(t)).distance_m;
    let step = SETTLED_M / curve.length_m().max(SETTLED_M);
    let (mut low, mut high) = (start, end);
    let first = (first, distance_m(first));
    let (mut best, mut second, mut third) = (first, first, first);
    let (mut moved, mut moved_before) = (0.0_f64, 0.0_f64);
    loop {
        let middle = 0.5 * (low + high);
        if (best.0 - middle).abs() <= 2.0 * step - 0.5 * (high - low) || best.1 <= 0.0 {
            break;
        }
        let (to_second, to_third) = (best.0 - second.0, best.0 - third.0);
        let (r, q) = (to_second * (best.1 - third.1), to_third * (best.1 - second.1));
        let (top, bottom) = (to_third * q - to_second * r, 2.0 * (q - r));
        let parabola = if bottom == 0.0 { f64::NAN } else { -top / bottom };
        let lands = best.0 + parabola;
        let is_taken = parabola.abs() < 0.5 * moved_before.abs() && lands > low && lands < high;
        moved_before = moved;
        if is_taken {
            moved = parabola;
            if lands - low < 2.0 * step || high - lands < 2.0 * step {
                moved = step.copysign(middle - best.0);
            }
        } else {
            moved_before = if best.0 < middle { high - best.0 } else { low - best.0 };
            moved = GOLDEN * moved_before;
        }
        let t = best.0 + if moved.abs() >= step { moved } else { step.copysign(moved) };
        let next = (t, distance_m(t));
        if next.1 <= best.1 {
            if t >= best.0 {
                low = best.0
            } else {
                high = best.0
            }
            (third, second, best) = (second, best, next);
        } else {
            if t < best.0 {
                low = t
            } else {
                high = t
            }
            if next.1 <= second.1 || second.0 == best.0 {
                (third, second) = (second, next);
            } else if next.1 <= third.1 || third.0 == best.0 || third.0 == second.0 {
                third = next;
            }
        }
    }
    // The end of a route is often the nearest.
    let ends = [start, end].into_iter().filter(|end| (end - best.0).abs() <= 4.0 * step);
    ends.map(distance_m).fold(best.1, f64::min)
}
