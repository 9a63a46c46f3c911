use patrol_corridor::index::{LocateOptions, Located, Search};
use patrol_corridor::linear::{LinearElement, RouteLocation, Side};
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolArea, PatrolRoute, Position, geodesy};

use crate::fixtures::route;
use crate::support::{go, karney, position};

const BOTH: [Edges; 2] = [Edges::Planar, Edges::Geodesic];

type LonLat = (f64, f64);

fn post(id: &str, at: Position) -> ObservationPost {
    ObservationPost::new(id, at)
}

/// Locates by index and by scan, which must agree.
fn locate(area: &PatrolArea, at: Position, options: &LocateOptions) -> Located {
    let found = area.locate(at, options);
    assert_eq!(found, area.locate(at, &LocateOptions { search: Search::Scan, ..*options }));
    found
}

fn places<T>(hits: &[T], place: impl Fn(&T) -> usize) -> Vec<usize> {
    hits.iter().map(place).collect()
}

/// Where a position belongs on one route, by the element and by an area, which must agree.
fn on(parts: &[Vec<LonLat>], edges: Edges, at: Position) -> RouteLocation {
    let route = route("R", parts);
    let place = LinearElement::new(&route, edges).unwrap().locate(at);
    let area = PatrolArea::new(vec![], vec![route], edges).unwrap();
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
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected}");
}

mod posts {
    use super::*;

    fn area(posts: &[Position]) -> PatrolArea {
        let posts = posts.iter().enumerate().map(|(i, &p)| post(&format!("OP-{i}"), p)).collect();
        PatrolArea::new(posts, vec![], Edges::Planar).unwrap()
    }

    #[test]
    fn of_two_on_one_spot_the_first_is_named() {
        let spot = position(46.5, 39.5);
        let area = area(&[position(46.9, 39.5), spot, spot]);
        let found = locate(&area, position(46.51, 39.5), &Default::default()).posts;
        assert_eq!(found.first().unwrap().post, 1);
        assert_eq!(found.tied(), [1, 2]);
        assert_eq!(found.margin_m(), Some(0.0));
        assert_eq!(found.hits().len(), 1);
    }

    /// The nearer one stands later in the layer: the earlier is named, with its own distance.
    #[test]
    fn half_a_millimetre_apart_is_a_tie_and_two_are_not() {
        for (apart_m, tied) in [(0.5e-3, true), (0.95e-3, true), (1.05e-3, false), (2e-3, false)] {
            let area = area(&[at(1_000.0 + apart_m, 0.0), at(-1_000.0, 0.0), at(5_000.0, 0.0)]);
            let found = locate(&area, at(0.0, 0.0), &Default::default()).posts;
            let first = found.first().unwrap();
            if tied {
                assert_eq!((first.post, found.tied()), (0, &[0, 1][..]));
                close(first.distance_m, 1_000.0 + apart_m, 2e-6);
                assert_eq!(found.margin_m(), Some(0.0));
                close(first.bearing_deg.unwrap(), 270.0, 1e-6);
            } else {
                assert_eq!((first.post, found.tied()), (1, &[][..]));
                close(found.margin_m().unwrap(), apart_m, 4e-6);
            }
        }
    }

    /// A chain: the second is tied with the first, the third with the second only.
    #[test]
    fn ties_are_with_the_smallest_distance_not_with_each_other() {
        let area = area(&[at(1_000.0 + 1.6e-3, 0.0), at(-1_000.0 - 0.8e-3, 0.0), at(0.0, 1_000.0)]);
        let found = locate(&area, at(0.0, 0.0), &LocateOptions { count: 3, ..Default::default() }).posts;
        assert_eq!(places(found.hits(), |hit| hit.post), [1, 2, 0]);
        assert_eq!(found.tied(), [1, 2]);
    }

    #[test]
    fn three_tied_of_whom_two_are_asked_for() {
        let far = position(47.0, 39.5);
        let spot = position(46.5, 39.5);
        let area = area(&[far, spot, spot, spot]);
        for (count, named) in
            [(1, &[1][..]), (2, &[1, 2]), (3, &[1, 2, 3]), (4, &[1, 2, 3, 0]), (9, &[1, 2, 3, 0])]
        {
            let found =
                locate(&area, position(46.5, 39.6), &LocateOptions { count, ..Default::default() }).posts;
            assert_eq!(places(found.hits(), |hit| hit.post), named);
            assert_eq!(found.tied(), [1, 2, 3]);
            assert_eq!(found.margin_m(), Some(0.0));
        }
        let nothing_asked_for =
            locate(&area, position(46.5, 39.6), &LocateOptions { count: 0, ..Default::default() }).posts;
        assert_eq!(places(nothing_asked_for.hits(), |hit| hit.post), [1]);
    }

