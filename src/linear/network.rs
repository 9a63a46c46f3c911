//! Routes cut into curve pieces that know their place, and the choice of the foot among them.

use std::ops::Range;

use super::{RouteLocation, Side};
use crate::geodesy::curve::{Closest, Curve};
use crate::geodesy::distance::surface_distance_m;
use crate::geodesy::ecef::{SurfacePoint, cross, dot};
use crate::geodesy::{Edges, edge};
use crate::{Error, Position};

/// Distances that differ by no more than this are one (annotation contract, "Ties").
pub(crate) const TIE_M: f64 = 1e-3;

/// More pieces than this are refused: 100 million km of route.
const MOST_PIECES: usize = 5_000_000;

/// A curve piece of a route.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub curve: Curve,
    /// The distance along the route to its start, in metres.
    pub chainage_m: f64,
    /// The place of its route in the layer.
    pub route: u32,
    opens_part: bool,
    closes_part: bool,
    opens_edge: bool,
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
        let mut network = Network { pieces: Vec::new(), routes: Vec::new(), edges };
        for parts in routes {
            let start = network.pieces.len();
            let route = network.routes.len() as u32;
            let mut chainage_m = 0.0;
            for part in parts {
                chainage_m = network.add_part(part, route, chainage_m);
                if network.pieces.len() > MOST_PIECES {
                    return Err(Error::input(format!(
                        "found routes of more than {} million km in all, expected less: \
                         leave out the edges that jump around the globe",
                        MOST_PIECES as f64 * 20.0 / 1e6
                    )));
                }
            }
            network.routes.push(start..network.pieces.len());
        }
        Ok(network)
    }

    fn add_part(&mut self, part: &[Position], route: u32, mut chainage_m: f64) -> f64 {
        let first = self.pieces.len();
        for ends in part.windows(2) {
            let mut opens_edge = true;
            chainage_m += edge::cut(self.edges, ends[0], ends[1], |curve, along_m| {
                let opens_part = self.pieces.len() == first;
                self.pieces.push(Piece {
                    curve,
                    chainage_m: chainage_m + along_m,
                    route,
                    opens_part,
                    closes_part: false,
                    opens_edge,
                });
                opens_edge = false;
            });
        }
        if self.pieces.len() == first {
            // A part whose positions are all one is that place.
            let curve = Curve::point(part[0]);
            let (opens_part, opens_edge) = (true, true);
            self.pieces.push(Piece { curve, chainage_m, route, opens_part, closes_part: false, opens_edge });
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
        &self.pieces[self.routes[route].clone()]
    }

    /// The length of a route in metres.
    pub fn length_m(&self, route: usize) -> f64 {
        self.route_pieces(route).last().map_or(0.0, |last| last.chainage_m + last.curve.length_m())
    }

    /// The place of the position on the route that `candidates`, the nearest points of its pieces by
    /// place in [`pieces`](Self::pieces), belong to: of all local minima within a millimetre of the
    /// smallest the one of lowest chainage, and of several there (one part ends and another begins) the
    /// first. The order of the candidates plays no part. `None` where there are none.
    pub fn locate(
        &self,
        q: &SurfacePoint,
        candidates: impl Iterator<Item = (usize, Closest)> + Clone,
    ) -> Option<RouteLocation> {
        let least = candidates.clone().map(|(_, c)| c.distance_m).fold(f64::INFINITY, f64::min);
        // Settling a foot shortens its distance by some micrometres.
        let near = candidates.filter(|(_, c)| c.distance_m <= least + TIE_M + 1e-4);
        let settled = near.map(|(piece, c)| (piece, self.pieces[piece].curve.settle(c, q)));
        let mut shortest: Option<(usize, Closest)> = None;
        for (piece, closest) in settled.clone() {
            let before = |(p, s): (usize, Closest)| (closest.distance_m, piece) < (s.distance_m, p);
            if shortest.is_none_or(before) {
                shortest = Some((piece, closest));
            }
        }
        let least = shortest?.1.distance_m;
        let mut first: Option<(f64, usize, Closest)> = None;
        for (piece, closest) in settled {
            let chainage_m = self.pieces[piece].chainage_m + self.pieces[piece].curve.along_m(closest.t);
            if closest.distance_m <= least + TIE_M
                && first.is_none_or(|(lowest, p, _)| (chainage_m, piece) < (lowest, p))
                && self.is_local_minimum(piece, closest, q)
            {
                first = Some((chainage_m, piece, closest));
            }
        }
        let (piece, closest) = first.map_or(shortest?, |(_, piece, closest)| (piece, closest));
        let (piece, closest) = self.at_outgoing(piece, closest, q);
        let curve = &self.pieces[piece].curve;
        Some(RouteLocation {
            chainage_m: self.pieces[piece].chainage_m + curve.along_m(closest.t),
            offset_m: closest.distance_m,
            side: self.side(piece, closest, q),
            foot: curve.position(closest.t),
        })
    }

    /// A foot between two pieces of a part as the start of the later one: one place, one answer.
    fn at_outgoing(&self, piece: usize, closest: Closest, q: &SurfacePoint) -> (usize, Closest) {
        let (piece, t) = match closest.t {
            1.0 if !self.pieces[piece].closes_part => (piece + 1, 0.0),
            0.0 => (piece, 0.0),
            _ => return (piece, closest),
        };
        let distance_m = surface_distance_m(&self.pieces[piece].curve.surface(t), q);
        (piece, Closest { t, distance_m })
    }

    /// False where the distance goes on falling beyond the end of the piece.
    fn is_local_minimum(&self, piece: usize, closest: Closest, q: &SurfacePoint) -> bool {
        // What rounding makes of a slope of nothing: coordinates are good to 4 nm.
        let flat = 1e-8 / closest.distance_m.max(1e-8) + 1e-13;
        if closest.t == 0.0 && !self.pieces[piece].opens_part {
            return self.pieces[piece - 1].curve.slope(1.0, q) <= flat;
        }
        if closest.t == 1.0 && !self.pieces[piece].closes_part {
            return self.pieces[piece + 1].curve.slope(0.0, q) >= -flat;
        }
        true
    }

    /// The side by the annotation contract, `route_side`; between two pieces the foot is the later one's.
    fn side(&self, piece: usize, closest: Closest, q: &SurfacePoint) -> Side {
        if closest.distance_m <= TIE_M {
            return Side::On;
        }
        let Piece { curve, opens_part, closes_part, .. } = &self.pieces[piece];
        if (closest.t == 0.0 && *opens_part) || (closest.t == 1.0 && *closes_part) {
            let leftness = curve.leftness(closest.t, q);
            // How far apart two geodesics are that set out at a small angle, on a mean sphere.
            const RADIUS_M: f64 = 6_371_000.0;
            let apart_m = RADIUS_M * (closest.distance_m / RADIUS_M).sin().abs() * leftness.abs();
            return if apart_m <= TIE_M { Side::On } else { Side::of(leftness) };
        }
        if closest.t > 0.0 {
            return Side::of(curve.leftness(closest.t, q));
        }
        let (incoming, outgoing) = (&self.pieces[piece - 1], &self.pieces[piece]);
        let by_incoming = || Side::of(incoming.curve.leftness(1.0, q));
        if !outgoing.opens_edge {
            return by_incoming();
        }
        let vertex = outgoing.curve.surface(0.0);
        let (before, after) = (incoming.curve.tangent(1.0, &vertex), outgoing.curve.tangent(0.0, &vertex));
        let turn = dot(cross(before, after), vertex.normal);
        // Straight on, or straight back: no outer side.
        let shortest_m = incoming.curve.length_m().min(outgoing.curve.length_m());
        if turn.abs() <= 1e-9 + 1e-8 / shortest_m {
            return by_incoming();
        }
        Side::of(-turn)
    }
}
