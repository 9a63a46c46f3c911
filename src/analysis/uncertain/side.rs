//! On which side of a route a region lies, where that is certain.

use std::collections::VecDeque;

use super::candidates::{Contest, reach_m};
use super::items::{DOUBT_M, Item, Seen};
use super::whole::Whole;
use crate::PatrolIndex;
use crate::analysis::common_region::Standing;
use crate::geodesy::curve::direction;
use crate::geodesy::ecef::{SurfacePoint, Vec3, add_scaled, cross, dot, norm2, sub};
use crate::linear::{Piece, Side, TIE_M};
use crate::region::Cell;

/// After so many parts the side is left open.
const MOST_PARTS: usize = 128;

/// What is farther is left open: directions are exact up to here.
const MOST_M: f64 = 200_000.0;

/// The sine of the least turn that is a bend here.
const LEAST_TURN: f64 = 1e-3;

/// Less than the radius of any sphere that the ellipsoid is curved as.
const RADIUS_M: f64 = 6_300_000.0;

/// The side on which all of a region lies, facing increasing chainage; `None` where bounds do not decide, or more than
/// one route comes into question.
///
/// A part of the region has one side where each piece that may hold a foot says so: the foot of a point is on one of
/// those. A piece with a bend at its end that the whole circle lies past can only have its foot there, and the side is
/// the outer one of the bend. Any other has it on the side of the piece, drawn out at both ends along its tangents, that
/// the circle keeps to: inside the piece the side is that of the piece, past an end of the route that of the tangent. A
/// point whose foot is a bend lies past the end of one piece and before the start of the next; if both have it on one
/// side, that is the outer one, for inside the bend it would be beside one of them.
pub(super) fn side(index: &PatrolIndex, whole: &Whole<'_>, contest: &Contest<'_>) -> Option<Side> {
    if contest.places.len() != 1 {
        return None;
    }
    let items = &contest.items;
    let route = index.network().route_pieces(contest.places[0] as usize);
    let look = |among: &[u32], q: &SurfacePoint, radius_m: f64| look((items, route), among, q, radius_m);
    let all: Vec<u32> = (0..items.len() as u32).collect();
    if let Looked { side: Some(side), .. } = look(&all, &whole.q, whole.circle.radius_m) {
        return Some(side);
    }
    let mut parts: VecDeque<(Cell, Vec<u32>)> =
        whole.region.cells().into_iter().map(|cell| (cell, all.clone())).collect();
    let (mut known, mut count) = (None, 0);
    while let Some((part, among)) = parts.pop_front() {
        let circle = whole.region.cell_circle(&part);
        let standing = whole.standing(&circle);
        if standing == Standing::Outside {
            continue;
        }
        let found = look(&among, &SurfacePoint::new(circle.centre), circle.radius_m);
        count += 1;
        match found.side {
            Some(side) if known.is_none_or(|known| known == side) => known = Some(side),
            // What is in none of the other regions has no say, and nothing is certain.
            Some(_) => return None,
            None if count >= MOST_PARTS || circle.radius_m <= TIE_M || found.nearest_m > MOST_M => {
                return None;
            }
            None if standing == Standing::Inside && found.nearest_m <= TIE_M => return None,
            None => parts.extend(whole.region.cell_halves(&part).map(|half| (half, found.left.clone()))),
        }
    }
    known
}

struct Looked {
    side: Option<Side>,
    /// From the centre.
    nearest_m: f64,
    /// What may hold the foot of a point of the circle.
    left: Vec<u32>,
}

fn look((items, route): (&[Item<'_>], &[Piece]), among: &[u32], q: &SurfacePoint, radius_m: f64) -> Looked {
    let seen: Vec<Seen> = among.iter().map(|&i| items[i as usize].exact(q)).collect();
    let nearest_m = seen.iter().map(|seen| seen.high_m).fold(f64::INFINITY, f64::min);
    let may_hold = |seen: &Seen| seen.low_m <= nearest_m + reach_m(radius_m);
    let near = || among.iter().zip(&seen).filter(|(_, seen)| may_hold(seen));
    let left = near().map(|(i, _)| *i).collect();
    let mut sides = near().map(|(&i, seen)| side_of_piece(&items[i as usize], route, seen, (q, radius_m)));
    let is_near = nearest_m + 4.0 * radius_m <= MOST_M;
    let first = if is_near { sides.next().flatten() } else { None };
    let side = first.filter(|first| sides.all(|side| side == Some(*first)));
    Looked { side, nearest_m, left }
}

/// The side of all points of a circle whose foot is on a piece.
fn side_of_piece(
    item: &Item<'_>,
    route: &[Piece],
    seen: &Seen,
    (q, radius_m): (&SurfacePoint, f64),
) -> Option<Side> {
    let (piece, t) = (item.piece?, seen.foot()?);
    let curve = &piece.curve;
    if curve.length_m() == 0.0 || curve.is_bent() || seen.low_m <= radius_m + TIE_M + DOUBT_M {
        return None;
    }
    let foot = curve.surface(t);
    let leftness = curve.leftness(t, &foot, q);
    // From the tangent at the foot, as on a sphere that is curved more than the ellipsoid.
    let away_m = seen.low_m * leftness.abs() * (1.0 - (seen.low_m / RADIUS_M).powi(2));
    // By how much the piece and its other tangent leave that tangent within reach of the circle.
    let reach_m = curve.length_m() + seen.high_m + 2.0 * radius_m;
    let along = |v: Vec3| norm2(add_scaled(v, -dot(v, foot.normal), foot.normal)).sqrt();
    let ((start, end), (bow, twist)) = (curve.ends(), curve.bends());
    let chord_m = norm2(sub(end, start)).sqrt();
    // Along the ground, twice; and what the ground's own curve makes of angles.
    let turn = 2.0 * (2.0 * along(bow) + 3.0 * along(twist)) / chord_m + (chord_m / RADIUS_M).powi(2);
    if let Some((past, outer)) = bend(piece, route, t, &foot) {
        let past_m = seen.low_m * dot(direction(&foot, q), past) * (1.0 - (seen.low_m / RADIUS_M).powi(2));
        if past_m - turn * reach_m > radius_m + 2.0 * (TIE_M + DOUBT_M) {
            return Some(outer);
        }
    }
    let is_apart = away_m - turn * reach_m > radius_m + 2.0 * (TIE_M + DOUBT_M);
    is_apart.then_some(if leftness > 0.0 { Side::Left } else { Side::Right })
}

/// Of a foot at an end of a piece where the route bends: the direction past that end, and the outer side of the bend.
fn bend(piece: &Piece, route: &[Piece], t: f64, foot: &SurfacePoint) -> Option<(Vec3, Side)> {
    let first = route.partition_point(|other| other.chainage_m < piece.chainage_m);
    let place = first + route[first..].iter().position(|other| std::ptr::eq(other, piece))?;
    let (incoming, outgoing) = match t {
        1.0 if !piece.closes_part() => (piece, route.get(place + 1)?),
        0.0 if !piece.opens_part() => (route.get(place.checked_sub(1)?)?, piece),
        _ => return None,
    };
    let (before, after) = (incoming.curve.tangent(1.0, foot), outgoing.curve.tangent(0.0, foot));
    let turn = dot(cross(before, after), foot.normal);
    let outer = if turn > 0.0 { Side::Right } else { Side::Left };
    let past = if t == 1.0 { before } else { after.map(|x| -x) };
    (turn.abs() > LEAST_TURN && incoming.edge != outgoing.edge).then_some((past, outer))
}
