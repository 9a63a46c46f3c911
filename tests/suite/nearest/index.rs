use fastrand::Rng;
use patrol_corridor::geodesy::{direct, distance_m, inverse};
use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::linear::LinearElement;
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolIndex, PatrolRoute, Position};

use crate::support::{
    PLACES, Place, go, karney, point_of_edge, position, random_posts, random_routes, slow_edge_length,
    slow_route_distance,
};

/// The slower ways to the same answers.
const TWINS: [Search; 2] = [Search::RStar, Search::Scan];

/// A query near the layer, far from it, opposite to it, or on it.
fn query(rng: &mut Rng, place: Place, area: &PatrolIndex) -> Position {
    match rng.u8(..10) {
        0 => Place::Globe.random(rng),
        1 => {
            let p = place.random(rng);
            let lon = if p.lon_deg() > 0.0 { p.lon_deg() - 180.0 } else { p.lon_deg() + 180.0 };
            go(position(lon, -p.lat_deg()), rng.f64() * 360.0, 1e5 * rng.f64())
        }
        2 if !area.routes().is_empty() => area.routes()[rng.usize(..area.routes().len())].parts()[0][0],
        3 if !area.posts().is_empty() => area.posts()[rng.usize(..area.posts().len())].position,
        _ => place.random(rng),
    }
}

/// How many queries are drawn in all. More of them: `PATROL_RANDOM_QUERIES=100000 cargo test --release --test
/// suite nearest`.
pub fn queries() -> usize {
    match std::env::var("PATROL_RANDOM_QUERIES") {
        Ok(text) => text.parse().unwrap_or_else(|e| panic!("PATROL_RANDOM_QUERIES={text}: {e}")),
        Err(_) => 1_000,
    }
}

const EDGE_M: [f64; 6] = [1.0, 100.0, 3_000.0, 40_000.0, 700_000.0, 3_000_000.0];

/// In the order of layers; long edges are rarer, as they are cut into a thousand pieces.
const LAYER_EDGE_M: [f64; 10] =
    [3_000_000.0, 1.0, 40_000.0, 700_000.0, 100.0, 3_000.0, 1.0, 40_000.0, 100.0, 3_000.0];

/// Index against scan: everything equal, to the bit. A layer serves 20 queries; of 33 layers one has 10,000
/// posts. The scans take nearly all of the time.
fn index_equals_scan(seed: u64, place: Place, edges: Edges, queries: usize) {
    const QUERIES: usize = 20;
    let mut rng = Rng::with_seed(seed);
    for layer in 0..queries.div_ceil(QUERIES) {
        let posts = if layer % 33 == 0 { 10_000 } else { [1, 3, 27, 300][rng.usize(..4)] };
        let edge_m = LAYER_EDGE_M[layer % LAYER_EDGE_M.len()];
        let (routes, vertices) = match edge_m {
            x if x > 1e6 => (1 + rng.usize(..2), 5),
            x if x > 1e5 => (3, 6),
            _ => ([1, 5, 60][rng.usize(..3)], 8),
        };
        let posts = random_posts(&mut rng, place, posts);
        let routes = random_routes(&mut rng, place, routes, vertices, edge_m);
        let area = PatrolIndex::new(posts, routes, edges).unwrap();
        for _ in 0..QUERIES.min(queries - layer * QUERIES) {
            let q = query(&mut rng, place, &area);
            let options = LocateOptions::default()
                .with_count([1, 1, 3, 10][rng.usize(..4)])
                .with_max_distance_m(rng.bool().then(|| 10f64.powf(3.0 + 4.0 * rng.f64())))
                .with_search(Search::Index);
            let context =
                || format!("seed {seed} {place:?} {edges} layer {layer} edge_m {edge_m} q {q:?} {options:?}");
            let twins = TWINS.map(|search| options.with_search(search));
            for twin in &twins {
                assert_eq!(area.locate(q, &options), area.locate(q, twin), "{}", context());
            }
            let radius = 10f64.powf(2.0 + 5.0 * rng.f64());
            let within = || format!("radius {radius} {}", context());
            let also = rng.u8(..4);
            for twin in &twins {
                let search = twin.search;
                match also {
                    0 => assert_eq!(
                        area.nearest_corridors(q, &options),
                        area.nearest_corridors(q, twin),
                        "{}",
                        context()
                    ),
                    1 => assert_eq!(
                        area.posts_within(q, radius, &Search::Index.into()).unwrap(),
                        area.posts_within(q, radius, &search.into()).unwrap(),
                        "{}",
                        within()
                    ),
                    2 => assert_eq!(
                        area.routes_within(q, radius, &Search::Index.into()).unwrap(),
                        area.routes_within(q, radius, &search.into()).unwrap(),
                        "{}",
                        within()
                    ),
                    _ => assert_eq!(
                        area.corridors_within(q, radius, &Search::Index.into()).unwrap(),
                        area.corridors_within(q, radius, &search.into()).unwrap(),
                        "{}",
                        within()
                    ),
                }
            }
        }
    }
}

