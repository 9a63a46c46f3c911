//! The nearest routes and corridors, and those that a position lies in.

use smallvec::SmallVec;

use super::area::Search;
use super::posts::{Best, Found, FoundList, by_distance, limit2};
use super::tree::{Capsule, Tree, Visitor, walk};
use crate::geodesy::Edges;
use crate::geodesy::curve::Closest;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::{Network, Piece, RouteLocation, TIE_M};
use crate::{Error, PatrolRoute};

/// Routes cut into pieces, and the tree of the pieces.
#[derive(Debug)]
pub(crate) struct RouteIndex {
    network: Network,
    tree: Tree,
    /// The half width of each route in metres and the squared chord under it; none is -1.
    half_widths: Vec<(f64, f64)>,
    /// The greatest of those squared chords.
    widest_chord2: f64,
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
        let leaf = |(i, piece): (usize, &Piece)| {
            let (a, b, radius_m) = piece.curve.capsule();
            Capsule { a, b, radius_m, item: i as u32 }
        };
        let tree = Tree::bulk_load_with_params(network.pieces().iter().enumerate().map(leaf).collect());
        let half_width = |route: &PatrolRoute| match route.half_width_m() {
            Some(half_width_m) => (half_width_m, limit2(half_width_m)),
            None => (-1.0, -1.0),
        };
        let half_widths: Vec<_> = routes.iter().map(half_width).collect();
        let widest_chord2 = half_widths.iter().map(|&(_, chord2)| chord2).fold(-1.0, f64::max);
        Ok(RouteIndex { network, tree, half_widths, widest_chord2 })
    }

    pub fn network(&self) -> &Network {
        &self.network
    }

    pub fn has_half_widths(&self) -> bool {
        self.widest_chord2 >= 0.0
    }

    /// The `k` nearest groups and those tied with the nearest; `group_of` gives a route's group (itself,
    /// or its corridor). With `membership` also the routes that the position lies in.
    pub fn nearest(
        &self,
        q: &SurfacePoint,
        k: usize,
        search: Search,
        membership: bool,
        group_of: impl Fn(u32) -> u32,
    ) -> RouteSearch {
        let widest = if membership { self.widest_chord2 } else { -1.0 };
        self.search(q, search, Best::new(k), f64::INFINITY, widest, group_of)
    }

    /// All groups within a distance.
    pub fn within(
        &self,
        q: &SurfacePoint,
        radius_m: f64,
        search: Search,
        group_of: impl Fn(u32) -> u32,
    ) -> RouteSearch {
        let mut search = self.search(q, search, Best::new(usize::MAX), radius_m, -1.0, group_of);
        search.found.sort_unstable_by(by_distance);
        search
    }

    fn search(
        &self,
        q: &SurfacePoint,
        search: Search,
        best: Best,
        radius_m: f64,
        widest_chord2: f64,
        group_of: impl Fn(u32) -> u32,
    ) -> RouteSearch {
        let mut walker = RouteWalk {
            index: self,
            q,
            group_of,
            best,
            radius_m,
            nearest_chord2: limit2(radius_m + TIE_M),
            widest_chord2,
            near: SmallVec::new(),
            inside: SmallVec::new(),
        };
        match search {
            Search::Index => walk(&self.tree, q.ecef, &mut walker),
            Search::Scan => {
                for piece in 0..self.network.pieces().len() as u32 {
                    walker.measure(piece, f64::INFINITY);
                }
            }
        }
        RouteSearch { found: walker.best.found, near: walker.near, inside: walker.inside }
    }

    /// The place on a route (or on the routes of a group) that a search has found.
    pub fn locate(
        &self,
        search: &RouteSearch,
        group: u32,
        q: &SurfacePoint,
        group_of: impl Fn(u32) -> u32,
    ) -> Option<(u32, RouteLocation)> {
        let pieces = self.network.pieces();
        let of_group =
            search.near.iter().filter(|(piece, _)| group_of(pieces[*piece as usize].route) == group);
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

struct RouteWalk<'a, G> {
    index: &'a RouteIndex,
    q: &'a SurfacePoint,
    group_of: G,
    best: Best,
    radius_m: f64,
    /// What is farther by squared chord is neither near nor tied.
    nearest_chord2: f64,
    widest_chord2: f64,
    near: SmallVec<[(u32, Closest); 12]>,
    inside: SmallVec<[u32; 4]>,
}

impl<G: Fn(u32) -> u32> RouteWalk<'_, G> {
    fn limit_m(&self) -> f64 {
        // A piece within a millimetre of its route's smallest distance may hold the foot.
        self.best.limit_m().min(self.radius_m) + TIE_M
    }

    fn measure(&mut self, piece: u32, limit_m: f64) {
        let Piece { curve, route, .. } = &self.index.network.pieces()[piece as usize];
        let closest = curve.closest(self.q, limit_m);
        let (half_width_m, _) = self.index.half_widths[*route as usize];
        if self.widest_chord2 >= 0.0 && closest.distance_m <= half_width_m && !self.inside.contains(route) {
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
            self.best.take(Found { distance_m: closest.distance_m, item: (self.group_of)(*route) });
            if self.limit_m() < limit_m {
                self.nearest_chord2 = limit2(self.limit_m());
            }
        }
    }
}

impl<G: Fn(u32) -> u32> Visitor for RouteWalk<'_, G> {
    fn chord2_limit(&self) -> f64 {
        self.nearest_chord2.max(self.widest_chord2)
    }

    fn visit(&mut self, leaf: &Capsule, chord2: f64) {
        if chord2 > self.nearest_chord2 {
            // Too far to be the nearest: only membership is open.
            let route = self.index.network.pieces()[leaf.item as usize].route;
            let (half_width_m, width_chord2) = self.index.half_widths[route as usize];
            if chord2 <= width_chord2 && !self.inside.contains(&route) {
                self.measure(leaf.item, half_width_m);
            }
            return;
        }
        let (half_width_m, _) =
            self.index.half_widths[self.index.network.pieces()[leaf.item as usize].route as usize];
        self.measure(leaf.item, self.limit_m().max(half_width_m));
    }
}
