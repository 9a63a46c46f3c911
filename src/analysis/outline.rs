//! From a shape in a local plane to a region in longitude and latitude: valid by Simple Features, cut at
//! 180 degrees, outer rings counter-clockwise, holes clockwise.

use geo::{MultiPolygon, Polygon};
use geo_types::{Coord, LineString};

use super::antimeridian;
use super::local_plane::LocalPlane;
use super::union::{is_simple, united};
use crate::geodesy::curve::Curve;
use crate::geodesy::root::root;
use crate::geodesy::turn::short_way_deg;
use crate::geodesy::{self, edge};
use crate::{Edges, Error, Position, Region};

/// Shorter edges, in metres, are not divided further: they lead close past a pole.
const SHORTEST_M: f64 = 1e-3;

/// The least that a joined shape resolves, in degrees (0.8 mm), so that rounding to 1e-9 can't undo it.
const FRAME_HALF_DEG: f64 = 4.5;

/// The shape of a region in the plane, within `tolerance_m` of its edges. Parts that meet at 180 degrees are
/// joined.
pub(super) fn shape(plane: &LocalPlane, region: &Region, edges: Edges, tolerance_m: f64) -> MultiPolygon {
    let has = |lon: f64| region.polygons().iter().flatten().flatten().any(|p| p.lon_deg() == lon);
    // Both sides of a cut reach across it by a centimetre, so that no crack is left.
    let across_deg: f64 = if has(180.0) && has(-180.0) { 1e-7 } else { 0.0 };
    let widened = |p: &Position| match p.lon_deg().abs() == 180.0 {
        true => Position::wrapped(p.lon_deg() + across_deg.copysign(p.lon_deg()), p.lat_deg()),
        false => *p,
    };
    let mut polygons = Vec::new();
    for rings in region.polygons() {
        let mut rings = rings.iter().enumerate().map(|(i, ring)| {
            let ring: Vec<Position> = ring.iter().map(widened).collect();
            let mut line: Vec<Coord> = vec![plane.project(ring[0])];
            for ends in ring.windows(2) {
                edge::cut(edges, ends[0], ends[1], |piece, _| {
                    let (a, b) = (plane.project(piece.position(0.0)), plane.project(piece.position(1.0)));
                    follow(plane, &piece, (0.0, a), (1.0, b), tolerance_m, &mut line);
                });
            }
            // Outer rings counter-clockwise, holes clockwise, whichever way they came.
            if (antimeridian::twice_area(&line) > 0.0) != (i == 0) {
                line.reverse();
            }
            LineString(line)
        });
        let Some(outer) = rings.next() else { continue };
        polygons.push(Polygon::new(outer, rings.collect()));
    }
    united(polygons)
}

/// Adds the points of a piece after `a` up to `b`, so close that straight lines serve.
fn follow(
    plane: &LocalPlane,
    piece: &Curve,
    a: (f64, Coord),
    b: (f64, Coord),
    tolerance_m: f64,
    line: &mut Vec<Coord>,
) {
    let t = 0.5 * (a.0 + b.0);
    let middle = plane.project(piece.position(t));
    let off = middle - (a.1 + b.1) * 0.5;
    if off.x.hypot(off.y) <= tolerance_m || b.0 - a.0 < 1e-6 {
        line.push(b.1);
        return;
    }
    follow(plane, piece, a, (t, middle), tolerance_m, line);
    follow(plane, piece, (t, middle), b, tolerance_m, line);
}

/// The region that a shape of the plane covers. Edges of the region, straight in longitude and latitude,
/// stay within `tolerance_m` of the shape's.
pub(super) fn region(plane: &LocalPlane, shape: &MultiPolygon, tolerance_m: f64) -> Result<Region, Error> {
    joined(map_rings(plane, shape, tolerance_m), tolerance_m)
}