/// A tenth of all queries for each place and each way of reading edges.
fn index_equals_scan_in(place: Place) {
    for edges in [Edges::Planar, Edges::Geodesic] {
        index_equals_scan(100 + place as u64, place, edges, queries().div_ceil(10));
    }
}

#[test]
fn index_equals_scan_on_the_globe() {
    index_equals_scan_in(Place::Globe);
}

#[test]
fn index_equals_scan_at_the_north_pole() {
    index_equals_scan_in(Place::NorthPole);
}

#[test]
fn index_equals_scan_at_the_south_pole() {
    index_equals_scan_in(Place::SouthPole);
}

#[test]
fn index_equals_scan_at_the_antimeridian() {
    index_equals_scan_in(Place::Antimeridian);
}

#[test]
fn index_equals_scan_in_a_small_region() {
    index_equals_scan_in(Place::Small);
}

/// What two walks may meet in another order, or one of them not at all: parts that begin where another
/// ends, an edge along a pole, feet within a millimetre of each other at the rim of a radius.
#[test]
fn index_equals_scan_where_feet_meet() {
    let line = |id: u64, parts: &[&[(f64, f64)]]| {
        let part = |part: &&[(f64, f64)]| part.iter().map(|&(lon, lat)| position(lon, lat)).collect();
        PatrolRoute::from_parts(id, parts.iter().map(part).collect()).unwrap()
    };
    // One part ends where the next begins, or a hair beside; at the pole under two longitudes.
    let star = line(0, &[&[(46.0, 40.0), (46.1, 40.1)], &[(46.1, 40.1), (46.2, 40.0)]]);
    let hair = line(1, &[&[(46.0, 41.0), (46.1, 41.1)], &[(46.1, 41.100_000_000_001), (46.2, 41.0)]]);
    let pole = line(2, &[&[(10.0, 89.0), (10.0, 90.0)], &[(60.0, 90.0), (60.0, 89.5)]]);
    // Two places of one route, and two routes of one corridor, 0.06 mm from each other.
    let back = line(3, &[&[(7.0, 50.000_000_000_5), (7.0, 50.000_000_01)], &[(7.0, 50.0), (7.1, 49.9)]]);
    let first = line(4, &[&[(9.0, 50.000_000_000_5), (9.0, 50.000_000_000_5)]]);
    let second = line(5, &[&[(9.0, 50.0), (9.1, 50.0)]]);
    let mut routes = [star, hair, pole, back, first, second];
    routes[4..].iter_mut().for_each(|route| route.corridor = Some("C".to_owned()));
    let queries =
        [(46.1, 40.1), (46.1, 40.2), (46.1, 41.100_000_000_001), (33.0, 90.0), (7.0, 50.0), (9.0, 50.0)];
    for edges in [Edges::Planar, Edges::Geodesic] {
        let area = PatrolIndex::new(Vec::new(), routes.to_vec(), edges).unwrap();
        for (lon, lat) in queries {
            let q = position(lon, lat);
            let options = LocateOptions::default().with_count(4);
            let located = area.locate(q, &options);
            let nearest_m = located.routes.first().unwrap().location.offset_m;
            for search in TWINS {
                assert_eq!(located, area.locate(q, &options.with_search(search)), "{edges} {q:?}");
                for radius_m in [0.0, nearest_m, nearest_m + 1e-5] {
                    let routes = |search: Search| area.routes_within(q, radius_m, &search.into()).unwrap();
                    assert_eq!(routes(Search::Index), routes(search), "{edges} {q:?} {radius_m}");
                    let corridors =
                        |search: Search| area.corridors_within(q, radius_m, &search.into()).unwrap();
                    assert_eq!(corridors(Search::Index), corridors(search), "{edges} {q:?} {radius_m}");
                }
            }
        }
    }
}

