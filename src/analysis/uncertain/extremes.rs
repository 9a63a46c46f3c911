//! The smallest and the greatest distance between a route and the points of a region.

use std::collections::BinaryHeap;

use crate::PatrolArea;
use crate::analysis::ranked::Ranked;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::Piece;
use crate::model::reported::Cell;
use crate::model::{DistanceBounds, ReportedRegion};

/// How close the smallest distance is sought.
const NEAR_EXACT_M: f64 = 0.01;

/// How close the greatest distance is sought.
const FAR_EXACT_M: f64 = 1.0;

/// After so many parts a bound is left as it is.
const MOST_PARTS: usize = 5_000;

/// Bounds of the distance from the points of a region to a route: never too narrow.
pub(super) fn of_route(area: &PatrolArea, route: usize, region: &ReportedRegion) -> DistanceBounds {
    let pieces = area.network().route_pieces(route);
    DistanceBounds { min_m: least_m(pieces, region), max_m: greatest_m(pieces, region) }
}

/// Along the route, by what the region's shape tells of each of its points.
fn least_m(pieces: &[Piece], region: &ReportedRegion) -> f64 {
    let circle = region.covering_circle();
    let centre = SurfacePoint::new(circle.centre);
    // By the circle alone first: what is far off is not asked of the shape.
    let mut heap: BinaryHeap<Ranked<(usize, f64, f64, bool)>> = pieces
        .iter()
        .enumerate()
        .map(|(i, piece)| {
            let away_m = piece.curve.closest(&centre, f64::INFINITY).distance_m - circle.radius_m;
            Ranked { bound: -away_m, item: (i, 0.0, 1.0, false) }
        })
        .collect();
    let (mut best_m, mut count) = (f64::INFINITY, 0);
    while let Some(Ranked { bound, item: (i, t0, t1, is_cut) }) = heap.pop() {
        let low_m = -bound;
        count += 1;
        if best_m - low_m <= NEAR_EXACT_M || count > MOST_PARTS || best_m == 0.0 {
            return low_m.min(best_m).max(0.0);
        }
        let curve = &pieces[i].curve;
        let mut consider = |t0: f64, t1: f64, floor_m: f64| {
            let t = 0.5 * (t0 + t1);
            let here_m = region.distance_bounds(curve.position(t)).min_m;
            best_m = best_m.min(here_m);
            // No longer than the whole by the pace at which `t` runs.
            let half_m = 0.5 * (curve.along_m(t1) - curve.along_m(t0)) * 1.01 + 1e-6;
            Ranked { bound: -(here_m - half_m).max(floor_m), item: (i, t0, t1, true) }
        };
        let t = 0.5 * (t0 + t1);
        let next = match is_cut {
            false => vec![consider(t0, t1, low_m)],
            true => vec![consider(t0, t, low_m), consider(t, t1, low_m)],
        };
        heap.extend(next);
    }
    best_m.max(0.0)
}

/// Over the parts of the region, each with the pieces that come into question there.
fn greatest_m(pieces: &[Piece], region: &ReportedRegion) -> f64 {
    let look = |part: Cell, among: &[u32]| {
        let circle = region.cell_circle(&part);
        let q = SurfacePoint::new(circle.centre);
        let distances: Vec<(u32, f64)> = among
            .iter()
            .map(|&i| (i, pieces[i as usize].curve.closest(&q, f64::INFINITY).distance_m))
            .collect();
        let here_m = distances.iter().map(|(_, d)| *d).fold(f64::INFINITY, f64::min);
        let reach_m = here_m + 2.0 * circle.radius_m + 1e-3;
        let near: Vec<u32> = distances.iter().filter(|(_, d)| *d <= reach_m).map(|(i, _)| *i).collect();
        (here_m, Ranked { bound: here_m + circle.radius_m, item: (part, near) })
    };
    let all: Vec<u32> = (0..pieces.len() as u32).collect();
    let (mut best_m, mut count) = (0.0_f64, 0);
    let mut heap = BinaryHeap::new();
    for part in region.cells() {
        let (here_m, ranked) = look(part, &all);
        best_m = best_m.max(here_m);
        heap.push(ranked);
    }
    while let Some(Ranked { bound, item: (part, near) }) = heap.pop() {
        count += 1;
        if bound - best_m <= FAR_EXACT_M || count > MOST_PARTS {
            return bound;
        }
        for half in region.cell_halves(&part) {
            let (here_m, mut ranked) = look(half, &near);
            best_m = best_m.max(here_m);
            ranked.bound = ranked.bound.min(bound);
            heap.push(ranked);
        }
    }
    best_m
}
