//! The nearest post, the nearest route and the corridors of something whose place is a region.

mod candidates;
mod extremes;
mod layers;
#[cfg(test)]
mod tests;

use super::CommonRegion;
use crate::PatrolArea;
use crate::Position;
use crate::index::LocateOptions;
use crate::model::reported::even_point;
use crate::model::{DistanceBounds, ReportedRegion};

/// How many points of a region its shares are counted by.
const SAMPLES: u32 = 1_024;

/// A post (a route) that may be the nearest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its place in the layer.
    pub place: usize,
    /// The share of the region to which it is the nearest, 0 to 1: within 0.01, and the same for the same region. By
    /// area; by length where the region has none.
    pub share: f64,
    /// Its distances from the region's nearest and its farthest point. For a post as exact as
    /// [`ReportedRegion::distance_bounds`]; for a route bounds, mostly closer than 1 cm and 1 m.
    pub distances: DistanceBounds,
}

/// The posts (the routes) that may be the nearest to something in a region.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidates {
    /// All that are the nearest, or within 1 mm of it, somewhere in the region; the largest share first, and then
    /// in the order of the layer. Never one too few; one too many only where so little decides that it was not settled.
    pub list: Vec<Candidate>,
}

impl Candidates {
    /// True where one is the nearest over the whole region.
    pub fn is_certain(&self) -> bool {
        self.list.len() == 1
    }
}

/// What can be said of something that lies somewhere in a region.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainAnswer {
    /// The posts that may be the nearest.
    pub posts: Candidates,
    /// The routes that may be the nearest.
    pub routes: Candidates,
    /// The share of the region inside at least one corridor, within 0.01; `None` where there is no corridor with a
    /// half width and none that is a region.
    pub corridor_share: Option<f64>,
}

/// Which posts and routes may be the nearest to something in a region, how far they are at least and at most, and
/// how much of the region is nearest to each.
///
/// Which they are is decided by bounds, not by a sample: a part of the region is cut in two until one post is proven
/// the nearest all over it, or until all that come into question there are proven to be the nearest somewhere.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain;
/// use patrol_corridor::model::{AnnularSector, ReportedRegion};
/// use patrol_corridor::{Edges, ObservationPost, PatrolArea, Position};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let posts = [("W", 46.5), ("E", 46.6), ("far", 47.5)];
/// let posts = posts.map(|(id, lon)| at(lon, 39.5).map(|at| ObservationPost::new(id, at)));
/// let area = PatrolArea::new(posts.into_iter().collect::<Result<_, _>>()?, vec![], Edges::Planar)?;
/// // Half way between two of them, to 1 km.
/// let region = ReportedRegion::Sector(AnnularSector::disc(at(46.55, 39.5)?, 1_000.0)?);
/// let answer = locate_uncertain(&area, &region);
/// let mut found: Vec<usize> = answer.posts.list.iter().map(|post| post.place).collect();
/// found.sort();
/// assert_eq!(found, [0, 1]);
/// assert!((answer.posts.list[0].share - 0.5).abs() < 0.01);
/// assert!(!answer.posts.is_certain());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn locate_uncertain(area: &PatrolArea, region: &ReportedRegion) -> UncertainAnswer {
    answer(
        area,
        (candidates::posts(area, region), candidates::routes(area, region)),
        || (0..SAMPLES).map(|i| region.even(even_point(i, SAMPLES))).collect(),
        &|post| region.distance_bounds(area.posts()[post].position),
        &|route| extremes::of_route(area, route, region),
    )
}