/// Whether a far position lies within a half width is measured no further than that; the foot is.
#[test]
fn a_doubtful_membership_does_not_move_the_foot() {
    let parts = vec![vec![position(-179.999_999_999, -89.999_999_999), position(59.385_528_3, -90.0)]];
    let route = PatrolRoute::from_parts(0, parts).unwrap().with_half_width_m(19.58e6).unwrap();
    let area = PatrolIndex::new(Vec::new(), vec![route], Edges::Planar).unwrap();
    let q = position(-10.066_329_7, 89.476_301_6);
    let options = LocateOptions::default();
    let located = area.locate(q, &options);
    assert_eq!(located.routes, area.nearest_routes(q, &options));
    for search in TWINS {
        assert_eq!(located, area.locate(q, &options.with_search(search)));
    }
}

/// A part whose positions are all one has no length and is a place of its route all the same.
#[test]
fn a_part_without_length_is_a_place_of_its_route() {
    let here = position(46.0, 40.0);
    let parts = vec![vec![position(0.0, 0.0), position(1.0, 0.0)], vec![here, here]];
    for edges in [Edges::Planar, Edges::Geodesic] {
        let element = LinearElement::new(&PatrolRoute::from_parts(0, parts.clone()).unwrap(), edges).unwrap();
        let found = element.locate(here);
        assert_eq!((found.offset_m, found.foot), (0.0, here));
        assert_eq!(found.chainage_m, element.length_m());
    }
}

/// Distances along are exact enough to lead back to the end of a part, not to the start of the next one.
#[test]
fn the_end_of_a_part_is_found_again() {
    let mut rng = Rng::with_seed(300);
    for place in PLACES {
        for edges in [Edges::Planar, Edges::Geodesic] {
            for _ in 0..10 {
                let part = |rng: &mut Rng| (0..4).map(|_| place.random(rng)).collect::<Vec<_>>();
                let parts: Vec<_> = (0..3).map(|_| part(&mut rng)).collect();
                let ends: Vec<_> = parts.iter().map(|part| part[3]).collect();
                let element = LinearElement::new(&PatrolRoute::from_parts(0, parts).unwrap(), edges).unwrap();
                for end in ends {
                    let located = element.locate(end);
                    let again = element.point_at(located.chainage_m);
                    let astray_m = karney(again, located.foot);
                    assert!(astray_m < 1e-3, "{place:?} {edges} {located:?}: {astray_m} m astray");
                }
            }
        }
    }
}