    #[test]
    fn within_a_distance_are_those_as_far_as_it_nearest_first() {
        let area = area(&[at(0.0, 3_000.0), at(1_000.0, 0.0), at(0.0, -2_000.0), at(1_000.0, 0.0)]);
        let farthest = geodesy::distance_m(at(0.0, 0.0), at(0.0, -2_000.0));
        for search in [Search::Index, Search::Scan] {
            let within =
                |metres: f64| places(&area.posts_within(at(0.0, 0.0), metres, search), |hit| hit.post);
            assert_eq!(within(farthest), [1, 3, 2]);
            assert_eq!(within(farthest - 1e-6), [1, 3]);
            assert_eq!(within(1e8), [1, 3, 2, 0]);
            assert!(within(0.0).is_empty());
        }
    }

    #[test]
    fn a_post_alone_has_no_margin() {
        let found = locate(&area(&[at(0.0, 0.0)]), at(10.0, 0.0), &Default::default()).posts;
        assert_eq!((found.margin_m(), found.tied()), (None, &[][..]));
    }

    #[test]
    fn within_a_millimetre_there_is_no_bearing() {
        let area = area(&[at(0.0, 0.0)]);
        for (distance, bearing) in [(0.0, false), (0.9e-3, false), (1.1e-3, true), (1.0, true)] {
            let hit = *locate(&area, at(distance, 0.0), &Default::default()).posts.first().unwrap();
            assert_eq!(hit.bearing_deg.is_some(), bearing, "{hit:?}");
            if let Some(bearing) = hit.bearing_deg {
                close(bearing, 90.0, 1e-3);
            }
        }
    }

    /// GeographicLib: at the north pole 180 degrees less the difference of longitudes, at the south pole
    /// that difference, so that the longitude a pole is written with counts.
    #[test]
    fn bearings_at_the_poles_are_geographiclibs() {
        let compass = |degrees: f64| degrees.rem_euclid(360.0);
        for lon in [-180.0, -120.0, -45.0, 0.0, 30.0, 90.0, 180.0] {
            for (target_lon, target_lat) in [(20.0, 0.0), (-75.0, 60.0), (120.0, -50.0), (170.0, 10.0)] {
                let target = position(target_lon, target_lat);
                for (lat, expected) in
                    [(90.0, compass(180.0 - (target_lon - lon))), (-90.0, compass(target_lon - lon))]
                {
                    let pole = position(lon, lat);
                    let hit = *locate(&area(&[pole]), target, &Default::default()).posts.first().unwrap();
                    close(hit.bearing_deg.unwrap(), expected, 1e-9);
                    close(geodesy::inverse(pole, target).azimuth1_deg, expected, 1e-9);
                }
            }
            // Near by the bearing comes from another formula.
            for (lat, near_lat) in [(90.0, 89.99), (-90.0, -89.99)] {
                let (pole, near) = (position(lon, lat), position(20.0, near_lat));
                let hit = *locate(&area(&[pole]), near, &Default::default()).posts.first().unwrap();
                close(hit.bearing_deg.unwrap(), geodesy::inverse(pole, near).azimuth1_deg, 5e-8);
            }
        }
    }

    #[test]
    fn a_pole_is_one_place_whatever_its_longitude() {
        for lat in [90.0, -90.0] {
            let found = locate(
                &area(&[position(10.0, lat), position(-170.0, lat)]),
                position(77.0, lat),
                &Default::default(),
            )
            .posts;
            assert_eq!((found.first().unwrap().post, found.tied()), (0, &[0, 1][..]));
            close(found.first().unwrap().distance_m, 0.0, 1e-8);
            assert_eq!(found.first().unwrap().bearing_deg, None);
        }
    }

