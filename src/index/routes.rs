//! The nearest routes and corridors, and those that a position lies in.

use std::sync::OnceLock;

use smallvec::SmallVec;

use super::far::{self, LowList};
use super::nearest::{Best, Found, FoundList, by_distance, limit2};
use super::options::Search;
use super::packed::{Packed, WIDTH};
use super::pieces::{BESIDE_M, HalfWidth, PieceLeaf, PieceWalk};
use super::tree::{Capsule, Tree, Visitor, walk};
use crate::geodesy::Edges;
use crate::geodesy::curve::Closest;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::{Network, Piece, RouteLocation, TIE_M};
use crate::{Error, PatrolRoute};

/// Routes cut into pieces, and the trees of the pieces.
#[derive(Debug)]
pub(crate) struct RouteIndex {
    network: Network,
    leaves: Vec<PieceLeaf>,
    packed: Packed,
    /// `rstar`'s tree of the pieces, once it is asked for.
    rstar: OnceLock<Tree>,
    half_widths: Vec<HalfWidth>,
    /// The widest of them by chord; -1 where there is none.
    widest: f32,
    /// The widest in metres; -1 where there is none.
    widest_m: f64,
}

/// What a look for routes gives: the nearest, what was measured near by, and the routes it lies in.
pub(crate) struct RouteSearch {
    /// By distance and then by place.
    pub found: FoundList,
    /// The nearest points of single pieces, by place of the piece.
    near: SmallVec<[(u32, Closest); 12]>,
    /// The routes within whose half width the position lies, in no order.
    pub inside: SmallVec<[u32; 4]>,
}

impl RouteIndex {
    pub fn new(routes: &[PatrolRoute], edges: Edges) -> Result<Self, Error> {
        let network = Network::new(routes.iter().map(PatrolRoute::parts), edges)?;
        let boxes: Vec<_> = network.pieces().iter().enumerate().map(|piece| capsule(piece).aabb()).collect();
        let (packed, mut order) = Packed::new(&boxes, Some(&|piece| network.pieces()[piece as usize].route));
        // Pieces of a route side by side.
        order.chunks_mut(WIDTH).for_each(<[u32]>::sort_unstable);
        let leaves = order.chunks(WIDTH).map(|places| PieceLeaf::new(places, network.pieces())).collect();
        let half_widths: Vec<_> = routes.iter().map(|route| HalfWidth::new(route.half_width_m())).collect();
        let widest = half_widths.iter().map(|width| width.outside_m).fold(-1.0, f32::max);
        let widest_m = half_widths.iter().map(|width| width.half_width_m).fold(-1.0, f64::max);
        Ok(RouteIndex { network, leaves, packed, rstar: OnceLock::new(), half_widths, widest, widest_m })
    }

    pub fn network(&self) -> &Network {
        &self.network
    }

    pub fn has_half_widths(&self) -> bool {
        self.widest >= 0.0
    }

    /// The greatest half width in metres, where there is any.
    pub fn widest_m(&self) -> Option<f64> {
        self.has_half_widths().then_some(self.widest_m)
    }

    /// The `k` nearest groups and those tied with the nearest; `group_of` gives a route's group (itself,
    /// or its corridor), or none where it does not count: it is then as if it were not there. With `membership` also the routes that the position lies in.
    pub fn nearest(
        &self,
        q: &SurfacePoint,
        k: usize,
        search: Search,
        membership: bool,
        group_of: impl Fn(u32) -> Option<u32>,
    ) -> RouteSearch {
        self.search(q, search, k, f64::INFINITY, membership, group_of)
    }

    /// All groups within a distance.
    pub fn within(
        &self,
        q: &SurfacePoint,
        radius_m: f64,
        search: Search,
        group_of: impl Fn(u32) -> Option<u32>,
    ) -> RouteSearch {
        let mut search = self.search(q, search, usize::MAX, radius_m, false, group_of);
        search.found.sort_unstable_by(by_distance);
        search
    }

    /// The distance to the nearest of the routes that count in metres, infinite without one.
    pub fn nearest_m(&self, q: &SurfacePoint, counts: impl Fn(u32) -> bool) -> f64 {
        let itself = |route| counts(route).then_some(route);
        let search = self.search(q, Search::Index, 1, f64::INFINITY, false, itself);
        search.found.first().map_or(f64::INFINITY, |found| found.distance_m)
    }

    /// All pieces that may be within a distance, each with its distance from below: the nearest by that first.
    pub fn pieces_about(&self, q: &SurfacePoint, radius_m: f64) -> LowList {
        let layer = (&self.leaves[..], &self.half_widths[..]);
        let mut bounds = PieceWalk::new(layer, q, 0, radius_m + BESIDE_M, -1.0, Some);
        self.packed.walk(q.ecef, &mut bounds);
        far::by_distance(&bounds.candidates().near, self.network.pieces(), q, 0, radius_m)
    }

    fn search(
        &self,
        q: &SurfacePoint,
        search: Search,
        k: usize,
        radius_m: f64,
        membership: bool,
        group_of: impl Fn(u32) -> Option<u32>,
    ) -> RouteSearch {
        let mut walker = RouteWalk {
            index: self,
            q,
            group_of: &group_of,
            best: Best::new(k),
            radius_m,
            nearest_chord2: limit2(radius_m + BESIDE_M),
            membership: membership && self.has_half_widths(),
            near: SmallVec::new(),
            inside: SmallVec::new(),
        };
        match search {
            Search::Index => {
                let layer = (&self.leaves[..], &self.half_widths[..]);
                let widest = if membership { self.widest } else { -1.0 };
                // Without an end there is no k-th.
                let k = if k == usize::MAX { 0 } else { k };
                let mut bounds = PieceWalk::new(layer, q, k, radius_m + BESIDE_M, widest, &group_of);
                self.packed.walk(q.ecef, &mut bounds);
                walker.settle(bounds, k);
            }
            Search::RStar => walk(self.rstar.get_or_init(|| self.rstar_tree()), q.ecef, &mut walker),
            Search::Scan => {
                for piece in 0..self.network.pieces().len() as u32 {
                    walker.measure(piece, f64::INFINITY);
                }
            }
        }
        RouteSearch { found: walker.best.found, near: walker.near, inside: walker.inside }
    }

