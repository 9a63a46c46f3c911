//! Seeded random layers in the places where geometry is hard, and an oracle that is slow and plain.

use fastrand::Rng;
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use patrol_corridor::io::{self, Finding, LayerKind, LayerOptions, Severity, Source};
use patrol_corridor::{Edges, ObservationPost, PatrolRoute, Position};

pub fn position(lon: f64, lat: f64) -> Position {
    Position::from_lon_lat(lon, lat).unwrap()
}

/// A longitude in range, whatever the turn.
pub fn wrap(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

/// A part of the Earth.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    Globe,
    NorthPole,
    SouthPole,
    Antimeridian,
    Small,
}

pub const PLACES: [Place; 5] =
    [Place::Globe, Place::NorthPole, Place::SouthPole, Place::Antimeridian, Place::Small];

impl Place {
    pub fn random(self, rng: &mut Rng) -> Position {
        let unit = rng.f64();
        match self {
            Place::Globe => position(rng.f64() * 360.0 - 180.0, (2.0 * unit - 1.0).asin().to_degrees()),
            Place::NorthPole => position(rng.f64() * 360.0 - 180.0, 90.0 - 3.0 * unit * unit),
            Place::SouthPole => position(rng.f64() * 360.0 - 180.0, -90.0 + 3.0 * unit * unit),
            Place::Antimeridian => position(wrap(178.5 + 3.0 * rng.f64()), -20.0 + 4.0 * unit),
            Place::Small => position(46.0 + 1.3 * rng.f64(), 39.3 + 1.1 * unit),
        }
    }
}

/// The point at a distance and azimuth.
pub fn go(from: Position, azimuth: f64, distance: f64) -> Position {
    let (lat, lon): (f64, f64) = Geodesic::wgs84().direct(from.lat_deg(), from.lon_deg(), azimuth, distance);
    position(wrap(lon), lat)
}

/// GeographicLib's distance.
pub fn karney(a: Position, b: Position) -> f64 {
    Geodesic::wgs84().inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg())
}

/// Posts, of whom now and then one stands on the spot of an earlier one.
pub fn random_posts(rng: &mut Rng, place: Place, count: usize) -> Vec<ObservationPost> {
    let mut posts: Vec<ObservationPost> = Vec::with_capacity(count);
    for i in 0..count {
        let at = match rng.u8(..12) {
            0 if i > 0 => posts[rng.usize(..i)].position,
            _ => place.random(rng),
        };
        posts.push(ObservationPost::new(i as u64, at));
    }
    posts
}

/// Routes of a few edges each, `edge_m` long give or take; now and then an edge comes back, a vertex is
/// repeated, a part begins elsewhere, or a vertex is shared with the route before.
pub fn random_routes(
    rng: &mut Rng,
    place: Place,
    count: usize,
    vertices: usize,
    edge_m: f64,
) -> Vec<PatrolRoute> {
    let mut routes: Vec<PatrolRoute> = Vec::new();
    for i in 0..count {
        let mut parts = vec![vec![place.random(rng)]];
        if let (Some(before), true) = (routes.last(), rng.u8(..5) == 0) {
            parts[0][0] = before.parts()[0][0];
        }
        let mut heading = rng.f64() * 360.0;
        for _ in 1..vertices {
            let part = parts.last_mut().unwrap();
            let last = *part.last().unwrap();
            match rng.u8(..20) {
                0 => part.push(last),
                1 if part.len() > 1 => part.push(part[part.len() - 2]),
                2 if part.len() > 1 => parts.push(vec![go(last, heading, edge_m), last]),
                _ => {
                    heading += (rng.f64() - 0.5) * 90.0;
                    part.push(go(last, heading, edge_m * (0.4 + 1.2 * rng.f64())));
                }
            }
        }
        if parts[0].len() < 2 {
            let again = parts[0][0];
            parts[0].push(again);
        }
        let mut route = PatrolRoute::from_parts(i as u64, parts).unwrap();
        if rng.bool() {
            route = route.with_half_width_m(edge_m * (0.1 + rng.f64())).unwrap();
        }
        if rng.bool() {
            route.corridor = Some(format!("C{}", rng.u8(..3)));
        }
        routes.push(route);
    }
    routes
}

