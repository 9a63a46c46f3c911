//! An edge of a ring as a curve of latitude over longitude.

use crate::geodesy::curve::Curve;
use crate::geodesy::turn::short_way_deg;
use crate::geodesy::{Inverse, direct, edge, inverse};
use crate::{Edges, Position};

/// What is closer to an edge than this is on it: 0.1 mm.
pub(super) const NEAR_DEG: f64 = 1e-9;

/// An edge. It is a function of longitude, but for those along a meridian, which nothing crosses.
#[derive(Debug, Clone, Copy)]
pub(super) struct RegionEdge {
    /// Where it begins and ends, in degrees.
    pub lon: f64,
    pub lat: f64,
    pub end_lon: f64,
    pub end_lat: f64,
    /// How much longitude grows to its end: less than half a turn.
    pub dlon: f64,
    /// Where a region was cut at 180 degrees: there is as much of it on the other side.
    pub is_seam: bool,
    /// Of a geodesic that is not a meridian.
    path: Option<Inverse>,
}

impl RegionEdge {
    /// Adds the edges of a closed ring; none is 180 degrees of longitude wide or more.
    pub fn of_ring(ring: &[Position], reading: Edges, edges: &mut Vec<RegionEdge>) {
        // A band all around the Earth whose corners all stand at the edge of the map.
        let is_band = ring.iter().all(|p| p.lon_deg().abs() == 180.0);
        let mut from = (ring[0].lon_deg(), ring[0].lat_deg());
        for to in ring[1..].iter().map(|to| (to.lon_deg(), to.lat_deg())) {
            let is_pole = |lat: f64| lat.abs() == 90.0;
            let written = to.0 - from.0;
            // Along the edge of the map the long way is meant.
            let as_written = written.abs() == 360.0 && from.1 == to.1 && (is_band || is_pole(from.1));
            let dlon = if as_written { written } else { short_way_deg(from.0, to.0) };
            let mut add =
                |from: (f64, f64), to: (f64, f64), dlon: f64| Self::add(from, to, dlon, None, edges);
            if reading == Edges::Planar || as_written || dlon == 0.0 {
                add(from, to, dlon);
            } else if is_pole(to.1) {
                // To a pole a geodesic is a meridian, and then a turn in place.
                add(from, (from.0, to.1), 0.0);
                add((from.0, to.1), to, dlon);
            } else if is_pole(from.1) {
                add(from, (to.0, from.1), dlon);
                add((to.0, from.1), to, 0.0);
            } else {
                let [start, end] = [from, to].map(|(lon, lat)| Position::wrapped(lon, lat));
                let path = inverse(start, end);
                if dlon.abs() == 180.0 {
                    let northwards = path.azimuth1_deg < 90.0 || path.azimuth1_deg > 270.0;
                    let pole = if northwards { 90.0 } else { -90.0 };
                    add(from, (from.0, pole), 0.0);
                    add((from.0, pole), (to.0, pole), dlon);
                    add((to.0, pole), to, 0.0);
                } else {
                    Self::add(from, to, dlon, Some(path), edges);
                }
            }
            from = to;
        }
    }

    fn add(from: (f64, f64), to: (f64, f64), dlon: f64, path: Option<Inverse>, edges: &mut Vec<RegionEdge>) {
        let parts = if dlon.abs() < 180.0 { 1 } else { 4 };
        let (dlon, dlat) = (dlon / f64::from(parts), (to.1 - from.1) / f64::from(parts));
        let at = |i: u32| match i {
            0 => from,
            i if i == parts => to,
            i => {
                (Position::wrapped(from.0 + f64::from(i) * dlon, 0.0).lon_deg(), from.1 + f64::from(i) * dlat)
            }
        };
        for i in 0..parts {
            let ((lon, lat), (end_lon, end_lat)) = (at(i), at(i + 1));
            if dlon != 0.0 || end_lat != lat {
                edges.push(RegionEdge { lon, lat, end_lon, end_lat, dlon, is_seam: false, path });
            }
        }
    }

    /// Hands out its pieces; of one without length (at a pole) the place.
    pub fn for_each_curve(&self, mut take: impl FnMut(Curve)) {
        let reading = if self.path.is_some() { Edges::Geodesic } else { Edges::Planar };
        let [start, end] = [(self.lon, self.lat), (self.end_lon, self.end_lat)]
            .map(|(lon, lat)| Position::wrapped(lon, lat));
        let mut is_place = true;
        edge::cut(reading, start, end, |curve, _| {
            is_place = false;
            take(curve);
        });
        if is_place {
            take(Curve::point(start));
        }
    }

