//! Sectors: the area that each post is the nearest to.

use geo::{BooleanOps, MultiPolygon, Polygon};
use geo_types::{Coord, LineString};

use super::cell::{Border, Cell, SharedBorder};
use super::local_plane::LocalPlane;
use super::outline;
use crate::geodesy::inverse;
use crate::index::LocateOptions;
use crate::{Edges, Error, ObservationPost, PatrolIndex, Position, Region};

/// How far a sector may reach from its post.
const FARTHEST_M: f64 = 8_000_000.0;

/// How far borders may be off where they are drawn as straight lines.
const SAG_M: f64 = 0.05;

/// What is divided among the posts.
///
/// ```
/// use patrol_corridor::analysis::{Caps, Within, corridor_region, sectors};
/// use patrol_corridor::{Edges, ObservationPost, PatrolRoute, Position};
/// let post = |id, lon| Position::from_lon_lat(lon, 40.0).map(|at| ObservationPost::new(id, at));
/// let line: geo_types::LineString = vec![(46.80, 40.0), (46.84, 40.0)].into();
/// let route = PatrolRoute::from_line_string("R4", &line)?.with_half_width_m(500.0)?;
/// let region = corridor_region([&route], Edges::Planar, Caps::Flat)?;
/// // The corridor alone is divided.
/// let found = sectors(&[post("OP-20", 46.80)?, post("OP-21", 46.84)?], Within::Region(&region, Edges::Planar))?;
/// assert!((found[0].area_km2 + found[1].area_km2 - region.area_km2(Edges::Planar)).abs() < 1e-3);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Within<'a> {
    /// A region, its edges read that way.
    Region(&'a Region, Edges),
    /// All that is within so many metres of a post.
    DistanceM(f64),
}

/// The part of an area to which one post is the nearest.
///
/// ```
/// use patrol_corridor::analysis::{Within, sectors};
/// use patrol_corridor::{ObservationPost, Position};
/// let post = |id, lon, lat| Position::from_lon_lat(lon, lat).map(|at| ObservationPost::new(id, at));
/// let posts = [post("OP-20", 46.833383, 39.989251)?, post("OP-21", 46.826567, 40.072204)?];
/// let north = &sectors(&posts, Within::DistanceM(5_000.0))?[1];
/// assert_eq!(posts[north.post].id.as_str(), "OP-21");
/// assert_eq!(format!("{:.2} km2", north.area_km2), "77.54 km2");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sector {
    /// The post's place in the layer.
    pub post: usize,
    /// Its part, with edges that are straight in longitude and latitude.
    pub region: Region,
    /// The area of the region on WGS84.
    pub area_km2: f64,
}

/// Divides an area among the posts, in the order of the layer; a post without a part is left out, and of
/// several on one spot (within 1 mm) all but the first.
///
/// On the border of two sectors both posts are as near by geodesic distance, within 0.15 m; a circle at the
/// given distance is good to 0.2 m or 0.02 %. The regions are valid, cut and oriented as those of
/// [`corridor_region`](super::corridor_region), and neighbours share the vertices of their border. All posts count, whenever
/// they were in service; [`PatrolIndex::in_service`] gives those of one instant.
///
/// # Errors
/// Where the distance is not greater than 0, or a sector would reach farther than 8000 km from its post.
///
/// ```
/// use patrol_corridor::analysis::{Within, sectors};
/// use patrol_corridor::{ObservationPost, Position};
/// let west = ObservationPost::new("W", Position::from_lon_lat(46.5, 39.5)?);
/// let east = ObservationPost::new("E", Position::from_lon_lat(46.6, 39.5)?);
/// let sectors = sectors(&[west, east], Within::DistanceM(10_000.0))?;
/// assert_eq!(sectors.len(), 2);
/// // Most of a circle of 314 km2 each.
/// assert!((sectors[0].area_km2 - 240.35).abs() < 0.01, "{}", sectors[0].area_km2);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn sectors(posts: &[ObservationPost], within: Within<'_>) -> Result<Vec<Sector>, Error> {
    let layer = PatrolIndex::new(posts.to_vec(), Vec::new(), Edges::Planar)?;
    match within {
        Within::DistanceM(radius_m) => {
            if !(radius_m > 0.0 && radius_m <= FARTHEST_M) {
                return Err(Error::argument(format!(
                    "the distance {radius_m} m, expected more than 0 and at most {FARTHEST_M}"
                )));
            }
            let spacing_m = spacing_m(radius_m);
            let sector = |post: usize| {
                let at = posts[post].position;
                let Some(cell) = cell(&layer, post, radius_m) else { return Ok(None) };
                // In its own plane the circle is a circle.
                let plane = LocalPlane::new(at);
                let outline = draw(&cell, post, posts, spacing_m, &plane);
                let sag_m = SAG_M.max(5e-5 * radius_m);
                let steps = (std::f64::consts::PI / (1.0 - sag_m / radius_m).clamp(0.0, 1.0).acos()).ceil();
                let circle = (0..steps.max(16.0) as u32).map(|i| {
                    let angle = std::f64::consts::TAU * f64::from(i) / steps.max(16.0);
                    Coord { x: radius_m * angle.cos(), y: radius_m * angle.sin() }
                });
                let circle = Polygon::new(LineString(circle.collect()), Vec::new());
                finish(post, &plane, &outline.intersection(&circle))
            };
            collect((0..posts.len()).map(sector))
        }
        Within::Region(region, edges) => {
            let vertices: Vec<Position> = region.polygons().iter().flatten().flatten().copied().collect();
            if vertices.is_empty() {
                return Ok(Vec::new());
            }
            let plane = LocalPlane::around_all(&vertices)?;
            let shape = outline::shape(&plane, region, edges, SAG_M);
            let coords = shape.iter().flat_map(|polygon| &polygon.exterior().0);
            let radius_m = coords.map(|at| at.x.hypot(at.y)).fold(0.0, f64::max);
            let centre = plane.unproject(Coord { x: 0.0, y: 0.0 });
            let to_centre: Vec<f64> =
                posts.iter().map(|post| inverse(post.position, centre).distance_m).collect();
            // Nothing of the region is farther than this from the post that it belongs to.
            let reach_m = to_centre.iter().copied().fold(f64::INFINITY, f64::min) + radius_m;
            if posts.is_empty() {
                return Ok(Vec::new());
            }
            if reach_m > FARTHEST_M {
                return Err(Error::input(format!(
                    "a region that may reach {:.0} km from its nearest post, expected {:.0} km at most: \
                     divide it",
                    reach_m / 1e3,
                    FARTHEST_M / 1e3
                )));
            }
            let spacing_m = spacing_m(radius_m);
            let sector = |post: usize| {
                if to_centre[post] - radius_m > reach_m {
                    return Ok(None);
                }
                let Some(cell) = cell(&layer, post, reach_m) else { return Ok(None) };
                let outline = draw(&cell, post, posts, spacing_m, &plane);
                finish(post, &plane, &outline.intersection(&shape))
            };
            collect((0..posts.len()).map(sector))
        }
    }
}

