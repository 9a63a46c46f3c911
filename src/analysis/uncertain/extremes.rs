//! The smallest and the greatest distance between a route and the points of a region.

use std::collections::BinaryHeap;

use super::items::{Item, lows, nearest_m, nearest_of};
use super::least::{MOST_PARTS, least_m};
use super::whole::Whole;
use crate::analysis::ranked::Ranked;
use crate::geodesy::ecef::{SurfacePoint, norm2, sub};
use crate::geodesy::{Position, direct, inverse};
use crate::linear::Piece;
use crate::region::Cell;
use crate::region::{AnnularSector, DescribedRegion, DistanceBounds};

/// How close both are sought by bounds: to this, or to this part of the region's radius.
const EXACT_M: f64 = 1.0;
const EXACT_PART: f64 = 1e-3;

/// The distances of the nearest and the farthest point of a region from a route, by its pieces: the farthest not too small.
pub(super) fn of_route(pieces: &[Piece], whole: &Whole<'_>) -> DistanceBounds {
    let pieces = &near_pieces(pieces, whole)[..];
    let (to_centre_m, foot) = nearest_of(pieces, &whole.q);
    let min_m = match whole.region {
        DescribedRegion::Sector(disc) if is_disc(disc) => (to_centre_m - disc.farthest_m()).max(0.0),
        _ => least_m(pieces, whole, to_centre_m, exact_m(whole)),
    };
    DistanceBounds { min_m, max_m: greatest_m(pieces, whole, &foot).max(min_m) }
}

/// The pieces that may be the nearest of the route to a point of the region, and more.
///
/// What is the nearest there is at the centre of its circle no farther than any vertex, by more than twice the radius.
fn near_pieces<'p>(pieces: &'p [Piece], whole: &Whole<'_>) -> Vec<Item<'p>> {
    // A thousandth more than its chord no geodesic is up to here.
    const CHORDS_M: f64 = 500_000.0;
    let to_start_m = |piece: &Piece| norm2(sub(piece.curve.ends().0, whole.q.ecef)).sqrt();
    let vertex_m = pieces.iter().map(to_start_m).fold(f64::INFINITY, f64::min);
    let reach_m = match vertex_m <= CHORDS_M {
        true => 1.001 * vertex_m + 2.0 * whole.circle.radius_m + 1.0,
        false => f64::INFINITY,
    };
    let near = pieces.iter().filter(|piece| to_start_m(piece) - piece.curve.length_m() <= reach_m);
    near.map(Item::of_piece).collect()
}

fn exact_m(whole: &Whole<'_>) -> f64 {
    EXACT_M.max(EXACT_PART * whole.circle.radius_m)
}

fn is_disc(sector: &AnnularSector) -> bool {
    sector.half_width_deg() == 180.0 && sector.nearest_m() == 0.0
}

/// From above by single points of the route, from below by single points of the region; where these don't meet, over
/// the parts of the region, each with the pieces that come into question there.
fn greatest_m(pieces: &[Item<'_>], whole: &Whole<'_>, foot: &SurfacePoint) -> f64 {
    let exact_m = exact_m(whole);
    let boundary = corners(whole.region);
    let (mut high_m, mut low_m, mut foot) = (f64::INFINITY, 0.0_f64, *foot);
    for _ in 0..3 {
        high_m = high_m.min(whole.measured.bounds(&foot).max_m);
        let opposite = farthest_from(whole.region, &boundary, &foot);
        let (here_m, nearest) = nearest_of(pieces, &opposite);
        low_m = low_m.max(here_m);
        if high_m - low_m <= exact_m {
            return high_m;
        }
        foot = nearest;
    }
    by_parts_m(pieces, whole.region, (low_m, high_m), exact_m)
}

fn by_parts_m(
    pieces: &[Item<'_>],
    region: &DescribedRegion,
    (mut best_m, high_m): (f64, f64),
    exact_m: f64,
) -> f64 {
    let look = |part: Cell, among: &[u32]| {
        let circle = region.cell_circle(&part);
        let q = SurfacePoint::new(circle.centre);
        let items = || among.iter().map(|&i| &pieces[i as usize]);
        let lows = lows(items(), &q);
        let here_m = nearest_m(items(), &lows, &q);
        let reach_m = here_m + 2.0 * circle.radius_m + 1e-3;
        let near = among.iter().zip(&lows).filter(|(_, low_m)| **low_m <= reach_m);
        let near: Vec<u32> = near.map(|(i, _)| *i).collect();
        (here_m, Ranked { bound: (here_m + circle.radius_m).min(high_m), item: (part, near) })
    };
    let all: Vec<u32> = (0..pieces.len() as u32).collect();
    let mut count = 0;
    let mut heap = BinaryHeap::new();
    for part in region.cells() {
        let (here_m, ranked) = look(part, &all);
        best_m = best_m.max(here_m);
        heap.push(ranked);
    }
    while let Some(Ranked { bound, item: (part, near) }) = heap.pop() {
        count += 1;
        if bound - best_m <= exact_m || count > MOST_PARTS {
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

/// Points at which the region may be the farthest from something; none for a sector, which tells them itself.
fn corners(region: &DescribedRegion) -> Vec<Position> {
    match region {
        DescribedRegion::Sector(_) => Vec::new(),
        DescribedRegion::Interval(interval) => interval.lines().concat(),
        _ => region.boundary().concat(),
    }
}

/// A point of the region that is about as far from a place as any.
fn farthest_from(region: &DescribedRegion, corners: &[Position], from: &SurfacePoint) -> SurfacePoint {
    let chord2 = |at: &SurfacePoint| norm2(sub(at.ecef, from.ecef));
    let farthest = |points: &mut dyn Iterator<Item = Position>| {
        points.map(SurfacePoint::new).max_by(|a, b| chord2(a).total_cmp(&chord2(b)))
    };
    let found = match region {
        DescribedRegion::Sector(sector) => {
            let (azimuth_deg, half_width_deg) = (sector.azimuth_deg(), sector.half_width_deg());
            let away_deg = inverse(sector.apex(), from.position).azimuth1_deg + 180.0;
            let off_deg = (away_deg - azimuth_deg + 540.0).rem_euclid(360.0) - 180.0;
            let point = |off_deg: f64, m: f64| direct(sector.apex(), azimuth_deg + off_deg, m).position;
            let (nearest_m, farthest_m) = (sector.nearest_m(), sector.farthest_m());
            if off_deg.abs() <= half_width_deg {
                return SurfacePoint::new(point(off_deg, farthest_m));
            }
            let sides = [-half_width_deg, half_width_deg];
            farthest(&mut sides.into_iter().flat_map(|off| [point(off, nearest_m), point(off, farthest_m)]))
        }
        _ => farthest(&mut corners.iter().copied()),
    };
    found.unwrap_or_else(|| SurfacePoint::new(region.reference()))
}
