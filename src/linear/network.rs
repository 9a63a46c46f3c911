//! Routes cut into curve pieces that know their place, and the choice of the foot among them.

use std::ops::Range;

use smallvec::SmallVec;

use super::{RouteLocation, Side};
use crate::geodesy::curve::{Closest, Curve};
use crate::geodesy::distance::{SERIES_CHORD_M, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, cross, dot};
use crate::geodesy::ellipsoid::MEAN_RADIUS_M;
use crate::geodesy::{Edges, edge};
use crate::{Error, Position};

/// Distances that differ by no more than this are one (annotation contract, "Ties").
pub(crate) const TIE_M: f64 = 1e-3;

/// Settling a foot shortens its distance by some micrometres, and never by more than this.
pub(crate) const SETTLE_M: f64 = 1e-4;

/// What long edges are cut into beyond one piece each, of which more are refused: 100 million km. Edges have as many pieces
/// as a file has vertices; a few that jump around the globe have thousands.
const MOST_EXTRA_PIECES: usize = 5_000_000;

/// A curve piece of a route.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub curve: Curve,
    /// The distance along the route to its start, in metres.
    pub chainage_m: f64,
    /// The place of its route in the layer.
    pub route: u32,
    /// The edge that it is of: the number of the vertex at whose start it runs, over all parts of the route.
    pub edge: u32,
    opens_part: bool,
    closes_part: bool,
}

impl Piece {
    /// The first of its part.
    pub fn opens_part(&self) -> bool {
        self.opens_part
    }

    /// The last of its part.
    pub fn closes_part(&self) -> bool {
        self.closes_part
    }
}

/// All pieces of some routes, in the order of routes and chainage.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pieces: Vec<Piece>,
    routes: Vec<Range<usize>>,
    edges: Edges,
}

