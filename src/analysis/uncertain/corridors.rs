//! How much of a region lies in corridors: by a bound where that tells, else by counting.

use super::Whole;
use super::items::{DOUBT_M, Item};
use super::samples;
use crate::PatrolArea;
use crate::geodesy::ecef::SurfacePoint;

/// What is to be counted.
pub(super) enum Question<'a> {
    /// There are no corridors.
    Unknown,
    /// The share is known: none, or all of it.
    Settled(f64),
    /// Pieces of routes with their half widths, and whether corridors that are regions are near.
    Open { beside: Vec<(Item<'a>, f64)>, has_regions: bool },
}

/// What can be said by the circle that holds the region. `nearest_m` is the distance to the nearest route.
pub(super) fn question<'a>(
    area: &'a PatrolArea,
    Whole { circle, q, at, .. }: &Whole<'_>,
    nearest_m: f64,
) -> Question<'a> {
    let widest_m = area.widest_half_width_m();
    if widest_m.is_none() && !area.has_corridor_regions() {
        return Question::Unknown;
    }
    let has_regions =
        area.has_corridor_regions() && area.may_meet_corridor_region(circle.centre, circle.radius_m);
    let reach_m = widest_m.map_or(f64::NEG_INFINITY, |widest_m| circle.radius_m + widest_m + DOUBT_M);
    let mut beside = Vec::new();
    if nearest_m <= reach_m {
        for piece in Item::pieces_about(area, q, reach_m, *at) {
            let Some(half_width_m) = area.routes()[piece.place as usize].half_width_m() else { continue };
            let here_m = piece.exact(q).low_m;
            if here_m + circle.radius_m + DOUBT_M <= half_width_m {
                return Question::Settled(1.0);
            }
            if here_m <= half_width_m + circle.radius_m + DOUBT_M {
                beside.push((here_m - half_width_m, (piece, half_width_m)));
            }
        }
    }
    if beside.is_empty() && !has_regions {
        return Question::Settled(0.0);
    }
    // The one that probably holds most comes first.
    beside.sort_by(|a, b| a.0.total_cmp(&b.0));
    let beside = beside.into_iter().map(|(_, one)| one).collect();
    Question::Open { beside, has_regions }
}

impl Question<'_> {
    pub fn is_open(&self) -> bool {
        matches!(self, Question::Open { .. })
    }

    /// The share of the region inside a corridor, by points of it where that is open.
    pub fn share(&self, area: &PatrolArea, points: &[SurfacePoint]) -> Option<f64> {
        match self {
            Question::Unknown => None,
            Question::Settled(share) => Some(*share),
            Question::Open { beside, has_regions } => {
                let is_in_region = |at| *has_regions && area.is_in_corridor_region(at);
                let count = samples::inside(points, beside, is_in_region);
                Some(f64::from(count) / points.len() as f64)
            }
        }
    }
}
