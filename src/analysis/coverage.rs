//! Coverage: which intervals of each route are within reach of which posts.

use std::collections::HashMap;

use super::along::spans_within;
use super::beats::{Farthest, route_beats, surface_points};
use crate::geodesy::ecef::SurfacePoint;
use crate::parallel::in_parallel;
use crate::setters::setters;
use crate::{Error, ErrorKind, PatrolIndex};

/// Breakpoints that are closer than this are one.
const SAME_M: f64 = 1e-6;

/// How coverage is computed.
///
/// ```
/// use patrol_corridor::analysis::{CoverageOptions, coverage};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
/// let options = CoverageOptions::default().with_radius_m(1_000.0);
/// assert!((coverage(&index, &options)?[0].covered_m(1) - 2_000.0).abs() < 1e-3);
/// // The post has no radius of its own.
/// assert!(coverage(&index, &CoverageOptions::default()).is_err());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct CoverageOptions {
    /// How far posts see that have no `watch_radius_m` of their own, in metres.
    pub radius_m: Option<f64>,
    /// How many threads work; 0 for as many as the machine has.
    pub threads: usize,
}

setters! { CoverageOptions {
    with_radius_m(radius_m: impl Into<Option<f64>>);
    with_threads(threads: usize);
}}

/// An interval of a route along which the same posts are within reach.
///
/// ```
/// use patrol_corridor::analysis::{CoverageOptions, coverage};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
/// let options = CoverageOptions::default().with_radius_m(1_000.0);
/// let found = &coverage(&index, &options)?[0];
/// let lengths: Vec<String> = found.intervals.iter().map(|part| format!("{:.1}", part.length_m())).collect();
/// assert_eq!(lengths, ["707.9", "2000.0", "2415.8"]);
/// assert_eq!(found.intervals[1].posts, [0]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Interval {
    /// Where it begins, in metres along the route.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// The posts whose radius reaches it, by place in the layer, ascending; none on a gap.
    pub posts: Vec<usize>,
}

impl Interval {
    /// Its length in metres.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{CoverageOptions, coverage};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// # let options = CoverageOptions::default().with_radius_m(1_000.0);
    /// let seen = &coverage(&index, &options)?[0].intervals[1];
    /// assert!((seen.length_m() - 2_000.0).abs() < 1e-3);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }
}

/// The coverage of one route.
///
/// ```
/// use patrol_corridor::analysis::{CoverageOptions, coverage};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
/// let options = CoverageOptions::default().with_radius_m(1_000.0);
/// let found = &coverage(&index, &options)?[0];
/// assert_eq!(format!("{:.3} of {:.3} m", found.covered_m(1), found.length_m), "2000.000 of 5123.631 m");
/// assert_eq!(format!("{:.3} m", found.farthest.unwrap().distance_m), "3415.754 m");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RouteCoverage {
    /// The route's place in the layer.
    pub route: usize,
    /// Its length in metres.
    pub length_m: f64,
    /// Its intervals in order: the first begins at 0, each begins where the one before ends, the last ends
    /// at the length.
    pub intervals: Vec<Interval>,
    /// Its point that is farthest from any post; none without posts.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{CoverageOptions, coverage};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// # let options = CoverageOptions::default().with_radius_m(1_000.0);
    /// let found = &coverage(&index, &options)?[0];
    /// assert_eq!(found.covered_m(0), found.length_m);
    /// assert!((found.covered_m(1) - 2_000.0).abs() < 1e-3);
    /// assert_eq!(found.covered_m(2), 0.0);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub farthest: Option<Farthest>,
}

impl RouteCoverage {
    /// How many metres are within reach of at least so many posts.
    ///
    /// ```
    /// # use patrol_corridor::analysis::{CoverageOptions, coverage};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
    /// # let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
    /// # let route = PatrolRoute::from_line_string("R4", &line)?;
    /// # let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
    /// # let options = CoverageOptions::default().with_radius_m(1_000.0);
    /// let found = &coverage(&index, &options)?[0];
    /// let gaps: Vec<String> = found.gaps().map(|gap| format!("{:.1} to {:.1} m", gap.from_m, gap.to_m)).collect();
    /// assert_eq!(gaps, ["0.0 to 707.9 m", "2707.9 to 5123.6 m"]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn covered_m(&self, at_least: usize) -> f64 {
        let within = self.intervals.iter().filter(|interval| interval.posts.len() >= at_least);
        // Not the sum, which is -0 of nothing.
        within.map(Interval::length_m).fold(0.0, |sum, length_m| sum + length_m)
    }

    /// The intervals without a post in reach.
    pub fn gaps(&self) -> impl Iterator<Item = &Interval> {
        self.intervals.iter().filter(|interval| interval.posts.is_empty())
    }
}

