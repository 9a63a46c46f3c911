//! Many positions at once, and neighbours one after the other.

use super::PatrolIndex;
use crate::Position;
use crate::index::{LocateOptions, Located, PostHit, RouteHit};
use crate::parallel::{in_chunks, thread_count};

impl PatrolIndex {
    /// As [`locate`](Self::locate) of each position, in their order, on so many threads; 0 for as many as the machine has.
    ///
    /// ```
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let posts = vec![ObservationPost::new("W", at(46.5)?), ObservationPost::new("E", at(46.9)?)];
    /// let index = PatrolIndex::new(posts, vec![], Edges::Planar)?;
    /// let incidents = [at(46.51)?, at(46.88)?, at(46.6)?];
    /// let located = index.locate_all(&incidents, &Default::default(), 0);
    /// let nearest: Vec<usize> = located.iter().map(|one| one.posts.first().unwrap().post).collect();
    /// assert_eq!(nearest, [0, 1, 0]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn locate_all(
        &self,
        positions: &[Position],
        options: &LocateOptions,
        threads: usize,
    ) -> Vec<Located> {
        let of_part = |part: &[Position]| -> Vec<Located> {
            part.iter().map(|&position| self.locate(position, options)).collect()
        };
        in_chunks(positions, thread_count(threads), of_part).into_iter().flatten().collect()
    }

    /// All posts, nearest first, each sought when it is asked for: in the order of [`nearest_posts`](Self::nearest_posts) with
    /// a count without end. Of the options `count` does not matter.
    ///
    /// ```
    /// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// let at = |lon| Position::from_lon_lat(lon, 40.0);
    /// let posts = (0..50).map(|n| at(46.0 + 0.02 * f64::from(n)).map(|at| ObservationPost::new(n, at)));
    /// let index = PatrolIndex::new(posts.collect::<Result<_, _>>()?, vec![], Edges::Planar)?;
    /// // The nearest post with an odd number.
    /// let mut neighbours = index.posts_by_distance(at(46.195)?, Default::default());
    /// assert_eq!(neighbours.find(|hit| hit.post % 2 == 1).unwrap().post, 9);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    pub fn posts_by_distance(
        &self,
        position: Position,
        options: LocateOptions,
    ) -> impl Iterator<Item = PostHit> + '_ {
        let count = self.posts().len();
        growing(count, move |count| {
            self.nearest_posts(position, &LocateOptions { count, ..options }).into_iter().collect()
        })
    }

    /// The same of routes.
    pub fn routes_by_distance(
        &self,
        position: Position,
        options: LocateOptions,
    ) -> impl Iterator<Item = RouteHit> + '_ {
        let count = self.routes().len();
        growing(count, move |count| {
            self.nearest_routes(position, &LocateOptions { count, ..options }).into_iter().collect()
        })
    }
}

/// What more and more of it begin with alike: the first four, then four times as many each time.
fn growing<T: Clone>(all: usize, find: impl Fn(usize) -> Vec<T>) -> impl Iterator<Item = T> {
    let (mut known, mut next, mut asked) = (Vec::new(), 0, 1);
    std::iter::from_fn(move || {
        if next == known.len() && asked < all.max(2) {
            asked = (4 * asked).min(all.max(2));
            known = find(asked);
        }
        let item = known.get(next).cloned()?;
        next += 1;
        Some(item)
    })
}