/// The scan itself against an oracle that shares no geodesy with it.
fn scan_equals_oracle(seed: u64, place: Place, edges: Edges, layers: usize, queries: usize) {
    let mut rng = Rng::with_seed(seed);
    for layer in 0..layers {
        let edge_m = EDGE_M[(layer + seed as usize) % EDGE_M.len()];
        let posts = random_posts(&mut rng, place, 20);
        let routes = random_routes(&mut rng, place, 3, 5, edge_m);
        let area = PatrolIndex::new(posts, routes, edges).unwrap();
        for _ in 0..queries {
            let q = query(&mut rng, place, &area);
            let options = LocateOptions::default().with_search(Search::Scan);
            let located = area.locate(q, &options);
            let least =
                area.posts().iter().map(|post| karney(post.position, q)).fold(f64::INFINITY, f64::min);
            let post = located.posts.first().unwrap();
            assert!((post.distance_m - least).abs() < 1.1e-3, "{q:?} {post:?} {least}");
            assert!((post.distance_m - karney(area.posts()[post.post].position, q)).abs() < 1e-5);
            let least = area
                .routes()
                .iter()
                .map(|route| slow_route_distance(route, edges, q))
                .fold(f64::INFINITY, f64::min);
            let route = located.routes.first().unwrap();
            let found = route.location.offset_m;
            let error = found - least;
            assert!(
                (-1e-4..1.1e-3).contains(&error),
                "seed {seed} {place:?} {edges} edge_m {edge_m} {q:?}: {found} expected {least}: {route:?} {:?}",
                area.routes()[route.route]
            );
            // The foot is where it is said to be.
            let to_foot = karney(route.location.foot, q);
            assert!((to_foot - found).abs() < 1e-4, "{place:?} {edges} {q:?} {route:?} foot at {to_foot}");
            // What lies at the distance along is the foot, and the route says the same on its own.
            let line = LinearElement::new(&area.routes()[route.route], edges).unwrap();
            let apart = karney(line.point_at(route.location.chainage_m), route.location.foot);
            let at_a_gap = area.routes()[route.route].parts().len() > 1;
            assert!(apart < 1e-3 || at_a_gap, "{place:?} {edges} {q:?} {route:?}: {apart:e} m apart");
            assert_eq!(line.locate(q), route.location, "{place:?} {edges} {q:?}");
        }
    }
}

/// One in a hundred of the queries, and no fewer than 100.
#[test]
fn scan_equals_the_slow_oracle() {
    let layers = (queries() / 5_000).max(2);
    for (i, place) in PLACES.into_iter().enumerate() {
        for (j, edges) in [Edges::Planar, Edges::Geodesic].into_iter().enumerate() {
            scan_equals_oracle(200 + (2 * i + j) as u64, place, edges, layers, 5);
        }
    }
}

/// What lies at a distance along a route is the point of the edge that is as far along by its definition.
fn chainage_equals_oracle(seed: u64, place: Place, edges: Edges, layers: usize) {
    let mut rng = Rng::with_seed(seed);
    for layer in 0..layers {
        let edge_m = EDGE_M[(layer + seed as usize) % EDGE_M.len()];
        for route in random_routes(&mut rng, place, 3, 5, edge_m) {
            let line = LinearElement::new(&route, edges).unwrap();
            let mut before = 0.0;
            for ends in route.parts().iter().flat_map(|part| part.windows(2)) {
                let (a, b) = (ends[0], ends[1]);
                let u = 0.01 + 0.98 * rng.f64();
                let chainage_m = before + slow_edge_length(a, b, edges, u);
                let (found, expected) = (line.point_at(chainage_m), point_of_edge(a, b, edges, u));
                let length_m = slow_edge_length(a, b, edges, 1.0);
                // At the seam of two parts there are two points.
                if length_m > 0.01 {
                    let apart = karney(found, expected);
                    assert!(
                        apart < 1e-3,
                        "seed {seed} {place:?} {edges} {a:?} {b:?} u {u}: {found:?} is {apart:e} m off"
                    );
                }
                before += length_m;
            }
            let error = (line.length_m() - before).abs();
            assert!(error < 1e-3, "seed {seed} {place:?} {edges} {route:?}: length off by {error:e} m");
        }
    }
}

#[test]
fn chainage_equals_the_slow_oracle() {
    let layers = (queries() / 500).max(12);
    for (i, place) in PLACES.into_iter().enumerate() {
        for (j, edges) in [Edges::Planar, Edges::Geodesic].into_iter().enumerate() {
            chainage_equals_oracle(300 + (2 * i + j) as u64, place, edges, layers);
        }
    }
}

