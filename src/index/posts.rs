//! The nearest posts.
//!
//! The index ranks by chords, which takes no more than a subtraction and a square, and keeps all whose
//! chord a nearer geodesic could have; mostly only those that are named are measured.

use std::sync::OnceLock;

use smallvec::SmallVec;

use super::chord_tree::{ChordTree, Near, SCANNED_LEAVES, SlotTree};
use super::nearest::{Found, FoundList, Smallest, by_distance, cut_at, limit2};
use super::options::Search;
use super::packed::{WIDTH, lanes_within, lesser};
use super::tree::{Capsule, ExactWalk, Tree, walk};
use crate::ObservationPost;
use crate::geodesy::bound::chord_limit_beside_m;
use crate::geodesy::distance::{SERIES_CHORD_M, surface_distance_m};
use crate::geodesy::ecef::{SurfacePoint, Vec3};
use crate::geodesy::far::FarPoint;
use crate::linear::TIE_M;
use crate::time::Timestamp;

/// Posts on the ellipsoid, and their trees.
#[derive(Debug)]
pub(crate) struct PostIndex {
    /// In the order of the leaves.
    points: Vec<SurfacePoint>,
    /// The place in the layer of each point.
    posts: Vec<u32>,
    tree: ChordTree,
    /// `rstar`'s tree of the points, once it is asked for.
    rstar: OnceLock<Tree>,
}

impl PostIndex {
    pub fn new(posts: &[ObservationPost]) -> Self {
        let points: Vec<_> = posts.iter().map(|post| SurfacePoint::new(post.position)).collect();
        let ecef: Vec<_> = points.iter().map(|point| point.ecef).collect();
        let (tree, posts) = ChordTree::new(&ecef);
        let points = posts.iter().map(|&post| points[post as usize]).collect();
        PostIndex { points, posts, tree, rstar: OnceLock::new() }
    }