/// The same of something that lies in all of several regions.
///
/// Which posts and routes come into question is decided as exactly. Shares are counted by the points of one region that
/// lie in all others, 1,024 or, of a small part of it, fewer; where there is none, by the reference point. Distances
/// are bounds, those within which each of the regions alone holds them.
///
/// ```
/// use patrol_corridor::analysis::{CommonRegion, locate_common, locate_uncertain};
/// use patrol_corridor::model::{AnnularSector, ReportedRegion};
/// use patrol_corridor::{Edges, ObservationPost, PatrolArea, Position};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let posts = [("W", 46.5), ("E", 46.6)];
/// let posts = posts.map(|(id, lon)| at(lon, 39.5).map(|at| ObservationPost::new(id, at)));
/// let area = PatrolArea::new(posts.into_iter().collect::<Result<_, _>>()?, vec![], Edges::Planar)?;
/// let disc = |lon| AnnularSector::disc(at(lon, 39.5)?, 2_000.0).map(ReportedRegion::Sector);
/// let (west, east) = (disc(46.54)?, disc(46.58)?);
/// // The western one leaves both posts open, and what it shares with the other one only.
/// assert_eq!(locate_uncertain(&area, &west).posts.list.len(), 2);
/// let common = CommonRegion::find(vec![&west, &east]).unwrap();
/// assert!(locate_common(&area, &common).posts.is_certain());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn locate_common(area: &PatrolArea, common: &CommonRegion<'_>) -> UncertainAnswer {
    if let [one] = common.regions() {
        return locate_uncertain(area, one);
    }
    let narrowest = |of_one: &dyn Fn(&ReportedRegion) -> DistanceBounds| {
        let all = common.regions().iter().map(|region| of_one(region));
        all.reduce(|a, b| DistanceBounds { min_m: a.min_m.max(b.min_m), max_m: a.max_m.min(b.max_m) })
            .unwrap_or(DistanceBounds { min_m: 0.0, max_m: f64::INFINITY })
    };
    let samples = || match common.samples() {
        none if none.is_empty() => vec![common.reference()],
        samples => samples,
    };
    answer(
        area,
        (candidates::posts(area, common), candidates::routes(area, common)),
        samples,
        &|post| narrowest(&|region| region.distance_bounds(area.posts()[post].position)),
        &|route| narrowest(&|region| extremes::of_route(area, route, region)),
    )
}

/// By the posts and routes that come into question, points that fill the region evenly, and the distances of each.
fn answer(
    area: &PatrolArea,
    (mut posts, mut routes): (Vec<u32>, Vec<u32>),
    samples: impl FnOnce() -> Vec<Position>,
    post_distances: &dyn Fn(usize) -> DistanceBounds,
    route_distances: &dyn Fn(usize) -> DistanceBounds,
) -> UncertainAnswer {
    let knows_corridors =
        area.has_corridor_regions() || area.routes().iter().any(|r| r.half_width_m().is_some());
    let (mut post_counts, mut route_counts) = (vec![0_u32; posts.len()], vec![0_u32; routes.len()]);
    let (mut inside, mut count) = (0_u32, 0_u32);
    if posts.len() > 1 || routes.len() > 1 || knows_corridors {
        let options = LocateOptions::default();
        for at in samples() {
            let located = area.locate(at, &options);
            count += 1;
            inside += u32::from(located.in_corridor == Some(true));
            tally(&mut posts, &mut post_counts, located.posts.first().map(|hit| hit.post));
            tally(&mut routes, &mut route_counts, located.routes.first().map(|hit| hit.route));
        }
    }
    let share = |count_of: u32, alone: bool| match alone {
        true => 1.0,
        false => f64::from(count_of) / f64::from(count.max(1)),
    };
    let candidates = |places: &[u32], counts: &[u32], distances: &dyn Fn(usize) -> DistanceBounds| {
        let mut list: Vec<Candidate> = places
            .iter()
            .zip(counts)
            .map(|(&place, &count_of)| {
                let place = place as usize;
                Candidate { place, share: share(count_of, places.len() == 1), distances: distances(place) }
            })
            .collect();
        list.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.place.cmp(&b.place)));
        Candidates { list }
    };
    UncertainAnswer {
        posts: candidates(&posts, &post_counts, post_distances),
        routes: candidates(&routes, &route_counts, route_distances),
        corridor_share: knows_corridors.then(|| share(inside, false)),
    }
}

/// Counts for the one that was found at a point. One that was not among the candidates, which no point should find,
/// becomes one.
fn tally(places: &mut Vec<u32>, counts: &mut Vec<u32>, found: Option<usize>) {
    let Some(found) = found.map(|found| found as u32) else { return };
    match places.binary_search(&found) {
        Ok(at) => counts[at] += 1,
        Err(at) => {
            places.insert(at, found);
            counts.insert(at, 1);
        }
    }
}
