//! What may be the nearest: posts and the pieces of routes, seen from a place.

use crate::PatrolIndex;
use crate::geodesy::Ellipsoid;
use crate::geodesy::bound::SLACK_M;
use crate::geodesy::curve::direction;
use crate::geodesy::distance::{SERIES_CHORD_M, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, Vec3, norm2, sub};
use crate::geodesy::far::{DIRECTED_M, FarPoint, direction_nearly};
use crate::linear::{Piece, SETTLE_M};
use crate::time::TimeSpan;

/// What two ways to a distance may differ by.
pub(super) const DOUBT_M: f64 = SLACK_M + SETTLE_M;

/// The greatest curvature of the ellipsoid is the square of this, 1/m: at the equator.
pub(super) const MOST_CURVED: f64 = 1.0 / Ellipsoid::WGS84.semi_minor_m();

/// A post, or a piece of a route.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    /// The place of the post, or of the route, in the layer.
    pub place: u32,
    /// The post itself, or the middle of the piece.
    pub middle: SurfacePoint,
    /// No point of it is farther from its middle.
    pub half_m: f64,
    pub piece: Option<&'a Piece>,
}

/// An item from a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub low_m: f64,
    pub high_m: f64,
    foot: Option<f64>,
}

impl<'a> Item<'a> {
    fn post(index: &PatrolIndex, place: u32) -> Self {
        let middle = SurfacePoint::new(index.posts()[place as usize].position);
        Item { place, middle, half_m: 0.0, piece: None }
    }

    pub fn of_piece(piece: &'a Piece) -> Self {
        let (length_m, before_m) = (piece.curve.length_m(), piece.curve.along_m(0.5));
        let half_m = before_m.max(length_m - before_m) + 1e-3;
        Item { place: piece.route, middle: piece.curve.surface(0.5), half_m, piece: Some(piece) }
    }

    /// All posts (in service) that are at most so much farther from a place than the nearest.
    pub fn posts_about(
        index: &'a PatrolIndex,
        q: &SurfacePoint,
        more_m: f64,
        at: Option<TimeSpan>,
    ) -> Vec<Self> {
        let nearest_m = index.nearest_post_m(q, at);
        if nearest_m == f64::INFINITY {
            return Vec::new();
        }
        let near = index.posts_about(q, nearest_m + more_m, at);
        near.into_iter().map(|(post, _)| Item::post(index, post)).collect()
    }

    /// All pieces (of routes in service) within a distance, and some more.
    pub fn pieces_about(
        index: &'a PatrolIndex,
        q: &SurfacePoint,
        reach_m: f64,
        at: Option<TimeSpan>,
    ) -> Vec<Self> {
        // The nearest is as far where there is none.
        if reach_m == f64::INFINITY {
            return Vec::new();
        }
        let pieces = index.network().pieces();
        let near = index.pieces_about(q, reach_m, at);
        near.into_iter().map(|(piece, _)| Item::of_piece(&pieces[piece as usize])).collect()
    }

    /// So far off that the series for short distances does not serve.
    #[inline]
    pub fn is_far(&self, q: &SurfacePoint) -> bool {
        let reach_m = SERIES_CHORD_M + self.half_m;
        norm2(sub(self.middle.ecef, q.ecef)) > reach_m * reach_m
    }

    /// No geodesic is shorter than its chord.
    #[inline]
    pub fn chord_low_m(&self, q: &SurfacePoint) -> f64 {
        norm2(sub(self.middle.ecef, q.ecef)).sqrt() - self.half_m
    }

    /// Its distance: exact near by, else by bounds that cost little.
    pub fn bounds(&self, q: &SurfacePoint, far: &FarPoint) -> Seen {
        if !self.is_far(q) {
            return self.exact(q);
        }
        match self.piece {
            None => {
                let bounds = far.bounds_to(self.middle.ecef, || self.middle.position);
                Seen { low_m: bounds.low_m, high_m: bounds.high_m, foot: None }
            }
            Some(Piece { curve, .. }) => {
                let (start, end) = curve.ends();
                let from = far.bounds_to(start, || curve.position(0.0));
                let to = far.bounds_to(end, || curve.position(1.0));
                let high_m = from.high_m.min(to.high_m);
                Seen { low_m: curve.lowest_m(from, to), high_m, foot: None }
            }
        }
    }