/// The rings of a shape on the map, cut at 180 degrees; what is inside is on their left.
pub(super) fn map_rings(plane: &LocalPlane, shape: &MultiPolygon, tolerance_m: f64) -> Vec<Vec<Coord>> {
    let rings = |polygon: &Polygon| {
        let on_globe: Vec<_> = std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| unproject(plane, ring, tolerance_m))
            .collect();
        antimeridian::cut(&on_globe)
    };
    shape.iter().flat_map(rings).collect()
}

/// The region that lies within rings of the map, of one shape or of several that overlap.
pub(super) fn joined(rings: Vec<Vec<Coord>>, tolerance_m: f64) -> Result<Region, Error> {
    let mut region = joined_once(rings, tolerance_m)?;
    // Rounding may bring a vertex onto another edge: joined again, the ring is parted there.
    for _ in 0..2 {
        if is_simple(&region) {
            break;
        }
        let rings = region.polygons().iter().flatten();
        let rings = rings.map(|ring| ring[1..].iter().map(|&at| Coord::from(at)).collect());
        region = joined_once(rings.collect(), tolerance_m)?;
    }
    if is_simple(&region) {
        return Ok(region);
    }
    // A vertex that touches an edge on the cut stays so: what is in one line there is one edge to the operation.
    let parted =
        |ring: &Vec<Position>| antimeridian::parted(ring.iter().map(|&at| Coord::from(at)).collect());
    let polygons = region.polygons().iter().flat_map(|rings| {
        let closed = rings.iter().flat_map(parted).filter(|ring| ring.len() > 2).map(|mut ring| {
            ring.push(ring[0]);
            LineString(ring)
        });
        antimeridian::nest(closed.collect())
    });
    Region::from_polygons(polygons.collect())
}

fn joined_once(rings: Vec<Vec<Coord>>, tolerance_m: f64) -> Result<Region, Error> {
    // What lies on either side of the cut is joined for itself: together both are as wide as the world,
    // and the grid of the operation as coarse.
    let is_cut = rings.iter().flatten().any(|at| at.x.abs() == 180.0);
    let side = |ring: &Vec<Coord>| -> Option<bool> {
        if ring.iter().all(|at| at.x > 0.0) {
            return Some(true);
        }
        ring.iter().all(|at| at.x < 0.0).then_some(false)
    };
    let mut polygons = Vec::new();
    if is_cut && rings.iter().all(|ring| side(ring).is_some()) {
        let (east, west) = rings.into_iter().partition(|ring| side(ring) == Some(true));
        polygons.extend(clean(east, tolerance_m));
        polygons.extend(clean(west, tolerance_m));
    } else {
        polygons.extend(clean(rings, tolerance_m));
    }
    Region::from_polygons(polygons)
}

/// A ring in degrees, open, with vertices between where the plane's line and the map's part.
fn unproject(plane: &LocalPlane, ring: &LineString, tolerance_m: f64) -> Vec<Coord> {
    let way = Way { plane, rim: None, crosses: false, tolerance_m };
    way.divided(ring.0.iter().map(|&at| (at, plane.unproject(at))))
}

/// The same of a closed ring on the globe, whose own vertices stay to the bit: what stands between them lies on the rim,
/// where there is one, and so does a vertex where the ring crosses 180 degrees.
pub(super) fn on_globe(
    plane: &LocalPlane,
    rim: Option<Rim>,
    ring: &[Position],
    tolerance_m: f64,
) -> Vec<Coord> {
    let way = Way { plane, rim, crosses: true, tolerance_m };
    way.divided(ring.iter().map(|&at| (plane.project(at), at)))
}

/// A curve about the centre of a plane of which neighbours on a ring are points: a circle, or an ellipse that is one once
/// what lies across its axis is stretched. Two that are not as far from the centre have a straight line between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rim {
    /// The axis, clockwise from north.
    azimuth_deg: f64,
    stretch: f64,
}

impl Rim {
    pub const CIRCLE: Rim = Rim { azimuth_deg: 0.0, stretch: 1.0 };

