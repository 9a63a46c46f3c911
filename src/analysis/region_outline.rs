//! The region of a reported location as a geometry of a map: cut at 180 degrees, closed along a pole that it holds.

use geo_types::{Coord, LineString};

use super::antimeridian;
use super::local_plane::LocalPlane;
use super::outline::{self, Rim};
use crate::geodesy::{direct, distance_m};
use crate::model::cut_at_antimeridian;
use crate::region::{AnnularSector, DescribedRegion};
use crate::{Edges, IncidentGeometry, Position, Region};

/// How far apart vertices of a ray are.
const RAY_STEP_M: f64 = 2_500.0;

/// No more vertices than this on a ray.
const MOST_RAY_STEPS: f64 = 400.0;

/// Where vertices come closer than this, in metres, more decimals are written.
const CLOSE_M: f64 = 0.01;

/// Two neighbours farther apart in longitude than this have a pole between them.
const PAST_POLE_DEG: f64 = 90.0;

/// A region as a geometry by RFC 7946: a [`IncidentGeometry::Region`] (Polygon, or MultiPolygon where it is cut at 180 degrees),
/// [`IncidentGeometry::Lines`] for a ray, an arc or an interval of a route, a [`IncidentGeometry::Point`] for a position.
///
/// The vertices of the boundary are the exact ones of [`DescribedRegion::boundary`], to 1e-9 degrees (1e-12 where they are
/// less than 1 cm apart). Of a disc or a ring there are 166 instead, so that the chords keep within 2e-4 of its radius, to 1e-7
/// degrees. Between them stand more where a line straight in longitude and latitude would part from the
/// boundary by more than 0.2 m or 0.004 % of the region's radius (of a disc or a ring by more than that tolerance), and one where it crosses 180 degrees; those of a sector,
/// a disc or an ellipse lie on its boundary as exactly. Outer rings run counter-clockwise and holes
/// clockwise; around a pole the polygon follows the edge of the map there. A boundary that passes a pole within
/// 2 mm is led through it.
///
/// ```
/// use patrol_corridor::analysis::region_geometry;
/// use patrol_corridor::region::{AnnularSector, DescribedRegion};
/// use patrol_corridor::{IncidentGeometry, Position};
/// let at = |lon, lat| Position::from_lon_lat(lon, lat);
/// let across = DescribedRegion::Sector(AnnularSector::disc(at(180.0, 10.0)?, 5_000.0)?);
/// let IncidentGeometry::Region(region) = region_geometry(&across) else { panic!("a disc has an area") };
/// assert_eq!(region.polygons().len(), 2);
/// let ray = DescribedRegion::Sector(AnnularSector::new(at(46.75, 39.82)?, 22.5, 0.0, 0.0..=7_000.0)?);
/// assert!(matches!(region_geometry(&ray), IncidentGeometry::Lines(lines) if lines.len() == 1));
/// # Ok::<(), patrol_corridor::Error>(())
/// ```
#[must_use]
pub fn region_geometry(region: &DescribedRegion) -> IncidentGeometry {
    geometry_within(region, DISC_TOLERANCE)
}

/// The same with the outlines of discs as fine as those of sectors: for areas and what is cut from them.
pub(super) fn fine_geometry(region: &DescribedRegion) -> IncidentGeometry {
    geometry_within(region, FINE_DISC_TOLERANCE)
}

fn geometry_within(region: &DescribedRegion, disc_tolerance: f64) -> IncidentGeometry {
    let boundary = match as_disc(region) {
        Some(disc) => disc.outline(ARC_SHARE * disc_tolerance * disc.farthest_m()),
        None => region.boundary(),
    };
    let drawn = match region {
        DescribedRegion::Interval(interval) => lines(interval.lines(), interval.edges()),
        DescribedRegion::Sector(sector) if boundary.is_empty() => line_of(sector),
        _ => polygons(region, &boundary, disc_tolerance),
    };
    // What is too small to be drawn is where its middle is.
    match drawn.unwrap_or_else(|| IncidentGeometry::Point(region.reference())) {
        IncidentGeometry::Point(at) => IncidentGeometry::Point(rounded(at)),
        drawn => drawn,
    }
}

/// A disc or a ring.
fn as_disc(region: &DescribedRegion) -> Option<&AnnularSector> {
    match region {
        DescribedRegion::Sector(sector) if sector.is_whole_turn() => Some(sector),
        _ => None,
    }
}