    pub fn exact(&self, q: &SurfacePoint) -> Seen {
        let (distance_m, foot) = match self.piece {
            None => (surface_distance_m(&self.middle, q), None),
            Some(piece) => {
                let closest = piece.curve.closest(q, f64::INFINITY);
                (closest.distance_m, Some(closest.t))
            }
        };
        Seen { low_m: distance_m, high_m: distance_m, foot }
    }

    /// The point of it that was found the nearest; where none was, its middle.
    pub fn point(&self, seen: &Seen) -> SurfacePoint {
        match (self.piece, seen.foot) {
            (Some(piece), Some(t)) => piece.curve.surface(t),
            _ => self.middle,
        }
    }

    /// By how much the direction to any of its points can differ from that to its middle, where it is no nearer than
    /// `low_m`.
    ///
    /// Where a surface is curved no more than a sphere, a way of `half_m` at a distance spans no greater angle than on
    /// that sphere (Rauch).
    fn spread(&self, low_m: f64) -> f64 {
        if self.half_m == 0.0 {
            return 0.0;
        }
        let sine = |m: f64| (MOST_CURVED * m).min(3.0).sin();
        let least = sine(low_m).min(sine(low_m + 2.0 * self.half_m));
        if low_m <= 0.0 { f64::INFINITY } else { MOST_CURVED * self.half_m / least }
    }
}

impl Seen {
    /// Where on a piece the nearest point is, 0..=1, once that is known.
    pub fn foot(&self) -> Option<f64> {
        self.foot
    }
}

/// The nearest from a place: what others are measured against.
pub(super) struct Foremost {
    pub distance_m: f64,
    direction: Vec3,
    off: f64,
}

impl Foremost {
    pub fn new(q: &SurfacePoint, item: &Item<'_>, seen: &Seen) -> Self {
        let (direction, off) = towards(q, &item.point(seen), seen.high_m);
        Foremost { distance_m: seen.high_m, direction, off }
    }

    /// An item is, all over a circle around `q`, farther than the nearest at `q` by no less than this.
    ///
    /// To second order: within the circle the difference of the two distances changes by its gradient (the angle
    /// between the two directions), by how far the distance to the item can bend downwards, and by how far that to
    /// the nearest point can bend upwards, which is no more than in a plane (Hessian comparison; Cheeger and Ebin 1975,
    /// Comparison Theorems in Riemannian Geometry, chapter 1).
    pub fn least_lead_m(&self, q: &SurfacePoint, radius_m: f64, item: &Item<'_>, seen: &Seen) -> f64 {
        let lead_m = seen.low_m - self.distance_m;
        let room_m = self.distance_m - radius_m;
        let first_order_m = lead_m - 2.0 * radius_m;
        if room_m <= 0.0 || lead_m <= 0.0 || first_order_m > 0.0 {
            return first_order_m;
        }
        let with = |point: &SurfacePoint, bend: f64, spread: f64| {
            let (direction, off) = towards(q, point, seen.high_m);
            let apart = norm2(sub(self.direction, direction)).sqrt() + self.off + off + spread;
            lead_m - radius_m * (apart + 0.5 * radius_m * (bend + 1.0 / room_m))
        };
        // Its points one by one, each of which is at least as far as the item: their directions from one.
        let point = item.point(seen);
        let spread = if seen.foot.is_some() { 2.0 } else { 1.0 } * item.spread(seen.low_m);
        let bend = bend_of_point(seen.high_m.max(seen.low_m) + 2.0 * item.half_m + radius_m);
        let by_points_m = if spread < 2.0 { with(&point, bend, spread) } else { f64::NEG_INFINITY };
        // As a line. The foot is the nearest by chord, which is a metre off at 500 km, and less by the third power.
        let off_foot = 1e-17 * seen.high_m * seen.high_m;
        let bend = match (item.piece, seen.foot) {
            (Some(piece), Some(_)) => bend_of_line(piece.curve.curvature(), seen.high_m + radius_m),
            _ => f64::INFINITY,
        };
        let by_line_m = if bend.is_finite() { with(&point, bend, off_foot) } else { f64::NEG_INFINITY };
        first_order_m.max(by_points_m).max(by_line_m)
    }
}

