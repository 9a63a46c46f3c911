//! Coverage and beats: breakpoints where the distances say so, and the right class everywhere between.

use patrol_corridor::analysis::{CoverageOptions, beats, coverage, suggest_posts};
use patrol_corridor::geodesy::{direct, inverse};
use patrol_corridor::linear::LinearElement;
use patrol_corridor::{Edges, FeatureId, ObservationPost, PatrolIndex, PatrolRoute, Position};

use crate::support::{PLACES, Place, random_posts, random_routes};

/// So near to a breakpoint a sample may belong to either side.
const BESIDE_M: f64 = 0.01;

struct Layers {
    posts: Vec<ObservationPost>,
    routes: Vec<PatrolRoute>,
    radius_m: f64,
}

/// Posts and routes about a place, within `extent_m`.
fn layers(rng: &mut fastrand::Rng, centre: Position, extent_m: f64) -> Layers {
    let somewhere =
        |rng: &mut fastrand::Rng| direct(centre, 360.0 * rng.f64(), extent_m * rng.f64().sqrt()).position;
    let posts = (0..rng.usize(1..12))
        .map(|i| {
            let post = ObservationPost::new(FeatureId::text(format!("P{i}")), somewhere(rng));
            match rng.bool() {
                true => post.with_watch_radius_m(extent_m * (0.05 + 0.5 * rng.f64())).unwrap(),
                false => post,
            }
        })
        .collect();
    let routes = (0..3)
        .map(|i| {
            let parts = (0..rng.usize(1..3)).map(|_| {
                let mut at = somewhere(rng);
                let mut towards = 360.0 * rng.f64();
                (0..rng.usize(2..8))
                    .map(|_| {
                        towards += 120.0 * (rng.f64() - 0.5);
                        at = direct(at, towards, 0.5 * extent_m * rng.f64()).position;
                        at
                    })
                    .collect()
            });
            PatrolRoute::from_parts(FeatureId::text(format!("R{i}")), parts.collect()).unwrap()
        })
        .collect();
    Layers { posts, routes, radius_m: extent_m * (0.1 + 0.3 * rng.f64()) }
}

/// Layers of 1 km to 3,000 km, at all latitudes, about both poles and the antimeridian.
fn worlds() -> impl Iterator<Item = (PatrolIndex, f64)> {
    let mut rng = fastrand::Rng::with_seed(4);
    (0..60).map(move |i| {
        let lat = [0.0, 40.0, -70.0, 85.0, 89.99, -90.0][i % 6];
        let lon = if i % 4 == 0 { 179.95 } else { 360.0 * rng.f64() - 180.0 };
        let extent_m = [1e3, 20e3, 100e3, 800e3, 3e6][i % 5];
        let Layers { posts, routes, radius_m } =
            layers(&mut rng, Position::from_lon_lat(lon, lat).unwrap(), extent_m);
        let edges = if i % 2 == 0 { Edges::Planar } else { Edges::Geodesic };
        (PatrolIndex::new(posts, routes, edges).unwrap(), radius_m)
    })
}

/// Posts on one spot, routes that turn back and meet, over the whole Earth, about the poles and 180 degrees.
fn hard_worlds() -> impl Iterator<Item = (PatrolIndex, f64)> {
    let mut rng = fastrand::Rng::with_seed(44);
    PLACES.into_iter().flat_map(move |place| {
        let extent_m = if matches!(place, Place::Globe) { 2e6 } else { 20e3 };
        let worlds = [Edges::Planar, Edges::Geodesic].map(|edges| {
            let posts = random_posts(&mut rng, place, 20);
            let routes = random_routes(&mut rng, place, 6, 6, extent_m);
            (PatrolIndex::new(posts, routes, edges).unwrap(), 1.5 * extent_m)
        });
        worlds.into_iter()
    })
}

fn distances_m(area: &PatrolIndex, at: Position) -> Vec<f64> {
    area.posts().iter().map(|post| inverse(post.position, at).distance_m).collect()
}

