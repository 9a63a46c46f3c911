//! Corridors and a region: which hold all of it and which may meet it, by bounds; how much of it lies in any, where
//! bounds leave that open by counting.

use std::collections::{BTreeMap, VecDeque};

use super::items::{DOUBT_M, Item, lows};
use super::samples::Samples;
use super::whole::Whole;
use crate::PatrolIndex;
use crate::analysis::common_region::Standing;
use crate::geodesy::curve::Curve;
use crate::geodesy::ecef::SurfacePoint;
use crate::region::Cell;
use crate::region::CoveringCircle;

/// After so many parts of a region a corridor that is not decided may meet it and does not hold it.
const MOST_PARTS: usize = 96;

/// What is known of the corridors of an area and a region.
pub(super) struct Corridors<'a> {
    is_known: bool,
    /// Corridors that hold the whole region, ascending: never one too many.
    pub whole: Vec<usize>,
    /// Corridors that may meet it, ascending: never one too few.
    pub touched: Vec<usize>,
    /// Pieces of routes with their half widths, those that probably hold most first.
    beside: Vec<(Item<'a>, f64)>,
    has_regions: bool,
}

/// What of one corridor comes near a region.
#[derive(Default)]
struct Corridor<'a> {
    beside: Vec<&'a (Item<'a>, f64)>,
    /// The regions of it that are given as such, with the edges of theirs that come near.
    regions: Vec<(u32, Vec<Curve>)>,
}

