//! Posts that come, go and move while others ask: patrol units on `rstar`'s R*-tree.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::hits::{Nearest, rank};
use super::nearest::{Found, by_distance, cut_at};
use super::options::{LocateOptions, Search, checked_radius_m};
use super::tree::{Capsule, ExactWalk, Tree, walk};
use crate::geodesy::distance::{azimuth_deg, surface_distance_m};
use crate::geodesy::ecef::SurfacePoint;
use crate::linear::TIE_M;
use crate::{Error, FeatureId, ObservationPost, Position};

/// What a post of a [`MovingPosts`] is known by, wherever it moves. Keys are ordered as the posts were added; none is given
/// twice.
///
/// ```
/// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
/// let at = |lon| Position::from_lon_lat(lon, 40.0);
/// let units = MovingPosts::new();
/// let alpha = units.add(ObservationPost::new("A", at(46.8)?))?;
/// units.remove(alpha);
/// // The same id comes back under another key.
/// assert!(units.add(ObservationPost::new("A", at(46.9)?))? > alpha);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PostKey(u32);

impl PostKey {
    /// The same as a number, as [`Nearest::tied`] has it: how many posts were added before this one.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let posts = [ObservationPost::new("A", at(46.8)?), ObservationPost::new("B", at(46.9)?)];
    /// let (_, keys) = MovingPosts::of_posts(posts)?;
    /// assert_eq!((keys[0].number(), keys[1].number()), (0, 1));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// A moving post, as seen from a position.
///
/// ```
/// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
/// let units = MovingPosts::new();
/// let unit = units.add(ObservationPost::new("A", Position::from_lon_lat(46.826567, 40.072204)?))?;
/// let near = units.nearest(Position::from_lon_lat(46.807759, 40.068059)?, &Default::default());
/// let hit = near.first().unwrap();
/// assert_eq!((hit.key, hit.bearing_deg.map(f64::round)), (unit, Some(254.0)));
/// assert!((hit.distance_m - 1_669.15).abs() < 0.01);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MovingHit {
    /// Which post.
    pub key: PostKey,
    /// The geodesic distance in metres.
    pub distance_m: f64,
    /// The azimuth at the post towards the position, degrees clockwise from true north, 0 <= x < 360;
    /// `None` within 1 mm.
    pub bearing_deg: Option<f64>,
}

/// Posts that are added, moved and removed while others ask.
///
/// Distances, ties and margins are those of a [`PatrolIndex`](crate::PatrolIndex) built of the same posts in the order in
/// which they were added; a move keeps that order. All methods take `&self`: share it between threads as it is. A query
/// sees all of a change or nothing of it. Routes do not move: a `PatrolIndex` beside it has them.
///
/// ```
/// use patrol_corridor::index::MovingPosts;
/// use patrol_corridor::{ObservationPost, Position};
/// let at = |lon| Position::from_lon_lat(lon, 39.5);
/// let units = MovingPosts::new();
/// let (alpha, bravo) = (units.add(ObservationPost::new("A", at(46.5)?))?, units.add(ObservationPost::new("B", at(46.9)?))?);
/// let nearest = |lon| -> Result<_, patrol_corridor::Error> {
///     Ok(units.nearest(at(lon)?, &Default::default()).first().unwrap().key)
/// };
/// assert_eq!(nearest(46.6)?, alpha);
/// assert!(units.move_to(bravo, at(46.61)?));
/// assert_eq!(nearest(46.6)?, bravo);
/// units.remove(bravo);
/// assert_eq!(nearest(46.6)?, alpha);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct MovingPosts(RwLock<Fleet>);

#[derive(Debug, Default)]
struct Fleet {
    tree: Tree,
    posts: HashMap<u32, Unit>,
    keys: HashMap<FeatureId, u32>,
    next: u32,
    /// How many have a period of service.
    periods: usize,
}

#[derive(Debug)]
struct Unit {
    post: ObservationPost,
    point: SurfacePoint,
}

