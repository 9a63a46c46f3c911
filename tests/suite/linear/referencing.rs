//! Along a line and back: points at a chainage, beside the line, intervals, marks.

use fastrand::Rng;
use patrol_corridor::geodesy::inverse;
use patrol_corridor::linear::{LinearElement, Side};
use patrol_corridor::{Edges, PatrolRoute, Position};

use crate::support::{go, karney, position, random_routes, slow_edge_length, wrap};

/// A route with each of its edges as a line of its own.
struct Route {
    parts: Vec<Vec<Position>>,
    line: LinearElement,
    /// The chainage of the start of each edge, and the edge.
    edges: Vec<(f64, LinearElement)>,
    /// The chainage of each vertex, part by part.
    vertices: Vec<Vec<f64>>,
}

impl Route {
    fn new(parts: Vec<Vec<Position>>, edges: Edges) -> Self {
        let route = |parts| PatrolRoute::from_parts("R", parts).unwrap();
        let line = LinearElement::new(&route(parts.clone()), edges).unwrap();
        let (mut at_m, mut each, mut vertices) = (0.0, Vec::new(), Vec::new());
        for part in &parts {
            let mut along = vec![at_m];
            for ends in part.windows(2) {
                let edge = LinearElement::new(&route(vec![ends.to_vec()]), edges).unwrap();
                let length_m = edge.length_m();
                each.push((at_m, edge));
                at_m += length_m;
                along.push(at_m);
            }
            vertices.push(along);
        }
        Route { parts, line, edges: each, vertices }
    }

    /// The distance from a position to all edges but the one that a chainage lies on.
    fn other_edges_m(&self, chainage_m: f64, from: Position) -> f64 {
        let own = self.edges.partition_point(|(start_m, _)| *start_m <= chainage_m) - 1;
        let others = self.edges.iter().enumerate().filter(|(i, _)| *i != own);
        others.map(|(_, (_, edge))| edge.locate(from).offset_m).fold(f64::INFINITY, f64::min)
    }
}

/// Routes of 100 m to 3,000 km at all latitudes, about both poles and the antimeridian, in one part or more,
/// with repeated vertices, edges that come back and parts without length.
fn routes(seed: u64) -> impl Iterator<Item = (Route, Edges)> {
    let mut rng = Rng::with_seed(seed);
    (0..240).map(move |i| {
        let lat = [0.0, 40.0, -70.0, 85.0, 89.99, -90.0][i % 6];
        let lon = if i % 4 == 0 { 179.9999 } else { 360.0 * rng.f64() - 180.0 };
        let extent_m = [1e2, 5e3, 1e5, 3e6][i / 6 % 4];
        let edges = if i % 2 == i / 24 % 2 { Edges::Planar } else { Edges::Geodesic };
        let mut at = position(wrap(lon), lat);
        let mut heading = 360.0 * rng.f64();
        let mut parts = vec![vec![at]];
        for _ in 0..rng.usize(2..12) {
            heading += 160.0 * (rng.f64() - 0.5);
            at = go(at, heading, 0.3 * extent_m * rng.f64());
            let part = parts.last_mut().unwrap();
            part.push(at);
            match rng.u8(..12) {
                0 => part.push(at),
                1 => parts.push(vec![go(at, heading, 0.1 * extent_m), at]),
                2 => parts.extend([vec![at, at, at], vec![at, go(at, heading, 0.05 * extent_m)]]),
                3 => part.extend([at, part[part.len() - 2]]),
                _ => {}
            }
        }
        (Route::new(parts, edges), edges)
    })
}

fn positions(line: &geo_types::LineString) -> Vec<Position> {
    line.0.iter().map(|&coord| Position::try_from(coord).unwrap()).collect()
}

