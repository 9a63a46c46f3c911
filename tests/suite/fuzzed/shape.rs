//! Regions that are computed: valid polygons on the globe, oriented, with an area.

use geo::Validation;
use geo_types::MultiPolygon;
use patrol_corridor::{Position, Region};

/// Valid by Simple Features, rings closed and oriented by RFC 7946, nothing beyond the map. The area of a sliver may be
/// less than a double tells.
pub fn assert_sound(region: &Region, area_km2: f64, what: &str) {
    let polygons = MultiPolygon::from(region);
    assert!(!region.polygons().is_empty(), "{what}: empty");
    assert!(polygons.is_valid(), "{what}: {:?}", polygons.check_validation());
    assert!(area_km2.is_finite() && area_km2 >= 0.0, "{what}: {area_km2} km2");
    for rings in region.polygons() {
        for (i, ring) in rings.iter().enumerate() {
            assert!(ring.len() >= 4 && ring[0] == ring[ring.len() - 1], "{what}: {ring:?}");
            let from = |p: &Position| (p.lon_deg() - ring[0].lon_deg(), p.lat_deg() - ring[0].lat_deg());
            let cross = |(ax, ay): (f64, f64), (bx, by): (f64, f64)| ax * by - bx * ay;
            let doubled: f64 = ring.windows(2).map(|ends| cross(from(&ends[0]), from(&ends[1]))).sum();
            assert!((doubled > 0.0) == (i == 0), "{what}: ring {i} runs the wrong way: {doubled}");
            for ends in ring.windows(2) {
                assert!((ends[0].lon_deg() - ends[1].lon_deg()).abs() < 180.0, "{what}: {ends:?}");
            }
        }
    }
}
