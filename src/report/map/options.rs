//! What a map shows, and what was drawn.

use crate::incident::{ReadOptions, Reject, Tally, TimeUse};
use crate::io::Reprojection;
use crate::setters::setters;

/// What a map shows, and how.
///
/// ```
/// use patrol_corridor::report::map::{Map, MapOptions};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
/// let options = MapOptions::default().with_title("1 January 2021").with_radius_m(1_000.0);
/// let map = Map::new(&index, &[], None, Default::default(), &options)?;
/// assert!(map.to_svg().contains("1 January 2021"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MapOptions {
    /// The title.
    pub title: String,
    /// How far posts see that have no `watch_radius_m`, in metres: with it coverage gaps are drawn.
    pub radius_m: Option<f64>,
    /// From mark to mark along the routes, in metres; `None` for what the scale has room for.
    pub marks_every_m: Option<f64>,
    /// How incidents are read.
    pub read: ReadOptions,
    /// More incidents than this are counted in hexagons.
    pub most_single: usize,
    /// Draw land and coasts.
    pub land: bool,
}

impl Default for MapOptions {
    fn default() -> Self {
        MapOptions {
            title: "Posts, routes and incidents".to_owned(),
            radius_m: None,
            marks_every_m: None,
            read: ReadOptions { times: TimeUse::Shown, ..ReadOptions::default() },
            most_single: 2_000,
            land: true,
        }
    }
}

impl MapOptions {
    /// True where so many incidents are counted, not drawn.
    pub(super) fn counts(&self, incidents: usize) -> bool {
        incidents > self.most_single
    }
}

setters! { MapOptions {
    with_title(title: impl Into<String>);
    with_radius_m(radius_m: impl Into<Option<f64>>);
    with_marks_every_m(marks_every_m: impl Into<Option<f64>>);
    with_read(read: ReadOptions);
    with_most_single(most_single: usize);
    with_land(land: bool);
}}

/// What was drawn and what was not.
///
/// ```
/// use patrol_corridor::report::map::{Map, MapOptions};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.86, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
/// let options = MapOptions::default().with_radius_m(1_000.0);
/// let map = Map::new(&index, &[], None, Default::default(), &options)?;
/// // On both sides of the post the route goes on.
/// assert_eq!((map.summary().gaps, map.summary().tally.read), (2, 0));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct MapSummary {
    /// What became of the incidents.
    pub tally: Tally,
    /// The first incidents that can't be read, [`MOST_REJECTED`](Self::MOST_REJECTED) at most.
    pub rejected: Vec<Reject>,
    /// The ids of incidents that have no place that can be drawn.
    pub not_drawn_ids: Vec<String>,
    /// The ids of incidents that are far from all posts and routes: the map does not reach there.
    pub far_ids: Vec<String>,
    /// How coordinates came to WGS84; empty where they were in it.
    pub reprojections: Vec<Reprojection>,
    /// Intervals of routes that no post sees, where a radius is given.
    pub gaps: usize,
}

impl MapSummary {
    /// No more bad incidents than this are named.
    pub const MOST_REJECTED: usize = 20;
}