#[test]
fn a_place_beside_a_line_is_found_again() {
    let mut rng = Rng::with_seed(50);
    let (mut tested, mut worst_m, mut far) = (0, 0.0_f64, 0);
    for (route, edges) in routes(5) {
        let length_m = route.line.length_m();
        for _ in 0..60 {
            let chainage_m = length_m * rng.f64();
            let mark = route.line.mark_at(chainage_m);
            let other_m = route.other_edges_m(chainage_m, mark.position);
            // Within a millimetre two places are one, and the lower chainage counts.
            if other_m < 5e-3 {
                continue;
            }
            // A planar edge bends, and about a pole on itself.
            let pole = position(0.0, 90.0_f64.copysign(mark.position.lat_deg()));
            let bend_m = if edges == Edges::Planar { 0.45 * karney(mark.position, pole) } else { 3e6 };
            let most_m = (0.499 * other_m).min(0.5 * other_m - 1e-3).min(bend_m);
            for (offset_m, side) in [
                (0.0, Side::On),
                (most_m, Side::Left),
                (most_m, Side::Right),
                (most_m * rng.f64(), Side::Left),
                (most_m * rng.f64(), Side::Right),
            ] {
                let there = route.line.point_beside(chainage_m, offset_m, side);
                assert!((karney(mark.position, there) - offset_m).abs() < 1e-6);
                let place = route.line.locate(there);
                let error_m = (place.chainage_m - chainage_m).abs();
                let what = format!("{edges} {:?} {chainage_m} {offset_m} {side} {place:?}", route.parts);
                assert!(error_m < 1e-3, "{error_m} {what}");
                assert!((place.offset_m - offset_m).abs() < 1e-3, "{what}");
                assert!(karney(place.foot, mark.position) < 1e-3, "{what}");
                if offset_m > 1.1e-3 || offset_m == 0.0 {
                    assert_eq!(place.side, side, "{what}");
                }
                worst_m = worst_m.max(error_m);
                far += usize::from(offset_m > 1e4);
                tested += 1;
            }
        }
    }
    println!("{tested} places, of them {far} farther than 10 km off; worst chainage {worst_m:e} m");
    assert!(tested > 40_000 && far > 1_000, "{tested} {far}");
}

/// The point at a chainage against definitions: Karney's direct solution, and Simpson's rule.
#[test]
fn a_point_lies_as_far_along_as_its_chainage() {
    let mut rng = Rng::with_seed(51);
    for (route, edges) in routes(6) {
        for (ends, (start_m, edge)) in route.parts.iter().flat_map(|part| part.windows(2)).zip(&route.edges) {
            let chainage_m = start_m + edge.length_m() * rng.f64();
            let found = route.line.point_at(chainage_m);
            // How far along the edge by its own definition, in parts of the whole.
            let share = match edges {
                Edges::Geodesic => karney(ends[0], found) / karney(ends[0], ends[1]),
                _ => {
                    let short = |degrees: f64| (degrees + 540.0).rem_euclid(360.0) - 180.0;
                    let east = short(ends[1].lon_deg() - ends[0].lon_deg());
                    let north = ends[1].lat_deg() - ends[0].lat_deg();
                    match north.abs() > east.abs() {
                        true => (found.lat_deg() - ends[0].lat_deg()) / north,
                        false => short(found.lon_deg() - ends[0].lon_deg()) / east,
                    }
                }
            };
            if share.is_finite() {
                let along_m = slow_edge_length(ends[0], ends[1], edges, share);
                assert!((start_m + along_m - chainage_m).abs() < 1e-3, "{edges} {ends:?} {share}");
            }
        }
    }
}

