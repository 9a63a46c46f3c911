//! Which posts and routes are the nearest somewhere in a region: branch and bound.
//!
//! No distance grows faster than one goes. So what is nearest anywhere within r of a point is at that point at most 2r
//! farther than the nearest. A point at which one is the nearest proves it; a part of the region in which all that
//! come into question are proven, or excluded, is done with, and any other is cut in two.

use std::collections::VecDeque;

use super::layers::{Layer, Measured, Pieces, Posts};
use crate::PatrolArea;
use crate::analysis::common_region::{CommonRegion, Standing};
use crate::geodesy::bound::SLACK_M;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::{SETTLE_M, TIE_M};
use crate::model::reported::Cell;
use crate::model::{CoveringCircle, ReportedRegion};

/// Smaller parts are not cut: what then comes into question still counts as a candidate.
const SMALLEST_M: f64 = 1e-3;

/// After so many parts what still comes into question counts as a candidate.
const MOST_PARTS: usize = 20_000;

/// What two ways to a distance may differ by.
const DOUBT_M: f64 = SLACK_M + SETTLE_M;

/// What is searched: a region, or what several have in common.
pub(super) trait Shape {
    /// The region whose parts are looked at.
    fn parts_of(&self) -> &ReportedRegion;

    /// How a part of it stands.
    fn standing(&self, circle: &CoveringCircle) -> Standing;
}

impl Shape for ReportedRegion {
    fn parts_of(&self) -> &ReportedRegion {
        self
    }

    fn standing(&self, _: &CoveringCircle) -> Standing {
        Standing::Inside
    }
}

impl Shape for CommonRegion<'_> {
    fn parts_of(&self) -> &ReportedRegion {
        self.first()
    }

    fn standing(&self, circle: &CoveringCircle) -> Standing {
        CommonRegion::standing(self, circle)
    }
}

/// The posts that are the nearest, or within 1 mm of it, somewhere in the region; by place, ascending.
pub(super) fn posts(area: &PatrolArea, region: &impl Shape) -> Vec<u32> {
    search(region, &Posts(area))
}

/// The routes, likewise.
pub(super) fn routes(area: &PatrolArea, region: &impl Shape) -> Vec<u32> {
    search(region, &Pieces(area))
}

fn search(shape: &impl Shape, layer: &impl Layer) -> Vec<u32> {
    let region = shape.parts_of();
    let mut proven: Vec<u32> = Vec::new();
    let mut doubtful: Vec<u32> = Vec::new();
    // Each with what comes into question there; at first all does.
    let mut parts: VecDeque<(Cell, Option<Vec<u32>>)> =
        region.cells().into_iter().map(|cell| (cell, None)).collect();
    let mut count = 0;
    while let Some((part, items)) = parts.pop_front() {
        count += 1;
        let circle = region.cell_circle(&part);
        let standing = shape.standing(&circle);
        if standing == Standing::Outside {
            continue;
        }
        let q = SurfacePoint::new(circle.centre);
        let more_m = 2.0 * circle.radius_m + TIE_M + DOUBT_M;
        let items = items.unwrap_or_else(|| layer.about(&q, more_m));
        let measured: Vec<Measured> = items.into_iter().map(|item| layer.measure(item, &q)).collect();
        let Some(nearest) = measured.iter().min_by(|a, b| a.distance_m.total_cmp(&b.distance_m)) else {
            continue;
        };
        let in_reach = |near: &&Measured| near.distance_m <= nearest.distance_m + TIE_M;
        for near in measured.iter().filter(in_reach).take_while(|_| standing == Standing::Inside) {
            if !proven.contains(&near.place) {
                proven.push(near.place);
            }
        }
        let matters = |other: &&Measured| {
            other.distance_m <= nearest.distance_m + more_m
                && layer.least_lead_m(&q, circle.radius_m, nearest, other) <= TIE_M + DOUBT_M
        };
        let left: Vec<&Measured> = measured.iter().filter(matters).collect();
        let open = left.iter().filter(|other| !proven.contains(&other.place));
        if circle.radius_m <= SMALLEST_M || count + parts.len() >= MOST_PARTS {
            doubtful.extend(open.map(|other| other.place));
        } else if open.count() > 0 {
            let items: Vec<u32> = left.iter().map(|other| other.item).collect();
            parts.extend(region.cell_halves(&part).map(|half| (half, Some(items.clone()))));
        }
    }
    proven.extend(doubtful);
    proven.sort_unstable();
    proven.dedup();
    proven
}
