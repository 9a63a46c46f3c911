//! How long does it take to build an area: cutting edges, and the index?
//!
//! Method and how to run: `src/lib.rs`.

use bench::{layers, quick};
use cpu_time::ThreadTime;
use fastrand::Rng;
use patrol_corridor::{Edges, PatrolIndex};

fn main() {
    let (posts, routes, rounds) = if quick() { (10_000, 10, 1) } else { (1_000_000, 1_000, 5) };
    let mut rng = Rng::with_seed(5);
    let posts = layers::posts(&mut rng, layers::COUNTRY, posts);
    let routes = layers::routes(&mut rng, layers::COUNTRY, routes, 100);
    let median = |name: String, build: &dyn Fn() -> PatrolIndex| {
        let mut times: Vec<f64> = (0..rounds)
            .map(|_| {
                let began = ThreadTime::now();
                let area = build();
                let ms = began.elapsed().as_secs_f64() * 1e3;
                drop(area);
                ms
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:<52} {:>8.0} ms", times[times.len() / 2]);
    };
    median(format!("{} posts (their copying included)", posts.len()), &|| {
        PatrolIndex::new(posts.clone(), Vec::new(), Edges::Planar).expect("an area of the layer")
    });
    for edges in [Edges::Planar, Edges::Geodesic] {
        median(format!("{} {edges} edges", routes.len() * 100), &|| {
            PatrolIndex::new(Vec::new(), routes.clone(), edges).expect("an area of the layer")
        });
    }
}
