//! Which posts and routes are the nearest somewhere in a region: branch and bound.
//!
//! No distance grows faster than one goes. So what is nearest anywhere within r of a point is at that point at most 2r
//! farther than the nearest. A point at which one is the nearest proves it; a part of the region in which all that
//! come into question are proven, or excluded, is done with, and any other is cut in two.

use std::collections::VecDeque;

use super::items::{DOUBT_M, Foremost, Item, Seen};
use super::whole::Whole;
use crate::analysis::common_region::Standing;
use crate::geodesy::ecef::SurfacePoint;
use crate::geodesy::far::FarPoint;
use crate::linear::TIE_M;
use crate::region::Cell;

/// Smaller parts are not cut: what then comes into question still counts as a candidate.
const SMALLEST_M: f64 = 1e-3;

/// After so many looks at an item in a part what still comes into question counts as a candidate.
const MOST_LOOKS: usize = 400_000;

/// From so far off, towards the antipode, only Karney tells distances; a look then counts as so many.
const ANTIPODAL_M: f64 = 18_000_000.0;
const ANTIPODAL_LOOKS: usize = 10;

/// A distance that is known to this part of the radius is exact enough to decide by.
const VAGUE: f64 = 0.02;

/// What is the nearest, or within 1 mm of it, somewhere in a region.
pub(super) struct Contest<'a> {
    /// By place in the layer, ascending.
    pub places: Vec<u32>,
    /// Whichever is the nearest at a point of the region is among these.
    pub items: Vec<Item<'a>>,
}

/// What is anywhere in a circle the nearest is at its centre at most so much farther than the nearest there.
pub(super) fn reach_m(radius_m: f64) -> f64 {
    2.0 * radius_m + TIE_M + DOUBT_M
}

/// Among `items`, which are all that are within [`reach_m`] of the nearest at the centre of the circle that holds the
/// region, and more.
pub(super) fn contest<'a>(whole: &Whole<'_>, items: Vec<Item<'a>>) -> Contest<'a> {
    let all: Vec<u32> = (0..items.len() as u32).collect();
    // The centre may lie outside: what is the nearest there proves nothing.
    let Look { left, .. } = look(&items, &all, &whole.q, whole.circle.radius_m);
    let mut marked = vec![false; items.len()];
    let mut places = Vec::new();
    if left.iter().all(|&i| items[i as usize].place == items[left[0] as usize].place) {
        left.iter().for_each(|&i| marked[i as usize] = true);
        places.extend(left.first().map(|&i| items[i as usize].place));
    } else {
        search(whole, &items, &left, &mut marked, &mut places);
    }
    let items = items.into_iter().zip(marked).filter(|(_, is_marked)| *is_marked).map(|(item, _)| item);
    Contest { places, items: items.collect() }
}

fn search(whole: &Whole<'_>, items: &[Item<'_>], among: &[u32], marked: &mut [bool], places: &mut Vec<u32>) {
    let region = whole.region;
    let mut parts: VecDeque<(Cell, Vec<u32>)> =
        region.cells().into_iter().map(|cell| (cell, among.to_vec())).collect();
    // In the order of the layer.
    let mut doubtful: Vec<u32> = Vec::new();
    let mut looks = parts.len() * among.len();
    while let Some((part, among)) = parts.pop_front() {
        let circle = region.cell_circle(&part);
        let standing = whole.standing(&circle);
        if standing == Standing::Outside {
            continue;
        }
        let q = SurfacePoint::new(circle.centre);
        let Look { foremost, left, distance_m } = look(items, &among, &q, circle.radius_m);
        // What is the nearest at a point outside proves nothing.
        for i in foremost.into_iter().filter(|_| standing == Standing::Inside) {
            let place = items[i as usize].place;
            if let Err(at) = places.binary_search(&place) {
                places.insert(at, place);
            }
        }
        let is_open = |i: &&u32| places.binary_search(&items[**i as usize].place).is_err();
        let is_last = circle.radius_m <= SMALLEST_M || looks >= MOST_LOOKS;
        if !is_last && left.iter().any(|i| is_open(&i)) {
            let weight = if distance_m > ANTIPODAL_M { ANTIPODAL_LOOKS } else { 1 };
            looks += 2 * weight * left.len();
            parts.extend(region.cell_halves(&part).map(|half| (half, left.clone())));
            continue;
        }
        doubtful.extend(left.iter().filter(is_open).map(|&i| items[i as usize].place));
        left.iter().for_each(|&i| marked[i as usize] = true);
    }
    places.extend(doubtful);
    places.sort_unstable();
    places.dedup();
}

/// What is found in a circle.
struct Look {
    /// The nearest to its centre and those tied with it.
    foremost: Vec<u32>,
    /// What may be the nearest in it.
    left: Vec<u32>,
    /// From its centre to the nearest.
    distance_m: f64,
}

fn look(items: &[Item<'_>], among: &[u32], q: &SurfacePoint, radius_m: f64) -> Look {
    let far = FarPoint::new(q);
    let mut seen: Vec<Seen> = among.iter().map(|&i| items[i as usize].bounds(q, &far)).collect();
    let high_m = seen.iter().map(|seen| seen.high_m).fold(f64::INFINITY, f64::min);
    let more_m = reach_m(radius_m);
    for (seen, &i) in seen.iter_mut().zip(among) {
        let vague_m = seen.high_m - seen.low_m;
        let decides = seen.low_m <= high_m + TIE_M;
        if vague_m > 0.0 && seen.low_m <= high_m + more_m && (decides || vague_m > VAGUE * radius_m) {
            *seen = items[i as usize].exact(q);
        }
    }
    let nearest = (0..seen.len()).min_by(|&a, &b| seen[a].high_m.total_cmp(&seen[b].high_m));
    let Some(nearest) = nearest else {
        return Look { foremost: Vec::new(), left: Vec::new(), distance_m: f64::INFINITY };
    };
    let foremost = Foremost::new(q, &items[among[nearest] as usize], &seen[nearest]);
    let each = || among.iter().zip(&seen);
    let tied = each().filter(|(_, seen)| seen.high_m <= foremost.distance_m + TIE_M);
    let matters = |i: u32, seen: &Seen| {
        seen.low_m <= foremost.distance_m + more_m
            && foremost.least_lead_m(q, radius_m, &items[i as usize], seen) <= TIE_M + DOUBT_M
    };
    let left = each().filter(|(i, seen)| matters(**i, seen)).map(|(i, _)| *i).collect();
    Look { foremost: tied.map(|(i, _)| *i).collect(), left, distance_m: foremost.distance_m }
}