#[test]
fn a_beat_ends_where_two_posts_are_as_far() {
    let mut rng = fastrand::Rng::with_seed(40);
    let (mut breaks, mut samples) = (0, 0);
    for (area, _) in worlds().chain(hard_worlds()) {
        for found in beats(&area, 0).unwrap() {
            let line = LinearElement::new(&area.routes()[found.route], area.edges()).unwrap();
            assert_eq!(found.length_m, line.length_m());
            let mut end_m = 0.0;
            for beat in &found.beats {
                assert_eq!(beat.from_m, end_m);
                assert!(beat.to_m > beat.from_m);
                end_m = beat.to_m;
            }
            assert_eq!(end_m, found.length_m);
            for pair in found.beats.windows(2) {
                assert_ne!(pair[0].post, pair[1].post);
                // Between two parts of a route the posts change with the place.
                let part_ends: Vec<f64> = part_ends(&area, found.route);
                if part_ends.iter().any(|end_m| (end_m - pair[1].from_m).abs() < BESIDE_M) {
                    continue;
                }
                let all = distances_m(&area, line.point_at(pair[1].from_m));
                let apart_m = all[pair[0].post] - all[pair[1].post];
                assert!(apart_m.abs() < 1e-3, "{apart_m}");
                breaks += 1;
            }
            for _ in 0..600 {
                let at_m = found.length_m * rng.f64();
                let place = found.beats.partition_point(|beat| beat.to_m < at_m);
                let beat = &found.beats[place];
                if at_m - beat.from_m < BESIDE_M || beat.to_m - at_m < BESIDE_M {
                    continue;
                }
                let all = distances_m(&area, line.point_at(at_m));
                let least_m = all.iter().copied().fold(f64::INFINITY, f64::min);
                assert!(all[beat.post] - least_m < 1e-5, "{} {}", all[beat.post], least_m);
                assert!(least_m <= found.farthest.distance_m + 1e-4, "{least_m} {:?}", found.farthest);
                samples += 1;
            }
            let all = distances_m(&area, found.farthest.position);
            assert!((all[found.farthest.post] - found.farthest.distance_m).abs() < 1e-4);
        }
    }
    assert!(breaks > 200 && samples > 100_000, "{breaks} {samples}");
}

/// The lengths of the parts of a route, added up.
fn part_ends(area: &PatrolIndex, route: usize) -> Vec<f64> {
    let mut end_m = 0.0;
    let parts = area.routes()[route].parts().iter().map(|part| {
        let route = PatrolRoute::from_parts("", vec![part.clone()]).unwrap();
        end_m += LinearElement::new(&route, area.edges()).unwrap().length_m();
        end_m
    });
    parts.collect()
}

#[test]
fn coverage_changes_where_a_distance_is_the_radius() {
    let mut rng = fastrand::Rng::with_seed(41);
    let (mut breaks, mut samples) = (0, 0);
    for (area, radius_m) in worlds().chain(hard_worlds()) {
        let radius_of = |post: usize| area.posts()[post].watch_radius_m().unwrap_or(radius_m);
        let options = CoverageOptions::default().with_radius_m(radius_m).with_threads(0);
        for found in coverage(&area, &options).unwrap() {
            let line = LinearElement::new(&area.routes()[found.route], area.edges()).unwrap();
            let ends = part_ends(&area, found.route);
            let mut end_m = 0.0;
            for interval in &found.intervals {
                assert_eq!(interval.from_m, end_m);
                assert!(interval.to_m > interval.from_m && interval.posts.is_sorted());
                end_m = interval.to_m;
            }
            assert_eq!(end_m, found.length_m);
            for pair in found.intervals.windows(2) {
                let changed = |post: &usize| pair[0].posts.contains(post) != pair[1].posts.contains(post);
                let at_m = pair[1].from_m;
                if ends.iter().any(|end_m| (end_m - at_m).abs() < BESIDE_M) {
                    continue;
                }
                let all = distances_m(&area, line.point_at(at_m));
                let posts: Vec<_> = (0..all.len()).filter(changed).collect();
                assert!(!posts.is_empty());
                for post in posts {
                    assert!((all[post] - radius_of(post)).abs() < 1e-3, "{} {}", all[post], radius_of(post));
                    breaks += 1;
                }
            }
            for _ in 0..600 {
                let at_m = found.length_m * rng.f64();
                let interval = &found.intervals[found.intervals.partition_point(|s| s.to_m < at_m)];
                if at_m - interval.from_m < BESIDE_M || interval.to_m - at_m < BESIDE_M {
                    continue;
                }
                let all = distances_m(&area, line.point_at(at_m));
                let within: Vec<_> = (0..all.len()).filter(|&post| all[post] <= radius_of(post)).collect();
                assert_eq!(interval.posts, within, "{at_m} {all:?}");
                samples += 1;
            }
            let covered_m: f64 = found.covered_m(1) + found.gaps().map(|gap| gap.length_m()).sum::<f64>();
            assert!((covered_m - found.length_m).abs() < 1e-6 * found.length_m.max(1.0));
        }
    }
    assert!(breaks > 200 && samples > 100_000, "{breaks} {samples}");
}

