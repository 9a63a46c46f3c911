//! What lies within a distance of a line, as overlapping polygons in a plane: a strip along each piece,
//! a fan at each bend, a cap at each end. Their union is the corridor.
//!
//! Every vertex is the end of a geodesic that leaves the line at a right angle, as long as the half width.

use geo::{ConvexHull, Polygon};
use geo_types::{Coord, LineString, MultiPoint};

use super::caps::Caps;
use super::local_plane::LocalPlane;
use crate::geodesy::curve::Curve;
use crate::geodesy::ecef::{SurfacePoint, Vec3, dot};
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::{Edges, direct, edge};
use crate::{PatrolRoute, Position};

/// How often a piece is halved at most.
const MOST_HALVINGS: u32 = 24;

/// By how much neighbours overlap, so that no crack is left between them: an angle, in degrees.
const OVERLAP_DEG: f64 = 1.0;

/// Between flat ends that are closer, in metres, there is no area that nine decimals of a degree can show.
const SHORTEST_FLAT_M: f64 = 0.01;

/// From this half width on, in metres, each joint is joined with its strips first.
///
/// Between two strips that are joined without it a crack may be left, no wider than the grid and as long as the strips
/// are wide; where such a one led into a hole the operation (i_overlay 4.5) has lost the hole.
const WIDE_M: f64 = 50_000.0;

/// Collects the polygons of a corridor.
pub(super) struct Sweep<'a> {
    plane: &'a LocalPlane,
    /// Only what lies within it is drawn.
    reach: Option<Reach>,
    edges: Edges,
    caps: Caps,
    half_width_m: f64,
    /// How far a straight line may be from the curve that it stands for.
    sag_m: f64,
    pub polygons: Vec<Polygon>,
}

/// A part of the globe: what is no farther from a centre.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    centre: Vec3,
    cosine: f64,
}

impl Reach {
    pub fn new(centre: Position, radius_m: f64) -> Self {
        // On the auxiliary sphere of normals; a kilometre either way is no matter.
        Reach { centre: SurfacePoint::new(centre).normal, cosine: (radius_m / MEAN_RADIUS_M).cos() }
    }

    fn has(&self, at: Position) -> bool {
        dot(self.centre, SurfacePoint::new(at).normal) >= self.cosine
    }
}

/// A place on a piece with its two offset points.
#[derive(Clone, Copy)]
struct Station {
    t: f64,
    middle: Coord,
    left: Coord,
    right: Coord,
}

/// A place with the direction of the line there.
#[derive(Clone, Copy)]
struct Heading {
    at: Position,
    azimuth_deg: f64,
    tangent: Vec3,
}

impl Heading {
    /// The azimuth at another name of the same place: at a pole north depends on the longitude.
    fn azimuth_at(&self, other: Position) -> f64 {
        match self.at.lon_deg() == other.lon_deg() {
            true => self.azimuth_deg,
            false => azimuth_deg(self.tangent, &SurfacePoint::new(other)),
        }
    }
}

impl<'a> Sweep<'a> {
    pub fn new(plane: &'a LocalPlane, reach: Option<Reach>, edges: Edges, caps: Caps) -> Self {
        Sweep { plane, reach, edges, caps, half_width_m: 0.0, sag_m: 0.0, polygons: Vec::new() }
    }

    /// Adds a route with its half width.
    pub fn add_route(&mut self, route: &PatrolRoute, half_width_m: f64) {
        self.half_width_m = half_width_m;
        self.sag_m = sag_m(half_width_m);
        for part in route.parts() {
            self.add_part(part);
        }
    }