/// The unit direction and by how much it may be off.
fn towards(q: &SurfacePoint, point: &SurfacePoint, distance_m: f64) -> (Vec3, f64) {
    match distance_m <= DIRECTED_M {
        true => direction_nearly(q, point.ecef, distance_m),
        false => (direction(q, point), 1e-8),
    }
}

/// How much the distance to a point can bend downwards within `reach_m` of it: no second derivative along a geodesic
/// is less than minus this, 1/m; infinite where that is not known.
///
/// It is that of the sphere that is curved as the ellipsoid is where it is most (Hessian comparison): none up to a
/// quarter of the way around it.
fn bend_of_point(reach_m: f64) -> f64 {
    match MOST_CURVED * reach_m {
        angle if angle <= std::f64::consts::FRAC_PI_2 => 0.0,
        angle if angle < 3.0 => -MOST_CURVED / angle.tan(),
        _ => f64::INFINITY,
    }
}

/// Likewise of a short line that is curved in space by no more than `curvature`: by that, the ellipsoid's among it, seen
/// from the hollow side the more the farther.
fn bend_of_line(curvature: f64, reach_m: f64) -> f64 {
    let curvature = curvature.max(1.02 * MOST_CURVED);
    if curvature * reach_m > 0.5 { f64::INFINITY } else { 4.0 * curvature }
}

/// No item is nearer than this: by its chord, far off by what bounds tell.
pub(super) fn lows<'i>(items: impl Iterator<Item = &'i Item<'i>>, q: &SurfacePoint) -> Vec<f64> {
    let far = FarPoint::new(q);
    let low = |item: &Item<'_>| if item.is_far(q) { item.bounds(q, &far).low_m } else { item.chord_low_m(q) };
    items.map(low).collect()
}

/// The distance from a place to the nearest of some pieces, and the nearest point: exact where it counts.
pub(super) fn nearest_of(pieces: &[Item<'_>], q: &SurfacePoint) -> (f64, SurfacePoint) {
    let lows = lows(pieces.iter(), q);
    let first = (0..pieces.len()).min_by(|&a, &b| lows[a].total_cmp(&lows[b]));
    // What is measured first is probably the nearest.
    let high_m = first.map_or(f64::INFINITY, |first| pieces[first].exact(q).high_m);
    let mut best = (f64::INFINITY, *q);
    for (piece, &low_m) in pieces.iter().zip(&lows) {
        if low_m <= high_m.min(best.0) {
            let exact = piece.exact(q);
            if exact.high_m < best.0 {
                best = (exact.high_m, piece.point(&exact));
            }
        }
    }
    best
}

/// As [`nearest_of`], the distance alone, by the [`lows`] of the pieces.
pub(super) fn nearest_m<'i>(
    pieces: impl Iterator<Item = &'i Item<'i>> + Clone,
    lows: &[f64],
    q: &SurfacePoint,
) -> f64 {
    let first = pieces.clone().zip(lows).min_by(|a, b| a.1.total_cmp(b.1));
    let first_m = first.map_or(f64::INFINITY, |(piece, _)| piece.exact(q).high_m);
    pieces.zip(lows).fold(first_m, |best_m, (piece, &low_m)| match low_m < best_m {
        true => best_m.min(piece.exact(q).high_m),
        false => best_m,
    })
}