#[test]
fn a_stretch_is_as_long_as_it_says_and_has_the_lines_vertices() {
    let mut rng = Rng::with_seed(52);
    let mut of_parts = 0;
    for (route, edges) in routes(7) {
        let length_m = route.line.length_m();
        for _ in 0..40 {
            let mut ends = [0.0; 2].map(|_: f64| length_m * rng.f64());
            ends.sort_by(f64::total_cmp);
            let [from_m, to_m] = ends;
            let near_vertex = |at_m: f64| route.vertices.iter().flatten().any(|v| (v - at_m).abs() < 1e-5);
            if near_vertex(from_m) || near_vertex(to_m) || to_m - from_m < 1e-5 {
                continue;
            }
            let interval = route.line.substring(from_m, to_m);
            let what = || format!("{edges} {:?} {from_m} {to_m} {interval:?}", route.parts);
            let own = LinearElement::from_multi_line_string(&interval, edges).unwrap();
            assert!((own.length_m() - (to_m - from_m)).abs() < 1e-3, "{} {}", own.length_m(), what());
            // The vertices between, each part by itself; parts without length have none.
            let mut expected: Vec<Vec<Position>> = Vec::new();
            for (part, along) in route.parts.iter().zip(&route.vertices) {
                let (first_m, last_m) = (along[0], along[along.len() - 1]);
                if last_m - first_m > 1e-6 && last_m > from_m && first_m < to_m {
                    let between = part.iter().zip(along).filter(|(_, at_m)| **at_m > from_m && **at_m < to_m);
                    expected.push(between.map(|(vertex, _)| *vertex).collect());
                }
            }
            assert_eq!(interval.0.len(), expected.len(), "{}", what());
            let last = expected.len() - 1;
            for (i, (line, mut expected)) in interval.0.iter().zip(expected).enumerate() {
                let mut found = positions(line);
                if i == 0 {
                    assert!(karney(found.remove(0), route.line.point_at(from_m)) < 1e-6, "{}", what());
                }
                if i == last {
                    assert!(karney(found.pop().unwrap(), route.line.point_at(to_m)) < 1e-6, "{}", what());
                }
                // A vertex that repeats at an end of the route stands there once.
                expected.dedup();
                found.dedup();
                assert_eq!(found, expected, "{}", what());
            }
            of_parts += usize::from(last > 0);

            let mut back = route.line.substring(to_m, from_m);
            back.0.reverse();
            back.0.iter_mut().for_each(|line| line.0.reverse());
            assert_eq!(back, interval);
            // Beyond the ends there is nothing more.
            let whole = route.line.substring(-5.0, length_m + 5.0);
            assert_eq!(whole, route.line.substring(0.0, length_m));
            let pieces = [(-1.0, from_m), (from_m, to_m), (to_m, f64::INFINITY)];
            let sum_m: f64 = (pieces.iter().map(|&(from_m, to_m)| route.line.substring(from_m, to_m)))
                .filter(|interval| !interval.0.is_empty())
                .map(|interval| LinearElement::from_multi_line_string(&interval, edges).unwrap().length_m())
                .sum();
            assert!((sum_m - length_m).abs() < 1e-3, "{sum_m} {}", what());
        }
    }
    assert!(of_parts > 500, "{of_parts}");
}

#[test]
fn a_stretch_that_ends_on_vertices_has_them_to_the_bit_and_once() {
    for (route, edges) in routes(8) {
        for (part, along) in route.parts.iter().zip(&route.vertices) {
            for (i, j) in (0..part.len()).flat_map(|i| (i + 1..part.len()).map(move |j| (i, j))) {
                if along[j] - along[i] < 1e-3 {
                    continue;
                }
                for shift_m in [0.0, -3e-7, 3e-7] {
                    let interval = route.line.substring(along[i] + shift_m, along[j] - shift_m);
                    let mut expected = part[i..=j].to_vec();
                    // The ends once, and nothing of another part.
                    while expected[1] == expected[0] {
                        expected.remove(0);
                    }
                    while expected[expected.len() - 2] == expected[expected.len() - 1] {
                        expected.pop();
                    }
                    let found: Vec<_> = interval.0.iter().map(positions).collect();
                    assert_eq!(found, [expected], "{edges} {part:?} {i} {j} {shift_m}");
                }
            }
        }
    }
}

#[test]
fn of_nothing_there_is_no_stretch() {
    let line = Route::new(vec![vec![position(46.0, 39.0), position(46.1, 39.0)]], Edges::Planar).line;
    for (from_m, to_m) in
        [(10.0, 10.0), (-5.0, -1.0), (1e6, 2e6), (f64::NAN, 5.0), (5.0, f64::NAN), (0.0, 0.0)]
    {
        assert!(line.substring(from_m, to_m).0.is_empty(), "{from_m} {to_m}");
    }
    let at = position(46.0, 39.0);
    let place = Route::new(vec![vec![at, at]], Edges::Planar).line;
    assert!(place.substring(0.0, 1.0).0.is_empty());
    let marks: Vec<_> = place.marks(10.0).collect();
    assert_eq!(marks.len(), 1);
    assert_eq!((marks[0].position, marks[0].chainage_m, marks[0].azimuth_deg), (at, 0.0, 0.0));
}

