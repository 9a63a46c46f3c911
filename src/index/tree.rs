//! A walk over an `rstar` tree that visits what may be near, the nearest boxes first.
//!
//! `rstar`'s own nearest-neighbour search prunes by the far side of boxes, which is unsound where a leaf's
//! distance is not the distance to its box, and its iterator allocates; this walk does neither.

use rstar::{AABB, ParentNode, RStarInsertionStrategy, RTree, RTreeNode, RTreeObject, RTreeParams};
use smallvec::SmallVec;

use super::nearest::{Found, FoundList, Smallest, limit2};
use super::packed::Aabb;
use crate::geodesy::ecef::{Vec3, add_scaled, dot, norm2, sub};
use crate::linear::TIE_M;

/// The widths of nodes, by trial over 1,000 to 1,000,000 leaves.
pub(crate) struct Widths;

impl RTreeParams for Widths {
    const MIN_SIZE: usize = 4;
    const MAX_SIZE: usize = 10;
    const REINSERTION_COUNT: usize = 3;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

/// All points within `radius_m` of the segment `a` to `b`: what a post or a curve piece lies in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Capsule {
    pub a: Vec3,
    pub b: Vec3,
    pub radius_m: f64,
    /// What it stands for, by place.
    pub item: u32,
}

pub(crate) type Tree = RTree<Capsule, Widths>;

impl Capsule {
    /// A point, which stands for `item`.
    pub fn point(at: Vec3, item: u32) -> Self {
        Capsule { a: at, b: at, radius_m: 0.0, item }
    }

    /// The smallest box around it.
    pub fn aabb(&self) -> Aabb {
        let (mut low, mut high) = (self.a, self.a);
        for axis in 0..3 {
            low[axis] = self.a[axis].min(self.b[axis]) - self.radius_m;
            high[axis] = self.a[axis].max(self.b[axis]) + self.radius_m;
        }
        Aabb { low, high }
    }

    /// A lower bound of the chord from `q`, squared.
    pub fn chord2_from(&self, q: Vec3) -> f64 {
        let (along, to) = (sub(self.b, self.a), sub(q, self.a));
        let length2 = norm2(along);
        let t = if length2 > 0.0 { (dot(to, along) / length2).clamp(0.0, 1.0) } else { 0.0 };
        let axis2 = norm2(add_scaled(to, -t, along));
        if self.radius_m == 0.0 {
            return axis2;
        }
        let chord = (axis2.sqrt() - self.radius_m).max(0.0);
        chord * chord
    }
}

impl RTreeObject for Capsule {
    type Envelope = AABB<Vec3>;

    fn envelope(&self) -> AABB<Vec3> {
        let Aabb { low, high } = self.aabb();
        AABB::from_corners(low, high)
    }
}

/// What a walk looks for.
pub(crate) trait Visitor {
    /// What is farther by chord, squared, need not be visited; it may shrink as the walk goes on.
    fn chord2_limit(&self) -> f64;
    /// A leaf, with the lower bound of its chord squared.
    fn visit(&mut self, leaf: &Capsule, chord2: f64);
}

/// Measures what it is shown: keeps the k nearest, those tied with the nearest, and what is within a distance; some more.
pub(crate) struct ExactWalk<M> {
    /// A leaf by its item; none where it does not count.
    measure: M,
    smallest: Smallest,
    limit_m: f64,
    chord2_limit: f64,
    pub found: FoundList,
}

impl<M: Fn(u32) -> Option<Found>> ExactWalk<M> {
    /// Of `count` leaves; with a `k` of 0 all within the distance.
    pub fn new(k: usize, count: usize, radius_m: f64, measure: M) -> Self {
        let (smallest, chord2_limit) = (Smallest::new(k, count), limit2(radius_m));
        ExactWalk { measure, smallest, limit_m: radius_m, chord2_limit, found: FoundList::new() }
    }

    pub fn look(&mut self, item: u32) {
        let Some(found) = (self.measure)(item).filter(|found| found.distance_m <= self.limit_m) else {
            return;
        };
        self.found.push(found);
        if self.smallest.take(found.distance_m) {
            self.limit_m = self.limit_m.min(self.smallest.last() + TIE_M);
            self.chord2_limit = limit2(self.limit_m);
        }
    }
}

impl<M: Fn(u32) -> Option<Found>> Visitor for ExactWalk<M> {
    fn chord2_limit(&self) -> f64 {
        self.chord2_limit
    }

    fn visit(&mut self, leaf: &Capsule, _chord2: f64) {
        self.look(leaf.item);
    }
}

/// Visits all leaves within the visitor's limit, and some more.
pub(crate) fn walk(tree: &Tree, q: Vec3, visitor: &mut impl Visitor) {
    walk_node(tree.root(), q, visitor);
}

fn walk_node(node: &ParentNode<Capsule>, q: Vec3, visitor: &mut impl Visitor) {
    let limit = visitor.chord2_limit();
    let mut near: SmallVec<[(f64, u32); 16]> = SmallVec::new();
    for (i, child) in node.children().iter().enumerate() {
        let chord2 = match child {
            RTreeNode::Leaf(leaf) => leaf.chord2_from(q),
            RTreeNode::Parent(parent) => box_chord2(&parent.envelope(), q),
        };
        if chord2 <= limit {
            near.push((chord2, i as u32));
        }
    }
    near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    for (chord2, i) in near {
        if chord2 > visitor.chord2_limit() {
            return;
        }
        match &node.children()[i as usize] {
            RTreeNode::Leaf(leaf) => visitor.visit(leaf, chord2),
            RTreeNode::Parent(parent) => walk_node(parent, q, visitor),
        }
    }
}

fn box_chord2(envelope: &AABB<Vec3>, q: Vec3) -> f64 {
    let (low, high) = (envelope.lower(), envelope.upper());
    (0..3).map(|axis| (low[axis] - q[axis]).max(q[axis] - high[axis]).max(0.0)).map(|d| d * d).sum()
}