    #[test]
    fn minus_180_and_180_are_one_meridian() {
        let area = area(&[position(180.0, -17.0), position(-180.0, -17.0)]);
        for lon in [180.0, -180.0] {
            let found = locate(&area, position(lon, -17.0), &Default::default()).posts;
            close(found.first().unwrap().distance_m, 0.0, 1e-8);
            assert_eq!((found.first().unwrap().post, found.tied()), (0, &[0, 1][..]));
        }
        let found = locate(&area, position(-179.9, -17.0), &Default::default()).posts;
        close(
            found.first().unwrap().distance_m,
            karney(position(180.0, -17.0), position(-179.9, -17.0)),
            2e-6,
        );
        close(found.first().unwrap().bearing_deg.unwrap(), 90.0, 0.1);
    }

    #[test]
    fn what_is_farther_than_the_greatest_distance_is_not_named() {
        let area = area(&[at(1_000.0, 0.0), at(0.0, 3_000.0), at(0.0, -3_000.5)]);
        let ask = |metres: f64| {
            let options = LocateOptions { count: 3, max_distance_m: Some(metres), ..Default::default() };
            locate(&area, at(0.0, 0.0), &options).posts
        };
        assert!(ask(999.0).hits().is_empty());
        assert_eq!((ask(999.0).first(), ask(999.0).margin_m()), (None, None));
        assert_eq!(places(ask(1_001.0).hits(), |hit| hit.post), [0]);
        // The margin is a fact about the layer, not about what is named.
        close(ask(1_001.0).margin_m().unwrap(), 2_000.0, 1e-3);
        assert_eq!(places(ask(3_000.2).hits(), |hit| hit.post), [0, 1]);
        assert_eq!(places(ask(4_000.0).hits(), |hit| hit.post), [0, 1, 2]);
    }
}

mod routes {
    use super::*;

    fn straight(id: &str, from: LonLat, to: LonLat) -> PatrolRoute {
        route(id, &[vec![from, to]])
    }

    #[test]
    fn of_routes_that_share_the_nearest_vertex_the_first_is_named() {
        let shared = lon_lat(0.0, 0.0);
        for edges in BOTH {
            let area = PatrolArea::new(
                vec![],
                vec![
                    straight("far", lon_lat(0.0, -9_000.0), lon_lat(9_000.0, -9_000.0)),
                    straight("in", lon_lat(-3_000.0, -500.0), shared),
                    straight("out", shared, lon_lat(3_000.0, -700.0)),
                ],
                edges,
            )
            .unwrap();
            let found =
                locate(&area, at(0.0, 400.0), &LocateOptions { count: 2, ..Default::default() }).routes;
            assert_eq!(places(found.hits(), |hit| hit.route), [1, 2]);
            assert_eq!((found.tied(), found.margin_m()), (&[1, 2][..], Some(0.0)));
            close(found.hits()[0].location.chainage_m, area.route_length_m(1), 1e-6);
            assert_eq!(found.hits()[1].location.chainage_m, 0.0);
        }
    }

    #[test]
    fn half_a_millimetre_apart_is_a_tie() {
        for (apart_m, tied) in [(0.5e-3, &[0, 1][..]), (1.5e-3, &[])] {
            for edges in BOTH {
                let area = PatrolArea::new(
                    vec![],
                    vec![
                        straight("north", lon_lat(-500.0, 100.0 + apart_m), lon_lat(500.0, 100.0 + apart_m)),
                        straight("south", lon_lat(-500.0, -100.0), lon_lat(500.0, -100.0)),
                    ],
                    edges,
                )
                .unwrap();
                let found = locate(&area, at(0.0, 0.0), &Default::default()).routes;
                assert_eq!(found.tied(), tied);
                let first = found.first().unwrap();
                assert_eq!(first.route, usize::from(tied.is_empty()));
                close(first.location.offset_m, 100.0 + if tied.is_empty() { 0.0 } else { apart_m }, 2e-6);
            }
        }
    }

    #[test]
    fn three_tied_of_which_two_are_asked_for() {
        let twin = |id| straight(id, lon_lat(0.0, 0.0), lon_lat(100.0, 0.0));
        let area = PatrolArea::new(vec![], vec![twin("a"), twin("b"), twin("c")], Edges::Planar).unwrap();
        let found = locate(&area, at(50.0, 9.0), &LocateOptions { count: 2, ..Default::default() }).routes;
        assert_eq!(places(found.hits(), |hit| hit.route), [0, 1]);
        assert_eq!(found.tied(), [0, 1, 2]);
    }

