//! Rings on the globe, cut at 180 degrees (RFC 7946 section 3.1.9) and closed along a pole that they hold.
//!
//! Rings keep what is inside on their left. Each is cut where it crosses the antimeridian; the chains are
//! joined again along the frame of the map, counter-clockwise, which leads along a pole where the inside
//! holds one. (The method of d3-geo's antimeridian clipping: M. Bostock.)

use geo::Contains;
use geo_types::{Coord, LineString, Point, Polygon};

use crate::Position;

/// Closer to a pole than this (2 mm) is at it: lines are divided to 1 mm there.
const POLE_DEG: f64 = 90.0 - 2e-8;

/// What is nearer to the antimeridian (10 micrometres) lies on it.
const ON_DEG: f64 = 1e-10;

/// The length of the frame around the map in degrees, and its corners along it, from the south-west.
const FRAME: f64 = 1080.0;
const CORNERS: [(f64, Coord); 4] = [
    (0.0, Coord { x: -180.0, y: -90.0 }),
    (360.0, Coord { x: 180.0, y: -90.0 }),
    (540.0, Coord { x: 180.0, y: 90.0 }),
    (900.0, Coord { x: -180.0, y: 90.0 }),
];

/// A part of a ring between two crossings; both ends lie on the frame.
type Chain = Vec<Coord>;

/// Cuts the rings of one polygon, open (without the first vertex again at the end). The rings that come
/// out lie on the map, the inside still on their left: which is the hole of which is left open.
pub(super) fn cut(rings: &[Vec<Coord>]) -> Vec<Vec<Coord>> {
    let mut whole: Vec<Vec<Coord>> = Vec::new();
    let mut chains: Vec<Chain> = Vec::new();
    for (i, ring) in rings.iter().enumerate() {
        cut_ring(along_poles(ring, i == 0), &mut whole, &mut chains);
    }
    whole.extend(join(chains));
    // Nothing but holes: the inside is the rest of the globe.
    if whole.iter().map(|ring| twice_area(ring)).sum::<f64>() < 0.0 {
        whole.push(CORNERS.map(|(_, corner)| corner).to_vec());
    }
    whole
}

pub(super) fn twice_area(ring: &[Coord]) -> f64 {
    // From its own first vertex: of a small ring far from the origin nothing would be left.
    let from = |i: usize| ring[i % ring.len()] - ring[0];
    let cross = |a: Coord, b: Coord| a.x * b.y - a.y * b.x;
    (0..ring.len()).map(|i| cross(from(i), from(i + 1))).sum()
}

/// A vertex at a pole becomes the edge of the map there, between the meridians that lead to it and from it.
///
/// Of a sliver these differ by less than what a vertex may be off, so that they seem to be in the other order: then a whole
/// turn would be inside.
fn along_poles(ring: &[Coord], is_outer: bool) -> Vec<Coord> {
    let at_pole = |at: &Coord| at.y.abs() > POLE_DEG;
    let Some(start) = ring.iter().position(|at| !at_pole(at)) else { return Vec::new() };
    let mut out: Vec<Coord> = Vec::with_capacity(ring.len());
    let mut pole = None;
    for &at in ring[start..].iter().chain(&ring[..=start]) {
        if at_pole(&at) {
            pole = Some(at.y.signum());
            continue;
        }
        if let (Some(sign), Some(&from)) = (pole.take(), out.last()) {
            // Seen from the pole the inside lies between the two: to the west at the north pole.
            let mut dlon = -sign * (sign * (from.x - at.x)).rem_euclid(360.0);
            if dlon.abs() > 180.0 && holds_beside_pole(ring, sign, from.x + 0.5 * dlon) != is_outer {
                dlon += 360.0 * sign;
            }
            let steps = (dlon.abs() / 90.0).ceil().max(1.0) as u32;
            for i in 0..=steps {
                let lon = from.x + dlon * f64::from(i) / f64::from(steps);
                let x = (lon + 180.0).rem_euclid(360.0) - 180.0;
                out.push(Coord { x, y: sign * 90.0 });
            }
        }
        out.push(at);
    }
    out.pop();
    out
}

/// Returns `true` if a ring holds what lies closest to a pole on a meridian: seen from the pole, by the even-odd rule.
fn holds_beside_pole(ring: &[Coord], sign: f64, lon_deg: f64) -> bool {
    let from_pole = |at: &Coord| {
        let (sin, cos) = (at.x - lon_deg).to_radians().sin_cos();
        // At the pole itself a longitude says nothing.
        let far = if at.y.abs() > POLE_DEG && at.y * sign > 0.0 { 0.0 } else { 90.0 - sign * at.y };
        (Coord { x: far * cos, y: far * sin }, far)
    };
    let points: Vec<(Coord, f64)> = ring.iter().map(from_pole).collect();
    let nearest = points.iter().map(|(_, far)| *far).filter(|far| *far > 0.0).fold(f64::INFINITY, f64::min);
    let beside = 0.5 * nearest;
    let ends = points.iter().zip(points.iter().cycle().skip(1));
    let crossings = ends.filter(|((a, _), (b, _))| {
        (a.y > 0.0) != (b.y > 0.0) && a.x + (b.x - a.x) * a.y / (a.y - b.y) > beside
    });
    crossings.count() % 2 == 1
}

