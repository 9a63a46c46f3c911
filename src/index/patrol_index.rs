//! The area that is watched: posts and routes, built once and asked from any thread.

mod as_of;
mod many;
mod within;

use super::options::{LocateOptions, Search};
use crate::memory::room;
use std::collections::HashMap;
use std::sync::Arc;

use smallvec::SmallVec;

use super::chord_tree::SlotTree;
use super::corridors::{add_regions, corridors};
use super::hits::{CorridorHit, Located, Nearest, PostHit, RouteHit, rank};
use super::in_service::InService;
use super::nearest::Found;
use super::posts::PostIndex;
use super::regions::RegionIndex;
use super::routes::{RouteIndex, RouteSearch};
use super::service::Periods;
use crate::geodesy::curve::Curve;
use crate::geodesy::distance::azimuth_deg;
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::{Network, Piece, TIE_M};
use crate::time::{TimeSpan, Timestamp};
use crate::{Corridor, CorridorRegion, Edges, Error, FeatureId, ObservationPost, PatrolRoute, Position};

/// What an edge of a route takes: its piece, and its places in the trees.
const EDGE_BYTES: usize = size_of::<Piece>() + 128;

/// Posts and routes, indexed: built once, shared between threads.
///
/// ```
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// let line: geo_types::LineString = vec![(46.81769, 40.05777), (46.82602, 40.06908)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?.with_half_width_m(3_000.0)?;
/// let index = PatrolIndex::new(vec![post], vec![route], Edges::Planar)?;
///
/// let located = index.locate(Position::from_lon_lat(46.807759, 40.068059)?, &Default::default());
/// let nearest = located.posts.first().unwrap();
/// assert_eq!(index.posts()[nearest.post].id.as_str(), "OP-21");
/// assert!((nearest.distance_m - 1_669.15).abs() < 0.01);
/// assert_eq!(located.in_corridor, Some(true));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// A clone shares all of it: it costs some counters, and serves the state of a service or a thread of its own.
#[derive(Debug, Clone)]
pub struct PatrolIndex {
    posts: Arc<[ObservationPost]>,
    routes: Arc<[PatrolRoute]>,
    corridors: Arc<[Corridor]>,
    /// The corridor of each route.
    corridor_of: Arc<[u32]>,
    post_index: Arc<PostIndex>,
    route_index: Arc<RouteIndex>,
    region_index: Arc<RegionIndex>,
    /// The corridor of each region.
    corridor_of_region: Arc<[u32]>,
    post_periods: Arc<Periods>,
    route_periods: Arc<Periods>,
    /// Of posts of which few are in service at a time.
    in_service: Option<Arc<InService>>,
}

impl PatrolIndex {
    /// Indexes posts and routes; either may be empty.
    ///
    /// ```
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// assert_eq!((index.posts().len(), index.routes().len(), index.edges()), (1, 0, Edges::Planar));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where two posts or two routes have one id, where the edges of routes longer than 20 km make more than 100 million km in all, or there are more than 2^32 of anything.
    pub fn new(posts: Vec<ObservationPost>, routes: Vec<PatrolRoute>, edges: Edges) -> Result<Self, Error> {
        if u32::try_from(posts.len().max(routes.len())).is_err() {
            return Err(Error::input("more than 4,294,967,295 features in a layer, expected less"));
        }
        check_ids("posts", posts.iter().map(|post| &post.id))?;
        check_ids("routes", routes.iter().map(|route| &route.id))?;
        let vertices: usize = routes.iter().flat_map(|route| route.parts()).map(Vec::len).sum();
        room(vertices.saturating_mul(EDGE_BYTES))?;
        let (corridors, corridor_of) = corridors(&routes);
        let post_periods = Periods::new(posts.iter().map(|post| post.service));
        let route_periods = Periods::new(routes.iter().map(|route| route.service));
        let post_index = PostIndex::new(&posts);
        let in_service = match post_periods.are_always() {
            true => None,
            false => {
                let items =
                    post_index.places().map(|(post, slot, ecef)| (posts[post as usize].service, slot, ecef));
                InService::new(items.collect())
            }
        };
        Ok(PatrolIndex {
            corridors: corridors.into(),
            corridor_of: corridor_of.into(),
            post_index: Arc::new(post_index),
            in_service: in_service.map(Arc::new),
            route_index: Arc::new(RouteIndex::new(&routes, edges)?),
            region_index: Arc::new(RegionIndex::new([], edges)),
            corridor_of_region: Arc::default(),
            post_periods: Arc::new(post_periods),
            route_periods: Arc::new(route_periods),
            posts: posts.into(),
            routes: routes.into(),
        })
    }