    #[test]
    fn what_is_farther_than_the_greatest_distance_is_not_named_and_membership_stays() {
        let route =
            straight("R", lon_lat(-500.0, 0.0), lon_lat(500.0, 0.0)).with_half_width_m(300.0).unwrap();
        let area = PatrolArea::new(vec![], vec![route], Edges::Planar).unwrap();
        let options = LocateOptions { max_distance_m: Some(100.0), ..Default::default() };
        let found = locate(&area, at(0.0, 200.0), &options);
        assert_eq!((found.routes.first(), found.routes.margin_m()), (None, None));
        assert_eq!((found.in_corridor, found.corridors.as_slice()), (Some(true), &[0][..]));
        assert!(locate(&area, at(0.0, 99.0), &options).routes.first().is_some());
    }
}

mod chainage {
    use super::*;

    /// Both feet are as far off; the one with the lower distance along counts.
    #[test]
    fn of_equally_near_points_the_lowest_chainage_counts() {
        // The line, the incident, and where it belongs.
        type Case = (&'static [(f64, f64)], (f64, f64), f64, Side);
        const CASES: [Case; 12] = [
            // U: in the middle between its arms
            (
                &[(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 200.0), (0.0, 200.0)],
                (300.0, 100.0),
                300.0,
                Side::Left,
            ),
            // and half a millimetre nearer to the later arm
            (
                &[(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 200.0), (0.0, 200.0)],
                (300.0, 100.000_25),
                300.0,
                Side::Left,
            ),
            // but not 3 mm
            (
                &[(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 200.0), (0.0, 200.0)],
                (300.0, 100.001_5),
                1_900.0,
                Side::Left,
            ),
            // out and back by the same way
            (&[(0.0, 0.0), (800.0, 0.0), (0.0, 0.0)], (300.0, -50.0), 300.0, Side::Right),
            // and on it
            (&[(0.0, 0.0), (800.0, 0.0), (0.0, 0.0)], (300.0, 0.0), 300.0, Side::On),
            // a closed ring, near its first vertex, which is its last: outside
            (
                &[(0.0, 0.0), (400.0, 0.0), (400.0, 400.0), (0.0, 400.0), (0.0, 0.0)],
                (-30.0, -40.0),
                0.0,
                Side::Right,
            ),
            // in the middle of the ring all four sides are as near
            (
                &[(0.0, 0.0), (400.0, 0.0), (400.0, 400.0), (0.0, 400.0), (0.0, 0.0)],
                (200.0, 200.0),
                200.0,
                Side::Left,
            ),
            // on the spot where a route crosses itself
            (
                &[(0.0, 0.0), (600.0, 0.0), (600.0, 300.0), (300.0, 300.0), (300.0, -300.0)],
                (300.0, 0.0),
                300.0,
                Side::On,
            ),
            // in a quadrant of that crossing
            (
                &[(0.0, 0.0), (600.0, 0.0), (600.0, 300.0), (300.0, 300.0), (300.0, -300.0)],
                (280.0, -20.0),
                280.0,
                Side::Right,
            ),
            // V, with the incident on its axis between the arms
            (&[(-300.0, 400.0), (0.0, 0.0), (300.0, 400.0)], (0.0, 250.0), 300.0, Side::Left),
            // V, on its axis below the vertex
            (&[(-300.0, 400.0), (0.0, 0.0), (300.0, 400.0)], (0.0, -250.0), 500.0, Side::Right),
            // a loop that comes back to a vertex later
            (
                &[(-500.0, 0.0), (0.0, 0.0), (100.0, -300.0), (-100.0, -300.0), (0.0, 0.0), (500.0, 0.0)],
                (0.0, 70.0),
                500.0,
                Side::Left,
            ),
        ];
        for (line, (east, north), chainage_m, side) in CASES {
            for edges in BOTH {
                let place = on(&[metres(line)], edges, at(east, north));
                assert!(
                    (place.chainage_m - chainage_m).abs() < 1e-3 && place.side == side,
                    "{line:?} {edges} ({east} {north}): {place:?}, expected {chainage_m} {side}"
                );
            }
        }
    }

    /// Within a millimetre of a foot the whole line about it is as near: it is one foot, not its start.
    #[test]
    fn a_foot_is_not_drawn_towards_the_start() {
        let line = metres(&[(0.0, 0.0), (1_000.0, 0.0), (2_000.0, 0.0)]);
        for edges in BOTH {
            for east in [5e-4, 0.01, 500.0, 999.999_5, 1_000.0, 1_000.000_5, 1_000.02, 1_999.999] {
                for north in [0.0, 0.1, 5.0] {
                    let place = on(std::slice::from_ref(&line), edges, at(east, north));
                    close(place.chainage_m, east, 1e-5);
                }
            }
        }
    }

    #[test]
    fn a_gap_between_parts_does_not_count() {
        let parts = [metres(&[(0.0, 0.0), (100.0, 0.0)]), metres(&[(5_000.0, 0.0), (5_100.0, 0.0)])];
        for edges in BOTH {
            let line = LinearElement::new(&route("R", &parts), edges).unwrap();
            close(line.length_m(), 200.0, 1e-6);
            close(on(&parts, edges, at(5_030.0, 40.0)).chainage_m, 130.0, 1e-6);
            close(on(&parts, edges, at(2_000.0, 40.0)).chainage_m, 100.0, 1e-6);
            close(on(&parts, edges, at(4_000.0, 40.0)).chainage_m, 100.0, 1e-6);
            assert!(karney(on(&parts, edges, at(4_000.0, 40.0)).foot, at(5_000.0, 0.0)) < 1e-6);
            assert!(karney(line.point_at(100.0 - 1e-4), at(100.0, 0.0)) < 1e-3);
            assert!(karney(line.point_at(100.0 + 1e-4), at(5_000.0, 0.0)) < 1e-3);
            // In the middle of the gap the end of the first part counts.
            assert!(karney(on(&parts, edges, at(2_550.0, 0.0)).foot, at(100.0, 0.0)) < 1e-6);
            assert_eq!(on(&parts, edges, at(2_550.0, 0.0)).side, Side::On);
        }
    }

    /// The end of a part and the start of the next have one chainage: the earlier counts, though it is half a
    /// millimetre farther, and in whatever order they were found.
    #[test]
    fn between_two_parts_the_end_of_the_earlier_counts() {
        for (west_m, east_m) in [(100.000_3, 100.0), (100.0, 100.000_3), (100.0, 100.0)] {
            let parts =
                [metres(&[(-1_000.0, 0.0), (-west_m, 0.0)]), metres(&[(east_m, 0.0), (1_000.0, 0.0)])];
            for edges in BOTH {
                let place = on(&parts, edges, at(0.0, 0.0));
                assert!(karney(place.foot, at(-west_m, 0.0)) < 1e-6, "{west_m} {east_m} {edges} {place:?}");
                close(place.offset_m, west_m, 2e-6);
            }
        }
    }

    #[test]
    fn repeated_vertices_change_nothing() {
        let once = [metres(&[(0.0, 0.0), (100.0, 0.0), (150.0, -80.0)])];
        let often = [metres(&[
            (0.0, 0.0),
            (0.0, 0.0),
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 0.0),
            (150.0, -80.0),
            (150.0, -80.0),
        ])];
        for edges in BOTH {
            for (east, north) in
                [(-20.0, 3.0), (50.0, 9.0), (103.0, 2.0), (100.0, 8.0), (160.0, -95.0), (120.0, -60.0)]
            {
                assert_eq!(on(&often, edges, at(east, north)), on(&once, edges, at(east, north)));
            }
        }
    }

