//! Which of many regions a position lies in: R*-tree over boxes, then crossings counted towards the north.
//!
//! A meridian from the position to the north pole crosses the boundary an odd number of times where one is
//! inside and the pole outside, by the even-odd rule over all rings of a polygon. Edges are found by
//! longitude, so that a ring of many vertices costs little more than one of few.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::region_edge::{NEAR_DEG, RegionEdge};
use crate::geodesy::Ellipsoid;
use crate::geodesy::curve::Curve;
use crate::geodesy::ecef::SurfacePoint;
use crate::{Edges, Position, Region};

/// More slices of longitude than this are not made of a polygon.
const MOST_SLICES: usize = 4096;

/// The polygons of many regions.
#[derive(Debug)]
pub(crate) struct RegionIndex {
    polygons: Vec<Prepared>,
    boxes: RTree<Bounds>,
}

/// One polygon, its edges by slices of longitude.
#[derive(Debug)]
struct Prepared {
    region: u32,
    /// The westernmost longitude, -180 to 180, and how far to the east it reaches: 360 is all around.
    west: f64,
    width: f64,
    south: f64,
    north: f64,
    /// True where an odd number of its rings hold the north pole.
    holds_north: bool,
    edges: Vec<RegionEdge>,
    slices: Vec<Vec<u32>>,
}

#[derive(Debug)]
struct Bounds {
    low: [f64; 2],
    high: [f64; 2],
    polygon: u32,
}

impl RTreeObject for Bounds {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> AABB<[f64; 2]> {
        AABB::from_corners(self.low, self.high)
    }
}

impl PointDistance for Bounds {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.envelope().distance_2(point)
    }
}

