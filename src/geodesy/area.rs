//! The area within a ring on the ellipsoid, by either reading of its edges.

use geographiclib_rs::{PolygonArea, Winding};

use super::ecef::sin_cos_deg;
use super::ellipsoid::wgs84;
use super::turn::short_way_deg;
use super::{Edges, Ellipsoid, Position};

/// The signed area within a closed ring in square metres: positive where it runs counter-clockwise.
///
/// Geodesic edges by GeographicLib's planimeter (Karney 2013, section 6); planar ones by the authalic
/// function integrated along the edge (Snyder 1987, Map Projections, equation 3-12), which has no
/// approximation but that of the quadrature. Of the two sides
/// of a ring around a pole the smaller counts.
pub(crate) fn ring_area_m2(ring: &[Position], edges: Edges) -> f64 {
    match edges {
        Edges::Geodesic => {
            let mut area = PolygonArea::new(wgs84(), Winding::CounterClockwise);
            // The planimeter closes the ring itself.
            for position in &ring[..ring.len().saturating_sub(1)] {
                area.add_point(position.lat_deg(), position.lon_deg());
            }
            area.compute(true).1
        }
        Edges::Planar => planar_ring_area_m2(ring),
    }
}

fn planar_ring_area_m2(ring: &[Position]) -> f64 {
    let (mut sum, mut turned_deg) = (0.0, 0.0);
    for ends in ring.windows(2) {
        let dlon = short_way_deg(ends[0].lon_deg(), ends[1].lon_deg());
        turned_deg += dlon;
        // Eastwards the area lies above the edge: the band below it counts against it.
        sum -= band_under_m2(ends[0].lat_deg(), ends[1].lat_deg(), dlon);
    }
    // Around a pole: the cap on the left of the ring, or where that is the larger part, less the other.
    let turns = (turned_deg / 360.0).round();
    let area_m2 = sum + turns.abs() * hemisphere_m2();
    // A ring that turns back on the map is itself, and may hold most of it.
    if turns != 0.0 && area_m2 > hemisphere_m2() { area_m2 - 2.0 * hemisphere_m2() } else { area_m2 }
}

/// The area between the equator and an edge that is straight in longitude and latitude.
fn band_under_m2(lat0_deg: f64, lat1_deg: f64, dlon_deg: f64) -> f64 {
    // Gauss and Legendre, five points, on steps of 2 degrees: 1e-12 of the band.
    const NODES: [(f64, f64); 5] = [
        (0.0, 128.0 / 225.0),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
        (0.906_179_845_938_664, 0.236_926_885_056_189_08),
    ];
    let steps = ((lat1_deg - lat0_deg).abs() / 2.0).ceil().max(1.0) as u32;
    let step_deg = (lat1_deg - lat0_deg) / f64::from(steps);
    let mean: f64 = (0..steps)
        .flat_map(|i| {
            let middle = lat0_deg + (f64::from(i) + 0.5) * step_deg;
            NODES.map(|(x, weight)| 0.5 * weight * zone_m2_per_radian(middle + 0.5 * step_deg * x))
        })
        .sum::<f64>()
        / f64::from(steps);
    mean * dlon_deg.to_radians()
}

/// The area from the equator to a latitude, of a sector one radian of longitude wide.
fn zone_m2_per_radian(lat_deg: f64) -> f64 {
    const B: f64 = Ellipsoid::WGS84.semi_minor_m();
    const E2: f64 = Ellipsoid::WGS84.eccentricity_squared();
    let (sin, _) = sin_cos_deg(lat_deg);
    let e = E2.sqrt();
    0.5 * B * B * (sin / (1.0 - E2 * sin * sin) + (e * sin).atanh() / e)
}

fn hemisphere_m2() -> f64 {
    2.0 * std::f64::consts::PI * zone_m2_per_radian(90.0)
}