impl MovingPosts {
    /// Without posts.
    ///
    /// ```
    /// use patrol_corridor::{Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// assert!(units.nearest(Position::from_lon_lat(46.8, 40.0)?, &Default::default()).first().is_none());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of posts, whose keys are ordered as they are: faster than one by one.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let posts = [ObservationPost::new("A", at(46.8)?), ObservationPost::new("B", at(46.9)?)];
    /// let (units, keys) = MovingPosts::of_posts(posts)?;
    /// assert_eq!(units.get(keys[1]).unwrap().id.as_str(), "B");
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if two have one id.
    pub fn of_posts(posts: impl IntoIterator<Item = ObservationPost>) -> Result<(Self, Vec<PostKey>), Error> {
        let mut fleet = Fleet::default();
        let mut leaves = Vec::new();
        let mut keys = Vec::new();
        for post in posts {
            let (key, leaf) = fleet.enter(post)?;
            leaves.push(leaf);
            keys.push(key);
        }
        fleet.tree = Tree::bulk_load_with_params(leaves);
        Ok((MovingPosts(RwLock::new(fleet)), keys))
    }

    // Nothing that holds the lock calls code of a user: what a panic elsewhere leaves is whole.
    fn read(&self) -> RwLockReadGuard<'_, Fleet> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Fleet> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a post.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// let alpha = ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?);
    /// units.add(alpha.clone())?;
    /// assert!(units.add(alpha).unwrap_err().message().contains("a post `A` is there already"));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if a post of that id is there already.
    pub fn add(&self, post: ObservationPost) -> Result<PostKey, Error> {
        let mut fleet = self.write();
        let (key, leaf) = fleet.enter(post)?;
        fleet.tree.insert(leaf);
        Ok(key)
    }

    /// Moves a post; returns `false` if it is not there any more.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// let alpha = units.add(ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?))?;
    /// let next = Position::from_lon_lat(46.82, 40.0)?;
    /// assert!(units.move_to(alpha, next));
    /// units.remove(alpha);
    /// assert!(!units.move_to(alpha, next));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn move_to(&self, key: PostKey, position: Position) -> bool {
        let point = SurfacePoint::new(position);
        let fleet = &mut *self.write();
        let Some(unit) = fleet.posts.get_mut(&key.0) else { return false };
        let (from, to) = (unit.point.ecef, point.ecef);
        (unit.post.position, unit.point) = (position, point);
        if from != to {
            fleet.tree.remove(&Capsule::point(from, key.0));
            fleet.tree.insert(Capsule::point(to, key.0));
        }
        true
    }

    /// Removes a post and returns it, if it is there.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// let alpha = units.add(ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?))?;
    /// assert_eq!(units.remove(alpha).unwrap().id.as_str(), "A");
    /// assert_eq!(units.remove(alpha), None);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn remove(&self, key: PostKey) -> Option<ObservationPost> {
        let fleet = &mut *self.write();
        let unit = fleet.posts.remove(&key.0)?;
        fleet.tree.remove(&Capsule::point(unit.point.ecef, key.0));
        fleet.keys.remove(&unit.post.id);
        fleet.periods -= usize::from(!unit.post.service.is_always());
        Some(unit.post)
    }

    /// A post as it is now.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// let alpha = units.add(ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?))?;
    /// units.move_to(alpha, Position::from_lon_lat(46.82, 40.0)?);
    /// assert_eq!(units.get(alpha).map(|post| post.position.lon_deg()), Some(46.82));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn get(&self, key: PostKey) -> Option<ObservationPost> {
        self.read().posts.get(&key.0).map(|unit| unit.post.clone())
    }

    /// The key of the post of an id.
    ///
    /// ```
    /// use patrol_corridor::{FeatureId, ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// let alpha = units.add(ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?))?;
    /// assert_eq!(units.key_of(&"A".into()), Some(alpha));
    /// // A number is another id.
    /// assert_eq!(units.key_of(&FeatureId::number("1").unwrap()), None);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn key_of(&self, id: &FeatureId) -> Option<PostKey> {
        self.read().keys.get(id).copied().map(PostKey)
    }

    /// All posts as they are now, in their order.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let posts = [ObservationPost::new("A", at(46.8)?), ObservationPost::new("B", at(46.9)?)];
    /// let (units, keys) = MovingPosts::of_posts(posts)?;
    /// units.remove(keys[0]);
    /// assert_eq!(units.posts().iter().map(|(key, _)| *key).collect::<Vec<_>>(), [keys[1]]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn posts(&self) -> Vec<(PostKey, ObservationPost)> {
        let fleet = self.read();
        let mut all: Vec<_> =
            fleet.posts.iter().map(|(&key, unit)| (PostKey(key), unit.post.clone())).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }

    /// How many there are.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// units.add(ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?))?;
    /// assert_eq!(units.len(), 1);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.read().posts.len()
    }

    /// Returns `true` if there is none.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let units = MovingPosts::new();
    /// let alpha = units.add(ObservationPost::new("A", Position::from_lon_lat(46.8, 40.0)?))?;
    /// units.remove(alpha);
    /// assert!(units.is_empty());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nearest posts, as [`PatrolIndex::nearest_posts`](crate::PatrolIndex::nearest_posts) finds them.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let units = MovingPosts::new();
    /// let alpha = units.add(ObservationPost::new("A", at(46.8)?))?;
    /// units.add(ObservationPost::new("B", at(46.9)?))?;
    /// let near = units.nearest(at(46.84)?, &Default::default());
    /// assert_eq!((near.first().unwrap().key, near.hits().len()), (alpha, 1));
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn nearest(&self, position: Position, options: &LocateOptions) -> Nearest<MovingHit> {
        let (q, k, fleet) = (SurfacePoint::new(position), options.count.max(2), self.read());
        let mut walker = fleet.walker(&q, k, f64::INFINITY, options);
        fleet.search(&q, options.search, &mut walker);
        let mut found = walker.found;
        cut_at(&mut found, k);
        rank(&found, options, |found| fleet.hit(found, &q))
    }

    /// All posts within a distance in metres, nearest first. Of the options `at` and `search` count.
    ///
    /// ```
    /// use patrol_corridor::{ObservationPost, Position, index::MovingPosts};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let posts = [ObservationPost::new("A", at(46.8)?), ObservationPost::new("B", at(46.9)?)];
    /// let (units, keys) = MovingPosts::of_posts(posts)?;
    /// let near = units.within(at(46.81)?, 5_000.0, &Default::default())?;
    /// assert_eq!(near.iter().map(|hit| hit.key).collect::<Vec<_>>(), [keys[0]]);
    /// assert!(units.within(at(46.81)?, f64::NAN, &Default::default()).is_err());
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the distance is negative or not a number.
    pub fn within(
        &self,
        position: Position,
        radius_m: f64,
        options: &LocateOptions,
    ) -> Result<Vec<MovingHit>, Error> {
        let (q, radius_m, fleet) = (SurfacePoint::new(position), checked_radius_m(radius_m)?, self.read());
        let mut walker = fleet.walker(&q, 0, radius_m, options);
        fleet.search(&q, options.search, &mut walker);
        let mut found = walker.found;
        found.sort_unstable_by(by_distance);
        Ok(found.iter().filter_map(|found| fleet.hit(found, &q)).collect())
    }
}