/// Whatever the numbers are, a position is a position.
#[test]
fn what_is_no_place_along_is_an_end() {
    let ends = [position(46.0, 39.0), position(46.1, 39.0)];
    for edges in [Edges::Planar, Edges::Geodesic] {
        let line = Route::new(vec![ends.to_vec()], edges).line;
        let near = |found: Position, expected: Position| assert!(karney(found, expected) < 1e-6, "{found:?}");
        for chainage_m in [f64::NAN, f64::NEG_INFINITY, -1.0, 0.0] {
            near(line.point_at(chainage_m), ends[0]);
            assert_eq!(line.mark_at(chainage_m).chainage_m, 0.0);
        }
        for chainage_m in [f64::INFINITY, 1e300] {
            near(line.point_at(chainage_m), ends[1]);
            assert_eq!(line.mark_at(chainage_m).chainage_m, line.length_m());
        }
        for offset_m in [f64::NAN, f64::INFINITY] {
            near(line.point_beside(0.0, offset_m, Side::Left), ends[0]);
        }
        near(line.point_beside(9.0, -5.0, Side::Left), line.point_beside(9.0, 5.0, Side::Right));
        for every_m in [f64::NAN, 0.0, -1.0, f64::NEG_INFINITY] {
            assert_eq!(line.marks(every_m).count(), 0, "{every_m}");
        }
        let ends: Vec<f64> = line.marks(f64::INFINITY).map(|mark| mark.chainage_m).collect();
        assert_eq!(ends, [0.0, line.length_m()]);
    }
}

#[test]
fn marks_stand_at_their_chainages_and_point_ahead() {
    let mut rng = Rng::with_seed(53);
    for (route, edges) in routes(9) {
        let length_m = route.line.length_m();
        let every_m = length_m / (1.0 + 20.0 * rng.f64());
        let marks: Vec<_> = route.line.marks(every_m).collect();
        assert_eq!(marks.len(), 2 + ((length_m - 1e-6) / every_m) as usize);
        for (i, mark) in marks.iter().enumerate() {
            assert_eq!(mark.chainage_m, (i as f64 * every_m).min(length_m));
            assert_eq!(mark.position, route.line.point_at(mark.chainage_m));
            assert!((0.0..360.0).contains(&mark.azimuth_deg));
            // Back along the same edge: at a vertex the direction is that of the edge before it.
            let step_m = 1e-4 * length_m;
            let before = route.line.point_at(mark.chainage_m - step_m);
            let near = |v: f64| v > mark.chainage_m - step_m - 1e-6 && v < mark.chainage_m + 1e-6;
            if i == 0
                || route.vertices.iter().flatten().any(|&v| near(v))
                || mark.position.lat_deg().abs() > 89.5
            {
                continue;
            }
            let towards = inverse(before, mark.position).azimuth2_deg;
            let off = (mark.azimuth_deg - towards + 540.0).rem_euclid(360.0) - 180.0;
            assert!(off.abs() < 0.5, "{edges} {off} {mark:?}");
        }
    }
    // A last interval that is rounding is none.
    for (count, every_m) in [(4, 1.0 / 3.0), (11, 0.1), (2, 1.0)] {
        let line = Route::new(vec![vec![position(0.0, 0.0), position(0.0, 1.0)]], Edges::Planar).line;
        assert_eq!(line.marks(every_m * line.length_m()).count(), count);
    }
}

/// The layers of the other tests, as lines.
#[test]
fn layers_of_routes_come_back_from_their_own_points() {
    let mut rng = Rng::with_seed(54);
    for place in crate::support::PLACES {
        for route in random_routes(&mut rng, place, 6, 6, 3e4) {
            for edges in [Edges::Planar, Edges::Geodesic] {
                let line = LinearElement::new(&route, edges).unwrap();
                for mark in line.marks(line.length_m() / 37.0) {
                    let found = line.locate(mark.position);
                    assert!(found.offset_m < 1e-3, "{found:?}");
                    // Where the route comes by twice, the first time counts.
                    assert!(found.chainage_m < mark.chainage_m + 1e-3, "{found:?} {mark:?}");
                    assert!(karney(found.foot, mark.position) < 1e-3);
                }
            }
        }
    }
}
