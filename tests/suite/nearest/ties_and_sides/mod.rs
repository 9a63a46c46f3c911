//! Ties, sides, chainage, membership and the far ends of the Earth, by hand: places so small that they are flat,
//! and what index, scan and element say of them, which must agree.

mod chainage;
mod corridors;
mod empty_layers;
mod far_around;
mod posts;
mod routes;
mod sides;

use patrol_corridor::index::{LocateOptions, Located, Search};
use patrol_corridor::linear::{LinearElement, RouteLocation};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, Position};

use crate::fixtures::route;
use crate::support::position;

const BOTH: [Edges; 2] = [Edges::Planar, Edges::Geodesic];

type LonLat = (f64, f64);

fn post(id: &str, at: Position) -> ObservationPost {
    ObservationPost::new(id, at)
}

/// Locates by index and by scan, which must agree.
fn locate(area: &PatrolIndex, at: Position, options: &LocateOptions) -> Located {
    let found = area.locate(at, options);
    assert_eq!(found, area.locate(at, &options.with_search(Search::Scan)));
    found
}

fn places<T>(hits: &[T], place: impl Fn(&T) -> usize) -> Vec<usize> {
    hits.iter().map(place).collect()
}

/// Where a position belongs on one route, by the element and by an area, which must agree.
fn on(parts: &[Vec<LonLat>], edges: Edges, at: Position) -> RouteLocation {
    let route = route("R", parts);
    let place = LinearElement::new(&route, edges).unwrap().locate(at);
    let area = PatrolIndex::new(vec![], vec![route], edges).unwrap();
    assert_eq!(locate(&area, at, &Default::default()).routes.first().unwrap().location, place);
    place
}

/// A line of metres east and north of a place, small enough to be flat.
fn metres(points: &[(f64, f64)]) -> Vec<LonLat> {
    points.iter().map(|&(east, north)| lon_lat(east, north)).collect()
}

/// At 0 N 0 E, where a degree is 111,319.4908 m to the east and 110,574.2758 m to the north.
fn lon_lat(east: f64, north: f64) -> LonLat {
    (east / 111_319.490_793_27, north / 110_574.275_821_59)
}

fn at(east: f64, north: f64) -> Position {
    let (lon, lat) = lon_lat(east, north);
    position(lon, lat)
}

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found}, expected {expected}");
}