impl Fleet {
    /// All of a new post but its place in the tree.
    fn enter(&mut self, post: ObservationPost) -> Result<(PostKey, Capsule), Error> {
        if self.keys.contains_key(&post.id) {
            return Err(Error::input(format!(
                "a post `{}` is there already: move it, or remove it first",
                post.id
            )));
        }
        let key = self.next;
        let Some(next) = key.checked_add(1) else {
            return Err(Error::input("more than 4,294,967,295 posts were added, expected less"));
        };
        self.next = next;
        self.periods += usize::from(!post.service.is_always());
        self.keys.insert(post.id.clone(), key);
        let point = SurfacePoint::new(post.position);
        self.posts.insert(key, Unit { post, point });
        Ok((PostKey(key), Capsule::point(point.ecef, key)))
    }

    fn walker<'f>(
        &'f self,
        q: &'f SurfacePoint,
        k: usize,
        radius_m: f64,
        options: &LocateOptions,
    ) -> ExactWalk<impl Fn(u32) -> Option<Found> + 'f> {
        let at = options.at.filter(|_| self.periods > 0);
        let measure = move |key: u32| {
            let Unit { post, point } = self.posts.get(&key)?;
            let counts = at.is_none_or(|at| post.service.serves(&at));
            counts.then(|| Found { distance_m: surface_distance_m(point, q), item: key, slot: key })
        };
        ExactWalk::new(k, self.posts.len(), radius_m, measure)
    }

    fn search<M: Fn(u32) -> Option<Found>>(
        &self,
        q: &SurfacePoint,
        search: Search,
        walker: &mut ExactWalk<M>,
    ) {
        match search {
            Search::Index | Search::RStar => walk(&self.tree, q.ecef, walker),
            Search::Scan => self.posts.keys().for_each(|&key| walker.look(key)),
        }
    }

    fn hit(&self, found: &Found, q: &SurfacePoint) -> Option<MovingHit> {
        let point = &self.posts.get(&found.item)?.point;
        let bearing_deg = (found.distance_m > TIE_M).then(|| azimuth_deg(point, q));
        Some(MovingHit { key: PostKey(found.item), distance_m: found.distance_m, bearing_deg })
    }
}