    #[test]
    fn a_route_without_length_is_a_place() {
        for edges in BOTH {
            for parts in [
                vec![metres(&[(0.0, 0.0), (0.0, 0.0)])],
                vec![metres(&[(0.0, 0.0); 2]), metres(&[(0.0, 0.0); 3])],
            ] {
                let place = on(&parts, edges, at(30.0, 40.0));
                close(place.offset_m, 50.0, 1e-4);
                assert_eq!((place.chainage_m, place.side), (0.0, Side::On));
                assert_eq!(place.foot, at(0.0, 0.0));
                let line = LinearElement::new(&route("R", &parts), edges).unwrap();
                assert_eq!((line.length_m(), line.point_at(5.0)), (0.0, at(0.0, 0.0)));
            }
            // A part without length beside one that has some: 2 km off, the place is nearer.
            let parts = [metres(&[(0.0, 0.0), (100.0, 0.0)]), metres(&[(5_000.0, 0.0); 2])];
            let place = on(&parts, edges, at(50.0, 10.0));
            close(place.chainage_m, 50.0, 1e-6);
            let place = on(&parts, edges, at(5_000.0, 10.0));
            close(place.offset_m, 10.0, 1e-6);
            close(place.chainage_m, 100.0, 1e-6);
        }
    }
}