/// By the circle that holds the region, then by its parts. `nearest_m` is the distance to the nearest route.
pub(super) fn corridors<'a>(index: &'a PatrolIndex, whole: &Whole<'_>, nearest_m: f64) -> Corridors<'a> {
    let Whole { circle, q, at, .. } = whole;
    let widest_m = index.widest_half_width_m();
    let reach_m = widest_m.map_or(f64::NEG_INFINITY, |widest_m| circle.radius_m + widest_m + DOUBT_M);
    let mut beside = Vec::new();
    if nearest_m <= reach_m {
        for piece in Item::pieces_about(index, q, reach_m, *at) {
            let Some(half_width_m) = index.routes()[piece.place as usize].half_width_m() else { continue };
            let outside_m = piece.chord_low_m(q) - half_width_m;
            if outside_m <= circle.radius_m + DOUBT_M {
                beside.push((outside_m, (piece, half_width_m)));
            }
        }
    }
    beside.sort_by(|a, b| a.0.total_cmp(&b.0));
    let beside: Vec<(Item<'a>, f64)> = beside.into_iter().map(|(_, one)| one).collect();
    let mut near: BTreeMap<usize, Corridor<'_>> = BTreeMap::new();
    for one in &beside {
        near.entry(index.corridor_of(one.0.place as usize)).or_default().beside.push(one);
    }
    let mut has_regions = false;
    for (region, edges) in index.corridor_regions_about(q, circle.radius_m + DOUBT_M) {
        has_regions = true;
        near.entry(index.corridor_of_region(region)).or_default().regions.push((region, edges));
    }
    let (mut held, mut touched) = (Vec::new(), Vec::new());
    for (place, corridor) in near {
        let found = corridor.meets(index, whole);
        held.extend(found.holds.then_some(place));
        touched.extend(found.may_touch.then_some(place));
    }
    let is_known = widest_m.is_some() || index.has_corridor_regions();
    Corridors { is_known, whole: held, touched, beside, has_regions }
}

struct Meeting {
    holds: bool,
    may_touch: bool,
}

/// How a circle lies to a corridor.
#[derive(Clone, Copy, PartialEq)]
enum Lies {
    Inside,
    Outside,
    /// Across its edge, or so near to it that the circle does not tell; and whether the centre is in it, where that is sure.
    Open(Option<bool>),
}

impl Corridor<'_> {
    fn meets(&self, index: &PatrolIndex, whole: &Whole<'_>) -> Meeting {
        match self.lies(index, &whole.q, &whole.circle) {
            Lies::Inside => return Meeting { holds: true, may_touch: true },
            Lies::Outside => return Meeting { holds: false, may_touch: false },
            Lies::Open(_) => {}
        }
        let mut parts: VecDeque<Cell> = whole.region.cells().into();
        let (mut has_inside, mut has_outside, mut looks) = (false, false, 0);
        while let Some(part) = parts.pop_front() {
            let circle = whole.region.cell_circle(&part);
            let standing = whole.standing(&circle);
            if standing == Standing::Outside {
                continue;
            }
            looks += 1;
            let lies = self.lies(index, &SurfacePoint::new(circle.centre), &circle);
            // What is in none of the other regions tells nothing.
            match (lies, standing) {
                (Lies::Inside | Lies::Open(Some(true)), Standing::Inside) => has_inside = true,
                (Lies::Outside | Lies::Open(Some(false)), Standing::Inside) => has_outside = true,
                // It may be empty: it neither meets nor leaves the corridor for certain.
                (Lies::Inside, _) => has_inside = true,
                _ => {}
            }
            if has_inside && has_outside {
                return Meeting { holds: false, may_touch: true };
            }
            if let Lies::Open(_) = lies {
                if looks >= MOST_PARTS || circle.radius_m <= DOUBT_M {
                    return Meeting { holds: false, may_touch: true };
                }
                parts.extend(whole.region.cell_halves(&part));
            }
            // A part outside is not held, whether or not the region has a point in it.
            has_outside |= lies == Lies::Outside;
        }
        Meeting { holds: has_inside && !has_outside, may_touch: has_inside }
    }

    fn lies(&self, index: &PatrolIndex, q: &SurfacePoint, circle: &CoveringCircle) -> Lies {
        let radius_m = circle.radius_m + DOUBT_M;
        let lows = lows(self.beside.iter().map(|(item, _)| item), q);
        let mut outside_m = f64::INFINITY;
        for ((item, half_width_m), low_m) in self.beside.iter().zip(lows) {
            // What is sure to lie outside need not be known closer.
            if low_m - half_width_m > radius_m {
                outside_m = outside_m.min(low_m - half_width_m);
            } else if low_m - half_width_m < outside_m {
                outside_m = outside_m.min(item.exact(q).low_m - half_width_m);
            }
        }
        if outside_m + radius_m <= 0.0 {
            return Lies::Inside;
        }
        let (mut is_open, mut is_centre_inside) = (outside_m <= radius_m, Some(outside_m <= 0.0));
        if outside_m.abs() <= DOUBT_M {
            is_centre_inside = None;
        }
        let held = if self.regions.is_empty() { Vec::new() } else { index.corridor_regions_of(q.position) };
        for (region, edges) in &self.regions {
            let holds_centre = held.contains(region);
            let is_cut = edges.iter().any(|edge| edge.closest(q, radius_m).distance_m <= radius_m);
            match (holds_centre, is_cut) {
                (true, false) => return Lies::Inside,
                (true, true) => (is_open, is_centre_inside) = (true, Some(true)),
                (false, true) => is_open = true,
                (false, false) => {}
            }
        }
        if is_open { Lies::Open(is_centre_inside) } else { Lies::Outside }
    }
}

impl Corridors<'_> {
    /// Returns `true` if bounds do not tell the share.
    pub fn is_open(&self) -> bool {
        self.whole.is_empty() && !self.touched.is_empty()
    }

    /// The share of the region inside a corridor, by samples of it where that is open; `None` without corridors.
    pub fn share(&self, index: &PatrolIndex, samples: &Samples<'_>) -> Option<f64> {
        if !self.is_known {
            return None;
        }
        if !self.is_open() {
            return Some(if self.whole.is_empty() { 0.0 } else { 1.0 });
        }
        let is_in_region = |at| index.is_in_corridor_region(at);
        Some(samples.inside(&self.beside, self.has_regions.then_some(&is_in_region)))
    }
}
