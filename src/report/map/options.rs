//! What a map shows, and what was drawn.

use super::background::Background;
use super::choice::{FieldChoice, Filter};
use super::paper::Sheet;
use super::symbols::Symbol;
use crate::incident::{ReadOptions, Reject, Tally, TimeUse};
use crate::io::Reprojection;
use crate::report::PeriodChoice;
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
    /// The symbols of types that are not to have the usual one.
    pub symbols: Vec<(String, Symbol)>,
    /// What the incidents' colours mean.
    pub colour_by: ColourBy,
    /// A day, or from one instant to another; `None` for incidents of all times. Incidents without a readable time are
    /// not on the map of a period; those that may be of it are.
    pub period: Option<PeriodChoice>,
    /// Conditions that the incidents fulfil.
    pub filters: Vec<Filter>,
    /// Which members of the incidents are in the map.
    pub fields: FieldChoice,
    /// The side of squares that take the place of locations, in metres: the map then has counts by square and type, and no
    /// incident.
    pub coarsen_m: Option<f64>,
    /// Layers behind all others, the lowest first.
    pub backgrounds: Vec<Background>,
    /// The sheet of paper that it is laid out for; `None` for a picture of its own size.
    pub sheet: Option<Sheet>,
    /// What posts are labelled with.
    pub post_labels: PostLabels,
    /// Draw land and coasts.
    pub land: bool,
}

/// What the colours of incidents mean.
///
/// ```
/// use patrol_corridor::report::map::{ColourBy, MapOptions};
/// assert_eq!(MapOptions::default().colour_by, ColourBy::Status);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ColourBy {
    /// Nothing: all have the same.
    Nothing,
    /// The status, where any incident has one.
    #[default]
    Status,
    /// The corridor that the incident lies in.
    Corridor,
    /// The type.
    Type,
}

impl Default for MapOptions {
    fn default() -> Self {
        MapOptions {
            title: "Posts, routes and incidents".to_owned(),
            radius_m: None,
            marks_every_m: None,
            read: ReadOptions { times: TimeUse::Shown, ..ReadOptions::default() },
            most_single: 2_000,
            symbols: Vec::new(),
            colour_by: ColourBy::default(),
            period: None,
            filters: Vec::new(),
            fields: FieldChoice::default(),
            coarsen_m: None,
            backgrounds: Vec::new(),
            sheet: None,
            post_labels: PostLabels::Id,
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
    with_symbols(symbols: Vec<(String, Symbol)>);
    with_colour_by(colour_by: ColourBy);
    with_period(period: impl Into<Option<PeriodChoice>>);
    with_filters(filters: Vec<Filter>);
    with_fields(fields: FieldChoice);
    with_coarsen_m(coarsen_m: impl Into<Option<f64>>);
    with_backgrounds(backgrounds: Vec<Background>);
    with_sheet(sheet: impl Into<Option<Sheet>>);
    with_post_labels(post_labels: PostLabels);
    with_land(land: bool);
}}

/// What posts are labelled with on a map.
///
/// ```
/// use patrol_corridor::report::map::{Map, MapOptions, PostLabels};
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// let mut post = ObservationPost::new("OP-21", Position::from_lon_lat(46.82, 40.0)?);
/// post.name = Some("North gate".to_owned());
/// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// let options = MapOptions::default().with_post_labels(PostLabels::Name);
/// let map = Map::new(&index, &[], None, Default::default(), &options)?;
/// assert!(map.to_svg().contains(">North gate</text>"));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PostLabels {
    /// The id.
    #[default]
    Id,
    /// The name; the id of a post without one.
    Name,
    /// The id and, if there is room, the name.
    Both,
}

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
    /// Incidents that were not chosen.
    pub not_chosen: NotChosen,
    /// Names of the choice of members that no incident had.
    pub unmet_fields: Vec<String>,
}

/// How many incidents a map does not have because it is of a period or of conditions, and how many it has that may be of
/// another time.
///
/// ```
/// use patrol_corridor::report::map::MapSummary;
/// assert_eq!(MapSummary::default().not_chosen.filtered, 0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotChosen {
    /// They are of another time.
    pub other_time: u64,
    /// The map is of a period, and they have no readable time.
    pub without_time: u64,
    /// They do not fulfil the conditions.
    pub filtered: u64,
    /// They may be of the period or not, and are on the map.
    pub doubtful: u64,
}

impl MapSummary {
    /// No more bad incidents than this are named.
    pub const MOST_REJECTED: usize = 20;
}
