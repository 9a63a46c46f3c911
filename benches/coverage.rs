//! How long do coverage and beats take: 10,000 posts on 1,000 routes of 100 edges?
//!
//! Wall seconds on all threads, and on one; medians. How to run: `src/lib.rs`.

use std::time::Instant;

use bench::{layers, quick};
use fastrand::Rng;
use patrol_corridor::analysis::{CoverageOptions, beats, coverage, suggest_posts};
use patrol_corridor::{Edges, PatrolIndex};

fn main() {
    let (posts, routes, rounds) = if quick() { (500, 50, 1) } else { (10_000, 1_000, 5) };
    let mut rng = Rng::with_seed(6);
    // As dense as the posts of a country are where it is watched: about 200 by 200 km.
    let extent = layers::Extent { lon: (46.0, 48.4), lat: (39.3, 41.1) };
    let posts = layers::posts(&mut rng, extent, posts);
    let routes = layers::routes(&mut rng, extent, routes, 100);
    let area = PatrolIndex::new(posts, routes, Edges::Geodesic).expect("an area of the layer");
    let median = |name: &str, work: &dyn Fn() -> usize| {
        let mut found = 0;
        let mut times: Vec<f64> = (0..rounds)
            .map(|_| {
                let began = Instant::now();
                found = work();
                began.elapsed().as_secs_f64()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:<40} {:>8.3} s  {found:>8} found", times[times.len() / 2]);
    };
    for threads in [0, 1] {
        let on = if threads == 0 { "all threads" } else { "one thread" };
        median(&format!("beats, {on}"), &|| {
            let found = beats(&area, threads).expect("an area with posts");
            found.iter().map(|route| route.beats.len()).sum()
        });
        for radius_m in [1_000.0, 5_000.0] {
            let options = CoverageOptions::default().with_radius_m(radius_m).with_threads(threads);
            median(&format!("coverage, radius {radius_m} m, {on}"), &|| {
                let found = coverage(&area, &options).expect("a radius for all posts");
                found.iter().map(|route| route.intervals.len()).sum()
            });
        }
    }
    let candidates = layers::random(&mut rng, extent, if quick() { 100 } else { 10_000 });
    let options = CoverageOptions::default().with_radius_m(1_000.0).with_threads(0);
    median("10 proposals of 10,000 candidates", &|| {
        suggest_posts(&area, &candidates, 10, &options).expect("a radius for all posts").len()
    });
}
