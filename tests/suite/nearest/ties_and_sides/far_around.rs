//! Edges half way round the Earth, across 180, along a pole, between antipodes.

use patrol_corridor::linear::{LinearElement, Side};
use patrol_corridor::{Edges, geodesy};

use super::{BOTH, close, on};
use crate::fixtures::route;
use crate::support::{karney, position};

/// A quarter and a half of a meridian.
const QUARTER_M: f64 = 10_001_965.729_313;

/// 180 degrees apart: planar runs as it is written, along the parallel through 0 E; the geodesic goes
/// over the pole.
#[test]
fn edges_exactly_180_degrees_of_longitude_apart() {
    let line = [vec![(-90.0, 60.0), (90.0, 60.0)]];
    let back = [vec![(90.0, 60.0), (-90.0, 60.0)]];
    for parts in [&line, &back] {
        let place = on(parts, Edges::Planar, position(10.0, 60.0));
        close(place.offset_m, 0.0, 1e-5);
        assert_eq!(place.side, Side::On);
        let length_m = LinearElement::new(&route("R", parts), Edges::Planar).unwrap().length_m();
        let share = if parts == &line { 100.0 / 180.0 } else { 80.0 / 180.0 };
        close(place.chainage_m, share * length_m, 1e-4);

        let place = on(parts, Edges::Geodesic, position(0.0, 90.0));
        close(place.offset_m, 0.0, 1e-5);
        close(place.chainage_m, karney(position(0.0, 60.0), position(0.0, 90.0)), 1e-5);
        let place = on(parts, Edges::Geodesic, position(0.0, 89.0));
        close(place.offset_m, karney(position(0.0, 89.0), position(0.0, 90.0)), 1e-4);
    }
    // The parallel's length: a cos(lat) pi / sqrt(1 - e^2 sin^2 lat).
    let length_m = LinearElement::new(&route("R", &line), Edges::Planar).unwrap().length_m();
    let e2 = geodesy::Ellipsoid::WGS84.eccentricity_squared();
    let expected = 6_378_137.0 * 0.5 * std::f64::consts::PI / (1.0 - e2 * 0.75).sqrt();
    close(length_m, expected, 1e-4);
}

#[test]
fn edges_across_180_take_the_short_way() {
    let line = [vec![(179.0, -17.0), (-179.0, -17.0)]];
    for (edges, length_m) in [
        (Edges::Planar, 2.0 * 106_482.0),
        (Edges::Geodesic, karney(position(179.0, -17.0), position(-179.0, -17.0))),
    ] {
        let element = LinearElement::new(&route("R", &line), edges).unwrap();
        close(element.length_m(), length_m, 30.0);
        for lon in [180.0, -180.0] {
            let place = on(&line, edges, position(lon, -17.3));
            close(place.chainage_m, element.length_m() / 2.0, 1e-4);
            assert_eq!(place.side, Side::Right);
            assert!(karney(place.foot, position(180.0, place.foot.lat_deg())) < 1e-4);
        }
        let (west, east) =
            (on(&line, edges, position(179.6, -17.3)), on(&line, edges, position(-179.6, -17.3)));
        close(west.offset_m, east.offset_m, 1e-6);
        close(west.chainage_m, element.length_m() - east.chainage_m, 1e-4);
        let middle = element.point_at(element.length_m() / 2.0);
        close(middle.lon_deg().abs(), 180.0, 1e-9);
        // A geodesic bows towards the pole, by 0.27 km here.
        let bow_m = karney(middle, position(180.0, -17.0));
        close(bow_m, if edges == Edges::Planar { 0.0 } else { 270.0 }, 5.0);
    }
    // At 0 longitude it would be some 19,000 km off.
    assert!(on(&line, Edges::Planar, position(0.0, -17.0)).offset_m > 1.5e7);
}

#[test]
fn an_edge_along_180_is_one_whatever_the_sign() {
    let mixed = [vec![(180.0, -17.0), (-180.0, -16.0), (180.0, -15.0)]];
    for edges in BOTH {
        let line = LinearElement::new(&route("R", &mixed), edges).unwrap();
        close(line.length_m(), karney(position(180.0, -17.0), position(180.0, -15.0)), 1e-5);
        let west = on(&mixed, edges, position(179.9, -15.5));
        let east = on(&mixed, edges, position(-179.9, -15.5));
        close(west.offset_m, east.offset_m, 1e-6);
        assert_eq!((west.side, east.side), (Side::Left, Side::Right));
    }
}