/// The foot of a point on a geodesic is where the two meet at a right angle, also around the distances at
/// which one formula hands over to another: a foot at 500,093 m was once 0.12 m off.
#[test]
fn feet_are_right_where_formulas_hand_over() {
    let (start, end) = (position(25.0, 54.0), position(70.5, 54.0));
    let route = PatrolRoute::from_parts(0, vec![vec![start, end]]).unwrap();
    let line = LinearElement::new(&route, Edges::Geodesic).unwrap();
    let heading = inverse(start, end).azimuth1_deg;
    let mut worst: f64 = 0.0;
    for border_m in [1_000.0, 5_000.0, 20_000.0, 220_000.0, 500_000.0, 500_128.0, 1_000_000.0] {
        for i in 0..60 {
            let along_m = 300_000.0 + 40_013.0 * f64::from(i);
            let foot = direct(start, heading, along_m);
            let side = if i % 2 == 0 { 90.0 } else { -90.0 };
            let off_m = border_m * (1.0 + 1e-5 * f64::from(i - 30));
            let q = direct(foot.position, foot.azimuth2_deg + side, off_m).position;
            let found = line.locate(q);
            assert!((found.offset_m - off_m).abs() < 1e-4, "{off_m}: {found:?}");
            let apart_m = (found.chainage_m - along_m).abs().max(distance_m(found.foot, foot.position));
            assert!(apart_m < 5e-4, "{off_m} m off at {along_m}: {found:?} is {apart_m} m away");
            worst = worst.max(apart_m);
        }
    }
    assert!(worst > 0.0);
}

/// Neighbours one after the other are those that a count without end gives, and many positions at once are each by itself.
#[test]
fn neighbours_come_in_order_and_many_positions_as_one() {
    let mut rng = Rng::with_seed(1_401);
    for place in PLACES {
        let posts = random_posts(&mut rng, place, 200);
        let routes = random_routes(&mut rng, place, 40, 6, 3_000.0);
        let area = PatrolIndex::new(posts, routes, Edges::Planar).unwrap();
        let queries: Vec<Position> = (0..20).map(|_| query(&mut rng, place, &area)).collect();
        let all = LocateOptions::default().with_count(1_000);
        for &q in &queries {
            let expected = area.nearest_posts(q, &all);
            assert_eq!(
                area.posts_by_distance(q, LocateOptions::default()).collect::<Vec<_>>(),
                expected.hits()
            );
            let expected = area.nearest_routes(q, &all);
            assert_eq!(
                area.routes_by_distance(q, LocateOptions::default()).collect::<Vec<_>>(),
                expected.hits()
            );
            let near = LocateOptions::default().with_max_distance_m(1e5);
            let within = near.with_count(1_000);
            assert_eq!(area.posts_by_distance(q, near).count(), area.nearest_posts(q, &within).hits().len());
        }
        let options = LocateOptions::default().with_count(3);
        let one_by_one: Vec<_> = queries.iter().map(|&q| area.locate(q, &options)).collect();
        for threads in [0, 1, 2, 7, 64] {
            assert_eq!(area.locate_all(&queries, &options, threads), one_by_one);
        }
        assert!(area.locate_all(&[], &options, 0).is_empty());
    }
}

#[test]
fn two_of_one_id_are_an_error() {
    let post = |id: FeatureId| ObservationPost::new(id, position(46.0, 39.5));
    let build = |posts| PatrolIndex::new(posts, vec![], Edges::Planar);
    let error = build(vec![post("A".into()), post("B".into()), post("A".into())]).unwrap_err();
    assert!(error.message().starts_with("the posts 1 and 3 of the layer have one id, `A`"), "{error}");
    assert!(build(vec![post(FeatureId::number("1.0").unwrap()), post(1_u64.into())]).is_err());
    assert!(build(vec![post("1".into()), post(1_u64.into())]).is_ok(), "a text and a number differ");
}
