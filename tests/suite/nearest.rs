use fastrand::Rng;
use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, PatrolArea, Position};

use crate::support::{PLACES, Place, go, karney, random_posts, random_routes, slow_route_distance};

/// The slower ways to the same answers.
const TWINS: [Search; 2] = [Search::RStar, Search::Scan];

/// A query near the layer, far from it, opposite to it, or on it.
fn query(rng: &mut Rng, place: Place, area: &PatrolArea) -> Position {
    match rng.u8(..10) {
        0 => Place::Globe.random(rng),
        1 => {
            let p = place.random(rng);
            let lon = if p.lon_deg() > 0.0 { p.lon_deg() - 180.0 } else { p.lon_deg() + 180.0 };
            go(crate::support::position(lon, -p.lat_deg()), rng.f64() * 360.0, 1e5 * rng.f64())
        }
        2 if !area.routes().is_empty() => area.routes()[rng.usize(..area.routes().len())].parts()[0][0],
        3 if !area.posts().is_empty() => area.posts()[rng.usize(..area.posts().len())].position,
        _ => place.random(rng),
    }
}

/// Index against scan: everything equal, to the bit.
fn index_equals_scan(seed: u64, place: Place, edges: Edges, layers: usize, queries: usize) {
    let mut rng = Rng::with_seed(seed);
    for layer in 0..layers {
        let posts = [1, 3, 27, 300, 10_000][rng.usize(..if layer == 0 { 5 } else { 4 })];
        let edge_m = [1.0, 100.0, 3_000.0, 40_000.0, 700_000.0, 3_000_000.0][rng.usize(..6)];
        let routes = if edge_m > 1e5 { 4 } else { [1, 5, 60][rng.usize(..3)] };
        let posts = random_posts(&mut rng, place, posts);
        let routes = random_routes(&mut rng, place, routes, 8, edge_m);
        let area = PatrolArea::new(posts, routes, edges).unwrap();
        for _ in 0..queries {
            let q = query(&mut rng, place, &area);
            let options = LocateOptions {
                count: [1, 1, 3, 10][rng.usize(..4)],
                max_distance_m: rng.bool().then(|| 10f64.powf(3.0 + 4.0 * rng.f64())),
                search: Search::Index,
            };
            let context =
                || format!("seed {seed} {place:?} {edges} layer {layer} edge_m {edge_m} q {q:?} {options:?}");
            let radius = 10f64.powf(2.0 + 5.0 * rng.f64());
            for search in TWINS {
                let twin = LocateOptions { search, ..options };
                assert_eq!(area.locate(q, &options), area.locate(q, &twin), "{}", context());
                assert_eq!(
                    area.nearest_corridors(q, &options),
                    area.nearest_corridors(q, &twin),
                    "{}",
                    context()
                );
                assert_eq!(
                    area.posts_within(q, radius, Search::Index),
                    area.posts_within(q, radius, search),
                    "{}",
                    context()
                );
                assert_eq!(
                    area.routes_within(q, radius, Search::Index),
                    area.routes_within(q, radius, search),
                    "{}",
                    context()
                );
                assert_eq!(
                    area.corridors_within(q, radius, Search::Index),
                    area.corridors_within(q, radius, search),
                    "{}",
                    context()
                );
            }
        }
    }
}

#[test]
fn index_equals_scan_everywhere() {
    for (i, place) in PLACES.into_iter().enumerate() {
        for edges in [Edges::Planar, Edges::Geodesic] {
            index_equals_scan(100 + i as u64, place, edges, 8, 40);
        }
    }
}

/// The scan itself against an oracle that shares no geodesy with it.
fn scan_equals_oracle(seed: u64, place: Place, edges: Edges, layers: usize, queries: usize) -> f64 {
    let mut rng = Rng::with_seed(seed);
    let mut worst: f64 = 0.0;
    for _ in 0..layers {
        let edge_m = [1.0, 100.0, 3_000.0, 40_000.0, 700_000.0, 3_000_000.0][rng.usize(..6)];
        let posts = random_posts(&mut rng, place, 20);
        let routes = random_routes(&mut rng, place, 3, 5, edge_m);
        let area = PatrolArea::new(posts, routes, edges).unwrap();
        for _ in 0..queries {
            let q = query(&mut rng, place, &area);
            let options = LocateOptions { search: Search::Scan, ..Default::default() };
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
                "seed {seed} {place:?} {edges} edge_m {edge_m} {q:?}: found {found} expected {least}: {route:?} {:?}",
                area.routes()[route.route]
            );
            // The foot is where it is said to be.
            let to_foot = karney(route.location.foot, q);
            assert!((to_foot - found).abs() < 1e-4, "{place:?} {edges} {q:?} {route:?} foot at {to_foot}");
            if located.routes.tied().is_empty() {
                worst = worst.max(error.abs());
            }
        }
    }
    worst
}

#[test]
fn scan_equals_the_slow_oracle() {
    for (i, place) in PLACES.into_iter().enumerate() {
        for edges in [Edges::Planar, Edges::Geodesic] {
            let worst = scan_equals_oracle(200 + i as u64, place, edges, 6, 10);
            println!("{place:?} {edges}: {worst:.2e} m");
        }
    }
}
