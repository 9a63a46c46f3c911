//! Points by chords: leaves of eight under a packed tree, and what a search over them keeps.

use smallvec::SmallVec;

use super::nearest::Smallest;
use super::packed::{Aabb, FARTHEST2, Lanes, LeafVisitor, Packed, WIDTH, above, lanes_within, lesser};
use crate::geodesy::bound::chord_limit_beside_m;
use crate::geodesy::ecef::Vec3;
use crate::linear::TIE_M;
use crate::time::{ServicePeriod, Timestamp};

/// Up to so many leaves, 64 points, looking at all of them is faster than a tree.
pub(super) const SCANNED_LEAVES: usize = 8;

/// Points in the order of their leaves.
#[derive(Debug)]
pub(super) struct ChordTree {
    leaves: Vec<Leaf>,
    packed: Packed,
}

/// Eight points in ECEF, by axis.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Leaf([Lanes<f64>; 3]);

impl Leaf {
    fn new(points: &[Vec3]) -> Self {
        // Places without a point are infinitely far.
        let mut leaf = Leaf([[f64::INFINITY; WIDTH]; 3]);
        for (lane, point) in points.iter().enumerate() {
            for (lanes, &ordinate) in leaf.0.iter_mut().zip(point) {
                lanes[lane] = ordinate;
            }
        }
        leaf
    }

    #[inline(always)]
    pub fn chord2_from(&self, q: Vec3) -> Lanes<f64> {
        let mut chord2 = [0.0; WIDTH];
        for (lane, chord2) in chord2.iter_mut().enumerate() {
            let (x, y, z) = (self.0[0][lane] - q[0], self.0[1][lane] - q[1], self.0[2][lane] - q[2]);
            *chord2 = x * x + y * y + z * z;
        }
        chord2
    }
}

impl ChordTree {
    /// The tree of some points, and their order in it.
    pub fn new(points: &[Vec3]) -> (Self, Vec<u32>) {
        let boxes: Vec<_> = points.iter().map(|&point| Aabb { low: point, high: point }).collect();
        let (packed, order) = Packed::new(&boxes, None);
        let sorted: Vec<_> = order.iter().map(|&item| points[item as usize]).collect();
        let leaves = sorted.chunks(WIDTH).map(Leaf::new).collect();
        (ChordTree { leaves, packed }, order)
    }

    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// Adds all that may be among the nearest; `name` returns how a point is named by its place in the order, or `None`
    /// where it does not count.
    #[inline]
    pub fn search(&self, near: &mut Near, name: impl Fn(usize) -> Option<u32>) {
        let mut walk = Walk { leaves: &self.leaves, name, near };
        if self.leaves.len() <= SCANNED_LEAVES {
            (0..self.leaves.len()).for_each(|leaf| walk.visit(leaf));
        } else {
            self.packed.walk(walk.near.q, &mut walk);
        }
    }
}

/// A tree of some of the slots of another, each with the seconds from which and to which it may serve: most are decided
/// by these, without a look at what is far in memory.
#[derive(Debug)]
pub(super) struct SlotTree {
    tree: ChordTree,
    /// In the order of the tree.
    slots: Vec<u32>,
    seconds: Vec<[i64; 2]>,
}

impl SlotTree {
    pub fn new(items: &[(ServicePeriod, u32, Vec3)]) -> Self {
        let points: Vec<_> = items.iter().map(|&(.., ecef)| ecef).collect();
        let (tree, order) = ChordTree::new(&points);
        let seconds = |(period, ..): &(ServicePeriod, u32, Vec3)| {
            [
                period.from().map_or(i64::MIN, |from| from.unix_seconds()),
                period.to().map_or(i64::MAX, |to| to.unix_seconds()),
            ]
        };
        let sorted = || order.iter().map(|&item| &items[item as usize]);
        SlotTree {
            tree,
            slots: sorted().map(|item| item.1).collect(),
            seconds: sorted().map(seconds).collect(),
        }
    }

    /// Adds all that may be among the nearest, of the slots that serve; `serves` is asked in the seconds at both ends alone.
    #[inline]
    pub fn search(&self, near: &mut Near, at: Timestamp, serves: impl Fn(u32) -> bool) {
        let now = at.unix_seconds();
        self.tree.search(near, |place| {
            let ([from, to], slot) = (self.seconds[place], self.slots[place]);
            let is_in = from <= now && now <= to && (from < now && now < to || serves(slot));
            is_in.then_some(slot)
        });
    }
}

/// What may be among the nearest, by its chord.
pub(super) struct Near {
    q: Vec3,
    /// Squared chords.
    smallest: Smallest,
    chord2_limit: f64,
    /// The same, or a little more.
    rounded_limit: f32,
    found: SmallVec<[(f64, u32); 16]>,
}

impl Near {
    #[inline]
    pub fn new(q: Vec3, smallest: Smallest, chord2_limit: f64) -> Self {
        let chord2_limit = chord2_limit.min(f64::MAX);
        let rounded_limit = lesser(above(chord2_limit), FARTHEST2);
        Near { q, smallest, chord2_limit, rounded_limit, found: SmallVec::new() }
    }

    /// Squared chords, and names.
    #[inline]
    pub fn found(&self) -> impl Iterator<Item = &(f64, u32)> + Clone {
        self.found.iter().filter(|(chord2, _)| *chord2 <= self.chord2_limit)
    }
}

struct Walk<'a, F> {
    leaves: &'a [Leaf],
    name: F,
    near: &'a mut Near,
}

impl<F: Fn(usize) -> Option<u32>> LeafVisitor for Walk<'_, F> {
    #[inline]
    fn chord2_limit(&self) -> f32 {
        self.near.rounded_limit
    }

    fn visit(&mut self, leaf: usize) {
        let near = &mut *self.near;
        let chord2 = self.leaves[leaf].chord2_from(near.q);
        let mut closer = false;
        for lane in lanes_within(&chord2, near.chord2_limit) {
            let Some(name) = (self.name)(leaf * WIDTH + lane) else { continue };
            closer |= near.smallest.take(chord2[lane]);
            if near.found.len() == near.found.capacity() {
                let limit = near.chord2_limit;
                near.found.retain(|(chord2, _)| *chord2 <= limit);
            }
            near.found.push((chord2[lane], name));
        }
        if closer && near.smallest.last() < f64::INFINITY {
            let limit_m = chord_limit_beside_m(near.smallest.last().sqrt(), TIE_M);
            near.chord2_limit = near.chord2_limit.min(limit_m * limit_m);
            near.rounded_limit = lesser(above(near.chord2_limit), FARTHEST2);
        }
    }
}
