//! The nearest post, the nearest route and the corridors of something whose place is a region.

mod answer;
#[cfg(test)]
mod brute_tests;
mod candidates;
mod corridors;
mod during;
mod extremes;
mod fan;
mod items;
mod least;
mod plane;
mod samples;
mod side;
#[cfg(test)]
mod tests;
mod whole;

use self::candidates::{Contest, contest, reach_m};
use self::items::Item;
use self::samples::Samples;
use self::whole::Whole;
use super::common_region::CommonRegion;
use crate::PatrolIndex;
use crate::geodesy::ecef::SurfacePoint;
use crate::region::{DescribedRegion, DistanceBounds};
use crate::time::TimeSpan;
pub use answer::{Candidate, Candidates, UncertainAnswer};

/// Which posts and routes may be the nearest to something in a region, how far they are at least and at most, and
/// how much of the region is nearest to each.
///
/// Which they are is decided by bounds, not by a sample: a part of the region is cut in two until one post is proven
/// the nearest all over it, or until all that come into question there are proven to be the nearest somewhere. What
/// such bounds settle costs some tens of microseconds; only where several come into question, or an edge of a corridor
/// can run through the region, its shares are counted by points of it, always the same ones.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let posts = [("W", 46.5), ("E", 46.6), ("far", 47.5)];
/// let posts = posts.map(|(id, lon)| at(lon, 39.5).map(|at| ObservationPost::new(id, at)));
/// let index = PatrolIndex::new(posts.into_iter().collect::<Result<_, _>>()?, vec![], Edges::Planar)?;
/// // Half way between two of them, to 1 km.
/// let region = DescribedRegion::Sector(AnnularSector::disc(at(46.55, 39.5)?, 1_000.0)?);
/// let answer = locate_uncertain(&index, &region, None);
/// let mut found: Vec<usize> = answer.posts.list.iter().map(|post| post.index).collect();
/// found.sort();
/// assert_eq!(found, [0, 1]);
/// assert!((answer.posts.list[0].share - 0.5).abs() < 0.01);
/// assert!(!answer.posts.is_certain());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// With a time only the posts and routes in service then count, as if there were no others.
///
/// Whatever may be the nearest at any instant of a span is a candidate: a post that was withdrawn before its end, and the
/// next one, which is the nearest from then on. Shares are those of the region and of the time, each state of the layers
/// counting for as long as it lasted; to the shares of posts (of routes) time without any of them in service does not
/// count.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::time::{Timestamp, ServicePeriod, TimeSpan};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let time = |text| Timestamp::read(text, None);
/// let mut near = ObservationPost::new("near", Position::from_lon_lat(46.5, 39.5)?);
/// near.service = ServicePeriod::new(None, Some(time("2020-10-04T12:15Z")?))?;
/// let next = ObservationPost::new("next", Position::from_lon_lat(46.6, 39.5)?);
/// let index = PatrolIndex::new(vec![near, next], vec![], Edges::Planar)?;
/// let region = DescribedRegion::Sector(AnnularSector::disc(Position::from_lon_lat(46.5, 39.5)?, 1_000.0)?);
/// let posts = |at: Option<TimeSpan>| -> Vec<(usize, f64)> {
///     locate_uncertain(&index, &region, at).posts.list.iter().map(|post| (post.index, post.share)).collect()
/// };
/// let (noon, twenty_past) = (time("2020-10-04T12:00Z")?, time("2020-10-04T12:20Z")?);
/// assert_eq!(posts(Some(noon.into())), [(0, 1.0)]);
/// assert_eq!(posts(Some(twenty_past.into())), [(1, 1.0)]);
/// assert_eq!(posts(Some(TimeSpan::between(noon, twenty_past)?)), [(0, 0.75), (1, 0.25)]);
/// assert_eq!(posts(None), [(0, 1.0)]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn locate_uncertain(
    index: &PatrolIndex,
    region: &DescribedRegion,
    at: Option<TimeSpan>,
) -> UncertainAnswer {
    during::whole_span(index, at, |at| answer(index, &Whole { at, ..Whole::of(region) }))
}

/// The same of something that lies in all of several regions.
///
/// Which posts and routes come into question is decided as exactly. Shares are counted by the points of one region that
/// lie in all others, 1,024 or, of a small part of it, fewer; where there is none, by the reference point. Distances
/// are bounds, those within which each of the regions alone holds them.
///
/// ```
/// use patrol_corridor::analysis::{CommonRegion, locate_common, locate_uncertain};
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let posts = [("W", 46.5), ("E", 46.6)];
/// let posts = posts.map(|(id, lon)| at(lon, 39.5).map(|at| ObservationPost::new(id, at)));
/// let index = PatrolIndex::new(posts.into_iter().collect::<Result<_, _>>()?, vec![], Edges::Planar)?;
/// let disc = |lon| AnnularSector::disc(at(lon, 39.5)?, 2_000.0).map(DescribedRegion::Sector);
/// let (west, east) = (disc(46.54)?, disc(46.58)?);
/// // The western one leaves both posts open, and what it shares with the other one only.
/// assert_eq!(locate_uncertain(&index, &west, None).posts.list.len(), 2);
/// let common = CommonRegion::find(vec![&west, &east]).unwrap();
/// assert!(locate_common(&index, &common, None).posts.is_certain());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn locate_common(
    index: &PatrolIndex,
    common: &CommonRegion<'_>,
    at: Option<TimeSpan>,
) -> UncertainAnswer {
    let whole = || Whole { common: Some(common), ..Whole::of(common.first()) };
    during::whole_span(index, at, |at| answer(index, &Whole { at, ..whole() }))
}

fn answer(index: &PatrolIndex, whole: &Whole<'_>) -> UncertainAnswer {
    let reach_m = reach_m(whole.circle.radius_m);
    let posts = contest(whole, Item::posts_about(index, &whole.q, reach_m, whole.at));
    let nearest_route_m = index.nearest_route_m(&whole.q, whole.at);
    let routes = contest(whole, Item::pieces_about(index, &whole.q, nearest_route_m + reach_m, whole.at));
    let corridors = corridors::corridors(index, whole, nearest_route_m);
    // What bounds have settled needs no counting.
    let samples = Samples::new(whole);
    UncertainAnswer {
        posts: candidates(&posts, &samples, |post| {
            let at = SurfacePoint::new(index.posts()[post].position);
            whole.narrowest(|one| one.measured.bounds(&at))
        }),
        routes: candidates(&routes, &samples, |route| {
            let pieces = index.network().route_pieces(route);
            whole.narrowest(|one| extremes::of_route(pieces, one))
        }),
        corridor_share: corridors.share(index, &samples),
        side: side::side(index, whole, &routes),
        corridors_whole: corridors.whole,
        corridors_touched: corridors.touched,
    }
}

/// Those that were found, each with its share by samples of the region and its distances by place.
fn candidates(
    found: &Contest<'_>,
    samples: &Samples<'_>,
    distances: impl Fn(usize) -> DistanceBounds,
) -> Candidates {
    let shares = match found.places.len() {
        0 | 1 => vec![1.0; found.places.len()],
        _ => samples.shares(found),
    };
    let candidate = |(&place, share): (&u32, f64)| {
        let place = place as usize;
        Candidate { index: place, share, distances: distances(place) }
    };
    Candidates { list: during::sorted(found.places.iter().zip(shares).map(candidate).collect()) }
}