    /// An ellipse by its axes.
    pub fn ellipse(azimuth_deg: f64, semi_major_m: f64, semi_minor_m: f64) -> Self {
        Rim { azimuth_deg, stretch: semi_major_m / semi_minor_m }
    }

    /// Along the axis, and across it as far as on the circle.
    fn on_circle(&self, at: Coord) -> Coord {
        let (sin, cos) = self.azimuth_deg.to_radians().sin_cos();
        Coord { x: (at.x * cos - at.y * sin) * self.stretch, y: at.x * sin + at.y * cos }
    }

    fn off_circle(&self, at: Coord) -> Coord {
        let (sin, cos) = self.azimuth_deg.to_radians().sin_cos();
        let across = at.x / self.stretch;
        Coord { x: across * cos + at.y * sin, y: at.y * cos - across * sin }
    }

    /// A point between two neighbours; `None` where they are none on one curve.
    fn between(&self, a: Coord, b: Coord, t: f64) -> Option<Coord> {
        const MOST_TURN: f64 = 0.1;
        let (a, b) = (self.on_circle(a), self.on_circle(b));
        let radii = [a.x.hypot(a.y), b.x.hypot(b.y)];
        let turn = (a.x * b.y - a.y * b.x).atan2(a.x * b.x + a.y * b.y);
        if radii[0].min(radii[1]) < SHORTEST_M || turn.abs() > MOST_TURN {
            return None;
        }
        let (sin, cos) = (t * turn).sin_cos();
        let scale = (radii[0] + t * (radii[1] - radii[0])) / radii[0];
        Some(self.off_circle(Coord { x: a.x * cos - a.y * sin, y: a.x * sin + a.y * cos } * scale))
    }
}

/// How a ring of the plane comes to the globe.
struct Way<'p> {
    plane: &'p LocalPlane,
    rim: Option<Rim>,
    /// A vertex where it crosses 180 degrees.
    crosses: bool,
    tolerance_m: f64,
}

impl Way<'_> {
    fn divided(&self, ring: impl Iterator<Item = (Coord, Position)>) -> Vec<Coord> {
        let mut out = Vec::new();
        let mut last: Option<(Coord, Position)> = None;
        for here in ring {
            if let Some(last) = last {
                out.push(Coord::from(last.1));
                self.divide(last, here, &mut out);
            }
            last = Some(here);
        }
        out
    }

    /// Adds what must stand between two vertices.
    fn divide(&self, (a, on_a): (Coord, Position), (b, on_b): (Coord, Position), out: &mut Vec<Coord>) {
        let length_m = (b.x - a.x).hypot(b.y - a.y);
        if length_m < SHORTEST_M {
            return;
        }
        let straight = |t: f64| a * (1.0 - t) + b * t;
        let at = |t: f64| self.rim.and_then(|rim| rim.between(a, b, t)).unwrap_or_else(|| straight(t));
        let dlon = short_way_deg(on_a.lon_deg(), on_b.lon_deg());
        let off_m = |t: f64| {
            let lat = on_a.lat_deg() + t * (on_b.lat_deg() - on_a.lat_deg());
            let on_map = Position::wrapped(on_a.lon_deg() + t * dlon, lat);
            geodesy::distance_m(on_map, self.plane.unproject(straight(t)))
        };
        // At a quarter as well: about the equator a line bends both ways and is right in the middle.
        if dlon.abs() < 90.0 && off_m(0.5) <= self.tolerance_m && off_m(0.25) <= self.tolerance_m {
            if self.crosses && dlon != on_b.lon_deg() - on_a.lon_deg() {
                out.extend(self.crossing(on_a, dlon, at));
            }
            return;
        }
        let middle = (at(0.5), self.plane.unproject(at(0.5)));
        self.divide((a, on_a), middle, out);
        out.push(Coord::from(middle.1));
        self.divide(middle, (b, on_b), out);
    }

    /// Where a short way that begins at `from` and leads `dlon` degrees to the east comes to 180 degrees.
    fn crossing(&self, from: Position, dlon: f64, at: impl Fn(f64) -> Coord) -> Option<Coord> {
        let border = 180.0_f64.copysign(dlon);
        let missing = |t: f64| {
            let gone = (self.plane.unproject(at(t)).lon_deg() - from.lon_deg()) * dlon.signum();
            let gone = (gone + 90.0).rem_euclid(360.0) - 90.0;
            gone - (border - from.lon_deg()).abs()
        };
        let (first, last) = (missing(0.0), missing(1.0));
        if first >= 0.0 || last <= 0.0 {
            return None;
        }
        let t = root(&missing, (0.0, first), (1.0, last), 1e-15);
        Some(Coord { x: border, y: self.plane.unproject(at(t)).lat_deg() })
    }
}