/// Whether the edges between vertices of its outline, straight on the map, keep to what the tolerance leaves them: an edge to
/// the east bends from its geodesic by an eighth of its square, times the tangent of the latitude, over the radius of the Earth. None
/// is at a pole or passes 180 degrees.
fn is_straight_on_map(disc: &AnnularSector, ring: &[Position], disc_tolerance: f64) -> bool {
    const MOST_LAT_DEG: f64 = 80.0;
    const LEAST_RADIUS_M: f64 = 6.3e6;
    let lat_deg = ring.iter().map(|at| at.lat_deg().abs()).fold(0.0, f64::max);
    let is_whole = ring.windows(2).all(|ends| (ends[1].lon_deg() - ends[0].lon_deg()).abs() < 90.0);
    let edge_m = std::f64::consts::TAU * disc.farthest_m() / (ring.len() - 1).max(1) as f64;
    let bend_m = edge_m * edge_m * lat_deg.to_radians().tan() / (8.0 * LEAST_RADIUS_M);
    let left_m = (1.0 - ARC_SHARE) * disc_tolerance * disc.farthest_m();
    is_whole && lat_deg <= MOST_LAT_DEG && disc.farthest_m() <= 500_000.0 && bend_m <= left_m
}

fn polygons(
    region: &DescribedRegion,
    boundary: &[Vec<Position>],
    disc_tolerance: f64,
) -> Option<IncidentGeometry> {
    let circle = region.covering_circle();
    let is_disc = as_disc(region).is_some();
    let tolerance_m = if is_disc { disc_tolerance * circle.radius_m } else { tolerance_m(circle.radius_m) };
    // The straight lines of this plane from its centre are those of a sector.
    let plane = LocalPlane::new(match region {
        DescribedRegion::Sector(sector) => sector.apex(),
        _ => circle.centre,
    });
    let rim = match region {
        DescribedRegion::Sector(_) => Some(Rim::CIRCLE),
        DescribedRegion::Ellipse(of) => {
            Some(Rim::ellipse(of.azimuth_deg(), of.semi_major_m(), of.semi_minor_m()))
        }
        _ => None,
    };
    let on_globe = |ring: &Vec<Position>| match as_disc(region) {
        Some(disc) if is_straight_on_map(disc, ring, disc_tolerance) => {
            ring[1..].iter().map(|&at| Coord::from(at)).collect()
        }
        _ => outline::on_globe(&plane, rim, ring, tolerance_m),
    };
    let rings: Vec<Vec<Coord>> = boundary.iter().map(on_globe).collect();
    // The vertices of an arc are equally far from each other.
    let edges = boundary.iter().flat_map(|ring| ring.windows(2).take(if is_disc { 1 } else { usize::MAX }));
    let closest_m = edges.map(|ends| distance_m(ends[0], ends[1])).fold(f64::INFINITY, f64::min);
    // Of a disc centimetres, or finer where vertices are so near.
    let digits = match closest_m {
        m if m < CLOSE_M => 12,
        m if is_disc && disc_tolerance >= DISC_TOLERANCE && m >= 100.0 * CLOSE_M => 7,
        _ => 9,
    };
    let rings = antimeridian::cut(&rings).into_iter().flat_map(antimeridian::parted);
    let rings = rings.filter_map(|ring| closed(&ring, digits));
    Region::from_polygons(antimeridian::nest(rings.collect()))
        .ok()
        .filter(|region| !region.polygons().is_empty())
        .map(IncidentGeometry::Region)
}

/// How far a line of the map may part from that of the globe.
fn tolerance_m(radius_m: f64) -> f64 {
    (4e-5 * radius_m).max((1e-3 * radius_m).min(0.2))
}

/// How far the outline of a disc or a ring may part from its edge, by its radius: 166 vertices.
const DISC_TOLERANCE: f64 = 2e-4;

/// Where areas are made of it: 371 vertices.
const FINE_DISC_TOLERANCE: f64 = 4e-5;

/// Of that tolerance, what chords of arcs take; the rest is for edges that are straight on the map.
const ARC_SHARE: f64 = 0.9;

/// To 9 decimals; 180 and -180 stay apart.
fn rounded(at: Position) -> Position {
    let to_9 = |degrees: f64| (degrees * 1e9).round() / 1e9;
    Position::from_lon_lat(to_9(at.lon_deg()), to_9(at.lat_deg())).unwrap_or(at)
}

/// A ring with rounded positions; `None` where nothing of it is left.
fn closed(ring: &[Coord], digits: i32) -> Option<LineString> {
    let scale = 10_f64.powi(digits);
    let rounded = |degrees: f64| (degrees * scale).round() / scale;
    let mut out: Vec<Coord> = ring.iter().map(|at| Coord { x: rounded(at.x), y: rounded(at.y) }).collect();
    out.dedup();
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    straighten_edges(&mut out);
    // A sliver along the antimeridian is as wide as rounding is.
    let low = out.iter().map(|at| at.x).fold(f64::INFINITY, f64::min);
    let high = out.iter().map(|at| at.x).fold(f64::NEG_INFINITY, f64::max);
    if out.len() < 3 || high - low < 2.0 / scale {
        return None;
    }
    out.push(out[0]);
    Some(LineString(along_poles(&out)))
}