/// The greedy choice is what a plain one by full coverage of each candidate makes, and near the best pair.
#[test]
fn proposals_are_greedy() {
    let mut rng = fastrand::Rng::with_seed(45);
    let mut proposed = 0;
    for _ in 0..10 {
        let Layers { posts, routes, radius_m } =
            layers(&mut rng, Position::from_lon_lat(46.0, 40.0).unwrap(), 30e3);
        let area = |more: &[Position]| {
            let mut posts = posts.clone();
            posts.extend(
                more.iter()
                    .enumerate()
                    .map(|(i, &at)| ObservationPost::new(FeatureId::text(format!("new {i}")), at)),
            );
            PatrolIndex::new(posts, routes.clone(), Edges::Planar).unwrap()
        };
        let options = CoverageOptions::default().with_radius_m(radius_m).with_threads(1);
        let covered_m = |more: &[Position]| -> f64 {
            coverage(&area(more), &options).unwrap().iter().map(|route| route.covered_m(1)).sum()
        };
        let candidates: Vec<_> = (0..8)
            .map(|_| {
                direct(Position::from_lon_lat(46.0, 40.0).unwrap(), 360.0 * rng.f64(), 30e3 * rng.f64())
                    .position
            })
            .collect();
        let found = suggest_posts(&area(&[]), &candidates, 3, &options).unwrap();
        let mut taken: Vec<Position> = Vec::new();
        let mut total_m = covered_m(&taken);
        for suggestion in &found {
            let with = |at: Position| covered_m(&[&taken[..], &[at]].concat());
            let best_m = candidates.iter().map(|&at| with(at)).fold(0.0, f64::max);
            taken.push(suggestion.position);
            let now_m = covered_m(&taken);
            assert!((now_m - best_m).abs() < 0.01, "{now_m} {best_m}");
            assert!((now_m - total_m - suggestion.gain_m).abs() < 0.01, "{suggestion:?} {}", now_m - total_m);
            total_m = now_m;
            proposed += 1;
        }
        let best_pair_m =
            (0..64).map(|i| covered_m(&[candidates[i / 8], candidates[i % 8]])).fold(0.0, f64::max);
        let (none_m, two_m) = (covered_m(&[]), covered_m(&taken[..taken.len().min(2)]));
        assert!(two_m - none_m >= 0.63 * (best_pair_m - none_m) - 0.01);
    }
    assert!(proposed > 15, "{proposed}");
}

/// Of several posts in reach only the first was named.
#[test]
fn a_route_without_length_names_every_post_in_reach() {
    let at = Position::from_lon_lat(46.8, 39.9).unwrap();
    let post = |id: &str, away_m: f64| {
        ObservationPost::new(FeatureId::text(id), direct(at, 70.0, away_m).position)
            .with_watch_radius_m(5_000.0)
    };
    let posts = [("A", 0.0), ("B", 4_000.0), ("far", 6_000.0), ("C", 4_999.0)];
    let posts = posts.map(|(id, away_m)| post(id, away_m).unwrap()).to_vec();
    let route = PatrolRoute::from_parts("R1", vec![vec![at, at]]).unwrap();
    let area = PatrolIndex::new(posts, vec![route], Edges::Planar).unwrap();
    let found = &coverage(&area, &CoverageOptions::default()).unwrap()[0];
    assert_eq!(found.intervals.len(), 1);
    assert_eq!(found.intervals[0].posts, [0, 1, 3]);
    assert_eq!((found.length_m, found.covered_m(3), found.gaps().count()), (0.0, 0.0, 0));
}