    /// The posts by place in the layer, with their slots and where they stand.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32, Vec3)> + '_ {
        let slots = self.posts.iter().zip(&self.points).enumerate();
        slots.map(|(slot, (&post, point))| (post, slot as u32, point.ecef))
    }

    /// Where a post that was found stands.
    #[inline]
    pub fn point(&self, found: &Found) -> &SurfacePoint {
        &self.points[found.slot as usize]
    }

    /// The `k` nearest and all that are tied with the nearest, by distance and then by place.
    pub fn nearest(&self, q: &SurfacePoint, k: usize, search: Search) -> FoundList {
        if search == Search::Index && k == 2 && self.tree.leaves().len() <= SCANNED_LEAVES {
            let mut found = self.near_two_of_few(q);
            cut_at(&mut found, k);
            return found;
        }
        self.nearest_of(q, k, search, |_| true)
    }

    /// The same of those posts that count; `counts` is told their places in the layer.
    pub fn nearest_of(
        &self,
        q: &SurfacePoint,
        k: usize,
        search: Search,
        counts: impl Fn(u32) -> bool,
    ) -> FoundList {
        let mut found = match search {
            Search::Index => self.near(q, k, f64::INFINITY, counts),
            Search::RStar | Search::Scan => self.measure(q, k, f64::INFINITY, search, counts),
        };
        cut_at(&mut found, k);
        found
    }

    /// All within a distance, by distance and then by place.
    pub fn within(&self, q: &SurfacePoint, radius_m: f64, search: Search) -> FoundList {
        let mut found = match search {
            Search::Index => self.near(q, 0, radius_m, |_| true),
            Search::RStar | Search::Scan => self.measure(q, 0, radius_m, search, |_| true),
        };
        found.retain(|found| found.distance_m <= radius_m);
        found.sort_unstable_by(by_distance);
        found
    }

    /// As [`near`](Self::near) for the two nearest of a few posts: two looks at all of them.
    fn near_two_of_few(&self, q: &SurfacePoint) -> FoundList {
        let greater = |a: f64, b: f64| if a < b { b } else { a };
        let mut chords2 = [[0.0; WIDTH]; SCANNED_LEAVES];
        // The two least of each lane, without a branch.
        let (mut first, mut second) = ([f64::INFINITY; WIDTH], [f64::INFINITY; WIDTH]);
        for (leaf, chord2) in self.tree.leaves().iter().zip(&mut chords2) {
            *chord2 = leaf.chord2_from(q.ecef);
            for lane in 0..WIDTH {
                second[lane] = lesser(second[lane], greater(first[lane], chord2[lane]));
                first[lane] = lesser(first[lane], chord2[lane]);
            }
        }
        let (mut one, mut two) = (f64::INFINITY, f64::INFINITY);
        for chord2 in first.into_iter().chain(second) {
            two = lesser(two, greater(one, chord2));
            one = lesser(one, chord2);
        }
        let limit_m = chord_limit_beside_m(two.sqrt(), TIE_M);
        let limit = lesser(limit_m * limit_m, f64::MAX);
        let near = chords2[..self.tree.leaves().len()].iter().enumerate().flat_map(|(leaf, chord2)| {
            lanes_within(chord2, limit).map(move |lane| (leaf * WIDTH + lane) as u32)
        });
        if one > SERIES_CHORD_M * SERIES_CHORD_M {
            return self.measure_far(near, q, 2, f64::INFINITY);
        }
        let mut found = FoundList::new();
        for slot in near {
            found.push(self.found(slot, q));
        }
        found
    }

    /// All of the k nearest (with a k of 0 without end), of those tied with the nearest, and of what is
    /// within a distance; some more.
    fn near(&self, q: &SurfacePoint, k: usize, radius_m: f64, counts: impl Fn(u32) -> bool) -> FoundList {
        let mut near = Near::new(q.ecef, Smallest::new(k, self.points.len()), limit2(radius_m));
        self.tree.search(&mut near, |slot| counts(self.posts[slot]).then_some(slot as u32));
        self.measured(&near, q, k, radius_m)
    }

    /// The `k` nearest of the posts that some trees of slots hold, and all that are tied with the nearest; `counts` takes
    /// their places in the layer.
    pub fn nearest_in<'t>(
        &self,
        q: &SurfacePoint,
        k: usize,
        trees: impl IntoIterator<Item = &'t SlotTree>,
        at: Timestamp,
        counts: impl Fn(u32) -> bool,
    ) -> FoundList {
        let mut near = Near::new(q.ecef, Smallest::new(k, self.points.len()), f64::INFINITY);
        for tree in trees {
            tree.search(&mut near, at, |slot| counts(self.posts[slot as usize]));
        }
        let mut found = self.measured(&near, q, k, f64::INFINITY);
        cut_at(&mut found, k);
        found
    }

    /// Of posts by their chords, those that count, measured.
    fn measured(&self, near: &Near, q: &SurfacePoint, k: usize, radius_m: f64) -> FoundList {
        let near = near.found();
        if near.clone().all(|(chord2, _)| *chord2 > SERIES_CHORD_M * SERIES_CHORD_M) {
            return self.measure_far(near.map(|&(_, slot)| slot), q, k, radius_m);
        }
        near.map(|&(_, slot)| self.found(slot, q)).collect()
    }

    /// Of posts that are far by chord, which tells distances to 0.3 % only, those that closer bounds leave.
    fn measure_far(
        &self,
        near: impl Iterator<Item = u32>,
        q: &SurfacePoint,
        k: usize,
        radius_m: f64,
    ) -> FoundList {
        let from = FarPoint::new(q);
        let mut smallest = Smallest::new(k, self.points.len());
        let bounded = near.map(|slot| {
            let point = &self.points[slot as usize];
            let bounds = from.bounds_to(point.ecef, || point.position);
            smallest.take(bounds.high_m);
            (bounds.low_m, slot)
        });
        let bounded: SmallVec<[_; 16]> = bounded.collect();
        let limit_m = radius_m.min(smallest.last() + TIE_M);
        let near = bounded.iter().filter(|(low_m, _)| *low_m <= limit_m);
        near.map(|&(_, slot)| self.found(slot, q)).collect()
    }

    #[inline]
    fn found(&self, slot: u32, q: &SurfacePoint) -> Found {
        let distance_m = surface_distance_m(&self.points[slot as usize], q);
        Found { distance_m, item: self.posts[slot as usize], slot }
    }

    /// As [`near`](Self::near), without the chords: by `rstar`'s tree, or everything.
    fn measure(
        &self,
        q: &SurfacePoint,
        k: usize,
        radius_m: f64,
        search: Search,
        counts: impl Fn(u32) -> bool,
    ) -> FoundList {
        let measure = |slot: u32| counts(self.posts[slot as usize]).then(|| self.found(slot, q));
        let mut walker = ExactWalk::new(k, self.points.len(), radius_m, measure);
        match search {
            Search::RStar => walk(self.rstar.get_or_init(|| self.rstar_tree()), q.ecef, &mut walker),
            Search::Index | Search::Scan => (0..self.points.len() as u32).for_each(|slot| walker.look(slot)),
        }
        walker.found
    }

    fn rstar_tree(&self) -> Tree {
        let leaf = |(slot, point): (usize, &SurfacePoint)| Capsule::point(point.ecef, slot as u32);
        Tree::bulk_load_with_params(self.points.iter().enumerate().map(leaf).collect())
    }
}