impl Network {
    /// Cuts routes, each a list of parts of two or more positions.
    pub fn new<'a>(
        routes: impl IntoIterator<Item = &'a [Vec<Position>]>,
        edges: Edges,
    ) -> Result<Self, Error> {
        let routes: Vec<&[Vec<Position>]> = routes.into_iter().collect();
        let edge_count: usize = routes.iter().flat_map(|parts| parts.iter()).map(|part| part.len() - 1).sum();
        let pieces = Vec::with_capacity(edge_count);
        let mut network = Network { pieces, routes: Vec::with_capacity(routes.len()), edges };
        for parts in routes {
            let start = network.pieces.len();
            let route = network.routes.len() as u32;
            let (mut chainage_m, mut vertex) = (0.0, 0);
            for part in parts {
                chainage_m = network.add_part(part, route, vertex, chainage_m);
                vertex += part.len() as u32;
                if network.pieces.len() > edge_count + MOST_EXTRA_PIECES {
                    return Err(Error::input(format!(
                        "the long edges of the routes make more than {} million km in all; remove the edges that jump \
                         around the globe",
                        MOST_EXTRA_PIECES as f64 * 20.0 / 1e6
                    )));
                }
            }
            network.routes.push(start..network.pieces.len());
        }
        Ok(network)
    }

    /// Adds a part whose first vertex has the number `vertex`; returns the chainage of its end.
    fn add_part(&mut self, part: &[Position], route: u32, vertex: u32, mut chainage_m: f64) -> f64 {
        let first = self.pieces.len();
        for (vertex, ends) in (vertex..).zip(part.windows(2)) {
            chainage_m += edge::cut(self.edges, ends[0], ends[1], |curve, along_m| {
                let opens_part = self.pieces.len() == first;
                self.pieces.push(Piece {
                    curve,
                    chainage_m: chainage_m + along_m,
                    route,
                    edge: vertex,
                    opens_part,
                    closes_part: false,
                });
            });
        }
        if self.pieces.len() == first {
            // A part whose positions are all one is that place.
            let curve = Curve::point(part[0]);
            let (opens_part, closes_part) = (true, false);
            self.pieces.push(Piece { curve, chainage_m, route, edge: vertex, opens_part, closes_part });
        }
        let last = self.pieces.last_mut().expect("a part has a piece");
        last.closes_part = true;
        // To the bit where a foot on its end lies: the end must not belong to the next part.
        last.chainage_m + last.curve.length_m()
    }

    pub fn edges(&self) -> Edges {
        self.edges
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub fn route_pieces(&self, route: usize) -> &[Piece] {
        &self.pieces[self.route_range(route)]
    }

    /// The places of a route's pieces in [`pieces`](Self::pieces).
    pub fn route_range(&self, route: usize) -> Range<usize> {
        self.routes[route].clone()
    }

    /// The length of a route in metres.
    pub fn length_m(&self, route: usize) -> f64 {
        self.route_pieces(route).last().map_or(0.0, |last| last.chainage_m + last.curve.length_m())
    }

    /// The place of the position on the route that `candidates`, the nearest points of its pieces by
    /// place in [`pieces`](Self::pieces), belong to: of all local minima within a millimetre of the
    /// smallest the one of lowest chainage. `None` where there are no candidates.
    #[inline]
    pub fn locate(
        &self,
        q: &SurfacePoint,
        candidates: impl Iterator<Item = (usize, Closest)> + Clone,
    ) -> Option<RouteLocation> {
        let least = candidates.clone().map(|(_, c)| c.distance_m).fold(f64::INFINITY, f64::min);
        let near = candidates.filter(|(_, c)| c.distance_m <= least + TIE_M + SETTLE_M);
        let settle = |(piece, c): (usize, Closest)| (piece, self.pieces[piece].curve.settle(c, q));
        let settled: SmallVec<[_; 4]> = near.map(settle).collect();
        // The candidates come in any order; of two that are equal the earlier piece counts.
        let shorter = |a: &&(usize, Closest), b: &&(usize, Closest)| {
            a.1.distance_m.total_cmp(&b.1.distance_m).then(a.0.cmp(&b.0))
        };
        let shortest = *settled.iter().min_by(shorter)?;
        let mut first: Option<(usize, Closest)> = None;
        // One alone needs no choice.
        for &(piece, closest) in settled.iter().filter(|_| settled.len() > 1) {
            // The pieces stand in the order of their chainage, and the end of a part before the start of the
            // next, which has the same.
            if closest.distance_m <= shortest.1.distance_m + TIE_M
                && first.is_none_or(|(earliest, _)| piece < earliest)
                && self.is_local_minimum(piece, closest, q, &settled)
            {
                first = Some((piece, closest));
            }
        }
        let (piece, closest) = first.unwrap_or(shortest);
        Some(self.location(piece, closest, q))
    }

    /// The position expression of a foot.
    fn location(&self, piece: usize, closest: Closest, q: &SurfacePoint) -> RouteLocation {
        // A foot between two pieces of a part is the start of the later one: one place, one answer.
        let (piece, t) = match closest.t {
            1.0 if !self.pieces[piece].closes_part => (piece + 1, 0.0),
            t => (piece, t),
        };
        let Piece { curve, chainage_m, .. } = &self.pieces[piece];
        let foot = curve.surface(t);
        let measured = closest.distance_m > SERIES_CHORD_M && t > 0.0 && t < 1.0;
        let distance_m = if measured { closest.distance_m } else { surface_distance_m(&foot, q) };
        RouteLocation {
            chainage_m: chainage_m + curve.along_m(t),
            offset_m: distance_m,
            side: self.side(piece, Closest { t, distance_m }, &foot, q),
            foot: foot.position,
        }
    }

    /// False where the distance goes on falling beyond the end of the piece.
    fn is_local_minimum(
        &self,
        piece: usize,
        closest: Closest,
        q: &SurfacePoint,
        settled: &[(usize, Closest)],
    ) -> bool {
        let also = |piece: usize, t: f64| settled.iter().any(|(other, c)| *other == piece && c.t == t);
        // What rounding makes of a slope of nothing: coordinates are good to 4 nm.
        let flat = 1e-8 / closest.distance_m.max(1e-8) + 1e-13;
        if closest.t == 0.0 && !self.pieces[piece].opens_part {
            return also(piece - 1, 1.0) || self.pieces[piece - 1].curve.slope(1.0, q) <= flat;
        }
        if closest.t == 1.0 && !self.pieces[piece].closes_part {
            return also(piece + 1, 0.0) || self.pieces[piece + 1].curve.slope(0.0, q) >= -flat;
        }
        true
    }

    /// The side by the annotation contract, `route_side`; between two pieces the foot is the later one's.
    fn side(&self, piece: usize, closest: Closest, foot: &SurfacePoint, q: &SurfacePoint) -> Side {
        if closest.distance_m <= TIE_M {
            return Side::On;
        }
        let Piece { curve, opens_part, closes_part, .. } = &self.pieces[piece];
        if (closest.t == 0.0 && *opens_part) || (closest.t == 1.0 && *closes_part) {
            let leftness = curve.leftness(closest.t, foot, q);
            // How far apart two geodesics are that set out at a small angle, on a mean sphere.
            let apart_m = MEAN_RADIUS_M * (closest.distance_m / MEAN_RADIUS_M).sin().abs() * leftness.abs();
            return if apart_m <= TIE_M { Side::On } else { Side::of(leftness) };
        }
        if closest.t > 0.0 {
            return Side::of(curve.leftness(closest.t, foot, q));
        }
        let (incoming, outgoing) = (&self.pieces[piece - 1], &self.pieces[piece]);
        let by_incoming = || Side::of(incoming.curve.leftness(1.0, &incoming.curve.surface(1.0), q));
        if outgoing.edge == incoming.edge {
            return by_incoming();
        }
        let (before, after) = (incoming.curve.tangent(1.0, foot), outgoing.curve.tangent(0.0, foot));
        let turn = dot(cross(before, after), foot.normal);
        // Straight on, or straight back: no outer side.
        let shortest_m = incoming.curve.length_m().min(outgoing.curve.length_m());
        if turn.abs() <= 1e-9 + 1e-8 / shortest_m {
            return by_incoming();
        }
        Side::of(-turn)
    }
}
