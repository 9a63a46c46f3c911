//! Incidents that lie where none should: far from everything, with their ordinates exchanged, or at 0, 0.

use crate::geodesy::distance_m;
use crate::index::LocateOptions;
use crate::{PatrolIndex, Position};

/// What is odd about where an incident lies.
///
/// ```
/// use patrol_corridor::incident::{IncidentReader, IncidentSource, Oddity, SourceRun, incidents};
/// use patrol_corridor::io::{PositionColumns, Rows};
/// # use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};
/// # let post = |id, lon, lat| Position::from_lon_lat(lon, lat).map(|at| ObservationPost::new(id, at));
/// # let posts = vec![post("OP-20", 46.833383, 39.989251)?, post("OP-22", 46.782807, 40.183872)?];
/// # let reader = IncidentReader::new(&PatrolIndex::new(posts, vec![], Edges::Planar)?, Default::default());
/// let log = "id,lon,lat\n1,0,0\n2,40.07,46.82\n3,13.4,52.5\n4,46.8,40.06\n";
/// let log = IncidentSource::Rows(Rows::csv("log.csv", log.as_bytes(), None, &PositionColumns::default())?);
/// let mut found = Vec::new();
/// incidents(log, &reader, SourceRun::default(), &mut |incident| Ok(found.push(incident.answer.unwrap().oddity)))?;
/// assert_eq!(found, [Some(Oddity::NullIsland), Some(Oddity::Exchanged), Some(Oddity::Far), None]);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Oddity {
    /// Exactly at 0, 0, which the box of posts and routes does not hold.
    NullIsland,
    /// Outside the box of posts and routes, and inside it with longitude and latitude exchanged.
    Exchanged,
    /// Farther from all posts and routes than the larger of 500 km and 3 times the diagonal of their box.
    Far,
}

/// No incident is far that is nearer than this, in metres.
const NEAR_M: f64 = 500_000.0;

/// The box around all posts and routes, the short way round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings {
    bounds: Option<Bounds>,
}

#[derive(Debug, Clone, Copy)]
struct Bounds {
    west_deg: f64,
    /// How far it reaches to the east, 0 to 360.
    width_deg: f64,
    south_deg: f64,
    north_deg: f64,
    far_m: f64,
}

impl Bounds {
    fn holds(&self, lon_deg: f64, lat_deg: f64) -> bool {
        let east_deg = (lon_deg - self.west_deg).rem_euclid(360.0);
        (self.south_deg..=self.north_deg).contains(&lat_deg) && east_deg <= self.width_deg
    }
}

impl Surroundings {
    /// Of the posts and routes of an index.
    pub fn of(index: &PatrolIndex) -> Self {
        let routes = index.routes().iter().flat_map(|route| route.parts().iter().flatten().copied());
        let all = || index.posts().iter().map(|post| post.position).chain(routes.clone());
        let fold = |start: f64, least: fn(f64, f64) -> f64| all().map(|at| at.lat_deg()).fold(start, least);
        let (south_deg, north_deg) = (fold(90.0, f64::min), fold(-90.0, f64::max));
        let Some((west_deg, width_deg)) = short_way_round(all().map(|at| at.lon_deg())) else {
            return Surroundings { bounds: None };
        };
        let corners = (
            Position::from_lon_lat(west_deg, south_deg),
            Position::from_lon_lat(wrapped(west_deg + width_deg), north_deg),
        );
        let diagonal_m = match corners {
            (Ok(one), Ok(other)) => distance_m(one, other),
            _ => 0.0,
        };
        let far_m = NEAR_M.max(3.0 * diagonal_m);
        Surroundings { bounds: Some(Bounds { west_deg, width_deg, south_deg, north_deg, far_m }) }
    }

    /// What is odd about a position; `nearest_m` is the distance to the nearest post or route where it is known.
    pub fn oddity(&self, position: Position, nearest_m: Option<f64>, index: &PatrolIndex) -> Option<Oddity> {
        let bounds = self.bounds.as_ref()?;
        let (lon_deg, lat_deg) = (position.lon_deg(), position.lat_deg());
        if bounds.holds(lon_deg, lat_deg) {
            return None;
        }
        if lon_deg == 0.0 && lat_deg == 0.0 {
            return Some(Oddity::NullIsland);
        }
        if lon_deg.abs() <= 90.0 && bounds.holds(lat_deg, lon_deg) {
            return Some(Oddity::Exchanged);
        }
        let is_far = nearest_m.unwrap_or_else(|| nearest_of_all_m(position, index)) > bounds.far_m;
        is_far.then_some(Oddity::Far)
    }