/// An edge along latitude 90 is a place, in either model.
#[test]
fn an_edge_along_the_pole_has_no_length() {
    let line = [vec![(0.0, 90.0), (120.0, 90.0)]];
    for edges in BOTH {
        let element = LinearElement::new(&route("R", &line), edges).unwrap();
        close(element.length_m(), 0.0, 1e-8);
        let place = on(&line, edges, position(45.0, 89.0));
        close(place.offset_m, karney(position(45.0, 89.0), position(0.0, 90.0)), 1e-4);
        assert_eq!(place.side, Side::On);
        assert_eq!(place.foot.lat_deg(), 90.0);
    }
    // Up a meridian, around at the pole, and down another.
    let line = [vec![(0.0, 80.0), (0.0, 90.0), (90.0, 90.0), (90.0, 80.0)]];
    let leg = karney(position(0.0, 80.0), position(0.0, 90.0));
    for edges in BOTH {
        let element = LinearElement::new(&route("R", &line), edges).unwrap();
        close(element.length_m(), 2.0 * leg, 1e-4);
        close(
            on(&line, edges, position(90.0, 85.0)).chainage_m,
            leg + karney(position(0.0, 85.0), position(0.0, 90.0)),
            1e-4,
        );
        // Opposite to the bend the pole is nearest; it turns right, towards 90 E, and the outer side is the left.
        let place = on(&line, edges, position(-135.0, 89.0));
        close(place.chainage_m, leg, 1e-3);
        assert_eq!(place.side, Side::Left, "{edges} {place:?}");
        assert_eq!(on(&line, edges, position(45.0, 89.0)).side, Side::Right);
    }
}

/// Between antipodes GeographicLib chooses: from the equator over the north pole.
#[test]
fn between_antipodes_the_geodesic_is_geographiclibs() {
    for (a, b) in [((0.0, 0.0), (180.0, 0.0)), ((0.0, 0.0), (-180.0, 0.0)), ((-30.0, 0.0), (150.0, 0.0))] {
        let parts = [vec![a, b]];
        let element = LinearElement::new(&route("R", &parts), Edges::Geodesic).unwrap();
        close(element.length_m(), 2.0 * QUARTER_M, 1e-5);
        let place = on(&parts, Edges::Geodesic, position(77.0, 90.0));
        close(place.offset_m, 0.0, 1e-5);
        close(place.chainage_m, QUARTER_M, 1e-5);
    }
    for ((lon0, lat0), (lon1, lat1)) in
        [((0.0, -1.0), (180.0, 1.0)), ((46.0, 39.5), (-134.0, -39.5)), ((10.0, -30.0), (-170.0, 30.0))]
    {
        let (from, to) = (position(lon0, lat0), position(lon1, lat1));
        let path = geodesy::inverse(from, to);
        let parts = [vec![(lon0, lat0), (lon1, lat1)]];
        for share in [0.1, 0.35, 0.5, 0.77] {
            let there = geodesy::direct(from, path.azimuth1_deg, share * path.distance_m).position;
            let place = on(&parts, Edges::Geodesic, there);
            close(place.offset_m, 0.0, 1e-4);
            close(place.chainage_m, share * path.distance_m, 1e-3);
        }
    }
    // Planar edges know no antipodes.
    let place = on(&[vec![(0.0, 0.0), (180.0, 0.0)]], Edges::Planar, position(77.0, 1.0));
    close(place.offset_m, karney(position(77.0, 0.0), position(77.0, 1.0)), 1e-4);
    close(place.chainage_m, 77.0_f64.to_radians() * 6_378_137.0, 1e-3);
}

/// Next to the antipode of a route every distance is nearly half the way around.
#[test]
fn an_incident_opposite_to_the_route_is_located_to_a_millimetre() {
    let line = [vec![(46.0, 39.0), (46.5, 39.4), (47.0, 39.1)]];
    for edges in BOTH {
        for opposite in [position(-133.6, -39.2), position(-134.0, -39.0), position(-133.1, -39.4)] {
            let place = on(&line, edges, opposite);
            let (slow, _) = (0..2)
                .map(|i| {
                    let ends = [line[0][i], line[0][i + 1]].map(|(lon, lat)| position(lon, lat));
                    crate::support::slow_edge_distance(ends[0], ends[1], edges, opposite)
                })
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .unwrap();
            close(place.offset_m, slow, 1e-3);
            close(karney(place.foot, opposite), place.offset_m, 1e-5);
        }
    }
}