    /// Latitudes that it does not leave.
    pub fn lat_range(&self) -> (f64, f64) {
        let (low, high) = (self.lat.min(self.end_lat), self.lat.max(self.end_lat));
        // No point of a geodesic is farther than half its length from both its ends, and no degree of
        // latitude is shorter than 110.5 km.
        let bulge = self.path.map_or(0.0, |path| 0.5 * path.distance_m / 110_500.0);
        (low - bulge, high + bulge)
    }

    /// True where the meridian from here to the north pole crosses it. A vertex belongs to the side to the
    /// east, by a sign that both its edges compute alike, so that it counts once.
    pub fn is_crossed(&self, x: f64, y: f64) -> bool {
        let (from, to) = (east_of(self.lon, x), east_of(self.end_lon, x));
        if (from >= 0.0) == (to >= 0.0) || (from - to).abs() >= 180.0 {
            return false;
        }
        let (low, high) = self.lat_range();
        y < low || (y <= high && y < self.lat_at(from).0)
    }

    /// True where a position is on it.
    pub fn is_near(&self, x: f64, y: f64) -> bool {
        let (low, high) = self.lat_range();
        if y < low - NEAR_DEG || y > high + NEAR_DEG {
            return false;
        }
        let dx = east_of(self.lon, x);
        let cos = y.to_radians().cos();
        if self.path.is_none() || self.dlon == 0.0 {
            let (along_x, along_y) = (self.dlon * cos, (self.end_lat - self.lat));
            let (to_x, to_y) = (dx * cos, y - self.lat);
            let length2 = along_x * along_x + along_y * along_y;
            let t = ((to_x * along_x + to_y * along_y) / length2).clamp(0.0, 1.0);
            return (to_x - t * along_x).hypot(to_y - t * along_y) <= NEAR_DEG;
        }
        let pad = NEAR_DEG / cos.max(1e-6);
        if dx < self.dlon.min(0.0) - pad || dx > self.dlon.max(0.0) + pad {
            return false;
        }
        let (lat, azimuth_deg) = self.lat_at(dx);
        // Of a steep edge the nearest point is beside, not above.
        (y - lat).abs() * azimuth_deg.to_radians().sin().abs() <= NEAR_DEG && y >= low && y <= high
    }

    /// Its latitude that far east of its start, and its azimuth there.
    fn lat_at(&self, dx: f64) -> (f64, f64) {
        let Some(path) = self.path else {
            return (self.lat + dx / self.dlon * (self.end_lat - self.lat), 90.0);
        };
        if dx / self.dlon <= 0.0 {
            return (self.lat, path.azimuth1_deg);
        }
        if dx / self.dlon >= 1.0 {
            return (self.end_lat, path.azimuth2_deg);
        }
        let from = Position::wrapped(self.lon, self.lat);
        // Longitude grows steadily along a geodesic: halves of the bracket, and secants where they serve.
        let (mut t0, mut f0, mut t1, mut f1) = (0.0, -dx / self.dlon, 1.0, 1.0 - dx / self.dlon);
        let mut found = (self.lat, path.azimuth1_deg);
        for round in 0..60 {
            let secant = t0 - f0 * (t1 - t0) / (f1 - f0);
            let t = if round % 3 == 2 || !(secant > t0 && secant < t1) { 0.5 * (t0 + t1) } else { secant };
            let here = direct(from, path.azimuth1_deg, t * path.distance_m);
            let f = short_way_deg(dx, here.position.lon_deg() - self.lon) / self.dlon;
            found = (here.position.lat_deg(), here.azimuth2_deg);
            if f.abs() * self.dlon.abs() < 1e-12 || t1 - t0 < 1e-15 {
                break;
            }
            if f < 0.0 { (t0, f0) = (t, f) } else { (t1, f1) = (t, f) }
        }
        found
    }
}

/// How far a longitude lies to the east of another, -180 to 180.
fn east_of(from: f64, x: f64) -> f64 {
    match x - from {
        east if east > 180.0 => east - 360.0,
        east if east <= -180.0 => east + 360.0,
        east => east,
    }
}
