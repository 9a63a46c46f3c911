//! What is near an incident: the typed answer that every use counts, draws or writes.

use super::location::Location;
use super::reading::{IncidentReader, Reading};
use super::surroundings::Oddity;
use crate::analysis::{UncertainAnswer, locate_uncertain};
use crate::index::{LocateOptions, Located};
use crate::time::TimeSpan;
use crate::{IncidentGeometry, PatrolIndex, Position};

/// What is near an incident.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
/// # use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
/// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
/// # let reader = IncidentReader::new(&index, ReadOptions::default());
/// let log = "id,lon,lat\nINC-1,46.807759,40.068059\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// incidents(log, &reader, SourceRun::default(), &mut |incident| {
///     let answer = incident.answer.unwrap();
///     assert!(answer.at.is_none() && answer.region.is_none() && answer.oddity.is_none());
///     let post = answer.located.posts.first().unwrap();
///     assert_eq!(format!("{:.3} m", post.distance_m), "1669.150 m");
///     Ok(())
/// })?;
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// When posts and routes had to be in service to count; `None` where all count.
    pub at: Option<TimeSpan>,
    /// What is near its position, or near the reference point of its region.
    pub located: Located,
    /// The positions from which the nearest posts and the nearest routes are seen: of several positions each the nearest.
    pub from: [Position; 2],
    /// What may be the nearest anywhere in its region; `None` where it has positions.
    pub region: Option<Box<UncertainAnswer>>,
    /// What is odd about where it lies.
    pub oddity: Option<Oddity>,
}

impl IncidentReader {
    /// What is near an incident; `None` where it can't be located.
    ///
    /// The instants of `options` count for incidents without a time of their own.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
    /// # use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default());
    /// let log = "id,lon,lat\nINC-1,46.807759,40.068059\n";
    /// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
    /// incidents(log, &reader, SourceRun::default(), &mut |incident| {
    ///     use patrol_corridor::index::LocateOptions;
    ///     // Again, by other options: no post is within 1 km.
    ///     let near = LocateOptions::default().with_max_distance_m(1_000.0);
    ///     assert!(reader.locate(&incident.reading, &near).unwrap().located.posts.first().is_none());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn locate(&self, reading: &Reading, options: &LocateOptions) -> Option<Answer> {
        let index = &self.index;
        let own = reading.when.as_ref().and_then(|when| when.span());
        let options = LocateOptions { at: own.or(options.at), ..*options };
        let (geometry, region) = match &reading.location {
            Location::Positions(geometry) => (geometry.positions(), None),
            Location::Described(described) => (&[][..], Some(described.location.region())),
            Location::RegionUnknown(_) | Location::None(..) => return None,
        };
        let first = match region {
            Some(region) => region.reference(),
            None => *geometry.first()?,
        };
        // Some hundreds of bytes: filled where it stands.
        let mut answer = Answer {
            at: options.at,
            located: index.locate(first, &options),
            from: [first; 2],
            region: None,
            oddity: None,
        };
        for position in geometry.iter().skip(1) {
            merge(&mut answer.located, &mut answer.from, *position, index.locate(*position, &options));
        }
        answer.region = region.map(|region| Box::new(locate_uncertain(index, region, options.at)));
        let nearest_m = nearest_m(&answer.located, &options);
        answer.oddity = self.surroundings.oddity(answer.from[0], nearest_m, index);
        Some(answer)
    }

    /// Returns `true` if an incident is far from all posts and routes, as [`Oddity::Far`] has it.
    ///
    /// ```
    /// # use patrol_corridor::incident::{IncidentReader, IncidentSource, ReadOptions, SourceRun, incidents};
    /// # use patrol_corridor::io::{PositionColumns, Rows};
    /// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
    /// # let post = ObservationPost::new("OP-21", Position::from_lon_lat(46.826567, 40.072204)?);
    /// # let index = PatrolIndex::new(vec![post], vec![], Edges::Planar)?;
    /// # let reader = IncidentReader::new(&index, ReadOptions::default());
    /// let log = "id,lon,lat\n1,46.807759,40.068059\n2,13.4,52.5\n";
    /// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
    /// let mut far = Vec::new();
    /// incidents(log, &reader, SourceRun::default(), &mut |incident| {
    ///     far.push(reader.is_far(&incident.reading));
    ///     Ok(())
    /// })?;
    /// assert_eq!(far, [false, true]);
    /// # Ok::<(), patrol_corridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_far(&self, reading: &Reading) -> bool {
        self.are_far(&reading.location.positions())
    }

    /// Whether these are far from all posts and routes; none are not.
    pub(crate) fn are_far(&self, positions: &[Position]) -> bool {
        !positions.is_empty() && positions.iter().all(|&at| self.surroundings.is_far(at, &self.index))
    }
}

/// The distance to the nearest post or route in metres, where the answer has it for sure.
fn nearest_m(located: &Located, options: &LocateOptions) -> Option<f64> {
    let post = located.posts.first().map(|hit| hit.distance_m);
    let route = located.routes.first().map(|hit| hit.location.offset_m);
    let nearest_m = post.into_iter().chain(route).fold(f64::INFINITY, f64::min);
    // What was not in service or is too far to be named may be nearer.
    let is_all = options.at.is_none() && options.max_distance_m.is_none();
    is_all.then_some(nearest_m)
}

/// Everything about a place, and the positions from which posts and routes are seen; `None` without positions.
///
/// Of several positions the one that is nearest counts, for posts and for routes; the place lies in the corridors that any
/// of them lies in.
pub(crate) fn locate_from(
    index: &PatrolIndex,
    geometry: &IncidentGeometry,
    options: &LocateOptions,
) -> Option<(Located, [Position; 2])> {
    let (first, rest) = geometry.positions().split_first()?;
    let mut located = index.locate(*first, options);
    let mut from = [*first; 2];
    for position in rest {
        merge(&mut located, &mut from, *position, index.locate(*position, options));
    }
    Some((located, from))
}

fn merge(located: &mut Located, from: &mut [Position; 2], position: Position, other: Located) {
    let post_m = |located: &Located| located.posts.first().map_or(f64::INFINITY, |hit| hit.distance_m);
    let route_m =
        |located: &Located| located.routes.first().map_or(f64::INFINITY, |hit| hit.location.offset_m);
    let (nearer_post, nearer_route) = (post_m(&other) < post_m(located), route_m(&other) < route_m(located));
    if nearer_post {
        located.posts = other.posts;
        from[0] = position;
    }
    if nearer_route {
        located.routes = other.routes;
        from[1] = position;
    }
    located.in_corridor = located.in_corridor.zip(other.in_corridor).map(|(a, b)| a || b);
    located.corridors.extend(other.corridors);
    located.corridors.sort_unstable();
    located.corridors.dedup();
}
