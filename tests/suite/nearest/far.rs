//! From far away: the index against the scan, and the answers against a search by Karney's geodesics alone.

use fastrand::Rng;
use patrol_corridor::index::{LocateOptions, Search};
use patrol_corridor::{Edges, ObservationPost, PatrolIndex, PatrolRoute, Position};

use crate::support::{PLACES, Place, go, karney, position, random_posts, slow_route_distance};

const VERTICES: usize = 14;

/// Winding routes, whose vertices are as near to one another as those of a network on the ground.
fn network(rng: &mut Rng, place: Place, edge_m: f64) -> Vec<PatrolRoute> {
    let centre = place.random(rng);
    let winding = |i: usize| {
        let mut heading = rng.f64() * 360.0;
        let mut at = go(centre, rng.f64() * 360.0, 30.0 * edge_m * rng.f64());
        let line = std::iter::repeat_with(|| {
            heading += 60.0 * (rng.f64() - 0.5);
            at = go(at, heading, edge_m * (0.5 + rng.f64()));
            at
        });
        PatrolRoute::from_parts(i as u64, vec![line.take(VERTICES).collect()]).unwrap()
    };
    (0..5).map(winding).collect()
}

/// Anywhere, beyond 500 km, around the antipode, at a pole and on the antimeridian.
fn query(rng: &mut Rng, routes: &[PatrolRoute], number: usize) -> Position {
    let vertex = routes[rng.usize(..routes.len())].parts()[0][rng.usize(..VERTICES)];
    let lon = if vertex.lon_deg() > 0.0 { vertex.lon_deg() - 180.0 } else { vertex.lon_deg() + 180.0 };
    let antipode = position(lon, -vertex.lat_deg());
    match number % 10 {
        0 => go(antipode, rng.f64() * 360.0, 10f64.powf(7.0 * rng.f64())),
        1 => antipode,
        2 => position(rng.f64() * 360.0 - 180.0, [-90.0, 90.0][rng.usize(..2)]),
        3 => position([-180.0, 180.0][rng.usize(..2)], 180.0 * rng.f64() - 90.0),
        // About where the series ends and Karney begins, and about a quarter of the way around.
        4 => go(vertex, rng.f64() * 360.0, 5e5 + 2e4 * (rng.f64() - 0.5)),
        5 => go(vertex, rng.f64() * 360.0, 1e7 + 1e5 * (rng.f64() - 0.5)),
        _ => Place::Globe.random(rng),
    }
}

fn draw(seed: u64, edges: Edges, each: usize, mut check: impl FnMut(&PatrolIndex, Position, &mut Rng)) {
    let mut rng = Rng::with_seed(seed);
    for place in PLACES {
        for edge_m in [30.0, 1_000.0, 15_000.0] {
            let routes = network(&mut rng, place, edge_m);
            // Posts that lie like the vertices.
            let vertices = routes.iter().flat_map(|route| &route.parts()[0]);
            let mut posts: Vec<_> =
                (1_000_u64..).zip(vertices).map(|(id, &vertex)| ObservationPost::new(id, vertex)).collect();
            posts.truncate([40, 70][rng.usize(..2)]);
            posts.extend(random_posts(&mut rng, place, 3));
            let area = PatrolIndex::new(posts, routes, edges).unwrap();
            for number in 0..each {
                let q = query(&mut rng, area.routes(), number);
                check(&area, q, &mut rng);
            }
        }
    }
}

/// 10,000 positions, everything to the bit.
#[test]
fn the_index_equals_the_scan() {
    for edges in [Edges::Planar, Edges::Geodesic] {
        let each = 5_000_usize.div_ceil(3 * PLACES.len());
        draw(27, edges, each, |area, q, rng| {
            let count = [1, 1, 2, 5][rng.usize(..4)];
            let max_distance_m = rng.bool().then(|| 2e7 * rng.f64());
            let index = LocateOptions::default().with_count(count).with_max_distance_m(max_distance_m);
            let scan = index.with_search(Search::Scan);
            assert_eq!(area.locate(q, &index), area.locate(q, &scan), "{edges} {q:?} {index:?}");
            if rng.u8(..4) == 0 {
                let radius_m = 2e7 * rng.f64();
                let within = |search: Search| {
                    (
                        area.routes_within(q, radius_m, &search.into()).unwrap(),
                        area.posts_within(q, radius_m, &search.into()).unwrap(),
                    )
                };
                assert_eq!(within(Search::Index), within(Search::Scan), "{edges} {q:?} within {radius_m}");
            }
        });
    }
}

/// The nearest of all by nothing but Karney's inverse problem.
#[test]
fn nothing_is_nearer_than_the_nearest() {
    for edges in [Edges::Planar, Edges::Geodesic] {
        draw(28, edges, 2, |area, q, _| {
            let located = area.locate(q, &LocateOptions::default());
            let least = |distances: &mut dyn Iterator<Item = f64>| distances.fold(f64::INFINITY, f64::min);
            let post_m = least(&mut area.posts().iter().map(|post| karney(q, post.position)));
            assert!((located.posts.first().unwrap().distance_m - post_m).abs() < 1e-5, "{q:?}");
            let route_m = least(&mut area.routes().iter().map(|route| slow_route_distance(route, edges, q)));
            let found_m = located.routes.first().unwrap().location.offset_m;
            assert!((found_m - route_m).abs() < 1e-4, "{edges} {q:?}: {found_m} {route_m}");
        });
    }
}