/// Makes polygons of rings that keep the inside on their left, free of crossings, double edges and specks.
fn clean(rings: Vec<Vec<Coord>>, tolerance_m: f64) -> Vec<Vec<Vec<Position>>> {
    let Some(extent) = Extent::of(rings.iter().flatten()) else { return Vec::new() };
    let mut parts: Vec<Polygon> =
        rings.into_iter().map(|ring| Polygon::new(LineString(ring), Vec::new())).collect();
    let frame = Frame::around(&extent);
    parts.extend(frame.iter().flat_map(Frame::polygons));
    let joined = united(parts);
    let is_speck = |ring: &LineString| frame.as_ref().is_some_and(|frame| frame.is_speck(ring));
    let polygons = joined.into_iter().filter(|polygon| !is_speck(polygon.exterior()));
    polygons
        .filter_map(|polygon| {
            let (outer, holes) = polygon.into_inner();
            let ring =
                |ring: &LineString| closed(ring, tolerance_m).filter(|ring| !is_tiny(ring, tolerance_m));
            Some(std::iter::once(ring(&outer)?).chain(holes.iter().filter_map(ring)).collect())
        })
        .collect()
}

/// A closed ring with positions rounded to 9 decimals (0.1 mm).
fn closed(ring: &LineString, tolerance_m: f64) -> Option<Vec<Position>> {
    let mut out: Vec<Position> = Vec::with_capacity(ring.0.len());
    for at in &ring.0 {
        // The grid of the operation may lead past the edge of the map, never around the world.
        let position = Position::wrapped(rounded(at.x).clamp(-180.0, 180.0), rounded(at.y));
        if let Some(&last) = out.last() {
            if last == position {
                continue;
            }
            between(last, position, tolerance_m, &mut out);
        }
        out.push(position);
    }
    (out.len() >= 4 && out.first() == out.last()).then_some(out)
}

/// Adds vertices on an edge that is straight in longitude and latitude, until a geodesic between
/// neighbours is as good: the operation has dropped those in one line (along a parallel around a pole). They
/// are then less than half a turn apart, too.
fn between(from: Position, to: Position, tolerance_m: f64, out: &mut Vec<Position>) {
    let (dlon, dlat) = (to.lon_deg() - from.lon_deg(), to.lat_deg() - from.lat_deg());
    let at = |u: f64| Position::wrapped(from.lon_deg() + u * dlon, from.lat_deg() + u * dlat);
    // What is off shrinks with the square of the step.
    let wide = (dlon.abs() / 30.0).ceil().max(1.0);
    let step = at(1.0 / wide);
    let path = geodesy::inverse(from, step);
    let middle = geodesy::direct(from, path.azimuth1_deg, 0.5 * path.distance_m).position;
    let off_m = geodesy::distance_m(middle, at(0.5 / wide));
    let steps = wide * (off_m / tolerance_m).sqrt().ceil().max(1.0);
    let fractions = (1..steps as u32).map(|i| f64::from(i) / steps);
    out.extend(fractions.map(at).map(|p| Position::wrapped(rounded(p.lon_deg()), rounded(p.lat_deg()))));
}

