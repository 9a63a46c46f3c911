//! The nearest posts.

use smallvec::SmallVec;

use super::area::Search;
use super::tree::{Capsule, Tree, Visitor, walk};
use crate::ObservationPost;
use crate::geodesy::bound::chord_limit_m;
use crate::geodesy::distance::surface_distance_m;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::TIE_M;

/// Posts on the ellipsoid, and their tree.
#[derive(Debug)]
pub(crate) struct PostIndex {
    points: Vec<SurfacePoint>,
    tree: Tree,
}

/// Something at a distance, by place in its layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub distance_m: f64,
    pub item: u32,
}

pub(crate) type FoundList = SmallVec<[Found; 4]>;

impl PostIndex {
    pub fn new(posts: &[ObservationPost]) -> Self {
        let points: Vec<_> = posts.iter().map(|post| SurfacePoint::new(post.position)).collect();
        let leaf = |(i, point): (usize, &SurfacePoint)| Capsule {
            a: point.ecef,
            b: point.ecef,
            radius_m: 0.0,
            item: i as u32,
        };
        let tree = Tree::bulk_load_with_params(points.iter().enumerate().map(leaf).collect());
        PostIndex { points, tree }
    }

    pub fn point(&self, post: usize) -> &SurfacePoint {
        &self.points[post]
    }

    /// The `k` nearest and all that are tied with the nearest, by distance and then by place.
    pub fn nearest(&self, q: &SurfacePoint, k: usize, search: Search) -> FoundList {
        self.search(q, search, Best::new(k)).found
    }

    /// All within a distance, by distance and then by place.
    pub fn within(&self, q: &SurfacePoint, radius_m: f64, search: Search) -> FoundList {
        let mut found = self.search(q, search, Within { found: FoundList::new(), radius_m }).found;
        found.sort_unstable_by(by_distance);
        found
    }

    fn search<C: Collector>(&self, q: &SurfacePoint, search: Search, collector: C) -> C {
        let chord2_limit = limit2(collector.limit_m());
        let mut walker = PostWalk { index: self, q, collector, chord2_limit };
        match search {
            Search::Index => walk(&self.tree, q.ecef, &mut walker),
            Search::Scan => (0..self.points.len() as u32).for_each(|post| walker.measure(post)),
        }
        walker.collector
    }
}

pub(crate) fn by_distance(a: &Found, b: &Found) -> std::cmp::Ordering {
    a.distance_m.total_cmp(&b.distance_m).then(a.item.cmp(&b.item))
}

/// The squared chord of a distance limit.
pub(crate) fn limit2(limit_m: f64) -> f64 {
    let chord_m = chord_limit_m(limit_m);
    chord_m * chord_m
}

/// Takes what was measured and says how far it is still worth looking.
trait Collector {
    fn limit_m(&self) -> f64;
    fn take(&mut self, found: Found);
}

struct PostWalk<'a, C> {
    index: &'a PostIndex,
    q: &'a SurfacePoint,
    collector: C,
    chord2_limit: f64,
}

impl<C: Collector> PostWalk<'_, C> {
    fn measure(&mut self, post: u32) {
        let distance_m = surface_distance_m(&self.index.points[post as usize], self.q);
        let limit_m = self.collector.limit_m();
        if distance_m <= limit_m {
            self.collector.take(Found { distance_m, item: post });
            if self.collector.limit_m() < limit_m {
                self.chord2_limit = limit2(self.collector.limit_m());
            }
        }
    }
}

impl<C: Collector> Visitor for PostWalk<'_, C> {
    fn chord2_limit(&self) -> f64 {
        self.chord2_limit
    }

    fn visit(&mut self, leaf: &Capsule, _chord2: f64) {
        self.measure(leaf.item);
    }
}

/// The k best, and those tied with the best.
#[derive(Debug)]
pub(crate) struct Best {
    k: usize,
    pub found: FoundList,
}

impl Best {
    pub fn new(k: usize) -> Self {
        Best { k: k.max(1), found: FoundList::new() }
    }

    pub fn limit_m(&self) -> f64 {
        match self.found.get(self.k - 1) {
            Some(last) => last.distance_m.max(self.found[0].distance_m + TIE_M),
            None => f64::INFINITY,
        }
    }

    /// Takes one that is within the limit; an item that stands there already is improved.
    pub fn take(&mut self, found: Found) {
        if let Some(place) = self.found.iter().position(|other| other.item == found.item) {
            if self.found[place].distance_m <= found.distance_m {
                return;
            }
            self.found.remove(place);
        }
        let place = self.found.partition_point(|other| by_distance(other, &found).is_lt());
        self.found.insert(place, found);
        let limit_m = self.limit_m();
        while self.found.len() > self.k && self.found.last().is_some_and(|last| last.distance_m > limit_m) {
            self.found.pop();
        }
    }
}

impl Collector for Best {
    fn limit_m(&self) -> f64 {
        Best::limit_m(self)
    }

    fn take(&mut self, found: Found) {
        Best::take(self, found);
    }
}

struct Within {
    found: FoundList,
    radius_m: f64,
}

impl Collector for Within {
    fn limit_m(&self) -> f64 {
        self.radius_m
    }

    fn take(&mut self, found: Found) {
        self.found.push(found);
    }
}