    /// Returns `true` if a position is far from everything, whatever else is odd about it.
    pub fn is_far(&self, position: Position, index: &PatrolIndex) -> bool {
        let outside = |bounds: &&Bounds| !bounds.holds(position.lon_deg(), position.lat_deg());
        let bounds = self.bounds.as_ref().filter(outside);
        bounds.is_some_and(|bounds| nearest_of_all_m(position, index) > bounds.far_m)
    }
}

/// The distance to the nearest post or route, whenever it was in service.
fn nearest_of_all_m(position: Position, index: &PatrolIndex) -> f64 {
    let options = LocateOptions::default();
    let post = index.nearest_posts(position, &options).first().map(|hit| hit.distance_m);
    let route = index.nearest_routes(position, &options).first().map(|hit| hit.location.offset_m);
    post.into_iter().chain(route).fold(f64::INFINITY, f64::min)
}

fn wrapped(lon_deg: f64) -> f64 {
    if lon_deg > 180.0 { lon_deg - 360.0 } else { lon_deg }
}

/// The western end and the width of the narrowest range of longitudes that holds all.
fn short_way_round(lons_deg: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    /// A gap that is narrower than a bin of a tenth of a degree is never the widest, unless all are.
    const BINS: usize = 3_600;
    let mut bins: Vec<Option<(f64, f64)>> = vec![None; BINS];
    for lon_deg in lons_deg {
        let bin = (((lon_deg + 180.0) * 10.0) as usize).min(BINS - 1);
        let (least, most) = bins[bin].get_or_insert((lon_deg, lon_deg));
        (*least, *most) = (least.min(lon_deg), most.max(lon_deg));
    }
    let held: Vec<(f64, f64)> = bins.into_iter().flatten().collect();
    let (first, last) = (held.first()?.0, held.last()?.1);
    let (mut west_deg, mut gap_deg) = (first, 360.0 - (last - first));
    for pair in held.windows(2) {
        if pair[1].0 - pair[0].1 > gap_deg {
            (west_deg, gap_deg) = (pair[1].0, pair[1].0 - pair[0].1);
        }
    }
    Some((west_deg, 360.0 - gap_deg))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Edges, ObservationPost};

    fn index(positions: &[(f64, f64)]) -> PatrolIndex {
        let post = |(at, &(lon, lat)): (usize, &(f64, f64))| {
            ObservationPost::new(at as u64, Position::from_lon_lat(lon, lat).unwrap())
        };
        PatrolIndex::new(positions.iter().enumerate().map(post).collect(), vec![], Edges::Planar).unwrap()
    }

    fn oddity(index: &PatrolIndex, lon: f64, lat: f64) -> Option<Oddity> {
        Surroundings::of(index).oddity(Position::from_lon_lat(lon, lat).unwrap(), None, index)
    }

    #[test]
    fn each_kind_of_odd_place() {
        let river = index(&[(38.7, -3.1), (38.9, -3.0)]);
        assert_eq!(oddity(&river, 38.8, -3.05), None);
        assert_eq!(oddity(&river, 39.5, -3.9), None);
        assert_eq!(oddity(&river, -3.05, 38.8), Some(Oddity::Exchanged));
        assert_eq!(oddity(&river, 0.0, -0.0), Some(Oddity::NullIsland));
        assert_eq!(oddity(&river, 38.8, 2.0), Some(Oddity::Far));
        assert_eq!(oddity(&river, 38.8, 1.0), None);
        let null_island = index(&[(-1.0, -1.0), (1.0, 1.0)]);
        assert_eq!(oddity(&null_island, 0.0, 0.0), None);
        assert_eq!(oddity(&index(&[]), 0.0, 0.0), None);
    }

    #[test]
    fn the_box_goes_the_short_way_round() {
        assert_eq!(short_way_round([179.5, -179.5].into_iter()), Some((179.5, 1.0)));
        assert_eq!(short_way_round([-10.0, 20.0].into_iter()), Some((-10.0, 30.0)));
        assert_eq!(short_way_round([7.0].into_iter()), Some((7.0, 0.0)));
        assert_eq!(short_way_round([].into_iter()), None);
        let fiji = index(&[(178.0, -18.0), (-179.0, -17.0)]);
        assert_eq!(oddity(&fiji, -180.0, -17.5), None);
        assert_eq!(oddity(&fiji, 0.0, -17.5), Some(Oddity::Far));
    }
}