    fn add_part(&mut self, part: &[Position]) {
        let mut pieces: Vec<Curve> = Vec::new();
        for ends in part.windows(2) {
            edge::cut(self.edges, ends[0], ends[1], |curve, _| pieces.push(curve));
        }
        let length_m: f64 = pieces.iter().map(Curve::length_m).sum();
        if self.caps == Caps::Flat && length_m < SHORTEST_FLAT_M {
            pieces.clear();
        }
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            // Without a direction there is but one kind of cap.
            if let Some(&at) = part.first().filter(|at| self.reaches(**at)) {
                self.fan(at, 0.0, 360.0, &[]);
            }
            return;
        };
        let (start, end) = (heading(first, 0.0), heading(last, 1.0));
        if part.first() == part.last() {
            self.joint(end, start);
        } else {
            self.cap(start.at, start.azimuth_deg + 180.0);
            self.cap(end.at, end.azimuth_deg);
        }
        if self.half_width_m >= WIDE_M {
            // A strip, then the joint to the next: what is joined first has no cracks.
            for (i, piece) in pieces.iter().enumerate() {
                self.strip(piece);
                if let Some(next) = pieces.get(i + 1) {
                    self.joint(heading(piece, 1.0), heading(next, 0.0));
                }
            }
            return;
        }
        for pair in pieces.windows(2) {
            self.joint(heading(&pair[0], 1.0), heading(&pair[1], 0.0));
        }
        for piece in &pieces {
            self.strip(piece);
        }
    }

    fn reaches(&self, at: Position) -> bool {
        self.reach.is_none_or(|reach| reach.has(at))
    }

    fn offset(&self, at: Position, azimuth_deg: f64) -> Coord {
        self.plane.project(direct(at, azimuth_deg, self.half_width_m).position)
    }

    fn station(&self, piece: &Curve, t: f64) -> Station {
        let Heading { at, azimuth_deg, .. } = heading(piece, t);
        Station {
            t,
            middle: self.plane.project(at),
            left: self.offset(at, azimuth_deg - 90.0),
            right: self.offset(at, azimuth_deg + 90.0),
        }
    }

    /// The strip along a piece: what has its foot on it.
    fn strip(&mut self, piece: &Curve) {
        if !self.reaches(piece.position(0.5)) {
            return;
        }
        let mut stations = vec![self.station(piece, 0.0)];
        let (middle, end) = (self.station(piece, 0.5), self.station(piece, 1.0));
        self.refine(piece, stations[0], middle, 0, &mut stations);
        self.refine(piece, middle, end, 0, &mut stations);
        let backwards = |pair: &[Station]| {
            let (a, b) = (pair[0], pair[1]);
            let along = b.middle - a.middle;
            let least = 0.2 * (along.x * along.x + along.y * along.y);
            let forward = |from: Coord, to: Coord| (to - from).x * along.x + (to - from).y * along.y;
            forward(a.left, b.left) < least || forward(a.right, b.right) < least
        };
        if stations.windows(2).any(backwards) {
            // The piece bends more sharply than the half width (a planar edge close to a pole): an offset
            // line has a cusp. Two steps at a time are near to convex.
            for three in stations.windows(3) {
                let points = three.iter().flat_map(|s| [s.left, s.middle, s.right]);
                let points: MultiPoint = points.map(geo_types::Point::from).collect();
                self.polygons.push(points.convex_hull());
            }
            return;
        }
        let right = stations.iter().map(|station| station.right);
        let left = stations.iter().rev().map(|station| station.left);
        self.push(right.chain(left).collect());
    }

    /// Adds the stations after `a` up to `b`, so close that straight lines serve.
    fn refine(&self, piece: &Curve, a: Station, b: Station, depth: u32, stations: &mut Vec<Station>) {
        let middle = self.station(piece, 0.5 * (a.t + b.t));
        let off = (from_line(middle.left, a.left, b.left).max(from_line(middle.right, a.right, b.right)))
            .max(from_line(middle.middle, a.middle, b.middle));
        if off <= self.sag_m || depth == MOST_HALVINGS {
            stations.push(b);
            return;
        }
        self.refine(piece, a, middle, depth + 1, stations);
        self.refine(piece, middle, b, depth + 1, stations);
    }

    /// What has its foot on the vertex between two pieces, and the seam between their strips.
    fn joint(&mut self, incoming: Heading, outgoing: Heading) {
        if !self.reaches(outgoing.at) {
            return;
        }
        let incoming_deg = incoming.azimuth_at(outgoing.at);
        let turn_deg = (outgoing.azimuth_deg - incoming_deg + 540.0).rem_euclid(360.0) - 180.0;
        let outer_deg = incoming_deg - 90.0_f64.copysign(turn_deg);
        let (from_deg, to_deg) = match turn_deg < 0.0 {
            true => (outer_deg + turn_deg, outer_deg),
            false => (outer_deg, outer_deg + turn_deg),
        };
        let inner_deg = 0.5 * (from_deg + to_deg) + 180.0;
        let inner = [inner_deg - OVERLAP_DEG, inner_deg + OVERLAP_DEG];
        self.fan(outgoing.at, from_deg - OVERLAP_DEG, to_deg + OVERLAP_DEG, &inner);
    }

    /// The end of a part, facing away from it.
    fn cap(&mut self, at: Position, azimuth_deg: f64) {
        if !self.reaches(at) {
            return;
        }
        match self.caps {
            Caps::Flat => {}
            Caps::Round => {
                self.fan(at, azimuth_deg - 90.0 - OVERLAP_DEG, azimuth_deg + 90.0 + OVERLAP_DEG, &[])
            }
            Caps::Square => {
                let ahead = direct(at, azimuth_deg, self.half_width_m);
                let (corner, far_deg) = (ahead.position, ahead.azimuth2_deg);
                let back_deg = 90.0 + OVERLAP_DEG;
                let corners = [
                    self.offset(at, azimuth_deg + back_deg),
                    self.offset(at, azimuth_deg + 90.0),
                    self.offset(corner, far_deg + 90.0),
                    self.plane.project(corner),
                    self.offset(corner, far_deg - 90.0),
                    self.offset(at, azimuth_deg - 90.0),
                    self.offset(at, azimuth_deg - back_deg),
                ];
                self.push(corners.to_vec());
            }
        }
    }

    /// A part of the circle around a place from one azimuth clockwise to another, and single points more.
    fn fan(&mut self, at: Position, from_deg: f64, to_deg: f64, more_deg: &[f64]) {
        let step_deg = 2.0 * (1.0 - self.sag_m / self.half_width_m).clamp(0.0, 1.0).acos().to_degrees();
        let steps = ((to_deg - from_deg) / step_deg.min(30.0)).ceil().max(1.0);
        let arc = (0..=steps as u32).map(|i| from_deg + f64::from(i) / steps * (to_deg - from_deg));
        let ring = arc.chain(more_deg.iter().copied()).map(|azimuth_deg| self.offset(at, azimuth_deg));
        let ring = ring.collect();
        self.push(ring);
    }

    /// Adds a polygon, counter-clockwise.
    fn push(&mut self, mut ring: Vec<Coord>) {
        let next = |i: usize| ring[(i + 1) % ring.len()];
        let twice_area: f64 = ring.iter().enumerate().map(|(i, a)| a.x * next(i).y - a.y * next(i).x).sum();
        if twice_area < 0.0 {
            ring.reverse();
        }
        self.polygons.push(Polygon::new(LineString(ring), Vec::new()));
    }
}

/// A tenth of what a boundary may be off.
pub(super) fn sag_m(half_width_m: f64) -> f64 {
    0.1 * f64::max(0.5, 5e-4 * half_width_m)
}

fn heading(piece: &Curve, t: f64) -> Heading {
    let here = piece.surface(t);
    let tangent = piece.tangent(t, &here);
    Heading { at: here.position, azimuth_deg: azimuth_deg(tangent, &here), tangent }
}

fn azimuth_deg(tangent: Vec3, here: &SurfacePoint) -> f64 {
    let (east, north) = here.east_north();
    dot(tangent, east).atan2(dot(tangent, north)).to_degrees()
}

/// How far a point is from the straight line between two others.
fn from_line(point: Coord, a: Coord, b: Coord) -> f64 {
    let (along, to) = (b - a, point - a);
    let length2 = along.x * along.x + along.y * along.y;
    let t = if length2 > 0.0 { ((to.x * along.x + to.y * along.y) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (to.x - t * along.x).hypot(to.y - t * along.y)
}
