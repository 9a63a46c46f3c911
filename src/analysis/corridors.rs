//! Corridors as places: all points within the half width of any of a corridor's routes, as a region.

use geo::Polygon;

use super::caps::Caps;
use super::local_plane::LocalPlane;
use super::outline;
use super::sweep::{Reach, Sweep, sag_m};
use super::union;
use crate::geodesy::edge;
use crate::{Edges, Error, PatrolIndex, PatrolRoute, Position, Region};

/// The widest half width, in metres.
const WIDEST_M: f64 = 1_000_000.0;

/// A corridor as a place.
///
/// ```
/// use patrol_corridor::analysis::{Caps, corridor_areas};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
/// let route = PatrolRoute::from_line_string("R5", &line)?.with_half_width_m(2_500.0)?;
/// let index = PatrolIndex::new(vec![], vec![route], Edges::Planar)?;
/// let area = &corridor_areas(&index, Caps::Flat)?[0];
/// assert_eq!((&area.routes[..], area.half_width_m), (&[0][..], Some(2_500.0)));
/// assert_eq!(format!("{:.2} km2", area.area_km2), "63.44 km2");
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CorridorArea {
    /// The corridor's place in [`PatrolIndex::corridors`].
    pub corridor: usize,
    /// Its routes that have a half width, by place in the layer.
    pub routes: Vec<usize>,
    /// Their half width in metres; `None` where they differ.
    pub half_width_m: Option<f64>,
    /// What it covers, with edges that are straight in longitude and latitude.
    pub region: Region,
    /// The area of the region on WGS84.
    pub area_km2: f64,
}

/// The corridors of an area, in its order; those none of whose routes has a half width are left out.
///
/// # Errors
/// As [`corridor_region`].
///
/// ```
/// use patrol_corridor::analysis::{Caps, corridor_areas};
/// use patrol_corridor::{Edges, PatrolIndex, PatrolRoute};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
/// let route = PatrolRoute::from_line_string("R5", &line)?.with_half_width_m(2_500.0)?;
/// let index = PatrolIndex::new(vec![], vec![route], Edges::Planar)?;
/// let corridors = corridor_areas(&index, Caps::Round)?;
/// // 12.7 km times 5 km and a circle
/// assert!((corridors[0].area_km2 - 83.07).abs() < 0.01, "{}", corridors[0].area_km2);
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
pub fn corridor_areas(index: &PatrolIndex, caps: Caps) -> Result<Vec<CorridorArea>, Error> {
    let mut areas = Vec::new();
    for (corridor, named) in index.corridors().iter().enumerate() {
        let width = |route: usize| index.routes()[route].half_width_m();
        let routes: Vec<usize> =
            named.routes.iter().copied().filter(|&route| width(route).is_some()).collect();
        let Some(&first) = routes.first() else { continue };
        let half_width_m = width(first).filter(|_| routes.iter().all(|&route| width(route) == width(first)));
        let region =
            corridor_region(routes.iter().map(|&route| &index.routes()[route]), index.edges(), caps)?;
        let area_km2 = region.area_km2(Edges::Planar);
        areas.push(CorridorArea { corridor, routes, half_width_m, region, area_km2 });
    }
    Ok(areas)
}