    /// Adds corridors that are given as regions: one of a name that a corridor has already is a part of
    /// that corridor, the others follow in their order. They replace those that were added before.
    ///
    /// The edges of the regions are read as those of the routes. A ring around a pole encloses the smaller
    /// side.
    ///
    /// ```
    /// use patrol_corridor::{CorridorRegion, Edges, PatrolIndex, Position, Region};
    /// let square = geo_types::Polygon::from(geo_types::Rect::new((46.0, 39.0), (47.0, 40.0)));
    /// let region = CorridorRegion::new("East", Region::try_from(&square)?);
    /// let index = PatrolIndex::new(vec![], vec![], Edges::Planar)?.with_corridor_regions(&[region]);
    /// let located = index.locate(Position::from_lon_lat(46.5, 39.5)?, &Default::default());
    /// assert_eq!((located.in_corridor, index.corridors()[located.corridors()[0]].name.as_str()), (Some(true), "East"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn with_corridor_regions(mut self, regions: &[CorridorRegion]) -> Self {
        let names = regions.iter().map(|region| region.name.as_str());
        let mut corridors = self.corridors.to_vec();
        self.corridor_of_region = add_regions(&mut corridors, &self.routes, names).into();
        self.corridors = corridors.into();
        let regions = regions.iter().map(|region| &region.region);
        self.region_index = Arc::new(RegionIndex::new(regions, self.edges()));
        self
    }

    /// True where corridors are given as regions.
    #[must_use]
    pub fn has_corridor_regions(&self) -> bool {
        !self.corridor_of_region.is_empty()
    }

    /// True where a post or a route was not always in service, so that the time makes a difference.
    #[must_use]
    pub fn has_service_periods(&self) -> bool {
        !(self.post_periods.are_always() && self.route_periods.are_always())
    }

    /// Returns `true` if a post was in service at any time of a span.
    #[must_use]
    pub fn has_post_in_service(&self, at: TimeSpan) -> bool {
        self.posts.iter().any(|post| post.service.serves(&at))
    }

    /// Returns `true` if a route was in service at any time of a span.
    #[must_use]
    pub fn has_route_in_service(&self, at: TimeSpan) -> bool {
        self.routes.iter().any(|route| route.service.serves(&at))
    }

    /// Returns `true` if a post or a route begins or ends its service within a span, so that what is the nearest may
    /// depend on when in it something happened.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, ServicePeriod, TimeSpan};
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let at = |text| Timestamp::read(text, None);
    /// let mut post = ObservationPost::new("A", Position::from_lon_lat(46.5, 39.5)?);
    /// post.service = ServicePeriod::new(Some(at("2020-10-04T06:00Z")?), None)?;
    /// let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// let (midnight, next) = (at("2020-10-04T00:00Z")?, at("2020-10-05T00:00Z")?);
    /// assert!(index.changes_within(&TimeSpan::between(midnight, next)?));
    /// assert!(!index.changes_within(&TimeSpan::between(at("2020-10-04T06:00Z")?, next)?));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn changes_within(&self, span: &TimeSpan) -> bool {
        let mut posts = self.posts.iter().map(|post| &post.service);
        let mut routes = self.routes.iter().map(|route| &route.service);
        // Most areas have no periods.
        self.has_service_periods()
            && (posts.any(|service| service.changes_within(span))
                || routes.any(|service| service.changes_within(span)))
    }

    /// The posts, as they were given.
    #[must_use]
    pub fn posts(&self) -> &[ObservationPost] {
        &self.posts
    }

    /// The routes, as they were given.
    #[must_use]
    pub fn routes(&self) -> &[PatrolRoute] {
        &self.routes
    }

    /// The corridors, in the order of their first routes, and then those of regions alone.
    #[must_use]
    pub fn corridors(&self) -> &[Corridor] {
        &self.corridors
    }

    /// The corridor of a route, by their places.
    ///
    /// # Panics
    /// Where there is no such route.
    #[must_use]
    pub fn corridor_of(&self, route: usize) -> usize {
        self.corridor_of[route] as usize
    }

    /// How the edges of the routes run.
    #[must_use]
    pub fn edges(&self) -> Edges {
        self.route_index.network().edges()
    }

    /// The length of a route in metres.
    ///
    /// # Panics
    /// Where there is no such route.
    #[must_use]
    pub fn route_length_m(&self, route: usize) -> f64 {
        self.route_index.network().length_m(route)
    }

    /// The interval of a route from one distance along to another, in metres, with the route's own vertices
    /// between: a line of two or more positions for each part that it touches; empty where `from_m` is not
    /// less than `to_m`.
    ///
    /// ```
    /// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
    /// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R5", &line)?], Edges::Planar)?;
    /// let interval = index.route_interval(0, 1_000.0, 8_000.0);
    /// assert_eq!((interval.len(), interval[0].len(), interval[0][1].to_string()), (1, 3, "46.73,39.87".into()));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where there is no such route.
    #[must_use]
    pub fn route_interval(&self, route: usize, from_m: f64, to_m: f64) -> Vec<Vec<Position>> {
        self.route_index.network().substring(route, self.routes[route].parts(), from_m, to_m)
    }

    /// Everything about a position: the nearest posts and routes and the corridors that it lies in.
    #[must_use]
    pub fn locate(&self, position: Position, options: &LocateOptions) -> Located {
        let q = SurfacePoint::new(position);
        let posts = self.posts_near(&q, options);
        let (routes, mut inside) = self.routes_near(&q, options, true);
        inside.sort_unstable();
        let mut corridors = SmallVec::new();
        for &route in &inside {
            corridors.push(self.corridor_of(route as usize));
        }
        if !self.region_index.is_empty() {
            let regions = self.region_index.containing(position);
            corridors.extend(regions.iter().map(|&region| self.corridor_of_region[region as usize] as usize));
        }
        corridors.sort_unstable();
        corridors.dedup();
        let is_known = self.route_index.has_half_widths() || self.has_corridor_regions();
        let in_corridor = is_known.then_some(!corridors.is_empty());
        Located { posts, routes, in_corridor, corridors }
    }

    /// The nearest posts.
    ///
    /// ```
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position, index::LocateOptions};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0).unwrap();
    /// let posts = [("A", 46.8), ("B", 46.85), ("C", 46.9)].map(|(id, lon)| ObservationPost::new(id, at(lon)));
    /// let index = PatrolIndex::new(posts.into(), vec![], Edges::Planar)?;
    /// let two = LocateOptions::default().with_count(2);
    /// let near = index.nearest_posts(Position::from_lon_lat(46.83, 40.0)?, &two);
    /// assert_eq!(near.hits().iter().map(|hit| hit.post).collect::<Vec<_>>(), [1, 0]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn nearest_posts(&self, position: Position, options: &LocateOptions) -> Nearest<PostHit> {
        self.posts_near(&SurfacePoint::new(position), options)
    }

    /// The nearest routes.
    #[must_use]
    pub fn nearest_routes(&self, position: Position, options: &LocateOptions) -> Nearest<RouteHit> {
        self.routes_near(&SurfacePoint::new(position), options, false).0
    }

    /// The nearest corridors, each by the nearest of its routes; those of regions alone are not among them.
    #[must_use]
    pub fn nearest_corridors(&self, position: Position, options: &LocateOptions) -> Nearest<CorridorHit> {
        let q = SurfacePoint::new(position);
        let (k, group_of) = (options.count.max(2), |route: u32| self.corridor_of[route as usize]);
        let search = match self.route_periods.at(options.at) {
            None => self.route_index.nearest(&q, k, options.search, false, |route| Some(group_of(route))),
            Some(serves) => {
                let group_of = |route| serves(route).then(|| group_of(route));
                self.route_index.nearest(&q, k, options.search, false, group_of)
            }
        };
        rank(&search.found, options, |found| self.corridor_hit(&search, found, &q))
    }

    /// The pieces of the routes.
    pub(crate) fn network(&self) -> &Network {
        self.route_index.network()
    }

    /// The distance to the nearest post (in service) in metres, infinite without one.
    pub(crate) fn nearest_post_m(&self, q: &SurfacePoint, at: Option<TimeSpan>) -> f64 {
        let found = match self.post_periods.at(at) {
            None => self.post_index.nearest(q, 1, Search::Index),
            Some(serves) => self.post_index.nearest_of(q, 1, Search::Index, serves),
        };
        found.first().map_or(f64::INFINITY, |found| found.distance_m)
    }

    /// The posts (in service) within a distance by place, nearest first, each with its own distance in metres.
    pub(crate) fn posts_about(
        &self,
        q: &SurfacePoint,
        radius_m: f64,
        at: Option<TimeSpan>,
    ) -> Vec<(u32, f64)> {
        let mut found = self.post_index.within(q, radius_m, Search::Index);
        if let Some(serves) = self.post_periods.at(at) {
            found.retain(|found| serves(found.item));
        }
        found.iter().map(|found| (found.item, found.distance_m)).collect()
    }

    /// The distance to the nearest route (in service) in metres, infinite without one.
    pub(crate) fn nearest_route_m(&self, q: &SurfacePoint, at: Option<TimeSpan>) -> f64 {
        match self.route_periods.at(at) {
            None => self.route_index.nearest_m(q, |_| true),
            Some(serves) => self.route_index.nearest_m(q, serves),
        }
    }

    /// The pieces (of routes in service), by place in the network, that may be within a distance: each with its
    /// distance from below.
    pub(crate) fn pieces_about(
        &self,
        q: &SurfacePoint,
        radius_m: f64,
        at: Option<TimeSpan>,
    ) -> Vec<(u32, f64)> {
        let mut near = self.route_index.pieces_about(q, radius_m);
        if let Some(serves) = self.route_periods.at(at) {
            near.retain(|near| serves(self.network().pieces()[near.piece as usize].route));
        }
        near.iter().map(|near| (near.piece, near.low_m)).collect()
    }

    /// The greatest half width of a route in metres, where one has any.
    pub(crate) fn widest_half_width_m(&self) -> Option<f64> {
        self.route_index.widest_m()
    }

    /// The regions of corridors that may have a point within a distance of a position, each with what of its boundary
    /// comes as near.
    pub(crate) fn corridor_regions_about(&self, q: &SurfacePoint, radius_m: f64) -> Vec<(u32, Vec<Curve>)> {
        if self.region_index.is_empty() { Vec::new() } else { self.region_index.about(q, radius_m) }
    }

    /// The regions of corridors that a position lies in, edge included.
    pub(crate) fn corridor_regions_of(&self, position: Position) -> Vec<u32> {
        self.region_index.containing(position)
    }

    /// The corridor of a region.
    pub(crate) fn corridor_of_region(&self, region: u32) -> usize {
        self.corridor_of_region[region as usize] as usize
    }

    /// True where a position lies in a corridor that is given as a region, edge included.
    pub(crate) fn is_in_corridor_region(&self, position: Position) -> bool {
        !self.corridor_regions_of(position).is_empty()
    }

    fn posts_near(&self, q: &SurfacePoint, options: &LocateOptions) -> Nearest<PostHit> {
        let k = options.count.max(2);
        let found = match self.post_periods.at(options.at) {
            None => self.post_index.nearest(q, k, options.search),
            Some(serves) => match self.trees_at(options) {
                Some((trees, at)) => self.post_index.nearest_in(q, k, trees, at, serves),
                None => self.post_index.nearest_of(q, k, options.search, serves),
            },
        };
        rank(&found, options, |found| Some(self.post_hit(found, q)))
    }

    /// The trees of the posts in service at an instant, where these are few.
    fn trees_at(&self, options: &LocateOptions) -> Option<([&SlotTree; 2], Timestamp)> {
        let at = options.at.filter(|at| at.is_instant() && options.search == Search::Index)?.first();
        self.in_service.as_ref().map(|in_service| (in_service.at(at), at))
    }

    fn routes_near(
        &self,
        q: &SurfacePoint,
        options: &LocateOptions,
        membership: bool,
    ) -> (Nearest<RouteHit>, SmallVec<[u32; 4]>) {
        let k = options.count.max(2);
        let search = match self.route_periods.at(options.at) {
            None => self.route_index.nearest(q, k, options.search, membership, Some),
            Some(serves) => {
                let itself = |route| serves(route).then_some(route);
                self.route_index.nearest(q, k, options.search, membership, itself)
            }
        };
        let nearest = rank(&search.found, options, |found| self.route_hit(&search, found, q));
        (nearest, search.inside)
    }

    fn post_hit(&self, found: &Found, q: &SurfacePoint) -> PostHit {
        let post = found.item as usize;
        let bearing_deg = (found.distance_m > TIE_M).then(|| azimuth_deg(self.post_index.point(found), q));
        PostHit { post, distance_m: found.distance_m, bearing_deg }
    }

    fn route_hit(&self, search: &RouteSearch, found: &Found, q: &SurfacePoint) -> Option<RouteHit> {
        let (route, location) = self.route_index.locate(search, found.item, q, Some)?;
        Some(RouteHit { route: route as usize, location })
    }

    fn corridor_hit(&self, search: &RouteSearch, found: &Found, q: &SurfacePoint) -> Option<CorridorHit> {
        let group_of = |route: u32| Some(self.corridor_of[route as usize]);
        let (route, location) = self.route_index.locate(search, found.item, q, group_of)?;
        Some(CorridorHit { corridor: found.item as usize, route: route as usize, location })
    }
}

/// What an answer names must be one thing.
fn check_ids<'l>(what: &str, ids: impl ExactSizeIterator<Item = &'l FeatureId>) -> Result<(), Error> {
    let mut seen = HashMap::with_capacity(ids.len());
    for (i, id) in ids.enumerate() {
        if let Some(first) = seen.insert(id, i) {
            return Err(Error::input(format!(
                "the {what} {} and {} of the layer have one id, `{id}`: give them ids that differ",
                first + 1,
                i + 1
            )));
        }
    }
    Ok(())
}
