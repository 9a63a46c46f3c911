//! What a search tells: posts, routes and corridors as seen from a position, nearest first.

use smallvec::SmallVec;

use super::nearest::{Found, FoundList};
use super::options::LocateOptions;
use crate::linear::{RouteLocation, TIE_M};

/// A post, as seen from a position.
///
/// ```
/// use patrol_corridor::{ObservationPost, PatrolIndex, Position};
/// let place = Position::from_lon_lat(46.826567, 40.072204)?;
/// let index = PatrolIndex::new(vec![ObservationPost::new("OP-21", place)], vec![], Default::default())?;
/// let hit = |position| index.nearest_posts(position, &Default::default()).hits()[0];
/// let seen = hit(Position::from_lon_lat(46.807759, 40.068059)?);
/// assert!((seen.distance_m - 1_669.15).abs() < 0.01);
/// assert_eq!(seen.bearing_deg.map(f64::round), Some(254.0));
/// // At the post itself there is no direction.
/// assert_eq!(hit(place).bearing_deg, None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PostHit {
    /// The post's place in the layer.
    pub post: usize,
    /// The geodesic distance in metres.
    pub distance_m: f64,
    /// The azimuth at the post towards the position, degrees clockwise from true north, 0 <= x < 360;
    /// `None` within 1 mm.
    pub bearing_deg: Option<f64>,
}

/// A route, as seen from a position.
///
/// ```
/// use patrol_corridor::{PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
/// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R5", &line)?], Default::default())?;
/// let hit = index.nearest_routes(Position::from_lon_lat(46.75, 39.85)?, &Default::default()).hits()[0];
/// let place = hit.location;
/// assert_eq!(format!("{:.0} m {} at {:.0} m", place.offset_m, place.side, place.chainage_m), "981 m right at 3183 m");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RouteHit {
    /// The route's place in the layer.
    pub route: usize,
    /// Where the position belongs on it.
    pub location: RouteLocation,
}

/// A corridor, as seen from a position: by the nearest of its routes.
///
/// ```
/// use patrol_corridor::{PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
/// let mut route = PatrolRoute::from_line_string("R5", &line)?;
/// route.corridor = Some("Martuni".into());
/// let index = PatrolIndex::new(vec![], vec![route], Default::default())?;
/// let hit = index.nearest_corridors(Position::from_lon_lat(46.75, 39.85)?, &Default::default()).hits()[0];
/// assert_eq!((&*index.corridors()[hit.corridor].name, index.routes()[hit.route].id.as_str()), ("Martuni", "R5"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CorridorHit {
    /// The corridor's place in [`PatrolIndex::corridors`](crate::PatrolIndex::corridors).
    pub corridor: usize,
    /// The nearest of its routes, by place in the layer.
    pub route: usize,
    /// Where the position belongs on that route.
    pub location: RouteLocation,
}

/// The nearest of a layer.
///
/// ```
/// use patrol_corridor::{ObservationPost, PatrolIndex, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|position| ObservationPost::new(id, position));
/// let index = PatrolIndex::new(vec![post("A", 46.8)?, post("B", 46.9)?], vec![], Default::default())?;
/// let near = index.nearest_posts(Position::from_lon_lat(46.84, 40.0)?, &Default::default());
/// // One was asked for; the margin tells of the second all the same.
/// assert_eq!((near.hits().len(), near.first().unwrap().post), (1, 0));
/// assert_eq!(near.margin_m().map(|margin_m| format!("{margin_m:.1} m")), Some("1707.9 m".into()));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Nearest<T> {
    hits: SmallVec<[T; 1]>,
    tied: SmallVec<[usize; 2]>,
    margin_m: Option<f64>,
}

impl<T> Nearest<T> {
    fn none() -> Self {
        Nearest { hits: SmallVec::new(), tied: SmallVec::new(), margin_m: None }
    }

    /// As many as were asked for, nearest first; those tied with the nearest stand in the order of the
    /// layer. Empty where the layer is, or nothing is within the greatest distance.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, PatrolIndex, Position, index::LocateOptions};
    /// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|position| ObservationPost::new(id, position));
    /// let index = PatrolIndex::new(vec![post("A", 46.8)?, post("B", 46.9)?], vec![], Default::default())?;
    /// let options = LocateOptions::default().with_count(2);
    /// let near = index.nearest_posts(Position::from_lon_lat(46.86, 40.0)?, &options);
    /// assert_eq!(near.hits().iter().map(|hit| hit.post).collect::<Vec<_>>(), [1, 0]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn hits(&self) -> &[T] {
        &self.hits
    }

    /// The nearest; of several within 1 mm the first in the layer.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, PatrolIndex, Position, index::LocateOptions};
    /// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Default::default())?;
    /// let near = LocateOptions::default().with_max_distance_m(5_000.0);
    /// assert!(index.nearest_posts(Position::from_lon_lat(46.81, 40.0)?, &near).first().is_some());
    /// assert!(index.nearest_posts(Position::from_lon_lat(46.9, 40.0)?, &near).first().is_none());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn first(&self) -> Option<&T> {
        self.hits.first()
    }

    /// All that are within 1 mm of the smallest distance, by place in the layer; empty without a tie.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, PatrolIndex, Position};
    /// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|position| ObservationPost::new(id, position));
    /// let index = PatrolIndex::new(vec![post("A", 46.8)?, post("B", 46.9)?], vec![], Default::default())?;
    /// let near = |position| index.nearest_posts(position, &Default::default());
    /// let between = near(Position::from_lon_lat(46.85, 40.0)?);
    /// assert_eq!((between.tied(), between.margin_m()), (&[0, 1][..], Some(0.0)));
    /// assert!(near(Position::from_lon_lat(46.86, 40.0)?).tied().is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn tied(&self) -> &[usize] {
        &self.tied
    }

    /// How much farther the second-nearest is than the nearest, in metres; 0 in a tie, `None` where there
    /// is no second or nothing was found.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, PatrolIndex, Position};
    /// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|position| ObservationPost::new(id, position));
    /// let incident = Position::from_lon_lat(46.84, 40.0)?;
    /// let index = |posts| PatrolIndex::new(posts, vec![], Default::default());
    /// let margin_m = |index: PatrolIndex| index.nearest_posts(incident, &Default::default()).margin_m();
    /// assert_eq!(margin_m(index(vec![post("A", 46.8)?])?), None);
    /// assert!((margin_m(index(vec![post("A", 46.8)?, post("B", 46.9)?])?).unwrap() - 1_707.9).abs() < 0.1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn margin_m(&self) -> Option<f64> {
        self.margin_m
    }
}