mod sides {
    use super::*;

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
                    let incident = go(
                        position(0.0, 0.0),
                        heading / 2.0 + if turn == heading { 90.0 } else { -90.0 },
                        0.5,
                    );
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
            Edges::Planar => {
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
}

mod corridors {
    use super::*;

    fn named(
        id: impl Into<FeatureId>,
        corridor: Option<&str>,
        north: f64,
        half_width_m: Option<f64>,
    ) -> PatrolRoute {
        let parts = metres(&[(-1_000.0, north), (1_000.0, north)]);
        let part = parts.iter().map(|&(lon, lat)| position(lon, lat)).collect();
        let mut route = PatrolRoute::from_parts(id, vec![part]).unwrap();
        route.corridor = corridor.map(str::to_owned);
        match half_width_m {
            Some(half_width_m) => route.with_half_width_m(half_width_m).unwrap(),
            None => route,
        }
    }

    fn area(routes: Vec<PatrolRoute>) -> PatrolArea {
        PatrolArea::new(vec![], routes, Edges::Planar).unwrap()
    }

    fn inside(area: &PatrolArea, north: f64) -> Vec<&str> {
        let found = locate(area, at(0.0, north), &Default::default());
        assert_eq!(found.in_corridor, Some(!found.corridors.is_empty()));
        found.corridors.iter().map(|&c| area.corridors()[c].name.as_str()).collect()
    }

    #[test]
    fn the_edge_belongs_to_it() {
        let incident = at(0.0, 250.0);
        let line = named("R", None, 0.0, None);
        let distance_m = LinearElement::new(&line, Edges::Planar).unwrap().locate(incident).offset_m;
        for (half_width_m, expected) in
            [(distance_m, true), (distance_m + 1e-6, true), (distance_m - 1e-6, false)]
        {
            let area = area(vec![line.clone().with_half_width_m(half_width_m).unwrap()]);
            assert_eq!(locate(&area, incident, &Default::default()).in_corridor, Some(expected));
        }
    }

    #[test]
    fn a_wide_route_counts_though_a_narrow_one_is_nearer() {
        let area = area(vec![
            named("near", Some("narrow"), 0.0, Some(10.0)),
            named("far", Some("wide"), 5_000.0, Some(8_000.0)),
        ]);
        assert_eq!(inside(&area, 100.0), ["wide"]);
        assert_eq!(inside(&area, 5.0), ["narrow", "wide"]);
        assert!(inside(&area, -5_000.0).is_empty());
        let found = locate(&area, at(0.0, 100.0), &Default::default());
        assert_eq!(found.routes.first().unwrap().route, 0);
    }

    #[test]
    fn they_come_in_the_order_of_their_first_routes_each_once() {
        let area = area(vec![
            named("r0", Some("Z"), 0.0, Some(100.0)),
            named("r1", Some("A"), 10.0, Some(100.0)),
            named("r2", Some("Z"), 20.0, Some(100.0)),
            named(7, None, 30.0, Some(100.0)),
            named("r4", Some("M"), 40.0, None),
            named("r5", Some("A"), 900.0, Some(100.0)),
        ]);
        let names: Vec<_> = area.corridors().iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["Z", "A", "7", "M"]);
        assert_eq!(area.corridors()[0].routes, [0, 2]);
        assert_eq!(area.corridors()[1].routes, [1, 5]);
        assert_eq!(inside(&area, 15.0), ["Z", "A", "7"]);
        assert_eq!(inside(&area, 125.0), ["7"]);
        assert_eq!(inside(&area, 900.0), ["A"]);
        assert_eq!(inside(&area, 115.0), ["Z", "7"]);
    }