/// Drops the middle of three neighbours on the same edge of the map: what leads there and back again has no area.
fn straighten_edges(ring: &mut Vec<Coord>) {
    let on_one = |a: f64, b: f64, c: f64, edge: f64| a.abs() == edge && a == b && b == c;
    let mut i = 0;
    while ring.len() > 2 && i < ring.len() {
        let n = ring.len();
        let (a, b, c) = (ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]);
        if on_one(a.x, b.x, c.x, 180.0) || on_one(a.y, b.y, c.y, 90.0) {
            ring.remove(i);
            // What stood before may be a middle now.
            i = i.saturating_sub(1);
        } else {
            i += 1;
        }
    }
}

/// Divides what leads along the edge of the map at a pole: neighbours are then less than half a turn apart.
fn along_poles(ring: &[Coord]) -> Vec<Coord> {
    let mut out = vec![ring[0]];
    for ends in ring.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let steps = ((to.x - from.x).abs() / PAST_POLE_DEG).ceil();
        if from.y.abs() == 90.0 && from.y == to.y {
            let at = |i: u32| Coord { x: from.x + f64::from(i) / steps * (to.x - from.x), y: from.y };
            out.extend((1..steps as u32).map(at));
        }
        out.push(to);
    }
    out
}

/// A ray or an arc; `None` for a position.
fn line_of(sector: &AnnularSector) -> Option<IncidentGeometry> {
    let (nearest_m, farthest_m) = (sector.nearest_m(), sector.farthest_m());
    let at =
        |off_deg: f64, along_m: f64| direct(sector.apex(), sector.azimuth_deg() + off_deg, along_m).position;
    let steps = |count: f64| {
        let count = count.ceil().max(1.0);
        (0..=count as u32).map(move |i| f64::from(i) / count)
    };
    let half_width_deg = sector.half_width_deg();
    let line: Vec<Position> = match farthest_m {
        0.0 => return None,
        _ if half_width_deg == 0.0 && nearest_m == farthest_m => {
            return Some(IncidentGeometry::Point(at(0.0, farthest_m)));
        }
        _ if half_width_deg == 0.0 => steps(((farthest_m - nearest_m) / RAY_STEP_M).min(MOST_RAY_STEPS))
            .map(|u| at(0.0, nearest_m + u * (farthest_m - nearest_m)))
            .collect(),
        _ => steps(2.0 * half_width_deg).map(|u| at(half_width_deg * (2.0 * u - 1.0), farthest_m)).collect(),
    };
    let plane = LocalPlane::new(sector.apex());
    let mut drawn: Vec<Position> =
        outline::on_globe(&plane, Some(Rim::CIRCLE), &line, tolerance_m(farthest_m))
            .into_iter()
            .map(|at| Position::wrapped(at.x, at.y))
            .collect();
    drawn.extend(line.last());
    lines(&past_poles(&drawn), Edges::Planar)
}

/// Cuts a line where it passes a pole, and leads both ends to it along their meridians.
fn past_poles(line: &[Position]) -> Vec<Vec<Position>> {
    let mut parts = vec![Vec::new()];
    let mut last: Option<Position> = None;
    for &next in line {
        if let (Some(from), Some(part)) = (last, parts.last_mut()) {
            let apart_deg = (next.lon_deg() - from.lon_deg()).abs();
            let is_pole = |p: Position| p.lat_deg().abs() == 90.0;
            if apart_deg.min(360.0 - apart_deg) > PAST_POLE_DEG || is_pole(from) {
                let pole_deg = 90.0_f64.copysign(from.lat_deg());
                if !is_pole(from) {
                    part.push(Position::wrapped(from.lon_deg(), pole_deg));
                }
                parts.push(vec![Position::wrapped(next.lon_deg(), pole_deg)]);
            }
        }
        // At the pole the meridian that leads there counts.
        let at = match last {
            Some(from) if next.lat_deg().abs() == 90.0 => Position::wrapped(from.lon_deg(), next.lat_deg()),
            _ => next,
        };
        if let Some(part) = parts.last_mut() {
            part.push(at);
        }
        last = Some(at);
    }
    parts.retain(|part| part.len() > 1);
    parts
}

fn lines(parts: &[Vec<Position>], edges: Edges) -> Option<IncidentGeometry> {
    let mut lines: Vec<Vec<Position>> =
        parts.iter().flat_map(|line| cut_at_antimeridian(line, edges)).collect();
    lines.iter_mut().flatten().for_each(|at| *at = rounded(*at));
    (!lines.is_empty()).then_some(IncidentGeometry::Lines(lines))
}