fn collect(sectors: impl Iterator<Item = Result<Option<Sector>, Error>>) -> Result<Vec<Sector>, Error> {
    sectors.filter_map(Result::transpose).collect()
}

/// How far apart vertices of borders may be so that straight lines in the plane serve: a geodesic at a
/// distance d from its centre bends by less than d / R^2.
fn spacing_m(radius_m: f64) -> f64 {
    const R2: f64 = 6.37e6 * 6.37e6;
    (8.0 * 0.5 * SAG_M * R2 / radius_m).sqrt().clamp(200.0, 20_000.0)
}

/// The cell of a post; `None` where an earlier one stands on its spot.
fn cell(layer: &PatrolIndex, post: usize, reach_m: f64) -> Option<Cell> {
    let at = layer.posts()[post].position;
    // The frame leaves room for straight lines between its corners.
    let frame_m = reach_m * 1.05 + 100.0;
    let mut count = 32;
    loop {
        let options = LocateOptions { count, ..LocateOptions::default() };
        let near = layer.nearest_posts(at, &options);
        let hits = near.hits();
        if hits.iter().any(|hit| hit.post < post && hit.distance_m <= 1e-3) {
            return None;
        }
        let others = hits.iter().filter(|hit| hit.post != post && hit.distance_m > 1e-3);
        let others = others.map(|hit| (hit.post, layer.posts()[hit.post].position));
        let cell = Cell::new(at, frame_m, others);
        // What has not been looked at is farther than twice the farthest corner.
        let seen_m = hits.last().map_or(0.0, |hit| hit.distance_m);
        let reach_m = cell.borders().iter().map(|border| border.distance_m).fold(0.0, f64::max);
        if hits.len() >= layer.posts().len() || seen_m > 2.05 * reach_m {
            return Some(cell);
        }
        count *= 4;
    }
}

/// The outline of a cell in the plane.
fn draw(cell: &Cell, post: usize, posts: &[ObservationPost], spacing_m: f64, plane: &LocalPlane) -> Polygon {
    let borders = cell.borders();
    let mut ring: Vec<Position> = Vec::new();
    for (i, border) in borders.iter().enumerate() {
        let next: &Border = &borders[(i + 1) % borders.len()];
        let (start, end) = (cell.position(border), cell.position(next));
        if borders.len() > 1 {
            ring.push(start);
        }
        match border.post {
            Some(other) => {
                let (first, second) = (post.min(other), post.max(other));
                let shared = SharedBorder::new(posts[first].position, posts[second].position, spacing_m);
                ring.extend(shared.between(start, end));
            }
            None => {
                let mut span_deg = (next.azimuth_deg - border.azimuth_deg).rem_euclid(360.0);
                if borders.len() == 1 {
                    span_deg = 360.0;
                }
                let steps = (span_deg / 5.0).ceil() as u32;
                let azimuth = |k: u32| border.azimuth_deg + span_deg * f64::from(k) / f64::from(steps);
                ring.extend((1..=steps).map(azimuth).map(|azimuth_deg| cell.frame_point(azimuth_deg)));
            }
        }
    }
    // From clockwise.
    ring.reverse();
    Polygon::new(ring.into_iter().map(|at| plane.project(at)).collect(), Vec::new())
}

fn finish(post: usize, plane: &LocalPlane, shape: &MultiPolygon) -> Result<Option<Sector>, Error> {
    let region = outline::region(plane, shape, SAG_M)?;
    if region.polygons().is_empty() {
        return Ok(None);
    }
    let area_km2 = region.area_km2(Edges::Planar);
    Ok(Some(Sector { post, region, area_km2 }))
}
