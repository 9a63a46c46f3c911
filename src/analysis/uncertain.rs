//! The nearest post, the nearest route and the corridors of something whose place is a region.

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

use self::candidates::{Contest, contest, reach_m};
use self::items::Item;
use self::samples::Samples;
use super::common_region::{CommonRegion, Standing};
use crate::PatrolArea;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::Side;
use crate::model::reported::Measured;
use crate::model::{CoveringCircle, DistanceBounds, ReportedRegion, TimeSpan};

/// A post (a route) that may be the nearest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its place in the layer.
    pub place: usize,
    /// The share of the region to which it is the nearest, 0 to 1: within 0.01, and the same for the same region. By
    /// area; by length where the region has none.
    pub share: f64,
    /// Its distances from the region's nearest and its farthest point. For a post as exact as
    /// [`ReportedRegion::distance_bounds`]. For a route the smallest is that of a point of it, to 1 mm where no other part of
    /// the route comes as near within 1 m or a thousandth of the region's radius; the greatest is a bound, too great by
    /// no more than that.
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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UncertainAnswer {
    /// The posts that may be the nearest.
    pub posts: Candidates,
    /// The routes that may be the nearest.
    pub routes: Candidates,
    /// The share of the region inside at least one corridor, within 0.01; `None` where there is no corridor with a
    /// half width, in service or not, and none that is a region.
    pub corridor_share: Option<f64>,
    /// The corridors that hold the whole region, by index in [`PatrolArea::corridors`], ascending: proven by bounds,
    /// never one too many.
    pub corridors_whole: Vec<usize>,
    /// The corridors that may meet the region, likewise: never one too few.
    pub corridors_touched: Vec<usize>,
    /// The side of the route on which the whole region lies, where one route is the nearest all over it; `None` where
    /// bounds do not decide.
    pub side: Option<Side>,
}

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
    locate_uncertain_at(area, region, None)
}

/// The same by the posts and routes in service at a time, as if there were no others; without one by all.
///
/// Whatever may be the nearest at any instant of a span is a candidate: a post that was withdrawn before its end, and the
/// next one, which is the nearest from then on. Shares are those of the region and of the time, each state of the layers
/// counting for as long as it lasted; to the shares of posts (of routes) time without any of them in service does not
/// count.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain_at;
/// use patrol_corridor::model::{AnnularSector, Instant, ReportedRegion, ServicePeriod, TimeSpan};
/// use patrol_corridor::{Edges, ObservationPost, PatrolArea, Position};
/// let time = |text| Instant::read(text, None);
/// let mut near = ObservationPost::new("near", Position::from_lon_lat(46.5, 39.5)?);
/// near.service = ServicePeriod::new(None, Some(time("2020-10-04T12:15Z")?))?;
/// let next = ObservationPost::new("next", Position::from_lon_lat(46.6, 39.5)?);
/// let area = PatrolArea::new(vec![near, next], vec![], Edges::Planar)?;
/// let region = ReportedRegion::Sector(AnnularSector::disc(Position::from_lon_lat(46.5, 39.5)?, 1_000.0)?);
/// let posts = |at: Option<TimeSpan>| -> Vec<(usize, f64)> {
///     locate_uncertain_at(&area, &region, at).posts.list.iter().map(|post| (post.place, post.share)).collect()
/// };
/// let (noon, twenty_past) = (time("2020-10-04T12:00Z")?, time("2020-10-04T12:20Z")?);
/// assert_eq!(posts(Some(noon.into())), [(0, 1.0)]);
/// assert_eq!(posts(Some(twenty_past.into())), [(1, 1.0)]);
/// assert_eq!(posts(Some(TimeSpan::between(noon, twenty_past)?)), [(0, 0.75), (1, 0.25)]);
/// assert_eq!(posts(None), [(0, 1.0)]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn locate_uncertain_at(
    area: &PatrolArea,
    region: &ReportedRegion,
    at: Option<TimeSpan>,
) -> UncertainAnswer {
    during::whole_span(area, at, |at| answer(area, &Whole { at, ..Whole::of(region) }))
}

/// The same of something that lies in all of several regions.
///
/// Which posts and routes come into question is decided as exactly. Shares are counted by the points of one region that
/// lie in all others, 1,024 or, of a small part of it, fewer; where there is none, by the reference point. Distances
/// are bounds, those within which each of the regions alone holds them.
///
/// ```
/// use patrol_corridor::analysis::{CommonRegion, locate_common_at, locate_uncertain};
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
/// assert!(locate_common_at(&area, &common, None).posts.is_certain());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn locate_common_at(
    area: &PatrolArea,
    common: &CommonRegion<'_>,
    at: Option<TimeSpan>,
) -> UncertainAnswer {
    let whole = || Whole { common: Some(common), ..Whole::of(common.first()) };
    during::whole_span(area, at, |at| answer(area, &Whole { at, ..whole() }))
}

fn answer(area: &PatrolArea, whole: &Whole<'_>) -> UncertainAnswer {
    let reach_m = reach_m(whole.circle.radius_m);
    let posts = contest(whole, Item::posts_about(area, &whole.q, reach_m, whole.at));
    let nearest_route_m = area.nearest_route_m(&whole.q, whole.at);
    let routes = contest(whole, Item::pieces_about(area, &whole.q, nearest_route_m + reach_m, whole.at));
    let corridors = corridors::corridors(area, whole, nearest_route_m);
    // What bounds have settled needs no counting.
    let samples = Samples::new(whole);
    UncertainAnswer {
        posts: candidates(&posts, &samples, |post| {
            let at = SurfacePoint::new(area.posts()[post].position);
            whole.narrowest(|one| one.measured.bounds(&at))
        }),
        routes: candidates(&routes, &samples, |route| {
            let pieces = area.network().route_pieces(route);
            whole.narrowest(|one| extremes::of_route(pieces, one))
        }),
        corridor_share: corridors.share(area, &samples),
        side: side::side(area, whole, &routes),
        corridors_whole: corridors.whole,
        corridors_touched: corridors.touched,
    }
}

/// A region with the circle that holds it, or the part of it that others have in common with it.
struct Whole<'a> {
    region: &'a ReportedRegion,
    measured: Measured<'a>,
    circle: CoveringCircle,
    /// The circle's centre, which may lie outside the region.
    q: SurfacePoint,
    common: Option<&'a CommonRegion<'a>>,
    /// Only what was in service then counts; an instant here, for which one state of the layers stands.
    at: Option<TimeSpan>,
}

impl<'a> Whole<'a> {
    fn of(region: &'a ReportedRegion) -> Self {
        let circle = region.covering_circle();
        let q = SurfacePoint::new(circle.centre);
        Whole { region, measured: region.measured(), circle, q, common: None, at: None }
    }

    /// How a part of the region stands.
    fn standing(&self, circle: &CoveringCircle) -> Standing {
        self.common.map_or(Standing::Inside, |common| common.standing(circle))
    }

    /// What lies in all regions is as far off as each of them says.
    fn narrowest(&self, bounds: impl Fn(&Whole<'_>) -> DistanceBounds) -> DistanceBounds {
        let others = self.common.map_or(&[][..], |common| &common.regions()[1..]);
        others.iter().map(|region| bounds(&Whole::of(region))).fold(bounds(self), |a, b| DistanceBounds {
            min_m: a.min_m.max(b.min_m),
            max_m: a.max_m.min(b.max_m),
        })
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
        Candidate { place, share, distances: distances(place) }
    };
    Candidates { list: during::sorted(found.places.iter().zip(shares).map(candidate).collect()) }
}