/// Its [`hits`](Nearest::hits), nearest first.
///
/// ```
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-1", Position::from_lon_lat(46.8, 40.0)?);
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let located = index.locate(Position::from_lon_lat(46.8, 40.01)?, &Default::default());
/// for hit in &located.posts {
///     assert_eq!(index.posts()[hit.post].id.as_str(), "OP-1");
/// }
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
impl<'a, T> IntoIterator for &'a Nearest<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.hits.iter()
    }
}

/// The hits themselves, nearest first.
impl<T> IntoIterator for Nearest<T> {
    type Item = T;
    type IntoIter = Hits<T>;

    fn into_iter(self) -> Hits<T> {
        Hits(self.hits.into_iter())
    }
}

/// The hits of a [`Nearest`], nearest first.
#[derive(Debug)]
pub struct Hits<T>(smallvec::IntoIter<[T; 1]>);

impl<T> Iterator for Hits<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T> ExactSizeIterator for Hits<T> {}

/// Where a position belongs: its nearest posts and routes, and the corridors that it lies in.
///
/// ```
/// use patrol_corridor::{ObservationPost, PatrolIndex, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let index = PatrolIndex::new(vec![post], vec![], Default::default())?;
/// let located = index.locate(Position::from_lon_lat(46.807759, 40.068059)?, &Default::default());
/// assert!(located.posts.first().is_some() && located.routes.first().is_none());
/// // Without a half width and without a region nobody can tell.
/// assert_eq!(located.in_corridor, None);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Located {
    /// The nearest posts.
    pub posts: Nearest<PostHit>,
    /// The nearest routes.
    pub routes: Nearest<RouteHit>,
    /// Whether it lies within the half width of a route, or in a region that is a corridor, edge included;
    /// `None` where no route of the layer has one, in service or not, and no region is given.
    pub in_corridor: Option<bool>,
    pub(crate) corridors: SmallVec<[usize; 2]>,
}

impl Located {
    /// The corridors that it lies in, by place in [`PatrolIndex::corridors`](crate::PatrolIndex::corridors), ascending.
    ///
    /// ```
    /// use patrol_corridor::{PatrolIndex, PatrolRoute, Position};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let route = |id, half_width_m| PatrolRoute::from_line_string(id, &line)?.with_half_width_m(half_width_m);
    /// let index = PatrolIndex::new(vec![], vec![route("R4", 500.0)?, route("R5", 2_500.0)?], Default::default())?;
    /// let located = index.locate(Position::from_lon_lat(46.75, 39.85)?, &Default::default());
    /// assert_eq!(located.corridors(), [1]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn corridors(&self) -> &[usize] {
        &self.corridors
    }
}

/// Puts what was found, sorted by distance, in the order of the contract and cuts it.
pub(super) fn rank<T>(
    found: &FoundList,
    options: &LocateOptions,
    hit: impl Fn(&Found) -> Option<T>,
) -> Nearest<T> {
    let Some(first) = found.first() else { return Nearest::none() };
    let margin_m = found.get(1).map(|second| match second.distance_m - first.distance_m {
        apart if apart <= TIE_M => 0.0,
        apart => apart,
    });
    let reach_m = options.max_distance_m.unwrap_or(f64::INFINITY);
    // One by one: as a whole so few take longer.
    let mut named = FoundList::new();
    for found in found.iter().filter(|found| found.distance_m <= reach_m) {
        named.push(*found);
    }
    if named.is_empty() {
        return Nearest::none();
    }
    let tied_count = named.partition_point(|found| found.distance_m <= first.distance_m + TIE_M);
    named[..tied_count].sort_unstable_by_key(|found| found.item);
    let tied = if tied_count > 1 {
        named[..tied_count].iter().map(|found| found.item as usize).collect()
    } else {
        SmallVec::new()
    };
    let mut hits = SmallVec::new();
    for hit in named.iter().take(options.count.max(1)).filter_map(hit) {
        hits.push(hit);
    }
    Nearest { hits, tied, margin_m }
}
