//! What can be said of something that lies somewhere in a region.

use crate::linear::Side;
use crate::region::DistanceBounds;

/// A post (a route) that may be the nearest.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let index = PatrolIndex::new(vec![post("OP-20", 46.80)?, post("OP-21", 46.83)?], vec![], Edges::Planar)?;
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.81, 40.0)?, 1_000.0)?;
/// let answer = locate_uncertain(&index, &DescribedRegion::Sector(disc), None);
/// let likely = answer.posts.list[0];
/// assert_eq!(index.posts()[likely.index].id.as_str(), "OP-20");
/// assert!((likely.share - 0.763).abs() < 0.01);
/// assert_eq!(format!("{:.3}..{:.3} m", likely.distances.min_m, likely.distances.max_m), "0.000..1853.939 m");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Candidate {
    /// Its place in the layer.
    pub index: usize,
    /// The share of the region to which it is the nearest, 0 to 1: within 0.01, and the same for the same region. By
    /// area; by length where the region has none.
    pub share: f64,
    /// Its distances from the region's nearest and its farthest point. For a post as exact as
    /// [`DescribedRegion::distance_bounds`](crate::region::DescribedRegion::distance_bounds). For a route the smallest is that of a point of it, to 1 mm where no other part of
    /// the route comes as near within 1 m or a thousandth of the region's radius; the greatest is a bound, too great by
    /// no more than that.
    pub distances: DistanceBounds,
}

/// The posts (the routes) that may be the nearest to something in a region.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let index = PatrolIndex::new(vec![post("OP-20", 46.80)?, post("OP-21", 46.83)?], vec![], Edges::Planar)?;
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.81, 40.0)?, 1_000.0)?;
/// let answer = locate_uncertain(&index, &DescribedRegion::Sector(disc), None);
/// // The largest share first; together they are the whole region.
/// let shares: Vec<f64> = answer.posts.list.iter().map(|post| post.share).collect();
/// assert_eq!(shares.len(), 2);
/// assert!(shares[0] > shares[1] && (shares[0] + shares[1] - 1.0).abs() < 1e-9);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Candidates {
    /// All that are the nearest, or within 1 mm of it, somewhere in the region; the largest share first, and then
    /// in the order of the layer. Never one too few; one too many only where so little decides that it was not settled.
    ///
    /// ```
    /// use patrol_corridor::analysis::locate_uncertain;
    /// use patrol_corridor::region::{AnnularSector, DescribedRegion};
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
    /// let index = PatrolIndex::new(vec![post("OP-20", 46.80)?, post("OP-21", 46.83)?], vec![], Edges::Planar)?;
    /// let disc = AnnularSector::disc(Position::from_lon_lat(46.81, 40.0)?, 1_000.0)?;
    /// let answer = locate_uncertain(&index, &DescribedRegion::Sector(disc), None);
    /// assert!(!answer.posts.is_certain());
    /// // Neither is what has no candidate at all.
    /// assert!(!answer.routes.is_certain());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub list: Vec<Candidate>,
}

impl Candidates {
    /// True where one is the nearest over the whole region.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.list.len() == 1
    }
}

/// What can be said of something that lies somewhere in a region.
///
/// ```
/// use patrol_corridor::analysis::locate_uncertain;
/// use patrol_corridor::linear::Side;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, Position};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
/// let route = PatrolRoute::from_line_string("R5", &line)?.with_half_width_m(2_500.0)?;
/// let index = PatrolIndex::new(vec![], vec![route], Edges::Planar)?;
/// let disc = AnnularSector::disc(Position::from_lon_lat(46.75, 39.87)?, 500.0)?;
/// let answer = locate_uncertain(&index, &DescribedRegion::Sector(disc), None);
/// assert_eq!((answer.corridor_share, answer.corridors_whole, answer.side), (Some(1.0), vec![0], Some(Side::Right)));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UncertainAnswer {
    /// The posts that may be the nearest.
    pub posts: Candidates,
    /// The routes that may be the nearest.
    pub routes: Candidates,
    /// The share of the region inside at least one corridor, within 0.01; `None` where there is no corridor with a
    /// half width, in service or not, and none that is a region.
    pub corridor_share: Option<f64>,
    /// The corridors that hold the whole region, by index in [`PatrolIndex::corridors`](crate::PatrolIndex::corridors), ascending: proven by bounds,
    /// never one too many.
    pub corridors_whole: Vec<usize>,
    /// The corridors that may meet the region, likewise: never one too few.
    pub corridors_touched: Vec<usize>,
    /// The side of the route on which the whole region lies, where one route is the nearest all over it; `None` where
    /// bounds do not decide.
    pub side: Option<Side>,
}