impl RegionIndex {
    pub fn new<'r>(regions: impl IntoIterator<Item = &'r Region>, edges: Edges) -> Self {
        let mut polygons = Vec::new();
        for (region, rings) in (regions.into_iter().enumerate())
            .flat_map(|(i, region)| region.polygons().iter().map(move |rings| (i as u32, rings)))
        {
            polygons.extend(Prepared::new(region, rings, edges));
        }
        mark_seams(&mut polygons);
        let bounds = |(i, p): (usize, &Prepared)| Bounds {
            low: [p.west, p.south],
            high: [p.west + p.width, p.north],
            polygon: i as u32,
        };
        let boxes = RTree::bulk_load(polygons.iter().enumerate().map(bounds).collect());
        RegionIndex { polygons, boxes }
    }

    pub fn is_empty(&self) -> bool {
        self.polygons.is_empty()
    }

    /// The regions that may have a point within a distance of a position, ascending, each with the parts of its
    /// boundary that come as near, but for where it was only cut at 180 degrees. Where there are none, all within that distance lies in the region or all outside.
    ///
    /// By boxes first: along a way of that length the latitude changes by no more than at the equator, and the longitude
    /// by no more than on the parallel nearest to a pole that it can reach.
    pub fn about(&self, q: &SurfacePoint, radius_m: f64) -> Vec<(u32, Vec<Curve>)> {
        const ELLIPSOID: Ellipsoid = Ellipsoid::WGS84;
        let least_radius_m = ELLIPSOID.semi_minor_m().powi(2) / ELLIPSOID.semi_major_m;
        let (lon, lat) = (q.position.lon_deg(), q.position.lat_deg());
        let dlat = (radius_m / least_radius_m).to_degrees() + NEAR_DEG;
        let widest = lat.abs() + dlat;
        let dlon = match widest < 89.0 {
            true => (radius_m / (ELLIPSOID.semi_major_m * widest.to_radians().cos())).to_degrees() + NEAR_DEG,
            false => 360.0,
        };
        let mut near: BTreeSet<u32> = BTreeSet::new();
        // A box begins at -180 to 180 and may reach past 180.
        for x in [lon - 360.0, lon, lon + 360.0] {
            let around = AABB::from_corners([x - dlon, lat - dlat], [x + dlon, lat + dlat]);
            near.extend(self.boxes.locate_in_envelope_intersecting(around).map(|bounds| bounds.polygon));
        }
        let mut found: BTreeMap<u32, Vec<Curve>> = BTreeMap::new();
        for polygon in near {
            let polygon = &self.polygons[polygon as usize];
            let edges = found.entry(polygon.region).or_default();
            for edge in polygon.edges_about((lon, lat), (dlon, dlat)) {
                edge.for_each_curve(|curve| {
                    if curve.closest(q, radius_m).distance_m <= radius_m {
                        edges.push(curve);
                    }
                });
            }
        }
        found.into_iter().collect()
    }

    /// The regions that a position lies in, boundary included, ascending.
    pub fn containing(&self, position: Position) -> Vec<u32> {
        let (lon, lat) = (position.lon_deg(), position.lat_deg());
        let mut found = Vec::new();
        // A box begins at -180 to 180 and may reach past 180.
        for x in [lon, lon + 360.0] {
            for bounds in self.boxes.locate_all_at_point([x, lat]) {
                let polygon = &self.polygons[bounds.polygon as usize];
                if !found.contains(&polygon.region) && polygon.contains(position) {
                    found.push(polygon.region);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

/// Marks the edges along 180 degrees that a region has on both sides.
fn mark_seams(polygons: &mut [Prepared]) {
    // By region, latitudes and side.
    let seam = |polygon: &Prepared, edge: &RegionEdge| {
        let side = polygon.side_of_seam(edge)?;
        let (low, high) = (edge.lat.min(edge.end_lat), edge.lat.max(edge.end_lat));
        Some((polygon.region, low.to_bits(), high.to_bits(), side))
    };
    let all = polygons.iter().flat_map(|polygon| polygon.edges.iter().filter_map(|edge| seam(polygon, edge)));
    let seams: HashSet<(u32, u64, u64, bool)> = all.collect();
    for polygon in polygons.iter_mut().filter(|_| !seams.is_empty()) {
        for i in 0..polygon.edges.len() {
            let own = seam(polygon, &polygon.edges[i]);
            polygon.edges[i].is_seam =
                own.is_some_and(|(region, low, high, side)| seams.contains(&(region, low, high, !side)));
        }
    }
}

impl Prepared {
    /// Of an edge along 180 degrees, whether the polygon lies to the east of it; `None` of others, and of a polygon that
    /// goes on beyond.
    fn side_of_seam(&self, edge: &RegionEdge) -> Option<bool> {
        const NEAR_SEAM_DEG: f64 = 1e-6;
        if edge.lon.abs() != 180.0 || edge.dlon != 0.0 || self.width >= 180.0 {
            return None;
        }
        let is_at_seam = |lon: f64| (lon.abs() - 180.0).abs() <= NEAR_SEAM_DEG;
        let is_east = edge.lon == -180.0;
        let ends_there = if is_east { is_at_seam(self.west) } else { is_at_seam(self.west + self.width) };
        ends_there.then_some(is_east)
    }

    /// `None` where there is no edge.
    fn new(region: u32, rings: &[Vec<Position>], reading: Edges) -> Option<Self> {
        let mut polygon = Prepared {
            region,
            west: 0.0,
            width: 0.0,
            south: 90.0,
            north: -90.0,
            holds_north: false,
            edges: Vec::new(),
            slices: Vec::new(),
        };
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut all_around = false;
        for ring in rings {
            let first = polygon.edges.len();
            RegionEdge::of_ring(ring, reading, &mut polygon.edges);
            let edges = &polygon.edges[first..];
            let Some(start) = edges.first() else { continue };
            let (mut x, mut leaning) = (start.lon, 0.0);
            for edge in edges {
                (west, east) = (west.min(x), east.max(x));
                x += edge.dlon;
                leaning += edge.dlon * (edge.lat.to_radians().sin() + edge.end_lat.to_radians().sin());
            }
            (west, east) = (west.min(x), east.max(x));
            let turned = x - start.lon;
            if turned.abs() > 180.0 {
                // Around the Earth: of the two sides the smaller is meant.
                all_around = true;
                let holds_north = leaning * turned > 0.0;
                polygon.holds_north ^= holds_north;
                if holds_north { polygon.north = 90.0 } else { polygon.south = -90.0 }
            }
        }
        if polygon.edges.is_empty() {
            return None;
        }
        for edge in &polygon.edges {
            let (low, high) = edge.lat_range();
            polygon.south = polygon.south.min(low).max(-90.0);
            polygon.north = polygon.north.max(high).min(90.0);
        }
        // What counts as on the boundary must be within the box.
        let lat = polygon.south.abs().max(polygon.north.abs()).min(89.0);
        let pad = NEAR_DEG / lat.to_radians().cos();
        (west, east) = (west - pad, east + pad);
        (polygon.south, polygon.north) = (polygon.south - NEAR_DEG, polygon.north + NEAR_DEG);
        if all_around || east - west >= 360.0 || lat >= 89.0 {
            (polygon.west, polygon.width) = (-180.0, 360.0);
        } else {
            polygon.west = (west + 180.0).rem_euclid(360.0) - 180.0;
            polygon.width = east - west;
        }
        polygon.slice(pad);
        Some(polygon)
    }

    /// Lists the edges by slices of longitude.
    fn slice(&mut self, pad: f64) {
        let count = (self.edges.len() / 2).clamp(1, MOST_SLICES);
        let mut slices = vec![Vec::new(); count];
        let per_degree = count as f64 / self.width;
        for (i, edge) in self.edges.iter().enumerate() {
            let low = edge.lon.min(edge.lon + edge.dlon) - pad;
            // The westernmost may come out a little to the west of itself.
            let start = match (low - self.west).rem_euclid(360.0) {
                east if east > 360.0 - 1e-9 => 0.0,
                east => (east * per_degree).floor(),
            };
            let length = (edge.dlon.abs() + 2.0 * pad) * per_degree;
            // One to each side for what rounding does.
            let steps = (length.ceil() as usize + 2).min(count);
            for k in 0..steps {
                let slice = (start as usize + count - 1 + k) % count;
                slices[slice].push(i as u32);
            }
        }
        self.slices = slices;
    }

    /// The edges that may come within so many degrees of a place, each once.
    fn edges_about(
        &self,
        (lon, lat): (f64, f64),
        (dlon, dlat): (f64, f64),
    ) -> impl Iterator<Item = &RegionEdge> {
        let width = self.width / self.slices.len() as f64;
        let is_near = |slice: usize| {
            let middle = self.west + (slice as f64 + 0.5) * width;
            let apart = (middle - lon + 180.0).rem_euclid(360.0) - 180.0;
            apart.abs() <= 0.5 * width + dlon + NEAR_DEG
        };
        let near =
            (0..self.slices.len()).filter(|&slice| is_near(slice)).flat_map(|slice| &self.slices[slice]);
        let edges: BTreeSet<u32> = near.copied().collect();
        let is_level = move |edge: &&RegionEdge| {
            let (low, high) = edge.lat_range();
            low <= lat + dlat && lat - dlat <= high
        };
        edges.into_iter().map(|edge| &self.edges[edge as usize]).filter(|edge| !edge.is_seam).filter(is_level)
    }

    fn contains(&self, at: Position) -> bool {
        let (x, y) = (at.lon_deg(), at.lat_deg());
        let offset = (x - self.west).rem_euclid(360.0);
        let slice = (offset / self.width * self.slices.len() as f64) as usize;
        let Some(near) = self.slices.get(slice.min(self.slices.len() - 1)) else { return false };
        let mut inside = self.holds_north;
        for &edge in near {
            let edge = &self.edges[edge as usize];
            if edge.is_near(x, y) {
                return true;
            }
            inside ^= edge.is_crossed(x, y);
        }
        inside
    }
}
