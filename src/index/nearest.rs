//! What was found, and the smallest of it.

use smallvec::SmallVec;

use crate::geodesy::bound::chord_limit_m;
use crate::linear::TIE_M;

/// Something at a distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub distance_m: f64,
    /// Its place in the layer.
    pub item: u32,
    /// Its place in the index.
    pub slot: u32,
}

pub(crate) type FoundList = SmallVec<[Found; 4]>;

pub(crate) fn by_distance(a: &Found, b: &Found) -> std::cmp::Ordering {
    a.distance_m.total_cmp(&b.distance_m).then(a.item.cmp(&b.item))
}

/// The squared chord of a distance limit.
pub(crate) fn limit2(limit_m: f64) -> f64 {
    let chord_m = chord_limit_m(limit_m);
    chord_m * chord_m
}

/// The k smallest of some numbers, in order; with a k of 0 none.
#[derive(Debug)]
pub(crate) struct Smallest(SmallVec<[f64; 4]>);

impl Smallest {
    /// Of `count` numbers that will come.
    pub fn new(k: usize, count: usize) -> Self {
        // Where there are fewer than k, there never is a k-th.
        Smallest(SmallVec::from_elem(f64::INFINITY, if k > count { 0 } else { k }))
    }

    /// The k-th so far, infinite without one.
    #[inline]
    pub fn last(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::INFINITY)
    }

    /// Takes one; true where that changed the k-th.
    #[inline]
    pub fn take(&mut self, value: f64) -> bool {
        match self.0.last_mut() {
            Some(last) if value < *last => *last = value,
            _ => return false,
        }
        let mut place = self.0.len() - 1;
        while place > 0 && self.0[place - 1] > value {
            self.0[place] = self.0[place - 1];
            place -= 1;
        }
        self.0[place] = value;
        true
    }
}

/// Sorts what was found by distance and then by place, and cuts it after the k-th and what is tied with
/// the nearest.
pub(crate) fn cut_at(found: &mut FoundList, k: usize) {
    found.sort_unstable_by(by_distance);
    if found.len() > k {
        let limit_m = found[k - 1].distance_m.max(found[0].distance_m + TIE_M);
        let count = found.partition_point(|found| found.distance_m <= limit_m);
        found.truncate(count);
    }
}

/// The k best, and those tied with the best, where items are found several times.
#[derive(Debug)]
pub(crate) struct Best {
    k: usize,
    pub found: FoundList,
}

impl Best {
    pub fn new(k: usize) -> Self {
        Best { k: k.max(1), found: FoundList::new() }
    }

    #[inline]
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
