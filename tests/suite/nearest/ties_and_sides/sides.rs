//! Left, right or on it: at bends, at reversals, past the ends.

use patrol_corridor::linear::Side;
use patrol_corridor::{Edges, Position, geodesy};

use super::{BOTH, LonLat, at, close, metres, on};
use crate::support::{go, position};

/// A bend at 0 N 0 E: from the south, then on at a heading.
fn bend(heading_deg: f64) -> Vec<LonLat> {
    let (sin, cos) = heading_deg.to_radians().sin_cos();
    metres(&[(0.0, -1_000.0), (0.0, 0.0), (1_000.0 * sin, 1_000.0 * cos)])
}

/// Nearest to the vertex itself lies only what is on the outer side.
#[test]
fn at_a_vertex_it_is_the_outer_side_of_the_bend() {
    for turn in [0.01, 0.5, 10.0, 60.0, 90.0, 91.0, 120.0, 150.0, 175.0, 179.5] {
        for edges in BOTH {
            for (heading, outer) in [(turn, Side::Left), (-turn, Side::Right)] {
                // Away from the vertex, between the perpendiculars of its two edges; in the middle, and
                // (of the sharp bends) so far ahead that the incoming edge alone would say otherwise.
                let away = match outer {
                    Side::Left => [0.5, 0.02, 0.98].map(|u| heading * u - 90.0),
                    _ => [0.5, 0.02, 0.98].map(|u| heading * u + 90.0),
                };
                for azimuth in away {
                    for distance in [1.0, 100.0] {
                        let incident = go(position(0.0, 0.0), azimuth, distance);
                        let place = on(&[bend(heading)], edges, incident);
                        assert_eq!(place.side, outer, "{heading} {azimuth} {distance} {edges} {place:?}");
                        close(place.chainage_m, 1_000.0, 1e-4);
                    }
                }
                // The inner side lies along one of the edges.
                let inner = if outer == Side::Left { Side::Right } else { Side::Left };
                let incident =
                    go(position(0.0, 0.0), heading / 2.0 + if turn == heading { 90.0 } else { -90.0 }, 0.5);
                assert_eq!(on(&[bend(heading)], edges, incident).side, inner, "{heading} {edges}");
            }
        }
    }
}

/// Right beyond the turning point of an out-and-back route the incoming edge decides.
#[test]
fn at_an_exact_reversal_it_is_the_incoming_edges_side() {
    let line = [metres(&[(0.0, -1_000.0), (0.0, 0.0), (0.0, -600.0)])];
    for edges in BOTH {
        for (east, north, side) in
            [(-30.0, 40.0, Side::Left), (30.0, 40.0, Side::Right), (-2.0, 300.0, Side::Left)]
        {
            let place = on(&line, edges, at(east, north));
            assert_eq!(place.side, side, "{edges} {place:?}");
            close(place.chainage_m, 1_000.0, 1e-5);
        }
    }
}

#[test]
fn within_a_millimetre_it_is_on_the_route() {
    let line = [metres(&[(0.0, 0.0), (1_000.0, 0.0)])];
    for edges in BOTH {
        for (north, side) in [
            (0.0, Side::On),
            (0.9e-3, Side::On),
            (-0.9e-3, Side::On),
            (1.1e-3, Side::Left),
            (-1.1e-3, Side::Right),
            (0.1, Side::Left),
            (-0.1, Side::Right),
        ] {
            assert_eq!(on(&line, edges, at(400.0, north)).side, side, "{north}");
        }
    }
}

/// Past an end the tangent geodesic decides: beside it by 0.5 mm is on it, by 5 mm is not.
#[test]
fn past_an_end_the_tangent_geodesic_decides() {
    // (the route, and the azimuths at which it goes on past its last vertex and past its first)
    let lines: [[LonLat; 3]; 4] = [
        [(46.0, 39.5), (46.2, 39.6), (46.25, 39.4)],
        [(-0.3, 0.1), (0.0, 0.0), (0.2, 0.3)],
        [(179.9, -17.0), (-179.9, -17.05), (-179.8, -16.8)],
        [(20.0, 78.0), (21.0, 78.3), (24.0, 78.35)],
    ];
    for line in lines {
        for edges in BOTH {
            let ends = line.map(|(lon, lat)| position(lon, lat));
            let parts = [line.to_vec()];
            for (end, ahead) in [
                (ends[2], azimuth_out(ends[1], ends[2], edges)),
                (ends[0], azimuth_out(ends[1], ends[0], edges)),
            ] {
                // Facing increasing chainage, past the start one looks back.
                let past_start = end == ends[0];
                for distance in [10.0, 1_000.0, 100_000.0, 1_000_000.0] {
                    for (beside_m, expected) in [
                        (0.0, Side::On),
                        (0.5e-3, Side::On),
                        (-0.5e-3, Side::On),
                        (5e-3, Side::Right),
                        (-5e-3, Side::Left),
                    ] {
                        let axis = geodesy::direct(end, ahead, distance);
                        let incident = match beside_m {
                            0.0 => axis.position,
                            beside_m => go(axis.position, axis.azimuth2_deg + 90.0, beside_m),
                        };
                        let place = on(&parts, edges, incident);
                        let expected = match (expected, past_start) {
                            (Side::Right, true) => Side::Left,
                            (Side::Left, true) => Side::Right,
                            (side, _) => side,
                        };
                        assert_eq!(
                            place.side, expected,
                            "{line:?} {edges} past_start {past_start} {distance} {beside_m} {place:?}"
                        );
                        close(place.offset_m, distance, 2e-3);
                    }
                }
            }
        }
    }
}

/// The azimuth at `end` of the edge from `inner`, outwards.
fn azimuth_out(inner: Position, end: Position, edges: Edges) -> f64 {
    match edges {
        Edges::Geodesic => geodesy::inverse(inner, end).azimuth2_deg,
        _ => {
            let mut dlon = end.lon_deg() - inner.lon_deg();
            if dlon.abs() > 180.0 {
                dlon -= 360.0_f64.copysign(dlon);
            }
            let e2 = geodesy::Ellipsoid::WGS84.eccentricity_squared();
            let (sin, cos) = end.lat_deg().to_radians().sin_cos();
            // The radii of curvature along the parallel and along the meridian, but for a factor.
            let (east, north) =
                (cos * dlon, (1.0 - e2) / (1.0 - e2 * sin * sin) * (end.lat_deg() - inner.lat_deg()));
            east.atan2(north).to_degrees()
        }
    }
}

/// The side beyond the end of a part in the middle of a route: by that part, not by the next.
#[test]
fn every_part_has_ends_of_its_own() {
    let parts = [metres(&[(0.0, 0.0), (100.0, 0.0)]), metres(&[(300.0, 50.0), (300.0, 400.0)])];
    for edges in BOTH {
        assert_eq!(on(&parts, edges, at(120.0, 0.0)).side, Side::On);
        assert_eq!(on(&parts, edges, at(120.0, 5.0)).side, Side::Left);
        assert_eq!(on(&parts, edges, at(120.0, -5.0)).side, Side::Right);
        assert_eq!(on(&parts, edges, at(300.0, 30.0)).side, Side::On);
        assert_eq!(on(&parts, edges, at(310.0, 30.0)).side, Side::Right);
        assert_eq!(on(&parts, edges, at(290.0, 30.0)).side, Side::Left);
    }
}