    fn rstar_tree(&self) -> Tree {
        Tree::bulk_load_with_params(self.network.pieces().iter().enumerate().map(capsule).collect())
    }

    /// The place on a route (or on the routes of a group) that a search has found.
    #[inline]
    pub fn locate(
        &self,
        search: &RouteSearch,
        group: u32,
        q: &SurfacePoint,
        group_of: impl Fn(u32) -> Option<u32>,
    ) -> Option<(u32, RouteLocation)> {
        let pieces = self.network.pieces();
        let of_group =
            search.near.iter().filter(|(piece, _)| group_of(pieces[*piece as usize].route) == Some(group));
        // In a group of several routes the first of those that are tied counts.
        let least = of_group.clone().map(|(_, c)| c.distance_m).fold(f64::INFINITY, f64::min);
        let route = of_group
            .filter(|(_, c)| c.distance_m <= least + TIE_M)
            .map(|(piece, _)| pieces[*piece as usize].route)
            .min()?;
        let of_route = search.near.iter().filter(|(piece, _)| pieces[*piece as usize].route == route);
        let location = self.network.locate(q, of_route.map(|&(piece, closest)| (piece as usize, closest)))?;
        Some((route, location))
    }
}

fn capsule((i, piece): (usize, &Piece)) -> Capsule {
    let (a, b, radius_m) = piece.curve.capsule();
    Capsule { a, b, radius_m, item: i as u32 }
}

/// Measures pieces and keeps the best.
struct RouteWalk<'a, G> {
    index: &'a RouteIndex,
    q: &'a SurfacePoint,
    group_of: G,
    best: Best,
    radius_m: f64,
    /// What is farther by squared chord is neither near nor tied.
    nearest_chord2: f64,
    membership: bool,
    near: SmallVec<[(u32, Closest); 12]>,
    inside: SmallVec<[u32; 4]>,
}

impl<G: Fn(u32) -> Option<u32>> RouteWalk<'_, G> {
    fn limit_m(&self) -> f64 {
        self.best.limit_m().min(self.radius_m) + BESIDE_M
    }

    fn measure(&mut self, piece: u32, limit_m: f64) {
        let Piece { curve, route, .. } = &self.index.network.pieces()[piece as usize];
        let Some(item) = (self.group_of)(*route) else { return };
        let closest = curve.closest(self.q, limit_m);
        let half_width_m = self.index.half_widths[*route as usize].half_width_m;
        if self.membership && closest.distance_m <= half_width_m && !self.inside.contains(route) {
            self.inside.push(*route);
        }
        let limit_m = self.limit_m();
        if closest.distance_m > limit_m {
            return;
        }
        if self.near.len() == self.near.capacity() {
            self.near.retain(|(_, closest)| closest.distance_m <= limit_m);
        }
        self.near.push((piece, closest));
        if closest.distance_m <= self.best.limit_m().min(self.radius_m) {
            self.best.take(Found { distance_m: closest.distance_m, item, slot: piece });
            if self.limit_m() < limit_m {
                self.nearest_chord2 = limit2(self.limit_m());
            }
        }
    }

    /// Measures what a walk by bounds has left.
    fn settle<H: Fn(u32) -> Option<u32>>(&mut self, bounds: PieceWalk<'_, H>, k: usize) {
        let left = bounds.candidates();
        self.inside = left.inside;
        // The nearest first, so that few of the others need to be measured.
        for near in far::by_distance(&left.near, self.index.network.pieces(), self.q, k, self.radius_m) {
            let limit_m = self.limit_m();
            if near.low_m > limit_m {
                break;
            }
            self.measure(near.piece, limit_m);
        }
        for &piece in &left.doubtful {
            let route = self.index.network.pieces()[piece as usize].route;
            if !self.inside.contains(&route) {
                // Not only to the half width: one that is near, too, must be measured in full.
                let half_width_m = self.index.half_widths[route as usize].half_width_m;
                self.measure(piece, self.limit_m().max(half_width_m));
            }
        }
    }
}

impl<G: Fn(u32) -> Option<u32>> Visitor for RouteWalk<'_, G> {
    fn chord2_limit(&self) -> f64 {
        if self.membership { self.nearest_chord2.max(square(self.index.widest)) } else { self.nearest_chord2 }
    }

    fn visit(&mut self, leaf: &Capsule, chord2: f64) {
        let route = self.index.network.pieces()[leaf.item as usize].route;
        let HalfWidth { half_width_m, outside_m, .. } = self.index.half_widths[route as usize];
        if chord2 <= self.nearest_chord2 {
            self.measure(leaf.item, self.limit_m().max(half_width_m));
        } else if outside_m >= 0.0 && chord2 <= square(outside_m) && !self.inside.contains(&route) {
            // Too far to be the nearest: only membership is open.
            self.measure(leaf.item, half_width_m);
        }
    }
}

fn square(x: f32) -> f64 {
    f64::from(x) * f64::from(x)
}
