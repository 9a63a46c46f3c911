//! Where along a route a position belongs: of equally near places the first; gaps, repeated vertices, no length.

use patrol_corridor::linear::{LinearElement, Side};

use super::{BOTH, at, close, metres, on};
use crate::fixtures::route;
use crate::support::karney;

/// Both feet are as far off; the one with the lower distance along counts.
#[test]
fn of_equally_near_points_the_lowest_chainage_counts() {
    // The line, the incident, and where it belongs.
    type Case = (&'static [(f64, f64)], (f64, f64), f64, Side);
    const CASES: [Case; 12] = [
        // U: in the middle between its arms
        (&[(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 200.0), (0.0, 200.0)], (300.0, 100.0), 300.0, Side::Left),
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
        let parts = [metres(&[(-1_000.0, 0.0), (-west_m, 0.0)]), metres(&[(east_m, 0.0), (1_000.0, 0.0)])];
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
