//! What may be the nearest: posts, and the pieces of routes.

use crate::PatrolArea;
use crate::geodesy::curve::{Closest, direction};
use crate::geodesy::distance::surface_distance_m;
use crate::geodesy::ecef::{SurfacePoint, norm2, sub};
use crate::index::LocateOptions;
use crate::model::reported::CONVEX_M;

/// Something at a distance from the centre of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    /// The post, or the piece.
    pub item: u32,
    /// The post, or the route, by its place in the layer.
    pub place: u32,
    pub distance_m: f64,
    /// The point of the piece that is the nearest, 0..=1.
    t: f64,
}

/// Posts, or routes by their pieces.
pub(super) trait Layer {
    /// All items that are at most so much farther from a point than the nearest, and some more.
    fn about(&self, q: &SurfacePoint, more_m: f64) -> Vec<u32>;

    fn measure(&self, item: u32, q: &SurfacePoint) -> Measured;

    /// The point of an item that was found the nearest.
    fn point(&self, measured: &Measured) -> SurfacePoint;

    /// How much the distance to an item can bend downwards on a way away from `q`: no second derivative along it is
    /// less than minus this, 1/m; infinite where that is not known.
    fn bend(&self, measured: &Measured, radius_m: f64) -> f64;

    /// The item is, all over a circle around `q`, farther than the nearest at `q` by no less than this.
    ///
    /// To second order: within the circle the difference of the two distances changes by its gradient (the angle at
    /// which both are seen), by the bend of the item's distance, and by that of the distance to the nearest point,
    /// which is at most as in a plane (Hessian comparison; Cheeger and Ebin 1975, chapter 1).
    fn least_lead_m(&self, q: &SurfacePoint, radius_m: f64, nearest: &Measured, other: &Measured) -> f64 {
        let lead_m = other.distance_m - nearest.distance_m;
        let room_m = nearest.distance_m - radius_m;
        let first_order_m = lead_m - 2.0 * radius_m;
        if room_m <= 0.0 || lead_m <= 0.0 || other.distance_m + radius_m > CONVEX_M {
            return first_order_m;
        }
        let bend = self.bend(other, radius_m) + 1.0 / room_m;
        let [to_nearest, to_other] = [nearest, other].map(|one| direction(q, &self.point(one)));
        // Directions are known to 1e-9.
        let apart = norm2(sub(to_nearest, to_other)).sqrt() + 1e-8;
        first_order_m.max(lead_m - radius_m * (apart + 0.5 * radius_m * bend))
    }
}

pub(super) struct Posts<'a>(pub &'a PatrolArea);

impl Layer for Posts<'_> {
    fn about(&self, q: &SurfacePoint, more_m: f64) -> Vec<u32> {
        let near = self.0.posts_about(q, self.0.nearest_post_m(q) + more_m);
        near.into_iter().map(|(post, _)| post).collect()
    }

    fn measure(&self, item: u32, q: &SurfacePoint) -> Measured {
        let at = SurfacePoint::new(self.0.posts()[item as usize].position);
        Measured { item, place: item, distance_m: surface_distance_m(&at, q), t: 0.0 }
    }

    fn point(&self, measured: &Measured) -> SurfacePoint {
        SurfacePoint::new(self.0.posts()[measured.item as usize].position)
    }

    /// The distance to a point is convex.
    fn bend(&self, _: &Measured, _: f64) -> f64 {
        0.0
    }
}

pub(super) struct Pieces<'a>(pub &'a PatrolArea);

impl Layer for Pieces<'_> {
    fn about(&self, q: &SurfacePoint, more_m: f64) -> Vec<u32> {
        let nearest = self.0.nearest_routes(q.position, &LocateOptions::default());
        let Some(nearest) = nearest.first() else { return Vec::new() };
        let reach_m = nearest.location.offset_m + more_m;
        let routes = self.0.routes_about(q, reach_m);
        let network = self.0.network();
        let pieces = routes.into_iter().flat_map(|route| network.route_range(route as usize));
        let within = |&piece: &usize| network.pieces()[piece].curve.closest(q, reach_m).distance_m <= reach_m;
        pieces.filter(within).map(|piece| piece as u32).collect()
    }

    fn measure(&self, item: u32, q: &SurfacePoint) -> Measured {
        let piece = &self.0.network().pieces()[item as usize];
        let Closest { t, distance_m } = piece.curve.closest(q, f64::INFINITY);
        Measured { item, place: piece.route, distance_m, t }
    }

    fn point(&self, measured: &Measured) -> SurfacePoint {
        self.0.network().pieces()[measured.item as usize].curve.surface(measured.t)
    }

    /// The distance to a line bends downwards by its curvature, the ellipsoid's among it, seen from the hollow side the
    /// more the farther.
    fn bend(&self, measured: &Measured, radius_m: f64) -> f64 {
        const ELLIPSOID: f64 = 1.6e-7;
        let curvature = self.0.network().pieces()[measured.item as usize].curve.curvature().max(ELLIPSOID);
        let share = curvature * (measured.distance_m + radius_m);
        if share > 0.5 { f64::INFINITY } else { 4.0 * curvature }
    }
}
