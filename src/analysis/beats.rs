//! Beats: the intervals of each route for which each post is the nearest, the Voronoi cells of the network.

use super::along::{farthest_m, owners};
use crate::geodesy::ecef::SurfacePoint;
use crate::parallel::in_parallel;
use crate::{Error, PatrolIndex, Position};

/// An interval of a route and the post that is nearest to it.
///
/// ```
/// use patrol_corridor::analysis::beats;
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.84, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post("OP-20", 46.80)?, post("OP-21", 46.83)?], vec![route], Edges::Planar)?;
/// let second = beats(&index, 0)?[0].beats[1];
/// assert_eq!(index.posts()[second.post].id.as_str(), "OP-21");
/// assert_eq!(format!("{:.1} m to {:.1} m", second.from_m, second.to_m), "1280.9 m to 3415.8 m");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Beat {
    /// Where it begins, in metres along the route.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// The post's place in the layer.
    pub post: usize,
}

/// The point of a route that is farthest from any post.
///
/// ```
/// use patrol_corridor::analysis::beats;
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.84, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post("OP-20", 46.80)?, post("OP-21", 46.83)?], vec![route], Edges::Planar)?;
/// let farthest = beats(&index, 0)?[0].farthest;
/// assert_eq!(format!("{:.1} m at {:.1} m", farthest.distance_m, farthest.chainage_m), "1280.9 m at 1280.9 m");
/// // Both posts are as far.
/// assert_eq!(index.posts()[farthest.post].id.as_str(), "OP-21");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Farthest {
    /// Where it is, in metres along the route.
    pub chainage_m: f64,
    /// The point itself.
    pub position: Position,
    /// The post that is nearest to it, by place in the layer.
    pub post: usize,
    /// The distance to that post in metres.
    pub distance_m: f64,
}

/// The beats of one route.
///
/// ```
/// use patrol_corridor::analysis::beats;
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.84, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?;
/// let index = PatrolIndex::new(vec![post("OP-20", 46.80)?, post("OP-21", 46.83)?], vec![route], Edges::Planar)?;
/// let found = &beats(&index, 0)?[0];
/// assert_eq!(index.routes()[found.route].id.as_str(), "R4");
/// assert_eq!(found.beats[0].to_m, found.beats[1].from_m);
/// assert_eq!(found.beats[1].to_m, found.length_m);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RouteBeats {
    /// The route's place in the layer.
    pub route: usize,
    /// Its length in metres.
    pub length_m: f64,
    /// Its beats in order: the first begins at 0, each begins where the one before ends, the last ends at
    /// the length.
    pub beats: Vec<Beat>,
    /// Its point that is farthest from any post.
    pub farthest: Farthest,
}

/// Cuts all routes by their nearest posts, on so many threads (0: all that the machine has).
///
/// A beat ends where two posts are equally far, to a micrometre. Of posts that are equally far along a whole
/// interval the first in the layer has it. Where one part of a route ends and the next begins, the later
/// part's post begins. All posts and routes count, whenever they were in service; [`PatrolIndex::in_service`] gives the
/// area of one instant.
///
/// ```
/// use patrol_corridor::analysis::beats;
/// use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let line: geo_types::LineString = vec![(46.0, 40.0), (46.1, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R1", &line)?;
/// let index = PatrolIndex::new(vec![post("A", 46.0)?, post("B", 46.1)?], vec![route], Edges::Planar)?;
/// let found = &beats(&index, 0)?[0];
/// assert_eq!(found.beats.len(), 2);
/// assert!((found.beats[0].to_m - found.length_m / 2.0).abs() < 1e-3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where there is no post.
pub fn beats(index: &PatrolIndex, threads: usize) -> Result<Vec<RouteBeats>, Error> {
    if index.posts().is_empty() {
        return Err(Error::input("no posts, expected at least one: nothing can be nearest"));
    }
    let points = surface_points(index);
    Ok(in_parallel(index.routes().len(), threads, |route| route_beats(index, &points, route)))
}

pub(super) fn surface_points(index: &PatrolIndex) -> Vec<SurfacePoint> {
    index.posts().iter().map(|post| SurfacePoint::new(post.position)).collect()
}

/// The beats of one route; there must be a post.
pub(super) fn route_beats(index: &PatrolIndex, points: &[SurfacePoint], route: usize) -> RouteBeats {
    let length_m = index.route_length_m(route);
    let mut beats: Vec<Beat> = Vec::new();
    let mut farthest: Option<Farthest> = None;
    let mut owner = None;
    for piece in index.network().route_pieces(route) {
        let curve = &piece.curve;
        let mut starts: Vec<(f64, u32)> = Vec::new();
        let before = owner.filter(|_| !piece.opens_part());
        owner = owners(index, points, curve, before, &mut |t, post| starts.push((t, post)));
        let ends = starts.iter().skip(1).map(|(t, _)| *t).chain([1.0]);
        for (&(t, post), end) in starts.iter().zip(ends) {
            let (at, distance_m) = farthest_m(curve, &points[post as usize], t, end);
            if farthest.is_none_or(|known| distance_m > known.distance_m) {
                let chainage_m = piece.chainage_m + curve.along_m(at);
                let position = curve.position(at);
                farthest = Some(Farthest { chainage_m, position, post: post as usize, distance_m });
            }
            let from_m = piece.chainage_m + curve.along_m(t);
            match beats.last_mut() {
                Some(last) if last.post == post as usize => {}
                Some(last) if from_m <= last.from_m => last.post = post as usize,
                // What would begin at the end has no length.
                Some(_) if from_m >= length_m => {}
                Some(last) => {
                    last.to_m = from_m;
                    beats.push(Beat { from_m, to_m: length_m, post: post as usize });
                }
                None => beats.push(Beat { from_m: 0.0, to_m: length_m, post: post as usize }),
            }
        }
    }
    // What is replaced at its very start may have become like the one before.
    beats.dedup_by(|later, earlier| {
        let same = later.post == earlier.post;
        if same {
            earlier.to_m = later.to_m;
        }
        same
    });
    let farthest = farthest.expect("a route has a piece, and a piece an owner");
    RouteBeats { route, length_m, beats, farthest }
}