    /// A corridor stands at the place of its nearest route; of its routes that are tied the first counts.
    #[test]
    fn the_nearest_are_sought_each_once_by_their_nearest_routes() {
        let area = area(vec![
            named("z0", Some("Z"), 500.0, None),
            named("a0", Some("A"), 200.0 + 0.5e-3, None),
            named("z1", Some("Z"), -300.0, None),
            named("a1", Some("A"), -200.0, None),
            named("own", None, 4_000.0, None),
        ]);
        let ask = |north: f64, count: usize| {
            let options = LocateOptions { count, ..Default::default() };
            let found = area.nearest_corridors(at(0.0, north), &options);
            let scan = LocateOptions { search: Search::Scan, ..options };
            assert_eq!(found, area.nearest_corridors(at(0.0, north), &scan));
            found
        };
        let found = ask(0.0, 5);
        assert_eq!(places(found.hits(), |hit| hit.corridor), [1, 0, 2]);
        assert_eq!(places(found.hits(), |hit| hit.route), [1, 2, 4]);
        close(found.hits()[0].location.offset_m, 200.0 + 0.5e-3, 2e-6);
        close(found.margin_m().unwrap(), 100.0, 2e-6);
        assert!(found.tied().is_empty());
        // Between a route of the one and a route of the other corridor: the first corridor is named.
        let found = ask(350.0 + 0.2e-3, 1);
        assert_eq!((found.first().unwrap().corridor, found.first().unwrap().route), (0, 0));
        assert_eq!((found.tied(), found.margin_m()), (&[0, 1][..], Some(0.0)));
        for search in [Search::Index, Search::Scan] {
            let within = area.corridors_within(at(0.0, 0.0), 400.0, search);
            assert_eq!(places(&within, |hit| hit.corridor), [1, 0]);
            assert_eq!(places(&within, |hit| hit.route), [1, 2]);
        }
    }

    #[test]
    fn without_a_half_width_nobody_can_say() {
        let bare = area(vec![named("a", Some("A"), 0.0, None), named("b", None, 50.0, None)]);
        let found = locate(&bare, at(0.0, 0.0), &Default::default());
        assert_eq!((found.in_corridor, found.corridors.len()), (None, 0));
        // One that has one is enough for an answer.
        let mixed = area(vec![named("a", Some("A"), 0.0, None), named("b", None, 50.0, Some(20.0))]);
        assert_eq!(locate(&mixed, at(0.0, 0.0), &Default::default()).in_corridor, Some(false));
        assert_eq!(inside(&mixed, 40.0), ["b"]);
    }

    #[test]
    fn routes_without_a_corridor_are_one_each_though_their_ids_be_a_name() {
        let area =
            area(vec![named("Lachin", None, 0.0, Some(9.0)), named("R1", Some("Lachin"), 0.0, Some(9.0))]);
        assert_eq!(area.corridors().len(), 2);
        assert_eq!((area.corridor_of(0), area.corridor_of(1)), (0, 1));
    }
}

mod empty_layers {
    use super::*;

    #[test]
    fn nothing_is_found_in_nothing() {
        for edges in BOTH {
            let area = PatrolArea::new(vec![], vec![], edges).unwrap();
            let found = locate(&area, at(0.0, 0.0), &LocateOptions { count: 5, ..Default::default() });
            assert!(found.posts.first().is_none() && found.routes.first().is_none());
            assert_eq!((found.posts.margin_m(), found.routes.margin_m()), (None, None));
            assert!(found.posts.tied().is_empty() && found.routes.tied().is_empty());
            assert_eq!((found.in_corridor, found.corridors.len()), (None, 0));
            assert!(area.corridors().is_empty());
            assert!(area.nearest_corridors(at(0.0, 0.0), &Default::default()).first().is_none());
            for search in [Search::Index, Search::Scan] {
                assert!(area.posts_within(at(0.0, 0.0), 1e9, search).is_empty());
                assert!(area.routes_within(at(0.0, 0.0), 1e9, search).is_empty());
                assert!(area.corridors_within(at(0.0, 0.0), 1e9, search).is_empty());
            }
        }
    }

    #[test]
    fn one_layer_may_be_missing() {
        let posts = PatrolArea::new(vec![post("OP", at(0.0, 0.0))], vec![], Edges::Planar).unwrap();
        let found = locate(&posts, at(1.0, 0.0), &Default::default());
        assert!(found.posts.first().is_some() && found.routes.first().is_none());
        assert_eq!(found.in_corridor, None);
    }
}

mod far_around {
    use super::*;

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
        for (a, b) in [((0.0, 0.0), (180.0, 0.0)), ((0.0, 0.0), (-180.0, 0.0)), ((-30.0, 0.0), (150.0, 0.0))]
        {
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
}
