//! Which of many far pieces may hold a foot.
//!
//! Far away a chord tells the geodesic to 0.3 % only, which leaves hundreds of pieces. Here the distances
//! of their ends are known to centimetres, and with them those of all that is between.

use smallvec::SmallVec;

use super::pieces::{BESIDE_M, Near};
use crate::geodesy::distance::SERIES_CHORD_M;
use crate::geodesy::ecef::{SurfacePoint, Vec3, norm2, sub};
use crate::geodesy::far::{Bounds, FarPoint};
use crate::linear::Piece;

/// A piece that may be nearest, with its distance from below.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Low {
    pub low_m: f64,
    pub piece: u32,
}

pub(crate) type LowList = SmallVec<[Low; 24]>;

/// The pieces that may be among the `k` nearest groups (with a `k` of 0 without end) within a distance, the
/// nearest first.
pub(crate) fn by_distance(
    near: &[Near],
    pieces: &[Piece],
    q: &SurfacePoint,
    k: usize,
    radius_m: f64,
) -> LowList {
    let is_far = near.iter().all(|near| f64::from(near.low) > SERIES_CHORD_M);
    let mut left: LowList = if is_far && near.len() > 2 {
        let mut sieve = Sieve {
            q: FarPoint::new(q),
            k,
            groups: SmallVec::new(),
            limit_m: radius_m + BESIDE_M,
            last: None,
            left: SmallVec::new(),
        };
        for near in near {
            sieve.look_at(&pieces[near.piece as usize], near);
        }
        sieve.left()
    } else {
        // No geodesic is shorter than its chord.
        near.iter().map(|near| Low { low_m: f64::from(near.low), piece: near.piece }).collect()
    };
    left.sort_unstable_by(|a, b| a.low_m.total_cmp(&b.low_m));
    left
}

struct Sieve {
    q: FarPoint,
    k: usize,
    /// The nearest groups by the least upper bound of their distance, in order; `k` at most.
    groups: SmallVec<[(f64, u32); 4]>,
    /// What is farther is neither near nor tied.
    limit_m: f64,
    /// What was bounded last.
    last: Option<(Vec3, Bounds)>,
    left: SmallVec<[(Low, u32); 24]>,
}

impl Sieve {
    #[inline]
    fn look_at(&mut self, piece: &Piece, near: &Near) {
        let curve = &piece.curve;
        let (start, end) = curve.ends();
        let limit_m = self.limit_of(near.group);
        if let Some((at, bounds)) = self.last {
            // Nothing of the piece is nearer than what was bounded last by more than the way from that to it,
            // which up to 900 km is less than a thousandth longer than its chord.
            let apart2 = norm2(sub(start, at));
            if apart2 < 8e11 && bounds.low_m - 1.001 * apart2.sqrt() - curve.length_m() > limit_m {
                return;
            }
        }
        let from = self.bounds_to(start, || curve.position(0.0));
        let to = self.bounds_to(end, || curve.position(1.0));
        self.count(near.group, from.high_m.min(to.high_m));
        let low_m = curve.lowest_m(from, to);
        if low_m <= self.limit_of(near.group) {
            self.left.push((Low { low_m, piece: near.piece }, near.group));
        }
    }

    /// Neighbours share their ends.
    #[inline]
    fn bounds_to(&mut self, ecef: Vec3, position: impl FnOnce() -> crate::Position) -> Bounds {
        match self.last {
            Some((at, bounds)) if at == ecef => bounds,
            _ => {
                let bounds = self.q.bounds_to(ecef, position);
                self.last = Some((ecef, bounds));
                bounds
            }
        }
    }

    /// What of a group is farther does not matter.
    #[inline]
    fn limit_of(&self, group: u32) -> f64 {
        let own = self.groups.iter().find(|(_, other)| *other == group);
        own.map_or(self.limit_m, |(high_m, _)| self.limit_m.min(high_m + BESIDE_M))
    }

    /// Counts an upper bound of a group's distance.
    #[inline]
    fn count(&mut self, group: u32, high_m: f64) {
        match self.groups.iter().position(|(_, other)| *other == group) {
            Some(place) if self.groups[place].0 <= high_m => return,
            Some(place) => drop(self.groups.remove(place)),
            None => {}
        }
        let place = self.groups.partition_point(|(other_m, _)| *other_m <= high_m);
        if place >= self.k {
            return;
        }
        self.groups.truncate(self.k - 1);
        self.groups.insert(place, (high_m, group));
        if self.groups.len() == self.k {
            self.limit_m = self.limit_m.min(self.groups[self.k - 1].0 + BESIDE_M);
        }
    }

    fn left(self) -> LowList {
        let left = self.left.iter().filter(|(low, group)| low.low_m <= self.limit_of(*group));
        left.map(|(low, _)| *low).collect()
    }
}