/// Cuts all routes where a post comes within reach or gets out of it.
///
/// A post reaches what is at most its radius away by geodesic distance, the circle included. Breakpoints are
/// exact: the distance there is the radius to a micrometre. All posts and routes count, whenever they were in service;
/// [`PatrolIndex::in_service`] gives the area of one instant.
///
/// ```
/// use patrol_corridor::analysis::{CoverageOptions, coverage};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("A", Position::from_lon_lat(46.0, 40.0)?).with_watch_radius_m(2_000.0)?;
/// let line: geo_types::LineString = vec![(46.0, 40.0), (46.1, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R1", &line)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
/// let found = &coverage(&index, &CoverageOptions::default())?[0];
/// assert!((found.covered_m(1) - 2_000.0).abs() < 1e-3);
/// assert_eq!(found.gaps().count(), 1);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where the radius is not a number greater than 0, or a post has none.
pub fn coverage(index: &PatrolIndex, options: &CoverageOptions) -> Result<Vec<RouteCoverage>, Error> {
    let radii = radii(index, options.radius_m)?;
    let points = surface_points(index);
    Ok(in_parallel(index.routes().len(), options.threads, |route| {
        let length_m = index.route_length_m(route);
        let spans = route_spans(index, &points, &radii, route);
        let farthest = (!points.is_empty()).then(|| route_beats(index, &points, route).farthest);
        RouteCoverage { route, length_m, intervals: intervals(spans, length_m), farthest }
    }))
}

/// How far each post sees.
pub(super) fn radii(index: &PatrolIndex, radius_m: Option<f64>) -> Result<Vec<f64>, Error> {
    if let Some(radius_m) = radius_m
        && !(radius_m > 0.0 && radius_m.is_finite())
    {
        return Err(Error::argument(format!(
            "the radius {radius_m}, expected a number of metres greater than 0"
        )));
    }
    index
        .posts()
        .iter()
        .map(|post| {
            post.watch_radius_m().or(radius_m).ok_or_else(|| {
                let message = format!(
                    "the post {} without `watch_radius_m`, expected it, or one radius for all such posts",
                    post.id
                );
                Error::input(message).of_kind(ErrorKind::NoRadius)
            })
        })
        .collect()
}

/// A post and an interval that it reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub from_m: f64,
    pub to_m: f64,
    pub post: u32,
}

/// What each post reaches of a route; the spans of one post do not touch.
pub(super) fn route_spans(
    index: &PatrolIndex,
    points: &[SurfacePoint],
    radii: &[f64],
    route: usize,
) -> Vec<Span> {
    let widest_m = radii.iter().copied().fold(0.0, f64::max);
    let mut spans = Vec::new();
    // The last span of each post, which the next piece may carry on.
    let mut open: HashMap<u32, Span> = HashMap::new();
    for piece in index.network().route_pieces(route) {
        let curve = &piece.curve;
        let chainage_m = |t: f64| piece.chainage_m + curve.along_m(t);
        for (post, _) in index.posts_about(&curve.surface(0.5), widest_m + curve.length_m(), None) {
            for (from, to) in spans_within(curve, &points[post as usize], radii[post as usize]) {
                let span = Span { from_m: chainage_m(from), to_m: chainage_m(to), post };
                match open.get_mut(&post) {
                    Some(last) if span.from_m <= last.to_m + SAME_M => last.to_m = span.to_m,
                    Some(last) => spans.push(std::mem::replace(last, span)),
                    None => {
                        open.insert(post, span);
                    }
                }
            }
        }
    }
    spans.extend(open.into_values());
    spans.sort_unstable_by(|a, b| a.from_m.total_cmp(&b.from_m).then(a.post.cmp(&b.post)));
    spans
}

/// Cuts `0..length_m` at the ends of the spans.
fn intervals(spans: Vec<Span>, length_m: f64) -> Vec<Interval> {
    // A place, the post, and whether it comes or goes.
    let mut changes: Vec<(f64, u32, bool)> = Vec::with_capacity(2 * spans.len());
    for Span { from_m, to_m, post } in spans {
        // A route may touch a circle; that is no interval, unless the route itself has no length. On such a route no post
        // goes: it would go before the next one comes.
        let is_one_place = length_m <= SAME_M;
        if to_m - from_m > SAME_M || is_one_place {
            changes.push((from_m, post, true));
        }
        if to_m - from_m > SAME_M && !is_one_place {
            changes.push((to_m, post, false));
        }
    }
    changes.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut found: Vec<Interval> = Vec::new();
    let mut posts: Vec<usize> = Vec::new();
    let (mut from_m, mut next) = (0.0, 0);
    loop {
        while let Some((at_m, post, comes)) = changes.get(next)
            && *at_m <= from_m + SAME_M
            && (*comes || from_m + SAME_M < length_m)
        {
            let post = *post as usize;
            match posts.binary_search(&post) {
                Err(place) if *comes => posts.insert(place, post),
                Ok(place) if !*comes => {
                    posts.remove(place);
                }
                _ => {}
            }
            next += 1;
        }
        let to_m = changes.get(next).map_or(length_m, |change| change.0);
        let to_m = if to_m + SAME_M >= length_m { length_m } else { to_m };
        match found.last_mut() {
            Some(last) if last.posts == posts => last.to_m = to_m,
            _ => found.push(Interval { from_m, to_m, posts: posts.clone() }),
        }
        if to_m >= length_m {
            return found;
        }
        from_m = to_m;
    }
}
