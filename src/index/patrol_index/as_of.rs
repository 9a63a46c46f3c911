//! An area as it was at one instant.

use std::sync::Arc;

use super::PatrolIndex;
use crate::Error;
use crate::index::corridors::add_regions;
use crate::time::{ServicePeriod, Timestamp};

impl PatrolIndex {
    /// The area made only of the posts and routes in service at an instant, in their order, with all corridors that are
    /// regions: for what takes an area as it is, [`coverage`](crate::analysis::coverage()),
    /// [`beats`](crate::analysis::beats()), [`suggest_posts`](crate::analysis::suggest_posts) and, by its posts,
    /// [`sectors`](crate::analysis::sectors).
    ///
    /// Its posts and routes have no periods: it stands for that instant, whatever is asked of it. Places in it are its
    /// own. To ask about single positions at many instants, [`LocateOptions::at`](super::LocateOptions::at) costs less.
    ///
    /// ```
    /// use patrol_corridor::time::{Timestamp, ServicePeriod};
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let at = |text| Timestamp::read(text, None);
    /// let always = ObservationPost::new("A", Position::from_lon_lat(46.5, 39.5)?);
    /// let mut later = ObservationPost::new("B", Position::from_lon_lat(46.6, 39.5)?);
    /// later.service = ServicePeriod::new(Some(at("2020-10-04T00:00Z")?), None)?;
    /// let index = PatrolIndex::new(vec![always, later], vec![], Edges::Planar)?;
    /// assert_eq!(index.in_service(at("2020-10-03T23:59Z")?)?.posts().len(), 1);
    /// assert_eq!(index.in_service(at("2020-10-04T00:00Z")?)?.posts().len(), 2);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`new`](Self::new), for no reason that this area did not have.
    pub fn in_service(&self, at: Timestamp) -> Result<Self, Error> {
        let mut posts = self.posts.to_vec();
        posts.retain(|post| post.service.contains(at));
        posts.iter_mut().for_each(|post| post.service = ServicePeriod::ALWAYS);
        let mut routes = self.routes.to_vec();
        routes.retain(|route| route.service.contains(at));
        routes.iter_mut().for_each(|route| route.service = ServicePeriod::ALWAYS);
        let mut index = PatrolIndex::new(posts, routes, self.edges())?;
        let name = |&corridor: &u32| self.corridors[corridor as usize].name.as_str();
        let names = self.corridor_of_region.iter().map(name);
        let mut corridors = index.corridors.to_vec();
        index.corridor_of_region = add_regions(&mut corridors, &index.routes, names).into();
        index.corridors = corridors.into();
        index.region_index = Arc::clone(&self.region_index);
        Ok(index)
    }
}
