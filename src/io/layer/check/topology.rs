//! Shapes that are GeoJSON and doubtful all the same: winding, crossings, lines of no length.

use geo::Winding;
use geo::algorithm::Validation;
use geo::algorithm::validation::{InvalidPolygon, RingRole};

use super::checker::Checker;
use crate::io::file::path::Path;
use crate::io::json::raw::{elements, members};
use crate::io::layer::kind::LayerKind;
use crate::{IncidentGeometry, Position};

/// Polygons of more vertices are not looked at for crossings: the time grows with the square.
const MAX_VERTICES: usize = 10_000;

impl Checker<'_> {
    /// Warns of what is doubtful in a place that `text` stands for.
    pub(super) fn topology(&mut self, place: &IncidentGeometry, text: &str, path: &Path<'_>) {
        let inner = |key: &str| members(text).find(|member| member.key == key).map(|member| member.value);
        let items = inner(if matches!(place, IncidentGeometry::Collection(_)) {
            "geometries"
        } else {
            "coordinates"
        });
        let Some(items) = items else { return };
        let multi = inner("type").is_some_and(|kind| kind.starts_with("\"Multi"));
        match place {
            IncidentGeometry::Collection(places) => {
                let path = path.key("geometries");
                for (i, (place, item)) in places.iter().zip(elements(items)).enumerate() {
                    self.topology(place, item, &path.index(i));
                }
            }
            IncidentGeometry::Lines(lines) => {
                let path = path.key("coordinates");
                for (i, line) in lines.iter().enumerate() {
                    let path = if multi { path.index(i) } else { path };
                    // Looked for only where it is needed: it takes a walk through the text.
                    let at = || if multi { elements(items).nth(i).unwrap_or(items) } else { items };
                    // Of a route as a whole its layer says it.
                    let route = self.layer == Some(LayerKind::Routes);
                    if !route && line.windows(2).all(|pair| pair[0] == pair[1]) {
                        let message = "a line of zero length, expected two different positions";
                        self.warn(at(), &path.to_string(), message);
                    }
                    if line.windows(2).any(|pair| crossing(pair[0], pair[1]) != 0.0) {
                        self.uncut(at(), &path);
                    }
                }
            }
            IncidentGeometry::Region(region) => {
                let path = path.key("coordinates");
                let texts = std::iter::once(items).filter(|_| !multi);
                let texts = texts.chain(elements(items).filter(|_| multi));
                for (i, (rings, text)) in region.polygons().iter().zip(texts).enumerate() {
                    self.polygon(rings, text, &if multi { path.index(i) } else { path });
                }
            }
            IncidentGeometry::Point(_) | IncidentGeometry::MultiPoint(_) | IncidentGeometry::None => {}
        }
    }

    fn uncut(&mut self, at: &str, path: &Path<'_>) {
        let message = "an edge of more than 180 degrees of longitude, expected a shape that is cut at the \
                       antimeridian (RFC 7946 section 3.1.9): the edge is read as the short way across it";
        self.warn(at, &path.to_string(), message);
    }

    fn polygon(&mut self, rings: &[Vec<Position>], text: &str, path: &Path<'_>) {
        if rings.iter().any(|ring| ring.windows(2).any(|pair| crossing(pair[0], pair[1]) != 0.0)) {
            self.uncut(text, path);
        }
        let mut lines: Vec<geo_types::LineString> = rings.iter().map(|ring| unrolled(ring)).collect();
        if let Some((outer, holes)) = lines.split_first_mut() {
            holes.iter_mut().for_each(|hole| turn_into(outer, hole));
        }
        for (i, (line, at)) in lines.iter().zip(elements(text)).enumerate() {
            let wrong = if i == 0 { line.is_cw() } else { line.is_ccw() };
            if wrong {
                let message = if i == 0 {
                    "an outer ring that runs clockwise, expected counter-clockwise (RFC 7946 section 3.1.6): \
                     reverse it"
                } else {
                    "a hole that runs counter-clockwise, expected clockwise (RFC 7946 section 3.1.6): \
                     reverse it"
                };
                self.warn(at, &path.index(i).to_string(), message);
            }
        }
        if lines.iter().map(|line| line.0.len()).sum::<usize>() > MAX_VERTICES {
            let message = format!(
                "a polygon of more than {MAX_VERTICES} vertices: its rings were not held against each other"
            );
            self.warn(text, &path.to_string(), message);
            return;
        }
        let mut lines = lines.into_iter();
        let Some(outer) = lines.next() else { return };
        let polygon = geo_types::Polygon::new(outer, lines.collect());
        for fault in polygon.validation_errors() {
            let (ring, what) = match &fault {
                InvalidPolygon::TooFewPointsInRing(ring) => (ring, "has fewer than 3 different positions"),
                InvalidPolygon::SelfIntersection(ring) => (ring, "crosses or touches itself"),
                InvalidPolygon::NonFiniteCoord(ring, _) => (ring, "has a coordinate that is not finite"),
                InvalidPolygon::InteriorRingNotContainedInExteriorRing(ring) => {
                    (ring, "does not lie inside the outer ring")
                }
                InvalidPolygon::IntersectingRingsOnALine(_, ring) => (ring, "runs along another ring"),
                InvalidPolygon::IntersectingRingsOnAnArea(_, ring) => (ring, "overlaps another hole"),
            };
            let (i, name) = match ring {
                RingRole::Exterior => (0, "an outer ring"),
                RingRole::Interior(hole) => (hole + 1, "a hole"),
            };
            let at = elements(text).nth(i).unwrap_or(text);
            let message =
                format!("{name} that {what}, expected simple rings, the holes inside the outer one");
            self.warn(at, &path.index(i).to_string(), message);
        }
    }
}

/// The turn in degrees that the longitude of `to` takes so that the edge goes the short way across the
/// antimeridian. Exactly 360 apart is the edge of a whole world: as it is written.
fn crossing(from: Position, to: Position) -> f64 {
    let step = to.lon_deg() - from.lon_deg();
    if step.abs() > 180.0 && step.abs() < 360.0 { -360.0_f64.copysign(step) } else { 0.0 }
}

/// Turns a hole by the whole 360 degrees that bring its start among the longitudes of its outer ring: one
/// that has been unrolled across the antimeridian goes on beyond -180 or 180, and the hole may be written
/// on the other side.
fn turn_into(outer: &geo_types::LineString, hole: &mut geo_types::LineString) {
    let lons = || outer.0.iter().map(|coord| coord.x);
    let (west, east) = (lons().fold(f64::INFINITY, f64::min), lons().fold(f64::NEG_INFINITY, f64::max));
    let Some(start) = hole.0.first().map(|coord| coord.x) else { return };
    let turn = [0.0, 360.0, -360.0].into_iter().find(|turn| (west..=east).contains(&(start + turn)));
    for coord in &mut hole.0 {
        coord.x += turn.unwrap_or(0.0);
    }
}

/// A ring as it runs, on past the antimeridian where an edge takes the short way across it.
fn unrolled(ring: &[Position]) -> geo_types::LineString {
    let mut turns = 0.0;
    let mut before: Option<Position> = None;
    let coord = |position: &Position| {
        turns += before.map_or(0.0, |before| crossing(before, *position));
        before = Some(*position);
        geo_types::Coord { x: position.lon_deg() + turns, y: position.lat_deg() }
    };
    ring.iter().map(coord).collect()
}