/// To 9 decimals.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e9).round() / 1e9
}

/// True where a ring encloses less than what a boundary may be off, squared.
fn is_tiny(ring: &[Position], tolerance_m: f64) -> bool {
    const DEGREE_M: f64 = 111_320.0;
    let (lon, lat) = (ring[0].lon_deg(), ring[0].lat_deg());
    let ring: Vec<Coord> =
        ring.iter().map(|p| Coord { x: p.lon_deg() - lon, y: p.lat_deg() - lat }).collect();
    // Of the place farthest from the poles: between vertices it may lie on the equator.
    let (low, high) = ring
        .iter()
        .fold((90.0_f64, -90.0_f64), |(low, high), at| (low.min(at.y + lat), high.max(at.y + lat)));
    let lowest = if low * high <= 0.0 { 0.0 } else { low.abs().min(high.abs()) };
    let cos = lowest.to_radians().cos();
    0.5 * antimeridian::twice_area(&ring).abs() * cos * DEGREE_M * DEGREE_M < tolerance_m * tolerance_m
}

/// What sets the grid of an operation, whose middle is that of all that is joined: two specks that are joined as well.
struct Frame {
    specks: [Coord; 2],
}

/// How wide a speck is, in degrees.
const SPECK_DEG: f64 = 1e-7;

impl Frame {
    /// `None` where a shape is its own frame.
    fn around(extent: &Extent) -> Option<Self> {
        let Extent { low, high } = extent;
        let centre = extent.centre();
        if low.x > -180.0 && high.x < 180.0 && low.y > -90.0 && high.y < 90.0 {
            let off = |x: f64| Coord { x: centre.x + x, y: centre.y };
            let is_small = extent.half() < FRAME_HALF_DEG - 1.0;
            return is_small.then(|| Frame { specks: [off(-FRAME_HALF_DEG), off(FRAME_HALF_DEG)] });
        }
        // About a whole degree, and as many to either side, whole degrees are points of the grid: what touches an
        // edge of the map must not be moved off it, nor anything else onto it.
        let (x, y) = (centre.x.round(), centre.y.round());
        let reach = (high.x - x).max(x - low.x).max(high.y - y).max(y - low.y);
        let half = (reach.ceil() + 1.0).max(FRAME_HALF_DEG.ceil());
        let far = half - SPECK_DEG;
        Some(Frame { specks: [Coord { x: x - half, y: y - half }, Coord { x: x + far, y: y + far }] })
    }

    fn polygons(&self) -> [Polygon; 2] {
        self.specks.map(|Coord { x, y }| {
            let ring = [(x, y), (x + SPECK_DEG, y), (x + SPECK_DEG, y + SPECK_DEG), (x, y + SPECK_DEG)];
            Polygon::new(ring.to_vec().into(), Vec::new())
        })
    }

    fn is_speck(&self, ring: &LineString) -> bool {
        let is_at = |at: &Coord| {
            self.specks.iter().any(|speck| (at.x - speck.x).abs() < 0.5 && (at.y - speck.y).abs() < 0.5)
        };
        ring.0.first().is_some_and(is_at)
    }
}

struct Extent {
    low: Coord,
    high: Coord,
}

impl Extent {
    fn of<'c>(coords: impl Iterator<Item = &'c Coord>) -> Option<Self> {
        coords.fold(None, |extent, &at| {
            let Extent { low, high } = extent.unwrap_or(Extent { low: at, high: at });
            Some(Extent {
                low: Coord { x: low.x.min(at.x), y: low.y.min(at.y) },
                high: Coord { x: high.x.max(at.x), y: high.y.max(at.y) },
            })
        })
    }

    fn centre(&self) -> Coord {
        (self.low + self.high) * 0.5
    }

    fn half(&self) -> f64 {
        0.5 * (self.high.x - self.low.x).max(self.high.y - self.low.y)
    }
}
