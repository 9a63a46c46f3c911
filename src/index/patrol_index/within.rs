//! All posts, routes and corridors within a distance.

use super::PatrolIndex;
use crate::geodesy::ecef::SurfacePoint;
use crate::index::hits::{CorridorHit, PostHit, RouteHit};
use crate::index::options::{LocateOptions, checked_radius_m};
use crate::index::routes::RouteSearch;
use crate::{Error, Position};

impl PatrolIndex {
    /// All posts within a distance in metres, nearest first. Of the options `at` and `search` count.
    ///
    /// ```
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let at = |lon, lat| Position::from_lon_lat(lon, lat);
    /// let posts = vec![ObservationPost::new("OP-1", at(46.8, 40.0)?), ObservationPost::new("OP-2", at(46.9, 40.0)?)];
    /// let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// let near = index.posts_within(at(46.81, 40.0)?, 5_000.0, &Default::default())?;
    /// assert_eq!(near.iter().map(|hit| hit.post).collect::<Vec<_>>(), [0]);
    /// assert!(index.posts_within(at(46.81, 40.0)?, -1.0, &Default::default()).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the distance is negative or not a number.
    pub fn posts_within(
        &self,
        position: Position,
        radius_m: f64,
        options: &LocateOptions,
    ) -> Result<Vec<PostHit>, Error> {
        let (q, radius_m) = (SurfacePoint::new(position), checked_radius_m(radius_m)?);
        let mut found = self.post_index.within(&q, radius_m, options.search);
        if let Some(serves) = self.post_periods.at(options.at) {
            found.retain(|found| serves(found.item));
        }
        Ok(found.iter().map(|found| self.post_hit(found, &q)).collect())
    }

    /// All routes within a distance in metres, nearest first. Of the options `at` and `search` count.
    ///
    /// ```
    /// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute, Position};
    /// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87)].into();
    /// let index = PatrolIndex::new(vec![], vec![PatrolRoute::from_line_string("R5", &line)?], Edges::Planar)?;
    /// let near = |radius_m| index.routes_within("46.75,39.85".parse()?, radius_m, &Default::default());
    /// assert_eq!((near(900.0)?.len(), near(1_100.0)?.len()), (0, 1));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the distance is negative or not a number.
    pub fn routes_within(
        &self,
        position: Position,
        radius_m: f64,
        options: &LocateOptions,
    ) -> Result<Vec<RouteHit>, Error> {
        let q = SurfacePoint::new(position);
        let search = self.routes_about(&q, radius_m, options, |route| route)?;
        Ok(search.found.iter().filter_map(|found| self.route_hit(&search, found, &q)).collect())
    }

    /// All corridors with a route within a distance in metres, nearest first, each by the nearest of its routes. Of the
    /// options `at` and `search` count.
    ///
    /// # Errors
    /// Returns an error if the distance is negative or not a number.
    pub fn corridors_within(
        &self,
        position: Position,
        radius_m: f64,
        options: &LocateOptions,
    ) -> Result<Vec<CorridorHit>, Error> {
        let q = SurfacePoint::new(position);
        let search = self.routes_about(&q, radius_m, options, |route| self.corridor_of[route as usize])?;
        Ok(search.found.iter().filter_map(|found| self.corridor_hit(&search, found, &q)).collect())
    }

    /// The routes (in service) within a distance, by groups.
    fn routes_about(
        &self,
        q: &SurfacePoint,
        radius_m: f64,
        options: &LocateOptions,
        group_of: impl Fn(u32) -> u32,
    ) -> Result<RouteSearch, Error> {
        let radius_m = checked_radius_m(radius_m)?;
        Ok(match self.route_periods.at(options.at) {
            None => self.route_index.within(q, radius_m, options.search, |route| Some(group_of(route))),
            Some(serves) => {
                let group_of = |route| serves(route).then(|| group_of(route));
                self.route_index.within(q, radius_m, options.search, group_of)
            }
        })
    }
}