/// All points within the half width of any of the routes, each with its own; routes without one add
/// nothing.
///
/// The region is valid by OGC Simple Features, cut at 180 degrees (RFC 7946 section 3.1.9), its outer rings
/// run counter-clockwise and its holes clockwise; around a pole it follows the edge of the map there. Its
/// edges are straight in longitude and latitude, and all of its boundary is at the half width within
/// 0.2 m or 0.02 %, whichever is more. A part without length is a circle, whatever the caps, and one shorter than 1 cm
/// where these are flat.
///
/// ```
/// use patrol_corridor::analysis::{Caps, corridor_region};
/// use patrol_corridor::{Edges, PatrolRoute};
/// let line: geo_types::LineString = vec![(46.75, 39.82), (46.73, 39.87), (46.71, 39.93)].into();
/// let route = PatrolRoute::from_line_string("R5", &line)?;
/// let wide = route.clone().with_half_width_m(2_500.0)?;
/// let region = corridor_region([&wide], Edges::Planar, Caps::Flat)?;
/// assert_eq!(format!("{:.2} km2", region.area_km2(Edges::Planar)), "63.44 km2");
/// // Without a half width there is nothing.
/// assert!(corridor_region([&route], Edges::Planar, Caps::Flat)?.polygons().is_empty());
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
///
/// # Errors
/// Where a half width is more than 1000 km, or so small (micrometres) that nothing of the corridor can be drawn.
pub fn corridor_region<'r>(
    routes: impl IntoIterator<Item = &'r PatrolRoute>,
    edges: Edges,
    caps: Caps,
) -> Result<Region, Error> {
    let routes: Vec<(&PatrolRoute, f64)> =
        routes.into_iter().filter_map(|route| Some((route, route.half_width_m()?))).collect();
    if routes.is_empty() {
        return Region::from_polygons(Vec::new());
    }
    if let Some((route, width)) = routes.iter().find(|(_, width)| *width > WIDEST_M) {
        return Err(Error::input(format!(
            "the half width {width} m of route {}, expected at most {WIDEST_M} m",
            route.id
        )));
    }
    let narrowest_m = routes.iter().map(|(_, width)| *width).fold(f64::INFINITY, f64::min);
    let widest_m = routes.iter().map(|(_, width)| *width).fold(0.0, f64::max);
    let sweeps = planes(&along(&routes, edges), widest_m).into_iter().map(|(plane, reach)| {
        let mut sweep = Sweep::new(&plane, reach, edges, caps);
        for (route, half_width_m) in &routes {
            sweep.add_route(route, *half_width_m);
        }
        let polygons = sweep.polygons;
        (plane, polygons)
    });
    let sweeps: Vec<(LocalPlane, Vec<Polygon>)> = sweeps.collect();
    for at_once in union::AT_ONCE {
        let rings = sweeps.iter().flat_map(|(plane, polygons)| {
            outline::map_rings(plane, &union::dissolve(polygons, at_once), sag_m(narrowest_m))
        });
        let region = outline::joined(rings.collect(), sag_m(narrowest_m))?;
        if union::is_simple(&region) && !region.polygons().is_empty() {
            return Ok(region);
        }
    }
    // By what a boundary may be off, such a thing is nothing.
    Err(Error::input(format!(
        "the corridor of route {} ({narrowest_m} m to each side) has no area that can be drawn: widen it",
        routes[0].0.id
    )))
}

/// The planes in which a corridor is drawn, each with how far from its centre (all of it where that is `None`).
///
/// One is enough for what lies within a quarter of the way around the Earth. Farther away a plane intervals until the
/// straight lines that strips end with leave the corridor; six planes then share the globe, and overlap by more than a
/// half width so that nothing is lost where one strip ends and the next begins.
fn planes(along: &[Position], widest_m: f64) -> Vec<(LocalPlane, Option<Reach>)> {
    const QUARTER_M: f64 = 10_000_000.0;
    // Of the face of a cube, its corners are the farthest: 54.7 degrees.
    const FACE_M: f64 = 6_120_000.0;
    if let Some(plane) = LocalPlane::around(along, QUARTER_M - widest_m) {
        return vec![(plane, None)];
    }
    LocalPlane::cube()
        .map(|plane| (plane, Some(Reach::new(plane.centre(), FACE_M + 1.5 * widest_m))))
        .to_vec()
}

/// Positions all along the routes, 20 km apart at most.
fn along(routes: &[(&PatrolRoute, f64)], edges: Edges) -> Vec<Position> {
    let mut positions = Vec::new();
    for part in routes.iter().flat_map(|(route, _)| route.parts()) {
        positions.extend(part.last());
        for ends in part.windows(2) {
            edge::cut(edges, ends[0], ends[1], |curve, _| positions.push(curve.position(0.0)));
        }
    }
    positions
}
