//! Seeded layers and queries.

use fastrand::Rng;
use patrol_corridor::geodesy::direct;
use patrol_corridor::{ObservationPost, PatrolRoute, Position};

/// A part of the Earth, in degrees: longitudes and latitudes.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    pub lon: (f64, f64),
    pub lat: (f64, f64),
}

/// A district, of some 110 by 120 km.
pub const DISTRICT: Extent = Extent { lon: (46.0, 47.3), lat: (39.3, 40.4) };
/// A large country, of some 3,400 by 1,700 km.
pub const COUNTRY: Extent = Extent { lon: (45.0, 85.0), lat: (40.0, 55.0) };

impl Extent {
    pub fn random(self, rng: &mut Rng) -> Position {
        let lon = self.lon.0 + (self.lon.1 - self.lon.0) * rng.f64();
        position(lon, self.lat.0 + (self.lat.1 - self.lat.0) * rng.f64())
    }
}

pub fn position(lon: f64, lat: f64) -> Position {
    Position::from_lon_lat(lon, lat).expect("a position of a layer")
}

pub fn posts(rng: &mut Rng, extent: Extent, count: usize) -> Vec<ObservationPost> {
    (0..count).map(|i| ObservationPost::new(i as u64, extent.random(rng))).collect()
}

/// Winding routes of edges of 1 km.
pub fn routes(rng: &mut Rng, extent: Extent, count: usize, edges: usize) -> Vec<PatrolRoute> {
    let winding = |i: usize| {
        let mut at = extent.random(rng);
        let mut heading = rng.f64() * 360.0;
        let mut line = vec![at];
        for _ in 0..edges {
            heading += (rng.f64() - 0.5) * 60.0;
            at = direct(at, heading, 1_000.0).position;
            line.push(at);
        }
        PatrolRoute::from_parts(i as u64, vec![line]).expect("a route of a layer")
    };
    (0..count).map(winding).collect()
}

/// Positions about `distance_m` from a vertex of a random route.
pub fn beside(rng: &mut Rng, routes: &[PatrolRoute], count: usize, distance_m: f64) -> Vec<Position> {
    let beside = |_| {
        let line = &routes[rng.usize(..routes.len())].parts()[0];
        direct(line[rng.usize(..line.len())], rng.f64() * 360.0, distance_m * (0.5 + rng.f64())).position
    };
    (0..count).map(beside).collect()
}

pub fn random(rng: &mut Rng, extent: Extent, count: usize) -> Vec<Position> {
    (0..count).map(|_| extent.random(rng)).collect()
}

/// The queries along a Z-curve: each near the one before, as incidents of a file often are.
pub fn in_spatial_order(queries: &[Position]) -> Vec<Position> {
    let spread = |x: f64| {
        let cell = ((x + 180.0) / 360.0 * f64::from(u32::MAX)) as u32;
        (0..32).fold(0_u64, |bits, i| bits | (u64::from(cell >> i & 1) << (2 * i)))
    };
    let mut sorted = queries.to_vec();
    sorted.sort_by_key(|q| spread(q.lon_deg()) | spread(q.lat_deg()) << 1);
    sorted
}