/// The point of an edge at `u` of 0..1 by its definition, without any of the crate's geodesy.
pub fn point_of_edge(a: Position, b: Position, edges: Edges, u: f64) -> Position {
    match edges {
        Edges::Planar => {
            let mut dlon = b.lon_deg() - a.lon_deg();
            if dlon.abs() > 180.0 {
                dlon -= 360.0_f64.copysign(dlon);
            }
            position(
                wrap(a.lon_deg() + u * dlon),
                (a.lat_deg() + u * (b.lat_deg() - a.lat_deg())).clamp(-90.0, 90.0),
            )
        }
        _ => {
            let (s, azimuth, _, _): (f64, f64, f64, f64) =
                Geodesic::wgs84().inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg());
            go(a, azimuth, u * s)
        }
    }
}

/// The length of an edge up to `u` of 0..1: by Karney, or by Simpson's rule on the speed over the ground.
pub fn slow_edge_length(a: Position, b: Position, edges: Edges, u: f64) -> f64 {
    const STEPS: u32 = 4_000;
    if edges == Edges::Geodesic {
        return u * karney(a, b);
    }
    let mut dlon = b.lon_deg() - a.lon_deg();
    if dlon.abs() > 180.0 {
        dlon -= 360.0_f64.copysign(dlon);
    }
    let (dlon, dlat) = (dlon.to_radians(), (b.lat_deg() - a.lat_deg()).to_radians());
    let flattening = 1.0 / 298.257_223_563;
    let e2 = flattening * (2.0 - flattening);
    let speed = |u: f64| {
        let (sin, cos) = (a.lat_deg().to_radians() + u * dlat).sin_cos();
        let w2 = 1.0 - e2 * sin * sin;
        let n = 6_378_137.0 / w2.sqrt();
        (n * cos * dlon).hypot(n * (1.0 - e2) / w2 * dlat)
    };
    let sum: f64 = (0..=STEPS)
        .map(|i| {
            let weight = if i == 0 || i == STEPS { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
            weight * speed(u * f64::from(i) / f64::from(STEPS))
        })
        .sum();
    u / f64::from(STEPS) / 3.0 * sum
}

/// The smallest distance to an edge: many samples, then golden sections around the best of them.
pub fn slow_edge_distance(a: Position, b: Position, edges: Edges, q: Position) -> (f64, f64) {
    const SAMPLES: usize = 200;
    let f = |u: f64| karney(point_of_edge(a, b, edges, u), q);
    let values: Vec<f64> = (0..=SAMPLES).map(|i| f(i as f64 / SAMPLES as f64)).collect();
    let mut best = (f64::INFINITY, 0.0);
    for i in 0..=SAMPLES {
        let low = values[i.saturating_sub(1)].min(values[(i + 1).min(SAMPLES)]);
        if values[i] > low {
            continue;
        }
        let (mut u0, mut u1) =
            (i.saturating_sub(1) as f64 / SAMPLES as f64, (i + 1).min(SAMPLES) as f64 / SAMPLES as f64);
        let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
        for _ in 0..60 {
            let (x, y) = (u1 - golden * (u1 - u0), u0 + golden * (u1 - u0));
            if f(x) < f(y) { u1 = y } else { u0 = x }
        }
        for u in [u0, 0.5 * (u0 + u1), u1] {
            let distance = f(u);
            if distance < best.0 {
                best = (distance, u);
            }
        }
    }
    best
}

/// The smallest distance to a route.
pub fn slow_route_distance(route: &PatrolRoute, edges: Edges, q: Position) -> f64 {
    (route.parts().iter().flat_map(|part| part.windows(2)))
        .map(|ends| slow_edge_distance(ends[0], ends[1], edges, q).0)
        .fold(f64::INFINITY, f64::min)
}

/// What is wrong with some bytes, of what is no text too.
pub fn check(name: &str, bytes: Vec<u8>, layer: Option<LayerKind>) -> Vec<Finding> {
    match Source::from_bytes(name, bytes) {
        Ok(source) => io::check(&source, layer, &LayerOptions::default()),
        Err(error) => vec![Finding::from_error(&error, name, Severity::Error)],
    }
}