/// Adds a ring that crosses nothing to `whole`, and the parts of another to `chains`.
///
/// Vertices on the antimeridian have no side of their own. Between neighbours on one side of it they are on that side; where
/// the ring crosses, the chain on either side keeps the one next to it.
fn cut_ring(mut ring: Vec<Coord>, whole: &mut Vec<Vec<Coord>>, chains: &mut Vec<Chain>) {
    // What lies on the antimeridian from end to end has no area.
    let Some(start) = ring.iter().position(|at| !is_on(*at)) else { return };
    ring.rotate_left(start);
    let n = ring.len();
    // The first vertices of chains, and where the last one has begun.
    let (mut chain, mut first): (Chain, Option<Chain>) = (Vec::new(), None);
    let mut i = 0;
    while i < n {
        let from = ring[i];
        chain.push(from);
        // The next one that is off the antimeridian.
        let step = (1..).find(|step| !is_on(ring[(i + step) % n])).unwrap_or(n);
        let to = ring[(i + step) % n];
        let between = &ring[i + 1..i + step];
        let (side, other) = (180.0_f64.copysign(from.x), 180.0_f64.copysign(to.x));
        let is_crossing = match between {
            [] => (to.x - from.x).abs() > 180.0,
            _ => side != other,
        };
        if !is_crossing {
            chain.extend(between.iter().map(|at| Coord { x: side, y: at.y }));
            i += step;
            continue;
        }
        let (end, start) = match between {
            [] => {
                // Degrees to the antimeridian on either side of it.
                let (before, after) = (180.0 - from.x.abs(), 180.0 - to.x.abs());
                let y = from.y + before / (before + after) * (to.y - from.y);
                (y, y)
            }
            [only] => (only.y, only.y),
            [first, .., last] => (first.y, last.y),
        };
        chain.push(Coord { x: side, y: end });
        let done = std::mem::replace(&mut chain, vec![Coord { x: other, y: start }]);
        match first {
            None => first = Some(done),
            Some(_) => chains.push(done),
        }
        i += step;
    }
    match first {
        None if n > 2 => whole.push(chain),
        None => {}
        // The ring began in the middle of a chain.
        Some(first) => {
            chain.extend(first);
            chains.push(chain);
        }
    }
}

fn is_on(at: Coord) -> bool {
    180.0 - at.x.abs() <= ON_DEG
}

/// How far along the frame a place on its eastern or western side is.
fn along_frame(at: Coord) -> f64 {
    if at.x > 0.0 { 450.0 + at.y } else { 990.0 - at.y }
}

/// Joins chains along the frame, each end to the next start counter-clockwise.
fn join(chains: Vec<Chain>) -> Vec<Vec<Coord>> {
    let start = |chain: &Chain| along_frame(chain[0]);
    let end = |chain: &Chain| along_frame(chain[chain.len() - 1]);
    let mut order: Vec<usize> = (0..chains.len()).collect();
    order.sort_by(|&a, &b| start(&chains[a]).total_cmp(&start(&chains[b])));
    let starts: Vec<f64> = order.iter().map(|&i| start(&chains[i])).collect();
    let next = |chain: usize| order[starts.partition_point(|&s| s < end(&chains[chain])) % order.len()];
    let mut used = vec![false; chains.len()];
    let mut rings = Vec::new();
    for first in 0..chains.len() {
        let mut ring: Vec<Coord> = Vec::new();
        let mut chain = first;
        while !used[chain] {
            used[chain] = true;
            ring.extend(&chains[chain]);
            let following = next(chain);
            let (from, to) = (end(&chains[chain]), start(&chains[following]));
            let to = if to < from { to + FRAME } else { to };
            let laps = CORNERS.iter().chain(&CORNERS).enumerate();
            let corners = laps.map(|(i, &(s, corner))| (if i < 4 { s } else { s + FRAME }, corner));
            ring.extend(corners.filter(|&(s, _)| s > from && s < to).map(|(_, corner)| corner));
            chain = following;
        }
        if ring.len() > 2 {
            rings.push(ring);
        }
    }
    rings
}

/// A ring, parted where a vertex of it touches one of its edges on the cut, as the apex of a sector at 180 degrees does: each
/// part is a ring that meets the others in one position.
pub(super) fn parted(mut ring: Vec<Coord>) -> Vec<Vec<Coord>> {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let n = ring.len();
    let touches = |at: Coord, edge: usize| {
        let (from, to) = (ring[edge], ring[(edge + 1) % n]);
        from.x == at.x && to.x == at.x && from.y.min(to.y) < at.y && at.y < from.y.max(to.y)
    };
    let found = (0..n)
        .filter(|&i| ring[i].x.abs() == 180.0)
        .find_map(|i| Some((i, (0..n).find(|&edge| touches(ring[i], edge))?)));
    let Some((vertex, edge)) = found else { return vec![ring] };
    // From behind the edge to the vertex, and from the vertex to the edge: both close along the cut.
    let walk = |from: usize, to: usize| (0..=(to + n - from) % n).map(|i| ring[(from + i) % n]).collect();
    let parts: [Vec<Coord>; 2] = [walk((edge + 1) % n, vertex), walk(vertex, edge)];
    parts.into_iter().flat_map(parted).collect()
}

/// Each hole with the outer ring around it.
pub(super) fn nest(rings: Vec<LineString>) -> Vec<Vec<Vec<Position>>> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| twice_area(&ring.0[1..]) > 0.0);
    let mut polygons: Vec<Polygon> = outer.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    for hole in holes {
        let inside = |polygon: &Polygon| {
            let around = Polygon::new(polygon.exterior().clone(), Vec::new());
            hole.0.iter().any(|&at| around.contains(&Point(at)))
        };
        if let Some(at) = polygons.iter().position(inside) {
            polygons[at].interiors_push(hole);
        }
    }
    let positions = |ring: &LineString| ring.0.iter().map(|at| Position::wrapped(at.x, at.y)).collect();
    let rings = |polygon: &Polygon| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(positions).collect()
    };
    polygons.iter().map(rings).collect()
}
